//! A JSON value for people: indented, without brackets, without what is absent.

use serde_json::Value;

/// The fields that say most, in the order in which one wants to read them; the rest follows.
const FIRST: &[&str] = &[
    "id",
    "title",
    "relevant",
    "incident_type",
    "type",
    "kind",
    "mode",
    "stage",
    "main",
    "start",
    "end",
    "country",
    "admin1",
    "place",
    "site",
    "lat",
    "lon",
    "name",
    "low",
    "high",
    "killed",
    "injured",
    "perpetrators",
    "targets",
    "weapons",
    "evidence",
];

/// The value on lines of its own, indented by two spaces.
pub(crate) fn outline(value: &Value) -> String {
    let mut lines = Vec::new();
    write(value, 1, &mut lines);
    if lines.is_empty() { "  nothing".to_owned() } else { lines.join("\n") }
}

fn write(value: &Value, depth: usize, lines: &mut Vec<String>) {
    let pad = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().filter(|(_, field)| !is_absent(field)).collect();
            fields.sort_by_key(|(name, _)| {
                FIRST.iter().position(|f| f == name).unwrap_or(FIRST.len())
            });
            for (name, field) in fields {
                if let Some(text) = plain(field) {
                    lines.push(format!("{pad}{name}: {text}"));
                } else {
                    lines.push(format!("{pad}{name}:"));
                    write(field, depth + 1, lines);
                }
            }
        }
        Value::Array(values) => {
            for value in values {
                if let Some(text) = plain(value) {
                    lines.push(format!("{pad}- {text}"));
                    continue;
                }
                let first = lines.len();
                write(value, depth + 1, lines);
                if let Some(line) = lines.get_mut(first) {
                    *line = format!("{pad}- {}", line.trim_start());
                }
            }
        }
        Value::String(text) => lines.extend(text.lines().map(|line| format!("{pad}{line}"))),
        Value::Null => {}
        other => lines.push(format!("{pad}{other}")),
    }
}

fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.values().all(is_absent),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// A value that fits on one line: a scalar, or a list or an object of scalars without long text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.contains('\n') => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(values) if values.len() == 1 => plain(values.first()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn absent_values_are_left_out_and_what_says_most_comes_first() {
        let value = json!([{
            "url": "u",
            "title": "",
            "relevant": true,
            "events": [
                {"weapons": [], "killed": {"low": 3, "high": null}, "id": 1},
                {"evidence": ["One.", "Two."], "id": 2},
            ],
        }]);
        let lines = [
            "  - relevant: true",
            "    events:",
            "      - id: 1",
            "        killed:",
            "          low: 3",
            "      - id: 2",
            "        evidence:",
            "          - One.",
            "          - Two.",
            "    url: u",
        ];
        assert_eq!(outline(&value), lines.join("\n"));
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        assert_eq!(outline(&json!([])), "  nothing");
        assert_eq!(outline(&Value::Null), "  nothing");
    }
}
