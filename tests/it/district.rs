//! A generated district through the command line.

use std::collections::BTreeMap;
use std::path::Path;

use nianbao::diag::Severity;

use crate::generated::{self, Fate};
use crate::support::{nianbao, printed};

fn checked(path: &Path) -> Vec<String> {
    let loaded = nianbao::internals::load::load(path).unwrap();
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

/// The sums in the JSON of `nianbao sum`, by the address of their figure.
fn sums(json: &serde_json::Value) -> BTreeMap<String, String> {
    let totals = json["totals"].as_array().unwrap().iter();
    totals
        .map(|t| (t["path"].as_str().unwrap().to_owned(), t["sum"].as_str().unwrap().to_owned()))
        .filter(|(path, _)| !path.starts_with("other."))
        .collect()
}

#[test]
fn a_district_adds_up_to_what_its_generator_knows() {
    let folder = tempfile::tempdir().unwrap();
    // More, as for a whole city, when somebody wants to know.
    let bodies = std::env::var("NIANBAO_DISTRICT").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for seed in [7, 8] {
        let folder = folder.path().join(seed.to_string());
        let district = generated::write(&folder, seed, bodies);
        let output = nianbao(&folder, &["sum", "units.toml", "--output-format", "json"]);
        assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["complete"], false);
        assert_eq!(sums(&json), district.sum);
        for (unit, body) in json["units"].as_array().unwrap().iter().zip(&district.bodies) {
            let state = match body.fate {
                Fate::Good => "good",
                Fate::Wrong => "errors",
                Fate::Missing => "missing",
            };
            assert_eq!(
                (unit["name"].as_str(), unit["state"].as_str()),
                (Some(&*body.name), Some(state))
            );
        }
    }
}
