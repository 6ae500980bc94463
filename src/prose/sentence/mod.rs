//! The reading of sentences: from tokens to figures, lists and claims, in one pass over the text.

mod applicants;
mod asides;
mod bases;
mod behind;
mod bodies;
mod changes;
mod claims;
mod decisions;
mod evidence;
mod evident;
mod figures;
mod flow;
mod level;
mod lists;
mod named_shares;
mod narrowing;
mod of_some;
mod openings;
mod other_counters;
mod owners;
mod pending;
mod rates;
mod reader;
mod scope;
mod years;

use std::ops::Range;

use bases::{link_bases, link_shares};
use evidence::settle_scope;
use evident::tells_of_requests;
use reader::{Declared, Reader};

use super::clause::{TextPart, Topic};
use super::passage::Passage;
use super::sums::{balances, products, ratios, subtotals, sums};
use super::token::{Mark, What, tokens};
use crate::budget::{SCOPES, SENTENCE_CHARS};
use crate::report::{Aspect, FieldPath, Report, Step, Text};

/// Reads every text of a report, in the order of [`Report::texts`].
pub(crate) fn passages(report: &Report) -> (Vec<Passage>, usize) {
    let mut topic = Topic::Unknown;
    let mut heading: Option<FieldPath> = None;
    let mut passages = Vec::new();
    let mut n_unread = 0;
    for (path, text) in report.texts() {
        let section = path.parent();
        if heading.as_ref() != Some(&section) {
            topic = Topic::Unknown;
        }
        if aspect(report, &path) == Some(Aspect::Requests) {
            topic = Topic::Requests;
        }
        let about_requests = topic == Topic::Requests;
        let part = match path.steps().first() {
            Some(Step::Key("problems")) => TextPart::Problems,
            _ if about_requests => TextPart::Requests,
            _ => TextPart::Elsewhere,
        };
        let mut reader = Reader::new(report, text, topic, about_requests, part);
        reader.declared = declared(report, &path, text);
        let unread = too_long(text.printed());
        n_unread += unread.len();
        read(&mut reader, text.printed(), &unread);
        reader.end_sentence();
        topic = reader.topic;
        heading = path.as_str().ends_with(".heading").then_some(section);
        link_bases(text.printed(), report.header.year, &mut reader.mentions);
        link_shares(text.printed(), &mut reader.mentions);
        settle_scope(report, &mut reader.mentions);
        for list in &mut reader.lists {
            list.leave_out_nested(text.printed(), &reader.mentions);
            list.settle(&reader.mentions);
        }
        let sums = sums(text.printed(), &reader.mentions, about_requests);
        for list in &mut reader.lists {
            list.leave_out(&subtotals(list, &sums), &reader.mentions);
        }
        for (nth, sum) in sums.iter().enumerate().filter(|(_, sum)| sum.fits) {
            for part in &sum.parts {
                reader.mentions[*part].sum.get_or_insert(nth);
            }
        }
        let ratios = ratios(text.printed(), &reader.mentions, &reader.lists, &sums);
        let products = products(text.printed(), &reader.mentions);
        let balances = balances(text.printed(), &reader.mentions);
        passages.push(Passage {
            path,
            mentions: reader.mentions,
            lists: reader.lists,
            sums,
            ratios,
            products,
            balances,
            unread,
            claims: reader.claims,
            declared: reader.declared.iter().map(|one| (one.place, one.is_used)).collect(),
        });
    }
    (passages, n_unread)
}

/// Reads a text but for the sentences that are too long.
fn read(reader: &mut Reader<'_>, text: &str, unread: &[Range<usize>]) {
    let mut left_out = unread.iter().peekable();
    let all = tokens(text);
    for sentence in all.split_inclusive(|token| token.what == What::Mark(Mark::Stop)) {
        if reader.topic == Topic::Unknown && tells_of_requests(sentence) {
            reader.topic = Topic::Requests;
        }
        for token in sentence {
            while left_out.next_if(|sentence| sentence.end <= token.range.start).is_some() {}
            if left_out.peek().is_none_or(|sentence| token.range.start < sentence.start) {
                reader.take(token.clone());
            }
        }
    }
}

/// The declarations of the data file on whose the figures of a text are.
fn declared(report: &Report, path: &FieldPath, text: &Text) -> Vec<Declared> {
    let own = report.scopes.iter().take(SCOPES).enumerate().filter(|(_, scope)| scope.is_of(path));
    own.filter_map(|(place, scope)| {
        let range = scope.range(text.typed()).ok()?;
        Some(Declared { range, whose: scope.whose?, place, is_used: false })
    })
    .collect()
}

/// The sentences of a text that are longer than anyone writes one. What a figure counts depends on all that
/// stands before it in its sentence, so reading them would take too long.
fn too_long(text: &str) -> Vec<Range<usize>> {
    if text.len() <= SENTENCE_CHARS {
        return Vec::new();
    }
    let mut start = 0;
    let sentences = text.split_inclusive(['。', '！', '？', '\n']).map(|sentence| {
        let range = start..start + sentence.len();
        start = range.end;
        (range, sentence)
    });
    let too_long = sentences.filter(|(_, sentence)| sentence.chars().count() > SENTENCE_CHARS);
    too_long.map(|(range, _)| range).collect()
}

/// The aspect of the part of section one to which a text belongs.
fn aspect(report: &Report, path: &FieldPath) -> Option<Aspect> {
    match path.steps().as_slice() {
        [Step::Key("overview"), Step::Key("parts"), Step::Index(i), ..] => {
            report.overview.parts.get(*i)?.aspect
        }
        _ => None,
    }
}
