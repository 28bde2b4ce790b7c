//! One word of a random policy is made unreadable. Each case that is then said to go wrong does so in the
//! policy as it was.

use std::mem::discriminant;

use apportion::check::check;
use apportion::checked;
use apportion::parse::parse;
use apportion::policy::Policy;
use apportion::prove::{Effort, Finding, prove_in_part};

use crate::generator::choices::Seeded;
use crate::generator::{generate, print};
use crate::parallel::look_at_each;
use crate::proofs::case_of;
use crate::reference::{Refusal, decide};
use crate::rivals::random::Random;

/// How many policies are spoiled; `APPORTION_SPOILED` asks for another number.
const POLICIES: u64 = 60;

/// How many words of each, one at a time.
const WORDS: usize = 10;

const IN_PART: Effort = Effort { of_a_question: 200, in_all: 4_000 };

#[derive(Debug, Default)]
struct Tally {
    /// Policies of which nothing is known but the mistake.
    unknown: usize,
    /// Policies that are proved in part.
    in_part: usize,
    /// Errors that are shown by a case of the policy as it was.
    shown: usize,
    /// Those whose case is refused for something else first.
    hidden: usize,
}

/// Looks whether a case goes wrong as is said.
fn shown(policy: &checked::Policy, finding: &Finding, tally: &mut Tally) -> Result<(), String> {
    let case = finding.diagnostic.cases.first();
    let (Some(refusal), Some(case)) = (finding.refusal, case) else { return Ok(()) };
    let said = discriminant(&Refusal::from(refusal));
    match decide(policy, &case_of(policy, case)) {
        Err(refusals) if refusals.iter().any(|(it, _)| discriminant(it) == said) => {
            tally.shown += 1;
        }
        Err(_) => tally.hidden += 1,
        Ok(outcome) => return Err(format!("{finding:?}\nwhich gives {outcome:?}")),
    }
    Ok(())
}

/// Where the words of clauses begin and end.
fn words_of_clauses(text: &str) -> Vec<(usize, usize)> {
    // A section, and not a clause: no word of it is read.
    let (mut begin, mut at) = (text.len(), 0);
    for line in text.split_inclusive('\n') {
        if line.starts_with(|first: char| first.is_ascii_digit()) {
            begin = at;
            break;
        }
        at += line.len();
    }
    let end = text[begin..].find("\nexamples").map(|at| begin + at).unwrap_or(text.len());
    let (mut words, mut from) = (Vec::new(), None);
    for (at, letter) in text[begin..end].char_indices().chain([(end - begin, ' ')]) {
        match (letter.is_alphanumeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                words.push((begin + start, begin + at));
                from = None;
            }
            _ => {}
        }
    }
    words
}

fn look(seed: u64) -> Result<Tally, String> {
    let (text, _) = print(&generate(&mut Seeded::new(seed)));
    let policy = Policy::parse(&text).map_err(|mistakes| mistakes.to_string())?;
    let words = words_of_clauses(&text);
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    for _ in 0..WORDS {
        let (start, end) = words[random.below(words.len() as u64) as usize];
        let spoiled = format!("{}qqzzx{}", &text[..start], &text[end..]);
        let parsed = parse(&spoiled);
        let checked = check(&spoiled, &parsed);
        let is_wrong = [&parsed.diagnostics, &checked.diagnostics];
        // A word that is nobody's business may be any other.
        if !is_wrong.into_iter().flatten().any(|it| it.is_error()) {
            continue;
        }
        let Some(unclear) = &checked.unclear else {
            tally.unknown += 1;
            continue;
        };
        tally.in_part += 1;
        let found = prove_in_part(&checked.policy, unclear, IN_PART);
        let of = |wrong: String| format!("{wrong}\n{} in\n{spoiled}", &text[start..end]);
        for finding in &found {
            shown(policy.checked(), finding, &mut tally).map_err(of)?;
        }
    }
    Ok(tally)
}

#[test]
fn what_is_said_of_a_policy_with_a_mistake_is_so_without_it() {
    let whole = look_at_each("APPORTION_SPOILED", POLICIES, look, |all, one| {
        all.unknown += one.unknown;
        all.in_part += one.in_part;
        all.shown += one.shown;
        all.hidden += one.hidden;
    });
    println!("{whole:?}");
    assert!(whole.in_part > whole.unknown / 4, "{whole:?}");
    assert!(whole.shown > 10 * whole.hidden, "{whole:?}");
    assert!(whole.shown > whole.in_part / 10, "{whole:?}");
}
