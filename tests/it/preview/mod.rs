//! The preview: what it serves to whom, what it tells after a save, and that it ends.

mod stage;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use nianbao::internals::branding::Branding;
use nianbao::internals::preview::{Options, Preview};
use serde_json::Value;

use crate::support::{html_words, project};
use stage::{Listener, PATIENCE, Stage};

fn codes(state: &Value) -> Vec<&str> {
    let findings = state["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn only_its_own_pages_on_this_machine_are_answered() {
    let stage = Stage::new();
    let host = format!("Host: {}\r\n", stage.host());
    let port = stage.host().rsplit(':').next().unwrap().to_owned();
    assert_eq!(stage.status("GET", "/", &host), "200");
    assert_eq!(stage.status("GET", "/", &format!("Host: localhost:{port}\r\n")), "200");
    assert_eq!(stage.status("HEAD", "/report", &host), "200");
    for foreign in [
        "Host: example.com\r\n".to_owned(),
        format!("Host: example.com:{port}\r\n"),
        format!("Host: 127.0.0.1.example.com:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        String::new(),
        format!("{host}Host: example.com\r\n"),
        format!("{host}Origin: https://example.com\r\n"),
        format!("{host}Origin: null\r\n"),
        format!("{host}Sec-Fetch-Site: cross-site\r\n"),
        format!("{host}Sec-Fetch-Site: same-site\r\n"),
    ] {
        for path in ["/", "/report", "/report.pdf", "/events", "/nowhere"] {
            assert_eq!(stage.status("GET", path, &foreign), "403", "{path} with {foreign:?}");
        }
    }
    let own = format!("{host}Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", stage.host());
    assert_eq!(stage.status("GET", "/report", &own), "200");
    assert_eq!(stage.status("GET", "/", &format!("{host}Sec-Fetch-Site: none\r\n")), "200");
    stage.preview.stop();
}

#[test]
fn nothing_can_be_changed_and_nothing_else_be_read() {
    let stage = Stage::new();
    let host = format!("Host: {}\r\n", stage.host());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        assert_eq!(stage.status(method, "/", &host), "405", "{method}");
    }
    let posted = stage.ask("POST", "/report", &format!("{host}Content-Length: 0\r\n"));
    assert!(posted.starts_with("HTTP/1.1 405") && posted.contains("Allow: GET, HEAD"));
    for path in [
        "/nowhere",
        "/report/",
        "/../Cargo.toml",
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%E5%B9%B4%E6%8A%A5.toml",
        "//etc/passwd",
        "/preview.css/../../Cargo.toml",
        "/..\\..\\Cargo.toml",
        "http://example.com/report",
        "*",
        "/年报.toml",
    ] {
        assert_eq!(stage.status("GET", path, &host), "404", "{path}");
    }
    stage.preview.stop();
}

#[test]
fn no_connection_waits_for_another() {
    let stage = Stage::new();
    let connect = |_| TcpStream::connect(stage.host()).unwrap();
    // Open pages come all at once when a browser is started again, and some connections are never used; all in all
    // fewer than the server keeps that have not asked for anything yet.
    let idle: Vec<_> = (0..20).map(connect).collect();
    let streams: Vec<_> = (0..20).map(connect).collect();
    let half: Vec<_> = (0..20).map(connect).collect();
    for mut stream in &half {
        stream.write_all(b"GET /report HTTP/1.1\r\nHo").unwrap();
    }
    for mut stream in &streams {
        let path = stage.at("/events");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", stage.host()).unwrap();
    }
    for stream in streams {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut listener = Listener { lines: BufReader::new(stream) };
        assert_eq!(listener.next()["shown"], "current");
    }
    assert!(stage.get("/report").starts_with("HTTP/1.1 200"));
    stage.preview.stop();
    drop((idle, half));
}

#[test]
fn a_request_without_end_or_sense_is_refused() {
    let stage = Stage::new();
    let host = format!("Host: {}\r\n", stage.host());
    let large = format!("{host}Cookie: {}\r\n", "年".repeat(20_000));
    assert!(stage.ask("GET", "/report", &large).starts_with("HTTP/1.1 200"));
    let larger = format!("{host}Cookie: {}\r\n", "年".repeat(30_000));
    assert!(stage.ask("GET", "/report", &larger).starts_with("HTTP/1.1 431"));
    assert!(stage.ask("GET", "/report", &format!("{host}: x\r\n")).starts_with("HTTP/1.1 400"));
    // What is sent behind the request does not take the answer away.
    let body = format!("{host}Content-Length: 100000\r\n\r\n{}", "x".repeat(100_000));
    assert!(stage.ask("POST", "/report", &body).starts_with("HTTP/1.1 405"));
    stage.preview.stop();
}

#[test]
fn the_report_is_what_a_build_writes_and_the_rest_stands_around_it() {
    let stage = Stage::new();
    let out = crate::support::nianbao(
        stage.folder.path(),
        &["build", "年报.toml", "--format", "html", "--out", "成品"],
    );
    assert!(out.status.success());
    let built = nianbao::internals::files::read_text(
        &stage.path("成品/海东市人民政府2023年政府信息公开工作年度报告.html"),
    )
    .unwrap();
    let answer = stage.get("/report");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(body == built, "the report served is not the report built");
    assert!(head.contains("Content-Security-Policy: default-src 'none'; style-src"), "{head}");
    assert!(!head.contains("script-src"), "{head}");

    let shell = stage.get("/");
    assert!(shell.contains("script-src 'self'") && !shell.contains("unsafe"), "{shell}");
    assert!(shell.contains("Cache-Control: no-store"));
    for (path, start) in [("/preview.css", "/*"), ("/preview.js", "//")] {
        let answer = stage.get(path);
        assert!(answer.split_once("\r\n\r\n").unwrap().1.starts_with(start), "{path}");
    }
    let traced = stage.get("/trace?requests.received.total");
    assert!(traced.starts_with("HTTP/1.1 200") && traced.contains("\"now\":\"128\""), "{traced}");
    assert!(stage.get("/trace?agency.name").starts_with("HTTP/1.1 404"));
    let pdf = stage.get("/report.pdf");
    assert!(pdf.contains("Content-Type: application/pdf") && pdf.contains("inline;"));
    assert!(pdf.split_once("\r\n\r\n").unwrap().1.starts_with("%PDF-"));
    let docx = stage.get("/report.docx?download");
    assert!(docx.contains("attachment; filename=\"report.docx\"; filename*=UTF-8''%E6%B5%B7"));
    assert!(docx.split_once("\r\n\r\n").unwrap().1.starts_with("PK"));
    stage.preview.stop();
}

#[test]
fn every_save_is_told_and_a_broken_one_keeps_the_page() {
    for notifications in [true, false] {
        let stage = Stage::with(notifications, None);
        let mut listener = stage.listen();
        let first = listener.next();
        assert_eq!(
            (first["shown"].as_str(), first["draft"].as_bool()),
            (Some("current"), Some(false))
        );

        stage.save(&stage.penalties(4001));
        let second = listener.until(|state| state["page"] != first["page"]);
        assert!(stage.get("/report").contains(">4001</td>"));

        stage.save(&stage.broken());
        // A busy machine may look while the file is empty, before it is written: that is another mistake.
        let is_broken = |state: &Value| {
            let mut findings = state["findings"].as_array().unwrap().iter();
            findings
                .any(|one| one["excerpts"][0]["marked"].as_str().is_some_and(|m| m.contains('，')))
        };
        let broken = listener.until(is_broken);
        assert_eq!((&broken["page"], broken["shown"].as_str()), (&second["page"], Some("kept")));
        let at = codes(&broken).iter().position(|code| *code == "DF01").unwrap();
        assert!(broken["findings"][at]["excerpts"][0]["marked"].as_str().unwrap().contains('，'));
        assert!(stage.get("/report").contains(">4001</td>"), "the last good page is gone");
        assert!(stage.get("/report.docx?download").starts_with("HTTP/1.1 409"));
        assert!(stage.get("/report.pdf").starts_with("HTTP/1.1 200"));

        stage.save_by_rename(&stage.penalties(4002));
        let mended = listener.until(|state| state["shown"] == "current");
        assert!(mended["page"] != second["page"] && !codes(&mended).contains(&"DF01"));
        assert!(stage.get("/report").contains(">4002</td>"));

        std::fs::remove_file(stage.path("年报.toml")).unwrap();
        let gone = listener.until(|state| state["shown"] == "kept");
        assert!(gone["findings"][0]["message"].as_str().unwrap().contains("没有这个文件"));
        stage.save_by_rename(&stage.penalties(4002));
        let back = listener.until(|state| state["shown"] == "current");
        assert_eq!(back["page"], mended["page"], "the same report is the same page");
        stage.preview.stop();
    }
}

#[test]
fn a_report_with_errors_is_shown_as_a_draft_with_the_cell_of_each() {
    let stage = Stage::new();
    let mut listener = stage.listen();
    stage.save(&stage.good.replace("received    = [ 107,", "received    = [ 170,"));
    let state = listener.until(|state| state["draft"] == true);
    assert_eq!(state["shown"], "current");
    let at = codes(&state).iter().position(|code| *code == "NB302").unwrap();
    let finding = &state["findings"][at];
    let field = finding["target"]["field"].as_str().unwrap();
    assert!(stage.get("/report").contains(&format!("data-field=\"{field}\">170</td>")));
    stage.preview.stop();
}

#[test]
fn a_file_that_is_broken_from_the_start_is_shown_once_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("年报.toml");
    nianbao::internals::files::write_whole(&file, b"format = \"2021\"\n[report\n").unwrap();
    let options = Options { file, branding: Branding::default(), port: 0, notifications: true };
    let preview = Preview::start(&options).unwrap();
    let good =
        nianbao::internals::files::read_text(&project("examples/gaoping-2023.toml")).unwrap();
    let stage = Stage { folder, preview, good };
    let mut listener = stage.listen();
    let state = listener.next();
    assert_eq!((state["shown"].as_str(), state["page"].is_null()), (Some("nothing"), true));
    assert!(stage.get("/report").starts_with("HTTP/1.1 404"));
    stage.save(&stage.good);
    listener.until(|state| state["shown"] == "current");
    assert!(stage.get("/report").starts_with("HTTP/1.1 200"));
    stage.preview.stop();

    let missing = Options { file: stage.folder.path().join("没有.toml"), ..options };
    assert!(Preview::start(&missing).unwrap_err().to_string().ends_with("没有这个文件"));
}

