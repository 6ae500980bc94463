//! The reports that units handed in, read on all cores and kept from one look to the next.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::share_cache::{Entries, Entry, ShareCache};
use super::unit_files::{canonical, files_of};
use super::{Beside, Loaded, open, previous_of, review_with};
use crate::diag::Severity;
use crate::files::{self, FileError, Stamp};
use crate::ordered::in_order;
use crate::report::Settings;
use crate::source;
use crate::units::{HandedIn, Share, UnitList};

/// The shares of units, kept from one look to the next: those whose files and whose office's rules are the same are not
/// read again.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    units: BTreeMap<PathBuf, Looked>,
    office: Option<Settings>,
    /// Those that earlier runs of the program kept.
    on_disk: Option<ShareCache>,
}

/// The share of each unit of a list, in the order of the list; only the units under `of` are asked.
///
/// `folder` is where the list lies. A file that two units name is that of the first: added twice, it would
/// make a wrong sum.
pub fn hand_in_all(list: &UnitList, folder: &Path, of: Option<usize>) -> Vec<HandedIn> {
    hand_in_all_keeping(list, folder, of, &mut Kept::default())
}

/// As [`hand_in_all`] of all units, keeping on disk what was read, so that the next run reads only what has changed.
pub(crate) fn hand_in_cached(list: &UnitList, list_path: &Path) -> Vec<HandedIn> {
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    let on_disk = ShareCache::open(list_path, list.rules.as_ref());
    let office = list.rules.clone();
    hand_in_all_keeping(list, folder, None, &mut Kept { office, on_disk, ..Kept::default() })
}

