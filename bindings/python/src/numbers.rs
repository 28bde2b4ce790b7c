//! Numbers of Python that are exact: `Decimal`, `Fraction` and `int`.

use apportion::checked::Number;
use apportion::engine::money::Money;
use apportion::reading::show;
use apportion_exchange::pounds;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// What a number with nine places is a whole number over.
const NINE_PLACES: i128 = 1_000_000_000;

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
/// What is always whole is an `int`, a percent the text that a case takes (`"25%"`), all others
/// `Decimal`, or `Fraction` where nine places are not always exact.
pub(crate) fn number<'py>(
    py: Python<'py>,
    kind: &Number,
    value: i64,
) -> PyResult<Bound<'py, PyAny>> {
    static FRACTION: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let shown = show(kind, value);
    if kind.unit.is_percent() {
        return Ok(shown.replace(',', "").into_pyobject(py)?.into_any());
    }
    if kind.denominator == 1 && !kind.unit.is_money() {
        return Ok(value.into_pyobject(py)?.into_any());
    }
    let denominator = i128::from(kind.denominator) * if kind.unit.is_money() { 100 } else { 1 };
    if NINE_PLACES.checked_rem(denominator) != Some(0) {
        let class = FRACTION.import(py, "fractions", "Fraction")?;
        return class.call1((value, denominator));
    }
    decimal_class(py)?.call1((shown.replace(['£', ','], ""),))
}
