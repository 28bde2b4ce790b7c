//! What can be wrong with a case that comes as text. No message repeats a value: cases are
//! private.

use core::slice;

use apportion::policy::CaseMistake;
use thiserror::Error;

/// Why a text is no value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FieldMistake {
    /// The policy refuses it.
    #[error(transparent)]
    Case(#[from] CaseMistake),
    /// Part of a penny, or no number, under a name that ends in `_pence`.
    #[error(
        "`{fact}` must be a whole number of pence, such as 160000, under a name ending in `_pence`"
    )]
    NotPence {
        /// The fact.
        fact: String,
    },
}

impl FieldMistake {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            FieldMistake::Case(mistake) => mistake.code(),
            FieldMistake::NotPence { .. } => "not-whole-pence",
        }
    }
}

/// Why a text is no case of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CaseTextMistake {
    /// Not RON, or not JSON.
    #[error("not {format}: {problem}, in line {line}, column {column}")]
    Syntax {
        /// The format that the text is not in.
        format: &'static str,
        /// What is wrong.
        problem: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// `[1, 2]`, or a word alone.
    #[error("a case is facts and their values, such as {example}")]
    NotFacts {
        /// A case that would do.
        example: &'static str,
    },
    /// An item that is no facts: `services: [night_sitter]`.
    #[error("an item is facts and their values, such as {example}")]
    ItemNotFacts {
        /// An item that would do.
        example: &'static str,
    },
    /// One value where there is a list: `services: 2`.
    #[error("`{list}` must be a list of items, such as [{example}]")]
    NotAList {
        /// The list, in the plural.
        list: String,
        /// An item that would do.
        example: &'static str,
    },
    /// Something wrong in one item.
    #[error("{item}: {mistake}")]
    Item {
        /// Which: `service 2`.
        item: String,
        /// What is wrong.
        mistake: Box<CaseTextMistake>,
    },
    /// A value that holds others: `breathing: [high]`.
    #[error("`{name}` holds several values, and a fact has one")]
    Nested {
        /// The name it stands under.
        name: String,
    },
    /// Several of them, in the order of the text.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several(Vec<CaseTextMistake>),
    /// A fact that is not declared or is stated twice, or a text that is no value of its.
    #[error(transparent)]
    Field(#[from] FieldMistake),
}

impl CaseTextMistake {
    /// One mistake, or several; none are none.
    pub(crate) fn of(mut mistakes: Vec<CaseTextMistake>) -> Option<CaseTextMistake> {
        match mistakes.len() {
            0 | 1 => mistakes.pop(),
            _ => Some(CaseTextMistake::Several(mistakes)),
        }
    }

    /// Each mistake by itself.
    pub fn each(&self) -> &[CaseTextMistake] {
        match self {
            CaseTextMistake::Several(mistakes) => mistakes,
            one => slice::from_ref(one),
        }
    }

    /// A stable name for this mistake; of several, for the first.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            CaseTextMistake::Syntax { .. } => "case-syntax",
            CaseTextMistake::NotFacts { .. } => "not-facts",
            CaseTextMistake::ItemNotFacts { .. } => "item-not-facts",
            CaseTextMistake::NotAList { .. } => "not-a-list",
            CaseTextMistake::Item { mistake, .. } => mistake.code(),
            CaseTextMistake::Nested { .. } => "nested-value",
            CaseTextMistake::Several(mistakes) => {
                mistakes.first().map_or("not-facts", CaseTextMistake::code)
            }
            CaseTextMistake::Field(mistake) => mistake.code(),
        }
    }
}

impl From<CaseMistake> for CaseTextMistake {
    fn from(mistake: CaseMistake) -> Self {
        CaseTextMistake::Field(mistake.into())
    }
}
