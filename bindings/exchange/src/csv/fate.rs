//! What is to become of a row, and what has.

use super::rejects::Reject;

/// What is to become of a row that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is decided, in its lane.
    Whole,
    /// A value that every case needs is not known, so what its lane says means nothing: what can
    /// come of it is looked at by itself.
    Open,
    /// It is no case.
    Rejected(Reject),
}

impl Standing {
    /// Notes that something is not known.
    pub(super) fn open(&mut self) {
        if *self == Standing::Whole {
            *self = Standing::Open;
        }
    }

    /// Rejects the row, unless it was rejected before.
    pub(super) fn reject(&mut self, why: impl FnOnce() -> Option<Reject>) {
        if !self.is_rejected() {
            *self = why().map_or_else(|| self.clone(), Standing::Rejected);
        }
    }

    pub(super) fn is_rejected(&self) -> bool {
        matches!(self, Standing::Rejected(_))
    }
}

/// What has become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The policy covers the case, and its lane has the answers.
    Decided,
    /// The policy does not cover the case.
    NotCovered,
    /// Not everything is known of the case, and what can come of it was looked at.
    Foreseen,
    /// It has no decision until more is known.
    NotSettled(Reject),
    /// It has no decision.
    Rejected(Reject),
}

impl Fate {
    /// Why the row has no decision, where it has none.
    pub(super) fn reject(&self) -> Option<&Reject> {
        match self {
            Fate::NotSettled(reject) | Fate::Rejected(reject) => Some(reject),
            Fate::Decided | Fate::NotCovered | Fate::Foreseen => None,
        }
    }
}
