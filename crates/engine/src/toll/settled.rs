//! The counts of many sentences → the count of one event, with the rule that chose it.

use std::ops::Range;

use reading::Span;

use crate::lexicon::{Harm, Mention, Sense};
use crate::ontology::Sort;
use crate::resolved::{Basis, Count, Resolved};
use crate::text::Text;
use crate::toll::noun::{ANOTHER_FIGURE, BURIED};
use crate::toll::sum::sum;
use crate::toll::{Toll, says_none};

/// A sentence of the event, with what it counts.
#[derive(Clone, Debug)]
pub struct Telling<'t> {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its mentions.
    pub mentions: &'t [Mention<'t>],
    /// Its tolls.
    pub tolls: &'t [Toll],
}

/// How many suffered `harm`, by the sentences `told`, the first ones first.
pub fn settled(text: &Text<'_>, told: &[Telling<'_>], harm: Harm) -> Option<Resolved<Count>> {
    let all: Vec<(usize, &Toll)> = told
        .iter()
        .enumerate()
        .flat_map(|(n, t)| t.tolls.iter().map(move |toll| (n, toll)))
        .collect();
    let of = |harm: Harm| all.iter().copied().filter(move |(_, t)| t.harm == harm);
    // "Sixteen of the travellers did not survive. The army deplores ten victims": no part of ten.
    let counted = || of(harm).map(|(_, t)| t).filter(|t| !t.part && !t.aside && !t.attackers);
    let given = counted().all(|t| t.own);
    let most = counted().map(size).max().filter(|_| given);
    let is_part = |t: &Toll| t.part && (t.moved || most.is_none_or(|most| size(t) <= most));
    let whole = |t: &Toll| !t.attackers && !is_part(t) && !t.moved && is_said(t.count);
    let firm: Vec<(usize, &Toll)> =
        of(harm).filter(|(_, t)| whole(t) && !t.aside && !t.replaced && !t.pointer).collect();
    // "He put the figure at 160" says of what only beside a count.
    let named: Vec<(usize, &Toll)> =
        firm.iter().copied().filter(|(_, t)| ![ANOTHER_FIGURE, BURIED].contains(&t.rule)).collect();
    if let Some(lead) = lead(&named) {
        let hit = of(Harm::Struck)
            .map(|(_, t)| t)
            .find(|t| !t.attackers && t.word != lead.word && size(t) == 1 && t.span != lead.span);
        let mut count = ranged((text, told), &firm, lead, hit);
        // "Three soldiers were killed. Several guides also died."
        let more = of(harm).any(|(_, t)| t.also && !t.attackers && !is_said(t.count));
        if more && !lead.anybody && !lead.total {
            count.value.high = None;
        }
        return Some(count);
    }
    if harm == Harm::Injured
        && settled_dead(text, told, &all) == 0
        && let Some(struck) = struck(&all)
    {
        return Some(struck);
    }
    // "taken to a hospital, where he died": who died is not counted among the injured too.
    let dead = of(Harm::Killed)
        .any(|(_, t)| !t.attackers && size(t) > 0 && t.rule != ANOTHER_FIGURE)
        || settled_dead(text, told, &all) > 0;
    let weak = |t: &Toll| t.pointer || t.rule == "those in a hospital" && size(t) == 1;
    let told_of =
        |t: &Toll| t.rule != ANOTHER_FIGURE && (harm != Harm::Injured || !dead || !weak(t));
    // What a later figure replaces, a part, another time: better than nothing, in this order.
    let loose = of(harm)
        .filter(|(_, t)| told_of(t))
        .find(|(_, t)| whole(t) && !t.aside && !t.pointer)
        .or_else(|| {
            of(harm).filter(|(_, t)| told_of(t)).find(|(_, t)| {
                !t.attackers && !t.aside && !t.pointer && !t.moved && is_said(t.count)
            })
        })
        .or_else(|| of(harm).filter(|(_, t)| told_of(t)).find(|(_, t)| whole(t) && !t.pointer))
        .or_else(|| of(harm).filter(|(_, t)| told_of(t)).find(|(_, t)| whole(t)))
        .or_else(|| {
            of(harm).filter(|(_, t)| told_of(t)).find(|(_, t)| t.attackers && is_said(t.count))
        });
    if let Some((_, toll)) = loose {
        let basis = if toll.pointer { Basis::Inferred } else { Basis::Stated };
        return Some(Resolved::new(toll.count, basis, vec![toll.span], toll.rule));
    }
    if harm == Harm::Killed
        && let Some(one) = single(text, told, &all)
    {
        return Some(one);
    }
    let none = told.iter().find_map(|t| says_none(text, t.mentions, &t.tokens, harm))?;
    Some(Resolved::new(Count::exactly(0), Basis::Stated, vec![none], "said to be none"))
}

