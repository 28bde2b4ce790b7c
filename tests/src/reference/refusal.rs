//! Why a case has no decision.

use apportion_core::decision::DecideError;
use apportion_core::program::{ClauseId, ConclusionId, DayOf, FactId, ValueId};

/// Why a case has no decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// A fact that applies has no value and no default.
    NotKnown {
        /// The fact.
        fact: FactId,
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
    /// The policy means nothing here: the checker should have refused it. The engine never
    /// says this of a case.
    Broken,
}

impl From<DecideError> for Refusal {
    fn from(error: DecideError) -> Self {
        use apportion_core::program::Refusal as Engine;
        let refusal = match error {
            DecideError::NotKnown { fact, .. } => return Refusal::NotKnown { fact },
            DecideError::Refused { refusal, .. } => refusal,
            // No policy has lists.
            DecideError::ListNotStated { .. } | DecideError::OtherProgram | DecideError::Broken => {
                return Refusal::Broken;
            }
        };
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
            Engine::NotStated { fact } => Refusal::NotKnown { fact },
            Engine::DoesNotApply { fact } => Refusal::DoesNotApply { fact },
        }
    }
}
