//! What is asked of a policy, and what is said where something is wrong.

mod untold;
mod rows;
mod given;
mod dated;
mod clashes;
mod limits;
mod promises;
mod beside;
mod notes;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{ClauseId, Refusal};

use super::evaluate::{Evaluation, counts};
use super::family::{Joint, spelled_out};
use super::possible::Tri;
use super::search::{Answer, Question, Wanted};
use super::space::Space;
use super::{Finding, MOST_WITHOUT, NOT_PROVED, Prover};
use crate::checked::{AtRow, Body, Expression, FamilyId, List, Provision, ProvisionId};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

use untold::{AllTold, MOST_ASKED};

/// Asks what is worth knowing on a day, though nothing is wrong.
pub(super) fn worth_knowing(prover: &Prover<'_>, on: Date) -> Vec<Finding> {
    let mut asking = Asking::new(prover);
    asking.note(on);
    asking.found
}

/// Asks everything: what refuses cases first, and of promises last.
pub(super) fn ask(prover: &Prover<'_>) -> Vec<Finding> {
    let mut asking = Asking::new(prover);
    let mut never = BTreeSet::new();
    for (id, provision) in asking.provisions() {
        if !asking.is_unclear(id) && asking.never_applies(id, provision) {
            never.insert(id);
        }
    }
    let clear: Vec<_> = asking.provisions().filter(|(id, _)| !asking.is_unclear(*id)).collect();
    for (id, provision) in clear.iter().copied() {
        let mut told = BTreeSet::new();
        asking.values_asked(provision, &mut told);
        if never.contains(&id) {
            continue;
        }
        asking.exceptions(id, provision, &never);
        asking.rows(id, provision);
        asking.rates_never_met(id, provision);
        asking.values_read(id, provision, &mut told);
        asking.shares_of_split(id, provision);
    }
    asking.conclusions();
    asking.values();
    asking.payments();
    // Who pays what hangs on every clause that pays.
    if !prover.is_in_part {
        let asked = || clear.iter().filter(|(id, _)| !never.contains(id)).copied();
        asked().for_each(|(id, provision)| asking.lacking(id, provision));
        asked().for_each(|(id, provision)| asking.broken(id, provision));
        asked().for_each(|(_, provision)| asking.promise(provision));
    }
    asking.found
}

pub(super) struct Asking<'p, 'a> {
    pub(super) prover: &'p Prover<'a>,
    /// The families taken together, all or all but one.
    joints: BTreeMap<Option<FamilyId>, Rc<[Joint]>>,
    found: Vec<Finding>,
    /// What refuses a case, as far as it was told.
    told: AllTold<'a>,
    /// How often all that was told may still be asked.
    left: u32,
}

/// What every case is that a policy decides: covered, and as its requirements say. Where that
/// hangs on something that goes wrong, it is what goes wrong that is told.
pub(super) fn is_decided<'a>(evaluation: &mut Evaluation<'_, 'a>, prover: &Prover<'a>) -> Tri {
    let mut covers: BTreeMap<_, Tri> = BTreeMap::new();
    let mut is = Tri::Yes;
    for id in prover.deciding.iter().copied() {
        let Some(provision) = prover.policy.provisions.get(id.0 as usize) else { continue };
        let (is_so, may_be_refused) = evaluation.strictly(|it| match &provision.body {
            Body::Cover => it.applies(id).unwrap_or(Tri::Yes),
            Body::Require { must, .. } => match it.applies(id).unwrap_or(Tri::No) {
                Tri::No => Tri::Yes,
                applies => applies.not().or(it.condition(must).unwrap_or(Tri::Yes)),
            },
            _ => Tri::Yes,
        });
        // Of a case that may be refused for what this reads, it is that which is to be told.
        let is_so = if may_be_refused && is_so == Tri::No { Tri::Open } else { is_so };
        match &provision.body {
            Body::Cover => {
                let text = covers.entry(prover.policy.tool_of(provision.clause)).or_insert(Tri::No);
                *text = text.or(is_so);
            }
            _ => is = is.and(is_so),
        }
    }
    covers.into_values().fold(is, Tri::and)
}

impl<'p, 'a> Asking<'p, 'a> {
    pub(super) fn new(prover: &'p Prover<'a>) -> Self {
        Asking {
            prover,
            joints: BTreeMap::new(),
            found: Vec::new(),
            told: AllTold::default(),
            left: MOST_ASKED,
        }
    }

    fn provisions(&self) -> impl Iterator<Item = (ProvisionId, &'a Provision)> + use<'a> {
        (0..).map(ProvisionId).zip(&self.prover.policy.provisions)
    }

    /// Whether it is not known what a provision means.
    fn is_unclear(&self, id: ProvisionId) -> bool {
        self.prover.unclear.contains(&id)
    }

    fn joints(&mut self, but_for: Option<FamilyId>) -> Rc<[Joint]> {
        let prover = self.prover;
        let joints = self.joints.entry(but_for).or_insert_with(|| prover.joints(but_for).into());
        Rc::clone(joints)
    }

    /// Is there a case that the policy decides in which this is so?
    fn ask(&mut self, but_for: Option<FamilyId>, question: Question<'_, 'a>) -> Answer<'a> {
        self.ask_within(but_for, (|all| all, self.prover.effort.of_a_question), question)
    }

