//! The list of units that a command works on.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::output;
use crate::files;
use crate::load::{self, LIST_NAME, ListError};
use crate::units::UnitList;

/// The argument that names the list of units.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct ListArgument {
    /// 单位名单 units.toml，或者它所在的文件夹；不写则是当前文件夹
    #[arg(
        value_name = "名单或文件夹",
        default_value = ".",
        hide_default_value = true,
        help_heading = "参数"
    )]
    from: PathBuf,
}

impl ListArgument {
    /// Reads the list; says what is wrong with it.
    pub(super) fn open(&self) -> Result<Opened, Exit> {
        Opened::at(&self.from)
    }
}

/// A list of units that was read, and where it lies.
pub(super) struct Opened {
    pub(super) list: UnitList,
    pub(super) path: PathBuf,
}

impl Opened {
    /// Reads the list at a path, or in the folder there; says what is wrong with it.
    pub(super) fn at(from: &Path) -> Result<Self, Exit> {
        let folder = files::is_folder(from).then(|| from.join(LIST_NAME));
        let path = folder.unwrap_or_else(|| from.to_owned());
        let path = path.strip_prefix(".").unwrap_or(&path).to_owned();
        if !files::is_there(&path) {
            let shown = path.display();
            return Err(fail(&format!(
                "没有单位名单 {shown}；用 nianbao units new 名单.xlsx 新建"
            )));
        }
        match load::read_list(&path) {
            Ok(list) => Ok(Self { list, path }),
            Err(ListError::File(error)) => Err(fail(&error.to_string())),
            Err(ListError::Wrong(source, found)) => {
                for finding in found {
                    output::finding((*source).clone(), finding);
                }
                Err(fail("单位名单有错误；改正后再运行"))
            }
        }
    }

    /// The folder in which the list lies.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or_else(|| Path::new(""))
    }
}

/// Says why nothing can be done.
pub(super) fn fail(why: &str) -> Exit {
    output::error(&why);
    Exit::Failed
}
