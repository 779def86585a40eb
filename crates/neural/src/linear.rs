//! A linear layer with weights in eight bits.
//!
//! Weights have one scale per output and seven bits, so that no kernel can overflow and all
//! processors give the same integers. Inputs get one scale per row when they come. Sums are
//! exact integers; only the last multiplication is in floating point.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams};
use rten_tensor::NdTensorView;

/// Zero of the inputs' unsigned bytes.
const ZERO: u8 = 128;

/// Adding this to a small number leaves its nearest whole number in the lowest bits.
const ROUNDER: f32 = 12_582_912.0;

/// A weight matrix, packed for the processor that runs.
pub(crate) struct Linear {
    packed: PackedBMatrix<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

/// What a call needs and may keep between calls.
pub(crate) struct Multiplier {
    executor: GemmExecutor<u8, i8, i32>,
    bytes: Vec<u8>,
    row_scales: Vec<f32>,
    zeros: Vec<u8>,
    sums: Vec<i32>,
}

impl Multiplier {
    pub(crate) fn new() -> Self {
        Self {
            executor: GemmExecutor::default(),
            bytes: Vec::new(),
            row_scales: Vec::new(),
            zeros: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// Takes the rows to multiply; several layers may then use them.
    pub(crate) fn take(&mut self, x: &[f32], width: usize) {
        self.bytes.clear();
        self.row_scales.clear();
        for row in x.chunks_exact(width) {
            let most = row.iter().fold(0.0_f32, |most, v| most.max(v.abs())).max(1e-9);
            let inverse = 127.0 / most;
            self.row_scales.push(most / 127.0);
            self.bytes.extend(
                row.iter().map(|v| ((v * inverse + ROUNDER).to_bits() as u8).wrapping_add(ZERO)),
            );
        }
        self.zeros.clear();
        self.zeros.resize(self.row_scales.len(), ZERO);
    }
}

impl Linear {
    /// From weights of `scales.len()` rows (one per output) and as many columns as inputs.
    pub(crate) fn new(weights: &[i8], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let inputs = weights.len() / scales.len();
        let view = NdTensorView::from_data([scales.len(), inputs], weights);
        let executor = GemmExecutor::<u8, i8, i32>::default();
        Self { packed: executor.prepack_b(view.transposed()), scales, bias, inputs }
    }

    pub(crate) fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// Multiplies the rows that `by` has taken and adds the bias; `out` is overwritten.
    pub(crate) fn apply(&self, by: &mut Multiplier, out: &mut Vec<f32>) {
        let rows = by.row_scales.len();
        by.sums.clear();
        by.sums.resize(rows * self.outputs(), 0);
        let a = NdTensorView::from_data([rows, self.inputs], &by.bytes[..]);
        let options = GemmOptions {
            a_quant: Some(QuantParams { zero_point: &by.zeros }),
            ..GemmOptions::default()
        };
        let done = by.executor.gemm(
            &mut by.sums,
            GemmInputA::Unpacked(a),
            GemmInputB::Packed(&self.packed),
            options,
        );
        done.expect("the shapes were checked when the weights were read");
        out.clear();
        out.reserve(rows * self.outputs());
        for (sums, row) in by.sums.chunks_exact(self.outputs()).zip(&by.row_scales) {
            let columns = sums.iter().zip(&self.scales).zip(&self.bias);
            out.extend(columns.map(|((&sum, scale), bias)| sum as f32 * (row * scale) + bias));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bits_come_near_the_exact_product() {
        let weights: Vec<i8> = (0..64 * 48).map(|i| (i * 37 % 127 - 63) as i8).collect();
        let scales = vec![0.01; 48];
        let bias: Vec<f32> = (0..48).map(|i| i as f32).collect();
        let x: Vec<f32> = (0..3 * 64).map(|i| (i as f32 * 0.7).sin()).collect();
        let layer = Linear::new(&weights, scales, bias);
        let (mut by, mut out) = (Multiplier::new(), Vec::new());
        by.take(&x, 64);
        layer.apply(&mut by, &mut out);
        for (r, row) in x.chunks_exact(64).enumerate() {
            for (c, w) in weights.chunks_exact(64).enumerate() {
                let exact: f32 =
                    row.iter().zip(w).map(|(a, b)| a * f32::from(*b) * 0.01).sum::<f32>()
                        + c as f32;
                assert!((out[r * 48 + c] - exact).abs() < 0.05, "{} {exact}", out[r * 48 + c]);
            }
        }
    }
}
