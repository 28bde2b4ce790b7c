//! A decision, told in tuples of plain values from which the package makes its classes.

use std::sync::{Arc, OnceLock};

use apportion::engine::case::{Case, State};
use apportion::engine::decision::Decision as Decided;
use apportion::engine::program::{FactId, Item, ListId, ValueId};
use apportion::policy::Policy;
use apportion::record::{
    CostLine, ItemName, Record, RecordedAwaiting, RecordedConclusion, RecordedFact, RecordedItem,
};
use apportion::why::Page;
use apportion_exchange::decision::{to_json, to_ron};
use apportion_exchange::mistake::CaseTextMistake;
use apportion_exchange::{payments, record};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::errors::{self, CaseError};
use crate::guard::guarded;
use crate::numbers::money;
use crate::values;

/// A name outside the file and a value.
type Named<'py> = (String, Option<Bound<'py, PyAny>>);

/// A fact: its name outside the file, the one it has in the policy, its value, and whether that
/// is the policy's default.
type Fact<'py> = (String, String, Option<Bound<'py, PyAny>>, bool);

/// A conclusion: its name outside the file, the one it has in the policy, whether it holds, and
/// the clauses for which.
type Conclusion = (String, String, bool, Vec<String>);

/// An item by the name of its list outside the file and its number from 1.
type ItemPlace = Option<(String, u32)>;

/// A cost line: clause, party, the party's name outside the file, amount, unit, item, citations.
type Line<'py> = (String, String, String, Bound<'py, PyAny>, String, ItemPlace, Vec<String>);

/// An amount that awaits a panel: clause, the clause that leaves it to the panel, panel, amount,
/// unit.
type Awaiting<'py> = (String, String, String, Bound<'py, PyAny>, String);

/// A clause: number, sayings, citations.
type Clause = (String, Vec<String>, Vec<String>);

/// A name outside the file and an amount of money.
type Paid<'py> = (String, Bound<'py, PyAny>);

/// What is decided of an item: list, number, facts, conclusions, values, payments.
type OfItem<'py> = (String, u32, Vec<Fact<'py>>, Vec<Conclusion>, Vec<Named<'py>>, Vec<Paid<'py>>);

/// A case and what was decided of it.
#[pyclass(frozen, module = "apportion._native")]
pub(crate) struct Decision {
    policy: Arc<Policy>,
    case: Case,
    decided: Decided,
    record: OnceLock<Record>,
}

impl Decision {
    pub(crate) fn new(policy: Arc<Policy>, case: Case, decided: Decided) -> Decision {
        Decision { policy, case, decided, record: OnceLock::new() }
    }

    fn page(
        &self,
        html: bool,
        make: impl FnOnce(&Policy, &Case, &Decided) -> Page,
    ) -> PyResult<String> {
        guarded(|| {
            let page = make(&self.policy, &self.case, &self.decided);
            Ok(if html { page.html() } else { page.to_string().trim_end().to_string() })
        })
    }

    fn record(&self) -> &Record {
        self.record.get_or_init(|| self.policy.record(&self.case, &self.decided))
    }

