//! From candidate mentions to entities: groups the mentions of a name, scores the group, picks.
//!
//! A group is all candidates of one role that have the same normal form. Its score is a logistic
//! model over what is known of it; coefficients and thresholds come with the weights and were
//! fitted on documents that the encoder had not seen. Knows no dictionary of names: who has one
//! may merge further.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::decode::{Tagged, TaggedSpan};

/// Features that all roles share, before those of the role.
const SHARED: usize = 21;

/// Groups whose best mention is less likely than this are not looked at.
const FLOOR: f32 = 0.05;

/// The first roles are those whose fillers make an event; later ones describe, or say where and when.
pub(crate) const FILLERS: usize = 5;

/// Others of this likelihood count as rivals.
const LIKELY: f32 = 0.3;

/// The logistic model of groups.
#[derive(Debug, Deserialize)]
pub(crate) struct Scorer {
    /// One weight for each feature.
    weights: Vec<f32>,
    bias: f32,
    /// For each role the score from which on a group counts.
    thresholds: Vec<f32>,
    /// For each role how a shorter form is known: `last`, `any` or `never`.
    shorter: Vec<Shorter>,
    /// Pairs of normal forms that name one organisation.
    aliases: Vec<(String, String)>,
    /// By role and name, how much oftener it fills the role than others do, in log odds.
    #[serde(deserialize_with = "habits")]
    names: Habits,
    /// The same of last words.
    #[serde(deserialize_with = "habits")]
    heads: Habits,
    /// Which kinds a text tells of.
    pub(crate) kinds: crate::incidents::Kinds,
    /// How entities make incidents.
    pub(crate) incidents: crate::incidents::Rule,
}

type Habits = BTreeMap<(usize, String), f32>;

fn habits<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Habits, D::Error> {
    let rows = Vec::<(usize, String, f32)>::deserialize(from)?;
    Ok(rows.into_iter().map(|(role, words, odds)| ((role, words), odds)).collect())
}

/// What the spans of a text amount to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// One entry for each role and name, the likeliest first.
    pub list: Vec<Entity>,
    /// For each kind the probability that the text tells of such an event.
    pub kinds: Vec<f32>,
}

/// When a shorter form names the same as a longer one.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Shorter {
    /// It is the end of the longer one.
    Last,
    /// Its words are among the longer one's, or the last words agree.
    Any,
    /// Never.
    Never,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Number of the role.
    pub role: usize,
    /// Normal form of its best name.
    pub key: String,
    /// Probability that it fills the role in an event of the text.
    pub score: f32,
    /// By how much the log odds of that are above what the role asks for.
    pub margin: f32,
    /// For each kind the probability that the event is of that kind.
    pub kinds: Vec<f32>,
    /// For each trait the probability that it holds.
    pub traits: Vec<f32>,
    /// Its mentions, those of the best name first, the likeliest before the others.
    pub mentions: Vec<TaggedSpan>,
}

struct Group<'a> {
    role: usize,
    key: String,
    words: Vec<&'a str>,
    spans: Vec<&'a TaggedSpan>,
    any: f32,
    score: f32,
}

impl Scorer {
    pub(crate) fn check(&self, roles: usize) -> Result<(), &'static str> {
        let agree = self.weights.len() == SHARED + 3 * roles
            && self.thresholds.len() == roles
            && self.shorter.len() == roles
            && self.kinds.fits();
        if agree { Ok(()) } else { Err("its scorer does not fit its roles") }
    }

    fn score(&self, role: usize, shared: &[f32; SHARED]) -> f32 {
        let roles = self.thresholds.len();
        let mut sum = self.bias;
        for (weight, feature) in self.weights.iter().zip(shared) {
            sum += weight * feature;
        }
        let own = [1.0, shared[1], shared[7]];
        for (block, feature) in own.iter().enumerate() {
            let weight = self.weights.get(SHARED + block * roles + role);
            sum += weight.copied().unwrap_or_default() * feature;
        }
        crate::decode::sigmoid(sum)
    }

    /// How far the log odds of a group are above what its role asks for.
    fn margin(&self, group: &Group<'_>) -> f32 {
        let asked = self.thresholds.get(group.role).copied().unwrap_or(1.0);
        log_odds(group.score) - log_odds(asked)
    }

    fn same(&self, a: &Group<'_>, b: &Group<'_>, text: &str) -> bool {
        if a.role != b.role {
            return false;
        }
        let pair = |(x, y): &(String, String)| {
            (*x == a.key && *y == b.key) || (*x == b.key && *y == a.key)
        };
        if self.aliases.iter().any(pair) || explains(a, b, text) || explains(b, a, text) {
            return true;
        }
        let (short, long) = if a.words.len() > b.words.len() { (b, a) } else { (a, b) };
        let ends = long.words.ends_with(&short.words) && short.words.len() < long.words.len();
        match self.shorter.get(a.role) {
            Some(Shorter::Last) => ends,
            Some(Shorter::Any) => {
                short.words.last() == long.words.last() || within(&short.words, &long.words)
            }
            _ => false,
        }
    }
}

