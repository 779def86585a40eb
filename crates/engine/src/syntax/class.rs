//! What each word of a sentence can be: closed lists first, then verb forms, then endings, each
//! decided by the words around it.

use std::ops::Range;

use crate::syntax::verbal::verb_class;
use crate::syntax::verbs::Forms;
use crate::text::{Case, Shape, Text};

/// What a word is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// "the", "a", "this", "some", "their".
    Determiner,
    /// "he", "them", "who" is [`Relative`](Self::Relative).
    Pronoun,
    /// "in", "of", "by".
    Preposition,
    /// "and", "or", "but".
    Conjunction,
    /// "when", "because", "if", "that" before a clause.
    Subordinator,
    /// "who", "which", "whose", "that" behind a noun.
    Relative,
    /// A form of "to be".
    Be,
    /// A form of "to have" before a participle.
    Have,
    /// A form of "to do" before a verb.
    Do,
    /// "may", "will", "would".
    Modal,
    /// "not", "never".
    Not,
    /// "to" before a verb.
    To,
    /// "quickly", "also", "up".
    Adverb,
    /// "armed", "local".
    Adjective,
    /// Any other noun.
    Noun,
    /// A word written as a name.
    Name,
    /// Digits, or a word for a number.
    Number,
    /// "attacked", "attack", "attacks" as verbs with a tense.
    Finite,
    /// A verb behind "to", a modal or "do".
    Base,
    /// A past participle.
    Participle,
    /// "attacking".
    Gerund,
    /// A possessive ending.
    Possessive,
    /// Punctuation.
    Mark,
}

impl Class {
    /// Whether it is a word of a verb group.
    pub(super) fn is_verbal(self) -> bool {
        matches!(
            self,
            Self::Be
                | Self::Have
                | Self::Do
                | Self::Modal
                | Self::To
                | Self::Finite
                | Self::Base
                | Self::Participle
                | Self::Gerund
        )
    }
}

/// The class of each token of `tokens`.
pub(super) fn classes(
    text: &Text<'_>,
    tokens: Range<usize>,
    forms: &[Option<Forms>],
) -> Vec<Class> {
    let words: Vec<Word<'_>> =
        tokens.zip(forms).map(|(i, &forms)| Word::of(text, i, forms)).collect();
    let mut classes: Vec<Class> = Vec::with_capacity(words.len());
    for n in 0..words.len() {
        let class = classify(text, &words, &classes, n);
        classes.push(class);
    }
    classes
}

/// A word before it is decided.
pub(super) struct Word<'t> {
    pub(super) key: &'t str,
    pub(super) shape: Shape,
    pub(super) forms: Option<Forms>,
    pub(super) closed: Option<Class>,
    /// Whether only a hyphen stands between it and the word before: "US-led".
    pub(super) hyphened: bool,
}

impl<'t> Word<'t> {
    fn of(text: &'t Text<'_>, i: usize, forms: Option<Forms>) -> Self {
        let shape = match text.tokens[i].shape {
            // Where case tells nothing, no word is a name by its shape.
            Shape::Capital | Shape::Upper if text.case == Case::Flat => Shape::Lower,
            shape => shape,
        };
        let key = match shape {
            Shape::Mark | Shape::Possessive => "",
            _ => text.key(i),
        };
        let closed = match shape {
            Shape::Mark => Some(Class::Mark),
            Shape::Possessive => Some(Class::Possessive),
            Shape::Number => Some(Class::Number),
            // "US" and "U.S." are not "us".
            Shape::Upper if key == "us" && text.case == Case::Mixed => None,
            // "Last May", not "May they".
            Shape::Capital if key == "may" && text.case == Case::Mixed && is_inside(text, i) => {
                Some(Class::Name)
            }
            _ if key == "us" && text.word(i).contains('.') => Some(Class::Name),
            _ => closed(key),
        };
        let forms = forms.filter(|_| closed.is_none());
        let hyphened = i.checked_sub(1).is_some_and(|before| {
            let gap = text.tokens[before].end as usize..text.tokens[i].start as usize;
            text.source.get(gap) == Some("-")
        });
        Self { key, shape, forms, closed, hyphened }
    }
}

