//! A policy compiled to decide cases: flat tables joined by small ids.
//!
//! Every value of a case in progress stands in a *slot* of one of three banks: **bytes**
//! (truths, words, counts, and the rank of any value that can take few values), **dates**
//! (packed, see [`Date`]) and **amounts** (`i64`, each a whole number of steps that the
//! compiler fixed). Facts come first; every operation writes slots after all those it
//! reads, and no two operations write one slot.
//!
//! **An operation is the size of a clause, not of a symbol.** It reads whole rows of
//! interval tests over bytes, so the byte slots of conditions and rows are the trace:
//! what each clause said is always there to be read afterwards.
//!
//! Numbers are compared with constants only through *bands*: a band operation turns an
//! amount or a date into the number of edges at or below it, and every comparison is then
//! an interval of bytes.
//!
//! A case has one value in each slot, but any number of *items* of a [`List`], and each of
//! these its own values in the slots of that list. What reads an item is worked out for each
//! item, what does not is worked out once, and *tallies* carry what items say to the case. So a
//! program runs in [`Pass`]es, which [`Builder::finish`] finds.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt::Write;
use core::ops::Range;

use crate::date::Date;
use crate::divide::Divider;
use crate::rounding::Rounding;
use crate::shift::MissingDay;
use crate::split::SparePennies;
use crate::value::{Type, Value};
use crate::working_days::WorkingDays;

/// Declares an id: a small number that stands for a place in one table.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub struct $name(pub u32);

        impl $name {
            /// The place as an index.
            #[inline]
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(/// A slot in the bank of bytes.
    ByteSlot);
id!(/// A slot in the bank of dates.
    DateSlot);
id!(/// A slot in the bank of amounts.
    AmountSlot);
id!(/// A fact, numbered in the order declared.
    FactId);
id!(/// A list of which a case has any number of items, numbered in the order declared.
    ListId);
id!(/// A conclusion, numbered in the order of first mention.
    ConclusionId);
id!(/// A value that a definition or table gives, numbered in the order of first mention.
    ValueId);
id!(/// A party, numbered in the order declared.
    PartyId);
id!(/// A unit in which parties pay (`£ a week`), numbered in the order of first payment.
    UnitId);
id!(/// A panel, numbered in the order declared.
    PanelId);
id!(/// A clause, numbered in the order written.
    ClauseId);
id!(/// Totals over one family, numbered in the order made.
    TotalsId);
id!(/// A refusal that a case can meet, numbered in the order made: of several, the lowest stands.
    RefusalId);

/// A run of entries in one of the program's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first entry.
    pub start: u32,
    /// The entry after the last.
    pub end: u32,
}

impl Run {
    /// So many entries from one on. `None` where there are too many.
    pub(crate) fn at(start: u32, count: u32) -> Option<Run> {
        Some(Run { start, end: start.checked_add(count)? })
    }

    /// The run as a range of indices.
    #[inline]
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// One interval test over the bank of bytes: `low <= byte <= low + width`.
///
/// The kernel asks `byte.wrapping_sub(low) <= width`, so a test may also wrap past 255:
/// "anything but 3" is `low: 4, width: 254`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Test {
    /// The byte that is tested.
    pub slot: ByteSlot,
    /// The least byte that passes.
    pub low: u8,
    /// How far above `low` a byte still passes.
    pub width: u8,
}

impl Test {
    /// The test that a truth holds.
    #[must_use]
    pub fn is_true(slot: ByteSlot) -> Test {
        Test { slot, low: 1, width: 0 }
    }

    /// The test that a truth does not hold.
    #[must_use]
    pub fn is_false(slot: ByteSlot) -> Test {
        Test { slot, low: 0, width: 0 }
    }

    /// Whether a byte passes.
    pub(crate) fn passes(self, byte: u8) -> bool {
        byte.wrapping_sub(self.low) <= self.width
    }

