//! Tables that lost their lines: words and figures in order, anchored on the labels of the form.
//!
//! A row is put together only if exactly as many figures stand between its label and the next as it has
//! columns; a row with one too few or too many is left with what it has, and never borrows from the next.

use super::super::letters::{key, narrow, numeral};
use super::super::sheet::{Block, Grid, GridCell, Line, Sheet, Spot};
use super::super::texts::section_of_title;
use super::labels::without_number;
use super::value::{Value, value};
use crate::edition::{
    Axis, ChallengeColumn, DisclosureRow, Edition, Form, NumberKind, Proceeding, RequestColumn,
    RequestRow, Section,
};

/// A label in a flattened table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Disclosure(DisclosureRow),
    Request(RequestRow),
    /// A head, a group, the remark on the equation.
    Other,
}

/// Puts the flattened tables of a sheet in the place of their lines.
pub(super) fn unflatten(sheet: &mut Sheet) {
    for section in [Section::Disclosure, Section::Requests, Section::Challenges] {
        let Some((first, last)) = lines_of(sheet, section) else { continue };
        let has_grid =
            sheet.blocks[first..last].iter().any(|block| matches!(block, Block::Grid(_)));
        if has_grid {
            continue;
        }
        let lines: Vec<Line> = sheet.blocks[first..last]
            .iter()
            .filter_map(|block| match block {
                Block::Line(line) => Some(line.clone()),
                Block::Grid(_) => None,
            })
            .collect();
        let tables = Edition::ALL.iter().map(|edition| rebuilt(&lines, section, edition.form()));
        let best = tables.flatten().max_by_key(|(grid, _)| grid.cells.len());
        if let Some((grid, rest)) = best {
            let n = sheet.blocks.iter().filter(|b| matches!(b, Block::Grid(_))).count();
            let mut blocks = vec![Block::Grid(grid.numbered(n + 1))];
            blocks.extend(rest.into_iter().map(Block::Line));
            sheet.blocks.splice(first..last, blocks);
        }
    }
}

/// The blocks of a section behind its title.
fn lines_of(sheet: &Sheet, section: Section) -> Option<(usize, usize)> {
    let titles: Vec<(usize, Section)> = sheet
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(i, block)| match block {
            Block::Line(line) => section_of_title(&line.text).map(|section| (i, section)),
            Block::Grid(_) => None,
        })
        .collect();
    let at = titles.iter().rposition(|(_, own)| *own == section)?;
    let first = titles[at].0 + 1;
    let last = titles.get(at + 1).map_or(sheet.blocks.len(), |(next, _)| *next);
    (first < last).then_some((first, last))
}

/// The table in some lines, and the lines behind it.
fn rebuilt(lines: &[Line], section: Section, form: &Form) -> Option<(Grid, Vec<Line>)> {
    let marks = marks(form, section);
    let words = Words::of(lines, &marks);
    let (tokens, end) = scan(&words, &marks);
    let spot = lines.first().map_or(Spot::default(), |line| line.spot);
    let mut build = Build { cells: Vec::new(), row: 0, page: spot.page };
    match section {
        Section::Disclosure => disclosure(&tokens, form, &mut build),
        Section::Requests => requests(&tokens, form, &mut build),
        Section::Challenges => challenges(&tokens, form, &mut build),
        Section::Overview | Section::Problems | Section::Other => {}
    }
    let rest = lines.iter().skip(end).cloned().collect();
    (build.row > 1).then(|| (Grid::new(build.cells), rest))
}

/// The characters of some lines without blanks, each with the piece between blanks that it is of.
struct Words {
    /// Pieces between blanks, with the line that each is of.
    pieces: Vec<(String, usize)>,
}

impl Words {
    fn of(lines: &[Line], marks: &[(String, Mark)]) -> Self {
        let mut pieces = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            for word in line.text.split(super::super::letters::is_unseen) {
                // A figure may stand close behind its label.
                let is_of_figure = |c: char| narrow(c).is_ascii_digit() || ".,".contains(narrow(c));
                let label = word.trim_end_matches(is_of_figure);
                let is_label = label.len() < word.len() && marks.iter().any(|m| m.0 == key(label));
                let (label, figure) = word.split_at(if is_label { label.len() } else { 0 });
                let (figure, next) = figure.split_at(end_of_remark(figure).unwrap_or(figure.len()));
                pieces.extend([label, figure, next].map(|piece| (piece.to_owned(), i)));
            }
        }
        pieces.retain(|(piece, _)| !piece.is_empty());
        Self { pieces }
    }
}

