//! The facts of one decision.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::date::Date;
use crate::lanes::Banks;
use crate::program::{BankSizes, Fact, FactId, Fingerprint, Program};
use crate::value::{Type, Value};

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
    facts: Vec<Fact>,
    stated: Vec<Stated>,
    /// How many facts have neither a value nor a default that stands in for it.
    unknown: usize,
    /// The first slots of each bank, as far as the facts reach.
    inputs: Inputs,
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
        }
    }
}

impl core::error::Error for CaseError {}

/// Which program a case, decision or block was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    fingerprint: Fingerprint,
    facts: usize,
    banks: BankSizes,
}

impl Identity {
    pub(crate) fn of(program: &Program) -> Self {
        Identity {
            fingerprint: program.fingerprint(),
            facts: program.facts().len(),
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
}

/// The slots of the facts, filled with values and defaults so that deciding only copies.
#[derive(Clone, Debug)]
pub(crate) struct Inputs {
    pub(crate) bytes: Vec<[u8; 1]>,
    pub(crate) dates: Vec<[i32; 1]>,
    pub(crate) amounts: Vec<[i64; 1]>,
}

impl Inputs {
    /// The banks of the program as far as facts reach, with its constants, if any
    /// stand among the facts.
    fn new(program: &Program) -> Self {
        let Banks { mut bytes, mut dates, mut amounts, .. } = Banks::<1>::new(program);
        let mut reach = BankSizes::default();
        for fact in program.facts() {
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
        Inputs { bytes, dates, amounts }
    }

    fn store(&mut self, slot: u32, value: Value) {
        let slot = slot as usize;
        match value {
            Value::YesNo(truth) => write(&mut self.bytes, slot, u8::from(truth)),
            Value::Word(word) => write(&mut self.bytes, slot, word),
            Value::Date(day) => write(&mut self.dates, slot, day.packed()),
            Value::Amount(steps) => write(&mut self.amounts, slot, steps),
        }
    }

    /// Notes what the case says of a fact, where the program asks that.
    fn say(&mut self, fact: &Fact, stated: Stated) {
        if let Some(said) = fact.said {
            let said_of_it = match stated {
                Stated::Nothing => Fact::NOTHING,
                Stated::Value => Fact::A_VALUE,
                Stated::NotKnown => Fact::NOT_KNOWN,
            };
            write(&mut self.bytes, said.index(), said_of_it);
        }
    }

    fn load(&self, fact: &Fact) -> Option<Value> {
        let slot = fact.slot as usize;
        Some(match fact.kind {
            Type::YesNo => Value::YesNo(read(&self.bytes, slot)? != 0),
            Type::Words { .. } => Value::Word(read(&self.bytes, slot)?),
            Type::Date { .. } => Value::Date(Date::from_packed(read(&self.dates, slot)?)?),
            Type::Amount { .. } => Value::Amount(read(&self.amounts, slot)?),
        })
    }
}

fn write<T>(bank: &mut [[T; 1]], slot: usize, value: T) {
    if let Some(lanes) = bank.get_mut(slot) {
        *lanes = [value];
    }
}

fn read<T: Copy>(bank: &[[T; 1]], slot: usize) -> Option<T> {
    bank.get(slot).map(|[value]| *value)
}

impl Case {
    /// A case of which nothing is stated yet.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let facts = program.facts().to_vec();
        let mut case = Case {
            identity: Identity::of(program),
            stated: vec![Stated::Nothing; facts.len()],
            facts,
            unknown: 0,
            inputs: Inputs::new(program),
        };
        case.clear();
        case
    }

    /// States a fact.
    ///
    /// # Errors
    ///
    /// Returns [`CaseError`] where the program has no such fact or the value does not fit
    /// its declaration; the case then stays as it was.
    pub fn set(&mut self, fact: FactId, value: Value) -> Result<(), CaseError> {
        let declared = *self.facts.get(fact.index()).ok_or(CaseError::NoSuchFact)?;
        if !declared.kind.holds(value) {
            return Err(if is_of_kind(declared.kind, value) {
                CaseError::OutOfBounds { fact }
            } else {
                CaseError::WrongKind { fact }
            });
        }
        self.inputs.store(declared.slot, value);
        self.mark(fact, Stated::Value)
    }

    /// States that a fact is not known, so that no default stands in for it.
    ///
    /// # Errors
    ///
    /// Returns [`CaseError::NoSuchFact`] where the program has no such fact.
    pub fn set_not_known(&mut self, fact: FactId) -> Result<(), CaseError> {
        self.mark(fact, Stated::NotKnown)
    }

    /// Takes back everything that was stated.
    pub fn clear(&mut self) {
        self.stated.fill(Stated::Nothing);
        self.unknown = 0;
        for fact in &self.facts {
            match (usable_default(fact), fact.said) {
                (Some(value), _) => self.inputs.store(fact.slot, value),
                // Whatever stands there is not read, but it is within the bounds.
                (None, Some(_)) => self.inputs.store(fact.slot, fact.kind.first()),
                (None, None) => self.unknown += 1,
            }
            self.inputs.say(fact, Stated::Nothing);
        }
    }

    /// What the case says of a fact; of one that the program does not have, nothing.
    #[must_use]
    pub fn get(&self, fact: FactId) -> State {
        match self.stated.get(fact.index()) {
            None | Some(Stated::Nothing) => State::NotStated,
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
            State::NotStated => usable_default(self.facts.get(fact.index())?),
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

    pub(crate) fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    pub(crate) fn stated(&self) -> &[Stated] {
        &self.stated
    }

    /// The first fact, in the order declared, that has neither a value nor a default.
    #[inline]
    pub(crate) fn first_unknown(&self) -> Option<FactId> {
        if self.unknown == 0 {
            return None;
        }
        (0..)
            .map(FactId)
            .zip(&self.facts)
            .zip(&self.stated)
            .find_map(|((id, fact), stated)| is_unknown(fact, *stated).then_some(id))
    }

    fn loaded(&self, fact: FactId) -> Option<Value> {
        self.inputs.load(self.facts.get(fact.index())?)
    }

    /// Notes what is stated of a fact, and whether that leaves it unknown.
    fn mark(&mut self, fact: FactId, now: Stated) -> Result<(), CaseError> {
        let declared = self.facts.get(fact.index()).ok_or(CaseError::NoSuchFact)?;
        let stated = self.stated.get_mut(fact.index()).ok_or(CaseError::NoSuchFact)?;
        self.unknown -= usize::from(is_unknown(declared, *stated));
        *stated = now;
        self.unknown += usize::from(is_unknown(declared, now));
        self.inputs.say(declared, now);
        Ok(())
    }
}

/// Whether a fact leaves the case without what it needs; where the program asks that itself,
/// it does not.
fn is_unknown(fact: &Fact, stated: Stated) -> bool {
    match stated {
        _ if fact.said.is_some() => false,
        Stated::Value => false,
        Stated::NotKnown => true,
        Stated::Nothing => usable_default(fact).is_none(),
    }
}

/// The default of a fact. One that does not fit its own declaration is none.
fn usable_default(fact: &Fact) -> Option<Value> {
    fact.default.filter(|value| fact.kind.holds(*value))
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
