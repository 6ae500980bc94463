//! A table of words as a workbook of one sheet.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use crate::package::normalize;

/// Writes a table of words: its title, a line below it, heads that stay in sight and can be filtered, and the rows. `widths`
/// are those of the columns, in characters.
///
/// # Errors
///
/// When there is more than a sheet can hold.
pub(crate) fn write_listing(
    title: &str,
    line: &str,
    columns: &[(&str, u16)],
    rows: &[Vec<String>],
) -> Result<Vec<u8>, String> {
    pack(title, line, columns, rows).map_err(|error| error.to_string())
}

fn pack(
    title: &str,
    line: &str,
    columns: &[(&str, u16)],
    rows: &[Vec<String>],
) -> Result<Vec<u8>, XlsxError> {
    const HEAD: u32 = 2;
    /// A cell holds no more.
    const LONGEST: usize = 32_767;
    let mut workbook = Workbook::new();
    // The clock must not reach the file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let page = workbook.add_worksheet();
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
    workbook.save_to_buffer().map(normalize)
}
