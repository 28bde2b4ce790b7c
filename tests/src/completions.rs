//! What can still come of a case of which not everything is known, held against its completions:
//! each is decided as a case of its own.
#![expect(clippy::indexing_slicing, reason = "all places come from lists of the same length")]

use std::collections::{BTreeMap, BTreeSet};

use apportion::checked::{Constant, Type};
use apportion::policy::Policy;
use apportion_core::case::Case;
use apportion_core::decision::{Answer, DecideError, Decision};
use apportion_core::outlook::{Outlook, Prospect, Question, Range, Topic, Unknown};
use apportion_core::program::{DayOf, FactId, Item, ListId};

use crate::comparison::{engine_case, given};
use crate::generator::choices::Seeded;
use crate::generator::{generate, print};
use crate::random_cases::{CaseMaker, Facts};
use crate::reference::{self, Refusal};
use crate::rivals::random::Random;

mod decisive;

use decisive::{Applying, hold_settled};

/// How many cases of each policy are looked at.
pub const CASES: usize = 6;

/// The most completions that are decided one by one.
const MOST: usize = 512;

/// How many values stand for a fact that has too many.
const SAMPLES: usize = 9;

/// What came of one policy.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Cases with something open.
    pub cases: usize,
    /// Of these, those all of whose completions were decided.
    pub whole: usize,
    /// Completions that were decided.
    pub completions: usize,
    /// Answers that are settled.
    pub settled: usize,
    /// Answers with a range.
    pub ranges: usize,
    /// Of these, those told to be at most so.
    pub at_most: usize,
    /// Cases whose decision is settled.
    pub decisions: usize,
    /// Clauses that apply whatever is open.
    pub applying: usize,
    /// Needs that were told, for any topic.
    pub needs: usize,
    /// Cases in which one more fact was learned.
    pub learned: usize,
    /// Items that were looked at by themselves, of cases with something open.
    pub items: usize,
}

impl Tally {
    /// Counts what came of another policy.
    pub fn add(&mut self, other: Tally) {
        self.cases += other.cases;
        self.whole += other.whole;
        self.completions += other.completions;
        self.settled += other.settled;
        self.ranges += other.ranges;
        self.at_most += other.at_most;
        self.decisions += other.decisions;
        self.applying += other.applying;
        self.needs += other.needs;
        self.learned += other.learned;
        self.items += other.items;
    }
}

/// A fact of the case or of an item.
type Place = (FactId, Option<Item>);

/// What is tried of a fact; nothing where it is left out.
type Values = Vec<Option<Constant>>;

/// What comes of a completion: an answer to each question, or none, or why there is none at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Came {
    Decided(Vec<Option<i64>>),
    Outside,
    Refused,
}

/// Looks at cases of the policy of a seed.
///
/// # Errors
///
/// Returns what was foreseen wrongly.
pub fn look(seed: u64) -> Result<Tally, String> {
    let (text, _) = print(&generate(&mut Seeded::new(seed)));
    let policy = Policy::parse(&text).map_err(|mistakes| mistakes.to_string())?;
    let maker = CaseMaker::new(policy.checked());
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    for number in 0..CASES {
        let facts = maker.random(&mut random);
        let open = chosen(&policy, &facts, number, &mut random);
        if open.is_empty() {
            continue;
        }
        let tried = Tried::new(&policy, &maker, facts, open, &mut random);
        let told = |wrong: String| {
            let open: Vec<String> =
                tried.open.iter().map(|(place, values)| format!("{place:?}: {values:?}")).collect();
            let given = given(&policy, &tried.facts);
            format!("{wrong}\nopen: {}\n{given}\n\n{text}", open.join("; "))
        };
        tried.look(None, &mut tally).map_err(&told)?;
        for item in tried.some_items() {
            let told = |wrong: String| told(format!("of {item:?}: {wrong}"));
            tried.look(Some(item), &mut tally).map_err(told)?;
        }
    }
    Ok(tally)
}

