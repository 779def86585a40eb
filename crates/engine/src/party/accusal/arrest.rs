//! Who is caught for it, as a noun tells it: "the arrest of two officers for killing six priests".

use super::{Accused, Sentence};
use crate::ontology::Attribution;

/// What is done to suspects, as a noun.
const ARRESTS: &[&str] = &["arrest", "arrests", "capture", "conviction", "detention", "indictment"];

impl Sentence<'_> {
    /// "The arrest of two officers for killing six priests": the officers.
    pub(super) fn arrested(&self) -> Vec<Accused> {
        const REACH: usize = 10;
        let nouns = &self.syntax.nouns;
        let head = |n: usize| nouns.get(n).map_or("", |noun| self.text.key(noun.head));
        let of_arrest = |n: &usize| {
            nouns.get(*n).and_then(|noun| noun.of).is_some_and(|of| ARRESTS.contains(&head(of)))
        };
        let whom = (0..nouns.len()).filter(of_arrest);
        let whom = whom.map(|n| self.syntax.list(n).collect::<Vec<usize>>());
        let whom = whom.filter(|list| {
            let end = list.iter().filter_map(|&n| nouns.get(n)).map(|noun| noun.last).max();
            end.is_some_and(|end| {
                let why = (end..end + 3)
                    .any(|i| ["for", "over", "in"].iter().any(|word| self.text.is(i, word)));
                why && (end..end + REACH).any(|i| self.harms(i))
            })
        });
        let accused = |n| {
            let (tokens, actor, sort) = self.party(n)?;
            Some(Accused { tokens, actor, sort, attribution: Attribution::AccusedByAuthorities })
        };
        whom.flatten().filter_map(accused).collect()
    }
}
