//! Whether tables, and shares in rows, have a row for each case, and one alone.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::program::{FactId, Refusal};

use super::{Asking, several};
use crate::checked::{
    Body, Comparison, Condition, Expression, ExpressionKind, FamilyId, Provision, ProvisionId,
};
use crate::diagnostic::Diagnostic;
use crate::prove::Finding;
use crate::prove::evaluate::{Evaluation, compared};
use crate::prove::possible::{Possible, Tri};
use crate::prove::search::Answer;
use crate::source::Span;
use crate::syntax::Hit;
use crate::walk::{self, Part};

/// So many gaps of one table are told.
const MOST_GAPS: usize = 6;

impl<'a> Asking<'_, 'a> {
    /// Whether a table or the shares of a clause have a row for every case.
    pub(super) fn rows(&mut self, id: ProvisionId, provision: &'a Provision) {
        let (hit, spans) = match &provision.body {
            Body::Table(table) => {
                (table.hit, table.rows.iter().map(|row| row.span).collect::<Vec<_>>())
            }
            Body::Shares(rows, hit) => (*hit, rows.iter().map(|row| row.span).collect()),
            _ => return,
        };
        let tested = tested(&provision.body);
        let family = provision.body.family();
        let members = self.members(family);
        let mut is_told = [false; 2];
        let mut alive = BTreeSet::new();
        for member in &members {
            if hit.is_of_one_row() || matches!(hit, Hit::Highest | Hit::Lowest) {
                is_told[0] = is_told[0] || self.gap(id, provision, *member, &tested);
            }
            // Shares that do not make one whole agree with none.
            let is_of_shares = matches!(provision.body, Body::Shares(..));
            let may_agree = self.prover.is_in_part && is_of_shares;
            if hit == Hit::ExactlyOne || (hit == Hit::MustAgree && !may_agree) {
                is_told[1] =
                    is_told[1] || self.overlap(id, provision, (*member, hit), &spans, &tested);
            }
            for row in (0..spans.len()).filter(|_| spans.len() > 1) {
                if !alive.contains(&row) && self.may_apply(id, provision, *member, row) {
                    alive.insert(row);
                }
            }
        }
        for (row, span) in spans.iter().enumerate().filter(|_| spans.len() > 1) {
            // Two rows of which one is never met are told as that already where they overlap.
            // A sentence in two provisions has its rows in both.
            if !alive.contains(&row) && provision.at_row.is_none() {
                let diagnostic =
                    Diagnostic::warning("row-never-applies", "no case meets this row", *span);
                let number = self.number(provision.clause);
                let diagnostic =
                    diagnostic.in_clause(number).help("leave it out, or change its tests");
                self.found.push(Finding { diagnostic, refusal: None });
            }
        }
    }

    /// The members for which something is asked, or none.
    pub(super) fn members(&self, family: Option<FamilyId>) -> Vec<Option<FactId>> {
        let families = &self.prover.policy.families;
        match family.and_then(|family| families.get(family.0 as usize)) {
            Some(family) => family.members.iter().copied().map(Some).collect(),
            None => Vec::from([None]),
        }
    }

    fn gap(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        member: Option<FactId>,
        tested: &[&'a Expression],
    ) -> bool {
        let refusal = Some(Refusal::NoRow { clause: provision.clause });
        let leaves = leaves(&provision.body);
        let family = provision.body.family();
        // What each gap that is found answers to the tests of the table.
        let mut gaps: Vec<Vec<Option<Tri>>> = Vec::new();
        let mut told = Vec::new();
        let no_row_of = move |it: &mut Evaluation<'_, 'a>, member| {
            it.member = member;
            let applies = it.applies(id)?;
            let any = it.rows(&provision.body)?.into_iter().fold(Tri::No, Tri::or);
            Some(applies.and(any.not()))
        };
        let no_row = |it: &mut Evaluation<'_, 'a>| no_row_of(it, member);
        while told.len() < MOST_GAPS {
            let known = gaps.clone();
            let another = |it: &mut Evaluation<'_, 'a>| {
                let is_gap = no_row(it)?;
                if is_gap == Tri::No || known.is_empty() {
                    return Some(is_gap);
                }
                let answers: Vec<Option<Tri>> =
                    leaves.iter().map(|leaf| it.condition(leaf)).collect();
                let is_known =
                    known.iter().fold(Tri::No, |any, gap| any.or(is_same(gap, &answers)));
                Some(is_gap.and(is_known.not()))
            };
            match self.ask_untold(family, &another) {
                Answer::Never => break,
                Answer::Found(space) => {
                    let mut it = Evaluation::new(self.prover, &space, &[]);
                    it.member = member;
                    gaps.push(leaves.iter().map(|leaf| it.condition(leaf)).collect());
                    told.push(self.witness(&space, &another));
                }
                Answer::Unsettled if told.is_empty() => {
                    let whether = ("some case has no row of this table", "add a row `otherwise`");
                    self.not_settled((provision.clause, refusal), provision.span, whether);
                    return true;
                }
                Answer::Unsettled => break,
            }
        }
        let mut witnesses = told.into_iter();
        let Some(first) = witnesses.next() else { return false };
        let message = "no row of this table applies to some cases";
        let mut diagnostic = Diagnostic::error("no-row-for-some", message, provision.span)
            .help("add a row for them, or an `otherwise` row");
        for witness in core::iter::once(&first).chain(witnesses.as_slice()) {
            // Of several gaps the same facts may matter.
            let told = self.prover.told(witness, tested);
            diagnostic.cases.push(self.prover.stated(witness));
            if let Some(note) = told.filter(|note| !diagnostic.notes.contains(note)) {
                diagnostic = diagnostic.note(note);
            }
        }
        let diagnostic = diagnostic.in_clause(self.number(provision.clause));
        self.found.push(Finding { diagnostic, refusal });
        for member in self.members(family) {
            self.told.add(family, move |it| no_row_of(it, member));
        }
        true
    }

    fn overlap(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        (member, hit): (Option<FactId>, Hit),
        spans: &[Span],
        tested: &[&'a Expression],
    ) -> bool {
        let refusal = Some(Refusal::SeveralRows { clause: provision.clause });
        let overlap_of = move |it: &mut Evaluation<'_, 'a>,
                               member: Option<FactId>,
                               is_meant: &dyn Fn(usize) -> bool| {
            it.member = member;
            let applies = it.applies(id)?;
            let rows = it.rows(&provision.body)?.into_iter().enumerate();
            let rows: Vec<Tri> =
                rows.map(|(row, passes)| if is_meant(row) { passes } else { Tri::No }).collect();
            let several = match hit {
                Hit::ExactlyOne => several(&rows),
                _ => disagree(it, &provision.body, &rows)?,
            };
            Some(applies.and(several))
        };
        let family = provision.body.family();
        let overlaps = |it: &mut Evaluation<'_, 'a>| overlap_of(it, member, &|_| true);
        match self.ask_untold(family, &overlaps) {
            Answer::Never => false,
            Answer::Found(space) => {
                let mut it = Evaluation::new(self.prover, &space, &[]);
                let two = |rows: &[usize; 2]| {
                    overlap_of(&mut it, member, &|row| rows.contains(&row)) == Some(Tri::Yes)
                };
                let mut pairs =
                    (0..spans.len()).flat_map(|a| (a + 1..spans.len()).map(move |b| [a, b]));
                let rows = pairs.find(two).unwrap_or_default();
                let (code, message) = match hit {
                    Hit::ExactlyOne => ("rows-overlap", "two rows apply to some cases"),
                    _ => ("rows-disagree", "two rows apply to some cases and disagree"),
                };
                let [first, later] =
                    rows.map(|row| spans.get(row).copied().unwrap_or(provision.span));
                let is_of_two = |row| rows.contains(&row);
                let of_two = |it: &mut Evaluation<'_, 'a>| overlap_of(it, member, &is_of_two);
                let diagnostic = Diagnostic::error(code, message, later)
                    .here("this row")
                    .and(first, "and this one")
                    .help("change the tests so that only one of them applies");
                self.tell((provision.clause, refusal), diagnostic, &space, &of_two, tested);
                for member in self.members(family) {
                    let overlaps =
                        move |it: &mut Evaluation<'_, 'a>| overlap_of(it, member, &|_| true);
                    self.told.add(family, overlaps);
                }
                true
            }
            Answer::Unsettled => {
                let whether = "two rows of this table apply to some case";
                let whether = (whether, "write `first row that applies`");
                self.not_settled((provision.clause, refusal), provision.span, whether);
                true
            }
        }
    }

    /// Whether a row may be met, as far as that was settled.
    fn may_apply(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        member: Option<FactId>,
        row: usize,
    ) -> bool {
        let meets = |it: &mut Evaluation<'_, 'a>| {
            it.member = member;
            let applies = it.applies(id)?;
            Some(applies.and(it.row_that_counts(&provision.body, row)?))
        };
        !matches!(self.ask(provision.body.family(), &meets), Answer::Never)
    }
}

/// Whether a case answers the tests of a table as another does.
fn is_same(gap: &[Option<Tri>], answers: &[Option<Tri>]) -> Tri {
    gap.iter().zip(answers).fold(Tri::Yes, |same, (known, answer)| match (known, answer) {
        (Some(known), Some(Tri::Yes | Tri::No)) => same.and(Tri::of(*answer == Some(*known))),
        _ => same.and(Tri::Open),
    })
}

/// The single tests of a table.
fn leaves(body: &Body) -> Vec<&Condition> {
    let mut leaves = Vec::new();
    let tests: Vec<&Condition> = match body {
        Body::Table(table) => table.rows.iter().flat_map(|row| &row.when).collect(),
        Body::Shares(rows, _) => rows.iter().flat_map(|row| &row.when).collect(),
        _ => Vec::new(),
    };
    for test in tests {
        walk::condition(test, &mut |part| {
            let Part::Condition(leaf) = part else { return };
            let is_one = !matches!(leaf, Condition::Of(..) | Condition::Not(_) | Condition::Always);
            if is_one && !leaves.contains(&leaf) {
                leaves.push(leaf);
            }
        });
    }
    leaves
}

/// Whether two rows apply that answer differently.
fn disagree<'a>(it: &mut Evaluation<'_, 'a>, body: &'a Body, passing: &[Tri]) -> Option<Tri> {
    let mut rows: Vec<(Tri, Vec<Possible>)> = Vec::new();
    for (row, passes) in passing.iter().enumerate().filter(|(_, passes)| **passes != Tri::No) {
        rows.push((*passes, it.answers(body, row)?));
    }
    let mut any = Tri::No;
    for (place, (one, a)) in rows.iter().enumerate() {
        for (other, b) in rows.iter().skip(place + 1) {
            let mut same = Tri::Yes;
            for (a, b) in a.iter().zip(b) {
                same = same.and(compared(*a, Comparison::Exactly, *b)?);
            }
            any = any.or(one.and(*other).and(same.not()));
        }
    }
    Some(any)
}

/// The values that a table tests, once each.
fn tested(body: &Body) -> Vec<&Expression> {
    let tests: Vec<&Condition> = match body {
        Body::Table(table) => table.rows.iter().flat_map(|row| &row.when).collect(),
        Body::Shares(rows, _) => rows.iter().flat_map(|row| &row.when).collect(),
        _ => Vec::new(),
    };
    let mut tested: Vec<&Expression> = Vec::new();
    for test in tests {
        walk::condition(test, &mut |part| {
            let Part::Expression(expression) = part else { return };
            let is_value = matches!(expression.kind, ExpressionKind::Value(_));
            if is_value && !tested.iter().any(|known| known.kind == expression.kind) {
                tested.push(expression);
            }
        });
    }
    tested
}
