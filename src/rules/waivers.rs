//! Findings that a named person has accepted, and waivers that do not hold.

use super::{Checked, RULES, UNUSED_SCOPE};
use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::report::{Date, FieldPath, Report, Waiver};

/// A waiver that covers nothing.
pub const UNUSED_WAIVER: &str = "DF11";
/// A waiver that no longer holds.
pub const EXPIRED_WAIVER: &str = "DF12";
/// A rule that does not exist, or cannot be waived.
pub const UNKNOWN_RULE: &str = "DF13";
/// A rule turned down that must not be.
pub const FIXED_SEVERITY: &str = "DF14";

/// Problems of the settings and waivers in a data file.
pub static PROBLEMS: &[Problem] = &[
    Problem {
        code: UNUSED_WAIVER,
        name: "waiver-unused",
        title: "豁免没有对应的问题",
        severity: Severity::Warning,
        docs: Docs {
            what: "每一条 [[waivers]] 是否真的对应一处检查结果。规则本次未能判断的，不算。",
            why: "问题已经改正而豁免还留着，以后同样的错误再出现就不会被发现。",
            example: "[report]\nyear = 2023\npublished = 2024-01-20\n\n[agency]\nname = \"某某县某某局\"\nkind = \"department\"\n\n[[waivers]]\nrule = \"NB105\"\nreason = \"经批准延期公布\"\nby = \"张三\"\ndate = 2024-01-12",
            corrected: "[report]\nyear = 2023\npublished = 2024-01-20\n\n[agency]\nname = \"某某县某某局\"\nkind = \"department\"",
        },
    },
    Problem {
        code: EXPIRED_WAIVER,
        name: "waiver-expired",
        title: "豁免已经失效",
        severity: Severity::Warning,
        docs: Docs {
            what: "没有写 until 的豁免只对一个年度的报告有效，核准日期应在报告年度结束之后；写了 until 的，公布日期不晚于它才有效。失效的豁免不起作用，原来的问题照常列出。",
            why: "从上一年度的数据文件带过来的豁免，核准的是上一年度的数据，不能用于今年。",
            example: "[report]\nyear = 2023\n\n[[waivers]]\nrule = \"NB304\"\nreason = \"台账如此\"\nby = \"张三\"\ndate = 2023-01-12\n\n[requests]\nreceived = [3, 0, 0, 0, 0, 0, 4]",
            corrected: "[report]\nyear = 2023\n\n[[waivers]]\nrule = \"NB304\"\nreason = \"台账如此\"\nby = \"张三\"\ndate = 2024-01-12\n\n[requests]\nreceived = [3, 0, 0, 0, 0, 0, 4]",
        },
    },
    Problem {
        code: UNKNOWN_RULE,
        name: "rule-unknown",
        title: "豁免或 [rules.severity] 中的规则不存在，或不能豁免",
        severity: Severity::Warning,
        docs: Docs {
            what: "[[waivers]] 的 rule 和 [rules.severity] 的键是否是规则代码（NB 加三位数字）。数据文件本身的问题（DF 加两位数字）不能豁免，也不能改变程度。",
            why: "代码写错，豁免或设置就不起作用，原来的问题照常列出；数据文件本身的问题，只能改正。",
            example: "[rules.severity]\nNB05 = \"warning\"",
            corrected: "[rules.severity]\nNB005 = \"warning\"",
        },
    },
    Problem {
        code: FIXED_SEVERITY,
        name: "severity-fixed",
        title: "这条规则的程度不能降低",
        severity: Severity::Error,
        docs: Docs {
            what: "[rules.severity] 是否把缺少部分、数据未填、勾稽关系、统计期限和公布期限方面的错误改成了 off、hint 或 warning。",
            why: "这些错误使报告不能公布，与本地习惯无关。确有特殊情况的，用 [[waivers]] 写明理由、核准人和日期，逐处豁免。",
            example: "[rules.severity]\nNB302 = \"hint\"",
            corrected: "[[waivers]]\nrule = \"NB302\"\nat = \"requests.received.natural_person\"\nreason = \"首次公布时即如此，更正说明见备注\"\nby = \"张三\"\ndate = 2024-01-12",
        },
    },
    Problem {
        code: UNUSED_SCOPE,
        name: "scope-unused",
        title: "口径说明没有用上",
        severity: Severity::Warning,
        docs: Docs {
            what: "每一条 [[scopes]] 是否真的改变了一个数的口径：说是别的机关的，那里要有数；说就是三张表的，那里要有程序认作别的机关的数。",
            why: "文字改过而说明还留着，以后那里写了数，不经核对就放过去了。",
            example: "[report]\nyear = 2023\npublished = 2024-01-20\n\n[agency]\nname = \"某某县某某局\"\nkind = \"department\"\n\n[overview]\ntext = \"全面落实公开要求。\"\n\n[[scopes]]\nat = \"overview.text\"\nwhose = \"other\"\nreason = \"是全县的数\"",
            corrected: "[report]\nyear = 2023\npublished = 2024-01-20\n\n[agency]\nname = \"某某县某某局\"\nkind = \"department\"\n\n[overview]\ntext = \"全面落实公开要求。\"",
        },
    },
];

