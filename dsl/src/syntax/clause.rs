//! Clauses, and what their sentences say.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::rounding::Rounding;

use super::{Condition, Decimal, Expression, Hit, Literal, Name, RoundTo, Spanned, Table};
use crate::source::Span;

/// A numbered clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number: `4.1`, `4.2A`.
    pub number: Spanned<String>,
    /// Whether it begins `Open to local agreement:`, so that a policy that uses it may override
    /// it.
    pub is_open: bool,
    /// The days on which this wording of it is in force, where it says them.
    pub in_force: Option<InForce>,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// What follows `note:`.
    pub note: Option<Spanned<String>>,
}

/// `(from 1 April 2026 until 31 March 2027)`, after the number of a clause; one of the two at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The first day.
    pub from: Option<Spanned<Date>>,
    /// The last day.
    pub until: Option<Spanned<Date>>,
    /// Where it stands.
    pub span: Span,
}

/// `NF Annex A`: a source and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The source it begins with; longest declared source, else its first word.
    pub source: Name,
    /// All of it, as written.
    pub text: Spanned<String>,
}

/// A clause, a whole section or a row that another clause names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The tool it belongs to, where it is not one of the same text: `CC`.
    pub tool: Option<Name>,
    /// `4` for a section, `4.1` for a clause.
    pub number: String,
    /// Whether it is a section (`section 4`).
    pub is_section: bool,
    /// A row of the clause's table, from 1.
    pub row: Option<u32>,
    /// Where it stands.
    pub span: Span,
}

/// One sentence of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The clauses it is written `Despite`.
    pub despite: Vec<Reference>,
    /// The items it is for, each by itself: `For each service, ...`.
    pub each: Option<Each>,
    /// Where it applies, written before (`When ...`) or after (`... when ...`).
    pub when: Option<Condition>,
    /// What it says.
    pub body: Body,
    /// What it says otherwise: `; otherwise ...`.
    pub otherwise: Option<Body>,
    /// Where it stands.
    pub span: Span,
}

/// `For each service`, before a sentence or after its `When ...,`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each {
    /// The item, in the singular.
    pub item: Name,
    /// Whether the condition stands before it, and so is not about the item.
    pub is_after_when: bool,
}

/// What a sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// `This policy covers a child when ...`
    Cover {
        /// The subject.
        subject: Name,
    },
    /// `A child is also not eligible when ...`
    Conclude {
        /// The subject.
        subject: Name,
        /// Whether it says `not`.
        not: bool,
        /// The conclusion.
        conclusion: Name,
    },
    /// `Care cost = ...`
    Define {
        /// The value.
        name: Name,
        /// What it is.
        value: Expression,
    },
    /// `Band: exactly one row applies.`, `Points for a domain: ...`; without names, and
    /// with parties among the columns, shares: `When ...: exactly one row applies.`
    Table {
        /// The values it gives.
        names: Vec<Name>,
        /// The family whose members it is used for, in the singular.
        each: Option<Name>,
        /// Which rows count.
        hit: Hit,
        /// The table itself.
        table: Table,
    },
    /// `Tariff: each slice at its own rate, to the nearest penny, halves up.`
    Slices {
        /// The value it gives.
        name: Name,
        /// How the sum of the slices is rounded.
        rounding: Option<(RoundTo, Rounding)>,
        /// The slices: upper edges and rates.
        table: Table,
    },
    /// `Day care rate, an hour: £24.50 from 1 April 2025 ...`
    Rates {
        /// The rate.
        name: Name,
        /// What it is for, in the singular: `hour`.
        per: Spanned<String>,
        /// The values, in the order written.
        rates: Vec<Rate>,
    },
    /// `the ICB 40%, social care the rest`
    Shares(Vec<Share>),
    /// `as the joint panel decides`
    AsDecided {
        /// The panel.
        panel: Name,
    },
    /// `the council and the ICB in the ratio 93.7 : 28.3`
    Ratio {
        /// The parties.
        parties: Vec<Name>,
        /// Their terms, one a party.
        terms: Vec<Spanned<Decimal>>,
    },
    /// `Split care cost in the shares of section 4.`
    Split {
        /// What is split.
        amount: Expression,
        /// The section or clause with the shares.
        shares: Reference,
        /// Whether it says `refunds included`.
        refunds: bool,
        /// What the sentence after it says of spare pennies.
        spare: Option<Spare>,
    },
    /// `Split care cost between the ICB and social care in proportion to hours one and hours two.`
    Proportion {
        /// What is split.
        amount: Expression,
        /// The parties.
        parties: Vec<Name>,
        /// Their weights, one a party.
        weights: Vec<Expression>,
        /// Whether it says `refunds included`.
        refunds: bool,
        /// What the sentence after it says of spare pennies.
        spare: Option<Spare>,
    },
    /// `Education pays ...`
    Pay {
        /// The party.
        party: Name,
        /// What it pays.
        amount: Expression,
        /// Whether it says `refunds included`.
        refunds: bool,
    },
    /// `Of support cost, the school pays the first £6,000.00 a year; the council pays the rest.`
    PayInTurn {
        /// What is paid.
        amount: Expression,
        /// Who pays how much of it at most, one after the other.
        tiers: Vec<Tier>,
        /// Who pays what is left.
        last: Name,
    },
    /// `The ICB pays at most £1,600.00 a week in all; social care pays the excess ...`
    Limit {
        /// The party that is limited.
        party: Name,
        /// The most it pays.
        most: Expression,
        /// The clauses whose payments count; none where all do.
        under: Vec<Reference>,
        /// The party that pays the excess.
        other: Name,
        /// The panel the case is then referred to.
        refer: Option<Name>,
    },
    /// `The ICB pays at least 1/3 of care cost, ..., taken from social care, then education.`
    Floor {
        /// The party that pays at least so much.
        party: Name,
        /// The least it pays.
        least: Expression,
        /// The clauses whose payments count; none where all do.
        under: Vec<Reference>,
        /// The parties from whose payments it is taken, in order.
        from: Vec<Name>,
    },
    /// `Client contribution must be £0.00 when legal basis is section 117.`
    Require {
        /// What must hold.
        must: Condition,
    },
    /// `The case is referred to the joint panel when ...`
    Refer {
        /// The panel.
        panel: Name,
    },
    /// `Clause 4.2 does not apply when ...`
    Switch {
        /// The clause switched off.
        clause: Reference,
    },
    /// A promise.
    Promise(Promise),
}

