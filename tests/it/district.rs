//! A generated district through the command line.

use std::path::Path;

use nianbao::diag::Severity;

use crate::generated::{self, Fate};

fn checked(path: &Path) -> Vec<String> {
    let loaded = nianbao::load::load(path).unwrap();
    let errors = loaded.review.findings.iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| format!("{} {}", d.code, d.message)).collect()
}

#[test]
fn the_generator_keeps_its_word() {
    let folder = tempfile::tempdir().unwrap();
    let district = generated::write(folder.path(), 7, 60);
    assert_eq!(district.bodies.len(), 60);
    let count = |fate| district.bodies.iter().filter(|body| body.fate == fate).count();
    assert_eq!((count(Fate::Wrong), count(Fate::Missing)), (1, 1));
    let mut names: Vec<&str> = district.bodies.iter().map(|body| body.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 60);
    let again = tempfile::tempdir().unwrap();
    assert_eq!(generated::write(again.path(), 7, 60).sum, district.sum);
    for body in &district.bodies {
        let path = folder.path().join(&body.file);
        match body.fate {
            Fate::Missing => assert!(!path.exists()),
            Fate::Good => assert_eq!(checked(&path), [""; 0], "{}", body.name),
            Fate::Wrong => assert!(!checked(&path).is_empty(), "{}", body.name),
        }
    }
}
