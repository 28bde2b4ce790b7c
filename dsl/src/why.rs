//! Why a case was decided as it was, made on demand for those who have to understand it: a
//! letter for a family, the working for finance, and why a conclusion was not drawn.
//!
//! Each is a [`Page`]: shown as text, or as HTML to print.

mod decided;
mod wording;
mod asking;
mod grounds;
mod steps;
mod page;
mod told;
pub(crate) mod withheld;
mod parts;
mod worked;
mod reason;
mod change;
mod agreement;
mod letter;
mod working;
mod why_not;
mod difference;

pub(crate) use decided::{Decided, Figure};

pub use change::{Asked, Change, ChangedFact, Changes, LeftOut, MOST_STEPS};
pub use difference::{Side, difference};
pub use page::{Block, Page, Section};