/// Whether a word stands right before token `i`.
fn is_inside(text: &Text<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|before| text.tokens.get(before));
    before.is_some_and(|token| matches!(token.shape, Shape::Lower | Shape::Capital))
}

/// The class of the words that belong to one class, or to a few that their neighbours decide.
fn closed(key: &str) -> Option<Class> {
    Some(match key {
        "the" | "a" | "an" | "this" | "these" | "those" | "some" | "any" | "each" | "every"
        | "no" | "both" | "all" | "another" | "other" | "several" | "many" | "few" | "most"
        | "more" | "such" | "its" | "their" | "his" | "her" | "my" | "our" | "your" | "whose" => {
            Class::Determiner
        }
        "he" | "she" | "it" | "they" | "we" | "i" | "you" | "him" | "them" | "us" | "me"
        | "himself" | "herself" | "themselves" | "itself" | "someone" | "somebody" | "nobody"
        | "everyone" | "others" | "none" | "ive" | "youve" | "weve" | "theyve" | "youre"
        | "theyre" | "youll" | "theyll" | "im" => Class::Pronoun,
        "in" | "of" | "at" | "by" | "for" | "with" | "from" | "into" | "against" | "between"
        | "among" | "during" | "through" | "under" | "over" | "near" | "on" | "onto" | "upon"
        | "across" | "behind" | "beneath" | "underneath" | "inside" | "outside" | "within"
        | "without" | "toward" | "towards" | "amid" | "despite" | "per" | "via" | "about"
        | "around" | "along" | "above" | "below" | "beyond" | "beside" | "including"
        | "following" | "according" | "like" | "except" | "throughout" | "alongside"
        | "concerning" | "regarding" => Class::Preposition,
        "and" | "or" | "but" | "nor" => Class::Conjunction,
        "when" | "while" | "because" | "if" | "unless" | "although" | "though" | "whether"
        | "where" | "why" | "how" | "once" => Class::Subordinator,
        "who" | "which" | "whom" => Class::Relative,
        "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am" | "isnt" | "arent"
        | "wasnt" | "werent" => Class::Be,
        "may" | "might" | "will" | "would" | "can" | "could" | "shall" | "should" | "must"
        | "wont" | "wouldnt" | "cannot" | "cant" | "couldnt" | "shouldnt" => Class::Modal,
        "not" | "never" => Class::Not,
        "also" | "then" | "there" | "here" | "now" | "again" | "still" | "yet" | "already"
        | "just" | "only" | "even" | "so" | "too" | "very" | "later" | "soon" | "ago" | "away"
        | "back" | "up" | "down" | "out" | "off" | "together" | "apart" | "instead" | "however"
        | "meanwhile" | "moreover" | "thus" | "hence" | "almost" | "nearly" | "perhaps"
        | "maybe" | "often" | "twice" | "previously" | "today" | "yesterday" | "tomorrow"
        | "tonight" | "overnight" | "ablaze" | "aflame" | "alight" => Class::Adverb,
        "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten"
        | "eleven" | "twelve" | "dozen" | "dozens" | "scores" | "hundreds" | "thousands"
        | "hundred" | "thousand" | "million" | "twenty" | "thirty" | "forty" | "fifty" => {
            Class::Number
        }
        "new" | "old" | "former" | "senior" | "local" | "armed" | "heavy" | "large" | "small"
        | "military" | "foreign" | "national" | "unidentified" | "suspected" | "alleged"
        | "young" | "own" | "last" | "first" | "second" | "third" | "next" | "same" | "least"
        | "dead" | "alive" | "able" | "responsible" | "likely" => Class::Adjective,
        _ => return None,
    })
}

