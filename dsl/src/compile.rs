//! From the checked policy to a program, and where each thing stands in it.
//!
//! Provisions are lowered in an order in which each comes after all it depends on, so
//! nothing here recurses from clause to clause. What a case can meet that the checker has
//! not ruled out (a gap, an overlap, a clash) becomes a requirement in the program, unless
//! `prove` shows that no case can.

mod applies;
mod condition;
mod day;
mod edges;
mod expression;
mod operand;
mod panel;
mod payment;
mod limit;
mod list;
mod rows;
mod prove;
mod ranks;
mod reads;
mod shares;
mod table;
mod value;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{
    Answers, AnySlot, Builder, ByteSlot, ClauseId, FactId, Fingerprint, Line, Operation, Program,
    ProgramError, Refusal, Test, ValueId,
};

use crate::check::Checked;
use crate::checked::{Body, Condition, ListId, Policy, Provision, ProvisionId, ToolId};

use edges::Edges;
use list::Tallies;
use operand::{MemberValues, Operand};
use prove::Definitions;
use ranks::Ranks;

pub use condition::ConditionTrace;
pub use operand::Codes;
pub(crate) use operand::engine_value;

/// A program, and where each thing of the policy stands in it.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The program.
    pub program: Program,
    /// What each provision said.
    pub provisions: Vec<ProvisionSlots>,
    /// What the byte of each value stands for, where it stands in a byte.
    pub values: Vec<Codes>,
    /// Where the values stand that are given for each member of a family.
    pub member_values: BTreeMap<(ValueId, FactId), MemberSlot>,
}

/// Where it stands what a value is for one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberSlot {
    /// The value, or the level that it depends on alone.
    pub slot: AnySlot,
    /// What its byte stands for, where it is one.
    pub codes: Codes,
}

/// Where it stands what a provision said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvisionSlots {
    /// The tests that all pass where the wording of its clause is in force.
    pub in_force: Vec<Test>,
    /// What its condition and each part of it asked.
    pub when: ConditionTrace,
    /// The tests that all pass where it applies: it holds, is not switched off, and no clause
    /// that applies overrides it.
    pub applying: Vec<Test>,
    /// Which row of its table applies.
    pub row: Option<RowSlot>,
}

/// Where it stands which row of a table applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSlot {
    /// A byte.
    pub slot: ByteSlot,
    /// What the byte is where the first, second, ... row applies; all differ.
    pub codes: Vec<u8>,
}

/// Compiles a checked policy.
///
/// # Errors
///
/// Never for a policy without errors: the ids of the program are checked once more, and a
/// [`ProgramError`] would be a mistake in this crate.
pub fn compile(checked: &Checked, fingerprint: Fingerprint) -> Result<Compiled, ProgramError> {
    let mut compiler = Compiler::new(&checked.policy, fingerprint);
    compiler.facts_that_apply();
    compiler.panel_shares();
    for id in &checked.order {
        compiler.provision(*id);
    }
    compiler.payments();
    compiler.finish()
}

/// The most provisions about one thing that are looked at pair by pair.
const MOST_IN_PAIRS: usize = 16;

/// A program in the making.
struct Compiler<'a> {
    policy: &'a Policy,
    program: Builder,
    /// What each provision says, once lowered.
    provisions: Vec<Lowered>,
    /// How often provisions of a value or conclusion are still to come.
    pending: BTreeMap<Given, usize>,
    values: Vec<Option<Operand>>,
    member_values: MemberValues,
    /// A truth for each value: some clause gives it.
    given: Vec<ByteSlot>,
    conclusions: Vec<ByteSlot>,
    cover: Option<ByteSlot>,
    edges: Edges,
    /// How condition slots came about, for proofs.
    definitions: Definitions,
    ranks: Ranks,
    /// The member that stands for `level` and `value` in a table used for each member.
    member: Option<apportion_core::program::FactId>,
    /// What panels decide of the shares.
    panels: panel::Panels,
    /// The clause at hand.
    clause: ClauseId,
    /// The list of whose items something is said at hand.
    list: Option<ListId>,
    /// For each list the truth that an item is there.
    live: Vec<ByteSlot>,
    tallies: Tallies,
    /// What each line adds to what its party pays, in slots of the case.
    paid: Vec<Line>,
    /// The provisions that can keep those of a clause from applying.
    challengers: BTreeMap<ClauseId, Vec<ProvisionId>>,
}

/// What provisions give together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Given {
    Value(apportion_core::program::ValueId),
    Conclusion(apportion_core::program::ConclusionId),
}

