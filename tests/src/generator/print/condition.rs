//! Conditions: inline ones, and dash lists.

use super::{Page, number_word};
use crate::generator::model::{Condition, Operand, Quantity, Test};
use crate::generator::reached::Construct;

/// How far the dashes of an outermost list stand in.
const DASH_COLUMN: usize = 7;

impl Page<'_> {
    /// A condition; its lists have their dashes at this depth.
    pub(super) fn condition(&mut self, condition: &Condition, depth: usize) -> String {
        match condition {
            Condition::Truth(name, is_so) => {
                self.reach(if *is_so { Construct::Truth } else { Construct::NotTruth });
                format!("{}{name}", if *is_so { "" } else { "not " })
            }
            Condition::Concluded(of, name, is_so) => {
                self.reach(if *is_so { Construct::Concluded } else { Construct::ConcludedNot });
                self.reach_where(*of != self.model.subject, Construct::ConcludedItem);
                let not = if *is_so { "" } else { "not " };
                format!("the {of} is {not}{name}")
            }
            Condition::Test(value, not, test) => {
                let value = self.expression(value);
                self.reach_where(*not, Construct::TestNot);
                let not = if *not { "not " } else { "" };
                format!("{value} is {not}{}", self.test(test))
            }
            Condition::Members(quantity, family, not, test) => {
                self.reach(match quantity {
                    Quantity::All => Construct::MembersEvery,
                    Quantity::Any => Construct::MembersAny,
                    Quantity::None => Construct::MembersNo,
                    Quantity::AtLeast(_) => Construct::Members,
                    Quantity::AtMost(_) => Construct::MembersAtMost,
                    Quantity::Exactly(_) => Construct::MembersExactly,
                });
                let how_many = self.how_many(*quantity);
                self.reach_where(*not, Construct::MembersNot);
                let not = if *not { "not " } else { "" };
                let is = if quantity.is_singular() { "is" } else { "are" };
                format!("{how_many} {family} {is} {not}{}", self.test(test))
            }
            Condition::Items(quantity, list, not, what) => self.items(*quantity, list, *not, what),
            Condition::Joined(is_all, parts) => self.joined(*is_all, parts, depth),
            Condition::List(quantity, items) => self.list(*quantity, items, depth),
        }
    }

    fn joined(&mut self, is_all: bool, parts: &[Condition], depth: usize) -> String {
        self.reach(if is_all { Construct::And } else { Construct::Or });
        let word = if is_all { "and" } else { "or" };
        let mut text = String::new();
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                // Both ways are read; a comma helps the reader of a longer part.
                let has_comma = place % 2 == 1 || !matches!(part, Condition::Truth(..));
                self.reach_where(has_comma, Construct::CommaAnd);
                self.reach_where(!has_comma, Construct::PlainAnd);
                text.push_str(&format!("{} {word} ", if has_comma { "," } else { "" }));
            }
            text.push_str(&self.condition(part, depth));
        }
        text
    }

    fn list(&mut self, quantity: Quantity, items: &[Condition], depth: usize) -> String {
        self.reach_where(depth > 0, Construct::NestedList);
        let (construct, head) = match quantity {
            Quantity::All => (Construct::ListAll, "all of these are true:".into()),
            Quantity::Any => (Construct::ListAny, "any of these is true:".into()),
            Quantity::None => (Construct::ListNone, "none of these is true:".into()),
            Quantity::AtLeast(count) => {
                (Construct::ListCount, format!("at least {} of these are true:", self.count(count)))
            }
            Quantity::AtMost(count) => {
                (Construct::ListCount, format!("at most {} of these are true:", self.count(count)))
            }
            Quantity::Exactly(count) => {
                (Construct::ListCount, format!("exactly {} of these are true:", self.count(count)))
            }
        };
        self.reach(construct);
        let mut text = head;
        for item in items {
            let column = DASH_COLUMN + 4 * depth;
            let item = self.condition(item, depth + 1);
            text.push_str(&format!("\n{:column$}- {item}", ""));
        }
        text
    }

    pub(super) fn count(&mut self, count: u32) -> String {
        if self.model.style.has_number_words && (1..=12).contains(&count) {
            self.reach(Construct::NumberWord);
            return number_word(i64::from(count)).into();
        }
        count.to_string()
    }

    pub(super) fn how_many(&mut self, quantity: Quantity) -> String {
        match quantity {
            Quantity::All => "every".into(),
            Quantity::Any => "any".into(),
            Quantity::None => "no".into(),
            Quantity::AtLeast(count) => format!("at least {}", self.count(count)),
            Quantity::AtMost(count) => format!("at most {}", self.count(count)),
            Quantity::Exactly(count) => format!("exactly {}", self.count(count)),
        }
    }

    pub(super) fn test(&mut self, test: &Test) -> String {
        match test {
            Test::Is(operand) => {
                let is_literal = matches!(operand, Operand::Literal(_));
                self.reach(if is_literal { Construct::TestLiteral } else { Construct::TestWord });
                self.operand(operand)
            }
            Test::Either(operands) => {
                self.reach(Construct::TestEither);
                let operands: Vec<String> = operands.iter().map(|it| self.operand(it)).collect();
                format!("either {}", operands.join(" or "))
            }
            Test::After(operand, words) => {
                let is_level = matches!(operand, Operand::Words(_));
                self.reach(if is_level { Construct::TestHigher } else { Construct::TestMore });
                format!("{} {words}", self.operand(operand))
            }
            Test::Before(words, value) => {
                let is_date = ["before", "after", "on or before", "on or after"].contains(words);
                self.reach(if is_date { Construct::TestDate } else { Construct::TestUnder });
                let is_name = matches!(value, crate::generator::model::Expression::Name(_));
                self.reach_where(is_name, Construct::TestName);
                format!("{words} {}", self.expression(value))
            }
            Test::BeforeWord(words, level) => {
                self.reach(Construct::TestLevelAtLeast);
                format!("{words} {level}")
            }
            Test::Between(least, greatest) => {
                self.reach(Construct::TestBetween);
                let least = self.expression(least);
                format!("between {least} and {}", self.expression(greatest))
            }
            Test::SameAs(value) => {
                self.reach(Construct::TestSameAs);
                format!("the same as {}", self.expression(value))
            }
        }
    }

    pub(super) fn operand(&mut self, operand: &Operand) -> String {
        match operand {
            Operand::Literal(literal) => self.literal(literal),
            Operand::Words(words) | Operand::Name(words) => words.clone(),
        }
    }
}
