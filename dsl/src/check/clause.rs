//! Clauses: collected with all they give, then checked sentence by sentence.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, ConclusionId, ValueId};

use super::Checker;
use super::dependencies::{Site, given_names, provisions_in_order};
use super::meaning::Meaning;
use super::mistake::{ClauseMistake, LimitMistake, ListMistake, MOST_AT_ONCE, NameMistake};
use super::narrow::narrowed_by;
use super::shares::is_shares;
use crate::checked::{
    self, Body, Clause, Conclusion, Condition, Expression, ListId, Provision, ProvisionId, Section,
    Type, Value,
};
use crate::days::Days;
use crate::naming;
use crate::source::Span;
use crate::syntax::{self, Item, Name};

impl<'a> Checker<'a> {
    /// Collects sections, clauses and the names that clauses give.
    pub(super) fn collect_clauses(&mut self) {
        let blocks = &self.syntax.blocks;
        for block in blocks {
            self.block_start = block.span.start;
            match &block.item {
                Item::Section { number, title } => {
                    let (number, title) = (self.own_number(&number.value), title.value.clone());
                    let place = super::id(self.policy.sections.len());
                    self.sections.entry(number.clone()).or_insert(place);
                    self.policy.sections.push(Section { number, title });
                }
                Item::Clause(clause) => {
                    let wordings = self.clauses.get(&self.own_number(&clause.number.value));
                    let above = wordings.and_then(|wordings| wordings.last().copied());
                    self.clause = Some(self.add_clause(&clause.number.value, block.span));
                    let days = self.days_of_wording(clause, above);
                    if clause.is_open {
                        self.open.extend(self.clause);
                    }
                    let citations = self.citations(&clause.citations);
                    if let Some(added) = self.policy.clauses.last_mut() {
                        (added.days, added.citations) = (days, citations);
                    }
                    for sentence in &clause.sentences {
                        self.add_site(sentence, &sentence.body, false, block.span.start);
                        if let Some(body) = &sentence.otherwise {
                            self.add_site(sentence, body, true, block.span.start);
                        }
                    }
                }
                Item::Broken { number: Some(number) } => {
                    let broken = self.add_clause(&number.value, block.span);
                    self.open.insert(broken);
                }
                _ => {}
            }
        }
        self.clause = None;
    }

    fn add_clause(&mut self, number: &str, span: Span) -> ClauseId {
        let id = ClauseId(super::id(self.policy.clauses.len()));
        let number = self.own_number(number);
        self.clauses.entry(number.clone()).or_default().push(id);
        let tool = self.tool_at(span).map(|(tool, _)| tool);
        self.policy.clauses.push(Clause {
            number,
            tool,
            days: Days::ALL,
            section: super::id(self.policy.sections.len().saturating_sub(1)),
            citations: Vec::new(),
            provisions: Vec::new(),
            span,
        });
        id
    }

    fn add_site(
        &mut self,
        sentence: &'a syntax::Sentence,
        body: &'a syntax::Body,
        is_otherwise: bool,
        block_start: u32,
    ) {
        let Some(clause) = self.clause else { return };
        self.sites.push(Site { clause, block_start, sentence, body, is_otherwise });
        let list = self.list_of(sentence, body);
        match body {
            syntax::Body::Conclude { conclusion, .. } => self.add_conclusion(conclusion, list),
            syntax::Body::Define { name, .. } | syntax::Body::Slices { name, .. } => {
                self.add_value(name, (None, list), false);
            }
            syntax::Body::Rates { name, .. } => self.add_value(name, (None, None), true),
            syntax::Body::Table { names, each, .. } => {
                names.iter().for_each(|name| self.add_value(name, (each.as_ref(), list), false));
            }
            _ => {}
        }
    }

    fn add_conclusion(&mut self, name: &Name, list: Option<ListId>) {
        if let Some(Meaning::Conclusion(_) | Meaning::Broken) = self.meaning(&name.key) {
            return;
        }
        if name.key == "covered" && list.is_none() {
            let (subject, span) = (self.policy.subject.clone(), self.place(name.span));
            self.report(NameMistake::CoveredConcluded { subject, span });
            return self.give_meaning(name, Meaning::Broken);
        }
        let id = ConclusionId(super::id(self.policy.conclusions.len()));
        self.give_meaning(name, Meaning::Conclusion(id));
        self.policy.conclusions.push(Conclusion {
            name: self.as_written(name),
            outside: self.outside(name),
            list,
            provisions: Vec::new(),
            span: self.place(name.span),
        });
    }

