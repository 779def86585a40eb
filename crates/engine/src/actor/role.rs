//! Holders of public offices and the bodies that they speak for: "President Macron" → fr-government.
//!
//! A role is an office with its holder and days: heads of states and governments, ministers, heads
//! of forces and organisations. A name counts only on a day on which its holder was in office, so
//! that a namesake of another time is nobody. Private persons have no entry, and a person in a text
//! is never given an id of their own: what is resolved is the body.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::{Actors, Validity};
use crate::fold::{fold, fold_phrase};
use crate::geography::Geography;
use crate::lexicon::{Mention, Sense, Suffix};
use crate::ontology::Sort;
use crate::pack::cells::{listed, record};
use crate::pack::words::{Dictionary, Lists};
use crate::sources::Sources;
use crate::table::{BadLine, Fault};
use crate::text::{Case, Shape, Text};

/// Makes the closed list of offices out of the words of the column.
macro_rules! offices {
    ($($(#[$doc:meta])* $member:ident = $text:literal),+ $(,)?) => {
        /// What an office is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Office { $($(#[$doc])* $member),+ }

        impl Office {
            /// The term as it stands in tables.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$member => $text),+ }
            }

            /// The member that `term` names.
            pub fn parse(term: &str) -> Option<Self> {
                match term { $($text => Some(Self::$member),)+ _ => None }
            }
        }

        listed!(Office { $($member = $text),+ });
    };
}

offices! {
    /// President, monarch, supreme leader.
    HeadOfState = "head_of_state",
    /// Prime minister.
    HeadOfGovernment = "head_of_government",
    /// Foreign minister.
    Foreign = "foreign",
    /// Defence minister.
    Defence = "defence",
    /// Interior minister.
    Interior = "interior",
    /// Justice minister, attorney general.
    Justice = "justice",
    /// Another minister.
    Minister = "minister",
    /// A member of a government; the list does not say in which office.
    Member = "member",
    /// Head of armed forces.
    Commander = "commander",
    /// Head of an intelligence service.
    Intelligence = "intelligence",
    /// Head of a police.
    Police = "police",
    /// Head of an organisation or international body.
    Leader = "leader",
}

/// A public office, its holder and the days in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The office.
    pub office: Office,
    /// ISO 3166-1 alpha-2 of the state; empty for bodies of no state.
    pub country: &'static str,
    /// The id of the body that the holder speaks for.
    pub body: &'static str,
    /// The days in office.
    pub when: Validity,
    /// Where it is from.
    pub source: &'static str,
}

record!(Role { office, country, body, when, source });

/// A holder of an office in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Title and name, or one of them.
    pub tokens: Range<usize>,
    /// The office.
    pub office: Office,
    /// The id of the body: `fr-government`.
    pub body: String,
    /// What the body is on the day asked for.
    pub sort: Sort,
}

/// All roles, by the names of their holders.
#[derive(Debug, Default)]
pub struct Roles {
    all: Vec<Role>,
    names: Lists,
    surnames: Lists,
    titles: Dictionary<Office>,
    /// The first words of titles, each with the most words of a title that it begins.
    openers: Dictionary<u8>,
}

record!(Roles { all, names, surnames, titles, openers });

/// The tables, in `data/`.
const TABLES: [&str; 2] = ["roles.tsv", "roles-petrarch.tsv"];

/// The source of what was written by hand.
const OWN: &str = "own";

/// The most words of a title or a name.
const LONGEST: usize = 6;