/// What a provision says, lowered.
#[derive(Clone, Debug)]
struct Lowered {
    in_force: Vec<Test>,
    when: ConditionTrace,
    /// The tests that must pass for it to apply.
    applying: Vec<Test>,
    row: Option<RowSlot>,
}

impl Lowered {
    /// A provision that never says anything.
    fn nothing(no: ByteSlot) -> Lowered {
        let (in_force, when) = (Vec::new(), ConditionTrace::default());
        Lowered { in_force, when, applying: Vec::from([Test::is_true(no)]), row: None }
    }
}

impl<'a> Compiler<'a> {
    fn new(policy: &'a Policy, fingerprint: Fingerprint) -> Compiler<'a> {
        let mut program = Builder::default();
        program.fingerprint = fingerprint;
        let lists: Vec<_> = policy.lists.iter().map(|list| program.list(list.most)).collect();
        let mut facts = Vec::with_capacity(policy.facts.len());
        for fact in &policy.facts {
            let (kind, default) = operand::engine_fact(fact);
            let list = fact.list.and_then(|list| lists.get(list.index()));
            facts.push(match list {
                Some(list) => program.item_fact(*list, kind, default),
                None => program.fact(kind, default),
            });
        }
        let (no, yes) = (program.constant_byte(0), program.constant_byte(1));
        let mut definitions = Definitions::new(no, yes);
        for (fact, id) in policy.facts.iter().zip(facts) {
            if let Some(slot) = program.fact_byte(id) {
                definitions.domain(slot, operand::domain_of(&fact.kind));
            }
        }
        let live = lists.iter().map(|list| program.list_live(*list).unwrap_or(no));
        let live: Vec<ByteSlot> = live.collect();
        // What is said of an item that is not there is never read.
        live.iter().for_each(|slot| definitions.constant(*slot, 1));
        let nothing = Lowered::nothing(no);
        Compiler {
            policy,
            program,
            provisions: alloc::vec![nothing; policy.provisions.len()],
            pending: pending(policy),
            values: alloc::vec![None; policy.values.len()],
            member_values: MemberValues::new(),
            given: alloc::vec![yes; policy.values.len()],
            conclusions: alloc::vec![no; policy.conclusions.len()],
            cover: None,
            edges: Edges::of(policy),
            definitions,
            ranks: Ranks::of_policy(policy),
            member: None,
            panels: panel::Panels::default(),
            clause: ClauseId(0),
            list: None,
            live,
            tallies: Tallies::default(),
            paid: Vec::new(),
            challengers: challengers(policy),
        }
    }

    /// Lowers one provision: when it holds and applies, and what it gives.
    fn provision(&mut self, id: ProvisionId) {
        let Some(provision) = self.policy.provisions.get(id.0 as usize) else { return };
        if matches!(provision.body, Body::Broken | Body::Promise(_)) {
            return;
        }
        self.at(provision);
        let in_force = self.traced(&provision.in_force).tests;
        self.require_given_in_condition(provision, &in_force);
        let when = self.traced(&provision.when);
        let mut applying: Vec<Test> = self.live_test().into_iter().collect();
        applying.extend(in_force.iter().chain(&when.tests).copied());
        let rivals = self.rivals(id, provision);
        let rivals = rivals.into_iter().map(|rival| Vec::from([Test::is_true(rival)])).collect();
        for rival in self.few(rivals).concat() {
            applying.push(Test::is_false(rival.slot));
        }
        let lowered = Lowered { in_force, when, applying: applying.clone(), row: None };
        self.keep(id, lowered);
        self.require_given_in_body(provision, &applying);
        match &provision.body {
            Body::Cover => self.combine_cover(),
            Body::Require { must, .. } => {
                let must = self.conditions(core::slice::from_ref(must));
                let holds = self.truth(&must);
                let clause = provision.clause;
                self.require(&applying, Test::is_true(holds), Refusal::Requirement { clause });
            }
            Body::Conclude { conclusion, .. } => {
                self.one_less(Given::Conclusion(*conclusion));
            }
            body => {
                for value in body.values() {
                    self.one_less(Given::Value(*value));
                }
            }
        }
    }

    fn keep(&mut self, id: ProvisionId, lowered: Lowered) {
        if let Some(place) = self.provisions.get_mut(id.0 as usize) {
            *place = lowered;
        }
    }

    /// The tests that must all pass for a provision to apply.
    fn applying(&self, id: ProvisionId) -> Vec<Test> {
        let provision = self.provisions.get(id.0 as usize);
        let never = || Vec::from([Test::is_true(self.definitions.no())]);
        provision.map_or_else(never, |provision| provision.applying.clone())
    }

    /// The truths that keep a provision from applying: switches, and clauses written
    /// `Despite` it about the same thing.
    fn rivals(&mut self, id: ProvisionId, provision: &Provision) -> Vec<ByteSlot> {
        let mut rivals = Vec::new();
        let challengers = self.challengers.get(&provision.clause).cloned();
        for other_id in challengers.into_iter().flatten() {
            let Some(other) = self.policy.provisions.get(other_id.0 as usize) else { continue };
            let is_switch = matches!(other.body, Body::Switch { .. });
            if other_id != id && (is_switch || other.body.is_about_the_same(&provision.body)) {
                let applying = self.applying(other_id);
                rivals.push(self.truth(&applying));
            }
        }
        rivals
    }

    /// Counts a provision of a value or conclusion; after the last, puts them together.
    fn one_less(&mut self, given: Given) {
        let Some(left) = self.pending.get_mut(&given) else { return };
        *left = left.saturating_sub(1);
        if *left > 0 {
            return;
        }
        match given {
            Given::Value(value) => self.combine_value(value),
            Given::Conclusion(conclusion) => self.combine_conclusion(conclusion),
        }
    }

    fn combine_cover(&mut self) {
        let policy = self.policy;
        // What a tool says of whom it covers holds besides what the policy says.
        let mut covers: BTreeMap<Option<ToolId>, Vec<Vec<Test>>> = BTreeMap::new();
        for (id, provision) in (0..).map(ProvisionId).zip(&policy.provisions) {
            if provision.body == Body::Cover {
                let applying = self.applying(id);
                covers.entry(policy.tool_of(provision.clause)).or_default().push(applying);
            }
        }
        let mut each: Vec<ByteSlot> = covers.into_values().map(|rows| self.any(rows)).collect();
        let cover = match (each.pop(), each.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                let all = each.into_iter().chain(last).map(Test::is_true).collect();
                self.any(Vec::from([all]))
            }
        };
        self.cover = Some(cover);
        self.program.answers.cover = Some(cover);
    }

