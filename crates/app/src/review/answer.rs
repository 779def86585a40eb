//! What a reviewer types → what is to be done.
//!
//! A word or its first letter answers the question at hand; a longer command names by their ids what
//! it speaks of, and can be given at any question.

use engine::link::reconcile::EventView;
use engine::link::reconcile::judged::Field;
use engine::ontology::Mode;
use engine::resolved::{Count, Period};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Item, Question, merge, split};
use crate::store::Ledger;
use crate::store::find::Found;
use crate::store::judgement::{Judged, Judgement, Told};

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// Judge, and go on.
    Judge(Judged),
    /// Go on without.
    Next,
    /// Take back this entry, or one's last.
    Undo(Option<i64>),
    /// Say what can be typed.
    Help,
    /// Show what an id names.
    Show(String),
    /// End.
    Quit,
}

/// What a line says that is no command.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unclear(String);

fn unclear<T>(what: impl Into<String>) -> anyhow::Result<T> {
    Err(Unclear(what.into()).into())
}

/// What can be typed.
pub(crate) const HELP: &str = "\
a  accept what the program says      m  merge: one event        s  split: two events
1… take the value of this number     c  correct: c 12, or of a report c killed 12
r  reject the report                 x  mark it, with a note    -  the field has no value
n  next (or an empty line)           u  undo                    q  quit
at any time: merge ID ID, split REPORT, reject REPORT, accept REPORT, mark REPORT NOTE,
             settle EVENT FIELD VALUE, correct REPORT FIELD VALUE, undo ENTRY, show ID
values: 12, 12+, 10-20, <=9; 2024-03-22, 2024-03-22/2024-03-24; a mode such as car_bombing;
        a place: TOWN, AREA, CC; perpetrators parted by ; and - for none
";

/// What the line asks for at this question, or where no question is left.
///
/// # Errors
/// When it cannot be understood, or the ledger cannot be read.
pub(crate) fn answer(ledger: &Ledger, item: Option<&Item>, line: &str) -> anyhow::Result<Step> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    match (word, rest) {
        ("" | "n" | "next", _) => return Ok(Step::Next),
        ("q" | "quit", _) => return Ok(Step::Quit),
        ("?" | "h" | "help", _) => return Ok(Step::Help),
        ("u" | "undo", "") => return Ok(Step::Undo(None)),
        ("u" | "undo", entry) => match entry.parse() {
            Ok(entry) => return Ok(Step::Undo(Some(entry))),
            Err(_) => return unclear("undo takes the number of an entry"),
        },
        ("show", id) if !id.is_empty() => return Ok(Step::Show(id.to_owned())),
        _ => {}
    }
    if let Some(judged) = named(ledger, word, rest)? {
        return Ok(Step::Judge(judged));
    }
    let Some(item) = item else { return unclear("no question is left; ? shows what can be typed") };
    let judged = match &item.question {
        Question::Pair { rows, linked, .. } => of_pair(ledger, *rows, *linked, (word, rest))?,
        Question::Field { event, field, row } => {
            let event = ledger.event(*event)?;
            of_field(ledger, &event, (*field, *row), (word, rest))?
        }
        Question::Report { row, .. } | Question::Marked { row, .. } => {
            of_report(ledger, *row, (word, rest))?
        }
    };
    Ok(Step::Judge(judged))
}

/// A command that names what it speaks of.
fn named(ledger: &Ledger, word: &str, rest: &str) -> anyhow::Result<Option<Judged>> {
    let mut words = rest.splitn(3, char::is_whitespace).map(str::trim);
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let third = words.next().unwrap_or("");
    let judgement = match word {
        "merge" if !rest.is_empty() => {
            merge(ledger, [event_or_report(ledger, first)?, event_or_report(ledger, second)?])?
        }
        "split" if !rest.is_empty() => split(ledger, report(ledger, first)?)?,
        "reject" | "accept" if !rest.is_empty() => {
            Judgement::Weighed { of: ledger.told(report(ledger, first)?)?, right: word == "accept" }
        }
        "mark" if !rest.is_empty() => {
            let of = ledger.told(report(ledger, first)?)?;
            let note = rest.strip_prefix(first).unwrap_or("").trim();
            let note = (!note.is_empty()).then(|| note.to_owned());
            return Ok(Some(Judged { judgement: Judgement::Marked { of }, machine: None, note }));
        }
        "settle" => {
            let field = field(second)?;
            let value = value(field, third)?;
            let row = event_or_report(ledger, first)?;
            let of = ledger.told(row)?;
            let machine = ledger.event_of_report(row)?.map(|id| id.parse()).transpose()?;
            let machine = machine.map(|id| ledger.event(id)).transpose()?;
            let machine = machine.and_then(|event| machine_value(&event, field));
            let judgement = Judgement::Settled { of, field, value };
            return Ok(Some(Judged { judgement, machine, note: None }));
        }
        "correct" if field(second).is_ok() => {
            return Ok(Some(correction(ledger, report(ledger, first)?, second, third)?));
        }
        _ => return Ok(None),
    };
    Ok(Some(Judged { judgement, machine: None, note: None }))
}

