//! `docs/`: written from the definitions; `UPDATE=1 cargo test` rewrites it.

use std::fmt::Write as _;

use nianbao::diag::Authority;
use nianbao::diag::{Docs, Severity};
use nianbao::edition::{Edition, NumberKind, RequestRowPlace};
use nianbao::internals::branding::TEMPLATE;
use nianbao::internals::load::{ENTRIES_DIFFER, NOT_AS_LISTED, TOO_LONG, UNPRINTABLE};
use nianbao::report::{Disclosure, FieldPath, Requests};
use nianbao::rules::RULES;
use nianbao::source::{KEY_TABLES, Key, KeyKind, SourceFile, UNIT_TABLES, read_units};

use crate::support::expect_file;

#[test]
fn the_rules_are_described_as_they_are() {
    let mut text =
        String::from("# 检查规则\n\n<!-- 由测试根据规则定义生成：UPDATE=1 cargo test -->\n\n");
    text.push_str("命令行里用 `nianbao explain 代码` 查看同样的内容。依据按 2021 格式和现行的法律写出；检查以前年度的报告时，引用的是报告公布时有效的规定，2019、2020 年度的是 2019 格式（国办公开办函〔2019〕60号）的相应部分。\n\n每条规则注明依据的层级：\n\n| 层级 | 意思 |\n|---|---|\n");
    for authority in Authority::ALL {
        let _ = writeln!(text, "| {} | {} |", authority.name(), authority.meaning());
    }
    text.push_str("\n程序里只有前两种说“应当”。\n\n## 报告内容\n\n");
    text.push_str("| 代码 | 名称 | 程度 | 层级 | 检查内容 |\n|---|---|---|---|---|\n");
    for rule in RULES {
        let authority = Some(rule.authority);
        table_row(rule.code, rule.name, rule.severity, authority, rule.title, &mut text);
    }
    text.push_str("\n## 数据文件本身\n\n这些问题不能豁免；有其中的错误时，草稿也不能生成。\n\n");
    text.push_str("| 代码 | 名称 | 程度 | 检查内容 |\n|---|---|---|---|\n");
    for problem in nianbao::problems() {
        table_row(problem.code, problem.name, problem.severity, None, problem.title, &mut text);
    }
    text.push_str("\n## 公布的文件\n\n检查公布的网页、Word、PDF 等文件时，另外检查这些；数据文件没有这些问题。\n\n");
    text.push_str("| 代码 | 名称 | 程度 | 检查内容 |\n|---|---|---|---|\n");
    for problem in nianbao::internals::import::PROBLEMS {
        table_row(problem.code, problem.name, problem.severity, None, problem.title, &mut text);
    }
    text.push_str(
        "\n## PDF 和网页模板\n\n印不出来的字和数，以及本单位网页模板的问题，不能豁免。\n\n",
    );
    text.push_str("| 代码 | 名称 | 程度 | 检查内容 |\n|---|---|---|---|\n");
    let outputs = [&UNPRINTABLE, &TOO_LONG, &TEMPLATE];
    for problem in outputs {
        table_row(problem.code, problem.name, problem.severity, None, problem.title, &mut text);
    }
    text.push_str("\n## 单位名单\n\n检查、生成整个文件夹时，与里面的单位名单核对；不能豁免。\n\n");
    text.push_str("| 代码 | 名称 | 程度 | 检查内容 |\n|---|---|---|---|\n");
    let lists = [&NOT_AS_LISTED];
    for problem in lists {
        table_row(problem.code, problem.name, problem.severity, None, problem.title, &mut text);
    }
    text.push_str("\n## 二人复核\n\n写了 [second] 的 entry 才比对；不能豁免。\n\n");
    text.push_str("| 代码 | 名称 | 程度 | 检查内容 |\n|---|---|---|---|\n");
    let second = [&ENTRIES_DIFFER];
    for problem in second {
        table_row(problem.code, problem.name, problem.severity, None, problem.title, &mut text);
    }
    for rule in RULES {
        let editions: Vec<&str> = rule.editions.iter().map(|edition| edition.key()).collect();
        let basis: Vec<String> =
            rule.basis.iter().map(|provision| format!("- {provision}\n")).collect();
        let older = rule.older_basis().into_iter();
        let older = older.map(|(reports, provision)| format!("- {reports}：{provision}\n"));
        let basis: Vec<String> = basis.into_iter().chain(older).collect();
        let _ = write!(
            text,
            "\n## {}\n\n**{}**（{}，`{}`，层级：{}，适用格式：{}）\n",
            rule.code,
            rule.title,
            rule.severity.name(),
            rule.name,
            rule.authority.name(),
            editions.join("、"),
        );
        describe(&rule.docs, &basis.concat(), &mut text);
    }
    let published = nianbao::internals::import::PROBLEMS;
    for problem in nianbao::problems().chain(published).chain(outputs).chain(lists).chain(second) {
        let _ = write!(
            text,
            "\n## {}\n\n**{}**（{}，`{}`）\n",
            problem.code,
            problem.title,
            problem.severity.name(),
            problem.name,
        );
        describe(&problem.docs, "", &mut text);
    }
    expect_file("docs/rules.md", &text);
}

