//! Sentences and what the parser makes of them: one reading, none, or a later version's.

use apportion::parse::{Parsed, parse};
use apportion::syntax::{Body, Clause, Item, Spanned};
use apportion_core::date::Date;

mod lists;
mod text;
mod tools;
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
  stream                   one of health, social care
  health part              percent
domains, each a level of need, up to
  breathing                priority
  seizures                 severe
group starred domains   breathing

1    Declared by clauses
1.1  A child is eligible when urgent.
1.2  A child is late when urgent.
1.3  First ceiling = £1.00.
1.4  Bonus = £1.00.
1.5  Points for a domain: exactly one row applies.
     | level     | points |
     | any       | 1      |
1.6  Health share = 50%.
1.7  Band share = 40%.
1.8  Total points = 1.
1.9  Day care rate, an hour: £24.50 from 1 April 2025

9    The sentence
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
    check(&format!("In every case: exactly one row applies.{TABLE}"), "table [] ExactlyOne 1x2");
    check(&format!("In every case: rows that apply must agree.{TABLE}"), "table [] MustAgree 1x2");
    check(
        &format!("When fast track: rows that apply must agree.{TABLE}"),
        "if ?fast track: table [] MustAgree 1x2",
    );
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
    check(
        "When fast track: the ICB health share, the council the rest.",
        "if ?fast track: shares icb: health share, council: rest",
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
        "When fast track, the ICB pays at most £5.00 a week in all; social care pays the excess.",
        "if ?fast track: icb <= 500p per week, social care the excess",
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
        "Higher total points never lower the ICB's share in 4.1.",
        "promise total points never lowers icb in 4.1",
    );
    check("A higher income never raises the ICB's payments.", "promise income never raises icb");
    check("Higher income never lowers the ICB's payments.", "promise income never lowers icb");
    check("Higher visits never raise the ICB's payments.", "promise visits never raises icb");
    check("The ICB never pays more than £1,600.00 a week.", "promise icb <= 160000p per week");
    check("The parties' payments add up to care cost.", "promise payments = care cost");
    check(
        "The parties' payments add up to care cost + cost.",
        "promise payments = (care cost + cost)",
    );
    check(
        "When fast track, the child is always eligible.",
        "if ?fast track: promise always eligible",
    );
    check("The child is never eligible when fast track.", "if ?fast track: promise never eligible");
    check("The child is always eligible.", "promise always eligible");
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
    check_condition("age on decision date is under 18", "age(decision date) < 18");
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
    check_condition("exactly 2 domains are severe", "=2 domains is 'severe'");
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
    check_value("(the greater of care and cost) + income", "(greater(care, cost) + income)");
    check_value("the greater of care and (cost + income)", "greater(care, (cost + income))");
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
    check_value("care for visits", "(care for visits)");
    check_value(
        "hours one x hours two / hours three, to the nearest penny, halves up",
        "round(((hours one x hours two) / hours three), 1p, HalvesUp)",
    );
}

#[test]
fn days_have_one_reading() {
    check_value(
        "28 days after checklist received, not counting that day",
        "(28 Days after checklist received, not counting)",
    );
    check_value(
        "15 days before (the later of plan date and admission), counting that day",
        "(15 Days before greater(plan date, admission), counting)",
    );
    check_value(
        "20 working days after checklist received",
        "(20 WorkingDays after checklist received)",
    );
    check_value("six weeks after 2 January 2024", "(6 Weeks after 2 January 2024)");
    check_value(
        "2 months after checklist received, or the last day",
        "(2 Months after checklist received, Last)",
    );
    check_value(
        "1 year after checklist received, counting that day, or the next day",
        "(1 Years after checklist received, counting, Next)",
    );
    check_value(
        "days from admission to decision date, counting both days",
        "days(admission, decision date, Both)",
    );
    check_value(
        "days from admission to decision date, counting the first only",
        "days(admission, decision date, First)",
    );
    check_value(
        "days from admission to 1 month after admission, or the last day, counting the last only",
        "days(admission, (1 Months after admission, Last), Last)",
    );
    check_value(
        "days from admission to decision date, counting neither",
        "days(admission, decision date, Neither)",
    );
    check_value("care at the rates on plan date", "(care at plan date)");
    check_value(
        "care x 2 + cost at the rates on (1 day after plan date, counting that day), to the nearest penny, halves up",
        "round((((care x 2) + cost) at (1 Days after plan date, counting)), 1p, HalvesUp)",
    );
    check(
        "A child is late when plan date is after 1 month after admission, or the last day, or fast track.",
        "if any(plan date > (1 Months after admission, Last) | ?fast track): conclude child: late",
    );
    check(
        "Decision due = 28 days after checklist received, not counting that day.",
        "decision due = (28 Days after checklist received, not counting)",
    );
}

