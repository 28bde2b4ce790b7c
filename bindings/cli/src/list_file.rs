//! A list and a file of its items, as an argument names them.

use std::path::PathBuf;
use std::str::FromStr;

/// `services=services.csv`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListFile {
    pub(crate) list: String,
    pub(crate) path: PathBuf,
}

impl FromStr for ListFile {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (list, path) = text.split_once('=').unwrap_or_default();
        if list.trim().is_empty() || path.is_empty() {
            return Err("it must be a list and its file, such as `services=services.csv`");
        }
        Ok(ListFile { list: list.trim().to_string(), path: PathBuf::from(path) })
    }
}
