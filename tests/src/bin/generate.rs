//! Writes a text of any length to standard output: `generate policy CLAUSES`,
//! `generate tables CLAUSES ROWS` for one with tables of so many rows, `generate random SEED` for the policy that an attack makes of a seed, or
//! `generate cases COUNT` for a caseload of the example policy as CSV.

use std::io::{self, Write};
use std::process::ExitCode;

use apportion_tests::generated;
use apportion_tests::generator::choices::{Choices, Seeded};
use apportion_tests::generator::{generate, print};
use apportion_tests::rivals::continuing_care::cases;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let text = match arguments.as_slice() {
        ["policy", clauses] => clauses.parse().ok().map(generated::policy),
        ["tables", clauses, rows] => {
            let both = clauses.parse().ok().zip(rows.parse().ok());
            both.map(|(clauses, rows)| generated::policy_of_tables(clauses, rows))
        }
        ["random", seed] => seed.parse().ok().map(random),
        ["cases", count] => count.parse().ok().and_then(caseload),
        _ => None,
    };
    let written = text.map(|text| io::stdout().write_all(text.as_bytes()));
    match written {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(_)) => ExitCode::FAILURE,
        None => ExitCode::from(2),
    }
}

fn random(seed: u64) -> String {
    let mut choices = Seeded::new(seed);
    print(&generate(&mut choices as &mut dyn Choices)).0
}

fn caseload(count: usize) -> Option<String> {
    let mut text = String::new();
    generated::write_caseload(&cases::generate(count), &mut text).ok()?;
    Some(text)
}
