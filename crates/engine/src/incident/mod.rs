//! Frames of one document → incidents: which sentences tell of the same thing.
//!
//! A sentence joins the incident that was told last, unless its day, its place or its words set it
//! apart. Only a sentence that tells of violence by itself can start an incident.

mod about;
pub mod gather;
mod sums;

pub use about::told_by_headline;
use gather::Pairs;

use crate::Knowledge;
use crate::date::Clock;
use crate::frame::Frame;
use crate::model::Sight;
use crate::place::{Atlas, Located, Referent, capital, country_of, is_elsewhere, kilometres};
use crate::resolved::Period;
use crate::text::{Case, Text};
use crate::toll::Toll;

/// The frames of one event, as indices, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Incident {
    /// Which frames tell of it.
    pub frames: Vec<usize>,
    /// Which fillers of the model are its own, as numbers.
    pub fillers: Vec<usize>,
    /// The period that they give.
    pub when: Option<Period>,
    /// Whether it is told as what happened as well: "explosions also hit the port".
    pub added: bool,
    /// The frame that tells of it together with others and counts the dead of all.
    pub sum: Option<usize>,
    /// Whether it is told by looking back.
    looks_back: bool,
    /// The most precise place named for it, if any.
    anchor: Option<Anchor>,
}

/// Where a frame or incident is, coarsely.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Anchor {
    country: u16,
    point: Option<(f64, f64)>,
}

/// Two places farther apart than this are two scenes.
const APART_KM: f64 = 60.0;
/// Two towns farther apart than this are two scenes if each has its own dead and its own day.
const TOWNS_KM: f64 = 12.0;
/// How many sentences before the one that starts an incident may lead in to it.
const LEAD_IN: usize = 3;
/// In how many of its sentences an incident says what it is about.
const OPENING: usize = 4;
/// How many incidents a sentence is compared with besides the one told last: no news tells of more,
/// and in what is no news all against all would take minutes.
const COMPARED: usize = 200;

/// Groups the frames of a document.
///
/// Incidents of a message in one case are [gathered](gather) anew if it is news that the model knows,
/// or if there is no model; `watch` sees what they are gathered by.
pub fn incidents(
    text: &Text<'_>,
    frames: &[Frame],
    sight: Option<&Sight>,
    atlas: &Atlas,
    clock: Clock,
    known: &Knowledge,
    watch: &mut dyn FnMut(&Pairs),
) -> Vec<Incident> {
    let ruled = by_rules(text, frames, atlas, clock, known);
    let is_message = text.case == Case::Flat && (sight.is_some() || known.model().is_none());
    let pairs = is_message.then(|| Pairs::of(&ruled, frames, text, sight)).flatten();
    let Some(pairs) = pairs else { return ruled };
    watch(&pairs);
    let place = |frame: &Frame| anchor(text, frame, atlas, known);
    regrouped(pairs.gathered(frames), &ruled, place, frames)
}

