//! The check sheet: what was found and waived, with lines to sign, to go with the paper copy.

use super::words::without_typed_gaps;
use super::{Block, Cell, CellKind, Document, Meta, Row, RowGroup, Table, TableKind};
use crate::edition::Edition;

/// The contents of a check sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The edition of the form.
    pub edition: Edition,
    /// The body whose report it is.
    pub agency: String,
    /// The report year.
    pub year: Option<u16>,
    /// The title of the report, as the pieces between which a line may be broken.
    pub title: Vec<String>,
    /// The checks and their results, in order.
    pub facts: Vec<Facts>,
    /// The findings that stand.
    pub findings: Vec<Finding>,
    /// The findings covered by a waiver.
    pub waivers: Vec<Waived>,
    /// The sources of figures.
    pub sources: Vec<Source>,
    /// The figures without a source, by row or table; listed only where some have one.
    pub without_source: Vec<String>,
    /// The figures of the texts, in their order.
    pub figures: Vec<Figure>,
}

/// One row of a check sheet: labels with their words.
#[derive(Debug, Clone, PartialEq)]
pub enum Facts {
    /// One over the whole width.
    One(&'static str, String),
    /// A sentence over the whole width.
    Sentence(&'static str, String),
    /// Two short ones beside each other.
    Two([(&'static str, String); 2]),
}

/// A finding on a check sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its severity.
    pub severity: String,
    /// The code of its rule.
    pub code: String,
    /// The authority of the rule; empty for a problem of the data file itself.
    pub authority: String,
    /// Its place.
    pub place: String,
    /// The error.
    pub message: String,
}

/// A figure of the texts on a check sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its place.
    pub place: String,
    /// The words it stands in.
    pub words: String,
    /// The result, in a word.
    pub result: String,
    /// The other side of the comparison, or why against nothing.
    pub explanation: String,
    /// True if it was held against something, or put in by the program.
    pub is_judged: bool,
}

/// The source of some figures on a check sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The figures in words.
    pub of: String,
    /// The register, letter or file.
    pub from: String,
    /// Its date.
    pub date: String,
    /// The person who gave or took them.
    pub by: String,
}

/// A waived finding on a check sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Waived {
    /// The code of its rule.
    pub code: String,
    /// Its place.
    pub place: String,
    /// The error.
    pub message: String,
    /// The reason for accepting it.
    pub reason: String,
    /// The person who accepted it.
    pub by: String,
    /// The date on which it was accepted.
    pub date: String,
}

/// The end of the title.
const NAME: &str = "检查单";
/// The signatories, in order.
const SIGNERS: [&str; 3] = ["经办人", "审核人", "签发人"];

/// Builds the document of a check sheet.
pub fn sheet(sheet: &Sheet) -> Document {
    let mut title = sheet.title.clone();
    match title.last_mut() {
        Some(last) => last.push_str(NAME),
        None => title.push(NAME.to_owned()),
    }
    let mut tables = vec![
        facts_table("sheet-facts", "检查情况", &sheet.facts),
        findings_table("sheet-findings", "发现的问题", &sheet.findings),
        waivers(sheet),
    ];
    // Those who sign should know first what nobody has looked at; the rest may be looked up behind.
    tables.extend(unjudged(sheet));
    tables.extend(sources(sheet));
    tables.push(signatures());
    tables.extend(judged(sheet));
    let mut blocks = vec![Block::Title(title.clone())];
    blocks.extend(tables.into_iter().map(Block::Table));
    let meta = Meta {
        edition: sheet.edition,
        title: title.concat(),
        agency: sheet.agency.clone(),
        year: sheet.year,
        published: None,
        draft: false,
    };
    Document { meta, blocks }
}

/// The checks and their results.
pub(super) fn facts_table(name: &'static str, caption: &str, facts: &[Facts]) -> Table {
    // No column without a cell that begins in it.
    let widths: &[u16] = match facts.iter().any(|facts| matches!(facts, Facts::Two(_))) {
        true => &[5, 14, 5, 14],
        false => &[5, 33],
    };
    let over_the_rest = |cell: Cell| Cell { column_span: widths.len() - 1, ..cell };
    let rows = facts.iter().map(|facts| match facts {
        Facts::One(label, words) => row([head(label), over_the_rest(text(words))]),
        Facts::Sentence(label, words) => row([head(label), over_the_rest(sentence(words))]),
        Facts::Two([left, right]) => {
            row([head(left.0), text(&left.1), head(right.0), text(&right.1)])
        }
    });
    table(name, caption, widths, Vec::new(), rows.collect())
}

/// The findings, or a line that there are none.
pub(super) fn findings_table(name: &'static str, caption: &str, findings: &[Finding]) -> Table {
    if findings.is_empty() {
        return nothing(name, caption, "问题", "没有发现问题");
    }
    let rows = findings.iter().map(|finding| {
        row([
            text(&finding.severity),
            text(&finding.code),
            text(&finding.authority),
            text(&finding.place),
            sentence(&finding.message),
        ])
    });
    let heads = ["程度", "代码", "层级", "位置", "问题"];
    let head = heads_of(&format!("{caption}（{}处）", findings.len()), &heads);
    fitted(name, caption, head, rows.collect())
}

fn waivers(sheet: &Sheet) -> Table {
    let caption = "已豁免的问题";
    if sheet.waivers.is_empty() {
        return nothing("sheet-waivers", caption, "豁免", "没有豁免");
    }
    let rows = sheet.waivers.iter().map(|waived| {
        row([
            text(&waived.code),
            text(&waived.place),
            sentence(&waived.message),
            sentence(&waived.reason),
            text(&waived.by),
            text(&waived.date),
        ])
    });
    let heads = ["代码", "位置", "问题", "理由", "核准人", "核准日期"];
    let head = heads_of(&format!("{caption}（{}处）", sheet.waivers.len()), &heads);
    fitted("sheet-waivers", caption, head, rows.collect())
}

/// The sources of the figures, and those without one; none where no source is named.
fn sources(sheet: &Sheet) -> Option<Table> {
    let rows = sheet.sources.iter().map(|source| {
        row([sentence(&source.of), sentence(&source.from), text(&source.date), text(&source.by)])
    });
    let mut rows: Vec<Row> = rows.collect();
    if !sheet.without_source.is_empty() {
        let words = format!("没有写来源的：{}", sheet.without_source.join("、"));
        rows.push(row([Cell { column_span: 4, ..sentence(&words) }]));
    }
    let caption = "数据来源";
    let heads = ["数据", "来源", "日期", "提供人"];
    let head = heads_of(&format!("{caption}（{}处）", sheet.sources.len()), &heads);
    (!sheet.sources.is_empty()).then(|| fitted("sheet-sources", caption, head, rows))
}

/// The figures that were held against nothing, each with the reason; none where there are none.
fn unjudged(sheet: &Sheet) -> Option<Table> {
    let figures: Vec<&Figure> = sheet.figures.iter().filter(|figure| !figure.is_judged).collect();
    let rows = figures.iter().map(|figure| {
        row([text(&figure.place), sentence(&figure.words), sentence(&figure.explanation)])
    });
    let caption = "文字中未判断的数";
    let heads = ["位置", "文字", "原因"];
    let head = heads_of(&format!("{caption}（{}个），请人工核对", figures.len()), &heads);
    (!figures.is_empty()).then(|| fitted("sheet-unjudged", caption, head, rows.collect()))
}

/// The figures that were held against something, with what that was; none where there are none.
fn judged(sheet: &Sheet) -> Option<Table> {
    let figures: Vec<&Figure> = sheet.figures.iter().filter(|figure| figure.is_judged).collect();
    let rows = figures.iter().map(|figure| {
        row([
            text(&figure.place),
            sentence(&figure.words),
            text(&figure.result),
            sentence(&figure.explanation),
        ])
    });
    let caption = "附：文字中已核对的数";
    let heads = ["位置", "文字", "结果", "与什么核对"];
    let head = heads_of(&format!("{caption}（{}个）", figures.len()), &heads);
    (!figures.is_empty()).then(|| fitted("sheet-judged", caption, head, rows.collect()))
}

fn signatures() -> Table {
    let names = SIGNERS.iter().flat_map(|who| [head(who), text("")]);
    let dates = SIGNERS.iter().flat_map(|_| [head("日期"), text("")]);
    Table {
        kind: TableKind::Signatures,
        ..table("", "签字", &[4, 9, 4, 9, 4, 9], Vec::new(), vec![row(names), row(dates)])
    }
}

/// A table that says that there is nothing to list.
fn nothing(name: &'static str, caption: &str, label: &str, words: &str) -> Table {
    table(name, caption, &[5, 33], Vec::new(), vec![row([head(label), text(words)])])
}

/// A table of words under one head.
pub(super) fn table(
    name: &'static str,
    caption: &str,
    widths: &[u16],
    head: Vec<Row>,
    body: Vec<Row>,
) -> Table {
    Table {
        kind: TableKind::Plain(name),
        caption: caption.to_owned(),
        column_widths: widths.to_vec(),
        groups: vec![RowGroup { head, body }],
        notes: Vec::new(),
    }
}

/// A table of words whose columns are as wide as their words ask for.
pub(super) fn fitted(name: &'static str, caption: &str, head: Vec<Row>, body: Vec<Row>) -> Table {
    let widths = fitted_widths(head.iter().chain(&body));
    table(name, caption, &widths, head, body)
}

/// Widths in tenths of a character: a column of short words, such as codes and dates, takes what the longest
/// of them takes, and sentences share the rest of a page's width.
fn fitted_widths<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<u16> {
    /// The width of a page in small type, the longest of short words, and the blank beside words.
    const WHOLE: u16 = 490;
    const SHORT: u16 = 110;
    const BLANK: u16 = 20;
    const LEAST: u16 = 75;
    /// However long a sentence is, others have a claim beside it.
    const LONGEST: u16 = 6 * SHORT;
    let tenths = |c: char| match c {
        'A'..='Z' => 7,
        '\0'..='\u{7F}' => 6,
        _ => 10,
    };
    let mut needs: Vec<u16> = Vec::new();
    for row in rows.filter(|row| row.cells.iter().all(|cell| cell.column_span == 1)) {
        needs.resize(needs.len().max(row.cells.len()), 0);
        for (need, cell) in needs.iter_mut().zip(&row.cells) {
            let width = cell.text.chars().map(tenths).fold(BLANK, u16::saturating_add);
            *need = (*need).max(width.min(LONGEST));
        }
    }
    let is_short = |need: &u16| *need <= SHORT;
    let sum = |part: &dyn Fn(&u16) -> bool| {
        needs.iter().filter(|need| part(need)).fold(0u16, |sum, need| sum.saturating_add(*need))
    };
    let rest = WHOLE.saturating_sub(sum(&is_short)).max(SHORT);
    let share = |need: u16, rest: u16, asked: u16| {
        (u32::from(need) * u32::from(rest)).checked_div(u32::from(asked)).unwrap_or(0) as u16
    };
    let asked = sum(&|need| !is_short(need));
    // Beside long sentences, the name of a person or a body still has room for a few characters.
    let is_small = |need: &u16| !is_short(need) && share(*need, rest, asked) < LEAST;
    let n_small = needs.iter().filter(|need| is_small(need)).count();
    let rest = rest.saturating_sub(LEAST.saturating_mul(n_small as u16)).max(LEAST);
    let asked = sum(&|need| !is_short(need) && !is_small(need));
    needs
        .iter()
        .map(|need| match need {
            need if is_short(need) => *need,
            need if is_small(need) => LEAST,
            need => share(*need, rest, asked).max(1),
        })
        .collect()
}

/// A head over the whole table, and below it the heads of the columns.
pub(super) fn heads_of(caption: &str, labels: &[&str]) -> Vec<Row> {
    let mut over_all = cell(CellKind::ColumnHead, caption);
    over_all.column_span = labels.len();
    let labels = labels.iter().map(|label| cell(CellKind::ColumnHead, label));
    vec![row([over_all]), row(labels)]
}

/// A row of cells.
pub(super) fn row(cells: impl IntoIterator<Item = Cell>) -> Row {
    Row { cells: cells.into_iter().collect() }
}

/// A cell that heads its row.
pub(super) fn head(label: &str) -> Cell {
    cell(CellKind::RowHead, label)
}

/// A cell of words, or a figure.
pub(super) fn text(words: &str) -> Cell {
    cell(CellKind::Figure, words)
}

/// A sentence; messages have blanks beside figures, for terminals.
pub(super) fn sentence(words: &str) -> Cell {
    text(&without_typed_gaps(words))
}

/// A cell that covers one place of the grid.
pub(super) fn cell(kind: CellKind, words: &str) -> Cell {
    let text = words.to_owned();
    Cell { kind, text, note: None, mark: None, column_span: 1, row_span: 1, origin: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_the_facts_has_a_cell_that_begins_in_it() {
        let one = [Facts::One("本年文件", "a.toml".to_owned())];
        assert_eq!(facts_table("", "", &one).column_widths.len(), 2);
        let two = Facts::Two([("年度", "1".to_owned()), ("日期", "2".to_owned())]);
        let table = facts_table("", "", &[one[0].clone(), two]);
        let spans = |row: &Row| row.cells.iter().map(|cell| cell.column_span).sum::<usize>();
        assert_eq!(table.rows().map(spans).collect::<Vec<_>>(), [4, 4]);
    }

    #[test]
    fn short_words_take_what_they_need_and_sentences_the_rest() {
        let rows = [
            heads_of("问题（2处）", &["程度", "代码", "位置", "问题"]),
            vec![
                row(["错误", "NB302", "第1208行", &"长".repeat(90)].map(text)),
                row(["提示", "DF01", "第3行", "短"].map(text)),
            ],
        ]
        .concat();
        assert_eq!(fitted_widths(rows.iter()), [40, 52, 64, 334]);
        let two = ["NB302", &"长".repeat(20), &"长".repeat(60)].map(text);
        assert_eq!(fitted_widths([row(two)].iter()), [52, 114, 323]);
        let name = ["NB501", &"长".repeat(60), &"长".repeat(90), &"名".repeat(12)].map(text);
        assert_eq!(fitted_widths([row(name)].iter()), [52, 175, 187, 75]);
    }
}