fn of_pair(
    ledger: &Ledger,
    rows: [i64; 2],
    linked: bool,
    (word, rest): (&str, &str),
) -> anyhow::Result<Judged> {
    let same = match word {
        "m" | "merge" => true,
        "s" | "split" => false,
        "a" | "accept" => linked,
        "x" | "mark" => return mark(ledger, rows[0], rest),
        "r" | "reject" => return unclear("say which: reject REPORT"),
        _ => return unclear("type m (one event), s (two events), a, x, n, u or q; ? for help"),
    };
    let judgement = if same && !linked {
        merge(ledger, rows)?
    } else {
        let [a, b] = [ledger.told(rows[0])?, ledger.told(rows[1])?];
        Judgement::Linked { same, these: vec![a], those: vec![b] }
    };
    Ok(Judged { judgement, machine: Some(json!(linked)), note: None })
}

fn of_field(
    ledger: &Ledger,
    event: &EventView,
    (field, row): (Field, i64),
    (word, rest): (&str, &str),
) -> anyhow::Result<Judged> {
    let of: Told = ledger.told(row)?;
    let known = event.fields.iter().find(|known| known.field == field.as_str());
    let machine = machine_value(event, field);
    let value = match word {
        "a" | "accept" => machine.clone(),
        "-" => None,
        "c" | "correct" | "=" => value(field, rest)?,
        "x" | "mark" => return mark(ledger, row, rest),
        number => {
            let n: Option<usize> = number.parse().ok();
            let chosen = n.and_then(|n| known?.values.get(n.checked_sub(1)?));
            match chosen {
                Some(chosen) => Some(settled(field, &chosen.value)),
                None => {
                    return unclear(
                        "type the number of a value, a, c VALUE, -, x, n, u or q; ? for help",
                    );
                }
            }
        }
    };
    if let Some(value) = value.as_ref().filter(|value| field.words(value).is_none()) {
        return unclear(format!("{value} is no value of {}", field.as_str()));
    }
    Ok(Judged { judgement: Judgement::Settled { of, field, value }, machine, note: None })
}

/// A value that a report gives, as one that counts: of perpetrators only the name.
fn settled(field: Field, value: &Value) -> Value {
    if field != Field::Perpetrators {
        return value.clone();
    }
    let name = value.get("actor").or_else(|| value.get("name"));
    json!([name.and_then(Value::as_str).unwrap_or_default()])
}

/// The value that counts by the program's rules, or by an earlier judgement.
fn machine_value(event: &EventView, field: Field) -> Option<Value> {
    match field {
        Field::Mode => Some(json!(event.mode)),
        Field::When => event.when.as_ref().map(|when| json!(when)),
        Field::Where => event.scene.as_ref().map(|scene| json!(scene)),
        Field::Killed => event.killed.map(|count| json!(count)),
        Field::Injured => event.injured.map(|count| json!(count)),
        Field::Abducted => event.abducted.map(|count| json!(count)),
        Field::Perpetrators => (!event.perpetrators.is_empty()).then(|| json!(event.perpetrators)),
    }
}