/// The end of a figure with a remark in words behind which another figure stands: the remark ends a cell.
fn end_of_remark(piece: &str) -> Option<usize> {
    let (at, close) = piece.char_indices().rfind(|(_, c)| narrow(*c) == ')')?;
    let end = at + close.len_utf8();
    let has_remark = |text: &str| match value(text, NumberKind::Change) {
        Value::Number { note: Some(note), .. } => !note.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    };
    let is_figure = |text: &str| {
        [NumberKind::Change, NumberKind::Amount]
            .iter()
            .any(|kind| matches!(value(text, *kind), Value::Number { note: None, .. }))
    };
    (has_remark(&piece[..end]) && is_figure(&piece[end..])).then_some(end)
}

/// The contents of a flattened table, in order.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Label(Mark, String),
    Figure(String),
    /// Words that are none of the form.
    Loose(String),
}

/// The labels of a section's table by their keys, the longest first.
fn marks(form: &Form, section: Section) -> Vec<(String, Mark)> {
    let mut all: Vec<(String, Mark)> = Vec::new();
    match section {
        Section::Disclosure => {
            for block in form.disclosure.blocks {
                all.extend([block.title, block.item_label].map(|label| (key(label), Mark::Other)));
                all.extend(block.columns.iter().map(|(_, label)| (key(label), Mark::Other)));
                for (row, label) in block.rows {
                    all.push((key(label), Mark::Disclosure(*row)));
                    let also = form.disclosure_row_also(*row).iter();
                    all.extend(also.map(|label| (key(label), Mark::Disclosure(*row))));
                }
            }
        }
        Section::Requests => {
            let table = &form.requests;
            let heads = [
                table.corner,
                table.applicants_label,
                table.organisations_label,
                table.outcome_label,
            ];
            all.extend(heads.map(|label| (key(label), Mark::Other)));
            all.extend(table.columns.iter().map(|c| (key(c.label), Mark::Other)));
            all.extend(table.groups.iter().map(|(_, label)| (key(label), Mark::Other)));
            for row in table.rows {
                let mark = Mark::Request(row.row);
                let whole = key(row.label);
                let short = key(row
                    .label
                    .split_once('（')
                    .filter(|(a, _)| !a.is_empty())
                    .map_or(row.label, |(a, _)| a));
                for label in [whole, short] {
                    // Without its number a label of two characters is a head, too.
                    let bare = without_number(&label);
                    if bare.chars().count() > 2 {
                        all.push((bare.to_owned(), mark));
                    }
                    all.push((label, mark));
                }
                all.extend(form.request_row_also(row.row).iter().map(|l| (key(l), mark)));
            }
        }
        Section::Challenges => {
            let table = &form.challenges;
            let groups = Proceeding::ALL.iter().map(|p| table.proceeding_label(*p));
            let heads = groups.chain([table.litigation_label]);
            all.extend(heads.map(|label| (key(label), Mark::Other)));
            all.extend(table.columns.iter().map(|(_, label)| (key(label), Mark::Other)));
        }
        Section::Overview | Section::Problems | Section::Other => {}
    }
    all.retain(|(label, _)| !label.is_empty());
    // A row that is a group in the form keeps its own meaning.
    all.sort_by_key(|(label, mark)| (std::cmp::Reverse(label.len()), *mark == Mark::Other));
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

/// Labels and figures in order, and the first line behind the last of them.
fn scan(words: &Words, marks: &[(String, Mark)]) -> (Vec<Token>, usize) {
    let mut tokens = Vec::new();
    let mut end = 0;
    let mut i = 0;
    while i < words.pieces.len() {
        let (piece, line) = &words.pieces[i];
        let folded: String = piece.chars().map(narrow).collect();
        if matches!(value(&folded, NumberKind::Change), Value::Number { .. } | Value::Mark(_))
            || matches!(value(&folded, NumberKind::Amount), Value::Number { .. })
        {
            tokens.push(Token::Figure(piece.clone()));
            end = line + 1;
            i += 1;
            continue;
        }
        // A label may be broken over pieces, and one piece may hold several labels.
        match longest(words, i, marks) {
            Some((n, found)) => {
                for (mark, label) in found {
                    tokens.push(Token::Label(mark, label));
                }
                i += n;
                end = words.pieces[i - 1].1 + 1;
            }
            None => {
                tokens.push(Token::Loose(piece.clone()));
                i += 1;
            }
        }
    }
    (tokens, end)
}

/// The labels that begin at a piece and end with one: how many pieces they take, and what they are.
fn longest(
    words: &Words,
    at: usize,
    marks: &[(String, Mark)],
) -> Option<(usize, Vec<(Mark, String)>)> {
    /// The remark on the equation is the longest label and may be broken into single characters.
    const MOST: usize = 48;
    let mut joined = String::new();
    let mut best = None;
    for n in 1..=MOST.min(words.pieces.len() - at) {
        joined.push_str(&key(&words.pieces[at + n - 1].0));
        if joined.is_empty() {
            continue;
        }
        if let Some(found) = parts(&joined, marks) {
            best = Some((n, found));
        }
        let may_go_on =
            marks.iter().any(|(label, _)| label.starts_with(&joined)) || best.is_none() && n < 8;
        if !may_go_on {
            break;
        }
    }
    best
}

/// The labels of which some characters consist.
fn parts(joined: &str, marks: &[(String, Mark)]) -> Option<Vec<(Mark, String)>> {
    let (mut found, mut rest) = (Vec::new(), joined);
    while !rest.is_empty() {
        let (label, mark) = marks.iter().find(|(label, _)| rest.starts_with(label.as_str()))?;
        found.push((*mark, label.clone()));
        rest = &rest[label.len()..];
    }
    Some(found)
}

struct Build {
    cells: Vec<GridCell>,
    row: usize,
    page: Option<u32>,
}

impl Build {
    fn push(&mut self, words: Vec<String>) {
        for (column, text) in words.into_iter().enumerate() {
            let spot = Spot { page: self.page, ..Spot::default() };
            self.cells.push(GridCell { text, row: self.row, column, rows: 1, columns: 1, spot });
        }
        self.row += 1;
    }
}

/// The figures behind each label, up to the next.
fn runs(tokens: &[Token]) -> Vec<(Mark, String, Vec<String>)> {
    let mut runs: Vec<(Mark, String, Vec<String>)> = Vec::new();
    for token in tokens {
        match (token, runs.last_mut()) {
            (Token::Label(mark, label), _) => runs.push((*mark, label.clone(), Vec::new())),
            (Token::Figure(figure), Some(run)) => run.2.push(figure.clone()),
            // A label that is not known has figures of its own.
            (Token::Loose(words), _) if is_numbered(words) => {
                runs.push((Mark::Other, words.clone(), Vec::new()));
            }
            // Words between figures make the row one that is not understood, even where a figure is missing so that all
            // is as many pieces as there are columns.
            (Token::Loose(words), Some(run)) if !run.2.is_empty() => {
                run.2.extend([words.clone(), String::new()]);
            }
            (Token::Figure(_) | Token::Loose(_), _) => {}
        }
    }
    runs
}

/// True for words that begin as labels of the form do: with a number.
fn is_numbered(words: &str) -> bool {
    let folded: String = words.chars().map(narrow).collect();
    let is_number = |text: &str| {
        let is_arabic = text.len() < 3 && text.chars().all(|c| c.is_ascii_digit());
        !text.is_empty() && (is_arabic || numeral(text).is_some())
    };
    let number = match folded.strip_prefix('(') {
        Some(rest) => rest.split_once(')'),
        None => folded.split_once(['.', '、']),
    };
    number.is_some_and(|(number, rest)| is_number(number) && !rest.is_empty())
}

/// True if a row has as many figures as columns, and no words among them.
fn is_whole(figures: &[String], n_columns: usize) -> bool {
    figures.len() == n_columns && figures.iter().all(|figure| !figure.is_empty())
}

/// True if the heads stand in the text, in the order of the form.
fn has_heads(tokens: &[Token], heads: &[&str]) -> bool {
    let wanted: Vec<String> = heads.iter().map(|head| key(head)).collect();
    let labels: Vec<&String> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Label(Mark::Other, label) if wanted.contains(label) => Some(label),
            Token::Label(..) | Token::Figure(_) | Token::Loose(_) => None,
        })
        .collect();
    labels.windows(wanted.len()).any(|run| run.iter().zip(&wanted).all(|(a, b)| *a == b))
}

