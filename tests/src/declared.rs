//! What a policy keeps of its header: names as written and as they are outside the file,
//! texts, dates, types with their bounds, defaults and questions.

use apportion::checked::{
    Body, Condition, Constant, Declared, Fact, FamilyId, Number, Policy as Checked, Provision,
    Quantity, Type,
};
use apportion::policy::Policy;
use apportion::unit::Unit;
use apportion_core::date::Date;

const POLICY: &str = "\
policy    Short breaks in Northshire
about     a young person
between
  the ICB          NHS Northshire ICB
  Social Care      Northshire Council, adults
  an academy       The academy of the child
panels
  the joint Panel  Northshire joint funding panel
version   3, in force from 1 April 2025, until 31 March 2028, review by 31 March 2027
dated by  decision date
sources
  the SLA          Northshire agreement, 2024

levels of need
  none < low < high < severe

facts
  Date of birth    a date
  decision date    a date, from 1 January 2020 to 31 December 2027
  visit date       a date, from 1 May 2026
  fast track       yes or no, no unless stated    ask \"Is it urgent?\"
  stream           one of health, education, health unless stated
  worst need       a level of need, up to high
  nights           nights a week, whole, 0 to 7
  day care         hours a week, in quarters, 0 to 40.5
  steps            number, in steps of 0.6, 0 to 6
  cost             money a week
  refund           money, -£5.00 to £5.00
  part             percent
  coarse part      percent, in steps of 0.5%, 10% to 20%
  reference        text

domains, each a level of need, up to
  breathing        severe
  mobility         low

children (child), each yes or no
  first child
  second child

1    Who pays
1.1  Academy pays cost.                                                      [SLA 2]
1.2  The case is referred to the joint panel when fast track.
";

fn read() -> Policy {
    Policy::parse(POLICY).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn fact<'a>(checked: &'a Checked, name: &str) -> &'a Fact {
    checked.facts.iter().find(|fact| fact.name == name).unwrap()
}

#[test]
fn titles_and_versions() {
    let policy = read();
    let checked = policy.checked();
    assert_eq!(checked.title, "Short breaks in Northshire");
    assert_eq!(checked.subject, "young person");
    assert_eq!(checked.version.number, 3);
    assert_eq!(checked.version.from, day(2025, 4, 1));
    assert_eq!(checked.version.until, Some(day(2028, 3, 31)));
    assert_eq!(checked.version.review_by, Some(day(2027, 3, 31)));
    let dated_by = checked.dated_by.unwrap();
    assert_eq!(checked.facts[dated_by.index()].name, "decision date");
    let sections: Vec<_> = checked.sections.iter().map(|it| (&*it.number, &*it.title)).collect();
    assert_eq!(sections, [("1", "Who pays")]);
    assert_eq!(checked.clauses[0].citations, ["SLA 2"]);
}

#[test]
fn parties_panels_and_sources() {
    let policy = read();
    let checked = policy.checked();
    let shown = |all: &[Declared]| -> Vec<[String; 3]> {
        all.iter().map(|it| [it.name.clone(), it.outside.clone(), it.text.clone()]).collect()
    };
    assert_eq!(
        shown(&checked.parties),
        [
            ["the ICB", "icb", "NHS Northshire ICB"],
            ["Social Care", "social_care", "Northshire Council, adults"],
            ["an academy", "academy", "The academy of the child"],
        ]
    );
    let panel = ["the joint Panel", "joint_panel", "Northshire joint funding panel"];
    assert_eq!(shown(&checked.panels), [panel]);
    assert_eq!(shown(&checked.sources), [["the SLA", "sla", "Northshire agreement, 2024"]]);
    for declared in &checked.parties {
        let name = &POLICY[declared.span.start as usize..declared.span.end as usize];
        assert!(declared.name.ends_with(name), "{name}");
    }
}

/// Each party has the names that its own line says, and is called by the last of them.
#[test]
fn names_of_a_party_that_change() {
    let names = "Northshire Council until 31 March 2026, Nordshire Council from 1 April 2026";
    let text = POLICY.replace("Northshire Council, adults", names);
    let policy = Policy::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let parties = policy.checked().parties.iter().map(|it| (it.text.as_str(), it.dated.len()));
    let expected =
        [("NHS Northshire ICB", 0), ("Nordshire Council", 2), ("The academy of the child", 0)];
    assert_eq!(parties.collect::<Vec<_>>(), expected);
    let dated = policy.checked().parties[1].dated.iter();
    let dated = dated.map(|(days, name)| (days.first.max(day(2025, 4, 1)), name.as_str()));
    let expected =
        [(day(2025, 4, 1), "Northshire Council"), (day(2026, 4, 1), "Nordshire Council")];
    assert_eq!(dated.collect::<Vec<_>>(), expected);
}

