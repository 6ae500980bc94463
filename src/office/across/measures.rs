//! The rates by which reports are compared.

use super::UnitRates;
use crate::report::Report;
use crate::units::Figure;

/// A rate: how many of some cases are of a kind.
#[derive(Debug)]
pub(crate) struct Measure {
    /// Its key, for other programs.
    pub(crate) key: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// The words for the cases of that kind, where the stem of the name does not say it.
    kind: Option<&'static str>,
    /// The words for all of them.
    all: &'static str,
    /// The addresses of the figures that are of that kind; one that ends with a full stop begins many.
    part: &'static [&'static str],
    /// The addresses of all of them.
    whole: &'static [&'static str],
}

const DEALT_WITH: &[&str] = &["requests.outcome."];

/// The rates that are compared. A share of cases tells the same of a small office and a large one; a number of them does not.
pub(crate) const MEASURES: &[Measure] = &[
    Measure {
        key: "granted",
        name: "公开率",
        kind: Some("予以公开和部分公开"),
        all: "办结",
        part: &["requests.outcome.granted.", "requests.outcome.partly_granted."],
        whole: DEALT_WITH,
    },
    Measure {
        key: "refused",
        name: "不予公开率",
        kind: None,
        all: "办结",
        part: &["requests.outcome.refused."],
        whole: DEALT_WITH,
    },
    Measure {
        key: "unavailable",
        name: "无法提供率",
        kind: None,
        all: "办结",
        part: &["requests.outcome.unavailable."],
        whole: DEALT_WITH,
    },
    Measure {
        key: "not_processed",
        name: "不予处理率",
        kind: None,
        all: "办结",
        part: &["requests.outcome.not_processed."],
        whole: DEALT_WITH,
    },
    Measure {
        key: "carried_out",
        name: "结转率",
        kind: Some("结转下年"),
        all: "新收和上年结转",
        part: &["requests.carried_out."],
        whole: &["requests.received.", "requests.carried_in."],
    },
    Measure {
        key: "challenged",
        name: "复议诉讼比",
        kind: Some("复议和诉讼"),
        all: "办结",
        part: &["challenges."],
        whole: DEALT_WITH,
    },
    Measure {
        key: "corrected",
        name: "纠正率",
        kind: Some("结果被纠正"),
        all: "审结的复议和诉讼",
        part: &[
            "challenges.reconsideration.corrected",
            "challenges.litigation_direct.corrected",
            "challenges.litigation_after.corrected",
        ],
        whole: &[
            "challenges.reconsideration.upheld",
            "challenges.litigation_direct.upheld",
            "challenges.litigation_after.upheld",
            "challenges.reconsideration.corrected",
            "challenges.litigation_direct.corrected",
            "challenges.litigation_after.corrected",
            "challenges.reconsideration.other_result",
            "challenges.litigation_direct.other_result",
            "challenges.litigation_after.other_result",
        ],
    },
];

impl Measure {
    /// The words for the cases of that kind, and for all of them.
    pub(crate) fn words(&self) -> [&'static str; 2] {
        [self.kind.unwrap_or_else(|| self.stem()), self.all]
    }

    /// The name without the word for a rate.
    pub(crate) fn stem(&self) -> &'static str {
        self.name.trim_end_matches(['率', '比'])
    }
}

/// A rate of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    /// The cases of the kind.
    pub(crate) part: u64,
    /// All of them.
    pub(crate) whole: u64,
}

impl Rate {
    /// The rate as a number; none of no cases.
    pub(super) fn value(self) -> Option<f64> {
        // No report has so many cases that a number of them would lose a digit.
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    /// The rate as it is shown; a dash where there are no cases.
    pub(crate) fn shown(self) -> String {
        self.value().map_or_else(|| "—".to_owned(), percent)
    }
}

/// A rate in percent with one decimal where it is not a whole number of percent.
pub(crate) fn percent(rate: f64) -> String {
    let tenths = (rate * 1000.0).round();
    match tenths % 10.0 == 0.0 {
        true => format!("{}%", tenths / 10.0),
        false => format!("{:.1}%", tenths / 10.0),
    }
}

impl UnitRates {
    /// The rates of a report.
    pub(super) fn of(unit: usize, report: &Report) -> Self {
        let figures: Vec<(String, Option<u64>)> = Figure::all(report.form())
            .into_iter()
            .map(|figure| {
                let count = figure.of(report).and_then(|number| u64::try_from(number).ok());
                (figure.path().as_str().to_owned(), count)
            })
            .collect();
        let sum = |addresses: &[&str]| -> Option<u64> {
            let is_meant = |path: &str| {
                addresses.iter().any(|address| {
                    path == *address || (address.ends_with('.') && path.starts_with(*address))
                })
            };
            let mut meant = figures.iter().filter(|(path, _)| is_meant(path)).peekable();
            meant.peek()?;
            meant.try_fold(0_u64, |sum, (_, count)| sum.checked_add((*count)?))
        };
        let rates = MEASURES
            .iter()
            .map(|measure| Some(Rate { part: sum(measure.part)?, whole: sum(measure.whole)? }));
        Self {
            unit,
            received: sum(&["requests.received."]),
            dealt_with: sum(DEALT_WITH),
            rates: rates.collect(),
        }
    }
}
