//! `nianbao compare` of one year: a file that was published, held against the data file that was approved.

use std::path::Path;

use super::exit::Exit;
use super::output;
use crate::files;
use crate::import;
use crate::load::load;
use crate::read_back::as_made;

/// Compares a data file with the published report of the same body and year, word for word and figure for figure, if
/// that is what two files are.
pub(super) fn run(data: &Path, published: &Path, json: bool) -> Option<Exit> {
    let is_data = |path: &Path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    if !is_data(data) || is_data(published) {
        return None;
    }
    // Whatever cannot be read is said by the comparison of two years.
    let loaded = load(data).ok()?;
    let report = loaded.review.report.as_ref().filter(|_| loaded.review.is_readable())?;
    let after = import::read(&files::read_bytes(published).ok()?).ok()?;
    if report.header.year.is_none() || report.header.year != after.report.header.year {
        return None;
    }
    let mut before = match as_made(report) {
        Ok(before) => before,
        Err(why) => {
            output::error(&format!("{}：{why}", data.display()));
            return Some(Exit::Failed);
        }
    };
    // A page may carry a date that is printed nowhere.
    if after.report.header.published == report.header.published {
        before.report.header.published = report.header.published;
    }
    let found = match import::corrections(&before, &after, &[]) {
        Ok(found) => found,
        Err(error) => {
            output::error(&format!("{}：{error}", published.display()));
            output::note(&error.help);
            return Some(Exit::Failed);
        }
    };
    let n = found.proposals.len();
    let is_same = n == 0 && found.left.is_empty();
    if json {
        output::corrections_json(&found, [published, data]);
    } else {
        output::differences(&found);
        let n_cells = n_read(&after);
        output::line(&if is_same {
            format!(
                "{} 与 {} 逐字逐数一致：三张表 {n_cells} 格，文字 {} 字",
                published.display(),
                data.display(),
                after.account.placed
            )
        } else {
            format!("共 {n} 处不同，{} 处没有核对或写法不同", found.left.len())
        });
    }
    Some(if is_same { Exit::Clean } else { Exit::Findings })
}

/// The number of figures that were read.
fn n_read(published: &import::Published) -> usize {
    let report = &published.report;
    report.form().cells().filter(|cell| !report.typed(*cell).is_absent()).count()
}
