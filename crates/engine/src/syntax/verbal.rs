//! Words that can be verbs: which they are here, by the words beside them.

use crate::syntax::class::{Class, Word};
use crate::syntax::verbs::Forms;
use crate::text::Shape;

/// Gerunds that are nouns unless an object follows. Sorted.
const GERUND_NOUNS: &[&str] = &[
    "beating",
    "beginning",
    "bombing",
    "briefing",
    "building",
    "crossing",
    "ending",
    "feeling",
    "fighting",
    "finding",
    "firing",
    "funding",
    "gathering",
    "hanging",
    "hearing",
    "kidnapping",
    "killing",
    "landing",
    "meeting",
    "opening",
    "recording",
    "ruling",
    "shelling",
    "shooting",
    "stabbing",
    "training",
    "understanding",
    "uprising",
    "voting",
    "warning",
];
/// Gerunds behind a noun that are verbs whatever follows: "a bus carrying police". Sorted.
const VERBS: &[&str] = &[
    "bringing",
    "carrying",
    "containing",
    "demanding",
    "escorting",
    "ferrying",
    "guarding",
    "hosting",
    "housing",
    "protecting",
    "sheltering",
    "transporting",
    "using",
    "wearing",
];
/// Base forms that are adjectives before a noun. Sorted.
const ADJECTIVES: &[&str] = &[
    "clean", "clear", "close", "complete", "corrupt", "double", "dry", "empty", "free", "live",
    "narrow", "near", "open", "present", "round", "secure", "separate", "slow", "square", "total",
    "triple", "warm", "welcome",
];
/// What is done to people, where past and participle are one form. Sorted.
#[rustfmt::skip]
pub(super) const HARMED: &[&str] = &[
    "abducted", "beheaded", "burned", "burnt", "clubbed", "executed", "hacked", "hanged", "injured",
    "kidnapped", "killed", "knifed", "lynched", "murdered", "poisoned", "raped", "shot", "stabbed",
    "stoned", "strangled", "tortured", "wounded",
];
/// Verbs of saying and thinking, whose clause may follow without "that". Sorted.
pub(super) const SAYING: &[&str] = &[
    "added", "believe", "believed", "believes", "claim", "claimed", "claims", "said", "say",
    "saying", "says", "think", "thinks", "thought",
];

/// What stands beside a word.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that stands there or does not")]
struct Beside {
    /// The class right before it.
    before: Option<Class>,
    /// The class before it, adverbs and "not" left out.
    helper: Option<Class>,
    /// Whether a noun phrase begins right behind it: an article, a number, a name.
    phrase_next: bool,
    /// Whether a plain noun or adjective stands right behind it.
    noun_next: bool,
    /// Whether "that" stands right behind it.
    that_next: bool,
    /// Whether the clause has no other word that must be its verb.
    alone: bool,
}

