//! Which of the days that a sentence names is that of its act, and which only that of who spoke.

use std::ops::Range;

use crate::date::{Clock, DateWord, Spoken, date_words, number, resolve};
use crate::frame::part::back;
use crate::frame::signs::is_occasion;
use crate::frame::{Dated, act};
use crate::lexicon::{Act, Cue, Form, Mention, Part, Sense};
use crate::resolved::Period;
use crate::text::{Shape, Text};

/// The day that a sentence gives its trigger, the nearest; and apart from it, if there is none, the
/// day on which somebody spoke.
pub(crate) fn when(
    text: &Text<'_>,
    tokens: &Range<usize>,
    trigger: usize,
    here: &[Mention<'_>],
    clock: Clock,
) -> (Option<Dated>, Option<Dated>) {
    let spoke = |word: &DateWord| spoke(text, tokens, here, word);
    let after = |word: &DateWord| is_of_aftermath(text, tokens, here, word);
    let until = |word: &DateWord| {
        // "the worst since 13 November 2015, when gunmen killed": the day is the gunmen's.
        let own = text.word(word.last) == "," && text.is(word.last + 1, "when");
        // "Since the war reached the country six years ago": what began then is the war.
        let ago = matches!(word.spoken, Spoken::MonthsAgo(_) | Spoken::YearsAgo(_));
        let clause = ago
            && (word.first.saturating_sub(9)..word.first)
                .rev()
                .take_while(|&i| text.word(i) != ",")
                .any(|i| text.is(i, "since"));
        !own && (clause
            || word
                .first
                .checked_sub(1)
                .is_some_and(|i| matches!(text.key(i), "until" | "since" | "before" | "by")))
    };
    let from = |word: &DateWord| {
        // "From 23 to 31 March" has both its ends.
        let whole = matches!(word.spoken, Spoken::Days { .. } | Spoken::Weekdays { .. });
        !whole
            && word
                .first
                .checked_sub(1)
                .is_some_and(|i| matches!(text.key(i), "from" | "to" | "between" | "and"))
    };
    let mut best: Option<(f32, Period, DateWord)> = None;
    for word in date_words(text, tokens.clone()) {
        let Some(period) = resolve(&word, clock) else { continue };
        if text.dateline.contains(&word.first) {
            continue;
        }
        if let Some(earlier) = days_before(text, &word, period, tokens, trigger) {
            return (Some((earlier, word)), None);
        }
        let distance = word.first.abs_diff(trigger) as f32;
        // A year or month said of something else is worse than none.
        let loose = period.days() > 7
            && (distance > (if period.days() > 31 { 9.0 } else { 16.0 })
                || until(&word)
                || from(&word));
        if loose {
            continue;
        }
        let mut cost = distance + if word.first < trigger { 2.0 } else { 0.0 };
        // "Friday's attack", "the November 2015 attack": the act's own day.
        let owns = text.tokens.get(word.last).is_some_and(|t| t.shape == Shape::Possessive)
            || is_determined(text, &word)
                && here.iter().any(|m| m.first == word.last && is_noun(m));
        // The day of another act is not that of the trigger.
        let noun =
            here.iter().find(|m| m.first > word.last && m.senses.iter().any(|&s| act(s).is_some()));
        let others = owns && noun.is_some_and(|m| m.first != trigger && is_occasion(text, m));
        cost += if others { 50.0 } else { 0.0 };
        cost -= if owns { 8.0 } else { 0.0 };
        cost += if !owns && after(&word) { 60.0 } else { 0.0 };
        cost += if !owns && is_of_answer(text, here, &word, trigger) { 60.0 } else { 0.0 };
        cost += if is_of_aside(text, tokens, here, &word, trigger) { 60.0 } else { 0.0 };
        cost +=
            if !owns && spoke(&word) { 60.0 } else { 0.0 } + if until(&word) { 40.0 } else { 0.0 };
        cost += if period.days() > 7 { 6.0 } else { 0.0 };
        if best.is_none_or(|(c, ..)| cost < c) {
            best = Some((cost, period, word));
        }
    }
    match best {
        Some((cost, period, word)) if cost < 45.0 => {
            let period = counted_from_speech(text, tokens, here, &word, clock)
                .or_else(|| counted_from_day(text, tokens, &word, clock))
                .unwrap_or(period);
            (Some((period, word)), None)
        }
        Some((_, period, word)) => (None, spoke(&word).then_some((period, word))),
        None => (None, None),
    }
}

/// A night or stretch of days counted back from the day on which somebody spoke of it, if the sentence
/// says that: "was damaged overnight, the fire brigade said on Tuesday".
fn counted_from_speech(
    text: &Text<'_>,
    tokens: &Range<usize>,
    here: &[Mention<'_>],
    word: &DateWord,
    clock: Clock,
) -> Option<Period> {
    if !matches!(word.spoken, Spoken::Overnight | Spoken::Past(_)) {
        return None;
    }
    let mut others = date_words(text, tokens.clone()).into_iter().filter(|w| w.first != word.first);
    let other = others.next().filter(|w| w.first > word.first && spoke(text, tokens, here, w))?;
    let day = resolve(&other, clock).filter(|p| p.days() == 1)?.start;
    let before = clock.today.is_some_and(|today| day < today) && others.next().is_none();
    resolve(word, Clock { today: Some(day), ..clock }).filter(|_| before)
}

/// Days counted back from the one that the sentence names first: "ended the search on Wednesday for
/// those in the block that a missile had hit two days before", "said on Friday that guards had fired
/// the previous day".
fn counted_from_day(
    text: &Text<'_>,
    tokens: &Range<usize>,
    word: &DateWord,
    clock: Clock,
) -> Option<Period> {
    const BEFORE: &[&str] = &["before", "earlier"];
    let back = BEFORE.contains(&text.key(word.last - 1)) || text.is(word.first, "previous");
    if !back || !matches!(word.spoken, Spoken::DaysAgo(_)) {
        return None;
    }
    let day = |w: &DateWord| matches!(w.spoken, Spoken::Weekday { .. } | Spoken::Day { .. });
    let mut others = date_words(text, tokens.start..word.first).into_iter().filter(day);
    let named = resolve(&others.next()?, clock).filter(|p| p.days() == 1)?;
    resolve(word, Clock { today: Some(named.start), ..clock })
}

/// "The court today ordered a judge to look into the murder", "resigned yesterday to protest the
/// killings": the day belongs to the verb at it, and the act is only what that is about.
fn is_of_answer(text: &Text<'_>, here: &[Mention<'_>], word: &DateWord, trigger: usize) -> bool {
    let at = |i: usize| here.iter().find(move |m| m.first <= i && i < m.last);
    let answers = |i: usize| {
        // "Today emphatically denied".
        let i = if text.key(i).ends_with("ly") { i + 1 } else { i };
        let ends = text.key(i).ends_with("ed") || text.is(i, "began");
        let done = DONE.binary_search(&text.key(i)).is_ok();
        ends && !done
            && at(i).is_none_or(|m| !m.senses.iter().any(|&s| act(s).is_some()) && !is_harm(m))
    };
    let noun = |m: &Mention<'_>| {
        // "the murder" is a noun, though "murder" is a verb too.
        is_noun(m) || m.senses.iter().any(|s| matches!(s, Sense::Casualty(_, Form::Noun)))
    };
    let beside = trigger > word.last || is_governed(text, trigger);
    let about = beside && at(trigger).is_some_and(noun);
    let before = word.first.checked_sub(1).is_some_and(answers);
    about && matches!(word.spoken, Spoken::DaysAgo(_)) && (before || answers(word.last))
}

