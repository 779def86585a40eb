//! Classes of words → noun phrases and verb groups.

use crate::syntax::class::Class;
use crate::syntax::{Form, Line, NounPhrase, VerbGroup, Voice};
use crate::text::{Case, Shape};

/// The phrases of a sentence, not yet joined to each other.
pub(super) fn chunks(line: &Line<'_>) -> (Vec<NounPhrase>, Vec<VerbGroup>) {
    let (mut nouns, mut verbs): (Vec<NounPhrase>, Vec<VerbGroup>) = (Vec::new(), Vec::new());
    let mut at = line.start;
    while at < line.end() {
        if let Some(verb) = verb_group(line, at) {
            at = verb.last;
            verbs.push(verb);
        } else if let Some(noun) = noun_phrase(line, at) {
            at = noun.last;
            nouns.push(noun);
        } else {
            at += 1;
        }
    }
    relate(line, &mut nouns);
    (nouns, verbs)
}

/// The verb group that begins at token `at`.
fn verb_group(line: &Line<'_>, at: usize) -> Option<VerbGroup> {
    if !line.class(at).is_verbal() {
        return None;
    }
    let (mut i, mut head, mut modal, mut negated) = (at, at, None, false);
    let (mut be, mut infinitive) = (None, false);
    let mut main = None;
    while i < line.end() {
        match line.class(i) {
            Class::Adverb if main.is_none() && i > at => {}
            Class::Not if i > at => negated = true,
            Class::Be => (be, head) = (Some(i), i),
            Class::Have | Class::Do => {
                head = i;
                negated |= is_contracted(line, i);
            }
            Class::Modal => {
                (modal, head) = (Some(i), i);
                negated |= is_contracted(line, i) || line.is(i, "cannot");
            }
            Class::To if i == at => infinitive = true,
            Class::Finite | Class::Base | Class::Participle | Class::Gerund => {
                (main, head) = (Some(line.class(i)), i);
                // "being killed", "having been": a gerund of an auxiliary is handled above.
                i += 1;
                break;
            }
            _ => break,
        }
        i += 1;
    }
    let mut last = i;
    // Adverbs taken in at the end without a verb behind them are not of the group.
    while last > head + 1 && main.is_none() && matches!(line.class(last - 1), Class::Adverb) {
        last -= 1;
    }
    if line.class(at) == Class::Not {
        return None;
    }
    negated |= at > line.start && line.class(at - 1) == Class::Not;
    let being = be.is_some_and(|b| line.is(b, "being"));
    let before = at.checked_sub(1).map(|i| line.class(i));
    let passive = main == Some(Class::Participle) && (be.is_some() || at == head);
    let form = match main {
        _ if infinitive => Form::Infinitive,
        Some(Class::Gerund) if be.is_none() => Form::Gerund,
        Some(Class::Participle) if at == head => Form::Participle,
        _ if being && line.is(at, "being") => Form::Gerund,
        // "Acknowledged having shelled it"; behind a preposition nobody is named who did.
        _ if line.is(at, "having") && before != Some(Class::Preposition) => Form::Gerund,
        _ => Form::Finite,
    };
    Some(VerbGroup {
        first: at,
        last: last.max(head + 1),
        head,
        voice: if passive { Voice::Passive } else { Voice::Active },
        form,
        negated,
        modal,
        governor: None,
        relative: false,
        subjects: Vec::new(),
        objects: Vec::new(),
        agents: Vec::new(),
        obliques: Vec::new(),
    })
}

fn is_contracted(line: &Line<'_>, i: usize) -> bool {
    let word = line.text.word(i).to_ascii_lowercase();
    word.ends_with("n't") || word.ends_with("n’t")
}

/// The noun phrase that begins at token `at`.
fn noun_phrase(line: &Line<'_>, at: usize) -> Option<NounPhrase> {
    if line.class(at) == Class::Pronoun {
        return Some(plain(at, at + 1, true));
    }
    let (mut i, mut head, mut owner) = (at, None, None);
    let mut quoted = None;
    while i < line.end() {
        match line.class(i) {
            Class::Determiner if head.is_none() => {}
            // The "Shining Path": the marks around a name are of it.
            Class::Mark if i > at && quoted.is_none() && quoted_name(line, i).is_some() => {
                quoted = quoted_name(line, i);
            }
            Class::Mark if quoted == Some(i) => break,
            // "the couple's two sons": what follows a possessive is a new noun.
            Class::Possessive if head.is_some() => {
                owner = Some(at..i);
                head = None;
            }
            Class::Adjective if head.is_none_or(|h| h + 1 == i) => {
                // "the dead", "the wounded": an adjective with nothing behind it is the head.
                let more = matches!(
                    line.class(i + 1),
                    Class::Noun | Class::Name | Class::Adjective | Class::Number
                );
                if head.is_some() && !more {
                    break;
                }
                if !more && i > at && line.class(i - 1) == Class::Determiner {
                    head = Some(i);
                }
            }
            Class::Number => {
                let more = matches!(
                    line.class(i + 1),
                    Class::Noun | Class::Name | Class::Adjective | Class::Number
                );
                if head.is_some() && !more && !is_name(line, i - 1) {
                    break;
                }
                if !more || head.is_some() {
                    head = Some(i);
                }
            }
            Class::Noun | Class::Name => {
                // "on Sunday gunmen": a day does not go on with another noun.
                if head.is_some_and(|h| is_day(line, h)) && !is_day(line, i) {
                    break;
                }
                head = Some(i);
            }
            _ => break,
        }
        i += 1;
    }
    let head = head?;
    let last = (head + 1).max(at + 1);
    let last = last + usize::from(quoted == Some(last));
    Some(NounPhrase { owner, head, name: is_name(line, head), ..plain(at, last, false) })
}

