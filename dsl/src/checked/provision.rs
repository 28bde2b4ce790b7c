//! Provisions: what the sentences of a policy say.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{ClauseId, ConclusionId, PanelId, PartyId, UnitId, ValueId};
use apportion_core::rounding::Rounding;
use apportion_core::split::SparePennies;

use super::{Condition, Expression, FamilyId, ListId, ShareRow, Slices, Table};
use crate::source::Span;

/// A provision, by its place in [`Policy::provisions`](super::Policy::provisions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProvisionId(pub u32);

/// The cases of which a sentence written `Despite` a row of a table is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtRow {
    /// Those in which the row counts, which is then overridden.
    Counts,
    /// All others, mostly none: the table and the sentence both speak, and must agree.
    Another,
}

/// What one sentence says, or one side of `...; otherwise ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// The clause it stands in.
    pub clause: ClauseId,
    /// The list of whose items it is said, each by itself.
    pub list: Option<ListId>,
    /// Where the wording of its clause is in force; where it is not, nothing of it is asked.
    pub in_force: Condition,
    /// Where it holds.
    pub when: Condition,
    /// The clauses that it is written `Despite`.
    pub despite: Vec<ClauseId>,
    /// Of a sentence that is written `Despite` a row of a table: the cases it is said of.
    pub at_row: Option<AtRow>,
    /// What it says.
    pub body: Body,
    /// Where it stands.
    pub span: Span,
}

/// What a provision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The policy covers the case.
    Cover,
    /// The case is, or is not, something.
    Conclude {
        /// What.
        conclusion: ConclusionId,
        /// Whether it is, rather than is not.
        is_for: bool,
    },
    /// A value is an expression.
    Define {
        /// The value.
        value: ValueId,
        /// The expression.
        expression: Expression,
    },
    /// Values are looked up in a table.
    Table(Table),
    /// A value is made of slices, each at its own rate.
    Slices(Slices),
    /// A value by date: the one in force is the last whose day is not after the date.
    Rates {
        /// The value.
        value: ValueId,
        /// First days and numbers, over the denominator of the value; rising.
        rates: Vec<(Date, i64)>,
        /// When each was announced, where the policy says so. It decides nothing: the rate now
        /// known counts from its first day.
        announced: Vec<Option<Date>>,
    },
    /// The parties' shares: the rows of a table, or the one row of a sentence.
    Shares(Vec<ShareRow>, crate::syntax::Hit),
    /// An amount is split.
    Split {
        /// The amount, in whole pence.
        amount: Expression,
        /// The unit in which it is paid.
        unit: UnitId,
        /// The clauses with the shares.
        shares: Vec<ClauseId>,
        /// Where the spare pennies go.
        spare: Spare,
    },
    /// An amount is split in proportion to weights.
    Proportion {
        /// The amount, in whole pence.
        amount: Expression,
        /// The unit in which it is paid.
        unit: UnitId,
        /// The weights, one a party in the order declared; none where a party has no part.
        weights: Vec<Option<Expression>>,
        /// Where the spare pennies go.
        spare: Spare,
    },
    /// A party pays.
    Pay {
        /// The party.
        party: PartyId,
        /// What it pays, in whole pence.
        amount: Expression,
        /// The unit in which it is paid.
        unit: UnitId,
    },
    /// An amount is paid by one party after the other, each up to so much.
    PayInTurn {
        /// The amount, in whole pence and not below 0.
        amount: Expression,
        /// The unit in which it is paid.
        unit: UnitId,
        /// Who pays how much at most, in whole pence and not below 0.
        tiers: Vec<(PartyId, Expression)>,
        /// Who pays what is left.
        last: PartyId,
    },
    /// A party pays at most so much; another pays the excess.
    Limit {
        /// The party.
        party: PartyId,
        /// The most it pays, in whole pence.
        most: Expression,
        /// The unit that counts.
        unit: UnitId,
        /// The clauses whose payments count; none where all do.
        under: Vec<ClauseId>,
        /// Who pays the excess.
        other: PartyId,
        /// The panel to which the case is then referred.
        refer: Option<PanelId>,
    },
    /// A party pays at least so much; what it lacks is taken from others.
    Floor {
        /// The party.
        party: PartyId,
        /// The least it pays, in whole pence.
        least: Expression,
        /// The unit that counts.
        unit: UnitId,
        /// The clauses whose payments count; none where all do.
        under: Vec<ClauseId>,
        /// The parties from whose payments it is taken, in order.
        from: Vec<PartyId>,
    },
    /// A condition must hold, or the case is refused.
    Require {
        /// The condition.
        must: Condition,
        /// How it is worded: `client contribution must be £0.00`.
        words: String,
    },
    /// The case is referred.
    Refer {
        /// To which panel.
        panel: PanelId,
    },
    /// Another clause does not apply.
    Switch {
        /// The clause, each of its wordings.
        clauses: Vec<ClauseId>,
    },
    /// A promise; it decides nothing.
    Promise(Promise),
    /// Something whose mistake has been reported.
    Broken,
}

