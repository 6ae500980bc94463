//! The data file: its text, its spanned tree, and the ways between it and a report.

mod edit;
mod keys;
mod lines;
mod locate;
mod problems;
mod read;
mod rows;
mod schema;
mod starter;
mod sums;
mod syntax;
mod tree;
mod write;
mod written;

pub use edit::{EditError, Remarks, TAKEN_OUT, edit};
pub use keys::{KEY_TABLES, Key, KeyKind, KeyTable, UNIT_TABLES};
pub use lines::{Lines, Position};
pub use locate::locate;
pub use problems::PROBLEMS;
pub use read::{read, read_units};
pub use schema::schema;
pub use starter::{SCHEMA_FILE, starter};
pub use sums::{without_sources, write_sum, write_sum_into};
pub use write::write;

use crate::diag::Diagnostic;

/// A data file as it was typed, with the place of every key and value.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: String,
    tree: tree::Table,
    syntax: Vec<Diagnostic>,
    /// So that a place in a long text is found without reading all of it.
    marks: written::Marks,
}

impl SourceFile {
    /// Parses the text of a data file. `name` is what messages call it, usually its path.
    ///
    /// Text that is no TOML gives a source file too: its syntax errors are part of what
    /// [`read`](read()) reports, together with everything else that is wrong.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let (tree, syntax) = tree::parse(&text);
        Self { name: name.into(), text, tree, syntax, marks: written::Marks::default() }
    }

    /// A file that is no data file, such as a template, so that findings can point into it.
    pub fn plain(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (tree, syntax) = (Vec::new(), Vec::new());
        Self {
            name: name.into(),
            text: text.into(),
            tree,
            syntax,
            marks: written::Marks::default(),
        }
    }

    /// What messages call the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this is a list of units and no data file.
    pub fn is_unit_list(&self) -> bool {
        let has = |key| tree::get(&self.tree, key).is_some();
        has("units") && !has("format") && !has("report")
    }

    /// Whether this looks like the data file of a report, however broken: it names a format or has a
    /// table `[report]`. In a folder there may be other TOML files, too.
    pub fn is_report(&self) -> bool {
        const SIGNS: [&str; 2] = ["format", "report"];
        let is_sign = |line: &str| {
            let name = line.trim_start_matches(['[', ' ', '\t', '\u{feff}']);
            let is_name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
            let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
            SIGNS.contains(&&name[..end])
        };
        if self.syntax.is_empty() {
            return self.tree.iter().any(|entry| SIGNS.contains(&entry.key.as_str()));
        }
        // What the parser made of a broken file may lack what was typed.
        self.text.lines().any(is_sign)
    }

    /// The text as typed.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The stable codes of what can be wrong with a data file itself, whatever it reports.
pub mod codes {
    /// The text is no TOML.
    pub const SYNTAX: &str = "DF01";
    /// A key the format does not know.
    pub const UNKNOWN_KEY: &str = "DF02";
    /// A value of the wrong type.
    pub const WRONG_TYPE: &str = "DF03";
    /// A row with too many or too few figures.
    pub const WRONG_LENGTH: &str = "DF04";
    /// A key that must be there is not.
    pub const MISSING_KEY: &str = "DF05";
    /// A value that is not one of those allowed.
    pub const INVALID_VALUE: &str = "DF06";
    /// A note or waiver that speaks of a place that does not exist.
    pub const UNKNOWN_PLACE: &str = "DF07";
    /// A character that no output can carry.
    pub const FORBIDDEN_CHARACTER: &str = "DF08";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_told_from_other_toml_even_when_it_is_broken() {
        let is_report = |text: &str| SourceFile::parse("t.toml", text).is_report();
        assert!(is_report("format = \"2021\"\n"));
        assert!(is_report("[report]\nyear = 2023\n"));
        assert!(is_report("\u{feff}format ＝ \"2021\"\n[report\n"));
        assert!(!is_report("[package]\nname = 'x'\n[package.report]\n"));
        assert!(!is_report("[[units]]\nname = \"某某镇\"\n"));
        assert!(!is_report("name = 某某镇\n"));
        assert!(!is_report(""));
    }
}
