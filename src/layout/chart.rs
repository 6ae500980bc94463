//! Charts: a title, and under it bars with their labels and numbers, whole on one page.

use super::font::Role;
use super::glyphs::OpenFaces;
use super::line::{Fill as LineFill, Line, break_lines, one_line};
use super::page::{Bar, Fill, Item, NodeId, NodeRole, Owner, Page};
use super::paper::{self, WIDTH};
use super::text::{Setting, TextBuilder};
use super::tree::{Tree, owned, place_line};
use crate::document::{Chart, ChartRow};

/// White above a chart, and below it.
const GAP: f64 = 10.0;
/// The size of the title, and the height it takes with the white below it.
const TITLE_SIZE: f64 = 12.0;
const TITLE_HEIGHT: f64 = 24.0;
/// The size of labels and numbers.
const SIZE: f64 = 10.5;
/// The height of the line that says what the bars stand for.
const LEGEND_HEIGHT: f64 = 20.0;
/// White between the drawing and the list below it, and from one line of the list to the next.
const LIST_GAP: f64 = 4.0;
const LIST_PITCH: f64 = 16.0;
/// White between a label and its bars, and between a bar and its number.
const SPACE: f64 = 6.0;
/// White between the bars of two rows, and between the two bars of one.
const ROW_GAP: f64 = 8.0;
const BAR_GAP: f64 = 1.5;
/// The thickness of the line at which all bars begin, and of the edge of a light bar.
const EDGE: f64 = 0.7;
/// The lightness of this year's bars, and of last year's, which have a black edge. Printed
/// in black and white or copied, the two stay apart.
const DARK: f64 = 0.3;
const LIGHT: f64 = 0.9;

/// A chart laid out, not yet put on a page.
pub(super) struct ChartPiece {
    title: Vec<Line>,
    title_node: NodeId,
    /// The drawing; its words belong to it.
    node: NodeId,
    /// The legend, when there are two bars to a row.
    legend: Vec<Line>,
    rows: Vec<BarGroup>,
    /// The figures in words, below the drawing.
    list: Vec<Line>,
    list_nodes: Vec<NodeId>,
    /// From the left edge to where all bars begin.
    bars_at: f64,
    /// The height of a bar.
    thickness: f64,
}

/// A label with its bars.
struct BarGroup {
    label: Line,
    /// The length of each bar, and its number.
    bars: Vec<Option<(f64, Line)>>,
}

impl ChartPiece {
    /// Lays a chart out over the width of the type area.
    pub(super) fn new(chart: &Chart, faces: &mut OpenFaces<'_>, tree: &mut Tree) -> Self {
        let title_node = tree.add(Tree::ROOT, NodeRole::Paragraph);
        let figure = NodeRole::Figure { description: chart.description.clone(), area: None };
        let node = tree.add(Tree::ROOT, figure);
        let title = set(&chart.title, Role::Hei, TITLE_SIZE, WIDTH, faces);
        let legend: &[String] = if chart.series.len() > 1 { &chart.series } else { &[] };
        let legend: Vec<Line> =
            legend.iter().map(|name| one_line(name, Role::Song, SIZE, faces)).collect();
        let lines: Vec<(Line, Vec<Option<Line>>)> = chart
            .rows
            .iter()
            .map(|ChartRow { label, values }| {
                let mut number = |value: u64| one_line(&value.to_string(), Role::Song, SIZE, faces);
                let numbers = values.iter().map(|value| value.map(&mut number)).collect();
                (one_line(label, Role::Song, SIZE, faces), numbers)
            })
            .collect();
        let widest =
            |lines: &mut dyn Iterator<Item = &Line>| lines.map(|l| l.width).fold(0.0, f64::max);
        let bars_at = widest(&mut lines.iter().map(|(label, _)| label)) + SPACE;
        let numbers = widest(&mut lines.iter().flat_map(|(_, values)| values.iter().flatten()));
        let room = (WIDTH - bars_at - SPACE - numbers).max(0.0);
        let scale = room / chart.largest() as f64;
        let rows = chart.rows.iter().zip(lines).map(|(row, (label, numbers))| {
            let bar = |(value, number): (&Option<u64>, Option<Line>)| {
                Some((value.unwrap_or_default() as f64 * scale, number?))
            };
            BarGroup { label, bars: row.values.iter().zip(numbers).map(bar).collect() }
        });
        // Two charts of six rows with two bars each stand on one page.
        let thickness = if legend.is_empty() { 14.0 } else { 11.0 };
        let rows = rows.collect();
        let list_nodes = list_nodes(chart.list.len(), tree);
        let list = set_list(&chart.list, faces);
        Self { title, title_node, node, legend, rows, list, list_nodes, bars_at, thickness }
    }

    /// The height with the white above and below.
    pub(super) fn height(&self) -> f64 {
        let rows: f64 = self.rows.iter().map(|row| self.row_height(row)).sum();
        GAP + self.head_height() + rows + self.list_height() + GAP
    }

