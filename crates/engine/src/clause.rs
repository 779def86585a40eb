//! Clauses that tell of violence by who does what to whom, where no word alone does: "men set fire
//! to a depot", "a rocket damaged two warehouses".
//!
//! The patterns are the table `data/lexicon/clauses.tsv`; each line holds an example that must
//! match it. A sentence is parsed only if it has a verb of the table and somebody or something to
//! do it or suffer it.

use std::collections::BTreeMap;

use crate::lexicon::{Act, Form, Mention, Part, Role, Sense};
use crate::ontology::{Mode, Sort, WeaponSort};
use crate::pack::cells::{choice, record};
use crate::pack::words::Dictionary;
use crate::party::is_civil;
use crate::sources::Sources;
use crate::syntax::{Form as SyntaxForm, Grammar, NounPhrase, Syntax, VerbGroup, VerbSet, Verbs};
use crate::table::BadLine;
use crate::text::{Case, Text};

/// The patterns, by the base form of their verb.
#[derive(Clone, Debug, Default)]
pub struct Clauses {
    by_verb: Dictionary<Vec<Pattern>>,
}

record!(Clauses { by_verb });

/// One line of the table.
#[derive(Clone, Debug)]
struct Pattern {
    doer: Class,
    to: Class,
    /// A preposition; empty if none is asked.
    preposition: &'static str,
    behind: Class,
    mode: PatternMode,
    weight: u8,
}

record!(Pattern { doer, to, preposition, behind, mode, weight });

/// The mode that a pattern gives.
#[derive(Clone, Copy, Debug)]
enum PatternMode {
    Given(Mode),
    OfWeapon,
    Unsaid,
}

choice!(PatternMode { 0 Given(mode), 1 OfWeapon, 2 Unsaid });

/// What a noun phrase must be.
#[derive(Clone, Debug)]
enum Class {
    /// Nothing is asked: there may be none.
    Free,
    Anyone,
    /// No such noun phrase: "two buses were set alight".
    Nobody,
    /// Attackers, armed organisations, or men of whom no more is said; no force of the law.
    Band,
    Culprit,
    People,
    Person,
    Thing,
    Arms,
    Heads(Vec<&'static str>),
}

choice!(Class { 0 Free, 1 Anyone, 2 Culprit, 3 People, 4 Person, 5 Thing, 6 Arms, 7 Heads(heads), 8 Nobody, 9 Band });

impl Class {
    fn parse(word: &'static str) -> Option<Self> {
        Some(match word {
            "-" => Self::Free,
            "anyone" => Self::Anyone,
            "nobody" => Self::Nobody,
            "band" => Self::Band,
            "culprit" => Self::Culprit,
            "people" => Self::People,
            "person" => Self::Person,
            "thing" => Self::Thing,
            "arms" => Self::Arms,
            _ => Self::Heads(word.strip_prefix('=')?.split('|').collect()),
        })
    }
}

impl Clauses {
    /// Reads the table; bad lines are collected.
    pub fn load(sources: &Sources, bad: &mut Vec<BadLine>) -> Self {
        let mut by_verb: BTreeMap<String, Vec<Pattern>> = BTreeMap::new();
        let mode = |word: &str| match word {
            "-" => Some(PatternMode::Unsaid),
            "=" => Some(PatternMode::OfWeapon),
            _ => Mode::parse(word).map(PatternMode::Given),
        };
        let weight = |word: &str| word.parse().ok().filter(|w: &u8| (1..=3).contains(w));
        for row in sources.rows("lexicon/clauses.tsv") {
            let pattern = row.and_then(|row| {
                let cell = row.cell(3);
                let alone = if cell.starts_with('+') { cell } else { "" };
                let (preposition, behind) = cell.split_once(':').unwrap_or((alone, "-"));
                let class = |word: &'static str, i| {
                    Class::parse(word).map_or_else(|| row.term(i, "class", |_| None), Ok)
                };
                let pattern = Pattern {
                    doer: class(row.cell(1), 1)?,
                    to: class(row.cell(2), 2)?,
                    preposition,
                    behind: class(behind, 3)?,
                    mode: row.term(4, "mode", mode)?,
                    weight: row.term(5, "weight", weight)?,
                };
                Ok((row.cell(0), pattern))
            });
            match pattern {
                Ok((verb, pattern)) => by_verb.entry(verb.to_owned()).or_default().push(pattern),
                Err(line) => bad.push(line),
            }
        }
        Self { by_verb: Dictionary::of(by_verb) }
    }

