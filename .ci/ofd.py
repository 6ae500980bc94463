"""Checks OFD files against GB/T 33190-2016 as far as this program uses it, and draws them.

    ofd.py FILE.ofd [FILE.pdf] [PICTURES]

Every place and number must resolve, children stand in the order of the schema, each character have its glyph and
each glyph lie inside the box of its text. With a PDF of the same document, every page is drawn from the embedded
faces (FreeType reads them, nothing of this program) and must look like the page of the PDF; PICTURES is a folder in
which the pictures are kept.
"""

import io
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as ElementTree

import freetype
import numpy
from PIL import Image

SPACE = "{http://www.ofdspec.org/2016}"
ACTIONS = ["Actions", "Clips"]
# Children in their order; those with * may be repeated.
CHILDREN = {
    "OFD": ["DocBody*"],
    "DocBody": ["DocInfo", "DocRoot"],
    "DocInfo": "DocID Title Author Subject Abstract CreationDate ModDate DocUsage Cover Keywords Creator "
    "CreatorVersion CustomDatas".split(),
    "Keywords": ["Keyword*"],
    "CustomDatas": ["CustomData*"],
    "Document": "CommonData Pages Outlines Permissions Actions VPreferences Bookmarks Annotations CustomTags Attachments "
    "Extensions".split(),
    "CommonData": ["MaxUnitID", "PageArea", "PublicRes*", "DocumentRes*", "TemplatePage*", "DefaultCS"],
    "PageArea": ["PhysicalBox"],
    "Area": ["PhysicalBox"],
    "Pages": ["Page*"],
    "Outlines": ["OutlineElem*"],
    "OutlineElem": ["Actions", "OutlineElem*"],
    "Actions": ["Action*"],
    "Goto": ["Dest"],
    "VPreferences": ["PageMode", "PageLayout", "TabDisplay"],
    "Page": ["Area", "Content"],
    "Content": ["Layer*"],
    "TextObject": [*ACTIONS, "FillColor", "StrokeColor", "CGTransform*", "TextCode"],
    "PathObject": [*ACTIONS, "StrokeColor", "FillColor", "AbbreviatedData"],
    "CGTransform": ["Glyphs"],
    "Res": ["Fonts"],
    "Fonts": ["Font*"],
    "Font": ["FontFile"],
    "CustomTags": ["CustomTag*"],
    "CustomTag": ["FileLoc"],
    "Attachments": ["Attachment*"],
    "Attachment": ["FileLoc"],
}
ANY_ORDER = {"Layer": {"TextObject", "PathObject"}, "Action": {"Goto", "URI"}}
REQUIRED = {
    "TextObject": ["ID", "Boundary", "Font", "Size"],
    "PathObject": ["ID", "Boundary"],
    "Page": [],
    "Layer": ["ID", "Type"],
    "Font": ["ID", "FontName"],
    "Dest": ["Type", "PageID"],
    "CGTransform": ["CodePosition"],
    "OutlineElem": ["Title"],
    "Attachment": ["ID", "Name"],
    "CustomTag": ["NameSpace"],
}
TABLES = {"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"}
# Four dots to a millimetre, so that a sheet has a whole number of them.
DPI = 101.6
FINER = 4
# The mean difference of a page, and the greatest of a square of twelve dots, in greys of 255: lines may be put on the
# next dot, glyphs may not be missing.
MEAN, SQUARE = 4.0, 30


class Wrong(Exception):
    pass


def must(holds, what):
    if not holds:
        raise Wrong(what)


def name(element):
    must(element.tag.startswith(SPACE), f"{element.tag} is not of the name space")
    return element.tag[len(SPACE) :]


def numbers(text):
    return [float(number) for number in text.split()]


