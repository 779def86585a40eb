//! How sure a sentence is to tell of violence: the act word, the signs beside it, the subject of the
//! document.

use crate::lexicon::{Act, Cue, Domain, Form, Harm, Mention, Part, Role, Sense, Suffix};
use crate::ontology::{Mode, Sort};
use crate::subject::Subject;
use crate::toll::Toll;

/// How sure a sentence with such an act word is to tell of violence.
pub(super) fn score(
    act: Act,
    here: &[Mention<'_>],
    tolls: &[Toll],
    subject: &Subject,
    (casualty, passive): (bool, bool),
) -> f32 {
    let any = |pick: &dyn Fn(Sense) -> bool| here.iter().any(|m| m.senses.iter().any(|&s| pick(s)));
    let agent = any(&|s| {
        matches!(
            s,
            Sense::Person(_, Role::Perpetrator)
                | Sense::Actor(_, Sort::Organisation | Sort::StateForce)
        )
    });
    let force = any(&|s| {
        matches!(
            s,
            Sense::Person(_, Role::Force) | Sense::Force(Sort::StateForce, Suffix::Military)
        )
    });
    let weapon = any(&|s| matches!(s, Sense::Weapon(_, Some(_))));
    let victim =
        any(&|s| matches!(s, Sense::Person(_, Role::Victim | Role::Either) | Sense::Thing(_)));
    // "He was assassinated by the civil service" counts nobody.
    let harm = tolls.iter().any(|t| {
        matches!(t.harm, Harm::Killed | Harm::Injured | Harm::Abducted | Harm::Casualties)
            && !t.pointer
            && !t.aside
    });
    let dead = any(&|s| {
        matches!(
            s,
            Sense::Casualty(
                Harm::Killed | Harm::Injured,
                Form::Either | Form::Active | Form::Passive | Form::Had
            )
        )
    });
    // Who is shot or stabbed suffers violence, whatever else the sentence says.
    let hit =
        tolls.iter().any(|t| t.harm == Harm::Struck && !t.pointer && !t.aside && !t.attackers);
    // "He was shot twice", "after being shot": somebody told of before.
    let he = passive
        || tolls.iter().any(|t| t.harm == Harm::Struck && t.pointer && !t.aside && !t.attackers);
    let he = he && !subject.is_unwanted();
    let shot = hit || he;
    let sign = |present: bool, weight: f32| if present { weight } else { 0.0 };
    let mut score = f32::from(act.weight)
        + sign(agent, 0.7)
        + sign(force && !agent, 0.4)
        + sign(weapon, 0.7)
        + sign(harm, 0.8)
        // "An attack left nine dead" is enough by itself.
        + sign(harm && act.weight == 2, 0.15)
        + sign(victim, 0.4)
        // "Has died after he was shot" is "was shot and killed" in other words.
        + sign(shot && harm && act.weight < 2, 1.0)
        + sign(hit && harm && act.weight > 1, 0.4)
        + sign(hit && !harm, 2.0)
        + sign(he && !hit && !harm, 1.5)
        + sign(dead && !harm && !hit, 0.3)
        // An attack that an organisation claims has been.
        + sign(agent && act.weight == 2 && any(&|s| s == Sense::Cue(Cue::Claim)), 0.5)
        // "The army suffered thousands of casualties in the battle": nobody else does that.
        + sign(act.mode == Some(Mode::Battle) && act.weight == 1 && suffers(tolls), 0.7)
        // "A bomb at a stall left four dead": the weapon tells the act.
        + sign(armed_harm(here, tolls) && act.weight == 1, 0.5);
    if act.part == Part::Agent {
        score -= 0.4;
    }
    let figure = any(&|s| matches!(s, Sense::Domain(Domain::Figure | Domain::Sport, 2..)));
    score -= sign(figure, 0.8);
    if subject.is_play() {
        score -= 2.2;
    }
    let culprit = agent || act.weight == 3 || (weapon && act.mode.is_some());
    if subject.is_mishap() && !culprit && (!shot || subject.is_unwanted()) {
        score -= 1.6;
    }
    if subject.is_talk() && !harm && !agent && !shot && !subject.is_headlined_shot() {
        score -= 1.5;
    }
    score += sign(subject.is_headlined(), if act.weight > 1 { 0.6 } else { 0.4 });
    // "Bomb kills 12 at market", and then "The explosion happened at noon".
    score += sign(subject.is_headlined_harm() && act.weight > 1 && act.mode.is_some(), 0.3);
    // Deaths alone may be nobody's doing: the document must speak of arms somewhere.
    if casualty && act.mode.is_none() && dead && !agent && !weapon && !subject.is_armed() {
        score -= 1.2;
    }
    let nobody = |s: Sense| {
        matches!(
            s,
            Sense::Domain(
                Domain::Accident | Domain::Disaster | Domain::History | Domain::Health,
                _
            )
        )
    };
    let words = here.iter().filter(|m| m.senses.iter().any(|&s| nobody(s))).count();
    score -= sign(words >= 2, 2.0);
    let mishap = any(&|s| matches!(s, Sense::Domain(Domain::Accident | Domain::Disaster, _)));
    score -= sign(mishap && act.weight < 3 && (!weapon || act.mode.is_none()), 1.2);
    let past = any(&|s| matches!(s, Sense::Domain(Domain::History, _)));
    score -= sign(past && act.weight < 3 && !harm, 1.2);
    // Those to whom an attack is likened did not do it.
    score -= sign(any(&|s| s == Sense::Cue(Cue::Likeness)), 2.0);
    score -= sign(any(&|s| matches!(s, Sense::Domain(Domain::Cyber, _))), 1.0);
    // What is played for practice is told like what was: "in the scenario a band stormed a hotel".
    score -= sign(any(&|s| matches!(s, Sense::Domain(Domain::Drill, 2..))), 2.0);
    score
}

/// Whether losses are counted in no other words than "casualties".
fn suffers(tolls: &[Toll]) -> bool {
    tolls.iter().any(|t| t.harm == Harm::Casualties && !t.pointer && !t.aside)
}

/// Whether a weapon stands before those whom it harms.
fn armed_harm(here: &[Mention<'_>], tolls: &[Toll]) -> bool {
    let armed = |before: usize| {
        here.iter()
            .take_while(|m| m.first < before)
            .any(|m| m.senses.iter().any(|s| matches!(s, Sense::Weapon(_, Some(_)))))
    };
    let harm = |t: &&Toll| {
        matches!(t.harm, Harm::Killed | Harm::Injured | Harm::Casualties) && !t.pointer && !t.aside
    };
    tolls.iter().filter(harm).any(|t| armed(t.word.min(t.at)))
}
