//! Web pages to sheets: the article of the page, its paragraphs and its tables.

use super::super::error::ImportError;
use super::super::letters::{n_seen, squeezed};
use super::super::sheet::{Block, Dropped, Grid, GridCell, Own, Reason, Sheet, Spot};
use super::super::texts::section_of_title;
use super::shown::{BLOCKS, Fate, Left, all, collapsed, fate, shown};
use super::tree::{Node, Tree, parse};
use crate::budget::PUBLISHED_DEPTH;

/// A cell of more characters than this holds text and no figure: the table only makes room.
const LONGEST_CELL: usize = 400;

/// Reads a page.
///
/// # Errors
///
/// When there is no report on it: a page that only links to a file, or whose words come by script.
pub(super) fn read(html: &str) -> Result<Sheet, ImportError> {
    let tree = parse(html)?;
    let mut walk = Walk { tree: &tree, found: Vec::new(), left: Left::new(), words: String::new() };
    walk.node(0, 0)?;
    walk.flush(0);
    let Walk { found, mut left, .. } = walk;
    let article = article(&tree, &found);
    let mut sheet = Sheet { author: author(&tree), own: island(&tree), ..Sheet::default() };
    let mut begun = false;
    for (node, block) in found {
        let is_inside = article.is_none_or(|article| is_within(&tree, node, article));
        begun |= is_inside;
        match block {
            // Title, body and date often stand in the head of the page.
            Block::Line(line) if is_inside || (!begun && is_of_head(&line.text)) => {
                sheet.push_line(&line.text, None);
            }
            Block::Grid(grid) if is_inside || (!begun && grid.cells.len() <= 40) => {
                sheet.push_grid(grid);
            }
            Block::Line(line) => left.push((Reason::Frame, line.text)),
            Block::Grid(grid) => {
                left.extend(grid.cells.into_iter().map(|cell| (Reason::Frame, cell.text)));
            }
        }
    }
    let dropped = |(reason, text)| Dropped { reason, text, spot: Spot::default() };
    sheet.dropped = left.into_iter().map(dropped).collect();
    if sheet.n_seen() < FEWEST || article.is_none() && !speaks_of_a_report(&sheet) {
        return Err(no_report(&tree));
    }
    Ok(sheet)
}

/// A page with fewer characters holds no report.
const FEWEST: usize = 200;

fn speaks_of_a_report(sheet: &Sheet) -> bool {
    let words = |block: &Block| match block {
        Block::Line(line) => section_of_title(&line.text).is_some(),
        Block::Grid(grid) => grid.cells.len() > 40,
    };
    sheet.blocks.iter().any(words)
}

/// The reason why a page is of no use: what it links to, or that it is made by a script.
fn no_report(tree: &Tree) -> ImportError {
    const KINDS: &[&str] = &[".pdf", ".docx", ".doc", ".wps", ".xlsx", ".ofd"];
    let is_file = |node: &&Node| {
        node.name == "a"
            && node.get("href").is_some_and(|href| {
                let href = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
                KINDS.iter().any(|kind| href.ends_with(kind))
            })
    };
    let href = tree.nodes.iter().find(is_file).and_then(|node| node.get("href"));
    match href {
        Some(href) => {
            let name: String = href.rsplit('/').next().unwrap_or(href).chars().take(60).collect();
            ImportError::new(
                format!("网页里没有报告正文，只有附件的链接（{name}）"),
                "在浏览器里打开网页，下载附件，再读附件",
            )
        }
        None => {
            let error = ImportError::new(
                "网页里没有报告正文",
                "正文由脚本显示的网页，在浏览器里打开后另存为“网页，全部”或“.mht 单个文件”再读；正文在附件里的，下载附件再读",
            );
            let speaks_of_one = |node: &Node| node.text.contains("年度报告");
            if tree.nodes.iter().any(speaks_of_one) { error } else { error.other() }
        }
    }
}

