//! The figures of two years as a table for the terminal.

use std::path::Path;

use super::excerpt::{columns, left, right};
use super::outside::{argument, on_one_line, visible};
use super::stream::{print, terminal_width};
use crate::compare::{Block, Comparison, Line, UNKNOWN};
use crate::diag::{Place, Severity};
use crate::document::comparison::year;
use crate::edition::Section;
use crate::law::Authority;
use crate::report::{FieldPath, UNFILLED};

/// The least width of the column of labels.
const LEAST_LABEL: usize = 24;
/// Its greatest width: farther away a figure is no longer read with its label.
const MOST_LABEL: usize = 60;
/// White before each column of figures.
const GAP: usize = 2;

/// Two reports side by side, and how to show them.
pub(in crate::cli) struct Compared<'a> {
    /// The figures.
    pub(in crate::cli) comparison: &'a Comparison,
    /// The findings that need last year's report.
    pub(in crate::cli) findings: &'a [Across],
    /// The names of the earlier and the later file.
    pub(in crate::cli) files: [String; 2],
    /// The number of errors the check of each of them finds.
    pub(in crate::cli) errors: [usize; 2],
    /// True if the rules across years could not judge something, because it is not filled in.
    pub(in crate::cli) unassessed: bool,
    /// True if the later file names the earlier one, so that its check knows it too.
    pub(in crate::cli) names_last: bool,
    /// True if lines that are 0 in both years are listed.
    pub(in crate::cli) all: bool,
    /// True if table 2 is listed for each kind of applicant.
    pub(in crate::cli) applicants: bool,
}

/// A finding that there is only because the year before is known.
pub(in crate::cli) struct Across {
    pub(in crate::cli) code: &'static str,
    pub(in crate::cli) severity: Severity,
    pub(in crate::cli) authority: Option<Authority>,
    pub(in crate::cli) message: String,
    pub(in crate::cli) help: Vec<String>,
    /// The line of the later file.
    pub(in crate::cli) line: usize,
    pub(in crate::cli) place: Place,
}

/// Prints two reports side by side as a table.
pub(in crate::cli) fn comparison(compared: &Compared<'_>) {
    print(&render(compared, terminal_width()));
}

/// The whole comparison: tables, what cannot be compared, what the rules say.
fn render(compared: &Compared<'_>, width: usize) -> String {
    let comparison = compared.comparison;
    let [last, this] = [year(&comparison.last), year(&comparison.this)];
    let agency = visible(comparison.this.agency.as_deref().unwrap_or(UNFILLED));
    let mut text = format!("{agency}：{last}与{this}年报数据对照\n");
    let sheet = Sheet::of(compared, [last, this], width);
    let mut n_left_out = 0;
    for block in shown(compared) {
        text.push('\n');
        n_left_out += sheet.block(block, &mut text);
    }
    if n_left_out > 0 {
        text.push_str(&format!("\n另有 {n_left_out} 行两年都是 0，没有列出；加 --all 列出\n"));
    }
    for refused in &comparison.refused {
        text.push_str(&format!("\n不能比较：{}：{}\n", refused.what, refused.why));
    }
    text.push_str(&findings(compared));
    text
}

/// The findings of the rules across years, and further notes.
fn findings(compared: &Compared<'_>) -> String {
    let mut text = String::from("\n跨年检查：");
    text.push_str(&match compared.findings.len() {
        0 => "没有发现问题".to_owned(),
        n => format!("{n} 处，见 {}", visible(&compared.files[1])),
    });
    text.push_str(if compared.unassessed { "；没有填的数没有核对\n" } else { "\n" });
    for finding in compared.findings {
        let (severity, code) = (finding.severity.name(), finding.code);
        text.push_str(&format!(
            "  {severity}[{code}] 第{}行：{}\n",
            finding.line,
            on_one_line(&finding.message)
        ));
        for help in &finding.help {
            text.push_str(&format!("    改法：{}\n", on_one_line(help)));
        }
    }
    if !compared.names_last {
        text.push_str(&format!(
            "在 {} 的 [report] 下写 previous = \"上年文件\"，check 和 build 也会作跨年检查\n",
            visible(&compared.files[1])
        ));
    }
    for (file, errors) in compared.files.iter().zip(compared.errors).filter(|(_, n)| *n > 0) {
        text.push_str(&format!(
            "注意：{file} 另有 {errors} 处错误，上面的数以文件为准；用 nianbao check {} 查看\n",
            argument(Path::new(file)),
            file = visible(file)
        ));
    }
    text
}

/// The columns of all tables, which are as wide in each.
struct Sheet<'a> {
    compared: &'a Compared<'a>,
    heads: [String; 4],
    label: usize,
    figures: [usize; 4],
}

