//! The option by which an office names its own rules for all reports of a run.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::opened_list::fail;
use super::output;
use crate::load::{ListError, read_office_rules};
use crate::report::Settings;

/// The rules of the office.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct OfficeRules {
    #[arg(
        help = "上级机关自己的检查规则：文件里写 [rules]、[rules.severity]，写法与数据文件相同；数据文件里放宽的不算。不写则按单位名单的 rules",
        long,
        value_name = "文件",
        help_heading = "选项"
    )]
    rules: Option<PathBuf>,
}

impl OfficeRules {
    /// The rules in the file that was named, if one was; says what is wrong with it.
    pub(super) fn read(&self) -> Result<Option<Settings>, Exit> {
        self.rules.as_deref().map(read).transpose()
    }
}

fn read(path: &Path) -> Result<Settings, Exit> {
    read_office_rules(path).map_err(|error| match error {
        ListError::File(error) => fail(&error.to_string()),
        ListError::Wrong(source, found) => {
            for finding in found {
                output::finding((*source).clone(), finding);
            }
            let path = path.display();
            fail(&format!("检查规则 {path} 有错误，没有检查；改正后再运行"))
        }
    })
}
