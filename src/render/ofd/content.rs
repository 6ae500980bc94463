//! A page's items as the objects of `Content.xml`.
//!
//! The words of the document stand in the layer of type `Body`, in reading order; page numbers, the mark of a draft
//! and heads that are repeated stand in one of type `Foreground`.

use super::Ids;
use super::fonts::{Font, Fonts};
use super::links::Links;
use super::xml::{micrometres, mm, push_mm, push_number, root_tag};
use crate::layout::{Bar, Fill, Item, NodeId, Owner, Page, Pages, PlacedGlyph, TextRun, paper};
use crate::package::xml::{DECLARATION, escape};

/// The room that a text has about its baseline and beside its glyphs, in em: readers cut off what lies outside.
const ABOVE: f64 = 1.1;
const BELOW: f64 = 0.4;
const BESIDE: f64 = 0.2;

/// The pages as written, and the objects of each node.
pub(super) struct Written {
    /// The pages, each as a whole file.
    pub(super) pages: Vec<String>,
    /// For each node, the page and the number of every object that belongs to it.
    pub(super) places: Vec<Vec<(u32, u32)>>,
}

/// Writes the pages.
pub(super) struct Writer<'a> {
    pages: &'a Pages,
    fonts: &'a Fonts,
    page_ids: &'a [u32],
    ids: &'a mut Ids,
    links: Links<'a>,
    places: Vec<Vec<(u32, u32)>>,
    out: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        pages: &'a Pages,
        fonts: &'a Fonts,
        page_ids: &'a [u32],
        ids: &'a mut Ids,
    ) -> Self {
        let places = vec![Vec::new(); pages.nodes.len()];
        let links = Links::new(pages, page_ids);
        Self { pages, fonts, page_ids, ids, links, places, out: String::new() }
    }

    /// The pages in their order.
    pub(super) fn write(mut self) -> Written {
        let pages: &'a Pages = self.pages;
        let ids: &'a [u32] = self.page_ids;
        let written = pages.pages.iter().zip(ids).map(|(page, id)| self.page(page, *id)).collect();
        Written { pages: written, places: self.places }
    }

    fn page(&mut self, page: &Page, id: u32) -> String {
        self.out.push_str(DECLARATION);
        self.out.push_str(&root_tag("ofd:Page"));
        self.out.push_str("<ofd:Area><ofd:PhysicalBox>");
        self.out.push_str(&sheet());
        self.out.push_str("</ofd:PhysicalBox></ofd:Area><ofd:Content>");
        for (kind, is_body) in [("Body", true), ("Foreground", false)] {
            let mut items = page.items.iter().filter(|item| is_read(item) == is_body).peekable();
            // A page may have nothing but furniture; a layer with nothing in it is of no use.
            if items.peek().is_none() {
                continue;
            }
            let layer = self.ids.next();
            self.out.push_str(&format!("<ofd:Layer ID=\"{layer}\" Type=\"{kind}\">"));
            for item in items {
                match item {
                    Item::Text(run) => self.run(run, id),
                    Item::Rule(bar) => _ = self.bar(bar, 0.0),
                    Item::Fill(Fill { node, area, lightness }) => {
                        let object = self.bar(area, *lightness);
                        self.belongs(*node, id, object);
                    }
                }
            }
            self.out.push_str("</ofd:Layer>");
        }
        self.out.push_str("</ofd:Content></ofd:Page>");
        std::mem::take(&mut self.out)
    }

    fn belongs(&mut self, node: NodeId, page: u32, object: u32) {
        self.places[node.0].push((page, object));
    }

    /// A run as one text, or as several: readers count characters beyond U+FFFF as one or as two, and each of these
    /// stands alone, where both are the same.
    fn run(&mut self, run: &TextRun, page: u32) {
        let fonts: &'a Fonts = self.fonts;
        let Some(font) = fonts.get(run.face) else { return };
        let actions = self.links.actions(run.owner).unwrap_or_default();
        let is_beyond = |glyph: &PlacedGlyph| u32::from(glyph.character) > 0xFFFF;
        for glyphs in run.glyphs.chunk_by(|one, next| !is_beyond(one) && !is_beyond(next)) {
            // Some readers drop blanks at the ends of a text, and would move the rest.
            let is_seen = |glyph: &PlacedGlyph| !glyph.character.is_whitespace();
            let first = glyphs.iter().position(is_seen);
            let last = glyphs.iter().rposition(is_seen);
            let (Some(first), Some(last)) = (first, last) else { continue };
            let object = self.ids.next();
            if let Owner::Node(node) = run.owner {
                self.belongs(node, page, object);
            }
            self.text(run, &glyphs[first..=last], font, object, &actions);
        }
    }

    fn text(
        &mut self,
        run: &TextRun,
        glyphs: &[PlacedGlyph],
        font: &Font,
        object: u32,
        actions: &str,
    ) {
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return };
        let x = micrometres(first.x);
        let left = x - micrometres(BESIDE * run.size);
        let end = last.x + last.advance * run.stretch;
        let width = micrometres(end + BESIDE * run.size) - left;
        let above = micrometres(ABOVE * run.size);
        let top = micrometres(run.y) - above;
        let height = above + micrometres(BELOW * run.size);

        let out = &mut self.out;
        out.push_str("<ofd:TextObject ID=\"");
        push_number(out, object.into());
        push_boundary(out, left, top, width, height);
        out.push_str("\" Font=\"");
        push_number(out, font.id.into());
        out.push_str("\" Size=\"");
        push_mm(out, micrometres(run.size));
        let stretch = (run.stretch * 10_000.0).round() / 10_000.0;
        if stretch != 1.0 {
            out.push_str(&format!("\" HScale=\"{stretch}"));
        }
        out.push_str("\">");
        out.push_str(actions);
        push_glyphs(out, glyphs, font);
        out.push_str("<ofd:TextCode X=\"");
        push_mm(out, x - left);
        out.push_str("\" Y=\"");
        push_mm(out, above);
        push_characters(out, glyphs);
        out.push_str("</ofd:TextCode></ofd:TextObject>");
    }

    /// A filled rectangle; gives its number.
    fn bar(&mut self, bar: &Bar, lightness: f64) -> u32 {
        let object = self.ids.next();
        let (left, top) = (micrometres(bar.x), micrometres(bar.y));
        // However thin it is, it does not vanish.
        let width = (micrometres(bar.x + bar.width) - left).max(1);
        let height = (micrometres(bar.y + bar.height) - top).max(1);
        let grey = (lightness * 255.0).round().clamp(0.0, 255.0) as u8;
        let (w, h) = (mm(width), mm(height));
        self.out.push_str("<ofd:PathObject ID=\"");
        push_number(&mut self.out, object.into());
        push_boundary(&mut self.out, left, top, width, height);
        self.out.push_str(&format!(
            "\" Stroke=\"false\" Fill=\"true\"><ofd:FillColor Value=\"{grey} {grey} {grey}\"/>\
             <ofd:AbbreviatedData>M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>"
        ));
        object
    }
}

