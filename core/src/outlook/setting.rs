//! How something open is, in one completion or in many: in a case, and in ranges.

use core::iter::repeat_n;

use super::{Domain, Unknown};
use crate::case::{Case, CaseError};
use crate::date::Date;
use crate::lanes::SlotMissing;
use crate::program::{AnySlot, Fact, Item, List, Program};
use crate::range::{ByteSet, Span};
use crate::ranges::{Amounts, Bytes, Causes, Dates, Ranges, Row};
use crate::value::{Type, Value};

/// How something open is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// The fact does not apply, and is left out.
    LeftOut,
    /// It has one value.
    Is(Value),
    /// It has any value of a domain, which is a part of its own.
    Within(Domain),
    /// It has any value of its domain, or is left out where it may be.
    Any,
}

/// One of the two ends between which something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Greatest,
}

impl End {
    fn of<T>(self, span: Span<T>) -> T {
        match self {
            End::Least => span.least,
            End::Greatest => span.greatest,
        }
    }
}

impl Domain {
    /// The value at one end.
    fn end(self, kind: Type, end: End) -> Option<Value> {
        Some(match self {
            Domain::Bytes(bytes) => {
                let (least, greatest) = (bytes.least()?, bytes.greatest()?);
                word(kind, end.of(Span { least, greatest }))
            }
            Domain::Dates(days) => Value::Date(end.of(days)),
            Domain::Amounts { within, .. } => Value::Amount(end.of(within)),
        })
    }
}

/// A byte as a value of its kind.
pub(super) fn word(kind: Type, byte: u8) -> Value {
    match kind {
        Type::YesNo => Value::YesNo(byte != 0),
        _ => Value::Word(byte),
    }
}

impl Setting {
    /// Whether it stands for several completions that are not alike.
    pub(super) fn is_range(self) -> bool {
        matches!(self, Setting::Within(_) | Setting::Any)
    }

    /// States it in a case; of what is a range, the value at one end. Of a list that is open, no
    /// item.
    pub(super) fn state(
        self,
        program: &Program,
        case: &mut Case,
        unknown: &Unknown,
        end: End,
    ) -> Result<(), CaseError> {
        let (fact, item, domain) = match unknown {
            Unknown::Items { list } => return case.state_items(*list),
            Unknown::Fact { fact, item, domain } => (*fact, *item, *domain),
        };
        let declared = program.facts().get(fact.index()).ok_or(CaseError::NoSuchFact)?;
        let value = match self {
            Setting::LeftOut => return case.leave_out(fact),
            Setting::Is(value) => Some(value),
            Setting::Within(domain) => domain.end(declared.kind, end),
            Setting::Any => domain.end(declared.kind, end),
        };
        let value = value.ok_or(CaseError::OutOfBounds { fact })?;
        match item {
            Some(item) => case.set_item(item, fact, value),
            None => case.set(fact, value),
        }
    }

    /// Puts all that it can be into the slots.
    pub(super) fn spread(
        self,
        program: &Program,
        ranges: &mut Ranges,
        unknown: &Unknown,
        causes: Causes,
    ) -> Result<(), SlotMissing> {
        let (fact, item, own) = match unknown {
            Unknown::Items { list } => {
                let declared = program.lists.get(list.index()).ok_or(SlotMissing)?;
                let row = any_item(program, declared, causes)?;
                let rows = ranges.items.get_mut(list.index()).ok_or(SlotMissing)?;
                *rows = repeat_n(row, declared.most as usize).collect();
                return Ok(());
            }
            Unknown::Fact { fact, item, domain } => (*fact, *item, *domain),
        };
        let declared = program.facts().get(fact.index()).ok_or(SlotMissing)?;
        let left_out = one(declared.usable_default().unwrap_or(declared.kind.first()));
        let domain = match self {
            Setting::LeftOut => left_out,
            Setting::Is(value) => one(value),
            Setting::Within(domain) => domain,
            // What stands in its slot where it is left out is read like any value.
            Setting::Any if declared.said.is_some() => either(own, left_out),
            Setting::Any => own,
        };
        if let Some(said) = declared.said {
            let said_of_it = match self {
                Setting::LeftOut => ByteSet::one(Fact::NOTHING),
                Setting::Any => ByteSet::one(Fact::NOTHING).with(Fact::A_VALUE),
                Setting::Is(_) | Setting::Within(_) => ByteSet::one(Fact::A_VALUE),
            };
            ranges.put_byte(said, Bytes::of(said_of_it, causes))?;
        }
        match item {
            None => put(ranges, declared.any_slot(), domain, causes),
            Some(item) => put_item(program, ranges, item, declared.any_slot(), domain, causes),
        }
    }
}

