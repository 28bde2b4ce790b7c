//! The entries of a map in their order: a name twice stays twice, and values stay text.

use core::fmt;
use core::marker::PhantomData;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};

/// Collects the entries of a map with values of type `V`.
pub(super) struct Entries<V>(PhantomData<V>);

impl<V> Entries<V> {
    pub(super) fn new() -> Self {
        Entries(PhantomData)
    }
}

impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
    type Value = Vec<(String, V)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("facts and their values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }
}
