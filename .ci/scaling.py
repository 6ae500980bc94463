"""Work and memory as input grows: PROGRAM EXAMPLES [--gate] [GENERATOR …].

Every generator makes one kind of input in three sizes, of which the last is four times the second and the first next to
nothing. The work is counted in instructions (valgrind), never timed, and that of the first run, which every run has, is taken
away. Where four times the input takes more than 4^1.3 times the work, something grows faster than its input. The most memory
that a run held (VmHWM) is held against the budget that SECURITY.md states. `--gate` tries the few that take seconds.
"""

import math
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

program, examples = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
gate, wanted = "--gate" in sys.argv, [name for name in sys.argv[3:] if name != "--gate"]

MOST_EXPONENT = 1.3
# Less than this share of the whole work says nothing of growth, and the sizes have to be larger.
LEAST_SHARE = 0.02
# The budget of memory, as SECURITY.md states it: so much for any run, and so much for each MB of what it reads.
MEMORY_MB, MEMORY_MB_FOR_EACH = (int(n) for n in re.search(
    r"at most (\d+) MB, and (\d+) MB more for each MB", (Path(__file__).parent.parent / "SECURITY.md").read_text(encoding="utf-8")).groups())


@dataclass
class Generator:
    name: str
    # Writes input of a size into a folder.
    make: Callable[[Path, int], None]
    # The commands after it; the last is measured.
    commands: list[list[str]]
    # The second size; the last is four times it.
    n: int
    ends: tuple[int, ...] = (0, 1)
    # True if it is tried in the gate, too.
    in_gate: bool = False


def text_of(name: str) -> str:
    return (examples / f"{name}.toml").read_text(encoding="utf-8")


REPORT = text_of("gaoping-2023")
COUNTY = examples / "district"
UNIT = (COUNTY / "教育局.toml").read_text(encoding="utf-8")
SENTENCES = [
    "全年新收政府信息公开申请{}件，其中自然人{}件、企业{}件，较上年增长{}%。",
    "制发行政规范性文件{}件，废止{}件，年末现行有效{}件，解读材料{}篇。",
    "一是加强学习，组织培训{}次，参加{}人次，编发简报{}期，报送信息{}条。",
    "门户网站发布信息{}条，政务新媒体发布{}条，回应关切{}次，办理留言{}件。",
]


def sentences(n: int) -> str:
    return "".join(SENTENCES[i % len(SENTENCES)].format(i + 2, i, 2, i % 90 + 3) for i in range(n))


def with_overview(words: str) -> str:
    """The report with other words in its first section."""
    return re.sub(r"\[overview\]\n.*?(?=\n# ──)", lambda _: f"[overview]\ntext = '''\n{words}\n'''\n", REPORT, count=1, flags=re.S)


