//! Text without capitals, or in nothing else, is read as print would have it.
//!
//! The grammar lives on capitals: without them the van of somebody is the town of Van, and
//! nobody whom no dictionary has can be named. What the model learned in is led by the model instead
//! ([`lead`](super::lead)), for which case is nothing. Every byte stays where it stands, so that spans of
//! the one text are spans of the other.

use crate::lexicon::{Mention, Sense};
use crate::model::Model;
use crate::text::{Case, Text};

/// Longer texts stay as they are: the model would need seconds.
const MOST: usize = 50_000;

/// The text and its headline as print would have them, if the text is without case and has words of
/// violence in it.
pub(crate) fn in_print(
    model: &dyn Model,
    (text, mentions): (&Text<'_>, &[Mention<'_>]),
    title: &Text<'_>,
) -> Option<(String, String)> {
    let violent = |m: &Mention<'_>| m.senses.iter().any(|s| matches!(s, Sense::Act(..)));
    let asked = text.source.len() <= MOST && mentions.iter().any(violent);
    let body = asked.then(|| printed(model, text)).flatten()?;
    Some((body, printed(model, title).unwrap_or_else(|| title.source.to_owned())))
}

/// A text without case as print would have it, unless that moves a byte or gives it no case.
fn printed(model: &dyn Model, text: &Text<'_>) -> Option<String> {
    let flat = text.case == Case::Flat;
    let printed = flat.then(|| model.in_print(text.source))?;
    let stands = printed.len() == text.source.len()
        && text.tokens.iter().all(|t| printed.is_char_boundary(t.start as usize));
    (stands && Text::of(&printed).case != Case::Flat).then_some(printed)
}
