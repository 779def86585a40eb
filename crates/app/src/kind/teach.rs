//! A lesson → a kind, with what cross-validation says of it.
//!
//! The kind must be told from three sorts of others: sentences that the user says are not of it,
//! sentences of documents that the user says have none, and `others.txt`, some hundred sentences of
//! our own news that every kind is told from. One of ours may be of the kind by chance; it is then
//! among those that were taken for it, which are shown.

use neural::{Centre, Fitting};
use sha2::{Digest, Sha256};

use super::lesson::{Lesson, key};
use super::{Checked, FORM, OwnKind, Taught};
use crate::model::{self, GENERATION};
use crate::work;

const OTHERS: &str = include_str!("others.txt");

/// What a sentence that the user names as against the kind counts beside one of ours.
const AGAINST_COUNTS: f32 = 5.0;
/// Folds of the cross-validation, unless there are fewer examples.
const FOLDS: usize = 10;
/// Two examples more alike than this say the same.
const TWINS: f32 = 0.85;
/// Sentences that are read together.
const TOGETHER: usize = 32;
/// Of the user's documents no more sentences than this are taken, evenly.
const MOST_DATA: usize = 1_000;

/// A kind, and what the user should know of how it was learned.
pub(crate) struct Learned {
    pub(crate) kind: OwnKind,
    /// Examples that were not found without themselves.
    pub(crate) missed: Vec<String>,
    /// Sentences against it that were taken for it.
    pub(crate) taken: Vec<String>,
    /// Pairs of examples that say nearly the same.
    pub(crate) twins: Vec<(String, String)>,
}

/// What a sentence is to the kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Example,
    Against,
    Data,
    Ours,
}

/// Learns a kind from a lesson and from `data`, sentences of documents without it.
pub(crate) fn teach(lesson: &Lesson, data: &[String], threshold: f32) -> anyhow::Result<Learned> {
    let (texts, parts) = sentences(lesson, data);
    let (vectors, centre) = vectors(&texts, &parts)?;
    let fitting = Fitting::new(&vectors);
    let wanted: Vec<bool> = parts.iter().map(|part| *part == Part::Example).collect();
    let examples = lesson.examples.len();
    let counts: Vec<f32> = parts
        .iter()
        .map(|part| if *part == Part::Against { AGAINST_COUNTS } else { 1.0 })
        .collect();
    let folds = FOLDS.min(examples);
    let foretold = foretold(&fitting, &wanted, &counts, folds);
    let taken_of = |sort: &[Part]| -> Vec<String> {
        let all = texts.iter().zip(&parts).zip(&foretold);
        all.filter(|((_, part), p)| sort.contains(part) && **p >= threshold)
            .map(|((text, _), _)| (*text).to_owned())
            .collect()
    };
    let found = taken_of(&[Part::Example]);
    let (against, others) = (taken_of(&[Part::Against]), taken_of(&[Part::Data, Part::Ours]));
    let line = fitting.line(&fitting.solve(&wanted, &counts));
    let number = |sort: Part| parts.iter().filter(|part| **part == sort).count();
    let of = |n: usize| texts.get(n).map_or_else(String::new, |text| (*text).to_owned());
    let kind = OwnKind {
        form: FORM.to_owned(),
        name: lesson.name.clone(),
        description: lesson.description.clone(),
        generation: GENERATION.to_owned(),
        taught: Taught {
            examples,
            against: lesson.against.len(),
            data: number(Part::Data),
            others: number(Part::Ours),
            digest: digest(&texts, &parts),
        },
        checked: Checked {
            folds,
            found: found.len(),
            against_taken: against.len(),
            others_taken: others.len(),
        },
        threshold,
        bias: line.bias,
        centre: centre.mean().to_vec(),
        weights: line.weights,
    };
    Ok(Learned {
        missed: lesson.examples.iter().filter(|text| !found.contains(text)).cloned().collect(),
        taken: [against, others].concat(),
        twins: twins(&fitting, examples).map(|(i, j)| (of(i), of(j))).collect(),
        kind,
    })
}

/// All sentences, the examples first; of ours and of `data` those that the lesson does not have.
fn sentences<'a>(lesson: &'a Lesson, data: &'a [String]) -> (Vec<&'a str>, Vec<Part>) {
    let own = |texts: &'a [String], part| texts.iter().map(move |text| (text.as_str(), part));
    let step = data.len().div_ceil(MOST_DATA).max(1);
    let said = own(&lesson.examples, Part::Example).chain(own(&lesson.against, Part::Against));
    let mut seen: std::collections::BTreeSet<String> = said.clone().map(|s| key(s.0)).collect();
    let data = data.iter().step_by(step).map(|text| (text.as_str(), Part::Data));
    let ours = OTHERS.lines().map(|text| (text, Part::Ours));
    let others: Vec<(&str, Part)> =
        data.chain(ours).filter(|(text, _)| seen.insert(key(text))).collect();
    said.chain(others).unzip()
}

