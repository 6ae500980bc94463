"""Holds what a reader of OFD written by others finds against the words of the PDF of the same document.

    ofd-readers.py ofdkit|mineru FILE.ofd FILE.pdf

Each character that it finds must stand where pdftotext finds a word with that character.
"""

import html
import importlib.util
import pathlib
import re
import subprocess
import sys

MM = 25.4 / 72
# What pdftotext and a reader may differ by, in millimetres: the boxes of words are those of their faces.
SLACK = 0.8


def of_ofdkit(path):
    import ofdkit

    with ofdkit.open(path) as document:
        for page in document.pages:
            yield [(run.text[0], run.x, run.y) for run in page.runs]


def of_mineru(path):
    # The package as a whole needs a good deal more than its reader does.
    package = importlib.util.find_spec("mineru").submodule_search_locations[0]
    sys.path.insert(0, str(pathlib.Path(package) / "kit/gradio/_vendor"))
    from ofd2html import ofd_to_html

    page = ofd_to_html(pathlib.Path(path).read_bytes())
    for svg in re.findall(r"<svg.*?</svg>", page, re.S):
        found = []
        for attributes, words in re.findall(r"<text (.*?)>(.*?)</text>", svg, re.S):
            left, top = map(float, re.search(r"translate\(([\d.]+) ([\d.]+)\)", attributes).groups())
            xs, ys = (
                [float(n) for n in re.search(rf'(?:^| ){axis}="(.*?)"', attributes).group(1).split()] for axis in "xy"
            )
            words = html.unescape(words)
            if len(xs) != len(words):
                sys.exit(f"{path}: “{words}” has {len(xs)} places")
            found.extend((c, left + x, top + y) for c, x, y in zip(words, xs, ys))
        yield found


def of_pdf(path):
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True).stdout.decode()
    word = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    for page in text.split("<page ")[1:]:
        yield [([float(n) * MM for n in match[:4]], html.unescape(match[4])) for match in word.findall(page)]


def main():
    reader, ofd, pdf = sys.argv[1:4]
    pages = list({"ofdkit": of_ofdkit, "mineru": of_mineru}[reader](ofd))
    others = list(of_pdf(pdf))
    if len(pages) != len(others):
        sys.exit(f"{ofd}: {reader} finds {len(pages)} pages, the PDF has {len(others)}")
    count = 0
    for number, (found, words) in enumerate(zip(pages, others), 1):
        for character, x, y in found:
            if not character.strip():
                continue
            is_there = any(
                character in word
                and left - SLACK <= x <= right + SLACK
                and top - SLACK <= y <= bottom + SLACK
                for (left, top, right, bottom), word in words
            )
            if not is_there:
                sys.exit(f"{ofd}, page {number}: {reader} finds “{character}” at {x:.2f} {y:.2f}, the PDF does not")
            count += 1
    print(f"  {reader}: {count} characters where the PDF has them")


if __name__ == "__main__":
    main()
