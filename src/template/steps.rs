//! The budget of a page: how many turns its loops and components may take, and how much they may write.
//!
//! The library has no hook for a turn, so each loop, each component and each variable of an office's template
//! begins with a call of ours, which counts. It stands behind the tag on the same line and writes nothing; places in messages are
//! put back where they were.

use std::cell::Cell;
use std::io;

use tera::value::ValueKind;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::budget::{PAGE_BYTES, TEMPLATE_STEPS};

/// The name of the call.
const STEP: &str = "nianbao_step";
/// The texts that a tag joins.
pub(super) const JOINED: usize = 64;
/// The characters of a value that a template keeps under a name.
const VALUE_CHARS: usize = 100_000;

thread_local! {
    /// The turns that the page that is being made on this thread has taken.
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}

/// Begins another page on this thread.
pub(super) fn begin() {
    TAKEN.set(0);
}

/// Gives the library the call.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(STEP, |arguments: Kwargs, _: &State| -> TeraResult<String> {
        let taken = TAKEN.get() + 1;
        TAKEN.set(taken);
        if taken > TEMPLATE_STEPS {
            return Err(tera::Error::message(format!("循环太多，一页最多 {TEMPLATE_STEPS} 次")));
        }
        let of = arguments.get::<&Value>("of")?.filter(|of| of.kind() == ValueKind::String);
        if of.and_then(Value::as_str).is_some_and(|text| text.len() > VALUE_CHARS) {
            return Err(tera::Error::message(format!("变量太长，最多 {VALUE_CHARS} 个字节")));
        }
        Ok(String::new())
    });
}

/// A call that was put into a template: its line and column in characters, both counted from 1, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inserted {
    line: usize,
    column: usize,
    length: usize,
}

/// The line of the first tag that joins more texts by `~` than are taken, counted from 1: each may be as long as a value.
pub(super) fn joins_too_much(template: &str) -> Option<usize> {
    let mut line = 1;
    let mut rest = template;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        line += rest[..start].matches('\n').count();
        let tag = &rest[start..];
        let ends = [tag.find("}}"), tag.find("%}")];
        let end = ends.into_iter().flatten().min().unwrap_or(tag.len() - 2) + 2;
        if tag[..end].matches('~').count() > JOINED {
            return Some(line);
        }
        line += tag[..end].matches('\n').count();
        rest = &tag[end..];
    }
    None
}

/// The column that a place had before calls were put in.
pub(super) fn column_before(inserted: &[Inserted], line: usize, column: usize) -> usize {
    let mut column = column;
    for call in inserted.iter().filter(|call| call.line == line) {
        // They stand in order, so each is measured in the line as it was typed.
        if column > call.column {
            column = column.saturating_sub(call.length).max(call.column);
        }
    }
    column
}

/// A template with a call at the beginning of each loop and component and behind each variable.
pub(super) fn counted(template: &str) -> (String, Vec<Inserted>) {
    let mut text = String::with_capacity(template.len());
    let mut inserted = Vec::new();
    let (mut line, mut column) = (1, 1);
    let mut rest = template;
    while let Some(start) = rest.find("{") {
        let (before, tag) = rest.split_at(start);
        copy(before, &mut text, &mut line, &mut column);
        let end = match tag.as_bytes().get(1) {
            Some(b'#') => tag.find("#}").map(|at| at + 2),
            Some(b'%') => end_of_tag(tag),
            _ => Some(1),
        };
        let Some(mut end) = end else {
            rest = tag;
            break;
        };
        let head = tag[..end].trim_start_matches("{%").trim_start_matches('-').trim_start();
        let word = head.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
        if word == Some("raw") {
            end += tag[end..].find("endraw").unwrap_or(tag.len() - end);
        }
        copy(&tag[..end], &mut text, &mut line, &mut column);
        let call = match word.filter(|_| tag.starts_with("{%")) {
            Some("for" | "component") => Some(format!("{STEP}()")),
            Some("set" | "set_global") => {
                let name = head.split_whitespace().nth(1).unwrap_or_default();
                let name: String =
                    name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                // A variable that takes all that follows up to its end has no value here.
                head.contains('=').then(|| format!("{STEP}(of={name})"))
            }
            _ => None,
        };
        if let Some(call) = call {
            // White space that the tag trims is trimmed all the same.
            let trims = tag[..end].ends_with("-%}");
            let call =
                if trims { format!("{{{{- {call} -}}}}") } else { format!("{{{{ {call} }}}}") };
            inserted.push(Inserted { line, column, length: call.chars().count() });
            text.push_str(&call);
        }
        rest = &tag[end..];
    }
    text.push_str(rest);
    (text, inserted)
}

fn copy(piece: &str, text: &mut String, line: &mut usize, column: &mut usize) {
    text.push_str(piece);
    for c in piece.chars() {
        if c == '\n' {
            *line += 1;
            *column = 1;
        } else {
            *column += 1;
        }
    }
}

/// The end of a tag that begins a text; quotes in it may hold its end.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in tag.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if ['"', '\'', '`'].contains(&c) => quote = Some(c),
            None if tag[at..].starts_with("%}") => return Some(at + 2),
            None => {}
        }
    }
    None
}

/// Takes what a template writes, up to a budget.
#[derive(Default)]
pub(super) struct Page {
    bytes: Vec<u8>,
    is_full: bool,
}

impl Page {
    /// The text that was written.
    pub(super) fn into_text(self) -> String {
        // Templates and values are text.
        String::from_utf8(self.bytes).unwrap_or_default()
    }

    /// That more was to be written than the budget allows, in Chinese.
    pub(super) fn overflow(&self) -> Option<String> {
        self.is_full.then(|| format!("网页超过 {} MB", PAGE_BYTES >> 20))
    }
}

impl io::Write for &mut Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > PAGE_BYTES {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_joins_only_so_many_texts() {
        let few = "{{ a ~ b }}\n{% set c = a ~ b %}".repeat(100);
        assert_eq!(joins_too_much(&few), None);
        let many = format!("<p>\n{{{{ a{} }}}}", " ~ a".repeat(JOINED + 1));
        assert_eq!(joins_too_much(&many), Some(2));
        assert_eq!(joins_too_much("{{ a ~"), None);
        assert_eq!(joins_too_much("{{"), None);
    }

    #[test]
    fn places_are_those_that_were_typed() {
        let template = "a{% for x in y -%} b {% set z = \"%}\" %}c{# {% for #}\n{% raw %}{% for {% endraw %}{{ x }}";
        let (text, inserted) = counted(template);
        assert_eq!(
            text,
            "a{% for x in y -%}{{- nianbao_step() -}} b {% set z = \"%}\" %}{{ nianbao_step(of=z) }}c{# {% for #}\n{% raw %}{% for {% endraw %}{{ x }}"
        );
        let column_of =
            |text: &str, mark: &str| text[..text.find(mark).unwrap()].chars().count() + 1;
        for mark in ["a{", " b ", "c{#"] {
            assert_eq!(
                column_before(&inserted, 1, column_of(&text, mark)),
                column_of(template, mark),
                "{mark}"
            );
        }
        assert_eq!(column_before(&inserted, 2, 7), 7);
    }

    #[test]
    fn a_template_without_end_stays_as_it_is() {
        for text in
            ["", "{", "{%", "{% for", "{#", "x {% raw %}", "{% set", "{% set a %}b{% endset %}"]
        {
            assert_eq!(counted(text).0, text);
        }
    }
}
