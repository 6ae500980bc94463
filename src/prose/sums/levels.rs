//! Applications divided by the bodies of an area that took them: 市政府本级受理96件，市直部门受理428件，县（市、区）受理356件.

use super::group::Group;
use crate::prose::lexicon::Lexicon;

/// The level on which a body of an area stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The government itself.
    Own,
    /// Its departments.
    Departments,
    /// The areas below it.
    Below,
}

impl Group<'_> {
    /// True if all parts are named by bodies of an area, and all levels of them are named.
    pub(super) fn are_levels(&self, parts: &[usize]) -> bool {
        let levels: Option<Vec<Level>> = parts.iter().map(|part| level(self.lead(*part))).collect();
        let all = [Level::Own, Level::Departments, Level::Below];
        levels.is_some_and(|levels| all.iter().all(|level| levels.contains(level)))
    }
}

/// The level of the bodies that a part is named by.
fn level(name: &str) -> Option<Level> {
    let words = &Lexicon::get().sums;
    let verb = words.level_verbs.end_of(name).unwrap_or_default();
    let name = &name[..name.len() - verb.len()];
    if words.level_departments.are_in(name) {
        return Some(Level::Departments);
    }
    if words.level_below.are_in(name) || words.level_below_alone.has(name) {
        return Some(Level::Below);
    }
    words.level_own.end_of(name).map(|_| Level::Own)
}
