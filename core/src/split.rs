//! Splits: one amount divided among parties, to the penny.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::divide::Divider;
use crate::money::Money;
use crate::rounding::Rounding;
use crate::share::{Share, greatest_common_divisor};

/// Where the pennies go that are left when every part is a whole number of pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SparePennies {
    /// Each part is rounded down, and the spare pennies go to the largest fractions of a
    /// penny, ties in the order of the parties. Nobody is a penny or more from the exact
    /// share.
    #[default]
    LargestFractions,
    /// Each part is rounded down, and the spare pennies go to the parties in order, one
    /// each, passing over zero shares.
    InOrder,
    /// Each other party, in order, gets its part rounded, but never more than is left; one
    /// party takes the difference.
    ///
    /// A zero share gets zero here too: where the taker has none, the difference is the
    /// last party's that has a share.
    Difference {
        /// The party that takes the difference, counted from 0.
        taker: u8,
        /// How the other parts are rounded.
        rounding: Rounding,
    },
}

impl SparePennies {
    /// Whether every party that it names is one of so many.
    #[must_use]
    pub fn is_among(self, parties: usize) -> bool {
        match self {
            SparePennies::LargestFractions | SparePennies::InOrder => true,
            SparePennies::Difference { taker, .. } => usize::from(taker) < parties,
        }
    }
}

/// Shares of parties that make exactly one whole, and where spare pennies go.
///
/// The parts always add up to the amount; they mirror for negative amounts; a zero share
/// gets zero; and no part has the other sign.
///
/// ```
/// use apportion_core::{money::Money, share::Share, split::Split};
///
/// let half = Share::new(1, 2).unwrap();
/// let split = Split::new([half, half]).unwrap();
/// assert_eq!(split.of(Money::from_pence(1_000_01)), [500_01, 500_00].map(Money::from_pence));
/// assert_eq!(split.of(Money::from_pence(-1)), [-1, 0].map(Money::from_pence));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The shares over one denominator, which is `whole`.
    numerators: Vec<i64>,
    whole: i64,
    spare: SparePennies,
}

/// Shares that do not make exactly one whole, or that cannot be split by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// There are no parties.
    Empty,
    /// The shares make more than the whole.
    ExceedsWhole {
        /// By how much.
        excess: Share,
    },
    /// The shares make less than the whole.
    FallsShort {
        /// By how much.
        missing: Share,
    },
    /// The shares over a common denominator do not fit 64 bits.
    TooFine,
    /// The party that takes the difference is not among the parties.
    NoSuchTaker {
        /// The party, counted from 0.
        taker: u8,
    },
}

impl Split {
    /// A split in these shares, one a party, with spare pennies going to the largest
    /// fractions.
    ///
    /// # Errors
    ///
    /// Returns [`SplitError`] where there are no shares, where they do not make exactly
    /// one whole, or where they have no common denominator that fits.
    ///
    /// ```
    /// use apportion_core::{share::Share, split::{Split, SplitError}};
    ///
    /// let shares = ["60%", "50%"].map(|text| Share::parse(text).unwrap());
    /// let excess = Share::parse("10%").unwrap();
    /// assert_eq!(Split::new(shares), Err(SplitError::ExceedsWhole { excess }));
    /// ```
    pub fn new(shares: impl IntoIterator<Item = Share>) -> Result<Split, SplitError> {
        let shares: Vec<Share> = shares.into_iter().collect();
        if shares.is_empty() {
            return Err(SplitError::Empty);
        }
        let whole = common_denominator(&shares).ok_or(SplitError::TooFine)?;
        make_one_whole(&shares)?;
        let numerators =
            shares.iter().map(|share| whole / share.denominator() * share.numerator()).collect();
        Ok(Split { numerators, whole, spare: SparePennies::default() })
    }

