//! The result as a table for people, as JSON, and item by item.

use std::io::Write;

use engine::Knowledge;
use engine::eval::resample::SEED;
use engine::eval::{Form, Item, Measure, Row};
use serde::Serialize;

use super::{Evaluated, Figure};

/// Writes a table for each data set.
pub(crate) fn write(
    out: &mut impl Write,
    evaluated: &Evaluated,
    known: &Knowledge,
    resamples: usize,
) -> anyhow::Result<()> {
    let digest = evaluated.gold.digest.get(..16).unwrap_or_default();
    writeln!(out, "suite  {}", evaluated.suite)?;
    writeln!(out, "gold   {}, sha256 {digest}…", evaluated.gold.name)?;
    writeln!(out, "build  {}", known.build())?;
    if resamples > 0 {
        writeln!(out, "95 % intervals from {resamples} resamples of items, seed {SEED}")?;
    }
    for (section, own) in evaluated.scored().iter().zip(&evaluated.sections) {
        writeln!(out, "\n{}, {} items", section.name, section.items.len())?;
        let head = ["", "value", "95 %", "precision", "recall", "right", "given", "wanted"];
        let mut lines = vec![head.map(str::to_owned)];
        lines.extend(section.rows(resamples, SEED).iter().map(cells));
        write_aligned(out, &lines)?;
        for figure in &own.figures {
            let value = figure.value.map_or_else(|| "–".to_owned(), |v| format!("{v:.2}"));
            writeln!(out, "{}  {value} {}", figure.name, figure.unit)?;
        }
    }
    Ok(())
}

/// Writes one object.
pub(crate) fn write_json(
    out: &mut impl Write,
    evaluated: &Evaluated,
    known: &Knowledge,
    resamples: usize,
) -> anyhow::Result<()> {
    #[derive(Serialize)]
    struct Object<'a> {
        suite: String,
        items: usize,
        build: &'a str,
        data: Data<'a>,
        resamples: usize,
        seed: u64,
        sections: Vec<SectionView<'a>>,
    }
    #[derive(Serialize)]
    struct Data<'a> {
        name: &'a str,
        sha256: &'a str,
    }
    #[derive(Serialize)]
    struct SectionView<'a> {
        name: String,
        items: usize,
        measures: Vec<Row>,
        #[serde(skip_serializing_if = "<[Figure]>::is_empty")]
        figures: &'a [Figure],
    }
    let sections: Vec<SectionView<'_>> = evaluated
        .scored()
        .into_iter()
        .zip(&evaluated.sections)
        .map(|(section, own)| SectionView {
            figures: &own.figures,
            items: section.items.len(),
            measures: section.rows(resamples, SEED),
            name: section.name,
        })
        .collect();
    let object = Object {
        suite: evaluated.suite.to_string(),
        items: sections.iter().map(|section| section.items).sum(),
        build: known.build(),
        data: Data { name: &evaluated.gold.name, sha256: &evaluated.gold.digest },
        resamples,
        seed: SEED,
        sections,
    };
    serde_json::to_writer(&mut *out, &object)?;
    writeln!(out)?;
    Ok(())
}

/// Writes a line an item: its id, each measure, what went wrong. F1 is shown as right, false and
/// missed; a share as right of asked; a count as found; a measure that does not apply is empty.
pub(crate) fn write_items(out: &mut impl Write, evaluated: &Evaluated) -> anyhow::Result<()> {
    for section in evaluated.scored() {
        let names: Vec<&str> = section.measures.iter().map(|m| m.name).collect();
        writeln!(out, "{}\t{}\twrong", section.name, names.join("\t"))?;
        for item in &section.items {
            let cells: Vec<String> = (0..section.measures.len())
                .map(|n| item_cell(&section.measures, item, n))
                .collect();
            let wrong = item.wrong.join(" | ").replace(['\t', '\n', '\r'], " ");
            writeln!(out, "{}\t{}\t{wrong}", item.id, cells.join("\t"))?;
        }
    }
    Ok(())
}

fn item_cell(measures: &[Measure], item: &Item, n: usize) -> String {
    let (Some(measure), Some(t)) = (measures.get(n), item.tallies.get(n)) else {
        return String::new();
    };
    if t.given == 0.0 && t.wanted == 0.0 {
        return String::new();
    }
    match measure.form {
        Form::F1 => format!(
            "{} {} {}",
            number(t.right_given),
            number(t.given - t.right_given),
            number(t.wanted - t.right_wanted)
        ),
        Form::Share => format!("{}/{}", number(t.right_given), number(t.given)),
        Form::Count => number(t.right_given),
    }
}

fn cells(row: &Row) -> [String; 8] {
    let show = |value: f64| match row.form {
        Form::Count => number(value),
        Form::F1 | Form::Share => format!("{value:.2}"),
    };
    let some = |value: Option<f64>| value.map_or_else(String::new, show);
    let interval = row
        .interval
        .map_or_else(String::new, |(low, high)| format!("{} – {}", show(low), show(high)));
    let plain = row.form == Form::F1;
    [
        row.measure.to_owned(),
        row.value.map_or_else(|| "–".to_owned(), show),
        interval,
        some(row.precision),
        some(row.recall),
        number(row.right),
        number(row.given),
        if plain { number(row.wanted) } else { String::new() },
    ]
}

/// A whole number without decimals, another with two.
fn number(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// The first column to the left, the others to the right, two spaces apart.
fn write_aligned<const N: usize>(
    out: &mut impl Write,
    lines: &[[String; N]],
) -> std::io::Result<()> {
    let width = |n: usize| lines.iter().map(|line| line[n].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    for line in lines {
        let numbers = line.iter().zip(widths).skip(1).map(|(cell, w)| format!("  {cell:>w$}"));
        let shown = format!("{:<w$}{}", line[0], numbers.collect::<String>(), w = widths[0]);
        writeln!(out, "{}", shown.trim_end())?;
    }
    Ok(())
}
