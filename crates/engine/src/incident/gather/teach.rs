//! Learning what the signs of one incident are worth, from messages whose templates are known.
//!
//! A frame belongs to the template most of whose fillers stand in its words; one of which that cannot
//! be said teaches nothing. Logistic regression, with a pull to nothing on the standardised signs.

use super::Pairs;
use super::worth::{NAMES, Signs, Worths};
use crate::eval::muc::{Entity, Role, Template};
use crate::fold::fold;
use crate::frame::Frame;
use crate::link::learn::{Row, newton};
use crate::text::Text;

/// The spread of what is as good as not pulled.
const FREE: f64 = 0.01;

/// How strongly worths are pulled to nothing.
const PULL: f64 = 33.0;

/// What an entity of a role tells of which incident a sentence is. Those who did it are often the
/// same in all of a message.
const fn weight(role: Role) -> f32 {
    match role {
        Role::Victim | Role::Target => 2.0,
        Role::Weapon => 1.0,
        Role::PerpInd | Role::PerpOrg => 0.5,
    }
}

/// Where the sign of the rules stands.
const RULED: usize = NAMES.len() - 1;

/// What the same type tells beside a filler.
const TYPE: f32 = 0.6;
/// A frame with less is of no template that could be named.
const LEAST: f32 = 1.0;

/// What there is to learn from in a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// The words of each frame that tells of an incident, and its MUC-4 type, empty if it has none.
    frames: Vec<(String, &'static str)>,
    /// Each two of them.
    pairs: Vec<(usize, usize, Signs)>,
}

impl Lesson {
    /// Of the pairs of a message.
    pub(crate) fn of(pairs: &Pairs, frames: &[Frame], text: &Text<'_>) -> Self {
        let taught = |frame: &Frame| {
            let span = text.span(frame.tokens.start, frame.tokens.end);
            let words = span.map_or("", |span| span.of(text.source));
            (words.to_owned(), frame.act.mode.map_or("", |mode| mode.terms().muc4))
        };
        let told = pairs.told.iter().filter_map(|&i| frames.get(i));
        Self { frames: told.map(taught).collect(), pairs: pairs.signs.clone() }
    }

    /// The pairs of which the templates of the message say whether they are one incident.
    pub fn examples(&self, gold: &[Template]) -> Vec<Example> {
        let of: Vec<Vec<usize>> =
            self.frames.iter().map(|(words, kind)| templates_of(words, kind, gold)).collect();
        let known = self.pairs.iter().filter(|(a, b, _)| !of[*a].is_empty() && !of[*b].is_empty());
        let example = |&(a, b, signs): &(usize, usize, Signs)| {
            let same = of[a].iter().any(|template| of[b].contains(template));
            Example { signs, same }
        };
        known.map(example).collect()
    }
}

/// Two frames of a message, and whether they are one incident.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Example {
    /// What they have in common.
    pub signs: Signs,
    /// Whether a template has both.
    pub same: bool,
}

impl Example {
    /// Whether the rules of days and places took them for one.
    pub fn is_ruled(&self) -> bool {
        self.signs[RULED] > 0.0
    }
}

/// The templates that a frame most likely tells of, as numbers.
fn templates_of(words: &str, kind: &str, gold: &[Template]) -> Vec<usize> {
    let words = plain(words);
    let stands =
        |entity: &&Entity| entity.0.iter().any(|mention| words.contains(&plain(mention.words())));
    let score = |template: &Template| {
        let own = |role: Role| template.fillers.of(role).iter().filter(stands).count() as f32;
        let fillers: f32 = Role::ALL.into_iter().map(|role| weight(role) * own(role)).sum();
        let typed = !kind.is_empty() && template.incident_type.contains(kind);
        if typed && fillers > 0.0 { fillers + TYPE } else { fillers }
    };
    let scores: Vec<f32> = gold.iter().map(score).collect();
    let most = scores.iter().copied().fold(LEAST, f32::max);
    (0..scores.len()).filter(|&i| scores[i] >= most).collect()
}

/// Small letters, single spaces around every word and no marks.
fn plain(words: &str) -> String {
    let folded = fold(words);
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.fold(" ".to_owned(), |all, word| all + word + " ")
}

/// What the signs are worth by the examples.
pub fn teach(examples: &[Example]) -> Worths {
    let spread: [f64; NAMES.len()] = std::array::from_fn(|i| spread(examples, i));
    let row = |example: &Example| {
        let parts = example.signs.iter().zip(spread).enumerate();
        Row {
            parts: parts.map(|(i, (sign, spread))| (i, f64::from(*sign) / spread)).collect(),
            answer: f64::from(u8::from(example.same)),
            weight: 1.0,
        }
    };
    let rows: Vec<Row> = examples.iter().map(row).collect();
    let worths = newton(&rows, &[0.0; NAMES.len()], PULL);
    Worths::of(std::array::from_fn(|i| (worths[i] / spread[i]) as f32))
}

/// The standard deviation of a sign. That of the one that every pair has is so small that nothing pulls
/// it; one that no example has stays worth nothing.
fn spread(examples: &[Example], sign: usize) -> f64 {
    let count = examples.len().max(1) as f64;
    let mean = examples.iter().map(|e| f64::from(e.signs[sign])).sum::<f64>() / count;
    let squares = examples.iter().map(|e| (f64::from(e.signs[sign]) - mean).powi(2)).sum::<f64>();
    let spread = (squares / count).sqrt();
    if spread > 1e-6 { spread } else { FREE }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates() -> Vec<Template> {
        serde_json::from_str(
            r#"[{"incident_type": "attack", "Victim": [[["Ana Ruiz", 3]]], "PerpInd": [["rebels"]]},
                {"incident_type": "bombing", "Target": [["a bridge"]], "PerpInd": [["rebels"]]}]"#,
        )
        .unwrap()
    }

    #[test]
    fn a_frame_is_of_the_templates_whose_fillers_stand_in_it() {
        let of = |words, kind| templates_of(words, kind, &templates());
        assert_eq!(of("the rebels shot\nANA RUIZ.", "attack"), [0]);
        assert_eq!(of("the rebels blew up a bridge", "bombing"), [1]);
        assert_eq!(of("the rebels shot ana ruiz on a bridge", ""), [0, 1]);
        assert!(of("the rebels fled", "").is_empty());
        assert_eq!(of("the rebels struck again", "bombing"), [1]);
    }

    #[test]
    fn what_tells_apart_is_worth_the_more() {
        let example = |sign: usize, same| {
            let mut signs = [0.0; NAMES.len()];
            signs[0] = 1.0;
            signs[sign] = 1.0;
            Example { signs, same }
        };
        let all: Vec<Example> = (0..400)
            .map(|n| if n % 2 == 0 { example(3, true) } else { example(5, n % 8 == 1) })
            .collect();
        let worths = teach(&all);
        assert!(worths.judge(&example(3, true).signs) > 1.0);
        assert!(worths.judge(&example(5, true).signs) < -0.5);
        assert!(worths.judge(&example(7, true).signs) > -0.5);
    }
}
