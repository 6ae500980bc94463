//! The manual (docs/manual.zh-CN.md) as one page that needs nothing beside it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

const TEXT: &str = include_str!("../docs/manual.zh-CN.md");
const STYLE: &str = include_str!("../templates/manual.css");

/// A picture by the name that the manual calls it, and its bytes.
macro_rules! pictures {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../docs/", $name)))),*]
    };
}

/// Every picture of the manual.
const PICTURES: &[(&str, &[u8])] = pictures![
    "images/start.png",
    "images/head.png",
    "images/form.png",
    "images/paste.png",
    "images/text.png",
    "images/finding.png",
    "images/preview.png",
    "images/finish.png",
    "images/page.png",
    "images/sheet.png",
    "images/units.png",
];

/// A heading of the page: its level, the name by which it is linked to, and its words.
type Heading = (u8, String, String);

/// The page. Headings have the names that other readers of Markdown give them, so that a link works everywhere.
pub(crate) fn page() -> String {
    let mut events: Vec<Event<'_>> = Parser::new_ext(TEXT, Options::ENABLE_TABLES).collect();
    let headings = name_headings(&mut events);
    for event in &mut events {
        if let Event::Start(Tag::Image { dest_url, .. }) = event
            && let Some((_, bytes)) = PICTURES.iter().find(|(name, _)| *name == &**dest_url)
        {
            *dest_url = format!("data:image/png;base64,{}", STANDARD.encode(bytes)).into();
        }
    }
    let title = headings.iter().find(|(level, ..)| *level == 1).map_or("", |(.., words)| words);
    let listed = headings.iter().filter(|(level, ..)| *level == 2);
    let contents: String = listed
        .map(|(_, name, words)| format!("<li><a href=\"#{name}\">{words}</a></li>\n"))
        .collect();
    let mut body = String::new();
    html::push_html(&mut body, events.into_iter());
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <nav aria-label=\"目录\">\n<ol>\n{contents}</ol>\n</nav>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Gives each heading its name, and lists them.
fn name_headings(events: &mut [Event<'_>]) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut begun = None;
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(Tag::Heading { .. }) => begun = Some((at, String::new())),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, words)) = &mut begun {
                    words.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(level)) => {
                let level = *level as u8;
                let Some((start, words)) = begun.take() else { continue };
                let name = anchor(&words);
                if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
                    *id = Some(name.clone().into());
                }
                headings.push((level, name, words));
            }
            _ => {}
        }
    }
    headings
}

/// The name of a heading: its letters and figures, in small letters, with hyphens for blanks.
fn anchor(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of an attribute in the whole page, in order.
    fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
        let opens = format!(" {name}=\"");
        page.split(&opens).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    /// A name as it stands in an address.
    fn encoded(name: &str) -> String {
        let byte = |byte: u8| {
            if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
        };
        name.bytes().map(byte).collect()
    }

    #[test]
    fn every_link_leads_to_a_place_of_the_page_and_every_place_has_one_name() {
        let page = page();
        let mut names = attributes(&page, "id");
        let n_names = names.len();
        for link in attributes(&page, "href") {
            let place = link.strip_prefix('#');
            let is_there = |place: &str| names.iter().any(|name| encoded(name) == encoded(place));
            assert!(link == "data:," || place.is_some_and(is_there), "{link}");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), n_names, "two headings have the same words");
    }

    #[test]
    fn the_pictures_are_in_the_page_and_none_is_carried_in_vain() {
        let page = page();
        let sources = attributes(&page, "src");
        assert_eq!(sources.len(), PICTURES.len());
        assert!(sources.iter().all(|source| source.starts_with("data:image/png;base64,")));
        let described = attributes(&page, "alt");
        assert!(described.iter().all(|words| words.chars().count() >= 8), "{described:?}");
        assert_eq!(described.len(), sources.len());
        for (name, bytes) in PICTURES {
            assert!(bytes.starts_with(b"\x89PNG"), "{name}");
            assert_eq!(TEXT.matches(&format!("]({name})")).count(), 1, "{name}");
        }
    }
}
