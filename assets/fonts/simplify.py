"""Draws the outlines of a CFF face with fewer curves, none of them visibly elsewhere.

The outlines of FandolFang were made of quadratic splines: each of their arcs became a cubic curve of
its own, where one cubic often follows two or three of them within a rounding error. Fewer curves make
smaller and faster PDFs.

A run of arcs is replaced by one cubic curve with the same ends and the same directions at its ends when
no point lies further than TOLERANCE (in units of 1000 to the em) from the outline it replaces.
"""

import math

TOLERANCE = 1.5  # at 16 pt less than a hundredth of a millimetre
LONGEST_RUN = 6  # arcs that one curve may replace
SMOOTH = math.cos(math.radians(15))  # arcs that meet at a sharper angle stay apart
SAMPLES = 6  # points compared on each arc


def simplify_face(path):
    """Rewrites the outlines of a CFF face in place; gives back how many segments were and are there."""
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.ttLib import TTFont

    font = TTFont(path, recalcTimestamp=False, recalcBBoxes=False)
    glyphs = font.getGlyphSet()
    top = font["CFF "].cff.topDictIndex[0]
    before = after = 0
    drawn = {}
    for name in font.getGlyphOrder():
        old = top.CharStrings[name]
        recording = RecordingPen()
        glyphs[name].draw(recording)
        contours = contours_of(recording.value)
        simple = [simplify(contour) for contour in contours]
        before += sum(len(segments) for _, segments in contours)
        after += sum(len(segments) for _, segments in simple)
        width = None if old.width == old.private.defaultWidthX else old.width - old.private.nominalWidthX
        pen = T2CharStringPen(width, glyphs)
        for start, segments in simple:
            pen.moveTo(start)
            for segment in segments:
                pen.lineTo(*segment) if len(segment) == 1 else pen.curveTo(*segment)
            pen.closePath()
        drawn[name] = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)
    for name, charstring in drawn.items():
        charstring.fdSelectIndex = getattr(top.CharStrings[name], "fdSelectIndex", None)
        top.CharStrings[name] = charstring
    font.save(path, reorderTables=True)
    return before, after


def contours_of(operations):
    contours = []
    for operation, points in operations:
        if operation == "moveTo":
            contours.append((points[0], []))
        elif operation in ("lineTo", "curveTo"):
            contours[-1][1].append(points)
    return contours


def simplify(contour):
    """A contour as a start and segments: ((x, y), [((x, y),) or three points]), the same with fewer."""
    start, segments = contour
    points = [start] + [segment[-1] for segment in segments]
    out = []
    i = 0
    while i < len(segments):
        best = None
        if len(segments[i]) == 3:
            for j in range(i + 1, min(i + LONGEST_RUN, len(segments))):
                if len(segments[j]) != 3 or not smooth(points[j], segments[j - 1], segments[j]):
                    break
                curve = fit(points[i], segments[i : j + 1])
                if curve is None:
                    break
                best = (j, curve)
        if best:
            out.append(best[1])
            i = best[0] + 1
        else:
            out.append(flat(points[i], segments[i]))
            i += 1
    return start, joined(start, out)


def smooth(point, before, after):
    """Whether two curves meet without a corner."""
    a = direction(before[1] if before[1] != point else before[0], point)
    b = direction(point, after[0] if after[0] != point else after[1])
    return a is not None and b is not None and a[0] * b[0] + a[1] * b[1] >= SMOOTH


def direction(a, b):
    x, y = b[0] - a[0], b[1] - a[1]
    n = math.hypot(x, y)
    return (x / n, y / n) if n else None


def at(p, t):
    u = 1 - t
    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return (
        a * p[0][0] + b * p[1][0] + c * p[2][0] + d * p[3][0],
        a * p[0][1] + b * p[1][1] + c * p[2][1] + d * p[3][1],
    )


