//! What benches measure, and no package that is shipped has: the feature `probes`.

use std::sync::Arc;
use std::time::Instant;

use apportion_exchange::arrow::Table;
use apportion_exchange::csv::columns::Carry;
use arrow_array::{RecordBatch, RecordBatchReader};
use pyo3::prelude::*;

use crate::errors;
use crate::policy::Policy;
use crate::stream::reader;

/// How many nanoseconds a program of Rust takes to decide the batches of a table, at best of so
/// many times.
#[pyfunction]
pub(crate) fn nanoseconds_in_rust(
    policy: &Policy,
    table: &Bound<'_, PyAny>,
    times: u32,
) -> PyResult<u64> {
    let py = table.py();
    let reader = reader(table)?;
    let schema = reader.schema();
    let batches = reader.collect::<Result<Vec<RecordBatch>, _>>();
    let batches = batches.map_err(|error| errors::ours(py, error.to_string()))?;
    py.detach(|| {
        let mut least = u64::MAX;
        for _ in 0..times {
            let begun = Instant::now();
            let table = Table::open(policy.checked(), Arc::clone(&schema), &Carry::Nothing);
            let mut table = table.map_err(|_| errors::our_mistake())?;
            let decided = batches.iter().map(|batch| table.decide(batch));
            let decided: Result<Vec<_>, _> = decided.collect();
            let decided = decided.map_err(|_| errors::our_mistake())?;
            least = least.min(u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX));
            drop(decided);
        }
        Ok(least)
    })
}
