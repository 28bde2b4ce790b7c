//! What is worth knowing of a policy in which nothing is wrong.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{ConclusionId, ValueId};

use super::{Asking, is_decided};
use crate::checked::{Comparison, Condition, ExpressionKind, Fact, Provision, ProvisionId, Type};
use crate::diagnostic::Diagnostic;
use crate::naming::listed;
use crate::prove::Finding;
use crate::prove::evaluate::{Blocker, Evaluation, On, compared};
use crate::prove::possible::{Possible, Tri};
use crate::prove::reads::values_read;
use crate::prove::search::{Answer, Wanted};
use crate::prove::space::Space;
use crate::ratio::Ratio;
use crate::walk::{self, Part};

/// The most steps to find out whether one case turns with its default.
const MOST_STEPS_OF_A_CASE: u32 = 50;

/// The only one of some words.
fn single(words: &[u8]) -> Option<u8> {
    match words {
        [only] => Some(*only),
        _ => None,
    }
}

impl<'a> Asking<'_, 'a> {
    /// Notes everything, on a day.
    pub(super) fn note(&mut self, on: Date) {
        self.review(on);
        self.values_of_no_use();
        self.defaults();
        self.paid_in_some();
        self.levels_alone();
    }

    /// Notes something, which decides nothing.
    pub(super) fn keep(&mut self, diagnostic: Diagnostic) {
        self.found.push(Finding { diagnostic, refusal: None });
    }

    fn review(&mut self, on: Date) {
        let version = &self.prover.policy.version;
        let Some(by) = version.review_by.filter(|by| *by < on) else { return };
        let message = format!("this policy was to be reviewed by {by}");
        let diagnostic = Diagnostic::notice("past-review", message, version.span)
            .help("review it, and write the next date after `review by`; it counts until then");
        self.keep(diagnostic);
    }

    /// Numbers that are worked out where somebody pays, and on which nothing depends.
    fn values_of_no_use(&mut self) {
        let policy = self.prover.policy;
        if !policy.provisions.iter().any(|it| it.body.amount().is_some()) {
            return;
        }
        let mut reached = BTreeSet::new();
        let mut left: Vec<&Provision> =
            policy.provisions.iter().filter(|it| it.body.values().is_empty()).collect();
        while let Some(provision) = left.pop() {
            for value in values_read(provision) {
                if reached.insert(value) {
                    let value = policy.values.get(value.index());
                    let given = value.into_iter().flat_map(|value| &value.provisions);
                    left.extend(given.filter_map(|id| policy.provisions.get(id.0 as usize)));
                }
            }
        }
        // Of what is worked out for something that is of no use, that is told alone.
        let giving = policy.provisions.iter().filter(|it| !it.body.values().is_empty());
        reached.extend(giving.flat_map(values_read));
        for (value, id) in policy.values.iter().zip((0..).map(ValueId)) {
            // A rate that no clause names is told as that.
            let is_told = reached.contains(&id) || value.is_rate;
            if is_told || !matches!(value.kind, Type::Number(_)) {
                continue;
            }
            let message = format!("`{}` is worked out, and no payment depends on it", value.name);
            let diagnostic = Diagnostic::notice("reaches-no-payment", message, value.span)
                .help("use it in a clause that pays, or leave it out");
            self.keep(diagnostic);
        }
    }

    /// Levels that are asked for alone, where higher ones exist.
    fn levels_alone(&mut self) {
        let policy = self.prover.policy;
        for (_, provision) in self.provisions() {
            let mut told = BTreeSet::new();
            walk::condition(&provision.when, &mut |part| {
                let Part::Condition(condition) = part else { return };
                let (kind, word) = match condition {
                    Condition::Word(value, words) => (Some(&value.of), single(words)),
                    Condition::Members { family, words, .. } => {
                        let family = policy.families.get(family.0 as usize);
                        let member = family.and_then(|family| family.members.first());
                        let fact = member.and_then(|id| policy.facts.get(id.index()));
                        (fact.map(|fact| &fact.kind), single(words))
                    }
                    _ => return,
                };
                let (Some(Type::Words { list, count }), Some(word)) = (kind, word) else { return };
                let list = policy.word_lists.get(list.0 as usize).filter(|list| list.is_ordered);
                // Nothing is below the lowest, so that with what is higher it would be all.
                let is_between = word > 0 && word + 1 < *count;
                let level = list.and_then(|list| list.words.get(usize::from(word)));
                told.extend(level.filter(|_| is_between).cloned());
            });
            for level in told {
                let message = format!("`{level}` is asked for alone, without the levels above it");
                let diagnostic = Diagnostic::notice("level-alone", message, provision.span)
                    .help(format!("where those count as well, write `{level} or higher`"));
                self.keep(diagnostic.in_clause(self.number(provision.clause)));
            }
        }
    }

    /// Amounts that somebody pays in some cases, and nobody in others.
    fn paid_in_some(&mut self) {
        let paid = self.provisions().filter_map(|(id, provision)| {
            let amount = provision.body.amount()?;
            let is_named =
                matches!(amount.kind, ExpressionKind::Fact(_) | ExpressionKind::Value(_));
            is_named.then_some((id, provision, amount))
        });
        let paid: Vec<_> = paid.collect();
        let mut known = Vec::new();
        for (_, first, amount) in &paid {
            if known.contains(&&amount.kind) || first.list.is_some() {
                continue;
            }
            known.push(&amount.kind);
            let of = paid.iter().filter(|(_, _, other)| other.kind == amount.kind);
            let of: Vec<ProvisionId> = of.map(|(id, ..)| *id).collect();
            let is_unpaid = |it: &mut Evaluation<'_, 'a>| {
                let mut any = Tri::No;
                for id in &of {
                    any = any.or(it.applies(*id)?);
                }
                if any == Tri::Yes {
                    return Some(Tri::No);
                }
                // The clause is for some amounts only where its condition says so.
                let whole = match amount.kind {
                    ExpressionKind::Fact(fact) => it.fact(fact)?,
                    ExpressionKind::Value(value) => it.value(value)?,
                    _ => return None,
                };
                it.has_sums = true;
                let nothing = Possible::Numbers(Ratio::ZERO, Ratio::ZERO);
                Some(any.not().and(compared(whole, Comparison::Over, nothing)?))
            };
            let Answer::Found(space) = self.ask(None, &is_unpaid) else { continue };
            let name = self.named(&amount.kind);
            let message = format!("nobody pays `{name}` in some cases");
            let diagnostic = Diagnostic::notice("paid-in-some", message, first.span)
                .help("where that is not meant, say who pays it in those cases");
            self.tell((first.clause, None), diagnostic, &space, &is_unpaid, &[]);
        }
    }

    fn named(&self, kind: &ExpressionKind) -> String {
        let policy = self.prover.policy;
        let name = match kind {
            ExpressionKind::Fact(fact) => policy.facts.get(fact.index()).map(|fact| &fact.name),
            ExpressionKind::Value(value) => policy.values.get(value.index()).map(|it| &it.name),
            _ => None,
        };
        name.cloned().unwrap_or_default()
    }

    /// Defaults that alone can decide a conclusion.
    fn defaults(&mut self) {
        let facts = &self.prover.policy.facts;
        for (place, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.default.is_some()) {
            self.default_of(place, fact);
        }
    }

    fn default_of(&mut self, place: usize, fact: &'a Fact) {
        let prover = self.prover;
        let whole = prover.domains.get(place).copied();
        let kept = whole.zip(fact.default).and_then(|(whole, it)| whole.only(it));
        let Some(kept) = kept else { return };
        let most = prover.effort.of_a_question;
        let mut decided = Vec::new();
        let conclusions = &prover.policy.conclusions;
        for (conclusion, id) in conclusions.iter().zip((0..).map(ConclusionId)) {
            let turns = |it: &mut Evaluation<'_, 'a>| turns(it, place, id);
            let of_default = |all: Space<'a>| all.with_fact(place, kept);
            if let Answer::Found(_) = self.ask_within(fact.family, (of_default, most), &turns) {
                decided.push(format!("`{}`", conclusion.name));
            }
        }
        if decided.is_empty() {
            return;
        }
        let what = listed(&decided);
        let message = format!("that `{}` is not stated can alone decide {what}", fact.told_as());
        let diagnostic = Diagnostic::notice("decided-by-default", message, fact.span).help(
            "where that is not meant, leave the default out, and such a case is asked for it",
        );
        self.keep(diagnostic);
    }
}

