//! A case with some of its facts open, and what comes of every completion.

mod decided;
mod numbers;

use std::collections::{BTreeMap, BTreeSet};

use apportion_core::case::{Case, State};
use apportion_core::decision::{DecideError, Decision};
use apportion_core::outlook::{Domain, Outlook, Prospect, Question, Range, Topic, Unknown};
use apportion_core::program::{ClauseId, FactId, ListId, Program, Refusal};
use apportion_core::range::ByteSet;
use apportion_core::split::SparePennies;
use apportion_core::value::Value;

use super::making::Maker;
pub(super) use numbers::{answer, ends, has};
use numbers::{has_bytes, slot_of, some_of};

/// The most completions of a case.
const MOST: usize = 250;

/// How much wider a range may be than what occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slack {
    /// Not at all.
    None,
    /// By so much at each end.
    By(i64),
    /// By anything.
    Any,
}

impl Slack {
    /// That of a part of a split: a penny, and what others leave.
    pub(super) fn of(spare: SparePennies, parties: i64) -> Slack {
        Slack::By(match spare {
            SparePennies::LargestFractions => 1,
            SparePennies::InOrder => 2,
            SparePennies::Difference { .. } => parties + 1,
        })
    }
}

/// What comes of a completion that can be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Came {
    /// An answer to each question, as a number, or none.
    Decided(Vec<Option<i64>>),
    Outside,
    Refused,
}

/// A case with some of its facts open.
pub(super) struct Tried {
    program: Program,
    /// Refuses a case only for evidence that cannot be.
    lenient: Program,
    pub(super) evidence: Vec<Refusal>,
    case: Case,
    open: Vec<Unknown>,
    /// What each can be; nothing where it is left out.
    values: Vec<Vec<Option<Value>>>,
}

/// Every completion, by the place of the value of each thing that is open.
struct Completions {
    came: BTreeMap<Vec<usize>, Came>,
    refused: Vec<Refusal>,
    /// The clauses that apply in each that is decided.
    applying: Vec<BTreeSet<ClauseId>>,
}

impl Tried {
    pub(super) fn new(maker: Maker) -> Tried {
        let Maker { builder, mut choices, facts, left_out, read, .. } = maker;
        let Maker { evidence, lenient, operations, .. } = maker;
        let finish = |operations: Vec<_>| {
            let mut builder = builder.clone();
            operations.into_iter().for_each(|operation| builder.push(operation));
            builder.finish().unwrap()
        };
        let (program, lenient) = (finish(operations), finish(lenient));
        let mut tried = Tried {
            case: Case::new(&program),
            program,
            lenient,
            evidence,
            open: Vec::new(),
            values: Vec::new(),
        };
        let mut completions = 1;
        for (fact, kind) in facts {
            let (domain, values) = some_of(kind, &mut choices);
            let mut values: Vec<Option<Value>> = values.into_iter().map(Some).collect();
            values.extend(left_out.iter().any(|(it, _)| *it == fact).then_some(None));
            if let Some(value) = values[choices.below(values.len())] {
                tried.case.set(fact, value).unwrap();
            }
            let slot = slot_of(&tried.program, fact);
            let is_read = read.contains(&slot)
                || tried.program.answers().values.iter().any(|it| it.slot == slot);
            if is_read && completions * values.len() <= MOST && !choices.is(4) {
                completions *= values.len();
                tried.open.push(Unknown::Fact { fact, item: None, domain });
                tried.values.push(values);
            }
        }
        tried
    }

    /// A case of which these truths are open, with one item in each list; but for what else refuses
    /// a case, `lenient` is the same program.
    pub(super) fn of_truths<const N: usize>(
        program: Program,
        lenient: Program,
        facts: [FactId; N],
    ) -> Tried {
        let mut case = Case::new(&program);
        add_items(&program, &mut case);
        let domain = Domain::Bytes(ByteSet::OPEN);
        let open = facts.map(|fact| Unknown::Fact { fact, item: None, domain }).to_vec();
        let values = vec![[false, true].map(|truth| Some(Value::YesNo(truth))).to_vec(); N];
        Tried { program, lenient, evidence: Vec::new(), case, open, values }
    }

