//! What each party's part of a split is, exactly and in pence, and where the spare pennies went.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::money::Money;
use apportion_core::program::{ClauseId, PartyId};

use super::decided::Decided;
use super::wording::show_ratio;
use crate::checked::{Body, Expression, ProvisionId, Share, ShareRow, Spare};
use crate::naming::listed;
use crate::ratio::Ratio;
use crate::unit::Unit;

/// A party's part of a split, and what it is exactly.
struct Part {
    party: PartyId,
    name: String,
    exact: Ratio,
    paid: Money,
}

impl Decided<'_> {
    /// The row of shares that applies.
    pub(super) fn row_of_shares<'r>(&self, rows: &'r [ShareRow]) -> Option<&'r ShareRow> {
        let applies = |row: &&ShareRow| row.when.iter().all(|test| self.holds(test));
        let own = rows.iter().filter(|row| !row.is_otherwise).find(applies);
        own.or_else(|| rows.iter().find(|row| row.is_otherwise))
    }

    /// What each party's share is, of the clauses that a split takes them from.
    fn shares(&self, clauses: &[ClauseId]) -> Option<Vec<Ratio>> {
        let checked = self.policy.checked();
        let provisions = (0..).map(ProvisionId).zip(&checked.provisions);
        let mut giving = provisions.filter_map(|(id, provision)| match &provision.body {
            Body::Shares(rows, _) if clauses.contains(&provision.clause) => Some((id, rows)),
            _ => None,
        });
        let (_, rows) = giving.find(|(id, _)| self.says(*id))?;
        let row = self.row_of_shares(rows)?;
        let mut rest = Ratio::whole(1);
        let mut shares = Vec::with_capacity(row.shares.len());
        for share in &row.shares {
            let share = match share {
                Share::Of(share) => Some(self.number(share)?),
                Share::Rest => None,
            };
            rest = rest.minus(share.unwrap_or(Ratio::ZERO))?;
            shares.push(share);
        }
        Some(shares.into_iter().map(|share| share.unwrap_or(rest)).collect())
    }

    /// The part of each party in a split.
    pub(super) fn split(
        &self,
        clause: ClauseId,
        amount: &Expression,
        shares: &[ClauseId],
        spare: Spare,
    ) -> Vec<String> {
        let (Some(amount), Some(shares)) = (self.number(amount), self.shares(shares)) else {
            return Vec::new();
        };
        let whole = show_ratio(&money(), amount);
        self.parted(clause, amount, &shares, spare, |share| {
            let percent = share.times(Ratio::whole(100)).filter(|percent| percent.is_whole());
            let shown = match percent {
                Some(_) => show_ratio(&Unit::percent(), share),
                None => show_ratio(&Unit::plain(), share),
            };
            format!("{whole} x {shown}")
        })
    }

    /// The part of each party in a split by weights.
    pub(super) fn proportion(
        &self,
        clause: ClauseId,
        amount: &Expression,
        weights: &[Option<Expression>],
        spare: Spare,
    ) -> Vec<String> {
        let weights = weights.iter().map(|weight| match weight {
            Some(weight) => self.number(weight),
            None => Some(Ratio::ZERO),
        });
        let weights: Option<Vec<Ratio>> = weights.collect();
        let (Some(amount), Some(weights)) = (self.number(amount), weights) else {
            return Vec::new();
        };
        let sum = weights.iter().try_fold(Ratio::ZERO, |sum, weight| sum.plus(*weight));
        let Some(sum) = sum.filter(|sum| *sum > Ratio::ZERO) else { return Vec::new() };
        let shares: Vec<Ratio> = weights.iter().filter_map(|weight| weight.over(sum)).collect();
        let (whole, of) = (show_ratio(&money(), amount), show_ratio(&Unit::plain(), sum));
        self.parted(clause, amount, &shares, spare, |share| {
            let weight = share.times(sum).map(|weight| show_ratio(&Unit::plain(), weight));
            format!("{whole} x {} / {of}", weight.unwrap_or_default())
        })
    }

    /// The part of each party that has a share, and where the spare pennies went.
    fn parted(
        &self,
        clause: ClauseId,
        amount: Ratio,
        shares: &[Ratio],
        spare: Spare,
        figures: impl Fn(Ratio) -> String,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        let mut parts = Vec::new();
        let parties = (0..).map(PartyId).zip(shares).filter(|(_, share)| **share != Ratio::ZERO);
        for (party, share) in parties {
            let exact = amount.times(*share);
            let paid = self
                .whole
                .lines()
                .find(|line| (line.clause, line.party, line.item) == (clause, party, self.item));
            let (Some(exact), Some(paid)) = (exact, paid) else { continue };
            let (name, paid) = (self.party(party), paid.amount);
            let shown = show_ratio(&money(), exact);
            let becomes = match exact == Ratio::whole(paid.pence().into()) {
                true => String::new(),
                false => format!(", paid as {paid}"),
            };
            lines.push(format!("{name}: {} = {shown}{becomes}", figures(*share)));
            parts.push(Part { party, name, exact, paid });
        }
        let pennies = spare_pennies(&parts, spare);
        let favoured = pennies.as_ref().filter(|it| it.is_by_order && self.is_for_finance);
        let favoured = favoured.and_then(|it| Some((it.count, self.period(clause)?)));
        lines.extend(pennies.map(|pennies| pennies.says));
        lines.extend(favoured.map(|(count, period)| {
            let parties = if count == 1 { "party" } else { "parties" };
            format!("the same amount each {period} favours the same {parties}")
        }));
        lines
    }

    /// The week that a clause pays for, or the like; none where it pays an amount in all.
    fn period(&self, clause: ClauseId) -> Option<String> {
        let line = self.whole.lines().find(|line| line.clause == clause)?;
        let unit = self.policy.checked().units.get(line.unit.index())?.after_amount();
        let (_, period) = unit.trim().split_once(' ')?;
        Some(String::from(period))
    }

    /// A party by the name clauses use.
    pub(super) fn party(&self, party: PartyId) -> String {
        let party = self.policy.checked().parties.get(party.index());
        party.map(|party| party.name.clone()).unwrap_or_default()
    }
}

