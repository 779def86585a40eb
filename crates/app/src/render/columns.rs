//! The columns of `tocsin events` for a person. Those for programs are in `export`.

use engine::Knowledge;
use engine::ontology::{Assertion, Stage};
use engine::plain::{act, bounds};
use engine::resolved::Basis;

use super::clean;
use super::table::Column;
use crate::store::search::Line;

/// The columns of the table.
pub(crate) const TABLE: &[Column] = &[
    Column { head: "day", right: false, cut: false },
    Column { head: "what", right: false, cut: true },
    Column { head: "where", right: false, cut: true },
    Column { head: "killed", right: true, cut: false },
    Column { head: "injured", right: true, cut: false },
    Column { head: "by", right: false, cut: true },
    Column { head: "source", right: false, cut: true },
    Column { head: "id", right: false, cut: false },
];

/// How many digits of an id the table shows; `tocsin show` takes them.
const ID_DIGITS: usize = 10;

/// The cells of [`TABLE`].
pub(crate) fn cells(line: &Line, known: &Knowledge) -> Vec<String> {
    let mut limits = Vec::new();
    if line.stage != Stage::Accomplished.as_str() {
        limits.push(line.stage.as_str());
    }
    let doubt = if line.assertion == Assertion::Asserted.as_str() { "" } else { "?" };
    if line.assertion == Assertion::Denied.as_str() {
        limits.push("denied");
    }
    let stated = line.when_basis.as_deref() == Some(Basis::Stated.as_str());
    let day = line.first_day.as_deref().zip(line.last_day.as_deref());
    let country = line.country.as_deref().map(|code| known.geography.name(code));
    let area = line.admin1.as_deref().filter(|_| line.place.is_none());
    let place = [line.place.as_deref().or(line.site.as_deref()).or(area), country];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    let cells = [
        day.map(|(first, last)| bounds::period(first, last, stated)).unwrap_or_default(),
        act(&line.kind, &line.mode, &limits) + doubt,
        place.join(", "),
        bounds::count(line.killed),
        bounds::count(line.injured),
        line.perpetrators.clone().unwrap_or_default(),
        source(line),
        line.id.chars().take(ID_DIGITS).collect(),
    ];
    cells.iter().map(|cell| clean(cell).replace('\n', " ")).collect()
}

/// The outlet; of an event that several reports tell, how many, and from how many sources.
fn source(line: &Line) -> String {
    match line.told {
        Some((reports, 1)) if reports > 1 => format!("{reports} prints of 1 source"),
        Some((reports, sources)) if reports > 1 => format!("{reports} reports, {sources} sources"),
        _ => line.outlet.clone().or_else(|| line.url.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::store::samples;

    fn line() -> Line {
        Line { mode: "armed_assault".into(), stage: "foiled".into(), ..samples::line() }
    }

    #[test]
    fn doubt_is_shown_in_the_table() {
        expect![[r#"~2024-03-01–31 | armed assault (foiled)? | Kano, Nigeria | 12–20 |  | the "Harrow" Front; gunmen | https://gazette.example/1 | 0123456789"#]]
            .assert_eq(&cells(&line(), &Knowledge::embedded()).join(" | "));
    }
}