/// The vectors of all sentences, without what news has in common.
fn vectors(texts: &[&str], parts: &[Part]) -> anyhow::Result<(Vec<Vec<f32>>, Centre)> {
    let encoder = model::encoder();
    let mut vectors: Vec<Vec<f32>> = Vec::with_capacity(texts.len());
    work::in_order(
        texts.chunks(TOGETHER),
        |texts| encoder.embed(texts),
        |made| {
            vectors.extend(made?);
            Ok(())
        },
    )?;
    let is_other = |part: &Part| matches!(part, Part::Data | Part::Ours);
    let others = vectors.iter().zip(parts).filter(|(_, part)| is_other(part));
    let others: Vec<Vec<f32>> = others.map(|(vector, _)| vector.clone()).collect();
    let centre = Centre::of(&others, encoder.embedding_part());
    Ok((vectors.iter().map(|vector| centre.apply(vector)).collect(), centre))
}

/// For each sentence the probability that a fit without its fold gives it.
fn foretold(fitting: &Fitting<'_>, wanted: &[bool], counts: &[f32], folds: usize) -> Vec<f32> {
    let mut foretold = vec![0.0; wanted.len()];
    // Examples stand first, so that all folds have as many of them but for one.
    for fold in 0..folds {
        let without = counts.iter().enumerate();
        let without: Vec<f32> =
            without.map(|(n, &count)| if n % folds == fold { 0.0 } else { count }).collect();
        let solution = fitting.solve(wanted, &without);
        for (n, p) in foretold.iter_mut().enumerate().filter(|(n, _)| n % folds == fold) {
            *p = solution.probability(n);
        }
    }
    foretold
}

fn twins(fitting: &Fitting<'_>, examples: usize) -> impl Iterator<Item = (usize, usize)> {
    let pairs = (0..examples).flat_map(move |j| (0..j).map(move |i| (i, j)));
    pairs.filter(|&(i, j)| fitting.likeness(i, j) >= TWINS)
}

/// Over all that the user gave.
fn digest(texts: &[&str], parts: &[Part]) -> String {
    let mut hasher = Sha256::new();
    for (text, part) in texts.iter().zip(parts) {
        let sort: &[u8] = match part {
            Part::Example => b"+",
            Part::Against => b"-",
            Part::Data => b"0",
            Part::Ours => continue,
        };
        hasher.update(sort);
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson() -> Lesson {
        let examples = [
            "Armed men stole 300 cows from the camp.",
            "Raiders drove away 150 head of cattle after a gun battle.",
            "Rustlers took 80 goats and killed two herders.",
            "Gunmen seized the livestock of eleven families.",
            "Warriors raided three kraals and left with camels.",
            "Rustlers took 90 goats and killed two herders.",
        ];
        Lesson {
            name: "cattle_raid".into(),
            examples: examples.map(str::to_owned).to_vec(),
            against: vec!["Prices at the cattle market rose.".into()],
            ..Lesson::default()
        }
    }

    #[test]
    fn a_kind_is_learned_and_the_same_each_time() {
        let learned = teach(&lesson(), &["The match ended in a draw.".into()], 0.6).unwrap();
        let kind = &learned.kind;
        assert_eq!((kind.taught.examples, kind.taught.against, kind.taught.data), (6, 1, 1));
        assert!(kind.checked.found >= 3, "{:?} {:?}", kind.checked, learned.missed);
        assert!(kind.checked.others_taken <= 6, "{:?} {:?}", kind.checked, learned.taken);
        assert_eq!(learned.twins.len(), 1, "{:?}", learned.twins);
        let again = teach(&lesson(), &["The match ended in a draw.".into()], 0.6).unwrap();
        assert_eq!(again.kind.written().unwrap(), kind.written().unwrap());
    }

    #[test]
    fn what_the_user_says_is_not_of_ours() {
        let mut lesson = lesson();
        lesson.against.extend(OTHERS.lines().next().map(str::to_owned));
        let (texts, parts) = sentences(&lesson, &[]);
        assert_eq!(texts.len(), 6 + OTHERS.lines().count() + 1);
        assert_eq!(parts.iter().filter(|part| **part == Part::Against).count(), 2);
        let mut longer = lesson.clone();
        longer.examples.swap(0, 1);
        let (moved, _) = sentences(&longer, &[]);
        assert_ne!(digest(&texts, &parts), digest(&moved, &parts));
    }
}
