//! OFD files (GB/T 33190-2016) as characters and lines on pages.
//!
//! Every text says where each of its characters stands, so that nothing has to be guessed: only the widths of the
//! characters, which the faces know, are taken from their kinds.

mod composites;
mod lists;

use std::collections::BTreeMap;

use self::composites::Composites;
use self::lists::{Distances, shapes};
use super::super::error::ImportError;
use super::super::letters::without_radical;
use super::super::sheet::{Own, Sheet};
use super::numbering::local;
use super::pages::{self, File, Glyph, Page, Place, size_of};
use crate::budget::{
    PACKAGE_BYTES, PACKAGE_PARTS, PUBLISHED_DEPTH, PUBLISHED_MARKS, PUBLISHED_NODES,
    PUBLISHED_PAGES, TEXT_BYTES,
};
use crate::package::xml::{self, Element, Node, unescape};
use crate::package::{Limits, PackageError, Zipped};

const LIMITS: Limits =
    Limits { parts: PACKAGE_PARTS, bytes: PACKAGE_BYTES, nodes: PUBLISHED_NODES };

/// A millimetre in points.
const MM: f64 = 72.0 / 25.4;

/// Reads an OFD file.
///
/// # Errors
///
/// When it cannot be opened, exceeds the budget, or has no text at all.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ImportError> {
    let mut package = Package { zip: Zipped::open(bytes, LIMITS).map_err(|e| wrong(&e))? };
    let entry = package.xml("OFD.xml")?;
    let mut bodies = entry.elements().filter(|element| is(element, "DocBody"));
    let body = bodies.next().ok_or_else(damaged)?;
    if bodies.next().is_some() {
        return Err(ImportError::new(
            "这个 OFD 里有几份文件",
            "用 OFD 阅读器把年报另存为单独的一份，再读",
        ));
    }
    let root = text_at(body, &["DocRoot"]).ok_or_else(damaged)?;
    let author = text_at(body, &["DocInfo", "Author"]).filter(|author| !author.is_empty());
    let root = resolve("OFD.xml", &root);
    let document = package.xml(&root)?;
    let attached = attached(&mut package, &document, &root).map(Own::DataFile);
    let pages = pages_of(&mut package, &document, &root)?;
    pages::sheet(File { pages, author, attached }, "OFD ")
}

struct Package<'a> {
    zip: Zipped<'a>,
}

impl Package<'_> {
    /// The root of a file of XML; each may have as many nodes as the budget allows, since one is read at a time.
    fn xml(&mut self, path: &str) -> Result<Element, ImportError> {
        let bytes = self.zip.bytes(path).map_err(|error| wrong(&error))?.ok_or_else(damaged)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
        let mut nodes = PUBLISHED_NODES;
        let root = xml::parse_within(text, &mut nodes);
        root.map_err(|why| wrong(&PackageError::Part(path.to_owned(), why)))
    }
}

fn damaged() -> ImportError {
    ImportError::damaged("OFD ")
}

fn wrong(error: &PackageError) -> ImportError {
    match error {
        PackageError::TooManyParts | PackageError::TooLarge => {
            ImportError::too_large("OFD 的内容太多")
        }
        PackageError::Part(_, why) if why.contains("过多") => {
            ImportError::too_large("OFD 的内容太多")
        }
        PackageError::OldOrEncrypted
        | PackageError::NoZip
        | PackageError::NoContentTypes
        | PackageError::Part(..) => damaged(),
    }
}

fn is(element: &Element, name: &str) -> bool {
    local(&element.name) == name
}

fn child<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element.elements().find(|child| is(child, name))
}

fn value(element: &Element, name: &str) -> Option<String> {
    element.get(name).map(unescape)
}

/// The text of an element, reached by the names on the way.
fn text_at(element: &Element, way: &[&str]) -> Option<String> {
    let end = way.iter().try_fold(element, |element, name| child(element, name))?;
    Some(text(end).trim().to_owned())
}

fn text(element: &Element) -> String {
    let texts = element.children.iter().filter_map(|node| match node {
        Node::Text(text) => Some(unescape(text)),
        Node::Element(_) => None,
    });
    texts.collect()
}

