//! Who did it, to whom, with what: the parties that the grammar finds, against the fillers that the
//! model sees.
//!
//! A party stays if the model takes it for likely enough, and a filler that the grammar lacks is
//! added where the model is sure. Where both see one, the words are the model's, while sort and id
//! come from the tables and the basis of a naming from the words around it.

use reading::Span;

use crate::Knowledge;
use crate::fold::fold;
use crate::lexicon::{Mention, Role, Sense};
use crate::model::{Filler, Sight, Slot, Trait};
use crate::ontology::{Attribution, Effect, Mode, Sort, WeaponSort};
use crate::party::{basis, is_of_men};
use crate::report::{Perpetrator, Target, Weapon};
use crate::resolved::Count;
use crate::syntax::Grammar;
use crate::text::Text;

/// The most targets that a report names.
const MOST: usize = 12;

/// Words that end no name. Sorted.
const TAILS: &[&str] = &[
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "owned", "the", "to",
    "with",
];

/// Margin from which on a body answers for an act for which none does.
const ANSWERS: f32 = -0.1;

/// Margin from which on who did it is added where the grammar finds nobody.
const LIKELY: f32 = 0.0;

/// Probability from which on what the model says of the harm to people is taken. It was taught of those
/// of whom something is said, so it says something of all.
const FIRM: f32 = 0.9;

/// The same for the harm to things.
const FIRM_OF_THINGS: f32 = 0.8;

/// What the parties of a report are judged with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parties<'p> {
    pub(crate) text: &'p Text<'p>,
    pub(crate) grammar: &'p Grammar<'p>,
    pub(crate) mentions: &'p [Mention<'p>],
    pub(crate) known: &'p Knowledge,
    pub(crate) sight: &'p Sight,
    /// The fillers that are of the incident, as numbers.
    pub(crate) own: &'p [usize],
}

/// From which margin on something is done with what the model sees.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// A party stays that both see by the same words.
    same: f32,
    /// A party stays that both see by words that overlap, or that is of another slot.
    over: f32,
    /// A filler is added that only the model sees.
    adds: f32,
    /// The model's words are taken.
    words: f32,
}

/// The limits of a slot. The grammar is better at where a weapon's name begins and ends.
const fn limits(slot: Slot) -> Limits {
    let (same, over, adds, words) = match slot {
        Slot::Doer => (-0.4, 0.6, 0.6, 0.6),
        Slot::Organisation => (0.0, 1.5, 1.1, -0.3),
        Slot::Thing => (-2.0, -1.0, 1.0, 0.7),
        Slot::Victim => (-1.0, 0.6, -0.7, 2.4),
        Slot::Weapon => (-0.35, -1.5, 1.1, f32::INFINITY),
        Slot::Described => (-0.35, -1.0, 0.3, 0.0),
        Slot::Place => (f32::INFINITY, f32::INFINITY, f32::INFINITY, f32::INFINITY),
    };
    Limits { same, over, adds, words }
}

/// A party, as far as it is judged.
trait Party {
    fn name(&mut self) -> &mut Span;
    /// What it would fill, in the text.
    fn slot(&self, text: &str) -> Slot;
    /// Makes it what fills another slot, if that can be.
    fn turn(&mut self, _slot: Slot) {}
    /// Takes what the model says of it, where that is the better word.
    fn learn(&mut self, _filler: &Filler) {}
}

impl Party for Perpetrator {
    fn name(&mut self) -> &mut Span {
        &mut self.name
    }
    fn slot(&self, text: &str) -> Slot {
        let men = self.sort == Sort::Individuals || is_of_men(self.name.of(text));
        if men { Slot::Doer } else { Slot::Organisation }
    }
}

