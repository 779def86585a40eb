//! In which language a text is.

use whatlang::{Lang, detect};

use crate::text::head;
use crate::{Found, How};

/// How much of the text is looked at, in bytes; more adds time and no certainty.
const SAMPLE: usize = 4096;

/// The language of `text`, as the page says (`claimed`) or as the words say.
///
/// The words win where they are sure: templates often keep `lang="en"` for pages in any language.
pub(crate) fn find(text: &str, claimed: Option<Found<String>>) -> Option<Found<String>> {
    let claimed = claimed.and_then(|c| Some(Found::new(primary(&c.value)?, c.how)));
    let sample = head(text, SAMPLE);
    let seen = detect(sample).filter(|info| info.is_reliable() && sample.len() > 100);
    let seen = seen.and_then(|info| iso_639_1(info.lang()));
    match (claimed, seen) {
        (Some(claimed), Some(seen)) if claimed.value == seen => Some(claimed),
        (_, Some(seen)) => Some(Found::new(seen.to_owned(), How::Content)),
        (claimed, None) => claimed,
    }
}

/// The two letters that `en-GB` or `EN` begins with.
fn primary(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// ISO 639-1 for the languages that whatlang tells apart; `None` for those without such a code.
fn iso_639_1(lang: Lang) -> Option<&'static str> {
    #[expect(clippy::match_wildcard_for_single_variants, reason = "the list is the library's")]
    let code = match lang {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
        _ => return None,
    };
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_words_win_over_a_template() {
        let text = "Die Polizei hat am Montag in der Innenstadt zwei Männer festgenommen, die \
                    nach Angaben der Staatsanwaltschaft einen Anschlag auf den Bahnhof planten.";
        let claimed = |code: &str| Some(Found::new(code.to_owned(), How::Markup));
        assert_eq!(find(text, claimed("de-DE")), Some(Found::new("de".into(), How::Markup)));
        assert_eq!(find(text, claimed("en")), Some(Found::new("de".into(), How::Content)));
        assert_eq!(find("Hallo", claimed("de")), Some(Found::new("de".into(), How::Markup)));
        assert_eq!(find("Hallo", None), None);
    }
}