impl Roles {
    /// Reads the tables of roles and that of titles; bad lines are collected.
    pub(crate) fn load(sources: &Sources, actors: &Actors, bad: &mut Vec<BadLine>) -> Self {
        let mut roles = Self::default();
        let mut titles = BTreeMap::new();
        for row in sources.rows("offices.tsv") {
            match row.and_then(|row| Ok((row, row.term(1, "office", Office::parse)?))) {
                Ok((row, office)) => {
                    titles.extend(row.list(0).map(|form| (fold_phrase(form), office)));
                }
                Err(line) => bad.push(line),
            }
        }
        let mut openers = BTreeMap::new();
        for title in titles.keys() {
            let mut words = title.split(' ');
            let opener = words.next().unwrap_or_default().to_owned();
            let longest = openers.entry(opener).or_insert(1);
            *longest = (*longest).max(1 + words.count() as u8);
        }
        roles.openers = Dictionary::of(openers);
        roles.titles = Dictionary::of(titles);
        let (mut names, mut surnames) = (BTreeMap::new(), BTreeMap::new());
        for file in TABLES {
            for row in sources.rows(file) {
                let role = row.and_then(|row| {
                    let when = Validity::of(row.cell(4), row.cell(5)).ok_or_else(|| {
                        row.bad(Fault::Term { column: "day", found: row.cell(4).to_owned() })
                    })?;
                    let known = |id: &str| actors.find(id).map(|a| a.id);
                    Ok(Role {
                        office: row.term(1, "office", Office::parse)?,
                        country: row.cell(2),
                        body: row.term(3, "actor", known)?,
                        when,
                        source: row.cell(6),
                    })
                    .map(|role| (row, role))
                });
                match role {
                    Ok((row, role)) => {
                        let id = roles.all.len() as u32;
                        for name in row.list(0).map(fold_phrase) {
                            if let Some((_, surname)) =
                                name.rsplit_once(' ').filter(|(_, s)| s.len() > 2)
                            {
                                add(&mut surnames, surname.to_owned(), id);
                            }
                            add(&mut names, name, id);
                        }
                        roles.all.push(role);
                    }
                    Err(line) => bad.push(line),
                }
            }
        }
        (roles.names, roles.surnames) = (Lists::of(&names), Lists::of(&surnames));
        roles
    }

    /// How many roles there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Who was in such an office on `day` under this surname; of `country`, where it is not empty.
    pub fn titled(&self, office: Office, name: &str, country: &str, day: Date) -> Option<&Role> {
        self.only(self.surnames.find(&fold(name)), day, Some(office), country)
    }

    /// Whether anyone with a role is known under this surname, whose key is `key`.
    pub fn knows(&self, key: &str) -> bool {
        !self.surnames.find(key).is_empty()
    }

    /// Whether the text names, behind the title, somebody who was in no office until that year was over.
    pub fn begin_after(&self, text: &Text<'_>, year: i16) -> bool {
        (0..text.tokens.len()).any(|at| {
            let Some((first, title)) = self.title(text, at, text.tokens.len()) else {
                return false;
            };
            let mut name = text.key(first).to_owned();
            (first + 1..text.tokens.len().min(first + LONGEST)).any(|i| {
                if text.tokens[i].shape != Shape::Mark {
                    push(&mut name, text.key(i));
                }
                let roles = || {
                    let ids = self.names.find(&name).iter();
                    ids.filter_map(|&id| self.all.get(id as usize))
                };
                let later = |r: &Role| r.when.from.is_some_and(|from| from.year() > year);
                // The other table has those that were in the news of some years.
                let sure = roles().any(|r| r.source == OWN && fits(title, r.office));
                sure && roles().all(later)
            })
        })
    }

    /// The role among `ids` that fits, if all that fit are of one body.
    fn only(&self, ids: &[u32], day: Date, title: Option<Office>, country: &str) -> Option<&Role> {
        let mut fitting = ids.iter().filter_map(|&id| self.all.get(id as usize)).filter(|role| {
            role.when.holds(day)
                && (country.is_empty() || role.country == country)
                && title.is_none_or(|title| fits(title, role.office))
        });
        let first = fitting.next()?;
        fitting.all(|other| other.body == first.body).then_some(first)
    }