#[test]
fn facts_that_are_days_or_words() {
    let policy = read();
    let checked = policy.checked();
    let kind = |name: &str| fact(checked, name).kind.clone();
    assert_eq!(fact(checked, "Date of birth").outside, "date_of_birth");
    assert_eq!(kind("Date of birth"), Type::Date { first: Date::MIN, last: Date::MAX });
    // The day that dates a case lies within the version.
    let (first, last) = (day(2025, 4, 1), day(2027, 12, 31));
    assert_eq!(kind("decision date"), Type::Date { first, last });
    assert_eq!(kind("visit date"), Type::Date { first: day(2026, 5, 1), last: Date::MAX });
    let fast_track = fact(checked, "fast track");
    assert_eq!(fast_track.kind, Type::YesNo);
    assert_eq!(fast_track.default, Some(Constant::YesNo(false)));
    assert_eq!(fast_track.ask.as_deref(), Some("Is it urgent?"));
    assert_eq!(fact(checked, "stream").default, Some(Constant::Word(0)));
    assert_eq!(fact(checked, "cost").default, None);
    assert_eq!(fact(checked, "cost").ask, None);
    let words = |name: &str| match kind(name) {
        Type::Words { list, count } => {
            let list = &checked.word_lists[list.0 as usize];
            (list.words.join(" "), list.is_ordered, list.is_declared, count)
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(words("stream"), ("health education".to_owned(), false, true, 2));
    assert_eq!(words("worst need"), ("none low high severe".to_owned(), true, true, 3));
    assert_eq!(words("breathing"), ("none low high severe".to_owned(), true, true, 4));
    assert_eq!(words("mobility"), ("none low high severe".to_owned(), true, true, 2));
    assert!(fact(checked, "reference").is_text);
    assert!(!fact(checked, "stream").is_text);
}

#[test]
fn facts_that_are_numbers() {
    let policy = read();
    let checked = policy.checked();
    let check = |name: &str, unit: Unit, denominator, step, (least, greatest)| {
        let fact = fact(checked, name);
        let number = Number { unit, denominator, least, greatest };
        assert_eq!((&fact.kind, fact.step), (&Type::Number(number), step), "{name}");
    };
    check("nights", Unit::counted("night", Some("week")), 1, 1, (0, 7));
    check("day care", Unit::counted("hour", Some("week")), 4, 1, (0, 162));
    // Fifths, three at a time.
    check("steps", Unit::plain(), 5, 3, (0, 30));
    check("cost", Unit::money(Some("week")), 1, 1, (0, 1_000_000_000));
    check("refund", Unit::money(None), 1, 1, (-500, 500));
    check("part", Unit::percent(), 10_000, 1, (0, 10_000));
    check("coarse part", Unit::percent(), 200, 1, (20, 40));
}

#[test]
fn families() {
    let policy = read();
    let checked = policy.checked();
    let families = checked.families.iter().map(|family| {
        let members = family.members.iter().map(|fact| &*checked.facts[fact.index()].name);
        let words = &checked.word_lists[family.names.0 as usize].words;
        (&*family.plural, &*family.singular, members.collect::<Vec<_>>(), words.join(" "))
    });
    assert_eq!(
        families.collect::<Vec<_>>(),
        [
            ("domains", "domain", vec!["breathing", "mobility"], "breathing mobility".to_owned()),
            (
                "children",
                "child",
                vec!["first child", "second child"],
                "first child second child".to_owned()
            ),
        ]
    );
    let of = |name: &str| fact(checked, name).family.map(|family| family.0);
    assert_eq!((of("breathing"), of("second child"), of("cost")), (Some(0), Some(1), None));
}

/// Whatever the tops of its members: one count, and not a condition for each of them.
#[test]
fn levels_that_are_counted_over_a_family() {
    let when = |condition: &str| {
        let clause = format!("1.2  A young person is in need when {condition}.\n1.3  The case");
        let policy = Policy::parse(&POLICY.replace("1.2  The case", &clause));
        let policy = policy.unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let mut provisions = policy.checked().provisions.iter();
        let concludes = |it: &&Provision| matches!(it.body, Body::Conclude { .. });
        provisions.find(concludes).unwrap().when.clone()
    };
    let count = |quantity, words: &[u8]| Condition::Members {
        quantity,
        family: FamilyId(0),
        words: words.to_vec(),
    };
    // Of none, low, high and severe mobility is at most low.
    assert_eq!(when("any domain is low"), count(Quantity::Any, &[1]));
    let higher = when("at least 2 domains are low or higher");
    assert_eq!(higher, count(Quantity::AtLeast(2), &[1, 2, 3]));
    assert_eq!(when("no domain is severe"), count(Quantity::None, &[3]));
    assert!(matches!(when("any domain is over worst need"), Condition::Of(Quantity::Any, _)));
}
