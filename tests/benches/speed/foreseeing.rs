//! How long it takes to find out what can still come of a case, and what is needed.

use core::fmt::Write as _;
use core::hint::black_box;

use apportion::engine::case::Case;
use apportion::engine::outlook::Outlook;
use apportion::engine::program::FactId;
use apportion::policy::Policy;

use crate::contest::{Contest, timed};
use crate::engine::{example, parsed};

/// How often each is found out in a round.
const TIMES: usize = 100;

/// Measures the weekly package with three facts open, continuing care with all ten domains, and as
/// many combinations as are decided one by one.
pub(crate) fn measure(rounds: usize) {
    let weekly = parsed(&example("weekly_package/weekly_package.policy"));
    let weekly_case = but(&weekly, |fact| fact < 3, "yes or no");
    let care = parsed(&example("continuing_care/continuing_care.policy"));
    let care_case = but(&care, |_| true, "no additional needs");
    let worst = parsed(&sixteen_questions());
    let entries = [
        ("weekly package, three facts open", &weekly, weekly_case),
        ("continuing care, ten domains open", &care, care_case),
        ("65,536 combinations", &worst, worst.new_case()),
    ];
    let mut contest = Contest::default();
    for (name, policy, case) in &entries {
        let open = policy.open(case);
        let mut outlook = Outlook::new(policy.program());
        contest.enter(name, move || {
            let times = if open.len() == 16 { 1 } else { TIMES };
            let took = timed(|| {
                for _ in 0..times {
                    policy.program().foresee(case, &open, &mut outlook).unwrap();
                    black_box(outlook.prospects());
                }
            });
            took * u32::try_from(TIMES / times).unwrap_or(1)
        });
    }
    println!("\nWhat can still come of a case (at most 20 us, 1,000 us, 20,000 us)");
    contest.run(rounds, TIMES, &[]);
}

/// The first example, with those facts not known whose values are told to begin so.
fn but(policy: &Policy, is_open: impl Fn(usize) -> bool, kind: &str) -> Case {
    let mut case = policy.example_case(&policy.checked().examples[0]);
    let facts = policy.facts().iter().zip((0..).map(FactId));
    let of_kind = facts.filter(|(fact, _)| policy.show_type(fact).starts_with(kind));
    for (_, (_, id)) in of_kind.enumerate().filter(|(place, _)| is_open(*place)) {
        case.set_not_known(id).unwrap();
    }
    case
}

/// Sixteen facts of which any may matter.
fn sixteen_questions() -> String {
    let mut text = String::from(
        "policy   Sixteen\nabout    a child\nversion  1, in force from 1 April 2025\n\nfacts\n",
    );
    (1..=16).for_each(|fact| writeln!(text, "  fact {fact}   yes or no").unwrap());
    text += "\n1    Who\n1.1  A child is eligible when at least 8 of these are true:\n";
    (1..=16).for_each(|fact| writeln!(text, "       - fact {fact}").unwrap());
    text
}
