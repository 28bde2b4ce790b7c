//! Names that are not declared: one diagnostic for each, with the near one.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::names::Names;
use crate::syntax::Name;

/// For so many unknown names a near one is looked for, so that the work stays linear.
const MOST_SUGGESTIONS: usize = 100;

/// One diagnostic for each distinct unknown name, at the first place it stands.
///
/// Trigger: `when fast trak`
pub(super) fn diagnostics(names: &Names, unknown: &[Name]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &Name> = BTreeMap::new();
    for name in unknown {
        first.entry(&name.key).or_insert(name);
    }
    let with_index = first.values().enumerate();
    with_index.map(|(index, name)| diagnostic(names, name, index < MOST_SUGGESTIONS)).collect()
}

fn diagnostic(names: &Names, name: &Name, may_suggest: bool) -> Diagnostic {
    let key = &name.key;
    let message = format!("`{key}` is not declared");
    let diagnostic =
        Diagnostic::error("unknown-name", message, name.span).here("nothing has this name");
    match names.nearest(key).filter(|_| may_suggest) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("declare `{key}`, or write a name that is declared")),
    }
}