fn table_row(
    code: &str,
    name: &str,
    severity: Severity,
    authority: Option<Authority>,
    title: &str,
    text: &mut String,
) {
    let anchor = code.to_lowercase();
    let severity = severity.name();
    let authority = authority.map(|authority| format!(" {} |", authority.name()));
    let authority = authority.unwrap_or_default();
    let _ = writeln!(text, "| [{code}](#{anchor}) | `{name}` | {severity} |{authority} {title} |");
}

fn describe(docs: &Docs, basis: &str, text: &mut String) {
    let gap = if basis.is_empty() { "" } else { "\n" };
    let _ = write!(
        text,
        "\n### 检查什么\n\n{}\n\n### 为什么\n\n{}\n{gap}{basis}\n### 示例\n\n```toml\n{}\n```\n\n### 改正后\n\n```toml\n{}\n```\n",
        docs.what, docs.why, docs.example, docs.corrected,
    );
}

#[test]
fn the_examples_of_problems_show_them_and_their_corrections_do_not() {
    for problem in nianbao::problems() {
        let has = |lines: &str| {
            let text = format!("format = \"2021\"\n{lines}\n");
            let review =
                nianbao::review(&SourceFile::parse("t", text), nianbao::rules::Given::default());
            let all = review.findings.iter();
            all.filter(|d| d.code == problem.code).map(|d| d.severity).next()
        };
        assert_eq!(has(problem.docs.example), Some(problem.severity), "{}", problem.code);
        assert_eq!(has(problem.docs.corrected), None, "{}", problem.code);
    }
}

#[test]
fn the_data_file_is_described_as_it_is_read() {
    let mut text = String::from("# 数据文件\n\n<!-- 由测试根据定义生成：UPDATE=1 cargo test -->\n");
    text.push_str("\n一份报告一个数据文件，TOML 格式，UTF-8 编码。键名是英文，中文说明写在 `#` 之后。没有写的数据是“未填”，不等于 0；一行里还不知道的数写 `\"\"`，留着位置。\n");
    // The parts of all sections have one shape.
    let alike = |name: &str| name.ends_with(".parts[]") && name != "overview.parts[]";
    for table in KEY_TABLES.iter().filter(|table| !alike(table.name)) {
        let heading = match (table.name, table.name.strip_suffix("[]")) {
            ("", _) => "文件顶层".to_owned(),
            (_, Some(list)) => format!("`[[{list}]]`"),
            (name, None) => format!("`[{name}]`"),
        };
        let _ = write!(
            text,
            "\n## {heading} {}\n\n| 键 | 含义 | 写法 | 必填 |\n|---|---|---|---|\n",
            table.label(Edition::LATEST)
        );
        for key in table.keys {
            let required = if key.required { "是" } else { "" };
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {required} |",
                key.name,
                key.label(Edition::LATEST),
                kind(key)
            );
        }
    }
    // The form in force first.
    for edition in Edition::ALL.iter().rev() {
        figures(*edition, &mut text);
    }
    text.push_str("\n## 文字中引用数据\n\n在引言和第一、五、六部分的文字里写 `{{ 数据名 }}`，生成时换成表中的数。可以加减：`{{ requests.received.total + requests.carried_in.total }}`；可以算占比：`{{ requests.outcome.granted.total | share(of=requests.outcome.total.total, places=1) }}`，得到 `45.3%` 的样子。可以引用的数据：\n\n");
    let mut listed = Vec::new();
    for edition in Edition::ALL.iter().rev() {
        let names = nianbao::internals::bind::names(&nianbao::report::Report::empty(*edition));
        let fresh: Vec<String> = names.into_iter().filter(|name| !listed.contains(name)).collect();
        if !listed.is_empty() {
            let _ = writeln!(text, "\n`format = \"{}\"` 的还有：\n", edition.key());
        }
        for name in &fresh {
            let _ = writeln!(text, "- `{name}`");
        }
        listed.extend(fresh);
    }
    expect_file("docs/data-file.md", &text);
}

