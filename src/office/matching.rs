//! The unit of a list that a returned file is from.

use std::collections::HashMap;
use std::path::Path;

use crate::budget::ROLL_NAME_CHARS;
use crate::report::is_hidden;
use crate::units::UnitList;

/// The units of a list by the names that they go by.
#[derive(Debug)]
pub(crate) struct Matcher {
    by_name: HashMap<String, usize>,
}

/// The unit that a file is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Match {
    /// This one, by the name inside.
    Inside(usize),
    /// This one, by the name of the file, which names no other; inside it names no body.
    FileName(usize),
    /// It may be one of these, or of none.
    Unsure(Vec<usize>),
    /// The body that it names is not on the list.
    Other(String),
    /// It names no body, and nor does its file name.
    Nameless,
}

impl Matcher {
    /// The units that have a data file.
    pub(crate) fn of(list: &UnitList) -> Self {
        let mut by_name = HashMap::new();
        for (i, unit) in list.units.iter().enumerate().filter(|(_, unit)| unit.file.is_some()) {
            by_name.entry(plain(&unit.name)).or_insert(i);
            by_name.insert(plain(unit.agency()), i);
        }
        Self { by_name }
    }

    /// The unit that a file of that name with that body inside is from.
    pub(crate) fn find(&self, agency: Option<&str>, file: &Path) -> Match {
        match agency.map(plain).filter(|agency| !agency.is_empty()) {
            Some(agency) => self.inside(&agency),
            None => self.by_file_name(file),
        }
    }

    fn inside(&self, agency: &str) -> Match {
        if let Some(unit) = self.by_name.get(agency) {
            return Match::Inside(*unit);
        }
        // No name is as long, and comparing takes the square of it.
        if agency.chars().count() > ROLL_NAME_CHARS {
            return Match::Other(agency.chars().take(20).chain(['…']).collect());
        }
        // The one that a short or a long form of its name may mean.
        const SHORTEST: usize = 3;
        let is_long = |name: &str| name.chars().count() >= SHORTEST;
        let may_be = |name: &str| {
            (is_long(name) && agency.ends_with(name))
                || (is_long(agency) && name.ends_with(agency))
                || strsim::damerau_levenshtein(name, agency) == 1
        };
        let mut near: Vec<usize> =
            self.by_name.iter().filter(|(name, _)| may_be(name)).map(|(_, unit)| *unit).collect();
        near.sort_unstable();
        near.dedup();
        if near.is_empty() { Match::Other(agency.to_owned()) } else { Match::Unsure(near) }
    }

    /// The unit whose name stands in the name of a file; a longer name goes before one that is part of it.
    fn by_file_name(&self, file: &Path) -> Match {
        let stem = plain(&file.file_stem().unwrap_or_default().to_string_lossy());
        let mut named: Vec<(&str, usize)> = self
            .by_name
            .iter()
            .filter(|(name, _)| stem.contains(name.as_str()))
            .map(|(name, unit)| (name.as_str(), *unit))
            .collect();
        named.sort_by_key(|(name, unit)| (std::cmp::Reverse(name.len()), *unit));
        let Some((longest, unit)) = named.first().copied() else { return Match::Nameless };
        let others: Vec<usize> = named
            .iter()
            .filter(|(name, other)| *other != unit && !longest.contains(name))
            .map(|(_, other)| *other)
            .collect();
        if others.is_empty() {
            Match::FileName(unit)
        } else {
            Match::Unsure(std::iter::once(unit).chain(others).collect())
        }
    }
}

/// A name without blanks and marks that nobody sees, its brackets as Chinese ones.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c));
    kept.map(|c| match c {
        '(' => '（',
        ')' => '）',
        c => c,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Holds, Unit};

    #[test]
    fn the_name_inside_goes_before_that_of_the_file() {
        let unit = |name: &str| Unit {
            name: name.to_owned(),
            agency: None,
            under: None,
            file: Some(format!("{name}.toml")),
            holds: Holds::Own,
            kind: None,
            level: None,
        };
        let names = ["云岭县教育局", "云岭县信访局", "青溪镇人民政府"];
        let list = UnitList {
            name: "云岭县人民政府".to_owned(),
            year: 2025,
            units: names.map(unit).to_vec(),
            joint: None,
            due: None,
            rules_file: None,
            rules: None,
        };
        let matcher = Matcher::of(&list);
        let find = |agency, file: &str| matcher.find(agency, Path::new(file));
        assert_eq!(find(Some("云岭县 教育局"), "信访局.xlsx"), Match::Inside(0));
        assert_eq!(find(None, "云岭县信访局（终稿）2.xlsx"), Match::FileName(1));
        assert_eq!(find(Some("教育局"), "a.toml"), Match::Unsure(vec![0]));
        assert_eq!(
            find(Some("甲县财政局"), "云岭县信访局.toml"),
            Match::Other("甲县财政局".to_owned())
        );
        assert_eq!(find(None, "年报.docx"), Match::Nameless);
    }
}
