//! Rounding and division against plain arithmetic in 128 bits.

use apportion_core::divide::Divider;
use apportion_core::rounding::Rounding;
use proptest::prelude::{Strategy, any, prop, proptest};

use super::HUGE;

const ROUNDINGS: [Rounding; 5] = [
    Rounding::HalvesUp,
    Rounding::HalvesDown,
    Rounding::HalvesToEven,
    Rounding::Up,
    Rounding::Down,
];

pub(super) fn roundings() -> impl Strategy<Value = Rounding> {
    prop::sample::select(ROUNDINGS.as_slice())
}

/// `dividend / divisor`, rounded as words say it: between the whole numbers towards and
/// away from zero, by their distance.
pub(super) fn rounded(dividend: i128, divisor: i128, rounding: Rounding) -> i128 {
    let towards_zero = dividend / divisor;
    let over = (dividend - towards_zero * divisor).abs();
    if over == 0 {
        return towards_zero;
    }
    let away = towards_zero + if dividend < 0 { -1 } else { 1 };
    let under = divisor - over;
    let nearest = if over < under { towards_zero } else { away };
    match rounding {
        Rounding::Up => away,
        Rounding::Down => towards_zero,
        _ if over != under => nearest,
        Rounding::HalvesUp => away,
        Rounding::HalvesDown => towards_zero,
        Rounding::HalvesToEven if towards_zero % 2 == 0 => towards_zero,
        Rounding::HalvesToEven => away,
    }
}

#[test]
fn a_half_penny_is_rounded_from_its_digits() {
    // £1.005 as thousandths of a pound, to pence.
    assert_eq!(Rounding::HalvesUp.divide(1_005, 10), 1_01);
    let to_pence = Divider::new(10, 1_005).unwrap();
    assert_eq!(to_pence.scale(1_005, 1, Rounding::HalvesUp), 1_01);
    assert_eq!(to_pence.scale(1_005, 1, Rounding::HalvesDown), 1_00);
    assert_eq!(to_pence.scale(1_005, 1, Rounding::HalvesToEven), 1_00);
    assert_eq!(to_pence.scale(1_015, 1, Rounding::HalvesToEven), 1_02);
}

/// Checks one division, by a divider that knows the dividend and by one that expects much
/// larger ones too, under every rounding.
#[track_caller]
fn check_scale(amount: i64, numerator: i64, divisor: i64) {
    let dividend = i128::from(amount) * i128::from(numerator);
    let magnitude = dividend.unsigned_abs();
    for greatest in [magnitude, magnitude * 2 + 1, (1 << 62) - 1, 1 << 90] {
        if greatest < magnitude {
            continue;
        }
        let divider = Divider::new(divisor, greatest).unwrap();
        for rounding in ROUNDINGS {
            let wanted = rounded(dividend, i128::from(divisor), rounding);
            assert_eq!(rounding.divide(dividend, i128::from(divisor)), wanted);
            // A quotient that does not fit is beyond every bound that a policy proves.
            let Ok(wanted) = i64::try_from(wanted) else { continue };
            let got = divider.scale(amount, numerator, rounding);
            assert_eq!(
                got, wanted,
                "{amount} x {numerator} / {divisor}, {rounding:?}, at most {greatest}"
            );
            assert_eq!(divider.scale_wide(amount, numerator, rounding), wanted);
            if !divider.is_wide() {
                assert_eq!(divider.scale_narrow(amount, numerator, rounding), wanted);
                let floor = u64::try_from(magnitude / u128::from(divisor.unsigned_abs())).unwrap();
                assert_eq!(divider.floor(u64::try_from(magnitude).unwrap()), floor);
            }
        }
    }
}

/// Divisors at which a multiplication goes wrong first: ones, primes near powers of two,
/// and both neighbours of every power of two.
fn edge_divisors() -> Vec<i64> {
    let powers = (1..=62).map(|exponent| 1_i64 << exponent);
    let beside = powers.flat_map(|power| [power - 1, power, power + 1]);
    let primes = [2_147_483_629, 2_147_483_647, 2_147_483_659, 4_611_686_018_427_387_847];
    [1, 2, 3, 7, 100, 10_000, i64::MAX].into_iter().chain(primes).chain(beside).collect()
}

