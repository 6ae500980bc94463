//! Many reports in one run: which files, on all cores in order, and only what has changed.

mod inputs;
mod maker;
mod names;
mod record;
mod run;

pub(crate) use inputs::{Found, Input, find, find_with_published};
pub(crate) use maker::{Maker, Options, OutputError};
pub(crate) use names::Names;
pub use record::RECORD;
pub(crate) use record::Record;
pub(crate) use run::{Made, Read, Run, Shortfall, read};
