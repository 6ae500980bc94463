//! One report, typed: pure data that knows no TOML, no layout and no disk.
//!
//! An absent value stays absent ([`Entry::Absent`]) and is never taken for 0; what was typed but is no
//! usable figure is kept as it was typed ([`Entry::Unusable`]). Totals may be typed or left out.

mod cell;
mod challenges;
mod disclosure;
mod entry;
mod grid;
mod header;
mod narrative;
mod next;
mod pasted;
mod path;
mod requests;
mod scope;
mod settings;
mod sources;

pub use challenges::Challenges;
pub use disclosure::Disclosure;
pub use entry::{Count, Entry, Figure, MAX_COUNT, Money, Number};
pub use grid::Grid;
pub use header::{Agency, AgencyKind, AgencyLevel, Contact, Date, Header};
pub use narrative::{Aspect, Bound, HeadingStyle, Narrative, Paragraph, Part, Text};
pub use pasted::{Trace, TraceKind, is_blank, is_break, is_hidden, name_of, traces};
pub use path::{FieldPath, Step};
pub use requests::Requests;
pub use scope::{FigureScope, SentenceError, Whose};
pub use settings::{RuleLevel, Second, Settings};
pub use sources::{FigureSource, fee_places, place_name};

use crate::edition::{Edition, Form};
use crate::law::Provision;

/// The report of one body for one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The edition of the form it follows.
    pub edition: Edition,
    /// The oldest version of the program that can read the data file, if that says so.
    pub needs: Option<String>,
    /// Year, dates, title.
    pub header: Header,
    /// The body whose report it is.
    pub agency: Agency,
    /// Font files of the user's own for the PDF, by the key of their role, relative to the data file.
    pub fonts: Vec<(String, String)>,
    /// The opening paragraphs; the standard wording stands when absent.
    pub opening: Option<Text>,
    /// Section one.
    pub overview: Narrative,
    /// Section two.
    pub disclosure: Disclosure,
    /// Section three.
    pub requests: Requests,
    /// Section four.
    pub challenges: Challenges,
    /// Section five.
    pub problems: Narrative,
    /// Section six.
    pub other: OtherMatters,
    /// Remarks on cells, rows and tables.
    pub notes: Vec<Note>,
    /// The registers and letters that figures come from.
    pub sources: Vec<FigureSource>,
    /// Findings that a named person has accepted with a reason.
    pub waivers: Vec<Waiver>,
    /// The declared scopes of some figures of the texts.
    pub scopes: Vec<FigureScope>,
    /// The second entry of the tables, where one is asked for.
    pub second: Second,
    /// Local parameters of the checks.
    pub settings: Settings,
    /// The places where something was typed that could not be understood; the reader has said so, and nobody may call it
    /// not filled.
    pub unclear: Vec<FieldPath>,
    /// The report of the year before, put here together with the figures of the texts; a data file
    /// only names it.
    pub previous: Option<Box<Report>>,
}

impl Report {
    /// A report of that edition in which nothing is filled.
    pub fn empty(edition: Edition) -> Self {
        Self {
            edition,
            needs: None,
            header: Header::default(),
            agency: Agency::default(),
            fonts: Vec::new(),
            opening: None,
            overview: Narrative::default(),
            disclosure: Disclosure::default(),
            requests: Requests::default(),
            challenges: Challenges::default(),
            problems: Narrative::default(),
            other: OtherMatters::default(),
            notes: Vec::new(),
            sources: Vec::new(),
            waivers: Vec::new(),
            scopes: Vec::new(),
            second: Second::default(),
            settings: Settings::default(),
            unclear: Vec::new(),
            previous: None,
        }
    }

