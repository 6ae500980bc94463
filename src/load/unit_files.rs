//! The data files of the units of a list: where each lies, and the unit whose file one is.

use std::path::{Path, PathBuf};

use crate::files;
use crate::units::{Holds, Unit, UnitList};

/// The units under a body that have a data file, each with its path.
pub(super) fn files_of(list: &UnitList, folder: &Path, of: Option<usize>) -> Vec<(usize, PathBuf)> {
    let file = |unit: usize| Some((unit, folder.join(native(list.units[unit].file.as_ref()?))));
    list.below(of).into_iter().filter_map(file).collect()
}

/// The path of a unit's data file; `from` is the list, or the folder that stands for one.
pub(crate) fn file_of(unit: &Unit, from: &Path) -> Option<PathBuf> {
    let folder = if files::is_folder(from) { from } else { from.parent().unwrap_or(Path::new("")) };
    Some(plain(&folder.join(native(unit.file.as_ref()?))))
}

/// The unit whose data file that is, if one of those under a body names it.
pub(crate) fn owner<'a>(
    list: &'a UnitList,
    folder: &Path,
    of: Option<usize>,
    file: &Path,
) -> Option<&'a str> {
    let mut files = files_of(list, folder, of).into_iter();
    let (unit, _) = files.find(|(_, path)| same_file(path, file))?;
    Some(&list.units[unit].name)
}

/// True if a file holds the own figures of the body that is added up, which its subordinates' sum must not
/// take the place of.
pub(crate) fn holds_own(list: &UnitList, from: &Path, of: Option<usize>, file: &Path) -> bool {
    let unit = of.map(|of| &list.units[of]).filter(|unit| unit.holds == Holds::Own);
    unit.and_then(|unit| file_of(unit, from)).is_some_and(|path| same_file(&path, file))
}

/// A path as it was typed, on this system: data files and lists are often written on Windows.
pub(super) fn native(file: &str) -> PathBuf {
    PathBuf::from(file.replace('\\', "/"))
}

/// The path without the `./` that nobody writes.
pub(super) fn plain(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

pub(super) fn same_file(left: &Path, right: &Path) -> bool {
    matches!((canonical(left), canonical(right)), (Some(left), Some(right)) if left == right)
}

pub(super) fn canonical(path: &Path) -> Option<PathBuf> {
    files::real_path(path)
}
