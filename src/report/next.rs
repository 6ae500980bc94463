//! The report of the next year, as far as this year's report settles it.

use super::{Entry, Header, Narrative, OtherMatters, Part, Report, Settings};
use crate::edition::{Axis, Edition, RequestColumn, RequestRow};

impl Report {
    /// The beginning of the next year's report: what carries over, and nothing else.
    ///
    /// Carried over are the body and its contact, fonts, the order of the parts, and the settings that
    /// name no year; what was pending at the end of this year becomes 上年结转 in every column, as it
    /// is printed here. Texts, notes, sources, waivers and what is declared of figures are not carried over: they speak of this year.
    /// `previous` is the path of this year's data file from that of the next.
    pub fn next_year(&self, previous: String) -> Self {
        let year = self.header.year.map(|year| year.saturating_add(1));
        let edition = year.and_then(Edition::for_year).unwrap_or(Edition::LATEST);
        let mut next = Self {
            header: Header {
                year,
                previous: Some(previous),
                closing: self.header.closing,
                charts: self.header.charts,
                ..Header::default()
            },
            agency: self.agency.clone(),
            fonts: self.fonts.clone(),
            overview: frame(&self.overview),
            problems: frame(&self.problems),
            other: OtherMatters { handling_fee: None, narrative: frame(&self.other.narrative) },
            settings: Settings { deadline: None, ..self.settings.clone() },
            ..Self::empty(edition)
        };
        for column in RequestColumn::ALL {
            let count = self.requests.count(&self.form().requests, RequestRow::CarriedOut, *column);
            next.requests.cells[(RequestRow::CarriedIn, *column)] =
                count.map_or(Entry::Absent, Entry::Value);
        }
        next
    }
}

/// The parts of a narrative without their words: a heading left standing would pass for a part that is written.
fn frame(narrative: &Narrative) -> Narrative {
    let parts = narrative.parts.iter().map(|part| Part { aspect: part.aspect, ..Part::default() });
    Narrative { heading_style: narrative.heading_style, text: None, parts: parts.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Text;

    #[test]
    fn what_was_pending_is_carried_in_and_texts_are_not() {
        let mut last = Report::empty(Edition::Y2021);
        last.header.year = Some(2023);
        last.agency.name = Some("某某县人民政府".into());
        last.settings.similarity = Some(40);
        last.overview.text = Some(Text::new("2023年……"));
        for heading in ["主动公开情况", "2023年的亮点"] {
            last.overview.parts.push(Part {
                aspect: None,
                heading: Some(Text::new(heading)),
                text: Some(Text::new("一是……")),
            });
        }
        for (i, column) in RequestColumn::APPLICANTS.iter().enumerate() {
            last.requests.cells[(RequestRow::CarriedOut, *column)] = Entry::Value(i as u64);
        }
        let next = last.next_year("2023.toml".into());
        assert_eq!(next.header.year, Some(2024));
        assert_eq!(next.agency, last.agency);
        assert_eq!(next.settings, last.settings);
        let carried_in = |column| next.requests.entry(RequestRow::CarriedIn, column).count();
        assert_eq!(carried_in(RequestColumn::Other), Some(5));
        assert_eq!(carried_in(RequestColumn::Total), Some(15), "printed although not typed");
        assert!(next.requests.entry(RequestRow::Received, RequestColumn::Other).is_absent());
        assert_eq!(next.overview.text, None);
        assert_eq!(next.overview.parts.len(), 2);
        assert!(next.overview.is_empty());
    }

    #[test]
    fn what_is_not_filled_is_not_carried_in() {
        let next = Report::empty(Edition::Y2021).next_year("a.toml".into());
        assert_eq!(next.header.year, None);
        assert!(next.requests.is_empty());
    }
}
