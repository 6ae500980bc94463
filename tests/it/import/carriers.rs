//! The three tables as several kinds of files carry them, cell by cell, so that they can be damaged in the same ways.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::ops::Range;

use nianbao::document::build;
use nianbao::edition::{Axis as _, Cell, ChallengeColumn, Form, Proceeding, RequestColumn};
use nianbao::render::{Format, Renderer};
use nianbao::report::{FieldPath, Report};

/// A report in a file whose tables can be damaged.
pub(super) struct Carrier {
    pub(super) name: &'static str,
    /// The text in which the tables stand.
    pub(super) text: String,
    /// The rows of tables 2 and 3.
    pub(super) rows: Vec<Row>,
    pack: Pack,
}

/// A row of figures.
pub(super) struct Row {
    pub(super) range: Range<usize>,
    pub(super) label: Range<usize>,
    pub(super) cells: Vec<Printed>,
}

/// A figure: its cell, all that makes up the cell of the table, and its digits.
#[derive(Clone)]
pub(super) struct Printed {
    pub(super) cell: Cell,
    pub(super) whole: Range<usize>,
    pub(super) digits: Range<usize>,
}

enum Pack {
    Plain,
    /// The part of a package that the text is, and the package.
    Part(&'static str, Vec<u8>),
}

impl Carrier {
    /// The file with another text.
    pub(super) fn file(&self, text: &str) -> Vec<u8> {
        match &self.pack {
            Pack::Plain => text.as_bytes().to_vec(),
            Pack::Part(name, package) => with_part(package, name, text),
        }
    }
}

/// All carriers of a report.
pub(super) fn carriers(report: &Report) -> Vec<Carrier> {
    vec![page(report), word_file(report), lines(report, " "), lines(report, "\n")]
}

/// The cells of tables 2 and 3, row by row.
fn rows_of(form: &Form) -> Vec<Vec<Cell>> {
    let requests = form.requests.rows.iter().map(|row| {
        RequestColumn::ALL.iter().map(|column| Cell::Requests(row.row, *column)).collect()
    });
    let challenges = Proceeding::ALL.iter().flat_map(|proceeding| {
        ChallengeColumn::ALL.iter().map(|column| Cell::Challenges(*proceeding, *column))
    });
    requests.chain([challenges.collect()]).collect()
}

/// A page without the figures that it carries: nothing but what is printed may tell them.
fn page(report: &Report) -> Carrier {
    let page = Renderer::new().render(&build(report, false), Format::Html).unwrap();
    let page = String::from_utf8(page).unwrap();
    let start = page.find("<script type=\"application/json\"").unwrap();
    let end = start + page[start..].find("</script>").unwrap();
    // The places where labels may break are in the way of those who change them.
    let text = format!("{}{}", &page[..start], &page[end..]).replace("<wbr>", "");
    let find = |cell: Cell| {
        let mark = format!("data-field=\"{}\">", FieldPath::of(cell));
        let start = text.find(&mark).unwrap() + mark.len();
        let end = start + text[start..].find('<').unwrap();
        start..end
    };
    let rows = rows_of(report.form()).into_iter().map(|cells| {
        let printed: Vec<Printed> = cells
            .into_iter()
            .map(|cell| {
                let digits = find(cell);
                let whole = around(&text, &digits, "<td", "</td>");
                Printed { cell, whole, digits }
            })
            .collect();
        let range = around(&text, &printed[0].whole, "<tr>", "</tr>");
        let label = match text[range.start..printed[0].whole.start].rfind("</span></th>") {
            Some(end) => {
                let end = range.start + end;
                text[..end].rfind('>').unwrap() + 1..end
            }
            None => range.start..range.start,
        };
        Row { range, label, cells: printed }
    });
    let rows = rows.collect();
    Carrier { name: "html", text, rows, pack: Pack::Plain }
}

/// The nearest pair of tags round a range.
fn around(text: &str, inner: &Range<usize>, open: &str, close: &str) -> Range<usize> {
    let start = text[..inner.start].rfind(open).unwrap();
    start..inner.end + text[inner.end..].find(close).unwrap() + close.len()
}

fn word_file(report: &Report) -> Carrier {
    let package = Renderer::new().render(&build(report, false), Format::Docx).unwrap();
    let text = part(&package, "word/document.xml");
    let wanted = rows_of(report.form());
    let mut rows = Vec::new();
    for (start, _) in text.match_indices("<w:tr>").chain(text.match_indices("<w:tr ")) {
        let range = start..start + text[start..].find("</w:tr>").unwrap() + "</w:tr>".len();
        let cells: Vec<(Range<usize>, Option<Range<usize>>)> = text[range.clone()]
            .match_indices("<w:tc>")
            .map(|(at, _)| {
                let at = range.start + at;
                let whole = at..at + text[at..].find("</w:tc>").unwrap() + "</w:tc>".len();
                let digits = words_of(&text, &whole);
                (whole, digits)
            })
            .collect();
        let n_figures = cells
            .iter()
            .rev()
            .take_while(|(_, digits)| {
                digits.as_ref().is_some_and(|d| text[d.clone()].chars().all(|c| c.is_ascii_digit()))
            })
            .count();
        if n_figures >= RequestColumn::ALL.len() {
            rows.push((range, cells, n_figures));
        }
    }
    rows.sort_by_key(|(range, ..)| range.start);
    assert_eq!(rows.len(), wanted.len(), "rows of figures in the Word file");
    let rows = rows.into_iter().zip(wanted).map(|((range, cells, n_figures), wanted)| {
        assert_eq!(n_figures, wanted.len());
        let first = cells.len() - n_figures;
        let label = first.checked_sub(1).and_then(|i| cells[i].1.clone());
        let printed = cells[first..].iter().zip(wanted).map(|((whole, digits), cell)| Printed {
            cell,
            whole: whole.clone(),
            digits: digits.clone().unwrap(),
        });
        Row { label: label.unwrap_or(range.start..range.start), cells: printed.collect(), range }
    });
    let rows = rows.collect();
    Carrier { name: "docx", text, rows, pack: Pack::Part("word/document.xml", package) }
}

/// The words of a cell that stand in one run.
fn words_of(text: &str, cell: &Range<usize>) -> Option<Range<usize>> {
    let close = text[cell.clone()].find("</w:t>")? + cell.start;
    let start = text[..close].rfind('>')? + 1;
    Some(start..close)
}

pub(crate) fn part(package: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

pub(crate) fn with_part(package: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let file = old.by_index_raw(i).unwrap();
        if file.name() == name {
            new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            new.write_all(text.as_bytes()).unwrap();
        } else {
            new.raw_copy_file(file).unwrap();
        }
    }
    new.finish().unwrap().into_inner()
}

/// A text whose tables lost their lines, its words set apart by blanks or by line ends.
fn lines(report: &Report, between: &str) -> Carrier {
    let form = report.form();
    let mut text =
        format!("{}\n一、总体情况\n本年工作有序。\n二、主动公开政府信息情况\n", report.title());
    text.push_str("三、收到和处理政府信息公开申请情况\n");
    let heads: Vec<&str> = form.requests.columns.iter().map(|column| column.label).collect();
    let _ = writeln!(text, "{}", heads.join(between));
    let mut rows = Vec::new();
    let mut all = rows_of(form);
    let challenges = all.pop().unwrap();
    let row = |text: &mut String, label: &str, cells: Vec<Cell>| {
        let start = text.len();
        text.push_str(label);
        let label = start..text.len();
        let mut printed = Vec::new();
        for cell in cells {
            let whole = text.len();
            if text.len() > start {
                text.push_str(between);
            }
            let digits = text.len();
            let _ = write!(text, "{}", report.printed(cell).unwrap());
            printed.push(Printed { cell, whole: whole..text.len(), digits: digits..text.len() });
        }
        text.push('\n');
        Row { range: start..text.len(), label, cells: printed }
    };
    for (definition, cells) in form.requests.rows.iter().zip(all) {
        rows.push(row(&mut text, definition.label, cells));
    }
    text.push_str("四、政府信息公开行政复议、行政诉讼情况\n");
    for proceeding in Proceeding::ALL {
        let _ = writeln!(text, "{}", form.challenges.proceeding_label(*proceeding));
    }
    for _ in Proceeding::ALL {
        let heads: Vec<&str> = form.challenges.columns.iter().map(|(_, label)| *label).collect();
        let _ = writeln!(text, "{}", heads.join(between));
    }
    rows.push(row(&mut text, "", challenges));
    text.push_str("五、存在的主要问题及改进情况\n没有。\n六、其他需要报告的事项\n没有。\n");
    let name = if between == " " { "text in rows" } else { "text in a column" };
    Carrier { name, text, rows, pack: Pack::Plain }
}
