//! The parameters of a question: for the pages and the API alike, each with its own complaint.

use std::collections::BTreeMap;

use engine::Knowledge;
use url::form_urlencoded;

use super::past::AT;
use super::refusal::Refusal;
use crate::question::{self, Misread};
use crate::store::Ledger;
use crate::store::search::{Filter, Near, Sort};
use crate::store::seek::{Mark, Rows};

/// What a selection of events or reports can be asked by.
pub(super) const OF_SELECTION: [&str; 17] = [
    "country",
    "from",
    "to",
    "kind",
    "mode",
    "actor",
    "place",
    "near",
    "radius",
    "text",
    "killed_at_least",
    "outlet",
    "confidence_at_least",
    "all",
    "sort",
    "after",
    "limit",
];

/// And in which shape, where a whole selection can be had.
pub(super) const OF_SHAPE: [&str; 3] = ["format", "columns", "hxl"];

/// How far is near, if nothing is said.
const RADIUS_KM: f64 = 50.0;
/// No question is longer.
const MOST_BYTES: usize = 4_000;

/// What was given, by name. What was given empty, as forms do, was not given.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters(BTreeMap<String, String>);

/// Which rows are asked for.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) filter: Filter,
    pub(super) sort: Sort,
    pub(super) after: Option<Mark>,
    pub(super) limit: Option<u32>,
}

impl Parameters {
    /// The parameters of a query, which must be among `allowed` and come once.
    pub(super) fn of(query: Option<&str>, allowed: &[&str]) -> Result<Self, Refusal> {
        let query = query.unwrap_or_default();
        if query.len() > MOST_BYTES {
            return Err(wrong("", "the question is too long".to_owned(), "ask for less"));
        }
        let mut given = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            // Of which position is decided before, and links to further pages keep it.
            if !allowed.contains(&name.as_ref()) && name != AT {
                let known = format!("give one of {}", allowed.join(", "));
                let hint = if allowed.is_empty() { "give none".to_owned() } else { known };
                return Err(wrong(&name, format!("there is no parameter \"{name}\" here"), &hint));
            }
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if given.insert(name.to_string(), value.to_owned()).is_some() {
                return Err(wrong(&name, format!("\"{name}\" is given twice"), "give it once"));
            }
        }
        Ok(Self(given))
    }

    /// What was given under `name`.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether what may be given as 1 was given so.
    pub(super) fn is_on(&self, name: &str) -> Result<bool, Refusal> {
        match self.get(name) {
            None | Some("0" | "false") => Ok(false),
            Some("1" | "true") => Ok(true),
            Some(other) => {
                Err(wrong(name, format!("\"{other}\" is neither yes nor no"), "give 1 or 0"))
            }
        }
    }

    /// What was given, for a field of a form.
    pub(super) fn shown(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// What `read` makes of the parameter.
    pub(super) fn read<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, Misread>,
    ) -> Result<Option<T>, Refusal> {
        let misread = |why| Refusal::Misread { parameter: name.to_owned(), why };
        self.get(name).map(read).transpose().map_err(misread)
    }

    /// Where a list goes on: what `of_mark` makes of the parameter `after`.
    pub(super) fn place_in_list<T>(
        &self,
        of_mark: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        let Some(word) = self.get("after") else { return Ok(None) };
        let is_mark = word.len().is_multiple_of(2)
            && word.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !is_mark {
            let why = Misread::no_place();
            return Err(Refusal::Misread { parameter: "after".to_owned(), why });
        }
        let what = "this list has no such place: follow its link `next`".to_owned();
        of_mark(word).map(Some).ok_or(Refusal::Missing { what })
    }

    /// All but these, as an address needs them.
    pub(super) fn without(&self, left_out: &[&str]) -> Vec<(&str, &str)> {
        let pairs = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        pairs.filter(|(name, _)| !left_out.contains(name)).collect()
    }

    /// The selection that [`OF_SELECTION`] describes.
    pub(super) fn selection(
        &self,
        rows: Rows,
        known: &Knowledge,
        ledger: &Ledger,
    ) -> Result<Selection, Refusal> {
        let sort = self.read("sort", question::sort)?.unwrap_or_default();
        let after = self.place_in_list(|word| Mark::read(word, rows, sort))?;
        let everything = self.is_on("all")?;
        let radius = self.read("radius", question::km)?.unwrap_or(RADIUS_KM);
        let near = self.read("near", question::point)?;
        let text = self.read("text", |typed| {
            let words = question::words(typed);
            match ledger.verify_text(&words) {
                Ok(()) => Ok(words),
                Err(what) => Err(question::no_query(typed, &what)),
            }
        })?;
        let filter = Filter {
            country: self.read("country", |given| question::country(known, given))?,
            from: self.read("from", question::day)?,
            to: self.read("to", question::day)?,
            kind: self.read("kind", question::kind)?,
            mode: self.read("mode", question::mode)?,
            actor: self.get("actor").map(str::to_owned),
            actor_id: None,
            place: self.get("place").map(str::to_owned),
            place_named: None,
            near: near.map(|(lat, lon)| Near { lat, lon, km: radius }),
            text,
            killed_at_least: self
                .read("killed_at_least", |given| question::number(given, 0, 1_000_000))?,
            outlet: self.get("outlet").map(str::to_owned),
            confidence_at_least: self
                .read("confidence_at_least", |given| question::number(given, 0, 100))?,
            main: !everything,
            violent: !everything,
        };
        let limit = self.read("limit", |given| question::number(given, 1, 1_000))?;
        Ok(Selection { filter, sort, after, limit })
    }
}

fn wrong(parameter: &str, message: String, hint: &str) -> Refusal {
    Refusal::Misread {
        parameter: parameter.to_owned(),
        why: Misread { message, hint: hint.to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_or_doubled_is_named() {
        let given = |query| Parameters::of(Some(query), &["country", "text"]);
        let named = |query| match given(query) {
            Err(Refusal::Misread { parameter, .. }) => parameter,
            other => format!("{other:?}"),
        };
        assert_eq!(named("contry=NG"), "contry");
        assert_eq!(named("country=NG&country=ML"), "country");
        let parameters = given("country=&text=a+%26+b").unwrap();
        assert_eq!((parameters.get("country"), parameters.get("text")), (None, Some("a & b")));
    }
}
