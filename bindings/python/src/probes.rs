//! What benches measure, and no package that is shipped has: the feature `probes`.

use apportion_exchange::arrow::Table;
use apportion_exchange::csv::columns::Carry;
use arrow_array::RecordBatchReader;
use pyo3::prelude::*;

use crate::errors;
use crate::policy::Policy;
use crate::stream::reader;

/// Decides the batches of a table as a program of Rust does.
#[pyfunction]
pub(crate) fn decide_in_rust(policy: &Policy, table: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = table.py();
    let reader = reader(table)?;
    py.detach(|| {
        let table = Table::open(policy.checked(), reader.schema(), &Carry::Nothing);
        let mut table = table.map_err(|_| errors::our_mistake())?;
        let decided = reader.map(|batch| table.decide(&batch?)).collect::<Result<Vec<_>, _>>();
        decided.map(drop).map_err(|_| errors::our_mistake())
    })
}
