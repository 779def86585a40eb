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
    let perfect = |end: usize, reach: usize| {
        let from = end.saturating_sub(reach).max(tokens.start);
        (from..end).any(|i| text.is(i, "have") || text.is(i, "has"))
    };
    // "the raid, in which dozens have been killed since Wednesday": the verb stands elsewhere.
    let since = since(text, tokens, today, clock)
        .filter(|(_, word)| perfect(verb, REACH) || perfect(word.first, REACH + 1));
    since.or_else(|| of_length(text, tokens, verb, today).filter(|_| perfect(verb, REACH)))
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

/// How many days of violence a sentence tells of: "after two days of attacks".
pub(crate) fn days_of_violence(text: &Text<'_>, tokens: &Range<usize>) -> Option<(usize, i32)> {
    const LONGEST: i32 = 31;
    let violent = |i: usize| VIOLENCE.binary_search(&text.key(i)).is_ok();
    tokens.clone().find_map(|i| {
        let n = number(text, i).filter(|n| (2..=LONGEST).contains(n))?;
        let of = text.is(i + 1, "days") && text.is(i + 2, "of");
        (of && (violent(i + 3) || violent(i + 4))).then_some((i, n))
    })
}

/// What lasts for days. Sorted.
const VIOLENCE: &[&str] = &[
    "assaults",
    "attacks",
    "battles",
    "bloodshed",
    "bombardment",
    "bombing",
    "clashes",
    "combat",
    "fighting",
    "killing",
    "killings",
    "raids",
    "rioting",
    "riots",
    "shelling",
    "strikes",
    "unrest",
    "violence",
];

/// "Began on Wednesday … and ended on Saturday", "attacked on Wednesday, and fighting was continuing
/// on Thursday": the days up to the later one.
pub(super) fn until_the_end(
    text: &Text<'_>,
    tokens: &Range<usize>,
    clock: Clock,
    first: &DateWord,
    day: Period,
) -> Period {
    const LONGEST: i32 = 31;
    const REACH: usize = 10;
    const ENDS: &[&str] = &[
        "continued",
        "continuing",
        "continues",
        "ended",
        "finished",
        "lasted",
        "ongoing",
        "raging",
    ];
    if day.days() != 1 {
        return day;
    }
    let is_any = |range: Range<usize>, words: &[&str]| {
        range.into_iter().any(|i| words.contains(&text.key(i)))
    };
    let began = is_any(first.first.saturating_sub(4)..first.first, &["began", "started"]);
    let mut from = first.last;
    for word in date_words(text, first.last..tokens.end) {
        let reach = word.first.saturating_sub(REACH).max(from);
        from = word.last;
        // "The search continued on Sunday" is no attack that does.
        let of_violence = |i: usize| {
            let subject = i.saturating_sub(3)..i;
            is_any(subject.clone(), VIOLENCE)
                || is_any(subject, &["assault", "battle", "raid", "siege"])
        };
        let ends =
            (reach..word.first).any(|i| ENDS.contains(&text.key(i)) && (began || of_violence(i)));
        let end = resolve(&word, clock).filter(|p| ends && p.days() == 1);
        if let Some(end) = end.filter(|p| (1..LONGEST).contains(&(p.end - day.start).get_days())) {
            return Period { end: end.end, ..day };
        }
    }
    day
}

/// "Three days of fighting ended on Saturday", "fell on Sunday after three days of shelling": the days
/// up to the one that is named.
pub(super) fn days_up_to(text: &Text<'_>, tokens: &Range<usize>, last: Period) -> Period {
    let length = days_of_violence(text, tokens).filter(|&(at, _)| {
        let after = at > tokens.start && text.is(at - 1, "after");
        after || tokens.clone().any(|i| text.is(i, "ended"))
    });
    let before = length.filter(|_| last.days() == 1).map_or(0, |(_, n)| n - 1);
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
        let exact = ["to", "the", "day"].iter().enumerate().all(|(k, w)| text.is(i + 2 + k, w));
        let at = i + if exact { 5 } else { 2 };
        let years = text.is(i + 1, "years") && (text.is(at, "since") || text.is(at, "after"));
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
    fn what_began_and_ended_has_both_days() {
        let check = |source: &str, expected: &str| {
            let text = Text::of(source);
            let clock =
                Clock { today: "2024-06-03".parse().ok(), basis: Basis::Stated, told: None };
            let tokens = 0..text.tokens.len();
            let words = date_words(&text, tokens.clone());
            let first = words.first().unwrap_or_else(|| panic!("no day in {source}"));
            let day = resolve(first, clock).unwrap_or_else(|| panic!("no day in {source}"));
            let found = until_the_end(&text, &tokens, clock, first, day);
            assert_eq!(format!("{}/{}", found.start, found.end), expected, "{source}");
        };
        check("It began on Friday and ended with a raid on Sunday.", "2024-05-31/2024-06-02");
        check(
            "They attacked on Friday; fighting was continuing on Sunday.",
            "2024-05-31/2024-06-02",
        );
        check("They attacked on Friday, police said on Sunday.", "2024-05-31/2024-05-31");
        assert!(VIOLENCE.is_sorted());
    }

    #[test]
    fn what_is_over_does_not_last() {
        check("They besieged the town for three weeks.", "besieged", "");
        check("It was the worst raid since 2009.", "raid", "");
    }
}