    /// The test that passes where this one does not. `None` where every byte passes.
    #[must_use]
    pub fn opposite(self) -> Option<Test> {
        let width = u8::MAX.checked_sub(self.width)?.checked_sub(1)?;
        let low = self.low.wrapping_add(self.width).wrapping_add(1);
        Some(Test { slot: self.slot, low, width })
    }
}

/// One test of a row, with what the row gives: rows stand one after the other as a single
/// run of tests, and the last test of each says so. All tests of a row must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowTest {
    /// The byte that is tested.
    pub(crate) slot: ByteSlot,
    /// The least byte that passes.
    pub(crate) low: u8,
    /// How far above `low` a byte still passes.
    pub(crate) width: u8,
    /// What the row gives where it is chosen.
    pub(crate) value: u8,
    /// Whether this is the last test of the row.
    pub(crate) ends_row: bool,
}

/// `factor` times the amount in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The amount.
    pub slot: AmountSlot,
    /// How often it is counted; may be negative.
    pub factor: i64,
}

/// The bytes of a family, which stand one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Members {
    /// The first.
    pub first: ByteSlot,
    /// How many there are.
    pub count: u8,
}

impl Members {
    /// Whether a byte is one of them.
    pub(crate) fn has(self, byte: ByteSlot) -> bool {
        let first = self.first.index();
        (first..first + usize::from(self.count)).contains(&byte.index())
    }
}

/// Totals over the bytes of a family: up to eight counts and sums, each at most 255.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Totals {
    /// The bytes.
    pub(crate) members: Members,
    /// What byte 0, 1, 2, ... adds to each total, the first total in the lowest eight bits;
    /// beyond the end, nothing.
    pub(crate) points: Vec<u64>,
    /// Where the totals are written.
    pub(crate) outs: Vec<ByteSlot>,
}

/// How many totals one pass can add up.
pub(crate) const TOTALS: usize = 8;

