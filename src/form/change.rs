//! Changes of a report, as the page asks for them.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::fields::{self, Fields, line};
use crate::budget;
use crate::report::{
    FieldPath, FigureScope, FigureSource, Narrative, Note, Part, Report, RuleLevel, SentenceError,
    Text, Waiver, Whose, fee_places,
};
use crate::rules::RULES;
use crate::source::is_note_place;
use crate::trace::as_shown;

/// Changes that a page asks for, to be made as one step.
#[derive(Debug, Deserialize)]
pub struct Edit {
    pub(super) label: String,
    pub(super) changes: Vec<Change>,
}

/// One change; what it takes the place of is said, so that nothing is overwritten unseen.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Change {
    /// A figure, a word, a date, a text.
    Value {
        /// Its address.
        path: String,
        /// The contents that the page showed.
        old: Option<String>,
        /// The contents that were typed; nothing makes it not filled.
        new: Option<String>,
    },
    /// A remark on a cell, a row, a group of rows or a table.
    Note {
        /// The address of what it speaks of.
        path: String,
        old: Option<String>,
        new: Option<String>,
    },
    /// The source of a figure, a row, a group of rows or a table.
    Source {
        /// The address of what it speaks of.
        path: String,
        /// The source that the page showed.
        old: Option<TypedSource>,
        /// Nothing takes it away.
        new: Option<TypedSource>,
    },
    /// One more part of a section in words.
    AddPart { section: String, aspect: Option<String> },
    /// A part less.
    RemovePart { section: String, index: usize, old: Option<String> },
    /// A part and the one behind it change places.
    SwapParts { section: String, index: usize },
    /// A finding accepted.
    Waive { rule: String, at: Option<String>, reason: String, by: String, date: String },
    /// A finding no longer accepted.
    Unwaive { index: usize, rule: String },
    /// It is declared whose the figures of a text, or of one sentence of it, are.
    Scope { at: String, words: Option<String>, whose: String, reason: String },
    /// It is no longer declared.
    Unscope { index: usize, at: String },
    /// The severity of a rule; nothing leaves it at what the program says.
    Level { rule: String, old: Option<String>, new: Option<String> },
}

/// A source as it was typed; date and person may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct TypedSource {
    from: String,
    date: String,
    by: String,
}

impl TypedSource {
    /// A source as its fields show it.
    pub(super) fn of(source: &FigureSource) -> Self {
        Self {
            from: source.from.clone(),
            date: source.date.map(|date| date.to_string()).unwrap_or_default(),
            by: source.by.clone().unwrap_or_default(),
        }
    }

    /// A source as if it had been typed.
    #[cfg(test)]
    pub(super) fn new(from: &str, date: &str, by: &str) -> Self {
        Self { from: from.to_owned(), date: date.to_owned(), by: by.to_owned() }
    }
}

/// A field that holds something else than the page showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Its address.
    pub(super) path: String,
    /// True if the remark on it was changed, and not its own value.
    pub(super) is_note: bool,
    /// Its contents now.
    pub(super) theirs: Option<String>,
}

/// Something that cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The address of the field.
    pub(super) path: String,
    /// The reason, in Chinese.
    pub(super) why: String,
}

