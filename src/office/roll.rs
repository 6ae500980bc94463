//! [`Roll`]: the names of units as an office has them, in a text or a column, and the list made of them.

use std::collections::{BTreeSet, HashMap};

use super::Guess;
use super::doubts::doubts;
use super::entry::Entry;
use super::headings::{Column, cell, columns, group_by_kind};
use super::table::Row;
use super::typed::{
    cleaned, depth_by_number, indent, is_flat, is_number, is_numbered, one_of, squeezed,
};
use crate::budget::{LIST_ENTRIES, ROLL_NAME_CHARS};
use crate::report::{AgencyKind, AgencyLevel};
use crate::units::MAX_LEVELS;

/// The names of units as they were given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roll {
    /// The units in their order; each name stands once.
    pub(crate) entries: Vec<Entry>,
    /// The body above, if a heading names it.
    pub(crate) body: Option<String>,
    /// The report year, if a heading names it.
    pub(crate) year: Option<u16>,
    /// Everything left out or taken otherwise than it stands there, each in one phrase.
    pub(crate) remarks: Vec<String>,
    /// Pairs of names that may be one body, each in one phrase.
    pub(crate) doubts: Vec<String>,
}

impl Roll {
    /// The units that some rows name.
    ///
    /// # Errors
    ///
    /// When they name none, or too many.
    pub fn of(rows: &[Row]) -> Result<Self, String> {
        let mut roll = Self::default();
        let (head, columns) = roll.head(rows);
        let mut last: Vec<(usize, String)> = Vec::new();
        let mut seen: HashMap<String, String> = HashMap::new();
        let is_column = |wanted| columns.iter().flatten().any(|(_, column)| *column == wanted);
        let is_flat = columns.is_none() && is_flat(&rows[head..]);
        for row in &rows[head..] {
            for (indent, typed) in roll.names_in(row, &columns, last.first()) {
                let depth = indent + if is_flat { depth_by_number(&typed) } else { 0 };
                let Some(name) = roll.named(&row.at, &typed) else { continue };
                if let Some(first) = seen.get(&name) {
                    // A merged cell names its group in every row.
                    if !last.contains(&(depth, name.clone())) || Guess::is_body(&name) {
                        roll.remarks.push(format!("“{name}”重复：{first}和{}，只算一次", row.at));
                    }
                    continue;
                }
                if !is_numbered(typed.trim(), &name) {
                    roll.remarks.push(format!("{}“{}”写成“{name}”", row.at, typed.trim()));
                }
                let word = |column| columns.as_deref().and_then(|all| cell(row, all, column));
                last.retain(|(above, _)| *above < depth);
                let under = if is_column(Column::Under) {
                    let above = word(Column::Under);
                    let above = above.and_then(|above| roll.named(&row.at, &above));
                    above.filter(|above| *above != name)
                } else {
                    last.last().map(|(_, above)| above.clone())
                };
                last.push((depth, name.clone()));
                seen.insert(name.clone(), row.at.clone());
                let kind = roll.choice(&row.at, "类别", word(Column::Kind), AgencyKind::ALL);
                let level = roll.choice(&row.at, "层级", word(Column::Level), AgencyLevel::ALL);
                let at = row.at.clone();
                roll.entries.push(Entry { at, name, is_listed: true, under, kind, level });
            }
        }
        roll.add_groups();
        match roll.entries.len() {
            0 => return Err("里面没有单位名称".to_owned()),
            n if n > LIST_ENTRIES => {
                return Err(format!("有 {n} 个单位，超过 {LIST_ENTRIES} 个"));
            }
            _ => {}
        }
        roll.levels()?;
        roll.doubts = doubts(&roll.entries);
        Ok(roll)
    }

    /// The name that was typed somewhere, if it may be one.
    fn named(&mut self, at: &str, typed: &str) -> Option<String> {
        let name = cleaned(typed);
        if name.chars().count() > ROLL_NAME_CHARS {
            let begin: String = name.chars().take(12).collect();
            self.remarks.push(format!("{at}“{begin}……”太长，不像单位名称，没有读"));
            return None;
        }
        Some(name).filter(|name| !name.is_empty())
    }

    /// The choice that a cell names; of what it does not understand it says so.
    fn choice<T: Copy>(
        &mut self,
        at: &str,
        heading: &str,
        typed: Option<String>,
        all: &[(T, &'static str, &'static str)],
    ) -> Option<T> {
        let typed = typed.filter(|typed| !typed.trim().is_empty())?;
        let chosen = one_of(&typed, all);
        if chosen.is_none() {
            let typed = typed.trim();
            self.remarks.push(format!("{at}的{heading}“{typed}”看不懂，按名称推定"));
        }
        chosen
    }

