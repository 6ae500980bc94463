//! [`Sense`]: the meaning of a phrase, and [`Word`]: the words that decide how a figure is read.

use serde::Deserialize;

/// The meaning of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A quantity, by its place in [`Lexicon::quantities`](super::Lexicon::quantities).
    Quantity(usize),
    /// A kind of applicant, by its place in [`Lexicon::applicants`](super::Lexicon::applicants).
    Applicant(usize),
    /// A subject, by its place in [`Lexicon::subjects`](super::Lexicon::subjects).
    Subject(usize),
    /// An aspect, by its place in [`Lexicon::aspects`](super::Lexicon::aspects).
    Aspect(usize),
    /// Any other word that decides how a figure is read.
    Word(Word),
}

/// A word that names no quantity but decides how a figure is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Word {
    /// 政府信息公开申请.
    Request,
    /// 申请, of whatever kind.
    Application,
    /// 案件, of whatever kind.
    Case,
    /// Something else, which also owns the figures behind it.
    Elsewhere,
    /// Something else, which owns only its own figure.
    Thing,
    /// A way by which applications come in; otherwise a thing.
    Channel,
    /// 其中.
    Opens,
    /// 分别为.
    OpensAll,
    /// 主要有.
    OpensSome,
    /// 等.
    OpenEnd,
    /// 各.
    Each,
    /// 分别.
    Respectively,
    /// 全部.
    Every,
    /// 和.
    And,
    /// 没有.
    Without,
    /// 未收到.
    NotReceived,
    /// 增长.
    Change,
    /// 较.
    Compares,
    /// 上年.
    OtherPeriod,
    /// 全年.
    OwnPeriod,
    /// 全市.
    Area,
    /// 各级.
    Parts,
    /// 市本级.
    Office,
    /// 占.
    Share,
    /// 满意率.
    Rate,
    /// 办结率.
    Finish,
    /// 转办, 指导: not the body's own, or some of them that nobody counts.
    Partial,
    /// 延期, 疑难: some of them, which cannot be more than all.
    Subset,
    /// 尚未办结: not handled yet.
    Unfinished,
    /// 因政府信息公开引起.
    Because,
    /// 为由: the words before say why.
    Reason,
    /// Words that make a clause no statement of fact.
    Except,
    /// Says that what follows are labels of documents.
    Labels,
    /// Says nothing.
    Filler,
    /// Looks like a phrase above and is none.
    Neutral,
}

impl Sense {
    /// The sense with a number in the table of phrases.
    pub(super) fn from_code(code: u16) -> Option<Self> {
        let [kind, number] = code.to_be_bytes().map(usize::from);
        match kind {
            0 => Some(Self::Quantity(number)),
            1 => Some(Self::Applicant(number)),
            2 => Some(Self::Subject(number)),
            3 => Some(Self::Aspect(number)),
            4 => Word::ALL.get(number).copied().map(Self::Word),
            _ => None,
        }
    }
}

impl Word {
    /// All of them in their order.
    const ALL: &'static [Self] = &[
        Self::Request,
        Self::Application,
        Self::Case,
        Self::Elsewhere,
        Self::Thing,
        Self::Channel,
        Self::Opens,
        Self::OpensAll,
        Self::OpensSome,
        Self::OpenEnd,
        Self::Each,
        Self::Respectively,
        Self::Every,
        Self::And,
        Self::Without,
        Self::NotReceived,
        Self::Change,
        Self::Compares,
        Self::OtherPeriod,
        Self::OwnPeriod,
        Self::Area,
        Self::Parts,
        Self::Office,
        Self::Share,
        Self::Rate,
        Self::Finish,
        Self::Partial,
        Self::Subset,
        Self::Unfinished,
        Self::Because,
        Self::Reason,
        Self::Except,
        Self::Labels,
        Self::Filler,
        Self::Neutral,
    ];
}
