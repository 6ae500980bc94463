//! The contents of an OFD file, read back from its bytes without anything of the program.

use std::collections::BTreeMap;
use std::io::Read as _;

use crate::support::without_blanks;

/// An element with its attributes, its own text, and those inside it, as far as tests ask.
#[derive(Debug, Default, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// An attribute that must be there.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }

    /// All elements of a name in it, in reading order.
    pub(crate) fn all<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        let mut found: Vec<&Element> = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// The text of the only element of a name.
    pub(crate) fn text_of(&self, name: &str) -> &str {
        let all = self.all(name);
        assert!(all.len() == 1, "{} of {name} in {}", all.len(), self.name);
        &all[0].text
    }
}

/// The files of a package.
pub(crate) struct Opened {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Opened {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut files = BTreeMap::new();
        for i in 0..zip.len() {
            let mut file = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            assert!(files.insert(file.name().to_owned(), bytes).is_none());
        }
        Self { files }
    }

    /// The root of a file of XML.
    pub(crate) fn xml(&self, path: &str) -> Element {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("no {path}"));
        parsed(std::str::from_utf8(bytes).unwrap())
    }

    /// The document.
    pub(crate) fn document(&self) -> Element {
        self.xml("Doc_0/Document.xml")
    }

    /// The pages with their numbers, in the order of the document.
    pub(crate) fn pages(&self) -> Vec<(String, Element)> {
        let document = self.document();
        let list = document.all("ofd:Page");
        let page = |page: &&Element| {
            (page.get("ID").to_owned(), self.xml(&format!("Doc_0/{}", page.get("BaseLoc"))))
        };
        list.iter().map(page).collect()
    }
}

fn parsed(xml: &str) -> Element {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open = vec![Element::default()];
    let element = |tag: &quick_xml::events::BytesStart<'_>| Element {
        name: String::from_utf8(tag.name().as_ref().to_vec()).unwrap(),
        attributes: tag
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                let value = std::str::from_utf8(&attribute.value).unwrap();
                (
                    String::from_utf8(attribute.key.as_ref().to_vec()).unwrap(),
                    quick_xml::escape::unescape(value).unwrap().into_owned(),
                )
            })
            .collect(),
        ..Element::default()
    };
    loop {
        let inner = open.last_mut().unwrap();
        match reader.read_event().unwrap() {
            Event::Start(tag) => open.push(element(&tag)),
            Event::Empty(tag) => inner.children.push(element(&tag)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => inner.text.push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) => {
                let name = name.decode().unwrap();
                inner.text.push_str(&quick_xml::escape::unescape(&format!("&{name};")).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.len() == 1);
    open.remove(0).children.remove(0)
}

/// The text of all pages in the order of their contents, without page numbers, repeated heads and blanks.
pub(crate) fn ofd_words(file: &[u8]) -> String {
    let mut words = String::new();
    for (_, page) in Opened::new(file).pages() {
        for layer in page.all("ofd:Layer") {
            if layer.get("Type") == "Body" {
                layer.all("ofd:TextCode").iter().for_each(|code| words.push_str(&code.text));
            }
        }
    }
    without_blanks(&words)
}
