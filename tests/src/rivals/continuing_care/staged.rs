//! Columns in blocks that stay in the first-level cache: one short pass after another,
//! none of which branches on a case, so that the compiler makes vector code of them.

use super::row::{Level, Panel};
use super::{
    Answers, Columns, DAY_CARE_RATES, ICB_LIMIT, RATES_OF_2026, WAKING_NIGHT_RATES, WHOLE,
    one_loop, quarters_halves_up,
};
use crate::rivals::date::Date;

const BLOCK: usize = 256;

/// A column of a block.
type Block<T> = [T; BLOCK];

/// The rows of shares of the ICB and social care, in sixtieths: not eligible, four bands of
/// points, fast track. Education has the rest.
const SHARES: [[u64; 2]; 8] =
    [[0, 60], [15, 45], [20, 20], [30, 18], [42, 12], [60, 0], [0, 60], [0, 60]];
const FAST_TRACK_ROW: u8 = 5;

/// Decides all cases.
pub fn decide(columns: &Columns, answers: &mut Answers) {
    let blocks = columns.count() / BLOCK;
    for first in (0..blocks).map(|block| block * BLOCK) {
        let covered = covered(columns, first);
        let rows = conclude(&covered, columns, first, answers);
        let care = care_cost(columns, first);
        let parts = split(&care, &rows);
        pay(&covered, &care, parts, columns, first, answers);
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

/// 0xff where the policy covers the case, else 0.
#[inline(always)]
fn covered(columns: &Columns, first: usize) -> Block<u8> {
    let births = block(&columns.births, first);
    let decisions = block(&columns.decisions, first);
    let registered = block(&columns.registered, first);
    let mut covered = [0; BLOCK];
    for i in 0..BLOCK {
        let age = Date(births[i]).age_on(Date(decisions[i]));
        covered[i] = u8::from(age < 18);
    }
    for i in 0..BLOCK {
        covered[i] = 0u8.wrapping_sub(covered[i] & registered[i]);
    }
    covered
}

/// Writes what is concluded, and returns which row of shares applies.
#[inline(always)]
fn conclude(
    covered: &Block<u8>,
    columns: &Columns,
    first: usize,
    answers: &mut Answers,
) -> Block<u8> {
    let fast_track = block(&columns.fast_track, first);
    let panels = block(&columns.panels, first);
    let (has_need, points) = needs(columns, first);
    let mut eligible = [0; BLOCK];
    let mut rows = [0; BLOCK];
    for i in 0..BLOCK {
        let by_need = has_need[i] & u8::from(panels[i] != Panel::Refused as u8);
        eligible[i] = by_need | u8::from(panels[i] == Panel::Agreed as u8) | fast_track[i];
    }
    for i in 0..BLOCK {
        let at_least = |edge| u8::from(points[i] >= edge);
        let band = 1 + at_least(20) + at_least(35) + at_least(60);
        let row = if fast_track[i] != 0 { FAST_TRACK_ROW } else { band };
        rows[i] = if eligible[i] != 0 { row } else { 0 };
    }
    let covered_out = block_mut(&mut answers.covered, first);
    let eligible_out = block_mut(&mut answers.eligible, first);
    let points_out = block_mut(&mut answers.points, first);
    for i in 0..BLOCK {
        covered_out[i] = covered[i] & 1;
        eligible_out[i] = covered[i] & eligible[i];
        points_out[i] = covered[i] & points[i];
    }
    rows
}

/// Whether the levels alone make the child eligible, as 1 or 0, and their points.
#[inline(always)]
fn needs(columns: &Columns, first: usize) -> (Block<u8>, Block<u8>) {
    let (mut severe, mut high, mut points) = ([0; BLOCK], [0; BLOCK], [0; BLOCK]);
    for column in &columns.domains {
        let domain = block(column, first);
        for i in 0..BLOCK {
            let at_least = |level| u8::from(domain[i] >= level as u8);
            severe[i] += at_least(Level::Severe);
            high[i] += at_least(Level::High);
            // 0, 1, 3, 6, 12, 20 points: each level adds so many to those of the one below.
            points[i] += at_least(Level::Low)
                + 2 * at_least(Level::Moderate)
                + 3 * at_least(Level::High)
                + 6 * at_least(Level::Severe)
                + 8 * at_least(Level::Priority);
        }
    }
    let mut has_need = [0; BLOCK];
    for i in 0..BLOCK {
        has_need[i] = u8::from((severe[i] >= 1) | (high[i] >= 3));
    }
    (has_need, points)
}

#[inline(always)]
fn care_cost(columns: &Columns, first: usize) -> Block<i64> {
    let decisions = block(&columns.decisions, first);
    let day_care = block(&columns.day_care, first);
    let nights = block(&columns.nights, first);
    let mut care = [0; BLOCK];
    for i in 0..BLOCK {
        let rate = usize::from(decisions[i] >= RATES_OF_2026.0);
        let quarters =
            day_care[i] * DAY_CARE_RATES[rate] + 4 * nights[i] * WAKING_NIGHT_RATES[rate];
        care[i] = quarters_halves_up(quarters);
    }
    care
}

/// The parts of the ICB, social care and education: down to whole pence, and the spare
/// pennies to the largest fractions, ties in the order of the parties.
#[inline(always)]
fn split(care: &Block<i64>, rows: &Block<u8>) -> [Block<i64>; 3] {
    let [mut icb, mut social_care, mut education] = [[0; BLOCK]; 3];
    let [mut icb_fractions, mut social_care_fractions] = [[0; BLOCK]; 2];
    for i in 0..BLOCK {
        let exact = SHARES[usize::from(rows[i] & 7)].map(|share| care[i] as u64 * share);
        [icb[i], social_care[i]] = exact.map(|exact| (exact / WHOLE) as i64);
        [icb_fractions[i], social_care_fractions[i]] = exact.map(|exact| (exact % WHOLE) as u8);
    }
    let [icb_pennies, social_care_pennies] = spare_pennies(&icb_fractions, &social_care_fractions);
    for i in 0..BLOCK {
        icb[i] += i64::from(icb_pennies[i]);
        social_care[i] += i64::from(social_care_pennies[i]);
        education[i] = care[i] - icb[i] - social_care[i];
    }
    [icb, social_care, education]
}

/// The spare pennies of the ICB and social care. The fractions of all three make whole
/// pence, which gives that of education.
#[inline(always)]
fn spare_pennies(icb: &Block<u8>, social_care: &Block<u8>) -> [Block<u8>; 2] {
    let mut pennies = [[0; BLOCK]; 2];
    for i in 0..BLOCK {
        let (a, b) = (icb[i], social_care[i]);
        let spare = u8::from(a + b > 0) + u8::from(a + b > WHOLE as u8);
        let c = spare * WHOLE as u8 - a - b;
        // A party gets a penny where fewer fractions than pennies come before its own.
        pennies[0][i] = u8::from(u8::from(b > a) + u8::from(c > a) < spare);
        pennies[1][i] = u8::from(u8::from(a >= b) + u8::from(c > b) < spare);
    }
    pennies
}

#[inline(always)]
fn pay(
    covered: &Block<u8>,
    care: &Block<i64>,
    [icb, social_care, education]: [Block<i64>; 3],
    columns: &Columns,
    first: usize,
    answers: &mut Answers,
) {
    let school = block(&columns.school, first);
    let referred_out = block_mut(&mut answers.referred, first);
    let care_out = block_mut(&mut answers.care, first);
    let [icb_out, social_care_out, education_out] =
        answers.pays.each_mut().map(|column| block_mut(column, first));
    let mut excess = [0; BLOCK];
    for i in 0..BLOCK {
        let above_limit = icb[i] - ICB_LIMIT;
        // What is below the limit counts as 0, by the sign of the difference.
        excess[i] = above_limit & !(above_limit >> 63) & i64::from(covered[i] as i8);
    }
    for i in 0..BLOCK {
        referred_out[i] = u8::from(excess[i] > 0);
    }
    for i in 0..BLOCK {
        let mask = i64::from(covered[i] as i8);
        care_out[i] = care[i] & mask;
        icb_out[i] = (icb[i] & mask) - excess[i];
        social_care_out[i] = (social_care[i] & mask) + excess[i];
        education_out[i] = (education[i] + school[i]) & mask;
    }
}
