//! The bank holidays of England and Wales, from 2015 to 2028.
//!
//! The days are those that <https://www.gov.uk/bank-holidays> publishes, compared entry by
//! entry with its data as `ministryofjustice/govuk-bank-holidays` keeps them (August 2026).
//! A test works them out again from the rules: Easter, the Mondays of May and August, the
//! substitutes for holidays at weekends, and the days that were proclaimed for once.

use alloc::vec::Vec;

use apportion_core::date::Date;

/// Month and day of each, by year.
const BANK_HOLIDAYS: [(i32, &[(u8, u8)]); 14] = [
    (2015, &[(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
    (2016, &[(1, 1), (3, 25), (3, 28), (5, 2), (5, 30), (8, 29), (12, 26), (12, 27)]),
    (2017, &[(1, 2), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
    (2018, &[(1, 1), (3, 30), (4, 2), (5, 7), (5, 28), (8, 27), (12, 25), (12, 26)]),
    (2019, &[(1, 1), (4, 19), (4, 22), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)]),
    // The early May holiday moved to the anniversary of VE day, 8 May.
    (2020, &[(1, 1), (4, 10), (4, 13), (5, 8), (5, 25), (8, 31), (12, 25), (12, 28)]),
    (2021, &[(1, 1), (4, 2), (4, 5), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
    // The spring holiday moved to 2 June, with the Platinum Jubilee on the 3rd; the State
    // Funeral of Queen Elizabeth II on 19 September.
    (
        2022,
        &[(1, 3), (4, 15), (4, 18), (5, 2), (6, 2), (6, 3), (8, 29), (9, 19), (12, 26), (12, 27)],
    ),
    // The coronation of King Charles III on 8 May.
    (2023, &[(1, 2), (4, 7), (4, 10), (5, 1), (5, 8), (5, 29), (8, 28), (12, 25), (12, 26)]),
    (2024, &[(1, 1), (3, 29), (4, 1), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)]),
    (2025, &[(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
    (2026, &[(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
    (2027, &[(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
    (2028, &[(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
];

/// The first and the last day of which it is known whether they are bank holidays; `None`
/// never.
#[must_use]
pub fn known_days() -> Option<(Date, Date)> {
    let (first, _) = BANK_HOLIDAYS.first()?;
    let (last, _) = BANK_HOLIDAYS.last()?;
    Some((Date::new(*first, 1, 1)?, Date::new(*last, 12, 31)?))
}

/// The bank holidays from one day to another, both counted, in their order.
#[must_use]
pub fn bank_holidays(first: Date, last: Date) -> Vec<Date> {
    let days = BANK_HOLIDAYS.iter().flat_map(|(year, days)| {
        days.iter().filter_map(|(month, day)| Date::new(*year, *month, *day))
    });
    days.filter(|day| (first..=last).contains(day)).collect()
}
