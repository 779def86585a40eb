//! How an incident was done: the mode that its words carry, against the words that tell how it ended
//! and who met whom.

use reading::Span;

use crate::frame::Frame;
use crate::lexicon::{Act, Harm, Mention, Sense};
use crate::ontology::{Attribution, Effect, Mode, Sort};
use crate::report::{Perpetrator, Target};
use crate::settle::Reading;

/// The weight from which aircraft or drones in the first sentence tell how it was done.
const AIRBORNE: f32 = 2.0;

/// Whether people were taken and nobody is said to be harmed: "threatened to kill three teachers whom
/// they seized".
fn only_takes(frames: &[&Frame]) -> bool {
    let mut harms = frames.iter().flat_map(|f| &f.tolls).filter(|t| !t.aside).map(|t| t.harm);
    let first = harms.next();
    first == Some(Harm::Abducted) && harms.all(|harm| harm == Harm::Abducted)
}

impl Reading<'_> {
    /// How it was done: the mode with the most weight, the first sentences counting double.
    pub(crate) fn mode(&self, frames: &[&Frame]) -> Mode {
        let mut weights: Vec<(Mode, f32)> = Vec::new();
        // "Attackers with machetes and pistols": two means, and no word for the act.
        if let [frame] = frames
            && self.has_two_means(frame)
        {
            return Mode::ArmedAssault;
        }
        for (n, frame) in frames.iter().enumerate() {
            let rank = if n == 0 { 2.0 } else { 1.0 / (1.0 + n as f32 * 0.5) };
            let answered = self.is_answered(frame, frames);
            for (mode, weight) in frame.modes(self.mentions) {
                if answered && mode == Mode::Shooting {
                    continue;
                }
                match weights.iter_mut().find(|(m, _)| *m == mode) {
                    Some((_, w)) => *w += weight * rank,
                    None => weights.push((mode, weight * rank)),
                }
            }
        }
        let weight = |mode: Mode| weights.iter().find(|(m, _)| *m == mode).map_or(0.0, |(_, w)| *w);
        // A suicide bombing is a bombing said more precisely.
        if weight(Mode::SuicideBombing) >= 3.0
            && weight(Mode::SuicideBombing) * 2.0 >= weight(Mode::Bombing)
        {
            return Mode::SuicideBombing;
        }
        // What aircraft bomb is bombed from the air.
        let air = weight(Mode::AirStrike).max(weight(Mode::DroneStrike));
        if air >= AIRBORNE && weight(Mode::Bombing) > air && !self.has_device(frames) {
            let drones = weight(Mode::DroneStrike) > weight(Mode::AirStrike);
            return if drones { Mode::DroneStrike } else { Mode::AirStrike };
        }
        let best = weights
            .iter()
            .filter(|(m, _)| *m != Mode::Other)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let taken = only_takes(frames).then_some(Mode::Kidnapping);
        let unsaid = taken.or_else(|| self.wounds(frames)).unwrap_or(Mode::ArmedAssault);
        best.or(weights.first()).map_or(unsaid, |(mode, _)| *mode)
    }

    /// What the wounds are of, where nothing else says how it was done: "found a man with a gunshot
    /// wound".
    fn wounds(&self, frames: &[&Frame]) -> Option<Mode> {
        let struck = |m: &&Mention<'_>| {
            m.senses.iter().any(|s| matches!(s, Sense::Casualty(Harm::Struck, _)))
        };
        let here = frames.iter().flat_map(|f| &self.mentions[f.mentions.clone()]);
        here.filter(struck).find_map(|m| match self.text.key(m.first) {
            "bullet" | "gunshot" => Some(Mode::Shooting),
            "stab" => Some(Mode::Stabbing),
            _ => None,
        })
    }

    /// Whether a sentence names what somebody laid or carried: a bomb, a vest, explosives.
    fn has_device(&self, frames: &[&Frame]) -> bool {
        let device = |m: &Mention<'_>| {
            let bomb = |s: &Sense| {
                matches!(s, Sense::Weapon(_, Some(Mode::Bombing | Mode::SuicideBombing)))
            };
            m.senses.iter().any(bomb)
        };
        frames.iter().any(|f| self.mentions[f.mentions.clone()].iter().any(device))
    }

    /// Whether only weapons say how it was done, and they say two things.
    fn has_two_means(&self, frame: &Frame) -> bool {
        let senses = || self.mentions[frame.mentions.clone()].iter().flat_map(|m| m.senses);
        let acts = senses().any(|s| matches!(s, Sense::Act(Act { mode: Some(_), .. })));
        let mut means = senses().filter_map(|s| match s {
            Sense::Weapon(_, mode @ Some(Mode::Shooting | Mode::Stabbing)) => *mode,
            _ => None,
        });
        let first = means.next();
        !acts
            && frame.clause.is_none_or(|act| act.mode.is_none())
            && means.any(|m| Some(m) != first)
    }

    /// Whether a frame's shots are those with which a state's force ended something else.
    fn is_answered(&self, frame: &Frame, frames: &[&Frame]) -> bool {
        let senses = |m: &Mention<'_>| {
            m.senses.iter().any(|s| matches!(s, Sense::Act(Act { mode: Some(Mode::Shooting), .. })))
        };
        let mut shots = self.mentions[frame.mentions.clone()].iter().filter(|m| senses(m));
        let began = |f: &&Frame| {
            f.modes(self.mentions).iter().any(|(mode, weight)| {
                let attack = matches!(
                    mode,
                    Mode::Stabbing | Mode::VehicleRamming | Mode::HostageTaking | Mode::Bombing
                );
                attack && *weight >= 2.0
            })
        };
        shots.any(|m| self.is_by_force(frame, m.first)) && frames.iter().any(began)
    }

    /// Whether police or soldiers do the verb at a token.
    pub(crate) fn is_by_force(&self, frame: &Frame, token: usize) -> bool {
        const FORCES: &[&str] = &[
            "agents",
            "commandos",
            "guard",
            "guards",
            "officer",
            "officers",
            "police",
            "policeman",
            "policemen",
            "soldier",
            "soldiers",
            "troops",
        ];
        let syntax = self.grammar.sentence(frame.sentence);
        let Some(verb) = syntax.verb_at(token) else { return false };
        let doers = syntax.doers(verb);
        doers
            .iter()
            .filter_map(|&n| syntax.nouns.get(n))
            .any(|noun| FORCES.binary_search(&self.text.key(noun.head)).is_ok())
    }

    /// Whether somebody in office was murdered: "the mayor was murdered by rebels, who shot him".
    fn is_murder_in_office(&self, frames: &[&Frame], targets: &[Target]) -> bool {
        let killed = |t: &&Target| t.effect == Some(Effect::Killed);
        let mut killed = targets.iter().filter(killed).peekable();
        let said = |f: &&Frame| f.tokens.clone().any(|i| self.text.is(i, "murdered"));
        killed.peek().is_some()
            && killed.all(|t| matches!(t.sort, Sort::Government | Sort::Political))
            && frames.iter().any(said)
    }

    /// How it was done; a killing by a mob is a riot, a shooting by a state's force alone is named by whom it met: a crowd, a person.
    pub(crate) fn by_state(
        &self,
        frames: &[&Frame],
        perpetrators: &[Perpetrator],
        targets: &[Target],
    ) -> Mode {
        let mode = self.mode(frames);
        let modes = frames.iter().flat_map(|f| f.modes(self.mentions));
        let only =
            modes.into_iter().all(|(m, _)| matches!(m, Mode::Shooting | Mode::CrowdDispersal));
        let says = |name: Span, words: &[&str]| {
            let name = name.of(self.text.source).to_lowercase();
            words.iter().any(|word| name.contains(word))
        };
        let mob = |p: &Perpetrator| says(p.name, &["mob", "crowd", "rioter", "vigilante"]);
        if matches!(mode, Mode::Other | Mode::Arson) && perpetrators.first().is_some_and(mob) {
            return Mode::Riot;
        }
        if matches!(mode, Mode::Other | Mode::Shooting) && self.is_murder_in_office(frames, targets)
        {
            return Mode::Assassination;
        }
        let did = || perpetrators.iter().filter(|p| p.attribution != Attribution::Denied);
        let alone = did().next().is_some() && did().all(|p| p.sort == Sort::StateForce);
        if mode != Mode::Shooting || !alone || !only {
            mode
        } else if targets.iter().any(|t| says(t.name, &["protest", "demonstrat", "march", "crowd"]))
        {
            Mode::CrowdDispersal
        } else if perpetrators
            .iter()
            .any(|p| says(p.name, &["police", "officer", "trooper", "deput"]))
        {
            Mode::PoliceShooting
        } else {
            mode
        }
    }
}
