//! Tokens → a text as it was printed, as far as spaces can tell.

use super::Gold;

/// The headline: the first sentence, without the name of the site behind a bar.
pub fn title(gold: &Gold) -> String {
    let words = gold.full_text.first().map(|tokens| joined(tokens)).unwrap_or_default();
    let headline = words.split(['|', '«']).next().unwrap_or_default();
    headline.trim_end_matches([' ', '.']).to_owned()
}

/// All sentences but the headline.
pub fn body(gold: &Gold) -> String {
    let sentences: Vec<String> =
        gold.full_text.iter().skip(1).map(|tokens| joined(tokens)).collect();
    sentences.join(" ")
}

/// Tokens with a space between them, save before and behind marks that stand close.
fn joined(tokens: &[String]) -> String {
    let mut text = String::new();
    let mut close = true;
    for (n, token) in tokens.iter().enumerate() {
        let hyphen = token == "-" && n > 0;
        let before = [",", ".", ";", ":", "?", "!", ")", "]", "%", "’", "”", "n't"];
        let glued = before.contains(&token.as_str())
            || hyphen
            || (token.len() > 1 && (token.starts_with('\'') || token.starts_with('’')));
        if !close && !glued {
            text.push(' ');
        }
        text.push_str(token);
        close = hyphen || ["(", "[", "$", "#", "“", "‘"].contains(&token.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(sentences: &[&str]) -> Gold {
        let tokens = |s: &&str| s.split(' ').map(str::to_owned).collect();
        Gold { full_text: sentences.iter().map(tokens).collect(), ..Gold::default() }
    }

    #[test]
    fn marks_stand_close_again() {
        let gold = gold(&[
            "Man shot | Channel 5 .",
            "A 23-year - old man ( a guard ) was n't hurt , police said .",
            "It cost $ 5 .",
        ]);
        assert_eq!(title(&gold), "Man shot");
        assert_eq!(
            body(&gold),
            "A 23-year-old man (a guard) wasn't hurt, police said. It cost $5."
        );
    }
}
