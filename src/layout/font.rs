//! Faces by role: which glyph a character takes, how wide it is, and whether it may be embedded.

use std::borrow::Cow;

use super::{LayoutError, collection};

/// The use of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 仿宋, the body.
    Body,
    /// 楷体, headings of level 2 and lead-ins.
    Kai,
    /// 黑体, headings of level 1.
    Hei,
    /// 小标宋, the title.
    Title,
    /// 宋体, page numbers and tables.
    Song,
}

impl Role {
    /// All roles.
    pub const ALL: &'static [Self] = &[Self::Body, Self::Kai, Self::Hei, Self::Title, Self::Song];

    /// The key in the data file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Kai => "kai",
            Self::Hei => "hei",
            Self::Title => "title",
            Self::Song => "song",
        }
    }

    /// The name for messages and for the dump of pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "仿宋",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::Title => "小标宋",
            Self::Song => "宋体",
        }
    }
}

/// One of the faces of a [`Faces`], by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub(super) usize);

/// The faces of all roles. Made once, it serves any number of documents and threads.
#[derive(Debug, Clone)]
pub struct Faces {
    pub(super) faces: Vec<FaceFile>,
    bundled: [Option<FaceId>; Role::ALL.len()],
    own: [Option<FaceId>; Role::ALL.len()],
    /// Faces of the system, for characters that none of these has.
    installed: Vec<FaceId>,
    /// The face for what stands beside the bundled 仿宋.
    light: Option<FaceId>,
}

/// The bytes of one face and what a file that embeds it says of it.
#[derive(Debug, Clone)]
pub struct FaceFile {
    /// The file: a font, or a collection of fonts.
    pub bytes: Cow<'static, [u8]>,
    /// The index of the font in a collection; 0 otherwise.
    pub index: u32,
    /// The `PostScript` name, ASCII without spaces.
    pub name: String,
    /// The reach of the face above the baseline, in thousandths of the size.
    pub ascent: i16,
    /// The reach of the face below the baseline, in thousandths of the size; negative.
    pub descent: i16,
    /// True if its maker allows embedding for preview and print only.
    pub preview_and_print_only: bool,
    /// The digest of the file, when it was found on the system and not named by anybody.
    pub installed: Option<String>,
}

/// A face of the user's own that was taken for a role, for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFace {
    /// Its name.
    pub name: String,
    /// The names of all faces of the collection it is one of; none where the file has only one.
    pub collection: Vec<String>,
    /// True if its maker allows embedding for preview and print only.
    pub preview_and_print_only: bool,
    /// The common Chinese characters that it lacks, of how many.
    pub lacking: (Vec<char>, usize),
}

impl Faces {
    /// The faces that are compiled into the program; none without the feature `bundled-fonts`.
    ///
    /// Without the feature `fangsong` the body is set in 楷体.
    pub fn bundled() -> Self {
        let mut faces = Self {
            faces: Vec::new(),
            bundled: [None; Role::ALL.len()],
            own: [None; Role::ALL.len()],
            installed: Vec::new(),
            light: None,
        };
        for (role, bytes) in BUNDLED {
            // The program's own faces are proved usable by a test.
            if let Ok(file) = FaceFile::new(Cow::Borrowed(*bytes), 0, *role) {
                faces.bundled[*role as usize] = Some(FaceId(faces.faces.len()));
                faces.faces.push(file);
            }
        }
        // Characters from faces of other roles look bold beside FandolFang.
        if let Some(Ok(file)) =
            LIGHT.map(|bytes| FaceFile::new(Cow::Borrowed(bytes), 0, Role::Body))
        {
            faces.light = Some(FaceId(faces.faces.len()));
            faces.faces.push(file);
        }
        faces
    }

    /// These faces with one role taken over by a face of the user's own; the bundled face of the role
    /// stays as a fallback for characters that the user's lacks.
    ///
    /// `wanted` is the name, or the place counted from 1, of the face that is meant in a collection; without
    /// it, the one for simplified Chinese is taken. Fails when the bytes are no font, when there is no such
    /// face, or when its maker forbids embedding or subsetting.
    pub fn with(
        mut self,
        role: Role,
        bytes: impl Into<Cow<'static, [u8]>>,
        wanted: Option<&str>,
    ) -> Result<(Self, OwnFace), LayoutError> {
        let bytes = bytes.into();
        let unusable = |message| LayoutError::Font { face: role.name().to_owned(), message };
        let chosen = collection::choose(&bytes, wanted).map_err(unusable)?;
        let lacking = ttf_parser::Face::parse(&bytes, chosen.index)
            .map(|face| collection::lacking(&face))
            .unwrap_or_default();
        let file = FaceFile::new(bytes, chosen.index, role)?;
        let own = OwnFace {
            name: chosen.name,
            collection: chosen.all,
            preview_and_print_only: file.preview_and_print_only,
            lacking,
        };
        self.own[role as usize] = Some(FaceId(self.faces.len()));
        self.faces.push(file);
        Ok((self, own))
    }

