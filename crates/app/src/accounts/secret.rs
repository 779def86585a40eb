//! Things that cannot be guessed, and comparing them.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// So many bytes from the system that nobody can guess.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// Sixty-four hexadecimal digits that nobody can guess.
pub(crate) fn secret() -> String {
    hex(&random::<32>())
}

/// SHA-256 of `secret`, in hexadecimal digits. A secret of 256 bits needs no slow hash.
pub(crate) fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Whether both are the same, without telling by the time where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_are_compared_whole() {
        let (a, b) = (secret(), secret());
        assert!(a.len() == 64 && a != b);
        assert!(same(&a, &a) && !same(&a, &b) && !same(&a, &a[..63]));
    }
}
