//! The list of the units under a body, and what they add up to for the report of that body.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::first_problem;
use super::hand_in::{Kept, hand_in_all_keeping};
use super::leftover::{Leftover, is_data_path, leftovers};
use super::list_error::ListError;
use super::office_rules::read_office_rules;
use super::unit_files::{canonical, files_of, native, owner, plain};
use crate::files;
use crate::source::{self, SourceFile, read_units};
use crate::units::{HandedIn, Holds, Summary, UnitList, sum};

/// The folder beside a list of units in which lies what went out to them.
pub(crate) const OUTBOX: &str = "下发";

/// The folder beside a list in which lies what came back.
pub(crate) const INBOX: &str = "收件夹";

/// The folder beside a list in which lies what later returns have replaced.
pub(crate) const EARLIER: &str = "换下";

/// The folder beside a list in which lie the findings that are sent back.
pub(crate) const SENT_BACK: &str = "退回";

/// The folders that an office keeps beside its list, and whose files are not the reports of its units.
pub(crate) const ASIDE: [&str; 4] = [OUTBOX, INBOX, EARLIER, SENT_BACK];

/// The name under which a folder's list of units is found.
pub(crate) const LIST_NAME: &str = "units.toml";

/// The remedy for a list of units that is not where the data file says.
pub(super) const PATH: &str =
    "路径从本数据文件所在的文件夹算起；本报告的数据不是由下级相加的，删去这一行";

/// Reads a list of units.
///
/// # Errors
///
/// When the file cannot be read, or anything in it is wrong.
pub fn read_list(path: &Path) -> Result<UnitList, ListError> {
    let text = files::read_text(path).map_err(ListError::File)?;
    let source = SourceFile::parse(path.display().to_string(), text);
    match read_units(&source) {
        (Some(mut list), _) => {
            let folder = path.parent().unwrap_or_else(|| Path::new(""));
            list.rules =
                rules_file(&list, folder).map(|file| read_office_rules(&file)).transpose()?;
            Ok(list)
        }
        (None, found) => Err(ListError::Wrong(Box::new(source), found)),
    }
}

/// The file with the rules of the office that a list names; `folder` is where the list lies.
fn rules_file(list: &UnitList, folder: &Path) -> Option<PathBuf> {
    list.rules_file.as_ref().map(|file| folder.join(native(file)))
}

