//! What is claimed of bytes from anywhere. A fuzzer hands them over (`tests/fuzz`), and so
//! does the suite, from the fuzzer's corpus.
//!
//! Each claim is a function that panics where it does not hold.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a claim that does not hold is told by a panic"
)]

mod caseload;
mod case;
mod generated;
mod outline;
mod policy;

pub use case::{case_json, case_ron};
use std::path::{Path, PathBuf};
use std::{fs, io};

pub use caseload::caseload_csv;
pub use generated::generated;
pub use outline::outline;
pub use policy::policy;

/// What came of bytes about which a claim held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// They were read, and something came of them.
    Read,
    /// They were refused, in good order.
    Refused,
}

/// A claim, by the name of its fuzzer and of its corpus.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// The name.
    pub name: &'static str,
    /// Panics where the claim does not hold of these bytes.
    pub holds: fn(&[u8]) -> Came,
}

impl Claim {
    /// The inputs kept for it, by the names of their files: those that the fuzzer starts
    /// from, and those that once broke the claim.
    ///
    /// # Errors
    ///
    /// Returns why they cannot be read.
    pub fn corpus(&self) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(self.name);
        let paths: io::Result<Vec<PathBuf>> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
        let mut paths = paths?;
        paths.sort();
        paths.into_iter().map(|path| Ok((path.clone(), fs::read(path)?))).collect()
    }
}

/// Every claim.
pub const CLAIMS: [Claim; 6] = [
    Claim { name: "outline", holds: outline },
    Claim { name: "policy", holds: policy },
    Claim { name: "generated", holds: generated },
    Claim { name: "case_ron", holds: case_ron },
    Claim { name: "case_json", holds: case_json },
    Claim { name: "caseload_csv", holds: caseload_csv },
];
