//! Words round a figure that take a meaning back, or make it an upper bound.

use super::figures::is_in_force;
use super::reader::Reader;
use crate::edition::Proceeding;
use crate::prose::bare::is_span;
use crate::prose::clause::is_reason;
use crate::prose::clause::{Counted, Joined, Term, TextPart, Topic};
use crate::prose::lexicon::{AspectColumn, Lexicon, QuantityKind, Sense, SubjectRow, Word};
use crate::prose::mention::Mention;
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What, changes, is_filler, tokens};

impl Reader<'_> {
    /// Takes back a meaning that the text round a figure denies, and makes an upper bound of one that is only of some.
    pub(super) fn narrow_meaning(&self, mention: &mut Mention) {
        let text = self.text.printed();
        let named = text.get(mention.phrase.start..mention.digits.start);
        let named = named.unwrap_or_default().trim_end_matches('有');
        let denied = self.is_consent(mention)
            || self.is_start_of_change(mention)
            || self.tells_reason(mention)
            || is_of_class(text, mention)
            || is_made_into(text, mention)
            || is_span(text, &mention.digits)
            || is_whole_of_share(named, &text[mention.range.end..])
            || is_first_of_row(text, mention)
            || self.part == TextPart::Problems && is_of_court(named, mention)
            || self.mentions.last().is_some_and(|last| mention.is_of_each_of(last, text))
            || mention.counted.as_ref().is_some_and(|c| self.is_of_either(mention, c))
            || mention.counted.as_ref().is_some_and(|c| self.divides_row(c))
            || self.carries_something_else(mention)
            || self.exceeds_carried_in(mention)
            || mention.counted.as_ref().is_some_and(|c| self.is_withdrawn(mention, c))
            || mention.counted.as_ref().is_some_and(|c| self.is_of_other_applicants(mention, c))
            || self.is_of_classified(mention);
        let of_others = self.is_of_other_documents(mention) || self.is_of_last_state(mention);
        if denied || of_others || self.is_of_matter(mention) {
            mention.counted = None;
        }
        self.hold_at_most_of_new(mention);
        self.hold_at_most_of_accepted(mention);
        let clauses = &Lexicon::get().clauses;
        if let Some(counted) = mention.counted.as_mut().filter(|c| c.kind == QuantityKind::Handled)
            && (clauses.overdue.are_in(named) || clauses.timed.are_in(named))
        {
            counted.at_most = true; // 超期答复1件: some of all that were answered.
        }
        self.hold_at_most_of_some(mention);
        self.hold_at_most_of_dealt_with(mention);
        if let Some(counted) = mention.counted.as_mut()
            && (is_within(named, counted)
                || is_of_article(named, counted)
                || is_of_sample(named, counted)
                || is_of_earlier_years(named, counted)
                || self.is_of_some_cases(named, counted))
        {
            counted.at_most = true; // 政府信息公开申请中有9件经补正: some of them.
        }
    }

    /// 2023年结转3件提案: where applications are not the topic, the noun behind the figure says what was carried over.
    fn carries_something_else(&self, mention: &Mention) -> bool {
        const REACH: usize = 24;
        let behind = &self.text.printed()[mention.range.end..];
        let behind = &behind[..behind.floor_char_boundary(REACH)];
        let carried = mention.counted.as_ref().is_some_and(|counted| {
            matches!(counted.kind, QuantityKind::CarriedIn | QuantityKind::CarriedOut)
        });
        let other = |token: &Token| {
            matches!(token.what, What::Phrase(Sense::Word(Word::Elsewhere | Word::Thing)))
        };
        carried && self.topic != Topic::Requests && tokens(behind).first().is_some_and(other)
    }

    /// 一件因申请人撤回而结案: no case that was decided.
    pub(super) fn is_withdrawn(&self, mention: &Mention, counted: &Counted) -> bool {
        let decided = |term: &Term| match term {
            Term::Subject { aspect: Some(aspect), .. } => {
                Lexicon::get().aspects[*aspect].column == AspectColumn::Decided
            }
            _ => false,
        };
        let behind = &self.text.printed()[mention.range.end..];
        let clause = behind.split(['，', '；', '。', '、', '\n']).next().unwrap_or_default();
        counted.terms.iter().any(decided) && Lexicon::get().clauses.withdrawn.are_in(clause)
    }

    /// 新收139件，上年结转3件；自然人92件: of all, as there are more of them than were carried in.
    fn exceeds_carried_in(&self, mention: &Mention) -> bool {
        const NEAR: usize = 6;
        let carried = |counted: &Counted| counted.kind == QuantityKind::CarriedIn;
        let own =
            mention.counted.as_ref().is_some_and(|own| carried(own) && !own.applicant.is_empty());
        let is_all = |told: &&Mention| {
            told.counted.as_ref().is_some_and(|told| carried(told) && told.applicant.is_empty())
        };
        let near = self.mentions.iter().rev().take(NEAR);
        let mut told = near.take_while(|told| told.sentence == mention.sentence).filter(is_all);
        own && told.next().is_some_and(|told| told.value < mention.value)
    }

    /// 自然人88件，企业33件，其他申请人14件; 其余12件来自企业、律所和科研机构: all others that are not named, or several kinds of them.
    pub(super) fn is_of_other_applicants(&self, mention: &Mention, counted: &Counted) -> bool {
        const SEVERAL: [char; 3] = ['、', '和', '及'];
        let clauses = &Lexicon::get().clauses;
        let one = counted.applicant.len() == 1;
        let (named, behind) = self.text.printed().split_at(mention.digits.start);
        let behind = &behind[mention.range.end - mention.digits.start..];
        let clause = behind.split(['，', '；', '。', '\n', '（']).next().unwrap_or_default();
        let from = clauses.come_from.start_of(clause).is_some() && clause.contains(SEVERAL);
        one && (clauses.other_applicants.end_of(named).is_some() || from)
    }

    /// 收到的申请有9件在年内办结: of those that came in, some.
    fn hold_at_most_of_dealt_with(&self, mention: &mut Mention) {
        const HAS: char = '有';
        let text = self.text.printed();
        let named = text.get(mention.phrase.start..mention.digits.start).unwrap_or_default();
        let goes_on = text[mention.range.end..].starts_with(char::is_alphabetic);
        if let Some(counted) = mention.counted.as_mut()
            && matches!(counted.kind, QuantityKind::Intake | QuantityKind::Request)
            && goes_on
            && named.ends_with(HAS)
            && named.contains('的')
        {
            counted.at_most = true;
        }
    }

    /// True if the words before a figure of cases say that they are new, or in the report of a government, which tells those of its
    /// departments as well, against whom they are: 以县政府为被申请人的复议4件.
    fn is_of_some_cases(&self, named: &str, counted: &Counted) -> bool {
        let clauses = &Lexicon::get().clauses;
        let against = self.government && clauses.respondents.are_in(named);
        counted.kind == QuantityKind::Proceeding && (against || clauses.new_cases.are_in(named))
    }

    /// 现行有效2件（含授权制发的1件）, 制定3部（新制定1部、重新公布2部）: what a bracket divides is no figure of its own.
    fn is_of_other_documents(&self, mention: &Mention) -> bool {
        let documents = |counted: &Counted| counted.kind == QuantityKind::Document;
        let whole = self.context(true).whole.filter(|_| self.levels.len() > 1);
        let inner = mention.counted.as_ref().is_some_and(documents) && whole.is_some_and(documents);
        inner || self.counts_two_kinds(mention)
    }

    /// 新制定的16件规章和规范性文件: of two kinds, as the words behind it say.
    fn counts_two_kinds(&self, mention: &Mention) -> bool {
        const REACH: usize = 60;
        let behind = &self.text.printed()[mention.range.end..];
        let behind = &behind[..behind.floor_char_boundary(REACH)];
        let named: Vec<usize> = tokens(behind)
            .iter()
            .map_while(|token| match token.what {
                What::Phrase(Sense::Subject(subject)) => Some(Some(subject)),
                What::Phrase(Sense::Word(Word::And)) => Some(None),
                _ => None,
            })
            .flatten()
            .collect();
        let told = mention.counted.as_ref().map_or(&[][..], |counted| counted.terms.as_slice());
        let own: Vec<usize> = told.iter().filter_map(Term::subject).collect();
        named.len() > 1 && !own.is_empty() && !named.iter().all(|subject| own.contains(subject))
    }

    /// 年初，全县有效的规范性文件63件，年内新制定6件: as many as there were before the year.
    fn is_of_last_state(&self, mention: &Mention) -> bool {
        if !mention.counted.as_ref().is_some_and(is_in_force) {
            return false;
        }
        let words = &Lexicon::get().growth.last_state;
        let from = self.mentions.last().map_or(0, |last| last.range.end);
        let before = self.text.printed().get(from..mention.digits.start).unwrap_or_default();
        let sentence = before.rsplit(['。', '；', '\n']).next().unwrap_or_default();
        let compared = &Lexicon::get().growth.base_behind;
        let at = words.iter().filter_map(|word| sentence.rfind(word)).max();
        at.is_some_and(|at| compared.end_of(&sentence[..at]).is_none())
    }

    /// 按内容分，医疗纠纷调查处理24件、机构审批16件: what applications are about is no stage of theirs.
    fn is_of_matter(&self, mention: &Mention) -> bool {
        const REACH: usize = 120;
        const CLASS: char = '类';
        let Some(counted) = mention.counted.as_ref() else { return false };
        let (before, _) = self.text.printed().split_at(mention.digits.start);
        let is_class = before.ends_with(CLASS);
        let flow = matches!(counted.kind, QuantityKind::Handled | QuantityKind::Intake);
        if !flow && !is_reason(counted) {
            return false;
        }
        let mut sentences = near(before, REACH).rsplit(['。', '\n']);
        let sentence = sentences.next().unwrap_or_default();
        let clauses = &Lexicon::get().clauses;
        // 申请内容。接报警登记类129件；行政处罚案卷类84件: a title says so.
        let titled = sentences.next().is_some_and(|t| clauses.by_matter.end_of(t).is_some());
        let part = sentence.rsplit('；').next().unwrap_or_default();
        let ends = |word| Some(part.rfind(word)? + str::len(word));
        let at = clauses.by_matter.iter().filter_map(ends).max();
        is_class && titled
            || at.is_some_and(|at| clauses.matters_follow.start_of(&part[at..]).is_some())
    }

    /// 行政诉讼由2件降为0件: as many as there were before.
    fn is_start_of_change(&self, mention: &Mention) -> bool {
        let (growth, text) = (&Lexicon::get().growth, self.text.printed());
        growth.base_from.end_of(&text[..mention.digits.start]).is_some()
            && growth.goes_on.start_of(&text[mention.range.end..]).is_some()
    }

    /// 征求第三方意见3件，同意公开1件: the answer of those who were asked, and no outcome.
    fn is_consent(&self, mention: &Mention) -> bool {
        const REACH: usize = 40;
        let clauses = &Lexicon::get().clauses;
        let before = &self.text.printed()[..mention.digits.start];
        let sentence = near(before, REACH).rsplit(['。', '\n']).next().unwrap_or_default();
        clauses.consent.end_of(before).is_some() && clauses.third_parties.are_in(sentence)
    }

    /// True for 新增 before the name of a thing, which tells no change of it: 网站新增信息3652条.
    pub(super) fn is_new_thing(&self, token: &Token, words: &[Token]) -> bool {
        const NEW: &str = "新增";
        let word = self.text.printed().get(token.range.clone()).unwrap_or_default();
        let last = words.last().map_or(0, |last| last.range.end);
        let next = words.iter().find(|other| other.range.start >= token.range.end);
        let named = next.is_some_and(|next| !is_filler(next) || next.range.start > token.range.end);
        let compared = words.iter().filter(|other| changes(other)).count() > 1;
        changes(token) && word == NEW && last > token.range.end && named && !compared
    }

    /// True if a figure counts official documents by the way in which they may be published: 制发公文40件，其中主动公开20件，
    /// 依申请公开6件.
    fn is_of_classified(&self, mention: &Mention) -> bool {
        /// The most characters before and behind in which the documents and their other classes are named.
        const REACH: usize = 80;
        let clauses = &Lexicon::get().clauses;
        let (before, behind) = self.text.printed().split_at(mention.digits.start);
        let named = before.trim_end_matches(['类', '的', '有', '为', '文', '件']);
        let Some(class) = clauses.classes.end_of(named) else { return false };
        let ahead = named[..named.len() - class.len()].trim_end_matches("其中");
        if !ahead.ends_with(['，', '、', '：', '（', '；']) {
            return false; // 受理依申请公开6件.
        }
        let ends = ['。', '\n'];
        let before = near(before, REACH).rsplit(ends).next().unwrap_or_default();
        let behind: String = behind.chars().take(REACH).collect();
        let behind = behind.split(ends).next().unwrap_or_default();
        let both = [before, behind];
        // Where applications are told of as well, it may be theirs.
        let applies = both.iter().any(|part| part.replace("依申请公开", "").contains("申请"));
        clauses.classified.are_in(before)
            && both.iter().any(|part| clauses.published_class.are_in(part))
            && !applies
    }

    /// 部分公开3件（涉及个人隐私2件、商业秘密1件）: why those were disclosed in part is no outcome of its own.
    fn divides_row(&self, counted: &Counted) -> bool {
        let row = Lexicon::get().quantity("partly_granted").map(Term::Quantity);
        let whole = self.context(true).whole.filter(|_| self.levels.len() > 1);
        let of_row = |whole: &Counted| whole.terms.iter().copied().eq(row);
        counted.kind == QuantityKind::Outcome && whole.is_some_and(of_row)
    }

    /// True if a figure of what is left may count either of several outcomes: 其余5件因不掌握或属信访而未公开.
    pub(super) fn is_of_either(&self, mention: &Mention, counted: &Counted) -> bool {
        const REACH: usize = 40;
        const OR: char = '或';
        let several = counted.kind == QuantityKind::Outcome
            && counted.joined == Joined::Any
            && counted.terms.len() > 1;
        let words = self.text.printed()[mention.phrase.start..].chars().take(REACH);
        let mut words = words.take_while(|c| !matches!(c, '，' | '；' | '。'));
        mention.is_rest && several && words.any(|c| c == OR)
    }
}

