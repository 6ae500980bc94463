//! The office above: the list from names, what goes out, what comes back, and where units stand.

use std::path::Path;

use nianbao::internals::files::write_whole;

use crate::support::{files, nianbao, printed, read, write};

/// The example county in a folder `报送`.
fn county() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in files("examples/district", "toml") {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        write(&folder.path().join("报送"), &name, &text);
    }
    folder
}

fn text(folder: &Path, name: &str) -> String {
    nianbao::internals::files::read_text(&folder.join(name)).unwrap()
}

/// Runs the program and gives its exit code and all that it printed.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = nianbao(folder, arguments);
    (output.status.code().unwrap(), printed(&output))
}

#[test]
fn a_folder_is_held_against_the_list_that_lies_in_it() {
    let folder = county();
    let at = folder.path();
    let (code, said) = run(at, &["check", "报送"]);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("没有报") && said.contains("年度"), "{said}");

    // Last year's report in the place of this year's, whose own figures are right.
    let last = text(at, "报送/白石乡.toml").replace("year = 2023", "year = 2022");
    write(at, "报送/白石乡.toml", &last);
    std::fs::rename(at.join("报送/教育局.toml"), at.join("报送/教育局.toml.txt")).unwrap();
    std::fs::remove_file(at.join("报送/办公室.toml")).unwrap();
    write(at, "报送/青溪镇副本.toml", &text(at, "报送/青溪镇.toml"));
    write(at, "报送/民政局.xlsx", "x");
    let (code, said) = run(at, &["check", "报送", "--output-format", "concise"]);
    assert_eq!(code, 1, "{said}");
    for words in [
        "错误[UL01] 单位名单是2023年度的，这是2022年度的报告",
        "警告[UL01] 名单上“云岭县教育局”的数据文件是 报送/教育局.toml，没有这个文件",
        "错误[UL01] “青溪镇人民政府”有两份报告",
        "只能留一份",
        "名单上还有 2 个单位没有报",
        "跳过：表格文件",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let (code, said) = run(at, &["build", "报送", "--format", "html", "--out", "成品"]);
    assert_eq!(code, 2, "{said}");
    let made = std::fs::read_dir(at.join("成品")).unwrap();
    let names: Vec<String> =
        made.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(
        !names.iter().any(|name| name.contains("白石乡") || name.contains("青溪镇")),
        "{names:?}"
    );

    // Two reports of one body are an error without a list, too, wherever they lie.
    std::fs::remove_file(at.join("报送/units.toml")).unwrap();
    std::fs::remove_file(at.join("报送/青溪镇副本.toml")).unwrap();
    let other = text(at, "报送/青溪镇.toml").replacen(
        "year = 2023",
        "title = \"工作报告\"\nyear = 2023",
        1,
    );
    write(at, "另一处/青溪镇.toml", &other);
    let (code, said) = run(at, &["check", "报送", "另一处"]);
    assert!(code == 1 && said.contains("都是“青溪镇人民政府”2023年度的报告"), "{said}");
    let (code, said) = run(at, &["build", "报送", "另一处", "--out", "全部", "--format", "html"]);
    assert!(code == 2 && said.contains("是同一机关、同一年度的报告"), "{said}");
}

#[test]
fn a_sum_says_all_only_where_nothing_was_left_out() {
    let folder = county();
    let at = folder.path();
    std::fs::remove_file(at.join("报送/units.toml")).unwrap();
    std::fs::rename(at.join("报送/教育局.toml"), at.join("报送/教育局.toml.txt")).unwrap();
    let (code, said) = run(at, &["sum", "报送"]);
    assert!(code == 0 && said.contains("计入 5 个") && said.contains("全部计入"), "{said}");
    write(at, "报送/信访局.docx", "x");
    write(at, "报送/民政局.xlsx", "x");
    let (code, said) = run(at, &["sum", "报送", "-o", "合计.toml"]);
    assert!(code == 1 && !said.contains("全部"), "{said}");
    assert!(
        said.contains("信访局.docx：文字文件") && said.contains("民政局.xlsx：表格文件"),
        "{said}"
    );
    assert!(!at.join("合计.toml").exists());
}

