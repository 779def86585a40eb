//! Which noun phrases are the two sides of a deed: who says or does it, and to whom.
//!
//! The subject is the source. The target is looked for where the verb and its line say: the object,
//! what the object is of, behind the line's prepositions, in what depends on the verb; and if nobody
//! stands there, among all who are named in the clause.

use std::ops::Range;

use crate::deed::lexicon::Line;
use crate::deed::meaning::Meaning;
use crate::deed::party::{Parties, Party};
use crate::ontology::{Kind, Sort};
use crate::syntax::{Form, NounPhrase, Voice};

impl<'k> Parties<'k> {
    /// Who does what verb group `v` says.
    pub(super) fn sources(&self, v: usize, meaning: &Meaning<'k>) -> Vec<Party> {
        let group = &self.syntax.verbs[v];
        let mut doers = if meaning.asked {
            self.reporter(v).map(|r| self.syntax.verbs[r].subjects.clone()).unwrap_or_default()
        } else {
            self.syntax.doers(v).to_vec()
        };
        if doers.iter().all(|&n| self.syntax.nouns[n].pronoun) {
            // "Peru said it would help": "it" is whoever speaks.
            let reporter = (0..v).rev().find(|&w| self.is_saying(w));
            doers = match reporter {
                Some(r) if group.voice == Voice::Active => self.syntax.verbs[r].subjects.clone(),
                _ => Vec::new(),
            };
        }
        // "Envoys of Peru and Chile met": Peru and Chile did.
        let doers: Vec<usize> = doers.iter().flat_map(|&n| self.sent_by(n)).collect();
        let until =
            if meaning.asked { self.tokens.end } else { group.first.max(self.tokens.start) };
        let until = |n: usize| {
            if self.syntax.nouns[n].last <= until { until } else { self.tokens.end }
        };
        doers.iter().filter_map(|&n| self.party(n, until(n))).collect()
    }

    /// The parties whose envoys noun phrase `n` is, or itself.
    fn sent_by(&self, n: usize) -> Vec<usize> {
        const ENVOYS: &[&str] =
            &["delegates", "delegations", "envoys", "negotiators", "representatives"];
        let nouns = &self.syntax.nouns;
        let sent = ENVOYS.binary_search(&self.text.key(nouns[n].head)).is_ok();
        let of = nouns.iter().position(|noun| noun.of == Some(n)).filter(|_| sent);
        let all: Vec<usize> = of.map(|of| self.syntax.list(of).collect()).unwrap_or_default();
        if all.len() > 1 { all } else { vec![n] }
    }