/// A few facts that are then not known.
fn chosen(policy: &Policy, facts: &Facts, number: usize, random: &mut Random) -> Vec<Place> {
    let all = policy.facts().iter().zip((0..).map(FactId));
    let usable = all.filter(|(fact, _)| !fact.is_text && fact.panel_share.is_none());
    let mut places: Vec<Place> = Vec::new();
    for (fact, id) in usable {
        // Every other time of facts with few values alone.
        let has_few = matches!(fact.kind, Type::YesNo | Type::Words { .. });
        if number.is_multiple_of(2) && !has_few {
            continue;
        }
        match fact.list {
            None => places.push((id, None)),
            Some(list) => {
                let items = facts.lists.get(list.index()).and_then(Option::as_ref);
                let count = u32::try_from(items.map_or(0, Vec::len)).unwrap_or(0);
                places.extend((0..count).map(|index| (id, Some(Item { list, index }))));
            }
        }
    }
    let count = 1 + random.below(4);
    let mut chosen = BTreeSet::new();
    for _ in 0..count {
        let place = random.below(places.len().max(1) as u64) as usize;
        chosen.extend(places.get(place).copied());
    }
    chosen.into_iter().collect()
}

/// A case with something open, and what is tried of it.
struct Tried<'a> {
    policy: &'a Policy,
    facts: Facts,
    open: Vec<(Place, Values)>,
    /// Whether every value is tried.
    is_whole: bool,
}

impl<'a> Tried<'a> {
    fn new(
        policy: &'a Policy,
        maker: &CaseMaker,
        facts: Facts,
        open: Vec<Place>,
        random: &mut Random,
    ) -> Self {
        let mut tried = Tried { policy, facts, open: Vec::new(), is_whole: true };
        tried.is_whole = tried.facts.lists.iter().all(Option::is_some);
        let open = tried.all_open(open);
        let mut completions = 1;
        for place in open {
            let (mut values, is_all) = tried.values(maker, place, random);
            completions *= values.len();
            if completions > MOST {
                values.truncate(2);
            }
            tried.is_whole &= is_all && completions <= MOST;
            completions = completions.min(MOST);
            tried.open.push((place, values));
        }
        tried
    }

    /// What is then open, with what was not stated before.
    fn all_open(&self, chosen: Vec<Place>) -> Vec<Place> {
        let mut open = chosen;
        let Ok(mut case) = engine_case(self.policy, &self.facts) else { return open };
        for (fact, item) in &open {
            let _ = match item {
                None => case.set_not_known(*fact),
                Some(item) => case.set_item_not_known(*item, *fact),
            };
        }
        let all = self.policy.open(&case).into_iter();
        open = all
            .filter_map(|unknown| match unknown {
                Unknown::Fact { fact, item, .. } => Some((fact, item)),
                Unknown::Items { .. } => None,
            })
            .collect();
        open
    }

    /// The values of a fact, and whether they are all.
    fn values(&self, maker: &CaseMaker, (id, item): Place, random: &mut Random) -> (Values, bool) {
        let Some(fact) = self.policy.facts().get(id.index()) else { return (Vec::new(), false) };
        let left_out = fact.only_when.is_some().then_some(None);
        let all: Option<Values> = match &fact.kind {
            Type::YesNo => Some([false, true].map(|it| Some(Constant::YesNo(it))).into()),
            Type::Words { count, .. } => Some(
                (0..*count)
                    .filter(|word| !fact.never.contains(word))
                    .map(|word| Some(Constant::Word(word)))
                    .collect(),
            ),
            _ => None,
        };
        if let Some(all) = all {
            return (all.into_iter().chain(left_out).collect(), true);
        }
        let mut values = Values::new();
        for _ in 0..3 * SAMPLES {
            let other = maker.random(random);
            let value = match item {
                None => other.of_case.get(id.index()).copied().flatten(),
                Some(item) => {
                    let items = other.lists.get(item.list.index()).cloned().flatten();
                    let list = &self.policy.lists()[item.list.index()];
                    let place = list.facts.iter().position(|fact| *fact == id);
                    let first = items.and_then(|items| items.first().cloned());
                    first.and_then(|item| item.get(place?).copied().flatten())
                }
            };
            if value.is_some() && !values.contains(&value) && values.len() < SAMPLES {
                values.push(value);
            }
        }
        (values.into_iter().chain(left_out).collect(), false)
    }

    /// A completion of which a list that is not stated has no items.
    fn completed(&self, stated: &BTreeMap<Place, Option<Constant>>) -> Facts {
        let mut facts = self.facts.clone();
        for (place, value) in stated {
            put(self.policy, &mut facts, *place, *value);
        }
        facts.lists.iter_mut().for_each(|items| *items = Some(items.take().unwrap_or_default()));
        facts
    }