class File:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.ids = set()
        self.fonts = {}
        self.pages = []
        self.seen = set()
        infos = self.zip.infolist()
        must(infos[0].filename == "OFD.xml", "OFD.xml is not the first file")
        names = [info.filename for info in infos]
        must(len(set(names)) == len(names), "a file is there twice")
        for info in infos:
            must(not info.is_dir() and not info.extra, f"{info.filename}: a folder, or an extra field")
            must(info.flag_bits & 0x0008 == 0, f"{info.filename}: its sizes stand behind it")
            must(info.date_time == (1980, 1, 1, 0, 0, 0), f"{info.filename} has a time")
        self.names = set(names)

    def at(self, base, loc):
        """The complete path of a place named by a file."""
        must(loc and not loc.startswith("/"), f"{loc} is not relative")
        path = str(pathlib.PurePosixPath(base).parent / loc)
        must(path in self.names, f"{path}, named by {base}, is not there")
        self.seen.add(path)
        return path

    def xml(self, path):
        text = self.zip.read(path).decode("utf-8")
        must("<ofd:" in text and " xmlns=" not in text, f"{path} does not write the prefix ofd")
        return ElementTree.fromstring(text)

    def checked(self, path):
        root = self.xml(path)
        self.in_order(root, path)
        return root

    def in_order(self, element, path):
        of = name(element)
        children = [name(child) for child in element]
        if of in ANY_ORDER:
            must(set(children) <= ANY_ORDER[of], f"{path}: {children} in {of}")
        elif of != "Page" or children:
            order = CHILDREN.get(of, [])
            at = 0
            for child in children:
                while at < len(order) and order[at].rstrip("*") != child:
                    at += 1
                must(at < len(order), f"{path}: {child} in {of} is out of order")
                at += 0 if order[at].endswith("*") else 1
        for attribute in REQUIRED.get(of, []):
            must(element.get(attribute) is not None, f"{path}: {of} without {attribute}")
        if "ID" in element.attrib and of != "Attachment":
            number = int(element.get("ID"))
            must(number not in self.ids, f"{path}: {number} is given twice")
            self.ids.add(number)
        for child in element:
            self.in_order(child, path)

    def read(self):
        entry = self.checked("OFD.xml")
        self.seen.add("OFD.xml")
        must((entry.get("Version"), entry.get("DocType")) == ("1.0", "OFD"), "the version")
        ident = entry.findtext(f".//{SPACE}DocID")
        must(len(ident) == 32 and int(ident, 16) >= 0, "DocID")
        root = self.at("OFD.xml", entry.findtext(f".//{SPACE}DocRoot"))
        document = self.checked(root)
        self.sheet = numbers(document.findtext(f".//{SPACE}PhysicalBox"))
        for loc in document.iter(f"{SPACE}PublicRes"):
            self.resources(self.at(root, loc.text))
        for page in document.iter(f"{SPACE}Page"):
            path = self.at(root, page.get("BaseLoc"))
            self.pages.append((int(page.get("ID")), self.checked(path), path))
        most = int(document.findtext(f".//{SPACE}MaxUnitID"))
        must(max(self.ids) == most, f"the greatest number is {max(self.ids)}, and not {most}")
        pages = {number for number, _, _ in self.pages}
        for place in [*document.iter(f"{SPACE}Dest"), *(d for _, p, _ in self.pages for d in p.iter(f"{SPACE}Dest"))]:
            must(int(place.get("PageID")) in pages, "a place on a page that is not there")
            must(0 <= float(place.get("Top")) <= self.sheet[3], "a place outside its page")
        tags = self.at(root, document.findtext(f"{SPACE}CustomTags"))
        for loc in self.checked(tags).iter(f"{SPACE}FileLoc"):
            self.tags(self.at(tags, loc.text))
        attached = document.findtext(f"{SPACE}Attachments")
        if attached:
            attached = self.at(root, attached)
            for loc in self.checked(attached).iter(f"{SPACE}FileLoc"):
                must(self.zip.read(self.at(attached, loc.text)), "nothing is attached")
        must(self.seen == self.names, f"nothing names {sorted(self.names - self.seen)}")

    def resources(self, path):
        root = self.checked(path)
        base = str(pathlib.PurePosixPath(path).parent / root.get("BaseLoc") / "x")
        for font in root.iter(f"{SPACE}Font"):
            must(" " not in font.get("FontName"), "a blank in the name of a face")
            loc = self.at(base, font.findtext(f"{SPACE}FontFile"))
            self.fonts[int(font.get("ID"))] = face(self.zip.read(loc), loc, font.get("FontName"))

    def tags(self, path):
        objects = {}
        for number, page, _ in self.pages:
            ids = {int(e.get("ID")) for e in page.iter() if e.tag.endswith("Object")}
            objects[number] = ids
        body = {
            int(text.get("ID"))
            for _, page, _ in self.pages
            for layer in page.iter(f"{SPACE}Layer")
            if layer.get("Type") == "Body"
            for text in layer.iter(f"{SPACE}TextObject")
        }
        root = self.xml(path)
        tagged = set()
        for ref in root.iter(f"{SPACE}ObjectRef"):
            number = int(ref.text)
            must(number in objects[int(ref.get("PageRef"))], f"{number} is no object of its page")
            must(number not in tagged, f"{number} belongs to two")
            tagged.add(number)
        must(body <= tagged, f"texts without a meaning: {sorted(body - tagged)[:9]}")


