//! One module a verb.

pub(crate) mod about;
pub(crate) mod actors;
pub(crate) mod code;
pub(crate) mod data;
pub(crate) mod eval;
pub(crate) mod events;
pub(crate) mod fetch;
pub(crate) mod import;
pub(crate) mod ingest;
pub(crate) mod read;
pub(crate) mod relations;
pub(crate) mod review;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod token;
pub(crate) mod train_kind;
pub(crate) mod user;

use crate::accounts::AccountError;
use crate::failure::hint;
use crate::store::StoreError;

/// Adds to an error of the ledger or its accounts what the user can do about it; others are left as they are.
fn hinted(error: anyhow::Error) -> anyhow::Error {
    if let Some(words) = error.downcast_ref::<AccountError>().map(AccountError::hint) {
        return hint(error, words);
    }
    match error.downcast_ref::<StoreError>().map(StoreError::hint) {
        Some(words) => hint(error, words),
        None => error,
    }
}
