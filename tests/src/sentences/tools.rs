//! Clauses of a tool, as other clauses name them, and clauses open to local agreement.

use apportion::parse::{Parsed, parse_all};
use apportion::source::Source;
use apportion::syntax::{Body, Item};

use super::{DECLARED, check, check_mistake, codes, last_clause, parse_sentence, tree};

const GUIDE: &str = "\
policy    Guide
about     a child
version   1, in force from 1 January 2016

facts
  tired    yes or no

1    Guideline
1.1  A child is in need when tired.
";

fn with_tool(clause: &str) -> Parsed {
    let uses = "uses  guide from \"guide.policy\" as NG\nlevels of need";
    let declared = DECLARED.replace("levels of need", uses);
    let mut source = Source::new("policy", &format!("{declared}9.1  {clause}\n"));
    source.add("guide.policy", GUIDE);
    parse_all(&source)
}

#[track_caller]
fn check_with_tool(clause: &str, expected: &str) {
    let parsed = with_tool(clause);
    assert_eq!(codes(&parsed), [""; 0], "{clause}: {:?}", parsed.diagnostics);
    assert_eq!(tree::sentence(&last_clause(&parsed).sentences[0]), expected, "{clause}");
}

#[test]
fn a_clause_of_a_tool_is_named_by_its_word() {
    check_with_tool("Despite NG 1.1, worst = 1.", "despite (ng 1.1) worst = 1");
    check_with_tool("Despite NG 1.1 and 2.1, worst = 1.", "despite (ng 1.1, 2.1) worst = 1");
    check_with_tool("Despite section ng 1, worst = 1.", "despite (section ng 1) worst = 1");
    check_with_tool("Split cost in the shares of section NG 4.", "split cost by section ng 4");
}

/// `NG` without a number after it is no reference, and a word of no tool begins none.
#[test]
fn a_word_that_is_no_tool_begins_no_reference() {
    check_mistake("Despite NG 1.1, worst = 1.", "unexpected-text");
    assert_eq!(codes(&with_tool("Despite NG, worst = 1.")), ["unexpected-text"]);
}

#[test]
fn a_clause_is_open_from_its_beginning() {
    for (clause, is_open) in [
        ("Open to local agreement: Worst = 1.", true),
        ("open to local agreement: A child is late when fast track.", true),
        ("Worst = 1.", false),
    ] {
        assert_eq!(last_clause(&parse_sentence(clause)).is_open, is_open, "{clause}");
    }
    check("Open to local agreement: Worst = 1.", "worst = 1");
    check_mistake("Worst = 1. Open to local agreement: band = 2.", "open-in-the-middle");
}

#[test]
fn blocks_of_a_tool_stand_before_those_of_the_policy_that_uses_it() {
    let parsed = with_tool("Worst = 1.");
    let first = parsed.policy.blocks.iter().find_map(|block| match &block.item {
        Item::Clause(clause) => Some(&clause.sentences[0].body),
        _ => None,
    });
    assert!(matches!(first, Some(Body::Conclude { .. })), "{first:?}");
    assert_eq!(parsed.policy.tools[0].alias, "NG");
}
