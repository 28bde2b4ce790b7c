//! A case in RON is within its bounds and is told again as it was read, or the mistake has
//! a place.
#![no_main]

use apportion_tests::claims;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    claims::case_ron(bytes);
});
