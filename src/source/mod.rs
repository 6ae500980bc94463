//! The data file: its text, its spanned tree, and the ways between it and a report.

mod disguise;
mod edit;
mod keys;
mod lines;
mod list;
mod literal;
mod locate;
mod names;
mod problems;
mod progress;
mod published;
mod read;
mod rows;
mod schema;
mod starter;
mod sums;
mod syntax;
mod tree;
mod write;
mod written;

pub use disguise::disguised;
pub use edit::{EditError, Remarks, TAKEN_OUT, edit};
pub use keys::{
    Choice, KEY_TABLES, Key, KeyKind, KeyTable, KeyValue, UNIT_TABLES, key_at, set_value_at,
    value_at,
};
pub use lines::{Lines, Position};
pub(crate) use list::with_due;
pub use list::write_units;
pub use locate::locate;
pub use problems::{PROBLEMS, TRACES};
pub use progress::{Item, items};
pub use published::PlacesIn;
pub(crate) use read::{is_note_place, nearest, note_places, unmet};
pub use read::{read, read_units};
pub use rows::figures;
pub use schema::schema;
pub use starter::{SCHEMA_FILE, second_entry, starter};
pub use sums::{without_sources, write_sum, write_sum_into};
pub use write::write;

use crate::diag::Diagnostic;

/// A data file as it was typed, with the place of every key and value.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: String,
    /// The text as the parser was given it, byte for byte as long, where it could not be read as it is.
    as_read: Option<String>,
    tree: tree::Table,
    syntax: Vec<Diagnostic>,
    /// So that a place in a long text is found without reading all of it.
    marks: written::Marks,
    /// The places of the values of a published report, whose text this is.
    places: Option<PlacesIn>,
}

impl SourceFile {
    /// Parses the text of a data file. `name` is what messages call it, usually its path.
    ///
    /// Text that is no TOML gives a source file too: its syntax errors are part of what
    /// [`read`](read()) reports, together with everything else that is wrong.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let (tree, syntax, read) = tree::parse(&text);
        let as_read = (read != text).then_some(read);
        Self {
            name: name.into(),
            text,
            as_read,
            tree,
            syntax,
            marks: written::Marks::default(),
            places: None,
        }
    }

    /// A file that is no data file, such as a template, so that findings can point into it.
    pub fn plain(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (tree, syntax) = (Vec::new(), Vec::new());
        Self {
            name: name.into(),
            text: text.into(),
            as_read: None,
            tree,
            syntax,
            marks: written::Marks::default(),
            places: None,
        }
    }

    /// A published report as text, with the places of its values.
    pub fn published(name: impl Into<String>, text: impl Into<String>, places: PlacesIn) -> Self {
        Self { places: Some(places), ..Self::plain(name, text) }
    }

    /// True if this is a published report and no data file.
    pub fn is_published(&self) -> bool {
        self.places.is_some()
    }

    /// The place of a byte of a published report in its file: page, table, row and column, or paragraph.
    pub fn spot(&self, byte: usize) -> Option<&str> {
        self.places.as_ref().and_then(|places| places.spot(byte))
    }

    /// The name of the file in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// True if this is a list of units and no data file.
    pub fn is_unit_list(&self) -> bool {
        let has = |key| tree::get(&self.tree, key).is_some();
        has("units") && !has("format") && !has("report")
    }

    /// True if this holds the rules of an office and nothing of a report.
    pub(crate) fn is_office_rules(&self) -> bool {
        let has = |key: &str| self.tree.iter().any(|entry| entry.key == key);
        let only = |entry: &tree::Entry| ["format", "rules"].contains(&entry.key.as_str());
        self.syntax.is_empty() && has("rules") && self.tree.iter().all(only)
    }

    /// True if this looks like the data file of a report, however broken: it names a format or has a
    /// table `[report]`. In a folder there may be other TOML files, too.
    pub fn is_report(&self) -> bool {
        const SIGNS: [&str; 2] = ["format", "report"];
        let is_sign = |line: &str| {
            let name = line.trim_start_matches(['[', ' ', '\t', '\u{feff}']);
            let is_name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
            let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
            SIGNS.contains(&&name[..end])
        };
        if self.is_office_rules() {
            return false;
        }
        if self.syntax.is_empty() {
            return self.tree.iter().any(|entry| SIGNS.contains(&entry.key.as_str()));
        }
        // What the parser made of a broken file may lack what was typed.
        self.text.lines().any(is_sign)
    }

    /// The text in which the values of the tree stand.
    fn as_read(&self) -> &str {
        self.as_read.as_deref().unwrap_or(&self.text)
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
    /// Traces of pasting in a text, which is printed otherwise than it was typed.
    pub const PASTED: &str = "DF15";
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