    /// The form of its edition.
    pub fn form(&self) -> &'static Form {
        self.edition.form()
    }

    /// True if it is the report of the year after that of `last`; false when a year is not given.
    pub fn follows(&self, last: &Self) -> bool {
        match (self.header.year, last.header.year) {
            (Some(year), Some(before)) => before.checked_add(1) == Some(year),
            _ => false,
        }
    }

    /// A provision as it is cited for this report: what its form's notice says on the matter, in the text
    /// in force when the report was published; none where nothing of the kind held.
    pub fn cited(&self, provision: Provision) -> Option<Provision> {
        let own = self.form().provision(provision)?;
        self.header.day_of_publication().map_or(Some(own), |day| own.on(day))
    }

    /// True if something was typed for a value, or for what it stands in, that could not be understood.
    pub fn is_unclear(&self, value: &FieldPath) -> bool {
        self.unclear.iter().any(|unclear| value.is_within(unclear))
    }

    /// True if that is so of anything in a table of values, or of the table.
    pub fn is_unclear_in(&self, table: &FieldPath) -> bool {
        self.is_unclear(table) || self.unclear.iter().any(|unclear| unclear.is_within(table))
    }

    /// The title as printed, in the two pieces between which a line may be broken.
    ///
    /// A title of the clerk's own is not taken apart unless it begins with the body's name.
    pub fn title_pieces(&self) -> Vec<String> {
        let name = self.agency.name.as_deref().unwrap_or(UNFILLED);
        match self.header.title.as_deref() {
            Some(title) => match title.strip_prefix(name) {
                Some(rest) if !rest.trim().is_empty() => {
                    vec![name.to_owned(), rest.trim_start().to_owned()]
                }
                _ => vec![title.to_owned()],
            },
            None => {
                let year =
                    self.header.year.map_or_else(|| UNFILLED.to_owned(), |year| year.to_string());
                vec![name.to_owned(), format!("{year}年{}", self.form().report_name)]
            }
        }
    }

    /// The title as printed, on one line, with the spaces of a title of the clerk's own kept.
    pub fn title(&self) -> String {
        self.header.title.clone().unwrap_or_else(|| self.title_pieces().concat())
    }

    /// Every text in which figures can be bound, with its address, in reading order.
    pub fn texts(&self) -> Vec<(FieldPath, &Text)> {
        let mut texts = Vec::new();
        if let Some(opening) = &self.opening {
            texts.push((FieldPath::new("opening.text"), opening));
        }
        self.overview.texts(&FieldPath::new("overview"), &mut texts);
        self.problems.texts(&FieldPath::new("problems"), &mut texts);
        self.other.narrative.texts(&FieldPath::new("other"), &mut texts);
        texts
    }

    /// The same texts as [`texts`](Self::texts), to be rewritten in place.
    pub fn texts_mut(&mut self) -> Vec<(FieldPath, &mut Text)> {
        let mut texts = Vec::new();
        if let Some(opening) = &mut self.opening {
            texts.push((FieldPath::new("opening.text"), opening));
        }
        self.overview.texts_mut(&FieldPath::new("overview"), &mut texts);
        self.problems.texts_mut(&FieldPath::new("problems"), &mut texts);
        self.other.narrative.texts_mut(&FieldPath::new("other"), &mut texts);
        texts
    }
}

/// The words that a draft prints where something must still be filled in.
pub const UNFILLED: &str = "〔未填〕";

/// Section six: the handling fee and whatever else there is to report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OtherMatters {
    /// The fee for handling information, which must be reported even when nil.
    pub handling_fee: Option<HandlingFee>,
    /// The text.
    pub narrative: Narrative,
}

/// The information-handling fee of the year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HandlingFee {
    /// The number of fee notices sent.
    pub notices: Entry<Count>,
    /// The amount collected, in yuan (not ten-thousands).
    pub amount: Entry<Money>,
}

/// A remark on a cell, a row or a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Note {
    /// The place it speaks of.
    pub at: FieldPath,
    /// The remark, without brackets and without `注：`.
    pub text: String,
}

/// A finding that a named person has accepted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Waiver {
    /// The code of the rule.
    pub rule: String,
    /// The place where the finding may stand; anywhere when absent.
    pub at: Option<FieldPath>,
    /// The reason why it is accepted.
    pub reason: String,
    /// The person who accepted it.
    pub by: String,
    /// The date on which it was accepted.
    pub date: Option<Date>,
    /// The last day on which a report with it may be published; when absent it holds for this
    /// year's report only.
    pub until: Option<Date>,
}
