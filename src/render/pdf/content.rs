//! A page's items to the operations that print it, every one marked with what it belongs to.

use std::collections::BTreeMap;

use printpdf::{
    Color, DictItem, Greyscale, Op, PaintMode, PdfFontHandle, Pt, Rect, TextItem, TextMatrix,
};

use super::fonts::Fonts;
use super::structure::Marks;
use super::{from_bottom, points, utf16};
use crate::layout::{Bar, Fill, Item, NodeRole, Owner, Page, PlacedGlyph, TextRun};

/// The operations that print a page.
pub(super) fn operations(
    index: usize,
    page: &Page,
    fonts: &Fonts,
    marks: &mut Marks<'_>,
) -> Vec<Op> {
    let mut writer = Writer::default();
    writer.ops.push(grey(0.0));
    let mut rest = page.items.as_slice();
    while let Some(first) = rest.first() {
        let n = rest.iter().take_while(|item| same_mark(first, item)).count();
        let (group, after) = rest.split_at(n);
        writer.ops.push(opening(first, index, marks));
        writer.print(group, after.first(), fonts);
        writer.ops.push(Op::EndMarkedContent);
        rest = after;
    }
    writer.ops
}

/// True if two items stand under one mark.
fn same_mark(a: &Item, b: &Item) -> bool {
    match (a, b) {
        (Item::Text(a), Item::Text(b)) => a.owner == b.owner,
        (Item::Rule(_), Item::Rule(_)) => true,
        (Item::Fill(a), Item::Fill(b)) => a.node == b.node,
        (Item::Text(_), Item::Rule(_) | Item::Fill(_))
        | (Item::Rule(_), Item::Text(_) | Item::Fill(_))
        | (Item::Fill(_), Item::Text(_) | Item::Rule(_)) => false,
    }
}

/// The operation that opens an item's mark.
fn opening(item: &Item, page: usize, marks: &mut Marks<'_>) -> Op {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut marked = |node| {
        let number = marks.mark(node, page);
        (tag(marks.role(node)), "MCID", DictItem::Int(number))
    };
    let (tag, key, value) = match item {
        Item::Rule(_) => ("Artifact", "Type", name("Layout")),
        Item::Fill(fill) => marked(fill.node),
        Item::Text(run) => match run.owner {
            Owner::Node(node) => marked(node),
            Owner::Pagination | Owner::Repeat => ("Artifact", "Type", name("Pagination")),
        },
    };
    let map = BTreeMap::from([(key.to_owned(), value)]);
    Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties: DictItem::Dict { map } }
}

/// The tag that marked content of a node carries; readers go by the structure tree instead.
fn tag(role: &NodeRole) -> &'static str {
    match role {
        NodeRole::Link { .. } | NodeRole::NoteLink { .. } => "Link",
        NodeRole::Reference => "Reference",
        NodeRole::Note => "Note",
        NodeRole::Heading { .. } => "H",
        NodeRole::TableCell { .. } => "TD",
        NodeRole::Figure { .. } => "Figure",
        NodeRole::Document
        | NodeRole::Paragraph
        | NodeRole::List
        | NodeRole::ListItem
        | NodeRole::ListBody
        | NodeRole::Table { .. }
        | NodeRole::TableHead
        | NodeRole::TableBody
        | NodeRole::TableRow => "P",
    }
}

#[derive(Default)]
struct Writer {
    ops: Vec<Op>,
    /// The font and size in force.
    font: Option<(String, f32)>,
    /// The letter spacing in force.
    spacing: f32,
}

impl Writer {
    /// Prints items under one mark; `next` is what is printed after them.
    fn print(&mut self, items: &[Item], next: Option<&Item>, fonts: &Fonts) {
        let text = matches!(items.first(), Some(Item::Text(_)));
        let mut readings = Readings::of(items, next, fonts);
        if text {
            self.ops.push(Op::StartTextSection);
        }
        for item in items {
            match item {
                Item::Text(run) => self.print_run(run, &mut readings, fonts),
                Item::Rule(bar) => self.ops.push(rectangle(bar)),
                Item::Fill(Fill { area, lightness, .. }) => {
                    self.ops.push(grey(*lightness));
                    self.ops.push(rectangle(area));
                }
            }
        }
        if matches!(items.first(), Some(Item::Fill(_))) {
            self.ops.push(grey(0.0));
        }
        if text {
            self.ops.push(Op::EndTextSection);
        }
    }

