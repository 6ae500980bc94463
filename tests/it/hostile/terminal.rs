//! Words from outside never speak to the terminal, the log or the workflow that reads what is printed.

use std::path::Path;
use std::process::{Command, Stdio};

use nianbao::internals::invisible::is_invisible;

use crate::support::{example, write};

/// Everything that must not get through: the beginning of commands to a terminal, marks of direction, what is
/// not seen, and the end of a line with what a workflow would obey behind it.
const EVIL: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}1m\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{85}\r\n::error::x\u{8}";

/// The same without what TOML refuses, as it stands in a text of TOML.
const TYPED: &str = "\\u001b[2J\\u001b]0;x\\u0007\\u009b1m\\u202e\\u2066\\u200b\\ufeff\\u2028\\u0085\\r\\n::error::x\\u0008";

/// A pseudo-terminal, as bytes; the program believes that a person looks.
fn on_terminal(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Vec<u8> {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let here = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&here).unwrap();
    unlockpt(&here).unwrap();
    let name = ptsname(&here, Vec::new()).unwrap();
    let there = || {
        let path = std::ffi::OsStr::new(name.to_str().unwrap());
        std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap()
    };
    let (out, errors) = (there(), there());
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("TERM", "xterm-256color")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::from(out))
        .stderr(Stdio::from(errors))
        .spawn()
        .unwrap();
    let reading = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // When nobody writes any more, Linux calls that an error.
        let _ = std::io::Read::read_to_end(&mut std::fs::File::from(here), &mut bytes);
        bytes
    });
    child.wait().unwrap();
    drop(child);
    reading.join().unwrap()
}

/// Fails when anything but words, line ends and colours was printed, or a line that a workflow would obey and
/// that is not ours.
fn assert_harmless(printed: &[u8], what: &str) {
    // The line that says how far a run has come is drawn again and again.
    let text = String::from_utf8(printed.to_vec()).unwrap().replace("\r\u{1b}[2K", "\r\n");
    let mut rest = text.as_str();
    let mut plain = String::new();
    while let Some(c) = rest.chars().next() {
        let colour = rest.strip_prefix("\u{1b}[").and_then(|numbers| {
            let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';')?;
            numbers[end..].starts_with('m').then_some(end + 3)
        });
        let taken = colour.unwrap_or(c.len_utf8());
        if colour.is_none() {
            plain.push(c);
        }
        rest = &rest[taken..];
    }
    let bad = plain.chars().find(|c| (c.is_control() && !"\r\n".contains(*c)) || is_invisible(*c));
    let line = plain.lines().find(|line| bad.is_some_and(|bad| line.contains(bad)));
    assert!(bad.is_none(), "{what}: {bad:?} in {line:?}");
    assert!(!plain.replace("\r\n", "\n").contains('\r'), "{what}: {plain:.500?}");
    let forged = plain.lines().find(|line| line.starts_with("::error::x"));
    assert!(forged.is_none(), "{what}: {forged:?}");
}

/// A data file in which every key, value, name and text is evil.
fn evil_report() -> String {
    let good = example("haidong-2023");
    let start = good.find("format =").unwrap();
    let evil = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let text =
        evil(&good[start..], "name = \"海东市人民政府\"", &format!("name = \"海东{TYPED}市\""));
    let text = evil(
        &text,
        "[overview]\n",
        &format!(
            "[fonts]\nbody = \"{TYPED}\"\nkai = \"x{TYPED}.ttf\"\n\n[overview]\n\"{TYPED}\" = \"{TYPED}\"\n"
        ),
    );
    let text = evil(
        &text,
        "year = 2023",
        &format!(
            "year = \"{TYPED}\"\nprevious = \"{TYPED}\"\ntitle = \"{TYPED}\"\n\"a{TYPED}\" = 1"
        ),
    );
    text + &format!(
        "\n[[notes]]\nat = \"{TYPED}\"\ntext = \"{TYPED}\"\n[[waivers]]\nrule = \"{TYPED}\"\nat = \"{TYPED}\"\nreason = \"{TYPED}\"\nby = \"{TYPED}\"\n[rules]\ntypos = \"{TYPED}\"\n[rules.severity]\n\"{TYPED}\" = \"off\"\nNB615 = \"{TYPED}\"\n"
    )
}

