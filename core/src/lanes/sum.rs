//! Sums and products of amounts, the greater and the lesser of two.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, fill_pairwise, lend, slot};
use crate::program::{AmountSlot, Program, Run};

/// The sum of terms and a constant.
pub(super) fn linear<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    terms: Run,
    constant: i64,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (amounts, out) = lend(&mut banks.amounts, out)?;
    let mut terms = entries(&program.terms, terms)?.iter();
    match terms.next() {
        Some(first) => {
            let amounts = slot(amounts, first.slot)?;
            add_term(amounts, first.factor, out, |_, amount| constant.wrapping_add(amount));
        }
        None => out.fill(constant),
    }
    for term in terms {
        add_term(slot(amounts, term.slot)?, term.factor, out, i64::wrapping_add);
    }
    Ok(())
}

/// Joins an amount `factor` times to the sums. Most terms count once, for or against, and a
/// multiplication of 64 bits is the slowest step there is for many lanes without newer
/// instructions; for one lane it is as good as any.
#[inline(always)]
fn add_term<const N: usize>(
    amounts: &[i64; N],
    factor: i64,
    sums: &mut [i64; N],
    add: impl Fn(i64, i64) -> i64,
) {
    match factor {
        1 if N > 1 => join(sums, amounts, add),
        -1 if N > 1 => join(sums, amounts, |sum, amount| add(sum, amount.wrapping_neg())),
        _ => join(sums, amounts, |sum, amount| add(sum, amount.wrapping_mul(factor))),
    }
}

/// Joins an amount to each sum.
#[inline]
fn join<const N: usize>(sums: &mut [i64; N], amounts: &[i64; N], with: impl Fn(i64, i64) -> i64) {
    for (sum, amount) in zip(sums, amounts) {
        *sum = with(*sum, *amount);
    }
}

/// What two amounts make together.
pub(super) fn pairwise<const N: usize>(
    banks: &mut Banks<N>,
    a: AmountSlot,
    b: AmountSlot,
    out: AmountSlot,
    make: impl Fn(i64, i64) -> i64,
) -> Result<(), SlotMissing> {
    let (amounts, out) = lend(&mut banks.amounts, out)?;
    fill_pairwise(slot(amounts, a)?, slot(amounts, b)?, out, make);
    Ok(())
}
