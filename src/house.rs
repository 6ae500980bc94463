//! An office's own look, read from its files: faces for the PDF, and a Word file whose styles are taken.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::files::{self, FileError};
use crate::layout::{Faces, Role};
use crate::render::{RenderError, Renderer};
use crate::report::Report;

/// Where an office's own look lies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct House {
    /// A Word file whose styles, headers and page setup are taken over.
    pub reference_doc: Option<PathBuf>,
    /// Font files by role; they count more than those in the folder.
    pub fonts: Vec<(Role, PathBuf)>,
    /// A folder of font files named after the roles.
    pub font_dir: Option<PathBuf>,
}

/// A renderer with an office's own look.
#[derive(Clone)]
pub struct Dressed {
    /// The renderer, for reports that bring no faces of their own.
    pub renderer: Renderer,
    /// What the reader should know of the files, in Chinese.
    pub warnings: Vec<String>,
    /// The roles whose faces are taken from here, whatever a report says.
    named: Vec<Role>,
}

impl House {
    /// Reads the files and gives their look to a renderer.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or used.
    pub fn dress(&self, mut renderer: Renderer) -> Result<Dressed, HouseError> {
        let mut warnings = Vec::new();
        if let Some(path) = &self.reference_doc {
            let bytes = files::read_bytes(path)?;
            let (with, found) = renderer.with_reference(bytes).map_err(blame(path))?;
            renderer = with;
            let path = path.display();
            warnings.extend(found.into_iter().map(|found| format!("{path}：{found}")));
        }
        let mut faces = self.font_dir.as_deref().map(faces_in).transpose()?.unwrap_or_default();
        faces.extend(self.fonts.iter().cloned());
        let renderer = with_faces(renderer, &faces, &mut warnings)?;
        let named = faces.into_iter().map(|(role, _)| role).collect();
        Ok(Dressed { renderer, warnings, named })
    }

    /// The files that [`dress`](Self::dress) reads, as far as they can be told.
    pub fn files(&self) -> Vec<PathBuf> {
        let in_folder = self.font_dir.as_deref().and_then(|folder| faces_in(folder).ok());
        let faces = in_folder.into_iter().flatten().chain(self.fonts.iter().cloned());
        self.reference_doc.iter().cloned().chain(faces.map(|(_, path)| path)).collect()
    }
}

impl Dressed {
    /// The renderer for a report that names faces of its own, and what the reader should know of those;
    /// the faces of the house count more.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or is no usable font.
    pub fn for_report(
        &self,
        report: &Report,
        data_file: &Path,
    ) -> Result<(Renderer, Vec<String>), HouseError> {
        let mut faces = faces_of(report, data_file);
        faces.retain(|(role, _)| !self.named.contains(role));
        let mut warnings = Vec::new();
        let renderer = with_faces(self.renderer.clone(), &faces, &mut warnings)?;
        Ok((renderer, warnings))
    }
}

/// The faces that a report names, found from the folder of its data file.
pub fn faces_of(report: &Report, data_file: &Path) -> Vec<(Role, PathBuf)> {
    let folder = data_file.parent().unwrap_or(Path::new(""));
    let of_role = |role: &Role| {
        let (_, file) = report.fonts.iter().find(|(key, _)| key == role.key())?;
        Some((*role, folder.join(file)))
    };
    Role::ALL.iter().filter_map(of_role).collect()
}

/// The faces in a folder whose files are named after a role.
fn faces_in(folder: &Path) -> Result<Vec<(Role, PathBuf)>, FileError> {
    let paths = files::list(folder, &["ttf", "otf", "ttc"])?;
    let role = |path: &Path| Faces::role(&path.file_stem()?.to_string_lossy());
    Ok(paths.into_iter().filter_map(|path| Some((role(&path)?, path))).collect())
}

fn with_faces(
    mut renderer: Renderer,
    faces: &[(Role, PathBuf)],
    warnings: &mut Vec<String>,
) -> Result<Renderer, HouseError> {
    for (role, path) in faces {
        let bytes = files::read_bytes(path)?;
        let (with, restricted) = renderer.with_face(*role, bytes).map_err(blame(path))?;
        renderer = with;
        if restricted {
            warnings.push(format!("{} 的许可只允许嵌入后预览和打印", path.display()));
        }
    }
    Ok(renderer)
}

fn blame(path: &Path) -> impl Fn(RenderError) -> HouseError {
    |error| HouseError::Unusable(path.to_owned(), error)
}

/// Why an office's own look could not be had. Its text is for the reader, in Chinese.
#[derive(Debug)]
#[non_exhaustive]
pub enum HouseError {
    /// A file cannot be read.
    File(FileError),
    /// A file was read and cannot be used.
    Unusable(PathBuf, RenderError),
}

impl From<FileError> for HouseError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl fmt::Display for HouseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Unusable(path, error) => write!(f, "{}：{error}", path.display()),
        }
    }
}

impl std::error::Error for HouseError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;

    #[test]
    fn the_faces_of_the_house_count_more_than_those_of_a_report() {
        let folder = tempfile::tempdir().unwrap();
        let data_file = folder.path().join("年报.toml");
        let renderer = Renderer::new().unwrap();
        let mut report = Report::empty(Edition::Y2021);
        report.fonts = vec![("kai".to_owned(), "没有.ttf".to_owned())];
        let plain = House::default().dress(renderer.clone()).unwrap();
        let why = plain.for_report(&report, &data_file).map(|_| ()).unwrap_err().to_string();
        assert!(why.contains("没有.ttf") && why.contains("没有这个文件"), "{why}");

        let face = include_bytes!("../assets/fonts/kai.ttf");
        files::write_whole(&folder.path().join("楷体.ttf"), face).unwrap();
        let house = House { font_dir: Some(folder.path().to_owned()), ..House::default() };
        assert_eq!(house.files(), [folder.path().join("楷体.ttf")]);
        assert!(house.dress(renderer).unwrap().for_report(&report, &data_file).is_ok());
    }

    #[test]
    fn a_file_that_cannot_be_used_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("红头.docx");
        files::write_whole(&path, b"no Word file").unwrap();
        let house = House { reference_doc: Some(path), ..House::default() };
        let error = house.dress(Renderer::new().unwrap()).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("红头.docx：参考文档无法使用"), "{error}");
    }
}
