//! `check` and `test`.

use super::{Folder, POLICY, read, run};

#[test]
fn a_clean_policy_is_ok() {
    let ran = run(&["check", "--on", "2026-04-01", POLICY]);
    assert_eq!((ran.code, ran.errors.matches("note[").count()), (0, 2), "{}", ran.errors);
    assert_eq!(ran.errors.matches("note[decided-by-default]").count(), 2, "{}", ran.errors);
    assert_eq!(ran.output, format!("{POLICY}: ok\n0 errors, 0 warnings, 2 notes\n"));
}

/// It is in force until it is reviewed, so nothing is wrong.
#[test]
fn a_policy_past_its_review_is_noted() {
    let noted = |on| {
        let ran = run(&["check", "--on", on, "--format", "json", POLICY]);
        assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
        ran.output.matches("\"past-review\"").count()
    };
    assert_eq!((noted("2027-03-31"), noted("2027-04-01")), (0, 1));
    let ran = run(&["check", "--on", "tomorrow", POLICY]);
    assert_eq!(ran.code, 2);
    assert!(ran.errors.contains("a day is written such as 2026-04-01"), "{}", ran.errors);
}

#[test]
fn every_mistake_of_every_file_is_found_in_one_run() {
    let folder = Folder::new();
    // Two mistakes in clauses apart: a share too many, and a name that nothing declares.
    let broken = read(POLICY).replace("the ICB 100%.", "the ICB 100%, education 10%.").replace(
        "Education pays the cost of the school placement.",
        "Education pays the school fare.",
    );
    let first = folder.write("first.policy", &broken);
    let second =
        folder.write("second.policy", broken.replace("age on decision date", "age on arrival"));
    let ran = run(&["check", "--on", "2026-04-01", &first, POLICY, &second]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.errors.matches("error[").count(), 2 + 3, "{}", ran.errors);
    assert!(ran.errors.contains("110%"), "{}", ran.errors);
    assert!(ran.errors.contains("school fare"), "{}", ran.errors);
    assert!(ran.output.contains(&format!("{POLICY}: ok\n")));
    // After the mistake in the cover nothing is asked of the second, which a note says.
    assert!(ran.output.ends_with("5 errors, 0 warnings, 3 notes\n"), "{}", ran.output);
}

#[test]
fn a_policy_of_two_mebibytes_is_told_from_its_beginning() {
    let folder = Folder::new();
    let large = folder.write("large.policy", "é ".repeat(700_000));
    let ran = run(&["check", &large]);
    assert_eq!(ran.code, 1);
    assert!(ran.errors.contains("larger than 1 MiB"), "{}", ran.errors);
}

#[test]
fn the_examples_of_the_policy_pass() {
    let ran = run(&["test", POLICY]);
    assert_eq!(ran.code, 0);
    assert_eq!((ran.output.as_str(), ran.errors.as_str()), ("9 passed, 0 failed\n", ""));
}

#[test]
fn an_example_that_fails_shows_expected_and_got_in_pence() {
    let folder = Folder::new();
    let raised = read(POLICY).replace("£25.61 from 1 April 2026", "£25.63 from 1 April 2026");
    let path = folder.write("raised.policy", raised);
    let ran = run(&["test", &path]);
    assert_eq!(ran.code, 1);
    // 21.5 hours at 2p more are 43p more: 917.845 is £917.85, and a third of it £305.95.
    let line = ran.errors.lines().find(|line| line.contains("£917.42")).unwrap();
    assert!(line.contains("£917.85") && line.contains("43p more"), "{line}");
    let line = ran.errors.lines().find(|line| line.contains("the ICB")).unwrap();
    assert!(line.contains("£305.81") && line.contains("£305.95"), "{line}");
    assert!(line.contains("14p more"), "{line}");
}

#[test]
fn a_policy_with_errors_runs_no_examples() {
    let folder = Folder::new();
    let path = folder
        .write("broken.policy", read(POLICY).replace("age on decision date", "age on arrival"));
    let ran = run(&["test", &path]);
    assert_eq!(ran.code, 1);
    assert!(ran.errors.starts_with("error["), "{}", ran.errors);
    let told = "0 passed, 0 failed; 1 policy has mistakes and was not run\n";
    assert_eq!(ran.output, told);
}

/// Without Despite a child on fast track whom the panel refused would be both.
#[test]
fn the_cases_that_show_what_goes_wrong_are_files() {
    let folder = Folder::new();
    let clashing = read(POLICY).replace("Despite 2.4, a child is also", "A child is also");
    let clashing = folder.write("clashing.policy", clashing);
    let cases = folder.path("cases");
    let ran = run(&["check", "--witnesses", &cases, &clashing]);
    assert_eq!(ran.code, 1);
    let case = format!("{cases}/clashing.2.4.conclusions-clash.1.ron");
    let decided = run(&["decide", &clashing, &case]);
    assert!(decided.errors.starts_with("error[clauses-contradict]"), "{}", decided.errors);
    let mended = run(&["decide", POLICY, &case]);
    assert_eq!((mended.code, mended.errors.as_str()), (0, ""));
    assert!(mended.output.contains("eligible"), "{}", mended.output);
}
