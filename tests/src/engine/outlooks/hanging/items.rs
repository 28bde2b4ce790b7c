//! What services say to the case, where it reads a number.

use apportion_core::outlook::Topic;
use apportion_core::program::{
    AmountSlot, AnySlot, Builder, ByteSlot, ClauseId, Line, Operation as Op, PartyId, Test, UnitId,
};

use super::super::making::day;
use super::{FIRST, Humps, Read, is, needed};

/// Tallies over the two services. Where each counts, the first has something known, and the second a
/// hump; or the other way round; or both have a hump.
#[test]
fn what_items_say_hangs_on_a_number_that_they_read() {
    for kinds in [[0, 1], [1, 0], [1, 1]] {
        for is_greatest in [true, false] {
            let byte = needed(|program, [humps, _], choice| {
                // 2 is what is known: the greatest is 3 between the ends, and the least 1 at them.
                let known = program.constant_byte(2);
                let options = kinds.map(|kind| if kind == 0 { known } else { humps.bytes[0] });
                let (options, byte) = (program.byte_list(options), program.byte());
                program.push(Op::PickByte { choice, options, out: byte });
                let (when, out, any) = (each(program, choice), program.byte(), program.byte());
                program.push(Op::ExtremeByte { when, byte, is_greatest, start: 0, out, any });
                AnySlot::Byte(out)
            });
            assert_eq!(byte, [0], "{kinds:?}");
            let date = needed(|program, [humps, _], choice| {
                let (known, start) = (program.constant_date(day("2022-01-01")), day("2022-01-01"));
                let options = kinds.map(|kind| if kind == 0 { known } else { humps.dates[0] });
                let (options, date) = (program.date_list(options), program.date());
                program.push(Op::PickDate { choice, options, out: date });
                let (when, out, any) = (each(program, choice), program.date(), program.byte());
                program.push(Op::ExtremeDate { when, date, is_greatest, start, out, any });
                AnySlot::Date(out)
            });
            assert_eq!(date, [0], "{kinds:?}");
            let amount = needed(|program, [humps, _], choice| {
                let amount = of_kinds(program, kinds, humps.amounts[0], choice);
                let (when, out, any) = (each(program, choice), program.amount(), program.byte());
                program.push(Op::ExtremeAmount { when, amount, is_greatest, start: 0, out, any });
                AnySlot::Amount(out)
            });
            assert_eq!(amount, [0], "{kinds:?}");
        }
        let sum = needed(|program, [humps, _], choice| {
            let amount = of_kinds(program, kinds, humps.amounts[0], choice);
            let (when, out) = (each(program, choice), program.amount());
            program.push(Op::SumItems { when, amount, out });
            AnySlot::Amount(out)
        });
        assert_eq!(sum, [0], "{kinds:?}");
    }
}

/// That each service counts, whatever its kind.
fn each(program: &mut Builder, kind: ByteSlot) -> ByteSlot {
    let any = Test { slot: kind, low: 0, width: 9 };
    let (rows, out) = (program.rows([(vec![any], 1)]), program.byte());
    program.push(Op::Condition { rows, out });
    out
}

/// Of each service 2 or a hump, by its kind.
fn of_kinds(
    program: &mut Builder,
    kinds: [usize; 2],
    hump: AmountSlot,
    choice: ByteSlot,
) -> AmountSlot {
    let known = program.constant_amount(2);
    let options = kinds.map(|kind| if kind == 0 { known } else { hump });
    let (options, out) = (program.amount_list(options), program.amount());
    program.push(Op::PickAmount { choice, options, out });
    out
}

/// Whether a service counts: where it is of a kind and a truth holds.
fn counted(program: &mut Builder, truth: ByteSlot, kind: ByteSlot, low: u8, width: u8) -> ByteSlot {
    let tests = vec![Test { slot: kind, low, width }, Test::is_true(truth)];
    let (rows, out) = (program.rows([(tests, 1)]), program.byte());
    program.push(Op::Condition { rows, out });
    out
}

#[test]
fn what_items_say_hangs_on_whether_they_count() {
    // Nothing at the ends; between them the first service, or both.
    for width in [0, 1] {
        let sum = needed(|program, [humps, _], kind| {
            let when = counted(program, humps.is_between, kind, 1, width);
            let (amount, out) =
                (of_kinds(program, [0, 0], humps.amounts[0], kind), program.amount());
            program.push(Op::SumItems { when, amount, out });
            AnySlot::Amount(out)
        });
        assert_eq!(sum, [0]);
        let sum_of_humps = needed(|program, [humps, _], kind| {
            let when = counted(program, humps.is_between, kind, 1, width);
            let (amount, out) =
                (of_kinds(program, [1, 1], humps.amounts[0], kind), program.amount());
            program.push(Op::SumItems { when, amount, out });
            AnySlot::Amount(out)
        });
        assert_eq!(sum_of_humps, [0]);
        // The kind itself, and 0 where none counts.
        let greatest = needed(|program, [humps, _], byte| {
            let when = counted(program, humps.is_between, byte, 1, width);
            let (out, any) = (program.byte(), program.byte());
            program.push(Op::ExtremeByte { when, byte, is_greatest: true, start: 0, out, any });
            AnySlot::Byte(out)
        });
        assert_eq!(greatest, [0]);
    }
    // The first service says 1, as where none counts, and both together 2.
    let after_none = needed(|program, [humps, _], byte| {
        let when = counted(program, humps.is_between, byte, 1, 1);
        let (out, any) = (program.byte(), program.byte());
        program.push(Op::ExtremeByte { when, byte, is_greatest: true, start: 1, out, any });
        AnySlot::Byte(out)
    });
    assert_eq!(after_none, [0]);
}

/// The first service counts always, with the hump of one number; the second, with 2, between the
/// ends of the other. So the greatest may be either.
#[test]
fn what_is_best_hangs_on_what_was_best_before() {
    let greatest = needed(|program, [humps, by], choice| {
        let known = program.constant_byte(2);
        let options = program.byte_list([humps.bytes[0], known]);
        let byte = program.byte();
        program.push(Op::PickByte { choice, options, out: byte });
        let rows = [vec![is(choice, 1)], vec![Test::is_true(by.is_between)]];
        let (rows, when) = (program.rows(rows.map(|row| (row, 1))), program.byte());
        program.push(Op::Condition { rows, out: when });
        let (out, any) = (program.byte(), program.byte());
        program.push(Op::ExtremeByte { when, byte, is_greatest: true, start: 0, out, any });
        AnySlot::Byte(out)
    });
    assert_eq!(greatest, [0, 1]);
}

/// What is paid for a service: by two lines whose amounts are 2 together at the ends and 5 between
/// them, by a line that is there between them alone, of something known or of a hump.
#[test]
fn what_is_paid_for_a_service_hangs_on_a_number() {
    let line = |pence, made| Line {
        clause: ClauseId(0),
        party: PartyId(0),
        unit: UnitId(0),
        list: Some(FIRST.list),
        pence,
        is_taken: false,
        made,
    };
    for lines in 0..3 {
        let mut it = Read::new();
        let (known, always) = (it.program.constant_amount(5), it.program.constant_byte(1));
        let Humps { amounts: [higher, lower], is_between, .. } = it.humps[0];
        it.program.answers.clauses.push(always);
        it.program.answers.lines = match lines {
            0 => vec![line(higher, always), line(lower, always)],
            1 => vec![line(known, is_between)],
            _ => vec![line(higher, is_between)],
        };
        assert_eq!(it.needed(Topic::Payments), [0], "{lines}");
    }
}
