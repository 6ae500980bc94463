//! The figures of the texts one by one: what each was taken for, and against what it was held.
//!
//! The rules themselves say what they held a figure against ([`Held`]), so nothing is called judged that no rule
//! looked at. All other numbers of the texts are listed with the reason.

mod seen;
mod verdict;

use std::collections::BTreeMap;
use std::ops::Range;

pub use seen::FigureSeen;
pub use verdict::{FigureClass, FigureVerdict};

use crate::budget::FIGURES;
use crate::diag::{Diagnostic, Place, Severity};
use crate::prose::{
    Bare, BareKind, Counted, Mention, Passage, Prose, Reading, Unread, bare_numbers, is_span,
    readings,
};
use crate::report::{Bound, FieldPath, Report, Text};
use crate::rules::figures::judge::clause;
use crate::rules::held::{Held, Holder};

/// All figures of the texts of a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coverage {
    /// The figures in the order of the texts.
    pub figures: Vec<FigureSeen>,
    /// The number of figures beyond those listed.
    pub n_more: usize,
}

impl Coverage {
    /// The number of its figures of a class.
    pub fn count(&self, class: FigureClass) -> usize {
        self.figures.iter().filter(|figure| figure.verdict.class() == class).count()
    }

    /// The number of those that tell a quantity: all but dates, numbers of documents and the like.
    pub fn n_quantities(&self) -> usize {
        self.figures.len() - self.count(FigureClass::NoQuantity) + self.n_more
    }

    /// The number of figures of each class, as a sentence of its own.
    pub fn line(&self) -> String {
        match self.n_quantities() {
            0 => "文字中没有数".to_owned(),
            _ => format!("文字中的数 {}", self.counts()),
        }
    }

    /// The number of figures of each class, beside words that say what is counted.
    pub fn counts(&self) -> String {
        let all = self.n_quantities();
        if all == 0 {
            return "没有".to_owned();
        }
        let classes = [FigureClass::Judged, FigureClass::Bound, FigureClass::Unjudged];
        let mut told: Vec<String> = classes
            .into_iter()
            .map(|class| (class, self.count(class)))
            .filter(|(_, n)| *n > 0)
            .map(|(class, n)| format!("{} {n} 个", class.name()))
            .collect();
        if self.n_more > 0 {
            told.push(format!("另有 {} 个没有逐个列出", self.n_more));
        }
        format!("{all} 个：{}", told.join("，"))
    }

    /// Names beside each figure the rules that found something amiss with it.
    pub(crate) fn mark(&mut self, findings: &[Diagnostic]) {
        let mut starts: BTreeMap<FieldPath, Vec<(usize, usize)>> = BTreeMap::new();
        for (i, figure) in self.figures.iter().enumerate() {
            if let Place::Text(path, range) = &figure.place {
                starts.entry(path.clone()).or_default().push((range.start, i));
            }
        }
        let grave =
            |finding: &&Diagnostic| matches!(finding.severity, Severity::Error | Severity::Warning);
        for finding in findings.iter().filter(grave).filter(|finding| holds_figures(finding.code)) {
            for label in std::iter::once(&finding.primary).chain(&finding.related) {
                let Place::Text(path, range) = &label.place else { continue };
                let Some(own) = starts.get(path) else { continue };
                let first = own.partition_point(|(start, _)| *start < range.start);
                for (_, i) in own[first..].iter().take_while(|(start, _)| *start < range.end) {
                    self.figures[*i].object(finding);
                }
            }
        }
    }
}

/// True if findings of a rule are on figures of the texts.
fn holds_figures(code: &str) -> bool {
    ["NB5", "NB6", "NB7"].iter().any(|family| code.starts_with(family))
}

/// Every number of the texts of a report, with what the rules held it against.
pub(super) fn coverage(report: &Report, prose: &Prose, held: &Holder) -> Coverage {
    let mut coverage = Coverage::default();
    for (passage, text) in prose.each(report) {
        let seer = Seer { report, passage, text, held: held.of(&passage.path) };
        let bare = bare_numbers(text.printed(), &passage.mentions, &passage.unread);
        let mut bare = bare.into_iter().peekable();
        for (i, mention) in passage.mentions.iter().enumerate() {
            while let Some(other) = bare.next_if(|other| other.range.start < mention.digits.start) {
                coverage.push(|| seer.bare(&other));
            }
            coverage.push(|| seer.figure(i, mention));
        }
        for other in bare {
            coverage.push(|| seer.bare(&other));
        }
    }
    coverage
}

impl Coverage {
    fn push(&mut self, figure: impl FnOnce() -> FigureSeen) {
        if self.figures.len() < FIGURES {
            self.figures.push(figure());
        } else {
            self.n_more += 1;
        }
    }
}

