//! The maker of outputs: the office's branding, and the digests of all that an output was made from.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::branding::{BrandedRenderer, Branding, BrandingError, ReportRenderer};
use crate::diag::Diagnostic;
use crate::digest::{Digest, digest_of};
use crate::document::Document;
use crate::files;
use crate::render::{Attachment, Format, RenderError};
use crate::report::Report;
use crate::source::SourceFile;

/// The settings of outputs, and their destination.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// The formats, each once and in their order.
    pub formats: Vec<Format>,
    /// The folder for the outputs; beside the data files if there is none.
    pub out: Option<PathBuf>,
    /// True if reports with errors are made too, and all marked as drafts.
    pub draft: bool,
    /// True if a paged output carries its data file.
    pub attach_data: bool,
    /// True if outputs that have not changed are made again.
    pub force: bool,
    /// The office's own templates, Word styles and faces.
    pub branding: Branding,
}

/// The reason why nothing could be made.
#[derive(Debug, Clone)]
pub(crate) enum OutputError {
    /// A template of the office is wrong.
    Template {
        /// The template.
        source: Box<SourceFile>,
        /// The error, and its place.
        diagnostic: Box<Diagnostic>,
        /// The outputs that could not be made, in Chinese.
        act: String,
    },
    /// Characters that the PDF cannot show, in Chinese.
    Characters(String),
    /// Anything else, in Chinese.
    Other(String),
}

/// Makes the outputs of reports. Made once, it serves any number of reports and threads.
#[derive(Debug)]
pub(crate) struct Maker {
    pub(super) options: Options,
    branded: BrandedRenderer,
    program: OnceLock<Option<Digest>>,
}

impl Maker {
    /// A maker with the office's own templates, styles and faces, and notes on what was taken from these,
    /// in Chinese.
    ///
    /// # Errors
    ///
    /// When one of the files cannot be read or used.
    pub(crate) fn new(options: Options) -> Result<(Self, Vec<String>), OutputError> {
        let branded = BrandedRenderer::read(options.branding.clone()).map_err(unusable)?;
        branded.pages().map_err(|error| output_error(&error, &branded, ""))?;
        let warnings = branded.warnings().iter().map(|text| format!("警告：{text}"));
        let notes = branded.taken().iter().cloned().chain(warnings).collect();
        Ok((Self { options, branded, program: OnceLock::new() }, notes))
    }

    /// The renderer for a report whose data file lies at `path`; it may name faces of its own.
    pub(super) fn for_report(
        &self,
        report: &Report,
        path: &Path,
    ) -> Result<Arc<ReportRenderer>, OutputError> {
        self.branded.for_report(report, path).map_err(unusable)
    }

    /// The renderer for a document with characters that none of its faces has.
    pub(super) fn for_document(
        &self,
        with: Arc<ReportRenderer>,
        document: &Document,
        formats: &[Format],
    ) -> Arc<ReportRenderer> {
        match formats.iter().any(|format| format.is_paged()) {
            true => self.branded.for_document(with, document),
            false => with,
        }
    }

    /// The bytes of one output; `act` is what could not be done if it fails, in Chinese.
    pub(super) fn render(
        &self,
        document: &Document,
        format: Format,
        data: Option<&Attachment>,
        with: &ReportRenderer,
        act: &str,
    ) -> Result<Vec<u8>, OutputError> {
        let rendered = with.renderer.render_with(document, format, data);
        rendered.map_err(|error| output_error(&error, &self.branded, act))
    }

    /// The digest of everything that one output is made from; `None` when this program cannot read
    /// itself, and so cannot tell whether it is still the one that made an output.
    ///
    /// Only the document goes into an output, so it stands for the data files.
    pub(super) fn digest(
        &self,
        document: &str,
        format: Format,
        data: Option<&Attachment>,
        with: &ReportRenderer,
    ) -> Option<String> {
        let attached = data.filter(|_| format.is_paged()).map(digest_of).unwrap_or_default();
        let program = self.program.get_or_init(files::this_program);
        let parts = [
            &program.as_ref()?.to_string(),
            format.key(),
            with.digest(format),
            document,
            &attached,
        ];
        Some(digest_of(&parts))
    }
}

fn output_error(error: &RenderError, branded: &BrandedRenderer, act: &str) -> OutputError {
    match branded.diagnose(error) {
        Some((source, diagnostic)) => OutputError::Template {
            source: Box::new(source),
            diagnostic: Box::new(diagnostic),
            act: act.to_owned(),
        },
        None if matches!(error, RenderError::MissingCharacters(_)) => {
            OutputError::Characters(format!("{act}{error}"))
        }
        None => OutputError::Other(format!("{act}{error}")),
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template { act, .. } => write!(f, "{act}模板有错"),
            Self::Characters(why) | Self::Other(why) => f.write_str(why),
        }
    }
}

fn unusable(error: Arc<BrandingError>) -> OutputError {
    OutputError::Other(error.to_string())
}

impl From<files::FileError> for OutputError {
    fn from(error: files::FileError) -> Self {
        Self::Other(error.to_string())
    }
}
