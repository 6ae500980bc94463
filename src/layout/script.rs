//! Scripts whose characters change with their neighbours: a page cannot show them glyph by glyph.

use std::ops::RangeInclusive;

/// The blocks of such scripts in Unicode, each with the name under which readers know it.
const SHAPED: &[(RangeInclusive<char>, &str)] = &[
    ('\u{0590}'..='\u{05FF}', "希伯来文"),
    ('\u{0600}'..='\u{06FF}', ARABIC),
    ('\u{0700}'..='\u{074F}', "叙利亚文"),
    ('\u{0750}'..='\u{077F}', ARABIC),
    ('\u{0860}'..='\u{08FF}', ARABIC),
    ('\u{0900}'..='\u{0DFF}', "天城文等印度文字"),
    ('\u{0E00}'..='\u{0EFF}', "泰文、老挝文"),
    ('\u{0F00}'..='\u{0FFF}', "藏文"),
    ('\u{1000}'..='\u{109F}', "缅文、傣文"),
    ('\u{1100}'..='\u{11FF}', "谚文字母"),
    ('\u{1780}'..='\u{17FF}', "高棉文"),
    ('\u{1800}'..='\u{18AF}', MONGOLIAN),
    ('\u{1950}'..='\u{1AAF}', "傣文"),
    ('\u{A840}'..='\u{A87F}', "八思巴文"),
    ('\u{A8E0}'..='\u{A8FF}', "天城文等印度文字"),
    ('\u{A9E0}'..='\u{AA7F}', "缅文、傣文"),
    ('\u{FB1D}'..='\u{FB4F}', "希伯来文"),
    ('\u{FB50}'..='\u{FDFF}', ARABIC),
    ('\u{FE70}'..='\u{FEFC}', ARABIC),
    ('\u{11660}'..='\u{1167F}', MONGOLIAN),
];

const ARABIC: &str = "维吾尔文等阿拉伯字母文字";
const MONGOLIAN: &str = "蒙古文、满文";

/// The name of the script of a character that needs shaping; `None` for all that can be set one by one,
/// such as Chinese characters and Yi.
pub(crate) fn needs_shaping(character: char) -> Option<&'static str> {
    let next = SHAPED.partition_point(|(block, _)| *block.end() < character);
    SHAPED.get(next).filter(|(block, _)| block.contains(&character)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_in_order_and_do_not_overlap() {
        for pair in SHAPED.windows(2) {
            assert!(pair[0].0.end() < pair[1].0.start(), "{:?}", pair[1].0);
        }
    }

    #[test]
    fn han_and_yi_need_none() {
        for character in ['国', '\u{20BB7}', '\u{A000}', '한', 'é', '①', '\u{FEFF}'] {
            assert_eq!(needs_shaping(character), None);
        }
        assert_eq!(needs_shaping('བ'), Some("藏文"));
        assert_eq!(needs_shaping('ئ'), Some(ARABIC));
        assert_eq!(needs_shaping('ᠮ'), Some(MONGOLIAN));
    }
}