    /// The holders of offices among the tokens of `range`, in order, as of `day`.
    pub fn holders(
        &self,
        text: &Text<'_>,
        range: Range<usize>,
        mentions: &[Mention<'_>],
        (actors, geography): (&Actors, &Geography),
        day: Option<Date>,
    ) -> Vec<Holder> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let title = self.title(text, at, range.end);
            let name = title.map_or(at, |(last, _)| last);
            let before = title.and_then(|_| nation_before(text, at, mentions, geography));
            let (first, nation) = (before.map_or(at, |b| b.0), before.map(|b| b.1));
            let holder = day.and_then(|day| {
                let (last, role) =
                    self.person(text, name..range.end, title.map(|t| t.1), nation, day)?;
                let office = if role.office == Office::Member {
                    title.map_or(role.office, |(_, office)| office)
                } else {
                    role.office
                };
                Some((last, office, role.body.to_owned()))
            });
            // "the Iranian foreign minister", "the president of Iran": the state says which body.
            let holder = holder.or_else(|| {
                let (last, office) = title.filter(|&(_, office)| office < Office::Commander)?;
                let country = nation.or_else(|| nation_after(text, last, mentions, geography))?;
                let suffix = Suffix::Government.as_str();
                Some((last, office, format!("{}-{suffix}", country.to_lowercase())))
            });
            match holder.filter(|_| !past(text, at, range.start)) {
                Some((last, office, body)) => {
                    let sort = actors
                        .find(&body)
                        .map_or(Sort::Government, |a| day.map_or(a.sort, |day| a.sort_at(day)));
                    found.push(Holder { tokens: first..last, office, body, sort });
                    at = last;
                }
                None => at = title.map_or(at + 1, |(last, _)| last.max(at + 1)),
            }
        }
        found
    }

    /// The longest title that begins at token `at`, and where it ends.
    fn title(&self, text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Office)> {
        let mut left = *self.openers.find(text.key(at))?;
        let mut best = None;
        let mut key = String::new();
        for last in at..end {
            let mark = text.tokens[last].shape == Shape::Mark;
            if left == 0 || mark && text.word(last) != "-" {
                break;
            }
            if !mark {
                left -= 1;
                push(&mut key, text.key(last));
                if let Some(&office) = self.titles.find(&key) {
                    best = Some((last + 1, office));
                }
            }
        }
        best
    }

    /// The holder whose name begins `tokens`, by full name, or behind a title by surname.
    fn person(
        &self,
        text: &Text<'_>,
        tokens: Range<usize>,
        title: Option<Office>,
        nation: Option<&str>,
        day: Date,
    ) -> Option<(usize, &Role)> {
        let named = |i: usize| matches!(text.tokens[i].shape, Shape::Capital | Shape::Upper);
        if tokens.is_empty() || !named(tokens.start) {
            return None;
        }
        let mut run = tokens.start;
        while run < tokens.end
            && run - tokens.start < LONGEST
            && (named(run) || (text.word(run) == "." || joined(text, run)))
        {
            run += 1;
        }
        while text.tokens[run - 1].shape == Shape::Mark {
            run -= 1;
        }
        for last in (tokens.start + 2..=run).rev() {
            // Few last words are anyone's; those of two letters are not in the table.
            let surname = text.key(last - 1);
            if surname.len() > 2 && self.surnames.find(surname).is_empty() {
                continue;
            }
            let mut name = String::new();
            let words = (tokens.start..last).filter(|&i| text.tokens[i].shape != Shape::Mark);
            words.for_each(|i| push(&mut name, text.key(i)));
            if let Some(role) = self.only(self.names.find(&name), day, None, "")
                && nation.is_none_or(|nation| role.country.is_empty() || role.country == nation)
            {
                return Some((last, role));
            }
        }
        // A surname alone: with another first name it is somebody else. Where case tells nothing,
        // the next word may be a first name, so the state must be said.
        let (title, last) = (title?, tokens.start + 1);
        if (text.case == Case::Mixed && run != last)
            || (text.case == Case::Flat && nation.is_none())
        {
            return None;
        }
        let surname = text.word(tokens.start);
        let role = self.titled(title, surname, nation.unwrap_or_default(), day)?;
        Some((last, role))
    }
}

fn add(map: &mut BTreeMap<String, Vec<u32>>, key: String, id: u32) {
    let ids = map.entry(key).or_default();
    if ids.last() != Some(&id) {
        ids.push(id);
    }
}

/// Adds a word to a key.
fn push(key: &mut String, word: &str) {
    if !key.is_empty() {
        key.push(' ');
    }
    key.push_str(word);
}

