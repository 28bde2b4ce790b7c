//! The steps by which an amount was worked out, with figures, kept exact until a clause rounds.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::decided::{Decided, Figure};
use super::withheld::WITHHELD;
use super::wording::{parts, rounding_words};
use crate::checked::{Aggregate, Expression, ExpressionKind, Type};

/// A step: `day care x day care rate: 21.5 hours x £25.61 = £550.615`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// What is worked out, by its names.
    pub(crate) what: String,
    /// The same by its figures.
    pub(crate) figures: String,
    /// What it comes to.
    pub(crate) result: String,
    /// Whether it rounds, so that both sides are not equal.
    pub(crate) is_rounding: bool,
}

impl Decided<'_> {
    /// The steps to what an expression comes to, the last one last. None where it is a
    /// constant.
    pub(crate) fn steps(&self, expression: &Expression) -> Vec<Step> {
        let mut steps = Vec::new();
        self.add_steps(expression, &mut steps);
        if steps.is_empty() && !is_constant(expression) {
            steps.extend(self.expression(expression).map(|figure| Step {
                what: String::new(),
                figures: self.named(expression),
                result: self.shown_short(&expression.of, figure),
                is_rounding: false,
            }));
        }
        steps
    }

    fn add_steps(&self, expression: &Expression, steps: &mut Vec<Step>) {
        for part in parts(expression) {
            self.add_steps(part, steps);
        }
        let Some(figure) = self.expression(expression) else { return };
        let result = self.shown_short(&expression.of, figure);
        let what = match &expression.kind {
            ExpressionKind::Round { value, step, rounding } => {
                let exact = self.expression(value);
                if exact != Some(figure) {
                    steps.push(Step {
                        what: rounding_words(&expression.of, *step, *rounding),
                        figures: self.exact(value, exact),
                        result,
                        is_rounding: true,
                    });
                }
                return;
            }
            ExpressionKind::Constant(_)
            | ExpressionKind::Fact(_)
            | ExpressionKind::Conclusion(_)
            | ExpressionKind::Value(_)
            | ExpressionKind::Member
            | ExpressionKind::MemberName
            | ExpressionKind::Broken => return,
            _ if is_sum_of_steps(expression) => String::from("together"),
            _ => self.named(expression),
        };
        let figures = match &expression.kind {
            ExpressionKind::Sum { of, family } => {
                let members = self.over_members(*of, *family);
                let of = self.of_members(members.first().map(|(member, _)| *member), *of);
                let counted = members.into_iter().filter_map(|(member, figure)| {
                    if self.is_withheld(member) {
                        return Some(format!("{} {WITHHELD}", self.fact_name(member)));
                    }
                    let figure = figure.filter(|figure| !is_nothing(*figure))?;
                    Some(format!("{} {}", self.fact_name(member), self.shown_short(of?, figure)))
                });
                added(counted.collect())
            }
            ExpressionKind::Highest { of, family } | ExpressionKind::Lowest { of, family } => {
                let members = self.over_members(*of, *family);
                let kind = self.of_members(members.first().map(|(member, _)| *member), *of);
                let deciding = members.into_iter().filter(|(_, it)| *it == Some(figure));
                let names = deciding.map(|(member, _)| self.fact_name(member));
                let names = crate::naming::listed(&names.collect::<Vec<_>>());
                let shown = kind.map(|kind| self.shown_short(kind, figure)).unwrap_or_default();
                format!("{names} {shown}")
            }
            ExpressionKind::Items(over) => {
                let none = String::from("none");
                let kind = over.of.as_ref().map(|of| &of.of);
                let taken = self.taken(over).into_iter();
                let shown = taken.filter_map(|(item, figure)| {
                    let name = self.policy.item_name(item).to_string();
                    let kind = kind.filter(|_| over.aggregate != Aggregate::Number);
                    Some(match kind {
                        Some(kind) => format!("{name} {}", self.shown_short(kind, figure?)),
                        None => name,
                    })
                });
                let shown: Vec<String> = shown.collect();
                match over.aggregate {
                    _ if shown.is_empty() => none,
                    Aggregate::Sum => shown.join(" + "),
                    _ => crate::naming::listed(&shown),
                }
            }
            ExpressionKind::Age { birth, on } => {
                let day = |fact| self.fact(fact).map(|day| self.shown(&Type::Broken, day));
                match (day(*birth), day(*on)) {
                    (Some(birth), Some(on)) => format!("from {birth} to {on}"),
                    _ => return,
                }
            }
            ExpressionKind::Rate { on, .. } => match self.expression(on) {
                Some(day) => format!("as on {}", self.shown(&on.of, day)),
                None => return,
            },
            _ => self.figured(expression),
        };
        steps.push(Step { what, figures, result, is_rounding: false });
    }

    /// The type of what is taken of each member of a family.
    fn of_members(
        &self,
        member: Option<apportion_core::program::FactId>,
        of: Option<apportion_core::program::ValueId>,
    ) -> Option<&Type> {
        match of {
            Some(value) => self.policy.checked().values.get(value.index()).map(|it| &it.kind),
            None => self.policy.facts().get(member?.index()).map(|fact| &fact.kind),
        }
    }

    fn exact(&self, value: &Expression, exact: Option<Figure>) -> String {
        exact.map(|figure| self.shown_short(&value.of, figure)).unwrap_or_default()
    }
}

impl Step {
    /// The step in one line.
    pub(crate) fn line(&self) -> String {
        let Step { what, figures, result, is_rounding } = self;
        match (*is_rounding, what.is_empty()) {
            (true, _) => format!("{what}: {figures} becomes {result}"),
            (false, true) => format!("{figures} = {result}"),
            (false, false) => format!("{what}: {figures} = {result}"),
        }
    }
}

fn added(terms: Vec<String>) -> String {
    if terms.is_empty() { String::from("all 0") } else { terms.join(" + ") }
}

fn is_nothing(figure: Figure) -> bool {
    figure == Figure::Number(crate::ratio::Ratio::ZERO)
}

/// A sum of which some part has steps of its own, which name it.
fn is_sum_of_steps(expression: &Expression) -> bool {
    let has_steps = |part: &&Expression| !parts(part).is_empty();
    is_sum(expression) && parts(expression).iter().any(has_steps)
}

/// Whether nothing is taken away in it.
fn is_sum(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Add(a, b) => [a, b]
            .iter()
            .all(|part| is_sum(part) || !matches!(part.kind, ExpressionKind::Subtract(..))),
        _ => false,
    }
}

fn is_constant(expression: &Expression) -> bool {
    matches!(expression.kind, ExpressionKind::Constant(_))
}
