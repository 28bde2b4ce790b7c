//! Whatever the text, what is told of it points into it; what can be used decides as the
//! reference does.
#![no_main]

use apportion_tests::claims;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    claims::policy(bytes);
});
