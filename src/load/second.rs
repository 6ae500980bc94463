//! SE01: the three tables as a second person entered them, held against the first entry (二人复核).
//!
//! Both entries are made blind. As long as not both persons have looked, a cell that differs is only said to differ, so that
//! neither copies the other; its two values are shown once both names stand in the data file.

use std::path::{Path, PathBuf};

use super::unit_files::native;
use super::{absent, first_problem, useless};
use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::edition::Cell;
use crate::files;
use crate::report::{FieldPath, Report, UNFILLED, place_name};
use crate::source::{self, SourceFile};

/// The problem of a cell in which the two entries differ.
pub static ENTRIES_DIFFER: Problem = Problem {
    code: "SE01",
    name: "entries-differ",
    title: "两人录入的数不同",
    severity: Severity::Error,
    docs: Docs {
        what: "数据文件里写了 [second] 的 entry 时，把另一人录入的三张表与本文件逐格比对：有没有不同的格，有没有一份填了、另一份没有填的格。",
        why: "一个人录错的数，自己很难看出来；两个人各自照台账录，同一格错成同一个数的很少。只说不同、不说是多少，两人才会各自再看台账，而不是照着对方的改。",
        example: "[second]\nentry = \"年报.复核.toml\"\n# 年报.toml 里 penalties = 12，年报.复核.toml 里 penalties = 21",
        corrected: "[second]\nentry = \"年报.复核.toml\"\nfirst = \"李某\"\nsecond = \"王某\"\ndate = 2024-01-08\n# 两份都是 penalties = 12",
    },
};

/// The end of the name of a file that holds nothing but a second entry.
const SUFFIX: &str = ".复核.toml";

/// The most places of cells not filled that are named.
const NAMED: usize = 4;

/// The key of the data file that names the second entry.
const ENTRY: &str = "second.entry";

/// Two entries of the three tables, compared cell by cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SecondEntry {
    /// The number of cells in which both hold the same.
    pub(crate) same: usize,
    /// The cells in which both hold something, and not the same.
    pub(crate) different: Vec<Cell>,
    /// The cells that only the first entry fills.
    pub(crate) only_first: Vec<Cell>,
    /// The cells that only the second entry fills.
    pub(crate) only_second: Vec<Cell>,
}

impl SecondEntry {
    /// Compares two entries of one form. Totals that one of them leaves to be added up follow from their parts.
    fn of(first: &Report, second: &Report) -> Self {
        let mut entry = Self {
            same: 0,
            different: Vec::new(),
            only_first: Vec::new(),
            only_second: Vec::new(),
        };
        for cell in first.form().cells() {
            let typed = [first, second].map(|report| report.typed(cell));
            match (typed[0].is_absent(), typed[1].is_absent()) {
                (true, true) => {}
                (false, false) if typed[0] == typed[1] => entry.same += 1,
                (false, false) => entry.different.push(cell),
                (true, false) | (false, true) if cell.is_total() => {}
                (false, true) => entry.only_first.push(cell),
                (true, false) => entry.only_second.push(cell),
            }
        }
        entry
    }

    /// True if both hold the same in every cell that one of them fills.
    pub(crate) fn is_settled(&self) -> bool {
        self.different.is_empty() && self.only_first.is_empty() && self.only_second.is_empty()
    }

    /// The result in one phrase, with who compared and when, as they wrote it.
    pub(crate) fn words(&self, report: &Report) -> String {
        let second = &report.second;
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| UNFILLED.to_owned());
        let date = second.date.map_or_else(|| UNFILLED.to_owned(), |date| date.to_string());
        let who = match (&second.first, &second.second, second.date) {
            (None, None, None) => "没有写两人的姓名和日期".to_owned(),
            _ => format!("{}、{}，{date}", name(&second.first), name(&second.second)),
        };
        let mut words = vec![format!("相同 {} 格", self.same)];
        for (n, what) in [
            (self.different.len(), "不同"),
            (self.only_first.len(), "只有第一人填了"),
            (self.only_second.len(), "只有第二人填了"),
        ] {
            if n > 0 {
                words.push(format!("{what} {n} 格"));
            }
        }
        match self.is_settled() && self.same > 0 {
            true => format!("两人录入的 {} 格全部相同（{who}）", self.same),
            false => format!("还没有复核完：{}（{who}）", words.join("，")),
        }
    }
}

