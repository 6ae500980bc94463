//! Printed pages to sheets: characters and lines to cells and paragraphs, from whatever kind of file they came.

mod bare;
mod grid;
mod lines;
mod page;
mod segment;
mod struck;

use super::super::error::ImportError;
use super::super::letters::key;
use super::super::sheet::{Dropped, Grid, Reason, Sheet, Spot};
use super::text::is_page_number;
use page::SIZES;
pub(super) use page::{File, Glyph, Page, Place, size_of};

/// The greatest distance of two glyphs that are one, in parts of their size: false bold and shadows print twice.
const SAME: f64 = 0.25;

/// From which part of its characters without a code on a page has no text that can be used.
const BLIND: f64 = 0.02;

/// The sheet that a file's pages are; `kind` is that of the file, with a blank behind it.
///
/// # Errors
///
/// When it has no text at all.
pub(super) fn sheet(file: File, kind: &str) -> Result<Sheet, ImportError> {
    let mut sheet = Sheet { author: file.author, own: file.attached, ..Sheet::default() };
    let furniture = furniture(&file.pages);
    let mut pages: Vec<Vec<Piece>> = Vec::new();
    for (i, mut page) in file.pages.into_iter().enumerate() {
        let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
        if is_blind(&page) {
            sheet.blind.push(number);
            continue;
        }
        if page.picture > 0.5 && page.n_unseen * 2 > page.glyphs.len() {
            sheet.recognised.push(number);
        }
        page.glyphs = once(page.glyphs);
        let spot = Spot { page: Some(number), ..Spot::default() };
        let dropped = |text| Dropped { reason: Reason::Struck, text, spot };
        sheet.dropped.extend(struck::take(&mut page).into_iter().map(dropped));
        pages.push(page_pieces(&page, number, &furniture, &mut sheet));
    }
    lines::with_usual_margins(&mut pages.iter_mut().map(|page| lines_of(page)).collect::<Vec<_>>());
    let pieces = bare::with_tables(pages.into_iter().flatten().collect(), &mut sheet);
    joined(pieces, &mut sheet);
    if sheet.blocks.is_empty() && sheet.blind.is_empty() {
        return Err(ImportError::new(format!("{kind}里没有文字"), "检查是否选错了文件"));
    }
    Ok(sheet)
}

/// A paragraph or a table of a page.
enum Piece {
    Line { line: lines::Line, page: u32 },
    Grid { grid: Grid, edges: Vec<f64> },
}

fn lines_of(pieces: &mut [Piece]) -> Vec<&mut lines::Line> {
    let of = |piece| match piece {
        &mut Piece::Line { ref mut line, .. } => Some(line),
        Piece::Grid { .. } => None,
    };
    pieces.iter_mut().filter_map(of).collect()
}

/// True if a page is a picture, or its characters have no codes: nothing is guessed.
fn is_blind(page: &Page) -> bool {
    let n = page.glyphs.len();
    let unknown = page.glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
    let is_picture = n < 20 && page.picture > 0.5;
    is_picture || (n > 0 && unknown as f64 > n as f64 * BLIND)
}

/// Glyphs that are printed twice at one place, once.
fn once(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    use std::collections::BTreeMap;
    let bin = |v: f64| (v / 4.0).floor() as i64;
    // By their characters, too: of those that are the same, a place has room for few.
    let mut near: BTreeMap<(Option<&str>, i64, i64), Vec<usize>> = BTreeMap::new();
    let mut is_kept = Vec::with_capacity(glyphs.len());
    for (i, glyph) in glyphs.iter().enumerate() {
        let (text, x, y) = (glyph.text.as_deref(), bin(glyph.x), bin(glyph.y));
        let around = |at: i64| [at.saturating_sub(1), at, at.saturating_add(1)];
        let places = around(x).into_iter().flat_map(|x| around(y).map(|y| (text, x, y)));
        // A size that no reader could tell is none.
        let reach = SAME * glyph.size.max(SIZES.start);
        let is_again = places.filter_map(|at| near.get(&at)).flatten().any(|i: &usize| {
            let other = &glyphs[*i];
            (other.x - glyph.x).abs() < reach && (other.y - glyph.y).abs() < reach
        });
        if !is_again {
            near.entry((text, x, y)).or_default().push(i);
        }
        is_kept.push(!is_again);
    }
    let mut is_kept = is_kept.into_iter();
    glyphs.retain(|_| is_kept.next() == Some(true));
    glyphs
}

/// The words that stand at the head or foot of several pages, page numbers aside.
fn furniture(pages: &[Page]) -> Vec<String> {
    use std::collections::BTreeMap;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let lines = lines::rows(&page.glyphs);
        let ends = lines.first().into_iter().chain(lines.last().filter(|_| lines.len() > 1));
        for line in ends {
            let is_margin = line.y < page.height * 0.1 || line.y > page.height * 0.9;
            if is_margin {
                *counts.entry(key(&line.text())).or_default() += 1;
            }
        }
    }
    let enough = |(words, n): (String, usize)| {
        (n > 1 && n * 2 >= pages.len() && !words.is_empty()).then_some(words)
    };
    counts.into_iter().filter_map(enough).collect()
}