    fn add_value(
        &mut self,
        name: &Name,
        (each, list): (Option<&Name>, Option<ListId>),
        is_rate: bool,
    ) {
        let each = each.and_then(|family| match self.meaning(&family.key) {
            Some(Meaning::Family(family)) => Some(family),
            _ => None,
        });
        if let Some(Meaning::Value(_) | Meaning::Broken) = self.meaning(&name.key) {
            return;
        }
        let id = ValueId(super::id(self.policy.values.len()));
        self.give_meaning(name, Meaning::Value(id));
        let written = self.as_written(name);
        self.policy.values.push(Value {
            name: naming::lower_first(&written),
            outside: self.outside(name),
            kind: Type::Broken,
            each,
            list,
            is_rate,
            provisions: Vec::new(),
            span: self.place(name.span),
        });
    }

    /// Checks every sentence, each after all it depends on.
    pub(super) fn check_sites(&mut self, order: &[usize]) -> Vec<ProvisionId> {
        let mut made: Vec<Option<Provision>> = alloc::vec![None; self.sites.len()];
        for index in order {
            let Some(site) = self.sites.get(*index).cloned() else { continue };
            self.block_start = site.block_start;
            self.clause = Some(site.clause);
            let provision = self.provision(&site);
            if let Some(place) = made.get_mut(*index) {
                *place = Some(provision);
            }
        }
        self.check_despite(&made);
        let mut beside = self.beside_rows(&mut made);
        self.clause = None;
        let mut ids = Vec::with_capacity(made.len());
        for (index, (site, provision)) in self.sites.clone().iter().zip(made).enumerate() {
            let of_site = provision.into_iter().chain(beside.remove(&index));
            let of_site = of_site.map(|provision| self.add_provision(site, provision));
            ids.push(of_site.collect::<Vec<_>>());
        }
        provisions_in_order(order, &ids)
    }

    fn add_provision(&mut self, site: &Site<'_>, provision: Provision) -> ProvisionId {
        let id = ProvisionId(super::id(self.policy.provisions.len()));
        if let Some(clause) = self.policy.clauses.get_mut(site.clause.index()) {
            clause.provisions.push(id);
        }
        self.note_given(site, id);
        self.policy.provisions.push(provision);
        id
    }

    /// `Despite` names clauses about the same thing; any other would be set aside in silence.
    fn check_despite(&mut self, made: &[Option<Provision>]) {
        let mut by_clause: BTreeMap<ClauseId, Vec<&Body>> = BTreeMap::new();
        for provision in made.iter().flatten() {
            by_clause.entry(provision.clause).or_default().push(&provision.body);
        }
        for (site, provision) in self.sites.clone().iter().zip(made) {
            let Some(provision) = provision else { continue };
            self.block_start = site.block_start;
            self.clause = Some(site.clause);
            for reference in &site.sentence.despite {
                let clauses = self.referenced(site.block_start, reference);
                let mut bodies =
                    clauses.iter().filter_map(|clause| by_clause.get(clause)).flatten();
                let is_broken = provision.body == Body::Broken
                    || clauses.iter().any(|clause| !by_clause.contains_key(clause));
                let fits =
                    |body: &&Body| **body == Body::Broken || provision.body.is_about_the_same(body);
                let is_another = !clauses.is_empty() && !is_broken && !bodies.any(fits);
                if is_another && !self.is_near_conclusion(&provision.body) {
                    let span = self.place(reference.span);
                    let number = self.number_of(reference);
                    self.report(ClauseMistake::DespiteAnotherMatter { number, span });
                }
            }
        }
    }

