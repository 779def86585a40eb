//! A report in the terminal: the plain form of the engine, with first lines and reasons marked.

use engine::Knowledge;
use engine::plain;
use engine::view::ReportView;

use super::Ink;

/// What begins the line with the sentence that a report rests on.
const BECAUSE: &str = "  because ";

/// The text with its marks.
pub(crate) fn inked(text: &str, ink: Ink) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix(BECAUSE) {
        Some(words) => ink.dim(BECAUSE) + words,
        None if line.is_empty() || line.starts_with(' ') => line.to_owned(),
        None => ink.bold(line),
    });
    lines.map(|line| line + "\n").collect()
}

/// One report, each line ended.
pub(crate) fn plain(view: &ReportView, known: &Knowledge, ink: Ink) -> String {
    inked(&plain::report(view, known), ink)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::store::samples;

    #[test]
    fn a_report_reads_as_in_the_casebook() {
        let known = Knowledge::embedded();
        let view = ReportView::of(&samples::report(13, 0.9), &samples::document(13), &known);
        expect![[r#"
            shooting   ~2024-01-14   Longyearbyen, Norway   killed 13+  injured 30
              target                                civilians killed 13+  "people at a market"
              perpetrator (accused by authorities)  harrow-front          "the Harrow Front"
              weapon                                firearm               "shot"
              speaker                               state                 "police"
              because "Gunmen of the Harrow Front shot dead at least 13 people at a market in Longyearbyen on Sunday, police said."
        "#]]
        .assert_eq(&plain(&view, &known, Ink::PLAIN));
    }
}
