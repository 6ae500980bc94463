//! Reports side by side, for people.

use super::excerpt::{columns, left, right};
use super::grid;
use super::outside::visible;
use super::stream::{line, terminal_width};
use super::wrap::wrapped_within;
use crate::office::{Across, LEAST_CASES, MEASURES, Rate, UnitRates};
use crate::units::UnitList;

/// More units than these are not all listed unless that is asked for.
const LISTED: usize = 60;

/// The widths of the name of a unit, and of a column of figures.
const NAME: [usize; 2] = [10, 28];

/// The columns of rates on a terminal, by their places in [`MEASURES`]. A file has all.
const RATES: [usize; 5] = [0, 1, 2, 4, 5];

/// Prints reports side by side below a head; `all` lists every unit, however many there are.
pub(in crate::cli) fn across(head: &str, list: &UnitList, across: &Across, all: bool) {
    flow(head);
    if across.rows.len() > LISTED && !all {
        line(&format!("（{} 个单位的比率没有逐个列出；加 --all 列出）", across.rows.len()));
    } else if !across.rows.is_empty() {
        rates(list, across);
    }
    line("");
    if across.odd.is_empty() {
        line("没有与各单位相差很远的比率");
    } else {
        line("与各单位相差很远的比率，请看是不是有原因：");
        let row = |odd: &crate::office::Odd| {
            vec![
                list.units[odd.unit].name.clone(),
                MEASURES[odd.measure].name.to_owned(),
                odd.rate.shown(),
                odd.shown_median(),
                odd.why(),
            ]
        };
        let rows: Vec<Vec<String>> = across.odd.iter().map(row).collect();
        grid(&["单位", "比率", "本单位", "中位数", "说明"], &rows);
    }
    line("");
    let limit = across.limit;
    if across.alike.is_empty() {
        line(&format!("没有第一、五部分的文字超过 {limit}% 与别的单位相同的"));
    } else {
        line(&format!("第一、五部分的文字超过 {limit}% 与别的单位相同的："));
        let row = |alike: &crate::office::Alike| {
            vec![
                list.units[alike.unit].name.clone(),
                list.units[alike.with].name.clone(),
                format!("{}%／{}%", alike.here.percent(), alike.there.percent()),
                alike.here.longest.clone(),
            ]
        };
        let rows: Vec<Vec<String>> = across.alike.iter().map(row).collect();
        grid(&["单位", "与", "各自的", "最长的一句"], &rows);
    }
    if let Some(most) = across.common.first() {
        flow(&format!(
            "另有 {} 句一半以上的单位都写，可能是统一下发的，没有算作相同，例如“{}”（{} 个单位）",
            across.common.len(),
            short(&most.words),
            most.n_units
        ));
    }
}

/// The table of rates: the name of a unit goes on below, and figures stand to the right.
fn rates(list: &UnitList, across: &Across) {
    let heads: Vec<&str> = ["新收", "办结"]
        .into_iter()
        .chain(RATES.iter().map(|measure| MEASURES[*measure].stem()))
        .collect();
    let figures = |row: &UnitRates| -> Vec<String> {
        let number = |n: Option<u64>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
        let rate = |rate: Option<Rate>| rate.map_or_else(|| "—".to_owned(), Rate::shown);
        let rates = RATES.iter().map(|measure| rate(row.rates[*measure]));
        [number(row.received), number(row.dealt_with)].into_iter().chain(rates).collect()
    };
    let mut rows: Vec<(String, Vec<String>)> =
        across.rows.iter().map(|row| (visible(&list.units[row.unit].name), figures(row))).collect();
    let medians = RATES.iter().map(|measure| across.medians[*measure].shown());
    let blank = [String::new(), String::new()];
    rows.push(("中位数".to_owned(), blank.into_iter().chain(medians).collect()));
    let widths: Vec<usize> = (0..heads.len())
        .map(|i| {
            let cells = rows.iter().map(|(_, figures)| columns(&figures[i]));
            cells.chain([columns(heads[i])]).max().unwrap_or(0)
        })
        .collect();
    let figures_take: usize = widths.iter().map(|width| width + 2).sum();
    let longest = rows.iter().map(|(name, _)| columns(name)).max().unwrap_or(0);
    let room = terminal_width().saturating_sub(figures_take).clamp(NAME[0], NAME[1]);
    let name_width = longest.min(room).max(NAME[0]);
    let print = |name: &str, figures: &[String]| {
        let names = wrapped_within(name, name_width);
        for (i, name) in names.iter().enumerate() {
            let mut text = left(name, name_width);
            for (figure, width) in figures.iter().zip(&widths).filter(|_| i == 0) {
                text.push_str("  ");
                text.push_str(&right(figure, *width));
            }
            line(text.trim_end());
        }
    };
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    print("单位", &heads);
    line(&"-".repeat(name_width + figures_take));
    let last = rows.len() - 1;
    for (i, (name, figures)) in rows.iter().enumerate() {
        if i == last {
            line(&"-".repeat(name_width + figures_take));
        }
        print(name, figures);
    }
    flow(&format!(
        "（公开等三列是占办结的比例，结转是占新收和上年结转的，复议诉讼是与办结之比；中位数只看有 {LEAST_CASES} 件以上的单位）"
    ));
}

/// Prints a sentence over as many lines as it takes.
fn flow(sentence: &str) {
    wrapped_within(&visible(sentence), terminal_width()).iter().for_each(|words| line(words));
}

/// The beginning of a clause.
fn short(words: &str) -> String {
    const SHOWN: usize = 30;
    let more = if words.chars().count() > SHOWN { "……" } else { "" };
    format!("{}{more}", words.chars().take(SHOWN).collect::<String>())
}
