//! The text fact of a case by which the rows of a second file belong to it.

use apportion::engine::program::FactId;
use apportion::naming;
use apportion::policy::Policy;
use thiserror::Error;

/// Why no fact joins items to their cases.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JoinMistake {
    /// The policy declares no text fact of the case.
    #[error(
        "no fact joins items to their cases: declare one for the case in the policy, such as `case reference   text`"
    )]
    None,
    /// It declares several, and none was chosen.
    #[error("several facts can join items to their cases: choose one of {}", .names.join(", "))]
    Several {
        /// Their names outside the policy's file.
        names: Vec<String>,
    },
    /// What was chosen is none of them.
    #[error("`{name}` joins nothing: it must be a fact of the case that is declared as `text`")]
    NoText {
        /// What was chosen.
        name: String,
    },
}

/// The text fact of the case with this name, or else the only one.
///
/// # Errors
///
/// Returns that there is no such fact, or that several could be meant.
pub fn join(policy: &Policy, name: Option<&str>) -> Result<FactId, JoinMistake> {
    let facts = policy.facts().iter().zip((0..).map(FactId));
    let texts = facts.filter(|(fact, _)| fact.is_text && fact.list.is_none());
    let wanted = name.map(naming::outside);
    let texts = texts.filter(|(fact, _)| wanted.as_ref().is_none_or(|name| *name == fact.outside));
    let texts: Vec<_> = texts.collect();
    match (&texts[..], name) {
        ([(_, only)], _) => Ok(*only),
        ([], Some(name)) => Err(JoinMistake::NoText { name: name.to_string() }),
        ([], None) => Err(JoinMistake::None),
        (several, _) => {
            let names = several.iter().map(|(fact, _)| fact.outside.clone()).collect();
            Err(JoinMistake::Several { names })
        }
    }
}
