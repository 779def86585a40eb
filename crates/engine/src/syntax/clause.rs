//! Phrases → clauses: which noun phrases are the subject, object, agent and obliques of each verb.
use crate::syntax::class::Class;
use crate::syntax::verbal::{HARMED, SAYING};
use crate::syntax::{Form, Line, NounPhrase, Syntax, VerbGroup, Voice};

/// Verbs behind whose object "that" begins what was told.
const TELLING: &[&str] = &["assured", "informed", "reminded", "tell", "telling", "told", "warned"];

/// Gives every verb group its noun phrases.
pub(super) fn attach(line: &Line<'_>, syntax: &mut Syntax) {
    for v in 0..syntax.verbs.len() {
        right(line, syntax, v);
        if is_joined_passive(line, syntax, v) {
            syntax.verbs[v].voice = Voice::Passive;
            right(line, syntax, v);
        }
    }
    for v in 0..syntax.verbs.len() {
        left(line, syntax, v);
    }
}

/// Whether a form that is past and participle is joined to a passive and has no object of its own: "was
/// stopped at a checkpoint and shot".
fn is_joined_passive(line: &Line<'_>, syntax: &Syntax, v: usize) -> bool {
    let verb = &syntax.verbs[v];
    let before = v.checked_sub(1).map(|before| &syntax.verbs[before]);
    let joined = (line.start..verb.first)
        .rev()
        .find(|&i| line.class(i) != Class::Adverb)
        .is_some_and(|i| line.class(i) == Class::Conjunction);
    let bare = verb.first == verb.head && verb.objects.is_empty();
    bare && joined
        && before.is_some_and(|b| b.voice == Voice::Passive && b.form == Form::Finite)
        && HARMED.binary_search(&line.text.key(verb.head)).is_ok()
}

/// Object, agents and obliques: what stands behind the verb, up to the next verb or clause.
fn right(line: &Line<'_>, syntax: &mut Syntax, v: usize) {
    let from = unquoted(line, syntax, v);
    let until = clause_end(line, syntax, v);
    let mut direct = true;
    let (mut objects, mut agents, mut obliques) = (Vec::new(), Vec::new(), Vec::new());
    let first = syntax.nouns.partition_point(|n| n.first < from);
    for (n, noun) in syntax.nouns.iter().enumerate().skip(first) {
        if noun.first >= until {
            break;
        }
        if line.aside(noun.first).is_some() && line.aside(from.saturating_sub(1)).is_none() {
            continue;
        }
        match noun.preposition {
            Some(p) if line.is(p, "of") && noun.of.is_some() => {}
            Some(p) => {
                direct = false;
                if line.is(p, "by") && syntax.verbs[v].voice == Voice::Passive {
                    agents.push(n);
                } else {
                    obliques.push((p, n));
                }
            }
            None if noun.joined.is_some_and(|first| objects.contains(&first)) => objects.push(n),
            None if noun.apposed.is_some() => {}
            None if says(line, syntax, v)
                && speaks_itself(line, behind_quote(line, with_behind(syntax, n))) =>
            {
                direct = false;
            }
            None if direct && objects.is_empty() && close(line, from, noun.first) => {
                objects.push(n);
            }
            // "gave the rebels weapons": the second noun is the thing given.
            None if direct && objects.len() == 1 && syntax.nouns[objects[0]].last == noun.first => {
                objects.push(n);
            }
            None => direct = false,
        }
    }
    let verb = &mut syntax.verbs[v];
    // What stands behind "to be" is no object, and a passive has none.
    if verb.voice == Voice::Active && line.class(verb.head) != Class::Be {
        verb.objects = objects;
    }
    (verb.agents, verb.obliques) = (agents, obliques);
}

/// Where the words behind a verb begin: a mark of quotation there opens no speech, but for verbs of
/// saying: "destroyed “a hub of mercenaries”".
fn unquoted(line: &Line<'_>, syntax: &Syntax, v: usize) -> usize {
    let from = syntax.verbs[v].last;
    let quoted = matches!(line.class(from), Class::Mark) && is_quote(line.text.word(from));
    from + usize::from(quoted && !says(line, syntax, v))
}

/// Where noun phrase `n` ends with what is said of it behind prepositions: "rebels of the X", "men on
/// motorbikes in a column".
fn with_behind(syntax: &Syntax, n: usize) -> usize {
    let mut end = syntax.nouns[n].last;
    for noun in syntax.nouns.iter().skip(n + 1) {
        if noun.preposition != Some(end) {
            break;
        }
        end = noun.last;
    }
    end
}

