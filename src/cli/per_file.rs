//! One file after the other: reads, checks, makes, and says what came of it, in order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::exit::Exit;
use super::interrupt;
use super::output::{self, FileRow, Piece, Printer, ResultKind, Style};
use super::progress::Progress;
use crate::batch::{self, Found, Input, Made, OutputError, Read, Run, Shortfall};
use crate::diag::Severity;
use crate::load::{ASIDE, Leftover, Loaded, MissingUnit, counted, is_published};
use crate::ordered::in_order;

/// The number of files after which a run writes its record.
const SAVE_EVERY: usize = 100;

/// Checks all files, and makes their outputs if there is a run for that.
pub(super) fn run(found: &Found, style: Style, run: Option<&Run<'_>>) -> Exit {
    let stop: &AtomicBool = interrupt::flag();
    let mut exit = say_problems(found);
    let n = found.inputs.len();
    let mut reports = Reports::default();
    let mut progress = Progress::begin(n, if run.is_some() { "生成" } else { "检查" });
    let mut printer = Printer::begin(style);
    let mut rows = Vec::new();
    let save = |exit: &mut Exit| {
        if let Some(Err(error)) = run.map(Run::save) {
            output::error(&error);
            *exit = Exit::Failed;
        }
    };
    let work = |i: usize| {
        let input = &found.inputs[i];
        let read = batch::read(input, &found.listed);
        let made = match (&read, run) {
            (Read::Loaded(loaded), Some(run)) => Some(run.make(i, loaded)),
            _ => None,
        };
        outcome(input, read, made, style)
    };
    let done = in_order(n, stop, work, |i, outcome| {
        let errors = outcome.row.counts.map_or(0, |counts| counts.0);
        exit = exit.max(outcome.exit);
        progress.print(|| {
            let mut row = outcome.say(&mut printer);
            if run.is_none() && reports.is_twice(&mut row) {
                exit = exit.max(Exit::Findings);
            }
            rows.push(row);
        });
        progress.step(errors);
        if (i + 1) % SAVE_EVERY == 0 && i + 1 < n {
            save(&mut exit);
        }
    });
    save(&mut exit);
    progress.end();
    printer.end();
    let n_read = rows.len();
    rows.extend(absent(found));
    if style.many && (n > 0 || !rows.is_empty()) {
        output::table(style, &rows);
    }
    say_left(found);
    if run.is_some() && style.many && rows.iter().any(|row| row.result.0 == ResultKind::Errors) {
        output::note("没有生成的，请按上面列出的问题改正后再运行一次；没有变化的不会重做");
    }
    let is_due = rows[n_read..].iter().any(|row| row.result.0 == ResultKind::Missing);
    if n > 0 && done == n && !is_due && rows[..n_read].iter().all(FileRow::is_skipped) {
        output::error(&"没有一个文件是年报的数据文件，请检查是否选错了文件夹");
        return Exit::Failed;
    }
    if was_stopped(&rows, done, n) {
        return Exit::Failed;
    }
    exit
}

/// Says that a run was stopped before all was done, if it was.
fn was_stopped(rows: &[FileRow], done: usize, n: usize) -> bool {
    let stopped = rows.iter().filter(|row| row.result.0 == ResultKind::Stopped).count();
    let is_stopped = done < n || stopped > 0;
    if is_stopped {
        let whole = done - stopped;
        output::note(&format!("已停止：做完 {whole} 个文件，还有 {} 个没有做", n - whole));
    }
    is_stopped
}

/// Says which folders and lists are of no use.
fn say_problems(found: &Found) -> Exit {
    let lists = &found.listed.problems;
    found.problems.iter().chain(lists).for_each(output::error);
    match (found.problems.is_empty(), lists.is_empty()) {
        (false, _) => Exit::Failed,
        (true, false) => Exit::Findings,
        (true, true) => Exit::Clean,
    }
}

/// Says what to do with files that are not read, and how many others there are.
fn say_left(found: &Found) {
    let mut told: Vec<(&str, &str)> = Vec::new();
    for Leftover { kind, help, .. } in &found.leftovers {
        if !told.contains(&(kind, help)) {
            told.push((kind, help));
            output::note(&format!("跳过的{kind}没有读：{help}"));
        }
    }
    if found.n_aside > 0 {
        output::note(&format!(
            "名单旁边“{}”各文件夹里的 {} 个文件没有看",
            ASIDE.join("”“"),
            found.n_aside
        ));
    }
    if !found.others.is_empty() {
        let others = counted(found.others.iter().map(PathBuf::as_path));
        output::note(&format!("文件夹里还有别的文件，没有看：{others}"));
    }
}

