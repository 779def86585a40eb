//! Who is quoted for it.
//!
//! The grammar says who does the saying: the subject of "said", the words behind "according to",
//! whoever stands behind a turned "said". [`standing`](super::standing) says what sort of voice that
//! is. Who only condemns or praises has told nothing and is no source.

use std::ops::Range;

use jiff::civil::Date;

use super::mute::is_mute;
use super::standing::{Speaking, is_voice, person, sort};
use crate::Knowledge;
use crate::actor::Holder;
use crate::fold::fold;
use crate::lexicon::{Cue, Mention, Sense};
use crate::party::parties as parties_of;
use crate::report::Speaker;
use crate::syntax::{Form, Grammar, NounPhrase, Syntax, VerbGroup, Verbs, Voice};
use crate::text::{Shape, Text};

/// The most that a report names.
const MOST: usize = 5;

/// Verbs of saying that tell what somebody thinks of it, not that it was so.
const OPINIONS: &[&str] = &[
    "condemned",
    "condemns",
    "condemning",
    "praised",
    "hailed",
    "welcomed",
    "decried",
    "denounced",
    "deplored",
];

/// Verbs of blaming that are a speaker's; "arrested" and "identified as" are not.
const BLAMES: &[&str] =
    &["accused", "accuses", "accuse", "accusing", "blamed", "blames", "blame", "blaming", "held"];

/// Verbs of denying.
#[rustfmt::skip]
const DENIES: &[&str] = &[
    "denied", "denies", "deny", "denying", "disclaimed", "dismissed", "disputed", "refuted",
    "rejected", "rejects", "repudiated",
];

/// Who speaks in the sentences of the mentions `told`.
pub fn speakers(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    told: &[Range<usize>],
    grammar: &Grammar<'_>,
    known: &Knowledge,
    day: Option<Date>,
) -> Vec<Speaker> {
    let mut found: Vec<Speaker> = Vec::new();
    for here in told.iter().filter_map(|range| mentions.get(range.clone())) {
        let Some(first) = here.first() else { continue };
        let cues: Vec<(Range<usize>, Cue)> = here
            .iter()
            .filter_map(|m| Some((m.first..m.last, saying(text, m)?)))
            .chain(figures(text, first.first, known))
            .collect();
        let headed = headed(text, first.first);
        if cues.is_empty() && headed.is_none() {
            continue;
        }
        let syntax = grammar.around(first.first);
        let (parties, holders) = (parties_of(text, here, known), holders(text, here, known, day));
        let said = cues
            .into_iter()
            .map(|(verb, cue)| (sayers(text, syntax, here, &known.verbs, &verb), cue));
        let names_somebody = |n: &usize| is_anybody(text, here, syntax.nouns[*n].head);
        let headed = headed.and_then(|at| syntax.noun_at(at)).filter(names_somebody);
        let headed = headed.and_then(|noun| sayer(text, syntax, &known.verbs, noun));
        for (sayers, cue) in said.chain(headed.map(|sayer| (vec![sayer], Cue::Report))) {
            for (tokens, head, beside) in sayers {
                let Some(name) = text.span(tokens.start, tokens.end) else { continue };
                // "No group said that it had done it": nobody speaks.
                if ["no", "nobody", "none"].iter().any(|word| text.is(tokens.start, word)) {
                    continue;
                }
                let key = fold(name.of(text.source));
                if found.iter().any(|s| fold(s.name.of(text.source)) == key) {
                    continue;
                }
                let voice = Speaking {
                    text,
                    here,
                    parties: &parties,
                    holders: &holders,
                    head,
                    tokens,
                    beside,
                    known,
                    is_claim: cue == Cue::Claim,
                };
                // "More than first believed", "weapons", "an air strike": they name nobody.
                if !is_mute(text, here, &known.verbs, &voice.tokens, head) {
                    found.push(Speaker { name, sort: sort(&voice) });
                }
            }
        }
    }
    found.truncate(MOST);
    found
}

