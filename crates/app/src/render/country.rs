//! Countries as people write them, and as the record keeps them (ISO 3166-1 alpha-2).

use engine::Knowledge;
use engine::fold::fold_phrase;
use engine::lexicon::Sense;
use engine::text::Text;

/// The code of a country that is given by its code or by any of its names.
pub(crate) fn code(known: &Knowledge, given: &str) -> Option<String> {
    let upper = given.to_ascii_uppercase();
    if known.geography.country(&upper).is_some() {
        return Some(upper);
    }
    let by_name =
        known.geography.countries.iter().position(|c| fold_phrase(c.name) == fold_phrase(given));
    let index = by_name.or_else(|| alias(known, given))?;
    Some(String::from_utf8_lossy(&known.geography.countries[index].code).into_owned())
}

/// The country that the dictionaries know under this name: "Burma", "Ivory Coast".
fn alias(known: &Knowledge, given: &str) -> Option<usize> {
    let text = Text::of(given);
    let mentions = known.matcher.find(&text);
    let whole = mentions.iter().find(|m| m.first == 0 && m.last == text.tokens.len())?;
    whole.sense(|s| if let Sense::Country(i) = s { Some(usize::from(i)) } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_names_and_other_names_are_known() {
        let known = Knowledge::embedded();
        for (given, wanted) in [
            ("ru", "RU"),
            ("Russia", "RU"),
            ("Burma", "MM"),
            ("Côte d'Ivoire", "CI"),
            ("United States", "US"),
        ] {
            assert_eq!(code(&known, given).as_deref(), Some(wanted), "{given}");
        }
        assert_eq!(code(&known, "Ruritania"), None);
        assert_eq!(known.geography.name("RU"), "Russia");
    }
}
