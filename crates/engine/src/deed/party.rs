//! Parties: what a noun phrase is, whose, and whether it acts in politics.
//!
//! A party without a nation of its own ("the police", "President Ortiz" whom no table knows) is taken
//! to belong to the country that the sentence names next, and the report says that it is inferred.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::Date;
use reading::Span;

use crate::Knowledge;
use crate::actor::{self, Holder, Office};
use crate::deed::lexicon::Topics;
use crate::deed::meaning::Fit;
use crate::deed::whose::{Whose, of_actor, whose};
use crate::lexicon::{Mention, Role, Sense};
use crate::ontology::Sort;
use crate::party::bands;
use crate::syntax::{Form, NounPhrase, Syntax, VerbGroup};
use crate::text::{Shape, Text};

/// One sentence, parsed, in search of parties.
pub(super) struct Parties<'k> {
    pub(super) text: &'k Text<'k>,
    pub(super) tokens: Range<usize>,
    pub(super) mentions: &'k [Mention<'k>],
    pub(super) syntax: &'k Syntax,
    pub(super) known: &'k Knowledge,
    pub(super) day: Option<Date>,
    /// Who holds an office among the tokens; looked up when first asked for.
    pub(super) holders: OnceCell<Vec<Holder>>,
    /// The line that fits each verb group, likewise.
    pub(super) lines: Vec<OnceCell<Option<Fit<'k>>>>,
    /// The topics of each noun phrase, likewise.
    pub(super) topics: Vec<OnceCell<Topics>>,
    /// The armed organisations that no table has, likewise.
    pub(super) bands: OnceCell<Vec<Range<usize>>>,
    /// The party that each noun phrase is by its own words, likewise.
    pub(super) alone: Vec<OnceCell<Option<Party>>>,
}

/// A side of a deed.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about the words")]
pub(super) struct Party {
    /// As the text has it.
    pub(super) name: Span,
    /// The tokens of the name.
    pub(super) tokens: Range<usize>,
    /// Whose it is.
    pub(super) whose: Option<Whose>,
    /// Whether it is written as a name.
    pub(super) is_name: bool,
    /// Whether it is one that acts in politics: a state, a force, an office, an organisation, a crowd.
    pub(super) acts: bool,
    /// Whether it has the title of an office, or is a state's by what it is: "the police".
    pub(super) titled: bool,
    /// Whether the verb or its preposition makes it the target.
    pub(super) addressed: bool,
    /// Whether its own words say whose it is.
    pub(super) stated: bool,
    /// The entry that it is.
    pub(super) actor: Option<String>,
    /// What it is.
    pub(super) sort: Sort,
    /// The title of an office.
    pub(super) office: Option<Span>,
}

/// How far behind a noun "in the Ivory Coast" may follow, in tokens.
const REACH: usize = 7;

impl<'k> Parties<'k> {
    fn holders(&self) -> &[Holder] {
        self.holders.get_or_init(|| {
            let tables = (&self.known.actors, &self.known.geography);
            let tokens = self.tokens.clone();
            self.known.roles.holders(self.text, tokens, self.mentions, tables, self.day)
        })
    }

    /// Whether a noun phrase is an armed organisation by a name that no table has.
    fn is_band(&self, noun: &NounPhrase) -> bool {
        let bands = self.bands.get_or_init(|| {
            let first = self.mentions.partition_point(|m| m.first < self.tokens.start);
            let last = self.mentions.partition_point(|m| m.first < self.tokens.end);
            bands(self.text, self.mentions.get(first..last).unwrap_or_default(), self.known)
        });
        bands.iter().any(|band| noun.first <= band.start && band.end <= noun.last)
    }

    /// Whose the tokens `range` are, by names or by the holder of an office.
    pub(super) fn whose(&self, range: Range<usize>) -> Option<Whose> {
        whose(self.text, self.mentions, range.clone(), self.known)
            .or_else(|| {
                let holder = self
                    .holders()
                    .iter()
                    .find(|h| h.tokens.start < range.end && range.start < h.tokens.end)?;
                self.of_actor(&holder.body)
            })
            .or_else(|| self.of_actor(self.statesman(range)?.body))
    }

