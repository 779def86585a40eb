//! Which reports and events pass a filter: the narrowest list of reports is gone through, and each
//! is held against the whole filter.

use std::sync::{Arc, PoisonError};

use engine::place::kilometres;

use super::columns::Asked;
use super::index::{bits, is_set, places, set};
use super::names::NONE;
use super::postings::Of;
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

/// A filter in the numbers of a sheet, but for what the list that is gone through has anyway.
struct Test<'f> {
    asked: Asked,
    near: Option<Near>,
    outlet: Option<u32>,
    actor_id: Option<u32>,
    place_named: Option<u32>,
    /// The actor of this id, and the names that have the words in them.
    actor: Option<(Option<u32>, Arc<Vec<u32>>)>,
    place: Option<Arc<Vec<u32>>>,
    documents: Option<&'f [u32]>,
    /// The same as a bit for each document.
    has_words: Option<Vec<u64>>,
}

/// A condition that a list of reports fulfils.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    Country,
    Mode,
    Outlet,
    ActorId,
    PlaceNamed,
    Actor,
    Place,
    Documents,
    /// Only nearly.
    Days,
}

/// Where reports are.
enum Source<'s> {
    Lists(Vec<&'s [u32]>),
    /// Those of these documents.
    Documents(&'s [u32]),
}

/// Whether a name is among these.
fn is_in(names: &[u32], name: u32) -> bool {
    names.binary_search(&name).is_ok()
}

impl<'f> Test<'f> {
    /// `None` if the filter names something that no report has.
    fn of(body: &Body, filter: &Filter, documents: Option<&'f [u32]>) -> Option<Self> {
        let number = |name: &Option<String>| match name {
            None => Some(None),
            Some(name) => body.names.find(name).map(Some),
        };
        let actor = |part: &String| (body.names.find(part), body.named(part));
        Some(Self {
            asked: Asked {
                main: filter.main,
                violent: filter.violent,
                country: number(&filter.country)?,
                kind: number(&filter.kind)?,
                mode: number(&filter.mode)?,
                from: filter.from.map(day::of),
                to: filter.to.map(day::of),
                killed_at_least: filter.killed_at_least,
                percent_at_least: filter.confidence_at_least,
            },
            near: filter.near,
            outlet: number(&filter.outlet)?,
            actor_id: number(&filter.actor_id)?,
            place_named: number(&filter.place_named)?,
            actor: filter.actor.as_ref().map(actor),
            place: filter.place.as_ref().map(|part| body.named(part)),
            documents,
            has_words: None,
        })
    }

    /// The same for reports that fulfil this condition anyway.
    fn but_for(mut self, condition: Option<Condition>, body: &Body) -> Self {
        match condition {
            Some(Condition::Country) => self.asked.country = None,
            Some(Condition::Mode) => self.asked.mode = None,
            Some(Condition::Outlet) => self.outlet = None,
            Some(Condition::ActorId) => self.actor_id = None,
            Some(Condition::PlaceNamed) => self.place_named = None,
            Some(Condition::Actor) => self.actor = None,
            Some(Condition::Place) => self.place = None,
            Some(Condition::Documents) => self.documents = None,
            Some(Condition::Days) | None => {}
        }
        let n = body.documents.list.len();
        self.has_words = self.documents.map(|documents| bits(n, documents.iter().copied()));
        self
    }

    fn passes(&self, body: &Body, report: u32) -> bool {
        body.told.has(&self.asked, report) && self.passes_more(body, report as usize)
    }

    fn passes_more(&self, body: &Body, report: usize) -> bool {
        let more = || body.more.get(report);
        let document = |test: &dyn Fn(u32) -> bool| more().is_some_and(|more| test(more.document));
        let outlet = |wanted: u32, document: u32| {
            body.documents.list.get(document as usize).is_some_and(|d| d.outlet == wanted)
        };
        let party = |test: &dyn Fn(u32, u32) -> bool| {
            body.parties_of(report).iter().any(|party| test(party.actor, party.name))
        };
        self.has_words.as_ref().is_none_or(|all| document(&|document| is_set(all, document)))
            && self.outlet.is_none_or(|wanted| document(&|document| outlet(wanted, document)))
            && self.place_named.is_none_or(|name| {
                more().is_some_and(|more| more.place == name || more.admin1 == name)
            })
            && self.place.as_ref().is_none_or(|names| {
                let scene = more().map(|more| [more.site, more.place, more.admin1]);
                scene.is_some_and(|scene| scene.iter().any(|name| is_in(names, *name)))
            })
            && self.actor_id.is_none_or(|id| party(&|actor, _| actor == id))
            && self.actor.as_ref().is_none_or(|(id, names)| {
                party(&|actor, name| (actor != NONE && *id == Some(actor)) || is_in(names, name))
            })
            && self.near.is_none_or(|near| {
                more().and_then(|more| more.at).is_some_and(|at| is_near(near, at))
            })
    }
}

fn is_near(near: Near, at: (f64, f64)) -> bool {
    kilometres(at, (near.lat, near.lon)) <= near.km
}

impl Body {
    /// What passes `filter`; of its words these documents tell, if it has words.
    pub(super) fn choose<'s>(&'s self, filter: &Filter, documents: Option<&'s [u32]>) -> Chosen {
        let Some(test) = Test::of(self, filter, documents) else { return Chosen::default() };
        let narrowest = self.narrowest(&test);
        let test = test.but_for(narrowest.as_ref().map(|(condition, _)| *condition), self);
        let passes = |report: &u32| test.passes(self, *report);
        let reports: Vec<u32> = match &narrowest {
            None => (0..self.told.len() as u32).filter(passes).collect(),
            Some((_, Source::Documents(documents))) => {
                let mut marks = vec![0; self.told.len().div_ceil(64)];
                let attacks =
                    (filter.main && filter.violent).then(|| self.documents_with_attacks());
                let may_pass = |document: &&u32| attacks.is_none_or(|all| is_set(all, **document));
                let postings = self.postings();
                for document in documents.iter().filter(may_pass) {
                    let some = postings.of_document(*document).iter().filter(|r| passes(r));
                    some.for_each(|report| set(&mut marks, *report));
                }
                places(&marks).collect()
            }
            Some((condition, Source::Lists(lists))) => match lists.as_slice() {
                [list] if *condition != Condition::Days => {
                    let mut some: Vec<u32> = list.iter().copied().filter(passes).collect();
                    some.dedup();
                    some
                }
                lists => {
                    let all = lists.iter().flat_map(|list| list.iter().copied()).filter(passes);
                    if lists.iter().map(|list| list.len()).sum::<usize>() > FEW {
                        places(&bits(self.told.len(), all)).collect()
                    } else {
                        let mut some: Vec<u32> = all.collect();
                        some.sort_unstable();
                        some.dedup();
                        some
                    }
                }
            },
        };
        let mut events: Vec<u32> = reports.iter().filter_map(|r| self.told.event(*r)).collect();
        events.retain(|event| *event != NONE);
        events.dedup();
        Chosen { reports, events }
    }

    /// A bit for each document, set if it tells of an attack that it is about.
    fn documents_with_attacks(&self) -> &[u64] {
        self.attacks.get_or_init(|| {
            let told = self.told.iter().zip(&self.more);
            let attacks = told.filter(|(told, _)| told.main && told.violent && !told.rejected);
            bits(self.documents.list.len(), attacks.map(|(_, more)| more.document))
        })
    }

    /// Reports among which all are that pass, if some condition leaves few: which condition, and
    /// where they are.
    fn narrowest<'s>(&'s self, test: &Test<'s>) -> Option<(Condition, Source<'s>)> {
        let most = self.told.len() / 4;
        let postings = self.postings();
        let named = |of: Of, names: &[u32]| -> Vec<&[u32]> {
            let lists = names.iter().map(|name| postings.of_name(of, *name));
            lists.filter(|list| !list.is_empty()).collect()
        };
        let single = [
            (Condition::Country, Of::Country, test.asked.country),
            (Condition::Mode, Of::Mode, test.asked.mode),
            (Condition::Outlet, Of::Outlet, test.outlet),
            (Condition::ActorId, Of::Actor, test.actor_id),
            (Condition::PlaceNamed, Of::Place, test.place_named),
        ];
        let lists = single.into_iter().filter_map(|(condition, of, name)| {
            Some((condition, vec![postings.of_name(of, name?)]))
        });
        let actors = test.actor.as_ref().map(|(id, names)| {
            let mut lists = named(Of::Party, names);
            lists.extend(id.map(|id| postings.of_name(Of::Actor, id)));
            (Condition::Actor, lists)
        });
        let places = test.place.as_ref().map(|names| (Condition::Place, named(Of::Scene, names)));
        let length = |lists: &[&[u32]]| lists.iter().map(|list| list.len()).sum::<usize>();
        let all = lists.chain(actors).chain(places);
        let mut least = all.min_by_key(|(_, lists)| length(lists));
        let mut n = least.as_ref().map_or(usize::MAX, |(_, lists)| length(lists));
        // A document has about one report: only if there are fewer are they looked up.
        let documents = test.documents.filter(|documents| documents.len() < n);
        if let Some(documents) = documents {
            n = documents.len();
        }
        if n > most {
            (least, n) = (None, most);
        }
        if test.asked.from.is_some() || test.asked.to.is_some() {
            let (from, to) =
                (test.asked.from.unwrap_or(i32::MIN), test.asked.to.unwrap_or(i32::MAX));
            if let Some(some) = postings.of_days(self, from, to, n) {
                return Some((Condition::Days, Source::Lists(some)));
            }
        }
        match documents {
            Some(documents) => Some((Condition::Documents, Source::Documents(documents))),
            None => least.map(|(condition, lists)| (condition, Source::Lists(lists))),
        }
    }
}
