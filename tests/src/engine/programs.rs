//! Which programs can be finished: those of which every id stands for something and every
//! operation writes after what it reads. One id that is one too far is enough to refuse.

mod answers;
mod counts;

use apportion_core::date::Date;
use apportion_core::divide::Divider;
use apportion_core::program::{
    AmountSlot, BankSizes, Builder, ByteSlot, ClauseId, DateSlot, Operation, Program, ProgramError,
    Refusal, RefusalId, Run, Term, Test,
};
use apportion_core::rounding::Rounding;
use apportion_core::split::SparePennies;
use apportion_core::value::Type;

/// How many facts of each bank the programs here have; what operations write stands after.
const FACTS: u32 = 3;

/// What an operation refers to.
#[derive(Clone, Copy, Debug)]
struct Parts {
    byte: ByteSlot,
    date: DateSlot,
    amount: AmountSlot,
    byte_out: ByteSlot,
    amount_out: AmountSlot,
    refusal: RefusalId,
    rows: Run,
    bytes: Run,
    amounts: Run,
    terms: Run,
    date_table: Run,
    amount_table: Run,
}

/// One thing that an operation refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Byte,
    Date,
    Amount,
    /// A byte that is not there, and one that is read.
    ByteOut,
    /// Amounts of which the last is not there, or the first is read.
    AmountsOut,
    Refusal,
    Rows,
    Bytes,
    Amounts,
    Terms,
    DateTable,
    AmountTable,
}

impl Part {
    /// Sound parts with this one wrong, in every way in which it can be.
    fn broken(self, sound: Parts, sizes: BankSizes) -> Vec<Parts> {
        let longer = |run: Run| Run { end: run.end + 1, ..run };
        let after = |slot: AmountSlot| AmountSlot(slot.0 + 1);
        let mut parts = [sound, sound];
        let [one, other] = &mut parts;
        match self {
            Part::Byte => one.byte = ByteSlot(sizes.bytes),
            Part::Date => one.date = DateSlot(sizes.dates),
            Part::Amount => one.amount = AmountSlot(sizes.amounts),
            Part::ByteOut => {
                one.byte_out = ByteSlot(sizes.bytes);
                // Only where bytes are read; elsewhere it may stand anywhere.
                other.byte_out = ByteSlot(FACTS - 1);
            }
            Part::AmountsOut => {
                one.amount_out = after(sound.amount_out);
                other.amount_out = AmountSlot(FACTS - 1);
            }
            Part::Refusal => one.refusal = RefusalId(1),
            Part::Rows => one.rows = longer(sound.rows),
            Part::Bytes => one.bytes = longer(sound.bytes),
            Part::Amounts => one.amounts = longer(sound.amounts),
            Part::Terms => one.terms = longer(sound.terms),
            Part::DateTable => one.date_table = longer(sound.date_table),
            Part::AmountTable => one.amount_table = longer(sound.amount_table),
        }
        match self {
            Part::ByteOut | Part::AmountsOut => parts.to_vec(),
            _ => vec![parts[0]],
        }
    }
}

/// A program with facts, tables and lists of three, room for one byte and for so many amounts,
/// and what its operations refer to.
fn program(amounts_out: u32) -> (Builder, Parts) {
    let mut program = Builder::default();
    for kind in [Type::YesNo, Type::Date { first: Date::MIN, last: Date::MAX }, AMOUNT] {
        for _ in 0..FACTS {
            let _ = program.fact(kind, None);
        }
    }
    let last = FACTS - 1;
    let tests = (0..FACTS).map(|slot| (vec![Test::is_true(ByteSlot(slot))], 1));
    let rows = program.rows(tests);
    let bytes = program.byte_list((0..FACTS).map(ByteSlot));
    let amounts = program.amount_list((0..FACTS).map(AmountSlot));
    let terms = program.terms((0..FACTS).map(|slot| Term { slot: AmountSlot(slot), factor: 1 }));
    let date_table = program.date_table([Date::MIN; FACTS as usize]);
    let amount_table = program.amount_table([1; FACTS as usize]);
    let parts = Parts {
        byte: ByteSlot(last),
        date: DateSlot(last),
        amount: AmountSlot(last),
        byte_out: program.byte(),
        amount_out: AmountSlot(FACTS),
        refusal: program.refusal(NO_ROW),
        rows,
        bytes,
        amounts,
        terms,
        date_table,
        amount_table,
    };
    for _ in 0..amounts_out {
        let _ = program.amount();
    }
    (program, parts)
}

const AMOUNT: Type = Type::Amount { least: 0, greatest: 100 };
const NO_ROW: Refusal = Refusal::NoRow { clause: ClauseId(0) };