    /// Who leads a state under the surname that is the whole of `range`: "Putin". Where the day is not
    /// known, all who led one under that name must have led the same.
    pub(super) fn statesman(&self, range: Range<usize>) -> Option<&'k actor::Role> {
        let named = self.text.tokens.get(range.start)?.shape == Shape::Capital;
        if range.len() != 1 || !named {
            return None;
        }
        let surname = self.text.word(range.start);
        let on = |day: Date| {
            [Office::HeadOfState, Office::HeadOfGovernment, Office::Leader]
                .into_iter()
                .find_map(|office| self.known.roles.titled(office, surname, "", day))
        };
        if let Some(day) = self.day {
            return on(day);
        }
        let years = (1990..=2030).filter_map(|year| Date::new(year, 7, 1).ok());
        let mut all = years.filter_map(on);
        let first = all.next()?;
        all.all(|other| other.body == first.body).then_some(first)
    }

    /// Whose the body with this id is: `fr-government` is France's, in or out of the table.
    fn of_actor(&self, id: &str) -> Option<Whose> {
        let geography = &self.known.geography;
        if let Some(actor) = self.known.actors.find(id) {
            of_actor(actor, self.known)
        } else {
            let code = id.get(..2)?.to_ascii_uppercase();
            geography.country(&code).map(Whose::Country)
        }
    }

    /// Whether token `i` names people, a force or an office: somebody who can act.
    pub(super) fn is_people(&self, i: usize) -> bool {
        let at = self.mentions.partition_point(|m| m.last <= i);
        let mention = self.mentions.get(at).filter(|m| m.first <= i);
        mention.is_some_and(|m| {
            m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Person(..) | Sense::Force(..) | Sense::Actor(..) | Sense::Demonym(_)
                )
            })
        }) || self.holders().iter().any(|h| h.tokens.contains(&i))
    }

    /// Whether noun phrase `n` is one that acts in politics, by its words, by those that say it again
    /// ("Ms Harrow, the envoy of Peru,") or by what it is of ("thousands of students").
    pub(super) fn acts(&self, n: usize) -> bool {
        let nouns = &self.syntax.nouns;
        let Some(noun) = nouns.get(n) else { return false };
        let again =
            nouns.iter().find(|m| m.first == noun.last + 1 && self.text.word(noun.last) == ",");
        let of = nouns.iter().find(|m| m.of == Some(n));
        self.words_act(noun)
            || again.is_some_and(|m| self.words_act(m))
            || of.is_some_and(|m| self.words_act(m))
    }

    fn words_act(&self, noun: &NounPhrase) -> bool {
        let words = noun.first..noun.head + 1;
        let capital = |i: usize| {
            matches!(
                self.text.tokens[i].shape,
                Shape::Capital | Shape::Upper | Shape::Possessive | Shape::Mark
            )
        };
        // "Israel's Cabinet", "the U.S. State Department": nothing but names behind a nation. "The
        // French inventor" is no one's voice.
        let body = |i: usize| {
            self.is_nation(i) && (i + 1..=noun.head).all(|j| capital(j) || self.is_politic(j))
        };
        self.is_nation(noun.head)
            || self.is_band(noun)
            || words.clone().any(|i| self.is_politic(i) || body(i))
            || self.holders().iter().any(|h| words.contains(&h.tokens.start))
            || noun.name && self.statesman(noun.head..noun.head + 1).is_some()
    }

    /// Whether token `i` is in the name of a country.
    pub(super) fn is_country(&self, i: usize) -> bool {
        let country = |s: &Sense| matches!(s, Sense::Country(_));
        self.mention(i).is_some_and(|m| m.senses.iter().any(country))
    }

    /// Whether token `i` is a nation's or a capital's name.
    fn is_nation(&self, i: usize) -> bool {
        let mention = self.mention(i);
        let named = mention.is_some_and(|m| {
            m.senses.iter().any(|s| matches!(s, Sense::Demonym(_) | Sense::Country(_)))
        });
        named || whose(self.text, &[], i..i + 1, self.known).is_some()
    }

    /// Whether token `i` is a force, an office, an organisation or a crowd.
    pub(super) fn is_politic(&self, i: usize) -> bool {
        let sense = self.mention(i).is_some_and(|m| {
            m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Force(..)
                        | Sense::Actor(..)
                        | Sense::Weak(_)
                        | Sense::Person(
                            Sort::Government
                                | Sort::StateForce
                                | Sort::Police
                                | Sort::Military
                                | Sort::Political
                                | Sort::Organisation
                                | Sort::International
                                | Sort::Combatants,
                            _
                        )
                        | Sense::Person(_, Role::Perpetrator | Role::Force)
                )
            })
        });
        let key = self.text.key(i);
        sense || self.known.deeds.topics(key, |_| None).meets(self.known.deeds.politic())
    }

    fn mention(&self, i: usize) -> Option<&'k Mention<'k>> {
        let at = self.mentions.partition_point(|m| m.last <= i);
        self.mentions.get(at).filter(|m| m.first <= i)
    }

    /// Whether a noun phrase has the title of an office before a name: "President Ortiz".
    fn is_titled(&self, noun: &NounPhrase) -> bool {
        let titled = |i: usize| {
            self.mention(i).is_some_and(|m| {
                m.senses.iter().any(|s| matches!(s, Sense::Person(Sort::Government, _)))
            }) || ["king", "queen", "emir", "sultan", "general"].iter().any(|w| self.text.is(i, w))
        };
        noun.name && (noun.first..noun.head).any(titled)
    }

    /// "It was shelled, a charge Kyiv rejects": what it is called stands before who rejects it.
    fn is_aside(&self, noun: &NounPhrase) -> bool {
        let shape = |i: usize| self.text.tokens.get(i).map(|t| t.shape);
        let article = ["a", "an"].iter().any(|word| self.text.is(noun.first, word));
        let name = shape(noun.head) == Some(Shape::Capital);
        let word = noun.head == noun.first + 2 && shape(noun.first + 1) == Some(Shape::Lower);
        article && name && word && !self.is_people(noun.first + 1)
    }

    /// The party that noun phrase `n` is by its own words.
    pub(super) fn alone(&self, n: usize) -> Option<&Party> {
        let last = self.syntax.nouns.get(n)?.last;
        self.alone.get(n)?.get_or_init(|| self.party(n, last)).as_ref()
    }

    /// The party that noun phrase `n` is, with what follows it up to token `until`.
    pub(super) fn party(&self, n: usize, until: usize) -> Option<Party> {
        let noun = self.syntax.nouns.get(n).filter(|noun| !noun.pronoun)?;
        // Where a report was written from does nothing.
        if self.text.dateline.contains(&noun.head) {
            return None;
        }
        // "demanded that Peru leave": "that" is no part of a name.
        let that = noun.name && noun.last > noun.first + 1 && self.text.is(noun.first, "that");
        let first = if self.is_aside(noun) { noun.head } else { noun.first + usize::from(that) };
        let name = self.text.span(first, noun.last)?;
        let own = self.whose(noun.first..noun.last);
        let end = self.reach(noun, until);
        let behind = || self.whose(noun.last..end.max(noun.last));
        let found = own.or_else(behind);
        let holder =
            self.holders().iter().find(|h| h.tokens.start < noun.last && noun.first < h.tokens.end);
        let band = || self.is_band(noun).then_some((None, Sort::Organisation));
        let holder_of = || holder.map(|h| (Some(h.body.clone()), h.sort));
        let actor = self.actor(noun).or_else(holder_of).or_else(band);
        let (actor, sort) = actor.unwrap_or((None, self.sort(noun)));
        let office = holder.and_then(|_| self.office(noun));
        Some(Party {
            name,
            tokens: noun.first..noun.last,
            whose: found,
            is_name: noun.name,
            acts: self.acts(n),
            titled: self.is_titled(noun)
                || noun.name && self.statesman(noun.head..noun.head + 1).is_some()
                || matches!(
                    sort,
                    Sort::Government | Sort::StateForce | Sort::Police | Sort::Military
                ),
            addressed: false,
            stated: found.is_some(),
            actor,
            sort,
            office,
        })
    }

    /// Where the words that belong to a noun end: before the next verb, mark of a clause, or seven on.
    fn reach(&self, noun: &NounPhrase, until: usize) -> usize {
        let tensed = |v: &&VerbGroup| v.first >= noun.last && v.form == Form::Finite && !v.relative;
        let verb = self.syntax.verbs.iter().find(tensed).map(|v| v.first);
        let end = verb.unwrap_or(self.tokens.end).min(noun.last + REACH).min(until);
        let stop = |i: &usize| matches!(self.text.word(*i), ";" | ":" | "\"" | "”" | "“");
        (noun.last..end).find(stop).unwrap_or(end)
    }

    fn actor(&self, noun: &NounPhrase) -> Option<(Option<String>, Sort)> {
        let first = self.mentions.partition_point(|m| m.last <= noun.first);
        let here = self.mentions[first..].iter().take_while(|m| m.first < noun.last);
        here.into_iter().find_map(|m| {
            m.sense(|s| match s {
                Sense::Actor(a, sort) => {
                    Some((Some(self.known.actors.get(a)?.id.to_owned()), sort))
                }
                _ => None,
            })
        })
    }

    fn sort(&self, noun: &NounPhrase) -> Sort {
        let at = self.mentions.partition_point(|m| m.last <= noun.head);
        let mention = self.mentions.get(at).filter(|m| m.first <= noun.head);
        let said = mention.and_then(|m| {
            m.sense(|s| match s {
                Sense::Person(sort, _) | Sense::Force(sort, _) => Some(sort),
                Sense::Country(_) => Some(Sort::Government),
                _ => None,
            })
        });
        said.unwrap_or(if noun.name && self.whose(noun.head..noun.head + 1).is_some() {
            Sort::Government
        } else {
            Sort::Other
        })
    }

    /// The words of an office before a name: small words, or a title.
    fn office(&self, noun: &NounPhrase) -> Option<Span> {
        let end = (noun.first..noun.last)
            .take_while(|&i| {
                let at = self.mentions.partition_point(|m| m.last <= i);
                self.mentions.get(at).is_some_and(|m| {
                    m.first <= i
                        && m.senses.iter().any(|s| {
                            matches!(s, Sense::Person(..) | Sense::Demonym(_) | Sense::Country(_))
                        })
                })
            })
            .last()?;
        self.text.span(noun.first, end + 1)
    }
}
