//! Ages, counted to the birthday, and who asks for them.

use apportion::checked::{
    Body, Condition, Expression, ExpressionKind, ListId, Provision, Row, Share,
};
use apportion_core::date::Date;
use apportion_core::program::FactId;

use super::{Asked, Interpreter, Place};

impl Interpreter<'_> {
    /// *8 Dates*: a date of birth after the date asked for refuses the case. That is evidence
    /// that cannot be, so it refuses whether or not the clause that asks applies.
    pub(super) fn ages_in_body(&mut self, body: &Body, place: Place) -> Asked<()> {
        self.ask(ages_within(expressions(body)), place)
    }

    /// The same for a condition that is not asked.
    pub(super) fn ages_in_condition(&mut self, condition: &Condition, place: Place) -> Asked<()> {
        let mut compared = Vec::new();
        in_condition(condition, &mut compared);
        self.ask(ages_within(compared), place)
    }

    /// An age of facts that do not apply is not there to be asked.
    fn ask(&mut self, ages: Vec<AgeOf>, place: Place) -> Asked<()> {
        let mut answers = Vec::new();
        for (age, list) in ages {
            let items = match list {
                _ if self.is_of_case(age) => vec![None],
                None => vec![place.item],
                Some(list) => self.items(list).into_iter().map(Some).collect(),
            };
            for item in items {
                let place = Place { item, ..place };
                if !self.reads_what_does_not_apply([age]) {
                    answers.push(self.expression(age, place).map(|_| ()));
                }
            }
        }
        answers.into_iter().collect()
    }

    /// Ages of the case, and of the items of a list that are asked together, are asked once, also
    /// in a clause that is said of each item of a list, of which there may be none.
    pub(super) fn ages_asked_once(&mut self, provision: &Provision) -> Asked<()> {
        let mut compared = expressions(&provision.body);
        in_condition(&provision.when, &mut compared);
        match &provision.body {
            Body::Table(table) => {
                let tests = table.rows.iter().flat_map(|row| &row.when);
                tests.for_each(|test| in_condition(test, &mut compared));
            }
            Body::Shares(rows, _) => {
                let tests = rows.iter().flat_map(|row| &row.when);
                tests.for_each(|test| in_condition(test, &mut compared));
            }
            _ => {}
        }
        let asked = ages_within(compared).into_iter();
        let once = asked.filter(|(age, list)| list.is_some() || self.is_of_case(age)).collect();
        self.ask(once, Place::new(provision.clause, None))
    }

    fn is_of_case(&self, age: &Expression) -> bool {
        match age.kind {
            ExpressionKind::Age { birth, on } => self.are_of_case([birth, on]),
            _ => false,
        }
    }

    /// Whether these are facts of the case, and not of each item.
    pub(super) fn are_of_case(&self, facts: [FactId; 2]) -> bool {
        let list = |fact: FactId| self.policy.facts.get(fact.index()).and_then(|fact| fact.list);
        facts.into_iter().all(|fact| list(fact).is_none())
    }
}

/// The expressions of what a clause says, but for the cells of its tables that ask.
fn expressions(body: &Body) -> Vec<&Expression> {
    match body {
        Body::Define { expression, .. } => vec![expression],
        Body::Table(table) => table.rows.iter().flat_map(|row: &Row| &row.answers).collect(),
        Body::Shares(rows, _) => {
            let shares = rows.iter().flat_map(|row| &row.shares);
            let named = shares.filter_map(|share| match share {
                Share::Of(expression) => Some(expression),
                Share::Rest => None,
            });
            named.collect()
        }
        Body::Split { amount, .. } | Body::Pay { amount, .. } => vec![amount],
        Body::Proportion { amount, weights, .. } => {
            std::iter::once(amount).chain(weights.iter().flatten()).collect()
        }
        Body::PayInTurn { amount, tiers, .. } => {
            std::iter::once(amount).chain(tiers.iter().map(|(_, most)| most)).collect()
        }
        Body::Limit { most, .. } => vec![most],
        Body::Floor { least, .. } => vec![least],
        Body::Require { must, .. } => {
            let mut compared = Vec::new();
            in_condition(must, &mut compared);
            compared
        }
        _ => Vec::new(),
    }
}

