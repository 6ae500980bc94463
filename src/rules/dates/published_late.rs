//! NB105: the report is published after the year it reports, and in time.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{AgencyKind, AgencyLevel, Date, FieldPath, Report};
use crate::rules::machinery::text::{CLAUSE_ENDS, Piece, pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::machinery::written_dates::dates;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB105",
    name: "published-late",
    title: "公布日期晚于法定期限，或早于报告年度结束",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Law,
    basis: &[law::REGULATION_49],
    editions: Edition::ALL,
    docs: Docs {
        what: "公布日期是否在报告年度结束之后，自拟引言里写的公布日期也是；县级以上人民政府部门是否不晚于次年 1 月 31 日，县级以上地方人民政府是否不晚于次年 3 月 31 日。乡镇人民政府、派出机关（街道办事处等）和法律、法规授权的组织，《条例》没有单独规定期限，按当地要求，不作判断。本地要求更早公布的，写在 [rules] 的 deadline。",
        why: "《条例》第四十九条：“县级以上人民政府部门应当在每年1月31日前向本级政府信息公开工作主管部门提交本行政机关上一年度政府信息公开工作年度报告并向社会公布。”“县级以上地方人民政府的政府信息公开工作主管部门应当在每年3月31日前向社会公布本级政府上一年度政府信息公开工作年度报告。”",
        example: "[report]\nyear = 2023\npublished = 2024-02-20\n\n[agency]\nkind = \"department\"\nlevel = \"county\"",
        corrected: "[report]\nyear = 2023\npublished = 2024-01-26\n\n[agency]\nkind = \"department\"\nlevel = \"county\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    for piece in pieces(report).iter().filter(|piece| piece.path.as_str().starts_with("opening")) {
        of_text(piece, report.header.year, findings);
    }
    let (Some(year), Some(published)) = (report.header.year, report.header.published) else {
        findings.unassessed("报告年度或公布日期没有填写，或写得不对");
        return;
    };
    let place = || Place::Value(FieldPath::new("report.published"));
    let next = year + 1;
    if Date::new(year, 12, 31).is_some_and(|end| published <= end) {
        let message = format!("公布日期 {published} 在{year}年度结束之前，此时还没有全年的数据");
        let finding = findings.report(place(), message, format!("应在{next}年"));
        finding.help.push("核对公布日期的年份".to_owned());
        return;
    }
    let national = match (report.agency.effective_kind(), report.agency.level) {
        (_, Some(AgencyLevel::Township))
        | (Some(AgencyKind::Outpost | AgencyKind::Authorized), _) => None,
        (Some(AgencyKind::Department), _) => Some(("县级以上人民政府部门", 1)),
        (Some(AgencyKind::Government), _) => Some(("县级以上地方人民政府", 3)),
        (None, _) => {
            findings.unassessed("机关类别没有填写或写得不对，无法确定公布期限");
            return;
        }
    };
    let national = national
        .and_then(|(who, month)| Date::new(next, month, 31).map(|date| (who.to_owned(), date)));
    let local = local_deadline(report, next, national.as_ref().map(|(_, date)| *date), findings);
    let is_local = local.is_some();
    let Some((who, deadline)) = local.map(|date| ("本地要求".to_owned(), date)).or(national)
    else {
        return;
    };
    if published > deadline {
        let is_set_above = findings.is_set_above();
        let name = if is_local { "本地期限" } else { "法定期限" };
        let message = format!("公布日期 {published} 晚于{name} {deadline}");
        let finding = findings.report(place(), message, format!("最晚 {deadline}"));
        let rule = if is_local {
            finding.authority = Some(Authority::Practice);
            finding.basis = vec![law::PRACTICE];
            format!("{who}在{deadline}前公布")
        } else {
            format!("{who}的年度报告应当在{deadline}前公布")
        };
        let way_out = if is_set_above {
            "期限由上级机关的检查规则规定，确已逾期的请向上级机关说明"
        } else {
            "确已逾期的请说明理由后豁免"
        };
        finding.help.push(format!("{rule}；日期写错的请改正，{way_out}"));
    }
}

