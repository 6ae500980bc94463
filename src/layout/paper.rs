//! The sheet and its measures, after GB/T 9704-2012. Lengths are points unless a name says otherwise.

/// One millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// A4 (5.1).
pub const SHEET_WIDTH: f64 = 210.0 * MM;
/// A4 (5.1).
pub const SHEET_HEIGHT: f64 = 297.0 * MM;
/// The white above the type area (5.2.1).
pub const TOP: f64 = 37.0 * MM;
/// The white on the side where the sheets are bound (5.2.1).
pub const BINDING: f64 = 28.0 * MM;
/// The type area (5.2.1).
pub const WIDTH: f64 = 156.0 * MM;
/// The type area (5.2.1).
pub const HEIGHT: f64 = 225.0 * MM;
/// Lines on a page (5.2.3).
pub const N_LINES: f64 = 22.0;
/// Characters on a line (5.2.3).
pub const N_CHARACTERS: f64 = 28.0;
/// From one line to the next.
pub const LINE: f64 = HEIGHT / N_LINES;
/// From one character to the next.
pub const CELL: f64 = WIDTH / N_CHARACTERS;

/// 二号, the title (7.3.1).
pub const TITLE_SIZE: f64 = 22.0;
/// 三号, the body and its headings (5.2.2).
pub const BODY_SIZE: f64 = 16.0;
/// 四号, the page number (7.5).
pub const PAGE_NUMBER_SIZE: f64 = 14.0;
/// From the type area down to the dashes beside the page number (7.5).
pub const PAGE_NUMBER_DROP: f64 = 7.0 * MM;

/// Space that rounding may lose without anything being lost.
pub(super) const SLIP: f64 = 0.01;

/// The position of a Chinese character's em box about its baseline: this much above it, in em.
pub const ABOVE_BASELINE: f64 = 0.88;

/// The left edge of the type area on a page counted from 0.
///
/// Printed on both sides and bound on the left (6.3, 6.4), a sheet has its binding side left on the
/// front and right on the back: the type areas of both sides then lie exactly behind each other,
/// well within the 2 mm that 6.3 grants.
pub fn left(page: usize) -> f64 {
    if is_front(page) { BINDING } else { SHEET_WIDTH - BINDING - WIDTH }
}

/// True if a page counted from 0 is the front of a sheet, with an odd page number.
pub fn is_front(page: usize) -> bool {
    page.is_multiple_of(2)
}
