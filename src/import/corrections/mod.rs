//! Corrections: two readings of one report held against each other, and what differs brought back into its data file.
//!
//! The reading before is that of the file as it was made, so that whatever a reader cannot see differs in neither.

mod bring_back;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

pub(crate) use bring_back::{BroughtBack, bring_back};
pub(crate) use words::Unbound;
use words::{bytes, differing, sentences};

use super::confidence::Class;
use super::error::ImportError;
use super::letters::squeezed;
use super::made_of;
use super::published::Published;
use super::readers::{self, Comment};
use super::sheet::Sheet;
use crate::document::standard_opening;
use crate::edition::{Axis as _, Cell, Form, Section};
use crate::report::{Entry, FieldPath, Narrative, Report, Text};
use crate::source::{KEY_TABLES, KeyValue, key_at, value_at};

/// The most people whose tracked changes are told apart.
const MOST_AUTHORS: usize = 20;

/// The differences between a report and another reading of it.
#[derive(Debug, Default)]
pub(crate) struct Corrections {
    /// The differences that can be taken over, in the order of the report.
    pub(crate) proposals: Vec<Proposal>,
    /// The comments in the file.
    pub(crate) comments: Vec<Comment>,
    /// The others, in words: labels, order, layout, values that are no figures.
    pub(crate) left: Vec<String>,
    /// Words of the file for which a report has no place, each with its place.
    pub(crate) loose: Vec<String>,
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Proposal {
    pub(crate) at: FieldPath,
    /// Its name in Chinese.
    pub(crate) name: String,
    pub(crate) change: Change,
    pub(crate) before: String,
    pub(crate) after: String,
    /// The people who made it while changes were tracked.
    pub(crate) authors: Vec<String>,
    /// True if the same words are gone from one place and there at another.
    pub(crate) is_moved: bool,
    /// The reason why the new figure is in doubt.
    pub(crate) doubt: Option<String>,
}

/// The kinds of differences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Figure(Cell),
    /// A value of one line, a date or an amount.
    Value,
    /// Sentences of a text, by their numbers before and after.
    Sentences(Range<usize>, Range<usize>),
    /// The parts of a section: some are gone, or there are new ones.
    Parts,
}

impl Change {
    /// True if figures of the tables change and no words.
    pub(crate) fn is_figure(&self) -> bool {
        matches!(self, Self::Figure(_))
    }
}

/// The corrections in a file, held against the file as it was made.
///
/// # Errors
///
/// When the file is of another year or body.
pub(crate) fn corrections(
    before: &Published,
    after: &Published,
    bytes: &[u8],
) -> Result<Corrections, ImportError> {
    is_same_report(&before.report, &after.report)?;
    let mut found = differences(before, after);
    let tracked = readers::tracked(bytes);
    for author in tracked.authors.iter().take(MOST_AUTHORS) {
        // What is otherwise without the changes of one person is that person's.
        let Ok(sheet) = readers::read_without(bytes, author) else { continue };
        let Ok(without) = made_of(Sheet { goes_back: after.sheet.goes_back, ..sheet }) else {
            continue;
        };
        let own = differences(&without, after).proposals;
        for proposal in &mut found.proposals {
            if own.iter().any(|one| one.touches(proposal)) {
                proposal.authors.push(author.clone());
            }
        }
    }
    found.comments = tracked.comments;
    Ok(found)
}

/// The reason why two files are not of one report, if they are not.
fn is_same_report(before: &Report, after: &Report) -> Result<(), ImportError> {
    let help = "换成由这个数据文件生成的那一份";
    let (old, new) = (before.header.year, after.header.year);
    if old != new {
        let shown =
            |year: Option<u16>| year.map_or("没有写".to_owned(), |year| year.to_string());
        let why = format!("数据文件的年度是 {}，这份文件是 {}", shown(old), shown(new));
        return Err(ImportError::new(why, help));
    }
    if before.edition != after.edition {
        let why = format!(
            "数据文件是{}年版格式，这份文件是{}年版格式",
            before.edition.key(),
            after.edition.key()
        );
        return Err(ImportError::new(why, help));
    }
    let name = |report: &Report| report.agency.name.clone().unwrap_or_default();
    if squeezed(&name(before)) != squeezed(&name(after)) {
        let why = format!("数据文件是“{}”的，这份文件是“{}”的", name(before), name(after));
        return Err(ImportError::new(why, help));
    }
    Ok(())
}

impl Proposal {
    fn new(at: FieldPath, name: String, change: Change, words: [String; 2]) -> Self {
        let [before, after] = words;
        let (authors, is_moved, doubt) = (Vec::new(), false, None);
        Self { at, name, change, before, after, authors, is_moved, doubt }
    }

