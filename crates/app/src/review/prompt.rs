//! The walk through the queue in a terminal: a question, a line that is typed, an entry.
//!
//! It reads lines, so it can be piped to. Whoever stops loses nothing: what was judged is in the
//! ledger, and what was not comes again.

use std::io::{BufRead, Write};

use engine::Knowledge;

use super::answer::{HELP, Step, Unclear, answer};
use super::{Item, Reviewer, Which, open, queue, show};

/// What came of a walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Walked {
    /// How many questions there were.
    pub(crate) asked: usize,
    /// How many judgements were made.
    pub(crate) judged: usize,
    /// How many were taken back.
    pub(crate) undone: usize,
}

/// Where lines come from and go to.
pub(crate) struct Terminal<I, O> {
    /// What is typed.
    pub(crate) input: I,
    /// What is shown.
    pub(crate) output: O,
    /// How wide it is.
    pub(crate) width: usize,
}

/// Asks `reviewer` until the queue or the input ends.
///
/// # Errors
/// When the ledger cannot be read or written, or the terminal is gone.
pub(crate) fn walk<I: BufRead, O: Write>(
    reviewer: &Reviewer,
    (only, again): (Option<Which>, bool),
    known: &Knowledge,
    terminal: &mut Terminal<I, O>,
) -> anyhow::Result<Walked> {
    let Terminal { input, output, width } = terminal;
    let again = again.then_some(reviewer.name.as_str());
    let mut items = queue(&open(&reviewer.ledger)?, only, again, usize::MAX)?;
    let mut walked = Walked::default();
    let mut place = 0;
    loop {
        let item = items.get(place);
        match item {
            Some(item) => {
                let shown = show::item(&open(&reviewer.ledger)?, known, item, *width)?;
                write!(output, "\n[{} of {}] {shown}", place + 1, items.len())?;
                walked.asked += 1;
            }
            None => writeln!(output, "\nNo question is left.")?,
        }
        if !asked(reviewer, known, (input, output), item, &mut walked)? {
            return Ok(walked);
        }
        // What was judged or undone may have answered or raised other questions.
        let done: Vec<String> = items.iter().take(place + 1).map(|i| i.name.clone()).collect();
        items.truncate(place + 1);
        let fresh = queue(&open(&reviewer.ledger)?, only, again, usize::MAX)?;
        items.extend(fresh.into_iter().filter(|item| !done.contains(&item.name)));
        place = (place + 1).min(items.len());
    }
}

/// Reads lines until one is judged or passed over. Gives whether there may be more.
fn asked(
    reviewer: &Reviewer,
    known: &Knowledge,
    (input, output): (&mut impl BufRead, &mut impl Write),
    item: Option<&Item>,
    walked: &mut Walked,
) -> anyhow::Result<bool> {
    loop {
        write!(output, "> ")?;
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            writeln!(output)?;
            return Ok(false);
        }
        match answer(&open(&reviewer.ledger)?, item, &line) {
            Ok(Step::Judge(judged)) => match reviewer.judge(judged) {
                Ok(entry) => {
                    writeln!(output, "entry {entry}; u takes it back")?;
                    walked.judged += 1;
                    return Ok(true);
                }
                Err(error) => writeln!(output, "{error:#}; try again")?,
            },
            Ok(Step::Next) => return Ok(item.is_some()),
            Ok(Step::Undo(entry)) => match reviewer.undo(entry) {
                Ok(entry) => {
                    writeln!(output, "entry {entry} is undone")?;
                    walked.undone += 1;
                }
                Err(error) => writeln!(output, "{error:#}")?,
            },
            Ok(Step::Help) => write!(output, "{HELP}")?,
            Ok(Step::Show(id)) => {
                let shown = crate::commands::show::named(&open(&reviewer.ledger)?, known, &id);
                writeln!(output, "{}", shown.unwrap_or_else(|error| format!("{error:#}")))?;
            }
            Ok(Step::Quit) => return Ok(false),
            Err(error) if error.is::<Unclear>() => writeln!(output, "{error}")?,
            Err(error) => return Err(error),
        }
    }
}
