#!/usr/bin/env python3
"""Builds the six font packs of this folder from Debian packages.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install -r requirements.txt
    /tmp/v/bin/python build.py              download, subset, verify, write
    /tmp/v/bin/python build.py --debs DIR   the same with .deb files already in DIR
    python3 build.py --check                only compare the files with SHA256SUMS

A full build needs Debian 12 (apt-get, dpkg-deb) and the pinned fontTools; the
check needs Python alone. The same packages and the same fontTools give the same
bytes: no clock, no file name and no random number reaches the output. When a
change is intended, run with --update-sums and commit the new SHA256SUMS.
"""

import argparse
import hashlib
import pathlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from lighten import lighten_face
from simplify import simplify_face

HERE = pathlib.Path(__file__).resolve().parent
SUMS = HERE / "SHA256SUMS"
TGH_FILE = HERE / "tongyong-guifan-hanzi.txt"
FONTTOOLS = "4.60.1"

# Debian package -> (version, SHA-256 of the .deb)
PACKAGES = {
    "texlive-lang-chinese": (
        "2022.20230122-1",
        "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
    ),
    "fonts-lxgw-wenkai": (
        "1.250+repack-1",
        "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
    ),
    "fonts-noto-cjk": (
        "1:20220127+repack1-1",
        "4a2515eb6db3978b897fef9709ed0d2b1f4c6c4df4d83d6c4ef65f71f1b1f502",
    ),
    "fonts-noto-cjk-extra": (
        "1:20220127+repack1-1",
        "5f6536c99f9b3d77a3c383c3f1544f6d49350e7f20832c4c979af0e33f603cb5",
    ),
}


@dataclass(frozen=True)
class Face:
    output: str
    package: str
    path: str  # inside the package
    index: int = 0  # face of a TTC
    wide: bool = False  # the wide character list, not the common one
    notice: str = ""  # name record 10 gets this note about the change
    rename: tuple = ()  # (family, PostScript name), for a reserved font name
    simplify: bool = False  # draw the outlines with fewer curves (simplify.py)
    lighten: bool = False  # draw the Western characters with thinner strokes (lighten.py)
    beside: bool = False  # only what stands in for 仿宋: Western characters and Han that it lacks


NOTO = "usr/share/fonts/opentype/noto/"
SC = 2  # index of the simplified Chinese face in the Noto CJK collections

FACES = [
    Face(
        "fang.otf",
        "texlive-lang-chinese",
        "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
        wide=True,
        notice="Modified version of 2026-11-28: subset of the characters, no layout tables, "
        "outlines drawn with fewer curves, Western characters with thinner strokes.",
        simplify=True,
        lighten=True,
    ),
    Face(
        "kai.ttf",
        "fonts-lxgw-wenkai",
        "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        wide=True,
        rename=("Nianbao Kai", "NianbaoKai-Regular"),
    ),
    Face("hei.otf", "fonts-noto-cjk-extra", NOTO + "NotoSansCJK-Medium.ttc", SC),
    Face("song.otf", "fonts-noto-cjk", NOTO + "NotoSerifCJK-Regular.ttc", SC),
    Face("title.otf", "fonts-noto-cjk", NOTO + "NotoSerifCJK-Bold.ttc", SC),
    Face(
        "light.otf", "fonts-noto-cjk-extra", NOTO + "NotoSerifCJK-ExtraLight.ttc", SC, beside=True
    ),
]

# A character a role's face lacks is looked up in these, in this order.
FALLBACK = ["kai.ttf", "song.otf"]

# Words that a modified version of LXGW WenKai may not carry in its name.
RESERVED = ("lxgw", "霞鹜")
# Name records that are copyright, trademark, vendor or licence notes: kept as they are.
NOTES = {0, 7, 8, 9, 10, 11, 12, 13, 14}

TABLES_DROPPED = ["BASE", "GDEF", "GPOS", "GSUB", "JSTF", "gasp", "DSIG"]


# ---------------------------------------------------------------- characters


def decodable(codec, rows, cells):
    out = set()
    for row in rows:
        for cell in cells:
            try:
                out.add(bytes((row, cell)).decode(codec))
            except UnicodeDecodeError:
                pass
    return {c for c in out if len(c) == 1}


def is_han(c):
    o = ord(c)
    return 0x3400 <= o <= 0x9FFF or 0xF900 <= o <= 0xFAFF or o >= 0x20000 or o == 0x3007


def ranges(*pairs):
    return {chr(o) for a, b in pairs for o in range(a, b + 1)}


