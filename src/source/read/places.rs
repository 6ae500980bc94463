//! Notes, sources, waivers and declarations that speak of a place that is not there, or of none that can be told.

use super::{Reader, is_note_place, nearest, note_places};
use crate::budget::SCOPES;
use crate::diag::Place;
use crate::report::{FieldPath, Report, SentenceError, fee_places};
use crate::source::{codes, keys};

impl Reader<'_> {
    /// Notes that speak of no place of the form.
    pub(super) fn notes(&mut self, report: &Report) {
        for (i, note) in report.notes.iter().enumerate().filter(|(_, note)| !note.at.is_root()) {
            if !is_note_place(report.form(), &note.at) {
                let written = keys::NOTE.address(i).key("at");
                self.no_place(&note.at, &note_places(report.form()), written);
            }
        }
    }

    /// Sources that speak of no figure.
    pub(super) fn sources(&mut self, report: &Report) {
        let is_place = |at: &FieldPath| {
            is_note_place(report.form(), at) || fee_places().any(|place| place == *at)
        };
        for (i, source) in report.sources.iter().enumerate().filter(|(_, one)| !one.at.is_root()) {
            if !is_place(&source.at) {
                let mut places = note_places(report.form());
                places.extend(fee_places().map(|place| place.to_string()));
                self.no_place(&source.at, &places, keys::SOURCE.address(i).key("at"));
            }
        }
    }

    /// Refuses an address that is none of some places of the form.
    fn no_place(&mut self, at: &FieldPath, places: &[String], written: FieldPath) {
        let at = at.as_str();
        let help = match nearest(at, places.iter().map(String::as_str)) {
            Some(known) => format!("是不是“{known}”？"),
            None => {
                "写单元格、行或表的键名，例如 \"requests.received\" 或 \"challenges\"".to_owned()
            }
        };
        let message = format!("表中没有“{at}”这个位置");
        self.report_error(codes::UNKNOWN_PLACE, Place::Value(written), message, "", help);
    }

    /// Waivers that end before they begin.
    pub(super) fn waivers(&mut self, report: &Report) {
        for (i, waiver) in report.waivers.iter().enumerate() {
            if let (Some(date), Some(until)) = (waiver.date, waiver.until)
                && until < date
            {
                let message = format!("有效期至 {until}，早于核准日期 {date}");
                self.invalid(keys::WAIVER.address(i).key("until"), message, "核对两个日期");
            }
        }
    }

    /// Declarations of whose figures are that speak of no text, or of no one sentence of it.
    pub(super) fn scopes(&mut self, report: &Report) {
        let texts = report.texts();
        for (i, scope) in report.scopes.iter().enumerate().filter(|(_, one)| !one.at.is_root()) {
            let address = keys::SCOPE.address(i);
            if i >= SCOPES {
                let message = format!("说明口径的 [[scopes]] 超过 {SCOPES} 条");
                let place = Place::Value(address.key("at"));
                let help = "合并相同的；整段都是同一口径的，不必逐句写";
                self.report_error(codes::INVALID_VALUE, place, message, "", help.to_owned());
                break;
            }
            let own: Vec<_> = texts.iter().filter(|(path, _)| scope.is_of(path)).collect();
            if own.is_empty() {
                let names: Vec<&str> = texts.iter().map(|(path, _)| path.as_str()).collect();
                let help = match nearest(scope.at.as_str(), names.iter().copied()) {
                    Some(known) => format!("是不是“{known}”？"),
                    None => "写一段文字的键名，例如 \"overview.text\" 或 \"overview.parts[1]\"；不能写整个部分"
                        .to_owned(),
                };
                let place = Place::Value(address.key("at"));
                let message = format!("报告中没有“{}”这一段文字", scope.at);
                self.report_error(codes::UNKNOWN_PLACE, place, message, "", help);
                continue;
            }
            let ranges: Vec<_> = own.iter().map(|(_, text)| scope.range(text.typed())).collect();
            let found = ranges.iter().filter(|range| range.is_ok()).count();
            let several = ranges.contains(&Err(SentenceError::Several));
            if scope.words.is_none() || found == 1 && !several {
                continue;
            }
            let words = scope.words.as_deref().unwrap_or_default();
            let (message, help) = if found == 0 && !several {
                (
                    format!("“{}”中没有“{words}”这几个字", scope.at),
                    "从这一句里照抄几个字，不要包括 {{ … }}",
                )
            } else {
                (
                    format!("“{}”中不止一句有“{words}”这几个字", scope.at),
                    "多抄几个字，使它只在一句里出现",
                )
            };
            let place = Place::Value(address.key("words"));
            self.report_error(codes::UNKNOWN_PLACE, place, message, "", help.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;

    #[test]
    fn the_places_of_notes_are_cells_and_all_that_they_stand_in() {
        for edition in Edition::ALL {
            let form = edition.form();
            let places = note_places(form);
            for cell in form.cells() {
                let mut at = FieldPath::of(cell);
                while !at.is_root() {
                    assert!(is_note_place(form, &at) && places.contains(&at.to_string()), "{at}");
                    at = at.parent();
                }
            }
            assert!(
                places.iter().all(|place| is_note_place(form, &FieldPath::new(place.as_str())))
            );
            for none in
                ["", "requests.", "requests.receive", "overview", "requests.received.totals"]
            {
                assert!(!is_note_place(form, &FieldPath::new(none)), "{none}");
            }
        }
    }
}
