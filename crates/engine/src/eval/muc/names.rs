//! When two mentions are the same words: without case, punctuation and articles.

use super::{Entity, Fillers, Role};

/// The mentions of one entity, normalised.
pub(super) type Names = Vec<String>;

/// The entities of each role, normalised; those without a mention left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NamesByRole([Vec<Names>; 5]);

impl NamesByRole {
    pub(super) fn of(fillers: &Fillers) -> Self {
        Self(Role::ALL.map(|role| fillers.of(role).iter().filter_map(names).collect()))
    }

    pub(super) fn role(&self, role: Role) -> &[Names] {
        &self.0[role as usize]
    }

    /// How many entities there are in all roles.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }
}

fn names(entity: &Entity) -> Option<Names> {
    let names: Names = entity.0.iter().map(|mention| normal(mention.words())).collect();
    (!names.is_empty()).then_some(names)
}

/// Whether each mention of `predicted` is one of `gold`.
pub(super) fn is_right(predicted: &Names, gold: &Names) -> bool {
    predicted.iter().all(|mention| gold.contains(mention))
}

/// Lower case, without ASCII punctuation and the words a, an, the; one space between words.
pub fn normal(mention: &str) -> String {
    let lower: String =
        mention.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let mut kept = String::new();
    let mut word = String::new();
    for c in lower.chars().chain([' ']) {
        if c.is_alphanumeric() {
            word.push(c);
        } else {
            kept.push_str(if matches!(&*word, "a" | "an" | "the") { " " } else { &word });
            kept.push(c);
            word.clear();
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_articles_do_not_count() {
        assert_eq!(normal("The \"Santo  Tomás\" farm,"), "santo tomás farm");
        assert_eq!(normal("U.S. embassy"), "us embassy");
        assert_eq!(normal("theatre of a nation"), "theatre of nation");
        assert_eq!(normal("«the» bomb"), "« » bomb");
        assert_eq!(normal("the"), "");
    }
}
