//! A run over all units: what goes out to each.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::send::{Contents, LastReports, Sent, send};
use crate::files::{self, FileError};
use crate::load::file_of;
use crate::ordered::in_order;
use crate::units::UnitList;

/// The outcome for one unit of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sending {
    /// Files were made, or were there.
    Sent(Sent),
    /// Its report has come back, in that file, and nothing was made.
    Back(PathBuf),
    /// Nothing could be made, and why.
    Failed(String),
}

/// The units that have a report of their own, in the order of the tree.
pub(crate) fn due_of(list: &UnitList) -> Vec<usize> {
    let has_file = |unit: &usize| list.units[*unit].file.is_some();
    list.tree(None).into_iter().filter(has_file).collect()
}

/// Makes what goes out to every unit whose report has not come back, or to `all`; the outcome for each that was reached.
///
/// # Errors
///
/// When another run writes in that folder and does not end.
pub(crate) fn send_all(
    list: &UnitList,
    list_path: &Path,
    out: &Path,
    last: &LastReports,
    contents: Contents,
    all: bool,
    stop: &AtomicBool,
) -> Result<Vec<(usize, Sending)>, FileError> {
    let due = due_of(list);
    let _lock = files::lock(out)?;
    let work = |i: usize| {
        let unit = due[i];
        let back = file_of(&list.units[unit], list_path).filter(|path| files::is_there(path));
        match back.filter(|_| !all) {
            Some(back) => Sending::Back(back),
            None => match send(list, unit, out, last, contents) {
                Ok(sent) => Sending::Sent(sent),
                Err(why) => Sending::Failed(why),
            },
        }
    };
    let mut outcomes = Vec::with_capacity(due.len());
    in_order(due.len(), stop, work, |i, outcome| outcomes.push((due[i], outcome)));
    Ok(outcomes)
}

/// The words on files that were there with other contents, wherever there are such.
pub(crate) const KEPT: &str = "没有改动的，要换成新的，先删去旧的再发";

impl Sending {
    /// True if a file was there with other contents, and stayed so.
    pub(crate) fn has_kept(&self) -> bool {
        match self {
            Self::Sent(sent) => !sent.kept.is_empty(),
            Self::Back(_) | Self::Failed(_) => false,
        }
    }

    /// The outcome in words; `shown` shows a path.
    pub(crate) fn told(&self, shown: impl Fn(&Path) -> String) -> String {
        match self {
            Self::Sent(sent) => told(sent, shown),
            Self::Back(back) => format!("已报来（{}），没有再发", shown(back)),
            Self::Failed(why) => format!("没有发成：{why}"),
        }
    }
}

/// The files made for a unit, in words.
fn told(sent: &Sent, shown: impl Fn(&Path) -> String) -> String {
    let names = |paths: &[PathBuf]| {
        let name =
            |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        paths.iter().map(name).collect::<Vec<_>>().join("、")
    };
    let mut parts = Vec::new();
    for (paths, act) in
        [(&sent.made, "生成"), (&sent.same, "以前发过"), (&sent.kept, "已有、内容不同，没有改动")]
    {
        if !paths.is_empty() {
            parts.push(format!("{act} {}", names(paths)));
        }
    }
    if let Some(last) = &sent.last {
        parts.push(format!("接着 {}", shown(last)));
    }
    if sent.n_doubts > 0 {
        parts.push(format!("上年的报告有 {} 处存疑或错误，接过来的数请核对", sent.n_doubts));
    }
    parts.join("；")
}
