//! Verb groups → what they say: the line of the table that fits, turned by what depends on it, by
//! negation and by modal verbs.
//!
//! "will lift the embargo" is not yet lifting it: what is friendly and to come is AGREE, what is
//! hostile and to come is THREATEN, as in CAMEO. "must lift it" asks for it.

use crate::deed::lexicon::{Line, Says, Topics};
use crate::deed::party::Parties;
use crate::lexicon::{Part, Sense};
use crate::ontology::{Assertion, Kind};
use crate::syntax::{Form, Forms, VerbGroup, Verbs, Voice};

/// What a verb group says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning<'k> {
    /// The kind.
    pub(super) kind: Kind,
    /// The kind of what it is about, before it is promised, threatened or refused.
    pub(super) deed: Kind,
    /// The line that says it.
    pub(super) line: &'k Line,
    /// How it is put.
    pub(super) assertion: Assertion,
    /// How telling the line is: 1 the verb alone, more with what it is about.
    pub(super) rank: u8,
    /// The last verb group that it takes in: "agreed to *lift*".
    pub(super) last: usize,
    /// Where the words that say it end.
    pub(super) end: usize,
    /// Whether whoever speaks asks it of the subject: "X must leave".
    pub(super) asked: bool,
}

/// A line that fits a verb group, how telling it is, and where its words end.
pub(super) type Fit<'k> = (&'k Line, u8, usize);

/// What depends on an operator.
enum Inner<'k> {
    Meaning(Meaning<'k>),
    Violence,
    None,
}

/// The deepest chain of verbs followed: "said it had agreed to help to rebuild".
const DEEPEST: u8 = 4;