/// The expressions that a condition compares.
fn in_condition<'c>(condition: &'c Condition, found: &mut Vec<&'c Expression>) {
    match condition {
        Condition::Of(_, parts) => parts.iter().for_each(|part| in_condition(part, found)),
        Condition::Not(part) => in_condition(part, found),
        Condition::Truth(value) | Condition::Word(value, _) => found.push(value),
        Condition::Compare(left, _, right) => found.extend([left, right]),
        // What is asked of each item there is a name, and no age.
        Condition::Always
        | Condition::Members { .. }
        | Condition::Items { .. }
        | Condition::Broken => {}
    }
}

/// An age, with the list whose items it is asked of, where that is another than what the clause
/// speaks of.
type AgeOf<'e> = (&'e Expression, Option<ListId>);

fn ages_within(expressions: Vec<&Expression>) -> Vec<AgeOf<'_>> {
    let mut found = Vec::new();
    expressions.into_iter().for_each(|expression| ages(expression, None, &mut found));
    found
}

fn ages<'e>(expression: &'e Expression, list: Option<ListId>, found: &mut Vec<AgeOf<'e>>) {
    match &expression.kind {
        ExpressionKind::Age { .. } => found.push((expression, list)),
        ExpressionKind::Add(left, right)
        | ExpressionKind::Subtract(left, right)
        | ExpressionKind::Multiply(left, right)
        | ExpressionKind::Divide(left, right)
        | ExpressionKind::Greater(left, right)
        | ExpressionKind::Lesser(left, right) => {
            ages(left, list, found);
            ages(right, list, found);
        }
        ExpressionKind::Round { value, .. } => ages(value, list, found),
        // What is taken of each item is a name; its `where` may ask for an age.
        ExpressionKind::Items(over) => {
            let mut compared = Vec::new();
            in_condition(&over.filter, &mut compared);
            compared.into_iter().for_each(|part| ages(part, Some(over.list), found));
        }
        _ => {}
    }
}

/// The greatest age that is told from greater ones: a stated bound of the engine.
const GREATEST_AGE: i64 = 255;

/// *8 Dates*: completed years from a birth to a day; none where the birth is after the day.
/// Someone born on 29 February comes of age on 1 March in a common year.
pub(super) fn age(birth: Date, on: Date) -> Option<i64> {
    if birth > on {
        return None;
    }
    let is_leap = on.year() % 4 == 0 && (on.year() % 100 != 0 || on.year() % 400 == 0);
    let birthday = match (birth.month(), birth.day()) {
        (2, 29) if !is_leap => (3, 1),
        birthday => birthday,
    };
    let years = i64::from(on.year()) - i64::from(birth.year());
    let is_before_birthday = (on.month(), on.day()) < birthday;
    Some((years - i64::from(is_before_birthday)).min(GREATEST_AGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(birth: (i32, u8, u8), on: (i32, u8, u8)) -> Option<i64> {
        let date = |(year, month, day)| Date::new(year, month, day).unwrap();
        age(date(birth), date(on))
    }

    #[test]
    fn counts_to_the_birthday() {
        assert_eq!(years((2008, 5, 12), (2026, 5, 11)), Some(17));
        assert_eq!(years((2008, 5, 12), (2026, 5, 12)), Some(18));
        assert_eq!(years((2008, 2, 29), (2026, 2, 28)), Some(17));
        assert_eq!(years((2008, 2, 29), (2026, 3, 1)), Some(18));
        assert_eq!(years((2008, 2, 29), (2028, 2, 29)), Some(20));
        assert_eq!(years((2026, 5, 12), (2026, 5, 12)), Some(0));
        assert_eq!(years((2026, 5, 13), (2026, 5, 12)), None);
    }
}
