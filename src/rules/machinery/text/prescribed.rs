//! Clauses that say the same every year because they must: nobody has copied them.

use super::length;
use crate::prose::Words;
use crate::rules::machinery::word_lists::WordLists;

/// True if a clause is one that every report needs, in nearly the same words: on what it is based, its
/// period, where its electronic copy is, whom to ask, and that there was none of what must be reported.
pub(in crate::rules) fn is_prescribed(clause: &str) -> bool {
    is_opening(clause) || is_nothing(clause)
}

/// The head of a report, in the opening or in section one.
fn is_opening(clause: &str) -> bool {
    let lists = WordLists::get();
    let all = |words: &Words| words.iter().all(|word| clause.contains(word));
    clause.contains("信息公开条例") && lists.drawn_up.are_in(clause) && clause.contains("报告")
        || clause.contains("统计期限")
        || all(&lists.whole_period)
        || lists.six_parts.are_in(clause)
        || clause.contains("电子版") && lists.copy_ways.are_in(clause)
        || all(&lists.asked_to_call)
        || lists.contact_heads.start_of(clause).is_some()
}

/// 全年没有发生因政府信息公开引起的行政复议、行政诉讼.
fn is_nothing(clause: &str) -> bool {
    const LONGEST: usize = 50;
    let lists = WordLists::get();
    length(clause) <= LONGEST
        && lists.prescribed_nothing.are_in(clause)
        && lists.prescribed_matters.are_in(clause)
}

#[cfg(test)]
mod tests {
    use super::is_prescribed;

    #[test]
    fn what_must_be_said_every_year() {
        for clause in [
            "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号要求，编制本报告。",
            "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
            "本报告电子版可在某某县人民政府网站查阅和下载。",
            "如有疑问，请与某某局办公室联系（电话：0000-0000000）。",
            "全年未收到政府信息公开申请，无结转。",
            "没有发生因政府信息公开引起的行政复议、行政诉讼。",
            "没有需要追究责任的情形。",
        ] {
            assert!(is_prescribed(clause), "{clause}");
        }
    }

    #[test]
    fn what_a_writer_chooses_to_say() {
        for clause in [
            "认真贯彻落实《中华人民共和国政府信息公开条例》，深入推进政务公开。",
            "个别单位未及时答复政府信息公开申请。",
            "加强与县融媒体中心的联系，丰富解读形式。",
            "新建办事指南专栏，逐项标明材料、时限和联系电话；",
            "健全依申请公开工作机制，规范登记、审核、办理、答复、归档全流程，全年办结及时，从源头减少争议，没有发生行政复议、行政诉讼。",
        ] {
            assert!(!is_prescribed(clause), "{clause}");
        }
    }
}
