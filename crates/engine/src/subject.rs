//! What a document is about, as far as it takes the violence out of its words: a match, a film, a
//! quake, a gas leak, a drill.

use crate::date::number;
use crate::lexicon::{Act, Cue, Domain, Harm, Mention, Role, Sense, Suffix};
use crate::ontology::{Sort, WeaponSort};
use crate::text::Text;

/// How much a document speaks of each subject. Each word counts once.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that the text says or does not")]
pub struct Subject {
    scores: [f32; 13],
    /// The same for the headline and the first two sentences.
    lead: [f32; 13],
    /// How many words of arms, attackers and attacks it has.
    arms: usize,
    /// How many words that may be of arms it has: a blast, a clash, a claim.
    maybe_arms: usize,
    /// Whether its headline or first sentences have attackers or explosives, and casualties.
    opens_armed: bool,
    /// Whether its headline names an act.
    headlined: bool,
    /// Whether its headline names an act and whom it harmed: "Bomb kills 12 at market".
    headlined_harm: bool,
    /// Whether its headline says that somebody was shot or stabbed: "Man shot at bus stop".
    headlined_shot: bool,
    /// Whether its headline or first sentences have attackers by their word or name, and casualties.
    opens_attacked: bool,
    /// Whether its headline or first sentences say that it was nobody's will.
    unwanted: bool,
}

/// How many words the scores are stated for: a long text has more of everything.
const USUAL_WORDS: f32 = 350.0;

impl Subject {
    /// The subject of a text and its headline.
    pub fn of(
        text: &Text<'_>,
        mentions: &[Mention<'_>],
        title: (&Text<'_>, &[Mention<'_>]),
    ) -> Self {
        let mut subject = Self::default();
        let lead_end = text.sentences.get(1).or(text.sentences.first()).map_or(0, |s| s.last);
        let mut seen: Vec<(Domain, &str)> = Vec::new();
        let both = title
            .1
            .iter()
            .map(|m| (title.0, m, true))
            .chain(mentions.iter().map(|m| (text, m, m.first < lead_end)));
        for (text, mention, lead) in both {
            for &sense in mention.senses {
                let Sense::Domain(domain, weight) = sense else { continue };
                let word = text.word(mention.first);
                if seen.iter().any(|&(d, w)| d == domain && w.eq_ignore_ascii_case(word)) {
                    continue;
                }
                seen.push((domain, word));
                subject.scores[domain as usize] += f32::from(weight);
                if lead {
                    subject.lead[domain as usize] += f32::from(weight);
                }
            }
        }
        let armed = |s: &Sense| match s {
            Sense::Act(act) => act.weight >= 2 && act.mode.is_some(),
            Sense::Weapon(_, Some(_))
            | Sense::Person(_, Role::Perpetrator)
            | Sense::Actor(_, Sort::Organisation)
            | Sense::Force(_, Suffix::Military)
            | Sense::Person(Sort::Military, _) => true,
            _ => false,
        };
        subject.arms =
            mentions.iter().chain(title.1).filter(|m| m.senses.iter().any(armed)).count();
        let maybe = |s: &Sense| {
            matches!(
                s,
                Sense::Act(Act { mode: Some(_), .. }) | Sense::Cue(Cue::Claim | Cue::NoClaim)
            )
        };
        subject.maybe_arms = mentions.iter().filter(|m| m.senses.iter().any(maybe)).count();
        let opening = || title.1.iter().chain(mentions.iter().take_while(|m| m.first < lead_end));
        let opens_with = |pick: fn(&Sense) -> bool| {
            let mut opening = opening();
            opening.any(|m| m.senses.iter().any(pick))
        };
        subject.opens_armed =
            opens_with(|s| {
                matches!(
                    s,
                    Sense::Person(_, Role::Perpetrator)
                        | Sense::Weapon(WeaponSort::Explosive | WeaponSort::Firearm, Some(_))
                )
            }) && opens_with(|s| matches!(s, Sense::Casualty(Harm::Killed | Harm::Injured, _)));
        subject.opens_attacked = opens_with(|s| {
            matches!(s, Sense::Person(_, Role::Perpetrator) | Sense::Actor(_, Sort::Organisation))
        }) && opens_with(|s| {
            matches!(s, Sense::Casualty(Harm::Killed | Harm::Injured, _))
        });
        let strong = |s: &Sense| matches!(s, Sense::Act(Act { weight: 2.., .. }));
        let opens = (title.0, title.0.tokens.len());
        subject.unwanted = [opens, (text, lead_end)].into_iter().any(says_unwanted);
        subject.headlined_shot = tells_of_shot(title) && !subject.unwanted;
        subject.headlined =
            subject.headlined_shot || title.1.iter().any(|m| m.senses.iter().any(strong));
        let harmed = |s: &Sense| matches!(s, Sense::Casualty(Harm::Killed | Harm::Injured, _));
        subject.headlined_harm = title.1.iter().any(|m| m.senses.iter().any(strong))
            && title.1.iter().any(|m| m.senses.iter().any(harmed));
        let length = (text.tokens.len() as f32 / USUAL_WORDS).max(1.0);
        subject.scores.iter_mut().for_each(|s| *s /= length);
        subject
    }

