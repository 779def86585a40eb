//! Learning what signs are worth: logistic regression that is held to what was held before.
//!
//! Each example is a pair with its signs and whether it is one event. The worths that make the
//! examples likeliest are sought, with a pull back to the worth by hand that only examples can
//! overcome: a sign that no example shows keeps its worth. Since the examples are pairs as linking
//! meets them, the sum of the worths is a calibrated log-odds. Newton's method, no randomness.
//!
//! It is done twice: over all pairs that meet, and then over the pairs within parts that are large
//! enough for contrast, held to what was learned first. What halves of like texts must be like to be
//! two events is learned beside that, from sets and not from pairs.

use super::Bounds;
use super::block::each_pair;
use super::cluster::{alike, circles, pieces};
use super::contrast::Contrast;
use super::halves::{Halves, TRAITS, are_wordy};
use super::node::{Node, node_ids};
use super::pair::signs;
use super::sign::Sign;
use super::telling::Telling;
use super::weights::Weights;

/// A pair that was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its signs.
    pub signs: Vec<Sign>,
    /// Whether it is one event.
    pub same: bool,
    /// How much it counts.
    pub weight: f64,
}

/// Tellings with what is true of them.
pub struct Lesson<'a> {
    /// In any order.
    pub tellings: Vec<&'a Telling>,
    /// Whether two of them, by their places, are of one event; `None` if nobody knows.
    pub same: Box<dyn Fn(usize, usize) -> Option<bool> + 'a>,
    /// How much each pair counts.
    pub weight: f64,
}

/// How strongly worths are pulled back.
const PULL: f64 = 2.0;

/// The same for what halves are like.
const PULL_OF_HALVES: f64 = 0.1;

/// No more steps than this.
const STEPS: usize = 25;

/// The weights that `lessons` teach.
pub fn teach(lessons: &[Lesson<'_>]) -> Weights {
    let mut examples = Vec::new();
    for lesson in lessons {
        for (i, j) in neighbours(lesson) {
            let (a, b) = (lesson.tellings[i], lesson.tellings[j]);
            let Some(same) = (lesson.same)(i, j).filter(|_| a.document != b.document) else {
                continue;
            };
            examples.push(Example { signs: signs(a, b), same, weight: lesson.weight });
        }
    }
    let by_hand: Vec<f64> = Sign::ALL.iter().map(|sign| sign.by_hand()).collect();
    let meeting = learn(&examples, &by_hand, PULL);
    let first = Weights::of(meeting.clone(), meeting.clone());
    examples.clear();
    let mut rows = Vec::new();
    for lesson in lessons {
        for (members, places) in pieces_of(lesson, &first, Weights::MEETS) {
            for circle in circles(&members, &first) {
                add_circle(lesson, &pick(&circle, &places), &mut examples);
            }
        }
        for (members, places) in pieces_of(lesson, &first, Weights::NEAR) {
            for circle in alike(&members, &[], |_, _| false) {
                add_halves(lesson, pick(&circle, &places), &mut rows);
            }
        }
    }
    let among = learn(&examples, &meeting, PULL);
    let halves = newton(&rows, &TRAITS.map(|of| of.1), PULL_OF_HALVES);
    Weights::of(meeting, among).with_halves(std::array::from_fn(|i| halves[i]))
}

/// What pairs from `threshold` on hold together in a lesson, with the places there.
fn pieces_of<'a>(
    lesson: &'a Lesson<'_>,
    first: &Weights,
    threshold: f64,
) -> Vec<(Vec<Node<'a>>, Vec<usize>)> {
    let nodes: Vec<Node<'_>> = lesson.tellings.iter().map(|telling| Node::of(telling)).collect();
    let met = neighbours(lesson).into_iter().filter_map(|(i, j)| {
        let worth = first.judge_nodes(&nodes[i], &nodes[j]);
        let least = Weights::least(&nodes[i], &nodes[j]).max(threshold);
        (worth >= least).then_some((i, j, worth))
    });
    let edges: Vec<_> = met.collect();
    let pieces = pieces(nodes.len(), &edges, Bounds::USUAL.largest).into_iter();
    pieces.map(|piece| (piece.iter().map(|&i| nodes[i].clone()).collect(), piece)).collect()
}

