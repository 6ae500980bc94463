//! The data files of a folder, added up as if there were a list of units.

use std::path::{Path, PathBuf};

use super::hand_in::{Kept, hand_in_each};
use super::leftover::{Leftover, is_data_path, leftovers};
use super::unit_files::{plain, same_file};
use super::units::LIST_NAME;
use crate::files;
use crate::source::SourceFile;
use crate::units::{HandedIn, Holds, PREFIX, Unit, UnitList};

/// The data files of a folder, as if there were a list of them.
#[derive(Debug)]
pub(crate) struct FolderList {
    /// Every body is directly under a body that nobody named.
    pub list: UnitList,
    /// The share that each handed in.
    pub handed_in: Vec<HandedIn>,
    /// The data files that are sums themselves. Added to what they were made from, they would count twice,
    /// and what they were made from, nobody says.
    pub sums: Vec<PathBuf>,
    /// The files of other kinds that may be the report of a unit.
    pub(crate) leftovers: Vec<Leftover>,
}

/// The data files of a folder as a list of units. A data file that names units of its own or bears the
/// remarks of a sum is left out, and so is `without`.
///
/// # Errors
///
/// When the folder cannot be read, or its files are of several years and `year` does not say which.
pub(crate) fn folder_as_list(
    folder: &Path,
    year: Option<u16>,
    without: Option<&Path>,
) -> Result<FolderList, String> {
    let all = files::list_all(folder).map_err(|error| error.to_string())?;
    let (paths, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|path| is_data_path(path));
    let same = |path: &Path| without.is_some_and(|without| same_file(path, without));
    let mut units = Vec::new();
    let mut handed_in = Vec::new();
    let mut sums = Vec::new();
    let mut years: Vec<u16> = Vec::new();
    let mut titles: Vec<String> = Vec::new();
    let paths: Vec<PathBuf> = paths.into_iter().filter(|path| !same(path)).collect();
    for (path, share) in paths.iter().zip(hand_in_each(&paths, &mut Kept::default(), None)) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let HandedIn::Share(share) = &share {
            titles.push(share.title.clone());
        }
        let (agency, own_year) = match &share {
            HandedIn::Share(share) if share.is_sum || bears_sources(path) => {
                let is_due = year.is_none() || share.year.is_none() || share.year == year;
                sums.extend(is_due.then(|| plain(path)));
                continue;
            }
            // What a check of the folder passes over, too: lists under other names, settings of programs.
            HandedIn::Share(share) if share.edition.is_none() && !looks_like_report(path) => {
                continue;
            }
            HandedIn::Share(share) => (share.agency.clone(), share.year),
            HandedIn::Nothing | HandedIn::Unreadable(_) => (None, None),
        };
        years.extend(own_year.filter(|year| !years.contains(year)));
        units.push(Unit {
            name: agency.unwrap_or_else(|| file.clone()),
            agency: None,
            under: None,
            file: Some(file),
            holds: Holds::Own,
            kind: None,
            level: None,
        });
        handed_in.push(share);
    }
    years.sort_unstable();
    let year = year.map_or_else(|| only_year(&years, folder), Ok)?;
    let this_year = |i: usize| matches!(&handed_in[i], HandedIn::Share(s) if s.year == Some(year));
    // The report of another year is not missed where that of this year lies, too.
    let replaced = |i: usize| {
        let others = units.iter().enumerate().filter(|(other, _)| *other != i);
        !this_year(i)
            && others.into_iter().any(|(other, u)| u.name == units[i].name && this_year(other))
    };
    let kept: Vec<usize> = (0..units.len()).filter(|i| !replaced(*i)).collect();
    let units: Vec<Unit> = kept.iter().map(|i| units[*i].clone()).collect();
    let handed_in = kept.iter().map(|i| handed_in[*i].clone()).collect();
    twice(&units)?;
    let list = UnitList::of(String::new(), year, units);
    Ok(FolderList { list, handed_in, sums, leftovers: leftovers(&rest, &titles) })
}

/// The year of all reports in a folder.
fn only_year(years: &[u16], folder: &Path) -> Result<u16, String> {
    match years {
        [year] => Ok(*year),
        [] => Err(format!(
            "{} 里没有可以汇总的数据文件（不含下一级文件夹；要汇总几个文件夹的，写一份单位名单 {LIST_NAME}）",
            folder.display()
        )),
        years => {
            let years: Vec<String> = years.iter().map(|year| format!("{year}年度")).collect();
            let years = years.join("、");
            Err(format!("文件夹里的数据文件有{years}的，请用 --year 指定汇总哪一年度"))
        }
    }
}

/// Refuses two reports of one body: which of them counts, nobody can tell.
fn twice(units: &[Unit]) -> Result<(), String> {
    for (i, unit) in units.iter().enumerate() {
        if let Some(first) = units[..i].iter().find(|first| first.name == unit.name) {
            let file = |unit: &Unit| unit.file.clone().unwrap_or_default();
            return Err(format!(
                "{} 和 {} 都是“{}”的报告，只能留一份；或者写一份单位名单 {LIST_NAME}",
                file(first),
                file(unit),
                unit.name
            ));
        }
    }
    Ok(())
}

/// True if a sum has written into a data file where its figures come from.
fn bears_sources(path: &Path) -> bool {
    let is_source = |line: &str| line.trim_start().starts_with(PREFIX);
    files::read_text(path).is_ok_and(|text| text.lines().any(is_source))
}

fn looks_like_report(path: &Path) -> bool {
    files::read_text(path).is_ok_and(|text| SourceFile::parse("", text).is_report())
}
