//! How each clause came to what it says of a case.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::iter::Peekable;

use apportion_core::program::{ClauseId, PartyId};

use super::decided::Decided;
use super::grounds::Ground;
use super::parts::money;
use super::steps::Step;
use super::withheld::worked_out_from;
use super::wording::show_ratio;
use crate::checked::{
    Body, Clause, Condition, Expression, Provision, ProvisionId, Row, Slices, Table,
};
use crate::compile::Compiled;
use crate::naming::{capital, listed};
use crate::ratio::Ratio;
use crate::reasons::Reasons;
use crate::record::RecordedClause;
use crate::syntax::Hit;
use crate::unit::Unit;

impl Decided<'_> {
    /// How a clause came to what it says: of the case, and of each item.
    pub(crate) fn worked(&self, clause: ClauseId) -> Vec<String> {
        let checked = self.policy.checked();
        let provisions = checked.clauses.get(clause.index()).map(|clause| &clause.provisions);
        let mut lines = Vec::new();
        for id in provisions.into_iter().flatten() {
            let Some(provision) = checked.provisions.get(id.0 as usize) else { continue };
            let Some(list) = provision.list else {
                if self.says(*id) {
                    lines.extend(self.provision(provision));
                }
                continue;
            };
            for (item, decision) in self.items(list) {
                let of_item = self.of_item(item, &decision);
                if of_item.says(*id) {
                    let name = self.policy.item_name(item);
                    let steps = of_item.provision(provision).into_iter();
                    lines.extend(steps.map(|step| format!("{name}: {step}")));
                }
            }
        }
        lines
    }

    /// What a clause says of the case, taken from the head of what all say: one of several wordings
    /// says something only where it is in force.
    pub(crate) fn said_by<'r>(
        &self,
        clause: &Clause,
        said: &mut Peekable<impl Iterator<Item = &'r RecordedClause>>,
    ) -> Vec<String> {
        let provisions = clause.provisions.iter();
        let mut provisions =
            provisions.filter_map(|id| self.policy.checked().provisions.get(id.0 as usize));
        if !provisions.any(|provision| self.holds(&provision.in_force)) {
            return Vec::new();
        }
        let said = said.next_if(|it| it.number == clause.number);
        let own = clause.provisions.iter().filter(|id| self.says(**id));
        let own = own.filter_map(|id| self.policy.checked().provisions.get(id.0 as usize));
        // What each member has is among the steps.
        let own: Vec<String> = own.filter_map(|it| self.for_each(&it.body)).collect();
        match said {
            Some(said) if own.is_empty() => said.says.clone(),
            _ => own,
        }
    }

    /// `points for each domain`
    pub(crate) fn for_each(&self, body: &Body) -> Option<String> {
        let Body::Table(Table { each: Some(family), values, .. }) = body else { return None };
        let family = self.policy.checked().families.get(family.0 as usize)?;
        let values: Vec<String> = values.iter().map(|value| self.value_name(*value)).collect();
        Some(format!("{} for each {}", listed(&values), family.singular))
    }

    /// Whether a provision applies.
    pub(crate) fn says(&self, id: ProvisionId) -> bool {
        self.reasons().applies(id)
    }

    pub(crate) fn reasons(&self) -> Reasons<'_> {
        let compiled: &Compiled = self.policy.compiled();
        Reasons { policy: self.policy.checked(), compiled, decision: self.decision }
    }

    fn provision(&self, provision: &Provision) -> Vec<String> {
        let withheld = self.withheld_in(provision);
        if !withheld.is_empty() {
            return Vec::from([worked_out_from(&withheld)]);
        }
        let mut lines = self.lines_of(&provision.when);
        match &provision.body {
            Body::Define { expression, .. } => lines.extend(self.lines_to(expression)),
            Body::Slices(slices) => lines.extend(self.slices(slices)),
            Body::Table(table) => lines.extend(self.table(table)),
            Body::Rates { rates, .. } => {
                let day = self.policy.checked().dated_by.and_then(|fact| self.fact(fact));
                let from = rates.iter().rev().find(|(from, _)| {
                    day.is_none_or(|day| super::decided::Figure::Date(*from) <= day)
                });
                lines.extend(from.map(|(from, _)| format!("the rate from {from}")));
            }
            Body::Shares(rows, _) => {
                if let Some(row) = self.row_of_shares(rows) {
                    row.when.iter().for_each(|test| lines.extend(self.lines_of(test)));
                }
            }
            Body::Split { amount, shares, spare, .. } => {
                lines.extend(self.lines_to(amount));
                lines.extend(self.split(provision.clause, amount, shares, *spare));
            }
            Body::Proportion { amount, weights, spare, .. } => {
                lines.extend(self.lines_to(amount));
                lines.extend(self.proportion(provision.clause, amount, weights, *spare));
            }
            Body::Pay { amount, .. } => lines.extend(self.lines_to(amount)),
            Body::PayInTurn { amount, tiers, .. } => {
                lines.extend(self.lines_to(amount));
                for (party, most) in tiers {
                    let most = self.number(most).map(|most| show_ratio(&money(), most));
                    let name = self.party(*party);
                    lines.extend(most.map(|most| format!("{name} pays up to {most}")));
                }
            }
            Body::Limit { party, most, under, .. } => {
                lines.extend(self.beyond(provision.clause, (*party, under), most, "at most"));
            }
            Body::Floor { party, least, under, .. } => {
                lines.extend(self.beyond(provision.clause, (*party, under), least, "at least"));
            }
            Body::Require { must, .. } => lines.extend(self.lines_of(must)),
            Body::Cover
            | Body::Conclude { .. }
            | Body::Refer { .. }
            | Body::Switch { .. }
            | Body::Promise(_)
            | Body::Broken => {}
        }
        lines
    }

    /// The tests for which a condition is what it is, a line each.
    pub(crate) fn lines_of(&self, condition: &Condition) -> Vec<String> {
        self.grounds(condition).iter().map(Ground::line).collect()
    }

    fn lines_to(&self, expression: &Expression) -> Vec<String> {
        self.steps(expression).iter().map(Step::line).collect()
    }

    fn table(&self, table: &Table) -> Vec<String> {
        let Some(family) = table.each else { return self.rows(table) };
        let family = self.policy.checked().families.get(family.0 as usize);
        let members = family.map_or(&[][..], |family| &family.members).iter();
        let given = members.filter_map(|member| {
            let of_member = self.of_member(*member);
            let figures = table.values.iter().filter_map(|id| {
                let value = self.policy.checked().values.get(id.index())?;
                Some(format!("{} {}", value.name, self.shown(&value.kind, of_member.value(*id)?)))
            });
            let figures: Vec<String> = figures.collect();
            let level = self
                .policy
                .facts()
                .get(member.index())
                .and_then(|fact| Some(self.shown(&fact.kind, self.fact(*member)?)))?;
            Some(format!("{} {level}: {}", self.fact_name(*member), listed(&figures)))
        });
        given.collect()
    }

    /// The rows of a table that count, with their tests and, where several do, what each gives.
    fn rows(&self, table: &Table) -> Vec<String> {
        let mut lines = Vec::new();
        let applying = |row: &&(usize, &Row)| row.1.when.iter().all(|test| self.holds(test));
        let rows: Vec<(usize, &Row)> = (1..).zip(&table.rows).collect();
        let own: Vec<&(usize, &Row)> =
            rows.iter().filter(|(_, row)| !row.is_otherwise).filter(applying).collect();
        if table.hit.is_of_one_row() || table.hit == Hit::Highest || table.hit == Hit::Lowest {
            for (place, row) in own.iter().take(usize::from(table.hit.is_of_one_row()).max(1)) {
                let tests = row.when.iter().flat_map(|test| self.lines_of(test));
                lines.extend(tests.map(|test| format!("row {place}: {test}")));
                lines.extend(row.answers.iter().flat_map(|answer| self.composite(answer)));
            }
        }
        if !table.hit.is_of_one_row() {
            for (place, row) in own {
                let answers = row.answers.iter().zip(&table.values).filter_map(|(answer, id)| {
                    Some((id, self.shown(&answer.of, self.expression(answer)?)))
                });
                let answers: Vec<String> = answers.map(|(_, shown)| shown).collect();
                lines.push(format!("row {place} gives {}", listed(&answers)));
            }
        }
        lines
    }

    /// The steps to an answer that is worked out rather than read off.
    fn composite(&self, answer: &Expression) -> Vec<String> {
        let is_read_off = super::wording::parts(answer).is_empty();
        if is_read_off { Vec::new() } else { self.lines_to(answer) }
    }

    fn slices(&self, slices: &Slices) -> Vec<String> {
        let Some(of) = self.number(&slices.of) else { return Vec::new() };
        let (unit, mut below) = (unit_of(&slices.of), Ratio::ZERO);
        let mut lines = Vec::new();
        for slice in &slices.slices {
            let edge = slice.up_to.as_ref().and_then(|up_to| self.number(up_to));
            let top = edge.map_or(of, |edge| edge.min(of));
            let within = top.minus(below).filter(|within| *within > Ratio::ZERO);
            let rate = self.number(&slice.rate);
            let given =
                within.zip(rate).and_then(|(within, rate)| Some((within, within.times(rate)?)));
            if let Some((within, given)) = given {
                let rate = self.named(&slice.rate);
                let (within, given) = (show_ratio(&unit, within), show_ratio(&unit, given));
                lines.push(format!("{within} at {rate} = {given}"));
            }
            below = edge.unwrap_or(of).max(below);
        }
        let rounding = self.steps(&slices.expression).into_iter().filter(|step| step.is_rounding);
        lines.extend(rounding.map(|step| step.line()));
        lines
    }

    /// How far a party's payments were from its limit or its least.
    fn beyond(
        &self,
        clause: ClauseId,
        (party, under): (PartyId, &[ClauseId]),
        bound: &Expression,
        word: &str,
    ) -> Option<String> {
        let bound = self.number(bound)?;
        let mut lines = self.whole.lines();
        let moved = lines.find(|line| line.clause == clause && line.party == party)?.amount;
        // A limit takes from the party, a floor gives to it: either way what it had before.
        let before = bound.minus(Ratio::whole(moved.pence().into()))?;
        let (before, bound) = (show_ratio(&money(), before), show_ratio(&money(), bound));
        let party = self.party(party);
        if under.is_empty() {
            return Some(format!("{party}'s payments come to {before}; it pays {word} {bound}"));
        }
        let mut under = self.policy.numbers(under);
        under.dedup();
        let under = listed(&under);
        Some(format!(
            "{party}'s payments under {under} come to {before}; of these it pays {word} {bound}"
        ))
    }
}

impl Ground {
    /// `age on decision date is under 18: it is 9`
    pub(crate) fn line(&self) -> String {
        match &self.found {
            Some(found) => format!("{}: {found}", self.says),
            None => self.says.clone(),
        }
    }
}

fn unit_of(expression: &Expression) -> Unit {
    match &expression.of {
        crate::checked::Type::Number(number) => number.unit.clone(),
        _ => Unit::plain(),
    }
}

/// A sentence: a capital at its head and a stop at its end.
pub(crate) fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', ':', '?']) { "" } else { "." };
    capital(text) + end
}
