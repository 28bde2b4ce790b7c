//! What is asked of a policy, and what is said where something is wrong.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, ConclusionId, FactId, Refusal, ValueId};

use super::evaluate::{Evaluation, compared, counts};
use super::family::{Joint, spelled_out};
use super::payments;
use super::possible::{Possible, Tri};
use super::search::{Answer, Question};
use super::space::Space;
use super::walk::{self, Part};
use super::{Finding, Prover, family_of};
use crate::checked::{
    Body, Comparison, Condition, Expression, ExpressionKind, FamilyId, Promise, Provision,
    ProvisionId, Share,
};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::Hit;

/// So many gaps of one table are told.
const MOST_GAPS: usize = 6;

/// Asks everything.
pub(super) fn ask(prover: &Prover<'_>) -> Vec<Finding> {
    let mut asking = Asking { prover, joints: BTreeMap::new(), found: Vec::new() };
    let mut never = BTreeSet::new();
    for (id, provision) in asking.provisions() {
        if asking.never_applies(id, provision) {
            never.insert(id);
        }
    }
    for (id, provision) in asking.provisions() {
        let mut told = BTreeSet::new();
        asking.values_asked(provision, &mut told);
        if never.contains(&id) {
            continue;
        }
        asking.exceptions(id, provision, &never);
        asking.rows(id, provision);
        asking.values_read(id, provision, &mut told);
        asking.shares_of_split(id, provision);
        asking.promise(provision);
    }
    asking.conclusions();
    asking.values();
    asking.payments();
    asking.found
}

struct Asking<'p, 'a> {
    prover: &'p Prover<'a>,
    /// The families taken together, all or all but one.
    joints: BTreeMap<Option<FamilyId>, Vec<Joint>>,
    found: Vec<Finding>,
}

/// What every case is that a policy decides: covered, and as its requirements say. Where that
/// hangs on something that goes wrong, it is what goes wrong that is told.
pub(super) fn is_decided<'a>(evaluation: &mut Evaluation<'_, 'a>, prover: &Prover<'a>) -> Tri {
    let mut covers: BTreeMap<_, Tri> = BTreeMap::new();
    let mut is = Tri::Yes;
    for (id, provision) in (0..).map(ProvisionId).zip(&prover.policy.provisions) {
        match &provision.body {
            Body::Cover => {
                let text = covers.entry(prover.policy.tool_of(provision.clause)).or_insert(Tri::No);
                *text = text.or(evaluation.applies(id).unwrap_or(Tri::Yes));
            }
            Body::Require { must, .. } => {
                let applies = evaluation.applies(id).unwrap_or(Tri::No);
                if applies != Tri::No {
                    let is_kept = evaluation.condition(must).unwrap_or(Tri::Yes);
                    is = is.and(applies.not().or(is_kept));
                }
            }
            _ => {}
        }
    }
    covers.into_values().fold(is, Tri::and)
}