    /// The case with these of the open facts stated; the others are not known.
    fn case(&self, stated: &BTreeMap<Place, Option<Constant>>) -> Option<Case> {
        let mut facts = self.facts.clone();
        for (place, value) in stated {
            put(self.policy, &mut facts, *place, *value);
        }
        let mut case = engine_case(self.policy, &facts).ok()?;
        for ((fact, item), _) in self.open.iter().filter(|(place, _)| !stated.contains_key(place)) {
            match item {
                None => case.set_not_known(*fact).ok()?,
                Some(item) => case.set_item_not_known(*item, *fact).ok()?,
            }
        }
        Some(case)
    }

    /// The first and the last item of each list, and not those of every list at once.
    fn some_items(&self) -> impl Iterator<Item = Item> {
        let lists = (0..).map(ListId).zip(&self.facts.lists);
        lists.flat_map(|(list, items)| {
            let count = u32::try_from(items.as_ref().map_or(0, Vec::len)).unwrap_or(0);
            let ends: BTreeSet<u32> = [0, count.saturating_sub(1)].into();
            ends.into_iter().filter(move |it| *it < count).map(move |index| Item { list, index })
        })
    }

    /// What comes of a completion, or of an item in it; nothing where its evidence cannot be.
    fn decide(
        &self,
        item: Option<Item>,
        stated: &BTreeMap<Place, Option<Constant>>,
        questions: &[Question],
        applying: &mut Applying,
    ) -> Option<Came> {
        let facts = self.completed(stated);
        let case = engine_case(self.policy, &facts).ok()?;
        let mut decision = Decision::new(self.policy.program());
        match self.policy.program().decide(&case, &mut decision) {
            Ok(()) if !decision.is_covered() => Some(Came::Outside),
            Ok(()) => {
                let about =
                    item.map_or_else(|| Some(decision.clone()), |it| decision.of_item(it))?;
                applying.note(self.policy, &decision, item);
                let answers = questions.iter().map(|it| answer(self.policy, &about, item, *it));
                Some(Came::Decided(answers.collect()))
            }
            Err(DecideError::Refused { .. }) => {
                let refusals = reference::decide(self.policy.checked(), &facts).err()?;
                let cannot_be = refusals.iter().any(|(refusal, _)| is_evidence(*refusal));
                (!cannot_be).then_some(Came::Refused)
            }
            Err(_) => None,
        }
    }

    /// What can come of the case, or of an item of it.
    fn outlook(&self, item: Option<Item>) -> Outlook {
        self.policy.outlook(item)
    }

    fn look(&self, item: Option<Item>, tally: &mut Tally) -> Result<(), String> {
        let program = self.policy.program();
        let Some(case) = self.case(&BTreeMap::new()) else { return Ok(()) };
        let open = self.policy.open(&case);
        let mut outlook = self.outlook(item);
        let foreseen = program.foresee(&case, &open, &mut outlook);
        let questions: Vec<Question> = outlook.prospects().iter().map(|it| it.question).collect();
        match item {
            Some(_) => tally.items += 1,
            None => tally.cases += 1,
        }
        tally.whole += usize::from(self.is_whole && item.is_none());

        let mut applying = Applying::default();
        let all = self.completions(item, &questions, &mut applying);
        tally.completions += all.len();
        let possible: Vec<&Came> = all.values().flatten().collect();
        if let Err(error) = foreseen {
            let decided = possible.iter().find(|came| !matches!(came, Came::Refused));
            return match (error, decided) {
                (DecideError::Refused { .. }, None) => Ok(()),
                (error, decided) => Err(format!("{error}, and {decided:?}")),
            };
        }
        if !self.is_whole && possible.is_empty() {
            return Ok(());
        }
        for (place, prospect) in outlook.prospects().iter().enumerate() {
            self.hold(place, prospect, &possible, tally)?;
        }
        hold_settled(&outlook, &possible, self.is_whole)?;
        tally.decisions += usize::from(outlook.is_settled() && item.is_none());
        if let Some(clause) = outlook.applying().iter().find(|it| !applying.has(**it)) {
            return Err(format!("{clause:?} does not apply in every completion"));
        }
        tally.applying += outlook.applying().len();
        self.hold_needs(&open, &outlook, &questions, &all, tally)?;
        self.learn(item, &outlook, tally)
    }

