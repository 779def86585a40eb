//! A sentence as the grammar of tolls looks at it: words as keys, and the mention at each token.

use std::ops::Range;

use crate::lexicon::{Form, Harm, Mention, Role, Sense};
use crate::text::{Shape, Text};

/// One sentence.
pub(super) struct Line<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) mentions: &'t [Mention<'t>],
    pub(super) range: Range<usize>,
}

impl<'t> Line<'t> {
    pub(super) fn of(
        text: &'t Text<'t>,
        mentions: &'t [Mention<'t>],
        range: &Range<usize>,
    ) -> Self {
        Self { text, mentions, range: range.clone() }
    }

    /// The key of token `i`; empty outside the sentence.
    pub(super) fn word(&self, i: usize) -> &str {
        if self.range.contains(&i) { self.text.key(i) } else { "" }
    }

    /// The key of the token before `i`.
    pub(super) fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |i| self.word(i))
    }

    pub(super) fn is(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.word(i))
    }

    /// Whether the words from token `i` on are `phrase`.
    pub(super) fn reads(&self, i: usize, phrase: &str) -> bool {
        // Nearly always the first word is another one.
        let first = self.word(i);
        !first.is_empty()
            && phrase.starts_with(first)
            && phrase.split(' ').enumerate().all(|(n, word)| self.word(i + n) == word)
    }

    pub(super) fn shape(&self, i: usize) -> Option<Shape> {
        self.range.contains(&i).then(|| self.text.tokens.get(i).map(|t| t.shape)).flatten()
    }

    /// The mention that covers token `i`.
    pub(super) fn mention(&self, i: usize) -> Option<&'t Mention<'t>> {
        let n = self.mentions.partition_point(|m| m.first <= i);
        self.mentions.get(n.checked_sub(1)?).filter(|m| i < m.last)
    }

    /// The description of people that covers token `i`, with its role.
    pub(super) fn person(&self, i: usize) -> Option<(&'t Mention<'t>, Role)> {
        let mention = self.mention(i)?;
        let role =
            mention.sense(|s| if let Sense::Person(_, role) = s { Some(role) } else { None })?;
        Some((mention, role))
    }

    /// The word of harm that covers token `i`, unless it is a noun.
    pub(super) fn harm(&self, i: usize) -> Option<Harm> {
        self.mention(i)?.sense(|s| match s {
            Sense::Casualty(harm, Form::Active | Form::Either | Form::Passive) => Some(harm),
            _ => None,
        })
    }

    /// Whether token `i` is a full stop, semicolon or colon, or outside the sentence.
    pub(super) fn ends(&self, i: usize) -> bool {
        matches!(self.word(i), "" | ";" | "." | ":" | "!" | "?")
    }
}

/// Forms of "to be" and "to have", and what may stand between them and a participle.
pub(super) const AUXILIARIES: &[&str] = &[
    "am", "are", "be", "been", "being", "can", "could", "get", "getting", "got", "had", "has",
    "have", "having", "is", "may", "might", "remain", "remained", "remains", "resulted", "should",
    "was", "were", "will", "would",
];

/// Verbs that make a state of the word behind them: "was pronounced dead".
pub(super) const MAKING: &[&str] = &[
    "believed",
    "confirmed",
    "declared",
    "feared",
    "found",
    "known",
    "left",
    "lay",
    "listed",
    "lying",
    "presumed",
    "pronounced",
    "reported",
    "said",
    "thought",
];

/// Prepositions that make a noun phrase something else than a subject or object.
pub(super) const PREPOSITIONS: &[&str] = &[
    "about", "after", "against", "among", "around", "as", "at", "before", "behind", "between",
    "by", "during", "for", "from", "in", "inside", "into", "near", "of", "off", "on", "onto",
    "outside", "over", "since", "than", "through", "to", "towards", "under", "until", "with",
    "within", "without",
];

/// Words that begin another clause.
pub(super) const SUBORDINATORS: &[&str] = &[
    "after", "although", "because", "before", "but", "if", "that", "though", "unless", "until",
    "when", "where", "whereas", "while",
];

/// Whether a word is one of manner or degree: "seriously", "also".
pub(super) fn is_adverb(word: &str) -> bool {
    const SHORT: &[&str] = &[
        "all", "almost", "already", "also", "badly", "both", "either", "even", "first", "later",
        "now", "only", "still", "then", "there", "there", "thus", "too",
    ];
    (word.len() > 4 && word.ends_with("ly") && word != "family") || SHORT.contains(&word)
}

/// Whether a description of people is of one: "soldier", not "soldiers" or "police".
pub(crate) fn is_singular(word: &str) -> bool {
    const PLURAL: &[&str] = &[
        "armed forces",
        "children",
        "clergy",
        "couple",
        "crew",
        "crowd",
        "elderly",
        "faithful",
        "families",
        "family",
        "forces",
        "fishermen",
        "gang",
        "gunmen",
        "herdsmen",
        "infantry",
        "men",
        "military",
        "militia",
        "mob",
        "personnel",
        "police",
        "policemen",
        "people",
        "schoolchildren",
        "servicemen",
        "staff",
        "troops",
        "women",
        "youth",
        "congregation",
        "army",
        "navy",
        "junta",
        "patrol",
        "gendarmerie",
        "cell",
        "group",
    ];
    let plural = word.ends_with("men") || word.ends_with('s') && !word.ends_with("ss");
    !(plural || PLURAL.contains(&word))
}
