//! The rules by which figures are found and chosen, each with an example that a test runs.
//!
//! [`Toll::rule`](crate::toll::Toll::rule) and the `rule` of a report's counts are names of this
//! table, so whoever doubts a number finds here what it was read from.

use crate::lexicon::Harm;

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, as it stands in results.
    pub name: &'static str,
    /// Whose number it gives there.
    pub harm: Harm,
    /// Sentences in which it gives a number.
    pub example: &'static str,
    /// What it gives: no fewer, no more.
    pub bounds: (Option<u32>, Option<u32>),
}

const fn rule(
    name: &'static str,
    example: &'static str,
    low: Option<u32>,
    high: Option<u32>,
) -> Rule {
    Rule { name, harm: Harm::Killed, example, bounds: (low, high) }
}

const fn taken(name: &'static str, example: &'static str, n: u32) -> Rule {
    Rule { name, harm: Harm::Abducted, example, bounds: (Some(n), Some(n)) }
}

const fn hurt(name: &'static str, example: &'static str, n: u32) -> Rule {
    Rule { name, harm: Harm::Injured, example, bounds: (Some(n), Some(n)) }
}

/// All rules.
pub const RULES: &[Rule] = &[
    rule("number of people", "Gunmen killed at least 12 villagers.", Some(12), None),
    rule("number of people", "No fewer than a dozen were killed on Sunday.", Some(12), None),
    rule("number of people", "A family of six was killed.", Some(6), Some(6)),
    rule("number of people", "All but two of the 12 guards were killed.", Some(10), Some(10)),
    rule("number of people", "Seventeen people, five of them soldiers, died.", Some(17), Some(17)),
    rule("number of people", "Between 30 and 40 farmers were killed.", Some(30), Some(40)),
    rule(
        "number of people",
        "At least 30 farmers, and possibly as many as 40, were killed.",
        Some(30),
        Some(40),
    ),
    rule("an article counts one", "A constable was killed in the raid.", Some(1), Some(1)),
    rule("somebody named", "Gunmen killed the mayor.", Some(1), Some(1)),
    rule("somebody named", "Ann Lee, 34, was killed in the raid.", Some(1), Some(1)),
    rule("sum of a list", "Six rebels and two soldiers were killed.", Some(8), Some(8)),
    rule(
        "sum of a list",
        "It killed 13 members of the guard and around 170 Afghans.",
        Some(183),
        Some(183),
    ),
    rule("sum of a list", "Ten students and four gunmen were killed.", Some(10), Some(14)),
    rule(
        "the nth victim",
        "Three soldiers were killed. A fourth soldier later died.",
        Some(4),
        Some(4),
    ),
    rule(
        "figure of a toll",
        "It spoke of 11 dead. It then corrected this to 13.",
        Some(13),
        Some(13),
    ),
    rule(
        "accounts that differ",
        "Raiders killed 17 people. Police put the number of dead at nine.",
        Some(9),
        Some(17),
    ),
    rule("somebody named", "The mayor whom gunmen shot dead was new.", Some(1), Some(1)),
    rule("number of people", "He stabbed six people to death.", Some(6), Some(6)),
    rule("somebody told of before", "She was killed at once.", Some(1), Some(1)),
    rule("sum of a list", "Two soldiers and a policeman were killed.", Some(3), Some(3)),
    rule("sum of a list", "The blast killed a man and his two sons.", Some(3), Some(3)),
    rule("sum of a list", "Ann Lee, 34, and Tom Ray, 12, were killed.", Some(2), Some(2)),
    rule(
        "total before its parts",
        "The bomb killed three people, two women and a boy.",
        Some(3),
        Some(3),
    ),
    rule("number before its noun", "The raid cost 132 lives.", Some(132), Some(132)),
    rule("sum of a list", "It killed up to 170 guests and 13 guards.", Some(13), Some(183)),
    rule("number of people", "Two people are known to have died in the raid.", Some(2), None),
    rule(
        "one and the others",
        "Four soldiers were killed. Three nurses and a driver also died.",
        Some(8),
        Some(8),
    ),
    rule(
        "accounts that differ",
        "The mayor said 95 people had been killed. A party put the number of dead at 128.",
        Some(95),
        Some(128),
    ),
    rule(
        "number of people",
        "Dozens of people were killed. A group said its men had killed 55 people.",
        Some(24),
        None,
    ),
    rule("deaths of people", "The raid led to the deaths of two guards.", Some(2), Some(2)),
    rule("figure of a toll", "The death toll rose to 145 from 93.", Some(145), Some(145)),
    rule("deaths of people", "The bodies of Ann Lee and Tom Ray were found.", Some(2), Some(2)),
    rule("figure in a table", "Killed: 4 | Injured: 7", Some(4), Some(4)),
    rule("the same people", "Two men were shot and died.", Some(2), Some(2)),
    rule("somebody named", "Officers found Ann Lee shot to death.", Some(1), Some(1)),
    rule(
        "those with wounds",
        "They found the body of a man with a bullet wound.",
        Some(1),
        Some(1),
    ),
    rule("himself", "The bomber killed himself.", Some(1), Some(1)),
    rule(
        "part of a number",
        "The raiders met 40 herders, four of whom were killed.",
        Some(4),
        Some(4),
    ),
    rule("one of those injured", "One of the wounded died.", None, None),
    rule(
        "one and the others",
        "The bomb killed a reporter. Five others were killed as well.",
        Some(6),
        Some(6),
    ),
    rule(
        "accounts that differ",
        "About 80 people were killed. A hospital put the dead at 83.",
        Some(80),
        Some(83),
    ),
    rule(
        "accounts that differ",
        "At least 50 people died. Up to 60 may have been killed, a governor said.",
        Some(50),
        Some(60),
    ),
    rule(
        "accounts that differ",
        "A minister said 132 people were killed. Others put the number as high as 160.",
        Some(132),
        Some(160),
    ),
    rule(
        "one and the others",
        "Twenty hostages were killed. Two police officers died in the first clashes.",
        Some(22),
        Some(22),
    ),
    rule("those who were buried", "Nine villagers have been buried after a raid.", Some(9), None),
    rule(
        "figure that somebody gives",
        "The army admitted the loss of twelve men.",
        Some(12),
        Some(12),
    ),
    rule("number of people", "The bomber killed himself and six guards.", Some(6), Some(6)),
    rule("himself", "Four men blew themselves up at the gate.", Some(4), Some(4)),
    rule(
        "number of people",
        "They list 11 people as killed, with four more missing and presumed dead.",
        Some(11),
        Some(15),
    ),
    rule(
        "sum of a list",
        "It killed 20 cadets in training as well as the driver.",
        Some(21),
        Some(21),
    ),
    rule("sum of a list", "Three members of Al-Nur and a nurse also died.", Some(4), Some(4)),
    rule(
        "exact after vague",
        "Dozens were killed. In the evening 31 people were dead.",
        Some(31),
        Some(31),
    ),
    rule("a single victim", "A guard was shot outside. The killing was filmed.", Some(1), Some(1)),
    rule("said to be none", "Gunmen attacked the post but nobody was killed.", Some(0), Some(0)),
    rule("sum of a list", "Two guards were killed along with a driver.", Some(3), Some(3)),
    rule("sum of a list", "They killed the leader and four of his guards.", Some(5), Some(5)),
    rule("number of people", "Five people including a judge died.", Some(5), Some(5)),
    rule("part of a number", "Two of the seven hostages were killed.", Some(2), Some(2)),
    rule("number of people", "Two of the 17 people killed were nurses.", Some(17), Some(17)),
    taken("number of people", "Gunmen held 20 people hostage in a bank.", 20),
    taken("an article counts one", "Inmates took a guard hostage on Monday.", 1),
    taken("somebody named", "Inmates took the governor hostage on Monday.", 1),
    taken("number of people", "Forty pupils were taken from a school by gunmen.", 40),
    taken("number of people", "The raiders took six workers with them.", 6),
    taken("people on board", "Pirates seized a tanker with 23 crew members.", 23),
    hurt("number of people", "Fourteen people were killed and 108 injured.", 108),
    hurt("number of people", "The raid left one dead and 30 wounded, six of them badly.", 30),
    hurt("sum of a list", "The blast wounded two guards and a driver.", 3),
    hurt("those who were hit", "A woman was shot in the leg.", 1),
    hurt("those who were hit", "Two men were shot, and one of them died.", 1),
    hurt("those with wounds", "Police found a man with a gunshot wound.", 1),
    hurt(
        "those who were hit",
        "A man was charged with robbery after being shot outside a shop.",
        1,
    ),
    hurt("those in a hospital", "Eight pupils are in hospital.", 8),
    hurt(
        "those in a hospital",
        "A bomb wounded few; ten people were taken to the Nasser hospital.",
        10,
    ),
    hurt("those who have wounds", "Five recruits suffered shrapnel injuries.", 5),
    hurt("those who have wounds", "Peacekeepers treated 16 people for burns.", 16),
    hurt("those who have wounds", "A grenade left four with shrapnel wounds.", 4),
    hurt("those who have wounds", "A guard got a bullet in the foot.", 1),
    hurt("somebody named", "Two men were killed and a third one injured.", 1),
    hurt("said to be none", "A shot was fired at the guard, who was not hurt.", 0),
];
