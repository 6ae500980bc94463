//! The documentation of each problem of a data file.

use super::codes;
use crate::diag::{Docs, Problem, Severity};

/// The problems of a data file before anything is checked, in the order of the codes.
pub static PROBLEMS: &[Problem] = &[
    Problem {
        code: codes::SYNTAX,
        name: "syntax",
        title: "不符合 TOML 格式",
        severity: Severity::Error,
        docs: Docs {
            what: "数据文件是否符合 TOML 格式：一行一个“键 = 值”，文字加英文引号，等号、逗号和括号用半角。",
            why: "格式不对的地方程序无法读取，后面的检查也就不可靠。最常见的是中文引号、全角标点和数字，以及多行文字漏写结尾的三个引号。",
            example: "[agency]\nname = “某某县人民政府”",
            corrected: "[agency]\nname = \"某某县人民政府\"",
        },
    },
    Problem {
        code: codes::UNKNOWN_KEY,
        name: "key-unknown",
        title: "没有这个键",
        severity: Severity::Error,
        docs: Docs {
            what: "每个键是否是数据文件规定的键，并写在它应在的表里。全部的键见 docs/data-file.md。",
            why: "键名写错，后面的数据就没有读到；忽略它，报告里就会悄悄少一个数。",
            example: "[disclosure]\nlicence = 12",
            corrected: "[disclosure]\nlicences = 12",
        },
    },
    Problem {
        code: codes::WRONG_TYPE,
        name: "type-wrong",
        title: "值的类型不对",
        severity: Severity::Error,
        docs: Docs {
            what: "数字、文字、日期、表是否写成了规定的类型。",
            why: "例如加了引号的年份是文字，不是数，不能用来计算。",
            example: "[report]\nyear = \"2023\"",
            corrected: "[report]\nyear = 2023",
        },
    },
    Problem {
        code: codes::WRONG_LENGTH,
        name: "row-length-wrong",
        title: "一行数据的个数不对",
        severity: Severity::Error,
        docs: Docs {
            what: "按列写的一行数据，个数是否与表的列数相同，或者再多一个总计。",
            why: "少写或多写一个数，后面的数就都错了一列。",
            example: "[requests]\nreceived = [3, 0, 0, 0, 0]",
            corrected: "[requests]\nreceived = [3, 0, 0, 0, 0, 0]",
        },
    },
    Problem {
        code: codes::MISSING_KEY,
        name: "key-missing",
        title: "缺少必填的键",
        severity: Severity::Error,
        docs: Docs {
            what: "必填的键是否都写了：格式版本、报告年度、机关全称和类别，以及每条备注、豁免自己的必填项。",
            why: "没有这些，就无法确定这是谁、哪一年、按哪个格式的报告。",
            example: "[report]\nyear = 2023\n\n[agency]\nname = \"某某县人民政府\"",
            corrected: "[report]\nyear = 2023\n\n[agency]\nname = \"某某县人民政府\"\nkind = \"government\"",
        },
    },
    Problem {
        code: codes::INVALID_VALUE,
        name: "value-invalid",
        title: "值不在允许的范围内",
        severity: Severity::Error,
        docs: Docs {
            what: "只能从几个词中选一个的键，以及年份、日期和路径，是否写了可用的值。",
            why: "例如年份只写两位，程序不能猜是哪一年。previous、units 写的文件不在时，写明要做的核对就做不成，不能当作没有错。",
            example: "[report]\nyear = 23",
            corrected: "[report]\nyear = 2023",
        },
    },
    Problem {
        code: codes::UNKNOWN_PLACE,
        name: "place-unknown",
        title: "没有这个位置",
        severity: Severity::Error,
        docs: Docs {
            what: "备注和数据来源的 at 是否是三张表之一，或者其中的一行、一格（数据来源还可以是信息处理费）；口径（[[scopes]]）的 at 是否是一段文字，words 是否只在其中一句里出现。",
            why: "位置写错，备注就印不出来，口径的说明也不起作用。",
            example: "[[notes]]\nat = \"requests.recieved\"\ntext = \"含上年结转数量\"",
            corrected: "[[notes]]\nat = \"requests.received\"\ntext = \"含上年结转数量\"",
        },
    },
    Problem {
        code: codes::FORBIDDEN_CHARACTER,
        name: "character-forbidden",
        title: "有不可见的字符",
        severity: Severity::Error,
        docs: Docs {
            what: "文字中是否有控制字符；名称、标题、路径等一行的文字中，是否有改变文字方向、宽度为零等看不见的字符。",
            why: "这样的字符多半是从网页或别的软件粘贴时带来的，看不见，却会使 Word 文件打不开，或者使两个看上去一样的名称并不相同。",
            example: "[overview]\ntext = \"全年收到申请3件\\u0008。\"",
            corrected: "[overview]\ntext = \"全年收到申请3件。\"",
        },
    },
];

/// Traces of pasting; their code is the last.
pub static TRACES: &[Problem] = &[Problem {
    code: codes::PASTED,
    name: "pasted-marks",
    title: "粘贴的文字里有特殊空格、项目符号或看不见的字符",
    severity: Severity::Hint,
    docs: Docs {
        what: "文字中是否有从别的软件粘贴时带来的东西：段内的全角空格和不间断空格，段首的项目符号，零宽字符、软连字符，手动换行和分页符。段首段末的空格不印出，不算。",
        why: "这些字符看不见或多余，在网页、Word 和 PDF 里各有各的样子。印出时空格和符号去掉或换成普通空格，手动换行另起一段；数据文件不改动。",
        example: "[overview]\ntext = \"• 全年收到申请3件，\\u3000均已答复。\"",
        corrected: "[overview]\ntext = \"全年收到申请3件，均已答复。\"",
    },
}];
