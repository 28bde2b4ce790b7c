//! A policy file made ready to decide cases, and its ids by name.

use std::path::Path;

use apportion::compile::Codes;
use apportion::policy::Policy;
use apportion_core::block::{Block, LANES};
use apportion_core::program::{ClauseId, ConclusionId, FactId, PartyId, Program, UnitId, ValueId};

/// The only unit in which the policies measured here pay.
pub(crate) const A_WEEK: UnitId = UnitId(0);

/// A policy that can decide cases.
pub(crate) struct Engine(Policy);

impl Engine {
    /// The engine of a policy in `examples`.
    pub(crate) fn of_example(path: &str) -> Self {
        Engine(parsed(&example(path)))
    }

    pub(crate) fn program(&self) -> &Program {
        self.0.program()
    }

    /// The fact of this name outside the file.
    pub(crate) fn fact(&self, name: &str) -> FactId {
        FactId(id(name, self.0.checked().facts.iter().map(|it| &it.outside)))
    }

    /// The ten members of the first family.
    pub(crate) fn domains(&self) -> [FactId; 10] {
        self.0.checked().families[0].members.as_slice().try_into().unwrap()
    }

    pub(crate) fn conclusion(&self, name: &str) -> ConclusionId {
        ConclusionId(id(name, self.0.checked().conclusions.iter().map(|it| &it.outside)))
    }

    pub(crate) fn value(&self, name: &str) -> ValueId {
        ValueId(id(name, self.0.checked().values.iter().map(|it| &it.outside)))
    }

    pub(crate) fn party(&self, name: &str) -> PartyId {
        PartyId(id(name, self.0.checked().parties.iter().map(|it| &it.outside)))
    }

    /// The numbers that the bytes of a value stand for, if it stands in a byte.
    pub(crate) fn numbers(&self, value: ValueId) -> Option<&[i64]> {
        match &self.0.compiled().values[value.index()] {
            Codes::Numbers(numbers) => Some(numbers),
            Codes::Word | Codes::None => None,
        }
    }

    /// How many clauses the policy has.
    pub(crate) fn clause_count(&self) -> usize {
        self.0.checked().clauses.len()
    }
}

fn id<'a>(name: &str, names: impl Iterator<Item = &'a String>) -> u32 {
    let place = (0..).zip(names).find(|(_, other)| *other == name);
    place.unwrap_or_else(|| panic!("the policy has no `{name}`")).0
}

/// A policy; what is wrong with it is shown as its author would see it.
pub(crate) fn parsed(text: &str) -> Policy {
    Policy::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// The text of a policy in `examples`.
pub(crate) fn example(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Decides all cases in blocks: `fill` states the facts of the cases from a place on,
/// `read` takes their answers.
#[inline]
pub(crate) fn decide_in_blocks(
    program: &Program,
    cases: usize,
    mut fill: impl FnMut(&mut Block, usize),
    mut read: impl FnMut(&Block, usize),
) {
    let mut block = Block::new(program);
    assert_eq!(cases % LANES, 0);
    for first in (0..cases).step_by(LANES) {
        fill(&mut block, first);
        program.decide_block(&mut block, LANES).unwrap();
        read(&block, first);
    }
}

/// Room for which clauses apply in each case, a column a clause.
pub(crate) fn clause_columns(engine: &Engine, cases: usize) -> Vec<Vec<u8>> {
    // Filled with other than 0, so that the memory is there before the clock starts.
    vec![vec![0xff; cases]; engine.clause_count()]
}

/// Records which clauses apply in a block.
#[inline]
pub(crate) fn record_clauses(block: &Block, first: usize, columns: &mut [Vec<u8>]) {
    for (clause, column) in (0..).map(ClauseId).zip(columns) {
        *chunk_mut(column, first) = *block.clause(clause).unwrap();
    }
}

/// A block of a column.
#[inline]
pub(crate) fn chunk<T>(column: &[T], first: usize) -> &[T; LANES] {
    column[first..].first_chunk().unwrap()
}

/// A block of a column, to be filled.
#[inline]
pub(crate) fn chunk_mut<T>(column: &mut [T], first: usize) -> &mut [T; LANES] {
    column[first..].first_chunk_mut().unwrap()
}
