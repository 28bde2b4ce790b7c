//! Sentences about each item of a list, and about all items together.

use apportion::parse::{Parsed, parse};
use apportion::syntax::{Item, ItemSaid};

use super::{DECLARED, codes, last_clause, tree};

/// Lists, and what clauses give of their items.
const LISTS: &str = "\
services, up to 20, each with
  price of it   money a week
  payer         one of health, social care
  trains        yes or no
  start         a date
children (child at home), each with
  risk          a level of need
";

fn declared() -> String {
    let declared = DECLARED.replace("group starred", &format!("{LISTS}group starred"));
    declared.replace(
        "\n9    The sentence",
        "\n2    Of items\n2.1  A service is dear when trains.\n\
         2.2  For each service, fee = price of it.\n\n9    The sentence",
    )
}

fn parse_sentence(sentence: &str) -> Parsed {
    parse(&format!("{}9.1  {sentence}\n", declared()))
}

#[track_caller]
fn check(sentence: &str, expected: &str) {
    let parsed = parse_sentence(sentence);
    assert_eq!(codes(&parsed), [""; 0], "{sentence}: {:?}", parsed.diagnostics);
    let read: Vec<String> = last_clause(&parsed).sentences.iter().map(tree::sentence).collect();
    assert_eq!(read, [expected], "{sentence}");
}

#[track_caller]
fn check_mistake(sentence: &str, code: &str) {
    let parsed = parse_sentence(sentence);
    assert_eq!(codes(&parsed), [code], "{sentence}: {:?}", parsed.diagnostics);
}

const TABLE: &str = "\n     | payer | band |\n     | any   | low  |";
const SHARES: &str = "\n     | payer | the ICB |\n     | any   | 100%    |";

#[test]
fn for_each_stands_before_a_sentence_or_after_its_condition() {
    check("For each service, extra = price of it.", "each service: extra = price of it");
    check(
        "For each service, when trains, extra = price of it; otherwise extra = fee.",
        "each service: if ?trains: extra = price of it; else extra = fee",
    );
    check(
        "When urgent, for each service, the ICB pays fee.",
        "if ?urgent: each service: icb pays fee",
    );
    check("For each service, the ICB pays fee.", "each service: icb pays fee");
    check(
        "For each child at home, when risk is high, the ICB pays cost.",
        "each child at home: if risk is 'high': icb pays cost",
    );
    check(
        "For each service, the case is referred to the joint panel when trains.",
        "each service: if ?trains: refer joint panel",
    );
    check(
        "For each service, split fee in the shares of section 4.",
        "each service: split fee by section 4",
    );
    check(
        "For each service, of fee, the school pays the first £5.00; the council pays the rest.",
        "each service: of fee: school 500p, council the rest",
    );
    check(
        "For each service, price of it must be at least £1.00 when trains.",
        "each service: if ?trains: must: price of it >= 100p",
    );
    check(
        "For each service, clause 2.2 does not apply when trains.",
        "each service: if ?trains: switch off 2.2",
    );
}

#[test]
fn for_each_announces_shares_and_tables_too() {
    check("For each service: the ICB 100%.", "each service: shares icb: 100%");
    check(
        "For each service, when trains: the ICB the rest, social care 25%.",
        "each service: if ?trains: shares icb: rest, social care: 25%",
    );
    check(
        &format!("For each service: exactly one row applies.{SHARES}"),
        "each service: table [] ExactlyOne 1x2",
    );
    check(
        &format!("Band for a service: exactly one row applies.{TABLE}"),
        "table [band] for service ExactlyOne 1x2",
    );
    check(
        &format!("For each service, band: first row that applies.{TABLE}"),
        "each service: table [band] First 1x2",
    );
}

#[test]
fn despite_stands_before_for_each() {
    check(
        "Despite 2.2, for each service, when trains, fee = £5.00 a week.",
        "despite (2.2) each service: if ?trains: fee = 500p per week",
    );
    check(
        "Despite 2.1, a service is not dear when payer is health.",
        "despite (2.1) if payer is 'health': conclude service: not dear",
    );
}