/// One step of a program. Bounds proved at compile time keep every result within `i64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// 1 where any of the rows applies, else 0.
    Condition {
        /// The rows, in the table `tests`.
        rows: Run,
        /// A truth.
        out: ByteSlot,
    },
    /// How many of the rows apply; there are at most 255.
    Count {
        /// The rows, in the table `tests`.
        rows: Run,
        /// The count.
        out: ByteSlot,
    },
    /// The value of the first row that applies. Rows are kept **last first**, so that
    /// the one written last into the answer is the first that the policy lists.
    Choose {
        /// The rows, last first, in the table `tests`.
        rows: Run,
        /// The answer where no row applies.
        otherwise: u8,
        /// The answer.
        out: ByteSlot,
    },
    /// How many edges are at or below the date.
    DateBand {
        /// The date.
        date: DateSlot,
        /// The edges in the table `dates`, rising; at most 255.
        edges: Run,
        /// The band, 0 to the number of edges.
        out: ByteSlot,
    },
    /// How many edges are at or below the amount.
    AmountBand {
        /// The amount.
        amount: AmountSlot,
        /// The edges in the table `amounts`, rising; at most 255.
        edges: Run,
        /// The band, 0 to the number of edges.
        out: ByteSlot,
    },
    /// 0 where the first date is before the second, 1 where they are the same, 2 where after.
    CompareDates {
        /// The first.
        a: DateSlot,
        /// The second.
        b: DateSlot,
        /// 0, 1 or 2.
        out: ByteSlot,
    },
    /// 0 where the first byte is below the second, 1 where they are the same, 2 where above.
    CompareBytes {
        /// The first.
        a: ByteSlot,
        /// The second.
        b: ByteSlot,
        /// 0, 1 or 2.
        out: ByteSlot,
    },
    /// 0 where the first amount, so many times, is below the second, so many times; 1 where
    /// they are the same, 2 where above. So amounts over different denominators are compared.
    CompareAmounts {
        /// The first.
        a: AmountSlot,
        /// The second.
        b: AmountSlot,
        /// How often each is taken; above 0.
        times: [i64; 2],
        /// Whether the products need more than 64 bits.
        is_wide: bool,
        /// 0, 1 or 2.
        out: ByteSlot,
    },
    /// Completed years from a birth to a day; 255 stands for 255 or more. A birth after
    /// the day refuses the case.
    Age {
        /// The date of birth.
        birth: DateSlot,
        /// The day on which the age is asked for.
        on: DateSlot,
        /// The age.
        out: ByteSlot,
        /// A truth: the refusal counts only where it holds.
        when: ByteSlot,
        /// The refusal where the birth is after the day.
        refusal: RefusalId,
    },
    /// Counts and sums over the bytes of a family, in one pass. Made by
    /// [`Builder::family_count`] and [`Builder::family_sum`].
    FamilyTotals {
        /// Which of them.
        totals: TotalsId,
    },
    /// The highest byte of a list.
    Highest {
        /// The bytes, in the table `byte_lists`; none gives 0.
        slots: Run,
        /// The highest.
        out: ByteSlot,
    },
    /// The lowest byte of a list.
    Lowest {
        /// The bytes, in the table `byte_lists`; none gives 255.
        slots: Run,
        /// The lowest.
        out: ByteSlot,
    },
    /// One of several bytes: choice 1 is the first option; 0, or beyond the last, gives 0.
    PickByte {
        /// Which.
        choice: ByteSlot,
        /// The options, in the table `byte_lists`.
        options: Run,
        /// The byte chosen.
        out: ByteSlot,
    },
    /// One of several amounts: choice 1 is the first option; 0, or beyond the last, gives 0.
    PickAmount {
        /// Which.
        choice: ByteSlot,
        /// The options, in the table `amount_lists`.
        options: Run,
        /// The amount chosen.
        out: AmountSlot,
    },
    /// One of several dates: choice 1 is the first option; 0, or beyond the last, gives none
    /// that a case can have.
    PickDate {
        /// Which.
        choice: ByteSlot,
        /// The options, in the table `date_lists`.
        options: Run,
        /// The date chosen.
        out: DateSlot,
    },
    /// The day so many days after another; before it where they are below 0.
    PlusDays {
        /// The day counted from.
        date: DateSlot,
        /// How many days.
        days: i32,
        /// The day.
        out: DateSlot,
    },
    /// The same day so many months later; earlier where they are below 0.
    PlusMonths {
        /// The day counted from.
        date: DateSlot,
        /// How many months.
        months: i32,
        /// Where a month ends that lacks the day.
        missing: MissingDay,
        /// The day.
        out: DateSlot,
    },
    /// The day so many working days from another.
    PlusWorkingDays {
        /// The day counted from.
        date: DateSlot,
        /// How many working days, and which way.
        days: WorkingDays,
        /// The holidays on the way, in the table `holidays`.
        holidays: Run,
        /// The day.
        out: DateSlot,
    },
    /// The later of two dates.
    LaterDate {
        /// The first.
        a: DateSlot,
        /// The second.
        b: DateSlot,
        /// The later.
        out: DateSlot,
    },
    /// The earlier of two dates.
    EarlierDate {
        /// The first.
        a: DateSlot,
        /// The second.
        b: DateSlot,
        /// The earlier.
        out: DateSlot,
    },
    /// How many days lie between two, and `more`; never below 0.
    DaysBetween {
        /// The first day.
        from: DateSlot,
        /// The last day.
        to: DateSlot,
        /// What is added: 1 where both days count, -1 where neither does, else 0.
        more: i32,
        /// The number of days.
        out: AmountSlot,
    },
    /// The amount that a byte stands for.
    Lookup {
        /// The byte.
        slot: ByteSlot,
        /// What byte 0, 1, 2, ... stands for, in the table `amounts`; beyond the end, 0.
        table: Run,
        /// The amount.
        out: AmountSlot,
    },
    /// The sum of terms and a constant.
    Linear {
        /// The terms, in the table `terms`.
        terms: Run,
        /// The constant.
        constant: i64,
        /// The sum.
        out: AmountSlot,
    },
    /// The product of two amounts.
    Multiply {
        /// The first.
        a: AmountSlot,
        /// The second.
        b: AmountSlot,
        /// The product.
        out: AmountSlot,
    },
    /// `round(amount x numerator / divisor) x times`.
    Round {
        /// The amount.
        amount: AmountSlot,
        /// Multiplies before the division; above 0.
        numerator: i64,
        /// Divides, by a multiplication whose constant the bounds give.
        divider: Divider,
        /// Multiplies the rounded quotient; above 0.
        times: i64,
        /// How the quotient is rounded.
        rounding: Rounding,
        /// The rounded amount.
        out: AmountSlot,
    },
    /// `round(a x b x numerator / (by x divisor)) x times`, with the products in 128 bits.
    Divide {
        /// The first factor of the dividend.
        a: AmountSlot,
        /// The second factor of the dividend.
        b: AmountSlot,
        /// Multiplies before the division; above 0.
        numerator: i64,
        /// The divisor; proved never to be 0 (were it so, the result is 0).
        by: AmountSlot,
        /// Divides as well; above 0.
        divisor: i64,
        /// Multiplies the rounded quotient; above 0.
        times: i64,
        /// How the quotient is rounded.
        rounding: Rounding,
        /// The rounded amount.
        out: AmountSlot,
    },
    /// The greater of two amounts.
    Greater {
        /// The first.
        a: AmountSlot,
        /// The second.
        b: AmountSlot,
        /// The greater.
        out: AmountSlot,
    },
    /// The lesser of two amounts.
    Lesser {
        /// The first.
        a: AmountSlot,
        /// The second.
        b: AmountSlot,
        /// The lesser.
        out: AmountSlot,
    },
    /// Divides whole pence in shares that a table lists: the parts always add up.
    SplitByTable {
        /// The amount, in pence.
        amount: AmountSlot,
        /// Which row of shares: 1 is the first; 0, or beyond the last, gives nobody anything.
        choice: ByteSlot,
        /// The rows one after the other, each with one numerator a party, in the table `amounts`.
        shares: Run,
        /// What the numerators of a row add up to.
        whole: i64,
        /// Divides by `whole`.
        divider: Divider,
        /// Where the spare pennies go.
        spare: SparePennies,
        /// The parts, one slot a party from this one on, then as many slots to work in.
        out: AmountSlot,
        /// How many parties there are.
        parties: u32,
    },
    /// Divides whole pence in shares that were computed: the parts always add up.
    Split {
        /// The amount, in pence.
        amount: AmountSlot,
        /// The numerators, one a party, in the table `amount_lists`.
        shares: Run,
        /// What the numerators add up to; where they are all 0, nobody gets anything.
        whole: i64,
        /// Divides by `whole`.
        divider: Divider,
        /// Where the spare pennies go.
        spare: SparePennies,
        /// The parts, one slot a party from this one on, then as many slots to work in.
        out: AmountSlot,
    },
    /// Divides whole pence in proportion to weights: the parts always add up, but where all
    /// weights are 0 nobody gets anything.
    SplitInProportion {
        /// The amount, in pence.
        amount: AmountSlot,
        /// The weights, one a party, in the table `amount_lists`; 0 or more, and all together
        /// in 64 bits.
        weights: Run,
        /// Where the spare pennies go.
        spare: SparePennies,
        /// The parts, one slot a party from this one on, then as many slots to work in.
        out: AmountSlot,
    },
    /// Moves what a party pays above a limit to another.
    Limit {
        /// What the party pays so far.
        payer: AmountSlot,
        /// What the other pays so far.
        other: AmountSlot,
        /// The most the party pays.
        most: AmountSlot,
        /// A truth: the limit holds only here. `None` where it always holds.
        when: Option<ByteSlot>,
        /// What is moved: 0 or more; in the slot after it what the party then pays, and in
        /// the one after that what the other then pays.
        out: AmountSlot,
        /// A truth: something was moved.
        moved: ByteSlot,
    },
    /// What the items of a list for which a truth holds add up to.
    SumItems {
        /// A truth of each item: it is counted.
        when: ByteSlot,
        /// What it adds.
        amount: AmountSlot,
        /// The sum, of the case.
        out: AmountSlot,
    },
    /// For how many items of a list a truth holds.
    CountItems {
        /// A truth of each item: it is counted.
        when: ByteSlot,
        /// The count, of the case.
        out: AmountSlot,
    },
    /// The greatest or the least byte among the items of a list for which a truth holds.
    ExtremeByte {
        /// A truth of each item: it is counted.
        when: ByteSlot,
        /// Its byte.
        byte: ByteSlot,
        /// Whether the greatest is sought, and not the least.
        is_greatest: bool,
        /// What stands where no item is counted.
        start: u8,
        /// The byte, of the case.
        out: ByteSlot,
        /// A truth of the case: some item is counted.
        any: ByteSlot,
    },
    /// The latest or the earliest date among the items of a list for which a truth holds.
    ExtremeDate {
        /// A truth of each item: it is counted.
        when: ByteSlot,
        /// Its date.
        date: DateSlot,
        /// Whether the latest is sought, and not the earliest.
        is_greatest: bool,
        /// What stands where no item is counted.
        start: Date,
        /// The date, of the case.
        out: DateSlot,
        /// A truth of the case: some item is counted.
        any: ByteSlot,
    },
    /// The greatest or the least amount among the items of a list for which a truth holds.
    ExtremeAmount {
        /// A truth of each item: it is counted.
        when: ByteSlot,
        /// Its amount.
        amount: AmountSlot,
        /// Whether the greatest is sought, and not the least.
        is_greatest: bool,
        /// What stands where no item is counted.
        start: i64,
        /// The amount, of the case.
        out: AmountSlot,
        /// A truth of the case: some item is counted.
        any: ByteSlot,
    },
    /// Refuses the case where the byte does not pass.
    Require {
        /// A truth: the requirement counts only where it holds.
        when: ByteSlot,
        /// The test to pass.
        test: Test,
        /// The refusal where it does not. Of several, the lowest stands, and that of the first
        /// item that meets it.
        refusal: RefusalId,
    },
}

