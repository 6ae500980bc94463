//! Tables without lines: rows of figures under one another, which are read only where every row and column is the one
//! that the form has at that place.

use super::super::super::letters::key;
use super::super::super::sheet::{Dropped, Grid, GridCell, Reason, Sheet, Spot};
use super::super::super::texts::section_of_title;
use super::Piece;
use super::lines::Line;
use super::segment::Segment;
use crate::edition::{Axis, ChallengeColumn, Edition, Form, Proceeding, RequestColumn, Section};

/// Puts tables in the place of the lines that are their rows.
pub(super) fn with_tables(mut pieces: Vec<Piece>, sheet: &mut Sheet) -> Vec<Piece> {
    for (section, next) in
        [(Section::Requests, Section::Challenges), (Section::Challenges, Section::Problems)]
    {
        let at = |wanted: Section| {
            let is_it = |piece: &Piece| match piece {
                Piece::Line { line, .. } => section_of_title(&line.text()) == Some(wanted),
                Piece::Grid { .. } => false,
            };
            pieces.iter().rposition(is_it)
        };
        let (Some(first), Some(end)) = (at(section), at(next)) else { continue };
        if first >= end || pieces[first..end].iter().any(|p| matches!(p, Piece::Grid { .. })) {
            continue;
        }
        let lines = pieces[first + 1..end].iter().filter_map(|piece| match piece {
            Piece::Line { line, page } => Some((line.clone(), *page)),
            Piece::Grid { .. } => None,
        });
        let n = match section {
            Section::Requests => RequestColumn::ALL.len(),
            _ => Proceeding::ALL.len() * ChallengeColumn::ALL.len(),
        };
        let lines = gathered(parted(lines.collect(), n), n);
        let lines: Vec<(&Line, u32)> = lines.iter().map(|(line, page)| (line, *page)).collect();
        let forms = Edition::ALL.iter().rev().map(|edition| edition.form());
        let found = forms.filter_map(|form| match section {
            Section::Requests => requests(&lines, form),
            _ => challenges(&lines, form),
        });
        let Some((table, from, until)) = found.take(1).next() else { continue };
        let own = first + 1 + from..first + 1 + until;
        for piece in &pieces[own.clone()] {
            if let Piece::Line { line, page } = piece {
                // The words stand in the table as the form has them.
                let text = line.segments.iter().filter(|s| !s.is_figure()).map(|s| s.text.as_str());
                let text = text.collect::<Vec<_>>().join(" ");
                let spot = Spot { page: Some(*page), ..Spot::default() };
                sheet.dropped.push(Dropped { reason: Reason::RepeatedHead, text, spot });
            }
        }
        let grid = Grid::new(table);
        pieces.splice(own, [Piece::Grid { grid, edges: vec![f64::NAN] }]);
    }
    pieces
}

/// The cells of a table, and the lines that it takes.
type Found = (Vec<GridCell>, usize, usize);

/// Lines whose first figure stands close behind their label with that figure by itself, where the other rows have
/// theirs at the same place.
fn parted(mut lines: Vec<(Line, u32)>, n: usize) -> Vec<(Line, u32)> {
    let whole = lines.iter().map(|(line, _)| line.figures()).filter(|own| own.len() == n);
    let (from, until) = whole.fold((f64::INFINITY, f64::NEG_INFINITY), |(from, until), own| {
        (from.min(own[0].x), until.max(own[0].end))
    });
    for (line, _) in &mut lines {
        if line.figures().len() + 1 == n
            && let Some(own) = line.parted(from, until)
        {
            *line = own;
        }
    }
    lines
}

