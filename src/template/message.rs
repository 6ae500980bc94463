//! Errors of the template library, in Chinese.

/// The subject of a printed report, and its place.
pub(super) struct Place {
    pub(super) name: String,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) message: String,
}

impl Place {
    /// Takes apart a report as the library prints it when it has found several mistakes at once:
    /// `error: what` on the first line, `--> name:line:column` on the second.
    pub(super) fn of_report(report: &str) -> Self {
        let mut lines = report.lines();
        let first = lines.next().unwrap_or_default();
        let message = first.strip_prefix("error: ").unwrap_or(first).to_owned();
        let nowhere = |message: String| {
            // A circle has no place but the template in which it closes.
            let named = message.contains("ircular").then(|| message.split('\'').nth(1)).flatten();
            let name = named.unwrap_or_default().to_owned();
            Self { name, line: None, column: None, message }
        };
        let Some(place) = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "))
        else {
            return nowhere(message);
        };
        let mut parts = place.rsplitn(3, ':');
        let column = parts.next().and_then(|text| text.parse().ok());
        let line = parts.next().and_then(|text| text.parse().ok());
        Self { name: parts.next().unwrap_or_default().to_owned(), line, column, message }
    }
}

/// The message for an expression in a text.
pub(super) fn of_expression(message: &str) -> String {
    const SAYINGS: &[(&str, &str)] = &[
        (
            "Math operations can only",
            "只有整数可以加减乘；金额和百分比是文字，不能直接参与，请检查括号",
        ),
        (
            "`+` requires both operands",
            "只有整数可以加减乘；金额和百分比是文字，不能直接参与，请检查括号",
        ),
        ("Cannot divide by 0", "除数为 0"),
        ("Unable to perform", "结果过大，超出可以计算的范围"),
        ("Operand", "结果过大，超出可以计算的范围"),
        ("Cannot compare", "文字与数字不能比较大小"),
        ("Keyword argument", "同一个参数写了两次"),
        ("Unexpected end", "表达式不完整"),
        ("Found", "表达式不完整，或缺少运算符号"),
    ];
    if has_chinese(message) {
        return message.to_owned();
    }
    SAYINGS
        .iter()
        .find(|(start, _)| message.starts_with(start))
        .map_or_else(|| "表达式写法有误".to_owned(), |(_, saying)| (*saying).to_owned())
}

/// The message for a template, and the names it may use instead.
pub(super) fn of_template(message: &str) -> (String, Vec<String>) {
    let names = |after: &str| {
        let listed = message.split_once(after).map_or("", |(_, names)| names.trim());
        let names = listed.split(", ").filter(|name| !name.is_empty() && !name.starts_with("__"));
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    // The first name in backquotes is what the message is about.
    let subject = message.split('`').nth(1).unwrap_or_default();
    let about = |what: &str| format!("没有名为“{subject}”的{what}");
    let text = if message.starts_with("Variable") {
        return (about("变量"), names("Available variables:"));
    } else if message.starts_with("Field") {
        return (about("字段"), names("Available fields:"));
    } else if message.starts_with("Unknown filter") {
        about("过滤器")
    } else if message.starts_with("Unknown test") {
        about("判断")
    } else if message.starts_with("Unknown function") {
        about("函数")
    } else if message.starts_with("Unknown component") {
        about("组件")
    } else if message.starts_with("Unknown template") {
        about("模板")
    } else if message.starts_with("Circular include") {
        "模板自己包含了自己".to_owned()
    } else if message.starts_with("Circular extend") {
        "模板自己继承了自己".to_owned()
    } else if message.contains("exceeds the limit of") || message.contains("overflow") {
        "范围太大".to_owned()
    } else if message.contains("recursion")
        || message.contains("nesting")
        || message.contains("nested")
    {
        "嵌套过深".to_owned()
    } else if message.starts_with("Unexpected end of input") {
        "模板在此处意外结束，可能缺少 {% endif %}、{% endfor %} 等".to_owned()
    } else if let Some((found, expected)) = found_and_expected(message) {
        format!("此处是 {found}，应为 {expected}")
    } else if has_chinese(message) {
        message.to_owned()
    } else {
        format!("模板有误（{}）", message.trim_end_matches('.'))
    };
    (text, Vec::new())
}

fn found_and_expected(message: &str) -> Option<(&str, &str)> {
    let rest = message.strip_prefix("Found ")?;
    let (found, expected) =
        rest.split_once(" but expected ").or_else(|| rest.split_once(" but was expecting "))?;
    Some((found, expected.trim_end_matches('.')))
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
