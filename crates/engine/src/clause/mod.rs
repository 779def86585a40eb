//! Clauses that tell of violence by who does what to whom, where no word alone does: "men set fire
//! to a depot", "a rocket damaged two warehouses".
//!
//! The patterns are the table `data/lexicon/clauses.tsv`; each line holds an example that must
//! match it. A sentence is parsed only if it has a verb of the table and somebody or something to
//! do it or suffer it.

mod heads;

use std::collections::BTreeMap;
use std::ops::Range;

use self::heads::{Class, Heads};
use crate::lexicon::{Act, Mention, Part, Sense};
use crate::ontology::Mode;
use crate::pack::cells::{choice, record};
use crate::pack::words::Dictionary;
use crate::sources::Sources;
use crate::syntax::{Form as SyntaxForm, Grammar, Syntax, VerbGroup, VerbSet, Verbs};
use crate::table::BadLine;
use crate::text::Text;

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
    /// the sentence; only verbs among `tokens` count.
    pub fn find(
        &self,
        text: &Text<'_>,
        grammar: &Grammar<'_>,
        verbs: (&Verbs, &VerbSet),
        (i, tokens): (usize, &Range<usize>),
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
            tokens.contains(&verb.head)
                && !verb.negated
                && !is_threatened(text, verb)
                && !is_without(text, verb.first)
        };
        for (v, verb) in syntax.verbs.iter().enumerate().filter(|(_, verb)| real(verb)) {
            let scene = Scene { heads: Heads { text, here }, syntax, v, verb };
            let found = patterns(verb.head).into_iter().flatten().filter_map(|p| scene.act(p));
            let found =
                found.reduce(|best, next| if next.weight > best.weight { next } else { best });
            if let Some(act) = found
                && best.is_none_or(|(_, known)| act.weight > known.weight)
            {
                best = Some((verb.head, act));
            }
        }
        best
    }

    /// Whether verb group `v` is what people do to people by a line of the table: "led the teacher away", "cut
    /// down three guards".
    pub(crate) fn is_deed(
        &self,
        text: &Text<'_>,
        syntax: &Syntax,
        verbs: &Verbs,
        here: &[Mention<'_>],
        v: usize,
    ) -> bool {
        let Some(verb) = syntax.verbs.get(v) else { return false };
        let base = verbs.base(text.key(verb.head));
        let Some(patterns) = base.and_then(|base| self.by_verb.find(base)) else { return false };
        let scene = Scene { heads: Heads { text, here }, syntax, v, verb };
        let of_people = |p: &&Pattern| {
            let mode = matches!(
                p.mode,
                PatternMode::Given(Mode::ArmedAssault | Mode::Kidnapping | Mode::Other)
            );
            mode && matches!(p.doer, Class::Band | Class::Culprit | Class::People)
        };
        !verb.negated && patterns.iter().filter(of_people).any(|p| scene.act(p).is_some())
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

impl Scene<'_> {
    /// What a pattern says of the verb, if it matches.
    fn act(&self, pattern: &Pattern) -> Option<Act> {
        let fits = |class: &Class, nouns: &[usize]| match class {
            Class::Free => true,
            Class::Nobody => nouns.is_empty(),
            class => nouns.iter().any(|&n| self.heads.is(class, &self.syntax.nouns[n])),
        };
        let doers = match self.syntax.doers(self.v) {
            [it] if self.heads.text.is(self.syntax.nouns[*it].head, "it") => self.speakers(*it),
            own => own,
        };
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

    /// "X said it killed six": whoever says so of himself, for `it` that has no other before it.
    fn speakers(&self, it: usize) -> &[usize] {
        let noun = &self.syntax.nouns[it];
        let before = self.v.checked_sub(1).filter(|&v| {
            let end = self.syntax.verbs[v].last;
            let that = self.heads.text.is(end, "that");
            noun.first == end + usize::from(that)
        });
        before.map_or(self.syntax.doers(self.v), |v| self.syntax.doers(v))
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

/// Whether a verb says only what somebody threatens to do: "threatened to kill three teachers".
fn is_threatened(text: &Text<'_>, verb: &VerbGroup) -> bool {
    let before = verb.first.checked_sub(1).map_or("", |i| text.key(i));
    verb.form == SyntaxForm::Infinitive
        && matches!(text.key(verb.head), "attack" | "bomb" | "hit" | "kill" | "pound" | "strike")
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
        let table = include_str!("../../../../data/lexicon/clauses.tsv");
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
                let all = 0..text.tokens.len();
                pattern.find(&text, &grammar, verbs, (0, &all), &mentions).is_none()
            })
            .map(str::to_owned)
            .collect();
        assert_eq!(missed, Vec::<String>::new());
    }
}
