//! How long it takes to check a policy: to read it, and to look for cases in which it goes wrong.

use core::hint::black_box;

use apportion::prove::{Effort, steps};
use apportion_tests::generated;

use crate::contest::{Comparison, Contest, timed};
use crate::engine::{example, parsed};

const FEW: &str = "200 lines with 2 tables";
const MANY: &str = "2,000 clauses with 40 tables of 50 rows";

const COMPARISONS: [Comparison; 0] = [];

/// Measures checking an example policy and generated ones.
pub(crate) fn measure(rounds: usize) {
    let texts = [
        ("continuing care", example("continuing_care/continuing_care.policy")),
        (FEW, generated::policy_of_tables(100, 30)),
        (MANY, generated::policy_of_tables(2_000, 50)),
    ];
    println!(
        "\nChecking: read and proved (at most 2,000 us for 200 lines, 2,000,000 us for the last)"
    );
    for (name, text) in &texts {
        let policy = parsed(text);
        let (lines, steps) = (text.lines().count(), steps(policy.checked(), Effort::default()));
        assert!(policy.prove().is_empty(), "{name}");
        println!("  {name}: {lines} lines, {steps} steps");
    }
    let mut contest = Contest::default();
    for (name, text) in &texts {
        contest.enter(name, move || {
            timed(|| {
                black_box(parsed(black_box(text)).prove());
            })
        });
    }
    contest.run(rounds, 1, &COMPARISONS);
}