    /// Refuses units that stand under themselves, and more levels than a list may have.
    fn levels(&self) -> Result<(), String> {
        let above: HashMap<&str, &str> = self
            .entries
            .iter()
            .filter_map(|entry| Some((entry.name.as_str(), entry.under.as_deref()?)))
            .collect();
        for entry in &self.entries {
            let up =
                std::iter::successors(Some(entry.name.as_str()), |name| above.get(name).copied());
            let chain: Vec<&str> = up.take(MAX_LEVELS + 1).collect();
            if let Some(again) = chain.iter().skip(1).position(|name| *name == entry.name) {
                let circle = chain[..again + 2].join(" → ");
                return Err(format!("{}的上级绕成一圈：{circle}；改正其中一个的上级", entry.at));
            }
            if chain.len() > MAX_LEVELS {
                let (at, name) = (&entry.at, &entry.name);
                return Err(format!("{at}“{name}”的层级超过 {MAX_LEVELS} 级；核对缩进和上级"));
            }
        }
        Ok(())
    }

    /// The number of rows before the first unit, and the columns where headings name them.
    fn head(&mut self, rows: &[Row]) -> (usize, Option<Vec<(usize, Column)>>) {
        /// The rows among which headings are looked for.
        const WITHIN: usize = 10;
        for (i, row) in rows.iter().enumerate().take(WITHIN) {
            let mut columns = columns(row);
            let has_name = columns.iter().any(|(_, column)| *column == Column::Name);
            // A single cell may be a name or a title; a heading of one column is short.
            if has_name && (row.cells.len() > 1 || row.cells[0].trim().chars().count() <= 4) {
                self.titles(&rows[..i]);
                group_by_kind(&mut columns, &rows[i + 1..]);
                let unused: Vec<String> = row
                    .cells
                    .iter()
                    .enumerate()
                    .filter(|(c, text)| {
                        let is_number = ["序号", "编号"].contains(&squeezed(text).as_str());
                        !text.trim().is_empty()
                            && !is_number
                            && columns.iter().all(|(known, _)| known != c)
                    })
                    .map(|(_, text)| format!("“{}”", text.trim()))
                    .collect();
                if !unused.is_empty() {
                    self.remarks.push(format!("没有用的列：{}", unused.join("、")));
                }
                return (i + 1, Some(columns));
            }
        }
        let titles = rows.iter().take_while(|row| is_title(row)).count();
        self.titles(&rows[..titles]);
        (titles, None)
    }

    /// Takes body and year from titles.
    fn titles(&mut self, rows: &[Row]) {
        for row in rows {
            let text = squeezed(&row.cells.concat());
            if text.is_empty() {
                continue;
            }
            let digits: Vec<&str> =
                text.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4).collect();
            let year = digits.iter().filter_map(|digits| digits.parse().ok());
            self.year =
                self.year.or_else(|| year.into_iter().find(|year| (2008..2100).contains(year)));
            let end = text.find("人民政府").map(|at| at + "人民政府".len());
            self.body = self.body.take().or_else(|| end.map(|end| text[..end].to_owned()));
            self.remarks.push(format!("{}“{text}”当作标题，不是单位", row.at));
        }
    }

    /// The names in a row as they were typed, each with its indentation: that of a group may stand before that of a unit.
    fn names_in(
        &mut self,
        row: &Row,
        columns: &Option<Vec<(usize, Column)>>,
        group: Option<&(usize, String)>,
    ) -> Vec<(usize, String)> {
        if let Some(columns) = columns {
            let typed = cell(row, columns, Column::Name);
            return typed.map(|typed| (indent(&typed), typed)).into_iter().collect();
        }
        let named = row.cells.iter().enumerate().filter(|(_, text)| !is_number(text));
        // As many blanks as a column to the right is worth.
        let named = named.map(|(column, typed)| (column * 100 + indent(typed), typed.clone()));
        let mut named: Vec<(usize, String)> = named.collect();
        if named.first().is_some_and(|(_, typed)| typed.trim_start().starts_with('#')) {
            self.remarks.push(format!("{}是注释，没有读", row.at));
            return Vec::new();
        }
        let is_body = |(_, typed): &(usize, String)| Guess::is_body(&cleaned(typed));
        // A merged cell names its group again beside each of its units.
        let is_again = |(_, typed): &(usize, String)| group.is_some_and(|g| g.1 == cleaned(typed));
        let n = match named.as_slice() {
            [first, unit, ..] if !is_body(first) && (is_body(unit) || is_again(first)) => 2,
            _ => 1,
        };
        let rest = named.split_off(n.min(named.len()));
        if !rest.is_empty() {
            let rest: Vec<&str> = rest.iter().map(|(_, text)| text.trim()).collect();
            self.remarks.push(format!("{}还有“{}”，没有读", row.at, rest.join("”“")));
        }
        named
    }

    /// Adds what units name as the one above them and nobody lists.
    fn add_groups(&mut self) {
        let names: BTreeSet<String> = self.entries.iter().map(|entry| entry.name.clone()).collect();
        let mut added = BTreeSet::new();
        let mut entries = Vec::new();
        for entry in self.entries.drain(..) {
            if let Some(under) = entry.under.as_ref().filter(|under| !names.contains(*under))
                && added.insert(under.clone())
            {
                entries.push(Entry {
                    at: entry.at.clone(),
                    name: under.clone(),
                    is_listed: false,
                    under: None,
                    kind: None,
                    level: None,
                });
            }
            entries.push(entry);
        }
        self.entries = entries;
    }
}

