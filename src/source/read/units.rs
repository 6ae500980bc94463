//! The list of units, `units.toml`: who must report, under whom, and which documents they made together.

use std::collections::HashMap;

use super::super::keys::{self, Choice};
use super::problem::type_name;
use super::{Fields, Reader, SourceFile, Value, codes, nearest, other_kind};
use crate::diag::{Diagnostic, Place, Severity};
use crate::edition::{Axis, DisclosureColumn, DisclosureRow, Edition};
use crate::report::{AgencyKind, AgencyLevel, FieldPath};
use crate::units::{Holds, Joint, MAX_LEVELS, Unit, UnitList};

/// Reads a list of units, with everything that is wrong with it in the order of the file.
///
/// The list is there only when nothing is wrong: a sum over half a list would be a wrong sum.
pub fn read_units(source: &SourceFile) -> (Option<UnitList>, Vec<Diagnostic>) {
    if source.is_report() && !source.is_unit_list() {
        let help = "写单位名单（units.toml），或者放数据文件的文件夹；名单的写法见 docs/units.md";
        return (None, vec![other_kind("这是年报的数据文件，不是单位名单", help)]);
    }
    let mut reader = Reader::of(source, keys::UNIT_TABLES);
    let list = reader.unit_list(&source.tree);
    let mut found = if source.syntax.is_empty() { reader.found() } else { source.syntax.clone() };
    found.sort_by_key(|d| super::super::locate(source, &d.primary.place).start);
    (list.filter(|_| found.is_empty()), found)
}

/// An entry of the list as typed: what it refers to by name is not looked up yet.
struct Typed {
    path: FieldPath,
    name: String,
    agency: Option<String>,
    under: Option<String>,
    file: Option<String>,
    holds: Option<Holds>,
    kind: Option<AgencyKind>,
    level: Option<AgencyLevel>,
}

impl<'a> Reader<'a> {
    fn unit_list(&mut self, root: &'a [super::Field]) -> Option<UnitList> {
        let fields = self.known(root, FieldPath::new(""), &keys::UNITS_ROOT);
        let name = self.line(&fields, "name").unwrap_or_default();
        let year = self.list_year(&fields);
        let mut typed = Vec::new();
        self.tables(&fields, "units", &keys::UNIT, |reader, fields| {
            typed.push(Typed {
                path: fields.path.clone(),
                name: reader.line(fields, "name").unwrap_or_default(),
                agency: reader.line(fields, "agency"),
                under: reader.line(fields, "under"),
                file: reader.path(fields, "file"),
                holds: reader.holds(fields),
                kind: reader.one_of(fields, "kind", AgencyKind::ALL),
                level: reader.one_of(fields, "level", AgencyLevel::ALL),
            });
        });
        if let Some((node, path)) = fields.get("units").filter(|_| typed.is_empty())
            && matches!(&node.value, Value::Array(units) if units.is_empty())
        {
            self.invalid(
                path,
                "名单里没有单位".to_owned(),
                "每个单位另起一行写 [[units]]，其下写 name 和 file",
            );
        }
        let places = self.places(&name, &typed);
        let above = self.above(&name, &typed, &places);
        self.cycles(&typed, &above);
        self.files(&typed, &above);
        let joint = fields.get("joint").is_some().then(|| {
            let mut joint = Vec::new();
            self.tables(&fields, "joint", &keys::JOINT, |reader, fields| {
                joint.extend(reader.joint(fields, &places, &typed));
            });
            joint
        });
        let units = typed.into_iter().zip(above).map(|(typed, under)| Unit {
            name: typed.name,
            agency: typed.agency,
            under,
            file: typed.file,
            holds: typed.holds.unwrap_or_default(),
            kind: typed.kind,
            level: typed.level,
        });
        let due = self.date(&fields, "due");
        let rules_file = self.path(&fields, "rules");
        let units = units.collect();
        Some(UnitList { name, year: year?, units, joint, due, rules_file, rules: None })
    }

