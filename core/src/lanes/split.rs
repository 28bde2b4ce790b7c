//! Dividing whole pence among parties.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend_from, pick, slot};
use crate::divide::Divider;
use crate::program::{AmountSlot, ByteSlot, Program, Run};
use crate::split::{SparePennies, divide_in_proportion, divide_pence};

/// Divides whole pence in shares that a table lists.
#[expect(clippy::too_many_arguments, reason = "they are the fields of one operation")]
pub(super) fn by_table<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
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
    let shares = entries(&program.amounts, shares)?;
    let choice = slot(&banks.bytes, choice)?;
    let (amounts, rest) = lend_from(&mut banks.amounts, out)?;
    let (parts, numerators) = lend_parts(rest, parties)?;
    for (party, numerators) in numerators.iter_mut().enumerate() {
        let column = shares.iter().skip(party).step_by(parties);
        pick::number_of_choice(choice, column, numerators);
    }
    divide_pence(slot(amounts, amount)?, whole, divider, spare, parts, numerators);
    Ok(())
}

/// Divides whole pence in shares that were computed.
#[expect(clippy::too_many_arguments, reason = "they are the fields of one operation")]
pub(super) fn computed<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    amount: AmountSlot,
    shares: Run,
    whole: i64,
    divider: Divider,
    spare: SparePennies,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let shares = entries(&program.amount_lists, shares)?;
    let (amounts, rest) = lend_from(&mut banks.amounts, out)?;
    let (parts, numerators) = lend_parts(rest, shares.len())?;
    for (numerators, share) in zip(&mut *numerators, shares) {
        *numerators = *slot(amounts, *share)?;
    }
    divide_pence(slot(amounts, amount)?, whole, divider, spare, parts, numerators);
    Ok(())
}

/// Divides whole pence in proportion to weights.
pub(super) fn in_proportion<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    amount: AmountSlot,
    weights: Run,
    spare: SparePennies,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let weights = entries(&program.amount_lists, weights)?;
    let (amounts, rest) = lend_from(&mut banks.amounts, out)?;
    let (parts, numerators) = lend_parts(rest, weights.len())?;
    for (numerators, weight) in zip(&mut *numerators, weights) {
        *numerators = *slot(amounts, *weight)?;
    }
    divide_in_proportion(slot(amounts, amount)?, spare, parts, numerators);
    Ok(())
}

/// The slots of the parts, and as many to work in.
#[inline]
fn lend_parts<T>(rest: &mut [T], parties: usize) -> Result<(&mut [T], &mut [T]), SlotMissing> {
    let (parts, rest) = rest.split_at_mut_checked(parties).ok_or(SlotMissing)?;
    Ok((parts, rest.get_mut(..parties).ok_or(SlotMissing)?))
}
