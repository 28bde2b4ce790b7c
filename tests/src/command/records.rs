//! `apportion record`, `verify` and `difference`.

use super::{Folder, POLICY, run, run_with};

fn case(name: &str) -> String {
    format!("{}/../examples/continuing_care/cases/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_record_comes_out_again() {
    for (case, format) in [("three_highs.ron", "json"), ("two_reports_outstanding.ron", "ron")] {
        let record = run(&["record", POLICY, &self::case(case), "--format", format]);
        assert_eq!(record.code, 0, "{}", record.errors);
        let verified = run_with(record.output, &["verify", "-", "--policy", POLICY]);
        assert_eq!(verified.output, "Everything comes out as recorded.\n");
        assert_eq!(verified.code, 0);
    }
}

#[test]
fn what_was_edited_in_a_record_is_named() {
    let record = run(&["record", POLICY, &case("three_highs.ron")]).output;
    let edited = record.replacen("\"pounds\": \"305.80\"", "\"pounds\": \"305.81\"", 1);
    assert_ne!(edited, record);
    let verified = run_with(edited, &["verify", "-", "--policy", POLICY]);
    assert_eq!(verified.code, 1);
    let says =
        "decision, payments, education, pounds: recorded as `305.81`, comes out as `305.80`\n";
    assert_eq!(verified.output, says);
}

#[test]
fn what_is_no_record_is_refused() {
    let verified = run_with("{}", &["verify", "-", "--policy", POLICY]);
    assert_eq!((verified.code, verified.output.as_str()), (1, ""));
    assert!(verified.errors.starts_with("error[no-record]: "), "{}", verified.errors);
    let withheld =
        run(&["record", POLICY, &case("three_highs.ron"), "--withhold", "mobility, breathing"]);
    let verified = run_with(withheld.output, &["verify", "-", "--policy", POLICY]);
    let says = "the record withholds mobility, breathing; the whole record is needed";
    assert!(verified.errors.contains(says), "{}", verified.errors);
}

#[test]
fn a_fact_to_withhold_must_be_one() {
    for command in ["letter", "working", "record"] {
        let ran = run(&[command, POLICY, &case("three_highs.ron"), "--withhold", "mobilty"]);
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{command}");
        let says = "the policy declares no fact `mobilty`; did you mean `mobility`?\n";
        assert!(ran.errors.ends_with(says), "{}", ran.errors);
    }
}

#[test]
fn two_cases_are_compared_or_one_under_two_policies() {
    let (three, limit) = (case("three_highs.ron"), case("over_the_icb_limit.ron"));
    let cases = run(&["difference", POLICY, &three, &limit]);
    assert_eq!(cases.code, 0, "{}", cases.errors);
    let moved = "  The ICB by 7.3      £0.00, then -£117.52: £117.52 less a week\n";
    assert!(cases.output.contains(moved), "{}", cases.output);

    let folder = Folder::new();
    let text = std::fs::read_to_string(POLICY).unwrap();
    let down = folder.write("down.policy", text.replace("penny, halves up", "penny, halves down"));
    let policies = run(&["difference", POLICY, &three, "--under", &down]);
    assert_eq!(policies.code, 0, "{}", policies.errors);
    assert!(policies.output.contains("\n  6.1 is worded otherwise.\n"), "{}", policies.output);
    // £917.415 is now £917.41, so there is one spare penny.
    let moved = "  Social care by 7.1  £305.81, then £305.80: £0.01 less a week\n";
    assert!(policies.output.contains(moved), "{}", policies.output);

    let one = run(&["difference", POLICY, &three]);
    assert_eq!(one.code, 2);
    assert!(one.errors.contains("<OTHER>"), "{}", one.errors);
}