    /// To whom it is done or said.
    pub(super) fn targets(&self, v: usize, meaning: &Meaning<'k>, sources: &[Party]) -> Vec<Party> {
        let verbs = &self.syntax.verbs;
        let group = &verbs[v];
        let own = |party: &Party| sources.iter().any(|s| s.whose == party.whose);
        let is_source =
            |n: usize| sources.iter().any(|s| s.tokens.start == self.syntax.nouns[n].first);
        let ends = verbs.get(meaning.last + 1).map_or(self.tokens.end, |g| g.first);
        let addressed = self.addressed(v, meaning, ends);
        let reporters: Vec<usize> = (0..verbs.len())
            .filter(|&w| w != v && self.is_saying(w))
            .flat_map(|w| verbs[w].subjects.clone())
            .collect();
        // "The minister, X, condemned": X is the minister.
        let named_again = |n: usize| self.syntax.nouns[n].apposed.is_some_and(is_source);
        let act = self.is_of_act(v, meaning);
        let thing = |n: usize| {
            let noun = &self.syntax.nouns[n];
            act && self.is_violent(noun.head) && self.whose(noun.first..noun.last).is_none()
        };
        let usable = |n: usize| {
            !is_source(n)
                && !thing(n)
                && !named_again(n)
                && (addressed.contains(&n) || !reporters.contains(&n))
        };
        // Whoever is named behind the verb, in order; then whoever is named before it.
        let nouns = || 0..self.syntax.nouns.len();
        let clause = group.last..self.clause_end(meaning.last);
        let after = nouns().filter(|&n| clause.contains(&self.syntax.nouns[n].first));
        // "Condemned the attack on the town": whose town it is says nothing of whom it is against.
        let by = |n: &usize| {
            let preposition = self.syntax.nouns[*n].preposition;
            !act || preposition.is_some_and(|p| self.text.is(p, "by"))
        };
        // "Signed an agreement in Khartoum": the town where partners meet is none of them; a country is
        // their host.
        let to = &meaning.line.to;
        let mutual = to.contains(&"~") && !to.contains(&"in");
        let venue = |n: &usize| {
            let preposition = self.syntax.nouns[*n].preposition;
            let at = |p: usize| ["at", "in", "near"].iter().any(|word| self.text.is(p, word));
            let town = !self.is_country(self.syntax.nouns[*n].head);
            mutual && town && preposition.is_some_and(at)
        };
        let after: Vec<usize> = after.filter(|n| by(n) && !venue(n)).collect();
        let before = nouns().filter(|&n| self.syntax.nouns[n].last <= group.first);
        let before: Vec<usize> = before.filter(|_| !act).collect();
        let find = |foreign: bool, order: &[usize]| {
            order.iter().copied().filter(|&n| usable(n)).find_map(|n| {
                let party = self.alone(n)?;
                (party.whose.is_some() && own(party) != foreign).then(|| (n, party.clone()))
            })
        };
        // An object of one's own nation is the target if it is people or a body, not a place.
        let home = || {
            let (n, party) = find(false, &addressed)?;
            let people = party.tokens.clone().any(|i| self.is_people(i)) || party.actor.is_some();
            people.then_some((n, party))
        };
        let stated = sources.iter().all(|s| s.whose.is_some());
        let found = find(true, &addressed)
            .or_else(home)
            .or_else(|| {
                let inward = matches!(
                    meaning.kind,
                    Kind::Accuse
                        | Kind::Agree
                        | Kind::Coerce
                        | Kind::Concede
                        | Kind::Protest
                        | Kind::Reject
                        | Kind::Request
                );
                let found = self.at_home(&addressed, sources).filter(|_| inward);
                found.filter(|&(n, _)| usable(n))
            })
            .or_else(|| self.named_group(&addressed).filter(|&(n, _)| usable(n)))
            .or_else(|| find(true, &after))
            .or_else(|| find(true, &before).filter(|_| stated))
            .or_else(|| find(false, &addressed))
            .or_else(|| find(false, &after));
        let Some((n, mut party)) = found else {
            // Whoever stands as object is named without a nation.
            let object = addressed.iter().copied().filter(|&n| usable(n) && !mutual);
            return object.filter_map(|n| self.party(n, self.tokens.end)).take(1).collect();
        };
        party.addressed = addressed.contains(&n);
        let mut all = vec![party];
        // "Iran, Libya and Cuba": the whole list.
        let joined = self.syntax.list(n).filter(|&m| m > n);
        all.extend(
            joined
                .filter_map(|m| self.party(m, self.syntax.nouns[m].last))
                .filter(|p| p.whose.is_some()),
        );
        all
    }

    /// Where what verb group `v` governs ends: before a clause that depends on it, but for "that".
    fn clause_end(&self, v: usize) -> usize {
        const BORDERS: &[&str] = &[
            "after", "although", "as", "because", "if", "since", "unless", "when", "where",
            "which", "while", "who", "whose",
        ];
        let from = self.syntax.verbs.get(v).map_or(self.tokens.start, |g| g.last);
        let border = |i: &usize| BORDERS.binary_search(&self.text.key(*i)).is_ok();
        // ", a spokeswoman in Brussels said": who tells it is no part of it.
        let teller = (v + 1..self.syntax.verbs.len())
            .filter(|&w| self.is_saying(w))
            .flat_map(|w| self.syntax.verbs[w].subjects.iter())
            .map(|&n| self.syntax.nouns[n].first)
            .find(|&first| first >= from);
        let end = teller.unwrap_or(self.tokens.end);
        let end = (from..end).find(border).unwrap_or(end);
        self.next_clause(v, from).map_or(end, |next| next.min(end))
    }

    /// Where a clause begins that is joined to that of verb group `v`: "condemned it and said …".
    fn next_clause(&self, v: usize, from: usize) -> Option<usize> {
        let joined = |first: usize| {
            ["and", "but"].iter().any(|word| self.text.is(first.saturating_sub(1), word))
        };
        (v + 1..self.syntax.verbs.len()).find_map(|w| {
            let group = &self.syntax.verbs[w];
            let own = group.subjects.iter().map(|&n| self.syntax.nouns[n].first);
            let own = own.filter(|&first| first >= from).min();
            // "Set up ties with and opened an embassy in Peru" goes on.
            let apart = own.is_some() || self.is_saying(w);
            let first = own.unwrap_or(group.first);
            let finite = group.form == Form::Finite && !group.relative;
            (finite && apart && first >= from && joined(first)).then_some(first)
        })
    }