/// Token `i`, or the one behind it if it is a mark of quotation: "said it “eliminated” him".
fn behind_quote(line: &Line<'_>, i: usize) -> usize {
    i + usize::from(is_quote(line.text.word(i)))
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "‘" | "'")
}

/// Whether a verb is one of saying: "police said rebels attacked".
fn says(line: &Line<'_>, syntax: &Syntax, v: usize) -> bool {
    let word = line.text.key(syntax.verbs[v].head);
    SAYING.binary_search(&word).is_ok()
}

/// Whether a verb with a tense stands at token `i`: the noun before it is its subject.
fn speaks_itself(line: &Line<'_>, i: usize) -> bool {
    matches!(
        line.class(i),
        Class::Finite | Class::Be | Class::Have | Class::Do | Class::Modal | Class::Adverb
    )
}

/// Whether only adverbs stand between a verb and its object.
fn close(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|i| matches!(line.class(i), Class::Adverb | Class::Determiner | Class::Number))
        && to - from <= 3
}

/// Where the reach of a verb ends: the next verb, clause or strong mark.
fn clause_end(line: &Line<'_>, syntax: &Syntax, v: usize) -> usize {
    let from = unquoted(line, syntax, v);
    let own = line.aside(syntax.verbs[v].first);
    let mut later = syntax.verbs.iter().skip(v + 1);
    let next = later.find(|next| own.is_some() || line.aside(next.first).is_none());
    let next = next.map_or(line.end(), |next| next.first);
    let next = own.map_or(next, |own| own.end.min(next));
    (from..next)
        .find(|&i| match line.class(i) {
            Class::Subordinator | Class::Relative => true,
            Class::Mark => matches!(line.text.word(i), ";" | ":" | "\"" | "”" | "“" | "—" | "–"),
            _ => false,
        })
        .unwrap_or(next)
}

/// The subject of a verb, and the verb that it depends on.
fn left(line: &Line<'_>, syntax: &mut Syntax, v: usize) {
    let verb = &syntax.verbs[v];
    let (first, form) = (verb.first, verb.form);
    let before = before(line, syntax, v);
    let at =
        (line.start..first).rev().find(|&i| !matches!(line.class(i), Class::Adverb | Class::Not));
    let class = at.map(|i| line.class(i));
    let inherit = |syntax: &mut Syntax, from: usize| {
        let subjects = syntax.verbs[from].subjects.clone();
        syntax.verbs[v].governor = Some(from);
        if syntax.verbs[v].subjects.is_empty() {
            syntax.verbs[v].subjects = subjects;
        }
    };
    match (form, class) {
        // "gunmen who killed": the antecedent.
        (_, Some(Class::Relative)) => {
            syntax.verbs[v].relative = true;
            let at = at.unwrap_or(first);
            // "Six men on Monday who were killed": no day was.
            let day = |n: &NounPhrase| line.is(at, "who") && is_time(line, n.head);
            if let Some(n) = syntax.nouns.iter().rposition(|n| n.last <= at && !day(n)) {
                syntax.verbs[v].subjects = whole(syntax, n);
            }
        }
        (Form::Participle, _) => {
            // "people killed in the attack"; at the start of a clause it has no subject of its own,
            // but for an aside: "six men, shot in the head, were found".
            let aside = before.is_none() && class == Some(Class::Mark);
            let end = if aside { first.saturating_sub(1) } else { first };
            let n = syntax.nouns.iter().rposition(|n| n.last == end);
            match n {
                Some(n) => syntax.verbs[v].subjects = vec![n],
                None => {
                    if let Some(b) = before {
                        inherit(syntax, b);
                    }
                }
            }
        }
        (Form::Infinitive, _) => {
            if let Some(b) = before {
                // "ordered the army to attack": the object does it.
                let told = |p: usize| line.is(p, "for");
                let object = syntax.verbs[b].objects.last().copied().or_else(|| {
                    let behind = syntax.verbs[b].obliques.iter().rev();
                    behind.copied().find(|&(p, _)| told(p)).map(|(_, n)| n)
                });
                match object {
                    Some(n) if syntax.nouns[n].last == first => {
                        syntax.verbs[v].subjects = vec![n];
                        syntax.verbs[v].governor = Some(b);
                    }
                    _ => inherit(syntax, b),
                }
            }
        }
        (Form::Gerund, _) => {
            if let Some(b) = before {
                inherit(syntax, b);
                // "accused the rebels of shooting": the object does it.
                let of = ["of", "from", "for"].iter().any(|p| at.is_some_and(|i| line.is(i, p)));
                let object = syntax.verbs[b].objects.last().copied();
                let told = syntax.nouns.iter().rposition(|n| Some(n.last) == at);
                let told = told.map(|n| belonging(syntax, n));
                if let Some(n) = object.filter(|&n| of && Some(n) == told) {
                    syntax.verbs[v].subjects = vec![n];
                }
            }
        }
        (Form::Finite, Some(Class::Conjunction)) => {
            // "attacked … and killed": the same subject.
            if let Some(b) = before {
                inherit(syntax, joined_to(line, syntax, v, b));
            }
        }
        (Form::Finite, _) => {
            let subjects = match subject(line, syntax, v) {
                Some(n) => whole(syntax, n),
                None if at.is_some_and(|i| is_in_row(line, syntax, v, i)) => {
                    syntax.verbs[v - 1].subjects.clone()
                }
                None => inverted(line, syntax, v),
            };
            syntax.verbs[v].objects.retain(|n| !subjects.contains(n));
            let fronted = fronted(line, syntax, v, &subjects);
            let verb = &mut syntax.verbs[v];
            verb.subjects = subjects;
            if let Some(objects) = fronted {
                (verb.objects, verb.relative) = (objects, true);
            }
        }
    }
}

