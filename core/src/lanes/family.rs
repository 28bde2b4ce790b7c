//! Aggregates over a family of facts: counts, sums of points, the highest and the lowest.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend, on, slot};
use crate::program::{ByteSlot, Members, Program, Run, TOTALS, Totals, TotalsId};

/// Counts and sums over the bytes of a family.
///
/// A table cannot be read for many lanes at once, but bytes can be compared: so where
/// there are many lanes, the bytes of each kind are counted, once for all totals.
pub(super) fn totals<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    totals: TotalsId,
) -> Result<(), SlotMissing> {
    let Totals { members, points, outs } = program.totals.get(totals.index()).ok_or(SlotMissing)?;
    let (members, rest) = lend_members(&mut banks.bytes, *members)?;
    if N > 1 && points.len() <= FEW_KINDS {
        by_kind(members, points, outs, rest)
    } else {
        by_lane(members, points, outs, rest)
    }
}

/// Up to how many kinds of bytes it pays to count each kind by itself.
const FEW_KINDS: usize = 16;

/// The slots after a family, to write.
struct After<'a, const N: usize> {
    slots: &'a mut [[u8; N]],
    first: usize,
}

impl<const N: usize> After<'_, N> {
    fn get_mut(&mut self, slot: ByteSlot) -> Result<&mut [u8; N], SlotMissing> {
        let place = slot.index().checked_sub(self.first).ok_or(SlotMissing)?;
        self.slots.get_mut(place).ok_or(SlotMissing)
    }
}

/// The bytes of a family, which stand one after the other, and the slots after it.
#[inline]
fn lend_members<const N: usize>(
    bytes: &mut [[u8; N]],
    family: Members,
) -> Result<(&[[u8; N]], After<'_, N>), SlotMissing> {
    let start = family.first.index();
    let first = start + usize::from(family.count);
    let (before, slots) = bytes.split_at_mut_checked(first).ok_or(SlotMissing)?;
    Ok((before.get(start..).ok_or(SlotMissing)?, After { slots, first }))
}

/// Looks up what each byte adds: to all totals by a single addition, since none of them
/// passes 255.
#[inline]
fn by_lane<const N: usize>(
    members: &[[u8; N]],
    points: &[u64],
    outs: &[ByteSlot],
    mut rest: After<'_, N>,
) -> Result<(), SlotMissing> {
    let mut sums = [0u64; N];
    for member in members {
        for (sum, byte) in zip(&mut sums, member) {
            let points = points.get(usize::from(*byte)).copied().unwrap_or(0);
            *sum = sum.wrapping_add(points);
        }
    }
    for out in outs {
        for (total, sum) in zip(rest.get_mut(*out)?, &mut sums) {
            *total = *sum as u8;
            *sum >>= u8::BITS;
        }
    }
    Ok(())
}

/// Counts the bytes of each kind, and adds to each total how many there are times what one
/// stands for.
fn by_kind<const N: usize>(
    members: &[[u8; N]],
    points: &[u64],
    outs: &[ByteSlot],
    mut rest: After<'_, N>,
) -> Result<(), SlotMissing> {
    let mut totals = [[0u8; N]; TOTALS];
    for (kind, points) in zip(0u8.., points).filter(|(_, points)| **points != 0) {
        let mut counts = [0u8; N];
        for member in members {
            for (count, byte) in zip(&mut counts, member) {
                *count = count.wrapping_sub(on(*byte == kind));
            }
        }
        for (total, points) in zip(&mut totals, points.to_le_bytes()).take(outs.len()) {
            add_times(total, &counts, points);
        }
    }
    for (out, total) in zip(outs, &totals) {
        *rest.get_mut(*out)? = *total;
    }
    Ok(())
}

/// Adds each count so many times; once, for what is only counted.
#[inline(never)]
fn add_times<const N: usize>(totals: &mut [u8; N], counts: &[u8; N], times: u8) {
    match times {
        0 => {}
        1 => zip(totals, counts).for_each(|(total, count)| *total = total.wrapping_add(*count)),
        _ => zip(totals, counts).for_each(|(total, count)| {
            *total = total.wrapping_add(count.wrapping_mul(times));
        }),
    }
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
