//! The fields of the form by their addresses: what they show, and what can be typed into them.

use std::collections::BTreeMap;

use crate::edition::{Cell, Edition, Form, NumberKind};
use crate::report::{Date, Entry, FieldPath, MAX_COUNT, Money, Report};
use crate::source::{KeyKind, KeyValue, key_at, set_value_at, unmet, value_at};
use crate::trace::as_shown;
use crate::units::Figure;

/// The most bytes of a text that is typed.
const TEXT_BYTES: usize = 256 << 10;

/// The fields of the form of one edition.
pub(super) struct Fields(BTreeMap<FieldPath, Figure>);

impl Fields {
    /// All of a form.
    pub(super) fn of(form: &Form) -> Self {
        let figures = form.cells().map(Figure::Cell);
        let figures = figures.chain([Figure::FeeNotices, Figure::FeeAmount]);
        Self(figures.map(|figure| (figure.path(), figure)).collect())
    }

    /// The figure at an address.
    pub(super) fn figure(&self, path: &FieldPath) -> Option<Figure> {
        self.0.get(path).copied()
    }

    /// All figures, each with its address.
    pub(super) fn figures(&self) -> impl Iterator<Item = (&FieldPath, Figure)> {
        self.0.iter().map(|(path, figure)| (path, *figure))
    }

    /// The contents of a field as shown; nothing where nothing is filled, or there is no such field.
    pub(super) fn shown(&self, report: &Report, path: &FieldPath) -> Option<String> {
        match self.figure(path) {
            Some(figure) => shown_figure(report, figure),
            None => {
                let shown = value_at(report, path).map(shown_value);
                shown.filter(|shown| !shown.trim().is_empty())
            }
        }
    }

    /// Puts what was typed into a report; nothing makes a field one that is not filled.
    ///
    /// # Errors
    ///
    /// The reason why it cannot stand there, in Chinese.
    pub(super) fn put(
        &self,
        report: &mut Report,
        path: &FieldPath,
        typed: Option<&str>,
    ) -> Result<(), String> {
        if let Some(figure) = self.figure(path) {
            match number(figure, typed.unwrap_or_default())? {
                Some(number) => figure.put(report, number),
                None => clear(report, figure),
            }
            return Ok(());
        }
        let gone = || "这一项已经不在了".to_owned();
        let key = key_at(path).ok_or_else(gone)?;
        let edition = report.edition;
        // A file that this program is too old for could not be filled on.
        if path.as_str() == "needs"
            && let Some((why, _)) = typed.and_then(unmet)
        {
            return Err(why);
        }
        let value = match typed.filter(|typed| !typed.trim().is_empty()) {
            Some(typed) => Some(value(key.kind, typed, edition, || key.choices())?),
            None => None,
        };
        if set_value_at(report, path, value) { Ok(()) } else { Err(gone()) }
    }
}

fn shown_figure(report: &Report, figure: Figure) -> Option<String> {
    if let Figure::Cell(Cell::Disclosure(row, column)) = figure {
        let entry = report.disclosure.entry(row, column);
        // A change is printed with its sign.
        return (!entry.is_absent()).then(|| entry.to_string());
    }
    let entry = figure.typed(report);
    (!entry.is_absent()).then(|| entry.to_string())
}

fn clear(report: &mut Report, figure: Figure) {
    match figure {
        Figure::Cell(cell) => report.clear(cell),
        Figure::FeeNotices | Figure::FeeAmount => {
            let Some(fee) = &mut report.other.handling_fee else { return };
            match figure {
                Figure::FeeAmount => fee.amount = Entry::Absent,
                Figure::FeeNotices | Figure::Cell(_) => fee.notices = Entry::Absent,
            }
            if fee.amount.is_absent() && fee.notices.is_absent() {
                report.other.handling_fee = None;
            }
        }
    }
}