impl<'a> Sheet<'a> {
    fn of(compared: &'a Compared<'a>, [last, this]: [String; 2], width: usize) -> Self {
        let heads = [last, this, "增减".to_owned(), "增减率".to_owned()];
        let mut figures = heads.each_ref().map(|head| columns(head));
        let mut label = LEAST_LABEL;
        for row in shown(compared).flat_map(|block| rows(block, compared.all)) {
            label = label.max(columns(&row.label));
            for (width, figure) in figures.iter_mut().zip(row.line.iter().flat_map(|l| texts(l))) {
                *width = columns(&figure).max(*width);
            }
        }
        let taken: usize = figures.iter().map(|figure| figure + GAP).sum();
        let room = width.saturating_sub(taken).clamp(LEAST_LABEL, MOST_LABEL);
        let label = label.min(room);
        Self { compared, heads, label, figures }
    }

    /// Adds a table; how many lines were left out because both years are 0.
    fn block(&self, block: &Block, text: &mut String) -> usize {
        let title = match block.applicant {
            Some((_, label)) => format!("{}：{label}", block.title),
            None if block.section == Section::Requests => format!("{}：总计", block.title),
            None => block.title.to_owned(),
        };
        text.push_str(&title);
        text.push('\n');
        let rows = rows(block, self.compared.all);
        let n_shown = rows.iter().filter(|row| row.line.is_some()).count();
        if n_shown == 0 {
            text.push_str("  两年都是 0\n");
        } else {
            self.row("", &self.heads, "", text);
        }
        for row in rows {
            match row.line {
                Some(line) => self.line(line, &row.label, text),
                None => text.push_str(&(row.label + "\n")),
            }
        }
        block.lines.len() - n_shown
    }

    fn line(&self, line: &Line, label: &str, text: &mut String) {
        let path = FieldPath::of(line.cell);
        let own = self
            .compared
            .findings
            .iter()
            .filter(|finding| matches!(&finding.place, Place::Value(place) if *place == path));
        let codes: Vec<&str> = own.map(|finding| finding.code).collect();
        self.row(label, &texts(line), &codes.join(" "), text);
    }

    fn row(&self, label: &str, figures: &[String; 4], mark: &str, text: &mut String) {
        let mut row = fitted(label, self.label);
        for (figure, width) in figures.iter().zip(self.figures) {
            row.push_str(&right(figure, GAP + width));
        }
        if !mark.is_empty() {
            row.push_str(&format!("  ← {mark}"));
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
}

/// A row of a table: a figure with its label, or a label over the rows below.
struct Row<'a> {
    label: String,
    line: Option<&'a Line>,
}

/// The tables that are asked for.
fn shown<'a>(compared: &'a Compared<'_>) -> impl Iterator<Item = &'a Block> {
    let blocks = compared.comparison.blocks.iter();
    blocks.filter(|block| block.applicant.is_none() || compared.applicants)
}

/// The rows of a table, without those that are 0 in both years unless all are wanted.
fn rows(block: &Block, all: bool) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let lines: Vec<&Line> = block.lines.iter().collect();
    for group in lines.chunk_by(|a, b| a.groups.first() == b.groups.first()) {
        let mut own = group.iter().copied().filter(|line| all || !line.is_zero()).peekable();
        let shared = group[0].groups.first().filter(|_| own.peek().is_some());
        match shared {
            Some(shared) if group.len() > 1 => {
                rows.push(Row { label: format!("  {shared}"), line: None });
                rows.extend(own.map(|line| Row {
                    label: format!("    {}", label(&line.groups[1..], line)),
                    line: Some(line),
                }));
            }
            _ => rows.extend(own.map(|line| Row {
                label: format!("  {}", label(&line.groups, line)),
                line: Some(line),
            })),
        }
    }
    rows
}

/// The label of a line behind those that it shares.
fn label(shared: &[&str], line: &Line) -> String {
    shared.iter().copied().chain([line.label.as_str()]).collect::<Vec<_>>().join(" ")
}

fn texts(line: &Line) -> [String; 4] {
    let figures =
        [line.last.to_string(), line.this.to_string(), line.difference_text(), line.change_text()];
    // Some terminals give a dash one column, others two.
    figures.map(|figure| if figure == UNKNOWN { "-".to_owned() } else { figure })
}

/// A text cut or filled up to so many columns.
fn fitted(text: &str, width: usize) -> String {
    const LEFT_OUT: &str = "..";
    let whole = columns(text) <= width;
    let room = if whole { width } else { width.saturating_sub(LEFT_OUT.len()) };
    let mut fitted = String::new();
    for c in text.chars() {
        fitted.push(c);
        if columns(&fitted) > room {
            fitted.pop();
            break;
        }
    }
    if !whole {
        fitted.push_str(LEFT_OUT);
    }
    left(&fitted, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_take_exactly_their_columns() {
        for text in ["", "行政许可", "1.申请人无正当理由逾期不补正", "abc中文"] {
            for width in [2, 3, 7, 8, 20] {
                assert_eq!(columns(&fitted(text, width)), width, "{text} {width}");
            }
        }
        assert_eq!(fitted("行政许可", 6), "行政..");
    }
}
