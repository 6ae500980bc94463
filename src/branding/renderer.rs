//! The renderer with an office's branding, made once, and those of reports that name faces of their own.

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::templates::TemplateFolder;
use super::{Branding, BrandingError, FontSource, faces_of};
use crate::diag::Diagnostic;
use crate::digest::{Digest, digest_of};
use crate::document::Document;
use crate::files::{self, FileError};
use crate::installed::InstalledFonts;
use crate::layout::{OwnFace, Role, needs_shaping};
use crate::render::{Format, RenderError, Renderer};
use crate::report::Report;
use crate::source::SourceFile;

/// A renderer with an office's branding, for any number of reports and threads.
///
/// Its files are read when it is made, and again only by [`refresh`](Self::refresh). The faces that a report
/// names are read when it is first asked for, and kept for the next report, which often names the same.
pub(crate) struct BrandedRenderer {
    branding: Branding,
    templates: Option<TemplateFolder>,
    /// With the templates only; or what is wrong with these.
    pages: Result<Renderer, RenderError>,
    /// With the Word file and the faces, too; or why these cannot be used.
    office: Result<Office, Arc<BrandingError>>,
    /// The contents of the files from which that was made.
    office_stamp: u64,
    last: Mutex<Option<Arc<ReportRenderer>>>,
    /// The fonts of the system, once a document needs them.
    installed: OnceLock<InstalledFonts>,
}

/// The branding of an office that all its reports share.
struct Office {
    renderer: Arc<ReportRenderer>,
    /// The parts taken from its files.
    taken: Vec<String>,
    /// Notes for the reader on its files.
    warnings: Vec<String>,
    /// The roles whose faces are taken from here, whatever a report says.
    named: Vec<Role>,
}

/// The renderer of a report.
pub(crate) struct ReportRenderer {
    /// The renderer.
    pub renderer: Renderer,
    /// Notes for the reader on the faces that the report names, in Chinese.
    pub warnings: Vec<String>,
    /// The faces of the system that are used for its document, each with the digest of its file.
    pub installed: Vec<String>,
    /// Their use, in Chinese.
    pub notes: Vec<String>,
    /// The faces that the report names, and what their files held.
    key: (Vec<FontSource>, u64),
    /// The digests of the files that go into web pages, Word files, and files with pages.
    digests: [String; 3],
}

impl BrandedRenderer {
    /// Reads an office's branding. Templates that are wrong come to light when a page is asked for.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or the Word file or a font cannot be used.
    pub(crate) fn read(branding: Branding) -> Result<Self, Arc<BrandingError>> {
        let templates = branding.templates.as_deref().map(TemplateFolder::read).transpose();
        let templates = templates.map_err(|error| Arc::new(error.into()))?;
        let pages = with_templates(templates.as_ref());
        let office_stamp = stamp_of(&branding.word_and_font_files());
        let office = Office::read(&branding, templates.as_ref(), pages.as_ref().ok())?;
        let (office, last, installed) = (Ok(office), Mutex::new(None), OnceLock::new());
        Ok(Self { branding, templates, pages, office, office_stamp, last, installed })
    }

    /// Reads those files again that have changed since.
    ///
    /// # Errors
    ///
    /// When a template cannot be read. What is wrong with any other file comes to light when a report is to
    /// be rendered with it.
    pub(crate) fn refresh(&mut self) -> Result<(), FileError> {
        let templates = self.branding.templates.as_deref().map(TemplateFolder::read).transpose()?;
        let stamp = stamp_of(&self.branding.word_and_font_files());
        let is_same = self.templates == templates;
        if is_same && self.office_stamp == stamp {
            return Ok(());
        }
        if !is_same {
            self.pages = with_templates(templates.as_ref());
            self.templates = templates;
        }
        let pages = self.pages.as_ref().ok();
        self.office =
            Office::read(&self.branding, self.templates.as_ref(), pages).map_err(Arc::new);
        self.office_stamp = stamp;
        self.last = Mutex::new(None);
        Ok(())
    }

