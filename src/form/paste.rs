//! A block of cells from a spreadsheet, laid over one of the three tables: what would be written where.

use serde::Serialize;

use super::fields::{Fields, number};
use crate::edition::{Cell, Form, Proceeding, Section};
use crate::report::{FieldPath, Report};
use crate::units::Figure;

/// The result of a paste, before it is written.
#[derive(Debug, Serialize)]
pub(super) struct Plan {
    /// True if rows were found by their labels, and not by their order.
    by_label: bool,
    writes: Vec<Write>,
    /// Labels that no row of the table has.
    unknown: Vec<String>,
    /// The filled cells of the block that lie outside the table.
    n_outside: usize,
}

/// The effect of one cell of the block.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Write {
    path: String,
    name: String,
    old: Option<String>,
    /// As it would be written; as it was pasted where it is no figure.
    new: Option<String>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// Fills what is not filled.
    Fills,
    /// Takes the place of another figure.
    Replaces,
    /// The figure is there already.
    Same,
    /// Is no figure, and is left out.
    Unreadable,
    /// Nothing, where something is filled.
    Blank,
}

/// A row of a table as it stands on paper.
struct Line {
    label: String,
    cells: Vec<Cell>,
}

/// The fewest labels by which rows are found, unless the table has fewer rows.
const FEWEST_LABELS: usize = 5;

/// Lays a block over the table in which a cell stands: by the labels of its rows where it has them, else from that
/// cell on.
pub(super) fn plan(report: &Report, at: &FieldPath, block: &[Vec<String>]) -> Option<Plan> {
    let fields = Fields::of(report.form());
    let Some(Figure::Cell(first)) = fields.figure(at) else { return None };
    let lines = lines(report.form(), first.section());
    let found = labelled(&lines, block);
    let fewest = FEWEST_LABELS.min(lines.len() / 2).max(2);
    let by_label = found.iter().filter(|row| row.is_some()).count() >= fewest;
    let mut plan = Plan { by_label, writes: Vec::new(), unknown: Vec::new(), n_outside: 0 };
    if by_label {
        // Merged labels leave blanks behind them, so the figures begin behind the last label of all.
        let begin = found.iter().flatten().map(|(_, column)| column + 1).max().unwrap_or(0);
        for (row, found) in block.iter().zip(&found) {
            let figures = row.get(begin..).unwrap_or_default();
            match found {
                Some((line, _)) => plan.lay(report, &fields, &lines[*line].cells, figures),
                None if figures.iter().any(|cell| is_figure(cell)) => {
                    let label = row.iter().take(begin).rev().find(|cell| !cell.trim().is_empty());
                    plan.unknown.push(label.cloned().unwrap_or_else(|| "（没有行名）".to_owned()));
                }
                None => {}
            }
        }
    } else {
        let row = lines.iter().position(|line| line.cells.contains(&first))?;
        let column = lines[row].cells.iter().position(|cell| *cell == first)?;
        for (i, figures) in figures_of(block).iter().enumerate() {
            match lines.get(row + i) {
                Some(line) => {
                    plan.lay(report, &fields, &line.cells[column.min(line.cells.len())..], figures);
                }
                None => {
                    plan.n_outside += figures.iter().filter(|cell| !cell.trim().is_empty()).count();
                }
            }
        }
    }
    Some(plan)
}

impl Plan {
    /// Lays the cells of a row of the block over those of the table.
    fn lay(&mut self, report: &Report, fields: &Fields, cells: &[Cell], figures: &[String]) {
        for (cell, typed) in cells.iter().zip(figures) {
            let path = FieldPath::of(*cell);
            let old = fields.shown(report, &path);
            let (new, state) = match number(Figure::Cell(*cell), typed) {
                Err(_) => (Some(typed.trim().to_owned()), State::Unreadable),
                Ok(None) if old.is_none() => continue,
                Ok(None) => (None, State::Blank),
                Ok(Some(number)) => {
                    let mut with = report.clone();
                    with.put(*cell, number);
                    let new = fields.shown(&with, &path);
                    let state = match &old {
                        None => State::Fills,
                        Some(old) if new.as_ref() == Some(old) => State::Same,
                        Some(_) => State::Replaces,
                    };
                    (new, state)
                }
            };
            let name = report.form().cell_name(*cell);
            self.writes.push(Write { path: path.to_string(), name, old, new, state });
        }
        let outside = figures.iter().skip(cells.len());
        self.n_outside += outside.filter(|cell| !cell.trim().is_empty()).count();
    }
}

