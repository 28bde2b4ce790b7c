//! Holds what is foreseen of cases of generated policies against their completions:
//! `completions FIRST COUNT` looks at the policies of so many seeds, and prints what is wrong.

use std::process::ExitCode;

use apportion_tests::by_hand::look_at_seeds;
use apportion_tests::completions::{Tally, look};

fn main() -> ExitCode {
    look_at_seeds("completions", look, Tally::add)
}
