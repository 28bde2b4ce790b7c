//! Policies that use tools, which the command reads from beside them.

use apportion_exchange::diagnostics;

use super::documents::valid;
use super::{Folder, read, run, run_with};
use crate::bundles::{GUIDE, LOCAL};

const NORTHSHIRE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/childrens_continuing_care/northshire.policy");

#[test]
fn a_tool_is_read_from_beside_the_policy() {
    let folder = Folder::new();
    folder.write("guide.policy", GUIDE);
    let local = folder.write("local.policy", LOCAL);
    let ran = run_with(r#"{"gu_breathing": "yes", "cost": "5"}"#, &["decide", &local, "-"]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    assert!(ran.output.contains("by GU 1.1"), "{}", ran.output);
    let ran = run(&["facts", &local, "--format", "csv"]);
    assert_eq!(ran.output, "gu_breathing,cost\n");
    let squeezed = folder.write("squeezed.policy", LOCAL.replace("uses      ", "uses "));
    assert_eq!(run(&["format", &squeezed]).code, 0);
    assert_eq!(read(&squeezed), LOCAL);
}

#[test]
fn a_mistake_in_a_tool_is_told_with_its_file() {
    let folder = Folder::new();
    let guide = folder.write("guide.policy", GUIDE.replace("when breathing", "when"));
    let local = folder.write("local.policy", LOCAL);
    let ran = run(&["check", &local]);
    assert_eq!(ran.code, 1);
    assert!(ran.errors.contains(&format!("--> {guide}:9:29\n")), "{}", ran.errors);
    let ran = run(&["check", &local, "--format", "json"]);
    let found = valid(diagnostics::SCHEMA, &ran.output);
    assert_eq!(found[0]["file"], guide);
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&9.into(), &29.into()));
}

#[test]
fn each_half_of_a_mistake_is_told_with_its_file() {
    let folder = Folder::new();
    let guide = folder.write("guide.policy", GUIDE);
    let local =
        folder.write("local.policy", LOCAL.replace("  cost ", "  breathing   a date\n  cost "));
    let found = valid(diagnostics::SCHEMA, &run(&["check", &local, "--format", "json"]).output);
    assert_eq!(found[0]["code"], "name-declared-twice");
    let places =
        [&found[0]["labels"][0], &found[0]["labels"][1]].map(|it| (&it["file"], &it["line"]));
    assert_eq!(places, [(&local.into(), &10.into()), (&guide.into(), &6.into())]);
}

#[test]
fn a_tool_that_is_not_there_is_a_mistake_of_the_policy() {
    let folder = Folder::new();
    let local = folder.write("local.policy", LOCAL);
    for command in ["check", "test", "format"] {
        let ran = run(&[command, &local]);
        assert_eq!(ran.code, 1);
        assert!(ran.errors.contains("error[text-missing]"), "{command}: {}", ran.errors);
        assert!(ran.errors.contains(&format!("--> {local}:7:23\n")), "{command}: {}", ran.errors);
    }
}

#[test]
fn a_tool_that_is_no_text_cannot_be_read() {
    let folder = Folder::new();
    folder.write("guide.policy", b"policy \xff");
    let ran = run(&["check", &folder.write("local.policy", LOCAL)]);
    assert_eq!(ran.code, 2);
    assert!(ran.errors.contains("guide.policy` is not UTF-8 text"), "{}", ran.errors);
}

/// Columns of the adult tool, and columns that do not say of which tool they are.
#[test]
fn evidence_of_another_tool_is_no_column_of_this_one() {
    for (column, near) in [("dst_breathing", "cc_breathing"), ("breathing", "cc_breathing")] {
        let ran = run_with(format!("{column}\nhigh\n"), &["run", NORTHSHIRE, "-"]);
        assert_eq!(ran.code, 1);
        assert!(ran.errors.contains("error[undeclared-column]"), "{}", ran.errors);
        assert!(ran.errors.contains(&format!("did you mean `{near}`?")), "{}", ran.errors);
    }
}
