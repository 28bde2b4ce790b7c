//! Holds what is found in small policies against every one of their cases, decided by the reference interpreter:
//! `small FIRST COUNT` looks at the policies of so many seeds, and prints what is wrong.

use std::process::ExitCode;

use apportion_tests::by_hand::look_at_seeds;
use apportion_tests::every_case::{Tally, look};

fn main() -> ExitCode {
    look_at_seeds("small", look, Tally::add)
}
