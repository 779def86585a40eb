//! Words and figures → days. A day needs day, month and year; nothing is filled in.

use jiff::civil::Date;

use crate::date::months::month;

/// The years that news on the web can be of.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2035;

/// Which of two numbers is the day where both could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 14/3/2021, in most of the world.
    DayFirst,
    /// 3/14/2021, in the United States.
    MonthFirst,
    /// It cannot be told: 3/4/2021 is no date.
    Unknown,
}

/// A day found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The day.
    pub(crate) date: Date,
    /// Where it begins in the text, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// The day that a machine-readable value begins with: ISO 8601, RFC 2822, or written out.
///
/// The day is taken in the offset that the value has: it is the day on the outlet's calendar.
pub(crate) fn machine(value: &str, order: Order) -> Option<Date> {
    let value = value.trim();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let compact = digits == 8 || digits == 14;
    if compact && !value[digits..].starts_with(['.', '/', '-']) {
        let part = |range: std::ops::Range<usize>| value.get(range)?.parse().ok();
        return ymd(part(0..4)?, part(4..6)?, part(6..8)?);
    }
    in_text(value, order).first().map(|seen| seen.date)
}

/// All days that `text` names, in order.
pub(crate) fn in_text(text: &str, order: Order) -> Vec<Seen> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match at_token(text, &tokens[at..], order) {
            Some((date, n)) => {
                let end = tokens[at + n - 1].end;
                found.push(Seen { date, start: tokens[at].start, end });
                at += n;
            }
            None => at += 1,
        }
    }
    found
}

/// A number or a word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    start: usize,
    end: usize,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// A number of up to four digits, and how many.
    Number(i16, usize),
    /// A month by name.
    Month(i8),
    /// A short word that may stand inside of a date: "de", "of", "th", "年".
    Filler,
    Other,
}

/// Words that may stand inside of a date.
const FILLERS: &[&str] = &[
    "de", "del", "of", "the", "st", "nd", "rd", "th", "er", "º", "ª", "a", "year", "г", "года",
    "року", "р", "di", "dne", "den", "d", "o",
];

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some(&(start, first)) = chars.peek() {
        let kind = class(first);
        let mut end = start;
        while let Some(&(at, c)) = chars.peek() {
            if class(c) != kind {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
            if kind == Class::Cjk {
                break;
            }
        }
        let word = &text[start..end];
        let what = match kind {
            Class::Between => continue,
            Class::Cjk => What::Filler,
            Class::Digit => number(word),
            Class::Letter => {
                let lower = word.to_lowercase();
                match month(&lower) {
                    Some(m) => What::Month(m),
                    None if FILLERS.contains(&lower.as_str()) => What::Filler,
                    None => What::Other,
                }
            }
        };
        tokens.push(Token { start, end, what });
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Cjk,
    Between,
}

fn class(c: char) -> Class {
    if digit(c).is_some() {
        Class::Digit
    } else if matches!(c, '年' | '月' | '日' | '년' | '월' | '일' | '號' | '号') {
        Class::Cjk
    } else if c.is_alphabetic() || is_mark(c) {
        Class::Letter
    } else {
        Class::Between
    }
}

/// Vowel signs that belong to the word they stand in (Devanagari and its like).
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// The value of an ASCII, Arabic, Persian, Devanagari, Bengali or full-width digit.
fn digit(c: char) -> Option<i16> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    i16::try_from(u32::from(c) - u32::from(zero)).ok()
}

fn number(word: &str) -> What {
    let n = word.chars().count();
    if n > 4 {
        return What::Other;
    }
    What::Number(word.chars().filter_map(digit).fold(0, |value, d| value * 10 + d), n)
}