    /// These faces with one more of the system, for characters that none of them has. `index` is its place
    /// in a collection, `digest` that of the file.
    ///
    /// Fails as [`with`](Self::with).
    pub fn with_installed(
        mut self,
        bytes: Vec<u8>,
        index: u32,
        digest: String,
    ) -> Result<Self, LayoutError> {
        let file = FaceFile::new(bytes.into(), index, Role::Body)?;
        self.installed.push(FaceId(self.faces.len()));
        self.faces.push(FaceFile { installed: Some(digest), ..file });
        Ok(self)
    }

    /// Those of some characters that a face of a file has.
    pub fn in_file(bytes: &[u8], index: u32, characters: &[char]) -> Vec<char> {
        let Ok(face) = ttf_parser::Face::parse(bytes, index) else { return Vec::new() };
        let has = |c: &&char| face.glyph_index(**c).is_some_and(|glyph| glyph.0 != 0);
        characters.iter().filter(has).copied().collect()
    }

    /// True if a face can be used at all: read, subset and embedded.
    pub fn may_embed(bytes: &[u8], index: u32) -> bool {
        FaceFile::new(Cow::Owned(bytes.to_vec()), index, Role::Body).is_ok()
    }

    /// The faces of the system among these, in their order.
    pub fn installed(&self) -> impl Iterator<Item = &FaceFile> {
        self.installed.iter().map(|id| self.file(*id))
    }

    /// The role with that name, for example `仿宋`.
    pub fn role(name: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.name() == name)
    }

    /// The role that a face was given; none of one of the system.
    pub(crate) fn role_of(&self, face: FaceId) -> Option<Role> {
        let has = |role: &&Role| {
            let is_light = **role == Role::Body && self.light == Some(face);
            is_light || [self.own, self.bundled].iter().any(|of| of[**role as usize] == Some(face))
        };
        Role::ALL.iter().find(has).copied()
    }

    /// The file of a face.
    pub fn file(&self, face: FaceId) -> &FaceFile {
        &self.faces[face.0]
    }

    /// A face by its number, for tests.
    #[cfg(test)]
    pub(crate) fn nth(&self, number: usize) -> &FaceFile {
        &self.faces[number]
    }

    /// The number of faces; their ids count from 0.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// True if there is no face at all.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// The faces of a role in the order in which a character is looked for: the user's, the bundled
    /// one (for the body also the light one), then 楷体 (the widest), then 宋体, then whatever there is,
    /// those of the system last.
    pub(super) fn chain(&self, role: Role) -> Vec<FaceId> {
        let mut chain = Vec::new();
        for role in [role, Role::Kai, Role::Song].iter().chain(Role::ALL) {
            let light = self.light.filter(|_| *role == Role::Body);
            for face in [self.own[*role as usize], self.bundled[*role as usize], light] {
                chain.extend(face.filter(|face| !chain.contains(face)));
            }
        }
        chain.extend(&self.installed);
        chain
    }
}

impl FaceFile {
    fn new(bytes: Cow<'static, [u8]>, index: u32, role: Role) -> Result<Self, LayoutError> {
        let fail = |message: &str| LayoutError::Font {
            face: role.name().to_owned(),
            message: message.to_owned(),
        };
        let face = ttf_parser::Face::parse(&bytes, index)
            .map_err(|error| fail(&format!("不是可用的 TrueType 或 OpenType 字体（{error}）")))?;
        let outlines = face.tables().glyf.is_some() || face.tables().cff.is_some();
        if !outlines {
            return Err(fail("没有 TrueType 或 CFF 轮廓"));
        }
        if face.is_variable() {
            return Err(fail("是可变字体，请换用固定字重的字体"));
        }
        let permissions = face.permissions();
        if permissions == Some(ttf_parser::Permissions::Restricted) {
            return Err(fail("字体厂商禁止嵌入文件（fsType 第 1 位）"));
        }
        if !face.is_subsetting_allowed() || !face.is_outline_embedding_allowed() {
            return Err(fail("字体厂商禁止嵌入字形子集（fsType 第 8、9 位）"));
        }
        let name = face
            .names()
            .into_iter()
            .filter(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME)
            .find_map(|name| name.to_string())
            .map(|name| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "Unnamed".to_owned());
        let scale = f64::from(face.units_per_em()) / 1000.0;
        let thousandths = |units: i16| (f64::from(units) / scale).round() as i16;
        let file = Self {
            index,
            name,
            ascent: thousandths(face.ascender()),
            descent: thousandths(face.descender()),
            preview_and_print_only: permissions == Some(ttf_parser::Permissions::PreviewAndPrint),
            installed: None,
            bytes: Cow::Borrowed(&[]),
        };
        Ok(Self { bytes, ..file })
    }
}