/// So far before its verb stands the word of "as the agency has reported", in tokens.
const LEAD: usize = 5;

/// Verbs by which an act is done, comes about or is suffered: the day at them is its own. Sorted.
const DONE: &[&str] = &[
    "attempted",
    "carried",
    "caused",
    "claimed",
    "committed",
    "conducted",
    "continued",
    "executed",
    "foiled",
    "happened",
    "launched",
    "mounted",
    "occurred",
    "perpetrated",
    "recorded",
    "registered",
    "repelled",
    "resumed",
    "staged",
    "started",
    "suffered",
    "survived",
    "thwarted",
];

/// "The prosecutor who looks into the murder of a judge today issued": the act is no subject of the
/// verb at the day, but hangs on a preposition or a verb before it.
fn is_governed(text: &Text<'_>, trigger: usize) -> bool {
    const REACH: usize = 3;
    let article = |i: &usize| matches!(text.key(*i), "the" | "a" | "an" | "this" | "his" | "her");
    let first = (trigger.saturating_sub(REACH)..=trigger).rev().find(article).unwrap_or(trigger);
    first.checked_sub(1).is_some_and(|i| {
        let word = text.key(i);
        matches!(word, "of" | "about" | "over" | "for" | "to" | "with" | "into" | "against")
            || word == "in" && i > 0 && text.key(i - 1).ends_with("ed")
            || word.ends_with("ing") && word != "during" && word != "following"
    })
}

