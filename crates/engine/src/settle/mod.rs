//! An incident → a report: each column settled, with its basis and the words that it rests on.

mod claims;
mod count;

use std::ops::Range;

use jiff::civil::Date;
use reading::{Document, Span};

use crate::Knowledge;
use crate::date::Clock;
use crate::frame::Frame;
use crate::incident::Incident;
use crate::joined::{Parties, seen_at, seen_in};
use crate::lexicon::{Harm, Mention};
use crate::model::{KINDS, Sight, Slot};
use crate::ontology::{Effect, Kind, Mode, Sort, Stage};
use crate::party::{Told, perpetrators, speakers, targets, weapons};
use crate::place::{Atlas, scene};
use crate::report::{Perpetrator, Report, ReportId, Target, Weapon};
use crate::resolved::{Count, Resolved};
use crate::syntax::Grammar;
use crate::text::Text;
use crate::toll::{Telling, Toll, includes_attackers, settled};

/// What settling looks at: one document, read but not yet decided.
#[derive(Debug)]
pub struct Reading<'r> {
    /// The document.
    pub document: &'r Document,
    /// Its sentences and tokens.
    pub text: &'r Text<'r>,
    /// Who does what to whom in them.
    pub grammar: &'r Grammar<'r>,
    /// Its mentions.
    pub mentions: &'r [Mention<'r>],
    /// Its places.
    pub atlas: &'r Atlas,
    /// Its sentences of violence.
    pub frames: &'r [Frame],
    /// The headline, its mentions and what it counts.
    pub headline: (&'r Text<'r>, &'r [Mention<'r>], &'r [Toll]),
    /// What a model sees in it.
    pub sight: Option<&'r Sight>,
    /// What its days are counted from.
    pub clock: Clock,
    /// What is known.
    pub known: &'r Knowledge,
}

/// Probability from which on a sentence is looked at that has what a model takes for the place.
const SURE: f32 = 0.3;

/// How many sentences besides the lead are searched for the scene.
const FARTHEST: usize = 12;

/// The most sentences that a report shows.
const EVIDENCE: usize = 6;