fn is_said(count: Count) -> bool {
    count.low.or(count.best).or(count.high).is_some()
}

fn size(t: &Toll) -> u32 {
    t.count.best.or(t.count.low).or(t.count.high).unwrap_or(0)
}

/// The figure that stands for the whole: that of the first sentence, unless a total outranks it.
fn lead<'t>(firm: &[(usize, &'t Toll)]) -> Option<&'t Toll> {
    let first = firm.first()?.0;
    // "12 died, police said, while residents spoke of 20 dead": the first is the figure.
    let is_other = |t: &Toll| firm.iter().any(|(n, f)| *n == first && !f.own && f.at < t.at);
    let here = || {
        let told = firm.iter().filter(move |(n, _)| *n == first).map(|(_, t)| *t);
        told.filter(move |t| !(t.own && is_other(t)))
    };
    let largest = here()
        .filter(|t| t.total)
        .max_by_key(|t| size(t))
        .or_else(|| here().max_by(|a, b| size(a).cmp(&size(b)).then(b.at.cmp(&a.at))))?;
    let total = firm.iter().map(|(_, t)| *t).filter(|t| t.total).max_by_key(|t| size(t));
    match total {
        // What one side puts the toll at is an account beside the other.
        Some(total) if total.account && largest.anybody && largest.count.best.is_some() => {
            Some(largest)
        }
        Some(total) if !largest.total && size(total) > size(largest) => Some(total),
        _ => Some(largest),
    }
}

/// The figure of the whole, with the bounds that rival accounts give.
fn ranged(
    (text, told): (&Text<'_>, &[Telling<'_>]),
    firm: &[(usize, &Toll)],
    lead: &Toll,
    struck: Option<&Toll>,
) -> Resolved<Count> {
    let tolls = || firm.iter().map(|(_, t)| *t).filter(|t| t.at != lead.at);
    let stated = |count, at: Vec<Span>, rule| Resolved::new(count, Basis::Stated, at, rule);
    // "killing X. Five others also died": who is told of besides is added.
    if lead.rule == "somebody named" || lead.rule == "an article counts one" {
        let others = tolls().find(|t| (t.more || t.also) && !t.total);
        if let Some(others) = others
            && let Some(added) = sum(&[lead.count, others.count])
        {
            return stated(added, vec![lead.span, others.span], "one and the others");
        }
    }
    // "The minister was stabbed. Three guards were also hurt."
    let also = lead.also && lead.harm == Harm::Injured;
    if let Some(hit) = struck.filter(|_| also)
        && let Some(added) = sum(&[lead.count, hit.count])
    {
        return stated(added, vec![lead.span, hit.span], "one and the others");
    }
    // "Four soldiers were killed. Three rebels also died": of another kind, and on top.
    let kinds = !lead.anybody && !lead.total && lead.harm == Harm::Killed;
    let another = |t: &&Toll| !t.total && !t.anybody && !t.account && !t.attackers;
    // "Twenty hostages were killed. Two police officers died in the first clashes".
    let force = |t: &Toll| is_force(told, t);
    let besides = tolls()
        .filter(another)
        .find(|t| t.also)
        .or_else(|| tolls().filter(another).find(|t| !force(lead) && force(t) && !t.more))
        .or_else(|| tolls().filter(another).find(|t| is_joined((text, told), lead, t)));
    // "Five jawans were killed and a driver also died."
    let joined = tolls().find(|t| t.also && another(t) && is_joined((text, told), lead, t));
    let besides = besides.filter(|_| kinds).or_else(|| joined.filter(|_| !lead.total));
    if let Some(besides) = besides.filter(|_| lead.harm == Harm::Killed)
        && let Some(added) = with(lead.count, besides.count)
    {
        return stated(added, vec![lead.span, besides.span], "one and the others");
    }
    if let Some((count, at)) = accounts(lead, tolls()) {
        return stated(count, at, "accounts that differ");
    }
    // "Dozens were killed. 31 bodies were counted": the number outranks the word.
    let vague = lead.count.best.is_none() && lead.count.high.is_none();
    let exact = tolls().find(|t| {
        let number = t.count.best >= lead.count.low && t.count.best.is_some();
        t.anybody && number && !is_boast(text, t)
    });
    match exact.filter(|_| vague) {
        Some(exact) => stated(exact.count, vec![exact.span], "exact after vague"),
        None => stated(lead.count, vec![lead.span], lead.rule),
    }
}

