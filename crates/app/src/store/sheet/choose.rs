//! Which reports and events pass a filter: the narrowest list of reports is gone through, and each
//! is held against the whole filter.

use std::sync::{Arc, PoisonError};

use engine::place::kilometres;

use super::index::{bits, is_set, places};
use super::names::NONE;
use super::{Body, SELECTIONS, Sheet, day};
use crate::store::error::StoreError;
use crate::store::ledger::Ledger;
use crate::store::search::{Filter, Near};

/// What passes, as places in the sheet, rising.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Chosen {
    pub(super) reports: Vec<u32>,
    pub(super) events: Vec<u32>,
}

impl Chosen {
    /// How many events and reports.
    pub(in crate::store) fn len(&self) -> (u64, u64) {
        (self.events.len() as u64, self.reports.len() as u64)
    }
}

impl Sheet {
    /// What passes `filter`. `ledger` must see the position of this sheet: it looks for words.
    pub(in crate::store) fn chosen(
        &self,
        ledger: &Ledger,
        filter: &Filter,
    ) -> Result<Arc<Chosen>, StoreError> {
        let kept = || self.body.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = kept().iter().find(|(of, _)| of == filter) {
            return Ok(Arc::clone(known));
        }
        let documents = match &filter.text {
            Some(text) => Some(self.body.documents_with(ledger, text)?),
            None => None,
        };
        let chosen = Arc::new(self.body.choose(filter, documents.as_ref().map(|d| d.as_slice())));
        let mut kept = kept();
        if kept.len() >= SELECTIONS {
            kept.remove(0);
        }
        kept.push((filter.clone(), Arc::clone(&chosen)));
        Ok(chosen)
    }
}

/// So many reports are put in order by sorting them; more by a bit for each report of the sheet.
const FEW: usize = 1_000;

/// A filter in the numbers of a sheet.
struct Test<'f> {
    filter: &'f Filter,
    country: Option<u32>,
    kind: Option<u32>,
    mode: Option<u32>,
    outlet: Option<u32>,
    actor_id: Option<u32>,
    place_named: Option<u32>,
    from: Option<i32>,
    to: Option<i32>,
    /// The actor of this id, and the names that have the words in them.
    actor: Option<(Option<u32>, Arc<Vec<u32>>)>,
    place: Option<Arc<Vec<u32>>>,
    documents: Option<&'f [u32]>,
    /// The same as a bit for each document.
    has_words: Option<Vec<u64>>,
}

/// Whether a name is among these.
fn is_in(names: &[u32], name: u32) -> bool {
    names.binary_search(&name).is_ok()
}

impl<'f> Test<'f> {
    /// `None` if the filter names something that no report has.
    fn of(body: &Body, filter: &'f Filter, documents: Option<&'f [u32]>) -> Option<Self> {
        let number = |name: &Option<String>| match name {
            None => Some(None),
            Some(name) => body.names.find(name).map(Some),
        };
        let actor = |part: &String| (body.names.find(part), body.named(part));
        Some(Self {
            filter,
            country: number(&filter.country)?,
            kind: number(&filter.kind)?,
            mode: number(&filter.mode)?,
            outlet: number(&filter.outlet)?,
            actor_id: number(&filter.actor_id)?,
            place_named: number(&filter.place_named)?,
            from: filter.from.map(day::of),
            to: filter.to.map(day::of),
            actor: filter.actor.as_ref().map(actor),
            place: filter.place.as_ref().map(|part| body.named(part)),
            documents,
            has_words: documents.map(|d| bits(body.documents.list.len(), d.iter().copied())),
        })
    }

    fn passes(&self, body: &Body, report: u32) -> bool {
        let report = report as usize;
        let (Some(told), Some(more)) = (body.told.get(report), body.more.get(report)) else {
            return false;
        };
        let filter = self.filter;
        let is = |wanted: Option<u32>, has: u32| wanted.is_none_or(|wanted| wanted == has);
        let days = self.from.is_none_or(|from| told.last_day >= from)
            && self.to.is_none_or(|to| told.first_day != day::NO_DAY && told.first_day <= to);
        let killed = |least: u32| told.least_killed != NONE && told.least_killed >= least;
        days && (!filter.main || (told.main && !told.rejected))
            && (!filter.violent || told.violent)
            && is(self.country, told.country)
            && is(self.kind, told.kind)
            && is(self.mode, told.mode)
            && filter.killed_at_least.is_none_or(killed)
            && filter.confidence_at_least.is_none_or(|least| u32::from(told.percent) >= least)
            && self.passes_names(body, report)
            && self.has_words.as_ref().is_none_or(|all| is_set(all, more.document))
            && filter.near.is_none_or(|near| more.at.is_some_and(|at| is_near(near, at)))
    }

