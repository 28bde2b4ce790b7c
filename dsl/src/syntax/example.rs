//! Examples: what a case states, and what is expected of it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Name, Reference, Spanned};

/// An example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name, without quotes.
    pub name: Spanned<String>,
    /// The example it starts from.
    pub base: Option<Spanned<String>>,
    /// What the case states: after `given` or `but`.
    pub given: Vec<Given>,
    /// What it says of items of lists: `with`, `but`, `without`, `no services`.
    pub items: Vec<ItemPart>,
    /// What is expected.
    pub expect: Vec<Spanned<Expect>>,
}

/// What an example says of one item, or that a list has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemPart {
    /// The item, or the list for `no services`.
    pub list: Name,
    /// What is said.
    pub said: ItemSaid,
}

/// What an example says of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemSaid {
    /// `with  service "night sitter": price £640.00`
    With(Spanned<String>, Vec<Given>),
    /// `but  service "night sitter": price £700.00`
    But(Spanned<String>, Vec<Given>),
    /// `without  service "night sitter"`
    Without(Spanned<String>),
    /// `no services`
    None,
}

/// What an example states of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The fact, for `other domains` the family, or the party whose share a panel decided.
    pub name: Name,
    /// Whether it is for all other members of the family.
    pub is_other: bool,
    /// The panel that decided it, where it is the share of the party that is named.
    pub panel: Option<Name>,
    /// The value, as written; `not known` is kept as these words.
    pub value: Spanned<String>,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// `eligible by 2.1`, `not eligible by 2.4`
    Conclusion {
        /// The conclusion.
        conclusion: Name,
        /// Whether it says `not`.
        not: bool,
        /// The clauses that must be among the reasons.
        by: Vec<Reference>,
    },
    /// `not covered by 1.1`
    NotCovered {
        /// The clauses that must be among the reasons.
        by: Vec<Reference>,
    },
    /// `total points 22`, `the ICB £305.81`: a value or what a party pays
    Amount {
        /// The value or party.
        name: Name,
        /// What it must be, as written.
        value: Spanned<String>,
    },
    /// `the ICB between £305.81 and £458.71`
    Between {
        /// The value or party.
        name: Name,
        /// The least, as written.
        least: Spanned<String>,
        /// The greatest, as written.
        greatest: Spanned<String>,
    },
    /// `payments need seizures, psychological and emotional needs`, `eligible needs breathing`
    Needs {
        /// The conclusion or value; none for payments.
        name: Option<Name>,
        /// What it needs.
        needed: Vec<Needed>,
    },
    /// `"night sitter" educational by 1.1`, `"night sitter" the ICB £640.00`
    OfItem {
        /// The name of the item in the example, without quotes.
        item: Spanned<String>,
        /// What is expected of it.
        expect: Box<Expect>,
    },
    /// `referred by 7.3`
    Referred {
        /// The clauses that refer.
        by: Vec<Reference>,
    },
    /// `awaits the joint panel`
    Awaits {
        /// The panel.
        panel: Name,
    },
    /// `refused by 3.2`
    Refused {
        /// The clauses that refuse.
        by: Vec<Reference>,
    },
}

/// A fact that something needs, in an example: `seizures`, `"night sitter" price`, or the items of a
/// list: `services`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The name of the item in the example, without quotes.
    pub item: Option<Spanned<String>>,
    /// The fact, or the list.
    pub name: Name,
}
