//! How long it takes to write a decision as text: a person waits for one at a time.

use core::hint::black_box;
use core::time::Duration;

use apportion::engine::case::Case;
use apportion::policy::Policy;

use crate::contest::{Contest, timed};
use crate::engine::{example, parsed};

/// How often each text is written in a round.
const TIMES: usize = 1_000;

/// Measures the texts of the first example of the example policy.
pub(crate) fn measure(rounds: usize) {
    let policy = parsed(&example("continuing_care/continuing_care.policy"));
    let case = policy.example_case(&policy.checked().examples[0]);
    let decision = policy.decide(&case).unwrap();
    let record = policy.record(&case, &decision);
    let mut contest = Contest::default();
    contest.enter("what is decided, as text", || many_times(|| record.to_string()));
    contest.enter("why, as text", || many_times(|| record.explanation()));
    contest.enter("both, with recording the decision", || {
        many_times(|| {
            let record = policy.record(&case, &decision);
            record.to_string() + &record.explanation()
        })
    });
    println!("\nOne decision as text (at most 10 us)");
    contest.run(rounds, TIMES, &[]);
    measure_pages(rounds, &policy, &case);
}

/// Measures the pages about one case; why not, of one that is one level short.
fn measure_pages(rounds: usize, policy: &Policy, case: &Case) {
    let decision = policy.decide(case).unwrap();
    let mut short = case.clone();
    policy.state(&mut short, policy.fact("mobility").unwrap(), "moderate").unwrap();
    let refused = policy.decide(&short).unwrap();
    let eligible = policy.conclusion("eligible").unwrap();
    assert_eq!(refused.concludes(eligible), Some(false));
    let mut contest = Contest::default();
    contest
        .enter("a letter, as text", || many_times(|| policy.letter(case, &decision).to_string()));
    contest.enter("a letter, as HTML", || many_times(|| policy.letter(case, &decision).html()));
    contest
        .enter("a working, as text", || many_times(|| policy.working(case, &decision).to_string()));
    contest.enter("why not, with what alone would be enough", || {
        many_times(|| policy.why_not(&short, &refused, eligible).to_string())
    });
    println!("\nPages about one case (a letter at most 10 us, why not at most 20 us)");
    contest.run(rounds, TIMES, &[]);
}

fn many_times(write: impl Fn() -> String) -> Duration {
    timed(|| (0..TIMES).for_each(|_| _ = black_box(write())))
}