    /// Whether an accusation is of an act of violence, not of somebody: "condemned the killing of nine".
    fn is_of_act(&self, v: usize, meaning: &Meaning<'k>) -> bool {
        let acts = self.syntax.sufferers(v).iter().map(|&n| self.syntax.nouns[n].head);
        meaning.kind == Kind::Accuse && acts.into_iter().any(|head| self.is_violent(head))
    }

    /// The noun phrases that the verb and its prepositions make targets, the surest first.
    fn addressed(&self, v: usize, meaning: &Meaning<'k>, ends: usize) -> Vec<usize> {
        let group = &self.syntax.verbs[v];
        let mut order: Vec<usize> = Vec::new();
        if meaning.asked {
            order.extend(self.syntax.doers(v));
        }
        order.extend(self.syntax.sufferers(v));
        // "agreed to US mediation": what the particle governs is the object.
        if let Some(last) = meaning.line.particle.last() {
            let governed = |n: &NounPhrase| {
                n.preposition.is_some_and(|p| p < group.last + 3 && self.text.key(p) == *last)
            };
            order.extend(
                self.syntax.nouns.iter().position(|n| n.first >= group.last && governed(n)),
            );
        }
        // "demanded the withdrawal of Serbian forces": what the object is of.
        let act = self.is_of_act(v, meaning);
        let of: Vec<usize> = order
            .iter()
            .filter(|_| !act)
            .filter_map(|&n| self.syntax.nouns.iter().position(|noun| noun.of == Some(n)))
            .collect();
        order.extend(of);
        order.extend(self.audience());
        order.extend(self.behind(&meaning.line.to, group.last..ends));
        if meaning.last != v && meaning.last < self.syntax.verbs.len() {
            let inner = self.syntax.verbs[meaning.last].subjects.iter().copied();
            order.extend(inner.filter(|&n| self.syntax.nouns[n].first >= group.last));
            order.extend(self.syntax.sufferers(meaning.last));
        }
        order
    }

    /// Who is spoken to, wherever it is said: "in a speech to the council".
    fn audience(&self) -> Option<usize> {
        const SPEECHES: &[&str] =
            &["address", "appeal", "letter", "message", "note", "remarks", "speech", "statement"];
        let speech = |p: usize| p > 0 && SPEECHES.binary_search(&self.text.key(p - 1)).is_ok();
        let spoken_to = |p: usize| self.text.is(p, "to") && speech(p);
        self.syntax.nouns.iter().position(|n| n.preposition.is_some_and(spoken_to))
    }

    /// An organisation among the addressed that is named, though nobody says whose it is: what the
    /// verb is about outranks whatever place is named behind it.
    fn named_group(&self, addressed: &[usize]) -> Option<(usize, Party)> {
        addressed.iter().copied().find_map(|n| {
            let party = self.alone(n)?;
            let named = party.sort == Sort::Organisation && party.is_name;
            named.then(|| (n, party.clone()))
        })
    }

    /// People among the addressed whose nation nobody says: they are at home with the source.
    fn at_home(&self, addressed: &[usize], sources: &[Party]) -> Option<(usize, Party)> {
        let home = sources.first()?.whose?;
        addressed.iter().copied().find_map(|n| {
            let mut party = self.party(n, self.tokens.end)?;
            let people = party.tokens.clone().any(|i| self.is_people(i));
            (people && party.whose.is_none()).then(|| {
                party.whose = Some(home);
                (n, party)
            })
        })
    }

    /// The noun phrases behind these prepositions among `tokens`, in the order of the prepositions.
    fn behind(&self, prepositions: &[&str], tokens: Range<usize>) -> Vec<usize> {
        let nouns = self.syntax.nouns.iter().enumerate();
        let behind: Vec<(usize, &str)> = nouns
            .filter(|(_, n)| tokens.contains(&n.first))
            .filter_map(|(i, n)| Some((i, self.text.key(n.preposition?))))
            .collect();
        prepositions
            .iter()
            .flat_map(|p| behind.iter().filter(move |(_, word)| word == p).map(|(i, _)| *i))
            .collect()
    }
}

impl Line {
    /// Whether two who do it together are each other's partners.
    pub(super) fn is_mutual(&self, kind: Kind) -> bool {
        self.to.contains(&"~") || matches!(kind, Kind::Agree | Kind::Consult | Kind::Cooperate)
    }
}