    fn print_run(&mut self, run: &TextRun, readings: &mut Readings, fonts: &Fonts) {
        let (Some(name), Some(first)) = (fonts.name(run.face), run.glyphs.first()) else { return };
        let size = points(run.size);
        if self.font.as_ref().is_none_or(|(n, s)| *n != name.0 || *s != size) {
            let font = PdfFontHandle::External(name.clone());
            self.ops.push(Op::SetFont { font, size: Pt(size) });
            self.font = Some((name.0.clone(), size));
        }
        let spacing = common_spacing(run);
        if self.spacing != spacing {
            self.ops.push(Op::SetCharacterSpacing { multiplier: spacing });
            self.spacing = spacing;
        }
        let stretch = ((run.stretch * 10_000.0).round() / 10_000.0) as f32;
        let matrix =
            TextMatrix::Raw([stretch, 0.0, 0.0, 1.0, points(first.x), points(from_bottom(run.y))]);
        self.ops.push(Op::SetTextMatrix { matrix });
        self.show(run, f64::from(spacing), f64::from(stretch), readings, fonts);
    }

    /// Shows the glyphs of a run, with what each leaves to the next beyond the common spacing.
    fn show(
        &mut self,
        run: &TextRun,
        spacing: f64,
        stretch: f64,
        readings: &mut Readings,
        fonts: &Fonts,
    ) {
        let mut items: Vec<TextItem> = Vec::new();
        let mut words = String::new();
        let mut pen = run.glyphs.first().map_or(0.0, |glyph| f64::from(points(glyph.x)));
        for glyph in &run.glyphs {
            let reading = readings.next();
            // A thousandth of the size, counted against the direction of writing.
            let unit = run.size * stretch / 1000.0;
            let offset = ((pen - glyph.x) / unit).round();
            if offset != 0.0 && (offset * unit).abs() > 0.02 {
                flush_words(&mut words, &mut items);
                items.push(TextItem::Offset(offset as f32));
                pen -= offset * unit;
            }
            pen += (glyph.advance + spacing) * stretch;
            if let Some(meant) = reading.begins {
                self.flush(&mut words, &mut items);
                let text = DictItem::String { data: utf16(&meant), literal: false };
                let map = BTreeMap::from([("ActualText".to_owned(), text)]);
                self.ops.push(Op::BeginMarkedContentWithProperties {
                    tag: "Span".to_owned(),
                    properties: DictItem::Dict { map },
                });
            }
            if let Some(white) = reading.white {
                // The white behind it is part of what is read, so that no reader takes it for a blank.
                self.flush(&mut words, &mut items);
                self.ops.push(Op::SetCharacterSpacing { multiplier: points(white / stretch) });
            }
            words.push(fonts.character(run.face, glyph.id).unwrap_or(glyph.character));
            if reading.white.is_some() {
                self.flush(&mut words, &mut items);
                // Readers take the spacing in force at the end from what was read.
                self.ops.push(Op::SetCharacterSpacing { multiplier: 0.0 });
                pen += white_beyond(reading.white, spacing) * stretch;
            }
            if reading.ends {
                self.flush(&mut words, &mut items);
                self.ops.push(Op::EndMarkedContent);
            }
            if reading.white.is_some() {
                self.ops.push(Op::SetCharacterSpacing { multiplier: points(spacing) });
            }
        }
        self.flush(&mut words, &mut items);
    }

    /// Shows what has been gathered.
    fn flush(&mut self, words: &mut String, items: &mut Vec<TextItem>) {
        flush_words(words, items);
        if !items.is_empty() {
            self.ops.push(Op::ShowText { items: std::mem::take(items) });
        }
    }
}

fn flush_words(words: &mut String, items: &mut Vec<TextItem>) {
    if !words.is_empty() {
        items.push(TextItem::Text(std::mem::take(words)));
    }
}

fn white_beyond(white: Option<f64>, spacing: f64) -> f64 {
    white.map_or(0.0, |white| white - spacing)
}

