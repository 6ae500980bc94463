//! Random work at a desk.

use super::*;
use crate::report::FieldPath;
use crate::units::Figure;

/// A small generator of numbers; the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

const WORDS: &[&str] = &[
    "一是公开。",
    "{{ report.year }}年",
    "“引号”'''与\"\"\"",
    "\\斜线",
    "#井号",
    "第二段\n\n第三段",
    " ",
    "𠮷",
];

/// Some change that a page could ask for.
fn change(chance: &mut Chance, report: &Report) -> Change {
    let fields = Fields::of(report.form());
    let section = || "overview".to_owned();
    let n_parts = report.overview.parts.len();
    match chance.below(12) {
        0 => Change::AddPart { section: section(), aspect: None },
        1 if n_parts > 1 => {
            Change::SwapParts { section: section(), index: chance.below(n_parts - 1) }
        }
        2 if n_parts > 0 => {
            let index = chance.below(n_parts);
            let part = &report.overview.parts[index];
            let shown = |text: &Option<crate::report::Text>| {
                text.as_ref().map(|text| super::super::fields::shown_text(text.typed()))
            };
            let words: Vec<String> = [&part.heading, &part.text]
                .into_iter()
                .filter_map(shown)
                .filter(|text| !text.trim().is_empty())
                .collect();
            Change::RemovePart { section: section(), index, old: Some(words.join("\n")) }
        }
        3..=5 => {
            let mut paths = vec![
                "agency.name",
                "agency.contact.office",
                "report.title",
                "overview.text",
                "problems.text",
                "opening.text",
            ];
            let parts = ["overview.parts[0].text", "overview.parts[0].heading"];
            paths.extend(parts.iter().filter(|_| n_parts > 0));
            let path = *chance.one_of(&paths);
            let new = (chance.below(4) > 0).then(|| {
                let n = 1 + chance.below(3);
                (0..n).map(|_| *chance.one_of(WORDS)).collect::<String>()
            });
            value(&fields, report, path, new)
        }
        6 => {
            let at = fields.figures().nth(chance.below(150)).unwrap().0.to_string();
            let old = report
                .notes
                .iter()
                .find(|note| note.at.as_str() == at)
                .map(|note| note.text.clone());
            Change::Note { path: at, old, new: Some("备注".to_owned()) }
        }
        _ => {
            let figures: Vec<(&FieldPath, Figure)> = fields.figures().collect();
            let path = figures[chance.below(figures.len())].0.to_string();
            let new = (chance.below(5) > 0).then(|| chance.below(1000).to_string());
            value(&fields, report, &path, new)
        }
    }
}

fn value(fields: &Fields, report: &Report, path: &str, new: Option<String>) -> Change {
    Change::Value { path: path.to_owned(), old: fields.shown(report, &FieldPath::new(path)), new }
}

#[test]
fn undoing_random_work_gives_the_first_bytes_and_redoing_it_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let read = |path: &Path| files::read_text(path).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let starter = source::starter(&Report::empty(crate::edition::Edition::Y2021), None);
    let texts = [
        read(&root.join("examples/haidong-2023.toml")),
        read(&root.join("examples/qinglan-2020.toml")).replace('\n', "\r\n"),
        format!("\u{feff}{starter}"),
    ];
    for (i, text) in texts.iter().enumerate() {
        let path = folder.path().join(format!("{i}.toml"));
        files::write_whole(&path, text.as_bytes()).unwrap();
        let desk = Desk::open(&path).unwrap();
        let mut chance = Chance(i as u64 + 1);
        let (mut n_made, mut n_refused) = (0, 0);
        for _ in 0..60 {
            let report = readable(&SourceFile::parse("t", read(&path))).map_err(|_| ()).unwrap();
            let n = 1 + chance.below(3);
            let changes: Vec<Change> = (0..n).map(|_| change(&mut chance, &report)).collect();
            match desk.edit(&changes, "改") {
                Ok(()) => n_made += 1,
                Err(_) => n_refused += 1,
            }
            // Now and then a step back and another forth.
            if chance.below(6) == 0 {
                desk.undo().map_err(|_| ()).unwrap();
            }
        }
        assert!(n_made > 20, "{i}: {n_made} made, {n_refused} refused");
        let last = read(&path);
        let mut n = 0;
        while !desk.lock().done.is_empty() {
            desk.undo().map_err(|_| ()).unwrap();
            n += 1;
        }
        assert!(read(&path) == *text, "{i}: undoing {n} steps does not give the first bytes");
        for _ in 0..n {
            desk.redo().map_err(|_| ()).unwrap();
        }
        assert!(read(&path) == last, "{i}: redoing does not give the last bytes");
    }
}