    /// True if two differences are of the same words of the reading after.
    fn touches(&self, other: &Self) -> bool {
        let is_near = match (&self.change, &other.change) {
            (Change::Sentences(_, own), Change::Sentences(_, other)) => {
                own.start <= other.end
                    && other.start <= own.end
                    && (own.is_empty()
                        || other.is_empty()
                        || own.start < other.end && other.start < own.end)
            }
            _ => true,
        };
        let (own, its) = (self.at.as_str(), other.at.as_str());
        // Where parts come or go, all that is below them is touched.
        let is_within = |parts: &Change, at: &str, below: &str| {
            *parts == Change::Parts && below.starts_with(at)
        };
        own == its && is_near
            || is_within(&self.change, own, its)
            || is_within(&other.change, its, own)
    }
}

/// Everything that differs between two readings of a report.
pub(crate) fn differences(before: &Published, after: &Published) -> Corrections {
    let mut found = Corrections::default();
    figures(before, after, &mut found);
    values(before, after, &mut found);
    let form = before.report.form();
    let opening = |report: &Report| {
        report.opening.clone().unwrap_or_else(|| Text::new(standard_opening(report).join("\n")))
    };
    let [old, new] = [&before.report, &after.report].map(opening);
    text(&FieldPath::new("opening.text"), form, [Some(&old), Some(&new)], &mut found);
    for section in [Section::Overview, Section::Problems, Section::Other] {
        narrative(section, form, [&before.report, &after.report], &mut found);
    }
    let gone: Vec<(usize, String)> = found
        .proposals
        .iter()
        .enumerate()
        .filter(|(_, one)| one.after.is_empty() && !one.before.is_empty())
        .map(|(i, one)| (i, squeezed(&one.before)))
        .collect();
    for i in 0..found.proposals.len() {
        let own = &found.proposals[i];
        let words = squeezed(&own.after);
        let from = gone.iter().find(|(_, gone)| own.before.is_empty() && *gone == words);
        if let Some((from, _)) = from {
            found.proposals[i].is_moved = true;
            found.proposals[*from].is_moved = true;
        }
    }
    left(before, after, &mut found);
    found
}

fn figures(before: &Published, after: &Published, found: &mut Corrections) {
    let form = before.report.form();
    for cell in form.cells() {
        let (old, new) = (before.report.typed(cell), after.report.typed(cell));
        if old == new {
            continue;
        }
        let name = form.cell_name(cell);
        let (class, why) =
            after.classes.get(&cell).cloned().unwrap_or((Class::Unread, String::new()));
        match new {
            Entry::Value(number) => {
                let words = [old.to_string(), number.to_string()];
                let mut proposal =
                    Proposal::new(FieldPath::of(cell), name, Change::Figure(cell), words);
                proposal.doubt = (class > Class::Reliable).then_some(why);
                found.proposals.push(proposal);
            }
            Entry::Absent | Entry::Unusable(_) => {
                found.left.push(format!("{name}原来是 {old}，现在读不出一个数：{why}"));
            }
        }
    }
}

/// The values that are no texts of the sections: title, date, contact, fee.
fn values(before: &Published, after: &Published, found: &mut Corrections) {
    const ROOTS: [&str; 4] =
        ["report.title", "report.published", "agency.contact", "other.handling_fee"];
    let edition = before.report.edition;
    for table in KEY_TABLES {
        for key in table.keys {
            let at = table.address(0).key(key.name);
            if table.name.ends_with("[]") || !ROOTS.iter().any(|root| at.as_str().starts_with(root))
            {
                continue;
            }
            let [old, new] = [before, after].map(|one| value_at(&one.report, &at));
            if old == new || key_at(&at).is_none() {
                continue;
            }
            let name = format!("{}“{}”", table.label(edition), key.label(edition));
            match (old, new) {
                // A page may carry what paper prints.
                (Some(old), None) => {
                    found.left.push(format!("{name}原来是 {}，现在没有", shown(old)));
                }
                (old, new) => {
                    let words = [old, new].map(|value| value.map_or(String::new(), shown));
                    found.proposals.push(Proposal::new(at, name, Change::Value, words));
                }
            }
        }
    }
    let notes = [before, after].map(|one| &one.report.notes);
    let only = |one: usize| -> Vec<String> {
        let of = notes[one].iter().filter(|note| !notes[1 - one].contains(note));
        of.map(|note| format!("“{}”", note.text)).collect()
    };
    let change = match [only(0), only(1)].map(|notes| notes.join("、")) {
        [old, new] if old.is_empty() && new.is_empty() => return,
        [old, new] if old.is_empty() => format!("多了备注{new}"),
        [old, new] if new.is_empty() => format!("没有了备注{old}"),
        [old, new] => format!("备注原来是{old}，现在是{new}"),
    };
    found.left.push(format!("{change}：核对以后在数据文件的 [[notes]] 里改"));
}

fn shown(value: KeyValue) -> String {
    match value {
        KeyValue::Line(words) | KeyValue::Text(words) => words,
        KeyValue::Date(date) => date.to_string(),
        KeyValue::Number(number) => number.to_string(),
        KeyValue::Boolean(is_so) => if is_so { "是" } else { "否" }.to_owned(),
        KeyValue::Figure(figure) => figure.to_string(),
        #[cfg(test)]
        KeyValue::Nothing => String::new(),
    }
}

