//! Own kinds: a few sentences of a user's → a small file → marks on the sentences of documents.
//!
//! `lesson` reads what the user wrote, `teach` fits and cross-validates, this module is the file,
//! `mark` finds sentences with it. A kind is learned on the encoder's vectors, so a file is good
//! for one generation of the weights only.

pub(crate) mod lesson;
pub(crate) mod mark;
pub(crate) mod teach;

use std::path::Path;

use anyhow::{Context, bail};
use neural::{Centre, Line};
use serde::{Deserialize, Serialize};

use crate::failure::hint;
use crate::model::GENERATION;

/// What the first field of a file says.
const FORM: &str = "tocsin own kind 1";

/// A kind that was taught, as it stands in its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct OwnKind {
    form: String,
    /// As the user calls it.
    pub(crate) name: String,
    /// What the user says it is.
    pub(crate) description: String,
    /// The weights whose vectors it was learned on.
    generation: String,
    /// What it was learned from.
    pub(crate) taught: Taught,
    /// What cross-validation made of it.
    pub(crate) checked: Checked,
    /// From which probability on a sentence is of the kind.
    pub(crate) threshold: f32,
    bias: f32,
    centre: Vec<f32>,
    weights: Vec<f32>,
}

/// How many sentences there were of each sort, and which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Taught {
    /// Sentences of the kind.
    pub(crate) examples: usize,
    /// Sentences that the user says are not.
    pub(crate) against: usize,
    /// Sentences of the user's other documents.
    pub(crate) data: usize,
    /// Sentences of ours.
    pub(crate) others: usize,
    /// SHA-256 over all of the user's.
    pub(crate) digest: String,
}

/// Numbers of sentences that were foretold by a fit without them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checked {
    /// How many fits.
    pub(crate) folds: usize,
    /// Examples that were found.
    pub(crate) found: usize,
    /// Sentences against it that were taken for it.
    pub(crate) against_taken: usize,
    /// Other sentences that were taken for it.
    pub(crate) others_taken: usize,
}

impl OwnKind {
    /// Reads a file and checks that it is good for this program.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read \"{name}\""))?;
        Self::parse(&text).map_err(|error| {
            let words = "make it with tocsin train-kind from the file of examples";
            hint(error.context(format!("\"{name}\"")), words)
        })
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let kind: Self = serde_json::from_str(text).context("is no file of an own kind")?;
        if kind.form != FORM {
            bail!("has the form \"{}\", and this program reads \"{FORM}\"", kind.form);
        }
        if kind.generation != GENERATION {
            bail!(
                "was made for the weights {}, and this program has {GENERATION}",
                kind.generation
            );
        }
        let numbers = kind.centre.iter().chain(&kind.weights).chain([&kind.bias]);
        let are_finite = numbers.copied().all(f32::is_finite);
        let whole = kind.centre.len() == kind.weights.len()
            && kind.centre.len() == 3 * crate::model::encoder().embedding_part()
            && are_finite
            && (0.0..=1.0).contains(&kind.threshold);
        if !whole {
            bail!("is damaged");
        }
        Ok(kind)
    }

    /// The file's content.
    pub(crate) fn written(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string(self)? + "\n")
    }

    /// What marks sentences.
    pub(crate) fn parts(&self) -> (Centre, Line) {
        let centre = Centre::new(self.centre.clone(), self.centre.len() / 3);
        (centre, Line { weights: self.weights.clone(), bias: self.bias })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        format!("{:#}", OwnKind::parse(text).unwrap_err())
    }

    #[test]
    fn what_is_no_file_of_this_program_is_refused() {
        assert!(refused("{}").starts_with("is no file of an own kind: missing field"));
        let kind = |form: &str, generation: &str| {
            format!(
                r#"{{"form":"{form}","name":"a","description":"","generation":"{generation}",
                "taught":{{"examples":5,"against":0,"data":0,"others":9,"digest":""}},
                "checked":{{"folds":5,"found":5,"against_taken":0,"others_taken":0}},
                "threshold":0.6,"bias":0.0,"centre":[0.0],"weights":[1.0]}}"#
            )
        };
        assert_eq!(
            refused(&kind("x", GENERATION)),
            "has the form \"x\", and this program reads \"tocsin own kind 1\""
        );
        let old = refused(&kind(FORM, "1999-z"));
        assert!(old.starts_with("was made for the weights 1999-z, and this program has "), "{old}");
        assert_eq!(refused(&kind(FORM, GENERATION)), "is damaged");
    }
}
