//! When it was: the day or the days of an incident, of all that its sentences say.
//!
//! Each sentence has its own period (`frame`); here the narrowest one counts, made longer where
//! the text says that it went on, and narrower where a sentence near by names the day. What the
//! sentences do not say is taken from beside them, and marked as inferred.

use jiff::ToSpan;

use crate::date::{DateWord, Part, Spoken, date_words, resolve};
use crate::frame::{Dated, Frame, days_of_violence, when};
use crate::resolved::{Basis, Period, Resolved};
use crate::settle::Reading;
use crate::text::Shape;

/// A period of more days than these gives way to a day beside it.
const LONG: i32 = 60;

/// The rule by which news is of the day on which somebody speaks of it.
pub(crate) const SPOKEN: &str = "day of speaking";

/// The rule by which somebody was killed on the day on which he was found, or before.
pub(crate) const FOUND: &str = "day of finding";

/// What goes on for more than a day.
const SIEGES: &[&str] =
    &["besieged", "hostage", "hostages", "retaken", "retook", "siege", "standoff"];

impl Reading<'_> {
    /// When: the narrowest period that a sentence of the incident gives, the first ones first.
    pub(crate) fn when(&self, frames: &[&Frame], lead: &Frame) -> Option<Resolved<Period>> {
        let days = frames.iter().filter_map(|f| f.when);
        let firm = frames.iter().filter(|f| f.starts()).filter_map(|f| f.when);
        let exact = firm.chain(days.clone()).find(|(p, _)| p.days() == 1);
        let exact = exact.map(|day| self.extended(frames, day));
        let narrowest = exact.or_else(|| days.clone().min_by_key(|(p, _)| p.days()));
        let narrowest = narrowest.map(|day| self.narrowed(frames, day));
        // "Since 1969 they have killed 130" is told of the past; the news is of the day beside it.
        // "In 1979 they took the embassy" is told of a year long over, whatever day stands beside it.
        let beside = || self.beside(lead);
        let gives_way = |p: &Period| {
            let long_after = |day: Period| (day.start - p.end).get_days() > 365;
            beside().is_some_and(|(day, _)| !long_after(day))
        };
        if let Some((period, word)) = narrowest.filter(|(p, _)| p.days() <= LONG || !gives_way(p)) {
            let full = matches!(
                word.spoken,
                Spoken::Day { year: Some(_), .. } | Spoken::Days { year: Some(_), .. }
            );
            // "Last Tuesday" is this week's or that of the week before.
            let either = matches!(
                word.spoken,
                Spoken::Weekday { last: true, .. } | Spoken::YearsToTheDay(_)
            );
            let basis = match () {
                () if full => Basis::Stated,
                () if either => Basis::Inferred,
                () => self.clock.basis,
            };
            let found = self.is_of_finding(&word);
            let basis = if found { Basis::Inferred } else { basis };
            let rule = if found { FOUND } else { "day in the frame" };
            return Some(Resolved::new(period, basis, vec![word.span], rule));
        }
        if let Some((period, word)) = self.beside(lead) {
            return Some(Resolved::new(
                period,
                Basis::Inferred,
                vec![word.span],
                "day in the next sentence",
            ));
        }
        if let Some((period, word)) = self.occurred(frames, lead) {
            let rule = "day in a sentence about it";
            return Some(Resolved::new(period, Basis::Inferred, vec![word.span], rule));
        }
        if let Some((period, word)) = self.heading() {
            let rule = "day in the heading of a list";
            return Some(Resolved::new(period, Basis::Inferred, vec![word.span], rule));
        }
        // News of the day, told on the day: unless it is the toll of an older event that moves.
        let toll = frames.iter().flat_map(|f| &f.tolls).any(|t| t.total);
        let today = frames
            .iter()
            .filter_map(|f| f.spoken)
            .find(|(p, _)| Some(p.start) == self.clock.today && !toll)?;
        Some(Resolved::new(today.0, Basis::Inferred, vec![today.1.span], SPOKEN))
    }

    /// "The bodies were found on Monday", "was found shot dead today".
    fn is_of_finding(&self, word: &DateWord) -> bool {
        const REACH: usize = 10;
        let first =
            self.text.sentences.get(self.text.sentence_of(word.first)).map_or(0, |s| s.first);
        let from = word.first.saturating_sub(REACH).max(first);
        let is = |i: usize, words: &[&str]| words.contains(&self.text.key(i));
        let Some(found) = (from..word.first).rev().find(|&i| self.text.is(i, "found")) else {
            return false;
        };
        let passive = (found.saturating_sub(2)..found).any(|i| is(i, &["was", "were", "been"]));
        let bodies = &["bodies", "body", "cadavers", "corpse", "corpses", "remains"];
        let dead = &["dead", "killed", "murdered", "riddled", "shot", "slain"];
        let body = (first..word.first).any(|i| is(i, bodies));
        passive && (body || (found..word.last + 3).any(|i| is(i, dead)))
    }

    /// The day in a sentence that says no more of the incident than when or where it came about: "The
    /// explosion occurred at 23.50 on 16 January", "It happened on Monday".
    fn occurred(&self, frames: &[&Frame], lead: &Frame) -> Option<Dated> {
        const BEHIND: usize = 2;
        const SUBJECT: usize = 4;
        const NAMES: &[&str] = &[
            "abduction",
            "action",
            "assassination",
            "assault",
            "attack",
            "blast",
            "bombing",
            "crime",
            "event",
            "events",
            "explosion",
            "incident",
            "it",
            "kidnapping",
            "killing",
            "massacre",
            "murder",
            "shooting",
            "this",
        ];
        let last = frames.iter().map(|f| f.sentence).max().unwrap_or(lead.sentence);
        let own = |i: usize| frames.iter().any(|f| f.sentence == i);
        let another = |i: &usize| {
            let starts = |f: &&Frame| f.sentence == *i && f.starts() && !f.refers_back;
            !own(*i) && self.frames.iter().any(|f| starts(&f))
        };
        let told = |i: usize| {
            let sentence = self.text.sentences.get(i)?;
            let is = |j: usize, word: &str| self.text.is(j, word);
            let verb = (sentence.first..sentence.last.min(sentence.first + 12)).find(|&j| {
                is(j, "occurred") || is(j, "happened") || is(j, "took") && is(j + 1, "place")
            })?;
            let opens = if is(sentence.first, "the") { sentence.first + 1 } else { sentence.first };
            let subject =
                (opens..verb.min(opens + SUBJECT)).any(|j| NAMES.contains(&self.text.key(j)));
            let words = date_words(self.text, verb..sentence.last);
            let mut days = words.into_iter().filter_map(|w| Some((resolve(&w, self.clock)?, w)));
            days.find(|(period, _)| subject && period.days() == 1)
        };
        (lead.sentence..=last + BEHIND)
            .take_while(|i| !another(i) || told(*i).is_some())
            .find_map(told)
    }

    /// A day that is only the first or one of those for which the sentences say it went on: "since
    /// Wednesday", "after two days of attacks", "in the last days of March".
    fn extended(&self, frames: &[&Frame], (day, word): Dated) -> Dated {
        const LONGEST: i32 = 14;
        let holds = |p: &Period| p.start <= day.start && day.end <= p.end;
        let own = |frame: &Frame| frame.tokens.contains(&word.first);
        let lasting = frames.iter().filter_map(|f| f.when).find(|(p, w)| {
            let since = w.first > 0 && self.text.is(w.first - 1, "since");
            since && (2..=LONGEST).contains(&p.days()) && holds(p)
        });
        if let Some(lasting) = lasting {
            return lasting;
        }
        let last_days =
            frames.iter().filter_map(|f| f.when).find(|(p, w)| holds(p) && self.is_last_days(w));
        if let Some((last, _)) = last_days {
            return (Period { end: last.end, ..day }, word);
        }
        let says = |frame: &Frame, words: &[&str]| {
            frame.tokens.clone().any(|i| words.contains(&self.text.key(i)))
        };
        if frames.iter().any(|f| says(f, SIEGES)) {
            return (self.besieged(frames, day), word);
        }
        let began = frames.iter().any(|f| own(f) && says(f, &["began", "begun", "started"]));
        let length = frames.iter().find_map(|f| days_of_violence(self.text, &f.tokens));
        if let Some((_, n)) = length.filter(|_| began)
            && let Ok(end) = day.start.checked_add((n - 1).days())
            && self.clock.today.is_none_or(|today| end <= today)
        {
            return (Period { end, ..day }, word);
        }
        let goes_on = |frame: &Frame| {
            frame.tokens.clone().any(|i| {
                let now = self.text.is(i, "are") || self.text.is(i, "is");
                now && ["besieging", "holding"].iter().any(|verb| self.text.is(i + 1, verb))
            })
        };
        match self.clock.today {
            Some(end)
                if frames.iter().any(|f| own(f) && goes_on(f))
                    && (1..LONGEST).contains(&(end - day.start).get_days()) =>
            {
                (Period { end, ..day }, word)
            }
            _ => (day, word),
        }
    }

    /// "In the last days of March": where a day among them is named, it went on from that day.
    fn is_last_days(&self, word: &DateWord) -> bool {
        let late = matches!(word.spoken, Spoken::PartOfMonth { part: Part::Late, .. });
        late && self.text.is(word.first + 1, "days")
    }

    /// From the first to the last day of a siege, of those near `day` that the sentences name.
    fn besieged(&self, frames: &[&Frame], day: Period) -> Period {
        const LONGEST: i32 = 7;
        let next = |frame: &&&Frame| {
            let morning = |i: usize| ["day", "morning"].iter().any(|w| self.text.is(i + 1, w));
            frame.tokens.clone().any(|i| self.text.is(i, "next") && morning(i))
        };
        let days = frames.iter().filter(|f| !f.looks_back || f.starts()).filter_map(|f| f.when);
        let near = days
            .map(|(p, _)| p)
            .filter(|p| p.days() == 1 && (p.start - day.start).get_days().abs() <= LONGEST);
        let hull =
            near.fold(day, |a, b| Period { start: a.start.min(b.start), end: a.end.max(b.end) });
        let over = frames.iter().any(|f| f.when.is_none() && next(&f)) && hull.days() == 1;
        let end = hull.end.tomorrow().ok().filter(|_| over).unwrap_or(hull.end);
        Period { end, ..hull }
    }

    /// A night of which the hour is told, or a week in which a sentence near by names the day.
    fn narrowed(&self, frames: &[&Frame], (period, word): Dated) -> Dated {
        const VAGUE: i32 = 4;
        const NEAR: usize = 4;
        let morning = |i: usize| {
            let clock = ["morning", "am", "a.m"].iter().any(|word| self.text.is(i, word));
            let hour = i.saturating_sub(4)..i;
            let told = |j: usize| self.text.is(j, "oclock") || self.text.is(j, "o'clock");
            let number =
                |j: usize| self.text.tokens.get(j).is_some_and(|t| t.shape == Shape::Number);
            clock && hour.into_iter().any(|j| told(j) || number(j))
        };
        if matches!(word.spoken, Spoken::Overnight)
            && frames.iter().any(|f| f.tokens.clone().any(morning))
        {
            return (Period::day(period.end), word);
        }
        if !(VAGUE..=31).contains(&period.days()) {
            return (period, word);
        }
        let told_in = self.text.sentence_of(word.first);
        let near = told_in.saturating_sub(1)..=told_in + NEAR;
        let days = near
            .filter_map(|i| self.text.sentences.get(i))
            .flat_map(|sentence| date_words(self.text, sentence.first..sentence.last).into_iter());
        let inside =
            |p: &Period| p.days() < VAGUE && period.start <= p.start && p.end <= period.end;
        let calendar = |w: &DateWord| matches!(w.spoken, Spoken::Day { .. } | Spoken::Days { .. });
        let own = |w: &DateWord| !self.text.dateline.contains(&w.first);
        let named = days
            .filter(|w| calendar(w) && own(w))
            .find_map(|w| Some((resolve(&w, self.clock).filter(inside)?, w)));
        match named {
            Some((day, _)) if self.is_last_days(&word) => {
                (Period { start: day.start, end: period.end }, word)
            }
            named => named.unwrap_or((period, word)),
        }
    }

    /// The day in the line above a list: "Incidents on Wednesday:".
    fn heading(&self) -> Option<(Period, DateWord)> {
        let line = self.text.sentences.first()?;
        let last = line.last.checked_sub(1)?;
        if !self.text.is(last, ":") || self.frames.iter().any(|f| f.sentence == 0) {
            return None;
        }
        let words = date_words(self.text, line.first..line.last);
        let days = words.into_iter().filter_map(|w| Some((resolve(&w, self.clock)?, w)));
        days.into_iter().find(|(period, _)| period.days() <= 3)
    }

    /// The day in a sentence beside the lead that tells no violence of its own.
    fn beside(&self, lead: &Frame) -> Option<(Period, DateWord)> {
        [lead.sentence.wrapping_sub(1), lead.sentence + 1].into_iter().find_map(|i| {
            let sentence = self.text.sentences.get(i)?;
            if self.frames.iter().any(|f| f.sentence == i) {
                return None;
            }
            let start = self.mentions.partition_point(|m| m.first < sentence.first);
            let end = self.mentions.partition_point(|m| m.first < sentence.last);
            let (found, _) = when(
                self.text,
                &(sentence.first..sentence.last),
                sentence.first,
                &self.mentions[start..end],
                self.clock,
            );
            found.filter(|(p, _)| p.days() <= 14)
        })
    }
}
