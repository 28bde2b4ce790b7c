//! Which changes to the evidence would give another answer.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::case::{Case, State};
use apportion_core::date::Date;
use apportion_core::decision::{DecideError, Decision};
use apportion_core::outlook::{Domain, Unknown};
use apportion_core::program::{ConclusionId, FactId, Item, ListId, Refusal};
use apportion_core::value::Value;

use crate::checked::Type;
use crate::policy::Policy;
use crate::record::ItemName;

/// Changes to the evidence of a case that together give another answer.
#[derive(Clone, Debug)]
pub struct Change {
    /// What changes, in the order declared.
    pub facts: Vec<ChangedFact>,
    /// What the case states and then does not apply any more, by its names: it is left out.
    pub left_out: Vec<LeftOut>,
    /// The clauses for which the answer is then what it is.
    pub by: Vec<String>,
    /// The case as it then is.
    pub case: Case,
}

/// A fact that does not apply once others have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
}

/// A fact that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFact {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// The item that it is a fact of; none where it is one of the case.
    pub item: Option<ItemName>,
    /// What it is.
    pub from: Option<String>,
    /// What it would be.
    pub to: String,
}

/// The smallest changes that were found.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Each with as few facts as any; of the same facts, the nearest values.
    pub found: Vec<Change>,
    /// Whether no other changes of as few facts were passed over because looking takes too many
    /// steps.
    pub is_complete: bool,
}

/// What is asked of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whether the policy covers it.
    Cover,
    /// Whether a conclusion is drawn.
    Conclusion(ConclusionId),
}

impl Asked {
    /// The answer; none where the policy does not cover the case and something else is asked.
    pub(crate) fn answer(self, decision: &Decision) -> Option<bool> {
        match self {
            Asked::Cover => Some(decision.is_covered()),
            Asked::Conclusion(conclusion) => decision.concludes(conclusion),
        }
    }
}

/// How many cases are decided at most in search of changes; fewer where they have items, each of which
/// counts as one more.
pub const MOST_STEPS: usize = 100_000;

/// How many facts are changed together at most.
const MOST_TOGETHER: usize = 3;

/// The values of a fact that a program may tell apart.
#[derive(Clone)]
struct Telling {
    values: Vec<Value>,
    /// From one amount to the next; 1 for days and words.
    step: i64,
}

/// A fact that can be changed, and to what: nearest first.
struct Lever {
    fact: FactId,
    item: Option<Item>,
    values: Vec<Value>,
    /// What it is.
    now: Option<Value>,
    /// From one amount to the next; 1 for days and words.
    step: i64,
}

impl Policy {
    /// The smallest changes to the evidence that would give another answer: one fact where one is
    /// enough, else two or three together. Each gives a case that can be decided.
    ///
    /// At most so many cases, and items of them, are decided to find them.
    ///
    /// ```
    /// use apportion::policy::Policy;
    /// use apportion::why::{Asked, MOST_STEPS};
    ///
    /// let policy = Policy::parse("\
    /// policy   Places
    /// about    a child
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   places       whole number, 0 to 9
    ///   fast track   yes or no, no unless stated
    ///
    /// 1    Places
    /// 1.1  A child is urgent when fast track or places are at least 3.
    /// ").unwrap();
    /// let case = policy.case([("places", "1")]).unwrap();
    /// let decision = policy.decide(&case).unwrap();
    /// let urgent = policy.conclusion("urgent").unwrap();
    /// let changes = policy.changes(&case, &decision, Asked::Conclusion(urgent), MOST_STEPS);
    /// let told: Vec<String> = changes.found.iter().map(|it| format!("{} {}", it.facts[0].name, it.facts[0].to)).collect();
    /// assert_eq!(told, ["places 3", "fast track yes"]);
    /// ```
    #[must_use]
    pub fn changes(
        &self,
        case: &Case,
        decision: &Decision,
        asked: Asked,
        most_steps: usize,
    ) -> Changes {
        self.changes_of(case, decision, asked, most_steps, MOST_TOGETHER)
    }

