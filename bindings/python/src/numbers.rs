//! Numbers of Python that are exact: `Decimal`, `Fraction` and `int`.

use apportion::checked::Number;
use apportion::engine::money::Money;
use apportion::reading::show;
use apportion_exchange::pounds;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The class `decimal.Decimal`.
pub(crate) fn decimal_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "decimal", "Decimal")
}

/// An amount in pounds, always with two places.
pub(crate) fn money(py: Python<'_>, amount: Money) -> PyResult<Bound<'_, PyAny>> {
    decimal_class(py)?.call1((pounds::decimal(amount.pence().into()),))
}

/// A number over the denominator of its type.
///
/// Whole numbers are `int`, percents the text that a case takes (`"25%"`), all others `Decimal`,
/// or `Fraction` where no decimal of nine places is exact.
pub(crate) fn number<'py>(
    py: Python<'py>,
    kind: &Number,
    value: i64,
) -> PyResult<Bound<'py, PyAny>> {
    static FRACTION: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let shown = show(kind, value);
    if kind.unit.is_percent() {
        return Ok(shown.into_pyobject(py)?.into_any());
    }
    if shown.contains('/') {
        let pence = if kind.unit.is_money() { 100 } else { 1 };
        let denominator = i128::from(kind.denominator) * pence;
        let class = FRACTION.import(py, "fractions", "Fraction")?;
        return class.call1((value, denominator));
    }
    if kind.denominator == 1 && !kind.unit.is_money() {
        return Ok(value.into_pyobject(py)?.into_any());
    }
    decimal_class(py)?.call1((shown.replace(['£', ','], ""),))
}