    /// The facts of the case or of an item as the record has them, with their values.
    fn told_facts<'py>(
        &self,
        py: Python<'py>,
        recorded: &[RecordedFact],
        item: Option<Item>,
    ) -> PyResult<Vec<Fact<'py>>> {
        let list = item.map(|item| item.list);
        let told = recorded.iter().map(|it| {
            let mut facts = self.policy.facts().iter().zip((0..).map(FactId));
            let found = facts.find(|(fact, _)| fact.outside == it.outside && fact.list == list);
            let value = found.and_then(|(fact, id)| {
                let value = match item {
                    Some(item) => self.case.item_value_or_default(item, id),
                    None => self.case.value_or_default(id),
                };
                Some((fact, value?))
            });
            let value = value
                .map(|(fact, value)| values::of_fact(py, &self.policy, fact, value))
                .transpose()?;
            Ok((it.outside.clone(), it.name.clone(), value, it.is_default))
        });
        told.collect()
    }

    /// The values of the case or of an item that the decision is about.
    fn told_values<'py>(
        &self,
        py: Python<'py>,
        decided: &Decided,
        list: Option<ListId>,
    ) -> PyResult<Vec<Named<'py>>> {
        let all = self.policy.checked().values.iter().zip((0..).map(ValueId));
        let own =
            all.filter(|(value, _)| !value.is_rate && value.each.is_none() && value.list == list);
        own.map(|(value, id)| {
            Ok((value.outside.clone(), values::of_value(py, &self.policy, decided, id)?))
        })
        .collect()
    }

    /// The facts that a case or an item states.
    fn stated_of<'py>(&self, py: Python<'py>, item: Option<Item>) -> PyResult<Bound<'py, PyDict>> {
        let stated = PyDict::new(py);
        let list = item.map(|item| item.list);
        let facts = self.policy.facts().iter().zip((0..).map(FactId));
        for (fact, id) in facts.filter(|(fact, _)| fact.list == list && !fact.is_text) {
            let state = match item {
                Some(item) => self.case.item(item, id),
                None => self.case.get(id),
            };
            match state {
                State::Known(value) => {
                    let value = values::of_fact(py, &self.policy, fact, value)?;
                    stated.set_item(&fact.outside, value)?;
                }
                State::NotKnown => stated.set_item(&fact.outside, py.None())?,
                State::NotStated => {}
            }
        }
        Ok(stated)
    }
}

#[pymethods]
impl Decision {
    fn is_covered(&self) -> PyResult<bool> {
        guarded(|| Ok(self.decided.is_covered()))
    }

