//! `nianbao schema`: what editors need to complete and explain the data file.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::{output, usage};
use crate::{files, source};

/// 输出数据文件的 JSON Schema，编辑器据此提示各项的含义和写法
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao schema [选项]")]
pub(super) struct Arguments {
    /// 写入哪个文件（.json），与数据文件放在一起，取名 nianbao.schema.json；不写则显示出来
    #[arg(short, long, value_name = "文件", value_parser = json_file, help_heading = "选项")]
    out: Option<PathBuf>,
}

fn json_file(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let is_json = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    if is_json {
        Ok(path)
    } else {
        Err(format!("扩展名应是 .json，例如 {}", source::SCHEMA_FILE))
    }
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(path) = &arguments.out else {
        output::text(&source::schema());
        return Exit::Clean;
    };
    // A newer schema takes the place of an older one, but not of what is somebody else's.
    let schema = source::schema();
    let is_own = |text: &str| text.lines().take(3).eq(schema.lines().take(3));
    let is_older = files::read_text(path).is_ok_and(|text| is_own(&text));
    let written = if is_older {
        files::write_whole(path, schema.as_bytes())
    } else {
        files::create_whole(path, schema.as_bytes())
    };
    if let Err(error) = written {
        output::error(&error);
        return Exit::Failed;
    }
    output::written(path);
    Exit::Clean
}
