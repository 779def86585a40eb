//! Whether a verb that names somebody says only that it may have been he: "could be behind it", "named X as
//! a possible culprit".

use super::Sentence;

impl Sentence<'_> {
    /// Whether the verb says only what may be so.
    pub(super) fn is_doubted(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        (verb.first..verb.last)
            .any(|i| ["could", "may", "might"].iter().any(|m| self.text.is(i, m)))
    }

    /// Whether those whom the verb names are named as possible ones.
    pub(super) fn is_only_possible(&self, v: usize) -> bool {
        let doubt = ["likely", "possible", "potential"];
        self.syntax.verbs[v].obliques.iter().any(|&(_, n)| {
            let noun = &self.syntax.nouns[n];
            (noun.first..noun.head).any(|i| doubt.iter().any(|word| self.text.is(i, word)))
        })
    }
}
