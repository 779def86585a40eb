//! How many were killed, injured or taken, sentence by sentence.
//!
//! A word of harm counts its object ("killing 12 and the driver"), its subject ("two soldiers and a
//! policeman were killed") or those right beside it ("12 dead, 30 injured"); a noun has its figure
//! before it or behind a preposition. What it counts is a number of people, somebody named, or a
//! list of both. What of that holds for the event is decided over its sentences, in `settled`.

mod account;
mod again;
mod aside;
mod bind;
mod group;
mod headline;
mod held;
mod hurt;
mod line;
mod list;
mod none;
mod noun;
mod one;
mod rules;
mod settled;
mod sum;

use std::ops::Range;

use reading::Span;

use crate::lexicon::{Cue, Form, Harm, Mention, Role, Sense};
use crate::resolved::Count;
use crate::text::{Case, Shape, Text};
use again::{after_being, as_many, later, the_same};
use bind::{beside, found_so, subject, unknown_one, verb_start, whom};
use group::{Group, groups};
use line::{AUXILIARIES, Line, PREPOSITIONS, SUBORDINATORS, is_adverb};
use list::{Bound, objects, with_others};
use noun::{
    ANOTHER_FIGURE, BURIED, is_burial, is_figure, is_named_number, is_tally, of_condition,
    of_figure, of_noun, of_tally, of_wound,
};

pub use headline::one_in_headline;
pub(crate) use line::is_singular;
pub use none::says_none;
pub use rules::{RULES, Rule};
pub use settled::{Telling, includes_attackers, settled};

/// One count of the harmed in a sentence.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that the text says or does not")]
pub struct Toll {
    /// What was done to them.
    pub harm: Harm,
    /// How many.
    pub count: Count,
    /// The words of the number, or of those counted.
    pub span: Span,
    /// The token where these begin.
    pub at: usize,
    /// The token of the word of harm.
    pub word: usize,
    /// The rule that found it.
    pub rule: &'static str,
    /// Whether it is called a toll or a total, and so outranks the counts of parts.
    pub total: bool,
    /// Whether it is a part of another number.
    pub part: bool,
    /// Whether those counted are the attackers.
    pub attackers: bool,
    /// Whether an attacker is told of beside them.
    pub with_attacker: bool,
    /// Whether it is of another time or of a whole war.
    pub aside: bool,
    /// Whether a later figure replaces it.
    pub replaced: bool,
    /// Whether it is one account among others.
    pub account: bool,
    /// Whether somebody gives it as his own: "the governor confirmed only seven".
    pub own: bool,
    /// Whether it only points to somebody told of elsewhere.
    pub pointer: bool,
    /// Whether it counts people as such, not soldiers, women or foreigners.
    pub anybody: bool,
    /// Whether it says "also": those counted come on top.
    pub also: bool,
    /// Whether it counts on: "two others".
    pub more: bool,
    /// Whether those counted were counted under another harm before.
    pub moved: bool,
}