#[cfg(feature = "bundled-fonts")]
const BUNDLED: &[(Role, &[u8])] = &[
    #[cfg(feature = "fangsong")]
    (Role::Body, include_bytes!("../../assets/fonts/fang.otf")),
    (Role::Kai, include_bytes!("../../assets/fonts/kai.ttf")),
    (Role::Hei, include_bytes!("../../assets/fonts/hei.otf")),
    (Role::Title, include_bytes!("../../assets/fonts/title.otf")),
    (Role::Song, include_bytes!("../../assets/fonts/song.otf")),
];

#[cfg(not(feature = "bundled-fonts"))]
const BUNDLED: &[(Role, &[u8])] = &[];

/// The face for rare characters in the body.
#[cfg(feature = "fangsong")]
const LIGHT: Option<&[u8]> = Some(include_bytes!("../../assets/fonts/light.otf"));

#[cfg(not(feature = "fangsong"))]
const LIGHT: Option<&[u8]> = None;

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;
    use crate::layout::glyphs::OpenFaces;

    /// 通用规范汉字表, 8,105 characters.
    const TABLE: &str = include_str!("../../assets/fonts/tongyong-guifan-hanzi.txt");
    /// GB 2312 with its symbols, 7,445 characters.
    const GB2312: &str = include_str!("../../assets/fonts/gb2312.txt");

    #[test]
    fn every_bundled_face_is_usable() {
        assert_eq!(Faces::bundled().len(), BUNDLED.len() + usize::from(LIGHT.is_some()));
    }

    #[test]
    fn every_role_prints_every_standard_character() {
        let faces = Faces::bundled();
        let mut open = OpenFaces::new(&faces).unwrap();
        let signs =
            "0123456789ABCXYZabcxyz，。、；：！？（）《》〈〉“”‘’〔〕【】—…·～％‰℃№①⑩ⅠⅫ㎡×±";
        for role in Role::ALL {
            let lacking: String = TABLE
                .chars()
                .chain(GB2312.chars())
                .chain(signs.chars())
                .filter(|c| !c.is_whitespace() && open.glyph(*role, *c).is_none())
                .collect();
            assert_eq!(lacking, "", "{}", role.name());
        }
    }

    #[test]
    fn what_a_face_lacks_comes_from_the_kai_face() {
        let faces = Faces::bundled();
        let mut open = OpenFaces::new(&faces).unwrap();
        let kai = open.glyph(Role::Kai, '公').unwrap().face;
        // Of GBK, in no other list.
        assert_eq!(open.glyph(Role::Hei, '龘').unwrap().face, kai);
    }

    #[cfg(feature = "fangsong")]
    #[test]
    fn rare_characters_of_the_body_are_light() {
        let faces = Faces::bundled();
        let mut open = OpenFaces::new(&faces).unwrap();
        for rare in "浉瀍硚镕堃喆㛃𬭸".chars() {
            let face = open.glyph(Role::Body, rare).unwrap().face;
            assert!(faces.file(face).name.contains("ExtraLight"), "{rare}");
        }
    }

    #[test]
    fn a_forbidden_face_is_refused() {
        let mut bytes = BUNDLED[0].1.to_vec();
        let n_tables = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
        let record =
            (0..n_tables).map(|i| 12 + 16 * i).find(|at| &bytes[*at..at + 4] == b"OS/2").unwrap();
        let offset = bytes[record + 8..record + 12].iter().fold(0, |o, b| o << 8 | usize::from(*b));
        bytes[offset + 9] = 2;
        let error = Faces::bundled().with(Role::Body, bytes, None).unwrap_err();
        assert!(error.to_string().contains("禁止嵌入"), "{error}");
    }
}
