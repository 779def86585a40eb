//! Which ground counts where a text gives several for one party.

use std::ops::Range;

use reading::Span;

use crate::ontology::Attribution;
use crate::party::accusal::Accused;
use crate::report::Perpetrator;

/// On what it rests by whose word it is and how far the sentence stands by it.
pub(super) fn weaker(basis: Attribution, doubted: Option<Attribution>) -> Attribution {
    match (basis, doubted) {
        // "Police believe that the X did it": it is the police who say so.
        (Attribution::AccusedByAuthorities, Some(Attribution::Suspected)) | (_, None) => basis,
        (_, Some(doubted)) => basis.max(doubted),
    }
}

/// Where the grammar says who blames, it says so better than the words around.
pub(super) fn ruled(
    accused: &[Accused],
    tokens: &Range<usize>,
    by_words: Attribution,
) -> Attribution {
    let blame =
        |a: &Attribution| matches!(a, Attribution::Suspected | Attribution::AccusedByAuthorities);
    let ruled = accused.iter().find(|a| a.tokens == *tokens).map(|a| a.attribution);
    ruled.filter(|a| blame(a) && blame(&by_words)).unwrap_or(by_words)
}

/// Whom somebody is said to blame is no fact, though another sentence has it do the act plainly: that is
/// what the blame says.
pub(super) fn rest_on_blame(found: &mut [Perpetrator], blamed: &[(Option<String>, Attribution)]) {
    let plain = |p: &&mut Perpetrator| p.attribution == Attribution::Fact && p.actor.is_some();
    for party in found.iter_mut().filter(plain) {
        let grounds = blamed.iter().filter(|(actor, _)| *actor == party.actor).map(|b| b.1);
        party.attribution = grounds.min().unwrap_or(party.attribution);
    }
}

/// What only others than a state say of its forces is a suspicion: "the opposition said".
pub(super) fn rest_on_others(found: &mut [Perpetrator], others: &[Span]) {
    let told =
        |p: &&mut Perpetrator| p.attribution == Attribution::Fact && others.contains(&p.name);
    found.iter_mut().filter(told).for_each(|p| p.attribution = Attribution::Suspected);
}

/// Which of two grounds counts: a claim of one's own, then the plain fact; accusers outrank a denial.
pub(super) fn firmer(a: Attribution, b: Attribution) -> Attribution {
    if [a, b].contains(&Attribution::Claimed) { Attribution::Claimed } else { a.min(b) }
}

/// What counts once a sentence has given the ground `first` and a later one `later`: a text says with
/// care who did it where it says so first, "alleged members of the X", and then speaks of the X.
pub(super) fn after(first: Attribution, later: Attribution) -> Attribution {
    let doubted = first > Attribution::Claimed && first < Attribution::Denied;
    if doubted && later == Attribution::Fact { first } else { firmer(first, later) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_careful_word_counts() {
        use Attribution::{Claimed, Fact, Possible, Suspected};
        assert_eq!(after(Suspected, Fact), Suspected);
        assert_eq!(after(Possible, Fact), Possible);
        assert_eq!(after(Fact, Suspected), Fact);
        assert_eq!(after(Suspected, Claimed), Claimed);
    }
}
