//! The start page: open a data file, make a new one, or go on with last year's.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fields::line;
use super::inputs::NearFile;
use super::notes::Notes;
use super::units::OFFICE;
use crate::about;
use crate::edition::Edition;
use crate::files;
use crate::import::{self, Class, EXTENSIONS, Published};
use crate::load::{LIST_NAME, concerns_what_is_carried, load, next_report};
use crate::report::{AgencyKind, AgencyLevel, Report};
use crate::source::{self, SourceFile};

/// The files that were opened last.
pub(super) struct Recent(Notes<Noted>);

/// The contents of the notes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Noted {
    is_off: bool,
    files: Vec<PathBuf>,
}

impl Recent {
    /// The most files that are noted.
    const MOST: usize = 12;

    pub(super) fn new(file: Option<PathBuf>) -> Self {
        Self(Notes::new(file))
    }

    /// True if files are noted; nothing where they never are.
    fn is_on(&self) -> Option<bool> {
        self.0.are_kept().then(|| !self.0.read().is_off)
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files = self.0.read().files;
        files.truncate(Self::MOST);
        files
    }

    /// Notes a file as the one that was opened last.
    pub(super) fn add(&self, path: &Path) {
        let Some(path) = files::real_path(path).filter(|_| self.0.are_kept()) else { return };
        self.0.change(|noted| {
            if !noted.is_off {
                noted.files.retain(|known| *known != path);
                noted.files.insert(0, path);
                noted.files.truncate(Self::MOST);
            }
        });
    }

    /// Switches noting on, or off and forgets all.
    pub(super) fn switch(&self, is_on: bool) {
        self.0.change(|noted| {
            noted.is_off = !is_on;
            noted.files.clear();
        });
    }
}

/// A data file that can be opened.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    /// Its full path.
    path: String,
    /// Its path from the folder of the start page.
    name: String,
    /// The body and the year of a report, where they can be read.
    title: String,
}

/// All that the start page shows.
#[derive(Debug, Serialize)]
pub(super) struct StartPage {
    token: String,
    folder: String,
    year: u16,
    /// The data files in the folder itself.
    files: Vec<Listed>,
    /// Those in the folders below it, as the examples of a package are.
    below: Vec<Listed>,
    is_cut: bool,
    published: Vec<Listed>,
    /// The lists of units in the folder and near it.
    lists: Vec<Listed>,
    /// True if there is a list where a new one would be made, or in the folder itself.
    has_list: bool,
    recent: Vec<Listed>,
    is_noting: Option<bool>,
    kinds: Vec<(&'static str, &'static str)>,
    levels: Vec<(&'static str, &'static str)>,
    /// The program: its version, and what its package says of itself.
    version: &'static str,
    package: &'static str,
}

/// The most files that are listed, and the most that are looked at for it.
const LISTED: usize = 100;
const LOOKED_AT: usize = 1_000;

/// The start page.
pub(super) fn start_page(folder: &Path, recent: &Recent, year: u16, token: &str) -> StartPage {
    let found = files::nearby(folder, &["toml"]);
    let mut listed: Vec<Listed> =
        found.files.iter().take(LOOKED_AT).filter_map(|path| listed(path, folder)).collect();
    let is_cut = found.is_cut || found.files.len() > LOOKED_AT || listed.len() > LISTED;
    listed.truncate(LISTED);
    let (here, below) =
        listed.into_iter().partition(|one| Path::new(&one.path).parent() == Some(folder));
    let lists = found.files.iter().take(LOOKED_AT).filter_map(|path| listed_list(path, folder));
    StartPage {
        token: token.to_owned(),
        folder: folder.display().to_string(),
        year,
        files: here,
        below,
        is_cut,
        published: published(folder),
        lists: lists.take(LISTED).collect(),
        has_list: [folder, &folder.join(OFFICE)]
            .iter()
            .any(|folder| files::is_there(&folder.join(LIST_NAME))),
        recent: recent.files().iter().filter_map(|path| self::listed(path, folder)).collect(),
        is_noting: recent.is_on(),
        kinds: AgencyKind::ALL.iter().map(|one| (one.1, one.2)).collect(),
        levels: AgencyLevel::ALL.iter().map(|one| (one.1, one.2)).collect(),
        version: about::VERSION,
        package: about::package(),
    }
}