/// Who got the pennies that no exact part has.
struct Pennies {
    says: String,
    count: usize,
    /// Whether the order of the parties said who gets them, and not their parts.
    is_by_order: bool,
}

fn spare_pennies(parts: &[Part], spare: Spare) -> Option<Pennies> {
    let floor = |part: &Part| part.exact.floor_over(1);
    let got = parts.iter().filter(|part| floor(part).is_some_and(|it| part.paid.pence() > it));
    let names: Vec<String> = got.map(|part| part.name.clone()).collect();
    let all_whole = parts.iter().all(|part| part.exact.is_whole());
    if all_whole || parts.iter().any(|part| part.exact < Ratio::ZERO) {
        return None;
    }
    if let Spare::Difference { taker, .. } = spare {
        let taker = parts.iter().find(|part| part.party == taker)?;
        let says = format!("{} takes the difference: {}", taker.name, taker.paid);
        return Some(Pennies { says, count: 1, is_by_order: false });
    }
    let (pennies, go) = match names.len() {
        0 => return None,
        1 => (String::from("1 spare penny"), "goes"),
        count => (format!("{count} spare pennies"), "go"),
    };
    let left = |part: &Part| part.exact.minus(Ratio::whole(floor(part)?.into()));
    let has = |part: &&Part| floor(part).is_some_and(|it| part.paid.pence() > it);
    // Another has as large a fraction and got none.
    let is_tied = parts
        .iter()
        .filter(has)
        .any(|got| parts.iter().any(|other| !has(&other) && left(other) == left(got)));
    let order = match (spare, is_tied) {
        (Spare::InOrder, _) => "in the order of the parties",
        (_, true) => "by the largest fractions of a penny, ties in the order of the parties",
        (_, false) => "by the largest fractions of a penny",
    };
    Some(Pennies {
        says: format!("{pennies} {go} to {}, {order}", listed(&names)),
        count: names.len(),
        is_by_order: is_tied || spare == Spare::InOrder,
    })
}

pub(super) fn money() -> Unit {
    Unit::money(None)
}
