//! Messages as their readers need them, on every fixture and on damaged examples.

use std::fs;

use apportion::diagnostic::Diagnostic;
use proptest::prelude::*;

use super::fixtures;
use super::policies::found;

const EXAMPLES: [&str; 2] = [
    include_str!("../../../examples/continuing_care/continuing_care.policy"),
    include_str!("../../../examples/weekly_package/weekly_package.policy"),
];

/// Words of those who make languages, not of those who write policies.
const STRANGE: [&str; 17] = [
    "token",
    "parse",
    "syntax",
    "identifier",
    "literal",
    "expression",
    "operator",
    "operand",
    "boolean",
    "integer",
    "string",
    "variable",
    "type mismatch",
    "overflow",
    "denominator",
    "character",
    "null",
];

fn check_words(diagnostic: &Diagnostic) {
    let message = &diagnostic.message;
    let unquoted: String = message.split('`').step_by(2).collect();
    assert!(!message.is_empty(), "{}", diagnostic.code);
    assert!(!message.ends_with('.'), "{message}");
    let first = unquoted.chars().next();
    assert!(first.is_none_or(|c| !c.is_uppercase()) || message.starts_with('`'), "{message}");
    for word in STRANGE {
        assert!(!unquoted.contains(word), "`{word}` in: {message}");
    }
}

fn check_places(text: &str, diagnostic: &Diagnostic) {
    assert!(!diagnostic.labels.is_empty(), "{diagnostic:?}");
    for label in &diagnostic.labels {
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        assert!(text.get(start..end).is_some(), "{diagnostic:?}");
    }
}

#[test]
fn messages_speak_the_language_of_their_readers() {
    for stage in ["lex", "names", "parse", "check"] {
        for path in fixtures(stage) {
            let text = fs::read_to_string(path).unwrap();
            for diagnostic in found(&text) {
                check_words(&diagnostic);
                check_places(&text, &diagnostic);
            }
        }
    }
}

/// The lines of a text after one change.
#[derive(Clone, Debug)]
enum Change {
    Leave { line: usize },
    Swap { line: usize, with: usize },
    Repeat { line: usize },
    Cut { line: usize, at: usize },
    Outdent { line: usize },
}

impl Change {
    fn of(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let count = lines.len();
        match *self {
            Change::Leave { line } => drop(lines.remove(line % count)),
            Change::Swap { line, with } => lines.swap(line % count, with % count),
            Change::Repeat { line } => lines.insert(line % count, lines[line % count].clone()),
            Change::Cut { line, at } => {
                let line = &mut lines[line % count];
                *line = line.chars().take(at % (line.len() + 1)).collect();
            }
            Change::Outdent { line } => {
                let line = &mut lines[line % count];
                *line = line.trim_start().to_owned();
            }
        }
        lines.join("\n") + "\n"
    }
}

fn changes() -> impl Strategy<Value = Change> {
    let at = 0..10_000_usize;
    prop_oneof![
        at.clone().prop_map(|line| Change::Leave { line }),
        (at.clone(), at.clone()).prop_map(|(line, with)| Change::Swap { line, with }),
        at.clone().prop_map(|line| Change::Repeat { line }),
        (at.clone(), at.clone()).prop_map(|(line, at)| Change::Cut { line, at }),
        at.prop_map(|line| Change::Outdent { line }),
    ]
}

proptest! {
    #[test]
    fn a_damaged_policy_is_told_where_and_what(
        example in 0..EXAMPLES.len(),
        changes in prop::collection::vec(changes(), 1..4),
    ) {
        let text = changes.iter().fold(EXAMPLES[example].to_owned(), |text, it| it.of(&text));
        for diagnostic in found(&text) {
            check_words(&diagnostic);
            check_places(&text, &diagnostic);
        }
    }
}
