//! What a case leaves open, and what it can be.

use alloc::vec::Vec;

use apportion_core::case::{Case, State};
use apportion_core::outlook::{Domain, Unknown};
use apportion_core::program::{FactId, Item, ListId};
use apportion_core::range::{ByteSet, Span};

use crate::checked::{Fact, Type};
use crate::policy::Policy;

impl Policy {
    /// What a case leaves open, in the order declared: facts that are not known or have neither a
    /// value nor a default, and lists that are not stated. Shares that a panel decides are not
    /// open; what they are shares of *awaits* the panel.
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Fees
    /// about    a child
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   places       whole number, 0 to 9
    ///   fast track   yes or no, no unless stated
    ///
    /// 1    Fees
    /// 1.1  A child is urgent when fast track or places are at least 3.
    /// ").unwrap();
    /// assert_eq!(policy.open(&policy.new_case()).len(), 1);
    /// let case = policy.case([("places", "2"), ("fast track", "not known")]).unwrap();
    /// assert_eq!(policy.open(&case).len(), 1);
    /// ```
    #[must_use]
    pub fn open(&self, case: &Case) -> Vec<Unknown> {
        let mut open = Vec::new();
        for (fact, id) in self.facts().iter().zip((0..).map(FactId)) {
            if fact.list.is_none() && is_open(fact, case.get(id)) {
                open.extend(self.unknown(fact, id, None));
            }
        }
        for list in (0..).map(ListId).take(self.lists().len()) {
            let Some(count) = case.items(list) else {
                open.push(Unknown::Items { list });
                continue;
            };
            for item in (0..count).map(|index| Item { list, index }) {
                for (fact, id) in self.facts().iter().zip((0..).map(FactId)) {
                    if fact.list == Some(list) && is_open(fact, case.item(item, id)) {
                        open.extend(self.unknown(fact, id, Some(item)));
                    }
                }
            }
        }
        open
    }

    /// A fact of the case or of an item as something open.
    pub(crate) fn unknown(&self, fact: &Fact, id: FactId, item: Option<Item>) -> Option<Unknown> {
        Some(Unknown::Fact { fact: id, item, domain: self.domain(fact, id)? })
    }

    /// What a fact can be.
    fn domain(&self, fact: &Fact, id: FactId) -> Option<Domain> {
        Some(match &fact.kind {
            Type::YesNo => Domain::Bytes(ByteSet::OPEN),
            Type::Words { count, .. } => {
                Domain::Bytes((0..*count).filter(|word| !fact.never.contains(word)).collect())
            }
            Type::Date { first, last } => {
                let (mut first, mut last) = (*first, *last);
                if self.checked().dated_by == Some(id) {
                    let version = &self.checked().version;
                    first = first.max(version.from);
                    last = version.until.map_or(last, |until| last.min(until));
                }
                Domain::Dates(Span { least: first, greatest: last })
            }
            Type::Number(number) => {
                let step = fact.step.max(1);
                let below = number.least.saturating_sub(1).div_euclid(step);
                let within = Span {
                    least: below.saturating_add(1).saturating_mul(step),
                    greatest: number.greatest.div_euclid(step).saturating_mul(step),
                };
                Domain::Amounts { within, step }
            }
            Type::Listed { .. } | Type::Broken => return None,
        })
    }
}

fn is_open(fact: &Fact, state: State) -> bool {
    let is_open = match state {
        State::NotKnown => true,
        State::NotStated => fact.default.is_none(),
        State::Known(_) => false,
    };
    is_open && !fact.is_text && fact.panel_share.is_none()
}
