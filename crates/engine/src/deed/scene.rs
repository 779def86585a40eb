//! Where a deed was done: the place that its sentence says things are at.

use super::Telling;
use crate::ontology::Kind;
use crate::place::{scene_at, stands};
use crate::resolved::{Resolved, Scene};

/// What may stand before the name of where something is done.
const AT: &[&str] =
    &["across", "around", "at", "in", "inside", "near", "outside", "throughout", "through"];

impl Telling<'_> {
    /// The place of a deed of `kind` whose verb is `verb`, in sentence `i`; `None` of what is only
    /// said, since a minister may speak anywhere.
    pub(super) fn scene_of(&self, kind: Kind, i: usize, verb: usize) -> Option<Resolved<Scene>> {
        let done = matches!(
            kind,
            Kind::Coerce | Kind::Protest | Kind::Mobilize | Kind::Retreat | Kind::Fight
        );
        let sentence = self.text.sentences.get(i)?;
        let tokens = sentence.first..sentence.last;
        if !done || !tokens.clone().any(|i| AT.contains(&self.text.key(i))) {
            return None;
        }
        let led = |first: usize| {
            let the = usize::from(first > 0 && self.text.is(first - 1, "the"));
            let before = |n: usize| first.checked_sub(the + n).map_or("", |i| self.text.key(i));
            let of = before(1) == "of" && before(3) == "the" && AT.contains(&before(4)); // "in the city of Kherson"
            of || AT.contains(&before(1)) || before(2) == "the" && AT.contains(&before(3)) // "in the capital Nairobi"
        };
        let best = self
            .atlas
            .within(tokens)
            .iter()
            .filter(|site| led(site.first))
            .map(|site| (stands(self.text, self.atlas, site, verb, 0, self.known), site))
            .filter(|(score, _)| *score > 0.0)
            .max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.first.cmp(&x.first)))?;
        Some(scene_at(self.text, self.atlas, best.1, self.known))
    }
}
