//! A table of words as a workbook of one sheet.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::package::normalize;

/// A table of words on a sheet of its own.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// The name of the sheet.
    pub(crate) name: &'static str,
    /// Its title.
    pub(crate) title: String,
    /// The line below it.
    pub(crate) line: String,
    /// The heads of the columns with their widths in characters.
    pub(crate) columns: Vec<(&'static str, u16)>,
    /// The rows.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Writes a table of words: its title, a line below it, heads that stay in sight and can be filtered, and the rows. `columns`
/// are heads and widths, in characters.
///
/// # Errors
///
/// When there is more than a sheet can hold.
pub(crate) fn write_listing(
    title: &str,
    line: &str,
    columns: &[(&'static str, u16)],
    rows: &[Vec<String>],
) -> Result<Vec<u8>, String> {
    let (columns, rows) = (columns.to_vec(), rows.to_vec());
    write_listings(&[Sheet {
        name: "Sheet1",
        title: title.to_owned(),
        line: line.to_owned(),
        columns,
        rows,
    }])
}

/// Writes several tables of words, each on a sheet of its own.
///
/// # Errors
///
/// As [`write_listing`].
pub(crate) fn write_listings(sheets: &[Sheet]) -> Result<Vec<u8>, String> {
    pack(sheets).map_err(|error| error.to_string())
}

fn pack(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The clock must not reach the file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = sheets.first().map_or("", |sheet| sheet.title.as_str());
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    for sheet in sheets {
        lay_out(workbook.add_worksheet().set_name(sheet.name)?, sheet)?;
    }
    workbook.save_to_buffer().map(normalize)
}

fn lay_out(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let Sheet { title, line, columns, rows, .. } = sheet;
    const HEAD: u32 = 2;
    /// A cell holds no more.
    const LONGEST: usize = 32_767;
    let base = Format::new().set_font_name("宋体").set_font_size(10).set_align(FormatAlign::Top);
    let heading = base.clone().set_font_size(14).set_bold();
    let head =
        base.clone().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let cell = base.clone().set_border(FormatBorder::Thin).set_text_wrap();
    page.write_string_with_format(0, 0, title, &heading)?;
    page.write_string_with_format(1, 0, line, &base)?;
    for (column, (name, width)) in (0..).zip(columns) {
        page.set_column_width(column, f64::from(*width) * 2.0 + 1.0)?;
        page.write_string_with_format(HEAD, column, *name, &head)?;
    }
    let mut last = HEAD;
    for (at, row) in (HEAD + 1..).zip(rows) {
        for (column, words) in (0..).zip(row) {
            let words: String = words.chars().take(LONGEST).collect();
            match words.parse::<u32>() {
                Ok(number) => page.write_number_with_format(at, column, number, &cell)?,
                Err(_) => page.write_string_with_format(at, column, words, &cell)?,
            };
        }
        last = at;
    }
    let last_column = u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
    page.autofilter(HEAD, 0, last, last_column)?;
    page.set_freeze_panes(HEAD + 1, 0)?;
    page.set_repeat_rows(HEAD, HEAD)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