# GB 2312 with its symbol rows. Python maps 0xA1A4 and 0xA1AA to U+30FB and
# U+2015; GBK maps them to U+00B7 and U+2014. Both readings count.
GB2312 = decodable("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)) | {"·", "—"}
GBK = decodable("gbk", range(0x81, 0xFF), range(0x40, 0xFF))
TGH = set(TGH_FILE.read_text(encoding="utf-8").split()[0])

SYMBOLS = {c for c in GB2312 | GBK if not is_han(c)} | {"〇", "€"} | ranges(
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like: ℃ № ℡
    (0x2150, 0x218B),  # number forms: fractions, Roman
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # enclosed: ① ⑴ ⒈ ⓪
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x25FF),  # blocks, geometric shapes: □ ■ ● ▲
    (0x2605, 0x2606),  # stars
    (0x2610, 0x2612),  # ballot boxes
    (0x2713, 0x2718),  # check marks
    (0x2776, 0x277F),  # dingbat circled digits
    (0x2E3A, 0x2E3B),  # dashes of two and three em, drawn without a gap
    (0x3000, 0x303F),  # CJK punctuation
    (0x3041, 0x30FF),  # kana
    (0x3105, 0x312F),  # bopomofo
    (0x3220, 0x3247),  # ㈠ ㈱
    (0x3251, 0x325F),  # ㉑
    (0x3280, 0x32BF),  # ㊀ ㊣
    (0x3380, 0x33DF),  # ㎡ ㎏
    (0xFE10, 0xFE19),  # vertical forms
    (0xFE30, 0xFE4F),  # compatibility forms
    (0xFE50, 0xFE6B),  # small forms
    (0xFF01, 0xFF5E),  # full-width forms
    (0xFFE0, 0xFFE6),
)


def common_list(fandol_han):
    """GB 2312, 通用规范汉字表 and whatever Han FandolFang has."""
    return SYMBOLS | GB2312 | TGH | fandol_han


def wide_list(fandol_han):
    """The common list and all Han of GBK."""
    return common_list(fandol_han) | {c for c in GBK if is_han(c)}


def beside_list(fandol):
    """The Western characters, and the Han of the lists, that FandolFang lacks: set beside it."""
    western = ranges((0x00A1, 0x00FF)) | set("–−‰℃№")
    return (western | {c for c in TGH | GB2312 if is_han(c)}) - fandol


# ------------------------------------------------------------------ packages


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(debs, work):
    """Unpacks every package under `work`; returns package -> root folder."""
    roots = {}
    for name, (version, digest) in PACKAGES.items():
        folder = debs or work
        if not debs:
            fetch_one = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download"]
            subprocess.run([*fetch_one, f"{name}={version}"], cwd=work, check=True)
        # apt writes the colon of an epoch as %3a
        deb = folder / f"{name}_{version.replace(':', '%3a')}_all.deb"
        if sha256(deb) != digest:
            sys.exit(f"{deb.name}: SHA-256 differs from the pinned one")
        roots[name] = work / name
        subprocess.run(["dpkg-deb", "-x", deb, roots[name]], check=True)
    return roots


# --------------------------------------------------------------------- fonts


def open_face(face, roots):
    from fontTools.ttLib import TTFont

    return TTFont(
        roots[face.package] / face.path,
        fontNumber=face.index,
        lazy=True,
        recalcTimestamp=False,  # keep head.modified of the original
        recalcBBoxes=False,
    )


def subset(font, chars):
    from fontTools.subset import Options, Subsetter

    options = Options(
        drop_tables=TABLES_DROPPED,
        layout_features=[],
        hinting=False,
        legacy_kern=False,
        name_IDs=["*"],
        name_languages=["*"],
        name_legacy=True,
        glyph_names=False,
        notdef_glyph=True,
        notdef_outline=True,
        recalc_timestamp=False,
        recalc_bounds=False,
        recalc_average_width=False,
        prune_unicode_ranges=True,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(c) for c in chars} & set(font.getBestCmap()))
    subsetter.subset(font)


def set_names(font, face):
    table = font["name"]
    if face.notice:
        for record in [r for r in table.names if r.nameID == 10]:
            text = f"{record.toUnicode()} {face.notice}"
            table.setName(text, 10, record.platformID, record.platEncID, record.langID)
    if face.rename:
        family, postscript = face.rename
        version = table.getDebugName(5).split(";")[0].removeprefix("Version ")
        new = {1: family, 3: f"{family}:Version {version}", 4: family, 6: postscript, 16: family}
        for record in list(table.names):
            if record.nameID in new:
                table.setName(
                    new[record.nameID],
                    record.nameID,
                    record.platformID,
                    record.platEncID,
                    record.langID,
                )
    if face.index:
        # All faces of a collection share one CFF, named after the Japanese face.
        cff = font["CFF "].cff
        top = cff.topDictIndex[0]
        cff.fontNames[0] = table.getDebugName(6)
        top.FullName = table.getDebugName(4)
        top.FamilyName = table.getDebugName(16) or table.getDebugName(1)