def fit(start, arcs):
    """The one curve that follows these arcs, or None when it strays."""
    end = arcs[-1][2]
    first = direction(start, arcs[0][0]) or direction(start, arcs[0][1])
    last = direction(end, arcs[-1][1]) or direction(end, arcs[-1][0])
    if first is None or last is None:
        return None
    samples = []
    p = start
    for arc in arcs:
        curve = (p, *arc)
        samples.extend(at(curve, k / SAMPLES) for k in range(1, SAMPLES + 1))
        p = arc[2]
    samples.pop()
    lengths = [0.0]
    q = start
    for s in samples + [end]:
        lengths.append(lengths[-1] + math.hypot(s[0] - q[0], s[1] - q[1]))
        q = s
    total = lengths[-1]
    if total == 0:
        return None
    ts = [length / total for length in lengths[1:-1]]
    curve = None
    for _ in range(4):
        curve = solve(start, first, last, end, samples, ts)
        if curve is None:
            return None
        ts = [nearer(curve, s, t) for s, t in zip(samples, ts)]
    rounded = tuple((round(x), round(y)) for x, y in curve)
    for s, t in zip(samples, ts):
        t = nearer(rounded, s, nearer(rounded, s, t))
        x, y = at(rounded, t)
        if math.hypot(x - s[0], y - s[1]) > TOLERANCE:
            return None
    return rounded[1:]


def solve(start, first, last, end, samples, ts):
    """Least squares over how far the two middle points lie from the ends, in the given directions."""
    a11 = a12 = a22 = b1 = b2 = 0.0
    for s, t in zip(samples, ts):
        u = 1 - t
        w1, w2 = 3 * u * u * t, 3 * u * t * t
        ws, we = u * u * u + w1, t * t * t + w2
        rx, ry = s[0] - ws * start[0] - we * end[0], s[1] - ws * start[1] - we * end[1]
        ax, ay, bx, by = w1 * first[0], w1 * first[1], w2 * last[0], w2 * last[1]
        a11 += ax * ax + ay * ay
        a12 += ax * bx + ay * by
        a22 += bx * bx + by * by
        b1 += ax * rx + ay * ry
        b2 += bx * rx + by * ry
    d = a11 * a22 - a12 * a12
    if abs(d) < 1e-9:
        return None
    alpha, beta = (b1 * a22 - b2 * a12) / d, (a11 * b2 - a12 * b1) / d
    if alpha <= 0 or beta <= 0:
        return None
    return (
        start,
        (start[0] + alpha * first[0], start[1] + alpha * first[1]),
        (end[0] + beta * last[0], end[1] + beta * last[1]),
        end,
    )


def nearer(p, s, t):
    """One step of Newton towards the parameter of the point of the curve next to `s`."""
    u = 1 - t
    x, y = at(p, t)
    dx = 3 * (u * u * (p[1][0] - p[0][0]) + 2 * u * t * (p[2][0] - p[1][0]) + t * t * (p[3][0] - p[2][0]))
    dy = 3 * (u * u * (p[1][1] - p[0][1]) + 2 * u * t * (p[2][1] - p[1][1]) + t * t * (p[3][1] - p[2][1]))
    ddx = 6 * (u * (p[2][0] - 2 * p[1][0] + p[0][0]) + t * (p[3][0] - 2 * p[2][0] + p[1][0]))
    ddy = 6 * (u * (p[2][1] - 2 * p[1][1] + p[0][1]) + t * (p[3][1] - 2 * p[2][1] + p[1][1]))
    ex, ey = x - s[0], y - s[1]
    f = ex * dx + ey * dy
    g = dx * dx + dy * dy + ex * ddx + ey * ddy
    return min(1.0, max(0.0, t - f / g)) if g > 1e-9 else t


def flat(start, segment):
    """A curve that is as good as a line becomes one."""
    if len(segment) == 1:
        return segment
    d = direction(start, segment[2])
    if d is None:
        return segment
    length = math.hypot(segment[2][0] - start[0], segment[2][1] - start[1])
    for p in segment[:2]:
        x, y = p[0] - start[0], p[1] - start[1]
        along, off = x * d[0] + y * d[1], abs(x * d[1] - y * d[0])
        if off > TOLERANCE or not 0 <= along <= length:
            return segment
    return (segment[2],)


def joined(start, segments):
    """Lines that go on in the direction of the line before them become one with it."""
    out = []
    points = [start]
    for segment in segments:
        if len(segment) == 1 and out and len(out[-1]) == 1:
            a, b, c = points[-2], points[-1], segment[0]
            d = direction(a, c)
            if d is not None:
                x, y = b[0] - a[0], b[1] - a[1]
                along = x * d[0] + y * d[1]
                off = abs(x * d[1] - y * d[0])
                if off <= TOLERANCE / 2 and 0 <= along <= math.hypot(c[0] - a[0], c[1] - a[1]):
                    out[-1] = segment
                    points[-1] = c
                    continue
        out.append(segment)
        points.append(segment[-1])
    return out