    /// For, against, and never both.
    fn combine_conclusion(&mut self, id: apportion_core::program::ConclusionId) {
        let Some(conclusion) = self.policy.conclusions.get(id.index()) else { return };
        let mut for_it = Vec::new();
        let mut against = Vec::new();
        for provision in &conclusion.provisions {
            match self.policy.provisions.get(provision.0 as usize).map(|it| &it.body) {
                Some(Body::Conclude { is_for: true, .. }) => for_it.push(self.applying(*provision)),
                Some(Body::Conclude { .. }) => against.push(self.applying(*provision)),
                _ => {}
            }
        }
        let mut rows = for_it.clone();
        let (for_it, against) = (self.few(for_it), self.few(against));
        let pairs = for_it.iter().flat_map(|a| against.iter().map(|b| [&a[..], b].concat()));
        let clashes: Vec<Vec<Test>> =
            pairs.filter(|both| !self.definitions.is_impossible(both)).collect();
        if !clashes.is_empty() {
            // The case is refused; until then the clauses against it count.
            let against = self.any(against);
            rows.iter_mut().for_each(|row| row.push(Test::is_false(against)));
        }
        let slot = self.any(rows);
        if let Some(place) = self.conclusions.get_mut(id.index()) {
            *place = slot;
        }
        self.never(clashes, &[], Refusal::Contradiction { conclusion: id });
    }

    /// Rows as they are, if they are few, else one row that applies where any of them does:
    /// few are looked at pair by pair, which proves most, and many as one.
    fn few(&mut self, rows: Vec<Vec<Test>>) -> Vec<Vec<Test>> {
        if rows.len() <= MOST_IN_PAIRS {
            return rows;
        }
        let any = self.any(rows);
        Vec::from([Vec::from([Test::is_true(any)])])
    }

    /// The slot that is always 1.
    fn always(&self) -> ByteSlot {
        self.definitions.yes()
    }

    /// The slot that says the policy covers the case; always, while that is not known.
    fn covered(&self) -> ByteSlot {
        self.cover.unwrap_or(self.always())
    }

    /// Refuses a case in which any of the rows applies, unless none ever can.
    fn never(&mut self, rows: Vec<Vec<Test>>, when: &[Test], refusal: Refusal) {
        let rows: Vec<Vec<Test>> =
            rows.into_iter().filter(|row| !self.definitions.is_impossible(row)).collect();
        if rows.is_empty() {
            return;
        }
        let slot = self.any(rows);
        self.require(when, Test::is_false(slot), refusal);
    }

