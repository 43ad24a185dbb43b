"""The form of a POST, as browsers send it: text fields, files, and the token that every form must carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from api.multipart import FORM, parts_of
from api.request_context import RequestContext
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted

ENCODED = "application/x-www-form-urlencoded"
TOKEN = "form_token"  # the name of the token's field
DO = "do"  # the field that says which button was pressed
SHOW = "show"  # its value that only shows the form as filled in: nothing is done or checked
LEFT = "left-behind"  # names of files that were not kept with the form
MOST_FIELDS = 2000


class Dropped(NamedTuple):
    """A file of a form: its field, its name, its bytes, and the media type stated by the browser."""

    field: str
    name: str
    content: bytes
    media_type: str


class Form:
    """The fields of a form, in the order sent, and its files."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = (), files: Sequence[Dropped] = ()) -> None:
        self.pairs = tuple(pairs)
        self.files = tuple(files)

    def one(self, name: str, otherwise: str = "") -> str:
        """The first value of a field, without white space around it."""
        return next((value.strip() for key, value in self.pairs if key == name), otherwise)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    @property
    def is_shown_only(self) -> bool:
        """Whether the form is only to be shown again as filled in, in another language or after signing in."""
        return self.one(DO) == SHOW


def read_page_form(context: RequestContext) -> Form:
    """Parse the form of a POST. Refusal MEDIA_TYPE_UNSUPPORTED, NOT_UTF8, MULTIPART_MALFORMED, PARAMETERS_MANY."""
    given = context.headers.get("content-type", "")
    essence = given.partition(";")[0].strip().lower()
    if essence == FORM:
        pairs, files = [], []
        for name, filename, media_type, content in parts_of(given, context.body):
            if filename is None:
                pairs.append((name, _text(name, content)))
            elif filename or content:  # a field for files that was left empty
                files.append(Dropped(name, filename, content, media_type))
        return Form(pairs, files)
    if essence != ENCODED:
        raise Refusal("MEDIA_TYPE_UNSUPPORTED", "Content-Type", wanted=ENCODED, given=quoted(given))
    try:
        found = parse_qsl(context.body.decode("ascii"), keep_blank_values=True, errors="strict",
                          max_num_fields=MOST_FIELDS)  # fmt: skip
    except UnicodeDecodeError as flaw:
        raise Refusal("NOT_UTF8", "body", byte=flaw.start + 1) from None
    except ValueError:
        raise Refusal("PARAMETERS_MANY", "body", count=context.body.count(b"&") + 1, most=MOST_FIELDS) from None
    return Form([(name, value.replace("\r\n", "\n")) for name, value in found])


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as flaw:
        raise Refusal("NOT_UTF8", name, byte=flaw.start + 1) from None
