//! Document to web page, and to the fragment that is pasted into a content system.
//!
//! A page is one file: no script, no outside resource, its figures as JSON inside it ([`island`]). The
//! words of the report are the text of `main` without the elements of class `not-report` (byline, table
//! of contents, table captions for screen readers, hints); the skip link and the draft mark stand
//! outside `main`. A fragment has no title, because the content system has a field for it: the words of
//! the report are its text without the class `draft-mark`.
//!
//! The look of a page is the business of `templates/`; this module only hands over its contents.

pub mod island;
mod text;
mod view;

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::RenderError;
use crate::document::Document;
use crate::template::{Engine, Named, TemplateError};
use view::View;

/// The style sheet; it is text, not a template.
const STYLE: &str = "report.css";
/// The page.
const PAGE: &str = "report.html";
/// The fragment.
const FRAGMENT: &str = "fragment.html";

/// The page for who signs: check sheet and report with everything that stands behind its figures. No office replaces it, because its
/// script belongs to it.
const REVIEW: (&str, &str) = ("review.html", include_str!("../../../templates/review.html"));
/// The script of that page.
const REVIEW_SCRIPT: &str = concat!(
    include_str!("../../../templates/elements.js"),
    include_str!("../../../templates/marks.js"),
    include_str!("../../../templates/trace.js"),
    include_str!("../../../templates/review.js"),
);
/// The style of that page beside the one of the report.
const REVIEW_STYLE: &str = concat!(
    include_str!("../../../templates/browser.css"),
    include_str!("../../../templates/trace.css"),
    include_str!("../../../templates/review.css"),
);

/// The templates of this program by name; each may be replaced by the office's own.
pub const BUILT_IN: &[(&str, &str)] = &[
    (PAGE, include_str!("../../../templates/report.html")),
    ("blocks.html", include_str!("../../../templates/blocks.html")),
    (FRAGMENT, include_str!("../../../templates/fragment.html")),
    (STYLE, include_str!("../../../templates/report.css")),
];

/// Settings of a page.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The templates and the style sheet.
    pub templates: Templates,
}

/// Templates and style sheet, read and ready; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    /// Those with the office's own among them; none for those of this program.
    own: Option<Arc<Own>>,
}

#[derive(Debug)]
struct Own {
    engine: Engine,
    style: String,
}

impl Templates {
    /// The templates of this program with the office's own in their place.
    ///
    /// `own` gives name and text; a name is one of [`BUILT_IN`], or begins with `_` and ends in `.html`
    /// for a part that the office's own templates include.
    ///
    /// # Errors
    ///
    /// [`RenderError::Template`] with name, line and column when a name or a text is wrong.
    pub fn with<'a>(
        own: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, RenderError> {
        let mut texts: Vec<Named<'a>> = built_in();
        for (name, text) in own {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            match texts.iter_mut().find(|(known, ..)| *known == name) {
                Some(entry) => *entry = (entry.0, text, true),
                None if name.starts_with('_') && name.ends_with(".html") => {
                    texts.push((name, text, true));
                }
                None => return Err(unknown(name)),
            }
        }
        let style = texts.iter().find(|(name, ..)| *name == STYLE).map_or("", |(_, text, _)| text);
        if let Some(at) = style.to_ascii_lowercase().find("</style") {
            return Err(inside_style(&style[..at]));
        }
        let own = Own { engine: engine(&texts)?, style: style.to_owned() };
        Ok(Self { own: Some(Arc::new(own)) })
    }

    /// The engine and the style sheet; the templates of this program are read when the first page is asked for.
    fn ready(&self) -> Result<(&Engine, &str), RenderError> {
        static BUILT_IN_ONCE: OnceLock<Result<Engine, RenderError>> = OnceLock::new();
        if let Some(own) = &self.own {
            return Ok((&own.engine, &own.style));
        }
        let built_in = BUILT_IN_ONCE.get_or_init(|| engine(&built_in()));
        let style = BUILT_IN.iter().find(|(name, _)| *name == STYLE).map_or("", |(_, text)| text);
        Ok((built_in.as_ref().map_err(Clone::clone)?, style))
    }
}

/// The texts of this program.
fn built_in() -> Vec<Named<'static>> {
    BUILT_IN.iter().map(|(name, text)| (*name, *text, false)).collect()
}

/// An engine with those of some texts that are templates.
fn engine(texts: &[Named<'_>]) -> Result<Engine, RenderError> {
    let templates = texts.iter().copied().filter(|(name, ..)| *name != STYLE);
    let own = std::iter::once((REVIEW.0, REVIEW.1, false));
    Ok(Engine::new(templates.chain(own), text::SETTERS)?)
}

/// Renders a complete page, UTF-8.
///
/// # Errors
///
/// [`RenderError::Template`] when a template asks for something that is not there.
pub fn render(document: &Document, options: &Options) -> Result<Vec<u8>, RenderError> {
    from_template(document, options, PAGE)
}

/// Renders the fragment for a content system, UTF-8: the report without its title, with all styles in
/// `style` attributes, so that it keeps its look wherever it is pasted.
///
/// # Errors
///
/// As [`render`].
pub fn fragment(document: &Document, options: &Options) -> Result<Vec<u8>, RenderError> {
    from_template(document, options, FRAGMENT)
}

/// The contents of the page for who signs.
#[derive(Serialize)]
struct Review<'a> {
    report: View<'a>,
    sheet: View<'a>,
    css: &'a str,
    more_css: &'static str,
    script: &'static str,
    script_hash: String,
    traces: &'a str,
    traces_hash: String,
}

