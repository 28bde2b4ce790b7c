//! Sentences and what the parser makes of them: one reading, none, or a later version's.

use apportion::parse::{Parsed, parse};
use apportion::syntax::{Body, Clause, Item};

mod text;
mod tree;

/// A policy that declares what the sentences below speak of.
const DECLARED: &str = "\
policy    Sentences
about     a child
between
  the ICB         NHS Northshire ICB
  social care     Northshire Council, social care
  education       Northshire Council, education
  the school      Northshire Special School
  the council     Northshire Council
panels
  the joint panel  Northshire joint funding panel
version   1, in force from 1 April 2025
sources
  SLA   Agreement
levels of need
  no additional needs < low < moderate < high < severe < priority
facts
  date of birth            a date
  decision date            a date
  plan date                a date
  mediation date           a date
  checklist received       a date
  admission                a date
  carer's date of birth    a date
  income                   money a week
  savings                  money
  cost                     money a week
  care                     money a week
  care cost                money a week
  support cost             money a year
  total tax                money a year
  amount                   money
  client contribution      money a week
  education cost           money a week
  health cost              money a week
  health hours             hours a week, whole, 0 to 168
  care hours               hours a week, whole, 0 to 168
  hours one                number, in quarters, 0 to 168
  hours two                number, in quarters, 0 to 168
  hours three              number, in quarters, 0 to 168
  visits                   whole number, 0 to 7
  nurse level              a level of need
  social worker level      a level of need
  placement                one of home, day school, residential
  legal basis              one of section 117, joint
  fast track               yes or no
  eats alone               yes or no
  urgent                   yes or no
  ordinarily resident      yes or no
  GP registered            yes or no
  has EHC plan             yes or no
  section 117              yes or no
  price                    money a week
  placement floor          percent
domains, each a level of need, up to
  breathing                priority
  seizures                 severe

1    Declared by clauses
1.1  A child is eligible when urgent.
1.2  A child is late when urgent.
1.3  First ceiling = £1.00.
1.4  Bonus = £1.00.
1.5  Points for a domain: exactly one row applies.
     | level     | points |
     | any       | 1      |
1.6  Day care rate, an hour: £24.50 from 1 April 2025

9    The sentence
";

/// What later versions of the language declare.
const LATER: &str = "\
services, each with
  tariff      money a week
  stream      one of health, social care
group starred domains   breathing
";

fn parse_sentence(sentence: &str) -> Parsed {
    parse(&format!("{DECLARED}9.1  {sentence}\n"))
}

