//! Hostile text of one mebibyte stays under 50 MiB, from its first byte to its diagnostics;
//! so does everything that is made of bytes a fuzzer kept.
//!
//! This stands in a binary of its own, because counting takes the place of the allocator.

use allocation_counter::measure;
use apportion::policy::Policy;
use apportion_tests::claims::CLAIMS;

/// The most bytes that a policy and all that is made of it may take.
const MOST: u64 = 50 << 20;

/// The words and signs that a policy may have, and a few less, for its header.
const WORDS: usize = 80_000 - 100;

const HEADER: &str = "\
policy  Hostile
about  a child
between
  the ICB   NHS ICB
  the council   Council
version  1, in force from 1 April 2025
";

const FACTS: &str = "facts\n  cost   money\n  urgent   yes or no\n1  All\n";

/// How many words and signs a text has, as a policy counts them.
fn words(text: &str) -> usize {
    let mut is_inside = false;
    let is_start = |character: char| {
        let is_part = character.is_alphanumeric();
        let is_start = !(character.is_whitespace() || is_inside && is_part);
        is_inside = is_part;
        is_start
    };
    text.chars().map(is_start).filter(|is_start| *is_start).count()
}

/// A text with as many of these parts as a policy may have, then spaces up to a mebibyte.
fn filled(head: &str, part: impl Fn(usize) -> String) -> String {
    let mut text = [HEADER, head].concat();
    let mut count = words(&text);
    for number in 1.. {
        let part = part(number);
        count += words(&part);
        if count > WORDS || text.len() + part.len() > 1 << 20 {
            break;
        }
        text.push_str(&part);
    }
    let missing = (1 << 20) - text.len();
    text + &" ".repeat(missing)
}

#[track_caller]
fn check(what: &str, head: &str, part: impl Fn(usize) -> String) {
    let text = filled(head, part);
    let peak = measure(|| drop(Policy::parse(&text))).bytes_max;
    assert!(peak < MOST, "{what}: {peak} bytes");
}

#[test]
fn signs_and_words() {
    let clause = [FACTS, "1.1  Total = cost"].concat();
    check("signs", &clause, |_| "+".to_owned());
    check("words", &clause, |_| " q".to_owned());
    check("long words", &clause, |number| format!(" quite{number}"));
    check("sums", &clause, |_| "+cost".to_owned());
    check("quotes", &clause, |_| "\"\" ".to_owned());
    check("citations", &clause, |_| "[]\n ".to_owned());
    check("sources", &[FACTS, "1.1  Total = cost. ["].concat(), |_| ";".to_owned());
}

#[test]
fn blocks() {
    check("strays", FACTS, |number| format!("1.{number}x\n"));
    check("sections", FACTS, |number| format!("{number}\n"));
    check("titled sections", FACTS, |number| format!("{} A\n", number + 1));
    check("unread clauses", FACTS, |number| format!("1.{number} q\n"));
    check("unknown names", FACTS, |number| format!("1.{number} a{number} = u{number}.\n"));
    check("examples", &[FACTS, "examples\n"].concat(), |number| format!("\"{number}\"\n"));
    check("open quotes", &[FACTS, "examples\n"].concat(), |_| "\"\n".to_owned());
}

#[test]
fn declarations() {
    check("facts", "facts\n", |number| format!(" f{number}  text\n"));
    check("facts of no type", "facts\n", |number| format!(" f{number}  q\n"));
    check("facts twice", "facts\n", |_| " f  text\n".to_owned());
    check("levels", "levels of need\n b", |number| format!("<b{number}"));
    check("levels twice", "levels of need\n b", |_| "<b".to_owned());
    check("choices", "facts\n f  one of b", |number| format!(",b{number}"));
    check("members", "levels of need\n low < high\ndomains, each a level of need\n", |number| {
        format!(" d{number}\n")
    });
}

#[test]
fn clauses_that_can_be_read() {
    check("sums", FACTS, |number| format!("1.{number} s{number}=cost+cost+cost+cost.\n"));
    check("one value", FACTS, |number| format!("1.{number} s=cost.\n"));
    check("payments", FACTS, |number| format!("1.{number} ICB pays cost.\n"));
    check("conclusions", FACTS, |number| {
        format!("1.{number} A child is c{number} when urgent and urgent and urgent.\n")
    });
    check("splits", FACTS, |number| {
        format!(
            "1.{number} In every case: icb 50%, council 50%. Split cost in the shares of 1.{number}.\n"
        )
    });
    check("section of shares", FACTS, |number| {
        format!(
            "1.{number} In every case: icb 50%, council 50%.\n2.{number} Split cost in the shares of section 1.\n"
        )
    });
    check("overrides", FACTS, |number| format!("1.{number} Despite section 1, s=cost.\n"));
}

#[test]
fn tables_and_lists() {
    let table = [FACTS, "1.1  Band: exactly one row applies.\n |cost|band|\n"].concat();
    check("rows", &table, |_| " |1|1|\n".to_owned());
    check("blank rows", &table, |_| " |\n".to_owned());
    check("cells", &[&table, " |"].concat(), |_| "|".to_owned());
    let list = [FACTS, "1.1  A child is late when any of these is true:\n"].concat();
    check("items", &list, |_| " - urgent\n".to_owned());
    let either = [FACTS, "1.1  A child is late when urgent"].concat();
    check("alternatives", &either, |_| " or urgent".to_owned());
    let shares = [FACTS, "1.1  In every case: the ICB 1%"].concat();
    check("shares", &shares, |_| ",icb 1%".to_owned());
}

#[test]
fn bytes_from_anywhere() {
    for claim in CLAIMS {
        for (path, bytes) in claim.corpus().unwrap() {
            let peak = measure(|| _ = (claim.holds)(&bytes)).bytes_max;
            assert!(peak < MOST, "{}: {peak} bytes", path.display());
        }
    }
}