    /// Whether a line is about the verb with this base form.
    pub fn tells(&self, base: &str) -> bool {
        self.by_verb.find(base).is_some()
    }

    /// The clause of sentence `i` that tells most plainly of violence: its verb and what it says.
    ///
    /// `verbs` are all, and those that the table [tells](Self::tells) of; `here` are the mentions of
    /// the sentence.
    pub fn find(
        &self,
        text: &Text<'_>,
        grammar: &Grammar<'_>,
        verbs: (&Verbs, &VerbSet),
        i: usize,
        here: &[Mention<'_>],
    ) -> Option<(usize, Act)> {
        let anything = here.iter().any(|m| {
            m.senses.iter().any(|s| {
                matches!(s, Sense::Person(..) | Sense::Thing(_) | Sense::Weapon(..) | Sense::Act(_))
            })
        });
        let (verbs, telling) = verbs;
        let tells = || grammar.forms(i).into_iter().flatten().any(|forms| telling.has(forms));
        if !anything || !tells() {
            return None;
        }
        let patterns = |i: usize| {
            let base = verbs.base(text.key(i));
            base.and_then(|base| self.by_verb.find(base))
        };
        let syntax = grammar.sentence(i);
        let mut best: Option<(usize, Act)> = None;
        let real = |verb: &VerbGroup| {
            !verb.negated && !is_threatened(text, verb) && !is_without(text, verb.first)
        };
        for (v, verb) in syntax.verbs.iter().enumerate().filter(|(_, verb)| real(verb)) {
            let scene = Scene { heads: Heads { text, here }, syntax, v, verb };
            let found = patterns(verb.head).into_iter().flatten().find_map(|p| scene.act(p));
            if let Some(act) = found
                && best.is_none_or(|(_, known)| act.weight > known.weight)
            {
                best = Some((verb.head, act));
            }
        }
        best
    }

    /// The noun of a sentence that tells of violence by what it is done to: "an attack on a hamlet",
    /// "the murder of a mayor".
    pub fn nominal(
        text: &Text<'_>,
        grammar: &Grammar<'_>,
        i: usize,
        here: &[Mention<'_>],
    ) -> Option<(usize, Act)> {
        let noun = |m: &&Mention<'_>| {
            let governs = ["on", "against", "of"].iter().any(|p| text.is(m.last, p));
            governs
                && m.senses.iter().any(|s| {
                    matches!(s, Sense::Act(Act { weight: 2, part: Part::Verb | Part::Noun, .. }))
                })
        };
        here.iter().filter(noun).find_map(|mention| {
            let act = mention.sense(|s| if let Sense::Act(act) = s { Some(act) } else { None })?;
            let syntax = grammar.sentence(i);
            let target = syntax.nouns.iter().find(|n| n.preposition == Some(mention.last))?;
            let scene = Heads { text, here };
            let done = if text.is(mention.last, "of") {
                scene.is_person(target)
            } else {
                scene.is_thing(target)
            };
            done.then_some((mention.first, Act { weight: 3, ..act }))
        })
    }
}

/// One verb of a sentence, with what stands around it.
struct Scene<'s> {
    heads: Heads<'s>,
    syntax: &'s Syntax,
    v: usize,
    verb: &'s VerbGroup,
}

/// What the noun phrases of a sentence are, by its mentions.
struct Heads<'s> {
    text: &'s Text<'s>,
    here: &'s [Mention<'s>],
}

