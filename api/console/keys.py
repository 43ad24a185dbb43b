"""What the keyboard does, as the list behind ``?`` tells it: a key clicks, or focuses, what has it as ``data-key``."""

from __future__ import annotations

KEYS = {"home": "h", "contract": "c", "text": "t"}  # pages in the two rows of links
LISTED = ("/", "?", *KEYS.values(), "[", "]")
