//! Data files of every release are read for ever, and say the same as on the day they were written.

use std::fmt::Write as _;

use nianbao::report::{FieldPath, Report};
use nianbao::source::{KEY_TABLES, SourceFile, figures, read, value_at, write};

use crate::support::{expect_file, project};

/// `tests/releases` holds a folder for each release with data files as clerks wrote them for it, and beside
/// each what it says, value by value. The data files are never changed.
#[test]
fn data_files_of_every_release_are_read_as_they_were() {
    let mut n = 0;
    for release in
        nianbao::internals::files::tree(&project("tests/releases"), "toml").unwrap().files
    {
        let text = nianbao::internals::files::read_text(&release).unwrap();
        let source = SourceFile::parse(release.display().to_string(), text);
        let (report, problems) = read(&source);
        assert!(problems.is_empty(), "{}: {problems:#?}", release.display());
        let report = report.unwrap();
        let name = release.strip_prefix(project("")).unwrap().with_extension("txt");
        expect_file(&name.to_string_lossy().replace('\\', "/"), &values(&report));
        // What is written today says the same.
        let (again, problems) = read(&SourceFile::parse("again", write(&report)));
        assert!(problems.is_empty(), "{}: {problems:#?}", release.display());
        assert_eq!(again.unwrap(), report, "{}", release.display());
        n += 1;
    }
    assert!(n >= 3);
    let own = format!("tests/releases/{}", env!("CARGO_PKG_VERSION"));
    assert!(project(&own).is_dir(), "copy the data files of this release to {own}");
}

/// Every key that the newest release knows stands in one of its files.
#[test]
fn the_files_of_this_release_use_every_key() {
    let folder = project(&format!("tests/releases/{}", env!("CARGO_PKG_VERSION")));
    let mut used = Vec::new();
    for file in nianbao::internals::files::tree(&folder, "toml").unwrap().files {
        let text = nianbao::internals::files::read_text(&file).unwrap();
        let (report, _) = read(&SourceFile::parse("t", text));
        used.extend(paths(&report.unwrap()).into_iter().map(|(path, _)| without_numbers(&path)));
    }
    for table in KEY_TABLES {
        for key in table.keys.iter().filter(|key| key.holds_value()) {
            let dot = if table.name.is_empty() { "" } else { "." };
            let path = format!("{}{dot}{}", table.name, key.name);
            assert!(used.contains(&path), "{path} stands in no file of {}", folder.display());
        }
    }
}

fn without_numbers(path: &FieldPath) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in path.as_str().chars() {
        inside = (inside || c == '[') && c != ']';
        if !inside || c == '[' {
            out.push(c);
        }
    }
    out
}

/// Every value of a report with its address.
fn paths(report: &Report) -> Vec<(FieldPath, String)> {
    let mut all = Vec::new();
    for table in KEY_TABLES {
        for index in 0..table.count(report) {
            for key in table.keys {
                let path = table.address(index).key(key.name);
                if let Some(value) = value_at(report, &path) {
                    all.push((path, format!("{value:?}")));
                }
            }
        }
    }
    all.extend(figures(report));
    all.extend(
        report.settings.levels.iter().map(|(code, level)| {
            (FieldPath::new("rules.severity").key(code), format!("{level:?}"))
        }),
    );
    all
}

fn values(report: &Report) -> String {
    let mut text = String::new();
    for (path, value) in paths(report) {
        let _ = writeln!(text, "{path} = {value}");
    }
    text
}