/// The rows of files that are not read, and of reports that are not there.
fn absent(found: &Found) -> Vec<FileRow> {
    let row = |path: &Path, body: String, year, kind, text: String| FileRow {
        file: path.display().to_string(),
        body,
        year,
        counts: None,
        result: (kind, text),
    };
    let leftover = |leftover: &Leftover| {
        let text = format!("跳过：{}", leftover.kind);
        row(&leftover.path, String::new(), None, ResultKind::Skipped, text)
    };
    let missing = |unit: MissingUnit| {
        let text = "名单上有，没有报".to_owned();
        row(&unit.file, unit.name, Some(unit.year), ResultKind::Missing, text)
    };
    let missing = found.listed.missing().into_iter().map(missing);
    found.leftovers.iter().map(leftover).chain(missing).collect()
}

/// The reports that have been seen, by body and year; published ones apart, because a report lies beside its data.
#[derive(Debug, Default)]
struct Reports(BTreeMap<(bool, String, u16), String>);

impl Reports {
    /// Says that a report is the second one of a body and year, in its row, too.
    fn is_twice(&mut self, row: &mut FileRow) -> bool {
        let Some(year) = row.year.filter(|_| !row.body.is_empty()) else { return false };
        let path = Path::new(&row.file);
        let is_published = is_published(path);
        let key = (is_published, row.body.clone(), year);
        let Some(first) = self.0.get(&key) else {
            self.0.insert(key, row.file.clone());
            return false;
        };
        // One report in several formats.
        if is_published && Path::new(first).with_extension("") == path.with_extension("") {
            return false;
        }
        output::error(&format!(
            "{first} 和 {} 都是“{}”{year}年度的报告，只能留一份",
            row.file, row.body
        ));
        row.result = (ResultKind::Errors, "与另一份重复".to_owned());
        true
    }
}

/// The words on one file.
pub(super) struct Outcome {
    piece: Option<Piece>,
    /// The words for standard error.
    words: Vec<Words>,
    row: FileRow,
    pub(super) exit: Exit,
}

enum Words {
    Error(String),
    Note(String),
    OutputError(OutputError),
}

impl Outcome {
    /// Says it, and leaves what goes into the table.
    pub(super) fn say(self, printer: &mut Printer) -> FileRow {
        if let Some(piece) = self.piece {
            printer.print(piece);
        }
        for words in &self.words {
            match words {
                Words::Error(text) => output::error(text),
                Words::Note(text) => output::note(text),
                Words::OutputError(output_error) => output::output_error(output_error),
            }
        }
        self.row
    }
}

/// The words on a file that was read, and on its outputs if any were to be made.
pub(super) fn outcome(input: &Input, read: Read, made: Option<Made>, style: Style) -> Outcome {
    let file = input.path.display().to_string();
    let row = |body: String, year, counts, kind, text: &str| FileRow {
        file: file.clone(),
        body,
        year,
        counts,
        result: (kind, text.to_owned()),
    };
    let skipped = |why: &str| Outcome {
        piece: None,
        words: Vec::new(),
        row: row(String::new(), None, None, ResultKind::Skipped, &format!("跳过：{why}")),
        exit: Exit::Clean,
    };
    match read {
        Read::UnitList => skipped("单位名单"),
        Read::Foreign => skipped("不是年报的数据文件"),
        Read::Failed(error) => Outcome {
            words: vec![Words::Error(error.to_string())],
            piece: output::unreadable(style, &input.path, error),
            row: row(String::new(), None, None, ResultKind::Failed, "无法读取"),
            exit: Exit::Failed,
        },
        Read::Loaded(loaded) => {
            let n = |severity| severities(&loaded, severity);
            let counts = (n(Severity::Error), n(Severity::Warning));
            let report = loaded.review.report.as_ref();
            let agency = report.and_then(|report| report.agency.name.clone());
            // Whoever names single files knows what they are.
            let year = report.and_then(|report| report.header.year).filter(|_| input.found);
            let (kind, text, exit, words) = match &made {
                None if counts.0 > 0 => {
                    (ResultKind::Errors, "有错误".to_owned(), Exit::Findings, Vec::new())
                }
                None => (ResultKind::Passed, "没有错误".to_owned(), Exit::Clean, Vec::new()),
                Some(made) => judge(input, made, counts.0, style),
            };
            let row = row(agency.unwrap_or_default(), year, Some(counts), kind, &text);
            let piece = output::piece(style, &input.path, loaded, made.as_ref());
            Outcome { piece: Some(piece), words, row, exit }
        }
    }
}

fn severities(loaded: &Loaded, severity: Severity) -> usize {
    loaded.review.findings.iter().filter(|finding| finding.severity == severity).count()
}

