//! The reading of words, measured on texts that its lists were not built from: no noise, and seeded slips are found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use nianbao::internals::words::{self, Certainty, Own, Slip};

use crate::support::{Numbers, expect_file, project};

/// The lines of the invented reports, by file; their headings and keys are not Chinese prose but do no harm.
fn reports() -> Vec<Vec<String>> {
    texts("tests/narratives", "toml")
}

/// The sets that were written later, in other phrasings.
fn later_reports() -> Vec<Vec<String>> {
    let sets = ["short", "clerks", "offices", "unseen", "phrasings", "institutions"];
    sets.iter().flat_map(|set| texts(&format!("tests/narratives/{set}"), "toml")).collect()
}

/// All of them.
fn all_reports() -> Vec<Vec<String>> {
    reports().into_iter().chain(later_reports()).collect()
}

/// The laws and notices that the citations are held against.
fn laws() -> Vec<Vec<String>> {
    texts("tests/law", "txt")
}

fn texts(folder: &str, extension: &str) -> Vec<Vec<String>> {
    let Ok(entries) = std::fs::read_dir(project(folder)) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == extension));
    paths.sort();
    let read = |path: &std::path::PathBuf| nianbao::internals::files::read_text(path).unwrap();
    let prose =
        |text: String| text.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect();
    paths.iter().map(|path| prose(read(path))).collect()
}

fn slips(line: &str) -> Vec<Slip> {
    words::slips(line, &Own::default())
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The findings in some texts: all that is more than a hint, the number of hints, and how many characters were read.
fn false_alarms(texts: &[Vec<String>]) -> (Vec<String>, usize, usize) {
    let (mut warnings, mut hints, mut characters) = (Vec::new(), 0, 0);
    for line in texts.iter().flatten() {
        characters += line.chars().filter(|c| is_han(*c)).count();
        for slip in slips(line) {
            match slip.certainty {
                Certainty::Possible => hints += 1,
                Certainty::Likely | Certainty::Certain => {
                    warnings.push(format!("{} → {}", &line[slip.range], slip.right));
                }
            }
        }
    }
    (warnings, hints, characters)
}

#[test]
fn reports_hold_no_false_alarm() {
    let (warnings, hints, characters) = false_alarms(&all_reports());
    assert!(characters > 40_000, "{characters}");
    assert_eq!(warnings, Vec::<String>::new());
    assert!(hints <= 2, "{hints} hints in {characters} characters");
}

#[test]
fn laws_hold_no_more_than_one_false_alarm_in_a_hundred_thousand_characters() {
    let (warnings, hints, characters) = false_alarms(&laws());
    assert!(warnings.len() <= 1, "{characters}: {warnings:#?}");
    assert!(hints <= 3, "{hints} hints in {characters} characters");
}

/// A slip of the pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pen {
    Drops,
    Doubles,
    Swaps,
    Mistakes,
    Repeats,
}

impl Pen {
    const ALL: [Self; 5] = [Self::Drops, Self::Doubles, Self::Swaps, Self::Mistakes, Self::Repeats];

    fn name(self) -> &'static str {
        match self {
            Self::Drops => "a character dropped",
            Self::Doubles => "a character doubled",
            Self::Swaps => "two neighbours swapped",
            Self::Mistakes => "another of like sound or shape",
            Self::Repeats => "a word of two characters doubled",
        }
    }
}

/// Characters that sound or look alike, by group.
fn alike() -> Vec<Vec<char>> {
    let list = nianbao::internals::files::read_text(&project("assets/words/alike.txt")).unwrap();
    list.lines().skip(1).map(|line| line.chars().collect()).collect()
}

/// The places of running text: the middle of five characters that no mark parts.
fn any_places(reports: &[Vec<String>]) -> Vec<(Vec<char>, usize)> {
    let mut places = Vec::new();
    for line in reports.iter().flatten() {
        let line: Vec<char> = line.chars().collect();
        let runs = line.windows(5).enumerate().filter(|(_, run)| run.iter().all(|c| is_han(*c)));
        places.extend(runs.map(|(i, _)| (line.clone(), i + 2)));
    }
    places
}

