//! Whether clauses clash: for one conclusion, value, set of shares or amount.

use alloc::format;
use alloc::rc::Rc;
use alloc::vec::Vec;

use apportion_core::program::{ConclusionId, FactId, Refusal, ValueId};

use super::{Asking, several};
use crate::checked::{Body, Comparison, ExpressionKind, Provision, ProvisionId, Value};
use crate::diagnostic::Diagnostic;
use crate::prove::evaluate::{Evaluation, compared};
use crate::prove::possible::Tri;
use crate::prove::search::Answer;
use crate::prove::space::Space;

/// A provision of the policy.
type Of<'a> = (ProvisionId, &'a Provision);

/// What settles which of two clauses counts.
const DESPITE: &str = "write `Despite` and the number of the one in the other";

impl<'a> Asking<'_, 'a> {
    /// Whether a split has one set of shares in every case.
    pub(super) fn shares_of_split(&mut self, id: ProvisionId, provision: &'a Provision) {
        let Body::Split { shares, .. } = &provision.body else { return };
        let of_split = self
            .provisions()
            .filter(|(_, it)| shares.contains(&it.clause))
            .filter(|(_, it)| matches!(it.body, Body::Shares(..) | Body::Broken));
        let of_split: Rc<[Of<'a>]> = of_split.collect();
        let of = Rc::clone(&of_split);
        let none = move |it: &mut Evaluation<'_, 'a>| {
            let any = all_apply(it, &of)?.into_iter().fold(Tri::No, Tri::or);
            Some(it.applies(id)?.and(any.not()))
        };
        let refusal = Some(Refusal::NoShares { clause: provision.clause });
        match self.ask_untold(None, &none) {
            Answer::Never => {}
            Answer::Found(space) => {
                let message = "no clause gives shares for this split in some cases";
                let diagnostic = Diagnostic::error("no-shares-for-some", message, provision.span)
                    .help("add a clause with the shares of those cases, or a condition here");
                self.tell((provision.clause, refusal), diagnostic, &space, &none, &[]);
                self.told.add(None, none);
            }
            Answer::Unsettled => {
                let whether = "this split has shares in every case";
                let whether = (whether, "write shares for whatever cases are left");
                self.not_settled((provision.clause, refusal), provision.span, whether);
            }
        }
        let refusal = Some(Refusal::SeveralShares { clause: provision.clause });
        let of = Rc::clone(&of_split);
        let both = move |it: &mut Evaluation<'_, 'a>| {
            let two = several(&all_apply(it, &of)?);
            Some(it.applies(id)?.and(two))
        };
        match self.ask_untold(None, &both) {
            Answer::Never => {}
            Answer::Found(space) => {
                let what = "both give shares in some cases";
                let is_clash = |it: &mut Evaluation<'_, 'a>, two: [Of<'a>; 2]| {
                    Some(it.applies(id)?.and(both_apply(it, two)?))
                };
                self.clash(("shares-clash", refusal), what, &space, pairs(&of_split), &is_clash);
                self.told.add(None, both);
            }
            Answer::Unsettled => {
                let whether = "two clauses give shares for this split in some case";
                let whether = (whether, DESPITE);
                self.not_settled((provision.clause, refusal), provision.span, whether);
            }
        }
    }

    /// Reports the first two clauses that clash in a case.
    fn clash(
        &mut self,
        (code, refusal): (&'static str, Option<Refusal>),
        what: &str,
        space: &Space<'a>,
        mut pairs: impl Iterator<Item = [Of<'a>; 2]>,
        is_clash: &dyn Fn(&mut Evaluation<'_, 'a>, [Of<'a>; 2]) -> Option<Tri>,
    ) {
        let mut it = Evaluation::new(self.prover, space, &[]);
        let Some(two) = pairs.find(|two| is_clash(&mut it, *two) == Some(Tri::Yes)) else { return };
        let mut places = two.map(|(_, provision)| provision);
        places.sort_by_key(|provision| provision.span.start);
        let [first, later] = places;
        let (one, other) = (self.number(first.clause), self.number(later.clause));
        let (clauses, winning) = match one == other {
            false => {
                (format!("{one} and {other}"), "before the one that is to win, with its number")
            }
            true => {
                let winning = "before the one that is to win, and give it a number of its own";
                (format!("two sentences of {one}"), winning)
            }
        };
        let diagnostic = Diagnostic::error(code, format!("{clauses} {what}"), later.span)
            .here("this sentence")
            .and(first.span, "and this one")
            .help(format!("write `Despite {one},` {winning}"));
        self.tell((later.clause, refusal), diagnostic, space, &|it| is_clash(it, two), &[]);
    }

    /// Whether a clause for a conclusion and one against it both apply.
    pub(super) fn conclusions(&mut self) {
        for place in
            (0..self.prover.policy.conclusions.len()).map_while(|it| u32::try_from(it).ok())
        {
            let id = ConclusionId(place);
            let Some(conclusion) = self.prover.policy.conclusions.get(id.index()) else { continue };
            let sides = |wanted: bool| {
                let of = self.provisions().filter(move |(_, it)| {
                    matches!(it.body, Body::Conclude { conclusion, is_for } if conclusion == id && is_for == wanted)
                });
                of.collect::<Vec<_>>()
            };
            let (is_for, against) = (sides(true), sides(false));
            let refusal = Some(Refusal::Contradiction { conclusion: id });
            let both = move |it: &mut Evaluation<'_, 'a>| {
                let (is_for, against) = it.sides(id)?;
                Some(is_for.and(against))
            };
            let name = &conclusion.name;
            match self.ask_untold(None, &both) {
                Answer::Never => {}
                Answer::Found(space) => {
                    let what =
                        format!("both apply to some cases, one for `{name}` and one against it");
                    let pairs = is_for.iter().flat_map(|a| against.iter().map(move |b| [*a, *b]));
                    self.clash(("conclusions-clash", refusal), &what, &space, pairs, &both_apply);
                    self.told.add(None, both);
                }
                Answer::Unsettled => {
                    if let Some((_, provision)) = against.first() {
                        let whether =
                            format!("clauses for `{name}` and against it apply to one case");
                        self.not_settled(
                            (provision.clause, refusal),
                            provision.span,
                            (&whether, DESPITE),
                        );
                    }
                }
            }
        }
    }

    /// Whether two clauses give one value and disagree.
    pub(super) fn values(&mut self) {
        for (place, value) in (0..).zip(&self.prover.policy.values) {
            let is_unclear = value.provisions.iter().any(|id| self.is_unclear(*id));
            if value.provisions.len() < 2 || is_unclear {
                continue;
            }
            for member in self.members(value.each) {
                if self.several_values(ValueId(place), value, member) {
                    break;
                }
            }
        }
    }

    /// Whether two clauses give a value, of a member if it is one of each, and disagree, or that was
    /// not settled.
    fn several_values(&mut self, id: ValueId, value: &'a Value, member: Option<FactId>) -> bool {
        let refusal = Some(Refusal::SeveralValues { value: id });
        let disagree_of = move |it: &mut Evaluation<'_, 'a>, member| {
            it.member = member;
            let mut given = Vec::new();
            for provision in &value.provisions {
                let applies = it.applies(*provision)?;
                if applies != Tri::No {
                    given.push((applies, it.given_by(*provision, id)));
                }
            }
            let mut any = Tri::No;
            for (place, (applies, a)) in given.iter().enumerate() {
                for (also, b) in given.iter().skip(place + 1) {
                    let (Some(a), Some(b)) = (a, b) else { continue };
                    let same = compared(*a, Comparison::Exactly, *b)?;
                    any = any.or(applies.and(*also).and(same.not()));
                }
            }
            Some(any)
        };
        match self.ask_untold(value.each, &|it| disagree_of(it, member)) {
            Answer::Never => return false,
            Answer::Found(space) => {
                let of = value.provisions.iter().filter_map(|id| {
                    Some((*id, self.prover.policy.provisions.get(id.0 as usize)?))
                });
                let of: Vec<Of<'a>> = of.collect();
                let what = format!("both give `{}` in some cases, and disagree", value.name);
                let is_clash = |it: &mut Evaluation<'_, 'a>, two: [Of<'a>; 2]| {
                    it.member = member;
                    let both = both_apply(it, two)?;
                    if both == Tri::No {
                        return Some(both);
                    }
                    let [a, b] = two.map(|(provision, _)| it.given_by(provision, id));
                    Some(both.and(compared(a?, Comparison::Exactly, b?)?.not()))
                };
                self.clash(("values-clash", refusal), &what, &space, pairs(&of), &is_clash);
                for member in self.members(value.each) {
                    self.told.add(value.each, move |it| disagree_of(it, member));
                }
            }
            Answer::Unsettled => {
                let later = value.provisions.last();
                let later = later.and_then(|id| self.prover.policy.provisions.get(id.0 as usize));
                if let Some(later) = later {
                    let whether =
                        format!("two clauses give `{}` in one case and disagree", value.name);
                    self.not_settled((later.clause, refusal), later.span, (&whether, DESPITE));
                }
            }
        }
        true
    }

    /// Whether two clauses pay one amount.
    pub(super) fn payments(&mut self) {
        let paying = self.provisions().filter(|(_, it)| {
            let amount = it.body.amount();
            amount.is_some_and(|amount| {
                matches!(amount.kind, ExpressionKind::Fact(_) | ExpressionKind::Value(_))
            })
        });
        let paying: Vec<Of<'a>> = paying.collect();
        for (place, (_, first)) in paying.iter().enumerate() {
            let same = |it: &&Of<'a>| {
                it.1.body.amount().map(|amount| &amount.kind)
                    == first.body.amount().map(|amount| &amount.kind)
            };
            let is_told = paying.iter().take(place).any(|it| same(&it));
            let of: Rc<[_]> = paying.iter().skip(place).filter(same).copied().collect();
            if is_told || of.len() < 2 {
                continue;
            }
            let refusal = of.last().map(|(_, it)| Refusal::PaidTwice { clause: it.clause });
            let all = Rc::clone(&of);
            let both = move |it: &mut Evaluation<'_, 'a>| {
                let applying = all_apply(it, &all)?;
                let mut both = Tri::No;
                for (place, (a, one)) in all.iter().zip(&applying).enumerate() {
                    for (b, other) in all.iter().zip(&applying).skip(place + 1) {
                        let is_one = is_one_amount([*a, *b]);
                        both = both.or(if is_one { one.and(*other) } else { Tri::No });
                    }
                }
                Some(both)
            };
            match self.ask_untold(None, &both) {
                Answer::Never => {}
                Answer::Found(space) => {
                    let what = "both pay one amount in some cases";
                    let pairs = pairs(&of).filter(|two| is_one_amount(*two));
                    let code = ("paid-twice-in-some", refusal);
                    self.clash(code, what, &space, pairs, &both_apply);
                    self.told.add(None, both);
                }
                Answer::Unsettled => {
                    let whether = ("two clauses pay this amount in one case", DESPITE);
                    self.not_settled((first.clause, refusal), first.span, whether);
                }
            }
        }
    }
}

/// Each with each that comes after it.
fn pairs<'o, 'a>(of: &'o [Of<'a>]) -> impl Iterator<Item = [Of<'a>; 2]> + 'o {
    let later = |place: usize| of.iter().skip(place + 1);
    of.iter().enumerate().flat_map(move |(place, a)| later(place).map(|b| [*a, *b]))
}

/// Whether each of these applies.
fn all_apply<'a>(it: &mut Evaluation<'_, 'a>, of: &[Of<'a>]) -> Option<Vec<Tri>> {
    of.iter().map(|(id, _)| it.applies(*id)).collect()
}

fn both_apply<'a>(it: &mut Evaluation<'_, 'a>, [(one, _), (other, _)]: [Of<'a>; 2]) -> Option<Tri> {
    Some(it.applies(one)?.and(it.applies(other)?))
}

/// What the items of two lists are paid is not one amount.
fn is_one_amount([(_, a), (_, b)]: [Of<'_>; 2]) -> bool {
    a.list.is_none() || b.list.is_none() || a.list == b.list
}
