//! A figure with everything it stands in, in the terminal.

use super::excerpt::columns;
use super::outside::on_one_line;
use super::stream::{print, terminal_width};
use super::wrap::wrapped;
use crate::diag::Place;
use crate::load::Loaded;
use crate::report::Money;
use crate::rules::FigureClass;
use crate::source::{Lines, locate};
use crate::trace::{Contents, Equation, Term, Trace, Units};

/// The columns before the words of each line.
const HEAD: usize = 6;
/// The widest lines: no one reads longer ones.
const WIDEST: usize = 100;
/// The most units that are named in one line.
const UNITS: usize = 8;

/// Prints figures one below the other.
pub(in crate::cli) fn traces(loaded: &Loaded, traces: &[Trace]) {
    let width = terminal_width().min(WIDEST);
    let all: Vec<String> = traces.iter().map(|trace| render(loaded, trace, width)).collect();
    print(&all.join("\n"));
}

fn render(loaded: &Loaded, trace: &Trace, width: usize) -> String {
    let lines = Lines::of(loaded.source.text());
    let line_of = |place: &Place| {
        let start = locate(&loaded.source, place).start;
        match loaded.source.spot(start) {
            Some(spot) => spot.to_owned(),
            None => format!("第{}行", lines.position(start).line),
        }
    };
    let path = trace.figure.path();
    let mut page = Page { width, text: format!("{}\n{}\n", trace.section, trace.name), last: "" };
    page.line("本年", &contents(&trace.contents, || line_of(&Place::Value(path.clone()))));
    page.line("上年", &trace.last.words(trace.contents.value()));
    page.line("含义", trace.meaning);
    for provision in &trace.see {
        page.line("依据", provision);
    }
    for (of, note) in &trace.notes {
        let of = if *of == path { String::new() } else { format!("（{of}）") };
        page.line("备注", &format!("{}{of}", on_one_line(note)));
    }
    for source in &trace.sources {
        page.line("来源", &on_one_line(&source.words()));
    }
    for equation in &trace.equations {
        page.line("等式", &balance(equation));
    }
    for seen in &trace.told {
        let words = on_one_line(&seen.words);
        page.line("文字", &format!("{}：“{words}”，{}", seen.result(), line_of(&seen.place)));
        let told = on_one_line(&seen.explanation());
        if seen.verdict.class() != FigureClass::Bound && !told.is_empty() {
            page.more(&told);
        }
    }
    if trace.told.is_empty() {
        page.line("文字", "没有说到这个数");
    }
    if let Some(own) = &trace.units {
        units(&mut page, own, trace.contents.value());
    }
    page.text
}

fn contents(contents: &Contents, at: impl Fn() -> String) -> String {
    match contents {
        Contents::Typed(value) => format!("{value}（{}）", at()),
        Contents::AddedUp(value) => format!("{value}（没有写，由各项相加）"),
        Contents::Unusable(typed) => {
            format!("“{}”，不是可以填的数（{}）", on_one_line(typed), at())
        }
        Contents::Absent => "没有填".to_owned(),
    }
}

/// The units that a figure is the sum of, those that are not in it, and the difference.
fn units(page: &mut Page, units: &Units, value: Option<Money>) {
    page.line("下级", &units.words);
    let more = units.lacking.len().saturating_sub(UNITS);
    let mut lacking = units.lacking.iter().take(UNITS).cloned().collect::<Vec<_>>().join("；");
    if more > 0 {
        lacking.push_str(&format!("；另有 {more} 个单位"));
    }
    page.line("未计", &lacking);
    if let (Some(sum), Some(value)) = (units.sum, value)
        && sum != value
    {
        page.line("相差", &format!("本级 {value}，下级相加 {sum}，差 {}", (sum - value).abs()));
    }
}

/// An equation with its figures, and whether it holds.
fn balance(equation: &Equation) -> String {
    let side = |terms: &[Term]| {
        let one = |term: &Term| {
            let value = term.value.map_or_else(|| "未填".to_owned(), |value| value.to_string());
            format!("{} {value}", term.name)
        };
        terms.iter().map(one).collect::<Vec<_>>().join(" ＋ ")
    };
    let (left, right) = (side(&equation.left), side(&equation.right));
    format!("{left} ＝ {right}（{}，{}）", equation.code, equation.verdict())
}

/// Lines under heads; lines of one kind stand under one head.
struct Page {
    width: usize,
    text: String,
    last: &'static str,
}

impl Page {
    /// Words under a head; nothing where there are none.
    fn line(&mut self, head: &'static str, words: &str) {
        if words.is_empty() {
            return;
        }
        let shown = if head == self.last { "" } else { head };
        self.last = head;
        let gap = " ".repeat(HEAD.saturating_sub(columns(shown)));
        self.put(&format!("{shown}{gap}"), words);
    }

    /// More words under the same head.
    fn more(&mut self, words: &str) {
        self.put(&" ".repeat(HEAD), words);
    }

    fn put(&mut self, head: &str, words: &str) {
        let rows = wrapped(words, self.width.saturating_sub(HEAD + 2));
        for (i, row) in rows.iter().enumerate() {
            let before = if i == 0 { head.to_owned() } else { " ".repeat(HEAD) };
            self.text.push_str(&format!("  {before}{row}\n"));
        }
    }
}
