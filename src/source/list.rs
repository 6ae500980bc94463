//! A list of units as it is written.

use std::fmt::Write as _;

use super::literal::quoted;
use crate::report::{AgencyKind, AgencyLevel};
use crate::units::{Holds, UnitList};

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
        if let Some((_, key, name)) = AgencyKind::ALL.iter().find(|k| Some(k.0) == unit.kind) {
            let _ = writeln!(out, "kind = \"{key}\"  # {name}");
        }
        if let Some((_, key, name)) = AgencyLevel::ALL.iter().find(|l| Some(l.0) == unit.level) {
            let _ = writeln!(out, "level = \"{key}\"  # {name}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, read_units};
    use crate::units::Unit;

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
            due: crate::report::Date::new(2026, 1, 20),
            rules_file: None,
            rules: None,
        };
        let source = SourceFile::parse("units.toml", write_units(&list, &[]));
        assert_eq!(read_units(&source).0, Some(list.clone()));
        let open = write_units(&list, &["甲局".to_owned()]);
        assert!(open.contains("# 请填写 figures = \"own\""));
    }
}
