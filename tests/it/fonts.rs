//! Characters outside the program's own faces: found by a check, shown by page and Word file, and set in the
//! PDF with a face of the office or, where that is allowed, of the system.

use std::path::Path;

use nianbao::internals::layout::{Faces, Role};

use crate::ofd_words::Opened;
use crate::pdf_words::pdf_words;
use crate::support::{example, html_words, nianbao, printed, read, write};

/// A character that no bundled face has.
const RARE: char = '\u{20BB7}';

/// A face with these characters, each a square, as a font file or as one of a collection at that offset.
fn tables(name: &str, characters: &[char]) -> Vec<([u8; 4], Vec<u8>)> {
    let n = characters.len() as u16;
    let words = |values: &[i32]| -> Vec<u8> {
        values.iter().flat_map(|value| (*value as u16).to_be_bytes()).collect()
    };
    let longs =
        |values: &[u32]| -> Vec<u8> { values.iter().flat_map(|v| v.to_be_bytes()).collect() };
    let head = [
        longs(&[0x0001_0000, 0x0001_0000, 0, 0x5F0F_3CF5]),
        words(&[0, 1000]),
        longs(&[0, 0, 0, 0]),
        words(&[0, 0, 1000, 1000, 0, 8, 2, 0, 0]),
    ]
    .concat();
    let hhea = [
        longs(&[0x0001_0000]),
        words(&[880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, i32::from(n) + 1]),
    ]
    .concat();
    let maxp =
        [longs(&[0x0001_0000]), words(&[i32::from(n) + 1, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])]
            .concat();
    let hmtx = (0..=n).flat_map(|_| words(&[1000, 0])).collect();
    // A square: its end, no instructions, four points on the curve, each step a word.
    let square = [
        words(&[1, 0, 0, 1000, 1000, 3, 0]),
        vec![1; 4],
        words(&[0, 1000, 0, -1000]),
        words(&[0, 0, 1000, 0]),
    ]
    .concat();
    let square: Vec<u8> = square.iter().copied().chain([0; 2]).collect();
    let glyf: Vec<u8> = (0..n).flat_map(|_| square.clone()).collect();
    let size = square.len() as i32 / 2;
    let loca = words(&(0..i32::from(n) + 2).map(|i| (i - 1).max(0) * size).collect::<Vec<_>>());
    let mut sorted: Vec<(u32, u32)> =
        characters.iter().enumerate().map(|(i, c)| (u32::from(*c), i as u32 + 1)).collect();
    sorted.sort_unstable();
    let groups: Vec<u32> = sorted.iter().flat_map(|(c, glyph)| [*c, *c, *glyph]).collect();
    let cmap = [
        words(&[0, 1, 3, 10]),
        longs(&[12]),
        words(&[12, 0]),
        longs(&[16 + 12 * u32::from(n), 0, u32::from(n)]),
        longs(&groups),
    ]
    .concat();
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let texts = [(1, name), (2, "Regular"), (4, name), (6, plain.as_str())];
    let (mut records, mut strings) = (Vec::new(), Vec::new());
    for (id, text) in texts {
        let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        records.extend(words(&[3, 1, 0x0409, id, text.len() as i32, strings.len() as i32]));
        strings.extend(text);
    }
    let name = [words(&[0, 4, 6 + 12 * 4]), records, strings].concat();
    let mut os2 = vec![0; 78];
    os2[4..8].copy_from_slice(&words(&[400, 5]));
    let post = [longs(&[0x0003_0000]), vec![0; 28]].concat();
    let all = [
        (b"OS/2", os2),
        (b"cmap", cmap),
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
        (b"name", name),
        (b"post", post),
    ];
    all.map(|(tag, bytes)| (*tag, bytes)).into()
}

/// Font files one behind the other; with more than one, a collection.
fn font(faces: &[(&str, &[char])]) -> Vec<u8> {
    let faces: Vec<_> = faces.iter().map(|(name, characters)| tables(name, characters)).collect();
    let head = if faces.len() > 1 { 12 + 4 * faces.len() } else { 0 };
    let directories: usize = faces.iter().map(|tables| 12 + 16 * tables.len()).sum();
    let (mut starts, mut written, mut data) = (Vec::new(), Vec::new(), Vec::new());
    for tables in &faces {
        starts.push((head + written.len()) as u32);
        written.extend([0, 1, 0, 0, 0, tables.len() as u8, 0, 0, 0, 0, 0, 0]);
        for (tag, bytes) in tables {
            let at = (head + directories + data.len()) as u32;
            written.extend(*tag);
            written.extend([[0; 4], at.to_be_bytes(), (bytes.len() as u32).to_be_bytes()].concat());
            data.extend_from_slice(bytes);
            data.resize(data.len().next_multiple_of(4), 0);
        }
    }
    let mut file = Vec::new();
    if faces.len() > 1 {
        file.extend(b"ttcf");
        file.extend([0, 1, 0, 0]);
        file.extend((faces.len() as u32).to_be_bytes());
        starts.iter().for_each(|start| file.extend(start.to_be_bytes()));
    }
    [file, written, data].concat()
}

