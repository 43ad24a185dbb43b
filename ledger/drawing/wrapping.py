"""Breaking lines by the cells a terminal gives each character: two for Chinese, one for Latin."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

_CLOSING = "，。；：、）》”！？,;:.)"
_OPENING = "（“《"
_PARTS = re.compile(rf"[{_OPENING}]*[!-~]+[{_CLOSING}]*|\s+|[{_OPENING}]*.[{_CLOSING}]*")


def cells(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


@lru_cache(4096)  # characters: half of a command's drawing went into asking for each of them anew
def _cells_of(one: str) -> int:
    return 2 if east_asian_width(one) in "WF" else 1


def broken(text: str, width: int) -> list[str]:
    """Lines of at most so many cells; Chinese breaks between any two characters, Latin between words.

    A word longer than a line is cut. Closing punctuation stays with what it closes.
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
        while cells(part) > width:
            fitting = next(n for n in range(len(part), 0, -1) if cells(part[:n]) <= width or n == 1)
            lines[-1] = part[:fitting]
            lines.append("")
            part = part[fitting:]
        lines[-1] += part
        used = cells(lines[-1])
    return lines