impl Reading<'_> {
    /// The report of one incident. `main` says whether the document is about it, `first` whether it
    /// is what it tells first of all, so that claims without an act are of it.
    #[expect(clippy::too_many_lines, reason = "one step after the other, each short")]
    pub fn settle(&self, incident: &Incident, main: bool, first: bool) -> Option<Report> {
        let frames: Vec<&Frame> = incident.frames.iter().map(|&i| &self.frames[i]).collect();
        let own = self.own(incident);
        let lead = self.lead(&own)?;
        let told: Vec<Range<usize>> = frames.iter().map(|f| f.mentions.clone()).collect();
        let claims = if first { self.claims(incident) } else { self.claims_behind(incident) };
        let when = self.when(&frames, lead);
        let day = when.as_ref().map(|w| w.value.start).or(self.clock.today);
        let done: Vec<Range<usize>> = told.iter().cloned().chain(self.doings(&frames)).collect();
        let mut perpetrators =
            perpetrators(self.text, self.grammar, self.mentions, &done, &claims, self.known);
        for party in &mut perpetrators {
            party.sort = self.sort_at(party, day);
        }
        let judge = self.sight.map(|sight| Parties {
            text: self.text,
            grammar: self.grammar,
            mentions: self.mentions,
            known: self.known,
            sight,
            own: &incident.fillers,
        });
        if let Some(judge) = judge {
            judge.perpetrators(&mut perpetrators);
        }
        let fought = self.is_fought(&perpetrators, &frames);
        let seen = self.told(&own);
        let mut targets = targets(self.text, self.grammar, self.atlas, &seen, fought, self.known);
        if frames.iter().any(|f| self.is_part(f)) {
            // The other act of the sentence has its own.
            targets.retain(|target| frames.iter().any(|f| self.holds(f, target.name)));
        }
        if let Some(judge) = judge {
            judge.targets(&mut targets);
        }
        if is_undone(lead.stage) {
            targets.iter_mut().for_each(spare);
        }
        let mode = self.by_state(&frames, &perpetrators, &targets);
        let mut weapons = {
            let knows = (self.grammar, self.known);
            weapons(self.text, self.mentions, &told, mode, knows)
        };
        // "shot down a helicopter": what was destroyed is no weapon.
        let lost = |t: &Target, w: &Weapon| {
            !t.person && t.name.start() <= w.name.start() && w.name.end() <= t.name.end()
        };
        weapons.retain(|w| !targets.iter().any(|t| t.effect.is_some() && lost(t, w)));
        if let Some(judge) = judge {
            judge.weapons(&mut weapons, mode);
        }
        let kind = kind(mode, &perpetrators, lead.stage);
        let counts: Vec<Telling<'_>> = own
            .iter()
            .map(|f| Telling {
                tokens: f.tokens.clone(),
                mentions: &self.mentions[f.mentions.clone()],
                tolls: &f.tolls,
            })
            .collect();
        let tolls = |harm, alone| {
            let headline = || self.headline(harm, alone).filter(|_| main);
            let text = settled(self.text, &counts, harm);
            let more = text.as_ref().filter(|one| first && is_one(one)).and_then(|_| headline());
            more.filter(|count| count.value.low.is_some_and(|low| low > 1))
                .or(text)
                .or_else(headline)
                .or_else(|| self.none_beside(&frames, harm))
        };
        let killed = self.bounded(tolls(Harm::Killed, true), first);
        // Who was "shot" in the headline may be the one who died in the text.
        let injured = tolls(Harm::Injured, killed.is_none());
        let evidence = self.evidence(&frames, lead);
        let told_at = evidence.first()?.start();
        // Two acts of one sentence are two reports.
        let behind = lead.behind.then(|| self.text.span(lead.trigger, lead.trigger + 1)).flatten();
        let told_at = behind.map_or(told_at, Span::start);
        let places = seen_at(self.sight, &incident.fillers, Slot::Place);
        let tokens = self.scene_order(&frames, lead, &places);
        Some(Report {
            id: ReportId::of(&[
                &self.document.id.bytes(),
                kind.as_str().as_bytes(),
                &told_at.to_le_bytes(),
            ]),
            document: self.document.id,
            kind,
            mode,
            stage: lead.stage,
            assertion: lead.assertion,
            main,
            targets,
            when,
            scene: scene(
                self.text,
                self.atlas,
                &tokens,
                lead.trigger,
                (self.mentions, &places),
                self.known,
            ),
            weapons,
            injured: injured.filter(|hurt| !died(killed.as_ref(), hurt)),
            killed,
            abducted: tolls(Harm::Abducted, false),
            deed: None,
            killed_includes_perpetrators: includes_attackers(&counts),
            speakers: speakers(
                self.text,
                self.mentions,
                &self.heard(&frames, &told, &claims),
                self.grammar,
                self.known,
                day,
            ),
            confidence: confidence(lead, &frames),
            perpetrators,
            evidence,
        })
    }

    /// The sentence that tells it best.
    fn lead<'f>(&self, frames: &[&'f Frame]) -> Option<&'f Frame> {
        // News tells the main thing first: a later sentence must tell it better to lead.
        let rank = |(n, frame): (usize, &&Frame)| {
            // How the attacker ended does not lead.
            let end = if n > 0 && self.is_by_force(frame, frame.trigger) { 1.5 } else { 0.0 };
            frame.score - 0.2 * (n as f32).min(5.0) - end
        };
        let ranks = frames.iter().enumerate().map(rank).enumerate();
        let best = ranks.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        frames.get(best?.0).copied()
    }

    /// Whether forces did it, so that those who were hit may be soldiers as well.
    fn is_fought(&self, perpetrators: &[Perpetrator], frames: &[&Frame]) -> bool {
        let forces = |p: &Perpetrator| matches!(p.sort, Sort::StateForce | Sort::Government);
        let from_afar = || matches!(self.mode(frames), Mode::AirStrike | Mode::DroneStrike);
        perpetrators.iter().all(forces) && (!perpetrators.is_empty() || from_afar())
    }

    /// The frames of an incident alone: what counts the dead of several leads none of them.
    fn own(&self, incident: &Incident) -> Vec<&Frame> {
        let own = incident.frames.iter().filter(|&&i| Some(i) != incident.sum);
        own.filter_map(|&i| self.frames.get(i)).collect()
    }

    /// Which of the kinds that a model knows an incident is of.
    pub fn kind_of(&self, incident: &Incident) -> Option<usize> {
        let frames: Vec<&Frame> =
            incident.frames.iter().filter_map(|&i| self.frames.get(i)).collect();
        let kind = self.mode(&frames).terms().muc4;
        KINDS.iter().position(|k| *k == kind)
    }

    /// Whether a frame is only a part of its sentence.
    fn is_part(&self, frame: &Frame) -> bool {
        let sentence = self.text.sentences.get(frame.sentence);
        sentence.is_some_and(|s| frame.tokens != (s.first..s.last))
    }

    /// Whether the words stand in the frame.
    fn holds(&self, frame: &Frame, words: Span) -> bool {
        let span = self.text.span(frame.tokens.start, frame.tokens.end);
        span.is_some_and(|span| span.start() <= words.start() && words.end() <= span.end())
    }

    /// Whether a sentence tells of violence; frames stand in the order of the text.
    fn is_told(&self, sentence: usize) -> bool {
        self.frames.binary_search_by_key(&sentence, |f| f.sentence).is_ok()
    }

    /// What a perpetrator was on the day of the event; an entry that says nothing leaves it.
    fn sort_at(&self, party: &Perpetrator, day: Option<Date>) -> Sort {
        let actor = party.actor.as_deref().and_then(|id| self.known.actors.find(id));
        match (actor, day) {
            (Some(actor), Some(day)) if !actor.statuses.is_empty() => actor.sort_at(day),
            _ => party.sort,
        }
    }

    /// The sentences in which to look for targets.
    fn told<'f>(&'f self, frames: &[&'f Frame]) -> Vec<Told<'f>> {
        frames
            .iter()
            .map(|frame| Told {
                sentence: frame.sentence,
                first: frame.tokens.start,
                last: frame.tokens.end,
                mentions: &self.mentions[frame.mentions.clone()],
                tolls: &frame.tolls,
            })
            .collect()
    }

    /// The sentences in which to look for speakers: those told, those that claim or blame, and what
    /// stands right behind one that is told, in its paragraph.
    fn heard(
        &self,
        frames: &[&Frame],
        told: &[Range<usize>],
        claims: &[Range<usize>],
    ) -> Vec<Range<usize>> {
        let sentences = &self.text.sentences;
        let behind = frames.iter().filter_map(|frame| {
            let (own, next) = (sentences.get(frame.sentence)?, sentences.get(frame.sentence + 1)?);
            let free = !self.is_told(frame.sentence + 1);
            let start = self.mentions.partition_point(|m| m.first < next.first);
            let end = self.mentions.partition_point(|m| m.first < next.last);
            let new = !claims.contains(&(start..end));
            (free && new && own.paragraph == next.paragraph).then_some(start..end)
        });
        let mut heard: Vec<Range<usize>> = told.iter().cloned().chain(behind).collect();
        heard.extend(claims.iter().cloned());
        heard.sort_by_key(|range| range.start);
        heard
    }

    /// The tokens in which to look for the scene: the lead sentence, the rest, the sentences between.
    fn scene_order(
        &self,
        frames: &[&Frame],
        lead: &Frame,
        seen: &[(Span, f32)],
    ) -> Vec<Range<usize>> {
        let mut order = vec![lead.tokens.clone()];
        // "A gunman killed 50 people there": where the sentence before says.
        if let Some(before) = self.there(lead) {
            order.push(before);
            return order;
        }
        let rest = frames.iter().filter(|f| f.sentence != lead.sentence).take(FARTHEST);
        order.extend(rest.map(|f| f.tokens.clone()));
        for near in [lead.sentence.wrapping_sub(1), lead.sentence + 1] {
            if let Some(sentence) = self.text.sentences.get(near)
                && !self.is_told(near)
            {
                order.push(sentence.first..sentence.last);
            }
        }
        let sentences = self.text.sentences.iter();
        let told = sentences.filter(|s| seen_in(seen, s.span) >= SURE);
        order.extend(told.map(|s| s.first..s.last));
        order
    }

    /// The sentence before, if that of `lead` says "there" and names no place itself.
    fn there(&self, lead: &Frame) -> Option<Range<usize>> {
        const BE: &[&str] = &["are", "has", "have", "is", "may", "was", "were", "will", "would"];
        let there = |&i: &usize| {
            self.text.is(i, "there") && BE.binary_search(&self.text.key(i + 1)).is_err()
        };
        let named = || self.atlas.within(lead.tokens.clone()).iter().any(|s| !s.demonym);
        let there = lead.tokens.clone().find(there)?;
        let before = self.text.sentences.get(lead.sentence.checked_sub(1)?)?;
        let place = self.atlas.within(before.first..before.last).iter().any(|s| !s.demonym);
        (there > lead.tokens.start && !named() && place).then_some(before.first..before.last)
    }

    /// The sentences that tell of it, the best first.
    fn evidence(&self, frames: &[&Frame], lead: &Frame) -> Vec<Span> {
        let mut spans = vec![self.text.sentences[lead.sentence].span];
        for frame in frames {
            let span = self.text.sentences[frame.sentence].span;
            if spans.len() < EVIDENCE && !spans.contains(&span) {
                spans.push(span);
            }
        }
        spans
    }
}