#[test]
fn the_files_a_report_uses_are_watched_too() {
    let stage = Stage::with(true, Some("模板"));
    let mut listener = stage.listen();
    let first = listener.next();

    let css = nianbao::internals::files::read_text(&project("templates/report.css")).unwrap();
    let blue = css.replace("--accent: #8c1a1a", "--accent: #003a70");
    stage.put("模板/report.css", &blue);
    let second = listener.until(|state| state["page"] != first["page"]);
    assert!(stage.get("/report").contains("--accent: #003a70"));

    stage.put("模板/report.html", "<p>\n{{ page.titel }}</p>");
    let broken = listener.until(|state| state["shown"] == "kept");
    assert_eq!(broken["page"], second["page"]);
    let at = codes(&broken).iter().position(|code| *code == "TP01").unwrap();
    let finding = &broken["findings"][at];
    assert_eq!(
        (finding["code"].as_str(), finding["place"].as_str()),
        (Some("TP01"), Some("report.html 第2行第9列"))
    );
    assert_eq!(finding["excerpts"][0]["marked"], "titel");
    std::fs::remove_file(stage.path("模板/report.html")).unwrap();
    listener.until(|state| state["shown"] == "current");

    let next = stage
        .good
        .replace("year = 2023 ", "previous = \"2022.toml\"\nyear = 2023 ")
        .replace("[overview]\n", "[overview]\n# 上年\n")
        .replace(
            "text = '''\n{{ report.year }}年",
            "text = '''\n上年收到{{ previous.requests.received.total }}件。{{ report.year }}年",
        );
    stage.save_by_rename(&next);
    listener.until(|state| state["shown"] == "kept");
    stage.put("2022.toml", &stage.good);
    let with_previous = listener.until(|state| state["shown"] == "current");
    assert!(html_words(stage.get("/report").as_bytes()).contains("上年收到128件"));
    let other =
        stage.good.replace("12,          9,   128 ]   # 一", "12,         10,   129 ]   # 一");
    assert!(other != stage.good);
    stage.put("2022.toml", &other);
    listener.until(|state| state["page"] != with_previous["page"]);
    assert!(html_words(stage.get("/report").as_bytes()).contains("上年收到129件"));
    stage.preview.stop();
}

