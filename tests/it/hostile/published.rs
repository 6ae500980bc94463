//! Published reports that mean harm: they are refused with a message, and hold no more memory than their size.

use super::run;
use crate::support::write;

#[test]
fn pages_that_make_their_reader_grow_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let open: String = (0..900).map(|i| format!("<b a={i}>")).collect();
    for (name, text) in [
        ("copied.html", format!("<p>{open}</p>{}", "<p>x</p>".repeat(3_000))),
        ("many.html", format!("<html>{}", "<b>x</b>".repeat(400_000))),
        ("deep.html", format!("<html>{}", "<div>".repeat(100_000))),
        ("wide.html", format!("<table><tr>{}", "<td colspan=1000 rowspan=60000>1".repeat(3_000))),
        ("long.txt", "一二三四 ".repeat(1_500_000)),
        (
            "labels.txt",
            "三、收到和处理政府信息公开申请情况\n".to_owned()
                + &"一、本年新收政府信息公开申请数量 1 ".repeat(20_000),
        ),
    ] {
        write(at, name, &text);
        let run = run(at, &["import", name, "--out", "x.toml"]);
        assert!(
            matches!(run.code(), Some(1 | 2)),
            "{name}: {:?} {}",
            run.output.status,
            run.said()
        );
        assert!(run.megabytes < 1_000, "{name}: {} MB", run.megabytes);
        let _ = std::fs::remove_file(at.join("x.toml"));
    }
}

#[test]
fn word_files_that_unpack_without_end_are_refused() {
    use std::io::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("[Content_Types].xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<Types/>").unwrap();
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..200 {
        zip.write_all(&block).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    nianbao::internals::files::write_whole(&folder.path().join("bomb.docx"), &bytes).unwrap();
    let run = run(folder.path(), &["import", "bomb.docx", "--out", "x.toml"]);
    assert_eq!(run.code(), Some(2));
    assert!(run.said().contains("太大"), "{}", run.said());
    assert!(run.megabytes < 500, "{} MB", run.megabytes);
}
