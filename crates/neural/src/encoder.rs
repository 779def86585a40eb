//! The encoder: embeddings, layers of attention and feed-forward, each with residual and norm.
//!
//! Windows of a call stand one after another in one matrix without padding; only attention looks
//! at them one by one. So short sentences cost what their tokens cost.

use rten_simd::SimdUnaryOp;
use rten_vecmath::Gelu;

use crate::attention::Attention;
use crate::linear::{Linear, Multiplier};

/// Scale and shift of a norm.
pub(crate) struct Norm {
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

/// One layer.
pub(crate) struct Layer {
    pub(crate) query: Linear,
    pub(crate) key: Linear,
    pub(crate) value: Linear,
    pub(crate) out: Linear,
    pub(crate) up: Linear,
    pub(crate) down: Linear,
    pub(crate) norm1: Norm,
    pub(crate) norm2: Norm,
}

/// Embeddings in eight bits with one scale per word, and the layers.
pub(crate) struct Encoder {
    pub(crate) width: usize,
    pub(crate) heads: usize,
    pub(crate) words: Vec<i8>,
    pub(crate) word_scales: Vec<f32>,
    /// Places, the one segment added.
    pub(crate) places: Vec<f32>,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
}

impl Norm {
    /// In place, row by row.
    fn apply(&self, x: &mut [f32]) {
        let width = self.scale.len();
        for row in x.chunks_exact_mut(width) {
            let mean = sum(row, |v| v) / width as f32;
            for v in row.iter_mut() {
                *v -= mean;
            }
            let deviation = (sum(row, |v| v * v) / width as f32 + 1e-12).sqrt();
            for ((v, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
                *v = *v / deviation * scale + shift;
            }
        }
    }
}

/// A sum in sixteen lanes, which the compiler can keep in registers.
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; 16];
    let chunks = row.chunks_exact(16);
    let rest: f32 = chunks.remainder().iter().map(|v| of(*v)).sum();
    for chunk in chunks {
        for (lane, v) in lanes.iter_mut().zip(chunk) {
            *lane += of(*v);
        }
    }
    lanes.iter().sum::<f32>() + rest
}

impl Encoder {
    /// The last hidden states of windows of word numbers, one after another.
    pub(crate) fn run(&self, windows: &[Vec<u32>]) -> Vec<f32> {
        self.run_seen(windows, |_, _| ())
    }

    /// The same, and lets `see` look at the hidden states behind each layer, counted from one;
    /// nought is what goes into the first.
    pub(crate) fn run_seen(
        &self,
        windows: &[Vec<u32>],
        mut see: impl FnMut(usize, &[f32]),
    ) -> Vec<f32> {
        let mut hidden = self.embed(windows);
        let mut by = Multiplier::new();
        let mut attention = Attention::new(self.heads);
        let [mut query, mut key, mut value, mut more, mut inner] = [const { Vec::new() }; 5];
        let mut mixed = vec![0.0; hidden.len()];
        see(0, &hidden);
        for (number, layer) in (1..).zip(&self.layers) {
            by.take(&hidden, self.width);
            layer.query.apply(&mut by, &mut query);
            layer.key.apply(&mut by, &mut key);
            layer.value.apply(&mut by, &mut value);
            let mut start = 0;
            for window in windows {
                let end = start + window.len() * self.width;
                let here = start..end;
                if let (Some(query), Some(key), Some(value), Some(out)) = (
                    query.get(here.clone()),
                    key.get(here.clone()),
                    value.get(here.clone()),
                    mixed.get_mut(here),
                ) {
                    attention.mix(query, key, value, out, self.width);
                }
                start = end;
            }
            by.take(&mixed, self.width);
            layer.out.apply(&mut by, &mut more);
            add(&mut hidden, &more);
            layer.norm1.apply(&mut hidden);
            by.take(&hidden, self.width);
            layer.up.apply(&mut by, &mut inner);
            Gelu {}.map_mut(&mut inner);
            by.take(&inner, layer.up.outputs());
            layer.down.apply(&mut by, &mut more);
            add(&mut hidden, &more);
            layer.norm2.apply(&mut hidden);
            see(number, &hidden);
        }
        hidden
    }

    fn embed(&self, windows: &[Vec<u32>]) -> Vec<f32> {
        let tokens: usize = windows.iter().map(Vec::len).sum();
        let mut x = Vec::with_capacity(tokens * self.width);
        for window in windows {
            for (&id, place) in window.iter().zip(self.places.chunks_exact(self.width)) {
                let id = id as usize;
                let row = self.words.get(id * self.width..(id + 1) * self.width);
                let (row, scale) = (row.unwrap_or_default(), self.word_scales.get(id));
                let scale = scale.copied().unwrap_or_default();
                x.extend(row.iter().zip(place).map(|(&w, p)| f32::from(w) * scale + p));
            }
        }
        self.norm.apply(&mut x);
        x
    }
}

fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norm_centres_and_scales() {
        let norm = Norm { scale: vec![2.0; 20], shift: vec![1.0; 20] };
        let mut x: Vec<f32> = (0..20).map(|i| i as f32).collect();
        norm.apply(&mut x);
        let mean = x.iter().sum::<f32>() / 20.0;
        let spread = (x.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / 20.0).sqrt();
        assert!((mean - 1.0).abs() < 1e-5 && (spread - 2.0).abs() < 1e-4, "{mean} {spread}");
    }
}