#[test]
fn of_a_thousand_saves_the_last_is_shown() {
    let stage = Stage::new();
    let mut listener = stage.listen();
    for i in 1..=1000 {
        let text = if i % 7 == 0 { stage.broken() } else { stage.penalties(5000 + i) };
        if i % 2 == 0 { stage.save(&text) } else { stage.save_by_rename(&text) }
    }
    let deadline = Instant::now() + PATIENCE;
    while !stage.get("/report").contains(">6000</td>") {
        assert!(Instant::now() < deadline, "the last save was lost");
        listener.next();
    }
    stage.preview.stop();
}

#[test]
fn it_stops_and_lets_its_port_go() {
    let stage = Stage::new();
    let host = stage.host();
    let mut listener = stage.listen();
    listener.next();
    let port = host.rsplit(':').next().unwrap().parse().unwrap();
    let again = Options {
        file: stage.path("年报.toml"),
        branding: Branding::default(),
        port,
        notifications: true,
    };
    let taken = Preview::start(&again).unwrap_err().to_string();
    assert!(taken.contains(&format!("端口 {port} 已被占用")), "{taken}");
    let before = Instant::now();
    stage.preview.stop();
    assert!(before.elapsed() < PATIENCE);
    while !listener.line().contains("closed") {}
    drop(listener);
    // Another program that runs meanwhile may be given the port for a moment.
    while std::net::TcpListener::bind(&host).is_err() {
        assert!(before.elapsed() < PATIENCE, "the port is still taken");
        std::thread::sleep(Duration::from_millis(20));
    }
    let names: Vec<_> = std::fs::read_dir(stage.folder.path()).unwrap().collect();
    assert_eq!(names.len(), 1, "the preview left files");
}