/// "The November 2015 attack", "in a Friday raid": an article, and the day belongs to the noun.
fn is_determined(text: &Text<'_>, word: &DateWord) -> bool {
    let before = word.first.checked_sub(1).map(|i| text.key(i));
    matches!(before, Some("the" | "a" | "an" | "this" | "that" | "their" | "his" | "its"))
}

/// "The group, which took the city in October, has denied killing civilians": the day is that of a
/// clause about somebody, and the verb of the sentence comes when it is closed.
fn is_of_aside(
    text: &Text<'_>,
    tokens: &Range<usize>,
    here: &[Mention<'_>],
    word: &DateWord,
    trigger: usize,
) -> bool {
    let comma = |&i: &usize| text.word(i) == ",";
    let opens = (tokens.start..word.first).rev().find(comma);
    let about = opens.is_some_and(|i| matches!(text.key(i + 1), "which" | "who" | "whose"));
    let goes_on = |i: usize| {
        matches!(text.key(i), "had" | "has" | "have" | "is" | "are" | "was" | "were")
            || here.iter().any(|m| m.first == i && is_verb(m))
    };
    about && (word.last..trigger).find(comma).is_some_and(|i| goes_on(i + 1))
}

/// Whether a mention tells of the killed or hurt.
fn is_harm(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| matches!(s, Sense::Casualty(..)))
}

/// "On Monday, two days after a bomb went off": the day of the bomb, so long before the one that
/// `word` says.
fn days_before(
    text: &Text<'_>,
    word: &DateWord,
    period: Period,
    tokens: &Range<usize>,
    trigger: usize,
) -> Option<Period> {
    const REACH: usize = 3;
    if period.days() != 1 {
        return None;
    }
    let until = (word.last + REACH).min(tokens.end);
    // "On Thursday, the morning after a mob burned a shop"
    let next = (word.last..until).any(|i| {
        let part = matches!(text.key(i + 1), "day" | "morning");
        text.is(i, "the") && part && text.is(i + 2, "after") && trigger > i + 2
    });
    if next {
        return back(period, 1);
    }
    (word.last..until).find_map(|i| {
        let days = number(text, i)?;
        let days = match text.key(i + 1) {
            "day" | "days" => days,
            "week" | "weeks" => days.checked_mul(7)?,
            _ => return None,
        };
        let own = text.is(i + 2, "after") && trigger > i + 2;
        own.then(|| back(period, days)).flatten()
    })
}

