//! An open data file: read anew for every change, changed byte by byte, and brought back step by step.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::change::{Change, Conflict, Edit, Wrong};
use super::fields::Fields;
use super::merge::merge;
use crate::files::{self, Cause, FileError};
use crate::load::{Kept, Loaded, load_keeping};
use crate::report::Report;
use crate::source::{self, EditError, Position, Remarks, SourceFile, codes};

/// An open data file.
pub struct Desk {
    path: PathBuf,
    work: Mutex<Work>,
}

/// A change made at a desk.
#[derive(Default)]
struct Work {
    /// True if a copy of the file as it was first lies beside it.
    is_kept: bool,
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The contents of the file when it was last read, for when it vanishes.
    last: Arc<str>,
    /// The reports of units, which need not be read again for each change.
    units: Kept,
}

/// A change that was made.
struct Step {
    label: String,
    before: Arc<str>,
    after: Arc<str>,
}

/// Another report, and what is told of it.
pub(super) struct Revised<T> {
    pub(super) report: Report,
    pub(super) remarks: Remarks,
    pub(super) told: T,
}

/// The most bytes of steps that are kept; the oldest go first.
const KEPT_BYTES: usize = 256 << 20;

/// The reason why a change was not made.
#[derive(Debug, Serialize)]
#[serde(tag = "refused", rename_all = "snake_case")]
pub enum Refused {
    /// Some fields were changed elsewhere.
    Conflict {
        /// Those fields.
        conflicts: Vec<Conflict>,
    },
    /// Something cannot be put into its field.
    Wrong {
        /// The fields, each with the reason.
        wrong: Vec<Wrong>,
    },
    /// The file cannot be read at the moment: someone is writing in it.
    HalfTyped {
        /// The reason, in Chinese.
        why: String,
    },
    /// The file is not there.
    Vanished {
        /// The reason, in Chinese.
        why: String,
    },
    /// The step to be undone was changed elsewhere.
    Overtaken {
        /// The reason, in Chinese.
        why: String,
    },
    /// The system does not let it happen.
    Failed {
        /// The reason, in Chinese.
        why: String,
    },
}

/// The steps that can be undone and redone, and the standing of a check sheet.
#[derive(Debug, Default, Serialize)]
pub(super) struct Standing {
    undo: Option<String>,
    redo: Option<String>,
    n_steps: usize,
    /// The name of the file.
    name: String,
}

