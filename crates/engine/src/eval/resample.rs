//! Bootstrap: how far a figure would move with other items of the same sort.

use super::Tally;

/// The seed of every bootstrap, so that the same scores give the same intervals.
pub const SEED: u64 = 20_240_322;

/// A small generator of random numbers (`SplitMix64`, Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// The generator that starts from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, which must not be 0. Even but for a share of `n` in 2⁶⁴.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next_u64()) * n as u128) >> 64) as usize
    }
}

/// Sums of tallies over `resamples` draws of as many items as there are, with repetition.
///
/// `items` has one list of tallies an item, all of length `n_measures`.
pub fn sums(items: &[&[Tally]], n_measures: usize, resamples: usize, seed: u64) -> Vec<Vec<Tally>> {
    let mut random = SplitMix64::new(seed);
    if items.is_empty() {
        return Vec::new();
    }
    (0..resamples)
        .map(|_| {
            let mut sum = vec![Tally::default(); n_measures];
            for _ in 0..items.len() {
                let drawn = items[random.below(items.len())];
                sum.iter_mut().zip(drawn).for_each(|(sum, &tally)| *sum += tally);
            }
            sum
        })
        .collect()
}

/// The middle 95 % of `values`; `None` if there are none.
pub fn interval(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let fortieth = (last + 20) / 40;
    Some((*values.get(fortieth)?, *values.get(last - fortieth)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_its_published_numbers() {
        let mut random = SplitMix64::new(1_234_567);
        assert_eq!(random.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(random.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn draws_stay_below_and_reach_every_item() {
        let mut random = SplitMix64::new(SEED);
        let mut seen = [false; 7];
        (0..200).for_each(|_| seen[random.below(7)] = true);
        assert_eq!(seen, [true; 7]);
    }

    #[test]
    fn the_interval_leaves_out_a_fortieth_on_each_side() {
        let values: Vec<f64> = (0..=200).rev().map(f64::from).collect();
        assert_eq!(interval(values), Some((5.0, 195.0)));
        assert_eq!(interval(Vec::new()), None);
    }

    #[test]
    fn equal_items_have_no_spread() {
        let item = [Tally::of(1, 2, 2)];
        for sum in sums(&[&item, &item, &item], 1, 20, SEED) {
            assert_eq!(sum, [Tally::of(3, 6, 6)]);
        }
    }
}
