"""Breaking lines by the cells a terminal gives each character: two for Chinese, one for Latin."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_CLOSING = "，。；：、）》”！？,;:.)"
_OPENING = "（“《"
_PARTS = re.compile(rf"[{_OPENING}]*[!-~]+[{_CLOSING}]*|\s+|[{_OPENING}]*(?:周[一二三四五六日]|.)[{_CLOSING}]*")


class _Cells(dict[str, int]):
    """The cells of each character met so far: most of a command's drawing went into working them out anew."""

    def __missing__(self, one: str) -> int:
        cells = self[one] = 2 if east_asian_width(one) in "WF" else 1
        return cells


_CELLS = _Cells()


def cells(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_CELLS.__getitem__, text))


def broken(text: str, width: int) -> list[str]:
    """Lines of at most so many cells; Chinese breaks between any two characters, Latin between words.

    A word longer than a line is cut. Closing punctuation stays with what it closes, a day of the week is one word.
    """
    if cells(text) <= width:
        return [text]
    lines = [""]
    used = 0
    for part in _PARTS.findall(text):
        size = cells(part)
        if used + size > width and used:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            used = 0
            if part.isspace():
                continue
        while size > width:
            fitting = next(n for n in range(len(part), 0, -1) if cells(part[:n]) <= width or n == 1)
            lines[-1] = part[:fitting]
            lines.append("")
            part = part[fitting:]
            size = cells(part)
        lines[-1] += part
        used += size
    return lines
