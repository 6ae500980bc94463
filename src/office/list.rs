//! The list of units that a roll makes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Guess;
use super::entry::Entry;
use super::roll::Roll;
use super::table::rows;
use crate::document::for_file_name;
use crate::report::Date;
use crate::units::{Holds, Unit, UnitList};

/// A list of units as some names make it, before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// The list.
    pub(crate) list: UnitList,
    /// The units whose figures may hold those of others, which only a person can say.
    pub(crate) open: Vec<String>,
    /// Everything left out or taken otherwise than it stands there, and units that stand only above others.
    pub(crate) remarks: Vec<String>,
    /// Pairs of names that may be one body.
    pub(crate) doubts: Vec<String>,
}

/// The reason why names make no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoList {
    /// They cannot be read, and why.
    Unreadable(String),
    /// They do not say of which year they are.
    NoYear,
    /// They do not tell under which body they are.
    NoBody,
}

/// The list of units that the names in a file make: a workbook, a text or a table in text. Body and year are those that
/// are given, else those that the file tells.
///
/// # Errors
///
/// When it is none of these, names no unit, or tells no body or year.
pub(crate) fn proposal(
    bytes: &[u8],
    name: Option<&str>,
    year: Option<u16>,
    due: Option<Date>,
) -> Result<Proposal, NoList> {
    let (rows, unread) = rows(bytes).map_err(NoList::Unreadable)?;
    let roll = Roll::of(&rows).map_err(NoList::Unreadable)?;
    let year = year.or(roll.year).ok_or(NoList::NoYear)?;
    let guessed = || roll.body.clone().or_else(|| body_above(&roll));
    let name = name.map(ToOwned::to_owned).or_else(guessed).ok_or(NoList::NoBody)?;
    let name = name.trim();
    let (mut list, open) = new_list(&roll, name, year);
    list.due = due;
    let added = added(&roll, name)
        .into_iter()
        .map(|unit| format!("“{unit}”只写在“上级”里，也列作单位；自己不报的，删去它的 file"));
    let remarks = roll.remarks.iter().cloned().chain(unread).chain(added).collect();
    Ok(Proposal { list, open, remarks, doubts: roll.doubts })
}

/// The list of units that a roll makes: `name` is the body above, on that level. Kinds and levels are those that the
/// roll says, else those that names tell. The second part names the units whose figures may hold those of others, which
/// only a person can say.
pub fn new_list(roll: &Roll, name: &str, year: u16) -> (UnitList, Vec<String>) {
    let above = Guess::of(name, None).level;
    // The body above is no unit of its own because units name it.
    let entries: Vec<&Entry> =
        roll.entries.iter().filter(|entry| entry.is_listed || entry.name != name).collect();
    let places: HashMap<&str, usize> =
        entries.iter().enumerate().map(|(i, entry)| (entry.name.as_str(), i)).collect();
    let has_units: BTreeSet<&str> =
        roll.entries.iter().filter_map(|entry| entry.under.as_deref()).collect();
    let mut taken = BTreeSet::new();
    let mut asked = Vec::new();
    let units = entries.iter().map(|entry| {
        let is_group = has_units.contains(entry.name.as_str()) && !Guess::is_body(&entry.name);
        let guess = Guess::of(&entry.name, above);
        if !is_group && entry.name != name && has_units.contains(entry.name.as_str()) {
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
    (UnitList::of(name.to_owned(), year, units), asked)
}

/// The bodies that are units of the list although they stand only as the unit above others.
pub(super) fn added<'a>(roll: &'a Roll, name: &str) -> Vec<&'a str> {
    let added = roll.entries.iter().filter(|entry| !entry.is_listed && entry.name != name);
    added.map(|entry| entry.name.as_str()).filter(|name| Guess::is_body(name)).collect()
}

/// The government above, as most names of units begin with its place.
fn body_above(roll: &Roll) -> Option<String> {
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
    let plain = for_file_name(name).replace(char::is_whitespace, "_");
    let plain: String = plain.chars().take(LONGEST).collect();
    let plain = plain.trim_matches(['.', '_']);
    let mut file = format!("{plain}.toml");
    let mut n = 2;
    while !taken.insert(file.to_lowercase()) {
        file = format!("{plain}{n}.toml");
        n += 1;
    }
    file
}
