//! What the columns say of doubt: so that all of the record need not be read to ask a reviewer.

use super::{Body, Sheet};

impl Sheet {
    /// The event of the report in this row, and whether it is an attack that a document is about and
    /// that nobody rejected.
    pub(in crate::store) fn seen(&self, row: i64) -> Option<([u8; 16], bool)> {
        let body = &*self.body;
        let told = body.told.get(body.place_of(row)? as usize)?;
        let event = body.events.get(told.event as usize)?;
        Some((event.id, told.main && told.violent && !told.rejected))
    }

    /// The attacks that documents are about and whose reports disagree, those of most sources first,
    /// with how many sources each has.
    pub(in crate::store) fn disputes(&self) -> Vec<([u8; 16], u32)> {
        let body = &*self.body;
        let violent = |report: usize| body.told.get(report).is_some_and(|told| told.violent);
        let disputed = body.events.iter().filter(|event| {
            event.main && event.disputed && !event.campaign && event.reports().any(violent)
        });
        let mut found: Vec<_> = disputed.map(|event| (event.id, event.n_sources)).collect();
        found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    /// The rows of reports of attacks that documents are about and of which the coder is less sure
    /// than `least`, the least sure first.
    pub(in crate::store) fn unsure(&self, least: f64) -> Vec<(i64, f64)> {
        let body = &*self.body;
        let told = body.told.iter().zip(&body.more);
        let unsure = told
            .filter(|(told, more)| told.main && told.violent && more.confidence < least)
            .map(|(_, more)| (more.row, more.confidence));
        let mut found: Vec<(i64, f64)> = unsure.collect();
        found.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found
    }
}

impl Body {
    /// The place in the sheet of the report in this row.
    fn place_of(&self, row: i64) -> Option<u32> {
        let places = self.rows.get_or_init(|| {
            let mut places: Vec<u32> = (0..self.more.len() as u32).collect();
            places.sort_unstable_by_key(|place| self.row(*place));
            places
        });
        let at = places.binary_search_by_key(&Some(row), |place| self.row(*place)).ok()?;
        places.get(at).copied()
    }

    fn row(&self, place: u32) -> Option<i64> {
        self.more.get(place as usize).map(|more| more.row)
    }
}
