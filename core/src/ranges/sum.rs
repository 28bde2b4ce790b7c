//! Sums, products, quotients and limits of amounts.

use super::{ANY_AMOUNT, Amounts, Bytes, Ranges, SlotMissing, entries, fitting};
use crate::divide::Divider;
use crate::program::{AmountSlot, ByteSlot, Program, Run};
use crate::range::{ByteSet, Span};
use crate::rounding::Rounding;

/// The sum of terms and a constant.
pub(super) fn linear(
    program: &Program,
    ranges: &mut Ranges,
    terms: Run,
    constant: i64,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (mut least, mut greatest) = (i128::from(constant), i128::from(constant));
    let mut causes = 0;
    for term in entries(&program.terms, terms)? {
        let amount = ranges.amount(term.slot)?;
        let times = |end: i64| i128::from(end) * i128::from(term.factor);
        let ends = Span::of(times(amount.range.least), times(amount.range.greatest));
        least = least.saturating_add(ends.least);
        greatest = greatest.saturating_add(ends.greatest);
        causes |= if term.factor == 0 { 0 } else { amount.causes };
    }
    ranges.put_amount(out, Amounts::of(fitting(least, greatest), causes))
}

/// The product of two amounts.
pub(super) fn multiply(
    ranges: &mut Ranges,
    a: AmountSlot,
    b: AmountSlot,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (a, b) = (ranges.amount(a)?, ranges.amount(b)?);
    let product = products(a.range, b.range);
    ranges
        .put_amount(out, Amounts::of(fitting(product.least, product.greatest), a.causes | b.causes))
}

/// The products of all within two spans lie between those of their ends.
fn products(a: Span<i64>, b: Span<i64>) -> Span<i128> {
    let times = |a: i64, b: i64| i128::from(a) * i128::from(b);
    let with = |b: i64| Span::of(times(a.least, b), times(a.greatest, b));
    with(b.least).or(with(b.greatest))
}

/// The greater or the lesser of two amounts.
pub(super) fn pairwise(
    ranges: &mut Ranges,
    a: AmountSlot,
    b: AmountSlot,
    out: AmountSlot,
    make: impl Fn(i64, i64) -> i64,
) -> Result<(), SlotMissing> {
    let (a, b) = (ranges.amount(a)?, ranges.amount(b)?);
    let range = Span {
        least: make(a.range.least, b.range.least),
        greatest: make(a.range.greatest, b.range.greatest),
    };
    ranges.put_amount(out, Amounts::of(range, a.causes | b.causes))
}

/// `round(amount x numerator / divisor) x times`.
pub(super) fn round(
    ranges: &mut Ranges,
    amount: AmountSlot,
    numerator: i64,
    divider: Divider,
    times: i64,
    rounding: Rounding,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let amount = ranges.amount(amount)?;
    let rounded = |end: i64| {
        let dividend = i128::from(end) * i128::from(numerator);
        rounding.divide(dividend, divider.divisor().into()).saturating_mul(times.into())
    };
    let range = fitting(rounded(amount.range.least), rounded(amount.range.greatest));
    ranges.put_amount(out, Amounts::of(range, amount.causes))
}

/// `round(a x b x numerator / (by x divisor)) x times`.
#[expect(clippy::too_many_arguments, reason = "they are the fields of one operation")]
pub(super) fn divide(
    ranges: &mut Ranges,
    [a, b]: [AmountSlot; 2],
    numerator: i64,
    by: AmountSlot,
    divisor: i64,
    times: i64,
    rounding: Rounding,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (a, b, by) = (ranges.amount(a)?, ranges.amount(b)?, ranges.amount(by)?);
    let product = products(a.range, b.range);
    let quotient = |product: i128, by: i64| {
        let sign = i128::from(by.signum());
        let dividend = product.checked_mul(numerator.into())?.checked_mul(sign)?;
        let divisor = i128::from(by) * i128::from(divisor) * sign;
        rounding.divide(dividend, divisor).checked_mul(times.into())
    };
    // Between two divisors of one sign the quotient goes one way.
    let is_of_one_sign = by.range.least > 0 || by.range.greatest < 0 || by.range == Span::one(0);
    let ends = [by.range.least, by.range.greatest]
        .map(|by| Some(Span::of(quotient(product.least, by)?, quotient(product.greatest, by)?)));
    let range = match ends {
        [Some(one), Some(other)] if is_of_one_sign => {
            let all = one.or(other);
            fitting(all.least, all.greatest)
        }
        _ => ANY_AMOUNT,
    };
    ranges.put_amount(out, Amounts::of(range, a.causes | b.causes | by.causes))
}

/// Moves what a party pays above a limit to another.
pub(super) fn limit(
    ranges: &mut Ranges,
    payer: AmountSlot,
    other: AmountSlot,
    most: AmountSlot,
    when: Option<ByteSlot>,
    out: AmountSlot,
    moved: ByteSlot,
) -> Result<(), SlotMissing> {
    let (payer, other, most) = (ranges.amount(payer)?, ranges.amount(other)?, ranges.amount(most)?);
    let when = when.map_or(Ok(Bytes::one(1)), |when| ranges.byte(when))?;
    let above = |payer: i64, most: i64| (i128::from(payer) - i128::from(most)).max(0);
    let excess = [
        above(payer.range.least, most.range.greatest),
        above(payer.range.greatest, most.range.least),
    ];
    let kept =
        payer.range.least.min(most.range.least)..=payer.range.greatest.min(most.range.greatest);
    let limited = (Span::of(excess[0], excess[1]), Span::of(*kept.start(), *kept.end()));
    let unlimited = (Span::one(0), payer.range);
    let (excess, payer_then) = match when.range.only() {
        Some(0) => unlimited,
        Some(_) => limited,
        None => (limited.0.or(unlimited.0), limited.1.or(unlimited.1)),
    };
    let causes = payer.causes | most.causes | when.causes;
    let other_then = fitting(
        i128::from(other.range.least) + excess.least,
        i128::from(other.range.greatest) + excess.greatest,
    );
    let is_moved = [(0u8, excess.least == 0), (1, excess.greatest > 0)].into_iter();
    let is_moved: ByteSet =
        is_moved.filter(|(_, can_be)| *can_be).map(|(truth, _)| truth).collect();
    ranges.put_byte(moved, Bytes::of(is_moved, causes))?;
    let after = |slot: AmountSlot, by: u32| AmountSlot(slot.0.saturating_add(by));
    ranges.put_amount(out, Amounts::of(fitting(excess.least, excess.greatest), causes))?;
    ranges.put_amount(after(out, 1), Amounts::of(payer_then, causes))?;
    ranges.put_amount(after(out, 2), Amounts::of(other_then, causes | other.causes))
}