    fn holds(&mut self, fields: &Fields<'a>) -> Option<Holds> {
        let word = self.choice_of(fields, "figures", &keys::UNIT.choices("figures"))?;
        Holds::ALL.iter().find(|holds| holds.1 == word).map(|holds| holds.0)
    }

    /// The choice whose key or name is written for a key.
    fn one_of<T: Copy>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        all: &[(T, &'static str, &'static str)],
    ) -> Option<T> {
        let word = self.choice_of(fields, key, &keys::UNIT.choices(key))?;
        all.iter().find(|(_, key, _)| *key == word).map(|(one, ..)| *one)
    }

    fn list_year(&mut self, fields: &Fields<'a>) -> Option<u16> {
        let year = self.whole_number(fields, "year", 1949, 2999)?;
        let year = u16::try_from(year).ok()?;
        if Edition::for_year(year).is_none() {
            let message = format!("本程序没有{year}年度的年报格式");
            self.invalid(FieldPath::new("year"), message, "核对报告年度");
            return None;
        }
        Some(year)
    }

    /// The place of each name, which may stand once; the body of the list itself must not be among its units.
    fn places(&mut self, body: &str, typed: &[Typed]) -> HashMap<String, usize> {
        let mut places: HashMap<String, usize> = HashMap::new();
        for (i, unit) in typed.iter().enumerate().filter(|(_, unit)| !unit.name.is_empty()) {
            let at = unit.path.key("name");
            if unit.name == body {
                let message = format!("“{body}”是汇总机关，不能又是自己的下级单位");
                self.invalid(at, message, "本机关自己的数据，另取一个名称写成一个单位，例如“某某县人民政府（本级）”，并用 agency 写明数据文件中的机关全称");
            } else if let Some(first) = places.get(&unit.name) {
                let related = Place::Value(typed[*first].path.key("name"));
                let message = format!("“{}”在名单里写了两次", unit.name);
                self.invalid(at, message, "同一个单位只写一次；同名的不同单位，名称要写全");
                self.relate(related, "第一次");
            } else {
                places.insert(unit.name.clone(), i);
            }
        }
        places
    }

    /// The unit above each unit.
    fn above(
        &mut self,
        body: &str,
        typed: &[Typed],
        places: &HashMap<String, usize>,
    ) -> Vec<Option<usize>> {
        typed
            .iter()
            .map(|unit| {
                let name = unit.under.as_deref().filter(|name| *name != body)?;
                self.place_of(name, unit.path.key("under"), places)
            })
            .collect()
    }

    /// The unit of that name.
    fn place_of(
        &mut self,
        name: &str,
        at: FieldPath,
        places: &HashMap<String, usize>,
    ) -> Option<usize> {
        let found = places.get(name).copied();
        if found.is_none() {
            let mut names: Vec<&str> = places.keys().map(String::as_str).collect();
            names.sort_unstable();
            let help = match nearest(name, names.into_iter()).filter(|known| is_near(name, known)) {
                Some(known) => format!("是不是“{known}”？"),
                None => "写名单里另一个单位的 name，一字不差".to_owned(),
            };
            self.invalid(at, format!("名单里没有“{name}”这个单位"), &help);
        }
        found
    }

    /// Units that are under themselves, each circle once, and levels that nobody has.
    fn cycles(&mut self, typed: &[Typed], above: &[Option<usize>]) {
        let mut told = vec![false; typed.len()];
        let mut safe = vec![false; typed.len()];
        for start in 0..typed.len() {
            let mut chain = Vec::new();
            let mut next = Some(start);
            while let Some(unit) = next {
                if safe[unit] || told[unit] {
                    break;
                }
                if let Some(from) = chain.iter().position(|link| *link == unit) {
                    let circle: Vec<&str> = chain[from..]
                        .iter()
                        .chain([&unit])
                        .take(8)
                        .map(|link| typed[*link].name.as_str())
                        .collect();
                    let message = format!("上下级成了一圈：{}", circle.join(" → "));
                    let at = typed[unit].path.key("under");
                    self.invalid(
                        at,
                        message,
                        "每个单位的 under 写它的上级；最上面的单位不写 under",
                    );
                    chain.iter().for_each(|link| told[*link] = true);
                    break;
                }
                chain.push(unit);
                if chain.len() > MAX_LEVELS {
                    let message = format!("层级超过 {MAX_LEVELS} 级");
                    self.invalid(typed[start].path.key("under"), message, "核对 under 写得对不对");
                    return;
                }
                next = above[unit];
            }
            if !chain.iter().any(|link| told[*link]) {
                chain.iter().for_each(|link| safe[*link] = true);
            }
        }
    }

    /// Units without a file that need one, and files that two units name.
    fn files(&mut self, typed: &[Typed], above: &[Option<usize>]) {
        let mut has_units = vec![false; typed.len()];
        for unit in above.iter().flatten() {
            has_units[*unit] = true;
        }
        let mut owners: HashMap<String, usize> = HashMap::new();
        for (i, unit) in typed.iter().enumerate() {
            let is_unclear = |reader: &Self, key| reader.unclear.contains(&unit.path.key(key));
            let Some(file) = &unit.file else {
                if !has_units[i] && !is_unclear(self, "file") {
                    let message = format!("没有写“{}”的数据文件（file）", unit.name);
                    let place = Place::Key(unit.path.clone());
                    let help =
                        "在这一项之下补上 file = \"….toml\"；还没有报送的也写上将要报送的文件名";
                    self.report_error(codes::MISSING_KEY, place, message, "", help);
                }
                continue;
            };
            if has_units[i] && unit.holds.is_none() && !is_unclear(self, "figures") {
                let message =
                    format!("“{}”既有数据文件又有下级，没有写明它的数据含不含下级", unit.name);
                let help = "补上 figures = \"own\"（只是本机关自己的数据，下级另外相加）或 figures = \"summed\"（已经汇总了下级，下级不再相加）";
                let place = Place::Value(unit.path.key("file"));
                self.report_error(codes::MISSING_KEY, place, message, "", help);
            }
            let plain = file.replace('\\', "/");
            let plain = plain.trim_start_matches("./").to_owned();
            if let Some(first) = owners.get(&plain) {
                let related = Place::Value(typed[*first].path.key("file"));
                let message =
                    format!("“{}”和“{}”写了同一个数据文件", typed[*first].name, unit.name);
                self.invalid(unit.path.key("file"), message, "一个单位一个数据文件");
                self.relate(related, "第一次");
            } else {
                owners.insert(plain, i);
            }
        }
    }

    fn joint(
        &mut self,
        fields: &Fields<'a>,
        places: &HashMap<String, usize>,
        typed: &[Typed],
    ) -> Option<Joint> {
        let mut units = Vec::new();
        let named = self.names(fields, "units");
        if let ([_], Some((_, at))) = (named.as_slice(), fields.get("units")) {
            self.invalid(
                at,
                "联合发文只写了一个单位".to_owned(),
                "写上各自都计了这个文件的全部单位",
            );
        }
        for (name, at) in named {
            let Some(unit) = self.place_of(name, at.clone(), places) else { continue };
            if units.contains(&unit) {
                self.invalid(at, format!("“{name}”写了两次"), "同一个单位只写一次");
            } else if typed[unit].file.is_none() {
                let message = format!("“{name}”只用来归类，没有自己的数据，不会计入这个文件");
                self.invalid(at, message, "写计了这个文件的那个单位");
            } else {
                units.push(unit);
            }
        }
        let row = self.choice_of(fields, "row", &keys::JOINT.choices("row"))?;
        let row = DisclosureRow::from_key(row)?;
        let known = keys::JOINT.choices("columns");
        let mut columns = Vec::new();
        for (name, at) in self.names(fields, "columns") {
            let is_meant = |(word, meaning): &&Choice| *word == name || *meaning == name;
            let column = known.iter().find(is_meant);
            match column.and_then(|(word, _)| DisclosureColumn::from_key(word)) {
                Some(column) if !columns.contains(&column) => columns.push(column),
                Some(_) => self.invalid(at, format!("“{name}”写了两次"), "同一列只写一次"),
                None => {
                    let words: Vec<String> =
                        known.iter().map(|(word, name)| format!("\"{word}\"（{name}）")).collect();
                    let help = format!("可以写：{}", words.join("、"));
                    self.invalid(at, format!("“{name}”不是可选的值"), &help);
                }
            }
        }
        Some(Joint { document: self.line(fields, "document")?, units, row, columns })
    }

    /// A list of texts, each with its place.
    fn names(&mut self, fields: &Fields<'a>, key: &str) -> Vec<(&'a str, FieldPath)> {
        let Some((node, path)) = fields.get(key) else { return Vec::new() };
        let Value::Array(elements) = &node.value else {
            self.wrong_type(node, path, "一组文字", "写成 [\"…\", \"…\"] 的样子");
            return Vec::new();
        };
        let mut names = Vec::new();
        for (i, element) in elements.iter().enumerate() {
            let at = path.index(i);
            match &element.value {
                Value::Text(text) => names.push((text.trim(), at)),
                other => {
                    let message = format!("这里应是文字，写的是{}", type_name(other));
                    let help = "文字两边加英文引号";
                    self.report_error(codes::WRONG_TYPE, Place::Value(at), message, "", help);
                }
            }
        }
        if elements.is_empty() {
            self.invalid(path, "这里一项也没有写".to_owned(), "写成 [\"…\", \"…\"] 的样子");
        }
        names
    }

    /// Adds to the last problem a place it has to do with.
    fn relate(&mut self, place: Place, text: &str) {
        if let Some(last) = self.diagnostics.last_mut().filter(|d| d.severity == Severity::Error) {
            last.related.push(crate::diag::Label::new(place, text));
        }
    }
}