fn text(at: &FieldPath, form: &Form, texts: [Option<&Text>; 2], found: &mut Corrections) {
    let [old, new] = texts.map(|text| text.map_or("", Text::printed));
    let (before, after) = (sentences(old), sentences(new));
    for (own, others) in differing(&before, &after) {
        let words = [
            old[bytes(old, &before, &own)].trim_end().to_owned(),
            new[bytes(new, &after, &others)].trim_end().to_owned(),
        ];
        let change = Change::Sentences(own, others);
        found.proposals.push(Proposal::new(at.clone(), name_of(form, at), change, words));
    }
}

fn narrative(section: Section, form: &Form, reports: [&Report; 2], found: &mut Corrections) {
    let at = FieldPath::new(section.key());
    let [old, new] = reports.map(|report| section_of(report, section));
    if old.parts.len() != new.parts.len() {
        let words = [old, new].map(|one| {
            let mut texts: Vec<&str> = one.text.iter().map(Text::printed).collect();
            for part in &one.parts {
                texts.extend(part.heading.iter().chain(&part.text).map(Text::printed));
            }
            texts.iter().map(|text| text.trim()).collect::<Vec<_>>().join("\n")
        });
        let own = otherwise(&words[0], &words[1]);
        // The same sentences may stand in other parts.
        let words = if own.iter().all(String::is_empty) { words } else { own };
        let name = format!(
            "“{}”的各部分（原来 {} 个，现在 {} 个）",
            form.section_title(section),
            old.parts.len(),
            new.parts.len()
        );
        found.proposals.push(Proposal::new(at, name, Change::Parts, words));
        return;
    }
    text(&at.key("text"), form, [old.text.as_ref(), new.text.as_ref()], found);
    for (i, (old, new)) in old.parts.iter().zip(&new.parts).enumerate() {
        let at = at.key("parts").index(i);
        text(&at.key("heading"), form, [old.heading.as_ref(), new.heading.as_ref()], found);
        text(&at.key("text"), form, [old.text.as_ref(), new.text.as_ref()], found);
    }
}

/// The sentences of two texts that the other has not, with a mark in the place of those that both have between them.
fn otherwise(old: &str, new: &str) -> [String; 2] {
    let (before, after) = (sentences(old), sentences(new));
    let (mut gone, mut added) = (Vec::new(), Vec::new());
    for (own, others) in differing(&before, &after) {
        gone.push(old[bytes(old, &before, &own)].trim());
        added.push(new[bytes(new, &after, &others)].trim());
    }
    [gone, added].map(|words| {
        let said: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
        said.join("\n……\n")
    })
}

/// A section that is text.
fn section_of(report: &Report, section: Section) -> &Narrative {
    match section {
        Section::Problems => &report.problems,
        Section::Other => &report.other.narrative,
        Section::Overview | Section::Disclosure | Section::Requests | Section::Challenges => {
            &report.overview
        }
    }
}

/// The name of a text in words.
fn name_of(form: &Form, at: &FieldPath) -> String {
    let path = at.as_str();
    let (root, rest) = path.split_once('.').unwrap_or((path, ""));
    let section = Section::ALL.iter().find(|section| section.key() == root);
    let Some(section) = section else { return "引言".to_owned() };
    let number = rest.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    let number = number.and_then(|(number, _)| number.parse::<usize>().ok());
    let part = number.map_or(String::new(), |number| format!("第 {} 部分", number + 1));
    let what = if rest.ends_with("heading") { "的小标题" } else { "" };
    format!("“{}”{part}{what}", form.section_title(*section))
}

/// Differences that belong to no value: labels, titles, rows, words without a place.
fn left(before: &Published, after: &Published, found: &mut Corrections) {
    let messages = |one: &Published| -> Vec<String> {
        const CODES: [&str; 5] = ["NB015", "NB208", "NB305", "NB310", "NB403"];
        let (_, findings) = one.audit("");
        let of = findings.into_iter().filter(|finding| CODES.contains(&finding.code));
        of.map(|finding| finding.message).collect()
    };
    let known: BTreeSet<String> = messages(before).into_iter().collect();
    let form = after.report.form();
    found.left.extend(after.renumbered.iter().map(|section| {
        format!(
            "“{}”各部分的编号不是从（一）起一个接一个：生成时程序重新编号",
            form.section_title(*section)
        )
    }));
    found.left.extend(messages(after).into_iter().filter(|message| !known.contains(message)));
    let listed = |one: &Published| -> Vec<(String, String)> {
        let of = one.account.listed.iter();
        of.map(|left| (squeezed(&left.text), format!("{} {}", left.spot, left.text))).collect()
    };
    let known: BTreeSet<String> = listed(before).into_iter().map(|(words, _)| words).collect();
    for (words, shown) in listed(after) {
        if !known.contains(&words) {
            found.loose.push(shown.trim().to_owned());
        }
    }
    found.left.extend(after.remarks().into_iter().filter(|remark| remark.contains('页')));
}
