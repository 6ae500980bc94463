//! The reports of the units under a body as they lie on disk: the list, and what each handed in.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::{first_problem, open, previous_of, review_with};
use crate::diag::{Diagnostic, Severity};
use crate::files::{self, FileError, Stamp};
use crate::ordered::in_order;
use crate::source::{self, SourceFile, read_units};
use crate::units::{HandedIn, Holds, PREFIX, Share, Summary, Unit, UnitList, sum};

/// The name under which a folder's list of units is found.
pub const LIST_NAME: &str = "units.toml";

/// What to do about a list of units that is not where the data file says.
pub(super) const PATH: &str =
    "路径从本数据文件所在的文件夹算起；本报告的数据不是由下级相加的，删去这一行";

/// Why a list of units cannot be used.
#[derive(Debug)]
pub enum ListError {
    /// It cannot be read.
    File(FileError),
    /// Something in it is wrong: the file, and what.
    Wrong(Box<SourceFile>, Vec<Diagnostic>),
}

/// Reads a list of units.
///
/// # Errors
///
/// When the file cannot be read, or anything in it is wrong.
pub fn read_list(path: &Path) -> Result<UnitList, ListError> {
    let text = files::read_text(path).map_err(ListError::File)?;
    let source = SourceFile::parse(path.display().to_string(), text);
    match read_units(&source) {
        (Some(list), _) => Ok(list),
        (None, found) => Err(ListError::Wrong(Box::new(source), found)),
    }
}

/// What units handed in, kept from one look to the next: those whose files are the same are not read again.
#[derive(Debug, Default)]
pub struct Kept {
    units: BTreeMap<PathBuf, Looked>,
}

/// What a unit handed in, and the files it was read from, each with its stamp from before it was read.
#[derive(Debug, Clone)]
struct Looked {
    files: Vec<(PathBuf, Option<Stamp>)>,
    found: HandedIn,
}

/// A file and its stamp; none where it is not there.
fn stamped(path: &Path) -> (PathBuf, Option<Stamp>) {
    (path.to_owned(), files::stamp(path).ok())
}

impl Looked {
    fn is_still_so(&self) -> bool {
        self.files.iter().all(|(path, stamp)| {
            // A file that cannot be looked at may become readable without a trace.
            stamp.is_some() && *stamp == stamped(path).1
        })
    }
}

/// What the units under a body add up to, for checking that body's own report, and the data files from which
/// that was read. `path` is where that report lies.
///
/// The error says in one phrase why the list is of no use for it.
pub(super) fn summary_for(
    path: &Path,
    list_path: &Path,
    agency: Option<&str>,
    year: Option<u16>,
    kept: &mut Kept,
) -> Result<(Summary, Vec<PathBuf>), (String, &'static str)> {
    const LIST: &str = "改正名单；用 nianbao check 名单 查看全部问题";
    const OWN: &str =
        "汇总数不能再加进汇总数；本机关自己的数据另写一个数据文件，作为名单里的一个单位";
    if files::is_folder(list_path) {
        let path = list_path.display();
        return Err(if files::is_there(&list_path.join(LIST_NAME)) {
            (
                format!("{path} 是文件夹，名单是其中的 {LIST_NAME}"),
                "路径写到名单文件，例如 units = \"文件夹/units.toml\"",
            )
        } else {
            (
                format!("{path} 是文件夹，里面没有单位名单 {LIST_NAME}"),
                "先写一份名单（见 docs/units.md），再写名单的路径；本报告的数据不是由下级相加的，删去这一行",
            )
        });
    }
    let list = read_list(list_path).map_err(|error| match error {
        ListError::File(error) => (error.to_string(), PATH),
        ListError::Wrong(source, found) => {
            let what = first_problem(&source, &found);
            (format!("单位名单 {} {what}", list_path.display()), LIST)
        }
    })?;
    if let Some(year) = year.filter(|year| *year != list.year) {
        let path = list_path.display();
        let what = format!("单位名单 {path} 是{}年度的，本报告是{year}年度的", list.year);
        return Err((what, "改用本年度的名单；名单沿用的，改正其中的 year，并核对单位"));
    }
    let agency = agency.unwrap_or_default();
    let Some(of) = list.find(agency) else {
        let what = format!("单位名单 {} 里没有“{agency}”的下级单位", list_path.display());
        let what = format!("{what}；名单是“{}”的", list.name);
        return Err((
            what,
            "名单的 name 写本机关全称，与 [agency] 的 name 一致；本报告的数据不是由下级相加的，删去这一行",
        ));
    };
    if let Some(unit) = of.filter(|unit| {
        let unit = &list.units[*unit];
        unit.file.is_some() && unit.holds == Holds::Own
    }) {
        let name = &list.units[unit].name;
        let what = format!("单位名单写明“{name}”的数据只是本机关自己的（own），不由下级相加");
        return Err((what, "数据由下级相加的，在名单里改为 summed；不是的，删去这一行"));
    }
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    if let Some(unit) = owner(&list, folder, of, path) {
        let what = format!("单位名单 {} 把本数据文件写成了下级“{unit}”的", list_path.display());
        return Err((what, OWN));
    }
    let handed_in = hand_in_all_keeping(&list, folder, of, kept);
    let files = kept.units.values().flat_map(|looked| &looked.files);
    let files = files.map(|(path, _)| path.clone()).collect();
    Ok((sum(&list, of, &handed_in), files))
}

