//! `nianbao sum`: what it prints, what it writes, what it refuses.

use std::path::Path;

use nianbao::diag::Severity;

use crate::support::{expect_file, files, nianbao, printed, project, read, write};

/// The example county in a folder of its own.
fn county() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in files("examples/district", "toml") {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        write(folder.path(), &path.file_name().unwrap().to_string_lossy(), &text);
    }
    folder
}

fn text(folder: &Path, name: &str) -> String {
    nianbao::internals::files::read_text(&folder.join(name)).unwrap()
}

fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let old = text(folder, name);
    let new = old.replacen(from, to, 1);
    assert!(old != new, "{name} has no {from}");
    write(folder, name, &new);
}

const PARENT: &str = "云岭县人民政府.toml";

/// The output of a run in a folder, below its command line.
fn session(folder: &Path, arguments: &[&str]) -> String {
    let output = nianbao(folder, arguments);
    format!("$ nianbao {}\n{}\n", arguments.join(" "), printed(&output))
}

#[test]
fn the_example_county_is_clean_and_adds_up() {
    for path in files("examples/district", "toml") {
        let loaded = nianbao::internals::load::load(&path).unwrap();
        assert_eq!(loaded.review.findings, [], "{}", path.display());
    }
    let folder = county();
    let before = read(&folder.path().join(PARENT));
    let output = nianbao(folder.path(), &["sum", "units.toml", "--into", PARENT]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert!(printed(&output).contains("没有改动"));
    assert!(read(&folder.path().join(PARENT)) == before, "the example is not what sum writes");
}

#[test]
fn what_the_terminal_shows() {
    let folder = county();
    let at = folder.path();
    let mut shown = session(at, &["sum", "--help"]);
    shown.push_str(&session(at, &["sum", "units.toml"]));
    shown.push_str(&session(at, &["sum", ".", "--of", "乡镇"]));

    // One has not reported, one has an error, one is of another year, one lies there unasked.
    std::fs::rename(at.join("教育局.toml"), at.join("教育局（新）.toml")).unwrap();
    change(at, "办公室.toml", "received    = [9,", "received    = [8,");
    change(at, "白石乡.toml", "year = 2023", "year = 2022");
    shown.push_str(&session(at, &["sum", "units.toml"]));
    shown.push_str(&session(at, &["sum", "units.toml", "--into", PARENT]));
    shown.push_str(&session(at, &["sum", "units.toml", "-o", "汇总.toml", "--partial"]));
    shown.push_str(&session(at, &["check", PARENT]));
    change(at, PARENT, "licences            = 1379", "licences            = 1274");
    shown.push_str(&session(at, &["check", PARENT, "--output-format", "concise"]));

    // What is refused.
    shown.push_str(&session(at, &["sum", "units.toml", "-o", PARENT, "--partial"]));
    for (into, why) in [
        ("青溪镇.toml", "在名单上是“青溪镇人民政府”的数据文件"),
        ("教育局（新）.toml", "这是“云岭县教育局”的报告"),
    ] {
        let output = nianbao(at, &["sum", "units.toml", "--into", into, "--partial"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(printed(&output).contains(why), "{}", printed(&output));
    }
    shown.push_str(&session(at, &["sum", "units.toml", "--of", "青溪镇人民政府"]));
    change(at, "units.toml", "under = \"乡镇\"", "under = \"乡镇街\"");
    change(at, "units.toml", "file = \"白石乡.toml\"", "flie = \"白石乡.toml\"");
    shown.push_str(&session(at, &["sum", "units.toml"]));
    shown.push_str(&session(at, &["check", PARENT]));
    expect_file("tests/expected/sum.txt", &shown);
    let sum = text(at, "汇总.toml");
    expect_file("tests/expected/sum-partial.toml", &sum);
}

#[test]
fn a_folder_without_a_list_is_added_up() {
    let folder = county();
    let at = folder.path();
    std::fs::remove_file(at.join("units.toml")).unwrap();
    let output = nianbao(at, &["sum", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    // The county's own file names a list: it is a sum and none of its parts.
    assert!(printed(&output).contains("应报 5 个单位，计入 5 个"), "{}", printed(&output));

    // Lists under other names and settings of programs are no reports.
    write(at, "名单.toml", "year = 2023\nname = \"云岭县人民政府\"\nunits = []\n");
    write(at, "设置.toml", "title = \"x\"\n");
    let output = nianbao(at, &["sum", "."]);
    assert!(printed(&output).contains("应报 5 个单位，计入 5 个"), "{}", printed(&output));

    // Last year's files beside this year's.
    let last = text(at, "青溪镇.toml").replace("year = 2023", "year = 2022");
    write(at, "青溪镇2022.toml", &last);
    let output = nianbao(at, &["sum", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("请用 --year 指定"), "{}", printed(&output));
    let output = nianbao(at, &["sum", ".", "--year", "2023"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));

    write(at, "青溪镇（副本）.toml", &text(at, "青溪镇.toml"));
    let output = nianbao(at, &["sum", ".", "--year", "2023"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("只能留一份"), "{}", printed(&output));
}

#[test]
fn a_unit_whose_report_came_without_last_years_is_added() {
    let folder = county();
    let at = folder.path();
    for file in ["教育局.toml", "白石乡.toml"] {
        change(at, file, "year = 2023", "previous = '..\\2022\\年报.toml'\nyear = 2023");
    }
    let said = printed(&nianbao(at, &["sum", "units.toml"]));
    assert!(said.contains("应报 5 个单位，计入 5 个") && said.contains("── exit 0 ──"), "{said}");
    // One that is there and of another year is another matter.
    change(at, "教育局.toml", "'..\\2022\\年报.toml'", "'办公室.toml'");
    let said = printed(&nianbao(at, &["sum", "units.toml"]));
    assert!(said.contains("云岭县教育局：报告有 1 处错误"), "{said}");
}

#[test]
fn the_sum_of_a_folder_is_not_added_to_it() {
    let folder = county();
    let at = folder.path();
    std::fs::remove_file(at.join("units.toml")).unwrap();
    std::fs::remove_file(at.join(PARENT)).unwrap();
    let first = printed(&nianbao(at, &["sum", ".", "-o", "全县.toml"]));
    assert!(first.contains("计入 5 个") && !first.contains("本身是汇总数"), "{first}");
    // As the county would fill it in: without errors, it would be one of its own units.
    let words = "\n[overview]\ntext = '某县'\n[problems]\ntext = '某县'\n[agency]\nname = \"云岭县人民政府\"\n";
    let sum = text(at, "全县.toml").replacen("[agency]  # 机关\n", "", 1);
    write(at, "全县.toml", &format!("{sum}{words}"));
    let again = printed(&nianbao(at, &["sum", "."]));
    assert!(again.contains("应报 5 个单位，计入 5 个"), "{again}");
    assert!(again.contains("本身是汇总数、没有计入的数据文件") && again.contains("  全县.toml\n"));
    assert!(again.contains("没有单位名单，看不出谁没有报"), "{again}");
    let total = |said: &str| said.lines().find(|line| line.starts_with("合计")).map(str::to_owned);
    assert_eq!(total(&again), total(&first));
}

#[test]
fn units_stand_below_the_one_they_are_under_wherever_the_list_has_them() {
    let folder = county();
    let at = folder.path();
    let school = text(at, "教育局.toml").replace("云岭县教育局", "青溪镇小学");
    write(at, "小学.toml", &school);
    let unit = "[[units]]\nname = \"青溪镇小学\"\nunder = \"青溪镇人民政府\"\nfile = \"小学.toml\"\n\n[[joint]]";
    change(at, "units.toml", "[[joint]]", unit);
    change(at, "units.toml", "file = \"青溪镇.toml\"", "file = \"青溪镇.toml\"\nfigures = \"own\"");
    let said = printed(&nianbao(at, &["sum", "units.toml"]));
    // Its own figures are no place for the sum of those under it.
    let before = text(at, "青溪镇.toml");
    let into = ["sum", "units.toml", "--of", "青溪镇人民政府", "--into", "青溪镇.toml"];
    let refused = printed(&nianbao(at, &into));
    assert!(refused.contains("只是本机关自己的数据（own）"), "{refused}");
    assert_eq!(text(at, "青溪镇.toml"), before);
    change(at, "units.toml", "\"own\"", "\"summed\"");
    let filled = printed(&nianbao(at, &into));
    assert!(filled.contains("已填入 青溪镇.toml"), "{filled}");

    let at = |name: &str| said.find(name).unwrap();
    assert!(at("  青溪镇人民政府") < at("    青溪镇小学"), "{said}");
    assert!(at("    青溪镇小学") < at("  白石乡人民政府"), "{said}");
}

#[test]
fn a_new_file_holds_the_sum_and_only_lacks_words() {
    let folder = county();
    let at = folder.path();
    let output = nianbao(at, &["sum", "units.toml", "-o", "新/汇总.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let loaded = nianbao::internals::load::load(&at.join("新/汇总.toml")).unwrap();
    let errors = loaded.review.findings.iter().filter(|d| d.severity == Severity::Error);
    let codes: Vec<&str> = errors.map(|d| d.code).collect();
    assert_eq!(codes, ["NB001", "NB001"], "{:#?}", loaded.review.findings);
    assert!(text(at, "新/汇总.toml").contains("units = \"../units.toml\""));
}

#[test]
fn figures_change_and_words_do_not() {
    let folder = county();
    let at = folder.path();
    let before = text(at, PARENT);
    change(at, "教育局.toml", "licences            = 86", "licences            = 90");
    change(at, PARENT, "licences            = 1379", "licences            = 1379  # 已核对");
    let output = nianbao(at, &["sum", "units.toml", "--into", PARENT]);
    let said = printed(&output);
    assert!(said.contains("“行政许可”的“本年处理决定数量”：1379 → 1383"), "{said}");
    assert!(!said.contains("在 [report] 之下写"), "{said}");
    let after = text(at, PARENT);
    let changed: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
    assert_eq!(
        changed,
        [
            "# 汇总：1383 ＝ 云岭县自然资源局 1240 ＋ 云岭县教育局 90 ＋ 青溪镇人民政府 35 ＋ 白石乡人民政府 18",
            "licences            = 1383  # 已核对",
        ]
    );
    assert_eq!(nianbao(at, &["check", PARENT]).status.code(), Some(0));

    // Who does not name the list is told how.
    change(at, PARENT, "units = ", "# units = ");
    let output = nianbao(at, &["sum", "units.toml", "--into", PARENT]);
    assert!(printed(&output).contains("写 units = \"units.toml\""), "{}", printed(&output));
}

#[test]
fn every_figure_that_gives_way_to_the_sum_is_named() {
    let folder = county();
    let at = folder.path();
    change(
        at,
        PARENT,
        "received    = [51, 3, 0, 0, 7, 0]",
        "received    = [50, 2, 1, 1, 6, 9, 65]",
    );
    for row in ["granted = [29, 3, 0, 0, 4, 0]", "not_held = [11, 0, 0, 0, 2, 0]"] {
        let name = row.split(' ').next().unwrap();
        change(at, PARENT, row, &format!("{name} = [91, 92, 93, 94, 95, 96]"));
    }
    change(at, PARENT, "needs_compiling = 0\n", "");
    let said = printed(&nianbao(at, &["sum", "units.toml", "--into", PARENT]));
    assert!(said.contains("改动 25 格"), "{said}");
    for change in [
        "“一、本年新收政府信息公开申请数量”一行“其他”一列：9 → 0",
        "“一、本年新收政府信息公开申请数量”一行“总计”一列：65 → 61",
        "“（四）无法提供 1.本机关不掌握相关政府信息”一行“其他”一列：96 → 0",
    ] {
        assert!(said.contains(change), "{change}: {said}");
    }
    assert!(said.contains("另有 6 格原来未填"), "{said}");
}

#[test]
fn a_handling_fee_told_in_words_alone_leaves_the_tables_complete() {
    let folder = county();
    let at = folder.path();
    change(at, "教育局.toml", "handling_fee = { notices = 0, amount = 0 }\n", "");
    change(at, "教育局.toml", "{{ other.handling_fee.amount }}", "0");
    change(at, "青溪镇.toml", "licences            = 35", "licences            = 36");
    let said = printed(&nianbao(at, &["sum", "units.toml", "--into", PARENT]));
    assert!(said.contains("信息处理费的“收取金额”：云岭县教育局没有填写"), "{said}");
    assert!(said.contains("汇总完整") && said.contains("1379 → 1380"), "{said}");
    let parent = text(at, PARENT);
    assert!(parent.contains(
        "# 汇总：收取金额不能相加，没有填写的有：云岭县教育局\nhandling_fee = { notices = 0, amount = 0 }"
    ));

    // A cell of the tables is another matter.
    change(at, "教育局.toml", "fees                = 312.5\n", "");
    change(at, "教育局.toml", "{{ disclosure.fees }}", "312.5");
    let said = printed(&nianbao(at, &["sum", "units.toml", "--into", PARENT]));
    assert!(said.contains("汇总不完整") && said.contains("没有写入文件"), "{said}");
}

#[test]
fn what_is_no_json_goes_to_standard_error() {
    let folder = county();
    let at = folder.path();
    change(at, "教育局.toml", "licences            = 86", "licences            = 86件");
    change(at, "units.toml", "under = \"乡镇\"", "under = \"乡\"");
    for arguments in [
        &["sum", "units.toml", "--output-format", "json"][..],
        &["compare", "教育局.toml", PARENT, "--output-format", "json"],
    ] {
        let output = nianbao(at, arguments);
        assert!(output.status.code() > Some(0) && output.stdout.is_empty(), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("错误[DF0"), "{arguments:?}");
    }
}

#[test]
fn what_was_handed_in_under_another_name_is_seen_even_if_it_cannot_be_read() {
    let folder = county();
    let at = folder.path();
    let report = text(at, "教育局.toml");
    std::fs::remove_file(at.join("教育局.toml")).unwrap();
    nianbao::internals::files::write_whole(&at.join("gbk.toml"), b"name = \"\xba\xa3\"\n").unwrap();
    write(at, "教育局（新）.toml", &report.replace("licences            = 86", "licences = 86件"));
    write(at, "2022.toml", &report.replace("year = 2023", "year = 2022"));
    write(at, "设置.toml", "[editor]\nname = \"x\"\n");
    let said = printed(&nianbao(at, &["sum", "units.toml"]));
    let (_, unlisted) = said.split_once("不在名单上、没有计入的数据文件：\n").unwrap();
    assert!(unlisted.starts_with("  gbk.toml\n  教育局（新）.toml\n\n"), "{said}");
}

#[test]
fn documents_made_together_are_asked_for() {
    let folder = county();
    let at = folder.path();
    change(at, "units.toml", "\"云岭县自然资源局\"]", "\"乡镇\"]");
    let said = printed(&nianbao(at, &["sum", "units.toml"]));
    assert!(said.contains("“乡镇”只用来归类，没有自己的数据"), "{said}");
    let list = text(at, "units.toml");
    let (units, _) = list.split_once("# 两个局").unwrap();
    write(at, "units.toml", units);
    let said = printed(&nianbao(at, &["sum", "units.toml"]));
    assert!(said.contains("请在名单里写明，没有联合发文的写 joint = []"), "{said}");
    write(at, "units.toml", &format!("joint = []\n{units}"));
    let said = printed(&nianbao(at, &["sum", "units.toml"]));
    assert!(!said.contains("联合发文"), "{said}");
}

#[test]
fn reports_of_the_older_form_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let report =
        nianbao::internals::files::read_text(&project("examples/qinglan-2020.toml")).unwrap();
    write(at, "县.toml", &report);
    write(
        at,
        "units.toml",
        "year = 2020\nname = \"某市人民政府\"\njoint = []\n[[units]]\nname = \"青岚县人民政府\"\nfile = \"县.toml\"\n",
    );
    let said = printed(&nianbao(at, &["sum", "units.toml", "-o", "市.toml"]));
    assert!(said.contains("汇总完整") && !said.contains("信息处理费"), "{said}");
    let [own, sum] =
        ["县.toml", "市.toml"].map(|name| nianbao::internals::load::load(&at.join(name)).unwrap());
    let [own, sum] = [own, sum].map(|loaded| loaded.review.report.unwrap());
    for cell in own.form().cells() {
        assert_eq!(sum.printed(cell), own.printed(cell), "{}", own.form().cell_name(cell));
    }
}

#[test]
fn no_file_is_added_twice_or_to_itself() {
    let folder = county();
    let at = folder.path();
    // The same file by another path, under a name of its own.
    let again = "[[units]]\nname = \"云岭县教育局（二）\"\nagency = \"云岭县教育局\"\nfile = \"./x/../教育局.toml\"\n";
    std::fs::create_dir(at.join("x")).unwrap();
    let list = text(at, "units.toml");
    write(at, "units.toml", &list.replacen("[[joint]]", &format!("{again}\n[[joint]]"), 1));
    write(at, "多余.toml", &text(at, "青溪镇.toml"));
    let shown = session(at, &["sum", "units.toml"]);
    assert_eq!(shown.matches("多余.toml").count(), 1, "{shown}");
    assert!(shown.contains("已经是“云岭县教育局”的数据文件"), "{shown}");
    assert!(shown.contains("汇总不完整"), "{shown}");

    // The report of the county itself, as one of the units under it.
    let own =
        format!("[[units]]\nname = \"本级\"\nagency = \"云岭县人民政府\"\nfile = \"{PARENT}\"\n");
    write(at, "units.toml", &list.replacen("[[joint]]", &format!("{own}\n[[joint]]"), 1));
    let before = text(at, PARENT);
    for arguments in [
        &["sum", "units.toml", "--into", PARENT][..],
        &["check", PARENT, "--output-format", "concise"],
    ] {
        let shown = session(at, arguments);
        assert!(shown.contains("“本级”"), "{shown}");
        assert!(!shown.contains("NB901"), "{shown}");
    }
    assert_eq!(text(at, PARENT), before);
}

#[test]
fn a_unit_that_adds_up_others_is_compared_with_them() {
    let folder = county();
    let at = folder.path();
    let list = text(at, "units.toml");
    let whole = "year = 2023\nname = \"某市人民政府\"\njoint = []\n[[units]]\nname = \"云岭县人民政府\"\n\
                 file = \"云岭县人民政府.toml\"\nfigures = \"summed\"\n";
    let (_, units) = list.split_once("[[units]]").unwrap();
    let (units, _) = units.split_once("# 两个局").unwrap();
    let joint = &list[list.find("[[joint]]").unwrap()..];
    let units: String = format!("[[units]]{units}")
        .split("[[units]]")
        .skip(1)
        .map(|unit| match unit.contains("under") {
            true => format!("[[units]]{unit}"),
            false => format!("[[units]]\nunder = \"云岭县人民政府\"{unit}"),
        })
        .collect();
    write(at, "city.toml", &format!("{}{units}{joint}", whole.replace("joint = []\n", "")));
    let output = nianbao(at, &["sum", "city.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let said = printed(&output);
    assert!(
        said.contains("应报 1 个单位，计入 1 个（另有 6 个单位的数据由上级单位汇总报送）"),
        "{said}"
    );

    change(at, PARENT, "licences            = 1379", "licences            = 1380");
    let output = nianbao(at, &["sum", "city.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    assert!(printed(&output).contains("与下级相加有1格不一致"), "{}", printed(&output));
}

/// The sum of one unit's report alone.
fn alone(report: &nianbao::report::Report) -> nianbao::internals::units::Summary {
    use nianbao::internals::units::{HandedIn, Holds, Share, Unit, UnitList, sum};
    let name = report.agency.name.clone().unwrap();
    let unit = Unit {
        name: "本级".to_owned(),
        agency: Some(name.clone()),
        under: None,
        file: Some("a.toml".to_owned()),
        holds: Holds::Own,
        kind: None,
        level: None,
    };
    let list = UnitList {
        name,
        year: report.header.year.unwrap(),
        units: vec![unit],
        joint: Some(Vec::new()),
        due: None,
        rules_file: None,
        rules: None,
    };
    sum(&list, None, &[HandedIn::Share(Share::of(Some(report), 0))])
}

#[test]
fn a_report_put_into_itself_stays_what_it_is() {
    use nianbao::source::{SourceFile, read, write_sum, write_sum_into};
    for path in files("examples", "toml") {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let source = SourceFile::parse("t", text.as_str());
        let report = read(&source).0.unwrap();
        let summary = alone(&report);
        let new = write_sum_into(&source, &summary).unwrap();
        let own = |line: &&str| !line.starts_with("# 汇总：") && !line.contains("\"汇总：");
        let kept: Vec<&str> = new.lines().filter(own).collect();
        let before: Vec<&str> = text.lines().filter(own).collect();
        for (kept, line) in kept.iter().zip(&before) {
            assert_eq!(kept, line, "{}", path.display());
        }
        // Nothing is added but the sources, behind everything else.
        for line in &kept[before.len()..] {
            let is_source = ["", "[[sources]]"].contains(line) || line.starts_with("at = ");
            assert!(is_source, "{}: {line}", path.display());
        }

        let written = write_sum(&summary, None).unwrap();
        let again = read(&SourceFile::parse("t", written.as_str())).0.unwrap();
        for figure in nianbao::internals::units::Figure::all(report.form()) {
            assert_eq!(
                figure.of(&again),
                figure.of(&report),
                "{} {}",
                path.display(),
                figure.path()
            );
        }
    }
}

#[test]
fn mangled_lists_and_files_never_panic() {
    use nianbao::source::{SourceFile, locate, read_units, write_sum_into};
    let list: Vec<char> =
        nianbao::internals::files::read_text(&project("examples/district/units.toml"))
            .unwrap()
            .chars()
            .collect();
    let path = project("examples/district").join(PARENT);
    let parent: Vec<char> = nianbao::internals::files::read_text(&path).unwrap().chars().collect();
    let (report, _) =
        nianbao::source::read(&SourceFile::parse("t", parent.iter().collect::<String>()));
    let summary = alone(&report.unwrap());
    let mut number = 20_260_131_u64;
    let mut below = |n: usize| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(number >> 33).unwrap() % n
    };
    for round in 0..400 {
        let original = if round % 2 == 0 { &list } else { &parent };
        let mut text = original.clone();
        for _ in 0..1 + below(3) {
            let (at, from) = (below(text.len()), below(original.len()));
            let to = (from + below(60)).min(original.len());
            text.splice(at..(at + below(30)).min(text.len()), original[from..to].iter().copied());
        }
        let text: String = text.into_iter().collect();
        let source = SourceFile::parse("t", text.as_str());
        let (_, found) = read_units(&source);
        for label in found.iter().flat_map(|d| std::iter::once(&d.primary).chain(&d.related)) {
            assert!(text.get(locate(&source, &label.place)).is_some());
        }
        if let Ok(new) = write_sum_into(&source, &summary) {
            let again = write_sum_into(&SourceFile::parse("t", new.as_str()), &summary).unwrap();
            assert!(again == new);
        }
    }
}