impl Desk {
    /// A desk for a data file that can be read.
    ///
    /// # Errors
    ///
    /// When it cannot.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let last = files::read_text(path)?.into();
        // A link is followed once, so that later ones lead nowhere else.
        let path = files::behind(path).unwrap_or_else(|| path.to_owned());
        Ok(Self { path, work: Mutex::new(Work { last, ..Work::default() }) })
    }

    /// The data file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the changes that a page asks for, all or none, as one step.
    ///
    /// # Errors
    ///
    /// The reason why none of them is made.
    pub fn make(&self, edit: &Edit) -> Result<(), Refused> {
        self.edit(&edit.changes, &edit.label)
    }

    /// Makes changes, all or none, as one step.
    pub(super) fn edit(&self, changes: &[Change], label: &str) -> Result<(), Refused> {
        let mut work = self.lock();
        let text = self.text()?;
        let source = SourceFile::parse(self.name(), text.as_str());
        let report = readable(&source)?;
        let fields = Fields::of(report.form());
        let conflicts: Vec<Conflict> =
            changes.iter().filter_map(|change| change.conflict(&fields, &report)).collect();
        if !conflicts.is_empty() {
            return Err(Refused::Conflict { conflicts });
        }
        let mut next = report.clone();
        let wrong: Vec<Wrong> =
            changes.iter().filter_map(|change| change.apply(&fields, &mut next).err()).collect();
        if !wrong.is_empty() {
            return Err(Refused::Wrong { wrong });
        }
        self.put(&mut work, &source, (&report, &next), &Remarks::default(), label)
    }

    /// Makes another report of the one that is on disk, given as it is read and judged and as it is typed, as one step.
    ///
    /// # Errors
    ///
    /// As `make` has them, or when the file cannot be read or written.
    pub(super) fn revise<T>(
        &self,
        label: &str,
        make: impl FnOnce(&Loaded, &Report) -> Result<Revised<T>, Refused>,
    ) -> Result<T, Refused> {
        let mut work = self.lock();
        let loaded =
            load_keeping(&self.path, &mut work.units).map_err(|error| self.refused(&error))?;
        let typed = readable(&loaded.source)?;
        let Revised { report, remarks, told } = make(&loaded, &typed)?;
        self.put(&mut work, &loaded.source, (&typed, &report), &remarks, label)?;
        Ok(told)
    }

    /// Puts another report into the file, as a step that can be undone.
    fn put(
        &self,
        work: &mut Work,
        source: &SourceFile,
        (report, next): (&Report, &Report),
        remarks: &Remarks,
        label: &str,
    ) -> Result<(), Refused> {
        if next == report {
            return Ok(());
        }
        let before = source.text();
        let after = source::edit(source, next, remarks).map_err(unwritable)?;
        self.write(work, before, &after)?;
        work.undone.clear();
        work.did(Step { label: label.to_owned(), before: before.into(), after: after.into() });
        Ok(())
    }

    /// Takes back the last step.
    pub fn undo(&self) -> Result<(), Refused> {
        let mut work = self.lock();
        let Some(step) = work.done.pop() else { return Ok(()) };
        let turned = self.turn(&mut work, &step.after, &step.before, &step.label);
        if turned.is_ok() {
            work.undone.push(step);
        } else {
            work.done.push(step);
        }
        turned
    }

    /// Makes the step again that was taken back last.
    pub fn redo(&self) -> Result<(), Refused> {
        let mut work = self.lock();
        let Some(step) = work.undone.pop() else { return Ok(()) };
        let turned = self.turn(&mut work, &step.before, &step.after, &step.label);
        if turned.is_ok() {
            work.done.push(step);
        } else {
            work.undone.push(step);
        }
        turned
    }

    /// Turns the file from one text into another; what was changed elsewhere meanwhile stays.
    fn turn(&self, work: &mut Work, from: &str, to: &str, label: &str) -> Result<(), Refused> {
        let now = self.text()?;
        if now == from {
            return self.write(work, &now, to);
        }
        let overtaken = || Refused::Overtaken {
            why: format!("“{label}”改过的地方后来又在别的程序里改了，不能撤销或重做"),
        };
        let merged = merge(from, to, &now).ok_or_else(overtaken)?;
        readable(&SourceFile::parse(self.name(), merged.as_str())).map_err(|_| overtaken())?;
        self.write(work, &now, &merged)
    }

    /// The report as it lies on disk, with its findings, and what can be undone.
    pub(super) fn load(&self) -> Result<(Loaded, Standing), Refused> {
        let mut work = self.lock();
        let loaded =
            load_keeping(&self.path, &mut work.units).map_err(|error| self.refused(&error))?;
        work.last = loaded.source.text().into();
        let label = |steps: &[Step]| steps.last().map(|step| step.label.clone());
        let standing = Standing {
            undo: label(&work.done),
            redo: label(&work.undone),
            n_steps: work.done.len(),
            name: self.name(),
        };
        Ok((loaded, standing))
    }

    /// Writes what is known of the file under another name in its folder, or under its own when it is gone.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn save_as(&self, path: &Path) -> Result<(), Refused> {
        let work = self.lock();
        let text = self.text().unwrap_or_else(|_| work.last.to_string());
        files::create_whole(path, text.as_bytes()).map_err(|error| failed(&error))
    }

    /// The contents of the file.
    pub fn text(&self) -> Result<String, Refused> {
        files::read_text(&self.path).map_err(|error| self.refused(&error))
    }

    fn write(&self, work: &mut Work, before: &str, after: &str) -> Result<(), Refused> {
        let write = if work.is_kept { files::rewrite } else { files::replace };
        write(&self.path, before.as_bytes(), after.as_bytes())
            .map_err(|error| self.refused(&error))?;
        work.is_kept = true;
        work.last = after.into();
        Ok(())
    }

    /// The reason why the file itself was not read or written, by what becomes of it.
    fn refused(&self, error: &FileError) -> Refused {
        match error.cause() {
            Cause::Missing => {
                let why = format!("{} 不在了，可能被移走或者改了名", self.name());
                Refused::Vanished { why }
            }
            Cause::Overtaken => {
                let why = "文件刚刚在别的程序里改过，这里读过新的以后自动再保存".to_owned();
                Refused::HalfTyped { why }
            }
            Cause::Other => failed(error),
        }
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// No thread leaves a desk half changed, so a panic in one does not spoil it.
    fn lock(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failed(error: &FileError) -> Refused {
    Refused::Failed { why: error.to_string() }
}

impl Work {
    fn did(&mut self, step: Step) {
        self.done.push(step);
        let size = |steps: &[Step]| steps.iter().map(|step| step.after.len()).sum::<usize>();
        while self.done.len() > 1 && size(&self.done) > KEPT_BYTES {
            self.done.remove(0);
        }
    }
}

/// The report of a data file that has no mistake in its writing.
pub(super) fn readable(source: &SourceFile) -> Result<Report, Refused> {
    let (report, problems) = source::read(source);
    let slip = problems.iter().find(|problem| problem.code == codes::SYNTAX);
    let line = slip.map(|slip| {
        Position::of(source.text(), source::locate(source, &slip.primary.place).start).line
    });
    match (report, line) {
        (Some(report), None) => Ok(report),
        (_, line) => {
            let at = line.map(|line| format!("第 {line} 行")).unwrap_or_default();
            let why = format!("文件正在别的程序里修改，{at}现在读不懂；改好保存以后这里自动继续");
            Err(Refused::HalfTyped { why })
        }
    }
}

/// The reason why a change cannot be written, by the field that is to blame.
fn unwritable(error: EditError) -> Refused {
    match error {
        EditError::Row { row, line } => {
            let at = line.map(|line| format!("（第 {line} 行）")).unwrap_or_default();
            let why = format!("文件里这一行{at}写法特别，程序改不了，请打开文件手工改");
            Refused::Wrong { wrong: vec![Wrong { path: row.to_string(), why }] }
        }
        EditError::Unreadable | EditError::Altered => {
            Refused::Failed { why: "没有保存：写进去的和填的对不上".to_owned() }
        }
    }
}

#[cfg(test)]
mod tests;
