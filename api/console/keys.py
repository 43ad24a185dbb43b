"""Keyboard shortcuts, as listed by ``?``: a key clicks or focuses the element that has it as ``data-key``."""

from __future__ import annotations

KEYS = {"home": "h", "contract": "c", "text": "t"}  # pages in the two rows of links
LISTED = ("/", "?", *KEYS.values(), "[", "]")