impl Scene<'_> {
    /// What a pattern says of the verb, if it matches.
    fn act(&self, pattern: &Pattern) -> Option<Act> {
        let fits = |class: &Class, nouns: &[usize]| match class {
            Class::Free => true,
            Class::Nobody => nouns.is_empty(),
            class => nouns.iter().any(|&n| self.heads.is(class, &self.syntax.nouns[n])),
        };
        let doers = self.syntax.doers(self.v);
        let sufferers = match self.syntax.sufferers(self.v) {
            [] => self.shared(),
            own => own,
        };
        let placed = match pattern.preposition.strip_prefix('+') {
            Some(words) => self.follows(words),
            None if pattern.preposition.is_empty() => true,
            None => {
                let behind = self.behind(pattern.preposition);
                !behind.is_empty() && fits(&pattern.behind, &behind)
            }
        };
        // "No shots were fired": what nobody suffers was not done.
        let none = |nouns: &[usize]| {
            let text = self.heads.text;
            nouns.first().is_some_and(|&n| text.is(self.syntax.nouns[n].first, "no"))
        };
        if none(sufferers) || none(doers) {
            return None;
        }
        let done = fits(&pattern.doer, doers) || self.is_by_unknown(&pattern.doer, doers);
        if !placed || !done || !fits(&pattern.to, sufferers) {
            return None;
        }
        let mode = match pattern.mode {
            PatternMode::Given(mode) => Some(mode),
            PatternMode::Unsaid => None,
            PatternMode::OfWeapon => {
                let means = self.behind("with");
                let nouns = doers.iter().chain(sufferers).chain(&means);
                let nouns = nouns.map(|&n| &self.syntax.nouns[n]);
                nouns.flat_map(|noun| self.heads.weapons(noun)).flatten().next()
            }
        };
        Some(Act { part: Part::Verb, mode, weight: pattern.weight })
    }

    /// "The Red Front burned a school": a name with an article is no person's, and of no table an
    /// organisation's. Of attacks alone it may only be a newspaper that finds fault.
    fn is_by_unknown(&self, class: &Class, doers: &[usize]) -> bool {
        let text = self.heads.text;
        let armed = matches!(class, Class::Anyone | Class::Band | Class::Culprit | Class::People);
        let faults = ["assault", "attack"].iter().any(|w| text.key(self.verb.head).starts_with(w));
        armed && !faults && doers.iter().any(|&n| self.heads.is_unknown(&self.syntax.nouns[n]))
    }

    /// Whether one of the words stands behind the verb, before the next one: "held ten clerks hostage".
    fn follows(&self, words: &str) -> bool {
        let text = self.heads.text;
        let next = self.syntax.verbs.get(self.v + 1..).into_iter().flatten();
        let mut next = next.filter(|v| v.form != SyntaxForm::Participle);
        let end = next.next().map_or(usize::MAX, |v| v.first);
        let until = end.min(self.verb.last + 20).min(text.tokens.len());
        (self.verb.last..until).any(|i| words.split('|').any(|word| text.is(i, word)))
    }

    /// The object of the next verb, where both have it: "fired and landed a round on a pupil".
    fn shared(&self) -> &[usize] {
        let next = self.syntax.verbs.get(self.v + 1).filter(|next| {
            let and = self.heads.text.is(self.verb.last, "and");
            and && next.first == self.verb.last + 1 && next.form == self.verb.form
        });
        next.map_or(&[], |_| self.syntax.sufferers(self.v + 1))
    }

    fn behind(&self, preposition: &str) -> Vec<usize> {
        let all = self.verb.obliques.iter().filter(|(p, _)| self.heads.text.is(*p, preposition));
        all.map(|&(_, n)| n).collect()
    }
}

