//! The rules of the text itself: lines, signs, blocks, and that nothing makes it panic.

use apportion::parse::{Parsed, parse};
use apportion::source::Span;
use apportion::syntax::{Body, Item, Policy};
use proptest::prelude::*;

use super::{codes, last_clause, parse_sentence, tree};

const EXAMPLE: &str = include_str!("../../../examples/continuing_care/continuing_care.policy");

/// The sentences of a policy as text, without their places.
fn sentences(policy: &Policy) -> Vec<String> {
    let clauses = policy.blocks.iter().filter_map(|block| match &block.item {
        Item::Clause(clause) => Some(clause),
        _ => None,
    });
    clauses.flat_map(|clause| clause.sentences.iter().map(tree::sentence)).collect()
}

fn broken(parsed: &Parsed) -> usize {
    parsed.policy.blocks.iter().filter(|block| matches!(block.item, Item::Broken { .. })).count()
}

#[test]
fn the_example_policy_is_read_without_a_mistake() {
    let parsed = parse(EXAMPLE);
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(broken(&parsed), 0);
    let count = |is: fn(&Item) -> bool| parsed.policy.blocks.iter().filter(|b| is(&b.item)).count();
    assert_eq!(count(|item| matches!(item, Item::Clause(_))), 18);
    assert_eq!(count(|item| matches!(item, Item::Section { .. })), 8);
    assert_eq!(count(|item| matches!(item, Item::Example(_))), 9);
}

#[test]
fn word_processor_signs_read_as_plain_ones() {
    let plain = sentences(&parse(EXAMPLE).policy);
    let curly = EXAMPLE.replace('\'', "\u{2019}").replace(" x ", " \u{d7} ");
    let curly = curly.replace("over all", "over\u{a0}all").replace("20 to 34", "20 \u{2013} 34");
    let parsed = parse(&format!("\u{feff}{}", curly.replace('\n', "\r\n")));
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(sentences(&parsed.policy), plain);

    let mut open = false;
    let quoted: String = EXAMPLE
        .chars()
        .map(|c| match c {
            '"' => {
                open = !open;
                if open { '\u{201c}' } else { '\u{201d}' }
            }
            c => c,
        })
        .collect();
    assert_eq!(parse(&quoted).diagnostics, []);
}

#[test]
fn a_comment_is_no_part_of_a_text_over_two_lines() {
    let text = "\
policy   Fares of -- not the fare
         the county
about    a child
between
  the council   Northshire -- as it is called
                Council
version  1, in force from 1 April 2025
facts
  placement     one of home, day school, day -- the default
                school unless stated
1    Who pays
1.1  In every case: the council 100%.
examples
\"One\"
  given  placement day -- of the school
         school
";
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, []);
    let texts = parsed.policy.blocks.iter().filter_map(|block| match &block.item {
        Item::Title { title } => Some(title.value.as_str()),
        Item::Parties(parties) => Some(parties[0].text.value.as_str()),
        Item::Facts(facts) => Some(facts[0].default.as_ref().unwrap().value.as_str()),
        Item::Example(example) => Some(example.given[0].value.value.as_str()),
        _ => None,
    });
    let expected = ["Fares of the county", "Northshire Council", "day school", "day school"];
    assert_eq!(texts.collect::<Vec<_>>(), expected);
}

#[test]
fn a_true_minus_subtracts_and_a_hyphen_belongs_to_its_word() {
    let parsed = parse_sentence("Worst = cost \u{2212} income.");
    assert_eq!(tree::sentence(&last_clause(&parsed).sentences[0]), "worst = (cost - income)");
}

#[test]
fn tabs_part_names_from_types_and_indent() {
    let plain = sentences(&parse(EXAMPLE).policy);
    let tabs =
        EXAMPLE.replace("\n  ", "\n\t").replace("fast track                  ", "fast track\t");
    let parsed = parse(&tabs);
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(sentences(&parsed.policy), plain);
}

#[test]
fn comments_and_notes_are_kept_and_not_read() {
    let parsed = parse_sentence("Education pays cost. -- by hand\n     note: since 2019 -- so");
    assert_eq!(codes(&parsed), [""; 0]);
    let block = parsed.policy.blocks.last().unwrap();
    let comments: Vec<&str> = block.comments.iter().map(|comment| comment.value.as_str()).collect();
    assert_eq!(comments, ["by hand"]);
    let note = last_clause(&parsed).note.clone().unwrap();
    assert_eq!(note.value, "since 2019 -- so");
}

#[test]
fn citations_belong_to_their_line() {
    let parsed = parse_sentence(
        "Night rate, a night: £1.00 from 1 April 2025   [SLA 1; SLA 2]\n     \
         £2.00 from 1 April 2026   [SLA 3]",
    );
    let clause = last_clause(&parsed);
    let texts = |citations: &[apportion::syntax::Citation]| -> Vec<String> {
        citations.iter().map(|citation| citation.text.value.clone()).collect()
    };
    assert_eq!(texts(&clause.citations), ["SLA 1", "SLA 2"]);
    let Body::Rates { rates, .. } = &clause.sentences[0].body else { panic!("no rates") };
    assert_eq!(texts(&rates[0].citations), [""; 0]);
    assert_eq!(texts(&rates[1].citations), ["SLA 3"]);
}

#[test]
fn a_mistake_in_one_block_leaves_the_others() {
    let parsed =
        parse(&EXAMPLE.replace("2.2  Despite 2.4, a child is", "2.2  Despite 2.4 a child is"));
    assert_eq!(codes(&parsed), ["unexpected-text"]);
    assert_eq!(parsed.diagnostics[0].clause.as_deref(), Some("2.2"));
    assert_eq!(broken(&parsed), 1);
}