/// All tolls among the tokens `range`, whose mentions are `mentions`.
pub fn tolls(text: &Text<'_>, mentions: &[Mention<'_>], range: &Range<usize>) -> Vec<Toll> {
    let casualty = |m: &Mention<'_>| {
        m.sense(|s| if let Sense::Casualty(harm, form) = s { Some((harm, form)) } else { None })
    };
    if !mentions.iter().any(|m| casualty(m).is_some())
        && !mentions.iter().any(|m| m.senses.contains(&Sense::Cue(Cue::Account)))
        && !range.clone().any(|i| held::may_tell(text.key(i)) || hurt::may_tell(text.key(i)))
    {
        return Vec::new();
    }
    let line = Line::of(text, mentions, range);
    let groups = groups(&line);
    let mut found: Vec<Toll> = Vec::new();
    for mention in mentions {
        let Some((harm, form)) = casualty(mention) else { continue };
        if aside::is_unreal(&line, mention) || aside::is_natural(&line, mention) {
            continue;
        }
        if harm == Harm::Struck && is_given_name(text, mention.first, range.start) {
            continue;
        }
        let bound = bind(&line, &groups, mention, form)
            .or_else(|| the_same(&line, &found, mention, form))
            .or_else(|| after_being(&line, &groups, &found, mention, form))
            .or_else(|| alone(&line, mention, form));
        let bound = as_many(&line, &found, mention).or(bound);
        let Some(bound) = bound else { continue };
        // "stabbed six people to death": the end stands behind the object.
        let end = line.reads(bound.last, "to death") || line.reads(bound.last, "dead");
        // "the body of a man with a gunshot wound": he did not live.
        let body = line.before(bound.first) == "of"
            && line.is(bound.first.saturating_sub(2), &["bodies", "body", "remains"]);
        let fatal = end || body && bound.rule == "those with wounds";
        let harm = if harm == Harm::Struck && fatal { Harm::Killed } else { harm };
        add(&line, &mut found, mention, harm, &bound);
        later(&line, &groups, &mut found, mention);
    }
    for (word, bound) in held::held(&line, &groups) {
        add(&line, &mut found, word, Harm::Abducted, &bound);
    }
    for (word, bound) in held::taken(&line, &groups) {
        add(&line, &mut found, &word, Harm::Abducted, &bound);
    }
    for (word, bound) in hurt::brought(&line, &groups) {
        add(&line, &mut found, &word, Harm::Injured, &bound);
    }
    for (word, bound) in
        account::given(&line, &groups).into_iter().chain(noun::cost(&line, &groups))
    {
        add(&line, &mut found, &word, Harm::Killed, &bound);
    }
    presumed(&line, &groups, &mut found);
    if let Some((count, first, last)) = noun::nth(&line)
        && let Some(word) = mentions.iter().find(|m| matches!(casualty(m), Some((Harm::Killed, _))))
    {
        let bound =
            Bound { count, rule: "the nth victim", pointer: false, ..Bound::one(first, last) };
        found.retain(|t| !(first..last).contains(&t.at) || t.harm != Harm::Killed);
        add(&line, &mut found, word, Harm::Killed, &bound);
    }
    found
}

/// Whether it is part of a name: "Director Beat Furrer".
fn is_given_name(text: &Text<'_>, word: usize, start: usize) -> bool {
    text.case == Case::Mixed
        && word > start
        && text.is_capital(word)
        && text.is_capital(word + 1)
        && text.is_capital(word - 1)
}

/// "11 people killed, with four more missing and presumed dead": they may be dead as well.
fn presumed(line: &Line<'_>, groups: &[Group], found: &mut [Toll]) {
    let Some(missing) = line.range.clone().find(|&i| line.is(i, &["missing"])) else { return };
    let feared = line.is(missing + 1, &["and", ","])
        && line.is(missing + 2, &["presumed", "feared", "believed"])
        && line.is(missing + 3, &["dead"]);
    let more = groups
        .iter()
        .find(|g| g.more && g.number.end <= missing && (missing..=missing + 1).contains(&g.last));
    let killed = found.iter_mut().find(|t| t.harm == Harm::Killed && t.at < missing);
    if let (true, Some(more), Some(killed)) = (feared, more, killed)
        && let (Some(high), Some(added)) = (killed.count.high, more.count.high)
    {
        killed.count.high = high.checked_add(added);
        killed.count.best = None;
    }
}

