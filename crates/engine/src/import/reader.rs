//! The cells of a row → the fields of a report.

use std::collections::BTreeMap;

use jiff::civil::Date;
use reading::{Document, Span};

use super::cell::{bare, day, precision, said};
use super::mapping::{From, Line, Mapping};
use super::row::Refused;
use crate::Knowledge;
use crate::lexicon::Sense;
use crate::ontology::{Assertion, Attribution, Kind, Mode, Sort, Stage, WeaponSort};
use crate::report::{Perpetrator, Report, ReportId, Speaker, SpeakerSort, Target, Weapon};
use crate::resolved::{Basis, Count, Period, Precision, Resolved, Scene};
use crate::text::Text;

/// A row and what it is read by.
pub(super) struct Reader<'r> {
    pub(super) mapping: &'r Mapping,
    pub(super) plain: &'r BTreeMap<&'r str, &'r str>,
    pub(super) at: BTreeMap<&'r str, Span>,
    pub(super) table: Vec<Span>,
    pub(super) known: &'r Knowledge,
    pub(super) problems: Vec<String>,
}

impl Reader<'_> {
    /// The words that a line rests on: its cell, or the name of the table.
    fn span(&self, line: &Line) -> Option<Span> {
        match &line.from {
            From::Always(_) => self.table.first().copied(),
            From::Column(column) => self.at.get(column.as_str()).copied(),
        }
    }

    pub(super) fn spans(&self, field: &'static str) -> impl Iterator<Item = Span> {
        let lines = self.mapping.lines(field, self.plain);
        let told = lines.filter(|line| said(line, self.plain).is_some());
        told.filter_map(|line| self.span(line)).collect::<Vec<_>>().into_iter()
    }

    /// All terms of a field with where they stand; values that the mapping does not know are noted.
    fn values(&mut self, field: &'static str) -> Vec<(String, Span)> {
        let mut values = Vec::new();
        for line in self.mapping.lines(field, self.plain) {
            let Some(value) = said(line, self.plain) else { continue };
            match line.term(value) {
                Some("") => {}
                Some(term) => {
                    values.extend(self.span(line).map(|span| (term.to_owned(), span)));
                }
                None => self.problems.push(format!("\"{value}\" is no {field} that is known")),
            }
        }
        values
    }

    pub(super) fn value(&mut self, field: &'static str) -> Option<(String, Span)> {
        self.values(field).into_iter().next()
    }

    /// The value of a field as `parse` reads it; what it cannot read is noted.
    fn parsed<T>(
        &mut self,
        field: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<(T, Span)> {
        let (value, span) = self.value(field)?;
        let parsed = parse(&value);
        if parsed.is_none() {
            self.problems.push(format!("\"{value}\" is no {field}"));
        }
        parsed.map(|parsed| (parsed, span))
    }

    pub(super) fn report(&mut self, document: &Document) -> Result<Report, Refused> {
        let Some((kind, kind_at)) = self.value("kind") else { return Err(self.without_kind()) };
        let kind = Kind::parse(&kind).ok_or(Refused::Unknown("kind", kind))?;
        let scene = self.scene(document)?;
        let when = self.when();
        let killed = self.killed();
        let evidence: Vec<Span> = [
            when.as_ref().map(|when| when.at.clone()),
            Some(scene.at.clone()),
            Some(vec![kind_at]),
            killed.as_ref().map(|killed| killed.at.clone()),
        ]
        .into_iter()
        .flatten()
        .flatten()
        .collect();
        let perpetrators = self.perpetrators();
        let of = |term: &str| Mode::parse(term);
        let mode = self.parsed("mode", of).map_or(Mode::Other, |mode| mode.0);
        let stage = self.parsed("stage", Stage::parse).map_or(Stage::Accomplished, |s| s.0);
        Ok(Report {
            id: ReportId::of(&[&document.id.bytes(), b"row"]),
            document: document.id,
            kind,
            mode,
            stage,
            assertion: Assertion::Asserted,
            main: true,
            when,
            scene: Some(scene),
            perpetrators,
            targets: self.targets(),
            weapons: self.weapons(),
            killed,
            injured: self.count("injured"),
            abducted: self.count("abducted"),
            killed_includes_perpetrators: None,
            speakers: self
                .values("speaker")
                .into_iter()
                .map(|(_, name)| Speaker { name, sort: SpeakerSort::Other })
                .collect(),
            deed: None,
            evidence,
            confidence: 1.0,
        })
    }

    /// Why a row has no kind: it says none, or one that the mapping does not know.
    fn without_kind(&self) -> Refused {
        let said = self.mapping.lines("kind", self.plain).find_map(|line| said(line, self.plain));
        said.map_or(Refused::Silent("what kind it is of"), |kind| {
            Refused::Unknown("kind that is known", kind.to_owned())
        })
    }

    fn when(&mut self) -> Option<Resolved<Period>> {
        if let Some((start, at)) = self.parsed("first_day", day) {
            let last = self.parsed("last_day", day).filter(|(end, _)| *end >= start);
            let (end, at) = match last {
                Some((end, to)) => (end, vec![at, to]),
                None => (start, vec![at]),
            };
            return Some(Resolved::new(Period { start, end }, Basis::Stated, at, "import"));
        }
        let (year, at) = self.parsed("year", |year| year.parse::<i16>().ok())?;
        let part = |n: &str| n.parse::<i8>().ok();
        let month = self.parsed("month", part).filter(|month| month.0 > 0);
        let day = self.parsed("day", part).filter(|day| day.0 > 0 && month.is_some());
        let at = [Some(at), month.map(|m| m.1), day.map(|d| d.1)].into_iter().flatten().collect();
        let start = Date::new(year, month.map_or(1, |m| m.0), day.map_or(1, |d| d.0)).ok()?;
        let end = match (month, day) {
            (_, Some(_)) => start,
            (Some(_), None) => start.last_of_month(),
            (None, _) => start.last_of_year(),
        };
        Some(Resolved::new(Period { start, end }, Basis::Stated, at, "import"))
    }

    fn scene(&mut self, document: &Document) -> Result<Resolved<Scene>, Refused> {
        let (name, at) = self.value("country").ok_or(Refused::Silent("in which country"))?;
        let Some(country) = self.country(&name) else {
            return Err(Refused::Unknown("country", name));
        };
        let mut at = vec![at];
        let mut words = |reader: &mut Self, field| {
            let (_, span) = reader.value(field)?;
            at.push(span);
            Some(bare(span.of(document.text())).to_owned())
        };
        let admin1 = words(self, "admin1");
        let place = words(self, "place");
        let site = words(self, "site");
        let degrees = |n: &str| n.parse::<f64>().ok().filter(|d| d.abs() <= 180.0);
        let lat = self.parsed("lat", degrees).filter(|lat| lat.0.abs() <= 90.0);
        let lon = self.parsed("lon", degrees);
        at.extend(lat.zip(lon).into_iter().flat_map(|(lat, lon)| [lat.1, lon.1]));
        let precision = self.parsed("precision", precision).map(|p| p.0);
        let precision = precision.unwrap_or(match (&place, &admin1) {
            (Some(_), _) => Precision::Place,
            (None, Some(_)) => Precision::Admin1,
            _ => Precision::Country,
        });
        let (lat, lon) = lat.zip(lon).map(|(lat, lon)| (lat.0, lon.0)).unzip();
        let scene = Scene { country, admin1, place, site, lat, lon, precision };
        Ok(Resolved::new(scene, Basis::Stated, at, "import"))
    }

    /// The code of a country, which may be a code already. `Yemen (North Yemen)` is Yemen.
    fn country(&self, name: &str) -> Option<String> {
        let countries = &self.known.geography.countries;
        let code = |n: u16| {
            let code = countries.get(usize::from(n))?.code;
            Some(String::from_utf8_lossy(&code).into_owned())
        };
        if let Some(n) = self.known.geography.country(name) {
            return code(n);
        }
        let text = Text::of(name);
        let mentions = self.known.matcher.find(&text);
        mentions.iter().find_map(|mention| {
            code(mention.sense(|sense| match sense {
                Sense::Country(n) => Some(n),
                _ => None,
            })?)
        })
    }

    fn killed(&mut self) -> Option<Resolved<Count>> {
        let [low, best, high] = ["killed_low", "killed", "killed_high"].map(|f| self.number(f));
        let at: Vec<Span> = [low, best, high].into_iter().flatten().map(|n| n.1).collect();
        let value = |n: Option<(u32, Span)>| n.map(|n| n.0);
        let exact = value(best).filter(|_| low.is_none() && high.is_none());
        let count = match exact {
            Some(n) => Count::exactly(n),
            None => Count { low: value(low), best: value(best), high: value(high) },
        };
        (!at.is_empty()).then(|| Resolved::new(count, Basis::Stated, at, "import"))
    }

    fn count(&mut self, field: &'static str) -> Option<Resolved<Count>> {
        let (n, at) = self.number(field)?;
        Some(Resolved::new(Count::exactly(n), Basis::Stated, vec![at], "import"))
    }

    /// A number; `3.0` is 3.
    fn number(&mut self, field: &'static str) -> Option<(u32, Span)> {
        self.parsed(field, |cell| {
            let whole = cell.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
            whole.map_or(cell, |(whole, _)| whole).parse().ok()
        })
    }

    fn perpetrators(&mut self) -> Vec<Perpetrator> {
        let attribution = self.parsed("attribution", Attribution::parse);
        let attribution = attribution.map_or(Attribution::Fact, |a| a.0);
        let parties = self.values("perpetrator");
        let one = |(name, span): (String, Span)| {
            let (actor, sort) = self.actor(&name);
            Perpetrator { name: span, actor, sort: sort.unwrap_or(Sort::Organisation), attribution }
        };
        parties.into_iter().map(one).collect()
    }

    /// The actor that a name is, if the whole of it is one, with or without what stands in
    /// brackets behind it.
    fn actor(&self, name: &str) -> (Option<String>, Option<Sort>) {
        match (self.named(name), name.rsplit_once(" (")) {
            ((None, _), Some((before, _))) => self.named(before),
            (found, _) => found,
        }
    }

    fn named(&self, name: &str) -> (Option<String>, Option<Sort>) {
        let text = Text::of(name);
        let mentions = self.known.matcher.find(&text);
        let [mention] = &mentions[..] else { return (None, None) };
        if mention.first > 0 || mention.last < text.tokens.len() {
            return (None, None);
        }
        let found = mention.sense(|sense| match sense {
            Sense::Actor(n, _) | Sense::Weak(n) => self.known.actors.get(n),
            _ => None,
        });
        (found.map(|actor| actor.id.to_owned()), found.map(|actor| actor.sort))
    }

    fn targets(&mut self) -> Vec<Target> {
        let other = self.parsed("target_sort", Sort::parse).map(|sort| sort.0);
        let targets = self.values("target");
        let one = |(term, name): (String, Span)| Target {
            name,
            actor: None,
            sort: other.or(Sort::parse(&term)).unwrap_or(Sort::Other),
            person: true,
            named: false,
            description: None,
            nation: None,
            number: None,
            effect: None,
        };
        targets.into_iter().map(one).collect()
    }

    fn weapons(&mut self) -> Vec<Weapon> {
        let weapons = self.values("weapon").into_iter();
        weapons
            .filter_map(|(term, name)| Some(Weapon { name, sort: WeaponSort::parse(&term)? }))
            .collect()
    }
}