struct Walk<'a> {
    tree: &'a Tree,
    found: Vec<(usize, Block)>,
    left: Left,
    words: String,
}

impl Walk<'_> {
    fn node(&mut self, index: usize, depth: usize) -> Result<(), ImportError> {
        if depth > PUBLISHED_DEPTH {
            return Err(ImportError::too_large("网页的标签套了太多层"));
        }
        let node = &self.tree.nodes[index];
        if node.name.is_empty() {
            self.words.push_str(&node.text);
        }
        match fate(node) {
            Fate::Shown => {}
            Fate::Raised => {
                let words = shown(self.tree, index, depth, &mut self.left)?;
                self.words.push_str(&words);
                return Ok(());
            }
            Fate::Code => return Ok(()),
            Fate::Left(reason) => {
                let words = all(self.tree, index, depth)?;
                self.left.extend(words.map(|words| (reason, words)));
                return Ok(());
            }
        }
        let is_block = BLOCKS.contains(&node.name.as_str());
        if is_block || node.name == "br" {
            self.flush(index);
        }
        if node.name == "table"
            && let Some(grid) = table(self.tree, index, depth, &mut self.left)?
        {
            self.found.push((index, Block::Grid(grid)));
            return Ok(());
        }
        for child in &node.children {
            self.node(*child, depth + 1)?;
        }
        if is_block {
            self.flush(index);
        }
        Ok(())
    }

    /// Ends a paragraph.
    fn flush(&mut self, node: usize) {
        let words = collapsed(&std::mem::take(&mut self.words));
        if n_seen(&words) > 0 {
            let mut line = Sheet::default();
            line.push_line(&words, None);
            self.found.extend(line.blocks.into_iter().map(|block| (node, block)));
        }
    }
}

/// A table that holds figures; none if it only makes room for what stands in it.
fn table(
    tree: &Tree,
    index: usize,
    depth: usize,
    left: &mut Left,
) -> Result<Option<Grid>, ImportError> {
    let mut rows = Vec::new();
    if !rows_of(tree, index, &mut rows, depth)? {
        return Ok(None);
    }
    let number = |node: &Node, name: &str| -> usize {
        let typed = node.get(name).map(str::trim).unwrap_or("1");
        let digits: String = typed.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(1)
    };
    let n_left = left.len();
    let mut cells: Vec<GridCell> = Vec::new();
    // Down to which row a column is taken by a cell from above.
    let mut taken: Vec<usize> = Vec::new();
    for (row, row_node) in rows.iter().enumerate() {
        let mut column = 0;
        for child in &tree.nodes[*row_node].children {
            let node = &tree.nodes[*child];
            if node.name != "td" && node.name != "th" {
                continue;
            }
            while taken.get(column).is_some_and(|until| *until > row) {
                column += 1;
            }
            let columns = number(node, "colspan").clamp(1, 100);
            let down = match number(node, "rowspan") {
                0 => rows.len() - row,
                n => n.min(rows.len() - row),
            };
            if taken.len() < column + columns {
                taken.resize(column + columns, 0);
            }
            taken[column..column + columns].fill(row + down);
            let text = shown(tree, *child, depth, left)?;
            if n_seen(&text) > LONGEST_CELL {
                // What only makes room is walked through once more.
                left.truncate(n_left);
                return Ok(None);
            }
            let text: Vec<String> =
                text.split('\n').map(collapsed).filter(|line| !line.is_empty()).collect();
            let text = text.join(" ");
            cells.push(GridCell { text, row, column, rows: down, columns, spot: Spot::default() });
            column += columns;
        }
    }
    let grid = Grid::new(cells);
    if grid.n_columns < 2 {
        left.truncate(n_left);
        return Ok(None);
    }
    Ok(Some(grid))
}

