//! Filters whose result may be far longer than what they are given, with a limit; the rest of the library's filters keep
//! within what they read.

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::budget::GROWN_BYTES;

/// Gives the library these filters in the place of its own.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_filter("indent", indent);
}

/// Refuses a text that would have so many bytes.
fn within(bytes: usize) -> TeraResult<()> {
    if bytes <= GROWN_BYTES {
        return Ok(());
    }
    Err(tera::Error::message(format!("文字太长，最多 {} MB", GROWN_BYTES >> 20)))
}

/// A text as a value; one that holds markup is not escaped again.
fn text(text: &str, is_safe: bool) -> Value {
    if is_safe { Value::safe_string(text) } else { Value::from(text.to_owned()) }
}

/// `replace(from=…, to=…)`.
fn replace(of: StringInput<'_>, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = arguments.must_get::<&str>("from")?;
    let to = arguments.must_get::<StringInput<'_>>("to")?;
    let is_safe = state.autoescaping_enabled() && (of.is_safe() || to.is_safe());
    let (of, to) = match is_safe {
        true => (of.rendered(state)?, to.rendered(state)?),
        false => (of.as_str().into(), to.as_str().into()),
    };
    let n = of.matches(from).count();
    within(n.saturating_mul(to.len()).saturating_add(of.len()))?;
    Ok(text(&of.replace(from, &to), is_safe))
}

/// `join(sep=…)`.
fn join(of: &[Value], arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let between = arguments.get::<StringInput<'_>>("sep")?;
    let is_marked = |value: &Value| value.is_string() && value.is_safe();
    let is_safe = state.autoescaping_enabled()
        && (of.iter().any(is_marked) || between.as_ref().is_some_and(StringInput::is_safe));
    let between = match &between {
        Some(between) if is_safe => between.rendered(state)?,
        Some(between) => between.as_str().into(),
        None => "".into(),
    };
    within(of.len().saturating_mul(between.len()))?;
    let mut joined = String::new();
    for (i, value) in of.iter().enumerate() {
        if i > 0 {
            joined.push_str(&between);
        }
        match is_safe {
            true if value.is_undefined() => {}
            true => joined.push_str(&state.escape_if_needed(value)?),
            false => joined.push_str(&value.to_string()),
        }
        within(joined.len())?;
    }
    Ok(text(&joined, is_safe))
}

/// `indent(width=…)`, by blanks; what the library's own takes beside the width is not offered.
fn indent(of: StringInput<'_>, arguments: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    /// The most blanks.
    const WIDEST: usize = 100;
    let width = arguments.get::<usize>("width")?.unwrap_or(4).min(WIDEST);
    let typed = of.as_str();
    let n = typed.matches('\n').count();
    within(n.saturating_mul(width).saturating_add(typed.len()))?;
    let indented = typed.replace('\n', &format!("\n{}", " ".repeat(width)));
    Ok(of.inherit_safety(indented))
}
