//! Figures bound in the narrative: `{{ requests.received.total }}` becomes the figure of that cell.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::edition::{Axis, Cell, NumberKind};
use crate::report::{Count, Entry, FieldPath, Report, Text, UNFILLED};
use crate::template::{self, EvaluateError};

/// A bound figure that does not exist.
pub(crate) const UNKNOWN_FIGURE: &str = "DF09";
/// A bound expression that cannot be worked out.
pub(crate) const EXPRESSION: &str = "DF10";

/// The problems of bound figures, in the order of the codes.
pub(crate) static PROBLEMS: &[Problem] = &[
    Problem {
        code: UNKNOWN_FIGURE,
        name: "figure-unknown",
        title: "引用了不存在的数据",
        severity: Severity::Error,
        docs: Docs {
            what: "文字中 {{ … }} 里的数据名是否存在。可以引用的数据见 docs/data-file.md。",
            why: "名称写错，文字里就没有数可印。",
            example: "[overview]\ntext = \"新收申请{{ requests.recieved.total }}件。\"",
            corrected: "[overview]\ntext = \"新收申请{{ requests.received.total }}件。\"",
        },
    },
    Problem {
        code: EXPRESSION,
        name: "expression-wrong",
        title: "引用数据的写法不对",
        severity: Severity::Error,
        docs: Docs {
            what: "文字中的 {{ … }} 是否写完整，里面是否是一个数据名、加减式或占比，能否算出。",
            why: "算不出的式子不能印在报告里。",
            example: "[overview]\ntext = \"新收申请{{ requests.received.total 件。\"",
            corrected: "[overview]\ntext = \"新收申请{{ requests.received.total }}件。\"",
        },
    },
];

/// Puts the figures of the report, and those of the year before under `previous`, into its texts, and
/// the report of the year before beside them.
///
/// An expression that is wrong stays as it was typed and is among the diagnostics. One that names
/// a figure which is not filled prints `〔未填〕` without a diagnostic: that it is not filled is the
/// business of the rules.
pub fn bind(mut report: Report, previous: Option<&Report>) -> (Report, Vec<Diagnostic>) {
    report.previous = previous.cloned().map(Box::new);
    // Those that are named suffice, unless something is wrong: then all are gathered, so that they can be told.
    let named = named(&report);
    let (mut bound, mut diagnostics) = bind_texts(&report, Some(&named));
    if !diagnostics.is_empty() {
        (bound, diagnostics) = bind_texts(&report, None);
    }
    for ((_, text), bound) in report.texts_mut().into_iter().zip(bound) {
        *text = bound;
    }
    (report, diagnostics)
}

/// The names in the expressions of a report.
fn named(report: &Report) -> BTreeSet<String> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let mut names = BTreeSet::new();
    for (_, text) in report.texts() {
        for expression in text.typed().split(OPENS).skip(1) {
            let expression = expression.split(CLOSES).next().unwrap_or_default();
            let words = expression.split(|c| !is_of_name(c)).filter(|word| !word.is_empty());
            names.extend(words.map(str::to_owned));
        }
    }
    names
}

