//! Picking one of several slots, and looking up what a byte stands for.

use super::{Amounts, Bytes, Causes, Dates, Held, Ranges, SlotMissing, entries};
use crate::program::{AmountSlot, ByteSlot, DateSlot, Program, Run};
use crate::range::{ByteSet, Span};

/// One of several bytes: choice 1 is the first option; 0, or beyond the last, gives 0.
pub(super) fn byte(
    program: &Program,
    ranges: &mut Ranges,
    choice: ByteSlot,
    options: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let choice = ranges.byte(choice)?;
    let options = entries(&program.byte_lists, options)?;
    let mut picked = Held { range: ByteSet::EMPTY, causes: choice.causes };
    for number in choice.range.iter() {
        let option = match chosen(options, number) {
            Some(slot) => ranges.byte(*slot)?,
            None => Bytes::one(0),
        };
        picked =
            Held { range: picked.range.or(option.range), causes: picked.causes | option.causes };
    }
    ranges.put_byte(out, Bytes::of(picked.range, picked.causes))
}

/// One of several amounts: choice 1 is the first option; 0, or beyond the last, gives 0.
pub(super) fn amount(
    program: &Program,
    ranges: &mut Ranges,
    choice: ByteSlot,
    options: Run,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let choice = ranges.byte(choice)?;
    let options = entries(&program.amount_lists, options)?;
    let picked = picked(choice, |number| match chosen(options, number) {
        Some(slot) => ranges.amount(*slot),
        None => Ok(Amounts::one(0)),
    })?;
    ranges.put_amount(out, picked)
}

/// One of several dates: choice 1 is the first option; 0, or beyond the last, gives 0.
pub(super) fn date(
    program: &Program,
    ranges: &mut Ranges,
    choice: ByteSlot,
    options: Run,
    out: DateSlot,
) -> Result<(), SlotMissing> {
    let choice = ranges.byte(choice)?;
    let options = entries(&program.date_lists, options)?;
    let picked = picked(choice, |number| match chosen(options, number) {
        Some(slot) => ranges.date(*slot),
        None => Ok(Dates::one(0)),
    })?;
    ranges.put_date(out, picked)
}

/// The amount that a byte stands for; beyond the end of the table, 0.
pub(super) fn lookup(
    program: &Program,
    ranges: &mut Ranges,
    key: ByteSlot,
    table: Run,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let table = entries(&program.amounts, table)?;
    let of_byte = |byte: u8| table.get(usize::from(byte)).copied().unwrap_or(0);
    let found = picked(ranges.byte(key)?, |byte| Ok(Amounts::one(of_byte(byte))))?;
    ranges.put_amount(out, found)
}

/// The option of a number, counted from 1.
pub(super) fn chosen<T>(options: &[T], number: u8) -> Option<&T> {
    options.get(usize::from(number).checked_sub(1)?)
}

/// All that is picked by any of the numbers.
fn picked<T: Copy + Ord>(
    choice: Bytes,
    option: impl Fn(u8) -> Result<Held<Span<T>>, SlotMissing>,
) -> Result<Held<Span<T>>, SlotMissing> {
    let mut all: Option<Held<Span<T>>> = None;
    for number in choice.range.iter() {
        let one = option(number)?;
        all = Some(all.map_or(one, |all| all.or(one)));
    }
    let Held { range, causes } = all.ok_or(SlotMissing)?;
    let causes: Causes = causes | choice.causes;
    Ok(Held::<Span<T>>::of(range, causes))
}
