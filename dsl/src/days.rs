//! The days on which a rate, a wording or a name counts.

use alloc::vec::Vec;
use core::fmt;

use apportion_core::date::Date;

/// Days one after the other; both ends are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

/// Where days meet those that should begin on the day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seam {
    /// Nothing lies between them, and no day is in both.
    Closed,
    /// The days between them.
    Gap(Days),
    /// The days in both.
    Overlap(Days),
}

/// `from 1 April 2026 until 30 April 2026`, `on 1 April 2026`, `from 1 April 2026 on`
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Days { first, last } = self;
        match (*first == Days::ALL.first, *last == Days::ALL.last) {
            (true, _) => write!(f, "until {last}"),
            (false, true) => write!(f, "from {first} on"),
            (false, false) if first == last => write!(f, "on {first}"),
            (false, false) => write!(f, "from {first} until {last}"),
        }
    }
}

impl Days {
    /// All days that there are.
    pub const ALL: Days = Days { first: Date::MIN, last: Date::MAX };

    /// From one day, if it is said, until another, if it is said.
    #[must_use]
    pub fn new(from: Option<Date>, until: Option<Date>) -> Days {
        Days { first: from.unwrap_or(Days::ALL.first), last: until.unwrap_or(Days::ALL.last) }
    }

    /// The day before the first, unless there is none.
    #[must_use]
    pub fn before(self) -> Option<Date> {
        self.first.plus_days(-1)
    }

    /// The day after the last, unless there is none.
    #[must_use]
    pub fn after(self) -> Option<Date> {
        self.last.plus_days(1)
    }

    /// The days in both.
    #[must_use]
    pub fn and(self, other: Days) -> Option<Days> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Days { first, last })
    }

    /// How these days meet later ones.
    ///
    /// ```
    /// use apportion::days::{Days, Seam};
    /// use apportion_core::date::Date;
    ///
    /// let day = |day| Date::new(2026, 4, day);
    /// let early = Days::new(None, day(3));
    /// assert_eq!(early.seam(Days::new(day(4), None)), Seam::Closed);
    /// assert_eq!(early.seam(Days::new(day(6), None)), Seam::Gap(Days::new(day(4), day(5))));
    /// assert_eq!(early.seam(Days::new(day(3), None)), Seam::Overlap(Days::new(day(3), day(3))));
    /// ```
    #[must_use]
    pub fn seam(self, later: Days) -> Seam {
        let gap = self.after().zip(later.before()).filter(|(first, last)| first <= last);
        match (gap, self.and(later)) {
            (Some((first, last)), _) => Seam::Gap(Days { first, last }),
            (None, Some(both)) => Seam::Overlap(both),
            (None, None) => Seam::Closed,
        }
    }

    /// The first days of these that none of the others has.
    ///
    /// ```
    /// use apportion::days::Days;
    /// use apportion_core::date::Date;
    ///
    /// let day = |day| Date::new(2026, 4, day);
    /// let [month, begin, end] = [(1, 30), (1, 9), (20, 30)].map(|(a, b)| Days::new(day(a), day(b)));
    /// assert_eq!(month.without([end, begin]), Some(Days::new(day(10), day(19))));
    /// assert_eq!(begin.without([month]), None);
    /// ```
    #[must_use]
    pub fn without(self, others: impl IntoIterator<Item = Days>) -> Option<Days> {
        let mut others: Vec<Days> =
            others.into_iter().filter_map(|other| other.and(self)).collect();
        others.sort_unstable();
        let mut left = self;
        for other in others {
            if other.first > left.first {
                return Some(Days { last: other.before()?, ..left });
            }
            if other.last >= left.last {
                return None;
            }
            left.first = left.first.max(other.after()?);
        }
        Some(left)
    }
}
