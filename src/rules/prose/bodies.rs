//! Which body a clause speaks of: the one whose report it is, or another.

use super::lexicon::{Kind, Lexicon, Sense, Word};
use super::token::{Token, What, is_filler, span, takes_object};
use crate::report::{AgencyKind, Report};

/// The body whose report is read.
pub(super) struct Bodies<'a> {
    name: &'a str,
    /// The area of a government, as 全市 names it; none for other bodies.
    pub(super) area: Option<char>,
}

/// Whose figures a clause gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The body itself, by name: with or without what is under it.
    Own,
    /// Another body's.
    Other,
}

/// How the names of bodies end.
const ENDS: &[&str] = &[
    "局",
    "委",
    "办",
    "厅",
    "镇",
    "乡",
    "街道",
    "部门",
    "单位",
    "法院",
    "检察院",
    "中心",
    "公司",
    "学校",
    "医院",
    "集团",
    "办事处",
    "管委会",
    "支队",
    "大队",
    "政府",
    "县",
    "区",
    "市",
    "旗",
    "州",
    "村",
    "社区",
];

/// How a body is called without what is under it.
const OFFICES: &[&str] =
    &["局机关", "委机关", "办机关", "厅机关", "机关本级", "局本级", "委本级", "厅本级"];

impl<'a> Bodies<'a> {
    /// That of a report.
    pub(super) fn of(report: &'a Report) -> Self {
        let name = report.agency.name.as_deref().unwrap_or_default().trim();
        let place = name.strip_suffix("人民政府").and_then(|place| place.chars().next_back());
        let government = report.agency.kind == Some(AgencyKind::Government);
        Self { name, area: place.filter(|_| government) }
    }

    /// Whose figure or statement it is, where a body stands directly before what it received, decided or issued.
    pub(super) fn whose(&self, words: &[Token], text: &str) -> Option<Whose> {
        /// A name stands in the last words; this also keeps the search short.
        const NEAR: usize = 16;
        let verb = words.iter().position(is_act)?;
        let before = &words[verb.saturating_sub(NEAR)..verb];
        let printed = |token: &Token| &text[token.range.clone()];
        for end in (0..before.len()).rev() {
            let last = printed(&before[end]);
            match before[end].what {
                _ if last.starts_with(['我', '本']) => return None,
                What::Phrase(Sense::Word(Word::Filler)) if last.ends_with("政府") => {
                    return self.of_government(last);
                }
                What::Other | What::Phrase(Sense::Word(Word::Filler | Word::And | Word::Thing)) => {
                }
                _ if is_filler(&before[end]) => continue,
                _ => return None,
            }
            let name = run(&before[..=end]);
            let named = &text[span(name)];
            if OFFICES.iter().any(|office| named.ends_with(office)) {
                return Some(Whose::Own);
            }
            if name.iter().any(is_of_name) && ENDS.iter().any(|end| named.ends_with(end)) {
                let own = (0..name.len()).any(|i| self.is_own(&text[span(&name[i..])]));
                return (!own).then_some(Whose::Other);
            }
            if before[end].what == What::Other {
                return None;
            }
        }
        None
    }

    /// 县政府, as one of the words that also stand for the body itself.
    fn of_government(&self, named: &str) -> Option<Whose> {
        let place = named.strip_suffix("政府")?;
        let own = self.area.is_some_and(|area| place.ends_with(area));
        Some(if own { Whose::Own } else { Whose::Other })
    }

    /// Whether words name the body whose report it is, in full or by the end of its name.
    fn is_own(&self, named: &str) -> bool {
        const SHORTEST: usize = 3;
        if self.name.is_empty() {
            return false;
        }
        if self.name.ends_with(named) || named.ends_with(self.name) {
            return true;
        }
        let last: String = {
            let n = self.name.chars().count();
            self.name.chars().skip(n.saturating_sub(SHORTEST)).collect()
        };
        // 由县教育局 in the report of 某某县教育局; every government's name ends alike.
        self.area.is_none() && named.ends_with(&last)
    }
}

/// The last words that stand together and may be a name: 街道办事处 is several.
fn run(words: &[Token]) -> &[Token] {
    let mut start = words.len().saturating_sub(1);
    while start > 0 && words[start - 1].range.end == words[start].range.start {
        match words[start - 1].what {
            What::Other | What::Phrase(Sense::Word(Word::Filler)) => start -= 1,
            _ => break,
        }
    }
    &words[start..]
}

/// Whether a word is no filler, and so may be the name of a body: 县教育局, 单位.
fn is_of_name(token: &Token) -> bool {
    matches!(token.what, What::Other | What::Phrase(Sense::Word(Word::Thing)))
}

/// Whether a word is what bodies do with applications, what is done to them, what they collect,
/// or that there was none of it.
fn is_act(token: &Token) -> bool {
    let collects = |quantity: usize| Lexicon::get().quantities[quantity].kind == Kind::Fee;
    takes_object(token)
        || match token.what {
            What::Phrase(Sense::Subject(_) | Sense::Aspect(_)) => true,
            What::Phrase(Sense::Quantity(quantity)) => collects(quantity),
            What::Phrase(Sense::Word(word)) => matches!(word, Word::Without | Word::NotReceived),
            _ => false,
        }
}
