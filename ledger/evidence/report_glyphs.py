"""Text fit to be set in the report's one font: nothing in it that has no glyph, no word too long for a line.

In PDF/A a character without a glyph stops the compiler. It is spelled by its number instead, as 〔U+1F600〕: a
replacement sign would hide from the reader which character stood there.
"""

from __future__ import annotations

import functools
import re
import struct
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ledger.bilingual import Bilingual

_PACKAGE = find_spec("manimgx_fonts_cjk")
FONTS = Path(_PACKAGE.origin).parent if _PACKAGE is not None and _PACKAGE.origin is not None else Path()
FONT = FONTS / "NotoSansCJK-VF.otf.ttc"
_BREAK = "\u200b"  # a place where a line may break, of no width
_LONG = re.compile(r"[^\s\-\u200b\u2e80-\uffef\U00020000-\U0003ffff]{19,}")
_STEP = 8


class Glyphs:
    """Makes text fit, and remembers which characters it had to spell."""

    def __init__(self) -> None:
        self.spelled: set[str] = set()

    def fit(self, value: Any) -> Any:
        """``value`` with every text in it made fit; lists and mappings are made anew."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Bilingual):
            return Bilingual(*map(self.text, value))
        if isinstance(value, dict):
            return {key: self.fit(one) for key, one in value.items()}
        return [self.fit(one) for one in value] if isinstance(value, (list, tuple)) else value

    def text(self, text: str) -> str:
        if not text.isascii():
            missing = {char for char in text if not char.isascii()} - {_BREAK} - _covered()
            if missing:
                self.spelled |= missing
                text = "".join(f"〔U+{ord(char):04X}〕" if char in missing else char for char in text)
        return _LONG.sub(_breakable, text) if len(text) > _STEP else text


def _breakable(word: re.Match[str]) -> str:
    whole = word[0]
    return _BREAK.join(whole[start : start + _STEP] for start in range(0, len(whole), _STEP))


@functools.cache
def _covered() -> frozenset[str]:
    """The characters the font's simplified Chinese face maps, from its ``cmap`` (OpenType 1.9, format 12)."""
    font = FONT.read_bytes()
    start = _cmap(font)
    tables = struct.unpack_from(">H", font, start + 2)[0]
    for number in range(tables):
        offset = struct.unpack_from(">I", font, start + 8 + 8 * number)[0]
        if struct.unpack_from(">H", font, start + offset)[0] == 12:
            return frozenset(chr(code) for code in _mapped(font, start + offset))
    raise ValueError(f"no character map of format 12 in {FONT.name}")


def _cmap(font: bytes) -> int:
    """Where the character map of the face named like ``Noto Sans CJK SC`` starts; ValueError where there is none."""
    for face in struct.unpack_from(f">{struct.unpack_from('>I', font, 8)[0]}I", font, 12):
        tables = dict(_tables(font, face))
        offset, length = tables[b"name"]
        if "Noto Sans CJK SC".encode("utf-16-be") in font[offset : offset + length]:
            return tables[b"cmap"][0]
    raise ValueError(f"no face Noto Sans CJK SC in {FONT.name}")


def _tables(font: bytes, face: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    for number in range(struct.unpack_from(">H", font, face + 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, face + 12 + 16 * number)
        yield tag, (offset, length)


def _mapped(font: bytes, table: int) -> Iterator[int]:
    for group in range(struct.unpack_from(">I", font, table + 12)[0]):
        first, last, _ = struct.unpack_from(">III", font, table + 16 + 12 * group)
        yield from (code for code in range(first, last + 1) if not 0xD800 <= code <= 0xDFFF)


