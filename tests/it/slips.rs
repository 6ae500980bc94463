//! Slips of the hand in a data file: each is named once, at its line, by its cause, and what is offered to mend it
//! mends it.

use nianbao::diag::{Diagnostic, Place};
use nianbao::edition::{Edition, RequestRowPlace};
use nianbao::report::{FieldPath, Report};
use nianbao::rules::Given;
use nianbao::source::{KEY_TABLES, KeyKind, Lines, SourceFile, locate, read, starter};

use crate::support::{project, read as bytes_of};

/// A data file as a starter is when it has been filled, without a slip.
fn base() -> String {
    String::from_utf8(bytes_of(&project("tests/slips/base.toml"))).unwrap()
}

/// The diagnostics of a text before anything is judged.
fn problems(text: &str) -> (SourceFile, Vec<Diagnostic>) {
    let source = SourceFile::parse("年报.toml", text);
    let (_, found) = read(&source);
    (source, found)
}

fn line_of(source: &SourceFile, finding: &Diagnostic) -> usize {
    Lines::of(source.text()).position(locate(source, &finding.primary.place).start).line
}

/// The number of the first line that holds some words.
fn number(text: &str, words: &str) -> usize {
    1 + text.lines().position(|line| line.contains(words)).unwrap_or_else(|| panic!("no “{words}”"))
}

/// The text after the change that a finding offers.
fn repaired(source: &SourceFile, finding: &Diagnostic) -> Option<String> {
    let repair = finding.repair.as_ref()?;
    let range = locate(source, &repair.place);
    let text = source.text();
    Some(format!("{}{}{}", &text[..range.start], repair.text, &text[range.end..]))
}