def verify_names(font, face):
    bad = [
        r.toUnicode()
        for r in font["name"].names
        if face.rename
        and r.nameID not in NOTES
        and any(w in r.toUnicode().lower() for w in RESERVED)
    ]
    if bad:
        sys.exit(f"{face.output}: a reserved font name is left: {bad}")
    if "CFF " in font:
        # Without a Notice, FontMatrix follows ROS in programs subset from this
        # face, and PDF/A validators misread that order.
        if not font["CFF "].cff.topDictIndex[0].rawDict.get("Notice"):
            sys.exit(f"{face.output}: no Notice in the CFF Top DICT")
    left = set(TABLES_DROPPED) & set(font.keys())
    if left:
        sys.exit(f"{face.output}: tables left: {sorted(left)}")


def drawn(font):
    """The characters of a face whose glyph has an outline."""
    from fontTools.pens.boundsPen import ControlBoundsPen

    glyphs = font.getGlyphSet()
    out = set()
    for code, name in font.getBestCmap().items():
        pen = ControlBoundsPen(glyphs)
        glyphs[name].draw(pen)
        if pen.bounds:
            out.add(chr(code))
    return out


BLANK = {" ", "\u00a0", "\u3000"}


def verify_coverage(covered):
    ok = True
    lists = [("通用规范汉字表", TGH), ("GB 2312", GB2312), ("GBK Han", {c for c in GBK if is_han(c)})]
    print("coverage (characters with an outline): own face; missing after fallback")
    for face in FACES:
        own = covered[face.output]
        chain = set().union(own, *(covered[f] for f in FALLBACK))
        line = [f"{face.output:10}"]
        for label, need in lists:
            missing = need - chain - BLANK
            line.append(f"{label} {len(need & (own | BLANK))}/{len(need)}; {len(missing)}")
            if missing:
                ok = False
                print(f"{face.output}: no glyph for {''.join(sorted(missing))}", file=sys.stderr)
        print(" | ".join(line))
    if not ok:
        sys.exit(1)


# ---------------------------------------------------------------------- main


def check():
    bad = 0
    for line in SUMS.read_text().splitlines():
        digest, name = line.split()
        good = (HERE / name).is_file() and sha256(HERE / name) == digest
        print(f"{name}: {'OK' if good else 'FAILED'}")
        bad += not good
    sys.exit(bool(bad))


def build(debs, update_sums):
    try:
        import fontTools
        from fontTools.ttLib import TTFont
    except ImportError:
        sys.exit("fontTools is missing: pip install -r requirements.txt")
    if fontTools.version != FONTTOOLS:
        sys.exit(f"fontTools {FONTTOOLS} is needed, found {fontTools.version}")

    with tempfile.TemporaryDirectory() as tmp:
        work = pathlib.Path(tmp)
        roots = fetch(debs, work)
        fandol = open_face(FACES[0], roots)
        fandol_all = {chr(o) for o in fandol.getBestCmap()}
        fandol_han = {c for c in fandol_all if is_han(c)}
        lists = {True: wide_list(fandol_han), False: common_list(fandol_han)}
        print(f"characters: wide list {len(lists[True])}, common list {len(lists[False])}")

        covered = {}
        for face in FACES:
            font = open_face(face, roots)
            modified, fs_type = font["head"].modified, font["OS/2"].fsType
            subset(font, beside_list(fandol_all) if face.beside else lists[face.wide])
            set_names(font, face)
            out = work / face.output
            font.save(out, reorderTables=True)
            if face.lighten:
                print(f"{face.output:10} {lighten_face(out)} characters drawn with thinner strokes")
            if face.simplify:
                before, after = simplify_face(out)
                print(f"{face.output:10} {before} segments drawn with {after}")

            saved = TTFont(out)
            assert saved["head"].modified == modified and saved["OS/2"].fsType == fs_type
            verify_names(saved, face)
            covered[face.output] = drawn(saved) | ({chr(o) for o in saved.getBestCmap()} & BLANK)
            blank = {chr(o) for o in saved.getBestCmap()} - covered[face.output]
            print(
                f"{face.output:10} {out.stat().st_size:>9} bytes, "
                f"{saved['maxp'].numGlyphs} glyphs, {len(saved.getBestCmap())} characters "
                f"({sum(map(is_han, covered[face.output]))} Han), "
                f"{saved['name'].getDebugName(6)}, {saved['head'].unitsPerEm} units per em, "
                f"without outline: {' '.join(f'U+{ord(c):04X}' for c in sorted(blank)) or 'none'}"
            )
        verify_coverage(covered)

        sums = "".join(f"{sha256(work / f.output)}  {f.output}\n" for f in FACES)
        if not update_sums and sums != SUMS.read_text():
            sys.exit(f"the result differs from SHA256SUMS:\n{sums}")
        for face in FACES:
            (HERE / face.output).write_bytes((work / face.output).read_bytes())
        SUMS.write_text(sums)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare with SHA256SUMS")
    parser.add_argument("--debs", type=pathlib.Path, help="folder with the .deb files")
    parser.add_argument("--update-sums", action="store_true", help="accept a new result")
    args = parser.parse_args()
    if args.check:
        check()
    build(args.debs and args.debs.resolve(), args.update_sums)


if __name__ == "__main__":
    main()
