//! Days as numbers that sort as days do.

use jiff::civil::Date;

/// No day.
pub(super) const NO_DAY: i32 = i32::MIN;

/// The number of a day as the views write it.
pub(super) fn read(day: Option<&str>) -> i32 {
    day.and_then(|day| day.parse().ok()).map_or(NO_DAY, of)
}

/// The number of a day.
pub(super) fn of(day: Date) -> i32 {
    i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())
}

/// The day of a number, as the views write it.
pub(super) fn written(number: i32) -> Option<String> {
    let day = date(number)?;
    if !(0..=9_999).contains(&day.year()) {
        return Some(day.to_string());
    }
    let digit = |n: i32| char::from_digit((number / n % 10).unsigned_abs(), 10).unwrap_or('?');
    let mut written = String::with_capacity(10);
    for (n, before) in
        [10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1].into_iter().zip(0..)
    {
        if before == 4 || before == 6 {
            written.push('-');
        }
        written.push(digit(n));
    }
    Some(written)
}

/// Its month, `2024-03`.
pub(super) fn month(number: i32) -> Option<String> {
    written(number).and_then(|day| day.get(..7).map(str::to_owned))
}

fn date(number: i32) -> Option<Date> {
    if number == NO_DAY {
        return None;
    }
    let (year, rest) = (number.div_euclid(10_000), number.rem_euclid(10_000));
    let [year, month, day] = [year, rest / 100, rest % 100];
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_number_and_back() {
        for day in ["2024-03-22", "0001-01-01", "9999-12-31", "-000044-03-15"] {
            assert_eq!(written(read(Some(day))).as_deref(), Some(day));
        }
        assert!(read(Some("2023-12-31")) < read(Some("2024-01-01")));
        assert_eq!(month(read(Some("2024-03-22"))).as_deref(), Some("2024-03"));
        assert_eq!((read(None), read(Some("soon")), written(NO_DAY)), (NO_DAY, NO_DAY, None));
    }
}
