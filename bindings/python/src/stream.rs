//! Tables of other libraries in, and ours out, by the C stream interface of Arrow.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::errors;
use crate::guard::guarded;

/// What Arrow calls the capsule of a stream.
const STREAM: &CStr = c"arrow_array_stream";

/// The batches of a table, in the order of its rows.
#[pyclass(frozen, module = "apportion._native")]
pub(crate) struct Stream {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Stream {
    pub(crate) fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Stream {
        Stream { schema, batches }
    }
}

#[pymethods]
impl Stream {
    /// The table as a capsule of Arrow's C interface, as often as it is asked for. It has one
    /// schema, whatever is requested.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        guarded(|| {
            let batches = self.batches.clone().into_iter().map(Ok::<_, ArrowError>);
            capsule(py, RecordBatchIterator::new(batches, Arc::clone(&self.schema)))
        })
    }

    fn rows(&self) -> PyResult<usize> {
        guarded(|| Ok(self.batches.iter().map(RecordBatch::num_rows).sum()))
    }
}

/// Batches as a capsule of Arrow's C interface.
pub(crate) fn capsule(
    py: Python<'_>,
    batches: impl RecordBatchReader + Send + 'static,
) -> PyResult<Bound<'_, PyCapsule>> {
    let stream = FFI_ArrowArrayStream::new(Box::new(batches));
    PyCapsule::new_with_value(py, stream, STREAM)
}

/// The batches of anything that has them by Arrow's C interface.
#[expect(unsafe_code, reason = "C hands over a pointer, and no crate without many others takes it")]
pub(crate) fn reader(table: &Bound<'_, PyAny>) -> PyResult<ArrowArrayStreamReader> {
    let py = table.py();
    if !table.hasattr("__arrow_c_stream__")? {
        let kind = table.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "a table is one of pandas, polars, pyarrow or DuckDB, or anything else with \
             `__arrow_c_stream__`; not a {kind}"
        )));
    }
    let capsule = table.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name holds such a stream and lives until the end of this function;
    // the stream is moved out of it, and the capsule then has nothing to release.
    let stream = unsafe { ArrowArrayStreamReader::from_raw(pointer.cast().as_ptr()) };
    stream.map_err(|error| errors::ours(py, error.to_string()))
}
