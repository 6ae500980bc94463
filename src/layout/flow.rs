//! Blocks to pages: what stays together, where a page ends, where everything stands.

use super::chart::ChartPiece;
use super::columns;
use super::font::{Faces, Role};
use super::glyphs::OpenFaces;
use super::line::{Fill, Line, break_lines};
use super::page::{Bookmark, NodeRole, Owner, Page, Pages};
use super::paper::{self, BODY_SIZE, CELL, HEIGHT, LINE, SLIP, TITLE_SIZE, WIDTH};
use super::table::TablePiece;
use super::text::{AtomText, Setting, TextBuilder, keep_words_whole};
use super::tree::{Tree, place_line, place_links};
use crate::document::{Block, Document, Heading, Inline, Meta, Paragraph, words};

/// Lays blocks out, page after page.
pub(super) struct Flow<'f, 'a> {
    faces: &'f mut OpenFaces<'a>,
    pages: Vec<Page>,
    tree: Tree,
    outline: Vec<Bookmark>,
    /// The height taken on the current page.
    y: f64,
}

/// Something that is put on pages.
pub(super) enum Piece {
    /// Lines of text.
    Lines(Lines),
    /// A table with its notes.
    Table(Box<TablePiece>),
    /// A chart with its title; stays whole.
    Chart(ChartPiece),
}