    /// The same split with spare pennies going elsewhere.
    ///
    /// # Errors
    ///
    /// Returns [`SplitError::NoSuchTaker`] where the taker is not among the parties.
    ///
    /// ```
    /// use apportion_core::{money::Money, rounding::Rounding, share::Share};
    /// use apportion_core::split::{SparePennies, Split};
    ///
    /// let shares = ["33.33%", "66.67%"].map(|text| Share::parse(text).unwrap());
    /// let spare = SparePennies::Difference { taker: 1, rounding: Rounding::Down };
    /// let split = Split::new(shares).unwrap().with_spare(spare).unwrap();
    /// // 33.33% of £5.00 is £1.6665: the first gets £1.66, the second the difference.
    /// assert_eq!(split.of(Money::from_pence(5_00)), [1_66, 3_34].map(Money::from_pence));
    /// ```
    pub fn with_spare(self, spare: SparePennies) -> Result<Split, SplitError> {
        match spare {
            SparePennies::Difference { taker, .. } if !spare.is_among(self.numerators.len()) => {
                Err(SplitError::NoSuchTaker { taker })
            }
            _ => Ok(Split { spare, ..self }),
        }
    }

    /// The part of each party, in order. The parts add up to the amount.
    #[must_use]
    pub fn of(&self, amount: Money) -> Vec<Money> {
        let pence = amount.pence();
        let greatest = u128::from(pence.unsigned_abs()) * u128::from(self.whole.unsigned_abs());
        let mut numerators: Vec<[i64; 1]> = self.numerators.iter().map(|share| [*share]).collect();
        let mut parts = vec![[0]; numerators.len()];
        // The whole is above 0, so there always is a divider.
        if let Some(divider) = Divider::new(self.whole, greatest) {
            divide_pence(&[pence], self.whole, divider, self.spare, &mut parts, &mut numerators);
        }
        parts.into_iter().map(|[pence]| Money::from_pence(pence)).collect()
    }
}

/// The least number that every denominator divides.
fn common_denominator(shares: &[Share]) -> Option<i64> {
    shares.iter().try_fold(1_i64, |whole, share| {
        let (whole, denominator) = (i128::from(whole), i128::from(share.denominator()));
        let multiple = whole / greatest_common_divisor(whole, denominator) * denominator;
        i64::try_from(multiple).ok()
    })
}

fn make_one_whole(shares: &[Share]) -> Result<(), SplitError> {
    let sum = shares
        .iter()
        .try_fold(Share::ZERO, |sum, share| sum.checked_add(*share))
        .ok_or(SplitError::TooFine)?;
    if let Some(excess) = sum.checked_sub(Share::WHOLE).filter(|excess| *excess > Share::ZERO) {
        return Err(SplitError::ExceedsWhole { excess });
    }
    match Share::WHOLE.checked_sub(sum) {
        Some(missing) if missing > Share::ZERO => Err(SplitError::FallsShort { missing }),
        _ => Ok(()),
    }
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SplitError::Empty => f.write_str("a split needs at least one party"),
            SplitError::ExceedsWhole { excess } => {
                write!(f, "the shares pass the whole by {excess}")
            }
            SplitError::FallsShort { missing } => {
                write!(f, "the shares fall short of the whole by {missing}")
            }
            SplitError::TooFine => f.write_str("the shares have too large a common denominator"),
            SplitError::NoSuchTaker { .. } => {
                f.write_str("the party that takes the difference is not one of the parties")
            }
        }
    }
}

impl core::error::Error for SplitError {}

/// Divides the pence of every lane.
///
/// At entry `numerators[party][lane]` holds the numerators of the shares: 0 or more, adding
/// up to `whole` in each lane, or all 0, and then nobody gets anything. They are worked
/// upon and end as anything. At exit `parts` holds the parts.
///
/// Never inlined: all ways to divide are long, and stand in the program once.
#[inline(never)]
pub(crate) fn divide_pence<const N: usize>(
    amount: &[i64; N],
    whole: i64,
    divider: Divider,
    spare: SparePennies,
    parts: &mut [[i64; N]],
    numerators: &mut [[i64; N]],
) {
    if divider.is_wide() {
        return divide_by_wholes(amount, &[whole; N], spare, parts, numerators);
    }
    let round = |pence, numerator, _, rounding: Rounding| match rounding {
        Rounding::Down => divider.floor(product(pence, numerator)),
        rounding => divider.round(product(pence, numerator), rounding),
    };
    divide(amount, core::iter::repeat(whole), round, spare, parts, numerators);
}

