//! Messages on something typed where a count or a change is due.

/// The error of something typed where a count is due, and its remedy.
pub(in crate::rules) fn not_a_count(typed: &str) -> (String, String) {
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

/// The error of something typed where a change against last year is due, and its remedy.
pub(in crate::rules) fn not_a_change(typed: &str) -> (String, String) {
    let example = "增加的写 +5 的样子，减少的写 -5 的样子，不加引号；没有增减的写 0";
    if typed.starts_with(['"', '\'']) {
        return (format!("写的是文字 {typed}，应是数字"), example.to_owned());
    }
    let (wrong, _) = not_a_count(typed.strip_prefix('-').unwrap_or(typed));
    let sign = if typed.starts_with('-') { "-" } else { "" };
    (format!("{sign}{wrong}"), example.to_owned())
}
