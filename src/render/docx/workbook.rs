//! The workbook behind a chart, in which Word and WPS let its figures be edited.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::document::Chart;
use crate::package::normalize;
use crate::render::RenderError;
use crate::report::Date;

/// The name of its only sheet, as the chart refers to it.
pub(super) const SHEET: &str = "Sheet1";

/// The workbook: labels in the first column, a column for each series, names in the first row.
///
/// It carries the date of publication, or where there is none that can be right the first day that a zip file can name,
/// and no other.
pub(super) fn bytes(chart: &Chart, published: Option<Date>) -> Result<Vec<u8>, RenderError> {
    write(chart, published)
        .map_err(|error| RenderError::Library(format!("统计图的数据表无法写出：{error}")))
}

fn write(chart: &Chart, published: Option<Date>) -> Result<Vec<u8>, XlsxError> {
    // A workbook knows no day before 1900, a zip file none before 1980.
    let published = published.filter(|date| date.year() >= 1980);
    let (year, month, day) =
        published.map_or((1980, 1, 1), |date| (date.year(), date.month(), date.day()));
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    sheet.set_column_width(0, 24)?;
    for (column, name) in (1..).zip(&chart.series) {
        sheet.write_string(0, column, name)?;
    }
    for (line, row) in (1..).zip(&chart.rows) {
        sheet.write_string(line, 0, &row.label)?;
        for (column, value) in (1..).zip(&row.values) {
            if let Some(value) = value {
                // Counts end at a million million, far below where such a number loses digits.
                sheet.write_number(line, column, *value as f64)?;
            }
        }
    }
    workbook.save_to_buffer().map(normalize)
}

/// The cells of a column, counted from 0, as the chart refers to them: its name, or its `n_rows` figures.
pub(super) fn range(column: usize, n_rows: Option<usize>) -> String {
    // A chart compares two years and never has more columns than there are letters.
    let letter = char::from(b'A' + u8::try_from(column.min(25)).unwrap_or(25));
    match n_rows {
        None => format!("{SHEET}!${letter}$1"),
        Some(n_rows) => format!("{SHEET}!${letter}$2:${letter}${}", n_rows + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ChartKind, ChartRow};

    #[test]
    fn it_is_the_same_every_time() {
        let row = |label: &str, values| ChartRow { label: label.to_owned(), values };
        let chart = Chart {
            kind: ChartKind::Outcomes,
            title: "甲".into(),
            series: vec!["2023年".into(), "2022年".into()],
            rows: vec![row("予以公开", vec![Some(7), Some(0)]), row("其他〔未填〕", vec![None])],
            list: Vec::new(),
            description: String::new(),
        };
        for published in
            [None, Date::new(2024, 1, 26), Date::new(24, 1, 26), Date::new(9999, 12, 31)]
        {
            let once = bytes(&chart, published).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert_eq!(once, bytes(&chart, published).unwrap());
        }
        assert_eq!(range(0, Some(6)), "Sheet1!$A$2:$A$7");
        assert_eq!(range(2, None), "Sheet1!$C$1");
    }
}
