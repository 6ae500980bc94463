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
use crate::package::{self, Packer};

/// Compression of what is packed: outlines hardly repeat, and a higher level takes long and wins nothing with them.
const FACES: u32 = 2;
const OTHERS: u32 = 6;

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

    let mut parts = vec![
        ("Doc_0/Document.xml".to_owned(), root.to_part().into_bytes()),
        ("Doc_0/PublicRes.xml".to_owned(), fonts.resources().to_part().into_bytes()),
    ];
    for (i, page) in written.pages.into_iter().enumerate() {
        parts.push((format!("Doc_0/Pages/Page_{i}/Content.xml"), page.into_bytes()));
    }
    parts.push(("Doc_0/Tags/CustomTags.xml".to_owned(), tags::list().to_part().into_bytes()));
    let tags = (format!("Doc_0/Tags/{}", tags::FILE), tags::tree(pages, &written.places));
    parts.push((tags.0, tags.1.into_bytes()));
    if let Some(attachment) = attachment {
        let list = document::attachments(attachment).to_part();
        parts.push(("Doc_0/Attachs/Attachments.xml".to_owned(), list.into_bytes()));
        parts.push((format!("Doc_0/Attachs/{}", document::DATA), attachment.bytes.clone()));
    }
    pack(pages, &parts, &fonts).map_err(|why| RenderError::Library(format!("OFD 写入失败：{why}")))
}

/// The package of these parts and the faces, with its entry.
fn pack(
    pages: &Pages,
    parts: &[(String, Vec<u8>)],
    fonts: &fonts::Fonts,
) -> Result<Vec<u8>, String> {
    let mut packer = Packer::default();
    let mut digester = Digester::default();
    let mut packed = Vec::with_capacity(parts.len() + 6);
    for (name, bytes) in parts {
        let part = packer.packed(name, bytes, OTHERS)?;
        digester.add(name.as_bytes());
        digester.add(part.bytes());
        packed.push(part);
    }
    for (name, bytes) in fonts.files() {
        packed.push(packer.packed(name, bytes, FACES)?);
    }
    // Readers look for the entry of a file at its beginning.
    let entry = document::entry(pages, &digester.digest()).to_part();
    packed.insert(0, packer.packed("OFD.xml", entry.as_bytes(), OTHERS)?);
    package::zipped(&packed)
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
