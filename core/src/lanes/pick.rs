//! Picking one of several slots, and looking up what a byte stands for.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend, on, on_amount, slot};
use crate::program::{AmountSlot, ByteSlot, Program, Run};

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
    let mut picked = [0; N];
    for (number, option) in zip(1u8..=u8::MAX, entries(&program.byte_lists, options)?) {
        for (picked, (choice, byte)) in zip(&mut picked, zip(choice, slot(bytes, *option)?)) {
            *picked |= byte & on(*choice == number);
        }
    }
    *out = picked;
    Ok(())
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
    out.fill(0);
    for (number, option) in zip(1u8..=u8::MAX, entries(&program.amount_lists, options)?) {
        pick_amount(choice, number, slot(amounts, *option)?, out);
    }
    Ok(())
}

/// Takes the option where its number is the choice.
#[inline]
fn pick_amount<const N: usize>(
    choice: &[u8; N],
    number: u8,
    option: &[i64; N],
    out: &mut [i64; N],
) {
    for (picked, (choice, amount)) in zip(out, zip(choice, option)) {
        *picked |= amount & on_amount(*choice == number);
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