def face(data, path, called):
    count = struct.unpack(">H", data[4:6])[0]
    records = [struct.unpack(">4sLLL", data[12 + 16 * i : 28 + 16 * i]) for i in range(count)]
    tables = {tag.decode(): (at, length) for tag, _, at, length in records}
    must(TABLES <= set(tables), f"{path} has no {TABLES - set(tables)}")
    must([r[0] for r in records] == sorted(r[0] for r in records), f"{path}: tables out of order")
    whole = sum(struct.unpack(f">{len(data) // 4}L", data[: len(data) // 4 * 4])) & 0xFFFFFFFF
    must(len(data) % 4 == 0 and whole == 0xB1B0AFBA, f"{path}: the checksum")
    opened = freetype.Face(io.BytesIO(data))
    must(opened.postscript_name.decode() == called, f"{path} is called {opened.postscript_name}")
    must(opened.charmap.encoding_name == "FT_ENCODING_UNICODE", f"{path}: no map of Unicode")
    opened.kept = data
    return opened


def coarser(dots, n):
    """A picture whose dots are the means of squares of n by n dots."""
    height, width = (length // n for length in dots.shape)
    return dots[: height * n, : width * n].reshape(height, n, width, n).mean(axis=(1, 3))


class Drawing:
    """A page, drawn finer than it is shown."""

    def __init__(self, sheet):
        self.scale = DPI * FINER / 25.4
        size = [round(length / 25.4 * DPI) * FINER for length in sheet[2:]]
        self.dots = numpy.zeros((size[1], size[0]), dtype=numpy.uint8)

    def dot(self, length):
        return round(length * self.scale)

    def fill(self, x, y, width, height, grey):
        left, top = self.dot(x), self.dot(y)
        right, bottom = max(self.dot(x + width), left + 1), max(self.dot(y + height), top + 1)
        self.dots[top:bottom, left:right] = 255 - grey

    def glyph(self, face, x, y):
        bitmap = face.glyph.bitmap
        if not bitmap.width:
            return
        ink = numpy.array(bitmap.buffer, dtype=numpy.uint8).reshape(bitmap.rows, bitmap.pitch)[:, : bitmap.width]
        left, top = self.dot(x) + face.glyph.bitmap_left, self.dot(y) - face.glyph.bitmap_top
        part = self.dots[top : top + bitmap.rows, left : left + bitmap.width]
        must(part.shape == ink.shape, "a glyph reaches over the edge of the page")
        numpy.maximum(part, ink, out=part)

    def picture(self):
        return coarser(255 - self.dots, FINER)


def within(box, sheet):
    x, y, width, height = box
    return x >= 0 and y >= 0 and width > 0 and height > 0 and x + width <= sheet[2] and y + height <= sheet[3]


def text(file, element, drawing):
    code = element.find(f"{SPACE}TextCode")
    words = code.text or ""
    must(words and words == words.strip(), f"blanks at an end of “{words}”")
    transform = element.find(f"{SPACE}CGTransform")
    glyphs = [int(number) for number in transform.findtext(f"{SPACE}Glyphs").split()]
    counts = {len(words), len(glyphs), int(transform.get("CodeCount")), int(transform.get("GlyphCount"))}
    must(len(counts) == 1 and transform.get("CodePosition") == "0", f"counts of “{words}”: {counts}")
    must(len(words) == 1 or all(ord(c) < 0x10000 for c in words), f"a rare character in a longer text: {words}")
    deltas = numbers(code.get("DeltaX", ""))
    must(len(deltas) == len(words) - 1, f"“{words}” has {len(deltas)} distances")
    box, size = numbers(element.get("Boundary")), float(element.get("Size"))
    must(within(box, file.sheet), f"“{words}” reaches over the edge of the page")
    face = file.fonts[int(element.get("Font"))]
    stretch = float(element.get("HScale", "1"))
    face.set_char_size(round(size * drawing.scale * 64), 0, 72, 72)
    face.set_transform(freetype.Matrix(round(stretch * 0x10000), 0, 0, 0x10000), freetype.Vector(0, 0))
    x, y = box[0] + float(code.get("X")), box[1] + float(code.get("Y"))
    for i, (character, glyph) in enumerate(zip(words, glyphs)):
        must(glyph == face.get_char_index(character) and glyph > 0, f"“{character}” is not glyph {glyph}")
        x += deltas[i - 1] if i else 0
        face.load_glyph(glyph, freetype.FT_LOAD_NO_HINTING)
        ink = face.glyph.outline.get_bbox()
        edges = [edge / 64 / drawing.scale for edge in (ink.xMin, -ink.yMax, ink.xMax, -ink.yMin)]
        if ink.xMax > ink.xMin:
            inside = (
                x + edges[0] >= box[0]
                and y + edges[1] >= box[1]
                and x + edges[2] <= box[0] + box[2]
                and y + edges[3] <= box[1] + box[3]
            )
            must(inside, f"“{character}” of “{words}” sticks out of its box")
        face.load_glyph(glyph, freetype.FT_LOAD_RENDER | freetype.FT_LOAD_NO_HINTING)
        drawing.glyph(face, x, y)


def drawn(file, page):
    drawing = Drawing(file.sheet)
    for element in page.iter():
        if element.tag == f"{SPACE}TextObject":
            text(file, element, drawing)
        elif element.tag == f"{SPACE}PathObject":
            box = numbers(element.get("Boundary"))
            must(within(box, file.sheet), "a bar reaches over the edge of the page")
            grey = numbers(element.find(f"{SPACE}FillColor").get("Value"))
            must(len(set(grey)) == 1 and 0 <= grey[0] <= 255, "a bar is coloured")
            data = element.findtext(f"{SPACE}AbbreviatedData").split()
            w, h = f"{box[2]:g}", f"{box[3]:g}"
            must(data == f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C".split(), f"the path {data}")
            drawing.fill(*box, int(grey[0]))
    return drawing.picture()


def compare(pictures, pdf, keep):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        # As fine as the drawing: poppler puts glyphs on whole dots.
        subprocess.run(["pdftoppm", "-r", str(DPI * FINER), "-gray", pdf, folder / "p"], check=True)
        others = sorted(folder.iterdir())
        must(len(others) == len(pictures), f"the PDF has {len(others)} pages")
        for i, (picture, other) in enumerate(zip(pictures, others)):
            other = coarser(numpy.asarray(Image.open(other)), FINER)
            must(picture.shape == other.shape, f"{picture.shape} dots, and not {other.shape}")
            mean = abs(picture - other).mean()
            square = abs(coarser(picture, 12) - coarser(other, 12)).max()
            print(f"  page {i + 1}: mean {mean:.2f}, square {square:.0f}")
            if keep:
                Image.fromarray(picture.astype(numpy.uint8)).save(pathlib.Path(keep) / f"{i + 1}-ofd.png")
                Image.fromarray(other.astype(numpy.uint8)).save(pathlib.Path(keep) / f"{i + 1}-pdf.png")
            must(mean < MEAN and square < SQUARE, f"page {i + 1} does not look like that of the PDF")


def main():
    path = sys.argv[1]
    file = File(path)
    file.read()
    pictures = [drawn(file, page) for _, page, _ in file.pages]
    if len(sys.argv) > 2:
        compare(pictures, sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"{sys.argv[1]}: {wrong}")
