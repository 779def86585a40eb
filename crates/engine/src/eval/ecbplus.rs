//! `ecbplus`: which documents of ECB+ share an event, and which words tell of one event.
//!
//! Two documents are of one event if some event is annotated in both. The relation is the gold's
//! and need not be transitive; what is given is a clustering. Within and across the documents of a
//! cluster, words that tell of an event are taken for one event if they are forms of one word,
//! which is the usual plain rule; its B³ is that of the documents' clusters as much as its own.

use std::collections::BTreeSet;

use super::{Form, Item, Measure, Tally};
use crate::fold::fold;

/// A document of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gold {
    /// As in the corpus, such as `1_10ecbplus.xml`.
    pub name: String,
    /// Its topic.
    pub topic: u32,
    /// Its words, a sentence a line.
    pub text: String,
    /// The words that were annotated as telling of an event, in sentences that were annotated
    /// throughout.
    pub mentions: Vec<Mention>,
    /// All words of those sentences, with the numbers of their tokens.
    pub words: Vec<(u32, String)>,
}

/// Words that tell of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The numbers of its tokens.
    pub tokens: Vec<u32>,
    /// The words.
    pub words: String,
    /// The event.
    pub event: String,
    /// Whether the event may be told of in other documents.
    pub shared: bool,
}

impl Gold {
    /// The events that other documents may tell of.
    pub fn events(&self) -> BTreeSet<&str> {
        self.mentions.iter().filter(|m| m.shared).map(|m| m.event.as_str()).collect()
    }
}

/// Whether each pair of documents shares an event.
pub fn shared(docs: &[Gold]) -> Vec<Vec<bool>> {
    let events: Vec<BTreeSet<&str>> = docs.iter().map(Gold::events).collect();
    let with = |a: &BTreeSet<&str>| events.iter().map(|b| !a.is_disjoint(b)).collect();
    events.iter().map(with).collect()
}

/// The measures of documents.
pub fn document_measures() -> Vec<Measure> {
    let f1 = |name| Measure { name, form: Form::F1 };
    ["pairs", "pairs, plain rule"].map(f1).to_vec()
}

/// One item a document that has an event: its pairs with all others.
pub fn documents(docs: &[Gold], given: &[usize], plain: &[usize]) -> Vec<Item> {
    let gold = shared(docs);
    let asked: Vec<usize> = (0..docs.len()).filter(|&i| gold[i][i]).collect();
    let item = |&i: &usize| {
        let tally = |labels: &[usize]| {
            let mut sums = [0.0; 3];
            for &j in asked.iter().filter(|&&j| j != i) {
                let (is, said) = (gold[i][j], labels[i] == labels[j]);
                let half = |yes: bool| f64::from(u8::from(yes)) / 2.0;
                sums[0] += half(is && said);
                sums[1] += half(said);
                sums[2] += half(is);
            }
            Tally { right_given: sums[0], given: sums[1], right_wanted: sums[0], wanted: sums[2] }
        };
        let names = |yes: &dyn Fn(usize) -> bool| {
            let names: Vec<&str> = asked
                .iter()
                .filter(|&&j| j != i && yes(j))
                .map(|&j| docs[j].name.trim_end_matches(".xml"))
                .collect();
            names.join(" ")
        };
        let missed = names(&|j| gold[i][j] && given[i] != given[j]);
        let false_ = names(&|j| !gold[i][j] && given[i] == given[j]);
        let mut wrong = Vec::new();
        wrong.extend((!missed.is_empty()).then(|| format!("not with {missed}")));
        wrong.extend((!false_.is_empty()).then(|| format!("with {false_}")));
        Item { id: docs[i].name.clone(), tallies: vec![tally(given), tally(plain)], wrong }
    };
    asked.iter().map(item).collect()
}

/// The measures of words.
pub fn word_measures() -> Vec<Measure> {
    let f1 = |name| Measure { name, form: Form::F1 };
    ["B³, gold mentions", "B³, own mentions"].map(f1).to_vec()
}

