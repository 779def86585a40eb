//! The tables of deeds and topics: which verb, with what it is about, says which kind of thing.
//!
//! `data/lexicon/deeds.tsv` has verbs by their base form, so the forms come from the verb table;
//! `data/lexicon/topics.tsv` has nouns by their singular. Both explain their columns.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::fold::{fold, fold_phrase};
use crate::ontology::Kind;
use crate::pack::cells::{choice, record};
use crate::pack::words::Dictionary;
use crate::sources::Sources;
use crate::table::BadLine;
use crate::text::words;

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
    /// It is said; what follows says what.
    Say,
    /// It is made ready: MOBILIZE if it is violence, else as what is intended.
    Prepare,
    /// It is violence, which has its own lexicon; here it only tells what is promised or stopped.
    Violence,
    /// It is no deed.
    Nothing,
}

choice!(Says {
    0 Kind(kind), 1 Promise, 2 Intend, 3 Refuse, 4 Stop, 5 Keep, 6 Say, 7 Prepare, 8 Violence, 9 Nothing
});

impl Says {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "promise" => Some(Self::Promise),
            "intend" => Some(Self::Intend),
            "refuse" => Some(Self::Refuse),
            "stop" => Some(Self::Stop),
            "keep" => Some(Self::Keep),
            "say" => Some(Self::Say),
            "prepare" => Some(Self::Prepare),
            "violence" => Some(Self::Violence),
            "none" => Some(Self::Nothing),
            kind => Kind::parse(kind).map(Self::Kind),
        }
    }
}

/// A set of topics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Topics(u64);

record!(Topics(bits));

impl Topics {
    /// A party rather than a thing.
    pub const PARTY: Self = Self(1 << 63);
    /// Nothing: the verb has no object.
    pub const ALONE: Self = Self(1 << 62);

    /// Both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set without those of `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
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
    pub particle: Vec<&'static str>,
    /// What it must be about, one of these; empty for anything or nothing.
    pub about: Topics,
    /// What it says.
    pub says: Says,
    /// The nearest code of CAMEO.
    pub cameo: &'static str,
    /// From -10 hostile to 10 friendly.
    pub strength: i8,
    /// Prepositions behind which the target stands.
    pub to: Vec<&'static str>,
}

record!(Line { particle, about, says, cameo, strength, to });

impl Line {
    /// Whether it says a deed, or what becomes of one.
    pub fn tells(&self) -> bool {
        !matches!(self.says, Says::Nothing | Says::Say | Says::Violence)
    }
}

/// Both tables, and the capitals that stand for governments.
#[derive(Clone, Debug, Default)]
pub struct Deeds {
    lines: Dictionary<Vec<Line>>,
    /// By the last word of a topic's phrase.
    topics: Dictionary<Vec<Phrase>>,
    seats: Dictionary<u16>,
}

record!(Deeds { lines, topics, seats });

