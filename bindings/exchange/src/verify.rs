//! Whether everything in a record still comes out.

use core::fmt;

use apportion::policy::Policy;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::case::from_json;
use crate::document::DocumentError;
use crate::mistake::CaseTextMistake;
use crate::record::to_value;

/// The most bytes of a record that are read.
pub const MOST_BYTES: usize = 16 << 20;

/// Why a text is no record that can be decided again.
#[derive(Debug, Error)]
pub enum VerifyMistake {
    /// It is larger than any record.
    #[error("a record has at most 16 MiB")]
    TooLarge,
    /// It is neither JSON nor RON.
    #[error("no record: {problem}, in line {line}, column {column}")]
    Syntax {
        /// What is wrong.
        problem: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It has no case, as `apportion record` writes one.
    #[error("no record: it has no `case`; `apportion record` writes one")]
    NoCase,
    /// Something is left out of it.
    #[error("the record withholds {}; the whole record is needed to decide it again", .facts.join(", "))]
    Withheld {
        /// The names of the facts outside the file.
        facts: Vec<String>,
    },
    /// Its case is none of this policy.
    #[error("its case is none of this policy: {0}")]
    Case(#[from] CaseTextMistake),
    /// What comes of it now could not be written.
    #[error(transparent)]
    Document(#[from] DocumentError),
}

impl VerifyMistake {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            VerifyMistake::TooLarge => "record-too-large",
            VerifyMistake::Syntax { .. } => "record-syntax",
            VerifyMistake::NoCase => "no-record",
            VerifyMistake::Withheld { .. } => "record-withholds",
            VerifyMistake::Case(mistake) => mistake.code(),
            VerifyMistake::Document(_) => "not-written",
        }
    }
}

/// Something that does not come out as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it stands: `decision, payments, the ICB, pounds`.
    pub place: String,
    /// What the record has; none where it lacks what comes out now.
    pub recorded: Option<String>,
    /// What comes out now; none where nothing does.
    pub comes: Option<String>,
}

impl Difference {
    /// Whether it only says that another version of Apportion wrote the record.
    #[must_use]
    pub fn is_of_engine(&self) -> bool {
        self.place == ENGINE
    }
}

/// Where a record says which version of Apportion wrote it.
const ENGINE: &str = "engine";

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { place, recorded, comes } = self;
        match (recorded, comes) {
            (Some(recorded), Some(comes)) => {
                write!(f, "{place}: recorded as {recorded}, comes out as {comes}")
            }
            (Some(recorded), None) => {
                write!(f, "{place}: recorded as {recorded}, no longer comes out")
            }
            (None, Some(comes)) => write!(f, "{place}: not recorded, comes out as {comes}"),
            (None, None) => f.write_str(place),
        }
    }
}

/// Decides the case of a record again, and names everything that differs: the policy, its version,
/// its text, what is concluded and paid, and by which clauses. Nothing where all comes out as recorded.
///
/// # Errors
///
/// Returns why the text is no record, JSON or RON, or why its case is none of this policy.
pub fn verify(policy: &Policy, text: &str) -> Result<Vec<Difference>, VerifyMistake> {
    if text.len() > MOST_BYTES {
        return Err(VerifyMistake::TooLarge);
    }
    let recorded = read(text.trim_start_matches('\u{feff}'))?;
    let Some(case @ Value::Object(_)) = recorded.get("case") else {
        return Err(VerifyMistake::NoCase);
    };
    let withheld = recorded.get("withheld").and_then(Value::as_array);
    let facts = withheld.into_iter().flatten().filter_map(Value::as_str);
    let facts: Vec<String> = facts.map(str::to_owned).collect();
    if !facts.is_empty() {
        return Err(VerifyMistake::Withheld { facts });
    }
    let case = from_json(policy, &case.to_string())?;
    let comes = to_value(policy, &case)?;
    let mut differences = Vec::new();
    compare("", &recorded, &comes, &mut differences);
    Ok(differences)
}

/// What is wrong with what is JSON or RON, but as no record is written.
const ONCE: &str = "a name stands twice, or something stands here that no record has";

fn read(text: &str) -> Result<Value, VerifyMistake> {
    if text.trim().is_empty() {
        return Err(VerifyMistake::NoCase);
    }
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map(|Strict(value)| value).map_err(|error| {
            VerifyMistake::Syntax {
                problem: String::from(if error.is_data() {
                    ONCE
                } else {
                    "it is not JSON from here on"
                }),
                line: error.line(),
                column: error.column(),
            }
        });
    }
    ron::from_str(text).map(|Strict(value)| value).map_err(|error| VerifyMistake::Syntax {
        problem: String::from(match error.code {
            ron::Error::Message(_) => ONCE,
            _ => "it is not RON from here on",
        }),
        line: error.span.start.line,
        column: error.span.start.col,
    })
}

fn compare(place: &str, recorded: &Value, comes: &Value, found: &mut Vec<Difference>) {
    match (recorded, comes) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, recorded) in a {
                match b.get(key) {
                    Some(comes) => compare(&below(place, key), recorded, comes, found),
                    None => found.push(lacking(&below(place, key), Some(recorded), None)),
                }
            }
            let new = b.iter().filter(|(key, _)| !a.contains_key(*key));
            found.extend(new.map(|(key, comes)| lacking(&below(place, key), None, Some(comes))));
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                let (recorded, comes) = (a.get(index), b.get(index));
                let place = below(place, &called(recorded.or(comes), index));
                match (recorded, comes) {
                    (Some(recorded), Some(comes)) => compare(&place, recorded, comes, found),
                    _ => found.push(lacking(&place, recorded, comes)),
                }
            }
        }
        (recorded, comes) if recorded == comes => {}
        (recorded, comes) => found.push(lacking(place, Some(recorded), Some(comes))),
    }
}

fn below(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}, {name}") }
}

/// What an entry of a list is called: by its own name, or else by its place, from 1.
fn called(entry: Option<&Value>, index: usize) -> String {
    let of = |name: &str| entry?.get(name)?.as_str();
    match (of("party"), of("clause"), of("name").or(of("number"))) {
        (Some(party), Some(clause), _) => format!("{party} by {clause}"),
        (Some(name), None, _) | (None, _, Some(name)) | (None, Some(name), None) => name.to_owned(),
        (None, None, None) => (index + 1).to_string(),
    }
}

fn lacking(place: &str, recorded: Option<&Value>, comes: Option<&Value>) -> Difference {
    let shown = |value: &Value| match value {
        Value::String(text) => format!("`{text}`"),
        Value::Null => String::from("nothing"),
        other => other.to_string(),
    };
    Difference { place: place.to_owned(), recorded: recorded.map(shown), comes: comes.map(shown) }
}

/// What a record holds; a name that stands twice is a mistake, and so is a number that is not whole.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Entries).map(Strict)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what a record holds")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(Entries)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = entries.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut values = Map::new();
        while let Some((name, Strict(value))) = entries.next_entry::<String, Strict>()? {
            if values.insert(name, value).is_some() {
                return Err(de::Error::custom(ONCE));
            }
        }
        Ok(Value::Object(values))
    }
}