/// The result of making a report: for the table, for the exit code, and for standard error.
fn judge(
    input: &Input,
    made: &Made,
    errors: usize,
    style: Style,
) -> (ResultKind, String, Exit, Vec<Words>) {
    let mut words: Vec<Words> = made.warnings.iter().cloned().map(Words::Note).collect();
    let Some(shortfall) = &made.shortfall else {
        let exit = if errors > 0 { Exit::Findings } else { Exit::Clean };
        let (kind, text) = all_made(made);
        return (kind, text, exit, words);
    };
    match reason(shortfall, input, style) {
        // It goes before all that is said of the outputs that were made.
        Some(output_error @ Words::OutputError(_)) => words.insert(0, output_error),
        Some(reason) => words.push(reason),
        None => {}
    }
    let (kind, text, exit) = in_table(shortfall, made.outputs.len());
    (kind, text, exit, words)
}

/// The row of a report that was not made, or not wholly, and the exit code.
fn in_table(shortfall: &Shortfall, n_made: usize) -> (ResultKind, String, Exit) {
    let findings = |why: &str| (ResultKind::Errors, format!("没有生成：{why}"), Exit::Findings);
    let failed = |why: &str| (ResultKind::Failed, format!("没有生成：{why}"), Exit::Failed);
    match shortfall {
        Shortfall::UnitList => failed("是单位名单"),
        Shortfall::Incomplete => findings("还没填全"),
        Shortfall::NotUnderstood => findings("有看不懂的地方"),
        Shortfall::Errors => findings("有错误"),
        Shortfall::Undated => findings("没有公布日期"),
        Shortfall::SameName(_) => failed("与另一份同名"),
        Shortfall::SameBody(_) => failed("与另一份重复"),
        Shortfall::Refused(output_error) => {
            let text = match n_made {
                0 => "没有生成：原因见上".to_owned(),
                n => format!("只生成 {n} 个，原因见上"),
            };
            match output_error {
                // The report is not to blame, nor is the program: it is for the reader to choose a face.
                OutputError::Characters(_) => (ResultKind::Errors, text, Exit::Findings),
                OutputError::Template { .. } | OutputError::Other(_) => {
                    (ResultKind::Failed, text, Exit::Failed)
                }
            }
        }
        Shortfall::Stopped => (ResultKind::Stopped, "没有做完".to_owned(), Exit::Failed),
    }
}

/// The reason for standard error; of many files the table gives those that their findings explain.
fn reason(shortfall: &Shortfall, input: &Input, style: Style) -> Option<Words> {
    let file = input.path.display();
    let of_one = |why: &str| (!style.many).then(|| Words::Note(why.to_owned()));
    match shortfall {
        Shortfall::UnitList => {
            Some(Words::Error(format!("{file} 是单位名单，不是年报的数据文件，没有生成文件")))
        }
        Shortfall::Incomplete => of_one(
            "必填的项没有填，或者写的上年文件、单位名单不能用，没有生成文件（草稿也不能生成）。请先改正上面 DF 开头的问题",
        ),
        Shortfall::NotUnderstood => {
            of_one("数据文件有看不懂的地方，没有生成文件（草稿也不能生成）。请先改正上面的问题")
        }
        Shortfall::Errors => {
            of_one("报告有错误，没有生成文件。改正后再生成，或者加 --draft 生成草稿")
        }
        Shortfall::Undated => {
            of_one("没有填写公布日期，没有生成文件。填写后再生成，或者加 --draft 生成草稿")
        }
        Shortfall::SameName(others) => Some(Words::Error(format!(
            "{file} 与 {others} 的报告标题相同，会写进同名的文件，都没有生成；请改正其中的机关全称、年度或标题，或者分放在不同的文件夹里"
        ))),
        Shortfall::SameBody(others) => Some(Words::Error(format!(
            "{file} 与 {others} 是同一机关、同一年度的报告，都没有生成；只留一份，或者改正其中的机关全称、年度"
        ))),
        Shortfall::Refused(output_error) => Some(Words::OutputError(output_error.clone())),
        Shortfall::Stopped => None,
    }
}

/// The words on a report whose outputs are all there.
fn all_made(made: &Made) -> (ResultKind, String) {
    let unchanged = made.outputs.iter().filter(|output| output.unchanged).count();
    match (made.outputs.len() - unchanged, unchanged) {
        (0, _) => (ResultKind::Unchanged, "未变".to_owned()),
        (fresh, 0) => (ResultKind::Made, format!("生成 {fresh} 个")),
        (fresh, unchanged) => (ResultKind::Made, format!("生成 {fresh} 个，未变 {unchanged} 个")),
    }
}
