//! Corrections that were accepted, put into the report of the data file.

use std::ops::Range;

use super::super::letters::squeezed;
use super::super::published::Published;
use super::words::{Unbound, bytes, retyped, runs, sentences};
use super::{Change, Proposal, section_of};
use crate::bind::bind;
use crate::edition::{Axis as _, Cell, NumberKind, Section};
use crate::report::{FieldPath, Narrative, Part, Report, Text};
use crate::source::{set_value_at, value_at};

/// A report with corrections in it.
#[derive(Debug)]
pub(crate) struct BroughtBack {
    pub(crate) report: Report,
    /// The figures that were bound and are typed now, each with the name of its text.
    pub(crate) unbound: Vec<(String, Unbound)>,
    /// The names of what could not be put where it belongs.
    pub(crate) failed: Vec<String>,
}

/// Puts accepted corrections, which `after` holds, into a report as it is typed in its data file.
pub(crate) fn bring_back(
    typed: &Report,
    previous: Option<&Report>,
    after: &Published,
    accepted: &[&Proposal],
) -> BroughtBack {
    let mut report = typed.clone();
    let cells = accepted.iter().filter_map(|proposal| match &proposal.change {
        Change::Figure(cell) => Some(*cell),
        Change::Value | Change::Sentences(..) | Change::Parts => None,
    });
    let (totals, parts): (Vec<Cell>, Vec<Cell>) = cells.partition(|cell| cell.is_total());
    for cell in parts.into_iter().chain(totals) {
        put(&mut report, after, cell);
    }
    let mut done = BroughtBack { report: report.clone(), unbound: Vec::new(), failed: Vec::new() };
    // Texts are corrected as they print with the new figures: what is bound to one that was corrected says it already.
    let (printed, _) = bind(report, previous);
    let mut texts: Vec<(&FieldPath, Vec<&Proposal>)> = Vec::new();
    for proposal in accepted {
        match &proposal.change {
            Change::Figure(_) => {}
            Change::Value => {
                let value = value_at(&after.report, &proposal.at);
                if !set_value_at(&mut done.report, &proposal.at, value) {
                    done.failed.push(proposal.name.clone());
                }
            }
            Change::Sentences(..) => match texts.last_mut().filter(|(at, _)| **at == proposal.at) {
                Some((_, own)) => own.push(proposal),
                None => texts.push((&proposal.at, vec![proposal])),
            },
            Change::Parts => parts_of(proposal, &printed, after, &mut done),
        }
    }
    for (at, proposals) in texts {
        let mut unbound = Vec::new();
        let name = || proposals[0].name.clone();
        match corrected(at, &printed, after, &proposals, &mut unbound) {
            Some(text) if put_text(&mut done.report, at, &text) => {}
            Some(_) | None => done.failed.push(name()),
        }
        done.unbound.extend(unbound.into_iter().map(|one| (name(), one)));
    }
    done
}

fn put(report: &mut Report, after: &Published, cell: Cell) {
    let crate::report::Entry::Value(number) = after.report.typed(cell) else { return };
    // A total that is added up and comes out the same stays so.
    if report.typed(cell).is_absent() && report.printed(cell) == Some(number) {
        return;
    }
    report.put(cell, number);
    if let Cell::Disclosure(row, column) = cell
        && column.kind() != NumberKind::Count
    {
        report.disclosure.cells[(row, column)] = after.report.disclosure.entry(row, column).clone();
    }
}

/// The text at an address with corrections of sentences in it, as it is typed.
fn corrected(
    at: &FieldPath,
    printed: &Report,
    after: &Published,
    proposals: &[&Proposal],
    unbound: &mut Vec<Unbound>,
) -> Option<String> {
    let (new, old) =
        (text_at(&after.report, at), place(printed, at).and_then(|at| text_at(printed, &at)));
    let Some(old) = old.filter(|text| !text.is_blank()) else {
        return new.map(|text| text.typed().to_owned());
    };
    let words = new.map_or("", Text::printed);
    let (before, others) = (sentences(old.printed()), sentences(words));
    let mut typed = old.typed().to_owned();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for proposal in proposals {
        let Change::Sentences(own, of_new) = &proposal.change else { continue };
        if own.end > before.len() || of_new.end > others.len() {
            return None;
        }
        let range = bytes(old.printed(), &before, own);
        // It must be what was read there; only figures that are bound may have changed meanwhile.
        let is_same = squeezed(&old.printed()[range.clone()]) == squeezed(&proposal.before);
        if !is_same && old.bound().is_empty() {
            return None;
        }
        let put = &words[bytes(words, &others, of_new)];
        let replaced = retyped(old, &range, put, unbound);
        edits.push((old.typed_range(range), replaced));
    }
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, words) in edits {
        typed.replace_range(range, &words);
    }
    Some(typed)
}