/// Finishes a program of one operation.
fn finish(
    amounts_out: u32,
    parts: Option<Parts>,
    make: &dyn Fn(Parts) -> Operation,
) -> Result<Program, ProgramError> {
    let (mut program, sound) = program(amounts_out);
    program.push(make(parts.unwrap_or(sound)));
    program.finish()
}

const REFUSED: ProgramError = ProgramError::Operation { index: 0 };

/// Checks that an operation is sound, and is not once any of these parts is wrong.
#[track_caller]
fn check(amounts_out: u32, uses: &[Part], make: impl Fn(Parts) -> Operation) {
    let finished = finish(amounts_out, None, &make).unwrap();
    let (_, sound) = program(amounts_out);
    for part in uses {
        for broken in part.broken(sound, finished.bank_sizes()) {
            let refused = finish(amounts_out, Some(broken), &make);
            assert_eq!(refused.map(|_| ()), Err(REFUSED), "{part:?}: {broken:?}");
        }
    }
}

/// Checks that an operation with these parts sound is refused.
#[track_caller]
fn refused(amounts_out: u32, make: impl Fn(Parts) -> Operation) {
    assert_eq!(finish(amounts_out, None, &make).map(|_| ()), Err(REFUSED));
}

#[test]
fn operations_on_bytes() {
    use Part::{ByteOut, Bytes, Rows};
    check(0, &[Rows, ByteOut], |p| Operation::Condition { rows: p.rows, out: p.byte_out });
    check(0, &[Rows, ByteOut], |p| Operation::Count { rows: p.rows, out: p.byte_out });
    check(0, &[Rows, ByteOut], |p| Operation::Choose {
        rows: p.rows,
        otherwise: 0,
        out: p.byte_out,
    });
    check(0, &[Part::Byte, ByteOut], |p| Operation::CompareBytes {
        a: p.byte,
        b: p.byte,
        out: p.byte_out,
    });
    check(0, &[Bytes, ByteOut], |p| Operation::Highest { slots: p.bytes, out: p.byte_out });
    check(0, &[Bytes, ByteOut], |p| Operation::Lowest { slots: p.bytes, out: p.byte_out });
    check(0, &[Part::Byte, Bytes, ByteOut], |p| Operation::PickByte {
        choice: p.byte,
        options: p.bytes,
        out: p.byte_out,
    });
    check(0, &[Part::Byte, Part::Refusal], |p| Operation::Require {
        when: p.byte,
        test: Test::is_true(ByteSlot(0)),
        refusal: p.refusal,
    });
    check(0, &[Part::Byte, Part::Refusal], |p| Operation::Require {
        when: ByteSlot(0),
        test: Test::is_true(p.byte),
        refusal: p.refusal,
    });
}

#[test]
fn operations_on_days() {
    let uses = [Part::Date, Part::DateTable];
    let band =
        |p: Parts| Operation::DateBand { date: p.date, edges: p.date_table, out: p.byte_out };
    check(0, &uses, band);
    // No byte is read, so what is written may stand anywhere, but it must be there.
    let out = |slot| move |p: Parts| band(Parts { byte_out: ByteSlot(slot), ..p });
    assert!(finish(0, None, &out(0)).is_ok());
    refused(0, out(FACTS + 1));
    check(0, &[Part::Date], |p| Operation::CompareDates { a: p.date, b: p.date, out: p.byte_out });
    let uses = [Part::Date, Part::Byte, Part::Refusal, Part::ByteOut];
    check(0, &uses, |p| Operation::Age {
        birth: p.date,
        on: p.date,
        out: p.byte_out,
        when: p.byte,
        refusal: p.refusal,
    });
}

#[test]
fn operations_on_amounts() {
    use Part::{Amount, AmountsOut, Byte};
    check(1, &[Byte, Part::Amounts, AmountsOut], |p| Operation::PickAmount {
        choice: p.byte,
        options: p.amounts,
        out: p.amount_out,
    });
    // No amount is read, so what is written may stand anywhere.
    check(1, &[Byte, Part::AmountTable], |p| Operation::Lookup {
        slot: p.byte,
        table: p.amount_table,
        out: p.amount_out,
    });
    check(1, &[Part::Terms, AmountsOut], |p| Operation::Linear {
        terms: p.terms,
        constant: 0,
        out: p.amount_out,
    });
    type Make = fn(AmountSlot, AmountSlot, AmountSlot) -> Operation;
    let of_two: [Make; 3] = [
        |a, b, out| Operation::Multiply { a, b, out },
        |a, b, out| Operation::Greater { a, b, out },
        |a, b, out| Operation::Lesser { a, b, out },
    ];
    for make in of_two {
        let uses = [Amount, AmountsOut];
        check(1, &uses, |p| make(p.amount, p.amount, p.amount_out));
    }
    let band = |p: Parts| Operation::AmountBand {
        amount: p.amount,
        edges: p.amount_table,
        out: p.byte_out,
    };
    check(0, &[Amount, Part::AmountTable], band);
    let limit = |p: Parts| Operation::Limit {
        payer: p.amount,
        other: p.amount,
        most: p.amount,
        when: Some(p.byte),
        out: p.amount_out,
        moved: p.byte_out,
    };
    check(3, &[Amount, AmountsOut, Byte, Part::ByteOut], limit);
}

