//! The program itself: its version, the commit it was built from, the forms it knows, the faces it carries.

use crate::edition::Edition;
use crate::layout::Role;

/// The version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit the program was built from, which a release names; a build from an archive knows none.
pub(crate) const COMMIT: Option<&str> = option_env!("NIANBAO_COMMIT");

/// A face that can be compiled into the program, as assets/fonts/README.md lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Face {
    /// Its file in assets/fonts.
    pub file: &'static str,
    /// The role it is made for; none for a face that only helps another one out.
    pub role: Option<Role>,
    /// The font it was cut from, with its version.
    pub original: &'static str,
    /// Its licence by the name of SPDX.
    pub licence: &'static str,
    /// True if this program carries it.
    pub is_bundled: bool,
}

impl Face {
    /// True if nobody who passes the program on owes anybody its source.
    pub(crate) fn is_permissive(&self) -> bool {
        self.licence == OFL
    }
}

const OFL: &str = "OFL-1.1";

/// Every face that any build carries.
pub(crate) const FACES: &[Face] = &[
    Face {
        file: "fang.otf",
        role: Some(Role::Body),
        original: "FandolFang R 1.300",
        licence: "GPL-3.0-or-later",
        is_bundled: cfg!(feature = "fangsong"),
    },
    ofl("kai.ttf", Some(Role::Kai), "LXGW WenKai Regular 1.250"),
    ofl("hei.otf", Some(Role::Hei), "Noto Sans CJK SC Medium 2.004"),
    ofl("song.otf", Some(Role::Song), "Noto Serif CJK SC Regular 2.001"),
    ofl("title.otf", Some(Role::Title), "Noto Serif CJK SC Bold 2.001"),
    Face {
        is_bundled: cfg!(feature = "fangsong"),
        ..ofl("light.otf", None, "Noto Serif CJK SC ExtraLight 2.001")
    },
];

const fn ofl(file: &'static str, role: Option<Role>, original: &'static str) -> Face {
    Face { file, role, original, licence: OFL, is_bundled: cfg!(feature = "bundled-fonts") }
}

/// The commit in words; 未知 where none is known.
pub(crate) fn commit() -> &'static str {
    COMMIT.filter(|commit| !commit.is_empty()).unwrap_or("未知")
}

/// The package this is, of two, and its terms for those who pass it on.
pub(crate) fn package() -> &'static str {
    let bundled = || FACES.iter().filter(|face| face.is_bundled);
    if bundled().next().is_none() {
        "不含字体"
    } else if bundled().all(Face::is_permissive) {
        "宽松许可版：正文用楷体，程序和字体都是宽松许可（Apache-2.0、OFL-1.1 等）"
    } else {
        "标准版：正文用仿宋，含 GPL-3.0-or-later 的字体，转交他人时连同源代码；生成的报告不受影响"
    }
}

/// Everything that is to be known of a copy of the program, a line each: the forms it knows, newest first, and the
/// faces it carries.
pub(crate) fn text() -> String {
    let forms: Vec<String> = Edition::ALL
        .iter()
        .rev()
        .map(|edition| format!("{}（{}）", edition.key(), edition.form().notice.number))
        .collect();
    let faces: Vec<String> = FACES
        .iter()
        .filter(|face| face.is_bundled)
        .map(|face| {
            let role = face.role.map_or("生僻字", Role::name);
            format!("      {role:　<3}  {}（{}）", face.original, face.licence)
        })
        .collect();
    let mut lines = vec![
        VERSION.to_owned(),
        format!("提交  {}", commit()),
        format!("格式  {}", forms.join("、")),
        format!("字体  {}", package()),
    ];
    lines.extend(faces);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Faces;

    #[test]
    fn the_faces_are_those_of_the_list_in_assets() {
        let list = include_str!("../assets/fonts/README.md");
        let rows: Vec<Vec<&str>> = list
            .lines()
            .map(|line| line.split('|').map(str::trim).collect())
            .filter(|cells: &Vec<&str>| cells.len() == 7 && cells[1].starts_with('`'))
            .collect();
        assert_eq!(rows.len(), FACES.len());
        for (row, face) in rows.iter().zip(FACES) {
            assert_eq!(row[1].trim_matches('`'), face.file);
            assert!(row[3].starts_with(face.original), "{row:?}");
            assert_eq!(row[5].starts_with("OFL-1.1"), face.is_permissive(), "{row:?}");
        }
    }

    #[test]
    fn what_is_said_to_be_carried_is_carried() {
        let n_carried = FACES.iter().filter(|face| face.is_bundled).count();
        assert_eq!(n_carried, Faces::bundled().len());
    }

    #[test]
    fn the_text_names_commit_forms_and_package() {
        let text = text();
        assert!(text.starts_with(VERSION));
        assert!(text.contains(&format!("提交  {}", commit())));
        assert!(
            text.contains("2021（国办公开办函〔2021〕30号）、2019（国办公开办函〔2019〕60号）")
        );
        assert!(text.contains(package()));
    }
}
