//! Who only tells of what others did: "the rebels said that jets had bombed a camp".

use crate::syntax::{Form, NounPhrase, Syntax, Voice};
use crate::text::Text;

/// Forms of telling. Sorted.
#[rustfmt::skip]
const TELLS: &[&str] = &[
    "accuse", "accused", "accuses", "added", "alleged", "allege", "alleges", "announced", "blame",
    "blamed", "blames", "charged", "complained", "condemn", "condemned", "condemns", "denounce",
    "denounced", "denounces", "deplored", "protested", "reported", "reports", "said", "say", "says",
    "stated", "warned",
];

/// Whether all that the noun phrase `n` does is to tell, and of others than itself: nothing in the sentence
/// stands for it as a doer, as "they" does in "the rebels said they had bombed it".
pub(super) fn only_speaks(text: &Text<'_>, syntax: &Syntax, n: usize) -> bool {
    let mut does = (0..syntax.verbs.len()).filter(|&v| syntax.doers(v).contains(&n)).peekable();
    if does.peek().is_none() {
        return false;
    }
    let tells = |v: usize| {
        let verb = &syntax.verbs[v];
        let tells = TELLS.contains(&text.key(verb.head));
        tells && verb.form == Form::Finite && verb.voice == Voice::Active
    };
    let itself = |noun: &NounPhrase| {
        let own = ["its", "our", "their"].contains(&text.key(noun.first));
        noun.pronoun && ["it", "they", "we"].contains(&text.key(noun.head)) || own
    };
    let acts = |v: usize| syntax.doers(v).iter().any(|&d| itself(&syntax.nouns[d]));
    does.all(tells) && !(0..syntax.verbs.len()).any(acts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn check(sentence: &str, expected: bool) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let at = (0..text.tokens.len()).find(|&i| text.is(i, "rebels")).unwrap();
        assert_eq!(
            only_speaks(&text, &syntax, syntax.noun_at(at).unwrap()),
            expected,
            "{sentence}"
        );
    }

    #[test]
    fn who_tells_of_others_does_not_do_it() {
        check("The rebels said that jets had bombed their camp.", true);
        check("The rebels accused the army of a massacre.", true);
        check("The rebels said they had bombed a camp.", false);
        check("The rebels said their fighters had bombed a camp.", false);
        check("The rebels bombed a camp and said that nine had died.", false);
        check("A bomb of the rebels killed nine, the police said.", false);
    }
}