    /// Every completion that is tried, by the value of each fact.
    fn completions(
        &self,
        item: Option<Item>,
        questions: &[Question],
        applying: &mut Applying,
    ) -> BTreeMap<Vec<usize>, Option<Came>> {
        let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
        for (_, values) in &self.open {
            choices = choices
                .into_iter()
                .flat_map(|chosen| {
                    (0..values.len()).map(move |value| [chosen.clone(), vec![value]].concat())
                })
                .collect();
        }
        let came = |chosen: Vec<usize>| {
            let stated = self.open.iter().zip(&chosen);
            let stated = stated.map(|((place, values), value)| (*place, values[*value])).collect();
            let came = self.decide(item, &stated, questions, applying);
            (chosen, came)
        };
        choices.into_iter().map(came).collect()
    }

    /// That a prospect says what comes of the completions.
    fn hold(
        &self,
        place: usize,
        prospect: &Prospect,
        possible: &[&Came],
        tally: &mut Tally,
    ) -> Result<(), String> {
        let decided = possible.iter().filter_map(|came| match came {
            Came::Decided(answers) => Some(answers[place]),
            Came::Outside | Came::Refused => None,
        });
        let decided: Vec<Option<i64>> = decided.collect();
        let given: BTreeSet<i64> = decided.iter().flatten().copied().collect();
        let wrong =
            |what: &str| Err(format!("{what}: {prospect:?}, and {given:?} of {possible:?}"));
        let (least, greatest) = ends(prospect.range);
        if !given.iter().all(|answer| has(prospect.range, *answer)) {
            return wrong("an answer is outside the range");
        }
        if prospect.is_always_given && decided.contains(&None) {
            return wrong("an answer is not given");
        }
        let came = |came: &&&Came| match came {
            Came::Decided(answers) => Came::Decided(vec![answers[place]]),
            other => (**other).clone(),
        };
        let different: BTreeSet<Came> = possible.iter().map(|it| came(&it)).collect();
        if prospect.is_settled && different.len() > 1 {
            return wrong("it is not settled");
        }
        tally.settled += usize::from(prospect.is_settled);
        tally.ranges += usize::from(least < greatest);
        tally.at_most += usize::from(!prospect.is_exact);
        if !self.is_whole {
            return Ok(());
        }
        if !prospect.is_exact {
            return wrong("it is exact");
        }
        if (given.first(), given.last()) != (least.as_ref(), greatest.as_ref()) {
            return wrong("the range is too wide");
        }
        if !prospect.is_settled && different.len() <= 1 {
            return wrong("it is settled");
        }
        if prospect.is_always_given == decided.contains(&None) {
            return wrong("it is always given");
        }
        Ok(())
    }

    /// That what is needed makes a difference by itself, and nothing else does.
    fn hold_needs(
        &self,
        open: &[Unknown],
        outlook: &Outlook,
        questions: &[Question],
        all: &BTreeMap<Vec<usize>, Option<Came>>,
        tally: &mut Tally,
    ) -> Result<(), String> {
        let place_of = |unknown: &Unknown| match unknown {
            Unknown::Fact { fact, item, .. } => {
                self.open.iter().position(|(place, _)| *place == (*fact, *item))
            }
            Unknown::Items { .. } => None,
        };
        let mut topics: Vec<(Topic, Vec<usize>)> = Vec::new();
        let of = |is: &dyn Fn(&Question) -> bool| -> Vec<usize> {
            questions.iter().enumerate().filter(|(_, it)| is(it)).map(|(place, _)| place).collect()
        };
        for (column, question) in questions.iter().enumerate() {
            match question {
                Question::Conclusion(id) => topics.push((Topic::Conclusion(*id), vec![column])),
                Question::Value(id) => topics.push((Topic::Value(*id), vec![column])),
                _ => {}
            }
        }
        let is_paid = |it: &Question| {
            matches!(it, Question::Pays(..) | Question::Awaits(_) | Question::Awaited(_))
        };
        topics.push((Topic::Payments, of(&is_paid)));
        for (topic, columns) in topics {
            let narrow = |came: &Came| match came {
                Came::Decided(answers) => {
                    Came::Decided(columns.iter().map(|column| answers[*column]).collect())
                }
                other => other.clone(),
            };
            let needs = outlook.needs(topic);
            tally.needs += needs.len();
            for (unknown, what) in open.iter().enumerate() {
                let Some(place) = place_of(what) else { continue };
                let need = needs.iter().find(|need| need.unknown == unknown);
                let differs = !columns.is_empty() && differs(all, place, &narrow);
                let wrong =
                    |what: &str| Err(format!("{topic:?} {what} {place}: {needs:?}, {all:?}"));
                if differs && need.is_none() {
                    return wrong("does not need, but hangs on");
                }
                let Some(need) = need else { continue };
                if !self.is_whole {
                    continue;
                }
                if need.is_certain != differs {
                    return wrong("needs, but does not hang on");
                }
                let settling = settling(&self.open[place].1, all, place, &narrow);
                if (need.settling, need.of) != settling {
                    return wrong(&format!("is settled {settling:?} by"));
                }
            }
            let named: Vec<usize> =
                needs.iter().filter_map(|it| place_of(&open[it.unknown])).collect();
            if self.is_whole && !columns.is_empty() && !is_told_by(all, &named, &narrow) {
                return Err(format!("{topic:?} hangs on more than {named:?}: {all:?}"));
            }
            if !needs.is_sorted_by_key(|need| core::cmp::Reverse(need.settling)) {
                return Err(format!("{topic:?} needs in another order: {needs:?}"));
            }
        }
        Ok(())
    }