def write(folder: Path, name: str, words: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8", newline="")


def data(words: Callable[[int], str], name: str = "a.toml") -> Callable[[Path, int], None]:
    return lambda folder, n: write(folder, name, words(n))


def paragraphs(n: int) -> str:
    return with_overview("\n\n".join(sentences(8) for _ in range(n)))


def added(entry: str) -> Callable[[int], str]:
    return lambda n: REPORT + "".join(entry.format(i=i) for i in range(n))


def keys(n: int) -> str:
    return REPORT.replace("[report]\n", "[report]\n" + "".join(f"yeer{i} = 1\n" for i in range(n)), 1)


def broken(n: int) -> str:
    return REPORT + "".join(f"x{i} = ＂一二\ny{i} == 3\n" for i in range(n))


def typos(n: int) -> str:
    words = "".join(f"错{chr(0x4E00 + i % 5000)}{chr(0x5E00 + i // 5000)}词 → 对的词{i}\n" for i in range(n))
    return paragraphs(n // 8) + f"\n[rules]\ntypos = '''\n{words}'''\n"


def bound(n: int) -> str:
    return with_overview("\n\n".join("收到{{ requests.received.total }}件，占{{ requests.received.total | share(of=requests.outcome.total.total) }}。" for _ in range(n)))


def parts(n: int) -> str:
    part = "\n[[overview.parts]]\nheading = \"第{i}方面\"\ntext = '''\n" + SENTENCES[0].format(3, 1, 2, 4) + "\n'''\n"
    return with_overview("无。").replace("\n# ──", "".join(part.replace("{i}", str(i)) for i in range(n)) + "\n# ──", 1)


def own(i: int, name: str = "") -> str:
    return UNIT.replace("云岭县教育局", name or f"云岭县第{i}办事处").replace("units.toml", "")


def bodies(folder: Path, n: int) -> None:
    listed = "year = 2023\nname = \"云岭县人民政府\"\njoint = []\n"
    for i in range(n):
        listed += f"[[units]]\nname = \"云岭县第{i}办事处\"\nfile = \"d/{i}.toml\"\n"
        write(folder, f"d/{i}.toml", own(i))
    write(folder, "units.toml", listed)


def deep_list(folder: Path, n: int) -> None:
    """Units in groups, and no reports; every group has a unit."""
    listed = "year = 2023\nname = \"云岭县人民政府\"\njoint = []\n"
    # One more where the last would be a group without units.
    for i in range(n + 1 + (n % 20 == 0)):
        under = f"under = \"第{i - i % 20}组\"\nfile = \"d/{i}.toml\"\n" if i % 20 else ""
        listed += f"[[units]]\nname = \"第{i}{'办事处' if i % 20 else '组'}\"\n{under}"
    write(folder, "units.toml", listed)


def joint(folder: Path, n: int) -> None:
    bodies(folder, 4)
    listed = (folder / "units.toml").read_text(encoding="utf-8")
    one = '\n[[joint]]\ndocument = "通知{i}"\nrow = "normative_documents"\ncolumns = ["issued"]\nunits = ["云岭县第0办事处", "云岭县第1办事处"]\n'
    write(folder, "units.toml", listed.replace("joint = []\n", "") + "".join(one.replace("{i}", str(i)) for i in range(n)))


def years(folder: Path, n: int) -> None:
    """Reports of one body, of which each names that of the year before."""
    for i in range(n):
        words = re.sub(r"^year = \d+", f"year = {2021 + i}", REPORT, count=1, flags=re.M)
        words = words.replace("[report]\n", f"[report]\nprevious = \"{2020 + i}.toml\"\n" if i else "[report]\n", 1)
        write(folder, f"y/{2021 + i}.toml", words)


def roll(folder: Path, n: int) -> None:
    rows = "".join(f"{i},云岭县第{i}办事处,乡镇,\n" for i in range(n))
    write(folder, "名单.csv", "序号,单位名称,上级单位,备注\n" + rows)


TABLE = "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数<tr><td>规章<td>0<td>0<td>0<tr><td>行政规范性文件<td>1<td>0<td>9</table>"


def page(words: str) -> str:
    return f"<!DOCTYPE html><meta charset=utf-8><title>某县教育局2023年政府信息公开工作年度报告</title><h1>某县教育局2023年政府信息公开工作年度报告</h1><h2>一、总体情况</h2>{words}<h2>二、主动公开政府信息情况</h2>{TABLE}"


def html_paragraphs(n: int) -> str:
    return page("".join(f"<p>{sentences(3)}</p>" for _ in range(n)))


def html_rows(n: int) -> str:
    row = "".join(f"<td>{i}</td>" for i in range(8))
    return page("<table>" + f"<tr><td>（一）予以公开{row}</tr>" * n + "</table>")


def html_tables(n: int) -> str:
    return page("<table><tr><td>一、本年新收政府信息公开申请数量<td>1<td>2</table>" * n)


def html_spans(n: int) -> str:
    return page("<p>" + "".join(f"<span><b>收到{i}件</b>，</span>" for i in range(n)) + "</p>")


# What makes a text a report: rows of the form.
ROWS = "二、主动公开政府信息情况\n规章 0 0 0\n行政规范性文件 1 0 9\n三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3\n"


def plain_lines(n: int) -> str:
    return "某县教育局2023年政府信息公开工作年度报告\n一、总体情况\n" + "".join(sentences(2) + "\n" for _ in range(n)) + ROWS


def blank_lines(n: int) -> str:
    """A sentence that is broken off by blank lines and goes on behind them."""
    return "某县教育局2023年政府信息公开工作年度报告\n一、总体情况\n全年公开信息" + "\n" * n + "五件。\n" + ROWS


def rich(n: int) -> str:
    cells = "\\trowd\\cellx1000\\cellx2000\\intbl 1\\cell 2\\cell\\row\\pard\\par "
    return "{\\rtf1\\ansi " + ("\\u19968?\\u20108?abc\\par " * 4 + cells) * n + "}"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(path: Path, part: str, words: str) -> None:
    kind = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{kind}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>')
        target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        package.writestr("_rels/.rels", f'<Relationships xmlns="{kind}/relationships"><Relationship Id="a" Type="{target}" Target="{part}"/></Relationships>')
        package.writestr(part, words)


def word_paragraphs(folder: Path, n: int) -> None:
    body = "".join(f"<w:p><w:r><w:t>{sentences(2)}</w:t></w:r></w:p>" for _ in range(n))
    packed(folder / "a.docx", "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')


def word_table(folder: Path, n: int) -> None:
    cell = "<w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc>"
    body = f"<w:tbl>{f'<w:tr>{cell * 8}</w:tr>' * n}</w:tbl>"
    packed(folder / "a.docx", "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')


def template(folder: Path, n: int) -> None:
    write(folder, "a.toml", REPORT)
    write(folder, "t/report.html", "<!DOCTYPE html>\n" + "<p>{{ page.title | upper }}</p>{% if 1 < 2 %}a{% endif %}\n" * n)


def loop(folder: Path, n: int) -> None:
    write(folder, "a.toml", REPORT)
    write(folder, "t/report.html", f"<!DOCTYPE html>\n{{% for i in range(end={n}) %}}<p>{{{{ i }}}}</p>{{% endfor %}}\n")


def two_years(folder: Path, n: int) -> None:
    write(folder, "a.toml", paragraphs(n))
    write(folder, "b.toml", paragraphs(n).replace("year = 2023", "year = 2022", 1))


def corrected(folder: Path, n: int) -> None:
    """A page that was made, with a word changed in every second paragraph."""
    write(folder, "a.toml", with_overview("\n\n".join(f"第{i}项。{sentences(2)}" for i in range(n))))
    done = subprocess.run([program, "build", "a.toml", "--draft", "--format", "docx", "--out", "."], cwd=folder, capture_output=True, check=False)
    made = next(folder.glob("*.docx"), None) or sys.exit(done.stderr.decode())
    with zipfile.ZipFile(made) as package:
        entries = {name: package.read(name) for name in package.namelist()}
    words = entries["word/document.xml"].decode()
    entries["word/document.xml"] = re.sub(r"第(\d*[02468])项", r"第\1条", words).encode()
    with zipfile.ZipFile(folder / "改.docx", "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)


def sheet_rows(folder: Path, n: int) -> None:
    """The workbook of the report, with rows that nobody asked for below its first table."""
    write(folder, "a.toml", REPORT)
    subprocess.run([program, "export", "a.toml", "--out", "原.xlsx"], cwd=folder, capture_output=True, check=True)
    with zipfile.ZipFile(folder / "原.xlsx") as package:
        entries = {name: package.read(name) for name in package.namelist()}
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="B{r}"><v>1</v></c></row>' for r in range(200, 200 + n))
    name = "xl/worksheets/sheet1.xml"
    entries[name] = entries[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with zipfile.ZipFile(folder / "表.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in entries.items():
            package.writestr(part, content)


def inbox(folder: Path, n: int) -> None:
    bodies(folder, n)
    (folder / "报送").mkdir()
    (folder / "units.toml").rename(folder / "报送" / "units.toml")
    (folder / "d").rename(folder / "收件")


CHECK = [["check", "a.toml", "--output-format", "concise"]]
FULL = [["check", "a.toml", "--coverage"]]


def build(kind: str) -> list[list[str]]:
    return [["build", "a.toml", "--draft", "--format", kind, "--out", "o"]]


def read(name: str) -> list[list[str]]:
    return [["import", name, "--out", "x.toml"]]


def made(kind: str) -> list[list[str]]:
    """A published report of the program's own, read."""
    return [["build", "a.toml", "--draft", "--format", kind, "--out", "."], ["import", "*." + kind, "--out", "x.toml"]]


ENTRY = {
    "notes": '\n[[notes]]\nat = "requests.received"\ntext = "第{i}条"\n',
    "waivers": '\n[[waivers]]\nrule = "NB302"\nreason = "第{i}条"\nby = "张三"\ndate = 2024-01-02\n',
    "scopes": '\n[[scopes]]\nat = "overview.text"\nwhose = "other"\nwords = "第{i}"\n',
    "sources": '\n[[sources]]\nat = "requests.received"\nfrom = "第{i}号台账"\n',
    "tables": '\n[nobody.{i}]\nx = 1\n',
}


def strings(value) -> list[str]:
    """The texts of a data file, one for each line."""
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if len(line.strip()) > 3]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [line for one in inner for line in strings(one)]


def cases(rule: Path) -> Callable[[int], str]:
    """Each line of the cases of a rule, again and again, with its full stops and without."""
    lines = dict.fromkeys(line for case in sorted(rule.glob("*.toml")) for line in case_lines(case))
    return lambda n: with_overview("\n".join(line * n + "\n" + line.replace("。", "") * n for line in list(lines)[:MOST_LINES]))


def case_lines(case: Path) -> list[str]:
    try:
        read = tomllib.loads(case.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError:  # some cases are about files that cannot be read
        return []
    return [line.replace("'''", "") for line in strings(read)]


# More lines of one rule would take minutes, and are like the first.
MOST_LINES = 24
RULES = sorted(path for path in (Path(__file__).parent.parent / "tests" / "rules").glob("NB*") if path.is_dir())

GENERATORS = [
    Generator("data file: paragraphs", data(paragraphs), CHECK, 20, in_gate=True),
    Generator("data file: paragraphs, everything listed", data(paragraphs), FULL, 20),
    Generator("data file: paragraphs, as JSON", data(paragraphs), [["check", "a.toml", "--output-format", "json", "--coverage"]], 20),
    Generator("data file: paragraphs, as SARIF", data(paragraphs), [["check", "a.toml", "--output-format", "sarif"]], 20),
    Generator("data file: one paragraph", data(lambda n: with_overview(sentences(n))), CHECK, 150),
    Generator("data file: one sentence", data(lambda n: with_overview("其中自然人1件、企业2件、" * n)), CHECK, 60),
    Generator("data file: lists", data(lambda n: with_overview("一是加强学习；二是健全机制；三是收到申请3件；" * n)), CHECK, 100),
    Generator("data file: channels", data(lambda n: with_overview("通过网站" + "、".join(f"渠道{i}发布{i}条" for i in range(n)) + "。")), CHECK, 60),
    Generator("data file: parts", data(parts), CHECK, 40),
    Generator("data file: bound figures", data(bound), CHECK, 60),
    Generator("data file: unknown keys", data(keys), CHECK, 400, in_gate=True),
    Generator("data file: unknown tables", data(added(ENTRY["tables"])), CHECK, 200),
    Generator("data file: lines that are no TOML", data(broken), CHECK, 100),
    Generator("data file: notes", data(added(ENTRY["notes"])), CHECK, 300),
    Generator("data file: waivers", data(added(ENTRY["waivers"])), CHECK, 300),
    Generator("data file: scopes", data(added(ENTRY["scopes"])), CHECK, 48),
    Generator("data file: sources", data(added(ENTRY["sources"])), CHECK, 300),
    Generator("data file: comments", data(lambda n: REPORT + "# 一行说明\n" * n), CHECK, 2_000),
    Generator("own typing errors", data(typos), CHECK, 160, in_gate=True),
    Generator("years", years, [["check", "y", "--output-format", "concise"]], 6),
    Generator("trace of every figure", data(paragraphs), [["show", "a.toml", "requests"]], 20),
    Generator("web page", data(paragraphs), build("html"), 20),
    Generator("Word file", data(paragraphs), build("docx"), 20),
    Generator("PDF", data(paragraphs), build("pdf"), 20),
    Generator("OFD file", data(paragraphs), build("ofd"), 20),
    Generator("check sheet", data(paragraphs), [["check", "a.toml", "--sheet", "s.html"]], 20),
    Generator("two years side by side", two_years, [["compare", "b.toml", "a.toml"]], 20),
    Generator("folder: check", bodies, [["check", "d", "--output-format", "concise"]], 6),
    Generator("folder: build", bodies, [["build", "d", "--format", "html", "--out", "o"]], 6),
    Generator("units: sum", bodies, [["sum", "units.toml", "--out", "x.toml"]], 6, in_gate=True),
    Generator("units: list", deep_list, [["check", "units.toml"]], 250),
    Generator("units: joint documents", joint, [["sum", "units.toml"]], 200),
    Generator("units: names", roll, [["units", "new", "名单.csv", "--year", "2023", "--name", "云岭县人民政府", "-o", "x/units.toml"]], 250),
    Generator("units: stand", deep_list, [["units", "units.toml"]], 1_200),
    Generator("units: send", deep_list, [["units", "send", "units.toml", "--all"]], 40),
    Generator("units: receive", inbox, [["units", "receive", "收件"]], 6),
    Generator("workbook: rows", sheet_rows, [["import-figures", "表.xlsx", "--into", "a.toml"]], 1_000),
    Generator("import: paragraphs", data(html_paragraphs, "a.html"), read("a.html"), 60, ends=(0, 1, 2)),
    Generator("import: rows", data(html_rows, "a.html"), read("a.html"), 100, ends=(0, 1, 2)),
    Generator("import: tables", data(html_tables, "a.html"), read("a.html"), 60, ends=(0, 1, 2)),
    Generator("import: spans", data(html_spans, "a.html"), read("a.html"), 300, ends=(0, 1, 2)),
    Generator("import: lines", data(plain_lines, "a.txt"), read("a.txt"), 60, ends=(0, 1, 2)),
    Generator("import: blank lines", data(blank_lines, "a.txt"), read("a.txt"), 4_000, ends=(0, 1, 2)),
    Generator("import: rich text", data(rich, "a.rtf"), read("a.rtf"), 60, ends=(0, 1, 2)),
    Generator("import: Word paragraphs", word_paragraphs, read("a.docx"), 60, ends=(0, 1, 2)),
    Generator("import: Word rows", word_table, read("a.docx"), 100, ends=(0, 1, 2)),
    Generator("import: PDF", data(paragraphs), made("pdf"), 20),
    Generator("import: OFD", data(paragraphs), made("ofd"), 20),
    Generator("corrections", corrected, [["read-back", "改.docx", "--into", "a.toml", "--accept", "none"]], 30),
    Generator("templates: tags", template, [["build", "a.toml", "--draft", "--format", "html", "--templates", "t", "--out", "o"]], 300),
    Generator("templates: turns", loop, [["build", "a.toml", "--draft", "--format", "html", "--templates", "t", "--out", "o"]], 1_000),
    *(Generator(f"words of the cases of {rule.name[:5]}", data(cases(rule)), CHECK, 30) for rule in RULES),
]


def ran(folder: Path, arguments: list[str], before=()) -> tuple[int, int, str]:
    """The code, the most memory in MB, and the words of a run."""
    names = [str(next(folder.glob(one)).relative_to(folder)) if one.startswith("*.") else one for one in arguments]
    with open(folder.parent / "said", "w+", encoding="utf-8", errors="replace") as said:
        child = subprocess.Popen([*before, str(program), *names], cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return child.returncode, used.ru_maxrss // 1024, said.read()


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measured(generator: Generator, n: int) -> tuple[int, int, float]:
    """The instructions of the last command, and its memory in MB beside the MB that it reads."""
    memory, size, counts = 0, 0.0, None
    for before in ((), ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")):
        with tempfile.TemporaryDirectory(prefix="nianbao-scaling-") as place:
            folder = Path(place) / "work"
            folder.mkdir()
            generator.make(folder, n)
            for command in generator.commands[:-1]:
                ran(folder, command)
            size = bytes_in(folder) / 2**20
            code, most, said = ran(folder, generator.commands[-1], before)
            if code not in generator.ends or "panicked" in said:
                sys.exit(f"{generator.name}, {n}: ends with {code}\n{said[-3000:]}")
            if before:
                counts = re.search(r"I\s+refs:\s+([\d,]+)", said)
            else:
                memory = most
    return int(counts[1].replace(",", "")), memory, size


print(f"{'input':<44}{'n':>6}{'Minstr n':>10}{'4n':>9}{'exponent':>10}{'MB':>6}{'allowed':>9}", flush=True)
failed = []
for generator in GENERATORS:
    if (gate and not generator.in_gate) or (wanted and generator.name not in wanted):
        continue
    least, _, _ = measured(generator, 1)
    small, _, _ = measured(generator, generator.n)
    large, memory, size = measured(generator, generator.n * 4)
    if small - least < LEAST_SHARE * least:
        sys.exit(f"{generator.name}: too small to say anything ({least:,} and {small:,} instructions)")
    exponent = math.log((large - least) / (small - least), 4 * 1.0)
    allowed = MEMORY_MB + MEMORY_MB_FOR_EACH * size
    grows, holds = exponent > MOST_EXPONENT, memory > allowed
    if grows or holds:
        failed.append(generator.name)
    print(
        f"{generator.name:<44}{generator.n:>6}{small / 1e6:>10.0f}{large / 1e6:>9.0f}{exponent:>10.2f}{memory:>6}{allowed:>9.0f}"
        + ("  grows faster than its input" if grows else "") + ("  holds too much" if holds else ""), flush=True,
    )
if failed:
    sys.exit(f"too much: {', '.join(failed)}")
