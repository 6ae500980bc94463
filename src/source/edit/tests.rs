//! Changes and constancy when figures are put into a data file.

use super::*;
use crate::edition::{Cell, DisclosureColumn, DisclosureRow, RequestColumn, RequestRow};
use crate::report::Money;
use crate::source::keys::{KeyValue, set_value_at};
use crate::source::rows::Shape;

const HEAD: &str = "format = \"2021\"\n[report]\nyear = 2023\n";

/// A row with its figures in order, `None` for one that is not filled.
type Figures<'a> = (&'a str, &'a [Option<&'a str>]);

/// The text with rows of figures put into it.
fn put(text: &str, rows: &[Figures<'_>], remarks: &Remarks) -> Result<String, EditError> {
    let source = SourceFile::parse("t.toml", text);
    let mut report = read(&source).0.ok_or(EditError::Unreadable)?;
    let form = report.form();
    for (path, figures) in rows {
        let row = FigureRow::all(form).into_iter().find(|row| row.path.as_str() == *path).unwrap();
        for ((_, figure), typed) in row.columns.iter().zip(*figures) {
            match (typed, figure) {
                (Some(typed), _) => figure.put(&mut report, typed.parse::<Money>().unwrap()),
                (None, crate::units::Figure::Cell(cell)) => report.clear(*cell),
                (None, _) => report.other.handling_fee = None,
            }
        }
    }
    edit(&source, &report, remarks)
}

fn put_below_head(text: &str, rows: &[Figures<'_>]) -> Result<String, EditError> {
    let paths = rows.iter().map(|(path, _)| FieldPath::new(*path));
    let remarks = Remarks {
        prefix: "# 汇总：",
        rows: paths.map(|path| (path, vec!["# 汇总：甲 1".to_owned()])).collect(),
    };
    put(&format!("{HEAD}{text}"), rows, &remarks)
        .map(|new| new.strip_prefix(HEAD).unwrap_or(&new).to_owned())
}

fn put_plain(text: &str, rows: &[Figures<'_>]) -> String {
    let new = put(&format!("{HEAD}{text}"), rows, &Remarks::default()).unwrap();
    new.strip_prefix(HEAD).unwrap().to_owned()
}

const SIX: [Option<&str>; 6] = [Some("1"), Some("0"), Some("0"), Some("0"), Some("5"), Some("0")];
const NONE: [Option<&str>; 7] = [None; 7];

#[test]
fn a_row_keeps_its_form_and_its_remarks() {
    let seven = [SIX.as_slice(), &[Some("6")]].concat();
    let new = put_below_head(
        "[requests]\n# 台账已核对\nreceived    = [ 107, 0, 0, 0, 12, 9, 128]   # 新收\n\
         carried_in = { business = 2, total = 2 } # 上年\ncarried_out = 0 # 结转\n",
        &[
            ("requests.received", &seven),
            ("requests.carried_in", &seven),
            ("requests.carried_out", &[Some("0"); 6]),
        ],
    );
    assert_eq!(
        new.unwrap(),
        "[requests]\n# 台账已核对\n# 汇总：甲 1\nreceived    = [ 1, 0, 0, 0, 5, 0, 6]   # 新收\n\
         # 汇总：甲 1\ncarried_in = { business = 0, total = 6, natural_person = 1, legal_service = 5 } # 上年\n\
         # 汇总：甲 1\ncarried_out = 0 # 结转\n"
    );
}

#[test]
fn putting_twice_is_putting_once() {
    let two = [Some("0"), Some("2"), Some("0"), Some("0"), Some("0"), Some("0")];
    let rows: [Figures<'_>; 3] = [
        ("disclosure.fees", &[Some("12.50")]),
        ("requests.outcome.refused.state_secret", &two),
        ("other.handling_fee", &[Some("3"), Some("600.5")]),
    ];
    let once = put_below_head("\n[other]\ntext = '''\n没有。\n'''\n", &rows).unwrap();
    assert!(once.contains("# 汇总：甲 1\nfees = 12.50  # 行政事业性收费\n"), "{once}");
    assert!(once.contains("state_secret = [0, 2, 0, 0, 0, 0]  # "), "{once}");
    assert!(
        once.contains(
            "# 汇总：甲 1\nhandling_fee = { notices = 3, amount = 600.5 }  # 政府信息公开信息处理费\n"
        ),
        "{once}"
    );
    // Tables that only hold tables have no header.
    assert!(!once.contains("[requests]") && !once.contains("[requests.outcome]"), "{once}");
    assert_eq!(put_below_head(&once, &rows).unwrap(), once);
}

#[test]
fn a_row_takes_the_line_that_is_kept_for_it() {
    let rows: [Figures<'_>; 2] = [
        ("requests.received", &[Some("1"), Some("0"), Some("0"), Some("0"), Some("0"), Some("0")]),
        ("disclosure.licences", &[Some("7")]),
    ];
    let text = "[disclosure]\n#licences            =   # 行政许可；本年\n#penalties = \n\n\
                [requests]  # 三\n# 说明 = 无\n#received    = [ ]  # 新收\n";
    assert_eq!(
        put_below_head(text, &rows).unwrap(),
        "[disclosure]\n# 汇总：甲 1\nlicences            = 7  # 行政许可；本年\n#penalties = \n\n\
         [requests]  # 三\n# 说明 = 无\n# 汇总：甲 1\nreceived    = [1, 0, 0, 0, 0, 0]  # 新收\n"
    );
    // What was typed and put aside stays.
    let aside = "[disclosure]\n#licences = 5\n";
    let new = put_below_head(aside, &rows[1..]).unwrap();
    assert_eq!(new, "[disclosure]\n# 汇总：甲 1\nlicences = 7  # 行政许可\n#licences = 5\n");
    // What looks like a place within a text is a text that was not ended.
    let text = format!("{HEAD}[overview]\ntext = '''\n[disclosure]\n#licences = \n'''\n");
    assert_eq!(put(&text, &rows[1..], &Remarks::default()), Err(EditError::Unreadable));
}

#[test]
fn line_ends_and_mark_of_a_windows_editor_stay() {
    let text = "\u{feff}format = \"2021\"\r\n[report]\r\nyear = 2023\r\n[disclosure]\r\nlicences = 3 # 许可\r\n";
    let path = FieldPath::new("disclosure.licences");
    let rows = vec![(path, vec!["# 汇总：甲 1".to_owned()])];
    let remarks = Remarks { prefix: "# 汇总：", rows };
    let new = put(text, &[("disclosure.licences", &[Some("4")])], &remarks).unwrap();
    assert_eq!(new, text.replace("licences = 3", "# 汇总：甲 1\r\nlicences = 4"));
}

#[test]
fn a_sum_that_is_changed_by_hand_loses_its_sources_and_others_keep_them() {
    let text = "[disclosure]\n# 台账已核对\n# 汇总：甲 3\nlicences = 3 # 许可\n# 汇总：甲 5\npenalties = 5\n";
    let licences = Cell::Disclosure(DisclosureRow::Licences, DisclosureColumn::Decisions);
    let new = put(
        &format!("{HEAD}{text}"),
        &[("disclosure.licences", &[Some("4")])],
        &crate::source::without_sources([licences]),
    );
    let expected = text.replace("# 汇总：甲 3\nlicences = 3", "licences = 4");
    assert_eq!(new.unwrap(), format!("{HEAD}{expected}"));
}

#[test]
fn what_is_not_understood_is_refused() {
    let rows: [Figures<'_>; 1] = [("requests.received", &[Some("0"); 6])];
    let row = FieldPath::new("requests.received");
    let refused = Err(EditError::Row { row, line: Some(5) });
    assert_eq!(put_below_head("[requests]\nreceived = [1, 2]\n", &rows), refused);
    assert_eq!(put_below_head("[requests]\nreceived = \"三\"\n", &rows), refused);
    assert_eq!(put_below_head("[requests]\nreceived = [\"三\", 0, 0, 0, 0, 0]\n", &rows), refused);
    assert_eq!(put_below_head("[requests\n", &rows), Err(EditError::Unreadable));
}

/// Figures that were taken out can be put in again where they were, however they were written.
#[test]
fn a_row_that_was_taken_out_is_filled_in_its_place() {
    let rows = "# 台账已核对\nreceived    = [ 107, 0, 0, 0, 12, 9, 128]   # 新收\n\
                carried_in  = [\n  1_000, # 自然人\n  0, 0, 0, 0, 0,\n] # 上年\n\
                #carried_out = [9, 0, 0, 0, 0, 0] # 初稿\n\
                carried_out = { business = 3 } # 结转\n";
    let text = format!("[disclosure]\nlicences = 5  # 许可\n\n[requests]\n{rows}\n[other]\n");
    let emptied = put_plain(
        &text,
        &[
            ("disclosure.licences", &NONE),
            ("requests.received", &NONE),
            ("requests.carried_in", &NONE),
            ("requests.carried_out", &NONE),
        ],
    );
    assert_eq!(
        emptied,
        "[disclosure]\n# 删去的：licences = 5  # 许可\n\n[requests]\n\
         # 台账已核对\n# 删去的：received    = [ 107, 0, 0, 0, 12, 9, 128]   # 新收\n\
         # 删去的：carried_in  = [\n# 删去的：  1_000, # 自然人\n# 删去的：  0, 0, 0, 0, 0,\n# 删去的：] # 上年\n\
         #carried_out = [9, 0, 0, 0, 0, 0] # 初稿\n\
         # 删去的：carried_out = { business = 3 } # 结转\n\n[other]\n"
    );
    let carried_in = [Some("1001"), Some("0"), Some("0"), Some("0"), Some("0"), Some("0")];
    let carried_out = [Some("0"), Some("3"), Some("0"), Some("0"), Some("0"), Some("0")];
    let refilled = put_plain(
        &emptied,
        &[
            ("disclosure.licences", &[Some("5")]),
            ("requests.received", &SIX),
            ("requests.carried_in", &carried_in),
            ("requests.carried_out", &carried_out),
        ],
    );
    let expected =
        text.replace("[ 107, 0, 0, 0, 12, 9, 128]", "[ 1, 0, 0, 0, 5, 0]").replace("1_000", "1001");
    assert_eq!(refilled, expected);
}

#[test]
fn remarks_stand_above_a_row_however_it_is_written() {
    let row: [Figures<'_>; 1] = [("requests.received", &SIX)];
    let text = "[requests.received] # 表\nnatural_person = 3\n";
    let once = put_below_head(text, &row).unwrap();
    assert!(
        once.starts_with("# 汇总：甲 1\n[requests.received] # 表\nnatural_person = 1\n"),
        "{once}"
    );
    assert_eq!(put_below_head(&once, &row).unwrap(), once);
    let text = "[requests]\n  # 人\n  received.natural_person = 3\n";
    let once = put_below_head(text, &row).unwrap();
    assert!(
        once.starts_with("[requests]\n  # 人\n  # 汇总：甲 1\n  received.natural_person = 1\n"),
        "{once}"
    );
    assert_eq!(put_below_head(&once, &row).unwrap(), once);
    // On one line there is no room for them.
    let text = "[requests]\nreceived = 0\n[challenges]\n[other]\n";
    let whole = format!("requests = {{ received = 0 }}\n{HEAD}");
    let remarks = Remarks {
        prefix: "# 汇总：",
        rows: vec![(FieldPath::new("requests.received"), vec!["# 汇总：甲\n1".to_owned()])],
    };
    let new = put(&whole, &row, &remarks).unwrap();
    assert_eq!(new, whole.replace("= 0 }", "= [1, 0, 0, 0, 5, 0] }"));
    // A line end in a name does not break the comment.
    let new = put(&format!("{HEAD}{text}"), &row, &remarks).unwrap();
    assert!(new.contains("# 汇总：甲 1\nreceived = [1, 0, 0, 0, 5, 0]\n"), "{new}");
}

/// The line that a starter keeps for a row, and the row as written, are told apart.
#[test]
fn every_row_of_every_form_can_be_put_into_a_starter_and_taken_out_again() {
    for edition in crate::edition::Edition::ALL {
        let text = crate::source::starter(&Report::empty(*edition), None);
        let source = SourceFile::parse("t", text.as_str());
        let mut report = read(&source).0.unwrap();
        let empty = report.clone();
        let rows = FigureRow::all(report.form());
        for (i, (_, figure)) in rows.iter().flat_map(|row| &row.columns).enumerate() {
            figure.put(&mut report, Money::from(i));
        }
        let filled = edit(&source, &report, &Remarks::default()).unwrap();
        assert_eq!(filled.lines().count(), text.lines().count());
        let changed = text.lines().zip(filled.lines()).filter(|(a, b)| a != b).count();
        assert_eq!(changed, rows.len());
        assert!(rows.iter().any(|row| row.shape == Shape::Named));

        let source = SourceFile::parse("t", filled.as_str());
        let emptied = edit(&source, &empty, &Remarks::default()).unwrap();
        let source = SourceFile::parse("t", emptied.as_str());
        assert_eq!(edit(&source, &report, &Remarks::default()).unwrap(), filled);
    }
}

#[test]
fn line_ends_of_two_kinds_stay_as_they_are() {
    let text = "[requests]\r\n# 注\n# 注\r\nreceived = 0 # 收\r\ncarried_out = 0\n\
                [overview]\r\ntext = \"\"\"\n甲。\r\n# 注\n\"\"\"\n# 注\r\n";
    let new = put_plain(text, &[("requests.received", &SIX)]);
    assert_eq!(new, text.replace("received = 0 # 收\r\n", "received = [1, 0, 0, 0, 5, 0] # 收\n"));
    let new = put_plain(text, &[("requests.received", &NONE)]);
    assert_eq!(new, text.replace("received", "# 删去的：received"));
}

/// Puts values at addresses into a data file.
fn put_values(text: &str, values: &[(&str, Option<KeyValue>)]) -> Result<String, EditError> {
    let source = SourceFile::parse("t.toml", text);
    let mut report = read(&source).0.unwrap();
    for (path, value) in values {
        let path = FieldPath::new(*path);
        assert!(set_value_at(&mut report, &path, value.clone()), "{path}");
    }
    edit(&source, &report, &Remarks::default())
}

fn line_value(text: &str) -> Option<KeyValue> {
    Some(KeyValue::Line(text.to_owned()))
}

const KEYS: &str = "# 说明\r\nformat = \"2021\"  # 格式\r\n\r\n[report] # 报告\r\nyear = 2023\r\n#published =   # 公布日期\r\n\r\n\
                    [agency]\r\nname   = \"甲局\" # 全称\r\n[overview]\r\ntext = '''\r\n甲。\r\n'''\r\n# 完\r\n";

#[test]
fn values_are_replaced_where_they_stand_and_nothing_else_moves() {
    let date = crate::report::Date::new(2024, 1, 9).map(KeyValue::Date);
    let text = put_values(
        KEYS,
        &[
            ("agency.name", line_value("乙“\"局")),
            ("report.published", date),
            ("overview.text", Some(KeyValue::Text("乙。\n丙。\n".to_owned()))),
        ],
    );
    let expected = KEYS
        .replace("\"甲局\"", "\"乙“\\\"局\"")
        .replace("#published =   # 公", "published = 2024-01-09  # 公")
        .replace("'''\r\n甲。\r\n'''", "'''\r\n乙。\r\n丙。\r\n'''");
    assert_eq!(text.unwrap(), expected);
}

#[test]
fn values_that_were_not_there_come_behind_those_of_their_table() {
    let text = put_values(
        KEYS,
        &[
            ("agency.kind", line_value("department")),
            ("agency.contact.phone", line_value("010-1")),
            ("report.charts", Some(KeyValue::Boolean(true))),
        ],
    )
    .unwrap();
    assert!(text.contains("# 全称\r\nkind = \"department\"\r\n[overview]"), "{text}");
    assert!(text.contains("year = 2023\r\ncharts = true\r\n#published"), "{text}");
    assert!(text.ends_with(
        "# 完\r\n\r\n[agency.contact]  # 联系方式，写入标准引言\r\nphone = \"010-1\"\r\n"
    ));
}

#[test]
fn values_that_are_taken_out_leave_a_place() {
    let text = KEYS.replace("#published =   #", "published = 2024-01-09  #");
    let new = put_values(
        &text,
        &[("report.published", None), ("agency.name", None), ("overview.text", None)],
    );
    let expected = text
        .replace("published = 2024-01-09", "#published = ")
        .replace("\"甲局\"", "\"\"")
        .replace("'''\r\n甲。\r\n'''", "\"\"");
    assert_eq!(new.unwrap(), expected);
}

#[test]
fn elements_of_lists_come_and_go_with_their_lines() {
    let text = format!(
        "{KEYS}\r\n# 一\r\n[[overview.parts]]\r\nheading = \"一\"\r\n\r\n# 二\r\n[[overview.parts]] # 第二\r\nheading = \"二\"\r\ntext = '''\r\n二。\r\n'''\r\n\r\n[[overview.parts]]\r\nheading = \"三\"\r\n"
    );
    let source = SourceFile::parse("t.toml", text.as_str());
    let old = read(&source).0.unwrap();
    let mut report = old.clone();
    report.overview.parts.remove(1);
    let fewer = edit(&source, &report, &Remarks::default()).unwrap();
    assert_eq!(
        fewer,
        text.replace(
            "[[overview.parts]] # 第二\r\nheading = \"二\"\r\ntext = '''\r\n二。\r\n'''\r\n",
            ""
        )
    );
    let mut report = old.clone();
    report.overview.parts.push(crate::report::Part {
        heading: Some(Text::new("四")),
        ..crate::report::Part::default()
    });
    report
        .notes
        .push(crate::report::Note { at: FieldPath::new("requests"), text: "注".to_owned() });
    let more = edit(&source, &report, &Remarks::default()).unwrap();
    assert!(more.contains("\"三\"\r\n\r\n[[overview.parts]]\r\nheading = \"四\"\r\n"), "{more}");
    assert!(more.ends_with("\r\n[[notes]]\r\nat = \"requests\"\r\ntext = \"注\"\r\n"), "{more}");
}

#[test]
fn comments_stay_with_their_elements_where_others_come_and_go() {
    let part = |name: &str| {
        format!(
            "# 以上{name}\n[[overview.parts]]\nheading = \"{name}\" # {name}\ntext = \"{name}。\"\n\n"
        )
    };
    let file = |names: &[&str]| {
        let parts: String = names.iter().map(|name| part(name)).collect();
        SourceFile::parse("t.toml", format!("{HEAD}{parts}"))
    };
    let changed = |text: &str| Some(Text::new(text));
    let source = file(&["一", "二", "三", "四"]);
    // The first one says something else, and one further down is gone.
    let mut report = read(&source).0.unwrap();
    report.overview.parts[0].text = changed("又。");
    report.overview.parts.remove(2);
    let text = edit(&source, &report, &Remarks::default()).unwrap();
    let expected = file(&["一", "二", "三", "四"]).text().replace("\"一。\"", "'''\n又。'''");
    let gone = "[[overview.parts]]\nheading = \"三\" # 三\ntext = \"三。\"\n";
    assert_eq!(text, expected.replace(gone, ""));
    // New ones come at the beginning and in the middle.
    for place in [0, 2] {
        let mut report = read(&source).0.unwrap();
        let new = crate::report::Part { heading: changed("新"), ..crate::report::Part::default() };
        report.overview.parts.insert(place, new);
        let text = edit(&source, &report, &Remarks::default()).unwrap();
        let own = "[[overview.parts]]\nheading = \"新\"\n\n";
        assert_eq!(text.replace(own, ""), source.text(), "{text}");
        let order: Vec<usize> = ["一", "二", "三"]
            .iter()
            .map(|name| text.find(&format!("# 以上{name}")).unwrap())
            .collect();
        let new = text.find("新").unwrap();
        assert_eq!(order.iter().filter(|at| **at < new).count(), place, "{text}");
    }
}

#[test]
fn a_blank_within_a_row_can_be_filled_and_left() {
    let text = format!("{HEAD}[requests]\nreceived = [1, \"\", 0, 0, 0, 0]\ncarried_in = \"\"\n");
    let source = SourceFile::parse("t.toml", text.as_str());
    let mut report = read(&source).0.unwrap();
    assert!(report.requests.entry(RequestRow::Received, RequestColumn::Business).is_absent());
    assert!(report.requests.entry(RequestRow::CarriedIn, RequestColumn::Other).is_absent());
    report.put(Cell::Requests(RequestRow::Received, RequestColumn::Business), 5.into());
    report.clear(Cell::Requests(RequestRow::Received, RequestColumn::NaturalPerson));
    report.put(Cell::Requests(RequestRow::CarriedIn, RequestColumn::Other), 2.into());
    let new = edit(&source, &report, &Remarks::default()).unwrap();
    assert!(new.contains("received = [\"\", 5, 0, 0, 0, 0]\n"), "{new}");
    assert!(new.contains("carried_in = [\"\", \"\", \"\", \"\", \"\", 2]\n"), "{new}");
}

#[test]
fn a_manual_line_break_is_still_there_afterwards() {
    let text =
        format!("{HEAD}[overview]\ntext = '''\n甲\u{b}乙\u{c}\n'''\n[disclosure]\nlicences = 1\n");
    let source = SourceFile::parse("t.toml", text.as_str());
    let mut report = read(&source).0.unwrap();
    assert_eq!(report.overview.text.as_ref().unwrap().typed(), "甲\n乙\n\n");
    report.put(Cell::Disclosure(DisclosureRow::Licences, DisclosureColumn::Decisions), 7.into());
    let new = edit(&source, &report, &Remarks::default()).unwrap();
    assert_eq!(new, text.replace("licences = 1", "licences = 7"));
}
