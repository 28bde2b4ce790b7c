//! What can come of many completions at once: the program run over ranges, and read.

use alloc::vec::Vec;

use super::Range;
use super::column::{Column, Shape};
use super::evidence::is_evidence;
use crate::date::Date;
use crate::lanes::SlotMissing;
use crate::program::{Program, RefusalId};
use crate::range::{ByteSet, Span};
use crate::ranges::{self, Causes, Ranges};

/// What stands for an answer where there is none.
pub(super) const NOT_GIVEN: i64 = i64::MIN;
pub(super) const OUTSIDE: i64 = i64::MIN + 1;
pub(super) const REFUSED: i64 = i64::MIN + 2;

/// What an answer can be in a combination that has ranges.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// Whether there is one, as 0 and 1, where the case is decided.
    pub(super) given: ByteSet,
    pub(super) range: Ends,
    pub(super) causes: Causes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// What an answer can be, as numbers; a day packed.
pub(super) enum Ends {
    Bytes(ByteSet),
    Amounts(Span<i64>),
}

/// A combination that has ranges.
#[derive(Clone, Debug)]
pub(super) struct Ranged {
    /// Whether no completion in it can be.
    pub(super) is_impossible: bool,
    pub(super) can_be_decided: bool,
    pub(super) can_be_outside: bool,
    pub(super) refused: Vec<RefusalId>,
    /// On what it may hang whether it is decided at all.
    pub(super) outcome_causes: Causes,
    pub(super) answers: Vec<Seen>,
}

/// Runs the program over ranges, and reads what came of it.
pub(super) fn see(
    program: &Program,
    ranges: &mut Ranges,
    columns: &[Column],
) -> Result<Ranged, SlotMissing> {
    ranges::run(program, ranges)?;
    let mut seen = Ranged {
        is_impossible: false,
        can_be_decided: true,
        can_be_outside: false,
        refused: Vec::new(),
        outcome_causes: 0,
        answers: Vec::new(),
    };
    for refused in &ranges.refused {
        let is_evidence = program.refusal(refused.refusal).is_none_or(is_evidence);
        if is_evidence {
            seen.is_impossible |= refused.is_certain;
            continue;
        }
        seen.can_be_decided &= !refused.is_certain;
        seen.refused.push(refused.refusal);
        seen.outcome_causes |= refused.causes;
    }
    if let Some(cover) = program.answers().cover {
        let cover = ranges.byte(cover)?;
        seen.can_be_outside = cover.range.has(0) && seen.can_be_decided;
        seen.can_be_decided &= cover.range.has(1);
        seen.outcome_causes |= cover.causes;
    }
    for column in columns {
        let (given, range, its) = column.see(program, ranges)?;
        seen.answers.push(Seen { given, range, causes: seen.outcome_causes | its });
    }
    Ok(seen)
}

impl Ranged {
    /// What all completions in it agree on, for a column. `None` where they do not.
    pub(super) fn agreed(&self, column: usize) -> Option<i64> {
        let seen = self.answers.get(column)?;
        match (self.can_be_decided, self.can_be_outside, self.refused.is_empty()) {
            (false, true, true) => Some(OUTSIDE),
            (false, false, false) => Some(REFUSED),
            (true, false, true) => match seen.given.only()? {
                0 => Some(NOT_GIVEN),
                _ => seen.range.only(),
            },
            _ => None,
        }
    }

    /// What an answer may hang on.
    pub(super) fn causes(&self, column: usize) -> Causes {
        self.answers.get(column).map_or(Causes::MAX, |seen| seen.causes)
    }
}

impl Ends {
    pub(super) fn one(shape: Shape, number: i64) -> Ends {
        match shape {
            Shape::Byte => Ends::Bytes(u8::try_from(number).into_iter().collect()),
            Shape::Date | Shape::Amount => Ends::Amounts(Span::one(number)),
        }
    }

    fn only(self) -> Option<i64> {
        match self {
            Ends::Bytes(bytes) => bytes.only().map(i64::from),
            Ends::Amounts(span) => span.only(),
        }
    }

    pub(super) fn range(self, shape: Shape) -> Range {
        match (self, shape) {
            (Ends::Amounts(span), Shape::Date) => {
                let packed = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
                Range::Dates(span.map(|number| Date::nearest(packed(number))))
            }
            (Ends::Amounts(span), _) => Range::Amounts(span),
            (Ends::Bytes(bytes), _) => Range::Bytes(bytes),
        }
    }
}

/// What can be of either.
pub(super) fn joined(all: Option<Ends>, one: Ends) -> Option<Ends> {
    Some(match (all, one) {
        (Some(Ends::Bytes(all)), Ends::Bytes(one)) => Ends::Bytes(all.or(one)),
        (Some(Ends::Amounts(all)), Ends::Amounts(one)) => Ends::Amounts(all.or(one)),
        (_, one) => one,
    })
}