/// Divides the pence of every lane in proportion to numerators that add up to anything.
///
/// As [`divide_pence`], but each lane has a whole of its own: what its numerators add up to,
/// which must fit.
pub(crate) fn divide_in_proportion<const N: usize>(
    amount: &[i64; N],
    spare: SparePennies,
    parts: &mut [[i64; N]],
    numerators: &mut [[i64; N]],
) {
    let mut wholes = [0_i64; N];
    for numerators in &*numerators {
        for (whole, numerator) in wholes.iter_mut().zip(numerators) {
            *whole = whole.wrapping_add(*numerator);
        }
    }
    divide_by_wholes(amount, &wholes, spare, parts, numerators);
}

/// Divides the pence of every lane by a whole of its own, in 128 bits.
#[inline(never)]
fn divide_by_wholes<const N: usize>(
    amount: &[i64; N],
    wholes: &[i64; N],
    spare: SparePennies,
    parts: &mut [[i64; N]],
    numerators: &mut [[i64; N]],
) {
    let round = |pence, numerator, whole: i64, rounding| {
        // Without weights nobody gets anything, whatever the divisor.
        Divider::wide(whole.max(1)).round_wide(pence, numerator, rounding)
    };
    divide(amount, wholes.iter().copied(), round, spare, parts, numerators);
}

/// Divides the pence of every lane, with a way of rounding `pence x numerator / whole`.
#[inline(always)]
fn divide<const N: usize>(
    amount: &[i64; N],
    wholes: impl Iterator<Item = i64> + Clone,
    round: impl Fn(u64, i64, i64, Rounding) -> u64,
    spare: SparePennies,
    parts: &mut [[i64; N]],
    numerators: &mut [[i64; N]],
) {
    let floor = |pence, numerator, whole| round(pence, numerator, whole, Rounding::Down);
    match spare {
        SparePennies::LargestFractions => {
            largest_fractions(amount, wholes, floor, parts, numerators);
        }
        SparePennies::InOrder => in_order(amount, wholes, floor, parts, numerators),
        SparePennies::Difference { taker, rounding } => {
            let round = |pence, numerator, whole| round(pence, numerator, whole, rounding);
            difference(amount, wholes, taker, round, parts, numerators);
        }
    }
    if amount.iter().fold(0, |signs, amount| signs | amount) < 0 {
        mirror(amount, parts);
    }
}

/// What a divider that is not wide divides; the numerator is 0 or more.
#[inline(always)]
fn product(pence: u64, numerator: i64) -> u64 {
    pence.wrapping_mul(numerator as u64)
}

/// 1 where the first is below the second. Both must be 0 or more.
#[inline(always)]
fn is_below(first: i64, second: i64) -> i64 {
    // The sign of the difference, which every processor computes for several lanes at once.
    (first.wrapping_sub(second) as u64 >> 63) as i64
}

/// Gives every part the sign of its amount.
#[inline(always)]
fn mirror<const N: usize>(amount: &[i64; N], parts: &mut [[i64; N]]) {
    for part in parts {
        for (part, amount) in part.iter_mut().zip(amount) {
            let sign = amount >> 63;
            *part = (*part ^ sign).wrapping_sub(sign);
        }
    }
}

/// Rounds every part down and gives each spare penny to the largest fraction left.
#[inline(always)]
fn largest_fractions<const N: usize>(
    amount: &[i64; N],
    wholes: impl Iterator<Item = i64> + Clone,
    floor: impl Fn(u64, i64, i64) -> u64,
    parts: &mut [[i64; N]],
    numerators: &mut [[i64; N]],
) {
    let pence = amount.map(i64::unsigned_abs);
    let mut spare = pence.map(|pence| pence as i64);
    for (part, numerator) in parts.iter_mut().zip(numerators.iter_mut()) {
        let lanes = part.iter_mut().zip(numerator).zip(&pence).zip(&mut spare);
        for ((((part, numerator), pence), spare), whole) in lanes.zip(wholes.clone()) {
            *part = floor(*pence, *numerator, whole) as i64;
            // Both products may pass 64 bits; what remains is below the whole. It stands
            // where the numerator stood.
            let dividend = (*pence as i64).wrapping_mul(*numerator);
            *numerator = dividend.wrapping_sub(part.wrapping_mul(whole));
            *spare = spare.wrapping_sub(*part);
        }
    }
    let fractions = &*numerators;
    for (party, part) in parts.iter_mut().enumerate() {
        add_spare_penny(party, &spare, part, fractions);
    }
}

