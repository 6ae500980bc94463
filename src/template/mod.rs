//! Templates: the pages of the office's own branding, and the figures bound in running text.
//!
//! This room alone knows the template library. [`Engine`] renders pages from named templates;
//! [`evaluate`] works out one expression such as `requests.received.total + requests.carried_in.total`
//! for a text. Both speak Chinese when something is wrong and say where.

mod expression;
mod growing;
mod message;
mod percent;
mod steps;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Serialize;
use tera::value::{Key, ValueKind};
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use expression::Node;

/// The reason why an expression has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluateError {
    /// The error in Chinese, without a full stop.
    pub message: String,
    /// The bytes of the expression it is about; the whole expression when no part of it is to blame.
    pub range: Range<usize>,
    /// The names that would be understood in that place, sorted; empty when names are not the matter.
    pub known: Vec<String>,
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EvaluateError {}

/// Figures that expressions can name, made ready once for any number of expressions.
pub struct Figures {
    value: Value,
    context: Context,
}

impl Figures {
    /// Makes a nested map of whole numbers and texts ready; what is null counts as not filled.
    ///
    /// # Errors
    ///
    /// When `figures` is no such map.
    pub fn new(figures: &impl Serialize) -> Result<Self, TemplateError> {
        let value =
            Value::try_from_serializable(figures).map_err(|e| error(&tera::Error::message(e)))?;
        let context = Context::from_serialize(&value).map_err(|e| error(&e))?;
        Ok(Self { value, context })
    }
}

/// The text of one expression over `figures`.
///
/// Names are looked up in `figures` (`requests.received.total`); there are `+ - * // %`, brackets,
/// comparisons, `… if … else …` and three filters: `share(of=, places=)` is a
/// percentage (`99.8%`), `growth(from=, places=)` the change in percent (`31%`, `-3.2%`), both exact decimals rounded
/// half up; `abs` drops the sign of either. Nothing else can be called, so a text reads no
/// clock, no file and no chance, and no expression is longer than 1,000 bytes.
///
/// # Errors
///
/// When the expression cannot be read, names something that is not in `figures` or not filled there,
/// divides by zero, overflows, or when its result is anything but a whole number or a text.
pub fn evaluate(expression: &str, figures: &Figures) -> Result<String, EvaluateError> {
    let whole = 0..expression.len();
    expression::check(expression, |steps| node(&figures.value, steps))?;
    let page = format!("{OPEN}{expression}{CLOSE}");
    calculator().render_str(&page, &figures.context, false).map_err(|error| {
        let (text, span) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                (report.message().to_owned(), report.span().range.clone())
            }
            other => (other.to_string(), 0..0),
        };
        let at = |offset: usize| offset.checked_sub(OPEN.len()).filter(|at| *at <= whole.end);
        let range = match (at(span.start), at(span.end)) {
            (Some(start), Some(end)) if start < end => start..end,
            _ => whole.clone(),
        };
        EvaluateError { message: message::of_expression(&text), range, known: Vec::new() }
    })
}

/// Stands before an expression while it is worked out; brackets keep it one expression.
const OPEN: &str = "{{ (";
/// Stands behind it.
const CLOSE: &str = ") | printed }}";

/// The figure under a dotted name.
fn node(figures: &Value, steps: &[&str]) -> Node {
    let mut value = figures;
    for step in steps {
        match value.as_map().and_then(|map| map.get(&Key::Str(step))) {
            Some(inner) => value = inner,
            None => return Node::Absent,
        }
    }
    match value.as_map() {
        Some(map) => {
            let mut names: Vec<String> =
                map.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect();
            names.sort_unstable();
            Node::Group(names)
        }
        None if value.is_none() => Node::Unfilled,
        None => Node::Figure,
    }
}

/// The one instance that works out expressions: only the filters of [`FILTERS`](expression::FILTERS) and the last step.
fn calculator() -> &'static Tera {
    static CALCULATOR: OnceLock<Tera> = OnceLock::new();
    CALCULATOR.get_or_init(|| {
        let mut tera = Tera::new();
        tera.register_filter("share", share);
        tera.register_filter("growth", growth);
        tera.register_filter("abs", abs);
        tera.register_filter("printed", printed);
        tera
    })
}

