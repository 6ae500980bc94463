//! Settings of the checks in the data file: local parameters, and how grave a rule is.

use super::{Count, Date};

/// Local parameters of the checks; what is absent leaves the national rule as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// A local date of publication, earlier than that of the regulation.
    pub deadline: Option<Date>,
    /// The number of characters section one may have.
    pub overview_limit: Option<Count>,
    /// The office's own typing errors, one `错 → 对` a line, beside those of the program.
    pub typos: Option<String>,
    /// The office's own terms, one a line: right as they stand, and a slip in them is found.
    pub terms: Option<String>,
    /// Phrases in which no slip is looked for, one a line.
    pub accepted: Option<String>,
    /// Sentences that every report must have, one a line; `……` stands for any words.
    pub required: Option<String>,
    /// The office's house style, one `不用的写法 → 统一的写法` a line.
    pub style: Option<String>,
    /// The share of a text that may repeat last year's, in percent.
    pub similarity: Option<u8>,
    /// The severity of the findings of some rules, by code, in the order of the file.
    pub levels: Vec<(String, RuleLevel)>,
}

impl Settings {
    /// True if these settings ask for something by a rule.
    pub(crate) fn governs(&self, code: &str) -> bool {
        // Terms and accepted phrases allow something, and ask for nothing.
        let Self {
            deadline,
            overview_limit,
            typos,
            terms: _,
            accepted: _,
            required,
            style,
            similarity,
            levels,
        } = self;
        let asked_for = [
            ("NB105", deadline.is_some()),
            ("NB704", similarity.is_some()),
            ("NB803", typos.is_some()),
            ("NB812", overview_limit.is_some()),
            ("NB819", required.is_some()),
            ("NB818", style.is_some()),
        ];
        levels.iter().any(|(own, _)| own == code) || asked_for.contains(&(code, true))
    }

    /// These settings of a unit under those of the office above, which nothing in them loosens: of two levels the graver one
    /// holds, of two limits the narrower one, and what the office calls a typing error is accepted in no phrase.
    pub(crate) fn under(&self, office: &Self) -> Self {
        let mut levels = self.levels.clone();
        // What the office asks for is not put out of the way. NB105 cannot be; that it is tried is told as ever.
        levels.retain(|(code, level)| {
            let is_lowered = *level <= RuleLevel::Hint && office.governs(code);
            !is_lowered || code == "NB105" || office.levels.iter().any(|(set, _)| set == code)
        });
        for (code, level) in &office.levels {
            match levels.iter_mut().find(|(own, _)| own == code) {
                Some((_, own)) => *own = (*own).max(*level),
                None => levels.push((code.clone(), *level)),
            }
        }
        let lines = |text: &Option<String>| -> Vec<String> {
            text.iter().flat_map(|text| text.lines()).map(ToOwned::to_owned).collect()
        };
        let wrong: Vec<String> = lines(&office.typos)
            .iter()
            .filter_map(|line| Some(line.split_once('→')?.0.trim().to_owned()))
            .filter(|word| !word.is_empty())
            .collect();
        let accepted = |line: &String| !wrong.iter().any(|word| line.contains(word.as_str()));
        // The unit's own lines go first, so that what is said of them still leads to their place.
        let joined = |own: Vec<String>, above: &Option<String>| {
            let all: Vec<String> = own.into_iter().chain(lines(above)).collect();
            (!all.is_empty()).then(|| all.join("\n"))
        };
        let own = |text: &Option<String>| lines(text).into_iter().filter(accepted).collect();
        Self {
            deadline: narrower(self.deadline, office.deadline),
            overview_limit: narrower(self.overview_limit, office.overview_limit),
            similarity: narrower(self.similarity, office.similarity),
            typos: joined(lines(&self.typos), &office.typos),
            terms: joined(own(&self.terms), &office.terms),
            accepted: joined(own(&self.accepted), &office.accepted),
            required: joined(lines(&self.required), &office.required),
            // Of two lines on the same words the later one holds, which is the office's.
            style: joined(lines(&self.style), &office.style),
            levels,
        }
    }
}

