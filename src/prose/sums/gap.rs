//! [`Gap`]: the words between two figures, and what they say of the two.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;

/// The words between two figures, without what stands in brackets, and without shares and changes.
pub(super) struct Gap {
    /// All of it.
    pub(super) all: String,
    /// Cut at its marks; two at least where there is a mark.
    pub(super) pieces: Vec<String>,
    /// The first semicolon, or the first mark where there is none.
    pub(super) mark: Option<char>,
    /// The word that opens the parts, once it has been looked for.
    opener: OnceCell<Option<&'static str>>,
}

/// The marks that part the figures of a series.
pub(super) const MARKS: &[char] = &['、', '，', ',', '；', ';'];

/// The words of a figure's clause before it.
pub(super) fn lead<'a>(text: &'a str, figure: &Mention) -> &'a str {
    /// The bytes that are looked at.
    const REACH: usize = 240;
    let end = figure.digits.start;
    let from = text.floor_char_boundary(end.saturating_sub(REACH));
    let said = text.get(from..end).unwrap_or_default();
    last_clause(said.rsplit(['。', '\n']).next().unwrap_or_default())
}

/// The words behind the last mark of some.
pub(super) fn last_clause(words: &str) -> &str {
    words.rsplit(MARKS).next().unwrap_or_default()
}

