//! Names that are not declared: one diagnostic for each, with the near one.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::synonym;
use crate::diagnostic::{Diagnostic, Findings, MOST_KEPT};
use crate::names::Names;
use crate::syntax::Name;

/// One diagnostic for each distinct unknown name, at the first place it stands; none where
/// a block that could not be read may declare it.
///
/// Trigger: `when fast trak`
pub(super) fn diagnostics(text: &str, names: &mut Names, unknown: &[Name]) -> Findings {
    let mut first: BTreeMap<&str, &Name> = BTreeMap::new();
    for name in unknown {
        first.entry(&name.key).or_insert(name);
    }
    let mut findings = Findings::default();
    for (index, name) in first.into_values().enumerate() {
        // What is looked for takes time, so it is looked for as often as it is shown.
        let is_lost = || names.is_lost(&name.key) || names.begins_lost(&name.key);
        if index < MOST_KEPT && is_lost() {
            continue;
        }
        let may_suggest = index < MOST_KEPT && names.may_compare(index);
        findings.add(diagnostic(text, names, name, may_suggest));
        names.tell(&name.key);
    }
    findings
}

fn diagnostic(text: &str, names: &Names, name: &Name, may_suggest: bool) -> Diagnostic {
    let words: Vec<&str> = name.span.of(text).split_whitespace().collect();
    let written = words.join(" ");
    let message = format!("`{written}` is not declared");
    let diagnostic =
        Diagnostic::error("unknown-name", message, name.span).here("nothing has this name");
    diagnostic.help(help(names, name, &written, may_suggest))
}

fn help(names: &Names, name: &Name, written: &str, may_suggest: bool) -> String {
    if let Some(hint) = synonym::hint(&name.key) {
        return hint;
    }
    match may_suggest.then(|| names.nearest(&name.key)).flatten() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("declare `{written}`, or write a name that is declared"),
    }
}
