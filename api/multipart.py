"""Parse a ``multipart/form-data`` body (RFC 7578), as a browser's form or ``curl -F`` sends a file."""

from __future__ import annotations

from email.parser import Parser
from email.policy import HTTP
from typing import Any, NamedTuple

from ledger.domain.errors import Refusal
from ledger.domain.values import unknown_field

FORM = "multipart/form-data"
MOST_PARTS = 20
MOST_OF_A_PAGE = 2000  # a grid of drafts has a field for each cell


class Upload(NamedTuple):
    """The file of a form, its own media type and name, and the texts beside it."""

    content: bytes
    media_type: str
    filename: str | None
    texts: dict[str, str]


def read_form(content_type: str, body: bytes, known: tuple[str, ...]) -> Upload:
    """The one file of a form, and its texts, whose names must be ``known``.

    Refusal MULTIPART_MALFORMED, MULTIPART_FILES where there is not exactly one file, FIELD_UNKNOWN, FIELD_TWICE.
    """
    files: list[tuple[Any, bytes]] = []
    texts: dict[str, str] = {}
    for headers, content in _parts(content_type, body):
        name = _parameter(headers, "content-disposition", "name")
        if headers.get_filename() is not None:
            files.append((headers, content))
        elif name not in known:
            raise unknown_field("", name, known)
        elif name in texts:
            raise Refusal("FIELD_TWICE", name, name=name)
        else:
            texts[name] = _text(name, content)
    if len(files) != 1:
        raise Refusal("MULTIPART_FILES", "body", count=len(files))
    headers, content = files[0]
    return Upload(content, headers.get_content_type() if "content-type" in headers else "application/octet-stream",
                  headers.get_filename() or None, texts)  # fmt: skip


def parts_of(content_type: str, body: bytes) -> list[tuple[str, str | None, str, bytes]]:
    """Every part: field, the file's name (None: a text), media type, bytes. Refusal MULTIPART_MALFORMED."""
    return [
        (_parameter(headers, "content-disposition", "name"), headers.get_filename(), headers.get_content_type(), part)
        for headers, part in _parts(content_type, body, most=MOST_OF_A_PAGE)
    ]


def _parts(content_type: str, body: bytes, most: int = MOST_PARTS) -> list[tuple[Any, bytes]]:
    """The headers and the bytes of each part, exactly as they were sent (RFC 2046, 5.1.1)."""
    declared = Parser(policy=HTTP).parsestr(f"Content-Type: {content_type}\n\n", headersonly=True)
    boundary = declared.get_boundary()
    if not boundary or not boundary.isascii():
        raise Refusal("MULTIPART_MALFORMED", "Content-Type")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if len(pieces) < 3 or not pieces[-1].startswith(b"--") or len(pieces) > most + 2:
        raise Refusal("MULTIPART_MALFORMED", "body")
    found = []
    for piece in pieces[1:-1]:
        head, separator, content = piece.lstrip(b" \t").partition(b"\r\n\r\n")
        if not head.startswith(b"\r\n") or not separator:
            raise Refusal("MULTIPART_MALFORMED", "body")
        try:
            text = head[2:].decode("utf-8")
        except UnicodeDecodeError:
            raise Refusal("MULTIPART_MALFORMED", "body") from None
        headers = Parser(policy=HTTP).parsestr(text + "\r\n\r\n", headersonly=True)
        if headers.get_content_disposition() != "form-data":
            raise Refusal("MULTIPART_MALFORMED", "body")
        found.append((headers, content))
    return found


def _parameter(headers: Any, header: str, name: str) -> str:
    return str(headers.get_param(name, "", header))


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as flaw:
        raise Refusal("NOT_UTF8", name, byte=flaw.start + 1) from None
