//! Answers that stand somewhere, and what a program tells of itself.

use apportion_core::date::Date;
use apportion_core::program::{
    AmountSlot, Answers, AnySlot, BankSizes, Builder, ByteSlot, ClauseId, DateSlot, FactId,
    Fingerprint, Line, Operation, PanelId, PartyId, ProgramError, Referral, Refusal, RefusalId,
    Run, Term, Test, Total, UnitId, ValueSlot,
};
use apportion_core::value::{Type, Value};

use super::{AMOUNT, NO_ROW, program};

/// A cost line that stands in these slots.
fn line(made: u32, pence: u32) -> Line {
    Line {
        clause: ClauseId(0),
        party: PartyId(0),
        unit: UnitId(0),
        list: None,
        pence: AmountSlot(pence),
        is_taken: false,
        made: ByteSlot(made),
    }
}

#[test]
fn answers_stand_somewhere() {
    let check = |answer: fn(&mut Answers, u32)| {
        let with = |slot| {
            let (mut program, _) = program(1);
            answer(&mut program.answers, slot);
            program.finish().map(|_| ())
        };
        // Four bytes, three days, four amounts.
        assert_eq!(with(2), Ok(()));
        assert_eq!(with(4), Err(ProgramError::Answers));
        (with(3), with(5))
    };
    let there = (Ok(()), Err(ProgramError::Answers));
    assert_eq!(check(|answers, slot| answers.cover = Some(ByteSlot(slot))), there);
    assert_eq!(check(|answers, slot| answers.conclusions.push(ByteSlot(slot))), there);
    assert_eq!(check(|answers, slot| answers.clauses.push(ByteSlot(slot))), there);
    let given = |answers: &mut Answers, slot| {
        let given = ByteSlot(slot);
        answers.values.push(ValueSlot { slot: AnySlot::Byte(ByteSlot(0)), given });
    };
    assert_eq!(check(given), there);
    let byte = |answers: &mut Answers, slot| {
        let slot = AnySlot::Byte(ByteSlot(slot));
        answers.values.push(ValueSlot { slot, given: ByteSlot(0) });
    };
    assert_eq!(check(byte), there);
    let amount = |answers: &mut Answers, slot| {
        let slot = AnySlot::Amount(AmountSlot(slot));
        answers.values.push(ValueSlot { slot, given: ByteSlot(0) });
    };
    assert_eq!(check(amount), there);
    let date = |answers: &mut Answers, slot| {
        let slot = AnySlot::Date(DateSlot(slot));
        answers.values.push(ValueSlot { slot, given: ByteSlot(0) });
    };
    let not_there = Err(ProgramError::Answers);
    assert_eq!(check(date), (not_there, not_there));
    assert_eq!(check(|answers, slot| answers.lines.push(line(slot, 0))), there);
    assert_eq!(check(|answers, slot| answers.lines.push(line(0, slot))), there);
    let total = |answers: &mut Answers, slot| {
        let pence = AmountSlot(slot);
        answers.totals.push(Total { party: PartyId(0), unit: UnitId(0), pence });
    };
    assert_eq!(check(total), there);
    let referral = |answers: &mut Answers, slot| {
        let made = ByteSlot(slot);
        answers.referrals.push(Referral { clause: ClauseId(0), panel: PanelId(0), made });
    };
    assert_eq!(check(referral), there);
}

#[test]
fn a_program_tells_what_it_is_made_of() {
    let (mut builder, parts) = program(2);
    builder.fingerprint = Fingerprint(core::array::from_fn(|place| place as u8 * 8));
    let late = builder.fact(Type::YesNo, Some(Value::YesNo(true)));
    assert_eq!(late, FactId(9));
    assert_eq!(builder.fact_byte(late), Some(ByteSlot(4)));
    assert_eq!((builder.fact_date(late), builder.fact_amount(late)), (None, None));
    assert_eq!(builder.fact_date(FactId(4)), Some(DateSlot(1)));
    assert_eq!(builder.fact_amount(FactId(8)), Some(AmountSlot(2)));
    assert_eq!(builder.fact_byte(FactId(8)), None);
    assert_eq!(builder.fact_byte(FactId(10)), None);
    let broken = Refusal::LimitBroken { clause: ClauseId(1) };
    assert_eq!(builder.refusal(broken), RefusalId(1));
    let condition = Operation::Condition { rows: parts.rows, out: parts.byte_out };
    builder.push(condition);
    builder.answers.conclusions.push(parts.byte_out);
    let program = builder.finish().unwrap();
    assert_eq!(program.bank_sizes(), BankSizes { bytes: 5, dates: 3, amounts: 5 });
    assert_eq!(program.facts().len(), 10);
    assert_eq!(program.facts()[9].default, Some(Value::YesNo(true)));
    assert_eq!(program.facts()[9].slot, 4);
    assert_eq!(program.operations(), [condition]);
    assert_eq!(program.answers().conclusions, [parts.byte_out]);
    assert_eq!(program.refusal(RefusalId(0)), Some(NO_ROW));
    assert_eq!(program.refusal(RefusalId(1)), Some(broken));
    assert_eq!(program.refusal(RefusalId(2)), None);
    let shown = "0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8";
    assert_eq!(program.fingerprint().to_string(), shown);
}

