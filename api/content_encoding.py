"""Decompressing a request's body, within the size limit of every body (RFC 9110, 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from ledger.domain.errors import Refusal
from ledger.domain.values import quoted

GZIP = "gzip"
_GZIP_ONLY = 16 + zlib.MAX_WBITS


def is_gzip(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the body is compressed. Refusal ENCODING_UNSUPPORTED for a coding other than gzip, or several."""
    given = ", ".join(value.decode("latin-1") for name, value in headers if name == b"content-encoding").strip()
    if given.lower() not in ("", "identity", GZIP, "x-gzip"):
        raise Refusal("ENCODING_UNSUPPORTED", "Content-Encoding", given=quoted(given), wanted=GZIP)
    return given.lower() in (GZIP, "x-gzip")


def undone(body: bytes, most: int) -> bytes:
    """The body decompressed, at most ``most`` bytes of it. Refusal BODY_TOO_LARGE, ENCODING_BROKEN."""
    found, left = bytearray(), body
    while left or not found:  # a gzip file has one member or several (RFC 1952, 2.2)
        member = zlib.decompressobj(_GZIP_ONLY)
        try:
            found += member.decompress(left, most + 1 - len(found))
        except zlib.error:
            raise Refusal("ENCODING_BROKEN", "body", encoding=GZIP) from None
        if len(found) > most:
            raise Refusal("BODY_TOO_LARGE", "body", most=most)
        if not member.eof:
            raise Refusal("ENCODING_BROKEN", "body", encoding=GZIP)
        left = member.unused_data
        if not left:
            break
    return bytes(found)
