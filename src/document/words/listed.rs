//! The list of words of names and labels, read into the table that `build.rs` puts into the program.

use std::cmp::Reverse;

use super::kinds::{BACK, BODY, FORWARD, MEASURE, PLACE};

/// The words of a list with their kinds, in the order of their first characters, the longest first.
pub(super) fn read(list: &str) -> Vec<(&str, u8)> {
    let mut words: Vec<(&str, u8)> = Vec::new();
    let mut kind = 0;
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            kind = match name {
                "places" => PLACE,
                "bodies" => BODY,
                "measures" => MEASURE,
                "joined to what follows" => FORWARD,
                "joined to what precedes" => BACK,
                // The terms of the field are words and no more.
                _ => 0,
            };
            continue;
        }
        for word in line.split_whitespace() {
            match words.iter_mut().find(|(own, _)| *own == word) {
                Some((_, kinds)) => *kinds |= kind,
                None => words.push((word, kind)),
            }
        }
    }
    words.sort_by_key(|(word, _)| (word.chars().next(), Reverse(word.len())));
    words
}
