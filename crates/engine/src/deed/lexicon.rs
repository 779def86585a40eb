//! The tables of deeds and topics: which verb, with what it is about, says which kind of thing.
//!
//! `data/lexicon/deeds.tsv` has verbs by their base form, so the forms come from the verb table;
//! `data/lexicon/topics.tsv` has nouns by their singular. Both explain their columns.

use rustc_hash::FxHashMap;

use crate::fold::fold;
use crate::ontology::Kind;
use crate::table::{BadLine, rows};
use crate::text::words;

/// The texts of the tables, as in `data/lexicon`.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is the file of its name")]
pub struct Sources<'s> {
    pub deeds: &'s str,
    pub topics: &'s str,
}

/// What a verb says; some say something only with what follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// A kind of statement or deed.
    Kind(Kind),
    /// It is promised: AGREE, or THREATEN if what is promised is hostile.
    Promise,
    /// It is intended: AGREE or THREATEN by what is intended, else nothing.
    Intend,
    /// It is refused: REJECT, unless it is hostile.
    Refuse,
    /// It ends: SANCTION if it was friendly, CONCEDE if it was hostile.
    Stop,
    /// It goes on: what follows says what.
    Keep,
    /// It is no deed.
    Nothing,
}

impl Says {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "promise" => Some(Self::Promise),
            "intend" => Some(Self::Intend),
            "refuse" => Some(Self::Refuse),
            "stop" => Some(Self::Stop),
            "keep" => Some(Self::Keep),
            "none" => Some(Self::Nothing),
            kind => Kind::parse(kind).map(Self::Kind),
        }
    }
}

/// A set of topics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Topics(u64);

impl Topics {
    /// A party rather than a thing.
    pub const PARTY: Self = Self(1 << 63);

    /// Both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have a topic in common.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A line of the table, for one verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands behind the verb: "off", "tribute to". Mostly empty.
    pub particle: Vec<Box<str>>,
    /// What it must be about, one of these; empty for anything or nothing.
    pub about: Topics,
    /// What it says.
    pub says: Says,
    /// The nearest code of CAMEO.
    pub cameo: Box<str>,
    /// From -10 hostile to 10 friendly.
    pub strength: i8,
    /// Prepositions behind which the target stands.
    pub to: Vec<Box<str>>,
}

/// Both tables, and the capitals that stand for governments.
#[derive(Clone, Debug, Default)]
pub struct Deeds {
    lines: FxHashMap<Box<str>, Vec<Line>>,
    /// By the last word of a topic's phrase.
    topics: FxHashMap<Box<str>, Vec<Phrase>>,
    seats: FxHashMap<Box<str>, u16>,
}

/// The words of a topic's phrase before the last, and its topics.
type Phrase = (Vec<Box<str>>, Topics);