/// The units under a body that have a data file, each with its path.
fn files_of(list: &UnitList, folder: &Path, of: Option<usize>) -> Vec<(usize, PathBuf)> {
    let file = |unit: usize| Some((unit, folder.join(native(list.units[unit].file.as_ref()?))));
    list.below(of).into_iter().filter_map(file).collect()
}

/// Where the data file of a unit lies; `from` is the list, or the folder that stands for one.
pub fn file_of(unit: &Unit, from: &Path) -> Option<PathBuf> {
    let folder = if files::is_folder(from) { from } else { from.parent().unwrap_or(Path::new("")) };
    Some(plain(&folder.join(native(unit.file.as_ref()?))))
}

/// What each unit of a list handed in, in the order of the list; only the units under `of` are asked.
///
/// `folder` is where the list lies. A file that two units name is that of the first: added twice, it would
/// make a wrong sum.
pub fn hand_in_all(list: &UnitList, folder: &Path, of: Option<usize>) -> Vec<HandedIn> {
    hand_in_all_keeping(list, folder, of, &mut Kept::default())
}

fn hand_in_all_keeping(
    list: &UnitList,
    folder: &Path,
    of: Option<usize>,
    kept: &mut Kept,
) -> Vec<HandedIn> {
    let (units, paths): (Vec<usize>, Vec<PathBuf>) = files_of(list, folder, of).into_iter().unzip();
    let mut handed_in = vec![HandedIn::Nothing; list.units.len()];
    let mut owners: HashMap<PathBuf, usize> = HashMap::new();
    for ((unit, path), share) in units.iter().zip(&paths).zip(hand_in_each(&paths, kept)) {
        let first = canonical(path).map_or(*unit, |file| *owners.entry(file).or_insert(*unit));
        handed_in[*unit] = if first == *unit {
            share
        } else {
            let first = &list.units[first].name;
            HandedIn::Unreadable(format!("{} 已经是“{first}”的数据文件", path.display()))
        };
    }
    handed_in
}

/// The unit whose data file that is, if one of those under a body names it.
pub fn owner<'a>(
    list: &'a UnitList,
    folder: &Path,
    of: Option<usize>,
    file: &Path,
) -> Option<&'a str> {
    let mut files = files_of(list, folder, of).into_iter();
    let (unit, _) = files.find(|(_, path)| same_file(path, file))?;
    Some(&list.units[unit].name)
}

/// Whether a file holds the own figures of the body that is added up, which its subordinates' sum must not
/// take the place of.
pub fn holds_own(list: &UnitList, from: &Path, of: Option<usize>, file: &Path) -> bool {
    let unit = of.map(|of| &list.units[of]).filter(|unit| unit.holds == Holds::Own);
    unit.and_then(|unit| file_of(unit, from)).is_some_and(|path| same_file(&path, file))
}