/// Renders the page for who signs: a check sheet and the report it speaks of on one page, in which every figure shows what
/// stands behind it. `traces` is that as JSON. Printed, it is the check sheet alone.
///
/// # Errors
///
/// As [`render`].
pub fn review(
    report: &Document,
    sheet: &Document,
    traces: &str,
    options: &Options,
) -> Result<Vec<u8>, RenderError> {
    for text in report.texts().chain(sheet.texts()) {
        refuse_forbidden_characters(text)?;
    }
    let (engine, css) = options.templates.ready()?;
    let data = [island::data(report)?, island::data(sheet)?];
    let traces = island::safe(traces);
    let review = Review {
        report: View::of(report, css, &data[0]),
        sheet: View::of(sheet, css, &data[1]),
        css,
        more_css: REVIEW_STYLE,
        script: REVIEW_SCRIPT,
        script_hash: island::hash(REVIEW_SCRIPT),
        traces_hash: island::hash(&traces),
        traces: &traces,
    };
    let html = engine.render(REVIEW.0, &review)?;
    refuse_forbidden_characters(&html)?;
    Ok(html.into_bytes())
}

fn from_template(
    document: &Document,
    options: &Options,
    name: &str,
) -> Result<Vec<u8>, RenderError> {
    for text in document.texts() {
        refuse_forbidden_characters(text)?;
    }
    let (engine, style) = options.templates.ready()?;
    let data = island::data(document)?;
    let view = View::of(document, style, &data);
    let html = engine.render(name, &view)?;
    refuse_forbidden_characters(&html)?;
    Ok(html.into_bytes())
}

/// A page that holds one of these would not be HTML, and no reader could see why.
fn refuse_forbidden_characters(html: &str) -> Result<(), RenderError> {
    // No page should hold one, and bytes are looked at several times as fast.
    if !may_hold_forbidden(html) {
        return Ok(());
    }
    let Some((at, character)) = html.char_indices().find(|(_, c)| !is_allowed(*c)) else {
        return Ok(());
    };
    let is_word = |c: &char| is_allowed(*c) && !"<>".contains(*c);
    let before: Vec<char> = html[..at].chars().rev().take_while(is_word).take(8).collect();
    let after = html[at..].chars().skip(1).take_while(is_word).take(8);
    let around = before.into_iter().rev().chain(after).collect();
    Err(RenderError::ForbiddenCharacter { character, around })
}

/// True if a text may hold a character that is not allowed: a control of ASCII, or the first byte of one beyond, of the last
/// noncharacters of a plane, or of those in the middle of the first.
fn may_hold_forbidden(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\t' | b'\n' | b'\r' => false,
        0xEF => matches!(bytes.get(at + 1), Some(0xB7 | 0xBF)),
        byte => matches!(byte, 0..0x20 | 0x7F | 0xC2 | 0xF0..),
    })
}

/// HTML, "13.2.3.5 Preprocessing the input stream": no controls, no noncharacters.
fn is_allowed(c: char) -> bool {
    let code = u32::from(c);
    let is_noncharacter = (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE;
    !is_noncharacter && (!c.is_control() || "\t\n\r".contains(c))
}

fn unknown(name: &str) -> RenderError {
    let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
    RenderError::Template {
        name: name.to_owned(),
        line: None,
        column: None,
        message: format!(
            "没有这个名称的模板，可用 {}；自用的部分应以“_”开头、以“.html”结尾",
            known.join("、")
        ),
    }
}

/// The style sheet would end early at this place.
fn inside_style(before: &str) -> RenderError {
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    RenderError::Template {
        name: STYLE.to_owned(),
        line: Some(before.matches('\n').count() + 1),
        column: Some(before[line_start..].chars().count() + 1),
        message: "样式表内不能出现“</style”".to_owned(),
    }
}

impl From<TemplateError> for RenderError {
    fn from(error: TemplateError) -> Self {
        let TemplateError { name, line, column, mut message, known } = error;
        if !known.is_empty() {
            message = format!("{message}；此处可用 {}", known.join("、"));
        }
        Self::Template { name, line, column, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_that_is_not_allowed_is_passed_over() {
        let all = (0..=0x10_FFFF).filter_map(char::from_u32);
        for character in all.filter(|c| !is_allowed(*c)) {
            assert!(may_hold_forbidden(&format!("字{character}")), "{character:?}");
        }
        assert!(!may_hold_forbidden("政府信息公开，（2023年）：“…”\t1 < 2\r\n"));
    }
}
