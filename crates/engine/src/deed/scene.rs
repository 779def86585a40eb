//! Where a deed was done: the place that its sentence says things are at.

use std::ops::Range;

use super::Telling;
use crate::ontology::Kind;
use crate::place::{Located, scene_at, stands};
use crate::resolved::{Resolved, Scene};

/// What may stand before the name of where something is done. Sorted.
const AT: &[&str] =
    &["across", "around", "at", "in", "inside", "near", "outside", "through", "throughout"];
/// Words behind which another thing is told: "convicted of the attack in Gao". Sorted.
#[rustfmt::skip]
const ANOTHER: &[&str] = &[
    "accused", "after", "against", "because", "before", "following", "for", "of", "over", "since",
    "suspected", "that", "when", "where", "which", "while", "who", "whose",
];
/// What is of a name that is its own: "the city of Gao". Sorted.
#[rustfmt::skip]
const OF: &[&str] = &[
    "area", "capital", "city", "district", "island", "outskirts", "port", "province", "region", "state",
    "streets", "suburb", "town", "village",
];

impl Telling<'_> {
    /// The place of a deed of `kind` whose verb is at token `verb` of sentence `i`; `None` of what is
    /// only said, since a minister may speak anywhere.
    pub(super) fn scene_of(&self, kind: Kind, i: usize, verb: usize) -> Option<Resolved<Scene>> {
        let sentence = self.text.sentences.get(i)?;
        let tokens = sentence.first..sentence.last;
        let at = |i: usize| AT.binary_search(&self.text.key(i)).is_ok();
        if !is_done(kind) || !tokens.clone().any(at) {
            return None;
        }
        let another = |i: &usize| {
            let own = *i > verb && OF.binary_search(&self.text.key(i - 1)).is_ok();
            ANOTHER.binary_search(&self.text.key(*i)).is_ok() && !own
        };
        let end = (verb..tokens.end).find(another).unwrap_or(tokens.end);
        let site = [verb..end, tokens.start..verb, end..tokens.end]
            .into_iter()
            .find_map(|range| self.site(range, verb))?;
        Some(scene_at(self.text, self.atlas, site, self.known))
    }

    /// The place in `range` that serves best as where the verb is done.
    fn site(&self, range: Range<usize>, verb: usize) -> Option<&Located> {
        let sites = self.atlas.within(range).iter().filter(|site| self.is_at(site.first));
        let scored = sites
            .map(|site| (stands(self.text, self.atlas, site, verb, 0, self.known), site))
            .filter(|(score, _)| *score > 0.0);
        let best = scored.max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.first.cmp(&x.first)));
        best.map(|(_, site)| site)
    }

    /// "In Gao", "in the Gao region", "in the city of Gao", "in the capital Bamako".
    fn is_at(&self, first: usize) -> bool {
        let key = |n: usize| first.checked_sub(n).map_or("", |i| self.text.key(i));
        let at = |n: usize| {
            let n = n + usize::from(key(n) == "the");
            AT.binary_search(&key(n)).is_ok()
        };
        let own = |n: usize| OF.binary_search(&key(n)).is_ok();
        at(1) || own(1) && (at(2) || at(3)) || key(1) == "of" && own(2) && at(3)
    }
}

/// Whether what is done by such a deed is done somewhere.
fn is_done(kind: Kind) -> bool {
    matches!(kind, Kind::Coerce | Kind::Protest | Kind::Mobilize | Kind::Retreat | Kind::Fight)
}

#[cfg(test)]
mod tests {
    use reading::Document;

    use super::*;
    use crate::{Knowledge, code};

    fn check(text: &str, expected: Option<&str>) {
        let document = Document::new(None, text.to_owned());
        let reports = code(&document, &Knowledge::embedded()).reports;
        let deed = reports.iter().find(|r| r.deed.is_some());
        let place = deed.and_then(|r| r.scene.as_ref()).and_then(|s| s.value.place.as_deref());
        assert_eq!(place, expected, "{text}");
    }

    #[test]
    fn a_deed_is_where_its_clause_says() {
        check("Kenyan police arrested nine protesters in Nairobi on Tuesday.", Some("Nairobi"));
        check("In the capital Nairobi, Kenyan police arrested nine protesters.", Some("Nairobi"));
        check("Protesters blocked roads in the city of Dhaka, Bangladesh.", Some("Dhaka"));
        check("A court in Bamako convicted a man from Mali of the attack in Gao.", Some("Bamako"));
    }

    #[test]
    fn what_is_only_said_is_nowhere() {
        check("Turkey accused Greece of piracy, a minister said in Ankara.", None);
    }

    #[test]
    fn words_are_in_order() {
        assert!(AT.is_sorted() && ANOTHER.is_sorted() && OF.is_sorted());
    }
}