/// What was handed in as each of these files, which are read on all cores unless it is kept. Nothing but that
/// is kept afterwards.
fn hand_in_each(paths: &[PathBuf], kept: &mut Kept) -> Vec<HandedIn> {
    let mut handed_in = Vec::with_capacity(paths.len());
    let mut to_keep = BTreeMap::new();
    let never = AtomicBool::new(false);
    let look = |i: usize| {
        let path = paths.get(i)?;
        let known = kept.units.get(path).filter(|looked| looked.is_still_so());
        Some((path.clone(), known.cloned().unwrap_or_else(|| hand_in(path))))
    };
    in_order(paths.len(), &never, look, |_, looked| {
        let Some((path, looked)) = looked else { return };
        handed_in.push(looked.found.clone());
        to_keep.insert(path, looked);
    });
    handed_in.resize(paths.len(), HandedIn::Unreadable("没有读完".to_owned()));
    kept.units = to_keep;
    handed_in
}

/// What a unit handed in as that file. It is checked as by itself, against the year before if it names
/// that, but not against units of its own: whoever adds it up has them, too.
fn hand_in(path: &Path) -> Looked {
    let mut files = vec![stamped(path)];
    let found = match open(path) {
        Ok(source) => {
            let read = source::read(&source);
            let folder = path.parent().unwrap_or_else(|| Path::new(""));
            let previous = previous_of(&read, folder);
            files.extend(previous.as_deref().map(stamped));
            // No worse for want of the file of the year before: whoever collects reports has them without what
            // lies beside them where they were written.
            let review = review_with(&source, read, previous.as_deref(), None, Severity::Warning);
            let errors = review.findings.iter().filter(|d| d.severity == Severity::Error).count();
            HandedIn::Share(Share::of(review.report.as_ref(), errors))
        }
        Err(_) if !files::is_there(path) => HandedIn::Nothing,
        Err(error) => HandedIn::Unreadable(error.to_string()),
    };
    Looked { files, found }
}

/// A path as it was typed, on this system: data files and lists are often written on Windows.
pub(super) fn native(file: &str) -> PathBuf {
    PathBuf::from(file.replace('\\', "/"))
}

/// The data files of a folder, as if there were a list of them.
#[derive(Debug)]
pub struct FolderList {
    /// Every body is directly under a body that nobody named.
    pub list: UnitList,
    /// What each handed in.
    pub handed_in: Vec<HandedIn>,
    /// The data files that are sums themselves. Added to what they were made from, they would count twice,
    /// and what they were made from, nobody says.
    pub sums: Vec<PathBuf>,
}