impl Body {
    /// Whether a provision that says this can be written `Despite` one that says the other:
    /// both are about one conclusion, one value, one payment of an amount, or shares.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Body) -> bool {
        match (self, other) {
            (Body::Conclude { conclusion: a, .. }, Body::Conclude { conclusion: b, .. }) => a == b,
            (Body::Shares(..), Body::Shares(..))
            | (Body::Limit { .. }, Body::Limit { .. })
            | (Body::Floor { .. }, Body::Floor { .. })
            | (Body::Require { .. }, Body::Require { .. })
            | (Body::Refer { .. }, Body::Refer { .. })
            | (Body::Cover, Body::Cover) => true,
            _ if self.amount().is_some() => self.amount() == other.amount(),
            _ => self.values().iter().any(|value| other.values().contains(value)),
        }
    }

    /// Which of its rows count, where it has rows.
    #[must_use]
    pub fn hit(&self) -> Option<crate::syntax::Hit> {
        match self {
            Body::Table(table) => Some(table.hit),
            Body::Shares(_, hit) => Some(*hit),
            _ => None,
        }
    }

    /// The amount that it puts up for payment.
    #[must_use]
    pub fn amount(&self) -> Option<&Expression> {
        match self {
            Body::Split { amount, .. }
            | Body::Proportion { amount, .. }
            | Body::Pay { amount, .. }
            | Body::PayInTurn { amount, .. } => Some(amount),
            _ => None,
        }
    }

    /// The family for whose members a table is used.
    pub(crate) fn family(&self) -> Option<FamilyId> {
        match self {
            Body::Table(table) => table.each,
            _ => None,
        }
    }

    /// The unit in which it makes parties pay.
    #[must_use]
    pub fn unit_of_payment(&self) -> Option<UnitId> {
        match self {
            Body::Split { unit, .. }
            | Body::Proportion { unit, .. }
            | Body::Pay { unit, .. }
            | Body::PayInTurn { unit, .. } => Some(*unit),
            _ => None,
        }
    }

    /// The values that it gives.
    #[must_use]
    pub fn values(&self) -> &[ValueId] {
        match self {
            Body::Define { value, .. } | Body::Rates { value, .. } => core::slice::from_ref(value),
            Body::Slices(slices) => core::slice::from_ref(&slices.value),
            Body::Table(table) => &table.values,
            _ => &[],
        }
    }
}

/// Where the spare pennies of a split go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spare {
    /// To the largest fractions of a penny, ties in the order of the parties.
    LargestFractions,
    /// To the parties in order, passing over zero shares.
    InOrder,
    /// One party takes the difference; the others are rounded.
    Difference {
        /// The party.
        taker: PartyId,
        /// How the others are rounded.
        rounding: Rounding,
    },
}

impl Spare {
    /// The same to the engine, which counts parties in one byte.
    pub(crate) fn pennies(self) -> Option<SparePennies> {
        Some(match self {
            Spare::LargestFractions => SparePennies::LargestFractions,
            Spare::InOrder => SparePennies::InOrder,
            Spare::Difference { taker, rounding } => {
                SparePennies::Difference { taker: u8::try_from(taker.0).ok()?, rounding }
            }
        })
    }
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Promise {
    /// The parties' payments add up to an amount.
    AddUp(Expression),
    /// A higher fact or value never lowers, or never raises, a party's share or payments.
    Monotone {
        /// The fact or value that rises.
        rising: Expression,
        /// `never lower` rather than `never raise`.
        never_lower: bool,
        /// The party.
        party: PartyId,
        /// The clause with the shares, each of its wordings; none for payments.
        within: Vec<ClauseId>,
    },
    /// A party never pays more, or less, than an amount.
    Bound {
        /// The party.
        party: PartyId,
        /// `more` rather than `less`.
        is_most: bool,
        /// The amount.
        amount: Expression,
    },
    /// Where the provision's condition holds, the conclusion is always, or never, drawn.
    Always {
        /// The conclusion.
        conclusion: ConclusionId,
        /// `always` rather than `never`.
        is_always: bool,
    },
}
