//! Cases for any policy: at and around every edge, and far from all of them.
//!
//! A case is made from a list of numbers, so that chance and proptest make the same cases;
//! smaller numbers make plainer cases, which is all that shrinking needs.

mod items;
mod panels;

use std::collections::BTreeSet;

use apportion::checked::{
    Body, Condition, Constant, Elapsed, Expression, ExpressionKind, Fact, List, Policy, Share, Type,
};
use apportion::number::Number;
use apportion_core::date::Date;
use apportion_core::program::FactId;
use proptest::prelude::*;

use crate::reference;
use crate::rivals::random::Random;

pub use crate::reference::{Facts, ItemFacts};

/// What is stated of each fact, in the order declared.
type Statements = Vec<Option<Constant>>;

/// How many numbers make one fact.
const NUMBERS_PER_FACT: usize = 3;
/// How many numbers are about the whole case, a whole list or item, or what panels decide.
const NUMBERS_PER_CASE: usize = 3;

/// A date of birth, and a number of years on a day that a clause asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Birthday {
    birth: FactId,
    on: FactId,
    years: i32,
}

/// Makes cases of one policy.
#[derive(Clone, Debug)]
pub struct CaseMaker {
    facts: Vec<Fact>,
    lists: Vec<List>,
    /// For each fact, the values at and around everything it may be compared with.
    edges: Vec<Vec<Constant>>,
    birthdays: Vec<Birthday>,
    /// The policy, where some of its facts do not apply to every case, or are shares that a
    /// panel decides.
    sometimes: Option<Policy>,
}

impl CaseMaker {
    /// A maker of cases of a policy.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let mut marks = Marks::default();
        marks.policy(policy);
        let edges = policy.facts.iter().map(|fact| marks.around(fact)).collect();
        let birthdays = marks.ages.iter().flat_map(|(birth, on)| {
            let birthday = |years: &i32| Birthday { birth: *birth, on: *on, years: *years };
            marks.plain.iter().map(birthday)
        });
        let is_sometimes =
            policy.facts.iter().any(|fact| fact.only_when.is_some() || fact.panel_share.is_some());
        CaseMaker {
            facts: policy.facts.clone(),
            lists: policy.lists.clone(),
            edges,
            birthdays: birthdays.collect(),
            sometimes: is_sometimes.then(|| policy.clone()),
        }
    }

    /// How many numbers make a case.
    #[must_use]
    pub fn numbers(&self) -> usize {
        let of_case = self.facts.iter().filter(|fact| fact.list.is_none()).count();
        let of_lists = self.lists.iter().map(items::numbers_for).sum::<usize>();
        let of_panels = if self.has_panel_shares() { NUMBERS_PER_CASE } else { 0 };
        of_case * NUMBERS_PER_FACT + NUMBERS_PER_CASE + of_lists + of_panels
    }

    /// A case by chance.
    pub fn random(&self, random: &mut Random) -> Facts {
        let numbers: Vec<u32> = (0..self.numbers()).map(|_| random.below(1 << 32) as u32).collect();
        self.case(&numbers)
    }

    /// The case that these numbers make.
    #[must_use]
    pub fn case(&self, numbers: &[u32]) -> Facts {
        let mut numbers = numbers.iter().copied().chain(core::iter::repeat(0));
        let mut next = || numbers.next().unwrap_or(0);
        let whole = [next(), next(), next()];
        let mut of_case = Statements::new();
        for (fact, id) in self.facts.iter().zip((0..).map(FactId)) {
            of_case.push(match fact.list {
                Some(_) => None,
                None => self.stated_fact(id, whole, [next(), next(), next()]),
            });
        }
        let is_of_case =
            |fact: FactId| self.facts.get(fact.index()).is_some_and(|fact| fact.list.is_none());
        self.move_birthday(&mut of_case, whole, |birthday| {
            is_of_case(birthday.birth) && is_of_case(birthday.on)
        });
        if let Some(policy) = self.sometimes.as_ref().filter(|_| whole[2] % 8 != 7) {
            reference::leave_out(policy, &mut of_case);
        }
        let lists = self.lists.iter().map(|list| self.items(list, &of_case, &mut next)).collect();
        let mut facts = Facts { of_case, lists };
        if self.has_panel_shares() {
            self.decide_shares(&mut facts.of_case, [next(), next(), next()]);
            if let Some(policy) = self.sometimes.as_ref().filter(|_| whole[2] % 8 != 7) {
                reference::leave_out_shares(policy, &mut facts);
            }
        }
        facts
    }

    /// What is stated of a fact.
    fn stated_fact(&self, id: FactId, whole: [u32; 3], numbers: [u32; 3]) -> Option<Constant> {
        let (fact, edges) = (self.facts.get(id.index())?, self.edges.get(id.index())?);
        stated(fact, edges, whole, numbers)
    }

    /// Puts one of some birthdays near the day that a clause asks about, in most cases.
    fn move_birthday(
        &self,
        facts: &mut Statements,
        [_, which, how]: [u32; 3],
        is_meant: impl Fn(&Birthday) -> bool,
    ) {
        let birthdays: Vec<Birthday> = self.birthdays.iter().copied().filter(is_meant).collect();
        let Some(birthday) = pick(&birthdays, which) else { return };
        let Some(Some(Constant::Date(on))) = facts.get(birthday.on.index()) else { return };
        let on = *on;
        let days = match how % 16 {
            0..6 => i64::from(how % 3) - 1,
            6 => 2,
            7..14 => -i64::from(how >> 4) % 14_000,
            14 => 400 * 365,
            _ => return,
        };
        let years = on.year() - birthday.years;
        let (birth, on) = match how % 16 {
            5 => born_on_a_leap_day(years, birthday.years, how >> 4),
            _ => {
                let birth = Date::new(years, on.month(), on.day());
                let birth = birth.or_else(|| Date::new(years, 3, 1));
                (birth.and_then(|day| shifted(day, days)), Some(on))
            }
        };
        for (fact, day) in [(birthday.birth, birth), (birthday.on, on)] {
            let declared = self.facts.get(fact.index()).map(|fact| &fact.kind);
            if let (Some(day), Some(Type::Date { first, last })) = (day, declared)
                && let Some(place) = facts.get_mut(fact.index())
            {
                *place = Some(Constant::Date(day.clamp(*first, *last)));
            }
        }
    }
}

