//! A caseload of the continuing care example: made up, but as caseloads are.
//!
//! Most children have low or moderate needs in most domains and a few have severe ones;
//! some columns are blank where the policy has a default; some children are over 18 or
//! registered elsewhere. The same seed gives the same file on every machine.

use std::fmt::Write;

/// The domains of the example policy in snake case, each with how many levels it has.
const DOMAINS: [(&str, usize); 10] = [
    ("breathing", 6),
    ("eating_and_drinking", 5),
    ("mobility", 5),
    ("continence", 4),
    ("skin_and_tissue", 5),
    ("communication", 4),
    ("drug_therapies", 6),
    ("psychological_and_emotional_needs", 4),
    ("seizures", 5),
    ("challenging_behaviour", 6),
];

const LEVELS: [&str; 6] = ["no additional needs", "low", "moderate", "high", "severe", "priority"];

/// Levels of need from 0 for none to 5 for priority, each with its chances out of a hundred.
type Needs = [(usize, u64); 6];

const MILD: Needs = [(0, 45), (1, 30), (2, 18), (3, 5), (4, 1), (5, 1)];
const MODERATE: Needs = [(0, 25), (1, 30), (2, 28), (3, 14), (4, 2), (5, 1)];
const SEVERE: Needs = [(0, 10), (1, 20), (2, 30), (3, 28), (4, 9), (5, 3)];
const COMPLEX: Needs = [(0, 3), (1, 7), (2, 20), (3, 30), (4, 25), (5, 15)];

/// Numbers that look random: splitmix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not including, a number.
    fn below(&mut self, number: u64) -> u64 {
        self.next() % number
    }

    /// Yes in so many cases of a hundred.
    fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// The cases as CSV: a header and so many rows.
///
/// ```
/// let cases = apportion_examples::caseload::csv(1, 3);
/// assert_eq!(cases.lines().count(), 4);
/// assert!(cases.starts_with("case_reference,date_of_birth,decision_date,"));
/// ```
#[must_use]
pub fn csv(seed: u64, rows: u32) -> String {
    let mut numbers = Numbers(seed);
    let mut text = String::from(
        "case_reference,date_of_birth,decision_date,registered_with_a_gp_in_northshire,\
         fast_track,panel_decision,day_care,waking_nights,cost_of_the_school_placement",
    );
    for (domain, _) in DOMAINS {
        text.push(',');
        text.push_str(domain);
    }
    text.push('\n');
    for row in 1..=rows {
        push_row(&mut text, row, &mut numbers);
    }
    text
}

fn push_row(text: &mut String, row: u32, numbers: &mut Numbers) {
    let decided = 2025 + numbers.below(2);
    let birth_year = decided - if numbers.happens(4) { 18 } else { 1 + numbers.below(17) };
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "NS-{row:04},{},{},{},{},{},{},{},{}",
        date(birth_year, numbers.below(12), numbers.below(28), numbers.happens(30)),
        date(decided, 3 + numbers.below(9), numbers.below(30), numbers.happens(30)),
        if numbers.happens(97) { "yes" } else { "no" },
        pick(numbers, [("", 46), ("no", 46), ("yes", 8)]),
        pick(numbers, [("", 70), ("open", 15), ("agreed", 10), ("refused", 5)]),
        quarters(numbers),
        pick(numbers, [(0, 45), (1, 15), (2, 15), (3, 10), (5, 10), (7, 5)]),
        school_placement(numbers),
    );
    let severity = pick(numbers, [(MILD, 40), (MODERATE, 35), (SEVERE, 20), (COMPLEX, 5)]);
    for (_, levels) in DOMAINS {
        let level = pick(numbers, severity).min(levels - 1);
        text.push(',');
        text.push_str(LEVELS.get(level).copied().unwrap_or_default());
    }
    text.push('\n');
}

/// One of several, each with its chances out of a hundred; the first where they run out.
fn pick<T: Copy, const N: usize>(numbers: &mut Numbers, chances: [(T, u64); N]) -> T {
    let mut left = numbers.below(100);
    for (choice, chance) in chances {
        if left < chance {
            return choice;
        }
        left -= chance;
    }
    chances[0].0
}

/// A day as `2026-05-12`, or as `12/05/2026`.
fn date(year: u64, month: u64, day: u64, is_british: bool) -> String {
    let (month, day) = (month + 1, day + 1);
    if is_british {
        format!("{day:02}/{month:02}/{year}")
    } else {
        format!("{year}-{month:02}-{day:02}")
    }
}

/// Hours of day care a week, in quarters.
fn quarters(numbers: &mut Numbers) -> String {
    let most = pick(numbers, [(40, 40), (120, 40), (336, 15), (672, 5)]);
    let quarters = numbers.below(most + 1);
    match quarters % 4 {
        0 => format!("{}", quarters / 4),
        2 => format!("{}.5", quarters / 4),
        part => format!("{}.{}", quarters / 4, part * 25),
    }
}

/// What the school placement costs a week; blank for a child without one.
fn school_placement(numbers: &mut Numbers) -> String {
    if !numbers.happens(25) {
        return String::new();
    }
    let pence = 30_000 + numbers.below(250_000);
    let (pounds, pence) = (pence / 100, pence % 100);
    if pounds >= 1_000 && numbers.happens(50) {
        format!("\"£{},{:03}.{pence:02}\"", pounds / 1_000, pounds % 1_000)
    } else {
        format!("{pounds}.{pence:02}")
    }
}