fn share(value: &Value, arguments: Kwargs, _: &State) -> tera::TeraResult<String> {
    let (of, places) = (argument(&arguments, "of")?, places(&arguments)?);
    percent::share(&operand(value)?, &of, places).map_err(tera::Error::message)
}

fn growth(value: &Value, arguments: Kwargs, _: &State) -> tera::TeraResult<String> {
    let (from, places) = (argument(&arguments, "from")?, places(&arguments)?);
    percent::growth(&operand(value)?, &from, places).map_err(tera::Error::message)
}

fn abs(value: &Value, _: Kwargs, _: &State) -> tera::TeraResult<String> {
    Ok(operand_text(value)?.trim_start_matches('-').to_owned())
}

/// The last step of every expression: whole numbers and texts are printed, anything else is refused.
fn printed(value: &Value, _: Kwargs, _: &State) -> tera::TeraResult<String> {
    let refusal = match value.kind() {
        ValueKind::String => return Ok(value.as_str().unwrap_or_default().to_owned()),
        ValueKind::U64 | ValueKind::I64 | ValueKind::U128 | ValueKind::I128 => {
            return Ok(value.to_string());
        }
        ValueKind::F64 => "结果是小数；百分比请用 share 或 growth 并写明 places",
        ValueKind::Bool => "结果是“是”或“否”，不是数字或文字",
        ValueKind::Array | ValueKind::Map | ValueKind::Bytes => "结果是一组数据，请写到具体一项",
        _ => "结果为空",
    };
    Err(tera::Error::message(refusal))
}

fn operand_text(value: &Value) -> tera::TeraResult<String> {
    match value.kind() {
        ValueKind::String | ValueKind::U64 | ValueKind::I64 | ValueKind::U128 | ValueKind::I128 => {
            Ok(value.to_string())
        }
        _ => Err(tera::Error::message("只能用于整数，或写成文字的小数")),
    }
}

fn operand(value: &Value) -> tera::TeraResult<rust_decimal::Decimal> {
    let text = operand_text(value)?;
    percent::number(&text).map_err(tera::Error::message)
}

fn argument(arguments: &Kwargs, name: &str) -> tera::TeraResult<rust_decimal::Decimal> {
    let missing = || tera::Error::message(format!("缺少参数 {name}=…"));
    operand(arguments.get::<&Value>(name)?.ok_or_else(missing)?)
}

fn places(arguments: &Kwargs) -> tera::TeraResult<u32> {
    let wrong =
        || tera::Error::message(format!("须写明小数位数 places=0 至 {}", percent::MAX_PLACES));
    let value = arguments.get::<&Value>("places")?.ok_or_else(wrong)?;
    let is_whole = value.is_number() && value.kind() != ValueKind::F64;
    let places = value.as_u64().and_then(|places| u32::try_from(places).ok());
    places.filter(|places| is_whole && *places <= percent::MAX_PLACES).ok_or_else(wrong)
}

/// The reason why templates could not be read or a page not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The name of the template.
    pub name: String,
    /// The line, counted from 1, when known.
    pub line: Option<usize>,
    /// The column in characters, counted from 1, when known.
    pub column: Option<usize>,
    /// The error in Chinese, without a full stop.
    pub message: String,
    /// The names that would be understood in that place; empty when names are not the matter.
    pub known: Vec<String>,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "模板 {}", self.name)?;
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, " 第{line}行第{column}列")?;
        }
        write!(f, "：{}", self.message)
    }
}

impl std::error::Error for TemplateError {}

/// A set of templates that know each other by name.
///
/// In templates whose name ends in `.html` every value is escaped; others take values as they are. What comes
/// from outside works within a budget.
#[derive(Clone, Default)]
pub(crate) struct Engine {
    tera: Tera,
    /// The counter put into the templates of an office for their turns.
    inserted: BTreeMap<String, Vec<steps::Inserted>>,
}

