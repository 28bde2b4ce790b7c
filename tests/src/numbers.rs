//! The types of numbers: what a result counts, over what, and between which bounds, against
//! every number that the operands can be.

use apportion::number::{Number, common_divisor, common_multiple, reduced};
use apportion::unit::Unit;
use num_rational::Ratio;
use proptest::prelude::*;

mod units;

/// A plain number over a denominator, between two bounds.
fn between(denominator: i64, least: i64, greatest: i64) -> Number {
    Number { unit: Unit::plain(), denominator, least, greatest }
}

fn small_numbers() -> impl Strategy<Value = Number> {
    (1..=12_i64, -20..=20_i64, 0..=8_i64)
        .prop_map(|(denominator, least, width)| between(denominator, least, least + width))
}

/// Every number of a type.
fn every(number: &Number) -> impl Iterator<Item = Ratio<i64>> + '_ {
    (number.least..=number.greatest).map(|integer| Ratio::new(integer, number.denominator))
}

/// Holds that a type reaches exactly from the least to the greatest of some numbers.
#[track_caller]
fn check_reach(made: &Number, all: impl Iterator<Item = Ratio<i64>> + Clone) {
    assert_eq!(Some(Ratio::new(made.least, made.denominator)), all.clone().min());
    assert_eq!(Some(Ratio::new(made.greatest, made.denominator)), all.max());
}

/// Holds that a type reaches exactly as far as what is made of all pairs of two types.
#[track_caller]
fn check_pairs(
    made: &Number,
    (a, b): (&Number, &Number),
    make: impl Fn(Ratio<i64>, Ratio<i64>) -> Ratio<i64>,
) {
    let make = &make;
    let pairs: Vec<_> = every(a).flat_map(|x| every(b).map(move |y| make(x, y))).collect();
    check_reach(made, pairs.into_iter());
}

proptest! {
    #[test]
    fn results_reach_as_far_as_their_operands_allow(a in small_numbers(), b in small_numbers()) {
        let both = (&a, &b);
        check_pairs(&a.plus(&b).unwrap(), both, |x, y| x + y);
        check_pairs(&a.minus(&b).unwrap(), both, |x, y| x - y);
        check_pairs(&a.times(&b).unwrap(), both, |x, y| x * y);
        check_pairs(&a.extreme(&b, true).unwrap(), both, Ord::max);
        check_pairs(&a.extreme(&b, false).unwrap(), both, Ord::min);
        let either: Vec<_> = every(&a).chain(every(&b)).collect();
        check_reach(&a.or(&b).unwrap(), either.into_iter());
    }

    #[test]
    fn a_sum_stands_over_the_least_denominator_that_serves_both(
        a in small_numbers(), b in small_numbers(),
    ) {
        let least = (1..).find(|it| it % a.denominator == 0 && it % b.denominator == 0);
        prop_assert_eq!(Some(a.plus(&b).unwrap().denominator), least);
        prop_assert_eq!(common_multiple(a.denominator, b.denominator), least);
        let factor = a.factor_to(least.unwrap());
        prop_assert_eq!(Some(factor * a.denominator), least);
    }

    #[test]
    fn a_common_divisor_is_the_greatest(a in 1..=60_i64, b in 1..=60_i64) {
        let greatest = (1..=60).rev().find(|it| a % it == 0 && b % it == 0);
        prop_assert_eq!(Some(common_divisor(a, b)), greatest);
        prop_assert_eq!(Some(common_divisor(-a, b)), greatest);
        prop_assert_eq!(Some(common_divisor(a, -b)), greatest);
        prop_assert_eq!(Ratio::new(a, b), Ratio::new_raw(reduced(a, b).0, reduced(a, b).1));
    }
}

#[test]
fn a_constant_is_one_number_in_lowest_terms() {
    for ((numerator, denominator), (lowest, over)) in
        [((6, 4), (3, 2)), ((-6, 4), (-3, 2)), ((0, 5), (0, 1)), ((1_20, 1), (1_20, 1))]
    {
        let (number, value) = Number::constant(Unit::plain(), numerator, denominator);
        assert_eq!(number, between(over, lowest, lowest));
        assert_eq!(value, lowest);
        assert!(number.is_constant());
    }
    assert!(!between(1, 0, 1).is_constant());
}

#[test]
fn what_does_not_fit_64_bits_has_no_type() {
    let most = between(1, 0, i64::MAX);
    let one = between(1, 1, 1);
    let least = between(1, i64::MIN, 0);
    assert_eq!(most.plus(&one), None);
    assert_eq!(most.minus(&between(1, -1, 0)), None);
    assert_eq!(least.minus(&one), None);
    assert_eq!(most.times(&between(1, 2, 2)), None);
    assert_eq!(between(i64::MAX, 1, 1).times(&between(2, 1, 1)), None);
    // Over a common denominator the greatest would be twice as large.
    assert_eq!(most.or(&between(2, 1, 1)), None);
    // Two primes whose product passes 64 bits.
    assert_eq!(common_multiple(4_294_967_291, 4_294_967_311), None);
}

#[test]
fn a_product_counts_what_its_factors_do() {
    let rate = Number { unit: Unit::money(Some("hour")), ..between(1, 0, 30_00) };
    let care = Number { unit: Unit::counted("hour", Some("week")), ..between(4, 0, 168 * 4) };
    let cost = rate.times(&care).unwrap();
    // 168 hours at £30.00 are £5,040.00, counted in quarters of a penny.
    let unit = Unit::money(Some("week"));
    assert_eq!(cost, Number { unit, ..between(4, 0, 5_040_00 * 4) });
    assert_eq!(cost.plus(&cost).unwrap().unit, cost.unit);
}
