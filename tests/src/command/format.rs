//! `format`: policies in their one layout, in place or looked at only.

use std::fs;

use super::{Folder, POLICY, read, run, run_with};

/// A policy in another layout.
fn ragged() -> String {
    read(POLICY).replace("  ", "    ").replace("\n", "\r\n")
}

#[test]
fn a_policy_is_written_in_its_place() {
    let folder = Folder::new();
    let path = folder.write("ragged.policy", ragged());
    let ran = run(&["format", &path]);
    assert_eq!((ran.code, ran.output.as_str(), ran.errors.as_str()), (0, "", ""));
    assert_eq!(read(&path), read(POLICY));
    assert_eq!(folder.names(), ["ragged.policy"]);
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    run(&["format", &path]);
    let unchanged = fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(written, unchanged, "what needs no change is not written");
}

#[cfg(unix)]
#[test]
fn the_permissions_of_the_file_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.write("ragged.policy", ragged());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(run(&["format", &path]).code, 0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn check_writes_nothing_and_lists_what_differs() {
    let folder = Folder::new();
    let path = folder.write("ragged.policy", ragged());
    let ran = run(&["format", "--check", POLICY, &path]);
    assert_eq!((ran.code, ran.output.as_str()), (1, format!("{path}\n").as_str()));
    assert_eq!(read(&path), ragged());
    let ran = run(&["format", "--check", POLICY]);
    assert_eq!((ran.code, ran.output.as_str(), ran.errors.as_str()), (0, "", ""));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let ran = run_with(ragged(), &["format", "-"]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    assert_eq!(ran.output, read(POLICY));
    let ran = run_with(ragged(), &["format", "--check", "-"]);
    assert_eq!((ran.code, ran.output.as_str()), (1, "-\n"));
}

#[test]
fn a_policy_that_cannot_be_read_is_left_alone_and_the_others_are_not() {
    let folder = Folder::new();
    let broken = ragged().replace("is under 18", "is known");
    let first = folder.write("first.policy", &broken);
    let second = folder.write("second.policy", ragged());
    let ran = run(&["format", &first, &folder.path("none.policy"), &second]);
    assert_eq!((ran.code, ran.output.as_str()), (2, ""));
    assert!(ran.errors.starts_with("error["), "{}", ran.errors);
    assert!(ran.errors.contains("none.policy` cannot be read"), "{}", ran.errors);
    assert_eq!(read(&first), broken);
    assert_eq!(read(&second), read(POLICY));
}
