//! Sentences that bear each other out: an act that may be nobody's doing, and the people whom the next
//! sentence counts as killed or injured.

use crate::frame::Frame;
use crate::lexicon::{Harm, Part};
use crate::ontology::{Assertion, Mode};
use crate::subject::Subject;

/// How far apart the two sentences stand at most.
const NEAR: usize = 2;
/// From which score an act can be borne out.
const PLAIN: f32 = 2.3;
/// How much it is surer then.
const BORNE_OUT: f32 = 0.6;

/// Raises the acts that a sentence near by bears out: "Shelling resumed on Sunday. Two people were
/// wounded."
pub(super) fn support(frames: &mut [Frame], subject: &Subject) {
    for i in 0..frames.len() {
        let Some(act) = frames.get(i).filter(|f| is_plain(f)) else { continue };
        let near = |j: usize| {
            let other = frames
                .get(j)
                .filter(|f| counts_only(f) || !subject.is_unwanted() && is_hit_in(act, f));
            other.is_some_and(|f| f.sentence - act.sentence <= NEAR)
        };
        if near(i + 1)
            && let Some(frame) = frames.get_mut(i)
        {
            frame.score += BORNE_OUT;
        }
    }
}

/// Whether it only counts the harmed, of an act that another sentence names.
fn counts_only(frame: &Frame) -> bool {
    let harm = |harm| matches!(harm, Harm::Killed | Harm::Injured | Harm::Casualties);
    frame.act.mode.is_none()
        && frame.act.weight < 3
        && frame.tolls.iter().any(|t| harm(t.harm) && !t.aside && !t.pointer && !t.attackers)
}

/// Whether it says who was hit in an act that the other names: "Police are investigating a shooting
/// in Leeds. The victim was hit in the arm."
fn is_hit_in(act: &Frame, frame: &Frame) -> bool {
    let harm = |harm| matches!(harm, Harm::Struck | Harm::Killed | Harm::Injured);
    let same = frame.act.mode.is_none() || frame.act.mode == act.act.mode;
    same && act.act.mode == Some(Mode::Shooting)
        && !frame.background
        && frame.tolls.iter().any(|t| harm(t.harm) && !t.aside && !t.attackers)
}

/// Whether it names an act that is not sure to be one by itself.
fn is_plain(frame: &Frame) -> bool {
    !frame.starts()
        && frame.score >= PLAIN
        && frame.act.mode.is_some()
        && frame.act.weight >= 2
        && frame.act.part != Part::Agent
        && matches!(frame.assertion, Assertion::Asserted | Assertion::Hedged)
}