/// The reason why a list of units is of no use for a report, in one phrase, and the remedy.
type Unusable = (String, &'static str);

/// The sum of the units under a body, for checking that body's own report, and the files from which that was read, the
/// rules of the office among them. `path` is where that report lies.
///
/// The error says in one phrase why the list is of no use for it.
pub(super) fn summary_for(
    path: &Path,
    list_path: &Path,
    agency: Option<&str>,
    year: Option<u16>,
    kept: &mut Kept,
) -> Result<(Summary, Vec<PathBuf>), Unusable> {
    let list = list_of_year(list_path, year)?;
    let of = body_of(&list, list_path, agency.unwrap_or_default())?;
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    if let Some(unit) = owner(&list, folder, of, path) {
        let what = format!("单位名单 {} 把本数据文件写成了下级“{unit}”的", list_path.display());
        let help = "汇总数不能再加进汇总数；本机关自己的数据另写一个数据文件，作为名单里的一个单位";
        return Err((what, help));
    }
    let handed_in = hand_in_all_keeping(&list, folder, of, kept);
    let mut files = kept.files();
    files.extend(rules_file(&list, folder));
    Ok((sum(&list, of, &handed_in), files))
}

/// The list of units in a file, if it is one and of the year of the report.
fn list_of_year(path: &Path, year: Option<u16>) -> Result<UnitList, Unusable> {
    if files::is_folder(path) {
        return Err(no_file(path));
    }
    let list = read_list(path).map_err(|error| match error {
        ListError::File(error) => (error.to_string(), PATH),
        ListError::Wrong(source, found) => {
            let what = first_problem(&source, &found);
            let help = "改正名单；用 nianbao check 名单 查看全部问题";
            (format!("单位名单 {} {what}", path.display()), help)
        }
    })?;
    match year.filter(|year| *year != list.year) {
        Some(year) => {
            let what =
                format!("单位名单 {} 是{}年度的，本报告是{year}年度的", path.display(), list.year);
            Err((what, "改用本年度的名单；名单沿用的，改正其中的 year，并核对单位"))
        }
        None => Ok(list),
    }
}

/// Says that the path of a list names a folder.
fn no_file(path: &Path) -> Unusable {
    if files::is_there(&path.join(LIST_NAME)) {
        (
            format!("{} 是文件夹，名单是其中的 {LIST_NAME}", path.display()),
            "路径写到名单文件，例如 units = \"文件夹/units.toml\"",
        )
    } else {
        (
            format!("{} 是文件夹，里面没有单位名单 {LIST_NAME}", path.display()),
            "先写一份名单（见 docs/units.md），再写名单的路径；本报告的数据不是由下级相加的，删去这一行",
        )
    }
}

/// The body of a list that has that name, if its figures are added up from those of its subordinates; `None`
/// is the body at the top.
fn body_of(list: &UnitList, path: &Path, agency: &str) -> Result<Option<usize>, Unusable> {
    let Some(of) = list.find(agency) else {
        let what = format!("单位名单 {} 里没有“{agency}”的下级单位", path.display());
        return Err((
            format!("{what}；名单是“{}”的", list.name),
            "名单的 name 写本机关全称，与 [agency] 的 name 一致；本报告的数据不是由下级相加的，删去这一行",
        ));
    };
    let unit = of.map(|of| &list.units[of]);
    match unit.filter(|unit| unit.file.is_some() && unit.holds == Holds::Own) {
        Some(unit) => {
            let what =
                format!("单位名单写明“{}”的数据只是本机关自己的（own），不由下级相加", unit.name);
            Err((what, "数据由下级相加的，在名单里改为 summed；不是的，删去这一行"))
        }
        None => Ok(of),
    }
}

/// The files beside those of a list that are not on it.
#[derive(Debug, Default)]
pub(crate) struct Unlisted {
    /// The data files, sorted.
    pub(crate) reports: Vec<PathBuf>,
    /// The reports of a unit that has another data file: its name and both files.
    pub(crate) twice: Vec<(String, [PathBuf; 2])>,
    /// The files of other kinds that may be the report of a unit.
    pub(crate) leftovers: Vec<Leftover>,
}

/// The files that lie beside those of a list and are not on it; `without` is none of them. `handed_in` is what the
/// units handed in.
pub(crate) fn unlisted(
    list: &UnitList,
    list_path: &Path,
    handed_in: &[HandedIn],
    without: &[&Path],
) -> Unlisted {
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    let listed: Vec<(usize, PathBuf)> = files_of(list, folder, None);
    let mut folders: Vec<&Path> = listed.iter().filter_map(|(_, path)| path.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    let mut known: BTreeSet<PathBuf> =
        listed.iter().filter_map(|(_, path)| canonical(path)).collect();
    known.extend(without.iter().chain([&list_path]).filter_map(|path| canonical(path)));
    let mut titles: Vec<String> = handed_in
        .iter()
        .filter_map(|handed_in| match handed_in {
            HandedIn::Share(share) => Some(share.title.clone()),
            HandedIn::Nothing | HandedIn::Unreadable(_) => None,
        })
        .collect();
    let mut unlisted = Unlisted::default();
    let mut rest = Vec::new();
    for folder in folders {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        for path in files::list_all(folder).unwrap_or_default() {
            // A list may call one folder by several paths.
            if !canonical(&path).is_some_and(|path| known.insert(path)) {
                continue;
            }
            if !is_data_path(&path) {
                rest.push(path);
            } else if let Some(agency) = report_in(&path, list) {
                let path = plain(&path);
                let own = listed.iter().find(|(unit, file)| {
                    Some(list.units[*unit].agency()) == agency.as_deref() && files::is_there(file)
                });
                match own {
                    Some((unit, file)) => {
                        let name = list.units[*unit].name.clone();
                        unlisted.twice.push((name, [plain(file), path]));
                    }
                    None => unlisted.reports.push(path),
                }
            }
        }
    }
    titles.extend(titles_beside(folder, &listed, without));
    unlisted.leftovers = leftovers(&rest, &titles);
    for leftover in &mut unlisted.leftovers {
        leftover.path = plain(&leftover.path);
    }
    unlisted
}

/// The titles of the reports beside a list that are not on it: outputs of the parent lie there, too.
fn titles_beside(folder: &Path, listed: &[(usize, PathBuf)], without: &[&Path]) -> Vec<String> {
    let own: BTreeSet<PathBuf> = listed.iter().filter_map(|(_, path)| canonical(path)).collect();
    let is_listed = |path: &Path| canonical(path).is_some_and(|path| own.contains(&path));
    let beside = files::list_all(folder_or_here(folder)).unwrap_or_default();
    let beside = beside.iter().filter(|path| is_data_path(path) && !is_listed(path));
    let written = without.iter().filter_map(|path| title(path));
    written.chain(beside.filter_map(|path| title(path))).collect()
}

fn folder_or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// The title of the report in a data file.
fn title(path: &Path) -> Option<String> {
    let file = SourceFile::parse("", files::read_text(path).ok()?);
    source::read(&file).0.map(|report| report.title())
}

/// The body of a file that is a report of the year of the list and adds up no units itself, or may be one: what
/// cannot be read may be what a unit that has not reported handed in under another name.
fn report_in(path: &Path, list: &UnitList) -> Option<Option<String>> {
    let Ok(text) = files::read_text(path) else { return Some(None) };
    let file = SourceFile::parse("", text);
    match source::read(&file).0 {
        Some(_) if file.is_office_rules() => None,
        Some(report) => {
            let is_meant = report.header.year.is_none_or(|year| year == list.year)
                && report.header.units.is_none();
            is_meant.then_some(report.agency.name)
        }
        None => file.is_report().then_some(None),
    }
}
