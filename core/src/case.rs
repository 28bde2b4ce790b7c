//! The facts of one decision.

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::lanes::{Banks, Slots};
use crate::program::{BankSizes, Fact, FactId, Fingerprint, Item, ListId, Program};
use crate::value::{Type, Value};

mod items;

use items::CaseItems;

/// The facts of one case, made once for a program and filled in place.
///
/// A fact that is not stated takes the default that its declaration gives, if any;
/// a fact that is said to be not known takes none. Whether a case may leave a fact without
/// either is for the program to ask, where [it can](Fact::said); any other makes the case
/// one that is not decided.
///
/// ```
/// use apportion_core::case::{Case, CaseError, State};
/// use apportion_core::program::Builder;
/// use apportion_core::value::{Type, Value};
///
/// let mut program = Builder::default();
/// let nights = program.fact(Type::Amount { least: 0, greatest: 7 }, None);
/// let mut case = Case::new(&program.finish().unwrap());
///
/// assert_eq!(case.get(nights), State::NotStated);
/// case.set(nights, Value::Amount(3)).unwrap();
/// assert_eq!(case.get(nights), State::Known(Value::Amount(3)));
/// assert_eq!(case.set(nights, Value::Amount(8)), Err(CaseError::OutOfBounds { fact: nights }));
/// ```
#[derive(Clone, Debug)]
pub struct Case {
    identity: Identity,
    facts: Arc<[Fact]>,
    stated: Vec<Stated>,
    /// How many facts have neither a value nor a default that stands in for it, and how many
    /// lists are not stated.
    unknown: usize,
    /// The first slots of each bank, as far as the facts of the case reach, filled with values
    /// and defaults so that deciding only copies.
    inputs: Slots<1>,
    lists: Vec<CaseItems>,
}

/// What a case says of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing: the fact's default stands in, if it has one.
    NotStated,
    /// That it is not known. No default stands in.
    NotKnown,
    /// Its value.
    Known(Value),
}

/// A value that a case cannot take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseError {
    /// The program has no such fact.
    NoSuchFact,
    /// The value is of another kind than the fact.
    WrongKind {
        /// The fact.
        fact: FactId,
    },
    /// The value is outside the bounds that the fact was declared with.
    OutOfBounds {
        /// The fact.
        fact: FactId,
    },
    /// A fact of items is stated of the case, one of the case of an item, or one of a list of
    /// another's item.
    WrongList {
        /// The fact.
        fact: FactId,
    },
    /// The program has no such list.
    NoSuchList,
    /// The case has no such item.
    NoSuchItem {
        /// The item.
        item: Item,
    },
    /// The case has as many items of the list as it may have.
    TooManyItems {
        /// The list.
        list: ListId,
    },
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CaseError::NoSuchFact => f.write_str("the program has no such fact"),
            CaseError::WrongKind { fact } => {
                write!(f, "the value for fact {} is of another kind", fact.0)
            }
            CaseError::OutOfBounds { fact } => {
                write!(f, "the value for fact {} is out of bounds", fact.0)
            }
            CaseError::WrongList { fact } => {
                write!(f, "fact {} is declared for something else", fact.0)
            }
            CaseError::NoSuchList => f.write_str("the program has no such list"),
            CaseError::NoSuchItem { item: Item { list, index } } => {
                write!(f, "the case has no item {index} of list {}", list.0)
            }
            CaseError::TooManyItems { list } => {
                write!(f, "the case has as many items of list {} as it may", list.0)
            }
        }
    }
}

impl core::error::Error for CaseError {}

/// Which program a case, decision or block was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    fingerprint: Fingerprint,
    facts: usize,
    lists: usize,
    banks: BankSizes,
}

impl Identity {
    pub(crate) fn of(program: &Program) -> Self {
        Identity {
            fingerprint: program.fingerprint(),
            facts: program.facts().len(),
            lists: program.lists().len(),
            banks: program.bank_sizes(),
        }
    }

    pub(crate) fn fingerprint(self) -> Fingerprint {
        self.fingerprint
    }
}

/// What a case says of a fact, without the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stated {
    Nothing,
    NotKnown,
    Value,
    /// It is a fact of items, and of those the case says it one by one.
    OfItems,
}

