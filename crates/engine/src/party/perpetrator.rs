//! Who did it, and on what the naming rests.

use std::ops::Range;

use reading::Span;

use crate::Knowledge;
use crate::fold::fold;
use crate::lexicon::{Mention, Sense, Suffix};
use crate::ontology::{Attribution, Sort};
use crate::party::accusal::{Sentence, accusals};
use crate::party::attribution::attribution;
use crate::party::described::{described, nations};
use crate::party::{Named, composed, named};
use crate::report::Perpetrator;
use crate::syntax::{Grammar, Syntax};
use crate::text::Text;

/// The most that a report names.
const MOST: usize = 5;

/// Who the sentences `told` say did it. Names come before descriptions, the firmest first.
///
/// `claims` are further sentences in which somebody claims, blames, accuses or denies.
pub fn perpetrators(
    text: &Text<'_>,
    grammar: &Grammar<'_>,
    mentions: &[Mention<'_>],
    told: &[Range<usize>],
    claims: &[Range<usize>],
    known: &Knowledge,
) -> Vec<Perpetrator> {
    let mut found: Vec<Perpetrator> = Vec::new();
    for (range, own) in told.iter().map(|r| (r, true)).chain(claims.iter().map(|r| (r, false))) {
        let here = &mentions[range.clone()];
        let Some(first) = here.first() else { continue };
        let syntax = grammar.around(first.first);
        let mut parties = named(text, here, known);
        let stands_for = stand_in(text, syntax, &mentions[..range.start], known);
        parties.extend(stands_for.iter().map(|(party, _)| party.clone()));
        // "the group": the name is where the document gives it.
        let name = |tokens: Range<usize>| {
            let antecedent = stands_for.iter().find(|(party, _)| party.tokens == tokens);
            antecedent.map_or(tokens, |(_, name)| name.clone())
        };
        let covered = |tokens: &Range<usize>| {
            parties.iter().any(|p| p.tokens.start < tokens.end && tokens.start < p.tokens.end)
        };
        for party in parties.iter().cloned() {
            if let Some(attribution) = attribution(text, here, &party, own)
                && accountable(party.sort)
            {
                add(
                    text,
                    &mut found,
                    name(party.tokens.clone()),
                    Some(party.actor),
                    party.sort,
                    attribution,
                );
            }
        }
        if own {
            for (tokens, country) in nations(text, here).filter(|(tokens, _)| !covered(tokens)) {
                let actor = composed(country, Suffix::Military, known);
                add(text, &mut found, tokens, Some(actor), Sort::StateForce, Attribution::Fact);
            }
        }
        let described = if own { described(text, here) } else { Vec::new() };
        for (tokens, sort, attribution) in described {
            if !covered(&tokens) {
                let tokens = whole(text, syntax, here, tokens);
                add(text, &mut found, tokens, None, sort, attribution);
            }
        }
        let sentence =
            Sentence { text, syntax, mentions: here, parties: &parties, verbs: &known.verbs };
        for accused in accusals(&sentence) {
            if accused.actor.is_none() || accountable(accused.sort) {
                add(
                    text,
                    &mut found,
                    name(accused.tokens),
                    accused.actor,
                    accused.sort,
                    accused.attribution,
                );
            }
        }
    }
    // Where others are said to have attacked, police and troops without a name are those who came.
    let attacked = found
        .iter()
        .any(|p| p.sort != Sort::StateForce && p.attribution <= Attribution::AccusedByAuthorities);
    found.retain(|p| !attacked || p.actor.is_some() || p.sort != Sort::StateForce);
    // A body that is both blamed and denies stays blamed; one that only denies was never named.
    found.retain(|p| p.attribution != Attribution::Denied || p.actor.is_some());
    found.sort_by_key(|p| (p.actor.is_none(), p.attribution, p.name.start()));
    found.truncate(MOST);
    found
}

/// The noun phrase that a description is a part of: "urban guerrilla commandos", not "guerrilla";
/// not where it only says whose deed it is: "a guerrilla attack".
fn whole(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    tokens: Range<usize>,
) -> Range<usize> {
    const BANDS: &[&str] = &[
        "band",
        "bands",
        "cell",
        "column",
        "columns",
        "command",
        "commando",
        "commandos",
        "commands",
        "elements",
        "fighters",
        "forces",
        "gang",
        "gangs",
        "group",
        "groups",
        "leaders",
        "member",
        "members",
        "patrol",
        "patrols",
        "squad",
        "squads",
        "unit",
        "units",
    ];
    let Some(noun) = syntax.noun_at(tokens.end - 1).and_then(|n| syntax.nouns.get(n)) else {
        return tokens;
    };
    let head = fold(text.word(noun.head));
    let person = || {
        let at_head = here.iter().find(|m| m.first <= noun.head && noun.head < m.last);
        at_head.is_some_and(|m| m.senses.iter().any(|s| matches!(s, Sense::Person(..))))
    };
    if noun.last <= tokens.end || BANDS.binary_search(&head.as_str()).is_ok() || person() {
        tokens.start..noun.last.max(tokens.end)
    } else {
        tokens
    }
}

/// "The group", "the same movement" in a sentence, with the organisation named last before it and
/// the tokens where it is named.
fn stand_in(
    text: &Text<'_>,
    syntax: &Syntax,
    before: &[Mention<'_>],
    known: &Knowledge,
) -> Option<(Named, Range<usize>)> {
    const GROUPS: &[&str] = &["group", "movement", "network", "organisation", "organization"];
    const REACH: usize = 60;
    let noun = syntax.nouns.iter().find(|n| {
        let plain = n.last - n.first == 2 || text.is(n.first + 1, "same");
        text.is(n.first, "the")
            && plain
            && GROUPS.contains(&fold(text.word(n.head)).as_str())
            && !syntax.nouns.iter().any(|other| other.of.is_some_and(|of| syntax.nouns[of] == **n))
    })?;
    let (mention, actor) = before.iter().rev().take(REACH).find_map(|m| {
        let actor = m.sense(|s| match s {
            Sense::Actor(a, Sort::Organisation) => Some(a),
            _ => None,
        })?;
        Some((m, known.actors.get(actor)?))
    })?;
    let party =
        Named { tokens: noun.first..noun.last, sort: actor.sort, actor: actor.id.to_owned() };
    Some((party, mention.first..mention.last))
}

/// Whether such a party can be a perpetrator.
fn accountable(sort: Sort) -> bool {
    matches!(sort, Sort::Organisation | Sort::StateForce | Sort::Government | Sort::International)
}

fn add(
    text: &Text<'_>,
    found: &mut Vec<Perpetrator>,
    tokens: Range<usize>,
    actor: Option<String>,
    sort: Sort,
    attribution: Attribution,
) {
    let Some(name) = text.span(tokens.start, tokens.end) else { return };
    let same = |p: &&mut Perpetrator| match (&p.actor, &actor) {
        (Some(a), Some(b)) => a == b,
        (None, None) => same_words(text, p.name, name),
        _ => false,
    };
    match found.iter_mut().find(same) {
        // Accusers outrank a bare denial, and an open claim outranks all but the plain fact.
        Some(known) => known.attribution = known.attribution.min(attribution),
        None => found.push(Perpetrator { name, actor, sort, attribution }),
    }
}

/// Whether two descriptions end in the same word: "two gunmen", "the gunmen".
fn same_words(text: &Text<'_>, a: Span, b: Span) -> bool {
    let last =
        |s: Span| s.of(text.source).split_whitespace().next_back().map(fold).unwrap_or_default();
    let (a, b) = (last(a), last(b));
    a == b
        || a.strip_suffix('s') == Some(&b)
        || b.strip_suffix('s') == Some(&a)
        || (a.ends_with("men") && b.ends_with("man"))
        || (a.ends_with("man") && b.ends_with("men"))
}