/// Those whom a word of harm counts.
fn bind(line: &Line<'_>, groups: &[Group], word: &Mention<'_>, form: Form) -> Option<Bound> {
    let (first, passive) = verb_start(line, word.first);
    if is_figure(line, word) {
        return of_figure(line, groups, word);
    }
    if line.is(word.last - 1, &["buried"]) {
        let buried =
            subject(line, groups, first).filter(|b| is_burial(line, word) && !b.pointer)?;
        return Some(Bound { rule: BURIED, ..buried });
    }
    // "Four men blew themselves up"; "killed himself and two guards" is a list.
    let own = line.is(word.first + 1, &["himself", "herself", "themselves"]);
    let others = line.is(word.first + 2, &["and", "along", "as"]);
    if own && !others {
        let attackers = subject(line, groups, first)?;
        return Some(Bound { attackers: true, rule: "himself", ..attackers });
    }
    // "There are two dead: a man and a woman" has its number before it.
    if line.word(word.last) == ":" && !passive && groups.iter().all(|g| g.last != word.first) {
        return in_table(groups, word);
    }
    if form != Form::Noun && is_named_number(line, word) {
        return of_tally(line, groups, word);
    }
    match form {
        Form::Active => {
            let nominal = line.word(word.last) == "of";
            let wound = || line.is(word.first, &["wounds"]).then(|| hurt::had(line, groups, word));
            objects(line, groups, word.last + usize::from(nominal)).or_else(|| wound().flatten())
        }
        Form::Passive if passive || is_finite(line, word) => {
            subject(line, groups, first).map(|b| with_others(line, groups, word.last, b))
        }
        Form::Passive => beside(line, groups, word.first).or_else(|| found_so(line, word.first)),
        Form::Either if passive => {
            subject(line, groups, first).map(|b| with_others(line, groups, word.last, b))
        }
        Form::Either => {
            // "shot at": who is shot at need not be hit.
            let missed = line.is(word.last, &["at", "up"]) && line.word(word.last - 1) == "shot";
            let described = is_description(line, word);
            let object = || objects(line, groups, word.last).filter(|_| !missed && !described);
            let object = object();
            let besides = || {
                let closed = |_: &Bound| is_closed(line, word.last);
                beside(line, groups, word.first)
                    .or_else(|| found_so(line, word.first))
                    .or_else(|| hurt::another(line, word.first))
                    .filter(closed)
            };
            object
                .or_else(besides)
                .or_else(|| whom(line, groups, word.first))
                .or_else(|| held::aboard(line, groups, word))
        }
        Form::Noun if is_tally(line, word) => of_tally(line, groups, word),
        Form::Noun if line.is(word.last - 1, &["wound", "wounds"]) => of_wound(line, groups, word),
        Form::Noun if is_condition(line, word) => {
            of_condition(line, groups, word).map(|b| Bound { part: b.part || !b.more, ..b })
        }
        Form::Noun if line.is(word.first, &["injuries"]) => {
            of_noun(line, groups, word).or_else(|| hurt::had(line, groups, word))
        }
        Form::Noun => of_noun(line, groups, word),
        Form::Had => hurt::had(line, groups, word),
    }
}

/// "the murdered senator": the word describes, and tells of another time.
fn is_description(line: &Line<'_>, word: &Mention<'_>) -> bool {
    let first = word.first - usize::from(is_adverb(line.before(word.first)));
    line.is(first.wrapping_sub(1), &["the", "a", "an", "his", "her", "their", "its"])
}

/// Whether no object can follow: "12 killed in a blast", but not "12 gunmen killed Roberto".
fn is_closed(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    let mark = !word.starts_with(|c: char| c.is_alphanumeric());
    mark || PREPOSITIONS.contains(&word)
        || SUBORDINATORS.contains(&word)
        || is_adverb(word)
        || AUXILIARIES.contains(&word)
        || line.is(
            at,
            &[
                "and",
                "or",
                "yesterday",
                "today",
                "this",
                "last",
                "early",
                "late",
                "so",
                "friday",
                "saturday",
                "sunday",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "here",
                "overnight",
            ],
        )
        || line.harm(at).is_some()
}

/// "Killed: 4".
fn in_table(groups: &[Group], word: &Mention<'_>) -> Option<Bound> {
    let group = groups.iter().find(|g| g.number.start == word.last + 1)?;
    let (last, count) = (group.number.end, group.count);
    let bound = Bound::one(group.number.start, last);
    Some(Bound { count, rule: "figure in a table", pointer: false, ..bound })
}

/// "was shot dead", of somebody whom no dictionary describes.
fn alone(line: &Line<'_>, word: &Mention<'_>, form: Form) -> Option<Bound> {
    let (first, passive) = verb_start(line, word.first);
    // "A bridge was blown up": a thing, as a rule.
    let thing = line.reads(word.first, "blown up");
    let verb = passive && matches!(form, Form::Either | Form::Passive) && !thing;
    verb.then(|| unknown_one(line, first, word.last - 1)).flatten()
}

/// "died", "perished", "lost their lives": verbs that need no auxiliary.
fn is_finite(line: &Line<'_>, word: &Mention<'_>) -> bool {
    !line.is(word.first, &["dead", "deceased", "martyred", "dying"])
}

/// "in hospital", "were treated": a state, not a number.
fn is_condition(line: &Line<'_>, word: &Mention<'_>) -> bool {
    line.is(
        word.first,
        &[
            "in",
            "on",
            "were",
            "being",
            "critically",
            "was",
            "taken",
            "treated",
            "rushed",
            "sent",
            "admitted",
            "transported",
            "undergoing",
            "under",
            "receiving",
            "received",
            "recovering",
            "recuperating",
            "fighting",
            "battling",
        ],
    )
}

