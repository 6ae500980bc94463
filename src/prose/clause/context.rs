//! [`Context`]: all that surrounds a clause and decides how it is read.

use super::counted::Counted;

/// The topic of the text before this clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Topic {
    /// Nothing that the tables count.
    #[default]
    Unknown,
    /// Applications for information.
    Requests,
    /// A proceeding or a class of documents.
    Subject(usize),
    /// Something that the tables do not count.
    Elsewhere,
}

/// The part of the report that a text stands in, as far as it says what its figures are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TextPart {
    /// Any other part.
    #[default]
    Elsewhere,
    /// The part on applications.
    Requests,
    /// Section five, which tells of single cases.
    Problems,
}

/// The surroundings of a clause.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context<'a> {
    /// The topic of the text.
    pub(crate) topic: Topic,
    /// The whole of the list that the figure may be a part of.
    pub(crate) whole: Option<&'a Counted>,
    /// True if that whole is one of two figures side by side, and the list may be of both: 10件复议、7件诉讼中.
    pub(crate) of_pair: bool,
    /// True if the parts of that list make up its whole.
    pub(crate) is_full: bool,
    /// True if it may be a part of a figure that counts something else.
    pub(crate) of_unknown: bool,
    /// The thing that the figure before counted.
    pub(crate) neighbour: Option<&'a Counted>,
    /// True if the figure before is one of cases of which the tables know nothing.
    pub(crate) behind_other: bool,
    /// True if the unit is one in which cases are counted: 件, 宗, 份, 起, 例.
    pub(crate) of_cases: bool,
    /// True if the text is about applications, or about what went wrong.
    pub(crate) part: TextPart,
    /// True if a semicolon stands between the figure before and the clause.
    pub(crate) past_semicolon: bool,
    /// The last cases of the sentence that were told without what became of them, where the figure before tells nothing known.
    pub(crate) cases: Option<&'a Counted>,
    /// True if the unit is one of money.
    pub(crate) of_money: bool,
    /// True if no other figure stands before in the sentence.
    pub(crate) is_first: bool,
    /// True if no figure but that of persons stands before in the sentence: 向1名申请人发出收费通知，金额420元.
    pub(crate) is_first_amount: bool,
    /// True if the text has told of the handling fee before.
    pub(crate) fee_told: bool,
    /// True if the body may be one that decides on cases against others.
    pub(crate) decides_cases: bool,
    /// True if the body is an office of a county or below, which decides on no cases of others.
    pub(crate) is_small: bool,
}
