//! The words on returned files.

use std::path::{Path, PathBuf};

use super::receive::Outcome;
use super::receiving::Received;
use crate::units::UnitList;

impl Received {
    /// The numbers of files by their fate, in words; `dry_run` is that of the run.
    pub(crate) fn counts(&self, dry_run: bool) -> String {
        let Self { n_taken, n_known, n_left, .. } = self;
        let n = self.inbox.files.len();
        let act = if dry_run { "可以收" } else { "收下" };
        format!(
            "共 {n} 个文件：{act} {n_taken} 个，已经收过或不用收 {n_known} 个，没有收 {n_left} 个"
        )
    }
}

/// The unit where it is known, and the words on a file that was sorted. `shown` shows a path; `unsure` says what to do with
/// a file of which it is not known whose it is.
pub(crate) fn told(
    sorted: &Result<usize, Outcome>,
    list: &UnitList,
    shown: impl Fn(&Path) -> String,
    unsure: &str,
) -> (String, String) {
    match sorted {
        Ok(unit) => (list.units[*unit].name.clone(), "可以收".to_owned()),
        Err(outcome) => outcome.told(list, shown, unsure),
    }
}

impl Outcome {
    fn told(
        &self,
        list: &UnitList,
        shown: impl Fn(&Path) -> String,
        unsure: &str,
    ) -> (String, String) {
        let name = |unit: usize| list.units[unit].name.clone();
        let due = list.year;
        match self {
            Self::Taken(taken) => {
                let mut parts = vec![match &taken.earlier {
                    Some(earlier) => format!("收下，换下了以前的（留在 {}）", shown(earlier)),
                    None => "收下".to_owned(),
                }];
                parts.extend_from_slice(&taken.remarks);
                (name(taken.unit), parts.join("；"))
            }
            Self::Same(unit) => (name(*unit), "与已收的相同".to_owned()),
            Self::Known(unit) => (unit.clone(), "以前收过".to_owned()),
            Self::PassedOver(unit) => (unit.clone(), "不收：这个单位收的是另一份".to_owned()),
            Self::OtherYear(unit, year) => {
                (name(*unit), format!("没有收：是{year}年度的，名单是{due}年度的"))
            }
            Self::NoYear(unit) => {
                (name(*unit), format!("没有收：没有写年度；写上 year = {due} 再收"))
            }
            Self::OtherBody(body) => (String::new(), format!("没有收：写的是“{body}”，不在名单上")),
            Self::Unsure(units) if units.is_empty() => {
                (String::new(), format!("没有收：看不出是哪个单位的；{unsure}"))
            }
            Self::Unsure(units) => {
                let names: Vec<String> = units.iter().take(3).map(|unit| name(*unit)).collect();
                let names = names.join("”或“");
                (String::new(), format!("没有收：不能确定是不是“{names}”的；{unsure}"))
            }
            Self::Several(unit, others) => {
                let others: Vec<String> = others.iter().map(PathBuf::as_path).map(shown).collect();
                let others = others.join("、");
                (name(*unit), format!("没有收：还有 {others}，不是同一个文件，只留要用的一份"))
            }
            Self::Unneeded(unit) => (name(*unit), "什么也没有填，不用收".to_owned()),
            Self::Poorer(unit) => {
                let why = "没有收：三张表没有填，已收的那份填了；把数填上再报";
                (name(*unit), why.to_owned())
            }
            Self::Blank(unit) => (name(*unit), "没有收：三张表里什么也没有填".to_owned()),
            Self::Faulty(unit, why) => {
                const MOST: usize = 5;
                let n = why.len();
                let more = if n > MOST { format!("；……共 {n} 处") } else { String::new() };
                let shown: Vec<&str> = why.iter().take(MOST).map(String::as_str).collect();
                (name(*unit), format!("没有收，有 {n} 处读不了：{}{more}", shown.join("；")))
            }
            Self::Unreadable(why) => (String::new(), format!("没有收：{why}")),
        }
    }
}
