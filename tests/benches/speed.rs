//! Prints one table: how fast the engine decides and loads policies, beside the same
//! policies written by hand in Rust and measured in the same run.
//!
//! `cargo bench -p apportion-tests --bench speed`; a number after `--` sets the rounds.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench that fails its own checks must stop"
)]

#[path = "speed/contest.rs"]
mod contest;
#[path = "speed/engine.rs"]
mod engine;
#[path = "speed/weekly_package.rs"]
mod weekly_package;
#[path = "speed/continuing_care.rs"]
mod continuing_care;
#[path = "speed/explaining.rs"]
mod explaining;
#[path = "speed/foreseeing.rs"]
mod foreseeing;
#[path = "speed/loading.rs"]
mod loading;
#[path = "speed/checking.rs"]
mod checking;

/// How often everything is measured, unless the command line says.
const ROUNDS: usize = 15;

fn main() {
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS);
    println!("Medians of {rounds} rounds; in brackets what was promised.");
    weekly_package::measure(rounds);
    continuing_care::measure(rounds);
    explaining::measure(rounds);
    foreseeing::measure(rounds);
    loading::measure(rounds);
    checking::measure(rounds);
}
