//! A table for the terminal of which nothing is cut off: what is too long goes on below.

use super::excerpt::{columns, left};
use super::outside::visible;
use super::stream::{print, terminal_width};
use super::wrap::wrapped_within;

/// The widest table.
const WIDEST: usize = 100;

/// The least width of a column that gives way.
const LEAST: usize = 8;

/// Prints rows below heads.
pub(in crate::cli) fn grid(heads: &[&str], rows: &[Vec<String>]) {
    print(&render(heads, rows, terminal_width().min(WIDEST)));
}

fn render(heads: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
    let natural = |i: usize| {
        let cells = rows.iter().filter_map(|row| row.get(i)).map(|cell| columns(cell));
        cells.chain([columns(heads[i])]).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..heads.len()).map(natural).collect();
    let gaps = 2 * heads.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width {
        let Some(widest) = (0..widths.len()).max_by_key(|i| widths[*i]) else { break };
        if widths[widest] <= LEAST {
            break;
        }
        widths[widest] -= 1;
    }
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let mut text = lines(&heads, &widths);
    let whole = widths.iter().sum::<usize>() + gaps;
    text.push_str(&format!("{}\n", "-".repeat(whole)));
    for row in &rows {
        text.push_str(&lines(row, &widths));
    }
    text
}

/// The lines of one row.
fn lines(row: &[String], widths: &[usize]) -> String {
    let cells: Vec<Vec<String>> =
        row.iter().zip(widths).map(|(cell, width)| wrapped_within(cell, *width)).collect();
    let n = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for i in 0..n {
        let padded = cells.iter().zip(widths).map(|(cell, width)| {
            let words = cell.get(i).map_or("", String::as_str);
            left(words, *width)
        });
        text.push_str(&line_of(padded));
    }
    text
}

/// A line of cells that are as wide as their columns.
pub(super) fn line_of(padded: impl Iterator<Item = String>) -> String {
    let line = padded.collect::<Vec<_>>().join("  ");
    format!("{}\n", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_cells_go_on_below_and_nothing_is_lost() {
        let rows =
            [vec!["甲局".to_owned(), "没有收：这份是2024年度的，名单是2025年度的".to_owned()]];
        let text = render(&["单位", "结果"], &rows, 30);
        assert!(text.lines().all(|line| columns(line) <= 30), "{text}");
        let joined: String = text.split_whitespace().collect();
        assert!(joined.contains("名单是2025年度的"), "{text}");
    }
}
