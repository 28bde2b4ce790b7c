//! Money: nothing lost, nothing made. Splits against what a clerk would do by hand.
#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "pence are grouped as pounds and pence, £1,000.01 as 1_000_01"
)]

mod division;
mod texts;

use core::cmp::Reverse;

use apportion_core::money::Money;
use apportion_core::rounding::Rounding;
use apportion_core::share::Share;
use apportion_core::split::{SparePennies, Split, SplitError};
use proptest::prelude::{Just, Strategy, any, prop, proptest};
use proptest::{prop_assert, prop_assert_eq, prop_assume, prop_oneof};

use division::{rounded, roundings};

/// More than three hundred times the greatest amount a policy may declare by default.
const HUGE: i64 = 1_000_000_000 * 300;

fn share(text: &str) -> Share {
    Share::parse(text).unwrap()
}

/// The split in which each party gets its weight out of the sum of all.
fn by_weights(weights: &[i64]) -> Split {
    let sum = weights.iter().sum();
    Split::new(weights.iter().map(|weight| Share::new(*weight, sum).unwrap())).unwrap()
}

fn with_difference(split: Split, taker: usize, rounding: Rounding) -> Split {
    let taker = u8::try_from(taker).unwrap();
    split.with_spare(SparePennies::Difference { taker, rounding }).unwrap()
}

fn parts(split: &Split, pence: i64) -> Vec<i64> {
    split.of(Money::from_pence(pence)).into_iter().map(Money::pence).collect()
}

/// Largest fractions as a clerk does it: round down, sort by fraction, hand out pennies.
fn by_largest_fractions(pence: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let exact: Vec<i128> =
        weights.iter().map(|weight| i128::from(pence).abs() * i128::from(*weight)).collect();
    let mut parts: Vec<i128> = exact.iter().map(|exact| exact / whole).collect();
    let spare = i128::from(pence).abs() - parts.iter().sum::<i128>();
    let mut parties: Vec<usize> = (0..weights.len()).collect();
    // The sort is stable, so ties stay in the order of the parties.
    parties.sort_by_key(|party| Reverse(exact[*party] % whole));
    for party in parties.into_iter().take(usize::try_from(spare).unwrap()) {
        parts[party] += 1;
    }
    parts.into_iter().map(|part| i64::try_from(part).unwrap() * pence.signum()).collect()
}

/// The difference method as a clerk does it: the others in order, then the taker.
fn by_difference(pence: i64, weights: &[i64], taker: usize, rounding: Rounding) -> Vec<i64> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let mut left = i128::from(pence).abs();
    let mut parts = vec![0; weights.len()];
    for (party, weight) in weights.iter().enumerate().filter(|(party, _)| *party != taker) {
        let exact = i128::from(pence).abs() * i128::from(*weight);
        parts[party] = rounded(exact, whole, rounding).min(left);
        left -= parts[party];
    }
    let last_with_a_share = weights.iter().rposition(|weight| *weight > 0).unwrap();
    parts[if weights[taker] > 0 { taker } else { last_with_a_share }] += left;
    parts.into_iter().map(|part| i64::try_from(part).unwrap() * pence.signum()).collect()
}

#[test]
fn published_allocations_come_out() {
    assert_eq!(parts(&by_weights(&[1, 2, 3, 4]), 15), [2, 3, 4, 6]);
    assert_eq!(parts(&by_weights(&[49, 51]), 1003), [491, 512]);
    assert_eq!(parts(&by_weights(&[75, 25]), 9999), [7499, 2500]);
    assert_eq!(parts(&by_weights(&[1, 3]), 5), [1, 4]);
    assert_eq!(parts(&by_weights(&[45, 20, 34]), 1000), [455, 202, 343]);
}

#[test]
fn three_thirds_of_a_pound_are_a_pound() {
    let thirds = by_weights(&[1, 1, 1]);
    assert_eq!(parts(&thirds, 1_00), [34, 33, 33]);
    assert_eq!(parts(&thirds, 2_00), [67, 67, 66]);
    assert_eq!(parts(&thirds, -1_00), [-34, -33, -33]);
}

#[test]
fn the_odd_penny_of_two_halves_goes_to_the_first() {
    assert_eq!(parts(&by_weights(&[50, 50]), 1_000_01), [500_01, 500_00]);
}

#[test]
fn the_spare_penny_goes_to_the_largest_fraction() {
    // 1717.52, 1030.512 and 687.008 pounds: fractions of .0, .2 and .8 of a penny.
    assert_eq!(parts(&by_weights(&[50, 30, 20]), 3_435_04), [1_717_52, 1_030_51, 687_01]);
    // 25% of £525.01 is 131.2525, 75% is 393.7575.
    assert_eq!(parts(&by_weights(&[25, 75]), 525_01), [131_25, 393_76]);
}

