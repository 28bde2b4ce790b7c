//! A policy with the texts it uses, brought together by whoever holds them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::parse::files_used;
use crate::source::Source;

/// The text of a policy, and those of the tools it uses, by the names of their files.
///
/// Nothing is opened here: a bundle says which texts it still needs, and is given them.
///
/// ```
/// use apportion::bundle::Bundle;
///
/// let policy = "policy  Local\nuses national tool from \"national.policy\" as NT\n";
/// let mut bundle = Bundle::new("policies/local.policy", policy);
/// assert_eq!(bundle.needs(), ["national.policy"]);
/// bundle.add("national.policy", "policy  National tool\n");
/// assert!(bundle.needs().is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    path: String,
    text: String,
    tools: BTreeMap<String, String>,
}

impl Bundle {
    /// The text of a policy. Its path is for messages only.
    #[must_use]
    pub fn new(path: &str, text: &str) -> Bundle {
        Bundle { path: String::from(path), text: String::from(text), tools: BTreeMap::new() }
    }

    /// Adds a text that stands beside the policy, by the name of its file.
    pub fn add(&mut self, file: &str, text: &str) {
        self.tools.insert(String::from(file), String::from(text));
    }

    /// The same texts with another text of the policy.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Bundle {
        Bundle { text: String::from(text), ..self.clone() }
    }

    /// The files that the texts name after `uses` and that are not here, in the order named.
    #[must_use]
    pub fn needs(&self) -> Vec<String> {
        let used = self.files();
        let own = self.own_name();
        used.into_iter().filter(|file| *file != own && !self.tools.contains_key(file)).collect()
    }

    /// The texts that are used, laid end to end after the policy. A text that nothing uses is
    /// left out.
    #[must_use]
    pub fn source(&self) -> Source {
        let mut source = Source::new(&self.path, &self.text);
        let own = self.own_name();
        for file in self.files().iter().filter(|file| **file != own) {
            if let Some(text) = self.tools.get(file) {
                source.add(file, text);
            }
        }
        source
    }

    fn own_name(&self) -> String {
        let source = Source::new(&self.path, "");
        source.texts().next().map(|own| String::from(own.name)).unwrap_or_default()
    }

    /// The files that are used, each once, in the order in which the texts name them.
    fn files(&self) -> Vec<String> {
        let mut files = files_used(&self.text);
        let mut known = BTreeSet::new();
        let mut next = 0;
        files.retain(|file| known.insert(file.clone()));
        while let Some(file) = files.get(next) {
            let text = self.tools.get(file).map(String::as_str).unwrap_or_default();
            let used = files_used(text);
            files.extend(used.into_iter().filter(|file| known.insert(file.clone())));
            next += 1;
        }
        files
    }
}

impl From<&str> for Bundle {
    fn from(text: &str) -> Bundle {
        Bundle::new("policy", text)
    }
}