    /// That what is foreseen is what comes of the completions.
    pub(super) fn hold(&self, slack: Slack) -> Result<(), String> {
        let mut outlook = Outlook::new(&self.program);
        let foreseen = self.program.foresee(&self.case, &self.open, &mut outlook);
        let questions: Vec<Question> = outlook.prospects().iter().map(|it| it.question).collect();
        let all = self.completions(&questions);
        let possible: BTreeSet<&Came> = all.came.values().collect();
        let told = |wrong: &str| {
            let (open, operations) = (&self.open, self.program.operations());
            format!("{wrong}\n{open:?}\n{:?}\n{possible:?}\n{operations:?}", outlook.outcomes())
        };
        if let Err(error) = foreseen {
            let is_refused = matches!(error, DecideError::Refused { .. });
            let is_so = is_refused && possible.iter().all(|came| **came == Came::Refused);
            return if is_so { Ok(()) } else { Err(told(&format!("{error}"))) };
        }
        let is_whole = self.open.iter().all(has_bytes);
        let outcomes = outlook.outcomes();
        let can_be = [
            (outcomes.decided, possible.iter().any(|it| matches!(it, Came::Decided(_)))),
            (outcomes.outside, possible.contains(&Came::Outside)),
            (!outcomes.refused.is_empty(), possible.contains(&Came::Refused)),
        ];
        let are_exact = is_whole || slack == Slack::None;
        if can_be.iter().any(|(told, is)| told != is && (are_exact || *is)) {
            return Err(told("other outcomes"));
        }
        let refusals: Vec<Refusal> = outcomes.refused.iter().map(|(refusal, _)| *refusal).collect();
        if !all.refused.iter().all(|refusal| refusals.contains(refusal)) {
            return Err(told("other refusals"));
        }
        for (place, prospect) in outlook.prospects().iter().enumerate() {
            self.hold_prospect(place, prospect, &all, slack).map_err(|wrong| told(&wrong))?;
        }
        self.hold_applying(&outlook, &all, is_whole).map_err(|wrong| told(&wrong))?;
        self.hold_settled(&outlook, &possible, is_whole).map_err(|wrong| told(&wrong))?;
        self.hold_hanging(&all, is_whole).map_err(|wrong| told(&wrong))?;
        self.hold_needs(&outlook, &questions, &all, slack).map_err(|wrong| told(&wrong))
    }

    /// That a prospect says what comes of the completions.
    fn hold_prospect(
        &self,
        place: usize,
        prospect: &Prospect,
        all: &Completions,
        slack: Slack,
    ) -> Result<(), String> {
        let decided = all.came.values().filter_map(|came| match came {
            Came::Decided(answers) => Some(answers[place]),
            _ => None,
        });
        let decided: BTreeSet<Option<i64>> = decided.collect();
        let given: BTreeSet<i64> = decided.iter().flatten().copied().collect();
        let (least, greatest) = ends(prospect.range);
        let wrong = |what: &str| Err(format!("{what}: {prospect:?}, and {given:?}"));
        if !given.iter().all(|answer| has(prospect.range, *answer)) {
            return wrong("an answer is outside the range");
        }
        if prospect.is_always_given && decided.contains(&None) {
            return wrong("an answer is not given");
        }
        let narrow: BTreeSet<Came> =
            all.came.values().map(|came| came.narrowed(&[place])).collect();
        if prospect.is_settled && narrow.len() > 1 {
            return wrong("it is not settled");
        }
        let occurs = (given.first().copied(), given.last().copied());
        if prospect.is_exact && occurs != (least, greatest) {
            return wrong("the ends do not occur");
        }
        if let (Range::Bytes(bytes), true) = (prospect.range, prospect.is_exact) {
            let set: ByteSet = given.iter().map(|it| u8::try_from(*it).unwrap()).collect();
            if set != bytes {
                return wrong("not all of the range occurs");
            }
        }
        if self.open.iter().all(has_bytes) {
            if !prospect.is_exact {
                return wrong("it is exact");
            }
            if prospect.is_settled != (narrow.len() <= 1) {
                return wrong("it is settled");
            }
            if prospect.is_always_given == decided.contains(&None) {
                return wrong("it is always given");
            }
        }
        let by = match slack {
            Slack::None => 0,
            Slack::By(pence) => pence,
            Slack::Any => return Ok(()),
        };
        let far = |a: Option<i64>, b: Option<i64>| a.zip(b).map_or(0, |(a, b)| (a - b).abs());
        if far(least, occurs.0) > by || far(greatest, occurs.1) > by {
            return wrong("the range is too wide");
        }
        // The ends of up to four numbers are decided in every combination.
        let numbers = self.open.iter().filter(|it| !has_bytes(it)).count();
        let is_number = !matches!(prospect.range, Range::Bytes(_));
        if by == 0 && is_number && numbers <= 4 && !prospect.is_exact {
            return wrong("its ends are decided");
        }
        if by == 0 && prospect.is_settled != (narrow.len() <= 1) {
            return wrong("it is settled");
        }
        Ok(())
    }