    fn passes_names(&self, body: &Body, report: usize) -> bool {
        let Some(more) = body.more.get(report) else { return false };
        let outlet = |wanted: u32| {
            body.documents.list.get(more.document as usize).is_some_and(|d| d.outlet == wanted)
        };
        let party = |test: &dyn Fn(u32, u32) -> bool| {
            body.parties_of(report).iter().any(|party| test(party.actor, party.name))
        };
        self.outlet.is_none_or(outlet)
            && self.place_named.is_none_or(|name| more.place == name || more.admin1 == name)
            && self.place.as_ref().is_none_or(|names| {
                [more.site, more.place, more.admin1].iter().any(|name| is_in(names, *name))
            })
            && self.actor_id.is_none_or(|id| party(&|actor, _| actor == id))
            && self.actor.as_ref().is_none_or(|(id, names)| {
                party(&|actor, name| (actor != NONE && *id == Some(actor)) || is_in(names, name))
            })
    }
}

fn is_near(near: Near, at: (f64, f64)) -> bool {
    kilometres(at, (near.lat, near.lon)) <= near.km
}

impl Body {
    /// What passes `filter`; of its words these documents tell, if it has words.
    pub(super) fn choose(&self, filter: &Filter, documents: Option<&[u32]>) -> Chosen {
        let Some(test) = Test::of(self, filter, documents) else { return Chosen::default() };
        let reports: Vec<u32> = match self.narrowest(&test) {
            Some(mut some) if some.len() <= FEW => {
                some.retain(|report| test.passes(self, *report));
                some.sort_unstable();
                some.dedup();
                some
            }
            Some(many) => {
                let many = bits(self.told.len(), many);
                places(&many).filter(|report| test.passes(self, *report)).collect()
            }
            None => (0..self.told.len() as u32).filter(|r| test.passes(self, *r)).collect(),
        };
        let event = |report: &u32| self.told.get(*report as usize).map(|told| told.event);
        let mut events: Vec<u32> = reports.iter().filter_map(event).collect();
        events.retain(|event| *event != NONE);
        events.dedup();
        Chosen { reports, events }
    }

    /// Reports among which all are that pass, if some condition leaves few.
    fn narrowest(&self, test: &Test<'_>) -> Option<Vec<u32>> {
        let most = self.told.len() / 4;
        let postings = self.postings();
        let single = [test.country, test.mode, test.outlet, test.actor_id, test.place_named];
        let lists = single.into_iter().flatten().map(|name| vec![postings.of_name(name)]);
        let named = |names: &[u32]| -> Vec<&[u32]> {
            names.iter().map(|name| postings.of_name(*name)).collect()
        };
        let actors = test.actor.as_ref().map(|(id, names)| {
            let mut lists = named(names);
            lists.extend(id.map(|id| postings.of_name(id)));
            lists
        });
        let places = test.place.as_ref().map(|names| named(names));
        let documents = test
            .documents
            .map(|all| all.iter().map(|document| postings.of_document(*document)).collect());
        let length = |lists: &Vec<&[u32]>| lists.iter().map(|list| list.len()).sum::<usize>();
        let all = lists.chain(actors).chain(places).chain(documents);
        let least = all.min_by_key(length).filter(|lists| length(lists) <= most);
        let n = least.as_ref().map_or(most, length);
        if test.from.is_some() || test.to.is_some() {
            let (from, to) = (test.from.unwrap_or(i32::MIN), test.to.unwrap_or(i32::MAX));
            if let Some(some) = postings.of_days(self, from, to, n) {
                return Some(some);
            }
        }
        least.map(|lists| lists.concat())
    }
}
