//! Who did it, and on what the naming rests.

use std::cell::LazyCell;
use std::ops::Range;

use reading::Span;

use crate::Knowledge;
use crate::fold::fold;
use crate::lexicon::{Cue, Mention, Sense, Suffix};
use crate::ontology::{Attribution, Mode, Sort};
use crate::party::accusal::{Accused, Sentence, accusals};
use crate::party::attribution::{Stands, attribution};
use crate::party::bare::leave_bare;
use crate::party::bodies::{Body, fighting, is_unanswered, owning};
use crate::party::denial::deniers;
use crate::party::described::described;
use crate::party::doer::{agents, doers, unprovoked};
use crate::party::doubt::doubt;
use crate::party::grounds::{after, rest_on_blame, rest_on_others, ruled, weaker};
use crate::party::meant::organisation;
use crate::party::nations::nations;
use crate::party::one::{is_called, is_kin_of_named, is_of_named, is_owned, merge};
use crate::party::outfit::{hints, in_full};
use crate::party::own::{denying, disclaiming, may_deny};
use crate::party::pronoun::stand_in;
use crate::party::stands::Deeds;
use crate::party::word::Word;
use crate::party::{Named, composed, parties as parties_of};
use crate::report::Perpetrator;
use crate::syntax::{Grammar, Syntax};
use crate::text::{Shape, Text};

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
    let mut gathered = Gathered::default();
    let rammed = told.iter().any(|range| is_rammed(&mentions[range.clone()]));
    let unclaimed = mentions.iter().any(|m| m.senses.contains(&Sense::Cue(Cue::NoClaim)));
    for (range, own) in told.iter().map(|r| (r, true)).chain(claims.iter().map(|r| (r, false))) {
        let here = &mentions[range.clone()];
        let Some(first) = here.first() else { continue };
        let syntax = grammar.around(first.first);
        let mut parties = parties_of(text, here, known);
        let stands_for = stand_in(text, syntax, here, &mentions[..range.start], known);
        parties.extend(stands_for.iter().map(|(party, _)| party.clone()));
        let name = |tokens| named_at(text, stands_for.as_ref(), tokens, known);
        let covered = |tokens: &Range<usize>| {
            parties.iter().any(|p| p.tokens.start < tokens.end && tokens.start < p.tokens.end)
        };
        let deeds = LazyCell::new(|| Deeds::of(text, syntax, here, known));
        let part = |party: &Named| if own { deeds.part(party) } else { Stands::Unknown };
        let hinted = hinted(text, here, &parties, &deeds, own);
        gathered.hinted.extend(hinted.into_iter().map(&name));
        let word = LazyCell::new(|| Word::of(text, grammar, mentions, range, known));
        // "X killed nine, police said": it is so by their word.
        let on_word = |tokens: &Range<usize>, sort, actor: Option<&str>, on| match on {
            Attribution::Fact if own => {
                let doubted = doubt(text, syntax, here, tokens, known);
                let others = word.of_others(tokens).filter(|_| sort == Sort::StateForce);
                weaker(word.basis(tokens, sort, actor), doubted.or(others))
            }
            other => other,
        };
        let look = Sentence {
            text,
            grammar,
            syntax,
            mentions: here,
            all: mentions,
            parties: &parties,
            known,
        };
        let accused = accusals(&look);
        for party in parties.iter().cloned() {
            let noun = syntax.noun_at(party.tokens.end - 1);
            // "The X coalition of gangs was behind it"
            let of = noun.and_then(|n| syntax.nouns.iter().find(|other| other.of == Some(n)));
            let phrase = of.map(|n| n.last).or(noun.map(|n| syntax.nouns[n].last));
            let phrase = phrase.unwrap_or(party.tokens.end);
            let around = (syntax, here);
            let on = attribution(text, around, &party, phrase, (own, unclaimed), part(&party));
            if let Some(attribution) = on
                && (accountable(party.sort) || own && is_partisan(&party, part(&party)))
                && !is_kin_of_named(text, syntax, &party.tokens, &parties)
            {
                let actor = party.actor.as_deref();
                let attribution = ruled(&accused, &party.tokens, attribution);
                let attribution = on_word(&party.tokens, party.sort, actor, attribution);
                // "the X, an affiliate of Y": it is X that does it. "An offshoot of X" has no name.
                let kin = kin(text, &party.tokens);
                if kin.as_ref().is_some_and(|kin| is_apposed(text, &parties, kin.start)) {
                    continue;
                }
                let own = || unowned(text, name(named_first(&party, &parties)), &party);
                let actor = party.actor.clone().filter(|_| kin.is_none());
                let tokens = kin.unwrap_or_else(own);
                add(text, &mut gathered.found, tokens, actor, party.sort, attribution);
            }
        }
        if own {
            for (tokens, actor) in struck(&look).into_iter().filter(|(tokens, _)| !covered(tokens))
            {
                let sort = Sort::StateForce;
                // "The ministry blamed an Israeli air strike."
                let on = look.blamed(tokens.start).unwrap_or(Attribution::Fact);
                let attribution = on_word(&tokens, sort, Some(&actor), on);
                let tokens = land(&look, &actor, tokens);
                add(text, &mut gathered.found, tokens, Some(actor), sort, attribution);
            }
        }
        gathered.deny(&look, &name);
        if own {
            let opens = told.first() == Some(range);
            gathered.describe(&look, &accused, (&part, &|t| word.of_others(t)), (opens, rammed));
        } else {
            gathered.told.extend(owning(&look));
        }
        for Accused { tokens, actor, sort, attribution } in accused {
            gathered.blame(actor.as_deref(), attribution);
            if actor.is_none() || accountable(sort) {
                add(text, &mut gathered.found, name(tokens), actor, sort, attribution);
            }
        }
    }
    gathered.own_up(text);
    let Gathered { mut found, armed, fighting, blamed, hinted, others, .. } = gathered;
    think_of(text, &mut found, hinted);
    rest_on_blame(&mut found, &blamed);
    sift(&mut found, armed, &fighting);
    rest_on_others(&mut found, &others);
    merge(text, &mut found, &fighting);
    found.extend(organisation(text, mentions, &found, known));
    leave_bare(text, &mut found);
    found.sort_by_key(|p| (p.actor.is_none(), p.attribution, p.name.start()));
    found.truncate(MOST);
    found
}