/// A day that is picked is there before it is picked, and so is the whole list.
#[test]
fn days_that_are_picked_are_there() {
    let pick = |options: [u32; 2], end| {
        let (mut program, parts) = program(0);
        let options = Run { end, ..program.date_list(options.map(DateSlot)) };
        let out = program.date();
        program.push(Operation::PickDate { choice: parts.byte, options, out });
        program.finish().map(|_| ())
    };
    assert_eq!(pick([0, FACTS - 1], 2), Ok(()));
    assert_eq!(pick([0, FACTS - 1], 3), Err(REFUSED));
    assert_eq!(pick([0, FACTS], 2), Err(REFUSED));
}

#[test]
fn splits_in_proportion_to_some_weights() {
    let split = |weights: fn(Parts) -> Run, spare| {
        move |p: Parts| Operation::SplitInProportion {
            amount: p.amount,
            weights: weights(p),
            spare,
            out: p.amount_out,
        }
    };
    let (in_order, rounding) = (SparePennies::InOrder, Rounding::Up);
    check(6, &[Part::Amount, Part::Amounts, Part::AmountsOut], split(|p| p.amounts, in_order));
    refused(6, split(|p| Run { end: p.amounts.start, ..p.amounts }, in_order));
    let taker = |taker| SparePennies::Difference { taker, rounding };
    check(6, &[], split(|p| p.amounts, taker(2)));
    refused(6, split(|p| p.amounts, taker(3)));
}

#[test]
fn operations_with_factors_above_zero() {
    let divider = Divider::new(1, 100).unwrap();
    let round = |numerator, times| {
        move |p: Parts| Operation::Round {
            amount: p.amount,
            numerator,
            divider,
            times,
            rounding: Rounding::Up,
            out: p.amount_out,
        }
    };
    check(1, &[Part::Amount, Part::AmountsOut], round(1, 1));
    refused(1, round(0, 1));
    refused(1, round(-1, 1));
    refused(1, round(1, 0));
    let divide = |numerator, divisor, times| {
        move |p: Parts| Operation::Divide {
            a: p.amount,
            b: p.amount,
            numerator,
            by: p.amount,
            divisor,
            times,
            rounding: Rounding::Up,
            out: p.amount_out,
        }
    };
    check(1, &[Part::Amount, Part::AmountsOut], divide(1, 1, 1));
    for (numerator, divisor, times) in [(0, 1, 1), (1, 0, 1), (1, 1, 0), (-1, 1, 1)] {
        refused(1, divide(numerator, divisor, times));
    }
    let compare = |times| {
        move |p: Parts| Operation::CompareAmounts {
            a: p.amount,
            b: p.amount,
            times,
            is_wide: false,
            out: p.byte_out,
        }
    };
    check(0, &[Part::Amount], compare([1, 1]));
    refused(0, compare([0, 1]));
    refused(0, compare([1, 0]));
}

#[test]
fn splits() {
    let divider = Divider::new(1, 100).unwrap();
    let taker = |taker| SparePennies::Difference { taker, rounding: Rounding::Up };
    let split = |whole, spare| {
        move |p: Parts| Operation::Split {
            amount: p.amount,
            shares: p.amounts,
            whole,
            divider,
            spare,
            out: p.amount_out,
        }
    };
    let uses = [Part::Amount, Part::Amounts, Part::AmountsOut];
    check(6, &uses, split(1, taker(2)));
    refused(5, split(1, taker(2)));
    refused(6, split(1, taker(3)));
    refused(6, split(0, taker(2)));
    let nobody = |p: Parts| {
        let amounts = Run { start: 0, end: 0 };
        split(1, SparePennies::LargestFractions)(Parts { amounts, ..p })
    };
    refused(6, nobody);
    let by_table = |whole, spare, parties| {
        move |p: Parts| Operation::SplitByTable {
            amount: p.amount,
            choice: p.byte,
            shares: p.amount_table,
            whole,
            divider,
            spare,
            out: p.amount_out,
            parties,
        }
    };
    let uses = [Part::Amount, Part::Byte, Part::AmountTable, Part::AmountsOut];
    check(6, &uses, by_table(1, taker(2), FACTS));
    check(2, &uses, by_table(1, taker(0), 1));
    refused(6, by_table(1, taker(3), FACTS));
    refused(6, by_table(0, taker(2), FACTS));
    // The table has three shares.
    refused(6, by_table(1, taker(0), 2));
    refused(6, by_table(1, SparePennies::LargestFractions, 0));
}
