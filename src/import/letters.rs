//! Characters as they are compared: width, radicals, blanks and marks aside.

/// The Chinese characters that the Kangxi radicals (U+2F00 to U+2FD5) look like in the fonts of the mainland, in their
/// order: browsers write these into the PDFs that they print.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The same for radicals of the supplement that fonts of today use.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺎', '兀'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺝', '月'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// The character that a radical, or the double of another character, stands for; any other character is itself.
pub(super) fn without_radical(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fd5}' => {
            let index = u32::from(c) - 0x2f00;
            KANGXI.chars().nth(index as usize).unwrap_or(c)
        }
        '\u{2e80}'..='\u{2eff}' => {
            SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, meant)| *meant)
        }
        // Technical brackets, which Unicode holds equal to the Chinese ones.
        '\u{2329}' => '〈',
        '\u{232a}' => '〉',
        _ => c,
    }
}

/// A character in half width, if it has one.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

/// The letters, digits and Chinese characters of a label, by which labels are compared.
pub(super) fn key(text: &str) -> String {
    let folded = text.chars().map(|c| narrow(without_radical(c)));
    folded.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The likeness of two keys, from 0 to 1.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_levenshtein(one, other)
}

/// A text without any blank, and without what nobody sees.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).collect()
}

/// Blanks, and characters that take no place.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || crate::report::is_hidden(c)
}

/// Words that stand raised behind others: digits become raised ones, so that they are none of a figure before them. The
/// word for a note says by itself that it is one.
pub(super) fn raised(text: &str) -> String {
    if text.contains('注') {
        return text.to_owned();
    }
    let of = |c: char| c.to_digit(10).and_then(|digit| RAISED.chars().nth(digit as usize));
    text.chars().map(|c| of(c).unwrap_or(c)).collect()
}

/// The raised digits from 0 to 9.
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// True for a character by which a figure or a label is tied to a note.
pub(super) fn is_note_mark(c: char) -> bool {
    RAISED.contains(c) || ('①'..='⑳').contains(&c) || c == '*' || c == '※'
}

/// The number of characters of a text that are seen.
pub(super) fn n_seen(text: &str) -> usize {
    text.chars().filter(|c| !is_unseen(*c)).count()
}

/// The number that Chinese numerals up to 99 mean.
pub(super) fn numeral(text: &str) -> Option<usize> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|i| i + 1);
    let chars: Vec<char> = text.chars().collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        [one] => digit(*one),
        ['十', ones] => Some(10 + digit(*ones)?),
        [tens, '十'] => Some(10 * digit(*tens)?),
        [tens, '十', ones] => Some(10 * digit(*tens)? + digit(*ones)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_width_and_marks_do_not_count() {
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(key("⼀、本年新收 政府⾏为"), key("一、本年新收政府行为"));
        assert_eq!(key("（三）　１．属于"), key("(三)1.属于"));
        assert_eq!(['⻓', '⼾', '\u{2329}'].map(without_radical), ['长', '户', '〈']);
        assert_eq!([raised("[10]"), raised("注21")], ["[¹⁰]", "注21"]);
        assert_eq!(squeezed(" 总\u{a0}计\u{200b}\n"), "总计");
        assert_eq!(
            ["三", "十", "十二", "二十", "三十五", "百"].map(numeral),
            [Some(3), Some(10), Some(12), Some(20), Some(35), None]
        );
    }
}
