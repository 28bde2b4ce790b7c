//! Every line is in exactly one block, in order; a block alone is the same block.
#![no_main]

use apportion_tests::claims;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    claims::outline(bytes);
});