/// True if a data file holds nothing but a second entry, by its name.
pub(crate) fn is_second_entry(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(SUFFIX)
}

/// The name of the second entry of a data file where it names none itself; none for a file without a name.
pub(crate) fn second_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    Some(format!("{}{SUFFIX}", name.strip_suffix(".toml").unwrap_or(name)))
}

/// The file of the second entry of a report whose data file lies at `path`; none where the report asks for none.
pub(crate) fn second_path(path: &Path, report: &Report) -> Option<PathBuf> {
    let name = report.second.entry.as_deref().filter(|name| !name.trim().is_empty())?;
    Some(path.parent().unwrap_or(Path::new("")).join(native(name)))
}

/// The comparison of a data file with the second entry that it names, or with the first if it is one itself, and what is found.
pub(super) fn compared(path: &Path, report: &Report) -> (Option<SecondEntry>, Vec<Diagnostic>) {
    if is_second_entry(path) {
        return match first_of(path) {
            Some(first) if first.edition == report.edition => {
                let entry = SecondEntry::of(&first, report);
                let found = findings(&entry, &first, report, false);
                (Some(entry), found)
            }
            Some(_) | None => (None, Vec::new()),
        };
    }
    let Some(other) = second_path(path, report) else { return (None, Vec::new()) };
    if !files::is_there(&other) {
        let help =
            "先运行 nianbao second 和本文件名，建一份给第二人填的文件；不做二人复核的，删去这一行";
        let undone = ["没有做二人复核", help];
        return (None, vec![absent(ENTRY, &other, undone, Severity::Error)]);
    }
    match read(&other) {
        Ok(second)
            if second.edition != report.edition || second.header.year != report.header.year =>
        {
            let why = format!("{} 不是同一年度的，没有比对", other.display());
            (None, vec![useless(ENTRY, why, "写这份年报的复核文件")])
        }
        Ok(second) => {
            let entry = SecondEntry::of(report, &second);
            let found = findings(&entry, report, &second, true);
            (Some(entry), found)
        }
        Err(why) => (None, vec![useless(ENTRY, why, "先改正那个文件")]),
    }
}

/// The report of which a file is the second entry.
fn first_of(path: &Path) -> Option<Report> {
    let name = path.file_name()?.to_str()?.strip_suffix(SUFFIX)?;
    let first = path.with_file_name(format!("{name}.toml"));
    let report = read(&first).ok()?;
    let named = second_path(&first, &report)?;
    (files::real_path(&named)? == files::real_path(path)?).then_some(report)
}

fn read(path: &Path) -> Result<Report, String> {
    let text = files::read_text(path).map_err(|error| error.to_string())?;
    let source = SourceFile::parse(path.display().to_string(), text);
    let (report, problems) = source::read(&source);
    report.ok_or_else(|| format!("{} {}", path.display(), first_problem(&source, &problems)))
}