fn pick(places: &[usize], of: &[usize]) -> Vec<usize> {
    places.iter().map(|&i| of[i]).collect()
}

/// The halves of a circle of texts without days, and the halves of these, down to the smallest, each
/// with whether they are two events. A set counts by its reports and not by its pairs, which are no
/// findings of their own.
fn add_halves(lesson: &Lesson<'_>, circle: Vec<usize>, rows: &mut Vec<Row>) {
    let mut rest = vec![circle];
    while let Some(set) = rest.pop() {
        let members: Vec<Node<'_>> = set.iter().map(|&i| Node::of(lesson.tellings[i])).collect();
        let Some(halves) = Some(&members).filter(|m| are_wordy(m)).and_then(|m| Halves::of(m))
        else {
            continue;
        };
        let parts = halves.places().map(|half| pick(&half, &set));
        let [a, b] = &parts;
        let across = a.iter().flat_map(|&i| b.iter().map(move |&j| (i, j)));
        let known: Vec<bool> = across.filter_map(|(i, j)| (lesson.same)(i, j)).collect();
        let n_same = known.iter().filter(|&&same| same).count() as f64;
        let n_other = known.len() as f64 - n_same;
        for (answer, n) in [(0.0, n_same), (1.0, n_other)] {
            let parts = halves.traits.iter().copied().enumerate().collect();
            rows.push(Row { parts, answer, weight: lesson.weight * n / set.len() as f64 });
        }
        rest.extend(parts);
    }
}

/// A pair of a lesson as linking meets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foretold {
    /// The places of its tellings, the lesser first.
    pub pair: (usize, usize),
    /// How likely it is said to be one event, from 0 to 1.
    pub likely: f64,
    /// Whether it is.
    pub same: bool,
}

/// What `weights` say of the pairs that meet in a lesson, of which it is known what they are.
pub fn foretold(lesson: &Lesson<'_>, weights: &Weights) -> Vec<Foretold> {
    let judged = |(i, j): (usize, usize)| {
        let (a, b) = (lesson.tellings[i], lesson.tellings[j]);
        let same = (lesson.same)(i, j).filter(|_| a.document != b.document)?;
        Some(Foretold { pair: (i, j), likely: weights.likely(a, b), same })
    };
    neighbours(lesson).into_iter().filter_map(judged).collect()
}

/// The pairs that meet, in order.
fn neighbours(lesson: &Lesson<'_>) -> Vec<(usize, usize)> {
    let ids = node_ids(&lesson.tellings);
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&i| (ids[i], lesson.tellings[i].report));
    let nodes: Vec<Node<'_>> = order.iter().map(|&i| Node::of(lesson.tellings[i])).collect();
    let mut pairs = Vec::new();
    each_pair(&nodes, Bounds::USUAL.shown, |i, j| {
        pairs.push((order[i].min(order[j]), order[i].max(order[j])));
    });
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs of a circle that is large enough for contrast.
fn add_circle(lesson: &Lesson<'_>, circle: &[usize], examples: &mut Vec<Example>) {
    let members: Vec<Node<'_>> = circle.iter().map(|&i| Node::of(lesson.tellings[i])).collect();
    let Some(contrast) = Contrast::of(&members) else { return };
    for (i, a) in members.iter().enumerate() {
        for (j, b) in members.iter().enumerate().skip(i + 1) {
            let same = (lesson.same)(circle[i], circle[j]);
            let Some(same) = same.filter(|_| !a.is_apart(b)) else { continue };
            let signs =
                signs(a.telling, b.telling).into_iter().chain(contrast.signs(i, j)).collect();
            examples.push(Example { signs, same, weight: lesson.weight });
        }
    }
}