/// True if most characters of two names are the same; a character of Chinese says more than a letter.
fn is_near(left: &str, right: &str) -> bool {
    strsim::damerau_levenshtein(left, right) * 3 <= left.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<UnitList>, Vec<(String, String)>) {
        let source = SourceFile::parse("units.toml", text);
        let (list, found) = read_units(&source);
        let place = |d: &Diagnostic| {
            source.text()[crate::source::locate(&source, &d.primary.place)].to_owned()
        };
        let found = found
            .iter()
            .map(|d| (place(d), format!("{} {}；{}", d.code, d.message, d.help.join("；"))));
        (list, found.collect())
    }

    const HEAD: &str = "year = 2023\nname = \"甲县人民政府\"\n";

    fn wrong(units: &str, place: &str, words: &str) {
        let (list, found) = read(&format!("{HEAD}{units}"));
        assert!(list.is_none(), "{units}");
        let hit = found.iter().any(|(at, message)| at == place && message.contains(words));
        assert!(hit && found.len() == 1, "no “{words}” at “{place}” in {found:#?}");
    }

    #[test]
    fn units_stand_under_units_at_any_depth() {
        let (list, found) = read(&format!(
            "{HEAD}[[units]]\nname = \"乡\"\nunder = \"区\"\nfile = \"a.toml\"\n\
             [[units]]\nname = \"区\"\nfile = \"b.toml\"\nfigures = \"summed\"\n\
             [[units]]\nname = \"局\"\nunder = \"甲县人民政府\"\nfile = \"c.toml\"\nagency = \"甲县某局\"\n\
             [[joint]]\ndocument = \"办法\"\nunits = [\"乡\", \"局\"]\nrow = \"normative_documents\"\ncolumns = [\"issued\"]\n"
        ));
        assert_eq!(found, []);
        let list = list.unwrap();
        assert_eq!(list.units.iter().map(|u| u.under).collect::<Vec<_>>(), [Some(1), None, None]);
        assert_eq!(list.below(Some(1)), [0]);
        assert_eq!((list.level(0), list.level(1)), (2, 1));
        assert_eq!(list.find("甲县人民政府"), Some(None));
        assert_eq!(list.find("区"), Some(Some(1)));
        assert_eq!(list.find("甲县某局"), None);
        assert_eq!(list.units[1].holds, Holds::Summed);
        assert_eq!(list.joint.unwrap()[0].units, [0, 2]);
    }

    #[test]
    fn saying_that_there_are_no_joint_documents_is_not_the_same_as_saying_nothing() {
        let unit = "[[units]]\nname = \"局\"\nfile = \"c.toml\"\n";
        assert_eq!(read(&format!("{HEAD}{unit}")).0.unwrap().joint, None);
        let list = read(&format!("{HEAD}joint = []\n{unit}")).0.unwrap();
        assert_eq!(list.joint, Some(Vec::new()));
    }

    #[test]
    fn every_mistake_is_refused_at_its_place() {
        let a = "[[units]]\nname = \"甲局\"\nfile = \"a.toml\"\n";
        wrong(&a.replace("file", "flie"), "flie", "是不是“file”");
        wrong(&format!("{a}{}", a.replace("a.toml", "b.toml")), "\"甲局\"", "写了两次");
        wrong(&format!("{a}{}", a.replace("甲", "乙")), "\"a.toml\"", "同一个数据文件");
        wrong(
            &format!("{a}{}", a.replace("甲", "乙").replace("a.t", "./a.t")),
            "\"./a.toml\"",
            "同一",
        );
        wrong(&format!("{a}under = \"乙局\"\n"), "\"乙局\"", "名单里没有“乙局”");
        wrong(&format!("{a}under = \"甲局\"\nfigures = \"own\"\n"), "\"甲局\"", "甲局 → 甲局");
        wrong("[[units]]\nname = \"甲局\"\n", "[[units]]", "没有写“甲局”的数据文件");
        wrong(&a.replace("甲局", "甲县人民政府"), "\"甲县人民政府\"", "不能又是自己的下级");
        wrong(&a.replace("\"甲局\"", "3"), "3", "DF03");
        wrong("units = []\n", "[]", "名单里没有单位");
        wrong("", "y", "units");
        let b = "[[units]]\nname = \"乙\"\nfile = \"b.toml\"\nunder = \"甲局\"\n";
        wrong(&format!("{a}{b}"), "\"a.toml\"", "没有写明它的数据含不含下级");
        let group = "[[units]]\nname = \"一\"\nunder = \"二\"\n[[units]]\nname = \"二\"\nunder = \"三\"\n\
                     [[units]]\nname = \"三\"\nunder = \"一\"\n";
        wrong(group, "\"二\"", "一 → 二 → 三 → 一");
        let joint = |lines: &str| {
            format!(
                "{a}{}[[joint]]\ndocument = \"办法\"\n{lines}",
                a.replace('甲', "乙").replace("a.t", "b.t")
            )
        };
        let rest = "row = \"normative_documents\"\ncolumns = [\"issued\"]\n";
        wrong(&joint(&format!("units = [\"甲局\", \"丙局\"]\n{rest}")), "\"丙局\"", "没有“丙局”");
        wrong(&joint(&format!("units = [\"甲局\"]\n{rest}")), "[\"甲局\"]", "只写了一个单位");
        wrong(
            &joint("units = [\"甲局\", \"乙局\"]\nrow = \"fees\"\ncolumns = [\"issued\"]\n"),
            "\"fees\"",
            "可以写",
        );
        wrong(
            &joint("units = [\"甲局\", \"乙局\"]\nrow = \"regulations\"\ncolumns = [\"made\"]\n"),
            "\"made\"",
            "in_force",
        );
    }

    #[test]
    fn the_year_must_have_a_form() {
        let text = "year = 1999\nname = \"甲\"\n[[units]]\nname = \"乙\"\nfile = \"b.toml\"\n";
        let (list, found) = read(text);
        assert!(list.is_none() && found[0].1.contains("没有1999年度的年报格式"), "{found:?}");
    }
}