/// Verbs of saying that are other things as well: "put the dead at 12", "described it as a bomb".
/// Each with the words of which one must stand near behind it; none if it says enough.
const FIGURES: &[(&str, &[&str])] = &[
    ("charge", &["that"]),
    ("claim", &[",", ".", ";", ""]),
    ("count", &["bodies", "dead", "deaths"]),
    ("describe", &["as"]),
    ("give", &["count", "figure", "number", "toll"]),
    ("hold", &["responsible"]),
    ("identify", &["as"]),
    ("lower", &["count", "dead", "number", "toll"]),
    ("name", &["as"]),
    ("put", &["count", "dead", "deaths", "number", "toll"]),
    ("raise", &["count", "dead", "number", "toll"]),
    ("revise", &["count", "dead", "number", "toll"]),
    ("see", &["bodies", "body", "corpse", "corpses"]),
];

/// The verbs of the sentence around token `at` by which somebody gives a number or a description.
fn figures(text: &Text<'_>, at: usize, known: &Knowledge) -> Vec<(Range<usize>, Cue)> {
    const NEAR: usize = 5;
    let Some(sentence) = text.sentences.get(text.sentence_of(at)) else { return Vec::new() };
    let said = |i: usize| {
        // "Police believe it was the latest": whoever believes it says so.
        if matches!(text.key(i), "believe" | "believes") && !text.is(i + 1, "in") {
            return Some((i..i + 1, Cue::Report));
        }
        let base = known.verbs.base(text.key(i))?;
        let (verb, near) = FIGURES.iter().find(|(verb, _)| *verb == base)?;
        let reach = if *verb == "claim" { 1 } else { NEAR };
        let told = (i + 1..=i + reach).any(|j| near.iter().any(|word| text.is(j, word)));
        // "Leaflets identifying themselves as fighters" identify nobody.
        let told = told && !matches!(text.key(i + 1), "himself" | "themselves");
        told.then_some((i..i + 1, Cue::Report))
    };
    (sentence.first..sentence.last).filter_map(said).collect()
}

/// The last token of the words before a colon with which the sentence begins and behind which somebody
/// is quoted: "The mayor of Kitwe: …".
fn headed(text: &Text<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 10;
    let sentence = text.sentences.get(text.sentence_of(at))?;
    let end = sentence.last.min(sentence.first + LONGEST);
    let colon = (sentence.first..end).find(|&i| text.is(i, ":"))?;
    let quoted = matches!(text.word(colon + 1), "\"" | "“" | "‘" | "'");
    (quoted && colon > sentence.first).then_some(sentence.first)
}

/// Whether the noun at token `head` is somebody by its word: a description of people, or a body.
fn is_anybody(text: &Text<'_>, here: &[Mention<'_>], head: usize) -> bool {
    let at_head = here.iter().filter(|m| m.first <= head && head < m.last);
    let person = |m: &Mention<'_>| m.senses.iter().any(|s| matches!(s, Sense::Person(..)));
    at_head.into_iter().any(person) || is_voice(text.key(head))
}

/// What a mention says of somebody's saying.
fn saying(text: &Text<'_>, mention: &Mention<'_>) -> Option<Cue> {
    let word = text.key(mention.first);
    let cue = mention.sense(|s| match s {
        Sense::Cue(cue @ (Cue::Report | Cue::Claim | Cue::Blame | Cue::Deny)) => Some(cue),
        _ => None,
    })?;
    let tells = match cue {
        Cue::Report => !OPINIONS.contains(&word),
        // "The claim that the troops were to blame": they say nothing.
        Cue::Blame => BLAMES.contains(&word) && !is_to_blame(text, mention.first),
        // "Had nothing to do with it" is what somebody says of others.
        Cue::Deny => DENIES.contains(&word),
        _ => true,
    };
    tells.then_some(cue)
}

/// "Were to blame": said of those who are blamed.
fn is_to_blame(text: &Text<'_>, at: usize) -> bool {
    const BE: &[&str] = &["are", "be", "been", "is", "was", "were"];
    let before = |back: usize| at.checked_sub(back).map_or("", |i| text.key(i));
    text.is(at, "blame") && before(1) == "to" && BE.contains(&before(2))
}

