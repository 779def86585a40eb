//! Capitals that a text names only as such: "in the Somali capital", "Colombia's capital".

use std::ops::Range;

use crate::Knowledge;
use crate::fold::fold;
use crate::place::find::Referent;
use crate::place::resolve::{Atlas, Located};
use crate::text::{Shape, Text};

/// The capital that the tokens `range` name by its country.
pub(crate) fn capital(
    text: &Text<'_>,
    atlas: &Atlas,
    range: Range<usize>,
    known: &Knowledge,
) -> Option<Located> {
    let of = atlas.within(range).iter().find(|site| {
        let owner =
            text.tokens.get(site.last).is_some_and(|token| token.shape == Shape::Possessive);
        let word = if owner { site.last + 1 } else { site.last };
        (owner || site.demonym) && text.is(word, "capital") && !text.is(word + 1, ",")
    })?;
    let country = known.geography.countries.get(usize::from(of.country))?;
    let found = known.places.find(&fold(country.capital))?;
    let place = found.referents.iter().find(|referent| match referent {
        Referent::Place(p) => known.places.place(*p).is_some_and(|p| p.country == country.code),
        _ => false,
    })?;
    Some(Located { referent: *place, demonym: false, metonym: false, ..of.clone() })
}
