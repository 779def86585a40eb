//! Who only tells of what others did, "the rebels said that jets had bombed a camp", or does something
//! else: "rebels found the bodies".

use crate::Knowledge;
use crate::lexicon::{Mention, Sense};
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

/// Whether the noun phrase `n` has uttered threats: "had made threats against the base".
pub(super) fn has_threatened(text: &Text<'_>, syntax: &Syntax, n: usize) -> bool {
    let threats = |v: usize| {
        let mut objects = syntax.verbs[v].objects.iter();
        let threats =
            objects.any(|&o| matches!(text.key(syntax.nouns[o].head), "threat" | "threats"));
        threats && syntax.doers(v).contains(&n)
    };
    (0..syntax.verbs.len()).any(threats)
}

/// What those who attack do besides: they come, bear arms, and are gone. Sorted.
#[rustfmt::skip]
const COMES: &[&str] = &[
    "approach", "arrive", "break", "carry", "clash", "come", "confront", "cross", "descend", "dress",
    "drive", "emerge", "enter", "escape", "fight", "flee", "force", "gather", "go", "have", "hide",
    "infiltrate", "intend", "leave", "move", "open", "order", "overrun", "plan", "pose", "retreat",
    "return", "ride", "seize", "set", "slip", "surround", "take", "threaten", "try", "use", "vanish",
    "wear", "withdraw",
];

/// Whether the noun phrase `n` does something, and nothing that those who attack would do: whoever buries
/// the dead need not have killed them.
pub(super) fn does_otherwise(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    n: usize,
    known: &Knowledge,
) -> bool {
    let mut does = (0..syntax.verbs.len()).filter(|&v| syntax.doers(v).contains(&n)).peekable();
    let finite = |v: usize| syntax.verbs[v].form == Form::Finite;
    let comes = |v: usize| {
        let head = syntax.verbs[v].head;
        let base = known.verbs.base(text.key(head));
        let deed = |s: &Sense| matches!(s, Sense::Act(_) | Sense::Casualty(..));
        let mut there = here.iter().filter(|m| m.first <= head && head < m.last);
        there.any(|m| m.senses.iter().any(deed))
            || base.is_some_and(|base| COMES.binary_search(&base).is_ok())
    };
    does.peek().is_some_and(|&v| finite(v)) && !does.any(comes)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn who_does_something_else_need_not_have_done_it() {
        let check = |sentence: &str, expected: bool| {
            let known = Knowledge::embedded();
            let text = Text::of(sentence);
            let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
            let at = (0..text.tokens.len()).find(|&i| text.is(i, "rebels")).unwrap();
            let n = syntax.noun_at(at).unwrap();
            let here = known.matcher.find(&text);
            assert_eq!(does_otherwise(&text, &syntax, &here, n, &known), expected, "{sentence}");
        };
        check("The rebels found nine bodies.", true);
        check("The rebels surrendered on Monday.", true);
        check("The rebels fled into the hills.", false);
        check("Nine men were killed by the rebels.", false);
    }

    #[test]
    fn words_are_in_order() {
        assert!(COMES.is_sorted());
    }
}
