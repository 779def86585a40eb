//! Tags a text: `cargo run -p neural --example tag -- WEIGHTS TEXT` prints the entities as lines.
//!
//! With `--spans` the candidate mentions as well. Shows how the crate is used; not a tool for users.

use std::io::{Read as _, Write as _};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(weights), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: tag WEIGHTS TEXT [--spans]".into());
    };
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(open(&weights)?).read_to_end(&mut bytes)?;
    let model = neural::Model::read(&bytes)?;
    let mut text = String::new();
    open(&file)?.read_to_string(&mut text)?;
    let tagged = model.tag(&[&text]);
    let mut out = std::io::stdout().lock();
    for tagged in &tagged {
        if arguments.next().is_some() {
            for span in &tagged.spans {
                let words = text.get(span.start as usize..span.end as usize).unwrap_or_default();
                let role = model.roles().get(span.role).map_or("", String::as_str);
                writeln!(out, "{role}\t{:.4}\t{}\t{words}", span.score, span.start)?;
            }
        }
        for entity in model.entities(&text, tagged, 0.0).list {
            let role = model.roles().get(entity.role).map_or("", String::as_str);
            let kinds = entity.kinds.iter().zip(model.kinds());
            let kinds: Vec<String> = kinds
                .filter(|(p, _)| **p >= 0.3)
                .map(|(p, kind)| format!("{kind} {p:.2}"))
                .collect();
            writeln!(out, "{role}\t{:.3}\t{}\t{}", entity.score, entity.key, kinds.join(", "))?;
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "an example is a program of its own")]
fn open(path: &str) -> std::io::Result<std::fs::File> {
    std::fs::File::open(path)
}
