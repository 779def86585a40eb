//! The questions to reviewers, kept: over a large ledger it takes seconds to find all of them.
//!
//! A list that is quickly made is made anew whenever the ledger has moved. One that takes longer is
//! given as it was, without what was answered since, while the next one is made behind: which
//! questions there are is advice, and a new one may come some seconds late. What a reviewer answers
//! is looked up at the present position, whatever list the question was on.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::app::App;
use crate::review::{Item, queue};
use crate::store::Ledger;

/// How long a reviewer waits for a list.
const PATIENCE: Duration = Duration::from_millis(200);

/// How many questions of a sort are on the list: more than anyone answers before it is made anew.
pub(super) const MOST: usize = 1_000;

/// The last list.
#[derive(Default)]
pub(super) struct Questions(Mutex<Standing>);

#[derive(Default)]
struct Standing {
    made: Option<Made>,
    is_renewing: bool,
}

#[derive(Clone)]
struct Made {
    position: i64,
    items: Arc<Vec<Item>>,
    took: Duration,
}

impl Questions {
    fn lock(&self) -> std::sync::MutexGuard<'_, Standing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, made: &Made) {
        let mut standing = self.lock();
        if standing.made.as_ref().is_none_or(|known| known.position < made.position) {
            standing.made = Some(made.clone());
        }
    }
}

/// The questions that nobody has answered, the most doubtful of each sort first.
pub(super) fn questions(app: &Arc<App>, ledger: &Ledger) -> anyhow::Result<Arc<Vec<Item>>> {
    let position = ledger.position()?;
    let known = app.questions.lock().made.clone();
    match known {
        Some(known) if known.position == position => Ok(known.items),
        Some(known) if known.took > PATIENCE && known.position < position => {
            renew(app);
            without_answered(ledger, &known).map(Arc::new)
        }
        _ => {
            let made = make(ledger)?;
            app.questions.keep(&made);
            Ok(made.items)
        }
    }
}

/// Has the first list made, which takes seconds over a large ledger, if nobody has asked for it yet.
pub(super) fn prepare(app: &Arc<App>) {
    if app.questions.lock().made.is_none() {
        renew(app);
    }
}

fn make(ledger: &Ledger) -> anyhow::Result<Made> {
    let begun = Instant::now();
    let items = Arc::new(queue(ledger, None, None, MOST)?);
    Ok(Made { position: ledger.position()?, items, took: begun.elapsed() })
}

/// Makes the next list, one at a time.
fn renew(app: &Arc<App>) {
    if std::mem::replace(&mut app.questions.lock().is_renewing, true) {
        return;
    }
    let renewing = Renewing(Arc::clone(app));
    std::thread::spawn(move || {
        let app = &renewing.0;
        let made = app.reader().map_err(anyhow::Error::from);
        if let Ok(made) = made.and_then(|ledger| ledger.at_one_position(make)) {
            app.questions.keep(&made);
        }
    });
}

/// While it lives no other list is being made: its end frees the place, however the making ended.
struct Renewing(Arc<App>);

impl Drop for Renewing {
    fn drop(&mut self) {
        self.0.questions.lock().is_renewing = false;
    }
}

/// What was asked, but for what was answered since and stands.
fn without_answered(ledger: &Ledger, known: &Made) -> anyhow::Result<Vec<Item>> {
    let all = ledger.judgements()?;
    let since = all.iter().filter(|kept| kept.seq > known.position && kept.undone.is_none());
    let answered: BTreeSet<String> = since.map(|kept| kept.judged.judgement.item()).collect();
    Ok(known.items.iter().filter(|item| !answered.contains(&item.name)).cloned().collect())
}
