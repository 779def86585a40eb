//! The verbs of English news, each with all its forms, made from base forms by the rules of spelling.
//!
//! The table `data/lexicon/verbs.tsv` has the base form, irregular past and participle, and whether
//! the base is also a noun ("attack"), which decides how much context a form needs to be a verb.

use std::collections::BTreeMap;

use crate::pack::cells::record;
use crate::pack::words::Dictionary;
use crate::sources::Sources;
use crate::table::BadLine;

/// Which forms of a verb a word can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a word can be any of its forms at once")]
pub struct Forms {
    /// Index of the verb in the table.
    pub verb: u16,
    /// "attack", also the plural of the present.
    pub base: bool,
    /// "attacks".
    pub third: bool,
    /// "attacked".
    pub past: bool,
    /// "attacked", "shaken".
    pub participle: bool,
    /// "attacking".
    pub gerund: bool,
    /// Whether the word is also a noun.
    pub noun: bool,
}

record!(Forms { verb, base, third, past, participle, gerund, noun });

/// All verb forms by their word keys.
#[derive(Clone, Debug, Default)]
pub struct Verbs {
    forms: Dictionary<Forms>,
    bases: Vec<&'static str>,
}

record!(Verbs { forms, bases });

/// The forms of the verbs read so far.
#[derive(Default)]
struct Maker {
    forms: BTreeMap<String, Forms>,
    bases: Vec<&'static str>,
}

impl Verbs {
    /// Reads the table; bad lines are collected.
    pub fn load(sources: &Sources, bad: &mut Vec<BadLine>) -> Self {
        let mut made = Maker::default();
        for row in sources.rows("lexicon/verbs.tsv") {
            match row {
                Err(line) => bad.push(line),
                Ok(row) => {
                    let cell = |i| Some(row.cell(i)).filter(|c: &&str| !c.is_empty());
                    let flags = row.cell(3);
                    made.add(row.cell(0), cell(1), cell(2), flags);
                }
            }
        }
        Self { forms: Dictionary::of(made.forms), bases: made.bases }
    }

    /// What the word with the key `key` can be as a verb.
    pub fn forms(&self, key: &str) -> Option<Forms> {
        self.forms.find(key).copied()
    }

    /// The base form that the word with the key `key` is a form of.
    pub fn base(&self, key: &str) -> Option<&'static str> {
        self.forms(key).and_then(|forms| self.base_of(forms))
    }

    /// The base form of a verb.
    pub fn base_of(&self, forms: Forms) -> Option<&'static str> {
        self.bases.get(usize::from(forms.verb)).copied()
    }

    /// The verbs for whose base form `has` holds.
    pub fn that(&self, has: impl Fn(&str) -> bool) -> VerbSet {
        VerbSet(self.bases.iter().map(|base| has(base)).collect())
    }
}

/// Some of the verbs, by their numbers.
#[derive(Clone, Debug)]
pub struct VerbSet(Vec<bool>);

impl VerbSet {
    /// Whether a word with these forms is one of them.
    pub fn has(&self, forms: Forms) -> bool {
        self.0.get(usize::from(forms.verb)) == Some(&true)
    }
}

impl Maker {
    fn add(
        &mut self,
        base: &'static str,
        past: Option<&str>,
        participle: Option<&str>,
        flags: &str,
    ) {
        let verb = self.bases.len() as u16;
        self.bases.push(base);
        let (noun, doubles) = (flags.contains('n'), flags.contains('d'));
        let regular = ended(base, "ed", doubles);
        let past = past.unwrap_or(&regular);
        let participle = participle.unwrap_or(past);
        let mut set = |word: &str, mark: &dyn Fn(&mut Forms)| {
            let forms = self.forms.entry(word.into()).or_insert(Forms { verb, ..Forms::default() });
            mark(forms);
        };
        set(base, &|f| (f.base, f.noun) = (true, f.noun | noun));
        set(&third(base), &|f| (f.third, f.noun) = (true, f.noun | noun));
        set(past, &|f| f.past = true);
        set(participle, &|f| f.participle = true);
        set(&ended(base, "ing", doubles), &|f| f.gerund = true);
        // "travelled" is "traveled" to others.
        if doubles && base.ends_with('l') {
            set(&ended(base, "ed", false), &|f| (f.past, f.participle) = (true, true));
            set(&ended(base, "ing", false), &|f| f.gerund = true);
        }
    }
}

/// The third person of the present: "attacks", "accuses", "denies", "launches".
fn third(base: &str) -> String {
    if let Some(stem) = base.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end));
    format!("{base}{}", if hissing { "es" } else { "s" })
}

/// The base with "ed" or "ing": a silent e goes, a final consonant doubles, y becomes i.
fn ended(base: &str, ending: &str, doubles: bool) -> String {
    let gerund = ending == "ing";
    if let Some(stem) = base.strip_suffix("ie").filter(|_| gerund) {
        return format!("{stem}ying");
    }
    if let Some(stem) = base.strip_suffix('e')
        && !(gerund && ["e", "y", "o"].iter().any(|end| stem.ends_with(end)))
    {
        return format!("{stem}{ending}");
    }
    if let Some(stem) = base.strip_suffix('y').filter(|_| !gerund)
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return format!("{stem}ied");
    }
    match base.chars().next_back() {
        Some(last) if doubles => format!("{base}{last}{ending}"),
        _ => format!("{base}{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_rules_of_spelling() {
        let table = "base\tpast\tparticiple\tflags\nattack\t\t\tn\nstab\t\t\td\ndeny\t\t\t\n\
                     shake\tshook\tshaken\t\ndie\t\t\t\nflee\tfled\t\t\n";
        let (mut bad, of) = (Vec::new(), |v: &Verbs, w: &str| v.base(w).map(str::to_owned));
        let verbs = Verbs::load(&Sources::of([("lexicon/verbs.tsv", table)]), &mut bad);
        assert!(bad.is_empty());
        for (word, base) in [
            ("attacks", "attack"),
            ("stabbing", "stab"),
            ("stabbed", "stab"),
            ("denies", "deny"),
            ("denied", "deny"),
            ("denying", "deny"),
            ("shaken", "shake"),
            ("shaking", "shake"),
            ("dying", "die"),
            ("died", "die"),
            ("fleeing", "flee"),
        ] {
            assert_eq!(of(&verbs, word).as_deref(), Some(base), "{word}");
        }
        assert_eq!(verbs.forms("shook").map(|f| (f.past, f.participle)), Some((true, false)));
        assert!(verbs.forms("attacks").is_some_and(|f| f.noun && f.third));
    }
}
