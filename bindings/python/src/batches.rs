//! A policy over a stream of batches, each decided when it is asked for.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use apportion::policy::Policy;
use apportion_exchange::arrow::Reject;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::deciding::Deciding;
use crate::errors::{CaseError, OUR_MISTAKE};
use crate::guard::{caught, guarded};
use crate::run;
use crate::stream::{Stream, capsule};

/// The decisions of a stream of batches. They can be read once.
#[pyclass(frozen, module = "apportion._native")]
pub(crate) struct Batches {
    policy: Arc<Policy>,
    /// None once somebody reads it.
    deciding: Mutex<Option<Deciding>>,
    rejects: Arc<Mutex<Vec<Reject>>>,
}

impl Batches {
    pub(crate) fn new(policy: Arc<Policy>, deciding: Deciding) -> Batches {
        Batches { policy, deciding: Mutex::new(Some(deciding)), rejects: Arc::default() }
    }
}

#[pymethods]
impl Batches {
    /// The decisions as a capsule of Arrow's C interface, which reads on as it is read.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        guarded(|| {
            let deciding = self.deciding.lock().unwrap_or_else(PoisonError::into_inner).take();
            let deciding = deciding.ok_or_else(|| {
                PyValueError::new_err("batches are decided as they are read, and so only once")
            })?;
            capsule(py, Reader { deciding, rejects: Arc::clone(&self.rejects) })
        })
    }

    /// The rows without a decision among those read so far.
    fn rejected(&self, py: Python<'_>) -> PyResult<Stream> {
        guarded(|| {
            let rejects = self.rejects.lock().unwrap_or_else(PoisonError::into_inner).clone();
            run::rejected(py, &self.policy, &rejects)
        })
    }
}

/// Reads, decides, and hands on.
struct Reader {
    deciding: Deciding,
    rejects: Arc<Mutex<Vec<Reject>>>,
}

impl Iterator for Reader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Whoever reads is written in C: a panic must not get there.
        let next = caught(|| self.deciding.next()).ok_or_else(|| OUR_MISTAKE.to_string());
        match next.and_then(|next| next.map_err(|ended| CaseError::of_run(ended).message)) {
            Ok(None) => None,
            Ok(Some((_, decided, rejected))) => {
                self.rejects.lock().unwrap_or_else(PoisonError::into_inner).extend(rejected);
                Some(Ok(decided))
            }
            Err(message) => {
                Some(Err(ArrowError::from_external_error(io::Error::other(message).into())))
            }
        }
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        self.deciding.schema()
    }
}
