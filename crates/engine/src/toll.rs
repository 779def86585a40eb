//! How many were killed, injured or taken, sentence by sentence.
//!
//! A casualty word takes its number from the left ("12 people were killed"), the right ("killing
//! 12") or either; a later conjunct without a verb of its own takes the verb of the one before
//! ("killing 12 and wounding 30", "12 dead and 30 injured").

use std::ops::Range;

use reading::Span;

use crate::fold::fold;
use crate::lexicon::{Cue, Form, Harm, Mention, Role, Sense};
use crate::number::{Number, numbers};
use crate::resolved::Count;
use crate::text::Text;

/// One count of the harmed in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Toll {
    /// What was done to them.
    pub harm: Harm,
    /// How many.
    pub count: Count,
    /// The words of the number.
    pub span: Span,
    /// The token where the number begins.
    pub at: usize,
    /// The token of the casualty word.
    pub word: usize,
    /// Whether it is called a toll or a total, and so outranks the counts of parts.
    pub total: bool,
    /// Whether it is a part of another number.
    pub part: bool,
    /// Whether those counted are the attackers.
    pub attackers: bool,
}

/// All tolls among the tokens `range`, whose mentions are `mentions`.
pub fn tolls(text: &Text<'_>, mentions: &[Mention<'_>], range: &Range<usize>) -> Vec<Toll> {
    let numbers = numbers(text, range.clone());
    let mut found: Vec<Toll> = Vec::new();
    for mention in mentions {
        let casualty = mention.sense(|s| match s {
            Sense::Casualty(harm, form) => Some((harm, form)),
            _ => None,
        });
        let Some((harm, form)) = casualty else { continue };
        let near = match form {
            Form::Active => right(text, &numbers, mention, range.end),
            Form::Passive => left(text, &numbers, mentions, mention, range.start),
            Form::Noun => of_noun(text, &numbers, mentions, mention, range),
            Form::Either => {
                let passive = is_passive(text, mention.first, range.start);
                if passive {
                    left(text, &numbers, mentions, mention, range.start)
                        .or_else(|| right(text, &numbers, mention, range.end))
                } else {
                    right(text, &numbers, mention, range.end)
                        .or_else(|| left(text, &numbers, mentions, mention, range.start))
                }
            }
        };
        let Some(number) = near else { continue };
        if number.single && !counts_one(text, mentions, number, mention) {
            continue;
        }
        let Some(span) = text.span(number.tokens.start, number.last) else { continue };
        let count = listed(text, mentions, &numbers, number, mention).unwrap_or(number.count);
        if found.iter().any(|t| t.at == number.tokens.start && t.harm == harm) {
            continue;
        }
        // A number belongs to the nearer of two casualty words.
        if let Some(rival) = found.iter().position(|t| t.at == number.tokens.start) {
            let nearer =
                mention.first.abs_diff(number.last) < found[rival].word.abs_diff(number.last);
            if !nearer {
                continue;
            }
            found.remove(rival);
        }
        found.push(Toll {
            harm,
            count,
            span,
            at: number.tokens.start,
            word: mention.first,
            total: is_total(text, mention, number, range),
            part: is_part(text, mentions, number, range.start)
                && number.tokens.start < mention.first,
            attackers: counts_attackers(mentions, number, mention),
        });
    }
    found
}

/// "killing 14 civilians and two soldiers": the sum, where both are counted by the same verb.
fn listed(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    numbers: &[Number],
    number: &Number,
    word: &Mention<'_>,
) -> Option<Count> {
    let person = |from: usize| {
        mentions.iter().find(|m| {
            let described = m.senses.iter().any(|s| matches!(s, Sense::Person(..)));
            described && m.first >= from && m.first - from <= 2
        })
    };
    if word.first >= number.last {
        return subjects(text, numbers, &person, number);
    }
    let (next, first) =
        (numbers.iter().find(|n| n.tokens.start >= number.last)?, person(number.last)?);
    let joined = next.tokens.start == first.last + 1 && text.is(first.last, "and");
    let second = person(next.last)?;
    let counted = fold(text.word(second.last));
    let own = matches!(
        counted.as_str(),
        "were" | "was" | "wounded" | "injured" | "hurt" | "missing" | "others" | "are" | "have"
    );
    let both = number
        .count
        .best
        .zip(next.count.best)
        .filter(|_| joined && !own && word.last <= number.tokens.start)?;
    let sum = both.0.checked_add(both.1)?;
    Some(Count {
        low: number.count.low.map(|_| sum),
        best: Some(sum),
        high: number.count.high.map(|_| sum),
    })
}

