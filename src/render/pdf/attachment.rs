//! The data file inside the PDF, as an associated file of PDF/A-3 (ISO 19005-3, 6.8).

use lopdf::{Document, Object, Stream, dictionary};

use super::text_string;
use crate::render::Attachment;

/// Adds the file to the document and names it in the catalogue.
pub(super) fn add(document: &mut Document, attachment: &Attachment) -> lopdf::Result<()> {
    let length = i64::try_from(attachment.bytes.len()).unwrap_or(i64::MAX);
    let stream = Stream::new(
        dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => Object::Name(b"application/toml".to_vec()),
            "Params" => dictionary! { "Size" => length },
        },
        attachment.bytes.clone(),
    );
    let file = document.add_object(stream);
    let specification = document.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => Object::string_literal("report.toml"),
        "UF" => text_string(&attachment.name),
        "Desc" => text_string("本报告的数据文件"),
        "AFRelationship" => "Source",
        "EF" => dictionary! { "F" => file, "UF" => file },
    });
    let names = document.add_object(dictionary! {
        "Names" => vec![Object::string_literal("report.toml"), Object::Reference(specification)],
    });
    let catalog = document.catalog_mut()?;
    catalog.set("AF", vec![Object::Reference(specification)]);
    catalog.set("Names", dictionary! { "EmbeddedFiles" => names });
    Ok(())
}
