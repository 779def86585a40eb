//! A sheet as it grows, an event at a time: its reports lie together.

use super::names::NONE;
use super::{Body, Event, More, Own, Party, Told};

/// A sheet that grows by an event at a time.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) body: Body,
}

impl Draft {
    pub(super) fn add_event(&mut self, mut event: Event) {
        event.reports = self.body.told.len() as u32;
        event.n_reports = 0;
        self.body.events.push(event);
    }

    /// Adds a report of the last event, or of none.
    pub(super) fn add_report(
        &mut self,
        (mut told, mut more, own): (Told, More, Own),
        parties: &[Party],
        of_event: bool,
    ) {
        let body = &mut self.body;
        told.event = NONE;
        if let Some(event) = body.events.last_mut().filter(|_| of_event) {
            event.n_reports += 1;
            told.event = body.events.len() as u32 - 1;
        }
        more.parties = body.parties.len() as u32;
        more.n_parties = parties.len() as u32;
        body.parties.extend_from_slice(parties);
        body.told.push(told);
        body.more.push(more);
        body.own.push(own);
    }

    /// Adds a report as it was.
    pub(super) fn copy(&mut self, before: &Body, place: usize, of_event: bool) {
        let report = (before.told.get(place), before.more.get(place), before.own.get(place));
        if let (Some(told), Some(more), Some(own)) = report {
            self.add_report((told, *more, *own), before.parties_of(place), of_event);
        }
    }
}