/// The places of fixed wordings in some reports: the lines, and those of the middle of runs of five characters that
/// stand in five of all reports or more.
fn fixed_places(reports: &[Vec<String>], all: &[Vec<String>]) -> Vec<(Vec<char>, usize)> {
    const LENGTH: usize = 5;
    let lines: Vec<(usize, Vec<char>)> = all
        .iter()
        .enumerate()
        .flat_map(|(i, lines)| lines.iter().map(move |line| (i, line.chars().collect())))
        .collect();
    let mut holders: BTreeMap<&[char], BTreeSet<usize>> = BTreeMap::new();
    for (report, line) in &lines {
        for window in line.windows(LENGTH).filter(|window| window.iter().all(|c| is_han(*c))) {
            holders.entry(window).or_default().insert(*report);
        }
    }
    let mut places = Vec::new();
    for line in reports.iter().flatten() {
        let line: Vec<char> = line.chars().collect();
        for (i, window) in line.windows(LENGTH).enumerate() {
            if holders.get(window).is_some_and(|reports| reports.len() >= 5) {
                places.push((line.clone(), i + LENGTH / 2));
            }
        }
    }
    places
}

/// The line with a slip at a place, and the characters that it touches; `None` where the slip would change nothing.
fn with_slip(
    line: &[char],
    at: usize,
    pen: Pen,
    alike: &[Vec<char>],
    dice: &mut Numbers,
) -> Option<(Vec<char>, Range<usize>)> {
    let mut line = line.to_vec();
    let c = line[at];
    let mut touched = at - 1..at + 2;
    match pen {
        Pen::Drops if line[at - 1] != c => {
            line.remove(at);
        }
        Pen::Doubles => line.insert(at, c),
        Pen::Swaps if line[at + 1] != c => line.swap(at, at + 1),
        Pen::Drops | Pen::Swaps => return None,
        Pen::Mistakes => {
            let groups: Vec<&Vec<char>> = alike.iter().filter(|group| group.contains(&c)).collect();
            let group = groups.get(dice.below(groups.len().max(1)))?;
            line[at] = *group.get(dice.below(group.len())).filter(|other| **other != c)?;
        }
        Pen::Repeats => {
            let word: Vec<char> = line[at..].iter().copied().take(2).collect();
            if word[0] == word[1] || !words::is_word(&line, at..at + 2) {
                return None;
            }
            line.splice(at..at, word);
            touched = at..at + 4;
        }
    }
    Some((line, touched))
}

/// Slips of one kind at so many fixed places: those that nobody finds, each with the words around it.
fn missed(pen: Pen, each: usize, places: &[(Vec<char>, usize)]) -> Vec<String> {
    let (alike, mut dice) = (alike(), Numbers(20_240_115));
    let (mut seeded, mut missed) = (0, Vec::new());
    while seeded < each {
        let (line, at) = &places[dice.below(places.len())];
        // The sentence round the place is enough.
        let (from, to) = (at.saturating_sub(25), (at + 25).min(line.len()));
        let Some((slip, touched)) = with_slip(&line[from..to], at - from, pen, &alike, &mut dice)
        else {
            continue;
        };
        seeded += 1;
        let bytes = |n: usize| slip[..n.min(slip.len())].iter().map(|c| c.len_utf8()).sum();
        let (start, end): (usize, usize) = (bytes(touched.start), bytes(touched.end));
        let text: String = slip.iter().collect();
        if !is_found(&text, start..end) {
            let near = bytes(touched.start.saturating_sub(4))..bytes(touched.end + 4);
            missed.push(text[near].to_owned());
        }
    }
    missed
}

/// True if a slip is told at some bytes of a text.
fn is_found(text: &str, touched: Range<usize>) -> bool {
    slips(text).iter().any(|s| s.range.start < touched.end && touched.start < s.range.end)
}

/// Slips in the wordings that many reports share: what is found of each kind, and all that is not.
#[test]
fn seeded_slips_are_found() {
    const EACH: usize = 250;
    let all = all_reports();
    // Of each kind, the least that is found in a hundred.
    let sets = [
        ("fixed wordings of whole reports", fixed_places(&reports(), &all), [85, 98, 95, 95, 98]),
        (
            "fixed wordings of later sets",
            fixed_places(&later_reports(), &all),
            [80, 98, 90, 93, 98],
        ),
        ("any place", any_places(&all), [40, 88, 53, 63, 94]),
    ];
    let mut table = String::new();
    let mut low = Vec::new();
    for (set, places, floors) in sets {
        assert!(places.len() > 500, "{set}: {}", places.len());
        for (pen, floor) in Pen::ALL.into_iter().zip(floors) {
            let missed = missed(pen, EACH, &places);
            let found = EACH - missed.len();
            let says = format!("{set}, {}: {found} of {EACH}", pen.name());
            writeln!(table, "{says}").unwrap();
            missed.iter().for_each(|words| writeln!(table, "  missed {words}").unwrap());
            if found * 100 < EACH * floor {
                low.push(says);
            }
        }
    }
    expect_file("tests/expected/words-slips.txt", &table);
    assert_eq!(low, Vec::<String>::new());
}
