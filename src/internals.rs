//! The door of the program `nianbao`, its tests and its benchmarks: no part of the library, and changed without notice.
//!
//! It names one by one what they look at beyond the public modules, so that the compiler still finds what nobody uses.

pub use crate::cli::{printed, run};

/// Figures put into texts.
pub mod bind {
    pub use crate::bind::{bind, names};
}

/// Many reports in one run.
pub mod batch {
    pub use crate::batch::RECORD;
}

/// The look of an office.
pub mod branding {
    pub use crate::branding::{Branding, TEMPLATE};
}

/// Files read and written.
pub mod files {
    pub use crate::files::{read_text, tree, write_whole};
}

/// The form in the browser.
#[cfg(feature = "preview")]
pub mod form {
    pub use crate::form::{Desk, Edit, Form, Options, Refused};
}

/// Published reports read as data.
pub mod import {
    pub use crate::import::{Account, Class, PROBLEMS, Published, Reason, data_file, read};
}

/// The characters that nobody sees.
pub mod invisible {
    pub use crate::invisible::is_invisible;
}

/// Every provision that is cited.
pub mod law {
    pub use crate::law::ALL;
}

/// Documents set in pages.
pub mod layout {
    pub use crate::layout::{
        Faces, Item, LayoutError, Node, NodeId, NodeRole, Owner, Page, Pages, Role, TextRun,
        columns, lay_out, paper,
    };
}

/// The list of units that an office makes of the names it has.
pub mod office {
    pub use crate::office::{Roll, new_list, rows};
    pub use crate::source::write_units;
}

/// Reports as they lie on disk.
pub mod load {
    pub use crate::load::{
        ENTRIES_DIFFER, NOT_AS_LISTED, TOO_LONG, UNPRINTABLE, hand_in_all, load, read_list,
    };
}

/// The local server.
#[cfg(feature = "preview")]
pub mod preview {
    pub use crate::preview::{Options, Preview};
}

/// Expressions in texts.
pub mod template {
    pub use crate::template::{Figures, evaluate};
}

/// The reports of many bodies added up.
pub mod units {
    pub use crate::units::{Figure, HandedIn, Holds, Share, Summary, Unit, UnitList, sum};
}

/// Slips in running text.
pub mod words {
    pub use crate::words::{Certainty, Own, Slip, is_word, slips};
}

/// The three tables as a workbook.
pub mod workbook {
    pub use crate::workbook::{Change, Content, compare, left_alone, read, write};
}
