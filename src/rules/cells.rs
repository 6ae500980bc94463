//! What is wrong with something typed where a count is due.

/// What is wrong with something typed where a count is due, and what to write instead.
pub(super) fn not_a_count(typed: &str) -> (String, String) {
    if typed.starts_with(['"', '\'']) {
        return (
            format!("写的是文字 {typed}，应是数字"),
            "去掉引号，只写阿拉伯数字；其他说明写到 [[notes]] 备注里".to_owned(),
        );
    }
    if typed.starts_with('-') && typed[1..].bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return (
            format!("写的是负数 {typed}，件数不能小于零"),
            "核对台账后填写不小于零的整数".to_owned(),
        );
    }
    if typed.contains('.') && typed.bytes().all(|b| b.is_ascii_digit() || b"._-+".contains(&b)) {
        return (format!("{typed} 带小数，件数应是整数"), "核对台账后填写整数".to_owned());
    }
    if typed.bytes().all(|b| b.is_ascii_digit() || b"_+".contains(&b)) {
        return (format!("{typed} 太大，不可能是件数"), "检查是否多按了数字键".to_owned());
    }
    (format!("{typed} 不是数字"), "只写不小于零的整数，例如 0 或 128".to_owned())
}
