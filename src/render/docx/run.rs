//! Runs of text for docx-rs.

use docx_rs::{BreakType, Run, RunFonts};

use super::style::{Role, StyleIds};

/// A run of text, in which line breaks and tabs stand as elements.
pub(super) fn text_run(text: &str, style: Option<Role>, styles: &StyleIds) -> Run {
    let mut run = Run::new();
    if let Some(role) = style {
        run = run.style(styles.of(role));
    }
    // Marks such as “ ” — … belong to both scripts; Word sets them in the Latin face, half as wide,
    // unless the run says that it is Chinese, as Word itself does when they are typed.
    if text.chars().any(|c| ('\u{80}'..'\u{2E80}').contains(&c)) {
        run = run.fonts(RunFonts::new().hint("eastAsia"));
    }
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        for (j, piece) in line.trim_end_matches('\r').split('\t').enumerate() {
            if j > 0 {
                run = run.add_tab();
            }
            if !piece.is_empty() {
                run = run.add_text(piece);
            }
        }
    }
    run
}
