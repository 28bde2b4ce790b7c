//! The file of kept cases: JSON Lines, compressed.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::KeptPolicy;
use super::decided::Outcome;

/// Writes the kept cases.
pub(super) fn write(path: &Path, policies: &[KeptPolicy]) {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for KeptPolicy { from, text, cases, outcomes } in policies {
        writeln!(encoder, "{}", json!({ "from": from, "policy": text })).unwrap();
        for (case, outcome) in cases.iter().zip(outcomes) {
            let line = match outcome {
                Outcome::Decided(text) => json!({ "case": case, "decision": text }),
                Outcome::Refused { code, message } => {
                    json!({ "case": case, "refused": { "code": code, "message": message } })
                }
            };
            writeln!(encoder, "{line}").unwrap();
        }
    }
    fs::write(path, encoder.finish().unwrap()).unwrap();
}

/// Reads the kept cases.
pub(super) fn read(path: &Path) -> Vec<KeptPolicy> {
    let compressed = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut policies: Vec<KeptPolicy> = Vec::new();
    for line in BufReader::new(GzDecoder::new(&compressed[..])).lines() {
        let mut line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        if line.get("policy").is_some() {
            let (from, text) = (text(&line["from"]), text(&line["policy"]));
            policies.push(KeptPolicy { from, text, cases: Vec::new(), outcomes: Vec::new() });
            continue;
        }
        let outcome = match line.get("decision") {
            Some(decision) => Outcome::Decided(text(decision)),
            None => {
                let refused = &line["refused"];
                Outcome::Refused {
                    code: text(&refused["code"]),
                    message: text(&refused["message"]),
                }
            }
        };
        let policy = policies.last_mut().unwrap();
        policy.cases.push(line["case"].take());
        policy.outcomes.push(outcome);
    }
    policies
}