/// Why a case that fits its declarations is refused all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Someone is born after the day on which their age is asked for.
    BornAfter {
        /// The clause that asks.
        clause: ClauseId,
        /// The date of birth.
        birth: FactId,
        /// The day.
        on: FactId,
    },
    /// Days are counted from a day that is after the last.
    DaysBackwards {
        /// The clause that counts.
        clause: ClauseId,
        /// The first day.
        from: DayOf,
        /// The last day.
        to: DayOf,
    },
    /// No row of a table applies.
    NoRow {
        /// The clause with the table.
        clause: ClauseId,
    },
    /// More than one row of a table applies where exactly one must, or rows that apply
    /// disagree where they must agree.
    SeveralRows {
        /// The clause with the table.
        clause: ClauseId,
    },
    /// A clause for a conclusion and one against it both apply.
    Contradiction {
        /// The conclusion.
        conclusion: ConclusionId,
    },
    /// No clause gives a value that the case needs.
    NoValue {
        /// The value.
        value: ValueId,
    },
    /// Several clauses give one value.
    SeveralValues {
        /// The value.
        value: ValueId,
    },
    /// No shares clause applies to a split.
    NoShares {
        /// The clause with the split.
        clause: ClauseId,
    },
    /// Several shares clauses apply to a split.
    SeveralShares {
        /// The clause with the split.
        clause: ClauseId,
    },
    /// Two clauses that both apply pay one amount.
    PaidTwice {
        /// The later clause.
        clause: ClauseId,
    },
    /// A party would pay more than its limit, or less than its floor, because a later clause
    /// moved money to it or away from it.
    LimitBroken {
        /// The clause with the limit or floor.
        clause: ClauseId,
    },
    /// A floor takes more than the parties pay from whom it is taken.
    FloorTakesTooMuch {
        /// The clause with the floor.
        clause: ClauseId,
    },
    /// The case breaks a requirement.
    Requirement {
        /// The clause that requires.
        clause: ClauseId,
    },
    /// The shares that a panel decided do not make one whole.
    PanelSharesNotWhole {
        /// The panel.
        panel: PanelId,
    },
    /// A case carries shares that a panel decided, and no clause that leaves them to it applies.
    PanelSharesNotAsked {
        /// The panel.
        panel: PanelId,
    },
    /// A fact that applies to the case has no value and no default.
    NotStated {
        /// The fact.
        fact: FactId,
    },
    /// A case states a fact that does not apply to it.
    DoesNotApply {
        /// The fact.
        fact: FactId,
    },
}

