//! What there is to reach in a policy, and whether a case reaches it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::ClauseId;

use super::{Point, PointKind, Standing, Tried};
use crate::checked::{
    Body, Comparison, Condition, Constant, Expression, ExpressionKind, Provision, ProvisionId,
    Slices, Type,
};
use crate::policy::Policy;
use crate::prove::reached::{Edge, Reach};
use crate::ratio::Ratio;
use crate::reading;
use crate::reasons::Reasons;
use crate::source::Span;
use crate::syntax::Hit;
use crate::why::{Decided, Figure};

/// Something to reach.
pub(super) struct Place<'a> {
    pub(super) reach: Reach<'a>,
    kind: PointKind,
    clause: String,
    what: String,
    span: Span,
}

impl Place<'_> {
    /// What an example is called that reaches it.
    pub(super) fn title(&self) -> String {
        match self.what.is_empty() {
            true => self.clause.clone(),
            false => format!("{} {}", self.clause, self.what),
        }
    }

    pub(super) fn told(&self, standing: Standing) -> Point {
        let (kind, span) = (self.kind, self.span);
        Point { kind, clause: self.clause.clone(), what: self.what.clone(), span, standing }
    }
}

/// All that is to be reached of the policy's own clauses, in the order of the text.
pub(super) fn points(policy: &Policy) -> Vec<Place<'_>> {
    let checked = policy.checked();
    let mut points = Points { policy, places: Vec::new() };
    for (provision, id) in checked.provisions.iter().zip((0..).map(ProvisionId)) {
        if checked.tool_of(provision.clause).is_none() {
            points.of(provision, id);
        }
    }
    points.places
}

struct Points<'a> {
    policy: &'a Policy,
    places: Vec<Place<'a>>,
}

impl<'a> Points<'a> {
    fn add(
        &mut self,
        kind: PointKind,
        reach: Reach<'a>,
        (clause, span): (ClauseId, Span),
        what: String,
    ) {
        let is_known = self.places.iter().rev().any(|it| it.reach == reach);
        if !is_known {
            let clause = self.number(clause);
            self.places.push(Place { reach, kind, clause, what, span });
        }
    }

    fn number(&self, clause: ClauseId) -> String {
        let clause = self.policy.checked().clauses.get(clause.index());
        clause.map(|clause| clause.number.clone()).unwrap_or_default()
    }

    fn of(&mut self, provision: &'a Provision, id: ProvisionId) {
        let place = (provision.clause, provision.span);
        match &provision.body {
            Body::Promise(_) | Body::Broken => return,
            Body::Rates { rates, .. } => {
                for (index, (from, _)) in rates.iter().enumerate() {
                    let next = rates.get(index + 1).map(|(next, _)| next.day_number() - 1);
                    let reach = Reach::Dated(id, from.day_number(), next.unwrap_or(i32::MAX));
                    self.add(PointKind::DatedValue, reach, place, format!("from {from}"));
                }
                return;
            }
            _ => {
                let clause = self.policy.checked().clauses.get(provision.clause.index());
                let own = clause.map(|clause| clause.provisions.as_slice()).unwrap_or_default();
                let number = own.iter().position(|own| *own == id).filter(|_| own.len() > 1);
                let what = number.map(|number| format!("sentence {}", number + 1));
                self.add(PointKind::Clause, Reach::Applies(id), place, what.unwrap_or_default());
            }
        }
        self.edges((&provision.when, None), id, place);
        let rows = rows_of(&provision.body);
        for (row, (when, _, span)) in rows.iter().enumerate() {
            if rows.len() > 1 {
                let what = format!("row {}", row + 1);
                self.add(PointKind::Row, Reach::Row(id, row), (provision.clause, *span), what);
            }
            for test in *when {
                self.edges((test, Some(row)), id, (provision.clause, *span));
            }
        }
        if let Body::Slices(slices) = &provision.body {
            self.slices(slices, id, provision.clause);
        }
        self.exceptions(provision, id);
    }

    /// Every slice, and both sides of its upper edge.
    fn slices(&mut self, slices: &'a Slices, id: ProvisionId, clause: ClauseId) {
        for (place, slice) in slices.slices.iter().enumerate() {
            if slices.slices.len() > 1 {
                let what = format!("row {}", place + 1);
                self.add(PointKind::Row, Reach::Slice(id, place), (clause, slice.span), what);
            }
            if let Some(up_to) = &slice.up_to {
                let compared = (&slices.of, Comparison::AtMost, up_to);
                self.edge(compared, (id, Some(0)), (clause, slice.span));
            }
        }
    }

