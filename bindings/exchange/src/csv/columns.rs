//! What each column of a caseload gives, settled before its first case.

use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;

use apportion::engine::program::{FactId, ListId};
use apportion::naming;
use apportion::policy::{CaseMistake, Policy};

mod mistake;

use super::answers::{Answer, answers};
use super::reading::read;
use crate::facts::is_needed;
use crate::field::Field;
use crate::mistake::FieldMistake;
pub use mistake::{ColumnMistake, MissingFact};

/// How many mistakes about single columns are told.
const MOST_TOLD: usize = 100;

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

/// The columns of a caseload, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Their names as written.
    pub(crate) names: Vec<String>,
    /// What each gives; none where it is only carried.
    pub(crate) fields: Vec<Option<Field>>,
}

/// What the columns of a file are about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About<'a> {
    /// Cases. Columns of these names stand in other files, from which they may be carried too.
    Cases {
        /// The names.
        elsewhere: &'a [String],
        /// The text fact that joins the items of other files, where there are any.
        join: Option<FactId>,
    },
    /// The items of a list.
    Items {
        /// The list.
        list: ListId,
        /// The text fact of its case that joins each, where it does not stand in its case.
        join: Option<FactId>,
    },
}

impl About<'_> {
    pub(crate) fn list(self) -> Option<ListId> {
        match self {
            About::Cases { .. } => None,
            About::Items { list, .. } => Some(list),
        }
    }

    fn join(self) -> Option<FactId> {
        match self {
            About::Cases { join, .. } | About::Items { join, .. } => join,
        }
    }
}

impl Columns {
    /// Settles what each column gives.
    ///
    /// Names are compared as the policy's names are: `Date of birth` is `date_of_birth`. The
    /// mistakes are all that there are, in the order of the columns; of very many the first.
    pub(crate) fn plan(
        policy: &Policy,
        about: About<'_>,
        names: Vec<String>,
        carry: &Carry,
    ) -> Result<Columns, Vec<ColumnMistake>> {
        if names.is_empty() {
            return Err(vec![ColumnMistake::NoHeader]);
        }
        let (mut mistakes, mut untold) = (Vec::new(), 0);
        let answers = answers(policy, about.list());
        let fields = (1..)
            .zip(&names)
            .map(|(column, name)| {
                field(policy, about, name, carry).unwrap_or_else(|none| {
                    // That a column has the name of an answer is told below, and is enough.
                    match is_answer(&answers, name) {
                        true => {}
                        false if mistakes.len() < MOST_TOLD => {
                            mistakes.push(none.told(policy, column, name));
                        }
                        false => untold += 1,
                    }
                    None
                })
            })
            .collect();
        let columns = Columns { names, fields };
        mistakes.extend(columns.twice());
        mistakes.extend(columns.among(&answers));
        if let About::Cases { elsewhere, .. } = about {
            mistakes.extend(columns.nothing_to_carry(carry, elsewhere));
        }
        untold += mistakes.len().saturating_sub(MOST_TOLD);
        mistakes.truncate(MOST_TOLD);
        if untold > 0 {
            mistakes.push(ColumnMistake::More { count: untold });
        }
        mistakes.extend(columns.missing(policy, about.list()));
        mistakes.extend(about.join().and_then(|join| columns.join(policy, join).err()));
        if mistakes.is_empty() { Ok(columns) } else { Err(mistakes) }
    }

    /// Which column gives the fact by which items belong to cases.
    pub(super) fn join(&self, policy: &Policy, join: FactId) -> Result<usize, ColumnMistake> {
        let joins = |field: &Option<Field>| field.is_some_and(|field| field.fact == join);
        self.fields.iter().position(joins).ok_or_else(|| {
            let fact = policy.facts().get(join.index());
            let name = fact.map(|fact| fact.outside.clone()).unwrap_or_default();
            ColumnMistake::NothingToJoin { name }
        })
    }

    fn twice(&self) -> Vec<ColumnMistake> {
        let key = |name: &str, field: &Option<Field>| match field {
            Some(field) => Ok(field.fact.index()),
            None => Err(naming::outside(name)),
        };
        let mut seen: BTreeMap<Result<usize, String>, &str> = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (name, field) in self.names.iter().zip(&self.fields) {
            let key = key(name, field);
            // Columns without a name are carried side by side; nothing tells them apart.
            if key == Err(String::new()) {
                continue;
            }
            match seen.entry(key) {
                Entry::Occupied(first) => mistakes.push(ColumnMistake::Twice {
                    first: (*first.get()).to_string(),
                    second: name.clone(),
                }),
                Entry::Vacant(place) => _ = place.insert(name),
            }
        }
        mistakes
    }

