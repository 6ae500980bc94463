//! `nianbao sum`: adds up the reports of many units, and writes what they add up to.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::list_format::ListFormat;
use super::office_rules::OfficeRules;
use super::output::{self, Summed};
use super::{new, usage};
use crate::diag::{Diagnostic, Severity};
use crate::files;
use crate::load::{self, LIST_NAME, ListError, Unlisted};
use crate::report::{Entry, Money, Report};
use crate::source::{self, SourceFile};
use crate::units::{Figure, HandedIn, Summary, UnitList, sum};

/// 汇总各单位的数据文件：谁没有报、谁有错误、相加是多少，并填入上级的数据文件
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao sum [选项] <名单或文件夹>", after_help = "退出码：0 汇总完整；1 不完整；2 无法完成。")]
pub(super) struct Arguments {
    /// 单位名单（units.toml，写法见 docs/units.md），或者放数据文件的文件夹
    #[arg(value_name = "名单或文件夹", help_heading = "参数")]
    from: PathBuf,

    /// 只汇总名单上这个单位的下级
    #[arg(long, value_name = "单位", help_heading = "选项")]
    of: Option<String>,

    /// 写成一个新的数据文件，附每个数的来源；已有的文件不会被覆盖
    #[arg(short, long, value_name = "文件", value_parser = new::data_file, conflicts_with = "into", help_heading = "选项")]
    out: Option<PathBuf>,

    /// 填入已有的数据文件：只改三张表和信息处理费的数，文字和注释不动
    #[arg(long, value_name = "文件", help_heading = "选项")]
    into: Option<PathBuf>,

    /// 与 --into 合用：只列出会改哪些数，不写入
    #[arg(long, requires = "into", help_heading = "选项")]
    dry_run: bool,

    /// 没有报齐也写入，文件中注明缺哪些单位
    #[arg(long, help_heading = "选项")]
    partial: bool,

    /// 汇总文件夹时：汇总哪一年度
    #[arg(long, value_name = "年度", value_parser = new::year, conflicts_with = "of", help_heading = "选项")]
    year: Option<u16>,

    /// 逐个列出全部单位；不写时，超过60个的按最上一级列出
    #[arg(long, help_heading = "选项")]
    all: bool,

    #[command(flatten)]
    office: OfficeRules,

    /// 怎样列出：text（表格）、json；不写则用 text
    #[arg(long, value_name = "格式", value_parser = ListFormat::from_key, default_value = "text", hide_default_value = true, help_heading = "选项")]
    output_format: ListFormat,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    if let Some(path) = arguments.out.as_deref().filter(|path| files::is_there(path)) {
        output::error(&format!(
            "{} 已经存在，没有汇总。要填入已有的文件，用 --into；要写成新文件，换一个文件名",
            path.display()
        ));
        return Exit::Failed;
    }
    let result = gather(arguments).and_then(|gathered| {
        match arguments.output_format {
            ListFormat::Text => output::sum(&gathered.summed, arguments.all),
            ListFormat::Json => output::sum_json(&gathered.summed),
        }
        let summary = &gathered.summed.summary;
        match (&arguments.out, &arguments.into) {
            (None, None) => Ok(()),
            _ if !gathered.summed.is_whole() && !arguments.partial => {
                output::note(
                    "汇总不完整，没有写入文件。补齐后再写入，或者加 --partial 按已计入的写入",
                );
                Ok(())
            }
            (Some(path), _) => write_new(summary, gathered.list.as_deref(), path),
            (None, Some(path)) => {
                write_into(summary, gathered.list.as_deref(), path, arguments.dry_run)
            }
        }
        .map(|()| if gathered.summed.is_whole() { Exit::Clean } else { Exit::Findings })
    });
    result.unwrap_or(Exit::Failed)
}

/// Something could not be done, which has been said.
struct Said;

/// Says why something could not be done.
fn fail(why: &str) -> Said {
    output::error(&why);
    Said
}

/// The sums, and the list they came from.
struct Gathered {
    summed: Summed,
    list: Option<PathBuf>,
}

/// Reads the list, or the folder, and adds up what was handed in.
fn gather(arguments: &Arguments) -> Result<Gathered, Said> {
    let from = &arguments.from;
    let written = [&arguments.out, &arguments.into];
    let own: Vec<&Path> = written.into_iter().flatten().map(PathBuf::as_path).collect();
    let list_path = if files::is_folder(from) { from.join(LIST_NAME) } else { from.clone() };
    if files::is_folder(from) && !files::is_there(&list_path) {
        if arguments.office.read().map_err(|_| Said)?.is_some() {
            return Err(fail(&format!(
                "{} 里没有单位名单 {LIST_NAME}，不能用 --rules",
                from.display()
            )));
        }
        if arguments.of.is_some() {
            return Err(fail(&format!(
                "{} 里没有单位名单 {LIST_NAME}，不能用 --of",
                from.display()
            )));
        }
        let found = load::folder_as_list(from, arguments.year, own.first().copied())
            .map_err(|e| fail(&e))?;
        let summary = sum(&found.list, None, &found.handed_in);
        let unlisted =
            Unlisted { reports: found.sums, leftovers: found.leftovers, ..Unlisted::default() };
        let summed = Summed { summary, from: from.clone(), unlisted };
        return Ok(Gathered { summed, list: None });
    }
    let mut list = read_list(&list_path)?;
    if let Some(office) = arguments.office.read().map_err(|_| Said)? {
        list.rules = Some(office);
    }
    if let Some(year) = arguments.year.filter(|year| *year != list.year) {
        return Err(fail(&format!("单位名单是{}年度的，--year 写的是{year}", list.year)));
    }
    let of = body(&list, arguments.of.as_deref())?;
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    for path in &own {
        if let Some(unit) = load::owner(&list, folder, of, path) {
            return Err(fail(&format!(
                "{} 在名单上是“{unit}”的数据文件，汇总数不能写进它；换一个文件，或者改正名单",
                path.display()
            )));
        }
    }
    if let Some(path) = own.iter().find(|path| load::holds_own(&list, &list_path, of, path)) {
        return Err(fail(&format!(
            "名单写明 {} 只是本机关自己的数据（own），汇总数不能写进它；换一个文件，或者在名单里改为 summed",
            path.display()
        )));
    }
    let handed_in: Vec<HandedIn> = load::hand_in_all(&list, folder, of);
    let unlisted = load::unlisted(&list, &list_path, &handed_in, &own);
    let summary = sum(&list, of, &handed_in);
    let summed = Summed { summary, from: list_path.clone(), unlisted };
    Ok(Gathered { summed, list: Some(list_path) })
}

