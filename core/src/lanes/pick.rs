//! Picking one of several slots, and looking up what a byte stands for.

use core::iter::zip;

use super::{Banks, SlotId, SlotMissing, entries, lend, on, slot, wide_mask};
use crate::program::{AmountSlot, ByteSlot, DateSlot, Program, Run};

/// One of several bytes: choice 1 is the first option; 0, or beyond the last, gives 0.
pub(super) fn byte<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    choice: ByteSlot,
    options: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let choice = slot(bytes, choice)?;
    let options = entries(&program.byte_lists, options)?;
    if N == 1 {
        return zip(out, choice).try_for_each(|(out, choice)| {
            *out = chosen(bytes, options, *choice)?;
            Ok(())
        });
    }
    let mut picked = [0; N];
    for (number, option) in zip(1u8..=u8::MAX, options) {
        for (picked, (choice, byte)) in zip(&mut picked, zip(choice, slot(bytes, *option)?)) {
            *picked |= byte & on(*choice == number);
        }
    }
    *out = picked;
    Ok(())
}

/// What is chosen where there is one lane: found by its place, and not by asking of each
/// option whether it is the one.
#[inline]
fn chosen<T: Copy + Default, const N: usize>(
    bank: &[[T; N]],
    options: &[impl SlotId],
    choice: u8,
) -> Result<T, SlotMissing> {
    match options.get(usize::from(choice).wrapping_sub(1)) {
        Some(option) => slot(bank, *option)?.first().copied().ok_or(SlotMissing),
        None => Ok(T::default()),
    }
}

/// One of several amounts: choice 1 is the first option; 0, or beyond the last, gives 0.
pub(super) fn amount<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    choice: ByteSlot,
    options: Run,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (amounts, out) = lend(&mut banks.amounts, out)?;
    let choice = slot(&banks.bytes, choice)?;
    let options = entries(&program.amount_lists, options)?;
    if N == 1 {
        return zip(out, choice).try_for_each(|(out, choice)| {
            *out = chosen(amounts, options, *choice)?;
            Ok(())
        });
    }
    let mut numbered = zip(1u8..=u8::MAX, options);
    match numbered.next() {
        Some((number, option)) => {
            pick_amount(choice, number, slot(amounts, *option)?, out, |_, amount| amount);
        }
        None => out.fill(0),
    }
    for (number, option) in numbered {
        pick_amount(choice, number, slot(amounts, *option)?, out, |picked, amount| picked | amount);
    }
    Ok(())
}

/// One of several dates: choice 1 is the first option; 0, or beyond the last, gives 0.
pub(super) fn date<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    choice: ByteSlot,
    options: Run,
    out: DateSlot,
) -> Result<(), SlotMissing> {
    let (dates, out) = lend(&mut banks.dates, out)?;
    let choice = slot(&banks.bytes, choice)?;
    let options = entries(&program.date_lists, options)?;
    if N == 1 {
        return zip(out, choice).try_for_each(|(out, choice)| {
            *out = chosen(dates, options, *choice)?;
            Ok(())
        });
    }
    out.fill(0);
    for (number, option) in zip(1u8..=u8::MAX, options) {
        for (picked, (choice, date)) in zip(&mut *out, zip(choice, slot(dates, *option)?)) {
            *picked |= date & i32::from(*choice == number).wrapping_neg();
        }
    }
    Ok(())
}

/// Joins to what was picked so far the option where its number is the choice, else 0.
#[inline]
fn pick_amount<const N: usize>(
    choice: &[u8; N],
    number: u8,
    option: &[i64; N],
    out: &mut [i64; N],
    join: impl Fn(i64, i64) -> i64,
) {
    let is_chosen = choice.map(|choice| u8::from(choice == number));
    for (picked, (truth, amount)) in zip(out, zip(&is_chosen, option)) {
        *picked = join(*picked, amount & wide_mask(*truth));
    }
}

/// The number of each choice: choice 1 is the first; 0, or beyond the last, gives 0.
///
/// For many lanes the numbers are first laid out for every byte there is, so that a lookup
/// needs no question whether there is such a number.
#[inline(always)]
pub(super) fn number_of_choice<'a, const N: usize>(
    choice: &[u8; N],
    mut numbers: impl Iterator<Item = &'a i64>,
    out: &mut [i64; N],
) {
    if N == 1 {
        for (out, choice) in zip(out, choice) {
            let place = usize::from(*choice).checked_sub(1);
            *out = place.and_then(|place| numbers.nth(place)).copied().unwrap_or(0);
        }
        return;
    }
    let mut of_byte = [0; 1 << u8::BITS];
    for (place, number) in zip(of_byte.iter_mut().skip(1), numbers) {
        *place = *number;
    }
    for (out, choice) in zip(out, choice) {
        *out = of_byte.get(usize::from(*choice)).copied().unwrap_or(0);
    }
}

/// The amount that a byte stands for; beyond the end of the table, 0.
pub(super) fn lookup<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    key: ByteSlot,
    table: Run,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (_, out) = lend(&mut banks.amounts, out)?;
    let table = entries(&program.amounts, table)?;
    for (amount, byte) in zip(out, slot(&banks.bytes, key)?) {
        *amount = table.get(usize::from(*byte)).copied().unwrap_or(0);
    }
    Ok(())
}
