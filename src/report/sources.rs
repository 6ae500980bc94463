//! [`FigureSource`]: the register or letter that figures come from, and which figures have none.

use super::{Date, FieldPath, Report};
use crate::edition::{Cell, Form, RequestRowPlace};

/// The address of the information-handling fee, whose two figures are no cells of a table.
const FEE: &str = "other.handling_fee";

/// The source of a figure, or of all figures of a row, a group of rows or a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FigureSource {
    /// The figures it speaks of.
    pub at: FieldPath,
    /// The register, letter or file they were taken from.
    pub from: String,
    /// The date of that.
    pub date: Option<Date>,
    /// The person who gave or took them.
    pub by: Option<String>,
}

impl FigureSource {
    /// In one phrase: the source, its date, and who gave it.
    pub fn words(&self) -> String {
        let more = [self.date.map(|date| date.to_string()), self.by.clone()];
        let more: Vec<String> = more.into_iter().flatten().filter(|it| !it.is_empty()).collect();
        match more.is_empty() {
            true => self.from.clone(),
            false => format!("{}（{}）", self.from, more.join("，")),
        }
    }
}

impl Report {
    /// The sources of a figure: those said of it, or else of the smallest of row, group and table that have one.
    pub fn sources_of(&self, figure: &FieldPath) -> Vec<&FigureSource> {
        let speaks = |source: &&FigureSource| !source.at.is_root() && figure.is_within(&source.at);
        let near = self.sources.iter().filter(speaks).map(|source| source.at.as_str().len()).max();
        let is_near = |source: &&FigureSource| Some(source.at.as_str().len()) == near;
        self.sources.iter().filter(speaks).filter(is_near).collect()
    }

    /// The figures that someone filled in and that meet a condition, together where a whole row, group or table does.
    ///
    /// Totals that are left to be added up are no figures of anyone's.
    pub fn together(&self, is_wanted: impl Fn(&FieldPath) -> bool) -> Vec<FieldPath> {
        let cells = self.form().cells().filter(|cell| !self.typed(*cell).is_absent());
        let mut figures: Vec<FieldPath> = cells.map(FieldPath::of).collect();
        if let Some(fee) = &self.other.handling_fee {
            let fee = [("notices", fee.notices.is_absent()), ("amount", fee.amount.is_absent())];
            let filled = fee.into_iter().filter(|(_, is_absent)| !is_absent);
            figures.extend(filled.map(|(key, _)| FieldPath::new(FEE).key(key)));
        }
        let figures: Vec<(FieldPath, bool)> =
            figures.into_iter().map(|path| (path.clone(), is_wanted(&path))).collect();
        let mut found = Vec::new();
        for table in ["disclosure", "requests", "challenges", FEE] {
            let own = figures.iter().filter(|(path, _)| path.is_within(&FieldPath::new(table)));
            gather(&FieldPath::new(table), &own.collect::<Vec<_>>(), &mut found);
        }
        found
    }

    /// The figures without a source.
    pub fn without_source(&self) -> Vec<FieldPath> {
        self.together(|figure| self.sources_of(figure).is_empty())
    }
}

/// Adds the address of some figures if all of them are wanted, or else those of the smaller groups that are.
fn gather(at: &FieldPath, figures: &[&(FieldPath, bool)], found: &mut Vec<FieldPath>) {
    if figures.is_empty() {
        return;
    }
    if figures.iter().all(|(_, is_wanted)| *is_wanted) {
        found.push(at.clone());
        return;
    }
    let mut rest = figures;
    while let Some((first, _)) = rest.first() {
        let Some(inner) = below(at, first) else { return };
        let n = rest.iter().take_while(|(path, _)| path.is_within(&inner)).count();
        gather(&inner, &rest[..n], found);
        rest = &rest[n.max(1)..];
    }
}

/// The address one step below another on the way to a third; none where that is reached.
fn below(at: &FieldPath, to: &FieldPath) -> Option<FieldPath> {
    let rest = to.as_str().strip_prefix(at.as_str())?.strip_prefix('.')?;
    Some(at.key(rest.split('.').next()?))
}

