//! Characters that nobody sees, but that change how the text around them looks or compares.

/// True if a character leaves no trace of its own: marks of direction, spaces of no width, soft hyphens, byte
/// order marks, separators of lines, tags.
///
/// U+200C and U+200D are none: some scripts, such as Mongolian and Uyghur, need them to join letters or
/// not. Control characters have a name of their own (`char::is_control`).
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}'
    )
}
