//! The body, the year and the date of publication of a report.

use std::fmt;

use crate::law::Day;

/// Year, dates and title.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    /// The report year.
    pub year: Option<u16>,
    /// The date of publication.
    pub published: Option<Date>,
    /// The data file of the year before, as written, relative to this data file.
    pub previous: Option<String>,
    /// The list of the units whose reports this one adds up, as written, relative to this data file.
    pub units: Option<String>,
    /// A title of the clerk's own; made from body, year and form when absent.
    pub title: Option<String>,
    /// True if the name of the body and the date stand at the end; they do unless this says no.
    pub closing: Option<bool>,
    /// True if section three ends with charts; it does not unless this says yes, because the national
    /// form has none.
    pub charts: Option<bool>,
}

/// The body whose report it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Agency {
    /// The full name.
    pub name: Option<String>,
    /// The kind of body.
    pub kind: Option<AgencyKind>,
    /// On which level of government it stands.
    pub level: Option<AgencyLevel>,
    /// Its contact for readers.
    pub contact: Contact,
}

impl Agency {
    /// The kind as which the body is judged: that of its name if the name tells, or else the chosen one. A
    /// 街道办事处 filed as a 人民政府 is still no government, of which the Regulation asks more.
    pub fn effective_kind(&self) -> Option<AgencyKind> {
        let name = self.name.as_deref().unwrap_or_default().trim();
        let is_outpost = OUTPOSTS.iter().any(|ending| name.ends_with(ending));
        if is_outpost { Some(AgencyKind::Outpost) } else { self.kind }
    }
}

/// The endings of the names of bodies that a government sends out.
const OUTPOSTS: &[&str] = &["街道办事处", "街道办", "行政公署", "区公所"];

/// Contact of the office in charge of disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The office.
    pub office: Option<String>,
    /// The postal address.
    pub address: Option<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The site where the electronic copy lies.
    pub website: Option<String>,
}

/// The kind of body that reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgencyKind {
    /// 人民政府.
    Government,
    /// 政府部门.
    Department,
    /// 派出机关: an office that a government sends out to act in its place, such as a 街道办事处. It is no
    /// level of government of its own.
    Outpost,
    /// 法律、法规授权的具有管理公共事务职能的组织.
    Authorized,
}

impl Header {
    /// The day of publication; where it is not known, the last day of January after the report year, on
    /// which most reports must be out.
    pub fn day_of_publication(&self) -> Option<Day> {
        let assumed = || self.year.map(|year| (year.saturating_add(1), 1, 31));
        self.published.map(|date| (date.year(), date.month(), date.day())).or_else(assumed)
    }
}

impl AgencyKind {
    /// All kinds with their keys in the data file and their names.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Government, "government", "人民政府"),
        (Self::Department, "department", "部门"),
        (Self::Outpost, "outpost", "派出机关（街道办事处等）"),
        (Self::Authorized, "authorized", "法律法规授权组织"),
    ];
}

/// On which level of government a body stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgencyLevel {
    /// 国务院部门.
    State,
    /// 省级.
    Province,
    /// 设区的市级.
    City,
    /// 县级.
    County,
    /// 乡级.
    Township,
}

impl AgencyLevel {
    /// All levels with their keys in the data file and their names.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::State, "state", "国务院部门"),
        (Self::Province, "province", "省级"),
        (Self::City, "city", "设区的市级"),
        (Self::County, "county", "县级"),
        (Self::Township, "township", "乡级"),
    ];
}

/// A day of the calendar that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or `None` when the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (year > 0 && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }
}

/// `2024-01-29`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_office_is_no_government() {
        let agency = |name: &str| Agency {
            name: Some(name.to_owned()),
            kind: Some(AgencyKind::Government),
            ..Agency::default()
        };
        let kind = |name| agency(name).effective_kind();
        assert_eq!(kind("某某区某某街道办事处"), Some(AgencyKind::Outpost));
        assert_eq!(kind("某某县人民政府"), Some(AgencyKind::Government));
    }

    #[test]
    fn an_unknown_day_of_publication_is_the_last_of_january() {
        let mut header = Header { year: Some(2022), ..Header::default() };
        assert_eq!(header.day_of_publication(), Some((2023, 1, 31)));
        header.published = Date::new(2023, 3, 20);
        assert_eq!(header.day_of_publication(), Some((2023, 3, 20)));
        assert_eq!(Header::default().day_of_publication(), None);
    }

    #[test]
    fn the_calendar_is_kept() {
        assert!(Date::new(2024, 2, 29).is_some());
        assert!(Date::new(2023, 2, 29).is_none());
        assert!(Date::new(1900, 2, 29).is_none());
        assert!(Date::new(2024, 4, 31).is_none());
        assert!(Date::new(2024, 13, 1).is_none());
        assert!(Date::new(2024, 1, 0).is_none());
        assert_eq!(Date::new(2024, 1, 9).unwrap().to_string(), "2024-01-09");
    }
}
