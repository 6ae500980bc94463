//! Spreadsheets in the format of `OpenDocument` (ISO/IEC 26300): their cells, by the text of their contents.

use std::collections::{BTreeMap, BTreeSet};

use super::super::typed::{Filled, Looks, Typed, Value};
use crate::budget::{CELL_CHARS, PACKAGE_NODES, SHEET_CELLS, SHEETS};
use crate::package::PackageError;
use crate::package::xml::{self, Element, Node, unescape};

/// The kind of file that its first part names.
pub(super) const KIND: &[u8] = b"opendocument.spreadsheet";

/// The rows and columns that a sheet may have.
const MOST: [u32; 2] = [1 << 20, 1 << 14];

/// Reads the contents of a spreadsheet.
///
/// # Errors
///
/// When they are no XML, or exceed the budget.
pub(super) fn read(content: &str) -> Result<Vec<(Typed, Looks)>, PackageError> {
    let mut allowance = PACKAGE_NODES;
    let wrong = |why: String| PackageError::Part("content.xml".to_owned(), why);
    let root = xml::parse_within(content, &mut allowance).map_err(wrong)?;
    let styles = root.find("office:automatic-styles").into_iter().flat_map(Element::elements);
    let (mut hidden, mut indents) = (BTreeSet::new(), BTreeMap::new());
    for style in styles {
        let Some(name) = style.get("style:name") else { continue };
        let properties = style.find("style:table-properties");
        if properties.and_then(|own| own.get("table:display")) == Some("false") {
            hidden.insert(name);
        }
        let paragraph = style.find("style:paragraph-properties");
        let margin = paragraph.and_then(|own| own.get("fo:margin-left"));
        if let Some(steps) = margin.and_then(steps).filter(|steps| *steps > 0) {
            indents.insert(name, steps);
        }
    }
    let sheets = root.find("office:body").and_then(|body| body.find("office:spreadsheet"));
    let tables = sheets.into_iter().flat_map(Element::elements);
    let tables: Vec<&Element> = tables.filter(|element| element.name == "table:table").collect();
    if tables.len() > SHEETS {
        return Err(PackageError::TooLarge);
    }
    let of = |table: &&Element| {
        let name = table.get("table:name").map(unescape).unwrap_or_default();
        let mut sheet = Reader {
            typed: Typed { name, cells: BTreeMap::new(), merged: BTreeSet::new() },
            looks: Looks::default(),
            row: 0,
            styles: &indents,
        };
        let style = table.get("table:style-name");
        sheet.looks.is_hidden = style.is_some_and(|style| hidden.contains(style));
        sheet.rows(table)?;
        Ok((sheet.typed, sheet.looks))
    };
    tables.iter().map(of).collect()
}

/// The steps of an indentation, each of which is about as wide as a character of 10 points.
fn steps(length: &str) -> Option<usize> {
    let unit = length.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = length.split_at(unit);
    let points = match unit {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "pc" => 12.0,
        _ => return None,
    } * number.parse::<f64>().ok()?;
    /// Programs indent by no more.
    const MOST: f64 = 250.0;
    Some((points / 10.0).round().min(MOST) as usize)
}

struct Reader<'a> {
    typed: Typed,
    looks: Looks,
    row: u32,
    /// The indentation of the styles that have one, by name.
    styles: &'a BTreeMap<&'a str, usize>,
}

