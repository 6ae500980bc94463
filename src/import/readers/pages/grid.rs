//! Lines to tables: where they cross are cells, and where one is missing cells are merged.

use std::collections::BTreeMap;

use super::super::super::sheet::{Grid, GridCell};
use super::lines::cell_text;
use super::page::{Glyph, Page, Rule};
use crate::budget::PUBLISHED_CROSSINGS;

/// Lines nearer than this are one.
const NEAR: f64 = 3.0;
/// Pieces of a line with smaller gaps are one piece.
const GAP: f64 = 3.0;
/// The length by which vertical lines reach beyond the last horizontal one where a page break cut a table.
const OPEN: f64 = 4.0;

/// Lines that touch each other, those of one direction sorted by their places.
#[derive(Debug, Clone)]
pub(super) struct Region {
    across: Vec<Rule>,
    down: Vec<Rule>,
    xs: Vec<f64>,
    ys: Vec<f64>,
}

/// The tables of a page, as their lines; nothing where there are more lines than pages with tables have.
pub(super) fn regions(page: &Page) -> Option<Vec<Region>> {
    let across = merged(page.rules.iter().filter(|rule| !rule.is_vertical));
    let down = merged(page.rules.iter().filter(|rule| rule.is_vertical));
    if across.len() * down.len() > PUBLISHED_CROSSINGS {
        return None;
    }
    let mut groups = Groups::new(across.len() + down.len());
    for (i, h) in across.iter().enumerate() {
        for (j, v) in down.iter().enumerate() {
            let meets = h.start - GAP <= v.at
                && v.at <= h.end + GAP
                && v.start - GAP <= h.at
                && h.at <= v.end + GAP;
            if meets {
                groups.join(i, across.len() + j);
            }
        }
    }
    let mut joined: BTreeMap<usize, [Vec<Rule>; 2]> = BTreeMap::new();
    for (i, rule) in across.iter().chain(&down).enumerate() {
        joined.entry(groups.root(i)).or_default()[usize::from(rule.is_vertical)].push(*rule);
    }
    let mut regions = Vec::new();
    for [mut h, v] in joined.into_values() {
        if v.len() < 2 || h.is_empty() {
            continue;
        }
        close(&mut h, &v);
        let positions = |rules: &[Rule]| {
            let mut at: Vec<f64> = rules.iter().map(|rule| rule.at).collect();
            at.sort_by(f64::total_cmp);
            at.dedup_by(|a, b| (*a - *b).abs() < NEAR);
            at
        };
        let (xs, ys) = (positions(&v), positions(&h));
        if xs.len() >= 2 && ys.len() >= 2 && xs.len() * ys.len() < 40_000 {
            regions.push(Region { across: h, down: v, xs, ys });
        }
    }
    regions.sort_by(|a, b| a.top().total_cmp(&b.top()));
    Some(regions)
}

/// Adds the lines that a page break left out.
fn close(across: &mut Vec<Rule>, down: &[Rule]) {
    let first = across.iter().map(|rule| rule.at).fold(f64::INFINITY, f64::min);
    let last = across.iter().map(|rule| rule.at).fold(f64::NEG_INFINITY, f64::max);
    let top = down.iter().map(|rule| rule.start).fold(f64::INFINITY, f64::min);
    let bottom = down.iter().map(|rule| rule.end).fold(f64::NEG_INFINITY, f64::max);
    let left = down.iter().map(|rule| rule.at).fold(f64::INFINITY, f64::min);
    let right = down.iter().map(|rule| rule.at).fold(f64::NEG_INFINITY, f64::max);
    let whole = |at| Rule { is_vertical: false, at, start: left, end: right };
    if first - top > OPEN {
        across.push(whole(top));
    }
    if bottom - last > OPEN {
        across.push(whole(bottom));
    }
    across.sort_by(|a, b| a.at.total_cmp(&b.at));
}

/// Lines of one direction, those at one place and end to end put together.
fn merged<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.start.total_cmp(&b.start)));
    let mut clusters: Vec<(f64, Vec<Rule>)> = Vec::new();
    for rule in rules {
        match clusters.last_mut() {
            Some((at, own)) if rule.at - *at < NEAR => own.push(rule),
            _ => clusters.push((rule.at, vec![rule])),
        }
    }
    let mut out: Vec<Rule> = Vec::new();
    for (at, mut own) in clusters {
        own.sort_by(|a, b| a.start.total_cmp(&b.start));
        let first = out.len();
        for rule in own {
            match out[first..].last_mut() {
                Some(last) if rule.start <= last.end + GAP => last.end = last.end.max(rule.end),
                _ => out.push(Rule { at, ..rule }),
            }
        }
    }
    out
}

impl Region {
    pub(super) fn top(&self) -> f64 {
        self.ys[0]
    }

    /// True if a glyph stands within the outer lines.
    pub(super) fn holds(&self, glyph: &Glyph) -> bool {
        let (x, y) = glyph.centre();
        let (xs, ys) = (&self.xs, &self.ys);
        xs[0] - 1.0 <= x
            && x <= xs[xs.len() - 1] + 1.0
            && ys[0] - 1.0 <= y
            && y <= ys[ys.len() - 1] + 1.0
    }