/// The example with a character in the name of a street that no bundled face has.
fn rare_example() -> String {
    let text = example("gaoping-2023");
    let rare = text.replacen(
        "[overview]",
        "[opening]\ntext = \"本报告由𠮷祥街道报送。\"\n\n[overview]",
        1,
    );
    assert_ne!(text, rare);
    rare
}

fn write_bytes(path: &Path, bytes: &[u8]) {
    nianbao::internals::files::write_whole(path, bytes).unwrap();
}

fn outputs(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("高平市"))
        .collect();
    names.sort();
    names
}

fn metadata(pdf: &[u8]) -> String {
    let file = lopdf::Document::load_mem(pdf).unwrap();
    let id = file.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
    String::from_utf8(file.get_object(id).unwrap().as_stream().unwrap().content.clone()).unwrap()
}

#[test]
fn a_rare_character_costs_no_output_but_the_pdf() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("gaoping-2023"));
    assert_eq!(nianbao(folder.path(), &["build", "a.toml"]).status.code(), Some(0));
    let title = "高平市人民政府办公室2023年政府信息公开工作年度报告";
    let older = read(&folder.path().join(format!("{title}.pdf")));

    write(folder.path(), "a.toml", &rare_example());
    let check = printed(&nianbao(folder.path(), &["check", "a.toml"]));
    assert!(check.contains("警告[FT01]: 自带的字体里没有“𠮷”（U+20BB7）"), "{check}");
    assert!(check.contains("--system-fonts"), "{check}");
    let output = nianbao(folder.path(), &["build", "a.toml"]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for expected in ["字体里没有“𠮷”", ".html", ".docx", ".pdf 是以前生成的，没有更新"]
    {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert_eq!(outputs(folder.path()).len(), 3);
    assert_eq!(read(&folder.path().join(format!("{title}.pdf"))), older);
    let page = read(&folder.path().join(format!("{title}.html")));
    assert!(html_words(&page).contains("𠮷祥街道"));
}

#[test]
fn the_record_of_a_folder_says_what_is_lacking_until_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "区/a.toml", &rare_example());
    write_bytes(&folder.path().join("rare.ttf"), &font(&[("Rare", &[RARE])]));
    let record = || {
        let text = String::from_utf8(read(&folder.path().join("成品/.nianbao.json"))).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let output = nianbao(folder.path(), &["build", "区", "--out", "成品"]);
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    let lacking = record()["lacking"].as_object().unwrap().clone();
    assert_eq!(lacking.len(), 1);
    assert!(
        lacking.iter().all(|(name, why)| {
            name.ends_with(".pdf") && why.as_str().unwrap().contains("𠮷")
        })
    );
    let arguments = ["build", "区", "--out", "成品", "--font", "宋体=rare.ttf"];
    let output = nianbao(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert!(record().get("lacking").is_none());
    let pdf = outputs(&folder.path().join("成品")).into_iter().find(|name| name.ends_with(".pdf"));
    let pdf = read(&folder.path().join("成品").join(pdf.unwrap()));
    assert!(pdf_words(&pdf).contains("𠮷祥街道") && !metadata(&pdf).contains("本机字体"));
}

#[test]
fn fonts_of_the_system_are_used_only_when_asked_for_and_named() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "区/a.toml", &rare_example());
    let fonts = folder.path().join("home/.local/share/fonts");
    let bytes = font(&[("Rare Song", &[RARE, '\u{2A700}'])]);
    write_bytes(&fonts.join("rare.ttf"), &bytes);
    let digest: String = <sha2::Sha256 as sha2::Digest>::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .env("HOME", folder.path().join("home"))
            .output()
            .unwrap()
    };
    let built = ["build", "区", "--out", "成品"];
    assert_eq!(run(&built).status.code(), Some(1), "not asked for");
    let output = run(&[&built[..], &["--system-fonts"]].concat());
    let said = printed(&output);
    // Where a system keeps its fonts in other places, a test cannot put one there.
    if cfg!(not(target_os = "linux")) {
        return;
    }
    assert_eq!(output.status.code(), Some(0), "{said}");
    if !said.contains("RareSong") {
        // Another font of this system has the character, too.
        assert!(said.contains("用本机安装的字体"), "{said}");
        return;
    }
    assert!(said.contains(&format!("“𠮷”用本机安装的字体 RareSong（SHA-256 {digest}）")), "{said}");
    let out = folder.path().join("成品");
    let pdf = outputs(&out).into_iter().find(|name| name.ends_with(".pdf")).unwrap();
    let pdf = read(&out.join(pdf));
    assert!(metadata(&pdf).contains(&format!("本机字体：RareSong（SHA-256 {digest}）")));
    assert!(pdf_words(&pdf).contains("𠮷祥街道"));
    let record = String::from_utf8(read(&out.join(".nianbao.json"))).unwrap();
    assert!(record.contains(&digest), "{record}");
    // The other file with pages takes the same face, and is not called by the wrong name.
    let said =
        printed(&run(&["build", "区", "--out", "版式", "--format", "ofd", "--system-fonts"]));
    assert!(said.contains(&digest) && !said.contains("PDF"), "{said}");
    let ofd = outputs(&folder.path().join("版式")).into_iter().find(|name| name.ends_with(".ofd"));
    let ofd = Opened::new(&read(&folder.path().join("版式").join(ofd.unwrap())));
    assert!(ofd.xml("OFD.xml").text_of("ofd:Keyword").contains(&digest));
    let sheet = ["check", "区/a.toml", "--sheet", "s.html", "--system-fonts"];
    let said = printed(&run(&sheet));
    let page = html_words(&read(&folder.path().join("s.html")));
    assert!(page.contains(&digest), "{said}");
}