/// The number that was typed for a figure; nothing for what stands for nothing, such as a dash.
///
/// # Errors
///
/// The reason why it cannot stand there.
pub(super) fn number(figure: Figure, typed: &str) -> Result<Option<Money>, String> {
    let plain = plain(typed);
    if plain.is_empty() || ["-", "/", "--"].contains(&plain.as_str()) {
        return Ok(None);
    }
    let kind = match figure {
        Figure::Cell(Cell::Disclosure(_, column)) => column.kind(),
        Figure::Cell(Cell::Requests(..) | Cell::Challenges(..)) | Figure::FeeNotices => {
            NumberKind::Count
        }
        Figure::FeeAmount => NumberKind::Amount,
    };
    let is_whole = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let (is_right, what) = match kind {
        NumberKind::Count => (is_whole(&plain), "这里填整数，没有的填 0"),
        NumberKind::Change => (is_whole(unsigned), "这里填整数，减少的前面写 -"),
        NumberKind::Amount => {
            let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, "0"));
            (is_whole(whole) && is_whole(decimals), "这里填数字，可以有小数")
        }
    };
    let number = plain.parse::<Money>().ok().filter(|_| is_right);
    let number = number.ok_or_else(|| format!("“{}”不是可以填的数：{what}", typed.trim()))?;
    if number.abs() > Money::from(MAX_COUNT) {
        return Err("这个数太大了，请核对".to_owned());
    }
    Ok(Some(number))
}

/// Figures as they are typed with any input method or copied from any table, in plain digits.
fn plain(typed: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        '．' => Some('.'),
        '＋' => Some('+'),
        '－' | '−' | '—' | '–' => Some('-'),
        '／' => Some('/'),
        ',' | '，' | '\'' => None,
        c if c.is_whitespace() || crate::report::is_hidden(c) => None,
        c => Some(c),
    };
    typed.chars().filter_map(plain).collect()
}

/// The value of a key that was typed.
fn value(
    kind: KeyKind,
    typed: &str,
    edition: Edition,
    choices: impl Fn() -> Vec<(&'static str, &'static str)>,
) -> Result<KeyValue, String> {
    if typed.len() > TEXT_BYTES {
        return Err("这一段太长了，请分成几部分".to_owned());
    }
    let whole = |least: u64, most: u64| {
        let number = plain(typed).parse().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| format!("填 {least} 至 {most} 的整数"))
    };
    match kind {
        KeyKind::Line | KeyKind::Path | KeyKind::File => line(typed).map(KeyValue::Line),
        KeyKind::Text | KeyKind::Lines => lines(typed).map(KeyValue::Text),
        KeyKind::Year => {
            let year = u16::try_from(whole(1949, 2999)?).unwrap_or_default();
            if Edition::for_year(year) != Some(edition) {
                let notice = edition.form().notice.number;
                return Err(format!("{year}年度不用这份报告的格式（{notice}）；请另外新建"));
            }
            Ok(KeyValue::Number(year.into()))
        }
        KeyKind::Date => {
            date(typed).map(KeyValue::Date).ok_or_else(|| "写成 2026-01-09 的样子".to_owned())
        }
        KeyKind::Boolean => match typed {
            "true" => Ok(KeyValue::Boolean(true)),
            "false" => Ok(KeyValue::Boolean(false)),
            _ => Err("选“是”或“否”".to_owned()),
        },
        KeyKind::Whole(least, most) => whole(least, most).map(KeyValue::Number),
        KeyKind::Choice => {
            let known = choices().into_iter().find(|(word, _)| *word == typed);
            known.map(|(word, _)| KeyValue::Line(word.to_owned())).ok_or("请从列出的里面选".into())
        }
        KeyKind::Count | KeyKind::Money | KeyKind::Names | KeyKind::Table | KeyKind::Tables => {
            Err("这一项不能在这里填".to_owned())
        }
    }
}

/// A date as browsers give it.
pub(super) fn date(typed: &str) -> Option<Date> {
    let mut parts = typed.trim().split('-');
    let date = Date::new(
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    );
    date.filter(|_| parts.next().is_none())
}

