//! Lists of all that the record has of a sort: actors, places, sources, and what came last.

use std::collections::{BTreeSet, HashMap, VecDeque};

use rustc_hash::FxHashMap;

use super::names::{Haystack, NONE};
use super::{Sheet, day};
use crate::store::browse::{ActorLine, DocumentLine, Folds, PlaceLine, SourceLine};
use crate::store::search::{Filter, Sort};
use crate::store::seek::Rows;

/// The entries of a source's last documents, and the days on which these were published.
pub(in crate::store) type Latest = Vec<(i64, Option<String>)>;

/// Of so many of its last documents a source's lag is told.
const LATEST_OF_SOURCE: usize = 50;

/// The events of an actor as they are gone through.
struct Acts {
    last: [u32; 3],
    n: [u64; 3],
    first_day: i32,
    last_day: i32,
}

impl Sheet {
    /// The actors that are parties of attacks that a document is about, those of most first.
    pub(in crate::store) fn actors(&self) -> &[ActorLine] {
        self.body.actors.get_or_init(|| self.actors_anew())
    }

    fn actors_anew(&self) -> Vec<ActorLine> {
        let body = &*self.body;
        let mut found: HashMap<u32, Acts> = HashMap::new();
        for (report, told) in body.told.iter().enumerate() {
            let event = body.events.get(told.event as usize).filter(|event| !event.campaign);
            let Some(event) = event.filter(|_| told.main && told.violent && !told.rejected) else {
                continue;
            };
            for party in body.parties_of(report).iter().filter(|party| party.actor != NONE) {
                let acts = found.entry(party.actor).or_insert_with(|| Acts {
                    last: [NONE; 3],
                    n: [0; 3],
                    first_day: i32::MAX,
                    last_day: day::NO_DAY,
                });
                let counted = [true, party.perpetrator, !party.perpetrator];
                for ((n, last), counts) in acts.n.iter_mut().zip(&mut acts.last).zip(counted) {
                    if counts && *last != told.event {
                        (*n, *last) = (*n + 1, told.event);
                    }
                }
                if event.first_day != day::NO_DAY {
                    acts.first_day = acts.first_day.min(event.first_day);
                }
                acts.last_day = acts.last_day.max(event.last_day);
            }
        }
        let line = |(actor, acts): (u32, Acts)| {
            let [events, as_perpetrator, as_target] = acts.n;
            Some(ActorLine {
                id: body.names.of(actor)?.to_owned(),
                events,
                as_perpetrator,
                as_target,
                first_day: day::written(acts.first_day),
                last_day: day::written(acts.last_day),
            })
        };
        let mut lines: Vec<ActorLine> = found.into_iter().filter_map(line).collect();
        lines.sort_by(ActorLine::in_order);
        lines
    }

    /// The places of all attacks, those of most first.
    pub(in crate::store) fn places_of_attacks(&self) -> &[PlaceLine] {
        self.body.places.get_or_init(|| {
            let attacks = self.body.choose(&Filter::attacks(), None);
            self.places(&attacks)
        })
    }

    /// The actors and the places of attacks of which `fold` gives something with `part` in it.
    pub(in crate::store) fn named(
        &self,
        part: &str,
        limit: usize,
        fold: Folds<'_>,
    ) -> (Vec<ActorLine>, Vec<PlaceLine>) {
        let (actors, places) = (self.actors(), self.places_of_attacks());
        let [of_actors, of_places] = self.body.folded.get_or_init(|| {
            let of_actors: Vec<String> = actors.iter().map(fold.0).collect();
            let of_places: Vec<String> = places.iter().map(fold.1).collect();
            [of_actors, of_places].map(|all| Haystack::of(all.iter().map(String::as_str)))
        });
        let actor = |place: u32| actors.get(place as usize).cloned();
        let place = |place: u32| places.get(place as usize).cloned();
        (
            of_actors.containing(part, limit).into_iter().filter_map(actor).collect(),
            of_places.containing(part, limit).into_iter().filter_map(place).collect(),
        )
    }

    /// The documents before `before` that are of a source and have words, as far as that is asked,
    /// the latest first.
    pub(in crate::store) fn documents(
        &self,
        source: Option<&str>,
        with: Option<&[u32]>,
        before: Option<i64>,
        limit: usize,
    ) -> Vec<DocumentLine> {
        let body = &*self.body;
        let source = source.map(|name| body.names.find(name).unwrap_or(NONE));
        let passes = |place: &u32| {
            body.documents.list.get(*place as usize).is_some_and(|document| {
                before.is_none_or(|before| document.seq < before)
                    && source.is_none_or(|source| source != NONE && document.source == source)
            })
        };
        let line = |place: u32| body.line_of_document(place);
        if let Some(places) = with {
            let all = places.iter().rev().copied();
            return all.filter(passes).filter_map(line).take(limit).collect();
        }
        let all = (0..body.documents.list.len() as u32).rev();
        all.filter(passes).filter_map(line).take(limit).collect()
    }