/// The class of word `n`, with those before it decided.
fn classify(text: &Text<'_>, words: &[Word<'_>], before: &[Class], n: usize) -> Class {
    let word = &words[n];
    let key = word.key;
    let next = words.get(n + 1);
    let verbal = |w: &Word<'_>| w.forms.is_some();
    if bounds_number(words, n) {
        return Class::Adverb;
    }
    // "On 3 May", "in May": the month.
    if key == "may" && word.shape != Shape::Lower && is_month(words, n) {
        return Class::Name;
    }
    if let Some(class) = said_behind(words, before, n) {
        return class;
    }
    match key {
        "to" => {
            // "to attack the town", "to quickly leave"; "to attacks", "to Syria" are places to go.
            let base = |w: &Word<'_>| {
                w.closed == Some(Class::Be) && w.key == "be"
                    || matches!(w.key, "have" | "do")
                    || w.forms.is_some_and(|f| f.base) && w.shape == Shape::Lower
            };
            // "To rebel-held ground"
            let half = words.get(n + 2).is_some_and(|w| w.hyphened);
            let after = next.is_some_and(|w| base(w) && !half)
                || next.is_some_and(|w| w.key.ends_with("ly") || w.key == "not")
                    && words.get(n + 2).is_some_and(base);
            return if after { Class::To } else { Class::Preposition };
        }
        "that" => return that(words, before, n),
        "have" | "has" | "had" | "having" => {
            let helps = (n + 1..(n + 4).min(words.len())).any(|i| {
                let w = &words[i];
                w.key == "been" || w.forms.is_some_and(|f| f.participle)
            });
            return if helps { Class::Have } else { Class::Finite };
        }
        "do" | "does" | "did" | "didnt" | "doesnt" | "dont" => {
            let helps = (n + 1..(n + 4).min(words.len()))
                .any(|i| words[i].key == "not" || words[i].forms.is_some_and(|f| f.base));
            return if helps || key.ends_with('t') { Class::Do } else { Class::Finite };
        }
        // "Identified the man as a member of the X": as whom.
        "as" if words[n.saturating_sub(6)..n].iter().any(|w| w.key.starts_with("identif")) => {
            return Class::Preposition;
        }
        "after" | "before" | "since" | "until" | "as" => {
            // A clause with a verb of its own follows, or only a noun phrase.
            return if clause_follows(words, n) { Class::Subordinator } else { Class::Preposition };
        }
        // "Shot her at home": nothing follows that could be hers.
        "her" if next.is_none_or(|w| ends_phrase(w)) => return Class::Pronoun,
        // "The military says so": a verb behind it makes a noun of the adjective.
        "military"
            if next.is_some_and(|w| {
                matches!(w.closed, Some(Class::Be | Class::Modal))
                    || matches!(w.key, "has" | "had")
                    || w.key == "claims"
                    || w.forms.is_some_and(|f| (f.past || f.third) && !f.noun)
            }) =>
        {
            return Class::Noun;
        }
        // "Fighters loyal to a warlord": it is said of them, and is not their name.
        "faithful" | "loyal" | "sympathetic"
            if next.is_some_and(|w| w.key == "to")
                && matches!(before.last(), Some(Class::Noun | Class::Name)) =>
        {
            return Class::Adverb;
        }
        // "Took 20 people hostage": what became of them, no word of theirs.
        "captive" | "hostage" if is_made_of(words, before, n) => return Class::Adverb,
        // "Shot dead three men": how they were shot, no word of theirs.
        "dead" if n > 0 && matches!(words[n - 1].key, "shot" | "shoot" | "shooting") => {
            return Class::Adverb;
        }
        _ => {}
    }
    if let Some(class) = word.closed {
        return class;
    }
    // "US-led forces", "rebel-held", "self-declared": the second half of an adjective.
    let half = word.hyphened && word.forms.is_some_and(|f| f.participle || f.past);
    if half && next.is_some_and(|w| w.shape != Shape::Mark && w.key != "by") {
        return Class::Adjective;
    }
    // A name inside a sentence: verbs are small there, but headlines and flat text tell nothing.
    let capital = matches!(word.shape, Shape::Capital | Shape::Upper) && text.case == Case::Mixed;
    let opens = n == 0 || before.last() == Some(&Class::Mark) && n < 3;
    if capital && !(opens && verbal(word)) && !is_headline(words) {
        return Class::Name;
    }
    if let Some(forms) = word.forms {
        return verb_class(words, before, n, forms);
    }
    if capital {
        return Class::Name;
    }
    if key.ends_with("ly") && key.len() > 4 {
        return Class::Adverb;
    }
    Class::Noun
}

