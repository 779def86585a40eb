//! On what it rests that a body did it of which only a model says so: the words around each of its
//! mentions, as for the parties that the grammar finds.

use reading::Span;

use super::accusal::{Sentence, accusals};
use super::attribution::{Stands, attribution};
use super::{Named, parties};
use crate::Knowledge;
use crate::lexicon::Mention;
use crate::ontology::{Attribution, Sort};
use crate::syntax::Grammar;
use crate::text::Text;

/// What the sentences of these mentions of one body say of why it is named: its own claim first, then
/// what somebody is said to blame it for, then what is told of it. `None` if they say nothing.
pub(crate) fn basis(
    text: &Text<'_>,
    grammar: &Grammar<'_>,
    mentions: &[Mention<'_>],
    names: impl Iterator<Item = Span>,
    known: &Knowledge,
) -> Option<Attribution> {
    let grounds: Vec<Attribution> =
        names.flat_map(|name| grounds(text, grammar, mentions, name, known)).collect();
    let best = |chosen: fn(&&Attribution) -> bool| grounds.iter().filter(chosen).min().copied();
    best(|&&on| on == Attribution::Claimed)
        .or_else(|| best(|&&on| on > Attribution::Claimed && on < Attribution::Denied))
        .or_else(|| best(|_| true))
}

/// What the sentence of one mention says.
fn grounds(
    text: &Text<'_>,
    grammar: &Grammar<'_>,
    mentions: &[Mention<'_>],
    name: Span,
    known: &Knowledge,
) -> Vec<Attribution> {
    let token = |at: usize| text.tokens.partition_point(|t| (t.start as usize) < at);
    let tokens = token(name.start())..token(name.end());
    let Some(sentence) = text.sentences.get(text.sentence_of(tokens.start)) else {
        return Vec::new();
    };
    let from = mentions.partition_point(|m| m.first < sentence.first);
    let to = mentions.partition_point(|m| m.first < sentence.last);
    let here = mentions.get(from..to).unwrap_or_default();
    let syntax = grammar.around(tokens.start);
    let phrase = syntax.noun_at(tokens.end.saturating_sub(1)).map(|n| syntax.nouns[n].last);
    let phrase = phrase.unwrap_or(tokens.end);
    let party = Named { tokens: tokens.clone(), sort: Sort::Organisation, actor: None };
    let told = attribution(text, (syntax, here), &party, phrase, (true, false), Stands::Unknown);
    let mut all = parties(text, here, known);
    let apart = |p: &Named| p.tokens.end <= tokens.start || tokens.end <= p.tokens.start;
    if all.iter().all(apart) {
        all.push(party);
    }
    let look =
        Sentence { text, grammar, syntax, mentions: here, all: mentions, parties: &all, known };
    let accused = accusals(&look)
        .into_iter()
        .filter(|a| a.tokens.start < tokens.end && tokens.start < a.tokens.end);
    told.into_iter().chain(accused.map(|a| a.attribution)).collect()
}