/// "thirteen troops and at least 170 civilians were killed": the sum of the two subjects.
fn subjects<'m>(
    text: &Text<'_>,
    numbers: &[Number],
    person: &dyn Fn(usize) -> Option<&'m Mention<'m>>,
    number: &Number,
) -> Option<Count> {
    let before = numbers.iter().rev().find(|n| n.last <= number.tokens.start && !n.single)?;
    let (first, second) = (person(before.last)?, person(number.last)?);
    let joined = first.last + 1 == number.tokens.start
        && text.is(first.last, "and")
        && second.first > first.first;
    let both = before.count.best.zip(number.count.best).filter(|_| joined)?;
    let sum = both.0.checked_add(both.1)?;
    let high = before.count.high.and(number.count.high).map(|_| sum);
    Some(Count { low: Some(sum), best: Some(sum), high })
}

/// "the death toll rose to 145", "145 deaths", "deaths of 12 people", "12 bodies".
fn of_noun<'n>(
    text: &Text<'_>,
    numbers: &'n [Number],
    mentions: &[Mention<'_>],
    word: &Mention<'_>,
    range: &Range<usize>,
) -> Option<&'n Number> {
    let toll = (word.first..word.last)
        .any(|i| matches!(fold(text.word(i)).as_str(), "toll" | "number" | "count"));
    if !toll {
        let before = left(text, numbers, mentions, word, range.start)
            .filter(|n| word.first - n.last <= 3 && !n.single);
        let of = text.is(word.last, "of");
        return before.or_else(|| {
            if of { right(text, numbers, word, range.end).filter(|n| !n.single) } else { None }
        });
    }
    // The new figure stands behind "to" or "at"; "from" marks the old one.
    let mut after = numbers
        .iter()
        .filter(|n| n.tokens.start >= word.last && n.tokens.start - word.last <= 24 && !n.single);
    let preposition = |n: &Number| fold(text.word(n.tokens.start.wrapping_sub(1)));
    let told = numbers.iter().find(|n| {
        n.tokens.start >= word.last
            && n.tokens.start - word.last <= 24
            && !n.single
            && matches!(
                preposition(n).as_str(),
                "to" | "at"
                    | "reached"
                    | "hit"
                    | "hits"
                    | "of"
                    | "reaches"
                    | "tops"
                    | "topped"
                    | "passed"
                    | "was"
                    | "is"
                    | "stands"
                    | "now"
            )
    });
    told.or_else(|| after.find(|n| preposition(n) != "from")).or_else(|| {
        left(text, numbers, mentions, word, range.start)
            .filter(|n| word.first - n.last <= 2 && !n.single)
    })
}

/// The first number to the right of an active word, before anything that ends its object.
fn right<'n>(
    text: &Text<'_>,
    numbers: &'n [Number],
    word: &Mention<'_>,
    end: usize,
) -> Option<&'n Number> {
    let number = numbers.iter().find(|n| n.tokens.start >= word.last)?;
    if number.tokens.start >= end || number.tokens.start - word.last > 6 {
        return None;
    }
    for i in word.last..number.tokens.start {
        let plain = fold(text.word(i));
        let stops = matches!(
            plain.as_str(),
            "," | ";"
                | "."
                | "in"
                | "on"
                | "when"
                | "by"
                | "after"
                | "at"
                | "during"
                | "near"
                | "as"
                | "while"
                | "said"
                | "with"
                | "from"
                | "("
                | "since"
                | "for"
                | "who"
                | "that"
                | "of"
                | "a"
                | "the"
                | "until"
        );
        let of = plain == "of" && word.last == i;
        if stops && !of {
            return None;
        }
    }
    Some(number)
}

