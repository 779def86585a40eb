//! What must hold for every document.

use engine::view::ReportView;
use engine::{Knowledge, code};
use proptest::prelude::*;
use reading::{Document, Found, How, Span};

/// Words that the coder reacts to, thrown together at random.
const WORDS: &[&str] = &[
    "Gunmen",
    "killed",
    "at least",
    "12",
    "people",
    "in",
    "Kabul",
    ",",
    "Afghanistan",
    "on Friday",
    ".",
    "The",
    "Taliban",
    "claimed responsibility",
    "bomb",
    "exploded",
    "\n\n",
    "soldiers",
    "were",
    "wounded",
    "5,000",
    "dozens",
    "between",
    "3 and 4",
    "March 12, 2019",
    "police said",
    "mosque",
    "near",
    "30 km north of",
    "Moscow",
    "’s",
    "“",
    "”",
    "é",
    "السلام",
    "U.S.",
    "last year",
    "attack",
    "a",
    "one",
    "to",
    "-",
    "🙂",
    "AK-47",
    "99999999 days ago",
    "9999999 years ago",
];

fn articles() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..120).prop_map(|words| words.join(" "))
}

fn document(text: String) -> Document {
    let mut document = Document::new(None, text);
    document.published = "2024-03-23".parse().ok().map(|day| Found::new(day, How::Given));
    document
}

/// Every span of a report, through its JSON: `quote == text[start..end]`.
fn spans_are_true(document: &Document, known: &Knowledge) {
    for report in code(document, known).reports {
        assert!(!report.evidence.is_empty());
        for evidence in ReportView::of(&report, document, known).evidence {
            let span = Span::within(document.text(), evidence.start, evidence.end);
            assert_eq!(span.map(|s| s.of(document.text())), Some(evidence.quote.as_str()));
        }
        for count in [&report.killed, &report.injured, &report.abducted].into_iter().flatten() {
            let bounds = (count.value.low, count.value.high);
            assert!(!matches!(bounds, (Some(low), Some(high)) if low > high), "{bounds:?}");
        }
        if let Some(when) = &report.when {
            assert!(when.value.start <= when.value.end);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_words_are_coded_without_panic_and_with_true_spans(text in articles()) {
        thread_local!(static KNOWN: Knowledge = Knowledge::embedded());
        KNOWN.with(|known| spans_are_true(&document(text), known));
    }

    #[test]
    fn any_characters_are_coded_without_panic(text in "\\PC{0,300}") {
        thread_local!(static KNOWN: Knowledge = Knowledge::embedded());
        KNOWN.with(|known| spans_are_true(&document(text), known));
    }
}

#[test]
fn the_same_document_gives_the_same_reports() {
    let known = Knowledge::embedded();
    let again = Knowledge::embedded();
    let text = "A car bomb killed at least 12 people in Kano, Nigeria, on Friday, police said. \
                Boko Haram claimed the attack. Last week gunmen shot dead three soldiers in Maiduguri.";
    let document = document(text.to_owned());
    assert_eq!(code(&document, &known), code(&document, &again));
}

#[test]
fn capitals_do_not_decide_whether_there_is_an_attack() {
    let known = Knowledge::embedded();
    let text = "Guerrillas attacked a police station in Bogota, Colombia, with dynamite and killed three policemen. \
                The National Liberation Army claimed responsibility for the attack.";
    for text in [text.to_owned(), text.to_uppercase(), text.to_lowercase()] {
        let coded = code(&document(text.clone()), &known);
        assert_eq!(coded.reports.len(), 1, "{text}");
        let killed = coded.reports[0].killed.as_ref().and_then(|k| k.value.best);
        assert_eq!(killed, Some(3), "{text}");
    }
}