fn requests(tokens: &[Token], form: &Form, build: &mut Build) {
    let heads: Vec<&str> = form.requests.columns.iter().map(|column| column.label).collect();
    // Read row by row, the heads over both rows of heads come before those of organisations.
    let (below, over_both): (Vec<_>, Vec<_>) =
        form.requests.columns.iter().partition(|column| column.organisation);
    let by_row: Vec<&str> = over_both.into_iter().chain(below).map(|column| column.label).collect();
    let mut first = vec![String::new()];
    let known = has_heads(tokens, &heads) || has_heads(tokens, &by_row);
    first.extend(heads.iter().map(|head| if known { (*head).to_owned() } else { String::new() }));
    build.push(first);
    for (mark, label, figures) in runs(tokens) {
        let Mark::Request(row) = mark else { continue };
        let mut words = vec![printed(form.requests.row_label(row), &label)];
        let is_whole = is_whole(&figures, RequestColumn::ALL.len());
        if is_whole {
            words.extend(figures);
        } else if !figures.is_empty() {
            // All that stands there in one cell, where it is no figure.
            words.push(figures.join(" ").trim_end().to_owned());
        }
        build.push(words);
    }
}

fn disclosure(tokens: &[Token], form: &Form, build: &mut Build) {
    let runs = runs(tokens);
    for block in form.disclosure.blocks {
        let heads: Vec<&str> = block.columns.iter().map(|(_, label)| *label).collect();
        build.push(vec![block.title.to_owned()]);
        let mut first = vec![block.item_label.to_owned()];
        if has_heads(tokens, &heads) {
            first.extend(heads.iter().map(|head| (*head).to_owned()));
        }
        build.push(first);
        for (row, label) in block.rows {
            let mut of_row = runs.iter().filter(|run| run.0 == Mark::Disclosure(*row));
            let (Some(run), None) = (of_row.next(), of_row.next()) else { continue };
            let mut words = vec![printed(label, &run.1)];
            if is_whole(&run.2, block.columns.len()) {
                words.extend(run.2.iter().cloned());
            } else if !run.2.is_empty() {
                words.push(run.2.join(" ").trim_end().to_owned());
            }
            build.push(words);
        }
    }
}