/// Lower case, no punctuation of ASCII, no articles, single spaces.
pub fn normal_form(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let lower = kept.to_lowercase();
    let words = lower.split_whitespace().filter(|w| !matches!(*w, "a" | "an" | "the"));
    words.collect::<Vec<_>>().join(" ")
}

/// `slack`: by how much the log odds may be below what the role asks for.
pub(crate) fn entities(text: &str, tagged: &Tagged, scorer: &Scorer, slack: f32) -> Entities {
    let keys: Vec<String> = tagged.spans.iter().map(|s| normal_form(words_of(text, s))).collect();
    let mut groups = groups(tagged, &keys);
    let folded = format!(" {} ", normal_form(text));
    let features: Vec<[f32; SHARED]> =
        (0..groups.len()).map(|i| features(&groups, i, text, &folded, tagged, scorer)).collect();
    for (group, features) in groups.iter_mut().zip(&features) {
        group.score = scorer.score(group.role, features);
    }
    let fillers: Vec<(f32, Vec<f32>)> = groups
        .iter()
        .filter(|g| g.role < FILLERS)
        .map(|g| (g.score, mean(&g.spans, |s| &s.kinds)))
        .collect();
    let kinds = scorer.kinds.told(tagged, &fillers);
    groups.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut taken: Vec<Vec<Group<'_>>> = Vec::new();
    for group in groups {
        let enough = scorer.margin(&group) >= -slack;
        let variant = taken.iter().flatten().any(|other| {
            other.role == group.role && (covered(&group, other) || covered(other, &group))
        });
        if !enough || variant {
            continue;
        }
        let home = taken.iter_mut().find(|e| e.iter().any(|o| scorer.same(&group, o, text)));
        match home {
            Some(entity) => entity.push(group),
            None => taken.push(vec![group]),
        }
    }
    let list = taken.into_iter().filter_map(|groups| entity(groups, scorer)).collect();
    Entities { list, kinds }
}

fn entity(groups: Vec<Group<'_>>, scorer: &Scorer) -> Option<Entity> {
    let best = groups.first()?;
    let (role, key, score) = (best.role, best.key.clone(), best.score);
    let margin = scorer.margin(best);
    let kinds = mean(&best.spans, |s| &s.kinds);
    let traits = mean(&best.spans, |s| &s.traits);
    let mut mentions = Vec::new();
    for group in groups {
        let mut mine: Vec<TaggedSpan> = group.spans.into_iter().cloned().collect();
        mine.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.start.cmp(&b.start)));
        mentions.extend(mine);
    }
    Some(Entity { role, key, score, margin, kinds, traits, mentions })
}

/// What the mentions say together, the likelier ones the more.
fn mean<'a>(spans: &[&'a TaggedSpan], of: impl Fn(&'a TaggedSpan) -> &'a [f32]) -> Vec<f32> {
    let sum: f32 = spans.iter().map(|s| s.score).sum();
    let mut means = vec![0.0; spans.first().map_or(0, |s| of(s).len())];
    for span in spans {
        for (mean, p) in means.iter_mut().zip(of(span)) {
            *mean += span.score * p / sum;
        }
    }
    means
}

