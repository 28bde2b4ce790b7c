//! What is withheld stands in no letter, working or record.

use apportion::policy::Policy;
use apportion::why::{Block, Page};
use apportion_core::case::State;
use apportion_core::program::FactId;
use apportion_core::value::Value;
use apportion_exchange::record::{to_json_withholding, to_ron_withholding};

use crate::parallel::look_at_each;

use super::random::look_at_decided;

/// How many policies are looked at, unless the environment says otherwise.
const POLICIES: u64 = 80;
/// How many cases of each.
const CASES: usize = 4;

const POLICY: &str = "\
policy    Places and fees
about     a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version   1, in force from 1 April 2025, review by 31 March 2026
dated by  decision date

levels of need
  none < low < high < overwhelming

facts
  decision date     a date
  date of birth     a date
  placement         one of home, secure unit
  savings           money, £0.00 to £9,999.99
  hours             hours a week, in steps of 0.01, 0 to 168
  fee               money a week, £0.00 to £5,000.00

domains, each a level of need
  breathing
  mobility

1    What counts
1.1  A child is young when age on decision date is under 18.
1.2  A child is in need when at least 1 domain is high or higher.
1.3  A child is settled when placement is not home and savings are under £9,000.00.
1.4  Points for a domain: exactly one row applies.
     | level          | points |
     | none to low    |      0 |
     | high or higher |      7 |
1.5  Total = the sum of points over domains.
1.6  Kept = the lesser of savings and £9,000.00.
1.7  Hourly = hours x £10.00 an hour, to the nearest penny, halves up.

2    Who pays
2.1  The ICB pays fee.
";

const FACTS: [(&str, &str); 8] = [
    ("decision date", "12 May 2026"),
    ("date of birth", "29 February 2016"),
    ("placement", "secure unit"),
    ("savings", "£1,234.56"),
    ("hours", "37.19"),
    ("fee", "£777.77"),
    ("breathing", "overwhelming"),
    ("mobility", "none"),
];

/// Each fact is withheld in turn. The fee is what is paid, so it cannot be.
#[test]
fn no_byte_of_what_is_withheld_stands_anywhere() {
    let policy = Policy::parse(POLICY).unwrap();
    let case = policy.case(FACTS).unwrap();
    let decision = policy.decide(&case).unwrap();
    for (name, value) in FACTS.iter().filter(|(name, _)| !["fee", "mobility"].contains(name)) {
        let withheld = [policy.fact(name).unwrap()];
        let letter = policy.letter_withholding(&case, &decision, &withheld);
        let working = policy.working_withholding(&case, &decision, &withheld);
        let outputs = [
            letter.to_string(),
            letter.html(),
            working.to_string(),
            working.html(),
            to_json_withholding(&policy, &case, &withheld).unwrap(),
            to_ron_withholding(&policy, &case, &withheld).unwrap(),
        ];
        for output in outputs {
            assert!(!output.contains(value), "{name}: {value} stands in\n{output}");
            assert!(output.to_lowercase().contains("withheld"), "{name}\n{output}");
            // What its level counts for tells the level, and a missed review something of the day.
            assert!(*name != "breathing" || !output.contains("breathing 7"), "{output}");
            let tells_review = output.contains("reviewed by") || output.contains("missed_review");
            assert_eq!(tells_review, *name != "decision date", "{name}\n{output}");
        }
        let whole = policy.letter(&case, &decision).to_string();
        assert!(whole.contains(value), "{name}: {value} does not stand in\n{whole}");
    }
}

/// Of a case that is not decided the record has what can come of it, of the case and of its items.
#[test]
fn no_byte_of_what_is_withheld_stands_in_what_can_still_come() {
    let policy = Policy::parse(
        "\
policy    Open
about     a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version   1, in force from 1 April 2025

facts
  urgent     yes or no
  savings    money, £0.00 to £9,999.99
  grant      money, £77.31 unless stated
  due        a date, from 1 April 2025 to 31 March 2027

services, each with
  price      money a week, £0.00 to £5,000.00

1    What counts
1.1  Kept = the lesser of savings and £9,000.00.
1.2  More = grant + £1.00.
1.3  First day = 1 day after due, not counting that day.
1.4  A child is heard when urgent.
1.5  For each service, part = the lesser of price and £4,000.00.
1.6  Last day = due.
1.7  For each service, the ICB pays £1.00 a week.
",
    );
    let policy = policy.unwrap();
    let facts = [("savings", "£1,234.56"), ("due", "12 May 2026"), ("urgent", "not known")];
    let mut case = policy.case(facts).unwrap();
    let services = policy.list("services").unwrap();
    policy.state_list(&mut case, services);
    let service = policy.new_item(&mut case, services).unwrap();
    policy.state_item(&mut case, service, policy.fact("price").unwrap(), "£2,345.67").unwrap();
    for (name, value) in
        [("savings", "1,234.56"), ("grant", "77.31"), ("due", "12 May 2026"), ("price", "2,345.67")]
    {
        let withheld = [policy.fact(name).unwrap()];
        for output in [
            to_json_withholding(&policy, &case, &withheld).unwrap(),
            to_ron_withholding(&policy, &case, &withheld).unwrap(),
        ] {
            assert!(!output.contains(value), "{name}: {value} stands in\n{output}");
            assert!(output.contains("needs"), "{output}");
        }
        let whole = to_json_withholding(&policy, &case, &[]).unwrap();
        assert!(whole.contains(value), "{name}: {value} does not stand in\n{whole}");
    }
}

