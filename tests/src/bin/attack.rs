//! Attacks the engine with generated policies: `attack --seconds N --seed S --most M`.
//!
//! Prints how many policies and cases were compared; each policy on which the engine and
//! the reference differ, made small, goes to `tests/found/`. It stops after so many seconds,
//! or once it has found so many kinds of difference.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use apportion_tests::attack::{CASES, attack};
use apportion_tests::comparison::Tally;

/// After so many kinds of finding there is enough to mend.
const MOST_FOUND: u64 = 10;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(seconds), Some(seed), Some(most)) = (
        number_after(&arguments, "--seconds", 60),
        number_after(&arguments, "--seed", 1),
        number_after(&arguments, "--most", MOST_FOUND),
    ) else {
        eprintln!("attack [--seconds N] [--seed S] [--most M]");
        return ExitCode::from(2);
    };
    match run(Duration::from_secs(seconds), seed, usize::try_from(most).unwrap_or(usize::MAX)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn number_after(arguments: &[String], name: &str, otherwise: u64) -> Option<u64> {
    match arguments.iter().position(|argument| argument == name) {
        Some(place) => arguments.get(place + 1)?.parse().ok(),
        None => Some(otherwise),
    }
}

/// Attacks for so long, or until so many kinds are found; returns how many were.
fn run(time: Duration, first: u64, most: usize) -> io::Result<usize> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
    let start = Instant::now();
    let mut policies = 0_u64;
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut tally = Tally::default();
    while start.elapsed() < time && kinds.len() < most {
        let seed = first.wrapping_mul(1_000_000_007).wrapping_add(policies);
        policies += 1;
        match attack(seed) {
            Ok(of_this) => tally.add(of_this),
            Err(finding) => {
                let times = kinds.entry(finding.kind()).or_insert(0);
                *times += 1;
                if *times > 1 {
                    continue;
                }
                println!("-- found after {:.1?}, in policy {policies}", start.elapsed());
                let small = finding.shrunk().to_string();
                println!("{small}\n");
                fs::create_dir_all(&folder)?;
                fs::write(folder.join(format!("seed_{seed}.policy")), small)?;
            }
        }
    }
    for (kind, times) in &kinds {
        println!("{times} times: {kind}");
    }
    let found = kinds.len();
    let pairs = policies * u64::try_from(CASES).unwrap_or(0);
    let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
    println!(
        "{policies} policies, {pairs} cases compared, {} a second; {} decided, {} not covered, \
         {} refused; {found} kinds of finding",
        pairs * 1_000 / milliseconds,
        tally.decided,
        tally.not_covered,
        tally.refused,
    );
    Ok(found)
}
