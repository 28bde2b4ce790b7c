//! What each column of a caseload gives, settled before its first case.

use apportion::checked::Fact;
use apportion::engine::program::FactId;
use apportion::naming;
use apportion::policy::{CaseMistake, Policy};
use thiserror::Error;

use super::answers::answer_names;
use crate::field::Field;

/// Which columns that the policy does not declare may stand in a caseload. They are carried
/// to the decisions as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Carry {
    /// None.
    #[default]
    Nothing,
    /// Those of these names.
    Names(Vec<String>),
    /// Any.
    Rest,
}

/// Why a caseload is refused before its first case.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ColumnMistake {
    /// No line at all.
    #[error("there is no line with the names of the columns")]
    NoHeader,
    /// The names are not UTF-8.
    #[error("the names of the columns are not UTF-8 text")]
    NotText,
    /// A column without a name.
    #[error("column {column} has no name")]
    NoName {
        /// The column, from 1.
        column: usize,
    },
    /// A column that gives no fact and is not carried.
    #[error(transparent)]
    Undeclared(CaseMistake),
    /// Two columns of one name, or for one fact.
    #[error("columns `{first}` and `{second}` say the same")]
    Twice {
        /// The name of the first.
        first: String,
        /// The name of the second.
        second: String,
    },
    /// A column with the name of an answer.
    #[error("column `{name}` has the name of a column that the decisions add")]
    IsAnAnswer {
        /// The name.
        name: String,
    },
    /// Something to carry that is not there.
    #[error("there is no column `{name}` to carry")]
    NothingToCarry {
        /// The name.
        name: String,
    },
    /// Facts that no case of this caseload can have.
    #[error("no column gives {}{}", missing(.facts), .facts.iter().map(listed).collect::<String>())]
    Missing {
        /// The facts, and what each must be.
        facts: Vec<MissingFact>,
    },
}

/// A fact without a column and without a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFact {
    /// Its name.
    pub name: String,
    /// What its cells may say: `must be yes or no`.
    pub kind: String,
}

fn missing(facts: &[MissingFact]) -> String {
    match facts {
        [only] => format!("`{}`, and the policy has no default for it", only.name),
        many => format!("{} of the facts, and the policy has no default for them", many.len()),
    }
}

/// A line of the list of what is missing.
fn listed(fact: &MissingFact) -> String {
    format!("\n  `{}` {}", fact.name, fact.kind)
}

impl ColumnMistake {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ColumnMistake::NoHeader => "no-header",
            ColumnMistake::NotText => "header-not-text",
            ColumnMistake::NoName { .. } => "column-without-name",
            ColumnMistake::Undeclared(_) => "undeclared-column",
            ColumnMistake::Twice { .. } => "column-twice",
            ColumnMistake::IsAnAnswer { .. } => "answer-column-exists",
            ColumnMistake::NothingToCarry { .. } => "nothing-to-carry",
            ColumnMistake::Missing { .. } => "missing-column",
        }
    }
}

/// The columns of a caseload, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Their names as written.
    pub names: Vec<String>,
    /// What each gives; none where it is only carried.
    pub fields: Vec<Option<Field>>,
}

impl Columns {
    /// Settles what each column gives.
    ///
    /// Names are compared as the policy's names are: `Date of birth` is `date_of_birth`.
    ///
    /// # Errors
    ///
    /// Returns every mistake, in the order of the columns.
    pub fn plan(
        policy: &Policy,
        names: Vec<String>,
        carry: &Carry,
    ) -> Result<Columns, Vec<ColumnMistake>> {
        if names.is_empty() {
            return Err(vec![ColumnMistake::NoHeader]);
        }
        let mut mistakes = Vec::new();
        let fields = (1..)
            .zip(&names)
            .map(|(column, name)| {
                field(policy, column, name, carry).unwrap_or_else(|mistake| {
                    mistakes.push(mistake);
                    None
                })
            })
            .collect();
        let columns = Columns { names, fields };
        mistakes.extend(columns.twice());
        mistakes.extend(columns.answers(policy));
        mistakes.extend(columns.nothing_to_carry(carry));
        mistakes.extend(columns.missing(policy));
        if mistakes.is_empty() { Ok(columns) } else { Err(mistakes) }
    }

    fn twice(&self) -> Vec<ColumnMistake> {
        let key = |name: &str, field: &Option<Field>| match field {
            Some(field) => Ok(field.fact),
            None => Err(naming::outside(name)),
        };
        let mut seen: Vec<(Result<FactId, String>, &str)> = Vec::new();
        let mut mistakes = Vec::new();
        for (name, field) in self.names.iter().zip(&self.fields) {
            let key = key(name, field);
            // Columns without a name are carried side by side; nothing tells them apart.
            if key == Err(String::new()) {
                continue;
            }
            match seen.iter().find(|(seen, _)| *seen == key) {
                Some((_, first)) => mistakes.push(ColumnMistake::Twice {
                    first: (*first).to_string(),
                    second: name.clone(),
                }),
                None => seen.push((key, name)),
            }
        }
        mistakes
    }

    fn answers(&self, policy: &Policy) -> Vec<ColumnMistake> {
        let answers = answer_names(policy);
        let is_answer = |name: &&String| answers.contains(&naming::outside(name));
        let names = self.names.iter().filter(is_answer).cloned();
        names.map(|name| ColumnMistake::IsAnAnswer { name }).collect()
    }

    fn nothing_to_carry(&self, carry: &Carry) -> Vec<ColumnMistake> {
        let Carry::Names(wanted) = carry else { return Vec::new() };
        let missing = wanted.iter().filter(|wanted| {
            !self.names.iter().any(|name| naming::outside(name) == naming::outside(wanted))
        });
        missing.map(|name| ColumnMistake::NothingToCarry { name: name.clone() }).collect()
    }

    fn missing(&self, policy: &Policy) -> Option<ColumnMistake> {
        let is_given = |id: FactId| self.fields.iter().flatten().any(|field| field.fact == id);
        let facts = policy.facts().iter().zip((0..).map(FactId));
        let facts: Vec<MissingFact> = facts
            .filter(|(fact, id)| is_needed(fact) && !is_given(*id))
            .map(|(fact, id)| MissingFact { name: fact.name.clone(), kind: kind(policy, id) })
            .collect();
        (!facts.is_empty()).then_some(ColumnMistake::Missing { facts })
    }
}

/// Whether every case must state a fact.
fn is_needed(fact: &Fact) -> bool {
    !fact.is_text && fact.default.is_none() && fact.only_when.is_none()
}

/// What the cells of a fact may say, in the words of those who fill them in.
fn kind(policy: &Policy, fact: FactId) -> String {
    // Nothing reads `?`, so the mistake says what would be right.
    match policy.state(&mut policy.new_case(), fact, "?") {
        Err(CaseMistake::NoValue { mistake, .. }) => mistake.to_string(),
        _ => String::new(),
    }
}

/// What a column gives; none where it is carried.
fn field(
    policy: &Policy,
    column: usize,
    name: &str,
    carry: &Carry,
) -> Result<Option<Field>, ColumnMistake> {
    let outside = naming::outside(name);
    let mistake = match Field::find(policy, name) {
        Ok(field) => return Ok(Some(field)),
        Err(_) if outside.is_empty() => ColumnMistake::NoName { column },
        Err(mistake) => ColumnMistake::Undeclared(mistake),
    };
    let is_carried = match carry {
        Carry::Nothing => false,
        Carry::Names(names) => names.iter().any(|name| naming::outside(name) == outside),
        Carry::Rest => true,
    };
    if is_carried { Ok(None) } else { Err(mistake) }
}