/// "Five soldiers were killed and a driver died": who is told of behind "and", with a word of his own.
fn is_joined((text, told): (&Text<'_>, &[Telling<'_>]), lead: &Toll, other: &Toll) -> bool {
    let and = other.at.checked_sub(1).is_some_and(|i| text.is(i, "and"));
    let one = |t: &&Telling<'_>| t.tokens.contains(&lead.word) && t.tokens.contains(&other.word);
    and && lead.word < other.at && other.at < other.word && told.iter().any(|t| one(&t))
}

/// Whether those counted are soldiers or police by their description.
fn is_force(told: &[Telling<'_>], toll: &Toll) -> bool {
    let counted = |m: &&Mention<'_>| m.first >= toll.at && m.first < toll.at + 4;
    let armed = |s: &Sense| matches!(s, Sense::Person(Sort::Military | Sort::Police, _));
    told.iter()
        .filter(|t| t.tokens.contains(&toll.at))
        .flat_map(|t| t.mentions.iter().filter(counted))
        .any(|m| m.senses.iter().any(armed))
}

/// The sum of two counts; those of whom only "several" is said leave the higher bound open.
fn with(lead: Count, others: Count) -> Option<Count> {
    if others.best.is_none() && others.high.is_none() {
        return Some(Count { high: None, ..lead });
    }
    sum(&[lead, others])
}

/// Whether those who did it say how many: "its fighters had killed 55 people".
fn is_boast(text: &Text<'_>, toll: &Toll) -> bool {
    const REACH: usize = 5;
    let before = toll.word.saturating_sub(REACH)..toll.word;
    let own = ["it", "its", "their", "they"];
    toll.word < toll.at && before.into_iter().any(|i| own.contains(&text.key(i)))
}

/// Bounds that span what several accounts say of the whole.
fn accounts<'t>(lead: &Toll, others: impl Iterator<Item = &'t Toll>) -> Option<(Count, Vec<Span>)> {
    let value = |c: Count| c.best.or(c.low).or(c.high);
    // "about 80" has a number and no bounds: it is both.
    let lowest = |c: Count| c.low.or(c.best.filter(|_| c.high.is_none()));
    let (low, first) = (lowest(lead.count), value(lead.count)?);
    let open = lead.count.low.is_some() && lead.count.high.is_none();
    let rival = |t: &&Toll| {
        let number = value(t.count);
        let below = number < Some(first);
        let firm = open || lead.count.best == lead.count.high && lead.count.best.is_some();
        // "Six pupils were killed; an office counted at least eight dead": more than the pupils.
        let counts = lead.anybody || number > Some(first) && !lead.attackers;
        // "Police put the number of dead at nine", "the governor confirmed only seven deaths".
        // "At least 1,193 died. The government spoke of 30": who has counted more knows of more.
        let figure = t.rule == ANOTHER_FIGURE || t.own && !(below && open);
        // "It spoke of 11 dead, and corrected this to 13."
        let old = lead.total && !lead.account && t.at < lead.at;
        !old && (counts || t.own)
            && t.account
            && t.anybody
            && !t.more
            && number != Some(first)
            && (figure || !(below && firm))
    };
    let rivals: Vec<&Toll> = others.filter(rival).collect();
    let vague = open && lead.count.best.is_none();
    if rivals.is_empty() || (vague && rivals.len() == 1) {
        return None;
    }
    let exact = |t: &&Toll| t.count.best.is_some() && t.count.high.is_some();
    let replaced = rivals.iter().any(exact) && open && rivals.len() > 1;
    let all: Vec<&Toll> = rivals.into_iter().chain((!replaced).then_some(lead)).collect();
    let lows = all.iter().filter_map(|t| lowest(t.count)).chain(low.filter(|_| !replaced));
    let highs = all.iter().filter_map(|t| t.count.high.or(value(t.count)));
    // "Six pupils", "at least eight dead": those counted besides the pupils have no bound above.
    let most = all.iter().max_by_key(|t| value(t.count));
    let closed = |t: &Toll| t.count.high.is_some();
    // "More than 40", "at least 50": nobody says how many at most.
    let bounded = lead.anybody && all.iter().any(|t| closed(t)) || most.is_none_or(|t| closed(t));
    let count = Count { low: lows.min(), best: None, high: highs.max().filter(|_| bounded) };
    Some((count, all.iter().map(|t| t.span).collect()))
}