/// A data file as it is listed; nothing for other files.
fn listed(path: &Path, folder: &Path) -> Option<Listed> {
    let source = SourceFile::parse("", files::read_text(path).ok()?);
    if !source.is_report() {
        return None;
    }
    Some(Listed {
        path: path.to_str()?.to_owned(),
        name: path.strip_prefix(folder).unwrap_or(path).display().to_string(),
        title: title_of(&source),
    })
}

/// A list of units as it is listed; nothing for other files.
fn listed_list(path: &Path, folder: &Path) -> Option<Listed> {
    let source = SourceFile::parse("", files::read_text(path).ok()?);
    source.is_unit_list().then_some(())?;
    let list = source::read_units(&source).0;
    let title =
        list.map(|list| format!("{} {}年度，{} 个单位", list.name, list.year, list.units.len()));
    Some(Listed {
        path: path.to_str()?.to_owned(),
        name: path.strip_prefix(folder).unwrap_or(path).display().to_string(),
        title: title.unwrap_or_default(),
    })
}

/// True if a file is a list of units.
pub(super) fn is_list(path: &Path) -> bool {
    files::read_text(path).is_ok_and(|text| SourceFile::parse("", text).is_unit_list())
}

fn name_of(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.to_owned())
}

/// The files in the folder itself, and not below it, with which one may go on though they are no data files. None is
/// opened to see if it holds a report; that is told when one is chosen.
fn published(folder: &Path) -> Vec<Listed> {
    // Texts are mostly something else.
    let extensions: Vec<&str> = EXTENSIONS.iter().copied().filter(|one| *one != "txt").collect();
    let found = files::nearby(folder, &extensions).files;
    // Packages put the manual beside the program, as a page and as a PDF.
    let is_manual = |path: &Path| path.file_stem().is_some_and(|stem| stem == "manual");
    let here = found.iter().filter(|path| path.parent() == Some(folder) && !is_manual(path));
    let listed = here.filter_map(|path| {
        Some(Listed { path: path.to_str()?.to_owned(), name: name_of(path)?, title: String::new() })
    });
    listed.take(LISTED).collect()
}

/// The names of the Word files in the folder of a data file.
pub(super) fn word_files(file: &Path) -> Vec<String> {
    let folder = files::real_path(file).and_then(|file| Some(file.parent()?.to_owned()));
    let found = folder.map(|folder| published(&folder)).unwrap_or_default().into_iter();
    found.map(|one| one.name).filter(|name| name.to_lowercase().ends_with(".docx")).collect()
}

/// The reports, published ones among them, and the lists of units near a data file that it may name.
pub(super) fn near(file: &Path) -> Vec<NearFile> {
    let Some(file) = files::real_path(file) else { return Vec::new() };
    let folder = file.parent().unwrap_or(Path::new(""));
    let others = files::nearby(folder, &["toml"]).files.into_iter().filter(|path| *path != file);
    let near = others.take(LOOKED_AT).filter_map(|path| {
        let source = SourceFile::parse("", files::read_text(&path).ok()?);
        let is_list = source.is_unit_list();
        (is_list || source.is_report()).then_some(())?;
        let title = if is_list { String::new() } else { title_of(&source) };
        Some(NearFile { path: files::path_from(folder, &path).ok()?, title, is_list })
    });
    let published = published(folder).into_iter();
    let published =
        published.map(|one| NearFile { path: one.name, title: String::new(), is_list: false });
    near.take(LISTED).chain(published).collect()
}

/// The body and the year of the report in a data file, where they can be read.
fn title_of(source: &SourceFile) -> String {
    let report = source::read(source).0.filter(|report| report.agency.name.is_some());
    report.map(|report| report.title()).unwrap_or_default()
}

/// A data file to be made.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    /// Its name, in the folder of the start page.
    name: String,
    year: Option<u16>,
    agency: Option<String>,
    agency_kind: Option<String>,
    agency_level: Option<String>,
    /// The report of the year before, with which to go on: a data file, or as it was published.
    from: Option<PathBuf>,
    /// The same report as it was published, to be read as a data file.
    read: Option<PathBuf>,
}

/// The file that was made.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) path: PathBuf,
    /// The parts of last year's report to look at before going on with it.
    pub(super) doubts: Vec<String>,
}

