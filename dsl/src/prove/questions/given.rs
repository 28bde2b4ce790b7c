//! Whether what is read is given.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use apportion_core::program::{ListId, Refusal, ValueId};

use super::Asking;
use crate::checked::{Body, Condition, ExpressionKind, FamilyId, Provision, ProvisionId, Share};
use crate::diagnostic::Diagnostic;
use crate::prove::evaluate::Evaluation;
use crate::prove::possible::Tri;
use crate::prove::search::Answer;
use crate::source::Span;
use crate::walk::{self, Part};

impl<'a> Asking<'_, 'a> {
    /// Whether what the condition of a provision reads is given: conditions are asked in every case
    /// in which the provision is in force.
    pub(super) fn values_asked(&mut self, provision: &'a Provision, told: &mut BTreeSet<ValueId>) {
        let mut asked = Vec::new();
        // A promise decides nothing, so nothing of it is asked.
        if !matches!(provision.body, Body::Promise(_)) {
            walk::condition(&provision.when, &mut values_in(&mut asked));
        }
        for read in asked {
            self.given((provision, None), read, told, |it| {
                let is_asked = Tri::of(!it.is_without(provision.list));
                Some(is_asked.and(it.condition(&provision.in_force)?))
            });
        }
    }

    /// Whether what a provision works out with is given wherever it applies.
    pub(super) fn values_read(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        told: &mut BTreeSet<ValueId>,
    ) {
        let mut worked_out = Vec::new();
        match &provision.body {
            Body::Table(table) => {
                for (row, cells) in table.rows.iter().enumerate() {
                    let mut read = Vec::new();
                    cells
                        .answers
                        .iter()
                        .for_each(|it| walk::expression(it, &mut values_in(&mut read)));
                    self.given_in_row(id, provision, row, read, told);
                    let tests = &mut values_in(&mut worked_out);
                    cells.when.iter().for_each(|test| walk::condition(test, tests));
                }
            }
            Body::Shares(rows, _) => {
                for (row, cells) in rows.iter().enumerate() {
                    let mut read = Vec::new();
                    for share in &cells.shares {
                        if let Share::Of(it) = share {
                            walk::expression(it, &mut values_in(&mut read));
                        }
                    }
                    self.given_in_row(id, provision, row, read, told);
                    let tests = &mut values_in(&mut worked_out);
                    cells.when.iter().for_each(|test| walk::condition(test, tests));
                }
            }
            _ => walk::body(provision, &mut values_in(&mut worked_out)),
        }
        for read in worked_out {
            self.given((provision, None), read, told, move |it| it.applies(id));
        }
    }

    fn given_in_row(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        row: usize,
        read: Vec<Read>,
        told: &mut BTreeSet<ValueId>,
    ) {
        let family = provision.body.family();
        for read in read {
            for member in self.members(family) {
                self.given((provision, family), read, told, move |it| {
                    it.member = member;
                    let applies = it.applies(id)?;
                    Some(applies.and(it.row_that_counts(&provision.body, row)?))
                });
            }
        }
    }

    /// Whether a value is given where it is read, for whichever member of a family.
    fn given(
        &mut self,
        (provision, family): (&'a Provision, Option<FamilyId>),
        Read { value, span, of_items }: Read,
        told: &mut BTreeSet<ValueId>,
        where_read: impl Fn(&mut Evaluation<'_, 'a>) -> Option<Tri> + 'a,
    ) {
        let refusal = Some(Refusal::NoValue { value });
        let is_missing = move |it: &mut Evaluation<'_, 'a>| {
            if it.is_without(of_items) {
                return Some(Tri::No);
            }
            let lacks = it.is_given(value)?.not();
            if lacks == Tri::No {
                return Some(Tri::No);
            }
            Some(lacks.and(where_read(it)?))
        };
        // It is told once of a value, wherever it is read.
        if told.contains(&value) {
            return self.told.add(family, is_missing);
        }
        let policy = self.prover.policy;
        let name = policy.values.get(value.index()).map(|value| value.name.clone());
        let name = name.unwrap_or_default();
        match self.ask_untold(family, &is_missing) {
            Answer::Never => {}
            // Which items are read hangs on all of them.
            Answer::Found(space) if of_items.is_none() => {
                told.insert(value);
                let message =
                    format!("no clause gives `{name}` in some cases in which it is needed");
                let diagnostic = Diagnostic::error("no-value-for-some", message, span)
                    .help(format!("say what {name} is in those cases, or add a condition here"));
                self.tell((provision.clause, refusal), diagnostic, &space, &is_missing, &[]);
                self.told.add(family, is_missing);
            }
            Answer::Found(_) | Answer::Unsettled => {
                told.insert(value);
                let whether = format!("`{name}` is given wherever it is needed here");
                let otherwise = "add `otherwise` to a clause that gives it";
                self.not_settled((provision.clause, refusal), span, (&whether, otherwise));
            }
        }
    }
}

/// A value that is read: where, and of which list where it is read of some items among all of them.
#[derive(Clone, Copy)]
struct Read {
    value: ValueId,
    span: Span,
    of_items: Option<ListId>,
}

/// Notes every value that is read.
fn values_in<'a>(found: &mut Vec<Read>) -> impl FnMut(Part<'a>) {
    let mut of_items: Vec<(Span, ListId)> = Vec::new();
    move |part| match part {
        Part::Expression(expression) => match expression.kind {
            ExpressionKind::Value(value)
            | ExpressionKind::Sum { of: Some(value), .. }
            | ExpressionKind::Highest { of: Some(value), .. }
            | ExpressionKind::Lowest { of: Some(value), .. } => {
                let span = expression.span;
                let is_within =
                    |(of, _): &&(Span, ListId)| of.start <= span.start && span.end <= of.end;
                let of_items = of_items.iter().find(is_within).map(|(_, list)| *list);
                found.push(Read { value, span, of_items });
            }
            ExpressionKind::Items(ref over) => of_items.push((expression.span, over.list)),
            _ => {}
        },
        Part::Condition(Condition::Items { what, list, .. }) => {
            walk::condition(what, &mut |part| {
                if let Part::Expression(expression) = part {
                    of_items.push((expression.span, *list));
                }
            });
        }
        Part::Condition(_) => {}
    }
}