#[test]
fn no_unit_loosens_the_rules_of_its_office() {
    let folder = county();
    let at = folder.path();
    let education = text(at, "报送/教育局.toml");
    let unit = education.replacen("招生、收费", "统一招考、招生、收费", 1);
    assert_ne!(unit, education);
    let own = "\n[rules]\naccepted = \"统一招考\"\n[rules.severity]\nNB005 = \"off\"\n";
    let waiver = "\n[[waivers]]\nrule = \"NB803\"\nreason = \"习惯写法\"\nby = \"张三\"\ndate = 2024-01-10\n";
    write(at, "报送/教育局.toml", &format!("{unit}{own}"));
    let (code, said) = run(at, &["check", "报送", "--full"]);
    assert!(code == 0 && !said.contains("招考"), "{said}");

    // The office calls it an error: by a file of the run, and by the list.
    let rules = "format = \"2021\"\n[rules]\ntypos = \"招考 → 招生考试\"\n[rules.severity]\nNB803 = \"error\"\n";
    write(at, "检查规则.toml", rules);
    write(at, "报送/规则.toml", rules);
    let with = ["--rules", "检查规则.toml"];
    let (code, said) = run(at, &[&["check", "报送/教育局.toml"][..], &with].concat());
    assert!(code == 1 && said.contains("错误[NB803]") && said.contains("招考"), "{said}");
    write(at, "报送/教育局.toml", &format!("{unit}{waiver}{own}"));
    let (code, said) = run(at, &[&["check", "报送", "--full"][..], &with].concat());
    assert!(code == 1 && said.contains("错误[NB803]"), "a waiver loosens it: {said}");
    assert!(said.contains("[[waivers]] 里的豁免不起作用"), "{said}");
    let lowered = format!("{unit}\n[rules.severity]\nNB803 = \"hint\"\n");
    write(at, "报送/教育局.toml", &lowered);
    let (_, said) = run(at, &[&["check", "报送", "--full"][..], &with].concat());
    assert!(said.contains("错误[NB803]") && said.contains("写的程度不起作用"), "{said}");
    write(at, "报送/教育局.toml", &format!("{unit}{waiver}{own}"));
    let (code, said) = run(at, &[&["units", "报送"][..], &with].concat());
    assert!(code == 1 && said.contains("教育局.toml 有 1 处错误"), "{said}");
    let (code, said) = run(at, &[&["sum", "报送"][..], &with].concat());
    assert!(code == 1 && said.contains("有1处错误"), "{said}");
    let build = ["build", "报送", "--format", "html", "--out", "成品"];
    let (code, said) = run(at, &[&build[..], &with].concat());
    assert!(code == 1 && said.contains("没有生成：有错误"), "{said}");
    assert_eq!(run(at, &["sum", "报送"]).0, 0);
    let list = text(at, "报送/units.toml");
    let named = list.replacen("year = 2023", "year = 2023\nrules = \"规则.toml\"", 1);
    write(at, "报送/units.toml", &named);
    for command in [&["check", "报送"][..], &["units", "报送"], &["sum", "报送"]] {
        let (code, said) = run(at, command);
        assert_eq!(code, 1, "{command:?}: {said}");
    }

    // Sentences that it asks for, and its house style, are put out of the way by nobody.
    let asked = "required = \"欢迎……监督\"\nstyle = \"招生 → 招考\"\n";
    write(at, "要求.toml", &format!("format = \"2021\"\n[rules]\n{asked}"));
    let off = "\n[rules.severity]\nNB819 = \"off\"\nNB818 = \"off\"\n";
    write(at, "报送/教育局.toml", &format!("{education}{off}"));
    let (_, said) = run(at, &["check", "报送/教育局.toml", "--rules", "要求.toml", "--full"]);
    assert!(said.contains("警告[NB819]: 缺少规定要写的话“欢迎……监督”"), "{said}");
    assert!(said.contains("警告[NB818]: “招生”统一写作“招考”"), "{said}");
    assert!(said.contains("写的程度不起作用"), "{said}");

    // Its deadline is not to be waived, and the message says whom to ask instead.
    write(at, "期限.toml", "format = \"2021\"\n[rules]\ndeadline = 2024-01-02\n");
    write(at, "报送/教育局.toml", &education);
    let by_date = ["check", "报送/教育局.toml", "--rules", "期限.toml"];
    let (code, said) = run(at, &by_date);
    assert!(code == 1 && said.contains("晚于本地期限 2024-01-02"), "{said}");
    assert!(said.contains("请向上级机关说明") && !said.contains("豁免"), "{said}");

    // A file that is not understood in full is not relied on.
    for (text, words) in [
        ("format = \"2021\"\n[rules.severity]\nNB304 = \"off\"\n", "不能改为"),
        ("format = \"2021\"\n[rules.severity]\nNB999 = \"off\"\n", "没有“NB999”这条规则"),
        ("format = \"2021\"\n[rules]\ntypos = \"布署\"\n", "看不懂"),
        ("format = \"2021\"\n[rules]\nstyle = \"我局\"\n", "统一写法中的“我局”看不懂"),
        ("format = \"2021\"\n[rules]\nrequired = \"……\"\n", "里没有文字"),
        ("format = \"2021\"\n", "里面没有检查规则"),
        ("[rules]\nsimilarity = 30\n", "format"),
    ] {
        write(at, "坏的.toml", text);
        let (code, said) = run(at, &["check", "报送", "--rules", "坏的.toml"]);
        assert!(code == 2 && said.contains(words), "{text}: {said}");
    }
    write(
        at,
        "报送/units.toml",
        &list.replacen("year = 2023", "year = 2023\nrules = \"无.toml\"", 1),
    );
    let (code, said) = run(at, &["units", "报送"]);
    assert!(code == 2 && said.contains("无.toml"), "{said}");
}

#[test]
fn a_list_is_made_of_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(
        at,
        "名单.csv",
        "云岭县2025年政府信息公开年报报送单位名单,,\n序号,单位名称,归口\n1,云岭县教育局,\n2,云岭县信访局,\n\
         3,云岭县信仿局,\n4,青溪镇人民政府,乡镇\n5,云岭县教育局,\n6,东门街道办事处,乡镇\n",
    );
    let (code, said) = run(at, &["units", "new", "名单.csv", "--due", "2026-01-20"]);
    assert_eq!(code, 0, "{said}");
    for words in [
        "云岭县人民政府 2025年度，5 个单位，另有 1 个分组",
        "“云岭县教育局”重复：第3行和第7行",
        "只差一个字",
        "东门街道办事处",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let list = nianbao::internals::load::read_list(&at.join("units.toml")).unwrap();
    assert_eq!(list.units.len(), 6);
    assert_eq!(list.due.unwrap().to_string(), "2026-01-20");
    // What is there is not written over, and a report is not written under its name.
    let (code, said) = run(at, &["units", "new", "名单.csv"]);
    assert!(code == 2 && said.contains("已有这个文件"), "{said}");
    let (code, said) = run(at, &["new", "别处/units.toml"]);
    assert!(code == 2 && said.contains("单位名单的文件名"), "{said}");
}

