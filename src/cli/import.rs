//! `nianbao import`: a published report as a data file, with proof.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::readable::readable;
use super::{new, output, usage};
use crate::edition::{Cell, Form, Section};
use crate::import::{self, Class, Published};
use crate::load::load;
use crate::report::{FieldPath, Report};
use crate::source::Remarks;
use crate::{files, source};

/// 把已公布的年报（网页、Word、PDF、工作簿、文本）读成数据文件，逐格标明读得准不准
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao import [选项] <年报> --out <文件>\n      nianbao import [选项] <年报> --into <文件>")]
pub(super) struct Arguments {
    /// 年报：.html、.mht、.docx、.doc、.wps、.rtf、.pdf、.ofd、.xlsx、.xls、.ods 或 .txt
    #[arg(value_name = "年报", help_heading = "参数")]
    file: PathBuf,

    /// 写成哪个新的数据文件（.toml）；已有的文件不会被改动
    #[arg(long, value_name = "文件", value_parser = new::data_file, help_heading = "选项", required_unless_present = "into", conflicts_with = "into")]
    out: Option<PathBuf>,

    /// 写进哪个已有的数据文件（.toml）：读出来的数和文字改进去，其余内容和注释不动
    #[arg(long, value_name = "文件", value_parser = new::data_file, help_heading = "选项")]
    into: Option<PathBuf>,

    /// 只列出读出了什么、会改哪些，不写入
    #[arg(long, help_heading = "选项")]
    dry_run: bool,

