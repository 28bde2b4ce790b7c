//! Slips: a valid policy with one mistake, beside the code of the message it must get.

use super::model::{Fact, FactType, List, Literal, Model};
use super::print;

/// A kind of slip.
pub struct Slip {
    /// The code of the one error it must be refused with.
    pub code: &'static str,
    make: Make,
}

/// How a slip is made.
enum Make {
    /// Clauses added in a section of their own; `PARTY`, `OTHER`, `TRUTH`, `MONEY`, `NUMBER`,
    /// `WORDS`, `FIRSTWORD`, `SOURCE`,
    /// `FAMILY`, `ITEMS`, `ONE`, `OWN` (money of an item, a week) and `SUBJECT` stand for names of
    /// the policy.
    Clauses(&'static str),
    /// A change of what is declared.
    Declared(fn(&mut Model)),
    /// Lines taken out or put in.
    Text(fn(&str) -> String),
}

impl Slip {
    /// The text of a policy with this slip; nothing where the policy has not what it needs.
    #[must_use]
    pub fn in_policy(&self, model: &Model) -> Option<String> {
        match self.make {
            Make::Clauses(clauses) => {
                let mut model = model.clone();
                let examples = core::mem::take(&mut model.examples);
                let clauses = named(clauses, &model)?;
                let text = print(&model).0 + &format!("\n900  Slips\n{clauses}\n");
                model.examples = examples;
                Some(text)
            }
            Make::Declared(change) => {
                let mut model = model.clone();
                change(&mut model);
                Some(print(&model).0)
            }
            Make::Text(change) => Some(change(&print(model).0)),
        }
    }
}

/// The clauses with the names of a policy.
fn named(clauses: &str, model: &Model) -> Option<String> {
    let fact = |is: fn(&FactType) -> bool| {
        let mut always = model.facts.iter().filter(|fact| fact.only_when.is_none());
        always.find(|fact| is(&fact.kind)).map(|fact| fact.name.as_str())
    };
    let names = [
        ("PARTY", model.parties.first().map(|party| party.name.as_str())),
        ("OTHER", model.parties.get(1).map(|party| party.name.as_str())),
        ("TRUTH", fact(|kind| *kind == FactType::YesNo)),
        (
            "MONEY",
            fact(|kind| matches!(kind, FactType::Money(per, _) if per.as_deref() == Some("week"))),
        ),
        (
            "NUMBER",
            fact(|kind| matches!(kind, FactType::Number { unit, .. } if unit.ends_with("number"))),
        ),
        ("WORDS", fact(|kind| matches!(kind, FactType::OneOf(_)))),
        ("FIRSTWORD", first_word(model)),
        ("SOURCE", model.sources.first().map(|source| source.name.as_str())),
        ("FAMILY", model.families.first().map(|family| family.plural.as_str())),
        ("ITEMS", model.lists.first().map(|list| list.plural.as_str())),
        ("ONE", model.lists.first().map(List::one)),
        ("OWN", model.lists.first().and_then(own_money)),
        ("SUBJECT", Some(model.subject.as_str())),
    ];
    let mut text = clauses.to_owned();
    for (place, name) in names {
        if text.contains(place) {
            text = text.replace(place, name?);
        }
    }
    Some(text)
}

/// What an item of a list has that is money a week.
fn own_money(list: &List) -> Option<&str> {
    let is_weekly =
        |fact: &&Fact| matches!(&fact.kind, FactType::Money(Some(per), _) if per == "week");
    list.facts.iter().find(is_weekly).map(|fact| fact.name.as_str())
}

/// A word of the first choice.
fn first_word(model: &Model) -> Option<&str> {
    let mut always = model.facts.iter().filter(|fact| fact.only_when.is_none());
    always.find_map(|fact| match &fact.kind {
        FactType::OneOf(words) => words.first().map(String::as_str),
        _ => None,
    })
}

const fn clauses(code: &'static str, clauses: &'static str) -> Slip {
    Slip { code, make: Make::Clauses(clauses) }
}

const fn declared(code: &'static str, change: fn(&mut Model)) -> Slip {
    Slip { code, make: Make::Declared(change) }
}

fn add_fact(model: &mut Model, kind: FactType, default: Option<&str>) {
    let (name, default) = ("slipped fact".into(), default.map(Into::into));
    model.facts.push(Fact { name, kind, default, ask: None, only_when: None, decided_by: None });
}

fn number(step: Option<&str>, least: i64, greatest: i64) -> FactType {
    let bounds = (Literal::Number(least, 1), Literal::Number(greatest, 1));
    FactType::Number { unit: "number".into(), step: step.map(Into::into), bounds }
}

/// All slips.
pub const SLIPS: &[Slip] = &[
    clauses("unknown-name", "900.1  PARTY pays the wages that nobody declared."),
    clauses("units-disagree", "900.1  Slip = £1.00 a week + £1.00 a year."),
    clauses("shares-exceed-whole", "900.1  In every case: PARTY 60%, OTHER 50%."),
    clauses("shares-fall-short", "900.1  In every case: PARTY 40%, OTHER 50%."),
    clauses("rest-twice", "900.1  In every case: PARTY the rest, OTHER the rest."),
    clauses("party-twice", "900.1  In every case: PARTY 40%, PARTY 60%."),
    clauses("no-share", "900.1  In every case: PARTY £5.00, OTHER the rest."),
    clauses(
        "named-shares-need-a-rest",
        "900.1  Slip: first row that applies.\n  | TRUTH | slip |\n  | yes | 10% |\n  | any | 20% |\n900.2  In every case: PARTY slip, OTHER 50%.",
    ),
    clauses("clause-twice", "900.1  Slip = 1.\n900.1  Slide = 2."),
    clauses("clause-out-of-order", "900.2  Slip = 1.\n900.1  Slide = 2."),
    clauses("clause-outside-section", "901.1  Slip = 1."),
    clauses("section-twice", "900.1  Slip = 1.\n900  Slips again"),
    clauses("payment-not-rounded", "900.1  PARTY pays 1/3 of £1.00 a week."),
    clauses("payment-below-zero", "900.1  PARTY pays £1.00 a week - MONEY - £9,999.00 a week."),
    clauses("payment-not-money", "900.1  PARTY pays NUMBER."),
    clauses("no-such-source", "900.1  Slip = 1.    [ZZ 1]"),
    clauses("citation-not-closed", "900.1  Slip = 1.    [ZZ 1"),
    clauses("citation-not-at-line-end", "900.1  Slip = [SOURCE 1] 1."),
    clauses("unknown-word", "900.1  A SUBJECT is slipped when WORDS is neverheard."),
    clauses("no-order", "900.1  A SUBJECT is slipped when WORDS is FIRSTWORD or higher."),
    clauses(
        "cells-too-few",
        "900.1  Slip: first row that applies.\n  | TRUTH | slip |\n  | yes |\n  | any | 2 |",
    ),
    clauses(
        "cells-too-many",
        "900.1  Slip: first row that applies.\n  | TRUTH | slip |\n  | yes | 1 | 2 |\n  | any | 2 |",
    ),
    clauses(
        "cell-blank",
        "900.1  Slip: first row that applies.\n  | TRUTH | slip |\n  |  | 1 |\n  | any | 2 |",
    ),
    clauses("table-missing", "900.1  Slip: first row that applies."),
    clauses("rows-missing", "900.1  Slip: first row that applies.\n  | TRUTH | slip |"),
    clauses("table-without-heading", "900.1  Slip = 1.\n  | TRUTH | slip |\n  | any | 2 |"),
    clauses(
        "words-after-table",
        "900.1  Slip: first row that applies.\n  | TRUTH | slip |\n  | any | 2 |\n  and so on.",
    ),
    clauses(
        "no-answer-column",
        "900.1  Slip: first row that applies.\n  | TRUTH | NUMBER |\n  | yes | 1 |\n  | any | 2 |",
    ),
    clauses(
        "no-party-column",
        "900.1  In every case: first row that applies.\n  | TRUTH |\n  | yes |\n  | any |",
    ),
    clauses(
        "otherwise-not-last",
        "900.1  Slip: first row that applies.\n  | TRUTH | slip |\n  | otherwise | 1 |\n  | any | 2 |",
    ),
    clauses(
        "range-reversed",
        "900.1  Slip: first row that applies.\n  | NUMBER | slip |\n  | 34 to 20 | 1 |\n  | any | 2 |",
    ),
    clauses("no-such-clause", "900.1  Clause 998.1 does not apply when TRUTH."),
    clauses("and-or-mixed", "900.1  A SUBJECT is slipped when TRUTH and TRUTH or TRUTH."),
    clauses("and-missing", "900.1  When TRUTH, TRUTH, and TRUTH, slip = 1."),
    clauses("colon-for-comma", "900.1  When TRUTH: PARTY pays £5.00."),
    clauses("known-tested", "900.1  A SUBJECT is slipped when NUMBER is known."),
    clauses("no-condition", "900.1  A SUBJECT is slipped when NUMBER."),
    clauses(
        "quotient-not-rounded",
        "900.1  Base: first row that applies.\n  | TRUTH | base |\n  | yes | 2 |\n  | any | 3 |\n900.2  Slip = NUMBER / base.",
    ),
    clauses("may-divide-by-zero", "900.1  Slip = 5 / (NUMBER - NUMBER), to the nearest 0.1, up."),
    clauses("money-times-money", "900.1  Slip = £1.00 x £2.00."),
    clauses("rounded-to-another-unit", "900.1  Slip = £5.00, to the nearest 0.1, halves up."),
    clauses("conversion-does-not-fit", "900.1  Slip = NUMBER for 38 weeks."),
    clauses("not-a-number", "900.1  Slip = TRUTH + 1."),
    clauses("kinds-disagree", "900.1  A SUBJECT is slipped when decision date is at least 5."),
    clauses("not-in-pence", "900.1  PARTY pays £1.005."),
    clauses(
        "no-such-day",
        "900.1  A SUBJECT is slipped when decision date is before 31 February 2026.",
    ),
    clauses("divided-by-zero", "900.1  Slip = 1/0 of £5.00."),
    clauses("clauses-in-a-circle", "900.1  Slip = slide + 1.\n900.2  Slide = slip + 1."),
    clauses("excess-unborne", "900.1  PARTY pays at most £5.00 a week."),
    clauses(
        "excess-to-itself",
        "900.1  PARTY pays at most £5.00 a week in all; PARTY pays the excess.",
    ),
    clauses("split-by-number", "900.1  Split MONEY by 4."),
    clauses("rest-of-what", "900.1  PARTY pays the rest."),
    clauses(
        "no-shares-there",
        "900.1  Slip = 1.\n900.2  Split £1.00 a week in the shares of 900.1.",
    ),
    clauses(
        "spare-without-split",
        "900.1  Slip = 1. Spare pennies go to the largest fractions of a penny.",
    ),
    clauses(
        "more-than-there-are",
        "900.1  A SUBJECT is slipped when at least 3 of these are true:\n  - TRUTH\n  - NUMBER is 1",
    ),
    clauses("number-over-family", "900.1  Slip = the number of FAMILY over FAMILY."),
    clauses("wrong-kind-of-name", "900.1  MONEY pays £5.00."),
    clauses(
        "listed-no-word",
        "900.1  Band: every row that applies, listed.\n  | TRUTH | band |\n  | any | 2 |",
    ),
    clauses("one-per-item", "900.1  Slip = OWN."),
    clauses(
        "said-of-another",
        "900.1  A ONE is slipped when OWN is over £1.00.\n900.2  When the SUBJECT is slipped, PARTY pays £1.00.",
    ),
    clauses(
        "not-for-each",
        "900.1  For each ONE, PARTY pays at most £1.00 in all; OTHER pays the excess.",
    ),
    clauses("once-or-for-each", "900.1  For each ONE, slip = OWN.\n900.2  Slip = £1.00 a week."),
    clauses(
        "shares-of-an-item",
        "900.1  For each ONE: PARTY 100%.\n900.2  Split £1.00 in the shares of 900.1.",
    ),
    clauses(
        "overrides-the-case",
        "900.1  PARTY pays £1.00.\n900.2  For each ONE, clause 900.1 does not apply when OWN is over £1.00.",
    ),
    clauses("what-of-items", "900.1  Slip = the highest ITEMS, or £0.00 if none."),
    clauses("if-none-missing", "900.1  Slip = the highest OWN over ITEMS."),
    clauses("if-none-not-needed", "900.1  Slip = the sum of OWN over ITEMS, or £0.00 if none."),
    clauses("earliest-of-no-date", "900.1  Slip = the earliest OWN over ITEMS, or £0.00 if none."),
    clauses("equals-for-item", "900.1  Slip for a ONE = OWN x 2."),
    clauses(
        "for-each-twice",
        "900.1  For each ONE, when OWN is over £1.00, for each ONE, PARTY pays OWN.",
    ),
    clauses("line-unknown", "900.1  Slip = 1.\nNothing begins like this."),
    declared("no-step", |model| add_fact(model, number(None, 0, 70), None)),
    declared("bounds-reversed", |model| add_fact(model, number(Some("in tenths"), 70, 0), None)),
    declared("bound-between-steps", |model| add_fact(model, number(Some("whole"), 0, 75), None)),
    declared("step-not-above-zero", |model| {
        add_fact(model, number(Some("in steps of 0"), 0, 70), None);
    }),
    declared("default-is-no-value", |model| add_fact(model, FactType::YesNo, Some("perhaps"))),
    declared("no-such-ladder", |model| {
        add_fact(model, FactType::Level("nothing known".into(), None), None);
    }),
    declared("no-such-level", |model| {
        add_fact(model, FactType::Level("need".into(), Some("sever".into())), None);
    }),
    declared("list-too-long", |model| {
        let facts = vec![Fact {
            name: "slipped fact".into(),
            kind: FactType::YesNo,
            default: None,
            ask: None,
            only_when: None,
            decided_by: None,
        }];
        let (plural, most) = ("slips".into(), Some(501));
        model.lists.push(List { plural, singular: None, most, facts });
    }),
    declared("word-twice", |model| {
        let words = ["here", "there", "here"].map(String::from);
        add_fact(model, FactType::OneOf(words.into()), None);
    }),
    declared("name-declared-twice", |model| model.facts.extend(model.facts.first().cloned())),
    declared("name-begins-with", |model| {
        add_fact(model, FactType::YesNo, None);
        let last = model.facts.last_mut();
        last.into_iter().for_each(|fact| fact.name = "of slips".into());
    }),
    declared("names-collide-outside", |model| {
        for name in ["slip's fact", "slips fact"] {
            add_fact(model, FactType::YesNo, None);
            model.facts.last_mut().into_iter().for_each(|fact| fact.name = name.into());
        }
    }),
    declared("dated-by-no-date", |model| {
        add_fact(model, FactType::YesNo, None);
        model.dated_by = Some("slipped fact".into());
    }),
    Slip { code: "header-missing", make: Make::Text(without_version) },
    Slip {
        code: "text-too-large",
        make: Make::Text(|text| text.to_owned() + &"-- \n".repeat(300_000)),
    },
    Slip { code: "not-text", make: Make::Text(|text| text.replacen("about", "ab\u{1}out", 1)) },
];

fn without_version(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with("version")).collect()
}
