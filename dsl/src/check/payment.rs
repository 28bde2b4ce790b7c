//! Splits, payments and limits: whole pence, in a unit that can be paid, never below £0.00.

use alloc::vec::Vec;

use apportion_core::program::{ClauseId, UnitId};

use super::Checker;
use super::dependencies::Site;
use super::mistake::{LimitMistake, MOST_AT_ONCE, PaymentMistake};
use crate::checked::{Body, Expression, Promise, Spare, Type};
use crate::syntax::{self, Name, Reference};
use crate::unit::Unit;

impl Checker<'_> {
    /// `Split care cost in the shares of section 4.`
    pub(super) fn split(
        &mut self,
        amount: &syntax::Expression,
        shares: &Reference,
        spare: Option<&syntax::Spare>,
    ) -> Option<Body> {
        let (amount, unit) = self.payable(amount)?;
        let clauses = self.clauses_of(shares)?;
        let rows = |clause: ClauseId| self.sites_of(clause).map(rows_of_shares).sum::<usize>();
        let is_broken = |clause: &ClauseId| self.sites_of(*clause).next().is_none();
        let with: Vec<ClauseId> =
            clauses.iter().copied().filter(|clause| rows(*clause) > 0).collect();
        if with.iter().map(|clause| rows(*clause)).sum::<usize>() > MOST_AT_ONCE {
            let span = self.place(shares.span);
            self.report(LimitMistake::RowsOfShares { span });
            return None;
        }
        if with.is_empty() {
            if !clauses.iter().any(is_broken) {
                let span = self.place(shares.span);
                self.report(PaymentMistake::NoSharesThere { span });
            }
            return None;
        }
        let spare = match spare {
            None | Some(syntax::Spare::LargestFractions) => Spare::LargestFractions,
            Some(syntax::Spare::Difference { party, rounding }) => {
                Spare::Difference { taker: self.party(party)?, rounding: *rounding }
            }
        };
        Some(Body::Split { amount, unit, shares: with, spare })
    }

    /// `Education pays cost.`
    pub(super) fn pay(&mut self, party: &Name, amount: &syntax::Expression) -> Option<Body> {
        let party = self.party(party)?;
        let (amount, unit) = self.payable(amount)?;
        Some(Body::Pay { party, amount, unit })
    }

    /// `The ICB pays at most £1,600.00 a week in all; social care pays the excess.`
    pub(super) fn limit(
        &mut self,
        party: &Name,
        most: &syntax::Expression,
        other: &Name,
        refer: Option<&Name>,
    ) -> Option<Body> {
        let limited = self.party(party)?;
        let payer = self.party(other)?;
        if limited == payer {
            let span = self.place(other.span);
            self.report(PaymentMistake::ExcessToItself { span });
            return None;
        }
        let (most, unit) = self.payable(most)?;
        let refer = match refer {
            Some(panel) => Some(self.panel(panel)?),
            None => None,
        };
        Some(Body::Limit { party: limited, most, unit, other: payer, refer })
    }

    /// An amount in whole pence, not below £0.00, and the unit in which it is paid.
    fn payable(&mut self, written: &syntax::Expression) -> Option<(Expression, UnitId)> {
        let amount = self.expression(written);
        let amount = self.without_quotient(amount);
        if amount.is_broken() {
            return None;
        }
        let span = amount.span;
        let Type::Number(number) = &amount.of else {
            let found = amount.of.noun();
            self.report(PaymentMistake::NotMoney { span, found });
            return None;
        };
        let mistake = if !number.unit.is_payable() {
            Some(PaymentMistake::NotMoney { span, found: amount.of.noun() })
        } else if number.denominator != 1 {
            Some(PaymentMistake::NotWholePence { span, parts: number.denominator })
        } else if number.least < 0 {
            Some(PaymentMistake::BelowZero { span, least: number.least })
        } else {
            None
        };
        let unit = number.unit.clone();
        match mistake {
            Some(mistake) => {
                self.report(mistake);
                None
            }
            None => Some((amount, self.unit_id(unit))),
        }
    }

    /// The unit's id, a new one where nobody pays in it yet.
    fn unit_id(&mut self, unit: Unit) -> UnitId {
        let place = self.policy.units.iter().position(|known| *known == unit);
        let place = place.unwrap_or_else(|| {
            self.policy.units.push(unit);
            self.policy.units.len() - 1
        });
        UnitId(super::id(place))
    }

    /// A promise: its names and units must fit, so that it can be judged.
    pub(super) fn promise(&mut self, promise: &syntax::Promise) -> Option<Body> {
        let promise = match promise {
            syntax::Promise::AddUp { amount } => {
                let amount = self.expression(amount);
                Promise::AddUp(self.sound(amount)?)
            }
            syntax::Promise::Monotone { rising, never_lower, party, within } => {
                let rising = self.named(rising);
                let rising = self.sound(rising)?;
                let within = match within {
                    Some(reference) => Some(self.clauses_of(reference)?.first().copied()?),
                    None => None,
                };
                let party = self.party(party)?;
                Promise::Monotone { rising, never_lower: *never_lower, party, within }
            }
            syntax::Promise::Bound { party, is_most, amount } => {
                let amount = self.expression(amount);
                let amount = self.sound(amount)?;
                Promise::Bound { party: self.party(party)?, is_most: *is_most, amount }
            }
            syntax::Promise::Always { conclusion, is_always } => {
                let named = self.named(conclusion);
                let crate::checked::ExpressionKind::Conclusion(id) = named.kind else {
                    if !named.is_broken() {
                        self.wrong_kind(conclusion, "a conclusion");
                    }
                    return None;
                };
                Promise::Always { conclusion: id, is_always: *is_always }
            }
        };
        Some(Body::Promise(promise))
    }

    fn sound(&mut self, value: Expression) -> Option<Expression> {
        let value = self.without_quotient(value);
        (!value.is_broken()).then_some(value)
    }
}

/// How many rows of shares a sentence has: one without a table.
fn rows_of_shares(site: &Site<'_>) -> usize {
    match site.body {
        syntax::Body::Shares(_) => 1,
        syntax::Body::Table { names, table, .. } if names.is_empty() => table.rows.len(),
        _ => 0,
    }
}
