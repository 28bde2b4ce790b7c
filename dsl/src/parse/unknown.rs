//! Names that are not declared: one diagnostic for each, with the near one.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::synonym;
use crate::diagnostic::{Diagnostic, Findings, MOST_KEPT};
use crate::names::{MOST_WORDS, Names, key_of, span_of};
use crate::source::Span;
use crate::syntax::Name;
use crate::token::Token;

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

/// The misspelt name that a place stands in, where one of its words is declared by itself:
/// `day care rat` beside `day care` and `day care rate`. Its span is within the block.
pub(super) fn misspelt(names: &Names, tokens: &[Token], place: Span) -> Option<Name> {
    let at = tokens.iter().position(|token| token.span.start == place.start)?;
    let is_word = |token: &&Token| token.is_name_word();
    let before = tokens.get(..at)?.iter().rev().take(MOST_WORDS).take_while(is_word).count();
    let after = tokens.get(at..)?.iter().take(MOST_AFTER).take_while(is_word).count();
    (1..=before).rev().find_map(|before| {
        (1..=after).find_map(|after| {
            let words = tokens.get(at - before..at + after)?;
            let key = key_of(words);
            let near = names.nearest(&key)?;
            let is_whole = near.split(' ').count() == words.len();
            is_whole.then(|| Name { key, span: span_of(words) })
        })
    })
}

/// How many words of a name may follow the one that is misspelt.
const MOST_AFTER: usize = 3;

fn diagnostic(text: &str, names: &Names, name: &Name, may_suggest: bool) -> Diagnostic {
    let words: Vec<&str> = name.span.of(text).split_whitespace().collect();
    let written = words.join(" ");
    let message = format!("`{written}` is not declared");
    let diagnostic =
        Diagnostic::error("unknown-name", message, name.span).here("nothing has this name");
    if let Some(hint) = synonym::hint(&name.key) {
        return diagnostic.help(hint);
    }
    let after = text.get(name.span.end as usize..).unwrap_or_default();
    if after.trim_start().starts_with("unless ") {
        return diagnostic.help("write `when not` instead of `unless`");
    }
    if names.is_word(&name.key) {
        return diagnostic.help(format!(
            "`{written}` is a word, and no fact; test for several as `is either home or day school`, `is moderate or higher`"
        ));
    }
    if let Some(joined) = may_suggest.then(|| names.joined_with(&name.key)).flatten() {
        let apart = joined.replace(" and ", ", ");
        return diagnostic.help(format!(
            "`{joined}` is the name of one value; to name several, begin the clause with `{apart}`"
        ));
    }
    match may_suggest.then(|| names.nearest(&name.key)).flatten() {
        Some(near) => diagnostic.meant(near),
        None => {
            diagnostic.help(synonym::wording_hint(&name.key).unwrap_or_else(|| {
                format!("declare `{written}`, or write a name that is declared")
            }))
        }
    }
}
