//! A program is about as long as its policy: twice the clauses make twice the program, never
//! four times. Nothing is timed; what was written is counted.

use super::{by_visits, policy, read};

fn length(clauses: Vec<String>) -> usize {
    format!("{:?}", read(&policy(clauses)).program()).len()
}

/// Twice as long, and a tenth more for longer numbers.
fn grows_with_the_text(what: &str, clauses: impl Fn(usize) -> Vec<String>) {
    let (few, many) = (length(clauses(400)), length(clauses(800)));
    assert!(many * 10 < few * 22, "{what}: {few} characters became {many}");
}

#[test]
fn definitions_that_build_on_each_other() {
    grows_with_the_text("definitions", |count| {
        let next = |place: usize| format!("Amount {} = amount {place} + £1.00 a week.", place + 1);
        let first = core::iter::once("Amount 0 = care cost.".to_owned());
        first.chain((0..count).map(next)).collect()
    });
}

#[test]
fn payments_of_one_amount() {
    grows_with_the_text("payments", |count| {
        by_visits(count, |_| "the ICB pays care cost.".to_owned())
    });
}

#[test]
fn clauses_for_and_against() {
    grows_with_the_text("for and against", |count| {
        let is_or_not = |visits: usize| if visits.is_multiple_of(2) { "is" } else { "is not" };
        let clause = |visits| {
            format!("A child {} a regular when visits are exactly {visits}.", is_or_not(visits))
        };
        (1..=count).map(clause).collect()
    });
}

#[test]
fn clauses_that_override_one() {
    grows_with_the_text("despite", |count| {
        let despite = (1..=count).map(|visits| {
            format!("Despite 1.1, a child is not a regular when visits are exactly {visits}.")
        });
        let first = "A child is a regular when visits are at least 1.".to_owned();
        core::iter::once(first).chain(despite).collect()
    });
}

#[test]
fn conclusions_that_contradict_each_other() {
    grows_with_the_text("conclusions", |count| {
        let first = ["A child is tag 0 when fast track.", "A child is tag 1 when not fast track."];
        let (half, mut clauses) = (count / 2, first.map(str::to_owned).to_vec());
        for tag in 2..half {
            let (before, two_before, at_half) = (tag - 1, tag - 2, tag / 2);
            clauses
                .push(format!("A child is tag {tag} when tag {before} and not tag {two_before}."));
            clauses
                .push(format!("A child is not tag {tag} when tag {two_before} or tag {at_half}."));
        }
        clauses
    });
}