/// The number whose noun phrase is the subject of a passive word, or stands before a participle.
fn left<'n>(
    text: &Text<'_>,
    numbers: &'n [Number],
    mentions: &[Mention<'_>],
    word: &Mention<'_>,
    start: usize,
) -> Option<&'n Number> {
    let before: Vec<&Number> =
        numbers.iter().filter(|n| n.last <= word.first && n.tokens.start >= start).collect();
    let mut chosen: Option<&Number> = None;
    for number in before.iter().rev() {
        let gap = word.first - number.last;
        if gap > 14 || barrier(text, mentions, number.last, word.first) {
            break;
        }
        // "20 people, including three children, were killed": the head, not its part.
        if is_part(text, mentions, number, start) {
            continue;
        }
        if number.single && chosen.is_some() {
            break;
        }
        chosen = Some(number);
        // The nearest head wins unless a comma shows that it is an apposition.
        let comma = (number.last..word.first).any(|i| text.word(i) == ",");
        if !comma || !number.single {
            break;
        }
    }
    chosen
}

/// Whether something between two tokens ends the clause that a number is in.
fn barrier(text: &Text<'_>, mentions: &[Mention<'_>], from: usize, to: usize) -> bool {
    let verb = mentions.iter().filter(|m| m.first >= from && m.last <= to).any(|m| {
        m.sense(|s| match s {
            Sense::Casualty(_, Form::Active | Form::Either | Form::Passive) => Some(()),
            Sense::Cue(Cue::Report)
                if matches!(text.word(m.first), "said" | "says" | "told" | "reported") =>
            {
                Some(())
            }
            _ => None,
        })
        .is_some()
    });
    verb || (from..to).any(|i| {
        matches!(text.word(i), ";" | "." | ":")
            || (text.is(i, "but")
                || text.is(i, "when")
                || text.is(i, "after")
                || text.is(i, "as")
                || text.is(i, "while"))
    })
}

/// Whether a form of "to be" or "to leave" makes the word at `at` passive.
fn is_passive(text: &Text<'_>, at: usize, start: usize) -> bool {
    (at.saturating_sub(3).max(start)..at).rev().any(|i| {
        matches!(
            fold(text.word(i)).as_str(),
            "was" | "were" | "been" | "being" | "is" | "are" | "be" | "got" | "left"
        )
    })
}

/// Whether "a", "an" or "one" counts a person: the word behind it describes somebody.
fn counts_one(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    number: &Number,
    word: &Mention<'_>,
) -> bool {
    let one = text.is(number.tokens.start, "one");
    let behind = mentions.iter().find(|m| m.first >= number.last && m.first <= number.last + 3);
    let person = behind.is_some_and(|m| {
        m.first != word.first
            && m.sense(|s| {
                if let Sense::Person(_, role) = s {
                    (role != Role::Force).then_some(())
                } else {
                    None
                }
            })
            .is_some()
    });
    // A comma or preposition between the article and the person makes it another noun phrase.
    let direct = behind.is_some_and(|m| {
        (number.last..m.first)
            .all(|i| !matches!(text.word(i), "," | "of" | "in" | "on" | "at" | "to" | "by"))
    });
    (person && direct) || (one && word.first.abs_diff(number.last) <= 3)
}

/// Whether a number is a part of another: "including three children", "three of them".
fn is_part(text: &Text<'_>, mentions: &[Mention<'_>], number: &Number, start: usize) -> bool {
    let cue =
        |m: &&Mention<'_>| m.sense(|s| (s == Sense::Cue(Cue::Included)).then_some(())).is_some();
    let before = mentions.iter().filter(cue).any(|m| {
        m.first >= start
            && m.last <= number.tokens.start
            && number.tokens.start - m.last <= 6
            && !(m.last..number.tokens.start).any(|i| matches!(text.word(i), ";" | "."))
    });
    let after = text.is(number.last, "of")
        && (text.is(number.last + 1, "them")
            || text.is(number.last + 1, "whom")
            || text.is(number.last + 1, "those"));
    before || after
}

