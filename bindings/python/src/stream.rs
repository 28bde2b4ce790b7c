//! Tables of other libraries in, and ours out, by the C stream interface of Arrow.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{
    Array, RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray, make_array,
};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::errors;
use crate::guard::guarded;

/// What Arrow calls the capsules of a stream, a schema and an array.
const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// The batches of a table of some library.
pub(crate) type Reader = Box<dyn RecordBatchReader + Send>;

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
pub(crate) fn reader(table: &Bound<'_, PyAny>) -> PyResult<Reader> {
    let py = table.py();
    if !table.hasattr("__arrow_c_stream__")? {
        return one_batch(table);
    }
    let capsule = table.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name holds such a stream and lives until the end of this function;
    // the stream is moved out of it, and the capsule then has nothing to release.
    let stream = unsafe { ArrowArrayStreamReader::from_raw(pointer.cast().as_ptr()) };
    match stream {
        Ok(stream) => Ok(Box::new(stream)),
        Err(error) => Err(errors::ours(py, error.to_string())),
    }
}

/// The one batch of a table that has no stream but an array of its rows.
#[expect(unsafe_code, reason = "C hands over pointers, and no small crate takes them")]
fn one_batch(table: &Bound<'_, PyAny>) -> PyResult<Reader> {
    let py = table.py();
    let no_table = || -> PyErr {
        let kind = table.get_type().name();
        let kind = kind.map_or_else(|_| "thing".to_string(), |kind| kind.to_string());
        PyTypeError::new_err(format!(
            "a table is one of pandas, polars, pyarrow or DuckDB, or anything else with \
             `__arrow_c_stream__` or `__arrow_c_array__`; not a {kind}"
        ))
    };
    if !table.hasattr("__arrow_c_array__")? {
        return Err(no_table());
    }
    let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
        table.call_method0("__arrow_c_array__")?.extract()?;
    let (schema, array) = (schema.cast::<PyCapsule>()?, array.cast::<PyCapsule>()?);
    let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    // SAFETY: capsules of these names hold a schema and an array of it, and live until the end of
    // this function; the array is moved out of its own, which then has nothing to release.
    let rows = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
    let rows = make_array(rows.map_err(|error| errors::ours(py, error.to_string()))?);
    let rows = rows.as_any().downcast_ref::<StructArray>().ok_or_else(no_table)?;
    if rows.null_count() > 0 {
        return Err(no_table());
    }
    let batch = RecordBatch::from(rows);
    let schema = batch.schema();
    Ok(Box::new(RecordBatchIterator::new([Ok(batch)], schema)))
}
