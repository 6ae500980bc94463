//! [`Roll`]: the names of units as an office has them, in a text or a column, and the list made of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Guess;
use super::doubts::doubts;
use super::entry::Entry;
use super::table::Row;
use crate::budget::LIST_ENTRIES;
use crate::report::{AgencyKind, AgencyLevel, is_hidden};
use crate::units::{Holds, Unit, UnitList};

/// The names of units as they were given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Roll {
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

/// The contents of a column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Under,
    Kind,
    Level,
}

/// The words by which a heading tells the contents of its column.
const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Under,
        &["上级", "主管", "隶属", "归口", "所属", "分组", "系统", "类型", "分类", "归类"],
    ),
    (Column::Kind, &["机关类别", "机构类别", "类别", "性质"]),
    (Column::Level, &["层级", "级别"]),
    (
        Column::Name,
        &["单位名称", "机关名称", "机关全称", "单位全称", "名称", "单位", "机关", "部门"],
    ),
];

impl Roll {
    /// The units that some rows name.
    ///
    /// # Errors
    ///
    /// When they name none, or too many.
    pub(crate) fn of(rows: &[Row]) -> Result<Self, String> {
        let mut roll = Self::default();
        let (head, columns) = roll.head(rows);
        let mut last: Vec<(usize, String)> = Vec::new();
        let mut seen: HashMap<String, String> = HashMap::new();
        for row in &rows[head..] {
            let Some((depth, typed)) = roll.name_in(row, &columns) else { continue };
            let name = cleaned(&typed);
            if name.is_empty() {
                continue;
            }
            if let Some(first) = seen.get(&name) {
                roll.remarks.push(format!("“{name}”重复：{first}和{}，只算一次", row.at));
                continue;
            }
            if name != typed.trim() {
                roll.remarks.push(format!("{}“{}”写成“{name}”", row.at, typed.trim()));
            }
            let under = match &columns {
                Some(columns) if columns.iter().any(|(_, column)| *column == Column::Under) => {
                    let above = cell(row, columns, Column::Under).map(|text| cleaned(&text));
                    above.filter(|above| !above.is_empty() && *above != name)
                }
                _ => {
                    last.retain(|(above, _)| *above < depth);
                    last.last().map(|(_, above)| above.clone())
                }
            };
            last.push((depth, name.clone()));
            seen.insert(name.clone(), row.at.clone());
            let word = |column| columns.as_deref().and_then(|all| cell(row, all, column));
            roll.entries.push(Entry {
                at: row.at.clone(),
                kind: word(Column::Kind).and_then(|word| one_of(&word, AgencyKind::ALL)),
                level: word(Column::Level).and_then(|word| one_of(&word, AgencyLevel::ALL)),
                name,
                under,
            });
        }
        roll.add_groups();
        roll.doubts = doubts(&roll.entries);
        match roll.entries.len() {
            0 => Err("里面没有单位名称".to_owned()),
            n if n > LIST_ENTRIES => Err(format!("有 {n} 个单位，超过 {LIST_ENTRIES} 个")),
            _ => Ok(roll),
        }
    }

