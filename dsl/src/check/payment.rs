//! Splits, payments, limits and floors: whole pence, in a unit that can be paid, below £0.00
//! only where refunds are included.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, PartyId, UnitId};

use super::Checker;
use super::dependencies::Site;
use super::mistake::{LimitMistake, ListMistake, MOST_AT_ONCE, PaymentMistake, ShareMistake};
use crate::checked::{Body, Condition, Expression, Promise, Spare, Type};
use crate::syntax::{self, Name, Reference, Tier};
use crate::unit::Unit;

impl Checker<'_> {
    /// `Split care cost in the shares of section 4.`
    pub(super) fn split(
        &mut self,
        (amount, refunds): (&syntax::Expression, bool),
        shares: &Reference,
        spare: Option<&syntax::Spare>,
    ) -> Option<Body> {
        let (amount, unit) = self.payable(amount, refunds)?;
        let clauses = self.clauses_of(shares)?;
        let rows = |clause: ClauseId| self.sites_of(clause).map(rows_of_shares).sum::<usize>();
        let is_broken = |clause: &ClauseId| self.sites_of(*clause).next().is_none();
        let with: Vec<ClauseId> =
            clauses.iter().copied().filter(|it| rows(*it) > 0 || is_broken(it)).collect();
        if with.iter().map(|clause| rows(*clause)).sum::<usize>() > MOST_AT_ONCE {
            let span = self.place(shares.span);
            self.report(LimitMistake::RowsOfShares { span });
            return None;
        }
        if with.iter().all(is_broken) {
            if with.is_empty() {
                let span = self.place(shares.span);
                self.report(PaymentMistake::NoSharesThere { span });
            }
            return None;
        }
        let sites = with.iter().flat_map(|clause| self.sites_of(*clause));
        let mut lists = sites.filter_map(|site| self.list_of(site.sentence, site.body));
        let other = lists.find(|list| Some(*list) != self.item_of);
        drop(lists);
        if let Some(list) = other {
            let singular = self.list(list).map(|list| list.singular.clone()).unwrap_or_default();
            let span = self.place(shares.span);
            self.report(ListMistake::SharesOfAnItem { singular, span });
            return None;
        }
        if self.is_for_a_panel(&with, shares.span) {
            return None;
        }
        let spare = self.spare(spare)?;
        Some(Body::Split { amount, unit, shares: with, spare })
    }

    fn spare(&mut self, spare: Option<&syntax::Spare>) -> Option<Spare> {
        Some(match spare {
            None | Some(syntax::Spare::LargestFractions) => Spare::LargestFractions,
            Some(syntax::Spare::InOrder) => Spare::InOrder,
            Some(syntax::Spare::Difference { party, rounding }) => {
                Spare::Difference { taker: self.party(party)?, rounding: *rounding }
            }
        })
    }

    /// `Split care cost between the ICB and social care in proportion to visits and nights.`
    pub(super) fn proportion(
        &mut self,
        (amount, refunds): (&syntax::Expression, bool),
        (parties, written): (&[Name], &[syntax::Expression]),
        spare: Option<&syntax::Spare>,
        when: &Condition,
    ) -> Option<Body> {
        let (amount, unit) = self.payable(amount, refunds)?;
        let parties = self.different_parties(parties)?;
        let weights = self.weights(written, when)?;
        let mut by_party = alloc::vec![None; self.policy.parties.len()];
        for (party, weight) in parties.into_iter().zip(weights) {
            if let Some(place) = by_party.get_mut(party.index()) {
                *place = Some(weight);
            }
        }
        let spare = self.spare(spare)?;
        Some(Body::Proportion { amount, unit, weights: by_party, spare })
    }

    /// The parties, none of them twice.
    pub(super) fn different_parties(&mut self, names: &[Name]) -> Option<Vec<PartyId>> {
        let mut parties: Vec<PartyId> = Vec::new();
        for name in names {
            let party = self.party(name)?;
            if let Some(first) = parties.iter().position(|earlier| *earlier == party) {
                let first = names.get(first).map_or(name.span, |first| first.span);
                let (span, first) = (self.place(name.span), self.place(first));
                self.report(ShareMistake::PartyTwice { span, first });
                return None;
            }
            parties.push(party);
        }
        Some(parties)
    }

    /// `Education pays cost.`
    pub(super) fn pay(
        &mut self,
        party: &Name,
        (amount, refunds): (&syntax::Expression, bool),
    ) -> Option<Body> {
        let party = self.party(party)?;
        let (amount, unit) = self.payable(amount, refunds)?;
        Some(Body::Pay { party, amount, unit })
    }

    /// `Of support cost, the school pays the first £6,000.00 a year; the council pays the rest.`
    pub(super) fn pay_in_turn(
        &mut self,
        amount: &syntax::Expression,
        written: &[Tier],
        last: &Name,
    ) -> Option<Body> {
        let (mut amount, unit) = self.payable(amount, false)?;
        let mut tiers = Vec::with_capacity(written.len());
        for tier in written {
            let party = self.party(&tier.party)?;
            let (most, _) = self.payable_like(&mut amount, &tier.most)?;
            tiers.push((party, most));
        }
        let last = self.party(last)?;
        Some(Body::PayInTurn { amount, unit, tiers, last })
    }

    /// `The ICB pays at most £1,600.00 a week in all; social care pays the excess.`
    pub(super) fn limit(
        &mut self,
        party: &Name,
        most: &syntax::Expression,
        under: &[Reference],
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
        let (most, unit) = self.payable(most, false)?;
        let under = self.counting(under)?;
        let refer = match refer {
            Some(panel) => Some(self.panel(panel)?),
            None => None,
        };
        Some(Body::Limit { party: limited, most, unit, under, other: payer, refer })
    }

    /// `The ICB pays at least £5.00 a week, taken from social care, then education.`
    pub(super) fn floor(
        &mut self,
        party: &Name,
        least: &syntax::Expression,
        under: &[Reference],
        from: &[Name],
    ) -> Option<Body> {
        let raised = self.party(party)?;
        let givers = self.different_parties(from)?;
        if let Some(place) = givers.iter().position(|giver| *giver == raised) {
            let span = from.get(place).map_or(party.span, |name| name.span);
            let span = self.place(span);
            self.report(PaymentMistake::TakenFromItself { span });
            return None;
        }
        let (least, unit) = self.payable(least, false)?;
        let under = self.counting(under)?;
        Some(Body::Floor { party: raised, least, unit, under, from: givers })
    }

    /// The clauses whose payments count: each pays, or moves money, and comes before.
    fn counting(&mut self, under: &[Reference]) -> Option<Vec<ClauseId>> {
        let mut counting = Vec::new();
        for reference in under {
            let clauses = self.clauses_of(reference)?;
            let is_broken = |clause: &ClauseId| self.sites_of(*clause).next().is_none();
            let pays: Vec<ClauseId> = clauses
                .iter()
                .copied()
                .filter(|clause| self.sites_of(*clause).any(pays) && Some(*clause) != self.clause)
                .collect();
            let moves_later = pays
                .iter()
                .find(|clause| self.sites_of(**clause).any(moves) && Some(**clause) > self.clause);
            let span = self.place(reference.span);
            if let Some(later) = moves_later {
                let number = self.clause_number(*later);
                self.report(PaymentMistake::CountsLater { span, number });
                return None;
            }
            if pays.is_empty() {
                if !clauses.iter().any(is_broken) {
                    self.report(PaymentMistake::NoPaymentsThere { span });
                }
                return None;
            }
            counting.extend(pays);
        }
        Some(counting)
    }

    /// An amount in whole pence, and the unit in which it is paid; not below £0.00 but where
    /// refunds are included.
    fn payable(
        &mut self,
        written: &syntax::Expression,
        refunds: bool,
    ) -> Option<(Expression, UnitId)> {
        let amount = self.expression(written);
        self.payable_amount(amount, refunds)
    }

    /// An amount that counts in the same unit as another.
    fn payable_like(
        &mut self,
        like: &mut Expression,
        written: &syntax::Expression,
    ) -> Option<(Expression, UnitId)> {
        let mut amount = self.expression(written);
        if !self.agree(like, &mut amount) {
            return None;
        }
        self.payable_amount(amount, false)
    }

    fn payable_amount(
        &mut self,
        amount: Expression,
        refunds: bool,
    ) -> Option<(Expression, UnitId)> {
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
        } else if number.least < 0 && !refunds {
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

    /// What everybody pays together in one unit is kept in 64 bits, limits on the way included.
    pub(super) fn check_totals(&mut self) {
        let mut totals: BTreeMap<UnitId, i128> = BTreeMap::new();
        for index in 0..self.policy.provisions.len() {
            let Some(provision) = self.policy.provisions.get(index) else { continue };
            let Some((unit, most)) = most_pence(&provision.body) else { continue };
            let items = provision.list.and_then(|list| self.list(list)).map(|list| list.most);
            let most = most.saturating_mul(i128::from(items.unwrap_or(1)));
            let (clause, span) = (provision.clause, provision.span);
            let total = totals.entry(unit).or_default();
            let fits = |total: i128| total <= i128::from(i64::MAX);
            let did_fit = fits(*total);
            *total += most;
            if did_fit && !fits(*total) {
                self.clause = Some(clause);
                self.report(PaymentMistake::TotalTooLarge { span });
            }
        }
        self.clause = None;
    }

    /// A limit or floor counts what is paid in its own unit, so in one that nobody pays in it counts
    /// nothing.
    pub(super) fn check_units_of_limits(&mut self) {
        let paid = self.units_paid_in();
        if paid.is_empty() || self.has_broken_clause() {
            return;
        }
        let of_limits = self.policy.provisions.iter().filter_map(|provision| {
            let (Body::Limit { most: amount, unit, .. } | Body::Floor { least: amount, unit, .. }) =
                &provision.body
            else {
                return None;
            };
            (!paid.contains(unit)).then_some((provision.clause, *unit, amount.span))
        });
        let shown = |unit: &UnitId| {
            let unit = self.policy.units.get(unit.index());
            unit.map(|unit| unit.to_string()).unwrap_or_default()
        };
        let of_limits: Vec<_> =
            of_limits.map(|(clause, unit, span)| (clause, shown(&unit), span)).collect();
        let paid: Vec<String> = paid.iter().map(shown).collect();
        for (clause, unit, span) in of_limits {
            self.clause = Some(clause);
            self.report(PaymentMistake::NothingPaidIn { span, unit, paid: paid.clone() });
        }
        self.clause = None;
    }

    /// The units in which clauses make somebody pay.
    pub(super) fn units_paid_in(&self) -> BTreeSet<UnitId> {
        let provisions = self.policy.provisions.iter();
        provisions.filter_map(|provision| provision.body.unit_of_payment()).collect()
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
                    Some(reference) => self.clauses_of(reference)?,
                    None => Vec::new(),
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

/// The most pence that a provision can put up, allow or ask for, without the sign; and in
/// which unit.
fn most_pence(body: &Body) -> Option<(UnitId, i128)> {
    let (amount, unit) = match body {
        Body::Split { amount, unit, .. }
        | Body::Proportion { amount, unit, .. }
        | Body::Pay { amount, unit, .. }
        | Body::PayInTurn { amount, unit, .. }
        | Body::Limit { most: amount, unit, .. }
        | Body::Floor { least: amount, unit, .. } => (amount, unit),
        _ => return None,
    };
    amount.number().map(|number| (*unit, number.largest()))
}

/// How many rows of shares a sentence has: one without a table.
fn rows_of_shares(site: &Site<'_>) -> usize {
    match site.body {
        syntax::Body::Shares(_) | syntax::Body::Ratio { .. } | syntax::Body::AsDecided { .. } => 1,
        syntax::Body::Table { names, table, .. } if names.is_empty() => table.rows.len(),
        _ => 0,
    }
}

/// Whether a sentence makes a party pay, or moves what it pays.
fn pays(site: &Site<'_>) -> bool {
    let is_payment = matches!(
        site.body,
        syntax::Body::Split { .. }
            | syntax::Body::Proportion { .. }
            | syntax::Body::Pay { .. }
            | syntax::Body::PayInTurn { .. }
    );
    is_payment || moves(site)
}

/// Whether a sentence moves what parties pay.
fn moves(site: &Site<'_>) -> bool {
    matches!(site.body, syntax::Body::Limit { .. } | syntax::Body::Floor { .. })
}