impl Change {
    /// The field that was changed elsewhere meanwhile, if it was.
    pub(super) fn conflict(&self, fields: &Fields, report: &Report) -> Option<Conflict> {
        let (path, old, new, now) = match self {
            Self::Value { path, old, new } => {
                let now = fields.shown(report, &FieldPath::new(path.as_str()));
                (path.clone(), old, Some(new), now)
            }
            Self::Note { path, old, new } => (path.clone(), old, Some(new), note(report, path)),
            Self::Source { path, old, .. } => {
                let mut known = sources_at(report, path).peekable();
                let theirs = known.peek().map(|source| source.words());
                let is_same = match old {
                    Some(old) => known.any(|source| TypedSource::of(source) == *old),
                    None => theirs.is_none(),
                };
                let path = path.clone();
                return (!is_same).then_some(Conflict { path, is_note: false, theirs });
            }
            Self::RemovePart { section, index, old } => {
                let part = narrative(report, section).and_then(|it| it.parts.get(*index));
                (format!("{section}.parts[{index}]"), old, None, part.map(words_of))
            }
            Self::AddPart { .. }
            | Self::SwapParts { .. }
            | Self::Waive { .. }
            | Self::Scope { .. } => return None,
            Self::Unscope { index, at } => {
                let now = report.scopes.get(*index).map(|scope| scope.at.to_string());
                let is_same = now.as_deref() == Some(at);
                let path = format!("scopes[{index}]");
                return (!is_same).then_some(Conflict { path, is_note: false, theirs: now });
            }
            Self::Unwaive { index, rule } => {
                let now = report.waivers.get(*index).map(|waiver| waiver.rule.clone());
                let is_same = now.as_deref() == Some(rule);
                let path = format!("waivers[{index}]");
                return (!is_same).then_some(Conflict { path, is_note: false, theirs: now });
            }
            Self::Level { rule, old, new } => {
                let now = level(report, rule).map(|level| level.key().to_owned());
                (format!("rules.severity.{rule}"), old, Some(new), now)
            }
        };
        let is_free = now == *old || new.is_some_and(|new| now == *new);
        let is_note = matches!(self, Self::Note { .. });
        (!is_free).then_some(Conflict { path, is_note, theirs: now })
    }

    /// Makes the change.
    ///
    /// # Errors
    ///
    /// The reason why it cannot be made.
    pub(super) fn apply(&self, fields: &Fields, report: &mut Report) -> Result<(), Wrong> {
        let gone = |path: &str| Wrong {
            path: path.to_owned(),
            why: "这一部分已经不在了".to_owned(),
        };
        match self {
            Self::Value { path, new, .. } => fields
                .put(report, &FieldPath::new(path.as_str()), new.as_deref())
                .map_err(|why| Wrong { path: path.clone(), why }),
            Self::Note { path, new, .. } => {
                let wrong = |why: String| Wrong { path: path.clone(), why };
                if !is_note_place(report.form(), &FieldPath::new(path.as_str())) {
                    return Err(wrong("这里不能加备注".to_owned()));
                }
                let new = new.as_deref().map(line).transpose().map_err(wrong)?;
                set_note(report, path, new.filter(|new| !new.is_empty()));
                Ok(())
            }
            Self::Source { path, old, new } => put_source(report, path, old.as_ref(), new.as_ref())
                .map_err(|why| Wrong { path: path.clone(), why }),
            Self::AddPart { section, aspect } => {
                narrative_mut(report, section)
                    .ok_or_else(|| gone(section))?
                    .parts
                    .push(Part::default());
                let count = narrative(report, section).map_or(0, |it| it.parts.len());
                let path = format!("{section}.parts[{}].aspect", count.saturating_sub(1));
                fields
                    .put(report, &FieldPath::new(path.as_str()), aspect.as_deref())
                    .map_err(|why| Wrong { path, why })
            }
            Self::RemovePart { section, index, .. } => {
                let parts = narrative_mut(report, section).map(|it| &mut it.parts);
                let parts = parts.filter(|parts| *index < parts.len());
                parts.ok_or_else(|| gone(section))?.remove(*index);
                renumber(report, section, |i| without(i, *index));
                Ok(())
            }
            Self::SwapParts { section, index } => {
                let parts = narrative_mut(report, section).map(|it| &mut it.parts);
                let parts = parts.filter(|parts| *index < parts.len().saturating_sub(1));
                parts.ok_or_else(|| gone(section))?.swap(*index, index + 1);
                renumber(report, section, |i| Some(swapped(i, *index)));
                Ok(())
            }
            Self::Waive { rule, at, reason, by, date } => {
                let path = || at.clone().unwrap_or_default();
                let wrong = |why: &str| Wrong { path: path(), why: why.to_owned() };
                let waiver = Waiver {
                    rule: rule.clone(),
                    at: at.as_deref().map(FieldPath::new),
                    reason: line(reason).map_err(|why| wrong(&why))?,
                    by: line(by).map_err(|why| wrong(&why))?,
                    date: Some(fields::date(date).ok_or_else(|| wrong("写明日期"))?),
                    until: None,
                };
                if !RULES.iter().any(|known| known.code == waiver.rule) {
                    return Err(wrong("这一条不能接受"));
                }
                if waiver.reason.is_empty() || waiver.by.is_empty() {
                    return Err(wrong("理由和姓名都要写"));
                }
                report.waivers.push(waiver);
                Ok(())
            }
            Self::Unwaive { index, .. } => {
                if *index >= report.waivers.len() {
                    return Err(gone("waivers"));
                }
                report.waivers.remove(*index);
                Ok(())
            }
            Self::Scope { at, words, whose, reason } => {
                let scope = scope(report, at, words.as_deref(), whose, reason)
                    .map_err(|why| Wrong { path: at.clone(), why })?;
                report.scopes.push(scope);
                Ok(())
            }
            Self::Unscope { index, .. } => {
                if *index >= report.scopes.len() {
                    return Err(gone("scopes"));
                }
                report.scopes.remove(*index);
                Ok(())
            }
            Self::Level { rule, new, .. } => {
                set_level(report, rule, new.as_deref()).map_err(|why| Wrong {
                    path: format!("rules.severity.{rule}"),
                    why: why.to_owned(),
                })
            }
        }
    }
}