#[test]
fn the_reports_of_the_units_it_adds_up_are_watched() {
    let stage = Stage::new();
    let mut listener = stage.listen();
    listener.next();
    let list = "year = 2023\nname = \"海东市人民政府\"\njoint = []\n[[units]]\nname = \"乐都区人民政府\"\nfile = \"各区/乐都.toml\"\n";
    stage.put("units.toml", list);
    std::fs::create_dir(stage.path("各区")).unwrap();
    stage.save(&stage.good.replace("year = 2023 ", "units = \"units.toml\"\nyear = 2023 "));
    listener.until(|state| codes(state).contains(&"NB902"));
    // Handed in, it is compared without another save of the report.
    let unit = stage.good.replace("name = \"海东市人民政府\"", "name = \"乐都区人民政府\"");
    stage.put("各区/乐都.toml", &unit.replace("= 32510", "= 32511"));
    let state = listener.until(|state| !codes(state).contains(&"NB902"));
    assert!(codes(&state).contains(&"NB901"), "{state}");
    stage.put("各区/乐都.toml", &unit);
    listener.until(|state| !codes(state).contains(&"NB901"));
    // Last year's report of a unit may keep this year's out of the sum.
    let followed = unit.replace("year = 2023 ", "previous = \"乐都-2022.toml\"\nyear = 2023 ");
    stage.put("各区/乐都-2022.toml", "format = ");
    stage.put("各区/乐都.toml", &followed);
    listener.until(|state| codes(state).contains(&"NB902"));
    let last = unit.replace("year = 2023 ", "year = 2022 ");
    stage.put("各区/乐都-2022.toml", &last);
    listener.until(|state| !codes(state).contains(&"NB902"));
    stage.preview.stop();
}

#[test]
fn the_faces_that_a_data_file_names_are_used_and_watched() {
    let stage = Stage::new();
    let mut listener = stage.listen();
    let first = listener.next();
    let plain = stage.get("/report.pdf").len();
    // A face that is not there: the page is shown, the PDF is not, and both are said.
    stage.save(&format!("{}\n[fonts]\nkai = \"楷体.ttf\"\n", stage.good));
    let missing = listener.until(|state| !codes(state).is_empty() && codes(state)[0].is_empty());
    assert_eq!((&missing["page"], missing["shown"].as_str()), (&first["page"], Some("current")));
    let said = missing["findings"][0]["message"].as_str().unwrap();
    assert!(said.starts_with("Word 和 PDF 现在不能生成") && said.contains("楷体.ttf"), "{said}");
    let refused = stage.get("/report.pdf");
    assert!(refused.starts_with("HTTP/1.1 500") && refused.contains("楷体.ttf"), "{refused}");
    // Laid into the folder, it is taken without another save of the data file.
    std::fs::copy(project("assets/fonts/kai.ttf"), stage.path("楷体.ttf")).unwrap();
    listener.until(|state| !codes(state).contains(&""));
    let with_face = stage.get("/report.pdf");
    assert!(with_face.starts_with("HTTP/1.1 200") && with_face.len() != plain);
    stage.preview.stop();
}

