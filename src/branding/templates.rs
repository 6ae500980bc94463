//! An office's own web templates: a folder of them, and the place in it that an error speaks of.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::files::{self, FileError};
use crate::render::RenderError;
use crate::render::html::Templates;
use crate::source::SourceFile;

/// The problem of a wrong template.
pub static TEMPLATE: Problem = Problem {
    code: "TP01",
    name: "template-wrong",
    title: "模板有错",
    severity: Severity::Error,
    docs: Docs {
        what: "--templates 指定的文件夹里，每个 .html 和 .css 文件的名称是否可用，模板语法是否正确，用到的变量、过滤器和组件是否存在。",
        why: "模板有错时网页不完整，所以不生成任何文件。可用的变量见 templates/README.md。",
        example: "# report.html：<h1>{{ page.titel }}</h1>",
        corrected: "# report.html：<h1>{{ page.title }}</h1>",
    },
};

/// The extensions of the files that a folder of templates is read for.
pub(super) const TEMPLATE_EXTENSIONS: &[&str] = &["html", "css"];

/// A folder with the office's own templates, read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct TemplateFolder {
    files: Vec<TemplateFile>,
}

/// One file of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct TemplateFile {
    path: PathBuf,
    name: String,
    text: String,
}

impl TemplateFolder {
    /// Reads the `*.html` and `*.css` of a folder; everything else there, sub-folders included, is ignored.
    ///
    /// # Errors
    ///
    /// When the folder or one of those files cannot be read.
    pub(super) fn read(folder: &Path) -> Result<Self, FileError> {
        let paths = files::list(folder, TEMPLATE_EXTENSIONS)?;
        let read = |path: PathBuf| {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            Ok(TemplateFile { text: files::read_text(&path)?, name, path })
        };
        Ok(Self { files: paths.into_iter().map(read).collect::<Result<_, _>>()? })
    }

    /// The program's templates with those of the folder in their place.
    ///
    /// # Errors
    ///
    /// [`RenderError::Template`] when a name or a text is wrong; [`diagnose`](Self::diagnose) says where.
    pub(super) fn templates(&self) -> Result<Templates, RenderError> {
        Templates::with(self.files.iter().map(|file| (file.name.as_str(), file.text.as_str())))
    }

    /// The file of this folder that an error speaks of, and the finding at its place in that file;
    /// `None` when the error has nothing to do with this folder.
    pub(super) fn diagnose(&self, error: &RenderError) -> Option<(SourceFile, Diagnostic)> {
        let RenderError::Template { name, line, column, message } = error else { return None };
        let file = self.files.iter().find(|file| file.name == *name)?;
        let place = match (line, column) {
            (Some(line), Some(column)) => Place::Bytes(word(&file.text, *line, *column)),
            _ => Place::File,
        };
        let diagnostic =
            Diagnostic::new(TEMPLATE.code, TEMPLATE.severity, place, message.as_str(), "");
        Some((SourceFile::plain(file.path.display().to_string(), file.text.as_str()), diagnostic))
    }
}

/// The bytes of the name, or else the character, that stands at a line and column counted from 1;
/// behind the end of a line or of the text, the last character there is.
fn word(text: &str, line: usize, column: usize) -> Range<usize> {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    if text[before..].trim().is_empty() {
        let end = text.trim_end().len();
        return end - text[..end].chars().next_back().map_or(0, char::len_utf8)..end;
    }
    let rest = text[before..].lines().next().unwrap_or_default();
    let mark = usize::from(rest.starts_with('\u{feff}'));
    let at = rest.char_indices().nth(column.saturating_sub(1) + mark).map(|(i, _)| i);
    let last = rest.char_indices().next_back().map_or(0, |(i, _)| i);
    let at = at.unwrap_or(last);
    let is_name = |c: &char| c.is_alphanumeric() || "_.".contains(*c);
    let name: usize = rest[at..].chars().take_while(is_name).map(char::len_utf8).sum();
    let length = if name > 0 { name } else { rest[at..].chars().next().map_or(0, char::len_utf8) };
    before + at..before + at + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;

    #[test]
    fn the_place_of_a_mistake_is_its_name_in_the_file() {
        let marked = |text: &str, line, column| text[word(text, line, column)].to_owned();
        assert_eq!(marked("一\n{{ page.titel }}\n", 2, 4), "page.titel");
        assert_eq!(marked("年{% x %}", 1, 2), "{");
        assert_eq!(marked("\u{feff}{{ a }}", 1, 4), "a");
        assert_eq!(marked("{% if x %}\r\n", 1, 12), "}");
        assert_eq!(marked("a\n\n", 2, 1), "a");
        assert_eq!(marked("ab", 7, 1), "b");
        assert_eq!(marked("", 1, 1), "");
    }

    #[test]
    fn a_folder_of_templates_replaces_and_is_blamed() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            files::write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
        };
        write("report.html", "<!DOCTYPE html>\n<p>{{ page.title }}</p>\n");
        write("说明.txt", "{% not a template");
        assert!(TemplateFolder::read(folder.path()).unwrap().templates().is_ok());

        write("report.html", "<!DOCTYPE html>\n<p>{{ page.title | nosuch }}</p>\n");
        let own = TemplateFolder::read(folder.path()).unwrap();
        let error = own.templates().unwrap_err();
        let (source, diagnostic) = own.diagnose(&error).unwrap();
        assert!(source.name().ends_with("report.html"));
        let range = source::locate(&source, &diagnostic.primary.place);
        assert!(source.text()[range].contains("nosuch"), "{diagnostic:?}");

        write("report.html", "x");
        write("repotr.html", "x");
        let own = TemplateFolder::read(folder.path()).unwrap();
        let error = own.templates().unwrap_err();
        let (source, diagnostic) = own.diagnose(&error).unwrap();
        assert!(source.name().ends_with("repotr.html"));
        assert!(diagnostic.message.contains("report.html"), "{}", diagnostic.message);
    }
}