impl Heads<'_> {
    fn is(&self, class: &Class, noun: &NounPhrase) -> bool {
        match class {
            Class::Free => true,
            Class::Nobody => false,
            Class::Band => self.is_band(noun),
            Class::Anyone => self.is_people(noun) || self.names_nation(noun),
            Class::Culprit => self.is_culprit(noun),
            Class::People => self.is_people(noun),
            Class::Person => {
                self.is_person(noun)
                    || self.described(noun).is_some_and(|(s, _)| s == Sort::StateForce)
            }
            Class::Thing => self.is_thing(noun),
            Class::Arms => self.is_arms(noun),
            Class::Heads(heads) => {
                let head = self.text.key(noun.head);
                heads.contains(&head)
            }
        }
    }

    /// The mentions in a noun phrase and what it belongs to by "of".
    fn inside<'h>(&'h self, noun: &'h NounPhrase) -> impl Iterator<Item = &'h Mention<'h>> {
        let range = noun.first..noun.last;
        self.here.iter().filter(move |m| m.first < range.end && m.last > range.start)
    }

    /// The description of people that a noun phrase ends with.
    fn described(&self, noun: &NounPhrase) -> Option<(Sort, Role)> {
        let mention = self.inside(noun).find(|m| m.last > noun.head)?;
        mention.sense(|s| if let Sense::Person(sort, role) = s { Some((sort, role)) } else { None })
    }

    fn is_culprit(&self, noun: &NounPhrase) -> bool {
        let role = self.described(noun).map(|(_, role)| role);
        matches!(role, Some(Role::Perpetrator | Role::Suspect | Role::Force))
            || self.inside(noun).any(|m| {
                m.senses.iter().any(|s| {
                    matches!(
                        s,
                        Sense::Actor(_, Sort::Organisation | Sort::StateForce) | Sense::Force(..)
                    ) || matches!(s, Sense::Person(Sort::Military, _))
                })
            })
    }

    /// Attackers and armed organisations, or men of whom no more is said: "three men in a jeep".
    fn is_band(&self, noun: &NounPhrase) -> bool {
        const UNKNOWN: &[&str] = &[
            "column",
            "crowd",
            "individuals",
            "man",
            "men",
            "mob",
            "patrol",
            "persons",
            "strangers",
            "woman",
            "women",
            "youth",
            "youths",
        ];
        let law = self.described(noun).is_some_and(|(sort, role)| {
            role == Role::Force || sort == Sort::Police || sort == Sort::StateForce
        });
        let named = self
            .inside(noun)
            .any(|m| m.senses.iter().any(|s| matches!(s, Sense::Actor(_, Sort::Organisation))));
        let attacker = self.described(noun).is_some_and(|(_, role)| role == Role::Perpetrator);
        !law && (attacker || named || UNKNOWN.contains(&self.text.key(noun.head)))
    }

    /// A name of several words with an article that no table knows, and of no sort that is at peace.
    fn is_unknown(&self, noun: &NounPhrase) -> bool {
        const NOBODY: &[&str] = &[
            "blaze",
            "cyclone",
            "dam",
            "earthquake",
            "express",
            "fire",
            "flood",
            "hurricane",
            "max",
            "storm",
            "tornado",
            "typhoon",
            "volcano",
        ];
        let name = noun.first + 1..noun.last;
        noun.name
            && name.len() > 1
            && self.text.case == Case::Mixed
            && self.text.is(noun.first, "the")
            && name.clone().all(|i| self.text.is_capital(i))
            && self.inside(noun).all(|m| m.last <= noun.head || m.senses.is_empty())
            && !NOBODY.contains(&self.text.key(noun.head))
            && !is_civil(self.text, &name)
    }

    fn is_people(&self, noun: &NounPhrase) -> bool {
        let pronoun = noun.pronoun && !self.text.is(noun.head, "it");
        self.is_culprit(noun) || self.is_person(noun) || pronoun
    }

    /// People who are not attackers by their description, a named person included.
    fn is_person(&self, noun: &NounPhrase) -> bool {
        const ENDINGS: &[&str] = &[
            "men", "women", "man", "woman", "er", "or", "ers", "ors", "ists", "ians", "ees", "ist",
            "ian",
        ];
        if let Some((_, role)) = self.described(noun) {
            return matches!(role, Role::Victim | Role::Either);
        }
        // "shot five people dead": the people are in the word of harm.
        if self.inside(noun).any(|m| {
            m.first <= noun.head
                && m.senses.iter().any(|s| matches!(s, Sense::Casualty(_, Form::Noun)))
        }) {
            return true;
        }
        let known = self.inside(noun).any(|m| m.last > noun.head && !m.senses.is_empty());
        let head = self.text.key(noun.head);
        // "Hundreds of young people": the people are behind "of".
        if ["dozens", "hundreds", "scores", "thousands"].contains(&head) {
            return self.text.is(noun.head + 1, "of");
        }
        let shaped = ENDINGS.iter().any(|end| head.len() > 4 && head.ends_with(end));
        let name = noun.name && noun.last - noun.first >= 2 && !known;
        let pronoun = ["him", "her", "them"].contains(&head);
        !known && shaped || name || pronoun
    }

    fn is_thing(&self, noun: &NounPhrase) -> bool {
        const SETTLEMENTS: &[&str] = &["capital", "city", "district", "hamlet", "suburb", "town"];
        let head = self.text.key(noun.head);
        // "A suspicious holdall was blown up by the army": nobody meant it.
        if (noun.first..noun.head).any(|i| self.text.is(i, "suspicious")) {
            return false;
        }
        SETTLEMENTS.contains(&head)
            || self.inside(noun).any(|m| {
                let thing = m.senses.iter().any(|s| matches!(s, Sense::Thing(_) | Sense::Site(_)));
                let place =
                    m.senses.iter().any(|s| matches!(s, Sense::Country(_) | Sense::Area(_)));
                thing && m.last > noun.head || place && m.last > noun.head && noun.name
            })
    }

    /// The weapon that a noun phrase ends with.
    fn weapons<'h>(&'h self, noun: &'h NounPhrase) -> impl Iterator<Item = Option<Mode>> + 'h {
        let ends = self.inside(noun).filter(|m| m.last > noun.head);
        ends.flat_map(|m| m.senses).filter_map(|s| match s {
            // A vehicle alone is no weapon: most that they hit is by accident.
            Sense::Weapon(sort, mode) if *sort != WeaponSort::Vehicle => Some(*mode),
            _ => None,
        })
    }

    fn is_arms(&self, noun: &NounPhrase) -> bool {
        self.weapons(noun).next().is_some()
    }

    fn names_nation(&self, noun: &NounPhrase) -> bool {
        self.inside(noun)
            .any(|m| m.senses.iter().any(|s| matches!(s, Sense::Country(_) | Sense::Demonym(_))))
    }
}