#[test]
fn the_schema_is_published_as_it_is_printed() {
    expect_file("docs/nianbao.schema.json", &nianbao::source::schema());
}

fn kind(key: &Key) -> String {
    let words = match key.kind {
        KeyKind::Line => "一行文字，加引号",
        KeyKind::Text => "多行文字，用 `'''`；每行一个自然段；可引用数据",
        KeyKind::Lines => "多行文字，用 `'''`，每行一条",
        KeyKind::Year => "四位数年份",
        KeyKind::Date => "日期，如 `2024-01-09`",
        KeyKind::Boolean => "`true` 或 `false`",
        KeyKind::Whole(least, most) => return format!("{least} 至 {most} 的整数"),
        KeyKind::Count => "不小于零的整数",
        KeyKind::Money => "不小于零的数，小数照写",
        KeyKind::Names => "一组文字，如 `[\"…\", \"…\"]`",
        KeyKind::Choice => {
            let words: Vec<String> = key
                .choices()
                .iter()
                .map(|(word, meaning)| format!("`\"{word}\"` {meaning}").trim().to_owned())
                .collect();
            return words.join("；");
        }
        KeyKind::Path => "数据的键名，加引号",
        KeyKind::File => "文件路径，加引号，各级文件夹用 `/` 隔开",
        KeyKind::Table => "表",
        KeyKind::Tables => "若干张表",
    };
    words.to_owned()
}

fn figures(edition: Edition, text: &mut String) {
    let form = edition.form();
    let _ = write!(
        text,
        "\n## 三张表的数据（`format = \"{}\"`，{}）\n\n### `[disclosure]`\n\n| 键 | 行 | 列 | 写法 |\n|---|---|---|---|\n",
        edition.key(),
        form.notice.number
    );
    for (row, column) in form.disclosure.cells() {
        let label = form.disclosure.column_label(row, column);
        let how = match column.kind() {
            NumberKind::Count => "不小于零的整数".to_owned(),
            NumberKind::Change => "整数，增写 `+5`，减写 `-5`".to_owned(),
            NumberKind::Amount => match column.unit() {
                Some(unit) => format!("不小于零的数，以{unit}计，小数照写"),
                None => "不小于零的数，小数照写；格式没有规定单位，写在备注里".to_owned(),
            },
        };
        let _ = writeln!(
            text,
            "| `{}` | {} | {label} | {how} |",
            Disclosure::path(row, column),
            form.disclosure.row_label(row)
        );
    }
    let columns: Vec<String> = form
        .requests
        .columns
        .iter()
        .map(|c| format!("`{}` {}", nianbao::edition::Axis::key(c.column), c.label))
        .collect();
    let _ = write!(
        text,
        "\n### `[requests]`\n\n每行三种写法：全为零写 `0`；按列写六个数，或者七个数（末位总计）；只写非零的列 `{{ 列 = 数 }}`。列：{}。\n\n| 键 | 行 |\n|---|---|\n",
        columns.join("、")
    );
    for row in form.requests.rows {
        let group = match row.place {
            RequestRowPlace::Grouped(group) => form
                .requests
                .groups
                .iter()
                .find(|(g, _)| *g == group)
                .map_or("", |(_, label)| label),
            RequestRowPlace::Top | RequestRowPlace::Outcome => "",
        };
        let _ = writeln!(text, "| `{}` | {group}{} |", Requests::row_path(row.row), row.label);
    }
    let columns: Vec<String> = form
        .challenges
        .columns
        .iter()
        .map(|(c, label)| format!("`{}` {label}", nianbao::edition::Axis::key(*c)))
        .collect();
    let _ = write!(
        text,
        "\n### `[challenges]`\n\n写法与 `[requests]` 的行相同。列：{}。\n\n| 键 | 数据 |\n|---|---|\n",
        columns.join("、")
    );
    for proceeding in <nianbao::edition::Proceeding as nianbao::edition::Axis>::ALL {
        let path = FieldPath::new("challenges").key(nianbao::edition::Axis::key(*proceeding));
        let _ = writeln!(text, "| `{path}` | {} |", form.challenges.proceeding_label(*proceeding));
    }
}