/// Whether somebody spoke on that day: "police on Monday said", "On Wednesday the group claimed".
fn spoke(text: &Text<'_>, tokens: &Range<usize>, here: &[Mention<'_>], word: &DateWord) -> bool {
    let said = |i: usize| {
        here.iter()
            .any(|m| m.senses.contains(&Sense::Cue(Cue::Report)) && m.first <= i && i < m.last)
            || here.iter().any(|m| {
                m.first <= i
                    && i < m.last
                    && m.senses
                        .iter()
                        .any(|s| matches!(s, Sense::Cue(Cue::Claim | Cue::Blame | Cue::Deny)))
            })
    };
    let back = if word.first > 0 && text.is(word.first - 1, "on") { 2 } else { 1 };
    let before = word.first.checked_sub(back).is_some_and(said);
    // "told a meeting on Monday": the last verb before the day is one of saying.
    let verb = here
        .iter()
        .rev()
        .filter(|m| m.last <= word.first && word.first - m.last <= 12)
        .find(|m| is_verb(m));
    let day = matches!(word.spoken, Spoken::Weekday { .. } | Spoken::DaysAgo(_));
    let deed = |m: &Mention<'_>| {
        m.senses.iter().any(|s| {
            matches!(
                s,
                Sense::Act(Act { part: Part::Verb, .. })
                    | Sense::Casualty(_, Form::Active | Form::Either)
            )
        })
    };
    // "claimed the bombs that destroyed two banks yesterday": the day is that of the bombs.
    let relative =
        |from: usize| (from..word.first).any(|i| text.is(i, "that") || text.is(i, "which"));
    let claim = day
        && !verb.is_some_and(deed)
        && here.iter().any(|m| {
            m.last <= word.first
                && word.first - m.last <= 16
                && m.senses.contains(&Sense::Cue(Cue::Claim))
                && !relative(m.last)
        });
    // "Claimed bombings on Tuesday at a station": the day stands between the act and its scene.
    let scene = matches!(text.key(word.last), "at" | "in" | "near" | "outside" | "inside");
    let on = word.first.saturating_sub(back - 1);
    let claim = claim && !(scene && here.iter().any(|m| m.last == on && is_noun(m)));
    // "Said the men who came on Friday": they came on that day.
    let came = |from: usize| (from..word.first).any(|i| text.is(i, "who"));
    // "Reported that on Monday gunmen killed": the day begins what was told; so it does in "as was
    // reported, on 5 July gunmen killed".
    let as_said = || {
        let near = |m: &Mention<'_>| m.first.saturating_sub(LEAD).max(tokens.start)..m.first;
        verb.is_some_and(|m| near(m).any(|i| text.is(i, "as")))
    };
    let told = word.first.checked_sub(back).is_some_and(|i| {
        // But "the minister said, on Monday, that" is the day of what he said.
        text.is(i, "that") || text.word(i) == "," && as_said()
    });
    // "Reported that gunmen on Monday staged": the verb of what was told is at the day.
    let deed_next = {
        let i = if text.key(word.last).ends_with("ly") { word.last + 1 } else { word.last };
        DONE.binary_search(&text.key(i)).is_ok() || here.iter().any(|m| m.first == i && deed(m))
    };
    let inner = |from: usize| deed_next && (from..word.first).any(|i| text.is(i, "that"));
    let came = |from: usize| told || inner(from) || came(from);
    let governs =
        claim || verb.is_some_and(|m| m.senses.contains(&Sense::Cue(Cue::Report)) && !came(m.last));
    // "On Wednesday the group claimed the bombing": it opens the sentence, and the claim is next.
    let opens = word.first <= tokens.start + 1
        && here.iter().find(|m| m.first >= word.last && (is_verb(m) || is_claim(m))).is_some_and(
            |m| {
                let claims = is_claim(m) || is_word(text, m, &["announced", "revealed"]);
                claims && m.first - word.last <= 8
            },
        );
    // "Charged in Lima on Tuesday that the army had fired": that day it was charged.
    let blames = |m: &Mention<'_>| {
        let near = m.last <= word.first && word.first - m.last <= 6;
        near && m.senses.contains(&Sense::Cue(Cue::Blame))
    };
    let charged = text.is(word.last, "that") && here.iter().any(blames);
    // "police on Monday said": the verb may follow.
    before || governs || opens || charged || said(word.last)
}

/// Whether the verb that the day belongs to, the last before it, is one of the aftermath.
fn is_of_aftermath(
    text: &Text<'_>,
    tokens: &Range<usize>,
    here: &[Mention<'_>],
    word: &DateWord,
) -> bool {
    let verb = here
        .iter()
        .rev()
        .filter(|m| m.last <= word.first && word.first - m.last <= 12)
        .find(|m| is_verb(m));
    // "a court on Wednesday sentenced": no verb before the day, the next one has it.
    let none = !here.iter().any(|m| m.last <= word.first && is_verb(m));
    let next = || {
        here.iter()
            .filter(|_| none)
            .find(|m| m.first >= word.last && m.first - word.last <= 3 && is_verb(m))
    };
    // "Confirmed dead on Sunday": counted on that day.
    if (word.first.saturating_sub(4).max(tokens.start)..word.first)
        .any(|i| text.is(i, "confirmed") && (i + 1..word.first).any(|j| text.is(j, "dead")))
    {
        return true;
    }
    // "Condemned seven men to death on Wednesday": the day of the court.
    let from = word.first.saturating_sub(10).max(tokens.start);
    let to = (from..word.first).rev().find(|&i| text.is(i, "to"));
    let term = ["death", "hang", "jail", "life", "prison", "years"];
    let penalty = to.is_some_and(|to| {
        let verb = (from..to).any(|i| text.is(i, "condemned") || text.is(i, "sentenced"));
        verb && (to + 1..word.first).any(|i| term.contains(&text.key(i)))
    });
    if penalty {
        return true;
    }
    // "On Friday, a judge in Lyon sentenced a man for": the day of the judge.
    let judged = word.first <= tokens.start + 1
        && here
            .iter()
            .find(|m| m.first >= word.last && is_verb(m))
            .is_some_and(|m| m.first - word.last <= 16 && is_word(text, m, JUDGED));
    if judged {
        return true;
    }
    // "stabbed as he walked to a bus stop on Saturday": what went on meanwhile has the same day.
    let meanwhile = |m: &Mention<'_>| {
        (m.first.saturating_sub(3)..m.first).any(|i| text.is(i, "as") || text.is(i, "while"))
    };
    verb.or_else(next)
        .is_some_and(|m| m.senses.contains(&Sense::Cue(Cue::Aftermath)) && !meanwhile(m))
}

