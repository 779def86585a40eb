//! The model as the caller sees it.

use std::fmt;
use std::ops::Range;

use crate::decode::{self, Tagged, TaggedWindow};
use crate::entities::{self, Entities};
use crate::incidents::{self, Incident};
use crate::weights::{Scope, Weights, WeightsError};
use crate::window::{Window, sentence_starts, windows};
use crate::wordpiece::Piece;

/// Marks of the beginning and the end of a window.
pub(crate) const BEGIN: u32 = 101;
pub(crate) const END: u32 = 102;

/// Tokens that pass through the encoder together; more would not stay in the cache.
pub(crate) const TOKENS_AT_ONCE: usize = 1024;

/// Encoder, heads and vocabulary. Shared freely between threads; a call keeps nothing.
pub struct Model {
    pub(crate) weights: Weights,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({})", self.weights.generation)
    }
}

impl Model {
    /// Reads weights.
    ///
    /// The caller spreads the work: the multiplication's library would use rayon's common pool,
    /// so that pool is told to have one thread. Results do not depend on it.
    pub fn read(bytes: &[u8]) -> Result<Self, WeightsError> {
        // An error says that the process has set the pool already, which is its right.
        drop(rayon::ThreadPoolBuilder::new().num_threads(1).build_global());
        Ok(Self { weights: Weights::read(bytes)? })
    }

    /// Which weights these are.
    pub fn generation(&self) -> &str {
        &self.weights.generation
    }

    /// The roles, in the order of their numbers.
    pub fn roles(&self) -> &[String] {
        &self.weights.roles
    }

    /// The kinds, in the order of their numbers.
    pub fn kinds(&self) -> &[String] {
        &self.weights.kinds
    }

    /// The traits of fillers, in the order of their numbers: what is asked, and the answer.
    pub fn traits(&self) -> &[(String, String)] {
        &self.weights.traits
    }

    /// Of what news they were trained.
    pub fn scope(&self) -> &Scope {
        &self.weights.scope
    }

    /// Cuts a text into pieces of the vocabulary.
    pub fn cut(&self, text: &str) -> Vec<Piece> {
        self.weights.vocabulary.cut(text)
    }

    /// Reads texts (documents, or stretches that a gate has chosen) and scores what is in them.
    ///
    /// A text's scores do not depend on what else is in the call, beyond rounding.
    pub fn tag(&self, texts: &[&str]) -> Vec<Tagged> {
        let mut found: Vec<Tagged> = texts.iter().map(|_| Tagged::default()).collect();
        let mut todo = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let starts = sentence_starts(text);
            let pieces = self.cut(text);
            todo.extend(windows(number, &pieces, &starts, self.weights.limit));
            if let Some(tagged) = found.get_mut(number) {
                tagged.begin_sentences(&starts, text.len() as u32);
            }
        }
        for now in batches(&todo) {
            self.tag_windows(now, &mut found);
        }
        found
    }

    /// Reads stretches of one text, which stand in order, and scores what is in them as of one.
    ///
    /// What is no stretch of the text is left out.
    pub fn tag_within(&self, text: &str, stretches: &[Range<usize>]) -> Tagged {
        let stretches = stretches.iter();
        let (starts, texts): (Vec<usize>, Vec<&str>) =
            stretches.filter_map(|s| Some((s.start, text.get(s.clone())?))).unzip();
        let mut whole = Tagged::default();
        for (start, tagged) in starts.into_iter().zip(self.tag(&texts)) {
            whole.append(tagged, start as u32);
        }
        whole
    }

    /// What the spans of a text amount to: one entry for each role and name, with one score.
    ///
    /// Those are among them whose log odds miss what their role asks for by at most `slack`: for a
    /// caller who knows more of them.
    pub fn entities(&self, text: &str, tagged: &Tagged, slack: f32) -> Entities {
        entities::entities(text, tagged, &self.weights.scorer, slack)
    }

    /// What the entities of a text amount to: one incident for each kind.
    pub fn incidents(&self, entities: &Entities) -> Vec<Incident> {
        incidents::incidents(entities, self.weights.scorer.incidents)
    }

    fn tag_windows(&self, windows: &[Window], found: &mut [Tagged]) {
        let ids: Vec<Vec<u32>> = windows.iter().map(ids).collect();
        let hidden = self.weights.encoder.run(&ids);
        let width = self.weights.encoder.width;
        let mut rest = &hidden[..];
        for (window, ids) in windows.iter().zip(&ids) {
            let Some((mine, others)) = rest.split_at_checked(ids.len() * width) else { return };
            rest = others;
            let scores: Vec<Vec<f32>> =
                mine.chunks_exact(width).map(|row| self.weights.token.apply(row)).collect();
            let mut pooled = mine.get(..width).unwrap_or_default().to_vec();
            let mut mean = vec![0.0; width];
            for row in mine.chunks_exact(width) {
                for (sum, v) in mean.iter_mut().zip(row) {
                    *sum += v;
                }
            }
            pooled.extend(mean.iter().map(|sum| sum / ids.len() as f32));
            let whole = self.weights.window.apply(&pooled);
            let whole: Vec<f32> = whole.into_iter().map(decode::sigmoid).collect();
            let Some(tagged) = found.get_mut(window.text) else { continue };
            tagged.windows.push(TaggedWindow {
                start: window.pieces.first().map_or(0, |p| p.start),
                end: window.pieces.last().map_or(0, |p| p.end),
                relevance: whole.first().copied().unwrap_or_default(),
                kinds: whole.get(1..).unwrap_or_default().to_vec(),
            });
            let Weights { roles, kinds, traits, .. } = &self.weights;
            let shape =
                decode::Shape { roles: roles.len(), kinds: kinds.len(), traits: traits.len() };
            decode::decode(window, &scores, shape, tagged);
        }
    }
}

/// Windows that pass through the encoder together, in their order.
pub(crate) fn batches(windows: &[Window]) -> impl Iterator<Item = &[Window]> {
    let mut rest = windows;
    std::iter::from_fn(move || {
        let mut tokens = 0;
        let fits = rest.iter().take_while(|window| {
            let first = tokens == 0;
            tokens += window.pieces.len() + 2;
            first || tokens <= TOKENS_AT_ONCE
        });
        let (now, later) = rest.split_at(fits.count());
        rest = later;
        (!now.is_empty()).then_some(now)
    })
}

/// What the encoder reads of a window: the numbers of its pieces between two marks.
pub(crate) fn ids(window: &Window) -> Vec<u32> {
    let pieces = window.pieces.iter().map(|piece| piece.id);
    std::iter::once(BEGIN).chain(pieces).chain(std::iter::once(END)).collect()
}
