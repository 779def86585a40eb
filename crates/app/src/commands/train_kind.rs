//! `tocsin train-kind`: a few sentences of a user's → a kind that `code` finds.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use engine::text::Text;
use reading::Limits;

use crate::failure::Outcome;
use crate::inputs;
use crate::kind::lesson::Lesson;
use crate::kind::teach::{self, Learned};
use crate::measure::Measure;
use crate::problems::Problems;
use crate::render::clean;

/// From which probability on a sentence is of a kind, unless the user says otherwise.
pub(crate) const THRESHOLD: f32 = 0.6;

/// Fewer examples make figures that say little.
const FEW: usize = 10;
/// No more sentences of one sort are shown.
const SHOWN: usize = 5;

/// Arguments of `tocsin train-kind`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files with 5 to 30 examples: a sheet in TOML with name, description, examples and against,
    /// or a reviewer's judgements, JSON lines with text, kind and accept
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Teach this kind, where the files have several
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Documents without the kind, to tell it from beside sentences of Tocsin's own
    #[arg(long, value_name = "INPUT", num_args = 1..)]
    data: Vec<String>,
    /// From which probability on a sentence is of the kind: more finds less and errs less
    #[arg(long, value_name = "P", default_value_t = THRESHOLD, value_parser = probability)]
    threshold: f32,
    /// Write the kind here [default: NAME.kind.json]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Teaches, reports and writes.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let lesson = Lesson::read(&arguments.files, arguments.name.as_deref())?;
    let data = sentences(&arguments.data)?;
    let learned = teach::teach(&lesson, &data, arguments.threshold)?;
    let path = arguments.output.clone();
    let path = path.unwrap_or_else(|| PathBuf::from(format!("{}.kind.json", lesson.name)));
    std::fs::write(&path, learned.kind.written()?)
        .with_context(|| format!("cannot write \"{}\"", path.display()))?;
    let mut out = std::io::stdout().lock();
    write!(out, "{}", report(&lesson, &learned))?;
    writeln!(out, "wrote         \"{}\"", path.display())?;
    let is_learned = learned.kind.checked.found * 2 >= lesson.examples.len();
    Ok(if is_learned { Outcome::Done } else { Outcome::Partly })
}

/// The sentences of all documents of the inputs.
fn sentences(inputs: &[String]) -> anyhow::Result<Vec<String>> {
    let (mut sentences, mut problems) = (Vec::new(), Problems::default());
    if inputs.is_empty() {
        return Ok(sentences);
    }
    let measure = Measure::default();
    for capture in inputs::captures(inputs.to_vec(), (&Limits::NEWS).into(), &measure) {
        let capture = match capture {
            Ok(capture) => capture,
            Err(problem) => {
                problems.note(&problem.input, &problem.what);
                continue;
            }
        };
        let (document, said) = reading::document(&capture, &Limits::NEWS);
        for problem in said {
            problems.note(&problem.input, &problem.what);
        }
        if let Some(document) = document {
            let text = document.text();
            let found = Text::of(text).sentences;
            sentences.extend(found.iter().map(|s| s.span.of(text).to_owned()));
        }
    }
    write!(std::io::stderr(), "{problems}")?;
    inputs::some_opened(&measure)?;
    Ok(sentences)
}

fn report(lesson: &Lesson, learned: &Learned) -> String {
    let kind = &learned.kind;
    let (taught, checked) = (&kind.taught, &kind.checked);
    let taken = checked.against_taken + checked.others_taken;
    let mut out = format!("kind          {}\n", kind.name);
    let mut line = |label: &str, words: String| {
        out.push_str(&clean(&format!("{label:14}{words}")));
        out.push('\n');
    };
    line("examples", taught.examples.to_string());
    let data =
        if taught.data > 0 { format!(", {} of your texts", taught.data) } else { String::new() };
    line("told from", format!("{} against{data}, {} of ours", taught.against, taught.others));
    line("foretold", format!("by {} fits, each without a part of the sentences", checked.folds));
    line("  recall", share(checked.found, taught.examples));
    line("  precision", share(checked.found, checked.found + taken));
    let mut list = |label: &str, texts: &[String]| {
        for text in texts.iter().take(SHOWN) {
            line(label, format!("\"{text}\""));
        }
        if texts.len() > SHOWN {
            line(label, format!("and {} more", texts.len() - SHOWN));
        }
    };
    list("  missed", &learned.missed);
    list("  taken", &learned.taken);
    for warning in warnings(lesson, learned) {
        line("note", warning);
    }
    out
}

fn warnings(lesson: &Lesson, learned: &Learned) -> Vec<String> {
    let n = lesson.examples.len();
    let mut warnings = Vec::new();
    if n < FEW {
        warnings.push(format!("{n} examples are few: the bounds are wide; write {FEW} to 30"));
    }
    if lesson.n_twice > 0 {
        warnings.push(format!("{} sentences stand there twice", lesson.n_twice));
    }
    if let Some((one, other)) = learned.twins.first() {
        let n = learned.twins.len();
        warnings.push(format!(
            "{n} pairs of examples are too alike to teach more than one of them, and flatter the \
             recall, such as \"{one}\" and \"{other}\""
        ));
    }
    if lesson.against.is_empty() {
        let words = "no sentence is against it: write those that one could take for it";
        warnings.push(words.to_owned());
    }
    if learned.kind.checked.found * 2 < n {
        let words = "the examples have too little in common: write more, or make two kinds";
        warnings.push(words.to_owned());
    }
    let words =
        "precision is among these sentences; in news the kind is rarer, and precision lower";
    warnings.push(words.to_owned());
    warnings
}

/// A share with its 95 % interval by Wilson.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "nothing to measure".to_owned();
    }
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let z2 = 1.96_f64 * 1.96;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = 1.96 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    let [low, high] = [middle - half, middle + half].map(|v| 100.0 * v);
    format!("{part} of {whole}, {:.0} % ({low:.0} to {high:.0})", 100.0 * p)
}

fn probability(written: &str) -> Result<f32, String> {
    let number: f32 = written.parse().map_err(|_| "it is no number".to_owned())?;
    if (0.01..=0.99).contains(&number) {
        Ok(number)
    } else {
        Err("it must be from 0.01 to 0.99".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_has_its_bounds() {
        assert_eq!(share(8, 10), "8 of 10, 80 % (49 to 94)");
        assert_eq!(share(5, 5), "5 of 5, 100 % (57 to 100)");
        assert_eq!(share(0, 0), "nothing to measure");
    }
}
