//! Conditions.

use apportion::checked::{Comparison, Condition, FamilyId, Quantity};

use super::{Asked, Datum, Interpreter, Place, all};

impl Interpreter<'_> {
    /// *5 Clauses, Conditions*. All parts are asked, whatever the first ones say.
    pub(super) fn condition(&mut self, condition: &Condition, place: Place) -> Asked<bool> {
        match condition {
            Condition::Always => Ok(true),
            Condition::Of(quantity, parts) => self.so_many_of(*quantity, parts, place),
            Condition::Not(part) => Ok(!self.condition(part, place)?),
            Condition::Truth(_) | Condition::Word(..) | Condition::Compare(..) => {
                let answer = self.test(condition, place);
                // *4 Facts, Does not apply*: a test of what does not apply is not true; the
                // checker sees to it that nothing depends on that.
                if self.is_of_what_does_not_apply(condition) { Ok(false) } else { answer }
            }
            Condition::Members { quantity, family, words } => {
                self.so_many_members(*quantity, *family, words)
            }
            Condition::Broken => self.broken(),
        }
    }

    /// A test of one thing, or of two.
    fn test(&mut self, condition: &Condition, place: Place) -> Asked<bool> {
        match condition {
            Condition::Truth(value) => match self.expression(value, place)? {
                Datum::YesNo(truth) => Ok(truth),
                _ => self.broken(),
            },
            Condition::Word(value, words) => match self.expression(value, place)? {
                Datum::Word(word) => Ok(words.contains(&word)),
                _ => self.broken(),
            },
            Condition::Compare(left, comparison, right) => {
                let (left, right) = (self.expression(left, place), self.expression(right, place));
                Ok(compares(&left?, *comparison, &right?))
            }
            _ => self.broken(),
        }
    }

    /// `all of these are true`, `at least 2 of these are true` and the like.
    fn so_many_of(&mut self, quantity: Quantity, parts: &[Condition], place: Place) -> Asked<bool> {
        let answers = parts.iter().map(|part| self.condition(part, place)).collect();
        let answers = all(answers)?;
        let count = answers.iter().filter(|answer| **answer).count();
        Ok(is_so_many(quantity, count, answers.len()))
    }

    /// `at least 3 domains are high or higher`.
    fn so_many_members(
        &mut self,
        quantity: Quantity,
        family: FamilyId,
        words: &[u8],
    ) -> Asked<bool> {
        let members = self.members(family)?;
        let answers = members.iter().map(|member| self.fact(*member)).collect();
        let answers = all(answers)?;
        let passes = |datum: &&Datum| matches!(datum, Datum::Word(word) if words.contains(word));
        let count = answers.iter().filter(passes).count();
        Ok(is_so_many(quantity, count, answers.len()))
    }
}

/// Whether a count of so many parts is the quantity.
pub(super) fn is_so_many(quantity: Quantity, count: usize, parts: usize) -> bool {
    match quantity {
        Quantity::All => count == parts,
        Quantity::Any => count > 0,
        Quantity::None => count == 0,
        Quantity::AtLeast(least) => count >= least as usize,
        Quantity::AtMost(most) => count <= most as usize,
        Quantity::Exactly(exact) => count == exact as usize,
    }
}

/// Whether two things compare so.
fn compares(left: &Datum, comparison: Comparison, right: &Datum) -> bool {
    match comparison {
        Comparison::Under => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Exactly => left == right,
        Comparison::AtLeast => left >= right,
        Comparison::Over => left > right,
    }
}
