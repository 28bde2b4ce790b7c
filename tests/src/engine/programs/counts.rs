//! What programs count: rows and edges up to 255, and members of families that are there.

use apportion_core::date::Date;
use apportion_core::program::{
    AmountSlot, ByteSlot, DateSlot, Members, Operation, Run, Test, TotalsId,
};

use super::{FACTS, REFUSED, program, refused};

#[test]
fn a_byte_counts_to_255() {
    let of = |count: usize| {
        let (mut program, parts) = program(0);
        let rows = program.rows(vec![(vec![Test::is_true(parts.byte); 1], 1); count]);
        program.push(Operation::Count { rows, out: parts.byte_out });
        let days = program.date_table(vec![Date::MIN; count]);
        program.push(Operation::DateBand { date: parts.date, edges: days, out: parts.byte_out });
        let edges = program.amount_table(vec![1; count]);
        let out = parts.byte_out;
        program.push(Operation::AmountBand { amount: parts.amount, edges, out });
        program
    };
    assert!(of(255).finish().is_ok());
    assert_eq!(of(256).finish().unwrap_err(), REFUSED);
    let only = |band: Operation| {
        let (mut program, _) = program(0);
        program.date_table(vec![Date::MIN; 256]);
        program.amount_table(vec![1; 256]);
        program.push(band);
        program.finish().map(|_| ())
    };
    let edges = Run { start: 3, end: 259 };
    let out = ByteSlot(FACTS);
    assert_eq!(only(Operation::DateBand { date: DateSlot(0), edges, out }), Err(REFUSED));
    assert_eq!(only(Operation::AmountBand { amount: AmountSlot(0), edges, out }), Err(REFUSED));
    let edges = Run { start: 4, end: 259 };
    assert_eq!(only(Operation::DateBand { date: DateSlot(0), edges, out }), Ok(()));
    // Tests that end no row are not counted.
    let (mut program, parts) = program(0);
    let either = [Test::is_true(ByteSlot(0)), Test::is_true(ByteSlot(1))];
    let rows = program.rows(vec![(either.to_vec(), 1); 255]);
    program.push(Operation::Count { rows, out: parts.byte_out });
    assert!(program.finish().is_ok());
}

#[test]
fn families_of_members_that_are_there() {
    let count = |first, count| {
        let (mut program, _) = program(0);
        let _ = program.family_count(Members { first: ByteSlot(first), count }, 1, 0);
        program.finish().map(|_| ())
    };
    assert_eq!(count(0, 3), Ok(()));
    assert_eq!(count(2, 1), Ok(()));
    // The slot after the facts is free, the next is what is written.
    assert_eq!(count(0, 4), Ok(()));
    assert_eq!(count(0, 5), Err(REFUSED));
    assert_eq!(count(4, 1), Err(REFUSED));
    assert_eq!(count(0, 0), Err(REFUSED));
    refused(0, |_| Operation::FamilyTotals { totals: TotalsId(0) });
}
