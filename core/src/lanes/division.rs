//! Amounts multiplied, divided and rounded.

use core::iter::zip;

use super::{Banks, SlotMissing, lend, slot};
use crate::divide::Divider;
use crate::program::AmountSlot;
use crate::rounding::Rounding;

/// `round(amount x numerator / divisor) x times`.
pub(super) fn round<const N: usize>(
    banks: &mut Banks<N>,
    amount: AmountSlot,
    numerator: i64,
    divider: Divider,
    times: i64,
    rounding: Rounding,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (amounts, out) = lend(&mut banks.amounts, out)?;
    let amounts = slot(amounts, amount)?;
    if divider.is_wide() {
        fill(amounts, out, |amount| divider.scale(amount, numerator, rounding).wrapping_mul(times));
    } else {
        fill(amounts, out, |amount| {
            divider.scale_narrow(amount, numerator, rounding).wrapping_mul(times)
        });
    }
    Ok(())
}

/// What is made of each amount.
#[inline]
fn fill<const N: usize>(amounts: &[i64; N], out: &mut [i64; N], make: impl Fn(i64) -> i64) {
    for (out, amount) in zip(out, amounts) {
        *out = make(*amount);
    }
}

/// `round(a x b x numerator / (by x divisor)) x times`, with the products in 128 bits.
#[expect(clippy::too_many_arguments, reason = "they are the fields of one operation")]
pub(super) fn divide<const N: usize>(
    banks: &mut Banks<N>,
    factors: [AmountSlot; 2],
    numerator: i64,
    by: AmountSlot,
    divisor: i64,
    times: i64,
    rounding: Rounding,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (amounts, out) = lend(&mut banks.amounts, out)?;
    let [a, b] = factors;
    let (a, b) = (slot(amounts, a)?, slot(amounts, b)?);
    let by = slot(amounts, by)?;
    for (out, ((a, b), by)) in zip(out, zip(zip(a, b), by)) {
        // The dividend takes the sign of the divisor, which is then above 0, or is 0.
        let sign = i128::from(by.signum());
        let dividend = product(*a, *b).wrapping_mul(i128::from(numerator)).wrapping_mul(sign);
        let quotient = rounding.divide(dividend, product(*by, divisor).wrapping_mul(sign));
        *out = (quotient as i64).wrapping_mul(times);
    }
    Ok(())
}

/// A product of two amounts, which always fits.
#[inline]
fn product(a: i64, b: i64) -> i128 {
    i128::from(a).wrapping_mul(i128::from(b))
}