pub(super) fn hand_in_all_keeping(
    list: &UnitList,
    folder: &Path,
    of: Option<usize>,
    kept: &mut Kept,
) -> Vec<HandedIn> {
    let (units, paths): (Vec<usize>, Vec<PathBuf>) = files_of(list, folder, of).into_iter().unzip();
    let mut handed_in = vec![HandedIn::Nothing; list.units.len()];
    let mut owners: HashMap<PathBuf, usize> = HashMap::new();
    for ((unit, path), share) in
        units.iter().zip(&paths).zip(hand_in_each(&paths, kept, list.rules.as_ref()))
    {
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

/// The share handed in as each of these files, which are read on all cores unless it is kept. Nothing but that
/// is kept afterwards.
pub(super) fn hand_in_each(
    paths: &[PathBuf],
    kept: &mut Kept,
    office: Option<&Settings>,
) -> Vec<HandedIn> {
    if kept.office.as_ref() != office {
        *kept = Kept { office: office.cloned(), ..Kept::default() };
    }
    let mut handed_in = Vec::with_capacity(paths.len());
    let mut to_keep = BTreeMap::new();
    let mut entries = Entries::new();
    let never = AtomicBool::new(false);
    let look = |i: usize| {
        let path = paths.get(i)?;
        let known = kept.units.get(path).filter(|looked| looked.is_still_so()).cloned();
        let known = known.map(|looked| (looked, None));
        let (looked, entry) = known
            .or_else(|| of_disk(path, kept.on_disk.as_ref()?))
            .unwrap_or_else(|| to_disk(hand_in(path, office), kept.on_disk.as_ref()));
        Some((path.clone(), looked, entry))
    };
    in_order(paths.len(), &never, look, |_, looked| {
        let Some((path, looked, entry)) = looked else { return };
        handed_in.push(looked.found.clone());
        let name = kept.on_disk.as_ref().and_then(|cache| cache.name(&path));
        entries.extend(name.zip(entry));
        to_keep.insert(path, looked);
    });
    handed_in.resize(paths.len(), HandedIn::Unreadable("没有读完".to_owned()));
    kept.on_disk.iter().for_each(|cache| cache.save(&entries));
    kept.units = to_keep;
    handed_in
}

/// The share of a unit as an earlier run kept it.
fn of_disk(path: &Path, cache: &ShareCache) -> Option<(Looked, Option<Entry>)> {
    let (entry, paths, share) = cache.get(path)?;
    let files = paths.iter().map(|path| stamped(path)).collect();
    Some((Looked { files, found: HandedIn::Share(share) }, Some(entry)))
}

/// The share with its entry for the next run, if none of its files has changed since it was read.
fn to_disk(looked: Looked, cache: Option<&ShareCache>) -> (Looked, Option<Entry>) {
    let entry = cache.and_then(|cache| {
        let HandedIn::Share(share) = &looked.found else { return None };
        let paths: Vec<PathBuf> = looked.files.iter().map(|(path, _)| path.clone()).collect();
        // The digests are taken before the files are looked at again.
        let entry = cache.entry(&paths, share)?;
        let was = |(path, stamp): &(PathBuf, Option<Stamp>)| *stamp == stamped(path).1;
        looked.files.iter().all(was).then_some(entry)
    });
    (looked, entry)
}

/// The share of a unit handed in as that file. It is checked as by itself, against the year before if it names
/// that, but not against units of its own: the one who adds it up has them, too.
fn hand_in(path: &Path, office: Option<&Settings>) -> Looked {
    let mut files = vec![stamped(path)];
    let found = match load_alone(path, office) {
        Ok(Loaded { review, previous, .. }) => {
            files.extend(previous.as_deref().map(stamped));
            let errors = review.findings.iter().filter(|d| d.severity == Severity::Error).count();
            HandedIn::Share(Share::of(review.report.as_ref(), errors))
        }
        Err(_) if !files::is_there(path) => HandedIn::Nothing,
        Err(error) => HandedIn::Unreadable(error.to_string()),
    };
    Looked { files, found }
}

/// Reads and reviews the data file of a unit as it is looked at when it is added up: against the year before if it names
/// that, by the rules of the office, and not against units of its own.
///
/// # Errors
///
/// When it cannot be read.
pub(crate) fn load_alone(path: &Path, office: Option<&Settings>) -> Result<Loaded, FileError> {
    let source = open(path)?;
    let read = source::read(&source);
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let previous = previous_of(&read, folder);
    // A missing last-year file is only a warning: a collected report comes without its neighbours.
    let review = review_with(
        &source,
        read,
        previous.as_deref(),
        Beside { children: None, office },
        Severity::Warning,
    );
    Ok(Loaded {
        source,
        review,
        previous,
        units: None,
        children: Vec::new(),
        summary: None,
        second: None,
    })
}

impl Kept {
    /// The files that it was read from.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let files = self.units.values().flat_map(|looked| &looked.files);
        files.map(|(path, _)| path.clone()).collect()
    }
}

/// The share of a unit, and the files it was read from, each with its stamp from before it was read.
#[derive(Debug, Clone)]
struct Looked {
    files: Vec<(PathBuf, Option<Stamp>)>,
    found: HandedIn,
}

impl Looked {
    fn is_still_so(&self) -> bool {
        self.files.iter().all(|(path, stamp)| {
            // A file that cannot be looked at may become readable without a trace.
            stamp.is_some() && *stamp == stamped(path).1
        })
    }
}

/// A file and its stamp; none where it is not there.
fn stamped(path: &Path) -> (PathBuf, Option<Stamp>) {
    (path.to_owned(), files::stamp(path).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::RuleLevel;

    #[test]
    fn what_a_unit_handed_in_is_judged_anew_by_other_rules_of_its_office() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("2024.toml");
        let text = "format = \"2021\"\n[report]\nyear = 2024\n[overview]\ntext = \"统一招考。\"\n";
        files::write_whole(&path, text.as_bytes()).unwrap();
        let mut kept = Kept::default();
        let mut n_errors = |office: Option<&Settings>| match hand_in_each(
            std::slice::from_ref(&path),
            &mut kept,
            office,
        )
        .remove(0)
        {
            HandedIn::Share(share) => share.errors,
            other => panic!("{other:?}"),
        };
        let office = Settings {
            typos: Some("招考 → 招生考试".to_owned()),
            levels: vec![("NB803".to_owned(), RuleLevel::Error)],
            ..Settings::default()
        };
        let without = n_errors(None);
        assert_eq!(n_errors(Some(&office)), without + 1);
        assert_eq!(n_errors(None), without);
    }

    #[test]
    fn what_a_unit_handed_in_is_read_again_only_when_a_file_of_it_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (this, last) = (folder.path().join("2024.toml"), folder.path().join("2023.toml"));
        let write = |path: &Path, text: &str| files::write_whole(path, text.as_bytes()).unwrap();
        let report = |name: &str| {
            format!("format = \"2021\"\n[report]\nyear = 2024\n[agency]\nname = \"{name}\"\n")
        };
        let mut kept = Kept::default();
        let mut look = || match hand_in_each(std::slice::from_ref(&this), &mut kept, None).remove(0)
        {
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
