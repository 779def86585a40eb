//! The same documents in capitals or in small letters: how much the coding leans on case.
//!
//! Gold stays as it is: whatever is compared by its words is compared without regard to case.

use clap::ValueEnum;
use reading::{Document, Found};

/// One case for all letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Case {
    /// All capitals
    Upper,
    /// All small letters
    Lower,
}

impl Case {
    /// The document in this case, title and text; what else is known of it stays.
    pub(super) fn of(self, document: &Document) -> Document {
        let put = |text: &str| match self {
            Self::Upper => text.to_uppercase(),
            Self::Lower => text.to_lowercase(),
        };
        let mut other = Document::new(document.url.clone(), put(document.text()));
        let title = document.title.as_ref();
        other.title = title.map(|title| Found { value: put(&title.value), how: title.how });
        other.authors.clone_from(&document.authors);
        other.published.clone_from(&document.published);
        other.outlet.clone_from(&document.outlet);
        other.language.clone_from(&document.language);
        other.charset.clone_from(&document.charset);
        other
    }
}

#[cfg(test)]
mod tests {
    use reading::How;

    use super::*;

    #[test]
    fn title_and_text_change_and_the_rest_stays() {
        let mut document = Document::new(Some("https://a.example".into()), "Ab é.".into());
        document.title = Some(Found::new("Cd".into(), How::Field));
        document.outlet = Some(Found::new("Gazette".into(), How::Field));
        let upper = Case::Upper.of(&document);
        assert_eq!((upper.text(), upper.url.as_deref()), ("AB É.", Some("https://a.example")));
        assert_eq!(upper.title.map(|t| t.value).as_deref(), Some("CD"));
        assert_eq!(upper.outlet, document.outlet);
        assert_eq!(Case::Lower.of(&document).text(), "ab é.");
    }
}
