//! Statements, and deeds that are no violence: who supports, threatens, accuses, aids whom.
//!
//! A sentence with a verb of the table of deeds is parsed; the first clause that says a deed by a
//! party of some country gives a report. Violence has its own path, from [`frame`](crate::frame)
//! on, and sentences that start a report of violence are left to it.

mod lexicon;
mod meaning;
mod mended;
mod party;
mod scene;
mod sides;
#[cfg(test)]
mod tests;
mod whose;

pub use lexicon::{Deeds, Line, Says, Topics};
pub use whose::{Whose, whose};

use std::cell::OnceCell;

use reading::Document;
use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::date::Clock;
use crate::frame::{Frame, when};
use crate::lexicon::{Mention, Sense};
use crate::ontology::{Assertion, Attribution, Kind, Mode, Sort, Stage};
use crate::place::LazyAtlas;
use crate::report::{Perpetrator, Report, ReportId, Speaker, SpeakerSort, Target};
use crate::resolved::Resolved;
use crate::syntax::{Form, Grammar};
use crate::text::{Shape, Text};

use meaning::{Meaning, is_verbal};
use mended::mended;
use party::{Parties, Party};

/// What the report of a deed says beyond the parties: its perpetrators are who said or did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// The words that say it.
    pub words: reading::Span,
    /// The nearest code of CAMEO.
    pub cameo: String,
    /// From -10 hostile to 10 friendly, of the words themselves: a refusal of aid is judged as one.
    pub strength: i8,
    /// Whether it is said rather than done.
    pub verbal: bool,
    /// The office of who says or does it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub office: Option<reading::Span>,
    /// Whose the source is: ISO 3166-1 alpha-2, or `IGO` for an international body.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub source: Vec<String>,
    /// Whose the target is, likewise.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub target: Vec<String>,
}

/// What deeds are read from: one document, read but not yet decided.
#[derive(Debug)]
pub struct Telling<'r> {
    /// The document.
    pub document: &'r Document,
    /// Its sentences and tokens.
    pub text: &'r Text<'r>,
    /// Its sentences, parsed on demand.
    pub grammar: &'r Grammar<'r>,
    /// Its mentions.
    pub mentions: &'r [Mention<'r>],
    /// Its sentences of violence.
    pub frames: &'r [Frame],
    /// Whether it is about a mishap: then a state of emergency is no repression, a warning no threat.
    pub mishap: bool,
    /// Its places.
    pub atlas: &'r LazyAtlas<'r>,
    /// What its days are counted from.
    pub clock: Clock,
    /// What is known.
    pub known: &'r Knowledge,
}

/// A deed found in a sentence.
struct Told<'k> {
    verb: usize,
    meaning: Meaning<'k>,
    sources: Vec<Party>,
    targets: Vec<Party>,
}