/// The complete path of a place that a file names: from the root with a leading slash, else from the file's folder.
fn resolve(from: &str, place: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let start = if place.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in start.split('/').chain(place.split('/')) {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The numbers of a list; what is none ends it.
fn numbers(list: &str) -> Vec<f64> {
    let parsed = list.split_whitespace().map_while(|number| number.parse::<f64>().ok());
    parsed.filter(|number| number.is_finite()).collect()
}

/// The data file that the program put into a file of its own.
fn attached(package: &mut Package<'_>, document: &Element, root: &str) -> Option<String> {
    let list = resolve(root, &text_at(document, &["Attachments"])?);
    let entries = package.xml(&list).ok()?;
    let entry =
        entries.elements().find(|entry| value(entry, "Format").as_deref() == Some("toml"))?;
    let place = resolve(&list, &text_at(entry, &["FileLoc"])?);
    let bytes = package.zip.bytes(&place).ok()??;
    let fits = bytes.len() as u64 <= TEXT_BYTES;
    fits.then(|| String::from_utf8(bytes).ok())?
}

fn pages_of(
    package: &mut Package<'_>,
    document: &Element,
    root: &str,
) -> Result<Vec<Page>, ImportError> {
    let common = child(document, "CommonData");
    let area = common.and_then(|common| text_at(common, &["PageArea", "PhysicalBox"]));
    let templates: BTreeMap<String, String> = common
        .into_iter()
        .flat_map(Element::elements)
        .filter(|element| is(element, "TemplatePage"))
        .filter_map(|page| Some((value(page, "ID")?, resolve(root, &value(page, "BaseLoc")?))))
        .collect();
    let list = child(document, "Pages").ok_or_else(damaged)?;
    let places: Vec<String> = list
        .elements()
        .filter(|element| is(element, "Page"))
        .filter_map(|page| Some(resolve(root, &value(page, "BaseLoc")?)))
        .collect();
    let n = places.len();
    if n > PUBLISHED_PAGES {
        return Err(ImportError::too_large(&format!("OFD 有 {n} 页，超过 {PUBLISHED_PAGES} 页")));
    }
    if n == 0 {
        return Err(damaged());
    }
    let mut composites = Composites::default();
    if let Some(common) = common {
        composites.add(package, root, common, &["PublicRes", "DocumentRes"]);
    }
    let mut n_marks = 0;
    let mut pages = Vec::new();
    for place in places {
        let contents = package.xml(&place)?;
        composites.add(package, &place, &contents, &["PageRes"]);
        let own = text_at(&contents, &["Area", "PhysicalBox"]);
        let sheet = own.or_else(|| area.clone()).map(|area| numbers(&area));
        let [left, top, width, height] = sheet.as_deref().unwrap_or_default() else {
            return Err(damaged());
        };
        let page = Page { width: width * MM, height: height * MM, ..Page::default() };
        let mut behind = Vec::new();
        for template in contents.elements().filter(|element| is(element, "Template")) {
            let place = value(template, "TemplateID").and_then(|id| templates.get(&id));
            let Some(place) = place else { continue };
            let template = package.xml(place)?;
            composites.add(package, place, &template, &["PageRes"]);
            behind.push(template);
        }
        let mut pen = Pen { page, composites: &composites, open: Vec::new(), n_marks };
        for contents in behind.iter().chain([&contents]) {
            pen.contents(contents, (*left, *top))?;
        }
        n_marks = pen.n_marks;
        pages.push(pen.page);
    }
    Ok(pages)
}

/// A pen that draws nothing, and keeps characters and lines.
struct Pen<'a> {
    page: Page,
    composites: &'a Composites,
    /// The numbers of the drawings that are being drawn, each in the one before it.
    open: Vec<String>,
    /// The number of characters, lines and drawings of all pages so far.
    n_marks: usize,
}

/// From the coordinates of an object to the page, in millimetres.
#[derive(Clone, Copy)]
struct Frame([f64; 6]);

impl Frame {
    /// The frame of an object that lies at a place in another frame, turned and stretched by a matrix.
    fn within(outer: &Self, at: Place, [a, b, c, d, e, f]: [f64; 6]) -> Self {
        let ((x, y), [oa, ob, oc, od, ..]) = (outer.millimetres((at.0 + e, at.1 + f)), outer.0);
        Self([oa * a + oc * b, ob * a + od * b, oa * c + oc * d, ob * c + od * d, x, y])
    }

    fn millimetres(&self, (x, y): Place) -> Place {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// A place on the page, in points.
    fn place(&self, at: Place) -> Place {
        let (x, y) = self.millimetres(at);
        (x * MM, y * MM)
    }

    /// The length of something that stands upright, in points.
    fn upright(&self, length: f64) -> f64 {
        (self.0[2] * length).hypot(self.0[3] * length) * MM
    }

    /// The size of an area, in square points.
    fn area(&self, width: f64, height: f64) -> f64 {
        let [a, b, c, d, ..] = self.0;
        ((a * d - b * c) * width * height).abs() * MM * MM
    }
}

const AS_IT_IS: [f64; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

impl Pen<'_> {
    /// Keeps all that stands on a sheet with this upper left corner.
    fn contents(&mut self, page: &Element, (left, top): Place) -> Result<(), ImportError> {
        let Some(content) = child(page, "Content") else { return Ok(()) };
        let sheet = Frame([1.0, 0.0, 0.0, 1.0, -left, -top]);
        for layer in content.elements().filter(|element| is(element, "Layer")) {
            self.block(layer, &sheet, 0)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Element, outer: &Frame, depth: usize) -> Result<(), ImportError> {
        if depth > PUBLISHED_DEPTH {
            return Err(damaged());
        }
        for object in block.elements() {
            if value(object, "Visible").as_deref() == Some("false") {
                continue;
            }
            match local(&object.name) {
                "PageBlock" => self.block(object, outer, depth + 1)?,
                "TextObject" => self.text(object, outer)?,
                "PathObject" => self.path(object, outer)?,
                "CompositeObject" => self.composite(object, outer, depth + 1)?,
                "ImageObject" => self.picture(object, outer),
                _ => {}
            }
        }
        Ok(())
    }

    /// Keeps all that a drawing consists of; one that the file does not hold is a picture.
    fn composite(
        &mut self,
        object: &Element,
        outer: &Frame,
        depth: usize,
    ) -> Result<(), ImportError> {
        let composites = self.composites;
        let id = value(object, "ResourceID").unwrap_or_default();
        let (Some(frame), Some(drawing)) = (frame(object, outer), composites.get(&id)) else {
            self.picture(object, outer);
            return Ok(());
        };
        // One that draws itself has no end.
        if self.open.contains(&id) {
            return Err(damaged());
        }
        self.count(drawing.weight)?;
        self.open.push(id);
        self.block(&drawing.content, &frame, depth)?;
        self.open.pop();
        Ok(())
    }

    fn picture(&mut self, object: &Element, outer: &Frame) {
        let area = value(object, "Boundary").map(|area| numbers(&area));
        if let Some([_, _, width, height]) = area.as_deref() {
            self.page.cover(outer.area(*width, *height));
        }
    }

    fn count(&mut self, n: usize) -> Result<(), ImportError> {
        self.n_marks += n;
        match self.n_marks > PUBLISHED_MARKS {
            true => Err(ImportError::too_large("OFD 的内容太多")),
            false => Ok(()),
        }
    }

    fn text(&mut self, object: &Element, outer: &Frame) -> Result<(), ImportError> {
        let number = |name: &str| value(object, name).and_then(|n| n.parse::<f64>().ok());
        let (Some(frame), Some(size)) = (frame(object, outer), number("Size")) else {
            return Ok(());
        };
        let stretch = number("HScale").unwrap_or(1.0);
        let is_unseen = number("Alpha") == Some(0.0)
            || (value(object, "Fill").as_deref() == Some("false")
                && value(object, "Stroke").as_deref() != Some("true"));
        let (mut x, mut y) = (0.0, 0.0);
        for code in object.elements().filter(|element| is(element, "TextCode")) {
            // Where a text does not say it, it begins where the one before it did.
            let start = |name: &str| value(code, name).and_then(|n| n.parse::<f64>().ok());
            x = start("X").unwrap_or(x);
            y = start("Y").unwrap_or(y);
            let words: Vec<char> =
                text(code).chars().filter(|c| *c != '\n' && *c != '\r').collect();
            self.count(words.len())?;
            let right = Distances::new(code, "DeltaX", &words);
            let down = Distances::new(code, "DeltaY", &words);
            let mut pen = (x, y);
            for (i, character) in words.iter().enumerate() {
                let width = size * stretch * width_of(*character);
                let step = right.after(i).unwrap_or(if down.is_empty() { width } else { 0.0 });
                // Letters are as wide as the next one is far, up to their size: a blank between them is a character.
                let most = if character.is_ascii_alphabetic() { size * stretch } else { width };
                let end = if step > 0.0 { most.min(step) } else { width };
                self.glyph(*character, pen, end, size, &frame, is_unseen);
                pen = (pen.0 + step, pen.1 + down.after(i).unwrap_or(0.0));
            }
        }
        Ok(())
    }

    fn glyph(
        &mut self,
        character: char,
        at: Place,
        width: f64,
        size: f64,
        frame: &Frame,
        is_unseen: bool,
    ) {
        if character.is_whitespace() {
            return;
        }
        let unknown = character == '\u{fffd}' || character == '\0';
        let text = (!unknown).then(|| without_radical(character).to_string());
        let (x, y) = frame.place(at);
        let (end, _) = frame.place((at.0 + width, at.1));
        let size = size_of(frame.upright(size));
        self.page.n_unseen += usize::from(is_unseen);
        self.page.glyphs.push(Glyph { text, x, y, end, size });
    }

    fn path(&mut self, object: &Element, outer: &Frame) -> Result<(), ImportError> {
        let Some(frame) = frame(object, outer) else { return Ok(()) };
        let is = |name: &str, unsaid: bool| match value(object, name).as_deref() {
            Some(said) => said == "true",
            None => unsaid,
        };
        let (is_drawn, is_filled) = (is("Stroke", true), is("Fill", false));
        let data = child(object, "AbbreviatedData").map(text).unwrap_or_default();
        let shapes = shapes(&data);
        for shape in &shapes {
            self.count(shape.len())?;
            let shape: Vec<(bool, Place)> =
                shape.iter().map(|(is_straight, at)| (*is_straight, frame.place(*at))).collect();
            if is_drawn {
                for pair in shape.windows(2).filter(|pair| pair[1].0) {
                    self.page.line(pair[0].1, pair[1].1);
                }
            }
            if is_filled {
                let least = shape.iter().fold((f64::INFINITY, f64::INFINITY), |least, (_, at)| {
                    (least.0.min(at.0), least.1.min(at.1))
                });
                let most =
                    shape.iter().fold((f64::NEG_INFINITY, f64::NEG_INFINITY), |most, (_, at)| {
                        (most.0.max(at.0), most.1.max(at.1))
                    });
                self.page.bar(least, most);
            }
        }
        Ok(())
    }
}

/// The frame of an object in that of what it stands in.
fn frame(object: &Element, outer: &Frame) -> Option<Frame> {
    let area = numbers(&value(object, "Boundary")?);
    let at = (*area.first()?, *area.get(1)?);
    let matrix = value(object, "CTM").map(|matrix| numbers(&matrix));
    let matrix = matrix.and_then(|matrix| <[f64; 6]>::try_from(matrix).ok());
    Some(Frame::within(outer, at, matrix.unwrap_or(AS_IT_IS)))
}

/// The usual advance of a character, in em.
fn width_of(character: char) -> f64 {
    if u32::from(character) < 0x2000 { 0.5 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_from_the_file_or_the_root() {
        assert_eq!(resolve("Doc_0/Document.xml", "Pages/P.xml"), "Doc_0/Pages/P.xml");
        assert_eq!(resolve("Doc_0/Document.xml", "/Doc_0/P.xml"), "Doc_0/P.xml");
        assert_eq!(resolve("OFD.xml", "Doc_0/../../P.xml"), "P.xml");
    }
}