/// Adds a toll, unless the number belongs to a nearer word.
fn add(line: &Line<'_>, found: &mut Vec<Toll>, word: &Mention<'_>, harm: Harm, bound: &Bound) {
    let same = |t: &&Toll| t.at == bound.first;
    if found.iter().filter(same).any(|t| t.harm == harm) {
        return;
    }
    let shared = bound.rule == "the same people";
    if let Some(rival) = found.iter().position(|t| t.at == bound.first).filter(|_| !shared) {
        let distance = |at: usize| at.abs_diff(bound.last);
        if distance(word.first) >= distance(found[rival].word) {
            return;
        }
        found.remove(rival);
    }
    let Some(span) = line.text.span(bound.first, bound.last) else { return };
    let known = (word.first.saturating_sub(3)..word.first)
        .any(|i| line.is(i, &["known"]) && line.is(i + 1, &["to"]) && line.before(i) != "now");
    // "Two are known to have died": there may be more; "ten are now known" is the last count.
    let open = known || bound.rule == BURIED;
    let count = Count { high: bound.count.high.filter(|_| !open), ..bound.count };
    let own = account::is_own(line, bound.first, word);
    found.push(Toll {
        harm,
        count,
        span,
        at: bound.first,
        word: word.first,
        rule: bound.rule,
        total: is_total(line, word, bound),
        part: bound.part,
        attackers: bound.attackers,
        with_attacker: bound.himself || with_attacker(line),
        aside: aside::is_of_another_time(line, bound.first, word),
        replaced: aside::is_replaced(line, bound.first, word),
        account: bound.rule == ANOTHER_FIGURE
            || own
            || account::is_account(line, bound.first, word),
        own,
        // "recognises one death": not somebody told of before.
        pointer: bound.pointer && !(own && bound.rule == "number before its noun"),
        anybody: is_anybody(line, bound) || own && is_demonym(line, bound.last.saturating_sub(1)),
        also: (word.first.saturating_sub(3)..word.first).any(|i| line.is(i, &["also"]))
            || line.is(word.last, &["too"])
            || line.reads(word.last, "as well"),
        more: bound.more,
        moved: bound.moved,
    });
}

/// Whether people as such are counted: "12 people", "12 were killed", "12 bodies".
fn is_anybody(line: &Line<'_>, bound: &Bound) -> bool {
    const ANYBODY: &[&str] =
        &["citizens", "civilians", "people", "persons", "residents", "victims", "villagers"];
    let last = bound.last.saturating_sub(1);
    let number = line.shape(last) == Some(Shape::Number) || line.person(last).is_none();
    let rule = matches!(
        bound.rule,
        "figure of a toll" | "number before its noun" | ANOTHER_FIGURE | account::GIVEN
    );
    rule || line.is(last, ANYBODY) || bound.rule == "number of people" && number
}

/// "saying 14 Iraqis had died": whoever gives that figure counts everybody.
fn is_demonym(line: &Line<'_>, i: usize) -> bool {
    line.mention(i).is_some_and(|m| m.senses.iter().any(|s| matches!(s, Sense::Demonym(_))))
}

/// Whether the figure is given as that of the whole.
fn is_total(line: &Line<'_>, word: &Mention<'_>, bound: &Bound) -> bool {
    let total = (bound.first.saturating_sub(5)..bound.last + 5)
        .any(|i| line.is(i, &["total", "altogether"]) || line.reads(i, "in all"));
    // "put the dead at 160" is one account.
    is_tally(line, word) || bound.rule == "the nth victim" || total
}

/// "including the gunman", "among them the attacker", "the attacker among them".
fn with_attacker(line: &Line<'_>) -> bool {
    let attacker = |i: usize| line.person(i).is_some_and(|(_, role)| role == Role::Perpetrator);
    line.mentions.iter().filter(|m| m.senses.contains(&Sense::Cue(Cue::Included))).any(|m| {
        let behind = (m.last..m.last + 4).any(attacker);
        let before = line.is(m.first, &["among"]) && m.first >= 1 && attacker(m.first - 1);
        behind || before
    })
}

#[cfg(test)]
mod tests;
