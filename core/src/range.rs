//! What something can be, where not everything is known: a set of bytes, or all between two ends.

/// A set of bytes, such as the words that a fact can still be.
///
/// ```
/// use apportion_core::range::ByteSet;
///
/// let levels = ByteSet::between(2, 4).with(0);
/// assert_eq!(levels.iter().collect::<Vec<u8>>(), [0, 2, 3, 4]);
/// assert_eq!((levels.least(), levels.greatest(), levels.only()), (Some(0), Some(4), None));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSet {
    /// A bit for each byte, the lowest first.
    bits: [u64; 4],
}

impl ByteSet {
    /// No byte.
    pub const EMPTY: ByteSet = ByteSet { bits: [0; 4] };
    /// Every byte.
    pub const ALL: ByteSet = ByteSet { bits: [u64::MAX; 4] };
    /// No and yes, as 0 and 1.
    pub const OPEN: ByteSet = ByteSet { bits: [0b11, 0, 0, 0] };

    /// One byte.
    #[must_use]
    pub fn one(byte: u8) -> ByteSet {
        ByteSet::EMPTY.with(byte)
    }

    /// All bytes between two, both included.
    #[must_use]
    pub fn between(least: u8, greatest: u8) -> ByteSet {
        (least..=greatest).fold(ByteSet::EMPTY, ByteSet::with)
    }

    /// The set with one byte more.
    #[must_use]
    pub fn with(mut self, byte: u8) -> ByteSet {
        if let Some(bits) = self.bits.get_mut(usize::from(byte >> 6)) {
            *bits |= 1 << (byte & 63);
        }
        self
    }

    /// What is in either.
    #[must_use]
    pub fn or(mut self, other: ByteSet) -> ByteSet {
        for (own, other) in self.bits.iter_mut().zip(other.bits) {
            *own |= other;
        }
        self
    }

    /// Whether a byte is in it.
    #[must_use]
    pub fn has(self, byte: u8) -> bool {
        let bits = self.bits.get(usize::from(byte >> 6)).copied().unwrap_or(0);
        bits >> (byte & 63) & 1 == 1
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == ByteSet::EMPTY
    }

    /// The one byte in it. `None` where it has none or several.
    #[must_use]
    pub fn only(self) -> Option<u8> {
        self.least().filter(|least| self.greatest() == Some(*least))
    }

    /// The least byte in it.
    #[must_use]
    pub fn least(self) -> Option<u8> {
        let (place, bits) = (0u32..).zip(self.bits).find(|(_, bits)| *bits != 0)?;
        u8::try_from(place * u64::BITS + bits.trailing_zeros()).ok()
    }

    /// The greatest byte in it.
    #[must_use]
    pub fn greatest(self) -> Option<u8> {
        let (place, bits) = (0u32..).zip(self.bits).filter(|(_, bits)| *bits != 0).last()?;
        u8::try_from(place * u64::BITS + u64::BITS - 1 - bits.leading_zeros()).ok()
    }

    /// The bytes in it, rising.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0u32..).zip(self.bits).flat_map(|(place, mut bits)| {
            core::iter::from_fn(move || {
                let lowest = bits.trailing_zeros();
                bits &= bits.checked_sub(1)?;
                u8::try_from(place * u64::BITS + lowest).ok()
            })
        })
    }
}

impl FromIterator<u8> for ByteSet {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> ByteSet {
        bytes.into_iter().fold(ByteSet::EMPTY, ByteSet::with)
    }
}

/// All between two ends, both included.
///
/// ```
/// use apportion_core::range::Span;
///
/// let pence = Span { least: 305_81, greatest: 458_71 };
/// assert_eq!(pence.only(), None);
/// assert_eq!(pence.or(Span::one(300_00)), Span { least: 300_00, greatest: 458_71 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<T> {
    /// The least.
    pub least: T,
    /// The greatest; never below the least.
    pub greatest: T,
}

impl<T: Copy + Ord> Span<T> {
    /// One value.
    #[must_use]
    pub fn one(value: T) -> Span<T> {
        Span { least: value, greatest: value }
    }

    /// The value, where there is but one.
    #[must_use]
    pub fn only(self) -> Option<T> {
        (self.least == self.greatest).then_some(self.least)
    }

    /// All between the ends of both.
    #[must_use]
    pub fn or(self, other: Span<T>) -> Span<T> {
        Span { least: self.least.min(other.least), greatest: self.greatest.max(other.greatest) }
    }

    /// From the lesser to the greater of two.
    pub(crate) fn of(a: T, b: T) -> Span<T> {
        Span { least: a.min(b), greatest: a.max(b) }
    }

    /// What a function that never falls makes of it.
    pub(crate) fn map<U: Copy + Ord>(self, make: impl Fn(T) -> U) -> Span<U> {
        Span::of(make(self.least), make(self.greatest))
    }
}
