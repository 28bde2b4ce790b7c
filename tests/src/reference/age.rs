//! Ages, counted to the birthday, and who asks for them.

use apportion::checked::{Body, Condition, Expression, ExpressionKind, Row, Share};
use apportion_core::date::Date;

use super::{Asked, Interpreter, Place};

impl Interpreter<'_> {
    /// *8 Dates*: a date of birth after the date asked for refuses the case. That is evidence
    /// that cannot be, so it refuses whether or not the clause that asks applies.
    pub(super) fn ages_in_body(&mut self, body: &Body, place: Place) -> Asked<()> {
        self.ages_in(expressions(body), place)
    }

    /// The same for a condition that is not asked.
    pub(super) fn ages_in_condition(&mut self, condition: &Condition, place: Place) -> Asked<()> {
        let mut compared = Vec::new();
        in_condition(condition, &mut compared);
        self.ages_in(compared, place)
    }

    fn ages_in(&mut self, expressions: Vec<&Expression>, place: Place) -> Asked<()> {
        let mut asked = Vec::new();
        for expression in expressions {
            ages(expression, &mut asked);
        }
        let answers = asked.into_iter().map(|age| self.expression(age, place).map(|_| ()));
        let answers: Vec<Asked<()>> = answers.collect();
        answers.into_iter().collect()
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
        Condition::Always | Condition::Members { .. } | Condition::Broken => {}
    }
}

/// The ages within an expression.
fn ages<'e>(expression: &'e Expression, found: &mut Vec<&'e Expression>) {
    match &expression.kind {
        ExpressionKind::Age { .. } => found.push(expression),
        ExpressionKind::Add(left, right)
        | ExpressionKind::Subtract(left, right)
        | ExpressionKind::Multiply(left, right)
        | ExpressionKind::Divide(left, right)
        | ExpressionKind::Greater(left, right)
        | ExpressionKind::Lesser(left, right) => {
            ages(left, found);
            ages(right, found);
        }
        ExpressionKind::Round { value, .. } => ages(value, found),
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
