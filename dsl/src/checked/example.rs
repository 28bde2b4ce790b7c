//! Examples: what a case states, and what is expected of it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{
    ClauseId, ConclusionId, FactId, Item, PanelId, PartyId, UnitId, ValueId,
};

use super::{Constant, ListId};
use crate::source::Span;

/// An example: a case and what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// What the case states, inherited statements first, later ones standing.
    pub given: Vec<(FactId, Stated)>,
    /// The items of each list that it states; a list not named here is not stated.
    pub items: Vec<(ListId, Vec<ExampleItem>)>,
    /// The facts that only the example states from which this one starts: where such a fact
    /// does not apply any more, it is left out.
    pub inherited: Vec<FactId>,
    /// What is expected.
    pub expect: Vec<Expect>,
    /// Where its name stands.
    pub span: Span,
}

/// An item of a list in an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleItem {
    /// Its name in the example.
    pub name: String,
    /// What is stated of it.
    pub given: Vec<(FactId, Stated)>,
}

/// What an example states of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// A value.
    Known(Constant),
    /// `not known`.
    NotKnown,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// What.
    pub kind: ExpectKind,
    /// Where it stands.
    pub span: Span,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectKind {
    /// A conclusion, and clauses among its reasons.
    Conclusion {
        /// The conclusion.
        conclusion: ConclusionId,
        /// Whether it is drawn.
        is_drawn: bool,
        /// The clauses.
        by: Vec<ClauseId>,
    },
    /// The policy does not cover the case.
    NotCovered {
        /// Clauses among the reasons.
        by: Vec<ClauseId>,
    },
    /// A value.
    Value {
        /// Which.
        value: ValueId,
        /// What it is, over the denominator of the value (or of the constant's own, see `over`).
        is: Constant,
    },
    /// What a party pays.
    Pays {
        /// Who.
        party: PartyId,
        /// In which unit.
        unit: UnitId,
        /// How much.
        pence: i64,
    },
    /// Something of one item.
    OfItem {
        /// The list.
        list: ListId,
        /// Which of its items, from 0.
        index: u32,
        /// What.
        kind: Box<ExpectKind>,
    },
    /// The case is referred.
    Referred {
        /// The clauses that refer.
        by: Vec<ClauseId>,
    },
    /// Something that the decision needs is for a panel to decide.
    Awaits {
        /// The panel.
        panel: PanelId,
    },
    /// The case is refused.
    Refused {
        /// The clauses that refuse.
        by: Vec<ClauseId>,
    },
    /// Something about unknown evidence.
    Unknown(UnknownExpect),
}

/// What an example expects where evidence is outstanding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownExpect {
    /// A party pays between two amounts.
    PaysBetween {
        /// Who.
        party: PartyId,
        /// In which unit.
        unit: UnitId,
        /// The least, in pence.
        least: i64,
        /// The greatest, in pence.
        greatest: i64,
    },
    /// A value lies between two.
    ValueBetween {
        /// Which.
        value: ValueId,
        /// The least.
        least: Constant,
        /// The greatest.
        greatest: Constant,
    },
    /// A conclusion needs facts.
    ConclusionNeeds {
        /// Which.
        conclusion: ConclusionId,
        /// What it needs, in any order.
        needed: Vec<Needed>,
    },
    /// A value needs facts.
    ValueNeeds {
        /// Which.
        value: ValueId,
        /// What it needs, in any order.
        needed: Vec<Needed>,
    },
    /// The payments need facts.
    PaymentsNeed {
        /// What it needs, in any order.
        needed: Vec<Needed>,
    },
}

/// Something on which an answer hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needed {
    /// A fact.
    Fact {
        /// The fact.
        fact: FactId,
        /// The item that it is a fact of. `None` for the case.
        item: Option<Item>,
    },
    /// Which items there are of a list.
    Items {
        /// The list.
        list: ListId,
    },
}