    /// The columns that have the name of an answer.
    pub(crate) fn among(&self, answers: &[Answer]) -> Vec<ColumnMistake> {
        let names = self.names.iter().filter(|name| is_answer(answers, name)).cloned();
        names.map(|name| ColumnMistake::IsAnAnswer { name }).collect()
    }

    fn nothing_to_carry(&self, carry: &Carry, elsewhere: &[String]) -> Vec<ColumnMistake> {
        let Carry::Names(wanted) = carry else { return Vec::new() };
        let missing = wanted.iter().filter(|wanted| {
            let mut names = self.names.iter().chain(elsewhere);
            !names.any(|name| naming::outside(name) == naming::outside(wanted))
        });
        missing.map(|name| ColumnMistake::NothingToCarry { name: name.clone() }).collect()
    }

    /// The facts that no case, or no item of a list, can have.
    pub(crate) fn missing(&self, policy: &Policy, list: Option<ListId>) -> Option<ColumnMistake> {
        let is_given = |id: FactId| self.fields.iter().flatten().any(|field| field.fact == id);
        let facts = policy.facts().iter().zip((0..).map(FactId));
        let facts: Vec<MissingFact> = facts
            .filter(|(fact, _)| fact.list == list && is_needed(fact))
            .filter(|(_, id)| !is_given(*id))
            .map(|(fact, id)| MissingFact {
                name: String::from(fact.told_as()),
                kind: kind(policy, id),
            })
            .collect();
        (!facts.is_empty()).then_some(ColumnMistake::Missing { facts })
    }
}

/// Whether a column has the name of an answer.
fn is_answer(answers: &[Answer], name: &str) -> bool {
    let outside = naming::outside(name);
    answers.iter().any(|answer| answer.name == outside)
}

/// What the cells of a fact may say, in the words of those who fill them in.
fn kind(policy: &Policy, fact: FactId) -> String {
    // Nothing reads `?`, so the mistake says what would be right.
    let field = Field { fact, is_in_pence: false };
    match read(policy, &mut policy.new_case(), field, "?") {
        Err(FieldMistake::Case(CaseMistake::NoValue { mistake, .. })) => mistake.to_string(),
        _ => String::new(),
    }
}

/// What a column gives; none where it is carried.
fn field(
    policy: &Policy,
    about: About<'_>,
    name: &str,
    carry: &Carry,
) -> Result<Option<Field>, NoField> {
    let outside = naming::outside(name);
    let none = match Field::named(policy, name) {
        Some(field) if belongs(policy, about, field) => return Ok(Some(field)),
        Some(field) => return Err(NoField::Elsewhere(field)),
        None if outside.is_empty() => NoField::NoName,
        None => NoField::Undeclared,
    };
    let is_carried = match carry {
        Carry::Nothing => false,
        Carry::Names(names) => names.iter().any(|name| naming::outside(name) == outside),
        Carry::Rest => true,
    };
    if is_carried { Ok(None) } else { Err(none) }
}

/// Whether a fact is one of those that the file is about.
fn belongs(policy: &Policy, about: About<'_>, field: Field) -> bool {
    let list = policy.facts().get(field.fact.index()).and_then(|fact| fact.list);
    list == about.list() || about.join() == Some(field.fact)
}

/// Why a column gives nothing.
#[derive(Clone, Copy, Debug)]
enum NoField {
    NoName,
    Undeclared,
    /// It is a fact of the case in a file of items, or the other way round.
    Elsewhere(Field),
}

impl NoField {
    /// The mistake, which for one that is told looks for the name that was meant.
    fn told(self, policy: &Policy, column: usize, name: &str) -> ColumnMistake {
        match self {
            NoField::NoName => ColumnMistake::NoName { column },
            NoField::Undeclared => ColumnMistake::Undeclared(policy.no_such_fact(name)),
            NoField::Elsewhere(field) => {
                ColumnMistake::Elsewhere(policy.stated_elsewhere(field.fact))
            }
        }
    }
}
