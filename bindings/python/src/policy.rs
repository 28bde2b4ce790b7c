//! A policy, and what is asked of it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use apportion::bundle::Bundle;
use apportion::diagnostic::sort_by_place;
use apportion::engine::case::Case;
use apportion::policy::Policy as Checked;
use apportion_exchange::clauses::Part;
use apportion_exchange::verify::VerifyMistake;
use apportion_exchange::{clauses, excel, facts, policy_file, verify};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::batches::Batches;
use crate::deciding::How;
use crate::decision::Decision;
use crate::errors::{self, CaseError};
use crate::facts::{NoCase, case_from_facts, case_from_text};
use crate::guard::guarded;
use crate::known::Known;
use crate::needs;
use crate::run;
use crate::stream::Stream;

/// A policy ready to decide cases.
#[pyclass(frozen, module = "apportion._native")]
pub(crate) struct Policy {
    policy: Arc<Checked>,
    known: Mutex<Known>,
}

/// The texts of a policy: its own with its path, and those of the tools it uses by their names.
type Texts = (String, String, Vec<(String, String)>);

/// A section: number, title, clauses.
type Section = (String, String, Vec<Clause>);

/// A clause: number, parts, citations. A part is a text, a point or a row, cell by cell.
type Clause = (String, Vec<(&'static str, Vec<String>)>, Vec<String>);

/// Something that does not come out as recorded: where, as recorded, as it comes out.
type Difference = (String, Option<String>, Option<String>);

impl Policy {
    /// The policy itself.
    #[cfg(feature = "probes")]
    pub(crate) fn checked(&self) -> &Checked {
        &self.policy
    }

    fn of_bundle(py: Python<'_>, bundle: &Bundle) -> PyResult<Policy> {
        let policy = py.detach(|| Checked::from_bundle(bundle));
        let policy = policy.map_err(|mistakes| errors::of_policy(py, &mistakes))?;
        Ok(Policy { policy: Arc::new(policy), known: Mutex::new(Known::new(py)) })
    }

    fn case(
        &self,
        facts: Option<&Bound<'_, PyAny>>,
        named: &Bound<'_, PyDict>,
    ) -> Result<Case, NoCase> {
        match facts {
            Some(text) if text.is_instance_of::<PyString>() => {
                if !named.is_empty() {
                    let message = "a case comes as a text or as facts, not as both";
                    return Err(CaseError::of_case("text-and-facts", message).into());
                }
                Ok(case_from_text(&self.policy, text.extract()?)?)
            }
            Some(facts) => {
                if let Some(case) = facts.cast_exact().ok().and_then(|it| self.known(&[it, named]))
                {
                    return Ok(case);
                }
                let given = PyDict::new(facts.py());
                given.update(facts.cast().map_err(PyErr::from)?)?;
                case_from_facts(&self.policy, &[given, named.clone()])
            }
            None => match self.known(&[named]) {
                Some(case) => Ok(case),
                None => case_from_facts(&self.policy, std::slice::from_ref(named)),
            },
        }
    }

    /// The case of facts that are known well; none where they are to be read with care.
    fn known(&self, facts: &[&Bound<'_, PyDict>]) -> Option<Case> {
        // Whoever is called from here, should Python tidy up amid it, does not wait for itself.
        self.known.try_lock().ok()?.case(&self.policy, facts)
    }

    /// Makes something of a case, and tells what is wrong with it as an exception.
    fn of_case<T>(
        &self,
        facts: Option<&Bound<'_, PyAny>>,
        named: &Bound<'_, PyDict>,
        make: impl FnOnce(Case) -> Result<T, CaseError>,
    ) -> PyResult<T> {
        let made = self.case(facts, named).and_then(|case| Ok(make(case)?));
        made.map_err(|mistake| match mistake {
            NoCase::Ours(mistake) => mistake.raised(named.py(), &self.policy),
            NoCase::Raised(error) => error,
        })
    }
}

#[pymethods]
impl Policy {
    /// The policy in a file, with those it uses from beside it.
    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf) -> PyResult<Policy> {
        guarded(|| {
            let bundle = py.detach(|| policy_file::bundle(&path));
            Policy::of_bundle(py, &bundle.map_err(|failure| errors::of_file(py, failure))?)
        })
    }

    /// The policy of some texts: its own, and those it uses by the names of their files.
    #[staticmethod]
    fn of_texts(py: Python<'_>, texts: Texts) -> PyResult<Policy> {
        let (path, text, tools) = texts;
        guarded(|| {
            let mut bundle = Bundle::new(&path, &text);
            for (name, text) in &tools {
                bundle.add(name, text);
            }
            Policy::of_bundle(py, &bundle)
        })
    }

    /// What [`Policy::of_texts`] makes the same policy of. The path is that of the file alone, so
    /// that a policy says nothing of the machine it was read on.
    fn texts(&self) -> PyResult<Texts> {
        guarded(|| {
            let mut texts = self.policy.source().texts();
            let own = texts.next().map(|own| (own.name.to_string(), own.text.to_string()));
            let (name, text) = own.unwrap_or_default();
            let tools = texts.map(|it| (it.name.to_string(), it.text.to_string())).collect();
            Ok((name, text, tools))
        })
    }

    fn title(&self) -> PyResult<String> {
        guarded(|| Ok(self.policy.checked().title.clone()))
    }

    fn version(&self) -> PyResult<u32> {
        guarded(|| Ok(self.policy.checked().version.number))
    }

    fn fingerprint(&self) -> PyResult<String> {
        guarded(|| Ok(self.policy.program().fingerprint().to_string()))
    }

    /// The facts that a case may carry, as JSON.
    fn facts(&self) -> PyResult<String> {
        guarded(|| facts::to_json(&self.policy).map_err(|error| errors::of_document(&error)))
    }

    /// What may be concluded of a case, by the names outside the policy.
    fn conclusions(&self) -> PyResult<Vec<String>> {
        let conclusions = self.policy.checked().conclusions.iter();
        let of_case = conclusions.filter(|conclusion| conclusion.list.is_none());
        guarded(|| Ok(of_case.map(|conclusion| conclusion.outside.clone()).collect()))
    }

    /// Warnings and notes.
    fn diagnostics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let told = errors::told(self.policy.source(), self.policy.diagnostics());
            Ok(told.into_pyobject(py)?.into_any())
        })
    }

    /// The sections as they are written: number, title, and of each clause its number, what it says
    /// and its citations.
    fn sections(&self) -> PyResult<Vec<Section>> {
        let told = |section: clauses::Section| {
            let clauses = section.clauses.into_iter();
            let clauses = clauses.map(|clause| {
                let parts = clause.parts.into_iter().map(|part| match part {
                    Part::Text(text) => ("text", vec![text]),
                    Part::Point(text) => ("point", vec![text]),
                    Part::Row(cells) => ("row", cells),
                });
                (clause.number, parts.collect(), clause.citations)
            });
            (section.number, section.title, clauses.collect())
        };
        guarded(|| Ok(clauses::sections(&self.policy).into_iter().map(told).collect()))
    }

    /// Everything in a record that does not come out again: where it stands, what was recorded, and
    /// what comes out now.
    fn verify(&self, py: Python<'_>, record: &str) -> PyResult<Vec<Difference>> {
        guarded(|| {
            let found = py.detach(|| verify::verify(&self.policy, record));
            let found = found.map_err(|mistake| match mistake {
                VerifyMistake::Case(mistake) => CaseError::from(mistake).raised(py, &self.policy),
                mistake => {
                    let (code, message) = (mistake.code(), mistake.to_string());
                    CaseError::of_case(code, &message).raised(py, &self.policy)
                }
            })?;
            let found = found.into_iter();
            Ok(found.map(|it| (it.place, it.recorded, it.comes)).collect())
        })
    }

    /// Warnings and notes, and cases in which the policy goes wrong.
    fn check<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let mut found = self.policy.diagnostics().to_vec();
            found.extend_from_slice(self.policy.unused());
            found.extend(py.detach(|| self.policy.prove()));
            sort_by_place(&mut found);
            Ok(errors::told(self.policy.source(), &found).into_pyobject(py)?.into_any())
        })
    }

    fn decide(
        &self,
        facts: Option<&Bound<'_, PyAny>>,
        named: &Bound<'_, PyDict>,
    ) -> PyResult<Decision> {
        guarded(|| {
            self.of_case(facts, named, |case| {
                let decided = self.policy.decide(&case)?;
                Ok(Decision::new(Arc::clone(&self.policy), case, decided))
            })
        })
    }

    /// Decides a table; with `given`, its own columns stand before the answers. `carry` names the
    /// columns that the policy does not declare and that are carried, all where it is none.
    /// `progress` is called with the number of rows so far.
    #[pyo3(signature = (table, carry, *, rejects, allows_unknown, given, progress))]
    fn run(
        &self,
        table: &Bound<'_, PyAny>,
        carry: Option<Vec<String>>,
        rejects: bool,
        allows_unknown: bool,
        given: bool,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(Stream, Stream)> {
        let how = How { carry: run::carry(carry), rejects, allows_unknown, given };
        guarded(|| run::run(&self.policy, table, how, progress))
    }

    /// The decisions of a stream, each made when it is asked for.
    #[pyo3(signature = (reader, carry, *, rejects, allows_unknown))]
    fn run_batches(
        &self,
        reader: &Bound<'_, PyAny>,
        carry: Option<Vec<String>>,
        rejects: bool,
        allows_unknown: bool,
    ) -> PyResult<Batches> {
        let how = How { carry: run::carry(carry), rejects, allows_unknown, given: true };
        guarded(|| {
            let deciding = run::open(&self.policy, reader, how)?;
            Ok(Batches::new(Arc::clone(&self.policy), deciding))
        })
    }

    /// Decides a workbook into another, and gives the summary as JSON.
    #[pyo3(signature = (paths, carry, *, sheet, join, allows_unknown))]
    fn run_excel(
        &self,
        py: Python<'_>,
        paths: (PathBuf, PathBuf),
        carry: Option<Vec<String>>,
        sheet: Option<String>,
        join: Option<String>,
        allows_unknown: bool,
    ) -> PyResult<String> {
        let how = excel::How { sheet, join, carry: run::carry(carry), allows_unknown };
        guarded(|| crate::excel::run(py, &self.policy, (&paths.0, &paths.1), &how))
    }

    fn needs<'py>(
        &self,
        facts: Option<&Bound<'py, PyAny>>,
        named: &Bound<'py, PyDict>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = named.py();
        guarded(|| {
            let foreseen =
                self.of_case(facts, named, |case| Ok(py.detach(|| self.policy.foresee(&case))?))?;
            Ok(needs::told(py, &foreseen)?.into_pyobject(py)?.into_any())
        })
    }
}