/// Groups them by their days, their places and how they are told.
fn by_rules(
    text: &Text<'_>,
    frames: &[Frame],
    atlas: &Atlas,
    clock: Clock,
    known: &Knowledge,
) -> Vec<Incident> {
    let mut found: Vec<Incident> = Vec::new();
    let mut last = 0;
    let mut pending: Vec<usize> = Vec::new();
    for (i, frame) in frames.iter().enumerate() {
        // "The ministry in the capital concedes nine deaths": where it sits contradicts nothing.
        let counts = !found.is_empty() && frame.is_plain_count();
        let anchor = anchor(text, frame, atlas, known).filter(|_| !counts);
        let fits = |incident: &Incident| fits(incident, frame, anchor, clock);
        let added = is_another_alike(text, frame, &found, frames);
        let starts = frame.starts() || added;
        // The one told last, then the others from the first on.
        let order =
            (!found.is_empty()).then_some(last).into_iter().chain(0..found.len().min(COMPARED));
        let same_news = !frame.other || !starts;
        let own_toll = !same_news && frame.tolls.iter().any(|t| !t.part && !t.total);
        let set_apart = |incident: &Incident| {
            is_set_apart(incident, frame, frames) || is_other_town(text, incident, frame, anchor)
        };
        // "The attackers also took rifles": what was told last, wherever it is said to be.
        let named = (!frame.other).then(|| named_again(text, frame, &found, frames)).flatten();
        let again = (frame.refers_back && !frame.other && !found.is_empty())
            .then(|| holding(&found, frame).unwrap_or(last))
            .filter(|&n| same_day(&found[n], frame) && !names_elsewhere(found[n].anchor, anchor));
        let again = named.filter(|&n| same_day(&found[n], frame)).or(again);
        let joins = |n: usize| {
            fits(&found[n])
                && !set_apart(&found[n])
                && (same_news || (!own_toll && agrees(&found[n], frame, anchor)))
        };
        match again.or_else(|| order.into_iter().find(|&n| joins(n))) {
            Some(n) => {
                found[n].add(i, frame, anchor);
                last = n;
            }
            None if starts => {
                last = found.len();
                let mut incident = Incident {
                    frames: vec![i],
                    fillers: Vec::new(),
                    when: frame.when.map(|(p, _)| p),
                    anchor,
                    added,
                    sum: None,
                    looks_back: frame.looks_back,
                };
                // Weaker sentences just before told of it already.
                for early in pending
                    .drain(..)
                    .filter(|&early| frame.sentence - frames[early].sentence <= LEAD_IN)
                {
                    let place = self::anchor(text, &frames[early], atlas, known);
                    if self::fits(&incident, &frames[early], place, clock) {
                        incident.add(early, &frames[early], place);
                    }
                }
                incident.frames.sort_unstable();
                found.push(incident);
            }
            None => pending.push(i),
        }
    }
    let place = |i: usize| anchor(text, &frames[i], atlas, known).and_then(|anchor| anchor.point);
    found.into_iter().flat_map(|incident| sums::parted(incident, frames, place)).collect()
}

/// Incidents of sets of frames, each in the order of the text, where rules had `found` others.
fn regrouped(
    sets: Vec<Vec<usize>>,
    found: &[Incident],
    anchor: impl Fn(&Frame) -> Option<Anchor>,
    frames: &[Frame],
) -> Vec<Incident> {
    let is_added = |i| found.iter().any(|f| f.added && f.frames.first() == Some(&i));
    let incident = |set: Vec<usize>| {
        let mut incident = Incident::default();
        for i in set {
            incident.add(i, &frames[i], anchor(&frames[i]));
            incident.added |= is_added(i);
        }
        incident
    };
    sets.into_iter().map(incident).collect()
}

impl Incident {
    /// Whether it is told of another town than `other` is.
    pub fn is_apart_from(&self, other: &Self) -> bool {
        self.anchor.zip(other.anchor).is_some_and(|(a, b)| apart(a, b))
    }

    /// Whether it is told of another country than `other` is.
    pub fn is_abroad_from(&self, other: &Self) -> bool {
        self.anchor.zip(other.anchor).is_some_and(|(a, b)| a.country != b.country)
    }

    fn add(&mut self, i: usize, frame: &Frame, anchor: Option<Anchor>) {
        self.frames.push(i);
        self.looks_back |= frame.looks_back;
        self.when = narrower(self.when, frame.when.map(|(p, _)| p));
        self.anchor = finer(self.anchor, anchor);
    }
}

/// The only incident whose month holds the one day that the frame gives: "The attack began on 24
/// March" behind "overran the town in March".
fn holding(found: &[Incident], frame: &Frame) -> Option<usize> {
    let (day, _) = frame.when.filter(|(p, _)| p.days() == 1)?;
    let holds = |incident: &Incident| {
        let wide = incident.when.filter(|p| (2..=31).contains(&p.days()));
        wide.is_some_and(|p| p.start <= day.start && day.end <= p.end)
    };
    let mut all = (0..found.len().min(COMPARED)).filter(|&n| holds(&found[n]));
    all.next().filter(|_| all.next().is_none())
}

