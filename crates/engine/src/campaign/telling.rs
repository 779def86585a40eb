//! One telling of a movement: who, about what, where, when, and whether it came about.

use std::ops::Range;

use jiff::civil::Date;
use reading::Span;

use super::grounds::Ground;
use super::is_taking;
use crate::date::{Spoken, date_words, resolve};
use crate::frame::{lasting, when};
use crate::lexicon::{About, Mention, Move, Part, Sense, Suffix};
use crate::ontology::{Assertion, Attribution, Mode, Sort, Stage};
use crate::party::composed;
use crate::place::scene_at;
use crate::relation::{End, Sentence, Sources};
use crate::report::{Perpetrator, Speaker, Target};
use crate::resolved::{Basis, Period, Resolved, Scene};
use crate::syntax::Form;
use crate::text::Shape;

/// What is told.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The word that tells it.
    pub(super) at: Span,
    pub(super) perpetrators: Vec<Perpetrator>,
    pub(super) targets: Vec<Target>,
    pub(super) scene: Option<Resolved<Scene>>,
    pub(super) when: Option<Resolved<Period>>,
    pub(super) stage: Stage,
    pub(super) assertion: Assertion,
    pub(super) speakers: Vec<Speaker>,
    /// The verb that tells it.
    verb: Option<usize>,
}

/// Who moves and what is about: noun phrases.
#[derive(Default)]
struct Roles {
    by: Vec<Perpetrator>,
    against: Vec<Target>,
    ground: Option<Ground>,
}

/// Verbs whose infinitive is not done yet. Sorted.
const AHEAD: &[&str] = &[
    "agree", "ask", "call", "decide", "expect", "hope", "intend", "need", "order", "plan",
    "pledge", "prepare", "promise", "tell", "threaten", "urge", "vow", "want",
];

/// Verbs that want something of somebody: "demanded that X withdraw". Sorted.
const DEMANDS: &[&str] =
    &["ask", "call", "demand", "insist", "propose", "recommend", "request", "require", "urge"];

/// Verbs whose infinitive was tried only. Sorted.
const TRIED: &[&str] = &["attempt", "fail", "seek", "try"];