#[test]
fn a_line_in_the_first_column_starts_something() {
    let parsed = parse(&EXAMPLE.replace("\n     the total to", "\nthe total to"));
    assert_eq!(codes(&parsed), ["line-unknown"]);
}

#[test]
fn what_is_no_policy_has_one_mistake() {
    for (text, code) in [
        ("", "policy-empty"),
        ("\u{feff}\n\n-- nothing\n", "policy-empty"),
        ("policy \0", "not-text"),
        (&"x".repeat(2 << 20), "text-too-large"),
    ] {
        assert_eq!(codes(&parse(text)), [code]);
    }
}

#[test]
fn numbers_and_headers_stand_in_order() {
    let change = |from: &str, to: &str, code: &str| {
        let parsed = parse(&EXAMPLE.replacen(from, to, 1));
        assert_eq!(codes(&parsed), [code], "{from} -> {to}: {:?}", parsed.diagnostics);
    };
    change("\n2.2  ", "\n2.1  ", "clause-twice");
    change("\n2.2  ", "\n2.5  ", "clause-out-of-order");
    change("\n2.4  ", "\n1.9  ", "clause-outside-section");
    change("about     a child\n", "", "header-missing");
    change("\"Fast track\"  is", "\"One severe\"  is", "example-twice");
    change("skin and tissue       ", "seizures              ", "name-declared-twice");
    change("  fast track         ", "  rest   yes or no\n  fast track         ", "name-taken");
    let in_between = EXAMPLE.replacen("\n2.3  ", "\n2.2A  ", 1);
    assert_eq!(parse(&in_between).diagnostics, []);
}

#[test]
fn deep_nesting_is_refused_in_the_same_way_on_a_small_stack() {
    let brackets = format!("Worst = {}cost{}.", "(".repeat(10_000), ")".repeat(10_000));
    let parts = format!("Worst = {}cost.", "1% of ".repeat(10_000));
    let dashes =
        format!("A child is late when any of these is true:\n  {}urgent.", "- ".repeat(10_000));
    let lists: String = (2..1_000)
        .map(|column| format!("any of these is true:\n{}- ", " ".repeat(column)))
        .collect();
    let lists = format!("A child is late when {lists}urgent.");
    for sentence in [brackets, parts, dashes, lists] {
        let thread = std::thread::Builder::new().stack_size(256 << 10);
        let read = thread.spawn(move || codes(&parse_sentence(&sentence)).join(" "));
        assert_eq!(read.unwrap().join().unwrap(), "nested-too-deep");
    }
}

#[test]
fn long_sums_are_refused_before_their_tree_is_deep() {
    let sum = |count: usize| parse_sentence(&format!("Worst = cost{}.", " + cost".repeat(count)));
    assert_eq!(codes(&sum(64)), [""; 0]);
    assert_eq!(codes(&sum(65)), ["too-many-operators"]);
    assert_eq!(codes(&sum(30_000)), ["too-many-operators"]);
}

fn spans_lie_in(text: &str, parsed: &Parsed) -> bool {
    let lies = |span: Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        start <= end && text.get(start..end).is_some()
    };
    let of_diagnostics = parsed.diagnostics.iter().flat_map(|d| d.labels.iter().map(|l| l.span));
    let of_blocks = parsed.policy.blocks.iter().map(|block| block.span);
    of_diagnostics.chain(of_blocks).all(lies)
}

/// The example with bytes and lines left out, doubled and swapped.
fn mutated() -> impl Strategy<Value = String> {
    let change = (0..4_u8, any::<prop::sample::Index>(), any::<prop::sample::Index>());
    prop::collection::vec(change, 1..6).prop_map(|changes| {
        let mut text: Vec<char> = EXAMPLE.chars().collect();
        for (kind, first, second) in changes {
            let (first, second) = (first.index(text.len()), second.index(text.len()));
            match kind {
                0 => {
                    text.remove(first);
                }
                1 => text.insert(second, text[first]),
                2 => text.swap(first, second),
                _ => swap_lines(&mut text, first, second),
            }
        }
        text.into_iter().collect()
    })
}

fn swap_lines(text: &mut Vec<char>, first: usize, second: usize) {
    let whole: String = text.iter().collect();
    let mut lines: Vec<&str> = whole.split('\n').collect();
    let count = lines.len();
    lines.swap(first % count, second % count);
    *text = lines.join("\n").chars().collect();
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let parsed = parse(&text);
        prop_assert!(spans_lie_in(&text, &parsed));
    }

    #[test]
    fn any_words_of_the_language_are_read(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "when", "the", "ICB", "pays", "a", "child", "is", "eligible", ",", ".", ":", ";",
                "=", "(", ")", "£1.00", "40%", "1/3", "- ", "\n  - ", "x", "and", "or", "not",
                "at least", "3", "domains", "of", "high", "split", "care cost", "in the shares of",
                "section 4", "[SLA]", "\"a\"", "|", "\n  |", "despite", "2.1", "1 April 2026", "fooo",
            ]), 0..40)
    ) {
        let sentence = words.join(" ");
        let parsed = parse_sentence(&sentence);
        prop_assert!(parsed.diagnostics.iter().all(|diagnostic| !diagnostic.message.is_empty()));
    }

    #[test]
    fn a_damaged_policy_is_read(text in mutated()) {
        let parsed = parse(&text);
        prop_assert!(spans_lie_in(&text, &parsed));
    }
}