    /// That what is needed makes a difference by itself, and nothing else does.
    fn hold_needs(
        &self,
        outlook: &Outlook,
        questions: &[Question],
        all: &Completions,
        slack: Slack,
    ) -> Result<(), String> {
        let of = |is: fn(&Question) -> bool| -> Vec<usize> {
            questions.iter().enumerate().filter(|(_, it)| is(it)).map(|(place, _)| place).collect()
        };
        let is_paid = |it: &Question| {
            matches!(it, Question::Pays(..) | Question::Awaits(_) | Question::Awaited(_))
        };
        let is_value = |it: &Question| matches!(it, Question::Value(_));
        let decisive = of(|it| !matches!(it, Question::Value(_)));
        let decisive = if decisive.is_empty() { of(is_value) } else { decisive };
        let mut topics = vec![(Topic::Payments, of(is_paid)), (Topic::Decision, decisive)];
        topics.extend(questions.iter().enumerate().filter_map(|(place, it)| match it {
            Question::Conclusion(id) => Some((Topic::Conclusion(*id), vec![place])),
            Question::Value(id) => Some((Topic::Value(*id), vec![place])),
            _ => None,
        }));
        for (topic, columns) in topics.into_iter().filter(|(_, columns)| !columns.is_empty()) {
            let needs = outlook.needs(topic);
            let wrong = |what: &str| Err(format!("{topic:?} {what}: {needs:?}, {:?}", all.came));
            let is_whole = self.open.iter().all(has_bytes);
            for place in 0..self.open.len() {
                let need = needs.iter().find(|need| need.unknown == place);
                let differs = all.differ(place, &columns);
                let Some(need) = need else {
                    if differs {
                        return wrong("does not need what it hangs on");
                    }
                    continue;
                };
                if need.is_certain && !differs || is_whole && need.is_certain != differs {
                    return wrong("needs what it does not hang on");
                }
                if slack != Slack::Any && self.is_fact(topic) && !differs {
                    return wrong("may hang on what makes no difference");
                }
                // To be left out is no value.
                let values = self.values[place].iter().flatten().count();
                let settling = all.settling(place, values, &columns);
                if is_whole && (need.settling, need.of) != (settling, values as u32) {
                    return wrong(&format!("is settled by {settling}"));
                }
            }
            let named: Vec<usize> = needs.iter().map(|need| need.unknown).collect();
            if is_whole && !all.is_told_by(&named, &columns) {
                return wrong("hangs on more");
            }
            if !needs.is_sorted_by_key(|need| core::cmp::Reverse(need.settling)) {
                return wrong("is needed in another order");
            }
        }
        Ok(())
    }

    /// Whether what is asked for is a fact itself.
    fn is_fact(&self, topic: Topic) -> bool {
        let Topic::Value(id) = topic else { return false };
        let slot = self.program.answers().values[id.index()].slot;
        let facts = (0..).map(FactId).take(self.program.facts().len());
        facts.into_iter().any(|fact| slot_of(&self.program, fact) == slot)
    }

