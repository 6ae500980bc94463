//! Document to the body tree of docx-rs; everything about looks is a style, named by its [`Role`].

use docx_rs::{
    BorderType, BuildXML, Hyperlink, HyperlinkData, LineSpacing, Paragraph, ParagraphChild, Run,
    Shading, ShdType, TextBorder,
};

use super::chart::{self, ChartFacts};
use super::height::{self, Page};
use super::link::{self, bookmark_name};
use super::run::text_run;
use super::style::{CHARACTER, Role, StyleIds};
use super::table::{self, TableFacts};
use crate::document::{Block, Chart, Document, Heading, Inline, words};
use crate::render::RenderError;

/// The body as docx-rs writes it, with what docx-rs cannot say.
pub(super) struct Body {
    /// `document.xml` as docx-rs writes it, to be finished.
    pub(super) xml: Vec<u8>,
    /// The additions to each table, in order.
    pub(super) tables: Vec<TableFacts>,
    /// The drawings for the paragraphs with the bookmarks of charts.
    pub(super) charts: Vec<ChartFacts>,
    /// The targets of the links, in order; the first has the relation `link1`.
    pub(super) links: Vec<String>,
}

/// Builds the body of `document` for that page.
pub(super) fn build(
    document: &Document,
    styles: &StyleIds,
    has_own_looks: bool,
    page: Page,
) -> Result<Body, RenderError> {
    let mut builder =
        Builder { styles, has_own_looks, width: page.width, links: Vec::new(), n_bookmarks: 0 };
    let mut body = docx_rs::Document::new();
    let mut tables = Vec::new();
    let mut charts = Vec::new();
    let mut previous: Option<&Block> = None;
    let mut blocks = document.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Title(pieces) => body = body.add_paragraph(builder.title(pieces)),
            Block::Heading(heading) => {
                let below_table = matches!(previous, Some(Block::Table(_)));
                body = body.add_paragraph(builder.heading(heading, below_table));
            }
            Block::Paragraph(paragraph) => {
                // The name and date never stand alone on the last page.
                let keeps = matches!(blocks.peek(), Some(Block::Closing { .. }));
                let built = builder.paragraph(paragraph);
                body = body.add_paragraph(if keeps { built.keep_next(true) } else { built });
            }
            Block::Table(table) => {
                // Word joins tables that touch.
                if let Some(Block::Table(_)) = previous {
                    body = body.add_paragraph(builder.styled(Role::TableNote));
                }
                let (built, facts) = table::build(table, &document.meta.title, styles, page);
                tables.push(facts);
                body = body.add_table(built);
                for note in &table.notes {
                    let run = text_run(note, None, styles);
                    body = body.add_paragraph(builder.styled(Role::TableNote).add_run(run));
                }
            }
            Block::Chart(chart) => {
                let published = document.meta.published;
                charts.push(chart::facts(chart, charts.len() + 1, page.width, published)?);
                body = with(body, builder.chart(chart));
            }
            Block::Closing { agency, date } => {
                body = with(body, builder.closing(agency, date.as_deref()));
            }
        }
        previous = Some(block);
    }
    if let Some(Block::Table(_)) | None = previous {
        // Word wants a paragraph at the end of a file; a low one, so that it makes no page of its own.
        body = body.add_paragraph(builder.styled(Role::TableNote));
    }
    Ok(Body { xml: body.build(), tables, charts, links: builder.links })
}

/// The body with more paragraphs.
fn with(
    body: docx_rs::Document,
    paragraphs: impl IntoIterator<Item = Paragraph>,
) -> docx_rs::Document {
    paragraphs.into_iter().fold(body, docx_rs::Document::add_paragraph)
}

struct Builder<'a> {
    styles: &'a StyleIds,
    /// True if title and headings look as in the program's own style sheet, and not as an office has them.
    has_own_looks: bool,
    /// The width of the text, in twips.
    width: u32,
    links: Vec<String>,
    n_bookmarks: usize,
}

