//! What something can be, over many cases at once.

use crate::ratio::Ratio;

/// Words by their numbers, or no (0) and yes (1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Words([u64; 4]);

impl Words {
    pub(super) const NONE: Words = Words([0; 4]);

    pub(super) fn first(count: u16) -> Words {
        let mut words = Words::NONE;
        let mut left = count;
        for part in &mut words.0 {
            *part = if left < 64 { (1 << left) - 1 } else { u64::MAX };
            left = left.saturating_sub(64);
        }
        words
    }

    pub(super) fn has(self, word: u8) -> bool {
        self.0.get(usize::from(word >> 6)).is_some_and(|part| part >> (word & 63) & 1 == 1)
    }

    pub(super) fn with(mut self, word: u8) -> Words {
        if let Some(part) = self.0.get_mut(usize::from(word >> 6)) {
            *part |= 1 << (word & 63);
        }
        self
    }

    fn each(self, other: Words, join: impl Fn(u64, u64) -> u64) -> Words {
        let mut joined = self;
        for (part, other) in joined.0.iter_mut().zip(other.0) {
            *part = join(*part, other);
        }
        joined
    }

    pub(super) fn and(self, other: Words) -> Words {
        self.each(other, |a, b| a & b)
    }

    pub(super) fn or(self, other: Words) -> Words {
        self.each(other, |a, b| a | b)
    }

    pub(super) fn without(self, other: Words) -> Words {
        self.each(other, |a, b| a & !b)
    }

    pub(super) fn is_empty(self) -> bool {
        self == Words::NONE
    }

    pub(super) fn count(self) -> u32 {
        self.0.iter().map(|part| part.count_ones()).sum()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        let mut left = self;
        core::iter::from_fn(move || {
            let lowest = left.lowest()?;
            left = left.without(Words::NONE.with(lowest));
            Some(lowest)
        })
    }

    pub(super) fn lowest(self) -> Option<u8> {
        let (place, part) = (0..).zip(self.0).find(|(_, part)| *part != 0)?;
        u8::try_from(place * 64 + part.trailing_zeros()).ok()
    }

    pub(super) fn highest(self) -> Option<u8> {
        let (place, part) = (0..4).zip(self.0).rfind(|(_, part)| *part != 0)?;
        u8::try_from(place * 64 + 63 - part.leading_zeros()).ok()
    }
}

impl FromIterator<u8> for Words {
    fn from_iter<I: IntoIterator<Item = u8>>(words: I) -> Words {
        words.into_iter().fold(Words::NONE, Words::with)
    }
}

/// What something can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Possible {
    /// Words, or no and yes.
    Words(Words),
    /// Days from the first to the last, as day numbers.
    Days(i32, i32),
    /// Numbers from the least to the greatest.
    Numbers(Ratio, Ratio),
}

impl Possible {
    /// What both can be; `None` where that is nothing.
    pub(super) fn and(self, other: Possible) -> Option<Possible> {
        match (self, other) {
            (Possible::Words(a), Possible::Words(b)) => {
                let both = a.and(b);
                (!both.is_empty()).then_some(Possible::Words(both))
            }
            (Possible::Days(a, b), Possible::Days(c, d)) => {
                let (first, last) = (a.max(c), b.min(d));
                (first <= last).then_some(Possible::Days(first, last))
            }
            (Possible::Numbers(a, b), Possible::Numbers(c, d)) => {
                let (least, greatest) = (a.max(c), b.min(d));
                (least <= greatest).then_some(Possible::Numbers(least, greatest))
            }
            _ => None,
        }
    }

    /// What either can be, and what lies between.
    pub(super) fn or(self, other: Possible) -> Possible {
        match (self, other) {
            (Possible::Words(a), Possible::Words(b)) => Possible::Words(a.or(b)),
            (Possible::Days(a, b), Possible::Days(c, d)) => Possible::Days(a.min(c), b.max(d)),
            (Possible::Numbers(a, b), Possible::Numbers(c, d)) => {
                Possible::Numbers(a.min(c), b.max(d))
            }
            (own, _) => own,
        }
    }

    /// Whether it can be one thing only.
    pub(super) fn is_one(self) -> bool {
        match self {
            Possible::Words(words) => words.count() == 1,
            Possible::Days(first, last) => first == last,
            Possible::Numbers(least, greatest) => least == greatest,
        }
    }
}

/// Whether something is so, over many cases at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tri {
    /// In none of them.
    No,
    /// In some, as far as is known.
    Open,
    /// In all.
    Yes,
}

impl Tri {
    pub(super) fn of(is: bool) -> Tri {
        if is { Tri::Yes } else { Tri::No }
    }

    pub(super) fn not(self) -> Tri {
        match self {
            Tri::No => Tri::Yes,
            Tri::Open => Tri::Open,
            Tri::Yes => Tri::No,
        }
    }

    pub(super) fn and(self, other: Tri) -> Tri {
        match (self, other) {
            (Tri::No, _) | (_, Tri::No) => Tri::No,
            (Tri::Yes, Tri::Yes) => Tri::Yes,
            _ => Tri::Open,
        }
    }

    pub(super) fn or(self, other: Tri) -> Tri {
        self.not().and(other.not()).not()
    }
}
