//! The figures of the texts in our JSON.

use serde::Serialize;

use super::fingerprint::path;
use crate::load::Loaded;
use crate::source::{Lines, locate};

/// A figure of a text; `class` is `judged`, `bound`, `unjudged` or `no-quantity`, `verdict` says against what
/// or why not, `detail` the same in words, and `codes` are the rules that object to it.
#[derive(Serialize)]
pub(super) struct Figure<'a> {
    figure: &'a str,
    words: &'a str,
    taken_for: &'a str,
    class: &'static str,
    verdict: &'static str,
    detail: &'a str,
    codes: &'a [&'static str],
    path: Option<&'a str>,
    start: Position,
    end: Position,
}

/// A place in the data file.
#[derive(Serialize)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) offset: usize,
}

/// The figures of the texts, with what each was held against.
pub(super) fn figures(loaded: &Loaded) -> Vec<Figure<'_>> {
    let source = &loaded.source;
    let lines = Lines::of(source.text());
    let position = |offset: usize| {
        let at = lines.position(offset);
        Position { line: at.line, column: at.column, offset }
    };
    let all = loaded.review.coverage.figures.iter().map(|seen| {
        let range = locate(source, &seen.place);
        Figure {
            figure: &seen.figure,
            words: &seen.words,
            taken_for: &seen.taken_for,
            class: seen.verdict.class().key(),
            verdict: seen.verdict.key(),
            detail: &seen.detail,
            codes: &seen.codes,
            path: path(&seen.place),
            start: position(range.start),
            end: position(range.end),
        }
    });
    all.collect()
}
