//! Numbers of Excel as people see them, and back.

use core::fmt::LowerExp;

/// The furthest that a number may be from one, in places: what is beyond is no amount of anything.
const MOST_PLACES: usize = 30;

/// A number in the 15 digits that Excel shows and keeps: `917.42`. None where it is not finite or far
/// out.
pub(super) fn shown(number: &impl LowerExp) -> Option<String> {
    let text = format!("{number:.14e}");
    let (digits, exponent) = text.split_once('e')?;
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits = digits.replace('.', "");
    let digits = digits.trim_end_matches('0');
    let exponent: i32 = exponent.parse().ok()?;
    let places = usize::try_from(exponent.unsigned_abs()).ok().filter(|it| *it <= MOST_PLACES)?;
    Some(match (digits, exponent) {
        ("", _) => "0".to_string(),
        (digits, ..0) => format!("{sign}0.{}{digits}", "0".repeat(places - 1)),
        (digits, _) => match digits.split_at_checked(places + 1) {
            Some((whole, "")) => format!("{sign}{whole}"),
            Some((whole, part)) => format!("{sign}{whole}.{part}"),
            None => format!("{sign}{digits:0<width$}", width = places + 1),
        },
    })
}

/// A share as percent, which is exact: `0.255` is `25.5%`.
pub(super) fn percent(share: &str) -> String {
    let (sign, share) = share.strip_prefix('-').map_or(("", share), |share| ("-", share));
    let (whole, places) = share.split_once('.').unwrap_or((share, ""));
    let places = format!("{places:0<2}");
    let (hundredths, rest) = places.split_at_checked(2).unwrap_or_default();
    let whole = format!("{whole}{hundredths}");
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{rest}%")
}

/// The number of Excel that shows a decimal; none where none shows it exactly.
#[expect(
    clippy::disallowed_types,
    reason = "Excel has no other numbers, and nothing is worked out with it"
)]
pub(super) fn of(decimal: &str) -> Option<f64> {
    let is_decimal = |character: char| character.is_ascii_digit() || matches!(character, '-' | '.');
    if !decimal.chars().all(is_decimal) {
        return None;
    }
    let number = decimal.parse().ok()?;
    let trimmed = match decimal.contains('.') {
        true => decimal.trim_end_matches('0').trim_end_matches('.'),
        false => decimal,
    };
    let trimmed = if trimmed == "-0" { "0" } else { trimmed };
    (shown(&number)? == trimmed).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{of, percent, shown};

    #[test]
    #[expect(clippy::disallowed_types, reason = "they are of the numbers that Excel has")]
    fn a_number_is_what_excel_shows() {
        let numbers =
            [917.42, 0.1 + 0.2, 1e5, 25.0, -0.05, 0.0, 1_000_000.005, 123_456_789_012_345.6];
        let texts = numbers.map(|number| shown(&number).unwrap());
        let said =
            ["917.42", "0.3", "100000", "25", "-0.05", "0", "1000000.005", "123456789012346"];
        assert_eq!(texts, said);
        assert_eq!([shown(&1e300), shown(&f64::NAN), shown(&f64::INFINITY)], [None, None, None]);
    }

    #[test]
    fn a_share_is_a_percent_to_its_last_place() {
        let shares =
            ["0", "1", "0.25", "0.255", "0.07", "0.0001", "-0.05", "12.3", "0.333333333333333"];
        let percents =
            ["0%", "100%", "25%", "25.5%", "7%", "0.01%", "-5%", "1230%", "33.3333333333333%"];
        assert_eq!(shares.map(percent), percents);
    }

    #[test]
    fn only_what_shows_exactly_becomes_a_number() {
        for text in ["305.81", "305.80", "0.00", "-12.34", "9999999999999.99"] {
            assert!(of(text).is_some(), "{text}");
        }
        for text in ["99999999999999.99", "7/3", "25%", "", "inf", "1e3", "-"] {
            assert!(of(text).is_none(), "{text}");
        }
    }
}