/// Those who were hit, less those who died of it.
fn struck(all: &[(usize, &Toll)]) -> Option<Resolved<Count>> {
    let of = |harm: Harm| {
        all.iter().map(|(_, t)| *t).filter(move |t| t.harm == harm && !t.aside && is_said(t.count))
    };
    let hit = of(Harm::Struck)
        .filter(|t| !t.pointer && !t.part)
        .max_by_key(|t| size(t))
        .or_else(|| of(Harm::Struck).find(|t| !t.part))?;
    let dead = of(Harm::Killed).map(size).max().unwrap_or(0);
    let left = size(hit).checked_sub(dead).filter(|n| *n > 0)?;
    let count = if dead == 0 { hit.count } else { Count::exactly(left) };
    let rule = if hit.rule == "those with wounds" { hit.rule } else { "those who were hit" };
    Some(Resolved::new(count, Basis::Inferred, vec![hit.span], rule))
}

/// Words that say that somebody who was hit died of it.
const FATAL: &[&str] = &[
    "dead", "deadly", "death", "deceased", "died", "fatal", "fatally", "homicide", "killed",
    "killing", "murder", "murdered", "slain", "slaying",
];

/// "A guard was shot. The killing was filmed": the one who was hit is the one who died.
fn single(
    text: &Text<'_>,
    told: &[Telling<'_>],
    all: &[(usize, &Toll)],
) -> Option<Resolved<Count>> {
    let mut hit = all.iter().map(|(_, t)| *t).filter(|t| t.harm == Harm::Struck && !t.part);
    let one = hit.clone().all(|t| size(t) == 1).then(|| hit.next()).flatten()?;
    let fatal =
        told.iter().flat_map(|t| t.tokens.clone()).find(|&i| FATAL.contains(&text.key(i)))?;
    let at = vec![one.span, text.span(fatal, fatal + 1)?];
    Some(Resolved::new(Count::exactly(1), Basis::Inferred, at, "a single victim"))
}

/// How many died by words beside the numbers, where no number says so.
fn settled_dead(text: &Text<'_>, told: &[Telling<'_>], all: &[(usize, &Toll)]) -> u32 {
    let counted = all.iter().any(|(_, t)| t.harm == Harm::Killed);
    u32::from(!counted && single(text, told, all).is_some())
}

/// Whether attackers are among those counted as killed, if any are told of.
pub fn includes_attackers(told: &[Telling<'_>]) -> Option<bool> {
    let killed = || told.iter().flat_map(|t| t.tolls).filter(|t| t.harm == Harm::Killed);
    if killed().any(|t| t.with_attacker && !t.attackers && t.rule != "sum of a list") {
        return Some(true);
    }
    match (killed().any(|t| t.attackers), killed().any(|t| !t.attackers)) {
        (true, false) => Some(true),
        (true, true) => Some(false),
        (false, _) => None,
    }
}