#[test]
fn scripts_that_need_shaping_are_for_pages_and_word_files() {
    let folder = tempfile::tempdir().unwrap();
    let text = example("gaoping-2023");
    let tibetan = "[opening]\ntext = \"藏文版：བོད་ཡིག\"\n\n[overview]";
    write(folder.path(), "a.toml", &text.replacen("[overview]", tibetan, 1));
    // Even a face that has the letters does not help.
    let letters: Vec<char> = "བོད་ཡིག".chars().collect();
    write_bytes(&folder.path().join("bod.ttf"), &font(&[("Bod", &letters)]));
    let output = nianbao(folder.path(), &["build", "a.toml", "--font", "宋体=bod.ttf"]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("排不出藏文") && said.contains("请用网页或 Word 文件"), "{said}");
    assert_eq!(outputs(folder.path()).len(), 2, "{said}");
}

#[test]
fn the_chinese_face_of_a_collection_is_taken_unless_another_is_named() {
    let common: Vec<char> = "的一是在有人和中国大会行政府信息公开工作年度报告机关县区镇乡村街道办务发布处理众条们这个为对与应后还进过动业产书车马门问间单设规范责任组织监督保障网络平台依申请".chars().collect();
    let faces: [(&str, &[char]); 4] = [
        ("Test CJK JP", &common),
        ("Test Mono CJK SC", &common),
        ("Test CJK SC", &common),
        ("Test Latin", &['A', 'B']),
    ];
    let bytes = font(&faces);
    let chosen = |wanted: Option<&str>| {
        Faces::bundled().with(Role::Body, bytes.clone(), wanted).map(|(_, own)| own)
    };
    let own = chosen(None).unwrap();
    assert_eq!(own.name, "Test CJK SC");
    assert_eq!(own.collection, ["Test CJK JP", "Test Mono CJK SC", "Test CJK SC", "Test Latin"]);
    assert!(own.lacking.0.is_empty());
    for (wanted, name) in
        [("1", "Test CJK JP"), ("test cjk jp", "Test CJK JP"), ("TestLatin", "Test Latin")]
    {
        assert_eq!(chosen(Some(wanted)).unwrap().name, name);
    }
    let error = chosen(Some("宋体")).unwrap_err().to_string();
    assert!(error.contains("没有叫“宋体”的字体") && error.contains("Test CJK SC"), "{error}");

    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("gaoping-2023"));
    write_bytes(&folder.path().join("t.ttc"), &bytes);
    write_bytes(&folder.path().join("latin.ttf"), &font(&[("Latin", &['A'])]));
    let build = |face: &str| {
        let font = format!("仿宋={face}");
        printed(&nianbao(folder.path(), &["build", "a.toml", "--format", "pdf", "--font", &font]))
    };
    let said = build("t.ttc");
    assert!(said.contains("里面有 4 个字体，仿宋用 Test CJK SC"), "{said}");
    let said = build("t.ttc#Test Latin");
    assert!(said.contains("Test Latin 没有汉字，仿宋的汉字仍用别的字体"), "{said}");
    assert!(build("latin.ttf").contains("没有汉字"));
    assert!(build("t.ttc#5").contains("没有叫“5”的字体"));
}