fn challenges(tokens: &[Token], form: &Form, build: &mut Build) {
    let table = &form.challenges;
    let n = Proceeding::ALL.len() * ChallengeColumn::ALL.len();
    let heads: Vec<&str> = table.columns.iter().map(|(_, label)| *label).collect();
    let all: Vec<&str> = heads.iter().chain(&heads).chain(&heads).copied().collect();
    let figures: Vec<String> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Figure(figure) => Some(figure.clone()),
            Token::Label(..) | Token::Loose(_) => None,
        })
        .collect();
    if !has_heads(tokens, &heads) || figures.len() != n {
        return;
    }
    let groups = Proceeding::ALL.iter();
    let groups = groups.flat_map(|p| heads.iter().map(|_| table.proceeding_label(*p).to_owned()));
    // Whose heads they are is known only where all three stand in the order of the form.
    if has_heads(tokens, &all) || names_groups(tokens, form) {
        build.push(groups.collect());
    } else {
        build.push(vec![String::new(); n]);
    }
    build.push(all.iter().map(|head| (*head).to_owned()).collect());
    build.push(figures);
}

/// True if the three kinds of proceedings are named in the order of the form.
fn names_groups(tokens: &[Token], form: &Form) -> bool {
    let names: Vec<&str> =
        Proceeding::ALL.iter().map(|p| form.challenges.proceeding_label(*p)).collect();
    has_heads(tokens, &names)
}

/// The label of the form where it was printed so, else what was printed.
fn printed(label: &str, found: &str) -> String {
    let short = label.split_once('（').filter(|(a, _)| !a.is_empty()).map_or(label, |(a, _)| a);
    if key(label) == found || key(short) == found { label.to_owned() } else { found.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_without_end_are_read() {
        let marks = marks(Edition::LATEST.form(), Section::Requests);
        let found = parts(&"自然人商业企业".repeat(100_000), &marks).unwrap();
        assert_eq!(found.len(), 200_000);
        assert_eq!(parts("自然人甲", &marks), None);
    }

    #[test]
    fn a_figure_behind_a_remark_is_one_of_its_own() {
        let split = |text: &str| end_of_remark(text).map(|at| text[at..].to_owned());
        assert_eq!(split("+1036（因职责划转）2874").as_deref(), Some("2874"));
        for text in ["1（2）3", "22（其中修订16件）", "（一）2", "甲（乙）3", ""] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