    /// The number of rows before the first unit, and the columns where headings name them.
    fn head(&mut self, rows: &[Row]) -> (usize, Option<Vec<(usize, Column)>>) {
        /// The rows among which headings are looked for.
        const WITHIN: usize = 10;
        for (i, row) in rows.iter().enumerate().take(WITHIN) {
            let columns = columns(row);
            let has_name = columns.iter().any(|(_, column)| *column == Column::Name);
            // A single cell may be a name or a title; a heading of one column is short.
            if has_name && (row.cells.len() > 1 || row.cells[0].trim().chars().count() <= 4) {
                self.titles(&rows[..i]);
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

    /// The name in a row as it was typed, and how far it is indented.
    fn name_in(
        &mut self,
        row: &Row,
        columns: &Option<Vec<(usize, Column)>>,
    ) -> Option<(usize, String)> {
        if let Some(columns) = columns {
            let typed = cell(row, columns, Column::Name)?;
            return Some((indent(&typed), typed));
        }
        let mut named = row.cells.iter().enumerate().filter(|(_, text)| !is_number(text));
        let (column, typed) = named.next()?;
        if typed.trim_start().starts_with('#') {
            self.remarks.push(format!("{}是注释，没有读", row.at));
            return None;
        }
        let rest: Vec<&str> = named.map(|(_, text)| text.trim()).collect();
        // Two columns of names and no headings: the first names the group.
        if !rest.is_empty() {
            self.remarks.push(format!("{}还有“{}”，没有读", row.at, rest.join("”“")));
        }
        // As many blanks as a column to the right is worth.
        Some((column * 100 + indent(typed), typed.clone()))
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

/// The list of units that a roll makes: `name` is the body above, on that level. Kinds and levels are those that the
/// roll says, else those that names tell. The second part names the units whose figures may hold those of others, which
/// only a person can say.
pub(crate) fn new_list(roll: &Roll, name: &str, year: u16) -> (UnitList, Vec<String>) {
    let above = Guess::of(name, None).level;
    let places: HashMap<&str, usize> =
        roll.entries.iter().enumerate().map(|(i, entry)| (entry.name.as_str(), i)).collect();
    let has_units: BTreeSet<&str> =
        roll.entries.iter().filter_map(|entry| entry.under.as_deref()).collect();
    let mut taken = BTreeSet::new();
    let mut asked = Vec::new();
    let units = roll.entries.iter().map(|entry| {
        let is_group = has_units.contains(entry.name.as_str()) && !Guess::is_body(&entry.name);
        let guess = Guess::of(&entry.name, above);
        if !is_group && has_units.contains(entry.name.as_str()) {
            asked.push(entry.name.clone());
        }
        Unit {
            name: if entry.name == name {
                format!("{name}（本级）")
            } else {
                entry.name.clone()
            },
            agency: (entry.name == name).then(|| name.to_owned()),
            under: entry
                .under
                .as_deref()
                .filter(|under| *under != name)
                .and_then(|under| places.get(under).copied()),
            file: (!is_group).then(|| file_name(&entry.name, &mut taken)),
            holds: Holds::Own,
            kind: entry.kind.or(guess.kind).filter(|_| !is_group),
            level: entry.level.or(guess.level).filter(|_| !is_group),
        }
    });
    let units = units.collect();
    (UnitList { name: name.to_owned(), year, units, joint: None, due: None }, asked)
}

/// The government above, as most names of units begin with its place.
pub(crate) fn body_above(roll: &Roll) -> Option<String> {
    const PLACES: &[char] = &['省', '市', '县', '区', '旗', '州', '盟'];
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &roll.entries {
        let end = entry.name.char_indices().skip(1).find(|(_, c)| PLACES.contains(c));
        if let Some((at, c)) = end {
            *places.entry(&entry.name[..at + c.len_utf8()]).or_default() += 1;
        }
    }
    let (place, n) = places.into_iter().max_by_key(|(_, n)| *n)?;
    (n * 3 >= roll.entries.len() && n > 1).then(|| format!("{place}人民政府"))
}

/// A name for the data file of a unit that no other unit has, on file systems that know no capitals, too.
fn file_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    const LONGEST: usize = 60;
    let is_bad = |c: char| c.is_control() || c.is_whitespace() || r#"/\:*?"<>|"#.contains(c);
    let plain: String =
        name.chars().map(|c| if is_bad(c) { '_' } else { c }).take(LONGEST).collect();
    let plain = plain.trim_matches(['.', '_']);
    let mut file = format!("{plain}.toml");
    let mut n = 2;
    while !taken.insert(file.to_lowercase()) {
        file = format!("{plain}{n}.toml");
        n += 1;
    }
    file
}

/// The columns that a row of headings names.
fn columns(row: &Row) -> Vec<(usize, Column)> {
    let mut found: Vec<(usize, Column)> = Vec::new();
    for (i, text) in row.cells.iter().enumerate() {
        let text = squeezed(text);
        if text.is_empty() || text.chars().count() > 12 {
            continue;
        }
        // A heading of names is short, or it would be a name.
        let is_it = |words: &[&str], column: Column| match column {
            Column::Name => words.contains(&text.as_str()),
            Column::Under | Column::Kind | Column::Level => {
                words.iter().any(|word| text.contains(word)) && text.chars().count() <= 8
            }
        };
        let column = HEADINGS.iter().find(|(column, words)| is_it(words, *column));
        if let Some((column, _)) = column.filter(|(c, _)| found.iter().all(|(_, known)| known != c))
        {
            found.push((i, *column));
        }
    }
    found
}

fn cell(row: &Row, columns: &[(usize, Column)], wanted: Column) -> Option<String> {
    let (i, _) = columns.iter().find(|(_, column)| *column == wanted)?;
    row.cells.get(*i).cloned()
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

fn is_number(text: &str) -> bool {
    text.trim()
        .trim_end_matches(['.', '、', '．'])
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace())
}

/// The number of blanks before a text; a wide one and a tabulator count as more.
fn indent(text: &str) -> usize {
    let blanks = text.chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if c == '\t' || c == '\u{3000}' { 2 } else { 1 }).sum()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c)).collect()
}

/// A name without number, marks at its ends and blanks within.
fn cleaned(typed: &str) -> String {
    let name = squeezed(typed);
    let mut name = name.as_str();
    name = name
        .trim_start_matches(['·', '•', '●', '○', '◆', '■', '-', '—', '–', '*', '├', '└', '│', '─']);
    let digits =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || "０１２３４５６７８９".contains(c));
    if digits.len() < name.len() {
        name = digits.trim_start_matches(['.', '、', '．', ')', '）', ':', '：']);
    }
    const CHINESE: &str = "一二三四五六七八九十百";
    let counted = name.trim_start_matches(|c| CHINESE.contains(c));
    if counted.len() < name.len()
        && let Some(rest) = counted.strip_prefix(['、', '.', '．'])
    {
        name = rest;
    }
    if let Some((number, rest)) =
        name.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')']))
        && !number.is_empty()
        && number.chars().all(|c| CHINESE.contains(c) || c.is_ascii_digit())
    {
        name = rest;
    }
    name.trim_end_matches(['；', ';', '。', '，', ',', '、', ':', '：']).to_owned()
}

/// The choice with that key or Chinese name, with or without what stands in its brackets.
fn one_of<T: Copy>(typed: &str, all: &[(T, &'static str, &'static str)]) -> Option<T> {
    let typed = squeezed(typed);
    let short = |name: &'static str| name.split('（').next().unwrap_or(name);
    let is_it = |(_, key, name): &&(T, &str, &'static str)| {
        !typed.is_empty() && (*key == typed || *name == typed || short(name) == typed)
    };
    all.iter().find(is_it).map(|(one, ..)| *one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roll(text: &str) -> Roll {
        Roll::of(&super::super::rows(text.as_bytes()).unwrap().0).unwrap()
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

    #[test]
    fn names_that_may_be_one_body_are_said() {
        let roll = roll(
            "云岭县教育局\n教育局\n云岭县信访局\n云岭县信仿局\n青溪镇人民政府\n白溪镇人民政府\n",
        );
        assert_eq!(roll.doubts.len(), 2, "{:?}", roll.doubts);
        assert!(roll.doubts[0].contains("简称") && roll.doubts[1].contains("只差一个字"));
    }
}
