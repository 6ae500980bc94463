//! Expressions that clerks write, mistakes they make, and nonsense.

use std::collections::BTreeMap;

use serde::Serialize;

use super::*;

#[derive(Serialize)]
#[serde(untagged)]
enum Sample {
    Count(u64),
    Text(&'static str),
    Unfilled(Option<u64>),
    Group(BTreeMap<&'static str, Sample>),
}

fn group<const N: usize>(entries: [(&'static str, Sample); N]) -> Sample {
    Sample::Group(entries.into())
}

fn figures() -> Sample {
    let row = |total| {
        group([("natural_person", Sample::Count(total - 1)), ("total", Sample::Count(total))])
    };
    group([
        (
            "requests",
            group([
                ("received", row(128)),
                ("carried_in", row(2)),
                ("carried_out", Sample::Unfilled(None)),
            ]),
        ),
        (
            "disclosure",
            group([("fees", Sample::Text("3297.50")), ("licences", Sample::Count(u64::MAX))]),
        ),
        ("previous", group([("requests", group([("received", row(98))]))])),
        ("agency", group([("name", Sample::Text("某市\"人民\"政府 <x> & | 100%"))])),
        ("zero", Sample::Count(0)),
    ])
}

fn ready() -> Figures {
    Figures::new(&figures()).unwrap()
}

fn result(expression: &str) -> String {
    evaluate(expression, &ready()).unwrap_or_else(|error| panic!("{expression}: {error}"))
}

fn refused(expression: &str) -> (String, String) {
    let error = evaluate(expression, &ready()).expect_err(expression);
    (error.message, expression[error.range].to_owned())
}

#[test]
fn figures_are_added_and_compared() {
    assert_eq!(result("requests.received.total"), "128");
    assert_eq!(result(" requests.received.total + requests.carried_in.total "), "130");
    assert_eq!(result("requests.received.total-requests.carried_in.total"), "126");
    assert_eq!(result("(1 + 2) * 3 % 4"), "1");
    assert_eq!(result("7 // 2"), "3");
    assert_eq!(result("-5"), "-5");
    assert_eq!(result("disclosure.fees"), "3297.50");
    assert_eq!(result("agency.name"), "某市\"人民\"政府 <x> & | 100%");
    assert_eq!(result("disclosure.licences + 1"), "18446744073709551616");
    let compared =
        "\"增加\" if requests.received.total > previous.requests.received.total else \"减少\"";
    assert_eq!(result(compared), "增加");
}

#[test]
fn shares_and_growth_state_their_precision() {
    assert_eq!(
        result("requests.received.natural_person | share(of=requests.received.total, places=1)"),
        "99.2%"
    );
    assert_eq!(
        result("requests.received.total | growth(from=previous.requests.received.total, places=0)"),
        "31%"
    );
    assert_eq!(result("(requests.received.total - 1) | share(of=(100 + 28), places=2)"), "99.22%");
    assert_eq!(result("968 | growth(from=1000, places=1)"), "-3.2%");
    assert_eq!(result("968 | growth(from=1000, places=1) | abs"), "3.2%");
    assert_eq!(result("(3 - 5) | abs"), "2");
    assert_eq!(result("disclosure.fees | share(of='6595', places=1)"), "50.0%");
    assert_eq!(result("\"1.5\" | growth(from=\"1.2\", places=0)"), "25%");
    assert_eq!(refused("1 | share(places=1)").0, "缺少参数 of=…");
    assert_eq!(refused("1 | share(of=2)").0, "须写明小数位数 places=0 至 8");
    assert_eq!(refused("1 | share(of=2, places=9)").0, "须写明小数位数 places=0 至 8");
    assert_eq!(refused("1 | share(of=2, places=-1)").0, "须写明小数位数 places=0 至 8");
    assert_eq!(refused("1 | share(of=zero, places=1)").0, "share 的总数（of）为 0，无法计算占比");
    assert_eq!(
        refused("1 | growth(from=zero, places=1)").0,
        "growth 的基数（from）为 0，无法计算增长率"
    );
    assert_eq!(
        refused("1 | share(total=2)"),
        ("share 没有名为“total”的参数".into(), "total".into())
    );
}

#[test]
fn unknown_names_are_pointed_at_with_the_nearest_known_one() {
    let (message, at) = refused("1 + requests.recieved.total");
    assert_eq!(at, "requests.recieved.total");
    assert_eq!(message, "没有名为“requests.recieved.total”的数据，是否应为“requests.received”");
    let error = evaluate("requests.x", &ready()).unwrap_err();
    assert_eq!(error.known, ["carried_in", "carried_out", "received"]);
    let (message, at) = refused("requests.received");
    assert_eq!(at, "requests.received");
    assert!(message.contains("请写到具体一项"), "{message}");
    assert!(refused("zero.total").0.contains("没有更细的项目"));
    assert!(refused("requests.carried_out").0.contains("未填"));
    assert_eq!(refused("1 | round").0, "没有名为“round”的计算方法，可用 share、growth、abs");
}

#[test]
fn results_that_are_no_figure_are_refused() {
    assert_eq!(refused("1 == 1").0, "结果是“是”或“否”，不是数字或文字");
    assert_eq!(refused("zero if 1 == 2").0, "表达式不完整，或缺少运算符号");
    assert!(refused("1 / 3").0.contains("不能使用除号"));
    assert!(refused("0.5").0.contains("不是整数"));
}

#[test]
fn slips_of_the_hand_are_explained() {
    assert_eq!(refused("").0, "“{{ }}”中没有内容");
    assert_eq!(refused("（1 + 2）"), ("“（”应写成半角的 (".into(), "（".into()));
    assert_eq!(refused("1 ＋ 2").1, "＋");
    assert_eq!(refused("(1 + 2").0, "缺少右括号");
    assert_eq!(refused("1 + 2)").0, "多出一个右括号");
    assert_eq!(refused("1 = 2").0, "比较是否相等应写“==”");
    assert_eq!(refused("zero = 2").0, "比较是否相等应写“==”");
    assert_eq!(
        refused("disclosure.fees + 1").0,
        "只有整数可以加减乘；金额和百分比是文字，不能直接参与，请检查括号"
    );
    assert_eq!(refused("1 // zero"), ("除数为 0".into(), "zero".into()));
    assert_eq!(refused("1 +").0, "表达式不完整，或缺少运算符号");
    assert_eq!(refused("1 2").0, "表达式不完整，或缺少运算符号");
    assert!(refused("'abc").0.contains("没有成对"));
}

#[test]
fn overflow_is_an_error() {
    let l = "disclosure.licences";
    assert!(refused(&format!("{l} * {l} * {l}")).0.contains("过大"));
    assert_eq!(refused("9223372036854775808"), ("数字过大".into(), "9223372036854775808".into()));
    assert_eq!(refused("2 ** 100").0, "不能使用乘方“**”");
}

#[test]
fn nothing_but_expressions_is_reachable() {
    for expression in [
        "get_env(name=\"HOME\")",
        "now()",
        "range(end=100000)",
        "throw(message=\"x\")",
        "super()",
        "zero | printed",
        "zero | safe",
        "agency.name | replace(from=\"a\", to=\"b\")",
        "__tera_context",
        "[1, 2, 3]",
        "{\"a\": 1}",
        "agency[\"name\"]",
        "agency?.name",
        "zero }} {{ zero",
        "zero %}{% if 1 %}",
        "{# x #} zero",
        "zero) | printed }}{{ (zero",
        "loop",
        "self",
        "none",
        "true",
        "zero is defined",
        "1 in zero",
        "\"{{\"",
        "a for a in zero",
        "\"a\" ~ \"b\"",
        "..",
        "zero.",
        ".zero",
        "zero..x",
    ] {
        assert!(evaluate(expression, &ready()).is_err(), "{expression}");
    }
}

/// Mutations of good expressions: whatever comes out, it comes out quickly and without a panic.
#[test]
fn no_expression_makes_it_panic() {
    const SEEDS: &[&str] = &[
        "requests.received.total + requests.carried_in.total",
        "requests.received.total | share(of=requests.carried_in.total, places=1)",
        "(1 + 2) * 3 // 4 % 5 - -6",
        "\"增加\" if zero >= 1 and not zero else agency.name",
        "968 | growth(from=1000, places=1) | abs",
    ];
    const PIECES: &[&str] = &[
        "(",
        ")",
        "|",
        ".",
        ",",
        "=",
        "==",
        "\"",
        "'",
        "\\",
        "}",
        "{",
        "%",
        "#",
        "-",
        "- ",
        "not ",
        "if ",
        " else ",
        "（",
        "一",
        "\u{0}",
        "\n",
        "\u{feff}",
        "99999999999999999999",
        "share",
        "abs",
        "printed",
        "places=",
        "[",
        "]",
        " and ",
        "~",
        "\u{1f600}",
        "1",
        "zero",
        "*",
        "//",
        "**",
        "?.",
        "e\u{301}",
    ];
    let figures = ready();
    let mut state = 2026_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut n_results = 0;
    for round in 0..4_000 {
        let mut expression: Vec<char> = SEEDS[round % SEEDS.len()].chars().collect();
        for _ in 0..=next(4) {
            let at = next(expression.len() + 1);
            match next(3) {
                0 => drop(expression.splice(at..at, PIECES[next(PIECES.len())].chars())),
                1 if at < expression.len() => drop(expression.remove(at)),
                _ => {
                    let end = (at + next(12)).min(expression.len());
                    let copy: Vec<char> = expression[at..end].to_vec();
                    let to = next(expression.len() + 1);
                    drop(expression.splice(to..to, copy));
                }
            }
        }
        let expression: String = expression.into_iter().collect();
        match evaluate(&expression, &figures) {
            Ok(_) => n_results += 1,
            Err(error) => {
                assert!(expression.get(error.range.clone()).is_some(), "{expression}: {error:?}");
                assert!(message_is_chinese(&error.message), "{expression}: {}", error.message);
            }
        }
    }
    assert!(n_results > 100, "{n_results}");
    for deep in ["(", "-", "not ", "1 + ", "1 if ", "zero | abs "] {
        let _ = evaluate(&deep.repeat(300), &figures);
        let _ = evaluate(&format!("{}1{}", deep.repeat(90), ")".repeat(90)), &figures);
        let _ = evaluate(&format!("{}1", deep.repeat(90)), &figures);
    }
}

fn message_is_chinese(message: &str) -> bool {
    message.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