    /// Notes a provision with the values and conclusions it gives.
    fn note_given(&mut self, site: &Site<'_>, id: ProvisionId) {
        let mut given = Vec::new();
        given_names(site.body, &mut |name| given.push(self.meaning(name)));
        for meaning in given.into_iter().flatten() {
            let provisions = match meaning {
                Meaning::Value(value) => {
                    self.check_ways(value, site);
                    self.policy.values.get_mut(value.index()).map(|v| &mut v.provisions)
                }
                Meaning::Conclusion(conclusion) => {
                    let conclusion = self.policy.conclusions.get_mut(conclusion.index());
                    conclusion.map(|conclusion| &mut conclusion.provisions)
                }
                _ => None,
            };
            if let Some(provisions) = provisions {
                provisions.push(id);
            }
        }
    }

    /// One of the clauses that give a value is chosen.
    fn check_ways(&mut self, value: ValueId, site: &Site<'_>) {
        let value = self.policy.values.get(value.index());
        let full = value.filter(|value| value.provisions.len() == MOST_AT_ONCE);
        let Some(name) = full.map(|value| value.name.clone()) else { return };
        let span = site.sentence.span.after(site.block_start);
        self.report(LimitMistake::WaysToGive { name, span });
    }

    fn provision(&mut self, site: &Site<'_>) -> Provision {
        let span = self.place(site.sentence.span);
        let checked_list = self.checked_list_of(site);
        let list = checked_list.flatten();
        // A condition before `For each` is not about the item.
        let is_after_when = site.sentence.each.as_ref().is_some_and(|each| each.is_after_when);
        self.item_of = list.filter(|_| !is_after_when);
        let when = match &site.sentence.when {
            None => Condition::Always,
            Some(when) if site.is_otherwise => self.opposite(when),
            Some(when) => self.condition(when),
        };
        self.item_of = list;
        let in_force = self.wording_in_force(site.clause);
        let despite = self.despite(site);
        let is_circular = self.circular.contains(&site.clause);
        let can_be = !is_circular && checked_list.is_some();
        self.narrower = narrowed_by(&when);
        let body = if can_be { self.body(site.body, &when) } else { None };
        self.narrower.clear();
        self.item_of = None;
        let body = body.unwrap_or(Body::Broken);
        let clause = site.clause;
        Provision { clause, list, in_force, when, despite, at_row: None, body, span }
    }

    /// Where a sentence says `otherwise`; mistakes in the condition were reported with it.
    fn opposite(&mut self, when: &syntax::Condition) -> Condition {
        let found = self.findings.mark();
        let condition = self.condition(when);
        self.findings.back_to(found);
        super::condition::negated(true, condition)
    }

    fn despite(&mut self, site: &Site<'_>) -> Vec<ClauseId> {
        let mut clauses = Vec::new();
        for reference in &site.sentence.despite {
            if self.is_at_others(reference) {
                self.report_at_others(reference);
            } else if let Some(found) = self.clauses_of(reference) {
                let others = found.into_iter();
                let before = clauses.len();
                clauses.extend(others.filter(|clause| !self.are_wordings(*clause, site.clause)));
                if clauses.len() == before && !reference.is_section {
                    let span = self.place(reference.span);
                    let number = self.number_of(reference);
                    self.report(ClauseMistake::DespiteItself { number, span });
                }
            }
        }
        clauses
    }