    /// The same of some of all cases, in so many steps at most.
    pub(super) fn ask_within(
        &mut self,
        but_for: Option<FamilyId>,
        of: (impl Fn(Space<'a>) -> Space<'a>, u32),
        question: Question<'_, 'a>,
    ) -> Answer<'a> {
        let prover = self.prover;
        self.ask_any(but_for, of, &|evaluation| {
            evaluation.evidence()?;
            let decided = is_decided(evaluation, prover);
            if decided == Tri::No {
                return Some(Tri::No);
            }
            Some(decided.and(question(evaluation)?))
        })
    }

    /// The same of all cases, also those that the policy does not decide.
    pub(super) fn ask_also_outside(
        &mut self,
        but_for: Option<FamilyId>,
        question: Question<'_, 'a>,
    ) -> Answer<'a> {
        let most = self.prover.effort.of_a_question;
        self.ask_any(but_for, (|all| all, most), &|evaluation| {
            evaluation.evidence()?;
            question(evaluation)
        })
    }

    /// Is there a case in which this is so, whatever else is asked of it?
    fn ask_any(
        &mut self,
        but_for: Option<FamilyId>,
        (some, most): (impl Fn(Space<'a>) -> Space<'a>, u32),
        question: Question<'_, 'a>,
    ) -> Answer<'a> {
        let joints = self.joints(but_for);
        let prover = self.prover;
        let mut is_settled = prover.has_all_ways();
        for without in prover.without_items() {
            let space = Space { without, ..some(prover.all(&joints)) };
            match prover.ask_in(&joints, (space, Wanted::Any), most, question) {
                Answer::Never => {}
                Answer::Found(space) => {
                    // What was found of families taken together must be so member by member.
                    let space = spelled_out(&space, &joints);
                    let verdict = question(&mut Evaluation::new(prover, &space, &[]));
                    if verdict == Some(Tri::Yes) {
                        return Answer::Found(space);
                    }
                    is_settled = false;
                }
                Answer::Unsettled => is_settled = false,
            }
        }
        if is_settled { Answer::Never } else { Answer::Unsettled }
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
        if self.is_told(refusal, &diagnostic) {
            return;
        }
        let witness = self.witness(space, question);
        let diagnostic = match self.prover.told(&witness, values) {
            Some(told) => diagnostic.note(told),
            None => diagnostic,
        };
        let mut diagnostic = diagnostic.in_clause(self.number(clause));
        diagnostic.cases.push(self.prover.stated(&witness));
        self.found.push(Finding { diagnostic, refusal });
    }

    /// Whether this was told: what is asked before `otherwise` is asked for what stands after it as well.
    fn is_told(&self, refusal: Option<Refusal>, diagnostic: &Diagnostic) -> bool {
        self.found.iter().any(|Finding { diagnostic: other, refusal: of_other }| {
            *of_other == refusal
                && (other.code, other.span()) == (diagnostic.code, diagnostic.span())
                && other.message == diagnostic.message
        })
    }

    /// Neither a case nor a proof was found. What would refuse a case refuses the policy, with what
    /// would settle it; a promise decides nothing.
    fn not_settled(
        &mut self,
        (clause, refusal): (ClauseId, Option<Refusal>),
        span: Span,
        (whether, would_settle): (&str, &str),
    ) {
        if let Some(list) = self.prover.first_not_left_out() {
            return self.too_many_lists(list, refusal.is_some());
        }
        let message = format!("it was not settled whether {whether}");
        let diagnostic = match refusal {
            Some(_) => Diagnostic::error(NOT_PROVED, message, span),
            None => Diagnostic::warning(NOT_PROVED, message, span),
        };
        if self.is_told(refusal, &diagnostic) {
            return;
        }
        let diagnostic = diagnostic.in_clause(self.number(clause)).help(format!(
            "{would_settle}; or declare smaller bounds, or give what is compared one name"
        ));
        self.found.push(Finding { diagnostic, refusal });
    }

    /// Nothing is settled of a policy of which too many lists can refuse an item: told once.
    fn too_many_lists(&mut self, list: &List, is_refused: bool) {
        let message = format!(
            "of this policy nothing is settled: items of more than {MOST_WITHOUT} lists can be \
             refused, and a case may have none of any of them"
        );
        let diagnostic = match is_refused {
            true => Diagnostic::error(NOT_PROVED, message, list.span),
            false => Diagnostic::warning(NOT_PROVED, message, list.span),
        };
        let diagnostic = diagnostic.help(
            "write lists that are alike as one, with a fact that says of which kind an item is",
        );
        let is_told = |found: &Finding| {
            let told = &found.diagnostic;
            told.message == diagnostic.message && told.severity >= diagnostic.severity
        };
        if !self.found.iter().any(is_told) {
            self.found.push(Finding { diagnostic, refusal: None });
        }
    }

    /// Whether no case lets a provision apply, which is told.
    fn never_applies(&mut self, id: ProvisionId, provision: &'a Provision) -> bool {
        if matches!(provision.body, Body::Promise(_) | Body::Broken) {
            return false;
        }
        let is_never = matches!(self.ask(None, &|it| it.applies(id)), Answer::Never);
        if is_never && provision.at_row != Some(AtRow::Another) {
            let number = self.number(provision.clause);
            let diagnostic = Diagnostic::warning(
                "never-applies",
                format!("no case lets this sentence of {number} apply"),
                provision.span,
            );
            let diagnostic =
                diagnostic.in_clause(number).help("leave it out, or change its condition");
            self.found.push(Finding { diagnostic, refusal: None });
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
            self.found.push(Finding { diagnostic, refusal: None });
        }
    }
}

/// At least two of these.
fn several(answers: &[Tri]) -> Tri {
    match counts(answers) {
        (2.., _) => Tri::Yes,
        (_, ..=1) => Tri::No,
        _ => Tri::Open,
    }
}
