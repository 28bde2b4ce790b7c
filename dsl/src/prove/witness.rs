//! A case that shows something, in the words of the policy: of its facts those that matter.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::program::{FactId, ListId};

use super::Prover;
use super::evaluate::Evaluation;
use super::moving::Moving;
use super::pairs::{Beside, Pair, QuestionOfTwo};
use super::possible::{Possible, Tri};
use super::questions::is_decided;
use super::rise::Two;
use super::search::{Answer, Question, Wanted};
use super::space::{Domain, Space};
use crate::checked::{Constant, Expression, ExpressionKind, Fact, PanelShare, Type};
use crate::diagnostic::{ShownCase, Stated};
use crate::naming::listed;
use crate::reading;

/// The most steps to find out whether one fact matters, and how many more there are for those that need more.
const MOST_STEPS_OF_A_FACT: u32 = 200;
const MORE_STEPS: u32 = 2_000;

/// So often at most the facts are gone through for earlier values: a later one may let one before it be earlier.
const MOST_ROUNDS: usize = 8;

/// The steps that are left for facts that need more of them.
struct More(u32);

impl More {
    /// Asks something of one fact.
    fn ask<T>(&mut self, prover: &Prover<'_>, ask: impl FnOnce(u32) -> T) -> T {
        let before = prover.steps.get();
        let answer = ask(MOST_STEPS_OF_A_FACT + self.0);
        let taken = before.saturating_sub(prover.steps.get());
        self.0 = self.0.saturating_sub(taken.saturating_sub(MOST_STEPS_OF_A_FACT));
        answer
    }
}

/// A case that shows something.
pub(super) struct Witness<'a> {
    space: Space<'a>,
    /// The facts that matter, in the order declared.
    named: Vec<usize>,
    /// The value of each fact.
    case: Vec<Option<Constant>>,
}