    /// 同时列出没有读进数据文件的文字（页码、页眉页脚、导航等）
    #[arg(long, help_heading = "选项")]
    dropped: bool,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let bytes = match files::read_bytes(&arguments.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let published = match import::read(&bytes) {
        Ok(published) => published,
        Err(error) => {
            output::error(&format!("{}：{error}", arguments.file.display()));
            output::note(&error.help);
            return Exit::Failed;
        }
    };
    say(&published, arguments.dropped);
    let written = match (&arguments.out, &arguments.into) {
        (_, Some(into)) => put(&published, into, arguments.dry_run),
        (Some(out), None) => create(&published, &arguments.file, out, arguments.dry_run),
        (None, None) => Exit::Failed,
    };
    if written == Exit::Clean && !published.is_sure() { Exit::Findings } else { written }
}

const TABLES: [(Section, &str); 3] =
    [(Section::Disclosure, "表一"), (Section::Requests, "表二"), (Section::Challenges, "表三")];

/// Says what was read: how sure the figures are, and where the characters of the file went.
fn say(published: &Published, dropped: bool) {
    let report = &published.report;
    let name = report.agency.name.as_deref().unwrap_or("（没有读出机关名称）");
    let year =
        report.header.year.map_or("（没有读出年度）".to_owned(), |year| year.to_string());
    output::line(&format!("{name}，{year}年，{}年版格式", report.edition.key()));
    for (section, table) in TABLES {
        let counts: Vec<String> = Class::ALL
            .iter()
            .map(|class| (class, published.count(section, *class)))
            .filter(|(_, n)| *n > 0)
            .map(|(class, n)| format!("{} {n} 格", class.name()))
            .collect();
        output::line(&format!("{table}：{}", counts.join("，")));
    }
    doubts(published, report.form());
    let account = &published.account;
    let reasons: Vec<String> =
        account.by_reason().iter().map(|(reason, n)| format!("{} {n} 字", reason.name())).collect();
    let left = if reasons.is_empty() {
        String::new()
    } else {
        format!("；没有读的：{}", reasons.join("，"))
    };
    let listed = match account.n_listed() {
        0 => String::new(),
        n => format!("；没有地方放的 {n} 字，见下"),
    };
    output::line(&format!("文字：读入 {} 字{left}{listed}", account.placed));
    for left in &account.listed {
        output::line(&format!("  {} {}", left.spot, cut(&left.text)));
    }
    if dropped {
        for left in &account.dropped {
            let reason = left.reason.map_or("", |reason| reason.name());
            output::line(&format!("  〔{reason}〕{} {}", left.spot, cut(&left.text)));
        }
    }
    for remark in published.remarks() {
        output::note(&remark);
    }
}

/// Names the cells that a person must look at, a row on a line, and a table that is not there on one.
fn doubts(published: &Published, form: &Form) {
    let mut rows: Vec<(FieldPath, &str, &str, Vec<Cell>)> = Vec::new();
    for (section, table) in TABLES {
        if !published.has_table(section) {
            output::line(&format!("  没有找到{table}：是图片的，照着图片填；在附件里的，读附件"));
        }
    }
    for cell in form.cells().filter(|cell| published.has_table(cell.section())) {
        let Some((class, why)) = published.classes.get(&cell) else { continue };
        if *class <= Class::Reliable {
            continue;
        }
        let row = FieldPath::row_of(cell);
        match rows.iter_mut().find(|r| r.0 == row && r.1 == class.name() && r.2 == why) {
            Some((.., cells)) => cells.push(cell),
            None => rows.push((row, class.name(), why, vec![cell])),
        }
    }
    for (row, class, why, cells) in rows {
        let Some(first) = cells.first() else { continue };
        let n_all = form.cells().filter(|cell| FieldPath::row_of(*cell) == row).count();
        let names: Vec<&str> = cells.iter().map(|cell| form.column_name(*cell)).collect();
        let columns = if cells.len() == n_all { "整行".to_owned() } else { names.join("、") };
        let spot = match published.spot(*first) {
            spot if spot.is_empty() => spot,
            spot => format!("（{spot}）"),
        };
        output::line(&format!("  {class}：“{}”{columns}{spot}：{why}", form.row_name(*first)));
    }
}

/// A few words of a longer text.
fn cut(text: &str) -> String {
    const MOST: usize = 60;
    let words: String = text.chars().take(MOST).collect();
    if text.chars().count() > MOST { format!("{words}…") } else { words }
}

fn create(published: &Published, from: &Path, out: &Path, dry_run: bool) -> Exit {
    let name = from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let text = import::data_file(published, &name);
    if dry_run {
        output::line(&format!("只是查看，没有写入 {}", out.display()));
        return Exit::Clean;
    }
    let exit = new::create(out, &text);
    if exit == Exit::Clean {
        output::note(&format!("再运行 nianbao check {} 核对", output::argument(out)));
    }
    exit
}

fn put(published: &Published, into: &Path, dry_run: bool) -> Exit {
    let loaded = match load(into) {
        Ok(loaded) => loaded,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    if let Err(exit) = readable(&loaded, "没有写入") {
        return exit;
    }
    let shown = into.display();
    // The texts of a report that is to be written are those that were typed.
    let Some(old) = source::read(&loaded.source).0 else { return Exit::Failed };
    if old.edition != published.report.edition {
        output::error(&format!(
            "{shown} 是{}年版格式，读出来的是{}年版格式，没有写入",
            old.edition.key(),
            published.report.edition.key()
        ));
        return Exit::Failed;
    }
    let new = import::merged(&old, published);
    let n = told(&old, &new);
    if n == 0 {
        output::line(&format!("与 {shown} 相同，没有改动"));
        return Exit::Clean;
    }
    let cells = new.form().cells().filter(|cell| old.typed(*cell) != new.typed(*cell));
    let remarks: Remarks = source::without_sources(cells);
    let text = match source::edit(&loaded.source, &new, &remarks) {
        Ok(text) => text,
        Err(error) => {
            output::error(&format!("{shown}：{error}；没有写入"));
            return Exit::Failed;
        }
    };
    if dry_run {
        output::line(&format!("共 {n} 处不同；只是查看，没有写入 {shown}"));
        return Exit::Clean;
    }
    if let Err(error) = files::replace(into, loaded.source.text().as_bytes(), text.as_bytes()) {
        output::error(&error);
        return Exit::Failed;
    }
    output::line(&format!("共 {n} 处，已写入 {shown}"));
    output::note(&format!(
        "再运行 nianbao check {into} 核对；写错了，用 nianbao undo {into} 恢复",
        into = output::argument(into)
    ));
    Exit::Clean
}

/// Says what is changed, and how many values that are.
fn told(old: &Report, new: &Report) -> usize {
    let form = new.form();
    let mut n = 0;
    for cell in form.cells() {
        let (before, after) = (old.typed(cell), new.typed(cell));
        if before != after {
            let before = if before.is_absent() { "未填".to_owned() } else { before.to_string() };
            output::line(&format!("{}：{before} → {after}", form.cell_name(cell)));
            n += 1;
        }
    }
    for table in source::KEY_TABLES {
        for index in 0..table.count(new).max(table.count(old)) {
            for key in table.keys {
                let path = table.address(index).key(key.name);
                let is_figure = form.cells().any(|cell| FieldPath::of(cell) == path);
                if !is_figure && source::value_at(old, &path) != source::value_at(new, &path) {
                    output::line(&format!("{path} {}：有改动", key.label(new.edition)));
                    n += 1;
                }
            }
        }
    }
    n
}
