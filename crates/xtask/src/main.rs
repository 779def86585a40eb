//! Developer commands: `cargo xtask demo`, `cargo xtask test`, `cargo xtask pack`.

mod pack;

fn main() -> anyhow::Result<()> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    pack::run(&root)
}
