//! A district that does not exist, for tests and benchmarks: bodies on three levels, each with a data file.
//!
//! Everything follows from the seed. The figures are kept here as plain numbers, so that whoever adds them up
//! through the program can compare with a sum that never went through it.

mod figures;
mod names;
mod prose;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use figures::Figures;

/// The year of all its reports.
const YEAR: u16 = 2023;

/// The files written.
pub(crate) struct District {
    /// The bodies that must hand in a report, in the order of the list.
    pub(crate) bodies: Vec<Body>,
    /// The sums of the reports that count: address of a cell to its figure, money as it is printed;
    /// totals are left out.
    pub(crate) sum: BTreeMap<String, String>,
}

/// A body of the district.
pub(crate) struct Body {
    /// Its full name.
    pub(crate) name: String,
    /// Its data file, relative to the list.
    pub(crate) file: String,
    /// The fate of its report.
    pub(crate) fate: Fate,
    level: Level,
    /// The county it belongs to, as an index into the bodies; of the city if none.
    county: Option<usize>,
    /// The scope of its file: its own figures only, or those of the bodies under it too.
    summed: bool,
    figures: Figures,
}

/// The fate of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// It lies there without an error.
    Good,
    /// It lies there with an error.
    Wrong,
    /// It does not lie there.
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    CityDepartment,
    County,
    CountyDepartment,
    Township,
}

/// Writes a district into a folder: `units.toml` and a data file for every body that handed one in.
///
/// Of a thousand bodies twenty have errors and ten are missing, and so in proportion, but at least one of
/// each. The same seed and number give the same bytes.
pub(crate) fn write(folder: &Path, seed: u64, bodies: usize) -> District {
    let mut random = Random(seed);
    let mut all = names::bodies(bodies);
    for body in &mut all {
        body.figures = Figures::random(&mut random);
    }
    let share = |per_thousand: usize| (bodies * per_thousand / 1000).max(1);
    let spoilt = random.choose(all.len(), share(20) + share(10));
    for (i, body) in spoilt.iter().enumerate() {
        all[*body].fate = if i < share(20) { Fate::Wrong } else { Fate::Missing };
    }
    add_up_counties(&mut all);
    let mut kind = 0;
    for body in &all {
        let path = folder.join(&body.file);
        let text = prose::data_file(body);
        let text = match body.fate {
            Fate::Good => text,
            Fate::Wrong => {
                kind += 1;
                prose::with_error(&text, kind)
            }
            Fate::Missing => continue,
        };
        nianbao::internals::files::write_whole(&path, text.as_bytes()).unwrap();
    }
    nianbao::internals::files::write_whole(&folder.join("units.toml"), list(&all).as_bytes())
        .unwrap();
    let sum = sum(&all).printed();
    District { bodies: all, sum }
}

/// Gives each county that reports for all its bodies what those bodies did, whatever became of their files.
fn add_up_counties(bodies: &mut [Body]) {
    for county in 0..bodies.len() {
        if !bodies[county].summed {
            continue;
        }
        let mut sum = Figures::default();
        for body in bodies.iter().filter(|body| body.county == Some(county)) {
            sum.add(&body.figures);
        }
        bodies[county].figures = sum;
    }
}

/// The sums of all reports that count.
fn sum(bodies: &[Body]) -> Figures {
    let mut sum = Figures::default();
    for body in bodies.iter().filter(|body| body.fate == Fate::Good) {
        let contained = body.county.is_some_and(|county| bodies[county].summed);
        if !contained {
            sum.add(&body.figures);
        }
    }
    sum
}

/// The list of units.
fn list(bodies: &[Body]) -> String {
    let mut text = format!(
        "# 单位名单：岚川市。由生成器写成，用于测试。\nyear = {YEAR}\nname = \"{}\"\njoint = []\n",
        names::CITY
    );
    let parents: BTreeSet<usize> = bodies.iter().filter_map(|body| body.county).collect();
    for (i, body) in bodies.iter().enumerate() {
        text.push_str(&format!("\n[[units]]\nname = \"{}\"\n", body.name));
        if let Some(county) = body.county {
            text.push_str(&format!("under = \"{}\"\n", bodies[county].name));
        }
        text.push_str(&format!("file = \"{}\"\n", body.file));
        if parents.contains(&i) {
            let figures = if body.summed { "summed" } else { "own" };
            text.push_str(&format!("figures = \"{figures}\"\n"));
        }
    }
    text
}

/// Random numbers that depend on nothing but the seed (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// So many different numbers below `end`.
    fn choose(&mut self, end: usize, n: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..end).collect();
        for i in 0..n.min(end) {
            let rest = (end - i) as u64;
            let other = i + usize::try_from(self.below(rest)).unwrap();
            all.swap(i, other);
        }
        all.truncate(n);
        all
    }
}
