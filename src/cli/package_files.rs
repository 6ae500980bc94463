//! `nianbao package-files`, which no help lists: what a package installs beside the program, made from the same
//! definitions as the help pages. packaging/ calls it.

use std::io;
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use super::exit::Exit;
use super::{Cli, output, usage};
use crate::{about, files};

/// 写出安装包里的命令补全和手册页
#[derive(Debug, Args)]
#[command(
    help_template = usage::TEMPLATE,
    disable_help_flag = true,
    hide = true,
    override_usage = "nianbao package-files <文件夹>"
)]
pub(super) struct Arguments {
    /// 写到哪个文件夹：completions 里是命令补全，man 里是手册页
    #[arg(required = true, value_name = "文件夹", help_heading = "参数")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let written = made().map_err(|error| error.to_string()).and_then(|made| {
        made.iter().try_for_each(|(name, bytes)| {
            files::write_whole(&arguments.folder.join(name), bytes)
                .map_err(|error| error.to_string())
        })
    });
    match written {
        Ok(()) => {
            output::written(&arguments.folder);
            Exit::Clean
        }
        Err(why) => {
            output::error(&why);
            Exit::Failed
        }
    }
}

/// Every file, with its path below the folder.
fn made() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut program = Cli::command();
    program.build();
    let mut made = Vec::new();
    for (shell, name) in [
        (Shell::Bash, "nianbao.bash"),
        (Shell::Zsh, "_nianbao"),
        (Shell::Fish, "nianbao.fish"),
        (Shell::PowerShell, "nianbao.ps1"),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut shown(&program), "nianbao", &mut script);
        made.push((format!("completions/{name}"), script));
    }
    made.push(("man/nianbao.1".to_owned(), page(&program)?));
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        made.push((format!("man/nianbao-{}.1", command.get_name()), page(command)?));
    }
    Ok(made)
}

/// The command line without what no help lists; the generator of completions offers that, too.
fn shown(program: &Command) -> Command {
    let (shown, hidden): (Vec<&Command>, Vec<&Command>) =
        program.get_subcommands().partition(|command| !command.is_hide_set());
    if hidden.is_empty() {
        return program.clone();
    }
    let arguments = program.get_arguments().filter(|argument| !argument.is_global_set());
    let global = program.get_arguments().filter(|argument| argument.is_global_set());
    Command::new("nianbao")
        .version(about::VERSION)
        .about(program.get_about().cloned().unwrap_or_default())
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(arguments)
        .args(global)
        .subcommands(shown)
}

/// A manual page with Chinese headings, whose lines may end between Chinese characters.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let source = format!("nianbao {}", about::VERSION);
    let manual = Man::new(command.clone()).title(name).source(source).manual("年报");
    let mut text = Vec::new();
    manual.render_title(&mut text)?;
    manual.render_name_section(&mut text)?;
    manual.render_synopsis_section(&mut text)?;
    manual.render_description_section(&mut text)?;
    manual.render_options_section(&mut text)?;
    if command.has_subcommands() {
        manual.render_subcommands_section(&mut text)?;
        manual.render_extra_section(&mut text)?;
    }
    let text = String::from_utf8_lossy(&text);
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix(".SH ") {
            Some(heading) => lines.push(format!(".SH {}", in_chinese(heading))),
            // Each section brings the same definitions.
            None if is_definition(line) && lines.iter().any(|known| known == line) => {}
            None if line.starts_with(['.', '\'']) => lines.push(line.to_owned()),
            None => lines.push(breakable(line)),
        }
        if line.starts_with(".TH ") {
            // Neither hyphens in names nor wide blanks.
            lines.extend([".nh".to_owned(), ".ad l".to_owned()]);
        }
    }
    Ok(format!("{}\n", lines.join("\n")).into_bytes())
}

fn is_definition(line: &str) -> bool {
    line.starts_with(".ie ") || line.starts_with(".el ")
}

/// The heading of a section; ours are Chinese already.
fn in_chinese(heading: &str) -> &str {
    match heading {
        "NAME" => "名称",
        "SYNOPSIS" => "用法",
        "DESCRIPTION" => "说明",
        "EXTRA" => "备注",
        _ => heading,
    }
}

/// A line of a manual page with a mark wherever it may be broken beside a Chinese character: readers of manual pages
/// break lines at blanks only.
fn breakable(line: &str) -> String {
    let mut out = String::new();
    let mut before: Option<char> = None;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        if c == '\\' {
            // `\fB` changes the face and is no character; what else is escaped is one.
            out.push(c);
            let escaped = characters.next();
            out.extend(escaped);
            match escaped {
                Some('f') => out.extend(characters.next()),
                _ => before = escaped,
            }
            continue;
        }
        let is_beside_wide = before.is_some_and(is_wide) || is_wide(c);
        let is_beside_blank = before == Some(' ') || c == ' ';
        let may_break = before.is_some_and(|before| usage::may_break(before, c));
        if may_break && is_beside_wide && !is_beside_blank {
            out.push_str("\\:");
        }
        out.push(c);
        before = Some(c);
    }
    out
}

fn is_wide(c: char) -> bool {
    output::columns(c.encode_utf8(&mut [0; 4])) == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(name: &str) -> String {
        let (_, bytes) = made().unwrap().into_iter().find(|(path, _)| path == name).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn completions_know_every_command_that_help_lists_and_no_other() {
        let commands = Cli::command();
        for file in ["nianbao.bash", "_nianbao", "nianbao.fish", "nianbao.ps1"] {
            let script = text_of(&format!("completions/{file}"));
            for command in commands.get_subcommands() {
                let is_named = script.contains(command.get_name());
                assert_eq!(is_named, !command.is_hide_set(), "{file}: {}", command.get_name());
            }
            assert!(script.contains("errors-only"), "{file}");
        }
    }

    #[test]
    fn every_command_has_a_page_in_chinese() {
        let pages: Vec<String> = made()
            .unwrap()
            .into_iter()
            .map(|(path, _)| path)
            .filter(|p| p.ends_with(".1"))
            .collect();
        let listed = Cli::command().get_subcommands().filter(|c| !c.is_hide_set()).count();
        assert_eq!(pages.len(), listed + 1);
        for name in pages {
            let page = text_of(&name);
            assert!(page.contains(".SH 名称\n") && page.contains(".SH 用法\n"), "{name}");
            let headings = page.lines().filter_map(|line| line.strip_prefix(".SH "));
            for heading in headings {
                assert!(!heading.is_ascii(), "{name}: {heading}");
            }
        }
        assert!(text_of("man/nianbao-check.1").contains("只\\:列\\:错\\:误"));
    }

    #[test]
    fn lines_break_between_chinese_characters_and_not_before_marks() {
        assert_eq!(breakable("写一个（a b）。"), "写\\:一\\:个\\:（a b）。");
        assert_eq!(breakable("\\-\\-out 文件"), "\\-\\-out 文\\:件");
        assert_eq!(breakable("<\\fI文件\\fR>写"), "<\\fI文\\:件\\fR>\\:写");
    }
}
