//! Document to a Word file: docx-rs writes the body tree, one pass puts it in order, we pack it.
//!
//! Looks live in styles, so that an office edits the file as one of its own. Page and styles follow
//! GB/T 9704-2012, or a Word file of the office's that is given as a reference.

mod body;
mod chart;
mod columns;
mod finish;
mod height;
mod link;
mod namespace;
mod parts;
mod reference;
mod run;
mod shell;
mod style;
mod table;
mod workbook;

use namespace::WORD_TYPES;
pub use reference::Taken;

use super::RenderError;
use crate::document::Document;
use crate::package::{self, OFFICE_RELATIONS, Part, Relation, xml};

/// Options for a Word file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The bytes of a Word file whose styles, headers, footers and page setup are taken over.
    pub reference: Option<&'a [u8]>,
}

/// A Word file.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The file.
    pub bytes: Vec<u8>,
    /// Notes on the parts taken over from the reference document, if there is one.
    pub taken: Option<Taken>,
}

/// Renders `document` as a Word file; the same document and options give the same bytes.
///
/// # Errors
/// When a text holds a character that no XML file can carry, or the reference is no usable Word file.
pub fn render(document: &Document, options: &Options<'_>) -> Result<Output, RenderError> {
    refuse_forbidden_characters(document)?;
    let (shell, taken) = match options.reference {
        Some(bytes) => {
            let (shell, taken) = reference::shell(bytes, document)?;
            (shell, Some(taken))
        }
        None => (shell::own(document)?, None),
    };
    let body = body::build(document, &shell.styles, shell.has_own_looks, shell.page())?;
    let main = finish::finish(&body.xml, &body.tables, &body.charts, &shell.section)?;
    let mut relations = shell.relations;
    relations.extend(body.links.into_iter().enumerate().map(|(i, target)| Relation {
        id: format!("link{}", i + 1),
        kind: format!("{OFFICE_RELATIONS}hyperlink"),
        target,
        external: true,
    }));
    let (charts, chart_relations): (Vec<_>, Vec<_>) =
        body.charts.into_iter().map(|chart| (chart.parts, chart.relation)).unzip();
    relations.extend(chart_relations);
    let mut parts = vec![
        package::relations_part("_rels/.rels", &package_relations()),
        Part::new("word/document.xml", format!("{WORD_TYPES}document.main+xml"), main),
        package::relations_part("word/_rels/document.xml.rels", &relations),
    ];
    parts.extend(charts.into_iter().flatten());
    parts.extend(shell.parts);
    parts.push(Part::new(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        parts::core_properties(&document.meta),
    ));
    parts.push(Part::new(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        parts::app_properties(&document.meta),
    ));
    let bytes = package::pack(&parts)
        .map_err(|error| RenderError::Library(format!("Word 文件无法打包：{error}")))?;
    Ok(Output { bytes, taken })
}

fn package_relations() -> [Relation; 3] {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    [
        Relation::inside("rId1", "officeDocument", "word/document.xml"),
        Relation {
            id: "rId2".to_owned(),
            kind: core.to_owned(),
            target: "docProps/core.xml".to_owned(),
            external: false,
        },
        Relation::inside("rId3", "extended-properties", "docProps/app.xml"),
    ]
}

/// XML has no way to write most control characters; Word would refuse the whole file for one of them.
fn refuse_forbidden_characters(document: &Document) -> Result<(), RenderError> {
    let meta = [document.meta.title.as_str(), document.meta.agency.as_str()];
    let texts = meta.into_iter().chain(document.texts());
    for text in texts {
        if let Some((at, character)) = text.char_indices().find(|(_, c)| !xml::is_allowed(*c)) {
            let before = text[..at].chars().rev().take(8).collect::<Vec<_>>();
            let after = text[at + character.len_utf8()..].chars().take(8);
            let around =
                before.into_iter().rev().chain(after).filter(|c| xml::is_allowed(*c)).collect();
            return Err(RenderError::ForbiddenCharacter { character, around });
        }
    }
    Ok(())
}
