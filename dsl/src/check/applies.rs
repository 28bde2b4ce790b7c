//! Facts that do not apply to every case: when they do, and that clauses use them only there.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, FactId};

use super::Checker;
use super::guard::{Known, follows};
use super::meaning::Meaning;
use super::mistake::AppliesMistake;
use crate::checked::{
    Body, Condition, Expression, ExpressionKind, OnlyWhen, OverItems, Policy, Provision,
    ProvisionId, Quantity, Share,
};
use crate::source::Span;
use crate::syntax::{self, Item};

impl Checker<'_> {
    /// Checks where facts apply: it depends on other facts as they stand, and never in a circle.
    pub(super) fn check_only_when(&mut self) {
        let blocks = &self.syntax.blocks;
        for block in blocks {
            self.block_start = block.span.start;
            let (facts, are_of_items) = match &block.item {
                Item::Facts(facts) => (facts, false),
                Item::List(list) => (&list.facts, true),
                _ => continue,
            };
            for fact in facts {
                match &fact.only_when {
                    Some(condition) if are_of_items => {
                        let span = self.place(condition.span);
                        self.report(AppliesMistake::OfItems { span });
                    }
                    Some(condition) => self.only_when(fact, condition),
                    None => {}
                }
            }
        }
        self.report_circle();
    }

    fn only_when(&mut self, fact: &syntax::Fact, written: &syntax::Condition) {
        let Some(Meaning::Fact(id)) = self.meaning(&fact.name.key) else { return };
        let span = self.place(written.span);
        if fact.kind == syntax::FactType::Text {
            self.report(AppliesMistake::Text { span });
            return;
        }
        if self.policy.dated_by == Some(id) {
            let name = fact.name.key.clone();
            self.report(AppliesMistake::DatesTheCase { name, span });
            return;
        }
        let condition = self.condition(written);
        if !is_of_facts(&condition) {
            self.report(AppliesMistake::NotOfFacts { span });
            return;
        }
        let words = span.of(self.text).split_whitespace();
        let words = words.collect::<Vec<_>>().join(" ");
        if let Some(declared) = self.policy.facts.get_mut(id.index()) {
            declared.only_when = Some(Box::new(OnlyWhen { condition, words }));
        }
    }

    /// Reports the facts of which each depends on another to apply, and so on in a circle.
    fn report_circle(&mut self) {
        let mut needs: BTreeMap<FactId, BTreeSet<FactId>> = BTreeMap::new();
        for (fact, id) in self.policy.facts.iter().zip((0..).map(FactId)) {
            if let Some(only_when) = &fact.only_when {
                let mut facts = BTreeSet::new();
                facts_in(&only_when.condition, &mut facts);
                needs.insert(id, facts);
            }
        }
        let circle = circle(&needs);
        let facts = circle.iter().filter_map(|fact| self.policy.facts.get(fact.index()));
        let Some(span) = facts.clone().next().map(|fact| fact.span) else { return };
        let facts = facts.map(|fact| fact.name.clone()).collect();
        self.report(AppliesMistake::Circle { facts, span });
        for fact in circle {
            if let Some(fact) = self.policy.facts.get_mut(fact.index()) {
                fact.only_when = None;
            }
        }
    }

    /// Checks that every fact is used only where it is known to apply.
    pub(super) fn check_guards(&mut self, order: &[ProvisionId]) {
        if self.policy.facts.iter().all(|fact| fact.only_when.is_none()) {
            return;
        }
        let mut uses = Uses { policy: &self.policy, known: Vec::new(), found: Vec::new() };
        uses.of_declarations();
        uses.of_clauses(order);
        let mut told = BTreeSet::new();
        for use_of in uses.found {
            // The cells of one column stand where its head does.
            if !told.insert((use_of.fact, use_of.span.start)) {
                continue;
            }
            let Some(fact) = self.policy.facts.get(use_of.fact.index()) else { continue };
            let Some(only_when) = &fact.only_when else { continue };
            let (name, words) = (fact.name.clone(), only_when.words.clone());
            self.clause = use_of.clause;
            let Use { is_cell, span, .. } = use_of;
            self.report(AppliesMistake::MayNotApply { name, words, is_cell, span });
        }
        self.clause = None;
    }
}

/// Whether a condition tests facts as they stand and nothing else.
fn is_of_facts(condition: &Condition) -> bool {
    let is_fact = |value: &Expression| {
        matches!(
            value.kind,
            ExpressionKind::Constant(_) | ExpressionKind::Fact(_) | ExpressionKind::Broken
        )
    };
    match condition {
        Condition::Always | Condition::Broken | Condition::Members { .. } => true,
        Condition::Of(_, parts) => parts.iter().all(is_of_facts),
        Condition::Not(part) => is_of_facts(part),
        Condition::Truth(value) | Condition::Word(value, _) => is_fact(value),
        Condition::Compare(value, _, with) => is_fact(value) && is_fact(with),
        Condition::Items { .. } => false,
    }
}

