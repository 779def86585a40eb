//! The flow on one screen: a document goes in, its reports and relations come out.

use reading::{Document, Problem};

use crate::Knowledge;
use crate::actor::decide;
use crate::campaign::{self, campaigns};
use crate::date::Clock;
use crate::deed::Telling;
use crate::frame::{Frame, frames};
use crate::incident::gather::Pairs;
use crate::incident::gather::teach::Lesson;
use crate::incident::{Incident, incidents, told_by_headline};
use crate::joined;
use crate::model::Sight;
use crate::ontology::{Kind, Mode, Stage};
use crate::party::seek_none;
use crate::place::LazyAtlas;
use crate::relation::{self, Relation, relations};
use crate::report::Report;
use crate::resolved::{Basis, Resolved};
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
    watched(document, known, &mut |_, _, _| ())
}

/// What there is to learn in a document about which sentences tell of one incident.
pub fn lesson(document: &Document, known: &Knowledge) -> Lesson {
    let mut lesson = Lesson::default();
    watched(document, known, &mut |pairs, frames, text| lesson = Lesson::of(pairs, frames, text));
    lesson
}

/// The flow itself; `watch` sees by what the frames of a message are gathered.
#[inline(never)] // twice in the program, it would be a megabyte more
fn watched(
    document: &Document,
    known: &Knowledge,
    watch: &mut dyn FnMut(&Pairs, &[Frame], &Text<'_>),
) -> Coded {
    let headline = document.title.as_ref().map_or("", |t| t.value.as_str());
    read(document, (document.text(), headline), known, watch)
}

/// Reads text and headline of a document; spans hold of its own text as well.
fn read(
    document: &Document,
    (body, headline): (&str, &str),
    known: &Knowledge,
    watch: &mut dyn FnMut(&Pairs, &[Frame], &Text<'_>),
) -> Coded {
    let (text, title) = (Text::of(body), Text::of(headline)); //                 sentences, tokens
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
    let mut frames = frames(&text, &mentions, &subject, clock, &grammar, known); //  sentences that tell of violence
    let told = (&text, mentions.as_slice(), &subject, clock);
    let sight = known.model().and_then(|model| joined::lead(model, told, &mut frames, known)); // who fills which role, if a model leads
    let other = known.model().filter(|_| sight.is_none());
    let printed = other.and_then(|model| joined::in_print(model, (&text, &mentions), &title));
    if let Some((body, headline)) = &printed {
        return read(document, (body, headline), known, watch); //                text without case, as print has it
    }
    let hint =
        other.and_then(|m| joined::seek(m, (&text, &mentions, &subject, clock), &mut frames)); // what the grammar does not find
    let told = frames.iter().any(Frame::starts);
    if !told {
        seek_none(&text);
    }
    let tied = !subject.is_play() && relation::may_tell(&text, &mentions, known);
    let moved = !subject.is_play() && campaign::may_tell(&text, &mentions);
    let mut both = [(&title, title_mentions.as_mut_slice()), (&text, mentions.as_mut_slice())];
    decide(&mut both, &known.actors, &known.geography, clock.today); //         which actor of a name
    let atlas = LazyAtlas::of((&text, &mentions), (&title, &title_mentions), known); // each name of a place decided
    let telling = Telling {
        document,
        text: &text,
        grammar: &grammar,
        mentions: &mentions,
        frames: &frames,
        mishap: subject.is_mishap(),
        atlas: &atlas,
        clock,
        known,
    };
    let deeds = if subject.is_play() { Vec::new() } else { telling.deeds() }; //  what is said and done without violence
    if !told && !tied && !moved {
        return Coded { reports: deeds, ..Coded::default() };
    }
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
    let watch = &mut |pairs: &Pairs| watch(pairs, &frames, &text);
    let mut incidents = incidents(&text, &frames, sight.as_ref(), &atlas, clock, known, watch); //      which sentences tell of one thing
    let headline = tolls(&title, &title_mentions, &(0..title.tokens.len())); //        how many, where the text is silent
    let reading = Reading {
        document,
        text: &text,
        grammar: &grammar,
        mentions: &mentions,
        atlas: &atlas,
        frames: &frames,
        headline: (&title, &title_mentions, &headline),
        sight: sight.as_ref(),
        clock,
        known,
    };
    let assign = |sight: &Sight, incidents: &mut [Incident]| {
        let kinds: Vec<_> = incidents.iter().map(|incident| reading.kind_of(incident)).collect();
        joined::assign(sight, &text, &frames, &kinds, incidents);
    };
    if let Some(sight) = &sight {
        assign(sight, &mut incidents);
    }
    let mut told = settled(&reading, &incidents);
    let hint = hint.or_else(|| joined::ask(other?, &reading, &incidents, &told)); // who answers for it, if nobody is found
    if let Some(sight) = &hint {
        assign(sight, &mut incidents);
        for (i, report) in &mut told {
            joined::answer(sight, &reading, &incidents[*i], report);
        }
    }
    let mut reports: Vec<Report> = told.into_iter().map(|(_, report)| report).collect();
    share_day(&mut reports);
    if moved {
        let campaigns = campaigns(&sources, &reports); //                        forces that move, ground that is taken
        reports.extend(campaigns);
    }
    add(&mut reports, deeds);
    Coded { reports, relations, problems: Vec::new() }
}

/// The reports of the incidents, each with the place of its incident among them.
fn settled(reading: &Reading<'_>, incidents: &[Incident]) -> Vec<(usize, Report)> {
    let Reading { text, frames, clock, .. } = *reading;
    let first = main(incidents, frames, clock);
    let first = told_by_headline(reading.headline, text, incidents, frames, first); // an inquiry into an old attack is about that
    let settle = |(i, incident): (usize, &Incident)| {
        let main = Some(i) == first
            || first.is_some_and(|f| is_as_new(text, &incidents[f], incident, frames, clock));
        Some((i, reading.settle(incident, main, Some(i) == first)?))
    };
    incidents.iter().enumerate().filter_map(settle).collect()
}

/// News that is told beside the first without a day of its own is of the same day.
fn share_day(reports: &mut [Report]) {
    const LONGEST: i32 = 3;
    let main = reports.iter().filter(|r| r.main).find_map(|r| r.when.clone());
    let Some(day) = main.filter(|when| when.value.days() <= LONGEST) else { return };
    for report in reports.iter_mut().filter(|r| r.main && r.when.is_none()) {
        let rule = "day of what is told beside it";
        report.when = Some(Resolved::new(day.value, Basis::Inferred, day.at.clone(), rule));
    }
}

/// Adds deeds to the reports, but for movements of forces that another report tells by the same words.
/// What is demanded or threatened is no movement; what a state says it will do is no second thing.
fn add(reports: &mut Vec<Report>, deeds: Vec<Report>) {
    let moves = |r: &Report| matches!(r.mode, Mode::Deployment | Mode::Withdrawal | Mode::Takeover);
    let same = |r: &Report, deed: &Report| {
        deed.evidence.first().is_some_and(|span| r.evidence.contains(span))
    };
    let wants = |kind| matches!(kind, Kind::Request | Kind::Threaten | Kind::Reject | Kind::Accuse);
    reports.retain(|r| {
        let wanted = moves(r) && r.stage == Stage::Planned;
        !(wanted && deeds.iter().any(|deed| wants(deed.kind) && same(r, deed)))
    });
    let does = |kind| matches!(kind, Kind::Agree | Kind::Retreat | Kind::Mobilize | Kind::Fight);
    let told = |deed: &Report| {
        let other = deed.mode == Mode::Other;
        reports.iter().any(|r| same(r, deed) && (!other || moves(r) && does(deed.kind)))
    };
    let new: Vec<Report> = deeds.into_iter().filter(|deed| !told(deed)).collect();
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

/// Whether an incident is as new as the one that the document tells first: of the same days, and no
/// history; or without a day, in the next sentence but with its own dead.
fn is_as_new(
    text: &Text<'_>,
    first: &Incident,
    other: &Incident,
    frames: &[Frame],
    clock: Clock,
) -> bool {
    const DAYS: i32 = 3;
    let own = |incident: &Incident| incident.frames.iter().map(|&i| &frames[i]).collect::<Vec<_>>();
    let (ours, theirs) = (own(first), own(other));
    let past = |f: &&Frame| f.background || f.looks_back || f.remembered;
    let starts = other.added || theirs.iter().any(|f| f.starts());
    if ours.iter().all(past) || theirs.iter().any(past) || !starts {
        return false;
    }
    let behind = theirs.iter().any(|f| f.behind);
    // Counted together with the first before it is told.
    if other.sum.is_some() && other.sum == first.sum {
        return true;
    }
    match (first.when, other.when) {
        (Some(a), Some(b)) => {
            let days = (b.start - a.start).get_days();
            let recent = clock.today.is_some_and(|today| (today - b.end).get_days() <= 14);
            let answer = days == 0 && other.is_abroad_from(first);
            let told_apart = other.is_apart_from(first)
                || answer && theirs.iter().any(|f| f.clause.is_some() && !f.tolls.is_empty())
                || days > 0 && theirs.iter().any(|f| f.tolls.iter().any(|t| !t.pointer))
                || theirs.iter().any(|f| f.other || f.behind);
            (if behind { 0 } else { -1 }..=DAYS).contains(&days)
                && recent
                && told_apart
                && b.days() <= 3
        }
        (_, None) if other.added => true,
        // A list: one sentence after the other, each with its town and its dead.
        (_, None) => theirs.first().zip(ours.first()).is_some_and(|(f, lead)| {
            let had = f.trigger.saturating_sub(3)..f.trigger;
            !behind
                && !had.into_iter().any(|i| text.is(i, "had"))
                && lead.sentence < 3
                && f.sentence < 6
                && (other.is_apart_from(first)
                    || f.other && !f.background && f.tolls.iter().any(|t| t.more && !t.part))
                && (f.clause.is_some()
                    || f.tolls.iter().any(|t| !t.pointer && !t.aside && !t.attackers))
        }),
        (None, Some(_)) => false,
    }
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
    // What is only remembered is history, even where nothing else is told.
    if incidents.iter().all(|i| i.frames.iter().all(|&i| frames[i].remembered)) {
        return None;
    }
    match incidents.first() {
        Some(first) if news(&first) || (dated.is_none() && early(&first)) => Some(0),
        _ => dated.or_else(|| incidents.iter().position(|i| news(&i))),
    }
}
