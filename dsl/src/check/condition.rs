//! Conditions, and tests of one value: in sentences and in the cells of tables alike.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Checker;
use super::declare::count_of;
use super::expression::literal;
use super::meaning::Meaning;
use super::mistake::{LimitMistake, MOST_AT_ONCE, NameMistake, NumberMistake};
use crate::checked::{Comparison, Condition, Expression, FamilyId, Quantity, Type};
use crate::naming;
use crate::source::Span;
use crate::syntax::{self, ConditionKind, Name, Operand, TestOperand, ValueTest, Word};

impl Checker<'_> {
    /// The checked condition; broken, and reported, where it means nothing.
    pub(super) fn condition(&mut self, written: &syntax::Condition) -> Condition {
        let span = self.place(written.span);
        match &written.kind {
            ConditionKind::Of(quantity, parts) => {
                let parts: Vec<Condition> = parts.iter().map(|part| self.condition(part)).collect();
                self.check_quantity(*quantity, parts.len(), span);
                Condition::Of(*quantity, parts)
            }
            ConditionKind::Not(part) => negated(true, self.condition(part)),
            ConditionKind::Concluded { subject, not, conclusion } => {
                let of = self.subject_or_item(subject);
                // Where no item is at hand, nothing is concluded of it either.
                let is_item = matches!(self.meaning(&subject.key), Some(Meaning::List(_)));
                if of.map_or(is_item, |of| !self.is_said_of(conclusion, of)) {
                    return Condition::Broken;
                }
                match self.meaning(&conclusion.key) {
                    Some(Meaning::Conclusion(_)) => {
                        negated(*not, Condition::Truth(self.named(conclusion)))
                    }
                    _ => {
                        self.wrong_kind(conclusion, "a conclusion");
                        Condition::Broken
                    }
                }
            }
            ConditionKind::Truth(name) => self.truth(name),
            ConditionKind::Test { value, not, test } => {
                let value = self.expression(value);
                let value = self.without_quotient(value);
                negated(*not, self.test(value, test))
            }
            ConditionKind::Members { quantity, family, not, test } => {
                let Some(family) = self.family(family) else { return Condition::Broken };
                self.members(*quantity, family, *not, test, span)
            }
            ConditionKind::Items { quantity, list, not, what } => {
                self.items_condition(*quantity, list, *not, what, span)
            }
            ConditionKind::Broken => Condition::Broken,
        }
    }

    pub(super) fn truth(&mut self, name: &Name) -> Condition {
        let value = self.named(name);
        match value.of {
            Type::YesNo => Condition::Truth(value),
            Type::Broken => Condition::Broken,
            _ => {
                let (found, name) = (value.of.noun(), name.key.clone());
                self.report(NumberMistake::NoCondition { name, found, span: value.span });
                Condition::Broken
            }
        }
    }

    fn check_quantity(&mut self, quantity: Quantity, count: usize, span: Span) {
        self.check_needed(quantity, count, span);
        if needed(quantity).is_some() && count > MOST_AT_ONCE {
            self.report(LimitMistake::Conditions { span });
        }
    }

    /// Whether there can be as many as are asked for; if not, that is reported.
    pub(super) fn check_needed(&mut self, quantity: Quantity, count: usize, span: Span) {
        if let Some(needed) = needed(quantity).filter(|needed| *needed as usize > count) {
            self.report(NumberMistake::MoreThanThereAre { needed, count, span });
        }
    }

    /// A test of one value.
    pub(super) fn test(&mut self, value: Expression, test: &ValueTest) -> Condition {
        if value.is_broken() {
            return Condition::Broken;
        }
        match test {
            ValueTest::Is(operands) => self.is_one_of(&value, operands),
            ValueTest::Compare(comparison, TestOperand::Word(word)) => {
                self.compare_word(value, *comparison, word)
            }
            ValueTest::Compare(comparison, TestOperand::Expression(with)) => {
                let with = self.expression(with);
                let with = self.without_quotient(with);
                self.compare(value, *comparison, with)
            }
            ValueTest::Between(least, greatest) => {
                let least = self.expression(least);
                let least = self.without_quotient(least);
                let greatest = self.expression(greatest);
                let greatest = self.without_quotient(greatest);
                self.between(value, least, (Comparison::AtMost, greatest))
            }
        }
    }

    /// `between A and B`, `20 to 34`: both ends in.
    pub(super) fn between(
        &mut self,
        value: Expression,
        least: Expression,
        (up_to, greatest): (Comparison, Expression),
    ) -> Condition {
        let end = |end: &Expression| {
            let denominator = i128::from(end.number()?.denominator);
            Some((i128::from(end.constant()?), denominator))
        };
        let ends = end(&least).zip(end(&greatest));
        let is_empty = |((low, a), (high, b)): ((i128, i128), (i128, i128))| match up_to {
            Comparison::Under => low * b >= high * a,
            _ => low * b > high * a,
        };
        let span = least.span.to(greatest.span);
        let low = self.compare(value.clone(), Comparison::AtLeast, least);
        if low == Condition::Broken {
            return Condition::Broken;
        }
        let high = self.compare(value, up_to, greatest);
        if high == Condition::Broken {
            return Condition::Broken;
        }
        // Ends that both compare with one thing compare with each other.
        if ends.is_some_and(is_empty) {
            self.report(NumberMistake::RangeReversed { span });
            return Condition::Broken;
        }
        Condition::Of(Quantity::All, [low, high].into())
    }

    /// `is home`, `is either home or residential`, `is £0.00`; a cell with several values.
    pub(super) fn is_one_of(&mut self, value: &Expression, operands: &[Operand]) -> Condition {
        let parts = operands.iter().map(|operand| self.is(value.clone(), operand));
        let parts: Vec<Condition> = parts.collect();
        if parts.contains(&Condition::Broken) {
            return Condition::Broken;
        }
        merged(parts)
    }

    fn is(&mut self, value: Expression, operand: &Operand) -> Condition {
        match operand {
            Operand::Words(word) => self.compare_word(value, Comparison::Exactly, word),
            Operand::Literal(_) | Operand::Amount(..) => match self.operand_literal(operand) {
                Some(with) => self.compare(value, Comparison::Exactly, with),
                None => Condition::Broken,
            },
        }
    }

    /// A literal, with its unit where it has one; none where words stand.
    pub(super) fn operand_literal(&self, operand: &Operand) -> Option<Expression> {
        match operand {
            Operand::Literal(value) => Some(literal(&value.value, None, self.place(value.span))),
            Operand::Amount(value, per) => {
                let span = self.place(value.span.to(per.span));
                Some(literal(&value.value, Some(&per.value), span))
            }
            Operand::Words(_) => None,
        }
    }

    /// A comparison with a word: of the value's own type first, else the name of a value.
    pub(super) fn compare_word(
        &mut self,
        value: Expression,
        comparison: Comparison,
        word: &Word,
    ) -> Condition {
        let span = self.place(word.span);
        let key = naming::word_key(&word.key);
        match (&value.of, key.as_str()) {
            (Type::YesNo, "yes" | "no") if comparison == Comparison::Exactly => {
                return negated(key == "no", Condition::Truth(value));
            }
            (Type::Words { list, count }, _) => {
                let (list, count) = (*list, *count);
                // `authoriser is the joint panel`: the article belongs to a word only where the
                // word is declared with it.
                let bare = naming::key(&word.key);
                let place = |key: &str| self.place_of_word(list, key);
                if let Some(place) = place(&key).or_else(|| place(&bare)) {
                    return self.compare_level(value, comparison, count_of(place), list, count);
                }
                if self.meaning(&naming::key(&word.key)).is_none() {
                    let words = self.words(list).to_vec();
                    if self.is_told_of_word(&key, &words) {
                        return Condition::Broken;
                    }
                    self.report(NameMistake::NoSuchWord { word: key, words, span });
                    return Condition::Broken;
                }
            }
            _ => {}
        }
        let name = Name { key: naming::key(&word.key), span: word.span };
        let with = self.named(&name);
        self.compare(value, comparison, with)
    }

    /// A comparison with a word of the list: the set of the words that pass.
    fn compare_level(
        &mut self,
        value: Expression,
        comparison: Comparison,
        place: u8,
        list: crate::checked::WordListId,
        count: u8,
    ) -> Condition {
        if comparison != Comparison::Exactly && !self.is_ordered(list) {
            self.report(NumberMistake::NoOrder { span: value.span });
            return Condition::Broken;
        }
        let words = (0..count).filter(|word| holds(comparison, word.cmp(&place))).collect();
        Condition::Word(value, words)
    }

    /// A comparison of two expressions.
    pub(super) fn compare(
        &mut self,
        mut value: Expression,
        comparison: Comparison,
        mut with: Expression,
    ) -> Condition {
        if !self.agree(&mut value, &mut with) {
            return Condition::Broken;
        }
        let has_order = match &value.of {
            Type::Words { list, .. } => self.is_ordered(*list),
            Type::YesNo => false,
            _ => true,
        };
        if comparison != Comparison::Exactly && !has_order {
            self.report(NumberMistake::NoOrder { span: value.span });
            return Condition::Broken;
        }
        Condition::Compare(value, comparison, with)
    }

    fn members(
        &mut self,
        quantity: Quantity,
        family: FamilyId,
        not: bool,
        test: &ValueTest,
        span: Span,
    ) -> Condition {
        let members = self.policy.families.get(family.0 as usize).map(|f| f.members.clone());
        let members = members.unwrap_or_default();
        self.check_quantity(quantity, members.len(), span);
        let mut parts = Vec::with_capacity(members.len());
        let found = self.findings.mark();
        for member in members {
            let kind = self.policy.facts.get(member.index()).map(|fact| fact.kind.clone());
            let of = kind.unwrap_or(Type::Broken);
            let value = Expression { kind: crate::checked::ExpressionKind::Fact(member), of, span };
            parts.push(negated(not, self.test(value, test)));
            if self.findings.mark() > found {
                // One report is enough: the other members would only repeat it.
                return Condition::Broken;
            }
        }
        if parts.contains(&Condition::Broken) {
            return Condition::Broken;
        }
        match self.common_words(&parts) {
            Some(words) => Condition::Members { quantity, family, words },
            None => Condition::Of(quantity, parts),
        }
    }

    /// The words that pass, where each member is tested for the same words of one list (but
    /// for those above its own top).
    fn common_words(&self, parts: &[Condition]) -> Option<Vec<u8>> {
        let mut all: Vec<u8> = Vec::new();
        for part in parts {
            let Condition::Word(_, words) = part else { return None };
            all.extend(words);
        }
        all.sort_unstable();
        all.dedup();
        let same = parts.iter().all(|part| {
            let Condition::Word(value, words) = part else { return false };
            let Type::Words { count, .. } = value.of else { return false };
            all.iter().filter(|word| **word < count).eq(words.iter())
        });
        same.then_some(all)
    }
}

