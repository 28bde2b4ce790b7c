//! Why a case has no decision, in the policy's own words.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, DayOf, FactId, PanelId, Refusal, ValueId};

use thiserror::Error;

use crate::checked::{Body, Policy};

mod met;

pub(crate) use met::Met;

/// Why a case that fits its declarations has no decision.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// A fact is not known, and has no default.
    #[error(
        "`{fact}`{} is not known; state it, or see by `apportion needs` what is settled without it",
        of(.item.as_deref())
    )]
    NotKnown {
        /// The fact.
        fact: String,
        /// Its name outside the file.
        outside: String,
        /// The item that it is a fact of: `service 2`; none for the case.
        item: Option<String>,
    },
    /// A list is not stated, not even that it is empty.
    #[error(
        "the case does not state its {list}; where there are none, give an empty list, `[]`; in an example, `no {list}`"
    )]
    ListNotStated {
        /// The list, in the plural.
        list: String,
        /// Its name outside the file.
        outside: String,
    },
    /// A fact that only a panel can supply has no value, and no default.
    #[error("`{fact}` awaits {panel}, who alone can decide it")]
    AwaitsPanel {
        /// The fact.
        fact: String,
        /// Its name outside the file.
        outside: String,
        /// The panel, by the name clauses use.
        panel: String,
    },
    /// The case states a fact that does not apply to it.
    #[error("`{fact}` applies only when {when}; leave it out")]
    DoesNotApply {
        /// The fact.
        fact: String,
        /// Its name outside the file.
        outside: String,
        /// When it applies.
        when: String,
    },
    /// The case meets a gap, an overlap or a clash of the policy.
    #[error("{message}")]
    ByPolicy {
        /// A stable name for what was met.
        code: &'static str,
        /// What was met.
        message: String,
        /// The numbers of the clauses.
        clauses: Vec<String>,
    },
    /// The case belongs to another policy.
    #[error("the case was made for another policy")]
    OtherPolicy,
}

impl Refused {
    /// A stable name for what was met.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Refused::NotKnown { .. } => "not-known",
            Refused::ListNotStated { .. } => "list-not-stated",
            Refused::AwaitsPanel { .. } => "awaits-panel",
            Refused::DoesNotApply { .. } => "does-not-apply",
            Refused::ByPolicy { code, .. } => code,
            Refused::OtherPolicy => "other-policy",
        }
    }
}

impl Refused {
    /// The same, said of one item.
    pub(crate) fn of_item(self, item: &str) -> Refused {
        match self {
            Refused::ByPolicy { code, message, clauses } => {
                Refused::ByPolicy { code, message: format!("for {item}, {message}"), clauses }
            }
            other => other,
        }
    }
}

/// ` of service 2`
fn of(item: Option<&str>) -> String {
    item.map(|item| format!(" of {item}")).unwrap_or_default()
}

fn panel_name(policy: &Policy, panel: PanelId) -> &str {
    policy.panels.get(panel.index()).map(|panel| panel.name.as_str()).unwrap_or_default()
}

/// The clauses that leave the shares to a panel.
fn panel_clauses(policy: &Policy, panel: PanelId) -> Vec<String> {
    let provisions = policy.provisions.iter().filter(|provision| match &provision.body {
        Body::Shares(rows, _) => rows.iter().any(|row| row.panel == Some(panel)),
        _ => false,
    });
    provisions.map(|provision| clause_number(policy, provision.clause)).collect()
}

