//! `nianbao manual`: the manual, in the browser or as a file.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::noted::noted;
use super::{browser, output, usage};
use crate::{files, manual};

/// 在浏览器中打开使用手册；不用网络
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao manual [选项]")]
pub(super) struct Arguments {
    /// 另存为哪个文件（.html），不打开；已有的文件不会被改动
    #[arg(short, long, value_name = "文件", value_parser = html_file, help_heading = "选项")]
    out: Option<PathBuf>,
}

fn html_file(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let is_html = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("html"));
    if is_html {
        Ok(path)
    } else {
        Err("扩展名应是 .html，例如 使用手册.html".to_owned())
    }
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let page = manual::page();
    if let Some(path) = &arguments.out {
        return match files::create_whole(path, page.as_bytes()) {
            Ok(()) => {
                output::written(path);
                Exit::Clean
            }
            Err(error) => failed(&error),
        };
    }
    // It must be there for as long as the browser shows it, which is longer than this run.
    let Some(path) = noted("manual.html") else {
        return failed(
            &"没有地方放使用手册；用 nianbao manual --out 使用手册.html 存成文件，再打开",
        );
    };
    if let Err(error) = files::write_whole(&path, page.as_bytes()) {
        return failed(&error);
    }
    output::text(&format!("使用手册 {}\n", path.display()));
    if !browser::has_display() || browser::open(&path).is_err() {
        output::note("没能打开浏览器，请自己在浏览器里打开上面的文件");
    }
    Exit::Clean
}

fn failed(error: &impl std::fmt::Display) -> Exit {
    output::error(error);
    Exit::Failed
}
