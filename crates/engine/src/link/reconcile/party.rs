//! Who did it: every name with what its naming rests on. A claim of one's own and an accusation by
//! others stand apart, and rivals stand side by side.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Account, FieldView, Said, ValueView, gather};
use crate::ontology::Attribution;
use crate::view::PerpetratorView;

/// The names that count, the firmest first, and all that are given.
pub(super) fn perpetrators(all: &[Account<'_>]) -> Option<(Vec<String>, FieldView)> {
    let mut said = Vec::new();
    let mut names: BTreeMap<String, (Attribution, usize, String)> = BTreeMap::new();
    for account in all {
        for who in &account.report.perpetrators {
            let key = key(who);
            let words = format!("{} ({})", shown(&key, who), basis(who.attribution));
            said.push(Said {
                words,
                value: json!(who),
                account: *account,
                how: Some(who.name.clone()),
            });
            let known = names.entry(key).or_insert((who.attribution, 0, who.name.clone()));
            known.0 = known.0.min(who.attribution);
            known.1 += 1;
        }
    }
    let values: Vec<ValueView> = gather(said);
    // Organisations before descriptions, then by what the naming rests on, then by how many say so.
    let mut ranked: Vec<_> = names
        .into_iter()
        .filter(|(_, (attribution, ..))| *attribution != Attribution::Denied)
        .collect();
    ranked.sort_by(|a, b| {
        let rank = |(key, (attribution, n, _)): &(String, (Attribution, usize, String))| {
            (!key.starts_with("id "), *attribution, std::cmp::Reverse(*n), key.clone())
        };
        rank(a).cmp(&rank(b))
    });
    let organisations = ranked.iter().filter(|(key, _)| key.starts_with("id ")).count();
    let firm = |of: &Attribution| matches!(of, Attribution::Fact | Attribution::Claimed);
    // Where one claims it, whom its enemies accuse is a value of somebody, and not the record's.
    let firm = ranked.iter().take(organisations).take_while(|(_, who)| firm(&who.0)).count();
    let n = [firm, organisations, 1].into_iter().find(|&n| n > 0).unwrap_or_default();
    let current: Vec<String> = ranked.iter().take(n).map(|(_, (.., name))| name.clone()).collect();
    let field = FieldView {
        field: "perpetrators",
        current: current.join("; "),
        rule: "organisations that claim it or are said to have done it, else those accused, the firmest first",
        interval: None,
        disputed: organisations > 1,
        values,
        history: Vec::new(),
        ruled: None,
    };
    (!field.values.is_empty()).then_some((current, field))
}

fn key(who: &PerpetratorView) -> String {
    match &who.actor {
        Some(actor) => format!("id {actor}"),
        None => crate::fold::fold_phrase(&who.name),
    }
}

fn shown<'a>(key: &'a str, who: &'a PerpetratorView) -> &'a str {
    key.strip_prefix("id ").unwrap_or(&who.name)
}

fn basis(attribution: Attribution) -> &'static str {
    match attribution {
        Attribution::Fact => "reported as fact",
        Attribution::Claimed => "by its own claim",
        Attribution::AccusedByAuthorities => "accused by authorities",
        Attribution::Suspected => "suspected",
        Attribution::Possible => "thought possible",
        Attribution::Denied => "denied",
    }
}
