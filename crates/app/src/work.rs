//! Spreads work over all cores and gives the results in the order of the input.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The work on one item panicked; the rest goes on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fault in the program ({0}); please report it with the input")]
pub(crate) struct Panicked(pub(crate) String);

/// Applies `f` to each item and gives each result, in order, to `each`. A panic costs its item
/// only; an error of `each` ends the work.
pub(crate) fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    f: impl Fn(T) -> R + Sync,
    mut each: impl FnMut(Result<R, Panicked>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for item in items {
        let made = catch_unwind(AssertUnwindSafe(|| f(item)));
        each(made.map_err(|_| Panicked("a panic".to_owned())))?;
    }
    Ok(())
}
