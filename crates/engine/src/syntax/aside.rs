//! Who says it, put in between: "the convoy was ambushed, police say, by rebels". The sentence goes on
//! over it as if it were not there.

use std::ops::Range;

use crate::syntax::class::Class;
use crate::syntax::verbal::SAYING;
use crate::syntax::{Form, Line, Syntax, VerbGroup, Voice};

/// What the voice does, and not who is told of. Sorted.
#[rustfmt::skip]
const SPEAKS_ON: &[&str] = &[
    "accusing", "adding", "attributing", "blaming", "calling", "citing", "claiming", "denying",
    "describing", "naming", "pointing", "quoting", "referring", "saying", "speaking", "urging",
    "vowing", "warning", "without",
];

/// Where such clauses stand, from the voice to the comma behind the verb: between two commas, a noun
/// phrase, a verb of saying, and at most a few words of when or where it was said.
pub(super) fn asides(line: &Line<'_>, syntax: &Syntax) -> Vec<Range<usize>> {
    syntax.verbs.iter().filter_map(|verb| aside(line, syntax, verb)).collect()
}

fn aside(line: &Line<'_>, syntax: &Syntax, verb: &VerbGroup) -> Option<Range<usize>> {
    const MOST: usize = 4;
    let says = SAYING.binary_search(&line.text.key(verb.head)).is_ok();
    if !says || verb.form != Form::Finite || verb.voice == Voice::Passive {
        return None;
    }
    let comma = |i: usize| line.text.word(i) == ",";
    let voice = syntax.nouns.iter().find(|noun| noun.last == verb.first)?;
    let led = voice.first.checked_sub(1).filter(|&i| comma(i))?;
    let end = (verb.last..=verb.last + MOST).find(|&i| comma(i))?;
    let plain = |i: usize| matches!(line.class(i), Class::Subordinator | Class::Relative);
    let own = !(verb.last..end).any(plain)
        && syntax.verbs.iter().all(|v| !(verb.last..end).contains(&v.first));
    // Behind a clause it ends the sentence or begins another: "he fled, police said, and"; and whoever
    // speaks may go on himself: "nine died, a monitor said, blaming the army".
    let speaks_on = SPEAKS_ON.binary_search(&line.text.key(end + 1)).is_ok();
    let goes_on = !speaks_on && !matches!(line.class(end + 1), Class::Conjunction);
    (own && goes_on && led > line.start).then_some(voice.first..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;
    use crate::text::Text;

    /// The agents and subjects of the verb `verb`, by their heads.
    fn check(sentence: &str, verb: &str, expected: &str) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let v = syntax.verbs.iter().position(|v| text.is(v.head, verb)).unwrap();
        let heads = syntax.doers(v).iter().map(|&n| text.word(syntax.nouns[n].head));
        assert_eq!(heads.collect::<Vec<_>>().join(" "), expected, "{sentence}");
    }

    #[test]
    fn the_sentence_goes_on_over_who_says_it() {
        check("The convoy was ambushed on Monday, police say, by rebels.", "ambushed", "rebels");
        check("The rebels, police said on Monday, attacked the bus.", "attacked", "rebels");
        check("The rebels, police said on Monday, attacked the bus.", "said", "police");
        check("Nine men died, a monitor said, blaming the army.", "blaming", "monitor");
    }

    #[test]
    fn words_are_in_order() {
        assert!(SPEAKS_ON.is_sorted());
    }
}
