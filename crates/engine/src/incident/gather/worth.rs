//! What each sign of one incident is worth, learned from MUC-4 train.

use std::sync::LazyLock;

/// How much a pair has of each sign, in the order of [`NAMES`].
pub type Signs = [f32; NAMES.len()];

/// What the signs are.
pub const NAMES: [&str; 27] = [
    "any pair",
    "sentences apart, log",
    "at most one sentence apart",
    "sentences apart, in tens",
    "frames of the message, log",
    "kinds differ",
    "one is a kidnapping",
    "both are kidnappings",
    "one is arson or robbery",
    "the same word tells both",
    "harmed of both",
    "harmed of one and of the other",
    "doers of both",
    "places of both",
    "places of one and of the other",
    "the earlier can start an incident",
    "the later can start an incident",
    "score of the later",
    "the later is told as another",
    "the later is the second act of its sentence",
    "both count",
    "share of long words in both",
    "the later says the attack",
    "the later says an attack",
    "the later is of a time gone by",
    "days apart",
    "one by the rules",
];

/// The table of worths.
const TABLE: &str = include_str!("../../../../../data/incident/worths.tsv");

/// What the signs are worth by the table that is embedded in the program.
pub(super) static LEARNED: LazyLock<Worths> = LazyLock::new(|| Worths::parse(TABLE));

/// What each sign is worth, in log-odds of one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Worths([f32; NAMES.len()]);

impl Worths {
    /// One number for each of [`NAMES`].
    pub(super) fn of(worths: [f32; NAMES.len()]) -> Self {
        Self(worths)
    }

    /// A table of `worth, sign`; a sign that it lacks is worth nothing.
    pub fn parse(table: &str) -> Self {
        let rows = table.lines().filter_map(|line| line.split_once('\t'));
        let worth = |name: &str| {
            let (worth, _) = rows.clone().find(|(_, sign)| *sign == name)?;
            worth.parse().ok()
        };
        Self(NAMES.map(|name| worth(name).unwrap_or_default()))
    }

    /// The rows of a table that [`Worths::parse`] reads.
    pub fn rows(&self) -> String {
        let row = |(worth, name): (&f32, &str)| format!("{worth:.3}\t{name}\n");
        self.0.iter().zip(NAMES).map(row).collect()
    }

    /// How likely a pair is one incident, in log-odds.
    pub fn judge(&self, signs: &Signs) -> f32 {
        signs.iter().zip(self.0).map(|(sign, worth)| sign * worth).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_has_every_sign() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows, NAMES.len());
        assert_eq!(Worths::parse(&LEARNED.rows()), *LEARNED);
        assert!(NAMES.iter().all(|name| TABLE.contains(&format!("\t{name}\n"))));
    }
}