/// The end of a text, of so many characters.
fn near(before: &str, reach: usize) -> &str {
    before.char_indices().rev().nth(reach).map_or(before, |(at, _)| &before[at..])
}

/// 纠正的占已审结41件的14.6%: true if a figure is the whole that something else is a share of.
fn is_whole_of_share(named: &str, behind: &str) -> bool {
    let names = |(part, whole): (&str, &str)| {
        part.ends_with('的') && whole.contains(char::is_alphabetic) && behind.starts_with('的')
    };
    named.split_once('占').is_some_and(names)
}

/// True if a figure counts applications that were picked: 抽查全年受理的5件申请.
fn is_of_sample(named: &str, counted: &Counted) -> bool {
    let flow = matches!(
        counted.kind,
        QuantityKind::Intake | QuantityKind::Handled | QuantityKind::Request
    );
    flow && Lexicon::get().clauses.sampled.are_in(named)
}

/// 依照《条例》第十五条不予公开2件: of what is not disclosed, that for one reason.
fn is_of_article(named: &str, counted: &Counted) -> bool {
    const ORDINAL: char = '第';
    const ARTICLE: char = '条';
    let cited = named.rfind(ORDINAL).is_some_and(|at| named[at..].contains(ARTICLE));
    cited && counted.kind == QuantityKind::Outcome
}