/// Which day is meant, for those who say it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayOf {
    /// A fact.
    Fact(FactId),
    /// A value.
    Value(ValueId),
    /// A day without a name.
    Unnamed,
}

/// A fact as the engine knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its kind and bounds.
    pub kind: Type,
    /// The list whose items it is a fact of. `None` where it is one of the case.
    pub list: Option<ListId>,
    /// The place in the bank of its kind: bytes for yes or no and words, else dates or amounts.
    pub slot: u32,
    /// The value where a case does not state one.
    pub default: Option<Value>,
    /// Where it stands what a case says of it, where the program asks that:
    /// [`NOTHING`](Fact::NOTHING), [`A_VALUE`](Fact::A_VALUE) or [`NOT_KNOWN`](Fact::NOT_KNOWN).
    /// A case that leaves such a fact out can still be decided.
    pub said: Option<ByteSlot>,
}

impl Fact {
    /// A case does not state the fact.
    pub const NOTHING: u8 = 0;
    /// A case states its value.
    pub const A_VALUE: u8 = 1;
    /// A case says that it is not known.
    pub const NOT_KNOWN: u8 = 2;

    /// The default. One that does not fit the declaration is none.
    pub(crate) fn usable_default(&self) -> Option<Value> {
        self.default.filter(|value| self.kind.holds(*value))
    }