/// The text of a glyph, where that does not follow from the glyph and its place.
#[derive(Clone, Default)]
struct Reading {
    /// The words of the glyphs from this one to the one that ends them.
    begins: Option<String>,
    /// True if it is the last of such glyphs.
    ends: bool,
    /// The white behind it that belongs to it.
    white: Option<f64>,
}

/// The texts of the glyphs of some runs, in their order.
///
/// Programs that copy text from pages guess blanks and ends of lines from places: white between Chinese
/// and Western becomes a blank, a stop that stands in the blank half of a bracket goes to a line of its
/// own. Where the places would mislead them, the words are said (ISO 32000-1, 14.9.4).
struct Readings {
    readings: std::vec::IntoIter<Reading>,
}

impl Readings {
    fn of(items: &[Item], next: Option<&Item>, fonts: &Fonts) -> Self {
        let glyphs: Vec<(&TextRun, &PlacedGlyph)> = items
            .iter()
            .filter_map(run_of)
            .flat_map(|run| run.glyphs.iter().map(move |glyph| (run, glyph)))
            .collect();
        let mut readings = vec![Reading::default(); glyphs.len()];
        let mut start = 0;
        for (i, (run, glyph)) in glyphs.iter().enumerate() {
            let after = glyphs.get(i + 1).copied();
            let in_run = after.filter(|(other, _)| std::ptr::eq(*run, *other));
            if in_run.is_some_and(|(other, after)| misleads(run, glyph, other, after).is_some()) {
                continue;
            }
            // Where the face changes, what is read begins anew; white can mislead there, too.
            let follows = match after {
                Some(after) => Some(after),
                None => next.and_then(run_of).and_then(|run| Some((run, run.glyphs.first()?))),
            };
            let white = follows
                .filter(|_| in_run.is_none())
                .and_then(|(other, after)| misleads(run, glyph, other, after))
                .filter(|white| *white > 0.0);
            let shown = fonts.character(run.face, glyph.id);
            // A glyph that belongs to another character, too, by which it is shown.
            let other = shown.is_some_and(|shown| shown != glyph.character);
            if i > start || other || white.is_some() {
                let meant = glyphs[start..=i].iter().map(|(_, glyph)| glyph.character).collect();
                readings[start].begins = Some(meant);
                readings[i].ends = true;
                readings[i].white = white;
            }
            start = i + 1;
        }
        Self { readings: readings.into_iter() }
    }

    fn next(&mut self) -> Reading {
        self.readings.next().unwrap_or_default()
    }
}

fn run_of(item: &Item) -> Option<&TextRun> {
    match item {
        Item::Text(run) => Some(run),
        Item::Rule(_) | Item::Fill(_) => None,
    }
}

/// The white between two glyphs of a line, or how far they overlap, where a reader would take it for a
/// blank or for the end of a line.
fn misleads(
    run: &TextRun,
    glyph: &PlacedGlyph,
    other: &TextRun,
    after: &PlacedGlyph,
) -> Option<f64> {
    let white = after.x - glyph.x - glyph.advance * run.stretch;
    let size = run.size.max(other.size);
    let misleads = run.y == other.y
        && ((0.08 * size..0.8 * size).contains(&white)
            || (-0.8 * size..-0.12 * size).contains(&white));
    misleads.then_some(white)
}

/// The letter spacing that most glyphs of a run have, so that few need an offset of their own.
fn common_spacing(run: &TextRun) -> f32 {
    let mut gaps: Vec<i64> = run
        .glyphs
        .windows(2)
        .map(|pair| {
            let gap = (pair[1].x - pair[0].x) / run.stretch - pair[0].advance;
            (gap * 1000.0).round() as i64
        })
        .collect();
    gaps.sort_unstable();
    let middle = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    points(middle as f64 / 1000.0)
}

/// Makes what is filled from here on so light; 0 is black.
fn grey(lightness: f64) -> Op {
    Op::SetFillColor { col: Color::Greyscale(Greyscale::new(points(lightness), None)) }
}

fn rectangle(bar: &Bar) -> Op {
    let rectangle = Rect {
        x: Pt(points(bar.x)),
        y: Pt(points(from_bottom(bar.y + bar.height))),
        width: Pt(points(bar.width)),
        height: Pt(points(bar.height)),
        mode: Some(PaintMode::Fill),
        winding_order: None,
    };
    Op::DrawRectangle { rectangle }
}
