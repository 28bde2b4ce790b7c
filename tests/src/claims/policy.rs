//! Any text as a policy.

use apportion::checked::Stated;
use apportion::diagnostic::{Diagnostic, MOST_KEPT};
use apportion::example::OutcomeKind;
use apportion::policy::Policy;
use apportion::render;
use apportion::source::{Source, Span};
use apportion_exchange::diagnostics::{self, Found};

use super::Came;
use crate::comparison::compare;
use crate::random_cases::{CaseMaker, Facts};
use crate::rivals::random::Random;

/// Reading and checking each keep so many diagnostics, and a note of how many there are more.
const MOST_TOLD: usize = 2 * (MOST_KEPT + 1);

/// How many cases are compared besides the examples.
const CASES: usize = 4;

/// Every text is read to its end. What is told of it is bounded, stands in the order of the
/// text and points into it, and can be drawn and written as JSON; it is never that a checked
/// policy could not be compiled. A policy that can be used runs its examples, decides them
/// and other cases as the reference does, and its cost lines add up to its payments.
pub fn policy(bytes: &[u8]) -> Came {
    let text = String::from_utf8_lossy(bytes);
    match Policy::parse(&text) {
        Ok(policy) => {
            tells_well(&text, policy.diagnostics());
            assert!(!policy.diagnostics().iter().any(Diagnostic::is_error));
            runs_its_examples(&policy);
            decides_as_the_reference(&policy);
            Came::Read
        }
        Err(mistakes) => {
            tells_well(&text, &mistakes.diagnostics);
            assert!(mistakes.diagnostics.iter().any(Diagnostic::is_error));
            Came::Refused
        }
    }
}

fn tells_well(text: &str, diagnostics: &[Diagnostic]) {
    assert!(diagnostics.len() <= MOST_TOLD, "{} diagnostics", diagnostics.len());
    assert!(diagnostics.is_sorted_by_key(Diagnostic::span), "{diagnostics:?}");
    for diagnostic in diagnostics {
        assert_ne!(diagnostic.code, "program-unsound");
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
        assert!(!diagnostic.labels.is_empty(), "{diagnostic:?}");
        for label in &diagnostic.labels {
            assert!(is_place_in(text, label.span), "{diagnostic:?}");
        }
    }
    let source = &Source::new("policy", text);
    let drawn = render::all(source, diagnostics);
    assert!(diagnostics.iter().all(|diagnostic| drawn.contains(&diagnostic.message)));
    diagnostics::to_json(&[Found { source, diagnostics }]).unwrap();
}

fn is_place_in(text: &str, span: Span) -> bool {
    text.get(span.start as usize..span.end as usize).is_some()
}

fn runs_its_examples(policy: &Policy) {
    for outcome in policy.run_examples() {
        assert!(is_place_in(policy.text(), outcome.span), "{outcome:?}");
        if let OutcomeKind::Failed(differences) = outcome.kind {
            for difference in differences {
                assert!(is_place_in(policy.text(), difference.span), "{difference:?}");
            }
        }
    }
    for example in &policy.checked().examples {
        let case = policy.example_case(example);
        let Ok(decision) = policy.decide(&case) else { continue };
        let record = policy.record(&case, &decision);
        let lines: i128 = record.lines.iter().map(|line| i128::from(line.amount.pence())).sum();
        let payments = record.payments.iter().map(|payment| i128::from(payment.amount.pence()));
        assert_eq!(lines, payments.sum::<i128>(), "{record:?}");
    }
}

/// Compares the examples in which nothing is said not to be known, and some other cases.
fn decides_as_the_reference(policy: &Policy) {
    let checked = policy.checked();
    let mut cases: Vec<Facts> = Vec::new();
    'examples: for example in &checked.examples {
        let mut facts = vec![None; checked.facts.len()];
        for (fact, stated) in &example.given {
            let Stated::Known(value) = stated else { continue 'examples };
            facts[fact.index()] = Some(*value);
        }
        cases.push(facts);
    }
    let maker = CaseMaker::new(checked);
    let mut random = Random::new(0);
    cases.extend((0..CASES).map(|_| maker.random(&mut random)));
    if let Err(difference) = compare(policy, &cases) {
        panic!("{difference}");
    }
}