impl Party for Target {
    fn name(&mut self) -> &mut Span {
        &mut self.name
    }
    fn slot(&self, _text: &str) -> Slot {
        match () {
            () if !self.person => Slot::Thing,
            () if self.named => Slot::Victim,
            () => Slot::Described,
        }
    }
    fn turn(&mut self, slot: Slot) {
        // The grammar may not know that the last words of a description are a name.
        if slot == Slot::Victim && self.person && !self.named {
            self.named = true;
            self.number = Some(Count::exactly(1));
        }
    }
    fn learn(&mut self, filler: &Filler) {
        if self.effect.is_none() {
            self.effect = likely_effect(filler, self.person);
        }
    }
}

impl Party for Weapon {
    fn name(&mut self) -> &mut Span {
        &mut self.name
    }
    fn slot(&self, _text: &str) -> Slot {
        Slot::Weapon
    }
}

impl<'p> Parties<'p> {
    /// Judges the perpetrators.
    pub(crate) fn perpetrators(self, found: &mut Vec<Perpetrator>) {
        const SLOTS: &[Slot] = &[Slot::Doer, Slot::Organisation];
        let used = self.judge(SLOTS, found);
        found.extend(self.others(SLOTS, &used).filter_map(|f| self.perpetrator(f)));
        self.bodies(found);
        self.answer(found);
    }

    /// Where no body is said to have done it: the likeliest one that the text tells of, be it beside
    /// another act, since stories name whom they blame once.
    fn answer(self, found: &mut Vec<Perpetrator>) {
        let source = self.text.source;
        if found.iter().any(|p| p.slot(source) == Slot::Organisation) {
            return;
        }
        let mut bodies = self.sight.fillers.iter().filter(|f| f.slot == Slot::Organisation);
        let likely = bodies.next().filter(|f| f.margin >= ANSWERS);
        found.extend(likely.and_then(|f| self.perpetrator(f)));
    }

    /// Adds to perpetrators among whom is no body the likeliest one of the incident, and to none at all
    /// the likeliest individuals.
    pub(super) fn answerable(self, found: &mut Vec<Perpetrator>) {
        let own = || self.own.iter().filter_map(|&n| self.sight.fillers.get(n));
        let likely =
            |slot| own().find(|f| f.slot == slot && f.margin >= LIKELY && !self.has_not_spoken(f));
        let new: Vec<Perpetrator> = [Slot::Organisation, Slot::Doer]
            .into_iter()
            .filter(|slot| *slot == Slot::Organisation || found.is_empty())
            .filter_map(|slot| self.perpetrator(likely(slot)?))
            .collect();
        found.extend(new);
    }

    /// Whether the text says that a body has not claimed it, or denies it: "the X has said nothing".
    fn has_not_spoken(self, filler: &Filler) -> bool {
        const REACH: usize = 6;
        #[rustfmt::skip]
        const SILENT: &[&str] = &[
            "condemned", "denied", "denies", "deny", "denying", "dismissed", "disowned", "distanced",
            "never", "not", "nothing", "rejected", "rejects", "silent",
        ];
        let text = self.text;
        filler.mentions.iter().any(|(span, _)| {
            let end = text.tokens.partition_point(|t| (t.start as usize) < span.end());
            let last = text.sentences.get(text.sentence_of(end.saturating_sub(1))).map(|s| s.last);
            (end..last.unwrap_or(end).min(end + REACH))
                .any(|i| SILENT.binary_search(&text.key(i)).is_ok())
        })
    }

    /// Judges the targets.
    pub(crate) fn targets(self, found: &mut Vec<Target>) {
        const SLOTS: &[Slot] = &[Slot::Thing, Slot::Victim, Slot::Described];
        let used = self.judge(SLOTS, found);
        found.extend(self.others(SLOTS, &used).filter_map(|f| self.target(f)));
        self.describe(found);
        found.truncate(MOST);
    }

    /// Judges the weapons of an act that was done in such a way.
    pub(crate) fn weapons(self, found: &mut Vec<Weapon>, mode: Mode) {
        const SLOTS: &[Slot] = &[Slot::Weapon];
        let used = self.judge(SLOTS, found);
        found.extend(self.others(SLOTS, &used).filter_map(|f| self.weapon(f, mode)));
    }

