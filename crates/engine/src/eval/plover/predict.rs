//! Reports → what is predicted of a sentence.
//!
//! Source and target are those of a deed; of violence they are the perpetrators and the targets, and
//! where these do not say whose they are, the scene does.

use std::ops::Range;

use reading::{Document, Span};

use super::Said;
use super::codes::Side;
use crate::deed::{Whose, whose};
use crate::text::Text;
use crate::{Knowledge, Report};

/// What `reports` of `document` amount to, in their order, each once.
pub fn said(reports: &[Report], document: &Document, known: &Knowledge) -> Vec<Said> {
    let text = Text::of(document.text());
    let mentions = known.matcher.find(&text);
    let side = |span: Span| {
        Some(match whose(&text, &mentions, tokens(&text, span), known)? {
            Whose::Bodies => Side::Bodies,
            Whose::Country(c) => {
                let code = known.geography.countries.get(usize::from(c))?.code;
                Side::Country(String::from_utf8_lossy(&code).into_owned())
            }
        })
    };
    let mut found: Vec<Said> = Vec::new();
    for report in reports {
        let scene = report.scene.as_ref().map(|s| Side::Country(s.value.country.clone()));
        let sides = |names: &mut dyn Iterator<Item = Span>| {
            let mut sides: Vec<Side> = names.filter_map(side).collect();
            sides.sort();
            sides.dedup();
            if sides.is_empty() { scene.clone().into_iter().collect() } else { sides }
        };
        if let Some(deed) = &report.deed {
            let sides = |codes: &[String]| codes.iter().map(|c| side_of(c)).collect();
            let (source, target) = (sides(&deed.source), sides(&deed.target));
            add(&mut found, Said { kind: report.kind, source, target });
            continue;
        }
        let source = sides(&mut report.perpetrators.iter().map(|p| p.name));
        let target = sides(&mut report.targets.iter().map(|t| t.name));
        add(&mut found, Said { kind: report.kind, source, target });
    }
    found
}

fn side_of(code: &str) -> Side {
    if code == "IGO" { Side::Bodies } else { Side::Country(code.to_owned()) }
}

fn add(found: &mut Vec<Said>, said: Said) {
    if !found.contains(&said) {
        found.push(said);
    }
}

/// The tokens of a span.
fn tokens(text: &Text<'_>, span: Span) -> Range<usize> {
    let first = text.tokens.partition_point(|t| (t.end as usize) <= span.start());
    let last = text.tokens.partition_point(|t| (t.start as usize) < span.end());
    first..last.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::events::tests::report;
    use crate::ontology::{Attribution, Kind, Sort};
    use crate::report::{Perpetrator, Target};

    #[test]
    fn parties_of_violence_are_told_by_their_words() {
        let words = "Syrian soldiers in Paris shot at envoys of the United Nations.";
        let document = Document::new(None, words.into());
        let span = |part: &str| {
            let start = words.find(part).unwrap();
            Span::within(words, start, start + part.len()).unwrap()
        };
        let violence = Report {
            perpetrators: vec![Perpetrator {
                name: span("Syrian soldiers in Paris"),
                actor: None,
                sort: Sort::StateForce,
                attribution: Attribution::Fact,
            }],
            targets: vec![Target {
                name: span("envoys of the United Nations"),
                actor: None,
                sort: Sort::International,
                person: true,
                named: false,
                description: None,
                nation: None,
                number: None,
                effect: None,
            }],
            ..report(&document)
        };
        let known = Knowledge::embedded();
        let found = said(&[violence.clone(), violence], &document, &known);
        let source = vec![Side::Country("SY".to_owned())];
        assert_eq!(found, [Said { kind: Kind::Assault, source, target: vec![Side::Bodies] }]);
    }
}
