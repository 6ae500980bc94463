//! A sheet to a report: sections, tables, texts, and where each of them stands.

use std::collections::{BTreeMap, BTreeSet};

use super::account::Account;
use super::confidence::{self, Class, Judged};
use super::error::ImportError;
use super::making::Making;
use super::own;
use super::published::{Places, Published};
use super::sheet::{Block, Dropped, Reason, Sheet};
use super::tables::{self, Tables};
use super::texts::{head, is_numbered_title, section_of_title};
use crate::edition::{Cell, Edition, Section};
use crate::report::Report;

/// Understands a sheet.
///
/// # Errors
///
/// When it holds no report, or more than one.
pub(super) fn understand(sheet: Sheet) -> Result<Published, ImportError> {
    let titles = titles(&sheet);
    let first = titles.first().map_or(sheet.blocks.len(), |(at, _)| *at);
    let head_lines: Vec<(usize, &str)> = sheet.lines(0..first).collect();
    let words: Vec<&str> = head_lines.iter().map(|(_, text)| *text).collect();
    let head = head(&words);
    let edition = tables::edition(&sheet, head.year)
        .or_else(|| head.year.and_then(Edition::for_year))
        .unwrap_or(Edition::LATEST);
    let tables = tables::read(&sheet, edition.form());
    refuse(&sheet, &titles, &tables, head.title.is_some() || head.year.is_some())?;

    let mut making = Making {
        report: Report::empty(edition),
        placed: BTreeSet::new(),
        beside: BTreeSet::new(),
        places: Places::default(),
        sheet: &sheet,
        renumbered: Vec::new(),
    };
    making.head(&head, &head_lines, &titles);
    making.metadata(first, &tables);
    making.labels();
    making.sections(&titles);
    making.figures(&tables);
    let notes = making.notes(&titles, &tables);
    making.report.notes = notes;
    making.shorten();
    let Making { report, placed, beside, places, renumbered, .. } = making;
    let mut classes = confidence::judge(edition.form(), &tables, &report);
    doubt_recognised(&mut classes, &tables, &sheet);
    let account = account(&sheet, &placed, &tables, &titles, &beside);
    let mut published = Published {
        report,
        classes,
        account,
        places,
        tables,
        sheet,
        own: None,
        changed: Vec::new(),
        renumbered,
    };
    own::compare(&mut published);
    Ok(published)
}

/// Puts in doubt every figure that a program recognised in a picture and no equation confirms.
fn doubt_recognised(classes: &mut BTreeMap<Cell, Judged>, tables: &Tables, sheet: &Sheet) {
    for (cell, (class, why)) in classes {
        let page = tables.cells.get(cell).and_then(|found| tables::spot(sheet, found.at).page);
        let is_recognised = page.is_some_and(|page| sheet.recognised.contains(&page));
        if is_recognised && *class == Class::Reliable {
            *class = Class::Doubtful;
            "扫描后识别出来的数，没有等式证实".clone_into(why);
        }
    }
}

/// The reasons for which a sheet is no report.
fn refuse(
    sheet: &Sheet,
    titles: &[(usize, Section)],
    tables: &Tables,
    has_title: bool,
) -> Result<(), ImportError> {
    if tables.n_reports > 1 {
        let n = tables.n_reports;
        return Err(ImportError::new(
            format!("文件里有{n}份年报（第三部分的表出现了{n}次），分不清要读哪一份"),
            "把要读的一份单独另存为一个文件，再读",
        ));
    }
    if !sheet.blind.is_empty() && tables.cells.is_empty() {
        return Err(blind(sheet));
    }
    if tables.cells.is_empty() && titles.len() < 2 {
        let what = if has_title {
            "只有标题"
        } else {
            "没有六个部分的标题，也没有三张表"
        };
        let error = ImportError::new(
            format!("认不出年报：{what}"),
            "检查是否选错了文件；正文在附件里的，读附件；表格是图片的，用 nianbao new 新建数据文件，照着填写",
        );
        return Err(if has_title { error } else { error.other() });
    }
    Ok(())
}

/// Pages that are pictures are named, and never guessed.
fn blind(sheet: &Sheet) -> ImportError {
    let n = sheet.blind.len();
    let pages: Vec<String> = sheet.blind.iter().take(12).map(u32::to_string).collect();
    let more = if n > 12 { format!("等 {n} 页") } else { "页".to_owned() };
    ImportError::new(
        format!("第 {} {more}是扫描的图片，或者文字没有编码，读不出来", pages.join("、")),
        "用 nianbao new 新建数据文件，照着这几页填写；有 Word 原稿或网页的，读原稿或网页",
    )
}

