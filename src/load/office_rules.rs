//! The rules of an office for all its units: a file of its own, or named by the list of units.

use std::path::Path;

use super::list_error::ListError;
use crate::diag::{Diagnostic, Place, Severity};
use crate::files::{self, FileError};
use crate::report::{FieldPath, Settings};
use crate::review::review;
use crate::rules::Given;
use crate::source::{SourceFile, codes};

/// Reads the rules of an office: a file that begins as a data file does, with `format`, and has its `[rules]`
/// and `[rules.severity]`.
///
/// # Errors
///
/// When the file cannot be read, or anything in it is wrong: an office relies on all of its rules.
pub(crate) fn read_office_rules(path: &Path) -> Result<Settings, ListError> {
    let text = files::read_text(path).map_err(ListError::File)?;
    let source = SourceFile::parse(path.display().to_string(), text);
    let judged = review(&source, Given::default());
    let is_about_rules = |finding: &Diagnostic| match &finding.primary.place {
        Place::Value(path) | Place::Key(path) | Place::Text(path, _) => {
            path.is_within(&FieldPath::new("rules")) || path.is_within(&FieldPath::new("format"))
        }
        // A report, which this is none of, must have more.
        Place::Bytes(_) | Place::File => finding.code != codes::MISSING_KEY,
    };
    let is_wrong =
        |finding: &Diagnostic| finding.severity > Severity::Hint && is_about_rules(finding);
    let found: Vec<Diagnostic> = judged.findings.into_iter().filter(is_wrong).collect();
    if judged.report.as_ref().is_some_and(|report| !report.waivers.is_empty()) {
        let why = "豁免（[[waivers]]）只能写在各单位的数据文件里；删去它";
        return Err(ListError::File(FileError::unreadable(path, why.to_owned())));
    }
    match judged.report {
        Some(report) if found.is_empty() && report.settings != Settings::default() => {
            Ok(report.settings)
        }
        Some(_) if found.is_empty() => {
            let why = "里面没有检查规则；写 [rules] 或者 [rules.severity]，写法与数据文件里的相同";
            Err(ListError::File(FileError::unreadable(path, why.to_owned())))
        }
        None if found.is_empty() => {
            let why = "第一行要写 format = \"2021\"，与数据文件相同";
            Err(ListError::File(FileError::unreadable(path, why.to_owned())))
        }
        Some(_) | None => Err(ListError::Wrong(Box::new(source), found)),
    }
}