    /// The renderer for web pages, which need neither Word styles nor faces.
    ///
    /// # Errors
    ///
    /// When a template is wrong; [`diagnose`](Self::diagnose) says where.
    pub(crate) fn pages(&self) -> Result<&Renderer, RenderError> {
        self.pages.as_ref().map_err(Clone::clone)
    }

    /// Notes on the parts taken from the office's files, in Chinese.
    pub(crate) fn taken(&self) -> &[String] {
        self.office.as_ref().map_or(&[], |office| &office.taken)
    }

    /// Remarks on the office's files, in Chinese.
    pub(crate) fn warnings(&self) -> &[String] {
        self.office.as_ref().map_or(&[], |office| &office.warnings)
    }

    /// The renderer for a report whose data file lies there; it may name faces of its own, but those of the
    /// office count more.
    ///
    /// # Errors
    ///
    /// When a file of the office or a face of the report cannot be read or used.
    pub(crate) fn for_report(
        &self,
        report: &Report,
        data_file: &Path,
    ) -> Result<Arc<ReportRenderer>, Arc<BrandingError>> {
        let office = self.office.as_ref().map_err(Arc::clone)?;
        let faces = faces_of(report, data_file);
        if faces.is_empty() {
            return Ok(Arc::clone(&office.renderer));
        }
        let files: Vec<PathBuf> = faces.iter().map(|font| font.file.clone()).collect();
        let key = (faces, stamp_of(&files));
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last.as_ref().filter(|last| last.key == key) {
            return Ok(Arc::clone(last));
        }
        let made = Arc::new(office.with_faces_of_report(key, &files)?);
        *last = Some(Arc::clone(&made));
        Ok(made)
    }

    /// The renderer for a document in which characters may stand that no face of its renderer has: with faces
    /// of the system for these, if the office allows that and the system has some.
    pub(crate) fn for_document(
        &self,
        with: Arc<ReportRenderer>,
        document: &Document,
    ) -> Arc<ReportRenderer> {
        let lacking: Vec<char> = match self.branding.system_fonts {
            true => with.renderer.unprintable(document).unwrap_or_default(),
            false => Vec::new(),
        }
        .into_iter()
        .map(|(character, _)| character)
        .filter(|character| needs_shaping(*character).is_none())
        .collect();
        if lacking.is_empty() {
            return with;
        }
        let fonts = self.installed.get_or_init(InstalledFonts::find);
        let mut renderer = with.renderer.clone();
        let (mut installed, mut notes) = (Vec::new(), Vec::new());
        for face in fonts.covering(&lacking) {
            let digest = face.digest.to_string();
            let added = renderer.clone().with_installed(face.bytes, face.index, digest.clone());
            let Ok(with) = added else { continue };
            renderer = with;
            let named = format!("{}（SHA-256 {digest}）", face.name);
            let characters: String = face.characters.iter().collect();
            notes.push(format!("“{characters}”用本机安装的字体 {named}"));
            installed.push(named);
        }
        let [html, docx, pdf] = &with.digests;
        let digests = [html.clone(), docx.clone(), digest_of(&(pdf, &installed))];
        let (key, warnings) = (with.key.clone(), with.warnings.clone());
        Arc::new(ReportRenderer { renderer, warnings, installed, notes, key, digests })
    }

    /// The template that an error speaks of, and the finding at its place in it; `None` when no template of the
    /// office is to blame.
    pub(crate) fn diagnose(&self, error: &RenderError) -> Option<(SourceFile, Diagnostic)> {
        self.templates.as_ref()?.diagnose(error)
    }
}

