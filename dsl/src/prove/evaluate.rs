//! What follows in all cases of a space at once: never more than is so.
//!
//! Where something hangs on more than the space says, what could tell is noted: where to cut.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cmp::Ordering;

use apportion_core::date::Date;
use apportion_core::program::{ConclusionId, FactId, ValueId};

use super::Prover;
use super::family::{Asked, Joint, asked};
use super::possible::{Possible, Tri, Words};
use super::ratio::Ratio;
use super::space::{Cut, Space};
use crate::checked::{
    Body, Comparison, Condition, Constant, Counting, Expression, ExpressionKind, FamilyId,
    Provision, ProvisionId, Quantity, Row, Share, Table, Type,
};
use crate::syntax::Hit;

/// Beyond this, nothing is followed.
const MOST_DEEP: u32 = 64;

/// Where a space could be cut to know more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocker<'a> {
    pub(super) on: On<'a>,
    pub(super) cut: Cut,
}

/// What is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum On<'a> {
    Fact(FactId),
    /// A family taken together, and its column.
    Family(usize, usize),
    Expression(&'a Expression),
    /// A comparison of two things, each of which can be several.
    Test(&'a Condition),
}

/// What is worked out of one space.
pub(super) struct Evaluation<'s, 'a> {
    prover: &'s Prover<'a>,
    space: &'s Space<'a>,
    joints: &'s [Joint],
    /// The member at hand.
    pub(super) member: Option<FactId>,
    /// Where the space could be cut.
    pub(super) blockers: Vec<Blocker<'a>>,
    /// The facts read that can be several things.
    pub(super) facts: BTreeSet<FactId>,
    /// The same for families.
    pub(super) families: BTreeSet<usize>,
    /// Whether something was asked that no cut can tell.
    pub(super) is_out_of_reach: bool,
    /// Whether each provision applies, as far as it was asked; within, none where the case
    /// would be refused.
    applied: Vec<Option<Option<Tri>>>,
    depth: u32,
    /// Whether members of a family are gone through: what is assumed is of none of them.
    is_among_members: bool,
}

impl<'s, 'a> Evaluation<'s, 'a> {
    pub(super) fn new(prover: &'s Prover<'a>, space: &'s Space<'a>, joints: &'s [Joint]) -> Self {
        Evaluation {
            prover,
            space,
            joints,
            member: None,
            blockers: Vec::new(),
            facts: BTreeSet::new(),
            families: BTreeSet::new(),
            is_out_of_reach: false,
            applied: alloc::vec![None; prover.policy.provisions.len()],
            depth: 0,
            is_among_members: false,
        }
    }

    /// Works on what depends on something else, unless that goes too deep.
    fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MOST_DEEP {
            self.is_out_of_reach = true;
            return None;
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        Some(done)
    }

    fn out_of_reach<T>(&mut self, answer: T) -> T {
        self.is_out_of_reach = true;
        answer
    }

    fn provision(&self, id: ProvisionId) -> Option<&'a Provision> {
        self.prover.policy.provisions.get(id.0 as usize)
    }

    /// Whether a provision's condition holds; none where the case is refused instead.
    pub(super) fn holds(&mut self, id: ProvisionId) -> Option<Tri> {
        let provision = self.provision(id)?;
        let in_force = self.condition(&provision.in_force)?;
        if in_force == Tri::No {
            return Some(Tri::No);
        }
        Some(in_force.and(self.condition(&provision.when)?))
    }

    /// Whether a provision applies; none where the case is refused instead.
    pub(super) fn applies(&mut self, id: ProvisionId) -> Option<Tri> {
        if let Some(Some(applied)) = self.applied.get(id.0 as usize) {
            return *applied;
        }
        let applied = self.deeper(|it| it.applies_afresh(id)).unwrap_or(Some(Tri::Open));
        if let Some(place) = self.applied.get_mut(id.0 as usize) {
            *place = Some(applied);
        }
        applied
    }

    fn applies_afresh(&mut self, id: ProvisionId) -> Option<Tri> {
        let prover = self.prover;
        let mut applies = self.holds(id)?;
        for rival in prover.rivals.get(id.0 as usize).into_iter().flatten() {
            if applies == Tri::No {
                break;
            }
            applies = applies.and(self.applies(*rival)?.not());
        }
        Some(applies)
    }

    /// Whether a conclusion is drawn; none where clauses for it and against it both apply.
    pub(super) fn conclusion(&mut self, id: ConclusionId) -> Option<Tri> {
        let (is_for, against) = self.sides(id)?;
        (is_for.and(against) != Tri::Yes).then_some(is_for)
    }

    /// Whether some clause for a conclusion applies, and whether some clause against it does.
    pub(super) fn sides(&mut self, id: ConclusionId) -> Option<(Tri, Tri)> {
        let conclusion = self.prover.policy.conclusions.get(id.index())?;
        let (mut is_for, mut against) = (Tri::No, Tri::No);
        for provision in &conclusion.provisions {
            let applies = self.applies(*provision)?;
            match self.provision(*provision)?.body {
                Body::Conclude { is_for: true, .. } => is_for = is_for.or(applies),
                _ => against = against.or(applies),
            }
        }
        Some((is_for, against))
    }

    /// Whether some clause gives a value.
    pub(super) fn is_given(&mut self, id: ValueId) -> Option<Tri> {
        let value = self.prover.policy.values.get(id.index())?;
        let mut given = Tri::No;
        for provision in &value.provisions {
            given = given.or(self.applies(*provision)?);
        }
        Some(given)
    }

    /// What a value can be; none where no clause gives it.
    pub(super) fn value(&mut self, id: ValueId) -> Option<Possible> {
        let value = self.prover.policy.values.get(id.index())?;
        let (mut possible, mut certain): (Option<Possible>, Option<Possible>) = (None, None);
        for provision in &value.provisions {
            let applies = self.applies(*provision)?;
            if applies == Tri::No {
                continue;
            }
            let given = self.deeper(|it| it.given_by(*provision, id));
            let Some(given) = given.unwrap_or_else(|| of_type(&value.kind)) else { continue };
            possible = Some(possible.map_or(given, |so_far| so_far.or(given)));
            if applies == Tri::Yes {
                // Clauses that both apply must agree.
                certain = Some(match certain {
                    Some(so_far) => so_far.and(given)?,
                    None => given,
                });
            }
        }
        certain.or(possible)
    }

    /// What one provision makes of a value.
    pub(super) fn given_by(&mut self, id: ProvisionId, value: ValueId) -> Option<Possible> {
        let provision = self.provision(id)?;
        match &provision.body {
            Body::Define { expression, .. } => self.expression(expression),
            Body::Slices(slices) => self.expression(&slices.expression),
            Body::Rates { rates, .. } => {
                let on = self.fact(self.prover.policy.dated_by?)?;
                let kind = &self.prover.policy.values.get(value.index())?.kind;
                self.rate_on(rates, kind, on)
            }
            Body::Table(table) => {
                let column = table.values.iter().position(|it| *it == value)?;
                self.looked_up(table, column)
            }
            _ => None,
        }
    }

    fn rate_on(&mut self, rates: &[(Date, i64)], kind: &Type, on: Possible) -> Option<Possible> {
        let Possible::Days(first, last) = on else { return None };
        let from = rates.iter().rposition(|(from, _)| from.day_number() <= first).unwrap_or(0);
        let until = rates.iter().rposition(|(from, _)| from.day_number() <= last).unwrap_or(0);
        let in_force = rates.get(from..=until)?.iter().map(|(_, rate)| Constant::Number(*rate));
        let mut possible: Option<Possible> = None;
        for rate in in_force {
            let rate = constant(rate, kind)?;
            possible = Some(possible.map_or(rate, |so_far| so_far.or(rate)));
        }
        possible
    }

    /// Whether each row applies, by itself: the `otherwise` row where no other does.
    pub(super) fn rows(&mut self, body: &'a Body) -> Option<Vec<Tri>> {
        match body {
            Body::Table(table) => {
                self.passing(table.rows.iter().map(|row| (row.when.as_slice(), row.is_otherwise)))
            }
            Body::Shares(rows, _) => {
                self.passing(rows.iter().map(|row| (row.when.as_slice(), row.is_otherwise)))
            }
            _ => Some(Vec::new()),
        }
    }

    fn passing(&mut self, rows: impl Iterator<Item = (&'a [Condition], bool)>) -> Option<Vec<Tri>> {
        let (mut answers, mut any, mut otherwise) = (Vec::new(), Tri::No, None);
        for (row, (when, is_otherwise)) in rows.enumerate() {
            if is_otherwise {
                otherwise = Some(row);
            }
            let mut passes = Tri::of(!is_otherwise);
            for test in when {
                passes = passes.and(self.condition(test)?);
            }
            any = any.or(passes);
            answers.push(passes);
        }
        if let Some(place) = otherwise.and_then(|row| answers.get_mut(row)) {
            *place = any.not();
        }
        Some(answers)
    }

    /// What a table gives in one column; none where no row applies.
    fn looked_up(&mut self, table: &'a Table, column: usize) -> Option<Possible> {
        let tests = table.rows.iter().map(|row| (row.when.as_slice(), row.is_otherwise));
        let passing = self.passing(tests)?;
        let (fewest, most) = counts(&passing);
        if table.hit == Hit::ExactlyOne && fewest > 1 {
            return None;
        }
        if table.hit == Hit::Count {
            return Some(Possible::Numbers(Ratio::whole(fewest.into()), Ratio::whole(most.into())));
        }
        let mut possible: Option<Possible> = None;
        let zero = Possible::Numbers(Ratio::ZERO, Ratio::ZERO);
        for (row, passes) in table.rows.iter().zip(&passing) {
            if *passes == Tri::No {
                continue;
            }
            let answer = self.answer(row, column)?;
            possible = Some(match (table.hit, possible) {
                (Hit::AddUp, so_far) => {
                    let answer = if *passes == Tri::Yes { answer } else { answer.or(zero) };
                    plus(so_far.unwrap_or(zero), answer)?
                }
                (_, None) => answer,
                (_, Some(so_far)) => so_far.or(answer),
            });
            if table.hit == Hit::First && *passes == Tri::Yes {
                break;
            }
        }
        if table.hit == Hit::AddUp { possible.or(Some(zero)) } else { possible }
    }

    pub(super) fn answer(&mut self, row: &'a Row, column: usize) -> Option<Possible> {
        self.expression(row.answers.get(column)?)
    }

    /// What a row answers, column by column or party by party.
    pub(super) fn answers(&mut self, body: &'a Body, row: usize) -> Option<Vec<Possible>> {
        match body {
            Body::Table(table) => {
                let answers = table.rows.get(row)?.answers.iter();
                answers.map(|answer| self.expression(answer)).collect()
            }
            Body::Shares(rows, _) => {
                let whole = Possible::Numbers(Ratio::whole(1), Ratio::whole(1));
                let shares = &rows.get(row)?.shares;
                let (mut named, mut rest) = (Vec::new(), whole);
                for share in shares {
                    let share = match share {
                        Share::Of(share) => Some(self.expression(share)?),
                        Share::Rest => None,
                    };
                    if let Some(share) = share {
                        rest = minus(rest, share)?;
                    }
                    named.push(share);
                }
                Some(named.into_iter().map(|share| share.unwrap_or(rest)).collect())
            }
            _ => Some(Vec::new()),
        }
    }

    /// What a fact can be.
    fn fact(&mut self, id: FactId) -> Option<Possible> {
        if let Some((family, column)) = self.joint_column(&Asked::Member(id)) {
            return self.joint(family, column, &self.prover.policy.facts.get(id.index())?.kind);
        }
        let domain = self.space.facts.get(id.index())?;
        if domain.size() > 1 {
            self.facts.insert(id);
        }
        domain.possible()
    }

    fn joint_column(&self, asked: &Asked) -> Option<(usize, usize)> {
        self.joints
            .iter()
            .enumerate()
            .find_map(|(family, joint)| joint.column(asked).map(|column| (family, column)))
    }

    fn joint(&mut self, family: usize, column: usize, of: &Type) -> Option<Possible> {
        let states = self.space.families.get(family)?;
        if states.len() > 1 {
            self.families.insert(family);
        }
        self.joints.get(family)?.possible(column, of, states)
    }

    /// Whether a condition holds; none where the case is refused instead.
    pub(super) fn condition(&mut self, condition: &'a Condition) -> Option<Tri> {
        Some(match condition {
            Condition::Always => Tri::Yes,
            Condition::Of(quantity, parts) => {
                let mut answers = Vec::with_capacity(parts.len());
                for part in parts {
                    answers.push(self.condition(part)?);
                }
                let (fewest, most) = counts(&answers);
                so_many(*quantity, fewest, most, count(parts.len()))
            }
            Condition::Not(part) => self.condition(part)?.not(),
            Condition::Truth(value) => match self.test_applies([value]) {
                Tri::No => Tri::No,
                applies => {
                    let ExpressionKind::Conclusion(conclusion) = value.kind else {
                        return self
                            .word(value, core::iter::once(1).collect())
                            .map(|is| is.and(applies));
                    };
                    self.deeper(|it| it.conclusion(conclusion)).unwrap_or(Some(Tri::Open))?
                }
            },
            Condition::Word(value, words) => match self.test_applies([value]) {
                Tri::No => Tri::No,
                applies => self.word(value, words.iter().copied().collect())?.and(applies),
            },
            Condition::Compare(left, comparison, right) => match self.test_applies([left, right]) {
                Tri::No => Tri::No,
                applies => self.compare(condition, left, *comparison, right)?.and(applies),
            },
            Condition::Members { quantity, family, words } => {
                self.members(*quantity, *family, words)?
            }
            Condition::Items { .. } | Condition::Broken => self.out_of_reach(Tri::Open),
        })
    }

    /// A test of a fact that does not apply is not true.
    fn test_applies<const N: usize>(&mut self, values: [&'a Expression; N]) -> Tri {
        let mut applies = Tri::Yes;
        for value in values {
            let facts = match value.kind {
                ExpressionKind::Fact(fact) => [Some(fact), None],
                ExpressionKind::Age { birth, on } => [Some(birth), Some(on)],
                _ => [None, None],
            };
            for fact in facts.into_iter().flatten() {
                applies = applies.and(self.fact_applies(fact));
            }
        }
        applies
    }

    fn fact_applies(&mut self, fact: FactId) -> Tri {
        let policy = self.prover.policy;
        let fact = policy.facts.get(fact.index());
        match fact.and_then(|fact| fact.only_when.as_deref()) {
            None => Tri::Yes,
            Some(only_when) => {
                let applies = self.deeper(|it| it.condition(&only_when.condition));
                applies.flatten().unwrap_or(Tri::Open)
            }
        }
    }

    fn word(&mut self, value: &'a Expression, words: Words) -> Option<Tri> {
        let Possible::Words(possible) = self.expression(value)? else { return None };
        if possible.without(words).is_empty() {
            return Some(Tri::Yes);
        }
        if possible.and(words).is_empty() {
            return Some(Tri::No);
        }
        self.block(value, Cut::Words(words));
        Some(Tri::Open)
    }

    fn compare(
        &mut self,
        condition: &'a Condition,
        left: &'a Expression,
        comparison: Comparison,
        right: &'a Expression,
    ) -> Option<Tri> {
        let (a, b) = (self.expression(left)?, self.expression(right)?);
        let verdict = if left.kind == right.kind {
            Tri::of(crate::check::condition_holds(comparison, Ordering::Equal))
        } else {
            compared(a, comparison, b)?
        };
        let mut taken = self.space.tests.iter().filter(|_| !self.is_among_members);
        if let Some((_, taken)) = taken.find(|(known, _)| *known == condition) {
            let taken = Tri::of(*taken);
            return (verdict == Tri::Open || verdict == taken).then_some(taken);
        }
        if verdict == Tri::Open {
            if b.is_one() {
                self.block_at(left, comparison, b);
            } else if a.is_one() {
                self.block_at(right, flipped(comparison), a);
            } else if !self.is_among_members {
                self.blockers.push(Blocker { on: On::Test(condition), cut: Cut::Halves });
            }
        }
        Some(verdict)
    }

    fn block_at(&mut self, value: &'a Expression, comparison: Comparison, edge: Possible) {
        let is_below = matches!(comparison, Comparison::Under | Comparison::AtLeast);
        match edge {
            Possible::Numbers(edge, _) if comparison == Comparison::Exactly => {
                self.block(value, Cut::Below(edge));
                self.block(value, Cut::UpTo(edge));
            }
            Possible::Numbers(edge, _) if is_below => self.block(value, Cut::Below(edge)),
            Possible::Numbers(edge, _) => self.block(value, Cut::UpTo(edge)),
            Possible::Days(day, _) if comparison == Comparison::Exactly => {
                self.block(value, Cut::BeforeDay(day));
                self.block(value, Cut::BeforeDay(day + 1));
            }
            Possible::Days(day, _) => {
                self.block(value, Cut::BeforeDay(if is_below { day } else { day + 1 }));
            }
            Possible::Words(words) => {
                let edge = words.lowest().unwrap_or(0);
                let passes = (0..=u8::MAX)
                    .filter(|word| crate::check::condition_holds(comparison, word.cmp(&edge)));
                self.block(value, Cut::Words(passes.collect()));
            }
        }
    }

    fn members(&mut self, quantity: Quantity, family: FamilyId, words: &[u8]) -> Option<Tri> {
        let policy = self.prover.policy;
        let members = &policy.families.get(family.0 as usize)?.members;
        let asked = Asked::Count(family, words.to_vec());
        if let Some((joint, column)) = self.joint_column(&asked) {
            let states = self.space.families.get(joint)?;
            let answers = self.joints.get(joint)?.answers(column, states);
            let (mut fewest, mut most) = (i64::MAX, 0);
            for answer in answers {
                (fewest, most) = (fewest.min(answer), most.max(answer));
            }
            let number = |count: i64| u32::try_from(count).unwrap_or(0);
            let verdict = so_many(quantity, number(fewest), number(most), count(members.len()));
            if verdict == Tri::Open {
                self.families.insert(joint);
                for edge in edges(quantity, count(members.len())) {
                    let cut = Cut::Below(Ratio::whole(edge.into()));
                    self.blockers.push(Blocker { on: On::Family(joint, column), cut });
                }
            }
            return Some(verdict);
        }
        let wanted: Words = words.iter().copied().collect();
        let mut answers = Vec::with_capacity(members.len());
        for member in members {
            let Possible::Words(possible) = self.fact(*member)? else { return None };
            let answer = match (possible.without(wanted), possible.and(wanted)) {
                (outside, _) if outside.is_empty() => Tri::Yes,
                (_, inside) if inside.is_empty() => Tri::No,
                _ => Tri::Open,
            };
            if answer == Tri::Open {
                let cut = Cut::Words(wanted);
                self.blockers.push(Blocker { on: On::Fact(*member), cut });
            }
            answers.push(answer);
        }
        let (fewest, most) = counts(&answers);
        Some(so_many(quantity, fewest, most, count(members.len())))
    }

    /// Notes that to know where something lies would help.
    fn block(&mut self, value: &'a Expression, cut: Cut) {
        let policy = self.prover.policy;
        match value.kind {
            ExpressionKind::Constant(_) | ExpressionKind::Conclusion(_) => {}
            ExpressionKind::Member => {
                if let Some(member) = self.member {
                    self.blockers.push(Blocker { on: On::Fact(member), cut });
                }
            }
            ExpressionKind::Value(id) => {
                let value_of = policy.values.get(id.index());
                let only = value_of.and_then(|value| match value.provisions.as_slice() {
                    [only] => self.provision(*only),
                    _ => None,
                });
                // What is given by one definition is what that says.
                match only.map(|provision| &provision.body) {
                    Some(Body::Define { expression, .. }) if self.depth < MOST_DEEP => {
                        self.depth += 1;
                        self.block(expression, cut);
                        self.depth -= 1;
                    }
                    _ if self.is_among_members => {}
                    _ => self.blockers.push(Blocker { on: On::Expression(value), cut }),
                }
            }
            _ => {
                let column = asked(value).and_then(|asked| self.joint_column(&asked));
                let on = match (column, &value.kind) {
                    (Some((family, column)), _) => On::Family(family, column),
                    (None, ExpressionKind::Fact(fact)) => On::Fact(*fact),
                    (None, _) if self.is_among_members => return,
                    (None, _) => On::Expression(value),
                };
                self.blockers.push(Blocker { on, cut });
            }
        }
    }

    /// What an expression can be; none where the case is refused instead, or is not in the space.
    pub(super) fn expression(&mut self, expression: &'a Expression) -> Option<Possible> {
        let possible = self.raw(expression)?;
        let possible = match of_type(&expression.of) {
            Some(within) => possible.and(within)?,
            None => possible,
        };
        let mut assumed = self.space.assumed.iter().filter(|_| !self.is_among_members);
        match assumed.find(|(known, _)| known.kind == expression.kind) {
            Some((_, assumed)) => possible.and(*assumed),
            None => Some(possible),
        }
    }

    fn raw(&mut self, expression: &'a Expression) -> Option<Possible> {
        let anything = of_type(&expression.of);
        match &expression.kind {
            ExpressionKind::Constant(of) => constant(*of, &expression.of),
            ExpressionKind::Fact(fact) => self.fact(*fact),
            ExpressionKind::Member => self.fact(self.member?),
            ExpressionKind::MemberName => self.member_name(&expression.of),
            ExpressionKind::Conclusion(conclusion) => {
                let drawn =
                    self.deeper(|it| it.conclusion(*conclusion)).unwrap_or(Some(Tri::Open))?;
                Some(Possible::Words(match drawn {
                    Tri::No => core::iter::once(0).collect(),
                    Tri::Yes => core::iter::once(1).collect(),
                    Tri::Open => Words::first(2),
                }))
            }
            ExpressionKind::Value(value) => self.deeper(|it| it.value(*value)).unwrap_or(anything),
            ExpressionKind::Add(a, b) => self.numbers(a, b, anything, plus),
            ExpressionKind::Subtract(a, b) => self.numbers(a, b, anything, minus),
            ExpressionKind::Multiply(a, b) => {
                self.numbers(a, b, anything, |a, b| corners(a, b, Ratio::times))
            }
            ExpressionKind::Divide(a, b) => self.numbers(a, b, anything, |a, b| {
                let Possible::Numbers(least, greatest) = b else { return None };
                let is_apart = least > Ratio::ZERO || greatest < Ratio::ZERO;
                if is_apart { corners(a, b, Ratio::over) } else { None }
            }),
            ExpressionKind::Greater(a, b) => {
                Some(extreme(self.expression(a)?, self.expression(b)?, true))
            }
            ExpressionKind::Lesser(a, b) => {
                Some(extreme(self.expression(a)?, self.expression(b)?, false))
            }
            ExpressionKind::Age { birth, on } => self.age(*birth, *on),
            ExpressionKind::Distance { from, distance } => {
                let Possible::Days(first, last) = self.expression(from)? else { return None };
                let at = |day: i32| Some(distance.from(Date::from_day_number(day)?)?.day_number());
                match (at(first), at(last)) {
                    (Some(first), Some(last)) => Some(Possible::Days(first, last)),
                    _ => self.out_of_reach(anything),
                }
            }
            ExpressionKind::DaysBetween { from, to, counting } => {
                self.days_between(from, to, *counting)
            }
            ExpressionKind::Rate { rate, on } => {
                let on = self.expression(on)?;
                let value = self.prover.policy.values.get(rate.index())?;
                let provision = self.provision(*value.provisions.first()?)?;
                let Body::Rates { rates, .. } = &provision.body else { return None };
                self.rate_on(rates, &value.kind, on)
            }
            ExpressionKind::Sum { of, family }
            | ExpressionKind::Highest { of, family }
            | ExpressionKind::Lowest { of, family } => self.over_family(expression, *of, *family),
            ExpressionKind::Round { value, step, rounding } => {
                let Possible::Numbers(least, greatest) = self.quotient(value, anything)? else {
                    return None;
                };
                let step = Ratio::new(step.0.into(), step.1.into())?;
                match (least.to_step(step, *rounding), greatest.to_step(step, *rounding)) {
                    (Some(least), Some(greatest)) => Some(Possible::Numbers(least, greatest)),
                    _ => anything,
                }
            }
            ExpressionKind::Items(_) | ExpressionKind::Broken => self.out_of_reach(anything),
        }
    }

    /// Within a rounding stand numbers of any denominator.
    fn quotient(&mut self, value: &'a Expression, otherwise: Option<Possible>) -> Option<Possible> {
        match &value.kind {
            ExpressionKind::Divide(..) | ExpressionKind::Multiply(..) => {
                self.raw(value).or(otherwise)
            }
            _ => self.expression(value),
        }
    }

    fn numbers(
        &mut self,
        a: &'a Expression,
        b: &'a Expression,
        otherwise: Option<Possible>,
        work: impl FnOnce(Possible, Possible) -> Option<Possible>,
    ) -> Option<Possible> {
        let (a, b) = (self.quotient(a, otherwise)?, self.quotient(b, otherwise)?);
        work(a, b).or(otherwise)
    }

    /// Whether the ages that the policy asks can be: nobody is born after the day asked for.
    pub(super) fn ages(&mut self) -> Option<()> {
        for (birth, on) in &self.prover.ages {
            if self.fact_applies(*birth).and(self.fact_applies(*on)) == Tri::Yes {
                self.age(*birth, *on)?;
            }
        }
        Some(())
    }

    fn age(&mut self, birth: FactId, on: FactId) -> Option<Possible> {
        let (Possible::Days(born, born_last), Possible::Days(on, on_last)) =
            (self.fact(birth)?, self.fact(on)?)
        else {
            return None;
        };
        let age = |born: i32, on: i32| {
            let years = Date::from_day_number(born)?.age_on(Date::from_day_number(on)?)?;
            Some(Ratio::whole(i128::from(years.min(255))))
        };
        let oldest = age(born, on_last)?;
        Some(Possible::Numbers(age(born_last, on).unwrap_or(Ratio::ZERO), oldest))
    }

    fn days_between(
        &mut self,
        from: &'a Expression,
        to: &'a Expression,
        counting: Counting,
    ) -> Option<Possible> {
        let (Possible::Days(a, b), Possible::Days(c, d)) =
            (self.expression(from)?, self.expression(to)?)
        else {
            return None;
        };
        let days = |between: i32| {
            let between = i128::from(between.max(0));
            Ratio::whole(match counting {
                Counting::Both => between + 1,
                Counting::First | Counting::Last => between,
                Counting::Neither => (between - 1).max(0),
            })
        };
        (d >= a).then(|| Possible::Numbers(days(c - b), days(d - a)))
    }

    fn member_name(&mut self, of: &Type) -> Option<Possible> {
        let Type::Words { list, .. } = of else { return None };
        let families = self.prover.policy.families.iter();
        let mut families = families.filter(|family| family.names == *list);
        let place = families.find_map(|family| {
            family.members.iter().position(|member| Some(*member) == self.member)
        })?;
        Some(Possible::Words(u8::try_from(place).into_iter().collect()))
    }

    fn over_family(
        &mut self,
        expression: &'a Expression,
        of: Option<ValueId>,
        family: FamilyId,
    ) -> Option<Possible> {
        let column = asked(expression).and_then(|asked| self.joint_column(&asked));
        if let Some((joint, column)) = column {
            return self.joint(joint, column, &expression.of);
        }
        let policy = self.prover.policy;
        let mut whole: Option<Possible> = None;
        for member in &policy.families.get(family.0 as usize)?.members {
            let outer = (self.member.replace(*member), self.is_among_members);
            self.is_among_members = true;
            let one = match of {
                Some(value) => {
                    self.deeper(|it| it.value(value)).unwrap_or_else(|| of_type(&expression.of))
                }
                None => self.fact(*member),
            };
            (self.member, self.is_among_members) = outer;
            let one = one?;
            whole = Some(match (whole, &expression.kind) {
                (None, _) => one,
                (Some(so_far), ExpressionKind::Sum { .. }) => plus(so_far, one)?,
                (Some(so_far), ExpressionKind::Highest { .. }) => extreme(so_far, one, true),
                (Some(so_far), _) => extreme(so_far, one, false),
            });
        }
        whole.or(Some(Possible::Numbers(Ratio::ZERO, Ratio::ZERO)))
    }
}

/// How many are so at least, and at most.
pub(super) fn counts(answers: &[Tri]) -> (u32, u32) {
    let so = answers.iter().filter(|answer| **answer == Tri::Yes).count();
    let open = answers.iter().filter(|answer| **answer == Tri::Open).count();
    (count(so), count(so + open))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn is_so_many(quantity: Quantity, number: u32, of: u32) -> bool {
    match quantity {
        Quantity::All => number == of,
        Quantity::Any => number > 0,
        Quantity::None => number == 0,
        Quantity::AtLeast(least) => number >= least,
        Quantity::AtMost(most) => number <= most,
        Quantity::Exactly(exact) => number == exact,
    }
}

fn so_many(quantity: Quantity, fewest: u32, most: u32, of: u32) -> Tri {
    let mut answers = (fewest..=most).map(|number| is_so_many(quantity, number, of));
    let Some(first) = answers.next() else { return Tri::Open };
    if answers.all(|answer| answer == first) { Tri::of(first) } else { Tri::Open }
}

/// The numbers at which an answer changes.
fn edges(quantity: Quantity, of: u32) -> impl Iterator<Item = u32> {
    (1..=of).filter(move |number| {
        is_so_many(quantity, *number, of) != is_so_many(quantity, number - 1, of)
    })
}

fn constant(constant: Constant, of: &Type) -> Option<Possible> {
    Some(match (constant, of) {
        (Constant::YesNo(truth), _) => Possible::Words(core::iter::once(truth.into()).collect()),
        (Constant::Word(word), _) => Possible::Words(core::iter::once(word).collect()),
        (Constant::Date(day), _) => Possible::Days(day.day_number(), day.day_number()),
        (Constant::Number(parts), Type::Number(number)) => {
            let number = Ratio::new(parts.into(), number.denominator.into())?;
            Possible::Numbers(number, number)
        }
        (Constant::Number(_), _) => return None,
    })
}

/// All that something of a type can be.
pub(super) fn of_type(of: &Type) -> Option<Possible> {
    Some(match of {
        Type::YesNo => Possible::Words(Words::first(2)),
        Type::Words { count, .. } => Possible::Words(Words::first((*count).into())),
        Type::Date { first, last } => Possible::Days(first.day_number(), last.day_number()),
        Type::Number(number) => {
            let over = |parts: i64| Ratio::new(parts.into(), number.denominator.into());
            Possible::Numbers(over(number.least)?, over(number.greatest)?)
        }
        Type::Broken => return None,
    })
}

pub(super) fn plus(a: Possible, b: Possible) -> Option<Possible> {
    let (Possible::Numbers(a, b), Possible::Numbers(c, d)) = (a, b) else { return None };
    Some(Possible::Numbers(a.plus(c)?, b.plus(d)?))
}

pub(super) fn minus(a: Possible, b: Possible) -> Option<Possible> {
    let (Possible::Numbers(a, b), Possible::Numbers(c, d)) = (a, b) else { return None };
    Some(Possible::Numbers(a.minus(d)?, b.minus(c)?))
}

/// The least and the greatest that the ends give.
fn corners(
    a: Possible,
    b: Possible,
    work: impl Fn(Ratio, Ratio) -> Option<Ratio>,
) -> Option<Possible> {
    let (Possible::Numbers(a, b), Possible::Numbers(c, d)) = (a, b) else { return None };
    let corners = [work(a, c)?, work(a, d)?, work(b, c)?, work(b, d)?];
    Some(Possible::Numbers(corners.into_iter().min()?, corners.into_iter().max()?))
}

/// The greater, or the lesser, of two.
fn extreme(a: Possible, b: Possible, is_greater: bool) -> Possible {
    match (a, b) {
        (Possible::Numbers(a, b), Possible::Numbers(c, d)) if is_greater => {
            Possible::Numbers(a.max(c), b.max(d))
        }
        (Possible::Numbers(a, b), Possible::Numbers(c, d)) => Possible::Numbers(a.min(c), b.min(d)),
        (Possible::Days(a, b), Possible::Days(c, d)) if is_greater => {
            Possible::Days(a.max(c), b.max(d))
        }
        (Possible::Days(a, b), Possible::Days(c, d)) => Possible::Days(a.min(c), b.min(d)),
        (Possible::Words(a), Possible::Words(b)) => {
            let reaches = |word: u8, other: Words| {
                other.iter().any(|other| if is_greater { other <= word } else { other >= word })
            };
            let of_a = a.iter().filter(|word| reaches(*word, b));
            let of_b = b.iter().filter(|word| reaches(*word, a));
            Possible::Words(of_a.chain(of_b).collect())
        }
        (own, _) => own,
    }
}

fn flipped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Under => Comparison::Over,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Exactly => Comparison::Exactly,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Over => Comparison::Under,
    }
}

/// How two things compare, each anywhere within what it can be.
pub(super) fn compared(a: Possible, comparison: Comparison, b: Possible) -> Option<Tri> {
    let ends = match (a, b) {
        (Possible::Numbers(a, b), Possible::Numbers(c, d)) => [a.cmp(&d), b.cmp(&c)],
        (Possible::Days(a, b), Possible::Days(c, d)) => [a.cmp(&d), b.cmp(&c)],
        (Possible::Words(a), Possible::Words(b)) => {
            if comparison == Comparison::Exactly && a.and(b).is_empty() {
                return Some(Tri::No);
            }
            [a.lowest()?.cmp(&b.highest()?), a.highest()?.cmp(&b.lowest()?)]
        }
        _ => return None,
    };
    // The least of one beside the greatest of the other, and the other way round.
    let [low, high] = ends;
    let holds = |order| crate::check::condition_holds(comparison, order);
    Some(match comparison {
        Comparison::Exactly => match (low, high) {
            (Ordering::Equal, Ordering::Equal) if a.is_one() && b.is_one() => Tri::Yes,
            (Ordering::Greater, _) | (_, Ordering::Less) => Tri::No,
            _ => Tri::Open,
        },
        _ => match (holds(low), holds(high)) {
            (true, true) => Tri::Yes,
            (false, false) => Tri::No,
            _ => Tri::Open,
        },
    })
}