/// The addresses that a source can speak of, beside those that a note can.
pub fn fee_places() -> impl Iterator<Item = FieldPath> {
    let fee = FieldPath::new(FEE);
    [fee.clone(), fee.key("notices"), fee.key("amount")].into_iter()
}

/// A cell, a row, a group of rows, a table or the handling fee in words.
pub fn place_name(form: &Form, at: &FieldPath) -> String {
    if at.as_str() == FEE {
        return "信息处理费".to_owned();
    }
    let mut cells = form.cells().filter(|cell| FieldPath::of(*cell).is_within(at));
    let Some(first) = cells.next() else {
        let fee = FieldPath::new(FEE);
        return match at {
            at if *at == fee.key("notices") => "信息处理费的“发出收费通知件数”".to_owned(),
            at if *at == fee.key("amount") => "信息处理费的“收取金额”".to_owned(),
            _ => at.to_string(),
        };
    };
    if FieldPath::of(first) == *at {
        return form.cell_name(first);
    }
    if at.parent().is_root() {
        return format!("“{}”整张表", form.section_title(first.section()));
    }
    if FieldPath::row_of(first) == *at {
        return format!("“{}”一行", form.row_name(first));
    }
    match first {
        Cell::Requests(row, _) => {
            let own = form.requests.rows.iter().find(|known| known.row == row);
            let label = match own.map(|known| known.place) {
                Some(RequestRowPlace::Grouped(group)) if !at.parent().parent().is_root() => {
                    form.requests.group_label(group)
                }
                Some(
                    RequestRowPlace::Grouped(_) | RequestRowPlace::Top | RequestRowPlace::Outcome,
                )
                | None => form.requests.outcome_label,
            };
            format!("“{label}”各行")
        }
        Cell::Disclosure(..) | Cell::Challenges(..) => at.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;

    fn filled() -> Report {
        let mut report = Report::empty(Edition::Y2021);
        let cells: Vec<Cell> = report.form().cells().filter(|cell| !cell.is_total()).collect();
        for cell in cells {
            report.put(cell, 0.into());
        }
        report
    }

    fn source(at: &str, from: &str) -> FigureSource {
        FigureSource { at: FieldPath::new(at), from: from.to_owned(), ..FigureSource::default() }
    }

    #[test]
    fn the_nearest_source_of_a_figure_counts() {
        let mut report = filled();
        report.sources = vec![
            source("requests", "台账"),
            source("requests.received", "收文簿"),
            source("", "无"),
        ];
        let of = |path: &str| -> Vec<String> {
            report.sources_of(&FieldPath::new(path)).iter().map(|one| one.from.clone()).collect()
        };
        assert_eq!(of("requests.received.business"), ["收文簿"]);
        assert_eq!(of("requests.carried_in.business"), ["台账"]);
        assert_eq!(of("disclosure.penalties"), [""; 0]);
    }

    #[test]
    fn figures_without_a_source_are_told_by_table_group_row_and_cell() {
        let mut report = filled();
        let told = |report: &Report| -> Vec<String> {
            report.without_source().iter().map(ToString::to_string).collect()
        };
        assert_eq!(told(&report), ["disclosure", "requests", "challenges"]);
        report.sources = vec![
            source("disclosure", "甲"),
            source("challenges", "乙"),
            source("requests.received", "丙"),
            source("requests.carried_in", "丙"),
            source("requests.carried_out", "丙"),
        ];
        assert_eq!(told(&report), ["requests.outcome"]);
        report.sources.push(source("requests.outcome.refused", "丁"));
        report.sources.push(source("requests.outcome.granted.business", "丁"));
        let left = told(&report);
        assert!(left.contains(&"requests.outcome.granted.research".to_owned()), "{left:?}");
        assert!(left.contains(&"requests.outcome.partly_granted".to_owned()), "{left:?}");
        assert!(!left.iter().any(|at| at.starts_with("requests.outcome.refused")), "{left:?}");
        let names: Vec<String> = ["requests", "requests.received", "requests.outcome.refused", FEE]
            .map(|at| place_name(report.form(), &FieldPath::new(at)))
            .to_vec();
        assert!(names[0].ends_with("”整张表") && names[1].ends_with("”一行"), "{names:?}");
        assert_eq!(names[2..], ["“（三）不予公开”各行", "信息处理费"]);
    }
}