    fn body(&mut self, body: &syntax::Body, when: &Condition) -> Option<Body> {
        match body {
            syntax::Body::Cover { subject } => {
                self.subject(subject, subject.span)?;
                Some(Body::Cover)
            }
            syntax::Body::Conclude { subject, not, conclusion } => {
                let of = self.subject_or_item(subject)?;
                if !self.is_said_of(conclusion, of) {
                    return None;
                }
                match self.meaning(&conclusion.key) {
                    Some(Meaning::Conclusion(conclusion)) => {
                        Some(Body::Conclude { conclusion, is_for: !not })
                    }
                    _ => None,
                }
            }
            syntax::Body::Define { name, value } => {
                let expression = self.expression(value);
                let expression = self.without_quotient(expression);
                let value = self.give_value(name, expression.of.clone(), Some(&expression))?;
                Some(Body::Define { value, expression: self.in_unit_of(value, expression) })
            }
            syntax::Body::Table { names, hit, table, .. } if is_shares(names) => {
                self.share_table(*hit, table)
            }
            syntax::Body::Table { names, each, hit, table } => {
                let table = self.value_table(names, each.as_ref(), *hit, table)?;
                for (column, name) in names.iter().enumerate() {
                    let of = self.type_of_column(&table, column)?;
                    self.give_value(name, of, None)?;
                }
                Some(Body::Table(table))
            }
            syntax::Body::Slices { name, rounding, table } => self.slices(name, *rounding, table),
            syntax::Body::Rates { name, per, rates } => self.rates(name, &per.value, rates),
            syntax::Body::Shares(shares) => self.shares(shares),
            syntax::Body::Ratio { parties, terms } => self.ratio(parties, terms),
            syntax::Body::AsDecided { panel } => self.as_decided(panel),
            syntax::Body::Split { amount, shares, refunds, spare } => {
                self.split((amount, *refunds), shares, spare.as_ref())
            }
            syntax::Body::Proportion { amount, parties, weights, refunds, spare } => {
                self.proportion((amount, *refunds), (parties, weights), spare.as_ref(), when)
            }
            syntax::Body::Pay { party, amount, refunds } => self.pay(party, (amount, *refunds)),
            syntax::Body::PayInTurn { amount, tiers, last } => {
                self.pay_in_turn(amount, tiers, last)
            }
            syntax::Body::Limit { party, most, under, other, refer } => {
                self.limit(party, most, under, other, refer.as_ref())
            }
            syntax::Body::Floor { party, least, under, from } => {
                self.floor(party, least, under, from)
            }
            syntax::Body::Require { must } => {
                let words = self.place(must.span).of(self.text).split_whitespace();
                let words = naming::lower_first(&words.collect::<Vec<_>>().join(" "));
                Some(Body::Require { must: self.condition(must), words })
            }
            syntax::Body::Refer { panel } => Some(Body::Refer { panel: self.panel(panel)? }),
            syntax::Body::Switch { clause } => {
                let clauses = self.clauses_of(clause)?;
                if self.is_at_others(clause) {
                    self.report_at_others(clause);
                    return None;
                }
                Some(Body::Switch { clauses })
            }
            syntax::Body::Promise(promise) => self.promise(promise),
        }
    }

    /// Widens the type of a value by one more way of giving it.
    pub(super) fn give_value(
        &mut self,
        name: &Name,
        of: Type,
        expression: Option<&Expression>,
    ) -> Option<ValueId> {
        let Some(Meaning::Value(id)) = self.meaning(&name.key) else { return None };
        let declared = self.policy.values.get(id.index())?;
        if declared.list != self.item_of {
            let (span, first) = (self.place(name.span), declared.span);
            self.report(ListMistake::OnceOrForEach { name: name.key.clone(), span, first });
            return None;
        }
        if of == Type::Broken {
            self.spoil(name);
            return None;
        }
        let so_far = self.policy.values.get(id.index())?.kind.clone();
        let span = expression.map_or(self.place(name.span), |expression| expression.span);
        let kind = if so_far == Type::Broken {
            of
        } else {
            let kind = checked::ExpressionKind::Value(id);
            let mut earlier = Expression { kind, of: so_far, span: self.place(name.span) };
            let kind = expression.map_or(checked::ExpressionKind::Broken, |it| it.kind.clone());
            let mut later = Expression { kind, of, span };
            if !self.agree(&mut earlier, &mut later) {
                return None;
            }
            self.either(&earlier.of, &later.of, span)
        };
        if let Some(value) = self.policy.values.get_mut(id.index()) {
            value.kind = kind;
        }
        Some(id)
    }

    /// A name whose clause has a mistake means nothing, and is not reported again.
    pub(super) fn spoil(&mut self, name: &Name) {
        self.meanings.insert(name.key.clone(), Meaning::Broken);
    }

    /// A bare literal takes the unit of the value it is given to.
    fn in_unit_of(&self, value: ValueId, mut expression: Expression) -> Expression {
        let kind = self.policy.values.get(value.index()).map(|value| &value.kind);
        if let Some(Type::Number(number)) = kind {
            expression.take_unit(&number.unit);
        }
        expression
    }
}
