//! The file of weights: a header in JSON, then numbers.
//!
//! Eight bytes of magic, the header's length in four, the header, then the sections that it
//! names. All is checked when it is read, so that the arithmetic afterwards cannot fail.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::encoder::{Encoder, Layer, Norm};
use crate::entities::Scorer;
use crate::linear::Linear;
use crate::wordpiece::WordPiece;

const MAGIC: &[u8; 8] = b"TOCSINM1";

/// Hidden rows of the head for capitals.
const CAPITALS_HIDDEN: usize = 64;

/// Why a file of weights cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum WeightsError {
    /// It is another kind of file.
    #[error("this is no file of weights")]
    Magic,
    /// It ends too early, or its header is damaged.
    #[error("the file of weights is damaged: {0}")]
    Damaged(String),
}

/// What stands in the header.
#[derive(Debug, Deserialize)]
struct Header {
    generation: String,
    width: usize,
    heads: usize,
    layers: usize,
    limit: usize,
    roles: Vec<String>,
    kinds: Vec<String>,
    traits: Vec<(String, String)>,
    scope: Scope,
    scorer: Scorer,
    sections: BTreeMap<String, Section>,
}

/// The news that the weights were trained on.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct Scope {
    /// The last year of it, if it is not of today.
    pub until: Option<i16>,
    /// The codes of the countries that it tells of; none if it is of all the world.
    pub countries: Vec<String>,
}

/// A stretch of the file after the header.
#[derive(Debug, Deserialize)]
struct Section {
    start: usize,
    length: usize,
}

/// Matrix of a head, small enough for floating point.
pub(crate) struct Head {
    pub(crate) weights: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Everything that a file of weights holds.
pub(crate) struct Weights {
    pub(crate) generation: String,
    pub(crate) limit: usize,
    pub(crate) roles: Vec<String>,
    pub(crate) kinds: Vec<String>,
    pub(crate) traits: Vec<(String, String)>,
    pub(crate) scope: Scope,
    pub(crate) scorer: Scorer,
    pub(crate) vocabulary: WordPiece,
    pub(crate) encoder: Encoder,
    /// Rows: three tags for each role, then kinds, then traits, then relevance.
    pub(crate) token: Head,
    /// Rows: relevance, then kinds; from the first token and the mean.
    pub(crate) window: Head,
    /// How print writes a word, from what goes in, the middle and the last layer: the hidden rows, then
    /// small, first letter great, all great.
    pub(crate) capitals: [Head; 2],
}

struct Reader<'a> {
    sections: BTreeMap<String, Section>,
    body: &'a [u8],
}