/// `£25.61 from 1 April 2026 until 31 March 2027`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The value: money, a number or a percent.
    pub value: Spanned<Literal>,
    /// The first day.
    pub from: Spanned<Date>,
    /// The last day, where it says one.
    pub until: Option<Spanned<Date>>,
    /// The day on which it was announced, where it says one.
    pub announced: Option<Spanned<Date>>,
    /// Its own citations.
    pub citations: Vec<Citation>,
}

/// `the ICB 40%`, `the council the rest`, `the ICB health share`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The party.
    pub party: Name,
    /// Its share.
    pub share: ShareKind,
    /// Where the share stands.
    pub span: Span,
}

/// `the school pays the first £6,000.00 a year`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The party.
    pub party: Name,
    /// The most it pays.
    pub most: Expression,
}

/// A share of a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareKind {
    /// `40%`, `1/3`
    Literal(Literal),
    /// `health share`
    Name(Name),
    /// `the rest`
    Rest,
}

/// Where the spare pennies of a split go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spare {
    /// `to the largest fractions of a penny, ties in the order of the parties`
    LargestFractions,
    /// `to the parties in order, passing over zero shares`
    InOrder,
    /// `The council takes the difference, the others to the nearest penny, halves to even`
    Difference {
        /// The party that takes the difference.
        party: Name,
        /// How the others are rounded.
        rounding: Rounding,
    },
}

/// What holds for every case, by the policy's own word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Promise {
    /// `The parties' payments add up to ...`
    AddUp {
        /// What they add up to.
        amount: Expression,
    },
    /// `Higher total points never lower the ICB's share in 4.1.`
    Monotone {
        /// The fact or value that rises.
        rising: Name,
        /// Whether the share or payments must not fall (`never lower`) or not rise (`never raise`).
        never_lower: bool,
        /// The party.
        party: Name,
        /// The clause with the shares; none for `payments`.
        within: Option<Reference>,
    },
    /// `The ICB never pays more than £1,600.00 a week.`
    Bound {
        /// The party.
        party: Name,
        /// Whether the bound is the most rather than the least.
        is_most: bool,
        /// The bound.
        amount: Expression,
    },
    /// `When fast track, the child is always eligible.`
    Always {
        /// The conclusion.
        conclusion: Name,
        /// `always`, or else `never`.
        is_always: bool,
    },
}
