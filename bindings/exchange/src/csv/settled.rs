//! What is settled of a case of which not everything is known, and what parties may pay.

use apportion::engine::decision::Answer;
use apportion::engine::outlook::{Outlook, Prospect, Question, Range};
use apportion::engine::program::{PanelId, PartyId, UnitId, ValueId};
use apportion::engine::range::Span;
use apportion::policy::Policy;

/// A truth; none where it is not settled, or the policy does not cover the case.
pub(super) fn truth(outlook: &Outlook, question: Question) -> Option<bool> {
    match settled(outlook, question)?.range {
        Range::Bytes(bytes) => bytes.only().map(|byte| byte != 0),
        _ => None,
    }
}

/// A value; none where it is not settled, or no clause gives it.
pub(super) fn value(outlook: &Outlook, id: ValueId) -> Option<Answer> {
    match settled(outlook, Question::Value(id))?.range {
        Range::Bytes(bytes) => bytes.only().map(Answer::Byte),
        Range::Dates(days) => days.only().map(Answer::Date),
        Range::Amounts(amounts) => amounts.only().map(Answer::Amount),
        Range::Nothing => None,
    }
}

/// The pence that a party pays in a unit; none where that is not settled, or may still change.
pub(super) fn pays(
    policy: &Policy,
    outlook: &Outlook,
    (party, unit): (PartyId, UnitId),
) -> Option<i64> {
    settled(outlook, Question::Pays(party, unit))?;
    may_pay(policy, outlook, (party, unit)).and_then(Span::only)
}

/// Between which ends the pence lie that a party pays in a unit: nothing where the policy may not
/// cover the case, or refuse it. None where something in the unit awaits a panel, or may.
pub(super) fn may_pay(
    policy: &Policy,
    outlook: &Outlook,
    (party, unit): (PartyId, UnitId),
) -> Option<Span<i64>> {
    let awaiting = policy.program().answers().awaiting.iter().enumerate();
    let mut in_unit = awaiting.filter(|(_, awaited)| awaited.unit == unit);
    if in_unit.any(|(place, _)| may_be(outlook, Question::Awaits(place))) {
        return None;
    }
    let outcomes = outlook.outcomes();
    match outlook.prospect(Question::Pays(party, unit))?.range {
        Range::Amounts(pence) if outcomes.outside || !outcomes.refused.is_empty() => {
            Some(pence.or(Span::one(0)))
        }
        Range::Amounts(pence) => Some(pence),
        _ => None,
    }
}

/// The pence that await a panel in a unit; none where nothing does, or it is not settled what.
pub(super) fn awaited(
    policy: &Policy,
    outlook: &Outlook,
    (panel, unit): (PanelId, UnitId),
) -> Option<i64> {
    let awaiting = policy.program().answers().awaiting.iter().enumerate();
    let own = awaiting.filter(|(_, awaited)| (awaited.panel, awaited.unit) == (panel, unit));
    let mut pence = None;
    for (place, _) in own {
        if truth(outlook, Question::Awaits(place))? {
            let Range::Amounts(awaited) = settled(outlook, Question::Awaited(place))?.range else {
                return None;
            };
            pence = Some(awaited.only()?.saturating_add(pence.unwrap_or(0)));
        }
    }
    pence
}

/// The panels to which the case is referred, in their order; none where that is not settled.
pub(super) fn referred_to(policy: &Policy, outlook: &Outlook) -> Option<Vec<PanelId>> {
    let mut panels = Vec::new();
    let mut open = Vec::new();
    for (place, referral) in policy.program().answers().referrals.iter().enumerate() {
        match truth(outlook, Question::Referred(place)) {
            Some(true) => panels.push(referral.panel),
            Some(false) => {}
            None => open.push(referral.panel),
        }
    }
    // Several clauses may refer to one panel, of which one is enough.
    if open.iter().any(|panel| !panels.contains(panel)) {
        return None;
    }
    panels.sort_unstable();
    panels.dedup();
    Some(panels)
}

/// Whether both ends occur of all that parties may pay.
pub(super) fn is_exact(outlook: &Outlook) -> bool {
    let is_payment = |it: &&Prospect| matches!(it.question, Question::Pays(..));
    outlook.prospects().iter().filter(is_payment).all(|prospect| prospect.is_exact)
}

/// Whether something can be so.
fn may_be(outlook: &Outlook, question: Question) -> bool {
    match outlook.prospect(question).map(|prospect| prospect.range) {
        Some(Range::Bytes(bytes)) => bytes.has(1),
        _ => false,
    }
}

fn settled(outlook: &Outlook, question: Question) -> Option<&Prospect> {
    outlook.prospect(question).filter(|prospect| prospect.is_settled)
}
