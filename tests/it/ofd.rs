//! OFD files: everything they name is there, every text has its glyphs, and tags lead to the figures they stand for.

use std::collections::{BTreeMap, BTreeSet};

use nianbao::document::{self, Document};
use nianbao::edition::Edition;
use nianbao::internals::layout::{Faces, lay_out};
use nianbao::render::{Attachment, Format, Renderer};
use nianbao::report::Report;

use crate::ofd_words::{Element, Opened, ofd_words};
use crate::support::{
    chart_document, files, load, nianbao, printed, project, read, without_blanks, write,
};

fn made(document: &Document) -> Opened {
    Opened::new(&Renderer::new().render(document, Format::Ofd).unwrap())
}

/// All examples, a report with charts, and an empty draft.
fn documents() -> Vec<Document> {
    let examples = files("examples", "toml").into_iter().map(|path| {
        let loaded = nianbao::internals::load::load(&path).unwrap();
        document::build(&loaded.review.report.unwrap(), false)
    });
    let draft = document::build(&Report::empty(Edition::LATEST), true);
    examples.chain([chart_document(), draft]).collect()
}

fn numbers(list: &str) -> Vec<f64> {
    list.split(' ').filter(|n| !n.is_empty()).map(|n| n.parse().unwrap()).collect()
}

#[test]
fn numbers_are_given_once_and_every_name_leads_somewhere() {
    for document in documents() {
        let file = made(&document);
        let mut ids: BTreeSet<u32> = BTreeSet::new();
        let (root, fonts) = (file.document(), file.xml("Doc_0/PublicRes.xml"));
        let pages = file.pages();
        let holders = [&root, &fonts].into_iter().chain(pages.iter().map(|(_, page)| page));
        for holder in holders {
            for name in ["ofd:Page", "ofd:Layer", "ofd:TextObject", "ofd:PathObject", "ofd:Font"] {
                for element in holder.all(name) {
                    assert!(ids.insert(element.get("ID").parse().unwrap()), "{element:?}");
                }
            }
        }
        let most = root.text_of("ofd:MaxUnitID").parse().unwrap();
        assert_eq!(ids.last(), Some(&most));
        assert_eq!(file.xml("OFD.xml").text_of("ofd:DocRoot"), "Doc_0/Document.xml");
        for font in fonts.all("ofd:Font") {
            let path = format!("Doc_0/Res/{}", font.text_of("ofd:FontFile"));
            assert!(file.files.contains_key(&path), "{path}");
        }
        let page_ids: BTreeSet<&str> = pages.iter().map(|(id, _)| id.as_str()).collect();
        for place in root.all("ofd:Dest") {
            assert!(page_ids.contains(place.get("PageID")));
        }
        assert_eq!(
            root.all("ofd:OutlineElem").len(),
            outline(&document),
            "{}",
            document.meta.title
        );
    }
}

fn outline(document: &Document) -> usize {
    lay_out(document, &Faces::bundled()).unwrap().outline.len()
}

#[test]
fn every_character_has_a_place_and_its_own_glyph() {
    for document in documents() {
        let file = made(&document);
        let fonts = file.xml("Doc_0/PublicRes.xml");
        let faces: BTreeMap<&str, ttf_parser::Face<'_>> = fonts
            .all("ofd:Font")
            .into_iter()
            .map(|font| {
                let path = format!("Doc_0/Res/{}", font.text_of("ofd:FontFile"));
                (font.get("ID"), ttf_parser::Face::parse(&file.files[&path], 0).unwrap())
            })
            .collect();
        for (_, page) in file.pages() {
            for text in page.all("ofd:TextObject") {
                let code = text.all("ofd:TextCode")[0];
                let characters: Vec<char> = code.text.chars().collect();
                let glyphs = numbers(text.text_of("ofd:Glyphs"));
                let deltas = code.attributes.get("DeltaX").map_or(Vec::new(), |list| numbers(list));
                assert_eq!(glyphs.len(), characters.len());
                assert_eq!(deltas.len() + 1, characters.len(), "{}", code.text);
                assert_eq!(code.text.trim(), code.text);
                let face = &faces[text.get("Font")];
                for (character, glyph) in characters.iter().zip(&glyphs) {
                    let known = face.glyph_index(*character).map(|glyph| glyph.0);
                    assert_eq!(known, Some(*glyph as u16), "{character}");
                }
                let count = glyphs.len().to_string();
                let transform = text.all("ofd:CGTransform")[0];
                assert_eq!(
                    (transform.get("CodeCount"), transform.get("GlyphCount")),
                    (&*count, &*count)
                );
            }
            for object in page.all("ofd:TextObject").into_iter().chain(page.all("ofd:PathObject")) {
                let [x, y, width, height] = numbers(object.get("Boundary"))[..] else { panic!() };
                assert!(x >= 0.0 && y >= 0.0 && width > 0.0 && height > 0.0);
                assert!(x + width <= 210.0 && y + height <= 297.0, "{object:?}");
            }
        }
    }
}

/// The texts of the objects that a tag refers to itself or through what it holds.
fn words_of(tag: &Element, texts: &BTreeMap<(String, String), String>) -> String {
    let words = tag.all("ofd:ObjectRef").into_iter().map(|object| {
        // A bar of a chart has no words.
        let at = (object.get("PageRef").to_owned(), object.text.clone());
        texts.get(&at).cloned().unwrap_or_default()
    });
    without_blanks(&words.collect::<String>())
}