/// The only incident that tells of what the act is named after: "the college attack" behind "the
/// massacre at the college".
fn named_again(
    text: &Text<'_>,
    frame: &Frame,
    found: &[Incident],
    frames: &[Frame],
) -> Option<usize> {
    let after = frame.trigger.checked_sub(1).filter(|&i| i > frame.tokens.start)?;
    if found.len() < 2 || !text.is(after - 1, "the") || text.key(after).len() < 4 {
        return None;
    }
    let key = text.key(after);
    // What a story is about it says at once.
    let tells = |incident: &Incident| {
        let first = incident.frames.iter().take(OPENING);
        first.into_iter().any(|&i| frames[i].tokens.clone().any(|t| text.is(t, key)))
    };
    let mut all = (0..found.len().min(COMPARED)).filter(|&n| tells(&found[n]));
    all.next().filter(|_| all.next().is_none())
}

/// Whether nothing in the frame contradicts the incident.
fn fits(incident: &Incident, frame: &Frame, anchor: Option<Anchor>, clock: Clock) -> bool {
    let days = match (incident.when, frame.when) {
        (Some(a), Some((b, _))) => near(a, b) && !is_next_day(a, b, frame),
        // An old day in a story of today is another event.
        (None, Some((b, _))) => {
            let detail = !frame.starts() && !frame.background && b.days() <= 14;
            detail
                || incident.looks_back
                || clock.today.is_none_or(|today| (today - b.end).get_days() <= 30)
        }
        (_, None) => true,
    };
    days && match (incident.anchor, anchor) {
        (Some(a), Some(b)) => a.country == b.country && !apart(a, b),
        _ => true,
    }
}

/// Whether the frame is the second act of a sentence whose first is in the incident.
fn is_set_apart(incident: &Incident, frame: &Frame, frames: &[Frame]) -> bool {
    frame.behind && incident.frames.iter().any(|&i| frames[i].sentence == frame.sentence)
}

/// Whether the frame tells of an act with its own victim, a day after: "On Tuesday a guard was killed".
fn is_next_day(told: Period, day: Period, frame: &Frame) -> bool {
    let own = |t: &Toll| {
        t.rule == "an article counts one" && !t.part && !t.pointer && !t.moved && !t.attackers
    };
    let act = frame.act.weight.max(frame.clause.map_or(0, |c| c.weight)) > 1;
    let days = (told.days(), day.days(), (day.start - told.start).get_days());
    days == (1, 1, 1) && act && frame.starts() && !frame.looks_back && frame.tolls.iter().any(own)
}

/// "Explosions also hit the port": what is added is no part of what was told.
fn is_told_also(text: &Text<'_>, frame: &Frame) -> bool {
    let near = frame.trigger.saturating_sub(2)..frame.trigger + 3;
    near.into_iter().any(|i| frame.tokens.contains(&i) && text.is(i, "also"))
}

/// Whether what is added is of the kind of what was told, so that it is news though it tells little.
fn is_another_alike(text: &Text<'_>, frame: &Frame, found: &[Incident], frames: &[Frame]) -> bool {
    let alike = |incident: &Incident| {
        let told = incident.frames.first().and_then(|&i| frames.get(i));
        told.is_some_and(|told| told.act.mode.is_some() && told.act.mode == frame.act.mode)
    };
    is_told_also(text, frame) && found.iter().take(COMPARED).any(alike)
}

