//! A Word file that was made of a data file and then corrected by hand, held against that data file.

use crate::document::build;
use crate::import::{self, BroughtBack, Corrections, ImportError, Proposal, Published};
use crate::render::{Format, Renderer};
use crate::report::Report;
use crate::source::{self, Remarks};

/// A corrected file.
#[derive(Debug)]
pub(crate) struct Corrected {
    /// The report as it is read there.
    after: Published,
    /// The differences from its data file.
    pub(crate) corrections: Corrections,
}

/// Reads a corrected file and holds it against the report as its data file prints it.
///
/// # Errors
///
/// When the file cannot be read, or is of another year or body, or the data file makes no Word file.
pub(crate) fn corrected(bytes: &[u8], printed: &Report) -> Result<Corrected, ImportError> {
    let after = import::read_back(bytes)?;
    let corrections = import::corrections(&as_made(printed)?, &after, bytes)?;
    Ok(Corrected { after, corrections })
}

/// The report of a data file as its Word file is read where nobody has changed it.
///
/// # Errors
///
/// When no Word file can be made of it.
pub(crate) fn as_made(report: &Report) -> Result<Published, ImportError> {
    let made = Renderer::new().render(&build(report, false), Format::Docx).map_err(|error| {
        let why = format!("数据文件现在生成不了 Word 文件，没有什么可以对照：{error}");
        ImportError::new(why, "先运行 nianbao build 看是哪里不对，改正以后再读")
    })?;
    import::read(&made)
}

impl Corrected {
    /// The report of the data file, as it is typed there, with accepted corrections in it; and what its lines say of
    /// the units that they come from, which no longer holds where a figure is another one.
    pub(crate) fn put(
        &self,
        typed: &Report,
        previous: Option<&Report>,
        accepted: &[&Proposal],
    ) -> (BroughtBack, Remarks) {
        let brought = import::bring_back(typed, previous, &self.after, accepted);
        let cells = typed.form().cells();
        let others = cells.filter(|cell| typed.typed(*cell) != brought.report.typed(*cell));
        let remarks = source::without_sources(others);
        (brought, remarks)
    }
}
