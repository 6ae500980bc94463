//! Everything the user sees: findings in six formats, comparisons and sums, and all other words.

mod comparison;
mod comparison_json;
mod concise;
mod coverage;
mod excerpt;
mod findings;
mod fingerprint;
mod format;
mod full;
mod github;
mod grid;
mod json;
mod json_figures;
mod outside;
mod remarks;
mod sarif;
mod stream;
mod sum;
mod sum_json;
mod summary;
mod table;

mod waived;

pub(super) use comparison::{Across, Compared, comparison};
pub(super) use comparison_json::comparison_json;
pub(super) use excerpt::columns;
pub(super) use findings::{Piece, Printer, piece, table, unreadable};
pub(super) use format::{Figures, OutputFormat, Style};
pub(super) use grid::grid;
pub(super) use outside::argument;
pub(super) use remarks::{faults, filled_in, finding, output_error, review, written};
pub(super) use stream::{error, is_whole, line, note, text};
pub(super) use sum::{SumFormat, Summed, sum};
pub(super) use sum_json::sum_json;
pub(super) use table::{FileRow, ResultKind};
