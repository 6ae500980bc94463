"""Checks what a screen reader is told of a PDF: reads `pdfinfo -struct-text` from standard input.

Usage: pdf-tags.py REPORT.pdf. A heading that runs into its text must be a heading, and the note on sums in the
corner of table 2 must head nothing.
"""

import re
import sys

ELEMENT = re.compile(r"^( *)([A-Z][A-Za-z0-9]*)\b")
TEXT = re.compile(r'^( *)"(.*)"$')
PART = re.compile(r"^（[一二三四五六七八九十]+）[^。；，]{2,40}[。：]")


def main() -> int:
    stack: list[tuple[int, str]] = []
    faults = []
    kinds: dict[str, int] = {}
    for line in sys.stdin.read().splitlines():
        text = TEXT.match(line)
        if text is None:
            element = ELEMENT.match(line)
            if element is not None:
                depth = len(element[1])
                stack = [entry for entry in stack if entry[0] < depth]
                stack.append((depth, element[2]))
                kinds[element[2]] = kinds.get(element[2], 0) + 1
            continue
        within = [kind for depth, kind in stack if depth < len(text[1])]
        if within and within[-1] == "P" and PART.match(text[2]):
            faults.append(f"no heading: {text[2][:40]}")
        if "勾稽关系" in text[2] and "TH" in within:
            faults.append(f"heads cells: {text[2]}")
    if kinds.get("H1", 0) != 1:
        faults.append(f"{kinds.get('H1', 0)} headings of level 1")
    for fault in faults:
        print(f"{sys.argv[1]}: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
