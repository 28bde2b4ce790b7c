//! Policies that nobody thought of: all are read, everything the language has is reached,
//! one slip is one message, mangled text is refused in good order, and the engine and the
//! reference agree on them.

use apportion::policy::Policy;
use proptest::prelude::*;

use crate::attack;
use crate::comparison::Tally;
use crate::generator::choices::{Bytes, Choices, Seeded};
use crate::generator::mangle::mangle;
use crate::generator::reached::{Construct, Reached};
use crate::generator::slips::SLIPS;
use crate::generator::{generate, print};
use crate::parallel::of_each_seed;

/// How many policies are generated and read in one run.
const POLICIES: u64 = 3_000;

#[test]
fn generated_policies_are_valid_and_reach_everything() {
    let mut reached = Reached::default();
    let made = of_each_seed(0..POLICIES, |seed| {
        let (text, of_this) = print(&generate(&mut Seeded::new(seed)));
        if let Err(mistakes) = Policy::parse(&text) {
            panic!("seed {seed}:\n{mistakes}\n{text}");
        }
        of_this
    });
    made.iter().for_each(|(_, of_this)| reached.add(of_this));
    println!("{reached}");
    // A policy that uses a tool is two texts: `cut_policies` makes those.
    let missed = reached.missed().filter(|missed| *missed != Construct::Uses);
    let missed: Vec<&str> = missed.map(|construct| construct.words()).collect();
    assert!(missed.is_empty(), "never reached: {missed:?}");
}

/// How many policies each slip is made in.
const POLICIES_WITH_SLIPS: u64 = 40;

#[test]
fn a_slip_is_refused_with_its_own_code_and_nothing_else() {
    let slips = of_each_seed(0..SLIPS.len() as u64, |place| {
        let slip = &SLIPS[usize::try_from(place).unwrap()];
        let mut astray: Vec<String> = Vec::new();
        let mut made = 0;
        let mut wrong: Option<String> = None;
        for seed in 0..POLICIES_WITH_SLIPS {
            let model = generate(&mut Seeded::new(seed));
            let Some(text) = slip.in_policy(&model) else { continue };
            made += 1;
            let codes: Vec<&str> = match Policy::parse(&text) {
                Ok(_) => Vec::new(),
                Err(mistakes) => {
                    let errors = mistakes.diagnostics.iter().filter(|found| found.is_error());
                    errors.map(|found| found.code).collect()
                }
            };
            if codes != [slip.code] && wrong.is_none() {
                wrong = Some(format!("{}: {codes:?} in the policy of seed {seed}", slip.code));
            }
        }
        if made == 0 {
            astray.push(format!("{}: never made", slip.code));
        }
        astray.extend(wrong);
        astray
    });
    let astray: Vec<String> = slips.into_iter().flat_map(|(_, astray)| astray).collect();
    assert!(astray.is_empty(), "{astray:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    /// Whatever the bytes, the policy made of them is valid.
    #[test]
    fn bytes_make_valid_policies(bytes in prop::collection::vec(any::<u8>(), 0..800)) {
        let (text, _) = print(&generate(&mut Bytes::new(&bytes)));
        let read = Policy::parse(&text).map_err(|mistakes| mistakes.to_string());
        prop_assert!(read.is_ok(), "{:?}\n{}", read, text);
    }
}

/// Mangled policies never panic, and every message points into the text.
#[test]
fn mangled_policies_are_refused_in_good_order() {
    for seed in 0..1_500 {
        let mut choices = Seeded::new(seed);
        let (text, _) = print(&generate(&mut choices));
        let text = mangle(&text, &mut choices as &mut dyn Choices);
        let diagnostics = match Policy::parse(&text) {
            Ok(policy) => policy.diagnostics().to_vec(),
            Err(mistakes) => mistakes.diagnostics,
        };
        for found in diagnostics {
            let span = found.span();
            let place = text.get(span.start as usize..span.end as usize);
            assert!(place.is_some(), "{span:?} of {} is no place in\n{text}", found.code);
        }
    }
}

/// How many policies are compared; `APPORTION_POLICIES` asks for another number.
const POLICIES_TO_COMPARE: u64 = 400;

#[test]
fn the_engine_agrees_with_the_reference_on_generated_policies() {
    let asked = std::env::var("APPORTION_POLICIES").ok().and_then(|count| count.parse().ok());
    let policies = asked.unwrap_or(POLICIES_TO_COMPARE);
    let mut tally = Tally::default();
    for (_, attacked) in of_each_seed(0..policies, attack::attack) {
        match attacked {
            Ok(of_this) => tally.add(of_this),
            Err(found) => panic!("{}", found.shrunk()),
        }
    }
    println!("{policies} policies of {} cases: {tally:?}", attack::CASES);
    let asked = usize::try_from(policies).unwrap() * attack::CASES;
    assert!(tally.decided > asked / 5, "{tally:?} of {asked}");
    assert!(tally.rows > asked / 5, "{tally:?} of {asked}");
    // Before a panel has decided, and after.
    assert!(tally.awaiting > asked / 200, "{tally:?} of {asked}");
    assert!(tally.as_decided > asked / 200, "{tally:?} of {asked}");
}