/// The facts of a circle, in the order declared; none where nothing needs itself.
fn circle(needs: &BTreeMap<FactId, BTreeSet<FactId>>) -> BTreeSet<FactId> {
    let mut done: BTreeSet<FactId> = BTreeSet::new();
    for start in needs.keys() {
        let mut path: Vec<(FactId, Vec<FactId>)> = Vec::new();
        let mut on_path: BTreeSet<FactId> = BTreeSet::new();
        let mut next = Some(*start);
        loop {
            if let Some(fact) = next.filter(|fact| !done.contains(fact)) {
                if !on_path.insert(fact) {
                    let from = path.iter().position(|(earlier, _)| *earlier == fact);
                    let circle = path.iter().skip(from.unwrap_or_default());
                    return circle.map(|(fact, _)| *fact).collect();
                }
                let needs = needs.get(&fact).into_iter().flatten().copied().collect();
                path.push((fact, needs));
            }
            let Some((fact, needs)) = path.last_mut() else { break };
            next = needs.pop();
            if next.is_none() {
                done.insert(*fact);
                on_path.remove(fact);
                path.pop();
            }
        }
    }
    BTreeSet::new()
}

/// The facts that a condition tests; those of a family apply to every case.
fn facts_in(condition: &Condition, facts: &mut BTreeSet<FactId>) {
    let mut add = |value: &Expression| {
        if let ExpressionKind::Fact(fact) = value.kind {
            facts.insert(fact);
        }
    };
    match condition {
        Condition::Always
        | Condition::Broken
        | Condition::Members { .. }
        | Condition::Items { .. } => {}
        Condition::Of(_, parts) => parts.iter().for_each(|part| facts_in(part, facts)),
        Condition::Not(part) => facts_in(part, facts),
        Condition::Truth(value) | Condition::Word(value, _) => add(value),
        Condition::Compare(value, _, with) => {
            add(value);
            add(with);
        }
    }
}

/// Where a fact is used that may not apply there.
struct Use {
    fact: FactId,
    clause: Option<ClauseId>,
    is_cell: bool,
    span: Span,
}

/// Where conditions and expressions stand.
#[derive(Clone, Copy, Default)]
struct Site {
    clause: Option<ClauseId>,
    /// Whether in a cell that asks.
    is_cell: bool,
}

/// The uses of facts that need not apply where they are used.
struct Uses<'p> {
    policy: &'p Policy,
    /// What is known where something is used.
    known: Vec<Known<'p>>,
    found: Vec<Use>,
}

impl<'p> Uses<'p> {
    /// A condition on which it depends whether a fact applies guards its own facts.
    fn of_declarations(&mut self) {
        let policy = self.policy;
        for only_when in policy.facts.iter().filter_map(|fact| fact.only_when.as_ref()) {
            self.condition(&only_when.condition, Site::default());
        }
    }

    /// The clauses, each after all it depends on. What comes after the clause that says whom the
    /// policy covers is asked only of cases that it covers.
    fn of_clauses(&mut self, order: &[ProvisionId]) {
        let policy = self.policy;
        let provisions = order.iter().filter_map(|id| policy.provisions.get(id.0 as usize));
        let covers = policy.provisions.iter().filter(|it| it.body == Body::Cover).count();
        for provision in provisions {
            let outside = self.known.len();
            self.provision(provision);
            self.known.truncate(outside);
            if provision.body == Body::Cover && covers == 1 {
                self.known.push(Known::holds(&provision.when));
            }
        }
    }

    fn provision(&mut self, provision: &'p Provision) {
        let site = Site { clause: Some(provision.clause), is_cell: false };
        self.condition(&provision.when, site);
        self.known.push(Known::holds(&provision.when));
        match &provision.body {
            Body::Define { expression, .. } => self.expression(expression, site),
            Body::Slices(slices) => self.expression(&slices.of, site),
            Body::Table(table) => {
                for row in &table.rows {
                    self.row(&row.when, &row.answers.iter().collect::<Vec<_>>(), site);
                }
            }
            Body::Shares(rows, _) => {
                for row in rows {
                    let shares = row.shares.iter().filter_map(|share| match share {
                        Share::Of(share) => Some(share),
                        Share::Rest => None,
                    });
                    self.row(&row.when, &shares.collect::<Vec<_>>(), site);
                }
            }
            Body::Split { amount, .. } | Body::Pay { amount, .. } => self.expression(amount, site),
            Body::Proportion { amount, weights, .. } => {
                self.expression(amount, site);
                weights.iter().flatten().for_each(|weight| self.expression(weight, site));
            }
            Body::PayInTurn { amount, tiers, .. } => {
                self.expression(amount, site);
                tiers.iter().for_each(|(_, most)| self.expression(most, site));
            }
            Body::Limit { most: amount, .. } | Body::Floor { least: amount, .. } => {
                self.expression(amount, site);
            }
            Body::Require { must, .. } => self.condition(must, site),
            Body::Cover
            | Body::Conclude { .. }
            | Body::Rates { .. }
            | Body::Refer { .. }
            | Body::Switch { .. }
            | Body::Promise(_)
            | Body::Broken => {}
        }
    }