/// A declaration of whose the figures of a text, or of one sentence of it, are.
///
/// # Errors
///
/// The reason why it cannot be made, in Chinese.
fn scope(
    report: &Report,
    at: &str,
    words: Option<&str>,
    whose: &str,
    reason: &str,
) -> Result<FigureScope, String> {
    let words = words.map(line).transpose()?.filter(|words| !words.is_empty());
    let whose = Whose::ALL.iter().find(|known| known.1 == whose).ok_or("请选这些数是谁的")?.0;
    let scope =
        FigureScope { at: FieldPath::new(at), words, whose: Some(whose), reason: line(reason)? };
    if scope.reason.is_empty() {
        return Err("请写理由".to_owned());
    }
    if report.scopes.len() >= budget::SCOPES {
        return Err(format!("最多说明 {} 处", budget::SCOPES));
    }
    let texts = report.texts();
    let text = texts.iter().find(|(path, _)| *path == scope.at);
    let (_, text) = text.ok_or("这一段文字已经不在了")?;
    match scope.range(text.typed()) {
        Ok(_) => Ok(scope),
        Err(SentenceError::Missing) => Err("这一段里没有这几个字，请照抄".to_owned()),
        Err(SentenceError::Several) => {
            Err("不止一句里有这几个字，请多抄几个字，使它只在一句里出现".to_owned())
        }
    }
}

/// The sources said of just these figures; a file that was written by hand may have several.
fn sources_at<'a>(report: &'a Report, path: &str) -> impl Iterator<Item = &'a FigureSource> {
    report.sources.iter().filter(move |source| source.at.as_str() == path)
}

/// Puts a source in the place of one said of just these figures, or takes that away.
///
/// # Errors
///
/// The reason why it cannot stand there, in Chinese.
fn put_source(
    report: &mut Report,
    path: &str,
    old: Option<&TypedSource>,
    new: Option<&TypedSource>,
) -> Result<(), String> {
    let at = FieldPath::new(path);
    if !is_note_place(report.form(), &at) && !fee_places().any(|fee| fee == at) {
        return Err("这里没有可以写来源的数".to_owned());
    }
    let is_old = |one: &FigureSource| one.at == at && old == Some(&TypedSource::of(one));
    let known = report.sources.iter().position(is_old);
    let Some(typed) = new else {
        if let Some(known) = known {
            report.sources.remove(known);
        }
        return Ok(());
    };
    let day = typed.date.trim();
    let date = match day.is_empty() {
        true => None,
        false => Some(fields::date(day).ok_or("日期写成 2026-01-09 的样子")?),
    };
    let by = Some(line(&typed.by)?).filter(|by| !by.is_empty());
    let source = FigureSource { at, from: line(&typed.from)?, date, by };
    if source.from.is_empty() {
        return Err("请写来源".to_owned());
    }
    match known.and_then(|known| report.sources.get_mut(known)) {
        Some(known) => *known = source,
        None => report.sources.push(source),
    }
    Ok(())
}

