//! Looking at the policies of many seeds by hand.

use std::fmt::Debug;
use std::process::ExitCode;

/// `NAME FIRST COUNT`: looks at the policies of so many seeds, and prints what is wrong and what came
/// of all.
pub fn look_at_seeds<T: Debug + Default>(
    name: &str,
    look: impl Fn(u64) -> Result<T, String>,
    add: impl Fn(&mut T, T),
) -> ExitCode {
    let arguments: Vec<u64> = std::env::args().skip(1).map_while(|it| it.parse().ok()).collect();
    let [first, count] = arguments[..] else {
        eprintln!("{name} FIRST COUNT");
        return ExitCode::from(2);
    };
    let (mut whole, mut wrong) = (T::default(), 0);
    for seed in first..first.saturating_add(count) {
        match look(seed) {
            Ok(of_this) => add(&mut whole, of_this),
            Err(it) => {
                wrong += 1;
                println!("-- seed {seed}\n{it}");
            }
        }
    }
    println!("{count} policies: {whole:?}, {wrong} wrong");
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