/// Where the quotation that opens at token `i` closes, if it has only a name in it.
fn quoted_name(line: &Line<'_>, i: usize) -> Option<usize> {
    const LONGEST: usize = 5;
    let mark = |i: usize| matches!(line.text.word(i), "\"" | "“" | "”");
    let close = (i + 2..=i + 1 + LONGEST).find(|&j| mark(i) && mark(j))?;
    let named = |j: usize| matches!(line.class(j), Class::Name) && line.text.is_capital(j);
    let mixed = line.text.case == Case::Mixed;
    (mixed && (i + 1..close).all(named)).then_some(close)
}

fn plain(first: usize, last: usize, pronoun: bool) -> NounPhrase {
    NounPhrase {
        first,
        last,
        head: last - 1,
        name: false,
        pronoun,
        owner: None,
        preposition: None,
        of: None,
        joined: None,
        apposed: None,
    }
}

fn is_name(line: &Line<'_>, i: usize) -> bool {
    line.class(i) == Class::Name
}

fn is_day(line: &Line<'_>, i: usize) -> bool {
    let day = |w: &str| line.text.word(i).len() >= 6 && line.is(i, w);
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .into_iter()
        .any(day)
        && line.text.tokens[i].shape != Shape::Lower
}

/// Prepositions, "of", lists and appositions.
fn relate(line: &Line<'_>, nouns: &mut [NounPhrase]) {
    for n in 0..nouns.len() {
        let first = nouns[n].first;
        let mut i = first;
        // "in at least", "of about": adverbs may stand between.
        while i > line.start && matches!(line.class(i - 1), Class::Adverb) {
            i -= 1;
        }
        if i > line.start && line.class(i - 1) == Class::Preposition {
            nouns[n].preposition = Some(i - 1);
            if line.is(i - 1, "of") && n > 0 && nouns[n - 1].last == i - 1 {
                nouns[n].of = Some(n - 1);
            }
            continue;
        }
        let Some(before) = n.checked_sub(1) else { continue };
        // "The Long Night (LN), a militia": the initials stand aside.
        let short = initials(line, nouns, before);
        let gap = short.map_or(nouns[before].last, |_| nouns[before].last + 1)..i;
        let before = short.unwrap_or(before);
        let comma = |i: usize| line.text.word(i) == ",";
        let and = |i: usize| line.is(i, "and") || line.is(i, "or");
        let joined = match gap.len() {
            1 => and(gap.start),
            2 => comma(gap.start) && and(gap.start + 1),
            _ => false,
        };
        // "…, the army said": a noun with a verb right behind it is that verb's subject.
        let subject = matches!(
            line.class(nouns[n].last),
            Class::Finite | Class::Be | Class::Have | Class::Do | Class::Modal
        );
        let apposed = gap.len() == 1
            && comma(gap.start)
            && !subject
            && !nouns[n].pronoun
            && !is_date(line, &nouns[before])
            && (line.class(first) == Class::Determiner
                || line.class(first) == Class::Number
                || nouns[n].name != nouns[before].name);
        // "A, B and C": the comma before is part of a list if "and" comes later.
        let listed = gap.len() == 1 && comma(gap.start) && list_goes_on(line, nouns, n);
        // "Attacked by rebels, and three passengers died": a sentence of its own begins there.
        let alone = nouns[before].joined.is_none() && nouns[before].preposition.is_some();
        let begins = gap.len() == 2 && alone && subject;
        if (joined || listed) && !begins {
            nouns[n].joined = Some(nouns[before].joined.unwrap_or(before));
            nouns[n].preposition = nouns[before].preposition;
            nouns[n].of = nouns[before].of;
        } else if apposed {
            nouns[n].apposed = Some(before);
        }
    }
}

/// The noun phrase whose initials noun phrase `n` gives in brackets.
fn initials(line: &Line<'_>, nouns: &[NounPhrase], n: usize) -> Option<usize> {
    let (before, noun) = (n.checked_sub(1)?, nouns.get(n)?);
    let open = noun.first.checked_sub(1)?;
    let inside = line.text.word(open) == "(" && line.text.word(noun.last) == ")";
    (inside && nouns.get(before)?.last == open).then_some(before)
}

/// Whether a noun phrase is a day of a month: "14 May".
fn is_date(line: &Line<'_>, noun: &NounPhrase) -> bool {
    #[rustfmt::skip]
    const MONTHS: &[&str] = &[
        "april", "august", "december", "february", "january", "july", "june", "march", "may",
        "november", "october", "september",
    ];
    let number = |i: usize| line.class(i) == Class::Number;
    let mut tokens = noun.first..noun.last;
    tokens.any(|i| MONTHS.binary_search(&line.text.key(i)).is_ok())
        && (noun.first..noun.last).any(number)
}

/// Whether noun phrase `n`, behind a comma, is followed by ", x" … "and x".
fn list_goes_on(line: &Line<'_>, nouns: &[NounPhrase], n: usize) -> bool {
    let mut n = n;
    while let Some(next) = nouns.get(n + 1) {
        let gap = nouns[n].last..next.first;
        match gap.len() {
            1 if line.is(gap.start, "and") || line.is(gap.start, "or") => return true,
            2 if line.text.word(gap.start) == "," && line.is(gap.start + 1, "and") => return true,
            1 if line.text.word(gap.start) == "," => n += 1,
            _ => return false,
        }
    }
    false
}