/// Of shares that a panel decides, one is what the others leave; and a share may be a fact.
#[test]
fn no_share_that_is_withheld_stands_anywhere() {
    let policy = Policy::parse(
        "\
policy    Shares
about     a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
panels
  the joint panel    Northshire joint panel
version   1, in force from 1 April 2025

facts
  complex     yes or no
  health      percent, in steps of 0.01%, 0% to 100%
  care cost   money a week

1    Shares
1.1  When complex: as the joint panel decides.
1.2  When not complex: the ICB health, the council the rest.

2    Who pays
2.1  Split care cost in the shares of section 1.
",
    );
    let policy = policy.unwrap();
    let complex = [("joint_panel_icb", "33.37%"), ("joint_panel_council", "66.63%")];
    for (complex, withheld, others) in
        [("yes", "joint_panel_icb", &complex[..]), ("no", "health", &[("health", "66.63%")][..])]
    {
        let facts = [("complex", complex), ("care cost", "£1,000.00")];
        let case = policy.case(facts.iter().chain(others).copied());
        let mut case = case.unwrap();
        if complex == "yes" {
            policy.state(&mut case, policy.fact("health").unwrap(), "50%").unwrap();
        }
        let decision = policy.decide(&case).unwrap();
        let withheld = [policy.fact(withheld).unwrap()];
        let outputs = [
            policy.letter_withholding(&case, &decision, &withheld).to_string(),
            policy.working_withholding(&case, &decision, &withheld).to_string(),
            policy.record_withholding(&case, &decision, &withheld).to_string(),
            to_json_withholding(&policy, &case, &withheld).unwrap(),
        ];
        for output in outputs {
            assert!(!output.contains("33.37") && !output.contains("66.63"), "{output}");
            // What is paid is what the page is for.
            assert!(output.contains("333.70") || output.contains("666.30"), "{output}");
        }
        let whole = policy.letter(&case, &decision).to_string();
        assert!(whole.contains("66.63%"), "{whole}");
    }
}

/// What else is told must not hang on it either: with the same decision, the pages and the record
/// are the same whether it is yes, no or not stated.
#[test]
fn whether_something_withheld_is_so_shows_nowhere() {
    let policy = Policy::parse(
        "\
policy    Quiet words
about     a child
version   1, in force from 1 April 2025

facts
  interpreter   yes or no, no unless stated
  urgent        yes or no
  hours         hours a week, whole, 0 to 168

1    What counts
1.1  A child is heard when any of these is true:
       - urgent
       - interpreter
       - all of these are true:
         - hours are over 10
         - not interpreter
1.2  A child is seen when urgent, and hours are over 10.
",
    );
    let policy = policy.unwrap();
    let withheld = [policy.fact("interpreter").unwrap()];
    let outputs = |interpreter: Option<&str>| {
        let facts = [("urgent", "yes"), ("hours", "20")];
        let stated = interpreter.map(|value| ("interpreter", value));
        let case = policy.case(facts.into_iter().chain(stated)).unwrap();
        let decision = policy.decide(&case).unwrap();
        [
            policy.letter_withholding(&case, &decision, &withheld).to_string(),
            policy.working_withholding(&case, &decision, &withheld).to_string(),
            to_json_withholding(&policy, &case, &withheld).unwrap(),
        ]
    };
    let when_yes = outputs(Some("yes"));
    assert!(when_yes[0].contains("Interpreter: withheld"), "{}", when_yes[0]);
    assert!(when_yes[0].contains("hours"), "{}", when_yes[0]);
    for other in [outputs(Some("no")), outputs(None)] {
        when_yes.iter().zip(&other).for_each(|(yes, other)| assert_eq!(yes, other));
    }
}

#[test]
fn amounts_and_days_of_any_policy_are_withheld() {
    let looked: usize = look_at_each("APPORTION_PAGES", POLICIES, look, |sum, more| *sum += more);
    println!("{looked} facts withheld");
    assert!(looked > 100, "{looked}");
}

fn look(seed: u64) -> Result<usize, String> {
    look_at_decided(seed, CASES, |policy, case, decision, looked: &mut usize| {
        for (fact, id) in policy.facts().iter().zip((0..).map(FactId)) {
            let State::Known(value) = case.get(id) else { continue };
            let shown = policy.show_fact(fact, value);
            let is_told_apart = matches!(value, Value::Date(_)) || shown.starts_with('£');
            // What the policy itself says, or another fact, is no secret.
            let is_elsewhere = policy.text().contains(&shown)
                || policy.facts().iter().zip((0..).map(FactId)).any(|(other, its)| {
                    let same = |value| policy.show_fact(other, value) == shown;
                    its != id && case.value_or_default(its).is_some_and(same)
                });
            if !is_told_apart || is_elsewhere || decision.applies(id) == Some(false) {
                continue;
            }
            *looked += 1;
            for page in [
                policy.letter_withholding(case, decision, &[id]),
                policy.working_withholding(case, decision, &[id]),
            ] {
                if stands(&page, &shown) {
                    return Err(format!("{}: {shown} stands in\n{page}", fact.name));
                }
            }
        }
        Ok(())
    })
}

/// Whether a text stands by itself in a page, but for what is paid.
fn stands(page: &Page, text: &str) -> bool {
    let is_by_itself = |line: &str| {
        line.match_indices(text).any(|(at, _)| {
            let is_digit = |it: char| it.is_ascii_digit();
            !line[..at].ends_with(is_digit) && !line[at + text.len()..].starts_with(is_digit)
        })
    };
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    blocks.into_iter().any(|block| match block {
        Block::Sentences(lines) => lines.iter().any(|line| is_by_itself(line)),
        Block::Clause { says, steps, .. } => {
            says.iter().chain(steps).any(|line| is_by_itself(line))
        }
        Block::Rows(rows) => rows.iter().any(|(_, value)| is_by_itself(value)),
        Block::Amounts(_) => false,
    })
}
