//! Parts in which the file describes itself: its entry, the list of pages, the outline, and what is attached.

use super::content::sheet;
use super::xml::{holding, leaf, micrometres, mm, root, with_children};
use crate::digest::Digest;
use crate::document::DRAFT_MARK;
use crate::layout::{Bookmark, Pages};
use crate::package::xml::Element;
use crate::render::{Attachment, keywords};

/// The data file in the package, whatever its name is outside.
pub(super) const DATA: &str = "report.toml";

/// `OFD.xml`: description and document. The file is known by the digest of its contents.
pub(super) fn entry(pages: &Pages, digest: &Digest) -> Element {
    /// Hexadecimal digits of 128 bits.
    const ID: usize = 32;
    let meta = &pages.meta;
    let mut info = vec![leaf("ofd:DocID", &digest.to_string()[..ID])];
    info.push(leaf("ofd:Title", &meta.titled()));
    if !meta.agency.is_empty() {
        info.push(leaf("ofd:Author", &meta.agency));
    }
    if meta.draft {
        info.push(leaf("ofd:Subject", DRAFT_MARK));
    }
    if let Some(date) = meta.published {
        let date = date.to_string();
        info.extend([leaf("ofd:CreationDate", &date), leaf("ofd:ModDate", &date)]);
    }
    info.push(leaf("ofd:DocUsage", "Normal"));
    info.extend(
        keywords(pages).map(|words| holding("ofd:Keywords", [leaf("ofd:Keyword", &words)])),
    );
    info.push(leaf("ofd:Creator", "nianbao"));
    info.push(leaf("ofd:CreatorVersion", env!("CARGO_PKG_VERSION")));
    info.extend(meta.year.map(|year| {
        let mut data = leaf("ofd:CustomData", &year.to_string());
        data.set("Name", "报告年度");
        holding("ofd:CustomDatas", [data])
    }));
    let body = [holding("ofd:DocInfo", info), leaf("ofd:DocRoot", "Doc_0/Document.xml")];
    let root = root("ofd:OFD").with("Version", "1.0").with("DocType", "OFD");
    with_children(root, [holding("ofd:DocBody", body)])
}

/// `Document.xml`: what the pages have in common, the pages, the outline, and the other parts.
pub(super) fn root_of(pages: &Pages, page_ids: &[u32], last_id: u32, has_data: bool) -> Element {
    let common = holding(
        "ofd:CommonData",
        [
            leaf("ofd:MaxUnitID", &last_id.to_string()),
            holding("ofd:PageArea", [leaf("ofd:PhysicalBox", &sheet())]),
            leaf("ofd:PublicRes", "PublicRes.xml"),
        ],
    );
    let list = page_ids.iter().enumerate().map(|(i, id)| {
        let path = format!("Pages/Page_{i}/Content.xml");
        Element::new("ofd:Page").with("ID", &id.to_string()).with("BaseLoc", &path)
    });
    let mut parts = vec![common, holding("ofd:Pages", list)];
    let outline = outline(&pages.outline, page_ids);
    let mode = if outline.is_empty() { "None" } else { "UseOutlines" };
    if !outline.is_empty() {
        parts.push(holding("ofd:Outlines", outline));
    }
    let look = [leaf("ofd:PageMode", mode), leaf("ofd:TabDisplay", "DocTitle")];
    parts.push(holding("ofd:VPreferences", look));
    parts.push(leaf("ofd:CustomTags", "Tags/CustomTags.xml"));
    if has_data {
        parts.push(leaf("ofd:Attachments", "Attachs/Attachments.xml"));
    }
    with_children(root("ofd:Document"), parts)
}

/// The entries of one level of the outline; bookmarks deeper than the one before them go below that one.
fn outline(bookmarks: &[Bookmark], page_ids: &[u32]) -> Vec<Element> {
    const ABOVE: f64 = 6.0;
    let Some(level) = bookmarks.first().map(|bookmark| bookmark.level) else { return Vec::new() };
    let mut entries = Vec::new();
    let mut rest = bookmarks;
    while let Some((bookmark, after)) = rest.split_first() {
        let n = after.iter().take_while(|below| below.level > level).count();
        let (below, next) = after.split_at(n);
        rest = next;
        let Some(page) = page_ids.get(bookmark.page) else { continue };
        let place = Element::new("ofd:Dest")
            .with("Type", "XYZ")
            .with("PageID", &page.to_string())
            .with("Left", "0")
            .with("Top", &mm(micrometres(bookmark.y - ABOVE).max(0)))
            .with("Zoom", "0");
        let action = Element::new("ofd:Action").with("Event", "CLICK");
        let action = with_children(action, [holding("ofd:Goto", [place])]);
        let below = outline(below, page_ids);
        let entry = Element::new("ofd:OutlineElem")
            .with("Title", &bookmark.title)
            .with("Count", &below.len().to_string())
            .with("Expanded", "true");
        let children = std::iter::once(holding("ofd:Actions", [action])).chain(below);
        entries.push(with_children(entry, children));
    }
    entries
}

/// `Attachments.xml`: the data file.
pub(super) fn attachments(attachment: &Attachment) -> Element {
    let entry = Element::new("ofd:Attachment")
        .with("ID", "data")
        .with("Name", &attachment.name)
        .with("Format", "toml")
        .with("Visible", "true");
    let entry = with_children(entry, [leaf("ofd:FileLoc", DATA)]);
    with_children(root("ofd:Attachments"), [entry])
}