/// The address in the data file of what has that address in what is printed: parts that say nothing are not printed.
fn place(report: &Report, at: &FieldPath) -> Option<FieldPath> {
    let Some((root, rest)) = at.as_str().split_once(".parts[") else { return Some(at.clone()) };
    let (index, key) = rest.split_once("].")?;
    let narrative = section_of(report, *Section::ALL.iter().find(|s| s.key() == root)?);
    let said = narrative.parts.iter().enumerate().filter(|(_, part)| !part.is_empty());
    let (own, _) = said.into_iter().nth(index.parse().ok()?)?;
    Some(FieldPath::new(root).key("parts").index(own).key(key))
}

fn text_at<'a>(report: &'a Report, at: &FieldPath) -> Option<&'a Text> {
    report.texts().into_iter().find(|(path, _)| path == at).map(|(_, text)| text)
}

fn put_text(report: &mut Report, at: &FieldPath, typed: &str) -> bool {
    use crate::source::KeyValue;
    let Some(at) = place(report, at) else { return false };
    let is_heading = at.as_str().ends_with("heading");
    let value = if is_heading {
        KeyValue::Line(typed.trim().to_owned())
    } else {
        KeyValue::Text(typed.to_owned())
    };
    set_value_at(report, &at, Some(value).filter(|_| !typed.trim().is_empty()))
}

/// The parts of a section after some came or went: those that are the same stay as they are typed.
fn parts_of(proposal: &Proposal, printed: &Report, after: &Published, done: &mut BroughtBack) {
    let Some(section) = Section::ALL.iter().find(|s| s.key() == proposal.at.as_str()) else {
        return;
    };
    let (old, new) = (section_of(printed, *section), section_of(&after.report, *section));
    let said: Vec<&Part> = old.parts.iter().filter(|part| !part.is_empty()).collect();
    let key = |part: &Part| {
        let texts = part.heading.iter().chain(&part.text);
        texts
            .map(|text| squeezed(text.printed()).trim_end_matches('。').to_owned())
            .collect::<String>()
    };
    let before: Vec<String> = said.iter().map(|part| key(part)).collect();
    let behind: Vec<String> = new.parts.iter().map(key).collect();
    let mut parts = Vec::new();
    let mut unbound = Vec::new();
    for (is_same, own, others) in runs(&before, &behind) {
        if is_same {
            parts.extend(said[own].iter().map(|part| typed_part(part)));
            continue;
        }
        let mut rest: Vec<Option<&Part>> = said[own].iter().map(|part| Some(*part)).collect();
        let is_paired = rest.len() == others.len();
        let is_gone = others.is_empty();
        for (n, part) in new.parts[others].iter().enumerate() {
            let heading = heading(part);
            let same = |old: &Option<&Part>| old.is_some_and(|old| self::heading(old) == heading);
            let own = rest.iter().position(same).filter(|_| heading.is_some());
            let own = own.or_else(|| is_paired.then_some(n)).and_then(|own| rest[own].take());
            parts.push(match own {
                Some(old) => changed_part(old, part, &mut unbound),
                None => part.clone(),
            });
        }
        // The words of a part that was joined with another are typed there.
        for part in rest.into_iter().flatten().filter(|_| !is_gone) {
            for text in part.heading.iter().chain(&part.text) {
                unbound.extend(text.bound().iter().map(|bound| Unbound::of(text, bound)));
            }
        }
    }
    let text = changed(old.text.as_ref(), new.text.as_ref(), &mut unbound);
    done.unbound.extend(unbound.into_iter().map(|one| (proposal.name.clone(), one)));
    let narrative = Narrative { heading_style: old.heading_style, text, parts };
    match section {
        Section::Overview => done.report.overview = narrative,
        Section::Problems => done.report.problems = narrative,
        Section::Other => done.report.other.narrative = narrative,
        Section::Disclosure | Section::Requests | Section::Challenges => {}
    }
}

/// The characters of a part's heading.
fn heading(part: &Part) -> Option<String> {
    part.heading.as_ref().map(|heading| squeezed(heading.printed()))
}

/// A part whose figures are bound, as it was typed.
fn typed_part(part: &Part) -> Part {
    let typed = |text: &Text| Text::new(text.typed());
    Part {
        aspect: part.aspect,
        heading: part.heading.as_ref().map(typed),
        text: part.text.as_ref().map(typed),
    }
}

fn changed_part(old: &Part, new: &Part, unbound: &mut Vec<Unbound>) -> Part {
    Part {
        aspect: old.aspect.or(new.aspect),
        heading: changed(old.heading.as_ref(), new.heading.as_ref(), unbound),
        text: changed(old.text.as_ref(), new.text.as_ref(), unbound),
    }
}

/// A text in other words; one of the same words stays as it was typed.
fn changed(old: Option<&Text>, new: Option<&Text>, unbound: &mut Vec<Unbound>) -> Option<Text> {
    let words = |text: &Text| squeezed(text.printed());
    match (old, new) {
        (Some(old), Some(new)) if words(old) == words(new) => Some(Text::new(old.typed())),
        (Some(old), Some(new)) => {
            let all = 0..old.printed().len();
            Some(Text::new(retyped(old, &all, new.printed(), unbound)))
        }
        (_, new) => new.cloned(),
    }
}
