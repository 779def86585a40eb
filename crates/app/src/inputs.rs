//! What the user names on the command line → streams of captures.

use std::fs::File;
use std::io::{BufReader, stdin};

use clap::Args;
use reading::{Capture, Limits, Problem};

use crate::measure::Measure;

/// The inputs of `read`, `code` and `ingest`.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files, folders or globs; `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
}

impl Inputs {
    /// All captures of all inputs, in order; what cannot be read is a problem in the stream.
    pub(crate) fn captures(&self) -> impl Iterator<Item = Result<Capture, Problem>> + Send {
        self.measured(&Measure::default())
    }

    /// The same, with the bytes of the files counted as they are read.
    pub(crate) fn measured(
        &self,
        measure: &Measure,
    ) -> impl Iterator<Item = Result<Capture, Problem>> + Send + use<> {
        let measure = measure.clone();
        self.inputs.clone().into_iter().flat_map(move |name| {
            let opened: Box<dyn std::io::BufRead + Send> = if name == "-" {
                Box::new(BufReader::new(stdin()))
            } else {
                match File::open(&name) {
                    Ok(file) => Box::new(BufReader::new(measure.counted(file))),
                    Err(error) => {
                        let problem = Problem { input: name, what: error.to_string() };
                        return Box::new(std::iter::once(Err(problem)))
                            as Box<dyn Iterator<Item = Result<Capture, Problem>> + Send>;
                    }
                }
            };
            reading::captures(opened, &name, &Limits::NEWS)
        })
    }

    /// How many bytes the files have, unless one of the inputs is no file that has an end.
    pub(crate) fn size_bytes(&self) -> Option<u64> {
        let size = |name: &String| {
            let file = std::fs::metadata(name).ok()?;
            file.is_file().then_some(file.len())
        };
        self.inputs.iter().map(size).sum()
    }
}
