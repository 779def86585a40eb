//! A sentence's grammar, mended where a deed would be lost: a verb with a tense that has no subject,
//! and a lone participle behind a noun that is the sentence's only verb.
//!
//! The grammar leaves out what it cannot tell. For deeds a guess is worth having, since it is told by
//! the table whether the verb is one at all.

use crate::syntax::{Form, Syntax, Voice};
use crate::text::Text;

/// The grammar with what is missing filled in.
pub(super) fn mended(text: &Text<'_>, syntax: &Syntax) -> Syntax {
    let mut syntax = syntax.clone();
    // "About 200 supporters": what looks like a preposition is none.
    for noun in &mut syntax.nouns {
        let about = |i: usize| text.is(i, "about") || text.is(i, "around") || text.is(i, "over");
        let counted = text.word(noun.first).starts_with(|c: char| c.is_ascii_digit());
        if noun.preposition.is_some_and(|p| about(p) && (counted || p + 1 == noun.first && p == 0))
        {
            noun.preposition = None;
        }
    }
    for v in 0..syntax.verbs.len() {
        let verb = &syntax.verbs[v];
        let timed = |n: &usize| syntax.nouns.get(*n).is_none_or(|n| is_time(text, n.head));
        let lacks = verb.subjects.iter().all(timed);
        if verb.relative || !lacks {
            continue;
        }
        let main = verb.form == Form::Finite || is_main_participle(text, &syntax, v);
        if !main {
            continue;
        }
        if let Some(subject) = subject(text, &syntax, v) {
            syntax.verbs[v].subjects = syntax.list(subject).collect();
        }
    }
    for v in 0..syntax.verbs.len() {
        if is_main_participle(text, &syntax, v) {
            let last = syntax.verbs[v].last;
            let object = syntax.nouns.iter().position(|n| n.first == last);
            let verb = &mut syntax.verbs[v];
            (verb.form, verb.voice) = (Form::Finite, Voice::Active);
            verb.objects = object.into_iter().collect();
        }
    }
    syntax
}

/// Whether a participle is the past tense of the main clause: nothing before it has a tense, it is
/// not "by" somebody, and no verb with a tense follows before the clause ends.
fn is_main_participle(text: &Text<'_>, syntax: &Syntax, v: usize) -> bool {
    let verb = &syntax.verbs[v];
    let lone = verb.form == Form::Participle
        && verb.first == verb.head
        && !text.is(verb.last, "by")
        && !verb.relative
        && syntax.verbs[..v].iter().all(|w| w.form != Form::Finite && w.form != Form::Participle);
    let next = syntax.verbs.get(v + 1);
    // "troops sent to the border were attacked": the next verb has the tense, and no subject.
    lone && next.is_none_or(|w| {
        w.form != Form::Finite || !w.subjects.is_empty() || w.first > verb.last + 12
    })
}

/// The noun phrase that is most likely the subject of verb group `v`: the nearest before it that no
/// preposition governs, or the first of its clause.
fn subject(text: &Text<'_>, syntax: &Syntax, v: usize) -> Option<usize> {
    let first = syntax.verbs[v].first;
    let from = (0..first)
        .rev()
        .take(40)
        .find(|&i| matches!(text.word(i), ";" | ":" | "”" | "“" | "\"") || is_opener(text, i))
        .map_or(0, |i| i + 1);
    let bare = |n: &usize| {
        let noun = &syntax.nouns[*n];
        noun.first >= from
            && noun.last <= first
            && noun.preposition.is_none()
            && noun.apposed.is_none()
            && !is_time(text, noun.head)
            // An object of a verb that has a subject of its own is none.
            && !syntax.verbs[..v].iter().any(|w| w.objects.contains(n) && !w.subjects.is_empty())
    };
    let beside = syntax.nouns.iter().position(|n| n.last == first).filter(bare);
    beside.or_else(|| (0..syntax.nouns.len()).find(bare))
}

fn is_opener(text: &Text<'_>, i: usize) -> bool {
    matches!(
        text.key(i),
        "that" | "who" | "which" | "after" | "because" | "when" | "while" | "if" | "where" | "whom"
    )
}

/// Whether a noun is a word for time.
fn is_time(text: &Text<'_>, i: usize) -> bool {
    matches!(
        text.key(i),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
            | "week"
            | "month"
            | "year"
            | "morning"
            | "night"
            | "evening"
            | "afternoon"
    )
}