#[test]
fn spare_pennies_are_not_monotone() {
    let split = by_weights(&[45, 45, 10]);
    assert_eq!(parts(&split, 100_05), [45_02, 45_02, 10_01]);
    assert_eq!(parts(&split, 100_06), [45_03, 45_03, 10_00]);
}

#[test]
fn the_difference_is_what_the_others_leave() {
    let split = with_difference(by_weights(&[1, 1, 1]), 1, Rounding::HalvesUp);
    assert_eq!(parts(&split, 1_00), [33, 34, 33]);
    // A third of a penny, rounded up, takes the only penny; nothing is left for the others.
    let split = with_difference(by_weights(&[1, 1, 1]), 0, Rounding::Up);
    assert_eq!(parts(&split, 1), [0, 1, 0]);
    assert_eq!(parts(&split, -1), [0, -1, 0]);
    // So it is where the taker has no share.
    let split = with_difference(by_weights(&[2, 0, 1]), 1, Rounding::Up);
    assert_eq!(parts(&split, 1), [1, 0, 0]);
    assert_eq!(parts(&split, -1), [-1, 0, 0]);
}

#[test]
fn a_taker_without_a_share_takes_nothing() {
    let split = with_difference(by_weights(&[1, 1, 0]), 2, Rounding::Down);
    assert_eq!(parts(&split, 3), [1, 2, 0]);
}

/// Weights of one to eight parties, as policies have them: percent with two decimals,
/// small ratios, thirds beside tenths, none for some; never all 0.
fn weights() -> impl Strategy<Value = Vec<i64>> {
    let weight = prop_oneof![Just(0_i64), 1..=10_i64, 1..=10_000_i64, Just(3_333), Just(6_667)];
    let any_weights = prop::collection::vec(weight, 1..=8);
    prop_oneof![
        8 => any_weights,
        1 => Just(vec![937, 283]),
        1 => Just(vec![1, 1, 1]),
        1 => Just(vec![33_33, 33_33, 33_34]),
        1 => prop::collection::vec(1..=1_000_000_000_000_i64, 2..=4),
    ]
    .prop_filter("somebody has a share", |weights| weights.iter().any(|weight| *weight > 0))
}

fn amounts() -> impl Strategy<Value = i64> {
    prop_oneof![
        2 => -12..=12_i64,
        2 => -1_000..=1_000_i64,
        4 => -1_000_000_00..=1_000_000_00_i64,
        2 => -HUGE..=HUGE,
        1 => any::<i64>().prop_filter("has a mirror", |pence| *pence != i64::MIN),
        1 => Just(HUGE),
    ]
}

proptest! {
    #[test]
    fn largest_fractions_agree_with_a_clerk(weights in weights(), pence in amounts()) {
        let got = parts(&by_weights(&weights), pence);
        prop_assert_eq!(got, by_largest_fractions(pence, &weights));
    }

    #[test]
    fn differences_agree_with_a_clerk(
        weights in weights(),
        pence in amounts(),
        taker in any::<prop::sample::Index>(),
        rounding in roundings(),
    ) {
        let taker = taker.index(weights.len());
        let split = with_difference(by_weights(&weights), taker, rounding);
        prop_assert_eq!(parts(&split, pence), by_difference(pence, &weights, taker, rounding));
    }

    #[test]
    fn every_split_keeps_the_laws_of_all_methods(
        weights in weights(),
        pence in amounts(),
        taker in any::<prop::sample::Index>(),
        rounding in prop::option::of(roundings()),
    ) {
        let split = by_weights(&weights);
        let split = match rounding {
            Some(rounding) => with_difference(split, taker.index(weights.len()), rounding),
            None => split,
        };
        let got = parts(&split, pence);
        let sum: i128 = got.iter().map(|part| i128::from(*part)).sum();
        prop_assert_eq!(sum, i128::from(pence), "the parts add up");
        let mirrored: Vec<i64> = parts(&split, -pence).into_iter().map(|part| -part).collect();
        prop_assert_eq!(&got, &mirrored, "a refund mirrors");
        for (part, weight) in got.iter().zip(&weights) {
            prop_assert!(*weight > 0 || *part == 0, "a zero share gets zero");
            prop_assert!(part.signum() * pence.signum() >= 0, "no part has the other sign");
        }
    }

    #[test]
    fn largest_fractions_give_nobody_a_penny_more_or_less(
        weights in weights(),
        pence in amounts(),
    ) {
        let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        for (part, weight) in parts(&by_weights(&weights), pence).iter().zip(&weights) {
            let off = i128::from(*part) * whole - i128::from(pence) * i128::from(*weight);
            prop_assert!(off.abs() < whole);
        }
    }

    #[test]
    fn the_order_of_parties_with_distinct_fractions_does_not_matter(
        (weights, order) in weights().prop_flat_map(|weights| {
            let order: Vec<usize> = (0..weights.len()).collect();
            (Just(weights), Just(order).prop_shuffle())
        }),
        pence in amounts(),
    ) {
        let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        let mut fractions: Vec<i128> = weights
            .iter()
            .map(|weight| i128::from(pence).abs() * i128::from(*weight) % whole)
            .collect();
        fractions.sort_unstable();
        fractions.dedup();
        prop_assume!(fractions.len() == weights.len());
        let shuffled: Vec<i64> = order.iter().map(|party| weights[*party]).collect();
        let got = parts(&by_weights(&weights), pence);
        let in_order: Vec<i64> = order.iter().map(|party| got[*party]).collect();
        prop_assert_eq!(parts(&by_weights(&shuffled), pence), in_order);
    }

    #[test]
    fn others_are_rounded_exactly_unless_less_is_left(
        weights in weights(),
        pence in 0..=HUGE,
        taker in any::<prop::sample::Index>(),
        rounding in roundings(),
    ) {
        let taker = taker.index(weights.len());
        prop_assume!(weights[taker] > 0);
        let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        let got = parts(&with_difference(by_weights(&weights), taker, rounding), pence);
        let mut left = i128::from(pence);
        for (party, part) in got.iter().enumerate().filter(|(party, _)| *party != taker) {
            let exact = i128::from(pence) * i128::from(weights[party]);
            let part = i128::from(*part);
            let wanted = rounded(exact, whole, rounding);
            prop_assert!(part == wanted || (part == left && part < wanted));
            left -= part;
        }
    }
}

