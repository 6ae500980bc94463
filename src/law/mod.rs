//! Every legal provision the program cites, each once, with its full title and from when it holds.

mod provisions;

use std::fmt;

pub use provisions::*;

/// The authority of a rule: by what it must be kept, if it must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Authority {
    /// A law, an administrative regulation or an interpretation of the Supreme People's Court.
    Law,
    /// A notice of the State Council's General Office, with the form annexed to it.
    Notice,
    /// A national standard.
    Standard,
    /// The usage of the bodies that report, or lessons of their reports.
    Practice,
    /// A demand of the body that reports, or of the one above it.
    Office,
    /// Figures that cannot all be right.
    Arithmetic,
}

impl Authority {
    /// All of them, the most binding first.
    pub const ALL: &'static [Self] =
        &[Self::Law, Self::Notice, Self::Standard, Self::Practice, Self::Office, Self::Arithmetic];

    /// The name the reader sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Law => "法律法规",
            Self::Notice => "国家通知",
            Self::Standard => "国家标准",
            Self::Practice => "各地做法",
            Self::Office => "本单位要求",
            Self::Arithmetic => "数据关系",
        }
    }

    /// The name that other programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Notice => "notice",
            Self::Standard => "standard",
            Self::Practice => "practice",
            Self::Office => "office",
            Self::Arithmetic => "arithmetic",
        }
    }

    /// Its meaning for the reader, in one Chinese sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Law => "法律、行政法规、司法解释有规定，应当做到",
            Self::Notice => "国务院办公厅系统的通知和它的附件有规定，应当做到",
            Self::Standard => "推荐性国家标准的写法，一般照办",
            Self::Practice => "各地的通行做法和编报的经验，国家没有统一规定",
            Self::Office => "本单位或者上级自己定的要求，写在 [rules] 中，国家没有统一规定",
            Self::Arithmetic => "从数据本身看有误，或者几个数不能同时成立，需要核对",
        }
    }

    /// True if it binds; only then may the program say 应当.
    pub fn binds(self) -> bool {
        match self {
            Self::Law | Self::Notice => true,
            Self::Standard | Self::Practice | Self::Office | Self::Arithmetic => false,
        }
    }
}

/// The name and what it means.
impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.name(), self.meaning())
    }
}

/// A day, as year, month and day; days compare as they follow each other.
pub(crate) type Day = (u16, u8, u8);

/// A provision: an act or notice, and the article or part of it that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provision {
    /// The full title in book marks.
    pub title: &'static str,
    /// The document number, in full; empty for what has none.
    pub number: &'static str,
    /// The article or part, or empty for the whole act.
    pub article: &'static str,
    /// Its authority.
    pub authority: Authority,
    /// The first day on which it holds; none where it has held as long as there have been these reports.
    pub since: Option<Day>,
    /// The provision on the same matter that held until then.
    pub earlier: Option<&'static Self>,
}

impl Provision {
    /// The provision on this matter that holds on a day, if one does.
    pub fn on(&self, day: Day) -> Option<Self> {
        match (self.since, self.earlier) {
            (Some(since), None) if day < since => None,
            (Some(since), Some(earlier)) if day < since => earlier.on(day),
            _ => Some(*self),
        }
    }
}

impl fmt::Display for Provision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title)?;
        if !self.number.is_empty() {
            write!(f, "（{}）", self.number)?;
        }
        f.write_str(self.article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cited_is_what_held_on_the_day() {
        let article = |day| LEGISLATION_RULES.on(day).map(|provision| provision.article);
        assert_eq!(article((2023, 3, 14)), Some("第八十条、第八十二条"));
        assert_eq!(article((2023, 3, 15)), Some("第九十一条、第九十三条"));
        let article = |day| LANGUAGE.on(day).map(|provision| provision.article);
        assert_eq!(article((2025, 12, 31)), Some("第九条"));
        assert_eq!(article((2026, 1, 1)), Some("第十条、第十七条"));
        assert_eq!(RECONSIDERATION_FIRST.on((2023, 12, 31)), None);
        assert_eq!(RECONSIDERATION_FIRST.on((2024, 1, 1)), Some(RECONSIDERATION_FIRST));
        assert_eq!(REGULATION_49.on((2020, 1, 1)), Some(REGULATION_49));
    }

    #[test]
    fn provisions_are_listed_once_and_follow_each_other() {
        for (i, provision) in ALL.iter().enumerate() {
            assert!(!ALL[i + 1..].contains(provision), "{provision}");
            if let Some(earlier) = provision.earlier {
                assert!(ALL.contains(earlier) && earlier.since < provision.since, "{provision}");
                assert_eq!(earlier.title, provision.title);
            }
        }
    }
}
