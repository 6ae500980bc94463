//! Names of a roll that may be two names of one body.

use std::collections::{BTreeMap, HashMap};

use super::Guess;
use super::entry::Entry;
use super::word_lists::WordLists;
use crate::report::AgencyKind;
use crate::words::are_alike;

/// Pairs of names of which one is the end of the other, or a slip of it in one character. Each name is looked up by its
/// ends and by what is left without each of its characters, so that long lists take no square of their length.
pub(super) fn doubts(entries: &[Entry]) -> Vec<String> {
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let whole: HashMap<&str, usize> =
        names.iter().enumerate().map(|(i, name)| (*name, i)).collect();
    let mut pairs: BTreeMap<(usize, usize), &str> = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        for (at, _) in name.char_indices().skip(1) {
            let end = &name[at..];
            if let Some(other) = whole.get(end).filter(|_| end.chars().count() >= 3) {
                pairs.insert((*other.min(&i), *other.max(&i)), "一个是另一个的简称");
            }
        }
    }
    let mut left: HashMap<(String, usize), Vec<usize>> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        let characters: Vec<char> = name.chars().collect();
        if characters.len() < 5 {
            continue;
        }
        for gap in 0..characters.len() {
            let rest: String = characters
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != gap)
                .map(|(_, c)| *c)
                .collect();
            left.entry((rest, gap)).or_default().push(i);
        }
    }
    // Many names that differ in one place are told apart by it.
    const FAMILY: usize = 8;
    for alike in left.values().filter(|alike| (2..FAMILY).contains(&alike.len())) {
        for (k, i) in alike.iter().enumerate() {
            for j in &alike[k + 1..] {
                if is_slip(names[*i], names[*j]) {
                    pairs.entry((*i.min(j), *i.max(j))).or_insert("只差一个字");
                }
            }
        }
    }
    let told = |((i, j), why): (&(usize, usize), &&str)| {
        let (first, second) = (&entries[*i], &entries[*j]);
        format!("“{}”（{}）和“{}”（{}）{why}", first.name, first.at, second.name, second.at)
    };
    pairs.iter().map(told).collect()
}

/// True if two names that differ in one character are one name with a slip: the characters sound or look alike, or are the
/// last ones of departments, as in 教育局 and 教育厅. 财政局 and 民政局 are two bodies. Names of places and numbers tell
/// bodies apart by one character, so only the last characters before the ending count.
fn is_slip(left: &str, right: &str) -> bool {
    let pairs: Vec<(char, char)> = left.chars().zip(right.chars()).collect();
    let Some(at) = pairs.iter().position(|(a, b)| a != b) else { return false };
    let (a, b) = pairs[at];
    let WordLists { two_fields, tells_apart, place_ends } = WordLists::get();
    // 青溪镇 and 白溪镇 are two places.
    let is_place = pairs.iter().skip(at + 1).take(2).any(|(c, _)| place_ends.contains(c));
    if at * 2 < pairs.len() || is_place || tells_apart.contains(&a) || tells_apart.contains(&b) {
        return false;
    }
    if at + 1 == pairs.len() {
        let is_department = |name: &str| Guess::of(name, None).kind == Some(AgencyKind::Department);
        return is_department(left) && is_department(right);
    }
    let swapped = |from: &String, to: &String| left.replace(from, to) == right;
    let are_two = two_fields.iter().any(|(one, other)| swapped(one, other) || swapped(other, one));
    are_alike(a, b) && !are_two
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fields_that_share_a_character_are_no_slip_of_each_other() {
        for (left, right, expected) in [
            ("云岭县财政局", "云岭县民政局", false),
            ("云岭县审计局", "云岭县统计局", false),
            ("云岭县商务局", "云岭县税务局", false),
            ("云岭县水务局", "云岭县税务局", false),
            ("云岭县教育局", "云岭县体育局", false),
            ("云岭县档案局", "云岭县档案馆", false),
            ("云岭县信访局", "云岭县信仿局", true),
            ("云岭县水利局", "云岭县水力局", true),
            ("云岭县卫生健康局", "云岭县卫生建康局", true),
            ("云岭县教育局", "云岭县教育厅", true),
            ("云岭县人民政府办公室", "云岭县人民政府办公厅", true),
            ("青溪镇人民政府", "清溪镇人民政府", false),
            ("云岭县第三中学", "云岭县第四中学", false),
        ] {
            assert_eq!(is_slip(left, right), expected, "{left} {right}");
            assert_eq!(is_slip(right, left), expected, "{right} {left}");
        }
    }
}
