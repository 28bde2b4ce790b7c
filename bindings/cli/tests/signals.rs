//! A command that is told to end leaves no file behind that is half written.
//!
//! This needs the command as a process, and so stands beside it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is how a test speaks")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::thread;

const POLICY: &str = "\
policy   Half each
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  care cost   money a week

1    Who pays
1.1  In every case: the ICB 50%, the council 50%.
1.2  Split care cost in the shares of 1.1.
";

/// A folder of one test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("apportion-signals-{}-{name}", process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

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

/// A run that has begun to write its files and waits for more cases.
fn running(folder: &Folder) -> Child {
    let path = |name: &str| folder.0.join(name);
    fs::write(path("half.policy"), POLICY).unwrap();
    let mut run = Command::new(Path::new(env!("CARGO_BIN_EXE_apportion")))
        .arg("run")
        .args([path("half.policy").as_path(), Path::new("-")])
        .args([Path::new("-o"), &path("out.csv"), Path::new("--rejects"), &path("rejects.csv")])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = run.stdin.as_ref().unwrap();
    input.write_all(b"care cost\n5\nmuch\n").unwrap();
    let is_partial = |name: &String| name.ends_with(".partial");
    while folder.names().iter().filter(|name| is_partial(name)).count() < 2 {
        if let Some(ended) = run.try_wait().unwrap() {
            panic!("the run ended by itself: {ended}");
        }
        thread::yield_now();
    }
    run
}

#[test]
fn what_is_half_written_is_removed_at_a_signal() {
    for signal in ["INT", "TERM", "HUP"] {
        let folder = Folder::new(signal);
        let mut run = running(&folder);
        let id = run.id().to_string();
        let told = Command::new("kill").args(["-s", signal, &id]).status().unwrap();
        assert!(told.success());
        assert_eq!(run.wait().unwrap().code(), Some(130), "{signal}");
        assert_eq!(folder.names(), ["half.policy"], "{signal}");
    }
}

#[test]
fn a_run_that_nobody_ends_writes_its_files() {
    let folder = Folder::new("none");
    let mut run = running(&folder);
    drop(run.stdin.take());
    assert_eq!(run.wait().unwrap().code(), Some(1));
    assert_eq!(folder.names(), ["half.policy", "out.csv", "rejects.csv"]);
}