/// A text on one line, without the blanks at its ends.
pub(super) fn line(typed: &str) -> Result<String, String> {
    let words: Vec<&str> = typed.split(['\n', '\r', '\t']).map(str::trim).collect();
    let line = words.join(" ").trim().to_owned();
    match line.chars().find(|c| c.is_control()) {
        Some(c) => Err(format!("有一个不能印出的字符（U+{:04X}），请删去", u32::from(c))),
        None => Ok(line),
    }
}

/// A text of lines, with the end of the last.
fn lines(typed: &str) -> Result<String, String> {
    let lines = typed.replace("\r\n", "\n");
    let forbidden = |c: &char| c.is_control() && *c != '\n' && *c != '\t';
    match lines.chars().find(forbidden) {
        Some(c) => Err(format!("有一个不能印出的字符（U+{:04X}），请删去", u32::from(c))),
        None => Ok(format!("{}\n", lines.trim_end_matches('\n'))),
    }
}

/// A value of a key as its field shows it.
fn shown_value(value: KeyValue) -> String {
    match value {
        KeyValue::Line(line) => line,
        KeyValue::Text(text) => as_shown(&text),
        KeyValue::Date(date) => date.to_string(),
        KeyValue::Number(number) => number.to_string(),
        KeyValue::Boolean(yes) => yes.to_string(),
        KeyValue::Figure(entry) => entry.to_string(),
        #[cfg(test)]
        KeyValue::Nothing => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_however_they_are_typed() {
        let form = Edition::Y2021.form();
        let fields = Fields::of(form);
        let figure = |path: &str| fields.figure(&FieldPath::new(path)).unwrap();
        let count = |typed: &str| number(figure("requests.received.other"), typed);
        assert_eq!(count(" １２，３４５ "), Ok(Some(Money::from(12345))));
        assert_eq!(count("1,034"), Ok(Some(Money::from(1034))));
        for nothing in ["", " ", "—", "/", "－"] {
            assert_eq!(count(nothing), Ok(None), "{nothing:?}");
        }
        for wrong in ["12a", "1.5", "-3", ".", "3件", "9999999999999"] {
            assert!(count(wrong).is_err(), "{wrong}");
        }
        let fees = |typed: &str| number(figure("disclosure.fees"), typed).map(Option::unwrap);
        assert_eq!(fees("3297.50").unwrap().to_string(), "3297.50");
        assert!(fees("-1").is_err() && fees("1.").is_err() && fees("1e3").is_err());
    }

    #[test]
    fn every_field_shows_what_was_put_into_it() {
        let mut report = Report::empty(Edition::Y2021);
        let fields = Fields::of(report.form());
        for (path, typed) in [
            ("requests.received.total", "37"),
            ("other.handling_fee.amount", "12.50"),
            ("report.year", "2025"),
            ("report.published", "2026-01-09"),
            ("agency.kind", "department"),
            ("agency.name", "某某县教育局"),
            ("overview.text", "一。\n\n二。"),
            ("report.closing", "false"),
        ] {
            let path = FieldPath::new(path);
            fields.put(&mut report, &path, Some(typed)).unwrap();
            assert_eq!(fields.shown(&report, &path).as_deref(), Some(typed), "{path}");
            fields.put(&mut report, &path, None).unwrap();
            assert_eq!(fields.shown(&report, &path), None, "{path}");
        }
        assert_eq!(report, Report::empty(Edition::Y2021));
        for (path, typed) in [
            ("report.year", "2020"),
            ("report.published", "2026-02-30"),
            ("agency.kind", "局"),
            ("agency.name", "a\u{7}b"),
            ("overview.parts[0].text", "甲"),
            ("nowhere", "1"),
        ] {
            assert!(fields.put(&mut report, &FieldPath::new(path), Some(typed)).is_err(), "{path}");
        }
    }
}
