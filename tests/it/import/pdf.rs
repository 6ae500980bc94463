//! PDFs: seeded damages of their pages, and files that cannot be read.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use nianbao::document::build;
use nianbao::internals::import::read;
use nianbao::render::{Format, Renderer};
use nianbao::report::Report;

use super::damage::{Dice, n_seeds, never_wrong};
use crate::support::{load, project};

fn truth() -> Report {
    load(&project("examples/khorgos-2023.toml")).1.report.unwrap()
}

fn pdf(report: &Report) -> Document {
    let bytes = Renderer::new().render(&build(report, false), Format::Pdf).unwrap();
    Document::load_mem(&bytes).unwrap()
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn pages(document: &Document) -> Vec<ObjectId> {
    document.get_pages().values().copied().collect()
}

/// Leaves out one drawing of a page: a line of a table, or some words.
fn without_one(document: &mut Document, page: ObjectId, kinds: &[&str], dice: &mut Dice) -> String {
    let content = document.get_page_content(page);
    let mut content = Content::decode(&content).unwrap();
    let of_kind: Vec<usize> = (0..content.operations.len())
        .filter(|i| kinds.contains(&content.operations[*i].operator.as_str()))
        .collect();
    if of_kind.is_empty() {
        return "nothing".to_owned();
    }
    let at = of_kind[dice.roll(of_kind.len())];
    let gone = content.operations.remove(at);
    document.change_page_content(page, content.encode().unwrap()).unwrap();
    format!("{} {:?}", gone.operator, gone.operands.first())
}

#[test]
fn no_damage_of_a_page_makes_a_wrong_figure_certain() {
    let truth = truth();
    let sound = pdf(&truth);
    for seed in 1..=n_seeds() * 2 {
        let mut dice = Dice(seed * 15_485_863);
        let mut document = sound.clone();
        let all = pages(&document);
        let page = all[dice.roll(all.len())];
        let kinds: &[&str] = if dice.roll(2) == 0 { &["re", "l", "m"] } else { &["Tj", "TJ"] };
        let gone = without_one(&mut document, page, kinds, &mut dice);
        let name = format!("seed {seed}: without {gone}");
        if let Ok(published) = read(&bytes(document)) {
            never_wrong(&name, &published, &truth);
        }
    }
}

#[test]
fn characters_without_their_codes_are_never_guessed() {
    let truth = truth();
    let mut document = pdf(&truth);
    let fonts: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| object.as_dict().is_ok_and(|d| d.has(b"ToUnicode")))
        .map(|(id, _)| *id)
        .collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        let font: &mut Dictionary = document.get_object_mut(font).unwrap().as_dict_mut().unwrap();
        font.remove(b"ToUnicode");
    }
    let error = read(&bytes(document)).unwrap_err();
    assert!(error.message.contains("第 1、2") && error.message.contains("没有编码"), "{error}");
}

#[test]
fn a_page_that_is_a_picture_is_named() {
    let truth = truth();
    let mut document = pdf(&truth);
    // Without its words, a page of lines is as good as a picture; the others are read.
    let all = pages(&document);
    let picture = document.add_object(lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
        },
        vec![0],
    ));
    let page = all[all.len() - 3];
    let own = document.get_object_mut(page).unwrap().as_dict_mut().unwrap();
    own.set("Resources", dictionary! { "XObject" => dictionary! { "A" => picture } });
    document.change_page_content(page, b"q 595 0 0 842 0 0 cm /A Do Q".to_vec()).unwrap();
    let published = read(&bytes(document)).unwrap();
    let remarks = published.remarks().join("");
    assert!(remarks.contains(&format!("第 {} 页", all.len() - 2)), "{remarks}");
    assert!(!published.is_sure());
    never_wrong("picture", &published, &truth);
}

/// Every page with what is drawn on it between two other pieces of content.
fn redrawn(document: &mut Document, before: &str, after: &str) {
    for page in pages(document) {
        let content = document.get_page_content(page);
        let content = [before.as_bytes(), &content, after.as_bytes()].concat();
        document.change_page_content(page, content).unwrap();
    }
}

