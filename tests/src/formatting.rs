//! The formatter: the layout it gives, and that it changes nothing but the layout.

mod comments;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use apportion::format::{Unformatted, format, format_bundle};
use apportion::parse::parse;
use apportion::source::Source;
use proptest::prelude::*;

use crate::bundles::bundle;
use crate::examples::files;
use crate::generator::choices::Seeded;
use crate::generator::mangle::mangle;
use crate::generator::{generate, print};
use crate::golden::golden;
use comments::{comments, with_comments};
use tree::{signs, tree};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every policy of the project that can be read, with the name of its file.
fn policies() -> Vec<(String, String)> {
    let folders = ["../examples", "mistakes", "found", "formatting"];
    let paths = folders.iter().flat_map(|name| files(&folder(name), &["policy"]));
    // A file that is no text is no policy.
    let text = |path: &PathBuf| String::from_utf8(fs::read(path).unwrap()).ok();
    let read = paths.filter_map(|path| Some((path.display().to_string(), text(&path)?)));
    read.filter(|(_, text)| can_be_read(text)).collect()
}

fn can_be_read(text: &str) -> bool {
    !parse(text).diagnostics.iter().any(|found| found.is_error())
}

/// Expects that formatting changes nothing but the layout, and is done once.
#[track_caller]
fn check(name: &str, text: &str) -> String {
    let formatted = format(text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    same(name, &tree(text), &tree(&formatted), &formatted);
    same(name, &comments(text), &comments(&formatted), &formatted);
    same(name, &signs(text), &signs(&formatted), &formatted);
    let again = format(&formatted).unwrap_or_else(|error| panic!("{name}: {error}\n{formatted}"));
    assert!(formatted == again, "{name}: formatted\n{formatted}\nand again\n{again}");
    formatted
}

/// Expects two lists to be the same, or shows where they part.
#[track_caller]
fn same(name: &str, before: &[String], after: &[String], text: &str) {
    let longest = before.len().max(after.len());
    if let Some(place) = (0..longest).find(|&place| before.get(place) != after.get(place)) {
        let near = place.saturating_sub(8)..;
        let [before, after] = [before, after].map(|list| {
            list.get(near.clone()).unwrap_or_default().iter().take(12).collect::<Vec<_>>()
        });
        panic!("{name}\n{text}\nbefore {before:?}\nafter  {after:?}");
    }
}

#[test]
fn each_layout_is_as_kept() {
    let written = files(&folder("formatting"), &["policy"]);
    let written = written.iter().filter(|path| !is_formatted(path));
    let mut count = 0;
    for path in written {
        let text = fs::read_to_string(path).unwrap();
        let formatted = check(&path.display().to_string(), &text);
        assert!(formatted != text, "{} shows nothing", path.display());
        golden(&path.with_extension("formatted.policy"), &formatted);
        count += 1;
    }
    assert!(count >= 8, "{count}");
}

fn is_formatted(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.ends_with(".formatted.policy"))
}

#[test]
fn the_examples_are_in_the_one_layout() {
    for path in files(&folder("../examples"), &["policy"]) {
        let bundle = bundle(&path);
        let formatted = format_bundle(&bundle).unwrap();
        let is_kept = formatted == bundle.source().own_text();
        assert!(is_kept, "{}: `apportion format` writes another", path.display());
    }
}

#[test]
fn every_policy_of_the_project_keeps_what_it_says() {
    let policies = policies();
    assert!(policies.len() >= 100, "{}", policies.len());
    for (name, text) in policies {
        check(&name, &text);
    }
}

/// A comment at the end of every line that may be broken there, which is nearly everywhere.
#[test]
fn comments_after_every_word_stay_in_order() {
    let (mut added, mut words) = (0, 0);
    for (name, text) in policies() {
        let (with, count) = with_comments(&text);
        assert!(can_be_read(&with), "{name}\n{}\n{with}", render(&with));
        same(&name, &tree(&text), &tree(&with), &with);
        let formatted = check(&name, &with);
        let kept: Vec<String> = comments(&formatted);
        let own = kept.iter().filter(|comment| comment.starts_with("added ")).count();
        assert_eq!(own, count, "{name}");
        added += count;
        words += signs(&text).len();
    }
    assert!(added * 10 > words * 6, "{added} of {words}");
}

fn render(text: &str) -> String {
    apportion::render::all(&Source::new("policy", text), &parse(text).diagnostics)
}

/// How many policies are generated and formatted in one run.
const POLICIES: u64 = 40;

#[test]
fn generated_policies_keep_what_they_say() {
    for seed in 0..POLICIES {
        let (text, _) = print(&generate(&mut Seeded::new(seed)));
        check(&format!("seed {seed}"), &text);
        let (with, _) = with_comments(&text);
        if can_be_read(&with) && tree(&with) == tree(&text) {
            check(&format!("seed {seed} with comments"), &with);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Mangled text is formatted or left alone, never damaged, and nothing panics.
    #[test]
    fn mangled_text_is_formatted_or_left_alone(seed in any::<u64>(), blows in any::<u64>()) {
        let (text, _) = print(&generate(&mut Seeded::new(seed)));
        let text = mangle(&text, &mut Seeded::new(blows));
        match format(&text) {
            Ok(_) => { check("mangled", &text); }
            Err(Unformatted::Mistakes(found)) => prop_assert!(!found.is_empty()),
            Err(error) => prop_assert!(false, "{error}\n{text}"),
        }
    }
}