/// Judges the day on which the report is made public by its own words: 本报告……编制，于2026年1月23日向社会公布.
fn of_text(piece: &Piece<'_>, year: Option<u16>, findings: &mut Findings<'_>) {
    let Some(year) = year else { return };
    let Some(end) = Date::new(year, 12, 31) else { return };
    let lists = &WordLists::get().openings;
    let text = piece.printed();
    for sentence in sentences(text).filter(|at| lists.draws_up.are_in(&text[at.clone()])) {
        let words = &text[sentence.clone()];
        for date in dates(words) {
            let (Some(of), Some(day)) = (date.year, date.day) else { continue };
            let lead = words[..date.range.start].rsplit(CLAUSE_ENDS).next().unwrap_or_default();
            let behind = words[date.range.end..].split(CLAUSE_ENDS).next().unwrap_or_default();
            // 于2019年4月3日公布的《条例》 is of something else.
            let is_own =
                lists.published_leads.has(lead.trim()) && lists.published_acts.has(behind.trim());
            let Some(told) = Date::new(of, date.month, day).filter(|told| is_own && *told <= end)
            else {
                continue;
            };
            let place =
                piece.place(sentence.start + date.range.start..sentence.start + date.range.end);
            let message =
                format!("文字中写的公布日期 {told} 在{year}年度结束之前，此时还没有全年的数据");
            let finding = findings.report(place, message, format!("应在{}年", year + 1));
            finding.help.push("核对公布日期的年份".to_owned());
        }
    }
}

/// The date of the data file, if it is one that can stand in the place of the national one.
fn local_deadline(
    report: &Report,
    next: u16,
    national: Option<Date>,
    findings: &mut Findings<'_>,
) -> Option<Date> {
    let local = report.settings.deadline?;
    let (message, help) = if local.year() != next {
        (format!("本地期限 {local} 不在{next}年，没有采用"), "改为今年的期限，或删去这一行")
    } else if let Some(national) = national.filter(|national| local > *national) {
        let message = format!("本地期限 {local} 晚于法定期限 {national}，没有采用");
        (message, "本地期限只能早于法定期限；改正或删去这一行")
    } else {
        return Some(local);
    };
    let place = Place::Value(FieldPath::new("rules.deadline"));
    findings.report_as(Severity::Warning, place, message, "").help.push(help.to_owned());
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, points_at};

    fn report(kind: &str, level: &str, published: &str, expected: &str) {
        check(
            &RULE,
            &format!(
                "[report]\nyear = 2023\npublished = {published}\n{expected}[agency]\nkind = \"{kind}\"\nlevel = \"{level}\"\n"
            ),
        );
    }

    #[test]
    fn departments_have_until_the_end_of_january() {
        report("department", "county", "2024-01-31", "");
        report("department", "county", "2024-02-01", "#           ^ 晚于法定期限 2024-01-31\n");
    }

    #[test]
    fn governments_have_until_the_end_of_march() {
        report("government", "city", "2024-03-31", "");
        report("government", "city", "2024-04-01", "#           ^ 最晚 2024-03-31\n");
    }

    #[test]
    fn townships_outposts_and_authorized_bodies_have_no_national_date() {
        report("government", "township", "2024-05-01", "");
        report("authorized", "county", "2024-05-01", "");
        report("outpost", "county", "2024-05-01", "");
    }

    #[test]
    fn a_date_of_the_report_year_is_a_slip() {
        report("department", "county", "2023-01-26", "#           ^ 2023年度结束之前\n");
    }

    #[test]
    fn the_day_that_the_opening_tells() {
        let opening = |text: &str, expected: &[(&str, &str)]| {
            let lines =
                "[report]\nyear = 2023\npublished = 2024-01-20\n[agency]\nkind = \"outpost\"\n";
            points_at(&RULE, &format!("{lines}[opening]\ntext = \"{text}\"\n"), expected);
        };
        opening(
            "本报告按照《条例》编制，于2023年1月20日向社会公布。",
            &[("2023年1月20日", "在2023年度结束之前")],
        );
        opening("本报告按照《条例》编制，于2024年1月20日向社会公布。", &[]);
        opening("根据2019年4月3日公布的《条例》编制本报告，自2019年5月15日起施行。", &[]);
    }

    #[test]
    fn an_earlier_local_date_stands_in_the_place_of_the_national_one() {
        let file = |level: &str, published: &str, late: &str, deadline: &str, wrong: &str| {
            check(
                &RULE,
                &format!(
                    "agency = {{ kind = \"department\", level = \"{level}\" }}\n[report]\nyear = 2023\n\
                     published = {published}\n{late}[rules]\ndeadline = {deadline}\n{wrong}"
                ),
            );
        };
        let late = "#           ^ 晚于本地期限 2024-01-20\n";
        file("county", "2024-01-20", "", "2024-01-20", "");
        file("county", "2024-01-25", late, "2024-01-20", "");
        file("township", "2024-05-01", "", "2024-06-30", "");
        file("county", "2024-01-25", "", "2023-01-20", "#          ^ 不在2024年，没有采用\n");
        file("county", "2024-01-25", "", "2024-02-20", "#          ^ 晚于法定期限 2024-01-31\n");
    }
}