impl Gap {
    pub(super) fn of(text: &str) -> Self {
        let (mut all, mut depth) = (String::new(), 0_usize);
        for c in text.chars() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                c if depth == 0 && !c.is_whitespace() => all.push(c),
                _ => {}
            }
        }
        let words = &Lexicon::get().sums;
        // ，在国家、省市等上级: the name of one part.
        let inner = |rest: &&str| {
            rest.contains('、') && rest.chars().all(|c| c == '、' || !MARKS.contains(&c))
        };
        let named = all.strip_prefix(['，', '；']).filter(inner);
        let mut cut: Vec<&str> = match named {
            Some(name) => vec!["", name],
            None => all.split(MARKS).collect(),
        };
        // 营商环境402条排在首位，工程建设226条次之
        if words.ranks.has(cut[0]) {
            cut[0] = "";
        }
        // 信函12件，居各渠道之首；网上13件: a place among the others.
        if cut.len() > 2 && cut[0].is_empty() && is_place(cut[1]) {
            cut.remove(1);
        }
        let last = cut.len() - 1;
        let aside = |piece: &str| words.aside.are_in(&without_names(piece));
        let pieces = cut.iter().enumerate();
        let pieces = pieces.filter(|(i, piece)| *i == 0 || *i == last || !aside(piece));
        let pieces = pieces.map(|(_, piece)| (*piece).to_owned()).collect();
        // 共13件，占38.2%；不予公开7件: the share belongs to what stands before the semicolon.
        let semicolon = all.chars().find(|c| matches!(c, '；' | ';'));
        let mark = semicolon.or_else(|| all.chars().find(|c| MARKS.contains(c)));
        Self { all, pieces, mark, opener: OnceCell::new() }
    }

    pub(super) fn first(&self) -> &str {
        self.pieces.first().map_or("", String::as_str)
    }

    pub(super) fn last(&self) -> &str {
        self.pieces.last().map_or("", String::as_str)
    }

    /// True if nothing but the name of the next part stands there, or that of the one before.
    pub(super) fn joins(&self) -> bool {
        const LONGEST: usize = 16;
        let words = &Lexicon::get().sums;
        let short = |piece: &str| piece.chars().count() <= LONGEST;
        let joined = match self.pieces.as_slice() {
            [only] => words.joins.start_of(only).is_some(),
            [first, last] => first.is_empty() || last.is_empty(),
            // 84条，其余为综合类信息，计71条.
            [first, name, last] => {
                let counts = words.total_alone.has(last) && words.rest.start_of(name).is_some();
                return first.is_empty() && counts;
            }
            _ => false,
        };
        joined
            && short(self.first())
            && short(self.last())
            && !self.all.contains('：')
            && !self.all.contains(':')
            && self.opener().is_none()
            // 一般7家，对末位3家约谈: of some of them.
            && !self.last().starts_with(['由', '除', '对', '将'])
            // 政策类占117条: how many, and no share.
            && !words.aside.are_in(&without_names(self.last().trim_end_matches(['占', '了'])))
    }

    /// True if it may part a whole from the first of its parts: 96人次参训，第一场51人次.
    pub(super) fn joins_head(&self) -> bool {
        const LONGEST: usize = 6;
        let words = &Lexicon::get().sums;
        if self.has() {
            return true;
        }
        // 解读29份，图解最多，有14份
        if let [first, rank, last] = self.pieces.as_slice() {
            let ranked = words.ranks.end_of(rank).is_some() && words.verbs_of_rank.has(last);
            return first.is_empty() && ranked;
        }
        let [first, last] = self.pieces.as_slice() else { return false };
        let short = |piece: &String| piece.chars().count() <= LONGEST;
        let silent = !words.aside.are_in(&self.all) && !self.all.contains(['：', ':']);
        let new = last.starts_with(['由', '除']);
        short(first) && short(last) && silent && !new && self.opener().is_none()
    }

    /// True if the next figure counts some of those before: 14个派出所有11个通过.
    pub(super) fn has(&self) -> bool {
        const LONGEST: usize = 8;
        const HAS: char = '有';
        let [only] = self.pieces.as_slice() else { return false };
        only.ends_with(HAS) && (2..=LONGEST).contains(&only.chars().count())
    }

    /// True if the next figure is said to be what those before it come to.
    pub(super) fn totals(&self) -> bool {
        const LONGEST: usize = 5;
        const COMPOSED: usize = 14;
        let words = &Lexicon::get().sums;
        let last = self.last();
        let follows = match self.pieces.as_slice() {
            [_] => true,
            [first, _] => first.chars().count() <= LONGEST,
            _ => false,
        };
        let named = words.total.end_of(last).and_then(|end| last.strip_suffix(end));
        // 待办49件 are all there are to handle, and no rest.
        let is_rest = |piece: &String| words.rest.start_of(piece).is_some();
        let rest = self.pieces.iter().any(|piece| is_rest(piece) && !words.total.has(piece));
        // 通告612条、其他109条，共同构成上述904条: they are what it consists of.
        let composed = self.pieces.len() == 2
            && self.first().is_empty()
            && last.chars().count() <= COMPOSED
            && words.make_up.are_in(last);
        self.counts_parts().is_some()
            || composed
            || follows
                && !rest
                && (words.total_alone.has(last)
                    || named.is_some_and(|named| named.chars().count() <= LONGEST))
    }

    /// The verb behind a word that adds, where nothing else stands there: 征集 of 共征集112条; empty for 累计 alone.
    pub(super) fn added_verb(&self) -> Option<&str> {
        const VERB: std::ops::RangeInclusive<usize> = 2..=6;
        let [first, last] = self.pieces.as_slice() else { return None };
        let lexicon = Lexicon::get();
        // 全年共受理
        let year = lexicon.clauses.own_years.start_of(last).unwrap_or_default();
        let last = &last[year.len()..];
        // 三季度累计, 五年累计
        let last = behind_period(last).unwrap_or(last);
        let verb = &last[lexicon.sums.adds.start_of(last)?.len()..];
        let plain = verb.chars().all(char::is_alphabetic);
        let n = verb.chars().count();
        (first.is_empty() && plain && (n == 0 || VERB.contains(&n))).then_some(verb)
    }

    /// True if the word that adds stands behind the name of a period: 三季度累计.
    pub(super) fn adds_period(&self) -> bool {
        behind_period(self.last()).is_some()
    }

    /// The number of the figures before that are said to be added: 两个渠道共公开239条.
    pub(super) fn counts_parts(&self) -> Option<usize> {
        const LONGEST: usize = 6;
        let words = &Lexicon::get().sums;
        let last = self.last().trim_start_matches(['这', '以', '上', '述', '前']);
        let (number, n) = words.counted.iter().find(|(number, _)| last.starts_with(number))?;
        let behind = &last[number.len()..];
        let name = &behind[words.counted_by.start_of(behind)?.len()..];
        let at = words.adds.iter().filter_map(|word| name.find(word)).min()?;
        let short = |words: &str| words.chars().count() <= LONGEST;
        let (name, verb) = name.split_at(at);
        // 两项合计占231件的52.8%: a share of the next figure.
        (short(name) && words.aside.end_of(verb).is_none() && short(verb) && self.pieces.len() <= 2)
            .then(|| n.parse().ok())
            .flatten()
    }

    /// True if the figures behind are said to be parts of the one before.
    pub(super) fn opens(&self) -> bool {
        self.opener().is_some()
    }

    /// The word that says so.
    pub(super) fn opener(&self) -> Option<&'static str> {
        *self.opener.get_or_init(|| {
            let words = &Lexicon::get().sums;
            let all = words.complete.iter().chain(words.opens.iter());
            all.filter(|word| self.all.contains(word)).max_by_key(|word| word.len())
        })
    }

    /// True if it is the same opening again: 来自网站的318条，来自公众号的265条.
    pub(super) fn opens_again(&self, lead: &Self) -> bool {
        const LONGEST: usize = 20;
        let again = self.opener().is_some_and(|word| lead.opener() == Some(word));
        again
            && self.pieces.len() == 2
            && self.first().is_empty()
            && self.last().chars().count() <= LONGEST
    }

    /// True if the figures behind are all the parts of the one before.
    pub(super) fn opens_all(&self) -> bool {
        let words = &Lexicon::get().sums;
        let told = words.complete.iter().find_map(|word| self.all.find(word));
        let last = self.all.rfind(MARKS).unwrap_or_default();
        // 复议和诉讼分别为: two things of their own.
        let plain = told.is_some_and(|at| {
            at >= last && self.all.get(last..at).is_some_and(|named| !words.joins.are_in(named))
        });
        let by_colon = self.last().rsplit_once('：').is_some_and(|(before, _)| {
            words.opens.end_of(before).is_none() && !words.joins.are_in(before)
        });
        (plain || by_colon) && !self.selects()
    }

    /// True if the figures behind divide something by a point of view: 按申请方式划分, 从发布主体看.
    pub(super) fn divides(&self) -> bool {
        let words = &Lexicon::get().sums;
        let by = words.by.iter().any(|(from, to)| {
            let at = self.all.find(from.as_str()).map(|at| at + from.len());
            at.is_some_and(|at| self.all[at..].contains(to.as_str()))
        });
        by && !self.selects()
    }

    /// True if only some parts are named: 前三位, 主要. 下半年占48.2%；分层级看: what stands before a semicolon is of other parts.
    pub(super) fn selects(&self) -> bool {
        let own = self.all.rsplit(['；', ';']).next().unwrap_or_default();
        Lexicon::get().sums.some.are_in(&without_names(own))
    }
}