/// Whether one of that office is called by that title. Lists that do not say the office fit all of a
/// government.
fn fits(title: Office, office: Office) -> bool {
    title == office
        || (office == Office::Member && title < Office::Commander)
        || (title == Office::Minister && office < Office::Commander)
        || (title == Office::Leader
            && matches!(office, Office::HeadOfState | Office::HeadOfGovernment))
        || (title == Office::HeadOfState && office == Office::Leader)
}

/// Whether the title at `at` is said of the past: "former President", "the late king".
fn past(text: &Text<'_>, at: usize, floor: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).filter(|&i| i >= floor).map(|i| text.key(i));
    (1..=3)
        .filter_map(before)
        .any(|w| matches!(w, "former" | "ex" | "late" | "ousted" | "deposed" | "onetime"))
}

/// Whether token `i` is a hyphen within a name, or what follows one.
fn joined(text: &Text<'_>, i: usize) -> bool {
    let hyphen = |i: usize| text.word(i) == "-";
    hyphen(i) || (i > 0 && hyphen(i - 1) && text.tokens[i].shape == Shape::Lower)
}

/// The demonym or name of a state right before token `at`, and where it begins: "Russian President", "Iran's president".
fn nation_before<'g>(
    text: &Text<'_>,
    at: usize,
    mentions: &[Mention<'_>],
    geography: &'g Geography,
) -> Option<(usize, &'g str)> {
    let owner = at.checked_sub(1)?;
    let owner = if text.tokens[owner].shape == Shape::Possessive { owner } else { at };
    let i = mentions.partition_point(|m| m.last < owner);
    let owner = mentions.get(i).filter(|m| m.last == owner)?;
    Some((owner.first, nation(owner, geography)?))
}

/// The state behind "of": "the president of Colombia".
fn nation_after<'g>(
    text: &Text<'_>,
    at: usize,
    mentions: &[Mention<'_>],
    geography: &'g Geography,
) -> Option<&'g str> {
    if !text.is(at, "of") {
        return None;
    }
    let first = if text.is(at + 1, "the") { at + 2 } else { at + 1 };
    let i = mentions.partition_point(|m| m.first < first);
    mentions.get(i).filter(|m| m.first == first).and_then(|m| nation(m, geography))
}

fn nation<'g>(mention: &Mention<'_>, geography: &'g Geography) -> Option<&'g str> {
    let country = mention.sense(|s| match s {
        Sense::Country(c) | Sense::Demonym(c) => Some(c),
        _ => None,
    })?;
    std::str::from_utf8(&geography.countries.get(usize::from(country))?.code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;
    use jiff::civil::date;

    fn check(day: Date, sentence: &str, expected: &[(&str, &str)]) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let all = 0..text.tokens.len();
        let found = known.roles.holders(
            &text,
            all,
            &mentions,
            (&known.actors, &known.geography),
            Some(day),
        );
        let found: Vec<(&str, &str)> = found
            .iter()
            .filter_map(|h| {
                let span = text.span(h.tokens.start, h.tokens.end)?;
                Some((span.of(sentence), h.body.as_str()))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_holder_speaks_for_the_body_of_the_office_while_in_it() {
        let day = date(2024, 3, 23);
        check(day, "Vladimir Putin vowed to punish them.", &[("Vladimir Putin", "ru-government")]);
        check(day, "Then President Putin spoke.", &[("President Putin", "ru-government")]);
        check(date(1985, 1, 1), "Vladimir Putin spoke.", &[]);
    }

    #[test]
    fn a_title_with_its_state_needs_no_name() {
        let day = date(2024, 3, 23);
        check(
            day,
            "Iran's foreign minister called.",
            &[("Iran's foreign minister", "ir-government")],
        );
        check(day, "The president of Colombia said no.", &[("president", "co-government")]);
        check(day, "The president of the club said no.", &[]);
    }

    #[test]
    fn who_was_in_office_before_is_not_in_it() {
        check(date(2024, 3, 23), "Former President Putin spoke of old days.", &[]);
    }
}