/// Births so many years before a day, and a day later, when the birthday is still to come.
fn born_around(day: Date) -> impl Iterator<Item = Date> {
    let years = [0, 1, 2, 4, 5, 11, 16, 17, 18, 19, 25].into_iter();
    let births =
        years.filter_map(move |years| Date::new(day.year() - years, day.month(), day.day()));
    births.flat_map(|birth| [Some(birth), shifted(birth, 1)]).flatten()
}

/// A birth on the last 29 February up to a year, and a day so many years later on which that
/// matters: 28 February or 1 March.
fn born_on_a_leap_day(year: i32, years: i32, which: u32) -> (Option<Date>, Option<Date>) {
    let year = year - year.rem_euclid(4);
    let (month, day) = if which.is_multiple_of(2) { (2, 28) } else { (3, 1) };
    (Date::new(year, 2, 29), Date::new(year + years, month, day))
}

/// Cases of a policy, for properties.
pub fn cases(policy: &Policy) -> impl Strategy<Value = Facts> + use<> {
    let maker = CaseMaker::new(policy);
    prop::collection::vec(any::<u32>(), maker.numbers())
        .prop_map(move |numbers| maker.case(&numbers))
}

/// A fact of a case. In few cases a fact without a default is left out as well.
fn stated(fact: &Fact, edges: &[Constant], whole: [u32; 3], numbers: [u32; 3]) -> Option<Constant> {
    let [how, which, exact] = numbers;
    let is_left_out = match fact.default {
        Some(_) => how % 100 >= 85,
        None => whole[0] % 64 == 63 && how % 100 == 99,
    };
    if is_left_out || fact.is_text {
        return None;
    }
    let edge = pick(edges, which).filter(|_| how % 10 < 5);
    match &fact.kind {
        Type::YesNo => Some(Constant::YesNo(which % 2 == 1)),
        Type::Words { count, .. } => Some(Constant::Word(word(fact, *count, whole, which))),
        Type::Date { first, last } => Some(edge.unwrap_or_else(|| {
            let days = last.day_number().saturating_sub(first.day_number()).max(0);
            let days = i64::from(exact) % (i64::from(days) + 1);
            Constant::Date(shifted(*first, days).unwrap_or(*first))
        })),
        Type::Number(number) => Some(edge.unwrap_or_else(|| {
            let range = u64::from(how) % 4;
            Constant::Number(some_number(fact, number, range, (which, exact)))
        })),
        Type::Listed { .. } | Type::Broken => None,
    }
}

