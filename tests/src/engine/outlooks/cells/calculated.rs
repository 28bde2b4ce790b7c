//! Which numbers and days are calculated with, so that not all of their values are decided.

use apportion_core::divide::Divider;
use apportion_core::outlook::{Domain, Outlook, Unknown};
use apportion_core::program::{
    AmountSlot, AnySlot, Awaited, Builder, ByteSlot, ClauseId, DateSlot, Line, Operation as Op,
    PanelId, PartyId, Term, Test, Total, UnitId, ValueSlot,
};
use apportion_core::range::Span;
use apportion_core::rounding::Rounding;
use apportion_core::shift::MissingDay;
use apportion_core::split::SparePennies;
use apportion_core::value::{Type, Value};
use apportion_core::working_days::WorkingDays;

use super::super::making::day;
use super::{AMOUNTS, FIRST, KNOWN, LAST, OPEN, TRUTH, age, case_of, program, split_by_table};

/// Whether the program calculates with the open fact: a clause that applies whatever it is then
/// hangs on it, of whose values not all were decided.
fn is_calculated(mut program: Builder, known: Value, domain: Domain) -> bool {
    let band = program.byte();
    match domain {
        Domain::Amounts { .. } => {
            let (amount, edges) = (program.fact_amount(OPEN).unwrap(), program.amount_table([10]));
            program.push(Op::AmountBand { amount, edges, out: band });
        }
        _ => {
            let date = program.fact_date(OPEN).unwrap();
            let edges = program.date_table([day("2022-06-01")]);
            program.push(Op::DateBand { date, edges, out: band });
        }
    }
    apply_either_way(&mut program, band);
    let program = program.finish().unwrap();
    let mut outlook = Outlook::new(&program);
    let open = [Unknown::Fact { fact: OPEN, item: None, domain }];
    program.foresee(&case_of(&program, known), &open, &mut outlook).unwrap();
    let told = (outlook.applying(), outlook.hanging());
    let all = [ClauseId(0)];
    assert!(told == (&[], &all) || told == (&all, &[]), "{told:?}");
    told == (&[], &all)
}

/// Concludes a truth, and has a clause that applies whatever it is.
fn apply_either_way(program: &mut Builder, truth: ByteSlot) {
    let either = [Test::is_true(truth), Test::is_false(truth)].map(|test| (vec![test], 1));
    let (rows, out) = (program.rows(either), program.byte());
    program.push(Op::Condition { rows, out });
    program.answers.conclusions.push(truth);
    program.answers.clauses.push(out);
}

fn is_amount_calculated(make: impl FnOnce(&mut Builder, AmountSlot, AmountSlot)) -> bool {
    let mut program = program(Type::Amount { least: 0, greatest: 20 });
    let [open, known] = [OPEN, KNOWN].map(|fact| program.fact_amount(fact).unwrap());
    make(&mut program, open, known);
    let domain = Domain::Amounts { within: AMOUNTS, step: 1 };
    is_calculated(program, Value::Amount(7), domain)
}

fn is_day_calculated(make: impl FnOnce(&mut Builder, DateSlot, DateSlot)) -> bool {
    let mut program = program(Type::Date { first: day(FIRST), last: day(LAST) });
    let [open, known] = [OPEN, KNOWN].map(|fact| program.fact_date(fact).unwrap());
    make(&mut program, open, known);
    let domain = Domain::Dates(Span { least: day(FIRST), greatest: day(LAST) });
    is_calculated(program, Value::Date(day("2020-05-05")), domain)
}