/// The rules of one real agreement, as its policy would write them.
#[test]
fn an_agreement_has_one_reading() {
    check(
        "A child is eligible when all of these are true:\n  - ordinarily resident\n  - GP registered\n  \
         - age on decision date is under 25\n  \
         - has EHC plan or age on decision date is under 18.",
        "if all(?ordinarily resident | ?gp registered | age(decision date) < 25 | \
         any(?has ehc plan | age(decision date) < 18)): conclude child: eligible",
    );
    check(&format!("Reason: first row that applies.{TABLE}"), "table [reason] First 1x2");
    check(
        "A child is in continuing care when any of these is true:\n  \
         - at least 1 domain is severe or higher\n  - at least 3 domains are high or higher.",
        "if any(>=1 domain >= 'severe' | >=3 domains >= 'high'): \
         conclude child: in continuing care",
    );
    check("Score = the sum of points over domains.", "score = Sum(points over domains)");
    check(
        &format!("Band share: exactly one row applies.{TABLE}"),
        "table [band share] ExactlyOne 1x2",
    );
    check(
        "When section 117, section 117 floor = 50%; otherwise section 117 floor = 0%.",
        "if ?section 117: section 117 floor = 50%; else section 117 floor = 0%",
    );
    check(
        "Health share = the greater of band share and (the greater of health part and placement floor).",
        "health share = greater(band share, greater(health part, placement floor))",
    );
    check(
        "When the child is eligible: the ICB health share, the council the rest.",
        "if child concluded eligible: shares icb: health share, council: rest",
    );
    check(
        "When the child is not eligible: the council 100%.",
        "if child concluded not eligible: shares council: 100%",
    );
    check(
        "Split care cost in the shares of section 5. The council takes the difference, the \
         others to the nearest penny, halves to even.",
        "split care cost by section 5, council the difference, others HalvesToEven",
    );
    check("The council pays education cost.", "council pays education cost");
    check(
        "When the child is eligible, the ICB pays health cost; otherwise the council pays health cost.",
        "if child concluded eligible: icb pays health cost; else council pays health cost",
    );
    check(
        "The ICB pays at most £3,500.00 a week in all; the council pays the excess.",
        "icb <= 350000p per week, council the excess",
    );
}

/// *3 Text*: the words of the fact that is tested come first, and else the longest name.
#[test]
fn the_words_of_a_fact_come_before_names_that_begin_with_them() {
    check_condition("health share is under health part", "health share < health part");
    check_condition("health part is exactly health share", "health part == health share");
    check_condition(
        "stream is health and health part is under 5%",
        "all(stream is 'health' | health part < 5%)",
    );
    check_condition(
        "stream is either health or social care or health part is under 5%",
        "any(stream is 'health', 'social care' | health part < 5%)",
    );
    check_condition(
        "first ceiling is either small or middling or very large or fast track",
        "any(first ceiling is 'small', 'middling', 'very large' | ?fast track)",
    );
    let cell = |column: &str, text: &str| {
        let table = format!("\n     | {column} | band |\n     | {text} | low |");
        let parsed = parse_sentence(&format!("Band: exactly one row applies.{table}"));
        assert_eq!(codes(&parsed), [""; 0], "{text}");
        let Body::Table { table, .. } = &last_clause(&parsed).sentences[0].body else {
            panic!("no table")
        };
        tree::cell(&table.rows[0].cells[0].kind)
    };
    assert_eq!(cell("stream", "health"), "'health'");
    assert_eq!(cell("health share", "at most health part"), "<= 'health part'");
    assert_eq!(cell("most", "health part"), "'health part'");
}

#[test]
fn a_head_ends_where_its_condition_does() {
    for (and, all) in [("and", "all"), ("or", "any")] {
        check(
            &format!("When fast track, {and} urgent, extra = £1.00; otherwise extra = £2.00."),
            &format!("if {all}(?fast track | ?urgent): extra = 100p; else extra = 200p"),
        );
    }
    check(
        &format!("When fast track, or urgent, most support, taper: first row that applies.{TABLE}"),
        "if any(?fast track | ?urgent): table [most support, taper] First 1x2",
    );
    check(
        "When income is under (cost / 3, to the nearest penny, halves up), extra = £1.00.",
        "if income < round((cost / 3), 1p, HalvesUp): extra = 100p",
    );
    check(
        "When fast track, education pays cost; otherwise extra = £1.00.",
        "if ?fast track: education pays cost; else extra = 100p",
    );
}