/// The words of one who says it, the head among them, and the words beside them.
type Sayer = (Range<usize>, usize, Range<usize>);

/// Those who do the saying.
fn sayers(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    verbs: &Verbs,
    verb: &Range<usize>,
) -> Vec<Sayer> {
    let mut nouns = nouns(text, syntax, here, verbs, verb);
    nouns.extend(quoted(text, syntax, verb));
    if nouns.is_empty() && is_called(text, verb) {
        return Vec::new();
    }
    if nouns.is_empty() {
        // "The military said": an adjective to the grammar, a force to the dictionary.
        let spoken = verb.clone().any(|i| syntax.verb_at(i).is_some())
            || !VOICES.contains(&text.key(verb.start));
        let force = here.iter().find(|m| m.last == verb.start && m.sense(person).is_some());
        let force = force.filter(|_| spoken);
        return force.map(|m| (m.first..m.last, m.last - 1, 0..0)).into_iter().collect();
    }
    nouns.into_iter().filter_map(|noun| sayer(text, syntax, verbs, noun)).collect()
}

/// "An agency quoted survivors as saying": they speak as well.
fn quoted(text: &Text<'_>, syntax: &Syntax, verb: &Range<usize>) -> Vec<usize> {
    let quotes = |i: usize| ["cited", "quoted", "quotes"].iter().any(|word| text.is(i, word));
    let group = verb.clone().filter(|&i| quotes(i)).find_map(|i| syntax.verb_at(i));
    let Some(group) = group.and_then(|v| syntax.verbs.get(v)) else { return Vec::new() };
    let says = |n: &usize| {
        let noun = &syntax.nouns[*n];
        !noun.pronoun && text.is(noun.last, "as")
    };
    group.objects.iter().copied().filter(says).collect()
}

fn sayer(text: &Text<'_>, syntax: &Syntax, verbs: &Verbs, noun: usize) -> Option<Sayer> {
    let (words, head) = (words(text, syntax, verbs, noun)?, syntax.nouns.get(noun)?.head);
    // "A caller claiming to speak for X said": the grammar takes the participle for the noun.
    let last = words.end - 1;
    let participle = text.key(last).ends_with("ing")
        && verbs.base(text.key(last)).is_some()
        && ["that", "to"].iter().any(|word| text.is(last + 1, word));
    if participle && last > words.start {
        return Some((words.start..last, last - 1, beside(syntax, noun)));
    }
    Some((words, head, beside(syntax, noun)))
}

