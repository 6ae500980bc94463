//! The findings of the files of a run, in the format that was asked for.

use std::collections::BTreeSet;
use std::path::Path;

use super::format::{Figures, OutputFormat, Style};
use super::outside::{ascii_where_unseen, harmless, shown};
use super::sarif::{self, Checked};
use super::stream::{print, print_json, terminal_width};
use super::table::{self, FileRow};
use super::{concise, coverage, full, github, json, summary};
use crate::batch::Made;
use crate::files::FileError;
use crate::load::Loaded;

/// The widest table.
const TABLE: usize = 80;

/// The output on one file.
pub(in crate::cli) enum Piece {
    /// As it is.
    Text(String),
    /// An object of the list over all files.
    Object(String),
    /// To be numbered among all files of the run.
    Checked(Box<Checked>),
    /// To be listed in full behind what has been told of the files before, and then these words.
    Listed(Box<Loaded>, String),
}

/// The output on a file that was read, and on its reports if any were to be made.
pub(in crate::cli) fn piece(
    style: Style,
    path: &Path,
    loaded: Box<Loaded>,
    made: Option<&Made>,
) -> Piece {
    let lists_figures = style.figures == Figures::Listed;
    let mut text = match style.format {
        OutputFormat::Full => String::new(),
        OutputFormat::Concise => concise::render(&loaded, style, !hides_summary(&loaded, style)),
        OutputFormat::Github => github::render(&loaded, style.waived),
        OutputFormat::Json => {
            return Piece::Object(json::object(path, Ok(&loaded), made, lists_figures));
        }
        OutputFormat::Jsonl => {
            return Piece::Text(json::line(path, Ok(&loaded), made, lists_figures));
        }
        OutputFormat::Sarif => {
            return Piece::Checked(Box::new(Checked { path: path.to_owned(), loaded: Ok(loaded) }));
        }
    };
    if !style.many {
        for output in made.iter().flat_map(|made| &made.outputs) {
            text.push_str(&format!("已生成 {}\n", shown(&output.path)));
        }
    }
    if style.format == OutputFormat::Full { Piece::Listed(loaded, text) } else { Piece::Text(text) }
}

/// The output for other programs on a file that could not be read; people read it on standard error.
pub(in crate::cli) fn unreadable(style: Style, path: &Path, error: FileError) -> Option<Piece> {
    match style.format {
        OutputFormat::Full | OutputFormat::Concise | OutputFormat::Github => None,
        OutputFormat::Json => Some(Piece::Object(json::object(path, Err(&error), None, false))),
        OutputFormat::Jsonl => Some(Piece::Text(json::line(path, Err(&error), None, false))),
        OutputFormat::Sarif => {
            Some(Piece::Checked(Box::new(Checked { path: path.to_owned(), loaded: Err(error) })))
        }
    }
}

fn full(loaded: &Loaded, style: Style, told: &mut BTreeSet<&'static str>) -> String {
    if style.is_brief() {
        return String::new();
    }
    let mut text = full::render(loaded, style, terminal_width(), told);
    let figures = coverage::render(loaded, style, terminal_width());
    if !hides_summary(loaded, style) {
        text.push_str(&summary::render(loaded, style.waived));
        text.push_str(&figures);
        if style.many {
            text.push('\n');
        }
    }
    text
}

/// True if the table, or the list of what was made, says all there is to say of a file.
fn hides_summary(loaded: &Loaded, style: Style) -> bool {
    let review = &loaded.review;
    let is_made =
        style.figures == Figures::Untold && review.items.iter().all(|item| item.is_filled);
    (style.many || is_made)
        && style.figures != Figures::Listed
        && review.findings.is_empty()
        && review.waived.is_empty()
        && review.unassessed.is_empty()
        && review.off.is_empty()
}

/// Prints the pieces of a run in order, to standard output.
pub(in crate::cli) struct Printer {
    style: Style,
    n_printed: usize,
    sarif: sarif::Log,
    /// The codes whose basis has been told.
    told: BTreeSet<&'static str>,
}

impl Printer {
    pub(in crate::cli) fn begin(style: Style) -> Self {
        if style.format == OutputFormat::Json {
            print_json(&json::head());
        }
        Self { style, n_printed: 0, sarif: sarif::Log::default(), told: BTreeSet::new() }
    }

    pub(in crate::cli) fn print(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) if self.style.format == OutputFormat::Jsonl => print_json(&text),
            Piece::Text(text) => print(&text),
            Piece::Object(object) => print_json(&json::element(&object, self.n_printed == 0)),
            Piece::Listed(loaded, words) => {
                print(&full(&loaded, self.style, &mut self.told));
                print(&words);
            }
            Piece::Checked(checked) => self.sarif.add(&checked, self.style.waived),
        }
        self.n_printed += 1;
    }

    /// Ends what other programs read, also when the run was stopped.
    pub(in crate::cli) fn end(self) {
        match self.style.format {
            OutputFormat::Json => print_json(&json::tail(self.n_printed == 0)),
            OutputFormat::Sarif => print_json(&self.sarif.render()),
            OutputFormat::Full
            | OutputFormat::Concise
            | OutputFormat::Jsonl
            | OutputFormat::Github => {}
        }
    }
}

/// All that is printed of a file, in each format and with everything listed that can be, as it reaches standard output.
pub(in crate::cli) fn printed(path: &Path, loaded: &Loaded) -> Vec<(&'static str, String)> {
    let formats = OutputFormat::ALL.iter();
    formats
        .map(|(format, name)| {
            let style = Style {
                format: *format,
                waived: true,
                errors_only: false,
                details: true,
                figures: Figures::Listed,
                many: false,
            };
            let text = match piece(style, path, Box::new(loaded.clone()), None) {
                Piece::Text(text) => harmless(&text).into_owned(),
                Piece::Object(object) => {
                    let list = [json::head(), json::element(&object, true), json::tail(false)];
                    ascii_where_unseen(&list.concat()).into_owned()
                }
                Piece::Listed(loaded, words) => {
                    let text = full(&loaded, style, &mut BTreeSet::new()) + &words;
                    harmless(&text).into_owned()
                }
                Piece::Checked(checked) => {
                    let mut log = sarif::Log::default();
                    log.add(&checked, style.waived);
                    ascii_where_unseen(&log.render()).into_owned()
                }
            };
            (*name, text)
        })
        .collect()
}

/// Prints the table at the end of a run, where people read it.
pub(in crate::cli) fn table(style: Style, rows: &[FileRow]) {
    if style.is_for_people() {
        print(&table::render(rows, terminal_width().min(TABLE)));
        if style.is_brief() && rows.iter().any(FileRow::has_findings) {
            print("加 --full 逐份列出问题；只看一份的，用 nianbao check 文件名\n");
        }
    }
}