    /// Puts the chart on a page with its upper left corner at `x` and `y`; gives its height back.
    pub(super) fn put(&self, page: &mut Page, tree: &mut Tree, x: f64, y: f64) -> f64 {
        let mut top = y + GAP;
        for line in &self.title {
            let base = top + paper::ABOVE_BASELINE * TITLE_SIZE;
            place_line(page, line, x + (WIDTH - line.width) / 2.0, base, &owned(self.title_node));
            top += TITLE_HEIGHT;
        }
        let first = top;
        // All bars before all words: the words are then one piece of the drawing, read in order.
        let mut words: Vec<(&Line, f64, f64)> = Vec::new();
        let mut fills = Vec::new();
        let mut at = x + self.bars_at;
        for (i, name) in self.legend.iter().enumerate() {
            let sample = Bar { x: at, y: top + 2.0, width: 16.0, height: 9.0 };
            fills.extend(bar(sample, i));
            words.push((name, at + 16.0 + SPACE, top + 6.5));
            at += 16.0 + SPACE + name.width + 3.0 * SPACE;
        }
        if !self.legend.is_empty() {
            top += LEGEND_HEIGHT;
        }
        let axis_top = top;
        for row in &self.rows {
            let height = self.row_height(row);
            let label_x = x + self.bars_at - SPACE - row.label.width;
            words.push((&row.label, label_x, top + height / 2.0));
            let mut upper = top + ROW_GAP / 2.0;
            for (i, one) in row.bars.iter().enumerate() {
                if let Some((length, number)) = one {
                    let left = x + self.bars_at;
                    let area = Bar { x: left, y: upper, width: *length, height: self.thickness };
                    fills.extend(bar(area, i));
                    words.push((number, left + length + SPACE, upper + self.thickness / 2.0));
                }
                upper += self.thickness + BAR_GAP;
            }
            top += height;
        }
        let axis =
            Bar { x: x + self.bars_at - EDGE, y: axis_top, width: EDGE, height: top - axis_top };
        fills.push((axis, 0.0));
        let node = self.node;
        page.items.extend(
            fills.into_iter().map(|(area, lightness)| Item::Fill(Fill { node, area, lightness })),
        );
        for (line, left, middle) in words {
            let base = middle + (paper::ABOVE_BASELINE - 0.5) * SIZE;
            place_line(page, line, left, base, &[Owner::Node(node)]);
        }
        let area = Bar { x, y: first, width: WIDTH, height: top - first };
        if let NodeRole::Figure { area: known, .. } = &mut tree.nodes[node.0].role {
            *known = Some(area);
        }
        self.put_list(page, x, top + LIST_GAP);
        top + self.list_height() + GAP - y
    }

    /// Puts the figures of the chart below it, line by line from `top` on.
    fn put_list(&self, page: &mut Page, x: f64, mut top: f64) {
        let owners: Vec<Owner> = self.list_nodes.iter().copied().map(Owner::Node).collect();
        for line in &self.list {
            let base = top + LIST_PITCH / 2.0 + (paper::ABOVE_BASELINE - 0.5) * SIZE;
            place_line(page, line, x + (WIDTH - line.width) / 2.0, base, &owners);
            top += LIST_PITCH;
        }
    }

    fn list_height(&self) -> f64 {
        LIST_GAP + self.list.len() as f64 * LIST_PITCH
    }

    fn head_height(&self) -> f64 {
        let legend = if self.legend.is_empty() { 0.0 } else { LEGEND_HEIGHT };
        self.title.len() as f64 * TITLE_HEIGHT + legend
    }

    fn row_height(&self, row: &BarGroup) -> f64 {
        let n_bars = row.bars.len().max(1) as f64;
        n_bars * (self.thickness + BAR_GAP) - BAR_GAP + ROW_GAP
    }
}

/// The parts of the bar of a series: a dark one for this year, a light one with an edge for last.
fn bar(area: Bar, series: usize) -> Vec<(Bar, f64)> {
    if area.width <= 0.0 {
        return Vec::new();
    }
    if series == 0 {
        return vec![(area, DARK)];
    }
    // The edge is thin bars of its own, because viewers never draw these thinner than a pixel.
    let Bar { x, y, width, height } = area;
    vec![
        (area, LIGHT),
        (Bar { height: EDGE, ..area }, 0.0),
        (Bar { y: y + height - EDGE, height: EDGE, ..area }, 0.0),
        (Bar { x: x + (width - EDGE).max(0.0), width: EDGE, ..area }, 0.0),
        (Bar { x, width: EDGE, ..area }, 0.0),
    ]
}

/// A node for the words of each item of a list of `n` items.
fn list_nodes(n: usize, tree: &mut Tree) -> Vec<NodeId> {
    let list = tree.add(Tree::ROOT, NodeRole::List);
    (0..n)
        .map(|_| {
            let item = tree.add(list, NodeRole::ListItem);
            tree.add(item, NodeRole::ListBody)
        })
        .collect()
}

/// The items one behind the other; lines end between them.
fn set_list(items: &[String], faces: &mut OpenFaces<'_>) -> Vec<Line> {
    /// The cost of ending a line inside an item.
    const INSIDE: f64 = 500.0;
    let mut builder = TextBuilder::new(faces, Setting::of(SIZE));
    for (i, item) in items.iter().enumerate() {
        builder.push(i, Role::Song, item, false);
    }
    let mut text = builder.finish();
    for i in 1..text.atoms.len() {
        let span = |i: usize| text.atoms[i].glyphs.clone().next().map(|at| text.glyphs[at].span);
        if span(i) == span(i - 1) {
            text.atoms[i].penalty += INSIDE;
        }
    }
    break_lines(&text, WIDTH, LineFill::Balanced)
}

/// The lines of a title.
fn set(words: &str, role: Role, size: f64, measure: f64, faces: &mut OpenFaces<'_>) -> Vec<Line> {
    let mut builder = TextBuilder::new(faces, Setting::of(size));
    builder.push(0, role, words, false);
    break_lines(&builder.finish(), measure, LineFill::Balanced)
}