/// True if a row above the names is the title of the list.
fn is_title(row: &Row) -> bool {
    let text = squeezed(&row.cells.concat());
    text.is_empty()
        || text.ends_with("名单")
        || text.ends_with("一览表")
        || text.ends_with("名单：")
        || text.ends_with("汇总表")
        || text.ends_with("单位表")
        || (text.contains("政府信息公开") && text.contains('年'))
}

#[cfg(test)]
mod tests {
    use super::super::list::{added, new_list};
    use super::*;

    fn roll(text: &str) -> Roll {
        Roll::of(&super::super::table::rows(text.as_bytes()).unwrap().0).unwrap()
    }

    fn tree(roll: &Roll) -> Vec<(String, String)> {
        let pair = |e: &Entry| (e.name.clone(), e.under.clone().unwrap_or_default());
        roll.entries.iter().map(pair).collect()
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn lines_stand_under_those_that_are_less_indented() {
        let roll = roll(
            "云岭县人民政府2025年年报单位名单\n1. 云岭县教育局\n二、乡镇\n　　青溪镇人民政府\n　　白石乡人民政府；\n云岭县 信访局\n云岭县教育局\n# 注\n",
        );
        assert_eq!((roll.body.as_deref(), roll.year), (Some("云岭县人民政府"), Some(2025)));
        let expected = [
            ("云岭县教育局", ""),
            ("乡镇", ""),
            ("青溪镇人民政府", "乡镇"),
            ("白石乡人民政府", "乡镇"),
            ("云岭县信访局", ""),
        ];
        assert_eq!(tree(&roll), pairs(&expected));
        assert!(roll.remarks.iter().any(|r| r.contains("“云岭县教育局”重复：第2行和第7行")));
        let (list, asked) = new_list(&roll, "云岭县人民政府", 2025);
        assert!(asked.is_empty());
        let files: Vec<_> = list.units.iter().map(|unit| unit.file.as_deref()).collect();
        assert_eq!(files[..3], [Some("云岭县教育局.toml"), None, Some("青溪镇人民政府.toml")]);
        assert_eq!(list.units[2].level, Some(AgencyLevel::Township));
    }

    #[test]
    fn columns_are_known_by_their_headings() {
        let roll = roll(
            "序号,单位名称,主管单位,类别,电话\n1,云岭县教育局,,部门,1\n2,青溪镇人民政府,乡镇,人民政府,2\n",
        );
        let expected = [("云岭县教育局", ""), ("乡镇", ""), ("青溪镇人民政府", "乡镇")];
        assert_eq!(tree(&roll), pairs(&expected));
        assert_eq!(roll.entries[0].kind, Some(AgencyKind::Department));
        assert!(roll.remarks.iter().any(|remark| remark == "没有用的列：“电话”"));
        let indented = Roll::of(&[
            Row { at: "第1行".to_owned(), cells: vec!["乡镇".to_owned()] },
            Row {
                at: "第2行".to_owned(), cells: vec![String::new(), "青溪镇人民政府".to_owned()]
            },
        ]);
        assert_eq!(tree(&indented.unwrap()), pairs(&[("乡镇", ""), ("青溪镇人民政府", "乡镇")]));
    }

    fn table(rows: &[&[&str]]) -> Vec<Row> {
        let cells = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        let row =
            |(i, row): (usize, &&[&str])| Row { at: format!("第{}行", i + 1), cells: cells(row) };
        rows.iter().enumerate().map(row).collect()
    }

    #[test]
    fn groups_stand_beside_their_units_in_merged_cells() {
        let rows = table(&[
            &["县直部门", "云岭县教育局"],
            &["县直部门", "云岭县电视大院"],
            &["乡镇", "青溪镇人民政府"],
        ]);
        let expected = [
            ("县直部门", ""),
            ("云岭县教育局", "县直部门"),
            ("云岭县电视大院", "县直部门"),
            ("乡镇", ""),
            ("青溪镇人民政府", "乡镇"),
        ];
        let roll = Roll::of(&rows).unwrap();
        assert_eq!(tree(&roll), pairs(&expected));
        assert!(roll.remarks.is_empty(), "{:?}", roll.remarks);
        // The column of kinds may hold groups.
        let rows =
            table(&[&["类别", "单位"], &["县直", "云岭县教育局"], &["乡镇", "青溪镇人民政府"]]);
        let expected =
            [("县直", ""), ("云岭县教育局", "县直"), ("乡镇", ""), ("青溪镇人民政府", "乡镇")];
        assert_eq!(tree(&Roll::of(&rows).unwrap()), pairs(&expected));
    }

    #[test]
    fn numbers_tell_groups_where_nothing_is_indented() {
        let roll = roll(
            "一、县直部门\n1.云岭县教育局\n2、云岭县统计局\n二、乡镇\n（1）青溪镇人民政府\n3 白石乡人民政府\n",
        );
        let expected = [
            ("县直部门", ""),
            ("云岭县教育局", "县直部门"),
            ("云岭县统计局", "县直部门"),
            ("乡镇", ""),
            ("青溪镇人民政府", "乡镇"),
            ("白石乡人民政府", "乡镇"),
        ];
        assert_eq!(tree(&roll), pairs(&expected));
    }

    #[test]
    fn circles_and_texts_are_no_lists_of_units() {
        let circle = table(&[
            &["单位", "上级"],
            &["甲县教育局", "乙县教育局"],
            &["乙县教育局", "甲县教育局"],
        ]);
        let why = Roll::of(&circle).unwrap_err();
        assert!(why.contains("绕成一圈：甲县教育局 → 乙县教育局 → 甲县教育局"), "{why}");
        let deep: String = (0..40).map(|n| format!("{}第{n}号办公室\n", " ".repeat(n))).collect();
        let why = Roll::of(&super::super::table::rows(deep.as_bytes()).unwrap().0).unwrap_err();
        assert!(why.contains("层级超过"), "{why}");
        let long = format!("云岭县教育局\n{}\n", "长".repeat(ROLL_NAME_CHARS + 1));
        let roll = roll(&long);
        assert_eq!(roll.entries.len(), 1);
        assert!(roll.remarks[0].contains("太长，不像单位名称，没有读"));
        let unclear = table(&[&["单位", "类别", "层级"], &["甲县教育局", "部门", "县"]]);
        let roll = Roll::of(&unclear).unwrap();
        assert!(roll.remarks[0].contains("层级“县”看不懂"), "{:?}", roll.remarks);
    }

    #[test]
    fn a_body_that_stands_only_above_others_is_said() {
        let rows = table(&[
            &["单位", "上级"],
            &["甲县第一医院", "甲县卫生健康局"],
            &["甲县教育局", "甲县人民政府"],
        ]);
        let roll = Roll::of(&rows).unwrap();
        assert_eq!(added(&roll, "甲县人民政府"), ["甲县卫生健康局"]);
        let (list, _) = new_list(&roll, "甲县人民政府", 2025);
        assert!(list.units.iter().all(|unit| !unit.name.contains("人民政府")));
    }

    #[test]
    fn names_that_may_be_one_body_are_said() {
        let roll = roll(
            "云岭县教育局\n教育局\n云岭县信访局\n云岭县信仿局\n青溪镇人民政府\n白溪镇人民政府\n",
        );
        assert_eq!(roll.doubts.len(), 2, "{:?}", roll.doubts);
        assert!(roll.doubts[0].contains("简称") && roll.doubts[1].contains("只差一个字"));
    }
}
