//! The body a clause speaks of: the one whose report it is, or another.

use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::token::{Token, What, filler, is_filler, span, takes_object};
use crate::report::{AgencyKind, Report};

/// The body whose report is read.
pub(super) struct Bodies<'a> {
    name: &'a str,
    /// The area of a government, as 全市 names it; none for other bodies.
    pub(super) area: Option<char>,
}

/// True if some words end with how many bodies they name: 住建、公安三家.
fn counts_bodies(named: &str) -> bool {
    const COUNTER: char = '家';
    let counted = named.strip_suffix(COUNTER).unwrap_or_default();
    Lexicon::get().sums.counted.iter().any(|(number, _)| counted.ends_with(number.as_str()))
}

/// The body whose figures a clause gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The body itself, by name: with or without what is under it.
    Own,
    /// Another body's.
    Other,
}

impl<'a> Bodies<'a> {
    /// That of a report.
    pub(super) fn of(report: &'a Report) -> Self {
        let name = report.agency.name.as_deref().unwrap_or_default().trim();
        let place = name.strip_suffix("人民政府").and_then(|place| place.chars().next_back());
        // An outpost has an area of its own as a government has.
        let government = matches!(
            report.agency.effective_kind(),
            Some(AgencyKind::Government | AgencyKind::Outpost)
        );
        Self { name, area: place.filter(|_| government) }
    }

    /// The body of a figure or statement, where one stands directly before what it received, decided or issued.
    pub(super) fn whose(&self, words: &[Token], text: &str) -> Option<Whose> {
        /// A name stands in the last words; this also keeps the search short.
        const NEAR: usize = 16;
        let parts = &Lexicon::get().bodies;
        let verb = words.iter().position(is_act)?;
        if is_result(&words[verb]) {
            return None; // 县人民政府维持9件: the body that decides on the cases of this one.
        }
        let before = &words[verb.saturating_sub(NEAR)..verb];
        let printed = |token: &Token| &text[token.range.clone()];
        for end in (0..before.len()).rev() {
            let last = printed(&before[end]);
            match before[end].what {
                What::Other | What::Phrase(Sense::Word(Word::Filler)) if is_self(last) => {
                    return None;
                }
                What::Phrase(Sense::Word(Word::Filler)) if last.ends_with("政府") => {
                    return self.of_government(last);
                }
                What::Phrase(Sense::Word(Word::Office)) if last.contains("政府") => {
                    return (!self.is_own_office(last)).then_some(Whose::Other);
                }
                What::Other | What::Phrase(Sense::Word(Word::Filler | Word::And | Word::Thing)) => {
                }
                _ if is_filler(&before[end]) => continue,
                _ => return None,
            }
            let name = run(&before[..=end]);
            let named = &text[span(name)];
            if parts.offices.end_of(named).is_some() {
                return Some(Whose::Own);
            }
            if is_self(named) || parts.objects.start_of(named).is_some() {
                return None; // 对未按规定缴存的单位作出行政处罚7件
            }
            // Nobody calls another body 局 only.
            let is_name = named.chars().nth(1).is_some() && name.iter().any(is_of_name);
            let is_inner =
                parts.inner.end_of(named).is_some() && parts.inner_of_all.end_of(named).is_none();
            let ends = is_inner || parts.ends.end_of(named).is_some() || counts_bodies(named);
            if is_name && ends {
                return (!self.names_own(name, text)).then_some(Whose::Other);
            }
            if before[end].what == What::Other {
                return None;
            }
        }
        None
    }

    /// True if the body may be one that decides on reconsideration of what others have done.
    pub(super) fn decides_cases(&self) -> bool {
        Lexicon::get().bodies.deciding.are_in(self.name)
    }

    /// True if a name that ends a title stands for the body itself: 公安局 in the report of 某某县公安局.
    pub(super) fn is_end_of_name(&self, named: &str) -> bool {
        self.name.ends_with(named)
    }

    /// The words with those that name the body itself, which say nothing of what is counted, as fillers.
    pub(super) fn without_own(&self, words: &[Token], text: &str) -> Vec<Token> {
        let own =
            |token: &Token| token.what == What::Other && self.is_own(&text[token.range.clone()]);
        words.iter().map(|token| if own(token) { filler(token) } else { token.clone() }).collect()
    }

    /// True if 县政府办公室 is that of the government whose report it is, or the body itself.
    pub(super) fn is_own_office(&self, named: &str) -> bool {
        let place = named.split("政府").next().unwrap_or_default().trim_end_matches("人民");
        match self.area {
            Some(area) => place.is_empty() || place.ends_with(area),
            None => self.is_own(named),
        }
    }

    /// 县政府, as one of the words that also stand for the body itself.
    fn of_government(&self, named: &str) -> Option<Whose> {
        let place = named.strip_suffix("政府")?;
        match self.area.filter(|area| place.ends_with(*area)) {
            // No department of a town reports on its own.
            Some('镇' | '乡') => None,
            Some(_) => Some(Whose::Own),
            None => Some(Whose::Other),
        }
    }

    /// True if some words that stand together are a name of the body, but for fillers before it: 由 县教育局.
    fn names_own(&self, words: &[Token], text: &str) -> bool {
        let begins = |i: usize| i == 0 || is_filler(&words[i - 1]);
        (0..words.len()).any(|i| begins(i) && self.is_own(&text[span(&words[i..])]))
    }

