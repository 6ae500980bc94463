//! The reading of words, measured on texts that its lists were not built from: no noise, and seeded slips are found.

use std::collections::{BTreeMap, BTreeSet};

use nianbao::internals::words::{self, Certainty, Own, Slip};

use crate::support::project;

/// The lines of the invented reports, by file; their headings and keys are not Chinese prose but do no harm.
fn reports() -> Vec<Vec<String>> {
    texts("tests/narratives", "toml")
}

/// Likewise with the sets that were written later, in other phrasings.
fn all_reports() -> Vec<Vec<String>> {
    let sets = ["", "/short", "/clerks", "/offices", "/unseen", "/phrasings"];
    sets.iter().flat_map(|set| texts(&format!("tests/narratives{set}"), "toml")).collect()
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
    paths.iter().map(|path| read(path).lines().map(str::to_owned).collect()).collect()
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
}

/// A small generator, so that every run seeds the same slips.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

/// The places of fixed wordings: runs of five characters that stand in five reports or more.
fn fixed_places(reports: &[Vec<String>]) -> Vec<(Vec<char>, usize)> {
    const LENGTH: usize = 5;
    let lines: Vec<(usize, Vec<char>)> = reports
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
    for (_, line) in &lines {
        for (i, window) in line.windows(LENGTH).enumerate() {
            if holders.get(window).is_some_and(|reports| reports.len() >= 5) {
                places.push((line.clone(), i + LENGTH / 2));
            }
        }
    }
    places
}

/// The line with a slip at a place; `None` where the slip would change nothing.
fn with_slip(
    line: &[char],
    at: usize,
    pen: Pen,
    alike: &[Vec<char>],
    dice: &mut Dice,
) -> Option<Vec<char>> {
    let mut line = line.to_vec();
    let c = line[at];
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
    }
    Some(line)
}

#[test]
fn seeded_slips_are_found() {
    const EACH: usize = 250;
    let places = fixed_places(&reports());
    assert!(places.len() > 500, "{}", places.len());
    let alike = nianbao::internals::files::read_text(&project("assets/words/alike.txt")).unwrap();
    let alike: Vec<Vec<char>> = alike.lines().skip(1).map(|line| line.chars().collect()).collect();
    let mut dice = Dice(20_240_115);
    let mut found: BTreeMap<Pen, usize> = BTreeMap::new();
    for pen in [Pen::Drops, Pen::Doubles, Pen::Swaps, Pen::Mistakes] {
        let mut seeded = 0;
        while seeded < EACH {
            let (line, at) = &places[dice.below(places.len())];
            // The sentence round the place is enough.
            let (from, to) = (at.saturating_sub(25), (at + 25).min(line.len()));
            let Some(slip) = with_slip(&line[from..to], at - from, pen, &alike, &mut dice) else {
                continue;
            };
            seeded += 1;
            let bytes = |n: usize| slip[..n.min(slip.len())].iter().map(|c| c.len_utf8()).sum();
            let (start, end): (usize, usize) = (bytes(at - from - 1), bytes(at - from + 2));
            let text: String = slip.iter().collect();
            let hit = slips(&text).iter().any(|s| s.range.start < end && start < s.range.end);
            *found.entry(pen).or_default() += usize::from(hit);
        }
    }
    let percent = |pen: Pen| found[&pen] * 100 / EACH;
    assert!(percent(Pen::Drops) >= 70, "{found:?}");
    assert!(percent(Pen::Doubles) >= 95, "{found:?}");
    assert!(percent(Pen::Swaps) >= 75, "{found:?}");
    assert!(percent(Pen::Mistakes) >= 75, "{found:?}");
}
