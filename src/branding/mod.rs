//! An office's branding: its own web templates, Word styles and faces, and renderers made with them.
//!
//! [`Branding`] says where they lie; a [`BrandedRenderer`] reads them once, for builds and previews alike.

mod renderer;
mod templates;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::files::{self, FileError};
use crate::layout::{Faces, Role};
use crate::render::RenderError;
use crate::report::Report;

pub(crate) use renderer::{BrandedRenderer, ReportRenderer};
pub use templates::TEMPLATE;

use templates::TEMPLATE_EXTENSIONS;

/// The places of an office's branding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branding {
    /// A folder of templates and styles for web pages.
    pub templates: Option<PathBuf>,
    /// A Word file whose styles, headers and page setup are taken over.
    pub reference_doc: Option<PathBuf>,
    /// Font files by role; they count more than those in the folder.
    pub fonts: Vec<FontSource>,
    /// A folder of font files named after the roles.
    pub font_dir: Option<PathBuf>,
    /// True if characters that none of these has may be taken from fonts of the system.
    pub system_fonts: bool,
}

/// A font file for a role, and which of its faces is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FontSource {
    /// The role.
    pub role: Role,
    /// The file.
    pub file: PathBuf,
    /// The name, or the place counted from 1, of a face in a collection; if there is none, the one for
    /// simplified Chinese is meant.
    pub face: Option<String>,
}

impl FontSource {
    /// The face meant by a path, and behind that of a collection perhaps `#` and a face.
    pub fn new(role: Role, written: &Path) -> Self {
        let text = written.to_string_lossy();
        let is_collection = |file: &str| {
            let lower = file.to_lowercase();
            lower.ends_with(".ttc") || lower.ends_with(".otc")
        };
        match text.rsplit_once('#').filter(|(file, _)| is_collection(file)) {
            Some((file, face)) => {
                Self { role, file: PathBuf::from(file), face: Some(face.trim().to_owned()) }
            }
            None => Self { role, file: written.to_owned(), face: None },
        }
    }
}

impl Branding {
    /// The files of the folder of templates that are read; empty when there is no such folder.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn template_files(&self) -> Result<Vec<PathBuf>, FileError> {
        match &self.templates {
            Some(folder) => files::list(folder, TEMPLATE_EXTENSIONS),
            None => Ok(Vec::new()),
        }
    }

    /// True if a file of that name would be read as a template.
    pub fn may_be_template(&self, path: &Path) -> bool {
        let extension = path.extension().and_then(|extension| extension.to_str());
        self.templates.is_some() && extension.is_some_and(|e| TEMPLATE_EXTENSIONS.contains(&e))
    }

    /// The Word file and the font files, as far as they can be told.
    pub fn word_and_font_files(&self) -> Vec<PathBuf> {
        self.reference_doc.iter().cloned().chain(self.font_files()).collect()
    }

    fn font_files(&self) -> Vec<PathBuf> {
        let faces = self.faces().unwrap_or_else(|_| self.fonts.clone());
        faces.into_iter().map(|font| font.file).collect()
    }

    /// The faces, those of the folder first.
    fn faces(&self) -> Result<Vec<FontSource>, FileError> {
        let mut faces = self.font_dir.as_deref().map(faces_in).transpose()?.unwrap_or_default();
        faces.extend(self.fonts.iter().cloned());
        Ok(faces)
    }
}

/// The faces that a report names, found from the folder of its data file.
pub(crate) fn faces_of(report: &Report, data_file: &Path) -> Vec<FontSource> {
    let folder = data_file.parent().unwrap_or(Path::new(""));
    let of_role = |role: &Role| {
        let (_, file) = report.fonts.iter().find(|(key, _)| key == role.key())?;
        Some(FontSource::new(*role, &folder.join(file)))
    };
    Role::ALL.iter().filter_map(of_role).collect()
}

/// The faces in a folder whose files are named after a role.
fn faces_in(folder: &Path) -> Result<Vec<FontSource>, FileError> {
    let paths = files::list(folder, &["ttf", "otf", "ttc", "otc"])?;
    let role = |path: &Path| Faces::role(&path.file_stem()?.to_string_lossy());
    let source = |file: PathBuf| Some(FontSource { role: role(&file)?, file, face: None });
    Ok(paths.into_iter().filter_map(source).collect())
}

/// The reason why an office's branding cannot be used. Its text is for the reader, in Chinese.
#[derive(Debug)]
#[non_exhaustive]
pub enum BrandingError {
    /// A file cannot be read.
    File(FileError),
    /// A file was read and cannot be used.
    Unusable(PathBuf, RenderError),
}

impl From<FileError> for BrandingError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl fmt::Display for BrandingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Unusable(path, error) => write!(f, "{}：{error}", path.display()),
        }
    }
}

impl std::error::Error for BrandingError {}
