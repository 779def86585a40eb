//! A table that fits its width: numbers to the right, long words cut, the widest column first.

use console::{Alignment, measure_text_width, pad_str, truncate_str};

/// No column is cut below this.
const NARROWEST: usize = 8;
const GAP: &str = "  ";

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// What stands above it.
    pub(crate) head: &'static str,
    /// Numbers stand to the right.
    pub(crate) right: bool,
    /// Whether its cells may be cut.
    pub(crate) cut: bool,
}

/// The lines of the table, the heads first. `width` is in characters of the terminal; without one
/// nothing is cut.
pub(crate) fn lines(columns: &[Column], rows: &[Vec<String>], width: Option<usize>) -> Vec<String> {
    let mut widths: Vec<usize> = columns.iter().map(|c| measure_text_width(c.head)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(measure_text_width(cell));
        }
    }
    if let Some(width) = width {
        narrow(columns, &mut widths, width);
    }
    let heads = columns.iter().map(|c| c.head.to_owned()).collect();
    [&heads].into_iter().chain(rows).map(|row| line(columns, row, &widths)).collect()
}

/// Takes from the widest column that may be cut until all fit, or nothing more can be taken.
fn narrow(columns: &[Column], widths: &mut [usize], width: usize) {
    let gaps = GAP.len() * columns.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width {
        let cuttable =
            columns.iter().zip(widths.iter_mut()).filter(|(c, w)| c.cut && **w > NARROWEST);
        match cuttable.map(|(_, w)| w).max() {
            Some(widest) => *widest -= 1,
            None => return,
        }
    }
}

fn line(columns: &[Column], cells: &[String], widths: &[usize]) -> String {
    let cells: Vec<String> = columns
        .iter()
        .zip(cells)
        .zip(widths)
        .map(|((column, cell), &width)| {
            let side = if column.right { Alignment::Right } else { Alignment::Left };
            pad_str(&truncate_str(cell, width, "…"), width, side, None).into_owned()
        })
        .collect();
    cells.join(GAP).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const COLUMNS: [Column; 3] = [
        Column { head: "day", right: false, cut: false },
        Column { head: "killed", right: true, cut: false },
        Column { head: "where", right: false, cut: true },
    ];

    fn check(width: Option<usize>, expected: &Expect) {
        let rows = [
            ["2024-03-22", "115+", "Crocus City Hall, Krasnogorsk, Russia"],
            ["~2024-01-01", "3", "Kano, Nigeria"],
        ]
        .map(|row| row.map(str::to_owned).to_vec());
        expected.assert_eq(&lines(&COLUMNS, &rows, width).join("\n"));
    }

    #[test]
    fn a_table_is_as_wide_as_it_must_be() {
        check(
            None,
            &expect![[r"
            day          killed  where
            2024-03-22     115+  Crocus City Hall, Krasnogorsk, Russia
            ~2024-01-01       3  Kano, Nigeria"]],
        );
    }

    #[test]
    fn a_table_is_cut_to_the_terminal() {
        check(
            Some(40),
            &expect![[r"
            day          killed  where
            2024-03-22     115+  Crocus City Hall, …
            ~2024-01-01       3  Kano, Nigeria"]],
        );
    }

    #[test]
    fn days_and_numbers_are_never_cut() {
        check(
            Some(5),
            &expect![[r"
            day          killed  where
            2024-03-22     115+  Crocus …
            ~2024-01-01       3  Kano, N…"]],
        );
    }
}
