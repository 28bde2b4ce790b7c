//! Exit code 2: wrong use, and files that cannot be read or written.

use super::{Folder, POLICY, THREE_HIGHS, csv, json, run, run_with, three_highs_but};

#[track_caller]
fn fails(arguments: &[&str], words: &str) {
    let ran = run(arguments);
    assert_eq!(ran.code, 2, "{arguments:?}");
    assert!(ran.errors.contains(words), "{}", ran.errors);
    assert!(!ran.errors.contains('\x1b'), "colour is for terminals");
}

#[test]
fn wrong_use_says_how_it_is_used() {
    fails(&[], "Usage: apportion");
    fails(&["guess"], "guess");
    fails(&["check"], "POLICY");
    fails(&["decide", POLICY, "-", "--format", "xml"], "xml");
    fails(&["run", POLICY, "-", "--carry", "team", "--carry-rest"], "--carry-rest");
    let help = run(&["--help"]);
    assert_eq!((help.code, help.errors.as_str()), (0, ""));
    assert!(
        ["check", "decide", "run", "test", "explain"].iter().all(|it| help.output.contains(it))
    );
    assert_eq!(run(&["--version"]).code, 0);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = Folder::new();
    let binary = folder.write("binary.policy", [b'a', 0xff, 0xfe, 0]);
    let latin = folder.write("latin.policy", b"policy Fees\nabout a child \xa35");
    let wide = folder.write("wide.policy", b"\xff\xfep\0o\0l\0i\0c\0y\0");
    let word = folder.write("word.policy", b"PK\x03\x04\x14\0\x06\0");
    let rich = folder.write("rich.policy", r"{\rtf1\ansi policy Fees}");
    let this = folder.path("");
    for command in ["check", "test"] {
        fails(&[command, "no_such.policy"], "`no_such.policy` cannot be read");
        fails(&[command, &this], "is a directory");
        fails(&[command, &binary], "error[not-text]: ");
        fails(&[command, &binary], "is not UTF-8 text but something else, such as a picture");
        fails(
            &[command, &latin],
            "latin.policy` is not UTF-8 text but text in another encoding, from line 2 on; save it as plain text in UTF-8: in Word choose",
        );
        fails(&[command, &wide], "is not UTF-8 text but text in UTF-16;");
        fails(
            &[command, &word],
            "is not UTF-8 text but a document of Word or Excel, or an archive;",
        );
        fails(&[command, &rich], "is not UTF-8 text but a document in rich text;");
    }
    for command in ["decide", "explain", "run"] {
        fails(&[command, POLICY, "no_such_case"], "`no_such_case` cannot be read");
        fails(&[command, "no_such.policy", "-"], "`no_such.policy` cannot be read");
    }
    fails(&["decide", POLICY, &binary], "is not UTF-8 text");
    let large = folder.write("large.json", " ".repeat((1 << 20) + 1));
    fails(&["decide", POLICY, &large], "is larger than 1 MiB");
}

#[test]
fn a_summary_says_what_could_not_be_read() {
    let ran = run(&["check", "no_such.policy"]);
    assert_eq!(ran.output, "nothing was checked; 1 policy could not be read\n");
    let ran = run(&["check", "--on", "2026-04-01", "no_such.policy", POLICY, "nor_this.policy"]);
    let last = ran.output.lines().last();
    assert_eq!(last, Some("0 errors, 0 warnings, 2 notes; 2 policies could not be read"));
    let ran = run(&["test", POLICY, "no_such.policy"]);
    let last = ran.output.lines().last();
    assert_eq!(last, Some("9 passed, 0 failed; 1 policy could not be read"));
}

#[test]
fn the_other_policies_are_checked_all_the_same() {
    let ran = run(&["check", "no_such.policy", POLICY, "nor_this.policy"]);
    assert_eq!(ran.code, 2);
    assert!(ran.output.contains(&format!("{POLICY}: ok")));
    assert!(ran.errors.contains("no_such.policy") && ran.errors.contains("nor_this.policy"));
}

#[test]
fn no_run_writes_over_what_it_reads() {
    let folder = Folder::new();
    let text = csv(&[three_highs_but(&[])]);
    let cases = folder.write("cases.csv", &text);
    let out = folder.path("out.csv");
    fails(&["run", POLICY, &cases, "-o", &cases], "is named twice");
    fails(&["run", POLICY, &cases, "-o", &out, "--rejects", &out], "is named twice");
    fails(&["run", POLICY, &cases, "-o", &folder.path("")], "no plain file");
    fails(&["run", POLICY, &cases, "-o", &folder.path("none/out.csv")], "cannot be written");
    assert_eq!(super::read(&cases), text);
    assert_eq!(folder.names(), ["cases.csv"]);
}

#[test]
fn a_policy_with_errors_decides_nothing() {
    let folder = Folder::new();
    let empty = folder.write("empty.policy", "");
    for command in ["decide", "explain", "run"] {
        let ran = run_with(json(&THREE_HIGHS), &[command, &empty, "-"]);
        assert_eq!((ran.code, ran.output.as_str()), (1, ""));
        assert!(ran.errors.starts_with("error["), "{}", ran.errors);
    }
}

/// A reader that went away.
struct Gone;

impl std::io::Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl apportion_cli::Output for Gone {}

#[test]
fn a_reader_that_went_away_is_told_nothing() {
    let cases = csv(&vec![three_highs_but(&[]); 2_000]);
    let case = json(&THREE_HIGHS);
    for (command, mut input) in [("run", cases.as_bytes()), ("decide", case.as_bytes())] {
        let mut errors = Vec::new();
        let arguments = ["apportion", command, POLICY, "-"].map(Into::into);
        let code = apportion_cli::run(arguments, &mut input, &mut Gone, &mut errors);
        assert_eq!((code, errors), (2, Vec::new()), "{command}");
    }
}
