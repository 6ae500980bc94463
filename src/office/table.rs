//! Texts and tables of any program as rows of cells.

use crate::guard::guarded;
use crate::import;
use crate::workbook;

/// A row of a table or a line of a text: where it stands, and its cells as typed, blanks at their beginning included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Sheet and line, in words.
    pub(crate) at: String,
    /// The cells.
    pub(crate) cells: Vec<String>,
}

/// The rows of a workbook, a text or a table in text; of a workbook those of its first sheet in which something stands.
/// The second part says what was not read.
///
/// # Errors
///
/// When the file is none of these, or exceeds the budget.
pub(crate) fn rows(bytes: &[u8]) -> Result<(Vec<Row>, Vec<String>), String> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return of_workbook(bytes);
    }
    let text = import::plain_text(bytes).map_err(|error| format!("{error}；{}", error.help))?;
    let separator = ['\t', ',', '，', ';'].into_iter().find(|s| is_table(&text, *s));
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let rows = lines.map(|(i, line)| Row {
        at: format!("第{}行", i + 1),
        cells: match separator {
            Some(separator) => split(line, separator),
            None => vec![line.to_owned()],
        },
    });
    Ok((rows.collect(), Vec::new()))
}

/// True if a sign separates the cells of most lines, and does not only begin them.
fn is_table(text: &str, separator: char) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let n = lines.iter().filter(|line| line.contains(separator)).count();
    !lines.is_empty() && n * 2 > lines.len()
}

/// The cells of a line; between double quotes the separator is a character like others.
fn split(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        let Some(cell) = cells.last_mut() else { break };
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            _ if c == separator && !quoted => cells.push(String::new()),
            _ => cell.push(c),
        }
    }
    cells
}

fn of_workbook(bytes: &[u8]) -> Result<(Vec<Row>, Vec<String>), String> {
    let damaged = || "表格文件读不出来，可能已损坏；用 Excel 或 WPS 另存为 .xlsx".to_owned();
    let sheets = guarded(|| workbook::shown(bytes)).map_err(|_| damaged())?;
    let sheets = sheets.map_err(|fault| format!("{fault}；{}", fault.help))?;
    let mut filled = sheets.into_iter().filter(|sheet| !sheet.cells.is_empty());
    let Some(first) = filled.next() else { return Err("表格里什么也没有".to_owned()) };
    let others: Vec<String> = filled.map(|sheet| format!("工作表“{}”没有读", sheet.name)).collect();
    let mut rows: Vec<(usize, Row)> = Vec::new();
    for (row, column, text) in &first.cells {
        if rows.last().is_none_or(|(last, _)| last != row) {
            let at = format!("{}第{}行", first.name, row + 1);
            rows.push((*row, Row { at, cells: Vec::new() }));
        }
        if let Some((_, found)) = rows.last_mut() {
            found.cells.resize((*column).max(found.cells.len()), String::new());
            found.cells.push(text.clone());
        }
    }
    // A merged cell stands for all that it covers: a group beside its units.
    for [top, left, bottom, right] in
        first.merged.iter().filter(|area| area[0] < area[2] && area[1] == area[3])
    {
        let text = rows.iter().find(|(row, _)| row == top).and_then(|(_, r)| r.cells.get(*left));
        let Some(text) = text.cloned() else { continue };
        for (_, found) in rows.iter_mut().filter(|(row, _)| top < row && row <= bottom) {
            found.cells.resize((right + 1).max(found.cells.len()), String::new());
            found.cells[*left].clone_from(&text);
        }
    }
    Ok((rows.into_iter().map(|(_, row)| row).collect(), others))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text.as_bytes()).unwrap().0.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn lines_are_cells_where_most_of_them_are_separated() {
        assert_eq!(cells("甲局\n  乙局\n"), [["甲局"], ["  乙局"]]);
        assert_eq!(
            cells("单位,上级\n\"甲,局\",\"乙\"\"丙\"\n"),
            [["单位", "上级"], ["甲,局", "乙\"丙"]]
        );
        assert_eq!(cells("1\t甲局\n2\t乙局"), [["1", "甲局"], ["2", "乙局"]]);
        assert!(rows(&[0x89, b'P', b'N', b'G', 0, 1, 2, 3, 0, 0, 0]).is_err());
    }
}