    /// The table with the words of its cells, and the places of its columns.
    pub(super) fn grid(&self, page: &Page, inside: &[usize]) -> (Grid, Vec<f64>) {
        let (n_rows, n_columns) = (self.ys.len() - 1, self.xs.len() - 1);
        let mut groups = Groups::new(n_rows * n_columns);
        let index = |row: usize, column: usize| row * n_columns + column;
        for row in 0..n_rows {
            for column in 0..n_columns {
                let (x0, x1) = (self.xs[column], self.xs[column + 1]);
                let (y0, y1) = (self.ys[row], self.ys[row + 1]);
                if column + 1 < n_columns && !covers(&self.down, x1, y0, y1) {
                    groups.join(index(row, column), index(row, column + 1));
                }
                if row + 1 < n_rows && !covers(&self.across, y1, x0, x1) {
                    groups.join(index(row, column), index(row + 1, column));
                }
            }
        }
        let mut words: Vec<Vec<Glyph>> = vec![Vec::new(); n_rows * n_columns];
        for i in inside {
            let glyph = &page.glyphs[*i];
            let (x, y) = glyph.centre();
            let slot = |at: f64, edges: &[f64]| {
                edges.partition_point(|edge| *edge <= at).saturating_sub(1).min(edges.len() - 2)
            };
            let place = index(slot(y, &self.ys), slot(x, &self.xs));
            words[groups.root(place)].push(glyph.clone());
        }
        let mut cells: BTreeMap<usize, GridCell> = BTreeMap::new();
        for place in 0..n_rows * n_columns {
            let (row, column) = (place / n_columns, place % n_columns);
            let root = groups.root(place);
            let cell = cells.entry(root).or_insert_with(|| GridCell {
                text: cell_text(&words[root]),
                row,
                column,
                ..GridCell::default()
            });
            let end = (cell.column + cell.columns).max(column + 1);
            cell.column = cell.column.min(column);
            (cell.rows, cell.columns) = (row - cell.row + 1, end - cell.column);
        }
        let mut cells: Vec<GridCell> = cells.into_values().collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        (Grid::new(cells), self.xs.clone())
    }
}

/// True if a line at a place covers all of a side but a little at each end, where it meets lines that are not quite at
/// the place that they have for the table.
fn covers(rules: &[Rule], at: f64, start: f64, end: f64) -> bool {
    let first = rules.partition_point(|rule| rule.at <= at - NEAR);
    let near = rules[first..].iter().take_while(|rule| rule.at < at + NEAR);
    let little = ((end - start) / 4.0).clamp(1.5, NEAR);
    near.into_iter().any(|rule| rule.start <= start + little && rule.end >= end - little)
}

/// A table with another one below it.
pub(super) fn below(above: Grid, below: Grid) -> Grid {
    let n_rows = above.n_rows;
    let lower = below.cells.into_iter().map(|cell| GridCell { row: cell.row + n_rows, ..cell });
    Grid::new(above.cells.into_iter().chain(lower).collect())
}

/// Sets that are joined: each member leads to another, the first of a set to itself.
struct Groups(Vec<usize>);

impl Groups {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, one: usize, other: usize) {
        let (a, b) = (self.root(one), self.root(other));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high] = low;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(is_vertical: bool, at: f64, start: f64, end: f64) -> Rule {
        Rule { is_vertical, at, start, end }
    }

    fn glyph(text: &str, x: f64, y: f64) -> Glyph {
        Glyph { text: Some(text.to_owned()), x, y, end: x + 8.0, size: 8.0 }
    }

    /// Two rows and two columns; the upper row is one cell.
    fn page() -> Page {
        let across = [0.0, 20.0, 40.0].map(|y| rule(false, y, 0.0, 100.0));
        let down = [
            rule(true, 0.0, 0.0, 40.0),
            rule(true, 50.0, 20.0, 40.0),
            rule(true, 100.0, 0.0, 40.0),
        ];
        Page {
            width: 200.0,
            height: 200.0,
            rules: across.into_iter().chain(down).collect(),
            glyphs: vec![glyph("甲", 40.0, 14.0), glyph("1", 10.0, 34.0), glyph("2", 70.0, 34.0)],
            picture: 0.0,
            n_unseen: 0,
        }
    }

    #[test]
    fn cells_without_a_line_between_them_are_one() {
        let page = page();
        let regions = regions(&page).unwrap();
        let (grid, edges) = regions[0].grid(&page, &[0, 1, 2]);
        assert_eq!(edges, [0.0, 50.0, 100.0]);
        let cells: Vec<(&str, usize, usize)> =
            grid.cells.iter().map(|c| (c.text.as_str(), c.column, c.columns)).collect();
        assert_eq!(cells, [("甲", 0, 2), ("1", 0, 1), ("2", 1, 1)]);
    }

    #[test]
    fn a_line_that_begins_where_thick_lines_end_parts_cells_all_the_same() {
        let mut page = page();
        // The upright line is drawn in two pieces, not quite above each other, and the level one begins behind the other.
        page.rules.retain(|rule| rule.at != 50.0 && rule.at != 20.0);
        page.rules.extend([rule(true, 48.0, 0.0, 20.0), rule(true, 50.0, 20.0, 40.0)]);
        page.rules.extend([rule(false, 20.0, 0.0, 48.0), rule(false, 20.0, 50.4, 100.0)]);
        let (grid, _) = regions(&page).unwrap()[0].grid(&page, &[]);
        assert_eq!(grid.cells.len(), 4);
    }

    #[test]
    fn a_table_that_a_page_break_cut_ends_with_its_vertical_lines() {
        let mut page = page();
        page.rules.retain(|rule| rule.is_vertical || rule.at < 30.0);
        let regions = regions(&page).unwrap();
        assert_eq!(regions[0].ys, [0.0, 20.0, 40.0]);
    }

    #[test]
    fn a_drawing_of_more_lines_than_a_table_has_is_none() {
        let at = |i: u32| f64::from(i) * 8.0;
        let dashes = (0..4_000).flat_map(|i| {
            [rule(false, -9.0, at(i), at(i) + 4.0), rule(true, -9.0, at(i), at(i) + 4.0)]
        });
        let mut page = page();
        page.rules.extend(dashes);
        assert!(regions(&page).is_none());
    }
}