impl<'k> Parties<'k> {
    /// What verb group `v` says, if anything.
    pub(super) fn meaning(&self, v: usize) -> Option<Meaning<'k>> {
        self.deep(v, 0)
    }

    fn deep(&self, v: usize, depth: u8) -> Option<Meaning<'k>> {
        let group = self.syntax.verbs.get(v).filter(|_| depth < DEEPEST)?;
        // "Saudi-led", "government-sponsored": part of an adjective.
        let start = self.text.tokens.get(group.first)?.start as usize;
        if start.checked_sub(1).and_then(|i| self.text.source.as_bytes().get(i)) == Some(&b'-') {
            return None;
        }
        let (line, rank, end) = self.line(v)?;
        let (kind, deed, last) = match line.says {
            Says::Nothing | Says::Say | Says::Violence => return None,
            Says::Kind(kind) => (kind, kind, v),
            operator => {
                let inner = self.inner(v, depth);
                let last = if let Inner::Meaning(m) = &inner { m.last } else { v + 1 };
                let kind = turned(operator, &inner)?;
                let deed = if let Inner::Meaning(m) = &inner { m.deed } else { kind };
                (kind, deed, last)
            }
        };
        // Violence itself is told by its own lexicon; here it is only what is promised or stopped.
        let taken = kind == Kind::Fight && group.voice == Voice::Passive;
        if taken || depth == 0 && kind == Kind::Assault || self.is_no_deed(v, kind) {
            return None;
        }
        let plain = Meaning {
            kind,
            deed,
            line,
            assertion: Assertion::Asserted,
            rank,
            last,
            end,
            asked: false,
        };
        self.put(plain, v, group)
    }

    /// Whether the words around verb group `v` make it another thing than its line says: "offered no
    /// evidence", "dismissed its generals", "condemned them to death", "insisted it was a Kh-22".
    fn is_no_deed(&self, v: usize, kind: Kind) -> bool {
        let group = &self.syntax.verbs[v];
        let is = |i: usize, words: &[&str]| words.iter().any(|word| self.text.is(i, word));
        let object = group.objects.first().and_then(|&n| self.syntax.nouns.get(n));
        let active = group.voice == Voice::Active;
        if active && object.is_some_and(|noun| is(noun.first, &["no"])) {
            return true;
        }
        // "Declined to comment" tells nothing.
        let silent = ["answer", "comment", "discuss", "elaborate", "say"];
        if kind == Kind::Reject
            && is(group.last, &["to"])
            && (group.last + 1..group.last + 3).any(|i| is(i, &silent))
        {
            return true;
        }
        match kind {
            Kind::Reject => object.is_some_and(|noun| {
                let own = ["her", "his", "its", "their"];
                active && is(noun.first, &own) && (noun.first..noun.last).any(|i| self.is_people(i))
            }),
            // "Designated X a terrorist organisation", but not "designated Y as her successor".
            Kind::Sanction => {
                let listed = ["terror", "terrorist", "terrorists"];
                is(group.head, &["designate", "designated", "designates"])
                    && !(group.last..self.tokens.end).any(|i| is(i, &listed))
            }
            Kind::Accuse => {
                let court = ["death", "jail", "life", "prison"];
                is(group.head, &["condemn", "condemned", "condemns"])
                    && (group.last..self.tokens.end).any(|i| is(i, &["to"]) && is(i + 1, &court))
            }
            Kind::Request => {
                let told = ["are", "had", "has", "have", "is", "was", "were"];
                is(group.head, &["insist", "insisted", "insists"])
                    && self.syntax.verbs.get(v + 1).is_some_and(|next| {
                        next.form == Form::Finite
                            && next.first <= group.last + 4
                            && is(next.first, &told)
                    })
            }
            _ => false,
        }
    }

    /// Negation, modal verbs and conditions.
    fn put(&self, mut told: Meaning<'k>, v: usize, group: &VerbGroup) -> Option<Meaning<'k>> {
        let modal = group.modal.map(|i| self.text.key(i));
        let reported = self.reporter(v).is_some();
        match modal {
            Some("must" | "should" | "shall" | "ought" | "shouldnt") => {
                (told.kind, told.asked) = (Kind::Request, true);
                return reported.then_some(told);
            }
            Some("may" | "might" | "could" | "can" | "cannot" | "cant" | "couldnt") => {
                told.assertion = Assertion::Hedged;
            }
            Some("would" | "wouldnt") if !reported => told.assertion = Assertion::Conditional,
            _ => {}
        }
        let comes = matches!(modal, Some("will" | "would" | "wont" | "wouldnt"));
        if group.negated {
            if !is_friendly(told.kind) {
                return None;
            }
            told.kind = Kind::Reject;
        } else if comes {
            told.kind = to_come(told.kind);
        }
        if self.is_conditional(v) || self.is_on_condition(told.kind, group) {
            told.assertion = Assertion::Conditional;
        } else if told.assertion == Assertion::Asserted && self.is_alleged(v) {
            told.assertion = Assertion::Hedged;
        }
        Some(told)
    }

    /// The line that fits verb group `v` best.
    fn line(&self, v: usize) -> Option<Fit<'k>> {
        *self.lines.get(v)?.get_or_init(|| self.best_line(v))
    }

    fn best_line(&self, v: usize) -> Option<Fit<'k>> {
        let group = &self.syntax.verbs[v];
        let head = self.text.key(group.head);
        let base = base(head, self.known.verbs.forms(head), &self.known.verbs)?;
        let lines = self.known.deeds.lines(base);
        let mut best: Option<(&Line, (usize, u8), usize)> = None;
        for line in lines {
            let Some(end) = self.particle(line, group) else { continue };
            let rank = if line.about.is_empty() {
                1
            } else {
                let found = self.about(v, line, end);
                let things = found.without(Topics::PARTY).without(Topics::ALONE);
                match line.about {
                    about if about.meets(things) => 3,
                    about if about.meets(found) => 2,
                    _ => continue,
                }
            };
            let rank = (line.particle.len().min(1) + usize::from(rank), rank);
            if best.is_none_or(|(_, old, _)| old < rank) {
                best = Some((line, rank, end));
            }
        }
        best.map(|(line, (_, rank), end)| (line, rank, end))
    }

    /// Where the particle of a line ends behind the verb, if it stands there.
    fn particle(&self, line: &Line, group: &VerbGroup) -> Option<usize> {
        // "forced the agency out": a lone particle may follow the object.
        if let [particle] = line.particle.as_slice()
            && let Some(&object) = group.objects.first()
            && self.text.key(self.syntax.nouns[object].last) == *particle
        {
            return Some(self.syntax.nouns[object].last + 1);
        }
        let mut at = group.last;
        let mut skipped = 0;
        for word in &line.particle {
            while self.text.key(at) != *word {
                let adverb = |w: &str| w.ends_with("ly") || matches!(w, "also" | "again" | "back");
                skipped += 1;
                if skipped > 2 || !adverb(self.text.key(at)) {
                    return None;
                }
                at += 1;
            }
            at += 1;
        }
        Some(at)
    }

    /// The topics of what verb group `v` is about, `end` being where its particle ends.
    fn about(&self, v: usize, line: &Line, end: usize) -> Topics {
        let group = &self.syntax.verbs[v];
        let behind = || {
            self.syntax
                .nouns
                .iter()
                .position(|n| n.first >= end && n.first <= end + 1 && n.first > group.head)
        };
        let mut nouns: Vec<usize> = match group.voice {
            Voice::Active if !group.objects.is_empty() && end > group.last + 1 => {
                group.objects.clone()
            }
            Voice::Active if line.particle.is_empty() => group.objects.clone(),
            Voice::Active => behind().into_iter().collect(),
            Voice::Passive => group.subjects.clone(),
        };
        if nouns.is_empty() || group.voice == Voice::Passive {
            // "arrived for talks": what it is about stands behind a preposition.
            nouns.extend(group.obliques.iter().map(|&(_, n)| n));
        }
        let alone = group.voice == Voice::Active && group.objects.is_empty();
        let mut all = if alone { Topics::ALONE } else { Topics::default() };
        for &noun in &nouns {
            all = all.and(self.topics(noun));
            // "the withdrawal of troops": what it is of counts as well.
            let of = self.syntax.nouns.iter().position(|n| n.of == Some(noun));
            all =
                all.and(of.map_or(Topics::default(), |of| self.topics(of).without(Topics::PARTY)));
        }
        all
    }

    /// The topics of a noun phrase, and whether it is a party.
    fn topics(&self, index: usize) -> Topics {
        let known = self.topics.get(index);
        known.map_or(Topics::default(), |cell| *cell.get_or_init(|| self.all_topics(index)))
    }

    fn all_topics(&self, index: usize) -> Topics {
        let noun = &self.syntax.nouns[index];
        let keys: Vec<&str> =
            (noun.first..noun.last).map(|i| self.text.key(i)).filter(|k| !k.is_empty()).collect();
        let mut found = Topics::default();
        for last in (0..keys.len()).rev() {
            let before = |n: usize| last.checked_sub(n).and_then(|i| keys.get(i)).copied();
            found = self.known.deeds.topics(keys[last], before);
            if !found.is_empty() {
                break;
            }
        }
        let named = noun.name && self.acts(index);
        let party = named || self.is_people(noun.head) || self.is_politic(noun.head);
        if party { found.and(Topics::PARTY) } else { found }
    }

    /// What depends on the operator `v`: an infinitive, a gerund right behind it, or a clause.
    fn inner(&self, v: usize, depth: u8) -> Inner<'k> {
        let group = &self.syntax.verbs[v];
        let next = |w: usize| self.syntax.verbs.get(w);
        let Some(inner) = next(v + 1) else { return self.named_violence(v) };
        let depends = match inner.form {
            Form::Infinitive => inner.governor == Some(v) || inner.first <= group.last + 4,
            Form::Gerund => inner.first <= group.last + 1,
            Form::Finite => {
                let start =
                    inner.subjects.first().map_or(inner.first, |&n| self.syntax.nouns[n].first);
                start >= group.last && start <= group.last + 1 && !inner.relative
            }
            Form::Participle => false,
        };
        if !depends {
            return self.named_violence(v);
        }
        match self.deep(v + 1, depth + 1) {
            Some(meaning) => Inner::Meaning(meaning),
            None if self.is_violent(inner.head) => Inner::Violence,
            None if self.line(v + 1).is_some_and(|(line, ..)| line.says == Says::Violence) => {
                Inner::Violence
            }
            None => Inner::None,
        }
    }

    /// Whether an operator's object is an act of violence: "vowed retaliation".
    fn named_violence(&self, v: usize) -> Inner<'k> {
        let objects = &self.syntax.verbs[v].objects;
        let violent = objects.iter().any(|&n| self.is_violent(self.syntax.nouns[n].head));
        if violent { Inner::Violence } else { Inner::None }
    }

    /// Whether token `i` is a word of violence.
    pub(super) fn is_violent(&self, i: usize) -> bool {
        let at = self.mentions.partition_point(|m| m.last <= i);
        self.mentions.get(at).filter(|m| m.first <= i).is_some_and(|m| {
            m.senses.iter().any(|s| matches!(s, Sense::Act(act) if act.part != Part::Agent))
        })
    }

    /// Whether verb group `v` says that something is said.
    pub(super) fn is_saying(&self, v: usize) -> bool {
        // Who was told something says nothing.
        let speaks = self.syntax.verbs.get(v).is_some_and(|group| group.voice == Voice::Active);
        speaks && self.line(v).is_some_and(|(line, ..)| line.says == Says::Say)
    }

    /// The verb group by which somebody says what `v` says: the nearest before it, else the next.
    pub(super) fn reporter(&self, v: usize) -> Option<usize> {
        let says = |&w: &usize| self.is_saying(w) && !self.syntax.verbs[w].subjects.is_empty();
        (0..v).rev().find(says).or_else(|| (v + 1..self.syntax.verbs.len()).find(says))
    }

    /// Whether a clause is one of "if" or "unless".
    fn is_conditional(&self, v: usize) -> bool {
        matches!(self.opener(v), Some("if" | "unless" | "whether"))
    }

    /// Whether what is threatened or promised is bound to what another does: "threatened to send troops
    /// if the attacks go on".
    fn is_on_condition(&self, kind: Kind, group: &VerbGroup) -> bool {
        let mut behind = group.last..self.tokens.end;
        let bound = |i: usize| self.text.is(i, "if") || self.text.is(i, "unless");
        matches!(kind, Kind::Threaten | Kind::Agree) && behind.any(bound)
    }

    /// Whether a clause tells what an allegation or a fear is: "concerns that Peru …".
    fn is_alleged(&self, v: usize) -> bool {
        const DOUBTS: &[&str] = &[
            "allegation",
            "allegations",
            "claim",
            "claims",
            "concern",
            "concerns",
            "fear",
            "fears",
            "hope",
            "hopes",
            "possibility",
            "report",
            "reports",
            "reportedly",
            "rumours",
            "speculation",
            "suspicion",
            "suspicions",
        ];
        let start = self.clause_start(v);
        let word = |back: usize| {
            start.checked_sub(back).filter(|&i| i >= self.tokens.start).map(|i| self.text.key(i))
        };
        let doubt = |word: Option<&str>| word.is_some_and(|w| DOUBTS.binary_search(&w).is_ok());
        word(1).is_some_and(|w| w == "that") && doubt(word(2)) || doubt(word(1))
    }

    /// Where the clause of verb group `v` begins.
    fn clause_start(&self, v: usize) -> usize {
        let group = &self.syntax.verbs[v];
        let subjects = group.subjects.iter().map(|&n| self.syntax.nouns[n].first);
        subjects.filter(|&first| first < group.first).min().unwrap_or(group.first)
    }

    /// The word that opens the clause of verb group `v`, if it makes it depend on another.
    pub(super) fn opener(&self, v: usize) -> Option<&'k str> {
        const OPENERS: &[&str] = &[
            "after", "although", "as", "because", "before", "if", "once", "since", "though",
            "unless", "until", "when", "whether", "where", "while", "whose",
        ];
        let start = self.clause_start(v);
        let word = self.text.key(start.checked_sub(1).filter(|&i| i >= self.tokens.start)?);
        OPENERS.binary_search(&word).is_ok().then_some(word)
    }
}

