//! OFD files: seeded damages of their pages, those that other programs write, and files made to do harm.

use std::io::{Cursor, Write as _};

use nianbao::document::build;
use nianbao::internals::import::read;
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
    let whole = packed(&made(&truth));
    for end in (0..whole.len()).step_by(whole.len() / 20) {
        assert!(read(&whole[..end]).is_err());
    }
}
