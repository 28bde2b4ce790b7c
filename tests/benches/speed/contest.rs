//! Timing side by side: in every round each entry runs once, so that whatever else the
//! machine does meets all of them; the median of the rounds counts.

use core::time::Duration;
use std::time::Instant;

/// What runs once in each round and says how long it took.
struct Entry<'a> {
    name: &'static str,
    action: Box<dyn FnMut() -> Duration + 'a>,
    times: Vec<Duration>,
}

/// Entries that do the same work.
#[derive(Default)]
pub(crate) struct Contest<'a> {
    entries: Vec<Entry<'a>>,
}

/// How one entry is to compare with another.
pub(crate) struct Comparison {
    pub(crate) entry: &'static str,
    pub(crate) with: &'static str,
    /// How many times as long the entry may take, as printed; empty where that is not said.
    pub(crate) budget: &'static str,
}

impl<'a> Contest<'a> {
    /// Adds an entry.
    pub(crate) fn enter(&mut self, name: &'static str, action: impl FnMut() -> Duration + 'a) {
        self.entries.push(Entry { name, action: Box::new(action), times: Vec::new() });
    }

    /// Runs every entry once to warm up and then in so many rounds, and prints a line an
    /// entry: the time for each of `count` items, and how it compares with others.
    pub(crate) fn run(mut self, rounds: usize, count: usize, comparisons: &[Comparison]) {
        for round in 0..=rounds {
            for entry in &mut self.entries {
                let time = (entry.action)();
                if round > 0 {
                    entry.times.push(time);
                }
            }
        }
        for entry in &mut self.entries {
            entry.times.sort_unstable();
        }
        for entry in &self.entries {
            let own = comparisons.iter().filter(|comparison| comparison.entry == entry.name);
            let ratios: Vec<String> = own.map(|comparison| self.ratio(entry, comparison)).collect();
            line(entry.name, &each(entry.median(), count), &ratios.join("; "));
        }
    }

    fn ratio(&self, entry: &Entry<'_>, comparison: &Comparison) -> String {
        let other = self.entries.iter().find(|entry| entry.name == comparison.with).unwrap();
        let hundredths = entry.median().as_nanos() * 100 / other.median().as_nanos().max(1);
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        format!("{whole}.{rest:02} x {}{}", comparison.with, comparison.budget)
    }
}

impl Entry<'_> {
    fn median(&self) -> Duration {
        self.times[self.times.len() / 2]
    }
}

/// Prints one line of the table.
pub(crate) fn line(name: &str, figure: &str, remark: &str) {
    println!("{}", format!("  {name:<40}{figure:>10}  {remark}").trim_end());
}

/// How long something takes.
pub(crate) fn timed(action: impl FnOnce()) -> Duration {
    let start = Instant::now();
    action();
    start.elapsed()
}

/// A time for each of so many items, in nanoseconds, or in microseconds where it is long.
fn each(time: Duration, count: usize) -> String {
    let tenths = time.as_nanos() * 10 / count as u128;
    match tenths {
        ..100_000 => format!("{}.{} ns", tenths / 10, tenths % 10),
        _ => format!("{}.{} us", tenths / 10_000, tenths / 1_000 % 10),
    }
}
