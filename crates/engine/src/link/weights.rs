//! What each sign is worth, and what a pair is worth by its signs.
//!
//! A sign has two worths: one for a pair that meets for the first time, and one for a pair within
//! a part of like reports, where what the whole part has in common tells nothing and
//! [contrast](super::contrast) tells much.

use super::contrast::Contrast;
use super::pair::signs;
use super::sign::Sign;
use super::telling::Telling;

/// The table of weights.
const TABLE: &str = include_str!("../../../../data/link/weights.tsv");

/// What each sign is worth, in log-odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    meeting: Vec<f64>,
    among: Vec<f64>,
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
        Self { meeting: worth.clone(), among: worth }
    }

    /// Two numbers for each of [`Sign::ALL`].
    pub fn of(meeting: Vec<f64>, among: Vec<f64>) -> Self {
        Self { meeting, among }
    }

    /// A table of `sign, by hand, meeting, among`. A sign that it lacks is worth what it is by hand.
    pub fn parse(table: &str) -> Self {
        let mut weights = Self::by_hand();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, _, meeting, among, ..] = cells[..] else { continue };
            let Some(&sign) = Sign::ALL.iter().find(|sign| sign.as_str() == name) else { continue };
            for (worth, cell) in [(&mut weights.meeting, meeting), (&mut weights.among, among)] {
                if let Ok(learned) = cell.trim().parse() {
                    worth[sign as usize] = learned;
                }
            }
        }
        weights
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
        if a.document == b.document {
            return f64::NEG_INFINITY;
        }
        signs(a, b).into_iter().map(|sign| self.worth(sign)).sum()
    }

    /// The same for the tellings `i` and `j` of a part.
    pub(super) fn judge_among(
        &self,
        members: &[&Telling],
        contrast: Option<&Contrast>,
        (i, j): (usize, usize),
    ) -> f64 {
        let (a, b) = (members[i], members[j]);
        match contrast {
            None => self.judge(a, b),
            Some(_) if a.document == b.document => f64::NEG_INFINITY,
            Some(contrast) => {
                let all = signs(a, b).into_iter().chain(contrast.signs(i, j));
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