impl Builder<'_> {
    fn styled(&self, role: Role) -> Paragraph {
        Paragraph::new().style(self.styles.of(role))
    }

    /// One paragraph, so that the navigation pane and a table of contents see one title; its lines end
    /// between words, as in the other outputs.
    ///
    /// The style leaves as much below as puts what follows a title of two lines on the page's lines again; a
    /// longer or shorter title, as far as that can be told without a font, leaves what it needs. An office's
    /// own style is not overruled.
    fn title(&self, pieces: &[String]) -> Paragraph {
        /// The height of a line of the title and of one of the page, and the size of the title's type.
        const PITCH: i32 = 600;
        const LINE: i32 = 579;
        const SIZE: f64 = 440.0;
        let paragraph = self.styled(Role::Title);
        let lines = words::title_lines(pieces, f64::from(self.width) / SIZE);
        let n_lines = i32::try_from(lines.len()).unwrap_or(i32::MAX / PITCH);
        let paragraph = if n_lines == 2 || !self.has_own_looks {
            paragraph
        } else {
            let height = n_lines * PITCH;
            let below = (height / LINE + 1) * LINE - height;
            paragraph.line_spacing(LineSpacing::new().after(below.unsigned_abs()))
        };
        paragraph.add_run(text_run(&lines.join("\n"), None, self.styles))
    }

    /// A heading; one below a table, or its notes, stands off from it, unless the style is an office's.
    fn heading(&mut self, heading: &Heading, below_table: bool) -> Paragraph {
        let role = match heading.level {
            1 => Role::Heading1,
            2 => Role::Heading2,
            _ => Role::Heading3,
        };
        let run = text_run(&heading.text, None, self.styles);
        let mut paragraph = self.styled(role);
        if below_table && self.has_own_looks {
            paragraph = paragraph.line_spacing(LineSpacing::new().before(height::BELOW_TABLE));
        }
        if heading.level != 1 || heading.anchor.is_empty() {
            return paragraph.add_run(run);
        }
        let id = self.n_bookmarks;
        self.n_bookmarks += 1;
        paragraph
            .add_bookmark_start(id, bookmark_name(&heading.anchor))
            .add_run(run)
            .add_bookmark_end(id)
    }

    /// The title, what the bars stand for, an empty paragraph whose bookmark says which drawing it is for, and
    /// the figures in words.
    fn chart(&mut self, chart: &Chart) -> Vec<Paragraph> {
        let title = self.styled(Role::ChartTitle);
        let title = title.add_run(text_run(&chart.title, None, self.styles));
        let id = self.n_bookmarks;
        self.n_bookmarks += 1;
        let place = self
            .styled(Role::Chart)
            .add_bookmark_start(id, chart::bookmark(chart.kind))
            .add_bookmark_end(id)
            .keep_next(true);
        let list = text_run(&self.list(&chart.list), None, self.styles);
        let list = self.styled(Role::TableNote).add_run(list);
        [Some(title), self.legend(&chart.series), Some(place), Some(list)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The items one behind the other; lines end between them.
    fn list(&self, items: &[String]) -> String {
        /// The size of the type of notes under tables, in twips.
        const SIZE: f64 = 180.0;
        let ems = f64::from(self.width) / SIZE;
        let mut lines: Vec<String> = Vec::new();
        for item in items {
            match lines.last_mut() {
                Some(line) if words::width(line) + words::width(item) <= ems => line.push_str(item),
                _ => lines.push(item.clone()),
            }
        }
        lines.join("\n")
    }

    /// The legend as text: programs draw the legends of bar charts in different orders.
    fn legend(&self, series: &[String]) -> Option<Paragraph> {
        if series.len() < 2 {
            return None;
        }
        let sample = |i: usize| {
            let edge = TextBorder::new().border_type(BorderType::Single).size(4).color("000000");
            text_run("\u{3000}", None, self.styles)
                .text_border(edge)
                .shading(Shading::new().shd_type(ShdType::Clear).fill(chart::fill(i)))
        };
        let mut legend = self.styled(Role::TableText).keep_next(true);
        for (i, name) in series.iter().enumerate() {
            let gap = if i == 0 { "" } else { "\u{3000}\u{3000}" };
            legend = legend
                .add_run(text_run(gap, None, self.styles))
                .add_run(sample(i))
                .add_run(text_run(&format!("\u{3000}{name}"), None, self.styles));
        }
        Some(legend)
    }

    /// One paragraph, a heading that runs into the text included: Word's style separator, which would make it a
    /// heading of the navigation pane, sets it on a line of its own in other programs.
    fn paragraph(&mut self, source: &crate::document::Paragraph) -> Paragraph {
        let mut paragraph = self.styled(Role::Body);
        if let Some(lead_in) = &source.lead_in {
            paragraph = paragraph.add_run(text_run(&lead_in.text, Some(Role::LeadIn), self.styles));
        }
        for piece in &source.text {
            match piece {
                Inline::Text(text) => {
                    paragraph = paragraph.add_run(text_run(text, None, self.styles));
                }
                Inline::Link { text, target } => {
                    let run = text_run(text, Some(Role::Link), self.styles);
                    match link::safe_target(target) {
                        Some(target) => paragraph = paragraph.add_hyperlink(self.link(target, run)),
                        None => paragraph = paragraph.add_run(run),
                    }
                }
            }
        }
        paragraph
    }

    /// docx-rs counts links per process and keeps their targets in a hash map; we number them ourselves.
    fn link(&mut self, target: String, run: Run) -> Hyperlink {
        self.links.push(target);
        Hyperlink {
            link: HyperlinkData::External {
                rid: format!("link{}", self.links.len()),
                path: String::new(),
            },
            history: None,
            children: vec![ParagraphChild::Run(Box::new(run))],
        }
    }

    /// Name and date as GB/T 9704-2012, 7.3.5.2 places them when there is no seal: the name two
    /// characters from the right, the date beginning two characters to the right of the name's
    /// beginning; where the date is longer, the date keeps the two characters and the name gives way.
    fn closing(&self, agency: &str, date: Option<&str>) -> Vec<Paragraph> {
        let lines = words::lines(agency, f64::from(self.width) / f64::from(CHARACTER) - 2.0);
        let name =
            self.styled(Role::Agency).add_run(text_run(&lines.join("\n"), None, self.styles));
        let Some(date_text) = date else { return vec![name] };
        let date = self.styled(Role::Date).add_run(text_run(date_text, None, self.styles));
        let (name_width, date_width) = (quarters(&lines.concat()), quarters(date_text));
        let indent = |paragraph: Paragraph, quarters: i32| {
            paragraph.indent(None, None, Some(quarters * CHARACTER / 4), None)
        };
        if agency.is_empty() {
            vec![date]
        } else if lines.len() > 1 {
            // Below a name of several lines the date keeps the two characters, as on the pages of the PDF.
            vec![name, date]
        } else if date_width > name_width {
            vec![indent(name, 16 + date_width - name_width), date]
        } else {
            vec![name, indent(date, name_width - date_width)]
        }
    }
}

/// The width in quarters of a Chinese character, as far as it can be told without a font: Latin
/// letters and digits take half of one, and Word leaves a quarter between the two scripts.
fn quarters(text: &str) -> i32 {
    let mut sum = 0i32;
    let mut before = None;
    for c in text.chars() {
        let latin = c.is_ascii();
        let changes = before.is_some_and(|before| before != latin);
        sum = sum.saturating_add(if latin { 2 } else { 4 } + i32::from(changes));
        before = Some(latin);
    }
    // Beyond a line there is nothing to indent.
    sum.min(4 * 26)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_below_a_name_of_several_lines_stands_where_its_style_puts_it() {
        let styles = StyleIds::own();
        let builder = Builder {
            styles: &styles,
            has_own_looks: true,
            width: 8844,
            links: Vec::new(),
            n_bookmarks: 0,
        };
        let indents = |name: &str| {
            let built = builder.closing(name, Some("2024年1月29日"));
            built.iter().map(|p| p.property.indent.is_some()).collect::<Vec<_>>()
        };
        assert_eq!(indents("霍尔果斯市人民政府"), [false, true]);
        assert_eq!(indents("某县政府"), [true, false]);
        let long =
            "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县哈拉奇乡人民政府与经济技术开发区管委会";
        assert_eq!(indents(long), [false, false]);
    }

    #[test]
    fn widths_count_latin_as_half_and_the_space_beside_it() {
        assert_eq!(quarters("2024年1月29日"), 26 + 5);
        assert_eq!(quarters("海东市人民政府"), 28);
    }
}
