"""Retire la barre du zéro des deux graisses d'Atkinson Hyperlegible Next : « 4,0 » se lit comme un nombre, pas comme un
code. L'œil du zéro devient son contour extérieur, réduit aux dimensions qu'avait l'œil barré.
Usage, une fois, sur les fichiers du paquet : python3 zero-nu.py *.ttf *.woff2 (fonttools et brotli)."""
import sys

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import ttProgram
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

for path in sys.argv[1:]:
    font = TTFont(path)
    zero = font["glyf"]["zero"]
    if zero.numberOfContours != 3:
        continue
    ends, points, flags = zero.endPtsOfContours, list(zero.coordinates), list(zero.flags)
    outer, kinds = points[: ends[0] + 1], flags[: ends[0] + 1]
    eye = points[ends[0] + 1 :]

    def span(contour, axis):
        values = [p[axis] for p in contour]
        return min(values), max(values)

    def moved(point):
        place = []
        for axis in (0, 1):
            (low, high), (first, last) = span(outer, axis), span(eye, axis)
            place.append(round(first + (point[axis] - low) * (last - first) / (high - low)))
        return tuple(place)

    inner = [moved(p) for p in reversed(outer)]
    zero.coordinates = GlyphCoordinates(outer + inner)
    zero.flags = type(zero.flags)(kinds + list(reversed(kinds)))
    zero.endPtsOfContours = [len(outer) - 1, 2 * len(outer) - 1]
    zero.numberOfContours = 2
    zero.program = ttProgram.Program()
    zero.program.fromBytecode(b"")
    font.save(path)
