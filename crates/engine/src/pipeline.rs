//! The flow on one screen: a document goes in, its reports and relations come out.

use reading::{Document, Problem};

use crate::Knowledge;
use crate::actor::decide;
use crate::campaign::{self, campaigns};
use crate::date::Clock;
use crate::deed::Telling;
use crate::frame::{Frame, frames};
use crate::incident::{Incident, incidents};
use crate::ontology::Mode;
use crate::place::LazyAtlas;
use crate::relation::{self, Relation, relations};
use crate::report::Report;
use crate::settle::Reading;
use crate::subject::Subject;
use crate::syntax::Grammar;
use crate::text::{Shape, Text};
use crate::toll::tolls;

/// What one document says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// What it says about events, in the order of the text.
    pub reports: Vec<Report>,
    /// What it says of how actors are related, in the order of the text.
    pub relations: Vec<Relation>,
    /// What could not be made out.
    pub problems: Vec<Problem>,
}

/// Reads one document. Pure: the same two arguments give the same answer.
pub fn code(document: &Document, known: &Knowledge) -> Coded {
    let headline = document.title.as_ref().map_or("", |t| t.value.as_str());
    let (text, title) = (Text::of(document.text()), Text::of(headline)); //      sentences, tokens
    let (mut mentions, mut title_mentions) =
        (known.matcher.find(&text), known.matcher.find(&title)); // what the dictionaries see
    if !is_english(&text) {
        let what = "the text is not in English: it was not coded".to_owned();
        let input = document.url.clone().unwrap_or_else(|| document.id.to_string());
        return Coded { problems: vec![Problem { input, what }], ..Coded::default() };
    }
    let subject = Subject::of(&text, &mentions, (&title, &title_mentions)); //   sport, film, quake, drill
    let clock = Clock::of(document, &text); //                                   what days are counted from
    let grammar = Grammar::of(&text, &known.verbs); //                           who does what to whom, on demand
    let frames = frames(&text, &mentions, &subject, clock, &grammar, known); //  sentences that tell of violence
    let told = frames.iter().any(Frame::starts);
    let tied = !subject.is_play() && relation::may_tell(&text, &mentions);
    let moved = !subject.is_play() && campaign::may_tell(&text, &mentions);
    let mut both = [(&title, title_mentions.as_mut_slice()), (&text, mentions.as_mut_slice())];
    decide(&mut both, &known.actors, &known.geography, clock.today); //         which actor of a name
    let telling = Telling {
        document,
        text: &text,
        grammar: &grammar,
        mentions: &mentions,
        frames: &frames,
        mishap: subject.is_mishap(),
        clock,
        known,
    };
    let deeds = if subject.is_play() { Vec::new() } else { telling.deeds() }; //  what is said and done without violence
    if !told && !tied && !moved {
        return Coded { reports: deeds, ..Coded::default() };
    }
    let atlas = LazyAtlas::of((&text, &mentions), (&title, &title_mentions), known); // each name of a place decided
    let sources = relation::Sources {
        document: document.id,
        text: &text,
        grammar: &grammar,
        mentions: &mentions,
        atlas: &atlas,
        clock,
        known,
    };
    let relations = if tied { relations(&sources) } else { Vec::new() }; //       who is whose ally, offshoot, host
    if !told {
        let mut reports = if moved { campaigns(&sources, &[]) } else { Vec::new() };
        add(&mut reports, deeds);
        return Coded { reports, relations, problems: Vec::new() };
    }
    let incidents = incidents(&text, &frames, &atlas, clock, known); //                 which sentences tell of one thing
    let headline = tolls(&title, &title_mentions, &(0..title.tokens.len())); //        how many, where the text is silent
    let reading = Reading {
        document,
        text: &text,
        grammar: &grammar,
        mentions: &mentions,
        atlas: &atlas,
        frames: &frames,
        headline: (&title, &title_mentions, &headline),
        clock,
        known,
    };
    let main = main(&incidents, &frames, clock);
    let mut reports: Vec<Report> = incidents
        .iter()
        .enumerate()
        .filter_map(|(i, incident)| reading.settle(incident, Some(i) == main))
        .collect();
    if moved {
        let campaigns = campaigns(&sources, &reports); //                        forces that move, ground that is taken
        reports.extend(campaigns);
    }
    add(&mut reports, deeds);
    Coded { reports, relations, problems: Vec::new() }
}

/// Adds deeds to the reports, but for movements of forces that another report tells by the same words.
fn add(reports: &mut Vec<Report>, deeds: Vec<Report>) {
    let told = |deed: &Report| {
        let words = deed.evidence.first();
        reports.iter().any(|r| words.is_some_and(|span| r.evidence.contains(span)))
    };
    let new: Vec<Report> =
        deeds.into_iter().filter(|deed| deed.mode == Mode::Other || !told(deed)).collect();
    reports.extend(new);
}

/// Whether a text of some length has the small words that no English text is without.
fn is_english(text: &Text<'_>) -> bool {
    const ENOUGH_WORDS: usize = 40;
    let words =
        text.tokens.iter().filter(|t| !matches!(t.shape, Shape::Mark | Shape::Number)).count();
    let small = |&i: &usize| {
        matches!(
            text.key(i),
            "the"
                | "of"
                | "and"
                | "to"
                | "in"
                | "a"
                | "was"
                | "were"
                | "on"
                | "at"
                | "by"
                | "for"
                | "is"
                | "said"
        )
    };
    let small = (0..text.tokens.len()).filter(small).count();
    words < ENOUGH_WORDS || small * 100 >= words * 12
}

/// Which incident the document is about: the first that is not history, else the first.
fn main(incidents: &[Incident], frames: &[Frame], clock: Clock) -> Option<usize> {
    let news = |incident: &&Incident| {
        let old =
            incident.when.is_some_and(|p| clock.today.is_some_and(|t| (t - p.end).get_days() > 60));
        let history = incident.frames.iter().all(|&i| frames[i].background);
        !old && !history
    };
    let early = |incident: &&Incident| frames[incident.frames[0]].sentence < 4;
    let dated = incidents.iter().position(|i| news(&i) && i.when.is_some());
    match incidents.first() {
        Some(first) if news(&first) || (dated.is_none() && early(&first)) => Some(0),
        _ => dated.or_else(|| incidents.iter().position(|i| news(&i))),
    }
}