#[test]
fn an_item_is_concluded_of_and_asked_about() {
    check(
        "A service is also dear when the service is not dear, or trains.",
        "if any(service concluded not dear | ?trains): conclude service: dear",
    );
    check(
        "A child is late when at least 2 services are dear.",
        "if >=2 services ?dear: conclude child: late",
    );
    check(
        "A child is late when no service is not dear.",
        "if none service not ?dear: conclude child: late",
    );
    check(
        "A child is late when every service is trains and at most one service is dear.",
        "if all(all service ?trains | <=1 service ?dear): conclude child: late",
    );
}

/// `yes under 7.1` is no word of a fact that is yes or no.
#[test]
fn what_follows_yes_is_no_part_of_it() {
    check(
        "The ICB pays at most the sum of fee over services where trains is yes under 7.1; social care pays the excess.",
        "icb <= Sum(fee over services where trains is 'yes') under 7.1, social care the excess",
    );
}

#[test]
fn items_are_taken_together() {
    let value = |value: &str, expected: &str| {
        check(&format!("Worst = {value}."), &format!("worst = {expected}"));
    };
    value("the sum of fee over services", "Sum(fee over services)");
    value("the sum of fee over all services", "Sum(fee over services)");
    value(
        "the sum of fee over services where payer is health",
        "Sum(fee over services where payer is 'health')",
    );
    value(
        "the number of services where the service is dear",
        "Number(services where service concluded dear)",
    );
    value("the number of children", "Number(children)");
    value(
        "the highest fee over services, or £0.00 if none",
        "Highest(fee over services or 0p if none)",
    );
    value(
        "the lowest risk over children where risk is not low, or no additional needs if none",
        "Lowest(risk over children where not risk is 'low' or 'no additional needs' if none)",
    );
    value(
        "the earliest of start over services where trains, or 1 January 2031 if none",
        "Earliest(start over services where ?trains or 1 January 2031 if none)",
    );
    value(
        "the latest start over services, or 1 January 2031 if none",
        "Latest(start over services or 1 January 2031 if none)",
    );
}

#[test]
fn sentences_that_nothing_reads_say_why() {
    check_mistake("For each service, for each child at home, extra = fee.", "unexpected-text");
    check_mistake(
        "For each service, when trains, for each service, extra = fee.",
        "for-each-twice",
    );
    check_mistake("For each £5.00, extra = fee.", "unexpected-text");
    check_mistake("For each service extra = fee.", "unexpected-text");
    check_mistake("Extra for a service = price of it.", "equals-for-item");
    check_mistake("A child is late when at least 2 services are £5.00.", "unexpected-text");
    check_mistake("Worst = the sum of fee.", "unexpected-text");
    check_mistake("Worst = the highest fee over services, or £0.00.", "unexpected-text");
}

/// What an example says of items.
fn parts(example: &str) -> Vec<String> {
    let text = format!("{}9.1  The ICB pays cost.\nexamples\n\"One\"\n{example}", declared());
    let parsed = parse(&text);
    assert_eq!(codes(&parsed), [""; 0], "{example}: {:?}", parsed.diagnostics);
    let Some(Item::Example(example)) = parsed.policy.blocks.last().map(|block| &block.item) else {
        panic!("no example");
    };
    let parts = example.items.iter().map(|part| {
        let given = |given: &[apportion::syntax::Given]| {
            let given = given.iter().map(|it| format!(" {} {}", it.name.key, it.value.value));
            given.collect::<String>()
        };
        let list = &part.list.key;
        match &part.said {
            ItemSaid::With(name, facts) => format!("with {list} {}:{}", name.value, given(facts)),
            ItemSaid::But(name, facts) => format!("but {list} {}:{}", name.value, given(facts)),
            ItemSaid::Without(name) => format!("without {list} {}", name.value),
            ItemSaid::None => format!("no {list}"),
        }
    });
    parts.collect()
}

#[test]
fn an_example_states_items() {
    let example = r#"  given   fast track yes
  with    service "night sitter": price of it £640.00, payer health
  with    service "school run"
  but     service "night sitter": trains yes
  without service "school run"
  but     no children
"#;
    let read = parts(example);
    assert_eq!(
        read,
        [
            "with service night sitter: price of it £640.00 payer health",
            "with service school run:",
            "but service night sitter: trains yes",
            "without service school run",
            "no children",
        ]
    );
}