impl Telling<'_> {
    /// The reports of all deeds, in the order of the text.
    pub fn deeds(&self) -> Vec<Report> {
        let violent: Vec<&Frame> = self.frames.iter().filter(|f| f.starts()).collect();
        let mut found = Vec::new();
        for i in 0..self.text.sentences.len() {
            if self.may_tell(i) {
                let act = violent.binary_search_by_key(&i, |f| f.sentence).ok();
                let report = self.sentence(i, act.map(|n| violent[n].trigger));
                // News that opens with a deed and tells of no violence is about the deed.
                let main = violent.is_empty() && found.is_empty() && i < 3;
                found.extend(report.map(|report| Report { main, ..report }));
            }
        }
        found
    }

    /// Whether a sentence names a party and has a verb of the table: most do not, and stay unparsed.
    fn may_tell(&self, i: usize) -> bool {
        let sentence = &self.text.sentences[i];
        let first = self.mentions.partition_point(|m| m.first < sentence.first);
        let here = self.mentions[first..].iter().take_while(|m| m.first < sentence.last);
        let mut people = false;
        for sense in here.flat_map(|m| m.senses) {
            match sense {
                Sense::Country(_) | Sense::Demonym(_) | Sense::Actor(..) | Sense::Area(_) => {
                    return self.has_line(i);
                }
                Sense::Person(..) => people = true,
                _ => {}
            }
        }
        // Whose people are who are named without a country, a city or a surname must tell.
        let named = |i: usize| {
            let name = matches!(self.text.tokens[i].shape, Shape::Capital | Shape::Upper);
            name && !self.text.opens(i)
        };
        let surname = |i: usize| {
            self.text.tokens[i].shape == Shape::Capital && self.known.roles.knows(self.text.key(i))
        };
        let mut tokens = sentence.first..sentence.last;
        let party = if people { tokens.any(named) } else { tokens.any(surname) };
        party && self.has_line(i)
    }

    /// Whether a line of a verb of sentence `i` can fit: its particle and a word of what it is about
    /// are there too.
    fn has_line(&self, i: usize) -> bool {
        let (sentence, known) = (&self.text.sentences[i], self.known);
        let tokens = sentence.first..sentence.last;
        let verbs: Vec<&[Line]> = tokens
            .clone()
            .zip(self.grammar.forms(i))
            .filter_map(|(i, forms)| {
                let told = forms.is_none_or(|forms| known.deed_verbs.has(forms));
                let base = meaning::base(self.text.key(i), forms, &known.verbs).filter(|_| told)?;
                Some(known.deeds.lines(base))
            })
            .collect();
        let mut lines = verbs.iter().copied().flatten().filter(|line| line.tells());
        let anything = Topics::PARTY.and(Topics::ALONE);
        let free = |line: &Line| line.about.is_empty() || line.about.meets(anything);
        if lines.clone().any(|line| line.particle.is_empty() && free(line)) {
            return true;
        }
        let keys: Vec<&str> =
            tokens.map(|i| self.text.key(i)).filter(|key| !key.is_empty()).collect();
        let topics = OnceCell::new();
        let topics = || *topics.get_or_init(|| known.deeds.all_topics(&keys));
        lines.any(|line| {
            let particle = line.particle.first();
            particle.is_none_or(|word| keys.contains(word))
                && (free(line) || line.about.meets(topics()))
        })
    }

    /// The report of the first clause of a sentence that says a deed. Where the sentence starts a
    /// report of violence, `act` is the word of it, and only a clause before it is a deed.
    fn sentence(&self, i: usize, act: Option<usize>) -> Option<Report> {
        let sentence = &self.text.sentences[i];
        let tokens = sentence.first..sentence.last;
        let day = self.clock.today;
        let syntax = &mended(self.text, self.grammar.sentence(i));
        let parties = Parties {
            text: self.text,
            tokens,
            mentions: self.mentions,
            syntax,
            known: self.known,
            day,
            holders: OnceCell::new(),
            bands: OnceCell::new(),
            lines: vec![OnceCell::new(); syntax.verbs.len()],
            topics: vec![OnceCell::new(); syntax.nouns.len()],
            alone: vec![OnceCell::new(); syntax.nouns.len()],
        };
        let told = parties.told()?;
        if self.mishap && matches!(told.meaning.kind, Kind::Coerce | Kind::Threaten) {
            return None;
        }
        // The report of violence tells that it was threatened.
        let band = |s: &Party| s.actor.is_none() && s.sort == Sort::Organisation;
        let threat = told.meaning.kind == Kind::Threaten;
        if act.is_some() && threat && told.sources.iter().all(band) {
            return None;
        }
        let last = syntax.verbs.get(told.meaning.last).map_or(0, |v| v.last);
        if act.is_some_and(|act| act < last) {
            return None;
        }
        self.report(i, told, &parties)
    }

    fn report(&self, i: usize, told: Told<'_>, parties: &Parties<'_>) -> Option<Report> {
        let Told { verb, meaning, sources, targets } = told;
        let sentence = &self.text.sentences[i];
        let group = parties.syntax.verbs.get(verb)?;
        let words = self.text.span(group.first, meaning.end.max(group.last))?;
        let first = self.mentions.partition_point(|m| m.first < sentence.first);
        let last = self.mentions.partition_point(|m| m.first < sentence.last);
        let here = &self.mentions[first..last];
        let tokens = sentence.first..sentence.last;
        // A deed has the day beside its verb, even if that verb follows violence: "met on Friday".
        let others: Vec<Mention<'_>> = here
            .iter()
            .filter(|m| !(m.first..m.last).contains(&group.head))
            .map(|m| Mention { first: m.first, last: m.last, senses: m.senses, actor: m.actor })
            .collect();
        let day = when(self.text, &tokens, group.head, &others, self.clock);
        let (period, word) = day.0.or(day.1).unzip();
        let kind = meaning.kind;
        let code = |whose: &Option<Whose>| {
            Some(match (*whose)? {
                Whose::Bodies => "IGO".to_owned(),
                Whose::Country(c) => {
                    let code = self.known.geography.countries.get(usize::from(c))?.code;
                    String::from_utf8_lossy(&code).into_owned()
                }
            })
        };
        let codes = |of: &[Party]| {
            let mut codes: Vec<String> = of.iter().filter_map(|p| code(&p.whose)).collect();
            codes.sort();
            codes.dedup();
            codes
        };
        let speakers = sources
            .iter()
            .filter(|_| is_verbal(kind))
            .map(|p| Speaker { name: p.name, sort: speaker(p.sort) });
        Some(Report {
            id: ReportId::of(&[
                &self.document.id.bytes(),
                kind.as_str().as_bytes(),
                &words.start().to_le_bytes(),
            ]),
            document: self.document.id,
            kind,
            mode: mode(meaning.line.cameo, kind),
            stage: stage(kind),
            assertion: meaning.assertion,
            main: false,
            when: period.zip(word).map(|(period, word)| {
                Resolved::new(period, self.clock.basis, vec![word.span], "day in the sentence")
            }),
            scene: self.scene_of(kind, i, group.head),
            deed: Some(Deed {
                words,
                cameo: meaning.line.cameo.to_string(),
                strength: meaning.line.strength,
                verbal: is_verbal(kind),
                office: sources.iter().find_map(|p| p.office),
                source: codes(&sources),
                target: codes(&targets),
            }),
            speakers: speakers.collect(),
            confidence: confidence(&meaning, &sources, &targets),
            perpetrators: sources
                .into_iter()
                .map(|p| Perpetrator {
                    name: p.name,
                    actor: p.actor,
                    sort: p.sort,
                    attribution: Attribution::Fact,
                })
                .collect(),
            targets: targets
                .into_iter()
                .filter(Party::is_somebody)
                .map(|p| Target {
                    name: p.name,
                    person: p.sort != Sort::Other,
                    named: false,
                    description: None,
                    nation: code(&p.whose).filter(|c| c.len() == 2),
                    actor: p.actor,
                    sort: p.sort,
                    number: None,
                    effect: None,
                })
                .collect(),
            weapons: Vec::new(),
            killed: None,
            injured: None,
            abducted: None,
            killed_includes_perpetrators: None,
            evidence: vec![sentence.span],
        })
    }
}

