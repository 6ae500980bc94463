//! Findings for code scanning: SARIF 2.1.0 as GitHub takes it.
//!
//! Every result names a rule that is described, has a place with a region, and carries a fingerprint,
//! without which an upload is refused or every finding is new after each change.

use std::path::{Component, Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::waived::reason;
use crate::cli::code_entry::{CodeEntry, code_entries};
use crate::cli::explanation;
use crate::diag::{Diagnostic, Label, Severity};
use crate::edition::Edition;
use crate::files::{self, FileError};
use crate::law::Authority;
use crate::load::{Loaded, waived};
use crate::report::Waiver;
use crate::review::unassessed_reason;
use crate::source::{Lines, SourceFile, locate};

/// The root of the files of a run, as GitHub calls it.
const ROOT: &str = "%SRCROOT%";

/// The fingerprint that code scanning looks at.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints {
    primary_location_line_hash: String,
}

/// A data file that was to be checked, and what came of it.
pub(in crate::cli) struct Checked {
    pub(super) path: PathBuf,
    pub(super) loaded: Result<Box<Loaded>, FileError>,
}

/// One SARIF log with one run over all files. What waivers cover is left out, since code scanning would
/// show it as open, unless it is asked for; then it stands there as suppressed.
#[derive(Default)]
pub(super) struct Log {
    results: Vec<Value>,
    notices: Vec<Value>,
    artifacts: Vec<Value>,
    is_incomplete: bool,
}

impl Log {
    /// Adds one file; `list_waived` puts in what waivers cover.
    pub(super) fn add(&mut self, checked: &Checked, list_waived: bool) {
        let artifact = artifact(&checked.path, Some(self.artifacts.len()));
        match &checked.loaded {
            Ok(loaded) => {
                let entries = code_entries();
                let run = Run { loaded, artifact, entries: &entries, lines: lines(&loaded.source) };
                run.results(list_waived, &mut self.results);
                run.notices(&mut self.notices);
            }
            Err(why) => {
                self.is_incomplete = true;
                self.notices.push(json!({
                    "level": "error",
                    "message": { "text": why.to_string() },
                    "locations": [{ "physicalLocation": { "artifactLocation": artifact } }],
                }));
            }
        }
        self.artifacts
            .push(json!({ "location": self::artifact(&checked.path, None), "encoding": "UTF-8" }));
    }

    /// The log, with a line end.
    pub(super) fn render(self) -> String {
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "language": "zh-CN",
                    "rules": code_entries().iter().map(rule).collect::<Vec<_>>(),
                }},
                "invocations": [{
                    "executionSuccessful": !self.is_incomplete,
                    "toolExecutionNotifications": self.notices,
                }],
                "artifacts": self.artifacts,
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        });
        // Strings, numbers and lists of them: there is nothing here that JSON cannot hold.
        serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
    }
}

fn lines(source: &SourceFile) -> Lines<'_> {
    Lines::of(source.text())
}

/// The description of a rule, once for all its results.
fn rule(entry: &CodeEntry) -> Value {
    let docs = entry.docs;
    json!({
        "id": entry.code,
        "name": pascal(entry.name),
        "shortDescription": { "text": entry.title },
        "fullDescription": { "text": docs.what },
        "help": { "text": explanation::text(entry), "markdown": explanation::markdown(entry) },
        "defaultConfiguration": { "level": level(entry.severity) },
        "properties": {
            "tags": tags(entry.authority),
            "authority": entry.authority.map(Authority::key),
            "problem.severity": match entry.severity {
                Severity::Hint => "recommendation",
                Severity::Error | Severity::Warning => entry.severity.key(),
            },
        },
    })
}

/// By what alerts can be told apart: the field, and how far the rule binds.
fn tags(authority: Option<Authority>) -> Vec<&'static str> {
    std::iter::once(Edition::LATEST.form().report_name)
        .chain(authority.map(Authority::name))
        .collect()
}

/// `requests-unbalanced` as `RequestsUnbalanced`, which is how SARIF spells the names of rules.
fn pascal(name: &str) -> String {
    name.split('-')
        .flat_map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            [first.to_ascii_uppercase(), rest.to_owned()]
        })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

struct Run<'a> {
    loaded: &'a Loaded,
    artifact: Value,
    entries: &'a [CodeEntry],
    lines: Lines<'a>,
}