/// What a case lacks to be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    Fact { fact: FactId, item: Option<Item> },
    List { list: ListId },
}

/// The banks of the program as far as facts of the case reach, with its constants, if any
/// stand among the facts.
fn inputs(program: &Program) -> Slots<1> {
    let Banks { mut bytes, mut dates, mut amounts, .. } = Banks::<1>::new(program);
    let mut reach = BankSizes::default();
    for fact in program.facts().iter().filter(|fact| fact.list.is_none()) {
        let bank = match fact.kind {
            Type::YesNo | Type::Words { .. } => &mut reach.bytes,
            Type::Date { .. } => &mut reach.dates,
            Type::Amount { .. } => &mut reach.amounts,
        };
        *bank = fact.slot.saturating_add(1).max(*bank);
        let said = fact.said.map_or(0, |said| said.0.saturating_add(1));
        reach.bytes = reach.bytes.max(said);
    }
    bytes.truncate(reach.bytes as usize);
    dates.truncate(reach.dates as usize);
    amounts.truncate(reach.amounts as usize);
    Slots { bytes, dates, amounts }
}

/// Notes what a case says of a fact, where the program asks that.
fn say(inputs: &mut Slots<1>, fact: &Fact, stated: Stated) {
    if let Some(said) = fact.said {
        let said_of_it = match stated {
            Stated::Nothing | Stated::OfItems => Fact::NOTHING,
            Stated::Value => Fact::A_VALUE,
            Stated::NotKnown => Fact::NOT_KNOWN,
        };
        inputs.store(said.index(), 0, Value::Word(said_of_it));
    }
}