impl<'k> Parties<'k> {
    /// The first clause that says a deed by a party: main clauses before others.
    fn told(&self) -> Option<Told<'k>> {
        let mut taken = 0;
        let mut second = None;
        for v in 0..self.syntax.verbs.len() {
            let group = &self.syntax.verbs[v];
            if v < taken {
                continue;
            }
            let Some(meaning) = self.meaning(v) else { continue };
            let plain = group.form == Form::Finite && !group.relative && self.opener(v).is_none();
            // ", demanding that …": of clauses without a tense only those that say something.
            let says = matches!(
                meaning.kind,
                Kind::Accuse | Kind::Protest | Kind::Request | Kind::Threaten
            );
            let hangs = group.form == Form::Gerund && group.governor.is_some();
            let aside = !(plain || hangs && says);
            if aside || (!plain && second.is_some()) {
                continue;
            }
            let Some(told) = self.clause(v, meaning) else { continue };
            if plain {
                return Some(told);
            }
            taken = meaning.last + 1;
            second = Some(told);
        }
        second
    }

    /// The parties of a clause; `None` if nobody of any country does it.
    fn clause(&self, v: usize, meaning: Meaning<'k>) -> Option<Told<'k>> {
        let mut sources = self.sources(v, &meaning);
        let mut targets = self.targets(v, &meaning, &sources);
        let domestic = targets.iter().find_map(|p| p.whose).or_else(|| {
            // "in Genoa", of a passive without an agent; the next nation of the sentence else.
            self.whose(self.syntax.verbs[v].last..self.tokens.end)
        });
        // Who speaks to another may be of any country; who acts at home is of it.
        let inward = matches!(
            meaning.deed,
            Kind::Coerce | Kind::Protest | Kind::Concede | Kind::Retreat | Kind::Mobilize
        );
        let abroad = targets.iter().any(|t| t.addressed && t.whose.is_some()) && !inward;
        let domestic = domestic.filter(|_| !abroad);
        for source in sources.iter_mut().filter(|s| s.whose.is_none()) {
            source.whose = domestic.filter(|_| source.acts);
        }
        // Somebody must be said to be of a country: all else is private, or no politics.
        let named = targets.iter().any(|t| t.addressed && t.stated);
        let crowd = meaning.deed == Kind::Protest;
        sources.retain(|s| {
            let calm = s.sort != Sort::Individuals;
            let inferred = s.whose.is_some() && (s.titled || named && calm || crowd && calm);
            let speaks = matches!(meaning.kind, Kind::Accuse | Kind::Support | Kind::Threaten);
            let band = speaks && s.sort == Sort::Organisation && s.is_name;
            (s.acts || crowd && s.stated) && (s.stated || inferred || band || named && s.is_name)
        });
        if is_private(&meaning, &sources, &targets) {
            return None;
        }
        // "The group has struck before": who is armed does not down tools.
        if meaning.deed == Kind::Protest && sources.iter().any(|s| self.is_armed(s)) {
            return None;
        }
        if inward {
            let home = sources.first().and_then(|s| s.whose);
            targets.iter_mut().filter(|t| t.whose.is_none()).for_each(|t| t.whose = home);
        }
        if sources.is_empty() {
            return None;
        }
        // Partners are each other's targets, unless they face a third: "agreed with Peru".
        if sources.len() > 1 && meaning.line.is_mutual(meaning.kind) {
            targets.retain(|t| t.addressed && sources.iter().all(|s| s.whose != t.whose));
        }
        // What a party does about itself has no target.
        if matches!(meaning.kind, Kind::Agree | Kind::Retreat) {
            targets.retain(|t| {
                sources.iter().all(|s| s.whose != t.whose)
                    || t.tokens.clone().any(|i| self.is_people(i))
            });
        }
        Some(Told { verb: v, meaning, sources, targets })
    }

    /// Whether a party is an armed one, by what it is or by its words: "the jihadist group".
    fn is_armed(&self, party: &Party) -> bool {
        const ARMED: &[&str] =
            &["armed", "extremist", "guerrilla", "insurgent", "jihadist", "militant", "rebel"];
        let listed = |i: usize| ARMED.binary_search(&self.text.key(i)).is_ok();
        matches!(party.sort, Sort::Combatants | Sort::StateForce)
            || party.sort == Sort::Organisation && party.actor.is_some()
            || party.tokens.clone().any(listed)
    }
}