/// Each of these reads two amounts, of which the first is the one that is calculated with.
#[test]
fn amounts_that_are_calculated_with() {
    type Made = fn(&mut Builder, AmountSlot, AmountSlot);
    let all: [(&str, Made); 24] = [
        ("a value", |program, it, _| {
            let given = program.constant_byte(1);
            program.answers.values.push(ValueSlot { slot: AnySlot::Amount(it), given });
        }),
        ("a total", |program, pence, _| {
            let (party, unit) = (PartyId(0), UnitId(0));
            program.answers.totals.push(Total { party, unit, pence });
        }),
        ("a line", |program, pence, _| {
            let (clause, party, unit) = (ClauseId(0), PartyId(0), UnitId(0));
            let made = program.fact_byte(TRUTH).unwrap();
            program.answers.lines.push(Line {
                clause,
                party,
                unit,
                list: None,
                pence,
                is_taken: false,
                made,
            });
        }),
        ("what awaits a panel", |program, pence, _| {
            let (clause, panel, unit) = (ClauseId(0), PanelId(0), UnitId(0));
            let made = program.fact_byte(TRUTH).unwrap();
            let awaited = Awaited { clause, by: clause, panel, unit, pence, made };
            program.answers.awaiting.push(awaited);
        }),
        ("picked", |program, it, other| {
            let choice = program.fact_byte(TRUTH).unwrap();
            let (options, out) = (program.amount_list([other, it]), program.amount());
            program.push(Op::PickAmount { choice, options, out });
        }),
        ("a sum", |program, slot, _| {
            let (terms, out) = (program.terms([Term { slot, factor: 2 }]), program.amount());
            program.push(Op::Linear { terms, constant: 1, out });
        }),
        ("a product", |program, a, b| {
            let out = program.amount();
            program.push(Op::Multiply { a, b, out });
        }),
        ("the other factor", |program, b, a| {
            let out = program.amount();
            program.push(Op::Multiply { a, b, out });
        }),
        ("the greater", |program, a, b| {
            let out = program.amount();
            program.push(Op::Greater { a, b, out });
        }),
        ("the other greater", |program, b, a| {
            let out = program.amount();
            program.push(Op::Greater { a, b, out });
        }),
        ("the lesser", |program, a, b| {
            let out = program.amount();
            program.push(Op::Lesser { a, b, out });
        }),
        ("the other lesser", |program, b, a| {
            let out = program.amount();
            program.push(Op::Lesser { a, b, out });
        }),
        ("rounded", |program, amount, _| {
            let (out, divider) = (program.amount(), Divider::new(10, 1_000).unwrap());
            let rounding = Rounding::HalvesUp;
            program.push(Op::Round { amount, numerator: 1, divider, times: 1, rounding, out });
        }),
        ("a dividend", |program, a, b| divide(program, [a, b, b])),
        ("its other factor", |program, b, a| divide(program, [a, b, a])),
        ("a divisor", |program, by, a| divide(program, [a, a, by])),
        ("split by a table", |program, amount, _| {
            let choice = program.fact_byte(TRUTH).unwrap();
            split_by_table(program, amount, choice);
        }),
        ("split", split),
        ("a share", |program, share, amount| split(program, amount, share)),
        ("split in proportion", in_proportion),
        ("a weight", |program, weight, amount| in_proportion(program, amount, weight)),
        ("limited", |program, payer, other| limit(program, [payer, other, other])),
        ("what another pays", |program, other, payer| limit(program, [payer, other, payer])),
        ("a limit", |program, most, payer| limit(program, [payer, payer, most])),
    ];
    for (what, make) in all {
        assert!(is_amount_calculated(make), "{what}");
        assert!(!is_amount_calculated(|program, _, known| make(program, known, known)), "{what}");
    }
}

fn divide(program: &mut Builder, [a, b, by]: [AmountSlot; 3]) {
    let (rounding, out) = (Rounding::HalvesUp, program.amount());
    let (numerator, divisor, times) = (1, 1, 1);
    program.push(Op::Divide { a, b, numerator, by, divisor, times, rounding, out });
}

fn split(program: &mut Builder, amount: AmountSlot, share: AmountSlot) {
    let shares = program.amount_list([share]);
    let (out, _) = (program.amount(), program.amount());
    let (divider, spare) = (Divider::new(20, 1_000).unwrap(), SparePennies::InOrder);
    program.push(Op::Split { amount, shares, whole: 20, divider, spare, out });
}

fn in_proportion(program: &mut Builder, amount: AmountSlot, weight: AmountSlot) {
    let weights = program.amount_list([weight]);
    let (out, _) = (program.amount(), program.amount());
    program.push(Op::SplitInProportion { amount, weights, spare: SparePennies::InOrder, out });
}

fn limit(program: &mut Builder, [payer, other, most]: [AmountSlot; 3]) {
    let moved = program.byte();
    let (out, _, _) = (program.amount(), program.amount(), program.amount());
    program.push(Op::Limit { payer, other, most, when: None, out, moved });
}

