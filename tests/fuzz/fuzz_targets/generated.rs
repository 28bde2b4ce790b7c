//! The policy that bytes make is valid, and engine and reference agree on it.
#![no_main]

use apportion_tests::claims;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    claims::generated(bytes);
});