    /// Makes now what the first question would wait for.
    pub(in crate::store) fn prepare(&self) {
        self.body.postings();
        self.body.order(Rows::Events, Sort::Day);
        self.body.order(Rows::Events, Sort::Killed);
        self.body.numbers_of_spots();
        self.body.named("-");
        self.actors();
        self.places_of_attacks();
    }

    /// The sources of all documents, those of most first, each with the entries of its last
    /// documents, the very last one last, and the days on which these were published.
    pub(in crate::store) fn sources(&self) -> Vec<(SourceLine, Latest)> {
        struct Sum {
            documents: u64,
            duplicates: u64,
            reports: u64,
            first: i32,
            last: i32,
            latest: VecDeque<(i64, i32)>,
        }
        let body = &*self.body;
        let mut found: FxHashMap<u32, Sum> = FxHashMap::default();
        for (place, document) in (0_u32..).zip(&body.documents.list) {
            let sum = found.entry(document.source).or_insert(Sum {
                documents: 0,
                duplicates: 0,
                reports: 0,
                first: i32::MAX,
                last: day::NO_DAY,
                latest: VecDeque::new(),
            });
            sum.documents += 1;
            sum.duplicates += u64::from(document.copy != NONE);
            sum.reports += body.postings().of_document(place).len() as u64;
            if document.published != day::NO_DAY {
                sum.first = sum.first.min(document.published);
                sum.last = sum.last.max(document.published);
            }
            if sum.latest.len() >= LATEST_OF_SOURCE {
                sum.latest.pop_front();
            }
            sum.latest.push_back((document.seq, document.published));
        }
        let line = |(source, sum): (u32, Sum)| {
            let line = SourceLine {
                name: body.names.of(source).map(str::to_owned),
                documents: sum.documents,
                duplicates: sum.duplicates,
                reports: sum.reports,
                first_published: day::written(sum.first),
                last_published: day::written(sum.last),
                last_seen: None,
                lag_days: None,
            };
            let latest = sum.latest.into_iter().map(|(seq, day)| (seq, day::written(day)));
            (line, latest.collect())
        };
        let mut lines: Vec<(SourceLine, _)> = found.into_iter().map(line).collect();
        lines.sort_by(|(a, _), (b, _)| {
            b.documents.cmp(&a.documents).then_with(|| a.name.cmp(&b.name))
        });
        lines
    }

    /// How many documents were published in each month.
    pub(in crate::store) fn documents_by_month(&self) -> Vec<(String, u64)> {
        let mut counts: HashMap<i32, u64> = HashMap::new();
        let days = self.body.documents.list.iter().map(|document| document.published);
        for published in days.filter(|day| *day != day::NO_DAY) {
            *counts.entry(published.div_euclid(100)).or_default() += 1;
        }
        let mut counts: Vec<(i32, u64)> = counts.into_iter().collect();
        counts.sort_unstable();
        let named = |(month, n): (i32, u64)| Some((day::month(month * 100 + 1)?, n));
        counts.into_iter().filter_map(named).collect()
    }

    /// How many documents and reports there are.
    pub(in crate::store) fn sizes(&self) -> (u64, u64) {
        (self.body.documents.list.len() as u64, self.body.told.len() as u64)
    }

    /// The events of attacks that the last `n` entries tell of, the latest first.
    pub(in crate::store) fn latest(&self, n: i64, limit: usize) -> Vec<[u8; 16]> {
        let body = &*self.body;
        let last = body.documents.list.last().map_or(0, |document| document.seq);
        let recent = body.documents.list.partition_point(|document| document.seq <= last - n);
        let mut found: Vec<(i64, [u8; 16])> = Vec::new();
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        for (place, document) in body.documents.list.iter().enumerate().skip(recent).rev() {
            if found.len() >= limit {
                break;
            }
            let mut of_document: Vec<[u8; 16]> = Vec::new();
            for report in body.postings().of_document(place as u32) {
                let told = body.told.get(*report as usize);
                let Some(told) = told.filter(|told| told.main && told.violent) else { continue };
                let event = body.events.get(told.event as usize);
                let event = event.filter(|event| !event.campaign && seen.insert(told.event));
                of_document.extend(event.map(|event| event.id));
            }
            of_document.sort_unstable();
            found.extend(of_document.into_iter().map(|id| (document.seq, id)));
        }
        found.into_iter().take(limit).map(|(_, id)| id).collect()
    }
}
