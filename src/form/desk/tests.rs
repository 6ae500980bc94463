//! Random work at a desk.

use super::super::change::TypedSource;
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
    match chance.below(18) {
        0 => Change::AddPart { section: section(), aspect: None },
        1 if n_parts > 1 => {
            Change::SwapParts { section: section(), index: chance.below(n_parts - 1) }
        }
        2 if n_parts > 0 => {
            let index = chance.below(n_parts);
            let part = &report.overview.parts[index];
            let shown = |text: &Option<crate::report::Text>| {
                text.as_ref().map(|text| crate::trace::as_shown(text.typed()))
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
        7 | 8 => {
            let places = source::note_places(report.form());
            let path = chance.one_of(&places).clone();
            let old = report.sources.iter().find(|source| source.at.as_str() == path);
            let new = (chance.below(4) > 0).then(|| {
                let date = ["", "2026-01-05"][chance.below(2)];
                TypedSource::new("台账“一”'''", date, ["", "李某"][chance.below(2)])
            });
            Change::Source { path, old: old.map(TypedSource::of), new }
        }
        9 if !report.waivers.is_empty() => {
            let index = chance.below(report.waivers.len());
            Change::Unwaive { index, rule: report.waivers[index].rule.clone() }
        }
        9 | 10 => Change::Waive {
            rule: "NB501".to_owned(),
            at: (chance.below(2) > 0).then(|| "challenges".to_owned()),
            reason: "历年\\案件".to_owned(),
            by: "张某".to_owned(),
            date: "2026-01-20".to_owned(),
        },
        11 if !report.scopes.is_empty() => {
            let index = chance.below(report.scopes.len());
            Change::Unscope { index, at: report.scopes[index].at.to_string() }
        }
        11 | 12 if !report.texts().is_empty() => {
            let at = chance.one_of(&report.texts()).0.to_string();
            let (whose, reason) = ("other".to_owned(), "含下属单位".to_owned());
            Change::Scope { at, words: None, whose, reason }
        }
        13 => {
            let rule = (*chance.one_of(&["NB812", "NB615"])).to_owned();
            let levels = &report.settings.levels;
            let old = levels.iter().find(|(code, _)| *code == rule);
            let old = old.map(|(_, level)| level.key().to_owned());
            Change::Level { rule, old, new: (chance.below(3) > 0).then(|| "hint".to_owned()) }
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
        for _ in 0..90 {
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
        assert!(n_made > 50, "{i}: {n_made} made, {n_refused} refused");
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

#[test]
fn a_file_that_others_move_and_write_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let (path, aside) = (folder.path().join("年报.toml"), folder.path().join("搬走.txt"));
    files::write_whole(&path, b"format = \"2021\"\n").unwrap();
    let desk = Desk::open(&path).unwrap();
    // Written by another between reading and writing.
    let written = desk.write(&mut desk.lock(), "format = \"2019\"\n", "");
    assert!(matches!(written, Err(Refused::HalfTyped { .. })));
    let is_moving = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..500 {
                std::fs::rename(&path, &aside).unwrap();
                std::thread::yield_now();
                std::fs::rename(&aside, &path).unwrap();
            }
            is_moving.store(false, std::sync::atomic::Ordering::Release);
        });
        while is_moving.load(std::sync::atomic::Ordering::Acquire) {
            if let Err(refused) = desk.load() {
                assert!(matches!(refused, Refused::Vanished { .. }), "{refused:?}");
            }
        }
    });
    std::fs::rename(&path, &aside).unwrap();
    assert!(matches!(desk.load(), Err(Refused::Vanished { .. })));
}