fn codes(parsed: &Parsed) -> Vec<&str> {
    parsed.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn last_clause(parsed: &Parsed) -> &Clause {
    match &parsed.policy.blocks.last().unwrap().item {
        Item::Clause(clause) => clause,
        other => panic!("no clause, but {other:?}: {:?}", parsed.diagnostics),
    }
}

#[track_caller]
fn check(sentence: &str, expected: &str) {
    let parsed = parse_sentence(sentence);
    assert_eq!(codes(&parsed), [""; 0], "{sentence}: {:?}", parsed.diagnostics);
    let read: Vec<String> = last_clause(&parsed).sentences.iter().map(tree::sentence).collect();
    assert_eq!(read, [expected], "{sentence}");
}

#[track_caller]
fn check_condition(condition: &str, expected: &str) {
    let sentence = format!("A child is late when {condition}.");
    check(&sentence, &format!("if {expected}: conclude child: late"));
}

#[track_caller]
fn check_value(value: &str, expected: &str) {
    check(&format!("Worst = {value}."), &format!("worst = {expected}"));
}

#[track_caller]
fn check_mistake(sentence: &str, code: &str) {
    let parsed = parse_sentence(sentence);
    assert_eq!(codes(&parsed), [code], "{sentence}: {:?}", parsed.diagnostics);
    assert_eq!(parsed.diagnostics[0].clause.as_deref().unwrap_or("9.1"), "9.1");
}

/// One `not-yet` in the clause; what declares a list or group is reported where it stands.
#[track_caller]
fn check_later(sentence: &str) {
    let declared = DECLARED.replace("\n1    Declared", &format!("{LATER}\n1    Declared"));
    let parsed = parse(&format!("{declared}9.1  {sentence}\n"));
    let in_clause = |code: &&str| *code != "not-yet";
    assert_eq!(codes(&parsed).iter().find(|code| in_clause(code)), None, "{sentence}");
    let of_clause = parsed.diagnostics.iter().filter(|d| d.clause.as_deref() == Some("9.1"));
    assert_eq!(of_clause.count(), 1, "{sentence}: {:?}", parsed.diagnostics);
}

const TABLE: &str = "\n     | visits | band |\n     | any    | low  |";

#[test]
fn sentences_have_one_reading() {
    check(
        "This policy covers a child when age on decision date is under 18.",
        "if age(decision date) < 18: cover child",
    );
    check(
        "Despite 2.1, a child is not eligible when fast track.",
        "despite (2.1) if ?fast track: conclude child: not eligible",
    );
    check(
        "A child is expected to be eligible when breathing is severe or higher.",
        "if breathing >= 'severe': conclude child: expected to be eligible",
    );
    check(
        "The case is referred to the joint panel when fast track.",
        "if ?fast track: refer joint panel",
    );
    check("The case is referred to the joint panel.", "refer joint panel");
    check("Clause 4.2 does not apply when fast track.", "if ?fast track: switch off 4.2");
    check(
        "When fast track, bonus pay = care x 2; otherwise bonus pay = £0.00.",
        "if ?fast track: bonus pay = (care x 2); else bonus pay = 0p",
    );
}

#[test]
fn tables_have_one_reading() {
    check(&format!("Band: exactly one row applies.{TABLE}"), "table [band] ExactlyOne 1x2");
    check(
        &format!("Second child, further child: exactly one row applies.{TABLE}"),
        "table [second child, further child] ExactlyOne 1x2",
    );
    check(
        &format!("When fast track, most support, taper: first row that applies.{TABLE}"),
        "if ?fast track: table [most support, taper] First 1x2",
    );
    check(&format!("In every case: rows that apply must agree.{TABLE}"), "table [] MustAgree 1x2");
    check(
        &format!("Score for a domain: exactly one row applies.{TABLE}"),
        "table [score] for domain ExactlyOne 1x2",
    );
    check(
        "Night rate, a night: £1.00 from 1 April 2025.\n     £2.50 from 1 April 2026.",
        "rate night rate per night: 100p from 1 April 2025, 250p from 1 April 2026",
    );
}

#[test]
fn cells_have_one_reading() {
    let cell = |text: &str| {
        let table = format!("\n     | visits | band |\n     | {text} | low |");
        let parsed = parse_sentence(&format!("Band: exactly one row applies.{table}"));
        assert_eq!(codes(&parsed), [""; 0], "{text}");
        let Body::Table { table, .. } = &last_clause(&parsed).sentences[0].body else {
            panic!("no table")
        };
        tree::cell(&table.rows[0].cells[0].kind)
    };
    assert_eq!(cell("under 20"), "< 20");
    assert_eq!(cell("20 to 34"), "20..34");
    assert_eq!(cell("20 \u{2013} 34"), "20..34");
    assert_eq!(cell("60 or more"), ">= 60");
    assert_eq!(cell("up to £480.00"), "<= 48000p");
    assert_eq!(cell("at most first ceiling"), "<= 'first ceiling'");
    assert_eq!(cell("high, severe"), "'high', 'severe'");
    assert_eq!(cell("severe or higher"), ">= 'severe'");
    assert_eq!(cell("not home"), "not 'home'");
    assert_eq!(cell("any"), "any");
    assert_eq!(cell("the rest"), "rest");
    assert_eq!(cell("otherwise"), "blank");
    assert_eq!(cell("before 1 April 2026"), "< 1 April 2026");
}

#[test]
fn money_has_one_reading() {
    check(
        "When fast track: the ICB 40%, social care the rest.",
        "if ?fast track: shares icb: 40%, social care: rest",
    );
    check(
        "In every case: the ICB 50%, social care the rest.",
        "shares icb: 50%, social care: rest",
    );
    check(
        "When fast track: the ICB placement floor, the council the rest.",
        "if ?fast track: shares icb: placement floor, council: rest",
    );
    check("Split care cost in the shares of section 4.", "split care cost by section 4");
    check("Split care cost in the shares of 4.2.", "split care cost by 4.2");
    check(
        "Split care cost for 52 weeks a year in the shares of section 4.",
        "split (care cost for 52 week per year) by section 4",
    );
    check(
        "When fast track, split care cost in the shares of section 4.",
        "if ?fast track: split care cost by section 4",
    );
    check(
        "Split care cost in the shares of section 4. The council takes the difference, the \
         others to the nearest penny, halves to even.",
        "split care cost by section 4, council the difference, others HalvesToEven",
    );
    check(
        "Split care cost in the shares of section 4. Spare pennies go to the largest\n     \
         fractions of a penny, ties in the order of the parties.",
        "split care cost by section 4, largest fractions",
    );
    check("Education pays cost.", "education pays cost");
    check(
        "Education pays 40% of care cost, to the nearest penny, halves up.",
        "education pays round((40% of care cost), 1p, HalvesUp)",
    );
    check(
        "When fast track, the ICB pays care cost; otherwise the council pays care cost.",
        "if ?fast track: icb pays care cost; else council pays care cost",
    );
    check(
        "The ICB pays at most £1,600.00 a week in all; social care pays the excess.",
        "icb <= 160000p per week, social care the excess",
    );
    check(
        "When fast track, the ICB pays at most £5.00 a week in all; social care pays the \
         excess, and the case is then referred to the joint panel.",
        "if ?fast track: icb <= 500p per week, social care the excess, refer joint panel",
    );
}

#[test]
fn promises_have_one_reading() {
    check(
        "Higher income never lower the ICB's share in 4.1.",
        "promise income never lowers icb in 4.1",
    );
    check("Higher income never raise the ICB's payments.", "promise income never raises icb");
    check("The ICB never pays more than £1,600.00 a week.", "promise icb <= 160000p per week");
    check(
        "The parties' payments add up to care cost + cost.",
        "promise payments = (care cost + cost)",
    );
    check(
        "When fast track, the child is always eligible.",
        "if ?fast track: promise always eligible",
    );
}

#[test]
fn exceptions_have_one_reading() {
    let shares = "if ?fast track: shares icb: 100%";
    check(
        "Despite 4.1 row 3, when fast track: the ICB 100%.",
        &format!("despite (4.1 row 3) {shares}"),
    );
    check(
        "Despite 4.1 and 4.2, when fast track: the ICB 100%.",
        &format!("despite (4.1, 4.2) {shares}"),
    );
    check(
        "Despite section 4, when fast track: the ICB 100%.",
        &format!("despite (section 4) {shares}"),
    );
}

#[test]
fn conditions_have_one_reading() {
    check_condition("breathing is high or higher", "breathing >= 'high'");
    check_condition("breathing is high", "breathing is 'high'");
    check_condition("placement is not home", "not placement is 'home'");
    let either = "placement is 'home', 'residential'";
    check_condition("placement is either home or residential", either);
    let or_fast_track = format!("any({either} | ?fast track)");
    check_condition("placement is either home or residential, or fast track", &or_fast_track);
    check_condition("placement is either home or residential or fast track", &or_fast_track);
    check_condition("income is at least £480.00", "income >= 48000p");
    check_condition("income is more than £480.00", "income > 48000p");
    check_condition("visits is exactly 3", "visits == 3");
    check_condition("visits is 3 or more", "visits >= 3");
    check_condition("income is between £1.00 and £2.00", "income between 100p and 200p");
    check_condition(
        "income is between care and cost and fast track",
        "all(income between care and cost | ?fast track)",
    );
    check_condition("plan date is before decision date", "plan date < decision date");
    check_condition("plan date is on or after 1 April 2026", "plan date >= 1 April 2026");
    check_condition("legal basis is section 117", "legal basis is 'section 117'");
    check_condition(
        "nurse level is the same as social worker level",
        "nurse level == social worker level",
    );
}

#[test]
fn counts_and_lists_have_one_reading() {
    check_condition("at least 3 domains are high or higher", ">=3 domains >= 'high'");
    check_condition("every domain is low or higher", "all domain >= 'low'");
    check_condition("no domain is severe", "none domain is 'severe'");
    check_condition("exactly two domains are severe", "=2 domains is 'severe'");
    check_condition(
        "the child is not eligible or fast track",
        "any(child concluded not eligible | ?fast track)",
    );
    check_condition("not fast track and eats alone", "all(not ?fast track | ?eats alone)");
    check_condition(
        "at least 2 of these are true:\n  - fast track\n  - eats alone",
        ">=2(?fast track | ?eats alone)",
    );
    check_condition(
        "all of these are true:\n  - ordinarily resident\n  - GP registered\n  \
         - age on decision date is under 25\n  \
         - has EHC plan or age on decision date is under 18",
        "all(?ordinarily resident | ?gp registered | age(decision date) < 25 | \
         any(?has ehc plan | age(decision date) < 18))",
    );
    check_condition(
        "any of these is true:\n  - none of these is true:\n    - urgent\n    - eats alone\n  \
         - fast track",
        "any(none(?urgent | ?eats alone) | ?fast track)",
    );
}

#[test]
fn expressions_have_one_reading() {
    check_value(
        "care cost + cost, to the nearest penny, halves up",
        "round((care cost + cost), 1p, HalvesUp)",
    );
    check_value("care - cost x 2 / 3", "(care - ((cost x 2) / 3))");
    check_value("(care - cost) x 2", "((care - cost) x 2)");
    check_value("the greater of care and cost", "greater(care, cost)");
    check_value("the greater of care and cost + income", "(greater(care, cost) + income)");
    check_value(
        "the higher of nurse level and social worker level",
        "greater(nurse level, social worker level)",
    );
    check_value("the later of plan date and mediation date", "greater(plan date, mediation date)");
    check_value(
        "the lesser of care and (cost, to the nearest 10p, up)",
        "lesser(care, round(cost, 10p, Up))",
    );
    check_value("the highest domain", "Highest(domain)");
    check_value("the highest of points over domains", "Highest(points over domains)");
    check_value("the sum of points over all domains", "Sum(points over domains)");
    check_value(
        "the number of domains where breathing is high",
        "Number(domains where breathing is 'high')",
    );
    check_value("age on decision date", "age(decision date)");
    check_value(
        "age from carer's date of birth on decision date",
        "age(carer's date of birth, decision date)",
    );
    check_value("40% of care cost", "(40% of care cost)");
    check_value("1/3 of care cost", "(1/3 of care cost)");
    check_value("care for 38 weeks", "(care for 38 week)");
    check_value("care for 52 weeks a year", "(care for 52 week per year)");
    check_value("total tax over 52 weeks", "(total tax over 52 weeks)");
    check_value("price for 12 months a year", "(price for 12 month per year)");
    check_value("care for 10 days", "(care for 10 day)");
    check_value(
        "hours one x hours two / hours three, to the nearest penny, halves up",
        "round(((hours one x hours two) / hours three), 1p, HalvesUp)",
    );
}

#[test]
fn sentences_of_later_versions_say_so() {
    for sentence in [
        "Price band for a service: first row that applies.",
        "When fast track: as the joint panel decides.",
        "In every case: the council and the ICB in the ratio 93.7 : 28.3.",
        "Split care cost between the ICB and social care in proportion to health hours and care hours.",
        "Split care cost between the ICB, social care and education in proportion to health hours, care hours and visits.",
        "Of support cost, the school pays the first £6,000.00 a year; the council pays the rest.",
        "The ICB pays at most £1,600.00 a week under 7.1; social care pays the excess.",
        "The ICB pays at least 1/3 of care cost, to the nearest penny, halves up, taken from social care.",
        "The ICB pays at least £5.00 a week, taken from social care, then education.",
        "Client contribution must be £0.00 when legal basis is section 117.",
        "Decision due = 28 days after checklist received, not counting that day.",
        "When fast track, for each service, the ICB pays tariff.",
        "For each service, when stream is health, the ICB pays tariff.",
        "For each service, the ICB pays tariff.",
        "For each service, when stream is health: the ICB 100%.",
        "For each service, split tariff in the shares of section 4.",
        "A service is costly when tariff is at least £480.00.",
        "A child is late when at least 2 services are costly.",
        "A child is late when at least 1 starred domain is priority.",
        "Total price = the sum of tariff over services where tariff is at least £5.00.",
        "Service count = the number of services where stream is health.",
        "Stay = days from admission to decision date, counting both days.",
        "Due = 20 working days after checklist received.",
        "Due = 2 months after checklist received, or the last day.",
        "Education pays cost - income, refunds included.",
        "Open to local agreement: Band: exactly one row applies.",
        "Extra = the sum of tariff over services, or £0.00 if none.",
        "Rate then = day care rate at the rates on plan date.",
        "Tariff band: each slice at its own rate, to the nearest penny, halves up.",
        "Split care cost in the shares of section 4. Spare pennies go to the parties in order, passing over zero shares.",
        "Night rate, a night: £1.00 from 1 April 2025 announced 1 March 2025.",
        "(until 31 March 2026) Education pays cost.",
    ] {
        check_later(sentence);
    }
}

#[test]
fn sentences_without_a_reading_say_why() {
    check_mistake(
        "Care cost: the council takes the difference, the others to the nearest penny, halves to even.",
        "colon-for-equals",
    );
    check_mistake(
        "Service count = the number of price over domains where stream is health.",
        "number-over-family",
    );
    check_mistake("The ICB's payments are always at least £0.00.", "payments-are-always");
    check_mistake("When fast track, income is under £480.00, bonus pay = care.", "and-missing");
    check_mistake("A child is late when fast track and eats alone or urgent.", "and-or-mixed");
    check_mistake("A child is late when income is known.", "known-tested");
    check_mistake("The ICB pays at most £1,600.00 a week.", "excess-unborne");
    check_mistake("Split care cost by 4.", "split-by-number");
    check_mistake("Care cost = 2 x x.", "times-is-no-name");
    check_mistake("Education pays the rest.", "rest-of-what");
    check_mistake("Worst = cost\n       - income.", "dash-begins-line");
    check_mistake("Worst = £1.005.", "not-in-pence");
    check_mistake("A child is late when plan date is before 31 April 2026.", "no-such-day");
    check_mistake("Spare pennies go to the largest fractions of a penny.", "spare-without-split");
    check_mistake("Band: exactly one row applies.", "table-missing");
    check_mistake(
        "Band: exactly one row applies.\n     | visits | band |\n     | 1 |",
        "cells-too-few",
    );
    check_mistake(
        "Band: exactly one row applies.\n     | visits | band |\n     | 1 | |",
        "cell-blank",
    );
}

#[test]
fn a_quotient_may_be_named_since_the_checker_judges_it() {
    check("Margin = (price - cost) / price.", "margin = ((price - cost) / price)");
}

#[test]
fn an_unknown_name_is_reported_once_with_the_near_one() {
    let parsed = parse_sentence("A child is late when fast trak and fast trak or higher.");
    assert_eq!(codes(&parsed), ["unknown-name"]);
    assert_eq!(parsed.diagnostics[0].help.as_deref(), Some("did you mean `fast track`?"));

    let parsed = parse_sentence("A child is late when fast trak and eats alone.");
    assert_eq!(codes(&parsed), ["unknown-name"]);
    let read = tree::sentence(&last_clause(&parsed).sentences[0]);
    assert_eq!(read, "if all(broken | ?eats alone): conclude child: late");
}
