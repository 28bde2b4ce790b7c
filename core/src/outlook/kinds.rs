//! Combinations that came out alike. Of tens of thousands a few dozen kinds come, and what is so
//! of one of a kind need be worked out once.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// All combinations of one kind have the same answers, or cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind(u32);

impl Kind {
    /// The place of the kind among all.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The kind of each combination.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    of: Vec<Option<Kind>>,
    /// The first combination of each kind.
    firsts: Vec<usize>,
    /// The kind of those that cannot be.
    impossible: Option<Kind>,
}

impl Kinds {
    /// Sorts combinations by their answers: `Ok(None)` of one that cannot be, `Err` of one that is
    /// of no kind.
    pub(super) fn sort<'a>(
        answers: impl Iterator<Item = Result<Option<&'a [i64]>, NoKind>>,
    ) -> Kinds {
        let mut kinds = Kinds::default();
        let mut known: BTreeMap<Option<&[i64]>, Kind> = BTreeMap::new();
        for (combination, answers) in answers.enumerate() {
            let kind = answers.ok().and_then(|answers| match known.get(&answers) {
                Some(kind) => Some(*kind),
                None => {
                    let kind = Kind(u32::try_from(kinds.firsts.len()).ok()?);
                    kinds.firsts.push(combination);
                    kinds.impossible = kinds.impossible.or(answers.is_none().then_some(kind));
                    known.insert(answers, kind);
                    Some(kind)
                }
            });
            kinds.of.push(kind);
        }
        kinds
    }

    /// How many kinds there are.
    pub(super) fn count(&self) -> usize {
        self.firsts.len()
    }

    /// The kind of a combination.
    pub(super) fn of(&self, combination: usize) -> Option<Kind> {
        self.of.get(combination).copied().flatten()
    }

    /// The first combination of a kind.
    pub(super) fn first(&self, kind: Kind) -> Option<usize> {
        self.firsts.get(kind.index()).copied()
    }

    /// Whether combinations of a kind cannot be.
    pub(super) fn is_impossible(&self, kind: Kind) -> bool {
        self.impossible == Some(kind)
    }

    /// One combination of each kind, and all that are of none.
    pub(super) fn one_of_each(&self) -> impl Iterator<Item = usize> {
        let of_none = self.of.iter().enumerate().filter(|(_, kind)| kind.is_none());
        self.firsts.iter().copied().chain(of_none.map(|(combination, _)| combination))
    }
}

/// The combination stands for several that may come out otherwise.
pub(super) struct NoKind;