/// A list of three units in `报送`, one of which reported last year.
fn listed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "名单.txt", "云岭县教育局\n云岭县信访局\n青溪镇人民政府\n");
    let new = ["units", "new", "名单.txt", "--year", "2023", "--due", "2024-01-20"];
    let (code, said) = run(at, &[&new[..], &["-o", "报送/units.toml"]].concat());
    assert_eq!(code, 0, "{said}");
    let last = nianbao::internals::files::read_text(Path::new("examples/district/教育局.toml"));
    write(at, "上年/甲.toml", &last.unwrap().replace("year = 2023", "year = 2022"));
    folder
}

#[test]
fn each_unit_is_sent_its_files_once() {
    let folder = listed();
    let at = folder.path();
    let (code, said) = run(at, &["units", "send", "报送", "--last", "上年"]);
    assert!(code == 0 && said.contains("新发 3 个，以前发过 0 个"), "{said}");
    let sent = text(at, "报送/下发/云岭县教育局/云岭县教育局.toml");
    assert!(sent.contains("previous = \"上年.toml\"") && sent.contains("year = 2023"), "{sent}");
    assert!(at.join("报送/下发/云岭县教育局/上年.toml").exists());
    let note = text(at, "报送/下发/云岭县教育局/填报说明.txt");
    assert!(note.contains("2024年1月20日") && note.contains("上年报告的“结转下年度"), "{note}");
    let note = text(at, "报送/下发/云岭县信访局/填报说明.txt");
    assert!(note.contains("没有贵单位上年的报告"), "{note}");

    // Again: what is there stays, what is missing is made, and who has reported gets nothing.
    write(at, "报送/下发/云岭县教育局/云岭县教育局.toml", "改过");
    std::fs::remove_file(at.join("报送/下发/青溪镇人民政府/青溪镇人民政府.xlsx")).unwrap();
    write(at, "报送/云岭县信访局.toml", &sent.replace("教育局", "信访局"));
    let (code, said) = run(at, &["units", "send", "报送", "--last", "上年"]);
    assert!(code == 0 && said.contains("新发 1 个，以前发过 1 个，已报来 1 个"), "{said}");
    assert!(said.contains("没有改动"), "{said}");
    assert_eq!(text(at, "报送/下发/云岭县教育局/云岭县教育局.toml"), "改过");
    // What went out is not taken for reports.
    let (_, said) = run(at, &["check", "报送"]);
    assert!(said.contains("文件夹里的 10 个文件没有看"), "{said}");
    assert!(!said.contains("有两份报告") && said.contains("名单上有，没有报"), "{said}");
}

#[test]
fn what_comes_back_is_taken_or_named() {
    let folder = listed();
    let at = folder.path();
    let (code, said) = run(at, &["units", "send", "报送", "--last", "上年"]);
    assert_eq!(code, 0, "{said}");
    let source = |name: &str| {
        nianbao::internals::files::read_text(&Path::new("examples/district").join(name)).unwrap()
    };
    let education = source("教育局.toml");
    let inbox = "报送/收件夹";
    // A data file under another name, that leads to last year's report; an empty workbook beside it.
    let led = education.replacen("year = 2023", "year = 2023\nprevious = \"上年.toml\"", 1);
    write(at, "报送/收件夹/终稿（2）.toml", &led);
    let put = |name: &str, bytes: &[u8]| {
        write_whole(&at.join(inbox).join(name), bytes).unwrap();
    };
    put("新建表格.xlsx", &read(&at.join("报送/下发/云岭县教育局/云岭县教育局.xlsx")));
    // Of another year, of nobody on the list, of nobody known, broken, no report, a list, empty.
    write(at, "报送/收件夹/去年.toml", &source("青溪镇.toml").replace("2023", "2022"));
    write(at, "报送/收件夹/别家.toml", &education.replace("云岭县教育局", "海东市财政局"));
    write(at, "报送/收件夹/简称.toml", &education.replace("云岭县教育局", "县信访局"));
    put("坏的.docx", b"PK\x03\x04 no package");
    write(at, "报送/收件夹/通知.txt", "请各单位尽快报送。");
    write(at, "报送/收件夹/名单.toml", &text(at, "报送/units.toml"));
    put("空.pdf", b"");
    // The note that went out, alone and with the name of its unit.
    let note = read(&at.join("报送/下发/云岭县信访局/填报说明.txt"));
    put("填报说明.txt", &note);
    put("云岭县信访局填报说明.txt", &note);
    let (code, said) = run(at, &["units", "receive", inbox, "--dry-run"]);
    assert!(code == 1 && said.contains("可以收 1 个，已经收过或不用收 1 个"), "{said}");
    assert!(!at.join("报送/云岭县教育局.toml").exists());
    let (code, said) = run(at, &["units", "receive", inbox]);
    assert_eq!(code, 1, "{said}");
    for words in [
        "收下；上年的报告（previous）改指 下发/云岭县教育局/上年.toml",
        "什么也没有填，不用收",
        "没有收：是2022年度的，名单是2023年度的",
        "没有收：写的是“海东市财政局”，不在名单上",
        "没有收：不能确定是不是“云岭县信访局”的",
        "是单位名单，不是报告",
        "没有收：不是填好的年报：没有读出三张表里的数",
        "没有收：三张表里什么也没有填",
        "共 11 个文件：收下 1 个，已经收过或不用收 1 个，没有收 9 个",
    ] {
        // Long cells go on below.
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        assert!(plain(&said).contains(&plain(words)), "{words}: {said}");
    }
    for name in ["坏的.docx", "通知.txt", "空.pdf", "名单.toml", "去年.toml"] {
        assert!(said.contains(name), "{name}: {said}");
    }
    let taken = text(at, "报送/云岭县教育局.toml");
    assert_eq!(taken, led.replace("\"上年.toml\"", "\"下发/云岭县教育局/上年.toml\""));
    assert!(!at.join("报送/云岭县信访局.toml").exists());

    // Again, with a later return: the earlier one is kept, and can be brought back.
    let later = led.replacen("云岭县书院路12号", "云岭县书院路13号", 1);
    assert_ne!(later, led);
    write(at, "报送/收件夹/更正.toml", &later);
    let (_, said) = run(at, &["units", "receive", inbox]);
    assert!(said.contains("收下 1 个，已经收过或不用收 2 个"), "{said}");
    assert_eq!(text(at, "报送/换下/云岭县教育局-1.toml"), taken);
    assert!(text(at, "报送/云岭县教育局.toml").contains("书院路13号"));
    let (code, _) = run(at, &["undo", "报送/云岭县教育局.toml"]);
    assert_eq!((code, text(at, "报送/云岭县教育局.toml")), (0, taken));
    // What lies beside the list did not come back.
    let (_, said) = run(at, &["units", "receive", "报送"]);
    assert!(said.contains("共 12 个文件") && !said.contains("换下/"), "{said}");
    assert!(said.contains("名单、已收的报告、下发和换下的文件共 13 个，没有看"), "{said}");
    // One that was taken before is taken again where its unit is named.
    let again = ["units", "receive", "报送/收件夹/更正.toml", "--unit", "云岭县教育局"];
    let (code, said) = run(at, &[&again[..], &["--list", "报送"]].concat());
    assert!(code == 0 && said.contains("收下 1 个"), "{said}");
    assert!(text(at, "报送/云岭县教育局.toml").contains("书院路13号"));
    // One that is known by its name in part is taken for whom one says.
    let one =
        ["units", "receive", "报送/收件夹/简称.toml", "--list", "报送", "--unit", "云岭县信访局"];
    let (code, said) = run(at, &one);
    assert!(code == 0 && at.join("报送/云岭县信访局.toml").exists(), "{said}");
    assert!(said.contains("写的机关是“县信访局”，与名单上的不同"), "{said}");
    // Two that are of one unit, and neither of them is taken.
    let town = source("青溪镇.toml");
    write(at, "两份/甲/年报.toml", &town);
    write(at, "两份/乙/年报.toml", &format!("{town}\n# 二\n"));
    let (code, said) = run(at, &["units", "receive", "两份", "--list", "报送"]);
    assert!(code == 1 && !at.join("报送/青溪镇人民政府.toml").exists(), "{said}");
    assert!(said.contains("还有 乙/年报.toml") && said.contains("还有 甲/年报.toml"), "{said}");
}

