//! What holds, what applies, what is concluded.

use std::collections::BTreeMap;

use apportion::checked::{Body, Expression, ExpressionKind, Provision, ProvisionId, ToolId};
use apportion_core::program::{ClauseId, ConclusionId, ValueId};

use super::{Asked, Interpreter, Place, Refusal, Said, all, number};

impl<'a> Interpreter<'a> {
    /// *5 Clauses, cover*: where no clause says whom the policy covers, it covers every case. Where
    /// it uses tools, each text that says so must cover the case.
    pub(super) fn is_covered(&mut self) -> Asked<bool> {
        let texts = self.covers_by_text().into_iter().map(|covers| {
            let answers = covers.into_iter().map(|id| self.applies(id)).collect();
            Ok(all(answers)?.contains(&true))
        });
        Ok(!all(texts.collect())?.contains(&false))
    }

    /// The clauses that say whom the policy covers, those of each text together.
    pub(super) fn covers_by_text(&self) -> Vec<Vec<ProvisionId>> {
        let mut texts: BTreeMap<Option<ToolId>, Vec<ProvisionId>> = BTreeMap::new();
        for (id, provision) in self.provisions() {
            if provision.body == Body::Cover {
                let text = self.policy.tool_of(provision.clause);
                texts.entry(text).or_default().push(id);
            }
        }
        texts.into_values().collect()
    }

    /// *9 What applies*: a clause holds when its condition is true.
    pub(super) fn holds(&mut self, id: ProvisionId) -> Asked<bool> {
        if let Some(held) = self.held.get(&id) {
            return *held;
        }
        let held = self.holds_afresh(id);
        self.held.insert(id, held);
        held
    }

    /// *8 Dates*: a wording that is not in force on the day of the case is not asked, but for
    /// its ages.
    fn holds_afresh(&mut self, id: ProvisionId) -> Asked<bool> {
        let provision = self.provision(id)?;
        let place = Place { clause: provision.clause, member: None };
        match self.is_in_force(id)? {
            true => self.condition(&provision.when, place),
            false => self.ages_in_condition(&provision.when, place).map(|()| false),
        }
    }

    /// *8 Dates*: the fact named by `dated by` picks the wording of a clause.
    pub(super) fn is_in_force(&mut self, id: ProvisionId) -> Asked<bool> {
        let provision = self.provision(id)?;
        self.condition(&provision.in_force, Place { clause: provision.clause, member: None })
    }

    /// *9 What applies*: it applies when it holds, is not switched off, and no clause that
    /// applies is written `Despite` it.
    pub(super) fn applies(&mut self, id: ProvisionId) -> Asked<bool> {
        if let Some(applied) = self.applied.get(&id) {
            return *applied;
        }
        let applied = self.applies_afresh(id);
        self.applied.insert(id, applied);
        applied
    }

    /// Conditions are asked whether or not an answer hangs on them, so a switch or exception
    /// is asked also where the clause does not hold.
    fn applies_afresh(&mut self, id: ProvisionId) -> Asked<bool> {
        let silenced_by = self.silenced_by(id);
        Ok(self.holds(id)? && silenced_by?.is_empty())
    }

    /// The clauses that switch a provision off or override it.
    pub(super) fn silenced_by(&mut self, id: ProvisionId) -> Asked<Vec<ClauseId>> {
        let provision = self.provision(id)?;
        let rivals: Vec<(ProvisionId, &Provision)> =
            self.provisions().filter(|(_, rival)| silences(rival, provision)).collect();
        let answers = rivals.iter().map(|(rival, _)| self.applies(*rival)).collect();
        let answers = all(answers)?;
        let applying = rivals.iter().zip(answers).filter(|(_, applies)| *applies);
        Ok(applying.map(|((_, rival), _)| rival.clause).collect())
    }

    /// *9 What applies*: a conclusion is yes when a clause for it applies; it is no when a
    /// clause against it applies, or none applies at all. Both at once is a clash.
    pub(super) fn conclusion(&mut self, id: ConclusionId) -> Asked<bool> {
        if let Some(concluded) = self.concluded.get(&id) {
            return *concluded;
        }
        let concluded = self.conclude(id);
        self.concluded.insert(id, concluded);
        concluded
    }