#[test]
fn tags_lead_from_the_addresses_of_figures_to_what_is_printed() {
    for document in documents() {
        let file = made(&document);
        let mut texts = BTreeMap::new();
        for (page, contents) in file.pages() {
            for text in contents.all("ofd:TextObject") {
                let at = (page.clone(), text.get("ID").to_owned());
                texts.insert(at, text.text_of("ofd:TextCode").to_owned());
            }
        }
        let list = file.xml("Doc_0/Tags/CustomTags.xml");
        let tags = file.xml(&format!("Doc_0/Tags/{}", list.text_of("ofd:FileLoc")));
        let cells: BTreeMap<&str, &Element> = tags
            .all("nb:Cell")
            .into_iter()
            .filter_map(|cell| Some((cell.attributes.get("Path")?.as_str(), cell)))
            .collect();
        let mut n = 0;
        for cell in document.tables().flat_map(|table| table.rows()).flat_map(|row| &row.cells) {
            let Some(origin) = &cell.origin else { continue };
            assert_eq!(words_of(cells[origin.as_str()], &texts), without_blanks(&cell.words()));
            n += 1;
        }
        assert!(n == cells.len() && n >= 150, "{n} figures, {} cells", cells.len());
        let sections = tags.all("nb:Section");
        assert_eq!(sections.len(), 6);
        assert!(sections[2].get("Title").starts_with("三、收到和处理"));
        assert!(tags.all("nb:Paragraph").iter().any(|p| p.attributes.contains_key("Path")));
    }
}

#[test]
fn the_file_says_whose_report_it_is_and_that_it_is_a_draft() {
    let (_, review) = load(&project("examples/haidong-2023.toml"));
    let report = review.report.unwrap();
    let info = made(&document::build(&report, false)).xml("OFD.xml");
    assert_eq!(Some(info.text_of("ofd:Author")), report.agency.name.as_deref());
    assert!(info.text_of("ofd:Title").contains("2023年政府信息公开工作年度报告"));
    assert_eq!(info.text_of("ofd:CreationDate"), report.header.published.unwrap().to_string());
    assert_eq!(info.text_of("ofd:CustomData"), "2023");
    let id = info.text_of("ofd:DocID").to_owned();
    assert!(id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit()), "{id}");
    let draft = made(&document::build(&report, true));
    let info = draft.xml("OFD.xml");
    assert!(info.text_of("ofd:Title").starts_with("（草稿）"));
    assert_ne!(info.text_of("ofd:DocID"), id);
    // The mark stands on every page, and is read once.
    let is_marked = |page: &Element| {
        page.all("ofd:TextCode").iter().any(|code| code.text == document::DRAFT_MARK)
    };
    assert!(draft.pages().iter().all(|(_, page)| is_marked(page)));
    let bytes = Renderer::new().render(&document::build(&report, true), Format::Ofd).unwrap();
    assert_eq!(ofd_words(&bytes).matches(document::DRAFT_MARK).count(), 1);
}

#[test]
fn the_data_file_travels_inside_when_asked() {
    let path = project("examples/haidong-2023.toml");
    let (_, review) = load(&path);
    let document = document::build(&review.report.unwrap(), false);
    let data = Attachment { name: "海东.toml".to_owned(), bytes: read(&path) };
    let bytes = Renderer::new().render_with(&document, Format::Ofd, Some(&data)).unwrap();
    let file = Opened::new(&bytes);
    assert_eq!(file.document().text_of("ofd:Attachments"), "Attachs/Attachments.xml");
    let list = file.xml("Doc_0/Attachs/Attachments.xml");
    let entry = list.all("ofd:Attachment")[0];
    assert_eq!((entry.get("Name"), entry.get("Format")), ("海东.toml", "toml"));
    assert!(file.files[&format!("Doc_0/Attachs/{}", entry.text_of("ofd:FileLoc"))] == data.bytes);
    assert!(!made(&document).files.keys().any(|path| path.contains("Attachs")));
}

#[test]
fn rare_characters_stand_alone_and_marks_lead_to_their_notes() {
    let mut report = Report::empty(Edition::LATEST);
    report.agency.name = Some("甲𬭸县&<乙>局".to_owned());
    let file = made(&document::build(&report, true));
    let texts: Vec<String> = file
        .pages()
        .iter()
        .flat_map(|(_, page)| {
            page.all("ofd:TextCode").into_iter().map(|c| c.text.clone()).collect::<Vec<_>>()
        })
        .collect();
    assert!(texts.iter().any(|text| text == "𬭸"), "{texts:?}");
    assert!(texts.iter().all(|text| text == "𬭸" || !text.contains('𬭸')));
    assert!(texts.iter().any(|text| text.contains("县&<乙>局")), "{texts:?}");
}

#[test]
fn addresses_can_be_followed() {
    let folder = tempfile::tempdir().unwrap();
    let text = crate::support::example("haidong-2023");
    let address = "https://www.example.gov.cn/gk?a=1&b=2";
    let with = text.replacen("text = '''\n", &format!("text = '''\n详见 {address} 。\n"), 1);
    assert_ne!(with, text);
    write(folder.path(), "a.toml", &with);
    let run = nianbao(folder.path(), &["build", "a.toml", "--format", "ofd", "--draft"]);
    let path = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "ofd"))
        .unwrap_or_else(|| panic!("{}", printed(&run)));
    let file = Opened::new(&read(&path));
    let pages = file.pages();
    let links: Vec<&str> =
        pages.iter().flat_map(|(_, page)| page.all("ofd:URI")).map(|uri| uri.get("URI")).collect();
    assert_eq!(links.first(), Some(&address));
}