    /// Both sides of every edge that a condition compares with.
    fn edges(
        &mut self,
        (condition, row): (&'a Condition, Option<usize>),
        id: ProvisionId,
        place: (ClauseId, Span),
    ) {
        match condition {
            Condition::Of(_, parts) => {
                parts.iter().for_each(|part| self.edges((part, row), id, place));
            }
            Condition::Not(part) => self.edges((part, row), id, place),
            Condition::Compare(tested, comparison, with) => {
                // The same edge of another row is the same place.
                self.edge((tested, *comparison, with), (id, row.map(|_| 0)), place);
            }
            _ => {}
        }
    }

    /// Both sides of an edge.
    fn edge(
        &mut self,
        (tested, comparison, with): (&'a Expression, Comparison, &'a Expression),
        (id, row): (ProvisionId, Option<usize>),
        place: (ClauseId, Span),
    ) {
        let written = tested.span.of(self.policy.source().text());
        let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
        for (edge, shown) in self.sides(tested, comparison, with) {
            let reach = Reach::At(id, row, tested, edge);
            self.add(PointKind::Edge, reach, place, format!("{name} is {shown}"));
        }
    }

    /// The last value below an edge and the first above it, each as it is shown.
    fn sides(
        &self,
        tested: &Expression,
        comparison: Comparison,
        with: &Expression,
    ) -> Vec<(Edge, String)> {
        let ExpressionKind::Constant(constant) = with.kind else { return Vec::new() };
        let is_from = match comparison {
            Comparison::Under | Comparison::AtLeast => true,
            Comparison::Over | Comparison::AtMost => false,
            Comparison::Exactly => return Vec::new(),
        };
        let sides: Vec<(Edge, String)> = match (constant, &tested.of, &with.of) {
            (Constant::Date(day), Type::Date { first, last }, _) => {
                let next = day.day_number() + i32::from(!is_from);
                let days = [next - 1, next].into_iter();
                let days =
                    days.filter(|day| (first.day_number()..=last.day_number()).contains(day));
                let shown = days.filter_map(|number| {
                    let day = apportion_core::date::Date::from_day_number(number)?;
                    Some((Edge::Day(number), format!("{day}")))
                });
                shown.collect()
            }
            (Constant::Number(parts), Type::Number(of), Type::Number(edge)) => {
                let step = match tested.kind {
                    ExpressionKind::Fact(fact) => {
                        self.policy.facts().get(fact.index()).map_or(1, |fact| fact.step.max(1))
                    }
                    _ => 1,
                };
                let grid = i128::from(edge.denominator) * i128::from(step);
                let scaled = i128::from(parts) * i128::from(of.denominator);
                let low = scaled.div_euclid(grid);
                let is_on_grid = scaled.rem_euclid(grid) == 0;
                let low = if is_from && is_on_grid { low - 1 } else { low };
                let sides = [low, low + 1].into_iter();
                let parts = sides.filter_map(|side| i64::try_from(side * i128::from(step)).ok());
                let parts = parts.filter(|parts| (of.least..=of.greatest).contains(parts));
                let shown = parts.filter_map(|parts| {
                    let number = Ratio::new(parts.into(), of.denominator.into())?;
                    Some((Edge::Number(number), reading::show(of, parts)))
                });
                shown.collect()
            }
            _ => Vec::new(),
        };
        // What ends where the values do has one side.
        if sides.len() == 2 { sides } else { Vec::new() }
    }

    /// Every exception, taken and not taken.
    fn exceptions(&mut self, provision: &'a Provision, id: ProvisionId) {
        let (clauses, is_switch) = match &provision.body {
            Body::Switch { clauses } => (clauses, true),
            _ => (&provision.despite, false),
        };
        let place = (provision.clause, provision.span);
        let provisions = self.policy.checked().provisions.iter().zip((0..).map(ProvisionId));
        for (other, of) in provisions {
            let is_meant = clauses.contains(&other.clause);
            if is_meant && (is_switch || provision.body.is_about_the_same(&other.body)) {
                let number = self.number(other.clause);
                let taken = Reach::Overrides(id, of);
                self.add(PointKind::Exception, taken, place, format!("overrides {number}"));
                let not = Reach::NotOverridden(id, of);
                self.add(PointKind::Exception, not, place, format!("does not override {number}"));
            }
        }
    }
}

/// The tests of each row, whether it is the `otherwise` row, and where it stands.
fn rows_of(body: &Body) -> Vec<(&[Condition], bool, Span)> {
    match body {
        Body::Table(table) => {
            table.rows.iter().map(|row| (row.when.as_slice(), row.is_otherwise, row.span)).collect()
        }
        Body::Shares(rows, _) => {
            rows.iter().map(|row| (row.when.as_slice(), row.is_otherwise, row.span)).collect()
        }
        _ => Vec::new(),
    }
}

impl Tried {
    /// Whether the case, or an item of it, reaches something.
    pub(super) fn reaches(&self, policy: &Policy, reach: Reach<'_>) -> bool {
        let checked = policy.checked();
        let Some(provision) = checked.provisions.get(reach.provision().0 as usize) else {
            return false;
        };
        let is_of_cover = matches!((&provision.body, reach), (Body::Cover, Reach::At(..)));
        if !self.decision.is_covered() && !is_of_cover {
            return false;
        }
        let whole = Decided::new(policy, &self.case, &self.decision);
        let Some(list) = provision.list else { return is_reached(&whole, provision, reach) };
        let items = whole.items(list);
        let mut items = items.iter().map(|(item, decision)| whole.of_item(*item, decision));
        items.any(|item| is_reached(&item, provision, reach))
    }
}

fn is_reached(case: &Decided<'_>, provision: &Provision, reach: Reach<'_>) -> bool {
    let (policy, compiled) = (case.policy.checked(), case.policy.compiled());
    let reasons = Reasons { policy, compiled, decision: case.decision };
    let each = match &provision.body {
        Body::Table(table) => table.each,
        _ => None,
    };
    let family = each.and_then(|id| policy.families.get(id.0 as usize));
    let any_member = |is_so: &dyn Fn(&Decided<'_>) -> bool| match family {
        Some(family) => family.members.iter().any(|member| is_so(&case.of_member(*member))),
        None => is_so(case),
    };
    match reach {
        Reach::Applies(id) => reasons.applies(id),
        Reach::Row(id, row) => {
            reasons.applies(id) && any_member(&|of| is_row(of, &provision.body, row))
        }
        Reach::Slice(id, slice) => {
            reasons.applies(id) && any_member(&|of| is_in_slice(of, &provision.body, slice))
        }
        Reach::At(id, row, tested, edge) => {
            let asked = match row {
                Some(_) => reasons.applies(id),
                None => case.holds(&provision.in_force),
            };
            asked && any_member(&|of| is_at(of.expression(tested), edge))
        }
        Reach::Overrides(id, other) => reasons.applies(id) && reasons.holds(other),
        Reach::NotOverridden(_, other) => reasons.applies(other),
        Reach::Dated(_, first, last) => {
            let day = policy.dated_by.and_then(|fact| case.fact(fact));
            matches!(day, Some(Figure::Date(day)) if (first..=last).contains(&day.day_number()))
        }
    }
}

fn is_at(figure: Option<Figure>, edge: Edge) -> bool {
    match (figure, edge) {
        (Some(Figure::Number(number)), Edge::Number(edge)) => number == edge,
        (Some(Figure::Date(day)), Edge::Day(edge)) => day.day_number() == edge,
        _ => false,
    }
}

/// Whether something lies in a slice.
fn is_in_slice(case: &Decided<'_>, body: &Body, slice: usize) -> bool {
    let Body::Slices(slices) = body else { return false };
    let below = match slices.edge_below(slice) {
        Some(edge) => case.expression(edge),
        None => Some(Figure::Number(Ratio::ZERO)),
    };
    match (case.expression(&slices.of), below) {
        (Some(Figure::Number(of)), Some(Figure::Number(below))) => of > below,
        _ => false,
    }
}

/// Whether a row is one that counts.
fn is_row(case: &Decided<'_>, body: &Body, row: usize) -> bool {
    let rows = rows_of(body);
    let passes = |(when, is_otherwise, _): &(&[Condition], bool, Span)| {
        !is_otherwise && when.iter().all(|test| case.holds(test))
    };
    let is_first = body.hit() == Some(Hit::First);
    let above = rows.get(..row).unwrap_or_default();
    match rows.get(row) {
        Some((_, true, _)) => !rows.iter().any(passes),
        Some(own) => passes(own) && !(is_first && above.iter().any(passes)),
        None => false,
    }
}