/// Whether an order passes a comparison.
pub(crate) fn holds(comparison: Comparison, order: core::cmp::Ordering) -> bool {
    match comparison {
        Comparison::Under => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Exactly => order.is_eq(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::Over => order.is_gt(),
    }
}

/// The condition, or its opposite.
pub(super) fn negated(not: bool, condition: Condition) -> Condition {
    match condition {
        Condition::Broken => Condition::Broken,
        Condition::Word(value, words) if not => {
            let Type::Words { count, .. } = value.of else {
                return Condition::Not(Box::new(Condition::Word(value, words)));
            };
            let others = (0..count).filter(|word| !words.contains(word)).collect();
            Condition::Word(value, others)
        }
        condition if not => Condition::Not(Box::new(condition)),
        condition => condition,
    }
}

/// Any of several tests of one value; tests for words become one.
pub(super) fn merged(mut parts: Vec<Condition>) -> Condition {
    if parts.len() == 1 {
        return parts.pop().unwrap_or(Condition::Broken);
    }
    let mut all: Vec<u8> = Vec::new();
    let mut value = None;
    for part in &parts {
        let Condition::Word(tested, words) = part else {
            return Condition::Of(Quantity::Any, parts);
        };
        all.extend(words);
        value = Some(tested.clone());
    }
    all.sort_unstable();
    all.dedup();
    value.map_or(Condition::Broken, |value| Condition::Word(value, all))
}

/// The number that a quantity names.
fn needed(quantity: Quantity) -> Option<u32> {
    match quantity {
        Quantity::AtLeast(needed) | Quantity::AtMost(needed) | Quantity::Exactly(needed) => {
            Some(needed)
        }
        Quantity::All | Quantity::Any | Quantity::None => None,
    }
}
