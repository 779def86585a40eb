//! The shallow grammar of a sentence: noun phrases, verb groups, and who does what to whom.
//!
//! It is made without a model, in three passes over the tokens of one sentence: `class` (with `verbal` for
//! words that can be verbs) says what each word is here, `chunk` gathers noun phrases and verb groups, `clause` gives each verb
//! its subject, object, agent and obliques. What it cannot tell it leaves out: a verb without a
//! subject has none. It knows nothing of violence.

mod aside;
mod chunk;
mod class;
mod clause;
mod verbal;
mod verbs;

pub use class::Class;
pub use verbs::{Forms, VerbSet, Verbs};

use std::cell::OnceCell;
use std::ops::Range;

use crate::text::{Shape, Text};

/// The phrases of one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Syntax {
    /// Noun phrases, in order.
    pub nouns: Vec<NounPhrase>,
    /// Verb groups, in order.
    pub verbs: Vec<VerbGroup>,
}

/// A noun with what stands before it: "three masked gunmen", "Israel's army", "they".
#[derive(Clone, Debug, PartialEq)]
pub struct NounPhrase {
    /// First token, articles and numbers included.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The token of the head noun, the last one.
    pub head: usize,
    /// Whether the head is written as a name.
    pub name: bool,
    /// Whether it is a pronoun.
    pub pronoun: bool,
    /// The tokens of a possessor: "Israel" in "Israel's army".
    pub owner: Option<Range<usize>>,
    /// The preposition that governs it.
    pub preposition: Option<usize>,
    /// The noun phrase that it belongs to by "of": index into [`Syntax::nouns`].
    pub of: Option<usize>,
    /// The first noun phrase of the list that it goes on: "A, B and C".
    pub joined: Option<usize>,
    /// The noun phrase that it says in other words: "X, a local leader,".
    pub apposed: Option<usize>,
}

/// A verb with its auxiliaries: "has been killed", "to attack", "did not say".
#[derive(Clone, Debug, PartialEq)]
pub struct VerbGroup {
    /// First token, auxiliaries and "to" included.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The token of the verb that gives the meaning.
    pub head: usize,
    /// Whether its subject does it or suffers it.
    pub voice: Voice,
    /// What form it has.
    pub form: Form,
    /// Whether it is negated.
    pub negated: bool,
    /// The token of a modal: "may", "would", "will".
    pub modal: Option<usize>,
    /// The verb group that it depends on: "vowed *to strike*", "attacked …, *killing*".
    pub governor: Option<usize>,
    /// Whether it stands in a relative clause.
    pub relative: bool,
    /// Subjects, as indices of noun phrases.
    pub subjects: Vec<usize>,
    /// Objects.
    pub objects: Vec<usize>,
    /// Behind "by", of a passive.
    pub agents: Vec<usize>,
    /// Noun phrases behind prepositions, each with the token of its preposition.
    pub obliques: Vec<(usize, usize)>,
}

/// Whether the subject does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The subject does it.
    Active,
    /// The subject suffers it.
    Passive,
}

/// The form of a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "attacked", "has attacked", "is attacking", "will attack".
    Finite,
    /// "to attack".
    Infinitive,
    /// "attacking".
    Gerund,
    /// "people *killed* in the attack".
    Participle,
}

impl Syntax {
    /// The phrases among `tokens`, which should be one sentence.
    pub fn of(text: &Text<'_>, tokens: Range<usize>, verbs: &Verbs) -> Self {
        let forms: Vec<_> = tokens.clone().map(|i| forms(text, i, verbs)).collect();
        Self::parsed(text, tokens, &forms)
    }

    /// The same, where it is known what each of the tokens can be as a verb.
    fn parsed(text: &Text<'_>, tokens: Range<usize>, forms: &[Option<Forms>]) -> Self {
        let classes = class::classes(text, tokens.clone(), forms);
        let mut line = Line { text, start: tokens.start, classes: &classes, asides: Vec::new() };
        let (nouns, groups) = chunk::chunks(&line);
        let mut syntax = Self { nouns, verbs: groups };
        line.asides = aside::asides(&line, &syntax);
        clause::attach(&line, &mut syntax);
        // It is kept for as long as the document: a long one has a hundred thousand sentences.
        syntax.nouns.shrink_to_fit();
        syntax.verbs.shrink_to_fit();
        syntax
    }