/// True if the words before a figure say that it is some of what they name: 政府信息公开申请中有, 诉讼案件中.
fn is_within(named: &str, counted: &Counted) -> bool {
    const OF_THOSE: &str = "其中";
    let of_all = match counted.kind {
        QuantityKind::Request | QuantityKind::Proceeding => true,
        QuantityKind::Intake
        | QuantityKind::CarriedIn
        | QuantityKind::CarriedOut
        | QuantityKind::Handled
        | QuantityKind::Outcome
        | QuantityKind::Rest
        | QuantityKind::Document
        | QuantityKind::Fee => false,
    };
    of_all && Lexicon::get().clauses.within.end_of(named).is_some() && !named.ends_with(OF_THOSE)
}

/// True if the words before a figure of documents in force name those of earlier years: 连同以前还在用的3件，现在有效的是4件.
fn is_of_earlier_years(named: &str, counted: &Counted) -> bool {
    is_in_force(counted) && Lexicon::get().clauses.earlier.are_in(named)
}

/// True if a figure is that of cases which a court decided, and was taken for those of reconsideration: 被法院判决纠正1件.
fn is_of_court(named: &str, mention: &Mention) -> bool {
    let lexicon = Lexicon::get();
    let of_reconsideration = |term: &Term| match term {
        Term::Subject { subject, .. } => {
            lexicon.subjects[*subject].rows == [SubjectRow::Proceeding(Proceeding::Reconsideration)]
        }
        Term::Quantity(_) | Term::Requests => false,
    };
    let terms = mention.counted.as_ref().map_or(&[][..], |counted| counted.terms.as_slice());
    lexicon.clauses.courts.are_in(named)
        && !terms.is_empty()
        && terms.iter().all(of_reconsideration)
}

/// True if an amount is followed by others without a name between them: 收费250元、450元、540元.
fn is_first_of_row(text: &str, mention: &Mention) -> bool {
    let behind = text[mention.range.end..].strip_prefix('、');
    mention.unit == Unit::Yuan
        && behind.is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
}

/// True if a figure is what something else was made into: 1件分拆为2件办理.
pub(super) fn is_made_into(text: &str, mention: &Mention) -> bool {
    Lexicon::get().clauses.made_into.end_of(&text[..mention.digits.start]).is_some()
}

/// True if a figure only says which of others are meant: 受理5件以上的6个单位.
fn is_of_class(text: &str, mention: &Mention) -> bool {
    const REACH: usize = 6;
    let behind: String = text[mention.digits.end..].chars().take(REACH).collect();
    Lexicon::get().clauses.of_class.are_in(&behind)
}