/// Whether a verb says only what somebody threatens to do: "threatened to kill three teachers".
fn is_threatened(text: &Text<'_>, verb: &VerbGroup) -> bool {
    let before = verb.first.checked_sub(1).map_or("", |i| text.key(i));
    verb.form == SyntaxForm::Infinitive
        && text.is(verb.head, "kill")
        && matches!(before, "threatened" | "threatens" | "threatening" | "threaten" | "vowed")
}

/// Whether it is said that it was not done: "without anyone having fired a shot".
pub(crate) fn is_without(text: &Text<'_>, verb: usize) -> bool {
    const BETWEEN: &[&str] =
        &["a", "any", "anybody", "anyone", "being", "even", "having", "single"];
    let mut first = verb;
    while first > 0 && BETWEEN.contains(&text.key(first - 1)) {
        first -= 1;
    }
    first > 0 && text.is(first - 1, "without")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn each_pattern_matches_its_example() {
        let known = Knowledge::embedded();
        let table = include_str!("../../../data/lexicon/clauses.tsv");
        let missed: Vec<String> = table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .skip(1)
            .filter(|line| {
                let example = line.split('\t').nth(6).unwrap_or_default();
                let text = Text::of(example);
                let mentions = known.matcher.find(&text);
                let grammar = Grammar::of(&text, &known.verbs);
                let mut bad = Vec::new();
                let header = table.lines().find(|line| line.starts_with("verb\t")).unwrap();
                let alone: &'static str = format!("{header}\n{line}\n").leak();
                let sources = Sources::of([("lexicon/clauses.tsv", alone)]);
                let pattern = Clauses::load(&sources, &mut bad);
                let verbs = (&known.verbs, &known.verbs.that(|base| pattern.tells(base)));
                pattern.find(&text, &grammar, verbs, 0, &mentions).is_none()
            })
            .map(str::to_owned)
            .collect();
        assert_eq!(missed, Vec::<String>::new());
    }
}