/// A word; those of a family stay below one level in half of the cases, so that sums and
/// counts are small as well as great.
fn word(fact: &Fact, count: u8, whole: [u32; 3], which: u32) -> u8 {
    let top = match fact.family {
        Some(_) if whole[0].is_multiple_of(2) => (whole[0] >> 8) % u32::from(count.max(1)) + 1,
        _ => u32::from(count),
    };
    let word = u8::try_from(which % top.max(1)).unwrap_or(0).min(count.saturating_sub(1));
    // Never the top, so there is a level above each that it never has.
    (word..count).find(|word| !fact.never.contains(word)).unwrap_or(word)
}

/// A number within the bounds and on a step: near the least, among the small, or anywhere.
fn some_number(fact: &Fact, number: &Number, range: u64, (low, high): (u32, u32)) -> i64 {
    let step = fact.step.max(1);
    let steps = number.greatest.abs_diff(number.least) / step.unsigned_abs();
    let most = match range {
        0 => steps.min(20),
        1 => steps.min(100_000),
        _ => steps,
    };
    let wide = u64::from(high) << 32 | u64::from(low);
    let above = if most == u64::MAX { wide } else { wide % (most + 1) };
    let above = i64::try_from(above).unwrap_or(0).saturating_mul(step);
    number.least.saturating_add(above).min(number.greatest)
}

fn pick<T: Copy>(list: &[T], which: u32) -> Option<T> {
    let place = (which as usize).checked_rem(list.len())?;
    list.get(place).copied()
}

fn shifted(day: Date, days: i64) -> Option<Date> {
    let number = i64::from(day.day_number()).checked_add(days)?;
    Date::from_day_number(i32::try_from(number).ok()?)
}

/// Days that other months lack, and the months that lack them.
const ENDS_OF_MONTHS: [&str; 6] =
    ["2024-01-31", "2024-02-29", "2025-03-31", "2025-12-31", "2026-08-30", "2027-02-28"];

/// Days around which there are bank holidays.
const NEAR_HOLIDAYS: [&str; 6] =
    ["2020-05-08", "2021-12-24", "2022-06-02", "2024-03-29", "2025-12-25", "2026-01-01"];

/// Everything in a policy that something may be compared with.
#[derive(Default)]
struct Marks {
    numbers: BTreeSet<(apportion::unit::Unit, i64, i64)>,
    plain: BTreeSet<i32>,
    days: BTreeSet<Date>,
    ages: BTreeSet<(FactId, FactId)>,
}

