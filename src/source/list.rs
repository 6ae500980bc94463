//! A list of units as it is written.

use std::fmt::Write as _;

use super::literal::quoted;
use super::{SourceFile, locate, read_units};
use crate::diag::Place;
use crate::report::{AgencyKind, AgencyLevel, Date, FieldPath};
use crate::units::{Holds, Unit, UnitList};

/// Writes a list of units that has no joint documents yet. The units in `open` have reports of their own and units under
/// them; which figures theirs hold is left for a person to write.
pub fn write_units(list: &UnitList, open: &[String]) -> String {
    let mut out =
        String::from("# 单位名单。写法见 docs/units.md；检查用 nianbao check units.toml。\n");
    let _ = writeln!(out, "year = {}  # 报告年度", list.year);
    let _ = writeln!(out, "name = {}  # 汇总到哪个机关", quoted(&list.name));
    match list.due {
        Some(due) => {
            let _ = writeln!(out, "due = {due}  # 报送截止日期");
        }
        None => out.push_str("# due = 2026-01-20  # 报送截止日期\n"),
    }
    out.push_str("# joint = []  # 没有联合发文的，去掉行首的 #；有的，照 docs/units.md 写\n");
    for unit in &list.units {
        let _ = write!(out, "\n[[units]]\nname = {}\n", quoted(&unit.name));
        if let Some(agency) = &unit.agency {
            let _ = writeln!(out, "agency = {}", quoted(agency));
        }
        if let Some(under) = unit.under.and_then(|under| list.units.get(under)) {
            let _ = writeln!(out, "under = {}", quoted(&under.name));
        }
        if let Some(file) = &unit.file {
            let _ = writeln!(out, "file = {}", quoted(file));
        }
        if open.contains(&unit.name) {
            let words: Vec<String> =
                Holds::ALL.iter().map(|(_, key, name)| format!("\"{key}\"（{name}）")).collect();
            let _ = writeln!(out, "# 请填写 figures = {}", words.join("或 "));
        }
        let holds = Holds::ALL.iter().find(|holds| holds.0 == unit.holds);
        if let Some((_, key, name)) = holds.filter(|_| says_holds(list, unit, open)) {
            let _ = writeln!(out, "figures = \"{key}\"  # {name}");
        }
        if let Some((_, key, name)) = AgencyKind::ALL.iter().find(|k| Some(k.0) == unit.kind) {
            let _ = writeln!(out, "kind = \"{key}\"  # {name}");
        }
        if let Some((_, key, name)) = AgencyLevel::ALL.iter().find(|l| Some(l.0) == unit.level) {
            let _ = writeln!(out, "level = \"{key}\"  # {name}");
        }
    }
    out
}

/// True if a unit has a report of its own and units under it, and it is known which figures it holds.
fn says_holds(list: &UnitList, unit: &Unit, open: &[String]) -> bool {
    let is_above = |other: &Unit| {
        other
            .under
            .and_then(|under| list.units.get(under))
            .is_some_and(|above| above.name == unit.name)
    };
    unit.file.is_some() && !open.contains(&unit.name) && list.units.iter().any(is_above)
}

/// The text of a list with another day by which reports are due, every other line as it is; none where that cannot be said
/// in it.
pub(crate) fn with_due(source: &SourceFile, due: Date) -> Option<String> {
    let text = source.text();
    let (list, _) = read_units(source);
    let list = list?;
    let at = |key: &str| locate(source, &Place::Value(FieldPath::new(key)));
    let new = if list.due.is_some() {
        let at = at("due");
        format!("{}{due}{}", &text[..at.start], &text[at.end..])
    } else {
        // Behind the line of the year, which stands before all tables, or in the place of the line that waits for it.
        let head = text.find("[[").unwrap_or(text.len());
        let waiting = text[..head].find("\n# due = ").map(|at| at + 1);
        let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at);
        let end = line_end(at("year").end);
        let is_windows = text[..end].ends_with('\r');
        match waiting {
            Some(start) => {
                let end = line_end(start);
                let cr = if text[..end].ends_with('\r') { "\r" } else { "" };
                format!("{}due = {due}  # 报送截止日期{cr}{}", &text[..start], &text[end..])
            }
            None => {
                let cr = if is_windows { "\r" } else { "" };
                format!("{}\ndue = {due}  # 报送截止日期{cr}{}", &text[..end], &text[end..])
            }
        }
    };
    let (now, _) = read_units(&SourceFile::parse(source.name(), new.as_str()));
    (now? == UnitList { due: Some(due), ..list }).then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, read_units};

    #[test]
    fn what_is_written_is_read_again() {
        let unit = |name: &str, under, file: Option<&str>| Unit {
            name: name.to_owned(),
            agency: None,
            under,
            file: file.map(str::to_owned),
            holds: Holds::Own,
            kind: Some(AgencyKind::Department),
            level: Some(AgencyLevel::County),
        };
        let mut group = unit("乡镇\"", None, None);
        (group.kind, group.level) = (None, None);
        let list = UnitList {
            name: "甲县人民政府".to_owned(),
            year: 2025,
            units: vec![
                unit("甲局", None, Some("甲局.toml")),
                group,
                unit("乙", Some(1), Some("乙.toml")),
            ],
            joint: None,
            due: Date::new(2026, 1, 20),
            rules_file: None,
            rules: None,
        };
        let source = SourceFile::parse("units.toml", write_units(&list, &[]));
        assert_eq!(read_units(&source).0, Some(list.clone()));
        let open = write_units(&list, &["甲局".to_owned()]);
        assert!(open.contains("# 请填写 figures = \"own\""));
    }

    #[test]
    fn a_day_goes_into_a_list_and_nothing_else_changes() {
        let day = Date::new(2024, 1, 20).unwrap();
        let units = "name = \"乙县\"\n[[units]]\nname = \"甲局\"\nfile = \"a.toml\"\n";
        for (before, after) in [
            ("year = 2023 # 年\n", "year = 2023 # 年\ndue = 2024-01-20  # 报送截止日期\n"),
            ("year = 2023\ndue = 2024-01-05 # 到\n", "year = 2023\ndue = 2024-01-20 # 到\n"),
            ("year = 2023\r\n", "year = 2023\r\ndue = 2024-01-20  # 报送截止日期\r\n"),
            (
                "year = 2023\n# due = 2026-01-20  # 到\n",
                "year = 2023\ndue = 2024-01-20  # 报送截止日期\n",
            ),
        ] {
            let source = SourceFile::parse("units.toml", format!("{before}{units}"));
            assert_eq!(with_due(&source, day), Some(format!("{after}{units}")), "{before}");
        }
        let wrong = SourceFile::parse("units.toml", "year = 2023\n");
        assert_eq!(with_due(&wrong, day), None);
    }
}