/// The verb before verb `v`, but for what others say in between.
fn before(line: &Line<'_>, syntax: &Syntax, v: usize) -> Option<usize> {
    let own = line.aside(syntax.verbs[v].first).is_some();
    (0..v).rev().find(|&b| own || line.aside(syntax.verbs[b].first).is_none())
}

/// Whether verb `v` behind the mark at token `at` goes on a row of verbs that ends with a conjunction: "a
/// man rang, waited and shot".
fn is_in_row(line: &Line<'_>, syntax: &Syntax, v: usize, at: usize) -> bool {
    let Some(before) = v.checked_sub(1).map(|b| &syntax.verbs[b]) else { return false };
    let row = before.form == Form::Finite && before.voice == Voice::Active && !before.relative;
    let joined = |w: &VerbGroup| {
        let before = w.first.checked_sub(1);
        w.form == Form::Finite && before.is_some_and(|i| line.class(i) == Class::Conjunction)
    };
    line.text.word(at) == ","
        && at + 1 == syntax.verbs[v].first
        && row
        && !says(line, syntax, v)
        && syntax.verbs.iter().skip(v + 1).take(2).any(joined)
}

/// The verb that verb `v` behind a conjunction goes on, `b` being the one right before it: behind a comma
/// the clause of time before it is over: "rang, waited until the door opened, and shot".
fn joined_to(line: &Line<'_>, syntax: &Syntax, v: usize, b: usize) -> usize {
    let comma = syntax.verbs[v].first.checked_sub(2).is_some_and(|i| line.text.word(i) == ",");
    let Some(earlier) = b.checked_sub(1).filter(|_| comma) else { return b };
    let between = syntax.verbs[earlier].last..syntax.verbs[b].first;
    let until = between.into_iter().any(|i| line.class(i) == Class::Subordinator);
    let one = syntax.verbs[earlier].form == Form::Finite && !syntax.verbs[earlier].relative;
    if until && one && syntax.verbs[b].form == Form::Finite { earlier } else { b }
}

/// "a festival that gunmen overran": what a relative clause is about is the object of its verb, if
/// that has a subject of its own and no other object. "told villagers that gunmen attacked" is none.
fn fronted(line: &Line<'_>, syntax: &Syntax, v: usize, subjects: &[usize]) -> Option<Vec<usize>> {
    let verb = &syntax.verbs[v];
    let subject = &syntax.nouns[*subjects.first()?];
    let begins = line.is(subject.first, "that");
    let that = if begins { subject.first } else { subject.first.checked_sub(1)? };
    let about = syntax.nouns.iter().rposition(|n| n.last == that)?;
    let is_relative = ["that", "which", "whom"].iter().any(|word| line.is(that, word));
    let tells = |verb: &VerbGroup| TELLING.contains(&line.text.key(verb.head));
    let is_told = syntax.verbs[..v].iter().any(|g| tells(g) && g.objects.contains(&about));
    let lacks = verb.voice == Voice::Active && verb.objects.is_empty();
    let is_time = is_time(line, syntax.nouns[about].head);
    (is_relative && lacks && !is_told && !is_time && line.class(verb.head) != Class::Be)
        .then(|| whole(syntax, about))
}

