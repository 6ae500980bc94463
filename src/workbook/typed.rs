//! The contents and the looks of a worksheet, whatever format they come from.

use std::collections::{BTreeMap, BTreeSet};

/// The contents of the cells of a sheet, by row and column counted from 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    /// The name of the sheet.
    pub(super) name: String,
    pub(super) cells: BTreeMap<(u32, u32), Filled>,
    /// Merged cells: first row, first column, last row, last column.
    pub(super) merged: BTreeSet<(u32, u32, u32, u32)>,
}

/// A cell in which something stands.
#[derive(Debug, Clone)]
pub(super) struct Filled {
    pub(super) value: Value,
    pub(super) formula: Option<String>,
}

/// The contents of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing is stored.
    Blank,
    Number(f64),
    /// A text; a formula may show an empty one.
    Text(String),
    /// A date or a truth value, as the reader is to be told.
    Else(&'static str),
    /// The error of a formula, as the cell shows it: `#DIV/0!`.
    Error(String),
}

/// The looks of a worksheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Looks {
    /// True if the sheet itself is hidden.
    pub(crate) is_hidden: bool,
    /// The number of hidden rows.
    pub(crate) hidden_rows: usize,
    /// The number of hidden stretches of columns.
    pub(crate) hidden_columns: usize,
    /// The steps by which cells are indented, by row and column from 0, where they are.
    pub(crate) indents: BTreeMap<(u32, u32), usize>,
}
