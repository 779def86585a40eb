//! The dateline of a story: where and when the reporter wrote, before the first dash.

use std::ops::Range;

use crate::number::is_month;
use crate::text::{Case, Shape, Text};

/// The tokens of the dateline: the start of one of the first paragraphs, up to a dash. Empty if there
/// is none.
pub(crate) fn dateline(text: &Text<'_>) -> Range<usize> {
    const PARAGRAPHS: usize = 3;
    let firsts = text.sentences.iter().enumerate().filter(|&(i, sentence)| {
        let before = i.checked_sub(1).map(|i| text.sentences[i].paragraph);
        sentence.paragraph < PARAGRAPHS && before != Some(sentence.paragraph)
    });
    let mut found = firsts.filter_map(|(_, s)| Some(s.first..dateline_end(text, s.first)?));
    found.next().unwrap_or(0..0)
}

/// One past the dateline that begins with token `start`.
fn dateline_end(text: &Text<'_>, start: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    if !matches!(text.tokens.get(start)?.shape, Shape::Upper | Shape::Capital) {
        return None;
    }
    let paragraph = |i: usize| text.sentences.get(text.sentence_of(i)).map(|s| s.paragraph);
    let within = (start + 1..text.tokens.len().min(start + LONGEST))
        .take_while(|&i| paragraph(i) == paragraph(start));
    for i in within {
        let mark = text.word(i);
        if matches!(mark, "—" | "–" | "-" | "--") {
            let plain = (start..i).filter(|&j| text.tokens[j].shape == Shape::Lower).count();
            return (plain <= 2 || text.case == Case::Flat).then_some(i + 1);
        }
        // "Oct. 15" goes on, and so does "LEEDS, Ala. —".
        let state = mark == "." && i > start + 1 && text.word(i - 2) == ",";
        let stops = matches!(mark, "." | ":" | "!" | "?") && !is_month(text.key(i - 1)) && !state;
        if stops && text.case == Case::Mixed {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_may_follow_a_headline_or_a_note() {
        for (source, words) in [
            ("MOGADISHU, Oct. 15 (Kestrel) - Two died.", "MOGADISHU, Oct. 15 (Kestrel) -"),
            (
                "(NOSC)\n\nBOGOTA, 9 JAN 90 (EFE) -- A MAYOR WAS KIDNAPPED ON 5 JANUARY BY GUERRILLAS AND FOUND.",
                "BOGOTA, 9 JAN 90 (EFE) -",
            ),
            ("Bus leaves road\n\nSAN ISIDRO - Nine died.", "SAN ISIDRO -"),
            ("LEEDS, Ala. — Two men were shot.", "LEEDS, Ala. —"),
            ("LEEDS, Ala. (Kestrel) - Two men were shot.", "LEEDS, Ala. (Kestrel) -"),
            ("The mayor said so. A bomb - a large one - went off.", ""),
        ] {
            let text = Text::of(source);
            let range = text.dateline.clone();
            let found = text.span(range.start, range.end).map_or("", |s| s.of(source));
            assert_eq!(found, words);
        }
    }
}