impl Office {
    fn read(
        branding: &Branding,
        templates: Option<&TemplateFolder>,
        pages: Option<&Renderer>,
    ) -> Result<Self, BrandingError> {
        let reference = branding.reference_doc.as_ref();
        let faces = branding.faces()?;
        // Before the files are used: if one is changed in between, outputs are made again once too often.
        let fonts: Vec<PathBuf> = faces.iter().map(|font| font.file.clone()).collect();
        let digests = [
            digest_of(&templates),
            digest_of_files(reference.map_or(&[], std::slice::from_ref)),
            digest_of(&(&faces, digest_of_files(&fonts))),
        ];
        let (mut taken, mut warnings) = (Vec::new(), Vec::new());
        let mut renderer = pages.cloned().unwrap_or_default();
        if let Some(path) = reference {
            let bytes = files::read_bytes(path)?;
            let (with, found) = renderer.with_reference(bytes).map_err(blame(path))?;
            renderer = with;
            let path = path.display();
            taken.push(format!("{path}：{}", found.summary));
            warnings.extend(found.lacking.iter().map(|lacking| format!("{path}：{lacking}")));
        }
        let renderer = with_faces(renderer, &faces, &mut taken, &mut warnings)?;
        let renderer = ReportRenderer {
            renderer,
            warnings: Vec::new(),
            installed: Vec::new(),
            notes: Vec::new(),
            key: (Vec::new(), 0),
            digests,
        };
        let named = faces.into_iter().map(|font| font.role).collect();
        Ok(Self { renderer: Arc::new(renderer), taken, warnings, named })
    }

    fn with_faces_of_report(
        &self,
        key: (Vec<FontSource>, u64),
        files: &[PathBuf],
    ) -> Result<ReportRenderer, BrandingError> {
        let [html, docx, pdf] = &self.renderer.digests;
        let digest = digest_of(&(pdf, &key.0, digest_of_files(files)));
        let digests = [html.clone(), docx.clone(), digest];
        let mut warnings = Vec::new();
        let own: Vec<FontSource> =
            key.0.iter().filter(|font| !self.named.contains(&font.role)).cloned().collect();
        let office = self.renderer.renderer.clone();
        let renderer = with_faces(office, &own, &mut Vec::new(), &mut warnings)?;
        let (installed, notes) = (Vec::new(), Vec::new());
        Ok(ReportRenderer { renderer, warnings, installed, notes, key, digests })
    }
}

impl ReportRenderer {
    /// The digest of the files of the branding that go into a format.
    pub(crate) fn digest(&self, format: Format) -> &str {
        let [html, docx, pdf] = &self.digests;
        match format {
            Format::Html | Format::HtmlFragment => html,
            Format::Docx => docx,
            Format::Pdf | Format::Ofd => pdf,
        }
    }
}

fn with_templates(templates: Option<&TemplateFolder>) -> Result<Renderer, RenderError> {
    let renderer = Renderer::new();
    match templates {
        Some(own) => Ok(renderer.with_templates(own.templates()?)),
        None => Ok(renderer),
    }
}

fn with_faces(
    mut renderer: Renderer,
    faces: &[FontSource],
    taken: &mut Vec<String>,
    warnings: &mut Vec<String>,
) -> Result<Renderer, BrandingError> {
    for FontSource { role, file, face } in faces {
        let bytes = files::read_bytes(file)?;
        let with = renderer.with_face(*role, bytes, face.as_deref()).map_err(blame(file))?;
        renderer = with.0;
        let own = with.1;
        if !own.collection.is_empty() && face.is_none() {
            taken.push(format!(
                "{}：里面有 {} 个字体，{}用 {}；要用别的，在文件名后写 # 和它的名称，有 {}",
                file.display(),
                own.collection.len(),
                role.name(),
                own.name,
                own.collection.join("、")
            ));
        }
        warnings.extend(remarks(&own, *role).map(|remark| format!("{} {remark}", file.display())));
    }
    Ok(renderer)
}