/// The rows of a table as they stand on paper.
fn lines(form: &Form, section: Section) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for cell in form.cells().filter(|cell| cell.section() == section) {
        let label = match cell {
            Cell::Disclosure(row, _) => form.disclosure.row_label(row),
            Cell::Requests(row, _) => form.requests.row_label(row),
            // All kinds of proceedings stand beside each other.
            Cell::Challenges(..) => "",
        };
        let is_first = match cell {
            Cell::Challenges(proceeding, column) => {
                proceeding == Proceeding::Reconsideration
                    && Some(column) == form.challenges.columns.first().map(|c| c.0)
            }
            Cell::Disclosure(..) | Cell::Requests(..) => lines
                .last()
                .is_none_or(|line| FieldPath::row_of(line.cells[0]) != FieldPath::row_of(cell)),
        };
        if is_first {
            lines.push(Line { label: plain(label), cells: Vec::new() });
        }
        if let Some(line) = lines.last_mut() {
            line.cells.push(cell);
        }
    }
    lines
}

/// For each row of a block the row of the table with its label, and the column of the label. A label that several rows
/// have, such as 其他, is that of the first behind the one before.
fn labelled(lines: &[Line], block: &[Vec<String>]) -> Vec<Option<(usize, usize)>> {
    let mut behind = 0;
    let mut found = Vec::new();
    for row in block {
        let words = row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let labels = words.take_while(|(_, cell)| !is_figure(cell));
        let mut hit = None;
        for (column, cell) in labels {
            let label = plain(cell);
            let is_same = |line: &Line| !line.label.is_empty() && line.label == label;
            let after = (behind..lines.len()).find(|i| is_same(&lines[*i]));
            if let Some(line) = after.or_else(|| lines.iter().position(is_same)) {
                hit = Some((line, column));
            }
        }
        if let Some((line, _)) = hit {
            behind = line + 1;
        }
        found.push(hit);
    }
    found
}

