//! `nianbao units compare`: the reports of the units side by side.

use clap::Args;

use super::exit::Exit;
use super::list_format::ListFormat;
use super::office_rules::OfficeRules;
use super::opened_list::ListArgument;
use super::units_stand::{Out, out, put};
use super::{output, sheet, usage};
use crate::document::listing::{Listing, listings};
use crate::office::{self, Across, LEAST_CASES, MEASURES, Rate};
use crate::report::Date;
use crate::units::{State, UnitList};
use crate::workbook::{self, Sheet};

/// 各单位比较：办理申请的各种比率，哪些与别的单位相差很远；哪些报告的文字与别的单位相同
#[derive(Debug, Args)]
#[command(
    help_template = usage::TEMPLATE,
    disable_help_flag = true,
    override_usage = "nianbao units compare [选项] [名单或文件夹]",
    after_help = "列出来的不一定有错，是请人看的，所以不改变退出码。退出码：0 比完了；2 无法完成。"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    list: ListArgument,

    /// 逐个列出全部单位的比率；不写时，超过60个的不逐个列出
    #[arg(long, help_heading = "选项")]
    all: bool,

    /// 另外写成一个文件；扩展名决定格式：.html、.docx、.pdf、.ofd（试用）或 .xlsx（已有的工作簿不会被改动）
    #[arg(short, long, value_name = "文件", value_parser = out, help_heading = "选项")]
    out: Option<Out>,

    /// 每份报告都重新看一遍；不写时，没有变化的不再看
    #[arg(long, help_heading = "选项")]
    no_cache: bool,

    #[command(flatten)]
    office: OfficeRules,

    /// 怎样列出：text（表格）、json；不写则用 text
    #[arg(long, value_name = "格式", value_parser = ListFormat::from_key, default_value = "text", hide_default_value = true, help_heading = "选项")]
    output_format: ListFormat,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    compare(arguments).unwrap_or_else(|exit| exit)
}

fn compare(arguments: &Arguments) -> Result<Exit, Exit> {
    let mut opened = arguments.list.open()?;
    if let Some(office) = arguments.office.read()? {
        opened.list.rules = Some(office);
    }
    let list = &opened.list;
    // No comparison depends on the day.
    let day = list.due.or_else(|| Date::new(list.year, 12, 31));
    let day = day.unwrap_or_else(super::today::today);
    let stand = office::stand(list, &opened.path, day, !arguments.no_cache);
    let across = office::across(list, &stand);
    let head = head(list, &across);
    match arguments.output_format {
        ListFormat::Json => output::across_json(list, &across),
        ListFormat::Text => output::across(&head, list, &across, arguments.all),
    }
    if stand.lacking().any(|row| row.state != State::Missing) {
        let path = output::argument(&opened.path);
        output::note(&format!("有报来而不能用的，用 nianbao units {path} 看原因"));
    }
    let written = arguments.out.as_ref().map(|out| write(list, out, &head, &across));
    Ok(written.unwrap_or(Exit::Clean))
}

/// The reports that are compared, and those that are not, in one line.
fn head(list: &UnitList, across: &Across) -> String {
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

/// A table of the comparison: its name, the words over it, heads with their widths in characters, and rows.
struct Part {
    name: &'static str,
    caption: String,
    columns: Vec<(&'static str, u16)>,
    rows: Vec<Vec<String>>,
}

fn parts(list: &UnitList, head: &str, across: &Across) -> Vec<Part> {
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

/// Writes the comparison as a page, a Word file, a PDF or a workbook with a sheet for each table.
fn write(list: &UnitList, out: &Out, head: &str, across: &Across) -> Exit {
    let edition = list.edition();
    let report = format!("{}年{}", list.year, edition.form().report_name);
    let parts = parts(list, head, across);
    let target = match out {
        Out::Workbook(path) => {
            let title = format!("{}{report}各单位比较", list.name);
            let sheets = parts.into_iter().map(|part| Sheet {
                name: part.name,
                title: title.clone(),
                line: part.caption,
                columns: part.columns,
                rows: part.rows,
            });
            return put(path, workbook::write_listings(&sheets.collect::<Vec<_>>()));
        }
        Out::Document(target) => target,
    };
    let all: Vec<Listing> = parts
        .into_iter()
        .map(|part| Listing {
            edition,
            agency: list.name.clone(),
            year: list.year,
            title: vec![list.name.clone(), report.clone(), "各单位比较".to_owned()],
            caption: format!("{}：{}", part.name, part.caption),
            heads: part.columns.iter().map(|(head, _)| (*head).to_owned()).collect(),
            rows: part.rows,
        })
        .collect();
    match listings(&all) {
        Some(document) => sheet::write_document(&document, target),
        None => Exit::Clean,
    }
}
