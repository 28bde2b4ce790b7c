//! Aggregates over a family of facts: counts, sums of points, the highest and the lowest.

use super::{Bytes, Causes, Ranges, SlotMissing, entries};
use crate::program::{ByteSlot, Program, Run, TOTALS, Totals, TotalsId};
use crate::range::ByteSet;

/// Counts and sums over the bytes of a family.
pub(super) fn totals(
    program: &Program,
    ranges: &mut Ranges,
    totals: TotalsId,
) -> Result<(), SlotMissing> {
    let Totals { members, points, outs } = program.totals.get(totals.index()).ok_or(SlotMissing)?;
    let start = members.first.index();
    let members = ranges.bytes.get(start..start + usize::from(members.count));
    let mut sums = [Sum::default(); TOTALS];
    for member in members.ok_or(SlotMissing)? {
        let mut adds = [None::<(u8, u8)>; TOTALS];
        for byte in member.range.iter() {
            let points = points.get(usize::from(byte)).copied().unwrap_or(0).to_le_bytes();
            for (adds, points) in adds.iter_mut().zip(points) {
                let (least, greatest) = adds.unwrap_or((points, points));
                *adds = Some((least.min(points), greatest.max(points)));
            }
        }
        for (sum, adds) in sums.iter_mut().zip(adds) {
            let (least, greatest) = adds.unwrap_or((0, 0));
            sum.least += u32::from(least);
            sum.greatest += u32::from(greatest);
            sum.causes |= if least == greatest { 0 } else { member.causes };
        }
    }
    for (out, sum) in outs.iter().zip(sums) {
        ranges.put_byte(*out, sum.bytes())?;
    }
    Ok(())
}

#[derive(Clone, Copy, Default)]
struct Sum {
    least: u32,
    greatest: u32,
    causes: Causes,
}

impl Sum {
    /// Any byte, where it does not fit.
    fn bytes(self) -> Bytes {
        let all = match (u8::try_from(self.least), u8::try_from(self.greatest)) {
            (Ok(least), Ok(greatest)) => ByteSet::between(least, greatest),
            _ => ByteSet::ALL,
        };
        Bytes::of(all, self.causes)
    }
}

/// The highest byte of a list; 0 where it is empty.
pub(super) fn highest(
    program: &Program,
    ranges: &mut Ranges,
    slots: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    fold(program, ranges, slots, out, 0, u8::max)
}

/// The lowest byte of a list; 255 where it is empty.
pub(super) fn lowest(
    program: &Program,
    ranges: &mut Ranges,
    slots: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    fold(program, ranges, slots, out, u8::MAX, u8::min)
}

fn fold(
    program: &Program,
    ranges: &mut Ranges,
    slots: Run,
    out: ByteSlot,
    start: u8,
    join: impl Fn(u8, u8) -> u8 + Copy,
) -> Result<(), SlotMissing> {
    let mut folded = Bytes::one(start);
    for slot in entries(&program.byte_lists, slots)? {
        folded = joined(folded, ranges.byte(*slot)?, join);
    }
    ranges.put_byte(out, folded)
}

/// What two bytes make together.
pub(super) fn joined(a: Bytes, b: Bytes, join: impl Fn(u8, u8) -> u8 + Copy) -> Bytes {
    let both = a.range.iter().flat_map(|a| b.range.iter().map(move |b| join(a, b)));
    Bytes::of(both.collect(), a.causes | b.causes)
}
