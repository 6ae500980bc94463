//! A unit's report, and its fitness to be added up.

use super::Figure;
use crate::edition::Edition;
use crate::report::{Money, Report};

/// The result of reading the file that a unit should hand in.
#[derive(Debug, Clone, PartialEq)]
pub enum HandedIn {
    /// There is no such file.
    Nothing,
    /// The file could not be read, and why.
    Unreadable(String),
    /// A data file.
    Share(Share),
}

/// Of a report, what is needed to add it up: small, so that thousands of them can be held.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The body it names.
    pub agency: Option<String>,
    /// The title of the report, under which its outputs are written.
    pub title: String,
    /// Its year.
    pub year: Option<u16>,
    /// Its edition; `None` when the file is no TOML or names none.
    pub edition: Option<Edition>,
    /// The number of errors the check found.
    pub errors: usize,
    /// The figures in the order of [`Figure::all`].
    pub figures: Vec<Option<Money>>,
    /// The remarks on its figures: what they speak of, and the words.
    pub notes: Vec<(String, String)>,
    /// True if it names a list of units, and so is a sum itself.
    pub is_sum: bool,
}

impl Share {
    /// The share of a report in which the check found so many errors.
    pub fn of(report: Option<&Report>, errors: usize) -> Self {
        let Some(report) = report else {
            return Self {
                agency: None,
                title: String::new(),
                year: None,
                edition: None,
                errors: errors.max(1),
                figures: Vec::new(),
                notes: Vec::new(),
                is_sum: false,
            };
        };
        let figures = Figure::all(report.form());
        Self {
            agency: report.agency.name.clone(),
            title: report.title(),
            year: report.header.year,
            edition: Some(report.edition),
            errors,
            figures: figures.iter().map(|figure| figure.of(report)).collect(),
            notes: report.notes.iter().map(|n| (n.at.to_string(), n.text.clone())).collect(),
            is_sum: report.header.units.is_some(),
        }
    }
}

/// True if the report of a unit can be added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It can.
    Good,
    /// A group of units without a report of its own.
    Group,
    /// There is no file.
    Missing,
    /// The file could not be read, and why.
    Unreadable(String),
    /// It has so many errors.
    Wrong(usize),
    /// It is the report of that year.
    OtherYear(u16),
    /// It follows that edition.
    OtherEdition(Edition),
    /// It is the report of that body.
    OtherBody(String),
    /// It is a sum, although the list says that the units under it are to be added to it.
    SumAsOwn,
    /// It is a sum that differs in so many figures from the reports of the units under it.
    Unequal(usize),
}

impl State {
    /// True if its figures can be added.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Good)
    }

    /// True if a report is due that cannot be added.
    pub fn is_lacking(&self) -> bool {
        !matches!(self, Self::Good | Self::Group)
    }

    /// The words on it in a table.
    pub fn name(&self) -> String {
        match self {
            Self::Good => "已报".to_owned(),
            Self::Group => "分组".to_owned(),
            Self::Missing => "未报".to_owned(),
            Self::Unreadable(_) => "读不了".to_owned(),
            Self::Wrong(n) => format!("有{n}处错误"),
            Self::OtherYear(year) => format!("是{year}年度的"),
            Self::OtherEdition(edition) => format!("格式是{}版", edition.key()),
            Self::OtherBody(name) => format!("是“{name}”的"),
            Self::SumAsOwn => "是汇总数，名单写的却是own".to_owned(),
            Self::Unequal(n) => format!("与下级相加有{n}格不一致"),
        }
    }
}