/// A slip: what is replaced by what, words on the line where the finding must stand (nothing where no words are
/// only there), what it must say, what help must say.
struct Slip(&'static str, &'static str, &'static str, &'static str, &'static str);

fn judge(slip: &Slip) {
    let Slip(from, to, at, message, help) = *slip;
    let base = base();
    assert!(base.contains(from), "the base does not hold “{from}”");
    let text = base.replacen(from, to, 1);
    let (source, found) = problems(&text);
    let told: Vec<String> = found
        .iter()
        .map(|d| {
            format!("{}: {} {}；{}", line_of(&source, d), d.code, d.message, d.help.join("；"))
        })
        .collect();
    let told = told.join("\n");
    let first = found.first().unwrap_or_else(|| panic!("nothing is said of “{to}”"));
    if !at.is_empty() {
        assert_eq!(line_of(&source, first), number(&text, at), "“{to}”\n{told}");
    }
    assert!(first.message.contains(message), "“{to}” should say “{message}”\n{told}");
    assert!(first.help.join("；").contains(help), "“{to}” should advise “{help}”\n{told}");
    assert_eq!(found.len(), 1, "“{to}” is one slip\n{told}");
    if let Some(mended) = repaired(&source, first) {
        let (_, left) = problems(&mended);
        assert_eq!(left, [], "“{to}” is still wrong after its repair:\n{mended}");
    }
}

#[test]
fn the_base_is_clean() {
    assert_eq!(problems(&base()).1, []);
}

const PROSE: &str = "完善发布审核流程";

#[test]
fn texts_whose_quotes_are_amiss_are_blamed_on_their_quotes() {
    for slip in [
        Slip("流程。\n'''\n", "流程。\n\n", "text = ''' # 管理", "没有结束", "另起一行写上 '''"),
        Slip(
            "没有收费。\n'''\n",
            "没有收费。\n\n",
            "text = ''' # 末",
            "没有结束",
            "另起一行写上 '''",
        ),
        Slip("流程。\n'''\n", "流程。\n’’’\n", "’’’", "不是英文引号", "改为与第"),
        Slip("流程。\n'''\n", "流程。\n''\n", "", "写了 2 个", "改为与第"),
        Slip("流程。\n'''\n", "流程。\n\"\"\"\n", "\"\"\"", "结尾写成了", "改为与第"),
        Slip("流程。\n'''\n", "流程。\n＇＇＇\n", "＇＇＇", "不是英文引号", ""),
        Slip("流程。\n'''\n", "流程。’’’\n", PROSE, "不是英文引号", ""),
        Slip(
            "text = ''' # 管理\n",
            "text = '' # 管理\n",
            "text = '' # 管理",
            "只写了 2 个",
            "写成 text = '''",
        ),
        Slip(
            "text = ''' # 管理\n",
            "text = # 管理\n",
            "text = # 管理",
            "缺少开头",
            "写成 text = '''",
        ),
        Slip("text = ''' # 管理\n", "text = ‘’‘\n", "text = ‘’‘", "不是英文引号", ""),
        Slip("text = ''' # 管理\n", "text =\n'''\n", "", "写在同一行", ""),
        Slip("text = ''' # 管理\n", "", PROSE, "没有开头的三个引号", "text = '''"),
        Slip("审核流程", "'''审核'''流程", PROSE.split_at(12).0, "文字里面不能有", "中文引号"),
        Slip("流程。\n'''\n", "流程。\n'''\n\n再补一段话。\n'''\n", "", "文字到这里就结束了", ""),
        Slip(
            "流程。\n'''\n",
            "流程。\n'''\n再补一段话。\n",
            "再补一段话",
            "落在文字之外",
            "移到结尾的三个引号之前",
        ),
        Slip("流程。\n'''\n", "流程。\n''' 正文完\n", "正文完", "后面还有文字", ""),
    ] {
        judge(&slip);
    }
}

#[test]
fn advice_that_was_followed_too_far_is_taken_back() {
    let comment = "要分成带小标题的几个部分的，删去下面各行行首的 #，每个部分写一组，自动编号（一）（二）……：";
    let text = base().replacen("没有收费。\n'''\n", &format!("没有收费。\n\n{comment}\n"), 1);
    let (source, found) = problems(&text);
    let first = &found[0];
    assert_eq!(line_of(&source, first), number(&text, "text = ''' # 末"), "{found:#?}");
    assert!(first.message.contains("没有结束"), "{found:#?}");
    let (source, found) = problems(&repaired(&source, first).unwrap());
    assert!(found.len() == 1 && found[0].message.contains("行首的 # 被删去了"), "{found:#?}");
    assert_eq!(problems(&repaired(&source, &found[0]).unwrap()).1, []);
}

#[test]
fn values_that_no_one_would_misread_are_told_as_they_are_written() {
    for slip in [
        Slip(
            "licences            = 52",
            "licences            = 52件",
            "52件",
            "“52件”不是一个数字",
            "licences = 52",
        ),
        Slip(
            "licences            = 52",
            "licences            = 1，052",
            "1，052",
            "不是一个数字",
            "licences = 1052",
        ),
        Slip(
            "licences            = 52",
            "licences            = ５２",
            "５２",
            "不是一个数字",
            "licences = 52",
        ),
        Slip("licences            = 52", "licences            = —", "= —", "—", "没有的写 0"),
        Slip("licences            = 52", "licences            = /", "= /", "/", "没有的写 0"),
        Slip(
            "licences            = 52",
            "licences            = 无",
            "= 无",
            "写成 0",
            "licences = 0",
        ),
        Slip(
            "licences            = 52",
            "licences            = 待定",
            "待定",
            "待定",
            "还不知道的写 \"\"",
        ),
        Slip(
            "licences            = 52",
            "licences            =",
            "licences            =",
            "没有值",
            "没有的写 0",
        ),
        Slip(
            "licences            = 52",
            "licences：52",
            "licences：52",
            "要用英文等号 =",
            "licences = 52",
        ),
        Slip(
            "licences            = 52",
            "licences: 52",
            "licences: 52",
            "要用英文等号 =",
            "licences = 52",
        ),
        Slip("licences            = 52", "licences ＝ 52", "licences ＝", "半角", "licences = 52"),
        Slip("licences            = 52", "licences 52", "licences 52", "少了等号", "licences = 52"),
        Slip(
            "licences            = 52",
            "行政许可 = 52",
            "行政许可 = 52",
            "写成 licences",
            "licences = 52",
        ),
        Slip("licences            = 52", "“行政许可”＝52件", "“行政许可”", "等号", "licences = 52"),
        Slip(
            "licences            = 52 #",
            "licences            = 52",
            "= 52",
            "要写在 # 之后",
            "licences = 52  # ",
        ),
        Slip(
            "licences            = 52",
            "licences            = 52（含变更）",
            "含变更",
            "要写在 # 之后",
            "备注",
        ),
        Slip(
            "fees                = 0",
            "fees                = 3.5万元",
            "3.5万元",
            "3.5万元",
            "单位是万元，写成 3.5",
        ),
        Slip(
            "fees                = 0",
            "fees                = 35600元",
            "35600元",
            "35600元",
            "单位是万元，写成 3.56",
        ),
        Slip(
            "[ 7, 2, 0, 0, 0, 0 ]",
            "[ 7, 2, , , , ]",
            "7, 2, , ",
            "空着的位置",
            "没有的写 0，写成 [7, 2, 0, 0, 0, 0]",
        ),
        Slip(
            "[ 7, 2, 0, 0, 0, 0 ]",
            "7, 2, 0, 0, 0, 0",
            "7, 2, 0",
            "写在方括号 [ ] 里",
            "received = [7, 2, 0, 0, 0, 0]",
        ),
        Slip(
            "[ 7, 2, 0, 0, 0, 0 ]",
            "[7，2，0，0，0，0]",
            "7，2",
            "半角",
            "received = [7, 2, 0, 0, 0, 0]",
        ),
        Slip(
            "[ 7, 2, 0, 0, 0, 0 ]",
            "（7、2、0、0、0、0）",
            "（7、2",
            "方括号",
            "received = [7, 2, 0, 0, 0, 0]",
        ),
        Slip(
            "[ 7, 2, 0, 0, 0, 0 ]",
            "[7件, 2件, 无, 无, 无, 无]",
            "7件",
            "“7件”不是一个数字",
            "received = [7, 2, 0, 0, 0, 0]",
        ),
        Slip(
            "[ 7, 2, 0, 0, 0, 0 ]",
            "{ 自然人 = 7, 商业企业 = 2 }",
            "自然人 = 7",
            "写成 natural_person",
            "received = { natural_person = 7, business = 2 }",
        ),
        Slip(
            "[ 7, 2, 0, 0, 0, 0 ]",
            "[ 7, 2, 0, 0, 0, 0",
            "received",
            "没有写完整",
            "received = [7, 2, 0, 0, 0, 0]",
        ),
        Slip(
            "{ issued = 1, repealed = 0, in_force = 3 }",
            "{ 1, 0, 3 }",
            "{ 1, 0",
            "列名",
            "{ issued = 1, repealed = 0, in_force = 3 }",
        ),
        Slip(
            "{ issued = 1, repealed = 0, in_force = 3 }",
            "{ issued: 1, repealed: 0, in_force: 3 }",
            "issued: 1",
            "英文等号",
            "{ issued = 1, repealed = 0, in_force = 3 }",
        ),
        Slip(
            "phone = \"0938-7150000\"",
            "phone = 0938-7150000",
            "0938-7150000",
            "两边要加英文引号",
            "phone = \"0938-7150000\"",
        ),
        Slip(
            "postcode = \"741400\"",
            "postcode = 741400",
            "741400",
            "文字",
            "postcode = \"741400\"",
        ),
        Slip(
            "name = \"清水县某某局\"",
            "name = 清水县某某局",
            "= 清水县某某局",
            "加英文引号",
            "name = \"清水县某某局\"",
        ),
        Slip(
            "name = \"清水县某某局\"",
            "name = “清水县某某局”",
            "“清水县",
            "中文引号",
            "name = \"清水县某某局\"",
        ),
        Slip(
            "name = \"清水县某某局\"",
            "name = \"清水县某某局”",
            "清水县某某局”",
            "中文引号结束",
            "name = \"清水县某某局\"",
        ),
        Slip(
            "name = \"清水县某某局\"",
            "name = \"清水县\"某某\"局\"",
            "某某\"局",
            "英文引号",
            "中文引号",
        ),
        Slip(
            "kind = \"department\"",
            "kind = 部门",
            "kind = 部门",
            "英文引号",
            "kind = \"department\"",
        ),
        Slip(
            "kind = \"department\"",
            "kind = department",
            "kind = department",
            "英文引号",
            "kind = \"department\"",
        ),
        Slip(
            "published = 2026-01-20",
            "published = 2026年1月20日",
            "2026年1月",
            "不是日期的写法",
            "published = 2026-01-20",
        ),
        Slip(
            "published = 2026-01-20",
            "published = 2026.1.20",
            "2026.1",
            "不是日期的写法",
            "published = 2026-01-20",
        ),
        Slip(
            "published = 2026-01-20",
            "published = \"2026-01-20\"",
            "\"2026-01",
            "应是日期",
            "published = 2026-01-20",
        ),
        Slip("year = 2025", "year = 2025年", "2025年", "不是一个数字", "year = 2025"),
        Slip("year = 2025", "year = \"2025\"", "\"2025\"", "年份", "year = 2025"),
        Slip("#charts =", "charts = 是 #", "charts = 是", "true", "charts = true"),
    ] {
        judge(&slip);
    }
}

#[test]
fn lines_that_are_no_entries_are_told_for_what_they_are() {
    for slip in [
        Slip(
            "# 第二十条第（五）项：本年处理决定数量",
            "第二十条第（五）项：本年处理决定数量",
            "第二十条第（五）项",
            "行首的 # 被删去了",
            "补上 #",
        ),
        Slip("# 各列的数", "这里填各列的数", "这里填各列", "不是“键 = 值”", "补上 #"),
        Slip(
            "licences            = 52",
            "\u{a0}licences            = 52",
            "licences",
            "行首有看不见的空格",
            "退格",
        ),
        Slip(
            "licences            = 52",
            "\u{200b}licences            = 52",
            "licences",
            "行首有看不见的",
            "退格",
        ),
        Slip(
            "licences            = 52",
            "\u{feff}licences            = 52",
            "licences",
            "行首有看不见的",
            "退格",
        ),
        Slip(
            "licences            = 52",
            "licences\u{3000}= 52",
            "licences",
            "看不见的空格",
            "空格键",
        ),
        Slip(
            "\n[challenges]",
            "\u{3000}\u{3000}\n[challenges]",
            "\u{3000}\u{3000}",
            "看上去是空的",
            "删去这一行",
        ),
        Slip("[disclosure]", "【disclosure】", "【disclosure】", "方括号", "[disclosure]"),
        Slip("[disclosure]", "[主动公开]", "[主动公开]", "表名要写英文", "[disclosure]"),
        Slip(
            "licences            = 52",
            "disclosure.licences = 52",
            "disclosure.licences",
            "没有“disclosure”这个键",
            "只写 licences",
        ),
        Slip(
            "licences            = 52",
            "\"行政许可\" = 52",
            "行政许可",
            "没有“行政许可”",
            "写成 licences",
        ),
        Slip("licences            = 52", "licence = 52", "licence = 52", "licence", "licences"),
    ] {
        judge(&slip);
    }
}

#[test]
fn what_is_meant_is_taken() {
    for (from, to) in [
        ("kind = \"department\"", "kind = \"部门\""),
        ("level = \"county\"", "level = \"县级\""),
        ("aspect = \"disclosure\"", "aspect = \"主动公开\""),
        ("licences            = 52", "licences            = \"\""),
        ("[ 7, 2, 0, 0, 0, 0 ]", "[ 7, \"\", 0, 0, 0, 0 ]"),
        ("[ 7, 2, 0, 0, 0, 0 ]", "\"\""),
        ("handling_fee = { notices = 0, amount = 0 }", "handling_fee = 0"),
    ] {
        assert!(base().contains(from), "{from}");
        assert_eq!(problems(&base().replacen(from, to, 1)).1, [], "{to}");
    }
}

/// Every row of every table, with what people write in it.
#[test]
fn every_row_is_told_by_its_own_name() {
    let base = base();
    for row in rows() {
        let (table, key) = row.0.as_str().rsplit_once('.').unwrap();
        let head = base.find(&format!("[{table}]")).unwrap();
        let line = base[head..].lines().find(|line| line.split('=').next().unwrap().trim() == key);
        let line = line.unwrap_or_else(|| panic!("{}", row.0));
        let value = line.split_once('=').unwrap().1.split('#').next().unwrap().trim();
        for typed in [
            format!("{} = {value}", row.1),
            format!("{key}：{value}"),
            format!("{key} = 无"),
            format!("{key} = — # 没有"),
            format!("\u{3000}{key} = {value}"),
            format!("{key} = {value} 没有变化"),
        ] {
            let at = head + base[head..].find(line).unwrap();
            let text = format!("{}{typed}{}", &base[..at], &base[at + line.len()..]);
            let (source, found) = problems(&text);
            assert_eq!(found.len(), 1, "{typed}: {found:#?}");
            assert_eq!(line_of(&source, &found[0]), number(&text, &typed), "{typed}");
            let said = format!("{} {}", found[0].message, found[0].help.join(" "));
            assert!(
                said.contains(key) || said.contains("没有的写 0") || said.contains("看不见"),
                "{typed}: {said}"
            );
            if let Some(mended) = repaired(&source, &found[0]) {
                assert_eq!(problems(&mended).1, [], "{typed}\n{mended}");
            }
        }
    }
}

/// Every text, without its end, without its beginning, with other quotes.
#[test]
fn every_text_is_blamed_on_its_own_quotes() {
    let base = base();
    let opens: Vec<usize> = base.match_indices("\ntext = '''").map(|(at, _)| at + 1).collect();
    assert!(opens.len() > 6);
    for at in opens {
        let line = 1 + base[..at].matches('\n').count();
        let close = at + 10 + base[at + 10..].find("\n'''").unwrap() + 1;
        for (name, text) in [
            ("no end", format!("{}{}", &base[..close], &base[close + 3..])),
            ("no end, no line", format!("{}{}", &base[..close - 1], &base[close + 3..])),
            ("smart end", format!("{}’’’{}", &base[..close], &base[close + 3..])),
            ("smart beginning", format!("{}text = ‘‘‘{}", &base[..at], &base[at + 10..])),
            ("two", format!("{}text = ''{}", &base[..at], &base[at + 10..])),
        ] {
            let (source, found) = problems(&text);
            assert_eq!(found.len(), 1, "{name} of line {line}: {found:#?}");
            let told = line_of(&source, &found[0]);
            let end = 1 + base[..close].matches('\n').count();
            assert!(
                told == line || name == "smart end" && told == end,
                "{name} of line {line}: {told}"
            );
            let mended = repaired(&source, &found[0]).unwrap();
            assert_eq!(problems(&mended).1, [], "{name} of line {line}\n{mended}");
        }
    }
}

/// Nothing of the file gets into a text that is printed, whatever the clerk makes of our advice.
#[test]
fn no_line_of_the_file_is_ever_taken_for_words_without_a_word() {
    for edition in Edition::ALL {
        let mut report = Report::empty(*edition);
        report.header.year = Some(2025);
        let fresh = starter(&report, None);
        for at in fresh.match_indices("\n'''\n").map(|(at, _)| at + 1) {
            // The end of a text is lost, and the # of all lines below it.
            let rest: String = fresh[at + 4..]
                .split_inclusive('\n')
                .map(|line| line.strip_prefix('#').unwrap_or(line))
                .collect();
            for text in
                [format!("{}{}", &fresh[..at], &fresh[at + 4..]), format!("{}{rest}", &fresh[..at])]
            {
                let (_, found) = problems(&text);
                let blamed =
                    found.iter().any(|d| d.code == "DF01" && d.message.contains("没有结束"));
                assert!(blamed, "{text}");
            }
        }
    }
}

/// The repair of every finding of every case of the terminal, where there is one, makes it go away.
#[test]
fn every_repair_that_is_offered_mends_what_it_is_offered_for() {
    let mut n = 0;
    for path in crate::support::files("tests/ui", "toml") {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let source = SourceFile::parse("年报.toml", text);
        let review = nianbao::review(&source, Given::default());
        for finding in &review.findings {
            let Some(mended) = repaired(&source, finding) else { continue };
            let after =
                nianbao::review(&SourceFile::parse("年报.toml", mended.as_str()), Given::default());
            let same =
                |other: &Diagnostic| other.code == finding.code && other.message == finding.message;
            let before = review.findings.iter().filter(|other| same(other)).count();
            let left = after.findings.iter().filter(|other| same(other)).count();
            assert!(left < before, "{}: {} {}", path.display(), finding.code, finding.message);
            n += 1;
        }
    }
    assert!(n > 20, "only {n} repairs");
}

/// Rows with their plain labels.
fn rows() -> Vec<(FieldPath, String)> {
    let form = Edition::LATEST.form();
    let mut rows: Vec<(FieldPath, String)> = Vec::new();
    for cell in form.cells() {
        let path = FieldPath::row_of(cell);
        if rows.iter().all(|(known, _)| *known != path) {
            let grouped = form.requests.rows.iter().find(|row| {
                matches!(row.place, RequestRowPlace::Grouped(_))
                    && nianbao::report::Requests::row_path(row.row) == path
            });
            let name = grouped.map_or_else(|| form.row_name(cell), |row| row.label.to_owned());
            rows.push((path, name));
        }
    }
    rows.retain(|(path, _)| path.as_str() != "requests.outcome.total");
    rows
}

#[test]
fn every_key_is_known_by_its_label() {
    let base = base();
    for table in KEY_TABLES
        .iter()
        .filter(|table| ["report", "agency", "agency.contact"].contains(&table.name))
    {
        for key in table.keys.iter().filter(|key| key.kind != KeyKind::Table) {
            let label = key.label(Edition::LATEST).split(['；', '（']).next().unwrap();
            let Some(line) =
                base.lines().find(|line| line.split('=').next().unwrap().trim() == key.name)
            else {
                continue;
            };
            let typed = line.replacen(key.name, label, 1);
            let text = base.replacen(line, &typed, 1);
            let (source, found) = problems(&text);
            assert!(!found.is_empty() && found.len() == 1, "{typed}: {found:#?}");
            assert!(
                found[0].help.join("").contains(&format!("{} = ", key.name)),
                "{typed}: {found:#?}"
            );
            let mended = repaired(&source, &found[0]).unwrap();
            assert_eq!(problems(&mended).1, [], "{typed}\n{mended}");
            assert!(matches!(found[0].primary.place, Place::Bytes(_)));
        }
    }
}

/// A character that nobody sees, at the beginning of any line, behind its sign or behind its value.
#[test]
fn what_nobody_sees_is_found_wherever_it_stands() {
    let base = base();
    let mut inside = false;
    let mut start = 0;
    let mut n = 0;
    for line in base.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let quotes = line.matches("'''").count();
        let was_inside = inside;
        if !line.starts_with('#') && quotes % 2 == 1 {
            inside = !inside;
        }
        let body = line.split('#').next().unwrap().trim_end();
        if was_inside || quotes > 0 || body.is_empty() {
            continue;
        }
        let sign = body.find('=').map(|sign| sign + 1);
        for offset in [Some(0), sign, Some(body.len())].into_iter().flatten() {
            for hidden in ['\u{3000}', '\u{a0}', '\u{200b}', '\u{feff}', '\u{2003}'] {
                if at + offset == 0 && hidden == '\u{feff}' {
                    continue;
                }
                let text = format!("{}{hidden}{}", &base[..at + offset], &base[at + offset..]);
                let (source, found) = problems(&text);
                let number = 1 + base[..at].matches('\n').count();
                assert_eq!(found.len(), 1, "{hidden:?} in “{body}”: {found:#?}");
                assert_eq!(line_of(&source, &found[0]), number, "{hidden:?} in “{body}”");
                assert!(found[0].message.contains("看不见"), "{hidden:?} in “{body}”: {found:#?}");
                let mended = repaired(&source, &found[0]).unwrap();
                assert_eq!(problems(&mended).1, [], "{hidden:?} in “{body}”\n{mended}");
                n += 1;
            }
        }
    }
    assert!(n > 500, "{n}");
}

/// Data files with a part cut out: nothing panics, and something is said wherever it is no data file any more.
#[test]
fn no_piece_of_a_data_file_is_too_much() {
    let base = base();
    let characters: Vec<(usize, char)> = base.char_indices().collect();
    for (n, (at, _)) in characters.iter().enumerate().step_by(101) {
        for length in [1, 3, 40] {
            let end = characters.get(n + length).map_or(base.len(), |(end, _)| *end);
            for put in ["", "“", "'''", "[", "\u{b}"] {
                let text = format!("{}{put}{}", &base[..*at], &base[end..]);
                let (source, found) = problems(&text);
                for finding in &found {
                    let range = locate(&source, &finding.primary.place);
                    assert!(text.get(range).is_some());
                    let _ = repaired(&source, finding);
                }
            }
        }
    }
}
