//! The words that an office and its report add to those of the program.

use crate::report::Report;
use crate::units::Summary;
use crate::words::Own;

/// The names of the body, of its office and of the units whose reports are added up, places among them, and what the data
/// file lists under `[rules]`.
pub(in crate::rules) fn own_words(report: &Report, children: Option<&Summary>) -> Own {
    let contact = &report.agency.contact;
    let names = [&report.agency.name, &contact.office, &contact.address, &contact.website];
    let mut names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    if let Some(Summary { list, .. }) = children {
        names.push(&list.name);
        for unit in &list.units {
            names.push(&unit.name);
            names.extend(unit.agency.as_deref());
        }
    }
    let places = names.iter().flat_map(|name| places(name));
    let listed = lines(report.settings.terms.as_deref());
    let accepted = lines(report.settings.accepted.as_deref());
    let own = report.agency.name.as_deref().unwrap_or_default();
    Own::new(names.iter().copied().chain(places).chain(listed).chain(areas(own)), accepted)
        .with_places(areas(own))
}

/// The entries of a list, one a line; lines that begin with `#` are remarks.
pub(in crate::rules) fn lines(list: Option<&str>) -> impl Iterator<Item = &str> {
    let lines = list.unwrap_or_default().lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The areas of a name, each by itself: 某某市 and 甲乙县 of 某某市甲乙县水利局.
fn areas(name: &str) -> impl Iterator<Item = &str> {
    const SHORTEST: usize = 3;
    let mut start = 0;
    places(name).filter_map(move |whole| {
        let area = &name[start..whole.len()];
        start = whole.len();
        (area.chars().count() >= SHORTEST).then_some(area)
    })
}

/// The areas that a name begins with: 某某市 and 某某市某某县 of 某某市某某县水利局.
fn places(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.char_indices().filter(|(_, c)| "省市区县旗州盟镇乡村".contains(*c));
    ends.map(|(at, c)| &name[..at + c.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_its_areas() {
        let found: Vec<&str> = places("某某市甲县乙镇人民政府").collect();
        assert_eq!(found, ["某某市", "某某市甲县", "某某市甲县乙镇"]);
        let found: Vec<&str> = areas("某某市甲乙县市场监督管理局").collect();
        assert_eq!(found, ["某某市", "甲乙县"]);
    }
}