/// One item a document: B³ of its mentions. `is_act` says which words tell of an event by our own
/// reading.
pub fn words(docs: &[Gold], given: &[usize], is_act: &dyn Fn(&str) -> bool) -> Vec<Item> {
    let mut gold_things = Vec::new();
    let mut own_things = Vec::new();
    for (d, doc) in docs.iter().enumerate() {
        for mention in &doc.mentions {
            let head = mention.words.split(' ').next_back().unwrap_or_default();
            let thing =
                Thing { doc: d, gold: Some(&mention.event), given: Some(key(given[d], head)) };
            gold_things.push(thing);
        }
        let mut found = BTreeSet::new();
        for (token, word) in doc.words.iter().filter(|(_, word)| is_act(word)) {
            let of = doc.mentions.iter().position(|m| m.tokens.contains(token));
            if of.is_none_or(|n| found.insert(n)) {
                let gold = of.map(|n| doc.mentions[n].event.as_str());
                own_things.push(Thing { doc: d, gold, given: Some(key(given[d], word)) });
            }
        }
        let missed = doc.mentions.iter().enumerate().filter(|(n, _)| !found.contains(n));
        own_things.extend(missed.map(|(_, m)| Thing { doc: d, gold: Some(&m.event), given: None }));
    }
    let [gold, own] = [gold_things, own_things].map(|things| cubed(docs.len(), &things));
    let item = |i: usize| Item {
        id: docs[i].name.clone(),
        tallies: vec![gold[i], own[i]],
        wrong: Vec::new(),
    };
    (0..docs.len()).map(item).collect()
}

/// A mention, what it is of, and what it is said to be of.
struct Thing<'a> {
    doc: usize,
    gold: Option<&'a str>,
    given: Option<(usize, String)>,
}

/// B³ by document, where mentions may be missing on either side.
fn cubed(n: usize, things: &[Thing<'_>]) -> Vec<Tally> {
    use std::collections::BTreeMap;
    let (mut golds, mut givens, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for Thing { gold, given, .. } in things {
        if let Some(gold) = gold {
            *golds.entry(*gold).or_insert(0.0) += 1.0;
        }
        if let Some(given) = given {
            *givens.entry(given).or_insert(0.0) += 1.0;
        }
        if let (Some(gold), Some(given)) = (gold, given) {
            *both.entry((*gold, given)).or_insert(0.0) += 1.0;
        }
    }
    let mut tallies = vec![Tally::default(); n];
    for Thing { doc, gold, given } in things {
        let tally = &mut tallies[*doc];
        tally.given += f64::from(u8::from(given.is_some()));
        tally.wanted += f64::from(u8::from(gold.is_some()));
        if let (Some(gold), Some(given)) = (gold, given) {
            let both: f64 = both[&(*gold, given)];
            tally.right_given += both / givens[given];
            tally.right_wanted += both / golds[gold];
        }
    }
    tallies
}

fn key(cluster: usize, word: &str) -> (usize, String) {
    (cluster, stem(&fold(word)))
}

/// A word without the endings of verbs and plurals.
fn stem(word: &str) -> String {
    const ENDINGS: &[&str] = &["ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y"];
    let cut = ENDINGS.iter().find_map(|end| word.strip_suffix(end).filter(|rest| rest.len() > 2));
    let stem = cut.unwrap_or(word);
    let double =
        stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    stem.get(..stem.len() - usize::from(double)).unwrap_or(stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(name: &str, events: &[&str]) -> Gold {
        let mention = |(n, event): (usize, &&str)| Mention {
            tokens: vec![n as u32],
            words: "struck".into(),
            event: (*event).to_owned(),
            shared: true,
        };
        Gold {
            name: name.into(),
            mentions: events.iter().enumerate().map(mention).collect(),
            words: vec![(0, "struck".into()), (9, "rained".into())],
            ..Gold::default()
        }
    }

    #[test]
    fn documents_that_share_an_event_are_a_pair() {
        let docs = [doc("a", &["1"]), doc("b", &["1", "2"]), doc("c", &["2"]), doc("d", &[])];
        let mut sum = Tally::default();
        for item in documents(&docs, &[0, 0, 1, 1], &[0, 1, 2, 3]) {
            sum += item.tallies[0];
        }
        // a-b and b-c are wanted, a-b is given; d, of which nothing is annotated, is not asked.
        assert_eq!((sum.right_given, sum.given, sum.wanted), (1.0, 1.0, 2.0));
    }

    #[test]
    fn a_missing_mention_lowers_recall_and_a_false_one_precision() {
        let docs = [doc("a", &["1", "2"])];
        let items = words(&docs, &[0], &|word| word == "rained");
        let own = items[0].tallies[1];
        assert_eq!((own.right_given, own.given, own.wanted), (0.0, 1.0, 2.0));
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in
            [["shot", "shots"], ["attack", "attacking"], ["robbed", "robbing"], ["fire", "fired"]]
        {
            assert_eq!(stem(forms[0]), stem(forms[1]));
        }
    }
}
