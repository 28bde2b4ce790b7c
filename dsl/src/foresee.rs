//! From what is open in a case to what can still come of it.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::{Case, State};
use apportion_core::decision::Decision;
use apportion_core::outlook::{self, Outlook, Prospect, Question, Range, Topic, Unknown};
use apportion_core::program::{ClauseId, ConclusionId, FactId, Item, Test, ValueId};

use crate::checked::Fact;
use crate::foreseen::{Foreseen, Missing, Need};
use crate::policy::Policy;
use crate::reasons::Reasons;
use crate::record::RecordedFact;
use crate::refusal::{Met, Refused};

mod answers;
mod withheld;

/// What is open in a case, what can come of it or of one of its items, and the reasons that all
/// completions share.
pub(crate) struct Foresight {
    /// The item.
    pub(crate) item: Option<Item>,
    pub(crate) open: Vec<Unknown>,
    pub(crate) outlook: Outlook,
    /// The clauses that are among the reasons of each conclusion in every completion.
    pub(crate) reasons: Vec<Vec<ClauseId>>,
    /// The clauses for which it is not covered, in every completion that is not.
    pub(crate) reasons_for_no_cover: Vec<ClauseId>,
}

impl Foresight {
    pub(crate) fn needs(&self, topic: Topic) -> Vec<Need> {
        let need = |need: &outlook::Need| Need {
            missing: need.unknown,
            settling: need.settling,
            of: need.of,
            is_certain: need.is_certain,
        };
        self.outlook.needs(topic).iter().map(need).collect()
    }

    /// Whether a conclusion is drawn; none where that is not settled.
    pub(crate) fn concludes(&self, id: ConclusionId) -> Option<bool> {
        let prospect = self.settled(Question::Conclusion(id))?;
        match prospect.range {
            Range::Bytes(bytes) => bytes.only().map(|byte| byte != 0),
            _ => None,
        }
    }

    /// Of a number that is calculated with only the ends were decided, and between them another
    /// clause may be the reason; so it may of what no answer hangs on. Of what is not drawn the
    /// clauses that failed are reasons as well, unless one that is asked may come out otherwise.
    fn leave_out_what_may_not_apply(
        &mut self,
        consulted: impl Fn(ConclusionId) -> BTreeSet<ClauseId>,
    ) {
        let hanging = self.outlook.hanging();
        let may_differ = |id: &ConclusionId| match self.concludes(*id) {
            Some(true) => true,
            Some(false) if hanging.is_empty() => false,
            Some(false) => consulted(*id).iter().any(|clause| hanging.contains(clause)),
            None => false,
        };
        let ids = (0..).map(ConclusionId).take(self.reasons.len());
        let differing: Vec<ConclusionId> = ids.filter(may_differ).collect();
        let applying = self.outlook.applying();
        for id in differing {
            if let Some(reasons) = self.reasons.get_mut(id.index()) {
                reasons.retain(|clause| applying.contains(clause));
            }
        }
    }

    fn settled(&self, question: Question) -> Option<&Prospect> {
        self.outlook.prospect(question).filter(|prospect| prospect.is_settled)
    }
}

impl Policy {
    /// Finds out what can still come of a case, and what is needed to settle it.
    ///
    /// A fact that is not known, in a case or a column, is never taken for no or zero. Each item of
    /// the case is looked at by itself, which takes as long as the case once more.
    ///
    /// # Errors
    ///
    /// Returns why the policy refuses the case, whatever is not known.
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Half each
    /// about    a child
    /// between
    ///   the ICB       NHS Northshire ICB
    ///   the council   Northshire Council
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   fast track   yes or no
    ///   care cost    money a week
    ///
    /// 1    Who pays
    /// 1.1  When not fast track: the ICB 50%, the council 50%.
    /// 1.2  When fast track: the ICB 100%.
    /// 1.3  Split care cost in the shares of section 1.
    /// ").unwrap();
    /// let case = policy.case([("care cost", "£1,000.00")]).unwrap();
    /// let foreseen = policy.foresee(&case).unwrap();
    /// let icb = &foreseen.payments[0];
    /// assert_eq!((icb.least.to_string(), icb.greatest.to_string()), ("£500.00".into(), "£1,000.00".into()));
    /// let needs: Vec<&str> = foreseen.needed(&foreseen.needs).map(|it| it.name.as_str()).collect();
    /// assert_eq!(needs, ["fast track"]);
    /// ```
    pub fn foresee(&self, case: &Case) -> Result<Foreseen, Refused> {
        let foresight = self.foresight(case, None)?;
        let outcomes = foresight.outlook.outcomes();
        let checked = self.checked();
        Ok(Foreseen {
            policy: checked.title.clone(),
            version: checked.version.number,
            fingerprint: self.program().fingerprint().to_string(),
            missing: foresight.open.iter().filter_map(|unknown| self.missing(unknown)).collect(),
            defaults: self.defaults(case),
            can_be_decided: outcomes.decided,
            may_be_outside: outcomes.outside,
            not_covered_by: self.numbers(&foresight.reasons_for_no_cover),
            may_be_refused: outcomes
                .refused
                .iter()
                .map(|(refusal, item)| self.refused(*refusal, *item, &Met::default()))
                .collect(),
            conclusions: self.foreseen_conclusions(&foresight),
            values: self.foreseen_values(&foresight),
            payments: self.foreseen_payments(&foresight),
            items: self.foreseen_items(case, &foresight),
            payments_need: foresight.needs(Topic::Payments),
            referrals: self.foreseen_referrals(&foresight),
            needs: foresight.needs(Topic::Decision),
        })
    }