/// The paragraphs and tables of a page from top to bottom.
fn page_pieces(page: &Page, number: u32, furniture: &[String], sheet: &mut Sheet) -> Vec<Piece> {
    let regions = grid::regions(page).unwrap_or_else(|| {
        sheet.remarks.push(format!("第{number}页的线太多，没有按表格读：核对这一页的表"));
        Vec::new()
    });
    let mut in_table = vec![false; page.glyphs.len()];
    let mut found: Vec<(f64, Piece)> = Vec::new();
    for region in &regions {
        let inside: Vec<usize> = (0..page.glyphs.len())
            .filter(|i| !in_table[*i] && region.holds(&page.glyphs[*i]))
            .collect();
        let (grid, edges) = region.grid(page, &inside);
        // A frame round a page or a paragraph is no table.
        if grid.n_columns < 2 || grid.n_rows < 2 {
            continue;
        }
        for i in inside {
            in_table[i] = true;
        }
        let grid = on_page(grid, number);
        found.push((region.top(), Piece::Grid { grid, edges }));
    }
    let free: Vec<Glyph> = page
        .glyphs
        .iter()
        .zip(&in_table)
        .filter(|(_, inside)| !**inside)
        .map(|(glyph, _)| glyph.clone())
        .collect();
    for line in lines::lines(&free, (page.width, page.height)) {
        let words = line.text();
        let is_margin = line.y < page.height * 0.12 || line.y > page.height * 0.86;
        let is_number = is_page_number(&words)
            || (is_margin
                && key(&words).chars().all(|c| c.is_ascii_digit())
                && words.chars().count() < 4);
        let reason = if is_number {
            Some(Reason::PageNumber)
        } else if is_margin && furniture.contains(&key(&words)) {
            Some(Reason::RepeatedHead)
        } else {
            None
        };
        match reason {
            Some(reason) => {
                let spot = Spot { page: Some(number), ..Spot::default() };
                sheet.dropped.push(Dropped { reason, text: words, spot });
            }
            None => found.push((line.y, Piece::Line { line, page: number })),
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, piece)| piece).collect()
}

fn on_page(mut grid: Grid, page: u32) -> Grid {
    for cell in &mut grid.cells {
        cell.spot.page = Some(page);
    }
    grid
}

/// Pieces of all pages to one sheet: lines to paragraphs, and tables that a page break cut to one.
fn joined(pieces: Vec<Piece>, sheet: &mut Sheet) {
    // The paragraph so far, its last line, its page, and whether its first line is indented.
    let mut open: Option<(String, lines::Line, u32, bool)> = None;
    let mut table: Option<(Grid, Vec<f64>)> = None;
    for piece in pieces {
        match piece {
            Piece::Line { line, page } => {
                if let Some((grid, _)) = table.take() {
                    sheet.push_grid(grid);
                }
                open = match open.take() {
                    Some((mut text, last, before, is_set_in))
                        if last.goes_on(&line, &text, before == page, is_set_in) =>
                    {
                        let words = line.text();
                        let joins_words = text.ends_with(|c: char| c.is_ascii_alphabetic())
                            && words.starts_with(|c: char| c.is_ascii_alphabetic());
                        text.push_str(if joins_words { " " } else { "" });
                        text.push_str(&words);
                        Some((text, line, page, is_set_in))
                    }
                    other => {
                        if let Some((text, _, page, _)) = other {
                            sheet.push_line(&text, Some(page));
                        }
                        let is_set_in = line.is_indented();
                        Some((line.text(), line, page, is_set_in))
                    }
                };
            }
            Piece::Grid { grid, edges } => {
                if let Some((text, _, page, _)) = open.take() {
                    sheet.push_line(&text, Some(page));
                }
                table = match table.take() {
                    Some((above, own)) if are_same(&own, &edges) => {
                        Some((grid::below(above, grid), own))
                    }
                    before => {
                        if let Some((grid, _)) = before {
                            sheet.push_grid(grid);
                        }
                        Some((grid, edges))
                    }
                };
            }
        }
    }
    if let Some((text, _, page, _)) = open {
        sheet.push_line(&text, Some(page));
    }
    if let Some((grid, _)) = table {
        sheet.push_grid(grid);
    }
}

/// Columns at the same places: what a page break cut goes on there.
fn are_same(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| (a - b).abs() < 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_twice_at_one_place_is_there_once() {
        let glyph = |text: &str, x: f64, size: f64| Glyph {
            text: Some(text.to_owned()),
            x,
            y: 9.0,
            end: x + size,
            size,
        };
        let words = |glyphs: Vec<Glyph>| -> String {
            once(glyphs).into_iter().filter_map(|glyph| glyph.text).collect()
        };
        let twice = vec![glyph("甲", 3.9, 10.0), glyph("乙", 3.9, 10.0), glyph("甲", 4.1, 10.0)];
        assert_eq!(words(twice), "甲乙");
        assert_eq!(words(vec![glyph("甲", 3.9, 10.0), glyph("甲", 9.0, 10.0)]), "甲甲");
        assert_eq!(words(vec![glyph("1", 3.9, 0.0), glyph("1", 3.9, 0.0)]), "1");
        assert_eq!(words(vec![glyph("1", f64::MAX, 2.0), glyph("1", f64::MIN, 2.0)]), "11");
    }
}
