//! Splits: whole pence that add up to the amount.

use apportion::checked::Spare;
use apportion_core::program::PartyId;
use apportion_core::rounding::Rounding;
use num_bigint::BigInt;

use super::Fraction;
use super::rounding::{to_whole, whole};

/// *7 Money between parties*: the part of each party, in their order. Negative amounts
/// mirror.
pub(super) fn split(pence: &BigInt, shares: &[Fraction], spare: Spare) -> Vec<BigInt> {
    if *pence < BigInt::from(0) {
        return split(&-pence, shares, spare).into_iter().map(|part| -part).collect();
    }
    match spare {
        Spare::LargestFractions => by_largest_fractions(pence, shares),
        Spare::InOrder => in_order(pence, shares),
        Spare::Difference { taker, rounding } => by_difference(pence, shares, taker, rounding),
    }
}

/// *7 Money between parties*: each part rounded down; the spare pennies go to the parties in
/// order, passing over zero shares.
fn in_order(pence: &BigInt, shares: &[Fraction]) -> Vec<BigInt> {
    let exact = shares.iter().map(|share| share * whole(pence.clone()));
    let mut parts: Vec<BigInt> = exact.map(|part| part.floor().to_integer()).collect();
    let spare = pence - parts.iter().sum::<BigInt>();
    let with_share = parts.iter_mut().zip(shares).filter(|(_, share)| **share != whole(0));
    for ((part, _), _) in with_share.zip(count_to(&spare)) {
        *part += 1;
    }
    parts
}

/// Counts up to a number.
fn count_to(count: &BigInt) -> impl Iterator<Item = BigInt> {
    let count = count.clone();
    std::iter::successors(Some(BigInt::from(0)), |at| Some(at + 1))
        .take_while(move |at| *at < count)
}

/// *7 Money between parties*: each part rounded down; the spare pennies go to the largest
/// fractions of a penny, ties in the order of the parties.
fn by_largest_fractions(pence: &BigInt, shares: &[Fraction]) -> Vec<BigInt> {
    let exact: Vec<Fraction> = shares.iter().map(|share| share * whole(pence.clone())).collect();
    let mut parts: Vec<BigInt> = exact.iter().map(|part| part.floor().to_integer()).collect();
    let mut fractions: Vec<(usize, Fraction)> =
        exact.iter().map(|part| part - part.floor()).enumerate().collect();
    // A stable sort leaves ties in the order of the parties.
    fractions.sort_by(|(_, a), (_, b)| b.cmp(a));
    let mut left = pence - parts.iter().sum::<BigInt>();
    for (party, _) in fractions {
        if left == BigInt::from(0) {
            break;
        }
        if let Some(part) = parts.get_mut(party) {
            *part += 1;
            left -= 1;
        }
    }
    parts
}

/// *7 Money between parties*: each other party, in order, gets its part rounded but never
/// more than is left; one party takes the difference.
///
/// A zero share gets zero by every method. So where the taker has none, the difference is
/// the last party's that has a share.
fn by_difference(
    pence: &BigInt,
    shares: &[Fraction],
    taker: PartyId,
    rounding: Rounding,
) -> Vec<BigInt> {
    let has_share = |party: &usize| shares.get(*party).is_some_and(|share| *share != whole(0));
    let declared = Some(taker.index()).filter(has_share);
    let taker = declared.or_else(|| (0..shares.len()).rfind(has_share));
    let mut left = pence.clone();
    let mut parts = Vec::new();
    for (party, share) in shares.iter().enumerate() {
        let mut part = BigInt::from(0);
        if Some(party) != taker {
            part = to_whole(&(share * whole(pence.clone())), rounding).min(left.clone());
        }
        left -= &part;
        parts.push(part);
    }
    if let Some(part) = taker.and_then(|taker| parts.get_mut(taker)) {
        *part += left;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_rational::BigRational;

    fn parts(pence: i64, shares: &[(i64, i64)], spare: Spare) -> Vec<i64> {
        let shares: Vec<Fraction> =
            shares.iter().map(|(n, d)| BigRational::new((*n).into(), (*d).into())).collect();
        let parts = split(&pence.into(), &shares, spare);
        parts.iter().map(|part| i64::try_from(part).unwrap()).collect()
    }

    #[test]
    fn spare_pennies_go_where_the_clause_says() {
        let thirds = [(1, 3); 3];
        assert_eq!(parts(91_742, &thirds, Spare::LargestFractions), [30_581, 30_581, 30_580]);
        assert_eq!(parts(-2, &thirds, Spare::LargestFractions), [-1, -1, 0]);
        let first = |rounding| Spare::Difference { taker: PartyId(0), rounding };
        assert_eq!(parts(5, &[(1, 2), (1, 2)], first(Rounding::HalvesToEven)), [3, 2]);
        assert_eq!(parts(5, &[(1, 2), (1, 2)], first(Rounding::Up)), [2, 3]);
        assert_eq!(parts(101, &thirds, Spare::InOrder), [34, 34, 33]);
        assert_eq!(parts(-101, &[(0, 1), (1, 2), (1, 2)], Spare::InOrder), [0, -51, -50]);
        // 45:45:10 of 11p: 4.95, 4.95 and 1.1, so two pence are to spare.
        assert_eq!(parts(11, &[(9, 20), (9, 20), (1, 10)], Spare::InOrder), [5, 5, 1]);
        let without = [(0, 1), (1, 2), (1, 2)];
        assert_eq!(parts(5, &without, first(Rounding::Down)), [0, 2, 3]);
        assert_eq!(parts(5, &without, first(Rounding::Up)), [0, 3, 2]);
    }
}
