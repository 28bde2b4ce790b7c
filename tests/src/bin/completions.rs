//! Holds what is foreseen of cases of generated policies against their completions:
//! `completions FIRST COUNT` looks at the policies of so many seeds, and prints what is wrong.

use std::process::ExitCode;

use apportion_tests::completions::{CASES, Tally, look};

fn main() -> ExitCode {
    let arguments: Vec<u64> = std::env::args().skip(1).map_while(|it| it.parse().ok()).collect();
    let [first, count] = arguments[..] else {
        eprintln!("completions FIRST COUNT");
        return ExitCode::from(2);
    };
    let (mut whole, mut wrong) = (Tally::default(), 0);
    for seed in first..first.saturating_add(count) {
        match look(seed) {
            Ok(of_this) => whole.add(of_this),
            Err(it) => {
                wrong += 1;
                println!("-- seed {seed}\n{it}");
            }
        }
    }
    println!("{count} policies of {CASES} cases: {whole:?}, {wrong} wrong");
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
