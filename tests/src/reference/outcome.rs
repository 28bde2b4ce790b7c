//! What comes of a case.

use std::collections::{BTreeMap, BTreeSet};

use apportion_core::date::Date;
use apportion_core::program::{ClauseId, ConclusionId, FactId, PanelId, PartyId, UnitId, ValueId};
use num_bigint::BigInt;
use num_rational::BigRational;

use apportion::checked::ProvisionId;

use super::Item;

/// An exact number of any size. Money counts pence; a percent is a fraction of one.
pub type Fraction = BigRational;

/// A value of a fact, a definition or an expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Datum {
    /// Yes or no.
    YesNo(bool),
    /// A word, by its number in the list of its type.
    Word(u8),
    /// A day.
    Date(Date),
    /// A number.
    Number(Fraction),
    /// Words that are listed, by their numbers, in the order in which they are.
    Listed(Vec<u8>),
}

/// What one clause makes one party pay.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The clause.
    pub clause: ClauseId,
    /// The party.
    pub party: PartyId,
    /// The unit.
    pub unit: UnitId,
    /// How many pence; below 0 where a limit takes them from the party.
    pub pence: BigInt,
    /// The item for which it is paid.
    pub item: Option<Item>,
}

/// An amount that nobody pays before a panel has decided the shares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Awaiting {
    /// The clause that splits it.
    pub clause: ClauseId,
    /// The clause that leaves the shares to the panel.
    pub by: ClauseId,
    /// The panel.
    pub panel: PanelId,
    /// The unit.
    pub unit: UnitId,
    /// How many pence.
    pub pence: BigInt,
}

/// What a clause says of the case or an item: any of its sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its condition is true.
    pub holds: bool,
    /// It holds, is not switched off, and no clause that applies overrides it.
    pub applies: bool,
}

/// The rows that count, from 0, of each table that applies, by the member it is used for and
/// the item of which it is said.
pub type RowsChosen = BTreeMap<(ProvisionId, Option<FactId>, Option<Item>), Vec<usize>>;

/// What comes of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfItem {
    /// The conclusions about items of its list.
    pub conclusions: BTreeMap<ConclusionId, bool>,
    /// The clauses for which each of them is drawn or not.
    pub reasons: BTreeMap<ConclusionId, BTreeSet<ClauseId>>,
    /// The values given for items of its list, where some clause gives them.
    pub values: BTreeMap<ValueId, Option<Datum>>,
    /// What each clause says of it; what one says of the case it says of every item.
    pub clauses: Vec<Said>,
}

/// What comes of a case. Outside the cover only `reasons_not_covered` says anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the policy covers the case.
    pub is_covered: bool,
    /// For each conclusion, whether it is drawn; none for those drawn of items.
    pub conclusions: Vec<Option<bool>>,
    /// Each value, where some clause gives it; none for those given for each member or item.
    pub values: Vec<Option<Datum>>,
    /// The values given for each member.
    pub member_values: BTreeMap<(ValueId, FactId), Option<Datum>>,
    /// The cost lines, in the order of the clauses; limits after all payments.
    pub lines: Vec<Line>,
    /// What each party pays in all, by unit.
    pub totals: BTreeMap<(PartyId, UnitId), BigInt>,
    /// What awaits a panel, in the order of the clauses that split it.
    pub awaiting: Vec<Awaiting>,
    /// The limits and floors that wait, in the order of the clauses.
    pub waiting: Vec<ClauseId>,
    /// What each party is called in print.
    pub names: Vec<String>,
    /// The referrals, in the order of the clauses.
    pub referrals: Vec<(ClauseId, PanelId)>,
    /// What comes of each item.
    pub items: BTreeMap<Item, OfItem>,
    /// What each clause says of the case or of any item.
    pub clauses: Vec<Said>,
    /// The rows that count.
    pub rows: RowsChosen,
    /// The clauses for which each conclusion about the case is drawn or not.
    pub reasons: BTreeMap<ConclusionId, BTreeSet<ClauseId>>,
    /// The clauses for which the policy does not cover the case.
    pub reasons_not_covered: BTreeSet<ClauseId>,
}