    /// What comes of every completion.
    fn completions(&self, questions: &[Question]) -> Completions {
        let mut chosen: Vec<Vec<usize>> = vec![Vec::new()];
        for values in &self.values {
            let with = |one: &Vec<usize>| -> Vec<Vec<usize>> {
                (0..values.len()).map(|it| [one.as_slice(), &[it]].concat()).collect()
            };
            chosen = chosen.iter().flat_map(with).collect();
        }
        let mut all =
            Completions { came: BTreeMap::new(), refused: Vec::new(), applying: Vec::new() };
        let mut decision = Decision::new(&self.program);
        let mut other = Decision::new(&self.lenient);
        for chosen in chosen {
            let case = self.completed(&self.program, &chosen);
            let lenient = self.lenient.decide(&self.completed(&self.lenient, &chosen), &mut other);
            if let Err(DecideError::Refused { refusal, .. }) = lenient {
                assert!(self.evidence.contains(&refusal), "{refusal:?}");
                continue;
            }
            let came = match self.program.decide(&case, &mut decision) {
                Ok(()) if !decision.is_covered() => Came::Outside,
                Ok(()) => {
                    let clauses = (0..).map(ClauseId).take(self.program.answers().clauses.len());
                    let applying = clauses.filter(|it| decision.clause(*it) == Some(true));
                    all.applying.push(applying.collect());
                    let answer = |it: &Question| answer(&self.program, &decision, *it);
                    Came::Decided(questions.iter().map(answer).collect())
                }
                Err(DecideError::Refused { refusal, .. }) => {
                    all.refused.push(refusal);
                    Came::Refused
                }
                Err(error) => panic!("{error}"),
            };
            all.came.insert(chosen, came);
        }
        all
    }

    fn completed(&self, program: &Program, chosen: &[usize]) -> Case {
        let mut case = Case::new(program);
        add_items(program, &mut case);
        for fact in (0..).map(FactId).take(program.facts().len()) {
            let is_it =
                |it: &Unknown| matches!(it, Unknown::Fact { fact: open, .. } if *open == fact);
            let value = match (self.open.iter().position(is_it), self.case.get(fact)) {
                (Some(place), _) => self.values[place][chosen[place]],
                (None, State::Known(value)) => Some(value),
                (None, _) => None,
            };
            if let Some(value) = value {
                case.set(fact, value).unwrap();
            }
        }
        case
    }
}

/// One item in each list, of which nothing is stated.
fn add_items(program: &Program, case: &mut Case) {
    for list in (0..).map(ListId).take(program.lists().len()) {
        case.add_item(list).unwrap();
    }
}

impl Came {
    /// With some of the answers alone.
    fn narrowed(&self, columns: &[usize]) -> Came {
        match self {
            Came::Decided(answers) => {
                Came::Decided(columns.iter().map(|place| answers[*place]).collect())
            }
            other => other.clone(),
        }
    }
}

impl Completions {
    /// Whether two that differ in one thing alone differ in these answers.
    fn differ(&self, place: usize, columns: &[usize]) -> bool {
        let mut firsts: BTreeMap<Vec<usize>, Came> = BTreeMap::new();
        self.came.iter().any(|(chosen, came)| {
            let mut others = chosen.clone();
            others.remove(place);
            let came = came.narrowed(columns);
            *firsts.entry(others).or_insert_with(|| came.clone()) != came
        })
    }

    /// How many of the values of a thing settle these answers.
    fn settling(&self, place: usize, values: usize, columns: &[usize]) -> u32 {
        let settles = |value: &usize| {
            let with = self.came.iter().filter(|(chosen, _)| chosen[place] == *value);
            let came: BTreeSet<Came> = with.map(|(_, came)| came.narrowed(columns)).collect();
            came.len() <= 1
        };
        (0..values).filter(settles).count() as u32
    }

    /// Whether completions alike in these things are alike in these answers.
    fn is_told_by(&self, named: &[usize], columns: &[usize]) -> bool {
        let mut firsts: BTreeMap<Vec<usize>, Came> = BTreeMap::new();
        self.came.iter().all(|(chosen, came)| {
            let alike = named.iter().map(|place| chosen[*place]).collect();
            let came = came.narrowed(columns);
            *firsts.entry(alike).or_insert_with(|| came.clone()) == came
        })
    }
}
