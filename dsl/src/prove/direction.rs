//! Whether something rises, or falls, with something else: two cases beside each other.
//!
//! A clause with shares reads its columns, and nothing else. So of the first case it is asked whether
//! anything higher in one column, and the same in the others, could give a share on the wrong side;
//! where it could, a second case is looked for that has it.

use alloc::vec::Vec;

use apportion_core::program::PartyId;

use super::evaluate::{Evaluation, compared};
use super::possible::{Possible, Tri};
use crate::checked::{
    Body, Comparison, Condition, Expression, ExpressionKind, Provision, ProvisionId, Share, Type,
};
use crate::ratio::Ratio;
use crate::walk::{self, Part};

/// That what a party's share is in a clause never falls, or never rises, with something.
#[derive(Clone, Copy)]
pub(super) struct Direction<'a> {
    pub(super) clause: ProvisionId,
    pub(super) provision: &'a Provision,
    pub(super) rising: &'a Expression,
    pub(super) party: PartyId,
    pub(super) never_lower: bool,
}

/// What a case shows of a clause: its columns, and a party's share.
pub(super) struct Shown<'a> {
    columns: Vec<(&'a Expression, Possible)>,
    /// What is asked of families and lists.
    counts: Vec<(&'a Condition, Tri)>,
    rising: Possible,
    share: Possible,
}

impl<'a> Direction<'a> {
    /// Whether, as far as the columns show, a higher value could give a share on the wrong side.
    pub(super) fn may_be_wrong(&self, it: &mut Evaluation<'_, 'a>) -> Option<Tri> {
        let applies = it.applies(self.clause)?;
        if applies == Tri::No {
            return Some(Tri::No);
        }
        let share = self.share(it)?;
        let rising = it.expression(self.rising)?;
        let Some(higher) = above(rising, &self.rising.of) else { return Some(Tri::No) };
        let share_of_higher = it.with_instead((self.rising, higher), |it| self.share(it));
        let Some(share_of_higher) = share_of_higher else { return Some(Tri::No) };
        Some(match self.is_wrong(share, share_of_higher)? {
            Tri::No => Tri::No,
            // Of one case with its columns, what could be is to be looked for.
            _ if it.has_one_of_each() => applies,
            _ => Tri::Open,
        })
    }

    /// Whether the share of a higher value is on the wrong side of that of a lower one.
    fn is_wrong(&self, of_lower: Possible, of_higher: Possible) -> Option<Tri> {
        let wrong = if self.never_lower { Comparison::Under } else { Comparison::Over };
        compared(of_higher, wrong, of_lower)
    }

    /// The share of the party in the rows that may apply.
    fn share(&self, it: &mut Evaluation<'_, 'a>) -> Option<Possible> {
        let body = &self.provision.body;
        let mut share: Option<Possible> = None;
        for (row, passes) in it.rows(body)?.into_iter().enumerate() {
            if passes == Tri::No {
                continue;
            }
            let Some(answers) = it.answers(body, row) else { continue };
            let of_row = *answers.get(self.party.index())?;
            share = Some(share.map_or(of_row, |so_far| so_far.or(of_row)));
        }
        share
    }

    /// What a case shows.
    pub(super) fn shown(&self, it: &mut Evaluation<'_, 'a>) -> Option<Shown<'a>> {
        let (columns, counts) = read(&self.provision.body);
        let others = columns.into_iter().filter(|column| column.kind != self.rising.kind);
        let columns = others.map(|column| Some((column, it.expression(column)?)));
        let columns = columns.collect::<Option<Vec<_>>>()?;
        let counts = counts.into_iter().map(|count| Some((count, it.condition(count)?)));
        let counts = counts.collect::<Option<Vec<_>>>()?;
        let (rising, share) = (it.expression(self.rising)?, self.share(it)?);
        Some(Shown { columns, counts, rising, share })
    }

    /// Whether a case is as another shows.
    pub(super) fn is_alike(&self, it: &mut Evaluation<'_, 'a>, shown: &Shown<'a>) -> Option<Tri> {
        let same = it.compared_to(self.rising, Comparison::Exactly, shown.rising)?;
        let share = compared(self.share(it)?, Comparison::Exactly, shown.share)?;
        Some(self.has_columns(it, shown)?.and(same).and(share))
    }

    /// Whether a case has the same columns but a higher value, and a share on the wrong side.
    pub(super) fn is_beside(&self, it: &mut Evaluation<'_, 'a>, shown: &Shown<'a>) -> Option<Tri> {
        let is_higher = it.compared_to(self.rising, Comparison::Over, shown.rising)?;
        let is_wrong = self.is_wrong(shown.share, self.share(it)?)?;
        Some(self.has_columns(it, shown)?.and(is_higher).and(is_wrong))
    }

    fn has_columns(&self, it: &mut Evaluation<'_, 'a>, shown: &Shown<'a>) -> Option<Tri> {
        let mut has = it.applies(self.clause)?;
        for (column, possible) in &shown.columns {
            has = has.and(it.compared_to(column, Comparison::Exactly, *possible)?);
        }
        for (count, known) in &shown.counts {
            let is_so = it.condition(count)?;
            has = has.and(if *known == Tri::Yes { is_so } else { is_so.not() });
        }
        Some(has)
    }
}

/// What a clause with shares reads, once each: its columns and the shares that are named, and what it
/// asks of families and lists.
fn read(body: &Body) -> (Vec<&Expression>, Vec<&Condition>) {
    let (mut columns, mut counts) = (Vec::new(), Vec::new());
    let Body::Shares(rows, _) = body else { return (columns, counts) };
    for row in rows {
        for test in &row.when {
            walk::condition(test, &mut |part| match part {
                Part::Condition(Condition::Truth(value) | Condition::Word(value, _)) => {
                    columns.push(value);
                }
                Part::Condition(Condition::Compare(left, _, right)) => {
                    columns.extend([left, right]);
                }
                Part::Condition(count @ (Condition::Members { .. } | Condition::Items { .. })) => {
                    counts.push(count)
                }
                _ => {}
            });
        }
        columns.extend(row.shares.iter().filter_map(|share| match share {
            Share::Of(share) => Some(share),
            Share::Rest => None,
        }));
    }
    let mut known: Vec<&Expression> = Vec::new();
    for column in columns {
        let is_constant = matches!(column.kind, ExpressionKind::Constant(_));
        if !is_constant && !known.iter().any(|other| other.kind == column.kind) {
            known.push(column);
        }
    }
    (known, counts)
}

/// All that is above the least that something can be; none where nothing is.
fn above(possible: Possible, of: &Type) -> Option<Possible> {
    match (possible, of) {
        (Possible::Numbers(least, _), Type::Number(number)) => {
            let over = |parts: i64| Ratio::new(parts.into(), number.denominator.into());
            let (next, greatest) = (least.plus(over(1)?)?, over(number.greatest)?);
            (next <= greatest).then_some(Possible::Numbers(next, greatest))
        }
        (Possible::Days(first, _), Type::Date { last, .. }) => {
            let last = last.day_number();
            (first < last).then_some(Possible::Days(first + 1, last))
        }
        (Possible::Words(words), Type::Words { count, .. }) => {
            let lowest = words.lowest()?;
            let higher = (0..*count).filter(|word| *word > lowest).collect();
            Some(Possible::Words(higher)).filter(|_| lowest + 1 < *count)
        }
        _ => None,
    }
}
