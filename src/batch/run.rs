//! One run over data files: each output is made whole or not at all, and only if it has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Found, Input, Maker, Names, OutputError, Record};
use crate::branding::ReportRenderer;
use crate::diag::Severity;
use crate::digest::digest_of;
use crate::document;
use crate::files::{self, FileError, Lock};
use crate::load::{Kept, Listed, Loaded, is_something_else, load_under};
use crate::render::{Attachment, Format};
use crate::report::Report;

/// The result of reading one data file.
#[derive(Debug)]
pub(crate) enum Read {
    /// It was found in a folder and is a list of units, which is checked when it is named itself.
    UnitList,
    /// It was found in a folder and is something else.
    Foreign,
    /// It could not be read.
    Failed(FileError),
    /// It has been read and checked.
    Loaded(Box<Loaded>),
}

/// Reads and checks one data file, and holds it against the lists that lie in its folder.
pub(crate) fn read(input: &Input, listed: &Listed) -> Read {
    let office = listed.rules(&input.path, input.found);
    let loaded = load_under(&input.path, &mut Kept::default(), office).map(|mut loaded| {
        if input.found {
            listed.judge(&input.path, &mut loaded);
        }
        loaded
    });
    match loaded {
        Ok(loaded) if input.found && loaded.source.is_unit_list() => Read::UnitList,
        Ok(loaded)
            if input.found && !loaded.source.is_published() && !loaded.source.is_report() =>
        {
            Read::Foreign
        }
        Ok(loaded) => Read::Loaded(Box::new(loaded)),
        // A folder may hold pages and letters of any kind; a report that is damaged is named.
        Err(_) if input.found && is_something_else(&input.path) => Read::Foreign,
        Err(error) => Read::Failed(error),
    }
}

/// The data file as it is attached to the PDF.
fn attachment(input: &Input, loaded: &Loaded) -> Attachment {
    Attachment {
        name: input.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        bytes: loaded.source.text().as_bytes().to_vec(),
    }
}

/// The report of a data file, if it is understood in full.
fn report_of(loaded: &Loaded) -> Result<&Report, Shortfall> {
    let review = &loaded.review;
    if loaded.source.is_unit_list() {
        return Err(Shortfall::UnitList);
    }
    review.report.as_ref().filter(|_| review.is_understood()).ok_or(match review.is_readable() {
        true => Shortfall::Incomplete,
        false => Shortfall::NotUnderstood,
    })
}

/// A run that makes the outputs of data files.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    maker: &'a Maker,
    inputs: &'a [Input],
    names: Names,
    /// The records by the folders they lie in; none for a single file, which is made at once.
    records: BTreeMap<PathBuf, Record>,
    tidied: Mutex<BTreeSet<PathBuf>>,
    /// No other process makes outputs in the same folders meanwhile.
    _locks: Vec<Lock>,
    stop: &'a AtomicBool,
}

/// The result of making the outputs of one report.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// The outputs that are there now.
    pub outputs: Vec<Output>,
    /// The note, in Chinese.
    pub warnings: Vec<String>,
    /// The reason why there are not more.
    pub shortfall: Option<Shortfall>,
}

/// One output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    /// Its place.
    pub path: PathBuf,
    /// Its format.
    pub format: Format,
    /// True if it was there already, and need not be made.
    pub unchanged: bool,
}

/// The reason why a report was not made, or not all of it.
#[derive(Debug, Clone)]
pub(crate) enum Shortfall {
    /// The file is a list of units.
    UnitList,
    /// A required value is not filled in, or a file that the data file names is of no use; not
    /// even a draft can be made.
    Incomplete,
    /// Some of the data file is not understood; not even a draft can be made.
    NotUnderstood,
    /// The report has errors.
    Errors,
    /// The report bears no date of publication.
    Undated,
    /// Other reports of this run would be written to the same files.
    SameName(String),
    /// Other files of this run are reports of the same body and year.
    SameBody(String),
    /// Something is wrong that has nothing to do with the report's figures.
    Refused(OutputError),
    /// The run was stopped.
    Stopped,
}