/// A template: its name, its text, and whether it comes from outside.
pub(crate) type Named<'a> = (&'a str, &'a str, bool);

/// A filter that sets a text: its name, and a function from the text and the arguments that are true to
/// HTML, which is not escaped again.
pub(crate) type Setter = (&'static str, fn(&str, &dyn Fn(&str) -> bool) -> String);

impl Engine {
    /// Reads templates that may use `setters`.
    ///
    /// # Errors
    ///
    /// The first mistake found, with its place; a name that no template, filter or component has.
    pub(crate) fn new<'a>(
        templates: impl IntoIterator<Item = Named<'a>>,
        setters: &[Setter],
    ) -> Result<Self, TemplateError> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        steps::register(&mut tera);
        growing::register(&mut tera);
        for (name, set) in setters {
            let set = *set;
            tera.register_filter(*name, move |value: &Value, arguments: Kwargs, _: &State| {
                let is_true = |name: &str| {
                    arguments.get::<&Value>(name).ok().flatten().is_some_and(Value::is_truthy)
                };
                Value::safe_string(&set(&value.to_string(), &is_true))
            });
        }
        let mut inserted = BTreeMap::new();
        let templates: Vec<Named<'a>> = templates.into_iter().collect();
        for (name, text, _) in templates.iter().filter(|(_, _, is_outside)| *is_outside) {
            if let Some(line) = steps::joins_too_much(text) {
                return Err(TemplateError {
                    name: (*name).to_owned(),
                    line: Some(line),
                    column: None,
                    message: format!("一个标签里的“~”太多，最多 {} 个", steps::JOINED),
                    known: Vec::new(),
                });
            }
        }
        let texts = templates.into_iter().map(|(name, text, is_outside)| {
            if !is_outside {
                return (name, text.to_owned());
            }
            let (text, calls) = steps::counted(text);
            inserted.insert(name.to_owned(), calls);
            (name, text)
        });
        let texts: Vec<(&str, String)> = texts.collect();
        let mut engine = Self { tera, inserted };
        let added = engine.tera.add_raw_templates(texts);
        added.map_err(|error| engine.error(&error)).map(|()| engine)
    }

    /// Renders the template `name` with the fields of `view`.
    ///
    /// # Errors
    ///
    /// When the template asks for something `view` does not have, or exceeds its budget.
    pub(crate) fn render(
        &self,
        name: &str,
        view: &impl Serialize,
    ) -> Result<String, TemplateError> {
        let context = Context::from_serialize(view).map_err(|error| self.error(&error))?;
        let mut page = steps::Page::default();
        steps::begin();
        let rendered = self.tera.render_to(name, &context, &mut page);
        rendered.map_err(|error| match page.overflow() {
            Some(message) => TemplateError {
                name: name.to_owned(),
                line: None,
                column: None,
                message,
                known: Vec::new(),
            },
            None => self.error(&error),
        })?;
        Ok(page.into_text())
    }

    /// The error of the library, at the place where it was typed.
    fn error(&self, error: &tera::Error) -> TemplateError {
        let mut error = self::error(error);
        if let (Some(inserted), Some(line), Some(column)) =
            (self.inserted.get(&error.name), error.line, error.column)
        {
            error.column = Some(steps::column_before(inserted, line, column));
        }
        error
    }
}

fn error(error: &tera::Error) -> TemplateError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let (message, known) = message::of_template(report.message());
            TemplateError {
                name: report.filename().to_owned(),
                line: Some(report.span().start_line),
                column: Some(report.span().start_col + 1),
                message,
                known,
            }
        }
        other => {
            let place = message::Place::of_report(&other.to_string());
            let (message, known) = message::of_template(&place.message);
            TemplateError {
                name: place.name,
                line: place.line,
                column: place.column,
                message,
                known,
            }
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names: Vec<&str> = self.tera.get_template_names().collect();
        names.sort_unstable();
        f.debug_struct("Engine").field("templates", &names).finish()
    }
}

#[cfg(test)]
mod tests;