    /// The place with its bank.
    pub(crate) fn any_slot(&self) -> AnySlot {
        match self.kind {
            Type::YesNo | Type::Words { .. } => AnySlot::Byte(ByteSlot(self.slot)),
            Type::Date { .. } => AnySlot::Date(DateSlot(self.slot)),
            Type::Amount { .. } => AnySlot::Amount(AmountSlot(self.slot)),
        }
    }
}

/// A value in one of the banks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnySlot {
    /// In the bank of bytes.
    Byte(ByteSlot),
    /// In the bank of dates.
    Date(DateSlot),
    /// In the bank of amounts.
    Amount(AmountSlot),
}

/// A value that a definition or table gives, and where it is given at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueSlot {
    /// Where it stands.
    pub slot: AnySlot,
    /// A truth: some clause gives it.
    pub given: ByteSlot,
}

/// A cost line: what one clause makes one party pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The clause.
    pub clause: ClauseId,
    /// The party.
    pub party: PartyId,
    /// The unit.
    pub unit: UnitId,
    /// The list for whose items the clause pays, each a line of its own.
    pub list: Option<ListId>,
    /// The pence; below 0 where money is taken from the party.
    pub pence: AmountSlot,
    /// Whether the pence are counted against the party (a limit moves money away from it).
    pub is_taken: bool,
    /// A truth: the clause makes the party pay in this case, or for this item.
    pub made: ByteSlot,
}

/// What a party pays in all, in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// The party.
    pub party: PartyId,
    /// The unit.
    pub unit: UnitId,
    /// The pence.
    pub pence: AmountSlot,
}

/// A referral that a clause makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Referral {
    /// The clause.
    pub clause: ClauseId,
    /// The panel.
    pub panel: PanelId,
    /// A truth: the case is referred.
    pub made: ByteSlot,
}

/// An amount that a split would divide in shares that a panel decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The clause with the split.
    pub clause: ClauseId,
    /// The clause that leaves the shares to the panel.
    pub by: ClauseId,
    /// The panel.
    pub panel: PanelId,
    /// The unit.
    pub unit: UnitId,
    /// The pence.
    pub pence: AmountSlot,
    /// A truth: the panel has not decided, so nobody pays the amount yet.
    pub made: ByteSlot,
}