    /// The same, of so many facts together at most.
    pub(crate) fn changes_of(
        &self,
        case: &Case,
        decision: &Decision,
        asked: Asked,
        most_steps: usize,
        most_together: usize,
    ) -> Changes {
        let Some(now) = asked.answer(decision) else { return Changes::default() };
        let levers = self.levers(case, decision);
        let mut search = Search {
            policy: self,
            asked,
            wanted: !now,
            left: most_steps,
            cost: 1 + self.decided_items(decision).len(),
            decision: Decision::new(self.program()),
            best: None,
        };
        for together in 1..=most_together {
            let mut changes = Changes { found: Vec::new(), is_complete: true };
            for chosen in combinations(levers.len(), together) {
                let chosen: Vec<&Lever> = chosen.iter().filter_map(|at| levers.get(*at)).collect();
                if is_one_fact_twice(&chosen) {
                    continue;
                }
                search.best = None;
                search.turn(case, &chosen, 0, &mut Vec::new());
                if let Some((_, mut values)) = search.best.take() {
                    search.come_nearer(case, &chosen, &mut values);
                    changes.found.extend(self.change(case, &chosen, &values, asked));
                }
                if search.left == 0 {
                    changes.is_complete = false;
                    return changes;
                }
            }
            if !changes.found.is_empty() || together == most_together {
                return changes;
            }
        }
        Changes::default()
    }

    /// What can be changed in a case, in the order declared.
    fn levers(&self, case: &Case, decision: &Decision) -> Vec<Lever> {
        let facts = || (0..).map(FactId).zip(self.facts());
        let can_change = |id: FactId, decision: &Decision| {
            let fact = self.facts().get(id.index());
            // One that does not apply may where another changes.
            fact.is_some_and(|fact| {
                let may_apply = fact.only_when.is_some() || decision.applies(id) != Some(false);
                !fact.is_text && fact.panel_share.is_none() && may_apply
            })
        };
        let mut levers = Vec::new();
        for (id, fact) in facts().filter(|(_, fact)| fact.list.is_none()) {
            if can_change(id, decision) {
                let telling = self.telling(case, self.unknown(fact, id, None));
                levers.extend(self.levers_of(id, None, telling, case.value_or_default(id)));
            }
        }
        // What the program tells apart, it tells apart of the first item as of all.
        let of_items = facts().filter_map(|(id, fact)| {
            let unknown = self.unknown(fact, id, Some(Item { list: fact.list?, index: 0 }));
            Some((id, fact.list?, self.telling(case, unknown)))
        });
        let of_items: Vec<(FactId, ListId, Telling)> = of_items.collect();
        for (item, of_item) in self.decided_items(decision) {
            for (id, _, telling) in of_items.iter().filter(|(_, list, _)| *list == item.list) {
                if can_change(*id, &of_item) {
                    let now = case.item_value_or_default(item, *id);
                    levers.extend(self.levers_of(*id, Some(item), telling.clone(), now));
                }
            }
        }
        levers
    }

    /// The values of something at which another answer may come, and how far apart values are.
    fn telling(&self, case: &Case, unknown: Option<Unknown>) -> Telling {
        let step = match &unknown {
            Some(Unknown::Fact { domain: Domain::Amounts { step, .. }, .. }) => *step,
            _ => 1,
        };
        let values = unknown.and_then(|it| self.program().telling_values(case, &it).ok());
        Telling { values: values.unwrap_or_default(), step }
    }

    /// A fact with its values, nearest first; of words without an order, each by itself.
    fn levers_of(
        &self,
        fact: FactId,
        item: Option<Item>,
        telling: Telling,
        now: Option<Value>,
    ) -> Vec<Lever> {
        let Telling { mut values, step } = telling;
        values.retain(|value| Some(*value) != now);
        if self.has_no_order(fact) {
            let each = values.into_iter().map(|value| Lever {
                fact,
                item,
                values: [value].into(),
                now,
                step,
            });
            return each.collect();
        }
        if let Some(now) = now {
            values.sort_by_key(|value| distance(*value, now));
        }
        if values.is_empty() {
            Vec::new()
        } else {
            Vec::from([Lever { fact, item, values, now, step }])
        }
    }

