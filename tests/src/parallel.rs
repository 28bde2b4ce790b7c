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