/// Whether the frame tells of what happened in another town: where, when and to how many, or that it
/// happened there as well.
fn is_other_town(
    text: &Text<'_>,
    incident: &Incident,
    frame: &Frame,
    anchor: Option<Anchor>,
) -> bool {
    let counts = frame.tolls.iter().any(|t| !t.part && !t.total && !t.also && !t.pointer);
    let far = match (incident.anchor.and_then(|a| a.point), anchor.and_then(|a| a.point)) {
        (Some(a), Some(b)) => kilometres(a, b) > TOWNS_KM,
        _ => false,
    };
    let dated = frame.when.is_some() && incident.when.is_some();
    let told = frame.starts() && counts && dated || is_told_also(text, frame);
    told && far && !frame.refers_back
}

/// Whether the frame gives no other day than the incident's.
fn same_day(incident: &Incident, frame: &Frame) -> bool {
    incident.when.zip(frame.when).is_none_or(|(a, (b, _))| near(a, b))
}

/// Whether both name a town, far from each other.
fn names_elsewhere(a: Option<Anchor>, b: Option<Anchor>) -> bool {
    a.zip(b).is_some_and(|(a, b)| b.point.is_some() && (apart(a, b) || a.country != b.country))
}

/// Whether the frame repeats the incident's day or place rather than being silent on both.
fn agrees(incident: &Incident, frame: &Frame, anchor: Option<Anchor>) -> bool {
    let day = matches!((incident.when, frame.when), (Some(a), Some((b, _))) if near(a, b));
    let place = matches!(
        (incident.anchor, anchor),
        (Some(Anchor { point: Some(_), .. }), Some(Anchor { point: Some(_), .. }))
    );
    day || place
}

/// Whether two periods are at most a day apart; a month or a year must hold the other.
fn near(a: Period, b: Period) -> bool {
    const LONG: i32 = 14;
    if a.days().max(b.days()) > LONG {
        return a.start <= b.end && b.start <= a.end;
    }
    (a.start - b.end).get_days() <= 1 && (b.start - a.end).get_days() <= 1
}

fn apart(a: Anchor, b: Anchor) -> bool {
    match (a.point, b.point) {
        (Some(a), Some(b)) => kilometres(a, b) > APART_KM,
        _ => false,
    }
}

fn narrower(a: Option<Period>, b: Option<Period>) -> Option<Period> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.days() < a.days() { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn finer(a: Option<Anchor>, b: Option<Anchor>) -> Option<Anchor> {
    match (a, b) {
        (Some(a), Some(b)) if a.point.is_none() && b.point.is_some() => Some(b),
        (a, b) => a.or(b),
    }
}

/// The place that a frame names for its act: the nearest town, else the nearest country.
fn anchor(text: &Text<'_>, frame: &Frame, atlas: &Atlas, known: &Knowledge) -> Option<Anchor> {
    let named = || {
        atlas.within(frame.tokens.clone()).iter().filter(|s| {
            !s.demonym
                && !s.metonym
                && !s.dateline
                && !is_elsewhere(text, s)
                && !is_attribute(text, s)
        })
    };
    let distance = |s: &&Located| s.first.abs_diff(frame.trigger);
    let town = named()
        .filter(|s| matches!(s.referent, Referent::Place(_) | Referent::Site(_)))
        .min_by_key(distance);
    let capital = || capital(text, atlas, frame.tokens.clone(), known);
    if let Some(site) = town.cloned().or_else(capital) {
        return Some(Anchor { country: site.country, point: point(&site, known) });
    }
    let country = named().min_by_key(distance)?;
    Some(Anchor { country: country_of(country.referent, known)?, point: None })
}

/// Whether a town's name only qualifies what follows: "the Kyiv side".
fn is_attribute(text: &Text<'_>, site: &Located) -> bool {
    let town = matches!(site.referent, Referent::Place(_));
    town && site.first > 0 && text.is(site.first - 1, "the")
}

fn point(site: &Located, known: &Knowledge) -> Option<(f64, f64)> {
    match site.referent {
        Referent::Place(p) => known.places.place(p).map(|p| (p.lat, p.lon)),
        Referent::Site(s) => known.geography.sites.get(s as usize).map(|s| (s.lat, s.lon)),
        Referent::Area(_) | Referent::Country(_) => None,
    }
}
