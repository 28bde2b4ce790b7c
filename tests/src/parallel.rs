//! Work on many seeds, on as many threads as the machine has.

use std::num::NonZero;
use std::ops::Range;
use std::thread;

/// What came of each seed, in their order.
pub(crate) fn of_each_seed<T: Send>(
    seeds: Range<u64>,
    work: impl Fn(u64) -> T + Sync,
) -> Vec<(u64, T)> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut done: Vec<(u64, T)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|first| {
                let (seeds, work) = (seeds.clone().skip(first).step_by(threads), &work);
                scope.spawn(move || seeds.map(|seed| (seed, work(seed))).collect::<Vec<_>>())
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    done.sort_by_key(|(seed, _)| *seed);
    done
}

/// Looks at so many seeds, or as many as a variable of the environment says, and adds up what came of
/// them; what is wrong fails.
#[track_caller]
pub(crate) fn look_at_each<T: Default + Send>(
    variable: &str,
    seeds: u64,
    look: impl Fn(u64) -> Result<T, String> + Sync,
    add: impl Fn(&mut T, T),
) -> T {
    let asked = std::env::var(variable).ok().and_then(|count| count.parse().ok());
    let mut whole = T::default();
    for (seed, looked) in of_each_seed(0..asked.unwrap_or(seeds), look) {
        match looked {
            Ok(of_this) => add(&mut whole, of_this),
            Err(wrong) => panic!("-- seed {seed}\n{wrong}"),
        }
    }
    whole
}