    fn has_no_order(&self, fact: FactId) -> bool {
        let fact = self.facts().get(fact.index());
        let Some(Type::Words { list, .. }) = fact.map(|fact| &fact.kind) else { return false };
        let list = self.checked().word_lists.get(list.0 as usize);
        list.is_some_and(|list| !list.is_ordered)
    }

    /// What changes, and why the answer is then another.
    fn change(
        &self,
        case: &Case,
        levers: &[&Lever],
        values: &[Value],
        asked: Asked,
    ) -> Option<Change> {
        let mut changed = case.clone();
        let mut facts = Vec::new();
        for (lever, value) in levers.iter().zip(values) {
            set(&mut changed, lever, *value)?;
            let fact = self.facts().get(lever.fact.index())?;
            let now = match lever.item {
                Some(item) => case.item_value_or_default(item, lever.fact),
                None => case.value_or_default(lever.fact),
            };
            facts.push(ChangedFact {
                name: fact.name.clone(),
                outside: fact.outside.clone(),
                item: lever.item.map(|item| self.item_name(item)),
                from: now.map(|now| self.show_fact(fact, now)),
                to: self.show_fact(fact, *value),
            });
        }
        let mut decision = Decision::new(self.program());
        self.decide_without_stale(&mut changed, levers, &mut decision).ok()?;
        let by = match asked {
            Asked::Cover if decision.is_covered() => Vec::new(),
            Asked::Cover => self.reasons_for_no_cover(&decision),
            Asked::Conclusion(conclusion) => self.reasons(&decision, conclusion),
        };
        let left_out = self.facts().iter().zip((0..).map(FactId)).filter(|(_, id)| {
            case.get(*id) != State::NotStated && changed.get(*id) == State::NotStated
        });
        let left_out = left_out
            .map(|(fact, _)| LeftOut { name: fact.name.clone(), outside: fact.outside.clone() });
        Some(Change { facts, left_out: left_out.collect(), by: self.numbers(&by), case: changed })
    }
}

impl Policy {
    /// Decides a changed case, from which is left out what does not apply any more.
    fn decide_without_stale(
        &self,
        case: &mut Case,
        levers: &[&Lever],
        decision: &mut Decision,
    ) -> Result<(), DecideError> {
        let is_changed = |fact| levers.iter().any(|lever| lever.fact == fact);
        loop {
            let refused = match self.program().decide(case, decision) {
                Err(DecideError::Refused {
                    refusal: Refusal::DoesNotApply { fact },
                    item: None,
                }) if !is_changed(fact) && case.get(fact) != State::NotStated => fact,
                decided => return decided,
            };
            // What is left out is not stated, so it is not met again.
            if case.leave_out(refused).is_err() {
                return self.program().decide(case, decision);
            }
        }
    }
}

/// A search among the values of some levers.
struct Search<'a> {
    policy: &'a Policy,
    asked: Asked,
    wanted: bool,
    /// How many more steps may be taken.
    left: usize,
    /// How many it takes to decide a case.
    cost: usize,
    decision: Decision,
    /// The nearest values found, with how far they are.
    best: Option<(usize, Vec<Value>)>,
}

