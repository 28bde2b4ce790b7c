//! Sums, products, divisions.

use apportion_core::divide::Divider;
use apportion_core::program::{AmountSlot, AnySlot, Builder, Operation, Term};
use apportion_core::rounding::Rounding;
use proptest::prelude::*;

use super::{amount_cases, amount_facts, amounts, answering, steps};

const GREATEST: i64 = 1_000_000;

/// Three facts, and one operation over them.
fn over_amounts(
    cases: &[Vec<i64>],
    operation: impl FnOnce(&mut Builder, [AmountSlot; 3]) -> (Operation, AmountSlot),
) -> Vec<i64> {
    let mut program = Builder::default();
    let facts = amount_facts(&mut program, -GREATEST, GREATEST);
    let (operation, out) = operation(&mut program, facts);
    program.push(operation);
    let found = amounts(&answering(program, [AnySlot::Amount(out)]), &steps(cases));
    found.into_iter().flatten().collect()
}

fn plainly(cases: &[Vec<i64>], work_out: impl Fn(i64, i64, i64) -> i64) -> Vec<i64> {
    cases.iter().map(|case| work_out(case[0], case[1], case[2])).collect()
}

fn roundings() -> impl Strategy<Value = Rounding> {
    prop::sample::select(vec![
        Rounding::HalvesUp,
        Rounding::HalvesDown,
        Rounding::HalvesToEven,
        Rounding::Up,
        Rounding::Down,
    ])
}

fn rounded(rounding: Rounding, dividend: i128, divisor: i128) -> i64 {
    let sign = if divisor < 0 { -1 } else { 1 };
    i64::try_from(rounding.divide(dividend * sign, divisor * sign)).unwrap()
}

proptest! {
    #[test]
    fn terms_add_up(
        factors in prop::array::uniform3(-3..=3i64), constant in -100..100i64,
        cases in amount_cases(3, -GREATEST, GREATEST),
    ) {
        let found = over_amounts(&cases, |program, slots| {
            let terms = slots.into_iter().zip(factors).map(|(slot, factor)| Term { slot, factor });
            let terms = program.terms(terms);
            let out = program.amount();
            (Operation::Linear { terms, constant, out }, out)
        });
        let [x, y, z] = factors;
        prop_assert_eq!(found, plainly(&cases, |a, b, c| a * x + b * y + c * z + constant));
    }

    #[test]
    fn pairs_are_multiplied_and_compared(cases in amount_cases(3, -GREATEST, GREATEST)) {
        let multiply = |program: &mut Builder, [a, b, _]: [AmountSlot; 3]| {
            let out = program.amount();
            (Operation::Multiply { a, b, out }, out)
        };
        prop_assert_eq!(over_amounts(&cases, multiply), plainly(&cases, |a, b, _| a * b));
        let greater = |program: &mut Builder, [a, b, _]: [AmountSlot; 3]| {
            let out = program.amount();
            (Operation::Greater { a, b, out }, out)
        };
        prop_assert_eq!(over_amounts(&cases, greater), plainly(&cases, |a, b, _| a.max(b)));
        let lesser = |program: &mut Builder, [a, b, _]: [AmountSlot; 3]| {
            let out = program.amount();
            (Operation::Lesser { a, b, out }, out)
        };
        prop_assert_eq!(over_amounts(&cases, lesser), plainly(&cases, |a, b, _| a.min(b)));
    }

    /// With the bound that the amounts keep, and with one so large that the divider is
    /// wide.
    #[test]
    fn an_amount_is_divided_and_rounded(
        numerator in 1..100i64, divisor in 1..1_000i64, times in 1..5i64, is_wide: bool,
        rounding in roundings(), cases in amount_cases(3, -GREATEST, GREATEST),
    ) {
        let greatest = if is_wide { u128::MAX } else { 100 * GREATEST as u128 };
        let divider = Divider::new(divisor, greatest).unwrap();
        prop_assert_eq!(divider.is_wide(), is_wide);
        let found = over_amounts(&cases, |program, [amount, ..]| {
            let out = program.amount();
            (Operation::Round { amount, numerator, divider, times, rounding, out }, out)
        });
        let plain = plainly(&cases, |a, _, _| {
            rounded(rounding, i128::from(a * numerator), i128::from(divisor)) * times
        });
        prop_assert_eq!(found, plain);
    }

    #[test]
    fn an_amount_is_divided_by_another(
        numerator in 1..100i64, divisor in 1..1_000i64, times in 1..5i64,
        rounding in roundings(), cases in amount_cases(3, -GREATEST, GREATEST),
    ) {
        let found = over_amounts(&cases, |program, [a, b, by]| {
            let out = program.amount();
            (Operation::Divide { a, b, numerator, by, divisor, times, rounding, out }, out)
        });
        let plain = plainly(&cases, |a, b, by| {
            let dividend = i128::from(a) * i128::from(b) * i128::from(numerator);
            match i128::from(by) * i128::from(divisor) {
                0 => 0,
                divisor => rounded(rounding, dividend, divisor) * times,
            }
        });
        prop_assert_eq!(found, plain);
    }
}

#[test]
fn a_product_past_64_bits_is_divided_exactly() {
    // 1,000,000 x 1,000,000 x 9,000,000,000,000 / (1,000,000 x 3) = 3,000,000,000,000,000,000.
    let found = over_amounts(&[vec![1_000_000; 3]], |program, [a, b, by]| {
        let out = program.amount();
        let rounding = Rounding::HalvesUp;
        let numerator = 9_000_000_000_000;
        (Operation::Divide { a, b, numerator, by, divisor: 3, times: 1, rounding, out }, out)
    });
    assert_eq!(found, [3_000_000_000_000_000_000]);
}
