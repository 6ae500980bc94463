//! The meaning of a figure by the words behind it, or by those of the clause before.

use super::applicants::as_applicants;
use super::figures::names_figure;
use super::level::{counts_applicants, is_of_cases};
use super::pending::is_reason;
use super::reader::Reader;
use crate::prose::clause::{Context, Counted, Joined, Term, TextPart, Topic, meaning};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::token::{Token, What, is_applicant, is_filler, span};

impl Reader<'_> {
    /// The thing that a figure counts by the words behind it, together with a verb before it.
    pub(super) fn counted_behind(
        &self,
        figure: usize,
        behind: &[Token],
        verb: Vec<Token>,
        context: Context<'_>,
    ) -> Option<Counted> {
        // 其余150件分别作不予公开23件、无法提供85件: what follows tells of its parts.
        let apart = What::Phrase(Sense::Word(Word::Respectively));
        if behind.iter().any(|token| token.what == apart) {
            return None;
        }
        let (name, is_all) = self.name_behind(behind);
        let words = [verb, name.to_vec()].concat();
        // 对20件规范性文件开展审核: documents of all kinds of bodies.
        let of_all = |counted: &Counted| is_all || counted.kind != QuantityKind::Document;
        let counted = meaning(&words, context).filter(of_all);
        let counted = counted.and_then(|counted| self.unless_left(figure, behind, counted));
        let counted = counted.map(|counted| self.of_attribute(behind, counted));
        if counts_applicants(self.mentions[figure].unit) {
            let alone = behind.iter().all(|word| is_filler(word) || is_applicant(word));
            let counted = counted.filter(|_| alone).and_then(as_applicants);
            return counted.or_else(|| self.charged(behind));
        }
        let counted = counted.or_else(|| self.of_year(figure, name, context));
        let within = &Lexicon::get().clauses.within;
        let named = &self.text.printed()[span(behind)];
        let of_year = self.is_of_year(figure);
        counted.map(|counted| {
            // 全年有11件复议案件、3件诉讼案件被纠正: some of them.
            let whole = of_year
                && (counted.kind != QuantityKind::Proceeding || within.end_of(named).is_some());
            // 全年15件复议案件中有3件被纠正: all there were, though section five tells of single ones.
            let some = counted.at_most && !(whole && is_single(&counted, context));
            Counted { at_most: some || !is_all && !whole, ..counted }
        })
    }

    /// The quantity of 2022年受理的11件申请, where nothing but the name of the year and the verb stands before the figure.
    fn came_in_year(&self, figure: usize) -> Option<usize> {
        const OF: char = '的';
        let mention = &self.mentions[figure];
        let named = self.text.printed().get(mention.phrase.start..mention.digits.start)?;
        let lexicon = Lexicon::get();
        let named = named.trim_end_matches(OF);
        let verb = lexicon.clauses.flow_verbs.end_of(named)?;
        let period = named[..named.len() - verb.len()].trim_end_matches('共');
        let year = self.year.map(|year| format!("{year}年")).unwrap_or_default();
        let own = lexicon.clauses.own_years.has(period) || period.trim_end_matches('度') == year;
        lexicon.quantity("received").filter(|_| own)
    }

    /// True if nothing stands between the name of the year and a figure: 全年39件.
    fn is_of_year(&self, figure: usize) -> bool {
        let mention = &self.mentions[figure];
        let named = self.text.printed().get(mention.phrase.start..mention.digits.start);
        named.is_some_and(|named| {
            Lexicon::get().clauses.own_years.has(named.trim_end_matches(['的', '共']))
        })
    }

    /// 全年11件申请里有7件: in section five, where nothing else is told of, those that came in.
    fn of_year(&self, figure: usize, name: &[Token], context: Context<'_>) -> Option<Counted> {
        let mut told = name.iter().filter(|token| !is_filler(token));
        let only = told.next().is_some_and(is_application) && told.next().is_none();
        let silent = self.part == TextPart::Problems && context.topic == Topic::Unknown;
        let fits = only && silent && is_of_cases(self.mentions[figure].unit) && !context.of_money;
        let came = self.came_in_year(figure);
        let term = came.map_or(Term::Requests, Term::Quantity);
        (fits && (came.is_some() || self.is_of_year(figure))).then(|| Counted {
            kind: QuantityKind::Request,
            terms: vec![term],
            joined: Joined::Any,
            applicant: Vec::new(),
            only_hint: false,
            strict: false,
            at_most: false,
        })
    }

    /// 向2名申请人收取信息处理费: no more than were asked for it.
    fn charged(&self, behind: &[Token]) -> Option<Counted> {
        let text = self.text.printed();
        let first = behind.first().map_or("", |token| &text[token.range.clone()]);
        let fee = |token: &Token| matches!(token.what, What::Phrase(Sense::Quantity(quantity)) if Lexicon::get().quantities[quantity].kind == QuantityKind::Fee);
        let asked = Lexicon::get().clauses.applicants.has(first) && behind.iter().any(fee);
        let notices = Lexicon::get().quantity("fee_notices").filter(|_| asked)?;
        Some(Counted {
            kind: QuantityKind::Fee,
            terms: vec![Term::Quantity(notices)],
            joined: Joined::Any,
            applicant: Vec::new(),
            only_hint: false,
            strict: false,
            at_most: true,
        })
    }

    /// The meaning of words behind a figure, unless they have it for what is left, or why: 尚有12件在期限内办理, 12件因年底收到.
    fn unless_left(&self, figure: usize, behind: &[Token], counted: Counted) -> Option<Counted> {
        let lexicon = Lexicon::get();
        let text = self.text.printed();
        let first = behind.first().map_or("", |token| &text[token.range.clone()]);
        let why = lexicon.clauses.reasons.has(first);
        if why && matches!(counted.kind, QuantityKind::Intake | QuantityKind::Handled) {
            return None;
        }
        let before = &text[..self.mentions[figure].digits.start];
        let clauses = &lexicon.clauses;
        let left = clauses.left.end_of(before).or(clauses.left_in_all.end_of(before));
        // 另2件补正后已受理: some of those that came in.
        if counted.kind == QuantityKind::Intake && left.is_some() {
            return None;
        }
        if counted.kind != QuantityKind::Handled || left.is_none() {
            return Some(counted);
        }
        let loosely = lexicon.quantity("handled_loosely").map(Term::Quantity);
        let handled = counted.terms.first().copied() != loosely;
        let out = lexicon.quantity("carried_out").filter(|_| !handled);
        let in_requests = self.part == TextPart::Requests;
        out.filter(|_| in_requests).map(|out| Counted {
            kind: QuantityKind::CarriedOut,
            terms: vec![Term::Quantity(out)],
            ..counted
        })
    }

    /// The meaning of words behind a figure where they speak of applications of one kind only: 11件实为信访的申请不予处理.
    fn of_attribute(&self, behind: &[Token], counted: Counted) -> Counted {
        let noun = behind.iter().position(is_application);
        let narrowed = noun.is_some_and(|noun| {
            behind[..noun].iter().any(|token| token.what == What::Other)
                && behind[noun..].iter().any(is_reason)
        });
        let said = self.text.printed().get(span(behind)).unwrap_or_default();
        let of_case = Lexicon::get().clauses.whose_case.are_in(said);
        let narrowed = narrowed && counted.kind == QuantityKind::Outcome;
        let at_most = counted.at_most || narrowed || of_case;
        Counted { at_most, ..counted }
    }

    /// The words of a clause without those at its end that only say how large a part is: 自然人占比最高，为137件.
    pub(super) fn without_rank<'w>(&self, words: &'w [Token]) -> &'w [Token] {
        let silent = words.iter().rev().take_while(|token| is_filler(token)).count();
        let ranked = (words.len() - silent..=words.len()).rev().find_map(|last| {
            let all = span(&words[..last]);
            let printed = self.text.printed().get(all.clone())?;
            let rank = Lexicon::get().clauses.ranked.iter().filter(|word| printed.ends_with(word));
            let end = all.end - rank.max_by_key(|word| word.len())?.len();
            let kept = words.iter().take_while(|token| token.range.end <= end).count();
            words.get(kept).is_none_or(|token| token.range.start >= end).then_some(&words[..kept])
        });
        ranked.unwrap_or(words)
    }

    /// Of the words behind a figure those that name what it counts, and whether they are all there are: of
    /// 4件无法提供的申请逐一复盘 the last ones say what is done with it.
    fn name_behind<'w>(&self, behind: &'w [Token]) -> (&'w [Token], bool) {
        let text = self.text.printed();
        let end = behind.iter().position(|token| {
            let printed = &text[token.range.clone()];
            token.what == What::Other && Lexicon::get().clauses.treated.start_of(printed).is_some()
        });
        match end {
            Some(end) if behind[..end].iter().any(names_figure) => (&behind[..end], false),
            Some(_) | None => (behind, true),
        }
    }
}

/// True if what a figure counts may be some of the cases only because section five tells of single ones.
fn is_single(counted: &Counted, context: Context<'_>) -> bool {
    let lexicon = Lexicon::get();
    let named_in_part = counted.terms.iter().any(|term| match term {
        Term::Quantity(quantity) => lexicon.quantities[*quantity].at_most,
        Term::Subject { aspect, .. } => {
            aspect.is_some_and(|aspect| lexicon.aspects[aspect].at_most)
        }
        Term::Requests => false,
    });
    context.part == TextPart::Problems && !named_in_part
}

/// True if a word is 申请.
fn is_application(token: &Token) -> bool {
    matches!(token.what, What::Phrase(Sense::Word(Word::Application | Word::Request)))
}
