//! The gold of `plover`: annotated sentences, in one JSON array or as values one after the other.
//!
//! A sentence that tells of two events stands there twice; here it is one item with two events.

use serde::Deserialize;

use super::codes::{Codes, Side};
use crate::eval::BadGold;
use crate::ontology::Kind;

/// One annotated event, as it stands in the file; what is not scored is left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the data")]
pub struct Annotation {
    pub id: String,
    pub event: String,
    pub text: String,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub source: Parties,
    #[serde(default)]
    pub target: Parties,
}

/// The parties of one side: several, one, or none, which the data write as an empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the forms are those of the data")]
pub enum Parties {
    Several(Vec<Party>),
    One(Party),
    Words(String),
    #[default]
    None,
}

/// One party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the data")]
pub struct Party {
    #[serde(rename = "actorText", default)]
    pub words: String,
    #[serde(default)]
    pub code: String,
}

impl Parties {
    fn sides(&self, codes: &Codes) -> Vec<Side> {
        let parties = match self {
            Self::Several(parties) => parties.as_slice(),
            Self::One(party) => std::slice::from_ref(party),
            Self::Words(_) | Self::None => &[],
        };
        let mut sides: Vec<Side> = parties.iter().filter_map(|p| codes.side(&p.code)).collect();
        sides.sort();
        sides.dedup();
        sides
    }
}

/// A sentence with all its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// The day of the article, if the gold gives one.
    pub date: Option<String>,
    /// In the order of the file.
    pub events: Vec<Event>,
}

/// What is scored of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Names it.
    pub id: String,
    /// Its kind in our terms.
    pub kind: Kind,
    /// Who did or said it.
    pub source: Vec<Side>,
    /// To whom.
    pub target: Vec<Side>,
}

impl Sentence {
    /// The ids of its events.
    pub fn id(&self) -> String {
        self.events.iter().map(|e| e.id.as_str()).collect::<Vec<_>>().join("+")
    }
}

/// The kind that the gold's word means. Three words are of the PLOVER of 2016: DEMAND has become
/// REQUEST, and DISAPPROVE and INVESTIGATE are ACCUSE.
pub fn kind(event: &str) -> Option<Kind> {
    match event {
        "DEMAND" => Some(Kind::Request),
        "DISAPPROVE" | "INVESTIGATE" => Some(Kind::Accuse),
        _ => Kind::parse(event),
    }
}

/// The gold's word for a kind.
pub fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Request => "DEMAND",
        Kind::Accuse => "DISAPPROVE",
        kind => kind.as_str(),
    }
}

/// Reads the gold.
///
/// # Errors
/// When it is not JSON of this form; the line is the one at which the value ends.
pub fn read(text: &str, codes: &Codes) -> Result<Vec<Sentence>, BadGold> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Value {
        Array(Vec<Annotation>),
        One(Box<Annotation>),
    }
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    while let Some(value) = values.next() {
        let line = 1 + text.get(..values.byte_offset()).map_or(0, |t| t.matches('\n').count());
        let bad = |what: String| BadGold { line, what };
        let annotations = match value.map_err(|error| bad(error.to_string()))? {
            Value::Array(several) => several,
            Value::One(one) => vec![*one],
        };
        for found in annotations {
            let kind = kind(&found.event).ok_or_else(|| {
                bad(format!("\"{}\" of \"{}\" is no event", found.event, found.id))
            })?;
            let (source, target) = (found.source.sides(codes), found.target.sides(codes));
            let event = Event { id: found.id, kind, source, target };
            match sentences.iter_mut().find(|s| s.text == found.text) {
                Some(sentence) => sentence.events.push(event),
                None => sentences.push(Sentence {
                    text: found.text,
                    date: found.date,
                    events: vec![event],
                }),
            }
        }
    }
    Ok(sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"
        {"id": "a", "event": "DEMAND", "text": "Ruritania demanded it.",
         "source": [{"actorText": "Ruritania", "code": "FRA"}], "target": ""}
        {"id": "b", "event": "AID", "text": "Ruritania demanded it.", "source": {"code": "IGO"}}
    "#;

    #[test]
    fn values_one_after_the_other_and_an_array_read_alike() {
        let codes = Codes::load();
        let stream = read(TWO, &codes).unwrap();
        let array = format!("[{}]", TWO.replacen("}\n        {\"id\"", "},{\"id\"", 1));
        assert_eq!(read(&array, &codes).unwrap(), stream);
        assert_eq!(stream.len(), 1);
        assert_eq!(stream[0].id(), "a+b");
        assert_eq!(stream[0].events[0].kind, Kind::Request);
        assert_eq!(stream[0].events[0].target, []);
        assert_eq!(stream[0].events[1].source, [Side::Bodies]);
    }

    #[test]
    fn a_strange_event_is_named() {
        let text = r#"{"id": "a", "event": "DANCE", "text": "They danced."}"#;
        let bad = read(text, &Codes::load()).unwrap_err();
        assert_eq!(bad.to_string(), "line 1: \"DANCE\" of \"a\" is no event");
    }
}
