//! Tokens per second of processor time: `cargo run -p neural --example speed -- WEIGHTS TEXTS`.
//!
//! TEXTS are separated by lines of `---`. Processor time is read from the system (Linux only),
//! since a busy machine makes the clock tell nothing.

use std::io::{Read as _, Write as _};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(weights), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: speed WEIGHTS TEXTS".into());
    };
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(open(&weights)?).read_to_end(&mut bytes)?;
    let start = spent()?;
    let model = neural::Model::read(&bytes)?;
    let ready = spent()?;
    let mut texts = String::new();
    open(&file)?.read_to_string(&mut texts)?;
    let texts: Vec<&str> = texts.split("\n---\n").collect();
    let tokens: usize = texts.iter().map(|t| model.cut(t).len()).sum();
    let cut = spent()?;
    let tagged: Vec<neural::Tagged> = texts.iter().flat_map(|t| model.tag(&[t])).collect();
    let tagged_at = spent()?;
    let found: usize =
        texts.iter().zip(&tagged).map(|(t, s)| model.entities(t, s, 0.0).list.len()).sum();
    let end = spent()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} texts, {tokens} tokens, {found} entities", texts.len())?;
    writeln!(out, "ready {:.2} s, pieces {:.2} s", ready - start, cut - ready)?;
    writeln!(out, "tags {:.2} s, entities {:.2} s", tagged_at - cut, end - tagged_at)?;
    writeln!(out, "{:.0} tokens/s", tokens as f64 / (end - cut))?;
    Ok(())
}

/// Seconds of processor time that this process has used.
fn spent() -> Result<f64, Box<dyn std::error::Error>> {
    let mut line = String::new();
    open("/proc/self/schedstat")?.read_to_string(&mut line)?;
    let nanoseconds: f64 = line.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}

#[expect(clippy::disallowed_methods, reason = "an example is a program of its own")]
fn open(path: &str) -> std::io::Result<std::fs::File> {
    std::fs::File::open(path)
}
