//! Units: what a number counts, and for what.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use core::fmt;

/// What a number counts: pounds, things such as hours or nights, each to a power.
///
/// `£ an hour` is pounds per hour, `hours a week` hours per week; their product is pounds
/// per week. A percent has no unit, but is not a plain number either.
///
/// ```
/// use apportion::unit::Unit;
///
/// let rate = Unit::money(Some("hour"));
/// let care = Unit::counted("hour", Some("week"));
/// assert_eq!(rate.times(&care), Unit::money(Some("week")));
/// assert_eq!(rate.times(&care).to_string(), "£ a week");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// Whether it is a percent.
    is_percent: bool,
    /// Pounds, to a power; 0 or 1 in anything a policy can pay.
    pounds: i8,
    /// Things in the singular, each to a power other than 0.
    things: BTreeMap<String, i8>,
}

impl Unit {
    /// A plain number.
    #[must_use]
    pub fn plain() -> Unit {
        Unit::default()
    }

    /// A percent.
    #[must_use]
    pub fn percent() -> Unit {
        Unit { is_percent: true, ..Unit::default() }
    }

    /// Money, or money for something: `week`.
    #[must_use]
    pub fn money(per: Option<&str>) -> Unit {
        Unit { pounds: 1, ..Unit::default() }.per(per)
    }

    /// A number of things, or of things for something: `hour`, `week`.
    #[must_use]
    pub fn counted(thing: &str, per: Option<&str>) -> Unit {
        let mut unit = Unit::default();
        unit.raise(thing, 1);
        unit.per(per)
    }

    fn per(mut self, per: Option<&str>) -> Unit {
        if let Some(per) = per {
            self.raise(per, -1);
        }
        self
    }

    fn raise(&mut self, thing: &str, by: i8) {
        let power = self.things.get(thing).copied().unwrap_or(0).saturating_add(by);
        if power == 0 {
            self.things.remove(thing);
        } else {
            self.things.insert(thing.to_string(), power);
        }
    }

    /// The unit of a product.
    #[must_use]
    pub fn times(&self, other: &Unit) -> Unit {
        self.combine(other, 1)
    }

    /// The unit of a quotient.
    #[must_use]
    pub fn over(&self, other: &Unit) -> Unit {
        self.combine(other, -1)
    }

    fn combine(&self, other: &Unit, sign: i8) -> Unit {
        let mut unit = self.clone();
        unit.pounds = unit.pounds.saturating_add(other.pounds.saturating_mul(sign));
        for (thing, power) in &other.things {
            unit.raise(thing, power.saturating_mul(sign));
        }
        let has_none = unit.pounds == 0 && unit.things.is_empty();
        unit.is_percent = has_none && sign > 0 && (self.is_percent || other.is_percent);
        unit
    }

    /// Whether it is pounds, or pounds for something.
    #[must_use]
    pub fn is_money(&self) -> bool {
        self.pounds == 1
    }

    /// Whether it is a percent.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.is_percent
    }

    /// Whether it is a plain number.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        !self.is_percent && self.pounds == 0 && self.things.is_empty()
    }

    /// Whether it is money that a party can pay: pounds, or pounds a week, month or the like.
    #[must_use]
    pub fn is_payable(&self) -> bool {
        self.pounds == 1 && (self.things.is_empty() || self.period().is_some())
    }

    /// What the one thing is that it is for, if it is for one and counts none: `week`.
    #[must_use]
    pub fn period(&self) -> Option<&str> {
        let mut things = self.things.iter();
        match (things.next(), things.next()) {
            (Some((thing, -1)), None) => Some(thing),
            _ => None,
        }
    }

    /// The unit as part of a column name: `a_week`; empty for plain money.
    #[must_use]
    pub fn outside(&self) -> String {
        self.period().map_or_else(String::new, |period| {
            let mut name = with_article(period);
            name = name.replace(' ', "_");
            name
        })
    }

    /// How the unit reads after an amount: ` a week`, ` hours a week`, empty for plain numbers.
    #[must_use]
    pub fn after_amount(&self) -> String {
        let mut text = self.after_number();
        for (thing, power) in &self.things {
            if *power < 0 {
                text.push(' ');
                text.push_str(article(thing));
                text.push_str(thing);
            }
        }
        text
    }

    /// Whether it turns one stretch of time into another: weeks a day.
    pub(crate) fn is_of_time_alone(&self) -> bool {
        let is_time = |thing: &String| matches!(thing.as_str(), "day" | "week" | "month" | "year");
        let has = |sign: fn(&i8) -> bool| self.things.values().any(sign);
        !self.is_percent
            && self.pounds == 0
            && self.things.keys().all(is_time)
            && has(|power| *power > 0)
            && has(|power| *power < 0)
    }

    /// What is counted, whatever it is for: ` hours`; empty for money and plain numbers.
    pub(crate) fn after_number(&self) -> String {
        let mut text = String::with_capacity(ROOM_AFTER_AMOUNT);
        for (thing, power) in &self.things {
            if *power > 0 {
                text.push(' ');
                text.push_str(thing);
                text.push('s');
            }
        }
        text
    }
}

/// Enough for ` hours a week`, so that most units are written into room that is made once.
const ROOM_AFTER_AMOUNT: usize = 16;

/// `a week`, `an hour`.
#[must_use]
pub fn with_article(thing: &str) -> String {
    String::from(article(thing)) + thing
}

fn article(thing: &str) -> &'static str {
    let starts_with_vowel_sound =
        thing.starts_with(['a', 'e', 'i', 'o', 'u']) || thing.starts_with("hour");
    if starts_with_vowel_sound { "an " } else { "a " }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = match (self.is_percent, self.pounds) {
            (true, _) => "a percent",
            (false, 0) if self.things.is_empty() => "a plain number",
            (false, 0) => "",
            (false, 1) => "£",
            (false, _) => "£ x £",
        };
        let tail = self.after_amount();
        f.write_str(head)?;
        f.write_str(if head.is_empty() { tail.trim_start() } else { &tail })
    }
}
