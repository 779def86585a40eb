//! What a user wrote to teach a kind: a sheet in TOML, or judgements as JSON lines.
//!
//! ```text
//! name = "cattle_raid"
//! description = "Armed people take livestock"
//! examples = ["Raiders drove away 150 cows.", …]
//! against = ["Hundreds of cows died in the drought.", …]
//!
//! {"text": "Raiders drove away 150 cows.", "kind": "cattle_raid", "accept": true}
//! ```
//!
//! Several files teach together, so that a reviewer's judgements are added to the sheet that the
//! kind began with. What `tocsin review` exports is read as it is: the first sentence of a report
//! that was judged right or wrong, or whose mode was corrected, is for or against that mode. So a
//! mode of the ontology can be taught too, as a second opinion on it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use engine::eval::json_lines;
use serde::Deserialize;
use serde_json::Value;

use crate::failure::hint;

/// Fewer examples teach nothing that could be checked.
pub(crate) const FEWEST: usize = 5;

/// The sentences that teach one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lesson {
    /// What the user calls the kind.
    pub(crate) name: String,
    /// What the user says it is.
    pub(crate) description: String,
    /// Sentences of the kind.
    pub(crate) examples: Vec<String>,
    /// Sentences that are not.
    pub(crate) against: Vec<String>,
    /// How many sentences stood there twice.
    pub(crate) n_twice: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    name: String,
    #[serde(default)]
    description: String,
    examples: Vec<String>,
    #[serde(default)]
    against: Vec<String>,
}

/// One judgement; other fields of its line are somebody else's.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Sentence(Judgement),
    Review(Review),
}

#[derive(Debug, Deserialize)]
struct Judgement {
    text: String,
    kind: String,
    accept: bool,
}

/// A line that `tocsin review` exports.
#[derive(Debug, Deserialize)]
struct Review {
    task: String,
    #[serde(default)]
    right: Option<bool>,
    #[serde(default)]
    field: Option<String>,
    #[serde(default)]
    value: Option<Value>,
    #[serde(default)]
    reports: Vec<Reviewed>,
}

#[derive(Debug, Deserialize)]
struct Reviewed {
    mode: String,
    evidence: Vec<Quoted>,
}

#[derive(Debug, Deserialize)]
struct Quoted {
    quote: String,
}

impl Line {
    /// The sentences that it is about, with what it says of each.
    fn judgements(self) -> Vec<Judgement> {
        let Review { task, right, field, value, reports } = match self {
            Self::Sentence(judgement) => return vec![judgement],
            Self::Review(review) => review,
        };
        let mut found = Vec::new();
        for Reviewed { mode, evidence } in reports {
            let Some(Quoted { quote: text }) = evidence.into_iter().next() else { continue };
            let mut say = |kind: &str, accept| {
                found.push(Judgement { text: text.clone(), kind: kind.to_owned(), accept });
            };
            match (task.as_str(), right, field.as_deref()) {
                ("report", Some(right), _) => say(&mode, right),
                ("correction", _, Some("mode")) => {
                    let value = value.as_ref().and_then(Value::as_str);
                    if value != Some(&mode) {
                        say(&mode, false);
                    }
                    if let Some(value) = value {
                        say(value, true);
                    }
                }
                _ => {}
            }
        }
        found
    }
}

impl Lesson {
    /// Reads the files; `name` chooses the kind where they have several.
    pub(crate) fn read(paths: &[PathBuf], name: Option<&str>) -> anyhow::Result<Self> {
        let mut lessons = BTreeMap::new();
        for path in paths {
            let named = path.display();
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read \"{named}\""))?;
            add(&text, &mut lessons).map_err(|error| {
                let words = "a sheet has name, description, examples, against; a judgement text, \
                             kind, accept";
                hint(error.context(format!("\"{named}\"")), words)
            })?;
        }
        choose(lessons, name)?.checked()
    }

    /// Reads one file that teaches one kind.
    pub(crate) fn of(path: &Path) -> anyhow::Result<Self> {
        Self::read(&[path.to_owned()], None)
    }

    /// Without what stands there twice; an error if it contradicts itself or is too little.
    pub(crate) fn checked(mut self) -> anyhow::Result<Self> {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if self.name.is_empty() || !self.name.chars().all(fine) {
            let error = anyhow::anyhow!("\"{}\" cannot be the name of a kind", self.name);
            return Err(hint(error, "take small letters, digits and _, such as cattle_raid"));
        }
        let before = self.examples.len() + self.against.len();
        let mut seen = BTreeSet::new();
        self.examples.retain(|text| is_text(text) && seen.insert(key(text)));
        if let Some(both) = self.against.iter().find(|text| seen.contains(&key(text))) {
            let error = anyhow::anyhow!("\"{both}\" is an example of {} and against it", self.name);
            return Err(hint(error, "decide, and take it out of one of the two"));
        }
        self.against.retain(|text| is_text(text) && seen.insert(key(text)));
        self.n_twice = before - self.examples.len() - self.against.len();
        if self.examples.len() < FEWEST {
            let n = self.examples.len();
            let error = anyhow::anyhow!("{} has {n} examples, and needs {FEWEST}", self.name);
            return Err(hint(error, "write more, each put in another way; 10 to 30 do well"));
        }
        Ok(self)
    }
}

