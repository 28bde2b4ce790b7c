//! Rows of which not everything is known, against every way of completing them, each a row of its
//! own.

use std::collections::BTreeSet;

use crate::command::{POLICY, csv, run_with, three_highs_but};
use crate::rivals::random::Random;

/// How many rows are looked at.
const ROWS: usize = 150;

type Case = Vec<(&'static str, &'static str)>;

/// Facts that may be unknown, with every value that they have.
const FACTS: [(&str, &[&str]); 9] = [
    ("registered_with_a_gp_in_northshire", &["yes", "no"]),
    ("fast_track", &["yes", "no"]),
    ("panel_decision", &["open", "agreed", "refused"]),
    ("breathing", &["no additional needs", "low", "moderate", "high", "severe", "priority"]),
    ("eating_and_drinking", &["no additional needs", "low", "moderate", "high", "severe"]),
    ("mobility", &["no additional needs", "low", "moderate", "high", "severe"]),
    ("seizures", &["no additional needs", "low", "moderate", "high", "severe"]),
    ("psychological_and_emotional_needs", &["no additional needs", "low", "moderate", "high"]),
    ("communication", &["no additional needs", "low", "moderate", "high"]),
];

/// A row, with some of the facts not known.
fn row(random: &mut Random) -> Case {
    let mut changes: Case = Vec::new();
    let mut open = random.weighted(&[1, 3, 3]);
    let first = random.below(FACTS.len() as u64) as usize;
    for (name, values) in FACTS.iter().cycle().skip(first).take(FACTS.len()) {
        let value = values[random.below(values.len() as u64) as usize];
        let is_open = open > 0 && random.is_in(30);
        open -= usize::from(is_open);
        changes.push((name, if is_open { "not known" } else { value }));
    }
    changes.sort_by_key(|(name, _)| FACTS.iter().position(|(fact, _)| fact == name));
    three_highs_but(&changes)
}

/// Every way of stating what a row does not know.
fn completions(row: &Case) -> Vec<Case> {
    let mut completions = vec![row.clone()];
    for (place, (name, _)) in row.iter().enumerate().filter(|(_, fact)| fact.1 == "not known") {
        let (_, values) = FACTS.iter().find(|(fact, _)| fact == name).unwrap();
        let stated = |case: &Case| {
            let with = |value: &&'static str| {
                let mut case = case.clone();
                case[place].1 = value;
                case
            };
            values.iter().map(with).collect::<Vec<_>>()
        };
        completions = completions.iter().flat_map(stated).collect();
    }
    completions
}

/// An answer: its columns by name.
struct Answers(Vec<(String, String)>);

impl Answers {
    #[track_caller]
    fn of(&self, column: &str) -> &str {
        &self.0.iter().find(|(name, _)| name == column).unwrap().1
    }
}

