//! The choice of one face of a font file, by how Chinese it is.

use ttf_parser::{Face, PlatformId, Style, name_id};

/// Characters of every report that only simplified Chinese writes so, and some that all Chinese does.
const COMMON: &str = "的一是在有人和中国大会行府政信息公开工作年度报告机关县区镇乡村街道办务发布处理众条们这\
                      个为对与应后还进过动业产书车马门问间单设规范责任组织监督保障网络平台依申请";

/// The faces of a font file.
pub(super) struct Chosen {
    /// The place of the one that is meant; 0 where there is only one.
    pub(super) index: u32,
    /// Its name.
    pub(super) name: String,
    /// The names of all faces of a collection, in their order; none where there is only one.
    pub(super) all: Vec<String>,
}

/// The face that is called `wanted`, by its name or its place counted from 1; without that, the one for
/// simplified Chinese of ordinary weight.
///
/// # Errors
///
/// Says in Chinese that no face can be read, or which there are.
pub(super) fn choose(bytes: &[u8], wanted: Option<&str>) -> Result<Chosen, String> {
    let n = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    // A collection has a few dozen; a file that says more is none.
    let parsed: Vec<(u32, Result<Face<'_>, _>)> =
        (0..n.min(256)).map(|index| (index, Face::parse(bytes, index))).collect();
    let why = |error| format!("不是可用的 TrueType 或 OpenType 字体（{error}）");
    let faces: Vec<(u32, &Face<'_>)> =
        parsed.iter().filter_map(|(index, face)| Some((*index, face.as_ref().ok()?))).collect();
    if faces.is_empty() {
        let error = parsed.into_iter().find_map(|(_, face)| face.err());
        return Err(error.map_or_else(|| "文件里没有字体".to_owned(), why));
    }
    let all: Vec<String> = faces.iter().map(|(_, face)| display_name(face)).collect();
    let place = match wanted {
        Some(wanted) => faces.iter().position(|(index, face)| is_called(face, *index, wanted)),
        None => (0..faces.len()).max_by_key(|place| rank(faces[*place].1, *place)),
    };
    let Some(place) = place else {
        return Err(format!(
            "文件里没有叫“{}”的字体，有 {}",
            wanted.unwrap_or_default(),
            all.join("、")
        ));
    };
    let (index, name) = (faces[place].0, all[place].clone());
    Ok(Chosen { index, name, all: if n > 1 { all } else { Vec::new() } })
}

/// The common Chinese characters that a face lacks, and how many there are in all.
pub(super) fn lacking(face: &Face<'_>) -> (Vec<char>, usize) {
    let lacks = |c: &char| face.glyph_index(*c).is_none_or(|glyph| glyph.0 == 0);
    (COMMON.chars().filter(lacks).collect(), COMMON.chars().count())
}

/// The higher, the more likely it is the one for simplified Chinese: what it covers, what it says of
/// itself, how near it is to ordinary type; of equals the first.
fn rank(face: &Face<'_>, place: usize) -> (usize, i32, bool, i32, std::cmp::Reverse<usize>) {
    let (lacking, all) = lacking(face);
    let weight = i32::from(face.weight().to_number());
    let is_upright = face.style() == Style::Normal;
    (all - lacking.len(), locale(face), is_upright, -(weight - 400).abs(), std::cmp::Reverse(place))
}

/// As [`language`] of all names of a face; where these say nothing, whether it has any in Chinese.
fn locale(face: &Face<'_>) -> i32 {
    let has_chinese_name = || face.names().into_iter().any(|name| name.language_id == 0x0804);
    let said = language(names(face));
    let rank = if said != 0 { 2 * said } else { i32::from(has_chinese_name()) };
    rank - i32::from(is_monospaced(face))
}

/// The sign of the names of a face: for simplified Chinese (1), for another language (-1), or neither (0).
/// Collections hold the same characters for several languages, drawn as each writes them.
pub(crate) fn language(names: impl IntoIterator<Item = String>) -> i32 {
    const SIMPLIFIED: [&str; 6] = ["SC", "CN", "GB", "HANS", "CHS", "GBK"];
    const OTHER: [&str; 11] = ["JP", "JA", "KR", "KO", "TC", "TW", "HK", "MO", "HC", "HANT", "CHT"];
    let ends = |word: &str, tags: &[&str]| {
        let is_tagged =
            |tag: &&str| word == *tag || word.strip_suffix(tag).is_some_and(|w| w.ends_with("CJK"));
        tags.iter().any(is_tagged)
    };
    let mut score = 0;
    for name in names {
        if name.contains('简') {
            return 1;
        }
        for word in name.to_uppercase().split(|c: char| !c.is_alphanumeric()) {
            if ends(word, &SIMPLIFIED) || word.contains("GB2312") || word.contains("GB18030") {
                return 1;
            }
            if ends(word, &OTHER) {
                score = -1;
            }
        }
    }
    score
}

fn is_monospaced(face: &Face<'_>) -> bool {
    names(face).any(|name| name.to_lowercase().split_whitespace().any(|word| word == "mono"))
}

/// All names of a face, and of its family, in all languages.
fn names<'a>(face: &'a Face<'_>) -> impl Iterator<Item = String> + 'a {
    const IDS: [u16; 4] = [
        name_id::FAMILY,
        name_id::FULL_NAME,
        name_id::POST_SCRIPT_NAME,
        name_id::TYPOGRAPHIC_FAMILY,
    ];
    face.names()
        .into_iter()
        .filter(|name| IDS.contains(&name.name_id))
        .filter_map(|n| n.to_string())
}

/// The name of a face, in English where it can be had.
fn display_name(face: &Face<'_>) -> String {
    let named = |id: u16, english: bool| {
        let mut names = face.names().into_iter().filter(|name| {
            let is_english = name.platform_id == PlatformId::Windows && name.language_id == 0x0409;
            name.name_id == id && (is_english || !english)
        });
        names.find_map(|name| name.to_string())
    };
    named(name_id::FULL_NAME, true)
        .or_else(|| named(name_id::FULL_NAME, false))
        .or_else(|| named(name_id::POST_SCRIPT_NAME, false))
        .or_else(|| named(name_id::FAMILY, false))
        .unwrap_or_else(|| "没有名称的字体".to_owned())
}

/// True if a reader who writes `wanted` means this face: its place counted from 1, or one of its names,
/// whatever its capitals and blanks.
fn is_called(face: &Face<'_>, index: u32, wanted: &str) -> bool {
    let plain = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let by_place = wanted.trim().parse::<u32>().is_ok_and(|place| place == index + 1);
    by_place || names(face).any(|name| plain(&name) == plain(wanted))
}
