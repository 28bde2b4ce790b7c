//! Conditions.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Comparison, Expression, FamilyId, ListId, Quantity};

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Holds in every case.
    Always,
    /// So many of these hold.
    Of(Quantity, Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// An expression that is yes or no: a fact or a conclusion.
    Truth(Expression),
    /// A word is one of these, given by their numbers, rising.
    Word(Expression, Vec<u8>),
    /// Two things of one type compare so.
    Compare(Expression, Comparison, Expression),
    /// So many members of a family are one of these words.
    Members {
        /// How many.
        quantity: Quantity,
        /// The family.
        family: FamilyId,
        /// The words, by their numbers, rising.
        words: Vec<u8>,
    },
    /// So many items of a list are so.
    Items {
        /// How many.
        quantity: Quantity,
        /// The list.
        list: ListId,
        /// What is asked of each item.
        what: Box<Condition>,
    },
    /// Something whose mistake has been reported: may hold or not.
    Broken,
}
