//! `nianbao edit`: the form in the browser, and the door of the program where nothing else is asked for.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::branding::BrandingArguments;
use super::browser::has_display;
use super::exit::Exit;
use super::noted::noted;
use super::preview::{open, port};
use super::today::today;
use super::{output, usage};
use crate::files;
use crate::form::{Form, Options};
use crate::load::{LIST_NAME, is_published};

/// 在浏览器中填写年报：表格、文字和检查结果都在一页上；不写文件则先选新建还是打开
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao edit [选项] [文件]")]
pub(super) struct Arguments {
    /// 数据文件（.toml）；不写则列出本文件夹里的年报，可以打开、新建或者接着上年填。写单位名单 units.toml 或者它所在的文件夹，则打开“单位”一页：下发、收件、报送情况、催报、退回
    #[arg(value_name = "文件", help_heading = "参数")]
    file: Option<PathBuf>,

    /// 不打开浏览器，只给出地址
    #[arg(long, help_heading = "选项")]
    no_open: bool,

    /// 不记最近打开的文件，也不列出；也不记检查单是哪一稿的
    #[arg(long, help_heading = "选项")]
    no_recent: bool,

    /// 本机端口，1 至 65535；不写则自动选一个空闲的
    #[arg(long, value_name = "端口", value_parser = port, help_heading = "选项")]
    port: Option<u16>,

    #[command(flatten)]
    branding: BrandingArguments,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    if let Some(file) = &arguments.file
        && is_published(file)
    {
        output::error(&format!(
            "{} 是已公布的年报，不是数据文件；先用 nianbao import 读成数据文件，再填写",
            file.display()
        ));
        return Exit::Failed;
    }
    let (file, folder) = place(arguments.file.as_deref());
    let started = Form::start(&Options {
        file,
        folder,
        recent: noted("recent.json").filter(|_| !arguments.no_recent),
        signed: noted("signed.json").filter(|_| !arguments.no_recent),
        today: today(),
        branding: arguments.branding.branding(),
        port: arguments.port.unwrap_or(0),
    });
    let form = match started {
        Ok(form) => form,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let ender = form.ender();
    if ctrlc::set_handler(move || ender.end()).is_err() {
        // The system's own way of ending a program does no harm either: nothing is ever half written.
        output::note("按 Ctrl+C 时将直接退出");
    }
    let url = form.url();
    output::text(&format!("填写地址 {url}\n填的内容随时保存；填完按 Ctrl+C 停止\n"));
    let opened = (!arguments.no_open).then(|| open(&url, "年报填写"));
    if let Some(Err(_)) = opened {
        output::note("没能打开浏览器，请自己在浏览器里打开上面的地址");
    }
    form.serve();
    drop(opened);
    // What the terminal shows of Ctrl+C stands at the beginning of the line.
    output::text("\n填写已停止，浏览器里的页面可以关闭了\n");
    Exit::Clean
}

/// The file to be opened and the folder in which it is begun: a folder is opened by its list of units, if it has one.
fn place(given: Option<&Path>) -> (Option<PathBuf>, PathBuf) {
    match given {
        Some(folder) if files::is_folder(folder) => {
            let list = folder.join(LIST_NAME);
            let folder = files::full_path(folder).unwrap_or_else(|| folder.to_owned());
            (files::is_there(&list).then_some(list), folder)
        }
        given => (given.map(Path::to_owned), files::here()),
    }
}

/// The arguments of a form where none were given, or nothing but a data file, and someone sits before a display and not
/// a program behind a pipe.
pub(super) fn meant(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let is_file = |name: &OsString| {
        Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"))
    };
    let is_bare = match arguments.as_slice() {
        [_] => true,
        [_, only] => is_file(only) && files::is_there(Path::new(only)),
        _ => false,
    };
    if is_bare && has_display() && io::stdin().is_terminal() && io::stdout().is_terminal() {
        arguments.insert(1, "edit".into());
    }
    arguments
}