/// Adds a penny to the part of a party where fewer fractions come before its own than
/// there are pennies to spare.
#[inline(always)]
fn add_spare_penny<const N: usize>(
    party: usize,
    spare: &[i64; N],
    part: &mut [i64; N],
    fractions: &[[i64; N]],
) {
    let (before, rest) = fractions.split_at_checked(party).unwrap_or((fractions, &[]));
    let Some((own, after)) = rest.split_first() else { return };
    let mut rank = [0_i64; N];
    for other in before {
        for ((rank, own), other) in rank.iter_mut().zip(own).zip(other) {
            *rank += 1 - is_below(*other, *own);
        }
    }
    for other in after {
        for ((rank, own), other) in rank.iter_mut().zip(own).zip(other) {
            *rank += is_below(*own, *other);
        }
    }
    for (((part, own), rank), spare) in part.iter_mut().zip(own).zip(&rank).zip(spare) {
        // Nobody without a fraction gets a penny: where all shares are 0, all is to spare.
        let penny = is_below(*rank, *spare) & is_below(0, *own);
        *part = part.wrapping_add(penny);
    }
}

/// Rounds every part down and gives the spare pennies to the parties in order, one each,
/// passing over zero shares.
#[inline(always)]
fn in_order<const N: usize>(
    amount: &[i64; N],
    wholes: impl Iterator<Item = i64> + Clone,
    floor: impl Fn(u64, i64, i64) -> u64,
    parts: &mut [[i64; N]],
    numerators: &[[i64; N]],
) {
    let pence = amount.map(i64::unsigned_abs);
    let mut spare = pence.map(|pence| pence as i64);
    for (part, numerators) in parts.iter_mut().zip(numerators) {
        let lanes = part.iter_mut().zip(numerators).zip(&pence).zip(&mut spare);
        for ((((part, numerator), pence), spare), whole) in lanes.zip(wholes.clone()) {
            *part = floor(*pence, *numerator, whole) as i64;
            *spare = spare.wrapping_sub(*part);
        }
    }
    // There are fewer spare pennies than parties with a share, or no party has one.
    for (part, numerators) in parts.iter_mut().zip(numerators) {
        for ((part, numerator), spare) in part.iter_mut().zip(numerators).zip(&mut spare) {
            let penny = is_below(0, *numerator) & is_below(0, *spare);
            *part = part.wrapping_add(penny);
            *spare = spare.wrapping_sub(penny);
        }
    }
}

/// Rounds every part but the taker's, and gives the taker what is left.
#[inline(always)]
fn difference<const N: usize>(
    amount: &[i64; N],
    wholes: impl Iterator<Item = i64> + Clone,
    taker: u8,
    round: impl Fn(u64, i64, i64) -> u64,
    parts: &mut [[i64; N]],
    numerators: &[[i64; N]],
) {
    let taker = usize::from(taker);
    let pence = amount.map(i64::unsigned_abs);
    let mut left = pence;
    let mut is_first = true;
    for (party, (part, numerators)) in parts.iter_mut().zip(numerators).enumerate() {
        if party == taker {
            // Its part is the difference, which is given below.
            part.fill(0);
        } else if is_first {
            // A share is at most the whole, so nothing rounded is more than there is.
            is_first = false;
            let given = |given, _| given;
            round_within(&pence, &mut left, wholes.clone(), given, &round, numerators, part);
        } else {
            let given = u64::min;
            round_within(&pence, &mut left, wholes.clone(), given, &round, numerators, part);
        }
    }
    if let (Some(part), Some(numerators)) = (parts.get_mut(taker), numerators.get(taker)) {
        give(&mut left, numerators, part);
    }
    if left.iter().fold(0, |any, left| any | left) != 0 {
        // A taker without a share takes nothing, so the last party with one does.
        for (part, numerators) in parts.iter_mut().zip(numerators).rev() {
            give(&mut left, numerators, part);
        }
    }
}