/// One text with all that is known of its figures.
struct Seer<'a> {
    report: &'a Report,
    passage: &'a Passage,
    text: &'a Text,
    held: Option<&'a BTreeMap<usize, Held>>,
}

impl Seer<'_> {
    fn figure(&self, i: usize, mention: &Mention) -> FigureSeen {
        let (verdict, detail) = self.verdict(i, mention);
        FigureSeen {
            place: self.place(&mention.digits),
            figure: self.written(&mention.range),
            words: clause(self.text, &(mention.phrase.start..mention.range.end)),
            taken_for: match verdict {
                FigureVerdict::NoQuantity => BareKind::Span.name().to_owned(),
                _ => self.taken_for(mention),
            },
            verdict,
            detail,
            cells: self.cells(i, mention),
            codes: Vec::new(),
        }
    }

    fn bare(&self, bare: &Bare) -> FigureSeen {
        let verdict = match bare.kind {
            BareKind::NoUnit => FigureVerdict::NoUnit,
            BareKind::UnknownUnit => FigureVerdict::UnknownUnit,
            BareKind::Unread => FigureVerdict::TooLong,
            BareKind::Date
            | BareKind::Span
            | BareKind::Number
            | BareKind::Ordinal
            | BareKind::Name => FigureVerdict::NoQuantity,
        };
        let is_quantity = verdict.class() != FigureClass::NoQuantity;
        FigureSeen {
            place: self.place(&bare.range),
            figure: self.written(&bare.range),
            words: clause(self.text, &bare.words),
            taken_for: if is_quantity { String::new() } else { bare.kind.name().to_owned() },
            verdict,
            detail: verdict.reason().to_owned(),
            cells: self.bound_cells(&bare.range),
            codes: Vec::new(),
        }
    }

    fn place(&self, range: &Range<usize>) -> Place {
        Place::Text(self.passage.path.clone(), self.text.typed_range(range.clone()))
    }

    fn written(&self, range: &Range<usize>) -> String {
        let printed = self.text.printed().get(range.clone()).unwrap_or_default();
        printed.split_whitespace().collect()
    }

    /// The readings of the thing counted, or the figure that it is a part of.
    fn taken_for(&self, mention: &Mention) -> String {
        let of = |i: usize| self.written(&self.passage.mentions[i].range);
        if let Some(counted) = &mention.counted {
            return names(self.report, counted);
        }
        if let Some(share) = &mention.share {
            return format!("{}所占的比例", of(share.part));
        }
        if let Some(growth) = mention.growth {
            return format!("{}与上年相比", of(growth.of));
        }
        match mention.list {
            Some(list) => format!("{}的一项", of(self.passage.lists[list].whole)),
            None => String::new(),
        }
    }

    /// The figures of the report that a figure tells: those it is taken from, was held against, or would be if they
    /// were filled.
    fn cells(&self, i: usize, mention: &Mention) -> Vec<FieldPath> {
        let bound = self.bound_cells(&mention.digits);
        if !bound.is_empty() {
            return bound;
        }
        match self.held.and_then(|held| held.get(&i)) {
            Some(Held::Tables(_, cells)) => return cells.clone(),
            Some(Held::Text(_) | Held::LastYear(_)) | None => {}
        }
        let is_own = mention.of_this_year && mention.growth.is_none() && mention.unread.is_none();
        let Some(counted) = mention.counted.as_ref().filter(|_| is_own) else { return Vec::new() };
        let all = readings(self.report, counted).into_iter().flatten();
        let mut cells: Vec<FieldPath> = Vec::new();
        for path in all.filter(|reading| !reading.loose).flat_map(|reading| reading.figures) {
            if !cells.contains(&path.0) {
                cells.push(path.0);
            }
        }
        cells
    }

    /// The figures of the report that are named by the expression from which a figure was put in.
    fn bound_cells(&self, printed: &Range<usize>) -> Vec<FieldPath> {
        let is_there =
            |bound: &&Bound| bound.printed.start < printed.end && printed.start < bound.printed.end;
        let Some(bound) = self.text.bound().iter().find(is_there) else { return Vec::new() };
        let expression = self.text.typed().get(bound.typed.clone()).unwrap_or_default();
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let names = expression.split(|c: char| !is_of_name(c));
        names.filter(|name| name.contains('.')).map(FieldPath::new).collect()
    }

    fn verdict(&self, i: usize, mention: &Mention) -> (FigureVerdict, String) {
        let plainly = |verdict: FigureVerdict| (verdict, verdict.reason().to_owned());
        if mention.bound {
            return plainly(FigureVerdict::Bound);
        }
        if let Some(held) = self.held.and_then(|held| held.get(&i)) {
            return match held {
                Held::Tables(told, _) => (FigureVerdict::Tables, told.clone()),
                Held::Text(told) => (FigureVerdict::Text, told.clone()),
                Held::LastYear(told) => (FigureVerdict::LastYear, told.clone()),
            };
        }
        if mention.counted.is_none() && is_span(self.text.printed(), &mention.digits) {
            return plainly(FigureVerdict::NoQuantity);
        }
        match mention.unread {
            Some(Unread::OtherBody) => {
                let detail = mention.owner.as_ref().map_or_else(
                    || FigureVerdict::OtherBody.reason().to_owned(),
                    |owner| format!("是“{}”的数，三张表里没有", clause(self.text, owner)),
                );
                return (FigureVerdict::OtherBody, detail);
            }
            Some(Unread::Declared(i)) => {
                let reason = self.report.scopes.get(i).map_or("", |scope| scope.reason.trim());
                let detail = format!("{}：{reason}", FigureVerdict::Declared.reason());
                return (FigureVerdict::Declared, detail);
            }
            Some(Unread::OtherPeriod) => return plainly(FigureVerdict::OtherPeriod),
            None => {}
        }
        if !mention.of_this_year || mention.growth.is_some() {
            return plainly(FigureVerdict::OtherPeriod);
        }
        match &mention.counted {
            Some(counted) => {
                let all: Vec<Reading> =
                    readings(self.report, counted).into_iter().flatten().collect();
                let open: Vec<&str> = all
                    .iter()
                    .filter(|reading| reading.value.is_none())
                    .map(|reading| reading.name.as_str())
                    .collect();
                if open.is_empty() {
                    (FigureVerdict::NotDecided, "有关的检查没有运行".to_owned())
                } else {
                    (FigureVerdict::Unfilled, format!("表中没有填写{}", open.join("、")))
                }
            }
            None => plainly(FigureVerdict::NotDecided),
        }
    }
}

