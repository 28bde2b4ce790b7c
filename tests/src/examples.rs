//! The examples: every policy is clean, its own examples pass, its cases come out as kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use apportion::example::OutcomeKind;
use apportion::policy::{CaseMistake, Policy, Refused, is_clean};
use apportion::render;
use apportion_core::program::{ClauseId, PanelId};

use crate::bundles::policy;
use crate::golden::golden;

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// Every file below a folder with one of these endings, in the order of their names.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // What was built from an example is none.
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|it| endings.iter().any(|end| it == *end)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_policy_is_clean_and_its_examples_pass() {
    let policies = files(&folder(), &["policy"]);
    assert!(policies.len() >= 4, "{policies:?}");
    for path in policies {
        let policy = policy(&path);
        assert!(is_clean(policy.diagnostics()), "{:?}", policy.diagnostics());
        assert_eq!(policy.unused(), []);
        let outcomes = policy.run_examples();
        assert!(!outcomes.is_empty());
        for outcome in outcomes {
            match outcome.kind {
                OutcomeKind::Passed => {}
                other => panic!("{}: {}: {other:?}", path.display(), outcome.name),
            }
        }
    }
}

/// A policy is read in one sitting.
#[test]
fn no_policy_is_longer_than_150_lines() {
    for path in files(&folder(), &["policy"]) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 150, "{} has {lines} lines", path.display());
    }
}

#[test]
fn every_case_comes_out_as_kept() {
    let cases = files(&folder(), &["ron", "json"]);
    assert!(cases.len() >= 5, "{cases:?}");
    for path in cases {
        let story = path.parent().unwrap().parent().unwrap();
        let policy = policy(&files(story, &["policy"])[0]);
        let text = fs::read_to_string(&path).unwrap();
        let case = if path.extension().is_some_and(|it| it == "json") {
            apportion_exchange::case::from_json(&policy, &text).unwrap()
        } else {
            apportion_exchange::case::from_ron(&policy, &text).unwrap()
        };
        let comes = match policy.decide(&case) {
            Ok(decision) => {
                let record = policy.record(&case, &decision);
                format!("{record}\n{}", record.explanation())
            }
            Err(Refused::NotKnown { .. }) => policy.foresee(&case).unwrap().to_string(),
            Err(refused) => panic!("{}: {refused}", path.display()),
        };
        golden(&path.with_extension("txt"), &comes);
    }
}

/// What the page of the continuing care policy shows is what comes.
#[test]
fn the_page_shows_what_two_outstanding_reports_leave_open() {
    let folder = folder().join("continuing_care");
    let kept = fs::read_to_string(folder.join("cases/two_reports_outstanding.txt")).unwrap();
    let (_, shown) = kept.split_once("\n\n").unwrap();
    let page = fs::read_to_string(folder.join("README.md")).unwrap();
    assert!(page.contains(shown.trim_end()), "{shown}");
}

/// The front page shows a part of the policy, what comes of a case, and what a slip is told.
#[test]
fn the_front_page_shows_what_comes() {
    let page = fs::read_to_string(folder().join("../README.md")).unwrap();
    let blocks = page.split("```text\n").skip(1).map(|it| it.split_once("```").unwrap().0);
    let [part, decision, message] = blocks.take(3).collect::<Vec<_>>()[..] else {
        panic!("{page}")
    };
    let in_order = |lines: &str, of: &str, is_shown: fn(&str, &str) -> bool| {
        let mut of = of.lines();
        for line in lines.lines().filter(|line| !["", "..."].contains(line)) {
            assert!(of.any(|it| is_shown(line, it)), "{line}");
        }
    };
    let example = folder().join("continuing_care");
    let text = fs::read_to_string(example.join("continuing_care.policy")).unwrap();
    in_order(part, &text, |line, of| line == of);
    let decided = fs::read_to_string(example.join("cases/three_highs.txt")).unwrap();
    in_order(decision, &decided, |line, of| line == of);
    // The page cuts long lines.
    let slip = Policy::parse(&text.replace("| 20 to 34 ", "| 20 to 33 ")).unwrap();
    let told = render::all(slip.source(), &slip.prove());
    in_order(message, &told, |line, of| of.starts_with(line.trim_end_matches("...")));
}

/// One published sentence, four readings: each choice is in the words of the policy.
#[test]
fn each_reading_of_the_28_days_gives_its_refund() {
    let text = fs::read_to_string(folder().join("refund_28_days/refund_28_days.policy")).unwrap();
    let case = [
        ("checklist received", "1 March 2023"),
        ("decision date", "10 May 2023"),
        ("found eligible", "yes"),
        ("delay justified", "no"),
        ("weekly fee", "£1,050.00"),
    ];
    let (receipt, decision) = ("checklist received, not counting that day", "the first only");
    let readings = [
        (receipt, decision, "£6,150.00"),
        (receipt, "both days", "£6,300.00"),
        ("checklist received, counting that day", decision, "£6,300.00"),
        ("checklist received, counting that day", "both days", "£6,450.00"),
    ];
    for (of_receipt, of_decision, refund) in readings {
        let text = text.replace(receipt, of_receipt).replace(decision, of_decision);
        let policy = Policy::parse(&text).unwrap();
        let decision = policy.decide(&policy.case(case).unwrap()).unwrap();
        let pays = policy.pays(&decision, "the ICB").unwrap().to_string();
        assert_eq!(pays, refund, "{of_receipt}, {of_decision}");
    }
}