/// The smaller of two limits, or the one that is there.
fn narrower<T: Ord>(own: Option<T>, office: Option<T>) -> Option<T> {
    match (own, office) {
        (Some(own), Some(office)) => Some(own.min(office)),
        (own, office) => own.or(office),
    }
}

/// A second entry of the three tables by another person (二人复核); what is absent asks for none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Second {
    /// The file that holds it, as written, relative to this data file.
    pub entry: Option<String>,
    /// The person of the first entry, once they have looked at what differs.
    pub first: Option<String>,
    /// The person of the second entry, once they have.
    pub second: Option<String>,
    /// The date on which the two were compared.
    pub date: Option<Date>,
}

/// The severity of all findings of a rule, or that it is not to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleLevel {
    /// The rule is not run.
    Off,
    /// Hints.
    Hint,
    /// Warnings.
    Warning,
    /// Errors.
    Error,
}

impl RuleLevel {
    /// All levels with their keys in the data file and their names.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Off, "off", "关闭"),
        (Self::Hint, "hint", "提示"),
        (Self::Warning, "warning", "警告"),
        (Self::Error, "error", "错误"),
    ];

    /// The key in the data file.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|level| level.0 == self).map_or("", |level| level.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_can_make_the_rules_of_its_office_graver_and_not_looser() {
        let levels = |levels: &[(&str, RuleLevel)]| -> Vec<(String, RuleLevel)> {
            levels.iter().map(|(code, level)| ((*code).to_owned(), *level)).collect()
        };
        let text = |text: &str| Some(text.to_owned());
        let office = Settings {
            deadline: Date::new(2024, 1, 15),
            overview_limit: Some(3000),
            typos: text("布署 → 部署"),
            levels: levels(&[("NB005", RuleLevel::Warning), ("NB801", RuleLevel::Hint)]),
            ..Settings::default()
        };
        let unit = Settings {
            deadline: Date::new(2024, 1, 20),
            overview_limit: Some(2000),
            accepted: text("甲乙\n统一布署"),
            levels: levels(&[("NB005", RuleLevel::Off), ("NB801", RuleLevel::Error)]),
            ..Settings::default()
        };
        let both = unit.under(&office);
        assert_eq!((both.deadline, both.overview_limit), (office.deadline, Some(2000)));
        assert_eq!(
            both.levels,
            levels(&[("NB005", RuleLevel::Warning), ("NB801", RuleLevel::Error)])
        );
        assert_eq!((both.accepted, both.typos), (text("甲乙"), office.typos.clone()));
        assert_eq!(Settings::default().under(&office), office);
    }

    #[test]
    fn a_unit_puts_nothing_out_of_the_way_that_its_office_asks_for() {
        let office =
            Settings { typos: Some("招考 → 招生考试".to_owned()), ..Settings::default() };
        let off = |code: &str| (code.to_owned(), RuleLevel::Off);
        let unit = Settings { levels: vec![off("NB803"), off("NB804")], ..Settings::default() };
        assert!(office.governs("NB803") && !office.governs("NB804"));
        assert_eq!(unit.under(&office).levels, [off("NB804")]);
    }

    #[test]
    fn a_unit_adds_to_the_sentences_and_the_style_of_its_office() {
        let settings = |required: &str, style: &str| Settings {
            required: Some(required.to_owned()),
            style: Some(style.to_owned()),
            ..Settings::default()
        };
        let office = settings("本报告可在网站下载。", "群众 → 公众");
        let mut unit = settings("欢迎监督。", "我局 → 本机关");
        unit.levels = ["NB819", "NB818"].map(|code| (code.to_owned(), RuleLevel::Off)).to_vec();
        let both = unit.under(&office);
        assert_eq!(both.required.as_deref(), Some("欢迎监督。\n本报告可在网站下载。"));
        assert_eq!(both.style.as_deref(), Some("我局 → 本机关\n群众 → 公众"));
        assert!(both.levels.is_empty());
    }
}