/// The base form of the verb that a word with these forms is.
pub(super) fn base(key: &str, forms: Option<Forms>, verbs: &Verbs) -> Option<&'static str> {
    match key {
        "is" | "are" | "was" | "were" | "been" | "am" | "be" => Some("be"),
        _ => verbs.base_of(forms?),
    }
}

/// What an operator makes of what depends on it.
fn turned(operator: Says, inner: &Inner<'_>) -> Option<Kind> {
    let kind = match inner {
        Inner::Meaning(m) => Some(m.kind),
        Inner::Violence => Some(Kind::Assault),
        Inner::None => None,
    };
    match operator {
        Says::Promise => Some(match kind {
            // "Promised to investigate the murder": an inquiry is no threat.
            Some(kind) if !is_friendly(kind) && kind != Kind::Accuse => Kind::Threaten,
            _ => Kind::Agree,
        }),
        Says::Intend => Some(to_come(kind?)),
        Says::Refuse => match kind {
            Some(kind) if !is_friendly(kind) => None,
            _ => Some(Kind::Reject),
        },
        Says::Stop => match kind {
            Some(Kind::Protest) => Some(Kind::Concede),
            Some(kind) if is_friendly(kind) => Some(Kind::Sanction),
            Some(Kind::Assault | Kind::Fight | Kind::Mobilize) => Some(Kind::Retreat),
            Some(_) => Some(Kind::Concede),
            None => None,
        },
        Says::Prepare => match kind? {
            Kind::Assault | Kind::Fight => Some(Kind::Mobilize),
            kind => Some(to_come(kind)),
        },
        _ => kind,
    }
}

/// Whether a kind is one of cooperation.
pub(super) fn is_friendly(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Agree
            | Kind::Consult
            | Kind::Support
            | Kind::Concede
            | Kind::Cooperate
            | Kind::Aid
            | Kind::Retreat
    )
}

/// Whether a kind is said rather than done.
pub(super) fn is_verbal(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Agree | Kind::Support | Kind::Request | Kind::Accuse | Kind::Reject | Kind::Threaten
    )
}

/// What a kind is while it is to come: friendly deeds are promises, hostile ones threats, and what is
/// said stays what it is.
fn to_come(kind: Kind) -> Kind {
    match kind {
        Kind::Request | Kind::Accuse | Kind::Reject | Kind::Agree | Kind::Threaten => kind,
        kind if is_friendly(kind) => Kind::Agree,
        _ => Kind::Threaten,
    }
}
