//! `decide` and `explain`: one case, in RON and JSON, and what can be wrong with it.

use super::{Folder, POLICY, Ran, THREE_HIGHS, json, run, run_with, three_highs_but};

/// Decides a case in JSON on standard input, and expects a refusal with these words that
/// does not repeat the value.
#[track_caller]
fn refuses(case: &str, code: &str, words: &[&str], value: &str) {
    let ran = run_with(case, &["decide", POLICY, "-"]);
    assert_eq!((ran.code, ran.output.as_str()), (1, ""));
    assert!(ran.errors.starts_with(&format!("error[{code}]: ")), "{}", ran.errors);
    for word in words {
        assert!(ran.errors.contains(word), "{word} in {}", ran.errors);
    }
    assert!(!ran.errors.contains(value), "{}", ran.errors);
}

#[test]
fn a_case_is_decided_as_text() {
    let ran = run_with(json(&THREE_HIGHS), &["decide", POLICY, "-"]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    for line in [
        "eligible      yes, by 2.1",
        "total points  22",
        "the ICB      £305.81",
        "social care  £305.81",
        "education    £305.80",
    ] {
        assert!(ran.output.contains(line), "{line} in {}", ran.output);
    }
}

#[test]
fn what_is_needed_is_asked_in_the_order_of_use() {
    fn needs(changes: &[(&'static str, &'static str)]) -> Ran {
        run_with(json(&three_highs_but(changes)), &["needs", POLICY, "-"])
    }
    let open = [("seizures", "not known"), ("psychological_and_emotional_needs", "not known")];
    let ran = needs(&open);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    for line in [
        "eligible      yes, by 2.1",
        "total points  22 to 40",
        "the ICB      £305.81 to £458.71",
        "Ask first:\n  1. Seizures? 4 of 5 answers settle it.\nThen perhaps:\n  2. Psychological",
    ] {
        assert!(ran.output.contains(line), "{line} in {}", ran.output);
    }
    // Once the first answer is there, the other may be needless.
    let ran = needs(&[("seizures", "low"), open[1]]);
    assert!(ran.output.contains("total points  23 to 29"), "{}", ran.output);
    assert!(ran.output.contains("Nothing more is needed"), "{}", ran.output);
    // A price that is calculated with is foreseen between its ends.
    let ran = needs(&[("day_care", "not known")]);
    assert!(ran.output.contains("care cost     £366.80 to £4,669.28 a week"), "{}", ran.output);
    assert!(ran.output.contains("Ask first:\n  1. Day care, in hours a week?\n"), "{}", ran.output);
    // Outside the cover there is nothing to ask for.
    let ran = needs(&[("date_of_birth", "12 May 2008"), open[0]]);
    assert!(
        ran.output.ends_with("Not covered, by 1.1, whatever is not known.\n"),
        "{}",
        ran.output
    );
    // A case of which nothing is stated yet is a case.
    assert_eq!(
        run_with("()", &["needs", POLICY, "-"]).output,
        run_with("{}", &["needs", POLICY, "-"]).output
    );
    // What is refused whatever is missing is refused.
    let ran = needs(&[("date_of_birth", "13 May 2026"), open[0]]);
    assert_eq!((ran.code, ran.output.as_str()), (1, ""));
    assert!(ran.errors.starts_with("error[born-after]: "), "{}", ran.errors);
}

#[test]
fn the_explanation_names_clauses_figures_and_citations() {
    let ran = run_with(json(&THREE_HIGHS), &["explain", POLICY, "-"]);
    assert_eq!(ran.code, 0);
    let line = |number: &str| {
        let start = format!("{number} ");
        ran.output.lines().find(|line| line.starts_with(&start)).unwrap_or_default()
    };
    assert!(line("4.1").contains("1/3") && line("4.1").contains("[SLA table 2]"));
    assert!(line("5.1").contains("£25.61"));
    assert!(line("6.1").contains("£917.42"));
    assert!(line("2.2").is_empty(), "a clause that does not apply is not explained");
}

#[test]
fn ron_and_json_say_the_same() {
    let folder = Folder::new();
    let bare = "( // a comment
        date_of_birth: \"3 May 2017\", decision_date: \"12/05/2026\",
        registered_with_a_gp_in_northshire: yes, breathing: high, eating_and_drinking: \"high\",
        mobility: high, continence: low, communication: moderate,
        skin_and_tissue: no_additional_needs, drug_therapies: no_additional_needs,
        psychological_and_emotional_needs: no_additional_needs, seizures: no_additional_needs,
        challenging_behaviour: r#\"no additional needs\"#, day_care: 21.5, waking_nights: 2,
    )";
    let json = json(&THREE_HIGHS);
    let cases = [
        folder.write("case.ron", bare),
        folder.write("map.ron", &json),
        folder.write("case.json", format!("\u{feff}{json}")),
        folder.write("case", bare),
    ];
    for case in cases {
        let ran = run(&["decide", POLICY, &case, "--format", "json"]);
        assert_eq!(ran.errors, "", "{case}");
        let decision: serde_json::Value = serde_json::from_str(&ran.output).unwrap();
        let pounds = |party: usize| decision["payments"][party]["pounds"].clone();
        assert_eq!([0, 1, 2].map(pounds), ["305.81", "305.81", "305.80"], "{case}");
    }
}