impl<'a> Reader<'a> {
    fn bytes(&self, name: &str) -> Result<&'a [u8], WeightsError> {
        let section = self.sections.get(name);
        let found = section.and_then(|s| self.body.get(s.start..s.start.checked_add(s.length)?));
        found.ok_or_else(|| WeightsError::Damaged(format!("\"{name}\" is missing")))
    }

    fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, WeightsError> {
        let (numbers, _) = self.bytes(name)?.as_chunks::<4>();
        if numbers.len() != count {
            return Err(WeightsError::Damaged(format!("\"{name}\" has the wrong length")));
        }
        Ok(numbers.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    fn small(&self, name: &str, count: usize) -> Result<Vec<i8>, WeightsError> {
        let bytes = self.bytes(name)?;
        if bytes.len() != count {
            return Err(WeightsError::Damaged(format!("\"{name}\" has the wrong length")));
        }
        Ok(bytes.iter().map(|b| b.cast_signed()).collect())
    }

    fn linear(&self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, WeightsError> {
        let weights = self.small(&format!("{name}.weight"), inputs * outputs)?;
        let scales = self.floats(&format!("{name}.scale"), outputs)?;
        let bias = self.floats(&format!("{name}.bias"), outputs)?;
        Ok(Linear::new(&weights, scales, bias))
    }

    fn norm(&self, name: &str, width: usize) -> Result<Norm, WeightsError> {
        let scale = self.floats(&format!("{name}.weight"), width)?;
        Ok(Norm { scale, shift: self.floats(&format!("{name}.bias"), width)? })
    }

    fn head(&self, name: &str, inputs: usize, outputs: usize) -> Result<Head, WeightsError> {
        let weights = self.floats(&format!("{name}.weight"), inputs * outputs)?;
        Ok(Head { weights, bias: self.floats(&format!("{name}.bias"), outputs)? })
    }

    fn layer(&self, number: usize, width: usize) -> Result<Layer, WeightsError> {
        let at = |part: &str| format!("layers.{number}.{part}");
        let inner = 4 * width;
        Ok(Layer {
            query: self.linear(&at("query"), width, width)?,
            key: self.linear(&at("key"), width, width)?,
            value: self.linear(&at("value"), width, width)?,
            out: self.linear(&at("out"), width, width)?,
            up: self.linear(&at("up"), width, inner)?,
            down: self.linear(&at("down"), inner, width)?,
            norm1: self.norm(&at("norm1"), width)?,
            norm2: self.norm(&at("norm2"), width)?,
        })
    }
}

impl Weights {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, WeightsError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(WeightsError::Magic)?;
        let damaged = |what: &str| WeightsError::Damaged(what.to_owned());
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(|| damaged("no header"))?;
        let length = u32::from_le_bytes(*length) as usize;
        let (header, body) = rest.split_at_checked(length).ok_or_else(|| damaged("no header"))?;
        let header: Header =
            serde_json::from_slice(header).map_err(|e| WeightsError::Damaged(e.to_string()))?;
        let Header { width, heads, .. } = header;
        if width == 0 || heads == 0 || !width.is_multiple_of(heads) || header.limit < 16 {
            return Err(damaged("its sizes make no sense"));
        }
        let reader = Reader { sections: header.sections, body };
        let vocabulary = std::str::from_utf8(reader.bytes("vocabulary")?)
            .map_err(|e| WeightsError::Damaged(e.to_string()))?;
        let count = vocabulary.lines().count();
        let layers =
            (0..header.layers).map(|n| reader.layer(n, width)).collect::<Result<_, _>>()?;
        let encoder = Encoder {
            width,
            heads,
            words: reader.small("words", count * width)?,
            word_scales: reader.floats("words.scale", count)?,
            places: reader.floats("places", (header.limit + 2) * width)?,
            norm: reader.norm("norm", width)?,
            layers,
        };
        let (roles, kinds, traits) = (header.roles.len(), header.kinds.len(), header.traits.len());
        header.scorer.check(roles).map_err(damaged)?;
        Ok(Self {
            generation: header.generation,
            limit: header.limit,
            scope: header.scope,
            scorer: header.scorer,
            vocabulary: WordPiece::new(vocabulary),
            encoder,
            token: reader.head("token", width, 3 * roles + kinds + traits + 1)?,
            window: reader.head("window", 2 * width, 1 + kinds)?,
            capitals: [
                reader.head("capitals.hidden", 3 * width, CAPITALS_HIDDEN)?,
                reader.head("capitals", CAPITALS_HIDDEN, 3)?,
            ],
            roles: header.roles,
            kinds: header.kinds,
            traits: header.traits,
        })
    }
}

impl Head {
    /// The scores of one row of inputs.
    pub(crate) fn apply(&self, row: &[f32]) -> Vec<f32> {
        let rows = self.weights.chunks_exact(row.len());
        rows.zip(&self.bias).map(|(weights, bias)| dot(weights, row) + bias).collect()
    }
}

/// A product in sixteen lanes, which the compiler can keep in registers.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 16];
    let (a, b) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    lanes.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> WeightsError {
        Weights::read(bytes).err().unwrap()
    }

    #[test]
    fn what_is_no_file_of_weights_is_refused() {
        assert_eq!(error(b""), WeightsError::Magic);
        assert_eq!(error(b"%PDF-1.7 and so on"), WeightsError::Magic);
        assert!(matches!(error(b"TOCSINM1\x02"), WeightsError::Damaged(_)));
        assert!(matches!(error(b"TOCSINM1\x02\0\0\0{}"), WeightsError::Damaged(_)));
        assert!(matches!(error(b"TOCSINM1\xff\xff\xff\xff{}"), WeightsError::Damaged(_)));
    }
}