#[test]
fn texts_and_figures_may_come_in_two_files() {
    let folder = listed();
    let at = folder.path();
    run(at, &["units", "send", "报送"]);
    // The workbook of a report with figures, and the data file that went out, with a text only.
    let education =
        nianbao::internals::files::read_text(Path::new("examples/district/教育局.toml"));
    write(at, "全.toml", &education.unwrap());
    std::fs::create_dir_all(at.join("来")).unwrap();
    let (code, said) = run(at, &["export", "--xlsx", "全.toml", "--out", "来/表.xlsx"]);
    assert_eq!(code, 0, "{said}");
    let sent = text(at, "报送/下发/云岭县教育局/云岭县教育局.toml");
    let filled = sent.replacen("'''\r\n\r\n'''", "'''\r\n本年工作如下。\r\n'''", 1);
    assert_ne!(sent, filled);
    write(at, "来/文字.toml", &filled);
    let (code, said) = run(at, &["units", "receive", "来", "--list", "报送"]);
    assert!(code == 0 && said.contains("收下 2 个"), "{said}");
    let taken = text(at, "报送/云岭县教育局.toml");
    assert!(taken.contains("本年工作如下。") && !taken.contains("#received ="), "{taken}");
    // A workbook of which some tables are filled leaves the others, and says so.
    let part = nianbao::internals::files::read_text(&at.join("全.toml"));
    let part = part.unwrap().replace("licences            = 86", "licences            = 87");
    let (tables, rest) = part.split_once("\n[requests]\n").unwrap();
    let rest = &rest[rest.find("\n[problems]").unwrap()..];
    write(at, "一.toml", &format!("{tables}\n{rest}"));
    let (code, said) = run(at, &["export", "--xlsx", "一.toml", "--out", "一.xlsx"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = run(at, &["units", "receive", "一.xlsx", "--list", "报送"]);
    assert!(code == 0 && said.contains("整张没有填，数据文件里这些数没有动"), "{said}");
    assert_eq!(
        text(at, "报送/云岭县教育局.toml"),
        taken.replace("licences            = 86", "licences            = 87")
    );
    let taken = text(at, "报送/云岭县教育局.toml");
    // The same texts alone would take the figures away.
    write(at, "来/文字.toml", &filled.replace("如下", "见下"));
    let (code, said) = run(at, &["units", "receive", "来/文字.toml", "--list", "报送"]);
    assert!(code == 1 && said.contains("三张表没有填"), "{said}");
    assert_eq!(text(at, "报送/云岭县教育局.toml"), taken);
}

#[test]
fn drafts_are_said_to_be_drafts() {
    let folder = listed();
    let at = folder.path();
    let education =
        nianbao::internals::files::read_text(Path::new("examples/district/教育局.toml")).unwrap();
    let office = education.replace("云岭县教育局", "云岭县信访局");
    write(at, "甲.toml", &education);
    write(at, "乙.toml", &office);
    let (code, said) = run(at, &["build", "甲.toml", "--draft", "--format", "docx", "--out", "来"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = run(at, &["build", "乙.toml", "--draft", "--format", "html", "--out", "来"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = run(at, &["units", "receive", "来", "--list", "报送"]);
    assert!(code == 0 && said.contains("收下 2 个"), "{said}");
    let plain: String = said.split_whitespace().collect();
    assert_eq!(plain.matches("文件标着“草稿”：核对是不是定稿").count(), 2, "{said}");
}

/// The words of a workbook or a Word file.
fn words_of(path: &Path) -> String {
    let file = std::fs::File::open(path).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let names: Vec<String> = archive.file_names().map(ToOwned::to_owned).collect();
    let wanted = ["sharedStrings.xml", "word/document.xml"];
    let mut words = String::new();
    for name in names.iter().filter(|name| wanted.iter().any(|end| name.ends_with(end))) {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        words.extend(text.split('<').filter_map(|piece| Some(piece.split_once('>')?.1)));
    }
    words
}

#[test]
fn the_stand_names_who_is_missing_and_what_goes_back() {
    let folder = county();
    let at = folder.path();
    let (code, said) = run(at, &["units", "报送", "--today", "2024-01-19"]);
    assert!(code == 0 && said.contains("应报 5 个：已报 5 个\n"), "{said}");
    assert!(said.contains("都报了、都能用；用 nianbao sum 报送/units.toml 汇总"), "{said}");

    // One is missing, one has errors, one is of another year, one is there twice, one waits to be taken.
    let list =
        text(at, "报送/units.toml").replacen("year = 2023", "year = 2023\ndue = 2024-01-20", 1);
    write(at, "报送/units.toml", &list);
    std::fs::remove_file(at.join("报送/办公室.toml")).unwrap();
    let education = text(at, "报送/教育局.toml");
    let wrong = education.replace("licences            = 86", "licences            = \"一百\"");
    assert_ne!(wrong, education);
    write(at, "报送/教育局.toml", &wrong);
    let last = text(at, "报送/白石乡.toml").replace("year = 2023", "year = 2022");
    write(at, "报送/白石乡.toml", &last);
    write(at, "报送/青溪镇副本.toml", &text(at, "报送/青溪镇.toml"));
    write(at, "报送/收件夹/新的.toml", &education);
    let stand = |more: &[&str]| run(at, &[&["units", "报送"][..], more].concat());
    let (code, said) = stand(&["--today", "2024-01-20"]);
    assert!(code == 1 && !said.contains("逾期"), "{said}");
    let (code, said) = stand(&["--today", "2024-01-21", "--remind"]);
    assert_eq!(code, 1, "{said}");
    for words in [
        "云岭县人民政府2023年度报送情况，截至 2024-01-21，截止日期 2024-01-20",
        "云岭县人民政府办公室  未报，逾期",
        "云岭县教育局          有错误，逾期    教育局.toml 有 1 处错误",
        "  白石乡人民政府      年度不对，逾期  白石乡.toml 是2022年度的",
        "应报 5 个：已报 2 个，未报 1 个，有错误 1 个，年度不对 1 个；逾期 3 个",
        "青溪镇人民政府：报送/青溪镇.toml 和 报送/青溪镇副本.toml",
        "以下1个单位尚未报送2023年度政府信息公开工作年度报告（截止日期2024年1月20日，已逾期），请尽快报送：云岭县人民政府办公室。",
        "请改正后重新报送：云岭县教育局（有1处错误）、白石乡人民政府（是2022年度的）。",
        "“收件夹”里还有 1 个文件没有收",
        "用 nianbao units 报送/units.toml --back",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }

    // What goes back is kept in mind until another file comes.
    let (_, said) = stand(&["--today", "2024-01-22", "--back", "--findings", "问题.xlsx"]);
    assert!(
        said.contains("已生成 报送/退回/教育局问题单.docx") && said.contains("已退回 2 个"),
        "{said}"
    );
    let sheet = words_of(&at.join("报送/退回/教育局问题单.docx"));
    assert!(
        sheet.contains("1处错误") && sheet.contains("一百") && sheet.contains("第59行"),
        "{sheet}"
    );
    let all = words_of(&at.join("问题.xlsx"));
    assert!(all.contains("一百") && all.contains("报来的是2022年度的报告"), "{all}");
    let (_, said) = stand(&["--today", "2024-01-23", "--back"]);
    assert!(said.contains("没有要退回的") && said.contains("有错误，已退回"), "{said}");
    let more = wrong.replace("penalties           = 4", "penalties           = \"两\"");
    assert_ne!(more, wrong);
    write(at, "报送/教育局.toml", &more);
    let (_, said) = stand(&["--today", "2024-01-23"]);
    assert!(said.contains("已退回 1 个") && said.contains("有 2 处错误"), "{said}");
    let (_, said) = stand(&["--today", "2024-01-23", "--back"]);
    assert!(said.contains("已生成 报送/退回/教育局问题单2.docx"), "{said}");
    let before = words_of(&at.join("报送/退回/教育局问题单.docx"));
    assert_eq!(before, sheet);

    for name in ["情况.html", "情况.docx", "情况.pdf", "情况.xlsx"] {
        let (code, said) = stand(&["--today", "2024-01-23", "-o", name]);
        assert!(code == 1 && said.contains(&format!("已生成 {name}")), "{said}");
    }
    for name in ["情况.docx", "情况.xlsx"] {
        let words = words_of(&at.join(name));
        assert!(words.contains("云岭县人民政府办公室") && words.contains("未报，逾期"), "{words}");
    }
    let (code, said) = stand(&["-o", "情况.txt"]);
    assert!(code == 2 && said.contains(".html、.docx、.pdf、.ofd 或 .xlsx"), "{said}");
    let output =
        nianbao(at, &["units", "报送", "--today", "2024-01-23", "--output-format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["version"], &json["complete"]), (&1.into(), &false.into()));
    assert_eq!(json["counts"]["late"], 3);
    assert_eq!(json["units"][1]["sent_back"], "2024-01-23");
    assert_eq!((&json["units"][5]["state"], &json["waiting"]), (&"other-year".into(), &1.into()));
}

/// The departments of the round trip, and the towns that are under a group.
const DEPARTMENTS: [&str; 12] = [
    "教育局",
    "信访局",
    "财政局",
    "民政局",
    "司法局",
    "统计局",
    "水利局",
    "审计局",
    "商务局",
    "卫生健康局",
    "交通运输局",
    "应急管理局",
];
const TOWNS: [&str; 2] = ["青溪镇人民政府", "白石乡人民政府"];

/// The list that an office has, in Excel: a title, and names set in under their groups.
fn list_in_excel(path: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    page.write(0, 0, "云岭县2023年政府信息公开年报报送单位").unwrap();
    page.write(1, 0, "序号").unwrap().write(1, 1, "单位名称").unwrap();
    page.write(1, 2, "归口").unwrap();
    let departments = DEPARTMENTS.map(|name| (format!("云岭县{name}"), ""));
    let towns = TOWNS.map(|name| (name.to_owned(), "乡镇"));
    for (row, (name, group)) in (2..).zip(departments.iter().chain(&towns)) {
        page.write(row, 0, row - 1).unwrap().write(row, 1, name).unwrap();
        page.write(row, 2, *group).unwrap();
    }
    write_whole(path, &book.save_to_buffer().unwrap()).unwrap();
}

/// The filled report of a department.
fn filled(department: &str) -> String {
    let education =
        nianbao::internals::files::read_text(Path::new("examples/district/教育局.toml")).unwrap();
    education.replace("云岭县教育局", &format!("云岭县{department}"))
}

/// The filled workbook of a department, changed part by part as offices change them.
fn workbook_of(at: &Path, department: &str, changes: &[(&str, &str, &str)]) -> Vec<u8> {
    write(at, "填.toml", &filled(department));
    let (code, said) = run(at, &["export", "--xlsx", "填.toml", "--out", "填.xlsx"]);
    assert_eq!(code, 0, "{said}");
    let book = read(&at.join("填.xlsx"));
    std::fs::remove_file(at.join("填.xlsx")).unwrap();
    changes.iter().fold(book, |book, (part, from, to)| {
        crate::workbook::patched(&book, part, |text| {
            assert!(text.contains(from), "{part} has no {from}: {text}");
            text.replacen(from, to, 1)
        })
    })
}

#[test]
fn a_round_goes_from_the_list_in_excel_to_the_report_of_the_county() {
    const SHEET: &str = "xl/worksheets/sheet2.xml";
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    list_in_excel(&at.join("名单.xlsx"));
    let new = ["units", "new", "名单.xlsx", "--name", "云岭县人民政府", "--due", "2024-01-20"];
    let (code, said) = run(at, &[&new[..], &["-o", "报送/units.toml"]].concat());
    assert!(code == 0 && said.contains("14 个单位，另有 1 个分组"), "{said}");
    let (code, said) = run(at, &["units", "send", "报送"]);
    assert!(code == 0 && said.contains("新发 14 个"), "{said}");

    // The first returns: three good ones, ten that are not, and nothing from one.
    let inbox = |name: &str, bytes: &[u8]| {
        let path = at.join("报送/收件夹").join(name);
        write_whole(&path, bytes).unwrap();
    };
    let example = |name: &str| {
        nianbao::internals::files::read_text(&Path::new("examples/district").join(name)).unwrap()
    };
    inbox("终稿.toml", filled("教育局").as_bytes());
    inbox("青溪/年报.toml", example("青溪镇.toml").as_bytes());
    inbox("白石/年报.toml", example("白石乡.toml").as_bytes());
    inbox("去年的.toml", filled("财政局").replace("year = 2023", "year = 2022").as_bytes());
    inbox("简称.toml", filled("民政局").replace("云岭县民政局", "县民政局").as_bytes());
    inbox("司法局1.toml", filled("司法局").as_bytes());
    inbox("司法局2.toml", filled("司法局").replace("12号", "13号").as_bytes());
    inbox("没有填.xlsx", &read(&at.join("报送/下发/云岭县统计局/云岭县统计局.xlsx")));
    let cell = |to: &'static str| (SHEET, "<v>7</v>", to);
    let words = workbook_of(
        at,
        "水利局",
        &[(SHEET, "<c r=\"D7\"", "<c t=\"str\" r=\"D7\""), cell("<v>7件</v>")],
    );
    inbox("水利.xlsx", &words);
    let moved = ("xl/sharedStrings.xml", "（一）予以公开", "（一）同意公开");
    inbox("审计.xlsx", &workbook_of(at, "审计局", &[moved]));
    inbox("云岭县商务局.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    inbox("云岭县卫生健康局.docx", b"PK\x03\x04 torn");
    inbox("没有年度.toml", filled("交通运输局").replace("\nyear = 2023", "\n#year =").as_bytes());
    inbox("别县的.toml", filled("教育局").replace("云岭县", "海东县").as_bytes());
    let (code, said) = run(at, &["units", "receive", "报送/收件夹"]);
    let plain: String = said.split_whitespace().collect();
    for words in [
        "没有收：是2022年度的，名单是2023年度的",
        "没有收：不能确定是不是“云岭县民政局”的",
        "还有司法局1.toml，不是同一个文件",
        "没有收：三张表里什么也没有填",
        "写的是文字“7件”，不是数",
        "这里应是表头“（一）予以公开”",
        "用 Excel 或 WPS 打开，不加密码另存为 .xlsx，再收",
        "云岭县卫生健康局.docx",
        "没有收：没有写年度；写上 year = 2023 再收",
        "没有收：写的是“海东县教育局”，不在名单上",
        "共14个文件：收下3个，已经收过或不用收0个，没有收11个",
    ] {
        assert!(plain.contains(&words.replace(' ', "")), "{words}: {said}");
    }
    assert_eq!(code, 1, "{said}");
    let stand =
        |more: &[&str]| run(at, &[&["units", "报送", "--today", "2024-01-22"], more].concat());
    let (code, said) = stand(&["--remind"]);
    assert!(code == 1 && said.contains("应报 14 个：已报 3 个，未报 11 个；逾期 11 个"), "{said}");
    assert!(said.contains("“收件夹”里还有 11 个文件没有收"), "{said}");

    // The second returns: all the others as they should be, two of them as text and workbook.
    std::fs::remove_dir_all(at.join("报送/收件夹")).unwrap();
    for department in &DEPARTMENTS[1..] {
        inbox(&format!("{department}.toml"), filled(department).as_bytes());
    }
    let sent = text(at, "报送/下发/云岭县水利局/云岭县水利局.toml");
    let whole = filled("水利局");
    let (head, rest) = whole.split_once("\n[disclosure]\n").unwrap();
    let texts = format!("{head}\n{}", &rest[rest.find("\n[problems]").unwrap()..]);
    assert_ne!(sent, texts);
    inbox("水利局.toml", texts.as_bytes());
    let as_text = [
        ("xl/workbook.xml", "name=\"表二\"", "name=\"依申请\""),
        (SHEET, "<c r=\"D7\"", "<c t=\"str\" r=\"D7\""),
        cell("<v>７</v>"),
    ];
    inbox("水利表.xlsx", &workbook_of(at, "水利局", &as_text));
    let (code, said) = run(at, &["units", "receive", "报送/收件夹"]);
    assert!(code == 0 && said.contains("收下 12 个"), "{said}");
    let plain: String = said.split_whitespace().collect();
    assert!(plain.contains("工作表“依申请”按标题认作“表二”"), "{said}");
    assert!(plain.contains("写成文字的“７”读作7"), "{said}");
    let (code, said) = stand(&["-o", "情况.pdf"]);
    assert!(code == 0 && said.contains("应报 14 个：已报 14 个\n"), "{said}");

    // The county: its own report takes the sum, is checked against its units, and is printed.
    write(at, "报送/县政府.toml", &example("云岭县人民政府.toml"));
    let (code, said) = run(at, &["sum", "报送/units.toml", "--into", "报送/县政府.toml"]);
    assert!(code == 0 && said.contains("汇总完整"), "{said}");
    let (code, said) = run(at, &["check", "报送/县政府.toml"]);
    assert!(code == 0 && !said.contains("NB901"), "{said}");
    let build = ["build", "报送/县政府.toml", "--format", "pdf", "--out", "成品"];
    let (code, said) = run(at, &build);
    assert_eq!(code, 0, "{said}");
    let made: Vec<_> = std::fs::read_dir(at.join("成品")).unwrap().collect();
    assert!(made.iter().any(|entry| {
        let name = entry.as_ref().unwrap().file_name().to_string_lossy().into_owned();
        name.starts_with("云岭县人民政府2023年") && name.ends_with(".pdf")
    }));
}

#[test]
fn the_stand_is_the_same_whether_the_reports_were_looked_at_before_or_not() {
    let folder = county();
    let at = folder.path();
    let cache = at.join("报送/.nianbao.shares.json");
    let stand = |more: &[&str]| {
        let fixed = ["units", "报送", "--today", "2024-01-22", "--output-format", "json"];
        run(at, &[&fixed[..], more].concat())
    };
    let first = stand(&["--no-cache"]);
    assert!(!cache.exists());
    assert_eq!(stand(&[]), first);
    let kept = read(&cache);
    assert_eq!(stand(&[]), first);
    assert_eq!(read(&cache), kept);
    for broken in [&kept[..kept.len() / 2], b"", b"\xFF\xFE", b"[]"] {
        write_whole(&cache, broken).unwrap();
        assert_eq!(stand(&[]), first);
        assert_eq!(read(&cache), kept, "it is written anew");
    }
    // Errors that came and went since.
    let right = text(at, "报送/教育局.toml");
    write(at, "报送/教育局.toml", &right.replacen("granted = [5,", "granted = [6,", 1));
    let (code, said) = stand(&[]);
    assert!(code == 1 && said.contains("处错误"), "{said}");
    assert_eq!(stand(&["--no-cache"]), (code, said));
    write(at, "报送/教育局.toml", &right);
    assert_eq!(stand(&[]), first);
}

/// The example of the education office as that of another body: so many cases granted, and other words in section five.
fn report_of(body: &str, granted: usize, not_held: usize, problems: &str) -> String {
    let text = crate::support::example("district/教育局").replace("云岭县教育局", body);
    let received = format!("received    = [{},", granted + not_held + 2);
    let text = text.replace("received    = [7,", &received);
    let text = text.replacen("granted = [5,", &format!("granted = [{granted},"), 1);
    let held = format!("not_held = [{not_held}, 0, 0, 0, 0, 0]");
    let text = text.replacen("not_held = 0", &held, 1);
    let from = text.find("一是学校层面").unwrap();
    let to = from + text[from..].find('\n').unwrap();
    format!("{}{problems}{}", &text[..from], &text[to..])
}

#[test]
fn reports_are_put_side_by_side_and_no_office_is_odd_for_being_small() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let names: Vec<String> = (1..=8).map(|i| format!("云岭县第{i}局")).collect();
    write(at, "名单.txt", &names.join("\n"));
    let new = ["units", "new", "名单.txt", "--year", "2023", "--name", "云岭县人民政府"];
    let (code, said) = run(at, &[&new[..], &["-o", "报送/units.toml"]].concat());
    assert_eq!(code, 0, "{said}");
    // Words that no two of them share; figures stand for none.
    let words_of = |seed: u32| -> String {
        let word = |k: u32| char::from_u32(0x4e00 + (seed * 7919 + k * k * 31 + k * 17) % 3000);
        (0..120).filter_map(word).collect()
    };
    for (i, name) in names.iter().enumerate() {
        // The second grants hardly anything, the third has two cases, and the fifth copies the fourth with other figures.
        let (granted, not_held) = match i {
            1 => (3, 40),
            2 => (0, 1),
            _ => (20 + i, 2),
        };
        let seed = if i == 4 { 3 } else { u32::try_from(i).unwrap() };
        let own = words_of(seed);
        let words = format!("存在的问题：{own}，共{i}处。改进情况：已经改正{i}处。");
        write(at, &format!("报送/{name}.toml"), &report_of(name, granted, not_held, &words));
    }
    let compare = |more: &[&str]| run(at, &[&["units", "compare", "报送"], more].concat());
    let (code, said) = compare(&[]);
    assert_eq!(code, 0, "{said}");
    let plain: String = said.split_whitespace().collect();
    for words in [
        "8个单位比较比率，8份报告比较文字",
        "办结45件，予以公开和部分公开5件；按中位数约",
        "云岭县第4局云岭县第5局",
        "一半以上的单位都写",
    ] {
        assert!(plain.contains(words), "{words}: {said}");
    }
    let output = nianbao(at, &["units", "compare", "报送", "--output-format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let names_of = |key: &str| -> Vec<String> {
        let all = json[key].as_array().unwrap().iter();
        all.map(|entry| entry["unit"].as_str().unwrap().to_owned()).collect()
    };
    let mut odd = names_of("outliers");
    odd.dedup();
    assert_eq!(odd, ["云岭县第2局"]);
    assert_eq!(names_of("copies"), ["云岭县第4局"]);
    assert_eq!(json["copies"][0]["with"], "云岭县第5局");
    assert_eq!(json["least_cases"], 10);
    for file in ["比较.xlsx", "比较.html", "比较.docx", "比较.pdf"] {
        let (code, said) = compare(&["-o", file]);
        assert!(code == 0 && at.join(file).exists(), "{file}: {said}");
    }
    let page = text(at, "比较.html");
    assert!(page.contains("listing-b") && page.contains("中位数"), "{page}");
}

/// Lists as openpyxl writes them and `LibreOffice` saves them: who is under whom is told by indentation, or in a column.
#[test]
fn lists_of_other_programs_keep_who_is_under_whom() {
    for (name, told) in
        [("名单-缩进", "9 个单位，另有 1 个分组"), ("名单-上级", "5 个单位，另有 1 个分组")]
    {
        for extension in ["xlsx", "ods", "xls"] {
            let folder = tempfile::tempdir().unwrap();
            let at = folder.path();
            let file = format!("{name}.{extension}");
            let bytes = read(&crate::support::project(&format!("tests/saved/{file}")));
            write_whole(&at.join(&file), &bytes).unwrap();
            let new = ["units", "new", &file, "--year", "2025", "-o", "units.toml"];
            let (code, said) = run(at, &[&new[..], &["--name", "云岭县人民政府"]].concat());
            assert!(code == 0 && said.contains(told), "{file}: {said}");
            let list = text(at, "units.toml");
            for (unit, under) in [("白石乡人民政府", "乡镇"), ("云岭县第一中学", "云岭县教育局")]
            {
                let named = format!("name = \"{unit}\"\nunder = \"{under}\"\n");
                assert!(list.contains(&named), "{file}: {list}");
            }
            assert_eq!(list.matches("under = ").count(), 3, "{file}: {list}");
        }
    }
}

/// The workbook of the education office as `LibreOffice` saves it in its own format, in the old one and as texts.
#[test]
fn workbooks_saved_in_other_formats_are_taken() {
    let figures_of = |text: &str| {
        let source = nianbao::source::SourceFile::parse("t", text);
        let report = nianbao::source::read(&source).0.unwrap();
        let form = report.form();
        form.cells().map(|cell| report.printed(cell)).collect::<Vec<_>>()
    };
    let whole = crate::support::example("district/教育局");
    let (ods, xls) = ("libreoffice.ods", "libreoffice.xls");
    for saved in [&[ods][..], &[xls], &["表一.csv", "表二.csv", "表三.csv"]] {
        let folder = county();
        let at = folder.path();
        std::fs::remove_file(at.join("报送/教育局.toml")).unwrap();
        for name in saved {
            let bytes = read(&crate::support::project(&format!("tests/saved/{name}")));
            std::fs::create_dir_all(at.join("收件夹")).unwrap();
            write_whole(&at.join("收件夹").join(name), &bytes).unwrap();
        }
        let (code, said) = run(at, &["units", "receive", "收件夹", "--list", "报送"]);
        assert_eq!(code, 0, "{saved:?}: {said}");
        assert_eq!(figures_of(&text(at, "报送/教育局.toml")), figures_of(&whole), "{saved:?}");
    }
    // Torn, they are refused, and nothing is taken of them.
    for name in [ods, xls] {
        let folder = county();
        let at = folder.path();
        let bytes = read(&crate::support::project(&format!("tests/saved/{name}")));
        let torn = at.join(format!("云岭县教育局{name}"));
        for n in [600, bytes.len() / 2, bytes.len() - 900] {
            write_whole(&torn, &bytes[..n]).unwrap();
            let arguments = ["units", "receive", torn.to_str().unwrap(), "--list", "报送"];
            let (code, said) = run(at, &arguments);
            assert!(code == 1 && said.contains("没有收"), "{name} {n}: {said}");
        }
    }
}
