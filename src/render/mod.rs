//! Document or pages to bytes: the formats, and what can go wrong.

mod cut;
pub mod docx;
mod error;
pub mod html;
pub mod ofd;
pub mod pdf;

pub use error::RenderError;

use crate::budget::PAGES;
use crate::document::{self, Block, Document};
use crate::edition::Edition;
use crate::guard::guarded;
use crate::layout::{self, Faces, OwnFace, Pages, Role};
use crate::report::Report;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A self-contained web page.
    Html,
    /// The report alone, to be pasted into a content system.
    HtmlFragment,
    /// A Word document.
    Docx,
    /// A paged document for print and archive.
    Pdf,
    /// The same pages in the fixed-layout format of GB/T 33190-2016.
    Ofd,
}

/// A file that travels inside a paged one: the source of its figures.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attachment {
    /// Its name without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Format {
    /// All formats, in the order in which they are written.
    pub const ALL: &'static [Self] =
        &[Self::Html, Self::HtmlFragment, Self::Docx, Self::Pdf, Self::Ofd];

    /// The formats that are made when none is named.
    pub const DEFAULT: &'static [Self] = &[Self::Html, Self::Docx, Self::Pdf];

    /// The name on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::HtmlFragment => "html-fragment",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
        }
    }

    /// The extension of a file of this format.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::HtmlFragment => "fragment.html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
        }
    }

    /// The media type of a file of this format (RFC 6838), as a server names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html | Self::HtmlFragment => "text/html; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            // As the registry of the format's users has it; none is registered with IANA.
            Self::Ofd => "application/ofd",
        }
    }

    /// True if a file of this format has pages with faces in it, and can carry the data file.
    pub fn is_paged(self) -> bool {
        match self {
            Self::Html | Self::HtmlFragment | Self::Docx => false,
            Self::Pdf | Self::Ofd => true,
        }
    }

    /// The format with that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.key() == key)
    }
}

/// Renders documents; made once, because reading faces and templates takes longer than a page.
#[derive(Clone)]
pub struct Renderer {
    html: html::Options,
    reference: Option<Vec<u8>>,
    faces: Faces,
}

impl Renderer {
    /// A renderer with the templates and faces that come with the program.
    pub fn new() -> Self {
        Self { html: html::Options::default(), reference: None, faces: Faces::bundled() }
    }

    /// This renderer with the office's own templates for its web pages.
    #[must_use]
    pub fn with_templates(mut self, templates: html::Templates) -> Self {
        self.html.templates = templates;
        self
    }

    /// This renderer with styles, headers and page setup of its Word files from a Word file of the
    /// office, and what is taken over from that file.
    ///
    /// # Errors
    ///
    /// When the file is no Word file that can be read.
    pub fn with_reference(mut self, bytes: Vec<u8>) -> Result<(Self, docx::Taken), RenderError> {
        let trial = document::build(&Report::empty(Edition::LATEST), false);
        let options = docx::Options { reference: Some(&bytes) };
        let taken = guarded(|| docx::render(&trial, &options))??.taken;
        self.reference = Some(bytes);
        Ok((self, taken.unwrap_or_default()))
    }

    /// This renderer with a face of the user's own for a role of its PDFs, and what there is to say of that
    /// face. `wanted` says which one of a collection is meant.
    ///
    /// # Errors
    ///
    /// When the bytes are no font, hold no such face, or may not be embedded.
    pub fn with_face(
        mut self,
        role: Role,
        bytes: Vec<u8>,
        wanted: Option<&str>,
    ) -> Result<(Self, OwnFace), RenderError> {
        let faces = self.faces;
        let (faces, own) = guarded(move || faces.with(role, bytes, wanted))??;
        self.faces = faces;
        Ok((self, own))
    }

    /// This renderer with a face of the system for characters that no other has; the PDF names it with the
    /// digest of its file.
    ///
    /// # Errors
    ///
    /// When the bytes are no font, or may not be embedded.
    pub fn with_installed(
        mut self,
        bytes: Vec<u8>,
        index: u32,
        digest: String,
    ) -> Result<Self, RenderError> {
        let faces = self.faces;
        self.faces = guarded(move || faces.with_installed(bytes, index, digest))??;
        Ok(self)
    }

