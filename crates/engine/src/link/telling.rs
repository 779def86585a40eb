//! What is compared of a report: its values, and the words of its document.

use jiff::civil::Date;
use reading::{Document, DocumentId};
use serde::{Deserialize, Serialize};

use super::words::{Frequencies, Wording, hash};
use crate::fold::fold_phrase;
use crate::ontology::{Attribution, Kind, Mode, Sort, Stage, WeaponSort};
use crate::report::{Report, ReportId};
use crate::resolved::{Count, Period, Precision, Scene};

reading::id_type! {
    /// Names an event by the least id of its reports.
    EventId
}

impl EventId {
    /// The event whose report of the least id this is.
    pub fn of_first(report: ReportId) -> Self {
        Self::of(&[b"event", &report.bytes()])
    }
}

/// A report as linking sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    /// Which report.
    pub report: ReportId,
    /// Of which document.
    pub document: DocumentId,
    /// The table that it is a row of, each of whose rows is an event of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub table: Option<DocumentId>,
    /// Whether it is what the document is about.
    pub main: bool,
    /// When the document was published.
    pub published: Option<Date>,
    /// When it happened.
    pub when: Option<Period>,
    /// Where it happened.
    pub spot: Option<Spot>,
    /// What sort of act.
    pub kind: Kind,
    /// How it was done.
    pub mode: Mode,
    /// How far it got.
    pub stage: Stage,
    /// How many were killed.
    pub killed: Option<Count>,
    /// How many were injured.
    pub injured: Option<Count>,
    /// Organisations that did it, by their ids, sorted.
    pub actors: Vec<String>,
    /// Names of those who suffered it, folded, sorted.
    pub victims: Vec<String>,
    /// Sorts of targets, sorted.
    pub sorts: Vec<Sort>,
    /// Sorts of weapons, sorted.
    pub weapons: Vec<WeaponSort>,
    /// Whether it says that several things were struck: "army bases and a music festival".
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub several: bool,
    /// The words of the document if it is the first that the document is about; else those of the
    /// sentences that tell of it.
    pub wording: Wording,
}

/// Where something happened, as linking sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// First-level area, folded.
    pub admin1: Option<String>,
    /// City, town, village, folded.
    pub place: Option<String>,
    /// The words of the building, street or base.
    pub site: Vec<u32>,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
    /// How precise that is.
    pub precision: Precision,
}

impl Telling {
    /// A telling of which only the report is known.
    pub fn blank(report: ReportId, document: DocumentId) -> Self {
        Self {
            report,
            document,
            table: None,
            main: true,
            published: None,
            when: None,
            spot: None,
            kind: Kind::Assault,
            mode: Mode::Other,
            stage: Stage::Accomplished,
            killed: None,
            injured: None,
            actors: Vec::new(),
            victims: Vec::new(),
            sorts: Vec::new(),
            weapons: Vec::new(),
            several: false,
            wording: Wording::default(),
        }
    }

    /// How the `reports` of `document`, whose words are `whole`, are compared. The words of the
    /// document are those of the first that it is about, and each other has those that tell of it:
    /// two attacks told in one text would else be as alike to a third as each other.
    pub fn all(
        reports: &[&Report],
        document: &Document,
        whole: &Wording,
        known: &Frequencies,
    ) -> Vec<Self> {
        let lead = reports.iter().position(|report| report.main);
        let each = reports.iter().enumerate();
        each.map(|(i, report)| {
            let words = (Some(i) == lead).then_some(whole);
            Self::of(report, document, words, known)
        })
        .collect()
    }

    /// How `report` of `document` is compared: by the words `whole`, else by those that tell of it.
    pub fn of(
        report: &Report,
        document: &Document,
        whole: Option<&Wording>,
        known: &Frequencies,
    ) -> Self {
        let text = document.text();
        let told = || report.evidence.iter().map(|span| span.of(text)).collect::<Vec<_>>();
        let named = report.perpetrators.iter().filter(|p| p.attribution != Attribution::Denied);
        let victims = report.targets.iter().filter(|t| t.named && t.person);
        let mut telling = Self {
            main: report.main,
            published: document.published.as_ref().map(|day| day.value),
            when: report.when.as_ref().map(|when| when.value),
            spot: report.scene.as_ref().map(|scene| Spot::of(&scene.value)),
            kind: report.kind,
            mode: report.mode,
            stage: report.stage,
            killed: report.killed.as_ref().map(|count| count.value),
            injured: report.injured.as_ref().map(|count| count.value),
            actors: named.filter_map(|p| p.actor.clone()).collect(),
            victims: victims.map(|t| fold_phrase(t.name.of(text))).collect(),
            sorts: report.targets.iter().map(|t| t.sort).collect(),
            weapons: report.weapons.iter().map(|w| w.sort).collect(),
            several: report.targets.iter().filter(|t| !t.person).count() > 1,
            wording: whole.map_or_else(|| Wording::of(&told(), known), Wording::clone),
            ..Self::blank(report.id, document.id)
        };
        telling.tidy();
        telling
    }

    /// Who told it apart from its other reports: the table, or the document.
    pub fn teller(&self) -> DocumentId {
        self.table.unwrap_or(self.document)
    }

    /// Sorts what has no order.
    pub fn tidy(&mut self) {
        fn set<T: Ord>(values: &mut Vec<T>) {
            values.sort_unstable();
            values.dedup();
        }
        set(&mut self.actors);
        set(&mut self.victims);
        set(&mut self.sorts);
        set(&mut self.weapons);
    }

    /// The days that it may have been on, and whether these are only supposed: a main report
    /// without a day is of the days before it was published.
    pub fn days(&self) -> Option<(Period, bool)> {
        if let Some(when) = self.when {
            return Some((when, false));
        }
        let end = self.published.filter(|_| self.main)?;
        let start = end.checked_sub(jiff::Span::new().days(3)).ok()?;
        Some((Period { start, end }, true))
    }
}

impl Spot {
    /// The spot of a scene.
    pub fn of(scene: &Scene) -> Self {
        let folded = |name: &Option<String>| name.as_deref().map(fold_phrase);
        Self {
            country: scene.country.clone(),
            admin1: folded(&scene.admin1),
            place: folded(&scene.place),
            site: scene.site.as_deref().map(site).unwrap_or_default(),
            at: scene.lat.zip(scene.lon),
            precision: scene.precision,
        }
    }

    /// Where it is, if that is known to the town.
    pub fn point(&self) -> Option<(f64, f64)> {
        self.at.filter(|_| self.precision <= Precision::Near)
    }
}

/// The words of a site's name that tell it from others of its sort.
pub(super) fn site(name: &str) -> Vec<u32> {
    const SMALL: &[&str] =
        &["the", "of", "a", "an", "in", "at", "on", "and", "al", "el", "his", "her"];
    let folded = fold_phrase(name);
    let words = folded.split(' ').filter(|word| !word.is_empty() && !SMALL.contains(word));
    let mut words: Vec<u32> = words.map(|word| hash(word.as_bytes())).collect();
    words.sort_unstable();
    words.dedup();
    words
}
