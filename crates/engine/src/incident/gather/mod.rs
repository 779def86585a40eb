//! Which sentences of an agency's message tell of one incident.
//!
//! Messages in one case, as agencies sent them, tell of several attacks in a row with little that
//! contradicts: the rules of days and places take them for one. Here each two frames are judged by
//! signs (`pair`) whose worth (`worth`) was [learned](teach), and sets are put together as long as, on
//! average over all pairs across them, more speaks for one incident than against it.

mod pair;
pub mod teach;
mod worth;

pub use worth::{NAMES, Signs, Worths};

use super::Incident;
use crate::frame::Frame;
use crate::model::Sight;
use crate::text::Text;
use pair::Side;
use worth::LEARNED;

/// A message with more frames is a list, and judging each two of them would take long.
const MOST: usize = 60;

/// Log-odds from which on two sets are one. Above even: a sentence too many in an incident costs more
/// than one that is told apart.
const ENOUGH: f32 = 0.5;
/// The same where a model sees what fills the roles.
const ENOUGH_SEEN: f32 = 0.25;

/// The frames of a message that tell of incidents, and what each two of them have in common.
#[derive(Debug)]
pub struct Pairs {
    /// Which frames, in the order of the text.
    pub told: Vec<usize>,
    /// For each two of them, by their places here and the earlier first, their signs.
    pub signs: Vec<(usize, usize, Signs)>,
    /// From which log-odds on two sets are one.
    enough: f32,
}

impl Pairs {
    /// Of the frames of the incidents that rules have `found`; `None` if there are too few or too many.
    pub fn of(
        found: &[Incident],
        frames: &[Frame],
        text: &Text<'_>,
        sight: Option<&Sight>,
    ) -> Option<Self> {
        let mut told: Vec<usize> = found.iter().flat_map(|i| i.frames.iter().copied()).collect();
        told.sort_unstable();
        told.dedup();
        if !(2..=MOST).contains(&told.len()) {
            return None;
        }
        let sides: Vec<Side<'_>> =
            told.iter().map(|&i| Side::of(&frames[i], text, sight)).collect();
        let is_one = |a: usize, b: usize| {
            found.iter().any(|i| i.frames.contains(&told[a]) && i.frames.contains(&told[b]))
        };
        let both = (0..told.len()).flat_map(|a| (a + 1..told.len()).map(move |b| (a, b)));
        let signs = both
            .map(|(a, b)| (a, b, sides[a].signs(&sides[b], told.len(), is_one(a, b))))
            .collect();
        let enough = if sight.is_some() { ENOUGH_SEEN } else { ENOUGH };
        Some(Self { told, signs, enough })
    }

    /// The sets of frames that are one incident each, in the order of the text.
    pub fn gathered(&self, frames: &[Frame]) -> Vec<Vec<usize>> {
        let odds = self.odds();
        let mut sets: Vec<Vec<usize>> = (0..self.told.len()).map(|i| vec![i]).collect();
        while let Some((a, b, _)) = nearest(&odds, &sets).filter(|(.., odds)| *odds >= self.enough)
        {
            unite(&mut sets, a, b);
        }
        // What starts no incident is of the one that it is most like.
        let starts = |set: &Vec<usize>| set.iter().any(|&i| frames[self.told[i]].starts());
        while let Some(weak) = sets.iter().position(|set| !starts(set)).filter(|_| sets.len() > 1) {
            let others = (0..sets.len()).filter(|&other| other != weak);
            let across = |&other: &usize| across(&odds, &sets[weak], &sets[other]);
            let home = others.max_by(|a, b| across(a).total_cmp(&across(b)));
            let Some(home) = home else { break };
            unite(&mut sets, weak.min(home), weak.max(home));
        }
        sets.sort_unstable();
        sets.iter().map(|set| set.iter().map(|&i| self.told[i]).collect()).collect()
    }

    /// A square of the log-odds of each two.
    fn odds(&self) -> Vec<Vec<f32>> {
        let mut odds = vec![vec![0.0; self.told.len()]; self.told.len()];
        for (a, b, signs) in &self.signs {
            let worth = LEARNED.judge(signs);
            odds[*a][*b] = worth;
            odds[*b][*a] = worth;
        }
        odds
    }
}