#[test]
fn edges_divide_as_plain_arithmetic_does() {
    for divisor in edge_divisors() {
        let half = divisor / 2;
        let last_multiple = i64::MAX / divisor * divisor;
        for near in [0, 1, half, divisor, last_multiple, i64::MAX / 2, 1 << 32, HUGE] {
            for amount in [near.saturating_sub(1), near, near.saturating_add(1)] {
                check_scale(amount, 1, divisor);
                check_scale(-amount, 1, divisor);
            }
        }
    }
}

#[test]
fn every_small_dividend_divides_exactly_at_its_own_bound() {
    for divisor in 1..=40 {
        for amount in -200..=200 {
            check_scale(amount, 1, divisor);
        }
    }
}

#[test]
fn no_dividend_below_the_bound_is_divided_wrongly() {
    // Just below each multiple is where a factor that is too large shows first.
    for divisor in edge_divisors().into_iter().filter(|divisor| *divisor < 1 << 40) {
        for bits in 41..=62 {
            let greatest = (1_u64 << bits) - 1;
            let divider = Divider::new(divisor, u128::from(greatest)).unwrap();
            assert!(!divider.is_wide(), "{divisor}, {bits} bits");
            let unsigned = divisor.unsigned_abs();
            let last_multiple = greatest / unsigned * unsigned;
            for dividend in [last_multiple - 1, last_multiple, greatest] {
                assert_eq!(divider.floor(dividend), dividend / unsigned, "{divisor}, {dividend}");
            }
        }
    }
}

#[test]
fn a_divider_is_wide_only_where_it_must_be() {
    assert!(!Divider::new(10_000, 1 << 61).unwrap().is_wide());
    assert!(Divider::new(10_000, 1 << 63).unwrap().is_wide());
    assert!(Divider::new(1, u128::MAX).unwrap().is_wide());
    // Rounding up adds 9,999, and what that makes has 63 bits, or one more.
    assert!(!Divider::new(10_000, (1 << 63) - 10_000).unwrap().is_wide());
    assert!(Divider::new(10_000, (1 << 63) - 9_999).unwrap().is_wide());
    assert_eq!(Divider::new(7, 100).unwrap().divisor(), 7);
    assert_eq!(Divider::new(0, 1), None);
    assert_eq!(Divider::new(-1, 1), None);
    assert_eq!(Divider::new(i64::MIN, 1), None);
}

#[test]
fn nothing_divides_by_zero() {
    for rounding in ROUNDINGS {
        assert_eq!(rounding.divide(1, 0), 0);
        assert_eq!(rounding.divide(1, -1), 0);
        assert_eq!(rounding.divide(i128::MIN, i128::MIN), 0);
    }
}

/// Numbers of every size: as many of ten bits as of sixty.
fn numbers() -> impl Strategy<Value = i64> {
    (any::<i64>(), 0..63_u32).prop_map(|(number, shift)| number >> shift)
}

proptest! {
    #[test]
    fn division_agrees_with_plain_arithmetic(
        amount in numbers(),
        numerator in numbers(),
        divisor in numbers().prop_filter("above 0", |divisor| *divisor > 0),
    ) {
        // At most 2^126, so that a bound twice as large fits.
        check_scale(amount, numerator, divisor);
    }

    #[test]
    fn exact_halves_are_rounded_as_asked(quotient in -HUGE..=HUGE, half in 1..=1_000_000_i64) {
        let divisor = half * 2;
        let dividend = i128::from(quotient) * i128::from(divisor) + i128::from(half);
        let Ok(dividend) = i64::try_from(dividend) else { return Ok(()) };
        check_scale(dividend, 1, divisor);
    }

    #[test]
    fn no_input_makes_a_divider_panic(
        divisor in 1..=i64::MAX,
        greatest in any::<u128>(),
        shift in 0..128_u32,
        amount in any::<i64>(),
        numerator in any::<i64>(),
        rounding in roundings(),
    ) {
        let divider = Divider::new(divisor, greatest >> shift).unwrap();
        let _ = divider.scale(amount, numerator, rounding);
        let _ = divider.scale_narrow(amount, numerator, rounding);
        let _ = divider.scale_wide(amount, numerator, rounding);
        let _ = divider.floor(amount as u64);
    }
}
