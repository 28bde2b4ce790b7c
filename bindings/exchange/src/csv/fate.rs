//! What is to become of a row, and what has; `R` says why one has no decision.

/// What is to become of a row that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing<R> {
    /// It is decided, in its lane.
    Whole,
    /// A value that every case needs is not known, so what its lane says means nothing: what can
    /// come of it is looked at by itself.
    Open,
    /// It is no case.
    Rejected(R),
}

impl<R> Standing<R> {
    /// Notes that something is not known.
    pub(crate) fn open(&mut self) {
        if matches!(self, Standing::Whole) {
            *self = Standing::Open;
        }
    }

    /// Rejects the row, unless it was rejected before.
    pub(crate) fn reject(&mut self, why: impl FnOnce() -> Option<R>) {
        if !self.is_rejected()
            && let Some(why) = why()
        {
            *self = Standing::Rejected(why);
        }
    }

    pub(crate) fn is_rejected(&self) -> bool {
        matches!(self, Standing::Rejected(_))
    }
}

/// What has become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate<R> {
    /// The policy covers the case, and its lane has the answers.
    Decided,
    /// The policy does not cover the case.
    NotCovered,
    /// Not everything is known of the case, and what can come of it was looked at.
    Foreseen,
    /// It has no decision until more is known.
    NotSettled(R),
    /// It has no decision.
    Rejected(R),
}

impl<R> Fate<R> {
    /// Why the row has no decision, where it has none.
    pub(crate) fn reject(&self) -> Option<&R> {
        match self {
            Fate::NotSettled(reject) | Fate::Rejected(reject) => Some(reject),
            Fate::Decided | Fate::NotCovered | Fate::Foreseen => None,
        }
    }
}
