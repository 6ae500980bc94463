//! `nianbao show`: one figure with everything it stands in.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::list_format::ListFormat;
use super::output;
use super::readable::readable;
use super::usage;
use crate::edition::Form;
use crate::load::load;
use crate::report::{FieldPath, fee_places};
use crate::source::{nearest, note_places};
use crate::trace::{Trace, figures, trace};

/// 查一个数：它是什么、在哪些等式里、文字里怎么说、上年和下级单位是多少
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao show [选项] <文件> <位置>...")]
pub(super) struct Arguments {
    /// 数据文件（.toml），或者已公布的年报
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,

    /// 数据名，如 requests.received.total，与文字里引用数据的写法相同；写一行或一张表的，列出其中每一格
    #[arg(value_name = "位置", required = true, help_heading = "参数")]
    at: Vec<String>,

    #[arg(
        long,
        help = "怎样列出：text（文字）、json；不写则用 text",
        value_name = "格式",
        value_parser = ListFormat::from_key,
        default_value = "text",
        hide_default_value = true,
        help_heading = "选项"
    )]
    output_format: ListFormat,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let loaded = match load(&arguments.file) {
        Ok(loaded) => loaded,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    if let Err(exit) = readable(&loaded, "没有查") {
        return exit;
    }
    let Some(report) = &loaded.review.report else { return Exit::Failed };
    let paths: Vec<FieldPath> = figures(report.form()).map(|figure| figure.path()).collect();
    let mut traces: Vec<Trace> = Vec::new();
    for typed in &arguments.at {
        let at = FieldPath::new(typed.trim());
        let meant: Vec<&FieldPath> =
            paths.iter().filter(|path| !at.is_root() && path.is_within(&at)).collect();
        if meant.is_empty() {
            output::error(&unknown(typed, report.form()));
            return Exit::Failed;
        }
        let found = meant.into_iter().filter_map(|path| {
            trace(report, &loaded.review.coverage, loaded.summary.as_ref(), path)
        });
        traces.extend(found);
    }
    match arguments.output_format {
        ListFormat::Text => output::traces(&loaded, &traces),
        ListFormat::Json => output::traces_json(&loaded, &traces),
    }
    Exit::Clean
}

fn unknown(typed: &str, form: &Form) -> String {
    let mut places = note_places(form);
    places.extend(fee_places().map(|place| place.to_string()));
    let near = nearest(typed, places.iter().map(String::as_str));
    let hint = near.map_or_else(
        || "写数据名，如 requests.received.total；全部数据名见 docs/data-file.md".to_owned(),
        |known| format!("是不是 {known}？"),
    );
    format!("没有“{typed}”这个数，{hint}")
}