impl Sentence<'_> {
    /// What the word `at` tells, if its grammar fits. `before` is what the sentence told before.
    pub(super) fn tell_of(
        &self,
        word: Move,
        at: &Mention<'_>,
        before: Option<&Told>,
        sources: &Sources<'_>,
    ) -> Option<Told> {
        let verb = self.syntax.verbs.iter().position(|v| v.first < at.last && v.last > at.first);
        let roles = match word.part {
            Part::Verb => self.told_by_verb(word, at, verb?)?,
            _ if verb.is_none() => self.told_by_noun(word, at)?,
            _ => return None,
        };
        let mut when = self.dated(at, verb, sources);
        // "withdrew …, handing control to Y": the day of the verb that it depends on.
        let governor = verb.and_then(|v| self.syntax.verbs[v].governor);
        if when.is_none()
            && let Some(before) = before.filter(|b| b.verb.is_some() && b.verb == governor)
        {
            when.clone_from(&before.when);
            if let Some(when) = &mut when {
                when.basis = Basis::Inferred;
            }
        }
        let manner = self.manner(at);
        let (stage, assertion) = self.stage(verb, when.as_ref(), manner.assertion)?;
        // What lies ahead has not the day on which somebody spoke of it.
        let ahead = |w: &Resolved<Period>| sources.clock.today.is_none_or(|t| w.value.end > t);
        let when = if stage == Stage::Planned {
            when.filter(ahead).or_else(|| self.to_come(at, sources))
        } else {
            when
        };
        let scene = roles.ground.as_ref().and_then(|g| {
            let mut scene = scene_at(self.text, self.atlas, g.located.as_ref()?, self.known);
            if !g.stated {
                scene.basis = Basis::Inferred;
            }
            Some(scene)
        });
        Some(Told {
            at: self.text.span(at.first, at.last)?,
            perpetrators: roles.by,
            targets: roles.against,
            scene,
            when,
            stage,
            assertion,
            speakers: manner.speakers,
            verb,
        })
    }

    /// "X deployed forces to Y", "X captured Y", "Y fell to X", "handed control of Y to X".
    fn told_by_verb(&self, word: Move, at: &Mention<'_>, v: usize) -> Option<Roles> {
        let verb = &self.syntax.verbs[v];
        let (doers, sufferers) = (&self.doers_of(v)[..], self.syntax.sufferers(v));
        let behind = |words: &[&str]| {
            verb.obliques
                .iter()
                .find(|(p, n)| {
                    words.iter().any(|w| self.text.is(*p, w)) && self.ground(*n).is_some()
                })
                .and_then(|&(_, n)| self.ground(n))
        };
        match word.about {
            About::Forces => {
                let sent: Vec<usize> =
                    sufferers.iter().copied().filter(|&n| self.are_forces(n)).collect();
                let gone = sent.is_empty() && doers.iter().any(|&n| self.are_forces(n));
                if sent.is_empty() && !gone {
                    return None;
                }
                let ground = if word.mode == Mode::Withdrawal {
                    behind(&["from", "of", "out"])
                        .or_else(|| sufferers.iter().find_map(|&n| self.ground(n)))
                } else {
                    behind(&["to", "in", "into", "at", "along", "near", "on", "across", "around"])
                };
                // Forces that only left or came, nobody knows where, are seldom a movement.
                if ground.is_none() && gone {
                    return None;
                }
                let mut by = self.parties_of(doers);
                if by.is_empty() {
                    by = self.parties_of(&sent);
                }
                Some(Roles { by, ground, ..Roles::default() })
            }
            About::Place => {
                let by = self.parties_of(doers);
                // Anybody leaves, reaches or takes a town; only forces are withdrawn and deployed.
                let taken = is_taking(self.text, at);
                let moved = taken || !matches!(word.mode, Mode::Takeover | Mode::Campaign);
                let shares = taken && self.text.is(at.last, "part");
                if shares || by.is_empty() || moved && !doers.iter().any(|&n| self.are_forces(n)) {
                    return None;
                }
                let ground = sufferers
                    .iter()
                    .find_map(|&n| self.ground(n))
                    .or_else(|| self.noun_behind(at.last).and_then(|n| self.ground(n)))?;
                let mut against = self.lost_by(v);
                against.extend(sufferers.iter().filter_map(|&n| self.building(n)));
                Some(Roles { by, against, ground: Some(ground) })
            }
            About::Fallen => {
                let by =
                    self.parties_of(&self.noun_behind(at.last).into_iter().collect::<Vec<_>>());
                if by.is_empty() {
                    return None;
                }
                let ground = verb.subjects.iter().find_map(|&n| self.ground(n))?;
                Some(Roles { by, against: Vec::new(), ground: Some(ground) })
            }
            About::Handed => {
                let to = self.syntax.nouns.iter().position(|n| {
                    n.first >= at.last && n.preposition.is_some_and(|p| self.text.is(p, "to"))
                })?;
                let by = self.parties_of(&[to]);
                if by.is_empty() {
                    return None;
                }
                let ground = self.noun_behind(at.last).and_then(|n| self.ground(n));
                Some(Roles { by, against: Vec::new(), ground })
            }
            About::Power => {
                let by = self.parties_of(doers);
                if by.is_empty() {
                    return None;
                }
                let located = self.atlas.within(self.tokens.clone()).iter().find(|l| !l.demonym);
                let ground = located.map(|l| Ground { located: Some(l.clone()), stated: true });
                Some(Roles { by, against: Vec::new(), ground })
            }
            About::Rule => None,
        }
    }

    /// "Russia's campaign in X", "the withdrawal of American troops from X", "the fall of X".
    fn told_by_noun(&self, word: Move, at: &Mention<'_>) -> Option<Roles> {
        let n = self.syntax.noun_at(at.first)?;
        let noun = &self.syntax.nouns[n];
        let behind: Vec<usize> = (n + 1..self.syntax.nouns.len())
            .take(3)
            .take_while(|&m| {
                let (before, here) = (&self.syntax.nouns[m - 1], &self.syntax.nouns[m]);
                here.preposition == Some(before.last.max(at.last))
                    || here.preposition == Some(before.last)
                    || here.first == at.last
            })
            .collect();
        let said = |m: usize, words: &[&str]| {
            let p = self.syntax.nouns[m].preposition;
            p.is_some_and(|p| words.iter().any(|w| self.text.is(p, w)))
        };
        let mut by: Vec<Perpetrator> =
            noun.owner.clone().and_then(|o| self.perpetrator(o)).into_iter().collect();
        if by.is_empty() && noun.first < at.first {
            by.extend(self.perpetrator(noun.first..at.first));
        }
        let agents: Vec<usize> = behind.iter().copied().filter(|&m| said(m, &["by"])).collect();
        by.extend(self.parties_of(&agents));
        if by.is_empty() {
            let verb = self.syntax.verbs.iter().position(|v| v.objects.contains(&n));
            by = verb.map(|v| self.parties_of(self.syntax.doers(v))).unwrap_or_default();
        }
        match word.about {
            About::Rule => {
                let rule = *behind.first().filter(|&&m| self.is_rule(m))?;
                let owner = self.syntax.nouns[rule].owner.clone();
                let ground = behind.iter().skip(1).find_map(|&m| self.ground(m))?;
                let against = owner.and_then(|o| self.target(o)).into_iter().collect();
                Some(Roles { by, against, ground: Some(ground) })
            }
            About::Forces => {
                let forces: Vec<usize> =
                    behind.iter().copied().filter(|&m| self.are_forces(m)).collect();
                if by.is_empty() {
                    by = self.parties_of(&forces);
                }
                if by.is_empty() {
                    return None;
                }
                let ground = behind
                    .iter()
                    .filter(|&&m| said(m, &["from", "to", "in", "into", "at", "along"]))
                    .find_map(|&m| self.ground(m))
                    .filter(|g| g.located.is_some())?;
                Some(Roles { by, against: Vec::new(), ground: Some(ground) })
            }
            _ => {
                // A campaign has an author; that a town fell needs none.
                if word.mode == Mode::Campaign && by.is_empty() {
                    return None;
                }
                let ground = behind
                    .iter()
                    .filter(|&&m| said(m, &["of", "in", "on", "into", "against", "around", "near"]))
                    .find_map(|&m| self.ground(m))
                    .filter(|g| g.located.is_some() && g.stated)?;
                let against = behind.iter().copied().filter(|&m| said(m, &["against"]));
                let against = against.filter_map(|m| self.target(self.noun(m).tokens)).collect();
                Some(Roles { by, against, ground: Some(ground) })
            }
        }
    }

    fn are_forces(&self, n: usize) -> bool {
        self.is_forces(&self.noun(self.whole_of(n)).tokens)
    }

    /// "The first of 400 peacekeepers": the peacekeepers.
    fn whole_of(&self, n: usize) -> usize {
        const SHARES: &[&str] =
            &["dozens", "first", "hundreds", "last", "most", "rest", "scores", "some", "thousands"];
        let share = self
            .syntax
            .nouns
            .get(n)
            .is_some_and(|noun| SHARES.binary_search(&self.text.key(noun.head)).is_ok());
        let whole = self.syntax.nouns.iter().position(|noun| noun.of == Some(n));
        whole.filter(|_| share).unwrap_or(n)
    }

    /// Who does a verb; "they" are those who were spoken of last.
    fn doers_of(&self, v: usize) -> Vec<usize> {
        let doers = self.syntax.doers(v).to_vec();
        let pronoun = |&n: &usize| self.syntax.nouns.get(n).is_some_and(|noun| noun.pronoun);
        if doers.is_empty() || !doers.iter().all(pronoun) {
            return doers;
        }
        let before = self.syntax.verbs.get(..v).unwrap_or_default().iter().rev();
        before
            .map(|verb| verb.subjects.clone())
            .find(|subjects| subjects.iter().any(|n| !pronoun(n) && self.are_forces(*n)))
            .unwrap_or(doers)
    }

    fn noun_behind(&self, i: usize) -> Option<usize> {
        self.syntax.nouns.iter().position(|n| n.first == i || n.first < i && n.last > i)
    }

    /// "from the rebels": who lost what was taken.
    fn lost_by(&self, v: usize) -> Vec<Target> {
        let from = self.syntax.verbs[v].obliques.iter().filter(|(p, _)| self.text.is(*p, "from"));
        from.filter_map(|&(_, n)| self.target(self.noun(n).tokens)).collect()
    }

    fn parties_of(&self, nouns: &[usize]) -> Vec<Perpetrator> {
        let nouns = nouns.iter().filter(|&&n| !self.syntax.nouns[n].pronoun);
        nouns.filter_map(|&n| self.perpetrator(self.noun(self.whole_of(n)).tokens)).collect()
    }

    /// The actor, the country or the armed people that the words name.
    fn perpetrator(&self, tokens: Range<usize>) -> Option<Perpetrator> {
        // Hired men are of no state, whatever nation they are of.
        let hired = tokens.end > tokens.start && self.text.is(tokens.end - 1, "mercenaries");
        if hired {
            let words = tokens.clone().skip_while(|&i| {
                let lower = self.text.tokens[i].shape == Shape::Lower;
                lower && i + 1 < tokens.end || self.text.tokens[i].shape == Shape::Number
            });
            let first = words.min().unwrap_or(tokens.start);
            let name = self.text.span(first, tokens.end)?;
            let (sort, attribution) = (Sort::Individuals, Attribution::Fact);
            return Some(Perpetrator { name, actor: None, sort, attribution });
        }
        let known = self.known_actor(&tokens).or_else(|| self.nation(&tokens));
        let (name, actor, sort) = match known {
            Some(End { name, actor, sort, .. }) => {
                let actor = actor?;
                match actor.strip_suffix("-government") {
                    // "Russia sent": those who go are its forces.
                    Some(nation) if nation.len() == 2 => {
                        (name, Some(format!("{nation}-military")), Sort::StateForce)
                    }
                    _ => (name, Some(actor), sort.unwrap_or(Sort::Organisation)),
                }
            }
            None if self.is_forces(&tokens) => {
                (self.text.span(tokens.start, tokens.end)?, None, Sort::Individuals)
            }
            None => return None,
        };
        Some(Perpetrator { name, actor, sort, attribution: Attribution::Fact })
    }

    /// "Russia's harsh", "US-led", "the American": the first nation or organisation in the words.
    fn nation(&self, tokens: &Range<usize>) -> Option<End> {
        let party = self
            .parties
            .iter()
            .find(|p| tokens.contains(&p.tokens.start) && p.tokens.end <= tokens.end);
        if let Some(party) = party {
            let name = self.text.span(party.tokens.start, party.tokens.end)?;
            let (actor, sort) = (party.actor.clone(), Some(party.sort));
            return Some(End { name, actor, sort, country: None, place: None });
        }
        let (mention, country) = self
            .mentions
            .iter()
            .filter(|m| tokens.contains(&m.first) && m.last <= tokens.end)
            .find_map(|m| {
                let country = m.sense(|s| match s {
                    Sense::Country(c) | Sense::Demonym(c) => Some(c),
                    _ => None,
                })?;
                Some((m, country))
            })?;
        // "Afghan" in "Afghan withdrawal" is as likely where as who: only with forces or alone.
        let name = self.text.span(mention.first, mention.last)?;
        let actor = Some(composed(country, Suffix::Military, self.known));
        Some(End { name, actor, sort: Some(Sort::StateForce), country: None, place: None })
    }

    fn target(&self, tokens: Range<usize>) -> Option<Target> {
        let Perpetrator { name, actor, sort, .. } = self.perpetrator(tokens)?;
        Some(Target {
            name,
            actor,
            sort,
            person: true,
            named: false,
            description: None,
            nation: None,
            number: None,
            effect: None,
        })
    }

    /// The period beside the word, in its own clause, or at the beginning of the sentence.
    fn dated(
        &self,
        at: &Mention<'_>,
        verb: Option<usize>,
        sources: &Sources<'_>,
    ) -> Option<Resolved<Period>> {
        let own = verb.map_or(at.first..at.last, |v| {
            let verb = &self.syntax.verbs[v];
            verb.first.min(at.first)..verb.last.max(at.last)
        });
        let others = |v: &&crate::syntax::VerbGroup| v.last <= own.start || v.first >= own.end;
        let verbs = || self.syntax.verbs.iter().filter(others);
        let start = verbs().map(|v| v.last).filter(|&i| i <= own.start).max();
        let end = verbs().map(|v| v.first).filter(|&i| i >= own.end).min();
        let clause = start.unwrap_or(self.tokens.start)..end.unwrap_or(self.tokens.end);
        let first = self.mentions.partition_point(|m| m.first < clause.start);
        let last = self.mentions.partition_point(|m| m.first < clause.end);
        let here = self.mentions.get(first..last)?;
        let (found, _) = when(self.text, &clause, at.first, here, sources.clock);
        let fronted = || {
            let head = self.tokens.start..(self.tokens.start + 7).min(self.tokens.end);
            date_words(self.text, head)
                .into_iter()
                .find(|w| w.first <= self.tokens.start + 2 && self.text.word(w.last) == ",")
                .and_then(|w| Some((resolve(&w, sources.clock)?, w)))
        };
        let goes_on = || {
            lasting(
                self.text,
                &self.tokens,
                verb.map_or(at.first, |v| self.syntax.verbs[v].head),
                sources.clock,
            )
        };
        let (period, word) = found.or_else(fronted).or_else(goes_on)?;
        let full = matches!(
            word.spoken,
            Spoken::Day { year: Some(_), .. }
                | Spoken::Days { year: Some(_), .. }
                | Spoken::Month { year: Some(_), .. }
                | Spoken::Season { year: Some(_), .. }
                | Spoken::Year(_)
        );
        let basis = if full { Basis::Stated } else { sources.clock.basis };
        Some(Resolved::new(period, basis, vec![word.span], "day in the clause"))
    }

    /// "by 11 September": the next such day, for what is still ahead.
    fn to_come(&self, at: &Mention<'_>, sources: &Sources<'_>) -> Option<Resolved<Period>> {
        let today = sources.clock.today?;
        date_words(self.text, at.last..self.tokens.end).into_iter().find_map(|word| {
            let Spoken::Day { day, month, year: None } = word.spoken else { return None };
            let led = ["by", "on", "before", "from"];
            led.iter().any(|w| self.text.is(word.first.saturating_sub(1), w)).then_some(())?;
            let next = (today.year()..=today.year().saturating_add(1))
                .filter_map(|year| Date::new(year, month, day).ok())
                .find(|&day| day > today)?;
            let rule = "the next such day";
            Some(Resolved::new(Period::day(next), sources.clock.basis, vec![word.span], rule))
        })
    }

    /// How far it came, and how that is put; none if it did not come about at all.
    fn stage(
        &self,
        verb: Option<usize>,
        when: Option<&Resolved<Period>>,
        assertion: Assertion,
    ) -> Option<(Stage, Assertion)> {
        let Some(verb) = verb.map(|v| &self.syntax.verbs[v]) else {
            return Some((Stage::Accomplished, assertion));
        };
        if verb.negated {
            return None;
        }
        if verb.form == Form::Infinitive {
            let governor = verb.governor.map(|g| &self.syntax.verbs[g]);
            let base = governor.and_then(|g| self.known.verbs.base(self.text.key(g.head)));
            let ended = self.syntax.nouns.iter().any(|n| n.last == verb.first);
            return match base {
                Some(base) if TRIED.binary_search(&base).is_ok() => {
                    Some((Stage::Attempted, assertion))
                }
                Some(base) if AHEAD.binary_search(&base).is_ok() => {
                    Some((Stage::Planned, Assertion::Foreseen))
                }
                // "the decision to withdraw": done if it has a day, else still ahead.
                _ if ended && when.is_some() => Some((Stage::Accomplished, Assertion::Asserted)),
                _ => None,
            };
        }
        // "demanded that X withdraw its troops": the bare form says that it is only wanted.
        let bare = self.known.verbs.forms(self.text.key(verb.head));
        let wanted = self.syntax.verbs.iter().take_while(|v| v.last <= verb.first).any(|v| {
            let base = self.known.verbs.base(self.text.key(v.head));
            base.is_some_and(|base| DEMANDS.binary_search(&base).is_ok())
        });
        if wanted && verb.last - verb.first == 1 && bare.is_some_and(|f| f.base && !f.past) {
            return Some((Stage::Planned, Assertion::Foreseen));
        }
        Some(match assertion {
            Assertion::Foreseen => (Stage::Planned, assertion),
            assertion => (Stage::Accomplished, assertion),
        })
    }
}
