//! What examples reach, and the missing ones: worked out by hand for a small policy, and put into every
//! example policy.

use apportion::coverage::{Coverage, PointKind, Standing};
use apportion::example::OutcomeKind;
use apportion::policy::Policy;
use apportion_exchange::{coverage, refusal};

use super::documents::valid;
use super::{Folder, POLICY, run};
use crate::bundles::bundle;
use crate::examples;

const FEES: &str = "\
policy   Fees
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025
dated by  decision date

facts
  decision date   a date
  visits          whole number, 0 to 9
  urgent          yes or no
  cost            money a week

1    Fees
1.1  A child is known when visits are at least 3.
1.2  Despite 1.1, a child is not known when urgent.
1.3  Fee, a week: £10.00 from 1 April 2025
                  £12.00 from 1 April 2026
1.4  Double fee = fee x 2.
1.5  Band: exactly one row applies.
     | visits    | band |
     | 0 to 4    | 1    |
     | 5 or more | 2    |
1.6  The ICB pays cost.

examples
\"Four visits\"
  given   decision date 1 May 2025, visits 4, urgent no, cost £5.00
  expect  known by 1.1, band 1
";

/// What is reached, and all there is to reach.
fn counts(coverage: &Coverage) -> [(usize, usize); 5] {
    PointKind::ALL.map(|kind| coverage.count(kind))
}

/// Clauses: 1.1, 1.4, 1.5 and 1.6 apply, 1.2 does not. Edges: 2 and 3 visits, 4 and 5. The exception is
/// not taken.
#[test]
fn what_one_example_shows_is_counted() {
    let policy = Policy::parse(FEES).unwrap();
    let coverage = policy.coverage();
    assert_eq!(counts(&coverage), [(4, 5), (1, 2), (1, 4), (1, 2), (1, 2)]);
    let open = coverage.points.iter().filter(|it| !matches!(it.standing, Standing::Shown(_)));
    let open: Vec<String> = open.map(|it| format!("{} {}", it.clause, it.what)).collect();
    let expected = [
        "1.1 visits is 2",
        "1.1 visits is 3",
        "1.2 ",
        "1.2 overrides 1.1",
        "1.3 from 1 April 2026",
        "1.5 visits is 5",
        "1.5 row 2",
    ];
    assert_eq!(open, expected);
    // One example shows as much as it can: 1.2 overrides nothing unless there are three visits.
    let names: Vec<&str> = coverage.missing.iter().map(|it| it.name.as_str()).collect();
    let five = "1.5 visits is 5";
    assert_eq!(
        names,
        [
            "1.1 visits is 2",
            "1.1 visits is 3",
            "1.2",
            "1.2 overrides 1.1",
            "1.3 from 1 April 2026",
            five
        ]
    );
    assert_eq!(
        coverage.missing[5].text,
        "\"1.5 visits is 5\"\n  given   decision date 1 April 2025, visits 5, urgent no, cost £0.00\n  \
         expect  known by 1.1, double fee £20.00, band 2, the ICB £0.00 a week, the council £0.00 a week\n"
    );
}

/// A row that no case meets, and an edge that none reaches, are nothing to show.
#[test]
fn what_no_case_reaches_is_not_counted() {
    let text = FEES.replace("0 to 9", "0 to 4");
    let coverage = Policy::parse(&text).unwrap().coverage();
    assert_eq!(coverage.count(PointKind::Row), (1, 1));
    assert_eq!(coverage.count(PointKind::Edge), (0, 2));
}

/// £200.00 lies in the first two of three slices, on no side of an edge.
#[test]
fn slices_are_counted_with_their_edges() {
    let policy = Policy::parse(
        "\
policy   Contributions
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  income   money a week, £0.00 to £900.00

1    Contributions
1.1  Contribution: each slice at its own rate, to the nearest penny, halves up.
     | income        | contribution |
     | up to £100.00 | 0%           |
     | up to £300.00 | 10%          |
     | above         | 50%          |
1.2  The council pays contribution.

examples
\"Two slices\"
  given   income £200.00
  expect  contribution £10.00
",
    );
    let coverage = policy.unwrap().coverage();
    assert_eq!(counts(&coverage), [(2, 2), (2, 3), (0, 4), (0, 0), (0, 0)]);
    let open = coverage.points.iter().filter(|it| !matches!(it.standing, Standing::Shown(_)));
    let open: Vec<&str> = open.map(|it| it.what.as_str()).collect();
    let edges =
        ["income is £100.00", "income is £100.01", "income is £300.00", "income is £300.01"];
    assert_eq!(open, [edges[0], edges[1], edges[2], edges[3], "row 3"]);
    // Of the one penny over £300.00 half is 0.5p, and goes up: £20.00 and 1p.
    let last = coverage.missing.last().unwrap();
    assert_eq!(last.name, "1.1 income is £300.01");
    assert!(last.text.contains("expect  contribution £20.01"), "{}", last.text);
}

