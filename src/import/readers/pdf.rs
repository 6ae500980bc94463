//! PDFs as characters and lines on pages; the only user of `hayro`.

use std::borrow::Cow;
use std::cell::Cell as Counter;
use std::rc::Rc;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::{LoadPdfError, Pdf};

use super::super::error::ImportError;
use super::super::letters::without_radical;
use super::super::sheet::{Own, Sheet};
use super::pages::{self, File, Glyph, Page, size_of};
use super::swelling;
use crate::budget::{PUBLISHED_MARKS, PUBLISHED_PAGES, TEXT_BYTES};
use crate::guard::{give_up, unless_given_up};

/// The marks that a drawing within others counts for each time it is printed, and the bytes of it that count for one more.
const FORM_MARKS: usize = 10;
const FORM_BYTES: usize = 1_000;

/// Reads a PDF with a text layer.
///
/// # Errors
///
/// When it cannot be opened, exceeds the budget, or has no text at all.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ImportError> {
    pages::sheet(opened(bytes)?, "PDF ")
}

/// Opens a file and draws its pages.
fn opened(bytes: &[u8]) -> Result<File, ImportError> {
    if swelling::is_too_much(bytes) {
        return Err(ImportError::too_large("PDF 的内容解开后太大"));
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ImportError::new(
            "这份 PDF 加了密码，读不出来",
            "用 PDF 阅读器打开，去掉密码或者重新打印为 PDF，再读",
        ),
        LoadPdfError::Invalid => ImportError::damaged("PDF "),
    })?;
    let n = pdf.pages().len();
    if n > PUBLISHED_PAGES {
        return Err(ImportError::too_large(&format!("PDF 有 {n} 页，超过 {PUBLISHED_PAGES} 页")));
    }
    if n == 0 {
        return Err(ImportError::damaged("PDF "));
    }
    let too_much = || ImportError::too_large("PDF 的内容太多");
    if swelling::are_too_much(contents(&pdf)) {
        return Err(too_much());
    }
    let largest_form = swelling::largest_form(bytes).ok_or_else(too_much)?;
    let marks_a_form = FORM_MARKS + largest_form / FORM_BYTES;
    let settings = InterpreterSettings::default();
    let cache = InterpreterCache::new();
    let marks = Rc::new(Counter::new(0));
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let transform = page.initial_transform(true);
        let area = Rect::new(0.0, 0.0, width, height);
        let transform = Affine::new(transform.as_coeffs().map(f64::from));
        let mut context = Context::new(transform, area, &cache, pdf.xref(), settings.clone());
        let page_so_far = Page { width, height, ..Page::default() };
        let mut pen = Pen { page: page_so_far, marks: marks.clone(), marks_a_form };
        unless_given_up(|| interpret_page(page, &mut context, &mut pen)).ok_or_else(too_much)?;
        pages.push(pen.page);
    }
    let author = pdf.metadata().author.as_deref().and_then(text_string);
    Ok(File { pages, author, attached: attached(&pdf).map(Own::DataFile) })
}

/// The packed streams of all pages, each as often as a page names it.
fn contents<'a>(pdf: &'a Pdf) -> impl Iterator<Item = Cow<'a, [u8]>> {
    pdf.pages().iter().flat_map(|page| {
        let dict = page.raw();
        let one = dict.get::<Stream<'_>>(b"Contents");
        let several = dict.get::<Array<'_>>(b"Contents");
        let several = several.into_iter().flat_map(|all| all.iter::<Stream<'_>>());
        one.into_iter().chain(several).map(|stream| Cow::from(stream.raw_data().into_owned()))
    })
}

/// A text of the file's properties: UTF-16 with its mark, else Latin letters.
fn text_string(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => std::str::from_utf8(bytes).ok()?.to_owned(),
    };
    let text = text.trim().trim_matches('\0').to_owned();
    (!text.is_empty()).then_some(text)
}