/// Nations that strike in their own name, each with the id of its military.
fn struck(look: &Sentence<'_>) -> Vec<(Range<usize>, String)> {
    let found = nations(look.text, look.mentions);
    let actor = |country| composed(country, Suffix::Military, look.known);
    found.map(|(tokens, country)| (tokens, actor(country))).collect()
}

/// "An Israeli air strike" is Israel's, if the text names it.
fn land(look: &Sentence<'_>, actor: &str, tokens: Range<usize>) -> Range<usize> {
    let land = |m: &&Mention<'_>| {
        let country = |s: &Sense| matches!(s, Sense::Country(c) if composed(*c, Suffix::Military, look.known) == actor);
        m.senses.iter().any(country)
    };
    look.all.iter().find(land).map_or(tokens, |m| m.first..m.last)
}

/// "Members of the X, a party, stabbed": it is named only for what they are said to do.
fn is_partisan(party: &Named, part: Stands) -> bool {
    party.sort == Sort::Political && part == Stands::Does
}

/// "X, or XYZ, said": the name that the sentence gives a party first.
fn named_first(party: &Named, parties: &[Named]) -> Range<usize> {
    const NEAR: usize = 4;
    let first = parties.iter().find(|p| {
        let near = p.tokens.end..p.tokens.end + NEAR;
        p.actor.is_some() && p.actor == party.actor && near.contains(&party.tokens.start)
    });
    first.unwrap_or(party).tokens.clone()
}