impl Case {
    /// A case of which nothing is stated yet.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let mut case = Case {
            identity: Identity::of(program),
            facts: Arc::clone(&program.facts),
            stated: vec![Stated::Nothing; program.facts.len()],
            unknown: 0,
            inputs: inputs(program),
            lists: program.lists().iter().cloned().map(CaseItems::new).collect(),
        };
        case.clear();
        case
    }

    /// States a fact.
    ///
    /// # Errors
    ///
    /// Returns [`CaseError`] where the program has no such fact, it is one of items, or the value
    /// does not fit its declaration; the case then stays as it was.
    pub fn set(&mut self, fact: FactId, value: Value) -> Result<(), CaseError> {
        let declared = *self.facts.get(fact.index()).ok_or(CaseError::NoSuchFact)?;
        if declared.list.is_some() {
            return Err(CaseError::WrongList { fact });
        }
        fits(fact, &declared, value)?;
        self.inputs.store(declared.slot as usize, 0, value);
        self.mark(fact, Stated::Value)
    }

    /// States that a fact is not known, so that no default stands in for it.
    ///
    /// # Errors
    ///
    /// Returns [`CaseError`] where the program has no such fact, or it is one of items.
    pub fn set_not_known(&mut self, fact: FactId) -> Result<(), CaseError> {
        self.mark(fact, Stated::NotKnown)
    }

    /// Takes back what was stated of a fact of the case.
    ///
    /// # Errors
    ///
    /// Returns [`CaseError`] where the program has no such fact, or it is one of items.
    pub fn leave_out(&mut self, fact: FactId) -> Result<(), CaseError> {
        let declared = *self.facts.get(fact.index()).ok_or(CaseError::NoSuchFact)?;
        self.mark(fact, Stated::Nothing)?;
        let stands_in = declared.usable_default().unwrap_or(declared.kind.first());
        self.inputs.store(declared.slot as usize, 0, stands_in);
        Ok(())
    }

    /// Takes back everything that was stated.
    pub fn clear(&mut self) {
        self.unknown = self.lists.len();
        self.lists.iter_mut().for_each(CaseItems::clear);
        for (fact, stated) in self.facts.iter().zip(&mut self.stated) {
            *stated = if fact.list.is_some() { Stated::OfItems } else { Stated::Nothing };
            self.unknown += usize::from(is_unknown(fact, *stated));
            match (fact.list, fact.usable_default(), fact.said) {
                (None, Some(value), _) => self.inputs.store(fact.slot as usize, 0, value),
                // Whatever stands there is not read, but it is within the bounds.
                (None, None, Some(_)) => {
                    self.inputs.store(fact.slot as usize, 0, fact.kind.first());
                }
                _ => {}
            }
            say(&mut self.inputs, fact, Stated::Nothing);
        }
    }

    /// What the case says of a fact; of one that the program does not have, or has for items,
    /// nothing.
    #[must_use]
    pub fn get(&self, fact: FactId) -> State {
        match self.stated.get(fact.index()) {
            None | Some(Stated::Nothing | Stated::OfItems) => State::NotStated,
            Some(Stated::NotKnown) => State::NotKnown,
            Some(Stated::Value) => self.loaded(fact).map_or(State::NotKnown, State::Known),
        }
    }

    /// The value that deciding uses: the one stated, or else the default. `None` where
    /// the fact is not known.
    #[must_use]
    pub fn value_or_default(&self, fact: FactId) -> Option<Value> {
        match self.get(fact) {
            State::Known(value) => Some(value),
            State::NotKnown => None,
            State::NotStated => {
                let declared = self.facts.get(fact.index())?;
                if declared.list.is_none() { declared.usable_default() } else { None }
            }
        }
    }

    /// The fingerprint of the program that the case was made for.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.identity.fingerprint()
    }

    pub(crate) fn identity(&self) -> Identity {
        self.identity
    }

    pub(crate) fn inputs(&self) -> &Slots<1> {
        &self.inputs
    }

    pub(crate) fn stated(&self) -> &[Stated] {
        &self.stated
    }

    /// The first thing that keeps the case from being decided: of its facts in the order
    /// declared, or else list by list and item by item.
    #[inline]
    pub(crate) fn first_lack(&self) -> Option<Lack> {
        if self.unknown == 0 {
            return None;
        }
        self.first_unknown().map(|fact| Lack::Fact { fact, item: None }).or_else(|| {
            let lists = (0..).map(ListId).zip(&self.lists);
            lists.into_iter().find_map(|(id, items)| items.first_lack(id, &self.facts))
        })
    }

    fn first_unknown(&self) -> Option<FactId> {
        (0..)
            .map(FactId)
            .zip(self.facts.iter())
            .zip(&self.stated)
            .find_map(|((id, fact), stated)| is_unknown(fact, *stated).then_some(id))
    }

    fn loaded(&self, fact: FactId) -> Option<Value> {
        let fact = self.facts.get(fact.index())?;
        self.inputs.load(fact.kind, fact.slot as usize, 0)
    }

    /// Notes what is stated of a fact, and whether that leaves it unknown.
    fn mark(&mut self, fact: FactId, now: Stated) -> Result<(), CaseError> {
        let declared = self.facts.get(fact.index()).ok_or(CaseError::NoSuchFact)?;
        if declared.list.is_some() {
            return Err(CaseError::WrongList { fact });
        }
        let stated = self.stated.get_mut(fact.index()).ok_or(CaseError::NoSuchFact)?;
        self.unknown -= usize::from(is_unknown(declared, *stated));
        *stated = now;
        self.unknown += usize::from(is_unknown(declared, now));
        say(&mut self.inputs, declared, now);
        Ok(())
    }
}

/// Whether a fact leaves the case without what it needs; where the program asks that itself,
/// it does not.
fn is_unknown(fact: &Fact, stated: Stated) -> bool {
    match stated {
        _ if fact.said.is_some() => false,
        Stated::Value | Stated::OfItems => false,
        Stated::NotKnown => true,
        Stated::Nothing => fact.usable_default().is_none(),
    }
}

/// Whether a value fits the declaration of a fact.
fn fits(fact: FactId, declared: &Fact, value: Value) -> Result<(), CaseError> {
    if declared.kind.holds(value) {
        Ok(())
    } else if is_of_kind(declared.kind, value) {
        Err(CaseError::OutOfBounds { fact })
    } else {
        Err(CaseError::WrongKind { fact })
    }
}

fn is_of_kind(kind: Type, value: Value) -> bool {
    matches!(
        (kind, value),
        (Type::YesNo, Value::YesNo(_))
            | (Type::Words { .. }, Value::Word(_))
            | (Type::Date { .. }, Value::Date(_))
            | (Type::Amount { .. }, Value::Amount(_))
    )
}