/// The noun phrases that do the saying, apart from pronouns.
fn nouns(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    verbs: &Verbs,
    verb: &Range<usize>,
) -> Vec<usize> {
    let says = |i: &usize| {
        let noun = &syntax.nouns[*i];
        !noun.pronoun
            && noun.apposed.is_none()
            && !is_mute(text, here, verbs, &(noun.first..noun.last), noun.head)
    };
    let next = |from: usize| syntax.nouns.iter().position(|n| n.first == from).filter(says);
    // "According to the mayor", "in the view of the mayor"
    if ["according", "in"].iter().any(|word| text.is(verb.start, word)) {
        return next(verb.end).into_iter().collect();
    }
    let group = verb.clone().find_map(|i| syntax.verb_at(i));
    let Some(group) = group else { return Vec::new() };
    let group = &syntax.verbs[group];
    // "Television reported, quoting the army": whom it quotes.
    if ["quoting", "citing"].iter().any(|word| text.is(group.head, word)) {
        return group.objects.iter().copied().filter(says).collect();
    }
    // "The hills are disputed by two gangs": nobody denies anything.
    let deny =
        here.iter().any(|m| m.first == verb.start && m.senses.contains(&Sense::Cue(Cue::Deny)));
    if deny && group.voice == Voice::Passive {
        return Vec::new();
    }
    // "Police named the man as X and said": it is the police who said so.
    let and = ["and", "but"].iter().any(|word| text.is(group.first.wrapping_sub(1), word));
    if and && group.subjects.iter().any(says) {
        return group.subjects.iter().copied().filter(says).collect();
    }
    // "A man described as a bomber" describes nobody.
    let described = group.form == Form::Participle && group.first == group.head
        || DESCRIBES.contains(&text.key(group.head));
    // So does "a man accused of murder".
    let accused = text.is(group.head, "accused") && text.is(group.last, "of");
    let passive = group.voice == Voice::Passive || accused;
    if passive || described && text.is(group.last, "as") {
        // "Claimed by the group": the agent stands right behind, or it belongs to another verb.
        let close = |i: &&usize| syntax.nouns[**i].preposition == Some(group.last);
        return group.agents.iter().filter(close).copied().filter(says).collect();
    }
    // In "claimed the blast", "denied any part" what follows is no speaker.
    let turns = verb.clone().any(|i| TURNS.binary_search(&text.key(i)).is_ok());
    let turned = next(group.last).filter(|&n| turns && syntax.nouns[n].first >= verb.end);
    // "Police in Leeds, Ohio, said a man was shot", "Ada Fenn, a nurse, said the men first cut the
    // fence": whoever does or suffers something is in what they say.
    let told = |&n: &usize| {
        const NEXT: &[&str] = &["a", "an", "her", "his", "its", "the", "their"];
        let end = syntax.nouns[n].last;
        let object = NEXT.binary_search(&text.key(end)).is_ok();
        // "The rights group Clear Water" is a name to its end.
        let acts = syntax.verbs.iter().any(|v| v.first == end && v.form == Form::Finite);
        object || acts && !text.is_capital(end)
    };
    let turned = turned.filter(|n| !told(n));
    let comma = group.first.checked_sub(1).is_some_and(|i| text.is(i, ","));
    if let Some(turned) = turned.filter(|_| comma || group.subjects.is_empty()) {
        return vec![turned];
    }
    if let Some(before) = before(text, syntax, group.first) {
        let noun = &syntax.nouns[before];
        let nobody =
            noun.pronoun || is_mute(text, here, verbs, &(noun.first..noun.last), noun.head);
        // "The X and the Y claimed it": both do. "Killing 30 people, villagers and medics said": the
        // dead do not.
        let harmed = |n: &usize| {
            let others = syntax.verbs.iter().filter(|v| v.head != group.head);
            others.into_iter().any(|v| v.objects.first() == Some(n) && v.last <= group.first)
        };
        let all = group.subjects.contains(&before).then(|| group.subjects.clone());
        let all = all.unwrap_or_else(|| match listed(text, syntax, here, before) {
            Some(first) => vec![first, before],
            None => vec![before],
        });
        let all: Vec<usize> = all.into_iter().filter(|n| *n == before || !harmed(n)).collect();
        return if nobody { Vec::new() } else { all };
    }
    group.subjects.iter().copied().filter(says).collect()
}

/// The noun phrase before the verb at token `verb`, behind those that only say where, when or what
/// else it is: "a spokesman in Erbil said", "police in Gitega, Burundi, said", "X, a teacher, said".
fn before(text: &Text<'_>, syntax: &Syntax, verb: usize) -> Option<usize> {
    let ends_at = |token: usize| {
        let mut noun = syntax.nouns.iter().rposition(|n| n.last == token)?;
        // Of a list, only the first stands behind the preposition.
        let led = |n: &NounPhrase| n.preposition.filter(|&p| p + 1 == n.first);
        while let Some(preposition) = led(&syntax.nouns[noun]) {
            // "A group formed by relatives of the dead said", "a caller claiming to speak for the X
            // said": the group does, and the caller.
            let ends_at = |end: usize| {
                let hangs = |v: &&VerbGroup| v.last == end && v.form != Form::Finite;
                syntax.verbs.iter().find(hangs).map(|v| v.first)
            };
            let mut end = preposition;
            while let Some(first) = ends_at(end) {
                end = first;
            }
            noun = syntax.nouns.iter().rposition(|n| n.last == end)?;
        }
        Some(noun)
    };
    let last = verb.checked_sub(1)?;
    if !text.is(last, ",") {
        // "The ministry there said."
        return ends_at(verb).or_else(|| ends_at(last));
    }
    let inserted = ends_at(last)?;
    let comma = syntax.nouns[inserted].first.checked_sub(1).filter(|&i| text.is(i, ","))?;
    ends_at(comma)
}