/// What courts do, long after. Sorted.
const JUDGED: &[&str] =
    &["acquitted", "arraigned", "charged", "convicted", "extradited", "jailed", "sentenced"];

/// Whether a mention begins with one of the words.
fn is_word(text: &Text<'_>, mention: &Mention<'_>, words: &[&str]) -> bool {
    words.contains(&text.key(mention.first))
}

/// Whether a mention names an act.
fn is_noun(mention: &Mention<'_>) -> bool {
    let noun = |s: &Sense| matches!(s, Sense::Act(Act { part: Part::Noun, .. }));
    mention.senses.iter().any(noun)
}

/// Whether a mention says that somebody claims, blames or denies.
fn is_claim(mention: &Mention<'_>) -> bool {
    let claim = |s: &Sense| matches!(s, Sense::Cue(Cue::Claim | Cue::Blame | Cue::Deny));
    mention.senses.iter().any(claim)
}

/// Whether a mention can be the verb that a day belongs to.
fn is_verb(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| {
        matches!(s, Sense::Act(_) | Sense::Casualty(..) | Sense::Cue(Cue::Aftermath | Cue::Report))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use reading::{Document, Found, How};

    use crate::Knowledge;

    fn is_dated(text: &str) -> bool {
        let mut document = Document::new(None, text.to_owned());
        document.published = Some(Found::new(date(2021, 9, 6), How::Given));
        let reports = crate::code(&document, &Knowledge::embedded()).reports;
        reports.iter().any(|r| r.is_violent() && r.when.is_some())
    }

    #[test]
    fn the_day_of_an_answer_is_not_that_of_the_act() {
        assert!(is_dated("Gunmen shot dead a judge in Lima today."));
        assert!(!is_dated(
            "The court today ordered a judge to look into the murder of three mayors."
        ));
        assert!(!is_dated("A minister resigned today over the murder of three judges in Lima."));
    }

    #[test]
    fn the_day_of_what_was_reported_is_that_of_the_act() {
        assert!(is_dated(
            "Police reported that a band of rebels this morning staged an armed attack on a bank in Lima."
        ));
        assert!(is_dated(
            "As the agency has reported, on 5 July a bus was blown up by a bomb in Lima."
        ));
        assert!(!is_dated(
            "The minister said, on 5 July, that rebels had killed nine farmers in Lima."
        ));
        assert!(!is_dated(
            "The prosecutor investigating the murder of a judge in Lima today issued a warrant."
        ));
    }

    #[test]
    fn a_day_in_a_name_is_no_day() {
        assert!(!is_dated("The 19 April Movement has killed three farmers near Cali in Colombia."));
    }

    #[test]
    fn the_day_of_a_clause_about_somebody_is_not_that_of_the_act() {
        assert!(!is_dated(
            "Rebels, who came to the port on Friday, shot dead three farmers in Peru."
        ));
        assert!(is_dated("Rebels, who hold the port, on Friday shot dead three farmers in Peru."));
        assert!(is_dated(
            "A court jailed two men to life for the July 2019 bombing of a bank in Peru."
        ));
        assert!(is_dated("Three farmers, who were shot dead on Friday, lived in Lima in Peru."));
    }
}