/// The refusal in words, with the numbers of the clauses that met.
pub(crate) fn refused(policy: &Policy, refusal: Refusal, met: &Met) -> Refused {
    let number = |clause| clause_number(policy, clause);
    match refusal {
        Refusal::BornAfter { clause, birth, on } => by_policy(
            "born-after",
            format!("`{}` is after `{}`", fact(policy, birth), fact(policy, on)),
            [number(clause)].into(),
        ),
        Refusal::DaysBackwards { clause, from, to } => by_policy(
            "days-backwards",
            format!(
                "{} counts from {} to {}, which is earlier",
                number(clause),
                day(policy, from),
                day(policy, to)
            ),
            [number(clause)].into(),
        ),
        Refusal::NoRow { clause } => by_policy(
            "no-row",
            format!("no row of the table in {} applies", number(clause)),
            [number(clause)].into(),
        ),
        Refusal::SeveralRows { clause } => by_policy(
            "several-rows",
            format!("several rows of the table in {} apply and may not", number(clause)),
            [number(clause)].into(),
        ),
        Refusal::Contradiction { conclusion } => met.contradiction(policy, conclusion),
        Refusal::NoValue { value } => met.no_value(policy, value),
        Refusal::SeveralValues { value } => met.several_values(policy, value),
        Refusal::NoShares { clause } => met.no_shares(policy, clause),
        Refusal::SeveralShares { clause } => met.several_shares(policy, clause),
        Refusal::PaidTwice { clause } => met.paid_twice(policy, clause),
        Refusal::LimitBroken { clause } => {
            by_policy("limit-broken", limit_broken(policy, clause), [number(clause)].into())
        }
        Refusal::FloorTakesTooMuch { clause } => by_policy(
            "floor-takes-too-much",
            format!("{} takes more than is paid by those it takes from", number(clause)),
            [number(clause)].into(),
        ),
        Refusal::Requirement { clause } => by_policy(
            "requirement-broken",
            format!("the case breaks {}: {}", number(clause), requirements(policy, clause)),
            [number(clause)].into(),
        ),
        Refusal::PanelSharesNotWhole { panel } => by_policy(
            "panel-shares-not-whole",
            format!("the shares that {} decided do not make one whole", panel_name(policy, panel)),
            panel_clauses(policy, panel),
        ),
        Refusal::PanelSharesNotAsked { panel } => by_policy(
            "panel-shares-not-asked",
            format!(
                "no clause leaves the shares to {} in this case; leave out what it decided",
                panel_name(policy, panel)
            ),
            panel_clauses(policy, panel),
        ),
        Refusal::NotStated { fact } => not_known(policy, fact, None),
        Refusal::DoesNotApply { fact } => does_not_apply(policy, fact),
    }
}

/// That a fact which the case needs is not known, or not decided yet.
pub(crate) fn not_known(policy: &Policy, fact: FactId, item: Option<String>) -> Refused {
    let declared = policy.facts.get(fact.index());
    let names = declared.map(|fact| (fact.name.clone(), fact.outside.clone()));
    let (fact, outside) = names.unwrap_or_default();
    match declared.and_then(|declared| declared.decided_by) {
        Some(id) => {
            let panel = String::from(panel_name(policy, id));
            Refused::AwaitsPanel { fact, outside, panel }
        }
        None => Refused::NotKnown { fact, outside, item },
    }
}

fn does_not_apply(policy: &Policy, fact: FactId) -> Refused {
    let declared = policy.facts.get(fact.index());
    let names = declared.map(|fact| (fact.name.clone(), fact.outside.clone()));
    let (fact, outside) = names.unwrap_or_default();
    let only_when = declared.and_then(|fact| fact.only_when.as_ref());
    let when = only_when.map(|only_when| only_when.words.clone()).unwrap_or_default();
    Refused::DoesNotApply { fact, outside, when }
}

fn by_policy(code: &'static str, message: String, clauses: Vec<String>) -> Refused {
    Refused::ByPolicy { code, message, clauses }
}

fn clause_number(policy: &Policy, clause: ClauseId) -> String {
    policy.clauses.get(clause.index()).map(|clause| clause.number.clone()).unwrap_or_default()
}

fn fact(policy: &Policy, fact: FactId) -> &str {
    policy.facts.get(fact.index()).map(|fact| fact.name.as_str()).unwrap_or_default()
}

/// How people speak of a day.
fn day(policy: &Policy, day: DayOf) -> String {
    match day {
        DayOf::Fact(id) => format!("`{}`", fact(policy, id)),
        DayOf::Value(id) => format!("`{}`", value_name(policy, id)),
        DayOf::Unnamed => String::from("a day"),
    }
}

fn value_name(policy: &Policy, value: ValueId) -> &str {
    policy.values.get(value.index()).map(|value| value.name.as_str()).unwrap_or_default()
}

/// What a later clause does to a limit or floor.
fn limit_broken(policy: &Policy, clause: ClauseId) -> String {
    let number = clause_number(policy, clause);
    let mut provisions = policy.provisions.iter().filter(|provision| provision.clause == clause);
    match provisions.any(|provision| matches!(provision.body, Body::Floor { .. })) {
        true => format!("a later clause makes the party pay less than its least in {number}"),
        false => format!("a later clause makes the party pay more than its limit in {number}"),
    }
}

/// What a clause requires, as it is worded.
fn requirements(policy: &Policy, clause: ClauseId) -> String {
    let provisions = policy.provisions.iter().filter(|provision| provision.clause == clause);
    let words = provisions.filter_map(|provision| match &provision.body {
        Body::Require { words, .. } => Some(words.as_str()),
        _ => None,
    });
    words.collect::<Vec<_>>().join("; ")
}