/// A label without its number, its remark, blanks and marks.
fn plain(label: &str) -> String {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let label = label.replace('(', "（").replace(')', "）");
    let bare = match label.strip_prefix('（').and_then(|rest| rest.split_once('）')) {
        Some((number, rest)) if number.chars().count() <= 2 && !rest.is_empty() => rest,
        _ => &label,
    };
    let numbers =
        |c: char| c.is_ascii_digit() || "一二三四五六七八九十０１２３４５６７８９".contains(c);
    let unnumbered = bare.trim_start_matches(numbers);
    let bare = match unnumbered.strip_prefix(['、', '.', '．']) {
        Some(rest) if unnumbered.len() < bare.len() && !rest.is_empty() => rest,
        _ => bare,
    };
    let bare = bare.split('（').next().filter(|bare| !bare.is_empty()).unwrap_or(bare);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// True if a cell holds a figure, or a sign for none.
fn is_figure(cell: &str) -> bool {
    let cell = cell.trim();
    let digits = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let marks = |c: char| digits(c) || c.is_whitespace() || ",，.．-－—–/／+＋".contains(c);
    !cell.is_empty() && cell.chars().all(marks)
}

/// A block without the rows and columns of words round its figures.
fn figures_of(block: &[Vec<String>]) -> Vec<Vec<String>> {
    let is_head = |row: &&Vec<String>| {
        row.iter().any(|cell| !cell.trim().is_empty()) && !row.iter().any(|cell| is_figure(cell))
    };
    let n_head = block.iter().take_while(is_head).count();
    // A block of nothing but words is laid down as it is, so that its cells are named as no figures.
    let body = if n_head == block.len() { block } else { &block[n_head..] };
    let width = body.iter().map(Vec::len).max().unwrap_or(0);
    let holds = |column: usize, what: &dyn Fn(&str) -> bool| {
        body.iter().any(|row| row.get(column).is_some_and(|cell| what(cell)))
    };
    let is_label = |column: &usize| {
        holds(*column, &|cell| !cell.trim().is_empty()) && !holds(*column, &is_figure)
    };
    let n_labels = (0..width).take_while(is_label).count();
    let n_labels = if n_labels == width { 0 } else { n_labels };
    body.iter().map(|row| row.get(n_labels..).unwrap_or_default().to_vec()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Axis as _, Edition, RequestColumn};
    use crate::report::Money;

    fn block(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }

    fn at(path: &str) -> FieldPath {
        FieldPath::new(path)
    }

    #[test]
    fn a_block_begins_at_its_cell_and_ends_with_the_table() {
        let mut report = Report::empty(Edition::Y2021);
        report.put(
            Cell::Requests(crate::edition::RequestRow::Received, RequestColumn::Business),
            Money::from(4),
        );
        let first = at("requests.received.natural_person");
        let plan = plan(&report, &first, &block("1,200\t4\t两件\n\t7")).unwrap();
        let found: Vec<_> =
            plan.writes.iter().map(|w| (w.path.as_str(), w.new.as_deref(), w.state)).collect();
        assert_eq!(
            found,
            [
                ("requests.received.natural_person", Some("1200"), State::Fills),
                ("requests.received.business", Some("4"), State::Same),
                ("requests.received.research", Some("两件"), State::Unreadable),
                ("requests.carried_in.business", Some("7"), State::Fills),
            ]
        );
        let last = at("requests.carried_out.total");
        let plan = super::plan(&report, &last, &block("1\t2\n3\t4")).unwrap();
        assert_eq!((plan.writes.len(), plan.n_outside), (1, 3));
    }

    #[test]
    fn whole_tables_are_laid_by_their_labels() {
        let report = Report::empty(Edition::Y2021);
        let form = report.form();
        let mut rows = vec!["（本列数据的勾稽关系为……）\t\t\t申请人情况".to_owned()];
        for (i, row) in form.requests.rows.iter().enumerate() {
            let label =
                if i % 2 == 0 { row.label.replace('、', " 、 ") } else { row.label.to_owned() };
            rows.push(format!("三、本年度办理结果\t\t{label}\t{i}\t0\t0\t0\t0\t0\t{i}"));
        }
        rows.swap(3, 4);
        let plan = plan(&report, &at("requests.received.total"), &block(&rows.join("\n"))).unwrap();
        assert!(plan.by_label && plan.unknown.is_empty(), "{:?}", plan.unknown);
        assert_eq!(plan.writes.len(), 25 * 7);
        let granted =
            plan.writes.iter().find(|w| w.path == "requests.outcome.granted.natural_person");
        assert_eq!(granted.unwrap().new.as_deref(), Some("2"));
        let other =
            plan.writes.iter().find(|w| w.path == "requests.outcome.other.other.natural_person");
        assert_eq!(other.unwrap().new.as_deref(), Some("22"));
    }

    #[test]
    fn heads_round_a_block_of_figures_are_passed_over() {
        let report = Report::empty(Edition::Y2021);
        let text = format!("结果维持\t结果纠正\n{}", vec!["1"; 15].join("\t"));
        let plan = plan(&report, &at("challenges.reconsideration.upheld"), &block(&text)).unwrap();
        assert_eq!((plan.writes.len(), plan.n_outside), (15, 0));
        assert!(!plan.by_label);
    }

    #[test]
    fn labels_are_told_apart_by_their_words() {
        assert_eq!(plain("1.属于国家秘密"), plain("１．属于 国家秘密"));
        assert_eq!(plain("（七）总计"), "总计");
        assert_eq!(plain("（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), "部分公开");
        assert_eq!(plain("3.其他"), "其他");
        assert_eq!(RequestColumn::ALL.len(), 7);
    }
}
