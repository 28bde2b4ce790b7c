//! Every row of a caseload comes out, in order, with its decision or with the reason
//! against it.
#![no_main]

use apportion_tests::claims;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    claims::caseload_csv(bytes);
});
