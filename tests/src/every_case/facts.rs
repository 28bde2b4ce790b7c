//! The facts that a small policy may have, and what may be asked of each.

use crate::rivals::random::Random;

/// A fact of a few values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) declared: &'static str,
    /// All of its values, in their order.
    pub(super) values: &'static [&'static str],
}

const fn fact(name: &'static str, declared: &'static str, values: &'static [&'static str]) -> Fact {
    Fact { name, declared, values }
}

/// All that may be declared.
pub(super) const MENU: &[Fact] = &[
    fact("urgent", "yes or no", &["no", "yes"]),
    fact("known", "yes or no, no unless stated", &["no", "yes"]),
    fact("away", "yes or no", &["no", "yes"]),
    fact("place", "one of home, school, clinic", &["home", "school", "clinic"]),
    fact("need", "a level of need", &["low", "high", "severe"]),
    fact("care", "a level of need, up to high", &["low", "high"]),
    fact("risk", "a level of need, up to severe, never high", &["low", "severe"]),
    fact("nights", "whole number, 0 to 4", &["0", "1", "2", "3", "4"]),
    fact("hours", "number, in quarters, 0 to 1", &["0", "0.25", "0.5", "0.75", "1"]),
    fact("cost", "money a week, £0.00 to £0.04", &["£0.00", "£0.01", "£0.02", "£0.03", "£0.04"]),
    fact("fee", "money a week, £0.01 to £0.03", &["£0.01", "£0.02", "£0.03"]),
    fact(
        "date of birth",
        "a date, from 1 April 2007 to 3 April 2007",
        &["1 April 2007", "2 April 2007", "3 April 2007"],
    ),
    fact(
        "decision date",
        "a date, from 1 April 2025 to 3 April 2025",
        &["1 April 2025", "2 April 2025", "3 April 2025"],
    ),
];

impl Fact {
    fn is_yes_or_no(&self) -> bool {
        self.declared.starts_with("yes or no")
    }

    fn is_word(&self) -> bool {
        self.declared.starts_with("one of")
    }

    fn is_level(&self) -> bool {
        self.declared.starts_with("a level")
    }

    pub(super) fn is_date(&self) -> bool {
        self.declared.starts_with("a date")
    }

    /// Whether nothing is a higher one.
    pub(super) fn is_unordered(&self) -> bool {
        self.is_yes_or_no() || self.is_word() || self.is_date()
    }

    pub(super) fn is_money(&self) -> bool {
        self.declared.starts_with("money")
    }

    pub(super) fn is_number(&self) -> bool {
        self.is_money() || self.declared.contains("number")
    }

    /// A test of it.
    pub(super) fn test(&self, random: &mut Random) -> String {
        let (name, value, other) = (self.name, *random.of(self.values), *random.of(self.values));
        if self.is_yes_or_no() {
            return if random.is_in(50) { name.into() } else { format!("not {name}") };
        }
        if self.is_word() {
            return match random.below(3) {
                0 => format!("{name} is {value}"),
                1 => format!("{name} is not {value}"),
                _ if value == other => format!("{name} is {value}"),
                _ => format!("{name} is either {value} or {other}"),
            };
        }
        if self.is_level() {
            let how = *random.of(&["", " or higher", " or lower"]);
            return format!("{name} is {value}{how}");
        }
        if self.is_date() {
            let how = *random.of(&["before", "after", "on or before", "on or after"]);
            return format!("{name} is {how} {value}");
        }
        let (low, high) =
            if self.place(value) <= self.place(other) { (value, other) } else { (other, value) };
        let is_first = value == self.values[0];
        let is_last = value == self.values[self.values.len() - 1];
        match random.below(7) {
            0 if !is_first => format!("{name} is under {value}"),
            1 if !is_last => format!("{name} is over {value}"),
            2 => format!("{name} is at least {value}"),
            3 => format!("{name} is at most {value}"),
            4 => format!("{name} is exactly {value}"),
            5 if low != high => format!("{name} is between {low} and {high}"),
            _ => format!("{name} is not {value}"),
        }
    }

    fn place(&self, value: &str) -> usize {
        self.values.iter().position(|it| *it == value).unwrap_or(0)
    }

    /// Bands into which its values fall, each into one.
    pub(super) fn bands(&self, random: &mut Random) -> Vec<String> {
        let mut bands: Vec<Vec<&str>> = vec![vec![self.values[0]]];
        for value in &self.values[1..] {
            match bands.last_mut() {
                Some(last) if random.is_in(50) => last.push(value),
                _ => bands.push(vec![value]),
            }
        }
        let all = bands.len();
        bands.iter().enumerate().map(|(place, band)| self.band(band, (place, all))).collect()
    }

    /// A cell that is met by these values.
    fn band(&self, values: &[&str], (place, all): (usize, usize)) -> String {
        let (first, last) = (values[0], values[values.len() - 1]);
        if all == 1 {
            return "any".into();
        }
        if self.is_yes_or_no() || self.is_word() || self.is_level() {
            return values.join(", ");
        }
        let (up_to, from) = match self.is_date() {
            true => (format!("on or before {last}"), format!("on or after {first}")),
            false => (format!("up to {last}"), format!("{first} or more")),
        };
        match place {
            0 => up_to,
            _ if place + 1 == all => from,
            _ if first == last => first.into(),
            _ => format!("{first} to {last}"),
        }
    }

    /// Any cell.
    pub(super) fn cell(&self, random: &mut Random) -> String {
        let value = *random.of(self.values);
        if self.is_yes_or_no() {
            return (*random.of(&["yes", "no", "any"])).into();
        }
        if self.is_word() {
            return match random.below(3) {
                0 => format!("not {value}"),
                1 => "any".into(),
                _ => value.into(),
            };
        }
        if self.is_level() {
            let how = *random.of(&["", " or higher", " or lower"]);
            return format!("{value}{how}");
        }
        if self.is_date() {
            let how = *random.of(&["before", "after", "on or before", "on or after"]);
            return format!("{how} {value}");
        }
        match random.below(5) {
            0 => format!("under {value}"),
            1 => format!("over {value}"),
            2 => format!("up to {value}"),
            3 => format!("{value} or more"),
            _ => value.into(),
        }
    }
}
