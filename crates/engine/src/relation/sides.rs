//! Where the two ends of a relation stand in its sentence, by the grammar around the cue.

use std::ops::Range;

use super::Sentence;
use super::cue::{RelationCue, Shape};
use crate::lexicon::Mention;
use crate::ontology::Tie;
use crate::syntax::Form;

/// The words of one end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Side {
    /// Its tokens, without an article.
    pub(crate) tokens: Range<usize>,
    /// The noun phrase that it is, if it is one.
    pub(super) noun: Option<usize>,
    /// Whether it is the words of the claim itself: "an offshoot of X" that has no other name.
    pub(super) itself: bool,
    /// Whether it stands as an adjective: "rebel-held", "under rebel control".
    pub(super) adjective: bool,
}

/// The ends before and behind a cue.
type Sides = (Vec<Side>, Vec<Side>);

/// Verbs that say that one thing is another.
const COPULAS: &[&str] = &[
    "are",
    "be",
    "became",
    "become",
    "becomes",
    "been",
    "being",
    "called",
    "considered",
    "described",
    "is",
    "regarded",
    "remain",
    "remained",
    "remains",
    "seen",
    "viewed",
    "was",
    "were",
];

impl Sentence<'_> {
    /// The left and the right ends of a cue; none if one of them is not plain.
    pub(super) fn sides(&self, cue: RelationCue, at: &Mention<'_>) -> Option<Sides> {
        let (lefts, rights) = match cue.shape {
            Shape::Noun => self.of_noun(cue, at)?,
            Shape::Between => {
                let mut rights = self.after(at.last)?;
                rights.extend(self.further(cue.tie, &rights));
                (self.before(at)?, rights)
            }
            Shape::Joined => self.joined(at)?,
            Shape::Under => self.under(at)?,
        };
        (!lefts.is_empty() && !rights.is_empty()).then_some((lefts, rights))
    }

    /// "LEFT, an offshoot of RIGHT"; "RIGHT's offshoot LEFT".
    fn of_noun(&self, cue: RelationCue, at: &Mention<'_>) -> Option<Sides> {
        let last = self.text.key(at.last - 1);
        if !matches!(last, "of" | "to" | "for" | "from") {
            return self.owned(cue, at);
        }
        let rights = self.after(at.last)?;
        let own = self.syntax.noun_at(at.first);
        let first = own.map_or(at.first, |n| self.syntax.nouns[n].first);
        let end = rights.last()?.tokens.end;
        let lefts = own
            .and_then(|n| self.said_of(n))
            .or_else(|| self.said_by_verb(first))
            .or_else(|| self.named_behind(end))
            .or_else(|| self.itself(cue.tie, first..end))?;
        Some((lefts, rights))
    }

    /// "RIGHT's ally LEFT", "the al-Qaeda affiliate LEFT", "LEFT, RIGHT's ally".
    fn owned(&self, cue: RelationCue, at: &Mention<'_>) -> Option<Sides> {
        let n = self.syntax.noun_at(at.first)?;
        let noun = &self.syntax.nouns[n];
        let right = match &noun.owner {
            Some(owner) if owner.end <= at.first => self.side(owner.clone(), None),
            _ if self.is_own(noun.first) => self.side(noun.first..noun.first + 1, None),
            _ => {
                let mention = self.mentions.iter().rev().find(|m| m.last <= at.first)?;
                (mention.last + 1 >= at.first && mention.first >= noun.first)
                    .then(|| self.side(mention.first..mention.last, None))?
            }
        };
        let named = noun.last > at.last && noun.name;
        let lefts = if named {
            vec![self.side(at.last..self.reach(at.last..noun.last), None)]
        } else if noun.last <= at.last {
            self.said_of(n)
                .or_else(|| self.said_by_verb(noun.first))
                .or_else(|| self.itself(cue.tie, noun.first..noun.last))?
        } else {
            return None;
        };
        Some((lefts, vec![right]))
    }

    /// "its", "their": a possessor that another word names.
    fn is_own(&self, i: usize) -> bool {
        matches!(self.text.key(i), "its" | "their")
    }

    /// What noun phrase `n` says in other words: "X, an offshoot of Y", "an offshoot of Y, X".
    fn said_of(&self, n: usize) -> Option<Vec<Side>> {
        let nouns = &self.syntax.nouns;
        let behind = || nouns.iter().position(|m| m.apposed == Some(n));
        let named = nouns[n].apposed.or_else(behind).or_else(|| {
            // "a close ally of Moscow" behind "X, Y and Z,": the nearest noun phrase before a comma.
            let before = nouns[n].first.checked_sub(1)?;
            (self.text.word(before) == ",").then(|| nouns.iter().rposition(|m| m.last == before))?
        })?;
        // "X of Y, an offshoot": the whole name.
        let mut first = named;
        while let Some(of) = nouns[first].of.filter(|&of| self.swallows(of, named)) {
            first = of;
        }
        Some(vec![self.noun(first)])
    }

    /// Whether the name that begins with noun phrase `n` goes on over noun phrase `m`.
    fn swallows(&self, n: usize, m: usize) -> bool {
        let nouns = &self.syntax.nouns;
        self.reach(nouns[n].first..nouns[n].last) >= nouns[m].last
    }

    /// The subject of the verb right before token `first` if it says what the subject is.
    fn said_by_verb(&self, first: usize) -> Option<Vec<Side>> {
        let v = self.syntax.verbs.iter().rposition(|v| v.last <= first)?;
        let verb = &self.syntax.verbs[v];
        let head = self.text.key(verb.head);
        let mut gap = verb.last..first;
        let clean = gap.len() <= 2
            && gap.all(|i| {
                !matches!(self.text.word(i), "," | ";" | ":") && self.syntax.noun_at(i).is_none()
            });
        let is = COPULAS.binary_search(&head).is_ok() && clean;
        is.then(|| self.subjects(v)).filter(|s| !s.is_empty())
    }

    /// "an offshoot of Y, X,": the name behind the comma.
    fn named_behind(&self, end: usize) -> Option<Vec<Side>> {
        let party = self.parties.iter().find(|p| p.tokens.start > end)?;
        let first = (end + 1..=party.tokens.start).next()?;
        let article = party.tokens.start == first + 1 && self.is_article(first);
        (self.text.word(end) == "," && (party.tokens.start == first || article))
            .then(|| vec![self.side(party.tokens.clone(), None)])
    }

    /// The words of the claim as the one of whom it is said: "attacked by an offshoot of Y".
    fn itself(&self, tie: Tie, tokens: Range<usize>) -> Option<Vec<Side>> {
        let tells = matches!(tie, Tie::OffshootOf | Tie::SplinterOf | Tie::BranchOf);
        tells.then(|| vec![Side { itself: true, ..self.side(tokens, None) }])
    }

    /// The end before a cue that stands between its ends.
    fn before(&self, at: &Mention<'_>) -> Option<Vec<Side>> {
        let verb = self.syntax.verbs.iter().position(|v| v.first < at.last && v.last > at.first);
        // "its ties to X": whoever is meant by "its".
        let own = self.syntax.noun_at(at.first).map(|n| self.syntax.nouns[n].first);
        if let Some(own) = own.filter(|&i| i < at.first && verb.is_none() && self.is_own(i)) {
            return Some(vec![self.side(own..own + 1, None)]);
        }
        if let Some(v) = verb {
            let subjects = self.subjects(v);
            if !subjects.is_empty() {
                return Some(subjects);
            }
        } else if at.last - at.first == 1 && !self.is_preposed(at.first) {
            // "control" as a noun: the verb is meant.
            return None;
        } else if let Some(v) = self.syntax.verbs.iter().rposition(|v| v.last <= at.first) {
            // "has close ties to": the subject of the verb before.
            let between = self.syntax.verbs[v].last..at.first;
            let adjectives = between.len() <= 2
                && between
                    .into_iter()
                    .all(|i| self.text.tokens[i].shape == crate::text::Shape::Lower);
            let subjects = self.subjects(v);
            if adjectives && !subjects.is_empty() {
                return Some(subjects);
            }
        }
        let first = verb.map_or(at.first, |v| self.syntax.verbs[v].first.min(at.first));
        self.acting_there(at).or_else(|| self.right_before(first))
    }

    /// Who does what is said before a cue that begins with a preposition: "operates from Libya under
    /// the protection of", "fights in Mali with the support of".
    fn acting_there(&self, at: &Mention<'_>) -> Option<Vec<Side>> {
        if !matches!(self.text.key(at.first), "under" | "with") {
            return None;
        }
        let n = self.syntax.nouns.iter().position(|n| n.last == at.first)?;
        let there = |p: usize| matches!(self.text.key(p), "from" | "in" | "inside" | "near");
        self.syntax.nouns[n].preposition.filter(|&p| there(p))?;
        let v = self.syntax.verbs.iter().position(|v| v.obliques.iter().any(|o| o.1 == n))?;
        Some(self.subjects(v)).filter(|subjects| !subjects.is_empty())
    }

    /// Whether a one-word cue needs no verb: "alias".
    fn is_preposed(&self, i: usize) -> bool {
        matches!(self.text.key(i), "alias")
    }

    /// The noun phrase right before token `first`, over "," and "which".
    fn right_before(&self, first: usize) -> Option<Vec<Side>> {
        let mut end = first;
        while end > self.tokens.start
            && (matches!(self.text.word(end - 1), "," | "(" | "-" | "–" | "—")
                || matches!(
                    self.text.key(end - 1),
                    "which" | "that" | "who" | "is" | "was" | "also" | "now" | "and"
                ))
        {
            end -= 1;
        }
        let n = self.syntax.nouns.iter().rposition(|n| n.last <= end)?;
        let noun = &self.syntax.nouns[n];
        // "the embassy in X has been …": X is not what the verb is about.
        let where_it_is = noun.joined.is_none()
            && noun.preposition.is_some_and(|p| {
                matches!(self.text.key(p), "in" | "at" | "from" | "near" | "on" | "inside")
            });
        let ends = noun.last == end || self.reach(noun.first..noun.last) == end;
        (ends && !where_it_is).then(|| vec![self.noun(self.said_again(n))])
    }

    /// The subjects of a verb; "accused X of backing" has its own in the object.
    fn subjects(&self, v: usize) -> Vec<Side> {
        let verb = &self.syntax.verbs[v];
        let accused = verb.form == Form::Gerund
            && verb.first > self.tokens.start
            && self.text.is(verb.first - 1, "of");
        let subjects = match v.checked_sub(1).map(|b| &self.syntax.verbs[b]) {
            Some(before) if accused && !before.objects.is_empty() => &before.objects,
            _ => &verb.subjects,
        };
        subjects.iter().map(|&n| self.noun(self.said_again(n))).collect()
    }

    /// Who is meant by noun phrase `n` where it only ends an insertion: X in "X, an offshoot of Y,
    /// holds the town".
    fn said_again(&self, n: usize) -> usize {
        let nouns = &self.syntax.nouns;
        let whole = nouns[n].of.filter(|&of| of != n);
        whole.and_then(|of| nouns.get(of)?.apposed).filter(|&m| m < n).unwrap_or(n)
    }

    /// The noun phrase, or the list of them, that begins at token `i`.
    fn after(&self, i: usize) -> Option<Vec<Side>> {
        let n = self.syntax.nouns.iter().position(|n| n.last > i)?;
        let noun = &self.syntax.nouns[n];
        let clean = noun.first <= i || (noun.first == i + 1 && self.text.word(i) != ",");
        if !clean {
            return None;
        }
        let sides: Vec<Side> = self
            .syntax
            .list(n)
            .filter(|&m| m >= n)
            .map(|m| self.noun(m))
            .map(|s| if s.tokens.start < i { self.side(i..s.tokens.end, s.noun) } else { s })
            .filter(|s| !s.tokens.is_empty())
            .collect();
        (!sides.is_empty()).then_some(sides)
    }

    /// The further places of a list with a preposition of its own: "in Mali and in Niger", "in the
    /// north of Mali and across the border in Niger".
    fn further(&self, tie: Tie, rights: &[Side]) -> Vec<Side> {
        const ACROSS: &[&str] = &["across", "also", "border", "over", "the"];
        let Some(last) = rights.last().filter(|_| tie.is_of_place()) else { return Vec::new() };
        let of = |n: usize| self.syntax.nouns.iter().find(|noun| noun.of == Some(n));
        let end = last.noun.and_then(of).map_or(last.tokens.end, |of| of.last);
        if !self.text.is(end, "and") {
            return Vec::new();
        }
        let small = |i: usize| ACROSS.binary_search(&self.text.key(i)).is_ok();
        let place = (end + 1..end + 6).find(|&i| !small(i)).filter(|&i| self.text.is(i, "in"));
        place.and_then(|i| self.after(i + 1)).unwrap_or_default()
    }

    /// "LEFT-backed RIGHT".
    fn joined(&self, at: &Mention<'_>) -> Option<Sides> {
        let before = at.first.checked_sub(1).filter(|&i| i >= self.tokens.start)?;
        let (a, b) = (self.text.tokens[before], self.text.tokens[at.first]);
        let gap = self.text.source.get(a.end as usize..b.start as usize)?;
        if !matches!(gap, "-" | "‐" | "‑" | "–") {
            return None;
        }
        let left = self
            .parties
            .iter()
            .map(|p| p.tokens.clone())
            .chain(self.mentions.iter().map(|m| m.first..m.last))
            .find(|t| t.end == at.first)
            .unwrap_or(before..at.first);
        let n = self.syntax.nouns.iter().position(|n| n.last > at.last)?;
        let noun = &self.syntax.nouns[n];
        if noun.first > at.last {
            return None;
        }
        let tokens = at.last..self.reach(noun.first..noun.last);
        let mut right = self.side(tokens, Some(n));
        // "the Iran-backed group Hezbollah": the name says who the group is.
        if let Some(party) = self.parties.iter().find(|p| right.tokens.contains(&p.tokens.start)) {
            right.tokens.end = right.tokens.end.max(party.tokens.end);
        }
        let left = Side { adjective: true, ..self.side(left, None) };
        Some((vec![left], vec![right]))
    }

    /// "LEFT, under RIGHT protection".
    fn under(&self, at: &Mention<'_>) -> Option<Sides> {
        let n = self.syntax.noun_at(at.first)?;
        let noun = &self.syntax.nouns[n];
        let under = noun.first.checked_sub(1).filter(|&i| self.text.is(i, "under"))?;
        let mut end = at.first;
        if self.text.tokens[end - 1].shape == crate::text::Shape::Possessive {
            end -= 1;
        }
        let right = Side { adjective: true, ..self.side(noun.first..end, None) };
        let verb = self.syntax.verbs.iter().position(|v| v.obliques.iter().any(|o| o.1 == n));
        let mut lefts = verb.map(|v| self.subjects(v)).unwrap_or_default();
        if lefts.is_empty() {
            lefts = self.right_before(under)?;
        }
        (!right.tokens.is_empty()).then_some((lefts, vec![right]))
    }

    /// Noun phrase `n`, or the name that it says in other words.
    pub(crate) fn noun(&self, n: usize) -> Side {
        let nouns = &self.syntax.nouns;
        let named = |m: usize| {
            let tokens = nouns[m].first..self.reach(nouns[m].first..nouns[m].last);
            self.parties
                .iter()
                .any(|p| p.tokens.end == tokens.end && p.tokens.start >= tokens.start)
        };
        let other = || {
            let said = nouns[n].apposed.filter(|&m| named(m));
            said.or_else(|| (0..nouns.len()).find(|&m| nouns[m].apposed == Some(n) && named(m)))
        };
        let n = if named(n) { n } else { other().unwrap_or(n) };
        self.side(nouns[n].first..self.reach(nouns[n].first..nouns[n].last), Some(n))
    }

    /// The end of a phrase whose last words may be the first of a longer name.
    fn reach(&self, tokens: Range<usize>) -> usize {
        let names = self.parties.iter().filter(|p| tokens.contains(&p.tokens.start));
        names.map(|p| p.tokens.end).fold(tokens.end, usize::max)
    }

    /// A side of these tokens, the article left out.
    fn side(&self, tokens: Range<usize>, noun: Option<usize>) -> Side {
        let first = if tokens.len() > 1 && self.is_article(tokens.start) {
            tokens.start + 1
        } else {
            tokens.start
        };
        Side { tokens: first..tokens.end, noun, itself: false, adjective: false }
    }

    fn is_article(&self, i: usize) -> bool {
        matches!(self.text.key(i), "the" | "a" | "an" | "that")
    }
}
