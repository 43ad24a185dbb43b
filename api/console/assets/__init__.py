"""The style sheet, the script and the icon, served under the digest of their bytes, so that browsers keep them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

NAMES = {"console.css": "text/css", "console.js": "text/javascript", "icon.svg": "image/svg+xml"}


@cache
def content(name: str) -> bytes | None:
    """The bytes of an asset; None where there is none of that name."""
    return (Path(__file__).parent / name).read_bytes() if name in NAMES else None


@cache
def digest(name: str) -> str:
    found = content(name)
    return sha256(found or b"").hexdigest()[:16]


@cache
def address_of(name: str) -> str:
    """Where an asset is."""
    return f"/console/{digest(name)}/{name}"