/// The data file that the program put into a PDF of its own.
fn attached(pdf: &Pdf) -> Option<String> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let files: Array<'_> = root.get(b"AF")?;
    let file = files.iter::<Dict<'_>>().find(|file| {
        let name: Option<hayro_syntax::object::String<'_>> = file.get(b"F");
        name.is_some_and(|name| name.as_bytes() == b"report.toml")
    })?;
    let embedded: Dict<'_> = file.get(b"EF")?;
    let stream: Stream<'_> = embedded.get(b"F")?;
    let bytes = stream.decoded().ok()?;
    let fits = bytes.len() as u64 <= TEXT_BYTES;
    fits.then(|| String::from_utf8(bytes.into_owned()).ok())?
}

/// A device that draws nothing, and keeps glyphs and lines.
struct Pen {
    page: Page,
    marks: Rc<Counter<usize>>,
    /// The marks that a drawing within others counts for.
    marks_a_form: usize,
}

impl Pen {
    /// Counts some marks, and gives the file up where they are too many.
    fn count(&self, n: usize) {
        let n = self.marks.get().saturating_add(n);
        self.marks.set(n);
        if n > PUBLISHED_MARKS {
            give_up();
        }
    }

    fn line(&mut self, from: Point, to: Point) {
        self.page.line((from.x, from.y), (to.x, to.y));
    }

    fn bar(&mut self, area: Rect) {
        self.page.bar((area.x0, area.y0), (area.x1, area.y1));
    }

    fn strokes(&mut self, path: &BezPath) {
        let (mut first, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (first, last) = (to, to),
                PathEl::LineTo(to) => {
                    self.line(last, to);
                    last = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = to,
                PathEl::ClosePath => {
                    self.line(last, first);
                    last = first;
                }
            }
        }
    }

    /// The shapes of a filled path, each by its box.
    fn shapes(&mut self, path: &BezPath) {
        let mut own = BezPath::new();
        for element in path.elements() {
            if matches!(element, PathEl::MoveTo(_)) && !own.elements().is_empty() {
                self.bar(std::mem::take(&mut own).bounding_box());
            }
            own.push(*element);
        }
        if !own.elements().is_empty() {
            self.bar(own.bounding_box());
        }
    }
}

impl<'a> Device<'a> for Pen {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1);
        let path = props.transform * path.clone();
        match mode {
            DrawMode::Stroke(_) => self.strokes(&path),
            DrawMode::Fill(_) => self.shapes(&path),
            DrawMode::FillAndStroke(..) => {
                self.strokes(&path);
                self.shapes(&path);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        for glyph in run.glyphs() {
            self.count(1);
            let text = glyph.as_unicode().map(|text| match text {
                BfString::Char(c) => c.to_string(),
                BfString::String(text) => text,
            });
            let text = text.map(|text| text.chars().map(without_radical).collect::<String>());
            let text = text.filter(|text| !text.contains('\u{fffd}') && !text.contains('\0'));
            if text.as_deref().is_some_and(|text| text.chars().all(char::is_whitespace)) {
                continue;
            }
            let advance = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width().map(f64::from),
                Drawn::Type3(drawn) => drawn.advance_width().map(f64::from),
            };
            let whole = props.transform * glyph.transform();
            let origin = whole * Point::ZERO;
            // Glyphs are drawn in thousandths of their size.
            let em = whole * Point::new(0.0, 1000.0);
            let size = (em - origin).hypot();
            let end = whole * Point::new(advance.unwrap_or(1000.0), 0.0);
            // Those of a font of drawings have a scale of their own; their advance tells their size.
            let size = match &**glyph {
                Drawn::Outline(_) => size,
                Drawn::Type3(_) => (end - origin).hypot(),
            };
            self.page.n_unseen += usize::from(matches!(mode, DrawMode::Invisible));
            self.page.glyphs.push(Glyph {
                text,
                x: origin.x,
                y: origin.y,
                end: end.x,
                size: size_of(size),
            });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(1);
        let unit = Rect::new(0.0, 0.0, 1.0, 1.0);
        let area = props.transform.transform_rect_bbox(unit);
        self.page.cover(area.area());
    }

    /// Every drawing within others is clipped to its box first, and unpacked each time.
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(self.marks_a_form);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
