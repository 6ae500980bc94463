//! [`FigureVerdict`]: against what a figure was held, or why against nothing.

/// Against what a figure was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureVerdict {
    /// Against the tables or the fees.
    Tables,
    /// Against other figures of the text: a sum, a share, a change, the same thing told twice.
    Text,
    /// Against the report of the year before.
    LastYear,
    /// It was put in by the program, and is right by construction.
    Bound,
    /// Against nothing: it is that of another body, or of more or less than the report.
    OtherBody,
    /// Against nothing: the data file declares that it is not one of the tables'.
    Declared,
    /// Against nothing: it is that of another year or period, and last year's report is not given.
    OtherPeriod,
    /// Against nothing: its cell is not filled.
    Unfilled,
    /// Against nothing: no unit stands behind it.
    NoUnit,
    /// Against nothing: the unit behind it is not known.
    UnknownUnit,
    /// Against nothing: its sentence is too long to be read.
    TooLong,
    /// Against nothing: no table holds it, and no other figure decides it.
    NotDecided,
    /// It tells no quantity of the work: a date, the number of a document.
    NoQuantity,
}

/// A class of figures, as they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureClass {
    /// Held against something.
    Judged,
    /// Put in by the program.
    Bound,
    /// Held against nothing.
    Unjudged,
    /// No quantity of the work.
    NoQuantity,
}

impl FigureClass {
    /// The key for other programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Judged => "judged",
            Self::Bound => "bound",
            Self::Unjudged => "unjudged",
            Self::NoQuantity => "no-quantity",
        }
    }

    /// The words for the reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::Judged => "已核对",
            Self::Bound => "引用",
            Self::Unjudged => "未判断",
            Self::NoQuantity => "不计",
        }
    }
}

impl FigureVerdict {
    /// All of them, those held against something first.
    pub const ALL: &'static [Self] = &[
        Self::Tables,
        Self::Text,
        Self::LastYear,
        Self::Bound,
        Self::OtherBody,
        Self::Declared,
        Self::OtherPeriod,
        Self::Unfilled,
        Self::NoUnit,
        Self::UnknownUnit,
        Self::TooLong,
        Self::NotDecided,
        Self::NoQuantity,
    ];

    /// Its class.
    pub fn class(self) -> FigureClass {
        match self {
            Self::Tables | Self::Text | Self::LastYear => FigureClass::Judged,
            Self::Bound => FigureClass::Bound,
            Self::OtherBody
            | Self::Declared
            | Self::OtherPeriod
            | Self::Unfilled
            | Self::NoUnit
            | Self::UnknownUnit
            | Self::TooLong
            | Self::NotDecided => FigureClass::Unjudged,
            Self::NoQuantity => FigureClass::NoQuantity,
        }
    }

    /// The key for other programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tables => "tables",
            Self::Text => "text",
            Self::LastYear => "last-year",
            Self::Bound => "bound",
            Self::OtherBody => "other-body",
            Self::Declared => "declared",
            Self::OtherPeriod => "other-period",
            Self::Unfilled => "unfilled",
            Self::NoUnit => "no-unit",
            Self::UnknownUnit => "unknown-unit",
            Self::TooLong => "too-long",
            Self::NotDecided => "not-decided",
            Self::NoQuantity => "no-quantity",
        }
    }

    /// The words for the reader where there is nothing more to say.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Tables => "与表中数据核对",
            Self::Text => "与文中的数核对",
            Self::LastYear => "与上年报告核对",
            Self::Bound => "由程序从表中取数填入",
            Self::OtherBody => "是其他机关或其他范围的数，三张表里没有",
            Self::Declared => "数据文件说明不按三张表核对",
            Self::OtherPeriod => "是其他年份、时期的数，或者与它们相比",
            Self::Unfilled => "表中没有填写对应的数据",
            Self::NoUnit => "数字后面没有单位",
            Self::UnknownUnit => "不认识数字后面的单位",
            Self::TooLong => "所在的句子太长，没有读",
            Self::NotDecided => "表中没有这一项，文中也没有能核对它的数",
            Self::NoQuantity => "不是工作的数量",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_is_listed_once_with_words_of_its_own() {
        let mut keys: Vec<_> = FigureVerdict::ALL.iter().map(|verdict| verdict.key()).collect();
        let mut reasons: Vec<_> =
            FigureVerdict::ALL.iter().map(|verdict| verdict.reason()).collect();
        keys.sort_unstable();
        keys.dedup();
        reasons.sort_unstable();
        reasons.dedup();
        assert_eq!(
            (keys.len(), reasons.len()),
            (FigureVerdict::ALL.len(), FigureVerdict::ALL.len())
        );
    }
}
