"""A terminal's screen as SVG: reads text with ANSI colours on standard input, writes the picture.

FORCE_COLOR=1 lvyue status … | python docs/screen.py "lvyue status …" > docs/status.svg
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import escape
from unicodedata import east_asian_width

WIDTH, LINE, MARGIN = 7.83, 20, 16  # a cell, a line, the border, in pixels
LATIN, CHINESE = 13, 15.66  # letters as large as their cells are wide
STYLES = {
    "1;31": 'fill="#ff7b72" font-weight="bold"', "33": 'fill="#e3b341"', "32": 'fill="#7ee787"', "2": 'fill="#8b949e"',
    "1": 'fill="#ffffff" font-weight="bold"', "3": 'font-style="italic"',
}  # fmt: skip


def cells(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def runs(line: str) -> Iterator[tuple[str, str]]:
    """(style, text) of a line, Chinese and Latin apart, for they are drawn from different fonts."""
    style = ""
    for code, text in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b]+)", line):
        if text:
            for part in re.findall(r"[ -~]+|[^ -~]+", text):
                yield style, part
        else:
            style = "" if code == "0" else code


def picture(lines: list[str], title: str) -> Iterator[str]:
    columns = max(80, *(cells(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines))
    width, height = columns * WIDTH + 2 * MARGIN, (len(lines) + 2) * LINE + 2 * MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}">'
    yield f"<title>{escape(title)}</title>"
    yield f'<rect width="{width:.0f}" height="{height}" rx="8" fill="#0d1117"/>'
    fonts = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace"
    yield f'<g font-family="{fonts}" font-size="{LATIN}" fill="#c9d1d9">'
    for row, line in enumerate([f"\x1b[32m$\x1b[0m \x1b[1m{title}\x1b[0m", "", *lines]):
        x, y = float(MARGIN), MARGIN + (row + 0.75) * LINE
        for style, text in runs(line):
            for word in re.finditer(r"\S+(?: \S+)*", text):  # browsers fold wider gaps, so these are not drawn
                at, span = x + cells(text[: word.start()]) * WIDTH, cells(word[0]) * WIDTH
                fitted = f'textLength="{span:.1f}" lengthAdjust="spacingAndGlyphs"'
                size = "" if cells(word[0]) == len(word[0]) else f'font-size="{CHINESE}" '
                yield f'<text x="{at:.1f}" y="{y:.1f}" {size}{fitted} {STYLES.get(style, "")}>{escape(word[0])}</text>'
            x += cells(text) * WIDTH
    yield "</g></svg>"


if __name__ == "__main__":
    text = sys.stdin.buffer.read().decode()
    print("\n".join(picture(text.rstrip("\n").split("\n"), sys.argv[1])))
