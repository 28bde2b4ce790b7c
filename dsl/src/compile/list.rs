//! Lists: what is said of each item, and what is made of all items together.
//!
//! An operation that reads a slot of an item is worked out for each item; tallies carry what
//! came of it to the case. Whether an item is there at all is a truth, *live*, which stands
//! among the tests of every provision that is said of each item.

use alloc::vec::Vec;

use apportion_core::program::{AmountSlot, ByteSlot, Operation, Refusal, Test};

use super::Compiler;
use super::expression::denominator_of;
use super::operand::Operand;
use super::reads::Reads;
use crate::checked::{
    Aggregate, Condition, Constant, Expression, ListId, OverItems, Provision, Quantity, Type,
};

/// What has been made of all items of a list already.
#[derive(Clone, Debug, Default)]
pub(super) struct Tallies {
    over: Vec<(OverItems, Operand)>,
    counts: Vec<(ListId, Vec<Test>, AmountSlot)>,
}

impl Compiler<'_> {
    /// What follows is of this provision: its clause, and the list of whose items it is said.
    pub(super) fn at(&mut self, provision: &Provision) {
        self.clause = provision.clause;
        self.list = provision.list;
    }

    /// The truth that an item is there.
    pub(super) fn live(&self, list: ListId) -> ByteSlot {
        self.live.get(list.index()).copied().unwrap_or(self.definitions.no())
    }

    /// The test that the item at hand is there, where something is said of each item.
    pub(super) fn live_test(&self) -> Option<Test> {
        self.list.map(|list| Test::is_true(self.live(list)))
    }

    /// Works on what is said of each item of a list, and then as before.
    fn inside<T>(&mut self, list: ListId, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.list.replace(list);
        let made = work(self);
        self.list = outer;
        made
    }

    /// For how many items of a list all tests pass.
    fn count_items(&mut self, list: ListId, tests: Vec<Test>) -> AmountSlot {
        let known = self.tallies.counts.iter();
        let mut known = known.filter(|(of, asked, _)| (*of, asked) == (list, &tests));
        if let Some((_, _, count)) = known.next() {
            return *count;
        }
        let when = self.live_and(list, &tests);
        let out = self.program.amount();
        self.program.push(Operation::CountItems { when, out });
        self.tallies.counts.push((list, tests, out));
        out
    }

    /// A truth of an item: it is there, and all tests pass.
    fn live_and(&mut self, list: ListId, tests: &[Test]) -> ByteSlot {
        let live = Test::is_true(self.live(list));
        let mut all = Vec::from([live]);
        all.extend(tests.iter().filter(|test| **test != live));
        self.truth(&all)
    }

    /// A truth of the case: for at least one item of a list all tests pass.
    pub(super) fn any_item(&mut self, list: ListId, tests: Vec<Test>) -> ByteSlot {
        let count = self.count_items(list, tests);
        self.is_above_nothing(count)
    }

    /// The tests that so many items of a list are so.
    pub(super) fn items_tests(
        &mut self,
        quantity: Quantity,
        list: ListId,
        what: &Condition,
    ) -> Vec<Test> {
        let most = self.policy.lists.get(list.index()).map_or(0, |list| list.most);
        let (negated, from, before) = match quantity {
            Quantity::All => (true, 0, Some(1)),
            Quantity::Any => (false, 1, None),
            Quantity::None => (false, 0, Some(1)),
            Quantity::AtLeast(least) => (false, least, None),
            Quantity::AtMost(greatest) => (false, 0, Some(greatest + 1)),
            Quantity::Exactly(number) => (false, number, Some(number + 1)),
        };
        if from == 0 && before.is_none_or(|before| before > most) {
            return Vec::new();
        }
        let tests = self.inside(list, |compiler| {
            let tests = compiler.tests(what);
            if negated { compiler.opposite(&tests) } else { tests }
        });
        let count = self.count_items(list, tests);
        let operand = Operand::Amount { slot: count, denominator: 1 };
        let from = Some(i64::from(from)).filter(|from| *from > 0);
        self.band_within(None, &operand, from, before.map(i64::from))
    }

    /// What is taken of all items together.
    pub(super) fn over_items(&mut self, over: &OverItems, of: &Type) -> Operand {
        let mut known = self.tallies.over.iter();
        if let Some((_, operand)) = known.find(|(known, _)| known == over) {
            return operand.clone();
        }
        let operand = self.new_over_items(over, of);
        self.tallies.over.push((over.clone(), operand.clone()));
        operand
    }

    fn new_over_items(&mut self, over: &OverItems, of: &Type) -> Operand {
        let list = over.list;
        let filter = self.inside(list, |compiler| compiler.tests(&over.filter));
        if over.aggregate == Aggregate::Number {
            let slot = self.count_items(list, filter);
            return Operand::Amount { slot, denominator: 1 };
        }
        let nothing = Operand::Constant { value: Constant::Number(0), denominator: 1 };
        let Some(value) = &over.of else { return nothing };
        let when = self.live_and(list, &filter);
        if over.aggregate == Aggregate::Sum {
            let denominator = denominator_of(of);
            let amount = self.inside(list, |compiler| compiler.amount_over(value, denominator));
            let slot = self.sum_items(when, amount);
            return Operand::Amount { slot, denominator };
        }
        self.extreme_of_items(over, value, of, when)
    }

    /// The sum of amounts of items, for those for which a truth holds.
    pub(super) fn sum_items(&mut self, when: ByteSlot, amount: AmountSlot) -> AmountSlot {
        let out = self.program.amount();
        self.program.push(Operation::SumItems { when, amount, out });
        out
    }

    /// The greatest or least of what items have; of none, what the policy says.
    fn extreme_of_items(
        &mut self,
        over: &OverItems,
        value: &Expression,
        of: &Type,
        when: ByteSlot,
    ) -> Operand {
        let is_greatest = over.aggregate == Aggregate::Greatest;
        let list = over.list;
        let none = over.if_none.as_ref().map(|none| (none.kind.clone(), &none.of));
        let none = match none {
            Some((crate::checked::ExpressionKind::Constant(constant), of)) => (constant, of),
            _ => (Constant::Number(0), of),
        };
        let any = self.program.byte();
        match of {
            Type::Number(number) => {
                let denominator = number.denominator;
                let amount = self.inside(list, |compiler| compiler.amount_over(value, denominator));
                let (Constant::Number(start), over) = (none.0, denominator_of(none.1)) else {
                    return Operand::Constant { value: none.0, denominator: 1 };
                };
                let start = start.saturating_mul(denominator / over.max(1));
                let out = self.program.amount();
                let tally = Operation::ExtremeAmount { when, amount, is_greatest, start, out, any };
                self.program.push(tally);
                Operand::Amount { slot: out, denominator }
            }
            Type::Date { .. } => {
                let date = self.inside(list, |compiler| {
                    let operand = compiler.expression(value);
                    compiler.as_date(&operand)
                });
                let Constant::Date(start) = none.0 else {
                    return Operand::Constant { value: none.0, denominator: 1 };
                };
                let out = self.program.date();
                self.program.push(Operation::ExtremeDate {
                    when,
                    date,
                    is_greatest,
                    start,
                    out,
                    any,
                });
                Operand::Date(out)
            }
            _ => {
                let byte = self.inside(list, |compiler| {
                    let operand = compiler.expression(value);
                    compiler.as_word(&operand)
                });
                let start = match none.0 {
                    Constant::Word(word) => word,
                    _ => 0,
                };
                let out = self.program.byte();
                self.program.push(Operation::ExtremeByte {
                    when,
                    byte,
                    is_greatest,
                    start,
                    out,
                    any,
                });
                Operand::Word(out)
            }
        }
    }

    /// What the items that count must have given, and where days are counted forwards: where
    /// one lacks it, whatever reads all of them together is refused.
    pub(super) fn require_of_items(&mut self, over: &OverItems, when: &[Test]) {
        let mut of_all = Reads::default();
        of_all.condition(&over.filter);
        self.require_of_each(over.list, &[], &of_all, when);
        let mut of_counted = Reads::default();
        if let Some(value) = &over.of {
            of_counted.expression(value);
        }
        if of_counted.is_empty() {
            return;
        }
        let counted = self.inside(over.list, |compiler| compiler.tests(&over.filter));
        self.require_of_each(over.list, &counted, &of_counted, when);
    }

    /// The same for what is asked of every item.
    pub(super) fn require_asked_of_items(&mut self, list: ListId, what: &Condition, when: &[Test]) {
        let mut reads = Reads::default();
        reads.condition(what);
        self.require_of_each(list, &[], &reads, when);
    }

    fn require_of_each(
        &mut self,
        list: ListId,
        counted: &[Test],
        reads: &Reads<'_>,
        when: &[Test],
    ) {
        for value in reads.values() {
            let given = self.given.get(value.index()).copied().unwrap_or(self.always());
            let lacking = [counted, &[Test::is_false(given)]].concat();
            if given == self.always() || self.definitions.is_impossible(&lacking) {
                continue;
            }
            self.refuse_lacking(list, lacking, when, Refusal::NoValue { value });
        }
        for (from, to) in reads.days() {
            let backwards = self.inside(list, |compiler| compiler.backwards(from, to, counted));
            if let Some((is_after, refusal)) = backwards {
                let lacking = [counted, &is_after].concat();
                self.refuse_lacking(list, lacking, when, refusal);
            }
        }
        self.require_reads_of_items(reads, when);
    }

    fn refuse_lacking(
        &mut self,
        list: ListId,
        lacking: Vec<Test>,
        when: &[Test],
        refusal: Refusal,
    ) {
        if self.list.is_none() {
            // It is said of the item that lacks it.
            self.inside(list, |compiler| compiler.never(Vec::from([lacking]), when, refusal));
            return;
        }
        let lacks = self.any_item(list, lacking);
        self.require(when, Test::is_false(lacks), refusal);
    }
}