#[test]
fn the_list_of_units_is_described_as_it_is_read() {
    let text =
        nianbao::internals::files::read_text(&crate::support::project("docs/units.md")).unwrap();
    for table in UNIT_TABLES {
        let mut rows = String::from("| 键 | 含义 | 必填 |\n|---|---|---|\n");
        for key in table.keys {
            let required = if key.required { "是" } else { "" };
            let words: Vec<String> =
                key.choices().iter().map(|(word, name)| format!("`{word}` {name}")).collect();
            let colon = if words.is_empty() { "" } else { "：" };
            let label = format!("{}{colon}{}", key.label(Edition::LATEST), words.join("；"));
            let _ = writeln!(rows, "| `{}` | {label} | {required} |", key.name);
        }
        assert!(text.contains(&rows), "docs/units.md should say:\n{rows}");
    }
    // The pieces of its examples together are a list without a mistake.
    let pieces: Vec<&str> = text.split("```toml\n").skip(1).collect();
    let pieces: Vec<&str> = pieces.iter().map(|piece| piece.split("```").next().unwrap()).collect();
    let [list, own, joint] = pieces.as_slice() else { panic!("{pieces:#?}") };
    let other = "[[units]]\nname = \"某某县自然资源局\"\nfile = \"自然资源局.toml\"\n";
    let whole = format!("{}{own}{other}{joint}", list.replace("joint = []", ""));
    for list in [(*list).to_owned(), whole] {
        let (read, problems) = read_units(&SourceFile::parse("units.toml", list));
        assert_eq!(problems, []);
        assert!(read.is_some());
    }
}

#[cfg(feature = "preview")]
#[test]
fn all_commands_and_options_are_listed_as_help_lists_them() {
    let mut text = String::from(
        "# 全部命令和选项\n\n<!-- 由测试根据定义生成：UPDATE=1 cargo test -->\n\n与 `nianbao --help` 和 `nianbao 命令 --help` 显示的相同。\n",
    );
    for (name, page) in help_pages() {
        let heading = format!("nianbao {name}");
        let _ = write!(text, "\n## {}\n\n```text\n{}\n```\n", heading.trim_end(), page.trim_end());
    }
    expect_file("docs/commands.md", &text);
}

/// The help of every command, in the order of the first page; the first page itself is that of no command.
#[cfg(feature = "preview")]
pub(crate) fn help_pages() -> Vec<(String, String)> {
    let page = |arguments: &[&str]| {
        let output = crate::support::nianbao(&crate::support::project("examples"), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let names = |page: &str| -> Vec<String> {
        let Some((_, list)) = page.split_once("命令:\n") else { return Vec::new() };
        let list = list.split_once("\n\n").map_or(list, |(list, _)| list);
        let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        names.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
    };
    let first = page(&["--help"]);
    let mut pages = vec![(String::new(), first.clone())];
    for name in names(&first) {
        let own = page(&[&name, "--help"]);
        let parts = names(&own);
        pages.push((name.clone(), own));
        for part in parts {
            pages.push((format!("{name} {part}"), page(&[&name, &part, "--help"])));
        }
    }
    pages
}
