//! The standing of units, for people.

use super::grid;
use super::stream::{line, print};
use super::sum::lying_beside;
use crate::office::{Stand, UnitStand};
use crate::units::{State, UnitList};

/// More units than these are not all listed unless that is asked for.
const LISTED: usize = 60;

/// Prints where units stand below a head; `all` lists every unit, however many there are.
pub(in crate::cli) fn stand(head: &str, list: &UnitList, stand: &Stand, all: bool) {
    line(head);
    let is_short = !all && stand.due().count() > LISTED;
    let rows: Vec<&UnitStand> = match is_short {
        true => stand.lacking().collect(),
        false => stand.rows.iter().collect(),
    };
    let cells = |row: &&UnitStand| {
        let indent = if is_short { 0 } else { row.level.saturating_sub(1) };
        let name = format!("{}{}", "  ".repeat(indent), list.units[row.unit].name);
        let words = if row.state == State::Group { String::new() } else { row.words() };
        vec![name, words, row.details(list)]
    };
    if !rows.is_empty() {
        grid(&["单位", "情况", "说明"], &rows.iter().map(cells).collect::<Vec<_>>());
    }
    line(&stand.counts());
    if is_short {
        let n = stand.due().count();
        line(&format!("（应报的有 {n} 个，上面只列还没有报好的；加 --all 逐个列出）"));
    }
    print(&lying_beside(&stand.unlisted, true));
}
