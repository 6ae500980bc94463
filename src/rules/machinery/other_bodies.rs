//! Names of bodies in places where the report's own should stand.

use crate::rules::machinery::word_lists::WordLists;

/// The certainty that a name is that of another body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Foreign {
    /// It may be an older or another name of the same one.
    Perhaps,
    /// It is that of another area or of another trade.
    Surely,
}

/// A name, taken apart: 青麓市碧溪县水利局 is 水利局 of 碧溪县, which stands in 青麓市.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::rules) struct Name<'a> {
    /// All areas, from the largest on.
    area: &'a str,
    /// The last of them.
    unit: &'a str,
    /// The kind of the last of them: 县.
    sign: &'a str,
    /// The trade of the body, with the end that tells which body it is.
    trade: &'a str,
    /// The office in it, or whatever else follows.
    rest: &'a str,
}

/// The most characters of the name of an area.
const LONGEST_AREA: usize = 12;

impl<'a> Name<'a> {
    /// Takes apart a name that begins with an area; `None` where it does not, or where no body follows.
    pub(in crate::rules) fn of(name: &'a str) -> Option<Self> {
        let lists = WordLists::get();
        let (mut unit, mut end, mut sign) = (0..0, 0, "");
        for (at, _) in name.char_indices() {
            if at < end {
                continue;
            }
            if name[end..at].chars().count() > LONGEST_AREA {
                break;
            }
            let Some(kind) = lists.area_signs.start_of(&name[at..]) else { continue };
            let next = at + kind.len();
            if is_of_other_word(&name[end.min(at)..], at - end.min(at), kind) {
                continue;
            }
            // 郑州市 is one area.
            let from = if at == end && at > 0 { unit.start } else { end };
            (unit, end, sign) = (from..next, next, kind);
        }
        let trade = &name[end..];
        let length = lists
            .body_heads
            .iter()
            .filter_map(|head| trade.find(head).map(|at| (at, head.len())))
            .min_by_key(|(at, length)| (*at, usize::MAX - length))
            .map(|(at, length)| at + length)?;
        let (trade, rest) = trade.split_at(length);
        (end > 0).then(|| Self { area: &name[..end], unit: &name[unit], sign, trade, rest })
    }

    /// The bytes of the name without what follows the body.
    pub(in crate::rules) fn length(&self) -> usize {
        self.area.len() + self.trade.len()
    }

    /// The name of the last of the areas without its kind.
    pub(in crate::rules) fn place(&self) -> &'a str {
        &self.unit[..self.unit.len() - self.sign.len()]
    }

    /// The kind of the last of the areas: 县.
    pub(in crate::rules) fn kind(&self) -> &'a str {
        self.sign
    }

    /// True if the last of the areas is a city, which may stand below another.
    pub(in crate::rules) fn is_of_city(&self) -> bool {
        self.sign == "市"
    }

    /// True if the body is one of an area of this kind: of a 街道 that lies in a 区, both are.
    pub(in crate::rules) fn is_of_area(&self, sign: &str) -> bool {
        self.sign.ends_with(sign) || self.rest.contains(sign)
    }

    /// True if the name is that of the same body in another area of the same rank.
    pub(in crate::rules) fn is_twin_of(&self, own: &Self) -> bool {
        let trade = |name: &Self| name.trade.replace("人民政府", "政府");
        self.is_beside(own) && trade(self) == trade(own)
    }

    /// True if the name ends with the body, and not with an office in it.
    pub(in crate::rules) fn is_whole(&self) -> bool {
        self.rest.is_empty()
    }

    /// The trade of the body without the kind of body.
    fn subject(&self) -> &'a str {
        let ends = &WordLists::get().body_heads;
        ends.end_of(self.trade)
            .map_or(self.trade, |end| &self.trade[..self.trade.len() - end.len()])
    }

    /// True if the other one is named, too: 县 alone names that of the report.
    fn is_area_of(&self, own: &Self) -> bool {
        self.sign == own.sign && (self.unit == self.sign || self.ends_as(own))
    }

    /// True if the area is another of the same rank.
    fn is_beside(&self, own: &Self) -> bool {
        let named = self.unit != self.sign && own.unit != own.sign;
        let same = own.area.contains(self.unit) || self.ends_as(own);
        named && self.sign == own.sign && !same
    }

    /// True if the area ends with that of the other, whatever words stand before it: 现公布碧溪县.
    fn ends_as(&self, own: &Self) -> bool {
        own.unit != own.sign && self.unit.ends_with(own.unit)
    }
}

