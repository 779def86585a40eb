//! What each sign is worth, and what a pair is worth by its signs.

use super::pair::signs;
use super::sign::Sign;
use super::telling::Telling;

/// The table of weights.
const TABLE: &str = include_str!("../../../../data/link/weights.tsv");

/// Log-odds from which a pair is more likely one event than two.
const EVEN: f64 = 0.0;

/// What each sign is worth, in log-odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    worth: Vec<f64>,
    threshold: f64,
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
    /// The table that is embedded in the program.
    pub fn embedded() -> Self {
        Self::parse(TABLE)
    }

    /// What the signs are worth by hand, before anything is learned.
    pub fn by_hand() -> Self {
        Self::of(Sign::ALL.iter().map(|sign| sign.by_hand()).collect())
    }

    /// One number for each of [`Sign::ALL`].
    pub fn of(worth: Vec<f64>) -> Self {
        Self { worth, threshold: EVEN }
    }

    /// A table of `sign, by hand, learned`. A sign that it lacks is worth what it is by hand.
    pub fn parse(table: &str) -> Self {
        let mut weights = Self::by_hand();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (name, learned) = (cells.next(), cells.nth(1));
            let sign = Sign::ALL.iter().find(|sign| Some(sign.as_str()) == name);
            let learned = learned.and_then(|cell| cell.trim().parse::<f64>().ok());
            if let (Some(&sign), Some(learned)) = (sign, learned) {
                weights.worth[sign as usize] = learned;
            }
        }
        weights
    }

    /// The same with another threshold.
    pub fn with_threshold(mut self, threshold: f64) -> Self {
        self.threshold = threshold;
        self
    }

    /// From which log-odds on two tellings, or two sets of them on average, are of one event.
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    /// What a sign is worth.
    pub fn worth(&self, sign: Sign) -> f64 {
        self.worth.get(sign as usize).copied().unwrap_or_default()
    }

    /// How likely a pair is one event, in log-odds. Two reports of one document never are: the
    /// document itself tells them apart.
    pub fn judge(&self, a: &Telling, b: &Telling) -> f64 {
        if a.document == b.document {
            return f64::NEG_INFINITY;
        }
        signs(a, b).into_iter().map(|sign| self.worth(sign)).sum()
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