fn groups<'a>(tagged: &'a Tagged, keys: &'a [String]) -> Vec<Group<'a>> {
    let mut by: BTreeMap<(usize, &str), Vec<&TaggedSpan>> = BTreeMap::new();
    // A single letter names nobody and nothing.
    for (span, key) in tagged.spans.iter().zip(keys).filter(|(_, key)| key.chars().count() > 1) {
        by.entry((span.role, key)).or_default().push(span);
    }
    let likely = by.into_iter().filter(|(_, spans)| spans.iter().any(|s| s.score >= FLOOR));
    likely
        .map(|((role, key), spans)| {
            let any = 1.0 - spans.iter().map(|s| 1.0 - s.score).product::<f32>();
            let words = key.split(' ').collect();
            Group { role, key: key.to_owned(), words, spans, any, score: 0.0 }
        })
        .collect()
}

/// What the logistic model looks at; the order is that of the training code.
fn features(
    groups: &[Group<'_>],
    number: usize,
    text: &str,
    folded: &str,
    tagged: &Tagged,
    scorer: &Scorer,
) -> [f32; SHARED] {
    let Some(group) = groups.get(number) else { return [0.0; SHARED] };
    let mut scores: Vec<f32> = group.spans.iter().map(|s| s.score).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    let score = |n: usize| scores.get(n).copied().unwrap_or_default();
    let Some(best) = best(&group.spans) else { return [0.0; SHARED] };
    let over = || tagged.spans.iter().filter(|s| s.start < best.end && s.end > best.start);
    let most = |values: &mut dyn Iterator<Item = f32>| values.fold(0.0_f32, f32::max);
    let other_role = most(&mut over().filter(|s| s.role != group.role).map(|s| s.score));
    let place = (best.start, best.end);
    let other_span = most(
        &mut over().filter(|s| s.role == group.role && (s.start, s.end) != place).map(|s| s.score),
    );
    let others = || {
        let others = groups.iter().enumerate();
        others.filter(|(i, o)| *i != number && o.role == group.role && o.any >= LIKELY)
    };
    let relevance =
        |s: &&TaggedSpan| tagged.sentences.get(s.sentence as usize).map(|s| s.relevance);
    let kinds = mean(&group.spans, |s| &s.kinds);
    let sum: f32 = scores.iter().sum();
    let above = groups.iter().filter(|o| o.role == group.role && o.any > group.any).count();
    let beside =
        |s: &&TaggedSpan| s.role != group.role && s.role < FILLERS && s.sentence == best.sentence;
    let support = most(&mut tagged.spans.iter().filter(beside).map(|s| s.score));
    let habit = |habits: &Habits, words: &str| {
        habits.get(&(group.role, words.to_owned())).copied().unwrap_or_default()
    };
    let head = group.words.last().copied().unwrap_or_default();
    let occurs = folded.matches(&format!(" {} ", group.key)).count();
    [
        log_odds(score(0)),
        log_odds(group.any),
        sum.ln(),
        (scores.len() as f32).ln(),
        (1.0 + occurs as f32).ln(),
        best.start as f32 / text.len().max(1) as f32,
        log_odds(most(&mut group.spans.iter().filter_map(relevance))),
        log_odds(most(&mut tagged.windows.iter().map(|w| w.relevance))),
        log_odds(other_role),
        log_odds(other_span),
        f32::from(u8::from(others().any(|(_, o)| within(&group.words, &o.words)))),
        f32::from(u8::from(others().any(|(_, o)| within(&o.words, &group.words)))),
        group.words.len() as f32 / 4.0,
        most(&mut kinds.iter().copied()),
        log_odds(most(&mut group.spans.iter().map(|s| s.begins))),
        f32::from(u8::from(group.key.chars().any(char::is_numeric))),
        log_odds(score(1)),
        (1.0 + above as f32).ln(),
        log_odds(support),
        habit(&scorer.names, &group.key),
        habit(&scorer.heads, head),
    ]
}

/// The likeliest mention, the first of equals.
fn best<'a>(spans: &[&'a TaggedSpan]) -> Option<&'a TaggedSpan> {
    spans.iter().copied().reduce(|best, s| if s.score > best.score { s } else { best })
}

pub(crate) fn log_odds(p: f32) -> f32 {
    let p = p.clamp(1e-3, 1.0 - 1e-3);
    (p / (1.0 - p)).ln()
}

