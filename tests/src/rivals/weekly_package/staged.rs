//! Columns in blocks that stay in the first-level cache: one short pass after another,
//! none of which branches on a case, so that the compiler makes vector code of them.

use super::row::{Level, Placement, Reason, ten_thousandths_halves_to_even};
use super::{Answers, Columns, ICB_LIMIT, one_loop};
use crate::rivals::date::Date;

const BLOCK: usize = 256;

/// A column of a block.
type Block<T> = [T; BLOCK];

/// The shares that the ICB can have, in ten-thousandths, in rising order: a rank is a
/// byte, and the greater of two shares the greater of two bytes.
const SHARES: [i64; 8] = [0, 25_00, 33_33, 40_00, 50_00, 75_00, 0, 0];
const RANK_OF_33_33: u8 = 2;
const RANK_OF_50_00: u8 = 4;

/// Decides all cases.
pub fn decide(columns: &Columns, answers: &mut Answers) {
    let births = |first| *block(&columns.births, first);
    let decisions = |first| *block(&columns.decisions, first);
    decide_blocks(columns, births, decisions, answers);
}

/// Decides all cases by their dates as days since 1970.
pub fn decide_by_day_number(columns: &Columns, answers: &mut Answers) {
    let births = |first| packed(block(&columns.birth_numbers, first));
    let decisions = |first| packed(block(&columns.decision_numbers, first));
    decide_blocks(columns, births, decisions, answers);
}

#[inline(always)]
fn decide_blocks(
    columns: &Columns,
    births: impl Fn(usize) -> Block<i32>,
    decisions: impl Fn(usize) -> Block<i32>,
    answers: &mut Answers,
) {
    let blocks = columns.count() / BLOCK;
    for first in (0..blocks).map(|block| block * BLOCK) {
        let reasons = reasons(&births(first), &decisions(first), columns, first);
        let ranks = share_ranks(columns, first);
        *block_mut(&mut answers.reasons, first) = reasons;
        pay(&reasons, &ranks, columns, first, answers);
    }
    // Fewer cases than a block are left.
    one_loop::decide_range(columns, blocks * BLOCK..columns.count(), answers);
}

#[inline(always)]
fn block<T>(column: &[T], first: usize) -> &Block<T> {
    column[first..].first_chunk().unwrap()
}

#[inline(always)]
fn block_mut<T>(column: &mut [T], first: usize) -> &mut Block<T> {
    column[first..].first_chunk_mut().unwrap()
}

#[inline(always)]
fn packed(numbers: &Block<i32>) -> Block<i32> {
    let mut dates = [0; BLOCK];
    for i in 0..BLOCK {
        dates[i] = Date::from_day_number(numbers[i]).0;
    }
    dates
}

#[inline(always)]
fn reasons(
    births: &Block<i32>,
    decisions: &Block<i32>,
    columns: &Columns,
    first: usize,
) -> Block<u8> {
    let residents = block(&columns.residents, first);
    let registered = block(&columns.registered, first);
    let plans = block(&columns.plans, first);
    let (mut over_18, mut over_25) = ([0; BLOCK], [0; BLOCK]);
    for i in 0..BLOCK {
        let age = Date(births[i]).age_on(Date(decisions[i]));
        over_18[i] = u8::from(age >= 18);
        over_25[i] = u8::from(age >= 25);
    }
    let mut reasons = [Reason::None as u8; BLOCK];
    for i in 0..BLOCK {
        let reason = if over_18[i] > plans[i] { Reason::NoPlan } else { Reason::None } as u8;
        let reason = if over_25[i] != 0 { Reason::TooOld as u8 } else { reason };
        let reason = if registered[i] == 0 { Reason::NotRegistered as u8 } else { reason };
        reasons[i] = if residents[i] == 0 { Reason::NotResident as u8 } else { reason };
    }
    reasons
}

/// The rank of the ICB's share.
#[inline(always)]
fn share_ranks(columns: &Columns, first: usize) -> Block<u8> {
    let section_117 = block(&columns.section_117, first);
    let placements = block(&columns.placements, first);
    let (mut severe, mut high, mut score) = ([0; BLOCK], [0; BLOCK], [0; BLOCK]);
    for column in &columns.domains {
        let domain = block(column, first);
        for i in 0..BLOCK {
            let at_least = |level| u8::from(domain[i] >= level as u8);
            severe[i] += at_least(Level::Severe);
            high[i] += at_least(Level::High);
            // 0, 1, 3, 6, 10, 15 points: each level adds so many to those of the one below.
            score[i] += at_least(Level::Low)
                + 2 * at_least(Level::Moderate)
                + 3 * at_least(Level::High)
                + 4 * at_least(Level::Severe)
                + 5 * at_least(Level::Priority);
        }
    }
    let mut ranks = [0; BLOCK];
    for i in 0..BLOCK {
        let band =
            1 + 2 * u8::from(score[i] >= 20) + u8::from(score[i] >= 35) + u8::from(score[i] >= 60);
        let is_52_weeks = placements[i] == Placement::Residential52Weeks as u8;
        let rank = band.max(if is_52_weeks { RANK_OF_33_33 } else { 0 });
        let has_continuing_care = (severe[i] >= 1) | (high[i] >= 3);
        let rank = if has_continuing_care { rank } else { 0 };
        ranks[i] = rank.max(if section_117[i] != 0 { RANK_OF_50_00 } else { 0 });
    }
    ranks
}

#[inline(always)]
fn pay(
    reasons: &Block<u8>,
    ranks: &Block<u8>,
    columns: &Columns,
    first: usize,
    answers: &mut Answers,
) {
    let education = block(&columns.education, first);
    let care = block(&columns.care, first);
    let health = block(&columns.health, first);
    let icb = block_mut(&mut answers.icb, first);
    let council = block_mut(&mut answers.council, first);
    let mut parts = [0; BLOCK];
    for i in 0..BLOCK {
        parts[i] = ten_thousandths_halves_to_even(care[i] * SHARES[usize::from(ranks[i] & 7)]);
    }
    for i in 0..BLOCK {
        let is_eligible = i64::from(reasons[i] == Reason::None as u8);
        let above_limit = parts[i] + health[i] - ICB_LIMIT;
        // What is above the limit counts as 0, by the sign of the difference.
        icb[i] = (ICB_LIMIT + (above_limit & above_limit >> 63)) & -is_eligible;
        council[i] = education[i] + care[i] + health[i] - icb[i];
    }
}