    /// The characters of a document that a PDF cannot show, each with the words around it.
    ///
    /// # Errors
    ///
    /// When there is no face at all.
    pub fn unprintable(&self, document: &Document) -> Result<Vec<(char, String)>, RenderError> {
        Ok(layout::unprintable(document.texts(), &self.faces)?)
    }

    /// The words of each page of a PDF of the document.
    ///
    /// # Errors
    ///
    /// When a character cannot be set.
    pub fn page_words(&self, document: &Document) -> Result<Vec<String>, RenderError> {
        refuse_too_long(document)?;
        let pages = guarded(|| layout::lay_out(document, &self.faces))??.pages;
        Ok(pages.iter().map(layout::Page::words).collect())
    }

    /// The bytes of a file that shows the document.
    ///
    /// # Errors
    ///
    /// When a template is wrong, a figure is too long for its cell, or a character cannot be set.
    pub fn render(&self, document: &Document, format: Format) -> Result<Vec<u8>, RenderError> {
        self.render_with(document, format, None)
    }

    /// The bytes of the page for who signs, as [`html::review`] describes it.
    ///
    /// # Errors
    ///
    /// As [`render`](Self::render).
    pub(crate) fn review(
        &self,
        report: &Document,
        sheet: &Document,
        traces: &str,
    ) -> Result<Vec<u8>, RenderError> {
        for document in [report, sheet] {
            refuse_too_long(document)?;
            layout::columns::all_fit(document)?;
        }
        guarded(|| html::review(report, sheet, traces, &self.html))?
    }

    /// The bytes of a file that shows the document and, if it is [paged](Format::is_paged), carries the data file
    /// inside (a PDF is then PDF/A-3a).
    ///
    /// # Errors
    ///
    /// As [`render`](Self::render).
    pub fn render_with(
        &self,
        document: &Document,
        format: Format,
        data: Option<&Attachment>,
    ) -> Result<Vec<u8>, RenderError> {
        refuse_too_long(document)?;
        layout::columns::all_fit(document)?;
        guarded(|| match format {
            Format::Html => html::render(document, &self.html),
            Format::HtmlFragment => html::fragment(document, &self.html),
            Format::Docx => {
                let options = docx::Options { reference: self.reference.as_deref() };
                Ok(docx::render(document, &options)?.bytes)
            }
            Format::Pdf => pdf::render(&layout::lay_out(document, &self.faces)?, data),
            Format::Ofd => ofd::render(&layout::lay_out(document, &self.faces)?, data),
        })?
    }
}

/// The faces that came from the system on which the file was made, and not from the program or the office.
fn keywords(pages: &Pages) -> Option<String> {
    let faces: Vec<String> = pages
        .faces
        .installed()
        .map(|face| {
            let digest = face.installed.as_deref().unwrap_or_default();
            format!("{}（SHA-256 {digest}）", face.name)
        })
        .collect();
    (!faces.is_empty()).then(|| format!("本机字体：{}", faces.join("；")))
}

/// Refuses a document before it is laid out; every format takes more room than its words.
fn refuse_too_long(document: &Document) -> Result<(), RenderError> {
    /// The type area of a page (GB/T 9704-2012, 5.2.3).
    const CHARACTERS: usize = 28;
    const LINES: usize = 22;
    let lines_of = |text: usize| text / CHARACTERS + 1;
    let lines = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => {
            lines_of(paragraph.text.iter().map(|piece| piece.text().chars().count()).sum())
        }
        Block::Heading(heading) => lines_of(heading.text.chars().count()),
        Block::Title(pieces) => lines_of(pieces.iter().map(|piece| piece.chars().count()).sum()),
        Block::Table(table) => {
            let cells = table.rows().map(|row| row.cells.iter().map(|c| lines_of(c.words().len())));
            let notes = table.notes.iter().map(|note| lines_of(note.chars().count()));
            cells.map(|cells| cells.max().unwrap_or(1)).chain(notes).sum()
        }
        Block::Chart(chart) => chart.rows.len(),
        Block::Closing { agency, .. } => 1 + lines_of(agency.chars().count()),
    });
    match lines.sum::<usize>() / LINES > PAGES {
        true => Err(RenderError::TooLong),
        false => Ok(()),
    }
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}
