//! What the examples of a policy reach, and examples for what they do not.

mod points;
mod written;

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::program::FactId;

use crate::checked::{Example, ExampleItem, Fact, ListId, Stated};
use crate::policy::Policy;
use crate::prove::Effort;
use crate::prove::reached::{Reach, Reached, ReachedBy, cases};
use crate::source::Span;

use points::points;

/// How long is looked for a case that reaches something, in steps.
const MOST_STEPS_OF_A_POINT: u32 = 2_000;

/// What there is to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PointKind {
    /// A sentence of a clause applies.
    Clause,
    /// A row of a table applies, or something lies in a slice.
    Row,
    /// What is tested is the last value on one side of an edge, or the first on the other.
    Edge,
    /// A clause overrides another that holds, or does not.
    Exception,
    /// A case is dated on a day of a rate.
    DatedValue,
}

impl PointKind {
    /// All of them.
    pub const ALL: [PointKind; 5] = [
        PointKind::Clause,
        PointKind::Row,
        PointKind::Edge,
        PointKind::Exception,
        PointKind::DatedValue,
    ];

    /// What several of them are called.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            PointKind::Clause => "clauses",
            PointKind::Row => "rows",
            PointKind::Edge => "sides of edges",
            PointKind::Exception => "exceptions",
            PointKind::DatedValue => "dated values",
        }
    }
}

/// Whether something is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// By these examples of the policy, by name.
    Shown(Vec<String>),
    /// By none of the policy, but by a missing one: its place in [`Coverage::missing`].
    Missing(usize),
    /// No case was found that reaches it, nor that there is none.
    NotSettled,
}

/// Something that a case can reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What it is.
    pub kind: PointKind,
    /// The number of the clause.
    pub clause: String,
    /// What of it: `row 3`, `total points is 34`; empty of a clause.
    pub what: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it is reached.
    pub standing: Standing,
}

/// An example that the policy does not have, as one writes it: its figures are what the policy says now,
/// and are to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingExample {
    /// Its name.
    pub name: String,
    /// Its lines, from its name on.
    pub text: String,
}

/// What the examples of a policy reach, of all that some case reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// What there is to reach, in the order of the text.
    pub points: Vec<Point>,
    /// Examples that reach the rest.
    pub missing: Vec<MissingExample>,
}

impl Coverage {
    /// How many of a kind the examples of the policy reach, and how many there are.
    #[must_use]
    pub fn count(&self, kind: PointKind) -> (usize, usize) {
        let of = || self.points.iter().filter(|point| point.kind == kind);
        let shown = of().filter(|point| matches!(point.standing, Standing::Shown(_)));
        (shown.count(), of().count())
    }
}

/// A case that was decided.
struct Tried {
    case: Case,
    decision: Decision,
}

