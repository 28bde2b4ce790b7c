//! Why a case has no decision.

use std::collections::BTreeSet;

use apportion::checked::ListId;
use apportion_core::decision::DecideError;
use apportion_core::program::{ClauseId, ConclusionId, DayOf, FactId, PanelId, ValueId};

use super::Item;

/// Every reason for which a case has no decision, each with the item whose it is.
pub type Refusals = BTreeSet<(Refusal, Option<Item>)>;

/// Why a case has no decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// A fact that applies has no value and no default.
    NotKnown {
        /// The fact.
        fact: FactId,
    },
    /// A list is not stated.
    ListNotStated {
        /// The list.
        list: ListId,
    },
    /// A fact is stated that does not apply.
    DoesNotApply {
        /// The fact.
        fact: FactId,
    },
    /// Someone is born after the day on which their age is asked for.
    BornAfter {
        /// The clause that asks.
        clause: ClauseId,
        /// The date of birth.
        birth: FactId,
        /// The day.
        on: FactId,
    },
    /// Days are counted from a day that is after the last.
    DaysBackwards {
        /// The clause that counts.
        clause: ClauseId,
        /// The first day.
        from: DayOf,
        /// The last day.
        to: DayOf,
    },
    /// No row of a table applies.
    NoRow {
        /// The clause with the table.
        clause: ClauseId,
    },
    /// Rows of a table apply that may not apply together.
    SeveralRows {
        /// The clause with the table.
        clause: ClauseId,
    },
    /// A clause for a conclusion and one against it both apply.
    Contradiction {
        /// The conclusion.
        conclusion: ConclusionId,
    },
    /// No clause gives a value that the case needs.
    NoValue {
        /// The value.
        value: ValueId,
    },
    /// Several clauses give one value.
    SeveralValues {
        /// The value.
        value: ValueId,
    },
    /// No shares clause applies to a split.
    NoShares {
        /// The clause with the split.
        clause: ClauseId,
    },
    /// Several shares clauses apply to a split.
    SeveralShares {
        /// The clause with the split.
        clause: ClauseId,
    },
    /// Two clauses that both apply pay one amount.
    PaidTwice {
        /// The later clause.
        clause: ClauseId,
    },
    /// A later clause moved money past a limit or floor.
    LimitBroken {
        /// The clause with the limit.
        clause: ClauseId,
    },
    /// A floor takes more than is paid by those from whom it takes.
    FloorTakesTooMuch {
        /// The clause with the floor.
        clause: ClauseId,
    },
    /// The case breaks a requirement.
    Requirement {
        /// The clause that requires.
        clause: ClauseId,
    },
    /// The shares that a panel decided do not make one whole.
    PanelSharesNotWhole {
        /// The panel.
        panel: PanelId,
    },
    /// A panel decided shares, and no clause that leaves them to it applies.
    PanelSharesNotAsked {
        /// The panel.
        panel: PanelId,
    },
    /// The policy means nothing here: the checker should have refused it. The engine never
    /// says this of a case.
    Broken,
}

/// A refusal of the engine as the reference says it, and of which item.
#[must_use]
pub fn refusal_of(error: DecideError) -> (Refusal, Option<Item>) {
    match error {
        DecideError::NotKnown { fact, item } => (Refusal::NotKnown { fact }, item),
        DecideError::ListNotStated { list } => (Refusal::ListNotStated { list }, None),
        DecideError::Refused { refusal, item } => (refusal.into(), item),
        DecideError::OtherProgram | DecideError::Broken => (Refusal::Broken, None),
    }
}

impl From<apportion_core::program::Refusal> for Refusal {
    fn from(refusal: apportion_core::program::Refusal) -> Self {
        use apportion_core::program::Refusal as Engine;
        match refusal {
            Engine::BornAfter { clause, birth, on } => Refusal::BornAfter { clause, birth, on },
            Engine::DaysBackwards { clause, from, to } => {
                Refusal::DaysBackwards { clause, from, to }
            }
            Engine::NoRow { clause } => Refusal::NoRow { clause },
            Engine::SeveralRows { clause } => Refusal::SeveralRows { clause },
            Engine::Contradiction { conclusion } => Refusal::Contradiction { conclusion },
            Engine::NoValue { value } => Refusal::NoValue { value },
            Engine::SeveralValues { value } => Refusal::SeveralValues { value },
            Engine::NoShares { clause } => Refusal::NoShares { clause },
            Engine::SeveralShares { clause } => Refusal::SeveralShares { clause },
            Engine::PaidTwice { clause } => Refusal::PaidTwice { clause },
            Engine::LimitBroken { clause } => Refusal::LimitBroken { clause },
            Engine::FloorTakesTooMuch { clause } => Refusal::FloorTakesTooMuch { clause },
            Engine::Requirement { clause } => Refusal::Requirement { clause },
            Engine::PanelSharesNotWhole { panel } => Refusal::PanelSharesNotWhole { panel },
            Engine::PanelSharesNotAsked { panel } => Refusal::PanelSharesNotAsked { panel },
            Engine::NotStated { fact } => Refusal::NotKnown { fact },
            Engine::DoesNotApply { fact } => Refusal::DoesNotApply { fact },
        }
    }
}