/// Adds what one file teaches.
fn add(text: &str, lessons: &mut BTreeMap<String, Lesson>) -> anyhow::Result<()> {
    let lesson = |lessons: &mut BTreeMap<String, Lesson>, name: String, examples, against| {
        let lesson = lessons.entry(name.clone()).or_default();
        lesson.name = name;
        lesson.examples.extend::<Vec<String>>(examples);
        lesson.against.extend::<Vec<String>>(against);
    };
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        let Sheet { name, description, examples, against } =
            toml::from_str(text).context("is no sheet of examples")?;
        lesson(lessons, name.clone(), examples, against);
        if let Some(lesson) = lessons.get_mut(&name) {
            lesson.description = description;
        }
        return Ok(());
    }
    let lines: Vec<Line> =
        json_lines(text.trim_start_matches('\u{feff}')).context("has no judgements")?;
    for Judgement { text, kind, accept } in lines.into_iter().flat_map(Line::judgements) {
        let (with, against) = if accept { (vec![text], vec![]) } else { (vec![], vec![text]) };
        lesson(lessons, kind, with, against);
    }
    Ok(())
}

fn choose(mut lessons: BTreeMap<String, Lesson>, name: Option<&str>) -> anyhow::Result<Lesson> {
    let names: Vec<&str> = lessons.keys().map(String::as_str).collect();
    let name = match (name, &names[..]) {
        (Some(name), _) if names.contains(&name) => name.to_owned(),
        (Some(name), _) => {
            bail!("the files teach {}, and not \"{name}\"", names.join(", "))
        }
        (None, [one]) => (*one).to_owned(),
        (None, []) => bail!("the files teach nothing"),
        (None, [first, ..]) => {
            let error = anyhow::anyhow!("the files teach several kinds: {}", names.join(", "));
            return Err(hint(error, format!("name one, such as --name {first}")));
        }
    };
    lessons.remove(&name).context("the files teach nothing")
}

/// Two sentences with one key are the same but for case, spaces and marks.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_text(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(texts: &[&str], name: Option<&str>) -> anyhow::Result<Lesson> {
        let mut lessons = BTreeMap::new();
        for text in texts {
            add(text, &mut lessons)?;
        }
        choose(lessons, name)?.checked()
    }

    const SHEET: &str = r#"
        name = "dog_bite"
        description = "A dog bites"
        examples = ["One.", "Two.", "Three.", "Four.", "five!", "FIVE"]
        against = ["No."]
    "#;

    #[test]
    fn a_sheet_and_a_reviewers_judgements_teach_together() {
        let lines = r#"{"text": "Six.", "kind": "dog_bite", "accept": true, "by": "ann"}
            {"text": "Never.", "kind": "dog_bite", "accept": false}
            {"text": "Miaow.", "kind": "cat_bite", "accept": true}"#;
        let lesson = lesson(&[SHEET, lines], Some("dog_bite")).unwrap();
        assert_eq!(lesson.description, "A dog bites");
        assert_eq!(lesson.examples, ["One.", "Two.", "Three.", "Four.", "five!", "Six."]);
        assert_eq!(lesson.against, ["No.", "Never."]);
        assert_eq!(lesson.n_twice, 1);
    }

    #[test]
    fn what_a_reviewer_exports_is_read_as_it_is() {
        let lines = r#"{"task": "report", "right": true, "reports": [{"mode": "bombing", "evidence": [{"quote": "A bomb."}, {"quote": "More."}]}]}
            {"task": "correction", "field": "mode", "value": "arson", "reports": [{"mode": "bombing", "evidence": [{"quote": "A fire."}]}]}
            {"task": "correction", "field": "killed", "value": {"best": 3}, "reports": [{"mode": "bombing", "evidence": [{"quote": "Three."}]}]}
            {"task": "pair", "same": true, "reports": []}"#;
        let mut lessons = BTreeMap::new();
        add(lines, &mut lessons).unwrap();
        let bombing = lessons.remove("bombing").unwrap();
        assert_eq!(
            (bombing.examples, bombing.against),
            (vec!["A bomb.".into()], vec!["A fire.".into()])
        );
        assert_eq!(lessons.remove("arson").unwrap().examples, ["A fire."]);
    }

    #[test]
    fn what_cannot_teach_is_refused_with_its_reason() {
        let told = |texts: &[&str], name| format!("{:#}", lesson(texts, name).unwrap_err());
        let few = r#"{"text": "Six.", "kind": "dog_bite", "accept": true}"#;
        assert_eq!(told(&[few], None), "dog_bite has 1 examples, and needs 5");
        let other = few.replace("dog_bite", "cat_bite");
        assert_eq!(told(&[few, &other], None), "the files teach several kinds: cat_bite, dog_bite");
        assert_eq!(told(&[few], Some("x")), "the files teach dog_bite, and not \"x\"");
        let against = r#"{"text": "two", "kind": "dog_bite", "accept": false}"#;
        assert_eq!(
            told(&[SHEET, against], None),
            "\"two\" is an example of dog_bite and against it"
        );
        let spaced = SHEET.replace("dog_bite", "Dog bite");
        assert_eq!(told(&[&spaced], None), "\"Dog bite\" cannot be the name of a kind");
        assert!(told(&["examples = 3"], None).starts_with("is no sheet of examples: "));
        assert!(told(&["{\"text\": 3}"], None).starts_with("has no judgements: line 1: "));
        assert_eq!(told(&[], None), "the files teach nothing");
    }
}