#[test]
fn pages_that_lie_on_their_side_are_read_upright() {
    let truth = truth();
    for (turn, matrix) in [(90, "0 1 -1 0 842 0 cm"), (270, "0 -1 1 0 0 595 cm")] {
        let mut document = pdf(&truth);
        redrawn(&mut document, &format!("q {matrix} "), " Q");
        for page in pages(&document) {
            let own = document.get_object_mut(page).unwrap().as_dict_mut().unwrap();
            own.set("MediaBox", vec![0.into(), 0.into(), 842.into(), 595.into()]);
            own.set("Rotate", turn);
            for box_name in ["CropBox", "TrimBox", "BleedBox", "ArtBox"] {
                own.remove(box_name.as_bytes());
            }
        }
        let published = read(&bytes(document)).unwrap();
        assert_eq!(super::figures(&published.report), super::figures(&truth), "{turn}");
        assert!(published.is_sure(), "{turn}");
    }
}

#[test]
fn what_was_recognised_in_a_scan_is_doubtful_unless_an_equation_confirms_it() {
    use nianbao::edition::Section;
    use nianbao::internals::import::Class;
    let truth = truth();
    let mut document = pdf(&truth);
    // A picture over the page, and its words drawn so that nobody sees them.
    let picture = document.add_object(lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
        },
        vec![255],
    ));
    for page in pages(&document) {
        let content = document.get_page_content(page);
        let content = String::from_utf8_lossy(&content).replace("BT", "BT 3 Tr");
        let content = format!("q 595 0 0 842 0 0 cm /Scan Do Q {content}");
        document.change_page_content(page, content.into_bytes()).unwrap();
        let resources = document.get_or_create_resources(page).unwrap().as_dict_mut().unwrap();
        let objects = resources.get_mut(b"XObject").and_then(Object::as_dict_mut);
        match objects {
            Ok(objects) => objects.set("Scan", picture),
            Err(_) => resources.set("XObject", dictionary! { "Scan" => picture }),
        }
    }
    let published = read(&bytes(document)).unwrap();
    assert!(published.remarks().join("").contains("识别出来"), "{:?}", published.remarks());
    assert_eq!(super::figures(&published.report), super::figures(&truth));
    assert_eq!(published.count(Section::Disclosure, Class::Doubtful), 10);
    assert_eq!(published.count(Section::Requests, Class::Reliable), 0);
    assert!(!published.is_sure());
}

#[test]
fn an_attached_data_file_is_read_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = project("examples/khorgos-2022.toml").display().to_string();
    let arguments = ["build", &path, "--out", ".", "--format", "pdf", "--attach-data"];
    let output = crate::support::nianbao(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", crate::support::printed(&output));
    let made = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let published = read(&crate::support::read(&made)).unwrap();
    let text = nianbao::internals::import::data_file(&published, "年报.pdf");
    assert_eq!(text, crate::support::example("khorgos-2022"));
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let truth = truth();
    let sound = pdf(&truth);
    let whole = bytes(sound.clone());
    let message = |bytes: &[u8]| read(bytes).map(|_| ()).unwrap_err().message;
    // Readers find what they can of a file that is cut off; what is left is not a report.
    let cut = read(&whole[..whole.len() / 3]);
    if let Ok(published) = cut {
        never_wrong("cut", &published, &truth);
    }
    assert!(message(b"%PDF-1.7\n").contains("不完整"));

    let mut locked = sound.clone();
    let encrypt = locked.add_object(dictionary! {
        "Filter" => "Standard", "V" => 1, "R" => 2, "P" => -4,
        "O" => Object::string_literal(vec![7; 32]), "U" => Object::string_literal(vec![9; 32]),
    });
    locked.trailer.set("Encrypt", encrypt);
    locked.trailer.set("ID", vec![Object::string_literal("a"), Object::string_literal("a")]);
    let said = message(&bytes(locked));
    assert!(said.contains("加了密码") || said.contains("不完整"), "{said}");

    let mut long = sound;
    let pages = pages(&long);
    let tree = long.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let kids: Vec<Object> = (0..500)
        .map(|i| {
            let page = long.get_object(pages[i % pages.len()]).unwrap().clone();
            Object::Reference(long.add_object(page))
        })
        .collect();
    let root = long.get_object_mut(tree).unwrap().as_dict_mut().unwrap();
    root.set("Kids", kids);
    root.set("Count", 500);
    assert!(message(&bytes(long)).contains("500 页"));
}

#[test]
fn bytes_that_are_changed_by_chance_stop_nothing() {
    let truth = truth();
    let whole = bytes(pdf(&truth));
    for seed in 1..=n_seeds() {
        let mut dice = Dice(seed * 32_452_843);
        let mut damaged = whole.clone();
        for _ in 0..1 + dice.roll(20) {
            let at = dice.roll(damaged.len());
            damaged[at] = u8::try_from(dice.roll(256)).unwrap();
        }
        let _ = read(&damaged);
    }
}
