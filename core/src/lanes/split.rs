//! Dividing whole pence among parties.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend_from, slot};
use crate::divide::Divider;
use crate::program::{AmountSlot, ByteSlot, Program, Run};
use crate::split::{SparePennies, divide_pence};

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
    let (parts, fractions) = lend_parts(rest, parties)?;
    for (party, part) in parts.iter_mut().enumerate() {
        for (numerator, choice) in zip(part, choice) {
            *numerator = share(shares, parties, *choice, party);
        }
    }
    divide_pence(slot(amounts, amount)?, whole, divider, spare, parts, fractions);
    Ok(())
}

/// The numerator of a party in the row that was chosen; 0 where there is no such row.
#[inline]
fn share(shares: &[i64], parties: usize, choice: u8, party: usize) -> i64 {
    let row = usize::from(choice).wrapping_sub(1);
    let place = row.wrapping_mul(parties).wrapping_add(party);
    shares.get(place).copied().unwrap_or(0)
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
    let (parts, fractions) = lend_parts(rest, shares.len())?;
    for (part, share) in zip(&mut *parts, shares) {
        *part = *slot(amounts, *share)?;
    }
    divide_pence(slot(amounts, amount)?, whole, divider, spare, parts, fractions);
    Ok(())
}

/// The slots of the parts, and as many to work in.
#[inline]
fn lend_parts<T>(rest: &mut [T], parties: usize) -> Result<(&mut [T], &mut [T]), SlotMissing> {
    let (parts, rest) = rest.split_at_mut_checked(parties).ok_or(SlotMissing)?;
    Ok((parts, rest.get_mut(..parties).ok_or(SlotMissing)?))
}