#[test]
fn nothing_from_outside_reaches_a_terminal_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    // A file name can hold everything but a slash.
    let place = folder.path().join(format!("夹{EVIL}"));
    let name = format!("年报{EVIL}.toml");
    let good_name = format!("好{EVIL}.toml");
    write(&place, &name, &evil_report());
    write(&place, &good_name, &example("haidong-2023"));
    write(
        &place,
        "raw.toml",
        &format!("format = \"2021\"\n[report\n{}\n", EVIL.replace("\r\n", "")),
    );
    write(
        &place,
        "units.toml",
        &format!(
            "name = \"{TYPED}\"\nyear = 2023\n[[units]]\nname = \"{TYPED}\"\nfile = \"{TYPED}.toml\"\nunder = \"{TYPED}\"\n"
        ),
    );
    write(&place, &format!("t{EVIL}/report.html"), &format!("<p>{{{{ x{EVIL} }}}}</p>"));
    write(&place, &format!("u{EVIL}/rep{EVIL}.html"), "x");
    let whole = format!("夹{EVIL}/{name}");
    let good = format!("夹{EVIL}/{good_name}");
    let evil_folder = format!("夹{EVIL}");
    let at = folder.path();
    let templates = [format!("夹{EVIL}/t{EVIL}"), format!("夹{EVIL}/u{EVIL}")];
    let font = format!("仿宋=夹{EVIL}");
    let sheet = format!("检查单{EVIL}.pdf");
    let xlsx = format!("表{EVIL}.xlsx");
    let code = format!("NB{EVIL}");
    let format = format!("pdf{EVIL}");
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for output in ["full", "concise", "json", "jsonl", "sarif", "github"] {
        for file in
            [whole.as_str(), good.as_str(), evil_folder.as_str(), "none\u{1b}[2J\n::error::x.toml"]
        {
            runs.push(vec!["check", file, "--waived", "--output-format", output]);
            runs.push(vec![
                "build",
                file,
                "--draft",
                "--format",
                "html",
                "--out",
                EVIL,
                "--output-format",
                output,
            ]);
        }
    }
    runs.extend([
        vec!["check", good.as_str(), "--sheet", sheet.as_str()],
        vec!["build", good.as_str(), "--templates", templates[0].as_str()],
        vec!["build", good.as_str(), "--templates", templates[1].as_str()],
        vec!["build", good.as_str(), "--font", font.as_str()],
        vec!["build", good.as_str(), "--format", format.as_str()],
        vec!["build", good.as_str(), "--reference-doc", whole.as_str()],
        vec!["compare", whole.as_str(), good.as_str()],
        vec!["compare", good.as_str(), good.as_str()],
        vec!["compare", good.as_str(), good.as_str(), "--output-format", "json"],
        vec!["sum", evil_folder.as_str()],
        vec!["sum", evil_folder.as_str(), "--output-format", "json"],
        vec!["sum", whole.as_str(), "--of", EVIL],
        vec!["export", good.as_str(), "--out", xlsx.as_str()],
        vec!["import-figures", xlsx.as_str(), "--into", good.as_str()],
        vec!["import-figures", whole.as_str(), "--into", good.as_str()],
        vec!["import-figures", xlsx.as_str(), "--into", whole.as_str()],
        vec!["new", whole.as_str()],
        vec!["new", "b.toml", "--name", EVIL],
        vec!["new", "c.toml", "--from", whole.as_str()],
        vec!["explain", code.as_str()],
        vec![EVIL],
        vec!["check", "--", EVIL],
        vec!["check", EVIL],
        vec!["new", EVIL, "--year", EVIL],
    ]);
    for arguments in runs {
        let printed = on_terminal(at, &arguments, &[]);
        assert!(!printed.is_empty() || arguments[0] == "build", "{arguments:?}");
        assert_harmless(&printed, &format!("{arguments:?}"));
    }
    let printed = on_terminal(at, &["check", "a.toml"], &[("NIANBAO_OUTPUT_FORMAT", EVIL)]);
    assert_harmless(&printed, "the environment");
}

#[test]
fn invisible_characters_in_names_are_errors_at_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let good = example("gaoping-2023");
    for hidden in [
        '\u{202e}', '\u{2066}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}', '\u{ad}',
        '\u{2028}',
    ] {
        for (from, to) in [
            ("高平市人民政府办公室", "高平市\u{0}人民政府办公室"),
            ("0356-5221239", "0356-\u{0}5221239"),
            ("主动公开情况", "主动\u{0}公开情况"),
        ] {
            let changed = format!("\"{to}\"").replace('\u{0}', &hidden.to_string());
            let text = good.replacen(&format!("\"{from}\""), &changed, 1);
            assert_ne!(text, good);
            write(folder.path(), "a.toml", &text);
            let run = super::run(folder.path(), &["check", "a.toml", "--output-format", "concise"]);
            let said = run.said();
            let found = format!("错误[DF08] 有不可见的字符 U+{:04X}", u32::from(hidden));
            assert!(said.contains(&found), "{said}");
            let n = to.split('\u{0}').next().unwrap().chars().count();
            let line = text.lines().position(|line| line.contains(hidden)).unwrap() + 1;
            let key = text.lines().nth(line - 1).unwrap().find('"').unwrap();
            assert!(said.contains(&format!("a.toml:{line}:{}", key + 2 + n)), "{said}");
        }
    }
    // Mongolian and Uyghur need these.
    let text = good.replacen("\"高平市人民政府办公室\"", "\"高平市\u{200c}人民\u{200d}政府\"", 1);
    write(folder.path(), "a.toml", &text);
    let said = super::run(folder.path(), &["check", "a.toml", "--output-format", "concise"]).said();
    assert!(!said.contains("DF08"), "{said}");
}
