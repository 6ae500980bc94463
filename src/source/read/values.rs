//! Values that are neither figures nor texts: numbers, days, choices, yes or no.

use super::super::keys::{Choice, Key, dated};
use super::{Fields, Node, Reader, Value};
use crate::report::{Count, Date};

impl<'a> Reader<'a> {
    /// A whole number from `least` to `most`.
    pub(super) fn whole_number(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        least: Count,
        most: Count,
    ) -> Option<Count> {
        let (node, path) = fields.get(key)?;
        let Value::Integer = node.value else {
            self.wrong_type(node, path, "整数", "只写数字，不加引号");
            return None;
        };
        let number = self.count(node).count().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = format!("{} 不在 {least} 至 {most} 之间", self.typed(node));
            self.invalid(path, message, "核对这个数");
        }
        number
    }

    pub(super) fn boolean(&mut self, fields: &Fields<'a>, key: &str) -> Option<bool> {
        let (node, path) = fields.get(key)?;
        let Value::Boolean(boolean) = node.value else {
            self.wrong_type(node, path, "是或否", "是写 true，否写 false，不加引号");
            return None;
        };
        Some(boolean)
    }

    pub(super) fn date(&mut self, fields: &Fields<'a>, key: &str) -> Option<Date> {
        let (node, path) = fields.get(key)?;
        match &node.value {
            Value::Date(Some(date)) => Some(*date),
            Value::Date(None) => {
                let typed = self.typed(node).to_owned();
                let help = dated("只写年月日，例如 {next}-01-09", self.year);
                self.invalid(path, format!("{typed} 不是一个日期"), &help);
                None
            }
            _ => {
                let help = dated("写成 {next}-01-09 的样子，不加引号", self.year);
                self.wrong_type(node, path, "日期", &help);
                None
            }
        }
    }

    /// The word that was chosen, which may be written in Chinese.
    pub(super) fn choice(&mut self, fields: &Fields<'a>, key: &Key) -> Option<&'static str> {
        self.choice_of(fields, key.name, &key.choices())
    }

    /// One of some words, each with its meaning.
    pub(super) fn choice_of(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        all: &[Choice],
    ) -> Option<&'static str> {
        let (text, path) = self.string(fields, key)?;
        let typed = text.trim();
        if typed.is_empty() {
            return None;
        }
        let is_meant = |(word, meaning): &&Choice| {
            word.eq_ignore_ascii_case(typed) || (!meaning.is_empty() && *meaning == typed)
        };
        if let Some((word, _)) = all.iter().find(is_meant) {
            return Some(word);
        }
        let mut near = all.iter().filter(|(_, meaning)| meaning.contains(typed));
        let help = match (near.next(), near.next()) {
            _ if path.as_str() == "format" => newer_format(typed, all),
            (Some((word, _)), None) => format!("“{typed}”写成 \"{word}\""),
            (Some(_) | None, _) => {
                let allowed: Vec<String> = all
                    .iter()
                    .map(|one| match *one {
                        (key, "") => format!("\"{key}\""),
                        (key, meaning) => format!("\"{key}\"（{meaning}）"),
                    })
                    .collect();
                format!("可以写：{}", allowed.join("、"))
            }
        };
        let right = help.strip_prefix(&format!("“{}”写成 ", text.trim())).map(str::to_owned);
        self.invalid(path.clone(), format!("“{text}”不是可选的值"), &help);
        self.repair_last(right, path);
        None
    }

    pub(super) fn typed(&self, node: &Node) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }
}

/// The remedy for a form that this program does not know: a newer program may.
fn newer_format(typed: &str, all: &[Choice]) -> String {
    let known: Vec<String> =
        all.iter().map(|(key, number)| format!("\"{key}\"（{number}）")).collect();
    let newest = all.iter().map(|(key, _)| *key).max().unwrap_or_default();
    let newer = if typed.len() == newest.len() && typed > newest {
        "；这可能是新印发的格式，要用更新版本的 nianbao"
    } else {
        ""
    };
    format!("本程序认得的格式：{}{newer}", known.join("、"))
}