/// Each of these reads two days, of which the first is the one that is calculated with.
#[test]
fn days_that_are_calculated_with() {
    type Made = fn(&mut Builder, DateSlot, DateSlot);
    let all: [(&str, Made); 11] = [
        ("a value", |program, it, _| {
            let given = program.constant_byte(1);
            program.answers.values.push(ValueSlot { slot: AnySlot::Date(it), given });
        }),
        ("days on", |program, date, _| {
            let out = program.date();
            program.push(Op::PlusDays { date, days: 3, out });
        }),
        ("months on", |program, date, _| {
            let out = program.date();
            program.push(Op::PlusMonths { date, months: 3, missing: MissingDay::Last, out });
        }),
        ("working days on", |program, date, _| {
            let (out, holidays) = (program.date(), program.holidays(&Default::default()));
            let days = WorkingDays { count: 1, is_before: false, counts_day: false };
            program.push(Op::PlusWorkingDays { date, days, holidays, out });
        }),
        ("the later", |program, a, b| {
            let out = program.date();
            program.push(Op::LaterDate { a, b, out });
        }),
        ("the other later", |program, b, a| {
            let out = program.date();
            program.push(Op::LaterDate { a, b, out });
        }),
        ("the earlier", |program, a, b| {
            let out = program.date();
            program.push(Op::EarlierDate { a, b, out });
        }),
        ("the other earlier", |program, b, a| {
            let out = program.date();
            program.push(Op::EarlierDate { a, b, out });
        }),
        ("days from", |program, from, to| {
            let out = program.amount();
            program.push(Op::DaysBetween { from, to, more: 0, out });
        }),
        ("days to", |program, to, from| {
            let out = program.amount();
            program.push(Op::DaysBetween { from, to, more: 0, out });
        }),
        ("picked", |program, it, other| {
            let choice = program.fact_byte(TRUTH).unwrap();
            let (options, out) = (program.date_list([other, it]), program.date());
            program.push(Op::PickDate { choice, options, out });
        }),
    ];
    for (what, make) in all {
        assert!(is_day_calculated(make), "{what}");
        assert!(!is_day_calculated(|program, _, known| make(program, known, known)), "{what}");
    }
}

/// A comparison with what is known calculates with nothing, nor one with itself.
#[test]
fn what_is_only_compared_is_not_calculated_with() {
    let compare = |a, b, times, program: &mut Builder| {
        let out = program.byte();
        program.push(Op::CompareAmounts { a, b, times, is_wide: false, out });
    };
    assert!(!is_amount_calculated(|program, open, known| compare(open, known, [1, 2], program)));
    assert!(!is_amount_calculated(|program, open, known| compare(known, open, [1, 2], program)));
    assert!(!is_amount_calculated(|program, open, _| compare(open, open, [2, 2], program)));
    assert!(is_amount_calculated(|program, open, _| compare(open, open, [1, 2], program)));
    let hangs_on_it = |program: &mut Builder, slot| {
        let (terms, out) = (program.terms([Term { slot, factor: 1 }]), program.amount());
        program.push(Op::Linear { terms, constant: 0, out });
        out
    };
    assert!(is_amount_calculated(|program, open, _| {
        let other = hangs_on_it(program, open);
        compare(open, other, [1, 1], program);
    }));

    let compare = |a, b, program: &mut Builder| {
        let out = program.byte();
        program.push(Op::CompareDates { a, b, out });
    };
    assert!(!is_day_calculated(|program, open, known| compare(open, known, program)));
    assert!(!is_day_calculated(|program, open, known| compare(known, open, program)));
    assert!(!is_day_calculated(|program, open, _| compare(open, open, program)));
    assert!(!is_day_calculated(|program, open, _| _ = age(program, open, open)));
    assert!(!is_day_calculated(|program, open, known| _ = age(program, known, open)));
}

/// What is compared with another day that is open as well is calculated with.
#[test]
fn two_that_are_open_are_calculated_with() {
    type Made = fn(&mut Builder, DateSlot, DateSlot);
    let all: [(&str, Made); 3] = [
        ("compared", |program, a, b| {
            let out = program.byte();
            program.push(Op::CompareDates { a, b, out });
        }),
        ("born", |program, birth, on| _ = age(program, birth, on)),
        ("aged", |program, on, birth| _ = age(program, birth, on)),
    ];
    for (what, make) in all {
        let mut program = program(Type::Date { first: day(FIRST), last: day(LAST) });
        let [date, other] = [OPEN, KNOWN].map(|fact| program.fact_date(fact).unwrap());
        make(&mut program, date, other);
        let (edges, band) = (program.date_table([day("2022-06-01")]), program.byte());
        program.push(Op::DateBand { date, edges, out: band });
        apply_either_way(&mut program, band);
        let program = program.finish().unwrap();
        let days = Domain::Dates(Span { least: day(FIRST), greatest: day(LAST) });
        let open = [OPEN, KNOWN].map(|fact| Unknown::Fact { fact, item: None, domain: days });
        let mut outlook = Outlook::new(&program);
        let case = case_of(&program, Value::Date(day("2020-05-05")));
        program.foresee(&case, &open, &mut outlook).unwrap();
        assert_eq!(outlook.hanging(), [ClauseId(0)], "{what}");
    }
}