    /// A row: its cells are asked together, and what it gives counts where they all hold.
    fn row(&mut self, when: &'p [Condition], answers: &[&'p Expression], site: Site) {
        let outside = self.known.len();
        self.parts(Quantity::All, when, Site { is_cell: true, ..site });
        self.known.extend(when.iter().map(Known::holds));
        answers.iter().for_each(|answer| self.expression(answer, site));
        self.known.truncate(outside);
    }

    fn condition(&mut self, condition: &'p Condition, site: Site) {
        match condition {
            Condition::Of(quantity, parts) => self.parts(*quantity, parts, site),
            Condition::Not(part) => self.condition(part, site),
            Condition::Truth(value) | Condition::Word(value, _) => self.expression(value, site),
            Condition::Compare(value, _, with) => {
                self.expression(value, site);
                self.expression(with, site);
            }
            Condition::Items { what, .. } => self.condition(what, site),
            Condition::Always | Condition::Broken | Condition::Members { .. } => {}
        }
    }

    /// Where all must hold, a part counts only where the others hold; where one is enough, only
    /// where none of the others does.
    fn parts(&mut self, quantity: Quantity, parts: &'p [Condition], site: Site) {
        let others_hold = match quantity {
            Quantity::All => Some(true),
            Quantity::Any => Some(false),
            _ => None,
        };
        for (place, part) in parts.iter().enumerate() {
            let outside = self.known.len();
            if let Some(is_true) = others_hold {
                let others = parts.iter().enumerate().filter(|(other, _)| *other != place);
                let others = others.map(|(_, condition)| Known { condition, is_true });
                self.known.extend(others);
            }
            self.condition(part, site);
            self.known.truncate(outside);
        }
    }

    /// What is taken of the items counts where they pass.
    fn over_items(&mut self, over: &'p OverItems, site: Site) {
        self.condition(&over.filter, site);
        let outside = self.known.len();
        self.known.push(Known::holds(&over.filter));
        over.of.iter().for_each(|of| self.expression(of, site));
        self.known.truncate(outside);
    }

    fn expression(&mut self, expression: &'p Expression, site: Site) {
        let span = expression.span;
        match &expression.kind {
            ExpressionKind::Fact(fact) => self.fact(*fact, site, span),
            ExpressionKind::Age { birth, on } => {
                self.fact(*birth, site, span);
                self.fact(*on, site, span);
            }
            ExpressionKind::Add(a, b)
            | ExpressionKind::Subtract(a, b)
            | ExpressionKind::Multiply(a, b)
            | ExpressionKind::Divide(a, b)
            | ExpressionKind::Greater(a, b)
            | ExpressionKind::Lesser(a, b)
            | ExpressionKind::Between { from: a, to: b, .. } => {
                self.expression(a, site);
                self.expression(b, site);
            }
            ExpressionKind::Distance { from: value, .. }
            | ExpressionKind::Rate { on: value, .. }
            | ExpressionKind::Round { value, .. } => self.expression(value, site),
            ExpressionKind::Items(over) => self.over_items(over, site),
            ExpressionKind::Constant(_)
            | ExpressionKind::Conclusion(_)
            | ExpressionKind::Value(_)
            | ExpressionKind::Member
            | ExpressionKind::MemberName
            | ExpressionKind::Sum { .. }
            | ExpressionKind::Highest { .. }
            | ExpressionKind::Lowest { .. }
            | ExpressionKind::Broken => {}
        }
    }

    /// Whether what is known makes a condition hold.
    fn holds(&self, condition: &Condition) -> bool {
        follows(self.policy, &self.known, condition)
    }

    fn fact(&mut self, fact: FactId, Site { clause, is_cell }: Site, span: Span) {
        let declared = self.policy.facts.get(fact.index());
        let only_when = declared.and_then(|fact| fact.only_when.as_ref());
        if only_when.is_some_and(|only_when| !self.holds(&only_when.condition)) {
            self.found.push(Use { fact, clause, is_cell, span });
        }
    }
}
