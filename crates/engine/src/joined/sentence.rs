//! Which sentences tell of violence: the lexicon's score, moved by the model; and sentences that only
//! the model takes for such.

use reading::Span;

use crate::date::Clock;
use crate::frame::{Frame, STARTS, seen};
use crate::lexicon::Mention;
use crate::model::{Filler, KINDS, Sight, Slot};
use crate::ontology::Mode;
use crate::subject::Subject;
use crate::text::Text;

/// How much the log odds of a sentence weigh in its score.
const SENTENCE: f32 = 0.2;
/// How much those of the whole text do.
const WHOLE: f32 = 0.3;
/// Log odds of the whole text that say nothing.
const WHOLE_EVEN: f32 = 1.0;
/// Log odds beyond these count no more.
const LIMITS: (f32, f32) = (-2.0, 3.0);

/// Relevance from which on a sentence is taken without a word of violence, if a filler stands in it.
const SURE: f32 = 0.86;
/// Relevance of the whole from which on a text tells of something, though no sentence does alone.
const TOLD: f32 = 0.85;
/// Probability from which on a filler stands in a sentence.
const STANDS: f32 = 0.2;
/// Margin from which on a filler that stands in a sentence makes it one that tells of something.
const TAKEN: f32 = 0.4;
/// Margin from which on a filler is sure.
const FIRM: f32 = 0.6;

/// What is known of a text when its sentences are judged.
pub(crate) type Told<'t> = (&'t Text<'t>, &'t [Mention<'t>], &'t Subject, Clock);

/// Moves the scores of the frames by what the model says of their sentences.
pub(crate) fn weigh(sight: &Sight, text: &Text<'_>, frames: &mut [Frame]) {
    let whole = (log_odds(sight.relevance) - WHOLE_EVEN).clamp(-3.0, 3.0);
    for frame in frames {
        let Some(sentence) = text.sentences.get(frame.sentence) else { continue };
        let own = log_odds(relevance(sight, sentence.span)).clamp(LIMITS.0, LIMITS.1);
        frame.score += SENTENCE * own + WHOLE * whole;
    }
}

/// Adds frames of sentences that the model is sure of, and raises those that are too weak to start
/// an event.
pub(crate) fn add(sight: &Sight, told: Told<'_>, frames: &mut Vec<Frame>) {
    let (text, ..) = told;
    add_from(SURE, sight, told, frames);
    start(sight, text, frames);
}

/// Adds frames of the sentences that the model is `sure` enough of.
pub(super) fn add_from(sure: f32, sight: &Sight, told: Told<'_>, frames: &mut Vec<Frame>) {
    let (text, ..) = told;
    for (i, sentence) in text.sentences.iter().enumerate() {
        if relevance(sight, sentence.span) >= sure {
            raise(sight, told, (i, sentence.span), frames);
        }
    }
}

/// Makes the frame of a sentence start an event, or one that is new, if a filler stands there.
fn raise(sight: &Sight, told: Told<'_>, (i, sentence): (usize, Span), frames: &mut Vec<Frame>) {
    let (text, ..) = told;
    let place = frames.partition_point(|f| f.sentence < i);
    let own = frames.get_mut(place).filter(|f| f.sentence == i);
    if own.as_ref().is_some_and(|f| f.starts()) {
        return;
    }
    let Some((filler, at)) = standing(sight, sentence) else { return };
    if let Some(frame) = own {
        frame.score = STARTS;
        return;
    }
    let trigger = text.tokens.partition_point(|t| (t.end as usize) <= at.start());
    if let Some(mut frame) = seen(told, i, trigger, mode(filler)) {
        frame.score = frame.score.max(STARTS);
        frames.insert(place, frame);
    }
}

/// Where no sentence starts an event though the whole tells of one: raises the likeliest of those in
/// which a sure filler stands.
fn start(sight: &Sight, text: &Text<'_>, frames: &mut [Frame]) {
    if sight.relevance < TOLD || frames.iter().any(Frame::starts) {
        return;
    }
    let sure = || sight.fillers.iter().filter(|f| f.margin >= FIRM && f.slot != Slot::Place);
    let likely = |(place, frame): (usize, &Frame)| {
        let span = text.sentences.get(frame.sentence)?.span;
        let here = |f: &Filler| f.mentions.iter().any(|(s, p)| *p >= STANDS && span.contains(*s));
        sure().any(here).then(|| (relevance(sight, span), place))
    };
    let judged = frames.iter().enumerate().filter_map(likely);
    let best = judged.reduce(|best, next| if next.0 > best.0 { next } else { best });
    if let Some(frame) = best.and_then(|(_, place)| frames.get_mut(place)) {
        frame.score = STARTS;
    }
}

/// The likeliest filler in a sentence, and where it stands.
fn standing(sight: &Sight, sentence: Span) -> Option<(&Filler, Span)> {
    sight.fillers.iter().filter(|f| f.margin >= TAKEN).find_map(|filler| {
        let here = |&&(span, p): &&(Span, f32)| p >= STANDS && sentence.contains(span);
        filler.mentions.iter().find(here).map(|(span, _)| (filler, *span))
    })
}

/// How it was done, by the kind of event that a filler belongs to.
fn mode(filler: &Filler) -> Option<Mode> {
    let kinds = KINDS.iter().zip(filler.kinds);
    let (kind, _) = kinds.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(match *kind {
        "arson" => Mode::Arson,
        "bombing" => Mode::Bombing,
        "kidnapping" => Mode::Kidnapping,
        _ => Mode::ArmedAssault,
    })
}

/// The most that the model says of what overlaps a sentence.
fn relevance(sight: &Sight, span: Span) -> f32 {
    let first = sight.sentences.partition_point(|(s, _)| s.end() <= span.start());
    let over = sight.sentences.iter().skip(first).take_while(|(s, _)| s.start() < span.end());
    over.fold(0.0, |most, (_, p)| p.max(most))
}

fn log_odds(p: f32) -> f32 {
    let p = p.clamp(1e-3, 1.0 - 1e-3);
    (p / (1.0 - p)).ln()
}
