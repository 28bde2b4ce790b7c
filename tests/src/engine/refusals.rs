//! Ages and requirements: what refuses a case that fits its declarations.

use apportion_core::date::Date;
use apportion_core::program::{
    AnySlot, Builder, ClauseId, FactId, Operation, Program, Refusal, Test,
};
use apportion_core::value::{Type, Value};
use proptest::prelude::*;

use super::{Answer, answering, byte_cases, byte_facts, decide, words};

const BORN_AFTER: Refusal =
    Refusal::BornAfter { clause: ClauseId(0), birth: FactId(0), on: FactId(1) };

/// The age on a day, which a third fact says whether it counts.
fn age_program() -> Program {
    let mut program = Builder::default();
    let kind = Type::Date { first: Date::MIN, last: Date::MAX };
    let [birth, on] = [(); 2].map(|()| {
        let fact = program.fact(kind, None);
        program.fact_date(fact).unwrap()
    });
    let when = program.fact(Type::YesNo, None);
    let when = program.fact_byte(when).unwrap();
    let refusal = program.refusal(BORN_AFTER);
    let out = program.byte();
    program.push(Operation::Age { birth, on, out, when, refusal });
    answering(program, [AnySlot::Byte(out)])
}

fn age(birth: &str, on: &str, when: bool) -> Result<u8, Refusal> {
    let day = |text| Value::Date(Date::parse(text).unwrap());
    let cases = [vec![day(birth), day(on), Value::YesNo(when)]];
    let answers = decide(&age_program(), &cases).remove(0)?;
    let [Answer::Byte(age)] = answers[..] else { panic!("{answers:?}") };
    Ok(age)
}

#[test]
fn an_age_is_in_completed_years() {
    assert_eq!(age("2007-09-01", "2025-08-31", true), Ok(17));
    assert_eq!(age("2007-09-01", "2025-09-01", true), Ok(18));
    assert_eq!(age("2007-09-01", "2007-09-01", true), Ok(0));
    assert_eq!(age("2008-02-29", "2026-02-28", true), Ok(17));
    assert_eq!(age("2008-02-29", "2026-03-01", true), Ok(18));
}

#[test]
fn an_age_of_more_than_255_years_is_255() {
    assert_eq!(age("1900-01-01", "2154-12-31", true), Ok(254));
    assert_eq!(age("1900-01-01", "2199-01-01", true), Ok(255));
}

#[test]
fn a_birth_after_the_day_refuses_the_case_where_the_age_counts() {
    assert_eq!(age("2025-09-02", "2025-09-01", true), Err(BORN_AFTER));
    assert_eq!(age("2025-09-02", "2025-09-01", false), Ok(0));
}

proptest! {
    #[test]
    fn the_first_requirement_that_is_not_met_refuses(cases in byte_cases(3, 3)) {
        let mut program = Builder::default();
        let [when, first, second] = byte_facts(&mut program);
        let refusals = [1, 2].map(|clause| Refusal::NoRow { clause: ClauseId(clause) });
        let ids = refusals.map(|refusal| program.refusal(refusal));
        let rows = program.rows([(vec![Test { slot: when, low: 1, width: 254 }], 1)]);
        let always = program.constant_byte(1);
        let when = program.byte();
        program.push(Operation::Condition { rows, out: when });
        let at_least_1 = |slot| Test { slot, low: 1, width: 254 };
        program.push(Operation::Require { when, test: at_least_1(first), refusal: ids[0] });
        program.push(Operation::Require { when: always, test: at_least_1(second), refusal: ids[1] });
        let program = answering(program, []);
        let plain = cases.iter().map(|case| {
            if case[0] > 0 && case[1] == 0 {
                Err(refusals[0])
            } else if case[2] == 0 {
                Err(refusals[1])
            } else {
                Ok(vec![])
            }
        });
        prop_assert_eq!(decide(&program, &words(&cases)), plain.collect::<Vec<_>>());
    }
}
