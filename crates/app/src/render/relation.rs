//! A relation in the terminal: the plain form of the engine, and the places that it points to.

use engine::Relation;
use engine::plain;
use engine::view::RelationView;

use super::Ink;
use super::marked::{Mark, Weight};
use super::report::inked;

/// One relation, each line ended.
pub(crate) fn plain(view: &RelationView, ink: Ink) -> String {
    inked(&plain::relation(view), ink)
}

/// All places of its document that `relation` points to.
pub(crate) fn marks(relation: &Relation) -> Vec<Mark> {
    let mark = |weight| move |span| Mark { span, weight };
    let details = [relation.subject.name, relation.object.name].into_iter();
    let details = details.chain(relation.speakers.iter().map(|s| s.name));
    let details = details.chain(relation.when.iter().flat_map(|w| w.at.iter().copied()));
    let evidence = relation.evidence.iter().copied().map(mark(Weight::Evidence));
    evidence.chain(details.map(mark(Weight::Detail))).collect()
}

#[cfg(test)]
mod tests {
    use engine::Knowledge;
    use expect_test::expect;

    use super::*;
    use crate::store::samples;

    #[test]
    fn a_relation_reads_as_a_sentence_with_its_speaker() {
        let known = Knowledge::embedded();
        let view = RelationView::of(&samples::relation(3), &samples::document(3), &known);
        expect![[r#"
            the Harrow Front [harrow-front] — operates in — Longyearbyen [Longyearbyen, NO]
              speaker  state  "police"
              because "Gunmen of th"
        "#]]
        .assert_eq(&plain(&view, Ink::PLAIN));
    }
}
