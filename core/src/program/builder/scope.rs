//! Which slots belong to the items of a list, and in which passes a program runs.

use alloc::vec;
use alloc::vec::Vec;
use core::iter::zip;

use crate::program::{
    AmountSlot, AnySlot, ByteSlot, DateSlot, List, ListId, Operation, Pass, Program, Run,
};

use super::place;

/// When an operation is worked through: after how many tallies that build on one another, and
/// for the items of which list; the case comes before its lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stand {
    pub(super) level: u32,
    pub(super) list: Option<ListId>,
}

/// What is known of a slot after the operations so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scope {
    /// When it is written; a fact or constant first of all.
    pub(super) stand: Stand,
    /// Whether an operation has read it.
    pub(super) is_read: bool,
}

impl Scope {
    /// Notes that an operation reads the slot.
    pub(super) fn read(&mut self) -> Scope {
        self.is_read = true;
        *self
    }

    /// The list that the slot belongs to.
    fn list_in<'l>(&self, lists: &'l mut [List]) -> Option<&'l mut List> {
        lists.get_mut(self.stand.list?.index())
    }
}

/// What is known of each slot.
#[derive(Debug)]
pub(super) struct Scopes {
    pub(super) bytes: Vec<Scope>,
    pub(super) dates: Vec<Scope>,
    pub(super) amounts: Vec<Scope>,
}

impl Scopes {
    /// What is known before any operation: the slots of facts belong to the case or to a list.
    pub(super) fn of_facts(program: &Program) -> Self {
        let mut scopes = Scopes {
            bytes: vec![Scope::default(); program.banks.bytes as usize],
            dates: vec![Scope::default(); program.banks.dates as usize],
            amounts: vec![Scope::default(); program.banks.amounts as usize],
        };
        for (id, list) in (0..).map(ListId).zip(&program.lists) {
            let facts = list.facts.iter().filter_map(|fact| program.facts.get(fact.index()));
            for slot in facts.map(|fact| fact.any_slot()).chain([AnySlot::Byte(list.live)]) {
                if let Some(scope) = scopes.get_mut(slot) {
                    scope.stand.list = Some(id);
                }
            }
        }
        scopes
    }

    fn get_mut(&mut self, slot: AnySlot) -> Option<&mut Scope> {
        match slot {
            AnySlot::Byte(slot) => self.bytes.get_mut(slot.index()),
            AnySlot::Date(slot) => self.dates.get_mut(slot.index()),
            AnySlot::Amount(slot) => self.amounts.get_mut(slot.index()),
        }
    }

    /// The list that a slot belongs to, if any. `None` where there is no such slot.
    pub(super) fn list(&self, slot: AnySlot) -> Option<Option<ListId>> {
        let scope = match slot {
            AnySlot::Byte(slot) => self.bytes.get(slot.index()),
            AnySlot::Date(slot) => self.dates.get(slot.index()),
            AnySlot::Amount(slot) => self.amounts.get(slot.index()),
        };
        scope.map(|scope| scope.stand.list)
    }

    /// Tells each list its slots.
    pub(super) fn tell(&self, lists: &mut [List]) {
        for (slot, scope) in (0..).map(ByteSlot).zip(&self.bytes) {
            if let Some(list) = scope.list_in(lists) {
                list.bytes.push(slot);
            }
        }
        for (slot, scope) in (0..).map(DateSlot).zip(&self.dates) {
            if let Some(list) = scope.list_in(lists) {
                list.dates.push(slot);
            }
        }
        for (slot, scope) in (0..).map(AmountSlot).zip(&self.amounts) {
            if let Some(list) = scope.list_in(lists) {
                list.amounts.push(slot);
            }
        }
    }
}

impl Program {
    /// Puts the operations in the order in which they are worked through, and finds the passes.
    pub(super) fn find_passes(&mut self, stands: &[Stand]) {
        let mut together: Vec<(Stand, Vec<Operation>)> = Vec::new();
        for (stand, operation) in zip(stands, self.operations.drain(..)) {
            let place = together.binary_search_by_key(stand, |(other, _)| *other);
            let place = place.unwrap_or_else(|place| {
                together.insert(place, (*stand, Vec::new()));
                place
            });
            together.get_mut(place).into_iter().for_each(|(_, alike)| alike.push(operation));
        }
        for (Stand { list, .. }, operations) in together {
            let start = place(self.operations.len());
            self.operations.extend(operations);
            let operations = Run { start, end: place(self.operations.len()) };
            self.passes.push(Pass { list, operations });
        }
    }
}
