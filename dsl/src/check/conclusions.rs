//! Conclusions that nothing asks for and that are spelt nearly like another: most are slips.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::ConclusionId;

use super::Checker;
use super::mistake::NameMistake;
use crate::checked::Body;
use crate::diagnostic::MOST_KEPT;
use crate::names::nearest_of;
use crate::naming;
use crate::syntax::{Expect, Item};

/// A conclusion that is probably another.
pub(super) struct Slip {
    /// The place of the other among the conclusions.
    near: usize,
    /// Whether the policy would do something else than it says.
    is_error: bool,
}

impl Checker<'_> {
    /// Finds the conclusions that nothing asks for and that are spelt nearly like another.
    pub(super) fn find_near_conclusions(&mut self) {
        let asked = self.asked_names();
        let keys: Vec<String> =
            self.policy.conclusions.iter().map(|it| naming::key(&it.name)).collect();
        let lonely = keys.iter().enumerate().filter(|(_, key)| !asked.contains(key.as_str()));
        for (count, (index, key)) in lonely.take(MOST_KEPT).enumerate() {
            if !self.names.may_compare(count) {
                break;
            }
            if let Some(near) = near_another(key, &keys) {
                let slip = Slip { near, is_error: false };
                self.near_conclusions.insert(ConclusionId(super::id(index)), slip);
            }
        }
    }

    /// Whether a conclusion is probably a slip; if so its clause overrides nothing, and that
    /// makes the slip an error.
    pub(super) fn is_near_conclusion(&mut self, body: &Body) -> bool {
        let Body::Conclude { conclusion, .. } = body else { return false };
        let slip = self.near_conclusions.get_mut(conclusion);
        slip.map(|slip| slip.is_error = true).is_some()
    }

    /// Reports them, each once; of two that may each be a slip of the other the later, or the error.
    pub(super) fn report_near_conclusions(&mut self) {
        self.clause = None;
        let slips = core::mem::take(&mut self.near_conclusions);
        for (index, slip) in &slips {
            let mirrored = slips.get(&ConclusionId(super::id(slip.near)));
            let mirrored = mirrored.filter(|it| it.near == index.index());
            let is_told = |it: &Slip| (it.is_error, slip.near) > (slip.is_error, index.index());
            if mirrored.is_some_and(is_told) {
                continue;
            }
            let conclusions = &self.policy.conclusions;
            let pair = (conclusions.get(index.index()), conclusions.get(slip.near));
            let (Some(one), Some(other)) = pair else { continue };
            let mistake = NameMistake::ConclusionNearAnother {
                name: one.name.clone(),
                near: other.name.clone(),
                span: one.span,
                first: other.span,
                is_error: slip.is_error,
            };
            self.report(mistake);
        }
    }

    /// The names that sentences read and examples expect.
    fn asked_names(&self) -> BTreeSet<String> {
        let mut asked = BTreeSet::new();
        let reads = self.reads();
        for site in &self.sites {
            reads.of(site, &mut |name| {
                asked.insert(String::from(name));
            });
        }
        for block in &self.syntax.blocks {
            let Item::Example(example) = &block.item else { continue };
            for expect in &example.expect {
                if let Expect::Conclusion { conclusion, .. } = &expect.value {
                    asked.insert(conclusion.key.clone());
                }
            }
        }
        asked
    }
}

/// The place of the name that another is a slip of.
fn near_another(key: &str, keys: &[String]) -> Option<usize> {
    let others = || keys.iter().map(String::as_str).filter(|other| *other != key);
    let rest = key.split_once(' ').filter(|(first, _)| is_slip_of_a_small_word(first));
    let meant = match rest {
        Some((_, rest)) => others().find(|other| *other == rest),
        None => nearest_of(others(), key).filter(|near| differs_in_long_words(key, near)),
    };
    keys.iter().position(|other| Some(other.as_str()) == meant)
}

/// `allso` or `nott` before a conclusion
fn is_slip_of_a_small_word(word: &str) -> bool {
    nearest_of(["also", "not"].into_iter(), word).is_some()
}

/// Whether the words that differ are long: `band a` and `band b` are no slips of each other.
fn differs_in_long_words(one: &str, other: &str) -> bool {
    const LEAST: usize = 4;
    let is_alike = one.split(' ').count() == other.split(' ').count();
    let mut pairs = one.split(' ').zip(other.split(' ')).filter(|(a, b)| a != b);
    is_alike && pairs.all(|(a, b)| a.len() >= LEAST && b.len() >= LEAST)
}