impl Policy {
    /// What the examples reach, and examples that reach the rest, each with what comes of it now.
    ///
    /// An example in which something is not known reaches nothing.
    ///
    /// ```
    /// use apportion::coverage::PointKind;
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Fees
    /// about    a child
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   places   whole number, 0 to 9
    ///
    /// 1    Fees
    /// 1.1  Fee: exactly one row applies.
    ///      | places    | fee    |
    ///      | 0 to 4    | £10.00 |
    ///      | 5 or more | £20.00 |
    ///
    /// examples
    /// \"Four places\"
    ///   given   places 4
    ///   expect  fee £10.00
    /// ").unwrap();
    /// let coverage = policy.coverage();
    /// assert_eq!(coverage.count(PointKind::Row), (1, 2));
    /// assert_eq!(coverage.count(PointKind::Edge), (1, 2));
    /// assert_eq!(coverage.missing[0].text, "\
    /// \"1.1 places is 5\"
    ///   given   places 5
    ///   expect  fee £20.00
    /// ");
    /// ```
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let checked = self.checked();
        let all = points(self);
        let names: Vec<&str> = checked.examples.iter().map(|it| it.name.as_str()).collect();
        let tried: Vec<Option<Tried>> =
            checked.examples.iter().map(|example| self.tried(self.example_case(example))).collect();
        let shown_by = |reach: &Reach<'_>| {
            let by = names.iter().zip(&tried);
            let by = by.filter(|(_, it)| it.as_ref().is_some_and(|it| it.reaches(self, *reach)));
            by.map(|(name, _)| String::from(*name)).collect::<Vec<String>>()
        };
        let shown: Vec<Vec<String>> = all.iter().map(|point| shown_by(&point.reach)).collect();
        let open = all.iter().zip(&shown).filter(|(_, by)| by.is_empty());
        let open: Vec<Reach<'_>> = open.map(|(point, _)| point.reach).collect();
        let effort = Effort {
            of_a_question: MOST_STEPS_OF_A_POINT,
            in_all: MOST_STEPS_OF_A_POINT.saturating_mul(u32::try_from(open.len()).unwrap_or(0)),
        };
        let mut found = cases(checked, effort, &open).into_iter();
        let mut coverage = Coverage::default();
        let mut known: BTreeSet<String> = names.iter().map(|name| String::from(*name)).collect();
        let mut made: Vec<Tried> = Vec::new();
        for (point, by) in all.iter().zip(shown) {
            let standing = if by.is_empty() {
                match self.sought(&point.reach, found.next(), &mut made) {
                    None => continue,
                    Some(Standing::Missing(place)) if place == coverage.missing.len() => {
                        let name = own_name(&point.title(), &mut known);
                        let text = made.get(place).map(|it| self.written(&name, it));
                        let text = text.unwrap_or_default();
                        coverage.missing.push(MissingExample { name, text });
                        Standing::Missing(place)
                    }
                    Some(standing) => standing,
                }
            } else {
                Standing::Shown(by)
            };
            coverage.points.push(point.told(standing));
        }
        coverage
    }

    /// Whether something that no example reaches is reached by one that is missing; none where no case
    /// reaches it.
    fn sought(
        &self,
        reach: &Reach<'_>,
        found: Option<Reached>,
        made: &mut Vec<Tried>,
    ) -> Option<Standing> {
        if let Some(place) = made.iter().position(|it| it.reaches(self, *reach)) {
            return Some(Standing::Missing(place));
        }
        let by = match found {
            Some(Reached::Never) => return None,
            Some(Reached::By(by)) => by,
            Some(Reached::Unsettled) | None => return Some(Standing::NotSettled),
        };
        match self.tried(self.example_case(&self.example_of(&by))) {
            Some(tried) if tried.reaches(self, *reach) => {
                made.push(tried);
                Some(Standing::Missing(made.len() - 1))
            }
            _ => Some(Standing::NotSettled),
        }
    }

    /// A case decided, where it has a decision.
    fn tried(&self, case: Case) -> Option<Tried> {
        let mut decision = Decision::new(self.program());
        self.decide_into(&case, &mut decision).ok()?;
        Some(Tried { case, decision })
    }

    /// An example that states a case.
    fn example_of(&self, by: &ReachedBy) -> Example {
        let of = |list: Option<ListId>| {
            let stated = self.facts().iter().zip((0..).map(FactId)).zip(&by.facts);
            let own = stated
                .filter(|((fact, _), _)| fact.list == list && !fact.is_text && is_stated(fact));
            let own = own.filter_map(|((_, id), value)| Some((id, Stated::Known((*value)?))));
            own.collect::<Vec<(FactId, Stated)>>()
        };
        let given = of(None);
        let lists = self.lists().iter().zip((0..).map(ListId));
        let items = lists.map(|(list, id)| {
            let has_items = !by.without.contains(&id);
            let name = list.singular.clone();
            let items = has_items.then(|| ExampleItem { name, given: of(Some(id)) });
            (id, items.into_iter().collect())
        });
        Example {
            name: String::new(),
            inherited: given.iter().map(|(fact, _)| *fact).collect(),
            given,
            items: items.collect(),
            expect: Vec::new(),
            span: Span::default(),
        }
    }
}

/// Whether a case states a fact, rather than a panel that has decided shares.
fn is_stated(fact: &Fact) -> bool {
    fact.panel_share.is_none()
}

/// A name that no other example has.
fn own_name(title: &str, known: &mut BTreeSet<String>) -> String {
    let mut name = String::from(title);
    let mut number = 1;
    while !known.insert(name.clone()) {
        number += 1;
        name = alloc::format!("{title} ({number})");
    }
    name
}
