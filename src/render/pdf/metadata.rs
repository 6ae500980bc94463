//! The file's description of itself: Info, XMP and the colour it is meant for.

use lopdf::{Document, Object, ObjectId, Stream, dictionary};

use super::text_string;
use crate::document::{DRAFT_MARK, Meta};
use crate::layout::Pages;
use crate::render::keywords;
use crate::report::Date;

/// The colour profile of screens, for which pure black is black (see `assets/icc`).
const SRGB: &[u8] = include_bytes!("../../../assets/icc/srgb.icc");
/// The program that made the file.
const PRODUCER: &str = concat!("nianbao ", env!("CARGO_PKG_VERSION"));

/// The place of the description.
pub(super) struct Description {
    /// The XMP packet.
    pub(super) metadata: ObjectId,
    /// The output intent.
    pub(super) output_intent: ObjectId,
}

/// Adds Info, XMP (both say the same; `part` is that of PDF/A) and the output intent.
pub(super) fn add(document: &mut Document, pages: &Pages, part: u8) -> Description {
    let meta = &pages.meta;
    let mut info = dictionary! {
        "Title" => text_string(&meta.titled()),
        "Creator" => Object::string_literal(PRODUCER),
        "Producer" => Object::string_literal(PRODUCER),
    };
    if !meta.agency.is_empty() {
        info.set("Author", text_string(&meta.agency));
    }
    if meta.draft {
        info.set("Subject", text_string(DRAFT_MARK));
    }
    let keywords = keywords(pages);
    if let Some(keywords) = &keywords {
        info.set("Keywords", text_string(keywords));
    }
    if let Some(date) = meta.published {
        let date = format!("D:{:04}{:02}{:02}000000+08'00'", date.year(), date.month(), date.day());
        info.set("CreationDate", Object::string_literal(date.as_str()));
        info.set("ModDate", Object::string_literal(date));
    }
    // printpdf's own Info names neither the body nor the right dates.
    match document.trailer.get(b"Info").and_then(Object::as_reference) {
        Ok(id) => document.set_object(id, info),
        Err(_) => {
            let id = document.add_object(info);
            document.trailer.set("Info", id);
        }
    }
    let xmp = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Archives read the packet without a PDF library.
    let metadata = document.add_object(
        Stream::new(xmp, packet(meta, part, keywords.as_deref()).into_bytes())
            .with_compression(false),
    );
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let output_intent = document.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB"),
        "DestOutputProfile" => profile,
    });
    Description { metadata, output_intent }
}

/// The XMP packet: Dublin Core, dates, and the two standards the file keeps.
fn packet(meta: &Meta, part: u8, keywords: Option<&str>) -> String {
    let title = escaped(&meta.titled());
    let creator = if meta.agency.is_empty() {
        String::new()
    } else {
        format!(
            "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n",
            escaped(&meta.agency)
        )
    };
    let keywords = keywords.map_or_else(String::new, |keywords| {
        format!("<pdf:Keywords>{}</pdf:Keywords>\n", escaped(keywords))
    });
    let description = if meta.draft { description(DRAFT_MARK) } else { String::new() };
    let dates = meta.published.map(xmp_dates).unwrap_or_default();
    format!(
        r#"<?xpacket begin="{BYTE_ORDER}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{description}{creator}<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
{dates}<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
{keywords}<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{EXTENSION}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#
    )
}

/// The subject of a file, as `Subject` has it in Info.
fn description(words: &str) -> String {
    let words = escaped(words);
    format!(
        "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{words}</rdf:li></rdf:Alt></dc:description>\n"
    )
}

const BYTE_ORDER: char = '\u{FEFF}';

/// PDF/A wants a description of every schema that it does not know itself; PDF/UA's is one.
const EXTENSION: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"#;

fn xmp_dates(date: Date) -> String {
    let stamp = format!("{date}T00:00:00+08:00");
    format!("<xmp:CreateDate>{stamp}</xmp:CreateDate>\n<xmp:ModifyDate>{stamp}</xmp:ModifyDate>\n")
}

fn escaped(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            c => c.to_string(),
        })
        .collect()
}
