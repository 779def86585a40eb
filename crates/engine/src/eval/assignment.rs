//! One-to-one matching of predictions and gold: the largest, and the one of greatest weight.

/// The largest number of pairs, each row and column used once, where `hit(row, column)` holds.
///
/// Kuhn's augmenting paths; for the few entities of one document.
pub fn largest(rows: usize, columns: usize, hit: impl Fn(usize, usize) -> bool) -> usize {
    let mut owner: Vec<Option<usize>> = vec![None; columns];
    (0..rows).filter(|&row| grow(row, &mut vec![false; columns], &mut owner, &hit)).count()
}

fn grow(
    row: usize,
    seen: &mut [bool],
    owner: &mut [Option<usize>],
    hit: &impl Fn(usize, usize) -> bool,
) -> bool {
    for column in 0..owner.len() {
        if seen[column] || !hit(row, column) {
            continue;
        }
        seen[column] = true;
        if owner[column].is_none_or(|other| grow(other, seen, owner, hit)) {
            owner[column] = Some(row);
            return true;
        }
    }
    false
}

/// For each row its column, or none, so that the total weight is greatest.
///
/// `weights[row][column]` is `None` where the two must not be paired; weights are not negative.
/// Successive best augmenting paths (Bellman–Ford); for the few events of one article.
pub fn heaviest(weights: &[Vec<Option<i64>>]) -> Vec<Option<usize>> {
    let columns = weights.iter().map(Vec::len).max().unwrap_or(0);
    let mut of_row: Vec<Option<usize>> = vec![None; weights.len()];
    let mut of_column: Vec<Option<usize>> = vec![None; columns];
    while let Some(path) = best_path(weights, &of_row, &of_column) {
        for (row, column) in path {
            of_row[row] = Some(column);
            of_column[column] = Some(row);
        }
    }
    of_row
}

/// The augmenting path of greatest gain as new pairs, or `None` if none gains.
fn best_path(
    weights: &[Vec<Option<i64>>],
    of_row: &[Option<usize>],
    of_column: &[Option<usize>],
) -> Option<Vec<(usize, usize)>> {
    // gain[column] of the best path from a free row that ends in column, and the row before it.
    let mut gain: Vec<Option<(i64, usize)>> = vec![None; of_column.len()];
    for _ in 0..=weights.len() {
        for (row, line) in weights.iter().enumerate() {
            let base = match of_row[row] {
                None => 0,
                Some(held) => match (gain[held], line[held]) {
                    (Some((g, _)), Some(w)) => g - w,
                    _ => continue,
                },
            };
            for (column, weight) in line.iter().enumerate() {
                let Some(weight) = weight else { continue };
                if of_row[row] == Some(column) {
                    continue;
                }
                if gain[column].is_none_or(|(g, _)| g < base + weight) {
                    gain[column] = Some((base + weight, row));
                }
            }
        }
    }
    let free = |column: &usize| of_column[*column].is_none();
    let end = (0..of_column.len())
        .filter(free)
        .filter_map(|column| gain[column].map(|(g, _)| (g, std::cmp::Reverse(column))))
        .max()?;
    (end.0 > 0).then(|| {
        let mut path = Vec::new();
        let mut at = Some(end.1.0);
        while let Some(column) = at {
            let Some((_, row)) = gain[column] else { break };
            path.push((row, column));
            at = of_row[row];
        }
        path
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::resample::SplitMix64;

    #[test]
    fn a_taken_column_is_given_up_when_its_owner_has_another() {
        let hits = [[true, true], [true, false]];
        assert_eq!(largest(2, 2, |r, c| hits[r][c]), 2);
        assert_eq!(largest(2, 1, |r, c| hits[r][c]), 1);
        assert_eq!(largest(0, 3, |_, _| true), 0);
    }

    #[test]
    fn the_best_total_is_not_the_greedy_one() {
        let weights = vec![vec![Some(10), Some(9)], vec![Some(9), None]];
        assert_eq!(heaviest(&weights), [Some(1), Some(0)]);
    }

    #[test]
    fn what_must_not_be_paired_stays_alone() {
        assert_eq!(heaviest(&[vec![None], vec![Some(1)]]), [None, Some(0)]);
        assert_eq!(heaviest(&[vec![], vec![]]), [None, None]);
    }

    #[test]
    fn it_equals_trying_every_assignment() {
        let mut random = SplitMix64::new(5);
        for _ in 0..300 {
            let (rows, columns) = (1 + random.below(4), 1 + random.below(4));
            let mut weight =
                || (random.below(3) > 0).then(|| random.below(20).try_into().unwrap_or(0));
            let weights: Vec<Vec<_>> =
                (0..rows).map(|_| (0..columns).map(|_| weight()).collect()).collect();
            let total: i64 = heaviest(&weights)
                .iter()
                .zip(&weights)
                .filter_map(|(column, line)| line[(*column)?])
                .sum();
            assert_eq!(total, brute(&weights, 0, &mut vec![false; columns]), "{weights:?}");
        }
    }

    fn brute(weights: &[Vec<Option<i64>>], row: usize, used: &mut [bool]) -> i64 {
        let Some(line) = weights.get(row) else { return 0 };
        let mut best = brute(weights, row + 1, used);
        for column in 0..used.len() {
            if let (Some(weight), false) = (line[column], used[column]) {
                used[column] = true;
                best = best.max(weight + brute(weights, row + 1, used));
                used[column] = false;
            }
        }
        best
    }
}
