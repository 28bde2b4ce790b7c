//! Aggregates over a family of facts: counts, sums of points, the highest and the lowest.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend, on, slot};
use crate::program::{ByteSlot, Members, Program, Run};

/// How many bytes of a family pass one interval test.
pub(super) fn count<const N: usize>(
    banks: &mut Banks<N>,
    family: Members,
    low: u8,
    width: u8,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let mut counts = [0u8; N];
    for member in members(bytes, family)? {
        for (count, byte) in zip(&mut counts, member) {
            *count = count.wrapping_sub(on(byte.wrapping_sub(low) <= width));
        }
    }
    *out = counts;
    Ok(())
}

/// Up to how many kinds of bytes it pays to count each kind by itself.
const FEW_POINTS: usize = 16;

/// The sum of what each byte of a family stands for.
///
/// A table cannot be read for many lanes at once, but bytes can be compared: so where
/// there are many lanes, the bytes of each kind are counted and the count multiplied.
pub(super) fn sum<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    family: Members,
    points: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let points = entries(&program.small, points)?;
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let members = members(bytes, family)?;
    let mut sums = [0u8; N];
    if N > 1 && points.len() <= FEW_POINTS {
        sum_by_kind(members, points, &mut sums);
    } else {
        for member in members {
            for (sum, byte) in zip(&mut sums, member) {
                let points = points.get(usize::from(*byte)).copied().unwrap_or(0);
                *sum = sum.wrapping_add(points);
            }
        }
    }
    *out = sums;
    Ok(())
}

/// Adds, for each kind of byte, how many there are times what one stands for.
fn sum_by_kind<const N: usize>(members: &[[u8; N]], points: &[u8], sums: &mut [u8; N]) {
    for (kind, points) in zip(0u8.., points).filter(|(_, points)| **points != 0) {
        let mut counts = [0u8; N];
        for member in members {
            for (count, byte) in zip(&mut counts, member) {
                *count = count.wrapping_sub(on(*byte == kind));
            }
        }
        for (sum, count) in zip(&mut *sums, &counts) {
            *sum = sum.wrapping_add(count.wrapping_mul(*points));
        }
    }
}

/// The bytes of a family, which stand one after the other.
#[inline]
fn members<const N: usize>(bytes: &[[u8; N]], family: Members) -> Result<&[[u8; N]], SlotMissing> {
    let first = family.first.index();
    bytes.get(first..first + usize::from(family.count)).ok_or(SlotMissing)
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