    fn not_covered_by(&self) -> PyResult<Vec<String>> {
        guarded(|| Ok(self.record().not_covered_by.clone()))
    }

    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Fact<'py>>> {
        guarded(|| self.told_facts(py, &self.record().facts, None))
    }

    fn conclusions(&self) -> PyResult<Vec<Conclusion>> {
        guarded(|| Ok(conclusions(&self.record().conclusions)))
    }

    fn values<'py>(&self, py: Python<'py>) -> PyResult<Vec<Named<'py>>> {
        guarded(|| match self.decided.is_covered() {
            true => self.told_values(py, &self.decided, None),
            false => Ok(Vec::new()),
        })
    }

    /// What each party pays, by the name outside the file, with the unit where the policy pays
    /// in several; none where an amount in the unit still awaits a panel.
    fn payments<'py>(&self, py: Python<'py>) -> PyResult<Vec<Named<'py>>> {
        let payments = self.decided.totals().map(|(party, unit, amount)| {
            let is_final = self.decided.is_final(unit);
            let amount = is_final.then(|| money(py, amount)).transpose()?;
            Ok((payments::key(&self.policy, party, unit), amount))
        });
        guarded(|| payments.collect())
    }

    fn lines<'py>(&self, py: Python<'py>) -> PyResult<Vec<Line<'py>>> {
        let told = |line: &CostLine| {
            let (clause, party, key) =
                (line.clause.clone(), line.party.clone(), line.outside.clone());
            let (unit, item) = (line.unit.trim().to_string(), place(line.item.as_ref()));
            Ok((clause, party, key, money(py, line.amount)?, unit, item, line.citations.clone()))
        };
        guarded(|| self.record().lines.iter().map(told).collect())
    }

    fn awaiting<'py>(&self, py: Python<'py>) -> PyResult<Vec<Awaiting<'py>>> {
        let told = |it: &RecordedAwaiting| {
            let (clause, by, panel) = (it.clause.clone(), it.by.clone(), it.panel.clone());
            Ok((clause, by, panel, money(py, it.amount)?, it.unit.trim().to_string()))
        };
        guarded(|| self.record().awaiting.iter().map(told).collect())
    }

    /// The limits and floors that wait with what awaits a panel.
    fn waiting(&self) -> PyResult<Vec<String>> {
        guarded(|| Ok(self.record().waiting.clone()))
    }

    /// Clause and panel of each referral.
    fn referrals(&self) -> PyResult<Vec<(String, String)>> {
        guarded(|| {
            let referrals = self.record().referrals.iter();
            Ok(referrals.map(|it| (it.clause.clone(), it.panel.clone())).collect())
        })
    }

    /// Number, sayings and citations of each clause.
    fn clauses(&self) -> PyResult<Vec<Clause>> {
        guarded(|| {
            let clauses = self.record().clauses.iter();
            let told = clauses.map(|it| (it.number.clone(), it.says.clone(), it.citations.clone()));
            Ok(told.collect())
        })
    }

    fn items<'py>(&self, py: Python<'py>) -> PyResult<Vec<OfItem<'py>>> {
        let told = |it: &RecordedItem| {
            let list = self.policy.list(&it.item.outside).ok_or_else(errors::our_mistake)?;
            let item = Item { list, index: it.item.number.saturating_sub(1) };
            let values = match self.decided.of_item(item) {
                Some(decided) => self.told_values(py, &decided, Some(list))?,
                None => Vec::new(),
            };
            let paid = payments::of_item(&self.policy, &self.decided, item).into_iter();
            let paid = paid.map(|(key, amount)| Ok((key, money(py, amount)?)));
            let paid = paid.collect::<PyResult<_>>()?;
            let (list, number) = (it.item.outside.clone(), it.item.number);
            let facts = self.told_facts(py, &it.facts, Some(item))?;
            Ok((list, number, facts, conclusions(&it.conclusions), values, paid))
        };
        guarded(|| self.record().items.iter().map(told).collect())
    }

    /// The case as it was stated: facts by their names outside the file, and lists of items.
    fn stated<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(|| {
            let stated = self.stated_of(py, None)?;
            for (list, id) in self.policy.lists().iter().zip((0..).map(ListId)) {
                let Some(count) = self.case.items(id) else { continue };
                let items = PyList::empty(py);
                for index in 0..count {
                    items.append(self.stated_of(py, Some(Item { list: id, index }))?)?;
                }
                stated.set_item(&list.outside, items)?;
            }
            Ok(stated)
        })
    }

    fn text(&self) -> PyResult<String> {
        guarded(|| Ok(self.record().to_string().trim_end().to_string()))
    }

    fn explanation(&self) -> PyResult<String> {
        guarded(|| Ok(self.record().explanation().trim_end().to_string()))
    }

    /// What was decided and why in plain English, as text or as a page of HTML.
    fn letter(&self, html: bool) -> PyResult<String> {
        self.page(html, |policy, case, decided| policy.letter(case, decided))
    }

    /// Every step with its figures.
    fn working(&self, html: bool) -> PyResult<String> {
        self.page(html, |policy, case, decided| policy.working(case, decided))
    }

    /// What each clause lacks for a conclusion; none where there is no such conclusion.
    fn why_not(&self, conclusion: &str, html: bool) -> PyResult<Option<String>> {
        let Some(id) = guarded(|| Ok(self.policy.conclusion(conclusion)))? else { return Ok(None) };
        self.page(html, |policy, case, decided| policy.why_not(case, decided, id)).map(Some)
    }

    fn to_json(&self) -> PyResult<String> {
        guarded(|| to_json(self.record()).map_err(|error| errors::of_document(&error)))
    }

    fn to_ron(&self) -> PyResult<String> {
        guarded(|| to_ron(self.record()).map_err(|error| errors::of_document(&error)))
    }

    /// The record to keep, as JSON, without some facts: an error names one that there is not.
    fn to_record(&self, py: Python<'_>, withhold: Vec<String>) -> PyResult<String> {
        guarded(|| {
            let withheld = withhold.iter().map(|name| {
                let no_such_fact =
                    || CaseError::from(CaseTextMistake::from(self.policy.no_such_fact(name)));
                let fact = self.policy.fact(name).ok_or_else(no_such_fact);
                fact.map_err(|mistake| mistake.raised(py, &self.policy))
            });
            let withheld: Vec<FactId> = withheld.collect::<PyResult<_>>()?;
            let record = record::to_json_withholding(&self.policy, &self.case, &withheld);
            record.map_err(|error| errors::of_document(&error))
        })
    }

    /// Whether both say the same of the same case by the same policy.
    fn is_same(&self, other: &Decision) -> PyResult<bool> {
        guarded(|| Ok(self.record() == other.record()))
    }
}

fn conclusions(recorded: &[RecordedConclusion]) -> Vec<Conclusion> {
    let told = recorded.iter();
    told.map(|it| (it.outside.clone(), it.name.clone(), it.is_drawn, it.by.clone())).collect()
}

pub(crate) fn place(item: Option<&ItemName>) -> ItemPlace {
    item.map(|item| (item.outside.clone(), item.number))
}
