//! What makes the outputs of reports: the office's own look, and what an output was made from.

use std::fmt::{self, Debug, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sha2::{Digest as _, Sha256};

use super::record::hex;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::files;
use crate::layout::{Faces, Role};
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
    /// The Word file whose look is taken over.
    pub reference_doc: Option<PathBuf>,
    /// A folder whose fonts are named after roles.
    pub font_dir: Option<PathBuf>,
    /// Fonts for roles; they count more than those of the folder.
    pub fonts: Vec<(Role, PathBuf)>,
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
    look: Look,
    /// The roles whose faces the command line names.
    named: Vec<Role>,
    /// The look of the last report that names faces of its own: the next one often names the same.
    last: Mutex<Option<Arc<OwnFaces>>>,
    program: OnceLock<Option<String>>,
}

/// A renderer and the digests of what it was made from.
#[derive(Clone)]
struct Look {
    renderer: Renderer,
    html: String,
    docx: String,
    pdf: String,
}

/// The look of reports that name certain faces.
struct OwnFaces {
    faces: Vec<(Role, PathBuf)>,
    look: Look,
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
        let html = digest_of(&templates);
        let mut look = Look { renderer, html, docx: String::new(), pdf: String::new() };
        let mut warnings = Vec::new();
        if let Some(path) = &options.reference_doc {
            let bytes = files::read_bytes(path)?;
            look.docx = hex(&Sha256::digest(&bytes));
            let (renderer, more) =
                look.renderer.with_reference(bytes).map_err(|error| blame(path, &error))?;
            look.renderer = renderer;
            let warning = |warning| format!("警告：{}：{warning}", path.display());
            warnings.extend(more.into_iter().map(warning));
        }
        let in_folder = options.font_dir.as_deref().map(faces_of).transpose()?;
        let faces: Vec<(Role, PathBuf)> =
            in_folder.unwrap_or_default().into_iter().chain(options.fonts.clone()).collect();
        let look = look.with_faces(&faces, &mut warnings)?;
        let named = faces.iter().map(|(role, _)| *role).collect();
        let (last, program) = (Mutex::new(None), OnceLock::new());
        Ok((Self { options, templates, look, named, last, program }, warnings))
    }

    /// The look for a report, and what should be known of it. Faces that the report names count less
    /// than those of the command line; their files lie beside the data file at `path`.
    pub(super) fn dress(&self, report: &Report, path: &Path) -> Result<Dress, Refusal> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let faces: Vec<(Role, PathBuf)> = Role::ALL
            .iter()
            .filter(|role| !self.named.contains(role))
            .filter_map(|role| {
                let (_, file) = report.fonts.iter().find(|(key, _)| key == role.key())?;
                Some((*role, folder.join(file)))
            })
            .collect();
        if faces.is_empty() {
            return Ok(Dress(None));
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = last.as_ref().filter(|own| own.faces == faces) {
            return Ok(Dress(Some(Arc::clone(own))));
        }
        let mut warnings = Vec::new();
        let look = self.look.clone().with_faces(&faces, &mut warnings)?;
        let own = Arc::new(OwnFaces { faces, look, warnings });
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
        let renderer = &self.look(dress).renderer;
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
        let look = self.look(dress);
        let (look, attached) = match format {
            Format::Html | Format::HtmlFragment => (&look.html, String::new()),
            Format::Docx => (&look.docx, String::new()),
            Format::Pdf => (&look.pdf, data.map(digest_of).unwrap_or_default()),
        };
        let program = self.program.get_or_init(|| files::digest(&std::env::current_exe().ok()?));
        let parts = [program.as_deref()?, format.key(), look, document, &attached];
        Some(digest_of(&parts))
    }

    fn look<'a>(&'a self, dress: &'a Dress) -> &'a Look {
        dress.0.as_ref().map_or(&self.look, |own| &own.look)
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

impl Look {
    fn with_faces(
        mut self,
        faces: &[(Role, PathBuf)],
        warnings: &mut Vec<String>,
    ) -> Result<Self, Refusal> {
        for (role, path) in faces {
            let bytes = files::read_bytes(path)?;
            self.pdf = digest_of(&(&self.pdf, role, hex(&Sha256::digest(&bytes))));
            let (renderer, restricted) =
                self.renderer.with_face(*role, bytes).map_err(|error| blame(path, &error))?;
            self.renderer = renderer;
            if restricted {
                warnings
                    .push(format!("警告：{} 的许可只允许嵌入后预览和打印", path.display()));
            }
        }
        Ok(self)
    }
}

/// The digest of a value: of what its `Debug` writes, which names every field.
pub(super) fn digest_of(value: &(impl Debug + ?Sized)) -> String {
    struct Writer(Sha256);
    impl fmt::Write for Writer {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut writer = Writer(Sha256::new());
    // The writer takes everything.
    let _ = write!(writer, "{value:?}");
    hex(&writer.0.finalize())
}

/// The faces in a folder whose files are named after a role.
fn faces_of(folder: &Path) -> Result<Vec<(Role, PathBuf)>, files::FileError> {
    let paths = files::list(folder, &["ttf", "otf", "ttc"])?;
    let role = |path: &Path| Faces::role(&path.file_stem()?.to_string_lossy());
    Ok(paths.into_iter().filter_map(|path| Some((role(&path)?, path))).collect())
}

fn blame(path: &Path, error: &RenderError) -> Refusal {
    Refusal::Other(format!("{}：{error}", path.display()))
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
