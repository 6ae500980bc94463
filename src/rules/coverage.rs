//! The figures of the texts one by one: what each was taken for, and against what it was held.

use crate::diag::Place;
use crate::prose::{Counted, Mention, Passage, Prose, Reading, Unread, readings};
use crate::report::{Report, Text};

/// A figure of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSeen {
    /// Where it stands.
    pub place: Place,
    /// The figure as written, with its unit.
    pub figure: String,
    /// Its meaning, in the words of the form; empty where nobody can tell.
    pub taken_for: String,
    /// Against what it was held, or why against nothing.
    pub verdict: FigureVerdict,
}

/// Against what a figure was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureVerdict {
    /// It was put in by the program, and is right by construction.
    Bound,
    /// Against the tables or the fees.
    Tables,
    /// Against other figures of the text: a sum, a share, a change.
    Text,
    /// Against nothing: it is that of another year or period.
    OtherPeriod,
    /// Against nothing: it is that of another body, or of more or less than the report.
    OtherBody,
    /// Against nothing: no table holds it, and no other figure decides it.
    NotDecided,
}

impl FigureVerdict {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 6] = [
        Self::Tables,
        Self::Text,
        Self::Bound,
        Self::OtherPeriod,
        Self::OtherBody,
        Self::NotDecided,
    ];

    /// True if the figure was held against something.
    pub fn is_judged(self) -> bool {
        matches!(self, Self::Bound | Self::Tables | Self::Text)
    }

    /// The key for other programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Bound => "bound",
            Self::Tables => "tables",
            Self::Text => "text",
            Self::OtherPeriod => "other-period",
            Self::OtherBody => "other-body",
            Self::NotDecided => "not-decided",
        }
    }

    /// The words for the reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bound => "由程序填入",
            Self::Tables => "已与表中数据核对",
            Self::Text => "已与文中的数核对",
            Self::OtherPeriod => "未核对：不是报告年度的数",
            Self::OtherBody => "未核对：是其他机关或其他范围的数",
            Self::NotDecided => "未核对：表中没有、文中也没有可以核对的数",
        }
    }
}

/// Every figure of the texts of a report that counts something, in the order of the texts.
pub fn figures_seen(report: &Report) -> Vec<FigureSeen> {
    let prose = Prose::of(report);
    let mut seen = Vec::new();
    for (passage, text) in prose.each(report) {
        for (i, mention) in passage.mentions.iter().enumerate() {
            seen.push(FigureSeen {
                place: Place::Text(passage.path.clone(), text.typed_range(mention.digits.clone())),
                figure: figure(text, mention),
                taken_for: taken_for(report, passage, text, mention),
                verdict: verdict(report, passage, i),
            });
        }
    }
    seen
}

fn figure(text: &Text, mention: &Mention) -> String {
    let printed = text.printed().get(mention.range.clone()).unwrap_or_default();
    printed.split_whitespace().collect()
}

/// The meaning of a figure: the readings of a thing counted, or the figure that it is a part of.
fn taken_for(report: &Report, passage: &Passage, text: &Text, mention: &Mention) -> String {
    let of = |i: usize| figure(text, &passage.mentions[i]);
    if let Some(counted) = &mention.counted {
        return names(report, counted);
    }
    if let Some(share) = &mention.share {
        return format!("{} 所占的比例", of(share.part));
    }
    if let Some(growth) = mention.growth {
        return format!("{} 与上年相比", of(growth.of));
    }
    match mention.list {
        Some(list) => format!("{} 的一项", of(passage.lists[list].whole)),
        None => String::new(),
    }
}

fn names(report: &Report, counted: &Counted) -> String {
    let all = readings(report, counted);
    let group = |group: &Vec<Reading>| {
        let names: Vec<&str> = group.iter().map(|reading| reading.name.as_str()).collect();
        names.join("或")
    };
    all.iter().map(group).collect::<Vec<_>>().join("并")
}

fn verdict(report: &Report, passage: &Passage, i: usize) -> FigureVerdict {
    let mention = &passage.mentions[i];
    if mention.bound {
        return FigureVerdict::Bound;
    }
    let filled = |counted: &Counted| {
        let mut all = readings(report, counted).into_iter().flatten().peekable();
        all.peek().is_some() && all.any(|reading| reading.value.is_some())
    };
    if mention.of_this_year && mention.counted.as_ref().is_some_and(filled) {
        return FigureVerdict::Tables;
    }
    let summed = passage.sums.iter().any(|sum| sum.parts.contains(&i) || sum.total == Some(i));
    let listed = passage.lists.iter().any(|list| {
        (list.whole == i || list.parts.contains(&i))
            && !list.ambiguous
            && list.is_exact(&passage.mentions)
            && !list.parts.is_empty()
            && list.decides(&passage.mentions)
    });
    if summed || listed || mention.share.is_some() {
        return FigureVerdict::Text;
    }
    match mention.unread {
        Some(Unread::OtherBody) => FigureVerdict::OtherBody,
        Some(Unread::OtherPeriod) => FigureVerdict::OtherPeriod,
        None if !mention.of_this_year || mention.growth.is_some() => FigureVerdict::OtherPeriod,
        None => FigureVerdict::NotDecided,
    }
}

/// The number of figures of each verdict, those that do not occur left out.
pub fn figures_counted(seen: &[FigureSeen]) -> Vec<(FigureVerdict, usize)> {
    let count = |verdict| seen.iter().filter(|figure| figure.verdict == verdict).count();
    let all = FigureVerdict::ALL.into_iter().map(|verdict| (verdict, count(verdict)));
    all.filter(|(_, n)| *n > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;
    use crate::report::{AgencyKind, Entry};

    fn verdicts(text: &str) -> Vec<(String, FigureVerdict)> {
        let mut report = Report::empty(Edition::Y2021);
        report.header.year = Some(2023);
        report.agency.name = Some("某某县教育局".to_owned());
        report.agency.kind = Some(AgencyKind::Department);
        report.overview.text = Some(Text::new(text));
        let received = (crate::edition::RequestRow::Received, crate::edition::RequestColumn::Total);
        report.requests.cells[received] = Entry::Value(9);
        let seen = figures_seen(&report).into_iter();
        seen.map(|figure| (figure.figure, figure.verdict)).collect()
    }

    #[test]
    fn every_figure_has_a_verdict() {
        let seen = verdicts(
            "收到政府信息公开申请9件。发布图解60条、视频40条，共100条。举办培训3次。上年收到留言12条。市教育局收到政府信息公开申请80件。",
        );
        let expected = [
            ("9件", FigureVerdict::Tables),
            ("60条", FigureVerdict::Text),
            ("40条", FigureVerdict::Text),
            ("100条", FigureVerdict::Text),
            ("3次", FigureVerdict::NotDecided),
            ("12条", FigureVerdict::OtherPeriod),
            ("80件", FigureVerdict::OtherBody),
        ];
        let expected = expected.map(|(figure, verdict)| (figure.to_owned(), verdict));
        assert_eq!(seen, expected);
        assert!(FigureVerdict::ALL.iter().all(|verdict| !verdict.name().is_empty()));
    }
}