/// Whether the figure is given as that of the whole.
fn is_total(text: &Text<'_>, word: &Mention<'_>, number: &Number, range: &Range<usize>) -> bool {
    let toll = (word.first..word.last)
        .any(|i| text.is(i, "toll") || text.is(i, "count") || text.is(i, "number"));
    let total = (number.tokens.start.saturating_sub(5).max(range.start)
        ..(number.last + 5).min(range.end))
        .any(|i| text.is(i, "total") || text.is(i, "altogether"));
    toll || total
}

/// Whether those counted are described as attackers.
fn counts_attackers(mentions: &[Mention<'_>], number: &Number, word: &Mention<'_>) -> bool {
    let (from, to) = if word.first >= number.last {
        (number.last, word.first)
    } else {
        (number.last, number.last + 4)
    };
    let near = from..to.clamp(from + 1, from + 4);
    mentions.iter().filter(|m| near.contains(&m.first)).any(|m| {
        m.sense(|s| if let Sense::Person(_, Role::Perpetrator) = s { Some(()) } else { None })
            .is_some()
    })
}

/// Whether a text without figures says that one person was killed: "was murdered", "has been shot dead".
pub fn says_one(text: &Text<'_>, mentions: &[Mention<'_>]) -> Option<Span> {
    mentions.iter().find_map(|m| {
        let kills =
            m.senses.iter().any(|&s| matches!(s, Sense::Casualty(Harm::Killed, Form::Either)));
        let back =
            |n: usize| m.first.checked_sub(n).map(|i| fold(text.word(i))).unwrap_or_default();
        let singular = back(1) == "was" || (back(1) == "been" && back(2) == "has");
        text.span(m.first, m.last).filter(|_| kills && singular)
    })
}

/// Whether a text without figures says that nobody was harmed.
pub fn says_none(text: &Text<'_>, range: &Range<usize>, harm: Harm) -> Option<Span> {
    let nouns: &[&str] = match harm {
        Harm::Killed => &["casualties", "deaths", "fatalities"],
        Harm::Injured => &["casualties", "injuries"],
        Harm::Abducted | Harm::Casualties => &[],
    };
    (range.start..range.end.saturating_sub(1)).find_map(|i| {
        let no = text.is(i, "no") || text.is(i, "without");
        let noun =
            (i + 1..(i + 4).min(range.end)).find(|&j| nouns.contains(&fold(text.word(j)).as_str()));
        let end = noun.filter(|_| no)?;
        text.span(i, end + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn check(source: &str, expected: &[(Harm, Option<u32>, Option<u32>)]) {
        let known = Knowledge::embedded();
        let text = Text::of(source);
        let mentions = known.matcher.find(&text);
        let found: Vec<_> = tolls(&text, &mentions, &(0..text.tokens.len()))
            .into_iter()
            .filter(|t| !t.part && !t.attackers)
            .map(|t| (t.harm, t.count.low, t.count.high))
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn active_and_passive_words_find_their_numbers() {
        use Harm::{Injured, Killed};
        check(
            "At least 49 people died and dozens were hurt on Friday.",
            &[(Killed, Some(49), None), (Injured, Some(24), None)],
        );
        check(
            "A bomb killed at least 20 people and wounded 81 at the cathedral.",
            &[(Killed, Some(20), None), (Injured, Some(81), Some(81))],
        );
        check(
            "The attack left 49 people dead and 20 more injured.",
            &[(Killed, Some(49), Some(49)), (Injured, Some(20), Some(20))],
        );
        check(
            "Gunmen opened fire, killing 12 and injuring 30.",
            &[(Killed, Some(12), Some(12)), (Injured, Some(30), Some(30))],
        );
        check(
            "The death toll rose to 145 from 133, officials said.",
            &[(Killed, Some(145), Some(145))],
        );
        check(
            "Twenty people, including three children, were killed.",
            &[(Killed, Some(20), Some(20))],
        );
        check(
            "A soldier was killed and two others were wounded.",
            &[(Killed, Some(1), Some(1)), (Injured, Some(2), Some(2))],
        );
        check(
            "34 dead, 12 wounded in blast",
            &[(Killed, Some(34), Some(34)), (Injured, Some(12), Some(12))],
        );
        check("Up to 600 people may have been killed on August 24.", &[(Killed, None, Some(600))]);
    }
}