    /// How much it speaks of `domain`.
    pub fn speaks_of(&self, domain: Domain) -> f32 {
        self.scores[domain as usize]
    }

    /// How much its headline and first sentences speak of `domain`.
    pub fn opens_with(&self, domain: Domain) -> f32 {
        self.lead[domain as usize]
    }

    /// Whether it speaks of arms, attackers or attacks at all; a blast that nobody calls an accident
    /// is one.
    pub fn is_armed(&self) -> bool {
        let calm = [Domain::Accident, Domain::Disaster, Domain::History];
        let mishap = calm.into_iter().any(|domain| self.speaks_of(domain) > 0.0);
        self.arms >= 1 || (self.maybe_arms >= 1 && !mishap)
    }

    /// Whether its headline names an act of violence.
    pub fn is_headlined(&self) -> bool {
        self.headlined
    }

    /// Whether its headline names an act of violence and whom it harmed.
    pub fn is_headlined_harm(&self) -> bool {
        self.headlined_harm
    }

    /// Whether its headline says that somebody was shot or stabbed.
    pub fn is_headlined_shot(&self) -> bool {
        self.headlined_shot
    }

    /// Whether its headline or first sentences say that it was nobody's will: "accidentally".
    pub fn is_unwanted(&self) -> bool {
        self.unwanted
    }

    /// Whether violent words are figures of speech or inventions here.
    pub fn is_play(&self) -> bool {
        let played = |d| {
            self.opens_with(d) >= 3.0
                || (self.speaks_of(d) >= 4.0 && self.opens_with(d) >= 2.0)
                || self.speaks_of(d) >= 8.0
        };
        // Those who are shot at a match are no figure of speech.
        played(Domain::Sport) && !(self.opens_armed && self.opens_with(Domain::Sport) < 6.0)
            || played(Domain::Fiction)
            || self.is_drill()
            || self.opens_with(Domain::Cyber) >= 2.0
    }

    /// Whether what is told is only practised. Soldiers whom rebels kill on their way from an exercise are
    /// dead.
    fn is_drill(&self) -> bool {
        let told = self.opens_attacked && self.headlined_harm;
        self.opens_with(Domain::Drill) >= if told { 6.0 } else { 3.0 }
    }

    /// Whether attacks and battles are those of politics and markets here.
    pub fn is_talk(&self) -> bool {
        [Domain::Politics, Domain::Economy, Domain::Labour, Domain::Leisure, Domain::Figure]
            .into_iter()
            .any(|d| self.opens_with(d) >= 2.0)
    }

    /// Whether deaths and blasts have a cause without a culprit here.
    pub fn is_mishap(&self) -> bool {
        if self.arms >= 3 {
            return false;
        }
        let opens = self.opens_with(Domain::Disaster) >= 3.0
            || self.opens_with(Domain::Accident) >= 2.0
            || self.opens_with(Domain::Health) >= 4.0;
        opens || self.speaks_of(Domain::Disaster) >= 6.0 || self.speaks_of(Domain::Accident) >= 6.0
    }
}

/// Whether a headline has people and a word that says that they were hit: it leaves out "was".
fn tells_of_shot((text, mentions): (&Text<'_>, &[Mention<'_>])) -> bool {
    let has = |pick: fn(&Sense) -> bool| mentions.iter().any(|m| m.senses.iter().any(pick));
    let struck =
        |m: &&Mention<'_>| m.senses.iter().any(|s| matches!(s, Sense::Casualty(Harm::Struck, _)));
    // "Three shot, one dead".
    let counted = |m: &Mention<'_>| m.first > 0 && number(text, m.first - 1).is_some();
    mentions.iter().find(struck).is_some_and(|shot| {
        (has(|s| matches!(s, Sense::Person(..))) || counted(shot))
            && !has(|s| matches!(s, Sense::Domain(Domain::Figure | Domain::Sport, 2..)))
    })
}

/// Whether the tokens up to `end` say that somebody did it by mistake, or to himself.
fn says_unwanted((text, end): (&Text<'_>, usize)) -> bool {
    let word = |i: usize| text.key(i);
    (0..end).any(|i| {
        let fires = |i: usize| matches!(word(i), "shoot" | "shoots" | "shooting" | "shot");
        matches!(
            word(i),
            "accident"
                | "accidental"
                | "accidentally"
                | "inadvertently"
                | "mistook"
                | "unintentionally"
        ) || matches!(word(i), "himself" | "herself" | "self") && i > 0 && fires(i - 1)
    })
}