fn one(value: Value) -> Domain {
    match value {
        Value::YesNo(truth) => Domain::Bytes(ByteSet::one(u8::from(truth))),
        Value::Word(word) => Domain::Bytes(ByteSet::one(word)),
        Value::Date(day) => Domain::Dates(Span::one(day)),
        Value::Amount(amount) => Domain::Amounts { within: Span::one(amount), step: 1 },
    }
}

/// What is of either.
fn either(one: Domain, other: Domain) -> Domain {
    match (one, other) {
        (Domain::Bytes(one), Domain::Bytes(other)) => Domain::Bytes(one.or(other)),
        (Domain::Dates(one), Domain::Dates(other)) => Domain::Dates(one.or(other)),
        (Domain::Amounts { within, step }, Domain::Amounts { within: other, .. }) => {
            Domain::Amounts { within: within.or(other), step }
        }
        (one, _) => one,
    }
}

fn put(
    ranges: &mut Ranges,
    slot: AnySlot,
    domain: Domain,
    causes: Causes,
) -> Result<(), SlotMissing> {
    match (slot, domain) {
        (AnySlot::Byte(slot), Domain::Bytes(bytes)) => {
            ranges.put_byte(slot, Bytes::of(bytes, causes))
        }
        (AnySlot::Date(slot), Domain::Dates(days)) => {
            ranges.put_date(slot, Dates::of(days.map(Date::packed), causes))
        }
        (AnySlot::Amount(slot), Domain::Amounts { within, .. }) => {
            ranges.put_amount(slot, Amounts::of(within, causes))
        }
        _ => Err(SlotMissing),
    }
}

fn put_item(
    program: &Program,
    ranges: &mut Ranges,
    item: Item,
    slot: AnySlot,
    domain: Domain,
    causes: Causes,
) -> Result<(), SlotMissing> {
    let list = program.lists.get(item.list.index()).ok_or(SlotMissing)?;
    let rows = ranges.items.get_mut(item.list.index()).ok_or(SlotMissing)?;
    let row = rows.get_mut(item.index as usize).ok_or(SlotMissing)?;
    put_in_row(list, row, slot, domain, causes).ok_or(SlotMissing)
}

fn put_in_row(
    list: &List,
    row: &mut Row,
    slot: AnySlot,
    domain: Domain,
    causes: Causes,
) -> Option<()> {
    match (slot, domain) {
        (AnySlot::Byte(slot), Domain::Bytes(bytes)) => {
            let place = list.bytes.binary_search(&slot).ok()?;
            *row.bytes.get_mut(place)? = Bytes::of(bytes, causes);
        }
        (AnySlot::Date(slot), Domain::Dates(days)) => {
            let place = list.dates.binary_search(&slot).ok()?;
            *row.dates.get_mut(place)? = Dates::of(days.map(Date::packed), causes);
        }
        (AnySlot::Amount(slot), Domain::Amounts { within, .. }) => {
            let place = list.amounts.binary_search(&slot).ok()?;
            *row.amounts.get_mut(place)? = Amounts::of(within, causes);
        }
        _ => return None,
    }
    Some(())
}

/// An item that may be there or not, with any facts.
fn any_item(program: &Program, list: &List, causes: Causes) -> Result<Row, SlotMissing> {
    let mut row = Row::new(list, Bytes::of(ByteSet::OPEN, causes));
    for fact in list.facts() {
        let declared = program.facts().get(fact.index()).ok_or(SlotMissing)?;
        let domain = all_of(declared.kind);
        put_in_row(list, &mut row, declared.any_slot(), domain, causes).ok_or(SlotMissing)?;
    }
    Ok(row)
}

/// All that a declaration allows.
fn all_of(kind: Type) -> Domain {
    match kind {
        Type::YesNo => Domain::Bytes(ByteSet::OPEN),
        Type::Words { count } => Domain::Bytes((0..count).collect()),
        Type::Date { first, last } => Domain::Dates(Span { least: first, greatest: last }),
        Type::Amount { least, greatest } => {
            Domain::Amounts { within: Span { least, greatest }, step: 1 }
        }
    }
}

/// The bit of something open: those beyond the last bit share it.
pub(super) fn cause(unknown: usize) -> Causes {
    1 << unknown.min(63)
}
