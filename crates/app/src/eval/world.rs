//! A made-up world of violence for `scale`: the same number, the same report.

use engine::Report;
use engine::ontology::{Assertion, Attribution, Kind, Mode, Sort, Stage};
use engine::report::{Perpetrator, ReportId};
use engine::resolved::{Basis, Count, Period, Precision, Resolved, Scene};
use jiff::civil::date;
use reading::{Document, Found, How, Span};

use crate::store::{Act, CaptureId, Captured, CodedBy};

const MODES: [(Mode, &str); 5] = [
    (Mode::Shooting, "gunmen shot dead"),
    (Mode::Bombing, "a bomb killed"),
    (Mode::Shelling, "shells killed"),
    (Mode::AirStrike, "an air strike killed"),
    (Mode::ArmedAssault, "attackers killed"),
];

/// How often each of a hundred events is told: most once or twice, a few by dozens.
const TELLINGS: [u32; 20] = [1, 1, 1, 2, 1, 3, 1, 2, 4, 1, 1, 2, 1, 8, 1, 2, 3, 1, 5, 39];

/// Events a day.
const A_DAY: u32 = 40;

/// The world: which event each report is of follows from its number.
pub(super) struct World {
    /// The events of one round of [`TELLINGS`] by the place of the report in the round.
    round: Vec<u32>,
}

impl World {
    pub(super) fn new() -> Self {
        let times = |(event, &n): (usize, &u32)| (0..n).map(move |_| event as u32);
        Self { round: TELLINGS.iter().enumerate().flat_map(times).collect() }
    }

    /// Of how many events the first `n` reports are.
    #[cfg(test)]
    pub(super) fn n_events(&self, n: u32) -> usize {
        let all: std::collections::BTreeSet<u32> = (0..n).map(|i| self.event(i)).collect();
        all.len()
    }

    fn event(&self, i: u32) -> u32 {
        let n = self.round.len() as u32;
        let place = self.round.get((i % n) as usize).copied().unwrap_or(0);
        i / n * TELLINGS.len() as u32 + place
    }

    /// Report number `i` and its document.
    pub(super) fn told(&self, i: u32) -> (Document, Report) {
        let event = self.event(i);
        // One report in ten has the words of the one before it, if that is of the same event.
        let copied = i % 10 == 9 && i > 0 && self.event(i - 1) == event;
        let own = if copied { i - 1 } else { i };
        let of = |salt: u32| mix(u64::from(event) << 8 | u64::from(salt));
        let (mode, words) = MODES[of(1) as usize % MODES.len()];
        let country = of(2) % 60;
        let town = country * 50 + (of(3) % 50).min(of(4) % 50);
        let day = date(2000, 1, 1).saturating_add(jiff::Span::new().days(event / A_DAY));
        let toll = 1 + (of(5) % 40) * u32::from(of(6) % 3 == 0) + own % 3;
        let is_vague = own % 7 == 3;
        let place = name(7_000_000 + town);
        let country = format!("{}{}", letter(country / 26), letter(country % 26));
        let group = name(9_000_000 + of(7) % 400);
        let toll_words = format!("at least {toll} people");
        let mut text = format!(
            "In {place}, {words} {toll_words} on {day}, said {} of {}. The {group} Front did it.",
            name(event),
            name(1_000_000 + of(8) % 50_000),
        );
        for n in 0..40 {
            // Two words in three are of the event, the others of the paper.
            let seed =
                if n % 3 < 2 { of(20 + n) } else { mix(u64::from(own) << 32 | u64::from(n)) };
            text.push_str(if n % 10 == 0 { ". " } else { " " });
            text.push_str(&name(seed % 30_000).to_lowercase());
        }
        let mut document = Document::new(Some(format!("https://world.example/{i}")), text);
        document.published = Some(Found::new(day, How::Field));
        let report = {
            let span = |words: &str| {
                let start = document.text().find(words).unwrap_or(0);
                Span::within(document.text(), start, start + words.len()).into_iter().collect()
            };
            let (lat, lon) = (f64::from(town % 60) * 2.0 - 60.0, f64::from(town / 60) * 3.0 - 80.0);
            let scene = Scene {
                country,
                admin1: None,
                place: (!is_vague).then(|| place.clone()),
                site: None,
                lat: (!is_vague).then_some(lat),
                lon: (!is_vague).then_some(lon),
                precision: if is_vague { Precision::Country } else { Precision::Place },
            };
            let at: Vec<Span> = span(&place);
            let who = span(&group).into_iter().map(|name| Perpetrator {
                name,
                actor: Some(group.to_lowercase()),
                sort: Sort::Organisation,
                attribution: Attribution::Suspected,
            });
            Report {
                id: ReportId::of(&[&document.id.bytes()]),
                document: document.id,
                kind: Kind::Assault,
                mode,
                stage: Stage::Accomplished,
                assertion: Assertion::Asserted,
                main: true,
                when: Some(Resolved::new(Period::day(day), Basis::Stated, at.clone(), "made up")),
                scene: Some(Resolved::new(scene, Basis::Stated, at.clone(), "made up")),
                perpetrators: who.filter(|_| own % 2 == 0).collect(),
                targets: Vec::new(),
                weapons: Vec::new(),
                killed: Some(Resolved::new(
                    Count::at_least(toll),
                    Basis::Stated,
                    span(&toll_words),
                    "made up",
                )),
                injured: None,
                abducted: None,
                killed_includes_perpetrators: None,
                deed: None,
                speakers: Vec::new(),
                evidence: at,
                confidence: 0.9,
            }
        };
        (document, report)
    }

    /// What a ledger is told of report number `i`.
    pub(super) fn acts(&self, i: u32) -> [Act; 2] {
        let (document, report) = self.told(i);
        let coded = CodedBy {
            document: document.id,
            build: "made up".into(),
            reports: vec![report],
            relations: Vec::new(),
            problems: Vec::new(),
        };
        let captured = Captured {
            capture: CaptureId::of(&[&document.id.bytes()]),
            input: format!("world#{i}"),
            document,
            duplicate: None,
            problems: Vec::new(),
        };
        [Act::Captured(Box::new(captured)), Act::Coded(coded)]
    }
}

/// A number as good as by lot (splitmix).
fn mix(seed: u64) -> u32 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as u32
}

fn letter(n: u32) -> char {
    char::from(b'A' + (n % 26) as u8)
}

/// A made-up name for a number.
fn name(n: u32) -> String {
    const FIRST: [&str; 16] = [
        "Bar", "Dol", "Fen", "Gar", "Hal", "Kor", "Lum", "Mor", "Nev", "Ost", "Pel", "Rud", "Sav",
        "Tam", "Ver", "Zor",
    ];
    const LAST: [&str; 16] = [
        "a", "ek", "i", "on", "ur", "esh", "im", "o", "ab", "ul", "ant", "ov", "ia", "erk", "osk",
        "yn",
    ];
    let n = mix(u64::from(n)) as usize;
    let middle = ["", "el", "an", "or", "it", "us", "am", "ir"];
    let at = |list: &[&'static str], n: usize| list.get(n % list.len()).copied().unwrap_or("");
    let parts = [at(&FIRST, n), at(&middle, n >> 4), at(&middle, n >> 8), at(&LAST, n >> 12)];
    parts.concat()
}