#[test]
fn names_may_be_written_as_the_policy_writes_them() {
    let ran = run_with(
        json(&THREE_HIGHS).replace("\"day_care\"", "\"Day care\""),
        &["decide", POLICY, "-"],
    );
    assert_eq!(ran.code, 0, "{}", ran.errors);
}

#[test]
fn numbers_are_read_by_their_digits() {
    let case = json(&THREE_HIGHS).replace("\"21.5\"", "21.50");
    assert_eq!(run_with(case, &["decide", POLICY, "-"]).code, 0);
    let case = json(&THREE_HIGHS).replace("\"21.5\"", "2.15e1");
    refuses(&case, "not-a-number", &["`day care` must be a number"], "2.15");
}

#[test]
fn pence_need_a_name_that_ends_so() {
    let pays = |name: &'static str, value: &str| {
        let case = json(&THREE_HIGHS).replace("}", &format!(", {name:?}: {value}}}"));
        run_with(case, &["decide", POLICY, "-"]).output
    };
    let pounds = pays("cost_of_the_school_placement", "\"£1,600.50\"");
    assert!(pounds.contains("£1,906.30"), "1,600.50 + 305.80 in {pounds}");
    assert_eq!(pays("cost_of_the_school_placement", "1600.5"), pounds);
    assert_eq!(pays("cost_of_the_school_placement_pence", "160050"), pounds);
    let case = json(&three_highs_but(&[("cost_of_the_school_placement_pence", "1600.50")]));
    refuses(&case, "not-whole-pence", &["whole number of pence"], "1600.50");
    let case = json(&three_highs_but(&[("day_care_pence", "1")]));
    refuses(&case, "no-such-fact", &["`day_care_pence`"], "\"1\"");
}

#[test]
fn null_is_not_known_even_where_there_is_a_default() {
    let case = json(&THREE_HIGHS).replace("}", ", \"fast_track\": null}");
    refuses(&case, "not-known", &["`fast track` is not known"], "null");
    let case = json(&three_highs_but(&[("breathing", "not known")]));
    refuses(&case, "not-known", &["`breathing` is not known"], "high");
}

