//! UL01: the reports of a folder held against the list of units that lies in it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::unit_files::{canonical, files_of, plain};
use super::{ListError, Loaded, first_problem, read_list};
use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::files;
use crate::report::{FieldPath, Report, Settings};
use crate::source;
use crate::units::UnitList;

/// The problem of a report that is not the one the list of its folder names.
pub static NOT_AS_LISTED: Problem = Problem {
    code: "UL01",
    name: "not-as-listed",
    title: "与文件夹里的单位名单不符",
    severity: Severity::Error,
    docs: Docs {
        what: "检查、生成整个文件夹时，里面有单位名单 units.toml 的，每份报告是不是名单上这个单位、这个年度的；名单上的单位有没有两份报告；有没有不在名单上的报告。单独检查一个文件时不看名单。",
        why: "错拿上一年度或者别的机关的报告，自己的数都对得上，只有名单看得出来。",
        example: "# 教育局.toml；名单 units.toml 里写的是 year = 2025\n[report]\nyear = 2024",
        corrected: "# 教育局.toml；名单 units.toml 里写的是 year = 2025\n[report]\nyear = 2025",
    },
};

/// The lists of units that lie in the folders of a run.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    lists: Vec<List>,
    /// The rules of the office for all reports of the run.
    pub(crate) office: Option<Settings>,
    /// The reasons why lists are of no use, each in one phrase.
    pub(crate) problems: Vec<String>,
}

#[derive(Debug)]
struct List {
    path: PathBuf,
    units: UnitList,
    /// The units by the one path of their files; those that are there.
    by_file: HashMap<PathBuf, usize>,
    by_agency: BTreeMap<String, usize>,
}

/// A unit whose data file is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MissingUnit {
    /// Its name.
    pub(crate) name: String,
    /// Its file, as the list has it.
    pub(crate) file: PathBuf,
    /// The year of the list.
    pub(crate) year: u16,
}

impl Listed {
    /// Reads the lists at these paths; what is no list of units is passed over.
    pub(crate) fn read<'a>(paths: impl Iterator<Item = &'a Path>) -> Self {
        let mut listed = Self::default();
        for path in paths {
            match read_list(path) {
                Ok(units) => listed.lists.push(List::of(path, units)),
                Err(ListError::Wrong(source, found)) if source.is_unit_list() => {
                    let what = first_problem(&source, &found);
                    listed
                        .problems
                        .push(format!("单位名单 {} {what}；没有按名单核对", path.display()));
                }
                // Whoever reads it as a data file says what is wrong with it.
                Err(ListError::Wrong(..) | ListError::File(_)) => {}
            }
        }
        listed
    }

    /// The rules of the office by which a report is judged: those of the run, or those of the list of which it is a unit.
    pub(crate) fn rules(&self, path: &Path, found: bool) -> Option<&Settings> {
        let file = canonical(path);
        let is_unit =
            |list: &&List| file.as_ref().is_some_and(|file| list.by_file.contains_key(file));
        let near = || self.lists.iter().filter(|list| found && is_unit(list));
        let of_list = || near().find_map(|list| list.units.rules.as_ref());
        self.office.as_ref().or_else(of_list)
    }

    /// Adds to what was found in a report that it is not the one that a list names.
    pub(crate) fn judge(&self, path: &Path, loaded: &mut Loaded) {
        let Some(report) = &loaded.review.report else { return };
        let found: Vec<Diagnostic> =
            self.lists.iter().filter_map(|list| list.judge(path, report)).collect();
        for finding in found {
            let source = &loaded.source;
            let start = |d: &Diagnostic| source::locate(source, &d.primary.place).start;
            let findings = &mut loaded.review.findings;
            let at = findings.partition_point(|other| start(other) < start(&finding));
            findings.insert(at, finding);
        }
    }

    /// The units whose data files are not there, in the order of the lists.
    pub(crate) fn missing(&self) -> Vec<MissingUnit> {
        let of = |list: &List| -> Vec<MissingUnit> {
            let files = files_of(&list.units, list.folder(), None);
            let absent = files.into_iter().filter(|(_, file)| !files::is_there(file));
            let unit = |(unit, file): (usize, PathBuf)| MissingUnit {
                name: list.units.units[unit].name.clone(),
                file: plain(&file),
                year: list.units.year,
            };
            absent.map(unit).collect()
        };
        self.lists.iter().flat_map(of).collect()
    }
}

impl List {
    fn of(path: &Path, units: UnitList) -> Self {
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        let by_file = files_of(&units, folder, None)
            .into_iter()
            .filter_map(|(unit, file)| Some((canonical(&file)?, unit)))
            .collect();
        let names = units.units.iter().enumerate().filter(|(_, unit)| unit.file.is_some());
        let by_agency = names.map(|(i, unit)| (unit.agency().to_owned(), i)).collect();
        Self { path: path.to_owned(), units, by_file, by_agency }
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or_else(|| Path::new(""))
    }

    fn judge(&self, path: &Path, report: &Report) -> Option<Diagnostic> {
        let year = report.header.year;
        let agency = report.agency.name.as_deref();
        let list = self.path.display();
        if let Some(unit) = canonical(path).and_then(|path| self.by_file.get(&path)) {
            let unit = &self.units.units[*unit];
            if let Some(agency) = agency.filter(|agency| *agency != unit.agency()) {
                let message =
                    format!("在单位名单上这是“{}”的数据文件，写的是“{agency}”", unit.name);
                let help = format!(
                    "核对是不是拿错了文件；名称不同而确是这个单位的，在 {list} 里用 agency 写明"
                );
                return Some(finding("agency.name", Severity::Error, message, &help));
            }
            return year.filter(|year| *year != self.units.year).map(|year| {
                let due = self.units.year;
                let message = format!("单位名单是{due}年度的，这是{year}年度的报告");
                let help = format!("换成{due}年度的；名单沿用的，改正 {list} 里的 year");
                finding("report.year", Severity::Error, message, &help)
            });
        }
        // What lies elsewhere, is of another year or is a sum is not meant by this list.
        let is_meant = path.starts_with(self.folder())
            && year == Some(self.units.year)
            && report.header.units.is_none()
            && agency.is_some_and(|agency| agency != self.units.name);
        let agency = agency.filter(|_| is_meant)?;
        let Some(unit) = self.by_agency.get(agency) else {
            let message = format!("“{agency}”不在单位名单 {list} 上，汇总时不计入");
            let help = "应当计入的，写进名单；名称与名单上的不同的，改为一致";
            return Some(finding("agency.name", Severity::Warning, message, help));
        };
        let file = self.folder().join(self.units.units[*unit].file.as_deref()?);
        let shown = plain(&file);
        let shown = shown.display();
        Some(if files::is_there(&file) {
            let message = format!("“{agency}”有两份报告：这一份，和名单上写的 {shown}");
            finding("agency.name", Severity::Error, message, "只留一份，另一份移到别的文件夹")
        } else {
            let message = format!("名单上“{agency}”的数据文件是 {shown}，没有这个文件");
            let help = format!("这一份就是的，改名为 {shown}，或者改正名单里的 file");
            finding("agency.name", Severity::Warning, message, &help)
        })
    }
}

fn finding(at: &str, severity: Severity, message: String, help: &str) -> Diagnostic {
    let place = Place::Value(FieldPath::new(at));
    Diagnostic::new(NOT_AS_LISTED.code, severity, place, message, "").help(help)
}
