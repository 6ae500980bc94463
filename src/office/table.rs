//! Texts and tables of any program as rows of cells.

use crate::budget::{ROLL_COLUMNS, ROLL_ROWS, SHEET_CELLS, TEXT_BYTES};
use crate::guard::guarded;
use crate::import;
use crate::workbook;

/// A row of a table or a line of a text: where it stands, and its cells as typed, blanks at their beginning included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
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
pub fn rows(bytes: &[u8]) -> Result<(Vec<Row>, Vec<String>), String> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return of_workbook(bytes);
    }
    if bytes.len() as u64 > TEXT_BYTES {
        return Err(too_long());
    }
    let text = import::plain_text(bytes).map_err(|error| format!("{error}；{}", error.help))?;
    if text.lines().count() > ROLL_ROWS {
        return Err(too_long());
    }
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
        let is_full = cells.len() >= ROLL_COLUMNS;
        let Some(cell) = cells.last_mut() else { break };
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            _ if c == separator && !quoted && !is_full => cells.push(String::new()),
            _ => cell.push(c),
        }
    }
    cells
}

fn too_long() -> String {
    format!("超过 {ROLL_ROWS} 行，不像单位名单；只留单位名称再试")
}

fn of_workbook(bytes: &[u8]) -> Result<(Vec<Row>, Vec<String>), String> {
    let damaged = || "表格文件读不出来，可能已损坏；用 Excel 或 WPS 另存为 .xlsx".to_owned();
    let sheets = guarded(|| workbook::shown(bytes)).map_err(|_| damaged())?;
    // The fault's own remedy is for workbooks of figures.
    let sheets = sheets
        .map_err(|fault| format!("{fault}；名单在 Word 里的，复制到 Excel 或文本文件里再试"))?;
    let mut filled = sheets.into_iter().filter(|sheet| !sheet.cells.is_empty());
    let Some(first) = filled.next() else { return Err("表格里什么也没有".to_owned()) };
    let mut unread: Vec<String> =
        filled.map(|sheet| format!("工作表“{}”没有读", sheet.name)).collect();
    let looks = workbook::looks(bytes).remove(&first.name).unwrap_or_default();
    let indent = |row: usize, column: usize| {
        let at = (u32::try_from(row).ok()?, u32::try_from(column).ok()?);
        looks.indents.get(&at).map(|n| " ".repeat(*n))
    };
    if looks.is_hidden {
        unread.push(format!("读的工作表“{}”是隐藏的", first.name));
    }
    if looks.hidden_rows > 0 {
        unread.push(format!("有 {} 行是隐藏的，也读了", looks.hidden_rows));
    }
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let mut is_cut = false;
    for (row, column, text) in &first.cells {
        if *column >= ROLL_COLUMNS {
            is_cut = true;
            continue;
        }
        if rows.last().is_none_or(|(last, _)| last != row) {
            let at = format!("{}第{}行", first.name, row + 1);
            rows.push((*row, Row { at, cells: Vec::new() }));
        }
        if let Some((_, found)) = rows.last_mut() {
            found.cells.resize((*column).max(found.cells.len()), String::new());
            found.cells.push(indent(*row, *column).unwrap_or_default() + text);
        }
        if rows.len() > ROLL_ROWS {
            return Err(too_long());
        }
    }
    if is_cut {
        unread.push(format!("第 {ROLL_COLUMNS} 列右边的没有读"));
    }
    fill_merged(&mut rows, &first.merged)?;
    Ok((rows.into_iter().map(|(_, row)| row).collect(), unread))
}

/// Writes the text of each merged cell into all rows that it covers: a group stands beside its units. Rows stand in
/// their order.
fn fill_merged(rows: &mut [(usize, Row)], merged: &[[usize; 4]]) -> Result<(), String> {
    // Areas that lie over each other, which no spreadsheet makes, could cover the same rows without end.
    let mut room = SHEET_CELLS;
    for [top, left, bottom, right] in merged.iter().copied() {
        let first = rows.partition_point(|(row, _)| *row < top);
        let end = rows.partition_point(|(row, _)| *row <= bottom);
        if left != right || left >= ROLL_COLUMNS || end < first + 2 || rows[first].0 != top {
            continue;
        }
        let Some(text) = rows[first].1.cells.get(left).cloned() else { continue };
        room = room.checked_sub(end - first).ok_or("合并的单元格太多；取消合并再试")?;
        for (_, found) in &mut rows[first + 1..end] {
            found.cells.resize((left + 1).max(found.cells.len()), String::new());
            found.cells[left].clone_from(&text);
        }
    }
    Ok(())
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
        assert!(rows("甲局\n".repeat(ROLL_ROWS + 1).as_bytes()).is_err());
        assert!(rows(&[0x89, b'P', b'N', b'G', 0, 1, 2, 3, 0, 0, 0]).is_err());
    }

    #[test]
    fn merged_cells_stand_beside_all_that_they_cover_and_are_no_way_to_do_harm() {
        let row = |n: usize, text: &str| {
            (n, Row { at: String::new(), cells: vec![text.to_owned(), "局".to_owned()] })
        };
        let mut all = vec![row(0, "组"), row(1, ""), row(3, ""), row(4, "")];
        fill_merged(&mut all, &[[0, 0, 3, 0], [9, 0, 12, 0], [0, 0, 0, 5]]).unwrap();
        let firsts: Vec<&str> = all.iter().map(|(_, row)| row.cells[0].as_str()).collect();
        assert_eq!(firsts, ["组", "组", "组", ""]);
        let areas = vec![[0, 0, 4, 0]; SHEET_CELLS];
        assert!(fill_merged(&mut all, &areas).is_err());
    }
    #[test]
    fn cells_that_a_spreadsheet_indents_begin_with_blanks() {
        use crate::package::{Part, Relation, pack, relations_part};
        let part = |path: &str, kind: &str, text: &str| {
            let kind =
                format!("application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml");
            Part::new(path, kind, text.to_owned())
        };
        let cell = |n: u32, style: u32, text: &str| {
            format!(
                "<row r=\"{n}\"><c r=\"A{n}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"
            )
        };
        let sheet = format!(
            "<worksheet><sheetData>{}{}</sheetData></worksheet>",
            cell(1, 0, "乡镇"),
            cell(2, 1, "青溪镇人民政府")
        );
        let book = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
                    <sheets><sheet name=\"甲\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>";
        let styles =
            "<styleSheet><cellXfs><xf/><xf><alignment indent=\"1\"/></xf></cellXfs></styleSheet>";
        let bytes = pack(&[
            part("xl/workbook.xml", "sheet.main", book),
            part("xl/worksheets/sheet1.xml", "worksheet", &sheet),
            part("xl/styles.xml", "styles", styles),
            relations_part(
                "_rels/.rels",
                &[Relation::inside("a", "officeDocument", "xl/workbook.xml")],
            ),
            relations_part(
                "xl/_rels/workbook.xml.rels",
                &[Relation::inside("a", "worksheet", "worksheets/sheet1.xml")],
            ),
        ]);
        let (rows, _) = rows(&bytes.unwrap()).unwrap();
        let cells: Vec<&str> = rows.iter().map(|row| row.cells[0].as_str()).collect();
        assert_eq!(cells, ["乡镇", " 青溪镇人民政府"]);
    }
}