impl<'a> Asking<'_, 'a> {
    fn provisions(&self) -> impl Iterator<Item = (ProvisionId, &'a Provision)> + use<'a> {
        (0..).map(ProvisionId).zip(&self.prover.policy.provisions)
    }

    fn joints(&mut self, but_for: Option<FamilyId>) -> Vec<Joint> {
        let prover = self.prover;
        self.joints.entry(but_for).or_insert_with(|| prover.joints(but_for)).clone()
    }

    /// Is there a case that the policy decides in which this is so?
    fn ask(&mut self, but_for: Option<FamilyId>, question: Question<'_, 'a>) -> Answer<'a> {
        let joints = self.joints(but_for);
        let prover = self.prover;
        let answer = prover.ask(&joints, &|evaluation| {
            evaluation.ages()?;
            let decided = is_decided(evaluation, prover);
            if decided == Tri::No {
                return Some(Tri::No);
            }
            Some(decided.and(question(evaluation)?))
        });
        match answer {
            Answer::Found(space) => Answer::Found(spelled_out(&space, &joints)),
            other => other,
        }
    }

    fn number(&self, clause: ClauseId) -> String {
        let clause = self.prover.policy.clauses.get(clause.index());
        clause.map(|clause| clause.number.clone()).unwrap_or_default()
    }

    /// Reports something that is so in a case, and which.
    fn tell(
        &mut self,
        (clause, refusal): (ClauseId, Option<Refusal>),
        diagnostic: Diagnostic,
        space: &Space<'a>,
        question: Question<'_, 'a>,
        values: &[&'a Expression],
    ) {
        let witness = self.prover.witness(space, question);
        let diagnostic = match self.prover.told(&witness, values) {
            Some(told) => diagnostic.note(told),
            None => diagnostic,
        };
        let diagnostic = diagnostic.in_clause(self.number(clause));
        self.found.push(Finding { diagnostic, refusal, witness: Some(witness.case) });
    }

    fn not_settled(
        &mut self,
        (clause, refusal): (ClauseId, Option<Refusal>),
        span: Span,
        whether: &str,
    ) {
        let message = format!("it was not settled whether {whether}");
        let help = match refusal {
            Some(_) => "a case in which this goes wrong will be refused when it is met",
            None => "no case is decided otherwise because of it",
        };
        let diagnostic = Diagnostic::notice("not-proved", message, span)
            .in_clause(self.number(clause))
            .help(help);
        self.found.push(Finding { diagnostic, refusal, witness: None });
    }

    /// Whether no case lets a provision apply, which is told.
    fn never_applies(&mut self, id: ProvisionId, provision: &'a Provision) -> bool {
        if matches!(provision.body, Body::Promise(_) | Body::Broken) {
            return false;
        }
        let is_never = matches!(self.ask(None, &|it| it.applies(id)), Answer::Never);
        if is_never {
            let number = self.number(provision.clause);
            let diagnostic = Diagnostic::warning(
                "never-applies",
                format!("no case lets this sentence of {number} apply"),
                provision.span,
            );
            let diagnostic =
                diagnostic.in_clause(number).help("leave it out, or change its condition");
            self.found.push(Finding { diagnostic, refusal: None, witness: None });
        }
        is_never
    }

    /// Whether each clause that a provision is written `Despite`, or switches off, ever holds where it
    /// applies.
    fn exceptions(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        never: &BTreeSet<ProvisionId>,
    ) {
        let (clauses, verb) = match &provision.body {
            Body::Switch { clauses } => (clauses, "switches off"),
            _ => (&provision.despite, "is written `Despite`"),
        };
        // Wordings of one clause have one number.
        let mut numbers: BTreeMap<String, Vec<ProvisionId>> = BTreeMap::new();
        for clause in clauses {
            let overridden = self.provisions().filter(|(other, it)| {
                let rivals = self.prover.rivals.get(other.0 as usize);
                it.clause == *clause && rivals.is_some_and(|rivals| rivals.contains(&id))
            });
            let overridden = overridden.map(|(other, _)| other).filter(|id| !never.contains(id));
            numbers.entry(self.number(*clause)).or_default().extend(overridden);
        }
        for (number, overridden) in numbers {
            let meets = |it: &mut Evaluation<'_, 'a>| {
                let mut any = Tri::No;
                for other in &overridden {
                    any = any.or(it.holds(*other)?);
                }
                Some(any.and(it.holds(id)?))
            };
            if overridden.is_empty() || !matches!(self.ask(None, &meets), Answer::Never) {
                continue;
            }
            let own = self.number(provision.clause);
            let message = format!("{own} {verb} {number}, and no case lets both hold");
            let diagnostic = Diagnostic::warning("exception-of-nothing", message, provision.span)
                .in_clause(own)
                .help(format!("leave {number} out, or change a condition"));
            self.found.push(Finding { diagnostic, refusal: None, witness: None });
        }
    }

    /// Whether a table or the shares of a clause have a row for every case.
    fn rows(&mut self, id: ProvisionId, provision: &'a Provision) {
        let (hit, spans) = match &provision.body {
            Body::Table(table) => {
                (table.hit, table.rows.iter().map(|row| row.span).collect::<Vec<_>>())
            }
            Body::Shares(rows, hit) => (*hit, rows.iter().map(|row| row.span).collect()),
            _ => return,
        };
        let tested = tested(&provision.body);
        let family = family_of(&provision.body);
        let members = self.members(family);
        let mut is_told = [false; 2];
        let mut alive = BTreeSet::new();
        for member in &members {
            if hit.is_of_one_row() || matches!(hit, Hit::Highest | Hit::Lowest) {
                is_told[0] = is_told[0] || self.gap(id, provision, *member, &tested);
            }
            if matches!(hit, Hit::ExactlyOne | Hit::MustAgree) {
                is_told[1] =
                    is_told[1] || self.overlap(id, provision, (*member, hit), &spans, &tested);
            }
            for row in (0..spans.len()).filter(|_| spans.len() > 1) {
                if !alive.contains(&row) && self.may_apply(id, provision, (*member, hit), row) {
                    alive.insert(row);
                }
            }
        }
        for (row, span) in spans.iter().enumerate().filter(|_| spans.len() > 1) {
            // Two rows of which one is never met are told as that already where they overlap.
            if !alive.contains(&row) {
                let diagnostic =
                    Diagnostic::warning("row-never-applies", "no case meets this row", *span);
                let number = self.number(provision.clause);
                let diagnostic =
                    diagnostic.in_clause(number).help("leave it out, or change its tests");
                self.found.push(Finding { diagnostic, refusal: None, witness: None });
            }
        }
    }

    /// The members for which something is asked, or none.
    fn members(&self, family: Option<FamilyId>) -> Vec<Option<FactId>> {
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
        let family = family_of(&provision.body);
        // What each gap that is found answers to the tests of the table.
        let mut gaps: Vec<Vec<Option<Tri>>> = Vec::new();
        let mut told = Vec::new();
        while told.len() < MOST_GAPS {
            let no_row = |it: &mut Evaluation<'_, 'a>| {
                it.member = member;
                let applies = it.applies(id)?;
                let any = it.rows(&provision.body)?.into_iter().fold(Tri::No, Tri::or);
                Some(applies.and(any.not()))
            };
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
            match self.ask(family, &another) {
                Answer::Never => break,
                Answer::Found(space) => {
                    let mut it = Evaluation::new(self.prover, &space, &[]);
                    it.member = member;
                    gaps.push(leaves.iter().map(|leaf| it.condition(leaf)).collect());
                    told.push(self.prover.witness(&space, &another));
                }
                Answer::Unsettled if told.is_empty() => {
                    let whether = "some case has no row of this table";
                    self.not_settled((provision.clause, refusal), head(provision), whether);
                    return true;
                }
                Answer::Unsettled => break,
            }
        }
        let mut witnesses = told.into_iter();
        let Some(first) = witnesses.next() else { return false };
        let message = "no row of this table applies to some cases";
        let mut diagnostic = Diagnostic::error("no-row-for-some", message, head(provision))
            .help("add a row for them, or an `otherwise` row");
        let others = witnesses.filter_map(|witness| self.prover.told(&witness, tested));
        let notes: Vec<String> =
            self.prover.told(&first, tested).into_iter().chain(others).collect();
        for note in notes {
            diagnostic = diagnostic.note(note);
        }
        let diagnostic = diagnostic.in_clause(self.number(provision.clause));
        self.found.push(Finding { diagnostic, refusal, witness: Some(first.case) });
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
        let overlaps = |it: &mut Evaluation<'_, 'a>| {
            it.member = member;
            let applies = it.applies(id)?;
            let rows = it.rows(&provision.body)?;
            let several = match hit {
                Hit::ExactlyOne => several(&rows),
                _ => disagree(it, &provision.body, &rows)?,
            };
            Some(applies.and(several))
        };
        match self.ask(family_of(&provision.body), &overlaps) {
            Answer::Never => false,
            Answer::Found(space) => {
                let mut it = Evaluation::new(self.prover, &space, &[]);
                it.member = member;
                let rows = it.rows(&provision.body).unwrap_or_default();
                let applying = rows.iter().zip(spans).filter(|(row, _)| **row == Tri::Yes);
                let applying: Vec<Span> = applying.map(|(_, span)| *span).collect();
                let (code, message) = match hit {
                    Hit::ExactlyOne => ("rows-overlap", "two rows apply to some cases"),
                    _ => ("rows-disagree", "two rows apply to some cases and disagree"),
                };
                let (first, later) = match applying.as_slice() {
                    [first, .., later] => (*first, *later),
                    _ => (head(provision), head(provision)),
                };
                let diagnostic = Diagnostic::error(code, message, later)
                    .here("this row")
                    .and(first, "and this one")
                    .help("change the tests so that only one of them applies");
                self.tell((provision.clause, refusal), diagnostic, &space, &overlaps, tested);
                true
            }
            Answer::Unsettled => {
                let whether = "two rows of this table apply to some case";
                self.not_settled((provision.clause, refusal), head(provision), whether);
                true
            }
        }
    }

    /// Whether a row may be met, as far as that was settled.
    fn may_apply(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        (member, hit): (Option<FactId>, Hit),
        row: usize,
    ) -> bool {
        let meets = |it: &mut Evaluation<'_, 'a>| {
            it.member = member;
            let applies = it.applies(id)?;
            let rows = it.rows(&provision.body)?;
            let mut meets = *rows.get(row)?;
            if hit == Hit::First {
                let earlier = rows.iter().take(row).fold(Tri::No, |any, row| any.or(*row));
                meets = meets.and(earlier.not());
            }
            Some(applies.and(meets))
        };
        !matches!(self.ask(family_of(&provision.body), &meets), Answer::Never)
    }

    /// Whether what the condition of a provision reads is given: conditions are asked in every case.
    fn values_asked(&mut self, provision: &'a Provision, told: &mut BTreeSet<ValueId>) {
        let mut asked = Vec::new();
        // A promise decides nothing, so nothing of it is asked.
        if !matches!(provision.body, Body::Promise(_)) {
            walk::condition(&provision.when, &mut values_in(&mut asked));
        }
        for (value, span) in asked {
            self.given(provision, (value, span), told, &|_| Some(Tri::Yes));
        }
    }

    /// Whether what a provision works out with is given wherever it applies.
    fn values_read(
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
        for (value, span) in worked_out {
            self.given(provision, (value, span), told, &|it| it.applies(id));
        }
    }

    fn given_in_row(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        row: usize,
        read: Vec<(ValueId, Span)>,
        told: &mut BTreeSet<ValueId>,
    ) {
        // Whose member is at hand matters to the tests of a row; that is not looked at here.
        if family_of(&provision.body).is_some() {
            return;
        }
        for (value, span) in read {
            self.given(provision, (value, span), told, &|it| {
                let applies = it.applies(id)?;
                Some(applies.and(*it.rows(&provision.body)?.get(row)?))
            });
        }
    }

    fn given(
        &mut self,
        provision: &'a Provision,
        (value, span): (ValueId, Span),
        told: &mut BTreeSet<ValueId>,
        where_read: Question<'_, 'a>,
    ) {
        if told.contains(&value) {
            return;
        }
        let refusal = Some(Refusal::NoValue { value });
        let is_missing = |it: &mut Evaluation<'_, 'a>| {
            let lacks = it.is_given(value)?.not();
            if lacks == Tri::No {
                return Some(Tri::No);
            }
            Some(lacks.and(where_read(it)?))
        };
        let policy = self.prover.policy;
        let name = policy.values.get(value.index()).map(|value| value.name.clone());
        let name = name.unwrap_or_default();
        match self.ask(None, &is_missing) {
            Answer::Never => {}
            Answer::Found(space) => {
                told.insert(value);
                let message =
                    format!("no clause gives `{name}` in some cases in which it is needed");
                let diagnostic = Diagnostic::error("no-value-for-some", message, span)
                    .help(format!("say what {name} is in those cases, or add a condition here"));
                self.tell((provision.clause, refusal), diagnostic, &space, &is_missing, &[]);
            }
            Answer::Unsettled => {
                told.insert(value);
                let whether = format!("`{name}` is given wherever it is needed here");
                self.not_settled((provision.clause, refusal), span, &whether);
            }
        }
    }

    /// Whether a split has one set of shares in every case.
    fn shares_of_split(&mut self, id: ProvisionId, provision: &'a Provision) {
        let Body::Split { shares, .. } = &provision.body else { return };
        let of_split = self
            .provisions()
            .filter(|(_, it)| shares.contains(&it.clause) && matches!(it.body, Body::Shares(..)));
        let of_split: Vec<(ProvisionId, &Provision)> = of_split.collect();
        let applying = |it: &mut Evaluation<'_, 'a>| {
            of_split.iter().map(|(shares, _)| it.applies(*shares)).collect::<Option<Vec<Tri>>>()
        };
        let refusal = Some(Refusal::NoShares { clause: provision.clause });
        let none = |it: &mut Evaluation<'_, 'a>| {
            let any = applying(it)?.into_iter().fold(Tri::No, Tri::or);
            Some(it.applies(id)?.and(any.not()))
        };
        match self.ask(None, &none) {
            Answer::Never => {}
            Answer::Found(space) => {
                let message = "no clause gives shares for this split in some cases";
                let diagnostic = Diagnostic::error("no-shares-for-some", message, provision.span)
                    .help("add a clause with the shares of those cases, or a condition here");
                self.tell((provision.clause, refusal), diagnostic, &space, &none, &[]);
            }
            Answer::Unsettled => {
                let whether = "this split has shares in every case";
                self.not_settled((provision.clause, refusal), provision.span, whether);
            }
        }
        let refusal = Some(Refusal::SeveralShares { clause: provision.clause });
        let both = |it: &mut Evaluation<'_, 'a>| {
            let two = several(&applying(it)?);
            Some(it.applies(id)?.and(two))
        };
        match self.ask(None, &both) {
            Answer::Never => {}
            Answer::Found(space) => {
                let places = self.applying(&space, of_split.iter().copied());
                self.clash(
                    ("shares-clash", refusal),
                    "both give shares in some cases",
                    &places,
                    &space,
                    &both,
                );
            }
            Answer::Unsettled => {
                let whether = "two clauses give shares for this split in some case";
                self.not_settled((provision.clause, refusal), provision.span, whether);
            }
        }
    }

    /// The provisions that apply in a case.
    fn applying(
        &self,
        space: &Space<'a>,
        of: impl Iterator<Item = (ProvisionId, &'a Provision)>,
    ) -> Vec<&'a Provision> {
        let mut it = Evaluation::new(self.prover, space, &[]);
        of.filter(|(id, _)| it.applies(*id) == Some(Tri::Yes)).map(|(_, of)| of).collect()
    }

    /// Reports two clauses that both apply and may not.
    fn clash(
        &mut self,
        (code, refusal): (&'static str, Option<Refusal>),
        what: &str,
        places: &[&'a Provision],
        space: &Space<'a>,
        question: Question<'_, 'a>,
    ) {
        let [first, .., later] = places else { return };
        let (one, other) = (self.number(first.clause), self.number(later.clause));
        let diagnostic = Diagnostic::error(code, format!("{one} and {other} {what}"), later.span)
            .here("this sentence")
            .and(first.span, "and this one")
            .help(format!("write `Despite {one},` before the one that is to win, with its number"));
        self.tell((later.clause, refusal), diagnostic, space, question, &[]);
    }

    /// Whether a clause for a conclusion and one against it both apply.
    fn conclusions(&mut self) {
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
            let both = |it: &mut Evaluation<'_, 'a>| {
                let (is_for, against) = it.sides(id)?;
                Some(is_for.and(against))
            };
            let name = &conclusion.name;
            match self.ask(None, &both) {
                Answer::Never => {}
                Answer::Found(space) => {
                    let mut places = self.applying(&space, is_for.iter().copied());
                    places.truncate(1);
                    let mut against = self.applying(&space, against.iter().copied());
                    against.truncate(1);
                    places.extend(against);
                    places.sort_by_key(|it| it.span.start);
                    let what =
                        format!("both apply to some cases, one for `{name}` and one against it");
                    self.clash(("conclusions-clash", refusal), &what, &places, &space, &both);
                }
                Answer::Unsettled => {
                    if let Some((_, provision)) = against.first() {
                        let whether =
                            format!("clauses for `{name}` and against it apply to one case");
                        self.not_settled((provision.clause, refusal), provision.span, &whether);
                    }
                }
            }
        }
    }

    /// Whether two clauses give one value and disagree.
    fn values(&mut self) {
        for (place, value) in (0..).zip(&self.prover.policy.values) {
            if value.provisions.len() < 2 || value.each.is_some() {
                continue;
            }
            let id = ValueId(place);
            let refusal = Some(Refusal::SeveralValues { value: id });
            let disagree = |it: &mut Evaluation<'_, 'a>| {
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
            match self.ask(None, &disagree) {
                Answer::Never => {}
                Answer::Found(space) => {
                    let of = value.provisions.iter().filter_map(|id| {
                        Some((*id, self.prover.policy.provisions.get(id.0 as usize)?))
                    });
                    let places = self.applying(&space, of);
                    let what = format!("both give `{}` in some cases, and disagree", value.name);
                    self.clash(("values-clash", refusal), &what, &places, &space, &disagree);
                }
                Answer::Unsettled => {
                    let later = value.provisions.last();
                    let later =
                        later.and_then(|id| self.prover.policy.provisions.get(id.0 as usize));
                    if let Some(later) = later {
                        let whether =
                            format!("two clauses give `{}` in one case and disagree", value.name);
                        self.not_settled((later.clause, refusal), later.span, &whether);
                    }
                }
            }
        }
    }

    /// Whether two clauses pay one amount.
    fn payments(&mut self) {
        let paying = self.provisions().filter(|(_, it)| {
            let amount = it.body.amount();
            amount.is_some_and(|amount| {
                matches!(amount.kind, ExpressionKind::Fact(_) | ExpressionKind::Value(_))
            })
        });
        let paying: Vec<(ProvisionId, &Provision)> = paying.collect();
        for (place, (_, first)) in paying.iter().enumerate() {
            let same = |it: &&(ProvisionId, &Provision)| {
                it.1.body.amount().map(|amount| &amount.kind)
                    == first.body.amount().map(|amount| &amount.kind)
            };
            let is_told = paying.iter().take(place).any(|it| same(&it));
            let of: Vec<_> = paying.iter().skip(place).filter(same).copied().collect();
            if is_told || of.len() < 2 {
                continue;
            }
            let refusal = of.last().map(|(_, it)| Refusal::PaidTwice { clause: it.clause });
            let both = |it: &mut Evaluation<'_, 'a>| {
                let applying = of.iter().map(|(id, _)| it.applies(*id));
                let applying = applying.collect::<Option<Vec<_>>>()?;
                let mut both = Tri::No;
                for (place, ((_, a), one)) in of.iter().zip(&applying).enumerate() {
                    for ((_, b), other) in of.iter().zip(&applying).skip(place + 1) {
                        // What the items of two lists are paid is not one amount.
                        let is_one = a.list.is_none() || b.list.is_none() || a.list == b.list;
                        both = both.or(if is_one { one.and(*other) } else { Tri::No });
                    }
                }
                Some(both)
            };
            match self.ask(None, &both) {
                Answer::Never => {}
                Answer::Found(space) => {
                    let places = self.applying(&space, of.iter().copied());
                    self.clash(
                        ("paid-twice-in-some", refusal),
                        "both pay one amount in some cases",
                        &places,
                        &space,
                        &both,
                    );
                }
                Answer::Unsettled => {
                    let whether = "two clauses pay this amount in one case";
                    self.not_settled((first.clause, refusal), first.span, whether);
                }
            }
        }
    }

    /// Whether a promise is kept, but for those that compare two cases or what one party pays.
    fn promise(&mut self, provision: &'a Provision) {
        let Body::Promise(promise) = &provision.body else { return };
        if matches!(promise, Promise::Monotone { .. } | Promise::Bound { .. }) {
            return;
        }
        let refusal = None;
        let prover = self.prover;
        let is_broken = |it: &mut Evaluation<'_, 'a>| {
            let holds = it.condition(&provision.when)?;
            let is_kept = match promise {
                Promise::Always { conclusion, is_always: true } => it.conclusion(*conclusion)?,
                Promise::Always { conclusion, is_always: false } => {
                    it.conclusion(*conclusion)?.not()
                }
                Promise::AddUp(amount) => payments::add_up(it, prover, amount)?,
                Promise::Monotone { .. } | Promise::Bound { .. } => Tri::Open,
            };
            Some(holds.and(is_kept.not()))
        };
        match self.ask(None, &is_broken) {
            Answer::Never => {}
            Answer::Found(space) => {
                let message = "this promise is not kept in some cases";
                let diagnostic = Diagnostic::error("promise-broken", message, provision.span)
                    .help("change the clauses, or the promise");
                self.tell((provision.clause, refusal), diagnostic, &space, &is_broken, &[]);
            }
            Answer::Unsettled => {
                self.not_settled(
                    (provision.clause, refusal),
                    provision.span,
                    "this promise is kept in every case",
                );
            }
        }
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

/// Where a sentence with a table begins.
fn head(provision: &Provision) -> Span {
    provision.span
}

/// At least two of these.
fn several(answers: &[Tri]) -> Tri {
    match counts(answers) {
        (2.., _) => Tri::Yes,
        (_, ..=1) => Tri::No,
        _ => Tri::Open,
    }
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

/// Notes every value that is read.
fn values_in<'a>(found: &mut Vec<(ValueId, Span)>) -> impl FnMut(Part<'a>) {
    move |part| {
        if let Part::Expression(Expression { kind: ExpressionKind::Value(value), span, .. }) = part
        {
            found.push((*value, *span));
        }
    }
}