impl Beside {
    fn of(words: &[Word<'_>], before: &[Class], n: usize) -> Self {
        let next = words.get(n + 1);
        Self {
            before: before.last().copied(),
            helper: before.iter().rfind(|c| !matches!(c, Class::Adverb | Class::Not)).copied(),
            phrase_next: next.is_some_and(|w| {
                matches!(w.closed, Some(Class::Determiner | Class::Number | Class::Pronoun))
                    || matches!(w.shape, Shape::Capital | Shape::Upper)
            }),
            noun_next: next.is_some_and(|w| {
                w.closed.is_none()
                    && w.forms.is_none_or(|f| f.noun)
                    && !w.key.ends_with("ly")
                    && w.shape == Shape::Lower
                    || w.closed == Some(Class::Adjective)
            }),
            that_next: next.is_some_and(|w| w.key == "that"),
            alone: !before.iter().any(|c| matches!(c, Class::Finite | Class::Be | Class::Modal))
                && !words[n + 1..].iter().take_while(|w| w.shape != Shape::Mark).any(|w| {
                    matches!(w.closed, Some(Class::Be | Class::Modal))
                        || matches!(w.key, "has" | "had" | "have")
                        || w.forms.is_some_and(|f| f.past && !f.noun)
                }),
        }
    }

    /// Whether a noun stands right before it.
    fn behind_noun(&self) -> bool {
        matches!(self.before, Some(Class::Noun | Class::Name))
    }

    /// Whether it can have a subject before it, or open the sentence.
    fn can_be_finite(&self) -> bool {
        !self.before.is_some_and(|class| class.is_verbal() || class == Class::Subordinator)
    }
}

/// The class of a word that can be a verb.
pub(super) fn verb_class(words: &[Word<'_>], before: &[Class], n: usize, forms: Forms) -> Class {
    let beside = Beside::of(words, before, n);
    match beside.helper {
        Some(Class::To | Class::Modal | Class::Do) if forms.base => return Class::Base,
        Some(Class::Have | Class::Be) if forms.participle => return Class::Participle,
        Some(Class::Be) if forms.gerund => return Class::Gerund,
        _ => {}
    }
    match beside.before {
        Some(Class::Determiner | Class::Adjective | Class::Number | Class::Possessive) => {
            return inside_noun(&beside, forms);
        }
        Some(Class::Preposition) => return behind_preposition(&beside, forms),
        _ => {}
    }
    let key = words[n].key;
    if forms.gerund {
        return gerund(&beside, key);
    }
    if forms.base && beside.noun_next && ADJECTIVES.binary_search(&key).is_ok() {
        return Class::Adjective;
    }
    if forms.past && (!forms.noun || beside.phrase_next) {
        let opens = beside.before.is_none();
        return if opens && forms.participle && !beside.phrase_next && beside.noun_next {
            Class::Adjective
        } else if forms.participle && is_reduced(words, before, n) || !beside.can_be_finite() {
            Class::Participle
        } else {
            Class::Finite
        };
    }
    if forms.participle && !forms.past {
        return Class::Participle;
    }
    // "The group set off a bomb", but "a bomb set off by the group"
    let word = |i: usize| words.get(i).map_or("", |w| w.key);
    let sets = key == "set" && matches!(word(n + 1), "ablaze" | "alight" | "fire" | "off");
    if sets && beside.behind_noun() && beside.can_be_finite() {
        return if word(n + 2) == "by" { Class::Participle } else { Class::Finite };
    }
    present(&beside, forms)
}

/// "the wounded", "the killing of", "a planned attack", "three attacked".
fn inside_noun(beside: &Beside, forms: Forms) -> Class {
    let ends = forms.noun || (forms.gerund || forms.participle) && !beside.noun_next;
    if !ends {
        Class::Adjective
    } else if forms.participle && !forms.noun && beside.phrase_next {
        Class::Finite
    } else {
        Class::Noun
    }
}

/// "of killing civilians", "by shelling", "in retaliation for planned attacks".
fn behind_preposition(beside: &Beside, forms: Forms) -> Class {
    if forms.gerund {
        let object = beside.noun_next || beside.phrase_next;
        return if object { Class::Gerund } else { Class::Noun };
    }
    if forms.participle && !forms.noun { Class::Adjective } else { Class::Noun }
}

/// "bombing campaign" is one noun; ", killing 12" and "began shelling" are verbs.
fn gerund(beside: &Beside, key: &str) -> Class {
    let noun = !beside.phrase_next && GERUND_NOUNS.binary_search(&key).is_ok();
    let verb = VERBS.binary_search(&key).is_ok();
    let modifies = !beside.phrase_next && beside.noun_next && beside.behind_noun() && !verb;
    if noun || modifies { Class::Noun } else { Class::Gerund }
}

/// "they attack", "rebels attack a town", "the attack", "denies".
fn present(beside: &Beside, forms: Forms) -> Class {
    if !forms.noun {
        let finite = beside.can_be_finite() || forms.third;
        return if finite { Class::Finite } else { Class::Base };
    }
    let pronoun = matches!(beside.before, Some(Class::Pronoun | Class::Relative));
    let subject = beside.behind_noun() || beside.before == Some(Class::Adverb);
    // "Smith faces charges": a name with the only word that can be its verb.
    let only =
        beside.before == Some(Class::Name) && forms.third && beside.alone && beside.noun_next;
    // "men set fire to": the only word that can be the verb, and a past form.
    let past = forms.past && beside.behind_noun() && beside.alone;
    // "Officials suspect that"
    if pronoun || only || past || subject && (beside.phrase_next || beside.that_next) {
        Class::Finite
    } else {
        Class::Noun
    }
}

/// Whether a form that is past or participle is a participle behind its noun: "the man arrested on
/// Monday was", "a bomb planted by rebels exploded".
fn is_reduced(words: &[Word<'_>], before: &[Class], n: usize) -> bool {
    let noun = before.last().is_some_and(|c| matches!(c, Class::Noun | Class::Name));
    if !noun {
        return is_aside(words, before, n);
    }
    // A verb before it in the clause already: this is no second one without a conjunction.
    let border = |c: &Class| {
        matches!(c, Class::Mark | Class::Conjunction | Class::Subordinator | Class::Relative)
    };
    let earlier = before.iter().rev().take_while(|c| !border(c)).zip(words[..n].iter().rev()).any(
        |(c, w)| matches!(c, Class::Finite | Class::Base) && SAYING.binary_search(&w.key).is_err(),
    );
    if words.get(n + 1).is_some_and(|w| w.key == "by") {
        return true;
    }
    // "Acknowledged having shelled the camp": what was done stands behind.
    let having = words.get(n + 1).is_some_and(|w| w.key == "having");
    if having || SAYING.binary_search(&words[n].key).is_ok() {
        return false;
    }
    let phrase = words.get(n + 1).is_some_and(|w| {
        matches!(w.closed, Some(Class::Determiner | Class::Number | Class::Pronoun))
    });
    // "The bomb that tore through a market killed nine": the verb before is that of the aside.
    let aside = before.iter().rfind(|c| border(c)) == Some(&Class::Relative);
    if earlier && !(aside && phrase) {
        return true;
    }
    let object =
        phrase || words.get(n + 1).is_some_and(|w| w.closed.is_none() && w.forms.is_none());
    if object {
        return false;
    }
    // Another verb with a tense follows before the clause ends, or before that of an apposition does.
    let apposed = is_apposed(words, before);
    let mut rest = words.iter().skip(n + 1).take(12).peekable();
    while let Some(word) = rest.next() {
        match word.closed {
            Some(Class::Mark) if apposed && word.key.is_empty() => {
                return rest.peek().is_some_and(|w| {
                    matches!(w.closed, Some(Class::Be | Class::Modal))
                        || matches!(w.key, "has" | "had" | "have")
                        || w.forms.is_some_and(|f| f.past && !f.noun)
                });
            }
            Some(Class::Mark | Class::Conjunction | Class::Subordinator | Class::Relative) => {
                return false;
            }
            Some(Class::Be | Class::Modal) => return true,
            _ => {}
        }
        match word.key {
            "that" | "after" | "before" | "since" | "until" => return false,
            "has" | "had" | "have" => return true,
            _ => {}
        }
        if word.forms.is_some_and(|f| f.past && !f.noun) {
            return true;
        }
    }
    false
}

/// Whether what was read ends in a noun phrase with "a" behind a comma: "X, a militant group".
fn is_apposed(words: &[Word<'_>], before: &[Class]) -> bool {
    let inside = |c: &Class| matches!(c, Class::Noun | Class::Name | Class::Adjective);
    let Some(at) = before.iter().rposition(|c| !inside(c)) else { return false };
    let article = matches!(words[at].key, "a" | "an");
    article && at > 0 && before[at - 1] == Class::Mark
}

/// Whether a participle opens an aside between two commas, behind which the verb of its noun stands:
/// "six men, shot in the head, were found".
fn is_aside(words: &[Word<'_>], before: &[Class], n: usize) -> bool {
    let behind = matches!(before, [.., Class::Noun | Class::Name, Class::Mark]);
    let bare = words.get(n + 1).is_some_and(|w| w.closed == Some(Class::Preposition));
    if !behind || !bare {
        return false;
    }
    // "Troops, backed by drones, killed nine".
    let by = words.get(n + 1).is_some_and(|w| w.key == "by");
    let mut rest = words.iter().skip(n + 1).take(14).skip_while(|w| w.closed != Some(Class::Mark));
    rest.next().is_some()
        && rest.next().is_some_and(|w| {
            matches!(w.closed, Some(Class::Be | Class::Modal))
                || matches!(w.key, "has" | "had" | "have")
                || by && w.forms.is_some_and(|f| f.past && !f.noun)
        })
}
