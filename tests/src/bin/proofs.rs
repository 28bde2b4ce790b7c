//! Holds what is claimed of every case of generated policies against the reference interpreter:
//! `proofs FIRST COUNT` looks at the policies of so many seeds, and prints what is wrong.

use std::process::ExitCode;

use apportion_tests::by_hand::look_at_seeds;
use apportion_tests::proofs::{Tally, look};

fn main() -> ExitCode {
    look_at_seeds("proofs", look, Tally::add)
}
