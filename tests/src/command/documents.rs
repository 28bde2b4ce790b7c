//! The documents for programs, held against their schemas.

use apportion_exchange::{
    changes, csv::summary, decision, diagnostics, examples, explanation, needs, refusal,
};
use serde_json::Value;

use super::{Folder, POLICY, THREE_HIGHS, csv, json, read, run, run_with, three_highs_but};

/// Expects a document of this shape, and gives it.
#[track_caller]
pub(crate) fn valid(schema: &str, document: &str) -> Value {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let document: Value = serde_json::from_str(document).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mistakes: Vec<String> =
        validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
    document
}

#[test]
fn a_decision_has_the_shape_of_its_schema() {
    let ran = run_with(json(&THREE_HIGHS), &["decide", POLICY, "-", "--format", "json"]);
    let decided = valid(decision::SCHEMA, &ran.output);
    assert_eq!(decided["conclusions"][0]["by"][0], "2.1");
    let cost = decided["values"].as_array().unwrap().iter().find(|it| it["key"] == "care_cost");
    assert_eq!(cost.unwrap()["pounds"], "917.42");
    assert_eq!(decided["payments"][2]["pounds"], "305.80");
    assert_eq!(decided["payments"][2]["unit"], "a week");

    let eighteen = json(&three_highs_but(&[("date_of_birth", "2008-05-12")]));
    let ran = run_with(eighteen, &["decide", POLICY, "-", "--format", "json"]);
    let decided = valid(decision::SCHEMA, &ran.output);
    assert_eq!(
        (&decided["covered"], &decided["not_covered_by"][0]),
        (&false.into(), &"1.1".into())
    );
    assert_eq!(decided["payments"].as_array().unwrap().len(), 0);
}

#[test]
fn what_would_change_an_answer_has_the_shape_of_its_schema() {
    let folder = Folder::new();
    let policy = folder.write(
        "carers.policy",
        "policy   Carers\nabout    a child\nversion  1, in force from 1 April 2025\n\nfacts\n  \
         has carer      yes or no\n  age of carer   whole number, 0 to 99, only when has carer\n\n\
         1    Carers\n1.1  A child is cared for when has carer and age of carer is at least 18.\n",
    );
    let changes = |case: &str| {
        let ran = run_with(case, &["changes", &policy, "-", "--format", "json"]);
        assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
        valid(changes::SCHEMA, &ran.output)["asked"][0].clone()
    };
    // Without a carer no age applies, so the two change together.
    let asked = changes("(has_carer: no)");
    assert_eq!((&asked["name"], &asked["holds"]), (&"cared for".into(), &false.into()));
    let [both] = asked["changes"].as_array().unwrap().as_slice() else { panic!("{asked}") };
    let facts: Vec<(&Value, &Value)> =
        both["facts"].as_array().unwrap().iter().map(|it| (&it["key"], &it["to"])).collect();
    assert_eq!(
        facts,
        [(&"has_carer".into(), &"yes".into()), (&"age_of_carer".into(), &"18".into())]
    );
    // And the age is left out where there is no carer any more.
    let asked = changes("(has_carer: yes, age_of_carer: 30)");
    let alone = &asked["changes"][0];
    assert_eq!(
        (&alone["facts"][0]["to"], &alone["left_out"][0]["key"]),
        (&"no".into(), &"age_of_carer".into())
    );
    // The case that is written can be decided, and has the other answer.
    let decided =
        run_with(alone["case"].to_string().as_str(), &["decide", &policy, "-", "--format", "json"]);
    assert_eq!(valid(decision::SCHEMA, &decided.output)["conclusions"][0]["holds"], false);
}

