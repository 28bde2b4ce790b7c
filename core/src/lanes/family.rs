//! Aggregates over a family of facts: counts, sums of points, the highest and the lowest.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend, on, slot};
use crate::program::{ByteSlot, Program, Run};

/// How many bytes of a list pass one interval test.
pub(super) fn count<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    slots: Run,
    low: u8,
    width: u8,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    fold(program, banks, slots, out, 0, |count, byte| {
        count.wrapping_sub(on(byte.wrapping_sub(low) <= width))
    })
}

/// Up to how many kinds of bytes it pays to count each kind by itself.
const FEW_POINTS: usize = 16;

/// The sum of what each byte of a list stands for.
///
/// A table cannot be read for many lanes at once, but bytes can be compared: so where
/// there are many lanes, the bytes of each kind are counted and the count multiplied.
pub(super) fn sum<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    slots: Run,
    points: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let points = entries(&program.small, points)?;
    if N > 1 && points.len() <= FEW_POINTS {
        return sum_by_kind(program, banks, slots, points, out);
    }
    fold(program, banks, slots, out, 0, |sum: u8, byte| {
        sum.wrapping_add(points.get(usize::from(byte)).copied().unwrap_or(0))
    })
}

/// The sum over all kinds of bytes of how many there are, times what one stands for.
fn sum_by_kind<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    slots: Run,
    points: &[u8],
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let slots = entries(&program.byte_lists, slots)?;
    out.fill(0);
    for (kind, points) in zip(0u8.., points).filter(|(_, points)| **points != 0) {
        let mut counts = [0u8; N];
        for id in slots {
            for (count, byte) in zip(&mut counts, slot(bytes, *id)?) {
                *count = count.wrapping_sub(on(*byte == kind));
            }
        }
        for (sum, count) in zip(&mut *out, &counts) {
            *sum = sum.wrapping_add(count.wrapping_mul(*points));
        }
    }
    Ok(())
}

/// The highest byte of a list; 0 where it is empty.
pub(super) fn highest<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    slots: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    fold(program, banks, slots, out, 0, u8::max)
}

/// The lowest byte of a list; 255 where it is empty.
pub(super) fn lowest<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    slots: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    fold(program, banks, slots, out, u8::MAX, u8::min)
}

/// Folds the bytes of a list into one, lane by lane.
#[inline]
fn fold<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    slots: Run,
    out: ByteSlot,
    start: u8,
    join: impl Fn(u8, u8) -> u8,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let mut folded = [start; N];
    for id in entries(&program.byte_lists, slots)? {
        for (folded, byte) in zip(&mut folded, slot(bytes, *id)?) {
            *folded = join(*folded, *byte);
        }
    }
    *out = folded;
    Ok(())
}
