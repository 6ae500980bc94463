//! A report's figures as a workbook; with that behind a chart of a Word file, the only user of `rust_xlsxwriter`.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::plan::{FIRST_ROW, Planned, Sheet, Spot, a1, identity, sheets};
use super::{Fault, KEPT_DIGITS, kind, n_digits};
use crate::edition::{Cell, NumberKind};
use crate::package::normalize;
use crate::report::{Entry, Money, Report};

/// Writes the three tables of a report as a workbook, one sheet each.
///
/// Labels are locked, figures are not; a total that is the sum of its parts is a formula, one that
/// is not stands there as typed, marked. What is not filled is left blank.
///
/// # Errors
///
/// Every figure that a spreadsheet could not hold exactly; or that the workbook could not be packed.
pub fn write(report: &Report) -> Result<Vec<u8>, Vec<Fault>> {
    let sheets = sheets(report.form());
    let faults = too_long(report, &sheets);
    if !faults.is_empty() {
        return Err(faults);
    }
    pack(report, &sheets).map_err(|error| {
        vec![Fault {
            address: String::new(),
            message: format!("无法生成工作簿：{error}"),
            help: String::new(),
        }]
    })
}

/// The figures with more digits than a spreadsheet keeps.
fn too_long(report: &Report, sheets: &[Sheet]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for sheet in sheets {
        for spot in &sheet.cells {
            let Planned::Figure { cell, .. } = &spot.content else { continue };
            let Entry::Value(number) = report.typed(*cell) else { continue };
            if n_digits(number) > KEPT_DIGITS {
                faults.push(Fault {
                    address: format!("{}!{}", sheet.name, a1(spot.row, spot.column.into())),
                    message: format!(
                        "{}写的是 {number}，有效数字超过{KEPT_DIGITS}位，表格软件存不下",
                        report.form().cell_name(*cell)
                    ),
                    help: "核对这个数；确实如此的，请直接在数据文件里填写".to_owned(),
                });
            }
        }
    }
    faults
}

fn pack(report: &Report, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The clock must not reach the file, and nothing in a report says when a workbook is made.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(report.title())
        .set_author(report.agency.name.as_deref().unwrap_or_default())
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    for sheet in sheets {
        fill(workbook.add_worksheet(), sheet, report)?;
    }
    workbook.save_to_buffer().map(normalize)
}

/// The format of the cells.
struct CellFormats {
    label: Format,
    count: Format,
    change: Format,
    money: Format,
    total: Format,
    doubtful: Format,
}

impl CellFormats {
    fn new() -> Self {
        let base = Format::new()
            .set_font_name("宋体")
            .set_font_size(10)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin);
        let shaded = base.clone().set_background_color(Color::RGB(0x00EE_EEEE));
        Self {
            label: shaded.clone().set_text_wrap(),
            count: base.clone().set_num_format("0").set_unlocked(),
            // With its sign, as the form has it.
            change: base.clone().set_num_format("+0;-0;0").set_unlocked(),
            money: base.clone().set_unlocked(),
            total: shaded.set_num_format("0").set_bold(),
            doubtful: base.set_background_color(Color::RGB(0x00FF_EB9C)).set_unlocked(),
        }
    }
}

