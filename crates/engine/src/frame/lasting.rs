//! What goes on and has not ended: "have besieged the town for three weeks", "since 2009 they have
//! killed 13,000". Its period ends on the day of the text.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;

use crate::date::{Clock, DateWord, Spoken, date_words, number, resolve};
use crate::frame::Dated;
use crate::resolved::Period;
use crate::text::Text;

/// How far before its verb "have" may stand.
const REACH: usize = 4;

/// The period of a verb in the perfect that began at a time which the sentence names.
pub(crate) fn lasting(
    text: &Text<'_>,
    tokens: &Range<usize>,
    verb: usize,
    clock: Clock,
) -> Option<Dated> {
    let today = clock.today?;
    let from = verb.saturating_sub(REACH).max(tokens.start);
    if !(from..verb).any(|i| text.is(i, "have") || text.is(i, "has")) {
        return None;
    }
    since(text, tokens, today, clock).or_else(|| of_length(text, tokens, verb, today))
}

/// "since Monday", "since 2009".
fn since(text: &Text<'_>, tokens: &Range<usize>, today: Date, clock: Clock) -> Option<Dated> {
    date_words(text, tokens.clone()).into_iter().find_map(|word| {
        let led = word.first > tokens.start && text.is(word.first - 1, "since");
        let start = resolve(&word, clock).filter(|_| led)?.start;
        (start <= today).then_some((Period { start, end: today }, word))
    })
}

/// "for three weeks".
fn of_length(text: &Text<'_>, tokens: &Range<usize>, verb: usize, today: Date) -> Option<Dated> {
    (verb..tokens.end).find_map(|i| {
        let n = number(text, i + 1).filter(|_| text.is(i, "for"))?;
        let length = match text.key(i + 2) {
            "days" => Span::new().try_days(n),
            "week" | "weeks" => Span::new().try_weeks(n),
            "month" | "months" => Span::new().try_months(n),
            "year" | "years" => Span::new().try_years(n),
            _ => return None,
        };
        let start = today.checked_sub(length.ok()?).ok()?;
        let last = (i + 3).min(tokens.end);
        let days = (today - start).get_days();
        let word =
            DateWord { first: i, last, span: text.span(i, last)?, spoken: Spoken::Past(days) };
        Some((Period { start, end: today }, word))
    })
}

/// "Three days of fighting ended on Saturday": the days up to the one that is named.
pub(super) fn days_up_to(text: &Text<'_>, tokens: &Range<usize>, last: Period) -> Period {
    const LONGEST: i32 = 31;
    let ended = tokens.clone().any(|i| text.is(i, "ended"));
    let length = tokens.clone().find_map(|i| {
        let n = number(text, i).filter(|n| (2..=LONGEST).contains(n))?;
        (text.is(i + 1, "days") && text.is(i + 2, "of")).then_some(n)
    });
    let before = length.filter(|_| ended && last.days() == 1).map_or(0, |n| n - 1);
    let start = Span::new().try_days(before).ok().and_then(|n| last.start.checked_sub(n).ok());
    Period { start: start.unwrap_or(last.start), ..last }
}

/// "seven years since a gunman killed": the day so many years before the one of memory.
pub(super) fn years_before(
    text: &Text<'_>,
    tokens: &Range<usize>,
    clock: Clock,
    today: Date,
) -> Option<Dated> {
    tokens.clone().find_map(|i| {
        let n = number(text, i)?;
        let years = text.is(i + 1, "years") && (text.is(i + 2, "since") || text.is(i + 2, "after"));
        if !years {
            return None;
        }
        let words = date_words(text, tokens.start..i).into_iter();
        let memory = words.filter_map(|word| resolve(&word, clock)).find(|p| p.days() == 1);
        let base = memory.map_or(today, |p| p.start);
        let day = base.checked_sub(Span::new().try_years(n).ok()?).ok()?;
        let span = text.span(i, i + 2)?;
        let word = DateWord { first: i, last: i + 2, span, spoken: Spoken::YearsToTheDay(n) };
        Some((Period::day(day), word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolved::Basis;

    fn check(source: &str, verb: &str, expected: &str) {
        let text = Text::of(source);
        let clock = Clock { today: "2024-06-03".parse().ok(), basis: Basis::Stated, told: None };
        let at = (0..text.tokens.len()).find(|&i| text.is(i, verb)).unwrap_or_default();
        let found = lasting(&text, &(0..text.tokens.len()), at, clock);
        let found = found.map(|(p, _)| format!("{}/{}", p.start, p.end)).unwrap_or_default();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn what_goes_on_ends_today() {
        check("They have besieged the town for three weeks.", "besieged", "2024-05-13/2024-06-03");
        check("Since 2009 they have killed 13,000.", "killed", "2009-01-01/2024-06-03");
        check("Soldiers have arrived since Friday.", "arrived", "2024-05-31/2024-06-03");
    }

    #[test]
    fn days_that_ended_are_counted_back() {
        let text = Text::of("Three days of clashes ended in Wau on Saturday.");
        let last = Period::day("2024-06-01".parse().unwrap_or_default());
        let period = days_up_to(&text, &(0..text.tokens.len()), last);
        assert_eq!(period.start.to_string(), "2024-05-30");
    }

    #[test]
    fn what_is_over_does_not_last() {
        check("They besieged the town for three weeks.", "besieged", "");
        check("It was the worst raid since 2009.", "raid", "");
    }
}
