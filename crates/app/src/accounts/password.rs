//! Passwords: a hash that is slow on purpose.
//!
//! The cost is what the OWASP cheat sheet of 2024 asks of argon2id at least: 19 MiB, two passes.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};

use super::AccountError;

/// No password is shorter or longer.
const LEAST_CHARACTERS: usize = 12;
pub(crate) const MOST_BYTES: usize = 1_024;

/// The hash of `password`, with a salt of its own.
pub(super) fn hash(password: &str) -> Result<String, AccountError> {
    if password.chars().count() < LEAST_CHARACTERS {
        return Err(AccountError::Short { least: LEAST_CHARACTERS });
    }
    if password.len() > MOST_BYTES {
        return Err(AccountError::Long { most: MOST_BYTES });
    }
    Ok(hashed(password))
}

fn hashed(password: &str) -> String {
    let salt = SaltString::encode_b64(&super::secret::random::<16>());
    let salt = salt.expect("sixteen bytes are a salt");
    // What Argon2::default() is: argon2id, 19 MiB, 2 passes, 1 lane.
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    hash.expect("the cost is within what argon2 takes").to_string()
}

/// Whether `hash` is of `password`. Without a hash it takes as long and says no, so that nobody
/// learns from the time which names there are.
pub(super) fn verify(password: &str, hash: Option<&str>) -> bool {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if password.len() > MOST_BYTES {
        return false;
    }
    let against = hash.unwrap_or_else(|| NOBODY.get_or_init(|| hashed("a password of nobody")));
    let right = PasswordHash::new(against).is_ok_and(|against| {
        Argon2::default().verify_password(password.as_bytes(), &against).is_ok()
    });
    right && hash.is_some()
}
