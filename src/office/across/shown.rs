//! The comparison of the units as tables, for every output.

use super::{Across, LEAST_CASES, MEASURES, Rate};
use crate::document::Document;
use crate::document::listing::{Listing, listings};
use crate::units::UnitList;
use crate::workbook::{self, Sheet};

/// The reports that are compared, and those that are not, in one line.
pub(crate) fn across_head(list: &UnitList, across: &Across) -> String {
    let mut text = format!(
        "{}{}年度各单位比较：{} 个单位比较比率，{} 份报告比较文字",
        list.name,
        list.year,
        across.rows.len(),
        across.n_texts
    );
    const NAMED: usize = 5;
    let named = across.left_out.iter().take(NAMED);
    let named: Vec<String> =
        named.map(|(unit, why)| format!("{}（{why}）", list.units[*unit].name)).collect();
    if !named.is_empty() {
        let n = across.left_out.len();
        let more = if n > NAMED { "等" } else { "" };
        text.push_str(&format!("；没有比较比率的 {n} 个：{}{more}", named.join("、")));
    }
    text
}

/// A table of the comparison.
pub(crate) struct Part {
    /// Its name.
    pub(crate) name: &'static str,
    /// The words over it.
    pub(crate) caption: String,
    /// The heads, with the widths of their columns in characters.
    pub(crate) columns: Vec<(&'static str, u16)>,
    /// The rows.
    pub(crate) rows: Vec<Vec<String>>,
}

/// The tables of the comparison; but for the first, which holds the rates, only those in which something stands.
pub(crate) fn across_parts(list: &UnitList, across: &Across) -> Vec<Part> {
    let head = across_head(list, across);
    let name = |unit: usize| list.units[unit].name.clone();
    let of_measures = MEASURES.iter().map(|measure| (measure.name, 5));
    let odd = across.odd.iter().map(|odd| {
        let measure = MEASURES[odd.measure].name.to_owned();
        vec![name(odd.unit), measure, odd.rate.shown(), odd.shown_median(), odd.why()]
    });
    let common =
        across.common.iter().map(|common| vec![common.words.clone(), common.n_units.to_string()]);
    let limit = across.limit;
    let all = vec![
        Part {
            name: "比率",
            caption: format!("{head}；中位数只看有 {LEAST_CASES} 件以上的单位"),
            columns: [("单位", 16), ("新收", 4), ("办结", 4)]
                .into_iter()
                .chain(of_measures)
                .collect(),
            rows: rates(list, across),
        },
        Part {
            name: "相差很远的比率",
            caption: format!(
                "是中位数的两倍以上或者一半以下、至少差 5 件、不像是偶然的；不到 {LEAST_CASES} 件的单位不判断"
            ),
            columns: vec![("单位", 16), ("比率", 6), ("本单位", 5), ("中位数", 5), ("说明", 30)],
            rows: odd.collect(),
        },
        Part {
            name: "相同的文字",
            caption: format!(
                "第一、五部分的文字超过 {limit}% 与别的单位相同的；只换数字、个别字不同的句子算相同"
            ),
            columns: vec![
                ("单位", 16),
                ("在对方的", 10),
                ("对方", 16),
                ("对方在本单位的", 10),
                ("最长的一句", 30),
            ],
            rows: copies(list, across),
        },
        Part {
            name: "多数单位都写的句子",
            caption: "一半以上的单位都写，可能是统一下发的，没有算作相同".to_owned(),
            columns: vec![("句子", 50), ("单位数", 5)],
            rows: common.collect(),
        },
    ];
    all.into_iter()
        .enumerate()
        .filter(|(i, part)| *i == 0 || !part.rows.is_empty())
        .map(|(_, part)| part)
        .collect()
}

/// The rows of the table of texts that stand in others.
fn copies(list: &UnitList, across: &Across) -> Vec<Vec<String>> {
    let name = |unit: usize| list.units[unit].name.clone();
    let alike = across.alike.iter().map(|alike| {
        let share = |n: usize, of: usize, percent: usize| format!("{percent}%（{of}字中的{n}字）");
        vec![
            name(alike.unit),
            share(alike.here.repeated, alike.here.all, alike.here.percent()),
            name(alike.with),
            share(alike.there.repeated, alike.there.all, alike.there.percent()),
            alike.here.longest.clone(),
        ]
    });
    alike.collect()
}

/// The rows of the table of rates; the last one holds the medians.
fn rates(list: &UnitList, across: &Across) -> Vec<Vec<String>> {
    let number = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    let shown = |rate: &Option<Rate>| rate.map_or_else(|| "—".to_owned(), Rate::shown);
    let mut rates: Vec<Vec<String>> = across
        .rows
        .iter()
        .map(|row| {
            let first =
                [list.units[row.unit].name.clone(), number(row.received), number(row.dealt_with)];
            first.into_iter().chain(row.rates.iter().map(shown)).collect()
        })
        .collect();
    let medians = across.medians.iter().map(|median| median.shown());
    let blank = ["中位数".to_owned(), String::new(), String::new()];
    rates.push(blank.into_iter().chain(medians).collect());
    rates
}

/// The comparison as a workbook with a sheet for each table.
///
/// # Errors
///
/// When it is more than a sheet can hold.
pub(crate) fn across_workbook(list: &UnitList, across: &Across) -> Result<Vec<u8>, String> {
    let title = format!("{}{}各单位比较", list.name, report_name(list));
    let sheets = across_parts(list, across).into_iter().map(|part| Sheet {
        name: part.name,
        title: title.clone(),
        line: part.caption,
        columns: part.columns,
        rows: part.rows,
    });
    workbook::write_listings(&sheets.collect::<Vec<_>>())
}

/// The comparison as a document.
pub(crate) fn across_document(list: &UnitList, across: &Across) -> Option<Document> {
    let all = across_parts(list, across).into_iter().map(|part| Listing {
        edition: list.edition(),
        agency: list.name.clone(),
        year: list.year,
        title: vec![list.name.clone(), report_name(list), "各单位比较".to_owned()],
        caption: format!("{}：{}", part.name, part.caption),
        heads: part.columns.iter().map(|(head, _)| (*head).to_owned()).collect(),
        rows: part.rows,
    });
    listings(&all.collect::<Vec<_>>())
}

fn report_name(list: &UnitList) -> String {
    format!("{}年{}", list.year, list.edition().form().report_name)
}
