//! What is known before reading: places, actors, lexicons. Loaded once, read-only, shared.

/// All packs that coding needs.
#[derive(Debug, Default)]
pub struct Knowledge {}

impl Knowledge {
    /// The knowledge that is embedded in the program.
    pub fn embedded() -> Self {
        Self {}
    }

    /// Names this build: engine version and digest of the packs.
    pub fn build(&self) -> &str {
        concat!("tocsin-", env!("CARGO_PKG_VERSION"))
    }
}
