//! Payments, splits, limits and referrals.

use apportion::unit::Unit;

use super::{Chapter, Maker};
use crate::generator::model::{
    Body, ClauseKey, Condition, Counts, Expression, Literal, Place, Sentence, Spare, Test,
};

/// Parties with their weights, and a condition that keeps them from being 0 together.
type Weights = (Vec<(String, Expression)>, Option<Condition>);

impl Maker<'_> {
    pub(super) fn payment(&mut self) {
        let Some(amount) = self.amount(2) else { return };
        match self.choices.below(12) {
            0..4 => self.split(amount),
            4 | 5 => self.proportion(amount),
            6 => self.pay_in_turn(),
            7 => self.refund(),
            8 => self.pay_either_way(amount),
            9 => self.pay_with_exception(amount),
            _ => {
                let body = self.pay(amount);
                let key = self.add(Chapter::Payments, Sentence::plain(body));
                self.perhaps_switch(Chapter::Payments, key);
            }
        }
    }

    /// An amount in proportion to weights of one unit, one of them above 0 or compared so.
    fn proportion(&mut self, amount: Expression) {
        let Some((weights, when)) = self.weights() else { return };
        let spare = self.perhaps_spare();
        let body = Body::Proportion(amount.clone(), weights, spare);
        let sentence = match when {
            None if self.choices.is_in(70) => Sentence::plain(body),
            None => Sentence::when(self.condition(1), body),
            Some(when) => {
                let otherwise = self.choices.is_in(60).then(|| self.pay(amount));
                Sentence { otherwise, ..Sentence::when(when, body) }
            }
        };
        let key = self.add(Chapter::Payments, sentence);
        self.perhaps_switch(Chapter::Payments, key);
    }

    /// Parties with their weights, and a condition that keeps them from being 0 together,
    /// where their bounds do not.
    fn weights(&mut self) -> Option<Weights> {
        let parties = self.several_parties();
        let units = [Unit::plain(), Unit::money(Some("week")), Unit::percent()];
        let unit = units.get(self.choices.below(units.len()))?.clone();
        let mut weights = Vec::new();
        let mut sum: Option<apportion::number::Number> = None;
        for party in parties {
            let depth = self.choices.below(2);
            let weight = self.number(&unit, depth)?;
            // One that is always 0 is never above it, whatever the condition says.
            if weight.number.least < 0 || weight.number.greatest == 0 {
                return None;
            }
            let next = match &sum {
                Some(sum) => sum.plus(&weight.number)?,
                None => weight.number.clone(),
            };
            sum = Some(next);
            weights.push((party, weight.expression));
        }
        let when = match sum?.least {
            0 => Some(self.weight_above_zero(&weights, &unit)?),
            _ => None,
        };
        Some((weights, when))
    }

    /// A condition by which the weights are not all 0: of one that has a name, or of them all.
    fn weight_above_zero(
        &mut self,
        weights: &[(String, Expression)],
        unit: &Unit,
    ) -> Option<Condition> {
        let names = weights.iter().map(|(_, weight)| weight.clone());
        let names: Vec<Expression> =
            names.filter(|weight| matches!(weight, Expression::Name(_))).collect();
        let value = match self.choices.pick(&names).cloned() {
            Some(name) if names.len() < weights.len() || self.choices.is_in(50) => name,
            _ if names.len() == weights.len() => {
                let mut all = names.into_iter();
                let first = all.next()?;
                all.fold(first, |sum, next| Expression::Binary('+', Box::new(sum), Box::new(next)))
            }
            _ => return None,
        };
        let zero = match (unit.is_money(), unit.is_percent()) {
            (true, _) => Literal::Money(0, None),
            (_, true) => Literal::Percent(0, 0),
            _ => Literal::Number(0, 0),
        };
        Some(Condition::Test(value, false, Test::Before("over", Expression::Literal(zero))))
    }

    fn several_parties(&mut self) -> Vec<String> {
        let mut names: Vec<String> =
            self.model.parties.iter().map(|party| party.name.clone()).collect();
        self.choices.shuffle(&mut names);
        names.truncate(2 + self.choices.below(2));
        names
    }

    fn perhaps_spare(&mut self) -> Option<Spare> {
        match self.choices.below(6) {
            0 => None,
            1 => Some(Spare::LargestFractions(self.choices.is_in(50))),
            2 | 3 => Some(Spare::InOrder(self.choices.is_in(70))),
            _ => Some(Spare::Difference(self.party(), self.rounding())),
        }
    }

    fn pay_in_turn(&mut self) {
        let unit = self.unit();
        let Some(amount) = self.amount_in(&unit, 1) else { return };
        let mut tiers = Vec::new();
        for _ in 0..1 + self.choices.below(2) {
            let Some(most) = self.amount_in(&unit, 1) else { return };
            tiers.push((self.party(), most));
        }
        let body = Body::PayInTurn(amount, tiers, self.party());
        let sentence = match self.choices.is_in(30) {
            true => Sentence::when(self.condition(1), body),
            false => Sentence::plain(body),
        };
        self.add(Chapter::Payments, sentence);
    }

    /// A payment or split that may be below £0.00.
    fn refund(&mut self) {
        let unit = Unit::money(Some("week"));
        let Some(less) = self.sum(&unit, 1, '-') else { return };
        let less = if less.number.denominator == 1 { Some(less) } else { self.rounded(less) };
        let less = less.filter(|less| self.can_be_paid(&less.number));
        let Some(less) = less.map(|less| less.expression) else { return };
        let body = match self.choices.below(3) {
            0 => self.pay(less),
            1 => match self.weights() {
                Some((weights, None)) => Body::Proportion(less, weights, self.perhaps_spare()),
                _ => return,
            },
            _ => {
                let (place, _) = self.section_of_shares();
                let section = Place::Section(u32::try_from(place).unwrap_or(0));
                Body::Split(less, section, self.perhaps_spare())
            }
        };
        let body = Body::RefundsIncluded(Box::new(body));
        let sentence = match self.choices.is_in(30) {
            true => Sentence::when(self.condition(1), body),
            false => Sentence::plain(body),
        };
        self.add(Chapter::Payments, sentence);
    }

    /// The clauses made so far that pay, some of them.
    fn paying_clauses(&mut self) -> Vec<ClauseKey> {
        let pays = |body: &Body| {
            matches!(
                body,
                Body::Split(..)
                    | Body::Proportion(..)
                    | Body::Pay(..)
                    | Body::PayInTurn(..)
                    | Body::RefundsIncluded(_)
            )
        };
        let clauses = self
            .clauses
            .iter()
            .filter(|(_, clause)| clause.sentences.iter().any(|sentence| pays(&sentence.body)));
        let mut keys: Vec<ClauseKey> = clauses.map(|(_, clause)| clause.key).collect();
        self.choices.shuffle(&mut keys);
        keys.truncate(1 + self.choices.below(2));
        keys
    }

    fn counts(&mut self) -> Counts {
        let keys = if self.choices.is_in(30) { self.paying_clauses() } else { Vec::new() };
        match keys.is_empty() {
            true => Counts::All(self.choices.is_in(60)),
            false => Counts::Under(keys),
        }
    }

    pub(super) fn floor(&mut self) {
        let Some(least) = self.limit_amount() else { return };
        let mut parties = self.several_parties();
        let Some(party) = parties.pop() else { return };
        let body = Body::Floor { party, least, from: parties, counts: self.counts() };
        let sentence = match self.choices.is_in(35) {
            true => Sentence::when(self.condition(1), body),
            false => Sentence::plain(body),
        };
        self.add(Chapter::Payments, sentence);
    }

    /// A requirement that many cases keep.
    pub(super) fn requirement(&mut self) {
        let Condition::Test(value, not, test) = self.condition(0) else { return };
        let when = if self.choices.is_in(70) { Some(self.last_condition(1)) } else { None };
        let body = Body::Require(value, not, test);
        let key = self.add(Chapter::Eligibility, Sentence { when, ..Sentence::plain(body) });
        self.perhaps_switch(Chapter::Eligibility, key);
    }

    /// An amount in whole pence, never below £0.00, in some unit that can be paid.
    pub(super) fn amount(&mut self, depth: usize) -> Option<Expression> {
        let unit = self.unit();
        self.amount_in(&unit, depth)
    }

    fn unit(&mut self) -> Unit {
        match self.choices.below(8) {
            0 => Unit::money(Some("year")),
            1 => Unit::money(Some("month")),
            2 => Unit::money(None),
            _ => Unit::money(Some("week")),
        }
    }

    fn amount_in(&mut self, unit: &Unit, depth: usize) -> Option<Expression> {
        let depth = self.choices.below(depth + 1);
        let value = self.number(unit, depth)?;
        let value = self.payable(value)?;
        self.can_be_paid(&value.number).then_some(value.expression)
    }

    pub(super) fn party(&mut self) -> String {
        self.choices.pick(&self.model.parties).map(|it| it.name.clone()).unwrap_or_default()
    }

    fn pay(&mut self, amount: Expression) -> Body {
        Body::Pay(self.party(), amount)
    }

    fn split(&mut self, amount: Expression) {
        let (place, always) = self.section_of_shares();
        let section = Place::Section(u32::try_from(place).unwrap_or(0));
        let shares = match always {
            Some(key) if self.choices.is_in(50) => Place::Clause(key),
            _ => section,
        };
        let spare = self.perhaps_spare();
        let body = Body::Split(amount, shares, spare.clone());
        let sentence = match self.choices.below(5) {
            0 => {
                let otherwise = self.amount(1).map(|amount| match self.choices.is_in(50) {
                    true => Body::Split(amount, shares, spare),
                    false => self.pay(amount),
                });
                Sentence { otherwise, ..Sentence::when(self.condition(1), body) }
            }
            1 => Sentence::when(self.condition(1), body),
            _ => Sentence::plain(body),
        };
        let sentence = self.perhaps_after_when(sentence);
        let key = self.add(Chapter::Payments, sentence);
        self.perhaps_switch(Chapter::Payments, key);
    }

    fn pay_either_way(&mut self, amount: Expression) {
        let when = self.condition(1);
        let body = self.pay(amount.clone());
        let otherwise = match self.choices.below(3) {
            0 => None,
            1 => Some(self.pay(amount)),
            _ => self.amount(1).map(|amount| self.pay(amount)),
        };
        let sentence = Sentence { otherwise, ..Sentence::when(when, body) };
        let sentence = self.perhaps_after_when(sentence);
        self.add(Chapter::Payments, sentence);
    }

    /// A payment, and another of the same amount in its stead.
    fn pay_with_exception(&mut self, amount: Expression) {
        let body = self.pay(amount.clone());
        let first = self.add(Chapter::Payments, Sentence::plain(body));
        let when: Condition = self.condition(1);
        let body = self.pay(amount);
        let despite = vec![Place::Clause(first)];
        self.add(Chapter::Payments, Sentence { despite, ..Sentence::when(when, body) });
    }

    pub(super) fn limit(&mut self) {
        let Some(most) = self.limit_amount() else { return };
        let party = self.party();
        let others = self.model.parties.iter().filter(|other| other.name != party);
        let others: Vec<String> = others.map(|other| other.name.clone()).collect();
        let Some(other) = self.choices.pick(&others).cloned() else { return };
        let refer = if self.choices.is_in(40) { self.panel() } else { None };
        let body = Body::Limit { party, most, other, refer, counts: self.counts() };
        let sentence = match self.choices.is_in(35) {
            true => Sentence::when(self.condition(1), body),
            false => Sentence::plain(body),
        };
        self.add(Chapter::Payments, sentence);
    }

    fn limit_amount(&mut self) -> Option<Expression> {
        if self.choices.is_in(70) {
            let unit =
                if self.choices.is_in(80) { Unit::money(Some("week")) } else { Unit::money(None) };
            return self.literal(&unit).map(|literal| literal.expression);
        }
        self.amount(1)
    }

    fn panel(&mut self) -> Option<String> {
        self.choices.pick(&self.model.panels).map(|panel| panel.name.clone())
    }

    pub(super) fn referral(&mut self) {
        let Some(panel) = self.panel() else { return };
        let body = Body::Refer(panel);
        let sentence = match self.choices.is_in(70) {
            true => Sentence::when(self.last_condition(2), body),
            false => Sentence::plain(body),
        };
        let first = self.add(Chapter::Payments, sentence);
        self.perhaps_switch(Chapter::Payments, first);
    }
}