impl<'a> Prover<'a> {
    /// The facts that matter in a case in which something is so, each with the first value with
    /// which it still is. `question` is without what every case must be; `wanted` says which may be shown.
    pub(super) fn witness(
        &self,
        space: &Space<'a>,
        question: Question<'_, 'a>,
        wanted: Question<'_, 'a>,
    ) -> Witness<'a> {
        let mut space = space.clone();
        let asked = |it: &mut Evaluation<'_, 'a>| {
            it.evidence()?;
            let is_so = is_decided(it, self).and(question(it)?);
            if is_so == Tri::No { Some(is_so) } else { Some(is_so.and(wanted(it)?)) }
        };
        let mut more = More(MORE_STEPS);
        for _ in 0..MOST_ROUNDS {
            let before = Rc::clone(&space.facts);
            for (place, whole) in self.domains.iter().enumerate() {
                let wider = (space.with_fact(place, *whole), Wanted::First);
                let first = more.ask(self, |most| self.ask_in(&[], wider, most, &asked));
                if let Answer::Found(first) = first {
                    space = first;
                }
            }
            if space.facts == before {
                break;
            }
        }
        let otherwise = |it: &mut Evaluation<'_, 'a>| Some(question(it).map_or(Tri::Yes, Tri::not));
        let mut more = More(MORE_STEPS);
        let mut matters = space.clone();
        let mut named = Vec::new();
        for (place, whole) in self.domains.iter().enumerate().rev() {
            let wider = matters.with_fact(place, *whole);
            let all = (wider.clone(), Wanted::Any);
            match more.ask(self, |most| self.ask_in(&[], all, most, &otherwise)) {
                Answer::Never => matters = wider,
                _ => named.push(place),
            }
        }
        named.reverse();
        let facts = self.policy.facts.iter().zip(space.facts.iter());
        let case = facts.map(|(fact, domain)| domain.constant(&fact.kind)).collect();
        Witness { space, named, case }
    }

    /// The same of two cases beside each other: the facts that matter are named in both.
    pub(super) fn witnesses(
        &self,
        moving: &Moving<'a>,
        pair: &Pair<'a>,
        question: QuestionOfTwo<'_, 'a>,
        wanted: Question<'_, 'a>,
    ) -> [Witness<'a>; 2] {
        let mut pair = pair.clone();
        let asked = |two: &mut Two<'_, 'a>| {
            let are_decided = two.of_both(|it| {
                it.evidence()?;
                Some(is_decided(it, self).and(wanted(it)?))
            })?;
            Some(are_decided.and(question(two)?))
        };
        let mut more = More(MORE_STEPS);
        for _ in 0..MOST_ROUNDS {
            let before = [&pair.low, &pair.high].map(|space| Rc::clone(&space.facts));
            for (place, whole) in self.domains.iter().enumerate() {
                let wider = (pair.with_fact(place, *whole), Wanted::First);
                let ask = |most| self.ask_of_pairs(&[], moving, wider, most, &asked);
                if let Beside::Found(first) = more.ask(self, ask) {
                    pair = *first;
                }
            }
            if [&pair.low.facts, &pair.high.facts] == before.each_ref() {
                break;
            }
        }
        let otherwise = |two: &mut Two<'_, 'a>| Some(question(two).map_or(Tri::Yes, Tri::not));
        let mut more = More(MORE_STEPS);
        let mut matters = pair.clone();
        let mut named = Vec::new();
        for (place, whole) in self.domains.iter().enumerate().rev() {
            let wider = matters.with_fact(place, *whole);
            let is_what_differs = place == moving.fact.index();
            let mut is_other = || {
                let wider = (wider.clone(), Wanted::Any);
                more.ask(self, |most| self.ask_of_pairs(&[], moving, wider, most, &otherwise))
            };
            match is_what_differs {
                false if matches!(is_other(), Beside::Never) => matters = wider,
                _ => named.push(place),
            }
        }
        named.reverse();
        let Pair { low, high } = pair;
        [low, high].map(|space| {
            let facts = self.policy.facts.iter().zip(space.facts.iter());
            let case = facts.map(|(fact, domain)| domain.constant(&fact.kind)).collect();
            Witness { space, named: named.clone(), case }
        })
    }

    /// Says in which case, where any of its facts matters.
    pub(super) fn told(&self, witness: &Witness<'a>, values: &[&'a Expression]) -> Option<String> {
        let values = values.iter().filter_map(|value| self.value_told(value, &witness.space));
        let facts = witness.named.iter().filter_map(|place| {
            self.fact_told(self.policy.facts.get(*place)?, *witness.space.facts.get(*place)?)
        });
        let said: Vec<String> = values.chain(facts).collect();
        let lists = self.policy.lists.iter().zip((0..).map(ListId));
        let without = lists.filter(|(_, id)| witness.space.without.contains(id));
        let without: Vec<String> =
            without.map(|(list, _)| format!("without {}", list.plural)).collect();
        let case = match without.as_slice() {
            [] => String::from("a case"),
            _ => format!("a case {}", listed(&without)),
        };
        match said.as_slice() {
            [] if without.is_empty() => None,
            [] => Some(format!("such as {case}")),
            _ => Some(format!("such as {case} in which {}", listed(&said))),
        }
    }

    /// The case as its file would state it: without what does not apply to it. What panels decide of
    /// the shares stands in it where anything hangs on it.
    pub(super) fn stated(&self, witness: &Witness<'a>) -> ShownCase {
        let mut it = Evaluation::new(self, &witness.space, &[]);
        let decided = self.decided_shares(witness);
        let mut of = |list: Option<ListId>| {
            let facts = self.policy.facts.iter().zip((0..).map(FactId)).zip(&witness.case);
            let own = facts.filter(|((fact, _), _)| fact.list == list && !fact.is_text);
            let stated = own.filter_map(|((fact, id), value)| {
                let value = match fact.panel_share {
                    Some(_) => decided.get(&id.index()).copied(),
                    None => value.filter(|_| it.fact_applies(id) != Tri::No),
                };
                let text = self.shown(&fact.kind, value?)?;
                Some((fact.outside.clone(), text))
            });
            stated.collect::<Stated>()
        };
        let facts = of(None);
        let lists = self.policy.lists.iter().zip((0..).map(ListId));
        let lists = lists.map(|(list, id)| {
            let has_items = !witness.space.without.contains(&id);
            let items = has_items.then(|| of(Some(id))).into_iter().collect();
            (list.outside.clone(), items)
        });
        ShownCase { facts, lists: lists.collect() }
    }

    /// What panels decide of the shares where the case hangs on it, by the place of the fact. Nothing
    /// hangs on the shares of the other parties, so that the first of them has the rest.
    fn decided_shares(&self, witness: &Witness<'a>) -> BTreeMap<usize, Constant> {
        let mut decided = BTreeMap::new();
        for panel in 0..self.policy.panels.len() {
            let facts = self.policy.facts.iter().enumerate();
            let of_panel = facts.filter_map(|(place, fact)| {
                (fact.panel_share?.panel.index() == panel).then_some(place)
            });
            let (named, others): (Vec<usize>, Vec<usize>) =
                of_panel.partition(|place| witness.named.contains(place));
            let share = |place: &usize| match witness.case.get(*place) {
                Some(Some(Constant::Number(share))) => *share,
                _ => 0,
            };
            let rest = PanelShare::WHOLE - named.iter().map(share).sum::<i64>();
            match others.first() {
                _ if named.is_empty() => continue,
                Some(other) if rest > 0 => decided.insert(*other, Constant::Number(rest)),
                _ if rest == 0 => None,
                // Shares that are no whole are none that a panel decides.
                _ => continue,
            };
            decided.extend(named.iter().map(|place| (*place, Constant::Number(share(place)))));
        }
        decided
    }

    fn fact_told(&self, fact: &Fact, domain: Domain) -> Option<String> {
        let constant = domain.constant(&fact.kind)?;
        let value = self.shown(&fact.kind, constant)?;
        let Some(share) = fact.panel_share else {
            return Some(format!("{} is {value}", fact.told_as()));
        };
        let panel = &self.policy.panels.get(share.panel.index())?.name;
        let party = &self.policy.parties.get(share.party.index())?.name;
        Some(format!("{panel} decides {party} {value}"))
    }

    /// A value by its name, as it is in that case.
    fn value_told(&self, value: &'a Expression, space: &Space<'a>) -> Option<String> {
        let ExpressionKind::Value(id) = value.kind else { return None };
        let possible = Evaluation::new(self, space, &[]).expression(value)?;
        let constant = match (possible, &value.of) {
            (Possible::Numbers(least, _), Type::Number(number)) => {
                Constant::Number(least.floor_over(number.denominator)?)
            }
            (Possible::Words(words), Type::YesNo) => Constant::YesNo(words.lowest()? == 1),
            (Possible::Words(words), _) => Constant::Word(words.lowest()?),
            (Possible::Days(day, _), _) => {
                Constant::Date(apportion_core::date::Date::from_day_number(day)?)
            }
            (Possible::Numbers(..), _) => return None,
        };
        let name = &self.policy.values.get(id.index())?.name;
        Some(format!("{name} is {}", self.shown(&value.of, constant)?))
    }

    fn shown(&self, kind: &Type, constant: Constant) -> Option<String> {
        Some(match (constant, kind) {
            (Constant::YesNo(yes), _) => String::from(if yes { "yes" } else { "no" }),
            (Constant::Word(word), Type::Words { list, .. }) => {
                let words = &self.policy.word_lists.get(list.0 as usize)?.words;
                words.get(usize::from(word))?.clone()
            }
            (Constant::Date(day), _) => day.to_string(),
            (Constant::Number(parts), Type::Number(number)) => reading::show(number, parts),
            (Constant::Word(_) | Constant::Number(_) | Constant::Listed(_), _) => return None,
        })
    }
}