/// The first of two who speak, where the grammar takes it for the end of what they say: "a bomb killed
/// 30, villagers and medics said".
fn listed(text: &Text<'_>, syntax: &Syntax, here: &[Mention<'_>], second: usize) -> Option<usize> {
    let and = syntax.nouns.get(second)?.first.checked_sub(1).filter(|&i| text.is(i, "and"))?;
    let first = syntax.nouns.iter().position(|n| n.last == and)?;
    let noun = &syntax.nouns[first];
    let begins = noun.first.checked_sub(1).is_some_and(|i| text.is(i, ","));
    (begins && !noun.pronoun && is_anybody(text, here, noun.head)).then_some(first)
}

/// Whether a verb says what somebody is called or accused of, so that he is none who speaks.
fn is_called(text: &Text<'_>, verb: &Range<usize>) -> bool {
    verb.clone().any(|i| {
        DESCRIBES.contains(&text.key(i)) && text.is(i + 1, "as")
            || text.is(i, "accused") && text.is(i + 1, "of")
    })
}

/// Verbs that without an object say what somebody is called: "a man described as a courier".
const DESCRIBES: &[&str] = &["described", "identified", "named"];

/// Verbs behind which the speaker may stand: "…, said the mayor". Sorted.
const TURNS: &[&str] = &[
    "added",
    "adds",
    "explained",
    "recalled",
    "reported",
    "reports",
    "said",
    "say",
    "says",
    "wrote",
];

/// Words that a speaker's name begins with and that are no part of it.
const SMALL: &[&str] = &["a", "an", "both", "my", "our", "the", "whose"];

/// The words of a noun phrase without its article, with what belongs to it by "of".
fn words(text: &Text<'_>, syntax: &Syntax, verbs: &Verbs, noun: usize) -> Option<Range<usize>> {
    let NounPhrase { first, last, .. } = *syntax.nouns.get(noun)?;
    let small = |i: &usize| SMALL.contains(&text.key(*i));
    // "It was shelled, a charge Kyiv denied": only the name is the speaker.
    let name = last - 1;
    let capital = |i: usize| text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital);
    let apart = name > first + 1
        && ["a", "an"].iter().any(|word| text.is(first, word))
        && capital(name)
        && text.tokens.get(name - 1).is_some_and(|t| t.shape == Shape::Lower)
        && is_mute(text, &[], verbs, &(first..name), name - 1);
    let start = (first..name).find(|i| !small(i)).unwrap_or(name);
    let start = if apart { name } else { start };
    // "United States officials": the grammar takes the first word for a verb.
    let united = start > 0 && text.is(start - 1, "united") && capital(start - 1) && capital(start);
    let start = if united { start - 1 } else { start };
    // "Security and medical sources": the grammar takes the first word for a phrase of its own.
    let sources = matches!(text.key(name), "officials" | "sources") && start == first && start > 2;
    let lower = |i: usize| text.tokens.get(i).is_some_and(|t| t.shape == Shape::Lower);
    let both = sources && text.is(start - 1, "and") && lower(start - 2) && text.is(start - 3, ",");
    let start = if both { start - 2 } else { start };
    // "Said the human rights group Clear Water": the grammar takes "group" for a verb.
    if text.is(name, "rights") && text.is(last, "group") {
        let end = (last + 1..last + 6).find(|&i| !text.is_capital(i)).unwrap_or(last + 1);
        return Some(start..end);
    }
    let named = |n: &NounPhrase| n.name || (n.first..n.last).any(capital);
    let belongs = |n: &&NounPhrase| n.of == Some(noun) && n.preposition == Some(last) && named(n);
    let of = syntax.nouns.iter().find(belongs);
    // "A spokesman for the forces", "an adviser to the president": for whom he speaks.
    let speaks = |n: &&NounPhrase| {
        let bound = n.preposition.filter(|&p| p == last && p + 1 == n.first);
        let voice = VOICES.binary_search(&text.key(last - 1)).is_ok();
        voice && bound.is_some_and(|p| ["for", "to"].iter().any(|word| text.is(p, word)))
    };
    let end = of.or_else(|| syntax.nouns.iter().find(speaks)).map_or(last, |n| n.last);
    (start < end).then_some(start..end)
}