/// The number of a part after another is gone; none for that one.
fn without(part: usize, gone: usize) -> Option<usize> {
    match part.cmp(&gone) {
        Ordering::Less => Some(part),
        Ordering::Equal => None,
        Ordering::Greater => Some(part - 1),
    }
}

/// The number of a part after that one and the next have changed places.
fn swapped(part: usize, first: usize) -> usize {
    match part {
        _ if part == first => first + 1,
        _ if part == first + 1 => first,
        _ => part,
    }
}

/// Lets what speaks of the parts of a section go with them to their new numbers; what speaks of one that is gone goes, too.
fn renumber(report: &mut Report, section: &str, to: impl Fn(usize) -> Option<usize>) {
    let parts = format!("{section}.parts[");
    let moved = |at: &FieldPath| {
        let (index, rest) = at.as_str().strip_prefix(&parts)?.split_once(']')?;
        let index = to(index.parse().ok()?);
        Some(index.map(|index| FieldPath::new(format!("{parts}{index}]{rest}"))))
    };
    // `false` where what it spoke of is gone.
    let follow = |at: &mut FieldPath| match moved(at) {
        Some(Some(new)) => {
            *at = new;
            true
        }
        Some(None) => false,
        None => true,
    };
    report.scopes.retain_mut(|scope| follow(&mut scope.at));
    report.waivers.retain_mut(|waiver| waiver.at.as_mut().is_none_or(&follow));
}

/// The severity of a rule by the data file.
fn level(report: &Report, rule: &str) -> Option<RuleLevel> {
    let levels = &report.settings.levels;
    levels.iter().find(|(code, _)| code == rule).map(|(_, level)| *level)
}

fn set_level(report: &mut Report, rule: &str, new: Option<&str>) -> Result<(), &'static str> {
    let levels = &mut report.settings.levels;
    let at = levels.iter().position(|(code, _)| code == rule);
    let Some(new) = new else {
        if let Some(at) = at {
            levels.remove(at);
        }
        return Ok(());
    };
    let known = RuleLevel::ALL.iter().find(|level| level.1 == new).ok_or("请从列出的里面选")?;
    let is_open = RULES.iter().any(|known| known.code == rule && !known.fixed);
    match at {
        Some(at) => levels[at].1 = known.0,
        None if is_open => levels.push((rule.to_owned(), known.0)),
        None => return Err("这一条规则的程度不能改"),
    }
    Ok(())
}

/// The section in words with that key.
fn narrative<'a>(report: &'a Report, section: &str) -> Option<&'a Narrative> {
    match section {
        "overview" => Some(&report.overview),
        "problems" => Some(&report.problems),
        "other" => Some(&report.other.narrative),
        _ => None,
    }
}

fn narrative_mut<'a>(report: &'a mut Report, section: &str) -> Option<&'a mut Narrative> {
    match section {
        "overview" => Some(&mut report.overview),
        "problems" => Some(&mut report.problems),
        "other" => Some(&mut report.other.narrative),
        _ => None,
    }
}

/// The words of a part by which it is told from others.
fn words_of(part: &Part) -> String {
    let shown = |text: &Option<Text>| text.as_ref().map(|text| as_shown(text.typed()));
    let texts = [&part.heading, &part.text].into_iter().filter_map(shown);
    texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// The remark on a cell.
fn note(report: &Report, path: &str) -> Option<String> {
    report.notes.iter().find(|note| note.at.as_str() == path).map(|note| note.text.clone())
}

fn set_note(report: &mut Report, path: &str, text: Option<String>) {
    let at = report.notes.iter().position(|note| note.at.as_str() == path);
    match (at, text) {
        (Some(at), Some(text)) => report.notes[at].text = text,
        (Some(at), None) => {
            report.notes.remove(at);
        }
        (None, Some(text)) => report.notes.push(Note { at: FieldPath::new(path), text }),
        (None, None) => {}
    }
}