    /// Refuses a covered case in which the test fails.
    fn require(&mut self, when: &[Test], test: Test, refusal: Refusal) {
        let covered = Test::is_true(self.covered());
        let mut all: Vec<Test> = self.live_test().into_iter().collect();
        all.extend(when.iter().filter(|test| Some(**test) != self.live_test()));
        all.push(covered);
        let when = self.truth(&all);
        let refusal = self.program.refusal(refusal);
        self.program.push(Operation::Require { when, test, refusal });
    }

    /// The program, with where the answers stand.
    fn finish(mut self) -> Result<Compiled, ProgramError> {
        let clauses = self.clause_slots();
        let member_values = self.member_slots();
        let mut values = Vec::new();
        let mut codes = Vec::new();
        for (index, value) in self.values.clone().into_iter().enumerate() {
            let given = self.given.get(index).copied().unwrap_or(self.definitions.no());
            let (slot, code) = self.answer_slot(value);
            values.push(apportion_core::program::ValueSlot { slot, given });
            codes.push(code);
        }
        let answers = &mut self.program.answers;
        *answers =
            Answers { conclusions: self.conclusions, values, clauses, ..core::mem::take(answers) };
        let provisions = self.provisions.into_iter().map(|it| ProvisionSlots {
            in_force: it.in_force,
            when: it.when,
            applying: it.applying,
            row: it.row,
        });
        let provisions = provisions.collect();
        Ok(Compiled { program: self.program.finish()?, provisions, values: codes, member_values })
    }

    /// Where the values given for each member stand. A sum takes the points of levels in one
    /// pass, so there a level stands for its points.
    fn member_slots(&mut self) -> BTreeMap<(ValueId, FactId), MemberSlot> {
        let policy = self.policy;
        let mut slots = BTreeMap::new();
        for (value, id) in policy.values.iter().zip((0..).map(ValueId)) {
            let family = value.each.and_then(|family| policy.families.get(family.0 as usize));
            let Some(points) = family.and_then(|_| self.points_by_level(id)) else { continue };
            for member in family.into_iter().flat_map(|family| &family.members) {
                if let Some(level) = self.program.fact_byte(*member) {
                    let points = points.iter().copied().map(i64::from).collect();
                    let slot = AnySlot::Byte(level);
                    slots.insert((id, *member), MemberSlot { slot, codes: Codes::Numbers(points) });
                }
            }
        }
        for (place, operand) in core::mem::take(&mut self.member_values) {
            let (slot, codes) = self.answer_slot(Some(operand));
            slots.insert(place, MemberSlot { slot, codes });
        }
        slots
    }

    /// A slot that is 1 where any of the rows applies: always, where that can be shown.
    fn any_or_always(&mut self, rows: Vec<Vec<Test>>) -> ByteSlot {
        if self.definitions.always(&rows, |count| count > 0) {
            self.always()
        } else {
            self.any(rows)
        }
    }

    /// Where each clause applies: where any of its provisions does.
    fn clause_slots(&mut self) -> Vec<ByteSlot> {
        let policy = self.policy;
        let mut slots = Vec::with_capacity(policy.clauses.len());
        for clause in &policy.clauses {
            let mut applies = Vec::with_capacity(clause.provisions.len());
            for id in &clause.provisions {
                let list = policy.provisions.get(id.0 as usize).and_then(|it| it.list);
                let applying = self.applying(*id);
                applies.push(match list {
                    // It applies to the case where it applies to any item.
                    Some(list) => Vec::from([Test::is_true(self.any_item(list, applying))]),
                    None => applying,
                });
            }
            slots.push(self.any_or_always(applies));
        }
        slots
    }
}

/// The provisions that switch a clause off or are written `Despite` it, by that clause.
fn challengers(policy: &Policy) -> BTreeMap<ClauseId, Vec<ProvisionId>> {
    let mut challengers: BTreeMap<ClauseId, Vec<ProvisionId>> = BTreeMap::new();
    for (provision, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
        let switched: &[ClauseId] = match &provision.body {
            Body::Switch { clauses } => clauses,
            _ => &[],
        };
        for clause in switched.iter().chain(&provision.despite) {
            challengers.entry(*clause).or_default().push(id);
        }
    }
    challengers
}

/// How many provisions give each value and conclusion.
fn pending(policy: &Policy) -> BTreeMap<Given, usize> {
    let mut pending = BTreeMap::new();
    for provision in &policy.provisions {
        let mut count = |given| *pending.entry(given).or_insert(0) += 1;
        match &provision.body {
            Body::Conclude { conclusion, .. } => count(Given::Conclusion(*conclusion)),
            body => body.values().iter().for_each(|value| count(Given::Value(*value))),
        }
    }
    pending
}

/// Whether a provision always holds.
fn is_unconditional(provision: &Provision) -> bool {
    provision.in_force == Condition::Always && provision.when == Condition::Always
}