#[test]
fn a_split_of_the_least_amount_there_is_adds_up() {
    for split in [by_weights(&[1]), by_weights(&[1, 2, 3]), by_weights(&[0, 0, 7])] {
        let sum: i128 = parts(&split, i64::MIN).iter().map(|part| i128::from(*part)).sum();
        assert_eq!(sum, i128::from(i64::MIN));
        let split = with_difference(split, 0, Rounding::HalvesUp);
        let sum: i128 = parts(&split, i64::MIN).iter().map(|part| i128::from(*part)).sum();
        assert_eq!(sum, i128::from(i64::MIN));
    }
}

#[test]
fn shares_that_are_not_one_whole_are_refused() {
    let split = |texts: &[&str]| Split::new(texts.iter().map(|text| share(text)));
    assert_eq!(split(&[]), Err(SplitError::Empty));
    assert_eq!(split(&["60%", "50%"]), Err(SplitError::ExceedsWhole { excess: share("10%") }));
    assert_eq!(split(&["60%"]), Err(SplitError::FallsShort { missing: share("40%") }));
    assert_eq!(
        split(&["33.33%", "33.33%", "33.33%"]),
        Err(SplitError::FallsShort { missing: share("0.01%") })
    );
    assert!(split(&["1/3", "1/3", "1/3"]).is_ok());
    assert!(split(&["100%", "0%"]).is_ok());
    // Two primes whose product passes 64 bits.
    let fine = ["1/4294967291", "1/4294967311"];
    assert_eq!(split(&fine), Err(SplitError::TooFine));
}

#[test]
fn a_mistake_in_shares_says_what_is_wrong() {
    let message =
        |texts: &[&str]| Split::new(texts.iter().map(|text| share(text))).unwrap_err().to_string();
    assert_eq!(message(&[]), "a split needs at least one party");
    assert_eq!(message(&["60%", "50%"]), "the shares pass the whole by 10%");
    assert_eq!(message(&["1/3"]), "the shares fall short of the whole by 2/3");
    let fine = ["1/4294967291", "1/4294967311"];
    assert_eq!(message(&fine), "the shares have too large a common denominator");
    assert_eq!(
        SplitError::NoSuchTaker { taker: 2 }.to_string(),
        "the party that takes the difference is not one of the parties"
    );
}

#[test]
fn the_taker_is_one_of_the_parties() {
    let spare = |taker| SparePennies::Difference { taker, rounding: Rounding::HalvesUp };
    assert!(spare(1).is_among(2));
    assert!(!spare(2).is_among(2));
    assert!(SparePennies::LargestFractions.is_among(0));
    let refused = by_weights(&[1, 1]).with_spare(spare(2));
    assert_eq!(refused, Err(SplitError::NoSuchTaker { taker: 2 }));
}
