//! Corrections of a report that was made: for people, and for other programs in version 1 of its JSON.
//!
//! The structs of this file are a promise. What must differ later gets another version; keys may be
//! added, none is renamed or taken away. `path` is the address of a value in the data file.

use std::path::Path;

use serde::Serialize;

use super::stream::{line, note, print_json};
use crate::import::{Change, Corrections, Proposal};

/// The version of this form.
const VERSION: u32 = 1;

/// Lists corrections, sentence by sentence and cell by cell.
pub(in crate::cli) fn corrections(corrections: &Corrections) {
    for (i, proposal) in corrections.proposals.iter().enumerate() {
        for words in shown(i + 1, proposal, ["原来：", "现在：", "删去"]) {
            line(&words);
        }
    }
    for comment in &corrections.comments {
        let author = if comment.author.is_empty() { "没有署名" } else { &comment.author };
        let about = match comment.about.as_str() {
            "" => String::new(),
            about => format!("，“{about}”"),
        };
        note(&format!("批注（{author}{about}）：{}", comment.text));
    }
    for words in &corrections.left {
        note(&format!("没有采用：{words}"));
    }
    for words in &corrections.loose {
        note(&format!("没有采用，格式里没有地方放：{words}"));
    }
}

/// Lists how what was published differs from what was approved.
pub(in crate::cli) fn differences(found: &Corrections) {
    for (i, proposal) in found.proposals.iter().enumerate() {
        for words in shown(i + 1, proposal, ["数据文件：", "公布的：", "公布的没有"])
        {
            line(&words);
        }
    }
    for words in &found.left {
        line(&format!("· {words}"));
    }
    if !found.loose.is_empty() {
        note(&format!("文件里另有 {} 处文字不属于年报，没有对照", found.loose.len()));
    }
}

/// A correction on some lines, with words for before, after, and what is gone.
fn shown(number: usize, proposal: &Proposal, [was, is, gone]: [&str; 3]) -> Vec<String> {
    let Proposal { name, before, after, authors, is_moved, doubt, .. } = proposal;
    let mut marks: Vec<String> = Vec::new();
    if !authors.is_empty() {
        marks.push(authors.join("、"));
    }
    if *is_moved {
        marks.push("移动".to_owned());
    }
    let marks =
        if marks.is_empty() { String::new() } else { format!("（{}）", marks.join("，")) };
    let mut lines = if proposal.change.is_figure() {
        vec![format!("{number}. {name}：{before} → {after}{marks}")]
    } else {
        let mut lines = vec![format!("{number}. {name}{marks}")];
        let row = |mark: &str, words: &str| format!("   {mark}{}", words.replace('\n', "¶"));
        lines.extend((!before.is_empty()).then(|| row(was, before)));
        lines.push(if after.is_empty() { row(gone, "") } else { row(is, after) });
        lines
    };
    lines.extend(doubt.iter().map(|why| format!("   存疑：{why}")));
    lines
}

/// Prints corrections for other programs.
pub(in crate::cli) fn corrections_json(corrections: &Corrections, [file, into]: [&Path; 2]) {
    let proposals = corrections.proposals.iter().enumerate().map(|(i, one)| Correction {
        number: i + 1,
        kind: match one.change {
            Change::Figure(_) => "figure",
            Change::Value | Change::Sentences(..) | Change::Parts => "text",
        },
        path: one.at.as_str(),
        name: &one.name,
        before: &one.before,
        after: &one.after,
        authors: &one.authors,
        moved: one.is_moved,
        doubt: one.doubt.as_deref(),
    });
    let questions = corrections.comments.iter().map(|comment| Question {
        author: &comment.author,
        about: &comment.about,
        text: &comment.text,
    });
    let output = Output {
        version: VERSION,
        file: file.display().to_string(),
        into: into.display().to_string(),
        proposals: proposals.collect(),
        questions: questions.collect(),
        not_taken: corrections.left.iter().chain(&corrections.loose).collect(),
    };
    print_json(&(serde_json::to_string_pretty(&output).unwrap_or_default() + "\n"));
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    file: String,
    into: String,
    proposals: Vec<Correction<'a>>,
    questions: Vec<Question<'a>>,
    not_taken: Vec<&'a String>,
}

#[derive(Serialize)]
struct Correction<'a> {
    number: usize,
    /// `figure` of a table, or `text`.
    kind: &'static str,
    path: &'a str,
    name: &'a str,
    before: &'a str,
    after: &'a str,
    authors: &'a [String],
    moved: bool,
    doubt: Option<&'a str>,
}

/// A comment of the file.
#[derive(Serialize)]
struct Question<'a> {
    author: &'a str,
    about: &'a str,
    text: &'a str,
}
