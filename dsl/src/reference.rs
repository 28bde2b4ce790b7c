//! The language, for those who write policies.
//!
//! [thirty_sentences]: self::thirty_sentences
//! [text]: self::text
//! [facts]: self::facts
//! [lists]: self::lists
//! [clauses]: self::clauses
//! [conditions]: self::conditions
//! [calculations]: self::calculations
//! [days]: self::days
//! [tables]: self::tables
//! [paying]: self::paying
//! [not_known]: self::not_known
//! [examples]: self::examples
//! [tools]: self::tools
//! [limits]: self::limits
#![doc = include_str!("../reference/README.md")]

#[doc = include_str!("../reference/thirty_sentences.md")]
pub mod thirty_sentences {}

#[doc = include_str!("../reference/text.md")]
pub mod text {}

#[doc = include_str!("../reference/facts.md")]
pub mod facts {}

#[doc = include_str!("../reference/lists.md")]
pub mod lists {}

#[doc = include_str!("../reference/clauses.md")]
pub mod clauses {}

#[doc = include_str!("../reference/conditions.md")]
pub mod conditions {}

#[doc = include_str!("../reference/calculations.md")]
pub mod calculations {}

#[doc = include_str!("../reference/days.md")]
pub mod days {}

#[doc = include_str!("../reference/tables.md")]
pub mod tables {}

#[doc = include_str!("../reference/paying.md")]
pub mod paying {}

#[doc = include_str!("../reference/not_known.md")]
pub mod not_known {}

#[doc = include_str!("../reference/examples.md")]
pub mod examples {}

#[doc = include_str!("../reference/tools.md")]
pub mod tools {}

#[doc = include_str!("../reference/limits.md")]
pub mod limits {}
