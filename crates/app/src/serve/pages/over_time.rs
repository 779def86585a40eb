//! Events over time: a bar a month or a year, each a link to its events, and where a brush over them
//! begins and ends.

use crate::serve::draw::timeline::{Bar, MOST_MONTHS};
use crate::serve::draw::{grouped, timeline, toll};
use crate::serve::links;
use crate::serve::words::Words;
use crate::store::tally::{By, Sums, Tally, by_year};

/// A drawing over time, with what it could not draw.
#[derive(Default)]
pub(super) struct Timeline {
    pub(super) title: &'static str,
    pub(super) svg: String,
    pub(super) without_day: u64,
    pub(super) brush: Option<Brush>,
}

/// What the script needs for a brush.
pub(super) struct Brush {
    /// The first day of the drawing, and the last.
    pub(super) first: String,
    pub(super) last: String,
    /// The period that is chosen; empty where it is open.
    pub(super) from: String,
    pub(super) to: String,
    /// The list that it chooses from.
    pub(super) list: String,
}

/// Events, a bar a month or a year. Bars lead to the list, with `more`; those outside of the
/// `chosen` period stand back.
pub(super) fn over_time(
    sums: &Sums,
    w: &'static Words,
    more: &[(&str, &str)],
    chosen: [Option<&str>; 2],
) -> Timeline {
    let mut tallies = sums.by(By::Month);
    let without_day = tallies.iter().filter(|t| t.name.is_none()).map(|t| t.events).sum();
    tallies.retain(|tally| tally.name.is_some());
    let names = |tallies: &[Tally]| {
        let first = tallies.first().and_then(|t| t.name.clone()).unwrap_or_default();
        let last = tallies.last().and_then(|t| t.name.clone()).unwrap_or_default();
        timeline::all_between(&first, &last)
    };
    let mut all = names(&tallies);
    let mut title = w.by_month;
    if all.len() > MOST_MONTHS {
        tallies = by_year(&tallies);
        all = names(&tallies);
        title = w.by_year;
    }
    let mut known = tallies.iter().peekable();
    let bars: Vec<Bar> = all
        .into_iter()
        .map(|name| {
            let tally = known.next_if(|tally| tally.name.as_deref() == Some(name.as_str()));
            let Some(tally) = tally else {
                return Bar { name, ..Bar::default() };
            };
            let (from, to) = timeline::days(&name);
            let off = chosen[0].is_some_and(|chosen| to.as_str() < chosen)
                || chosen[1].is_some_and(|chosen| from.as_str() > chosen);
            let pairs = [("from", from.as_str()), ("to", to.as_str())];
            let pairs: Vec<(&str, &str)> = pairs.into_iter().chain(more.iter().copied()).collect();
            let killed = toll(tally);
            let killed =
                if killed.is_empty() { killed } else { format!(", {killed} {}", w.n_killed) };
            Bar {
                title: format!("{name}: {} {}{killed}", grouped(tally.events), w.n_events),
                n: tally.events,
                href: Some(links::list("/events", &pairs)),
                off,
                name,
            }
        })
        .collect();
    let svg = if bars.is_empty() { String::new() } else { timeline::draw(&bars, title) };
    let brush = bars.first().zip(bars.last()).map(|(first, last)| Brush {
        first: timeline::days(&first.name).0,
        last: timeline::days(&last.name).1,
        from: chosen[0].unwrap_or_default().to_owned(),
        to: chosen[1].unwrap_or_default().to_owned(),
        list: links::list("/events", more),
    });
    Timeline { title, svg, without_day, brush }
}
