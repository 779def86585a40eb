//! What each sign is worth, and what a pair is worth by its signs.
//!
//! A sign has two worths: one for a pair that meets for the first time, and one for a pair within
//! a part of like reports, where what the whole part has in common tells nothing and
//! [contrast](super::contrast) tells much.

use super::contrast::Contrast;
use super::halves::{Halves, TRAITS, is_wordy};
use super::node::Node;
use super::pair::{WORDED, facts, is_silent, signs, wording};
use super::sign::Sign;
use super::telling::Telling;

/// The table of weights.
const TABLE: &str = include_str!("../../../../data/link/weights.tsv");

/// What each sign is worth, in log-odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    meeting: Vec<f64>,
    among: Vec<f64>,
    halves: [f64; TRAITS.len()],
    /// The most that the wording of a pair can speak for it.
    most_worded: f64,
}

/// A sign and what it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The sign.
    pub sign: Sign,
    /// In log-odds.
    pub worth: f64,
}

impl Weights {
    /// From which log-odds on two sets of tellings are, on average, of one event.
    pub const EVEN: f64 = 0.0;

    /// From which log-odds on a pair holds a part together. Below even, so that a part is whole
    /// before it is looked at closely.
    pub const MEETS: f64 = -0.5;

    /// The same for a pair of texts without any day. Words alone often do not see that two texts
    /// are of one event; halves part afterwards what is of several.
    pub const NEAR: f64 = -2.5;

    /// The table that is embedded in the program.
    pub fn embedded() -> Self {
        Self::parse(TABLE)
    }

    /// What the signs are worth by hand, before anything is learned.
    pub fn by_hand() -> Self {
        let worth: Vec<f64> = Sign::ALL.iter().map(|sign| sign.by_hand()).collect();
        Self::of(worth.clone(), worth)
    }

    /// Two numbers for each of [`Sign::ALL`].
    pub fn of(meeting: Vec<f64>, among: Vec<f64>) -> Self {
        let most = |question: &&str| {
            let signs = Sign::ALL.iter().filter(|sign| sign.question() == *question);
            let worths = signs.filter_map(|&sign| meeting.get(sign as usize));
            worths.copied().fold(0.0, f64::max)
        };
        let most_worded = WORDED.iter().map(most).sum();
        Self { meeting, among, halves: TRAITS.map(|of| of.1), most_worded }
    }

    /// The same with what the traits of halves are worth.
    pub(super) fn with_halves(self, halves: [f64; TRAITS.len()]) -> Self {
        Self { halves, ..self }
    }

