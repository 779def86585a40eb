//! Where a name begins and ends: a run of capitals, with the small words inside it.

use std::ops::Range;

use super::words::{FOR, FOREIGN, HANDS, MEMBERS, SIGNS, listed};
use crate::text::{Shape, Text};

/// Small words inside names of other languages. Sorted.
#[rustfmt::skip]
const INSIDE: &[&str] = &[
    "a", "al", "as", "bin", "d", "da", "das", "de", "del", "della", "der", "des", "di", "do", "dos",
    "du", "e", "el", "en", "et", "i", "la", "las", "le", "les", "los", "o", "os", "ou", "ul", "und",
    "y",
];
/// Words that have a capital only where they begin a sentence. Sorted.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "a", "about", "according", "after", "all", "also", "although", "among", "an", "and", "another",
    "as", "at", "because", "before", "behind", "both", "but", "by", "during", "each", "earlier", "even",
    "every", "for", "from", "he", "her", "here", "his", "how", "however", "i", "if", "in", "inside",
    "it", "its", "last", "later", "many", "meanwhile", "members", "more", "most", "near", "neither",
    "no", "nobody", "none", "nor", "not", "now", "of", "on", "one", "only", "or", "other", "our",
    "over", "several", "she", "since", "so", "some", "still", "such", "that", "the", "their", "then",
    "there", "these", "they", "this", "those", "three", "through", "two", "under", "until", "we",
    "what", "when", "where", "whether", "which", "while", "who", "whose", "why", "with", "yet", "you",
];
/// Days and months: a name does not begin with them. Sorted.
#[rustfmt::skip]
const CALENDAR: &[&str] = &[
    "april", "august", "december", "february", "friday", "january", "july", "june", "march", "may",
    "monday", "november", "october", "saturday", "september", "sunday", "thursday", "tuesday",
    "wednesday",
];

/// All names of the text, in order.
pub(super) fn names<'t>(text: &'t Text<'_>) -> impl Iterator<Item = Range<usize>> + 't {
    names_in(text, 0..text.tokens.len())
}

/// The names of the sentences that begin in `tokens`, in order.
pub(super) fn names_in<'t>(
    text: &'t Text<'_>,
    tokens: Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 't {
    let first = text.sentences.partition_point(|s| s.first < tokens.start);
    let here = text.sentences.iter().skip(first).take_while(move |s| s.first < tokens.end);
    here.flat_map(move |sentence| {
        let mut found = Vec::new();
        let mut i = sentence.first;
        while i < sentence.last {
            if !starts(text, i, sentence.first) {
                i += 1;
                continue;
            }
            let end = end(text, i, sentence.last);
            found.push(i..end);
            i = end;
        }
        found
    })
}

/// The name that begins in `tokens`, in full: "the Banner" goes on with "of the Red Shore".
pub(in crate::party) fn around(text: &Text<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let sentence = text.sentences.get(text.sentence_of(tokens.start))?;
    let start = tokens.into_iter().find(|&i| starts(text, i, sentence.first))?;
    Some(start..end(text, start, sentence.last))
}

/// Whether a name may begin at token `i`.
fn starts(text: &Text<'_>, i: usize, first: usize) -> bool {
    if !text.is_capital(i) {
        return false;
    }
    let key = text.key(i);
    // "Fighters of the X" begins a sentence as any words do.
    let member = || [HANDS, MEMBERS, SIGNS].iter().any(|list| listed(key, list));
    let opens = i == first && text.is(i + 1, "of") && member();
    !opens && !listed(key, OPENERS) && !listed(key, CALENDAR)
}

/// One past the last token of the name that begins at `first`.
fn end(text: &Text<'_>, first: usize, end: usize) -> usize {
    let capital = |i: usize| i < end && text.is_capital(i) && !listed(text.key(i), CALENDAR);
    let shape = |i: usize| text.tokens.get(i).map(|t| t.shape);
    let article = first.checked_sub(1).is_some_and(|i| text.is(i, "the"));
    let mut last = first + 1;
    loop {
        if capital(last) {
            last += 1;
        } else if article && shape(last) == Some(Shape::Possessive) && capital(last + 1) {
            // "The People's Front"; of "Kenya's Front" the first word only says whose it is.
            last += 2;
        } else if text.word(last) == "'" && text.key(last - 1).ends_with('s') && capital(last + 1) {
            last += 2;
        } else if shape(last) == Some(Shape::Number) && listed(text.key(last - 1), FOREIGN) {
            // "Frente 12"
            last += 1;
        } else if let Some(next) = goes_on(text, last).filter(|&next| capital(next)) {
            last = next + 1;
        } else {
            return last;
        }
    }
}

/// The token at which a name goes on behind small words at token `i`: "of the", "de la".
fn goes_on(text: &Text<'_>, i: usize) -> Option<usize> {
    let behind = i.checked_sub(1)?;
    let the = |i: usize| i + usize::from(text.is(i, "the"));
    if text.is(i, "of") || text.is(i, "for") && listed(text.key(behind), FOR) {
        return Some(the(i + 1));
    }
    let small = |i: usize| {
        let word = text.word(i);
        // "a" and "as" are English words too: only behind another such word.
        listed(word, INSIDE) && !(matches!(word, "a" | "as" | "i" | "do" | "o" | "e") && i < behind)
    };
    let english = matches!(text.word(i), "a" | "as" | "i");
    let next = (i..i + 3).find(|&j| !small(j))?;
    (next > i && !english).then_some(next)
}
