//! Tables of rows of interval tests: conditions, counts of rows and choices.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend, on, slot};
use crate::program::{ByteSlot, Program, RowTest, Run};

/// 1 where any of the rows applies, else 0.
pub(super) fn condition<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    rows: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    fold_rows(program, banks, rows, out, 0, |truth, _, applies| truth | (applies & 1))
}

/// How many of the rows apply.
pub(super) fn count<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    rows: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    // A mask is -1 where the row applies.
    fold_rows(program, banks, rows, out, 0, |count, _, applies| count.wrapping_sub(applies))
}

/// The value of the last row that applies, which is the first that the policy lists.
pub(super) fn choose<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    rows: Run,
    otherwise: u8,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    fold_rows(program, banks, rows, out, otherwise, |chosen, value, applies| {
        (chosen & !applies) | (value & applies)
    })
}

/// Folds the rows into one byte a lane, which begins as `start`: `fold` is given the byte so
/// far, the value of the row, and the mask that says whether the row applies.
#[inline(always)]
fn fold_rows<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    rows: Run,
    out: ByteSlot,
    start: u8,
    fold: impl Fn(u8, u8, u8) -> u8,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    out.fill(start);
    let mut tests = entries(&program.tests, rows)?.iter();
    while let Some(first) = tests.next() {
        if first.ends_row {
            // Most rows ask one thing, and then nothing need be kept between their tests.
            let tested = slot(bytes, first.slot)?;
            for (folded, byte) in zip(&mut *out, tested) {
                *folded = fold(*folded, first.value, first.mask(*byte));
            }
            continue;
        }
        let mut masks = slot(bytes, first.slot)?.map(|byte| first.mask(byte));
        for test in tests.by_ref() {
            let tested = slot(bytes, test.slot)?;
            if test.ends_row {
                for (folded, (mask, byte)) in zip(&mut *out, zip(&masks, tested)) {
                    *folded = fold(*folded, test.value, mask & test.mask(*byte));
                }
                break;
            }
            for (mask, byte) in zip(&mut masks, tested) {
                *mask &= test.mask(*byte);
            }
        }
    }
    Ok(())
}

impl RowTest {
    /// All bits where the byte passes, else none.
    #[inline(always)]
    fn mask(&self, byte: u8) -> u8 {
        on(byte.wrapping_sub(self.low) <= self.width)
    }
}
