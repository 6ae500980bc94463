//! The options by which an office brings its own branding, for every command that makes documents.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::branding::{Branding, FontSource};
use crate::layout::{Faces, Role};

/// The office's own templates, styles and faces.
#[derive(Debug, Clone, Args)]
pub(super) struct BrandingArguments {
    /// 网页用本单位的模板和样式：只读这个文件夹里的 .html 和 .css，没有的仍用自带的
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    templates: Option<PathBuf>,

    /// Word 文件采用本单位一份 Word 文件（.docx）的样式、页眉页脚和页面设置
    #[arg(long, value_name = "文件", help_heading = "选项")]
    reference_doc: Option<PathBuf>,

    /// PDF、OFD 采用自备的字体，写成 仿宋=字体文件；可写仿宋、楷体、黑体、小标宋、宋体，可写多次；.ttc 文件里有几个字体的，用简体中文的那一个，或者写明 仿宋=文件.ttc#字体名称
    #[arg(long, value_name = "字体", value_parser = face, help_heading = "选项")]
    font: Vec<FontSource>,

    /// PDF、OFD 采用这个文件夹里的字体：文件名为 仿宋、楷体、黑体、小标宋、宋体，扩展名 ttf、otf 或 ttc
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    font_dir: Option<PathBuf>,

    /// 自带和自备的字体里都没有的字，PDF、OFD 用本机安装的字体；字体的名称和 SHA-256 记在文件里
    #[arg(long, help_heading = "选项")]
    system_fonts: bool,
}

impl BrandingArguments {
    /// The files that were named.
    pub(super) fn branding(&self) -> Branding {
        Branding {
            templates: self.templates.clone(),
            reference_doc: self.reference_doc.clone(),
            fonts: self.font.clone(),
            font_dir: self.font_dir.clone(),
            system_fonts: self.system_fonts,
        }
    }
}

fn face(text: &str) -> Result<FontSource, String> {
    let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
    let (name, path) = text.split_once('=').ok_or("写成 仿宋=字体文件 的样子")?;
    let role =
        Faces::role(name.trim()).ok_or_else(|| format!("等号前可以写 {}", names.join("、")))?;
    Ok(FontSource::new(role, Path::new(path)))
}
