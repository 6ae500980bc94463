//! The faces of a file: which glyphs of each are in use, and what the file says of them.

use std::collections::BTreeMap;

use super::face::{self, Used};
use super::xml::{holding, leaf, root, with_children};
use super::{Ids, RenderError};
use crate::layout::{FaceFile, FaceId, Faces, Item, Pages, Role};
use crate::package::xml::Element;

/// The faces of a file.
pub(super) struct Fonts {
    fonts: BTreeMap<FaceId, Font>,
}

/// A face as it is embedded.
pub(super) struct Font {
    /// The number by which text names it.
    pub(super) id: u32,
    /// The numbers of its glyphs in the embedded file.
    numbers: BTreeMap<u16, u16>,
    name: String,
    family: String,
    is_serif: bool,
    /// Its place from the list of faces, and in the package.
    path: String,
    full_path: String,
    bytes: Vec<u8>,
}

impl Fonts {
    /// Embeds what the pages need of every face.
    pub(super) fn new(pages: &Pages, ids: &mut Ids) -> Result<Self, RenderError> {
        let mut used: BTreeMap<FaceId, Used> = BTreeMap::new();
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            let Item::Text(run) = item else { continue };
            let glyphs = used.entry(run.face).or_default();
            for glyph in &run.glyphs {
                glyphs.entry(glyph.id).or_default().insert(glyph.character);
            }
        }
        let mut fonts = BTreeMap::new();
        for (i, (id, used)) in used.into_iter().enumerate() {
            let font = Font::new(i, id, &pages.faces, &used, ids.next())?;
            fonts.insert(id, font);
        }
        Ok(Self { fonts })
    }

    /// A face that the pages use.
    pub(super) fn get(&self, face: FaceId) -> Option<&Font> {
        self.fonts.get(&face)
    }

    /// The list of faces, `PublicRes.xml`.
    pub(super) fn resources(&self) -> Element {
        let fonts = self.fonts.values().map(|font| {
            let element = Element::new("ofd:Font")
                .with("ID", &font.id.to_string())
                .with("FontName", &font.name)
                .with("FamilyName", &font.family)
                .with("Charset", "unicode")
                .with("Serif", if font.is_serif { "true" } else { "false" });
            with_children(element, [leaf("ofd:FontFile", &font.path)])
        });
        let list = holding("ofd:Fonts", fonts);
        let list = Some(list).filter(|list| !list.children.is_empty());
        with_children(root("ofd:Res").with("BaseLoc", "Res"), list)
    }

    /// The embedded files with their complete paths.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.fonts.values().map(|font| (font.full_path.as_str(), font.bytes.as_slice()))
    }
}

impl Font {
    fn new(
        index: usize,
        face: FaceId,
        faces: &Faces,
        used: &Used,
        id: u32,
    ) -> Result<Self, RenderError> {
        let file = faces.file(face);
        let fail = |message| RenderError::Font { face: file.name.clone(), message };
        let role = faces.role_of(face);
        let path = format!("{}_{index}.ttf", file.name);
        let (bytes, numbers) = face::truetype(file, used, &file.name).map_err(fail)?;
        Ok(Self {
            id,
            numbers,
            name: file.name.clone(),
            family: family(role, file),
            is_serif: role != Some(Role::Hei),
            full_path: format!("Doc_0/Res/{path}"),
            path,
            bytes,
        })
    }

    /// The number of a glyph in the embedded file.
    pub(super) fn number(&self, glyph: u16) -> u16 {
        self.numbers.get(&glyph).copied().unwrap_or(0)
    }
}

/// The face that a reader takes in its place if it passes over what is embedded: that of the office.
fn family(role: Option<Role>, file: &FaceFile) -> String {
    let name = match role {
        Some(Role::Body) => "仿宋",
        Some(Role::Kai) => "楷体",
        Some(Role::Hei) => "黑体",
        Some(Role::Title) => "方正小标宋简体",
        Some(Role::Song) => "宋体",
        None => &file.name,
    };
    name.to_owned()
}