fn names(report: &Report, counted: &Counted) -> String {
    let all = readings(report, counted);
    let group = |group: &Vec<Reading>| {
        let mut names: Vec<&str> = Vec::new();
        for reading in group.iter().filter(|reading| !reading.loose) {
            if !names.contains(&reading.name.as_str()) {
                names.push(&reading.name);
            }
        }
        names.join("，或")
    };
    all.iter().map(group).collect::<Vec<_>>().join("，并且是")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Given;
    use crate::source::SourceFile;

    fn seen(text: &str) -> Vec<(String, FigureVerdict)> {
        let file = format!(
            "format = \"2021\"\n[report]\nyear = 2023\n[agency]\nname = \"某某县教育局\"\nkind = \"department\"\n[overview]\ntext = \"{text}\"\n[requests]\nreceived = [9, 0, 0, 0, 0, 0, 9]\n"
        );
        let review = crate::review::review(&SourceFile::parse("t", file), Given::default());
        let figures = review.coverage.figures.into_iter();
        figures.map(|figure| (figure.figure, figure.verdict)).collect()
    }

    fn expect(text: &str, expected: &[(&str, FigureVerdict)]) {
        let expected: Vec<_> =
            expected.iter().map(|(figure, verdict)| ((*figure).to_owned(), *verdict)).collect();
        assert_eq!(seen(text), expected, "{text}");
    }

    #[test]
    fn every_figure_has_a_verdict() {
        use FigureVerdict::*;
        expect(
            "新收政府信息公开申请9件。发布图解60条、视频40条，共100条。举办培训3次。上年收到留言12条。市教育局收到政府信息公开申请80件。",
            &[
                ("9件", Tables),
                ("60条", Text),
                ("40条", Text),
                ("100条", Text),
                ("3次", NotDecided),
                ("12条", OtherPeriod),
                ("80件", OtherBody),
            ],
        );
    }

    #[test]
    fn what_is_no_quantity_of_the_work_is_called_so() {
        use FigureVerdict::*;
        expect(
            "2023年1月1日起，依照《条例》（国令第711号）第五十条和国办公开办函〔2021〕30号，20个工作日内答复；拨打12345热线或0912-1234567；落实“1+3”机制，见 www.a1.gov.cn。",
            &[
                ("2023", NoQuantity),
                ("1", NoQuantity),
                ("1", NoQuantity),
                ("711", NoQuantity),
                ("五十", NoQuantity),
                ("2021", NoQuantity),
                ("30", NoQuantity),
                ("20个", NoQuantity),
                ("12345", NoQuantity),
                ("0912", NoQuantity),
                ("1234567", NoQuantity),
                ("1", NoQuantity),
                ("3", NoQuantity),
                ("1", NoQuantity),
            ],
        );
    }

    #[test]
    fn a_figure_without_a_unit_that_is_known_is_said_not_to_be_judged() {
        use FigureVerdict::*;
        expect("部分公开67，占一半。水温35摄氏度。", &[("67", NoUnit), ("35", UnknownUnit)]);
    }
}