/// The worths that `examples` teach, pulled back to those `held`.
pub fn learn(examples: &[Example], held: &[f64], pull: f64) -> Vec<f64> {
    let row = |example: &Example| Row {
        parts: example.signs.iter().map(|&sign| (sign as usize, 1.0)).collect(),
        answer: f64::from(u8::from(example.same)),
        weight: example.weight,
    };
    newton(&examples.iter().map(row).collect::<Vec<_>>(), held, pull)
}

/// What was judged, as numbers.
pub(crate) struct Row {
    /// How much it has of what.
    pub(crate) parts: Vec<(usize, f64)>,
    /// 1 for yes, 0 for no.
    pub(crate) answer: f64,
    /// How much it counts.
    pub(crate) weight: f64,
}

/// The worths that make the answers of `rows` likeliest, pulled back to those `held`.
pub(crate) fn newton(rows: &[Row], held: &[f64], pull: f64) -> Vec<f64> {
    let n = held.len();
    let mut worth = held.to_vec();
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = worth.iter().zip(held).map(|(w, h)| pull * (w - h)).collect();
        let mut bend = vec![0.0; n * n];
        (0..n).for_each(|i| bend[i * n + i] = pull);
        for row in rows {
            let sum: f64 = row.parts.iter().map(|&(at, x)| worth[at] * x).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            let wrong = row.weight * (likely - row.answer);
            let curve = row.weight * likely * (1.0 - likely);
            for &(a, x) in &row.parts {
                slope[a] += wrong * x;
                for &(b, y) in &row.parts {
                    bend[a * n + b] += curve * x * y;
                }
            }
        }
        let step = solve(&bend, &slope, n);
        // A long step can overshoot where nearly all examples are clear.
        let longest = step.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
        let scale = if longest > 2.0 { 2.0 / longest } else { 1.0 };
        worth.iter_mut().zip(&step).for_each(|(w, s)| *w -= scale * s);
        if longest < 1e-6 {
            break;
        }
    }
    worth
}

/// Solves `bend · x = slope` for a symmetric positive definite `bend` (Cholesky).
pub(super) fn solve(bend: &[f64], slope: &[f64], n: usize) -> Vec<f64> {
    let mut lower = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| lower[i * n + k] * lower[j * n + k]).sum();
            let rest = bend[i * n + j] - dot;
            lower[i * n + j] =
                if i == j { rest.max(1e-12).sqrt() } else { rest / lower[j * n + j] };
        }
    }
    let mut x = slope.to_vec();
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| lower[i * n + k] * x[k]).sum();
        x[i] = (x[i] - dot) / lower[i * n + i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| lower[k * n + i] * x[k]).sum();
        x[i] = (x[i] - dot) / lower[i * n + i];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(signs: &[Sign], n_same: usize, n: usize) -> Vec<Example> {
        let one = |i| Example { signs: signs.to_vec(), same: i < n_same, weight: 1.0 };
        (0..n).map(one).collect()
    }

    fn by_hand() -> Vec<f64> {
        Sign::ALL.iter().map(|sign| sign.by_hand()).collect()
    }

    #[test]
    fn what_no_example_shows_keeps_its_worth() {
        assert_eq!(learn(&[], &by_hand(), PULL), by_hand());
        let learned = learn(&examples(&[Sign::Prior, Sign::DaySame], 3, 4), &by_hand(), PULL);
        let site = Sign::SiteSame as usize;
        assert!((learned[site] - by_hand()[site]).abs() < 1e-9);
    }

    #[test]
    fn many_examples_teach_the_share_of_those_that_are_one_event() {
        let shown = [Sign::Prior, Sign::DaySame];
        let learned = learn(&examples(&shown, 7_500, 10_000), &by_hand(), PULL);
        let sum: f64 = shown.iter().map(|&s| learned[s as usize]).sum();
        let likely = 1.0 / (1.0 + (-sum).exp());
        assert!((likely - 0.75).abs() < 0.01, "{likely}");
    }
}
