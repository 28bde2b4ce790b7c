//! Tables of rows of interval tests: conditions, counts of rows and choices.

use super::{Bytes, Causes, Ranges, SlotMissing, entries};
use crate::program::{ByteSlot, Program, RowTest, Run, Test};
use crate::range::ByteSet;

/// Whether a row applies.
#[derive(Clone, Copy)]
enum Applies {
    Always,
    Never,
    Sometimes(Causes),
}

/// 1 where any of the rows applies, else 0.
pub(super) fn condition(
    program: &Program,
    ranges: &mut Ranges,
    rows: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let mut truth = Bytes::one(0);
    each_row(program, ranges, rows, |_, applies| match applies {
        Applies::Always => truth = Bytes::one(1),
        Applies::Sometimes(causes) if truth.range != ByteSet::one(1) => {
            truth = Bytes::of(ByteSet::OPEN, truth.causes | causes);
        }
        Applies::Sometimes(_) | Applies::Never => {}
    })?;
    ranges.put_byte(out, truth)
}

/// How many of the rows apply.
pub(super) fn count(
    program: &Program,
    ranges: &mut Ranges,
    rows: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (mut least, mut greatest, mut causes) = (0u8, 0u8, 0);
    each_row(program, ranges, rows, |_, applies| match applies {
        Applies::Always => {
            least = least.saturating_add(1);
            greatest = greatest.saturating_add(1);
        }
        Applies::Sometimes(its) => {
            greatest = greatest.saturating_add(1);
            causes |= its;
        }
        Applies::Never => {}
    })?;
    ranges.put_byte(out, Bytes::of(ByteSet::between(least, greatest), causes))
}

/// The value of the last row that applies, which is the first that the policy lists.
pub(super) fn choose(
    program: &Program,
    ranges: &mut Ranges,
    rows: Run,
    otherwise: u8,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let mut chosen = Bytes::one(otherwise);
    each_row(program, ranges, rows, |value, applies| match applies {
        Applies::Always => chosen = Bytes::one(value),
        Applies::Sometimes(causes) => {
            chosen = Bytes::of(chosen.range.with(value), chosen.causes | causes);
        }
        Applies::Never => {}
    })?;
    ranges.put_byte(out, chosen)
}

/// Visits the value of each row, and whether the row applies.
fn each_row(
    program: &Program,
    ranges: &Ranges,
    rows: Run,
    mut visit: impl FnMut(u8, Applies),
) -> Result<(), SlotMissing> {
    let mut row = Applies::Always;
    for test in entries(&program.tests, rows)? {
        row = match (row, test.applies(ranges)?) {
            (Applies::Never, _) | (_, Applies::Never) => Applies::Never,
            (Applies::Always, other) | (other, Applies::Always) => other,
            (Applies::Sometimes(one), Applies::Sometimes(other)) => Applies::Sometimes(one | other),
        };
        if test.ends_row {
            visit(test.value, row);
            row = Applies::Always;
        }
    }
    Ok(())
}

impl RowTest {
    fn applies(&self, ranges: &Ranges) -> Result<Applies, SlotMissing> {
        let RowTest { slot, low, width, .. } = *self;
        let passes = ranges.passes(Test { slot, low, width })?;
        Ok(match passes.range.only() {
            Some(0) => Applies::Never,
            Some(_) => Applies::Always,
            None => Applies::Sometimes(passes.causes),
        })
    }
}