impl<'a> Run<'a> {
    /// Begins a run: finds out which names the outputs take, and what is known of earlier runs. Once
    /// `stop` is set, no further file is written.
    ///
    /// # Errors
    ///
    /// When another process makes outputs in one of the folders, and does not come to an end.
    pub(crate) fn begin(
        maker: &'a Maker,
        found: &'a Found,
        stop: &'a AtomicBool,
    ) -> Result<Self, FileError> {
        let (inputs, options) = (&found.inputs[..], &maker.options);
        let out = options.out.as_deref();
        // In one order, so that two processes never wait for each other.
        let roots: BTreeSet<PathBuf> =
            inputs.iter().map(|input| out.unwrap_or(&input.root).to_owned()).collect();
        let locks: Result<Vec<Lock>, FileError> =
            roots.iter().map(|root| files::lock(root)).collect();
        let mut run = Self {
            maker,
            inputs,
            names: Names::default(),
            records: BTreeMap::new(),
            tidied: Mutex::default(),
            _locks: locks?,
            stop,
        };
        if found.is_many() {
            run.names = Names::plan(inputs, out, options.draft, stop);
            for input in inputs {
                let root = out.unwrap_or(&input.root);
                if !run.records.contains_key(root) {
                    run.tidy(root);
                    run.records.insert(root.to_owned(), Record::open(root));
                }
            }
        }
        Ok(run)
    }

    /// Makes the outputs of the data file with that number.
    pub(crate) fn make(&self, i: usize, loaded: &Loaded) -> Made {
        let mut made = Made::default();
        made.shortfall = self.make_into(i, loaded, &mut made).err();
        made
    }

    fn make_into(&self, i: usize, loaded: &Loaded, made: &mut Made) -> Result<(), Shortfall> {
        let (options, input) = (&self.maker.options, &self.inputs[i]);
        let report = report_of(loaded)?;
        let document = document::build(report, options.draft);
        let folder = input.folder(options.out.as_deref());
        let name = document.meta.file_name();
        if let Err(shortfall) = self.is_fit(loaded, report) {
            made.warnings.extend(outdated(&folder, &name, &options.formats));
            return Err(shortfall);
        }
        self.has_a_name_of_its_own(i, report, &name)?;
        let with = self.maker.for_report(report, &input.path)?;
        let with = self.maker.for_document(with, &document, &options.formats);
        made.warnings.extend(with.warnings.iter().map(|text| format!("警告：{text}")));
        made.warnings.extend_from_slice(&with.notes);
        let data = options.attach_data.then(|| attachment(input, loaded));
        let record = self.record(input);
        let digest = record.map(|_| digest_of(&document)).unwrap_or_default();
        let (mut fresh, mut refused) = (Vec::new(), Vec::new());
        for format in &options.formats {
            let path = folder.join(format!("{name}.{}", format.extension()));
            let from =
                record.and_then(|_| self.maker.digest(&digest, *format, data.as_ref(), &with));
            let known = record.zip(from.as_ref()).filter(|_| !options.force);
            let unchanged = known.is_some_and(|(record, from)| record.is_made(&path, from));
            let bytes = match unchanged {
                true => Vec::new(),
                false => match self.render(&document, *format, data.as_ref(), &with, &path) {
                    Ok(bytes) => bytes,
                    // The others do not depend on it.
                    Err(error) => {
                        refused.push((path, *format, error));
                        continue;
                    }
                },
            };
            fresh.push((Output { path, format: *format, unchanged }, from, bytes));
        }
        self.tidy(&folder);
        // Nothing is written before everything has been rendered.
        for (output, from, bytes) in fresh {
            if !output.unchanged {
                self.write(&output, record.zip(from), &bytes, &with)?;
            }
            made.outputs.push(output);
        }
        let unmade: Vec<Format> = refused.iter().map(|(_, format, _)| *format).collect();
        made.warnings.extend(outdated(&folder, &name, &unmade));
        for (path, _, error) in &refused {
            if let Some(record) = record {
                record.note_lacking(path, &error.to_string());
            }
        }
        match refused.into_iter().next() {
            Some((_, _, error)) => Err(error.into()),
            None => Ok(()),
        }
    }