    /// The noun phrase that token `i` is in.
    pub fn noun_at(&self, i: usize) -> Option<usize> {
        self.nouns.iter().position(|n| n.first <= i && i < n.last)
    }

    /// The verb group that token `i` is in.
    pub fn verb_at(&self, i: usize) -> Option<usize> {
        self.verbs.iter().position(|v| v.first <= i && i < v.last)
    }

    /// The noun phrase and all that are joined to it: "A, B and C".
    pub fn list(&self, noun: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.nouns.get(noun).and_then(|n| n.joined).unwrap_or(noun);
        (first..self.nouns.len())
            .filter(move |&i| i == first || self.nouns[i].joined == Some(first))
    }

    /// Who does the verb `verb`: the subjects of an active one, the agents of a passive one.
    pub fn doers(&self, verb: usize) -> &[usize] {
        let verb = &self.verbs[verb];
        if verb.voice == Voice::Active { &verb.subjects } else { &verb.agents }
    }

    /// To whom or what `verb` is done: the objects of an active one, the subjects of a passive one.
    pub fn sufferers(&self, verb: usize) -> &[usize] {
        let verb = &self.verbs[verb];
        if verb.voice == Voice::Active { &verb.objects } else { &verb.subjects }
    }
}

/// The sentences of a document, each parsed when it is first asked for and only then.
#[derive(Debug)]
pub struct Grammar<'t> {
    text: &'t Text<'t>,
    verbs: &'t Verbs,
    parsed: Vec<OnceCell<Syntax>>,
}

impl<'t> Grammar<'t> {
    /// The grammar of `text`; nothing is parsed yet.
    pub fn of(text: &'t Text<'t>, verbs: &'t Verbs) -> Self {
        Self { text, verbs, parsed: vec![OnceCell::new(); text.sentences.len()] }
    }

    /// What the tokens of sentence number `i` can be as verbs; none if there is no such sentence.
    /// It is looked up anew each time: to keep it would cost a long document more than it saves.
    pub fn forms(&self, i: usize) -> Vec<Option<Forms>> {
        let tokens = self.text.sentences.get(i).map_or(0..0, |s| s.first..s.last);
        tokens.map(|i| forms(self.text, i, self.verbs)).collect()
    }

    /// The phrases of sentence number `i`; none if there is no such sentence.
    pub fn sentence(&self, i: usize) -> &Syntax {
        static NONE: Syntax = Syntax { nouns: Vec::new(), verbs: Vec::new() };
        let (Some(cell), Some(sentence)) = (self.parsed.get(i), self.text.sentences.get(i)) else {
            return &NONE;
        };
        let tokens = sentence.first..sentence.last;
        cell.get_or_init(|| Syntax::parsed(self.text, tokens, &self.forms(i)))
    }

    /// The phrases of the sentence that token `i` is in.
    pub fn around(&self, i: usize) -> &Syntax {
        self.sentence(self.text.sentence_of(i))
    }
}

/// What token `i` can be as a verb.
fn forms(text: &Text<'_>, i: usize, verbs: &Verbs) -> Option<Forms> {
    let shape = text.tokens.get(i)?.shape;
    let word = matches!(shape, Shape::Lower | Shape::Capital | Shape::Upper);
    word.then(|| verbs.forms(text.key(i)))?
}

/// A sentence under work: its text, the classes of its tokens, and where others speak in between.
struct Line<'t> {
    text: &'t Text<'t>,
    start: usize,
    classes: &'t [Class],
    asides: Vec<Range<usize>>,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.classes.len()
    }

    /// The class of token `i`; a mark outside the sentence.
    fn class(&self, i: usize) -> Class {
        i.checked_sub(self.start).and_then(|n| self.classes.get(n)).copied().unwrap_or(Class::Mark)
    }

    /// What is put in between around token `i`.
    fn aside(&self, i: usize) -> Option<&Range<usize>> {
        self.asides.iter().find(|aside| aside.contains(&i))
    }

    fn is(&self, i: usize, word: &str) -> bool {
        (self.start..self.end()).contains(&i) && self.text.is(i, word)
    }
}

#[cfg(test)]
mod tests;
