//! What made a condition true, or kept it from being true: its tests, with what was found.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::program::ConclusionId;

use super::asking::is_of_one;
use super::decided::{Decided, is_among};
use super::withheld::asked_of;
use crate::checked::{Condition, Expression, ExpressionKind, Quantity};
use crate::reasons::Matters;

/// A test, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ground {
    /// Whether it is so.
    pub(crate) is_so: bool,
    /// What is so, it or its opposite: `at least 3 domains are high or higher`.
    pub(crate) says: String,
    /// What was found, where that does not say it by itself: `2 are (breathing, mobility)`.
    pub(crate) found: Option<String>,
    /// The conclusion that is asked for, where it is one.
    pub(crate) conclusion: Option<ConclusionId>,
}

impl Decided<'_> {
    /// The tests for which a condition is true, or is not.
    pub(crate) fn grounds(&self, condition: &Condition) -> Vec<Ground> {
        let mut grounds = Vec::new();
        self.add_grounds(condition, &mut grounds);
        grounds
    }

    fn add_grounds(&self, condition: &Condition, grounds: &mut Vec<Ground>) {
        match condition {
            Condition::Always | Condition::Broken => {}
            Condition::Of(quantity, parts) if !is_one_test(parts) => {
                let answers: Vec<bool> = parts.iter().map(|part| self.holds(part)).collect();
                let count = answers.iter().filter(|answer| **answer).count();
                let matter = Matters::of(*quantity, count, parts.len());
                // Which of them matter would tell what is withheld.
                let is_withheld = !self.withheld_in_test(condition).is_empty();
                let tells = |answer: bool| is_withheld || matter.is(answer);
                let told = parts.iter().zip(answers).filter(|(_, answer)| tells(*answer));
                told.for_each(|(part, _)| self.add_grounds(part, grounds));
            }
            Condition::Not(part) if matches!(**part, Condition::Of(..)) => {
                self.add_grounds(part, grounds);
            }
            test => {
                let withheld = self.withheld_in_test(test);
                let (says, found) = match (withheld.is_empty(), test) {
                    (true, _) => (self.answered(test), self.found(test)),
                    // That so many of a family are so tells of none of them.
                    (false, Condition::Members { .. }) => (self.answered(test), None),
                    (false, _) => (asked_of(&withheld), None),
                };
                let (is_so, conclusion) = (self.holds(test), conclusion(test));
                grounds.push(Ground { is_so, says, found, conclusion });
            }
        }
    }

    /// What is so, of the question that a test asks.
    fn answered(&self, test: &Condition) -> String {
        let is_so = self.holds(test);
        match test {
            Condition::Not(part) => self.answered(part),
            Condition::Truth(value) if is_fact(value) => {
                format!("{}: {}", self.named(value), if is_so { "yes" } else { "no" })
            }
            _ if is_so => self.condition(test),
            _ => self.opposite(test),
        }
    }

    /// What was found, where what is so does not say it by itself.
    fn found(&self, test: &Condition) -> Option<String> {
        match test {
            Condition::Not(part) => self.found(part),
            Condition::Word(value, words) => {
                let says_it = matches!(words.as_slice(), [_]) && self.holds(test);
                (!says_it).then(|| self.it_is(value))
            }
            Condition::Compare(value, _, with) => Some(match with.kind {
                ExpressionKind::Constant(_) => self.it_is(value),
                _ => format!("{} beside {}", self.figure(value), self.figure(with)),
            }),
            Condition::Of(_, parts) => match parts.first() {
                Some(Condition::Compare(value, ..)) => Some(self.it_is(value)),
                _ => None,
            },
            Condition::Members { quantity, family, words } => {
                let members = self.over_members(None, *family).into_iter();
                let among = members.filter(|(_, figure)| is_among(*figure, words));
                are(*quantity, among.map(|(member, _)| self.fact_name(member)).collect())
            }
            Condition::Items { quantity, list, what } => {
                let items = self.items(*list).into_iter();
                let so = items.filter(|(item, decision)| self.of_item(*item, decision).holds(what));
                are(
                    *quantity,
                    so.map(|(item, _)| self.policy.item_name(item).to_string()).collect(),
                )
            }
            Condition::Truth(_) | Condition::Always | Condition::Broken => None,
        }
    }

    fn it_is(&self, value: &Expression) -> String {
        format!("it is {}", self.figure(value))
    }

    fn figure(&self, value: &Expression) -> String {
        match self.expression(value) {
            Some(figure) => self.shown(&value.of, figure),
            None => String::from("nothing, as it does not apply"),
        }
    }
}

/// Yes or no as it was found, rather than concluded.
fn is_fact(value: &Expression) -> bool {
    !matches!(value.kind, ExpressionKind::Conclusion(_))
}

fn conclusion(test: &Condition) -> Option<ConclusionId> {
    match test {
        Condition::Not(part) => conclusion(part),
        Condition::Truth(Expression { kind: ExpressionKind::Conclusion(id), .. }) => Some(*id),
        _ => None,
    }
}

/// `1 is (breathing)`, `2 are (breathing, mobility)`; nothing of none where that says itself.
fn are(quantity: Quantity, names: Vec<String>) -> Option<String> {
    let are = if names.len() == 1 { "is" } else { "are" };
    match names.len() {
        0 if is_of_one(quantity) => None,
        0 => Some(String::from("none is")),
        count => Some(format!("{count} {are} ({})", names.join(", "))),
    }
}

/// `20 to 34`: two comparisons of one value, told as one test.
fn is_one_test(parts: &[Condition]) -> bool {
    match parts {
        [Condition::Compare(a, ..), Condition::Compare(b, ..)] => a == b,
        _ => false,
    }
}