/// Lines that belong together.
pub(super) struct Lines {
    kind: FlowKind,
    /// Each line with its left end in the type area.
    lines: Vec<(Line, f64)>,
    owners: Vec<Owner>,
    /// From one line to the next.
    pitch: f64,
    size: f64,
    /// Space above, dropped at the head of a page.
    before: f64,
    /// Space below, dropped at the foot of a page.
    after: f64,
    bookmark: Option<(u8, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FlowKind {
    /// Stays whole, and on the page of what follows.
    Heading,
    /// May go on over pages, two lines at least on each.
    Paragraph,
    /// Stays whole, on the page of the text before it.
    Closing,
}

impl<'f, 'a> Flow<'f, 'a> {
    pub(super) fn new(faces: &'f mut OpenFaces<'a>) -> Self {
        Self { faces, pages: vec![Page::default()], tree: Tree::new(), outline: Vec::new(), y: 0.0 }
    }

    /// Puts a whole document on pages.
    pub(super) fn document(&mut self, document: &Document) {
        let mut pieces: Vec<Piece> = Vec::new();
        for block in &document.blocks {
            let piece = match block {
                Block::Title(title) => Piece::Lines(self.title(title)),
                Block::Heading(heading) => Piece::Lines(self.heading(heading)),
                Block::Paragraph(paragraph) => Piece::Lines(self.paragraph(paragraph)),
                Block::Table(table) => {
                    let above = headings_height(&pieces);
                    let piece = TablePiece::new(table, HEIGHT - above, self.faces, &mut self.tree);
                    Piece::Table(Box::new(piece))
                }
                Block::Chart(chart) => {
                    Piece::Chart(ChartPiece::new(chart, self.faces, &mut self.tree))
                }
                Block::Closing { agency, date } => {
                    Piece::Lines(self.closing(agency, date.as_deref()))
                }
            };
            pieces.push(piece);
        }
        self.agree_on_size(document, &mut pieces);
        for (i, (piece, least)) in pieces.iter().zip(least_heights(&pieces)).enumerate() {
            // What no page can hold need not begin on one of its own.
            let room = HEIGHT - self.y + SLIP;
            if self.y > 0.0 && least > room && least <= HEIGHT + SLIP {
                self.next_page();
            }
            let tail = closing_height(pieces.get(i + 1));
            match piece {
                Piece::Lines(lines) => self.put_lines(lines, tail),
                Piece::Table(table) => self.put_table(table),
                Piece::Chart(chart) => self.put_chart(chart),
            }
        }
    }

    /// Sets the tables of the form in one size where they can be: that of the one with the least room,
    /// unless it needs the smallest of all.
    fn agree_on_size(&mut self, document: &Document, pieces: &mut [Piece]) {
        let [_, small, _] = columns::SIZES;
        let sizes = pieces.iter().filter_map(|piece| match piece {
            Piece::Table(table) => table.size_of_form(),
            Piece::Lines(_) | Piece::Chart(_) => None,
        });
        let common = sizes.filter(|size| *size >= small).fold(f64::INFINITY, f64::min);
        for (piece, block) in pieces.iter_mut().zip(&document.blocks) {
            if let (Piece::Table(piece), Block::Table(table)) = (piece, block)
                && piece.size_of_form().is_some_and(|size| size > common)
            {
                piece.set_in(table, common, self.faces);
            }
        }
    }

    /// The pages.
    pub(super) fn finish(self, meta: &Meta, faces: &Faces) -> Pages {
        Pages {
            pages: self.pages,
            nodes: self.tree.nodes,
            outline: self.outline,
            meta: meta.clone(),
            faces: faces.clone(),
        }
    }

    /// 二号 小标宋, centred, a blank line below (GB/T 9704-2012, 7.3.1).
    fn title(&mut self, pieces: &[String]) -> Lines {
        let node =
            self.tree.add(Tree::ROOT, NodeRole::Heading { level: 1, title: pieces.concat() });
        let mut lines = Vec::new();
        for words in words::title_lines(pieces, WIDTH / TITLE_SIZE) {
            let mut builder = TextBuilder::new(self.faces, Setting::of(TITLE_SIZE));
            builder.push(0, Role::Title, &words, false);
            lines.extend(centred(break_lines(&builder.finish(), WIDTH, Fill::Balanced)));
        }
        const PITCH: f64 = 36.0;
        let height = lines.len() as f64 * PITCH;
        // What follows stands on the grid of lines again, a blank line lower.
        let after = ((height + LINE) / LINE - SLIP).ceil() * LINE - height;
        Lines {
            kind: FlowKind::Heading,
            lines,
            owners: vec![Owner::Node(node)],
            pitch: PITCH,
            size: TITLE_SIZE,
            before: 0.0,
            after,
            bookmark: None,
        }
    }

    /// 三号 黑体 or 楷体, indented by two characters (GB/T 9704-2012, 7.3.3).
    fn heading(&mut self, heading: &Heading) -> Lines {
        let role = if heading.level == 1 { Role::Hei } else { Role::Kai };
        let level = heading.level + 1;
        let node =
            self.tree.add(Tree::ROOT, NodeRole::Heading { level, title: heading.text.clone() });
        self.tree.set_address(node, heading.origin.as_ref().map(|path| path.as_str()));
        let mut builder = TextBuilder::new(self.faces, body_setting());
        builder.indent(2.0);
        builder.push(0, role, &heading.text, false);
        let mut text = builder.finish();
        keep_words_whole(&mut text, &heading.text);
        let bookmark = Some((heading.level, heading.text.clone()));
        body_lines(FlowKind::Heading, &text, Fill::Ragged, vec![Owner::Node(node)], bookmark)
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Lines {
        let mut owners = Vec::new();
        let mut bookmark = None;
        let mut builder = TextBuilder::new(self.faces, body_setting());
        builder.indent(2.0);
        if let Some(Heading { level, text, origin, .. }) = &paragraph.lead_in {
            // A heading of its own on the line where its text begins.
            let title = text.trim_end_matches(['。', '：', '；']).to_owned();
            let role = NodeRole::Heading { level: level + 1, title: title.clone() };
            let node = self.tree.add(Tree::ROOT, role);
            self.tree.set_address(node, origin.as_ref().map(|path| path.as_str()));
            owners.push(Owner::Node(node));
            builder.push(0, Role::Kai, text, false);
            bookmark = Some((*level, title));
        }
        let node = self.tree.add(Tree::ROOT, NodeRole::Paragraph);
        self.tree.set_address(node, paragraph.origin.as_ref().map(|path| path.as_str()));
        let span = owners.len();
        owners.push(Owner::Node(node));
        for inline in &paragraph.text {
            match inline {
                Inline::Text(words) => builder.push(span, Role::Body, words, false),
                Inline::Link { text, target } => {
                    let role = NodeRole::Link { target: target.clone(), text: text.clone() };
                    let link = self.tree.add(node, role);
                    builder.push(owners.len(), Role::Body, text, true);
                    owners.push(Owner::Node(link));
                }
            }
        }
        let text = builder.finish();
        body_lines(FlowKind::Paragraph, &text, Fill::Justified, owners, bookmark)
    }

    /// The name of the body two characters from the right edge, the date on the next line with its
    /// first character two characters right of that of the name; a date longer than the name stands
    /// two characters from the edge and the name moves left (GB/T 9704-2012, 7.3.5.2).
    fn closing(&mut self, agency: &str, date: Option<&str>) -> Lines {
        let parts: Vec<&str> =
            [Some(agency), date].into_iter().flatten().filter(|s| !s.is_empty()).collect();
        let mut owners = Vec::new();
        let mut lines = Vec::new();
        for part in parts {
            let node = self.tree.add(Tree::ROOT, NodeRole::Paragraph);
            let measure = WIDTH - 4.0 * CELL;
            for words in words::lines(part, measure / CELL) {
                let mut builder = TextBuilder::new(self.faces, body_setting());
                builder.push(owners.len(), Role::Body, &words, false);
                let text = builder.finish();
                lines.extend(
                    break_lines(&text, measure, Fill::Balanced).into_iter().map(|l| (l, 0.0)),
                );
            }
            owners.push(Owner::Node(node));
        }
        let right = WIDTH - 2.0 * CELL;
        for (line, x) in &mut lines {
            *x = right - line.width;
        }
        if let (Some(_), [name, date]) = (date, lines.as_mut_slice()) {
            if date.0.width > name.0.width {
                name.1 = date.1 - 2.0 * CELL;
            } else {
                date.1 = name.1 + 2.0 * CELL;
            }
        }
        Lines {
            kind: FlowKind::Closing,
            lines,
            owners,
            pitch: LINE,
            size: BODY_SIZE,
            before: LINE,
            after: 0.0,
            bookmark: None,
        }
    }

    fn put_lines(&mut self, lines: &Lines, tail: f64) {
        if self.y > 0.0 {
            self.y += lines.before;
        }
        let mut rest = lines.lines.as_slice();
        if let Some((level, title)) = &lines.bookmark {
            let y = paper::TOP + self.y;
            self.outline.push(Bookmark {
                level: *level,
                title: title.clone(),
                page: self.pages.len() - 1,
                y,
            });
        }
        while !rest.is_empty() {
            let room = ((HEIGHT - self.y + SLIP) / lines.pitch).max(0.0) as usize;
            let taken = n_taken(lines, rest.len(), room, tail, self.y <= 0.0);
            for (line, x) in &rest[..taken] {
                self.put_line(line, *x, lines);
            }
            rest = &rest[taken..];
            if !rest.is_empty() {
                self.next_page();
            }
        }
        self.y += lines.after;
    }

    fn put_line(&mut self, line: &Line, x: f64, lines: &Lines) {
        let index = self.pages.len() - 1;
        let page = &mut self.pages[index];
        let x = paper::left(index) + x;
        let leading = lines.pitch - lines.size;
        let y = paper::TOP + self.y + leading / 2.0 + paper::ABOVE_BASELINE * lines.size;
        place_line(page, line, x, y, &lines.owners);
        place_links(&self.tree, page, line, x, y, &lines.owners);
        self.y += lines.pitch;
    }

    fn put_table(&mut self, table: &TablePiece) {
        let mut from = table.start();
        loop {
            let room = HEIGHT - self.y;
            let part = table.part(from, room, self.y <= 0.0);
            let index = self.pages.len() - 1;
            self.y +=
                table.put(&part, &mut self.pages[index], paper::left(index), paper::TOP + self.y);
            match part.next {
                Some(next) => {
                    from = next;
                    self.next_page();
                }
                None => break,
            }
        }
        self.y = (self.y / LINE - SLIP).ceil() * LINE;
    }

    fn put_chart(&mut self, chart: &ChartPiece) {
        let index = self.pages.len() - 1;
        let (x, y) = (paper::left(index), paper::TOP + self.y);
        self.y += chart.put(&mut self.pages[index], &mut self.tree, x, y);
        self.y = (self.y / LINE - SLIP).ceil() * LINE;
    }

    fn next_page(&mut self) {
        self.pages.push(Page::default());
        self.y = 0.0;
    }
}

impl Lines {
    fn height(&self) -> f64 {
        self.lines.len() as f64 * self.pitch
    }
}

/// The number of the next `n` lines that go on a page with room for `room`.
fn n_taken(lines: &Lines, n: usize, room: usize, tail: f64, page_empty: bool) -> usize {
    let fits_with_tail = n as f64 * lines.pitch + tail <= room as f64 * lines.pitch + SLIP;
    if n <= room && fits_with_tail {
        return n;
    }
    let taken = match lines.kind {
        FlowKind::Paragraph => Some(room.min(n.saturating_sub(2))).filter(|taken| *taken >= 2),
        FlowKind::Heading | FlowKind::Closing => None,
    };
    match taken {
        Some(taken) => taken,
        None if page_empty => room.clamp(1, n),
        None => 0,
    }
}

/// For each piece the least height, of it and of what must stand on its page, that must fit.
fn least_heights(pieces: &[Piece]) -> Vec<f64> {
    let mut heights = vec![0.0; pieces.len()];
    let mut next = 0.0;
    for (i, piece) in pieces.iter().enumerate().rev() {
        next = match piece {
            Piece::Table(table) => table.least(),
            Piece::Chart(chart) => chart.height(),
            Piece::Lines(lines) => match lines.kind {
                FlowKind::Heading => lines.height() + lines.after + next,
                FlowKind::Closing => lines.before + lines.height(),
                FlowKind::Paragraph if lines.lines.len() <= 3 => {
                    lines.height() + closing_height(pieces.get(i + 1))
                }
                FlowKind::Paragraph => 2.0 * lines.pitch,
            },
        };
        heights[i] = next;
    }
    heights
}

/// The room that the closing after a text needs on the text's last page.
fn closing_height(piece: Option<&Piece>) -> f64 {
    match piece {
        Some(Piece::Lines(lines)) if lines.kind == FlowKind::Closing => {
            lines.before + lines.height()
        }
        _ => 0.0,
    }
}

/// The height of the headings that end these pieces.
fn headings_height(pieces: &[Piece]) -> f64 {
    pieces
        .iter()
        .rev()
        .map_while(|piece| match piece {
            Piece::Lines(lines) if lines.kind == FlowKind::Heading => {
                Some(lines.height() + lines.after)
            }
            Piece::Lines(_) | Piece::Table(_) | Piece::Chart(_) => None,
        })
        .sum()
}

fn body_setting() -> Setting {
    Setting { cell: CELL, widest: WIDTH / 2.0, ..Setting::of(BODY_SIZE) }
}

fn body_lines(
    kind: FlowKind,
    text: &AtomText,
    fill: Fill,
    owners: Vec<Owner>,
    bookmark: Option<(u8, String)>,
) -> Lines {
    let lines = break_lines(text, WIDTH, fill).into_iter().map(|line| (line, 0.0)).collect();
    Lines { kind, lines, owners, pitch: LINE, size: BODY_SIZE, before: 0.0, after: 0.0, bookmark }
}

fn centred(lines: Vec<Line>) -> Vec<(Line, f64)> {
    lines
        .into_iter()
        .map(|line| {
            let x = (WIDTH - line.width) / 2.0;
            (line, x)
        })
        .collect()
}
