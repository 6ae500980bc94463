//! A small XML tree: read, change, write, with texts kept as they are escaped in the file.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The greatest depth of elements; Word's own files stay far below, and the tree is walked
/// recursively.
const MAX_DEPTH: usize = 256;

/// An element with its attributes and children. Names carry their prefix, as in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Element {
    /// The name, for example `w:p`.
    pub(crate) name: String,
    /// Names and values in the order of the file; values are escaped.
    pub(crate) attributes: Vec<(String, String)>,
    /// Elements and texts.
    pub(crate) children: Vec<Node>,
}

/// A child of an [`Element`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// An element.
    Element(Element),
    /// Escaped text.
    Text(String),
}

impl Element {
    /// An element without attributes or children.
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// This element with one more attribute, whose value is escaped here.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.attributes.push((name.to_owned(), escape(value)));
        self
    }

    /// The escaped value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Gives an attribute a value, which is escaped here.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let value = escape(value);
        match self.attributes.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name.to_owned(), value)),
        }
    }

    /// The child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The child elements, to be changed in place.
    pub(crate) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of that name.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first child element of that name, to be changed in place.
    pub(crate) fn find_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.elements_mut().find(|element| element.name == name)
    }

    /// Keeps only the child elements that pass; texts stay.
    pub(crate) fn retain(&mut self, keep: impl Fn(&Self) -> bool) {
        self.children.retain(|node| match node {
            Node::Element(element) => keep(element),
            Node::Text(_) => true,
        });
    }

    /// Writes the element to the end of `out`.
    pub(crate) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) => out.push_str(text),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }

    /// The element as a whole file, with its declaration.
    pub(crate) fn to_part(&self) -> String {
        let mut out = String::from(DECLARATION);
        self.write(&mut out);
        out
    }
}

/// The declaration every part begins with.
pub(crate) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Reads a file into its root element. Comments, instructions and the declaration are dropped.
///
/// # Errors
/// Says in Chinese what is wrong with the file. A document type is refused: no Office file has one, and
/// the entities it may declare would not survive.
pub(crate) fn parse(xml: &str) -> Result<Element, String> {
    let mut unlimited = usize::MAX;
    parse_within(xml, &mut unlimited)
}

/// As [`parse`], with no more elements, attributes and texts than `allowance`, which is reduced by as many:
/// each takes a hundred times its bytes in the file.
///
/// # Errors
/// As [`parse`], and when there are more.
pub(crate) fn parse_within(xml: &str, allowance: &mut usize) -> Result<Element, String> {
    let mut reader = Reader::from_str(xml);
    let mut take = |n: usize| -> Result<(), String> {
        *allowance = allowance.checked_sub(n).ok_or_else(|| "XML 的内容过多".to_owned())?;
        Ok(())
    };
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|error| format!("XML 有误（{error}）"))?;
        let (node, closes) = match event {
            Event::Start(start) => {
                if open.len() == MAX_DEPTH {
                    return Err("XML 嵌套过深".to_owned());
                }
                let element = element(&start)?;
                take(1 + element.attributes.len())?;
                open.push(element);
                continue;
            }
            Event::End(_) => (open.pop().map(Node::Element), true),
            Event::Empty(start) => {
                let element = element(&start)?;
                take(1 + element.attributes.len())?;
                (Some(Node::Element(element)), true)
            }
            Event::Text(text) => {
                take(1)?;
                (Some(Node::Text(sound(utf8(&text)?)?.to_owned())), false)
            }
            Event::CData(data) => {
                take(1)?;
                (Some(Node::Text(sound(&escape(utf8(&data)?))?.to_owned())), false)
            }
            Event::GeneralRef(name) => {
                take(1)?;
                let reference = format!("&{};", utf8(&name)?);
                (Some(Node::Text(sound(&reference)?.to_owned())), false)
            }
            Event::DocType(_) => return Err("XML 中有文档类型声明".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            Event::Eof => break,
        };
        match (open.last_mut(), node) {
            (Some(parent), Some(node)) => parent.children.push(node),
            (None, Some(Node::Element(element))) if closes && root.is_none() => {
                root = Some(element);
            }
            _ => {}
        }
    }
    if !open.is_empty() {
        return Err("XML 不完整".to_owned());
    }
    root.ok_or_else(|| "XML 是空的".to_owned())
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element::new(name(start.name().as_ref())?);
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("XML 属性有误（{error}）"))?;
        // A value between single quotes may hold double ones, which would end ours.
        let value = sound(utf8(&attribute.value)?)?.replace('"', "&quot;");
        element.attributes.push((name(attribute.key.as_ref())?.to_owned(), value));
    }
    Ok(element)
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|_| "XML 不是 UTF-8 编码".to_owned())
}

/// A name of an element or attribute; the reader above takes anything.
fn name(bytes: &[u8]) -> Result<&str, String> {
    let name = utf8(bytes)?;
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':');
    if bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.iter().all(is_plain) {
        return Ok(name);
    }
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let goes_on = |c: char| c.is_alphanumeric() || "_-.:".contains(c);
    match begins && name.chars().all(goes_on) {
        true => Ok(name),
        false => Err(format!("XML 中的名称“{name}”有误")),
    }
}

/// Escaped text that may be written as it is: known entities only, no bare `<`, no forbidden
/// character. The reader above is more lenient than Word.
fn sound(raw: &str) -> Result<&str, String> {
    let is_plain = |b: u8| !matches!(b, b'&' | b'<' | 0..0x20 | 0x7F..) || b == b'\n' || b == b'\t';
    if raw.bytes().all(is_plain) {
        return Ok(raw);
    }
    let meant = quick_xml::escape::unescape(raw).map_err(|error| format!("XML 有误（{error}）"))?;
    match raw.contains('<') || !meant.chars().all(is_allowed) {
        true => Err("XML 中有不允许的字符".to_owned()),
        false => Ok(raw),
    }
}

/// True if XML 1.0 can carry a character (section 2.2).
pub(crate) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Text as it stands in a file.
pub(crate) fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

/// Escaped text as it is meant; what cannot be resolved stays as it is.
pub(crate) fn unescape(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_back() {
        let xml = "<a b=\"1 &amp; 2\"><c/>x &lt; y&#x20;<d e=\"\">𠮷</d></a>";
        let mut out = String::new();
        parse(xml).unwrap().write(&mut out);
        assert_eq!(out, xml);
    }

    #[test]
    fn broken_files_are_refused() {
        let broken = [
            "",
            "<a>",
            "<a></b>",
            "<a b></a>",
            "<!DOCTYPE a><a/>",
            "<a b=\"1\" b=\"2\"/>",
            "<a>&b;</a>",
            "<a>&#1;</a>",
            "<a>\u{1}</a>",
            "<a b=\"x & y\"/>",
            "<a b=\"<\"/>",
            "<1/>",
        ];
        for xml in broken {
            assert!(parse(xml).is_err(), "{xml}");
        }
        let mut allowance = 5;
        assert!(parse_within("<a b=\"1\"><c/>x</a>", &mut allowance).is_ok());
        assert_eq!(allowance, 1);
        assert!(parse_within("<a b=\"1\"/>", &mut allowance).is_err());
        let deep = "<a>".repeat(5000) + &"</a>".repeat(5000);
        assert!(parse(&deep).is_err());
    }
}
