//! `apportion explain-code`.

use super::run;

#[test]
fn a_code_is_explained_with_an_example() {
    let ran = run(&["explain-code", "comma-for-colon"]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    assert_eq!(
        ran.output,
        "comma-for-colon\n\n\
         Shares and tables follow a colon. A comma after `When ...` announces a sentence with a verb, such as `the\n\
         ICB pays care cost`.\n\n    \
         -1.1  When fast track, the ICB 100%.\n    \
         +1.1  When fast track: the ICB 100%.\n"
    );
}

#[test]
fn a_code_that_is_mistyped_is_told_the_nearest() {
    let ran = run(&["explain-code", "coma-for-colon"]);
    assert_eq!((ran.code, ran.output.as_str()), (2, ""));
    let told = "no message has the code `coma-for-colon`; did you mean `comma-for-colon`?";
    assert!(ran.errors.contains(told), "{}", ran.errors);
    let ran = run(&["explain-code", "weather"]);
    assert!(ran.errors.ends_with("no message has the code `weather`\n"), "{}", ran.errors);
}
