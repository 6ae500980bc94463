//! The second entry of the three tables: begun on the page of the first, and a page of nothing but tables of its own.

use serde::Serialize;

use super::change::Change;
use super::desk::{Desk, Refused};
use crate::diag::{Diagnostic, Place};
use crate::edition::{Axis as _, Section};
use crate::files;
use crate::load::{Loaded, begin_second, second_path};
use crate::report::{FieldPath, Report};

/// The standing of a second entry, as the page of the first shows it.
#[derive(Debug, Serialize)]
pub(super) struct SecondState {
    words: String,
    is_settled: bool,
}

/// The standing of the second entry of a file; none where there is nothing to compare with.
pub(super) fn standing(loaded: &Loaded, report: &Report) -> Option<SecondState> {
    let second = loaded.second.as_ref()?;
    Some(SecondState { words: second.words(report), is_settled: second.is_settled() })
}

/// True if an address lies in one of the three tables.
pub(super) fn is_of_tables(at: &FieldPath) -> bool {
    let tables = [Section::Disclosure, Section::Requests, Section::Challenges];
    tables.iter().any(|table| at.is_within(&FieldPath::new(table.key())))
}

/// True if a finding concerns who enters nothing but the tables.
pub(super) fn concerns_tables(finding: &Diagnostic) -> bool {
    match &finding.primary.place {
        Place::Value(path) | Place::Key(path) => is_of_tables(path),
        Place::Text(..) | Place::File => false,
        Place::Bytes(_) => true,
    }
}

/// Makes the file for the second entry, names it in the data file, and says its name.
///
/// # Errors
///
/// When there is one already, or a file cannot be written.
pub(super) fn begin(desk: &Desk) -> Result<String, Refused> {
    let (loaded, _) = desk.load()?;
    let failed = |why: &str| Refused::Failed { why: why.to_owned() };
    let report = loaded.review.report.as_ref().ok_or_else(|| failed("文件现在读不懂"))?;
    if second_path(desk.path(), report).is_some_and(|path| files::is_there(&path)) {
        return Err(failed("已经有第二人录入的文件了"));
    }
    let name = begin_second(desk.path(), report).map_err(|why| failed(&why))?;
    let named = Change::Value {
        path: "second.entry".to_owned(),
        old: report.second.entry.clone(),
        new: Some(name.clone()),
    };
    desk.edit(&[named], "二人复核")?;
    Ok(name)
}
