//! Tables of rows of interval tests: conditions, counts of rows and choices.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend, on, slot};
use crate::program::{ByteSlot, Program, Run};

/// 1 where any of the rows applies, else 0.
pub(super) fn condition<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    rows: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let mut truths = [0; N];
    for_each_row(program, bytes, rows, |_, mask| {
        for (truth, mask) in zip(&mut truths, mask) {
            *truth |= mask & 1;
        }
    })?;
    *out = truths;
    Ok(())
}

/// How many of the rows apply.
pub(super) fn count<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    rows: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let mut counts = [0u8; N];
    for_each_row(program, bytes, rows, |_, mask| {
        for (count, mask) in zip(&mut counts, mask) {
            // A mask is -1 where the row applies.
            *count = count.wrapping_sub(*mask);
        }
    })?;
    *out = counts;
    Ok(())
}

/// The value of the last row that applies, which is the first that the policy lists.
pub(super) fn choose<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    rows: Run,
    otherwise: u8,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let mut chosen = [otherwise; N];
    for_each_row(program, bytes, rows, |value, mask| {
        for (chosen, mask) in zip(&mut chosen, mask) {
            *chosen = (*chosen & !mask) | (value & mask);
        }
    })?;
    *out = chosen;
    Ok(())
}

/// Hands over, row by row, its value and the mask of the lanes in which it applies.
#[inline]
fn for_each_row<const N: usize>(
    program: &Program,
    bytes: &[[u8; N]],
    rows: Run,
    mut apply: impl FnMut(u8, &[u8; N]),
) -> Result<(), SlotMissing> {
    let mut mask = [0xff; N];
    for test in entries(&program.tests, rows)? {
        let tested = slot(bytes, test.slot)?;
        for (mask, byte) in zip(&mut mask, tested) {
            *mask &= on(byte.wrapping_sub(test.low) <= test.width);
        }
        if test.ends_row {
            apply(test.value, &mask);
            mask = [0xff; N];
        }
    }
    Ok(())
}
