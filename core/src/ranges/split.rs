//! Dividing whole pence among parties.
//!
//! Where amount and shares are known, so are the parts. Else each part lies within a penny of
//! its exact fraction; that of a party that takes the difference, within a penny for each party.

use alloc::vec;
use alloc::vec::Vec;

use super::{Amounts, Bytes, Causes, Ranges, SlotMissing, entries, fitting, pick};
use crate::divide::Divider;
use crate::program::{AmountSlot, ByteSlot, Program, Run};
use crate::range::Span;
use crate::rounding::Rounding;
use crate::split::{SparePennies, divide_in_proportion, divide_pence};

/// Divides whole pence in shares that a table lists.
#[expect(clippy::too_many_arguments, reason = "they are the fields of one operation")]
pub(super) fn by_table(
    program: &Program,
    ranges: &mut Ranges,
    amount: AmountSlot,
    choice: ByteSlot,
    shares: Run,
    whole: i64,
    divider: Divider,
    spare: SparePennies,
    out: AmountSlot,
    parties: u32,
) -> Result<(), SlotMissing> {
    let parties = parties as usize;
    let rows: Vec<&[i64]> = entries(&program.amounts, shares)?.chunks(parties.max(1)).collect();
    let choice: Bytes = ranges.byte(choice)?;
    let amount = ranges.amount(amount)?;
    let mut parts: Option<Vec<Span<i64>>> = None;
    for number in choice.range.iter() {
        let shares = pick::chosen(&rows, number).map_or(vec![0; parties], |row| row.to_vec());
        let shares: Vec<Span<i64>> = shares.into_iter().map(Span::one).collect();
        let of_row = divided(amount.range, &shares, Whole::Of(whole, divider), spare);
        parts = Some(match parts {
            None => of_row,
            Some(parts) => parts.into_iter().zip(of_row).map(|(all, one)| all.or(one)).collect(),
        });
    }
    put(ranges, out, parts.ok_or(SlotMissing)?, amount.causes | choice.causes)
}

/// Divides whole pence in shares that were computed.
#[expect(clippy::too_many_arguments, reason = "they are the fields of one operation")]
pub(super) fn computed(
    program: &Program,
    ranges: &mut Ranges,
    amount: AmountSlot,
    shares: Run,
    whole: i64,
    divider: Divider,
    spare: SparePennies,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    divide_in(program, ranges, amount, shares, Whole::Of(whole, divider), spare, out)
}

/// Divides whole pence in proportion to weights.
pub(super) fn in_proportion(
    program: &Program,
    ranges: &mut Ranges,
    amount: AmountSlot,
    weights: Run,
    spare: SparePennies,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    divide_in(program, ranges, amount, weights, Whole::OfAll, spare, out)
}

fn divide_in(
    program: &Program,
    ranges: &mut Ranges,
    amount: AmountSlot,
    shares: Run,
    whole: Whole,
    spare: SparePennies,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let amount = ranges.amount(amount)?;
    let mut causes = amount.causes;
    let mut spans = Vec::new();
    for share in entries(&program.amount_lists, shares)? {
        let share = ranges.amount(*share)?;
        causes |= share.causes;
        spans.push(share.range);
    }
    let parts = divided(amount.range, &spans, whole, spare);
    put(ranges, out, parts, causes)
}

/// What shares are parts of.
#[derive(Clone, Copy)]
enum Whole {
    /// Of so many, which a divider divides by.
    Of(i64, Divider),
    /// Of all of them together.
    OfAll,
}

/// What each party can get.
fn divided(
    amount: Span<i64>,
    shares: &[Span<i64>],
    whole: Whole,
    spare: SparePennies,
) -> Vec<Span<i64>> {
    let known: Option<Vec<[i64; 1]>> =
        shares.iter().map(|share| share.only().map(|share| [share])).collect();
    if let (Some(pence), Some(mut numerators)) = (amount.only(), known) {
        let mut parts = vec![[0]; shares.len()];
        match whole {
            Whole::Of(whole, divider) => {
                divide_pence(&[pence], whole, divider, spare, &mut parts, &mut numerators);
            }
            Whole::OfAll => divide_in_proportion(&[pence], spare, &mut parts, &mut numerators),
        }
        return parts.into_iter().map(|[part]| Span::one(part)).collect();
    }
    let part = |(party, share): (usize, &Span<i64>)| {
        let others = shares.iter().enumerate().filter(|(other, _)| *other != party);
        let mut others = others.map(|(_, share)| share);
        let without = |end: fn(&Span<i64>) -> i64| {
            others.clone().fold(0i128, |sum, other| sum.saturating_add(end(other).into()))
        };
        let (least, greatest) = match whole {
            Whole::Of(whole, _) => {
                ([share.least.into(), whole.into()], [share.greatest.into(), whole.into()])
            }
            Whole::OfAll => {
                let (fewest, most) = (without(|it| it.least), without(|it| it.greatest));
                let own =
                    |end: i64, others: i128| [i128::from(end), others.saturating_add(end.into())];
                (own(share.least, most), own(share.greatest, fewest))
            }
        };
        if *share == Span::one(0) {
            return Span::one(0);
        }
        let is_alone = others.all(|other| *other == Span::one(0));
        if is_alone && share.least > 0 {
            return amount;
        }
        bounds(amount, [least, greatest], Away::of(spare, shares.len()))
    };
    shares.iter().enumerate().map(part).collect()
}

/// How many pennies a part can be away from its exact fraction, once that is rounded down and up.
#[derive(Clone, Copy)]
struct Away {
    below: i128,
    above: i128,
}

impl Away {
    fn of(spare: SparePennies, parties: usize) -> Away {
        match spare {
            SparePennies::LargestFractions => Away { below: 0, above: 0 },
            SparePennies::InOrder => Away { below: 0, above: 1 },
            SparePennies::Difference { .. } => {
                // The taker has what all others were rounded by.
                let parties = i128::try_from(parties).unwrap_or(i128::MAX);
                Away { below: parties, above: parties }
            }
        }
    }
}

/// The fraction of an amount between two shares, each with its whole; never more than the amount.
fn bounds(amount: Span<i64>, shares: [[i128; 2]; 2], away: Away) -> Span<i64> {
    let [least, greatest] = shares;
    // Negative amounts are the mirror image of positive ones.
    let ends = |pence: i64| {
        let magnitude = i128::from(pence).abs();
        let fraction = |[share, whole]: [i128; 2], rounding: Rounding| {
            rounding.divide(magnitude.saturating_mul(share.min(whole)), whole)
        };
        let near = fraction(least, Rounding::Down).saturating_sub(away.below);
        let far = fraction(greatest, Rounding::Up).saturating_add(away.above);
        let [near, far] = [near, far].map(|end| end.clamp(0, magnitude));
        if pence < 0 { Span::of(-near, -far) } else { Span::of(near, far) }
    };
    let all = ends(amount.least).or(ends(amount.greatest));
    fitting(all.least, all.greatest)
}

fn put(
    ranges: &mut Ranges,
    out: AmountSlot,
    parts: Vec<Span<i64>>,
    causes: Causes,
) -> Result<(), SlotMissing> {
    for (place, part) in (0..).zip(parts) {
        ranges.put_amount(AmountSlot(out.0.saturating_add(place)), Amounts::of(part, causes))?;
    }
    Ok(())
}