    /// A table of `sign, by hand, meeting, among`, where traits of halves have the last only. What it
    /// lacks is worth what it is by hand.
    pub fn parse(table: &str) -> Self {
        let Self { mut meeting, mut among, mut halves, .. } = Self::by_hand();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, _, met, near, ..] = cells[..] else { continue };
            let of_halves = TRAITS.iter().zip(&mut halves).find(|(of, _)| of.0 == name);
            if let (Some((_, worth)), Ok(learned)) = (of_halves, near.trim().parse()) {
                *worth = learned;
            }
            let Some(&sign) = Sign::ALL.iter().find(|sign| sign.as_str() == name) else { continue };
            for (worth, cell) in [(&mut meeting, met), (&mut among, near)] {
                if let Ok(learned) = cell.trim().parse() {
                    worth[sign as usize] = learned;
                }
            }
        }
        Self::of(meeting, among).with_halves(halves)
    }

    /// The rows of a table that [`Weights::parse`] reads.
    pub fn rows(&self) -> String {
        let row = |&sign: &Sign| {
            let (i, hand) = (sign as usize, sign.by_hand());
            let [meeting, among] = [&self.meeting, &self.among].map(|w| w[i]);
            format!("{}\t{hand}\t{meeting:.3}\t{among:.3}\t{}\n", sign.as_str(), sign.words())
        };
        let halves = TRAITS.iter().zip(self.halves).map(|((name, hand, words), worth)| {
            format!("{name}\t{hand}\t-\t{worth:.3}\t{words}\n")
        });
        Sign::ALL.iter().map(row).chain(halves).collect()
    }

    /// What a sign is worth where two tellings meet.
    pub fn worth(&self, sign: Sign) -> f64 {
        self.meeting.get(sign as usize).copied().unwrap_or_default()
    }

    /// How likely a pair is one event, in log-odds. Two reports of one document never are: the
    /// document itself tells them apart.
    pub fn judge(&self, a: &Telling, b: &Telling) -> f64 {
        if a.teller() == b.teller() {
            return f64::NEG_INFINITY;
        }
        signs(a, b).into_iter().map(|sign| self.worth(sign)).sum()
    }

    /// How likely two nodes are one event. See [`Weights::judge`].
    pub fn judge_nodes(&self, a: &Node<'_>, b: &Node<'_>) -> f64 {
        if a.is_apart(b) {
            return f64::NEG_INFINITY;
        }
        signs(a.telling, b.telling).into_iter().map(|sign| self.worth(sign)).sum()
    }

    /// How likely two nodes are one event, if that is enough to [hold a part together](Self::MEETS).
    /// Most pairs that meet are not, and are known by what they tell before words are compared.
    pub fn meets(&self, a: &Node<'_>, b: &Node<'_>) -> Option<f64> {
        // Sums in another order differ in their last digit: what is close is judged in full.
        const CLOSE: f64 = 1e-6;
        let least = Self::least(a, b);
        let mut found = Vec::with_capacity(20);
        facts(a.telling, b.telling, &mut found);
        let told: f64 = found.iter().map(|&sign| self.worth(sign)).sum();
        if told + self.most_worded < least - CLOSE || a.is_apart(b) {
            return None;
        }
        wording(a.telling, b.telling, &mut found);
        Some(found.iter().map(|&sign| self.worth(sign)).sum()).filter(|&sum| sum >= least)
    }

    /// From which log-odds on this pair holds a part together.
    pub(super) fn least(a: &Node<'_>, b: &Node<'_>) -> f64 {
        if is_wordy(a) && is_wordy(b) { Self::NEAR } else { Self::MEETS }
    }

    /// The same for the nodes `i` and `j` of a part.
    pub(super) fn judge_among(
        &self,
        members: &[Node<'_>],
        contrast: Option<&Contrast>,
        (i, j): (usize, usize),
    ) -> f64 {
        let (a, b) = (&members[i], &members[j]);
        match contrast {
            None => self.judge_nodes(a, b),
            Some(_) if a.is_apart(b) => f64::NEG_INFINITY,
            Some(contrast) => {
                let all = signs(a.telling, b.telling).into_iter().chain(contrast.signs(i, j));
                all.map(|sign| self.among.get(sign as usize).copied().unwrap_or_default()).sum()
            }
        }
    }

    /// How likely the halves of a set are two events, in log-odds: by their words, less what places
    /// and tolls say for one event, on average over the pairs across.
    pub(super) fn judge_halves(&self, halves: &Halves, members: &[Node<'_>]) -> f64 {
        let worded: f64 = halves.traits.iter().zip(self.halves).map(|(x, worth)| x * worth).sum();
        let [first, second] = halves.places();
        let (mut told, mut found) = (0.0, Vec::with_capacity(20));
        for (&i, &j) in first.iter().flat_map(|i| second.iter().map(move |j| (i, j))) {
            found.clear();
            facts(members[i].telling, members[j].telling, &mut found);
            let spoken = found.iter().filter(|sign| !is_silent(**sign));
            told += spoken.map(|&sign| self.worth(sign)).sum::<f64>();
        }
        worded - told / (first.len() * second.len()) as f64
    }

    /// How likely, from 0 to 1.
    pub fn likely(&self, a: &Telling, b: &Telling) -> f64 {
        1.0 / (1.0 + (-self.judge(a, b)).exp())
    }

    /// The signs of a pair with what each is worth, the weightiest first.
    pub fn explain(&self, a: &Telling, b: &Telling) -> Vec<Judged> {
        let judge = |sign| Judged { sign, worth: self.worth(sign) };
        let mut all: Vec<Judged> = signs(a, b).into_iter().map(judge).collect();
        all.sort_by(|a, b| b.worth.abs().total_cmp(&a.worth.abs()).then(a.sign.cmp(&b.sign)));
        all
    }
}