/// Lines with the figures of their row that stand a little higher or lower, as one does with the mark of a note below
/// it: where the other rows have figures of that column, and this one has none.
fn gathered(mut lines: Vec<(Line, u32)>, n: usize) -> Vec<(Line, u32)> {
    let whole: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].0.figures().len() == n).collect();
    let span = |column: usize| {
        let own = whole.iter().map(|i| lines[*i].0.figures()[column]);
        own.fold((f64::INFINITY, f64::NEG_INFINITY), |(from, until), figure| {
            (from.min(figure.x), until.max(figure.end))
        })
    };
    let spans: Vec<(f64, f64)> = (0..n).map(span).collect();
    for i in 0..lines.len() {
        let n_own = lines[i].0.figures().len();
        if n_own * 2 < n {
            continue;
        }
        for other in [i.checked_sub(1), Some(i + 1)].into_iter().flatten() {
            let Some((near, page)) = lines.get(other) else { continue };
            if *page != lines[i].1 || (near.y - lines[i].0.y).abs() > near.size {
                continue;
            }
            let stands = |from: f64, until: f64, (x, end): &(f64, f64)| from < *end && *x < until;
            let is_free = |place: &&(f64, f64)| {
                !lines[i].0.figures().iter().any(|own| stands(own.x, own.end, place))
            };
            let free: Vec<(f64, f64)> = spans.iter().filter(is_free).copied().collect();
            let taken = lines[other].0.take_figures(|from, until| {
                free.iter().filter(|place| stands(from, until, place)).count() == 1
            });
            lines[i].0.put(taken);
        }
        // The mark of a note may have its last character below it.
        let Some((near, page)) = lines.get(i + 1) else { continue };
        if *page == lines[i].1 && near.y - lines[i].0.y < 2.0 * near.size {
            let marks = lines[i + 1].0.take_marks();
            let left = lines[i].0.mark(marks);
            lines[i + 1].0.put(left);
        }
    }
    lines
}

/// Rows of as many figures as there are columns.
fn rows_of(lines: &[(&Line, u32)], n: usize) -> Vec<usize> {
    (0..lines.len()).filter(|i| lines[*i].0.figures().len() == n).collect()
}

fn requests(lines: &[(&Line, u32)], form: &Form) -> Option<Found> {
    let n = RequestColumn::ALL.len();
    let rows = rows_of(lines, n);
    if rows.len() != form.requests.rows.len() {
        return None;
    }
    let columns = columns(lines, &rows, n)?;
    let heads: Vec<&str> = form.requests.columns.iter().map(|column| column.label).collect();
    let (first, page) = (lines[rows[0]].0, lines[rows[0]].1);
    for (column, head) in columns.iter().zip(&heads) {
        let above = lines[..rows[0]].iter().filter(|(_, own)| *own == page);
        if !column.has_head(above.flat_map(|(line, _)| &line.segments), head) {
            return None;
        }
    }
    let left = first.figures().first()?.x;
    let mut labels = Vec::new();
    for (i, row) in form.requests.rows.iter().enumerate() {
        let printed = beside(lines, &rows, i, left);
        labels.push(format!("{}{}", row.label, mark(&printed)));
        let words = key(&printed);
        let short = row.label.split_once('（').filter(|(head, _)| !head.is_empty());
        let is_there = is_within(&key(row.label), &words)
            || short.is_some_and(|(head, _)| is_within(&key(head), &words));
        if !is_there {
            return None;
        }
    }
    let mut cells = Vec::new();
    let words = std::iter::once("").chain(heads).map(str::to_owned).collect();
    push(&mut cells, 0, words, page);
    for (i, label) in labels.into_iter().enumerate() {
        let (line, page) = lines[rows[i]];
        let figures = line.figures().into_iter().map(|figure| figure.text.clone());
        push(&mut cells, i + 1, std::iter::once(label).chain(figures).collect(), page);
    }
    Some((cells, head_of(lines, rows[0]), rows[rows.len() - 1] + 1))
}

fn challenges(lines: &[(&Line, u32)], form: &Form) -> Option<Found> {
    let table = &form.challenges;
    let n = Proceeding::ALL.len() * ChallengeColumn::ALL.len();
    let rows = rows_of(lines, n);
    let [row] = rows.as_slice() else { return None };
    let columns = columns(lines, &rows, n)?;
    let page = lines[*row].1;
    let above: Vec<&Segment> = lines[..*row]
        .iter()
        .filter(|(_, own)| *own == page)
        .flat_map(|(line, _)| &line.segments)
        .collect();
    let heads: Vec<&str> = Proceeding::ALL
        .iter()
        .flat_map(|_| table.columns.iter().map(|(_, label)| *label))
        .collect();
    for (column, head) in columns.iter().zip(&heads) {
        if !column.has_head(above.iter().copied(), head) {
            return None;
        }
    }
    let all: String = above.iter().map(|s| key(&s.text)).collect();
    let is_named =
        |proceeding: &Proceeding| all.contains(&key(table.proceeding_label(*proceeding)));
    if !Proceeding::ALL.iter().all(is_named) {
        return None;
    }
    let groups = Proceeding::ALL
        .iter()
        .flat_map(|p| table.columns.iter().map(|_| table.proceeding_label(*p).to_owned()));
    let mut cells = Vec::new();
    push(&mut cells, 0, groups.collect(), page);
    push(&mut cells, 1, heads.into_iter().map(str::to_owned).collect(), page);
    let figures = lines[*row].0.figures().into_iter().map(|figure| figure.text.clone());
    push(&mut cells, 2, figures.collect(), page);
    Some((cells, head_of(lines, *row), row + 1))
}