/// Divides what was found into what stands and what a waiver covers, and judges the waivers.
pub(super) fn apply(report: &Report, found: Vec<Diagnostic>, checked: &mut Checked) {
    let states: Vec<State> = report.waivers.iter().map(|waiver| state(report, waiver)).collect();
    let mut used = vec![false; states.len()];
    let mut places: Vec<(&'static str, FieldPath)> = Vec::new();
    for finding in found {
        let path = path(&finding);
        let mut cover = None;
        for (i, waiver) in report.waivers.iter().enumerate() {
            if matches!(states[i], State::Holds) && covers(waiver, &finding, path) {
                used[i] = true;
                // One that names the place knows more than one that does not.
                let better = cover.is_none_or(|c: usize| {
                    report.waivers[c].at.is_none() && report.waivers[i].at.is_some()
                });
                cover = if better { Some(i) } else { cover };
            }
        }
        places.extend(path.map(|path| (finding.code, path.clone())));
        match cover {
            Some(waiver) => checked.waived.push((finding, waiver)),
            None => checked.findings.push(finding),
        }
    }
    for (i, waiver) in report.waivers.iter().enumerate() {
        let at = FieldPath::new("waivers").index(i);
        let judged = match &states[i] {
            State::Holds if used[i] => None,
            State::Holds => unused(waiver, &at, &places, checked),
            State::Incomplete => None,
            State::Unknown => Some(not_a_rule(waiver, &at)),
            State::Expired(why) => Some(expired(waiver, &at, why)),
        };
        checked.findings.extend(judged);
    }
}

/// The state of a waiver.
enum State {
    Holds,
    /// Something is left out, which the reader of the file has said.
    Incomplete,
    /// It names no rule.
    Unknown,
    /// It held once; why no longer.
    Expired(String),
}

fn state(report: &Report, waiver: &Waiver) -> State {
    let written = |text: &str| !text.trim().is_empty();
    if !written(&waiver.rule) {
        return State::Incomplete;
    }
    if !RULES.iter().any(|rule| rule.code == waiver.rule) {
        return State::Unknown;
    }
    let Some(date) = waiver.date.filter(|_| written(&waiver.reason) && written(&waiver.by)) else {
        return State::Incomplete;
    };
    let year = report.header.year;
    let year_end = year.and_then(|year| Date::new(year, 12, 31));
    match (waiver.until, report.header.published, year, year_end) {
        (Some(until), Some(published), _, _) if published > until => {
            State::Expired(format!("有效期至 {until}，本报告于 {published} 公布"))
        }
        (None, _, Some(year), Some(end)) if date <= end => {
            State::Expired(format!("核准日期 {date} 在{year}年度结束之前，不是针对本年度报告的"))
        }
        _ => State::Holds,
    }
}

fn covers(waiver: &Waiver, finding: &Diagnostic, path: Option<&FieldPath>) -> bool {
    waiver.rule == finding.code
        && waiver.at.as_ref().is_none_or(|at| path.is_some_and(|path| path.is_within(at)))
}

fn path(finding: &Diagnostic) -> Option<&FieldPath> {
    match &finding.primary.place {
        Place::Value(path) | Place::Key(path) | Place::Text(path, _) => Some(path),
        Place::Bytes(_) | Place::File => None,
    }
}

fn unused(
    waiver: &Waiver,
    at: &FieldPath,
    places: &[(&'static str, FieldPath)],
    checked: &Checked,
) -> Option<Diagnostic> {
    const SHOWN: usize = 3;
    let rule = waiver.rule.as_str();
    if checked.unassessed.iter().any(|unassessed| unassessed.code == rule) {
        return None;
    }
    let elsewhere: Vec<&str> =
        places.iter().filter(|(code, _)| *code == rule).map(|(_, path)| path.as_str()).collect();
    let (key, message, help) = match &waiver.at {
        Some(place) if !elsewhere.is_empty() => (
            "at",
            format!("这条豁免没有用上：{rule} 的问题不在“{place}”"),
            format!(
                "{rule} 的问题在 {}；改正 at",
                elsewhere[..elsewhere.len().min(SHOWN)].join("、")
            ),
        ),
        _ if checked.off.contains(&rule) => (
            "rule",
            format!("这条豁免没有用上：{rule} 已在 [rules.severity] 中关闭"),
            "删去这条豁免，或恢复这条规则".to_owned(),
        ),
        _ => (
            "rule",
            format!("这条豁免没有用上：没有发现 {rule} 的问题"),
            "问题已经改正的，删去这条豁免；规则代码写错的请改正".to_owned(),
        ),
    };
    let place = Place::Value(at.key(key));
    Some(Diagnostic::new(UNUSED_WAIVER, Severity::Warning, place, message, "").help(help))
}

fn expired(waiver: &Waiver, at: &FieldPath, why: &str) -> Diagnostic {
    let key = if waiver.until.is_some() { "until" } else { "date" };
    let message = format!("对 {} 的豁免已经失效：{why}", waiver.rule);
    Diagnostic::new(EXPIRED_WAIVER, Severity::Warning, Place::Value(at.key(key)), message, "")
        .help("仍需豁免的，重新核准并更新日期；长期有效的写明 until；不再需要的删去")
}

fn not_a_rule(waiver: &Waiver, at: &FieldPath) -> Diagnostic {
    let rule = waiver.rule.as_str();
    let message = if rule.starts_with("DF") {
        format!("{rule} 是数据文件本身的问题，不能豁免")
    } else {
        format!("没有“{rule}”这条规则")
    };
    let place = Place::Value(at.key("rule"));
    Diagnostic::new(UNKNOWN_RULE, Severity::Warning, place, message, "").help(unknown_rule(rule))
}

/// The remedy for a code that is no rule's.
pub(super) fn unknown_rule(code: &str) -> String {
    if code.starts_with("DF") {
        return "改正数据文件，删去这一处设置".to_owned();
    }
    match nearest_codes(code, RULES.iter().map(|rule| rule.code)).as_slice() {
        [] => "规则代码是 NB 加三位数字，用 nianbao explain 查看全部规则".to_owned(),
        near => format!("是不是 {}？用 nianbao explain 查看全部规则", near.join("、")),
    }
}

/// The codes that look most like one that does not exist: at most three, the likeliest first.
pub fn nearest_codes<'c>(typed: &str, known: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    const SHOWN: usize = 3;
    const FARTHEST: usize = 2;
    let typed = typed.trim().to_uppercase();
    let n_typed = typed.chars().count();
    let number = |code: &str| code.get(2..).and_then(|digits| digits.parse::<u32>().ok());
    let mut near: Vec<(usize, bool, u32, &str)> = known
        // What differs more in length alone need not be compared, however long it is.
        .filter(|code| code.chars().count().abs_diff(n_typed) <= FARTHEST)
        .map(|code| {
            let family = code.get(..3).is_none_or(|family| !typed.starts_with(family));
            // Of codes that are one figure away, the one beside is meant: NB304 by NB305.
            let away =
                number(code).zip(number(&typed)).map_or(0, |(one, other)| one.abs_diff(other));
            (strsim::damerau_levenshtein(&typed, code), family, away, code)
        })
        .filter(|(distance, ..)| *distance <= FARTHEST && distance * 2 < n_typed)
        .collect();
    near.sort_unstable();
    let least = near.first().map_or(0, |first| first.0);
    near.into_iter().filter(|near| near.0 == least).take(SHOWN).map(|near| near.3).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Given;
    use super::*;
    use crate::source::SourceFile;
    use crate::{Review, review};

    const HEAD: &str = "format = \"2021\"\nreport = { year = 2023, published = 2024-01-20 }\n\
        agency = { name = \"某县人民政府\", kind = \"government\" }\n\
        requests = { received = [3, 0, 0, 0, 0, 0, 4] }\n";

    fn waived(waiver: &str) -> Review {
        let text = format!("{HEAD}[[waivers]]\nreason = \"台账如此\"\nby = \"张三\"\n{waiver}\n");
        review(&SourceFile::parse("t", text), Given::default())
    }

    fn found(review: &Review, code: &str) -> Vec<String> {
        let of_code = review.findings.iter().filter(|d| d.code == code);
        of_code.map(|d| format!("{}；{}", d.message, d.help.join("；"))).collect()
    }

    #[test]
    fn a_waiver_takes_its_finding_out() {
        for at in ["", "at = \"requests\"", "at = \"requests.received\""] {
            let review = waived(&format!("rule = \"NB304\"\ndate = 2024-01-12\n{at}"));
            assert_eq!(review.waived.len(), 1, "{at}");
            assert_eq!(found(&review, "NB304"), [""; 0]);
            assert_eq!(found(&review, UNUSED_WAIVER), [""; 0]);
        }
    }

    #[test]
    fn a_waiver_without_reason_name_or_date_covers_nothing() {
        let text = format!("{HEAD}[[waivers]]\nrule = \"NB304\"\nreason = \" \"\nby = \"张三\"\n");
        let review = review(&SourceFile::parse("t", text), Given::default());
        assert_eq!((review.waived.len(), found(&review, "NB304").len()), (0, 1));
        assert_eq!(found(&review, UNUSED_WAIVER), [""; 0]);
    }

    #[test]
    fn an_unused_waiver_says_why() {
        let review = waived("rule = \"NB202\"\ndate = 2024-01-12");
        assert!(found(&review, UNUSED_WAIVER)[0].contains("没有发现 NB202 的问题"));
        let review = waived("rule = \"NB301\"\nat = \"requests.received\"\ndate = 2024-01-12");
        let said = &found(&review, UNUSED_WAIVER)[0];
        assert!(said.contains("NB301 的问题在 requests"), "{said}");
    }

    #[test]
    fn a_waiver_of_what_could_not_be_judged_is_left_alone() {
        let text = HEAD.replace(", published = 2024-01-20", "")
            + "[[waivers]]\nrule = \"NB105\"\nreason = \"x\"\nby = \"y\"\ndate = 2024-01-12\n";
        let review = review(&SourceFile::parse("t", text), Given::default());
        assert_eq!(found(&review, UNUSED_WAIVER), [""; 0]);
    }

    #[test]
    fn a_waiver_of_the_year_before_has_expired() {
        for date in ["2023-01-12", "2023-12-31"] {
            let review = waived(&format!("rule = \"NB304\"\ndate = {date}"));
            assert_eq!(review.waived.len(), 0);
            assert!(found(&review, EXPIRED_WAIVER)[0].contains("2023年度结束之前"));
            assert_eq!(found(&review, "NB304").len(), 1);
        }
    }

    #[test]
    fn a_waiver_until_a_date_holds_until_then() {
        let review = waived("rule = \"NB304\"\ndate = 2022-03-01\nuntil = 2024-01-20");
        assert_eq!(review.waived.len(), 1);
        let review = waived("rule = \"NB304\"\ndate = 2022-03-01\nuntil = 2024-01-19");
        assert_eq!(review.waived.len(), 0);
        assert!(found(&review, EXPIRED_WAIVER)[0].contains("有效期至 2024-01-19"));
    }

    #[test]
    fn only_rules_can_be_waived() {
        let review = waived("rule = \"DF05\"\ndate = 2024-01-12");
        assert!(found(&review, UNKNOWN_RULE)[0].contains("不能豁免"));
        let review = waived("rule = \"NB034\"\ndate = 2024-01-12");
        let said = &found(&review, UNKNOWN_RULE)[0];
        assert!(said.contains("NB304"), "{said}");
    }

    #[test]
    fn near_codes_are_offered_and_far_ones_are_not() {
        let known = || ["NB001", "NB301", "NB302", "NB402", "DF01"].into_iter();
        assert_eq!(nearest_codes("nb31", known()), ["NB301"]);
        assert_eq!(nearest_codes("NB303", known()), ["NB302", "NB301"]);
        assert_eq!(nearest_codes("DF1", known()), ["DF01"]);
        assert!(nearest_codes("总计", known()).is_empty());
        assert!(nearest_codes("", known()).is_empty());
    }
}
