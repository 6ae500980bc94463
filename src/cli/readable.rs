//! The report of a data file for commands that need all of it.

use super::exit::Exit;
use super::output;
use crate::load::Loaded;
use crate::report::Report;

/// The report of a data file that was read in full; otherwise the exit code, and the reason is already printed
/// with the work left `undone`.
pub(super) fn readable<'a>(loaded: &'a Loaded, undone: &str) -> Result<&'a Report, Exit> {
    let name = loaded.source.name();
    if loaded.source.is_unit_list() {
        output::error(&format!("{name} 是单位名单，不是年报的数据文件，{undone}"));
        return Err(Exit::Failed);
    }
    loaded.review.report.as_ref().filter(|_| loaded.review.is_readable()).ok_or_else(|| {
        output::review(loaded);
        output::note(&format!("{name} 有看不懂的地方，{undone}。请先改正上面的问题"));
        Exit::Findings
    })
}
