//! `nianbao preview`: shows a report in the browser and renews it on every save.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;
use tempfile::NamedTempFile;

use super::branding::BrandingArguments;
use super::exit::Exit;
use super::{browser, output, usage};
use crate::files;
use crate::preview::{Options, Preview};
use crate::source::SourceFile;

/// 在浏览器中预览，保存数据文件后自动更新，旁边列出全部问题
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao preview [选项] <文件>")]
pub(super) struct Arguments {
    /// 数据文件（.toml）
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    file: PathBuf,

    /// 同时打开浏览器
    #[arg(long, help_heading = "选项")]
    open: bool,

    /// 本机端口，1 至 65535；不写则自动选一个空闲的
    #[arg(long, value_name = "端口", value_parser = port, help_heading = "选项")]
    port: Option<u16>,

    #[command(flatten)]
    branding: BrandingArguments,
}

pub(super) fn port(text: &str) -> Result<u16, String> {
    text.parse().ok().filter(|port| *port > 0).ok_or_else(|| "端口是 1 至 65535 的整数".to_owned())
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let name = arguments.file.display();
    let is_list = |text: String| SourceFile::parse("", text).is_unit_list();
    if files::read_text(&arguments.file).is_ok_and(is_list) {
        output::error(&format!("{name} 是单位名单，不是年报的数据文件，不能预览"));
        return Exit::Failed;
    }
    let started = Preview::start(&Options {
        file: arguments.file.clone(),
        branding: arguments.branding.branding(),
        port: arguments.port.unwrap_or(0),
        notifications: true,
    });
    let preview = match started {
        Ok(preview) => preview,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let ender = preview.ender();
    if ctrlc::set_handler(move || ender.end()).is_err() {
        // The system's own way of ending a program does no harm either: nothing is ever half written.
        output::note("按 Ctrl+C 时将直接退出");
    }
    let url = preview.url();
    output::text(&format!("预览地址 {url}\n保存数据文件后自动更新；按 Ctrl+C 停止\n"));
    let opened = arguments.open.then(|| open(&url, "年报预览"));
    if let Some(Err(_)) = opened {
        output::note("没能打开浏览器，请自己在浏览器里打开上面的地址");
    }
    preview.serve();
    drop(opened);
    // What the terminal shows of Ctrl+C stands at the beginning of the line.
    output::text("\n预览已停止，浏览器里的页面可以关闭了\n");
    Exit::Clean
}

/// Opens an address as the desktop would, by way of a file that only this user can read: what stands behind a command,
/// every user of the machine can read. The file goes away with what is returned.
pub(super) fn open(url: &str, title: &str) -> io::Result<NamedTempFile> {
    let mut file =
        tempfile::Builder::new().prefix("nianbao-preview-").suffix(".html").tempfile()?;
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\"><title>{title}</title>\
         <a href=\"{url}\">打开{title}</a></html>\n"
    );
    file.write_all(page.as_bytes())?;
    file.flush()?;
    browser::open(file.path())?;
    Ok(file)
}
