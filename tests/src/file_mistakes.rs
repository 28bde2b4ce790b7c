//! Files that are none of what the command takes, with all that it says of each.
//!
//! `tests/mistakes/files` has them: caseloads, cases and policies. Beside each stands what is written
//! to the errors. The files that would be too large to keep are made here.

use std::fs;
use std::path::{Path, PathBuf};

use crate::golden::golden;

/// The folder of the files.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("mistakes/files")
}

/// What the command says of a file whose name ends so.
fn told(name: &str, bytes: &[u8]) -> String {
    let (folder, temporary) = (folder(), std::env::temp_dir());
    let copy = temporary.join(format!("apportion-{}-{name}", std::process::id()));
    fs::write(&copy, bytes).unwrap();
    let (policy, file) = (folder.join("caseload.policy"), copy.to_str().unwrap());
    let policy = policy.to_str().unwrap();
    let arguments = match name.rsplit_once('.').unwrap().1 {
        "csv" => vec!["apportion", "run", policy, file],
        "policy" => vec!["apportion", "check", file],
        _ => vec!["apportion", "decide", policy, file],
    };
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let arguments = arguments.into_iter().map(Into::into);
    let code = apportion_cli::run(arguments, &mut "".as_bytes(), &mut output, &mut errors);
    fs::remove_file(&copy).unwrap();
    assert!(code > 0, "{name} is taken");
    String::from_utf8(errors).unwrap().replace(file, name)
}

fn check(name: &str, bytes: &[u8]) {
    golden(&folder().join(format!("{name}.txt")), &told(name, bytes));
}

#[test]
fn files_that_are_refused() {
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == "caseload.policy" || name.ends_with(".txt") {
            continue;
        }
        check(&name, &fs::read(folder().join(&name)).unwrap());
        count += 1;
    }
    assert!(count > 15, "{count}");
}

#[test]
fn files_of_two_mebibytes() {
    let policy = fs::read_to_string(folder().join("caseload.policy")).unwrap();
    check("too_large.policy", (policy + &"-- nothing\n".repeat(200_000)).as_bytes());
    check("too_large.json", [r#"{"fast_track": true}"#, &" ".repeat(2 << 20)].concat().as_bytes());
    let row = ["A1,no,", &"5".repeat(2 << 20)].concat();
    let names = "case reference,fast track,care cost";
    check("too_large_row.csv", [names, &row].join("\n").as_bytes());
    let open = ["A1,no,5\n".repeat(3), "\"".to_owned(), "A1,no,5\n".repeat(200_000)].concat();
    check("quote_left_open.csv", [names, &open].join("\n").as_bytes());
}
