#!/usr/bin/env python3
"""Draws packaging/icone.svg at the sizes that Windows shows, into packaging/windows/observatoire.ico.

Rectangles with rounded corners only, and nothing to install: the icon can be made again anywhere.
Run it after icone.svg changes: python3 packaging/icone.py
"""
import struct
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIZES = (16, 24, 32, 48, 64, 128, 256)
FINE = 4  # points looked at in each pixel, each way


def rectangles():
    root = ET.parse(HERE / "icone.svg").getroot()
    for r in root.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, w, h, rx = (float(r.get(k, 0)) for k in ("x", "y", "width", "height", "rx"))
        colour = r.get("fill").lstrip("#")
        yield x, y, w, h, rx, tuple(int(colour[i : i + 2], 16) for i in (0, 2, 4))


def inside(px, py, x, y, w, h, rx):
    if not (x <= px <= x + w and y <= py <= y + h):
        return False
    dx = max(x + rx - px, 0, px - (x + w - rx))
    dy = max(y + rx - py, 0, py - (y + h - rx))
    return dx * dx + dy * dy <= rx * rx


def pixels(size, shapes):
    scale = 64 / size
    for row in range(size):
        line = bytearray([0])  # no filter
        for col in range(size):
            seen = []
            for i in range(FINE):
                for j in range(FINE):
                    px = (col + (i + 0.5) / FINE) * scale
                    py = (row + (j + 0.5) / FINE) * scale
                    over = [s[5] for s in shapes if inside(px, py, *s[:5])]
                    if over:
                        seen.append(over[-1])
            n = len(seen) or 1
            line += bytes(round(sum(c[k] for c in seen) / n) for k in range(3))
            line.append(round(255 * len(seen) / FINE**2))
        yield bytes(line)


def png(size, shapes):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(pixels(size, shapes)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def main():
    shapes = list(rectangles())
    images = [png(size, shapes) for size in SIZES]
    place = 6 + 16 * len(images)
    ico = struct.pack("<HHH", 0, 1, len(images))
    for size, image in zip(SIZES, images):
        ico += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), place)
        place += len(image)
    out = HERE / "windows" / "observatoire.ico"
    out.write_bytes(ico + b"".join(images))
    print(f"{out.name}: {len(images)} sizes, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