/// What a noun phrase belongs to by "of": "members of the army" are members.
fn belonging(syntax: &Syntax, n: usize) -> usize {
    let mut n = n;
    while let Some(of) = syntax.nouns[n].of.filter(|&of| of < n) {
        n = of;
    }
    n
}

/// A noun phrase with those joined to it.
fn whole(syntax: &Syntax, n: usize) -> Vec<usize> {
    syntax.list(n).collect()
}

/// The nearest noun phrase before a verb that can be its subject.
fn subject(line: &Line<'_>, syntax: &Syntax, v: usize) -> Option<usize> {
    let first = syntax.verbs[v].first;
    let own = line.aside(first).is_some();
    let between = |i: usize| !own && line.aside(i).is_some();
    let mut at = syntax.nouns.iter().rposition(|n| n.last <= first && !between(n.first))?;
    // "Said it “eliminated a commander”": the verb is quoted, its subject is not.
    let noun = &syntax.nouns[at];
    let quoted = noun.last + 1 == first && noun.pronoun && is_quote(line.text.word(noun.last));
    let mut reach = first - usize::from(quoted);
    loop {
        let noun = &syntax.nouns[at];
        // A clause border between the noun and what was passed over ends the search.
        let mut border = None;
        for i in noun.last..reach {
            match line.class(i) {
                Class::Subordinator => return None,
                Class::Relative => border = Some(i),
                Class::Mark if matches!(line.text.word(i), ";" | ":" | "." | "—" | "”" | "\"") =>
                {
                    return None;
                }
                _ => {}
            }
        }
        let mut groups = syntax.verbs[..v].iter().filter(|g| !between(g.first));
        let group = groups.rfind(|g| g.first >= noun.last && g.last <= reach);
        if let Some(group) = group {
            // Only a relative clause or a participle behind its noun may stand in between: "a pipeline
            // carrying gas was blown up".
            let aside = group.relative
                || border.is_some()
                || group.form == Form::Gerund && group.first == noun.last
                || group.form == Form::Participle
                || group.form == Form::Infinitive;
            if !aside {
                return None;
            }
        }
        let aside = noun.first > 0
            && line.text.word(noun.first - 1) == "("
            && line.text.word(noun.last) == ")";
        let usable = noun.preposition.is_none()
            && !between(noun.first)
            && !aside
            && noun.apposed.is_none()
            && !is_time(line, noun.head)
            && !is_whereabouts(line, syntax, at);
        let object = syntax.verbs.iter().take(v).any(|g| g.objects.contains(&at));
        if usable && !object {
            return Some(at);
        }
        reach = noun.first;
        at = at.checked_sub(1)?;
    }
}

/// "said the police": the noun phrase right behind a verb of saying that has none before it.
fn inverted(line: &Line<'_>, syntax: &Syntax, v: usize) -> Vec<usize> {
    let verb = &syntax.verbs[v];
    if !says(line, syntax, v) {
        return Vec::new();
    }
    syntax.nouns.iter().position(|n| n.first == verb.last).map(|n| vec![n]).unwrap_or_default()
}

/// "A strike in X, Y, killed": the name between commas says where X lies.
fn is_whereabouts(line: &Line<'_>, syntax: &Syntax, n: usize) -> bool {
    let noun = &syntax.nouns[n];
    let Some(before) = n.checked_sub(1).map(|before| &syntax.nouns[before]) else { return false };
    let placed =
        before.preposition.is_some_and(|p| ["in", "near", "at"].iter().any(|w| line.is(p, w)));
    let comma = |i: usize| line.text.word(i) == ",";
    noun.name
        && before.name
        && placed
        && before.last + 1 == noun.first
        && comma(before.last)
        && comma(noun.last)
}

fn is_time(line: &Line<'_>, i: usize) -> bool {
    const TIMES: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "week",
        "month",
        "year",
        "morning",
        "night",
        "evening",
        "afternoon",
    ];
    TIMES.iter().any(|t| line.is(i, t))
}
