//! What is printed of the files of a run, in the format that was asked for.

use std::path::Path;

use super::format::{OutputFormat, Style};
use super::sarif::{self, Checked};
use super::stream::{print, terminal_width};
use super::table::{self, Row};
use super::{concise, full, github, json, summary};
use crate::batch::Made;
use crate::files::FileError;
use crate::load::Loaded;

/// What there is to print of one file.
pub(in crate::cli) enum Piece {
    /// As it is.
    Text(String),
    /// An object of the list over all files.
    Object(String),
    /// To be numbered among all files of the run.
    Checked(Box<Checked>),
}

/// What there is to print of a file that was read, and of what was made of it if anything was to be.
pub(in crate::cli) fn piece(
    style: Style,
    path: &Path,
    loaded: Box<Loaded>,
    made: Option<&Made>,
) -> Piece {
    let mut text = match style.format {
        OutputFormat::Full => full(&loaded, style),
        OutputFormat::Concise => {
            concise::render(&loaded, style.waived, !hides_summary(&loaded, style))
        }
        OutputFormat::Github => github::render(&loaded, style.waived),
        OutputFormat::Json => return Piece::Object(json::object(path, Ok(&loaded), made)),
        OutputFormat::Jsonl => return Piece::Text(json::line(path, Ok(&loaded), made)),
        OutputFormat::Sarif => {
            return Piece::Checked(Box::new(Checked { path: path.to_owned(), loaded: Ok(loaded) }));
        }
    };
    if !style.many {
        for output in made.iter().flat_map(|made| &made.outputs) {
            text.push_str(&format!("已生成 {}\n", output.path.display()));
        }
    }
    Piece::Text(text)
}

/// What other programs are told of a file that could not be read; people read it on standard error.
pub(in crate::cli) fn unreadable(style: Style, path: &Path, error: FileError) -> Option<Piece> {
    match style.format {
        OutputFormat::Full | OutputFormat::Concise | OutputFormat::Github => None,
        OutputFormat::Json => Some(Piece::Object(json::object(path, Err(&error), None))),
        OutputFormat::Jsonl => Some(Piece::Text(json::line(path, Err(&error), None))),
        OutputFormat::Sarif => {
            Some(Piece::Checked(Box::new(Checked { path: path.to_owned(), loaded: Err(error) })))
        }
    }
}

fn full(loaded: &Loaded, style: Style) -> String {
    let mut text = full::render(loaded, style.waived, terminal_width());
    if !hides_summary(loaded, style) {
        text.push_str(&summary::render(loaded, style.waived));
        if style.many {
            text.push('\n');
        }
    }
    text
}

/// Whether the table says all there is to say of a file.
fn hides_summary(loaded: &Loaded, style: Style) -> bool {
    let review = &loaded.review;
    style.many
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
}

impl Printer {
    pub(in crate::cli) fn begin(style: Style) -> Self {
        if style.format == OutputFormat::Json {
            print(&json::head());
        }
        Self { style, n_printed: 0, sarif: sarif::Log::default() }
    }

    pub(in crate::cli) fn print(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) => print(&text),
            Piece::Object(object) => print(&json::element(&object, self.n_printed == 0)),
            Piece::Checked(checked) => self.sarif.add(&checked, self.style.waived),
        }
        self.n_printed += 1;
    }

    /// Ends what other programs read, also when the run was stopped.
    pub(in crate::cli) fn end(self) {
        match self.style.format {
            OutputFormat::Json => print(&json::tail(self.n_printed == 0)),
            OutputFormat::Sarif => print(&self.sarif.render()),
            OutputFormat::Full
            | OutputFormat::Concise
            | OutputFormat::Jsonl
            | OutputFormat::Github => {}
        }
    }
}

/// Prints the table at the end of a run, where people read it.
pub(in crate::cli) fn table(style: Style, rows: &[Row]) {
    if style.is_for_people() {
        print(&table::render(rows));
    }
}