/// The title of each section by its block: the last one of each that keeps the order, because lists of contents
/// come first.
fn titles(sheet: &Sheet) -> Vec<(usize, Section)> {
    let all: Vec<(usize, &str)> = sheet.lines(0..sheet.blocks.len()).collect();
    let mut found: Vec<(usize, Section)> = Vec::new();
    let mut until = sheet.blocks.len();
    let order: Vec<Section> = Edition::LATEST.form().sections.iter().map(|s| s.section).collect();
    for section in order.iter().rev() {
        let is_it =
            |(at, text): &&(usize, &str)| *at < until && section_of_title(text) == Some(*section);
        if let Some((last, _)) = all.iter().rev().find(is_it) {
            // A caption may say again what the numbered title right above it says.
            let above = all.iter().rev().find(|(at, _)| at < last).filter(is_it);
            let is_numbered = |text: &str| is_numbered_title(text) == Some(*section);
            let last_text = all.iter().find(|(at, _)| at == last).map_or("", |(_, text)| *text);
            let at = match above {
                Some((above, text)) if is_numbered(text) && !is_numbered(last_text) => *above,
                _ => *last,
            };
            found.push((at, *section));
            until = at;
        }
    }
    found.reverse();
    // A title in words of its own, between the neighbours that its number has.
    for (i, section) in order.iter().enumerate() {
        if found.iter().any(|(_, known)| known == section) {
            continue;
        }
        let at_of = |wanted: &Section| found.iter().find(|(_, s)| s == wanted).map(|(at, _)| *at);
        let after = order[..i].iter().rev().find_map(at_of);
        let before = order[i + 1..].iter().find_map(at_of).unwrap_or(sheet.blocks.len());
        let after = match after {
            Some(after) => after,
            None if i == 0 => 0,
            None => continue,
        };
        let own = all.iter().find(|(at, text)| {
            (after..before).contains(at) && is_numbered_title(text) == Some(*section)
        });
        if let Some((at, _)) = own {
            found.push((*at, *section));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Words that stand on web pages of this program for those who read them on a screen: a program that prints pages
/// without their style prints them, too.
const OF_OUR_PAGES: &[&str] = &["跳到正文", "表格较宽，可左右滑动查看。"];

fn is_of_our_pages(text: &str) -> bool {
    OF_OUR_PAGES.contains(&text.trim())
}

/// The fate of every character.
fn account(
    sheet: &Sheet,
    placed: &BTreeSet<usize>,
    tables: &Tables,
    titles: &[(usize, Section)],
    beside: &BTreeSet<usize>,
) -> Account {
    let mut account = Account::default();
    for dropped in &sheet.dropped {
        account.drop(dropped);
    }
    for (i, block) in sheet.blocks.iter().enumerate() {
        match block {
            Block::Line(line) if placed.contains(&i) => account.place(&line.text),
            Block::Line(line) if beside.contains(&i) || is_of_our_pages(&line.text) => {
                let (text, spot) = (line.text.clone(), line.spot);
                account.drop(&Dropped { reason: Reason::Frame, text, spot });
            }
            Block::Line(line) => {
                let is_contents = section_of_title(&line.text).is_some() && !titles.is_empty();
                if is_contents {
                    let (text, spot) = (line.text.clone(), line.spot);
                    account.drop(&Dropped { reason: Reason::Contents, text, spot });
                } else {
                    account.list(&line.text, line.spot.to_string());
                }
            }
            Block::Grid(grid) => {
                for (index, cell) in grid.cells.iter().enumerate() {
                    let at = (i, index);
                    if tables.placed.contains(&at) {
                        account.place(&cell.text);
                    } else if beside.contains(&i) {
                        let (text, spot) = (cell.text.clone(), cell.spot);
                        account.drop(&Dropped { reason: Reason::Frame, text, spot });
                    } else if tables.repeated.contains(&at) {
                        let (text, spot) = (cell.text.clone(), cell.spot);
                        account.drop(&Dropped { reason: Reason::RepeatedHead, text, spot });
                    } else {
                        account.list(&cell.text, cell.spot.to_string());
                    }
                }
            }
        }
    }
    account
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_screen_are_those_of_the_templates() {
        let templates = [
            include_str!("../../templates/report.html"),
            include_str!("../../templates/blocks.html"),
        ];
        for words in OF_OUR_PAGES {
            assert!(templates.iter().any(|template| template.contains(words)), "{words}");
        }
    }
}
