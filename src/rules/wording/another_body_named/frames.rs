//! Places of a text where the name of the report's own body stands.

use std::ops::Range;

use crate::prose::Words;
use crate::rules::machinery::text::is_han;
use crate::rules::machinery::word_lists::WordLists;

/// The name that stands before the title of a yearly report, as its body: 某某局2024年政府信息公开工作年度报告.
pub(super) fn titled(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let at = lists.yearly_reports.iter().filter_map(|title| sentence.find(title)).min()?;
    let before = without_end(&sentence[..at], "信息");
    let before = without_end(without_end(before, "政府"), "政务");
    let before = without_end(without_end(before, "度"), "年");
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let run = before.trim_end_matches(is_han).len();
    // 《…》 names a document, unless the sentence begins with it or with 现将; 2024年某某局… begins with its year.
    let lead = sentence[..run].trim_end_matches(['《', '“']).trim_start();
    let dated = !lead.is_empty() && lead.chars().all(|c| c.is_ascii_digit());
    let begins = lead.is_empty() || lead.ends_with(NOW) || dated;
    let name = &before[run..];
    let name = name.find(NOW).map_or(name, |at| &name[at + NOW.len()..]);
    let year = name.strip_prefix("年度").or_else(|| name.strip_prefix('年'));
    let name = year.filter(|_| dated).unwrap_or(name);
    let start = before.len() - name.len();
    let quoted = lists.resting_on.start_of(&before[start..]).is_some();
    (begins && !quoted).then_some(start..before.len())
}

const NOW: &str = "现将";

/// The name of the body that draws up the report: 本报告由…编制.
pub(super) fn drawn_up(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let start = lists.self_names.iter().find_map(|name| {
        let at = sentence.find(name)? + name.len();
        sentence[at..].strip_prefix('由').map(|rest| sentence.len() - rest.len())
    })?;
    Some(start..start + length(&sentence[start..], &[&lists.drawing_up, &lists.resting_on]))
}

/// The names of bodies that may put the report together: 本报告按照《条例》编制，由…汇总.
pub(super) fn compiled(sentence: &str) -> Vec<Range<usize>> {
    const BY: char = '由';
    /// The most bodies of a sentence that are looked at.
    const MOST: usize = 5;
    let lists = WordLists::get();
    let ends = [&lists.compiles, &lists.drawing_up];
    let own = lists.self_names.are_in(sentence);
    let bodies = sentence.match_indices(BY).filter(|_| own).take(MOST).filter_map(|(at, by)| {
        let start = at + by.len();
        let rest = &sentence[start..];
        let end = length(rest, &ends);
        let verb = ends.iter().any(|verbs| verbs.start_of(&rest[end..]).is_some());
        verb.then_some(start..start + end)
    });
    bodies.collect()
}

/// The name of the body that answers questions: 如有疑问，请与…联系.
pub(super) fn answering(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let (at, ask) =
        lists.contact_asks.iter().filter_map(|ask| Some((sentence.find(ask)?, ask))).min()?;
    let start = at + ask.len();
    let reason = lists.contact_reasons.are_in(&sentence[..at]);
    reason.then(|| start..start + length(&sentence[start..], &[&lists.contact_verbs]))
}

/// The name in brackets behind 我局: 我局（某某局）.
pub(super) fn explained(sentence: &str) -> Option<Range<usize>> {
    // Few sentences have one, and the names are many.
    sentence.find(['（', '('])?;
    let lists = WordLists::get();
    lists.self_offices.iter().find_map(|(word, _)| {
        let start = sentence.find(word)? + word.len();
        let inside = sentence[start..].strip_prefix(['（', '('])?;
        let start = sentence.len() - inside.len();
        let end = start + inside.find(['）', ')'])?;
        Some(start..end)
    })
}

/// The name before （以下简称我局）.
pub(super) fn called(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let open = sentence.find(['（', '('])?;
    let called = lists.called.start_of(sentence[open..].trim_start_matches(['（', '(']))?;
    let short = sentence[open..].trim_start_matches(['（', '(']).strip_prefix(called)?;
    let short = short.trim_start_matches(['“', '"', '「']);
    let own = lists.itself.start_of(short).is_some();
    let start = sentence[..open].trim_end_matches(is_han).len();
    own.then_some(start..open)
}

/// The run of characters with which a sentence begins, behind its year.
pub(super) fn subject(sentence: &str) -> Range<usize> {
    let blank = sentence.len() - sentence.trim_start().len();
    let rest = &sentence[blank..];
    let dated = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match dated.len() < rest.len() {
        true => dated.strip_prefix('年').unwrap_or(rest).trim_start_matches(['度', '，', ',']),
        false => rest,
    };
    let start = sentence.len() - rest.len();
    let length = rest.find(|c: char| !is_han(c)).unwrap_or(rest.len());
    start..start + length
}

/// The bytes up to the first of some words or to a mark.
fn length(text: &str, ends: &[&Words]) -> usize {
    let mark = text.find(|c: char| !is_han(c)).unwrap_or(text.len());
    let word = ends.iter().flat_map(|words| words.iter()).filter_map(|word| text.find(word)).min();
    word.map_or(mark, |word| word.min(mark))
}

/// A text without an ending, where it has it.
fn without_end<'a>(text: &'a str, end: &str) -> &'a str {
    text.strip_suffix(end).unwrap_or(text)
}
