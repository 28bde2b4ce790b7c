//! What stands under the names of a case, before the policy says what belongs there.

/// What stands under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// One value, as the text of a fact.
    Text(String),
    /// The items of a list, in their order.
    Items(Vec<ItemGiven>),
    /// Something else that holds values.
    Nested,
}

/// An item: its names and what stands under each; none where it is no facts at all.
pub type ItemGiven = Option<Vec<(String, Given)>>;
