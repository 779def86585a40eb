//! Lexicon and model as one coder: which of the two is believed where.
//!
//! Days, places and counts are the lexicon's. In text without case the model leads: it moves the
//! scores of sentences ([`sentence`]), adds those that the lexicon lacks, and chooses among parties
//! ([`party`]); what both see needs less than what one sees. In text with capitals, where the grammar
//! knows names, the grammar leads, and the model is asked only where that finds nothing ([`seek`],
//! [`ask`]). Text without case of a later time or other countries than MUC-4's news ([`scope`]) is
//! read as print would have it ([`in_print`]).
//! All limits were chosen on the parts of MUC-4 train that the model was not trained on, and on dev;
//! `docs/evaluation.md` has what each gives.

mod body;
mod described;
mod hint;
mod party;
mod print;
mod scope;
mod sentence;
mod stretch;

use reading::Span;

pub(crate) use hint::{answer, ask, seek};
pub(crate) use party::Parties;
pub(crate) use print::in_print;
use sentence::Told;
use stretch::stretches;

use crate::Knowledge;
use crate::frame::Frame;
use crate::incident::Incident;
use crate::model::{Filler, Model, Sight, Slot};
use crate::text::{Case, Text};

/// An incident that is as near to a filler as this share of the nearest one's has it too.
const SHARED: f32 = 0.85;

/// How little a mention counts for each sentence that it stands apart.
const APART: f32 = 0.5;

/// What a filler of another kind counts.
const OTHER_KIND: f32 = 0.05;

/// What a model sees of a text in which it leads, if there is anything worth its while.
fn see(model: &dyn Model, told: Told<'_>, frames: &[Frame], known: &Knowledge) -> Option<Sight> {
    let (text, ..) = told;
    // Where names have capitals the grammar is better.
    let flat = text.case == Case::Flat;
    let stretches = if flat { stretches(text, frames) } else { Vec::new() };
    let asked = !stretches.is_empty() && scope::holds(&model.scope(), told, frames, known);
    asked.then(|| model.see(text.source, &stretches))
}

/// The same, with what it sees weighed into the frames and added to them.
pub(crate) fn lead(
    model: &dyn Model,
    told: Told<'_>,
    frames: &mut Vec<Frame>,
    known: &Knowledge,
) -> Option<Sight> {
    let sight = see(model, told, frames, known)?;
    sentence::weigh(&sight, told.0, frames);
    sentence::add(&sight, told, frames);
    Some(sight)
}

/// Gives each filler to the incidents to which it is nearest by where it stands and by its kind;
/// `kinds` are those of the incidents, as places in [`KINDS`](crate::model::KINDS).
pub(crate) fn assign(
    sight: &Sight,
    text: &Text<'_>,
    frames: &[Frame],
    kinds: &[Option<usize>],
    incidents: &mut [Incident],
) {
    for (number, filler) in sight.fillers.iter().enumerate() {
        let stands = stands(filler, text);
        let near = |(incident, kind): (&Incident, &Option<usize>)| {
            let kind = kind.and_then(|k| filler.kinds.get(k)).copied().unwrap_or_default();
            // Where is of no kind.
            let kind = if filler.slot == Slot::Place { 1.0 } else { kind };
            nearness(&stands, frames, incident) * (OTHER_KIND + kind).powi(2)
        };
        let near: Vec<f32> = incidents.iter().zip(kinds).map(near).collect();
        let most = near.iter().fold(0.0, |most: f32, n| most.max(*n));
        for (incident, near) in incidents.iter_mut().zip(near) {
            if near >= most * SHARED {
                incident.fillers.push(number);
            }
        }
    }
}

/// Where the fillers of a slot stand that an incident has, with the probability of each mention.
pub(crate) fn seen_at(sight: Option<&Sight>, own: &[usize], slot: Slot) -> Vec<(Span, f32)> {
    let Some(sight) = sight else { return Vec::new() };
    let fillers = own.iter().filter_map(|&n| sight.fillers.get(n)).filter(|f| f.slot == slot);
    fillers.flat_map(|f| f.mentions.iter().copied()).collect()
}

/// The most that is seen in some words.
pub(crate) fn seen_in(seen: &[(Span, f32)], words: Span) -> f32 {
    let over =
        seen.iter().filter(|(span, _)| span.start() < words.end() && words.start() < span.end());
    over.fold(0.0, |most, (_, p)| p.max(most))
}

/// The sentences in which a filler stands, with the probability of each mention.
fn stands(filler: &Filler, text: &Text<'_>) -> Vec<(usize, f32)> {
    let sentence = |start: usize| {
        text.sentences.partition_point(|s| s.span.start() <= start).saturating_sub(1)
    };
    filler.mentions.iter().map(|(span, p)| (sentence(span.start()), *p)).collect()
}