#[test]
fn the_office_s_word_styles_and_faces_are_used_as_in_a_build() {
    let stage = Stage::new();
    let look = ["--font-dir", "字体", "--reference-doc", "样式.docx"];
    std::fs::create_dir(stage.path("字体")).unwrap();
    std::fs::copy(project("assets/fonts/kai.ttf"), stage.path("字体/仿宋.ttf")).unwrap();
    let run = |arguments: &[&str]| {
        let out = crate::support::nianbao(stage.folder.path(), arguments);
        assert!(out.status.success(), "{out:?}");
    };
    run(&["build", "年报.toml", "--format", "docx", "--out", "样"]);
    let name = "海东市人民政府2023年政府信息公开工作年度报告";
    std::fs::rename(stage.path(&format!("样/{name}.docx")), stage.path("样式.docx")).unwrap();
    run(&[&["build", "年报.toml", "--format", "docx,pdf", "--out", "成品"], &look[..]].concat());
    let branding = Branding {
        reference_doc: Some(stage.path("样式.docx")),
        font_dir: Some(stage.path("字体")),
        ..Branding::default()
    };
    let options =
        Options { file: stage.path("年报.toml"), branding, port: 0, notifications: false };
    let preview = Preview::start(&options).unwrap();
    let dressed = Stage { folder: tempfile::tempdir().unwrap(), preview, good: String::new() };
    for (path, extension) in [("/report.docx", "docx"), ("/report.pdf", "pdf")] {
        let mut stream = TcpStream::connect(dressed.host()).unwrap();
        let path = dressed.at(path);
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nConnection: close\r\nHost: {}\r\n\r\n",
            dressed.host()
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let built = crate::support::read(&stage.path(&format!("成品/{name}.{extension}")));
        assert!(answer.ends_with(&built), "{extension} is not what a build writes");
    }
    dressed.preview.stop();
    stage.preview.stop();

    let branding = Branding { font_dir: Some("没有这个".into()), ..Branding::default() };
    let wrong = Preview::start(&Options { branding, ..options }).unwrap_err().to_string();
    assert!(wrong.contains("没有这个"), "{wrong}");
}