/// Makes a part of its numerator: rounded, and `within` what is left.
#[inline(always)]
fn round_within<const N: usize>(
    pence: &[u64; N],
    left: &mut [u64; N],
    wholes: impl Iterator<Item = i64>,
    within: impl Fn(u64, u64) -> u64,
    round: impl Fn(u64, i64, i64) -> u64,
    numerators: &[i64; N],
    part: &mut [i64; N],
) {
    let lanes = part.iter_mut().zip(numerators).zip(pence).zip(left);
    for ((((part, numerator), pence), left), whole) in lanes.zip(wholes) {
        let given = within(round(*pence, *numerator, whole), *left);
        *part = given as i64;
        *left = left.wrapping_sub(given);
    }
}

/// Gives what is left to a party, where it has a share; then nothing is left.
#[inline(always)]
fn give<const N: usize>(left: &mut [u64; N], numerators: &[i64; N], part: &mut [i64; N]) {
    for ((left, part), numerator) in left.iter_mut().zip(part).zip(numerators) {
        let mask = is_below(0, *numerator).wrapping_neg() as u64;
        *part = part.wrapping_add((*left & mask) as i64);
        *left &= !mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight lanes of amounts and of numerators of three parties, which add up to 7 or to 0.
    const AMOUNTS: [i64; 8] = [0, 1, -1, 100, -100, 99_999, 5, 1_000_000_000];
    const NUMERATORS: [[i64; 8]; 3] =
        [[7, 2, 2, 3, 3, 1, 0, 0], [0, 2, 2, 3, 3, 1, 0, 7], [0, 3, 3, 1, 1, 5, 0, 0]];

    /// The parts of every lane, divided together by a divider for such dividends.
    fn together(greatest: u128, spare: SparePennies) -> [[i64; 8]; 3] {
        let divider = Divider::new(7, greatest).unwrap();
        let mut parts = [[0; 8]; 3];
        divide_pence(&AMOUNTS, 7, divider, spare, &mut parts, &mut NUMERATORS.clone());
        parts
    }

    /// The parts of one lane, divided alone.
    fn alone(lane: usize, spare: SparePennies) -> [i64; 3] {
        let divider = Divider::new(7, 7_000_000_000).unwrap();
        let mut parts = [[0]; 3];
        let mut numerators = NUMERATORS.map(|numerators| [numerators[lane]]);
        divide_pence(&[AMOUNTS[lane]], 7, divider, spare, &mut parts, &mut numerators);
        parts.map(|[part]| part)
    }

    #[test]
    fn lanes_do_not_disturb_one_another_and_wide_dividers_agree() {
        let taker = |taker| SparePennies::Difference { taker, rounding: Rounding::HalvesUp };
        let both = [SparePennies::LargestFractions, SparePennies::InOrder];
        for spare in both.into_iter().chain([taker(0), taker(1), taker(2)]) {
            let narrow = together(7_000_000_000, spare);
            assert_eq!(narrow, together(u128::MAX, spare));
            for lane in 0..8 {
                assert_eq!(narrow.map(|part| part[lane]), alone(lane, spare), "lane {lane}");
            }
        }
    }

    #[test]
    fn without_shares_nobody_gets_anything() {
        let taker = SparePennies::Difference { taker: 0, rounding: Rounding::HalvesUp };
        for spare in [SparePennies::LargestFractions, SparePennies::InOrder, taker] {
            assert_eq!(alone(6, spare), [0, 0, 0]);
            let mut parts = [[0]; 3];
            divide_in_proportion(&[100], spare, &mut parts, &mut [[0]; 3]);
            assert_eq!(parts, [[0]; 3]);
        }
    }

    #[test]
    fn each_lane_is_divided_in_proportion_to_its_own_weights() {
        let weights = [[1, 7], [1, 0], [1, 3]];
        let mut parts = [[0; 2]; 3];
        let spare = SparePennies::LargestFractions;
        divide_in_proportion(&[100, -101], spare, &mut parts, &mut weights.clone());
        // Thirds of 100; and 70.7 and 30.3 of 101, mirrored.
        assert_eq!(parts, [[34, -71], [33, 0], [33, -30]]);
        divide_in_proportion(&[101, -101], SparePennies::InOrder, &mut parts, &mut weights.clone());
        // Two spare pennies of 101, and one of 70.7 and 30.3.
        assert_eq!(parts, [[34, -71], [34, 0], [33, -30]]);
    }
}