/// True if some words say no more than which place a figure has among others: 居首位, 居各渠道之首.
pub(super) fn is_place(words: &str) -> bool {
    const STANDS: &[char] = &['居', '列', '排'];
    const LONGEST: usize = 9;
    let sums = &Lexicon::get().sums;
    let short = words.chars().count() <= LONGEST;
    let stands = words.starts_with(STANDS) || words.starts_with('位') || words.starts_with('为');
    sums.ranks.has(words) || short && stands && sums.places.end_of(words).is_some()
}

/// Some words without names that have the character of a share in them: 占道经营.
fn without_names(words: &str) -> Cow<'_, str> {
    const SHARE: char = '占';
    if !words.contains(SHARE) {
        return Cow::Borrowed(words);
    }
    let names = Lexicon::get().sums.not_shares.iter();
    Cow::Owned(names.fold(words.to_owned(), |words, name| words.replace(name, "")))
}

/// The rest of a name that begins with a negation: 未通过, 尚未通过.
pub(super) fn negated(name: &str) -> Option<&str> {
    name.trim_start_matches(['尚', '暂']).strip_prefix(['未', '不', '无', '非'])
}

/// The words behind the short name of a period, where a word that adds follows: 累计 of 三季度累计.
fn behind_period(words: &str) -> Option<&str> {
    const LONGEST: usize = 6;
    let adds = &Lexicon::get().sums.adds;
    let at = adds.iter().filter_map(|word| words.find(word)).min().filter(|at| *at > 0)?;
    let (name, rest) = words.split_at(at);
    let short = name.chars().count() <= LONGEST && name.chars().all(char::is_alphanumeric);
    let period = Lexicon::get().sums.periods.named.end_of(name).is_some();
    (short && period).then_some(rest)
}