/// How likely who stands there belongs to an incident: a mention in a sentence of it counts in full,
/// one farther off the less.
fn nearness(stands: &[(usize, f32)], frames: &[Frame], incident: &Incident) -> f32 {
    let told = || incident.frames.iter().filter_map(|&i| frames.get(i)).map(|f| f.sentence);
    let near = |&(sentence, p): &(usize, f32)| {
        let distance = told().map(|s| s.abs_diff(sentence)).min()?;
        Some(p / (1.0 + APART * distance as f32))
    };
    stands.iter().filter_map(near).sum()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use reading::{Document, Found, How, Span};

    use crate::Knowledge;
    use crate::model::{Filler, Model, Scope, Sight, Slot};
    use crate::report::Report;

    /// A model that sees what it was told to: words, slot and margin; relevance of what has them.
    #[derive(Debug)]
    struct Told(&'static [(&'static str, Slot, f32)], f32);

    impl Model for Told {
        fn name(&self) -> &'static str {
            "told"
        }

        fn scope(&self) -> Scope {
            Scope { until: Some(1995), countries: ["CO", "SV"].map(str::to_owned).to_vec() }
        }

        fn in_print(&self, text: &str) -> String {
            text.replace("valley front", "Valley Front").replace("lomas", "Lomas")
        }

        fn see(&self, text: &str, stretches: &[Span]) -> Sight {
            assert!(!stretches.is_empty());
            let mention = |words: &str| {
                let start = text.find(words).unwrap();
                (Span::within(text, start, start + words.len()).unwrap(), 0.9)
            };
            let filler = |&(words, slot, margin): &(&str, Slot, f32)| Filler {
                slot,
                margin,
                kinds: [0.5; 6],
                traits: Vec::new(),
                mentions: vec![mention(words)],
            };
            let whole = Span::within(text, 0, text.len()).unwrap();
            Sight {
                fillers: self.0.iter().map(filler).collect(),
                sentences: vec![(whole, self.1)],
                relevance: self.1,
            }
        }
    }

    fn reports(text: &str, told: Told) -> Vec<Report> {
        reports_of(text, Some(1990), told)
    }

    fn reports_of(text: &str, year: Option<i16>, told: Told) -> Vec<Report> {
        let mut document = Document::new(None, text.to_owned());
        document.published = year.map(|year| Found::new(date(year, 5, 7), How::Given));
        let known = Knowledge::embedded().with_model(Box::new(told));
        crate::code(&document, &known).reports
    }

    /// Perpetrators, targets and weapons of the first report.
    fn parties(text: &str, told: Told) -> Vec<String> {
        let reports = reports(text, told);
        let Some(first) = reports.first() else { return Vec::new() };
        let doers = first.perpetrators.iter().map(|p| p.name);
        let rest = first.targets.iter().map(|t| t.name);
        let names = doers.chain(rest).chain(first.weapons.iter().map(|w| w.name));
        names.map(|name| name.of(text).to_owned()).collect()
    }

    const FLAT: &str = "gunmen of the valley front shot dead mayor ana ruiz with rifles in lomas on \
                        monday, the police said in a note to the press.";
    const MIXED: &str = "Gunmen shot dead Mayor Ana Ruiz with rifles in Bogotá on Monday, the police \
                         said in a note.";

    #[test]
    fn in_flat_text_what_the_model_does_not_see_is_left_out() {
        assert!(parties(FLAT, Told(&[], 0.9)).is_empty());
    }

    #[test]
    fn in_flat_text_what_only_the_model_is_sure_of_is_added() {
        let told =
            Told(&[("valley front", Slot::Organisation, 1.0), ("lomas", Slot::Thing, 0.0)], 0.9);
        assert_eq!(parties(FLAT, told), ["valley front"]);
    }

    #[test]
    fn the_words_of_one_whom_both_see_are_the_models() {
        let told = Told(&[("mayor ana ruiz with", Slot::Victim, 2.5)], 0.9);
        assert_eq!(parties(FLAT, told), ["mayor ana ruiz"]);
    }

    #[test]
    fn a_description_beside_a_name_is_that_of_who_is_named() {
        let told = [("ana ruiz", Slot::Victim, 2.5), ("mayor", Slot::Described, 0.5)];
        let reports = reports(FLAT, Told(Box::leak(Box::new(told)), 0.9));
        let people = reports[0].targets.iter().filter(|t| t.person);
        let people: Vec<_> =
            people.map(|t| (t.name.of(FLAT), t.description.map(|d| d.of(FLAT)))).collect();
        assert_eq!(people, [("ana ruiz", Some("mayor"))]);
    }

    #[test]
    fn in_text_with_capitals_the_model_is_not_asked_where_the_grammar_finds_an_attack() {
        // `Told` would not find these words.
        let told = Told(&[("no words of the text", Slot::Doer, 3.0)], 0.9);
        assert!(parties(MIXED, told).contains(&"Ana Ruiz".to_owned()));
    }

    #[test]
    fn in_text_with_capitals_the_model_is_asked_near_a_name_that_no_rule_has() {
        let text = "A bomb killed four people in Bogotá on Monday. All the quarter speaks of the \
                    Jade Fire Column.";
        let who = |margin| {
            let told = [("Jade Fire Column", Slot::Organisation, margin)];
            let reports = reports_of(text, Some(2024), Told(Box::leak(Box::new(told)), 0.9));
            reports[0].perpetrators.iter().map(|p| p.name.of(text)).collect::<Vec<_>>()
        };
        assert_eq!(who(1.0), ["Jade Fire Column"]);
        assert!(who(-1.0).is_empty(), "what is less than likely is not believed");
    }

    const NO_RULE: &str = "The hill was quiet for an hour. Then masked men came for Ana Ruiz, and in the \
                           raid her brother lost an eye.";

    #[test]
    fn what_no_rule_has_starts_a_report_if_the_model_is_sure() {
        let told = |relevance| Told(&[("Ana Ruiz", Slot::Victim, 1.0)], relevance);
        let all = |told| reports_of(NO_RULE, Some(2024), told);
        assert!(all(told(0.75)).iter().all(|r| !r.is_violent()));
        assert!(all(told(0.9)).iter().any(Report::is_violent));
        assert!(all(Told(&[], 0.9)).iter().all(|r| !r.is_violent()), "without who is concerned");
    }

    #[test]
    fn of_text_of_a_later_time_the_model_is_not_asked() {
        let doers = |text: &str, year| {
            let reports = reports_of(text, year, Told(&[], 0.9));
            reports.iter().map(|report| report.perpetrators.len()).sum::<usize>()
        };
        assert_eq!(doers(FLAT, None), 0);
        assert_eq!(doers(FLAT, Some(1990)), 0);
        assert_eq!(doers(FLAT, Some(2023)), 1);
        assert_eq!(doers(&FLAT.replace("monday", "7 may 2023"), None), 1);
        let also = |words: &str| doers(&format!("{FLAT} {words}"), None);
        assert_eq!(also("it was the third such attack since 2014."), 1);
        assert_eq!(also("the road will be built by the year 2000."), 0);
        assert!(also("the new ira had threatened the mayor.") > 0);
        assert_eq!(also("prime minister jacinda ardern sent a message."), 1);
    }

    #[test]
    fn of_text_of_other_countries_the_model_is_not_asked() {
        let doers = |words: &str| {
            let reports = reports_of(&format!("{FLAT} {words}"), None, Told(&[], 0.9));
            reports.iter().map(|report| report.perpetrators.len()).sum::<usize>()
        };
        assert_eq!(doers("the road leads to yemen."), 1);
        assert_eq!(doers("the road leads to colombia, and some have come from yemen."), 0);
    }

    #[test]
    fn of_a_very_long_text_only_so_much_is_read() {
        let text = format!("{FLAT}\n\n").repeat(2_000);
        let text = crate::text::Text::of(&text);
        let known = Knowledge::embedded();
        let mentions = known.matcher.find(&text);
        let subject = crate::subject::Subject::of(&text, &mentions, (&text, &mentions));
        let document = Document::new(None, text.source.to_owned());
        let clock = crate::date::Clock::of(&document, &text);
        let grammar = crate::syntax::Grammar::of(&text, &known.verbs);
        let frames = crate::frame::frames(&text, &mentions, &subject, clock, &grammar, &known);
        let read: usize =
            super::stretches(&text, &frames).iter().map(|s| s.end() - s.start()).sum();
        assert!(read > 0 && read < text.source.len() / 4, "{read} of {}", text.source.len());
    }

    #[test]
    fn an_unlikely_sentence_of_flat_text_starts_no_report() {
        let weak =
            "the guerrillas attacked the plan of the ministry for the new road in the valley.";
        let all = |relevance| {
            reports(weak, Told(&[], relevance)).iter().filter(|r| r.is_violent()).count()
        };
        assert!(all(0.01) <= all(0.99));
        assert_eq!(all(0.01), 0);
    }

    #[test]
    fn the_build_names_the_model() {
        let known = Knowledge::embedded().with_model(Box::new(Told(&[], 0.0)));
        assert_eq!(known.build(), format!("{}.model-told", crate::knowledge::BUILD));
    }
}