/// Where the answers of a program stand. Conclusions, values, clauses and the lines of a list may
/// stand in slots of its items; all else stands in slots of the case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// A truth: the policy covers the case. `None` where it covers every case.
    pub cover: Option<ByteSlot>,
    /// A truth for each conclusion.
    pub conclusions: Vec<ByteSlot>,
    /// Each value.
    pub values: Vec<ValueSlot>,
    /// The cost lines, in the order of the clauses.
    pub lines: Vec<Line>,
    /// The payments, by unit and then by party.
    pub totals: Vec<Total>,
    /// The referrals, in the order of the clauses.
    pub referrals: Vec<Referral>,
    /// A truth for each clause: it applies (it holds, is not switched off, and no clause that
    /// applies overrides it). A limit applies where it moves money.
    pub clauses: Vec<ByteSlot>,
    /// A truth for each fact that does not apply to every case: it applies.
    pub facts: Vec<(FactId, ByteSlot)>,
    /// The amounts that may await a panel, in the order of the clauses that split them.
    pub awaiting: Vec<Awaited>,
    /// A truth for each limit or floor that may wait with them: it waits.
    pub waiting: Vec<(ClauseId, ByteSlot)>,
}

/// The SHA-256 of the texts that a program was made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl core::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        digits
            .filter_map(|digit| char::from_digit(digit.into(), 16))
            .try_for_each(|digit| f.write_char(digit))
    }
}

/// A policy compiled to decide cases. Made by [`Builder::finish`], which checks every id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub(crate) fingerprint: Fingerprint,
    /// Shared with its cases and blocks.
    pub(crate) facts: Arc<[Fact]>,
    pub(crate) lists: Vec<List>,
    pub(crate) banks: BankSizes,
    pub(crate) byte_constants: Vec<(ByteSlot, u8)>,
    pub(crate) date_constants: Vec<(DateSlot, Date)>,
    pub(crate) amount_constants: Vec<(AmountSlot, i64)>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) passes: Vec<Pass>,
    pub(crate) tests: Vec<RowTest>,
    pub(crate) totals: Vec<Totals>,
    pub(crate) terms: Vec<Term>,
    pub(crate) byte_lists: Vec<ByteSlot>,
    pub(crate) date_lists: Vec<DateSlot>,
    pub(crate) amount_lists: Vec<AmountSlot>,
    pub(crate) dates: Vec<Date>,
    /// Holidays as numbers of weekdays, see [`Holidays`](crate::working_days::Holidays).
    pub(crate) holidays: Vec<i32>,
    pub(crate) amounts: Vec<i64>,
    pub(crate) refusals: Vec<Refusal>,
    /// Shared with its decisions and blocks.
    pub(crate) answers: Arc<Answers>,
}

/// How many slots each bank has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BankSizes {
    /// In the bank of bytes.
    pub bytes: u32,
    /// In the bank of dates.
    pub dates: u32,
    /// In the bank of amounts.
    pub amounts: u32,
}

impl Program {
    /// The SHA-256 of the texts that the program was made from.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The facts a case and its items may carry, in the order declared.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The lists of which a case has items, in the order declared.
    #[must_use]
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// Where the answers stand.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Why a case can be refused.
    #[must_use]
    pub fn refusal(&self, id: RefusalId) -> Option<Refusal> {
        self.refusals.get(id.index()).copied()
    }

    /// The operations, in the order of the passes.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// In which runs the operations are worked through.
    #[must_use]
    pub fn passes(&self) -> &[Pass] {
        &self.passes
    }

    /// How many slots each bank has.
    #[must_use]
    pub fn bank_sizes(&self) -> BankSizes {
        self.banks
    }
}

mod list;
pub use list::{Item, List, MOST_ITEMS, Pass};
pub(crate) use list::{place_in_row, row_of};

pub mod builder;
pub use builder::{Builder, ProgramError};