    /// True if words name the body whose report it is, in full, by the end of its name, by its place or in short.
    fn is_own(&self, named: &str) -> bool {
        if self.name.is_empty() || named.chars().nth(1).is_none() {
            return false;
        }
        let ends = &Lexicon::get().bodies.of_places;
        let place = ends.iter().find_map(|end| self.name.strip_suffix(end));
        self.name.ends_with(named)
            || named.ends_with(self.name)
            || place.is_some_and(|place| place.ends_with(named))
            || self.is_short(named)
    }

    /// True if words are short for the name, with no other place before them: 县发改委 for 某某县发展和改革委员会,
    /// but not 区教育局 for 某某市教育局.
    fn is_short(&self, named: &str) -> bool {
        const SHORTEST: usize = 3;
        if named.len() >= self.name.len() {
            return false; // It is no shorter, and may be a whole paragraph.
        }
        let (full, short) = (with_short_end(self.name), with_short_end(named));
        // A part of another body, as 某某市公安局某某分局, may share its name with it.
        let is_one = full.chars().last().is_some_and(|end| full.matches(end).count() == 1);
        let is_known = Lexicon::get().bodies.shortened.end_of(&full).is_some();
        let fits_end = full.ends_with(&short) && named.chars().count() >= SHORTEST;
        fits_end
            || is_one
                && is_known
                && splits(&full).any(|(place, title)| {
                    let fits = |(before, short): (&str, &str)| {
                        let long_enough =
                            named.chars().count() >= SHORTEST + before.chars().count();
                        long_enough && place.ends_with(before) && shortens(short, title)
                    };
                    splits(&short).any(fits)
                })
    }
}

/// True if words begin as a body calls itself: 我局, 本机关, 全市.
fn is_self(words: &str) -> bool {
    Lexicon::get().bodies.selves.start_of(words).is_some()
}

/// A name whose common words are in their short forms: 委 for 委员会, 政府办 for 人民政府办公室.
fn with_short_end(name: &str) -> String {
    let name = name.replace("人民政府", "政府");
    let ends = &Lexicon::get().bodies.short_ends;
    let short =
        ends.iter().find_map(|(long, short)| Some((name.strip_suffix(long.as_str())?, short)));
    short.map_or_else(|| name.clone(), |(start, end)| format!("{start}{end}"))
}

/// A name as a place and what follows it, with every place that it may begin with, none among them.
fn splits(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends = &Lexicon::get().bodies.places;
    let places = name.char_indices().filter(|(_, c)| ends.contains(c));
    std::iter::once(0).chain(places.map(|(i, c)| i + c.len_utf8())).map(|i| name.split_at(i))
}

/// True if a short title begins and ends as the full one does and leaves out some of its characters only.
fn shortens(short: &str, full: &str) -> bool {
    let mut left = full.chars();
    short.chars().next() == full.chars().next()
        && short.chars().last() == full.chars().last()
        && short.chars().all(|c| left.any(|next| next == c))
}

/// The last words that stand together and may be a name: 街道办事处 is several, and so is 县数据局.
fn run(words: &[Token]) -> &[Token] {
    let mut start = words.len().saturating_sub(1);
    while start > 0 && words[start - 1].range.end == words[start].range.start {
        match words[start - 1].what {
            What::Other
            | What::Phrase(Sense::Word(
                Word::Filler | Word::Thing | Word::Elsewhere | Word::Channel | Word::Neutral,
            )) => start -= 1,
            _ => break,
        }
    }
    &words[start..]
}

/// True if a word is no filler, and so may be the name of a body: 县教育局, 单位.
fn is_of_name(token: &Token) -> bool {
    matches!(token.what, What::Other | What::Phrase(Sense::Word(Word::Thing)))
}

/// True if a word is what bodies do with applications, what is done to them, what they collect,
/// or that there was none of it.
fn is_act(token: &Token) -> bool {
    let collects = |quantity: usize| Lexicon::get().quantities[quantity].kind == QuantityKind::Fee;
    takes_object(token)
        || match token.what {
            What::Phrase(Sense::Subject(_) | Sense::Aspect(_)) => true,
            What::Phrase(Sense::Quantity(quantity)) => collects(quantity),
            What::Phrase(Sense::Word(word)) => matches!(word, Word::Without | Word::NotReceived),
            _ => false,
        }
}

/// True if a word is what became of cases.
fn is_result(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Aspect(aspect)) => {
            Lexicon::get().aspects[aspect].kind() == QuantityKind::Proceeding
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Bodies;

    #[test]
    fn names_of_the_body_and_of_others_like_it() {
        for (name, own, others) in [
            (
                "某某县教育和科学技术局",
                &["县教育和科学技术局", "某某县教科局", "教科局"][..],
                &["市教科局", "县教师局", "县科学局", "县局", "局", ""][..],
            ),
            ("某某县发展和改革委员会", &["县发展改革委", "发改委"], &["市发改委", "县卫健委"]),
            ("某某市教育局", &["市教育局", "教育局"], &["区教育局", "某某区教育局"]),
            ("某某县市场监督管理局", &["县市监局", "市场监管局"], &["市局", "某某市市场监管局"]),
            ("某某市公安局某某分局", &["某某分局"], &["市公安局", "市局"]),
            ("某某县人民政府办公室", &["县政府办", "政府办公室"], &["市政府办"]),
            ("某某镇人民政府", &["某某镇"], &["城关镇", "镇"]),
            ("某某街道办事处", &["街道办事处", "某某街道"], &["城关街道"]),
            ("某某经济开发区管理委员会", &["管委会", "开发区管委会"], &["某某景区管委会"]),
        ] {
            let bodies = Bodies { name, area: None };
            for named in own {
                assert!(bodies.is_own(named), "{named} is {name}");
            }
            for named in others {
                assert!(!bodies.is_own(named), "{named} is not {name}");
            }
        }
    }
}
