//! `nianbao second`: the three tables entered a second time by another person, and compared.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::readable::readable;
use super::{output, usage};
use crate::diag::Place;
use crate::files;
use crate::load::{ENTRIES_DIFFER, Loaded, begin_second, is_second_entry, load, second_path};
use crate::report::{FieldPath, Report};
use crate::source::{self, Remarks};

/// 二人复核：建一份给第二人照台账另录三张表的文件；已经有了的，与它逐格比对
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao second <文件>", after_help = "退出码：0 两人录入的全部相同，或者刚建好；1 还有不同或没有录的；2 无法完成。")]
pub(super) struct Arguments {
    /// 第一人的数据文件（.toml）；第二人的文件与它同名，以 .复核.toml 结尾
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let path = &arguments.file;
    if is_second_entry(path) {
        output::error(&"这里写第一人的数据文件，不写以 .复核.toml 结尾的文件");
        return Exit::Failed;
    }
    let loaded = match load(path) {
        Ok(loaded) => loaded,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let report = match readable(&loaded, "没有比对") {
        Ok(report) => report,
        Err(exit) => return exit,
    };
    match second_path(path, report) {
        Some(second) if files::is_there(&second) => compare(&loaded, report),
        Some(_) | None => match begin(arguments, &loaded, report) {
            Ok(()) => Exit::Clean,
            Err(why) => {
                output::error(&why);
                Exit::Failed
            }
        },
    }
}

/// Makes the file, and names it in the data file.
fn begin(arguments: &Arguments, loaded: &Loaded, report: &Report) -> Result<(), String> {
    let path = &arguments.file;
    let name = begin_second(path, report)?;
    // The texts of a report that is to be written are those that were typed.
    let is_named = |typed: &Report| typed.second.entry.as_deref() == Some(name.as_str());
    let typed = source::read(&loaded.source).0.filter(|typed| !is_named(typed));
    if let Some(mut typed) = typed {
        typed.second.entry = Some(name.clone());
        let text = source::edit(&loaded.source, &typed, &Remarks::default()).map_err(|why| {
            format!(
                "已建 {name}；{}：{why}，请自己写 [second] 和 entry = \"{name}\"",
                path.display()
            )
        })?;
        files::replace(path, loaded.source.text().as_bytes(), text.as_bytes())
            .map_err(|error| error.to_string())?;
    }
    output::line(&format!("已建 {name}，{} 里写明了它（[second] 的 entry）", path.display()));
    output::note("请第二人不看第一人填的数，照台账填；也可以用 nianbao edit 打开它填");
    output::note(&format!("填完再运行 nianbao second {}", output::argument(path)));
    Ok(())
}

/// Says what the comparison found.
fn compare(loaded: &Loaded, report: &Report) -> Exit {
    let own = loaded.review.findings.iter();
    let own: Vec<_> = own
        .filter(|finding| {
            let is_entry = finding.primary.place == Place::Value(FieldPath::new("second.entry"));
            finding.code == ENTRIES_DIFFER.code || is_entry
        })
        .collect();
    for finding in &own {
        output::line(&finding.message);
    }
    let help: BTreeSet<&str> =
        own.iter().flat_map(|finding| finding.help.iter().map(String::as_str)).collect();
    for help in help {
        output::note(help);
    }
    let Some(second) = &loaded.second else { return Exit::Findings };
    output::line(&second.words(report));
    let is_named = report.second.first.is_some() && report.second.second.is_some();
    if second.is_settled() && !(is_named && report.second.date.is_some()) {
        output::note("在 [second] 之下写 first、second（两人的姓名）和 date（日期），写在检查单上");
    }
    if second.is_settled() && second.same > 0 { Exit::Clean } else { Exit::Findings }
}