impl Run<'_> {
    fn results(&self, list_waived: bool, results: &mut Vec<Value>) {
        let standing = self.loaded.review.findings.iter().map(|finding| (finding, None));
        let covered = waived(self.loaded)
            .filter(|_| list_waived)
            .map(|(finding, waiver)| (finding, Some(waiver)));
        let all: Vec<_> = standing.chain(covered).collect();
        let names = fingerprints(&self.loaded.source, all.iter().map(|(finding, _)| *finding));
        for ((finding, waiver), name) in all.into_iter().zip(names) {
            results.push(self.result(finding, waiver, name));
        }
    }

    fn result(&self, finding: &Diagnostic, waiver: Option<&Waiver>, fingerprint: String) -> Value {
        let help = finding.help.iter().map(|help| format!("\n改法：{help}"));
        let text = std::iter::once(finding.message.clone()).chain(help).collect::<String>();
        let mut result = json!({
            "ruleId": finding.code,
            "level": level(finding.severity),
            "message": { "text": text },
            "locations": [self.location(&finding.primary)],
            "properties": { "authority": finding.authority.map(Authority::key) },
            "partialFingerprints": Fingerprints { primary_location_line_hash: fingerprint },
        });
        if let Some(index) = self.entries.iter().position(|entry| entry.code == finding.code) {
            result["ruleIndex"] = json!(index);
        }
        if !finding.related.is_empty() {
            let related = finding.related.iter().enumerate().map(|(i, label)| {
                let mut location = self.location(label);
                location["id"] = json!(i + 1);
                location
            });
            result["relatedLocations"] = related.collect();
        }
        if let Some(waiver) = waiver {
            result["suppressions"] = json!([{
                "kind": "inSource",
                "status": "accepted",
                "justification": reason(waiver),
            }]);
        }
        result
    }

    fn location(&self, label: &Label) -> Value {
        let mut location = json!({
            "physicalLocation": {
                "artifactLocation": self.artifact,
                "region": self.region(label),
            },
        });
        if !label.text.is_empty() {
            location["message"] = json!({ "text": label.text });
        }
        location
    }

    fn region(&self, label: &Label) -> Value {
        let range = locate(&self.loaded.source, &label.place);
        let (start, end) = (self.lines.position(range.start), self.lines.position(range.end));
        let mut region = json!({ "startLine": start.line, "startColumn": start.column });
        // A region without an end reaches to the end of its line; an empty one is refused.
        if end > start {
            region["endLine"] = json!(end.line);
            region["endColumn"] = json!(end.column);
        }
        region
    }

    /// Judgements left out are no results, but a reader of the log should know of them.
    fn notices(&self, notices: &mut Vec<Value>) {
        notices.extend(self.loaded.review.unassessed.iter().map(|unassessed| {
            let reason = unassessed_reason(&self.loaded.source, &self.lines, unassessed);
            json!({
                "level": "note",
                "associatedRule": { "id": unassessed.code },
                "message": { "text": format!("{} 未能判断：{reason}", unassessed.code) },
                "locations": [{ "physicalLocation": { "artifactLocation": self.artifact } }],
            })
        }));
    }
}

/// The address of a file: below the folder in which the program runs, or else on the machine.
fn artifact(path: &Path, index: Option<usize>) -> Value {
    let here = files::here();
    let inside = path.strip_prefix(&here).unwrap_or(path);
    let mut artifact = if inside.is_absolute() {
        json!({ "uri": format!("file://{}", uri(inside)) })
    } else {
        json!({ "uri": uri(inside), "uriBaseId": ROOT })
    };
    if let Some(index) = index {
        artifact["index"] = json!(index);
    }
    artifact
}

/// A path as a URI reference (RFC 3986): slashes between the parts, everything unusual as `%XX`.
fn uri(path: &Path) -> String {
    let mut uri = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => continue,
            Component::RootDir => {
                uri.push('/');
                continue;
            }
            Component::Prefix(_) | Component::ParentDir | Component::Normal(_) => {}
        }
        if matches!(component, Component::Prefix(_)) || !(uri.is_empty() || uri.ends_with('/')) {
            uri.push('/');
        }
        for byte in component.as_os_str().to_string_lossy().bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                uri.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri(Path::new("./年报/a b.toml")), "%E5%B9%B4%E6%8A%A5/a%20b.toml");
        assert_eq!(uri(Path::new("../x.toml")), "../x.toml");
        assert_eq!(uri(Path::new("/a/b.toml")), "/a/b.toml");
    }

    #[test]
    fn names_are_spelt_as_sarif_wants_them() {
        assert_eq!(pascal("requests-unbalanced"), "RequestsUnbalanced");
    }
}