/// The rows of a table; false if there is a table within.
fn rows_of(
    tree: &Tree,
    index: usize,
    rows: &mut Vec<usize>,
    depth: usize,
) -> Result<bool, ImportError> {
    if depth > PUBLISHED_DEPTH {
        return Err(ImportError::too_large("网页的标签套了太多层"));
    }
    for child in &tree.nodes[index].children {
        let node = &tree.nodes[*child];
        if node.name == "table" {
            return Ok(false);
        }
        if node.name == "tr" {
            rows.push(*child);
        }
        if !rows_of(tree, *child, rows, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The smallest element that holds the titles of all sections that are found.
fn article(tree: &Tree, found: &[(usize, Block)]) -> Option<usize> {
    let mut titles: Vec<(crate::edition::Section, usize)> = Vec::new();
    for (node, block) in found {
        let Block::Line(line) = block else { continue };
        if let Some(section) = section_of_title(&line.text) {
            // A list of contents comes first, so the last of each is the title.
            titles.retain(|(known, _)| *known != section);
            titles.push((section, *node));
        }
    }
    // With fewer, the element would be one of a single section.
    if titles.len() < 3 {
        return None;
    }
    let ancestors = |mut node: usize| {
        let mut path = vec![node];
        while let Some(parent) = tree.nodes[node].parent {
            path.push(parent);
            node = parent;
        }
        path.reverse();
        path
    };
    let paths: Vec<Vec<usize>> = titles.iter().map(|(_, node)| ancestors(*node)).collect();
    let first = paths.first()?;
    let shared = (0..first.len()).take_while(|i| paths.iter().all(|p| p.get(*i) == first.get(*i)));
    shared.last().map(|i| first[i])
}

fn is_within(tree: &Tree, mut node: usize, outer: usize) -> bool {
    loop {
        if node == outer {
            return true;
        }
        match tree.nodes[node].parent {
            Some(parent) => node = parent,
            None => return false,
        }
    }
}

/// Words before the article that speak of it.
fn is_of_head(text: &str) -> bool {
    let words = squeezed(text);
    let dates = ["发布日期", "公开日期", "公布日期", "发布时间", "发文日期", "成文日期"];
    (words.contains("年度报告") && words.chars().count() <= 60 && !words.contains('>'))
        || dates.iter().any(|date| words.contains(date))
}

fn author(tree: &Tree) -> Option<String> {
    let meta = tree.nodes.iter().find(|node| {
        node.name == "meta" && node.get("name").is_some_and(|n| n.eq_ignore_ascii_case("author"))
    });
    let author = meta?.get("content")?.trim();
    (!author.is_empty()).then(|| author.to_owned())
}

/// The figures that this program put into a page of its own.
fn island(tree: &Tree) -> Option<Own> {
    let at = tree.nodes.iter().find(|node| {
        node.name == "script"
            && node.get("id") == Some("nianbao")
            && node.get("type") == Some("application/json")
    })?;
    let text: String = at.children.iter().map(|child| tree.nodes[*child].text.as_str()).collect();
    Some(Own::Island(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_span_rows_and_columns_keep_their_places() {
        let tree = parse(
            "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2<tr><td rowspan=0>丙<td>3",
        )
        .unwrap();
        let index = tree.nodes.iter().position(|node| node.name == "table").unwrap();
        let grid = table(&tree, index, 0, &mut Left::new()).unwrap().unwrap();
        let words = |row| -> Vec<&str> { (0..3).map(|column| grid.text(row, column)).collect() };
        assert_eq!(words(1), ["甲", "1", "2"]);
        assert_eq!(words(0), ["甲", "乙", "乙"]);
        assert_eq!(words(2), ["丙", "3", ""]);
    }

    #[test]
    fn pages_without_a_report_say_what_is_there() {
        let message = |html: &str| read(html).unwrap_err().message;
        let link = "<body><a href='/a/2023年报.pdf?x=1'>附件</a></body>";
        assert!(message(link).contains("2023年报.pdf"));
        assert!(message("<body><div id=app></div><script>var a</script>").contains("没有报告正文"));
        let deep = "<div>".repeat(PUBLISHED_DEPTH + 100);
        assert!(message(&deep).contains("套了太多层"));
    }
}
