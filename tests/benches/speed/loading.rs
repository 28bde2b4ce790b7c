//! How long it takes to parse, check and compile a policy.

use core::hint::black_box;

use apportion_tests::generated;

use crate::contest::{Comparison, Contest, timed};
use crate::engine::{example, parsed};

const FEW: &str = "200 generated clauses";
const MANY: &str = "2,000 generated clauses";

const COMPARISONS: [Comparison; 1] =
    [Comparison { entry: MANY, with: FEW, budget: " (linear: 10)" }];

/// Measures loading the example policies and generated ones.
pub(crate) fn measure(rounds: usize) {
    let texts = [
        ("continuing care", example("continuing_care/continuing_care.policy")),
        ("weekly package", example("weekly_package/weekly_package.policy")),
        (FEW, generated::policy(200)),
        (MANY, generated::policy(2_000)),
    ];
    println!("\nLoading: parse, check and compile (at most 2,000 us for 200 lines)");
    for (name, text) in &texts {
        let lines = text.lines().count();
        println!("  {name}: {lines} lines, {} KiB", text.len() / 1024);
    }
    let mut contest = Contest::default();
    for (name, text) in &texts {
        contest.enter(name, move || {
            timed(|| {
                black_box(parsed(black_box(text)));
            })
        });
    }
    contest.run(rounds, 1, &COMPARISONS);
}
