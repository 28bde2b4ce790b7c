//! What the texts of a column are, for those who keep more than text.

use apportion::checked::Type;
use apportion::engine::program::ValueId;
use apportion::policy::Policy;

use super::{Answer, Kind};

/// What the texts of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Pounds with two places.
    Money,
    /// A number, where it has a decimal that is exact.
    Number,
    /// A day, with its year first.
    Day,
    Text,
}

impl Answer {
    /// What its texts are.
    pub(crate) fn shape(&self, policy: &Policy) -> Shape {
        let is_number = |id: &ValueId| {
            let value = policy.checked().values.get(id.index());
            value.is_some_and(|value| matches!(value.kind, Type::Number(_)))
        };
        match &self.kind {
            Kind::Pence(_)
            | Kind::Pays(..)
            | Kind::PaysFrom(..)
            | Kind::PaysTo(..)
            | Kind::Awaits(..) => Shape::Money,
            Kind::Date(_) => Shape::Day,
            Kind::Number(..) => Shape::Number,
            Kind::Words(id, _) if is_number(id) => Shape::Number,
            Kind::Words(..)
            | Kind::Covered
            | Kind::Conclusion(_)
            | Kind::Listed(..)
            | Kind::ReferredTo
            | Kind::Clauses
            | Kind::Needs
            | Kind::Ranges => Shape::Text,
        }
    }
}