impl Party {
    /// Whether it is somebody, not a thing that is spoken of: "the findings", "condolences".
    fn is_somebody(&self) -> bool {
        self.acts || self.whose.is_some() || self.actor.is_some() || self.sort != Sort::Other
    }
}

/// Whether it is a matter of courts and private persons, or a saying with nobody to hear it.
fn is_private(meaning: &Meaning<'_>, sources: &[Party], targets: &[Party]) -> bool {
    let home = |t: &Party| t.whose.is_none() || sources.iter().any(|s| s.whose == t.whose);
    let legal = matches!(meaning.line.cameo, "090" | "112" | "115" | "173");
    // "The African Union condemned the attack": a body that is known speaks for itself.
    let blames = meaning.kind == Kind::Accuse;
    let alone = matches!(meaning.kind, Kind::Request | Kind::Support | Kind::Aid | Kind::Accuse);
    legal && targets.iter().all(|t| home(t) && !(t.acts && t.addressed))
        || alone
            && meaning.rank < 2
            && !sources.iter().any(|s| s.titled || blames && s.actor.is_some())
            && targets.iter().all(|t| t.whose.is_none() && !t.acts)
}

/// The mode of deeds of armies.
fn mode(cameo: &str, kind: Kind) -> Mode {
    match (cameo, kind) {
        ("154", Kind::Mobilize) => Mode::Deployment,
        ("087", Kind::Retreat) => Mode::Withdrawal,
        ("192", Kind::Fight) => Mode::Takeover,
        _ => Mode::Other,
    }
}

/// How far it got: what is promised or threatened is not done.
fn stage(kind: Kind) -> Stage {
    match kind {
        Kind::Agree => Stage::Planned,
        Kind::Threaten => Stage::Threatened,
        _ => Stage::Accomplished,
    }
}

fn speaker(sort: Sort) -> SpeakerSort {
    match sort {
        Sort::Government | Sort::StateForce | Sort::Police | Sort::Military => SpeakerSort::State,
        Sort::Organisation => SpeakerSort::Organisation,
        Sort::Media => SpeakerSort::Media,
        _ => SpeakerSort::Other,
    }
}

/// How sure the report is: by the line, and by whether both parties are named with their nation.
fn confidence(meaning: &Meaning<'_>, sources: &[Party], targets: &[Party]) -> f64 {
    let stated = |of: &[Party]| of.iter().any(|p| p.stated);
    let signs = [
        meaning.rank > 1,
        stated(sources),
        stated(targets),
        meaning.assertion == Assertion::Asserted,
    ];
    let n = signs.into_iter().filter(|s| *s).count() as f64;
    ((0.35 + 0.14 * n) * 100.0).round() / 100.0
}
