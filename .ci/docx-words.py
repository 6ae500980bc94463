"""Reads Word files with python-docx and their PDFs by LibreOffice, and compares them.

A file whose name ends in "sheet" has tables of its own: a check sheet or two years side by side. Every other one is a report.

Arguments are NAME=PAGES; NAME.docx and NAME.pdf lie in the working directory, PAGES may be empty.
"""

import re
import subprocess
import sys
import unicodedata
from collections import Counter

import docx
from lxml import etree

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# Rows and columns of the three tables, in the form of 2021 and in that of 2019.
SIZES = [[(14, 4), (28, 10), (4, 15)], [(18, 4), (26, 10), (4, 15)]]


def main():
    problems = []
    for argument in sys.argv[1:]:
        name, _, pages = argument.partition("=")
        found = list(check(name, pages))
        problems += [f"{name}: {problem}" for problem in found]
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


def check(name, expected_pages):
    document = docx.Document(f"{name}.docx")
    pages = pdf_pages(f"{name}.pdf", margin_lines(document))
    print(f"{name}: {len(pages)} pages")
    if expected_pages and len(pages) != int(expected_pages):
        yield f"{len(pages)} pages instead of {expected_pages}"

    if name.endswith("-sheet"):
        # Whatever its tables, its words must be on its pages all the same.
        yield from compare_words(document, pages)
        return
    sizes = [(len(table.rows), len(table.columns)) for table in document.tables]
    if sizes not in SIZES:
        yield f"tables of {sizes}"
        return
    for table in document.tables:
        if any(len(row.cells) != len(table.columns) for row in table.rows):
            yield "a row that does not fill its table"
        if any(not cell.text.strip() for row in table.rows for cell in row.cells):
            yield "an empty cell"
    outline = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    if len(outline) != 6:
        yield f"{len(outline)} sections: {outline}"

    yield from compare_words(document, pages)
    # The requests table stands whole on one page unless the notes in it make that impossible.
    if len(words(table_text(document.tables[1]))) < 1200:
        first, last = (document.tables[1].cell(row, 0).text for row in (3, sizes[1][0] - 1))
        if not any(words(first) in words(page) and words(last) in words(page) for page in pages):
            yield "the requests table is torn"


def compare_words(document, pages):
    """The pages carry the words of the body: paragraphs in order, and every character of the tables."""
    text = "".join(words(page) for page in pages)
    in_order = "".join(common(page) for page in pages)
    at = 0
    for paragraph in document.paragraphs:
        expected = common(paragraph.text)
        found = in_order.find(expected, at)
        if found < 0:
            yield f"not on the pages, or not in order: {paragraph.text[:40]}"
            return
        at = found + len(expected)
    body = "".join(paragraph.text for paragraph in document.paragraphs)
    body += "".join(table_text(table) for table in document.tables)
    body += "".join(chart_text(chart) for chart in charts(document))
    missing = Counter(words(body)) - Counter(text)
    if missing:
        yield f"characters missing on the pages: {dict(missing)}"
    # Heads repeated on the next page may come on top.
    allowed = set(words("".join(head_text(table) for table in document.tables)))
    added = set(Counter(text) - Counter(words(body))) - allowed
    if added:
        yield f"characters only on the pages: {added}"


def table_text(table):
    """The text of a table, each merged cell once."""
    seen = []
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.append(cell._tc)
    return "".join(docx.table._Cell(tc, table).text for tc in seen)


def charts(document):
    """The charts of the body, each as the root of its part."""
    parts = (relation.target_part for relation in document.part.rels.values() if not relation.is_external)
    return [etree.fromstring(part.blob) for part in parts if part.content_type.endswith("drawingml.chart+xml")]


def chart_text(chart):
    """What a chart shows: the names of its series if it has a legend, the labels once, and all figures."""
    series = list(chart.iter(CHART + "ser"))
    shown = [one.find(CHART + "tx") for one in series] if chart.find(f".//{CHART}legend") is not None else []
    shown += [series[0].find(CHART + "cat")] + [one.find(CHART + "val") for one in series]
    return "".join(value.text for part in shown for value in part.iter(CHART + "v"))


def head_text(table):
    return "".join(cell.text for row in table.rows[:3] for cell in row.cells)


def margin_lines(document):
    """The lines of page heads and feet, but for page numbers: a figure of a chart may stand alone, too."""
    section = document.sections[0]
    parts = [
        section.header,
        section.even_page_header,
        section.first_page_header,
        section.footer,
        section.even_page_footer,
        section.first_page_footer,
    ]
    lines = {words(paragraph.text) for part in parts for paragraph in part.paragraphs}
    return {line for line in lines if not line.isdigit()} - {""}


def pdf_pages(path, margins):
    """The lines of each page, without page number, head and foot."""
    text = subprocess.run(
        ["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.removesuffix("\f").split("\f")
    is_number = re.compile(r"\s*—\s*\d+\s*—\s*")
    return [
        "\n".join(
            line
            for line in page.split("\n")
            if not is_number.fullmatch(line) and words(line) not in margins
        )
        for page in pages
    ]


def common(text):
    """Letters, digits and common Chinese characters, whose order in a PDF is the order of reading;
    a character that only another face has is read back out of its place."""
    normal = (unicodedata.normalize("NFKC", c) if "\u2e80" <= c else c for c in text)
    return "".join(c for c in normal if c.isalnum() and (c.isascii() or is_common(c)))


def is_common(c):
    try:
        return "\u4e00" <= c <= "\u9fff" and bool(c.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def words(text):
    """Letters, digits and Chinese characters: what is typed besides them may hang or be squeezed."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


main()