#[test]
fn for_belongs_to_a_name_unless_a_member_follows() {
    check("Sum for the year = cost.", "sum for the year = cost");
    check("Fee for a visit = cost.", "fee for a visit = cost");
    check(
        &format!("Sum for the year: exactly one row applies.{TABLE}"),
        "table [sum for the year] ExactlyOne 1x2",
    );
    check(
        &format!("Score for the domain: exactly one row applies.{TABLE}"),
        "table [score] for domain ExactlyOne 1x2",
    );
    check_mistake("Score for a domain = 3.", "equals-for-member");
    check_mistake(&format!("Score for a domian: exactly one row applies.{TABLE}"), "unknown-name");
}

#[test]
fn spare_pennies_are_those_of_the_splits_before_them() {
    let spare = "Spare pennies go to the largest fractions of a penny.";
    check(
        &format!(
            "When urgent, education pays cost; otherwise split cost in the shares of 4.1. {spare}"
        ),
        "if ?urgent: education pays cost; else split cost by 4.1, largest fractions",
    );
    check(
        &format!(
            "When urgent, split care in the shares of 4.2; otherwise split cost in the shares of \
             4.1. {spare}"
        ),
        "if ?urgent: split care by 4.2, largest fractions; else split cost by 4.1, largest fractions",
    );
}

#[test]
fn proportions_ratios_and_what_a_panel_decides() {
    check(
        "In every case: the council and the ICB in the ratio 93.7 : 28.3.",
        "ratio council, icb: 937e-1, 283e-1",
    );
    check(
        "When urgent: the school, education and the ICB in the ratio 1 : 2 : 3.",
        "if ?urgent: ratio school, education, icb: 1, 2, 3",
    );
    check("When urgent: as the joint panel decides.", "if ?urgent: as joint panel decides");
    check(
        "Split care cost between the ICB and social care in proportion to health hours and care hours.",
        "split care cost [icb, social care] as [health hours, care hours]",
    );
    check(
        "Split care cost between the ICB, social care and education in proportion to health hours, \
         care hours and visits, refunds included. Spare pennies go to the parties in order.",
        "split care cost [icb, social care, education] as [health hours, care hours, visits], \
         refunds, in order",
    );
    check(
        "Split care cost in the shares of section 4. Spare pennies go to the parties in order, passing over zero shares.",
        "split care cost by section 4, in order",
    );
}

#[test]
fn payments_in_turn_floors_and_refunds() {
    check(
        "Of support cost, the school pays the first £6,000.00 a year; the council pays the rest.",
        "of support cost: school 600000p per year, council the rest",
    );
    check(
        "Of cost, the school pays the first £6.00; the ICB pays the next care; the council pays the rest.",
        "of cost: school 600p, icb care, council the rest",
    );
    check(
        "The ICB pays at most £1,600.00 a week under 7.1; social care pays the excess.",
        "icb <= 160000p per week under 7.1, social care the excess",
    );
    check(
        "The ICB pays at most 1/3 of cost, to the nearest penny, up, under 1.6 and section 9; social care pays the excess.",
        "icb <= round((1/3 of cost), 1p, Up) under 1.6, section 9, social care the excess",
    );
    check(
        "The ICB pays at least 1/3 of care cost, to the nearest penny, halves up, taken from social care.",
        "icb >= round((1/3 of care cost), 1p, HalvesUp), from social care",
    );
    check(
        "The ICB pays at least £5.00 a week, taken from social care, then education.",
        "icb >= 500p per week, from social care, education",
    );
    check(
        "Education pays cost - income, refunds included.",
        "education pays (cost - income), refunds",
    );
}

#[test]
fn rows_that_count_together() {
    let table = "\n     | visits | risks |\n     | any    | 1     |";
    let heads = [
        ("add up every row that applies", "AddUp"),
        ("highest of the rows that apply", "Highest"),
        ("lowest of the rows that apply", "Lowest"),
        ("count the rows that apply", "Count"),
        ("every row that applies, listed", "Listed"),
    ];
    for (words, hit) in heads {
        check(&format!("Risks: {words}.{table}"), &format!("table [risks] {hit} 1x2"));
    }
    check(
        "Tariff: each slice at its own rate, to the nearest penny, halves up.\n     | cost | tariff |\n     | above | 1% |",
        "slices [tariff], 1p, HalvesUp 1x2",
    );
    check(
        "Tariff: each slice at its own rate.\n     | cost | tariff |\n     | above | 1% |",
        "slices [tariff] 1x2",
    );
    check_mistake(
        "Tariff, band: each slice at its own rate.\n     | cost | tariff |\n     | above | 1% |",
        "slices-of-one-value",
    );
}