    fn conclude(&mut self, id: ConclusionId) -> Asked<bool> {
        let (mut is_for, mut is_against) = (Vec::new(), Vec::new());
        for (provision_id, provision) in self.provisions() {
            match provision.body {
                Body::Conclude { conclusion, is_for: true } if conclusion == id => {
                    is_for.push(self.applies(provision_id));
                }
                Body::Conclude { conclusion, is_for: false } if conclusion == id => {
                    is_against.push(self.applies(provision_id));
                }
                _ => {}
            }
        }
        let (is_for, is_against) = (all(is_for)?.contains(&true), all(is_against)?.contains(&true));
        if is_for && is_against {
            return self.refuse(Refusal::Contradiction { conclusion: id });
        }
        Ok(is_for)
    }

    /// Every conclusion, in the order of first mention.
    pub(super) fn all_conclusions(&mut self) -> Asked<Vec<bool>> {
        let ids = (0..self.policy.conclusions.len()).map(|place| ConclusionId(number(place)));
        let answers = ids.map(|id| self.conclusion(id)).collect();
        all(answers)
    }

    /// What each clause says: it holds, or applies, where any of its sentences does.
    pub(super) fn clauses_said(&mut self) -> Asked<Vec<Said>> {
        let mut said = vec![Said::default(); self.policy.clauses.len()];
        for (id, provision) in self.provisions() {
            if matches!(provision.body, Body::Promise(_)) {
                continue;
            }
            let (holds, applies) = (self.holds(id)?, self.applies(id)?);
            if let Some(said) = said.get_mut(provision.clause.index()) {
                said.holds |= holds;
                said.applies |= applies;
            }
        }
        Ok(said)
    }
}

/// Whether a provision, where it applies, keeps another from applying: a switch of its
/// clause, or one that is written `Despite` it and is about the same thing.
fn silences(rival: &Provision, provision: &Provision) -> bool {
    match &rival.body {
        Body::Switch { clauses } => clauses.contains(&provision.clause),
        _ => {
            rival.despite.contains(&provision.clause)
                && is_about_the_same(&rival.body, &provision.body)
        }
    }
}

/// *9 What applies*: `Despite` names clauses about the same conclusion, value, shares, or
/// split or payment of the same amount. Where it names a section, the clauses about other
/// things are not meant.
fn is_about_the_same(rival: &Body, body: &Body) -> bool {
    match (rival, body) {
        (Body::Conclude { conclusion: a, .. }, Body::Conclude { conclusion: b, .. }) => a == b,
        (Body::Cover, Body::Cover)
        | (Body::Shares(..), Body::Shares(..))
        | (Body::Limit { .. }, Body::Limit { .. })
        | (Body::Floor { .. }, Body::Floor { .. })
        | (Body::Require { .. }, Body::Require { .. })
        | (Body::Switch { .. }, Body::Switch { .. })
        | (Body::Refer { .. }, Body::Refer { .. }) => true,
        _ => match (paid(rival), paid(body)) {
            // The same words, wherever they stand: an expression is equal to its like.
            (Some(a), Some(b)) => a == b,
            _ => values_given(rival).iter().any(|value| values_given(body).contains(value)),
        },
    }
}

/// The amount that a split or payment puts up.
pub(super) fn paid(body: &Body) -> Option<&Expression> {
    match body {
        Body::Split { amount, .. }
        | Body::Proportion { amount, .. }
        | Body::Pay { amount, .. }
        | Body::PayInTurn { amount, .. } => Some(amount),
        _ => None,
    }
}

/// *9 What applies*: one amount is a fact or value by its name; figures and formulas that
/// happen to be equal are not one amount.
pub(super) fn is_same_amount(a: &Expression, b: &Expression) -> bool {
    matches!(a.kind, ExpressionKind::Fact(_) | ExpressionKind::Value(_)) && a.kind == b.kind
}

fn values_given(body: &Body) -> Vec<ValueId> {
    match body {
        Body::Define { value, .. } | Body::Rates { value, .. } => vec![*value],
        Body::Table(table) => table.values.clone(),
        Body::Slices(slices) => vec![slices.value],
        _ => Vec::new(),
    }
}
