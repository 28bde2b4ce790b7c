//! Random cases of policies that nobody thought of.

use apportion::policy::Policy;
use apportion_core::case::Case;
use apportion_core::decision::Decision;

use crate::comparison::{engine_case, given};
use crate::generator::choices::Seeded;
use crate::generator::{generate, print};
use crate::random_cases::CaseMaker;
use crate::rivals::random::Random;

/// Looks at so many cases of the policy of a seed, and adds up what came of them.
pub(super) fn look_at_cases<T: Default>(
    seed: u64,
    count: usize,
    mut look: impl FnMut(&Policy, Case, &mut T) -> Result<(), String>,
) -> Result<T, String> {
    let (text, _) = print(&generate(&mut Seeded::new(seed)));
    let policy = Policy::parse(&text).map_err(|mistakes| mistakes.to_string())?;
    let maker = CaseMaker::new(policy.checked());
    let mut random = Random::new(seed);
    let mut whole = T::default();
    for _ in 0..count {
        let facts = maker.random(&mut random);
        let Ok(case) = engine_case(&policy, &facts) else { continue };
        let told = |wrong: String| format!("{wrong}\n{}\n\n{text}", given(&policy, &facts));
        look(&policy, case, &mut whole).map_err(told)?;
    }
    Ok(whole)
}

/// The same, of those that are decided.
pub(super) fn look_at_decided<T: Default>(
    seed: u64,
    count: usize,
    mut look: impl FnMut(&Policy, &Case, &Decision, &mut T) -> Result<(), String>,
) -> Result<T, String> {
    look_at_cases(seed, count, |policy, case, whole| match policy.decide(&case) {
        Ok(decision) => look(policy, &case, &decision, whole),
        Err(_) => Ok(()),
    })
}
