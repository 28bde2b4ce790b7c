//! The largest texts, on a small stack: what is long is never deep.

use super::policy;

/// Much less than the 2 MiB that a thread has as a rule, in a build that optimises nothing.
const STACK_BYTES: usize = 256 * 1024;

/// Whether a policy can be loaded, on a thread with a small stack.
fn loads(text: String) -> bool {
    let load = move || {
        let parsed = apportion::parse::parse(&text);
        let checked = apportion::check::check(&text, &parsed);
        let mistakes = parsed.diagnostics.iter().chain(&checked.diagnostics);
        let mistake = mistakes.into_iter().find(|mistake| mistake.is_error());
        mistake.is_none() && apportion::compile::compile(&checked, Default::default()).is_ok()
    };
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(load);
    thread.unwrap().join().unwrap()
}

#[test]
fn a_long_chain_of_definitions() {
    let later = (1..10_000).map(|place| format!("V{place} = v{}.", place - 1));
    assert!(loads(policy(core::iter::once("V0 = care cost.".to_owned()).chain(later))));
}

#[test]
fn a_long_chain_of_definitions_from_the_last_to_the_first() {
    let earlier = (0..9_999).map(|place| format!("V{place} = v{}.", place + 1));
    assert!(loads(policy(earlier.chain(["V9999 = care cost.".to_owned()]))));
}

#[test]
fn a_long_chain_of_conclusions() {
    let later =
        (1..5_000).map(|place| format!("A child is tag {place} when not tag {}.", place - 1));
    let first = "A child is tag 0 when fast track.".to_owned();
    assert!(loads(policy(core::iter::once(first).chain(later))));
}

#[test]
fn a_long_or() {
    let parts: Vec<String> =
        (0..10_000).map(|visits| format!("visits are exactly {visits}")).collect();
    assert!(loads(policy([format!("A child is a regular when {}.", parts.join(" or "))])));
}

#[test]
fn a_long_circle() {
    let next = |place: usize| format!("V{place} = v{}.", (place + 1) % 5_000);
    assert!(!loads(policy((0..5_000).map(next))));
}