impl Marks {
    fn policy(&mut self, policy: &Policy) {
        self.days.insert(policy.version.from);
        self.days.extend(policy.version.until);
        let names = policy.parties.iter().flat_map(|party| &party.dated);
        self.days.extend(names.flat_map(|(days, _)| [days.first, days.last]));
        self.plain.extend([0, 18]);
        for only_when in policy.facts.iter().filter_map(|fact| fact.only_when.as_ref()) {
            self.condition(&only_when.condition);
        }
        for provision in &policy.provisions {
            self.condition(&provision.in_force);
            self.condition(&provision.when);
            self.body(&provision.body);
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Define { expression, .. } => self.expression(expression),
            Body::Table(table) => {
                for row in &table.rows {
                    row.when.iter().for_each(|test| self.condition(test));
                    row.answers.iter().for_each(|answer| self.expression(answer));
                }
            }
            Body::Slices(slices) => {
                self.expression(&slices.of);
                let edges = slices.slices.iter().filter_map(|slice| slice.up_to.as_ref());
                edges.for_each(|edge| self.expression(edge));
            }
            Body::Rates { rates, .. } => self.days.extend(rates.iter().map(|(day, _)| *day)),
            Body::Shares(rows, _) => {
                for row in rows {
                    row.when.iter().for_each(|test| self.condition(test));
                    for share in &row.shares {
                        if let Share::Of(share) = share {
                            self.expression(share);
                        }
                    }
                }
            }
            Body::Split { amount, .. } | Body::Pay { amount, .. } => self.expression(amount),
            Body::Proportion { amount, weights, .. } => {
                self.expression(amount);
                weights.iter().flatten().for_each(|weight| self.expression(weight));
            }
            Body::PayInTurn { amount, tiers, .. } => {
                self.expression(amount);
                tiers.iter().for_each(|(_, most)| self.expression(most));
            }
            Body::Limit { most, .. } => self.expression(most),
            Body::Floor { least, .. } => self.expression(least),
            Body::Require { must, .. } => self.condition(must),
            _ => {}
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Of(_, parts) => parts.iter().for_each(|part| self.condition(part)),
            Condition::Not(part) => self.condition(part),
            Condition::Truth(value) | Condition::Word(value, _) => self.expression(value),
            Condition::Compare(left, _, right) => {
                self.expression(left);
                self.expression(right);
            }
            Condition::Items { what, .. } => self.condition(what),
            Condition::Always | Condition::Members { .. } | Condition::Broken => {}
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Constant(constant) => self.constant(*constant, &expression.of),
            ExpressionKind::Age { birth, on } => {
                self.ages.insert((*birth, *on));
            }
            ExpressionKind::Add(left, right)
            | ExpressionKind::Subtract(left, right)
            | ExpressionKind::Multiply(left, right)
            | ExpressionKind::Divide(left, right)
            | ExpressionKind::Greater(left, right)
            | ExpressionKind::Lesser(left, right) => {
                self.expression(left);
                self.expression(right);
            }
            ExpressionKind::Round { value, .. } => self.expression(value),
            ExpressionKind::Distance { from, distance } => {
                let near = match distance.working_days() {
                    Some(_) => NEAR_HOLIDAYS,
                    None => ENDS_OF_MONTHS,
                };
                self.days.extend(near.iter().filter_map(|day| Date::parse(day)));
                self.expression(from);
            }
            ExpressionKind::Rate { on, .. } => self.expression(on),
            ExpressionKind::Items(over) => {
                self.condition(&over.filter);
                over.of.iter().chain(&over.if_none).for_each(|it| self.expression(it));
            }
            ExpressionKind::Between { from, to, elapsed } => {
                if let (Elapsed::Years, ExpressionKind::Constant(Constant::Date(day))) =
                    (elapsed, &to.kind)
                {
                    self.days.extend(born_around(*day));
                }
                self.expression(from);
                self.expression(to);
            }
            _ => {}
        }
    }

    fn constant(&mut self, constant: Constant, of: &Type) {
        match (constant, of) {
            (Constant::Date(day), _) => {
                self.days.insert(day);
            }
            (Constant::Number(value), Type::Number(number)) => {
                if number.unit.is_plain() && number.denominator == 1 && (0..=120).contains(&value) {
                    self.plain.extend(i32::try_from(value));
                }
                self.numbers.insert((number.unit.clone(), value, number.denominator));
            }
            _ => {}
        }
    }

    /// The values of a fact at and around the marks and its own bounds.
    fn around(&self, fact: &Fact) -> Vec<Constant> {
        let mut values = Vec::new();
        match &fact.kind {
            Type::Date { first, last } => {
                for day in self.days.iter().chain([first, last]) {
                    let near = (-1..=1).filter_map(|days| shifted(*day, days));
                    values.extend(near.map(|day| Constant::Date(day.clamp(*first, *last))));
                }
            }
            Type::Number(number) => {
                let mut edges = vec![number.least, number.greatest, 0, 1];
                let alike = self.numbers.iter().filter(|(unit, ..)| *unit == number.unit);
                edges.extend(alike.filter_map(|(_, value, over)| {
                    let scaled = i128::from(*value) * i128::from(number.denominator);
                    i64::try_from(scaled / i128::from((*over).max(1))).ok()
                }));
                let step = fact.step.max(1);
                for edge in edges {
                    let near = (-1..=1).map(|steps| edge.saturating_add(step * steps));
                    let within = near.map(|value| {
                        let value = value.clamp(number.least, number.greatest);
                        value - (value - number.least).rem_euclid(step)
                    });
                    values.extend(within.map(Constant::Number));
                }
            }
            _ => {}
        }
        values
    }
}