/// Makes a data file.
///
/// # Errors
///
/// The reason why it cannot be made, in Chinese.
pub(super) fn begin(wanted: &Wanted, folder: &Path) -> Result<Begun, String> {
    let path = path_of(&wanted.name, folder)?;
    let mut doubts = Vec::new();
    let text = match (&wanted.read, &wanted.from) {
        (Some(read), _) => {
            let bytes = files::read_bytes(read).map_err(|error| error.to_string())?;
            let published =
                import::read(&bytes).map_err(|error| format!("{error}。{}", error.help))?;
            doubts.extend(doubts_of(&published));
            import::data_file(&published, &name_of(read).unwrap_or_default())
        }
        (None, Some(from)) => {
            let loaded = load(from).map_err(|error| error.to_string())?;
            let last = loaded.review.report.as_ref().filter(|_| loaded.review.is_readable());
            let last = last.ok_or("上年的文件有看不懂的地方，请先打开它改正")?;
            let doubtful =
                loaded.review.findings.iter().filter(|one| concerns_what_is_carried(one));
            doubts.extend(doubtful.map(|finding| finding.message.clone()));
            let next = next_report(last, from, &path).map_err(|error| error.to_string())?;
            source::starter(&next, Some(last))
        }
        (None, None) => {
            let year = wanted.year.ok_or("请填报告年度")?;
            let edition = Edition::for_year(year).ok_or("本程序不知道这一年度的格式")?;
            let mut report = Report::empty(edition);
            report.header.year = Some(year);
            report.agency.name =
                wanted.agency.as_deref().map(line).transpose()?.filter(|name| !name.is_empty());
            report.agency.kind = choice(AgencyKind::ALL, wanted.agency_kind.as_deref());
            report.agency.level = choice(AgencyLevel::ALL, wanted.agency_level.as_deref());
            source::starter(&report, None)
        }
    };
    // Old editors of Windows show a file with other line ends as one line.
    let text = if cfg!(windows) { text.replace('\n', "\r\n") } else { text };
    files::create_whole(&path, text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(Begun { path, doubts })
}

/// The cells to hold against the paper in a report that was read from its published form.
fn doubts_of(published: &Published) -> Vec<String> {
    let form = published.report.form();
    let unsure = |class: Class| {
        let cells = form
            .cells()
            .filter(|cell| published.classes.get(cell).is_some_and(|(known, _)| *known == class));
        cells.map(|cell| form.cell_name(cell)).collect::<Vec<_>>()
    };
    let mut doubts = Vec::new();
    for class in Class::ALL.iter().filter(|class| **class > Class::Reliable) {
        let names = unsure(*class);
        if let Some(first) = names.first() {
            doubts.push(format!("{} {} 格（{first}等）", class.name(), names.len()));
        }
    }
    let n_listed = published.account.n_listed();
    if n_listed > 0 {
        doubts.push(format!("没有地方放的文字 {n_listed} 字"));
    }
    doubts
}

fn choice<T: Copy>(all: &[(T, &'static str, &'static str)], key: Option<&str>) -> Option<T> {
    all.iter().find(|one| Some(one.1) == key).map(|one| one.0)
}

/// The path of a file of that name in the folder, and nowhere else.
pub(super) fn path_of(name: &str, folder: &Path) -> Result<PathBuf, String> {
    let name = line(name)?;
    let name = name.strip_suffix(".toml").unwrap_or(&name).trim();
    let is_plain = !name.is_empty()
        && !name.starts_with('.')
        && name.len() <= 150
        && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']);
    if is_plain {
        Ok(folder.join(format!("{name}.toml")))
    } else {
        Err("文件名里不能有 / \\ : * ? \" < > | ，也不能空着".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_lies_in_the_folder_and_nowhere_else() {
        let folder = Path::new("a");
        assert_eq!(path_of(" 2025年报 ", folder).unwrap(), Path::new("a/2025年报.toml"));
        assert_eq!(path_of("年报.toml", folder).unwrap(), Path::new("a/年报.toml"));
        for wrong in ["", "../x", "a/b", "C:x", ".x", "x\u{0}y", ".toml"] {
            assert!(path_of(wrong, folder).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_was_opened_last_is_noted_until_that_is_switched_off() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.toml");
        files::write_whole(&file, b"format = \"2021\"\n").unwrap();
        let recent = Recent::new(Some(folder.path().join("state/recent.json")));
        assert_eq!(recent.is_on(), Some(true));
        recent.add(&file);
        recent.add(&file);
        assert_eq!(recent.files().len(), 1);
        recent.switch(false);
        recent.add(&file);
        assert_eq!((recent.is_on(), recent.files().len()), (Some(false), 0));
        assert_eq!(Recent::new(None).is_on(), None);
    }
}