    /// That learning a fact changes nothing that was settled, and widens nothing.
    fn learn(&self, item: Option<Item>, before: &Outlook, tally: &mut Tally) -> Result<(), String> {
        let program = self.policy.program();
        let mut after = self.outlook(item);
        for (place, values) in &self.open {
            for value in values {
                let learned: BTreeMap<Place, Option<Constant>> = [(*place, *value)].into();
                let Some(case) = self.case(&learned) else { continue };
                let open = self.policy.open(&case);
                if program.foresee(&case, &open, &mut after).is_err() {
                    continue;
                }
                tally.learned += 1;
                for (was, is) in before.prospects().iter().zip(after.prospects()) {
                    let (least, greatest) = ends(was.range);
                    let (least_now, greatest_now) = ends(is.range);
                    let is_wider =
                        least_now.is_some() && (least_now < least || greatest_now > greatest);
                    let is_unsettled = was.is_settled && !is.is_settled;
                    if is_wider || is_unsettled {
                        return Err(format!("learned {place:?} {value:?}: {was:?}, then {is:?}"));
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether completions that differ in one fact alone do differ.
fn differs(
    all: &BTreeMap<Vec<usize>, Option<Came>>,
    place: usize,
    narrow: &impl Fn(&Came) -> Came,
) -> bool {
    let mut firsts: BTreeMap<Vec<usize>, Came> = BTreeMap::new();
    all.iter().any(|(chosen, came)| {
        let Some(came) = came else { return false };
        let mut others = chosen.clone();
        others.remove(place);
        let came = narrow(came);
        *firsts.entry(others).or_insert_with(|| came.clone()) != came
    })
}

/// Whether completions that are alike in these facts are alike in the answer: the others cannot change
/// it.
fn is_told_by(
    all: &BTreeMap<Vec<usize>, Option<Came>>,
    named: &[usize],
    narrow: &impl Fn(&Came) -> Came,
) -> bool {
    let mut firsts: BTreeMap<Vec<usize>, Came> = BTreeMap::new();
    let possible = all.iter().filter_map(|(chosen, came)| Some((chosen, narrow(came.as_ref()?))));
    possible.into_iter().all(|(chosen, came)| {
        let alike: Vec<usize> = named.iter().map(|place| chosen[*place]).collect();
        *firsts.entry(alike).or_insert_with(|| came.clone()) == came
    })
}

/// How many values of a fact settle the answer, of how many.
fn settling(
    values: &Values,
    all: &BTreeMap<Vec<usize>, Option<Came>>,
    place: usize,
    narrow: &impl Fn(&Came) -> Came,
) -> (u32, u32) {
    let own = values.iter().enumerate().filter(|(_, value)| value.is_some());
    let settles = |value: usize| {
        let with = all.iter().filter(|(chosen, _)| chosen[place] == value);
        let came: BTreeSet<Came> = with.filter_map(|(_, came)| came.as_ref().map(narrow)).collect();
        came.len() <= 1
    };
    let count = own.clone().filter(|(value, _)| settles(*value)).count();
    (u32::try_from(count).unwrap_or(0), u32::try_from(own.count()).unwrap_or(0))
}

/// The ends of a range, where it has any.
fn ends(range: Range) -> (Option<i64>, Option<i64>) {
    match range {
        Range::Bytes(bytes) => (bytes.least().map(i64::from), bytes.greatest().map(i64::from)),
        Range::Dates(days) => {
            (Some(days.least.packed().into()), Some(days.greatest.packed().into()))
        }
        Range::Amounts(span) => (Some(span.least), Some(span.greatest)),
        Range::Nothing => (None, None),
    }
}

fn has(range: Range, number: i64) -> bool {
    match range {
        Range::Bytes(bytes) => u8::try_from(number).is_ok_and(|byte| bytes.has(byte)),
        _ => {
            let (least, greatest) = ends(range);
            least <= Some(number) && Some(number) <= greatest
        }
    }
}

/// The answer of a decision, or of one about an item, as a number.
fn answer(
    policy: &Policy,
    decision: &Decision,
    item: Option<Item>,
    question: Question,
) -> Option<i64> {
    match question {
        Question::Conclusion(id) => decision.concludes(id).map(i64::from),
        Question::Value(id) => decision.value(id).map(|answer| match answer {
            Answer::Byte(byte) => byte.into(),
            Answer::Date(day) => day.packed().into(),
            Answer::Amount(amount) => amount,
        }),
        Question::Pays(party, unit) if item.is_some() => {
            let lines = decision.lines().filter(|line| line.item == item);
            let own = lines.filter(|line| (line.party, line.unit) == (party, unit));
            Some(own.map(|line| line.amount.pence()).sum())
        }
        Question::Pays(party, unit) => {
            let mut totals = decision.totals();
            let total = totals.find(|total| (total.0, total.1) == (party, unit));
            total.map(|(.., money)| money.pence())
        }
        Question::Referred(place) => {
            let referral = policy.program().answers().referrals.get(place)?;
            decision.byte(referral.made).map(i64::from)
        }
        Question::Awaits(place) => {
            let awaited = policy.program().answers().awaiting.get(place)?;
            decision.byte(awaited.made).map(i64::from)
        }
        Question::Awaited(place) => {
            let awaited = policy.program().answers().awaiting.get(place)?;
            decision.byte(awaited.made).filter(|made| *made != 0)?;
            decision.amount(awaited.pence)
        }
    }
}

/// Whether a case is refused for evidence that cannot be.
fn is_evidence(refusal: Refusal) -> bool {
    match refusal {
        Refusal::BornAfter { .. }
        | Refusal::NotKnown { .. }
        | Refusal::DoesNotApply { .. }
        | Refusal::PanelSharesNotAsked { .. } => true,
        Refusal::DaysBackwards { from, to, .. } => {
            matches!((from, to), (DayOf::Fact(_), DayOf::Fact(_)))
        }
        _ => false,
    }
}

fn put(policy: &Policy, facts: &mut Facts, (fact, item): Place, value: Option<Constant>) {
    match item {
        None => facts.of_case[fact.index()] = value,
        Some(item) => {
            let list = &policy.lists()[item.list.index()];
            let place = list.facts.iter().position(|it| *it == fact);
            let items = facts.lists[item.list.index()].as_mut();
            if let (Some(place), Some(items)) = (place, items) {
                items[item.index as usize][place] = value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::look_at_each;

    /// How many policies are looked at; `APPORTION_COMPLETIONS` asks for another number.
    const POLICIES: u64 = 150;

    #[test]
    fn what_is_foreseen_is_what_comes_of_the_completions() {
        let whole = look_at_each("APPORTION_COMPLETIONS", POLICIES, look, Tally::add);
        println!("{whole:?}");
        assert!(whole.whole > whole.cases / 4, "{whole:?}");
        assert!(whole.ranges > whole.cases / 4 && whole.needs > whole.cases / 4, "{whole:?}");
        assert!(whole.decisions > whole.cases / 10 && whole.decisions < whole.cases, "{whole:?}");
        assert!(whole.applying > whole.cases, "{whole:?}");
        assert!(whole.items > whole.cases / 4, "{whole:?}");
    }

    /// At the least and the greatest income 2.1 applies, and between them 2.2.
    #[test]
    fn a_clause_that_is_a_reason_at_both_ends_alone_is_not_named() {
        let policy = Policy::parse(
            "\
policy   Far from the middle
about    a child
version  1, in force from 1 April 2025

facts
  resident   yes or no
  income     money a week, £0.00 to £200.00

1    How far
1.1  Gap = the greater of (income - £100.00 a week) and (£100.00 a week - income).

2    Who
2.1  A child is eligible when gap is over £50.00 a week.
2.2  A child is eligible when gap is at most £50.00 a week.
2.3  A child is eligible when resident.
",
        )
        .unwrap();
        let case = policy.case([("resident", "yes")]).unwrap();
        let eligible = &policy.foresee(&case).unwrap().conclusions[0];
        assert_eq!(eligible.is_drawn, Some(true));
        assert_eq!(eligible.by, ["2.3"]);
    }
}