#[test]
fn what_is_said_of_a_fact_that_may_be_left_out_stands_in_one_slot() {
    let mut program = Builder::default();
    let services = program.list(1);
    let of_services = program.item_fact(services, Type::YesNo, None);
    let fee = program.fact(AMOUNT, None);
    // Whether a service is there has the first slot, its fact the second.
    assert_eq!(program.may_be_left_out(fee), Some(ByteSlot(2)));
    assert_eq!(program.may_be_left_out(fee), Some(ByteSlot(2)));
    assert_eq!(program.may_be_left_out(of_services), None);
    assert_eq!(program.may_be_left_out(FactId(2)), None);
    let said: Vec<_> = program.finish().unwrap().facts().iter().map(|fact| fact.said).collect();
    assert_eq!(said, [None, Some(ByteSlot(2))]);
}

#[test]
fn a_refused_program_says_where() {
    assert_eq!(
        ProgramError::Operation { index: 7 }.to_string(),
        "operation 7 of the program refers to something that is not there"
    );
    assert_eq!(
        ProgramError::Answers.to_string(),
        "an answer of the program stands in a slot that is not there"
    );
    // Of two operations that are wrong, the first is told.
    let (mut program, parts) = program(0);
    program.push(Operation::Condition { rows: parts.rows, out: parts.byte_out });
    program.push(Operation::Condition { rows: parts.rows, out: ByteSlot(0) });
    program.push(Operation::Condition { rows: parts.rows, out: ByteSlot(1) });
    assert_eq!(program.finish().unwrap_err(), ProgramError::Operation { index: 1 });
}

#[test]
fn runs_and_tests() {
    let run = |start, end| Run { start, end };
    assert_eq!((run(2, 5).range(), run(2, 5).len(), run(2, 5).is_empty()), (2..5, 3, false));
    assert_eq!((run(2, 2).range(), run(2, 2).len(), run(2, 2).is_empty()), (2..2, 0, true));
    let slot = ByteSlot(1);
    let passes = |test: Test, byte: u8| byte.wrapping_sub(test.low) <= test.width;
    for (low, width) in [(0, 0), (1, 0), (3, 7), (200, 55), (250, 20), (0, 254)] {
        let test = Test { slot, low, width };
        let opposite = test.opposite().unwrap();
        assert_eq!(opposite.slot, slot);
        assert!((0..=255).all(|byte| passes(test, byte) != passes(opposite, byte)), "{test:?}");
    }
    assert_eq!(Test { slot, low: 9, width: 255 }.opposite(), None);
    assert!((0..=255).all(|byte| passes(Test::is_true(slot), byte) == (byte == 1)));
    assert!((0..=255).all(|byte| passes(Test::is_false(slot), byte) == (byte == 0)));
}

/// Constants stand once, however often they are asked for, and each lists run on where the
/// last one ended.
#[test]
fn slots_and_runs_are_handed_out_in_order() {
    let mut program = Builder::default();
    assert_eq!([(); 2].map(|()| program.byte()), [ByteSlot(0), ByteSlot(1)]);
    assert_eq!([(); 2].map(|()| program.date()), [DateSlot(0), DateSlot(1)]);
    assert_eq!([(); 2].map(|()| program.amount()), [AmountSlot(0), AmountSlot(1)]);
    assert_eq!([7, 8, 7].map(|byte| program.constant_byte(byte)), [2, 3, 2].map(ByteSlot));
    assert_eq!([7, -8, 7].map(|it| program.constant_amount(it)), [2, 3, 2].map(AmountSlot));
    let run = |start, end| Run { start, end };
    assert_eq!([1, 3].map(|count| program.amount_table(vec![9; count])), [run(0, 1), run(1, 4)]);
    assert_eq!(
        [2, 0].map(|count| program.byte_list(vec![ByteSlot(0); count])),
        [run(0, 2), run(2, 2)]
    );
    assert_eq!(program.amount_list([AmountSlot(0)]), run(0, 1));
    assert_eq!(program.date_table([Date::MIN; 2]), run(0, 2));
    assert_eq!(program.terms([Term { slot: AmountSlot(0), factor: 2 }]), run(0, 1));
}