/// The findings of a comparison, in the first entry or in the second.
fn findings(
    entry: &SecondEntry,
    first: &Report,
    second: &Report,
    in_first: bool,
) -> Vec<Diagnostic> {
    let form = first.form();
    // Both have looked for themselves before either sees what the other holds.
    let have_looked = first.second.first.is_some() && first.second.second.is_some();
    let finding = |cell: &Cell, message: String| {
        let place = Place::Value(FieldPath::of(*cell));
        Diagnostic::new(ENTRIES_DIFFER.code, ENTRIES_DIFFER.severity, place, message, "")
    };
    let different = entry.different.iter().map(|cell| {
        let name = form.cell_name(*cell);
        if !have_looked {
            return finding(cell, format!("{name}，两人录入的不同"))
                .help("两人各自对照台账再看一遍，录错的改自己的那一份；先不要互相问数")
                .help(
                    "都看过、还不同的，在 [second] 的 first、second 写上两人的姓名，再显示两个数",
                );
        }
        let (one, other) = (first.typed(*cell), second.typed(*cell));
        finding(cell, format!("{name}，两人录入的不同：第一人 {one}，第二人 {other}"))
            .help("一起对照台账，改录错的那一份")
    });
    let mut found: Vec<Diagnostic> = different.collect();
    // One line for all, because who enters fills one cell after the other.
    let (filled, lacking, who) = match in_first {
        true => (first, &entry.only_first, "第二人"),
        false => (second, &entry.only_second, "第一人"),
    };
    let place = Place::Value(FieldPath::new(if in_first { ENTRY } else { "requests" }));
    let told = |message: String, help: &str| {
        Diagnostic::new(ENTRIES_DIFFER.code, ENTRIES_DIFFER.severity, place.clone(), message, "")
            .help(help)
    };
    let is_begun = entry.same + entry.different.len() + entry.only_second.len() > 0;
    if in_first && !is_begun {
        let help = "请第二人不看本文件，照台账填那一份；填完再检查";
        found.push(told("第二人还没有录入".to_owned(), help));
    } else if in_first && lacking.is_empty() && !entry.only_second.is_empty() {
        let message = format!("第二人填了、本文件没有填的还有 {} 格", entry.only_second.len());
        found.push(told(message, "照台账填本文件；两份都填了才能比对"));
    } else if !lacking.is_empty() {
        let paths: Vec<FieldPath> = lacking.iter().map(|cell| FieldPath::of(*cell)).collect();
        let places = filled.together(|path| paths.contains(path));
        let named: Vec<String> = places.iter().take(NAMED).map(|at| place_name(form, at)).collect();
        let more = if places.len() > NAMED { "等" } else { "" };
        let message = format!("{who}还有 {} 格没有填：{}{more}", lacking.len(), named.join("、"));
        found.push(told(message, "没有发生的填 0；两份都填了才能比对"));
    }
    found
}

