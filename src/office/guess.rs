//! Kind and level of a body, as its name tells them.

use crate::report::{AgencyKind, AgencyLevel};

/// The kind and the level that the name of a body tells; what it does not tell stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guess {
    /// The kind.
    pub(crate) kind: Option<AgencyKind>,
    /// The level.
    pub(crate) level: Option<AgencyLevel>,
}

/// The endings of the names of bodies; a longer one stands before its own ending.
const ENDINGS: &[(&str, Option<AgencyKind>)] = &[
    ("人民政府", Some(AgencyKind::Government)),
    ("街道办事处", Some(AgencyKind::Outpost)),
    ("街道办", Some(AgencyKind::Outpost)),
    ("行政公署", Some(AgencyKind::Outpost)),
    ("区公所", Some(AgencyKind::Outpost)),
    // They may be sent out, a department or authorized.
    ("管理委员会", None),
    ("管委会", None),
    ("人民政府办公室", Some(AgencyKind::Department)),
    ("人民政府办公厅", Some(AgencyKind::Department)),
    ("委员会", Some(AgencyKind::Department)),
    ("办公室", Some(AgencyKind::Department)),
    ("办公厅", Some(AgencyKind::Department)),
    ("局", Some(AgencyKind::Department)),
    ("厅", Some(AgencyKind::Department)),
    ("部", Some(AgencyKind::Department)),
    ("署", Some(AgencyKind::Department)),
    ("委", Some(AgencyKind::Department)),
    ("办", Some(AgencyKind::Department)),
    ("中心", Some(AgencyKind::Authorized)),
    ("支队", Some(AgencyKind::Department)),
    ("总队", Some(AgencyKind::Department)),
    ("大队", Some(AgencyKind::Department)),
    ("银行", Some(AgencyKind::Authorized)),
    ("公司", Some(AgencyKind::Authorized)),
    ("集团", Some(AgencyKind::Authorized)),
    ("学校", Some(AgencyKind::Authorized)),
    ("中学", Some(AgencyKind::Authorized)),
    ("小学", Some(AgencyKind::Authorized)),
    ("幼儿园", Some(AgencyKind::Authorized)),
    ("大学", Some(AgencyKind::Authorized)),
    ("学院", Some(AgencyKind::Authorized)),
    ("医院", Some(AgencyKind::Authorized)),
    ("联合会", Some(AgencyKind::Authorized)),
    ("联合社", Some(AgencyKind::Authorized)),
    ("供销社", Some(AgencyKind::Authorized)),
    ("协会", Some(AgencyKind::Authorized)),
    ("档案馆", Some(AgencyKind::Authorized)),
    ("气象台", Some(AgencyKind::Authorized)),
    ("院", None),
    ("所", None),
    ("站", None),
    ("馆", None),
    ("处", None),
];

/// The last characters of the names of places, and the level of the bodies there.
const PLACES: &[(&str, AgencyLevel)] = &[
    ("特别行政区", AgencyLevel::Province),
    ("自治区", AgencyLevel::Province),
    ("自治州", AgencyLevel::City),
    ("自治县", AgencyLevel::County),
    ("自治旗", AgencyLevel::County),
    ("街道", AgencyLevel::Township),
    ("苏木", AgencyLevel::Township),
    ("地区", AgencyLevel::City),
    ("省", AgencyLevel::Province),
    ("州", AgencyLevel::City),
    ("盟", AgencyLevel::City),
    ("市", AgencyLevel::City),
    ("县", AgencyLevel::County),
    ("区", AgencyLevel::County),
    ("旗", AgencyLevel::County),
    ("镇", AgencyLevel::Township),
    ("乡", AgencyLevel::Township),
];

/// Words in which the last character of a place is none.
const NO_PLACES: &[&str] = &[
    "城乡", "乡村", "乡镇", "市场", "市政", "市容", "城市", "社区", "区划", "区域", "城镇", "县域",
    "园区",
];

impl Guess {
    /// The guess from a name; `above` is the level of the body to which it belongs, for names without a place.
    pub(crate) fn of(name: &str, above: Option<AgencyLevel>) -> Self {
        let name = name.split(['（', '(']).next().unwrap_or(name);
        let ending = ENDINGS
            .iter()
            .filter(|(end, _)| name.ends_with(end))
            .max_by_key(|(end, _)| end.chars().count());
        let Some((end, kind)) = ending else { return Self { kind: None, level: None } };
        let place = name.strip_suffix(end).unwrap_or_default();
        let level = level_of(place, end).or_else(|| {
            // A part of a government stands on its level, a bureau without a place in its name as well.
            above.filter(|_| kind.is_some_and(|kind| kind == AgencyKind::Department))
        });
        Self { kind: *kind, level }
    }

    /// True if the name is that of a body, and not of a group of bodies.
    pub(crate) fn is_body(name: &str) -> bool {
        let name = name.split(['（', '(']).next().unwrap_or(name);
        ENDINGS.iter().any(|(end, _)| name.ends_with(end) && name.chars().count() > 2)
            // `县直部门` ends as a department does.
            && !["部门", "单位", "乡镇", "街道"].iter().any(|end| name.ends_with(end))
    }
}

/// The level of the last place in what stands before the ending of a name.
fn level_of(before: &str, ending: &str) -> Option<AgencyLevel> {
    if ["街道办事处", "街道办"].contains(&ending) {
        return Some(AgencyLevel::Township);
    }
    // 城乡 and 市场 are no places.
    let before = NO_PLACES.iter().fold(before.to_owned(), |text, word| text.replace(word, "○○"));
    let last = PLACES
        .iter()
        .filter_map(|(end, level)| {
            // A place has a name of at least one character, and what follows it is the field of a bureau.
            let at = before.rfind(end).filter(|at| *at > 0)?;
            Some((at + end.len(), end.len(), *level))
        })
        .max_by_key(|(at, length, _)| (*at, *length));
    last.map(|(.., level)| level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kind_and_level() {
        use AgencyKind::{Authorized, Department, Government, Outpost};
        use AgencyLevel::{City, County, Province, Township};
        for (name, kind, level) in [
            ("云岭县教育局", Some(Department), Some(County)),
            ("云岭县人民政府", Some(Government), Some(County)),
            ("青溪镇人民政府", Some(Government), Some(Township)),
            ("云岭县青溪镇人民政府", Some(Government), Some(Township)),
            ("云岭区东门街道办事处", Some(Outpost), Some(Township)),
            ("海东市住房和城乡建设局", Some(Department), Some(City)),
            ("青海省人民政府办公厅", Some(Department), Some(Province)),
            ("云岭县供水公司", Some(Authorized), Some(County)),
            ("云岭经济技术开发区管理委员会", None, Some(County)),
            ("教育局", Some(Department), Some(County)),
            ("云岭县人民政府（本级）", Some(Government), Some(County)),
            ("乡镇", None, None),
        ] {
            assert_eq!(Guess::of(name, Some(County)), Guess { kind, level }, "{name}");
        }
        assert!(Guess::is_body("云岭县教育局") && Guess::is_body("教育局"));
        for group in ["县直部门", "乡镇", "街道", "一、乡镇街道"] {
            assert!(!Guess::is_body(group), "{group}");
        }
    }
}
