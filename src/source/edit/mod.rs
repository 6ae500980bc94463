//! Puts figures and other values into a data file that is there already, and leaves everything else in it as it
//! is.

mod keys;
mod places;
mod values;

use std::fmt;

pub use places::TAKEN_OUT;
pub(super) use places::kept_line;

use super::rows::FigureRow;
use super::{Position, SourceFile, codes, read, tree};
use crate::diag::Diagnostic;
use crate::report::{FieldPath, Report, Settings, Step, Text};

/// Comments to stand above rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The beginning of each of these comments, `#` and all; those that stood above the same rows before go.
    pub prefix: &'static str,
    /// The addresses of rows, each with its lines from the `#` on.
    pub rows: Vec<(FieldPath, Vec<String>)>,
}

/// The reason why figures cannot be put into a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The data file cannot be read.
    Unreadable,
    /// A row stands there in a way that cannot take the figures.
    Row {
        /// The address of the row.
        row: FieldPath,
        /// The line it stands on, if it is there.
        line: Option<usize>,
    },
    /// The new text would say something else than it should.
    Altered,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("数据文件有语法错误，要先改正"),
            Self::Row { row, line: Some(line) } => {
                write!(f, "第 {line} 行 {row} 的写法程序改不了，要手工改这一行")
            }
            Self::Row { row, line: None } => write!(f, "{row} 程序填不进去，要手工填这一行"),
            Self::Altered => f.write_str("写入后读回的内容与应有的不一致，要手工填写"),
        }
    }
}

/// Writes what `report` holds into a data file and leaves everything else in it as it is: comments, order, line
/// ends, and the way in which each row is written.
///
/// `report` must be what [`read`](read()) makes of the file but for its figures and the values of its
/// [keys](super::KEY_TABLES). A value that is no figure is replaced where it stands, or takes the line that is kept
/// for it, or the end of its table. A figure that already says
/// the same stays as it was typed. A row that is missing takes the place that is kept for it, on the
/// line of a starter file or where its figures were taken out, or else the end of its table. A row
/// whose figures are taken out becomes a comment from which it can be filled again.
///
/// # Errors
///
/// When the file cannot be read, or a row stands there in a form that cannot take the figures. Nothing but
/// the figures ever changes: the new text is read back and compared before it is given out.
pub fn edit(source: &SourceFile, report: &Report, remarks: &Remarks) -> Result<String, EditError> {
    let (old, known) = read(source);
    let old = old.ok_or(EditError::Unreadable)?;
    let all = FigureRow::all(report.form());
    let changed: Vec<&FigureRow> = all.iter().filter(|row| row.differs(&old, report)).collect();
    let refuse = |row: &FigureRow| EditError::Row {
        row: row.path.clone(),
        line: entry_of(&source.tree, &row.path)
            .map(|entry| Position::of(source.text(), entry.key_span.start).line),
    };
    let (text, rest) = places::fill(source, &changed, report).map_err(refuse)?;
    let text = values::put(text, &rest, report, remarks)
        .map_err(|row| row.map_or(EditError::Altered, refuse))?;
    let text = if keys::differ(&old, report) {
        keys::put(&SourceFile::parse(source.name(), text), report)?
    } else {
        text
    };
    let (read_back, problems) = read(&SourceFile::parse(source.name(), text.as_str()));
    let arrived =
        |row: &&&FigureRow| read_back.as_ref().is_some_and(|back| !row.differs(back, report));
    if let Some(wrong) = changed.iter().find(|row| !arrived(row)) {
        return Err(refuse(wrong));
    }
    let is_same = read_back.is_some_and(|back| is_same(back, report, &all));
    if is_same && has_no_more(&problems, &known) { Ok(text) } else { Err(EditError::Altered) }
}

/// True if a report holds the same figures as another, and the same everything else.
fn is_same(mut one: Report, other: &Report, rows: &[FigureRow]) -> bool {
    let figures_are = rows.iter().all(|row| !row.differs(&one, other));
    // What is compared by value may be spelled in two ways, such as a change with and without its sign.
    one.disclosure = other.disclosure.clone();
    one.requests = other.requests.clone();
    one.challenges = other.challenges.clone();
    one.other.handling_fee = other.other.handling_fee.clone();
    // What was typed and not understood may be mended by what is put in its place.
    one.unclear.clone_from(&other.unclear);
    level_texts(&mut one);
    let mut other = other.clone();
    level_texts(&mut other);
    figures_are && one == other
}

/// A text of nothing but blanks is the same as none, whatever the ends of its lines.
fn level_texts(report: &mut Report) {
    let level = |text: &mut Option<Text>| {
        text.take_if(|text| text.typed().trim().is_empty());
        if let Some(text) = text {
            *text = Text::new(text.typed().replace("\r\n", "\n"));
        }
    };
    for narrative in [&mut report.overview, &mut report.problems, &mut report.other.narrative] {
        level(&mut narrative.text);
        for part in &mut narrative.parts {
            level(&mut part.text);
            level(&mut part.heading);
        }
    }
    level(&mut report.opening);
    let Settings { typos, terms, accepted, required, style, .. } = &mut report.settings;
    for lines in [typos, terms, accepted, required, style] {
        lines.take_if(|lines| lines.trim().is_empty());
        if let Some(lines) = lines {
            *lines = lines.replace("\r\n", "\n");
        }
    }
}

/// True if there is no problem that was not known before.
fn has_no_more(problems: &[Diagnostic], known: &[Diagnostic]) -> bool {
    let mut known: Vec<&str> = known.iter().map(|problem| problem.code).collect();
    // What is taken out may well have to be there; that is no fault of the writing.
    let is_new = |problem: &&Diagnostic| problem.code != codes::MISSING_KEY;
    problems.iter().filter(is_new).all(|problem| {
        let at = known.iter().position(|code| *code == problem.code);
        at.map(|at| known.swap_remove(at)).is_some()
    })
}

/// The value written at an address, right or wrong.
fn entry_of<'a>(tree: &'a tree::Table, path: &FieldPath) -> Option<&'a tree::Entry> {
    let mut entries: &[tree::Entry] = tree;
    let mut found = None;
    for step in path.steps() {
        let Step::Key(key) = step else { return None };
        let entry = tree::get(entries, key)?;
        entries = match &entry.node.value {
            tree::Value::Table(inner) => inner,
            _ => &[],
        };
        found = Some(entry);
    }
    found
}

#[cfg(test)]
mod tests;