fn fill(page: &mut Worksheet, sheet: &Sheet, report: &Report) -> Result<(), XlsxError> {
    let formats = CellFormats::new();
    page.set_name(sheet.name)?;
    // A total over blank parts shows nothing; left to itself the library stores a 0 for it.
    page.set_formula_result_default("");
    size(page, sheet)?;
    introduction(page, sheet, report)?;
    for spot in &sheet.cells {
        match &spot.content {
            Planned::Label(text) => {
                merge(page, spot, text, &formats.label)?;
                if spot.row == spot.last_row && spot.column == spot.last_column {
                    page.write_string_with_format(spot.row, spot.column, text, &formats.label)?;
                }
            }
            Planned::Figure { cell, formula } => {
                figure(page, spot, *cell, formula.as_deref(), report, &formats)?;
            }
        }
    }
    validate(page, sheet)?;
    let n_head = sheet.table.groups.first().map_or(0, |group| group.head.len());
    let one_head = sheet.table.groups.len() == 1;
    let head = if one_head { u32::try_from(n_head).unwrap_or(0) } else { 0 };
    page.set_freeze_panes(FIRST_ROW + head, if one_head { n_labels(sheet) } else { 0 })?;
    let last_column = u16::try_from(sheet.table.n_columns()).unwrap_or(1).saturating_sub(1);
    let last_row = sheet.cells.iter().map(|spot| spot.last_row).max().unwrap_or(FIRST_ROW);
    page.set_paper_size(9).set_print_fit_to_pages(1, 1).set_print_center_horizontally(true);
    page.set_print_area(0, 0, last_row, last_column)?;
    if sheet.table.n_columns() > 12 {
        page.set_landscape();
    }
    page.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// The columns to the left of all figures.
fn n_labels(sheet: &Sheet) -> u16 {
    let figures = sheet.cells.iter().filter(|spot| matches!(spot.content, Planned::Figure { .. }));
    figures.map(|spot| spot.column).min().unwrap_or(0)
}

/// Title, body and year, and how to fill the sheet, above the table.
fn introduction(page: &mut Worksheet, sheet: &Sheet, report: &Report) -> Result<(), XlsxError> {
    let last = u16::try_from(sheet.table.n_columns()).unwrap_or(1).saturating_sub(1);
    let base = Format::new().set_font_name("宋体").set_align(FormatAlign::VerticalCenter);
    let title = base.clone().set_font_size(14).set_bold().set_align(FormatAlign::Center);
    let line = base.set_font_size(10).set_text_wrap();
    page.merge_range(0, 0, 0, last, sheet.title, &title)?;
    page.merge_range(1, 0, 1, last, &identity(report), &line)?;
    let has_totals = sheet
        .cells
        .iter()
        .any(|spot| matches!(&spot.content, Planned::Figure { formula, .. } if formula.is_some()));
    let totals = if has_totals {
        "；灰底的总计自动相加，黄底的总计与相加之数不同，请核对"
    } else {
        ""
    };
    let how = format!("只在白底的格里填数，没有的填 0，留空算没有填{totals}。不要增删行列。");
    page.merge_range(2, 0, 2, last, &how, &line)?;
    page.set_row_height(0, 26)?.set_row_height(1, 18)?.set_row_height(2, 30)?;
    Ok(())
}

/// One cell of figures.
fn figure(
    page: &mut Worksheet,
    spot: &Spot,
    cell: Cell,
    formula: Option<&str>,
    report: &Report,
    formats: &CellFormats,
) -> Result<(), XlsxError> {
    let typed = report.typed(cell);
    let sum = sum(report, cell);
    let plain = match kind(cell) {
        NumberKind::Amount => &formats.money,
        NumberKind::Count => &formats.count,
        NumberKind::Change => &formats.change,
    };
    let (row, column) = (spot.row, spot.column);
    let added = typed.is_absent() || typed.value().is_some_and(|typed| Some(*typed) == sum);
    if let Some(formula) = formula.filter(|_| added) {
        let result = sum.map_or_else(String::new, |sum| sum.to_string());
        let formula = Formula::new(formula).set_result(result);
        page.write_formula_with_format(row, column, formula, &formats.total)?;
        return Ok(());
    }
    let format = if formula.is_some() { &formats.doubtful } else { plain };
    merge(page, spot, "", format)?;
    match typed {
        Entry::Absent => page.write_blank(row, column, format)?,
        // At most as many digits as are kept, so nothing is lost.
        Entry::Value(number) => match number.to_string().parse::<f64>() {
            Ok(number) => page.write_number_with_format(row, column, number, format)?,
            Err(_) => page.write_string_with_format(row, column, number.to_string(), format)?,
        },
        Entry::Unusable(typed) => {
            page.write_string_with_format(row, column, typed, &formats.doubtful)?
        }
    };
    Ok(())
}

/// The sum of the parts of a total as printed, if all are there.
fn sum(report: &Report, total: Cell) -> Option<Money> {
    let parts = report.form().parts_of(total);
    let sum =
        parts.iter().try_fold(Money::ZERO, |sum, part| sum.checked_add(report.printed(*part)?));
    sum.filter(|_| !parts.is_empty())
}

fn merge(page: &mut Worksheet, spot: &Spot, text: &str, format: &Format) -> Result<(), XlsxError> {
    if spot.row != spot.last_row || spot.column != spot.last_column {
        page.merge_range(spot.row, spot.column, spot.last_row, spot.last_column, text, format)?;
    }
    Ok(())
}

/// The validation of figures that are not added up.
fn validate(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let whole = DataValidation::new()
        .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
        .set_error_title("请填整数")?
        .set_error_message("这里只能填不小于 0 的整数，例如 12。没有的填 0。")?;
    let change = DataValidation::new()
        .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(i32::MIN))
        .set_error_title("请填整数")?
        .set_error_message("这里只能填整数：增加的填正数，减少的填负数，没有变化的填 0。")?;
    let money = DataValidation::new()
        .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
        .set_error_title("请填金额")?
        .set_error_message("这里只能填不小于 0 的金额，小数照写。没有的填 0。")?;
    for spot in &sheet.cells {
        let Planned::Figure { cell, formula: None } = &spot.content else { continue };
        let rule = match kind(*cell) {
            NumberKind::Amount => &money,
            NumberKind::Change => &change,
            NumberKind::Count => &whole,
        };
        page.add_data_validation(spot.row, spot.column, spot.row, spot.column, rule)?;
    }
    Ok(())
}

/// Widths as on paper, and rows as high as their labels need.
fn size(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    /// The width of a table over all its columns, in the digits by which spreadsheets measure.
    const WIDTH: f64 = 104.0;
    const LINE_HEIGHT: f64 = 15.0;
    let whole: f64 = sheet.table.column_widths.iter().map(|width| f64::from(*width)).sum();
    let widths: Vec<f64> =
        sheet.table.column_widths.iter().map(|width| f64::from(*width) / whole * WIDTH).collect();
    for (column, width) in (0_u16..).zip(&widths) {
        page.set_column_width(column, *width)?;
    }
    let last = sheet.cells.iter().map(|spot| spot.row).max().unwrap_or(FIRST_ROW);
    for row in FIRST_ROW..=last {
        let alone = sheet.cells.iter().filter(|spot| spot.row == row && spot.last_row == row);
        let lines = alone.map(|spot| match &spot.content {
            Planned::Label(text) => {
                let columns = usize::from(spot.column)..=usize::from(spot.last_column);
                let width: f64 = widths.get(columns).map_or(1.0, |widths| widths.iter().sum());
                // A Chinese character is as wide as two digits; some width goes to the margins.
                let per_line = ((width - 1.5) / 2.0).floor().max(1.0);
                (f64::from(u32::try_from(text.chars().count()).unwrap_or(0)) / per_line).ceil()
            }
            Planned::Figure { .. } => 1.0,
        });
        page.set_row_height(row, LINE_HEIGHT * lines.fold(1.0, f64::max) + 5.0)?;
    }
    Ok(())
}