impl Deeds {
    /// Reads the tables; bad lines are collected. `capitals` are those of the countries, in order.
    pub fn load<'c>(
        sources: &Sources<'_>,
        capitals: impl Iterator<Item = &'c str>,
        bad: &mut Vec<BadLine>,
    ) -> Self {
        let mut deeds = Self::default();
        let mut names: FxHashMap<&str, u64> = FxHashMap::from_iter([("party", Topics::PARTY.0)]);
        for row in rows("lexicon/topics.tsv", sources.topics) {
            match row {
                Err(line) => bad.push(line),
                Ok(row) => {
                    let next = 1 << (names.len() - 1).min(62);
                    let topic = *names.entry(row.cell(0)).or_insert(next);
                    row.list(1).for_each(|noun| deeds.add_topic(noun, topic));
                }
            }
        }
        let about = |cell: &str| match cell {
            "-" => Some(Topics::default()),
            list => {
                list.split('|').try_fold(0, |all, topic| Some(all | names.get(topic)?)).map(Topics)
            }
        };
        for row in rows("lexicon/deeds.tsv", sources.deeds) {
            let read = row.and_then(|row| {
                let line = Line {
                    particle: Vec::new(),
                    about: row.term(1, "topic", about)?,
                    says: row.term(2, "kind", Says::parse)?,
                    cameo: row.cell(3).into(),
                    strength: row.term(4, "strength", |s| s.parse().ok())?,
                    to: row.list(5).map(Box::from).collect(),
                };
                Ok((row, line))
            });
            match read {
                Err(line) => bad.push(line),
                Ok((row, line)) => row.list(0).for_each(|verb| deeds.add_verb(verb, &line)),
            }
        }
        for (capital, n) in capitals.zip(0..) {
            let key = words(capital).map(fold).collect::<Vec<_>>().join(" ");
            if !key.is_empty() {
                deeds.seats.entry(key.into()).or_insert(n);
            }
        }
        deeds
    }

    /// The lines of the verb with this base form.
    pub fn lines(&self, base: &str) -> &[Line] {
        self.lines.get(base).map_or(&[], Vec::as_slice)
    }

    /// The topics of the longest phrase that ends with `key`, where `before(n)` is the key of the
    /// word n places before it.
    pub fn topics<'w>(&self, key: &str, before: impl Fn(usize) -> Option<&'w str>) -> Topics {
        let Some(phrases) = self.topics.get(key) else { return Topics::default() };
        let fits = |words: &[Box<str>]| {
            words.iter().rev().zip(1..).all(|(word, n)| before(n) == Some(word.as_ref()))
        };
        phrases
            .iter()
            .find(|(words, _)| fits(words))
            .map_or(Topics::default(), |(_, topics)| *topics)
    }

    /// The country whose capital has this key.
    pub fn seat(&self, key: &str) -> Option<u16> {
        self.seats.get(key).copied()
    }

    fn add_topic(&mut self, noun: &str, topic: u64) {
        for noun in [noun.to_owned(), plural(noun)] {
            let mut keys: Vec<Box<str>> = words(&noun).map(|w| fold(w).into()).collect();
            let Some(last) = keys.pop() else { continue };
            let phrases = self.topics.entry(last).or_default();
            match phrases.iter_mut().find(|(words, _)| *words == keys) {
                Some((_, topics)) => topics.0 |= topic,
                None => phrases.push((keys, Topics(topic))),
            }
            // The longest phrase first.
            phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        }
    }

    fn add_verb(&mut self, verb: &str, line: &Line) {
        let mut parts = words(verb).map(|w| Box::<str>::from(fold(w)));
        let Some(base) = parts.next() else { return };
        let particle = parts.collect();
        let lines = self.lines.entry(base).or_default();
        lines.push(Line { particle, ..line.clone() });
    }
}

/// The plural of a noun by the rules of spelling.
fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end));
    format!("{noun}{}", if hissing { "es" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: Sources<'_> = Sources {
        deeds: "verbs\tabout\tkind\tcameo\tstrength\tto\tnote\n\
                lift|call off\tban\tCONCEDE\t081\t5\ton|in\t\n\
                vow\t-\tpromise\t030\t3\t\t\n\
                dance\ttango\tAID\t070\t7\t\t\n\
                sing\t-\tMUSIC\t070\t7\t\t\n",
        topics: "topic\tnouns\tnote\nban\tcurfew|state of emergency\t\nbody\temergency\t\n",
    };

    #[test]
    fn strange_topics_and_kinds_are_bad_lines() {
        let mut bad = Vec::new();
        Deeds::load(&SOURCES, std::iter::empty(), &mut bad);
        let bad: Vec<String> = bad.iter().map(ToString::to_string).collect();
        assert_eq!(
            bad,
            [
                "data/lexicon/deeds.tsv:4: \"tango\" is no topic",
                "data/lexicon/deeds.tsv:5: \"MUSIC\" is no kind"
            ]
        );
    }

    #[test]
    fn the_longest_phrase_gives_the_topic() {
        let deeds = Deeds::load(&SOURCES, ["Port Alder"].into_iter(), &mut Vec::new());
        let ban = deeds.lines("call")[0].about;
        assert_eq!(deeds.lines("call")[0].particle, [Box::from("off")]);
        let of = |phrase: &str| {
            let words: Vec<&str> = phrase.split(' ').rev().collect();
            deeds.topics(words[0], |n| words.get(n).copied())
        };
        assert!(of("a state of emergency").meets(ban));
        assert!(!of("an emergency").meets(ban) && !of("an emergency").is_empty());
        assert!(of("curfews").meets(ban));
        assert_eq!(deeds.seat("port alder"), Some(0));
    }
}