#[test]
fn what_is_wrong_with_a_case_is_said_without_its_values() {
    let but = |name: &'static str, value: &'static str| json(&three_highs_but(&[(name, value)]));
    refuses(&but("brething", "low"), "no-such-fact", &["did you mean `breathing`"], "low\"");
    refuses(&but("breathing", " "), "not-known", &["`breathing` is not known"], "high");
    refuses(
        &but("continence", "severe"),
        "level-above-top",
        &["`continence` goes up to high"],
        "severe",
    );
    refuses(
        &but("breathing", "terrible"),
        "not-a-word-of-the-fact",
        &["one of no additional needs, low"],
        "terrible",
    );
    refuses(
        &but("date_of_birth", "30 February 2017"),
        "no-such-day",
        &["does not exist"],
        "February",
    );
    refuses(
        &but("decision_date", "31 March 2025"),
        "before-in-force",
        &["from 1 April 2025"],
        "31 March",
    );
    refuses(
        &but("date_of_birth", "13 May 2026"),
        "born-after",
        &["`date of birth` is after"],
        "13 May",
    );
    refuses(
        &but("cost_of_the_school_placement", "£1.005"),
        "part-of-a-penny",
        &["whole pence"],
        "1.005",
    );
    refuses(
        &but("cost_of_the_school_placement", "-£5.00"),
        "out-of-bounds",
        &["from £0.00"],
        "5.00",
    );
    refuses(&but("day_care", "about twenty"), "not-a-number", &["such as"], "twenty");
    refuses(&but("day_care", "21.3"), "between-steps", &["in steps of 0.25"], "21.3");
    let twice = json(&THREE_HIGHS).replace("}", ", \"Breathing\": \"low\"}");
    refuses(&twice, "stated-twice", &["`breathing` is stated twice"], "low\"");
    let nested = json(&THREE_HIGHS).replace("}", ", \"fast_track\": [\"yes\"]}");
    refuses(&nested, "nested-value", &["`fast_track` holds several"], "[\"yes");
    refuses(
        "{\"breathing\": \"secret\"\n \"seizures\": 1}",
        "case-syntax",
        &["line 2, column 2"],
        "secret",
    );
    refuses(
        "(breathing: \"secret\"\n seizures: 1)",
        "case-syntax",
        &["line 2, column 2"],
        "secret",
    );
    refuses("{\"breathing\": \"secret\",\n", "case-syntax", &["line 2, column 1"], "secret");
    refuses("\"secret\"", "not-facts", &["a case is facts and their values"], "secret");
    refuses("secret", "not-facts", &["a case is facts and their values"], "secret");
    refuses("", "case-syntax", &["not RON"], "secret");
    refuses(&"[".repeat(10_000), "not-facts", &["facts"], "[[");
    refuses(&format!("{{\"seizures\": {}", "[".repeat(10_000)), "case-syntax", &["not JSON"], "[[");
    let deep = format!("(seizures: {}", "(".repeat(10_000));
    refuses(&deep, "case-syntax", &["not RON"], "((");
}

/// Where one fact applies only when another is so, no two completions differ in the other alone; it
/// decides all the same.
#[test]
fn what_decides_is_asked_for_though_others_apply_only_with_it() {
    let folder = Folder::new();
    let policy = folder.write(
        "policy.policy",
        "policy   Only\nabout    a child\nversion  1, in force from 1 April 2025\nfacts\n  \
         in school   yes or no\n  day pupil   yes or no, only when in school\n1    What\n\
         1.1  A child is schooled when in school.\n",
    );
    let ran = run_with("()", &["needs", &policy, "-"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(ran.output.contains("  1. In school? 2 of 2 answers settle it."), "{}", ran.output);
    assert!(!ran.output.contains("Day pupil?"), "{}", ran.output);
}

#[test]
fn every_mistake_of_a_case_is_told() {
    let case = r#"{"breathing": "bad", "day_care": "lots", "foo": 1}"#;
    let ran = run_with(case, &["decide", POLICY, "-"]);
    assert_eq!(ran.code, 1);
    let codes: Vec<&str> = ran.errors.lines().filter(|line| line.starts_with("error[")).collect();
    assert_eq!(codes.len(), 3, "{}", ran.errors);
    assert!(codes[0].starts_with("error[not-a-word-of-the-fact]: `breathing` must be one of"));
    assert!(codes[1].starts_with("error[not-a-number]: `day care` must be a number"));
    assert!(codes[2].starts_with("error[no-such-fact]: the policy declares no fact `foo`"));
    let ran = run_with(r#"(breathing: bad, breathing: high, foo: 1)"#, &["decide", POLICY, "-"]);
    assert_eq!(ran.errors.matches("error[").count(), 3, "{}", ran.errors);
}

#[test]
fn all_that_a_case_lacks_is_named() {
    let ran = run_with("{}", &["decide", POLICY, "-"]);
    assert_eq!(ran.code, 1);
    let told = "error[not-known]: `date of birth` is not known; state it, or see by `apportion needs` what is settled without it; not known either: `decision date`, `registered with a GP in Northshire`, `day care`, `waking nights`, `breathing`, ";
    assert!(ran.errors.starts_with(told), "{}", ran.errors);
    let lacking = json(&three_highs_but(&[("breathing", ""), ("seizures", "not known")]));
    let ran = run_with(lacking, &["decide", POLICY, "-"]);
    let told = "without it; not known either: `seizures`\n";
    assert!(ran.errors.contains(told), "{}", ran.errors);
}

#[test]
fn none_in_ron_is_null_in_json() {
    let ron = r#"(breathing: None, date_of_birth: "2017-05-03")"#;
    let json = r#"{"breathing": null, "date_of_birth": "2017-05-03"}"#;
    let [ron, json] = [ron, json].map(|case| run_with(case, &["needs", POLICY, "-"]));
    assert_eq!((ron.code, &ron.output), (0, &json.output), "{}", ron.errors);
}