/// Writes the glyph of each character, by its number in the embedded face.
fn push_glyphs(out: &mut String, glyphs: &[PlacedGlyph], font: &Font) {
    out.push_str("<ofd:FillColor Value=\"0 0 0\"/>");
    out.push_str("<ofd:CGTransform CodePosition=\"0\" CodeCount=\"");
    push_number(out, glyphs.len() as u64);
    out.push_str("\" GlyphCount=\"");
    push_number(out, glyphs.len() as u64);
    out.push_str("\"><ofd:Glyphs>");
    for (i, glyph) in glyphs.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        push_number(out, font.number(glyph.id).into());
    }
    out.push_str("</ofd:Glyphs></ofd:CGTransform>");
}

/// Writes the distances from each origin to the next, and the characters.
fn push_characters(out: &mut String, glyphs: &[PlacedGlyph]) {
    for (i, pair) in glyphs.windows(2).enumerate() {
        out.push_str(if i == 0 { "\" DeltaX=\"" } else { " " });
        // Of places already rounded, so that errors do not add up.
        push_mm(out, micrometres(pair[1].x) - micrometres(pair[0].x));
    }
    out.push_str("\">");
    for glyph in glyphs {
        match glyph.character {
            c @ ('&' | '<' | '>' | '"' | '\'') => {
                out.push_str(&escape(c.encode_utf8(&mut [0; 4])));
            }
            c => out.push(c),
        }
    }
}

/// True if an item belongs to the document, and is not furniture of the page.
fn is_read(item: &Item) -> bool {
    match item {
        Item::Text(run) => matches!(run.owner, Owner::Node(_)),
        Item::Rule(_) | Item::Fill(_) => true,
    }
}

fn push_boundary(out: &mut String, left: i64, top: i64, width: i64, height: i64) {
    out.push_str("\" Boundary=\"");
    for (i, length) in [left, top, width, height].into_iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        push_mm(out, length);
    }
}

/// The box of a sheet.
pub(super) fn sheet() -> String {
    let (width, height) = (micrometres(paper::SHEET_WIDTH), micrometres(paper::SHEET_HEIGHT));
    format!("0 0 {} {}", mm(width), mm(height))
}
