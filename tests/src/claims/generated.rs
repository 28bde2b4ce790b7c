//! Bytes that choose a policy.

use super::Came;
use crate::attack::{Found, attack_model};
use crate::generator::choices::Bytes;
use crate::generator::generate;

/// How many cases of a policy are compared.
const CASES: usize = 16;

/// The policy that bytes choose is valid, and the engine and the reference agree on cases of
/// it that the same bytes choose.
pub fn generated(bytes: &[u8]) -> Came {
    let model = generate(&mut Bytes::new(bytes));
    let seed = bytes.iter().fold(0, |seed: u64, byte| seed.wrapping_mul(257) ^ u64::from(*byte));
    match attack_model(&model, seed, CASES) {
        Ok(tally) if tally.decided > 0 => Came::Read,
        Ok(_) => Came::Refused,
        Err(finding) => panic!("{}", Found { model, seed, finding }),
    }
}