/// True if the sign of an area belongs to another word: 城市, 市场.
fn is_of_other_word(name: &str, at: usize, sign: &str) -> bool {
    WordLists::get().no_areas.iter().any(|word| {
        let inside = word.find(sign).filter(|inside| *inside <= at);
        inside.and_then(|inside| name.get(at - inside..)).is_some_and(|from| from.starts_with(word))
    })
}

/// The certainty that a name is that of another body than the report's own; `None` where it is the same, one above it,
/// or nobody in particular.
pub(in crate::rules) fn foreign(own: &str, said: &str) -> Option<Foreign> {
    let (own, said) = (own.replace("人民政府", "政府"), said.replace("人民政府", "政府"));
    let is_known = own.contains(&said) || said.contains(&own);
    let placeholder = own.contains(['某', '×', 'X', 'x']) || said.contains(['某', '×', 'X', 'x']);
    if is_known || placeholder {
        return None;
    }
    let (own, said) = (Name::of(&own)?, Name::of(&said)?);
    // A government or an office for all may draw up the report of a bureau, and answer for it.
    let government = |name: &Name<'_>| name.trade == "政府";
    let answers = WordLists::get().answers_for_all.are_in(said.trade) && own.trade != said.trade;
    if (government(&said) && !government(&own)) || answers {
        return None;
    }
    let alike =
        is_short_for(said.subject(), own.subject()) || is_short_for(own.subject(), said.subject());
    if said.is_beside(&own) {
        return Some(Foreign::Surely);
    }
    if alike || !said.is_area_of(&own) {
        return None;
    }
    // 卫生局 and 卫生健康局 may be one.
    let shares = said.subject().chars().any(|c| own.subject().contains(c));
    Some(if shares { Foreign::Perhaps } else { Foreign::Surely })
}

/// True if the characters of one stand in the other in their order: 住建 for 住房和城乡建设.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut there = long.chars();
    short.chars().all(|c| there.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart() {
        let parts =
            |name: &'static str| Name::of(name).map(|n| (n.area, n.unit, n.trade, n.rest)).unwrap();
        assert_eq!(
            parts("青麓市碧溪县水利局办公室"),
            ("青麓市碧溪县", "碧溪县", "水利局", "办公室")
        );
        assert_eq!(parts("郑州市城市管理局"), ("郑州市", "郑州市", "城市管理局", ""));
        assert_eq!(parts("碧溪县市场监督管理局"), ("碧溪县", "碧溪县", "市场监督管理局", ""));
        assert_eq!(parts("县发展和改革委员会"), ("县", "县", "发展和改革委员会", ""));
        assert_eq!(parts("碧溪县东门街道办事处"), ("碧溪县东门街道", "东门街道", "办事处", ""));
        assert_eq!(Name::of("总体情况"), None);
        assert_eq!(Name::of("局办公室"), None);
        // One digit before the sign of an area is shorter than the character that other words have there.
        assert_eq!(parts("第01区人民政府"), ("第01区", "第01区", "人民政府", ""));
    }

    #[test]
    fn another_body_is_told_from_the_own_one() {
        const OWN: &str = "青麓市碧溪县财政局";
        for said in [
            "碧溪县财政局",
            "县财政局办公室",
            "碧溪县财政局政务公开科",
            "青麓市财政局",
            "市财政局",
            "省财政厅",
            "某某县教育局",
        ] {
            assert_eq!(foreign(OWN, said), None, "{said}");
        }
        assert_eq!(foreign(OWN, "碧溪县教育局"), Some(Foreign::Surely));
        assert_eq!(foreign(OWN, "县教育局办公室"), Some(Foreign::Surely));
        assert_eq!(foreign(OWN, "云岭县财政局"), Some(Foreign::Surely));
        assert_eq!(foreign("碧溪县住房和城乡建设局", "县住建局"), None);
        assert_eq!(foreign("碧溪县卫生健康委员会", "碧溪县卫生健康局"), None);
        assert_eq!(foreign("碧溪县水务局", "碧溪县水利局"), Some(Foreign::Perhaps));
        assert_eq!(foreign("碧溪县人民政府", "碧溪县政府办公室"), None);
        assert_eq!(foreign("碧溪县人民政府", "云岭县人民政府"), Some(Foreign::Surely));
        assert_eq!(foreign("碧溪县东门街道办事处", "碧溪县西门街道办事处"), Some(Foreign::Surely));
    }
}