fn push(cells: &mut Vec<GridCell>, row: usize, words: Vec<String>, page: u32) {
    for (column, text) in words.into_iter().enumerate() {
        let spot = Spot { page: Some(page), ..Spot::default() };
        cells.push(GridCell { text, row, column, rows: 1, columns: 1, spot });
    }
}

/// The first line of the heads above a row: those that are no sentence.
fn head_of(lines: &[(&Line, u32)], row: usize) -> usize {
    let is_head = |(line, _): &(&Line, u32)| !line.text().contains('。');
    row - lines[..row].iter().rev().take_while(|line| is_head(line)).count()
}

/// A column: from where to where its words may stand.
struct Column(f64, f64);

impl Column {
    /// True if some words above a column have its head among them.
    fn has_head<'a>(&self, above: impl Iterator<Item = &'a Segment> + Clone, head: &str) -> bool {
        [false, true].iter().any(|finely| {
            let words: String = above.clone().map(|s| s.between(self.0, self.1, *finely)).collect();
            is_within(&key(head), &key(&words))
        })
    }
}

/// The columns of some rows; none where the figures do not stand under one another.
fn columns(lines: &[(&Line, u32)], rows: &[usize], n: usize) -> Option<Vec<Column>> {
    let mut spans = vec![(f64::INFINITY, f64::NEG_INFINITY); n];
    for row in rows {
        for (span, figure) in spans.iter_mut().zip(lines[*row].0.figures()) {
            *span = (span.0.min(figure.x), span.1.max(figure.end));
        }
    }
    if spans.windows(2).any(|pair| pair[0].1 >= pair[1].0) {
        return None;
    }
    let middle = |i: usize| f64::midpoint(spans[i].0, spans[i].1);
    let bound = |i: usize| f64::midpoint(spans[i].1, spans[i + 1].0);
    let width = middle(1) - middle(0);
    let column = |i: usize| {
        let from = if i == 0 { spans[0].0 - width } else { bound(i - 1) };
        let until = if i + 1 == n { f64::INFINITY } else { bound(i) };
        Column(from, until)
    };
    Some((0..n).map(column).collect())
}

/// The words left of the figures between the middles of the gaps to the rows above and below. A page break may cut a
/// label, so that on another page all lines up to the next row count.
fn beside(lines: &[(&Line, u32)], rows: &[usize], i: usize, left: f64) -> String {
    let (line, page) = lines[rows[i]];
    let above = i.checked_sub(1).map(|i| rows[i]);
    let below = rows.get(i + 1).copied();
    let is_near = |at: usize| {
        let (own, own_page) = lines[at];
        let other = if at < rows[i] { above } else { below };
        match other {
            _ if at == rows[i] => true,
            Some(other) if lines[other].1 != page => {
                if at < rows[i] {
                    at > other
                } else {
                    at < other
                }
            }
            _ if own_page != page => false,
            Some(other) => {
                let half = (lines[other].0.y - line.y).abs() / 2.0;
                (own.y - line.y).abs() <= half + line.size * 0.8
            }
            None => (own.y - line.y).abs() <= line.size * 2.8,
        }
    };
    let near = (0..lines.len()).filter(|at| is_near(*at));
    let words = near.flat_map(|at| lines[at].0.segments.iter().filter(|s| s.x < left));
    words.filter(|s| !s.is_figure()).map(|s| s.text.as_str()).collect()
}

/// The mark of a note in a label, such as `注①`; empty where there is none.
fn mark(printed: &str) -> &str {
    let Some(start) = printed.find('注') else { return "" };
    let end = printed[start..].char_indices().nth(2).map_or(printed.len(), |(at, _)| start + at);
    let mark = &printed[start..end];
    // Below the table the note itself begins with its mark.
    let is_note = printed[end..].starts_with(['：', ':']);
    if !is_note && mark.ends_with(|c: char| ('①'..='⑳').contains(&c)) { mark } else { "" }
}

/// True if all characters stand in a text in their order.
fn is_within(wanted: &str, text: &str) -> bool {
    let mut rest = text.chars();
    wanted.chars().all(|c| rest.any(|own| own == c))
}
