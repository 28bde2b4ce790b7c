//! Amounts for machines: `1600.00`, without sign of currency or commas.

/// Writes pence as pounds with two places.
///
/// ```
/// assert_eq!(apportion_exchange::pounds::decimal(1_600_00), "1600.00");
/// assert_eq!(apportion_exchange::pounds::decimal(-5), "-0.05");
/// ```
#[must_use]
pub fn decimal(pence: i128) -> String {
    let sign = if pence < 0 { "-" } else { "" };
    let magnitude = pence.unsigned_abs();
    format!("{sign}{}.{:02}", magnitude / 100, magnitude % 100)
}

/// A number as people write it, without the sign of currency and commas.
pub(crate) fn plain(shown: &str) -> String {
    shown.replace(['£', ','], "")
}
