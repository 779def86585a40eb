//! The event types of the gold, and what our kinds and modes are in them.

use serde::{Deserialize, Serialize};

use crate::ontology::{Kind, Mode, Sort};
use crate::report::Report;

/// What sort of event, in the gold's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventType {
    /// Violence by others than the state against people or things.
    Attack,
    /// People are taken or held.
    Abduction,
    /// Violence without a political side.
    OtherViolence,
    /// Violence by state forces.
    StateForce,
    /// Two armed sides fight.
    Clash,
    /// Violence by a crowd.
    Riot,
    /// Violence is threatened.
    Threat,
}

/// The kinds and modes that are right for a type of the gold.
///
/// The gold's types mix act and doer ("attack" or "state force" may both be a shooting), ours are
/// kinds and modes of the act alone; who did it is scored in its own column. So a type stands for
/// a group: the kinds it may have and the modes it may not have. An abduction must be one by its
/// mode, a riot and a threat likewise; an attack may be a hostage taking, since the gold calls
/// sieges so.
struct Group {
    sort: EventType,
    kinds: &'static [Kind],
    modes: fn(Mode) -> bool,
}

#[rustfmt::skip]
const GROUPS: &[Group] = &[
    Group { sort: EventType::Attack, kinds: &[Kind::Assault, Kind::Fight], modes: is_attack },
    Group { sort: EventType::OtherViolence, kinds: &[Kind::Assault, Kind::Fight], modes: is_attack },
    Group { sort: EventType::Abduction, kinds: &[Kind::Assault, Kind::Coerce], modes: is_abduction },
    Group { sort: EventType::StateForce, kinds: &[Kind::Assault, Kind::Fight, Kind::Coerce], modes: is_force },
    Group { sort: EventType::Clash, kinds: &[Kind::Fight], modes: is_fighting },
    Group { sort: EventType::Riot, kinds: &[Kind::Protest, Kind::Assault, Kind::Fight], modes: is_riot },
    Group { sort: EventType::Threat, kinds: &[Kind::Threaten], modes: |_| true },
    Group { sort: EventType::Threat, kinds: &[Kind::Assault], modes: is_threat },
];

fn is_attack(mode: Mode) -> bool {
    let of_others =
        [Mode::Battle, Mode::Riot, Mode::CrowdDispersal, Mode::PoliceShooting, Mode::Threat];
    (mode.is_violent() || mode == Mode::Other) && !of_others.contains(&mode)
}

fn is_abduction(mode: Mode) -> bool {
    matches!(mode, Mode::Kidnapping | Mode::HostageTaking | Mode::Hijacking)
}

fn is_force(mode: Mode) -> bool {
    is_attack(mode) || matches!(mode, Mode::CrowdDispersal | Mode::PoliceShooting)
}

fn is_fighting(mode: Mode) -> bool {
    mode == Mode::Battle || is_force(mode)
}

fn is_riot(mode: Mode) -> bool {
    mode == Mode::Riot
}

fn is_threat(mode: Mode) -> bool {
    mode == Mode::Threat
}

/// Whether a report of this kind and mode is one of the gold's type.
pub fn is_of(sort: EventType, kind: Kind, mode: Mode) -> bool {
    GROUPS.iter().any(|g| g.sort == sort && g.kinds.contains(&kind) && (g.modes)(mode))
}

/// The one type that a report is written as in the exchange form.
pub fn event_type(report: &Report) -> EventType {
    let by_state =
        |sort| matches!(sort, Sort::StateForce | Sort::Government | Sort::Military | Sort::Police);
    match report.mode {
        Mode::Riot => EventType::Riot,
        Mode::Threat => EventType::Threat,
        _ if report.kind == Kind::Threaten => EventType::Threat,
        mode if is_abduction(mode) => EventType::Abduction,
        Mode::Battle => EventType::Clash,
        Mode::CrowdDispersal | Mode::PoliceShooting => EventType::StateForce,
        _ if report.perpetrators.iter().any(|p| by_state(p.sort)) => EventType::StateForce,
        _ => EventType::Attack,
    }
}

#[cfg(test)]
mod tests {
    use reading::Document;

    use super::*;
    use crate::eval::events::tests::report;

    #[test]
    fn every_type_has_a_group() {
        assert!(is_of(EventType::Attack, Kind::Assault, Mode::Shooting));
        assert!(is_of(EventType::Attack, Kind::Assault, Mode::HostageTaking));
        assert!(is_of(EventType::Abduction, Kind::Coerce, Mode::Kidnapping));
        assert!(is_of(EventType::OtherViolence, Kind::Assault, Mode::Other));
        assert!(is_of(EventType::StateForce, Kind::Coerce, Mode::CrowdDispersal));
        assert!(is_of(EventType::Clash, Kind::Fight, Mode::Battle));
        assert!(is_of(EventType::Riot, Kind::Protest, Mode::Riot));
        assert!(is_of(EventType::Threat, Kind::Threaten, Mode::Bombing));
    }

    #[test]
    fn a_battle_is_no_attack_and_a_shooting_no_abduction() {
        assert!(!is_of(EventType::Attack, Kind::Fight, Mode::Battle));
        assert!(!is_of(EventType::Abduction, Kind::Assault, Mode::Shooting));
        assert!(!is_of(EventType::Clash, Kind::Assault, Mode::Shooting));
        assert!(!is_of(EventType::Riot, Kind::Protest, Mode::Other));
    }

    #[test]
    fn what_is_written_is_of_its_own_group() {
        let document = Document::new(None, String::new());
        for &mode in Mode::ALL.iter().filter(|mode| mode.is_violent()) {
            let kind = match mode {
                Mode::Battle => Kind::Fight,
                Mode::Threat => Kind::Threaten,
                _ => Kind::Assault,
            };
            let report = Report { kind, mode, ..report(&document) };
            assert!(is_of(event_type(&report), kind, mode), "{mode}");
        }
    }
}
