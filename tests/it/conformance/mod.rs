//! `tests/rules`: the public conformance set, held to what it says of itself.

mod case;

use std::fmt::Write as _;
use std::path::Path;

use nianbao::internals::units::{Summary, sum};
use nianbao::report::Report;
use nianbao::review_by;
use nianbao::rules::{Given, RULES, Rule};
use nianbao::source::{SourceFile, read};

use crate::support::{expect_file, nianbao, printed};
use case::{Case, Companion, FOLDER, Found, folders};

/// The findings on the report of a folder, in the order of the file.
fn found(report: &Path) -> Vec<Found> {
    let loaded = nianbao::internals::load::load(report).unwrap();
    loaded.review.findings.iter().map(|finding| Found::of(&loaded.source, finding)).collect()
}

#[test]
fn every_case_gives_the_findings_that_it_states() {
    let mut wrong = String::new();
    for case in Case::all() {
        let folder = tempfile::tempdir().unwrap();
        let found = found(&case.lay_out(folder.path()));
        let own = found.iter().any(|found| found.rule == case.rule());
        if own != case.fires() || !case.fires() && !found.is_empty() {
            let _ = writeln!(wrong, "{} finds {found:#?}", case.path());
        } else if std::env::var_os("UPDATE").is_some() {
            case.rewrite(&found);
        } else if found != case.finds {
            let _ = writeln!(wrong, "{} finds:", case.path());
            wrong.extend(found.iter().map(|found| format!("  {found},\n")));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Without a rule, its cases fail, and only those that state a finding of it: so no case rests on another rule.
#[test]
fn without_a_rule_its_cases_fail_and_no_others() {
    let cases = Case::all();
    let laid_out: Vec<(Case, tempfile::TempDir)> =
        cases.into_iter().map(|case| (case, tempfile::tempdir().unwrap())).collect();
    for (case, folder) in &laid_out {
        case.lay_out(folder.path());
    }
    for (case, folder) in &laid_out {
        let context = Context::load(folder.path());
        let found = |without: &str| context.found(|rule| rule.code != without);
        assert_eq!(found("no rule"), case.finds, "{}", case.path());
        for rule in RULES.iter().filter(|rule| case.finds.iter().any(|f| f.rule == rule.code)) {
            let others = case.finds.iter().filter(|found| found.rule != rule.code).cloned();
            assert_eq!(found(rule.code), others.collect::<Vec<_>>(), "{}", case.path());
        }
    }
    for rule in RULES {
        let fails = |case: &Case| case.finds.iter().any(|found| found.rule == rule.code);
        assert!(laid_out.iter().any(|(case, _)| fails(case)), "{}", rule.code);
    }
}

/// A report of a folder with the reports that it is held against.
struct Context {
    source: SourceFile,
    previous: Option<Report>,
    children: Option<Summary>,
}

impl Context {
    fn load(folder: &Path) -> Self {
        let loaded = nianbao::internals::load::load(&folder.join("report.toml")).unwrap();
        let previous = loaded.previous.map(|path| {
            let text = nianbao::internals::files::read_text(&path).unwrap();
            let report = read(&SourceFile::parse("previous", text)).0.unwrap();
            nianbao::internals::bind::bind(report, None).0
        });
        let children = loaded.units.map(|path| {
            let list = nianbao::internals::load::read_list(&path).unwrap();
            sum(&list, None, &nianbao::internals::load::hand_in_all(&list, folder, None))
        });
        Self { source: loaded.source, previous, children }
    }

    /// The findings of the rules that are wanted.
    fn found(&self, is_wanted: impl Fn(&Rule) -> bool) -> Vec<Found> {
        let given = Given {
            previous: self.previous.as_ref(),
            children: self.children.as_ref(),
            office: None,
        };
        let review = review_by(&self.source, given, is_wanted);
        review.findings.iter().map(|finding| Found::of(&self.source, finding)).collect()
    }
}

#[test]
fn every_rule_has_a_case_that_fires_and_one_that_is_silent() {
    let cases = Case::all();
    let has =
        |rule: &str, fires| cases.iter().any(|case| case.rule() == rule && case.fires() == fires);
    for rule in RULES {
        assert!(has(rule.code, true) && has(rule.code, false), "{}", rule.code);
    }
    let named = |rule: &&Rule| format!("{}-{}", rule.code, rule.name);
    assert_eq!(folders(), RULES.iter().map(named).collect::<Vec<_>>());
    assert!(cases.iter().all(|case| !case.about.is_empty()));
}

#[test]
fn the_examples_of_rules_fire_and_their_corrections_do_not() {
    let fires = |rule: &Rule, which: &str, lines: &str| {
        let companion = Companion::read(&format!("{}-{}", rule.code, rule.name), which);
        let folder = tempfile::tempdir().unwrap();
        let found = found(&companion.lay_out(folder.path(), lines));
        found.iter().any(|found| found.rule == rule.code)
    };
    let mut wrong = Vec::new();
    for rule in RULES {
        if !fires(rule, "example", rule.docs.example) {
            wrong.push(format!("{}: the example does not fire", rule.code));
        }
        if fires(rule, "corrected", rule.docs.corrected) {
            wrong.push(format!("{}: the correction fires", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_terminal_shows_of_each_rule() {
    let cases = Case::all();
    for rule in folders() {
        let folder = tempfile::tempdir().unwrap();
        let mut reports = Vec::new();
        for case in cases.iter().filter(|case| case.folder == rule && case.fires()) {
            let own = folder.path().join(&case.name);
            std::fs::create_dir(&own).unwrap();
            case.lay_out(&own);
            reports.push(format!("{}/report.toml", case.name));
        }
        let arguments: Vec<&str> =
            ["check", "--full"].into_iter().chain(reports.iter().map(String::as_str)).collect();
        let shown = printed(&nianbao(folder.path(), &arguments));
        assert!(shown.contains(&format!("[{}]", &rule[..5])), "{rule}");
        expect_file(&format!("{FOLDER}/{rule}/shown.txt"), &shown);
    }
}

#[test]
fn the_index_lists_all_cases() {
    let mut text = String::from(
        "# 规则与案例\n\n<!-- 由测试根据案例生成：UPDATE=1 cargo test -->\n\n案例的写法见 [README.md](README.md)。\n",
    );
    let cases = Case::all();
    for rule in RULES {
        let _ = write!(text, "\n## {} {}\n\n", rule.code, rule.title);
        for case in cases.iter().filter(|case| case.rule() == rule.code) {
            let must = if case.fires() { "应指出" } else { "不应指出" };
            let Case { folder, name, about, .. } = case;
            let _ = writeln!(text, "- {must}：[{about}]({folder}/{name}.toml)");
        }
    }
    expect_file(&format!("{FOLDER}/index.md"), &text);
}