fn words_of<'a>(text: &'a str, span: &TaggedSpan) -> &'a str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// All words of `a` are among those of `b`, which has others too.
fn within(a: &[&str], b: &[&str]) -> bool {
    a.iter().all(|w| b.contains(w)) && b.iter().any(|w| !a.contains(w))
}

/// Each mention of `a` shares text with a mention of `b`.
fn covered(a: &Group<'_>, b: &Group<'_>) -> bool {
    a.spans.iter().all(|s| b.spans.iter().any(|o| s.start < o.end && s.end > o.start))
}

/// The text says `b` in parentheses after `a`.
fn explains(a: &Group<'_>, b: &Group<'_>, text: &str) -> bool {
    a.spans.iter().any(|s| {
        let rest =
            text.get(s.end as usize..).and_then(|rest| rest.trim_start().strip_prefix(['(', '[']));
        rest.is_some_and(|rest| {
            let inside = rest.split([')', ']']).next().unwrap_or_default();
            normal_form(inside) == b.key
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scorer() -> Scorer {
        let mut weights = vec![0.0; SHARED + 6];
        weights[1] = 1.0;
        Scorer {
            weights,
            bias: 0.0,
            thresholds: vec![0.5; 2],
            shorter: vec![Shorter::Any, Shorter::Never],
            aliases: vec![("blue front".to_owned(), "bf".to_owned())],
            names: Habits::new(),
            heads: Habits::new(),
            kinds: serde_json::from_str(r#"{"weights": [0, 0, 0, 0, 0, 0], "bias": 0}"#).unwrap(),
            incidents: serde_json::from_str(r#"{"entity": 0.5, "kind": 0.5, "mix": 0.0}"#).unwrap(),
        }
    }

    fn tagged(text: &str, found: &[(usize, &str, f32)]) -> Tagged {
        let mut tagged = Tagged::default();
        for &(role, words, score) in found {
            for (at, _) in text.match_indices(words) {
                let (start, end) = (at as u32, (at + words.len()) as u32);
                let kinds = vec![0.5];
                tagged.spans.push(TaggedSpan {
                    role,
                    start,
                    end,
                    score,
                    begins: score,
                    kinds,
                    traits: Vec::new(),
                    sentence: 0,
                });
            }
        }
        tagged
    }

    fn keys(text: &str, found: &[(usize, &str, f32)]) -> Vec<String> {
        let entities = entities(text, &tagged(text, found), &scorer(), 0.0);
        entities.list.iter().map(|e| format!("{} {} {:.2}", e.role, e.key, e.score)).collect()
    }

    #[test]
    fn two_doubtful_mentions_make_one_likely_entity() {
        let text = "Ana Ruiz came. Ana Ruiz was shot.";
        assert_eq!(keys(text, &[(0, "Ana Ruiz", 0.4)]), ["0 ana ruiz 0.64"]);
        assert!(keys("Ana Ruiz came.", &[(0, "Ana Ruiz", 0.4)]).is_empty());
    }

    #[test]
    fn of_two_cuts_of_a_mention_the_likelier_stays() {
        let text = "the old mayor was shot";
        assert_eq!(keys(text, &[(0, "mayor", 0.6), (0, "old mayor", 0.7)]), ["0 old mayor 0.70"]);
    }

    #[test]
    fn a_name_its_short_form_and_its_alias_are_one() {
        let text = "Ana Ruiz was shot; Ruiz was 40.";
        assert_eq!(keys(text, &[(0, "Ana Ruiz", 0.9), (0, "Ruiz", 0.6)]), ["0 ana ruiz 0.90"]);
        let text = "Ana Ruiz was shot, and Luis Paz.";
        assert_eq!(keys(text, &[(0, "Ana Ruiz", 0.9), (0, "Luis Paz", 0.6)]).len(), 2);
        let text = "Blue Front did it, BF said.";
        assert_eq!(keys(text, &[(1, "Blue Front", 0.9), (1, "BF", 0.6)]).len(), 1);
        let text = "Red Army (RA) did it.";
        assert_eq!(keys(text, &[(1, "Red Army", 0.9), (1, "RA", 0.6)]).len(), 1);
    }

    #[test]
    fn the_normal_form_drops_articles_and_points() {
        assert_eq!(normal_form("The  U.S. Embassy, a"), "us embassy");
    }
}
