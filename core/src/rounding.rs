//! Rounding: how an exact quotient becomes a whole number.

/// How a quotient that is not whole is rounded.
///
/// Everything counts from zero, so a refund is rounded as the payment that it undoes:
/// the quotient of `-dividend` is always minus the quotient of `dividend`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest; a half goes away from zero.
    HalvesUp,
    /// To the nearest; a half goes towards zero.
    HalvesDown,
    /// To the nearest; a half goes to the even neighbour.
    HalvesToEven,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

impl Rounding {
    /// Divides and rounds. A divisor that is not above 0 gives 0.
    ///
    /// ```
    /// use apportion_core::rounding::Rounding;
    ///
    /// // £1.005 is half a penny above £1.00.
    /// assert_eq!(Rounding::HalvesUp.divide(1_005, 10), 101);
    /// assert_eq!(Rounding::HalvesDown.divide(1_005, 10), 100);
    /// assert_eq!(Rounding::HalvesToEven.divide(1_005, 10), 100);
    /// assert_eq!(Rounding::HalvesUp.divide(-1_005, 10), -101);
    /// assert_eq!(Rounding::HalvesUp.divide(1_005, 0), 0);
    /// ```
    #[must_use]
    pub fn divide(self, dividend: i128, divisor: i128) -> i128 {
        if divisor <= 0 {
            return 0;
        }
        let (magnitude, divisor) = (dividend.unsigned_abs(), divisor.unsigned_abs());
        let (quotient, remainder) = (magnitude / divisor, magnitude % divisor);
        // The remainder is below a divisor that fits `i128`, so twice it fits `u128`.
        let twice = remainder * 2;
        let is_up = match self {
            Rounding::HalvesUp => twice >= divisor,
            Rounding::HalvesDown => twice > divisor,
            Rounding::HalvesToEven => twice > divisor || (twice == divisor && quotient % 2 != 0),
            Rounding::Up => remainder > 0,
            Rounding::Down => false,
        };
        let rounded = (quotient + u128::from(is_up)) as i128;
        if dividend < 0 { rounded.wrapping_neg() } else { rounded }
    }
}