#[test]
fn nobody_reads_a_draft_who_does_not_know_its_address() {
    let stage = Stage::new();
    let other = Stage::new();
    assert_ne!(stage.at("/"), other.at("/"));
    assert!(stage.at("/").len() > 32);
    let host = format!("Host: {}\r\n", stage.host());
    let ask = |path: &str, headers: &str| {
        let mut stream = TcpStream::connect(stage.host()).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nConnection: close\r\n{host}{headers}\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    for path in [
        "/",
        "/report",
        "/report.pdf",
        "/events",
        "/preview.js",
        &other.at("/report"),
        stage.at("/").trim_end_matches('/'),
    ] {
        let answer = ask(path, "");
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(answer.contains("Referrer-Policy: no-referrer"), "{answer}");
    }
    // The browser is given the address by a file of its own, which is of another origin.
    let opened =
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    assert!(ask(&stage.at("/"), opened).starts_with("HTTP/1.1 200"));
    assert!(ask(&stage.at("/report"), opened).starts_with("HTTP/1.1 403"));
    let framed =
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n";
    assert!(ask(&stage.at("/"), framed).starts_with("HTTP/1.1 403"));
    stage.preview.stop();
    other.preview.stop();
}

#[test]
fn connections_that_say_nothing_keep_nobody_out() {
    let stage = Stage::new();
    let mut idle = Vec::new();
    for _ in 0..1_100 {
        idle.extend(TcpStream::connect(stage.host()));
    }
    assert!(stage.get("/report").starts_with("HTTP/1.1 200"));
    let mut listener = stage.listen();
    assert_eq!(listener.next()["shown"], "current");
    drop(idle);
    stage.preview.stop();
}

#[cfg(unix)]
#[test]
fn the_browser_is_given_the_address_by_a_file_of_this_user_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(project("examples/gaoping-2023.toml"), folder.path().join("年报.toml")).unwrap();
    let told = folder.path().join("told");
    let desktop = folder.path().join("xdg-open");
    let script = format!("#!/bin/sh\necho \"$1\" > '{}'\n", told.display());
    nianbao::internals::files::write_whole(&desktop, script.as_bytes()).unwrap();
    std::fs::set_permissions(&desktop, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(["preview", "年报.toml", "--open"])
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", folder.path().display()))
        .env("TMPDIR", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().rsplit_once(' ').unwrap().1.to_owned();
    let mut said = String::new();
    while !said.ends_with('\n') {
        std::thread::sleep(Duration::from_millis(20));
        said = nianbao::internals::files::read_text(&told).unwrap_or_default();
    }
    let page = std::path::Path::new(said.trim());
    assert!(!said.contains(url.rsplit('/').nth(1).unwrap()), "{said}");
    assert_eq!(page.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(nianbao::internals::files::read_text(page).unwrap().contains(&url));
    crate::support::signal(&child, "INT");
    child.wait().unwrap();
    assert!(!page.exists());
}

#[test]
fn a_renewed_pdf_opens_where_it_first_differs() {
    let stage = Stage::new();
    let mut listener = stage.listen();
    let location = |after: &Value, tag: &Value| {
        let path =
            format!("/report.pdf?after={}&{}", after.as_str().unwrap_or(""), tag.as_str().unwrap());
        let answer = stage.get(&path);
        assert!(answer.starts_with("HTTP/1.1 302"), "{answer}");
        answer.split("Location: ").nth(1).unwrap().split("\r\n").next().unwrap().to_owned()
    };
    let first = listener.next()["page"].clone();
    let tag = first.as_str().unwrap();
    let start = format!("report.pdf?{tag}#navpanes=0&view=FitH");
    assert_eq!(location(&Value::Null, &first), start);
    stage.save(&stage.penalties(4001));
    let second = listener.until(|state| state["page"] != first)["page"].clone();
    // The figure stands in table 1, some pages down.
    let page = location(&first, &second);
    let number: usize = page.rsplit_once("&page=").unwrap().1.parse().unwrap();
    assert!(number > 1, "{page}");
    assert!(page.starts_with(&format!("report.pdf?{}#", second.as_str().unwrap())));
    // One that was asked for and never seen changes nothing for who still looks at the first.
    stage.save(&stage.penalties(4002));
    let third = listener.until(|state| state["page"] != second)["page"].clone();
    assert!(location(&first, &third).contains("page="));
    // Whoever has not seen the one before begins at the beginning.
    assert!(!location(&Value::Null, &third).contains("page="));
    stage.preview.stop();
}

#[cfg(unix)]
#[test]
fn files_that_never_answer_do_not_keep_it_from_ending() {
    let stage = Stage::new();
    let mut listener = stage.listen();
    listener.next();
    // As a network drive that has gone away: whoever opens a pipe waits for its writer.
    let made = std::process::Command::new("mkfifo").arg(stage.path("~")).status().unwrap();
    assert!(made.success());
    std::fs::rename(stage.path("~"), stage.path("年报.toml")).unwrap();
    // News of the change have been followed when one more look would be due.
    std::thread::sleep(Duration::from_secs(1));
    assert!(stage.get("/report").starts_with("HTTP/1.1 200"));
    let before = Instant::now();
    stage.preview.stop();
    assert!(before.elapsed() < PATIENCE);
    while !listener.line().contains("closed") {}
}

#[cfg(unix)]
#[test]
fn what_lies_behind_a_link_is_watched() {
    let stage = Stage::new();
    std::fs::create_dir(stage.path("共享")).unwrap();
    std::fs::rename(stage.path("年报.toml"), stage.path("共享/海东.toml")).unwrap();
    std::os::unix::fs::symlink("共享/海东.toml", stage.path("年报.toml")).unwrap();
    let mut listener = stage.listen();
    let first = listener.next();
    stage.put("共享/海东.toml", &stage.penalties(4001));
    listener.until(|state| state["page"] != first["page"]);
    assert!(stage.get("/report").contains(">4001</td>"));
    stage.preview.stop();
}

#[cfg(unix)]
#[test]
fn the_signals_of_the_terminal_and_the_system_end_it_cleanly() {
    use std::io::BufRead as _;
    use std::process::{Command, Stdio};
    for signal in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(project("examples/gaoping-2023.toml"), folder.path().join("年报.toml"))
            .unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(["preview", "年报.toml"])
            .current_dir(folder.path())
            .env_clear()
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let (host, path) = line.trim().rsplit_once("http://").unwrap().1.split_once('/').unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET /{path}events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut listener = Listener { lines: BufReader::new(stream) };
        listener.next();
        crate::support::signal(&child, signal);
        while !listener.line().contains("closed") {}
        assert_eq!(child.wait().unwrap().code(), Some(0), "SIG{signal}");
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        assert!(rest.ends_with("\n预览已停止，浏览器里的页面可以关闭了\n"), "{rest}");
    }
}