    /// Refuses a report with errors or without its date, unless a draft is made.
    fn is_fit(&self, loaded: &Loaded, report: &Report) -> Result<(), Shortfall> {
        let has_errors = loaded.review.findings.iter().any(|d| d.severity == Severity::Error);
        if self.maker.options.draft {
            Ok(())
        } else if has_errors {
            Err(Shortfall::Errors)
        } else if report.header.published.is_none() {
            Err(Shortfall::Undated)
        } else {
            Ok(())
        }
    }

    /// Writes an output, and notes in the record of its folder the digest of all that it was made from.
    fn write(
        &self,
        output: &Output,
        record: Option<(&Record, String)>,
        bytes: &[u8],
        with: &ReportRenderer,
    ) -> Result<(), Shortfall> {
        if self.stop.load(Ordering::SeqCst) {
            return Err(Shortfall::Stopped);
        }
        files::write_whole(&output.path, bytes).map_err(OutputError::from)?;
        if let Some((record, from)) = record {
            let fonts: &[String] = if output.format.is_paged() { &with.installed } else { &[] };
            record.note(&output.path, &from, bytes, fonts);
        }
        Ok(())
    }

    /// Refuses a report whose outputs would take the names of another's.
    fn has_a_name_of_its_own(
        &self,
        i: usize,
        report: &Report,
        name: &str,
    ) -> Result<(), Shortfall> {
        let folder = self.inputs[i].folder_key(self.maker.options.out.as_deref());
        let told = |others: Vec<usize>| {
            let paths: Vec<String> =
                others.iter().map(|i| self.inputs[*i].path.display().to_string()).collect();
            paths.join("、")
        };
        let others = self.names.others(i, folder, name);
        if !others.is_empty() {
            return Err(Shortfall::SameName(told(others)));
        }
        let others = self.names.of_the_same_body(i, report);
        if others.is_empty() { Ok(()) } else { Err(Shortfall::SameBody(told(others))) }
    }

    fn render(
        &self,
        document: &document::Document,
        format: Format,
        data: Option<&Attachment>,
        with: &ReportRenderer,
        path: &Path,
    ) -> Result<Vec<u8>, OutputError> {
        let act = format!("无法生成 {}：", path.display());
        self.maker.render(document, format, data, with, &act)
    }

    /// Writes down what has been made so far, so that not all of it is lost if the program is killed.
    ///
    /// # Errors
    ///
    /// When a record cannot be written; the others are written all the same.
    pub(crate) fn save(&self) -> Result<(), FileError> {
        let saved: Vec<_> = self.records.values().map(Record::save).collect();
        saved.into_iter().collect()
    }

    fn record(&self, input: &Input) -> Option<&Record> {
        let root = self.maker.options.out.as_ref().unwrap_or(&input.root);
        self.records.get(root)
    }

    /// Removes what killed runs left in a folder, once in a run.
    fn tidy(&self, folder: &Path) {
        let mut tidied = self.tidied.lock().unwrap_or_else(PoisonError::into_inner);
        if tidied.insert(folder.to_owned()) {
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            files::remove_leftovers(here);
        }
    }
}

/// The warning on older outputs of a report that now has errors: those files look like the result.
fn outdated(folder: &Path, name: &str, formats: &[Format]) -> Option<String> {
    let path = |format: &Format| folder.join(format!("{name}.{}", format.extension()));
    let there: Vec<PathBuf> =
        formats.iter().map(path).filter(|path| files::is_there(path)).collect();
    let first = there.first()?.display();
    Some(match there.len() {
        1 => format!("{first} 是以前生成的，没有更新"),
        n => format!("{first} 等 {n} 个文件是以前生成的，没有更新"),
    })
}

impl From<OutputError> for Shortfall {
    fn from(error: OutputError) -> Self {
        Self::Refused(error)
    }
}
