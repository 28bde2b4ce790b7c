//! Payments, splits, limits and referrals.

use apportion::unit::Unit;

use super::{Chapter, Maker};
use crate::generator::model::{Body, Condition, Expression, Place, Sentence, Spare};

impl Maker<'_> {
    pub(super) fn payment(&mut self) {
        let Some(amount) = self.amount(2) else { return };
        match self.choices.below(8) {
            0..4 => self.split(amount),
            4 => self.pay_either_way(amount),
            5 => self.pay_with_exception(amount),
            _ => {
                let body = self.pay(amount);
                let key = self.add(Chapter::Payments, Sentence::plain(body));
                self.perhaps_switch(Chapter::Payments, key);
            }
        }
    }

    /// An amount in whole pence, never below £0.00, in some unit that can be paid.
    fn amount(&mut self, depth: usize) -> Option<Expression> {
        let unit = match self.choices.below(8) {
            0 => Unit::money(Some("year")),
            1 => Unit::money(Some("month")),
            2 => Unit::money(None),
            _ => Unit::money(Some("week")),
        };
        let depth = self.choices.below(depth + 1);
        let value = self.number(&unit, depth)?;
        let value = self.payable(value)?;
        Some(value.expression)
    }

    fn party(&mut self) -> String {
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
        let spare = match self.choices.below(4) {
            0 => None,
            1 => Some(Spare::LargestFractions(self.choices.is_in(50))),
            _ => Some(Spare::Difference(self.party(), self.rounding())),
        };
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
        self.add(Chapter::Payments, Sentence { otherwise, ..Sentence::when(when, body) });
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
        let in_all = self.choices.is_in(60);
        let body = Body::Limit { party, most, other, refer, in_all };
        let sentence = match self.choices.is_in(35) {
            true => Sentence::when(self.condition(1), body),
            false => Sentence::plain(body),
        };
        self.add(Chapter::Payments, sentence);
    }

    /// What is most is an expression without a rounding of its own: in brackets, if any.
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