/// The date that `tokens` begin with, and how many tokens it takes.
#[expect(clippy::many_single_char_names, reason = "d, m and y are what a date is made of")]
fn at_token(text: &str, tokens: &[Token], order: Order) -> Option<(Date, usize)> {
    // Fillers do not count, but they must be taken along.
    let mut parts: Vec<(usize, &Token)> = Vec::with_capacity(3);
    for (i, token) in tokens.iter().enumerate().take(9) {
        match token.what {
            What::Other => break,
            What::Filler if i == 0 => return None,
            What::Filler => {}
            _ => parts.push((i, token)),
        }
        if parts.len() == 3 {
            break;
        }
    }
    let [(_, a), (_, b), (last, c)] = parts.as_slice() else { return None };
    let between = |x: &Token, y: &Token| text.get(x.end..y.start).unwrap_or_default();
    let (first_gap, second_gap) = (between(a, b), between(b, c));
    if first_gap.len() > 12 || second_gap.len() > 12 {
        return None;
    }
    let date = match (&a.what, &b.what, &c.what) {
        (What::Number(y, 4), What::Number(m, 1..=2), What::Number(d, 1..=2))
            if joins(first_gap, second_gap) =>
        {
            ymd(*y, *m, *d)
        }
        (What::Number(p, 1..=2), What::Number(q, 1..=2), What::Number(y, 4))
            if joins(first_gap, second_gap) =>
        {
            by_order(*p, *q, *y, first_gap.trim(), order)
        }
        (What::Number(d, 1..=2), What::Number(m, 1..=2), What::Number(y, 2))
            if first_gap.trim() == "." && second_gap.trim() == "." =>
        {
            ymd(2000 + y, *m, *d)
        }
        (What::Number(d, 1..=2), What::Month(m), What::Number(y, 4))
        | (What::Month(m), What::Number(d, 1..=2), What::Number(y, 4))
        | (What::Number(y, 4), What::Month(m), What::Number(d, 1..=2)) => {
            ymd(*y, i16::from(*m), *d)
        }
        _ => None,
    }?;
    Some((date, last + 1))
}

/// Whether two gaps are the signs of one numeric date.
fn joins(first: &str, second: &str) -> bool {
    let sign = |gap: &str| gap.trim().to_owned();
    match (sign(first).as_str(), sign(second).as_str()) {
        ("年", "月") | ("년", "월") => true,
        (a, b) => a == b && matches!(a, "." | "/" | "-" | "–" | "\\"),
    }
}

#[expect(clippy::many_single_char_names, reason = "d, m and y are what a date is made of")]
fn by_order(p: i16, q: i16, y: i16, sign: &str, order: Order) -> Option<Date> {
    let day_first = ymd(y, q, p);
    let month_first = if sign == "." { None } else { ymd(y, p, q) };
    match (day_first, month_first) {
        (Some(d), Some(m)) if d != m => match order {
            Order::DayFirst => Some(d),
            Order::MonthFirst => Some(m),
            Order::Unknown => None,
        },
        (d, m) => d.or(m),
    }
}

fn ymd(y: i16, m: i16, d: i16) -> Option<Date> {
    if !YEARS.contains(&y) {
        return None;
    }
    Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let days: Vec<String> =
            in_text(text, Order::DayFirst).iter().map(|seen| seen.date.to_string()).collect();
        assert_eq!(days.join(" "), expected, "{text}");
    }

    #[test]
    fn days_in_many_languages() {
        check("Published on March 14th, 2021 at 10:30", "2021-03-14");
        check("14. März 2021, 10:30 Uhr", "2021-03-14");
        check("le 1er août 2021", "2021-08-01");
        check("14 de marzo de 2021", "2021-03-14");
        check("14 марта 2021 г.", "2021-03-14");
        check("2021年3月14日", "2021-03-14");
        check("2021년 3월 14일", "2021-03-14");
        check("١٤ مارس ٢٠٢١", "2021-03-14");
        check("14 मार्च 2021", "2021-03-14");
        check("2021. március 14.", "2021-03-14");
    }

    #[test]
    fn days_in_figures() {
        check("14.03.2021 | 14.3.21 | 14/03/2021 | 2021-03-14", &["2021-03-14"; 4].join(" "));
        assert_eq!(in_text("03/04/2021", Order::Unknown), []);
        assert_eq!(in_text("03/14/2021", Order::Unknown).len(), 1);
    }

    #[test]
    fn what_is_no_day_is_none() {
        check("March 2021", "");
        check("31 February 2021", "");
        check("14 March 1821", "");
        check("call 030.14.2021000", "");
        check("version 1.2.3", "");
    }

    #[test]
    fn machines_write_days_in_their_own_offset() {
        let check = |value: &str| machine(value, Order::Unknown).map(|d| d.to_string());
        assert_eq!(check("2021-03-14T23:30:00-08:00").as_deref(), Some("2021-03-14"));
        assert_eq!(check("Sun, 14 Mar 2021 08:00:00 GMT").as_deref(), Some("2021-03-14"));
        assert_eq!(check("20210314").as_deref(), Some("2021-03-14"));
        assert_eq!(check("20210314T1000").as_deref(), Some("2021-03-14"));
        assert_eq!(check("yesterday"), None);
    }
}