impl Search<'_> {
    /// Brings amounts and days that give the answer as near to what they are as still gives it, one
    /// after the other: a value next to the last one, on the way there, does not.
    fn come_nearer(&mut self, case: &Case, levers: &[&Lever], values: &mut [Value]) {
        for (place, lever) in levers.iter().enumerate() {
            let Some(mut without) = lever.now else { continue };
            while let Some(between) =
                values.get(place).and_then(|it| middle(without, *it, lever.step))
            {
                let mut tried = case.clone();
                let set_all =
                    levers.iter().zip(&*values).enumerate().all(|(at, (lever, value))| {
                        set(&mut tried, lever, if at == place { between } else { *value }).is_some()
                    });
                let decided =
                    self.policy.decide_without_stale(&mut tried, levers, &mut self.decision);
                let turns = self.asked.answer(&self.decision) == Some(self.wanted);
                match values.get_mut(place) {
                    Some(value) if set_all && decided.is_ok() && turns => *value = between,
                    _ => without = between,
                }
            }
        }
    }

    /// Tries the values of the levers that are left, each with each.
    fn turn(&mut self, case: &Case, levers: &[&Lever], far: usize, chosen: &mut Vec<Value>) {
        let Some(lever) = levers.get(chosen.len()) else {
            if self.left == 0 {
                return;
            }
            self.left = self.left.saturating_sub(self.cost);
            let mut case = case.clone();
            let decided = self.policy.decide_without_stale(&mut case, levers, &mut self.decision);
            if decided.is_ok() && self.asked.answer(&self.decision) == Some(self.wanted) {
                self.best = Some((far, chosen.clone()));
            }
            return;
        };
        let mut case = case.clone();
        for (place, value) in lever.values.iter().enumerate() {
            let far = far + place;
            if self.best.as_ref().is_some_and(|(best, _)| *best <= far) || self.left == 0 {
                return;
            }
            if set(&mut case, lever, *value).is_some() {
                chosen.push(*value);
                self.turn(&case, levers, far, chosen);
                chosen.pop();
            }
        }
    }
}

/// Whether two levers are values of one fact, which stand next to each other.
fn is_one_fact_twice(levers: &[&Lever]) -> bool {
    levers.windows(2).any(|pair| match pair {
        [a, b] => (a.fact, a.item) == (b.fact, b.item),
        _ => false,
    })
}

fn set(case: &mut Case, lever: &Lever, value: Value) -> Option<()> {
    match lever.item {
        Some(item) => case.set_item(item, lever.fact, value).ok(),
        None => case.set(lever.fact, value).ok(),
    }
}

/// A value between two amounts or days, if there is one.
fn middle(a: Value, b: Value, step: i64) -> Option<Value> {
    let between = |a: i64, b: i64| {
        let steps = b.checked_sub(a)?.checked_div(step)?;
        let half = (steps / 2).checked_mul(step)?;
        a.checked_add(half).filter(|_| !(-1..=1).contains(&steps))
    };
    match (a, b) {
        (Value::Amount(a), Value::Amount(b)) => between(a, b).map(Value::Amount),
        (Value::Date(a), Value::Date(b)) => {
            let day = between(a.day_number().into(), b.day_number().into())?;
            Date::from_day_number(i32::try_from(day).ok()?).map(Value::Date)
        }
        _ => None,
    }
}

/// How far two values of one fact are apart.
fn distance(a: Value, b: Value) -> u64 {
    match (a, b) {
        (Value::Word(a), Value::Word(b)) => a.abs_diff(b).into(),
        (Value::Date(a), Value::Date(b)) => a.day_number().abs_diff(b.day_number()).into(),
        (Value::Amount(a), Value::Amount(b)) => a.abs_diff(b),
        _ => 1,
    }
}

/// Every choice of so many places of a list, in order.
fn combinations(of: usize, many: usize) -> impl Iterator<Item = Vec<usize>> {
    let mut next: Option<Vec<usize>> = (many <= of).then(|| (0..many).collect());
    core::iter::from_fn(move || {
        let now = next.clone()?;
        next = following(&now, of);
        Some(now)
    })
}

/// The choice after this one.
fn following(now: &[usize], of: usize) -> Option<Vec<usize>> {
    let many = now.len();
    let places = now.iter().enumerate().rev();
    let (at, place) = places.into_iter().find(|(at, place)| **place + many - at < of)?;
    let kept = now.get(..at)?.iter().copied();
    Some(kept.chain((place + 1..).take(many - at)).collect())
}
