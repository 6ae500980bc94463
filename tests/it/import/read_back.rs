//! `nianbao read-back`: a Word file that was corrected by hand comes back into its data file.

use std::path::Path;

use super::carriers::{part, with_part};
use crate::support::{example, nianbao, printed, read, write};

pub(super) const DOCUMENT: &str = "word/document.xml";
pub(super) const NAME: &str = "霍尔果斯市人民政府2023年政府信息公开工作年度报告.docx";

/// A folder with a data file and the Word file that is made of it.
pub(super) fn made() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let own = example("khorgos-2023").replace("previous = ", "#previous = ");
    write(folder.path(), "年报.toml", &own);
    let output = nianbao(folder.path(), &["build", "年报.toml", "--out", ".", "--format", "docx"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    folder
}

/// The Word file with some of its XML in other words.
fn correct(folder: &Path, changes: &[(&str, &str)]) {
    let package = read(&folder.join(NAME));
    let mut text = part(&package, DOCUMENT);
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    put(folder, &with_part(&package, DOCUMENT, &text));
}

pub(super) fn put(folder: &Path, bytes: &[u8]) {
    nianbao::internals::files::write_whole(&folder.join("改.docx"), bytes).unwrap();
}

pub(super) fn said(folder: &Path, arguments: &[&str], code: i32) -> String {
    let all = [&["read-back", "改.docx", "--into", "年报.toml"], arguments].concat();
    let output = nianbao(folder, &all);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{}", printed(&output));
    printed(&output)
}

pub(super) fn data_file(folder: &Path) -> String {
    String::from_utf8(read(&folder.join("年报.toml"))).unwrap()
}

/// The proposals as other programs get them.
pub(super) fn proposals(folder: &Path, code: i32) -> serde_json::Value {
    let output = nianbao(folder, &["read-back", "改.docx", "--into", "年报.toml"]);
    assert_eq!(output.status.code(), Some(code), "{}", printed(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_file_that_nobody_changed_has_no_corrections() {
    let folder = made();
    // Other runs, styles and attributes, as other programs save them, are no corrections.
    correct(
        folder.path(),
        &[
            (
                "全年新收政府信息公开申请15件",
                "全年新收政府信息</w:t></w:r><w:r w:rsidR=\"00A1\"><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t>公开申请1</w:t></w:r><w:proofErr w:type=\"gramStart\"/><w:r><w:t>5件",
            ),
            (
                "<w:pStyle w:val=\"BodyText\"/>",
                "<w:pStyle w:val=\"BodyText\"/><w:jc w:val=\"center\"/>",
            ),
        ],
    );
    let told = proposals(folder.path(), 0);
    assert_eq!(told["proposals"].as_array().unwrap().len(), 0, "{told}");
    assert_eq!(told["not_taken"].as_array().unwrap().len(), 0, "{told}");
    let before = data_file(folder.path());
    assert!(said(folder.path(), &["--accept", "all"], 0).contains("没有改动"));
    assert_eq!(data_file(folder.path()), before);
}

#[test]
fn corrections_come_back_sentence_by_sentence_and_bound_figures_stay_bound() {
    let folder = made();
    let before = data_file(folder.path());
    correct(
        folder.path(),
        &[
            // In a sentence with bound figures, words only.
            ("申请人均为自然人；", "申请人全部是自然人；"),
            // A bound figure itself.
            ("年末现行有效4件", "年末现行有效5件"),
            // A sentence more and one less.
            ("全年培训32次，", "全年培训33次，"),
            ("四是落实责任追究。", "四是加强指导。开展调研。五是落实责任追究。"),
        ],
    );
    let told = proposals(folder.path(), 1);
    let all = told["proposals"].as_array().unwrap();
    assert!(all.iter().all(|one| one["kind"] == "text"), "{told}");
    assert_eq!(data_file(folder.path()), before);
    let told = said(folder.path(), &["--accept", "texts"], 0);
    assert!(told.contains("{{ disclosure.normative_documents.in_force }}（4）"), "{told}");
    let after = data_file(folder.path());
    let expected = before
        .replace("申请人均为自然人；", "申请人全部是自然人；")
        .replace("现行有效{{ disclosure.normative_documents.in_force }}件", "现行有效5件")
        .replace("全年培训32次，", "全年培训33次，")
        .replace("四是落实责任追究。", "四是加强指导。开展调研。五是落实责任追究。");
    assert_eq!(after, expected);
    assert!(said(folder.path(), &["--accept", "all"], 0).contains("没有改动"));
    let output = nianbao(folder.path(), &["undo", "年报.toml"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(data_file(folder.path()), before);
}

#[test]
fn a_figure_that_is_corrected_in_table_and_text_stays_bound() {
    let folder = made();
    let before = data_file(folder.path());
    let licences = "<w:t xml:space=\"preserve\">2446</w:t>";
    correct(
        folder.path(),
        &[
            (licences, "<w:t xml:space=\"preserve\">2447</w:t>"),
            ("行政许可决定2446件", "行政许可决定2447件"),
        ],
    );
    let told = proposals(folder.path(), 1);
    assert_eq!(told["proposals"][0]["path"], "disclosure.licences", "{told}");
    assert_eq!(told["proposals"][0]["before"], "2446");
    let told = said(folder.path(), &["--accept", "all"], 0);
    assert!(!told.contains("不再跟着表格变"), "{told}");
    let expected = before.replace("licences            = 2446 ", "licences            = 2447 ");
    assert_eq!(data_file(folder.path()), expected);
    // Figures alone, and nothing at all.
    write(folder.path(), "年报.toml", &before);
    said(folder.path(), &["--accept", "figures"], 0);
    assert_eq!(data_file(folder.path()), expected);
    write(folder.path(), "年报.toml", &before);
    assert!(said(folder.path(), &["--accept", "none"], 0).contains("2446 → 2447"));
    assert_eq!(data_file(folder.path()), before);
}

#[test]
fn tracked_changes_have_their_authors_and_comments_are_questions() {
    let folder = made();
    let insert = |who: &str, words: &str| {
        format!("<w:ins w:id=\"1\" w:author=\"{who}\"><w:r><w:t>{words}</w:t></w:r></w:ins>")
    };
    let delete = |who: &str, words: &str| {
        format!(
            "<w:del w:id=\"2\" w:author=\"{who}\"><w:r><w:delText>{words}</w:delText></w:r></w:del>"
        )
    };
    let (end, begin) = ("</w:t></w:r>", "<w:r><w:t>");
    let training =
        format!("全年培训{end}{}{}{begin}次，", delete("王局长", "32"), insert("王局长", "35"));
    let videos = format!(
        "{end}<w:commentRangeStart w:id=\"7\"/>{begin}全年发布信息677条{end}<w:commentRangeEnd w:id=\"7\"/>{}{begin}；",
        insert("李主任", "、视频20个")
    );
    correct(folder.path(), &[("全年培训32次，", &training), ("全年发布信息677条；", &videos)]);
    let mut package = read(&folder.path().join("改.docx"));
    let relations = part(&package, "word/_rels/document.xml.rels");
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
    let relation =
        format!("<Relationship Id=\"rC\" Type=\"{kind}\" Target=\"styles.xml\"/></Relationships>");
    // The comments stand in place of the styles, which no reader of words needs.
    let comments = "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
        <w:comment w:id=\"7\" w:author=\"李主任\"><w:p><w:r><w:t>这个数核对过吗？</w:t></w:r></w:p></w:comment></w:comments>";
    package = with_part(
        &package,
        "word/_rels/document.xml.rels",
        &relations.replace("</Relationships>", &relation),
    );
    package = with_part(&package, "word/styles.xml", comments);
    put(folder.path(), &package);
    let told = proposals(folder.path(), 1);
    let authors = |words: &str| {
        let all = told["proposals"].as_array().unwrap();
        let one = all.iter().find(|one| one["after"].as_str().unwrap().contains(words));
        one.unwrap_or_else(|| panic!("{words}: {told}"))["authors"].to_string()
    };
    assert_eq!(authors("培训35次"), "[\"王局长\"]");
    assert_eq!(authors("视频20个"), "[\"李主任\"]");
    let question = &told["questions"][0];
    assert_eq!(question["author"], "李主任");
    assert_eq!(question["about"], "全年发布信息677条");
    assert_eq!(question["text"], "这个数核对过吗？");
    let told = said(folder.path(), &["--accept", "all"], 0);
    assert!(told.contains("批注（李主任") && told.contains("（王局长）"), "{told}");
    let after = data_file(folder.path());
    assert!(after.contains("全年培训35次，") && after.contains("677条、视频20个；"), "{after}");
}

#[test]
fn paragraphs_that_are_split_or_joined_and_parts_that_are_gone_come_back() {
    let folder = made();
    let before = data_file(folder.path());
    let new = "</w:t></w:r></w:p><w:p><w:r><w:t>";
    // The end of a paragraph that was deleted while changes were tracked joins it with the next.
    let part = part(&read(&folder.path().join(NAME)), DOCUMENT);
    let at = part.find("（五）监督保障情况。").unwrap();
    let start = part[..at].rfind("<w:p>").unwrap();
    let end = at + part[at..].find("</w:p>").unwrap() + "</w:p>".len();
    let gone = &part[start..end];
    correct(folder.path(), &[("二是严格工作考核。", &format!("{new}二是严格工作考核。"))]);
    let told = proposals(folder.path(), 1);
    assert_eq!(told["proposals"].as_array().unwrap().len(), 1, "{told}");
    said(folder.path(), &["--accept", "all"], 0);
    let split = before.replace("二是严格工作考核。", "\n二是严格工作考核。");
    assert_eq!(data_file(folder.path()), split);
    write(folder.path(), "年报.toml", &before);
    correct(folder.path(), &[(gone, "")]);
    let told = said(folder.path(), &["--accept", "all"], 0);
    assert!(told.contains("原来 5 个，现在 4 个") && told.contains("四是落实责任追究"), "{told}");
    assert!(!told.contains("一是扩大公开总量"), "what stays is not told: {told}");
    let after = data_file(folder.path());
    assert!(!after.contains("监督保障情况") && after.contains("{{ requests.received.total }}"));
}

#[test]
fn parts_that_are_joined_leave_the_others_their_comments_and_name_what_is_typed_now() {
    let folder = made();
    let before = data_file(folder.path());
    let package = read(&folder.path().join(NAME));
    let text = part(&package, DOCUMENT);
    let at = text.find("（二）依申请公开情况。").unwrap();
    let end = text[..at].rfind("</w:r></w:p>").unwrap() + "</w:r>".len();
    let next = end + text[end..].find("<w:r>").unwrap();
    let joined = format!("{}{}", &text[..end], &text[next..]);
    let (begin, old) = ("</w:t></w:r>", "申请人均为自然人；");
    let tracked = format!(
        "{begin}<w:ins w:id=\"1\" w:author=\"王局长\"><w:r><w:t>这些</w:t></w:r></w:ins><w:r><w:t>{old}"
    );
    assert!(joined.contains(old));
    put(folder.path(), &with_part(&package, DOCUMENT, &joined.replacen(old, &tracked, 1)));
    let told = proposals(folder.path(), 1);
    assert_eq!(told["proposals"][0]["authors"].to_string(), "[\"王局长\"]", "{told}");
    let told = said(folder.path(), &["--accept", "all"], 0);
    assert!(told.contains("{{ requests.received.total }}（15）"), "{told}");
    assert!(!told.contains("{{ disclosure.licences }}（"), "{told}");
    assert!(told.contains("没有采用：“一、总体情况”各部分的编号"), "{told}");
    let after = data_file(folder.path());
    assert!(
        after.contains("行政许可决定{{ disclosure.licences }}件")
            && after.contains("申请15件，这些申请人")
    );
    let parts = |text: &str| {
        let own = text.lines().filter(|line| line.starts_with("aspect = "));
        own.map(str::to_owned).collect::<Vec<String>>()
    };
    let mut expected = parts(&before);
    expected.remove(1);
    assert_eq!(parts(&after), expected);
}

#[test]
fn labels_are_named_and_not_taken_and_another_report_is_refused() {
    let folder = made();
    let before = data_file(folder.path());
    correct(
        folder.path(),
        &[(">行政处罚<", ">处罚决定<"), ("本表按公布时的口径填列", "本表按新的口径填列")],
    );
    let told = proposals(folder.path(), 0);
    let left = told["not_taken"].to_string();
    assert!(left.contains("处罚决定"), "{told}");
    assert!(
        left.contains("备注原来是“本表按公布时的") && left.contains("现在是“本表按新的"),
        "{told}"
    );
    assert_eq!(data_file(folder.path()), before);
    for (from, to) in [
        ("2023年政府信息公开", "2022年政府信息公开"),
        ("霍尔果斯市人民政府</w:t><w:br/>", "某市人民政府</w:t><w:br/>"),
    ] {
        correct(folder.path(), &[(from, to)]);
        let told = said(folder.path(), &["--accept", "all"], 2);
        assert!(told.contains("这份文件是"), "{told}");
        assert_eq!(data_file(folder.path()), before);
    }
}

#[test]
fn what_was_published_is_held_against_what_was_approved() {
    let folder = made();
    let arguments = ["build", "年报.toml", "--out", ".", "--format", "html"];
    assert_eq!(nianbao(folder.path(), &arguments).status.code(), Some(0));
    let page = NAME.replace(".docx", ".html");
    let compare = |name: &str, code: i32| {
        let output = nianbao(folder.path(), &["compare", "年报.toml", name]);
        assert_eq!(output.status.code(), Some(code), "{name}: {}", printed(&output));
        printed(&output)
    };
    assert!(compare(&page, 0).contains("逐字逐数一致"));
    assert!(compare(NAME, 0).contains("逐字逐数一致"));
    // A report that prints no date at its end.
    let own = data_file(folder.path());
    write(
        folder.path(),
        "年报.toml",
        &own.replacen("[report]\n", "[report]\nclosing = false\n", 1),
    );
    assert_eq!(nianbao(folder.path(), &arguments).status.code(), Some(0));
    assert!(compare(&page, 0).contains("逐字逐数一致"));
    let published = String::from_utf8(read(&folder.path().join(&page))).unwrap();
    let cell = "data-field=\"disclosure.licences\">2446<";
    assert!(published.contains(cell));
    let changed = published
        .replace(cell, "data-field=\"disclosure.licences\">2464<")
        .replace("二是严格工作考核。", "二是从严工作考核。");
    write(folder.path(), "公布.html", &changed);
    let told = compare("公布.html", 1);
    assert!(
        told.contains("2446 → 2464") && told.contains("公布的：") && told.contains("共 2 处不同"),
        "{told}"
    );
}

#[test]
fn what_others_published_of_the_approved_text_is_held_against_it() {
    let folder = made();
    let arguments = ["build", "年报.toml", "--out", ".", "--format", "html,pdf"];
    assert_eq!(nianbao(folder.path(), &arguments).status.code(), Some(0));
    let compare = |name: &str, code: i32| {
        let output = nianbao(folder.path(), &["compare", "年报.toml", name]);
        assert_eq!(output.status.code(), Some(code), "{name}: {}", printed(&output));
        printed(&output)
    };
    if cfg!(feature = "pdf-import") {
        let told = compare(&NAME.replace(".docx", ".pdf"), 0);
        assert!(told.contains("逐字逐数一致"), "{told}");
    }
    // As a site shows it: with bars of its own, and without what this program puts into its pages.
    let page =
        String::from_utf8(read(&folder.path().join(NAME.replace(".docx", ".html")))).unwrap();
    let start = page.find("<main").unwrap();
    let main = &page[start..page.find("</main>").unwrap()];
    let plain = |main: &str| {
        let mut pieces = main.split(" data-field=\"");
        let first = pieces.next().unwrap().to_owned();
        pieces.fold(first, |all, piece| all + piece.split_once('"').unwrap().1)
    };
    let site = |report: &str| {
        format!(
            "<html><head><meta charset=\"utf-8\"><title>某市门户网站</title></head><body><div class=\"nav\">首页 | 政务公开 | 互动交流</div><div>当前位置：首页 &gt; 年度报告</div><div id=\"zoom\">{report}</div><div class=\"foot\">主办：某市人民政府办公室 <a href=\"#\">打印</a></div></body></html>"
        )
    };
    write(folder.path(), "公布.html", &site(&plain(main)));
    assert!(compare("公布.html", 0).contains("逐字逐数一致"));
    let cell = "data-field=\"disclosure.penalties\">6465<";
    assert!(main.contains(cell));
    let changed = main.replace(cell, "data-field=\"disclosure.penalties\">6456<");
    let changed = changed.replace("二是严格工作考核。", "二是从严工作考核。");
    write(folder.path(), "公布.html", &site(&plain(&changed)));
    let told = compare("公布.html", 1);
    assert!(
        told.contains("6465 → 6456") && told.contains("从严") && told.contains("共 2 处"),
        "{told}"
    );
}