fn of_report(ledger: &Ledger, row: i64, (word, rest): (&str, &str)) -> anyhow::Result<Judged> {
    let right = match word {
        "a" | "accept" => true,
        "r" | "reject" => false,
        "x" | "mark" => return mark(ledger, row, rest),
        "c" | "correct" => {
            let (name, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            return correction(ledger, row, name, rest.trim());
        }
        _ => return unclear("type a (right), r (reject), c FIELD VALUE, x, n, u or q; ? for help"),
    };
    let judgement = Judgement::Weighed { of: ledger.told(row)?, right };
    Ok(Judged { judgement, machine: None, note: None })
}

fn mark(ledger: &Ledger, row: i64, note: &str) -> anyhow::Result<Judged> {
    let note = (!note.is_empty()).then(|| note.to_owned());
    Ok(Judged { judgement: Judgement::Marked { of: ledger.told(row)? }, machine: None, note })
}

fn correction(ledger: &Ledger, row: i64, name: &str, given: &str) -> anyhow::Result<Judged> {
    let field = field(name)?;
    let value = value(field, given)?;
    let report = engine::view::ReportView::coded_by(
        &ledger.report(row)?.report,
        &ledger.report(row)?.document,
        "",
    );
    let said = serde_json::to_value(&report)?;
    let machine = match field {
        Field::Perpetrators => {
            let names = report.perpetrators.into_iter().map(|p| p.actor.unwrap_or(p.name));
            Some(json!(names.collect::<Vec<_>>()))
        }
        _ => said.get(field.as_str()).cloned(),
    };
    let judgement = Judgement::Corrected { of: ledger.told(row)?, field, value };
    Ok(Judged { judgement, machine, note: None })
}

fn field(name: &str) -> anyhow::Result<Field> {
    let Some(field) = Field::parse(name) else {
        let names: Vec<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
        return unclear(format!("no field is called \"{name}\": use {}", names.join(", ")));
    };
    Ok(field)
}

/// A value of `field` as it is typed; none for "-".
pub(crate) fn value(field: Field, given: &str) -> anyhow::Result<Option<Value>> {
    if given == "-" {
        return Ok(None);
    }
    let value = match field {
        Field::Mode => Mode::parse(&given.replace(' ', "_")).map(|mode| json!(mode)),
        Field::When => when(given),
        Field::Where => place(given),
        Field::Killed | Field::Injured | Field::Abducted => count(given).map(|count| json!(count)),
        Field::Perpetrators => {
            let names: Vec<&str> =
                given.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
            (!names.is_empty()).then(|| json!(names))
        }
    };
    match value {
        Some(value) => Ok(Some(value)),
        None => unclear(format!("\"{given}\" is no value of {}; ? shows how", field.as_str())),
    }
}

fn count(given: &str) -> Option<Count> {
    if let Some(low) = given.strip_suffix('+') {
        return low.trim().parse().ok().map(Count::at_least);
    }
    if let Some(high) = given.strip_prefix("<=") {
        return Some(Count { high: Some(high.trim().parse().ok()?), ..Count::default() });
    }
    if let Some((low, high)) = given.split_once('-') {
        let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
        return (low <= high).then_some(Count { low: Some(low), best: None, high: Some(high) });
    }
    given.parse().ok().map(Count::exactly)
}

fn when(given: &str) -> Option<Value> {
    let (start, end) = given.split_once('/').unwrap_or((given, given));
    let (start, end): (Date, Date) = (start.trim().parse().ok()?, end.trim().parse().ok()?);
    (start <= end).then(|| {
        let precision = Period { start, end }.precision();
        json!({"start": start, "end": end, "precision": precision, "basis": "stated"})
    })
}

/// `TOWN, AREA, CC`, `AREA, CC` is not told from `TOWN, CC`, which it is taken for.
fn place(given: &str) -> Option<Value> {
    let parts: Vec<&str> = given.split(',').map(str::trim).collect();
    let (country, names) = parts.split_last()?;
    let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code || names.len() > 3 || names.iter().any(|name| name.is_empty()) {
        return None;
    }
    let mut scene = json!({"country": country, "precision": "country", "basis": "stated"});
    let keys: &[&str] = match names.len() {
        0 => &[],
        1 => &["place"],
        2 => &["place", "admin1"],
        _ => &["site", "place", "admin1"],
    };
    for (key, name) in keys.iter().zip(names) {
        scene[*key] = json!(name);
        scene["precision"] = json!("place");
    }
    Some(scene)
}

/// The row of the report that an id, or the beginning of one, names.
fn report(ledger: &Ledger, id: &str) -> anyhow::Result<i64> {
    match ledger.find(id, 2)?.as_slice() {
        [(_, Found::Report(row))] => Ok(*row),
        [] => unclear(format!("no report has the id \"{id}\"")),
        [_] => unclear(format!("\"{id}\" is no report")),
        _ => unclear(format!("several ids begin with \"{id}\"")),
    }
}

/// The row of a report, or of that which stands for an event.
fn event_or_report(ledger: &Ledger, id: &str) -> anyhow::Result<i64> {
    match ledger.find(id, 2)?.as_slice() {
        [(_, Found::Report(row))] => Ok(*row),
        [(_, Found::Event(event))] => match ledger.first_of(*event)? {
            Some(row) => Ok(row),
            None => unclear(format!("the event \"{id}\" has no reports")),
        },
        [] => unclear(format!("no event or report has the id \"{id}\"")),
        [_] => unclear(format!("\"{id}\" is a document")),
        _ => unclear(format!("several ids begin with \"{id}\"")),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn values_are_typed_as_they_are_printed() {
        let shown = |field: Field, given: &str| match value(field, given) {
            Ok(Some(value)) => field.words(&value).unwrap_or_default(),
            Ok(None) => "nothing".into(),
            Err(error) => error.to_string(),
        };
        let given = [
            (Field::Killed, "12"),
            (Field::Killed, "12+"),
            (Field::Killed, "10-20"),
            (Field::Killed, "<=9"),
            (Field::Killed, "20-10"),
            (Field::Killed, "-"),
            (Field::Mode, "suicide bombing"),
            (Field::When, "2024-03-22/2024-03-24"),
            (Field::When, "2024-03-24/2024-03-22"),
            (Field::Where, "Wick Hall, Wick, Harrow, XX"),
            (Field::Where, "Wick"),
            (Field::Perpetrators, "a; b"),
        ];
        let lines: Vec<String> = given.iter().map(|(field, g)| shown(*field, g)).collect();
        expect![[r#"
            12
            12 or more
            10 to 20
            at most 9
            "20-10" is no value of killed; ? shows how
            nothing
            suicide_bombing
            2024-03-22/2024-03-24
            "2024-03-24/2024-03-22" is no value of when; ? shows how
            Wick Hall, Wick, Harrow, XX
            "Wick" is no value of where; ? shows how
            a; b"#]]
        .assert_eq(&lines.join("\n"));
    }
}