#[test]
fn what_is_needed_has_the_shape_of_its_schema() {
    let open = json(&three_highs_but(&[
        ("seizures", "not known"),
        ("psychological_and_emotional_needs", "not known"),
    ]));
    let ran = run_with(open, &["needs", POLICY, "-", "--format", "json"]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    let foreseen = valid(needs::SCHEMA, &ran.output);
    assert_eq!(foreseen["settled"], false);
    assert_eq!(
        (&foreseen["conclusions"][0]["holds"], &foreseen["conclusions"][0]["by"][0]),
        (&true.into(), &"2.1".into())
    );
    let icb = &foreseen["payments"][0];
    assert_eq!(
        (&icb["from"], &icb["to"], &icb["at_most"]),
        (&"305.81".into(), &"458.71".into(), &false.into())
    );
    let needs = foreseen["payments_need"].as_array().unwrap();
    let keys: Vec<_> =
        needs.iter().map(|need| (&need["key"], &need["settling"], &need["of"])).collect();
    assert_eq!(
        keys,
        [
            (&"seizures".into(), &4.into(), &5.into()),
            (&"psychological_and_emotional_needs".into(), &1.into(), &4.into())
        ]
    );
}

#[test]
fn a_decision_in_ron_has_the_same_fields() {
    let decide =
        |format| run_with(json(&THREE_HIGHS), &["decide", POLICY, "-", "--format", format]);
    let from_ron: Value = ron::from_str(&decide("ron").output).unwrap();
    let from_json: Value = serde_json::from_str(&decide("json").output).unwrap();
    for field in ["policy", "version", "fingerprint", "covered", "payments", "lines", "clauses"] {
        assert_eq!(from_ron[field], from_json[field], "{field}");
    }
}

#[test]
fn an_explanation_has_the_shape_of_its_schema() {
    let over = json(&three_highs_but(&[
        ("breathing", "priority"),
        ("seizures", "severe"),
        ("drug_therapies", "high"),
        ("day_care", "84"),
        ("waking_nights", "7"),
    ]));
    let ran = run_with(over, &["explain", POLICY, "-", "--format", "json"]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    let explained = valid(explanation::SCHEMA, &ran.output);
    let clauses = explained["clauses"].as_array().unwrap();
    let numbers: Vec<&str> = clauses.iter().map(|it| it["number"].as_str().unwrap()).collect();
    assert_eq!(
        numbers,
        ["1.1", "2.1", "3.1", "3.2", "4.1", "5.1", "5.2", "6.1", "7.1", "7.2", "7.3"]
    );
    let clause = |number: &str| clauses.iter().find(|it| it["number"] == number).unwrap();
    // 84 x £25.61 + 7 x £183.40
    assert_eq!(clause("5.1")["gives"][0]["pounds"], "25.61");
    assert_eq!(clause("6.1")["gives"][0]["pounds"], "3435.04");
    // Half of it; the third party's .8 of a penny is the spare one.
    assert_eq!(clause("7.1")["pays"][0]["pounds"], "1717.52");
    assert_eq!(clause("7.1")["pays"][2]["pounds"], "687.01");
    assert_eq!(clause("7.3")["pays"][0]["pounds"], "-117.52");
    assert_eq!(clause("7.3")["pays"][1]["pounds"], "117.52");
    assert_eq!(clause("7.3")["refers_to"][0], "the joint panel");
    assert_eq!(clause("7.3")["citations"][0], "SLA 6.2");

    let eighteen = json(&three_highs_but(&[("date_of_birth", "2008-05-12")]));
    let ran = run_with(eighteen, &["explain", POLICY, "-", "--format", "json"]);
    let explained = valid(explanation::SCHEMA, &ran.output);
    assert_eq!(explained["not_covered_by"][0], "1.1");
    assert_eq!(explained["clauses"].as_array().unwrap().len(), 0);
}

#[test]
fn what_check_finds_has_the_shape_of_its_schema() {
    let folder = Folder::new();
    let path = folder.write("broken.policy", read(POLICY).replace("the ICB 100%.", "the ICB 90%."));
    let ran = run(&["check", &path, "--format", "json"]);
    assert_eq!((ran.code, ran.errors.as_str()), (1, ""));
    let found = valid(diagnostics::SCHEMA, &ran.output);
    assert_eq!(found[0]["severity"], "error");
    assert_eq!(found[0]["clause"], "4.2");
    let line = read(&path).lines().position(|line| line.starts_with("4.2")).unwrap() + 1;
    assert_eq!(found[0]["line"], line);

    let ran = run(&["check", POLICY, "--on", "2026-04-01", "--format", "json"]);
    let found = valid(diagnostics::SCHEMA, &ran.output);
    let severities: Vec<&Value> =
        found.as_array().unwrap().iter().map(|it| &it["severity"]).collect();
    assert_eq!(severities, ["note", "note"]);
}

#[test]
fn a_summary_has_the_shape_of_its_schema() {
    let folder = Folder::new();
    let out = folder.path("out.csv");
    let cases = csv(&[three_highs_but(&[]), three_highs_but(&[("breathing", "bad")])]);
    let ran = run_with(&cases, &["run", POLICY, "-", "-o", &out, "--format", "json"]);
    assert_eq!(ran.code, 1);
    let found = valid(summary::SCHEMA, &ran.output);
    assert_eq!(found["cases"], 2);
    assert_eq!(found["rejected"], 1);
    assert_eq!(found["conclusions"][0]["cases"], 1);
    assert_eq!(found["payments"][0]["pounds"], "305.81");

    let ran = run_with(&cases, &["run", POLICY, "-", "--format", "json"]);
    assert_eq!(ran.code, 2, "both would go to standard output");
}

#[test]
fn what_came_of_examples_has_the_shape_of_its_schema() {
    let folder = Folder::new();
    let dearer = read(POLICY).replace("£25.61 from", "£25.63 from");
    let path = folder.write("dearer.policy", dearer);
    let ran = run(&["test", &path, "--format", "json"]);
    assert_eq!((ran.code, ran.errors.as_str()), (1, ""));
    let came = valid(examples::SCHEMA, &ran.output);
    assert_eq!(came[0]["outcome"], "failed");
    // 21.5 hours at 2p more.
    let differences = came[0]["differences"].as_array().unwrap();
    let cost = differences.iter().find(|it| it["what"] == "care cost").unwrap();
    assert_eq!((&cost["pence"], &cost["got"]), (&43.into(), &"£917.85".into()));
    // Two reports outstanding: a range that is 15p higher at its lower end.
    let differences = came[7]["differences"].as_array().unwrap();
    let icb = differences.iter().find(|it| it["what"] == "the ICB").unwrap();
    assert_eq!(icb["got"], "between £305.95 and £458.93");
}

#[test]
fn why_there_is_no_answer_has_the_shape_of_its_schema() {
    let folder = Folder::new();
    let broken =
        folder.write("broken.policy", read(POLICY).replace("the ICB 100%.", "the ICB 90%."));
    let out = folder.path("out.csv");
    let latin = folder.write("latin.json", b"{\n\"breathing\": \"s\xe9v\xe8re\"}");
    let case = folder.write("case.json", r#"{"breathing": "bad", "foo": 1}"#);
    let refused = |arguments: &[&str], code: i32| {
        let ran = run_with("date_of_birth\n", &[arguments, &["--format", "json"]].concat());
        assert_eq!(ran.code, code, "{arguments:?}");
        assert!(!ran.errors.is_empty(), "people are told as well");
        valid(refusal::SCHEMA, &ran.output)["refused"].clone()
    };
    for command in ["decide", "explain", "needs"] {
        let policy = refused(&[command, &broken, &case], 1);
        assert_eq!(
            (&policy[0]["clause"], &policy[0]["file"]),
            (&"4.2".into(), &broken.as_str().into())
        );
        let cases = refused(&[command, POLICY, &case], 1);
        assert_eq!(cases.as_array().unwrap().len(), 2);
        assert_eq!(cases[0]["code"], "not-a-word-of-the-fact");
        assert_eq!(
            (&cases[1]["code"], &cases[1]["file"]),
            (&"no-such-fact".into(), &case.as_str().into())
        );
        let none = refused(&[command, POLICY, "no_such.json"], 2);
        assert_eq!(
            (&none[0]["code"], &none[0]["file"]),
            (&"file-unreadable".into(), &"no_such.json".into())
        );
        let text = refused(&[command, POLICY, &latin], 2);
        assert_eq!((&text[0]["code"], &text[0]["line"]), (&"not-text".into(), &2.into()));
    }
    let columns = refused(&["run", POLICY, "-", "-o", &out], 1);
    assert_eq!((&columns[0]["code"], &columns[0]["line"]), (&"missing-column".into(), &1.into()));
    refused(&["run", &broken, "-", "-o", &out], 1);
    refused(&["run", POLICY, "no_such.csv", "-o", &out], 2);
    refused(&["run", POLICY, "-"], 2);
    refused(&["facts", &broken], 1);
    refused(&["facts", "no_such.policy"], 2);
}

#[test]
fn what_could_not_be_read_or_run_is_among_what_came() {
    let folder = Folder::new();
    let broken =
        folder.write("broken.policy", read(POLICY).replace("the ICB 100%.", "the ICB 90%."));
    let ran = run(&["check", "no_such.policy", POLICY, "--on", "2026-04-01", "--format", "json"]);
    assert_eq!(ran.code, 2);
    let found = valid(diagnostics::SCHEMA, &ran.output);
    let last = found.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["code"], &last["file"]),
        (&"file-unreadable".into(), &"no_such.policy".into())
    );

    let ran = run(&["test", "no_such.policy", &broken, POLICY, "--format", "json"]);
    assert_eq!(ran.code, 2);
    let came = valid(examples::SCHEMA, &ran.output);
    assert_eq!(
        (&came[0]["outcome"], &came[0]["file"]),
        (&"not run".into(), &"no_such.policy".into())
    );
    assert_eq!(
        (&came[1]["outcome"], &came[1]["reason"]),
        (&"not run".into(), &"the policy has mistakes".into())
    );
    assert_eq!(came[2]["outcome"], "passed");

    let ran = run(&["test", &broken, POLICY]);
    assert_eq!(ran.code, 1);
    let last = ran.output.lines().last().unwrap();
    assert_eq!(last, "9 passed, 0 failed; 1 policy has mistakes and was not run");
}
