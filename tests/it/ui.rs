//! `tests/ui`: data files, and beside each what the terminal shows.

use crate::support::{expect_file, files, nianbao, printed, project, stem};

#[test]
fn each_mistake_is_shown_as_expected() {
    for path in files("tests/ui", "toml") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let output = nianbao(&project("tests/ui"), &["check", &name]);
        expect_file(&format!("tests/ui/{}.txt", stem(&path)), &printed(&output));
    }
}

#[test]
fn every_problem_of_a_data_file_has_a_case() {
    let shown: String = files("tests/ui", "txt")
        .iter()
        .map(|path| nianbao::internals::files::read_text(path).unwrap())
        .collect();
    for problem in nianbao::problems() {
        assert!(
            shown.contains(&format!("[{}]", problem.code)),
            "no case in tests/ui shows {}",
            problem.code
        );
    }
}