/// The two sets that are most likely one, the earlier first.
fn nearest(odds: &[Vec<f32>], sets: &[Vec<usize>]) -> Option<(usize, usize, f32)> {
    let pairs = (0..sets.len()).flat_map(|a| (a + 1..sets.len()).map(move |b| (a, b)));
    let judged = pairs.map(|(a, b)| (a, b, across(odds, &sets[a], &sets[b])));
    judged.reduce(|best, next| if next.2 > best.2 { next } else { best })
}

/// The mean over all pairs across two sets.
fn across(odds: &[Vec<f32>], a: &[usize], b: &[usize]) -> f32 {
    let sum: f32 = a.iter().map(|&i| b.iter().map(|&j| odds[i][j]).sum::<f32>()).sum();
    sum / (a.len() * b.len()) as f32
}

/// Puts the later of two sets into the earlier.
fn unite(sets: &mut Vec<Vec<usize>>, earlier: usize, later: usize) {
    let moved = sets.remove(later);
    if let Some(set) = sets.get_mut(earlier) {
        set.extend(moved);
        set.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use reading::Document;

    use super::*;
    use crate::Knowledge;
    use crate::ontology::Mode;
    use crate::report::Report;

    fn violent(text: &str) -> Vec<Report> {
        let document = Document::new(None, text.to_owned());
        let reports = crate::code(&document, &Knowledge::embedded()).reports;
        reports.into_iter().filter(Report::is_violent).collect()
    }

    const BOMBED: &str = "a bomb exploded at the offices of the coffee growers association in the north \
                          of the city this morning and wounded two guards.";

    #[test]
    fn a_kidnapping_told_after_a_bombing_is_another_incident() {
        let text = format!(
            "{BOMBED} in another part of the country, four armed men kidnapped the rancher luis paz \
             at his farm, a spokesman said."
        );
        let modes: Vec<Mode> = violent(&text).iter().map(|report| report.mode).collect();
        assert_eq!(modes, [Mode::Bombing, Mode::Kidnapping]);
    }

    #[test]
    fn what_points_back_is_of_the_incident_that_was_told() {
        let text = format!(
            "{BOMBED} the explosion at the offices of the coffee growers association broke the windows \
             of the neighboring houses and wounded a child."
        );
        assert_eq!(violent(&text).len(), 1);
    }

    #[test]
    fn every_frame_is_in_one_set_and_every_set_can_start_an_incident() {
        let known = Knowledge::embedded();
        let more = [
            "rebels attacked a bridge near the port last week.",
            "two soldiers were killed.",
            "a judge was shot dead by unidentified men in front of his house.",
            "the murder was condemned by the association of judges.",
            "the rebels also burned three buses.",
        ];
        for count in 0..=more.len() {
            let source = format!("{BOMBED} {}", more[..count].join(" "));
            let text = Text::of(&source);
            let mentions = known.matcher.find(&text);
            let subject = crate::subject::Subject::of(&text, &mentions, (&text, &mentions));
            let document = Document::new(None, source.clone());
            let clock = crate::date::Clock::of(&document, &text);
            let grammar = crate::syntax::Grammar::of(&text, &known.verbs);
            let frames = crate::frame::frames(&text, &mentions, &subject, clock, &grammar, &known);
            let alone = |i| Incident { frames: vec![i], ..Incident::default() };
            let found: Vec<Incident> = (0..frames.len()).map(alone).collect();
            let Some(pairs) = Pairs::of(&found, &frames, &text, None) else {
                assert!(frames.len() < 2);
                continue;
            };
            let sets = pairs.gathered(&frames);
            let mut all = sets.concat();
            all.sort_unstable();
            assert_eq!(all, pairs.told);
            let starts = |set: &Vec<usize>| set.iter().any(|&i| frames[i].starts());
            assert!(sets.len() == 1 || sets.iter().all(starts));
        }
    }
}