/// A policy that leaves a reading open is refused.
#[test]
fn a_reading_of_the_28_days_that_is_left_open_is_asked_for() {
    let text = fs::read_to_string(folder().join("refund_28_days/refund_28_days.policy")).unwrap();
    let left_out = [
        ("checklist received, not counting that day", "checklist received", "counting-not-said"),
        (", counting the first only", "", "unexpected-text"),
    ];
    for (words, without, code) in left_out {
        assert!(text.contains(words));
        let mistakes = Policy::parse(&text.replace(words, without)).unwrap_err();
        let codes: Vec<&str> = mistakes.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, [code], "{words}");
    }
}

/// Two areas use one tool: of the same evidence both are told the same by the same clauses.
#[test]
fn both_agreements_say_what_the_tool_says() {
    let evidence = [
        ("cc_date_of_birth", "3 May 2015"),
        ("cc_referral_accepted", "3 May 2024"),
        ("cc_assessment_date", "10 June 2024"),
        ("cc_breathing", "high"),
        ("cc_seizures", "high"),
        ("cc_mobility", "high"),
        ("cc_eating_and_drinking", "low"),
        ("cc_continence_and_elimination", "low"),
        ("cc_skin_and_tissue_viability", "low"),
        ("cc_communication", "low"),
        ("cc_drug_therapies_and_medicines", "low"),
        ("cc_psychological_and_emotional_needs", "low"),
        ("cc_challenging_behaviour", "low"),
    ];
    let own = [
        ("northshire", vec![("panel_decision", "open"), ("care_cost", "1000")]),
        ("southshire", vec![("forum_agrees", "no"), ("care_cost", "1000")]),
    ];
    for (area, own) in own {
        let path = format!("childrens_continuing_care/{area}.policy");
        let policy = policy(&folder().join(path));
        let case = policy.case(evidence.into_iter().chain(own)).unwrap();
        let record = policy.record(&case, &policy.decide(&case).unwrap());
        let expected =
            record.conclusions.iter().find(|it| it.outside == "cc_expected_to_be_eligible");
        let expected = expected.unwrap();
        assert!(expected.is_drawn && expected.by == ["CC 2.1"], "{area}: {expected:?}");
    }
}

/// Evidence that was recorded on the adult tool is not taken for the children's.
#[test]
fn evidence_of_another_tool_is_refused_with_the_nearest_name() {
    let policy = policy(&folder().join("childrens_continuing_care/northshire.policy"));
    for (name, near) in [
        ("dst_breathing", Some("cc_breathing")),
        ("breathing", Some("cc_breathing")),
        ("altered_states_of_consciousness", None),
    ] {
        let mistake = policy.case([(name, "high")]).unwrap_err();
        let expected =
            CaseMistake::NoSuchFact { name: name.to_string(), near: near.map(str::to_string) };
        assert_eq!(mistake, expected);
    }
}

#[test]
fn the_caseload_is_the_one_the_generator_makes() {
    let kept = fs::read_to_string(folder().join("continuing_care/cases.csv")).unwrap();
    assert!(kept == apportion_examples::caseload::csv(2026, 500), "make_caseload writes another");
}

/// Every clause applies to some child of the caseload, every row of every table too, every
/// conclusion goes both ways, and the joint panel has something to do.
#[test]
fn the_caseload_reaches_every_clause_and_row() {
    let policy = policy(&folder().join("continuing_care/continuing_care.policy"));
    let text = fs::read_to_string(folder().join("continuing_care/cases.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let header = rows.headers().unwrap().clone();
    let mut said: BTreeSet<String> = BTreeSet::new();
    let mut covered = 0;
    for row in rows.records() {
        let row = row.unwrap();
        let stated = header.iter().zip(row.iter()).filter(|(name, _)| *name != "case_reference");
        let case = policy.case(stated).unwrap();
        let decision = policy.decide(&case).unwrap();
        let record = policy.record(&case, &decision);
        covered += u32::from(record.is_covered);
        said.extend(record.conclusions.iter().map(|it| format!("{} {}", it.name, it.is_drawn)));
        said.extend(decision.referrals().map(|(_, PanelId(panel))| format!("panel {panel}")));
        for (clause, number) in policy.checked().clauses.iter().zip(0..) {
            if decision.is_covered() && decision.clause(ClauseId(number)) == Some(true) {
                said.insert(clause.number.clone());
            }
        }
        for clause in &record.clauses {
            let rows = clause.says.iter().filter_map(|says| says.split_once(':'));
            said.extend(rows.map(|(row, _)| format!("{} {row}", clause.number)));
        }
    }
    let promises = ["8.1", "8.2"];
    let clauses = policy.checked().clauses.iter().map(|clause| clause.number.as_str());
    let wanted = clauses
        .filter(|number| !promises.contains(number))
        .chain(["4.1 row 1", "4.1 row 2", "4.1 row 3", "4.1 row 4"])
        .chain(["eligible true", "eligible false", "panel 0"]);
    let missing: Vec<&str> = wanted.filter(|it| !said.contains(*it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!((400..500).contains(&covered), "{covered} are covered");
}
