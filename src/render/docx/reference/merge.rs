//! Finds our roles among an office's styles, and adds our own style where the office has none.

use super::super::parts;
use super::super::style::{Role, StyleIds};
use crate::package::xml::{self, Element, Node, unescape};
use crate::render::RenderError;

/// An office's styles with ours added.
pub(super) struct Merged {
    /// The style sheet.
    pub(super) styles: Element,
    /// The style of each role.
    pub(super) ids: StyleIds,
    /// The roles for which the office has no style.
    pub(super) missing: Vec<Role>,
    /// The roles whose style numbered its paragraphs, which ours carry in their words.
    pub(super) numbered: Vec<Role>,
    /// True if title and headings look as in our own style sheet.
    pub(super) looks_like_ours: bool,
}

/// Merges our styles for the roles in `needed` into `styles`.
pub(super) fn merge(mut styles: Element, needed: &[Role]) -> Result<Merged, RenderError> {
    let ours = xml::parse(&parts::styles()).map_err(RenderError::Library)?;
    let mut ids = StyleIds::own();
    let mut missing = Vec::new();
    let mut numbered = Vec::new();
    for role in needed.iter().copied() {
        let kind = own_style(&ours, role).and_then(|style| style.get("w:type"));
        match styles.elements().find(|style| kind == style.get("w:type") && is_called(style, role))
        {
            Some(style) => {
                ids.0[role as usize] = id_of(style);
                if is_numbered(&styles, style) {
                    numbered.push(role);
                }
            }
            None => {
                ids.0[role as usize] = free_id(&styles, role);
                missing.push(role);
            }
        }
    }
    let base = styles
        .elements()
        .find(|s| s.get("w:type") == Some("paragraph") && s.get("w:default") == Some("1"))
        .map(id_of);
    for role in missing.iter().copied() {
        let Some(style) = own_style(&ours, role) else { continue };
        let mut style = style.clone();
        style.attributes.retain(|(name, _)| name != "w:default");
        style.set("w:styleId", ids.of(role));
        if styles.elements().any(|other| is_called(other, role)) {
            // A style of another kind has the name already.
            if let Some(name) = style.find_mut("w:name") {
                name.set("w:val", &format!("{}（年报）", role.names().1));
            }
        }
        rebase(&mut style, base.as_deref(), &ids, needed);
        styles.children.push(Node::Element(style));
    }
    styles.elements_mut().for_each(drop_numbering);
    let there = |role| {
        styles
            .elements()
            .find(|style| style.name == "w:style" && style.get("w:styleId") == Some(ids.of(role)))
    };
    let looks_like_ours = [Role::Title, Role::Heading1]
        .into_iter()
        .all(|role| own_style(&ours, role).is_some_and(|style| there(role) == Some(style)));
    Ok(Merged { styles, ids, missing, numbered, looks_like_ours })
}

fn own_style(ours: &Element, role: Role) -> Option<&Element> {
    ours.elements().find(|style| style.get("w:styleId") == Some(role.names().0))
}

fn id_of(style: &Element) -> String {
    style.get("w:styleId").map(unescape).unwrap_or_default()
}

/// True if a style bears the name of a role, its Chinese name, or one of them as an alias.
fn is_called(style: &Element, role: Role) -> bool {
    let (_, stored, shown) = role.names();
    let value = |name: &str| style.find(name).and_then(|e| e.get("w:val")).map(unescape);
    let aliases = value("w:aliases").unwrap_or_default();
    let names = value("w:name").into_iter().chain(aliases.split(',').map(str::to_owned));
    style.name == "w:style"
        && names
            .map(|name| name.trim().to_lowercase())
            .any(|n| n == stored.to_lowercase() || n == shown)
}

/// True if a style, or one it is based on, numbers its paragraphs.
fn is_numbered(styles: &Element, style: &Element) -> bool {
    let mut style = Some(style);
    // Styles may be based on each other in a circle in a damaged file.
    for _ in 0..20 {
        let Some(current) = style else { return false };
        if current.find("w:pPr").is_some_and(|p| p.find("w:numPr").is_some()) {
            return true;
        }
        let base = current.find("w:basedOn").and_then(|e| e.get("w:val"));
        style = base.and_then(|base| styles.elements().find(|s| s.get("w:styleId") == Some(base)));
    }
    false
}

/// Takes numbering off an element and all below it.
pub(super) fn drop_numbering(element: &mut Element) {
    element.retain(|child| child.name != "w:numPr");
    element.elements_mut().for_each(drop_numbering);
}

/// An identifier no style of the office has.
fn free_id(styles: &Element, role: Role) -> String {
    let own = role.names().0;
    let taken = |id: &str| styles.elements().any(|style| style.get("w:styleId") == Some(id));
    let mut id = own.to_owned();
    while taken(&id) {
        id = format!("Report{id}");
    }
    id
}

/// Points the references of one of our styles at styles that are in the office's sheet.
fn rebase(style: &mut Element, base: Option<&str>, ids: &StyleIds, needed: &[Role]) {
    let referenced = ["w:basedOn", "w:next"];
    let target = |own: &str| match Role::ALL.into_iter().find(|role| role.names().0 == own) {
        Some(role) if needed.contains(&role) => Some(ids.of(role).to_owned()),
        Some(_) => None,
        None => base.map(str::to_owned),
    };
    for name in referenced {
        if let Some(reference) = style.find_mut(name) {
            let value = reference.get("w:val").and_then(target).unwrap_or_default();
            reference.set("w:val", &value);
        }
    }
    style.retain(|child| {
        !referenced.contains(&child.name.as_str()) || child.get("w:val") != Some("")
    });
}
