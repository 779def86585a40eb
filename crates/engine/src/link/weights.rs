//! What each sign is worth, and what a pair is worth by its signs.
//!
//! A sign has two worths: one for a pair that meets for the first time, and one for a pair within
//! a part of like reports, where what the whole part has in common tells nothing and
//! [contrast](super::contrast) tells much.

use super::contrast::Contrast;
use super::node::Node;
use super::pair::{WORDED, facts, signs, wording};
use super::sign::Sign;
use super::telling::Telling;

/// The table of weights.
const TABLE: &str = include_str!("../../../../data/link/weights.tsv");

/// What each sign is worth, in log-odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    meeting: Vec<f64>,
    among: Vec<f64>,
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
        Self { meeting, among, most_worded }
    }

    /// A table of `sign, by hand, meeting, among`. A sign that it lacks is worth what it is by hand.
    pub fn parse(table: &str) -> Self {
        let Self { mut meeting, mut among, .. } = Self::by_hand();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, _, met, near, ..] = cells[..] else { continue };
            let Some(&sign) = Sign::ALL.iter().find(|sign| sign.as_str() == name) else { continue };
            for (worth, cell) in [(&mut meeting, met), (&mut among, near)] {
                if let Ok(learned) = cell.trim().parse() {
                    worth[sign as usize] = learned;
                }
            }
        }
        Self::of(meeting, among)
    }

    /// The rows of a table that [`Weights::parse`] reads.
    pub fn rows(&self) -> String {
        let row = |&sign: &Sign| {
            let (i, hand) = (sign as usize, sign.by_hand());
            let [meeting, among] = [&self.meeting, &self.among].map(|w| w[i]);
            format!("{}\t{hand}\t{meeting:.3}\t{among:.3}\t{}\n", sign.as_str(), sign.words())
        };
        Sign::ALL.iter().map(row).collect()
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
        let mut found = Vec::with_capacity(20);
        facts(a.telling, b.telling, &mut found);
        let told: f64 = found.iter().map(|&sign| self.worth(sign)).sum();
        if told + self.most_worded < Self::MEETS - CLOSE || a.is_apart(b) {
            return None;
        }
        wording(a.telling, b.telling, &mut found);
        Some(found.iter().map(|&sign| self.worth(sign)).sum()).filter(|&sum| sum >= Self::MEETS)
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