/// Whether a conclusion is one thing in cases in which a fact is its default, and another where it is not
/// and all else is the same.
fn turns<'a>(it: &mut Evaluation<'_, 'a>, place: usize, conclusion: ConclusionId) -> Option<Tri> {
    let (prover, space, joints) = (it.prover(), it.space(), it.joints());
    let wide = space.with_fact(place, *prover.domains.get(place)?);
    // What is assumed, or ruled out, was so of fewer cases.
    let plain = Space { without: Rc::clone(&space.without), ..prover.plain() };
    let has_one_of_each = space.has_one_of_each;
    let wide = Space { facts: wide.facts, families: wide.families, has_one_of_each, ..plain };
    let mut whatever = Evaluation::new(prover, &wide, joints);
    if whatever.conclusion(conclusion)? != Tri::Open {
        return Some(Tri::No);
    }
    if !it.has_one_of_each() {
        // What decides the other case is read there alone.
        whatever.evidence()?;
        is_decided(&mut whatever, prover);
        let is_of_facts = |it: &Blocker<'_>| matches!(it.on, On::Fact(_) | On::Family(..));
        it.blockers.extend(whatever.blockers.into_iter().filter(is_of_facts));
        it.facts.extend(whatever.facts);
        it.families.extend(whatever.families);
        return Some(Tri::Open);
    }
    let drawn = it.conclusion(conclusion)?;
    if drawn == Tri::Open {
        return Some(Tri::Open);
    }
    let otherwise = |it: &mut Evaluation<'_, 'a>| {
        it.evidence()?;
        let other = it.conclusion(conclusion)?;
        let is_other = if drawn == Tri::Yes { other.not() } else { other };
        Some(is_decided(it, prover).and(is_other))
    };
    let wide = (wide.clone(), Wanted::Any);
    Some(match prover.ask_in(joints, wide, MOST_STEPS_OF_A_CASE, &otherwise) {
        Answer::Found(_) => Tri::Yes,
        Answer::Never | Answer::Unsettled => Tri::No,
    })
}
