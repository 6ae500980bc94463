//! Many reports in one run: which files, on all cores in order, and only what has changed.

mod inputs;
mod maker;
mod names;
mod record;
mod run;

pub use inputs::{Found, Input, find, find_with_published};
pub use maker::{Maker, Options, Refusal};
pub use names::Names;
pub use record::{RECORD, Record};
pub use run::{Made, Read, Run, Shortfall, read};
