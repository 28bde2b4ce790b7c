//! Division by a constant through a multiplication.

use crate::rounding::Rounding;

/// Divides by a constant, for dividends up to a bound that is known beforehand.
///
/// A division costs several multiplications on most processors, so [`Divider::new`] looks for a `factor` and a
/// `shift` with `dividend / divisor == dividend * factor >> shift` for every dividend up to
/// the bound. Let `b` be the bits of the greatest dividend and `l` such that the divisor is
/// at most `2^l`. Then `shift = b + l` and `factor = 2^shift / divisor`, rounded up, will do:
/// rounding up raises `factor * divisor` by less than `2^l`, and so the quotient by less
/// than `2^b * 2^l / (2^shift * divisor) = 1 / divisor`, which never reaches the next whole
/// number (Granlund and Montgomery, *Division by invariant integers using multiplication*,
/// 1994).
///
/// Where the bound is too large for the factor to fit 64 bits, the divider is *wide*: it
/// divides plainly, in 128 bits.
///
/// Amounts beyond the bound give a meaningless result, but never a panic.
///
/// ```
/// use apportion_core::{divide::Divider, rounding::Rounding};
///
/// // A third of up to £1,000,000.00.
/// let thirds = Divider::new(3, 100_000_000).unwrap();
/// assert!(!thirds.is_wide());
/// assert_eq!(thirds.floor(100), 33);
/// assert_eq!(thirds.scale(100, 2, Rounding::HalvesUp), 67);
/// assert_eq!(thirds.scale(-100, 2, Rounding::HalvesUp), -67);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Divider {
    divisor: i64,
    /// 0 where the divider is wide.
    factor: u64,
    /// How far the upper 64 bits of the product are still shifted; below 64.
    shift: u32,
}

/// How many bits a dividend may have, rounding included, before a divider is wide.
const NARROW_BITS: u32 = 63;

impl Divider {
    /// A divider for dividends up to `greatest`, above or below zero.
    ///
    /// `None` where the divisor is not above 0.
    #[must_use]
    pub fn new(divisor: i64, greatest: u128) -> Option<Divider> {
        let unsigned = u64::try_from(divisor).ok().filter(|divisor| *divisor > 0)?;
        let narrow = Divider::narrow(unsigned, greatest);
        Some(narrow.map_or(Divider::wide(divisor), |(factor, shift)| Divider {
            divisor,
            factor,
            shift,
        }))
    }

    /// A wide divider, which must be above 0.
    pub(crate) fn wide(divisor: i64) -> Divider {
        Divider { divisor, factor: 0, shift: 0 }
    }

    /// The factor and the shift, where they fit.
    fn narrow(divisor: u64, greatest: u128) -> Option<(u64, u32)> {
        // Rounding adds up to `divisor - 1` to the dividend.
        let bits = bits(greatest.checked_add(u128::from(divisor) - 1)?);
        if bits > NARROW_BITS {
            return None;
        }
        // `floor` doubles the dividend, which fits; so the shift is one more than the one
        // that the proof asks for, never below 64, and the lower half of the product is
        // never needed.
        let exponent = (bits + bits_covering(divisor)).max(NARROW_BITS);
        let factor = (1_u128 << exponent).div_ceil(u128::from(divisor));
        Some((u64::try_from(factor).ok()?, exponent - NARROW_BITS))
    }

    /// What it divides by.
    #[inline]
    #[must_use]
    pub fn divisor(self) -> i64 {
        self.divisor
    }

    /// Whether it divides plainly, in 128 bits, because the greatest dividend is too large.
    #[inline]
    #[must_use]
    pub fn is_wide(self) -> bool {
        self.factor == 0
    }

    /// The quotient, rounded down. Not for wide dividers: they give 0.
    #[inline]
    #[must_use]
    pub fn floor(self, dividend: u64) -> u64 {
        let product = u128::from(dividend << 1) * u128::from(self.factor);
        ((product >> 64) as u64).wrapping_shr(self.shift)
    }

    /// `amount x numerator / divisor`, rounded.
    #[inline]
    #[must_use]
    pub fn scale(self, amount: i64, numerator: i64, rounding: Rounding) -> i64 {
        if self.is_wide() {
            self.scale_wide(amount, numerator, rounding)
        } else {
            self.scale_narrow(amount, numerator, rounding)
        }
    }

    /// [`Divider::scale`] for any divider, with the product and the division in 128 bits.
    #[inline]
    #[must_use]
    pub fn scale_wide(self, amount: i64, numerator: i64, rounding: Rounding) -> i64 {
        let dividend = i128::from(amount) * i128::from(numerator);
        rounding.divide(dividend, i128::from(self.divisor)) as i64
    }

    /// [`Divider::scale`] for dividers that are not wide, without a branch on the amount.
    ///
    /// In a loop over amounts all that depends on the rounding is the same each time, so
    /// the compiler decides it before the loop.
    #[inline(always)]
    #[must_use]
    pub fn scale_narrow(self, amount: i64, numerator: i64, rounding: Rounding) -> i64 {
        let dividend = amount.wrapping_mul(numerator);
        let quotient = self.round(dividend.unsigned_abs(), rounding) as i64;
        // All ones below zero; `(x ^ sign) - sign` then negates.
        let sign = dividend >> 63;
        (quotient ^ sign).wrapping_sub(sign)
    }

    /// The quotient, rounded. Not for wide dividers.
    #[inline(always)]
    pub(crate) fn round(self, dividend: u64, rounding: Rounding) -> u64 {
        let raised = dividend.wrapping_add(self.raise(rounding));
        let quotient = self.floor(raised);
        if rounding != Rounding::HalvesToEven || self.divisor & 1 != 0 {
            return quotient;
        }
        // A half was raised to exactly the next whole number: where that is odd, the even
        // neighbour is the one below.
        let is_half = quotient.wrapping_mul(self.divisor as u64) == raised;
        quotient.wrapping_sub(quotient & u64::from(is_half))
    }

    /// `dividend x numerator / divisor`, rounded, for any divider. The numerator must not
    /// be below 0.
    #[inline]
    pub(crate) fn round_wide(self, dividend: u64, numerator: i64, rounding: Rounding) -> u64 {
        let dividend = i128::from(dividend) * i128::from(numerator);
        rounding.divide(dividend, i128::from(self.divisor)) as u64
    }

    /// What is added to a dividend so that rounding its quotient down rounds it as asked:
    /// half the divisor, all of it but one, or nothing. (Halves to even are raised like
    /// halves up.)
    #[inline(always)]
    fn raise(self, rounding: Rounding) -> u64 {
        // Put as arithmetic, since the compiler moves no `match` out of a loop.
        let stops_short = u64::from(matches!(rounding, Rounding::HalvesDown | Rounding::Up));
        let is_whole = matches!(rounding, Rounding::Up | Rounding::Down);
        let is_raised = u64::from(rounding != Rounding::Down);
        let reach = (self.divisor as u64).wrapping_sub(stops_short);
        (reach >> u32::from(!is_whole)).wrapping_mul(is_raised)
    }
}

/// How many bits a number has.
fn bits(number: u128) -> u32 {
    u128::BITS - number.leading_zeros()
}

/// The least `l` with `number <= 2^l`; the number is above 0.
fn bits_covering(number: u64) -> u32 {
    bits(u128::from(number - 1))
}
