"""Compares what pdftotext reads in a PDF with the words the report must have.

Usage: pdf.py REPORT.pdf TEXT EXPECTED_FOLDER. A report whose title is not among the expected ones passes.
"""

import pathlib
import re
import sys


def without_blanks(text: str) -> str:
    return "".join(text.split())


def main() -> int:
    report, text, expected = map(pathlib.Path, sys.argv[1:])
    copied = text.read_text(encoding="utf-8")
    torn = torn_lines(copied)
    for line in torn:
        print(f"{report.name}: copied as {line!r}", file=sys.stderr)
    if torn:
        return 1
    found = without_blanks(copied)
    for words in expected.glob("*/words.txt"):
        lines = words.read_text(encoding="utf-8").splitlines()
        if lines[0] != without_blanks(report.stem):
            continue
        # A page number may stand in the middle of a paragraph; table cells come in the reader's own order.
        missing = [line for line in lines if len(line) > 40 and not stands_in(line, found)]
        for line in missing:
            print(f"{report.name}: not read back: {line}", file=sys.stderr)
        return 1 if missing else 0
    return 0


# A stop on a line of its own; a blank beside a Chinese mark, or between Chinese and Western in prose.
STOP = re.compile(r"[，。、；：！？）》”〕]+")
BLANK = re.compile(r" [，。、；：！？）》”〕]|[一-龥] [0-9A-Za-z]|[0-9A-Za-z%] [一-龥]")


def torn_lines(text: str) -> list[str]:
    """The lines in which copied text is not as it is printed; rows of tables have blanks of their own."""
    lines = [line.strip() for line in text.splitlines()]
    prose = [line for line in lines if len(line) > 20 and "，" in line and not line.startswith("（")]
    return [line for line in lines if STOP.fullmatch(line)] + [line for line in prose if BLANK.search(line)]


def stands_in(line: str, text: str) -> bool:
    """Whether the line stands in the text, possibly with page numbers between."""
    at = text.find(line[:20])
    while at >= 0:
        if matches(line, text[at:]):
            return True
        at = text.find(line[:20], at + 1)
    return False


def matches(line: str, text: str) -> bool:
    i = 0
    for c in line:
        while i < len(text) and text[i] != c:
            # Only a page number, `—1—`, may be passed over.
            if text[i] not in "—0123456789":
                return False
            i += 1
        if i == len(text):
            return False
        i += 1
    return True


if __name__ == "__main__":
    sys.exit(main())
