//! The dictionaries and the one automaton that finds their phrases in a text.
//!
//! A phrase may have several senses: `killed` is an act and a casualty word, `jets` a weapon and,
//! after a demonym, a state's force. Which sense counts is decided where the mention is used.

mod builder;
mod matcher;

pub use builder::Builder;
pub use matcher::{Matcher, Mention};

use crate::ontology::{Mode, Sort, WeaponSort};
use crate::pack::cells::{choice, listed, record};
use crate::sources::Sources;
use crate::table::{BadLine, Row};

/// What a phrase of a dictionary can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A word that tells of violence.
    Act(Act),
    /// A weapon, and the mode that it suggests.
    Weapon(WeaponSort, Option<Mode>),
    /// A description of people.
    Person(Sort, Role),
    /// A place or object that is attacked.
    Thing(Sort),
    /// A word that counts the harmed.
    Casualty(Harm, Form),
    /// A word that tells how something is said.
    Cue(Cue),
    /// A word of a subject whose violence is no one's doing or a figure of speech.
    Domain(Domain, u8),
    /// A noun that, with a demonym, names a force of that state; with the suffix of its id.
    Force(Sort, Suffix),
    /// A word that tells of forces that move or of ground that is taken.
    Move(Move),
    /// A word that tells how two actors are related, by its line in the table of relations.
    Relation(u16),
    /// An entry of the actor table, with its sort.
    Actor(u32, Sort),
    /// An entry of the actor table by a spelling that others have too.
    Weak(u32),
    /// A country by its name.
    Country(u16),
    /// A country by its demonym.
    Demonym(u16),
    /// A first- or second-level area.
    Area(u32),
    /// A known site.
    Site(u32),
}

choice!(Sense {
    0 Act(act),
    1 Weapon(sort, mode),
    2 Person(sort, role),
    3 Thing(sort),
    4 Casualty(effect, form),
    5 Cue(cue),
    6 Domain(domain, weight),
    7 Force(sort, suffix),
    8 Actor(actor, sort),
    9 Country(country),
    10 Demonym(country),
    11 Area(area),
    12 Site(site),
    13 Weak(actor),
    14 Relation(cue),
    15 Move(movement),
});

impl Sense {
    /// Whether it is that of a proper name.
    pub(crate) fn is_name(self) -> bool {
        matches!(
            self,
            Self::Actor(..)
                | Self::Weak(_)
                | Self::Country(_)
                | Self::Demonym(_)
                | Self::Area(_)
                | Self::Site(_)
        )
    }
}

/// A word that tells of violence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// How the word is used.
    pub part: Part,
    /// The mode that it says.
    pub mode: Option<Mode>,
    /// 3 violence by itself, 2 with one sign more, 1 with two.
    pub weight: u8,
}

record!(Act { part, mode, weight });

/// A word that tells of forces that move or of ground that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// How the word is used.
    pub part: Part,
    /// What it tells: deployment, withdrawal, takeover or campaign.
    pub mode: Mode,
    /// What it must be about.
    pub about: About,
}

record!(Move { part, mode, about });

/// Makes a closed enum out of the words of a column.
macro_rules! column {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $member:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $member),+ }

        impl $name {
            /// The member that the column's word names.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$member),)+ _ => None }
            }
        }

        listed!($name { $($member = $text),+ });
    };
}

column! {
    /// How an act word is used.
    Part {
        /// It says that somebody does it.
        Verb = "verb",
        /// It names the act.
        Noun = "noun",
        /// It names one who does it.
        Agent = "agent",
    }
}

column! {
    /// What a word for a movement must be about.
    About {
        /// Forces that are sent or go.
        Forces = "forces",
        /// Ground that is taken, left or fought for.
        Place = "place",
        /// Ground that is the subject: it falls.
        Fallen = "fallen",
        /// Control that is given to somebody.
        Handed = "handed",
        /// A rule over ground that comes to an end.
        Rule = "rule",
        /// A government.
        Power = "power",
    }
}

column! {
    /// The role that a description suggests by itself.
    Role {
        /// Does it.
        Perpetrator = "perpetrator",
        /// Is said to have done it.
        Suspect = "suspect",
        /// Suffers it.
        Victim = "victim",
        /// Either.
        Either = "either",
        /// A state's force.
        Force = "force",
    }
}

column! {
    /// What was done to the counted.
    Harm {
        /// Killed.
        Killed = "killed",
        /// Injured.
        Injured = "injured",
        /// Taken away.
        Abducted = "abducted",
        /// Hit by a bullet or a blade, not said with what end.
        Struck = "struck",
        /// Killed or injured, not said which.
        Casualties = "casualties",
    }
}

column! {
    /// On which side a casualty word takes its number.
    Form {
        /// Active or passive.
        Either = "either",
        /// The number follows.
        Active = "active",
        /// The number precedes.
        Passive = "passive",
        /// "12 deaths", "a toll of 12".
        Noun = "noun",
        /// What somebody has: "with burns", "suffered fractures".
        Had = "had",
    }
}

