//! Prints the caseload of the continuing care example: `make_caseload [ROWS] [SEED]`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let (rows, seed) = (arguments.next().unwrap_or(Ok(500)), arguments.next().unwrap_or(Ok(2026)));
    let (Ok(rows), Ok(seed)) = (rows.map(u32::try_from), seed) else {
        eprintln!("usage: make_caseload [ROWS] [SEED]");
        return ExitCode::from(2);
    };
    let Ok(rows) = rows else {
        eprintln!("too many rows");
        return ExitCode::from(2);
    };
    print!("{}", apportion_examples::caseload::csv(seed, rows));
    ExitCode::SUCCESS
}
