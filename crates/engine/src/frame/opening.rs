//! Days that stand far from the word that tells the violence and are its own all the same: the year
//! that opens the sentence, the month of what somebody is sentenced for, a day that is a name.

use std::ops::Range;

use jiff::civil::{Date, date};

use crate::date::{Clock, DateWord, date_words, resolve};
use crate::frame::Dated;
use crate::resolved::Period;
use crate::text::{Shape, Text};

/// Days of a month at most, and of a year at least.
const MONTH: i32 = 31;
const YEAR: i32 = 365;

/// The year or month that opens the sentence, if it names no other day: "In 1979, rebels took control
/// of the town and seized the consulate, taking dozens of people hostage".
pub(super) fn opening(text: &Text<'_>, tokens: &Range<usize>, clock: Clock) -> Option<Dated> {
    let words = date_words(text, tokens.clone());
    let [word] = &words[..] else { return None };
    let opens = text.is(tokens.start, "in") && word.first == tokens.start + 1;
    let period = resolve(word, clock)?;
    let past = clock.today.is_none_or(|today| period.end < today);
    let whole = period.days() > 7;
    (opens && whole && past && text.word(word.last) == ",").then_some((period, *word))
}

/// The month of what somebody is sentenced for: "was jailed for driving into people at the August 2017
/// rally in Leeds".
pub(super) fn of_the_crime(text: &Text<'_>, tokens: &Range<usize>, clock: Clock) -> Option<Dated> {
    let the = |word: &DateWord| word.first > tokens.start && text.is(word.first - 1, "the");
    let named = |word: &DateWord| {
        let next = text.tokens.get(word.last).map(|t| t.shape);
        matches!(next, Some(Shape::Lower | Shape::Capital))
            && !["to", "and", "in", "at"].iter().any(|small| text.is(word.last, small))
    };
    let mut words = date_words(text, tokens.clone()).into_iter();
    words.find_map(|word| {
        let period = resolve(&word, clock).filter(|p| {
            (28..=MONTH).contains(&p.days()) || (YEAR..=YEAR + 1).contains(&p.days())
        })?;
        (the(&word) && named(&word)).then_some((period, word))
    })
}

/// Attacks that have their day for a name, as it is written, with the day.
const NAMED_BY_DAY: &[([&str; 2], Date)] = &[
    (["9", "11"], date(2001, 9, 11)),   // the United States
    (["7", "7"], date(2005, 7, 7)),     // London
    (["26", "11"], date(2008, 11, 26)), // Mumbai
];

/// The day of attacks that have their day for a name, where the sentence gives the year: "the 9/11
/// attacks of 2001".
pub(super) fn by_name(text: &Text<'_>, tokens: &Range<usize>, period: Period) -> Period {
    if period.days() < YEAR {
        return period;
    }
    let stands = |[first, second]: [&str; 2]| {
        let whole = |i: usize| text.word(i).split_once('/') == Some((first, second));
        let parts = |i: usize| [i, i + 1, i + 2].map(|i| text.word(i)) == [first, "/", second];
        tokens.clone().any(|i| whole(i) || parts(i))
    };
    let own = |(name, day): &&([&str; 2], Date)| day.year() == period.start.year() && stands(*name);
    NAMED_BY_DAY.iter().find(own).map_or(period, |(_, day)| Period::day(*day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolved::Basis;

    fn clock() -> Clock {
        Clock { today: "2024-06-03".parse().ok(), basis: Basis::Stated, told: None }
    }

    fn check(
        find: impl Fn(&Text<'_>, &Range<usize>, Clock) -> Option<Dated>,
        source: &str,
        expected: &str,
    ) {
        let text = Text::of(source);
        let found = find(&text, &(0..text.tokens.len()), clock());
        let found = found.map(|(p, _)| format!("{}/{}", p.start, p.end)).unwrap_or_default();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn a_year_opens_the_whole_sentence() {
        let year = "1979-01-01/1979-12-31";
        check(opening, "In 1979, rebels took the town, held it and seized its mayor.", year);
        check(opening, "In 1979, rebels took the town, and in 1980 they left.", "");
        check(opening, "Rebels took the town in 1979.", "");
    }

    #[test]
    fn a_crime_has_its_month() {
        let month = "2017-08-01/2017-08-31";
        check(of_the_crime, "He was jailed for a murder at the August 2017 rally.", month);
        check(of_the_crime, "He was jailed in August 2017 for a murder.", "");
    }

    #[test]
    fn a_day_may_be_a_name() {
        let text = Text::of("He planned the 9/11 attacks of 2001.");
        let year =
            Period { start: "2001-01-01".parse().unwrap(), end: "2001-12-31".parse().unwrap() };
        let found = by_name(&text, &(0..text.tokens.len()), year);
        assert_eq!(found, Period::day("2001-09-11".parse().unwrap()));
        let text = Text::of("She survived the 7/7 bombings of 2001.");
        assert_eq!(by_name(&text, &(0..text.tokens.len()), year), year);
        let text = Text::of("He planned attacks in 2001.");
        assert_eq!(by_name(&text, &(0..text.tokens.len()), year), year);
    }
}
