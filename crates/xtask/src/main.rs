//! Developer commands: `cargo xtask demo`, `cargo xtask test`, `cargo xtask pack`.

fn main() -> anyhow::Result<()> {
    Ok(())
}