column! {
    /// How something is said.
    Cue {
        /// An organisation says that it did it.
        Claim = "claim",
        /// Nobody said that they did it.
        NoClaim = "no_claim",
        /// Somebody says that another did it.
        Blame = "blame",
        /// It is suspected.
        Suspect = "suspect",
        /// It is denied.
        Deny = "deny",
        /// It is not certain.
        Hedge = "hedge",
        /// It was planned.
        Plan = "plan",
        /// It was stopped.
        Foil = "foil",
        /// It was tried.
        Attempt = "attempt",
        /// It is threatened.
        Threaten = "threaten",
        /// Somebody says so.
        Report = "report",
        /// Somebody gives a figure of his own: "a doctor counted", "residents spoke of".
        Account = "account",
        /// It holds under a condition.
        Conditional = "conditional",
        /// It is history.
        Background = "background",
        /// It is another event.
        Other = "other",
        /// It is likened to something else.
        Likeness = "likeness",
        /// It is what came after: funerals, trials, visits.
        Aftermath = "aftermath",
        /// It is a part of a total.
        Included = "part",
    }
}

column! {
    /// A subject whose violence is no one's doing, or a figure of speech.
    Domain {
        /// Matches and players.
        Sport = "sport",
        /// Films, books, games.
        Fiction = "fiction",
        /// Quakes and floods.
        Disaster = "disaster",
        /// Crashes and leaks.
        Accident = "accident",
        /// Disease.
        Health = "health",
        /// Computers.
        Cyber = "cyber",
        /// Markets.
        Economy = "economy",
        /// Labour disputes.
        Labour = "labour",
        /// Exercises.
        Drill = "drill",
        /// The far past.
        History = "history",
        /// Parliaments and polls.
        Politics = "politics",
        /// Food, science, leisure.
        Leisure = "leisure",
        /// A set phrase that holds an act word.
        Figure = "figure",
    }
}

column! {
    /// The end of a composed actor's id.
    Suffix {
        /// `ru-military`.
        Military = "military",
        /// `ru-police`.
        Police = "police",
        /// `ru-intelligence`.
        Intelligence = "intelligence",
        /// `ru-government`.
        Government = "government",
    }
}

impl Suffix {
    /// The word in the id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Military => "military",
            Self::Police => "police",
            Self::Intelligence => "intelligence",
            Self::Government => "government",
        }
    }
}

/// Adds all dictionaries to `builder`; bad lines are collected and the rest is used.
pub fn add(sources: &Sources, builder: &mut Builder, bad: &mut Vec<BadLine>) {
    let mode = |word: &str| if word == "-" { Some(None) } else { Mode::parse(word).map(Some) };
    let weight = |word: &str| word.parse().ok().filter(|w| (1..=3).contains(w));
    table(sources, "lexicon/acts.tsv", builder, bad, |row| {
        let part = row.term(1, "part", Part::parse)?;
        let (mode, weight) = (row.term(2, "mode", mode)?, row.term(3, "weight", weight)?);
        Ok(Sense::Act(Act { part, mode, weight }))
    });
    table(sources, "lexicon/campaigns.tsv", builder, bad, |row| {
        let (part, mode) = (row.term(1, "part", Part::parse)?, row.term(2, "mode", Mode::parse)?);
        Ok(Sense::Move(Move { part, mode, about: row.term(3, "about", About::parse)? }))
    });
    table(sources, "lexicon/weapons.tsv", builder, bad, |row| {
        Ok(Sense::Weapon(row.term(1, "sort", WeaponSort::parse)?, row.term(2, "mode", mode)?))
    });
    table(sources, "lexicon/people.tsv", builder, bad, |row| {
        Ok(Sense::Person(row.term(1, "sort", Sort::parse)?, row.term(2, "role", Role::parse)?))
    });
    table(sources, "lexicon/things.tsv", builder, bad, |row| {
        Ok(Sense::Thing(row.term(1, "sort", Sort::parse)?))
    });
    table(sources, "lexicon/casualties.tsv", builder, bad, |row| {
        Ok(Sense::Casualty(row.term(1, "effect", Harm::parse)?, row.term(2, "part", Form::parse)?))
    });
    for row in sources.rows("lexicon/cues.tsv") {
        match row.and_then(|row| Ok((row.terms(1, "cue", Cue::parse)?, row))) {
            Ok((cues, row)) => {
                for cue in cues {
                    row.list(0).for_each(|form| builder.add(form, Sense::Cue(cue)));
                }
            }
            Err(line) => bad.push(line),
        }
    }
    table(sources, "lexicon/domains.tsv", builder, bad, |row| {
        let domain = row.term(1, "domain", Domain::parse)?;
        Ok(Sense::Domain(domain, row.term(2, "weight", weight)?))
    });
    table(sources, "lexicon/forces.tsv", builder, bad, |row| {
        let sort = row.term(1, "sort", Sort::parse)?;
        Ok(Sense::Force(sort, row.term(2, "suffix", Suffix::parse)?))
    });
}

fn table(
    sources: &Sources,
    file: &'static str,
    builder: &mut Builder,
    bad: &mut Vec<BadLine>,
    sense: impl Fn(&Row<'_>) -> Result<Sense, BadLine>,
) {
    for row in sources.rows(file) {
        match row.and_then(|row| Ok((sense(&row)?, row))) {
            Ok((sense, row)) => row.list(0).for_each(|form| builder.add(form, sense)),
            Err(line) => bad.push(line),
        }
    }
}