    /// Leaves out what the model does not see, and takes its words for the rest where it is sure; gives
    /// the numbers of the fillers that were met.
    fn judge(self, slots: &[Slot], found: &mut Vec<impl Party>) -> Vec<usize> {
        let mut met = Vec::new();
        found.retain_mut(|party| {
            let name = *party.name();
            let Some((number, filler)) = self.filler(name, slots) else { return false };
            let new = !met.contains(&number);
            met.push(number);
            let limits = limits(filler.slot);
            let seen = filler.slot == party.slot(self.text.source);
            if !seen && filler.margin >= limits.adds {
                party.turn(filler.slot);
            }
            let agreed = filler.slot == party.slot(self.text.source);
            let words = self.key(name);
            let same = seen && filler.mentions.iter().any(|(span, _)| self.key(*span) == words);
            if agreed && (!seen || filler.margin >= limits.words) {
                *party.name() = self.best(filler, name);
            }
            if agreed {
                party.learn(filler);
            }
            let least = match () {
                () if same => limits.same,
                () if agreed && !seen => limits.adds,
                () => limits.over,
            };
            new && filler.margin >= least
        });
        met
    }

    /// The likeliest filler of one of the slots that stands at `name` or has its words.
    fn filler(self, name: Span, slots: &[Slot]) -> Option<(usize, &'p Filler)> {
        let words = self.key(name);
        let same = |(span, _): &(Span, f32)| overlap(*span, name) || self.key(*span) == words;
        let mut all = self.sight.fillers.iter().enumerate();
        all.find(|(_, f)| slots.contains(&f.slot) && f.mentions.iter().any(same))
    }

    /// The fillers of the incident that were not met and are sure.
    fn others<'o>(self, slots: &'o [Slot], met: &'o [usize]) -> impl Iterator<Item = &'o Filler>
    where
        'p: 'o,
    {
        let own = self.own.iter().filter(move |n| !met.contains(n));
        let own = own.filter_map(move |&n| self.sight.fillers.get(n));
        own.filter(move |f| slots.contains(&f.slot) && f.margin >= limits(f.slot).adds)
    }

    /// The mention of a filler's best name that stands at `name`, else the likeliest.
    fn best(self, filler: &Filler, name: Span) -> Span {
        let Some(&(first, _)) = filler.mentions.first() else { return name };
        let words = self.key(first);
        let mut all = filler.mentions.iter().map(|(span, _)| *span);
        let here = all.find(|span| overlap(*span, name) && self.key(*span) == words);
        self.trimmed(here.unwrap_or(first))
    }

    /// A name without the small words and marks at its end.
    pub(super) fn trimmed(self, name: Span) -> Span {
        let mark = |c: char| c.is_ascii_punctuation() && !matches!(c, '"' | '\'' | ')' | ']');
        let mut kept = name.of(self.text.source).trim_end_matches(mark);
        while let Some((before, last)) = kept.rsplit_once(char::is_whitespace)
            && TAILS.binary_search(&&*fold(last)).is_ok()
        {
            kept = before.trim_end();
        }
        let end = name.start() + kept.len();
        Span::within(self.text.source, name.start(), end).unwrap_or(name)
    }

    /// The words of a name without articles.
    pub(super) fn key(self, span: Span) -> String {
        let words = span.of(self.text.source).split_whitespace().map(fold);
        words.filter(|w| !matches!(&**w, "a" | "an" | "the")).collect::<Vec<_>>().join(" ")
    }

    /// The mentions of the dictionaries within a span.
    pub(super) fn within(self, span: Span) -> impl Iterator<Item = &'p Mention<'p>> {
        let token = |at: usize| self.text.tokens.partition_point(|t| (t.start as usize) < at);
        let (first, last) = (token(span.start()), token(span.end()));
        let from = self.mentions.partition_point(|m| m.first < first);
        let here = self.mentions.iter().skip(from).take_while(move |m| m.first < last);
        here.filter(move |m| m.last <= last)
    }

