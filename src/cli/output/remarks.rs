//! Everything that is said to the user beside findings, on standard error: standard output may be JSON.

use std::collections::BTreeSet;
use std::path::Path;

use super::format::{Figures, OutputFormat, Style};
use super::full;
use super::outside::{shown, visible};
use super::stream::{complain, error, note, terminal_width};
use super::summary;
use crate::batch::OutputError;
use crate::diag::Diagnostic;
use crate::load::Loaded;
use crate::review::Review;
use crate::source::SourceFile;
use crate::workbook::Fault;

/// Says why something could not be made, in the office's template if that is to blame.
pub(in crate::cli) fn output_error(output_error: &OutputError) {
    match output_error {
        OutputError::Template { source, diagnostic, act } => {
            finding((**source).clone(), (**diagnostic).clone());
            error(&format!("{act}模板有错"));
        }
        OutputError::Characters(why) | OutputError::Other(why) => error(why),
    }
}

/// Says why nothing can be done with a data file, to standard error: standard output may be JSON.
pub(in crate::cli) fn review(loaded: &Loaded) {
    complain(&listed(loaded));
    complain(&summary::render(loaded, false));
}

/// Says what is wrong in a file, which need not be a data file, to standard error.
pub(in crate::cli) fn finding(source: SourceFile, finding: Diagnostic) {
    let review = Review { findings: vec![finding], ..Review::default() };
    let loaded = Loaded::alone(source, review);
    complain(&listed(&loaded));
}

/// The findings of one file, all of them.
fn listed(loaded: &Loaded) -> String {
    let style = Style {
        format: OutputFormat::Full,
        waived: false,
        errors_only: false,
        details: true,
        figures: Figures::Untold,
        many: false,
    };
    full::render(loaded, style, terminal_width(), &mut BTreeSet::new())
}

/// Says which figures of a data file have been changed, to standard error: standard output may be JSON.
pub(in crate::cli) fn filled_in(path: &Path, replaced: &[String], filled: &[String]) {
    const NAMED: usize = 12;
    let mut text = match replaced.len() + filled.len() {
        0 => format!("{} 的数与汇总一致，没有改动\n", shown(path)),
        n => format!("已填入 {}，改动 {n} 格：\n", shown(path)),
    };
    // What was there before stands nowhere else any more.
    let shown = NAMED.saturating_sub(replaced.len());
    for change in replaced.iter().chain(filled.iter().take(shown)) {
        text.push_str(&format!("  {}\n", visible(change)));
    }
    if filled.len() > shown {
        text.push_str(&format!("  另有 {} 格原来未填\n", filled.len() - shown));
    }
    complain(&text);
}

/// Says everything that is wrong with a workbook, to standard error, and what to do: once where it is the
/// same for several in a row.
pub(in crate::cli) fn faults(faults: &[Fault]) {
    for alike in faults.chunk_by(|one, next| one.help == next.help) {
        for fault in alike {
            complain(&format!("错误：{}\n", visible(&fault.to_string())));
        }
        let whose = match alike.len() {
            1 => String::new(),
            n => format!("（以上{n}处）"),
        };
        if let Some(fault) = alike.first().filter(|fault| !fault.help.is_empty()) {
            complain(&format!("  = 改法{whose}: {}\n", visible(&fault.help)));
        }
    }
}

/// Says which file has been written, to standard error: standard output may hold findings for a program.
pub(in crate::cli) fn written(path: &Path) {
    note(&format!("已生成 {}", path.display()));
}
