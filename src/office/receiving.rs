//! A run over an inbox: every file looked at, sorted, and taken where it is surely the report of a unit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::receive::{
    Fate, Inbox, Ledger, Looked, Outcome, Taken, inbox, ledger, look, remove_leftovers,
    save_ledger, sort, take,
};
use crate::files::{self, FileError};
use crate::load::EARLIER;
use crate::units::UnitList;

/// The way in which files are received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Way {
    /// The unit whose files they are, whatever they say.
    pub(crate) unit: Option<usize>,
    /// True if blank cells of a workbook are 0 in tables in which something is filled.
    pub(crate) blank_is_zero: bool,
    /// True if nothing is written.
    pub(crate) dry_run: bool,
}

/// The outcome of a run.
#[derive(Debug, Default)]
pub(crate) struct Received {
    /// The files of the inbox.
    pub(crate) inbox: Inbox,
    /// The outcome of each file, by its number; its unit where it would be taken.
    pub(crate) rows: BTreeMap<usize, Result<usize, Outcome>>,
    /// The number of files that were taken, or would be.
    pub(crate) n_taken: usize,
    /// The number of those that were taken before or need not be.
    pub(crate) n_known: usize,
    /// The number of those that were not taken.
    pub(crate) n_left: usize,
    /// True if a file could not be read or written on the way.
    pub(crate) has_failed: bool,
    /// True if it was stopped before all were taken.
    pub(crate) is_stopped: bool,
    /// The reason why it could not be noted which were taken.
    pub(crate) unsaved: Option<FileError>,
    ledger: Ledger,
}

/// Receives the files of an inbox, or a single file. `choose` is shown how they were sorted and may say whose some are, and
/// returns if it did.
///
/// # Errors
///
/// When the inbox cannot be read, another run does not end, or the run is stopped before anything was taken.
pub(crate) fn receive(
    list: &UnitList,
    list_path: &Path,
    from: &Path,
    way: Way,
    choose: impl FnOnce(&[PathBuf], &[Result<usize, Outcome>], &mut [Looked]) -> bool,
    stop: &AtomicBool,
) -> Result<Received, String> {
    let failed = |error: FileError| error.to_string();
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    // Files of units are locked one by one as they are replaced; this keeps a second run out.
    let _lock = files::lock(&folder.join(EARLIER)).map_err(failed)?;
    remove_leftovers(list, list_path);
    let inbox = inbox(from, list, list_path).map_err(failed)?;
    let ledger = ledger(folder);
    let mut looked = look(&inbox.files, list, way.unit, stop);
    if looked.len() < inbox.files.len() {
        return Err("已停止，没有收；再运行一次".to_owned());
    }
    // A file for which a unit is named is to be taken, though it was before.
    let unknown = Ledger::new();
    let known = if way.unit.is_some() { &unknown } else { &ledger };
    let mut sorted = sort(&inbox.files, &looked, list, list_path, known);
    if choose(&inbox.files, &sorted, &mut looked) {
        sorted = sort(&inbox.files, &looked, list, list_path, known);
    }
    let mut received = Received { inbox, ledger, ..Received::default() };
    received.take_all(&looked, sorted, list, list_path, way, stop);
    if !way.dry_run {
        received.save(folder);
    }
    Ok(received)
}

/// The number of files after which the ledger is written.
const SAVE_EVERY: usize = 100;

impl Received {
    /// Takes all files that are to be taken; without writing, it only says which.
    fn take_all(
        &mut self,
        looked: &[Looked],
        sorted: Vec<Result<usize, Outcome>>,
        list: &UnitList,
        list_path: &Path,
        Way { blank_is_zero, dry_run, .. }: Way,
        stop: &AtomicBool,
    ) {
        let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
        // Texts go before the figures that are put into them.
        let mut sorted: Vec<_> = sorted.into_iter().enumerate().collect();
        sorted.sort_by_key(|(i, _)| looked[*i].is_workbook());
        for (i, sorted) in sorted {
            if stop.load(Ordering::SeqCst) {
                self.is_stopped = true;
                return;
            }
            let outcome = match sorted {
                Ok(unit) if dry_run => {
                    self.n_taken += 1;
                    self.rows.insert(i, Ok(unit));
                    continue;
                }
                Ok(unit) => {
                    let path = &self.inbox.files[i];
                    let taken = take(path, &looked[i], unit, list, list_path, blank_is_zero);
                    taken.unwrap_or_else(|error| {
                        self.has_failed = true;
                        Outcome::Unreadable(error.to_string())
                    })
                }
                Err(outcome) => outcome,
            };
            self.count(&outcome, looked[i].digest(), list);
            self.rows.insert(i, Err(outcome));
            if !dry_run && self.rows.len().is_multiple_of(SAVE_EVERY) {
                self.save(folder);
            }
        }
    }

    /// Counts an outcome, and notes what has been taken.
    fn count(&mut self, outcome: &Outcome, digest: &str, list: &UnitList) {
        if let Outcome::Taken(Taken { unit, .. }) | Outcome::Same(unit) = outcome {
            self.ledger.insert(digest.to_owned(), list.units[*unit].name.clone());
        }
        if let Outcome::PassedOver(unit) = outcome {
            self.ledger.insert(passed_over(digest), unit.clone());
        }
        match outcome.fate() {
            Fate::Taken => self.n_taken += 1,
            Fate::Known => self.n_known += 1,
            Fate::Left => self.n_left += 1,
        }
    }

    fn save(&mut self, folder: &Path) {
        self.unsaved = save_ledger(folder, &self.ledger).err();
    }
}

/// The name in the ledger of a file that a person passed over for another of the same unit.
pub(super) fn passed_over(digest: &str) -> String {
    format!("passed over {digest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Holds, Unit};

    #[test]
    fn files_that_a_person_assigns_are_judged_as_all_others() {
        let folder = tempfile::tempdir().unwrap();
        let unit = Unit {
            name: "云岭县教育局".to_owned(),
            agency: None,
            under: None,
            file: Some("教育局.toml".to_owned()),
            holds: Holds::Own,
            kind: None,
            level: None,
        };
        let list = UnitList::of("云岭县人民政府".to_owned(), 2023, vec![unit]);
        let file = |name: &str, year: u16, licences: u32| {
            let path = folder.path().join(name);
            let text = format!(
                "format = \"2021\"\n[report]\nyear = {year}\n[agency]\nname = \"县教育局\"\n\
                 [disclosure]\nlicences = {licences}\n"
            );
            files::write_whole(&path, text.as_bytes()).unwrap();
            path
        };
        let paths = [file("一.toml", 2022, 1), file("二.toml", 2023, 2), file("三.toml", 2023, 3)];
        let list_path = folder.path().join("units.toml");
        let mut looked = look(&paths, &list, None, &AtomicBool::new(false));
        let sorted = |looked: &[Looked]| sort(&paths, looked, &list, &list_path, &Ledger::new());
        assert!(sorted(&looked).iter().all(|one| *one == Err(Outcome::Unsure(vec![0]))));
        looked.iter_mut().for_each(|looked| looked.assign(0));
        let others = |of: usize| Err(Outcome::Several(0, vec![paths[of].clone()]));
        assert_eq!(sorted(&looked), [Err(Outcome::OtherYear(0, 2022)), others(2), others(1)]);
    }
}
