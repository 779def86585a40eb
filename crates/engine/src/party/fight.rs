//! The two sides of a fight: "clashes between the army and the X", "rebels clashed with soldiers".

use crate::Knowledge;
use crate::lexicon::{Act, Mention, Sense};
use crate::ontology::Mode;
use crate::syntax::{Form, Syntax, VerbGroup};
use crate::text::Text;

/// Verbs whose subject fights whom it names. Sorted.
const FIGHT: &[&str] = &["battle", "clash", "fight"];

/// Verbs whose subjects fight each other by what they exchange. Sorted.
const EXCHANGE: &[&str] = &["exchange", "swap", "trade"];
/// What is exchanged in a fight. Sorted.
const FIRE: &[&str] = &["fire", "gunfire", "rockets", "salvos", "shells", "shots"];

/// The noun phrases of those who fight each other in the sentence of `here`.
pub(super) fn sides(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<usize> {
    let battle = |head: usize| {
        here.iter().filter(|m| m.first <= head && head < m.last).any(|m| {
            let fight = |s: &Sense| matches!(s, Sense::Act(Act { mode: Some(Mode::Battle), .. }));
            m.senses.iter().any(fight)
        })
    };
    let led = |n: usize, words: &[&str]| {
        let preposition = syntax.nouns[n].preposition;
        preposition.is_some_and(|p| words.iter().any(|word| text.is(p, word)))
    };
    // "The clash pitted the X against the Y."
    let pits = syntax.verbs.iter().filter(|v| known.verbs.base(text.key(v.head)) == Some("pit"));
    let pitted = pits.flat_map(|verb| {
        let against = verb.obliques.iter().filter(|(p, _)| text.is(*p, "against")).map(|(_, n)| *n);
        verb.objects.iter().copied().chain(against)
    });
    let by_noun = (0..syntax.nouns.len()).filter(|&n| battle(syntax.nouns[n].head)).flat_map(|n| {
        let next = (n + 1..syntax.nouns.len()).take(3);
        let mut first = next.filter(|&m| led(m, &["between"]) && syntax.nouns[m].joined.is_none());
        let first = first.next();
        // "Four rebels were killed in an encounter with troops": who met them.
        let with = || {
            let after = syntax.nouns[n].preposition.is_some_and(|p| text.is(p, "after"));
            let met = |m: &usize| syntax.nouns[*m].preposition == Some(syntax.nouns[n].last);
            Some(n + 1)
                .filter(|m| *m < syntax.nouns.len() && met(m) && led(*m, &["with"]) && !after)
        };
        first.or_else(with).into_iter().flat_map(|m| syntax.list(m))
    });
    // "The coalition fighting the rebels" says who they are, not what they did.
    let told = |verb: &&VerbGroup| !verb.negated && verb.form != Form::Gerund;
    let by_verb = syntax.verbs.iter().filter(told).flat_map(|verb| {
        let base = known.verbs.base(text.key(verb.head));
        let fire = || {
            let shot = |n: &usize| FIRE.contains(&text.key(syntax.nouns[*n].head));
            verb.objects.iter().any(shot)
        };
        // "Guards exchanged fire with the robbers": who answers fire did not begin it.
        let two = verb.subjects.iter().flat_map(|&n| syntax.list(n)).count() > 1;
        let exchange = base.is_some_and(|base| EXCHANGE.binary_search(&base).is_ok());
        let exchange = exchange && two && fire();
        let fights = base.is_some_and(|base| FIGHT.binary_search(&base).is_ok());
        let against = verb
            .obliques
            .iter()
            .filter(|(p, _)| ["with", "against"].iter().any(|word| text.is(*p, word)));
        let met = verb.objects.iter().copied().filter(|_| !exchange);
        let others: Vec<usize> = against.map(|(_, n)| *n).chain(met).collect();
        let both = verb.subjects.iter().copied().chain(others.iter().copied());
        // "Herders and farmers clashed": each other.
        let apart = others.is_empty() && (two || base == Some("clash"));
        let told = fights && (apart || !others.is_empty()) || exchange;
        both.filter(|_| told).collect::<Vec<_>>()
    });
    by_noun.chain(by_verb).chain(pitted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let words: Vec<_> = sides(&text, &syntax, &mentions, &known)
            .into_iter()
            .map(|n| text.span(syntax.nouns[n].first, syntax.nouns[n].last))
            .map(|span| span.map_or("", |s| s.of(sentence)))
            .collect();
        assert_eq!(words, expected, "{sentence}");
    }

    #[test]
    fn both_sides_of_a_fight_are_found() {
        check("Clashes between the army and rebels left six dead.", &["the army", "rebels"]);
        check("Rebels clashed with soldiers near the river.", &["Rebels", "soldiers"]);
        check("The army and the militia exchanged artillery fire.", &["The army", "the militia"]);
        check("Herders and farmers clashed in the valley.", &["Herders", "farmers"]);
        check("The clash pitted the army against the rebels.", &["the army", "the rebels"]);
        check("The talks between the army and rebels failed.", &[]);
    }
}