/// Makes the file for the second entry of a report beside its data file, with nothing filled in, and says its name.
///
/// # Errors
///
/// When there is one already, or it cannot be written.
pub(crate) fn begin_second(path: &Path, report: &Report) -> Result<String, String> {
    let name = second_name(path).ok_or("这个文件不能做二人复核")?;
    let at = path.with_file_name(&name);
    if files::is_there(&at) {
        return Err(format!(
            "已经有 {name}，没有改动它。是第二人录的，在 [second] 里写 entry = \"{name}\"（填写页：“基本情况”的“二人复核”），再比对；不是的，先把它移走"
        ));
    }
    let text = source::second_entry(report);
    // Old editors of Windows show a file with other line ends as one line.
    let text = if cfg!(windows) { text.replace('\n', "\r\n") } else { text };
    files::create_whole(&at, text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;

    /// A data file with that row, naming its second entry, with these lines more.
    fn first(row: &str, more: &str) -> String {
        format!(
            "format = \"2021\"\n[report]\nyear = 2023\n[agency]\nname = \"某某县人民政府\"\nkind = \"government\"\n[second]\nentry = \"年报.复核.toml\"\n{more}[requests]\nreceived = {row}\n"
        )
    }

    fn judged(
        first: &str,
        second: Option<&str>,
    ) -> (Option<SecondEntry>, Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        files::write_whole(&at("年报.toml"), first.as_bytes()).unwrap();
        let mut own = Vec::new();
        if let Some(row) = second {
            let text =
                format!("format = \"2021\"\n[report]\nyear = 2023\n[requests]\nreceived = {row}\n");
            files::write_whole(&at("年报.复核.toml"), text.as_bytes()).unwrap();
        }
        let told = |name: &str| -> (Option<SecondEntry>, Vec<String>) {
            let report = read(&at(name)).unwrap();
            let (entry, found) = compared(&at(name), &report);
            (entry, found.into_iter().map(|finding| finding.message).collect())
        };
        let (entry, found) = told("年报.toml");
        if second.is_some() {
            own = told("年报.复核.toml").1;
        }
        (entry, found, own)
    }

    #[test]
    fn what_differs_is_only_said_to_differ_until_both_have_looked() {
        let (entry, found, own) =
            judged(&first("[3, 0, 0, 0, 0, 17]", ""), Some("[3, 0, 0, 0, 0, 71]"));
        let entry = entry.unwrap();
        assert_eq!((entry.same, entry.different.len(), entry.is_settled()), (5, 1, false));
        for told in [&found, &own] {
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(
                told[0].contains("不同") && !told[0].contains("17") && !told[0].contains("71"),
                "{told:?}"
            );
        }
        let one = first("[3, 0, 0, 0, 0, 17]", "first = \"李某\"\n");
        let (_, found, _) = judged(&one, Some("[3, 0, 0, 0, 0, 71]"));
        assert!(!found[0].contains("17"), "one name is enough to see: {found:?}");
        let both = first("[3, 0, 0, 0, 0, 17]", "first = \"李某\"\nsecond = \"王某\"\n");
        let (_, found, own) = judged(&both, Some("[3, 0, 0, 0, 0, 71]"));
        assert!(found[0].contains("第一人 17，第二人 71"), "{found:?}");
        assert_eq!(found, own);
    }

    #[test]
    fn entries_that_are_the_same_settle_it_with_names_and_day() {
        let more = "first = \"李某\"\nsecond = \"王某\"\ndate = 2024-01-08\n";
        let text = first("[3, 0, 0, 0, 0, 17, 20]", more);
        let (entry, found, _) = judged(&text, Some("[3, 0, 0, 0, 0, 17]"));
        assert_eq!(found, [""; 0], "a total that is left to be added up is no difference");
        let report = source::read(&SourceFile::parse("t", text)).0.unwrap();
        assert_eq!(
            entry.unwrap().words(&report),
            "两人录入的 6 格全部相同（李某、王某，2024-01-08）"
        );
    }

    #[test]
    fn what_is_missing_is_said_and_never_passed_over() {
        let (entry, found, _) = judged(&first("[3, 0, 0, 0, 0, 17]", ""), None);
        assert!(entry.is_none() && found[0].contains("没有做二人复核"), "{found:?}");
        let (_, found, _) = judged(&first("[3, 0, 0, 0, 0, 17]", ""), Some("\"\""));
        assert_eq!(found, ["第二人还没有录入"]);
        let (entry, found, own) = judged(&first("\"\"", ""), Some("[3, 0, 0, 0, 0, 17]"));
        assert_eq!(entry.unwrap().only_second.len(), 6);
        assert_eq!(found, ["第二人填了、本文件没有填的还有 6 格"]);
        assert_eq!(own.len(), 1, "{own:?}");
        assert!(own[0].starts_with("第一人还有 6 格没有填："), "{own:?}");
    }

    #[test]
    fn the_file_for_the_second_entry_holds_no_figure_of_the_first_and_takes_every_one() {
        let folder = tempfile::tempdir().unwrap();
        for edition in Edition::ALL {
            let mut report = Report::empty(*edition);
            report.header.year = Some(2023);
            report.agency.name = Some("某某县人民政府".to_owned());
            let cells: Vec<Cell> = report.form().cells().collect();
            for cell in &cells {
                report.put(*cell, 4711.into());
            }
            let path = folder.path().join(format!("{}.toml", edition.key()));
            let name = begin_second(&path, &report).unwrap();
            assert!(begin_second(&path, &report).is_err(), "what was entered is written over");
            let text = files::read_text(&folder.path().join(name)).unwrap();
            assert!(!text.contains("4711"));
            let source = SourceFile::parse("t", text);
            let (second, _) = source::read(&source);
            let mut second = second.unwrap();
            assert!(cells.iter().all(|cell| second.typed(*cell).is_absent()));
            for cell in &cells {
                second.put(*cell, 4711.into());
            }
            let filled = source::edit(&source, &second, &source::Remarks::default()).unwrap();
            let back = source::read(&SourceFile::parse("t", filled)).0.unwrap();
            assert!(SecondEntry::of(&report, &back).is_settled(), "{}", edition.key());
        }
    }
}
