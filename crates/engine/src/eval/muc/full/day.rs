//! Reports → the date of a template.

use jiff::civil::Date;

use super::date::MONTHS;
use crate::date::{DateWord, Spoken, date_words};
use crate::period::{FOUND, SPOKEN};
use crate::report::Report;
use crate::resolved::{Period, Resolved};
use crate::text::Text;

/// The day or days; without any, on or before the day of the message. What was only spoken of, or
/// found, on a day was on or before it; so the key has what is said by weekdays and weeks, of which
/// it does not hold that they can be counted.
pub(super) fn date(report: &Report, today: Option<Date>, text: &Text<'_>) -> String {
    match (&report.when, today) {
        (Some(when), Some(today)) if is_uncounted(when, text) => format!("- {}", day(today)),
        (Some(when), _) if matches!(&*when.rule, SPOKEN | FOUND) => {
            format!("- {}", day(when.value.end))
        }
        (Some(when), _) if when.value.start == when.value.end => day(when.value.end),
        (Some(when), _) => format!("{} - {}", day(when.value.start), day(when.value.end)),
        (None, Some(today)) => format!("- {}", day(today)),
        (None, None) => String::new(),
    }
}

/// Whether a period was told by the name of a weekday or by weeks, with no day of a month beside it.
fn is_uncounted(when: &Resolved<Period>, text: &Text<'_>) -> bool {
    const REACH: usize = 3;
    let Some(at) = when.at.first() else { return false };
    let words = date_words(text, 0..text.tokens.len());
    let Some(n) = words.iter().position(|word| word.span == *at) else { return false };
    let near = |other: &DateWord, word: &DateWord| {
        let gap = other.first.max(word.first).saturating_sub(other.last.min(word.last));
        matches!(other.spoken, Spoken::Day { .. } | Spoken::Days { .. }) && gap <= REACH
    };
    words.get(n).is_some_and(|word| {
        let vague = matches!(
            word.spoken,
            Spoken::Weekday { .. }
                | Spoken::Weekend { .. }
                | Spoken::WeeksAgo(_)
                | Spoken::LastWeek
        );
        let beside = [n.checked_sub(1), Some(n + 1)];
        let beside = beside.into_iter().flatten().filter_map(|i| words.get(i));
        vague && !beside.into_iter().any(|other| near(other, word))
    })
}

fn day(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|m| MONTHS.get(m));
    format!("{:02} {} {:02}", date.day(), month.unwrap_or(&""), date.year().rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolved::Basis;

    #[test]
    fn weekdays_and_weeks_are_not_counted() {
        let check = |source: &str, expected: bool| {
            let text = Text::of(source);
            let words = date_words(&text, 0..text.tokens.len());
            let at = words.first().map(|word| word.span).into_iter().collect();
            let period = Period::day("1989-05-03".parse().unwrap_or_default());
            let when = Resolved::new(period, Basis::Stated, at, "day in the frame");
            assert_eq!(is_uncounted(&when, &text), expected, "{source}");
        };
        check("A BOMB WENT OFF LAST MONDAY.", true);
        check("A BOMB WENT OFF LAST WEEK.", true);
        check("A BOMB WENT OFF ON WEDNESDAY [3 MAY].", false);
        check("A BOMB WENT OFF ON 3 MAY.", false);
        check("A BOMB WENT OFF YESTERDAY.", false);
    }
}
