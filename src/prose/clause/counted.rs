//! [`Counted`]: the thing that a figure counts.

use crate::edition::RequestColumn;
use crate::prose::lexicon::QuantityKind;

/// The thing that a figure counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counted {
    /// Its stage in the course of an application, or its other kind.
    pub(crate) kind: QuantityKind,
    /// The things named; several where the clause joins them.
    pub(crate) terms: Vec<Term>,
    /// The way several of them go together.
    pub(crate) joined: Joined,
    /// The columns of the kind of applicant; none for all applicants.
    pub(crate) applicant: Vec<RequestColumn>,
    /// True if a difference may come from another scope and is only worth a look.
    pub(crate) only_hint: bool,
    /// True if the words for what was handled must be taken at their word.
    pub(crate) strict: bool,
    /// True if only some of them are counted, which cannot be more than all.
    pub(crate) at_most: bool,
}

/// Something named by a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Term {
    /// A quantity of the lexicon.
    Quantity(usize),
    /// A proceeding or a class of documents; its total or any column when no aspect is said.
    Subject {
        /// Its place in the lexicon.
        subject: usize,
        /// The place of the aspect in the lexicon.
        aspect: Option<usize>,
    },
    /// Applications, and nothing says at which stage.
    Requests,
}

/// The way several things named in one clause go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// Any of them may be meant.
    Any,
    /// The figure holds for each of them: 收到和办理, 各.
    All,
    /// The figure is their sum: 予以公开和部分公开.
    Sum,
}

impl Counted {
    /// True if it is applications coming in, or at no stage that is said.
    pub(crate) fn is_intake(&self) -> bool {
        matches!(self.kind, QuantityKind::Intake | QuantityKind::Request)
    }
}

impl Term {
    /// The subject, if it is one.
    pub(crate) fn subject(&self) -> Option<usize> {
        match self {
            Self::Subject { subject, .. } => Some(*subject),
            Self::Quantity(_) | Self::Requests => None,
        }
    }
}

/// True if two figures stand in rows or columns of the form beside each other, and neither is a part of the other: two outcomes,
/// two results of the cases of one kind, two kinds of applicants.
pub(crate) fn are_siblings(one: &Counted, other: &Counted) -> bool {
    let both = |kind| one.kind == kind && other.kind == kind;
    let apart = !one.applicant.iter().any(|column| other.applicant.contains(column));
    both(QuantityKind::Outcome)
        || is_result(one) && is_result(other) && one.terms != other.terms
        || one.kind == other.kind
            && !one.applicant.is_empty()
            && !other.applicant.is_empty()
            && apart
}

/// True if a figure tells what became of cases.
pub(crate) fn is_result(counted: &Counted) -> bool {
    let result = |term: &Term| matches!(term, Term::Subject { aspect: Some(_), .. });
    counted.kind == QuantityKind::Proceeding
        && !counted.terms.is_empty()
        && counted.terms.iter().all(result)
}

/// Some things of all applicants, of which the tables hold just as many.
pub(in crate::prose) fn plainly(kind: QuantityKind, terms: Vec<Term>) -> Counted {
    Counted {
        kind,
        terms,
        joined: Joined::Any,
        applicant: Vec::new(),
        only_hint: false,
        strict: false,
        at_most: false,
    }
}