/// The data files of a folder as a list of units. A data file that names units of its own or bears the
/// remarks of a sum is left out, and so is `without`.
///
/// # Errors
///
/// When the folder cannot be read, or its files are of several years and `year` does not say which.
pub fn folder_as_list(
    folder: &Path,
    year: Option<u16>,
    without: Option<&Path>,
) -> Result<FolderList, String> {
    let paths = files::list(folder, &["toml"]).map_err(|error| error.to_string())?;
    let same = |path: &Path| without.is_some_and(|without| same_file(path, without));
    let mut units = Vec::new();
    let mut handed_in = Vec::new();
    let mut sums = Vec::new();
    let mut years: Vec<u16> = Vec::new();
    let paths: Vec<PathBuf> = paths.into_iter().filter(|path| !same(path)).collect();
    for (path, share) in paths.iter().zip(hand_in_each(&paths, &mut Kept::default())) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
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
    let list = UnitList { name: String::new(), year, units, joint: None };
    Ok(FolderList { list, handed_in, sums })
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

/// The data files that lie beside those of a list and are not on it, sorted; `without` is no such file.
pub fn unlisted(list: &UnitList, list_path: &Path, without: &[&Path]) -> Vec<PathBuf> {
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    let listed: Vec<PathBuf> = files_of(list, folder, None).into_iter().map(|(_, p)| p).collect();
    let mut folders: Vec<&Path> = listed.iter().filter_map(|path| path.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    let mut known: BTreeSet<PathBuf> = listed.iter().filter_map(|path| canonical(path)).collect();
    known.extend(without.iter().chain([&list_path]).filter_map(|path| canonical(path)));
    let mut found = Vec::new();
    for folder in folders {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        for path in files::list(folder, &["toml"]).unwrap_or_default() {
            // A list may call one folder by several paths.
            let is_new = canonical(&path).is_some_and(|path| known.insert(path));
            if is_new && is_report(&path, list) {
                found.push(plain(&path));
            }
        }
    }
    found
}

/// What is called `./a` is called `a` by everyone.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

/// Whether a sum has written into a data file where its figures come from.
fn bears_sources(path: &Path) -> bool {
    let is_source = |line: &str| line.trim_start().starts_with(PREFIX);
    files::read_text(path).is_ok_and(|text| text.lines().any(is_source))
}

fn looks_like_report(path: &Path) -> bool {
    files::read_text(path).is_ok_and(|text| SourceFile::parse("", text).is_report())
}

/// Whether a file is a report of the year of the list that adds up no units itself, or may be one: what
/// cannot be read may be what a unit that has not reported handed in under another name.
fn is_report(path: &Path, list: &UnitList) -> bool {
    let Ok(text) = files::read_text(path) else { return true };
    let file = SourceFile::parse("", text);
    match source::read(&file).0 {
        Some(report) => {
            report.header.year.is_none_or(|year| year == list.year) && report.header.units.is_none()
        }
        None => file.is_report(),
    }
}

fn same_file(left: &Path, right: &Path) -> bool {
    matches!((canonical(left), canonical(right)), (Some(left), Some(right)) if left == right)
}

fn canonical(path: &Path) -> Option<PathBuf> {
    files::real_path(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_unit_handed_in_is_read_again_only_when_a_file_of_it_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (this, last) = (folder.path().join("2024.toml"), folder.path().join("2023.toml"));
        let write = |path: &Path, text: &str| files::write_whole(path, text.as_bytes()).unwrap();
        let report = |name: &str| {
            format!("format = \"2021\"\n[report]\nyear = 2024\n[agency]\nname = \"{name}\"\n")
        };
        let mut kept = Kept::default();
        let mut look = || match hand_in_each(std::slice::from_ref(&this), &mut kept).remove(0) {
            HandedIn::Share(share) => (share.agency.unwrap_or_default(), share.errors),
            HandedIn::Nothing => (String::new(), 0),
            HandedIn::Unreadable(why) => panic!("{why}"),
        };
        assert_eq!(look().0, "");
        write(&this, &report("甲县人民政府"));
        assert_eq!(look().0, "甲县人民政府");

        // Of the same size and time it is not looked into.
        let time = this.metadata().unwrap().modified().unwrap();
        write(&this, &report("乙县人民政府"));
        let set = |time| {
            std::fs::OpenOptions::new()
                .write(true)
                .open(&this)
                .unwrap()
                .set_modified(time)
                .unwrap();
        };
        set(time);
        assert_eq!(look().0, "甲县人民政府");
        set(time + std::time::Duration::from_secs(1));
        assert_eq!(look().0, "乙县人民政府");

        // The report of the year before is of no use, is mended, and goes.
        let own = report("乙县人民政府");
        write(&last, "format = ");
        write(&this, &own.replace("[agency]", "previous = \"2023.toml\"\n[agency]"));
        let n_errors = look().1;
        write(&last, &own.replace("2024", "2023"));
        assert_eq!(look().1, n_errors - 1);
        write(&last, "format");
        assert_eq!(look().1, n_errors);
        std::fs::remove_file(&last).unwrap();
        assert_eq!(look().1, n_errors - 1);
        std::fs::remove_file(&this).unwrap();
        assert_eq!(look().0, "");
    }
}
