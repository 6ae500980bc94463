//! A clerk's year and that of the office above: starter, filled, next year, compared, added up, built.

use std::path::Path;

use crate::support::{expect_file, nianbao, printed};

/// A folder in which commands are run, and what they said.
struct Desk {
    folder: tempfile::TempDir,
    said: String,
}

impl Desk {
    fn run(&mut self, arguments: &[&str]) -> Option<i32> {
        let output = nianbao(self.folder.path(), arguments);
        self.said.push_str(&format!("$ nianbao {}\n{}\n", arguments.join(" "), printed(&output)));
        output.status.code()
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        nianbao::internals::files::read_text(&self.path(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        nianbao::internals::files::write_whole(&self.path(name), text.as_bytes()).unwrap();
    }

    /// Fills the lines that the starter keeps, as a clerk does: the `#` goes, the figures come.
    fn fill(&self, name: &str, figures: &[(&str, &str)]) {
        let mut text = self.text(name);
        for (key, value) in figures {
            let line = text.lines().find(|line| {
                let rest = line.strip_prefix('#').unwrap_or(line).strip_prefix(key);
                rest.is_some_and(|rest| rest.trim_start().starts_with('='))
            });
            let line = line.unwrap_or_else(|| panic!("{name} keeps no line for {key}")).to_owned();
            let note = line.find("  # ").map_or("", |at| &line[at..]);
            text = text.replacen(&line, &format!("{key} = {value}{note}"), 1);
        }
        self.write(name, &text);
    }

    /// Writes the texts into the empty quotes of the starter, in their order.
    fn tell(&self, name: &str, texts: &[&str]) {
        let mut text = self.text(name);
        for own in texts {
            assert!(text.contains("'''\n\n'''"), "{name} keeps no more room for a text");
            text = text.replacen("'''\n\n'''", &format!("'''\n{own}\n'''"), 1);
        }
        self.write(name, &text);
    }
}

/// All rows of the outcomes that nobody had, and whatever else was nil.
const NIL: &[(&str, &str)] = &[
    ("regulations", "0"),
    ("coercive_measures", "0"),
    ("state_secret", "0"),
    ("forbidden_by_law", "0"),
    ("endangers_security_or_stability", "0"),
    ("third_party_rights", "0"),
    ("internal_affairs", "0"),
    ("process_information", "0"),
    ("enforcement_file", "0"),
    ("administrative_query", "0"),
    ("needs_compiling", "0"),
    ("still_unclear", "0"),
    ("petition_or_complaint", "0"),
    ("repeated", "0"),
    ("published_material", "0"),
    ("excessive", "0"),
    ("confirmation", "0"),
    ("not_supplemented", "0"),
    ("fee_unpaid", "0"),
    ("other", "0"),
    ("partly_granted", "0"),
    ("reconsideration", "0"),
    ("litigation_direct", "0"),
    ("litigation_after", "0"),
    ("handling_fee", "{ notices = 0, amount = 0 }"),
];

const CONTACT: &[(&str, &str)] = &[
    ("office", "\"办公室\""),
    ("address", "\"临溪县人民路1号\""),
    ("phone", "\"0900-5550101\""),
    ("website", "\"临溪县人民政府门户网站\""),
];

const FORESTRY_2023: &[(&str, &str)] = &[
    ("published", "2024-01-18"),
    ("normative_documents", "{ issued = 2, repealed = 0, in_force = 6 }"),
    ("licences", "318"),
    ("penalties", "41"),
    ("fees", "12.80"),
    ("received", "[8, 1, 0, 0, 1, 0]"),
    ("carried_in", "0"),
    ("carried_out", "[2, 0, 0, 0, 0, 0]"),
    ("granted", "[5, 1, 0, 0, 1, 0]"),
    ("not_held", "[1, 0, 0, 0, 0, 0]"),
];

const FORESTRY_2024: &[(&str, &str)] = &[
    ("published", "2025-01-20"),
    ("normative_documents", "{ issued = 1, repealed = 1, in_force = 6 }"),
    ("licences", "296"),
    ("penalties", "37"),
    ("fees", "9.6"),
    ("received", "[11, 2, 0, 0, 0, 0]"),
    ("carried_out", "[1, 0, 0, 0, 0, 0]"),
    ("granted", "[9, 2, 0, 0, 0, 0]"),
    ("not_held", "[3, 0, 0, 0, 0, 0]"),
];

const TOWN_2024: &[(&str, &str)] = &[
    ("published", "2025-02-11"),
    ("normative_documents", "{ issued = 1, repealed = 0, in_force = 3 }"),
    ("licences", "57"),
    ("penalties", "6"),
    ("fees", "0"),
    ("received", "[4, 0, 0, 0, 0, 0]"),
    ("carried_in", "0"),
    ("carried_out", "0"),
    ("granted", "[4, 0, 0, 0, 0, 0]"),
    ("not_held", "0"),
];

/// The texts of a report, in the order in which the starter keeps room for them; figures are bound.
const TEXTS_2023: [&str; 8] = [
    "围绕群众关心的事项做好公开，按期办理申请，各项工作平稳有序。",
    "全年制发行政规范性文件{{ disclosure.normative_documents.issued }}件，年末现行有效{{ disclosure.normative_documents.in_force }}件，均在门户网站公开。",
    "新收政府信息公开申请{{ requests.received.total }}件，上年结转{{ requests.carried_in.total }}件，予以公开{{ requests.outcome.granted.total }}件，结转下年度办理{{ requests.carried_out.total }}件。",
    "发布前逐条核对来源和时效，对过期信息标明失效日期。",
    "整理网站栏目，合并重复的两个栏目，增设办事指南。",
    "公开工作列入年度考核，全年考核两次，结果在单位内通报；开展社会评议一次，发放问卷120份；没有发生需要追究责任的情形。",
    "存在的主要问题：一是部分信息更新不及时，个别栏目两个月没有新内容；二是答复文书格式不统一，有的没有写明救济途径。\n改进情况：一是已建立栏目更新台账，每月核对一次，逾期未更新的督促到人；二是已统一答复文书样式，由专人复核后发出，全年抽查12件，格式全部合规。",
    "全年没有发出信息处理费收费通知，收取金额为0元。没有其他需要报告的事项。",
];

const TEXTS_2024: [&str; 8] = [
    "坚持公开为常态，把征集群众意见、回应群众疑问放在前面，全年没有逾期办理的申请。",
    "对照公开事项目录逐项发布，制发行政规范性文件{{ disclosure.normative_documents.issued }}件，废止{{ disclosure.normative_documents.repealed }}件，到年底有效的{{ disclosure.normative_documents.in_force }}件全部可以在线查阅下载。",
    "收到申请后当日登记、三日内分办。本年新收政府信息公开申请{{ requests.received.total }}件，连同上年结转的{{ requests.carried_in.total }}件，办结{{ requests.outcome.total.total }}件。",
    "开展历史文件清理，补录缺失的文号和成文日期。",
    "上线移动端页面，老年人可以使用大字版。",
    "把公开要求写进岗位职责，考核结果与评优挂钩；社会评议收回问卷96份，满意的占多数；全年无责任追究情形。",
    "存在的主要问题：一是政策解读形式单一，图表和问答偏少，群众反映看不懂；二是工作人员轮换较多，新到岗的业务生疏。\n改进情况：一是已选取三项惠民政策制作图解和问答，与文件同步发布；二是已编写工作手册，新到岗人员一周内完成培训，全年培训26人次。",
    "全年未收取信息处理费，发出收费通知0件。没有其他需要报告的事项。",
];

const UNITS: &str = "\
year = 2024
name = \"临溪县人民政府\"
joint = []

[[units]]
name = \"临溪县林业局\"
file = \"林业局.toml\"

[[units]]
name = \"上河镇人民政府\"
file = \"上河镇.toml\"
";

/// The outputs of a folder build, by name.
fn outputs(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

#[test]
fn from_the_starter_to_the_sum_of_the_county() {
    let mut desk = Desk { folder: tempfile::tempdir().unwrap(), said: String::new() };

    // The first year: a starter says what is missing until all of it is there.
    let name = ["--name", "临溪县林业局", "--kind", "department", "--level", "county"];
    let new = [&["new", "2023/林业局.toml", "--year", "2023"][..], &name].concat();
    assert_eq!(desk.run(&new), Some(0));
    assert_eq!(desk.run(&["check", "2023/林业局.toml", "--output-format", "concise"]), Some(1));
    desk.fill("2023/林业局.toml", CONTACT);
    desk.fill("2023/林业局.toml", NIL);
    desk.fill("2023/林业局.toml", FORESTRY_2023);
    desk.tell("2023/林业局.toml", &TEXTS_2023);
    assert_eq!(desk.run(&["check", "2023/林业局.toml"]), Some(0));

    // The next year begins with what the last one carried out; a slip of the hand there is found.
    assert_eq!(desk.run(&["new", "--from", "2023/林业局.toml", "2024/林业局.toml"]), Some(0));
    assert_eq!(desk.run(&["new", "2024/林业局.toml"]), Some(2), "a file is never replaced");
    let nil_again: Vec<_> = NIL.iter().filter(|(key, _)| *key != "carried_in").copied().collect();
    desk.fill("2024/林业局.toml", &nil_again);
    desk.fill("2024/林业局.toml", FORESTRY_2024);
    let filled = desk.text("2024/林业局.toml");
    assert!(filled.contains("carried_in  = [2, 0, 0, 0, 0, 0"), "{filled}");
    desk.tell("2024/林业局.toml", &TEXTS_2024);
    let right = desk.text("2024/林业局.toml");
    desk.write("2024/林业局.toml", &right.replace("carried_in  = [2,", "carried_in  = [3,"));
    assert_eq!(desk.run(&["check", "2024/林业局.toml"]), Some(1));
    desk.write("2024/林业局.toml", &right);
    assert_eq!(desk.run(&["check", "2024/林业局.toml"]), Some(0));
    assert_eq!(desk.run(&["compare", "2023/林业局.toml", "2024/林业局.toml"]), Some(0));

    // The county adds up its bodies: first one is missing, then all are there.
    desk.write("2024/units.toml", UNITS);
    assert_eq!(desk.run(&["sum", "2024/units.toml"]), Some(1));
    let town = ["--name", "上河镇人民政府", "--kind", "government", "--level", "township"];
    let new = [&["new", "2024/上河镇.toml", "--year", "2024"][..], &town].concat();
    assert_eq!(desk.run(&new), Some(0));
    desk.fill("2024/上河镇.toml", CONTACT);
    desk.fill("2024/上河镇.toml", NIL);
    desk.fill("2024/上河镇.toml", TOWN_2024);
    desk.tell("2024/上河镇.toml", &TEXTS_2024);
    let county = ["--name", "临溪县人民政府", "--kind", "government", "--level", "county"];
    let new = [&["new", "2024/县政府.toml", "--year", "2024"][..], &county].concat();
    assert_eq!(desk.run(&new), Some(0));
    assert_eq!(desk.run(&["sum", "2024/units.toml", "--into", "2024/县政府.toml"]), Some(0));
    desk.fill("2024/县政府.toml", CONTACT);
    desk.fill("2024/县政府.toml", &[("published", "2025-03-12"), ("units", "\"units.toml\"")]);
    desk.tell("2024/县政府.toml", &TEXTS_2024);
    assert_eq!(desk.run(&["check", "2024/县政府.toml"]), Some(0));
    let summed = desk.text("2024/县政府.toml");
    assert!(summed.contains("\nlicences            = 353"), "296 + 57: {summed}");
    assert!(summed.contains("\nreceived    = [15, 2, 0, 0, 0, 0"), "{summed}");
    desk.write("2024/县政府.toml", &summed.replace("= 353", "= 335"));
    assert_eq!(desk.run(&["check", "2024/县政府.toml"]), Some(1));
    desk.write("2024/县政府.toml", &summed);

    // The whole folder is built, and a second run finds nothing to do.
    assert_eq!(
        desk.run(&["build", "2024", "--out", "成品", "--output-format", "concise"]),
        Some(0)
    );
    assert_eq!(
        desk.run(&["build", "2024", "--out", "成品", "--output-format", "concise"]),
        Some(0)
    );
    let made = outputs(&desk.path("成品"));
    assert_eq!(made.len(), 9, "three reports in three formats: {made:?}");
    expect_file("tests/expected/year.txt", &desk.said);
}