/// What is reached only in a case without items is shown by one.
#[test]
fn a_missing_example_has_no_item_where_each_would_be_refused() {
    let policy = Policy::parse(
        "\
policy   Urgent services
about    a child
version  1, in force from 1 April 2025

facts
  urgent   yes or no

services, each with
  hours    whole number, 0 to 9

1    Who is heard
1.1  For each service, urgent must be yes.
1.2  A child is heard when not urgent.
",
    );
    let coverage = policy.unwrap().coverage();
    let missing = coverage.missing.iter().find(|it| it.name == "1.2").unwrap();
    assert_eq!(missing.text, "\"1.2\"\n  given   urgent no, no services\n  expect  heard by 1.2\n");
}

/// Every missing example passes when it is put into its policy, and then nothing is missing.
#[test]
fn missing_examples_are_ready_to_be_confirmed() {
    let mut written = 0;
    for path in examples::files(&examples::folder(), &["policy"]) {
        let of = bundle(&path);
        let policy = Policy::from_bundle(&of).unwrap();
        let coverage = policy.coverage();
        let mut text = policy.text().to_owned();
        if policy.checked().examples.is_empty() {
            text.push_str("\nexamples\n");
        }
        for missing in &coverage.missing {
            text.push('\n');
            text.push_str(&missing.text);
        }
        written += coverage.missing.len();
        let all = Policy::from_bundle(&of.with_text(&text))
            .unwrap_or_else(|mistakes| panic!("{}:\n{mistakes}", path.display()));
        for outcome in all.run_examples() {
            assert_eq!(outcome.kind, OutcomeKind::Passed, "{} of {}", outcome.name, path.display());
        }
        let again = all.coverage();
        assert_eq!(again.missing, [], "{}", path.display());
        assert_eq!(again.points.len(), coverage.points.len(), "{}", path.display());
    }
    assert!(written > 20, "{written}");
}

#[test]
fn coverage_is_written_as_examples_of_the_policy() {
    let folder = Folder::new();
    let path = folder.write("fees.policy", FEES);
    let ran = run(&["coverage", &path]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    assert!(ran.output.contains("--   clauses         4 of 5\n"), "{}", ran.output);
    // All of it can be put at the end of the policy.
    let longer = folder.write("longer.policy", format!("{FEES}\n{}", ran.output));
    let tested = run(&["test", &longer]);
    assert_eq!((tested.code, tested.output.as_str()), (0, "7 passed, 0 failed\n"));
    let again = run(&["coverage", &longer]);
    assert!(!again.output.contains("missing"), "{}", again.output);
}

#[test]
fn coverage_for_programs_has_the_shape_of_its_schema() {
    let ran = run(&["coverage", POLICY, "--format", "json"]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    let of = valid(coverage::SCHEMA, &ran.output);
    let points = of[0]["points"].as_array().unwrap();
    // 2.2 is shown by the child on fast track.
    let fast_track = points.iter().find(|it| it["clause"] == "2.2").unwrap();
    assert_eq!((&fast_track["kind"], &fast_track["what"]), (&"clause".into(), &"".into()));
    assert_eq!(fast_track["shown_by"][0], "Fast track");
    assert!(!of[0]["missing"].as_array().unwrap().is_empty());
}

#[test]
fn a_policy_with_mistakes_has_no_coverage() {
    let folder = Folder::new();
    let path = folder.write("fees.policy", FEES.replace("visits are", "vsts2 are"));
    let ran = run(&["coverage", &path]);
    assert_eq!((ran.code, ran.output.as_str()), (1, ""));
    assert!(ran.errors.contains("unknown-name"), "{}", ran.errors);
    let ran = run(&["coverage", &path, "--format", "json"]);
    let refused = valid(refusal::SCHEMA, &ran.output);
    assert_eq!((ran.code, &refused["refused"][0]["code"]), (1, &"unknown-name".into()));
}
