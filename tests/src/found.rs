//! Policies on which the engine and the reference once differed: they never do again.

use std::fs;
use std::path::Path;

use apportion::policy::Policy;

use crate::comparison::compare;
use crate::random_cases::Facts;

#[test]
fn what_was_found_stays_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/found");
    let mut compared = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let policy = Policy::parse(&text)
            .unwrap_or_else(|mistakes| panic!("{}\n{mistakes}", path.display()));
        for example in &policy.checked().examples {
            let facts = Facts::of_example(policy.checked(), example).unwrap();
            if let Err(difference) = compare(&policy, &[facts]) {
                panic!("{}\n{difference}", path.display());
            }
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared}");
}