/// The class of a word that is said of somebody behind the word for him, and is no part of a name that goes
/// on: "persons unknown threw a bomb", "a 31-year-old attacked a guard".
fn said_behind(words: &[Word<'_>], before: &[Class], n: usize) -> Option<Class> {
    let next = words.get(n + 1);
    let behind = matches!(before.last(), Some(Class::Noun | Class::Name | Class::Adverb));
    match words[n].key {
        "unidentified" | "unknown" => {
            let told = next.is_some_and(|w| w.shape == Shape::Lower && is_told(w));
            (behind && told).then_some(Class::Adverb)
        }
        "far" => (n > 0 && words[n - 1].key == "so").then_some(Class::Adverb),
        "old" => (words[n].hyphened && is_somebody(next)).then_some(Class::Noun),
        _ => None,
    }
}

/// Whether a word tells what somebody did, and is no noun.
fn is_told(word: &Word<'_>) -> bool {
    matches!(word.key, "has" | "had" | "have")
        || matches!(word.closed, Some(Class::Be | Class::Modal))
        || word.forms.is_some_and(|f| f.past && !f.noun)
}

/// Whether what stands behind somebody's age says no more of him, so that it stands for him alone.
fn is_somebody(next: Option<&Word<'_>>) -> bool {
    const STATES: &[&str] = &[
        "armed",
        "convicted",
        "disabled",
        "divorced",
        "injured",
        "married",
        "masked",
        "retired",
        "suspected",
        "wounded",
    ];
    next.is_none_or(|w| {
        let small = matches!(
            w.closed,
            Some(Class::Mark | Class::Preposition | Class::Relative | Class::Be | Class::Modal)
        );
        let past = w.shape == Shape::Lower && w.forms.is_some_and(|f| f.past && !f.noun);
        small || matches!(w.key, "has" | "had") || past && !STATES.contains(&w.key)
    })
}

/// Whether word `n` says what those before it were made: "took a guard hostage", "held him captive".
fn is_made_of(words: &[Word<'_>], before: &[Class], n: usize) -> bool {
    const REACH: usize = 12;
    const MAKING: &[&str] = &[
        "held", "hold", "holding", "holds", "keep", "keeping", "kept", "take", "taken", "takes",
        "taking", "took",
    ];
    let them = matches!(before.last(), Some(Class::Noun | Class::Name | Class::Pronoun));
    let made = words[n.saturating_sub(REACH)..n].iter().any(|w| MAKING.contains(&w.key));
    let goes_on = |w: &Word<'_>| w.closed.is_none() && w.forms.is_none();
    them && made && !words.get(n + 1).is_some_and(goes_on)
}

/// Whether no noun phrase can begin with a word.
fn ends_phrase(word: &Word<'_>) -> bool {
    let small = matches!(
        word.closed,
        Some(Class::Mark | Class::Preposition | Class::Conjunction | Class::Subordinator)
    );
    small || matches!(word.key, "after" | "as" | "before" | "dead" | "since" | "to" | "until")
}

/// Whether word `n` only bounds a number: "at least 12", "more than 12", "about 12", "up to 12".
fn bounds_number(words: &[Word<'_>], n: usize) -> bool {
    let key = |i: usize| words.get(i).map_or("", |w| w.key);
    let number = |i: usize| words.get(i).is_some_and(|w| w.closed == Some(Class::Number));
    let back = |by: usize| n.checked_sub(by).map_or("", key);
    match key(n) {
        "about" | "around" | "over" => number(n + 1),
        "at" => matches!(key(n + 1), "least" | "most") && number(n + 2),
        "least" | "most" => back(1) == "at" && number(n + 1),
        "more" | "fewer" | "less" => key(n + 1) == "than" && number(n + 2),
        "than" => matches!(back(1), "more" | "fewer" | "less") && number(n + 1),
        "up" => key(n + 1) == "to" && number(n + 2),
        "to" => back(1) == "up" && number(n + 1),
        _ => false,
    }
}

/// Whether nearly all words have capitals, as in a headline.
fn is_headline(words: &[Word<'_>]) -> bool {
    let letters = words
        .iter()
        .filter(|w| !matches!(w.shape, Shape::Mark | Shape::Possessive | Shape::Number));
    let (mut all, mut capital) = (0, 0);
    for word in letters {
        all += 1;
        capital += usize::from(word.shape != Shape::Lower);
    }
    all > 4 && capital * 4 > all * 3
}

/// What "that", word `n`, is: it begins what is said of a noun or what is told, or points.
fn that(words: &[Word<'_>], before: &[Class], n: usize) -> Class {
    let next = words.get(n + 1);
    let noun = before.last().is_some_and(|c| matches!(c, Class::Noun | Class::Name));
    let verb = next.is_some_and(|w| {
        matches!(w.closed, Some(Class::Be | Class::Modal))
            || matches!(w.key, "has" | "have" | "had" | "did")
            || w.forms.is_some_and(|f| (f.past || f.third) && !f.noun)
    });
    if noun && verb {
        Class::Relative
    } else if next.is_some_and(|w| {
        matches!(w.closed, Some(Class::Determiner | Class::Pronoun | Class::Number))
    }) || before.last() != Some(&Class::Preposition) && clause_follows(words, n)
    {
        Class::Subordinator
    } else {
        Class::Determiner
    }
}

/// Whether word `n`, "May", is the month: beside a number, or behind a word of time.
fn is_month(words: &[Word<'_>], n: usize) -> bool {
    #[rustfmt::skip]
    const LEADS: &[&str] = &[
        "and", "between", "by", "during", "early", "from", "in", "last", "late", "mid", "next", "of",
        "since", "this", "until",
    ];
    let before = n.checked_sub(1).and_then(|b| words.get(b));
    let number = |w: &Word<'_>| w.shape == Shape::Number;
    before.is_some_and(|w| number(w) || LEADS.binary_search(&w.key).is_ok())
        || words.get(n + 1).is_some_and(number)
}

/// Whether a verb with a tense follows word `n` before the clause ends.
fn clause_follows(words: &[Word<'_>], n: usize) -> bool {
    let mut nouns = 0;
    for word in words.iter().skip(n + 1).take(14) {
        match word.closed {
            Some(Class::Mark) if matches!(word.shape, Shape::Mark) && nouns > 0 => return false,
            Some(Class::Be | Class::Modal) => return nouns > 0,
            Some(Class::Relative | Class::Subordinator) => return false,
            _ => {}
        }
        if matches!(word.key, "has" | "had" | "have" | "did") && nouns > 0 {
            return true;
        }
        match word.forms {
            Some(f) if f.gerund && nouns == 0 => return false,
            Some(f) if f.past && !f.noun && nouns > 0 && word.shape == Shape::Lower => return true,
            _ => {}
        }
        nouns += usize::from(word.closed.is_none() || word.closed == Some(Class::Pronoun));
    }
    false
}