/// "The group", a short name: the tokens where the document gives the name in full.
fn named_at(
    text: &Text<'_>,
    stands_for: Option<&(Named, Range<usize>)>,
    tokens: Range<usize>,
    known: &Knowledge,
) -> Range<usize> {
    let antecedent = stands_for.filter(|(party, _)| party.tokens == tokens);
    antecedent.map_or_else(|| in_full(text, known, tokens.clone()), |(_, name)| name.clone())
}

/// Where nobody else is named, whoever praises it or left his mark on it is thought of.
fn think_of(text: &Text<'_>, found: &mut Vec<Perpetrator>, hinted: Vec<Range<usize>>) {
    let named = |p: &Perpetrator| p.actor.is_some() || p.sort == Sort::Organisation;
    if let Some(tokens) = hinted.into_iter().next().filter(|_| !found.iter().any(named)) {
        add(text, found, tokens, None, Sort::Organisation, Attribution::Possible);
    }
}

/// The parties of a sentence to which something points, if no table knows them.
fn hinted(
    text: &Text<'_>,
    here: &[Mention<'_>],
    parties: &[Named],
    deeds: &Deeds<'_>,
    own: bool,
) -> Vec<Range<usize>> {
    let act = |m: &Mention<'_>| m.senses.iter().any(|s| matches!(s, Sense::Act(_)));
    let violent = own || here.iter().any(act);
    let unknown = parties.iter().filter(|p| p.actor.is_none() && p.sort == Sort::Organisation);
    // "A raid killed nine fighters of the X": it points to nobody who suffers.
    let hinted = unknown.filter(|p| hints(text, &p.tokens, violent) && !deeds.is_harmed(p));
    hinted.map(|p| p.tokens.clone()).collect()
}

/// What the word of others leaves of a party's deed.
type Others<'o> = &'o dyn Fn(&Range<usize>) -> Option<Attribution>;

/// What is gathered on the way through the sentences.
#[derive(Default)]
struct Gathered {
    found: Vec<Perpetrator>,
    /// Whether attackers are described.
    armed: bool,
    /// Who fights, and forces that did not only come.
    fighting: Vec<Span>,
    /// Whom somebody is said to blame, and on what that rests.
    blamed: Vec<(Option<String>, Attribution)>,
    /// Organisations to which something points, by their names.
    hinted: Vec<Range<usize>>,
    /// Who tells of his deeds beside the incident.
    told: Vec<Body>,
    /// Forces without a name of which others say that they did it.
    others: Vec<Span>,
}

impl Gathered {
    /// Notes that somebody is blamed, if that is on what his naming rests.
    fn blame(&mut self, actor: Option<&str>, attribution: Attribution) {
        let blames = attribution > Attribution::Claimed;
        self.blamed.extend(blames.then(|| (actor.map(str::to_owned), attribution)));
    }

    /// Adds those who tell beside the incident of what they did, unless it answers what others did.
    fn own_up(&mut self, text: &Text<'_>) {
        for body in std::mem::take(&mut self.told) {
            if is_unanswered(&body, &self.found) {
                let (tokens, actor, sort, attribution) = body;
                add(text, &mut self.found, tokens, actor, sort, attribution);
            }
        }
    }

    /// Adds those who say that they did not do it.
    fn deny(&mut self, look: &Sentence<'_>, name: &dyn Fn(Range<usize>) -> Range<usize>) {
        let Sentence { text, syntax, mentions: here, known, .. } = *look;
        for n in deniers(text, syntax, here, known) {
            if let Some((tokens, actor, sort, _)) = look.denier(n) {
                add(text, &mut self.found, name(tokens), actor, sort, Attribution::Denied);
            }
        }
        let ends = here.first().zip(here.last());
        if !ends.is_some_and(|(first, last)| may_deny(text, first.first..last.last, here)) {
            return;
        }
        for n in denying(text, syntax, here, known) {
            if let Some((tokens, actor, sort, _)) = look.denier(n) {
                add(text, &mut self.found, name(tokens), actor, sort, Attribution::Denied);
            }
        }
        self.disclaim(look);
    }

    /// Adds the states that deny a share in it: "Moscow denied responsibility".
    fn disclaim(&mut self, look: &Sentence<'_>) {
        for n in disclaiming(look.text, look.syntax, look.known) {
            if let Some((tokens, actor, sort)) = look.state(n) {
                add(look.text, &mut self.found, tokens, actor, sort, Attribution::Denied);
            }
        }
    }

    /// Adds those whom a sentence of the incident describes. `part` says what part the grammar gives
    /// them and `told` what is left of it by the word of others; `opens` that it is the first sentence, `rammed` that a vehicle was driven into people.
    fn describe(
        &mut self,
        look: &Sentence<'_>,
        accused: &[Accused],
        (part, told): (&dyn Fn(&Named) -> Stands, Others<'_>),
        (opens, rammed): (bool, bool),
    ) {
        let Sentence { text, syntax, mentions: here, parties, known, .. } = *look;
        let covered = |tokens: &Range<usize>| {
            parties.iter().any(|p| p.tokens.start < tokens.end && tokens.start < p.tokens.end)
        };
        for (tokens, actor, sort, attribution) in fighting(look).into_iter().chain(owning(look)) {
            self.fighting.extend(text.span(tokens.start, tokens.end));
            add(text, &mut self.found, tokens, actor, sort, attribution);
        }
        let described = described(text, syntax, here, known);
        let doers = doers(text, syntax, here, known);
        let doers: Vec<_> =
            doers.into_iter().map(|(tokens, a)| (tokens, Sort::Individuals, a)).collect();
        self.armed |= described.iter().any(|(_, sort, a)| is_attacker(*sort, *a));
        self.armed |= doers.iter().any(|(_, _, a)| *a == Attribution::Fact);
        // "Police shot three people, after a mob had attacked a station": they did not only come.
        let mut unprovoked = if opens { unprovoked(text, syntax, here, known) } else { Vec::new() };
        unprovoked.extend(agents(text, syntax, here, known));
        let shot = |tokens: &Range<usize>| unprovoked.iter().any(|n| n.contains(&(tokens.end - 1)));
        let forces =
            described.iter().filter(|(tokens, sort, _)| *sort == Sort::StateForce && shot(tokens));
        self.fighting.extend(forces.filter_map(|(tokens, ..)| text.span(tokens.start, tokens.end)));
        let drivers = drivers(text, syntax, rammed);
        self.armed |= !drivers.is_empty();
        for (tokens, sort, attribution) in described.into_iter().chain(doers).chain(drivers) {
            let other = Named { tokens: tokens.clone(), sort, actor: None };
            let other = sort == Sort::StateForce && part(&other) == Stands::Other;
            // "Accused rebels of shooting nine": that is no fact.
            let only_accused = accused.iter().any(|a| a.tokens.contains(&(tokens.end - 1)));
            let owned = is_owned(look, &tokens);
            let members = is_of_named(text, syntax, &tokens, parties, &self.found)
                || parties.iter().any(|p| is_called(text, &tokens, &p.tokens));
            if !covered(&tokens) && !other && !only_accused && !owned && !members {
                // "Residents accused soldiers of shooting nine": they say so.
                let doubted = match attribution {
                    Attribution::Fact => look
                        .blamed(tokens.end - 1)
                        .or_else(|| look.in_quotes(&tokens))
                        .or_else(|| doubt(text, syntax, here, &tokens, known)),
                    _ => None,
                };
                if sort == Sort::StateForce && told(&tokens).is_some() {
                    self.others.extend(text.span(tokens.start, tokens.end));
                }
                let attribution = doubted.unwrap_or(attribution);
                add(text, &mut self.found, tokens, None, sort, attribution);
            }
        }
    }
}

/// Leaves out whom others show to have only come, or only denied it; `armed` says that attackers are
/// described, `fighting` who fights in a battle.
fn sift(found: &mut Vec<Perpetrator>, armed: bool, fighting: &[Span]) {
    // Where others are said to have attacked, police and troops without a name are those who came.
    let attacked = armed
        || found.iter().any(|p| p.sort != Sort::Individuals && is_attacker(p.sort, p.attribution));
    found.retain(|p| {
        let said = p.attribution != Attribution::Fact;
        let force = p.actor.is_none() && p.sort == Sort::StateForce && !said;
        !attacked || !force || fighting.contains(&p.name)
    });
    // A body that is both blamed and denies stays blamed; one that only denies was never named.
    let named = |p: &Perpetrator| p.actor.is_some() || p.sort == Sort::Organisation;
    found.retain(|p| p.attribution != Attribution::Denied || named(p));
}

/// Whether a vehicle was driven into people.
fn is_rammed(here: &[Mention<'_>]) -> bool {
    let mode = Some(Mode::VehicleRamming);
    let ramming = |s: &Sense| matches!(s, Sense::Act(act) if act.mode == mode);
    here.iter().any(|m| m.senses.iter().any(ramming))
}

/// Who drove, where a vehicle was driven into people.
fn drivers(
    text: &Text<'_>,
    syntax: &Syntax,
    rammed: bool,
) -> Vec<(Range<usize>, Sort, Attribution)> {
    let driver = syntax.nouns.iter().filter(|n| rammed && text.is(n.head, "driver"));
    driver.map(|n| (n.head..n.head + 1, Sort::Individuals, Attribution::Fact)).collect()
}

/// "Colombia's X": whose it is said to be is no part of an organisation's name.
fn unowned(text: &Text<'_>, tokens: Range<usize>, party: &Named) -> Range<usize> {
    let owned = tokens.len() > 3
        && text.tokens.get(tokens.start + 1).is_some_and(|t| t.shape == Shape::Possessive);
    // "Sudan's Rapid Support Forces" have a name of their own, "Sudan's army" has not: `sd-military`.
    let own = party.actor.as_deref().is_some_and(|id| id.as_bytes().get(2) != Some(&b'-'));
    let named = party.sort == Sort::Organisation || party.sort == Sort::StateForce && own;
    if owned && named { tokens.start + 2..tokens.end } else { tokens }
}

/// "offshoot of the X": the words, if what stands before the name of X makes it another party.
pub(super) fn kin(text: &Text<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    // "The former X"
    let former = usize::from(tokens.start > 0 && text.is(tokens.start - 1, "former"));
    let first = tokens.start - former;
    let of = (first.saturating_sub(2)..first).find(|&i| text.is(i, "of"))?;
    let word = text.key(of.checked_sub(1)?);
    let kin =
        matches!(word, "affiliate" | "branch" | "dissidents" | "offshoot" | "splinter" | "wing");
    kin.then_some(of - 1..tokens.end)
}

/// Whether what begins at token `at` says in other words who a party is: "X, an affiliate of Y".
fn is_apposed(text: &Text<'_>, parties: &[Named], at: usize) -> bool {
    let near = |p: &&Named| p.tokens.end < at && at - p.tokens.end <= 3;
    parties.iter().filter(near).any(|p| text.word(p.tokens.end) == ",")
}

/// Whether such a party is one whom the police may have met.
fn is_attacker(sort: Sort, attribution: Attribution) -> bool {
    sort != Sort::StateForce && attribution <= Attribution::AccusedByAuthorities
}

/// Whether such a party can be a perpetrator.
pub(super) fn accountable(sort: Sort) -> bool {
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
    let within = |a: Span, b: Span| a.start() <= b.start() && b.end() <= a.end();
    let same = |p: &&mut Perpetrator| match (&p.actor, &actor) {
        (Some(a), Some(b)) => a == b,
        (None, None) => {
            let longer = p.sort == sort && within(name, p.name);
            same_words(text, p.name, name) || within(p.name, name) || longer
        }
        _ => false,
    };
    match found.iter_mut().find(same) {
        Some(known) => {
            known.attribution = after(known.attribution, attribution);
            // "A commando" is "a commando of foreign mercenaries".
            if known.actor.is_none() && known.sort == sort && within(name, known.name) {
                known.name = name;
            }
        }
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
