//! The fonts that are installed on the system, for characters that no other face has (the only user of `fontdb`).
//!
//! Installed fonts differ from system to system, so nothing here is used unless it was asked for, and what
//! was used is named with its digest wherever the output is described.

use std::cmp::Reverse;
use std::fmt;
use std::path::PathBuf;

use crate::digest::Digest;
use crate::files;
use crate::layout::{Faces, language};

/// The fonts of the system, found once.
#[derive(Default)]
pub(crate) struct InstalledFonts {
    database: fontdb::Database,
}

/// A face that was chosen.
#[derive(Debug, Clone)]
pub(crate) struct InstalledFace {
    /// Its `PostScript` name, letters and digits only.
    pub name: String,
    /// Its place in a collection, 0 otherwise.
    pub index: u32,
    /// The file.
    pub bytes: Vec<u8>,
    /// The digest of the file.
    pub digest: Digest,
    /// The characters for which it was chosen.
    pub characters: Vec<char>,
}

/// A face that may be chosen, and which of the characters it has.
struct Candidate<'a> {
    info: &'a fontdb::FaceInfo,
    file: PathBuf,
    has: Vec<char>,
}

impl InstalledFonts {
    /// Looks where the system keeps its fonts.
    pub(crate) fn find() -> Self {
        let mut fonts = Self::default();
        fonts.database.load_system_fonts();
        fonts
    }

    /// Faces that have these characters between them, as few as possible; those that none has are left out.
    ///
    /// The same fonts give the same choice, in whatever order the system lists them: most characters first, then
    /// faces for simplified Chinese, then those drawn like 宋体, then ordinary weight, then the name.
    pub(crate) fn covering(&self, characters: &[char]) -> Vec<InstalledFace> {
        let mut candidates: Vec<Candidate<'_>> =
            self.database.faces().filter_map(|info| self.candidate(info, characters)).collect();
        candidates.sort_by(|a, b| order(a).cmp(&order(b)));
        let mut left = characters.to_vec();
        let mut chosen = Vec::new();
        while !left.is_empty() {
            let n_new = |candidate: &Candidate<'_>| {
                candidate.has.iter().filter(|character| left.contains(character)).count()
            };
            let best = (0..candidates.len()).max_by_key(|i| (n_new(&candidates[*i]), Reverse(*i)));
            let Some(best) = best.filter(|i| n_new(&candidates[*i]) > 0) else { break };
            let Candidate { info, file, has } = candidates.remove(best);
            let Ok(bytes) = files::read_bytes(&file) else { continue };
            if !Faces::may_embed(&bytes, info.index) {
                continue;
            }
            let (found, rest) = left.into_iter().partition(|character| has.contains(character));
            left = rest;
            chosen.push(InstalledFace {
                // As the PDF names it.
                name: info.post_script_name.chars().filter(char::is_ascii_alphanumeric).collect(),
                index: info.index,
                digest: Digest::of(&bytes),
                bytes,
                characters: found,
            });
        }
        chosen
    }

    fn candidate<'a>(
        &self,
        info: &'a fontdb::FaceInfo,
        characters: &[char],
    ) -> Option<Candidate<'a>> {
        /// Faces that have a glyph for everything, and say nothing with it.
        const NO_TYPE: [&str; 4] = ["LastResort", "Emoji", "AdobeBlank", "Unifont"];
        let file = match &info.source {
            fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => path.clone(),
            fontdb::Source::Binary(_) => return None,
        };
        let is_type = NO_TYPE.iter().all(|name| !info.post_script_name.contains(name));
        if info.style != fontdb::Style::Normal || !is_type {
            return None;
        }
        let has = self
            .database
            .with_face_data(info.id, |bytes, index| Faces::in_file(bytes, index, characters))?;
        (!has.is_empty()).then_some(Candidate { info, file, has })
    }
}

fn order<'a>(candidate: &'a Candidate<'_>) -> (i32, bool, u16, &'a str, &'a PathBuf, u32) {
    const LIKE_SONG: [&str; 6] = ["Song", "Serif", "Ming", "SimSun", "Sun-Ext", "Fang"];
    let Candidate { info, file, .. } = candidate;
    let name = info.post_script_name.as_str();
    let is_song = LIKE_SONG.iter().any(|like| name.contains(like));
    let names = info.families.iter().map(|(family, _)| family.clone());
    let language = language(names.chain([info.post_script_name.clone()]));
    (-language, !is_song, info.weight.0.abs_diff(400), name, file, info.index)
}

impl fmt::Debug for InstalledFonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstalledFonts").field("faces", &self.database.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_faces_are_chosen_and_what_none_has_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in [
            ("kai.ttf", include_bytes!("../assets/fonts/kai.ttf").as_slice()),
            ("song.otf", include_bytes!("../assets/fonts/song.otf").as_slice()),
        ] {
            files::write_whole(&folder.path().join(name), bytes).unwrap();
        }
        let mut fonts = InstalledFonts::default();
        fonts.database.load_fonts_dir(folder.path());
        let chosen = fonts.covering(&['公', '浉', '\u{10FFFD}']);
        assert_eq!(
            chosen.len(),
            1,
            "{:?}",
            chosen.iter().map(|face| &face.name).collect::<Vec<_>>()
        );
        assert_eq!(chosen[0].characters, ['公', '浉']);
        assert_eq!(chosen[0].digest, Digest::of(&chosen[0].bytes));
        assert!(fonts.covering(&['\u{10FFFD}']).is_empty() && fonts.covering(&[]).is_empty());
    }
}
