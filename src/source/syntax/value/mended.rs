//! A value as it should be written, with the fault of the one that was typed.

/// The fault of a value, and the value as it should be written.
pub(in super::super::super) struct Mended {
    /// The fault.
    pub(in super::super::super) what: String,
    /// The remedy; empty where that is to write the line as it should be.
    pub(in super::super::super) help: String,
    /// The value as it should be, where only one can be meant.
    pub(in super::super::super) value: Option<String>,
    /// The words that belong behind `#`.
    pub(in super::super::super) remark: String,
}

impl Mended {
    pub(super) fn new(what: impl Into<String>, value: Option<String>) -> Self {
        Self { what: what.into(), help: String::new(), value, remark: String::new() }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }
}

/// A placeholder in help for the key, which a value does not know.
pub(in super::super::super) const KEY: &str = "〔键〕";

/// The remedy where nothing was filled.
pub(super) const NOTHING: &str = "没有的写 0；还不知道的写 \"\"，或者在行首加 #";

/// A value with words behind it that belong behind `#`.
pub(super) fn remarked(value: String, tail: &str) -> Mended {
    let tail = tail.trim_matches(['#', '＃', ' ']);
    let bare = tail.trim_start_matches(['，', ',', '；', ';', '。', ' ']);
    Mended {
        what: format!("“{}”是说明，要写在 # 之后", bare.chars().take(20).collect::<String>()),
        help: String::new(),
        value: Some(value),
        remark: bare.to_owned(),
    }
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '‘' | '’'
            | '“'
            | '”'
            | '＂'
            | '＇'
            | '「'
            | '」'
            | '『'
            | '』'
            | '`'
            | '´'
            | '′'
            | '″'
            | '〝'
            | '〞'
    )
}