impl Reader<'_> {
    /// The rows of a table, or of a group of rows in it.
    fn rows(&mut self, within: &Element) -> Result<(), PackageError> {
        for element in within.elements() {
            match element.name.as_str() {
                "table:table-row-group"
                | "table:table-header-rows"
                | "table:table-rows"
                | "table:table-column-group"
                | "table:table-header-columns"
                | "table:table-columns" => self.rows(element)?,
                "table:table-column" => {
                    self.looks.hidden_columns += usize::from(is_hidden(element));
                }
                "table:table-row" => self.cells(element)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cells(&mut self, row: &Element) -> Result<(), PackageError> {
        let n_rows = repeated(row, "table:number-rows-repeated");
        if is_hidden(row) {
            self.looks.hidden_rows = self.looks.hidden_rows.saturating_add(n_rows as usize);
        }
        let mut column = 0_u32;
        for cell in row.elements() {
            let is_covered = cell.name == "table:covered-table-cell";
            if !is_covered && cell.name != "table:table-cell" {
                continue;
            }
            let n_columns = repeated(cell, "table:number-columns-repeated");
            let value = if is_covered { Value::Blank } else { value(cell) };
            if value != Value::Blank {
                // What is repeated beyond what a sheet can be filled with means harm.
                if u64::from(n_rows) * u64::from(n_columns) > SHEET_CELLS as u64 {
                    return Err(PackageError::TooLarge);
                }
                let style = cell.get("table:style-name");
                let indent = style.and_then(|style| self.styles.get(style));
                for row in self.row..self.row.saturating_add(n_rows) {
                    for column in column..column.saturating_add(n_columns) {
                        let filled = Filled { value: value.clone(), formula: None };
                        self.typed.cells.insert((row, column), filled);
                        self.looks.indents.extend(indent.map(|steps| ((row, column), *steps)));
                    }
                }
                if self.typed.cells.len() > SHEET_CELLS {
                    return Err(PackageError::TooLarge);
                }
            }
            let spans = ["table:number-rows-spanned", "table:number-columns-spanned"]
                .map(|name| repeated(cell, name));
            if !is_covered && spans != [1, 1] {
                let last =
                    (self.row.saturating_add(spans[0] - 1), column.saturating_add(spans[1] - 1));
                self.typed.merged.insert((self.row, column, last.0, last.1));
            }
            column = column.saturating_add(n_columns);
        }
        self.row = self.row.saturating_add(n_rows);
        match self.row > MOST[0] || column > MOST[1] {
            true => Err(PackageError::TooLarge),
            false => Ok(()),
        }
    }
}

/// A number of times, at least once.
fn repeated(element: &Element, name: &str) -> u32 {
    element.get(name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(element: &Element) -> bool {
    matches!(element.get("table:visibility"), Some("collapse" | "filter"))
}

fn value(cell: &Element) -> Value {
    match cell.get("office:value-type") {
        Some("float" | "percentage" | "currency") => {
            let number = cell.get("office:value").and_then(|value| value.parse::<f64>().ok());
            number
                .filter(|number| number.is_finite())
                .map_or(Value::Else("看不懂的数"), Value::Number)
        }
        Some("boolean") => Value::Else("逻辑值"),
        Some("date" | "time") => Value::Else("日期或时间"),
        Some(_) | None => {
            let paragraphs = cell.elements().filter(|element| element.name == "text:p");
            let mut lines = Vec::new();
            for paragraph in paragraphs {
                let mut line = String::new();
                words(paragraph, &mut line);
                lines.push(line);
            }
            let text = lines.join("\n");
            let text = text.trim_end();
            match text {
                "" => Value::Blank,
                text if text.starts_with('#') || text.starts_with("Err:") => {
                    Value::Error(text.chars().take(20).collect())
                }
                text => Value::Text(text.chars().take(CELL_CHARS).collect()),
            }
        }
    }
}

/// The blanks beside each other that are kept.
const CELL_BLANKS: u32 = 100;

/// The words of a paragraph; the tree is no deeper than the reader of XML lets it be.
fn words(element: &Element, line: &mut String) {
    for child in &element.children {
        match child {
            Node::Text(text) => line.push_str(&unescape(text)),
            Node::Element(inner) if inner.name == "text:s" => {
                let n = repeated(inner, "text:c").min(CELL_BLANKS);
                line.extend(std::iter::repeat_n(' ', n as usize));
            }
            Node::Element(inner) if inner.name == "text:tab" => line.push('\t'),
            Node::Element(inner) if inner.name == "text:line-break" => line.push('\n'),
            Node::Element(inner) => words(inner, line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(rows: &str) -> String {
        format!(
            "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"表一\" table:style-name=\"ta2\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        )
    }

    #[test]
    fn cells_are_read_where_they_stand_and_hidden_things_are_counted() {
        let rows = "<table:table-row table:number-rows-repeated=\"2\" table:visibility=\"collapse\"><table:table-cell table:number-columns-repeated=\"3\"/></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell office:value-type=\"float\" office:value=\"7\" table:number-columns-repeated=\"2\"><text:p>7件</text:p></table:table-cell><table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\"><text:p>甲<text:s/>&lt;乙</text:p></table:table-cell></table:table-row>";
        let mut sheets = read(&content(rows)).unwrap();
        let (typed, looks) = sheets.remove(0);
        assert_eq!((looks.is_hidden, looks.hidden_rows), (true, 2));
        let places: Vec<_> = typed.cells.keys().copied().collect();
        assert_eq!(places, [(2, 1), (2, 2), (2, 3)]);
        assert!(typed.cells[&(2, 1)].value == Value::Number(7.0));
        assert!(typed.cells[&(2, 3)].value == Value::Text("甲 <乙".to_owned()));
        assert_eq!(typed.merged.into_iter().collect::<Vec<_>>(), [(2, 3, 3, 3)]);
    }

    #[test]
    fn indentation_and_blanks_say_under_whom_a_unit_stands() {
        let margin = "<style:style style:name=\"in\"><style:paragraph-properties fo:margin-left=\"0.706cm\"/></style:style>";
        let cell = |style: &str, text: &str| {
            format!(
                "<table:table-row><table:table-cell table:style-name=\"{style}\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
            )
        };
        let rows = format!("{}{}", cell("in", "甲"), cell("", "<text:s text:c=\"4\"/>乙"));
        let whole =
            content(&rows).replace("</office:automatic", &format!("{margin}</office:automatic"));
        let (typed, looks) = read(&whole).unwrap().remove(0);
        assert_eq!(looks.indents.into_iter().collect::<Vec<_>>(), [((0, 0), 2)]);
        assert!(typed.cells[&(1, 0)].value == Value::Text("    乙".to_owned()));
        assert_eq!(
            ["10pt", "0.353cm", "0.5in", "3", "-1cm", "x"].map(steps),
            [Some(1), Some(1), Some(4), None, None, None]
        );
    }

    #[test]
    fn what_is_repeated_without_end_is_refused() {
        let cell = |rows: u64, columns: u64, inside: &str| {
            content(&format!(
                "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell table:number-columns-repeated=\"{columns}\">{inside}</table:table-cell></table:table-row>"
            ))
        };
        assert!(read(&cell(1_048_576, 16_384, "")).is_ok());
        assert!(read(&cell(1_048_576, 16_384, "<text:p>1</text:p>")).is_err());
        assert!(read(&cell(4_000_000_000, 1, "")).is_err());
    }
}