/// The words of a topic's phrase before the last, and its topics.
type Phrase = (Vec<&'static str>, Topics);

/// What is read of the tables so far.
#[derive(Default)]
struct Maker {
    lines: BTreeMap<String, Vec<Line>>,
    topics: BTreeMap<String, Vec<Phrase>>,
}

impl Deeds {
    /// Reads the tables; bad lines are collected. `capitals` are those of the countries, in order.
    pub fn load<'c>(
        sources: &Sources,
        capitals: impl Iterator<Item = &'c str>,
        bad: &mut Vec<BadLine>,
    ) -> Self {
        let mut made = Maker::default();
        let mut names: FxHashMap<&str, u64> =
            FxHashMap::from_iter([("party", Topics::PARTY.0), ("alone", Topics::ALONE.0)]);
        for row in sources.rows("lexicon/topics.tsv") {
            match row {
                Err(line) => bad.push(line),
                Ok(row) => {
                    let next = 1 << (names.len() - 2).min(61);
                    let topic = *names.entry(row.cell(0)).or_insert(next);
                    row.list(1).for_each(|noun| made.add_topic(noun, topic));
                }
            }
        }
        let about = |cell: &str| match cell {
            "-" => Some(Topics::default()),
            list => {
                list.split('|').try_fold(0, |all, topic| Some(all | names.get(topic)?)).map(Topics)
            }
        };
        for row in sources.rows("lexicon/deeds.tsv") {
            let read = row.and_then(|row| {
                let line = Line {
                    particle: Vec::new(),
                    about: row.term(1, "topic", about)?,
                    says: row.term(2, "kind", Says::parse)?,
                    cameo: row.cell(3),
                    strength: row.term(4, "strength", |s| s.parse().ok())?,
                    to: row.list(5).collect(),
                };
                Ok((row, line))
            });
            match read {
                Err(line) => bad.push(line),
                Ok((row, line)) => row.list(0).for_each(|verb| made.add_verb(verb, &line)),
            }
        }
        let mut seats = BTreeMap::new();
        for (capital, n) in capitals.zip(0..) {
            seats.entry(fold_phrase(capital)).or_insert(n);
        }
        Self {
            lines: Dictionary::of(made.lines),
            topics: Dictionary::of(made.topics),
            seats: Dictionary::of(seats),
        }
    }

    /// The lines of the verb with this base form.
    pub fn lines(&self, base: &str) -> &[Line] {
        self.lines.find(base).map_or(&[], Vec::as_slice)
    }

    /// Whether the verb with this base form can say a deed, with what follows it.
    pub fn tells(&self, base: &str) -> bool {
        self.lines(base).iter().any(Line::tells)
    }

    /// The topics of the longest phrase that ends with `key`, where `before(n)` is the key of the
    /// word n places before it.
    pub fn topics<'w>(&self, key: &str, before: impl Fn(usize) -> Option<&'w str>) -> Topics {
        let Some(phrases) = self.topics.find(key) else { return Topics::default() };
        let fits =
            |words: &[&str]| words.iter().rev().zip(1..).all(|(word, n)| before(n) == Some(*word));
        phrases
            .iter()
            .find(|(words, _)| fits(words))
            .map_or(Topics::default(), |(_, topics)| *topics)
    }

    /// All topics that a phrase among these words can have; an empty key is no word.
    pub fn all_topics(&self, keys: &[&str]) -> Topics {
        let mut all = Topics::default();
        for (n, key) in keys.iter().enumerate() {
            let before = keys.get(..n).unwrap_or_default();
            let phrases = self.topics.find(key).into_iter().flatten();
            all = phrases.filter(|(words, _)| before.ends_with(words)).fold(all, |a, p| a.and(p.1));
        }
        all
    }

    /// The topic of nouns for those who act politically: "parliament", "opposition", "envoy".
    pub fn politic(&self) -> Topics {
        self.topics("parliament", |_| None)
    }

    /// The country whose capital has this key.
    pub fn seat(&self, key: &str) -> Option<u16> {
        self.seats.find(key).copied()
    }
}

impl Maker {
    fn add_topic(&mut self, noun: &str, topic: u64) {
        for noun in [noun.to_owned(), plural(noun)] {
            let mut keys = keys(&noun);
            let Some(last) = keys.pop() else { continue };
            let phrases = self.topics.entry(last.to_owned()).or_default();
            match phrases.iter_mut().find(|(words, _)| *words == keys) {
                Some((_, topics)) => topics.0 |= topic,
                None => phrases.push((keys, Topics(topic))),
            }
            // The longest phrase first.
            phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        }
    }

    fn add_verb(&mut self, verb: &str, line: &Line) {
        let keys = keys(verb);
        let Some((base, particle)) = keys.split_first() else { return };
        let particle = particle.to_vec();
        self.lines.entry((*base).to_owned()).or_default().push(Line { particle, ..line.clone() });
    }
}

/// The keys of the words of a phrase, kept as the texts of the tables are.
fn keys(phrase: &str) -> Vec<&'static str> {
    words(phrase).map(|word| &*fold(word).leak()).collect()
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

    fn sources() -> Sources {
        let deeds = "verbs\tabout\tkind\tcameo\tstrength\tto\tnote\n\
                lift|call off\tban\tCONCEDE\t081\t5\ton|in\t\n\
                vow\t-\tpromise\t030\t3\t\t\n\
                dance\ttango\tAID\t070\t7\t\t\n\
                sing\t-\tMUSIC\t070\t7\t\t\n";
        let topics = "topic\tnouns\tnote\nban\tcurfew|state of emergency\t\nbody\temergency\t\n";
        Sources::of([("lexicon/deeds.tsv", deeds), ("lexicon/topics.tsv", topics)])
    }

    #[test]
    fn strange_topics_and_kinds_are_bad_lines() {
        let mut bad = Vec::new();
        Deeds::load(&sources(), std::iter::empty(), &mut bad);
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
        let deeds = Deeds::load(&sources(), ["Port Alder"].into_iter(), &mut Vec::new());
        let ban = deeds.lines("call")[0].about;
        assert_eq!(deeds.lines("call")[0].particle, ["off"]);
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
