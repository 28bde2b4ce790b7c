//! Mistakes in cases: text that is no case of its policy, and cases that it cannot decide.

use std::fs;
use std::path::Path;

use apportion::policy::Policy;
use apportion_exchange::case::from_ron;

use crate::golden::golden;
use crate::mistakes::{code_of, fixtures};

/// The code and the message that a case is refused with.
fn refusal(policy: &Policy, case: &str) -> (String, String) {
    let case = match from_ron(policy, case) {
        Ok(case) => case,
        Err(mistake) => return (mistake.code().to_owned(), mistake.to_string()),
    };
    let refused = policy.decide(&case).expect_err("the case is decided");
    (refused.code().to_owned(), refused.to_string())
}

/// The code and the message that the case of a fixture is refused with.
fn refusal_of(path: &Path) -> (String, String) {
    let policy = Policy::parse(&fs::read_to_string(path).unwrap());
    let policy = policy.unwrap_or_else(|mistakes| panic!("{}: {mistakes}", path.display()));
    refusal(&policy, &fs::read_to_string(path.with_extension("ron")).unwrap())
}

fn check(path: &Path) {
    let (code, message) = refusal_of(path);
    assert_eq!(code, code_of(path), "{}: {message}", path.display());
    golden(&path.with_extension("txt"), &format!("error[{code}]: {message}\n"));
}

#[test]
fn cases_that_are_refused() {
    fixtures("case").iter().for_each(|path| check(path));
}

/// Cases are private: what was written is in no message.
#[test]
fn no_message_repeats_a_value() {
    let written = ["maybe", "hospital", "plenty", "four hundred", "1.005", "5.3", "400", "a lot"];
    for path in fixtures("case") {
        let (_, message) = refusal_of(&path);
        for value in written {
            assert!(!message.contains(value), "{}: {message}", path.display());
        }
    }
}