/// Who speaks for somebody that is named behind. Sorted.
#[rustfmt::skip]
const VOICES: &[&str] = &[
    "adviser", "advisor", "aide", "ambassador", "envoy", "lawyer", "spokesman", "spokesperson",
    "spokeswoman",
];

/// The words that say in other words who it is: "X, a surgeon at a hospital,".
fn beside(syntax: &Syntax, noun: usize) -> Range<usize> {
    let other = syntax.nouns.iter().find(|n| n.apposed == Some(noun));
    other.map_or(0..0, |n| n.first..n.last)
}

/// The holders of offices in the sentence of the mentions `here`.
fn holders(
    text: &Text<'_>,
    here: &[Mention<'_>],
    known: &Knowledge,
    day: Option<Date>,
) -> Vec<Holder> {
    let Some(first) = here.first() else { return Vec::new() };
    let Some(sentence) = text.sentences.get(text.sentence_of(first.first)) else {
        return Vec::new();
    };
    let range = sentence.first..sentence.last;
    known.roles.holders(text, range, here, (&known.actors, &known.geography), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let grammar = Grammar::of(&text, &known.verbs);
        let told = std::iter::once(0..mentions.len()).collect::<Vec<_>>();
        let found = speakers(&text, &mentions, &told, &grammar, &known, None);
        let words: Vec<&str> = found.iter().map(|s| s.name.of(sentence)).collect();
        assert_eq!(words, expected, "{sentence}");
    }

    #[test]
    fn whoever_is_no_act_number_or_thing_may_speak() {
        check("Weapons were said to be inside, and nine died.", &[]);
        check("The local carnival society said nine had died.", &["local carnival society"]);
        check(
            "The director of Chad's lottery said nine had died.",
            &["director of Chad's lottery"],
        );
        check("An air strike said to be French killed nine.", &[]);
        check("Nine died, a charge Khartoum denied.", &["Khartoum"]);
        check("More than first believed said to be dead were killed.", &[]);
        check("Orla Fenn said nine had died.", &["Orla Fenn"]);
        check("United States officials said nine had died.", &["United States officials"]);
    }

    #[test]
    fn who_is_spoken_of_says_nothing() {
        check("Villagers and medics said a bomb killed 30.", &["Villagers", "medics"]);
        check("A bomb killed 30, villagers and medics said.", &["villagers", "medics"]);
        check("A bomb killed 30 in Leeds, police and firemen said.", &["police", "firemen"]);
        check("A caller claiming to speak for the Harrow Front said 30 had died.", &["caller"]);
        check("A man accused of shooting a driver was held.", &[]);
        check("Police in Leeds, Ohio, said a man was shot dead.", &["Police"]);
        check("A bomb killed 30, said the mayor of Leeds.", &["mayor of Leeds"]);
        check(
            "The headmistress, Ada Fenn, said the attackers first cut the fence.",
            &["headmistress"],
        );
        check("A man described as a member of the gang was shot dead.", &[]);
        check("A group formed by relatives of the dead said nine had died.", &["group"]);
        check("Men who killed nine had nothing to do with the army.", &[]);
        check("A bomb killed 30 people, villagers and medics said.", &["villagers", "medics"]);
        check("A court jailed a man described as a member of the gang that killed nine.", &[]);
        check("A caller claiming to speak for the gang said nine had died.", &["caller"]);
    }

    #[test]
    fn for_whom_somebody_speaks_belongs_to_his_name() {
        check(
            "A spokesman for Kenyan forces said nine had died.",
            &["spokesman for Kenyan forces"],
        );
        check(
            "The head of Chad's rescue service said nine had died.",
            &["head of Chad's rescue service"],
        );
    }
}
