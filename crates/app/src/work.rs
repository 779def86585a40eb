//! Spreads work over all cores and gives the results in the order of the input.
//!
//! Workers pull items from the one source themselves, each time against a permit; the calling
//! thread hands back a permit for every result that it delivers. So no more than a few items per
//! core are ever in flight, however slow one of them is, and the item to be delivered next always
//! has a worker: the line cannot block itself. A panic costs its item only.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{Builder, available_parallelism, scope};

/// Deeply nested pages are walked by recursion; the stack is reserved, not used, until they come.
const STACK_BYTES: usize = 64 << 20;
/// How many items are read ahead for each core.
const AHEAD: usize = 4;

/// What a panic of the source itself is a problem of.
pub(crate) const TORN: &str = "the rest of the inputs";

/// What is left of an item whose work panicked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an error in the program, please report it ({message})")]
pub(crate) struct Panicked {
    /// What the panic said, and where in the program.
    pub(crate) message: String,
}

/// Applies `f` to each item on all cores, and `each` to the results, on this thread, in the order
/// of the items. Ends early with the error of `each`, if there is one.
///
/// # Errors
/// That of `each`; or the system's, when no thread can be started.
pub(crate) fn in_order<T, R: Send>(
    items: impl Iterator<Item = T> + Send,
    f: impl Fn(T) -> R + Sync,
    each: impl FnMut(Result<R, Panicked>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    in_order_by(available_parallelism().map_or(1, usize::from), items, f, each)
}

/// The same with so many workers.
///
/// # Errors
/// As there.
pub(crate) fn in_order_by<T, R: Send>(
    n_workers: usize,
    items: impl Iterator<Item = T> + Send,
    f: impl Fn(T) -> R + Sync,
    mut each: impl FnMut(Result<R, Panicked>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (permit, permits) = channel();
    let (send, results) = channel();
    for _ in 0..n_workers * AHEAD {
        permit.send(())?;
    }
    let source = Mutex::new(Source { items: Some(items), permits, n_taken: 0 });
    scope(|scope| {
        for _ in 0..n_workers {
            let (source, f, send) = (&source, &f, send.clone());
            Builder::new()
                .stack_size(STACK_BYTES)
                .spawn_scoped(scope, move || work(source, f, &send))?;
        }
        drop(send);
        // Dropping the last permit, however this ends, stops the workers.
        let permit = permit;
        let mut waiting = BTreeMap::new();
        let mut n_delivered = 0;
        for (n, result) in results {
            waiting.insert(n, result);
            while let Some(result) = waiting.remove(&n_delivered) {
                each(result)?;
                n_delivered += 1;
                // No worker is left to take it when the items have run out.
                permit.send(()).ok();
            }
        }
        Ok(())
    })
}

/// Calls `f` and makes a panic a value. The panic is not printed.
pub(crate) fn fenced<R>(f: impl FnOnce() -> R) -> Result<R, Panicked> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let loud = take_hook();
        set_hook(Box::new(move |info| if FENCED.get() { remember(info) } else { loud(info) }));
    });
    let outer = FENCED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(f));
    FENCED.set(outer);
    result.map_err(|payload| {
        let place = PLACE.take();
        let words = words(payload.as_ref());
        Panicked { message: if place.is_empty() { words } else { format!("{words}, at {place}") } }
    })
}

/// What the workers share: the items that are left, and the leave to take one.
struct Source<I> {
    items: Option<I>,
    permits: Receiver<()>,
    n_taken: usize,
}

/// One worker: takes items until none is left or nobody wants the results.
fn work<T, R>(
    source: &Mutex<Source<impl Iterator<Item = T>>>,
    f: &impl Fn(T) -> R,
    send: &Sender<(usize, Result<R, Panicked>)>,
) {
    while let Some((n, item)) = take(source) {
        let result = item.and_then(|item| fenced(|| f(item)));
        if send.send((n, result)).is_err() {
            return;
        }
    }
}

/// The next item with its number. A source that panics has ended; its panic is its last item.
fn take<T>(
    source: &Mutex<Source<impl Iterator<Item = T>>>,
) -> Option<(usize, Result<T, Panicked>)> {
    let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
    source.permits.recv().ok()?;
    let items = source.items.as_mut()?;
    let item = fenced(|| items.next()).transpose();
    if !matches!(item, Some(Ok(_))) {
        source.items = None;
    }
    let n = source.n_taken;
    source.n_taken += 1;
    item.map(|item| (n, item))
}

thread_local! {
    static FENCED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

fn remember(info: &PanicHookInfo<'_>) {
    PLACE.set(info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default());
}

fn words(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it did not say what".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut seen = Vec::new();
        let slow_if_even = |n: u64| {
            sleep(Duration::from_micros(if n.is_multiple_of(2) { 300 } else { 0 }));
            n * n
        };
        in_order(0..500, slow_if_even, |n| {
            seen.push(n?);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, (0..500).map(|n| n * n).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_costs_its_item_and_says_where() {
        let mut seen = Vec::new();
        let f = |n: i32| {
            assert!(n != 3, "three is too much");
            n
        };
        in_order(0..6, f, |n| {
            seen.push(n);
            Ok(())
        })
        .unwrap();
        let told = seen.remove(3).unwrap_err().message;
        assert!(told.starts_with("three is too much, at ") && told.contains("work.rs"), "{told}");
        assert_eq!(seen, [0, 1, 2, 4, 5].map(Ok));
    }

    #[test]
    fn a_source_that_panics_has_ended() {
        let items = (0..10).inspect(|&n| assert!(n < 4, "torn"));
        let (mut good, mut bad) = (0, 0);
        in_order(
            items,
            |n| n,
            |n| {
                *(if n.is_ok() { &mut good } else { &mut bad }) += 1;
                Ok(())
            },
        )
        .unwrap();
        assert_eq!((good, bad), (4, 1));
    }

    #[test]
    fn no_more_is_read_than_a_few_items_per_core() {
        let taken = AtomicUsize::new(0);
        let items = (0..2_000).inspect(|_| {
            taken.fetch_add(1, SeqCst);
        });
        let bound = available_parallelism().map_or(1, usize::from) * AHEAD;
        let mut delivered = 0;
        in_order(
            items,
            |n| n,
            |_| {
                delivered += 1;
                assert!(taken.load(SeqCst) < delivered + bound + 1);
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(delivered, 2_000);
    }

    #[test]
    fn an_error_stops_the_line() {
        let taken = AtomicUsize::new(0);
        let items = (0..).inspect(|_| {
            taken.fetch_add(1, SeqCst);
        });
        let result = in_order(
            items,
            |n| n,
            |n| {
                anyhow::ensure!(n? < 20, "enough");
                Ok(())
            },
        );
        assert_eq!(result.unwrap_err().to_string(), "enough");
        assert!(taken.load(SeqCst) < 200);
    }
}