/// Whether it was only meant, so that what it was to destroy still stands.
fn is_undone(stage: Stage) -> bool {
    matches!(stage, Stage::Planned | Stage::Threatened | Stage::Foiled)
}

/// Takes back what the words say of a thing: "a plot to blow up a hall" left the hall as it was.
fn spare(target: &mut Target) {
    target.effect = target.effect.filter(|e| !matches!(e, Effect::Damaged | Effect::Destroyed));
}

/// Whether the text only tells of one, without a number: the headline may count the others.
fn is_one(count: &Resolved<Count>) -> bool {
    let told = ["an article counts one", "figure in a table", "somebody told of before"];
    count.value == Count::exactly(1) && told.contains(&count.rule.as_ref())
}

/// Whether those who were hit are those of whom the headline says that they died.
fn died(killed: Option<&Resolved<Count>>, hurt: &Resolved<Count>) -> bool {
    let hit = ["those who were hit", "those with wounds"].contains(&&*hurt.rule);
    hit && killed.is_some_and(|dead| dead.at.is_empty() && dead.value == hurt.value)
}

/// The PLOVER type of a mode by such perpetrators.
fn kind(mode: Mode, perpetrators: &[Perpetrator], stage: Stage) -> Kind {
    let state = perpetrators
        .first()
        .is_some_and(|p| p.sort == Sort::StateForce || p.sort == Sort::Government);
    match mode {
        _ if stage == Stage::Threatened => Kind::Threaten,
        Mode::Battle => Kind::Fight,
        Mode::AirStrike | Mode::DroneStrike | Mode::Shelling if state => Kind::Fight,
        Mode::CrowdDispersal | Mode::PoliceShooting => Kind::Coerce,
        Mode::Riot => Kind::Protest,
        Mode::Deployment => Kind::Mobilize,
        Mode::Withdrawal => Kind::Retreat,
        _ => Kind::Assault,
    }
}

/// How sure the report is: by the lead sentence and how many others agree.
fn confidence(lead: &Frame, frames: &[&Frame]) -> f64 {
    let sum = f64::from(lead.score) - 3.4 + 0.25 * (frames.len() as f64 - 1.0).min(4.0);
    let probability = 1.0 / (1.0 + (-1.4 * sum).exp());
    (probability * 100.0).round() / 100.0
}
