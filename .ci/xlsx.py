"""Reads the workbooks in the working folder with openpyxl, and brings figures back from saved ones."""

import html.parser
import pathlib
import re
import subprocess
import sys

import openpyxl

program = sys.argv[1]
FIRST_ROW = 4


class Tables(html.parser.HTMLParser):
    """The cells of all tables of a page, each a list of rows of (column span, row span, words)."""

    def __init__(self):
        super().__init__()
        self.tables, self.open = [], False

    def handle_starttag(self, tag, attributes):
        spans = dict(attributes)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.open = True
            self.tables[-1][-1].append([int(spans.get("colspan", 1)), int(spans.get("rowspan", 1)), ""])

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.open = False

    def handle_data(self, data):
        if self.open:
            self.tables[-1][-1][-1][2] += data


def placed(table):
    """Each cell of a table with its first row and column, counted as a browser does."""
    taken, cells = set(), []
    for row, line in enumerate(table):
        column = 0
        for width, height, words in line:
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(height) for c in range(width)}
            cells.append((row, column, width, height, "".join(words.split())))
            column += width
    return cells


def run(*arguments):
    """What the program says, and how it ends."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def expect(what, is_so):
    """Ends the run when something is not as it must be."""
    if not is_so:
        sys.exit(what)


n_cells = 0
names = sorted(path.stem for path in pathlib.Path(".").glob("*.xlsx"))
expect("no workbooks", len(names) >= 5)
for name in names:
    (page,) = pathlib.Path(name).glob("*.html") if name != "starter" else [None]
    book = openpyxl.load_workbook(f"{name}.xlsx")
    values = openpyxl.load_workbook(f"{name}.xlsx", data_only=True)
    expect(f"{name}: {book.sheetnames}", book.sheetnames == ["表一", "表二", "表三"])
    tables = Tables()
    if page:
        tables.feed(page.read_text("utf-8"))
    for number, table in enumerate(tables.tables):
        sheet, shown = book.worksheets[number], values.worksheets[number]
        merged = {str(r) for r in sheet.merged_cells.ranges if r.min_row >= FIRST_ROW}
        for row, column, width, height, words in placed(table):
            cell = sheet.cell(row + FIRST_ROW, column + 1)
            if (width, height) != (1, 1):
                end = sheet.cell(row + FIRST_ROW + height - 1, column + width)
                span = f"{cell.coordinate}:{end.coordinate}"
                expect(f"{name} {sheet.title}: {span} is not merged", span in merged)
                merged.remove(span)
            value = shown[cell.coordinate].value
            typed = "".join(str(value).split()) if value is not None else ""
            # A remark in a cell of the page is no part of its figure, nor is the mark of a note; signs are how it is shown.
            words = re.sub("注[①-⑳]$", "", words.removeprefix("+").replace("−", "-"))
            is_same = typed == words or (isinstance(value, (int, float)) and words.startswith(typed + "（"))
            expect(f"{name} {sheet.title}!{cell.coordinate}: {typed!r}, not {words!r}", is_same)
            is_figure = isinstance(value, (int, float))
            is_added = isinstance(cell.value, str) and cell.value.startswith("=")
            expect(f"{name} {cell.coordinate}: lock", cell.protection.locked == (is_added or not is_figure))
            n_cells += 1
        expect(f"{name} {sheet.title}: also merged: {merged}", not merged)
        expect(f"{name} {sheet.title}: not protected", sheet.protection.sheet)
    expect("creation time", book.properties.created.year == 2000)

    before = pathlib.Path(f"{name}.toml").read_bytes()
    code, said = run("import-figures", f"saved/{name}.xlsx", "--into", f"{name}.toml")
    expect(f"{name} saved by LibreOffice: {said}", code == 0 and "没有改动" in said)
    expect(f"{name}.toml was touched", pathlib.Path(f"{name}.toml").read_bytes() == before)

# openpyxl keeps formulas and drops their results, as programs do that compute nothing.
book = openpyxl.load_workbook("haidong-2023.xlsx")
book["表二"]["D7"] = 108
book["表一"]["B17"] = 3297.1234
book.save("filled.xlsx")
code, said = run("import-figures", "filled.xlsx", "--into", "haidong-2023.toml")
expect(said, code == 0 and "107 → 108" in said and "128 → 129" in said and "3297 → 3297.1234" in said)
text = pathlib.Path("haidong-2023.toml").read_text("utf-8")
expect("haidong-2023.toml", "[ 108,   0," in text and "= 3297.1234 " in text)
print(f"xlsx: {len(names)} workbooks, {n_cells} cells as on the page, figures back from LibreOffice and openpyxl")
