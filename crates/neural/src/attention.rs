//! Self-attention within one window, head by head, in floating point.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Softmax;

/// Buffers that calls share.
pub(crate) struct Attention {
    executor: GemmExecutor<f32, f32, f32>,
    heads: usize,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    scores: Vec<f32>,
    mixed: Vec<f32>,
}

impl Attention {
    pub(crate) fn new(heads: usize) -> Self {
        let empty = Vec::new;
        Self {
            executor: GemmExecutor::default(),
            heads,
            query: empty(),
            key: empty(),
            value: empty(),
            scores: empty(),
            mixed: empty(),
        }
    }

    /// Mixes the values of a window of `n` tokens; all slices are tokens × width.
    pub(crate) fn mix(&mut self, q: &[f32], k: &[f32], v: &[f32], out: &mut [f32], width: usize) {
        let n = q.len() / width;
        let head = width / self.heads;
        let scale = 1.0 / (head as f32).sqrt();
        self.scores.resize(n * n, 0.0);
        self.mixed.resize(n * head, 0.0);
        for h in 0..self.heads {
            take_head(q, width, head, h, &mut self.query);
            take_head(v, width, head, h, &mut self.value);
            turn_head(k, width, head, h, &mut self.key);
            let options = || GemmOptions { alpha: scale, ..GemmOptions::default() };
            self.multiply_into_scores(n, head, options());
            for row in self.scores.chunks_exact_mut(n) {
                let _: &mut [f32] = Softmax::new_mut(row).dispatch();
            }
            let done = self.executor.gemm(
                &mut self.mixed,
                GemmInputA::Unpacked(NdTensorView::from_data([n, n], &self.scores[..])),
                GemmInputB::Unpacked(NdTensorView::from_data([n, head], &self.value[..])),
                GemmOptions::default(),
            );
            done.expect("shapes agree by construction");
            for (row, mixed) in out.chunks_exact_mut(width).zip(self.mixed.chunks_exact(head)) {
                if let Some(place) = row.get_mut(h * head..(h + 1) * head) {
                    place.copy_from_slice(mixed);
                }
            }
        }
    }

    fn multiply_into_scores(
        &mut self,
        n: usize,
        head: usize,
        options: GemmOptions<'_, f32, f32, f32>,
    ) {
        let done = self.executor.gemm(
            &mut self.scores,
            GemmInputA::Unpacked(NdTensorView::from_data([n, head], &self.query[..])),
            GemmInputB::Unpacked(NdTensorView::from_data([head, n], &self.key[..])),
            options,
        );
        done.expect("shapes agree by construction");
    }
}

/// The columns of one head, row after row.
fn take_head(x: &[f32], width: usize, head: usize, h: usize, out: &mut Vec<f32>) {
    out.clear();
    for row in x.chunks_exact(width) {
        out.extend(row.iter().skip(h * head).take(head));
    }
}

/// The columns of one head, turned: one row per column.
fn turn_head(x: &[f32], width: usize, head: usize, h: usize, out: &mut Vec<f32>) {
    out.clear();
    for column in h * head..(h + 1) * head {
        out.extend(x.iter().skip(column).step_by(width));
    }
}