/// The texts of a report, with the figures that are named, or any, in place of expressions.
fn bind_texts(report: &Report, named: Option<&BTreeSet<String>>) -> (Vec<Text>, Vec<Diagnostic>) {
    let is_wanted = |name: &str| {
        let holds = |named: &String| {
            name.strip_prefix(named.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        named.is_none_or(|named| named.iter().any(holds))
    };
    let mut figures = Figures::new();
    if named.is_none_or(|named| !named.is_empty()) {
        figures = self::figures(report, &is_wanted);
        if let Some(previous) = &report.previous {
            let of_last_year = |name: &str| is_wanted(&format!("{LAST_YEAR}.{name}"));
            let of = Figure::Group(self::figures(previous, &of_last_year));
            figures.insert(LAST_YEAR.to_owned(), of);
        }
    }
    let figures = Figure::Group(figures);
    let texts = report.texts();
    let ready = match template::Figures::new(&figures) {
        Ok(ready) => ready,
        Err(error) => {
            let message = format!("数据无法用于文字：{}", error.message);
            let diagnostic = Diagnostic::new(EXPRESSION, Severity::Error, Place::File, message, "");
            return (texts.into_iter().map(|(_, text)| text.clone()).collect(), vec![diagnostic]);
        }
    };
    let mut diagnostics = Vec::new();
    let bind = |(path, text): (FieldPath, &Text)| {
        bind_text(text.clone(), &path, (&figures, &ready), &mut diagnostics)
    };
    (texts.into_iter().map(bind).collect(), diagnostics)
}

/// An expression begins.
const OPENS: &str = "{{";
/// It ends.
const CLOSES: &str = "}}";
/// The name under which the figures of the year before stand.
const LAST_YEAR: &str = "previous";

/// The dotted names of all figures that a text can bind, in order, each with what it stands for.
pub fn names(report: &Report) -> Vec<String> {
    let mut names = Vec::new();
    Figure::Group(figures(report, &|_| true)).collect_names("", &mut names);
    names
}

/// The value under a name.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Figure {
    Group(BTreeMap<String, Figure>),
    Count(u64),
    Text(String),
    /// Not filled, or not usable.
    Missing(Option<()>),
}

type Figures = BTreeMap<String, Figure>;

impl Figure {
    fn is_missing(&self, dotted: &str) -> bool {
        let mut here = self;
        for step in dotted.split('.') {
            match here {
                Self::Group(group) => match group.get(step.trim()) {
                    Some(inner) => here = inner,
                    None => return false,
                },
                Self::Count(_) | Self::Text(_) | Self::Missing(_) => return false,
            }
        }
        matches!(here, Self::Missing(_))
    }

    fn collect_names(&self, above: &str, names: &mut Vec<String>) {
        match self {
            Self::Group(group) => {
                for (name, inner) in group {
                    let dotted =
                        if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
                    inner.collect_names(&dotted, names);
                }
            }
            Self::Count(_) | Self::Text(_) | Self::Missing(_) => names.push(above.to_owned()),
        }
    }
}

fn figures(report: &Report, is_wanted: &dyn Fn(&str) -> bool) -> Figures {
    let form = report.form();
    let mut figures = Figures::new();
    let mut put = |path: &FieldPath, figure: Figure| insert(&mut figures, path.as_str(), figure);
    let text = |text: Option<String>| text.map_or(Figure::Missing(None), Figure::Text);
    let count = |count: Option<u64>| count.map_or(Figure::Missing(None), Figure::Count);
    put(&FieldPath::new("report.year"), count(report.header.year.map(u64::from)));
    put(&FieldPath::new("agency.name"), text(report.agency.name.clone()));
    for cell in form.cells() {
        let path = FieldPath::of(cell);
        if !is_wanted(path.as_str()) {
            continue;
        }
        let figure = match cell {
            // With its sign, and with its decimals as typed.
            Cell::Disclosure(row, column) if column.kind() != NumberKind::Count => {
                text(report.disclosure.entry(row, column).value().map(ToString::to_string))
            }
            Cell::Disclosure(..) | Cell::Requests(..) | Cell::Challenges(..) => {
                count(report.printed(cell).and_then(|number| Count::try_from(number).ok()))
            }
        };
        put(&path, figure);
    }
    for (group, _) in form.requests.groups {
        let path = FieldPath::new("requests.groups").key(group.key());
        put(&path, count(report.requests.group_count(&form.requests, *group)));
    }
    let fee = report.other.handling_fee.clone().unwrap_or_default();
    put(&FieldPath::new("other.handling_fee.notices"), count(fee.notices.count()));
    put(&FieldPath::new("other.handling_fee.amount"), text(amount(&fee.amount)));
    figures
}

fn amount(entry: &Entry<crate::report::Money>) -> Option<String> {
    entry.value().map(ToString::to_string)
}

fn insert(figures: &mut Figures, dotted: &str, figure: Figure) {
    match dotted.split_once('.') {
        None => {
            figures.insert(dotted.to_owned(), figure);
        }
        Some((first, rest)) => {
            let group =
                figures.entry(first.to_owned()).or_insert_with(|| Figure::Group(Figures::new()));
            if let Figure::Group(group) = group {
                insert(group, rest, figure);
            }
        }
    }
}

fn bind_text(
    text: Text,
    path: &FieldPath,
    (figures, ready): (&Figure, &template::Figures),
    diagnostics: &mut Vec<Diagnostic>,
) -> Text {
    let typed = text.typed().to_owned();
    let mut bound = Vec::new();
    let mut at = 0;
    while let Some(start) = typed[at..].find(OPENS).map(|i| at + i) {
        let inner = start + OPENS.len();
        let Some(end) = typed[inner..].find(CLOSES).map(|i| inner + i) else {
            let place = Place::Text(path.clone(), start..inner);
            diagnostics.push(
                Diagnostic::new(
                    EXPRESSION,
                    Severity::Error,
                    place,
                    "“{{”没有用“}}”结束",
                    "从这里开始",
                )
                .help("在表达式后面补上“}}”，例如 {{ requests.received.total }}"),
            );
            break;
        };
        let expression = &typed[inner..end];
        match template::evaluate(expression, ready) {
            Ok(figure) => bound.push((start..end + CLOSES.len(), figure)),
            Err(error)
                if figures.is_missing(expression.get(error.range.clone()).unwrap_or_default()) =>
            {
                bound.push((start..end + CLOSES.len(), UNFILLED.to_owned()));
            }
            Err(error) => {
                let name = expression.get(error.range.clone()).unwrap_or_default();
                diagnostics.push(wrong_expression(&error, name, path, inner));
            }
        }
        at = end + CLOSES.len();
    }
    for (start, statement) in typed.match_indices("{%") {
        let place = Place::Text(path.clone(), start..start + statement.len());
        diagnostics.push(
            Diagnostic::new(EXPRESSION, Severity::Error, place, "文字里不能写“{% … %}”语句", "")
                .help("要引用数据，写 {{ 数据名 }}，例如 {{ requests.received.total }}"),
        );
    }
    text.with_figures(&bound)
}

/// The error of an expression, at the name in it that is to blame.
fn wrong_expression(
    error: &EvaluateError,
    name: &str,
    path: &FieldPath,
    offset: usize,
) -> Diagnostic {
    const SHOWN: usize = 12;
    let place = Place::Text(path.clone(), offset + error.range.start..offset + error.range.end);
    let code = if error.known.is_empty() { EXPRESSION } else { UNKNOWN_FIGURE };
    let diagnostic = Diagnostic::new(code, Severity::Error, place, error.message.as_str(), "");
    let is_of_last_year = name == "previous" || name.starts_with("previous.");
    if is_of_last_year && error.known.iter().all(|known| known != "previous") {
        return diagnostic.help(
            "引用上年的数，要在 [report] 下写 previous = \"上一年度的数据文件\"，而且这个文件要在那里",
        );
    }
    if error.known.is_empty() {
        return diagnostic.help(
            "写法如 {{ requests.received.total }}、{{ a + b }}、{{ a | share(of=b, places=1) }}",
        );
    }
    let mut names = error.known.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("、");
    if error.known.len() > SHOWN {
        names.push_str("……");
    }
    diagnostic.help(format!("这里可以写：{names}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, read};

    const FIGURES: &str = "format = \"2021\"\n[report]\nyear = 2023\n[agency]\nname = \"某市人民政府\"\nkind = \"government\"\n\
        [requests]\nreceived = [107, 0, 0, 0, 12, 9]\ncarried_in = 2\n[disclosure]\nfees = 1725.6168\n";

    fn bound(text: &str) -> (String, Vec<Diagnostic>) {
        let file = format!(
            "{}[other]\ntext = '{text}'\n",
            FIGURES.replace("carried_in = 2", "carried_in = [2,0,0,0,0,0]")
        );
        let (report, problems) = read(&SourceFile::parse("t", file));
        assert_eq!(problems, []);
        let (report, diagnostics) = bind(report.unwrap(), None);
        (report.other.narrative.text.unwrap().printed().to_owned(), diagnostics)
    }

    #[test]
    fn figures_sums_and_shares() {
        let (text, diagnostics) = bound(
            "{{report.year}}年{{ agency.name }}收到{{ requests.received.total + requests.carried_in.total }}件，\
             自然人占{{ requests.received.natural_person | share(of=requests.received.total, places=1) }}，收费{{ disclosure.fees }}万元",
        );
        assert_eq!(diagnostics, []);
        assert_eq!(text, "2023年某市人民政府收到130件，自然人占83.6%，收费1725.6168万元");
    }

    #[test]
    fn a_figure_that_is_not_filled_is_marked_without_a_second_finding() {
        let (text, diagnostics) =
            bound("许可{{ disclosure.licences }}件，合计{{ 1 + disclosure.penalties }}件");
        assert_eq!((text.as_str(), diagnostics), ("许可〔未填〕件，合计〔未填〕件", Vec::new()));
    }

    #[test]
    fn a_wrong_name_is_shown_where_it_stands() {
        let (text, diagnostics) = bound("收到{{ requests.recieved.total }}件");
        assert_eq!(text, "收到{{ requests.recieved.total }}件");
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].code, UNKNOWN_FIGURE);
        assert!(diagnostics[0].message.contains("requests.received"), "{:?}", diagnostics[0]);
        let Place::Text(path, range) = &diagnostics[0].primary.place else { panic!() };
        assert_eq!(path.as_str(), "other.text");
        assert!("收到{{ requests.recieved.total }}件"[range.clone()].contains("recieved"));
    }

    #[test]
    fn a_wrong_name_is_told_all_figures_there_are() {
        let (_, diagnostics) =
            bound("{{ requests.carried_in.total }}件，{{ requests.received.totl }}件");
        let known = &diagnostics[0].help[0];
        assert!(known.contains("total") && known.contains("natural_person"), "{known}");
        // A group is no figure, also where nothing else is named.
        assert_eq!(bound("{{ requests . received }}").1.len(), 1);
    }

    #[test]
    fn a_figure_of_last_year_needs_its_data_file() {
        let (_, diagnostics) = bound("上年{{ previous.requests.received.total }}件");
        assert_eq!(diagnostics.len(), 1);
        assert!(diagnostics[0].help[0].contains("写 previous = "), "{:?}", diagnostics[0]);
    }

    #[test]
    fn statements_and_open_ends_are_refused() {
        for text in
            ["{% for x in y %}", "收到{{ requests.received.total 件", "{{ }}", "{{ 1 / 3 }}"]
        {
            assert_eq!(bound(text).1.len(), 1, "{text}");
        }
    }
}
