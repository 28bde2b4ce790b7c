//! Every claim, on its corpus and on what a few blows make of it: the same in every run.

use std::panic::catch_unwind;

use crate::claims::{CLAIMS, Came, Claim};
use crate::generator::choices::{Choices, Seeded};
use crate::generator::mangle::{mangle, mangle_bytes};

/// Holds a claim against its corpus and so many mutations of it; `APPORTION_MUTATIONS` asks
/// for so many times as many.
fn check(name: &str, mutations: u64) {
    let claim = CLAIMS.into_iter().find(|claim| claim.name == name).unwrap();
    let corpus = claim.corpus().unwrap();
    let mut came: Vec<Came> = Vec::new();
    for (path, bytes) in &corpus {
        came.push(holds(claim, bytes, || path.display().to_string()));
    }
    let times: u64 = std::env::var("APPORTION_MUTATIONS").map_or(1, |asked| asked.parse().unwrap());
    for seed in 0..mutations * times {
        let mut choices = Seeded::new(seed);
        let choices: &mut dyn Choices = &mut choices;
        let (path, bytes) = choices.pick(&corpus).unwrap();
        let mangled = mutation(bytes, choices);
        came.push(holds(claim, &mangled, || format!("mutation {seed}, of {}", path.display())));
    }
    let read = came.iter().filter(|came| **came == Came::Read).count();
    println!("{name}: {} inputs, of {} something came", came.len(), read);
    assert!(read > came.len() / 100 && read < came.len(), "{read} of {}", came.len());
}

fn mutation(bytes: &[u8], choices: &mut dyn Choices) -> Vec<u8> {
    match choices.is_in(60) {
        true => mangle(&String::from_utf8_lossy(bytes), choices).into_bytes(),
        false => mangle_bytes(bytes, choices),
    }
}

/// What came of bytes; where the claim does not hold, says of which.
fn holds(claim: Claim, bytes: &[u8], name: impl FnOnce() -> String) -> Came {
    catch_unwind(|| (claim.holds)(bytes)).unwrap_or_else(|_| {
        let text = String::from_utf8_lossy(bytes);
        panic!("the claim `{}` does not hold of {}: {text:?}", claim.name, name())
    })
}

#[test]
fn outline() {
    check("outline", 1_000);
}

#[test]
fn policy() {
    check("policy", 250);
}

#[test]
fn generated() {
    check("generated", 100);
}

#[test]
fn case_ron() {
    check("case_ron", 500);
}

#[test]
fn case_json() {
    check("case_json", 500);
}

#[test]
fn caseload_csv() {
    check("caseload_csv", 500);
}
