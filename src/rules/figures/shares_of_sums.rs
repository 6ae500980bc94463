//! Shares of a part by its name, behind a sum that comes out: 全年1626件，上半年842件、下半年784件，下半年占48.2%.

use crate::prose::{Exactness, Passage, Sum, Unit, name_of_share, percent};
use crate::report::Text;
use crate::rules::figures::judge::place;
use crate::rules::figures::plausible::is_slip;
use crate::rules::figures::shares_elsewhere::report_named;
use crate::rules::{Findings, Held};

/// Reports every such share that is that of another part, or that of its own but for a slip.
pub(super) fn judge_shares_of_sums(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for (i, mention) in passage.mentions.iter().enumerate() {
        let open = mention.unit == Unit::Percent
            && mention.exactness == Exactness::Exact
            && !mention.bound
            && mention.share.is_none()
            && mention.growth.is_none()
            && !passage.ratios.iter().any(|ratio| ratio.rate == i);
        if open && let Some((sum, part)) = named_part(passage, text, i) {
            judge(findings, (passage, text, i), sum, part);
        }
    }
}

/// The only part of a sum of its sentence that a share names.
fn named_part<'a>(passage: &'a Passage, text: &Text, rate: usize) -> Option<(&'a Sum, usize)> {
    /// The most figures between a part and its share.
    const NEAR: usize = 12;
    let (mentions, printed) = (&passage.mentions, text.printed());
    let name = name_of_share(printed, mentions, rate)?;
    let near = |part: usize| {
        part < rate && part + NEAR >= rate && mentions[part].sentence == mentions[rate].sentence
    };
    let is_named = |part: &&usize| {
        let before = printed.get(..mentions[**part].digits.start).unwrap_or_default();
        let said = before.trim_end_matches(['的', '为', '有']);
        let alone = |rest: &str| !rest.ends_with(char::is_alphanumeric);
        said.strip_suffix(name).is_some_and(alone)
    };
    let told = passage.sums.iter().filter(|sum| sum.fits && sum.parts.iter().all(|i| near(*i)));
    let mut named = told.flat_map(|sum| {
        let parts = sum.parts.iter().filter(is_named);
        parts.map(move |part| (sum, *part))
    });
    named.next().filter(|_| named.next().is_none())
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text, rate): (&Passage, &Text, usize),
    sum: &Sum,
    part: usize,
) {
    let (mentions, told) = (&passage.mentions, &passage.mentions[rate]);
    let Some(whole) = sum.total.map(|total| &mentions[total]) else { return };
    let share = |part: usize| percent(mentions[part].value, whole.value, told.places);
    let Some(right) = share(part) else { return };
    let mut others = sum.parts.iter().filter(|other| **other != part);
    let of_other = others.any(|other| share(*other) == Some(told.value));
    if right != told.value && !of_other && !is_slip(right, told.value) {
        return;
    }
    let said = format!("{} 除以 {}", mentions[part].value, whole.value);
    findings.held(passage, rate, Held::Text(said.clone()));
    if right == told.value {
        return;
    }
    let figures = [&mentions[part], whole].map(|figure| place(passage, text, &figure.digits));
    report_named(findings, (passage, text, rate), &said, right, figures);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn a_share_of_the_other_part() {
        for wrong in [
            "全年发布信息1626条。上半年842条、下半年784条，下半年占51.8%。",
            "全年发布信息1626条。上半年842条、下半年784条，上半年占48.2%。",
        ] {
            check_text(&super::super::share_wrong::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn shares_of_that_part_or_of_another_whole() {
        for fine in [
            "全年发布信息1626条。上半年842条、下半年784条，下半年占48.2%。",
            "全年发布信息1626条。上半年842条、下半年784条，第四季度占31.7%。",
            "全年发布信息1626条。上半年842条、下半年784条，下半年解读占71.8%。",
        ] {
            check_text(&super::super::share_wrong::RULE, fine, "", 0);
        }
    }
}