/// The note on a face that an office gives.
fn remarks(own: &OwnFace, role: Role) -> impl Iterator<Item = String> {
    let restricted = own.preview_and_print_only.then(|| "的许可只允许嵌入后预览和打印".to_owned());
    let (lacking, n_common) = &own.lacking;
    let lacks = match lacking.len() {
        0 => None,
        n if n == *n_common => {
            Some(format!("里的 {} 没有汉字，{}的汉字仍用别的字体", own.name, role.name()))
        }
        n => Some(format!(
            "里的 {} 缺常用汉字（{n_common} 个里缺 {n} 个，如“{}”），缺的用别的字体；可能不是简体中文字体",
            own.name,
            lacking.iter().take(5).collect::<String>()
        )),
    };
    restricted.into_iter().chain(lacks)
}

fn blame(path: &Path) -> impl Fn(RenderError) -> BrandingError {
    |error| BrandingError::Unusable(path.to_owned(), error)
}

/// A number for the sizes and times of change of files, which are large and not saved twice in a moment.
fn stamp_of(files: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in files {
        path.hash(&mut hasher);
        match files::stamp(path) {
            Ok(stamp) => stamp.hash(&mut hasher),
            Err(error) => error.to_string().hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// The digest of what stands in some files; one that cannot be read is told from an empty one.
fn digest_of_files(files: &[PathBuf]) -> String {
    let digests: Vec<Option<Digest>> = files.iter().map(|file| files::digest(file)).collect();
    digest_of(&digests)
}

impl fmt::Debug for BrandedRenderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrandedRenderer").field("branding", &self.branding).finish_non_exhaustive()
    }
}

impl fmt::Debug for ReportRenderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportRenderer").field("key", &self.key).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;

    const KAI: &[u8] = include_bytes!("../../assets/fonts/kai.ttf");

    #[test]
    fn the_faces_of_the_office_count_more_than_those_of_a_report() {
        let folder = tempfile::tempdir().unwrap();
        let data_file = folder.path().join("年报.toml");
        let mut report = Report::empty(Edition::Y2021);
        report.fonts = vec![("kai".to_owned(), "没有.ttf".to_owned())];
        let plain = BrandedRenderer::read(Branding::default()).unwrap();
        let why = plain.for_report(&report, &data_file).unwrap_err().to_string();
        assert!(why.contains("没有.ttf") && why.contains("没有这个文件"), "{why}");

        files::write_whole(&folder.path().join("楷体.ttf"), KAI).unwrap();
        let branding = Branding { font_dir: Some(folder.path().to_owned()), ..Branding::default() };
        assert_eq!(branding.word_and_font_files(), [folder.path().join("楷体.ttf")]);
        let branded = BrandedRenderer::read(branding).unwrap();
        assert!(branded.for_report(&report, &data_file).is_ok());
    }

    #[test]
    fn a_file_that_cannot_be_used_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("红头.docx");
        files::write_whole(&path, b"no Word file").unwrap();
        let branding = Branding { reference_doc: Some(path), ..Branding::default() };
        let error = BrandedRenderer::read(branding).unwrap_err();
        assert!(error.to_string().contains("红头.docx：参考文档无法使用"), "{error}");
    }

    #[test]
    fn faces_are_read_again_only_when_they_have_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (data_file, face) = (folder.path().join("年报.toml"), folder.path().join("k.ttf"));
        files::write_whole(&face, KAI).unwrap();
        let mut report = Report::empty(Edition::Y2021);
        report.fonts = vec![("kai".to_owned(), "k.ttf".to_owned())];
        let branded = BrandedRenderer::read(Branding::default()).unwrap();
        let once = branded.for_report(&report, &data_file).unwrap();
        assert!(Arc::ptr_eq(&once, &branded.for_report(&report, &data_file).unwrap()));
        files::write_whole(&face, b"no font").unwrap();
        assert!(branded.for_report(&report, &data_file).is_err());
    }
}