#[test]
fn groups_read_as_families() {
    check_condition("at least 1 starred domain is priority", ">=1 starred domain is 'priority'");
    check_condition("no starred domains are high or higher", "none starred domains >= 'high'");
    check_value(
        "the highest of points over starred domains",
        "Highest(points over starred domains)",
    );
}

#[test]
fn higher_may_begin_the_name_of_a_rate() {
    check(
        "Higher rate, an hour: £5.00 from 1 April 2025",
        "rate higher rate per hour: 500p from 1 April 2025",
    );
}

#[test]
fn a_clause_may_have_two_wordings() {
    let parsed = parse_sentence(
        "(until 31 March 2026)  When urgent: the ICB 40%, social care the rest.\n9.1 (from 1 April 2026 until 2 May 2027)  In every case: the ICB 100%.",
    );
    assert_eq!(codes(&parsed), [""; 0]);
    let clauses = parsed.policy.blocks.iter().filter_map(|block| match &block.item {
        Item::Clause(clause) => Some((clause.number.value.as_str(), clause.in_force.as_ref()?)),
        _ => None,
    });
    let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value.to_string());
    let days = clauses.map(|(number, it)| (number, day(&it.from), day(&it.until)));
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(
        days.collect::<Vec<_>>(),
        [("9.1", None, said("31 March 2026")), ("9.1", said("1 April 2026"), said("2 May 2027")),]
    );
}

#[test]
fn a_rate_may_say_its_last_day() {
    check(
        "Night rate, a night: £1.00 from 1 April 2019 until 31 March 2020 announced 2 May 2019\n     £2.00 from 1 April 2020",
        "rate night rate per night: 100p from 1 April 2019 until 31 March 2020, 200p from 1 April 2020",
    );
}

#[test]
fn a_rate_may_say_when_it_was_announced() {
    let parsed = parse_sentence(
        "Night rate, a night: £1.00 from 1 April 2019 announced 30 April 2020\n     £2.00 from 1 April 2020",
    );
    assert_eq!(codes(&parsed), [""; 0]);
    let Body::Rates { rates, .. } = &last_clause(&parsed).sentences[0].body else { panic!() };
    let announced: Vec<_> =
        rates.iter().map(|rate| rate.announced.as_ref().map(|day| day.value.to_string())).collect();
    assert_eq!(announced, [Some("30 April 2020".to_owned()), None]);
}

#[test]
fn how_days_are_counted_is_no_name() {
    check(
        "When plan date is after 79 days after admission, not counting that day and urgent, extra = cost.",
        "if all(plan date > (79 Days after admission, not counting) | ?urgent): extra = cost",
    );
}

#[test]
fn requirements() {
    check(
        "Client contribution must be £0.00 when legal basis is section 117.",
        "if legal basis is 'section 117': must: client contribution is 0p",
    );
    check(
        "When urgent, cost + care must not be under income.",
        "if ?urgent: must: not (cost + care) < income",
    );
    check("Plan date must be on or after decision date.", "must: plan date >= decision date");
    check(
        "Placement must be either home or residential.",
        "must: placement is 'home', 'residential'",
    );
}

#[test]
fn sentences_without_a_reading_say_why() {
    check_mistake(
        "Care cost: the council takes the difference, the others to the nearest penny, halves to even.",
        "colon-for-equals",
    );
    check_mistake(
        "Service count = the number of price over services where stream is health.",
        "number-over-family",
    );
    check_mistake("The ICB's payments are always at least £0.00.", "payments-are-always");
    check_mistake("When fast track, income is under £480.00, bonus pay = care.", "and-missing");
    check_mistake("A child is late when fast track and eats alone or urgent.", "and-or-mixed");
    check_mistake("A child is late when income is known.", "known-tested");
    check_mistake("The ICB pays at most £1,600.00 a week.", "excess-unborne");
    check_mistake("The ICB pays at least £1,600.00 a week.", "floor-from-nobody");
    check_mistake("The ICB pays at least £5.00 a week; social care pays less.", "unexpected-text");
    check_mistake("Of cost, the school pays the first £5.00.", "unexpected-text");
    check_mistake("Split care cost between the ICB and education.", "unexpected-text");
    check_mistake(
        "Split cost between the ICB and education in proportion to visits.",
        "unexpected-text",
    );
    check_mistake("Cost must £5.00.", "unexpected-text");
    check_mistake("Split care cost by 4.", "split-by-number");
    check_mistake("When fast track: education pays cost.", "colon-for-comma");
    check_mistake("When fast track: extra = cost.", "colon-for-comma");
    check_mistake("When fast track, urgent, and eats alone, extra = cost.", "and-missing");
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
