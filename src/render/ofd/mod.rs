//! Pages to an OFD file (GB/T 33190-2016), the fixed-layout format that archives and electronic seals take here.
//!
//! A package of XML: what the file says of itself, one description for each page, the faces cut down to the glyphs in
//! use, and a tree of meaning as a custom tag. Readers differ in what they understand, so that the plainest way is
//! taken everywhere: the prefix `ofd`, relative places, colours on every object, plain numbers, heads and page numbers
//! written on each page. The same pages give the same bytes.

mod content;
mod document;
mod face;
mod fonts;
mod links;
mod tags;
mod xml;

use super::{Attachment, RenderError};
use crate::digest::Digester;
use crate::layout::Pages;
use crate::package::{self, Packed};

/// Compression of what is packed: outlines hardly repeat, and a higher level takes long and wins nothing with them.
const FACES: i64 = 2;
const OTHERS: i64 = 6;

/// Writes pages as an OFD file, with the data file inside where one is given.
///
/// # Errors
///
/// When a face is damaged, or the packing fails.
pub fn render(pages: &Pages, attachment: Option<&Attachment>) -> Result<Vec<u8>, RenderError> {
    let mut ids = Ids::default();
    let fonts = fonts::Fonts::new(pages, &mut ids)?;
    let page_ids: Vec<u32> = pages.pages.iter().map(|_| ids.next()).collect();
    let written = content::Writer::new(pages, &fonts, &page_ids, &mut ids).write();
    let root = document::root_of(pages, &page_ids, ids.last(), attachment.is_some());

    let mut file = File::default();
    let mut digester = Digester::default();
    file.add("Doc_0/Document.xml", root.to_part());
    file.add("Doc_0/PublicRes.xml", fonts.resources().to_part());
    for (i, page) in written.pages.into_iter().enumerate() {
        file.add(&format!("Doc_0/Pages/Page_{i}/Content.xml"), page);
    }
    file.add("Doc_0/Tags/CustomTags.xml", tags::list().to_part());
    file.add(&format!("Doc_0/Tags/{}", tags::FILE), tags::tree(pages, &written.places));
    if let Some(attachment) = attachment {
        file.add("Doc_0/Attachs/Attachments.xml", document::attachments(attachment).to_part());
        file.parts.push((format!("Doc_0/Attachs/{}", document::DATA), attachment.bytes.clone()));
    }
    for (name, bytes) in &file.parts {
        digester.add(name.as_bytes());
        digester.add(bytes);
    }
    // Readers look for the entry of a file at its beginning.
    let entry = document::entry(pages, &digester.digest()).to_part();
    let first = [("OFD.xml".to_owned(), entry.into_bytes())];
    let others = first.iter().chain(&file.parts);
    let packed = others
        .map(|(name, bytes)| Packed { name, bytes, level: OTHERS })
        .chain(fonts.files().map(|(name, bytes)| Packed { name, bytes, level: FACES }));
    package::deflated(packed).map_err(|why| RenderError::Library(format!("OFD 写入失败：{why}")))
}

/// The files of the package, without faces, in their order.
#[derive(Default)]
struct File {
    parts: Vec<(String, Vec<u8>)>,
}

impl File {
    fn add(&mut self, name: &str, text: String) {
        self.parts.push((name.to_owned(), text.into_bytes()));
    }
}

/// The numbers by which pages, layers, objects and faces name each other: one sequence for the whole file.
#[derive(Debug, Default)]
struct Ids(u32);

impl Ids {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }

    fn last(&self) -> u32 {
        self.0
    }
}
