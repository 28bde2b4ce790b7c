//! Mistakes that are put into the engine on purpose, in `tests/planted`: each can still be
//! put, and the README tells of it. `tests/planted/run` puts them and has them found.

use std::fs;
use std::path::{Path, PathBuf};

/// How many there are at least.
const LEAST: usize = 10;

/// One place of a patch: the lines that a file has, and those that it gets.
struct Change {
    file: String,
    before: String,
    after: String,
}

/// The places that a patch changes.
fn changes(patch: &str) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut file = "";
    for line in patch.lines() {
        if let Some(name) = line.strip_prefix("+++ b/") {
            file = name;
        } else if line.starts_with("@@ ") {
            let (before, after) = (String::from("\n"), String::from("\n"));
            changes.push(Change { file: file.to_owned(), before, after });
        } else if let Some(change) = changes.last_mut().filter(|it| it.file == file)
            && !line.starts_with("--- ")
            && let Some((sign, text)) = line.split_at_checked(1)
        {
            if sign != "+" {
                change.before.extend([text, "\n"]);
            }
            if sign != "-" {
                change.after.extend([text, "\n"]);
            }
        }
    }
    changes
}

#[test]
fn every_mistake_can_still_be_put_and_is_told_of() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(tests.join("README.md")).unwrap();
    let entries = fs::read_dir(tests.join("planted")).unwrap().map(|entry| entry.unwrap().path());
    let patches: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "patch")).collect();
    assert!(patches.len() >= LEAST, "{}", patches.len());
    for path in patches {
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(readme.contains(&format!("`{name}`")), "the README does not tell of {name}");
        let changes = changes(&fs::read_to_string(&path).unwrap());
        assert!(!changes.is_empty(), "{name} changes nothing");
        for Change { file, before, after } in changes {
            let text = fs::read_to_string(tests.join("..").join(&file)).unwrap();
            let times = text.matches(&before).count();
            assert_eq!(
                times, 1,
                "{name}: what it changes in {file} stands there so often\n{before}"
            );
            assert_ne!(before, after, "{name} changes nothing in {file}");
        }
    }
}
