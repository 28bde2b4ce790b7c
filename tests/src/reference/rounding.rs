//! Rounding of exact numbers.

use apportion_core::rounding::Rounding;
use num_bigint::BigInt;
use num_rational::BigRational;

use super::Fraction;

/// A whole number as a fraction.
pub(super) fn whole(value: impl Into<BigInt>) -> Fraction {
    BigRational::from_integer(value.into())
}

/// *5 Clauses, Rounding*: to a whole number of steps. Up is away from zero, down towards it,
/// halves likewise, so that refunds mirror.
pub(super) fn to_step(value: &Fraction, step: &Fraction, rounding: Rounding) -> Fraction {
    whole(to_whole(&(value / step), rounding)) * step
}

/// To a whole number.
pub(super) fn to_whole(value: &Fraction, rounding: Rounding) -> BigInt {
    let zero = whole(0);
    if *value < zero {
        return -to_whole(&-value, rounding);
    }
    let below = value.floor();
    let fraction = value - &below;
    let half = BigRational::new(1.into(), 2.into());
    let is_even = (&below / whole(2)).is_integer();
    let goes_up = match rounding {
        Rounding::HalvesUp => fraction >= half,
        Rounding::HalvesDown => fraction > half,
        Rounding::HalvesToEven => fraction > half || (fraction == half && !is_even),
        Rounding::Up => fraction > zero,
        Rounding::Down => false,
    };
    below.to_integer() + i32::from(goes_up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_and_mirrors() {
        let halves = [
            (Rounding::HalvesUp, [1, 2, 3]),
            (Rounding::HalvesDown, [0, 1, 2]),
            (Rounding::HalvesToEven, [0, 2, 2]),
            (Rounding::Up, [1, 2, 3]),
            (Rounding::Down, [0, 1, 2]),
        ];
        for (rounding, expected) in halves {
            for (numerator, expected) in [1, 3, 5].into_iter().zip(expected) {
                let value = BigRational::new(numerator.into(), 2.into());
                assert_eq!(to_whole(&value, rounding), expected.into());
                assert_eq!(to_whole(&-value, rounding), (-expected).into());
            }
        }
        let ten_pence = to_step(&whole(105), &whole(10), Rounding::HalvesDown);
        assert_eq!(ten_pence, whole(100));
    }
}
