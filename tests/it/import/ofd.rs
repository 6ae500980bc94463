//! OFD files: seeded damages of their pages, those that other programs write, and files made to do harm.

use std::io::{Cursor, Write as _};

use nianbao::document::build;
use nianbao::edition::Section;
use nianbao::internals::import::{Class, read};
use nianbao::render::{Attachment, Format, Renderer};
use nianbao::report::Report;

use super::damage::{Dice, n_seeds, never_wrong};
use crate::ofd_words::Opened;
use crate::support::{load, project, read as bytes_of};

fn truth() -> Report {
    load(&project("examples/khorgos-2023.toml")).1.report.unwrap()
}

fn made(report: &Report) -> Opened {
    Opened::new(&Renderer::new().render(&build(report, false), Format::Ofd).unwrap())
}

fn packed(file: &Opened) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &file.files {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The file with the text of one of its parts changed.
fn with(mut file: Opened, part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let text = String::from_utf8(file.files[part].clone()).unwrap();
    let changed = change(&text);
    assert!(changed != text, "{part} is as it was");
    file.files.insert(part.to_owned(), changed.into_bytes());
    packed(&file)
}

#[test]
fn no_damage_of_a_page_makes_a_wrong_figure_certain() {
    let truth = truth();
    for seed in 1..=n_seeds() {
        let mut dice = Dice(seed * 32_452_843);
        let part = format!("Doc_0/Pages/Page_{}/Content.xml", 3 + dice.roll(3));
        let kind = ["TextObject", "PathObject"][dice.roll(2)];
        let roll = dice.roll(10_000);
        let bytes = with(made(&truth), &part, |text| {
            let (start, end) = (format!("<ofd:{kind} "), format!("</ofd:{kind}>"));
            let places: Vec<usize> = text.match_indices(&start).map(|(at, _)| at).collect();
            let at = places[roll % places.len()];
            let length = text[at..].find(&end).unwrap() + end.len();
            format!("{}{}", &text[..at], &text[at + length..])
        });
        if let Ok(published) = read(&bytes) {
            never_wrong(&format!("seed {seed}: {part} without a {kind}"), &published, &truth);
        }
    }
}

#[test]
fn tables_without_lines_are_read_by_their_heads_and_labels() {
    let (start, end) = ("<ofd:PathObject ", "</ofd:PathObject>");
    // One of them has the mark of a note behind a figure.
    for truth in super::damage::truths() {
        let mut file = made(&truth);
        for (_, bytes) in file.files.iter_mut().filter(|(name, _)| name.contains("/Pages/")) {
            let Ok(mut text) = String::from_utf8(bytes.clone()) else { continue };
            while let Some(at) = text.find(start) {
                let length = text[at..].find(end).unwrap() + end.len();
                text.replace_range(at..at + length, "");
            }
            *bytes = text.into_bytes();
        }
        let published = read(&packed(&file)).unwrap();
        let form = truth.form();
        for cell in form.cells() {
            let read = super::number(&published, cell);
            let (class, why) = &published.classes[&cell];
            if cell.section() == Section::Disclosure {
                assert!(read.is_none() || read == truth.printed(cell), "{cell:?}");
            } else {
                assert_eq!(read, truth.printed(cell), "{cell:?}");
                assert_eq!(*class, Class::Certain, "{cell:?}: {why}");
            }
        }
    }
}

#[test]
fn distances_that_repeat_and_places_from_the_root_are_understood() {
    let truth = truth();
    let part = "Doc_0/Pages/Page_4/Content.xml";
    let mut file = made(&truth);
    let text = String::from_utf8(file.files["Doc_0/Document.xml"].clone()).unwrap();
    let rooted = text.replace("BaseLoc=\"Pages/", "BaseLoc=\"/Doc_0/Pages/");
    file.files.insert("Doc_0/Document.xml".to_owned(), rooted.into_bytes());
    // As Foxit writes distances, and as writers with another prefix name elements.
    let bytes = with(file, part, |text| {
        let mut changed = text.replace("ofd:", "o:");
        for n in ["3.704 3.704 3.704", "3.175 3.175 3.175", "3.528 3.528 3.528"] {
            changed = changed.replace(n, &format!("g 3 {}", &n[..5]));
        }
        changed
    });
    assert_eq!(super::figures(&read(&bytes).unwrap().report), super::figures(&truth));
}

/// A resource with one drawing.
fn drawing(id: u32, content: &str) -> String {
    let unit = "ofd:CompositeGraphicUnit";
    format!(
        "<ofd:CompositeGraphicUnits><{unit} ID=\"{id}\" Width=\"210\" Height=\"297\">\
         <ofd:Content>{content}</ofd:Content></{unit}></ofd:CompositeGraphicUnits>"
    )
}

/// The place where a drawing is printed, smaller and turned as it says.
fn printed(id: u32, boundary: &str, matrix: &str) -> String {
    format!(
        "<ofd:CompositeObject ID=\"900{id}\" Boundary=\"{boundary}\" CTM=\"{matrix}\" ResourceID=\"{id}\"/>"
    )
}

/// The file with all objects of a page in a drawing that another drawing prints, at twice its size and moved.
fn with_a_page_in_drawings(mut file: Opened) -> Opened {
    let (page, resources) = ("Doc_0/Pages/Page_4/Content.xml", "Doc_0/PublicRes.xml");
    let text = String::from_utf8(file.files[page].clone()).unwrap();
    let layer = text.find("<ofd:Layer ").unwrap();
    let start = layer + text[layer..].find('>').unwrap() + 1;
    let end = text.find("</ofd:Layer>").unwrap();
    let inner = drawing(7001, &text[start..end]);
    let outer = drawing(7002, &printed(7001, "10 20 420 594", "2 0 0 2 0 0"));
    let moved = printed(7002, "0 0 210 297", "0.5 0 0 0.5 -5 -10");
    let changed = format!("{}{moved}{}", &text[..start], &text[end..]);
    file.files.insert(page.to_owned(), changed.into_bytes());
    let text = String::from_utf8(file.files[resources].clone()).unwrap();
    let changed = text.replace("</ofd:Res>", &format!("{inner}{outer}</ofd:Res>"));
    assert!(changed != text);
    file.files.insert(resources.to_owned(), changed.into_bytes());
    file
}

#[test]
fn what_drawings_consist_of_is_read_where_they_are_printed() {
    let truth = truth();
    let file = with_a_page_in_drawings(made(&truth));
    let published = read(&packed(&file)).unwrap();
    assert_eq!(super::figures(&published.report), super::figures(&truth));
    assert!(published.is_sure());
    // Where the drawing is nowhere, its page is a picture to the reader, and that is said.
    let lost = with(file, "Doc_0/PublicRes.xml", |text| {
        text.replace("Unit ID=\"7001\"", "Unit ID=\"7003\"")
    });
    let remarks = read(&lost).unwrap().remarks();
    assert!(remarks.iter().any(|remark| remark.contains("第 5 页是图片")), "{remarks:?}");
}

#[test]
fn drawings_without_end_are_refused() {
    let resources = "Doc_0/PublicRes.xml";
    let refused = |changed: &str| {
        let file = with_a_page_in_drawings(made(&truth()));
        let bytes = with(file, resources, |text| text.replace("</ofd:Res>", changed));
        read(&bytes).unwrap_err().to_string()
    };
    let of = |id: u32| printed(id, "0 0 1 1", "1 0 0 1 0 0");
    // One that prints itself, two that print each other, and a chain in which each prints the next one twice.
    let cycle = format!("{}</ofd:Res>", drawing(7002, &of(7002)));
    assert!(refused(&cycle).contains("损坏"));
    let cycle = format!("{}{}</ofd:Res>", drawing(7002, &of(7001)), drawing(7001, &of(7002)));
    assert!(refused(&cycle).contains("损坏"));
    let twice = |id: u32| drawing(id, &format!("{}{}", of(id + 1), of(id + 1)));
    let chain: String = (7002..7060).map(twice).collect();
    assert!(refused(&format!("{chain}</ofd:Res>")).contains("太多"));
    // The same without a limit for its text, which has no character that counts.
    let blank = format!(
        "<ofd:PathObject Boundary=\"0 0 1 1\"><ofd:AbbreviatedData>{}</ofd:AbbreviatedData></ofd:PathObject>",
        "x".repeat(1 << 20)
    );
    let many =
        format!("{}{}</ofd:Res>", drawing(7002, &of(7003).repeat(2_000)), drawing(7003, &blank));
    assert!(refused(&many).contains("太多"));
}

#[test]
fn the_data_that_a_file_carries_is_held_against_what_it_prints() {
    let path = project("examples/khorgos-2023.toml");
    let document = build(&truth(), false);
    let data = Attachment { name: "年报.toml".to_owned(), bytes: bytes_of(&path) };
    let bytes = Renderer::new().render_with(&document, Format::Ofd, Some(&data)).unwrap();
    assert!(read(&bytes).is_ok_and(|published| published.is_sure()));
    let changed = with(Opened::new(&bytes), "Doc_0/Attachs/report.toml", |text| {
        text.replacen("[ 15, 0, ", "[ 16, 0, ", 1)
    });
    assert!(!read(&changed).is_ok_and(|published| published.is_sure()));
}

#[test]
fn files_made_to_do_harm_are_refused_with_a_message() {
    let truth = truth();
    let refused = |part: &str, change: &dyn Fn(&str) -> String| {
        let error = read(&with(made(&truth), part, change)).unwrap_err();
        assert!(!error.to_string().is_empty());
        error.to_string()
    };
    let document = "Doc_0/Document.xml";
    let page = "Doc_0/Pages/Page_0/Content.xml";
    let pages = |n: usize| {
        move |text: &str| {
            let one = "<ofd:Page ID=\"6\" BaseLoc=\"Pages/Page_0/Content.xml\"/>";
            text.replacen("<ofd:Pages>", &format!("<ofd:Pages>{}", one.repeat(n)), 1)
        }
    };
    assert!(refused(document, &pages(400)).contains("超过 300 页"));
    refused(document, &|text| text.replace("Page_0", "Page_9"));
    refused(page, &|text| text.replace("</ofd:Page>", ""));
    let many = "<ofd:PageBlock ID=\"9\">".repeat(5000);
    refused(page, &|text| text.replacen("<ofd:TextObject", &format!("{many}<ofd:TextObject"), 1));
    // More characters than a report has, told by a short list.
    let long = "0".repeat(2_100_000);
    let words = refused(page, &|text| {
        text.replacen("</ofd:TextCode>", &format!("{long}</ofd:TextCode>"), 1)
    });
    assert!(words.contains("太多"), "{words}");
    // More objects than a page has.
    let blocks = "<ofd:PageBlock/>".repeat(400_000);
    let words = refused(page, &|text| {
        text.replacen("<ofd:TextObject", &format!("{blocks}<ofd:TextObject"), 1)
    });
    assert!(words.contains("太多"), "{words}");
    let whole = packed(&made(&truth));
    for end in (0..whole.len()).step_by(whole.len() / 20) {
        assert!(read(&whole[..end]).is_err());
    }
}