    fn perpetrator(self, filler: &Filler) -> Option<Perpetrator> {
        let name = self.trimmed(filler.mentions.first()?.0);
        let body = filler.slot == Slot::Organisation;
        let actor = self.within(name).find_map(|m| self.known.actors.get(m.actor?));
        let actor = actor.filter(|_| body);
        let plain = match () {
            () if self.is_of_state(name) => Sort::StateForce,
            () if body => Sort::Organisation,
            () => Sort::Individuals,
        };
        let names = filler.mentions.iter().map(|(span, _)| *span);
        let told = basis(self.text, self.grammar, self.mentions, names, self.known);
        let seen = || filler.likeliest(attribution).map(|a| a.0);
        Some(Perpetrator {
            name,
            actor: actor.map(|a| a.id.to_owned()),
            sort: actor.map_or(plain, |a| a.sort),
            // That the model sees a doer is no word of the text for it.
            attribution: told.or_else(seen).unwrap_or(Attribution::Suspected),
        })
    }

    fn target(self, filler: &Filler) -> Option<Target> {
        let name = self.trimmed(filler.mentions.first()?.0);
        let (person, named) = (filler.slot != Slot::Thing, filler.slot == Slot::Victim);
        let plain = if person { Sort::Civilians } else { Sort::Other };
        Some(Target {
            name,
            actor: None,
            sort: self.sort_of(name, person).unwrap_or(plain),
            person,
            named,
            description: None,
            nation: self.nation(name),
            number: named.then(|| Count::exactly(1)),
            effect: likely_effect(filler, person),
        })
    }

    /// The country that a word of a description says it belongs to.
    fn nation(self, words: Span) -> Option<String> {
        let country = |s| match s {
            Sense::Demonym(c) | Sense::Country(c) => Some(c),
            _ => None,
        };
        let named = self.within(words).filter(|m| !m.is_thing_in(self.text));
        let country = named.filter_map(|m| m.sense(country)).last()?;
        let code = self.known.geography.countries.get(usize::from(country))?.code;
        Some(String::from_utf8_lossy(&code).into_owned())
    }

    /// The sort that the dictionaries give a word of a description.
    pub(super) fn sort_of(self, words: Span, person: bool) -> Option<Sort> {
        let sort = |s| match s {
            Sense::Person(sort, Role::Victim | Role::Either | Role::Force) if person => Some(sort),
            Sense::Thing(sort) if !person => Some(sort),
            _ => None,
        };
        self.within(words).find_map(|m| m.sense(sort)).filter(|s| *s != Sort::Individuals)
    }

    fn weapon(self, filler: &Filler, mode: Mode) -> Option<Weapon> {
        let name = self.trimmed(filler.mentions.first()?.0);
        let sort = |s| if let Sense::Weapon(sort, _) = s { Some(sort) } else { None };
        let known = self.within(name).find_map(|m| m.sense(sort));
        let by_mode = || match mode {
            Mode::Bombing | Mode::SuicideBombing => Some(WeaponSort::Explosive),
            Mode::Shooting => Some(WeaponSort::Firearm),
            Mode::Shelling => Some(WeaponSort::Ordnance),
            Mode::Arson => Some(WeaponSort::Incendiary),
            _ => None,
        };
        Some(Weapon { name, sort: known.or_else(by_mode)? })
    }
}

fn attribution(said: Trait) -> Option<Attribution> {
    if let Trait::Attribution(attribution) = said { Some(attribution) } else { None }
}

/// What was done to a filler, where the model is sure enough.
fn likely_effect(filler: &Filler, person: bool) -> Option<Effect> {
    let least = if person { FIRM } else { FIRM_OF_THINGS };
    filler.likeliest(effect).filter(|e| e.1 >= least).map(|e| e.0)
}

fn effect(said: Trait) -> Option<Effect> {
    if let Trait::Effect(effect) = said { Some(effect) } else { None }
}

fn overlap(a: Span, b: Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}
