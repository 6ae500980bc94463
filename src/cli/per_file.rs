//! One file after the other: reads, checks, makes, and says what came of it, in order.

use std::sync::atomic::AtomicBool;

use super::exit::Exit;
use super::interrupt;
use super::output::{self, FileRow, Piece, Printer, ResultKind, Style};
use super::progress::Progress;
use crate::batch::{self, Found, Input, Made, OutputError, Read, Run, Shortfall};
use crate::diag::Severity;
use crate::load::Loaded;
use crate::ordered::in_order;

/// The number of files after which a run writes its record.
const SAVE_EVERY: usize = 100;

/// Checks all files, and makes their outputs if there is a run for that.
pub(super) fn run(found: &Found, style: Style, run: Option<&Run<'_>>) -> Exit {
    let stop: &AtomicBool = interrupt::flag();
    let mut exit = Exit::Clean;
    for problem in &found.problems {
        output::error(problem);
        exit = Exit::Failed;
    }
    let n = found.inputs.len();
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
        let read = batch::read(input);
        let made = match (&read, run) {
            (Read::Loaded(loaded), Some(run)) => Some(run.make(i, loaded)),
            _ => None,
        };
        outcome(input, read, made, style)
    };
    let done = in_order(n, stop, work, |i, outcome| {
        let errors = outcome.row.counts.map_or(0, |counts| counts.0);
        exit = exit.max(outcome.exit);
        progress.print(|| rows.push(outcome.say(&mut printer)));
        progress.step(errors);
        if (i + 1) % SAVE_EVERY == 0 && i + 1 < n {
            save(&mut exit);
        }
    });
    save(&mut exit);
    progress.end();
    printer.end();
    if style.many && n > 0 {
        output::table(style, &rows);
    }
    if run.is_some() && style.many && rows.iter().any(|row| row.result.0 == ResultKind::Errors) {
        output::note("没有生成的，请按上面列出的问题改正后再运行一次；没有变化的不会重做");
    }
    if n > 0 && done == n && rows.iter().all(|row| row.result.0 == ResultKind::Skipped) {
        output::error(&"没有一个文件是年报的数据文件，请检查是否选错了文件夹");
        return Exit::Failed;
    }
    let stopped = rows.iter().filter(|row| row.result.0 == ResultKind::Stopped).count();
    if done < n || stopped > 0 {
        let whole = done - stopped;
        output::note(&format!("已停止：做完 {whole} 个文件，还有 {} 个没有做", n - whole));
        return Exit::Failed;
    }
    exit
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
    let row = |body: String, counts, kind, text: &str| FileRow {
        file: file.clone(),
        body,
        counts,
        result: (kind, text.to_owned()),
    };
    let skipped = |why: &str| Outcome {
        piece: None,
        words: Vec::new(),
        row: row(String::new(), None, ResultKind::Skipped, &format!("跳过：{why}")),
        exit: Exit::Clean,
    };
    match read {
        Read::UnitList => skipped("单位名单"),
        Read::Foreign => skipped("不是年报的数据文件"),
        Read::Failed(error) => Outcome {
            words: vec![Words::Error(error.to_string())],
            piece: output::unreadable(style, &input.path, error),
            row: row(String::new(), None, ResultKind::Failed, "无法读取"),
            exit: Exit::Failed,
        },
        Read::Loaded(loaded) => {
            let n = |severity| severities(&loaded, severity);
            let counts = (n(Severity::Error), n(Severity::Warning));
            let agency = loaded.review.report.as_ref().and_then(|r| r.agency.name.clone());
            let (kind, text, exit, words) = match &made {
                None if counts.0 > 0 => {
                    (ResultKind::Errors, "有错误".to_owned(), Exit::Findings, Vec::new())
                }
                None => (ResultKind::Passed, "没有错误".to_owned(), Exit::Clean, Vec::new()),
                Some(made) => judge(input, made, counts.0, style),
            };
            let row = row(agency.unwrap_or_default(), Some(counts), kind, &text);
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
