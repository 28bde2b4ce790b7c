//! The command: what it says, where it says it, its exit code, and the files it leaves.
//!
//! Every figure expected here is one that the language reference works out by hand for its
//! example policy.

mod agreement;
mod caseload;
mod cases;
mod codes;
mod columns;
mod coverage;
pub(crate) mod documents;
mod facts;
mod format;
mod items;
mod items_random;
mod lists;
mod pages;
mod panels;
mod policies;
mod records;
mod rejects;
mod sometimes;
mod tools;
mod unknown;
mod wrong_use;

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// The example policy of the language reference.
const POLICY: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/continuing_care/continuing_care.policy");

/// The example "Three highs", fact by fact.
const THREE_HIGHS: [(&str, &str); 15] = [
    ("date_of_birth", "2017-05-03"),
    ("decision_date", "2026-05-12"),
    ("registered_with_a_gp_in_northshire", "yes"),
    ("day_care", "21.5"),
    ("waking_nights", "2"),
    ("breathing", "high"),
    ("eating_and_drinking", "high"),
    ("mobility", "high"),
    ("continence", "low"),
    ("skin_and_tissue", "no additional needs"),
    ("communication", "moderate"),
    ("drug_therapies", "no additional needs"),
    ("psychological_and_emotional_needs", "no additional needs"),
    ("seizures", "no additional needs"),
    ("challenging_behaviour", "no additional needs"),
];

/// "Three highs" but for some facts, which it may have or not.
fn three_highs_but(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut facts = THREE_HIGHS.to_vec();
    for change in changes {
        match facts.iter_mut().find(|(name, _)| name == &change.0) {
            Some(fact) => *fact = *change,
            None => facts.push(*change),
        }
    }
    facts
}

/// A case in JSON, every value a text.
fn json(facts: &[(&str, &str)]) -> String {
    let entries: Vec<String> =
        facts.iter().map(|(name, value)| format!("{name:?}: {value:?}")).collect();
    format!("{{{}}}", entries.join(", "))
}

/// A caseload of some cases that state the same facts.
fn csv(cases: &[Vec<(&str, &str)>]) -> String {
    let line = |cells: Vec<&str>| cells.join(",") + "\n";
    let names = cases.first().into_iter().map(|case| case.iter().map(|fact| fact.0).collect());
    let rows = cases.iter().map(|case| case.iter().map(|fact| fact.1).collect());
    names.chain(rows).map(line).collect()
}

/// What came of running the command.
#[derive(Debug)]
struct Ran {
    code: i32,
    output: String,
    errors: String,
}

/// Runs the command with nothing on its standard input.
fn run(arguments: &[&str]) -> Ran {
    run_with("", arguments)
}

/// Runs the command with a text on its standard input.
fn run_with(input: impl AsRef<[u8]>, arguments: &[&str]) -> Ran {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let arguments = ["apportion"].iter().chain(arguments).map(Into::into);
    let code = apportion_cli::run(arguments, &mut input.as_ref(), &mut output, &mut errors);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code, output: text(output), errors: text(errors) }
}

/// The cells of a row of an answer, by the names of its columns.
#[track_caller]
fn cell(csv: &str, row: usize, column: &str) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names = reader.headers().unwrap().clone();
    let column = names.iter().position(|name| name == column).unwrap();
    reader.records().nth(row).unwrap().unwrap()[column].to_string()
}

/// A folder of one test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("apportion-command-{}-{number}", process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// The path of a file in this folder.
    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_string()
    }

    /// Writes a file and gives its path.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.0.join(name), content).unwrap();
        self.path(name)
    }

    /// The names of the files in this folder, hidden ones among them.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> =
            entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}
