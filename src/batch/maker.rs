//! What makes the outputs of reports: the office's own look, and what an output was made from.

use std::fmt::{self, Debug, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::diag::Diagnostic;
use crate::digest::{Digest, Digester};
use crate::document::Document;
use crate::files;
use crate::house::{Dressed, House, HouseError, faces_of};
use crate::load::TemplateFolder;
use crate::render::pdf::Attachment;
use crate::render::{Format, RenderError, Renderer};
use crate::report::Report;
use crate::source::SourceFile;

/// How outputs are made and where they go.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The formats, each once and in their order.
    pub formats: Vec<Format>,
    /// The folder for the outputs; beside the data files if there is none.
    pub out: Option<PathBuf>,
    /// Whether reports with errors are made too, and all marked as drafts.
    pub draft: bool,
    /// Whether a PDF carries its data file.
    pub attach_data: bool,
    /// Whether outputs that have not changed are made again.
    pub force: bool,
    /// The folder with the office's own templates.
    pub templates: Option<PathBuf>,
    /// Its own faces and Word styles.
    pub house: House,
}

/// Why nothing could be made.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// A template of the office is wrong.
    Template {
        /// The template.
        source: Box<SourceFile>,
        /// What is wrong, and where in it.
        diagnostic: Box<Diagnostic>,
        /// What could not be made, in Chinese.
        act: String,
    },
    /// Anything else, in Chinese.
    Other(String),
}

/// Makes the outputs of reports. Made once, it serves any number of reports and threads.
pub struct Maker {
    pub(super) options: Options,
    templates: Option<TemplateFolder>,
    dressed: Dressed,
    look: Look,
    /// The look of the last report that names faces of its own: the next one often names the same.
    last: Mutex<Option<Arc<OwnFaces>>>,
    program: OnceLock<Option<Digest>>,
}

/// The digests of what outputs are made from besides their document.
#[derive(Clone)]
struct Look {
    html: String,
    docx: String,
    pdf: String,
}

/// The look of reports that name certain faces.
struct OwnFaces {
    files: Vec<PathBuf>,
    renderer: Renderer,
    pdf: String,
    warnings: Vec<String>,
}

impl Maker {
    /// A maker with the office's own templates, styles and faces, and what of them could not be used or
    /// should be known, in Chinese.
    ///
    /// # Errors
    ///
    /// When one of the files cannot be read or used.
    pub fn new(options: Options) -> Result<(Self, Vec<String>), Refusal> {
        let templates = options.templates.as_deref().map(TemplateFolder::read).transpose()?;
        let renderer = Renderer::new().and_then(|renderer| match &templates {
            Some(own) => Ok(renderer.with_templates(own.templates()?)),
            None => Ok(renderer),
        });
        let renderer = renderer.map_err(|error| refusal(&error, templates.as_ref(), ""))?;
        // Before the files are read: if one is changed in between, it is made again once too often.
        let reference = options.house.reference_doc.clone();
        let fonts = House { reference_doc: None, ..options.house.clone() };
        let look = Look {
            html: digest_of(&templates),
            docx: digest_of_files(reference.as_slice()),
            pdf: digest_of(&(&fonts, digest_of_files(&fonts.files()))),
        };
        let dressed = options.house.dress(renderer)?;
        let warnings = dressed.warnings.iter().map(|text| format!("警告：{text}")).collect();
        let (last, program) = (Mutex::new(None), OnceLock::new());
        Ok((Self { options, templates, dressed, look, last, program }, warnings))
    }

    /// The look for a report whose data file lies at `path`; it may name faces of its own.
    pub(super) fn dress(&self, report: &Report, path: &Path) -> Result<Dress, Refusal> {
        let faces = faces_of(report, path);
        if faces.is_empty() {
            return Ok(Dress(None));
        }
        let files: Vec<PathBuf> = faces.iter().map(|(_, file)| file.clone()).collect();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let pdf = digest_of(&(&self.look.pdf, &faces, digest_of_files(&files)));
        if let Some(own) = last.as_ref().filter(|own| own.files == files && own.pdf == pdf) {
            return Ok(Dress(Some(Arc::clone(own))));
        }
        let (renderer, warnings) = self.dressed.for_report(report, path)?;
        let warnings = warnings.iter().map(|text| format!("警告：{text}")).collect();
        let own = Arc::new(OwnFaces { files, renderer, pdf, warnings });
        *last = Some(Arc::clone(&own));
        Ok(Dress(Some(own)))
    }

    /// The bytes of one output; `act` is what could not be done if it fails, in Chinese.
    pub(super) fn render(
        &self,
        document: &Document,
        format: Format,
        data: Option<&Attachment>,
        dress: &Dress,
        act: &str,
    ) -> Result<Vec<u8>, Refusal> {
        let renderer = dress.0.as_ref().map_or(&self.dressed.renderer, |own| &own.renderer);
        let rendered = match data {
            Some(data) if format == Format::Pdf => renderer.pdf_with_data(document, data),
            _ => renderer.render(document, format),
        };
        rendered.map_err(|error| refusal(&error, self.templates.as_ref(), act))
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
        dress: &Dress,
    ) -> Option<String> {
        let (look, attached) = match format {
            Format::Html | Format::HtmlFragment => (&self.look.html, String::new()),
            Format::Docx => (&self.look.docx, String::new()),
            Format::Pdf => {
                let own = dress.0.as_ref().map_or(&self.look.pdf, |own| &own.pdf);
                (own, data.map(digest_of).unwrap_or_default())
            }
        };
        let program = self.program.get_or_init(|| files::digest(&std::env::current_exe().ok()?));
        let parts = [&program.as_ref()?.to_string(), format.key(), look, document, &attached];
        Some(digest_of(&parts))
    }
}

impl Debug for Maker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Maker").field("options", &self.options).finish_non_exhaustive()
    }
}

/// The faces that one report names, if it names any.
pub(super) struct Dress(Option<Arc<OwnFaces>>);

impl Dress {
    /// What the maker of a face allows, in Chinese.
    pub(super) fn warnings(&self) -> &[String] {
        self.0.as_ref().map_or(&[], |own| &own.warnings)
    }
}

/// The digest of what stands in some files; one that cannot be read is told from an empty one.
fn digest_of_files(files: &[PathBuf]) -> String {
    let digests: Vec<Option<Digest>> = files.iter().map(|file| files::digest(file)).collect();
    digest_of(&digests)
}

/// The digest of a value: of what its `Debug` writes, which names every field.
pub(super) fn digest_of(value: &(impl Debug + ?Sized)) -> String {
    let mut digester = Digester::default();
    // It takes everything.
    let _ = write!(digester, "{value:?}");
    digester.digest().to_string()
}

fn refusal(error: &RenderError, templates: Option<&TemplateFolder>, act: &str) -> Refusal {
    match templates.and_then(|own| own.diagnose(error)) {
        Some((source, diagnostic)) => Refusal::Template {
            source: Box::new(source),
            diagnostic: Box::new(diagnostic),
            act: act.to_owned(),
        },
        None => Refusal::Other(format!("{act}{error}")),
    }
}

impl From<files::FileError> for Refusal {
    fn from(error: files::FileError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<HouseError> for Refusal {
    fn from(error: HouseError) -> Self {
        Self::Other(error.to_string())
    }
}
