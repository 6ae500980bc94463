"""Draws the Western characters of a CFF face with thinner strokes.

FandolFang took its Western letters and figures from another design, whose strokes are nearly twice as thick
as those of its Chinese characters: every figure in a line looks bold. Each point of an outline moves INSET
into the ink, along the line that halves the angle there; the character is then stretched to the height and
width that it had. Advances stay.
"""

import math

INSET = 10  # thousandths of an em: strokes of 70 and 59 become as thick as the 50 and 40 of Chinese ones
MITRE = 2.0  # a sharp corner moves no further than this many insets
SMALL = 200  # what is not as large as this, a dot or the height of a hyphen, is the stroke itself: not stretched


THIN = "^_`|~¬¯°×÷"  # drawn with thin strokes already


def is_western(character):
    western = "\u0021" <= character <= "\u024f" or character in "–−‰℃№"
    return western and character not in THIN


def lighten_face(path):
    """Rewrites the Western outlines of a CFF face in place; gives back how many."""
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.ttLib import TTFont

    font = TTFont(path, recalcTimestamp=False, recalcBBoxes=False)
    glyphs = font.getGlyphSet()
    top = font["CFF "].cff.topDictIndex[0]
    names = sorted({name for code, name in font.getBestCmap().items() if is_western(chr(code))})
    drawn = {}
    for name in names:
        old = top.CharStrings[name]
        recording = RecordingPen()
        glyphs[name].draw(recording)
        width = None if old.width == old.private.defaultWidthX else old.width - old.private.nominalWidthX
        pen = T2CharStringPen(width, glyphs)
        for operation, points in lightened(recording.value):
            getattr(pen, operation)(*points)
        drawn[name] = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)
    for name, charstring in drawn.items():
        charstring.fdSelectIndex = getattr(top.CharStrings[name], "fdSelectIndex", None)
        top.CharStrings[name] = charstring
    font.save(path, reorderTables=True)
    return len(names)


def lightened(operations):
    """The operations of a pen, with the ink drawn thinner and stretched to its old extent."""
    thin = []
    for contour in contours(operations):
        moved = iter(inset([point for _, points in contour for point in points]))
        thin += [(operation, [next(moved) for _ in points]) for operation, points in contour]
    old = [point for _, points in operations for point in points]
    new = [point for _, points in thin for point in points]
    if not new:
        return operations
    stretch = [stretched([p[axis] for p in old], [p[axis] for p in new]) for axis in (0, 1)]
    return [
        (operation, [tuple(round(stretch[axis](point[axis])) for axis in (0, 1)) for point in points])
        for operation, points in thin
    ]


def contours(operations):
    """The operations of each outline; a last line that returns to the start is left to the closing."""
    out = []
    for operation, points in operations:
        if operation == "moveTo":
            out.append([])
        out[-1].append((operation, points))
    for contour in out:
        start = contour[0][1][0]
        last = len(contour) - 2
        if contour[last] == ("lineTo", (start,)):
            del contour[last]
    return out


def stretched(old, new):
    """The map that gives the new extent along an axis the old one; one that keeps it centred where it is small."""
    low, high = min(new), max(new)
    if max(old) - min(old) < SMALL or high <= low:
        shift = (max(old) + min(old) - high - low) / 2
        return lambda x: x + shift
    scale = (max(old) - min(old)) / (high - low)
    return lambda x: min(old) + (x - low) * scale


def inset(points):
    """The points of a closed outline, each moved to the left of its direction, where the ink is."""
    n = len(points)
    out = []
    for i, point in enumerate(points):
        before = next((points[i - k] for k in range(1, n) if points[i - k] != point), None)
        after = next((points[(i + k) % n] for k in range(1, n) if points[(i + k) % n] != point), None)
        if before is None or after is None:
            out.append(point)
            continue
        a, b = direction(before, point), direction(point, after)
        x, y = -a[1] - b[1], a[0] + b[0]
        length = math.hypot(x, y)
        # Half of the sum of two directions is the cosine of half the angle between them.
        far = min(INSET / (length / 2), MITRE * INSET) if length > 1e-6 else 0.0
        out.append((point[0] + x / length * far, point[1] + y / length * far) if far else point)
    return out


def direction(a, b):
    x, y = b[0] - a[0], b[1] - a[1]
    length = math.hypot(x, y)
    return x / length, y / length