fn answers(output: &str) -> Vec<Answers> {
    let mut reader = csv::Reader::from_reader(output.as_bytes());
    let names = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        Answers(names.iter().zip(&row).map(|(name, cell)| (name.into(), cell.into())).collect())
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// An amount as pence; nothing where none is paid.
fn pence(pounds: &str) -> i64 {
    pounds.replace('.', "").parse().unwrap_or(0)
}

const DECISIVE: [&str; 6] =
    ["covered", "eligible", "pays_icb", "pays_social_care", "pays_education", "referred_to"];
const PARTIES: [&str; 3] = ["pays_icb", "pays_social_care", "pays_education"];

#[test]
fn a_row_says_what_all_of_its_completions_say() {
    let mut random = Random::new(7);
    let rows: Vec<Case> = (0..ROWS).map(|_| row(&mut random)).collect();
    let all: Vec<Vec<Case>> = rows.iter().map(completions).collect();
    let allowing = run_with(csv(&rows), &["run", POLICY, "-", "--allow-unknown"]);
    let foreseen = answers(&allowing.output);
    assert_eq!((allowing.code, foreseen.len()), (0, ROWS), "{}", allowing.errors);
    let completed = run_with(csv(&all.concat()), &["run", POLICY, "-"]);
    assert_eq!(completed.code, 0, "{}", completed.errors);
    let completed = answers(&completed.output);
    let mut completed = completed.as_slice();

    let mut open_lines = Vec::new();
    let mut settled = 0;
    for ((line, own), (row, said)) in (2..).zip(&all).zip(rows.iter().zip(&foreseen)) {
        let (own, others) = completed.split_at(own.len());
        completed = others;
        let texts = |column| own.iter().map(|it| it.of(column)).collect::<BTreeSet<&str>>();
        for column in DECISIVE.into_iter().chain(["total_points", "care_cost"]) {
            let texts = texts(column);
            // A value counts where the policy may cover the case; it is open as the cover is.
            let expected = if texts.len() == 1 { texts.first().unwrap() } else { "" };
            assert_eq!(said.of(column), expected, "{column} of {row:?}, {texts:?}");
        }
        let is_settled = DECISIVE.iter().all(|column| texts(column).len() == 1);
        assert_eq!(said.of("needs").is_empty(), is_settled, "{row:?}");
        assert_eq!(said.of("ranges"), if is_settled { "" } else { "exact" });
        for party in PARTIES {
            let ends = ["from", "to"].map(|end| said.of(&format!("{party}_{end}")));
            let paid = own.iter().map(|it| pence(it.of(party)));
            if said.of("covered") == "no" {
                assert_eq!(ends, [""; 2]);
            } else {
                let expected = [paid.clone().min(), paid.max()].map(Option::unwrap);
                assert_eq!(ends.map(pence), expected, "{party} of {row:?}");
            }
        }
        for clause in said.of("clauses").split("; ").filter(|clause| !clause.is_empty()) {
            let covered = own.iter().filter(|it| it.of("covered") == "yes");
            let mut clauses = covered.map(|it| it.of("clauses").split("; "));
            assert!(clauses.all(|mut it| it.any(|it| it == clause)), "{clause} of {row:?}");
        }
        if !is_settled {
            open_lines.push(format!("line {line}"));
        }
        settled += usize::from(is_settled && own.len() > 1);
    }
    assert!(open_lines.len() > ROWS / 5 && settled > ROWS / 10, "{open_lines:?}, {settled}");
    rejects_what_is_open(&rows, &foreseen, &open_lines);
}

/// Without allowing it, exactly the rows are rejected that are not settled, and the others have the
/// same answers.
fn rejects_what_is_open(rows: &[Case], foreseen: &[Answers], open_lines: &[String]) {
    let folder = crate::command::Folder::new();
    let (cases, rejects) = (folder.write("cases.csv", csv(rows)), folder.path("rejects.csv"));
    let ran = crate::command::run(&["run", POLICY, &cases, "--rejects", &rejects]);
    let rejected = answers(&crate::command::read(&rejects));
    let lines: Vec<String> = rejected.iter().map(|it| format!("line {}", it.of("line"))).collect();
    assert_eq!(lines, open_lines);
    let decided = answers(&ran.output);
    let settled: Vec<&Answers> =
        foreseen.iter().filter(|said| said.of("needs").is_empty()).collect();
    assert_eq!(decided.len(), settled.len());
    for (decided, said) in decided.iter().zip(settled) {
        for (column, text) in &decided.0 {
            assert_eq!(text, said.of(column));
        }
    }
}

#[test]
fn what_is_known_comes_out_the_same_with_columns_added() {
    let cases = crate::examples::folder().join("continuing_care/cases.csv");
    let arguments = ["run", POLICY, cases.to_str().unwrap(), "--carry", "case_reference"];
    let plain = crate::command::run(&arguments);
    let allowing = crate::command::run(&[&arguments[..], &["--allow-unknown"]].concat());
    assert_eq!((plain.code, allowing.code), (0, 0));
    assert_eq!(plain.errors, allowing.errors);
    let (plain, allowing) = (answers(&plain.output), answers(&allowing.output));
    assert_eq!((plain.len(), allowing.len()), (500, 500));
    for (plain, allowing) in plain.iter().zip(&allowing) {
        for (column, text) in &plain.0 {
            assert_eq!(allowing.of(column), text);
        }
        for party in PARTIES {
            for end in ["from", "to"] {
                assert_eq!(allowing.of(&format!("{party}_{end}")), plain.of(party));
            }
        }
        assert_eq!(["needs", "ranges"].map(|column| allowing.of(column)), [""; 2]);
    }
}
