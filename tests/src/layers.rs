//! The modules of every crate stand in reading order: each uses only those above it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The crates whose order is kept, by folder.
const CRATES: [&str; 5] = ["core", "dsl", "bindings/exchange", "bindings/cli", "bindings/python"];

#[test]
fn a_module_uses_only_modules_above_it() {
    for folder in CRATES {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join("src");
        let order = modules(&fs::read_to_string(source.join("lib.rs")).unwrap());
        assert!(!order.is_empty(), "{folder} lists no modules");
        let mut later = Vec::new();
        for (module, place) in &order {
            for file in files_of(&source, module) {
                later.extend(later_uses(&fs::read_to_string(&file).unwrap(), *place, &order).map(
                    |used| {
                        format!("{} uses `{used}`, which stands below `{module}`", file.display())
                    },
                ));
            }
        }
        assert!(later.is_empty(), "{}", later.join("\n"));
    }
}

#[test]
fn a_use_of_a_later_module_is_found() {
    let order =
        modules("pub mod first;\nmod second;\n#[cfg(feature = \"third\")]\npub mod third;\n");
    assert_eq!(order.len(), 3);
    let text = "use crate::second::Thing;\nlet it = crate::third::make();";
    assert_eq!(later_uses(text, 0, &order).collect::<Vec<_>>(), ["second", "third"]);
    assert_eq!(later_uses(text, 2, &order).count(), 0);
    let grouped = "use crate::{first, second::{A, B}};";
    assert_eq!(later_uses(grouped, 0, &order).collect::<Vec<_>>(), ["second"]);
}

/// The modules that a `lib.rs` lists, with their places.
fn modules(text: &str) -> BTreeMap<String, usize> {
    let lines = text.lines().map(str::trim);
    let names = lines.filter_map(|line| {
        let line = line.strip_prefix("pub ").or(line.strip_prefix("pub(crate) ")).unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    names.enumerate().map(|(place, name)| (name.to_string(), place)).collect()
}

/// The file of a module, and all in its folder.
fn files_of(source: &Path, module: &str) -> Vec<PathBuf> {
    let mut files = vec![source.join(format!("{module}.rs"))];
    let mut folders = vec![source.join(module)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

/// The modules named after `crate::` that stand below a place, but in documentation.
fn later_uses<'t>(
    text: &'t str,
    place: usize,
    order: &'t BTreeMap<String, usize>,
) -> impl Iterator<Item = &'t str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let uses = code.flat_map(|line| line.split("crate::").skip(1));
    let names = uses.flat_map(|rest| match rest.strip_prefix('{') {
        Some(group) => group.split(", ").collect::<Vec<_>>(),
        None => vec![rest],
    });
    names.filter_map(move |rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let name = &rest[..end];
        order.get(name).is_some_and(|used| *used > place).then_some(name)
    })
}