fn read_list(path: &Path) -> Result<UnitList, Said> {
    load::read_list(path).map_err(|error| match error {
        ListError::File(error) => fail(&error.to_string()),
        ListError::Wrong(source, found) => {
            for finding in found {
                output::finding((*source).clone(), finding);
            }
            fail("单位名单有错误，没有汇总")
        }
    })
}

/// The body whose subordinates are added up.
fn body(list: &UnitList, name: Option<&str>) -> Result<Option<usize>, Said> {
    let Some(name) = name else { return Ok(None) };
    list.find(name).ok_or_else(|| {
        let known = list.units.iter().any(|unit| unit.name == name);
        let why = if known { "没有下级单位" } else { "不在名单上" };
        fail(&format!("“{name}”{why}，不能用 --of 汇总"))
    })
}

fn write_new(summary: &Summary, list: Option<&Path>, path: &Path) -> Result<(), Said> {
    let list = list.map(|list| relative(list, path)).transpose()?;
    let text = source::write_sum(summary, list.as_deref()).map_err(|why| fail(&why.to_string()))?;
    files::create_whole(path, text.as_bytes()).map_err(|error| fail(&error.to_string()))?;
    // Standard output may be JSON.
    output::written(path);
    Ok(())
}

/// The path of the list as a data file names it.
fn relative(list: &Path, from: &Path) -> Result<String, Said> {
    files::path_from(from.parent().unwrap_or(Path::new("")), list)
        .map_err(|error| fail(&error.to_string()))
}

fn write_into(
    summary: &Summary,
    list: Option<&Path>,
    path: &Path,
    dry_run: bool,
) -> Result<(), Said> {
    let text = files::read_text(path).map_err(|error| fail(&error.to_string()))?;
    let source = SourceFile::parse(path.display().to_string(), text);
    let (report, found) = source::read(&source);
    let Some(before) = report else {
        for finding in found.into_iter().filter(|d: &Diagnostic| d.severity == Severity::Error) {
            output::finding(source.clone(), finding);
        }
        return Err(fail(&format!("{} 有错误，没有写入", path.display())));
    };
    let refuse = |what: String| fail(&format!("{}：{what}，没有写入", path.display()));
    match (before.header.year, before.agency.name.as_deref()) {
        (Some(year), _) if year != summary.list.year => {
            return Err(refuse(format!("这是{year}年度的报告，汇总的是{}年度", summary.list.year)));
        }
        (_, Some(name)) if !is_of(summary, name) => {
            return Err(refuse(format!("这是“{name}”的报告，汇总的是“{}”", summary.body())));
        }
        _ if before.edition != summary.edition => {
            return Err(refuse("格式版本与汇总的不同".to_owned()));
        }
        _ => {}
    }
    let new = source::write_sum_into(&source, summary).map_err(|why| refuse(why.to_string()))?;
    let after = source::read(&SourceFile::parse("", new.as_str())).0.unwrap_or(before.clone());
    if !dry_run && new != source.text() {
        files::replace(path, source.text().as_bytes(), new.as_bytes())
            .map_err(|error| fail(&error.to_string()))?;
    }
    tell_changes(path, &before, &after);
    if dry_run {
        output::note(&format!("只是查看，没有写入 {}", path.display()));
        return Ok(());
    }
    if let (None, Some(list)) = (&before.header.units, list) {
        let list = relative(list, path)?;
        output::note(&format!(
            "在 [report] 之下写 units = \"{list}\"，以后每次检查都会与名单上的单位逐格核对"
        ));
    }
    Ok(())
}

/// Says which figures of a data file have changed, and which were filled in.
fn tell_changes(path: &Path, before: &Report, after: &Report) {
    let form = before.form();
    // Totals are no part of the sum, but those that are written out follow it.
    let totals = form.cells().filter(|cell| cell.is_total()).map(Figure::Cell);
    let figures = Figure::all(form).into_iter().chain(totals);
    let changed = figures.filter(|figure| figure.typed(before) != figure.typed(after));
    let (filled, replaced): (Vec<Figure>, Vec<Figure>) =
        changed.partition(|figure| figure.typed(before).is_absent());
    let told = |figures: &[Figure]| -> Vec<String> {
        let show = |entry: Entry<Money>| match entry.is_absent() {
            true => "未填".to_owned(),
            false => entry.to_string(),
        };
        let change = |figure: &Figure| {
            let [before, after] = [before, after].map(|report| show(figure.typed(report)));
            format!("{}：{before} → {after}", figure.name(form))
        };
        figures.iter().map(change).collect()
    };
    output::filled_in(path, &told(&replaced), &told(&filled));
}

/// True if a data file of that body can take the sum.
fn is_of(summary: &Summary, name: &str) -> bool {
    let body = match summary.of {
        Some(of) => summary.list.units[of].agency(),
        None => &summary.list.name,
    };
    body.is_empty() || body == name
}
