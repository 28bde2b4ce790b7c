//! How long it takes to write a decision as text: a person waits for one at a time.

use core::hint::black_box;
use core::time::Duration;

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
}

fn many_times(write: impl Fn() -> String) -> Duration {
    timed(|| (0..TIMES).for_each(|_| _ = black_box(write())))
}