    /// As [`Policy::foresee`], of a case that leaves this open, without names and texts.
    ///
    /// # Errors
    ///
    /// As [`Policy::foresee`].
    pub fn foresee_into(
        &self,
        case: &Case,
        open: &[Unknown],
        outlook: &mut Outlook,
    ) -> Result<(), Refused> {
        self.program().foresee(case, open, outlook).map_err(|error| self.not_foreseen(case, error))
    }

    /// An empty outlook of cases of this policy, or of those that have an item; for
    /// [`Policy::foresee_into`].
    #[must_use]
    pub fn outlook(&self, item: Option<Item>) -> Outlook {
        let Some(item) = item else { return Outlook::new(self.program()) };
        let provisions = self.checked().provisions.iter().zip(&self.compiled().provisions);
        let own = provisions.filter(|(provision, _)| provision.list == Some(item.list));
        let mut applying: Vec<(ClauseId, Vec<Vec<Test>>)> = Vec::new();
        for (provision, slots) in own {
            let row = slots.applying.clone();
            match applying.iter_mut().find(|(clause, _)| *clause == provision.clause) {
                Some((_, rows)) => rows.push(row),
                None => applying.push((provision.clause, Vec::from([row]))),
            }
        }
        let checked = self.checked();
        let conclusions = (0..).map(ConclusionId).zip(&checked.conclusions);
        let values = (0..).map(ValueId).zip(&checked.values);
        let conclusions = conclusions.filter(|(_, it)| it.list == Some(item.list));
        let values = values.filter(|(_, it)| it.list == Some(item.list));
        let said: Vec<Question> = conclusions
            .map(|(id, _)| Question::Conclusion(id))
            .chain(values.map(|(id, _)| Question::Value(id)))
            .collect();
        Outlook::of_item(self.program(), item, &said, &applying)
    }

    /// Looks at what can come of a case, or of one of its items.
    pub(crate) fn foresight(&self, case: &Case, item: Option<Item>) -> Result<Foresight, Refused> {
        let open = self.open(case);
        let mut outlook = self.outlook(item);
        let mut decision = Decision::new(self.program());
        let conclusions = self.checked().conclusions.iter().zip((0..).map(ConclusionId));
        let conclusions: Vec<ConclusionId> = conclusions.map(|(_, id)| id).collect();
        let mut reasons: Vec<Option<Vec<ClauseId>>> = alloc::vec![None; conclusions.len()];
        let mut outside: Option<Vec<ClauseId>> = None;
        let program = self.program();
        let foreseen = program.foresee_each(case, &open, &mut outlook, |block, lane| {
            if block.read_lane(lane, &mut decision).is_none() {
                return;
            }
            if !decision.is_covered() {
                keep_shared(&mut outside, self.reasons_for_no_cover(&decision));
                return;
            }
            let of_item = item.and_then(|item| decision.of_item(item));
            let decision = of_item.as_ref().unwrap_or(&decision);
            for (reasons, id) in reasons.iter_mut().zip(&conclusions) {
                // Of a conclusion that is open there soon are none that all share.
                if reasons.as_ref().is_none_or(|shared| !shared.is_empty()) {
                    keep_shared(reasons, self.reasons(decision, *id));
                }
            }
        });
        foreseen.map_err(|error| self.not_foreseen(case, error))?;
        let mut foresight = Foresight {
            item,
            open,
            outlook,
            reasons: reasons.into_iter().map(Option::unwrap_or_default).collect(),
            reasons_for_no_cover: outside.unwrap_or_default(),
        };
        foresight.leave_out_what_may_not_apply(|id| self.consulted(id));
        Ok(foresight)
    }

    /// The clauses that say why a conclusion is or is not drawn.
    fn consulted(&self, conclusion: ConclusionId) -> BTreeSet<ClauseId> {
        Reasons::consulted(self.checked(), conclusion)
    }

    /// The facts of every case that are not stated and have a default.
    fn defaults(&self, case: &Case) -> Vec<RecordedFact> {
        let facts = self.facts().iter().zip((0..).map(FactId));
        let facts = facts.filter(|(fact, id)| {
            fact.only_when.is_none() && !fact.is_text && case.get(*id) == State::NotStated
        });
        let recorded = |(fact, id): (&Fact, FactId)| {
            let value = self.show_fact(fact, case.value_or_default(id)?);
            Some(RecordedFact {
                name: fact.name.clone(),
                outside: fact.outside.clone(),
                value: Some(value),
                is_default: true,
            })
        };
        facts.filter_map(recorded).collect()
    }

    /// Something that a case leaves open, by its names. `None` where it is of another policy.
    #[must_use]
    pub fn missing(&self, unknown: &Unknown) -> Option<Missing> {
        Some(match unknown {
            Unknown::Fact { fact, item, .. } => {
                let fact = self.facts().get(fact.index())?;
                Missing {
                    name: fact.name.clone(),
                    outside: fact.outside.clone(),
                    item: item.map(|item| self.item_name(item)),
                    question: self.question(fact),
                    panel: self.decides(fact).map(String::from),
                }
            }
            Unknown::Items { list } => {
                let list = self.lists().get(list.index())?;
                Missing {
                    name: list.plural.clone(),
                    outside: list.outside.clone(),
                    item: None,
                    question: alloc::format!("Which {} are there?", list.plural),
                    panel: None,
                }
            }
        })
    }
}

/// Keeps of the clauses those that are among these as well.
fn keep_shared(shared: &mut Option<Vec<ClauseId>>, clauses: Vec<ClauseId>) {
    match shared {
        None => *shared = Some(clauses),
        Some(shared) => shared.retain(|clause| clauses.contains(clause)),
    }
}
